/* SPDX-License-Identifier: MIT */
/*
 * Proves every guarantee of a suite in estates whose policies have a small
 * mistake, and compares what breaks with what is said to break; speaks TAP.
 *
 *	mutants [-av] [-e ESTATE] [-m ID] DIRECTORY LIST...
 *
 * The directory has closed-network.sekisho, estate-core.json and
 * estate-full.json; beside LIST.ndjson may stand LIST.judged (mutant.h).
 * A verdict that is undecided fails, whatever is said.  What is proved of the
 * estate without a mistake, and rests on none of the documents that a mutant
 * changes, is not proved again.  All processors are used, but by -v.
 *	-a	proves all again
 *	-v	shows by which calls a guarantee is broken
 *	-e	in that estate only
 *	-m	that mutant only; an empty id is the estate without a mistake
 */
#include "config.h"

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "policy/catalog.h"
#include "simulator/judgement.h"
#include "simulator/proof.h"
#include "simulator/story.h"
#include "testcases/crew.h"
#include "testcases/edit.h"
#include "testcases/loading.h"
#include "testcases/mutant.h"

enum {
	BUDGET = 50 * 1000 * 1000,	/* as sekisho prove */
	WIDTH = 72,
	DOCUMENTS_MAX = 32,
	NAME_SIZE = 256,
	SHARES = 4			/* that an estate's guarantees make */
};

/* A guarantee in an estate without a mistake; processes share it. */
struct precedent {
	bool			 known;
	enum proof_verdict	 verdict;
	char			 documents[DOCUMENTS_MAX][NAME_SIZE];
	size_t			 count;		/* that it rests on */
};

/* One mutant in one estate. */
struct job {
	const struct mutant	*mutant;
	enum mutant_estate	 which;
};

/* What came of it; processes share it. */
struct outcome {
	guarantee_set		 broken, undecided;
	bool			 tried;
	char			 error[128];	/* none can be proved, if any */
};

struct run {
	struct arena		*arena;		/* of what all share */
	const char		*directory;
	const struct suite	*suite;
	struct mutants		 mutants;
	const char		*only_estate, *only_mutant;	/* or NULL */
	bool			 verbose, again;
	struct precedent	*precedents;	/* by estate and guarantee */
	LIST(struct job)	 jobs;
	struct outcome		*outcomes;	/* one for each */
	size_t			 points, failures;
};

struct experiment {
	struct run		*run;
	const struct mutant	*mutant;
	enum mutant_estate	 which;
	struct arena		*arena;		/* its own */
	struct court		 court;
	bool			 edited;	/* an edit was made */
	bool			 anew;		/* nothing is taken over */
	const char		*error;		/* none can be proved */
	guarantee_set		 broken, undecided;
};

/* Files. */

static const char *
path_of(const struct run *run, struct arena *arena, const char *name)
{
	return arena_printf(arena, "%s/%s", run->directory, name);
}

/* A policy of the estate, with the mistakes that the mutant makes in it. */
static const struct source *
load(void *context, struct arena *arena, const char *name,
    const char **error)
{
	struct experiment *experiment = context;
	const struct mutant *mutant = experiment->mutant;
	const struct source *source = loading_read(arena, path_of(
	    experiment->run, arena, name));

	for (size_t i = 0; i < mutant->edits.count; i++) {
		const struct mutant_edit *edit = &mutant->edits.items[i];

		if (!word_is(edit->file, name) || source == NULL)
			continue;
		source = edit_apply(arena, source, edit->patch, edit->edits);
		experiment->edited = true;
	}
	if (source == NULL)
		*error = experiment->error = "an edit cannot be made";
	return source;
}

/* Proofs. */

