/* SPDX-License-Identifier: MIT */
/*
 * House rules: silent until sekisho.json asks for them, and judged by what it
 * says.  What AWS makes of a policy does not matter here.
 *
 * Two of them take options.  Lists are arrays of strings; actions may have
 * wildcards; a condition key that ends in a slash means every tag below it.
 *
 *	"required-condition": { "require": [
 *	    { "actions": ["iam:PassRole"],	which actions must be bound
 *	      "any-of": ["iam:PassedToService"],	by one of these keys,
 *	      "all-of": [...],			and by each of these,
 *	      "none-of": [...] } ] }		and by none of these
 *	"forbidden-action": { "actions": ["iam:*"] }
 *
 * Both are about Allow statements.  Options that are malformed are a mistake
 * of sekisho.json, which its reader finds by the same row.
 */
#include "config.h"

#include <string.h>

#include "policy/grant.h"
#include "policy/remnant.h"
#include "policy/rules.h"

/* Options. */

static bool
is_string_list(const struct node *node)
{
	if (node->kind != NODE_ARRAY || node->count == 0)
		return false;
	for (const struct node *item = node->first; item != NULL;
	    item = item->next)
		if (item->kind != NODE_STRING || item->length == 0)
			return false;
	return true;
}

static bool
is_action(const struct node *node)
{
	return node_is(node, "*") ||
	    memchr(node->text, ':', node->length) != NULL;
}

static bool
is_action_list(const struct node *node)
{
	if (node == NULL || !is_string_list(node))
		return false;
	for (const struct node *item = node->first; item != NULL;
	    item = item->next)
		if (!is_action(item))
			return false;
	return true;
}

/* A list of the options, by name; NULL when it is not there or malformed. */
static const struct node *
find_list(const struct node *object, const char *name)
{
	const struct node *list = node_find(object, name);

	return list != NULL && is_string_list(list) ? list : NULL;
}

static const struct node *
find_option(const struct check *check, const char *name)
{
	const struct node *options = check->options;

	return options == NULL || options->kind != NODE_OBJECT ? NULL :
	    node_find(options, name);
}

/* Statements. */

/* The pattern of an entry that matches nothing (GRAM-37) is of no interest. */
static const struct pattern *
entry_pattern(struct check *check, const struct node *node)
{
	return is_action(node) ? &check_expand(check, node)->pattern : NULL;
}

/* NotAction leaves in what none of its entries covers (ACT-3). */
static bool
is_left_in(struct check *check, const struct element *action,
    const struct pattern *wanted)
{
	for (size_t i = 0; i < action->count; i++) {
		const struct pattern *entry = entry_pattern(check,
		    action->items[i]);

		if (entry != NULL && pattern_covers(entry, wanted))
			return false;
	}
	return true;
}

/*
 * It acts on some of the resources, and Denies do not take all of it away.  Of
 * what both patterns have in common no more is asked for than is plain to see.
 */
static bool
stands(struct check *check, const struct pattern *allowed,
    const struct node *wanted)
{
	const struct pattern *pattern = entry_pattern(check, wanted);
	const struct claim claim = {
		.actions = allowed != NULL && pattern_covers(pattern, allowed) ?
		    allowed : pattern
	};
	struct statement room;
	const struct statement *left = remnant_read(check, check->statement,
	    &claim, &room);

	return left != NULL && !grant_is_vain(check, left, wanted->text);
}

/*
 * What allows one of the actions: the entry of Action, or the value of
 * NotAction; NULL when nothing does.
 */
static const struct node *
find_allowed(struct check *check, const struct node *wanted)
{
	const struct element *action = &check->statement->action;
	const struct pattern *pattern = entry_pattern(check, wanted);

	if (check->statement->effect != EFFECT_ALLOW ||
	    action->node == NULL || pattern == NULL)
		return NULL;
	if (action->negated)
		return is_left_in(check, action, pattern) &&
		    stands(check, NULL, wanted) ? action->node : NULL;
	for (size_t i = 0; i < action->count; i++) {
		const struct pattern *entry = entry_pattern(check,
		    action->items[i]);

		if (entry != NULL && pattern_overlaps(entry, pattern) &&
		    stands(check, entry, wanted))
			return action->items[i];
	}
	return NULL;
}

/* The entry, or the word NotAction. */
static struct span
allowed_span(const struct check *check, const struct node *node)
{
	return check->statement->action.negated ? node->key_span : node->span;
}

