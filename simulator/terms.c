/* SPDX-License-Identifier: MIT */
/*
 * Models of "allowed" are shrunk to prime implicants, one after the other,
 * until none is left that no term covers; then terms that the others cover
 * are dropped (PROOF 4).
 */
#include "config.h"

#include <string.h>

#include "simulator/petition.h"
#include "simulator/premise.h"
#include "simulator/terms.h"
#include "simulator/witness.h"

enum {
	BUDGET = 1000000,		/* to find terms, and to try them */
	TERMS_MAX = 16
};

struct finder {
	struct arena		*arena;
	const struct court	*court;
	const struct question	*question;
	struct impression	 impression;
	struct provisos		 provisos;
	struct search		*search;
	struct terms		 terms;
	int			 selectors[PREMISE_COUNT];
	bool			 without[PREMISE_COUNT];
	int			 possible;	/* formula: it can be asked so */
	uint64_t		 budget;	/* what is left of it */
	bool			 doubted;	/* by the simulator */
};

static int
all(const struct finder *finder, int one, int other)
{
	return formula_and(finder->impression.formulas, one, other);
}

static bool
give_up(struct finder *finder, const char *reason)
{
	finder->terms.reason = reason;
	return false;
}

static struct search_result
ask(struct finder *finder, int root, const int *assumptions, size_t count)
{
	struct search_result result = search_solve(finder->search, root,
	    assumptions, count, finder->budget);

	finder->terms.steps += result.steps;
	finder->budget -= result.steps;
	return result;
}

/* Premises. */

static size_t
list_selectors(const struct finder *finder, int *selectors)
{
	size_t count = 0;

	for (unsigned i = 0; i < PREMISE_COUNT; i++)
		if (!finder->without[i])
			selectors[count++] = finder->selectors[i];
	return count;
}

/* Without the named premises but `shape'; false when that is none. */
static bool
drop_premises(struct finder *finder, const struct search_result *result)
{
	bool dropped = false;

	for (size_t i = 0; i < result->core_count; i++)
		for (unsigned j = 0; j < PREMISE_COUNT; j++)
			if (finder->selectors[j] == result->core[i] &&
			    j != PREMISE_shape)
				dropped = finder->without[j] = true;
	return dropped;
}

static int
select_premises(struct finder *finder)
{
	const struct impression *impression = &finder->impression;
	int guarded = impression->bound;

	for (unsigned i = 0; i < PREMISE_COUNT; i++) {
		finder->selectors[i] = formula_variable(impression->formulas);
		guarded = all(finder, guarded, formula_implies(
		    impression->formulas, finder->selectors[i],
		    impression_premise(impression, (enum premise)i)));
	}
	return guarded;
}

/*
 * What somebody asks may be odd: keys of two ways at once, a session that
 * carries what none has.  Then the premises that rule it out are not made.
 */
static bool
find_possible(struct finder *finder)
{
	int guarded = select_premises(finder), selectors[PREMISE_COUNT];
	struct search_result result;
	size_t count;

	for (;;) {
		count = list_selectors(finder, selectors);
		result = ask(finder, guarded, selectors, count);
		if (result.answer == SEARCH_SATISFIABLE)
			break;
		if (result.answer == SEARCH_UNDECIDED)
			return give_up(finder, search_says(&result));
		if (!drop_premises(finder, &result))
			return give_up(finder, "no request can be as the "
			    "question says");
	}
	finder->possible = guarded;
	return true;
}

static void
note_core(struct finder *finder, const struct search_result *result)
{
	for (size_t i = 0; i < result->core_count; i++)
		for (unsigned j = 0; j < PREMISE_COUNT; j++)
			if (finder->selectors[j] == result->core[i])
				finder->terms.rests |= (premise_set)1 << j;
}

/* Replaying. */

