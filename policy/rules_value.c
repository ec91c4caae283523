/* SPDX-License-Identifier: MIT */
/*
 * Values against the operator that compares them: of the right type, of one
 * type, and each of some use.  What a value means to its key is asked in
 * rules_identifier.c and rules_network_value.c, wildcards in
 * rules_wildcard.c.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "policy/rules.h"
#include "policy/wording.h"

enum { LIST_SHORT = 16 };

static enum value_type
type_of(const struct condition *condition)
{
	return condition_facts(condition)->type;
}

static const char *
kind_name(const struct node *value)
{
	switch (value->kind) {
	case NODE_BOOLEAN:
		return "a boolean";
	case NODE_NUMBER:
		return "a number";
	case NODE_STRING:
		return "a string";
	case NODE_NULL:
	case NODE_ARRAY:
	case NODE_OBJECT:
		break;
	}
	return "no value";
}

static void
invalid_condition_data_type(struct check *check,
    const struct condition *condition)
{
	const struct node *first, *other;
	struct finding *finding;

	for (size_t i = 1; i < condition->count; i++) {
		first = condition->values[0];
		other = condition->values[i];
		if (first->kind == other->kind)
			continue;
		finding = check_complain_of(check, other,
		    "the values of `%.*s` begin with %s, but this one is %s",
		    (int)condition->node->key_length, condition->node->key,
		    kind_name(first), kind_name(other));
		check_help(check, finding, "write all of them as strings");
		return;
	}
}

/* Under a set prefix each value of a list is asked for, so both may do. */
static void
invalid_condition_multiple_boolean(struct check *check,
    const struct condition *condition)
{
	enum value_type type = type_of(condition);

	if (condition->count < 2 ||
	    (type != VALUE_BOOL && type != VALUE_PRESENCE) ||
	    condition->use.quantifier != QUANTIFIER_NONE ||
	    !condition_has(condition, "true") ||
	    !condition_has(condition, "false"))
		return;
	check_complain_of(check, condition->node, type == VALUE_PRESENCE ?
	    "`%.*s` is either there or not, so the test is always true" :
	    "whatever `%.*s` is, one of the two values matches",
	    (int)condition->node->key_length, condition->node->key);
}

static void
type_mismatch_boolean(struct check *check, const struct condition *condition,
    const struct node *value)
{
	enum value_type type = type_of(condition);
	bool ignored;

	if ((type != VALUE_BOOL && type != VALUE_PRESENCE) ||
	    bool_read(value->text, value->length, &ignored) ||
	    wording_value_is_open(value))
		return;
	check_complain_of(check, value,
	    "`%.*s` is neither `true` nor `false`, so it never matches",
	    (int)value->length, value->text);
}

static void
type_mismatch_number(struct check *check, const struct condition *condition,
    const struct node *value)
{
	struct number ignored;

	if (type_of(condition) != VALUE_NUMBER ||
	    number_read(value->text, value->length, &ignored) ||
	    wording_value_is_open(value))
		return;
	check_complain_of(check, value,
	    "`%.*s` is no number, so the test is never true",
	    (int)value->length, value->text);
}

static void
type_mismatch_date(struct check *check, const struct condition *condition,
    const struct node *value)
{
	struct finding *finding;
	struct date ignored;

	if (type_of(condition) != VALUE_DATE ||
	    date_read(value->text, value->length, false, &ignored) ||
	    wording_value_is_open(value))
		return;
	finding = check_complain_of(check, value,
	    "`%.*s` is no date, so the test is never true",
	    (int)value->length, value->text);
	check_help(check, finding, "write it as `2030-01-31T00:00:00Z`");
}

static void
type_mismatch_string(struct check *check, const struct condition *condition,
    const struct node *value)
{
	const uint8_t *bytes;
	size_t count;

	if (type_of(condition) != VALUE_BINARY ||
	    base64_read(check->subject->arena, value->text, value->length,
	    &bytes, &count) || wording_value_is_open(value))
		return;
	check_complain_of(check, value,
	    "`%.*s` is not base64, so it never matches", (int)value->length,
	    value->text);
}

/* COND-15: digits are seconds, also where a year was meant.  aws:EpochTime
 * itself is written so. */
static void
invalid_date_value(struct check *check, const struct condition *condition,
    const struct node *value)
{
	struct finding *finding;
	struct date date;

	if (type_of(condition) != VALUE_DATE ||
	    condition_is_on(condition, "aws:EpochTime") ||
	    !date_read(value->text, value->length, false, &date) ||
	    !date.epoch)
		return;
	finding = check_complain_of(check, value,
	    "`%.*s` is read as seconds since 1970, which may be another "
	    "time than meant", (int)value->length, value->text);
	check_help(check, finding, "write it as `2030-01-31T00:00:00Z`");
}

