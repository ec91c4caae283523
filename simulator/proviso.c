/* SPDX-License-Identifier: MIT */
/*
 * Tests out of statements that may still match, and their kin.  That one is
 * the reverse of another is nowhere taken for granted: each says what encode.c
 * makes of it.
 */
#include "config.h"

#include <string.h>

#include "simulator/encode.h"
#include "simulator/proviso.h"

enum {
	VALUES_MAX = 16,		/* of a variable in one resource */
	RESOURCE_MAX = 256		/* bytes */
};

struct gatherer {
	struct arena		*arena;
	struct impression	*impression;
	struct provisos		*provisos;
	const struct imprint	*imprint;
	struct scope		 scope;
};

/* Tests that nobody wrote. */

static struct operand
operand_of(const struct gatherer *gatherer, enum operator operator,
    struct word value)
{
	const struct operand_reader reader = {
		.arena = gatherer->arena,
		.catalog = gatherer->impression->court->catalog,
		.assumptions = gatherer->impression->court->assumptions,
	};

	return operand_read(&reader, operator_facts(operator), value);
}

static struct test
test_of(const struct gatherer *gatherer, enum operator operator,
    struct word key, const struct word *values, size_t count)
{
	struct operand *operands = arena_array(gatherer->arena, count,
	    sizeof(*operands));

	for (size_t i = 0; i < count; i++)
		operands[i] = operand_of(gatherer, operator, values[i]);
	return (struct test){ .use = { .operator = operator,
	    .canonical = true }, .key = key,
	    .hash = key_hash(key.text, key.length), .multivalued =
	    key_is_multivalued(gatherer->impression->court->catalog, key),
	    .operands = operands, .count = count };
}

static struct test
truth_test(const struct gatherer *gatherer, enum operator operator,
    struct word key, bool value)
{
	const struct word word = value ? word_from("true", 4) :
	    word_from("false", 5);

	return test_of(gatherer, operator, key, &word, 1);
}

/* Gathering. */

static bool
same_operands(const struct test *one, const struct test *other)
{
	if (one->count != other->count)
		return false;
	for (size_t i = 0; i < one->count; i++)
		if (!word_equal(one->operands[i].text,
		    other->operands[i].text) ||
		    (one->operands[i].variable == NULL) !=
		    (other->operands[i].variable == NULL))
			return false;
	return true;
}

static bool
same_test(const struct test *one, const struct test *other)
{
	return one->use.operator == other->use.operator &&
	    one->use.quantifier == other->use.quantifier &&
	    one->use.if_exists == other->use.if_exists &&
	    word_equal_folded(one->key, other->key) &&
	    same_operands(one, other);
}

/* Two more slots for a key of several values: one that meets the test, and
 * one that does not. */
static struct proviso *
append_seed(struct gatherer *gatherer, const struct test *test)
{
	struct proviso *seed = list_add(gatherer->arena,
	    &gatherer->provisos->seeds);

	*seed = (struct proviso){ .imprint = gatherer->imprint,
	    .test = *test };
	for (unsigned i = 0; i < 2; i++)
		supposition_expect(gatherer->imprint->request, test->key);
	return seed;
}

static void
add_seed(struct gatherer *gatherer, const struct test *test)
{
	const struct provisos *provisos = gatherer->provisos;

	for (size_t i = 0; i < provisos->seeds.count; i++)
		if (provisos->seeds.items[i].imprint == gatherer->imprint &&
		    same_test(&provisos->seeds.items[i].test, test))
			return;
	append_seed(gatherer, test);
}

/* Variables in Resource. */

static const struct fragment *
only_open_variable(const struct gatherer *gatherer,
    const struct substitution *substitution)
{
	const struct fragment *found = NULL;

	for (size_t i = 0; i < substitution->count; i++) {
		const struct fragment *fragment = &substitution->fragments[i];

		if (!fragment->variable || !imprint_is_open(
		    gatherer->imprint, fragment->text))
			continue;
		if (found != NULL)
			return NULL;
		found = fragment;
	}
	return found;
}

/* The request, with a place for that key first of all. */
static struct request
request_with(const struct gatherer *gatherer, struct context_key *first)
{
	struct request request = gatherer->imprint->ruling->request;
	struct context_key *keys = arena_array(gatherer->arena,
	    request.context.count + 1, sizeof(*keys));
	size_t count = 1;

	keys[0] = *first;
	for (size_t i = 0; i < request.context.count; i++)
		if (!word_equal_folded(request.context.keys[i].name,
		    first->name))
			keys[count++] = request.context.keys[i];
	request.context.keys = keys;
	request.context.count = count;
	return request;
}