/* Values of unknown keys, as a model has them, in the place of nothing. */
static void
complete_context(struct arena *arena, struct context *context,
    const struct context *model)
{
	struct context_key *keys = arena_array(arena, context->count +
	    model->count, sizeof(*keys));
	struct context known = *context;
	size_t count = 0;

	for (size_t i = 0; i < known.count; i++)
		if (known.keys[i].origin != ORIGIN_UNKNOWN)
			keys[count++] = known.keys[i];
	for (size_t i = 0; i < model->count; i++) {
		const struct request request = { .context = known };
		const struct context_key *key = &model->keys[i];

		if (request_key(&request, key->name.text, key->name.length,
		    key->hash)->origin == ORIGIN_UNKNOWN)
			keys[count++] = *key;
	}
	*context = (struct context){ .keys = keys, .count = count };
}

static enum verdict
decide_sighting(const struct finder *finder, const struct imprint *imprint,
    const struct sighting *sighting)
{
	struct request request = imprint->ruling->request;
	struct policies policies = imprint->ruling->policies;
	struct resource_party party = *imprint->ruling->resource;
	const struct petition petition = { .arena = finder->arena,
	    .court = finder->court, .question = finder->question,
	    .call = imprint->hop->call, .caller = &imprint->hop->caller,
	    .action = request.action, .resource = &party,
	    .way = sighting->way };
	bool open = imprint->hop->call->way.kind == WAY_UNKNOWN;

	complete_context(finder->arena, &request.context,
	    &sighting->request.context);
	if (party.owner_open) {
		party.owner = request.resource_account =
		    sighting->request.resource_account;
		party.foreign = sighting->resource.foreign;
		request.flags = sighting->request.flags;
	}
	request.call = call_read(&request);
	if (party.owner_open || open)
		petition_gather(&petition, &request, &policies);
	/* what nobody knows of an endpoint, chain.c takes to allow it */
	if (open && sighting->way.endpoint == NULL)
		policies.endpoint.count = 0;
	if (open)
		request.gateway = sighting->request.gateway;
	return decision_make(&request, &policies, finder->court->assumptions,
	    NULL).verdict;
}

/* The model at hand is decided so by the simulator. */
static bool
confirm(struct finder *finder, const struct search_result *result,
    bool allowed)
{
	enum verdict verdict = VERDICT_ALLOWED;

	for (size_t i = 0; i < finder->impression.list.count; i++) {
		const struct imprint *imprint =
		    &finder->impression.list.items[i];
		struct sighting sighting = { .way = { .kind = WAY_UNKNOWN } };

		if (imprint->ruling->verdict != VERDICT_DEPENDS)
			continue;
		if (!witness_sight(finder->arena, imprint->request,
		    finder->search, result->texts, &sighting))
			return give_up(finder, "a model was found that is "
			    "none");
		verdict = verdict_join(verdict, decide_sighting(finder,
		    imprint, &sighting));
	}
	if ((verdict == VERDICT_ALLOWED) == allowed)
		return true;
	finder->doubted = true;
	return give_up(finder, "the simulator does not confirm what the "
	    "prover found");
}

/* Constant answers. */

/* True when there is a request of which the formula is true; a constant
 * answer is noted. */
static bool
varies(struct finder *finder, int formula, bool allowed,
    enum terms_answer constant)
{
	int selectors[PREMISE_COUNT];
	size_t count = list_selectors(finder, selectors);
	struct search_result result = ask(finder, all(finder,
	    finder->possible, formula), selectors, count);

	if (result.answer == SEARCH_UNDECIDED)
		return give_up(finder, search_says(&result));
	if (result.answer == SEARCH_SATISFIABLE)
		return confirm(finder, &result, allowed);
	finder->terms.answer = constant;
	note_core(finder, &result);
	return false;
}

/* From here on all premises that are left are part of the question. */
static void
fix_premises(struct finder *finder)
{
	for (unsigned i = 0; i < PREMISE_COUNT; i++)
		if (!finder->without[i])
			finder->possible = all(finder, finder->possible,
			    finder->selectors[i]);
}

/* Terms. */