static const char *
allowed_text(const struct check *check, const struct node *node)
{
	return check->statement->action.negated ? node->key : node->text;
}

/* required-condition */

/* The first key of the list that is, or is not, tested by the statement. */
static const struct node *
find_key(const struct check *check, const struct node *list, bool tested)
{
	const struct node *key = list == NULL ? NULL : list->first;

	while (key != NULL && (statement_condition(check->statement,
	    key->text) != NULL) != tested)
		key = key->next;
	return key;
}

static const char *
join(struct check *check, const struct node *list)
{
	const char *text = "";

	for (const struct node *item = list->first; item != NULL;
	    item = item->next)
		text = arena_printf(check->report->arena, "%s%s`%s`", text,
		    item == list->first ? "" : ", ", item->text);
	return text;
}

static void
check_requirement(struct check *check, const struct node *requirement,
    const struct node *allowed, const struct node *wanted)
{
	const struct node *any = find_list(requirement, "any-of");
	const struct node *lacked = find_key(check,
	    find_list(requirement, "all-of"), false);
	const struct node *barred = find_key(check,
	    find_list(requirement, "none-of"), true);
	const char *text = allowed_text(check, allowed);
	struct span span = allowed_span(check, allowed);

	if (any != NULL && find_key(check, any, true) == NULL)
		check_complain(check, span, "`%s` allows `%s` without a "
		    "condition on any of %s", text, wanted->text,
		    join(check, any));
	if (lacked != NULL)
		check_complain(check, span, "`%s` allows `%s` without a "
		    "condition on `%s`", text, wanted->text, lacked->text);
	if (barred != NULL)
		check_complain_of_key(check, statement_condition(
		    check->statement, barred->text)->node,
		    "`%s` allows `%s` under a condition on `%s`, which is "
		    "ruled out for it", text, wanted->text, barred->text);
}

static void
required_condition(struct check *check)
{
	const struct node *require = find_option(check, "require");

	if (require == NULL || require->kind != NODE_ARRAY)
		return;
	for (const struct node *requirement = require->first;
	    requirement != NULL; requirement = requirement->next) {
		const struct node *actions = requirement->kind == NODE_OBJECT ?
		    find_list(requirement, "actions") : NULL;
		const struct node *wanted = actions == NULL ? NULL :
		    actions->first, *allowed = NULL;

		for (; wanted != NULL; wanted = wanted->next)
			if ((allowed = find_allowed(check, wanted)) != NULL)
				break;
		if (allowed != NULL)
			check_requirement(check, requirement, allowed, wanted);
	}
}

static const char *const key_lists[] = { "any-of", "all-of", "none-of" };

static struct option_fault
fault_at(const struct node *node, const char *says)
{
	return (struct option_fault){ says, node };
}

/* Of the names of the members. */
static struct option_fault
find_stranger(struct arena *arena, const struct node *object,
    const char *names)
{
	for (const struct node *member = object->first; member != NULL;
	    member = member->next)
		if (!word_is_among(member->key, member->key_length, names))
			return fault_at(member, arena_printf(arena,
			    "`%s` is none of %s", member->key, names));
	return fault_at(NULL, NULL);
}

/* Of the lists of keys of a requirement. */
static struct option_fault
find_key_fault(struct arena *arena, const struct node *requirement)
{
	size_t count = 0;

	for (size_t i = 0; i < sizeof(key_lists) / sizeof(key_lists[0]); i++) {
		const struct node *list = node_find(requirement,
		    key_lists[i]);

		if (list == NULL)
			continue;
		if (!is_string_list(list))
			return fault_at(list, arena_printf(arena,
			    "`%s` is no list of condition keys",
			    key_lists[i]));
		count++;
	}
	return count > 0 ? fault_at(NULL, NULL) : fault_at(requirement,
	    "a requirement has none of any-of, all-of and none-of");
}

static struct option_fault
find_requirement_fault(struct arena *arena, const struct node *requirement)
{
	struct option_fault fault;

	if (requirement->kind != NODE_OBJECT)
		return fault_at(requirement,
		    "`require` holds something that is no object");
	if (!is_action_list(node_find(requirement, "actions")))
		return fault_at(requirement, "`actions` is no list of actions "
		    "such as [\"iam:PassRole\"]");
	fault = find_key_fault(arena, requirement);
	return fault.says != NULL ? fault : find_stranger(arena, requirement,
	    "actions any-of all-of none-of");
}

