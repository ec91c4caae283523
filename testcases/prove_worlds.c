/* SPDX-License-Identifier: MIT */
/*
 * Holds the prover against the simulator, on random small estates, and speaks
 * TAP.
 *
 *	prove_worlds [-n COUNT] [-p] [-s SEED]
 *
 * Each estate has a seed of its own and some guarantees.  Every request that
 * can be made in it is decided by decision.c; a promise that the prover says
 * is kept must be kept by all of them, and what it shows in the other case
 * must break it.
 */
#include "config.h"

#include <err.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "simulator/judgement.h"
#include "simulator/proof.h"
#include "simulator/suite.h"
#include "testcases/metamorphosis.h"
#include "testcases/mirror.h"
#include "testcases/oath.h"
#include "testcases/sample.h"
#include "testcases/tenets.h"

enum {
	SHOWN_MAX = 5,
	OATHS = 20,			/* guarantees of one estate */
	LIMIT = 24,			/* combinations of keys of one call */
	MIRRORED = 1009,			/* one case in so many is held against
					 * the formulas */
	TAGGED = 101,			/* and of those whose tags are open */
	STRANGE = 101,			/* and of those whose caller an open
					 * account does not list */
	CHANGED = 20,			/* one guarantee in so many is held
					 * against changes of the estate */
	BUDGET = 5000000
};

/* What may be wrong. */
enum {
	WRONG_HOLDS,			/* a request says otherwise */
	WRONG_WITNESS,			/* it is none */
	WRONG_PREMISE,			/* a request is ruled out */
	WRONG_JUDGEMENT,		/* or decided in another way */
	WRONG_CHANGE,			/* a change that changes nothing does,
					 * or one for the worse is for the
					 * better */
	WRONG_BUG,			/* the prover says so itself */
	WRONG_COUNT
};

struct run {
	struct arena		*arena, *proofs;
	struct sample		 sample;
	struct coverage		 coverage;
	uint64_t		 wrong[WRONG_COUNT];
	uint64_t		 asked, cases, mirrored, open, unusable;
};

/* One estate. */
struct visit {
	struct run		*run;
	uint64_t		 seed;
	struct arena		*arena;
	struct hamlet		*hamlet;
	struct writing		 oaths;
	struct assumptions	 assumptions;
	struct court		 court;
	const struct suite	*suite;
	struct crowd		 crowd;
	struct oath_tests	 tests;
	struct metamorphosis	 changes;
	const char		*found[OATHS];	/* a request that decides it */
	bool			 concerned[OATHS];
	uint64_t		 seen, tagged, strange;
};

/* For people. */

static void
show(struct visit *visit, unsigned wrong, const char *what,
    const char *other)
{
	if (visit->run->wrong[wrong]++ >= SHOWN_MAX)
		return;
	printf("# seed %" PRIu64 ": %s: %s\n", visit->seed, what, other);
}

static const char *
tell_request(struct arena *arena, const struct caller_party *caller,
    const struct way *way, const struct request *request)
{
	const char *text = arena_printf(arena, "%.*s (%s) %.*s on %.*s %s",
	    (int)caller->actor.principal.length, caller->actor.principal.text,
	    caller->credential == CREDENTIAL_LONG_TERM ? "key" : "session",
	    (int)request->action.length, request->action.text,
	    (int)request->resource.length, request->resource.text,
	    way->kind == WAY_INTERNET ? "internet" : way->kind ==
	    WAY_SERVICE ? "service" : "");

	for (size_t i = 0; i < request->context.count; i++) {
		const struct context_key *key = &request->context.keys[i];

		if (key->origin == ORIGIN_ABSENT)
			continue;
		text = arena_printf(arena, "%s %.*s%s", text,
		    (int)key->name.length, key->name.text,
		    key->origin == ORIGIN_UNKNOWN ? "?" : "=");
		for (size_t j = 0; j < key->count; j++)
			text = arena_printf(arena, "%s%s%.*s", text,
			    j == 0 ? "" : ",", (int)key->values[j].length,
			    key->values[j].text);
	}
	return text;
}

/* Requests. */

static bool
is_call(const struct visit *visit, const struct guarantee_step *step)
{
	struct word word;

	if (step->actions.list.count != 1)
		return false;
	word = step->actions.list.items[0].word;
	return catalog_call(visit->court.catalog, word.text, word.length) !=
	    NULL;
}

