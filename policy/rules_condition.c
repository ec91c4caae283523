/* SPDX-License-Identifier: MIT */
/*
 * Operators, and keys as members of an operator's block: misspelt, doubled,
 * qualified in vain, or given nothing to compare with.  What a key is called
 * and what it holds is the business of rules_key.c and rules_key_type.c.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "policy/rules.h"
#include "policy/wording.h"

/* Hooks see an operator once for each of its keys; the first speaks for it. */
static bool
is_first_key(const struct condition *condition)
{
	return condition->node->index == 0;
}

/* The walk over blocks: hooks do not show unknown operators. */
static const struct node *
first_block(const struct check *check)
{
	const struct node *conditions = check->statement->condition_node;

	if (conditions == NULL || conditions->kind != NODE_OBJECT)
		return NULL;
	return conditions->first;
}

static void
complain_of_operator(struct check *check, const struct node *block)
{
	const char *nearest = operator_nearest(block->key, block->key_length);
	struct finding *finding = check_complain_of_key(check, block,
	    "`%.*s` is no condition operator, so AWS refuses the policy",
	    (int)block->key_length, block->key);

	if (nearest != NULL)
		check_help(check, finding, "write `%s`", nearest);
}

static void
invalid_condition_operator(struct check *check)
{
	const struct node *block;

	for (block = first_block(check); block != NULL; block = block->next) {
		struct operator_use use = operator_read(block->key,
		    block->key_length);

		if (use.operator == OPERATOR_COUNT)
			complain_of_operator(check, block);
	}
}

/* COND-2 is unsure whether AWS takes other capitals; every reader of the
 * policy is happier with the documented ones. */
static void
operator_case(struct check *check, const struct condition *condition)
{
	const struct operator_use *use = &condition->use;
	struct finding *finding;

	if (use->canonical || !is_first_key(condition))
		return;
	finding = check_complain_of_key(check, condition->block,
	    "`%.*s` is not how AWS spells the operator, and nothing promises "
	    "that other capitals work", (int)condition->block->key_length,
	    condition->block->key);
	check_help(check, finding, "write `%s`", wording_of_operator(
	    check->report->arena, use, condition_facts(condition)->name));
}

static void
null_with_if_exists(struct check *check, const struct condition *condition)
{
	struct finding *finding;

	if (condition->use.operator != OPERATOR_Null ||
	    !condition->use.if_exists || !is_first_key(condition))
		return;
	finding = check_complain_of_key(check, condition->block,
	    "`%.*s` asks for presence twice, so AWS refuses the policy",
	    (int)condition->block->key_length, condition->block->key);
	check_help(check, finding, "write `Null`");
}

static void
null_with_qualifier(struct check *check, const struct condition *condition)
{
	struct finding *finding;

	if (condition->use.operator != OPERATOR_Null ||
	    condition->use.quantifier == QUANTIFIER_NONE ||
	    !is_first_key(condition))
		return;
	finding = check_complain_of_key(check, condition->block,
	    "`%.*s` still asks one thing, whether the key is there, so the "
	    "set prefix means nothing", (int)condition->block->key_length,
	    condition->block->key);
	check_help(check, finding, "write `Null`");
}

/* By name without case, then by place. */
static int
compare_keys(const void *left, const void *right)
{
	const struct node *a = *(const struct node *const *)left;
	const struct node *b = *(const struct node *const *)right;
	int order = name_compare(a->key, a->key_length, b->key,
	    b->key_length);

	if (order != 0)
		return order;
	return a->key_span.start < b->key_span.start ? -1 : 1;
}

static void
complain_of_twin(struct check *check, const struct node *first,
    const struct node *twin, const char *consequence)
{
	struct finding *finding = check_complain_of_key(check, twin,
	    "`%.*s` and `%.*s` are one name, since case does not count: %s",
	    (int)first->key_length, first->key, (int)twin->key_length,
	    twin->key, consequence);

	report_relate(check->report, finding, first->key_span,
	    "the other spelling");
}

/*
 * The members of an object that differ in nothing but case (GRAM-4, 5);
 * duplicate-json-key sees those that do not differ at all.
 */