static int
met(const struct finder *finder, const struct term *term)
{
	int formula = FORMULA_TRUE;

	for (size_t i = 0; i < term->list.count; i++)
		formula = all(finder, formula, term->list.items[i]->formula);
	return formula;
}

static const struct proviso *
find_proviso(const struct finder *finder, int formula)
{
	for (size_t i = 0; i < finder->provisos.list.count; i++)
		if (finder->provisos.list.items[i].formula == formula)
			return &finder->provisos.list.items[i];
	return NULL;
}

/* All that is true in the model; and how many are no stronger than so. */
static void
read_cube(struct finder *finder, int *cube, size_t ends[STRENGTH_COUNT])
{
	const struct provisos *provisos = &finder->provisos;
	size_t count = 0, at = 0;

	for (enum strength i = 0; i < STRENGTH_COUNT; i++) {
		for (; at < provisos->ends[i]; at++)
			if (search_value(finder->search,
			    provisos->list.items[at].formula))
				cube[count++] =
				    provisos->list.items[at].formula;
		ends[i] = count;
	}
}

/* The same test of the same request, but without IfExists, which says more;
 * or NULL. */
static const struct proviso *
find_plain(const struct finder *finder, const struct proviso *proviso)
{
	const struct test *test = &proviso->test;

	for (size_t i = 0; i < finder->provisos.list.count; i++) {
		const struct proviso *other = &finder->provisos.list.items[i];

		if (test->use.if_exists && !other->test.use.if_exists &&
		    !proviso->negated && !other->negated &&
		    other->imprint == proviso->imprint &&
		    other->test.use.operator == test->use.operator &&
		    other->test.use.quantifier == test->use.quantifier &&
		    other->test.operands == test->operands)
			return other;
	}
	return NULL;
}

static int
join(const struct finder *finder, const int *cube, size_t count)
{
	int formula = finder->possible;

	for (size_t i = 0; i < count; i++)
		formula = all(finder, formula, cube[i]);
	return formula;
}

/*
 * What says least was kept.  Where the key is there anyway, IfExists only
 * raises questions.  True when a condition was put in another's place.
 */
static bool
restate(struct finder *finder, int *cube, size_t count)
{
	int together = join(finder, cube, count);
	bool changed = false;

	for (size_t i = 0; i < count; i++) {
		const struct proviso *plain = find_plain(finder,
		    find_proviso(finder, cube[i]));

		if (plain == NULL || ask(finder, all(finder, together,
		    -plain->formula), NULL, 0).answer !=
		    SEARCH_UNSATISFIABLE)
			continue;
		cube[i] = plain->formula;
		changed = true;
	}
	return changed;
}

static bool
is_about(const struct proviso *one, const struct proviso *other)
{
	return one->imprint == other->imprint &&
	    word_equal_folded(one->test.key, other->test.key);
}

/*
 * Several conditions on one key may be one: neither above 1 nor below is 1.
 * Puts those that follow before all others, so that these can go.
 */
static bool
unite(struct finder *finder, int *cube, size_t *count)
{
	int together = join(finder, cube, *count);
	size_t before = *count;

	for (size_t i = 0; i < finder->provisos.ends[STRENGTH_NULL]; i++) {
		const struct proviso *proviso =
		    &finder->provisos.list.items[i];
		size_t about = 0;

		for (size_t j = *count - before; j < *count; j++)
			about += cube[j] != proviso->formula && is_about(
			    find_proviso(finder, cube[j]), proviso);
		if (about < 2 || ask(finder, all(finder, together,
		    -proviso->formula), NULL, 0).answer !=
		    SEARCH_UNSATISFIABLE)
			continue;
		memmove(cube + 1, cube, (*count)++ * sizeof(*cube));
		cube[0] = proviso->formula;
	}
	return *count > before;
}

/* Leaves out what need not be said. */
static bool
minimise(struct finder *finder, int root, int *cube, size_t *count)
{
	uint64_t before = finder->budget;
	bool minimal;

	*count = search_minimise(finder->search, root, cube, *count,
	    &finder->budget, &minimal);
	finder->terms.steps += before - finder->budget;
	return minimal || give_up(finder, "the budget is spent");
}