static bool
is_liveness(const struct guarantee *guarantee)
{
	return guarantee->quantifier == GUARANTEE_SOME;
}

static bool
is_allowed(const struct guarantee *guarantee,
    const struct crowd_request *one)
{
	return (is_liveness(guarantee) ? one->decision.verdict :
	    one->hopeful) == VERDICT_ALLOWED;
}

/* Some requests of a case, as a call: do they decide the guarantee? */
static void
try_call(struct visit *visit, size_t number, const struct crowd_case *made,
    size_t first, size_t count)
{
	const struct guarantee *guarantee =
	    &visit->suite->guarantees.items[number];
	const struct request *requests[CROWD_REQUESTS_MAX];
	struct oath_call call = { .court = &visit->court,
	    .arena = visit->crowd.scratch, .tests = &visit->tests,
	    .caller = made->caller, .way = &made->way, .requests = requests,
	    .count = count };

	for (size_t i = 0; i < count; i++) {
		requests[i] = &made->requests[first + i].request;
		if (!is_allowed(guarantee, &made->requests[first + i]))
			return;
	}
	if (!oath_concerns(&call, guarantee))
		return;
	visit->concerned[number] = true;
	if (is_liveness(guarantee) || !oath_is_kept(&call, guarantee))
		visit->found[number] = tell_request(visit->arena,
		    made->caller, &made->way, requests[0]);
}

static void
try_case(struct visit *visit, size_t number, const struct crowd_case *made)
{
	const struct guarantee *guarantee =
	    &visit->suite->guarantees.items[number];

	if (is_call(visit, &guarantee->steps.items[0])) {
		try_call(visit, number, made, 0, made->count);
		return;
	}
	for (size_t i = 0; i < made->count && visit->found[number] == NULL;
	    i++)
		try_call(visit, number, made, i, 1);
}

static void
mirror_case(struct visit *visit, const struct crowd_case *made)
{
	const struct crowd_request *one;
	struct arena *arena = visit->run->proofs;
	size_t number = visit->seen / MIRRORED % made->count;
	const char *why = "";
	enum mirror_answer answer;

	arena_reset(arena);
	one = &made->requests[number];
	answer = mirror_hold(arena, &visit->crowd, made, number, &why);
	visit->run->mirrored++;
	visit->run->open += answer == MIRROR_OPEN;
	if (answer == MIRROR_IMPOSSIBLE || answer == MIRROR_DIFFERS)
		show(visit, answer == MIRROR_DIFFERS ? WRONG_JUDGEMENT :
		    WRONG_PREMISE, arena_printf(arena, answer ==
		    MIRROR_DIFFERS ? "decided otherwise than %s" :
		    "is %s, and ruled out by%s", verdict_name(one->hopeful),
		    why), tell_request(arena, made->caller, &made->way,
		    &one->request));
}

/* A role's session has a tag that it was given with the session. */
static bool
is_given_tags(const struct crowd_case *made)
{
	static const char name[] = "aws:PrincipalTag/team";
	const struct request *request = &made->requests[0].request;

	return request->actor.kind == ACTOR_ROLE_SESSION && request_key(
	    request, name, strlen(name), key_hash(name, strlen(name)))->
	    origin == ORIGIN_GIVEN;
}

static bool
is_stranger(const struct visit *visit, const struct caller_party *caller)
{
	return caller->foreign && estate_account(visit->court.estate,
	    caller->actor.account) != NULL;
}

/* One in so many, and more of those that say most. */
static bool
is_mirrored(struct visit *visit, const struct crowd_case *made)
{
	if (made->count == 0)
		return false;
	return visit->seen++ % MIRRORED == 0 ||
	    (is_given_tags(made) && visit->tagged++ % TAGGED == 0) ||
	    (is_stranger(visit, made->caller) &&
	    visit->strange++ % STRANGE == 0);
}

static void
visit_case(void *context, const struct crowd_case *made)
{
	struct visit *visit = context;

	for (size_t i = 0; i < visit->suite->guarantees.count; i++)
		if (visit->found[i] == NULL)
			try_case(visit, i, made);
	if (is_mirrored(visit, made))
		mirror_case(visit, made);
}

/* Proofs. */

