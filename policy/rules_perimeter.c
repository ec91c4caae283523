/* SPDX-License-Identifier: MIT */
/*
 * Rules about whom and what a VPC endpoint lets through: a data perimeter
 * wants both the caller and the owner of the resource bound, by the Allow
 * itself or by a Deny for all others.  Which accounts are the right ones is
 * not known here.
 */
#include "config.h"

#include <string.h>

#include "policy/absence.h"
#include "policy/attachment.h"
#include "policy/bound.h"
#include "policy/caller.h"
#include "policy/cover.h"
#include "policy/rules.h"

/* Whose the caller is.  A tag does not say it: anybody can tag himself. */
static const char *const caller_keys[] = {
	"aws:PrincipalOrgID", "aws:PrincipalOrgPaths",
	"aws:PrincipalAccount", "aws:PrincipalArn", "aws:userid",
	"aws:PrincipalServiceName", "aws:PrincipalServiceNamesList",
	"ssm:NodeOrgId", "ssm:NodeAccountId", NULL
};

/*
 * Tags by which AWS's own perimeter policies name their exceptions, one for
 * each half.
 */
static const char *const owner_exceptions[] = {
	"aws:PrincipalTag/dp:exclude:resource", NULL
};
static const char *const caller_exceptions[] = {
	"aws:ResourceTag/dp:exclude:identity", NULL
};

/* The two halves of a perimeter, and who is missing. */
struct bounds {
	bool	 caller;
	bool	 owner;
};

/* A value that leaves the account or organization open.  What a function is
 * to make is taken for one that does not. */
static bool
is_open_value(const struct node *value)
{
	struct arn arn = arn_split(value->text, value->length);

	if (value->length == 0 || value->text[0] == '*' ||
	    value->text[0] == '?')
		return true;
	return arn.count == ARN_FIELD_COUNT &&
	    arn_field_is_wild(&arn, ARN_ACCOUNT);
}

static bool
names_values(struct check *check, const struct condition *condition)
{
	bool some = condition->count > 0 || condition->partial;

	if (condition_has_open_value(check, condition))
		return false;
	if (condition_facts(condition)->comparison != COMPARISON_like)
		return some;
	for (size_t i = 0; i < condition->count; i++)
		if (is_open_value(condition->values[i]))
			return false;
	return some;
}

static bool
selects_on(struct check *check, const struct statement *statement,
    const char *const *keys)
{
	for (size_t i = 0; i < statement->condition_count; i++) {
		const struct condition *condition = &statement->conditions[i];

		if (condition_selects(condition) &&
		    condition_is_on_one(condition, keys) &&
		    names_values(check, condition))
			return true;
	}
	return false;
}

/* KEY-12: callers who come by a provider have only the claims of a token. */
static bool
selects_claim(const struct statement *statement)
{
	for (size_t i = 0; i < statement->condition_count; i++) {
		const struct node *node = statement->conditions[i].node;
		const char *colon = memchr(node->key, ':', node->key_length);

		if (condition_selects(&statement->conditions[i]) &&
		    colon != NULL && memchr(node->key, '.',
		    (size_t)(colon - node->key)) != NULL)
			return true;
	}
	return false;
}

/* Only AWS services meet it; they pass no endpoint of a customer (VPCE-6). */
static bool
is_for_services(const struct statement *statement)
{
	const struct condition *condition =
	    statement_condition(statement, "aws:PrincipalIsAWSService");

	return condition != NULL && condition_demands(condition) &&
	    condition->count == 1 && node_is(condition->values[0], "true");
}

static bool
binds_caller(struct check *check, const struct statement *statement)
{
	return statement_everyone(statement) == NULL ||
	    selects_on(check, statement, caller_keys) ||
	    selects_on(check, statement, caller_exceptions) ||
	    selects_claim(statement);
}

/* The entry says who owns what it takes in. */
static bool
names_owner(const struct node *entry)
{
	struct arn arn = arn_split(entry->text, entry->length);
	const char *resource = arn.field[ARN_RESOURCE].text;
	const char *slash;

	if (arn.count != ARN_FIELD_COUNT)
		return node_has_placeholder(entry);
	if (arn.field[ARN_ACCOUNT].length > 0)
		return !arn_field_is_wild(&arn, ARN_ACCOUNT);
	if (!arn_field_is(&arn, ARN_SERVICE, "s3"))
		return true;		/* AWS's own: EVAL-39 */
	slash = memchr(resource, '/', arn.field[ARN_RESOURCE].length);
	if (slash != NULL)
		arn.field[ARN_RESOURCE].length = (size_t)(slash - resource);
	return !arn_field_is_wild(&arn, ARN_RESOURCE);
}

