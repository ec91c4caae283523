/* SPDX-License-Identifier: MIT */
/*
 * Comparisons of documents whose answers are known: pairs with answers that
 * others have written, and, of any document, what must be so of it and of
 * what is made of it.  Speaks TAP.
 *
 *      changes pairs FILE [EXCEPTIONS]
 *      changes relations FILE...
 *      changes time FILE
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "policy/envelope.h"
#include "policy/reader.h"
#include "simulator/change.h"

enum { BUDGET = 20 * 1000 * 1000, REPEATS = 9 };

static unsigned points, failures;

struct stand {
	struct arena		*arena;
	struct court		 court;
	struct assumptions	 assumptions;
	char			*exceptions;
	bool			 timing;
	LIST(double)		 times;
};

static void
point(bool good, const char *name, const char *relation)
{
	printf("%sok %u - %s: %s\n", good ? "" : "not ", ++points, name,
	    relation);
	failures += !good;
}

static char *
slurp(struct arena *arena, const char *path, size_t *length)
{
	FILE *file = fopen(path, "r");
	char *bytes;

	if (file == NULL || fseek(file, 0, SEEK_END) != 0) {
		fprintf(stderr, "%s cannot be read\n", path);
		exit(1);
	}
	*length = (size_t)ftell(file);
	rewind(file);
	bytes = arena_alloc(arena, *length + 1);
	*length = fread(bytes, 1, *length, file);
	fclose(file);
	return bytes;
}

static void
open_stand(struct stand *stand)
{
	const struct estate *estate = estate_empty(stand->arena,
	    &catalog_builtin);

	stand->court = (struct court){ .catalog = &catalog_builtin,
	    .assumptions = &stand->assumptions, .estate = estate };
}

static enum change_verdict
gained(struct stand *stand, enum layer layer, const struct policy *from,
    const struct policy *to, uint64_t budget)
{
	struct change_options options = { .budget = budget, .most = 2,
	    .premises = change_premises(layer) };
	struct change_answer change;

	change_find(stand->arena, &stand->court, layer, charter_compile(
	    stand->arena, &catalog_builtin, from, layer, &stand->assumptions,
	    0), charter_compile(stand->arena, &catalog_builtin, to, layer,
	    &stand->assumptions, 0), &options, &change);
	if (change.bug)
		printf("# a witness was not confirmed\n");
	if (change.verdict == CHANGE_UNDECIDED)
		printf("# undecided: %s\n", change.reason);
	return change.verdict;
}

/* Pairs. */

/* The data set has variables in documents without a Version, where they are
 * none (VAR-1). */
static const struct policy *
read_policy(struct stand *stand, const struct text *text,
    const struct node *node, struct report *report)
{
	struct policy *policy = arena_alloc(stand->arena, sizeof(*policy));

	*policy = *reader_read_policy(stand->arena, text, node, report);
	policy->version = VERSION_2012;
	return policy;
}

static bool
has_principal(const struct policy *policy)
{
	for (size_t i = 0; i < policy->count; i++)
		if (policy->statements[i].principal.node != NULL)
			return true;
	return false;
}

static bool
says_true(const struct node *pair, const char *name)
{
	const struct node *node = node_find(pair, name);

	return node != NULL && strcmp(node->text, "true") == 0;
}

static bool
is_exception(const struct stand *stand, const char *id)
{
	size_t length = strlen(id);
	const char *at = stand->exceptions;

	while (at != NULL && (at = strstr(at, id)) != NULL) {
		if (at[length] == '\t')
			return true;
		at += length;
	}
	return false;
}

static double
now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

/* Both directions; the median of a pair is the work of one answer. */
static void
time_pair(struct stand *stand, enum layer layer, const struct policy *a,
    const struct policy *b)
{
	double best = 1e9;

	for (unsigned i = 0; i < REPEATS; i++) {
		double start = now();

		gained(stand, layer, a, b, BUDGET);
		gained(stand, layer, b, a, BUDGET);
		if (now() - start < best)
			best = now() - start;
	}
	*list_add(stand->arena, &stand->times) = best;
}