static void
check_members(struct check *check, const struct node *object)
{
	const struct node **members, *member, *first;
	size_t count = 0;

	if (object->kind != NODE_OBJECT || object->count < 2)
		return;
	members = arena_array(check->subject->arena, object->count,
	    sizeof(*members));
	for (member = object->first; member != NULL; member = member->next)
		members[count++] = member;
	qsort(members, count, sizeof(*members), compare_keys);
	first = members[0];
	for (size_t i = 1; i < count; i++) {
		if (!node_has_key_of(first, members[i]))
			first = members[i];
		else if (!node_is_twin_of(first, members[i]))
			complain_of_twin(check, first, members[i],
			    "AWS refuses the policy");
	}
}

static void
duplicate_keys_with_different_case(struct check *check)
{
	const struct node *block = first_block(check);

	if (block == NULL)
		return;
	check_members(check, check->statement->condition_node);
	for (; block != NULL; block = block->next)
		check_members(check, block);
}

static size_t
count_tag_keys(const struct statement *statement)
{
	size_t count = 0;

	for (size_t i = 0; i < statement->condition_count; i++)
		count += wording_key_is_tag(statement->conditions[i].node);
	return count;
}

static bool
tag_names_differ(const struct node *a, const struct node *b)
{
	size_t at = (size_t)((const char *)memchr(a->key, '/',
	    a->key_length) - a->key);

	return memcmp(a->key + at, b->key + at, a->key_length - at) != 0;
}

/*
 * Two spellings of one tag under different operators: legal, but both tests
 * fall on the same tag (GRAM-17), or on either of two (COND-36).
 */
static void
tag_key_case(struct check *check)
{
	const struct statement *statement = check->statement;
	size_t expected = count_tag_keys(statement), count = 0;
	const struct node **keys, *first;

	if (expected < 2)
		return;
	keys = arena_array(check->subject->arena, expected, sizeof(*keys));
	for (size_t i = 0; i < statement->condition_count; i++)
		if (wording_key_is_tag(statement->conditions[i].node))
			keys[count++] = statement->conditions[i].node;
	qsort(keys, count, sizeof(*keys), compare_keys);
	first = keys[0];
	for (size_t i = 1; i < count; i++) {
		if (!node_has_key_of(first, keys[i]))
			first = keys[i];
		else if (first->parent != keys[i]->parent &&
		    tag_names_differ(first, keys[i]))
			complain_of_twin(check, first, keys[i],
			    "both tests fall on the same tag");
	}
}

static bool
is_empty(const struct condition *condition)
{
	return condition->node->kind == NODE_ARRAY &&
	    condition->node->count == 0;
}

/* GRAM-36 */
static void
empty_array_condition(struct check *check, const struct condition *condition)
{
	if (!is_empty(condition) || condition->use.if_exists ||
	    condition->use.quantifier != QUANTIFIER_NONE)
		return;
	check_complain_of(check, condition->node, condition_facts(
	    condition)->negated ?
	    "`%.*s` is compared with nothing, so it always differs" :
	    "`%.*s` is compared with nothing, so the test is never true",
	    (int)condition->node->key_length, condition->node->key);
}

static void
empty_array_condition_forallvalues(struct check *check,
    const struct condition *condition)
{
	if (is_empty(condition) &&
	    condition->use.quantifier == QUANTIFIER_ALL)
		check_complain_of(check, condition->node,
		    condition_facts(condition)->negated ?
		    "no value of `%.*s` is in an empty list, so the test is "
		    "always true" :
		    "the test is true only of requests without `%.*s`",
		    (int)condition->node->key_length, condition->node->key);
}

static void
empty_array_condition_foranyvalue(struct check *check,
    const struct condition *condition)
{
	static const char *const says[2][2] = {		/* negated, IfExists */
		{ "no value of `%.*s` is in an empty list, so the test is "
		    "never true",
		    "the test is true only of requests without `%.*s`" },
		{ "no value of `%.*s` is in an empty list, so the test is "
		    "true of all requests that have one",
		    "no value of `%.*s` is in an empty list, so the test is "
		    "always true" },
	};

	if (is_empty(condition) &&
	    condition->use.quantifier == QUANTIFIER_ANY)
		check_complain_of(check, condition->node, "%s", arena_printf(
		    check->report->arena, says[condition_facts(
		    condition)->negated][condition->use.if_exists],
		    (int)condition->node->key_length, condition->node->key));
}