static void
open_court(struct experiment *experiment)
{
	static const struct assumptions assumptions;
	struct arena *arena = experiment->arena;
	const struct source *source = loading_read(arena, path_of(
	    experiment->run, arena, arena_printf(arena, "estate-%s.json",
	    mutant_estates[experiment->which])));
	struct estate_loader loader = { load, experiment, NULL };
	const struct estate *estate;
	struct report report;

	report_init(&report, arena, source);
	estate = estate_read(arena, source, &catalog_builtin, &loader,
	    &report);
	for (size_t i = 0; i < report.findings.count; i++)
		if (report.findings.items[i].severity == SEVERITY_ERROR)
			experiment->error = report.findings.items[i].message;
	if (!experiment->edited && experiment->mutant->edits.count > 0)
		experiment->error = "no edit was made";
	experiment->court = (struct court){ .catalog = &catalog_builtin,
	    .assumptions = &assumptions, .estate = estate,
	    .archive = archive_new(arena, estate, &assumptions, 0) };
}

static void
print_lines(const char *margin, struct word text)
{
	while (text.length > 0) {
		const char *end = memchr(text.text, '\n', text.length);
		size_t length = end == NULL ? text.length :
		    (size_t)(end - text.text);

		printf("#%s%.*s\n", margin, (int)length, text.text);
		text = word_behind(text, length + (end != NULL));
	}
}

static void
show(const struct experiment *experiment, const struct proof *proof,
    const struct guarantee *guarantee)
{
	struct story story = { .court = &experiment->court };
	bool wanted = guarantee->quantifier == GUARANTEE_SOME ||
	    guarantee->quantifier == GUARANTEE_EACH;

	printf("# %.*s %s%s%s\n", (int)guarantee->id.length,
	    guarantee->id.text, proof_verdict_name(proof->verdict),
	    proof->verdict == PROOF_UNDECIDED ? ": " : "",
	    proof->verdict == PROOF_UNDECIDED ? proof->reason : "");
	if (proof->verdict != PROOF_BROKEN || wanted ||
	    proof->witness == NULL)
		return;
	story.answer = *proof->witness;
	print_lines("   ", story_text(experiment->arena, &story, WIDTH));
}

static bool
is_edited(const struct experiment *experiment, const char *name)
{
	const struct mutant *mutant = experiment->mutant;

	for (size_t i = 0; i < mutant->edits.count; i++) {
		struct word file = mutant->edits.items[i].file;

		if (strcmp(name, path_of(experiment->run, experiment->arena,
		    arena_copy(experiment->arena, file.text, file.length)))
		    == 0)
			return true;
	}
	return false;
}

/* What is no policy makes every verdict undecided, whatever it rests on. */
static bool
has_unusable(const struct experiment *experiment)
{
	struct charters documents = judgement_documents(experiment->arena,
	    &experiment->court);

	for (size_t i = 0; i < documents.count; i++)
		if (!documents.items[i]->usable)
			return true;
	return false;
}

static struct precedent *
precedent_of(const struct run *run, enum mutant_estate which, size_t number)
{
	return &run->precedents[which * run->suite->guarantees.count + number];
}

/* NULL: the verdict may be another than that of the estate as it is, or there
 * is more to show of it. */
static const struct precedent *
find_precedent(const struct experiment *experiment, size_t number)
{
	const struct run *run = experiment->run;
	const struct precedent *precedent = precedent_of(run,
	    experiment->which, number);

	if (!precedent->known || experiment->anew || (run->verbose &&
	    precedent->verdict == PROOF_BROKEN))
		return NULL;
	for (size_t i = 0; i < precedent->count; i++)
		if (is_edited(experiment, precedent->documents[i]))
			return NULL;
	return precedent;
}

static void
prove(struct experiment *experiment, size_t number)
{
	const struct run *run = experiment->run;
	const struct guarantee *guarantee =
	    &run->suite->guarantees.items[number];
	struct proof_options options = { .budget = BUDGET };
	const struct precedent *known = find_precedent(experiment, number);
	struct proof proof = { .verdict = PROOF_UNDECIDED };

	if (known != NULL)
		proof.verdict = known->verdict;
	else
		proof_make(experiment->arena, &experiment->court, guarantee,
		    &options, &proof);
	if (proof.verdict == PROOF_BROKEN)
		experiment->broken |= (guarantee_set)1 << number;
	if (proof.verdict == PROOF_UNDECIDED)
		experiment->undecided |= (guarantee_set)1 << number;
	if (proof.verdict == PROOF_UNDECIDED ||
	    (run->verbose && proof.verdict == PROOF_BROKEN))
		show(experiment, &proof, guarantee);
}