/* A list of values, and whether it is whole. */
struct value_list {
	struct word	 items[VALUES_MAX];
	size_t		 count;
	bool		 whole;
};

static void
note_value(struct value_list *values, struct word value)
{
	for (size_t i = 0; i < values->count; i++)
		if (word_equal(values->items[i], value))
			return;
	if (values->count == VALUES_MAX)
		values->whole = false;
	else
		values->items[values->count++] = value;
}

/*
 * A variable stands for itself, never for a wildcard: whatever it holds must
 * stand in the resource.
 */
static void
find_values(const struct gatherer *gatherer,
    const struct substitution *substitution, const struct fragment *variable,
    struct value_list *values)
{
	struct word value, text =
	    gatherer->imprint->ruling->request.resource;
	struct context_key key = { .name = variable->text,
	    .hash = variable->hash, .origin = ORIGIN_GIVEN,
	    .values = &value, .count = 1 };
	struct request request = request_with(gatherer, &key);
	const struct scope scope = { &request, gatherer->scope.assumptions,
	    NULL };

	values->whole = text.length <= RESOURCE_MAX;
	for (size_t i = 0; i <= text.length && values->whole; i++)
		for (size_t j = i; j <= text.length; j++) {
			value = word_from(text.text + i, j - i);
			if (substitution_match(substitution, text, 0,
			    &scope) == TRUTH_TRUE)
				note_value(values, value);
		}
}

/* The entry says of the resource what a test says of the variable's key. */
static void
add_variable(struct gatherer *gatherer,
    const struct substitution *substitution)
{
	const struct fragment *variable = only_open_variable(gatherer,
	    substitution);
	struct value_list values = { .count = 0 };
	struct test test;

	if (variable == NULL)
		return;
	find_values(gatherer, substitution, variable, &values);
	if (!values.whole || values.count == 0)
		return;
	test = test_of(gatherer, OPERATOR_StringEquals, variable->text,
	    values.items, values.count);
	append_seed(gatherer, &test)->entry = substitution;
}

static void
add_clause(struct gatherer *gatherer, const struct charter *charter,
    const struct clause *clause)
{
	bool bounded = gatherer->imprint->ruling->policies.boundary.count > 0;

	if (clause_meet(clause, charter, bounded, &gatherer->scope).matches !=
	    TRUTH_UNKNOWN)
		return;
	for (size_t i = 0; i < clause->test_count; i++)
		if (test_holds(&clause->tests[i], &gatherer->scope) ==
		    TRUTH_UNKNOWN)
			add_seed(gatherer, &clause->tests[i]);
	for (size_t i = 0; i < clause->resources.count; i++)
		if (clause->resources.entries[i].variable != NULL)
			add_variable(gatherer,
			    clause->resources.entries[i].variable);
}

/* Ways, owners and credentials: no test need name what they hang on. */

static void
add_ways(struct gatherer *gatherer)
{
	static const struct word key = { "aws:SourceVpce", 14 };
	const struct estate *estate = gatherer->impression->court->estate;
	struct word *ids = arena_array(gatherer->arena,
	    estate->endpoint_count, sizeof(*ids));
	size_t count = 0;
	struct test test;

	if (gatherer->imprint->hop->call->way.kind != WAY_UNKNOWN)
		return;
	for (size_t i = 0; i < estate->endpoint_count; i++)
		if (estate->endpoints[i].service != NULL &&
		    estate->endpoints[i].service ==
		    gatherer->imprint->ruling->request.service)
			ids[count++] = estate->endpoints[i].id;
	for (size_t i = 0; i < count; i++) {
		test = test_of(gatherer, OPERATOR_StringEquals, key, &ids[i],
		    1);
		add_seed(gatherer, &test);
	}
	if (count < 2)
		return;
	test = test_of(gatherer, OPERATOR_StringEquals, key, ids, count);
	add_seed(gatherer, &test);
}

static void
add_owners(struct gatherer *gatherer)
{
	static const struct word key = { "aws:ResourceAccount", 19 };
	const struct estate *estate = gatherer->impression->court->estate;
	struct word account = gatherer->imprint->hop->caller.actor.account;
	struct test test;

	if (!gatherer->imprint->ruling->resource->owner_open)
		return;
	for (size_t i = 0; i < estate->account_count; i++) {
		test = test_of(gatherer, OPERATOR_StringEquals, key,
		    &estate->accounts[i].id, 1);
		add_seed(gatherer, &test);
	}
	if (account.text == NULL)
		return;
	test = test_of(gatherer, OPERATOR_StringEquals, key, &account, 1);
	add_seed(gatherer, &test);
}

