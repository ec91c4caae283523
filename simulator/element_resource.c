/* SPDX-License-Identifier: MIT */
/*
 * Resource and NotResource.  Where AWS leaves open how an entry reads, both
 * readings are kept, and what is open is noted only when it makes a
 * difference.
 */
#include "config.h"

#include <string.h>

#include "policy/arn.h"
#include "simulator/element.h"

/* The service or the type (`functi*:') has a wildcard. */
static bool
has_wild_type(struct word entry)
{
	struct arn arn = arn_split(entry.text, entry.length);
	const char *text = arn.field[ARN_RESOURCE].text;

	if (arn_field_is_wild(&arn, ARN_SERVICE))
		return true;
	/* colons may also stand in the names of variables */
	for (size_t i = 0; i < arn.field[ARN_RESOURCE].length; i++)
		if (text[i] == ':' || text[i] == '$')
			return text[i] == ':' &&
			    word_has_wildcard(word_from(text, i));
	return false;
}

/* A wildcard of the resource part has something other than a colon behind it,
 * or is a question mark (RES-6). */
static bool
has_middle_wildcard(struct word entry)
{
	struct arn arn = arn_split(entry.text, entry.length);
	const char *text = arn.field[ARN_RESOURCE].text;
	size_t length = arn.field[ARN_RESOURCE].length;

	for (size_t i = 0; i < length; i++)
		if (text[i] == '?' || (text[i] == '*' && i + 1 < length &&
		    text[i + 1] != ':'))
			return true;
	return false;
}

static bool
is_wildcard(char c)
{
	return c == '*' || c == '?';
}

/* The next run of wildcards, as it is written, ends in a star; so do those
 * that are written nowhere.  Goes behind it. */
static bool
ends_in_star(struct word text, size_t *at)
{
	while (*at < text.length && !is_wildcard(text.text[*at]))
		++*at;
	if (*at == text.length)
		return true;
	while (*at < text.length && is_wildcard(text.text[*at]))
		++*at;
	return text.text[*at - 1] == '*';
}

/* The symbols of the entry's pattern, and no wildcard in the middle crosses a
 * colon; in the pattern, the star of a run is always the last. */
static struct pattern
confine(struct arena *arena, const struct resource_entry *entry)
{
	const struct pattern *pattern = &entry->pattern;
	char *symbols = arena_copy(arena, pattern->symbols, pattern->length);
	bool wild = false, star = false;
	size_t at = 0;

	for (size_t i = 0; i < pattern->length; i++) {
		unsigned char symbol = (unsigned char)symbols[i];
		bool goes_on = wild;

		wild = symbol >= PATTERN_ONE_FIELD;
		if (wild && !goes_on)
			star = ends_in_star(entry->text, &at);
		if (symbol == PATTERN_ONE)
			symbols[i] = (char)PATTERN_ONE_FIELD;
		else if (symbol == PATTERN_ANY && (!star ||
		    (i + 1 < pattern->length && symbols[i + 1] != ':')))
			symbols[i] = (char)PATTERN_ANY_FIELD;
	}
	return pattern_of_symbols(arena, symbols, pattern->length);
}

static void
read_strictly(const struct element_reader *reader,
    struct resource_entry *entry)
{
	const struct substitution_use use = { .like = true, .arn = true,
	    .resource = true, .strict = true };
	struct resource_entry *strict;

	if (entry->never || !has_middle_wildcard(entry->text))
		return;
	strict = arena_alloc(reader->arena, sizeof(*strict));
	*strict = *entry;
	if (entry->variable != NULL)
		strict->variable = substitution_read(reader->arena,
		    reader->catalog, entry->text, use);
	else
		strict->pattern = confine(reader->arena, entry);
	entry->strict = strict;
}

/* False when fields of an ARN are missing. */
static bool
read_variable(const struct element_reader *reader,
    struct resource_entry *entry)
{
	const struct substitution_use use = { .like = true, .arn = true,
	    .resource = true };
	const struct substitution *substitution = substitution_read(
	    reader->arena, reader->catalog, entry->text, use);
	struct word symbols;

	entry->never = substitution->never;
	if (!entry->never && substitution->variables > 0) {
		entry->variable = substitution;
	} else if (!entry->never) {
		entry->escaped = true;
		symbols = substitution->fragments[0].text;
		entry->pattern = pattern_of_symbols(reader->arena,
		    symbols.text, symbols.length);
	}
	return substitution->fields == ARN_FIELD_COUNT;
}

/* The same.  RES-5 says who pads them, and who may. */
static bool
read_pattern(const struct element_reader *reader,
    struct resource_entry *entry)
{
	struct word text = entry->text;
	bool complete = arn_split(text.text, text.length).count ==
	    ARN_FIELD_COUNT;
	bool pads = reader->layer == LAYER_IDENTITY ||
	    reader->layer == LAYER_BOUNDARY;
	struct pattern *padded;

	entry->pattern = arn_pattern_read(reader->arena, text.text,
	    text.length, pads);
	if (pads || complete)
		return complete;
	padded = arena_alloc(reader->arena, sizeof(*padded));
	*padded = arn_pattern_read(reader->arena, text.text, text.length,
	    true);
	entry->padded = padded;
	return false;
}

