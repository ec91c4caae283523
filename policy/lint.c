/* SPDX-License-Identifier: MIT */
/*
 * The walk over a policy, and what is done to findings once all are there.
 * Knows no rule by name.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "policy/envelope.h"
#include "policy/lint.h"
#include "policy/reader_complaint.h"

/* A rule that is switched on. */
struct active {
	const struct rule	*rule;
	const struct node	*options;
};

struct hook {
	LIST(struct active)	 rules;
};

enum hook_kind {
	HOOK_DOCUMENT,
	HOOK_STATEMENT,
	HOOK_ACTION,
	HOOK_RESOURCE,
	HOOK_PRINCIPAL,
	HOOK_CONDITION,
	HOOK_VALUE,
	HOOK_COUNT
};

struct lint {
	struct arena			*arena;
	const struct rule *const	*tables;
	const struct catalog		*catalog;
	const struct lint_choice	*choices;
	size_t				 choice_count;
	struct expander			*expander;
	struct hook			 hooks[LAYER_COUNT][HOOK_COUNT];
};

static const struct complaint *
next_of(const struct complaint *complaints, struct lint_cursor *cursor)
{
	const struct complaint *complaint = &complaints[cursor->row++];

	if (complaint->id != NULL)
		return complaint;
	cursor->table++;
	cursor->row = 0;
	return NULL;
}

const struct complaint *
lint_next(const struct rule *const *tables, struct lint_cursor *cursor)
{
	static const struct complaint *const first[] = {
		text_complaints, reader_complaints, envelope_complaints
	};
	const size_t before = sizeof(first) / sizeof(first[0]);

	cursor->rule = NULL;
	while (cursor->table < before) {
		const struct complaint *found = next_of(first[cursor->table],
		    cursor);

		if (found != NULL)
			return found;
	}
	while (tables[cursor->table - before] != NULL) {
		const struct rule *rule = &tables[cursor->table -
		    before][cursor->row++];

		if (rule->complaint.id != NULL) {
			cursor->rule = rule;
			return &rule->complaint;
		}
		cursor->table++;
		cursor->row = 0;
	}
	return NULL;
}

const struct complaint *
lint_find(const struct rule *const *tables, const char *id)
{
	struct lint_cursor cursor = { 0 };
	const struct complaint *complaint;

	while ((complaint = lint_next(tables, &cursor)) != NULL)
		if (strcmp(complaint->id, id) == 0)
			return complaint;
	return NULL;
}

const struct complaint *
lint_nearest(const struct rule *const *tables, const char *id)
{
	struct lint_cursor cursor = { 0 };
	const struct complaint *complaint, *nearest = NULL;
	size_t best = strlen(id) / 3 + 1;

	while ((complaint = lint_next(tables, &cursor)) != NULL) {
		size_t distance = edit_distance(id, strlen(id), complaint->id,
		    strlen(complaint->id), best);

		if (distance < best) {
			best = distance;
			nearest = complaint;
		}
	}
	return nearest;
}

/* The last word on a rule counts: the command line comes after the file. */
static const struct lint_choice *
find_choice(const struct lint *lint, const char *id)
{
	for (size_t i = lint->choice_count; i > 0; i--)
		if (strcmp(lint->choices[i - 1].id, id) == 0)
			return &lint->choices[i - 1];
	return NULL;
}

bool
lint_runs(const struct lint *lint, const struct complaint *complaint)
{
	const struct lint_choice *choice = find_choice(lint, complaint->id);

	return choice == NULL ? !complaint->configured : !choice->off;
}

/* It runs, or must for what it is a case of. */
static bool
is_wanted(const struct lint *lint, const struct complaint *complaint)
{
	while (!lint_runs(lint, complaint)) {
		if (complaint->within == NULL)
			return false;
		complaint = lint_find(lint->tables, complaint->within);
	}
	return true;
}

static bool
has_hook(const struct rule *rule, enum hook_kind kind)
{
	switch (kind) {
	case HOOK_DOCUMENT:
		return rule->document != NULL;
	case HOOK_STATEMENT:
		return rule->statement != NULL;
	case HOOK_ACTION:
		return rule->action != NULL;
	case HOOK_RESOURCE:
		return rule->resource != NULL;
	case HOOK_PRINCIPAL:
		return rule->principal != NULL;
	case HOOK_CONDITION:
		return rule->condition != NULL;
	case HOOK_VALUE:
		return rule->value != NULL;
	case HOOK_COUNT:
		break;
	}
	return false;
}