/* Points. */

static void
print_set(const struct suite *suite, const char *label, guarantee_set set)
{
	if (set == 0)
		return;
	printf("%s", label);
	for (size_t i = 0; i < suite->guarantees.count; i++)
		if ((set >> i & 1) != 0)
			printf(" %.*s",
			    (int)suite->guarantees.items[i].id.length,
			    suite->guarantees.items[i].id.text);
}

static void
print_point(struct run *run, const struct job *job,
    const struct outcome *outcome)
{
	const struct mutant *mutant = job->mutant;
	guarantee_set said = mutant->breaks[job->which];
	bool ok = outcome->tried && outcome->broken == said &&
	    outcome->undecided == 0 && outcome->error[0] == '\0';

	run->failures += !ok;
	printf("%sok %zu - %.*s %s:", ok ? "" : "not ", ++run->points,
	    (int)mutant->id.length, mutant->id.text,
	    mutant_estates[job->which]);
	print_set(run->suite, "", outcome->broken);
	printf("\n");
	if (ok)
		return;
	printf("# %.*s\n#", (int)mutant->why.length, mutant->why.text);
	print_set(run->suite, " breaks besides:", outcome->broken & ~said);
	print_set(run->suite, " does not break:", said & ~outcome->broken);
	print_set(run->suite, " undecided:", outcome->undecided);
	printf("%s\n", outcome->tried ? outcome->error : "it broke down");
}

static void
note_precedent(struct precedent *precedent, const struct proof *proof)
{
	if (!proof->narrowed || proof->verdict == PROOF_UNDECIDED ||
	    proof->documents.count > DOCUMENTS_MAX)
		return;
	precedent->known = true;
	precedent->verdict = proof->verdict;
	precedent->count = proof->documents.count;
	for (size_t i = 0; i < proof->documents.count; i++) {
		const struct policy *policy = proof->documents.items[i]->policy;
		int length = snprintf(precedent->documents[i], NAME_SIZE, "%s",
		    policy == NULL ? "" :
		    source_file(policy->text->source)->name);

		precedent->known &= length < NAME_SIZE;
	}
}

/* Every so many of the guarantees of an estate. */
static void
set_precedents(void *context, size_t index)
{
	static const struct mutant none;
	struct run *run = context;
	const struct proof_options options = { .budget = BUDGET,
	    .documents = true };
	struct experiment experiment = { .run = run, .mutant = &none,
	    .which = (enum mutant_estate)(index / SHARES),
	    .arena = arena_branch(run->arena) };

	open_court(&experiment);
	for (size_t i = index % SHARES; experiment.error == NULL &&
	    i < run->suite->guarantees.count; i += SHARES) {
		struct proof proof;

		proof_make(experiment.arena, &experiment.court,
		    &run->suite->guarantees.items[i], &options, &proof);
		note_precedent(precedent_of(run, experiment.which, i),
		    &proof);
	}
	arena_free(experiment.arena);
}

static void
try(void *context, size_t index)
{
	struct run *run = context;
	const struct job *job = &run->jobs.items[index];
	struct outcome *outcome = &run->outcomes[index];
	struct experiment experiment = { .run = run, .mutant = job->mutant,
	    .which = job->which, .arena = arena_branch(run->arena) };

	open_court(&experiment);
	experiment.anew = run->again || job->mutant->edits.count == 0 ||
	    has_unusable(&experiment);
	for (size_t i = 0; experiment.error == NULL &&
	    i < run->suite->guarantees.count; i++)
		prove(&experiment, i);
	outcome->broken = experiment.broken;
	outcome->undecided = experiment.undecided;
	if (experiment.error != NULL)
		snprintf(outcome->error, sizeof(outcome->error), "%s",
		    experiment.error);
	outcome->tried = true;
	arena_free(experiment.arena);
}

static bool
is_wanted(const struct run *run, const struct mutant *mutant,
    enum mutant_estate which)
{
	if (!mutant->has[which] || (run->only_estate != NULL &&
	    strcmp(run->only_estate, mutant_estates[which]) != 0))
		return false;
	return run->only_mutant == NULL || word_is(mutant->id,
	    run->only_mutant);
}

