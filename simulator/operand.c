/* SPDX-License-Identifier: MIT */
/*
 * Reading values as their operators want them, and one function for each
 * pair of value type and comparison that operators.def names: a row without
 * its function does not compile.
 */
#include "config.h"

#include <string.h>

#include "policy/arn.h"
#include "simulator/operand.h"

enum { BARE_V6 = 128, BARE_V6_SHORT = 32 };

/* Reading the values of a policy. */

/* Follows an assumption on behalf of every test with this operand. */
static bool
follow(const struct operand_reader *reader, struct operand *operand,
    enum assumption assumption)
{
	operand->rests |= (assumption_set)1 << assumption;
	return reader->assumptions->choice[assumption] != 0;
}

static bool
has_variables(const struct operand_reader *reader,
    const struct operand *operand)
{
	return reader->variables && substitution_occurs(operand->text);
}

/* What is left of a text whose only ${...} were VAR-3's. */
static struct word
only_fragment(const struct substitution *substitution)
{
	return substitution->count == 0 ? (struct word){ "", 0 } :
	    substitution->fragments[0].text;
}

static void
read_literal(const struct operand_reader *reader, struct operand *operand,
    bool folded)
{
	const struct substitution_use use = { .folded = folded };
	const struct substitution *substitution;

	operand->valid = true;
	operand->as.literal = operand->text;
	if (!has_variables(reader, operand))
		return;
	substitution = substitution_read(reader->arena, reader->catalog,
	    operand->text, use);
	if (substitution->variables > 0)
		operand->variable = substitution;
	else
		operand->as.literal = only_fragment(substitution);
}

static void
read_pattern(const struct operand_reader *reader, struct operand *operand,
    bool arn)
{
	const struct substitution_use use = { .like = true, .arn = arn };
	const struct substitution *substitution;
	struct word symbols;

	substitution = substitution_read(reader->arena, reader->catalog,
	    operand->text, use);
	/* the fields may depend on the variables: COND-24 */
	operand->valid = !arn || substitution->variables > 0 ||
	    substitution->fields == ARN_FIELD_COUNT;
	if (substitution->variables > 0) {
		operand->variable = substitution;
		return;
	}
	symbols = only_fragment(substitution);
	operand->as.pattern = pattern_of_symbols(reader->arena,
	    symbols.text, symbols.length);
}

static void
read_like(const struct operand_reader *reader, struct operand *operand)
{
	struct word text = operand->text;

	if (has_variables(reader, operand)) {
		read_pattern(reader, operand, false);
		return;
	}
	operand->valid = true;
	operand->as.pattern = pattern_read(reader->arena, text.text,
	    text.length);
}

static void
read_arn(const struct operand_reader *reader, struct operand *operand)
{
	struct word text = operand->text;

	if (has_variables(reader, operand)) {
		read_pattern(reader, operand, true);
		return;
	}
	operand->valid = arn_split(text.text, text.length).count ==
	    ARN_FIELD_COUNT;
	operand->as.pattern = arn_condition_read(reader->arena, text.text,
	    text.length);
}

static bool
is_four_digits(struct word text)
{
	if (text.length != 4)
		return false;
	for (size_t i = 0; i < text.length; i++)
		if (text.text[i] < '0' || text.text[i] > '9')
			return false;
	return true;
}

static void
read_date(const struct operand_reader *reader, struct operand *operand)
{
	bool years = is_four_digits(operand->text) &&
	    follow(reader, operand, ASSUME_cond_15);

	operand->valid = date_read(operand->text.text, operand->text.length,
	    years, &operand->as.date);
}

static void
read_range(const struct operand_reader *reader, struct operand *operand)
{
	struct cidr *cidr = &operand->as.cidr;
	struct word text = operand->text;

	operand->valid = cidr_read(text.text, text.length, BARE_V6, cidr);
	if (!operand->valid)
		return;
	if (cidr->v6 && !cidr->has_prefix &&
	    follow(reader, operand, ASSUME_cond_19))
		cidr_read(text.text, text.length, BARE_V6_SHORT, cidr);
	if (cidr_is_mapped(cidr) && follow(reader, operand, ASSUME_cond_20))
		cidr_unmap(cidr);
}