static void
activate(struct lint *lint, const struct rule *rule,
    const struct lint_choice *choice)
{
	struct active active = { rule,
	    choice == NULL ? NULL : choice->options };

	for (size_t layer = 0; layer < LAYER_COUNT; layer++) {
		if ((rule->layers >> layer & 1) == 0)
			continue;
		for (size_t kind = 0; kind < HOOK_COUNT; kind++)
			if (has_hook(rule, (enum hook_kind)kind))
				*list_add(lint->arena,
				    &lint->hooks[layer][kind].rules) = active;
	}
}

struct lint *
lint_new(struct arena *arena, const struct rule *const *tables,
    const struct catalog *catalog, const struct lint_choice *choices,
    size_t choice_count)
{
	struct lint *lint = arena_alloc(arena, sizeof(*lint));
	struct lint_cursor cursor = { 0 };
	const struct complaint *complaint;

	lint->arena = arena;
	lint->tables = tables;
	lint->catalog = catalog;
	lint->choices = choices;
	lint->choice_count = choice_count;
	lint->expander = expander_new(arena, catalog);
	while ((complaint = lint_next(tables, &cursor)) != NULL) {
		const struct lint_choice *choice = find_choice(lint,
		    complaint->id);

		if (cursor.rule != NULL && is_wanted(lint, complaint))
			activate(lint, cursor.rule, choice);
	}
	return lint;
}

/* The walk.  Each hook's list is empty or short, so the loops are cheap. */

struct walk {
	const struct hook	*hooks;		/* of this layer */
	struct check		 check;
};

static struct check *
prepare(struct walk *walk, const struct active *active)
{
	walk->check.rule = active->rule;
	walk->check.options = active->options;
	return &walk->check;
}

#define FOR_EACH_RULE(walk, kind, active)				\
	for (const struct active *active = (walk)->hooks[kind].rules.items,\
	    *active##_end = list_end(&(walk)->hooks[kind].rules);	\
	    active != active##_end; active++)

static void
walk_condition(struct walk *walk, const struct condition *condition)
{
	FOR_EACH_RULE(walk, HOOK_CONDITION, active)
		active->rule->condition(prepare(walk, active), condition);
	FOR_EACH_RULE(walk, HOOK_VALUE, active) {
		prepare(walk, active);
		for (size_t i = 0; i < condition->count; i++)
			active->rule->value(&walk->check, condition,
			    condition->values[i]);
	}
}

static void
walk_list(struct check *check, const struct element *element,
    void (*hook)(struct check *, const struct node *))
{
	for (size_t i = 0; i < element->count; i++)
		hook(check, element->items[i]);
}

/* Entries are many, so the rules take turns, each with all of a list. */
static void
walk_entries(struct walk *walk, const struct statement *statement)
{
	const struct element *action = &statement->action;
	const struct element *resource = &statement->resource;

	FOR_EACH_RULE(walk, HOOK_ACTION, active)
		walk_list(prepare(walk, active), action, active->rule->action);
	FOR_EACH_RULE(walk, HOOK_RESOURCE, active)
		walk_list(prepare(walk, active), resource,
		    active->rule->resource);
}

static void
walk_statement(struct walk *walk, const struct statement *statement)
{
	walk->check.statement = statement;
	FOR_EACH_RULE(walk, HOOK_STATEMENT, active)
		active->rule->statement(prepare(walk, active));
	for (size_t i = 0; i < statement->principal.count; i++)
		FOR_EACH_RULE(walk, HOOK_PRINCIPAL, active)
			active->rule->principal(prepare(walk, active),
			    &statement->principal.items[i]);
	walk_entries(walk, statement);
	for (size_t i = 0; i < statement->condition_count; i++)
		if (condition_is_known(&statement->conditions[i]))
			walk_condition(walk, &statement->conditions[i]);
}

void
lint_check(struct lint *lint, struct subject *subject, struct report *report)
{
	struct walk walk = { .hooks = lint->hooks[subject->layer] };

	subject->catalog = lint->catalog;
	subject->expander = lint->expander;
	expander_turn(lint->expander, subject->arena, subject->policy->text);
	report->source = subject->policy->text->source;
	walk.check.subject = subject;
	walk.check.report = report;
	FOR_EACH_RULE(&walk, HOOK_DOCUMENT, active)
		active->rule->document(prepare(&walk, active));
	for (size_t i = 0; i < subject->policy->count; i++)
		walk_statement(&walk, &subject->policy->statements[i]);
}

/* Findings in the order of the file, with what is needed to settle them. */
struct settled {
	struct span	 outward;
	size_t		 order;
	bool		 gone;
	struct finding	 finding;
};

static int
compare_settled(const void *left, const void *right)
{
	const struct settled *a = left, *b = right;

	if (a->outward.start != b->outward.start)
		return a->outward.start < b->outward.start ? -1 : 1;
	if (a->outward.end != b->outward.end)
		return a->outward.end < b->outward.end ? -1 : 1;
	if (a->finding.severity != b->finding.severity)
		return a->finding.severity > b->finding.severity ? -1 : 1;
	return a->order < b->order ? -1 : a->order > b->order;
}

static bool
same_place(const struct settled *a, const struct settled *b)
{
	return a->outward.start == b->outward.start &&
	    a->outward.end == b->outward.end;
}

static bool
supersedes(const struct settled *a, const struct settled *b)
{
	const char *id = b->finding.complaint->id;

	return a->finding.complaint->supersedes != NULL &&
	    word_is_among(id, strlen(id), a->finding.complaint->supersedes);
}

static bool
spoils(const struct settled *a, const struct settled *b)
{
	const char *id = b->finding.complaint->id;

	return a->finding.complaint->spoils != NULL &&
	    word_is_among(id, strlen(id), a->finding.complaint->spoils);
}

/* Something in what it speaks of is told that says it all. */
static bool
is_spoilt(const struct settled *items, size_t count, size_t at)
{
	size_t end = items[at].outward.end;

	for (size_t i = at + 1; i < count && items[i].outward.start < end; i++)
		if (spoils(&items[i], &items[at]))
			return true;
	return false;
}

static bool
says_the_same(const struct settled *a, const struct settled *b)
{
	return a->finding.complaint == b->finding.complaint &&
	    strcmp(a->finding.message, b->finding.message) == 0;
}

/* Within the findings at one place: the specific silences the general. */
static void
silence(struct settled *items, size_t count)
{
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < count; j++) {
			if (i == j || items[i].gone)
				continue;
			if (supersedes(&items[i], &items[j]) ||
			    (i < j && says_the_same(&items[i], &items[j])))
				items[j].gone = true;
		}
}