static struct option_fault
find_require_fault(struct arena *arena, const struct node *options)
{
	const struct node *require = options == NULL ? NULL :
	    node_find(options, "require");
	struct option_fault fault = { NULL, NULL };

	if (require == NULL || require->kind != NODE_ARRAY)
		return fault_at(require, "`require` is no list of objects");
	for (const struct node *requirement = require->first;
	    fault.says == NULL && requirement != NULL;
	    requirement = requirement->next)
		fault = find_requirement_fault(arena, requirement);
	return fault;
}

/* forbidden-action */

static const struct node *
first_forbidden(const struct check *check)
{
	const struct node *actions = find_option(check, "actions");

	return check->statement->effect != EFFECT_ALLOW || actions == NULL ||
	    !is_string_list(actions) ? NULL : actions->first;
}

static void
forbidden_action(struct check *check, const struct node *node)
{
	const struct pattern *entry = entry_pattern(check, node), *pattern;

	if (entry == NULL || check->statement->action.negated)
		return;
	for (const struct node *forbidden = first_forbidden(check);
	    forbidden != NULL; forbidden = forbidden->next) {
		pattern = entry_pattern(check, forbidden);
		if (pattern == NULL || !pattern_overlaps(entry, pattern) ||
		    !stands(check, entry, forbidden))
			continue;
		check_complain_of(check, node, "`%s` allows `%s`, which is "
		    "forbidden here", node->text, forbidden->text);
		return;
	}
}

static void
forbidden_in_rest(struct check *check)
{
	const struct element *action = &check->statement->action;
	const struct pattern *pattern;

	if (!action->negated)
		return;
	for (const struct node *forbidden = first_forbidden(check);
	    forbidden != NULL; forbidden = forbidden->next) {
		pattern = entry_pattern(check, forbidden);
		if (pattern == NULL || !is_left_in(check, action, pattern) ||
		    !stands(check, NULL, forbidden))
			continue;
		check_complain_of_key(check, action->node, "`NotAction` "
		    "leaves in `%s`, which is forbidden here",
		    forbidden->text);
		return;
	}
}

static struct option_fault
find_actions_fault(struct arena *arena, const struct node *options)
{
	const struct node *actions = options == NULL ? NULL :
	    node_find(options, "actions");

	(void)arena;
	return is_action_list(actions) ? fault_at(NULL, NULL) :
	    fault_at(actions, "`actions` is no list of actions such as "
	    "[\"iam:*\"]");
}

/* partition-hard-coded */

static void
partition_hard_coded(struct check *check, const struct node *node)
{
	struct arn arn = arn_split(node->text, node->length);
	const char *partition = arn.field[ARN_PARTITION].text;
	size_t length = arn.field[ARN_PARTITION].length;
	struct span span;

	if (arn.count < ARN_FIELD_COUNT ||
	    !arn_field_is(&arn, ARN_PREFIX, "arn") || length == 0 ||
	    arn_field_is_wild(&arn, ARN_PARTITION) ||
	    memchr(partition, '$', length) != NULL)
		return;
	span = node_span_within(check->subject->policy->text->source, node,
	    (size_t)(partition - node->text), length);
	check_complain(check, span,
	    "partition `%.*s` is written out; in any other one this names "
	    "nothing", (int)length, partition);
}

static void
partition_in_principal(struct check *check, const struct principal *principal)
{
	partition_hard_coded(check, principal->node);
}

static void
partition_in_value(struct check *check, const struct condition *condition,
    const struct node *node)
{
	(void)condition;
	partition_hard_coded(check, node);
}

/* sid-required */

static void
sid_required(struct check *check)
{
	const struct statement *statement = check->statement;

	if (node_find(statement->node, "Sid") == NULL)
		check_complain(check, node_opening(statement->node),
		    "the statement has no `Sid`, so nothing can speak of it "
		    "by name");
	else if (statement->sid != NULL && statement->sid->length == 0)
		check_complain_of(check, statement->sid,
		    "the `Sid` is empty, so nothing can speak of the "
		    "statement by name");
}

/* unsorted-list */

static void
unsorted_list(struct check *check)
{
	const struct element *action = &check->statement->action;
	const struct node *const *items = action->items;

	for (size_t i = 1; i < action->count; i++) {
		if (name_compare(items[i - 1]->text, items[i - 1]->length,
		    items[i]->text, items[i]->length) <= 0)
			continue;
		check_complain_of(check, items[i],
		    "`%s` stands after `%s`; the list is not sorted",
		    items[i]->text, items[i - 1]->text);
		return;
	}
}

