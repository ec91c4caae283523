/* SPDX-License-Identifier: MIT */
/* The table of operators, the list, and what a splice comes to. */
#include "config.h"

#include <string.h>

#include "policy/json.h"
#include "policy/reader.h"
#include "simulator/mutation_row.h"

struct row {
	struct mutation_operator	 operator;
	void				(*find)(struct mutator *);
};

static const struct row rows[] = {
	{ { "drop-statement", "a statement is left out" },
	    mutation_drop_statement },
	{ { "flip-effect", "Allow and Deny are exchanged" },
	    mutation_flip_effect },
	{ { "negate-element", "an element is exchanged for its Not form" },
	    mutation_negate_element },
	{ { "old-version", "the old version knows no variables" },
	    mutation_old_version },
	{ { "drop-action", "an action is left out" },
	    mutation_drop_action },
	{ { "drop-resource", "a resource is left out" },
	    mutation_drop_resource },
	{ { "drop-principal", "a principal is left out" },
	    mutation_drop_principal },
	{ { "widen-principal", "more callers are named" },
	    mutation_widen_principal },
	{ { "widen-wildcard", "a wildcard stands for more" },
	    mutation_widen_wildcard },
	{ { "narrow-wildcard", "a wildcard stands for less" },
	    mutation_narrow_wildcard },
	{ { "widen-variable", "a wildcard stands for a variable" },
	    mutation_widen_variable },
	{ { "drop-condition", "a condition is left out" },
	    mutation_drop_condition },
	{ { "drop-value", "a value of a condition is left out" },
	    mutation_drop_value },
	{ { "drop-if-exists", "IfExists is left out" },
	    mutation_drop_if_exists },
	{ { "add-if-exists", "IfExists is added" },
	    mutation_add_if_exists },
	{ { "swap-set-operator", "ForAllValues and ForAnyValue are exchanged" },
	    mutation_swap_set_operator },
	{ { "negate-operator", "an operator is exchanged for its opposite" },
	    mutation_negate_operator },
	{ { "move-boundary", "a bound is exchanged for the one beside it" },
	    mutation_move_boundary },
	{ { "swap-like", "wildcards are taken for characters, or the other "
	    "way round" }, mutation_swap_like },
	{ { "flip-value", "true and false are exchanged" },
	    mutation_flip_value },
	{ { "widen-range", "a range of addresses has twice as many" },
	    mutation_widen_range },
	{ { "other-key", "another key is tested" },
	    mutation_other_key },
	{ { "other-endpoint", "another endpoint of the estate is named" },
	    mutation_other_endpoint },
	{ { "other-vpc", "another VPC of the estate is named" },
	    mutation_other_vpc },
	{ { "other-account", "another account of the estate is named" },
	    mutation_other_account },
	{ { "other-principal", "another principal of the estate is named" },
	    mutation_other_principal },
};

const size_t mutation_operator_count = sizeof(rows) / sizeof(rows[0]);

const struct mutation_operator *
mutation_operator(size_t index)
{
	return index < mutation_operator_count ? &rows[index].operator : NULL;
}

const struct mutation_operator *
mutation_operator_find(const char *name)
{
	for (size_t i = 0; i < mutation_operator_count; i++)
		if (strcmp(rows[i].operator.name, name) == 0)
			return &rows[i].operator;
	return NULL;
}

/* Documents. */

const struct source *
mutation_apply(struct arena *arena, const struct mutation *mutation)
{
	const struct source *old = mutation->source;
	size_t middle = strlen(mutation->text);
	size_t tail = old->length - mutation->span.end;
	size_t length = mutation->span.start + middle + tail;
	char *bytes = arena_alloc(arena, length + 1);

	memcpy(bytes, old->bytes, mutation->span.start);
	memcpy(bytes + mutation->span.start, mutation->text, middle);
	memcpy(bytes + mutation->span.start + middle,
	    old->bytes + mutation->span.end, tail);
	return source_new(arena, old->name, bytes, length);
}

