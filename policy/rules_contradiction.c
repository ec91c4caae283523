/* SPDX-License-Identifier: MIT */
/*
 * Tests that can never be true together, and tests that always are, as far as
 * two of them side by side show it.  A doubt is silence: variables, values
 * that cannot be read and keys with several values are not reasoned about.
 */
#include "config.h"

#include "policy/absence.h"
#include "policy/caller.h"
#include "policy/rules.h"
#include "policy/variable.h"
#include "policy/wording.h"

enum {
	NEIGHBOURS_MAX = 100,		/* keys before it that one is held
					 * against: more than AWS stores */
	VALUE_PAIRS_MAX = 4096
};

/* Two tests of one key. */
struct pair {
	struct check			*check;
	const struct condition		*a, *b;
};

static bool
is_positive(const struct condition *condition)
{
	return !condition_facts(condition)->negated;
}

/* The request must lack the key. */
static bool
needs_absence(const struct condition *condition)
{
	return condition->use.operator == OPERATOR_Null &&
	    condition_has_only(condition, "true");
}

/* One reading of a value as text: what it may match, or more than that. */
static struct pattern
read_text(const struct pair *pair, const struct condition *condition,
    const struct node *value, bool folded)
{
	struct arena *arena = pair->check->subject->arena;

	if (condition_facts(condition)->type == VALUE_ARN)
		return arn_condition_read(arena, value->text, value->length);
	return folded ?
	    pattern_read_folded(arena, value->text, value->length) :
	    pattern_read(arena, value->text, value->length);
}

static bool
ignores_case(const struct condition *condition)
{
	return condition_facts(condition)->comparison ==
	    COMPARISON_equals_folded;
}

/* What it matches is certain; COND-23 leaves short ARNs open. */
static bool
is_certain(const struct condition *condition, const struct node *value)
{
	if (variable_occurs(value->text, value->length) ||
	    node_has_placeholder(value))
		return false;
	return condition_facts(condition)->type != VALUE_ARN ||
	    arn_split(value->text, value->length).count == ARN_FIELD_COUNT;
}

static bool
texts_meet(const struct pair *pair, const struct node *a,
    const struct node *b)
{
	bool folded = ignores_case(pair->a) || ignores_case(pair->b);
	struct pattern left, right;

	/* an ARN is not read folded */
	if (folded && (condition_facts(pair->a)->type == VALUE_ARN ||
	    condition_facts(pair->b)->type == VALUE_ARN))
		return true;
	if (!is_certain(pair->a, a) || !is_certain(pair->b, b))
		return true;
	left = read_text(pair, pair->a, a, folded);
	right = read_text(pair, pair->b, b, folded);
	return pattern_overlaps(&left, &right);
}

/* Whether there is a value of that order to both: x `a' va and x `b' vb. */
static bool
orders_meet(enum comparison a, enum comparison b, int order)
{
	bool below_a = a == COMPARISON_less || a == COMPARISON_less_equals;
	bool below_b = b == COMPARISON_less || b == COMPARISON_less_equals;
	bool open = a == COMPARISON_less || a == COMPARISON_greater ||
	    b == COMPARISON_less || b == COMPARISON_greater;

	if (a == COMPARISON_equals && b == COMPARISON_equals)
		return order == 0;
	if (a != COMPARISON_equals && b != COMPARISON_equals &&
	    below_a == below_b)
		return true;
	if (order == 0)
		return !open;
	/* a value between the two bounds */
	return below_a || (b != COMPARISON_equals && !below_b) ?
	    order > 0 : order < 0;
}

static bool
numbers_meet(const struct pair *pair, const struct node *a,
    const struct node *b)
{
	struct number left, right;

	if (!number_read(a->text, a->length, &left) ||
	    !number_read(b->text, b->length, &right))
		return true;
	return orders_meet(condition_facts(pair->a)->comparison,
	    condition_facts(pair->b)->comparison,
	    number_compare(&left, &right));
}

static bool
dates_meet(const struct pair *pair, const struct node *a,
    const struct node *b)
{
	struct date left, right;

	if (!date_read(a->text, a->length, false, &left) ||
	    !date_read(b->text, b->length, false, &right))
		return true;
	return orders_meet(condition_facts(pair->a)->comparison,
	    condition_facts(pair->b)->comparison,
	    date_compare(&left, &right));
}

static bool
bools_meet(const struct pair *pair, const struct node *a,
    const struct node *b)
{
	bool left, right;

	(void)pair;
	return !bool_read(a->text, a->length, &left) ||
	    !bool_read(b->text, b->length, &right) || left == right;
}

static bool
ranges_meet(const struct pair *pair, const struct node *a,
    const struct node *b)
{
	struct cidr left, right;

	(void)pair;
	return !cidr_read(a->text, a->length, 128, &left) ||
	    !cidr_read(b->text, b->length, 128, &right) ||
	    cidr_covers(&left, &right) || cidr_covers(&right, &left);
}

typedef bool values_meet(const struct pair *, const struct node *,
    const struct node *);

