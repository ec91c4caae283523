/* SPDX-License-Identifier: MIT */
/*
 * Text to numbers and truths, and the types of values.  Every reader here and
 * in value_*.c takes the whole text or nothing: there is no trimming, no
 * rounding and no nearest meaning.  Which operator wants which value is not
 * known.
 */
#include "config.h"

#include <string.h>

#include "policy/character.h"
#include "policy/value.h"
#include "policy/value_digit.h"

const char *
value_type_name(enum value_type type)
{
	static const char *const names[] = {
		[VALUE_STRING] = "String",
		[VALUE_ARN] = "ARN",
		[VALUE_NUMBER] = "Numeric",
		[VALUE_DATE] = "Date",
		[VALUE_BOOL] = "Bool",
		[VALUE_BINARY] = "Binary",
		[VALUE_IP] = "IPAddress",
		[VALUE_PRESENCE] = "none",
	};

	return names[type];
}

void
number_strip(struct number *number)
{
	while (number->whole_length > 0 && number->whole[0] == '0') {
		number->whole++;
		number->whole_length--;
	}
	while (number->fraction_length > 0 &&
	    number->fraction[number->fraction_length - 1] == '0')
		number->fraction_length--;
	if (number->whole_length + number->fraction_length == 0)
		number->negative = false;
}

/* `.' and digits, up to the end of the text, or nothing. */
static bool
read_fraction(const char *text, size_t length, struct number *number)
{
	number->fraction = text;
	number->fraction_length = 0;
	if (length == 0)
		return true;
	number->fraction++;
	number->fraction_length = length - 1;
	return text[0] == '.' && length > 1 &&
	    count_digits(text + 1, length - 1) == length - 1;
}

bool
number_read(const char *text, size_t length, struct number *number)
{
	*number = (struct number){ .negative = false };
	if (length > 0 && (text[0] == '-' || text[0] == '+')) {
		number->negative = text[0] == '-';
		text++;
		length--;
	}
	number->whole = text;
	number->whole_length = count_digits(text, length);
	if (number->whole_length == 0 ||
	    !read_fraction(text + number->whole_length,
	    length - number->whole_length, number))
		return false;
	number_strip(number);
	return true;
}

/* Digits behind a point: without trailing zeros the longer one is larger. */
static int
compare_fractions(const struct number *a, const struct number *b)
{
	size_t shorter = a->fraction_length < b->fraction_length ?
	    a->fraction_length : b->fraction_length;
	int order = shorter == 0 ? 0 :
	    memcmp(a->fraction, b->fraction, shorter);

	if (order != 0)
		return order;
	return (a->fraction_length > b->fraction_length) -
	    (a->fraction_length < b->fraction_length);
}

static int
compare_sizes(const struct number *a, const struct number *b)
{
	int order;

	if (a->whole_length != b->whole_length)
		return a->whole_length < b->whole_length ? -1 : 1;
	order = a->whole_length == 0 ? 0 :
	    memcmp(a->whole, b->whole, a->whole_length);
	return order != 0 ? order : compare_fractions(a, b);
}

int
number_compare(const struct number *a, const struct number *b)
{
	if (a->negative != b->negative)
		return a->negative ? -1 : 1;
	return a->negative ? compare_sizes(b, a) : compare_sizes(a, b);
}

/* The text may be in any case. */
static bool
is_word(const char *text, size_t length, const char *word)
{
	if (length != strlen(word))
		return false;
	for (size_t i = 0; i < length; i++)
		if (!character_equals(text[i], word[i]))
			return false;
	return true;
}

bool
bool_read(const char *text, size_t length, bool *value)
{
	*value = is_word(text, length, "true");
	return *value || is_word(text, length, "false");
}

bool
word_is_among(const char *text, size_t length, const char *words)
{
	while (length > 0) {
		const char *end = strchrnul(words, ' ');

		if ((size_t)(end - words) == length &&
		    strncasecmp(text, words, length) == 0)
			return true;
		if (*end == '\0')
			break;
		words = end + 1;
	}
	return false;
}
