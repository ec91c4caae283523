/* SPDX-License-Identifier: MIT */
/* Bytes in base64 (RFC 4648), with all of their padding. */
#include "config.h"

#include "policy/value.h"
#include "policy/value_digit.h"

/* The six bits of a letter of base64, or a negative number. */
static int
base64_bits(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (is_digit(c))
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/*
 * Four letters, the last `padding' of which stand for nothing.  Bits left
 * over must be zero: dropping them would make two texts one value.
 */
static bool
read_quartet(const char *text, size_t padding, uint8_t *bytes)
{
	uint32_t bits = 0;

	for (size_t i = 0; i < 4; i++) {
		int more = i < 4 - padding ? base64_bits(text[i]) : 0;

		if (more < 0)
			return false;
		bits = bits << 6 | (uint32_t)more;
	}
	for (size_t i = 0; i < 3 - padding; i++)
		bytes[i] = (uint8_t)(bits >> (16 - 8 * i));
	return (bits & ((UINT32_C(1) << 8 * padding) - 1)) == 0;
}

bool
base64_read(struct arena *arena, const char *text, size_t length,
    const uint8_t **bytes, size_t *count)
{
	size_t padding = 0;
	uint8_t *to;

	if (length % 4 != 0)
		return false;
	while (padding < 2 && padding < length &&
	    text[length - 1 - padding] == '=')
		padding++;
	*count = length / 4 * 3 - padding;
	*bytes = to = arena_alloc(arena, length / 4 * 3);
	for (size_t at = 0; at < length; at += 4, to += 3)
		if (!read_quartet(text + at, at + 4 == length ? padding : 0,
		    to))
			return false;
	return true;
}
