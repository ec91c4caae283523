/* SPDX-License-Identifier: MIT */
/* COND-1 to COND-35, one (operator, key) test at a time. */
#include "config.h"

#include "testcases/reference_condition.h"
#include "testcases/reference_value.h"

enum family {
	FAMILY_STRING_EQUALS,
	FAMILY_STRING_EQUALS_IGNORE_CASE,
	FAMILY_STRING_LIKE,
	FAMILY_ARN,
	FAMILY_BOOL,
	FAMILY_BINARY,
	FAMILY_ADDRESS,
	FAMILY_NUMERIC,
	FAMILY_DATE,
	FAMILY_NULL
};

/* For numbers and dates: which orders of (context, policy) will do. */
enum {
	LESS = 1,
	EQUAL = 2,
	GREATER = 4
};

enum set {
	SET_NONE,
	SET_ALL,
	SET_ANY
};

struct base {
	const char	*name;
	enum family	 family;
	bool		 negated;	/* COND-5 */
	unsigned	 orders;
};

/* COND-2.  The orders of a negated operator are those of its positive twin. */
static const struct base bases[] = {
	{ "StringEquals", FAMILY_STRING_EQUALS, false, 0 },
	{ "StringNotEquals", FAMILY_STRING_EQUALS, true, 0 },
	{ "StringEqualsIgnoreCase", FAMILY_STRING_EQUALS_IGNORE_CASE, false,
	    0 },
	{ "StringNotEqualsIgnoreCase", FAMILY_STRING_EQUALS_IGNORE_CASE, true,
	    0 },
	{ "StringLike", FAMILY_STRING_LIKE, false, 0 },
	{ "StringNotLike", FAMILY_STRING_LIKE, true, 0 },
	{ "NumericEquals", FAMILY_NUMERIC, false, EQUAL },
	{ "NumericNotEquals", FAMILY_NUMERIC, true, EQUAL },
	{ "NumericLessThan", FAMILY_NUMERIC, false, LESS },
	{ "NumericLessThanEquals", FAMILY_NUMERIC, false, LESS | EQUAL },
	{ "NumericGreaterThan", FAMILY_NUMERIC, false, GREATER },
	{ "NumericGreaterThanEquals", FAMILY_NUMERIC, false,
	    GREATER | EQUAL },
	{ "DateEquals", FAMILY_DATE, false, EQUAL },
	{ "DateNotEquals", FAMILY_DATE, true, EQUAL },
	{ "DateLessThan", FAMILY_DATE, false, LESS },
	{ "DateLessThanEquals", FAMILY_DATE, false, LESS | EQUAL },
	{ "DateGreaterThan", FAMILY_DATE, false, GREATER },
	{ "DateGreaterThanEquals", FAMILY_DATE, false, GREATER | EQUAL },
	{ "Bool", FAMILY_BOOL, false, 0 },
	{ "BinaryEquals", FAMILY_BINARY, false, 0 },
	{ "IpAddress", FAMILY_ADDRESS, false, 0 },
	{ "NotIpAddress", FAMILY_ADDRESS, true, 0 },
	{ "ArnEquals", FAMILY_ARN, false, 0 },
	{ "ArnLike", FAMILY_ARN, false, 0 },
	{ "ArnNotEquals", FAMILY_ARN, true, 0 },
	{ "ArnNotLike", FAMILY_ARN, true, 0 },
	{ "Null", FAMILY_NULL, false, 0 },
};

struct operator {
	const struct base	*base;
	enum set		 set;
	bool			 if_exists;
};

/* One (operator, key) pair. */
struct test {
	const struct reference_scope	*scope;
	struct operator			 operator;
	struct reference_strings	 wanted;	/* of the policy */
	struct reference_strings	 values;	/* of the context */
	bool				 multivalued;	/* COND-33 */
};

static bool
takes(const struct test *test, enum assumption assumption)
{
	return reference_takes(test->scope->choices, assumption);
}

/* Reading. */

static const struct base *
find_base(struct reference_string name, bool exact)
{
	for (size_t i = 0; i < sizeof(bases) / sizeof(bases[0]); i++)
		if (exact ? reference_string_is(name, bases[i].name) :
		    reference_string_is_folded(name, bases[i].name))
			return &bases[i];
	return NULL;
}

