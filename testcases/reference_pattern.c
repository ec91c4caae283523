/* SPDX-License-Identifier: MIT */
/* GLOB, VAR, the wildcards of RES-6 and COND-22, and the look-up of keys. */
#include "config.h"

#include "testcases/reference_pattern.h"

/* The request context. */

static struct reference_strings
read_values(struct arena *arena, const struct node *member)
{
	struct reference_strings values = { NULL, 0, 0 };
	const struct node *value;

	if (member->kind != NODE_ARRAY) {
		*list_add(arena, &values) = reference_string_get(member);
		return values;
	}
	for (value = member->first; value != NULL; value = value->next)
		*list_add(arena, &values) = reference_string_get(value);
	return values;
}

/* COND-7: a key with an empty list is absent, so it stands in nobody's way
 * when keys are equal up to case. */
static bool
is_present(const struct node *member)
{
	return member->kind != NODE_NULL &&
	    (member->kind != NODE_ARRAY || member->count > 0);
}

/* COND-36: the one in this case if there is one, else the first. */
static const struct node *
find_key(const struct node *context, struct reference_string key)
{
	const struct node *first = NULL, *member;

	if (context == NULL || context->kind != NODE_OBJECT)
		return NULL;
	for (member = context->first; member != NULL; member = member->next) {
		struct reference_string name = reference_string_key(member);

		if (!is_present(member))
			continue;
		if (reference_strings_equal(name, key))
			return member;
		if (first == NULL && reference_strings_equal_folded(name, key))
			first = member;
	}
	return first;
}

struct reference_strings
reference_context_get(struct arena *arena, const struct node *context,
    struct reference_string key)
{
	const struct node *member = find_key(context, key);

	if (member == NULL)
		return (struct reference_strings){ NULL, 0, 0 };
	return read_values(arena, member);
}

/* Reading. */

static void
add_symbol(struct arena *arena, struct reference_pattern *pattern,
    enum reference_symbol_kind kind, uint32_t character, bool substituted)
{
	struct reference_symbol *symbol = list_add(arena, pattern);

	symbol->kind = kind;
	symbol->character = character;
	symbol->substituted = substituted;
}

static enum reference_symbol_kind
find_kind(uint32_t point)
{
	return point == '*' ? REFERENCE_ANY_RUN : point == '?' ?
	    REFERENCE_ANY_CHARACTER : REFERENCE_CHARACTER;
}

static void
add_written(struct arena *arena, struct reference_pattern *pattern,
    struct reference_string text)
{
	struct reference_points points = reference_string_points(arena, text);

	for (size_t i = 0; i < points.count; i++)
		add_symbol(arena, pattern, find_kind(points.items[i]),
		    points.items[i], false);
}

/* VAR-3: three characters are literal whatever is assumed. */
static void
add_literal(struct arena *arena, struct reference_pattern *pattern,
    struct reference_string text)
{
	add_symbol(arena, pattern, REFERENCE_CHARACTER,
	    (unsigned char)text.bytes[0], true);
}

/* VAR-7: what is substituted is literal, or has wildcards of its own. */
static void
add_substituted(const struct reference_scope *scope,
    struct reference_pattern *pattern, struct reference_string text)
{
	struct reference_points points = reference_string_points(scope->arena,
	    text);

	for (size_t i = 0; i < points.count; i++)
		add_symbol(scope->arena, pattern,
		    reference_takes(scope->choices, ASSUME_var_7) ?
		    find_kind(points.items[i]) : REFERENCE_CHARACTER,
		    points.items[i], true);
}

struct reference_pattern
reference_pattern_read(struct arena *arena, struct reference_string text)
{
	struct reference_pattern pattern = { NULL, 0, 0, false };

	add_written(arena, &pattern, text);
	if (pattern.count > 0)
		pattern.items[pattern.count - 1].last = true;
	return pattern;
}

/* Variables. */