static void
add_job(struct run *run, const struct mutant *mutant,
    enum mutant_estate which)
{
	*list_add(run->arena, &run->jobs) = (struct job){ mutant, which };
}

static void
list_jobs(struct run *run)
{
	for (size_t i = 0; i < run->mutants.list.count; i++)
		for (enum mutant_estate which = 0; which < MUTANT_ESTATES;
		    which++)
			if (is_wanted(run, &run->mutants.list.items[i],
			    which))
				add_job(run, &run->mutants.list.items[i],
				    which);
}

/* What is shown besides stands before its point, so that is done in turn. */
static void
try_all(struct run *run)
{
	list_jobs(run);
	run->precedents = crew_memory(MUTANT_ESTATES *
	    run->suite->guarantees.count * sizeof(*run->precedents));
	if (!run->again && run->jobs.count > 2 &&
	    !crew_work(MUTANT_ESTATES * SHARES, set_precedents, run))
		run->failures++;
	run->outcomes = crew_memory(run->jobs.count *
	    sizeof(*run->outcomes));
	if (!run->verbose && !crew_work(run->jobs.count, try, run))
		run->failures++;
	for (size_t i = 0; i < run->jobs.count; i++) {
		if (run->verbose)
			try(run, i);
		print_point(run, &run->jobs.items[i], &run->outcomes[i]);
	}
}

/* The estates as they are break what they are known to. */
static void
add_none(struct run *run)
{
	struct mutant *mutant = list_add(run->arena, &run->mutants.list);

	*mutant = (struct mutant){ .id = word_from("", 0),
	    .why = word_from("no mistake", 10), .has = { true, true } };
	mutant->breaks[MUTANT_CORE] =
	    guarantee_bit(run->suite, word_from("I18", 3)) |
	    guarantee_bit(run->suite, word_from("I19", 3));
}

static void
read_list(struct run *run, const char *name)
{
	const char *judged = path_of(run, run->arena, arena_printf(
	    run->arena, "%s.judged", name));

	mutants_read(run->arena, run->suite, loading_read(run->arena, path_of(
	    run, run->arena, arena_printf(run->arena, "%s.ndjson", name))),
	    &run->mutants);
	if (access(judged, R_OK) == 0)
		mutants_judge(run->arena, run->suite, loading_read(run->arena,
		    judged), &run->mutants);
}

static void
read_suite(struct run *run)
{
	const struct source *source = loading_read(run->arena, path_of(run,
	    run->arena, "closed-network.sekisho"));
	struct report report;

	report_init(&report, run->arena, source);
	run->suite = suite_read(run->arena, source, &report);
	if (report.findings.count > 0)
		errx(1, "%s: %s", source->name,
		    report.findings.items[0].message);
	if (run->suite->guarantees.count > 64)
		errx(1, "%s: too many guarantees", source->name);
}

static void
read_options(struct run *run, int argc, char **argv)
{
	int option;

	while ((option = getopt(argc, argv, "ave:m:")) != -1)
		switch (option) {
		case 'a':
			run->again = true;
			break;
		case 'v':
			run->verbose = true;
			break;
		case 'e':
			run->only_estate = optarg;
			break;
		case 'm':
			run->only_mutant = optarg;
			break;
		default:
			exit(1);
		}
	if (optind >= argc)
		errx(1, "usage: mutants [-av] [-e ESTATE] [-m ID] DIRECTORY "
		    "LIST...");
	run->directory = argv[optind++];
}

int
main(int argc, char **argv)
{
	struct run run = { .arena = arena_new() };

	read_options(&run, argc, argv);
	read_suite(&run);
	add_none(&run);
	for (int i = optind; i < argc; i++)
		read_list(&run, argv[i]);
	if (run.mutants.error != NULL)
		errx(1, "%s", run.mutants.error);
	try_all(&run);
	printf("1..%zu\n", run.points);
	arena_free(run.arena);
	return run.failures > 0;
}