/* The conditions that the model meets and that allow; those that say more
 * only where the others do not. */
static bool
find_cube(struct finder *finder, int denied, int *cube, size_t *count)
{
	struct search_result result = { .answer = SEARCH_SATISFIABLE };
	size_t ends[STRENGTH_COUNT];

	read_cube(finder, cube, ends);
	for (enum strength i = 0; i < STRENGTH_COUNT &&
	    result.answer == SEARCH_SATISFIABLE; i++)
		result = ask(finder, denied, cube, ends[i]);
	if (result.answer == SEARCH_UNDECIDED)
		return give_up(finder, search_says(&result));
	if (result.answer == SEARCH_SATISFIABLE)
		return give_up(finder, "it hangs on more than conditions can "
		    "say");
	*count = result.core_count;
	if (*count > 0)
		memcpy(cube, result.core, *count * sizeof(*cube));
	return true;
}

/* The model's conditions, but for what need not be said. */
static bool
shrink(struct finder *finder, struct term *term)
{
	int denied = all(finder, finder->possible,
	    -finder->impression.allowed);
	int *cube = arena_array(finder->arena,
	    finder->provisos.list.count * 2, sizeof(*cube));
	size_t count;

	if (!find_cube(finder, denied, cube, &count) ||
	    !minimise(finder, denied, cube, &count) || (restate(finder, cube,
	    count) && !minimise(finder, denied, cube, &count)) ||
	    (unite(finder, cube, &count) &&
	    !minimise(finder, denied, cube, &count)))
		return false;
	for (size_t i = 0; i < count; i++)
		*list_add(finder->arena, &term->list) = find_proviso(finder,
		    cube[i]);
	return true;
}

/* One more; false when that was the last, or cannot be found. */
static bool
find_term(struct finder *finder, int *root)
{
	struct search_result result = ask(finder, *root, NULL, 0);
	struct term term = { .list = { .count = 0 } };

	if (result.answer == SEARCH_UNSATISFIABLE)
		return false;
	if (result.answer == SEARCH_UNDECIDED)
		return give_up(finder, search_says(&result));
	if (finder->terms.list.count == TERMS_MAX)
		return give_up(finder, "there are many");
	if (!confirm(finder, &result, true) || !shrink(finder, &term))
		return false;
	*list_add(finder->arena, &finder->terms.list) = term;
	*root = all(finder, *root, -met(finder, &term));
	return true;
}

/* Prime implicants, until they cover all, or as many as there can be. */
static bool
find_terms(struct finder *finder)
{
	int root = all(finder, finder->possible, finder->impression.allowed);

	while (find_term(finder, &root))
		continue;
	finder->terms.more = finder->terms.reason != NULL;
	return finder->terms.list.count > 0 && !finder->doubted;
}

/* A term that the others cover is dropped, the first that was found first. */
static bool
drop_terms(struct finder *finder)
{
	struct terms *terms = &finder->terms;

	for (size_t i = 0; i < terms->list.count;) {
		int alone = all(finder, finder->possible, met(finder,
		    &terms->list.items[i]));
		struct search_result result;

		for (size_t j = 0; j < terms->list.count; j++)
			if (j != i)
				alone = all(finder, alone, -met(finder,
				    &terms->list.items[j]));
		result = ask(finder, alone, NULL, 0);
		if (result.answer == SEARCH_UNDECIDED)
			return give_up(finder, search_says(&result));
		if (result.answer == SEARCH_SATISFIABLE) {
			i++;
			continue;
		}
		memmove(&terms->list.items[i], &terms->list.items[i + 1],
		    (--terms->list.count - i) * sizeof(*terms->list.items));
	}
	return true;
}

/* Of each term one request that meets it, and for each of its conditions one
 * that meets all but this, and is denied. */