/* VAR-8: AWS's pages differ on variables under Bool. */
static void
read_bool(const struct operand_reader *reader, struct operand *operand)
{
	struct word text = operand->text;

	if (!has_variables(reader, operand) ||
	    follow(reader, operand, ASSUME_var_8)) {
		operand->valid = bool_read(text.text, text.length,
		    &operand->as.boolean);
		return;
	}
	read_literal(reader, operand, true);
	operand->valid = operand->variable != NULL;
}

static void
read_binary(const struct operand_reader *reader, struct operand *operand)
{
	const uint8_t *bytes;
	size_t count;

	operand->valid = base64_read(reader->arena, operand->text.text,
	    operand->text.length, &bytes, &count);
}

static void
read_string(const struct operand_reader *reader, struct operand *operand,
    enum comparison comparison)
{
	if (comparison == COMPARISON_like)
		read_like(reader, operand);
	else
		read_literal(reader, operand,
		    comparison == COMPARISON_equals_folded);
}

static void
read_operand(const struct operand_reader *reader, struct operand *operand,
    const struct operator_facts *facts)
{
	struct word text = operand->text;

	switch (facts->type) {
	case VALUE_STRING:
		read_string(reader, operand, facts->comparison);
		break;
	case VALUE_ARN:
		read_arn(reader, operand);
		break;
	case VALUE_NUMBER:
		operand->valid = number_read(text.text, text.length,
		    &operand->as.number);
		break;
	case VALUE_DATE:
		read_date(reader, operand);
		break;
	case VALUE_BOOL:
		read_bool(reader, operand);
		break;
	case VALUE_BINARY:
		read_binary(reader, operand);
		break;
	case VALUE_IP:
		read_range(reader, operand);
		break;
	case VALUE_PRESENCE:		/* COND-26: in these letters */
		operand->as.boolean = word_is(text, "true");
		operand->valid = operand->as.boolean || word_is(text, "false");
		break;
	}
}

struct operand
operand_read(const struct operand_reader *reader,
    const struct operator_facts *facts, struct word text)
{
	struct operand operand = { .text = text };

	read_operand(reader, &operand, facts);
	return operand;
}

/* Reading the values of a request. */

/* COND-19: a request comes from one address. */
static bool
read_address(struct given *given)
{
	struct cidr *cidr = &given->as.cidr;

	if (!cidr_read(given->text.text, given->text.length, BARE_V6, cidr) ||
	    cidr->has_prefix)
		return false;
	if (cidr_is_mapped(cidr) &&
	    scope_assume(given->scope, ASSUME_cond_20) != 0)
		cidr_unmap(cidr);
	return true;
}

static bool
read_instant(struct given *given)
{
	bool years = is_four_digits(given->text) &&
	    scope_assume(given->scope, ASSUME_cond_15) != 0;

	return date_read(given->text.text, given->text.length, years,
	    &given->as.date);
}

/* COND-23 */
static bool
is_arn(struct word text)
{
	struct arn arn = arn_split(text.text, text.length);

	return arn.count == ARN_FIELD_COUNT &&
	    arn_field_is(&arn, ARN_PREFIX, "arn");
}

static bool
read_given(struct given *given, enum value_type type)
{
	struct word text = given->text;

	switch (type) {
	case VALUE_NUMBER:
		return number_read(text.text, text.length, &given->as.number);
	case VALUE_DATE:
		return read_instant(given);
	case VALUE_BOOL:
		return bool_read(text.text, text.length, &given->as.boolean);
	case VALUE_IP:
		return read_address(given);
	case VALUE_ARN:
		return is_arn(text);
	case VALUE_STRING:
	case VALUE_BINARY:
	case VALUE_PRESENCE:
		break;
	}
	return true;
}

struct given
given_read(const struct scope *scope, enum value_type type, struct word text)
{
	struct given given = { .scope = scope, .text = text };

	given.readable = read_given(&given, type);
	return given;
}

/* Comparing; the value of the request stands on the left (COND-14). */

static enum truth
match_variable(const struct operand *operand, struct word value,
    const struct given *given)
{
	return substitution_match(operand->variable, value, 0, given->scope);
}