static void
check_pair(struct stand *stand, const struct text *text,
    const struct node *pair, struct report *report)
{
	const struct node *id = node_find(pair, "id");
	const struct policy *a = read_policy(stand, text, node_find(pair,
	    "policyA"), report);
	const struct policy *b = read_policy(stand, text, node_find(pair,
	    "policyB"), report);
	enum layer layer = has_principal(a) || has_principal(b) ?
	    LAYER_RESOURCE : LAYER_IDENTITY;
	enum change_verdict within, without;
	bool equal;

	if (stand->timing) {
		time_pair(stand, layer, a, b);
		return;
	}
	within = gained(stand, layer, b, a, BUDGET);
	without = gained(stand, layer, a, b, BUDGET);
	equal = within == (says_true(pair, "A_subset_B") ? CHANGE_NOTHING :
	    CHANGE_SOMETHING) && without == (says_true(pair, "B_subset_A") ?
	    CHANGE_NOTHING : CHANGE_SOMETHING);
	point(within != CHANGE_UNDECIDED && without != CHANGE_UNDECIDED &&
	    equal != is_exception(stand, id->text), id->text,
	    is_exception(stand, id->text) ? "another answer, as is said" :
	    "the answers, both ways");
}

static void
check_pairs(struct stand *stand, const char *path)
{
	size_t length;
	const char *bytes = slurp(stand->arena, path, &length);
	const struct source *source = source_new(stand->arena, path, bytes,
	    length);
	const struct text *text;
	struct report report;

	report_init(&report, stand->arena, source);
	text = text_read(stand->arena, source, &report);
	for (const struct node *pair = text->root->first; pair != NULL;
	    pair = pair->next)
		check_pair(stand, text, pair, &report);
}

static int
compare_times(const void *one, const void *other)
{
	const double *a = one, *b = other;

	return (*a > *b) - (*a < *b);
}

static void
print_times(struct stand *stand)
{
	double *times = stand->times.items;
	size_t count = stand->times.count;

	qsort(times, count, sizeof(*times), compare_times);
	printf("%.2f ms median, %.2f ms worst of %zu pairs, both ways\n",
	    times[count / 2], times[count - 1], count);
}

/* Relations. */

/* Statements in reverse, and without their names. */
static const struct policy *
turn_round(struct stand *stand, const struct policy *policy)
{
	struct policy *other = arena_alloc(stand->arena, sizeof(*other));
	struct statement *statements = arena_array(stand->arena,
	    policy->count, sizeof(*statements));

	for (size_t i = 0; i < policy->count; i++) {
		statements[i] = policy->statements[policy->count - 1 - i];
		statements[i].sid = NULL;
	}
	*other = *policy;
	other->statements = statements;
	return other;
}

/* A statement for each entry of Action, where that means the same. */
static const struct policy *
split(struct stand *stand, const struct policy *policy)
{
	struct policy *other = arena_alloc(stand->arena, sizeof(*other));
	LIST(struct statement) list = { .count = 0 };

	for (size_t i = 0; i < policy->count; i++) {
		const struct statement *whole = &policy->statements[i];
		size_t parts = whole->action.negated ||
		    whole->action.count == 0 ? 1 : whole->action.count;

		for (size_t j = 0; j < parts; j++) {
			struct statement *part = list_add(stand->arena,
			    &list);

			*part = *whole;
			if (parts == 1)
				continue;
			part->action.items = &whole->action.items[j];
			part->action.count = 1;
		}
	}
	*other = *policy;
	other->statements = list.items;
	other->count = list.count;
	return other;
}

