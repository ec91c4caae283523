/* SPDX-License-Identifier: MIT */
/*
 * Which requests carry a condition key: keys and tags that the statement's
 * actions do not send.  Rests on the catalogue, so it speaks only where every
 * action of an entry is listed.  Services without tags are in rules_tag.c.
 */
#include "config.h"

#include <string.h>

#include "policy/caller.h"
#include "policy/grant.h"
#include "policy/roster.h"
#include "policy/rules.h"
#include "policy/wording.h"

/*
 * Keys that AWS's own policies test over more actions than the catalogue
 * lists them for.
 */
static const char listed_too_narrowly[] = "aws-marketplace:AgreementType "
    "aws-marketplace:PartyType aws-marketplace:ProductId "
    "iottwinmaker:linkedServices states:HTTPEndpoint states:HTTPMethod";

static bool
some_action_has_key(const struct expansion *expansion,
    const struct condition *condition)
{
	for (size_t i = 0; i < expansion->count; i++)
		if (action_lists_key(expansion->actions[i],
		    condition->node->key, condition->node->key_length))
			return true;
	return false;
}

/*
 * A key that some service's table should tie to actions.  Claims of identity
 * providers are left to the rules of trust policies, and tags that a request
 * must have to the rules about tags.
 */
static bool
is_of_service(const struct condition *condition)
{
	const struct node *node = condition->node;

	return wording_key_has_form(node) && !wording_key_is_global(node) &&
	    !wording_key_is_claim(node) &&
	    (wording_key_tagging(node) == TAGGING_NONE ||
	    !condition_needs_key(condition)) &&
	    !word_is_among(node->key, wording_key_prefix(node), "saml");
}

static bool
is_tied_to_actions(const struct check *check,
    const struct condition *condition)
{
	const struct listing *listing = check_look_up(check, condition->node);

	return listing->key != NULL && !listing->everywhere &&
	    !condition_is_among(condition, listed_too_narrowly);
}

/*
 * Collects the statement's entries that do not carry the key; false when that
 * cannot be known of all of them.
 */
static bool
find_idle(struct check *check, const struct condition *condition,
    struct roster *idle)
{
	const struct element *action = &check->statement->action;

	if (action->negated || action->count == 0)
		return false;
	for (size_t i = 0; i < action->count; i++) {
		const struct node *item = action->items[i];
		const struct expansion *expansion = check_expand(check, item);

		if (expansion->count == 0)
			return false;
		if (!some_action_has_key(expansion, condition))
			roster_add(idle, item->text, item->length);
	}
	return true;
}

static const char *
consequence(const struct check *check, const struct condition *condition)
{
	if (!condition_needs_key(condition))
		return "the test is always true of them";
	return check->statement->effect == EFFECT_DENY ?
	    "they are not denied" : "they are not allowed";
}

static void
condition_key_not_in_action(struct check *check,
    const struct condition *condition)
{
	const struct node *node = condition->node;
	struct roster idle = { .count = 0 };
	struct finding *finding;
	bool partial;

	if (!is_of_service(condition) ||
	    !is_tied_to_actions(check, condition) ||
	    !find_idle(check, condition, &idle) || idle.count == 0)
		return;
	partial = idle.count < check->statement->action.count;
	if (partial && !condition_needs_key(condition))
		return;
	finding = check_complain_of_key(check, node,
	    "`%.*s` is not sent with requests for %s: %s",
	    (int)node->key_length, node->key,
	    roster_print(check->report->arena, &idle),
	    consequence(check, condition));
	if (!partial)
		return;
	finding->severity = SEVERITY_NOTE;
	check_help(check, finding, "give the actions that lack the key a "
	    "statement of their own");
}

/* A key, and the action that it cannot do without. */
struct need {
	const char	*key;
	const char	*action;
};

/* Only this action gives the key a value. */
static const struct need makers[] = {
	{ "iam:PassedToService", "iam:PassRole" },
	{ "iam:AssociatedResourceArn", "iam:PassRole" },
	{ "iam:AWSServiceName", "iam:CreateServiceLinkedRole" },
	{ NULL, NULL }
};

/* The key has a value only where the caller may also do this. */
static const struct need permits[] = {
	{ "sts:SourceIdentity", "sts:SetSourceIdentity" },
	{ "sts:TransitiveTagKeys", "sts:TagSession" },
	{ "sts:RequestContext/", "sts:SetContext" },
	{ "sts:RequestContextProviders", "sts:SetContext" },
	{ NULL, NULL }
};

static const char *
find_need(const struct need *needs, const struct condition *condition)
{
	for (; needs->key != NULL; needs++)
		if (condition_is_on(condition, needs->key))
			return needs->action;
	return NULL;
}

static void
missing_action_for_condition_key(struct check *check,
    const struct condition *condition)
{
	const struct node *node = condition->node;
	const char *maker = find_need(makers, condition);
	const char *permit = find_need(permits, condition);
	struct finding *finding;

	if (maker != NULL && check->statement->action.count > 0 &&
	    !statement_may_reach(check, check->statement, maker)) {
		finding = check_complain_of_key(check, node,
		    "`%.*s` has a value only in requests for `%s`, which the "
		    "statement is not about", (int)node->key_length,
		    node->key, maker);
		check_help(check, finding, "add `%s` to the actions, or drop "
		    "the test", maker);
	}
	if (permit != NULL && check->statement->effect == EFFECT_ALLOW &&
	    condition_needs_key(condition) && !grant_is_made(check, permit)) {
		finding = check_complain_of_key(check, node,
		    "`%.*s` has a value only for callers who may `%s`, and "
		    "nothing here allows that: the statement allows nothing",
		    (int)node->key_length, node->key, permit);
		check_help(check, finding, "add `%s` to the actions", permit);
	}
}