static void
empty_array_condition_ifexists(struct check *check,
    const struct condition *condition)
{
	if (is_empty(condition) && condition->use.if_exists &&
	    condition->use.quantifier == QUANTIFIER_NONE)
		check_complain_of(check, condition->node,
		    condition_facts(condition)->negated ?
		    "`%.*s` is compared with nothing, so the test is always "
		    "true" :
		    "the test is true only of requests without `%.*s`",
		    (int)condition->node->key_length, condition->node->key);
}

#define STATEMENT(CONDITION)						\
	"{'Effect':'Allow','Action':'s3:GetObject','Resource':'*',"	\
	"'Condition':" CONDITION "}"

const struct rule condition_rules[] = {
	{
		.complaint = {
			.id = "invalid-condition-operator",
			.severity = SEVERITY_ERROR,
			.says = "a condition operator has a name that AWS "
			    "does not know",
			.why = "AWS refuses a policy with an unknown "
			    "operator.  Write one of its operators, with "
			    "ForAllValues: or ForAnyValue: before it and "
			    "IfExists behind it where wanted.",
			.aa = "INVALID_CONDITION_OPERATOR",
			.fires_on = STATEMENT(
			    "{'StringMatch':{'aws:username':'kim'}}"),
			.quiet_on = STATEMENT(
			    "{'StringLike':{'aws:username':'kim'}}"),
		},
		.layers = LAYERS_ALL,
		.statement = invalid_condition_operator,
	},
	{
		.complaint = {
			.id = "operator-case",
			.severity = SEVERITY_NOTE,
			.says = "a condition operator is written with other "
			    "capitals than AWS's",
			.why = "AWS documents one spelling of each operator "
			    "and does not say that case is ignored.  The "
			    "documented spelling is also the one that people "
			    "search for.",
			.fires_on = STATEMENT(
			    "{'stringEquals':{'aws:username':'kim'}}"),
			.quiet_on = STATEMENT(
			    "{'StringEquals':{'aws:username':'kim'}}"),
		},
		.layers = LAYERS_ALL,
		.condition = operator_case,
	},
	{
		.complaint = {
			.id = "null-with-if-exists",
			.severity = SEVERITY_ERROR,
			.says = "Null takes no IfExists",
			.why = "Null itself asks whether the key is there, "
			    "so the suffix is illegal.  Drop it.",
			.aa = "NULL_WITH_IF_EXISTS",
			.supersedes = "operator-case",
			.fires_on = STATEMENT(
			    "{'NullIfExists':{'aws:TokenIssueTime':'true'}}"),
			.quiet_on = STATEMENT(
			    "{'Null':{'aws:TokenIssueTime':'true'}}"),
		},
		.layers = LAYERS_ALL,
		.condition = null_with_if_exists,
	},
	{
		.complaint = {
			.id = "null-with-qualifier",
			.severity = SEVERITY_NOTE,
			.says = "Null takes no set prefix",
			.why = "Null asks whether a key is there, not what "
			    "its values are, so ForAllValues: and "
			    "ForAnyValue: do nothing but mislead.  Drop "
			    "them.",
			.aa = "NULL_WITH_QUALIFIER",
			.fires_on = STATEMENT(
			    "{'ForAllValues:Null':{'aws:TagKeys':'true'}}"),
			.quiet_on = STATEMENT(
			    "{'Null':{'aws:TagKeys':'true'}}"),
		},
		.layers = LAYERS_ALL,
		.condition = null_with_qualifier,
	},
	{
		.complaint = {
			.id = "duplicate-keys-with-different-case",
			.severity = SEVERITY_ERROR,
			.says = "two keys or operators of one Condition "
			    "differ only in case, so they are the same",
			.why = "Names of condition keys are compared without "
			    "case, tag names within them too.  One of the "
			    "two tests would be lost.  Merge the values.",
			.aa = "DUPLICATE_KEYS_WITH_DIFFERENT_CASE",
			.supersedes = "contradictory-conditions",
			.fires_on = STATEMENT("{'StringEquals':"
			    "{'aws:username':'kim','aws:UserName':'lee'}}"),
			.quiet_on = STATEMENT("{'StringEquals':"
			    "{'aws:username':'kim','aws:userid':'lee'}}"),
		},
		.layers = LAYERS_ALL,
		.statement = duplicate_keys_with_different_case,
	},
	{
		.complaint = {
			.id = "tag-key-case",
			.severity = SEVERITY_WARNING,
			.says = "one statement spells a tag key in two ways, "
			    "but both name the same tag",
			.why = "Tag names in condition keys are compared "
			    "without case: both tests fall on one tag, and "
			    "on either of two where a resource has both "
			    "spellings.  Use one spelling.",
			.fires_on = STATEMENT("{"
			    "'StringEquals':{'aws:PrincipalTag/Team':'a'},"
			    "'StringNotEquals':{'aws:PrincipalTag/team':'b'}}"
			    ),
			.quiet_on = STATEMENT("{"
			    "'StringEquals':{'aws:PrincipalTag/Team':'a'},"
			    "'StringNotEquals':{'aws:PrincipalTag/Team':'b'}}"
			    ),
		},
		.layers = LAYERS_ALL,
		.statement = tag_key_case,
	},
	{
		.complaint = {
			.id = "empty-array-condition",
			.severity = SEVERITY_NOTE,
			.says = "a condition key is compared with an empty "
			    "list",
			.why = "Nothing equals one of no values.  Write the "
			    "values, or remove the test.",
			.aa = "EMPTY_ARRAY_CONDITION",
			.fires_on = STATEMENT(
			    "{'StringEquals':{'aws:username':[]}}"),
			.quiet_on = STATEMENT(
			    "{'StringEquals':{'aws:username':['kim']}}"),
		},
		.layers = LAYERS_ALL,
		.condition = empty_array_condition,
	},
	{
		.complaint = {
			.id = "empty-array-condition-forallvalues",
			.severity = SEVERITY_NOTE,
			.says = "ForAllValues with an empty list is true "
			    "only where the key is absent, or always",
			.why = "No value is in an empty list, so all values "
			    "are only when there are none.  If absence is "
			    "meant, write Null.  With a negated operator the "
			    "test asks nothing.",
			.aa = "EMPTY_ARRAY_CONDITION_FORALLVALUES",
			.fires_on = STATEMENT(
			    "{'ForAllValues:StringEquals':{'aws:TagKeys':[]}}"
			    ),
			.quiet_on = STATEMENT("{'ForAllValues:StringEquals':"
			    "{'aws:TagKeys':['Team']}}"),
		},
		.layers = LAYERS_ALL,
		.condition = empty_array_condition_forallvalues,
	},
	{
		.complaint = {
			.id = "empty-array-condition-foranyvalue",
			.severity = SEVERITY_NOTE,
			.says = "ForAnyValue with an empty list is never "
			    "true, or of any value",
			.why = "No value is in an empty list, which a negated "
			    "operator takes for a difference.  Write the "
			    "values, or remove the test.",
			.aa = "EMPTY_ARRAY_CONDITION_FORANYVALUE",
			.fires_on = STATEMENT(
			    "{'ForAnyValue:StringEquals':{'aws:TagKeys':[]}}"),
			.quiet_on = STATEMENT("{'ForAnyValue:StringEquals':"
			    "{'aws:TagKeys':['Team']}}"),
		},
		.layers = LAYERS_ALL,
		.condition = empty_array_condition_foranyvalue,
	},
	{
		.complaint = {
			.id = "empty-array-condition-ifexists",
			.severity = SEVERITY_NOTE,
			.says = "IfExists with an empty list is true only "
			    "where the key is absent, or always",
			.why = "A key that exists equals none of no values.  "
			    "If absence is meant, write Null.  With a negated "
			    "operator the test asks nothing.",
			.aa = "EMPTY_ARRAY_CONDITION_IFEXISTS",
			.fires_on = STATEMENT(
			    "{'StringEqualsIfExists':{'aws:username':[]}}"),
			.quiet_on = STATEMENT("{'StringEqualsIfExists':"
			    "{'aws:username':['kim']}}"),
		},
		.layers = LAYERS_ALL,
		.condition = empty_array_condition_ifexists,
	},
	{ .complaint = { .id = NULL } }
};