static bool
is_inequality(enum comparison comparison)
{
	return comparison == COMPARISON_less ||
	    comparison == COMPARISON_less_equals ||
	    comparison == COMPARISON_greater ||
	    comparison == COMPARISON_greater_equals;
}

/* The first value that any of the others only repeats or narrows. */
static const struct node *
find_deciding(const struct condition *condition, bool least)
{
	const struct node *best = NULL;
	struct number best_number = { .negative = false }, number;

	for (size_t i = 0; i < condition->count; i++) {
		const struct node *value = condition->values[i];
		int order;

		if (!number_read(value->text, value->length, &number))
			return NULL;
		order = best == NULL ? 0 : number_compare(&number,
		    &best_number);
		if (best == NULL || (least ? order < 0 : order > 0)) {
			best = value;
			best_number = number;
		}
	}
	return best;
}

static void
redundant_condition_value_num(struct check *check,
    const struct condition *condition)
{
	const struct operator_facts *facts = condition_facts(condition);
	const struct node *deciding;

	if (condition->count < 2 || facts->type != VALUE_NUMBER ||
	    !is_inequality(facts->comparison))
		return;
	deciding = find_deciding(condition,
	    facts->comparison == COMPARISON_greater ||
	    facts->comparison == COMPARISON_greater_equals);
	if (deciding == NULL)
		return;
	check_complain_of(check, condition->node,
	    "any of the values may hold, so `%.*s` alone decides",
	    (int)deciding->length, deciding->text);
}

/* Short lists, nearly all there are, are not worth sorting. */
static bool
may_repeat(const struct condition *condition)
{
	if (condition->count > LIST_SHORT)
		return true;
	for (size_t i = 1; i < condition->count; i++)
		for (size_t j = 0; j < i; j++)
			if (node_has_text_of(condition->values[i],
			    condition->values[j]))
				return true;
	return false;
}

static void
redundant_condition_value(struct check *check,
    const struct condition *condition)
{
	const struct node **values, *first;
	struct finding *finding;

	if (!may_repeat(condition))
		return;
	values = arena_array(check->subject->arena, condition->count,
	    sizeof(*values));
	memcpy(values, condition->values, condition->count * sizeof(*values));
	qsort(values, condition->count, sizeof(*values), node_compare_texts);
	first = values[0];
	for (size_t i = 1; i < condition->count; i++) {
		if (!node_has_text_of(first, values[i])) {
			first = values[i];
			continue;
		}
		finding = check_complain_of(check, values[i],
		    "`%.*s` is in the list twice", (int)first->length,
		    first->text);
		report_relate(check->report, finding, first->span,
		    "the other one");
	}
}

#define STATEMENT(CONDITION)						\
	"{'Effect':'Allow','Action':'s3:ListBucket','Resource':'*',"	\
	"'Condition':" CONDITION "}"

