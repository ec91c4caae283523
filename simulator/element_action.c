/* SPDX-License-Identifier: MIT */
/*
 * Action and NotAction.  What patterns match of the catalogue is found once,
 * as bits; patterns are left for actions that it does not list.
 */
#include "config.h"

#include <string.h>

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
