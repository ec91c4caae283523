/* SPDX-License-Identifier: MIT */
/* The mutants of the estates that test files speak of. */
#include "config.h"

#include <string.h>

#include "tools/drill.h"
#include "tools/exit.h"
#include "tools/safe.h"

enum { BUDGET = 10 * 1000 * 1000 };	/* of a comparison, as sekisho diff */

/* Those whose estate is that file's, with it the first. */
static void
add_suites(struct drill *drill, size_t first, struct brood *brood)
{
	const char *estate = drill->files.items[first]->file.estate;

	for (size_t i = first; i < drill->files.count; i++) {
		const struct drill_file *file = drill->files.items[i];

		if (file->code != EXIT_FINE ||
		    strcmp(file->file.estate, estate) != 0)
			continue;
		*list_add(drill->arena, &brood->suites) =
		    (struct survival_suite){ &file->file.venue.court,
		    file->file.suite, &file->rehearsal, &file->options,
		    BUDGET };
	}
}

/* A file before it has the same estate. */
static bool
is_done(const struct drill *drill, size_t index)
{
	const struct drill_file *file = drill->files.items[index];

	for (size_t i = 0; i < index; i++)
		if (drill->files.items[i]->code == EXIT_FINE &&
		    strcmp(drill->files.items[i]->file.estate,
		    file->file.estate) == 0)
			return true;
	return file->code != EXIT_FINE;
}

/* Whoever asks for one by name must not take silence for success. */
static void
refuse_unknown(const struct drill *drill, const struct brood_use *use)
{
	for (size_t i = 0; i < use->files.count; i++) {
		bool known = false;

		for (size_t j = 0; j < drill->files.count; j++)
			known |= drill->files.items[j]->code == EXIT_FINE &&
			    brood_knows(drill->files.items[j]->file.venue
			    .court.estate, use->files.items[i]);
		if (!known)
			safe_errx(EXIT_USAGE, "--only %s: no estate has a "
			    "policy of that name", use->files.items[i]);
	}
}

void
drill_breed(struct drill *drill, const struct brood_use *use)
{
	if (drill->counts[OUTCOME_FAILED] + drill->counts[OUTCOME_FAULTY] +
	    drill_count_unrun(drill) > 0) {
		safe_warnx("no mutant is tried before everything passes");
		return;
	}
	refuse_unknown(drill, use);
	for (size_t i = 0; i < drill->files.count; i++) {
		struct brood *brood;

		if (is_done(drill, i))
			continue;
		brood = arena_alloc(drill->arena, sizeof(*brood));
		brood->arena = drill->arena;
		add_suites(drill, i, brood);
		brood_list(brood, use);
		if (!use->listing)
			brood_try(brood, use);
		*list_add(drill->arena, &drill->broods) = brood;
	}
}

int
drill_brood_code(const struct drill *drill)
{
	int code = EXIT_FINE;

	for (size_t i = 0; i < drill->broods.count; i++) {
		const struct brood *brood = drill->broods.items[i];

		if (brood->fates == NULL)
			continue;
		for (size_t j = 0; j < brood->mutations.list.count; j++)
			if (brood->fates[j].bug && drill->proof.without == 0)
				return EXIT_BUG;
		if (brood_count(brood, NULL, SURVIVAL_SURVIVED) > 0)
			code = EXIT_FINDINGS;
		else if (brood_count(brood, NULL, SURVIVAL_UNDECIDED) > 0 &&
		    code == EXIT_FINE)
			code = EXIT_NO_VERDICT;
	}
	return code;
}