static void
check_witness(struct visit *visit, const struct guarantee *guarantee,
    const struct proof *proof)
{
	const struct hop *hop = &proof->witness->hops[0];
	const struct request *requests[CROWD_REQUESTS_MAX * 2];
	struct oath_call call = { .court = &visit->court,
	    .arena = visit->run->proofs, .tests = &visit->tests,
	    .caller = &hop->caller, .way = &hop->call->way,
	    .requests = requests, .count = hop->count };
	const char *what = NULL;

	for (size_t i = 0; i < hop->count; i++)
		requests[i] = &hop->rulings[i].request;
	if (!oath_concerns(&call, guarantee))
		what = "the witness is out of scope";
	else if (!is_liveness(guarantee) && oath_is_kept(&call, guarantee))
		what = "the witness is as it must be";
	if (what != NULL)
		show(visit, WRONG_WITNESS, arena_printf(visit->arena,
		    "%s of %s", what, guarantee_text(visit->arena,
		    guarantee)), tell_request(visit->arena, call.caller,
		    call.way, requests[0]));
}

static void
change(struct visit *visit, const struct guarantee *guarantee,
    enum proof_verdict verdict)
{
	struct metamorphosis *changes = &visit->changes;
	const char *wrong;

	changes->scratch = visit->run->proofs;
	changes->options = (struct proof_options){ .budget = BUDGET };
	wrong = metamorphosis_hold(changes, guarantee, verdict);
	if (wrong != NULL)
		show(visit, WRONG_CHANGE, wrong, guarantee_text(visit->arena,
		    guarantee));
}

static void
compare(struct visit *visit, size_t number)
{
	const struct guarantee *guarantee =
	    &visit->suite->guarantees.items[number];
	const struct proof_options options = { .budget = BUDGET };
	bool live = is_liveness(guarantee);
	const char *found = visit->found[number];
	struct proof proof;

	arena_reset(visit->run->proofs);
	proof_make(visit->run->proofs, &visit->court, guarantee, &options,
	    &proof);
	visit->run->asked++;
	coverage_count(&visit->run->coverage,
	    guarantee->quantifier == GUARANTEE_EVERY ? "every" : live ?
	    "some" : "never", proof_verdict_name(proof.verdict),
	    visit->concerned[number]);
	oath_cover(&visit->run->coverage, guarantee, found != NULL);
	if (proof.fault.message != NULL || proof.bug)
		show(visit, WRONG_BUG, proof.reason,
		    guarantee_text(visit->arena, guarantee));
	else if (proof.verdict == PROOF_UNDECIDED)
		coverage_count(&visit->run->coverage, "undecided",
		    proof.reason, found != NULL);
	if (found != NULL && proof.verdict == (live ? PROOF_BROKEN :
	    PROOF_HOLDS))
		show(visit, WRONG_HOLDS, arena_printf(visit->arena, "%s: %s",
		    proof_verdict_name(proof.verdict), guarantee_text(
		    visit->arena, guarantee)), found);
	if (proof.witness != NULL && proof.verdict != PROOF_UNDECIDED)
		check_witness(visit, guarantee, &proof);
	if (number % CHANGED == visit->seed % CHANGED)
		change(visit, guarantee, proof.verdict);
	if (visit->run->sample.print)
		printf("# %" PRIu64 " %s: %s# found: %s\n", visit->seed,
		    proof_verdict_name(proof.verdict), guarantee_text(
		    visit->arena, guarantee), found == NULL ? "-" : found);
}

/* Worlds. */

/* Where a policy cannot be used nothing is proved: that is seen quickly. */
static bool
is_usable(const struct visit *visit)
{
	enum { TRIED = 16 };
	struct charters all = judgement_documents(visit->arena,
	    &visit->court);

	for (size_t i = 0; i < all.count; i++)
		if (!all.items[i]->usable)
			return visit->seed % TRIED == 0;
	return true;
}

static bool
read_estate(struct visit *visit)
{
	*list_add(visit->arena, &visit->hamlet->estate.text) = '\0';
	visit->court = (struct court){ .catalog = &catalog_builtin,
	    .assumptions = &visit->assumptions };
	return hamlet_court(visit->arena, visit->hamlet->estate.text.items,
	    &visit->court) && is_usable(visit);
}