static bool
ends_exactly(struct reference_string name, const char *end)
{
	struct reference_string wanted = reference_string_new(end);

	return name.length >= wanted.length && reference_strings_equal(
	    reference_string_rest(name, name.length - wanted.length), wanted);
}

static struct reference_string
take_set(struct reference_string name, enum set *set, bool exact)
{
	*set = SET_NONE;
	if (exact && !reference_string_begins(name, "ForAllValues:") &&
	    !reference_string_begins(name, "ForAnyValue:"))
		return name;
	if (reference_string_begins_folded(name, "ForAllValues:"))
		*set = SET_ALL;
	else if (reference_string_begins_folded(name, "ForAnyValue:"))
		*set = SET_ANY;
	else
		return name;
	return reference_string_rest(name,
	    reference_string_find(name, ':', 0) + 1);
}

/* COND-2: letters in any case, unless `exact'.  False for an unknown operator
 * (COND-3). */
static bool
find_operator(struct reference_string name, bool exact,
    struct operator *operator)
{
	name = take_set(name, &operator->set, exact);
	operator->if_exists = exact ? ends_exactly(name, "IfExists") :
	    reference_string_ends_folded(name, "IfExists");
	if (operator->if_exists)
		name = reference_string_first(name, name.length - 8);
	operator->base = find_base(name, exact);
	if (operator->base == NULL)
		return false;
	/* COND-4: Null takes no IfExists. */
	return operator->base->family != FAMILY_NULL || !operator->if_exists;
}

/* GRAM-9, GRAM-11 */
static struct reference_strings
read_wanted(struct arena *arena, const struct node *node)
{
	struct reference_strings wanted = { NULL, 0, 0 };
	const struct node *item;

	if (node->kind != NODE_ARRAY) {
		*list_add(arena, &wanted) = reference_string_get(node);
		return wanted;
	}
	for (item = node->first; item != NULL; item = item->next)
		*list_add(arena, &wanted) = reference_string_get(item);
	return wanted;
}

/* One policy value against one context value, as the positive operator. */

static bool
string_equals(const struct test *test, struct reference_string wanted,
    struct reference_string value)
{
	struct reference_pattern pattern = reference_pattern_expand_literally(
	    test->scope, wanted);

	return reference_pattern_match(test->scope->arena, &pattern, value);
}

/* COND-11 */
static bool
string_equals_ignore_case(const struct test *test,
    struct reference_string wanted, struct reference_string value)
{
	struct reference_pattern pattern = reference_pattern_expand_literally(
	    test->scope, wanted);

	for (size_t i = 0; i < pattern.count; i++) {
		struct reference_symbol *symbol = &pattern.items[i];

		if (symbol->character >= 'A' && symbol->character <= 'Z')
			symbol->character += 'a' - 'A';
	}
	return reference_pattern_match(test->scope->arena, &pattern,
	    reference_string_fold(test->scope->arena, value));
}

/* COND-12 */
static bool
string_like(const struct test *test, struct reference_string wanted,
    struct reference_string value)
{
	struct reference_pattern pattern = reference_pattern_expand(
	    test->scope, wanted);

	return reference_pattern_match(test->scope->arena, &pattern, value);
}

/*
 * VAR-8: variables are expanded under Bool.  Spells the expanded pattern out
 * again; an unresolved one gives no truth.
 */
static bool
read_wanted_truth(const struct test *test, struct reference_string wanted,
    bool *truth)
{
	struct reference_pattern pattern = reference_pattern_expand_literally(
	    test->scope, wanted);
	char *spelled = arena_alloc(test->scope->arena, pattern.count + 1);

	if (takes(test, ASSUME_var_8))
		return reference_truth_read(wanted, truth);
	if (pattern.unresolved)
		return false;
	for (size_t i = 0; i < pattern.count; i++)
		spelled[i] = pattern.items[i].character < 0x80 ?
		    (char)pattern.items[i].character : '?';
	return reference_truth_read(
	    (struct reference_string){ spelled, pattern.count }, truth);
}

/* COND-17 */
static bool
is_truth(const struct test *test, struct reference_string wanted,
    struct reference_string value)
{
	bool a, b;

	return read_wanted_truth(test, wanted, &a) &&
	    reference_truth_read(value, &b) && a == b;
}

/* COND-18 */
static bool
binary_equals(const struct test *test, struct reference_string wanted,
    struct reference_string value)
{
	struct reference_string a, b;

