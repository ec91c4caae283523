/* SPDX-License-Identifier: MIT */
/* Each promise and each name is tried alone, so that every fault is told. */
#include "config.h"

#include <string.h>

#include "policy/catalog.h"
#include "simulator/estate_complaint.h"
#include "simulator/named.h"
#include "simulator/perimeter.h"
#include "simulator/perimeter_check.h"
#include "simulator/proof.h"

/* A guarantee begins with an id and a name. */
static const char before[] = "liveness liveness ";

struct inspector {
	struct arena		*arena;
	const struct court	*court;
	struct report		*report;
};

static void
complain(struct inspector *inspector, enum estate_complaint complaint,
    struct span span, const char *message, const char *help)
{
	struct finding *finding = report_add(inspector->report,
	    &estate_complaints[complaint].complaint, span, "%s", message);

	if (help != NULL)
		report_help(inspector->report, finding, "%s", help);
}

/* Promises. */

/* The fault is one of the text that was read, which has more words. */
static void
complain_of_promise(struct inspector *inspector, const struct node *item,
    enum estate_complaint complaint, const struct question_fault *fault)
{
	size_t lead = sizeof(before) - 1, length = item->length;
	size_t start = fault->span.start < lead ? 0 : fault->span.start - lead;
	size_t end = fault->span.end < lead ? 0 : fault->span.end - lead;

	if (end > length)
		end = length;
	if (start >= end)
		start = end == 0 ? 0 : end - 1;
	complain(inspector, complaint, node_span_within(
	    inspector->report->source, item, start, end - start),
	    fault->message, fault->help);
}

/* A plan of the proof is all that is wanted: it looks up every name. */
static void
check_names(struct inspector *inspector, const struct node *item,
    const struct guarantee *promise)
{
	const struct proof_options options = { .budget = 1 };
	struct proof proof = { .bug = false };

	proof_make(inspector->arena, inspector->court, promise, &options,
	    &proof);
	if (proof.fault.message != NULL)
		complain_of_promise(inspector, item, ESTATE_UNKNOWN_NAME,
		    &proof.fault);
}

static void
check_promise(struct inspector *inspector, const struct node *item)
{
	const char *text = arena_printf(inspector->arena, "%s%s", before,
	    item->text);
	struct question_fault fault;
	struct guarantee promise;
	struct tokens tokens;

	if (!word_starts_with(word_of_node(item), "some ") &&
	    !word_starts_with(word_of_node(item), "each "))
		complain(inspector, ESTATE_INVALID_VALUE, item->span,
		    "`liveness` takes promises that begin with `some` or "
		    "`each`", NULL);
	else if (!sentence_split(inspector->arena, word_from(text,
	    strlen(text)), &tokens, &fault) || !guarantee_read(
	    inspector->arena, &tokens, 0, &promise, &fault))
		complain_of_promise(inspector, item, ESTATE_INVALID_VALUE,
		    &fault);
	else
		check_names(inspector, item, &promise);
}

/* Names of guarantees. */

enum { EDITS_MAX = 3 };

static const char *
nearest_name(struct inspector *inspector, const struct node *item)
{
	size_t limit = EDITS_MAX;
	const char *nearest = NULL;

	for (const struct named *row = named_guarantees; row->id != NULL;
	    row++) {
		size_t edits = edit_distance(item->text, item->length,
		    row->name, strlen(row->name), limit);

		if (edits > limit || (nearest != NULL && edits == limit))
			continue;
		limit = edits;
		nearest = row->name;
	}
	return nearest == NULL ? "`sekisho explain guarantees` lists them" :
	    arena_printf(inspector->arena, "did you mean `%s`?", nearest);
}

/* Why the promise cannot be made under another layer than its own, or NULL. */
static const char *
find_obstacle(struct inspector *inspector, const struct named *named)
{
	struct guarantee guarantee;
	const char *reason;

	if (named->write == NULL)
		return "cannot be proved in one estate";
	return named_make(inspector->arena, inspector->court, named,
	    &guarantee, &reason) && guarantee.by_layer ?
	    "is about one layer alone" : NULL;
}

static void
check_name(struct inspector *inspector, const struct node *item)
{
	const struct named *named = named_find(word_of_node(item));
	const char *obstacle;

	if (named == NULL) {
		complain(inspector, ESTATE_UNKNOWN_NAME, item->span,
		    arena_printf(inspector->arena, "no named guarantee is "
		    "called `%s`", item->text), nearest_name(inspector, item));
		return;
	}
	obstacle = find_obstacle(inspector, named);
	if (obstacle != NULL)
		complain(inspector, ESTATE_INVALID_VALUE, item->span,
		    arena_printf(inspector->arena, "`%s` %s", item->text,
		    obstacle), NULL);
}

/* Of strings that are empty, and of what is no string, it has been said. */
static void
check_list(struct inspector *inspector, const struct node *list,
    void (*check)(struct inspector *, const struct node *))
{
	for (const struct node *item = list == NULL ? NULL : list->first;
	    item != NULL; item = item->next)
		if (item->kind == NODE_STRING && item->length > 0)
			check(inspector, item);
}

void
perimeter_check(struct arena *arena, const struct court *court,
    const char *member, struct report *report)
{
	struct inspector inspector = { arena, court, report };
	const struct perimeter *perimeter = court->estate->perimeter;

	if (perimeter == NULL)
		return;
	report->source = court->estate->text->source;
	if (member == NULL || strcmp(member, "liveness") == 0)
		check_list(&inspector, perimeter->liveness, check_promise);
	if (member == NULL || strcmp(member, "independent") == 0)
		check_list(&inspector, perimeter->independent, check_name);
}