/*
 * VAR-4: a comma, a blank, and the text in single quotes.  The first quote
 * ends it, for the form has no way to write a quote inside.
 */
static bool
read_default(struct reference_string text, struct reference_string *value,
    size_t *length)
{
	size_t quote;

	if (!reference_string_begins(text, ", '"))
		return false;
	quote = reference_string_find(text, '\'', 3);
	if (quote + 1 >= text.length || text.bytes[quote + 1] != '}')
		return false;
	value->bytes = text.bytes + 3;
	value->length = quote - 3;
	*length = quote + 1;
	return true;
}

/* VAR-5, VAR-6, VAR-10; `otherwise' is NULL when there is no default. */
static void
add_key(const struct reference_scope *scope,
    struct reference_pattern *pattern, struct reference_string key,
    const struct reference_string *otherwise)
{
	struct reference_strings values = reference_context_get(scope->arena,
	    scope->context, key);
	bool many = values.count > 1 || reference_facts_multivalued(
	    scope->facts, scope->arena, key);

	if (otherwise != NULL && (values.count == 0 || (many &&
	    reference_takes(scope->choices, ASSUME_var_4))))
		add_substituted(scope, pattern, *otherwise);
	else if (values.count == 0 || many)
		pattern->unresolved = true;
	else
		add_substituted(scope, pattern, values.items[0]);
}

/* Where the next variable begins; the length if there is none. */
static size_t
find_variable(struct reference_string text)
{
	size_t dollar = reference_string_find(text, '$', 0);

	while (dollar + 1 < text.length && text.bytes[dollar + 1] != '{')
		dollar = reference_string_find(text, '$', dollar + 1);
	return dollar + 1 < text.length ? dollar : text.length;
}

/*
 * VAR-2 to VAR-4: `text' follows a dollar and a brace.  Returns how many
 * bytes the variable takes, its closing brace included, or 0 when it has
 * not the form of a variable.
 */
static size_t
add_variable(const struct reference_scope *scope,
    struct reference_pattern *pattern, struct reference_string text)
{
	size_t comma = reference_string_find(text, ',', 0);
	size_t end = reference_string_find(text, '}', 0);
	struct reference_string name, otherwise;
	size_t length;

	if (end == text.length)
		return 0;
	if (end == 1 && reference_string_is_of(
	    reference_string_first(text, 1), "*?$")) {
		add_literal(scope->arena, pattern,
		    reference_string_first(text, 1));
		return 2;
	}
	name = reference_string_first(text, comma < end ? comma : end);
	/* where another begins in the name, this one has no brace of its own */
	if (name.length == 0 || reference_string_has(name, ' ') ||
	    reference_string_has(name, '\t') ||
	    find_variable(name) < name.length)
		return 0;
	if (name.length == end) {
		add_key(scope, pattern, name, NULL);
		return end + 1;
	}
	if (!read_default(reference_string_rest(text, comma), &otherwise,
	    &length))
		return 0;
	add_key(scope, pattern, name, &otherwise);
	return comma + length + 1;
}

struct reference_pattern
reference_pattern_expand(const struct reference_scope *scope,
    struct reference_string text)
{
	struct reference_pattern pattern = { NULL, 0, 0, false };

	if (!scope->variables)
		return reference_pattern_read(scope->arena, text);
	while (text.length > 0) {
		size_t start = find_variable(text), length;

		add_written(scope->arena, &pattern,
		    reference_string_first(text, start));
		text = reference_string_rest(text, start);
		if (text.length == 0) {
			if (start > 0)
				pattern.items[pattern.count - 1].last = true;
			return pattern;
		}
		text = reference_string_rest(text, 2);
		length = add_variable(scope, &pattern, text);
		if (length == 0) {
			pattern.unresolved = true;
			return pattern;
		}
		text = reference_string_rest(text, length);
	}
	return pattern;
}

struct reference_pattern
reference_pattern_expand_literally(const struct reference_scope *scope,
    struct reference_string text)
{
	struct reference_pattern pattern = reference_pattern_expand(scope,
	    text);