	return reference_bytes_read(test->scope->arena, wanted, &a) &&
	    reference_bytes_read(test->scope->arena, value, &b) &&
	    reference_strings_equal(a, b);
}

/* COND-19 */
static bool
is_inside(const struct test *test, struct reference_string wanted,
    struct reference_string value)
{
	const struct assumptions *choices = test->scope->choices;
	struct reference_network network, address;

	return reference_network_read(wanted, choices, &network) &&
	    reference_address_read(value, choices, &address) &&
	    reference_network_covers(&network, &address);
}

/* COND-14: the context value stands on the left. */
static bool
is_ordered(const struct test *test, const struct reference_number *wanted,
    const struct reference_number *value)
{
	int order = reference_numbers_order(value, wanted);
	unsigned found = order < 0 ? LESS : order > 0 ? GREATER : EQUAL;

	return (test->operator.base->orders & found) != 0;
}

static bool
number_is_ordered(const struct test *test, struct reference_string wanted,
    struct reference_string value)
{
	struct reference_number a, b;

	return reference_number_read(wanted, &a) &&
	    reference_number_read(value, &b) && is_ordered(test, &a, &b);
}

static bool
date_is_ordered(const struct test *test, struct reference_string wanted,
    struct reference_string value)
{
	const struct assumptions *choices = test->scope->choices;
	struct arena *arena = test->scope->arena;
	struct reference_number a, b;

	return reference_date_read(arena, wanted, choices, &a) &&
	    reference_date_read(arena, value, choices, &b) &&
	    is_ordered(test, &a, &b);
}

static bool
value_matches(const struct test *test, struct reference_string wanted,
    struct reference_string value)
{
	switch (test->operator.base->family) {
	case FAMILY_STRING_EQUALS:
		return string_equals(test, wanted, value);
	case FAMILY_STRING_EQUALS_IGNORE_CASE:
		return string_equals_ignore_case(test, wanted, value);
	case FAMILY_STRING_LIKE:
		return string_like(test, wanted, value);
	case FAMILY_ARN:
		return reference_pattern_match_arn(test->scope, wanted, value);
	case FAMILY_BOOL:
		return is_truth(test, wanted, value);
	case FAMILY_BINARY:
		return binary_equals(test, wanted, value);
	case FAMILY_ADDRESS:
		return is_inside(test, wanted, value);
	case FAMILY_NUMERIC:
		return number_is_ordered(test, wanted, value);
	case FAMILY_DATE:
		return date_is_ordered(test, wanted, value);
	case FAMILY_NULL:
		break;
	}
	return false;
}

/* COND-9: what a negated operator of these types cannot read; COND-23: of
 * ARNs, only by assumption and in the request. */
static bool
is_readable(const struct test *test, struct reference_string text,
    bool is_wanted)
{
	const struct assumptions *choices = test->scope->choices;
	struct reference_network network;
	struct reference_number number;

	if (test->operator.base->family == FAMILY_ARN)
		return is_wanted || !takes(test, ASSUME_cond_23) ||
		    reference_arn_read(text).whole;
	if (takes(test, ASSUME_cond_9))
		return true;
	switch (test->operator.base->family) {
	case FAMILY_NUMERIC:
		return reference_number_read(text, &number);
	case FAMILY_DATE:
		return reference_date_read(test->scope->arena, text, choices,
		    &number);
	case FAMILY_ADDRESS:
		return is_wanted ?
		    reference_network_read(text, choices, &network) :
		    reference_address_read(text, choices, &network);
	case FAMILY_STRING_EQUALS:
	case FAMILY_STRING_EQUALS_IGNORE_CASE:
	case FAMILY_STRING_LIKE:
	case FAMILY_ARN:
	case FAMILY_BOOL:
	case FAMILY_BINARY:
	case FAMILY_NULL:
		break;
	}
	return true;
}

static bool
has_mismatch(const struct test *test)
{
	for (size_t i = 0; i < test->wanted.count; i++)
		if (!is_readable(test, test->wanted.items[i], true))
			return true;
	for (size_t i = 0; i < test->values.count; i++)
		if (!is_readable(test, test->values.items[i], false))
			return true;
	return false;
}

/* COND-1: OR over the policy values, or NOR under a negated operator. */
static bool
holds_for_value(const struct test *test, struct reference_string value)
{
	bool negated = test->operator.base->negated;

	for (size_t i = 0; i < test->wanted.count; i++)
		if (value_matches(test, test->wanted.items[i], value))
			return !negated;
	return negated;
}

