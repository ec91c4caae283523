/* SPDX-License-Identifier: MIT */
/*
 * Characters as bytes: UTF-8 (RFC 3629) and the escapes of JSON strings
 * (RFC 8259).  Knows one character at a time and no document.
 */
#ifndef POLICY_CHARACTER_H
#define POLICY_CHARACTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * One character between the quotes of a well-formed JSON string: `raw' bytes
 * there stand for `length' bytes of text.  Bytes outside escapes come one by
 * one, whatever they are part of.  Half a surrogate pair is encoded as if it
 * were a character, so that different strings stay different.
 */
struct character {
	size_t	 raw;
	size_t	 length;
	char	 bytes[4];
};

/* Reads the character; a quote must follow it sooner or later. */
struct character	 character_read(const char *raw);

/* How many bytes the UTF-8 character here has, 1 to 4; 0 when it is none. */
size_t	 character_length(const char *bytes, size_t length);
/* The code of a UTF-8 character of that length. */
uint32_t character_code(const char *bytes, size_t length);

/* The code of an escape such as \u00e9; -1 when there is none. */
int32_t	 character_unicode_escape(const char *raw, size_t length);
/* What \n, \" and their like stand for; NUL when the letter is no escape. */
char	 character_short_escape(char letter);

bool	 character_is_high_surrogate(int32_t code);
bool	 character_is_low_surrogate(int32_t code);
bool	 character_is_hex_digit(char byte);

/* ASCII letters in lower case; all else as it is. */
static inline unsigned char
character_fold(char byte)
{
	return (unsigned char)(byte >= 'A' && byte <= 'Z' ?
	    byte + ('a' - 'A') : byte);
}

static inline bool
character_equals(char a, char b)
{
	return character_fold(a) == character_fold(b);
}

/* White space of JSON. */
static inline bool
character_is_blank(char byte)
{
	return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t';
}

#endif
