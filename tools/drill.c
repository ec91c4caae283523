/* SPDX-License-Identifier: MIT */
/* Reads test files, opens their estates, and runs what is wanted of them. */
#include "config.h"

#include "tools/drill.h"
#include "tools/exit.h"
#include "tools/mistake.h"
#include "tools/safe.h"

/* A fault of the file that only its estate can show. */
static void
complain(const struct drill_file *file, const struct question_fault *fault,
    enum severity severity)
{
	struct finding finding = { .severity = severity,
	    .source = file->file.suite->source, .span = fault->span,
	    .message = fault->message, .help = fault->help };

	mistake_print_line(&finding);
}

/*
 * What decides as it should.  Of guarantees, calls that keep them; what the
 * proof of one rests on is another question.
 */
static void
weigh_case(struct drill_file *file, const struct rehearsal_case *one)
{
	if (one->story != NULL && one->court == &file->file.venue.court)
		weights_add(&file->weights, &one->story->answer);
	if (one->proof != NULL && one->proof->verdict == PROOF_HOLDS &&
	    one->proof->witness != NULL)
		weights_add(&file->weights, one->proof->witness);
}

static void
note_case(struct drill *drill, struct drill_file *file,
    const struct rehearsal_case *one)
{
	const struct proof *proof = one->proof;

	if (one->outcome == OUTCOME_FAULTY) {
		complain(file, &one->fault, SEVERITY_ERROR);
	} else if (proof != NULL && proof->vacuous) {
		struct question_fault empty = { "no request is of that kind, "
		    "so this holds of nothing", one->guarantee->span, NULL };

		complain(file, &empty, SEVERITY_WARNING);
	}
	if (proof != NULL && proof->doubt.message != NULL)
		complain(file, &proof->doubt, SEVERITY_WARNING);
	if (drill->covering && one->outcome == OUTCOME_PASSED)
		weigh_case(file, one);
	/* without a premise, calls may be found that are none */
	drill->bug |= proof != NULL && proof->bug &&
	    drill->proof.without == 0;
}

/* Items. */

/* Of several, the one that must be mended first. */
static enum outcome
join(enum outcome one, enum outcome other)
{
	static const enum outcome order[] = { OUTCOME_FAULTY, OUTCOME_FAILED,
	    OUTCOME_UNDECIDED };

	for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++)
		if (one == order[i] || other == order[i])
			return order[i];
	return OUTCOME_PASSED;
}

/* It is asked for, and this shard's. */
static bool
is_wanted(struct drill *drill, const char *name)
{
	if (drill->wanted != NULL &&
	    regexec(drill->wanted, name, 0, NULL, 0) != 0)
		return false;
	drill->found++;
	return drill->shards == 0 ||
	    (drill->found - 1) % drill->shards == drill->shard - 1;
}

static void
add_item(struct drill *drill, struct drill_file *file, const char *name,
    struct span span, size_t first)
{
	struct drill_item item = { .name = name, .first = first,
	    .count = file->rehearsal.cases.count - first,
	    .outcome = OUTCOME_PASSED };

	item.line = source_place(file->file.suite->source, span).line;
	for (size_t i = 0; i < item.count; i++) {
		const struct rehearsal_case *one =
		    &file->rehearsal.cases.items[first + i];

		note_case(drill, file, one);
		item.outcome = join(item.outcome, one->outcome);
	}
	drill->counts[item.outcome]++;
	*list_add(drill->arena, &file->items) = item;
}

static void
run_test(struct drill *drill, struct drill_file *file,
    const struct suite_test *test)
{
	const char *name = arena_copy(drill->arena, test->name.text,
	    test->name.length);
	size_t first = file->rehearsal.cases.count;

	if (!is_wanted(drill, name))
		return;
	for (size_t i = 0; i < test->expectations.count; i++)
		rehearsal_add_expectation(drill->arena,
		    &file->file.venue.court, test,
		    &test->expectations.items[i], &file->options,
		    &file->rehearsal);
	add_item(drill, file, name, test->span, first);
}

static void
run_guarantee(struct drill *drill, struct drill_file *file,
    const struct guarantee *guarantee)
{
	const char *name = arena_printf(drill->arena, "%.*s %.*s",
	    (int)guarantee->id.length, guarantee->id.text,
	    (int)guarantee->name.length, guarantee->name.text);
	size_t first = file->rehearsal.cases.count;

	if (!is_wanted(drill, name))
		return;
	rehearsal_add_guarantee(drill->arena, &file->file.venue.court,
	    file->file.suite, guarantee, &file->options, &file->rehearsal);
	add_item(drill, file, name, guarantee->span, first);
}

static void
run_suite(struct drill *drill, struct drill_file *file)
{
	const struct suite *suite = file->file.suite;

	for (size_t i = 0; i < suite->tests.count; i++)
		run_test(drill, file, &suite->tests.items[i]);
	for (size_t i = 0; i < suite->guarantees.count; i++)
		run_guarantee(drill, file, &suite->guarantees.items[i]);
}

void
drill_run(struct drill *drill, const char *path)
{
	struct drill_file *file = arena_alloc(drill->arena, sizeof(*file));

	*list_add(drill->arena, &drill->files) = file;
	file->file.venue = drill->venue;
	file->code = suite_file_read(drill->arena, path, &file->file);
	if (file->code != EXIT_FINE)
		return;
	file->code = suite_file_open(drill->arena, &file->file);
	if (file->code != EXIT_FINE)
		return;
	file->stage = drill_stage;
	file->stage.context = file;
	file->options = (struct rehearsal_options){ .proof = drill->proof,
	    .estate = file->file.estate, .stage = &file->stage };
	if (drill->covering)
		weights_init(&file->weights, drill->arena,
		    &file->file.venue.court);
	run_suite(drill, file);
}

static void
gather_coverage(struct drill *drill, struct coverage *coverage)
{
	*coverage = (struct coverage){ .arena = drill->arena,
	    .proved = drill->sparing };
	for (size_t i = 0; i < drill->files.count; i++)
		coverage_add(coverage, &drill->files.items[i]->weights);
	coverage_finish(coverage);
}

void
drill_finish(struct drill *drill)
{
	const struct change_options options = { .most = 1,
	    .budget = drill->proof.budget,
	    .premises = ~drill->proof.without };

	gather_coverage(drill, &drill->coverage);
	if (!drill->sparing)
		return;
	for (size_t i = 0; i < drill->files.count; i++) {
		struct weights *weights = &drill->files.items[i]->weights;

		coverage_share(&drill->coverage, weights);
		weights_prove(weights, &options);
	}
	gather_coverage(drill, &drill->coverage);
}