/* The first statement once more, as a Deny. */
static const struct policy *
add_deny(struct stand *stand, const struct policy *policy)
{
	struct policy *other = arena_alloc(stand->arena, sizeof(*other));
	struct statement *statements = arena_array(stand->arena,
	    policy->count + 1, sizeof(*statements));

	memcpy(statements, policy->statements,
	    policy->count * sizeof(*statements));
	statements[policy->count] = policy->statements[0];
	statements[policy->count].effect = EFFECT_DENY;
	*other = *policy;
	other->statements = statements;
	other->count++;
	return other;
}

static bool
equal_both_ways(struct stand *stand, const struct policy *one,
    const struct policy *other)
{
	return gained(stand, LAYER_IDENTITY, one, other, BUDGET) ==
	    CHANGE_NOTHING && gained(stand, LAYER_IDENTITY, other, one, BUDGET)
	    == CHANGE_NOTHING;
}

/* What nothing can answer at once, one step does not answer. */
static bool
is_modest(struct stand *stand, const struct policy *policy)
{
	const struct policy *less = add_deny(stand, policy);
	enum change_verdict whole = gained(stand, LAYER_IDENTITY, less,
	    policy, BUDGET);

	return whole == CHANGE_NOTHING || gained(stand, LAYER_IDENTITY, less,
	    policy, 1) == CHANGE_UNDECIDED;
}

static bool
denies_first(const struct policy *policy)
{
	return policy->statements[0].effect == EFFECT_DENY;
}

static void
check_relations(struct stand *stand, const char *path)
{
	size_t length;
	const char *bytes = slurp(stand->arena, path, &length);
	const struct source *source = source_new(stand->arena, path, bytes,
	    length);
	const char *slash = strrchr(path, '/');
	const char *name = slash == NULL ? path : slash + 1;
	struct document document;
	const struct policy *policy;
	struct report report;

	report_init(&report, stand->arena, source);
	document = envelope_read(stand->arena, source, VOUCH_POLICY, &report);
	if (document.count != 1 || document.items[0].policy->count == 0)
		return;
	policy = document.items[0].policy;
	point(equal_both_ways(stand, policy, policy), name, "within itself");
	point(equal_both_ways(stand, policy, turn_round(stand, policy)), name,
	    "the order and the names of statements do not count");
	point(equal_both_ways(stand, policy, split(stand, policy)), name,
	    "a list of actions is a statement for each");
	point(gained(stand, LAYER_IDENTITY, policy, add_deny(stand, policy),
	    BUDGET) == CHANGE_NOTHING, name, "a Deny more adds nothing");
	if (denies_first(policy))
		return;
	point(gained(stand, LAYER_IDENTITY, add_deny(stand, policy), policy,
	    BUDGET) == CHANGE_SOMETHING, name, "without it, there is more");
	point(is_modest(stand, policy), name, "one step decides nothing");
}

struct errand {
	struct stand	 stand;
	int		 argc;
	char		**argv;
};

static void
run(void *argument)
{
	struct errand *errand = argument;
	struct stand *stand = &errand->stand;
	const char *what = errand->argv[1];
	size_t length;

	open_stand(stand);
	if (strcmp(what, "relations") == 0) {
		for (int i = 2; i < errand->argc; i++)
			check_relations(stand, errand->argv[i]);
		return;
	}
	stand->timing = strcmp(what, "time") == 0;
	if (errand->argc > 3)
		stand->exceptions = slurp(stand->arena, errand->argv[3],
		    &length);
	check_pairs(stand, errand->argv[2]);
	if (stand->timing)
		print_times(stand);
}

int
main(int argc, char **argv)
{
	struct errand errand = { .stand = { .arena = arena_new() },
	    .argc = argc, .argv = argv };

	if (argc < 3 || errand.stand.arena == NULL) {
		fprintf(stderr, "usage: changes pairs|relations|time FILE\n");
		return 1;
	}
	if (!arena_protect(errand.stand.arena, run, &errand)) {
		fprintf(stderr, "out of memory\n");
		return 71;
	}
	arena_free(errand.stand.arena);
	if (!errand.stand.timing)
		printf("1..%u\n", points);
	return failures != 0;
}
