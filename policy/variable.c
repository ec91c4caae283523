/* SPDX-License-Identifier: MIT */
/*
 * Finding ${...} in a text (VAR-2 to VAR-4).  Blanks mean nothing around the
 * comma and before the closing brace; inside the name they are a fault.
 * Whether the text is one where variables mean anything is not known here.
 */
#include "config.h"

#include <string.h>

#include "policy/catalog.h"
#include "policy/character.h"
#include "policy/variable.h"

static bool
is_opening(const char *text, size_t length, size_t at)
{
	return length - at >= 2 && text[at] == '$' && text[at + 1] == '{';
}

static size_t
skip_blanks(const char *text, size_t length, size_t at)
{
	while (at < length && character_is_blank(text[at]))
		at++;
	return at;
}

/* ${*}, ${?} or ${$} (VAR-3). */
static bool
read_literal(const char *text, size_t length, struct variable *variable)
{
	size_t at = variable->start + 2;

	if (length - at < 2 || text[at + 1] != '}' ||
	    (text[at] != '*' && text[at] != '?' && text[at] != '$'))
		return false;
	variable->kind = VARIABLE_LITERAL;
	variable->key = text + at;
	variable->key_length = 1;
	variable->end = at + 2;
	return true;
}

/* The name: up to a comma, a brace, the next variable or the end. */
static size_t
read_key(const char *text, size_t length, struct variable *variable)
{
	size_t start = variable->start + 2, at = start, end;

	while (at < length && text[at] != ',' && text[at] != '}' &&
	    !is_opening(text, length, at))
		at++;
	end = at;
	if (at < length && text[at] == ',')
		while (end > start && character_is_blank(text[end - 1]))
			end--;
	variable->key = text + start;
	variable->key_length = end - start;
	return at;
}

/* 'text' and the closing brace; `at' is behind the comma. */
static bool
read_fallback(const char *text, size_t length, size_t at,
    struct variable *variable)
{
	const char *before = text + at - 1, *quote;
	size_t start;

	at = skip_blanks(text, length, at);
	if (at == length || text[at] != '\'')
		return false;
	start = at + 1;
	quote = memchr(text + start, '\'', length - start);
	if (quote == NULL)
		return false;
	at = skip_blanks(text, length, (size_t)(quote - text) + 1);
	if (at == length || text[at] != '}')
		return false;
	variable->fallback = text + start;
	variable->fallback_length = (size_t)(quote - text) - start;
	variable->end = at + 1;
	variable->documented = quote + 1 == text + at &&
	    before == variable->key + variable->key_length &&
	    text + start - before == 3 && before[1] == ' ';
	return true;
}

/* Goes to the closing brace that ends a variable without proper quotes. */
static bool
find_brace(const char *text, size_t length, size_t at,
    struct variable *variable)
{
	while (at < length && text[at] != '}' && !is_opening(text, length, at))
		at++;
	variable->end = at;
	if (at == length || text[at] != '}')
		return false;
	variable->end++;
	return true;
}

/* What is wrong with a name between its braces. */
static enum variable_kind
judge_key(const struct variable *variable)
{
	if (variable->key_length == 0)
		return VARIABLE_EMPTY;
	for (size_t i = 0; i < variable->key_length; i++)
		if (character_is_blank(variable->key[i]))
			return VARIABLE_SPACED;
	return VARIABLE_KEY;
}

static void
read_variable(const char *text, size_t length, struct variable *variable)
{
	bool comma, quoted;
	size_t at;

	if (read_literal(text, length, variable))
		return;
	at = read_key(text, length, variable);
	comma = at < length && text[at] == ',';
	quoted = comma && read_fallback(text, length, at + 1, variable);
	if (!quoted && !find_brace(text, length, at, variable)) {
		variable->kind = VARIABLE_UNCLOSED;
		return;
	}
	variable->kind = judge_key(variable);
	if (variable->kind == VARIABLE_KEY && comma && !quoted)
		variable->kind = VARIABLE_UNQUOTED;
}

bool
variable_find(const char *text, size_t length, size_t from,
    struct variable *variable)
{
	while (from < length) {
		const char *dollar = memchr(text + from, '$', length - from);

		if (dollar == NULL)
			return false;
		from = (size_t)(dollar - text);
		if (is_opening(text, length, from)) {
			*variable = (struct variable){ .start = from };
			read_variable(text, length, variable);
			return true;
		}
		from++;
	}
	return false;
}

bool
variable_is_of(const struct variable *variable, const char *key,
    size_t length)
{
	return variable->kind == VARIABLE_KEY &&
	    name_compare(variable->key, variable->key_length, key,
	    length) == 0;
}

bool
variable_occurs(const char *text, size_t length)
{
	struct variable variable;
	size_t at = 0;

	while (variable_find(text, length, at, &variable)) {
		if (variable.kind != VARIABLE_LITERAL)
			return true;
		at = variable.end;
	}
	return false;
}

bool
placeholder_occurs(const char *text, size_t length)
{
	const char *open = memchr(text, '<', length);

	return open != NULL && memchr(open, '>', length -
	    (size_t)(open - text)) != NULL;
}