static void
add_credentials(struct gatherer *gatherer)
{
	const struct answer *answer = gatherer->impression->answer;

	for (size_t i = 0; i < CREDENTIAL_COUNT; i++) {
		const char *name = credential_key((enum credential_fact)i);
		struct word key = word_from(name, strlen(name));

		for (size_t j = 0; j < answer->depends.count; j++) {
			struct test test = truth_test(gatherer,
			    i == CREDENTIAL_TEMPORARY ? OPERATOR_Null :
			    OPERATOR_Bool, key, true);

			if (word_equal_folded(answer->depends.items[j], key) &&
			    i != CREDENTIAL_LINKED)
				add_seed(gatherer, &test);
		}
	}
}

static void
gather(struct gatherer *gatherer)
{
	const struct charters *documents = &gatherer->imprint->documents;

	for (size_t i = 0; i < documents->count; i++)
		for (size_t j = 0; j < documents->items[i]->count; j++)
			add_clause(gatherer, documents->items[i],
			    &documents->items[i]->clauses[j]);
	add_ways(gatherer);
	add_owners(gatherer);
	add_credentials(gatherer);
}

static struct gatherer
gatherer_new(struct provisos *provisos, struct impression *impression,
    const struct imprint *imprint)
{
	return (struct gatherer){ impression->arena, impression, provisos,
	    imprint, { &imprint->ruling->request,
	    impression->court->assumptions, NULL } };
}

void
proviso_gather(struct provisos *provisos, struct impression *impression)
{
	*provisos = (struct provisos){ .list = { .count = 0 } };
	for (size_t i = 0; i < impression->list.count; i++) {
		const struct imprint *imprint = &impression->list.items[i];
		struct gatherer gatherer = gatherer_new(provisos, impression,
		    imprint);

		if (imprint->ruling->verdict == VERDICT_DEPENDS)
			gather(&gatherer);
	}
}

/* Kin. */

/* Of the same type, and the other way round; OPERATOR_COUNT: there is none. */
static enum operator
reverse_of(enum operator operator)
{
	static const enum operator pairs[][2] = {
		{ OPERATOR_StringEquals, OPERATOR_StringNotEquals },
		{ OPERATOR_StringEqualsIgnoreCase,
		    OPERATOR_StringNotEqualsIgnoreCase },
		{ OPERATOR_StringLike, OPERATOR_StringNotLike },
		{ OPERATOR_NumericEquals, OPERATOR_NumericNotEquals },
		{ OPERATOR_NumericLessThan,
		    OPERATOR_NumericGreaterThanEquals },
		{ OPERATOR_NumericLessThanEquals,
		    OPERATOR_NumericGreaterThan },
		{ OPERATOR_DateEquals, OPERATOR_DateNotEquals },
		{ OPERATOR_DateLessThan, OPERATOR_DateGreaterThanEquals },
		{ OPERATOR_DateLessThanEquals, OPERATOR_DateGreaterThan },
		{ OPERATOR_IpAddress, OPERATOR_NotIpAddress },
		{ OPERATOR_ArnEquals, OPERATOR_ArnNotEquals },
		{ OPERATOR_ArnLike, OPERATOR_ArnNotLike },
	};

	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		if (pairs[i][0] == operator)
			return pairs[i][1];
		if (pairs[i][1] == operator)
			return pairs[i][0];
	}
	return OPERATOR_COUNT;
}

static enum quantifier
reverse_quantifier(enum quantifier quantifier)
{
	switch (quantifier) {
	case QUANTIFIER_ALL:
		return QUANTIFIER_ANY;
	case QUANTIFIER_ANY:
		return QUANTIFIER_ALL;
	case QUANTIFIER_NONE:
		break;
	}
	return QUANTIFIER_NONE;
}

static bool
is_listed(const struct provisos *provisos, int formula)
{
	for (size_t i = 0; i < provisos->list.count; i++)
		if (provisos->list.items[i].formula == formula)
			return true;
	return false;
}

static bool
is_constant(int formula)
{
	return formula == FORMULA_TRUE || formula == FORMULA_FALSE;
}