static void
read_entry(const struct element_reader *reader, struct resource_entry *entry,
    struct resource_element *resources)
{
	bool complete;

	entry->everything = word_is(entry->text, "*");
	entry->never = entry->text.length == 0;
	if (entry->everything)
		resources->everything = true;
	if (entry->everything || entry->never)
		return;
	entry->wild_type = has_wild_type(entry->text);
	if (reader->variables && substitution_occurs(entry->text))
		complete = read_variable(reader, entry);
	else
		complete = read_pattern(reader, entry);
	read_strictly(reader, entry);
	if (!complete)
		resources->incomplete = true;
}

struct resource_element
resource_element_read(const struct element_reader *reader,
    const struct element *element)
{
	struct resource_element resources = {
		.negated = element->negated,
		.there = element->node != NULL,
		.empty = element->count == 0,
		.count = element->count,
	};
	struct resource_entry *entries = arena_array(reader->arena,
	    element->count, sizeof(*entries));

	for (size_t i = 0; i < element->count; i++) {
		entries[i].text = word_of_node(element->items[i]);
		read_entry(reader, &entries[i], &resources);
	}
	resources.entries = entries;
	return resources;
}

static bool
begins_with_arn(struct word word)
{
	return word.length >= 4 && memcmp(word.text, "arn:", 4) == 0;
}

/* The length of an ARN's first four fields. */
static size_t
count_head(struct word resource)
{
	unsigned colons = 0;

	for (size_t i = 0; i < resource.length; i++)
		if (resource.text[i] == ':' && ++colons == ARN_ACCOUNT)
			return i;
	return 0;
}

/* RES-4, read as blind to the case of partition, service and region. */
static enum truth
match_folded(const struct resource_entry *entry,
    const struct pattern *pattern, struct word resource,
    const struct scope *scope)
{
	const struct fragment whole = {
		.text = { pattern->symbols, pattern->length },
	};
	const struct substitution plain = {
		.use = { .like = true, .arn = true, .resource = true },
		.fragments = &whole,
		.count = 1,
	};

	if (!begins_with_arn(entry->text) || !begins_with_arn(resource))
		return TRUTH_FALSE;
	return substitution_match(entry->variable != NULL ? entry->variable :
	    &plain, resource, count_head(resource), scope);
}

/* A pattern, or the text with its variables. */
static enum truth
match_written(const struct resource_entry *entry, const struct pattern *pattern,
    struct word resource, const struct scope *scope)
{
	enum truth matches, folded;

	if (entry->variable != NULL)
		matches = substitution_match(entry->variable, resource, 0,
		    scope);
	else
		matches = truth_of(pattern_match(pattern, resource.text,
		    resource.length));
	if (matches == TRUTH_TRUE || (scope->rests == NULL &&
	    scope->assumptions->choice[ASSUME_res_4] == 0))
		return matches;
	folded = match_folded(entry, pattern, resource, scope);
	if (folded == matches || scope_assume(scope, ASSUME_res_4) == 0)
		return matches;
	return folded;
}

/* Each reading that is open is tried beside the default, and noted when it
 * comes to something else. */
static enum truth
match_readings(const struct resource_entry *entry, struct word resource,
    const struct scope *scope)
{
	enum truth matches = match_written(entry, &entry->pattern, resource,
	    scope), other;

	if (entry->padded != NULL) {
		other = match_written(entry, entry->padded, resource, scope);
		if (other != matches && scope_assume(scope, ASSUME_res_5) != 0)
			matches = other;
	}
	if (entry->strict != NULL && matches != TRUTH_FALSE) {
		other = match_written(entry->strict, &entry->strict->pattern,
		    resource, scope);
		if (other != matches && scope_assume(scope, ASSUME_res_6) != 0)
			matches = other;
	}
	return matches;
}

static enum truth
match_entry(const struct resource_entry *entry, struct word resource,
    const struct scope *scope)
{
	enum truth matches;

	if (entry->never)
		return TRUTH_FALSE;
	matches = match_readings(entry, resource, scope);
	if (matches != TRUTH_FALSE && entry->wild_type &&
	    scope_assume(scope, ASSUME_res_7) != 0)
		return TRUTH_FALSE;
	return matches;
}

static enum truth
match_resources(const struct resource_element *resources,
    const struct scope *scope)
{
	struct word resource = scope->request->resource;
	enum truth matches = TRUTH_FALSE;

	if (resources->everything)
		return TRUTH_TRUE;
	/* RES-9: no ARN is about an action that has no resources */
	if (word_is(resource, "*"))
		return TRUTH_FALSE;
	for (size_t i = 0; i < resources->count && matches != TRUTH_TRUE; i++)
		matches = truth_or(matches, match_entry(&resources->entries[i],
		    resource, scope));
	return matches;
}

enum truth
resource_element_matches(const struct resource_element *resources,
    const struct scope *scope)
{
	enum truth matches;

	if (resources->empty)
		return truth_of(resources->negated &&
		    scope_assume(scope, ASSUME_gram_34) == 0);
	matches = match_resources(resources, scope);
	if (scope->request->resource_open && matches == TRUTH_FALSE)
		return TRUTH_UNKNOWN;
	return resources->negated ? truth_not(matches) : matches;
}
