/* SPDX-License-Identifier: MIT */
/* Conditions: condition.c and operand.c over slots. */
#include "config.h"

#include "simulator/encode.h"

/* More variables with defaults than this in one value have no encoding. */
enum { FALLBACKS_MAX = 6 };

struct coder {
	struct supposed_request	*request;
	struct supposition	*call;
	struct formulas		*formulas;
	struct universe		*universe;
};

static struct coder
coder_new(struct supposed_request *request)
{
	return (struct coder){ request, request->call,
	    request->call->formulas, request->call->universe };
}

static bool
assumed(const struct coder *coder, enum assumption assumption)
{
	return supposition_assume(coder->call, assumption) != 0;
}

static int
constant(bool value)
{
	return value ? FORMULA_TRUE : FORMULA_FALSE;
}

/* Variables. */

/* One way to read a text: which of its defaults stand in for their keys. */
struct expansion_reading {
	struct coder			 coder;
	const struct substitution	*substitution;
	unsigned			 absent;	/* bit by bit, of those
							 * with a default */
};

/* Its key is there or not, and it has a default for when it is not. */
static bool
has_choice(const struct fragment *fragment)
{
	return fragment->variable && !fragment->multivalued &&
	    fragment->fallback.text != NULL;
}

static struct piece
plain_piece(const struct expansion_reading *reading, struct word text,
    bool symbols)
{
	struct arena *arena = reading->coder.call->arena;
	struct piece piece = { .variable = false };

	piece.pattern = symbols ? pattern_of_symbols(arena, text.text,
	    text.length) : (struct pattern){ .symbols = text.text,
	    .length = text.length };
	return piece;
}

static struct piece
variable_piece(const struct expansion_reading *reading,
    const struct fragment *fragment)
{
	struct supposed_key *key = supposition_key(reading->coder.request,
	    fragment->text);

	return (struct piece){ .variable = true, .slot = key->slots[0],
	    .confined = fragment->confined };
}

/* VAR-4: the default of a key with several values stands while there is none
 * of them, or always, by assumption. */
static int
falls_back(const struct expansion_reading *reading,
    const struct fragment *fragment)
{
	const struct coder *coder = &reading->coder;

	if (fragment->multivalued && assumed(coder, ASSUME_var_4))
		return FORMULA_TRUE;
	return -supposition_key(coder->request, fragment->text)->present;
}

/* Under this reading: the keys are there or not as it says, and the text is
 * what then comes of it. */
static int
encode_reading(const struct expansion_reading *reading, size_t slot)
{
	const struct substitution *substitution = reading->substitution;
	const struct coder *coder = &reading->coder;
	struct piece *pieces = arena_array(coder->call->arena,
	    substitution->count, sizeof(*pieces));
	int holds = FORMULA_TRUE;
	unsigned bit = 0;

	for (size_t i = 0; i < substitution->count; i++) {
		const struct fragment *fragment = &substitution->fragments[i];
		bool absent = has_choice(fragment) ?
		    (reading->absent >> bit++ & 1) != 0 :
		    fragment->multivalued;

		if (!fragment->variable) {
			pieces[i] = plain_piece(reading, fragment->text,
			    substitution->use.like);
			continue;
		}
		if (!absent) {
			pieces[i] = variable_piece(reading, fragment);
			continue;
		}
		holds = formula_and(coder->formulas, holds,
		    falls_back(reading, fragment));
		pieces[i] = plain_piece(reading, fragment->fallback, false);
	}
	return formula_and(coder->formulas, holds, universe_template(
	    coder->universe, slot, pieces, substitution->count,
	    substitution->use.folded));
}

/* The slot is a piece of its own text: then only the value itself fits, and
 * what stands around it must be empty. */
static bool
is_own_piece(const struct coder *coder, const struct substitution *text,
    size_t slot)
{
	for (size_t i = 0; i < text->count; i++) {
		const struct fragment *fragment = &text->fragments[i];

		if (fragment->variable && !fragment->multivalued &&
		    supposition_key(coder->request, fragment->text)->slots[0]
		    == slot)
			return true;
	}
	return false;
}

static int
give_up(struct coder *coder, const char *why)
{
	if (coder->call->unsupported == NULL)
		coder->call->unsupported = why;
	return FORMULA_FALSE;
}