static void
add(struct gatherer *gatherer, const struct test *test)
{
	struct provisos *provisos = gatherer->provisos;
	int formula = encode_test(gatherer->imprint->request, test);

	if (!is_constant(formula) && !is_listed(provisos, formula))
		*list_add(gatherer->arena, &provisos->list) =
		    (struct proviso){ .imprint = gatherer->imprint,
		    .test = *test, .formula = formula };
}

static bool
is_null(const struct test *test)
{
	return test->use.operator == OPERATOR_Null;
}

/* As it is, or with IfExists. */
static void
add_of_strength(struct gatherer *gatherer, struct test test,
    enum strength strength)
{
	bool weak;

	test.use.canonical = true;
	test.use.if_exists = false;
	weak = test.use.quantifier == QUANTIFIER_ALL || (operator_facts(
	    test.use.operator)->negated && test.use.quantifier ==
	    QUANTIFIER_NONE);
	if (weak == (strength == STRENGTH_WEAK))
		add(gatherer, &test);
	test.use.if_exists = true;
	if (!weak && strength == STRENGTH_WEAK)
		add(gatherer, &test);
}

/* The reverse of `less than any of these' is of each value alone. */
static void
add_reverse(struct gatherer *gatherer, struct test test,
    enum strength strength)
{
	enum operator reverse = reverse_of(test.use.operator);
	bool negates;
	size_t count = test.count;

	if (reverse == OPERATOR_COUNT)
		return;
	negates = operator_facts(test.use.operator)->negated !=
	    operator_facts(reverse)->negated;
	test.use.operator = reverse;
	test.use.quantifier = reverse_quantifier(test.use.quantifier);
	if (negates) {
		add_of_strength(gatherer, test, strength);
		return;
	}
	for (size_t i = 0; i < count; i++, test.operands++) {
		test.count = 1;
		add_of_strength(gatherer, test, strength);
	}
}

static void
add_truths(struct gatherer *gatherer, const struct test *test,
    enum strength strength)
{
	struct test other;

	for (unsigned value = 0; value < 2; value++) {
		other = truth_test(gatherer, test->use.operator, test->key,
		    value != 0);
		other.use.quantifier = test->use.quantifier;
		add_of_strength(gatherer, other, strength);
	}
}

static void
add_presence(struct gatherer *gatherer, struct word key)
{
	for (unsigned value = 0; value < 2; value++) {
		struct test test = truth_test(gatherer, OPERATOR_Null, key,
		    value != 0);

		add(gatherer, &test);
	}
}

static void
add_kin(struct gatherer *gatherer, const struct test *test,
    enum strength strength)
{
	if (test->use.operator >= OPERATOR_COUNT)
		return;
	if (strength == STRENGTH_NULL)
		add_presence(gatherer, test->key);
	else if (is_null(test))
		return;
	else if (test->use.operator == OPERATOR_Bool)
		add_truths(gatherer, test, strength);
	if (strength == STRENGTH_NULL)
		return;
	add_of_strength(gatherer, *test, strength);
	add_reverse(gatherer, *test, strength);
}

/* What no test says: that the value is none of the operator's type. */
static void
add_negations(struct provisos *provisos, struct arena *arena)
{
	size_t plain = provisos->list.count;

	for (size_t i = 0; i < plain; i++) {
		struct proviso proviso = provisos->list.items[i];

		proviso.negated = true;
		proviso.formula = -proviso.formula;
		if (!is_listed(provisos, proviso.formula))
			*list_add(arena, &provisos->list) = proviso;
	}
}

/* What find_values() has found is told to the prover, which would have to
 * find it out. */
static void
tell_entry(struct impression *impression, const struct proviso *seed)
{
	struct supposed_request *request = seed->imprint->request;

	if (seed->entry != NULL)
		impression_know(impression, formula_iff(impression->formulas,
		    encode_substitution(request, request->resource,
		    seed->entry), encode_test(request, &seed->test)));
}

void
proviso_encode(struct provisos *provisos, struct impression *impression)
{
	for (enum strength strength = 0; strength < STRENGTH_NEGATED;
	    strength++) {
		for (size_t i = 0; i < provisos->seeds.count; i++) {
			const struct proviso *seed = &provisos->seeds.items[i];
			struct gatherer gatherer = gatherer_new(provisos,
			    impression, seed->imprint);

			add_kin(&gatherer, &seed->test, strength);
		}
		provisos->ends[strength] = provisos->list.count;
	}
	for (size_t i = 0; i < provisos->seeds.count; i++)
		tell_entry(impression, &provisos->seeds.items[i]);
	add_negations(provisos, impression->arena);
	provisos->ends[STRENGTH_NEGATED] = provisos->list.count;
}