	for (size_t i = 0; i < pattern.count; i++)
		pattern.items[i].kind = REFERENCE_CHARACTER;
	return pattern;
}

/* Matching. */

static uint32_t
fold(uint32_t point)
{
	return point >= 'A' && point <= 'Z' ? point + ('a' - 'A') : point;
}

static bool
takes(const struct reference_symbol *symbol, uint32_t point, bool folded)
{
	if (symbol->kind != REFERENCE_CHARACTER)
		return !symbol->confined || point != ':';
	if (folded)
		return fold(symbol->character) == fold(point);
	return symbol->character == point;
}

/* GLOB-1 and GLOB-3, all ways tried in turn (and so not GLOB-4). */
static bool
matches(const struct reference_symbol *symbols, size_t count,
    const uint32_t *points, size_t length, size_t folded)
{
	size_t next = folded > 0 ? folded - 1 : 0;

	if (count == 0)
		return length == 0;
	if (symbols[0].kind != REFERENCE_ANY_RUN)
		return length > 0 && takes(&symbols[0], points[0],
		    folded > 0) && matches(symbols + 1, count - 1, points + 1,
		    length - 1, next);
	return matches(symbols + 1, count - 1, points, length, folded) ||
	    (length > 0 && takes(&symbols[0], points[0], folded > 0) &&
	    matches(symbols, count, points + 1, length - 1, next));
}

bool
reference_pattern_match_part(struct arena *arena,
    const struct reference_pattern *pattern, size_t start, size_t end,
    struct reference_string text, size_t folded)
{
	struct reference_points points = reference_string_points(arena, text);

	if (pattern->unresolved)
		return false;			/* VAR-6 */
	if (start == end)
		return points.count == 0;
	return matches(pattern->items + start, end - start, points.items,
	    points.count, folded);
}

bool
reference_pattern_match(struct arena *arena,
    const struct reference_pattern *pattern, struct reference_string text)
{
	return reference_pattern_match_part(arena, pattern, 0, pattern->count,
	    text, 0);
}

/* A colon that was written in the pattern. */
static bool
is_colon(const struct reference_symbol *symbol)
{
	return symbol->character == ':' && !symbol->substituted;
}

/* Resources. */

/* VAR-8: a variable that begins before the fifth colon is out of place. */
static bool
has_early_variable(struct reference_string entry)
{
	size_t variable = find_variable(entry), colons = 0;

	for (size_t i = 0; i < variable; i++)
		colons += entry.bytes[i] == ':';
	return variable < entry.length && colons < 5;
}

static size_t
count_colons(const struct reference_pattern *pattern)
{
	size_t colons = 0;

	for (size_t i = 0; i < pattern->count; i++)
		colons += is_colon(&pattern->items[i]);
	return colons;
}

/* RES-5: the missing components are stars. */
static void
add_components(struct arena *arena, struct reference_pattern *pattern)
{
	while (count_colons(pattern) < 5)
		add_written(arena, pattern, reference_string_new(":*"));
	pattern->items[pattern->count - 1].last = true;
}

/*
 * RES-6 (a) and (b): before the fifth colon a question mark, and a star that
 * does not end its component, stop at colons.  (c) needs nothing, unless it
 * is read as strictly: then what the other colons part are components, too.
 * What VAR-7 may put there was not written and is not meant.
 */
static void
confine_wildcards(struct reference_pattern *pattern, bool strict)
{
	size_t colons = 0;

	for (size_t i = 0; i < pattern->count && (strict || colons < 5);
	    i++) {
		struct reference_symbol *symbol = &pattern->items[i];
		bool ends = symbol->last || (i + 1 < pattern->count &&
		    is_colon(symbol + 1));

		symbol->confined = !symbol->substituted &&
		    (symbol->kind == REFERENCE_ANY_CHARACTER ||
		    (symbol->kind == REFERENCE_ANY_RUN && !ends));
		colons += is_colon(symbol);
	}
}