/* The first entry that takes in anybody's resources; NULL if there is none. */
static const struct node *
find_open_entry(const struct element *resource)
{
	for (size_t i = 0; i < resource->count; i++)
		if (resource->negated || !names_owner(resource->items[i]))
			return resource->items[i];
	return NULL;
}

/* Instances and what an agent reports of its own cannot be another's. */
static bool
is_of_own_account(const struct action *action)
{
	for (unsigned i = 0; i < action->target_count; i++) {
		const char *type = action->targets[i].type->name;

		if (strcmp(action->service->prefix, "ssm") != 0 ||
		    !word_is_among(type, strlen(type),
		    "instance managed-instance"))
			return false;
	}
	return true;
}

static bool
is_reading(const struct action *action)
{
	return action->level == LEVEL_READ || action->level == LEVEL_LIST;
}

/* It is true of every action that the statement names, and all are known; of
 * those that a function is to make, it may be. */
static bool
every_action(struct check *check, const struct statement *statement,
    bool (*is)(const struct action *))
{
	const struct element *actions = &statement->action;

	for (size_t i = 0; i < actions->count; i++) {
		const struct expansion *expansion = check_expand(check,
		    actions->items[i]);

		if (expansion->count == 0)
			return false;
		for (size_t k = 0; k < expansion->count; k++)
			if (!is(expansion->actions[k]))
				return false;
	}
	return (actions->count > 0 || actions->partial) && !actions->negated;
}

/* Reading what is named in full brings data in and takes none out. */
static bool
only_fetches(struct check *check, const struct statement *statement)
{
	return statement->resource.count > 0 &&
	    find_open_entry(&statement->resource) == NULL &&
	    every_action(check, statement, is_reading);
}

static struct bounds
find_bounds(struct check *check, const struct statement *statement)
{
	struct bounds bounds = {
		.caller = binds_caller(check, statement),
		.owner = selects_on(check, statement, absence_owner_keys) ||
		    selects_on(check, statement, owner_exceptions) ||
		    find_open_entry(&statement->resource) == NULL,
	};

	if (!bounds.owner)
		bounds.owner = every_action(check, statement,
		    is_of_own_account);
	if (!bounds.caller)
		bounds.caller = only_fetches(check, statement);
	return bounds;
}

/* It denies who, or what, is not of the values of one of the keys. */
static bool
denies_others(struct check *check, const struct statement *statement,
    const char *const *keys)
{
	if (statement->effect != EFFECT_DENY ||
	    statement_everyone(statement) == NULL)
		return false;
	for (size_t i = 0; i < statement->condition_count; i++) {
		const struct condition *condition = &statement->conditions[i];

		if (condition_is_known(condition) &&
		    condition_facts(condition)->negated &&
		    condition_is_on_one(condition, keys) &&
		    !condition_spares_strangers(check, condition))
			return true;
	}
	return false;
}

/* A Deny for all but those named binds the Allows beside it that it reaches. */
static struct cover
find_cover(struct check *check, const char *const *keys)
{
	const struct policy *policy = check->subject->policy;
	const struct statement **statements = arena_array(
	    check->subject->arena, policy->count, sizeof(*statements));
	size_t count = 0;

	for (size_t i = 0; i < policy->count; i++)
		if (denies_others(check, &policy->statements[i], keys))
			statements[count++] = &policy->statements[i];
	return (struct cover){ statements, count };
}

static void
complain_of(struct check *check, struct bounds bounds)
{
	const struct statement *statement = check->statement;
	const struct principal *everyone = statement_everyone(statement);
	const struct node *open = find_open_entry(&statement->resource);

	if (!bounds.caller && !bounds.owner)
		check_complain_of(check, everyone->node, "neither the caller "
		    "nor the owner of the resource is bound: whoever is in "
		    "the network can carry data to an account of his own");
	else if (!bounds.caller)
		check_complain_of(check, everyone->node, "the caller is not "
		    "bound: credentials of a foreign account, brought into "
		    "the network, work through this endpoint");
	else
		check_complain_of(check, open, "the owner of the resource is "
		    "not bound: data can be carried to a foreign account "
		    "through this endpoint");
}

