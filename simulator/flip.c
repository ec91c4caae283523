/* SPDX-License-Identifier: MIT */
/* What is tried, in which order; whether it helps, trial.c says. */
#include "config.h"

#include <string.h>

#include "simulator/evidence.h"
#include "simulator/flip.h"
#include "simulator/opinion.h"

enum { BUDGET = 100 };

struct seeker {
	struct trial		 trial;
	const struct summons	*summons;
	const struct answer	*answer;
	struct wishes		 wishes;
	struct flips		 flips;
};

static bool
is_key(struct word key, const char *name)
{
	return word_equal_folded(key, word_from(name, strlen(name)));
}

/* Denied: which change allows. */

/* A change by its own word brings with it what follows from it. */
static struct trial_change
rephrase(const struct seeker *seeker, const struct trial_change *wish)
{
	const struct estate *estate = seeker->trial.court->estate;

	if (wish->kind != TRIAL_SET)
		return *wish;
	if (is_key(wish->key, "aws:MultiFactorAuthPresent") &&
	    word_is(wish->value, "true"))
		return (struct trial_change){ .kind = TRIAL_MFA };
	if (is_key(wish->key, "aws:SourceVpce") &&
	    estate_endpoint(estate, wish->value) != NULL)
		return (struct trial_change){ .kind = TRIAL_THROUGH,
		    .value = wish->value };
	if (is_key(wish->key, "aws:SourceVpc") &&
	    estate_vpc(estate, wish->value) != NULL)
		return (struct trial_change){ .kind = TRIAL_THROUGH,
		    .value = wish->value };
	if (is_key(wish->key, "sts:RoleSessionName"))
		return (struct trial_change){ .kind = TRIAL_NAMED,
		    .value = wish->value };
	return *wish;
}

static bool
is_found(const struct seeker *seeker, const struct trial_change *change)
{
	for (size_t i = 0; i < seeker->flips.list.count; i++)
		if (trial_change_equal(&seeker->flips.list.items[i].change,
		    change))
			return true;
	return false;
}

static bool
turns(const struct seeker *seeker, enum verdict verdict)
{
	return seeker->answer->verdict == VERDICT_ALLOWED ?
	    verdict_is_denial(verdict) : verdict == VERDICT_ALLOWED;
}

static void
attempt(struct seeker *seeker, const struct trial_change *change)
{
	if (seeker->flips.list.count == FLIPS_MAX || is_found(seeker, change))
		return;
	if (seeker->trial.budget == 0)
		seeker->flips.spent = true;
	else if (turns(seeker, trial_decide(&seeker->trial, change, 1)))
		*list_add(seeker->trial.arena, &seeker->flips.list) =
		    (struct flip){ .change = *change };
}

/* The kinds of changes stand in the order of what they cost. */
static void
attempt_all(struct seeker *seeker)
{
	for (int kind = TRIAL_MFA; kind <= TRIAL_REMOVE; kind++)
		for (size_t i = 0; i < seeker->wishes.list.count; i++) {
			struct trial_change change = rephrase(seeker,
			    &seeker->wishes.list.items[i]);

			if ((int)change.kind == kind)
				attempt(seeker, &change);
		}
}

static void
wish_way(struct seeker *seeker, struct word way)
{
	*list_add(seeker->trial.arena, &seeker->wishes.list) =
	    (struct trial_change){ .kind = TRIAL_THROUGH, .value = way };
}

/* A way that is unknown to policies may still be one to an endpoint that
 * allows. */
static void
wish_ways(struct seeker *seeker, const struct ruling *ruling)
{
	const struct estate *estate = seeker->trial.court->estate;

	for (size_t i = 0; i < estate->endpoint_count; i++) {
		const struct estate_endpoint *endpoint =
		    &estate->endpoints[i];

		if (endpoint->service != NULL &&
		    endpoint->service == ruling->request.service)
			wish_way(seeker, endpoint->id);
	}
	wish_way(seeker, word_from("internet", 8));
}

/* A policy that names one value more. */

static const struct test *
enlarge_test(const struct seeker *seeker, const struct policy *policy,
    const struct test *test, struct word value)
{
	const struct operand_reader reader = {
		.arena = seeker->trial.arena,
		.catalog = seeker->trial.court->catalog,
		.assumptions = seeker->trial.court->assumptions,
		.variables = policy->version == VERSION_2012,
	};
	struct test *larger = arena_alloc(reader.arena, sizeof(*larger));
	struct operand *operands = arena_array(reader.arena, test->count + 1,
	    sizeof(*operands));

	memcpy(operands, test->operands, test->count * sizeof(*operands));
	operands[test->count] = operand_read(&reader,
	    operator_facts(test->use.operator), value);
	*larger = *test;
	larger->operands = operands;
	larger->count++;
	return larger;
}

