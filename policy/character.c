/* SPDX-License-Identifier: MIT */
/* UTF-8 and JSON escapes. */
#include "config.h"

#include "policy/character.h"

enum { ESCAPE_LENGTH = 6 };		/* of \u00e9 */

static int
hex_digit(char byte)
{
	if (byte >= '0' && byte <= '9')
		return byte - '0';
	if (byte >= 'a' && byte <= 'f')
		return byte - 'a' + 10;
	if (byte >= 'A' && byte <= 'F')
		return byte - 'A' + 10;
	return -1;
}

bool
character_is_hex_digit(char byte)
{
	return hex_digit(byte) >= 0;
}

bool
character_is_high_surrogate(int32_t code)
{
	return code >= 0xd800 && code <= 0xdbff;
}

bool
character_is_low_surrogate(int32_t code)
{
	return code >= 0xdc00 && code <= 0xdfff;
}

int32_t
character_unicode_escape(const char *raw, size_t length)
{
	int32_t code = 0;

	if (length < ESCAPE_LENGTH || raw[0] != '\\' || raw[1] != 'u')
		return -1;
	for (size_t i = 2; i < ESCAPE_LENGTH; i++) {
		int digit = hex_digit(raw[i]);

		if (digit < 0)
			return -1;
		code = code * 16 + digit;
	}
	return code;
}

char
character_short_escape(char letter)
{
	switch (letter) {
	case '"':
	case '\\':
	case '/':
		return letter;
	case 'b':
		return '\b';
	case 'f':
		return '\f';
	case 'n':
		return '\n';
	case 'r':
		return '\r';
	case 't':
		return '\t';
	default:
		return '\0';
	}
}

/*
 * The second byte has narrower bounds after some first ones: no overlong
 * forms, no surrogates, nothing beyond U+10FFFF.
 */
static bool
is_second_byte(unsigned char first, unsigned char byte)
{
	switch (first) {
	case 0xe0:
		return byte >= 0xa0 && byte <= 0xbf;
	case 0xed:
		return byte >= 0x80 && byte <= 0x9f;
	case 0xf0:
		return byte >= 0x90 && byte <= 0xbf;
	case 0xf4:
		return byte >= 0x80 && byte <= 0x8f;
	default:
		return byte >= 0x80 && byte <= 0xbf;
	}
}

size_t
character_length(const char *bytes, size_t length)
{
	const unsigned char *at = (const unsigned char *)bytes;
	size_t count;

	if (length == 0)
		return 0;
	if (at[0] < 0x80)
		return 1;
	if (at[0] < 0xc2 || at[0] > 0xf4)
		return 0;
	count = at[0] < 0xe0 ? 2 : at[0] < 0xf0 ? 3 : 4;
	if (length < count || !is_second_byte(at[0], at[1]))
		return 0;
	for (size_t i = 2; i < count; i++)
		if (at[i] < 0x80 || at[i] > 0xbf)
			return 0;
	return count;
}

uint32_t
character_code(const char *bytes, size_t length)
{
	uint32_t code = (unsigned char)bytes[0];

	if (length > 1)
		code &= 0x7fu >> length;
	for (size_t i = 1; i < length; i++)
		code = code << 6 | ((unsigned char)bytes[i] & 0x3f);
	return code;
}

static size_t
encode(uint32_t code, char bytes[4])
{
	static const unsigned char marks[] = { 0, 0, 0xc0, 0xe0, 0xf0 };
	size_t length = code < 0x80 ? 1 : code < 0x800 ? 2 :
	    code < 0x10000 ? 3 : 4;

	for (size_t i = length - 1; i > 0; i--) {
		bytes[i] = (char)(0x80 | (code & 0x3f));
		code >>= 6;
	}
	bytes[0] = (char)(marks[length] | code);
	return length;
}

static struct character
read_unicode_escape(const char *raw)
{
	struct character character = { .raw = ESCAPE_LENGTH };
	int32_t code = character_unicode_escape(raw, ESCAPE_LENGTH);
	int32_t second = -1;

	raw += ESCAPE_LENGTH;
	/* A quote ends the string, so these bytes may be looked at. */
	if (character_is_high_surrogate(code) && raw[0] == '\\' &&
	    raw[1] == 'u')
		second = character_unicode_escape(raw, ESCAPE_LENGTH);
	if (character_is_low_surrogate(second)) {
		character.raw += ESCAPE_LENGTH;
		code = 0x10000 + (code - 0xd800) * 0x400 + (second - 0xdc00);
	}
	character.length = encode((uint32_t)code, character.bytes);
	return character;
}

struct character
character_read(const char *raw)
{
	struct character character = { .raw = 1, .length = 1 };

	character.bytes[0] = raw[0];
	if (raw[0] != '\\')
		return character;
	if (raw[1] == 'u')
		return read_unicode_escape(raw);
	character.raw = 2;
	character.bytes[0] = character_short_escape(raw[1]);
	return character;
}
