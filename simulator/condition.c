/* SPDX-License-Identifier: MIT */
/*
 * Tests of context keys: lists of values, sets, negation and absence, which
 * are the same whatever the operator compares.
 */
#include "config.h"

#include "simulator/condition.h"

static void
compile_test(const struct operand_reader *reader, struct test *test,
    const struct condition *condition)
{
	struct operand *operands = arena_array(reader->arena,
	    condition->count, sizeof(*operands));

	test->source = condition;
	test->use = condition->use;
	test->key = (struct word){ condition->node->key,
	    condition->node->key_length };
	test->hash = key_hash(test->key.text, test->key.length);
	test->multivalued = key_is_multivalued(reader->catalog, test->key);
	if (!condition_is_known(condition))
		return;
	for (size_t i = 0; i < condition->count; i++)
		operands[i] = operand_read(reader, condition_facts(condition),
		    word_of_node(condition->values[i]));
	test->operands = operands;
	test->count = condition->count;
}

const struct test *
condition_compile(struct arena *arena, const struct catalog *catalog,
    const struct policy *policy, const struct statement *statement,
    const struct assumptions *assumptions)
{
	const struct operand_reader reader = {
		.arena = arena,
		.catalog = catalog,
		.assumptions = assumptions,
		.variables = policy->version == VERSION_2012,
	};
	struct test *tests = arena_array(arena, statement->condition_count,
	    sizeof(*tests));

	for (size_t i = 0; i < statement->condition_count; i++)
		compile_test(&reader, &tests[i], &statement->conditions[i]);
	return tests;
}

static const struct operator_facts *
test_facts(const struct test *test)
{
	return operator_facts(test->use.operator);
}

/* Some value of the policy is met. */
static enum truth
meets_any(const struct test *test, const struct given *given)
{
	enum truth met = TRUTH_FALSE;

	for (size_t i = 0; i < test->count && met != TRUTH_TRUE; i++)
		met = truth_or(met, operand_meets(&test->operands[i],
		    test->use.operator, given));
	return met;
}

/* OR of the policy's values, NOR for a negated operator (COND-1). */
static enum truth
value_holds(const struct test *test, struct word value,
    const struct scope *scope)
{
	struct given given = given_read(scope, test_facts(test)->type, value);
	enum truth met = meets_any(test, &given);

	return test_facts(test)->negated ? truth_not(met) : met;
}

/*
 * The operators that there are.  Null takes no IfExists (COND-4); whether
 * other capitals than AWS's do is open (COND-2).
 */
static bool
is_operator(const struct test *test, const struct scope *scope)
{
	if (test->use.operator == OPERATOR_COUNT ||
	    (test->use.operator == OPERATOR_Null && test->use.if_exists))
		return false;
	return test->use.canonical || scope_assume(scope, ASSUME_cond_2) == 0;
}

/* An empty list of values, without IfExists and set prefix (GRAM-36). */
static enum truth
empty_holds(const struct test *test, const struct scope *scope)
{
	return truth_of(test_facts(test)->negated ||
	    scope_assume(scope, ASSUME_gram_36) != 0);
}

/* COND-6 and COND-27 to COND-29. */
static enum truth
absence_holds(const struct test *test, const struct scope *scope)
{
	switch (test->use.quantifier) {
	case QUANTIFIER_ALL:
		return TRUTH_TRUE;
	case QUANTIFIER_ANY:
		return truth_of(test->use.if_exists &&
		    scope_assume(scope, ASSUME_cond_6) == 0);
	case QUANTIFIER_NONE:
		break;
	}
	if (test->use.if_exists)
		return TRUTH_TRUE;
	return test->count == 0 ? empty_holds(test, scope) :
	    truth_of(test_facts(test)->negated);
}

static bool
is_plain(const struct test *test)
{
	return test->use.quantifier == QUANTIFIER_NONE &&
	    !test->use.if_exists;
}

/* Some value of the policy is one that a key can have. */
static bool
has_valid_operand(const struct test *test)
{
	for (size_t i = 0; i < test->count; i++) {
		const struct operand *operand = &test->operands[i];

		if (operand->valid && (operand->variable == NULL ||
		    !operand->variable->never))
			return true;
	}
	return false;
}

/*
 * The key is there, with who knows what, once or several times.  One empty
 * text is a null set (COND-7), and several values fail without a set prefix
 * (COND-34), so only what is false of all of these has one answer.
 */
static enum truth
anything_holds(const struct test *test, const struct scope *scope)
{
	if (test->use.quantifier == QUANTIFIER_ALL)
		return TRUTH_UNKNOWN;
	if (test->count == 0)
		return is_plain(test) && empty_holds(test, scope) !=
		    TRUTH_FALSE ? TRUTH_UNKNOWN : TRUTH_FALSE;
	return test_facts(test)->negated || has_valid_operand(test) ?
	    TRUTH_UNKNOWN : TRUTH_FALSE;
}