/* The service, or the type of resource in front of a colon, has a wildcard
 * (RES-7). */
static bool
has_wild_type(struct reference_string entry)
{
	struct reference_string part = entry, type;
	size_t colons = 0, end;

	for (; colons < 5; colons++) {
		size_t colon = reference_string_find(part, ':', 0);
		struct reference_string component = reference_string_first(
		    part, colon);

		if (colons == 2 && (reference_string_has(component, '*') ||
		    reference_string_has(component, '?')))
			return true;
		if (colon == part.length)
			return false;
		part = reference_string_rest(part, colon + 1);
	}
	end = reference_string_find(part, ':', 0);
	type = reference_string_first(part, end);
	return end < part.length && !reference_string_has(type, '$') &&
	    (reference_string_has(type, '*') ||
	    reference_string_has(type, '?'));
}

/* RES-4: how many characters partition, service and region take, and what is
 * before them. */
static size_t
count_head(struct arena *arena, struct reference_string resource)
{
	struct reference_points points = reference_string_points(arena,
	    resource);
	size_t colons = 0;

	for (size_t i = 0; i < points.count; i++)
		if (points.items[i] == ':' && ++colons == 4)
			return i;
	return 0;
}

bool
reference_pattern_match_resource(const struct reference_scope *scope,
    struct reference_string entry, bool padded,
    struct reference_string resource)
{
	struct reference_pattern pattern;
	size_t folded = 0;

	if (reference_string_is(entry, "*"))
		return true;			/* RES-2 */
	if (reference_string_is(resource, "*"))
		return false;			/* RES-9 */
	if (entry.length == 0)
		return false;			/* GRAM-37 */
	if (scope->variables && has_early_variable(entry))
		return false;			/* VAR-8, RES-8 */
	if (has_wild_type(entry) && reference_takes(scope->choices,
	    ASSUME_res_7))
		return false;
	pattern = reference_pattern_expand(scope, entry);
	if (padded || reference_takes(scope->choices, ASSUME_res_5))
		add_components(scope->arena, &pattern);
	confine_wildcards(&pattern, reference_takes(scope->choices,
	    ASSUME_res_6));
	if (reference_takes(scope->choices, ASSUME_res_4) &&
	    reference_string_begins(entry, "arn:") &&
	    reference_string_begins(resource, "arn:"))
		folded = count_head(scope->arena, resource);
	return reference_pattern_match_part(scope->arena, &pattern, 0,
	    pattern.count, resource, folded);
}

/* ARNs in conditions. */

/* COND-23, COND-24: where the first five colons stand, those that were
 * written or all. */
static bool
find_colons(const struct reference_scope *scope,
    const struct reference_pattern *pattern, size_t colons[5])
{
	bool all = reference_takes(scope->choices, ASSUME_cond_24);
	size_t found = 0;

	for (size_t i = 0; i < pattern->count && found < 5; i++)
		if (is_colon(&pattern->items[i]) || (all &&
		    pattern->items[i].character == ':'))
			colons[found++] = i;
	return found == 5;
}

bool
reference_pattern_match_arn(const struct reference_scope *scope,
    struct reference_string wanted, struct reference_string value)
{
	struct reference_pattern pattern = reference_pattern_expand(scope,
	    wanted);
	struct reference_string components[REFERENCE_ARN_COMPONENTS];
	size_t colons[REFERENCE_ARN_COMPONENTS], start = 0;

	/* COND-23: both sides have six components or nothing matches. */
	if (!find_colons(scope, &pattern, colons) ||
	    !reference_arn_read(value).whole ||
	    !reference_arn_split(value, components))
		return false;
	colons[5] = pattern.count;
	for (size_t i = 0; i < REFERENCE_ARN_COMPONENTS; i++) {
		if (!reference_pattern_match_part(scope->arena, &pattern,
		    start, colons[i], components[i], 0))
			return false;
		start = colons[i] + 1;
	}
	return true;
}