/* VAR-5: a key with several values, and no default in their place. */
static bool
is_unresolved(const struct substitution *substitution)
{
	for (size_t i = 0; i < substitution->count; i++) {
		const struct fragment *fragment = &substitution->fragments[i];

		if (fragment->multivalued && fragment->fallback.text == NULL)
			return true;
	}
	return false;
}

/* What a value would do to the text around it, by assumption, is not known
 * before there is one: VAR-7, COND-24. */
static const char *
find_active_value(const struct coder *coder,
    const struct substitution *substitution)
{
	bool variable = false, confined = false;

	for (size_t i = 0; i < substitution->count; i++) {
		const struct fragment *fragment = &substitution->fragments[i];

		variable |= fragment->variable;
		confined |= fragment->variable && fragment->confined;
	}
	if (variable && substitution->use.like &&
	    assumed(coder, ASSUME_var_7))
		return "the prover reads a wildcard in the value of a "
		    "variable as a character (var-7)";
	if (confined && assumed(coder, ASSUME_cond_24))
		return "the prover lets no value of a variable begin a field "
		    "of an ARN (cond-24)";
	return NULL;
}

int
encode_substitution(struct supposed_request *request, size_t slot,
    const struct substitution *substitution)
{
	struct expansion_reading reading = { coder_new(request),
	    substitution, 0 };
	struct coder *coder = &reading.coder;
	const char *active;
	unsigned fallbacks = 0;
	int any = FORMULA_FALSE;

	if (substitution->never || is_unresolved(substitution))
		return FORMULA_FALSE;
	active = find_active_value(coder, substitution);
	if (active != NULL)
		return give_up(coder, active);
	for (size_t i = 0; i < substitution->count; i++)
		fallbacks += has_choice(&substitution->fragments[i]);
	if (fallbacks > FALLBACKS_MAX)
		return give_up(coder, "a value has many variables with "
		    "defaults");
	if (is_own_piece(coder, substitution, slot))
		return substitution->count == 1 ? universe_slot(
		    coder->universe, slot)->presence :
		    give_up(coder, "a key is compared with its own value");
	for (; reading.absent < 1u << fallbacks; reading.absent++)
		any = formula_or(coder->formulas, any,
		    encode_reading(&reading, slot));
	return any;
}

/* Operands: one function for each pair of type and comparison. */

static int
encode_pattern(struct coder *coder, size_t slot,
    const struct operand *operand)
{
	if (operand->variable != NULL)
		return encode_substitution(coder->request, slot,
		    operand->variable);
	return universe_match(coder->universe, slot, &operand->as.pattern);
}

static int
encode_literal(struct coder *coder, size_t slot,
    const struct operand *operand, bool folded)
{
	if (operand->variable != NULL)
		return encode_substitution(coder->request, slot,
		    operand->variable);
	return universe_equal(coder->universe, slot, operand->as.literal,
	    folded);
}

static int
encode_STRING_equals(struct coder *coder, size_t slot,
    const struct operand *operand)
{
	return encode_literal(coder, slot, operand, false);
}

static int
encode_STRING_equals_folded(struct coder *coder, size_t slot,
    const struct operand *operand)
{
	return encode_literal(coder, slot, operand, true);
}

static int
encode_STRING_like(struct coder *coder, size_t slot,
    const struct operand *operand)
{
	return encode_pattern(coder, slot, operand);
}

/* COND-23: six fields, the first of them `arn'. */
static int
is_arn(struct coder *coder, size_t slot)
{
	static const char symbols[] = { 'a', 'r', 'n', ':',
	    (char)PATTERN_ANY_FIELD, ':', (char)PATTERN_ANY_FIELD, ':',
	    (char)PATTERN_ANY_FIELD, ':', (char)PATTERN_ANY_FIELD, ':',
	    (char)PATTERN_ANY };
	const struct pattern pattern = pattern_of_symbols(coder->call->arena,
	    symbols, sizeof(symbols));

	return universe_match(coder->universe, slot, &pattern);
}

static int
encode_ARN_like(struct coder *coder, size_t slot,
    const struct operand *operand)
{
	return formula_and(coder->formulas, is_arn(coder, slot),
	    encode_pattern(coder, slot, operand));
}

static int
encode_number(struct coder *coder, size_t slot,
    const struct operand *operand, enum relation relation)
{
	return universe_number(coder->universe, slot, relation,
	    &operand->as.number);
}