/* NULL when there is something to complain of in it. */
static const struct policy *
read_policy(struct arena *arena, const struct mutation *mutation)
{
	const struct policy *old = mutation->reference->policy;
	const struct source *source = mutation_apply(arena, mutation);
	const char *pointer = text_pointer(old->text, arena, old->node->span);
	const struct policy *policy;
	const struct text *text;
	const struct node *node;
	struct report report;

	report_init(&report, arena, source);
	text = text_read(arena, source, &report);
	node = text->root == NULL ? NULL : text_find(text, pointer);
	if (!text->usable || node == NULL)
		return NULL;
	policy = reader_read_policy(arena, text, node, &report);
	return policy->usable && report.findings.count == 0 ? policy : NULL;
}

const struct policy *
mutation_policy(struct arena *arena, const struct mutation *mutation)
{
	return read_policy(arena, mutation);
}

struct archive *
mutation_archive(struct arena *arena, const struct court *court,
    const struct mutation *mutation)
{
	const struct policy *policy = read_policy(arena, mutation);
	struct archive *archive = court->archive;

	for (enum layer layer = 0; layer < LAYER_COUNT; layer++) {
		const struct charter *old;

		if ((mutation->layers >> layer & 1) == 0)
			continue;
		old = archive_charter(court->archive, arena,
		    mutation->reference, layer);
		if (old->policy == mutation->reference->policy)
			archive = archive_replace(arena, archive, old,
			    charter_compile(arena, court->catalog, policy,
			    layer, court->assumptions, CHARTER_INDEXED));
	}
	return archive;
}

/* Every layer that the document holds would take it. */
static bool
is_storable(struct arena *arena, const struct mutator *mutator,
    const struct mutation *mutation)
{
	const struct policy *policy = read_policy(arena, mutation);

	for (enum layer layer = 0; policy != NULL && layer < LAYER_COUNT;
	    layer++)
		if ((mutation->layers >> layer & 1) != 0 &&
		    !charter_compile(arena, mutator->court->catalog, policy,
		    layer, mutator->court->assumptions, 0)->usable)
			return false;
	return policy != NULL;
}

/* Those from `first' on that can be stored stay. */
static void
keep_storable(void *context)
{
	struct mutator *mutator = context;
	struct mutations *mutations = mutator->mutations;
	size_t kept = mutator->first;

	for (size_t i = mutator->first; i < mutations->list.count; i++) {
		if (is_storable(mutator->scratch, mutator,
		    &mutations->list.items[i]))
			mutations->list.items[kept++] =
			    mutations->list.items[i];
		arena_reset(mutator->scratch);
	}
	mutations->list.count = kept;
}

static bool
can_be_edited(const struct reference *reference)
{
	const struct policy *policy = reference->policy;

	return !reference->by_aws && !reference->unknown &&
	    policy != NULL && policy->usable &&
	    policy->text->source->outer == NULL;
}

static void
find_all(struct mutator *mutator)
{
	for (size_t i = 0; i < mutator->policy->count; i++) {
		mutator->statement = &mutator->policy->statements[i];
		for (size_t j = 0; j < mutation_operator_count; j++) {
			mutator->operator = &rows[j].operator;
			rows[j].find(mutator);
		}
	}
}

void
mutation_list(struct arena *arena, const struct court *court,
    const struct reference *reference, layer_set layers,
    struct mutations *mutations)
{
	struct mutator mutator = { .arena = arena, .court = court,
	    .reference = reference, .layers = layers,
	    .policy = reference->policy, .mutations = mutations,
	    .first = mutations->list.count };

	if (!can_be_edited(reference) || layers == 0)
		return;
	find_all(&mutator);
	mutator.scratch = arena_new();
	if (mutator.scratch == NULL || !arena_protect(mutator.scratch,
	    keep_storable, &mutator))
		arena_exhausted(arena);
	arena_free(mutator.scratch);
}

/* For the rows. */

/* Two operators may come to the same text; the first has found it. */
static bool
is_known(const struct mutator *mutator, struct span span, const char *text)
{
	for (size_t i = mutator->first; i < mutator->mutations->list.count;
	    i++) {
		const struct mutation *it = &mutator->mutations->list.items[i];

		if (it->span.start == span.start &&
		    it->span.end == span.end && strcmp(it->text, text) == 0)
			return true;
	}
	return false;
}