const struct rule value_rules[] = {
	{
		.complaint = {
			.id = "invalid-condition-data-type",
			.severity = SEVERITY_ERROR,
			.says = "the values of one condition key are of "
			    "several JSON types",
			.why = "AWS refuses a list that mixes strings, "
			    "numbers and booleans.  Write all of them as "
			    "strings.",
			.aa = "INVALID_CONDITION_DATA_TYPE",
			.fires_on = STATEMENT("{'NumericEquals':"
			    "{'s3:max-keys':['10',20]}}"),
			.quiet_on = STATEMENT("{'NumericEquals':"
			    "{'s3:max-keys':['10','20']}}"),
		},
		.layers = LAYERS_ALL,
		.condition = invalid_condition_data_type,
	},
	{
		.complaint = {
			.id = "invalid-condition-multiple-boolean",
			.severity = SEVERITY_ERROR,
			.says = "both true and false are listed, so one "
			    "always matches",
			.why = "The values of a key are alternatives.  With "
			    "both of them the test says nothing.  Keep the "
			    "one that is meant.",
			.aa = "INVALID_CONDITION_MULTIPLE_BOOLEAN",
			.fires_on = STATEMENT("{'Bool':"
			    "{'aws:SecureTransport':['true','false']}}"),
			.quiet_on = STATEMENT("{'Bool':"
			    "{'aws:SecureTransport':['true']}}"),
		},
		.layers = LAYERS_ALL,
		.condition = invalid_condition_multiple_boolean,
	},
	{
		.complaint = {
			.id = "type-mismatch-boolean",
			.severity = SEVERITY_WARNING,
			.says = "a value under Bool or Null is neither true "
			    "nor false",
			.why = "Nothing but true and false can match there.  "
			    "An Allow grants nothing, a Deny never bites.",
			.aa = "TYPE_MISMATCH_BOOLEAN",
			.fires_on = STATEMENT(
			    "{'Bool':{'aws:SecureTransport':'yes'}}"),
			.quiet_on = STATEMENT(
			    "{'Bool':{'aws:SecureTransport':'true'}}"),
		},
		.layers = LAYERS_ALL,
		.value = type_mismatch_boolean,
	},
	{
		.complaint = {
			.id = "type-mismatch-number",
			.severity = SEVERITY_WARNING,
			.says = "a value under a Numeric operator is no "
			    "number",
			.why = "What is no number compares with none: the "
			    "test is never true.  Write digits, with a sign "
			    "and a fraction where wanted.",
			.aa = "TYPE_MISMATCH_NUMBER",
			.fires_on = STATEMENT(
			    "{'NumericEquals':{'s3:max-keys':'ten'}}"),
			.quiet_on = STATEMENT(
			    "{'NumericEquals':{'s3:max-keys':'10'}}"),
		},
		.layers = LAYERS_ALL,
		.value = type_mismatch_number,
	},
	{
		.complaint = {
			.id = "type-mismatch-date",
			.severity = SEVERITY_WARNING,
			.says = "a value under a Date operator is no date",
			.why = "What is no date compares with none: the test "
			    "is never true.  Write an ISO 8601 date.",
			.aa = "TYPE_MISMATCH_DATE",
			.fires_on = STATEMENT(
			    "{'DateLessThan':{'aws:CurrentTime':'soon'}}"),
			.quiet_on = STATEMENT("{'DateLessThan':"
			    "{'aws:CurrentTime':'2030-01-31T00:00:00Z'}}"),
		},
		.layers = LAYERS_ALL,
		.value = type_mismatch_date,
	},
	{
		.complaint = {
			.id = "type-mismatch-string",
			.severity = SEVERITY_WARNING,
			.says = "a value under BinaryEquals is not base64",
			.why = "BinaryEquals compares the bytes that both "
			    "sides decode to.  What does not decode never "
			    "matches.",
			.aa = "TYPE_MISMATCH_STRING",
			.fires_on = STATEMENT(
			    "{'BinaryEquals':{'aws:userid':'%%'}}"),
			.quiet_on = STATEMENT(
			    "{'BinaryEquals':{'aws:userid':'QmluYXJ5'}}"),
		},
		.layers = LAYERS_ALL,
		.value = type_mismatch_string,
	},
	{
		.complaint = {
			.id = "invalid-date-value",
			.severity = SEVERITY_WARNING,
			.says = "a date is written as a bare number",
			.why = "A bare number is read as seconds since 1970, "
			    "so 2030 is half an hour after midnight of New "
			    "Year 1970.  Write an ISO 8601 date.",
			.aa = "INVALID_DATE_VALUE",
			.fires_on = STATEMENT("{'DateLessThan':"
			    "{'aws:CurrentTime':'1893456000'}}"),
			.quiet_on = STATEMENT("{'DateLessThan':"
			    "{'aws:CurrentTime':'2030-01-01T00:00:00Z'}}"),
		},
		.layers = LAYERS_ALL,
		.value = invalid_date_value,
	},
	{
		.complaint = {
			.id = "redundant-condition-value-num",
			.severity = SEVERITY_NOTE,
			.says = "of several numbers under an inequality one "
			    "decides",
			.why = "The values of a key are alternatives, so "
			    "less than 5 or less than 9 is less than 9.  Keep "
			    "the one that decides.",
			.aa = "REDUNDANT_CONDITION_VALUE_NUM",
			.fires_on = STATEMENT("{'NumericLessThan':"
			    "{'s3:max-keys':['5','9']}}"),
			.quiet_on = STATEMENT("{'NumericEquals':"
			    "{'s3:max-keys':['5','9']}}"),
		},
		.layers = LAYERS_ALL,
		.condition = redundant_condition_value_num,
	},
	{
		.complaint = {
			.id = "redundant-condition-value",
			.severity = SEVERITY_NOTE,
			.says = "a value stands twice in one list",
			.why = "The second one changes nothing.  Often "
			    "another value was meant.",
			.fires_on = STATEMENT("{'StringEquals':"
			    "{'aws:username':['kim','kim']}}"),
			.quiet_on = STATEMENT("{'StringEquals':"
			    "{'aws:username':['kim','lee']}}"),
		},
		.layers = LAYERS_ALL,
		.condition = redundant_condition_value,
	},
	{ .complaint = { .id = NULL } }
};