static bool
is_of_text(const struct condition *condition)
{
	enum value_type type = condition_facts(condition)->type;

	return type == VALUE_STRING || type == VALUE_ARN;
}

/* How values of the two are compared; NULL when they are not. */
static values_meet *
find_comparison(const struct pair *pair)
{
	enum value_type type = condition_facts(pair->a)->type;

	if (is_of_text(pair->a) && is_of_text(pair->b))
		return texts_meet;
	if (condition_facts(pair->b)->type != type)
		return NULL;
	if (type == VALUE_NUMBER)
		return numbers_meet;
	if (type == VALUE_DATE)
		return dates_meet;
	if (type == VALUE_BOOL)
		return bools_meet;
	return type == VALUE_IP ? ranges_meet : NULL;
}

/* No value that the one lists is one that the other lists. */
static bool
are_disjoint(const struct pair *pair)
{
	values_meet *meet = find_comparison(pair);

	if (meet == NULL || pair->a->count == 0 || pair->b->count == 0 ||
	    pair->a->partial || pair->b->partial)
		return false;
	for (size_t i = 0; i < pair->a->count; i++)
		for (size_t j = 0; j < pair->b->count; j++)
			if (meet(pair, pair->a->values[i],
			    pair->b->values[j]))
				return false;
	return true;
}

/* The value, which is certain, stands for one text and no other. */
static bool
is_single(const struct condition *condition, const struct node *value)
{
	return condition_facts(condition)->type == VALUE_STRING &&
	    !ignores_case(condition) &&
	    (condition_facts(condition)->comparison == COMPARISON_equals ||
	    !wording_value_is_wild(value));
}

/* All texts that the value stands for are. */
static bool
text_is_excepted(const struct pair *pair, const struct node *value,
    const struct node *excepted)
{
	struct pattern inner, outer;

	if (!is_certain(pair->a, value) || !is_certain(pair->b, excepted))
		return false;
	if (condition_facts(pair->b)->comparison == COMPARISON_equals)
		return is_single(pair->a, value) &&
		    node_has_text_of(value, excepted);
	inner = read_text(pair, pair->a, value, ignores_case(pair->a));
	outer = read_text(pair, pair->b, excepted, ignores_case(pair->b));
	return pattern_covers(&outer, &inner);
}

static bool
range_is_excepted(const struct node *value, const struct node *excepted)
{
	struct cidr inner, outer;

	return cidr_read(value->text, value->length, 128, &inner) &&
	    cidr_read(excepted->text, excepted->length, 128, &outer) &&
	    cidr_covers(&outer, &inner);
}

/* Both want the value as it is: the one to be it, the other not. */
static bool
are_opposite(const struct pair *pair)
{
	const struct operator_facts *a = condition_facts(pair->a);
	const struct operator_facts *b = condition_facts(pair->b);

	return a->type == b->type && a->comparison == COMPARISON_equals &&
	    b->comparison == COMPARISON_equals;
}

/* Whatever a variable stands for, it is the same in both. */
static bool
is_same_text(const struct pair *pair, const struct node *value)
{
	for (size_t i = 0; i < pair->b->count; i++)
		if (node_has_text_of(value, pair->b->values[i]))
			return true;
	return false;
}

/* The negated test excepts that value of the positive one. */
static bool
is_excepted(const struct pair *pair, const struct node *value)
{
	bool ranges = condition_facts(pair->a)->type == VALUE_IP;

	if (are_opposite(pair) && is_same_text(pair, value))
		return true;
	for (size_t i = 0; i < pair->b->count; i++)
		if (ranges ? range_is_excepted(value, pair->b->values[i]) :
		    text_is_excepted(pair, value, pair->b->values[i]))
			return true;
	return false;
}

static bool
all_are_excepted(const struct pair *pair)
{
	if (!are_opposite(pair) &&
	    !(is_of_text(pair->a) && is_of_text(pair->b)) &&
	    !(condition_facts(pair->a)->type == VALUE_IP &&
	    condition_facts(pair->b)->type == VALUE_IP))
		return false;
	for (size_t i = 0; i < pair->a->count; i++)
		if (!is_excepted(pair, pair->a->values[i]))
			return false;
	return pair->a->count > 0 && !pair->a->partial;
}

static bool
is_single_valued(const struct condition *condition)
{
	return condition->use.quantifier == QUANTIFIER_NONE &&
	    condition->use.operator != OPERATOR_Null;
}

/* Both list values, and the key is there. */
static bool
values_contradict(struct check *check, const struct condition *a,
    const struct condition *b)
{
	struct pair pair = { check, a, b };

	if (!is_single_valued(a) || !is_single_valued(b) ||
	    a->count > VALUE_PAIRS_MAX / (b->count + 1) ||
	    (!condition_demands(a) && !condition_demands(b)))
		return false;
	if (is_positive(a) && is_positive(b))
		return are_disjoint(&pair);
	if (is_positive(b))
		pair = (struct pair){ check, b, a };
	return is_positive(pair.a) && all_are_excepted(&pair);
}

