/* SPDX-License-Identifier: MIT */
/* Comparing bytes that belong to somebody else. */
#include "config.h"

#include <string.h>

#include "policy/character.h"
#include "simulator/word.h"

struct word
word_from(const char *text, size_t length)
{
	return (struct word){ text, length };
}

bool
word_is(struct word word, const char *text)
{
	return word.text != NULL && word.length == strlen(text) &&
	    memcmp(word.text, text, word.length) == 0;
}

bool
word_equal(struct word a, struct word b)
{
	if (a.text == NULL || b.text == NULL)
		return a.text == b.text;
	return a.length == b.length && memcmp(a.text, b.text, a.length) == 0;
}

bool
word_equal_folded(struct word a, struct word b)
{
	if (a.length != b.length || a.text == NULL || b.text == NULL)
		return false;
	for (size_t i = 0; i < a.length; i++)
		if (!character_equals(a.text[i], b.text[i]))
			return false;
	return true;
}

struct word
word_of_node(const struct node *node)
{
	return word_from(node->text, node->length);
}

bool
word_starts_with(struct word word, const char *prefix)
{
	size_t length = strlen(prefix);

	return word.length >= length && memcmp(word.text, prefix, length) == 0;
}

struct word
word_of_field(const struct arn *arn, enum arn_field field)
{
	return word_from(arn->field[field].text, arn->field[field].length);
}

struct word
word_behind(struct word word, size_t start)
{
	return word_from(word.text + start, word.length - start);
}

bool
word_has_wildcard(struct word word)
{
	return word.length > 0 && (memchr(word.text, '*', word.length) !=
	    NULL || memchr(word.text, '?', word.length) != NULL);
}

static bool
is_of_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '*' ||
	    c == '?';
}

bool
word_names_action(struct word word)
{
	size_t colons = 0;

	for (size_t i = 0; i < word.length; i++) {
		if (word.text[i] == ':')
			colons++;
		else if (!is_of_name(word.text[i]))
			return false;
	}
	return colons == 1 && word.text[0] != ':' &&
	    word.text[word.length - 1] != ':';
}