bool
lint_choose(const struct lint *lint, struct finding *finding)
{
	const struct lint_choice *choice;

	while ((choice = find_choice(lint, finding->complaint->id)) != NULL &&
	    choice->off) {
		if (finding->complaint->within == NULL)
			return false;
		finding->complaint = lint_find(lint->tables,
		    finding->complaint->within);
		finding->severity = finding->complaint->severity;
	}
	if (choice != NULL && choice->has_severity)
		finding->severity = choice->severity;
	return true;
}

static size_t
collect(struct lint *lint, const struct report *report,
    struct settled *items)
{
	size_t count = 0;

	for (size_t i = 0; i < report->findings.count; i++) {
		struct settled *item = &items[count];

		item->finding = report->findings.items[i];
		if (!lint_choose(lint, &item->finding))
			continue;
		item->outward = source_outward(item->finding.source,
		    item->finding.span);
		item->order = i;
		count++;
	}
	return count;
}

/* Begins at or before the place, in the file. */
static bool
begins_before(const struct text *text, size_t place)
{
	return source_outward(text->source, (struct span){ 0, 0 }).start <=
	    place;
}

/* Through the string of the document that the finding is in, if it is. */
static const char *
point_to(struct arena *arena, const struct text *document,
    const struct text *text, const struct settled *item)
{
	const char *pointer = text_pointer(document, arena, item->outward);

	if (text == document || text->source != item->finding.source)
		return pointer;
	return arena_printf(arena, "%s%s", pointer,
	    text_pointer(text, arena, item->finding.span));
}

void
lint_settle(struct lint *lint, const struct text *const *texts, size_t total,
    struct report *report)
{
	struct settled *items = arena_array(report->arena,
	    report->findings.count, sizeof(*items));
	size_t count = collect(lint, report, items), kept = 0, at = 0;

	expander_turn(lint->expander, NULL, NULL);
	qsort(items, count, sizeof(*items), compare_settled);
	for (size_t i = 0, end; i < count; i = end) {
		for (end = i + 1; end < count &&
		    same_place(&items[i], &items[end]); end++)
			continue;
		silence(items + i, end - i);
	}
	for (size_t i = 0; i < count; i++) {
		struct finding *finding = &report->findings.items[kept];

		if (items[i].gone || is_spoilt(items, count, i))
			continue;
		while (at + 1 < total && begins_before(texts[at + 1],
		    items[i].outward.start))
			at++;
		*finding = items[i].finding;
		finding->pointer = point_to(report->arena, texts[0],
		    texts[at], &items[i]);
		kept++;
	}
	report->findings.count = kept;
}