static void
add(struct mutator *mutator, struct span span, const char *text,
    struct span about)
{
	const struct source *source = mutator->policy->text->source;
	size_t length = strlen(text);
	bool same = span.end - span.start == length &&
	    memcmp(source->bytes + span.start, text, length) == 0;

	if (!same && !is_known(mutator, span, text))
		*list_add(mutator->arena, &mutator->mutations->list) =
		    (struct mutation){ mutator->operator, mutator->reference,
		    mutator->layers, source, span, text, about };
}

void
mutator_splice(struct mutator *mutator, struct span span, const char *text)
{
	add(mutator, span, text, span);
}

static const char *
quote(struct arena *arena, const char *text)
{
	struct json_sheet sheet = { .arena = arena };
	struct json json;

	json_init(&json, json_sheet_sink(&sheet), false);
	json_text(&json, text);
	return json_sheet_text(&sheet);
}

void
mutator_replace(struct mutator *mutator, const struct node *node,
    const char *text)
{
	mutator_splice(mutator, node->span, quote(mutator->arena, text));
}

void
mutator_rename(struct mutator *mutator, const struct node *member,
    const char *name)
{
	mutator_splice(mutator, member->key_span, quote(mutator->arena,
	    name));
}

static size_t
start_of(const struct node *node)
{
	return node->key == NULL ? node->span.start : node->key_span.start;
}

static const struct node *
before(const struct node *node)
{
	const struct node *other = node->parent->first;

	while (other->next != node)
		other = other->next;
	return other;
}

/* The value with its key and one comma. */
static struct span
cut_of(const struct node *node)
{
	struct span span = { start_of(node), node->span.end };

	if (node->index > 0)
		span.start = before(node)->span.end;
	else if (node->next != NULL)
		span.end = start_of(node->next);
	return span;
}

void
mutator_drop(struct mutator *mutator, const struct node *node)
{
	const struct span about = { start_of(node), node->span.end };

	add(mutator, cut_of(node), "", about);
}

void
mutator_part(struct mutator *mutator, const struct node *member,
    const char *name)
{
	const char *bytes = mutator->policy->text->source->bytes;
	struct span around = member->parent->span, cut = cut_of(member);
	const struct span about = { start_of(member), member->span.end };

	add(mutator, around, arena_printf(mutator->arena,
	    "%.*s%.*s, %s: { %.*s }", (int)(cut.start - around.start),
	    bytes + around.start, (int)(around.end - cut.end),
	    bytes + cut.end, quote(mutator->arena, name),
	    (int)(about.end - about.start), bytes + about.start), about);
}

void
mutator_drop_each(struct mutator *mutator, const struct node *list)
{
	if (list == NULL || list->kind != NODE_ARRAY || list->count < 2)
		return;
	for (const struct node *node = list->first; node != NULL;
	    node = node->next)
		mutator_drop(mutator, node);
}

const char *
mutator_patch(struct mutator *mutator, struct word word, size_t start,
    size_t end, const char *middle)
{
	return arena_printf(mutator->arena, "%.*s%s%.*s", (int)start,
	    word.text, middle, (int)(word.length - end), word.text + end);
}

/* Strings of a statement. */

static void
see_conditions(struct mutator *mutator,
    void (*see)(struct mutator *, const struct node *, enum mutator_place))
{
	const struct statement *statement = mutator->statement;

	for (size_t i = 0; i < statement->condition_count; i++) {
		const struct condition *it = &statement->conditions[i];
		enum mutator_place place = condition_is_known(it) &&
		    condition_facts(it)->comparison == COMPARISON_like ?
		    MUTATOR_LIKE : MUTATOR_VALUE;

		for (size_t j = 0; j < it->count; j++)
			if (it->values[j]->kind == NODE_STRING)
				see(mutator, it->values[j], place);
	}
}

void
mutator_strings(struct mutator *mutator,
    void (*see)(struct mutator *, const struct node *, enum mutator_place))
{
	const struct statement *statement = mutator->statement;

	for (size_t i = 0; i < statement->principal.count; i++)
		see(mutator, statement->principal.items[i].node,
		    MUTATOR_PRINCIPAL);
	for (size_t i = 0; i < statement->resource.count; i++)
		see(mutator, statement->resource.items[i], MUTATOR_RESOURCE);
	see_conditions(mutator, see);
}
