/* SPDX-License-Identifier: MIT */
/* `sekisho prove': the guarantees of test files, for all requests. */
#include "config.h"

#include <getopt.h>

#include "simulator/premise.h"
#include "tools/dossier.h"
#include "tools/exit.h"
#include "tools/prove.h"
#include "tools/safe.h"

enum { BUDGET_DEFAULT = 50 * 1000 * 1000 };

static void
add_only(void *context, const struct option_row *row, const char *id)
{
	struct dossier *dossier = context;

	(void)row;
	*list_add(dossier->arena, &dossier->only) = id;
}

static void
set_budget(void *context, const struct option_row *row, const char *text)
{
	struct dossier *dossier = context;

	dossier->options.budget = option_number(row, text, 0,
	    "a number of steps");
}

static void
set_without(void *context, const struct option_row *row, const char *name)
{
	struct dossier *dossier = context;
	enum premise premise;

	(void)row;
	if (!premise_find(name, &premise))
		safe_errx(EXIT_USAGE, "--without %s: no such premise; `sekisho "
		    "explain premises' lists them", name);
	dossier->options.without |= (premise_set)1 << premise;
}

static void
set_why(void *context, const struct option_row *row, const char *unused)
{
	struct dossier *dossier = context;

	(void)row;
	(void)unused;
	dossier->options.why = true;
}

static const struct option_row prove_options[] = {
	{ "only", 0, "ID", "prove this guarantee alone; may be repeated",
	    add_only },
	{ "why", 0, NULL, "what it rests on and how many edits break it, or a "
	    "cure; slow", set_why },
	{ "budget", 0, "STEPS", "give up on a guarantee after so many",
	    set_budget },
	{ "without", 0, "PREMISE", "do not take this for granted; may be "
	    "repeated", set_without },
	{ .name = NULL }
};

static const struct output_format prove_formats[] = {
	{ "text", dossier_print_text },
	{ "json", dossier_print_json },
	{ .name = NULL }
};

static void
print_usage(const struct option_tables *tables)
{
	printf("usage: sekisho prove [options] FILE.sekisho...\n"
	    "       sekisho prove [options] --guarantee NAME...\n\n"
	    "Proves the guarantees of test files, or those of a name, for all "
	    "requests that\nthere can be, or shows the request that breaks "
	    "them.\n\n");
	option_print(tables, stdout);
	printf("\nExit: 0 all hold, 1 some are broken, 2 wrong usage or a "
	    "faulty file, 3 some are\nundecided, 4 unreadable input.\n");
}

/* Silence must not be taken for proof: of a file that was emptied, or by
 * whoever asks for a guarantee by its id. */
static void
refuse_nothing(const struct dossier *dossier)
{
	if (dossier->cases.count == 0 && dossier->only.count == 0)
		safe_errx(EXIT_USAGE, "there is nothing to prove");
	for (size_t i = 0; i < dossier->only.count; i++) {
		const char *id = dossier->only.items[i];
		bool found = false;

		for (size_t j = 0; j < dossier->cases.count; j++)
			found |= word_is(dossier->cases.items[j]
			    ->testimony.guarantee->id, id);
		if (!found)
			safe_errx(EXIT_USAGE, "--only %s: no guarantee that "
			    "could be proved is called so", id);
	}
}

static int
exit_code(const struct dossier *dossier)
{
	bool broken = false, undecided = false;

	for (size_t i = 0; i < dossier->cases.count; i++) {
		const struct dossier_case *one = dossier->cases.items[i];

		/* without a premise, calls may be found that are none */
		if (one->proof.bug && dossier->options.without == 0)
			return EXIT_BUG;
		broken |= one->proof.verdict == (one->expected_broken ?
		    PROOF_HOLDS : PROOF_BROKEN);
		undecided |= one->proof.verdict == PROOF_UNDECIDED;
	}
	if (dossier->unreadable)
		return EXIT_UNREADABLE;
	if (dossier->faulty > 0 || dossier->left_out > 0)
		return EXIT_USAGE;
	return broken ? EXIT_FINDINGS : undecided ? EXIT_NO_VERDICT :
	    EXIT_FINE;
}

int
prove_main(struct arena *arena, int argc, char **argv)
{
	struct dossier *dossier = arena_alloc(arena, sizeof(*dossier));
	struct outputs outputs = { .arena = arena,
	    .formats = prove_formats };
	const struct option_tables tables = { "prove", 4, {
	    { venue_options, &dossier->venue },
	    { pledge_rows(arena), &dossier->pledge },
	    { prove_options, dossier }, { output_rows(&outputs), &outputs } } };

	dossier->arena = dossier->venue.arena = arena;
	dossier->pledge.arena = arena;
	dossier->options.budget = BUDGET_DEFAULT;
	if (!option_read(&tables, argc, argv)) {
		print_usage(&tables);
		return EXIT_FINE;
	}
	if (optind == argc && dossier->pledge.named.count == 0)
		safe_errx(EXIT_USAGE, "name a test file, or a guarantee; see "
		    "`sekisho prove --help'");
	dossier_prove_named(dossier);
	if (dossier->pledge.show)
		return exit_code(dossier);
	for (int i = optind; i < argc; i++)
		dossier_prove(dossier, argv[i]);
	if (dossier->faulty + dossier->left_out == 0 &&
	    !dossier->unreadable)
		refuse_nothing(dossier);
	output_print(&outputs, dossier);
	return exit_code(dossier);
}
