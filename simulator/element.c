/* SPDX-License-Identifier: MIT */
/*
 * Where AWS leaves open how an entry reads, both readings are kept, and what
 * is open is noted only when it makes a difference.
 */
#include "config.h"

#include <string.h>

#include "policy/arn.h"
#include "policy/list.h"
#include "simulator/element.h"

enum { WORD_BITS = 64 };

static size_t
count_words(const struct catalog *catalog)
{
	return (catalog_action_count(catalog) + WORD_BITS - 1) / WORD_BITS;
}

static size_t
largest_service(const struct catalog *catalog)
{
	size_t most = 0;

	for (unsigned i = 0; i < catalog->service_count; i++)
		if (catalog->services[i].action_count > most)
			most = catalog->services[i].action_count;
	return most;
}

struct element_reader
element_reader_new(struct arena *arena, const struct catalog *catalog,
    const struct policy *policy, enum layer layer, bool bits)
{
	struct element_reader reader = {
		.arena = arena,
		.catalog = catalog,
		.layer = layer,
		.variables = policy->version == VERSION_2012,
	};

	if (bits) {
		reader.scratch = arena_array(arena, count_words(catalog),
		    sizeof(*reader.scratch));
		reader.found = arena_array(arena, largest_service(catalog),
		    sizeof(*reader.found));
	}
	return reader;
}

/* Actions. */

/* Sets the bits of one pattern, whose service is spelled out. */
static void
set_bits(const struct element_reader *reader, struct word text)
{
	const char *colon = memchr(text.text, ':', text.length);
	size_t prefix = (size_t)(colon - text.text);
	const struct service *service = catalog_service(reader->catalog,
	    text.text, prefix);
	struct pattern name;
	size_t count;

	if (service == NULL)
		return;
	name = pattern_read_folded(reader->arena, colon + 1,
	    text.length - prefix - 1);
	count = service_match(service, &name, reader->found);
	for (size_t i = 0; i < count; i++) {
		size_t index = action_index(reader->found[i]);

		reader->scratch[index / WORD_BITS] |=
		    UINT64_C(1) << index % WORD_BITS;
	}
}

/* The words from the first to the last that are not zero, which become so. */
static struct action_bits
take_bits(const struct element_reader *reader)
{
	size_t start = 0, end = count_words(reader->catalog);
	struct action_bits bits = { .catalog = reader->catalog };
	uint64_t *words;

	while (end > 0 && reader->scratch[end - 1] == 0)
		end--;
	while (start < end && reader->scratch[start] == 0)
		start++;
	bits.first = start;
	bits.count = end - start;
	if (bits.count == 0)
		return bits;
	words = arena_array(reader->arena, bits.count, sizeof(*words));
	memcpy(words, reader->scratch + start, bits.count * sizeof(*words));
	memset(reader->scratch + start, 0, bits.count * sizeof(*words));
	bits.words = words;
	return bits;
}

/* An action has a colon; what has none and is not "*" is none (GRAM-37). */
static bool
is_action(struct word text)
{
	return text.length > 0 && memchr(text.text, ':', text.length) != NULL;
}

static bool
has_wild_prefix(struct word text)
{
	const char *colon = memchr(text.text, ':', text.length);

	return word_has_wildcard(word_from(text.text,
	    (size_t)(colon - text.text)));
}

/* Adds the patterns whose prefix is wild, or those whose prefix is not. */
static size_t
read_patterns(const struct element_reader *reader,
    const struct element *element, bool wild, struct pattern *patterns)
{
	size_t count = 0;

	for (size_t i = 0; i < element->count; i++) {
		struct word text = word_of_node(element->items[i]);

		if (!is_action(text) || has_wild_prefix(text) != wild)
			continue;
		patterns[count++] = pattern_read_folded(reader->arena,
		    text.text, text.length);
		if (!wild && reader->scratch != NULL)
			set_bits(reader, text);
	}
	return count;
}

static bool
lists_everything(const struct element *element)
{
	for (size_t i = 0; i < element->count; i++)
		if (word_is(word_of_node(element->items[i]), "*"))
			return true;
	return false;
}

struct action_element
action_element_read(const struct element_reader *reader,
    const struct element *element)
{
	struct action_element actions = {
		.negated = element->negated,
		.empty = element->count == 0,
		.everything = lists_everything(element),
	};
	struct pattern *patterns = arena_array(reader->arena, element->count,
	    sizeof(*patterns));

	actions.patterns = patterns;
	actions.literal = read_patterns(reader, element, false, patterns);
	actions.count = actions.literal + read_patterns(reader, element, true,
	    patterns + actions.literal);
	if (reader->scratch != NULL)
		actions.bits = take_bits(reader);
	return actions;
}

static bool
match_patterns(const struct action_element *actions, size_t start, size_t end,
    struct word action)
{
	for (size_t i = start; i < end; i++)
		if (pattern_match(&actions->patterns[i], action.text,
		    action.length))
			return true;
	return false;
}

static bool
has_bit(const struct action_bits *bits, const struct action *action)
{
	size_t index = action_index(action);
	size_t word = index / WORD_BITS - bits->first;

	/* what lies in front of the words wraps round to behind them */
	return word < bits->count &&
	    (bits->words[word] >> index % WORD_BITS & 1) != 0;
}

/* The words have bits of neighbours, too. */
bool
action_element_may_name(const struct action_element *actions,
    const struct service *service)
{
	size_t last = service->base + service->action_count - 1;

	if (service->action_count == 0)
		return false;
	for (size_t i = service->base / WORD_BITS; i <= last / WORD_BITS; i++)
		if (i - actions->bits.first < actions->bits.count &&
		    actions->bits.words[i - actions->bits.first] != 0)
			return true;
	return false;
}

bool
action_element_may_match(const struct action_element *actions,
    const struct action *action)
{
	bool matches = actions->everything ||
	    (action != NULL && has_bit(&actions->bits, action));

	if (actions->empty)
		return actions->negated;
	if (actions->negated)
		return !matches;
	return matches || actions->count > actions->literal;
}

static bool
match_actions(const struct action_element *actions, const struct scope *scope)
{
	const struct request *request = scope->request;
	const struct action *listed = request->listed;

	if (actions->everything)
		return true;
	if (listed != NULL && actions->bits.catalog != NULL &&
	    listed->service->catalog == actions->bits.catalog) {
		if (has_bit(&actions->bits, listed))
			return true;
	} else if (match_patterns(actions, 0, actions->literal,
	    request->action)) {
		return true;
	}
	return match_patterns(actions, actions->literal, actions->count,
	    request->action) && scope_assume(scope, ASSUME_act_4) == 0;
}

bool
action_element_matches(const struct action_element *actions,
    const struct scope *scope)
{
	if (actions->empty)
		return actions->negated &&
		    scope_assume(scope, ASSUME_gram_34) == 0;
	return match_actions(actions, scope) != actions->negated;
}

/* Resources. */

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