static void
read_oaths(struct visit *visit)
{
	const struct source *source;
	struct report report;

	for (size_t i = 0; i < OATHS; i++)
		oath_print(visit->hamlet, i, &visit->oaths);
	*list_add(visit->arena, &visit->oaths.text) = '\0';
	source = source_new(visit->arena, "oaths", visit->oaths.text.items,
	    visit->oaths.text.count - 1);
	report_init(&report, visit->arena, source);
	visit->suite = suite_read(visit->arena, source, &report);
	for (size_t i = 0; i < report.findings.count; i++)
		errx(1, "%s: %s", visit->oaths.text.items,
		    report.findings.items[i].message);
}

static void
visit_hamlet(struct visit *visit)
{
	struct arena *scratch = arena_new();

	if (scratch == NULL)
		err(1, NULL);
	visit->crowd = (struct crowd){ .arena = visit->arena,
	    .scratch = scratch, .court = &visit->court,
	    .hamlet = visit->hamlet, .limit = LIMIT,
	    .coverage = &visit->run->coverage };
	dice_init(&visit->crowd.dice, ~visit->seed);
	metamorphosis_init(&visit->changes, visit->arena, &visit->court,
	    visit->hamlet->estate.text.items);
	for (unsigned i = 0; i < VARIANT_COUNT; i++)
		coverage_count(&visit->run->coverage, "estate",
		    variant_names[i], visit->changes.usable[i]);
	crowd_init(&visit->crowd, visit->oaths.text.items);
	crowd_visit(&visit->crowd, visit_case, visit);
	visit->run->cases += visit->crowd.count;
	arena_free(scratch);
	for (size_t i = 0; i < visit->suite->guarantees.count; i++)
		compare(visit, i);
}

static void
try_seed(struct run *run, uint64_t seed)
{
	static const struct hamlet_odds odds = { .open = 15 };
	struct visit visit = { .run = run, .seed = seed,
	    .arena = arena_new() };

	if (visit.arena == NULL)
		err(1, NULL);
	visit.oaths.arena = visit.tests.arena = visit.arena;
	visit.hamlet = hamlet_new(visit.arena, seed, &odds);
	visit.assumptions = tenets_draw(seed);
	read_oaths(&visit);
	hamlet_add_strangers(visit.hamlet);
	if (run->sample.print)
		printf("# %.*s\n", (int)visit.hamlet->estate.text.count,
		    visit.hamlet->estate.text.items);
	if (read_estate(&visit))
		visit_hamlet(&visit);
	else
		run->unusable++;
	arena_free(visit.arena);
}

static uint64_t
print_points(const struct run *run)
{
	static const char *const points[] = {
		[WRONG_HOLDS] = "verdicts that a request refutes",
		[WRONG_WITNESS] = "witnesses that are none",
		[WRONG_PREMISE] = "requests that the premises rule out",
		[WRONG_JUDGEMENT] = "requests the formulas decide otherwise",
		[WRONG_CHANGE] = "verdicts that change when they must not",
		[WRONG_BUG] = "guarantees that the prover fails at",
	};
	uint64_t wrong = 0;

	printf("1..%d\n", WRONG_COUNT);
	for (unsigned i = 0; i < WRONG_COUNT; i++) {
		printf("%sok %u - %" PRIu64 " %s\n", run->wrong[i] == 0 ? "" :
		    "not ", i + 1, run->wrong[i], points[i]);
		wrong += run->wrong[i];
	}
	printf("# %" PRIu64 " guarantees, %" PRIu64 " calls, %" PRIu64
	    " held against the formulas, of which %" PRIu64 " open; %" PRIu64
	    " estates without use\n", run->asked, run->cases, run->mirrored,
	    run->open, run->unusable);
	coverage_print(&run->coverage);
	return wrong;
}

int
main(int argc, char **argv)
{
	struct arena *arena = arena_new();
	struct run run = { .arena = arena, .proofs = arena_new(),
	    .sample = { .count = 100 },
	    .coverage = { .arena = arena } };
	uint64_t wrong;

	if (arena == NULL || run.proofs == NULL)
		errx(1, "no memory");
	sample_read(&run.sample, argc, argv);
	for (uint64_t seed = run.sample.seed; run.asked < run.sample.count;
	    seed++)
		try_seed(&run, seed);
	wrong = print_points(&run);
	arena_free(run.proofs);
	arena_free(arena);
	return wrong != 0;
}
