/* SPDX-License-Identifier: MIT */
/* Which mutants are asked for, and how, at the command line. */
#include "config.h"

#include "tools/brood.h"
#include "tools/exit.h"
#include "tools/safe.h"

static void
set_wanted(void *context, const struct option_row *row, const char *unused)
{
	struct brood_use *use = context;

	(void)row;
	(void)unused;
	use->wanted = true;
}

static void
set_listing(void *context, const struct option_row *row, const char *unused)
{
	struct brood_use *use = context;

	(void)row;
	(void)unused;
	use->wanted = use->listing = true;
}

/* All of them, for whoever has misspelt one. */
static const char *
list_operators(struct arena *arena)
{
	const char *text = "";

	for (size_t i = 0; i < mutation_operator_count; i++)
		text = arena_printf(arena, "%s%s%s", text, i == 0 ? "" :
		    ", ", mutation_operator(i)->name);
	return text;
}

static void
add_operator(void *context, const struct option_row *row, const char *name)
{
	struct brood_use *use = context;
	const struct mutation_operator *operator =
	    mutation_operator_find(name);

	(void)row;
	if (operator == NULL)
		safe_errx(EXIT_USAGE, "--mutant-operator %s: there is none "
		    "such; there are %s", name, list_operators(use->arena));
	*list_add(use->arena, &use->operators) = operator;
	use->wanted = true;
}

static void
add_file(void *context, const struct option_row *row, const char *name)
{
	struct brood_use *use = context;

	(void)row;
	*list_add(use->arena, &use->files) = name;
	use->wanted = true;
}

static void
set_jobs(void *context, const struct option_row *row, const char *text)
{
	struct brood_use *use = context;

	use->jobs = option_number(row, text, 1, "a number above 0");
}

const struct option_row brood_options[] = {
	{ "mutants", 0, NULL, "make small mistakes in the policies, and say "
	    "which no test notices", set_wanted },
	{ "list-mutants", 0, NULL, "show these mistakes, and try none",
	    set_listing },
	{ "mutant-operator", 0, "NAME", "only mistakes of this kind; may be "
	    "repeated", add_operator },
	{ "only", 0, "FILE", "only mistakes in this policy; may be repeated",
	    add_file },
	{ "jobs", 0, "N", "try so many at once, not one for each processor",
	    set_jobs },
	{ .name = NULL }
};