/* The charter with that test in the place of the clause's own. */
static const struct charter *
enlarge_charter(const struct seeker *seeker, const struct step *step,
    const struct test *test, struct word value)
{
	struct arena *arena = seeker->trial.arena;
	struct charter *larger = arena_alloc(arena, sizeof(*larger));
	size_t count = step->charter->count, tests = step->clause->test_count;
	struct clause *clauses = arena_array(arena, count, sizeof(*clauses));
	struct test *changed = arena_array(arena, tests, sizeof(*changed));

	memcpy(clauses, step->charter->clauses, count * sizeof(*clauses));
	memcpy(changed, step->clause->tests, tests * sizeof(*changed));
	changed[test - step->clause->tests] = *enlarge_test(seeker,
	    step->charter->policy, test, value);
	clauses[step->clause - step->charter->clauses].tests = changed;
	*larger = *step->charter;
	larger->clauses = clauses;
	return larger;
}

/* One value of one key is all that keeps the nearest Allow from matching. */
static bool
wants_value(const struct miss *miss, const struct request *request,
    struct word *value)
{
	const struct context_key *key;
	const struct test *test;

	if (miss->step == NULL || miss->action != TRUTH_TRUE ||
	    miss->resource != TRUTH_TRUE || miss->principal != TRUTH_TRUE ||
	    miss->tests.count != 1)
		return false;
	test = miss->tests.items[0];
	key = request_key(request, test->key.text, test->key.length,
	    test->hash);
	if (test->use.operator >= OPERATOR_COUNT || test->count == 0 ||
	    operator_facts(test->use.operator)->negated ||
	    operator_facts(test->use.operator)->type == VALUE_BOOL ||
	    test->use.operator == OPERATOR_Null ||
	    !context_key_is_present(key) || key->count != 1 ||
	    word_has_wildcard(key->values[0]))
		return false;
	*value = key->values[0];
	return true;
}

static void
attempt_addition(struct seeker *seeker, const struct ruling *ruling,
    const struct miss *miss)
{
	struct court court = *seeker->trial.court;
	struct trial trial = seeker->trial;
	const struct test *test;
	struct word value;

	if (seeker->flips.list.count == FLIPS_MAX || trial.budget == 0 ||
	    !wants_value(miss, &ruling->request, &value))
		return;
	test = miss->tests.items[0];
	court.archive = archive_replace(trial.arena, court.archive,
	    miss->step->charter, enlarge_charter(seeker, miss->step, test,
	    value));
	trial.court = &court;
	seeker->trial.budget--;
	if (trial_decide(&trial, NULL, 0) == VERDICT_ALLOWED)
		*list_add(trial.arena, &seeker->flips.list) = (struct flip){
		    .condition = test->source, .value = value,
		    .source = miss->step->charter->policy->text->source };
}

static void
attempt_additions(struct seeker *seeker, const struct ruling *ruling)
{
	struct opinions opinions = opinion_list(seeker->trial.arena, ruling,
	    seeker->trial.court->assumptions);

	for (size_t i = 0; i < opinions.list.count; i++)
		if (opinions.list.items[i].stance == STANCE_SILENT)
			attempt_addition(seeker, ruling,
			    &opinions.list.items[i].miss);
}

static void
seek_allow(struct seeker *seeker)
{
	const struct hop *hop = seeker->answer->decisive;

	for (size_t i = 0; i < hop->count; i++)
		if (hop->rulings[i].verdict != VERDICT_ALLOWED)
			wish_add_all(seeker->trial.arena, &seeker->wishes,
			    &hop->rulings[i],
			    seeker->trial.court->assumptions,
			    (struct word){ NULL, 0 });
	if (hop->decisive != NULL)
		wish_ways(seeker, hop->decisive);
	attempt_all(seeker);
	if (hop->decisive != NULL)
		attempt_additions(seeker, hop->decisive);
}

/* Allowed: which key, taken away, denies. */

static void
seek_denial(struct seeker *seeker)
{
	struct arena *arena = seeker->trial.arena;

	if (seeker->trial.question->mfa)
		attempt(seeker, &(struct trial_change){ .kind = TRIAL_NO_MFA });
	for (size_t i = 0; i < seeker->answer->count; i++) {
		const struct hop *hop = &seeker->answer->hops[i];

		for (size_t j = 0; j < hop->count; j++) {
			struct evidence evidence = evidence_list(arena,
			    &hop->rulings[j]);

			for (size_t k = 0; k < evidence.list.count; k++)
				if (context_key_is_present(
				    evidence.list.items[k].key))
					attempt(seeker, &(struct trial_change){
					    .kind = TRIAL_REMOVE, .key =
					    evidence.list.items[k].name });
		}
	}
}

struct flips
flip_find(struct arena *arena, const struct court *court,
    const struct question *question, const struct summons *summons,
    const struct answer *answer)
{
	struct seeker seeker = { .trial = { .arena = arena, .court = court,
	    .question = question, .hop_count = summons->count,
	    .budget = BUDGET }, .summons = summons, .answer = answer };

	if (answer->verdict == VERDICT_ALLOWED) {
		seeker.flips.sought = true;
		seek_denial(&seeker);
	} else if (verdict_is_denial(answer->verdict)) {
		seeker.flips.sought = true;
		seeker.trial.hop = (size_t)(answer->decisive - answer->hops);
		seek_allow(&seeker);
	}
	return seeker.flips;
}