/* aws:ResourceTag may be there when the request makes the resource. */
static bool
makes_resource(const struct action *action)
{
	static const char *const verbs[] = {
		"Allocate", "Create", "Import", "Put", "Register", "Request",
		"Run", "Start",
	};

	for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++)
		if (strncmp(action->name, verbs[i], strlen(verbs[i])) == 0)
			return true;
	return false;
}

static bool
is_untaggable(const struct expansion *expansion,
    const struct condition *condition)
{
	if (expansion->count == 0 || some_action_has_key(expansion, condition))
		return false;
	for (size_t i = 0; i < expansion->count; i++)
		if (wording_key_tagging(condition->node) == TAGGING_RESOURCE &&
		    makes_resource(expansion->actions[i]))
			return false;
	return service_lists_key(expansion->service, condition->node->key,
	    condition->node->key_length);
}

static void
resource_tag_on_untaggable(struct check *check,
    const struct condition *condition)
{
	const struct element *action = &check->statement->action;
	const struct node *node = condition->node;
	struct roster idle = { .count = 0 };
	struct finding *finding;

	if (action->negated || wording_key_tagging(node) == TAGGING_NONE ||
	    !condition_needs_key(condition) ||
	    check_look_up(check, node)->everywhere)
		return;
	for (size_t i = 0; i < action->count; i++)
		if (is_untaggable(check_expand(check, action->items[i]),
		    condition))
			roster_add(&idle, action->items[i]->text,
			    action->items[i]->length);
	if (idle.count == 0)
		return;
	finding = check_complain_of_key(check, node,
	    "`%.*s` is not sent with requests for %s: %s",
	    (int)node->key_length, node->key,
	    roster_print(check->report->arena, &idle),
	    consequence(check, condition));
	/* a grant that is missing harms nobody's security */
	if (check->statement->effect != EFFECT_DENY)
		finding->severity = idle.count < action->count ?
		    SEVERITY_NOTE : SEVERITY_WARNING;
}

#define TAGGED(EFFECT, ACTION, KEY)					\
	"{'Effect':'" EFFECT "'," ACTION ",'Resource':'*','Condition':"	\
	"{'StringEquals':{'" KEY "':'blue'}}}"

const struct rule context_rules[] = {
	{
		.complaint = {
			.id = "condition-key-not-in-action",
			.severity = SEVERITY_WARNING,
			.says = "a condition key is never sent with the "
			    "actions that the statement is about",
			.why = "A key that is not in the request is absent: "
			    "an Allow then grants nothing, a Deny may be "
			    "hollow, and a negated test is always true.  "
			    "Give each action the keys that it has.",
			.aa = "UNSUPPORTED_ACTION_FOR_CONDITION_KEY",
			.fires_on = TAGGED("Allow", "'Action':'s3:GetObject'",
			    "s3:prefix"),
			.quiet_on = TAGGED("Allow",
			    "'Action':'s3:ListBucket'", "s3:prefix"),
		},
		.layers = LAYERS_ALL,
		.condition = condition_key_not_in_action,
	},
	{
		.complaint = {
			.id = "missing-action-for-condition-key",
			.severity = SEVERITY_ERROR,
			.says = "a tested key has a value only where another "
			    "action is allowed or meant too",
			.why = "Some keys come with one action, or with a "
			    "permission of the caller's: a source identity "
			    "with sts:SetSourceIdentity, for instance.  "
			    "Without it the key is never there.  Add the "
			    "action.",
			.aa = "MISSING_ACTION_FOR_CONDITION_KEY",
			.supersedes = "condition-key-not-in-action",
			.fires_on = TAGGED("Allow", "'Action':'sts:AssumeRole'",
			    "sts:SourceIdentity"),
			.quiet_on = TAGGED("Allow", "'Action':"
			    "['sts:AssumeRole','sts:SetSourceIdentity']",
			    "sts:SourceIdentity"),
		},
		.layers = LAYERS_ALL,
		.condition = missing_action_for_condition_key,
	},
	{
		.complaint = {
			.id = "resource-tag-on-untaggable",
			.severity = SEVERITY_SECURITY,
			.says = "a test on a tag stands over an action that "
			    "does not send it, though its service knows tags",
			.why = "The action is on a kind of resource without "
			    "tags, or on none.  A Deny then misses it; an "
			    "Allow does not grant it.  Give the action a "
			    "statement of its own.",
			.fires_on = TAGGED("Deny",
			    "'Action':'ec2:DescribeInstances'",
			    "aws:ResourceTag/Team"),
			.quiet_on = TAGGED("Deny",
			    "'Action':'ec2:StopInstances'",
			    "aws:ResourceTag/Team"),
		},
		.layers = LAYERS_ALL,
		.condition = resource_tag_on_untaggable,
	},
	{ .complaint = { .id = NULL } }
};
