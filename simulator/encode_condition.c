/* SPDX-License-Identifier: MIT */
/* Tests of conditions: condition.c over slots. */
#include "config.h"

#include "simulator/encode_coder.h"

static int
constant(bool value)
{
	return value ? FORMULA_TRUE : FORMULA_FALSE;
}

static const struct operator_facts *
facts_of(const struct test *test)
{
	return operator_facts(test->use.operator);
}

/* The operators that there are; see condition.c. */
static bool
is_operator(const struct coder *coder, const struct test *test)
{
	if (test->use.operator == OPERATOR_COUNT ||
	    (test->use.operator == OPERATOR_Null && test->use.if_exists))
		return false;
	return test->use.canonical || !coder_assumes(coder, ASSUME_cond_2);
}

/* GRAM-36 */
static bool
empty_holds(const struct coder *coder, const struct test *test)
{
	return facts_of(test)->negated || coder_assumes(coder, ASSUME_gram_36);
}

static bool
is_plain(const struct test *test)
{
	return test->use.quantifier == QUANTIFIER_NONE &&
	    !test->use.if_exists;
}

/* COND-6 and COND-27 to COND-29. */
static bool
absence_holds(const struct coder *coder, const struct test *test)
{
	switch (test->use.quantifier) {
	case QUANTIFIER_ALL:
		return true;
	case QUANTIFIER_ANY:
		return test->use.if_exists &&
		    !coder_assumes(coder, ASSUME_cond_6);
	case QUANTIFIER_NONE:
		break;
	}
	if (test->use.if_exists)
		return true;
	return test->count == 0 ? empty_holds(coder, test) :
	    facts_of(test)->negated;
}

/* Some value of the policy is met. */
static int
meets_any(struct coder *coder, const struct test *test, size_t slot)
{
	int *parts = arena_array(coder->call->arena, test->count,
	    sizeof(*parts));
	size_t count = 0;

	for (size_t i = 0; i < test->count; i++) {
		*coder->call->rests |= test->operands[i].rests;
		if (test->operands[i].valid)
			parts[count++] = encode_operand(coder,
			    test->use.operator, slot,
			    &test->operands[i]);
	}
	return formula_any(coder->formulas, parts, count);
}

/* The slot's text is of the operator's type, where a negated operator wants
 * it to be (COND-9, COND-23). */
static int
fits_type(struct coder *coder, const struct test *test, size_t slot)
{
	enum value_type type = facts_of(test)->type;

	if (!facts_of(test)->negated || type == VALUE_STRING)
		return FORMULA_TRUE;
	if (type == VALUE_ARN)
		return coder_assumes(coder, ASSUME_cond_23) ?
		    coder_is_arn(coder, slot) : FORMULA_TRUE;
	if (coder_assumes(coder, ASSUME_cond_9))
		return FORMULA_TRUE;
	for (size_t i = 0; i < test->count; i++)
		if (!test->operands[i].valid)
			return FORMULA_FALSE;
	return universe_reads(coder->universe, slot, type);
}

/* OR of the policy's values, NOR for a negated operator (COND-1). */
static int
value_holds(struct coder *coder, const struct test *test, size_t slot)
{
	int met = meets_any(coder, test, slot);

	return facts_of(test)->negated ? -met : met;
}

static int
presence_of(const struct coder *coder, size_t slot)
{
	return universe_slot(coder->universe, slot)->presence;
}

/* This slot has the key's only value. */
static int
is_only(struct coder *coder, const struct supposed_key *key, size_t index)
{
	int *parts = arena_array(coder->call->arena, key->count,
	    sizeof(*parts));

	for (size_t i = 0; i < key->count; i++) {
		int present = presence_of(coder, key->slots[i]);

		parts[i] = i == index ? present : -present;
	}
	return formula_all(coder->formulas, parts, key->count);
}

/* By assumption no key that may have several values meets a plain test, how
 * many it has or not (COND-34). */
static bool
lacks_prefix(struct coder *coder, const struct supposed_key *key)
{
	return key->multivalued && coder_assumes(coder, ASSUME_cond_34);
}