static bool
presence_contradicts(const struct condition *a, const struct condition *b)
{
	return (needs_absence(a) && condition_needs_key(b)) ||
	    (needs_absence(b) && condition_needs_key(a));
}

/* A test before this one that cannot be true with it; or NULL. */
static const struct condition *
find_contradiction(struct check *check, const struct condition *condition)
{
	const struct condition *first = check->statement->conditions;

	for (size_t i = 0; i < NEIGHBOURS_MAX; i++) {
		const struct condition *other = condition - 1 - i;

		if (condition - first <= (ptrdiff_t)i)
			return NULL;
		if (condition_is_known(other) &&
		    node_has_key_of(other->node, condition->node) &&
		    (presence_contradicts(other, condition) ||
		    values_contradict(check, other, condition)))
			return other;
	}
	return NULL;
}

static void
contradictory_conditions(struct check *check,
    const struct condition *condition)
{
	const struct condition *other = find_contradiction(check, condition);
	const struct node *key = condition->node;
	struct finding *finding;

	if (other == NULL)
		return;
	finding = check_complain_of_key(check, key, "no `%.*s` passes both "
	    "`%.*s` and `%.*s`, so the statement never applies",
	    (int)key->key_length, key->key, (int)other->block->key_length,
	    other->block->key, (int)condition->block->key_length,
	    condition->block->key);
	report_relate(check->report, finding, other->node->key_span,
	    "the other test");
}

/* The value is the key's own variable and nothing else. */
static bool
is_itself(const struct condition *condition, const struct node *value)
{
	const struct node *key = condition->node;
	struct variable variable;

	return is_of_text(condition) &&
	    variable_find(value->text, value->length, 0, &variable) &&
	    variable.start == 0 && variable.end == value->length &&
	    variable_is_of(&variable, key->key, key->key_length);
}

/* `arn:*:*:*:*:*': any ARN, with the five colons that it needs (COND-22). */
static bool
is_any_arn(const struct condition *condition, const struct node *value)
{
	struct arn arn = arn_split(value->text, value->length);

	if (condition_facts(condition)->type != VALUE_ARN ||
	    arn.count != ARN_FIELD_COUNT || !arn_field_is(&arn, ARN_PREFIX,
	    "arn"))
		return false;
	for (size_t i = ARN_PARTITION; i < ARN_FIELD_COUNT; i++)
		if (!arn_field_is(&arn, (enum arn_field)i, "*"))
			return false;
	return true;
}

static void
tautological_condition(struct check *check, const struct condition *condition,
    const struct node *value)
{
	const struct node *key = condition->node;

	if (!condition_selects(condition))
		return;
	if (is_itself(condition, value))
		check_complain_of(check, value, "`%.*s` is compared with "
		    "itself, so the test is true wherever it is there",
		    (int)key->key_length, key->key);
	else if (is_any_arn(condition, value))
		check_complain_of(check, value, "every ARN matches `%.*s`, so "
		    "the test is true wherever `%.*s` is there",
		    (int)value->length, value->text, (int)key->key_length,
		    key->key);
	else if (condition_value_is_every_address(condition, value))
		check_complain_of(check, value, "every address of its kind is "
		    "in `%.*s`, so the test restricts nobody",
		    (int)value->length, value->text);
}

#define STATEMENT(CONDITION)						\
	"{'Effect':'Allow','Action':'s3:GetObject','Resource':"		\
	"'arn:aws:s3:::b/*','Condition':" CONDITION "}"

const struct rule contradiction_rules[] = {
	{
		.complaint = {
			.id = "contradictory-conditions",
			.severity = SEVERITY_ERROR,
			.says = "two tests of one key can never both be true",
			.why = "All tests of a Condition must hold, so the "
			    "statement never applies: an Allow grants "
			    "nothing, a Deny denies nothing.  Alternatives "
			    "are values of one list, or statements of their "
			    "own.",
			.fires_on = STATEMENT("{'StringEquals':"
			    "{'aws:PrincipalTag/Team':'blue'},'Null':"
			    "{'aws:PrincipalTag/Team':'true'}}"),
			.quiet_on = STATEMENT("{'StringEquals':"
			    "{'aws:PrincipalTag/Team':'blue'},'Null':"
			    "{'aws:PrincipalTag/Team':'false'}}"),
		},
		.layers = LAYERS_ALL,
		.condition = contradictory_conditions,
	},
	{
		.complaint = {
			.id = "tautological-condition",
			.severity = SEVERITY_WARNING,
			.says = "a test is true of every request that has its "
			    "key, or of all",
			.why = "It reads like a restriction and is none.  "
			    "Write the values that are meant, or Null if the "
			    "key only has to be there.",
			.fires_on = STATEMENT("{'IpAddress':"
			    "{'aws:SourceIp':'0.0.0.0/0'}}"),
			.quiet_on = STATEMENT("{'IpAddress':"
			    "{'aws:SourceIp':'203.0.113.0/24'}}"),
		},
		.layers = LAYERS_ALL,
		.value = tautological_condition,
	},
	{ .complaint = { .id = NULL } }
};