/* COND-26, COND-4: set prefixes change nothing. */
static enum truth
null_holds(const struct test *test, const struct context_key *key,
    const struct scope *scope)
{
	struct given given = { .scope = scope, .readable = true };
	enum truth present, absent;

	if (test->count == 0)
		return empty_holds(test, scope);
	absent = meets_any(test, &given);
	given.present = true;
	present = meets_any(test, &given);
	if (present == absent)
		return present;
	if (context_key_is_unknown(key) && !key->there)
		return TRUTH_UNKNOWN;
	if (!context_key_is_present(key) && !key->there)
		return absent;
	if (key->count == 1 && key->values[0].length == 0 &&
	    scope_assume(scope, ASSUME_cond_7) != 0)
		return absent;
	return present;
}

/* What a negated operator makes of a value that is not of its type. */
static bool
accepts_mismatch(const struct test *test, bool of_request,
    const struct scope *scope)
{
	if (test_facts(test)->type != VALUE_ARN)
		return scope_assume(scope, ASSUME_cond_9) != 0;
	return !of_request || scope_assume(scope, ASSUME_cond_23) == 0;
}

/*
 * A negated operator asserts nothing when a value on either side is not of
 * its type: neither "equal" nor "not equal" (COND-9, COND-23).
 */
static bool
is_mismatch(const struct test *test, const struct context_key *key,
    const struct scope *scope)
{
	enum value_type type = test_facts(test)->type;

	if (!test_facts(test)->negated || type == VALUE_STRING)
		return false;
	for (size_t i = 0; i < test->count; i++)
		if (!test->operands[i].valid &&
		    !accepts_mismatch(test, false, scope))
			return true;
	for (size_t i = 0; i < key->count; i++)
		if (!given_read(scope, type, key->values[i]).readable &&
		    !accepts_mismatch(test, true, scope))
			return true;
	return false;
}

/*
 * Several values under no set prefix are false, whatever the operator; by
 * assumption one is, of a key that may have several (COND-34).
 */
static bool
lacks_prefix(const struct test *test, const struct context_key *key,
    const struct scope *scope)
{
	return test->use.quantifier == QUANTIFIER_NONE && (key->count > 1 ||
	    (test->multivalued && scope_assume(scope, ASSUME_cond_34) != 0));
}

/* COND-28: of every value; COND-29: of at least one. */
static enum truth
set_holds(const struct test *test, const struct context_key *key,
    const struct scope *scope)
{
	bool all = test->use.quantifier == QUANTIFIER_ALL;
	enum truth holds = truth_of(all);

	for (size_t i = 0; i < key->count; i++) {
		enum truth one = value_holds(test, key->values[i], scope);

		holds = all ? truth_and(holds, one) : truth_or(holds, one);
	}
	return holds;
}

static enum truth
presence_holds(const struct test *test, const struct context_key *key,
    const struct scope *scope)
{
	if (lacks_prefix(test, key, scope))
		return TRUTH_FALSE;
	if (test->count == 0)
		return is_plain(test) ? empty_holds(test, scope) : TRUTH_FALSE;
	if (is_mismatch(test, key, scope))
		return TRUTH_FALSE;
	return test->use.quantifier == QUANTIFIER_NONE ?
	    value_holds(test, key->values[0], scope) :
	    set_holds(test, key, scope);
}

/* One of the values that it can have, if these are known. */
static enum truth
some_value_holds(const struct test *test, const struct context_key *key,
    const struct scope *scope)
{
	struct context_key one = *key;
	enum truth holds = TRUTH_UNKNOWN;

	if (key->count == 0)
		return anything_holds(test, scope);
	one.count = 1;
	for (size_t i = 0; i < key->count; i++, one.values++) {
		enum truth next = presence_holds(test, &one, scope);

		if (i > 0 && next != holds)
			return TRUTH_UNKNOWN;
		holds = next;
	}
	return holds;
}

static enum truth
unknown_holds(const struct test *test, const struct context_key *key,
    const struct scope *scope)
{
	enum truth present = some_value_holds(test, key, scope);
	enum truth absent;

	if (key->there)
		return present;
	absent = absence_holds(test, scope);
	return present == absent ? absent : TRUTH_UNKNOWN;
}

/* COND-7: under ForAllValues, one empty string is a null set. */
static bool
is_null_set(const struct test *test, const struct context_key *key)
{
	return test->use.quantifier == QUANTIFIER_ALL && key->count == 1 &&
	    key->values[0].length == 0;
}

enum truth
test_holds(const struct test *test, const struct scope *scope)
{
	const struct context_key *key;

	if (!is_operator(test, scope))
		return TRUTH_FALSE;
	key = request_key(scope->request, test->key.text, test->key.length,
	    test->hash);
	if (test->use.operator == OPERATOR_Null)
		return null_holds(test, key, scope);
	if (context_key_is_unknown(key))
		return unknown_holds(test, key, scope);
	if (!context_key_is_present(key) || is_null_set(test, key))
		return absence_holds(test, scope);
	return presence_holds(test, key, scope);
}