static enum truth
match_pattern(const struct operand *operand, const struct given *given)
{
	if (operand->variable != NULL)
		return match_variable(operand, given->text, given);
	return truth_of(pattern_match(&operand->as.pattern, given->text.text,
	    given->text.length));
}

static enum truth
compare_STRING_equals(const struct operand *operand, const struct given *given)
{
	if (operand->variable != NULL)
		return match_variable(operand, given->text, given);
	return truth_of(word_equal(operand->as.literal, given->text));
}

static enum truth
compare_STRING_equals_folded(const struct operand *operand,
    const struct given *given)
{
	if (operand->variable != NULL)
		return match_variable(operand, given->text, given);
	return truth_of(word_equal_folded(operand->as.literal, given->text));
}

static enum truth
compare_STRING_like(const struct operand *operand, const struct given *given)
{
	return match_pattern(operand, given);
}

static enum truth
compare_ARN_like(const struct operand *operand, const struct given *given)
{
	return match_pattern(operand, given);
}

static int
order_numbers(const struct operand *operand, const struct given *given)
{
	return number_compare(&given->as.number, &operand->as.number);
}

static enum truth
compare_NUMBER_equals(const struct operand *operand, const struct given *given)
{
	return truth_of(order_numbers(operand, given) == 0);
}

static enum truth
compare_NUMBER_less(const struct operand *operand, const struct given *given)
{
	return truth_of(order_numbers(operand, given) < 0);
}

static enum truth
compare_NUMBER_less_equals(const struct operand *operand,
    const struct given *given)
{
	return truth_of(order_numbers(operand, given) <= 0);
}

static enum truth
compare_NUMBER_greater(const struct operand *operand,
    const struct given *given)
{
	return truth_of(order_numbers(operand, given) > 0);
}

static enum truth
compare_NUMBER_greater_equals(const struct operand *operand,
    const struct given *given)
{
	return truth_of(order_numbers(operand, given) >= 0);
}

static int
order_dates(const struct operand *operand, const struct given *given)
{
	return date_compare(&given->as.date, &operand->as.date);
}

static enum truth
compare_DATE_equals(const struct operand *operand, const struct given *given)
{
	return truth_of(order_dates(operand, given) == 0);
}

static enum truth
compare_DATE_less(const struct operand *operand, const struct given *given)
{
	return truth_of(order_dates(operand, given) < 0);
}

static enum truth
compare_DATE_less_equals(const struct operand *operand,
    const struct given *given)
{
	return truth_of(order_dates(operand, given) <= 0);
}

static enum truth
compare_DATE_greater(const struct operand *operand, const struct given *given)
{
	return truth_of(order_dates(operand, given) > 0);
}

static enum truth
compare_DATE_greater_equals(const struct operand *operand,
    const struct given *given)
{
	return truth_of(order_dates(operand, given) >= 0);
}

static enum truth
compare_BOOL_equals(const struct operand *operand, const struct given *given)
{
	const char *word = given->as.boolean ? "true" : "false";

	if (operand->variable == NULL)
		return truth_of(operand->as.boolean == given->as.boolean);
	return match_variable(operand, (struct word){ word, strlen(word) },
	    given);
}

/* Two texts are base64 of the same bytes only when they are the same. */
static enum truth
compare_BINARY_equals(const struct operand *operand, const struct given *given)
{
	return truth_of(word_equal(operand->text, given->text));
}

static enum truth
compare_IP_within(const struct operand *operand, const struct given *given)
{
	return truth_of(cidr_covers(&operand->as.cidr, &given->as.cidr));
}

static enum truth
compare_PRESENCE_equals(const struct operand *operand,
    const struct given *given)
{
	return truth_of(operand->as.boolean != given->present);
}

static enum truth (*const compare[OPERATOR_COUNT])(const struct operand *,
    const struct given *) = {
#define OPERATOR(name, value, comparison, negated)			\
	[OPERATOR_##name] = compare_##value##_##comparison,
#include "policy/operators.def"
#undef OPERATOR
};

enum truth
operand_meets(const struct operand *operand, enum operator operator,
    const struct given *given)
{
	scope_note(given->scope, operand->rests);
	if (!operand->valid || !given->readable)
		return TRUTH_FALSE;
	return compare[operator](operand, given);
}