static void
vpce_missing_perimeter(struct check *check)
{
	const struct policy *policy = check->subject->policy;
	const struct cover callers = find_cover(check, caller_keys);
	const struct cover owners = find_cover(check, absence_owner_keys);

	if (policy->partial || attachment_ignores_policies(check->subject))
		return;
	for (size_t i = 0; i < policy->count; i++) {
		const struct statement *statement = &policy->statements[i];
		struct bounds bounds;

		if (statement->effect != EFFECT_ALLOW ||
		    statement->principal.count == 0 ||
		    statement->principal.negated || is_for_services(statement))
			continue;
		bounds = find_bounds(check, statement);
		bounds.caller = bounds.caller ||
		    cover_holds(check, &callers, statement);
		bounds.owner = bounds.owner ||
		    cover_holds(check, &owners, statement);
		if (bounds.caller && bounds.owner)
			continue;
		check->statement = statement;
		complain_of(check, bounds);
	}
	check->statement = NULL;
}

static bool
has_deny(const struct policy *policy)
{
	for (size_t i = 0; i < policy->count; i++)
		if (policy->statements[i].effect == EFFECT_DENY)
			return true;
	return false;
}

static bool
allows_everything(const struct statement *statement)
{
	bool every = false;

	for (size_t i = 0; i < statement->action.count; i++)
		every = every || node_is(statement->action.items[i], "*");
	return statement->effect == EFFECT_ALLOW && every &&
	    !statement->action.negated && statement_holds(statement) &&
	    resource_is_everything(statement);
}

/* VPCE-3. */
static void
vpce_default_policy(struct check *check)
{
	const struct policy *policy = check->subject->policy;

	if (has_deny(policy) || attachment_ignores_policies(check->subject))
		return;
	for (size_t i = 0; i < policy->count; i++) {
		const struct statement *statement = &policy->statements[i];
		const struct principal *everyone =
		    statement_everyone(statement);

		if (everyone == NULL || !allows_everything(statement))
			continue;
		check->statement = statement;
		check_complain_of(check, everyone->node, "this is the policy "
		    "that an endpoint has by default: everybody, everything, "
		    "everywhere");
		break;
	}
	check->statement = NULL;
}

const struct rule perimeter_rules[] = {
	{
		.complaint = {
			.id = "vpce-default-policy",
			.severity = SEVERITY_SECURITY,
			.says = "the endpoint policy lets everything through",
			.why = "Credentials from anywhere work through the "
			    "endpoint, and data can leave to any account.  "
			    "Demand your organization of the caller "
			    "(aws:PrincipalOrgID) and of the resource "
			    "(aws:ResourceOrgID).",
			.supersedes = "vpce-missing-perimeter",
			.fires_on = "endpoint {'Effect':'Allow',"
			    "'Principal':'*','Action':'*','Resource':'*'}",
			.quiet_on = "endpoint {'Effect':'Allow',"
			    "'Principal':'*','Action':'*','Resource':'*',"
			    "'Condition':{'StringEquals':"
			    "{'aws:ResourceOrgID':'o-a1b2c3d4e5',"
			    "'aws:PrincipalOrgID':'o-a1b2c3d4e5'}}}",
		},
		.layers = LAYER_SET(ENDPOINT),
		.document = vpce_default_policy,
	},
	{
		.complaint = {
			.id = "vpce-missing-perimeter",
			.severity = SEVERITY_SECURITY,
			.says = "an Allow of an endpoint policy binds not both "
			    "the caller and the resource",
			.why = "With one half open, data leaves through the "
			    "endpoint: by credentials of a stranger, or to a "
			    "stranger's resource.  Demand aws:PrincipalOrgID "
			    "or aws:PrincipalAccount, and aws:ResourceOrgID, "
			    "aws:ResourceAccount or resources named with "
			    "their account.",
			.fires_on = "endpoint {'Effect':'Allow',"
			    "'Principal':'*','Action':'s3:PutObject',"
			    "'Resource':'*','Condition':{'StringEquals':"
			    "{'aws:PrincipalOrgID':'o-a1b2c3d4e5'}}}",
			.quiet_on = "endpoint {'Effect':'Allow',"
			    "'Principal':'*','Action':'s3:PutObject',"
			    "'Resource':'arn:aws:s3:::b/*','Condition':"
			    "{'StringEquals':"
			    "{'aws:PrincipalOrgID':'o-a1b2c3d4e5'}}}",
		},
		.layers = LAYER_SET(ENDPOINT),
		.document = vpce_missing_perimeter,
	},
	{ .complaint = { .id = NULL } }
};