/* COND-28 */
static bool
holds_for_all(const struct test *test)
{
	for (size_t i = 0; i < test->values.count; i++)
		if (!holds_for_value(test, test->values.items[i]))
			return false;
	return true;
}

/* COND-29; the single value of a test without a set prefix is such a set. */
static bool
holds_for_any(const struct test *test)
{
	for (size_t i = 0; i < test->values.count; i++)
		if (holds_for_value(test, test->values.items[i]))
			return true;
	return false;
}

/* COND-6.  IfExists is asked first: it makes no exception for sets. */
static bool
holds_when_absent(const struct test *test)
{
	const struct operator *operator = &test->operator;

	if (operator->set == SET_ANY && takes(test, ASSUME_cond_6))
		return false;
	if (operator->if_exists || operator->set == SET_ALL)
		return true;
	if (operator->set == SET_ANY)
		return false;
	/* GRAM-36, of a key that is absent. */
	return operator->base->negated || (test->wanted.count == 0 &&
	    takes(test, ASSUME_gram_36));
}

/* GRAM-36, of a key that is present. */
static bool
holds_without_wanted(const struct test *test)
{
	const struct operator *operator = &test->operator;

	if (operator->if_exists || operator->set != SET_NONE)
		return false;
	return operator->base->negated || takes(test, ASSUME_gram_36);
}

/* COND-7: the only value is the empty string. */
static bool
is_null_set(const struct test *test)
{
	return test->values.count == 1 && test->values.items[0].length == 0;
}

/*
 * COND-26; COND-4: a set prefix is ignored.  The letters count here, for
 * only Bool is said to be read without regard to them (COND-17).
 */
static bool
null_holds(const struct test *test)
{
	bool absent = test->values.count == 0 || (is_null_set(test) &&
	    takes(test, ASSUME_cond_7));

	if (test->wanted.count == 0)
		return takes(test, ASSUME_gram_36);
	for (size_t i = 0; i < test->wanted.count; i++)
		if (reference_string_is(test->wanted.items[i],
		    absent ? "true" : "false"))
			return true;
	return false;
}

static bool
test_holds(const struct test *test)
{
	const struct operator *operator = &test->operator;

	if (operator->base->family == FAMILY_NULL)
		return null_holds(test);
	/* Before COND-9: an absent key is compared with nothing. */
	if (test->values.count == 0)
		return holds_when_absent(test);
	if (operator->set == SET_ALL && is_null_set(test))
		return true;			/* COND-7 */
	/* COND-34, whatever the operator, so before GRAM-36.  Two values of
	 * a key that should have one are as bad. */
	if (operator->set == SET_NONE && test->values.count > 1)
		return false;
	if (operator->set == SET_NONE && test->multivalued &&
	    takes(test, ASSUME_cond_34))
		return false;
	if (test->wanted.count == 0)
		return holds_without_wanted(test);
	if (operator->base->negated && has_mismatch(test))
		return false;			/* COND-9 */
	return operator->set == SET_ALL ? holds_for_all(test) :
	    holds_for_any(test);
}

/* COND-1: AND over the keys of one operator. */
static bool
operator_holds(const struct reference_scope *scope,
    const struct node *member)
{
	struct test test = { .scope = scope };
	const struct node *key;

	/* GRAM-35: an operator without keys is no condition.  COND-3: an
	 * unknown operator is false; of a nonsense name without keys nothing
	 * is asked. */
	for (key = member->first; key != NULL; key = key->next) {
		if (!find_operator(reference_string_key(member),
		    takes(&test, ASSUME_cond_2), &test.operator))
			return false;
		test.multivalued = reference_facts_multivalued(scope->facts,
		    scope->arena, reference_string_key(key));
		test.wanted = read_wanted(scope->arena, key);
		test.values = reference_context_get(scope->arena,
		    scope->context, reference_string_key(key));
		if (!test_holds(&test))
			return false;
	}
	return true;
}

bool
reference_condition_holds(const struct reference_scope *scope,
    const struct node *condition)
{
	const struct node *member;

	if (condition == NULL)
		return true;
	for (member = condition->first; member != NULL; member = member->next)
		if (!operator_holds(scope, member))
			return false;
	return true;
}