const struct rule house_rules[] = {
	{
		.complaint = {
			.id = "required-condition",
			.severity = SEVERITY_SECURITY,
			.configured = true,
			.says = "an action is allowed without a condition that "
			    "the house requires",
			.why = "Options: {\"require\": [{\"actions\": [...], "
			    "\"any-of\": [...], \"all-of\": [...], "
			    "\"none-of\": [...]}]}. Every Allow statement "
			    "that reaches one of the actions must test one "
			    "key of any-of, each of all-of and none of "
			    "none-of.",
			.fires_on = "identity with {'require':[{'actions':"
			    "['iam:PassRole'],"
			    "'any-of':['iam:PassedToService']}]}; "
			    "{'Effect':'Allow','Action':'iam:Pass*',"
			    "'Resource':'*'}",
			.quiet_on = "identity with {'require':[{'actions':"
			    "['iam:PassRole'],"
			    "'any-of':['iam:PassedToService']}]}; "
			    "{'Effect':'Allow','Action':'iam:Pass*',"
			    "'Resource':'*','Condition':{'StringEquals':"
			    "{'iam:PassedToService':'ec2.amazonaws.com'}}}",
		},
		.layers = LAYERS_ALL,
		.options = "require",
		.find_fault = find_require_fault,
		.statement = required_condition,
	},
	{
		.complaint = {
			.id = "forbidden-action",
			.severity = SEVERITY_SECURITY,
			.configured = true,
			.says = "an action is allowed that the house forbids",
			.why = "Options: {\"actions\": [\"iam:*\"]}. No Allow "
			    "statement may reach one of them, by a wildcard "
			    "or by what NotAction leaves in, unless Denies "
			    "beside it take all of that away.",
			.fires_on = "identity with {'actions':['iam:Create*']};"
			    " {'Effect':'Allow','Action':'iam:*User',"
			    "'Resource':'*'}",
			.quiet_on = "identity with {'actions':['iam:Create*']};"
			    " {'Effect':'Allow','Action':'iam:Get*User',"
			    "'Resource':'*'}",
		},
		.layers = LAYERS_ALL,
		.options = "actions",
		.find_fault = find_actions_fault,
		.statement = forbidden_in_rest,
		.action = forbidden_action,
	},
	{
		.complaint = {
			.id = "partition-hard-coded",
			.severity = SEVERITY_WARNING,
			.configured = true,
			.says = "an ARN names one partition",
			.why = "A policy that is used in several partitions "
			    "(aws, aws-cn, aws-us-gov) must take the name of "
			    "the partition from where it is deployed.",
			.fires_on = "{'Effect':'Allow','Action':"
			    "'s3:GetObject','Resource':'arn:aws:s3:::b/*'}",
			.quiet_on = "{'Effect':'Allow','Action':"
			    "'s3:GetObject','Resource':'arn:*:s3:::b/*'}",
		},
		.layers = LAYERS_ALL,
		.resource = partition_hard_coded,
		.principal = partition_in_principal,
		.value = partition_in_value,
	},
	{
		.complaint = {
			.id = "sid-required",
			.severity = SEVERITY_NOTE,
			.configured = true,
			.says = "a statement has no Sid",
			.why = "Reviews, logs and exceptions speak of a "
			    "statement by its Sid, which stays when its "
			    "place in the list changes.",
			.fires_on = "{'Effect':'Deny','Action':'s3:*',"
			    "'Resource':'*'}",
			.quiet_on = "{'Sid':'A','Effect':'Deny',"
			    "'Action':'s3:*','Resource':'*'}",
		},
		.layers = LAYERS_ALL,
		.statement = sid_required,
	},
	{
		.complaint = {
			.id = "unsorted-list",
			.severity = SEVERITY_NOTE,
			.configured = true,
			.says = "the actions of a statement are not sorted",
			.why = "In a sorted list doubles stand side by side, "
			    "and two branches that add an action do not "
			    "meet. Sort it, letters of either case alike.",
			.fires_on = "{'Effect':'Deny','Action':"
			    "['s3:PutObject','s3:GetObject'],"
			    "'Resource':'*'}",
			.quiet_on = "{'Effect':'Deny','Action':"
			    "['s3:GetObject','S3:putObject'],"
			    "'Resource':'*'}",
		},
		.layers = LAYERS_ALL,
		.statement = unsorted_list,
	},
	{ .complaint = { .id = NULL } },
};
