/* SPDX-License-Identifier: MIT */
/*
 * Operands: operand.c over slots, one function for each pair of type and
 * comparison.
 */
#include "config.h"

#include "simulator/encode_coder.h"

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

int
coder_is_arn(struct coder *coder, size_t slot)
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
	return formula_and(coder->formulas, coder_is_arn(coder, slot),
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

int
encode_operand(struct coder *coder, enum operator operator, size_t slot,
    const struct operand *operand)
{
	return encode[operator](coder, slot, operand);
}