static int
encode_NUMBER_equals(struct coder *coder, size_t slot,
    const struct operand *operand)
{
	return encode_number(coder, slot, operand, RELATION_EQUAL);
}

static int
encode_NUMBER_less(struct coder *coder, size_t slot,
    const struct operand *operand)
{
	return encode_number(coder, slot, operand, RELATION_LESS);
}

static int
encode_NUMBER_less_equals(struct coder *coder, size_t slot,
    const struct operand *operand)
{
	return encode_number(coder, slot, operand, RELATION_AT_MOST);
}

static int
encode_NUMBER_greater(struct coder *coder, size_t slot,
    const struct operand *operand)
{
	return encode_number(coder, slot, operand, RELATION_MORE);
}

static int
encode_NUMBER_greater_equals(struct coder *coder, size_t slot,
    const struct operand *operand)
{
	return encode_number(coder, slot, operand, RELATION_AT_LEAST);
}

/* The universe reads the slot's text by the same choice. */
static int
encode_date(struct coder *coder, size_t slot,
    const struct operand *operand, enum relation relation)
{
	supposition_note(coder->call, ASSUME_cond_15);
	return universe_date(coder->universe, slot, relation,
	    &operand->as.date);
}

static int
encode_DATE_equals(struct coder *coder, size_t slot,
    const struct operand *operand)
{
	return encode_date(coder, slot, operand, RELATION_EQUAL);
}

static int
encode_DATE_less(struct coder *coder, size_t slot,
    const struct operand *operand)
{
	return encode_date(coder, slot, operand, RELATION_LESS);
}

static int
encode_DATE_less_equals(struct coder *coder, size_t slot,
    const struct operand *operand)
{
	return encode_date(coder, slot, operand, RELATION_AT_MOST);
}

static int
encode_DATE_greater(struct coder *coder, size_t slot,
    const struct operand *operand)
{
	return encode_date(coder, slot, operand, RELATION_MORE);
}

static int
encode_DATE_greater_equals(struct coder *coder, size_t slot,
    const struct operand *operand)
{
	return encode_date(coder, slot, operand, RELATION_AT_LEAST);
}

static int
encode_BOOL_equals(struct coder *coder, size_t slot,
    const struct operand *operand)
{
	int reads = universe_reads(coder->universe, slot, VALUE_BOOL);
	int value;

	if (operand->variable != NULL)
		return formula_and(coder->formulas, reads,
		    encode_substitution(coder->request, slot,
		    operand->variable));
	value = universe_true(coder->universe, slot);
	return formula_and(coder->formulas, reads,
	    operand->as.boolean ? value : -value);
}

static int
encode_BINARY_equals(struct coder *coder, size_t slot,
    const struct operand *operand)
{
	return universe_equal(coder->universe, slot, operand->text, false);
}

static int
encode_IP_within(struct coder *coder, size_t slot,
    const struct operand *operand)
{
	supposition_note(coder->call, ASSUME_cond_20);
	return universe_within(coder->universe, slot, &operand->as.cidr);
}

/* Null looks at no value: null_holds() is all of it. */
static int
encode_PRESENCE_equals(struct coder *coder, size_t slot,
    const struct operand *operand)
{
	int present = universe_slot(coder->universe, slot)->presence;

	return operand->as.boolean ? -present : present;
}

static int (*const encode[OPERATOR_COUNT])(struct coder *, size_t,
    const struct operand *) = {
#define OPERATOR(name, value, comparison, negated)			\
	[OPERATOR_##name] = encode_##value##_##comparison,
#include "policy/operators.def"
#undef OPERATOR
};

/* Tests. */

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
	return test->use.canonical || !assumed(coder, ASSUME_cond_2);
}

/* GRAM-36 */
static bool
empty_holds(const struct coder *coder, const struct test *test)
{
	return facts_of(test)->negated || assumed(coder, ASSUME_gram_36);
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
		return test->use.if_exists && !assumed(coder, ASSUME_cond_6);
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
			parts[count++] = encode[test->use.operator](coder,
			    slot, &test->operands[i]);
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
		return assumed(coder, ASSUME_cond_23) ? is_arn(coder, slot) :
		    FORMULA_TRUE;
	if (assumed(coder, ASSUME_cond_9))
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
	return key->multivalued && assumed(coder, ASSUME_cond_34);
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
	if (assumed(coder, ASSUME_cond_7))
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