/* Without set prefix: only what has one value can hold (COND-34). */
static int
single_holds(struct coder *coder, const struct test *test,
    const struct supposed_key *key)
{
	int any = FORMULA_FALSE;

	if (lacks_prefix(coder, key))
		return FORMULA_FALSE;
	for (size_t i = 0; i < key->count; i++)
		any = formula_or(coder->formulas, any, formula_and(
		    coder->formulas, is_only(coder, key, i),
		    value_holds(coder, test, key->slots[i])));
	return any;
}

/* COND-28: of every value; COND-29: of at least one. */
static int
set_holds(struct coder *coder, const struct test *test,
    const struct supposed_key *key)
{
	bool all = test->use.quantifier == QUANTIFIER_ALL;
	int holds = constant(all);

	for (size_t i = 0; i < key->count; i++) {
		int present = presence_of(coder, key->slots[i]);
		int one = value_holds(coder, test, key->slots[i]);

		holds = all ? formula_and(coder->formulas, holds,
		    formula_implies(coder->formulas, present, one)) :
		    formula_or(coder->formulas, holds,
		    formula_and(coder->formulas, present, one));
	}
	return holds;
}

/* GRAM-36, of a key that is there: several values meet no plain test. */
static int
empty_list_holds(struct coder *coder, const struct test *test,
    const struct supposed_key *key)
{
	int any = FORMULA_FALSE;

	if (!is_plain(test) || !empty_holds(coder, test) ||
	    lacks_prefix(coder, key))
		return FORMULA_FALSE;
	for (size_t i = 0; i < key->count; i++)
		any = formula_or(coder->formulas, any,
		    is_only(coder, key, i));
	return any;
}

/* Of a key that is there. */
static int
presence_holds(struct coder *coder, const struct test *test,
    const struct supposed_key *key)
{
	int holds;

	if (test->count == 0)
		return empty_list_holds(coder, test, key);
	holds = test->use.quantifier == QUANTIFIER_NONE ?
	    single_holds(coder, test, key) : set_holds(coder, test, key);
	for (size_t i = 0; i < key->count; i++)
		holds = formula_and(coder->formulas, holds, formula_implies(
		    coder->formulas, presence_of(coder, key->slots[i]),
		    fits_type(coder, test, key->slots[i])));
	return holds;
}

/* COND-7: its only value is the empty string. */
static int
is_empty(struct coder *coder, const struct supposed_key *key)
{
	int any = FORMULA_FALSE;

	for (size_t i = 0; i < key->count; i++)
		any = formula_or(coder->formulas, any, formula_and(
		    coder->formulas, is_only(coder, key, i),
		    supposition_text(coder->call, key->slots[i], "")));
	return any;
}

/* COND-26, COND-4: set prefixes change nothing. */
static int
null_holds(struct coder *coder, const struct test *test,
    const struct supposed_key *key)
{
	int present = key->present;
	bool when_absent = false, when_present = false;

	if (test->count == 0)
		return constant(empty_holds(coder, test));
	if (coder_assumes(coder, ASSUME_cond_7))
		present = formula_and(coder->formulas, present,
		    -is_empty(coder, key));
	for (size_t i = 0; i < test->count; i++)
		if (test->operands[i].valid) {
			when_absent |= test->operands[i].as.boolean;
			when_present |= !test->operands[i].as.boolean;
		}
	return formula_or(coder->formulas, constant(when_absent &&
	    when_present), formula_or(coder->formulas,
	    formula_and(coder->formulas, constant(when_present), present),
	    formula_and(coder->formulas, constant(when_absent), -present)));
}

int
encode_test(struct supposed_request *request, const struct test *test)
{
	struct coder coder = coder_new(request);
	struct supposed_key *key = supposition_key(request, test->key);
	int absent = -key->present;

	if (!is_operator(&coder, test))
		return FORMULA_FALSE;
	if (test->use.operator == OPERATOR_Null)
		return null_holds(&coder, test, key);
	if (test->use.quantifier == QUANTIFIER_ALL)
		absent = formula_or(coder.formulas, absent,
		    is_empty(&coder, key));
	return formula_or(coder.formulas,
	    formula_and(coder.formulas, absent,
	    constant(absence_holds(&coder, test))),
	    formula_and(coder.formulas, -absent,
	    presence_holds(&coder, test, key)));
}