static bool
try_term(struct finder *finder, const struct term *term)
{
	int possible = finder->possible;
	struct search_result result = ask(finder, all(finder, possible,
	    met(finder, term)), NULL, 0);

	if (result.answer != SEARCH_SATISFIABLE)
		return give_up(finder, search_says(&result));
	if (!confirm(finder, &result, true))
		return false;
	for (size_t i = 0; i < term->list.count; i++) {
		int others = all(finder, possible,
		    -finder->impression.allowed);

		for (size_t j = 0; j < term->list.count; j++)
			others = all(finder, others, i == j ?
			    -term->list.items[j]->formula :
			    term->list.items[j]->formula);
		result = ask(finder, others, NULL, 0);
		if (result.answer != SEARCH_SATISFIABLE)
			return give_up(finder, search_says(&result));
		if (!confirm(finder, &result, false))
			return false;
	}
	return true;
}

/* Through an endpoint of somebody else, if the way is open. */
static void
note_unlisted(struct finder *finder)
{
	const struct impression *impression = &finder->impression;
	int foreign = FORMULA_FALSE;

	if (finder->court->estate->text == NULL)
		return;
	for (size_t i = 0; i < impression->calls.count; i++) {
		const struct supposition *call = impression->calls.items[i];

		for (size_t j = 0; j < call->way_count; j++)
			if (call->ways[j].kind == WAY_ENDPOINT &&
			    call->ways[j].endpoint == NULL &&
			    impression->hops.items[i]->call->way.kind ==
			    WAY_UNKNOWN)
				foreign = formula_or(impression->formulas,
				    foreign, call->ways[j].bit);
	}
	finder->terms.unlisted = foreign != FORMULA_FALSE && ask(finder,
	    all(finder, foreign, all(finder, finder->possible,
	    impression->allowed)), NULL, 0).answer != SEARCH_UNSATISFIABLE;
}

/* True when neither answer is constant; else it is noted, or why not. */
static bool
hangs(struct finder *finder)
{
	const struct impression *impression = &finder->impression;

	return find_possible(finder) &&
	    varies(finder, impression->allowed, true, TERMS_NEVER) &&
	    varies(finder, -impression->allowed, false, TERMS_ALWAYS);
}

static void
find(struct finder *finder)
{
	fix_premises(finder);
	if (!find_terms(finder))
		return;
	finder->budget = BUDGET;
	if (!drop_terms(finder))
		return;
	for (size_t i = 0; i < finder->terms.list.count; i++)
		if (!try_term(finder, &finder->terms.list.items[i]))
			return;
	finder->terms.answer = TERMS_LISTED;
	note_unlisted(finder);
}

/* Without a search where the prover cannot say it. */
static struct finder *
open_finder(struct arena *arena, const struct court *court,
    const struct question *question, const struct answer *answer)
{
	struct finder *finder = arena_alloc(arena, sizeof(*finder));

	finder->arena = arena;
	finder->court = court;
	finder->question = question;
	finder->budget = BUDGET;
	impression_take(&finder->impression, arena, court, answer);
	proviso_gather(&finder->provisos, &finder->impression);
	impression_judge(&finder->impression);
	proviso_encode(&finder->provisos, &finder->impression);
	impression_bind(&finder->impression);
	if (finder->impression.unsupported != NULL)
		give_up(finder, finder->impression.unsupported);
	else
		finder->search = search_new(arena,
		    finder->impression.universe);
	return finder;
}

struct terms
terms_settle(struct arena *arena, const struct court *court,
    const struct question *question, const struct answer *answer)
{
	struct finder *finder = open_finder(arena, court, question, answer);

	if (finder->search != NULL)
		hangs(finder);
	return finder->terms;
}

struct terms
terms_find(struct arena *arena, const struct court *court,
    const struct question *question, const struct answer *answer)
{
	struct finder *finder = open_finder(arena, court, question, answer);

	if (finder->search != NULL && hangs(finder))
		find(finder);
	return finder->terms;
}
