/* SPDX-License-Identifier: MIT */
/*
 * Statements that reach further than their author may have thought: wildcards
 * that take in a whole service or account, and the Not... forms, which take
 * in whatever is not named.  Which of the reached actions are dangerous is
 * not known here: that is rules_privilege.c.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "policy/absence.h"
#include "policy/grant.h"
#include "policy/list.h"
#include "policy/remnant.h"
#include "policy/rules.h"

enum {
	/* layers whose Allow lets somebody in, or could */
	LAYERS_GRANTING = LAYERS_ALL & ~(LAYER_SET(SCP) | LAYER_SET(RCP))
};

static void
wildcard_in_service_name(struct check *check, const struct node *entry)
{
	const struct expansion *expansion = check_expand(check, entry);
	size_t length = expansion->prefix_length;

	if (expansion->prefix_wild && length < entry->length)
		check_complain_of(check, entry, "`%.*s` reaches into every "
		    "service whose prefix `%.*s` matches, new ones too",
		    (int)entry->length, entry->text, (int)length,
		    entry->text);
}

static void
wildcard_in_service_name_of_arn(struct check *check, const struct node *entry)
{
	const struct arn arn = arn_split(entry->text, entry->length);
	bool all = arn.count == ARN_FIELD_COUNT &&
	    arn_field_is(&arn, ARN_RESOURCE, "*");

	if (!arn_field_is(&arn, ARN_PREFIX, "arn") || all ||
	    !arn_field_is_wild(&arn, ARN_SERVICE))
		return;
	check_complain_of(check, entry, "the service `%.*s` of this ARN is a "
	    "pattern, and AWS wants a name there",
	    (int)arn.field[ARN_SERVICE].length, arn.field[ARN_SERVICE].text);
}

struct action_set {
	LIST(const struct action *) actions;
};

static void
add_action(struct check *check, struct action_set *set,
    const struct action *action)
{
	*list_add(check->subject->arena, &set->actions) = action;
}

/* A pattern whose prefix is a wildcard has to be held against all. */
static void
add_everywhere(struct check *check, struct action_set *set,
    const struct pattern *pattern)
{
	const struct catalog *catalog = check->subject->catalog;

	for (unsigned i = 0; i < catalog->service_count; i++) {
		const struct service *service = &catalog->services[i];

		for (unsigned j = 0; j < service->action_count; j++) {
			const char *text = arena_printf(check->subject->arena,
			    "%s:%s", service->prefix,
			    service->actions[j].name);

			if (pattern_match(pattern, text, strlen(text)))
				add_action(check, set, &service->actions[j]);
		}
	}
}

static int
compare_actions(const void *left, const void *right)
{
	const struct action *a = *(const struct action *const *)left;
	const struct action *b = *(const struct action *const *)right;

	return (a > b) - (a < b);
}

/* The listed actions that the entries match together, each once, in order. */
static struct action_set
find_matched(struct check *check, const struct element *element)
{
	struct action_set set = { { 0 } };
	size_t count = 0;

	for (size_t i = 0; i < element->count; i++) {
		const struct expansion *expansion = check_expand(check,
		    element->items[i]);

		if (expansion->any || expansion->prefix_wild)
			add_everywhere(check, &set, &expansion->pattern);
		for (size_t j = 0; j < expansion->count; j++)
			add_action(check, &set, expansion->actions[j]);
	}
	if (set.actions.count > 0)
		qsort(set.actions.items, set.actions.count,
		    sizeof(*set.actions.items), compare_actions);
	for (size_t i = 0; i < set.actions.count; i++)
		if (i == 0 || set.actions.items[i] != set.actions.items[i - 1])
			set.actions.items[count++] = set.actions.items[i];
	set.actions.count = count;
	return set;
}

static bool
is_in(const struct action_set *set, const struct action *action)
{
	return set->actions.count > 0 && bsearch(&action, set->actions.items,
	    set->actions.count, sizeof(*set->actions.items),
	    compare_actions) != NULL;
}

/* Some entry may be a resource of the action. */
static bool
can_act_on(struct check *check, const struct action *action,
    const struct element *resource)
{
	for (size_t i = 0; i < resource->count; i++) {
		const struct address *address = check_locate(check,
		    resource->items[i]);

		for (size_t j = 0; j < address->type_count; j++)
			for (unsigned k = 0; k < action->target_count; k++)
				if (action->targets[k].type ==
				    address->types[j])
					return true;
	}
	return false;
}

/* Of each entry it is known what it can be. */
static bool
knows_types(struct check *check, const struct element *resource)
{
	for (size_t i = 0; i < resource->count; i++)
		if (check_locate(check, resource->items[i])->type_count == 0)
			return false;
	return !resource->partial;
}

/* What NotAction lets in of what could be let in. */
struct tally {
	size_t	 left, all;
};

/* Resource says nothing of which actions are meant. */
static bool
is_about_any(const struct statement *statement)
{
	return statement->resource.negated || statement->resource.count == 0 ||
	    resource_is_everything(statement);
}

static void
count_service(struct check *check, const struct service *service,
    const struct action_set *excepted, struct tally *tally)
{
	const struct statement *statement = check->statement;
	bool any = is_about_any(statement);

	for (unsigned i = 0; i < service->action_count; i++) {
		const struct action *action = &service->actions[i];

		if (!any && !can_act_on(check, action, &statement->resource))
			continue;
		tally->all++;
		if (!is_in(excepted, action))
			tally->left++;
	}
}

/* A resource's own policy is about the service's actions alone. */
static struct tally
count_left(struct check *check)
{
	const struct subject *subject = check->subject;
	const struct action_set excepted = find_matched(check,
	    &check->statement->action);
	struct tally tally = { 0, 0 };

	if (subject->service != NULL && (subject->layer == LAYER_RESOURCE ||
	    subject->layer == LAYER_ENDPOINT)) {
		count_service(check, subject->service, &excepted, &tally);
		return tally;
	}
	/* a cheap answer for most */
	if (is_about_any(check->statement)) {
		tally.all = catalog_action_count(subject->catalog);
		tally.left = tally.all - excepted.actions.count;
		return tally;
	}
	for (unsigned i = 0; i < subject->catalog->service_count; i++)
		count_service(check, &subject->catalog->services[i], &excepted,
		    &tally);
	return tally;
}

static bool
excepts_everything(const struct element *action)
{
	for (size_t i = 0; i < action->count; i++)
		if (action_is_everything(action->items[i]))
			return true;
	return false;
}

static void
not_action_allow(struct check *check)
{
	const struct statement *statement = check->statement;
	const struct element *action = &statement->action;
	struct tally tally;

	if (statement->effect != EFFECT_ALLOW || !action->negated ||
	    excepts_everything(action))
		return;
	tally = action->partial ? (struct tally){ 0, 0 } : count_left(check);
	if (tally.left == 0 || (!is_about_any(statement) &&
	    !knows_types(check, &statement->resource)))
		check_complain_of_key(check, action->node, "`NotAction` with "
		    "`Allow` lets in every other action, and those that AWS "
		    "adds");
	else
		check_complain_of_key(check, action->node, "`NotAction` with "
		    "`Allow` lets in %zu of the %zu actions listed on %s%s, "
		    "and every action that AWS adds", tally.left, tally.all,
		    check->subject->catalog->date,
		    tally.all == catalog_action_count(
		    check->subject->catalog) ? "" :
		    " that could be meant here");
}

static void
not_resource_allow(struct check *check)
{
	const struct statement *statement = check->statement;
	const struct element *resource = &statement->resource;

	if (statement->effect != EFFECT_ALLOW || !resource->negated)
		return;
	for (size_t i = 0; i < resource->count; i++)
		if (entry_is_everything(resource->items[i]))
			return;
	if (resource->partial)
		check_complain_of_key(check, resource->node, "`NotResource` "
		    "with `Allow` lets the actions act on every other "
		    "resource, and on every one that is yet to be made");
	else
		check_complain_of_key(check, resource->node, "`NotResource` "
		    "with `Allow` lets the actions act on every resource but "
		    "%zu, and on every one that is yet to be made",
		    resource->count);
}

/* Nothing is left when everything is excepted. */
static void
not_resource_deny_star(struct check *check, const struct node *entry)
{
	const struct statement *statement = check->statement;

	if (statement->effect == EFFECT_DENY && statement->resource.negated &&
	    entry_is_everything(entry))
		check_complain_of(check, entry, "`NotResource` with `%.*s` "
		    "leaves no resource, so the statement denies nothing",
		    (int)entry->length, entry->text);
}

static void
not_action_deny_star(struct check *check, const struct node *entry)
{
	const struct statement *statement = check->statement;

	if (statement->effect == EFFECT_DENY && statement->action.negated &&
	    action_is_everything(entry))
		check_complain_of(check, entry, "`NotAction` with `%.*s` "
		    "leaves no action, so the statement denies nothing",
		    (int)entry->length, entry->text);
}

/* The same of an Allow. */
static void
dead_for_want_of_action(struct check *check, const struct node *entry)
{
	const struct statement *statement = check->statement;

	if (statement->effect == EFFECT_ALLOW && statement->action.negated &&
	    action_is_everything(entry))
		check_complain_of(check, entry, "`NotAction` with `%.*s` "
		    "leaves no action, so the statement allows nothing",
		    (int)entry->length, entry->text);
}

static void
dead_for_want_of_resource(struct check *check, const struct node *entry)
{
	const struct statement *statement = check->statement;

	if (statement->effect == EFFECT_ALLOW && statement->resource.negated &&
	    entry_is_everything(entry))
		check_complain_of(check, entry, "`NotResource` with `%.*s` "
		    "leaves no resource, so the statement allows nothing",
		    (int)entry->length, entry->text);
}

enum { NAMES_SHOWN = 6 };

/* "GetObject, GetObjectAcl and 34 more" */
static const char *
list_names(struct check *check, const struct expansion *expansion)
{
	struct arena *arena = check->report->arena;
	const char *names = "";

	for (size_t i = 0; i < expansion->count && i < NAMES_SHOWN; i++)
		names = arena_printf(arena, "%s%s`%s`", names,
		    i == 0 ? "" : ", ", expansion->actions[i]->name);
	if (expansion->count > NAMES_SHOWN)
		names = arena_printf(arena, "%s and %zu more", names,
		    expansion->count - NAMES_SHOWN);
	return names;
}

static void
wildcard_future_actions(struct check *check, const struct node *entry)
{
	const struct expansion *expansion = check_expand(check, entry);
	const struct statement *statement = check->statement;

	if (statement->effect != EFFECT_ALLOW || statement->action.negated ||
	    !expansion->wild || expansion->count == 0)
		return;
	check_complain_of(check, entry, "`%.*s` covers %zu action%s now (%s), "
	    "and whatever AWS adds under such a name", (int)entry->length,
	    entry->text, expansion->count, expansion->count == 1 ? "" : "s",
	    list_names(check, expansion));
}

static void
full_admin(struct check *check, const struct node *entry)
{
	if (action_is_everything(entry) &&
	    remnant_is_everything(check, check->statement, entry))
		check_complain_of(check, entry, "`%.*s` on `*` without a "
		    "condition allows every action on every resource",
		    (int)entry->length, entry->text);
}

/* Denies leave the actions on every resource. */
static bool
is_left_open(struct check *check, const struct pattern *actions)
{
	const struct claim claim = { .actions = actions,
	    .is_enough = remnant_is_narrow };
	struct statement room;
	const struct statement *left = remnant_read(check, check->statement,
	    &claim, &room);

	return left != NULL && resource_is_everything(left);
}

static void
service_wildcard(struct check *check, const struct node *entry)
{
	const struct expansion *expansion;

	if (entry->length < 2 ||
	    memcmp(entry->text + entry->length - 2, ":*", 2) != 0 ||
	    !grant_is_everywhere(check->statement))
		return;
	expansion = check_expand(check, entry);
	/* where no action takes a resource, there is nothing to narrow */
	if (expansion->service == NULL ||
	    expansion->service->type_count == 0 ||
	    !is_left_open(check, &expansion->pattern))
		return;
	check_complain_of(check, entry, "`%.*s` on `*` allows all %zu actions "
	    "of `%s` on every resource", (int)entry->length, entry->text,
	    expansion->count, expansion->service->prefix);
}

/* Every listed action that the statement allows can be limited. */
static bool
can_name_resources(struct check *check, const struct element *element)
{
	for (size_t i = 0; i < element->count; i++) {
		const struct expansion *expansion = check_expand(check,
		    element->items[i]);

		if (expansion->count == 0)
			return false;
		for (size_t j = 0; j < expansion->count; j++)
			if (expansion->actions[j]->target_count == 0)
				return false;
	}
	return element->count > 0;
}

static void
resource_star_avoidable(struct check *check, const struct node *entry)
{
	const struct statement *statement = check->statement;
	const struct expansion *first;

	if (statement->effect != EFFECT_ALLOW || statement->action.negated ||
	    statement->resource.negated || !node_is(entry, "*") ||
	    !can_name_resources(check, &statement->action))
		return;
	first = check_expand(check, statement->action.items[0]);
	check_help(check, check_complain_of(check, entry, "`*` lets the "
	    "statement act on every resource, though each of its actions can "
	    "be limited to some"), "name resources, for `%s` in the form `%s`",
	    first->actions[0]->name, first->actions[0]->targets[0].type->arn);
}

/* The field, if it is there, holds wildcards, slashes and colons at most. */
static bool
is_open(const struct arn *arn, enum arn_field field)
{
	for (size_t i = 0; i < arn->field[field].length; i++)
		if (strchr("*/:", arn->field[field].text[i]) == NULL)
			return false;
	return true;
}

static void
resource_effectively_star(struct check *check, const struct node *entry)
{
	const struct statement *statement = check->statement;
	const struct arn arn = arn_split(entry->text, entry->length);

	if (statement->effect != EFFECT_ALLOW || statement->resource.negated ||
	    !statement_holds(statement) || arn.count < ARN_FIELD_COUNT ||
	    !arn_field_is(&arn, ARN_PREFIX, "arn"))
		return;
	if (arn.field[ARN_RESOURCE].length == 0 ||
	    !is_open(&arn, ARN_REGION) || !is_open(&arn, ARN_ACCOUNT) ||
	    !is_open(&arn, ARN_RESOURCE))
		return;
	if (arn_field_is(&arn, ARN_SERVICE, "*"))
		check_complain_of(check, entry, "`%.*s` looks like an ARN and "
		    "is everything that has one", (int)entry->length,
		    entry->text);
	else
		check_complain_of(check, entry, "`%.*s` looks like an ARN and "
		    "is everything that `%.*s` has", (int)entry->length,
		    entry->text, (int)arn.field[ARN_SERVICE].length,
		    arn.field[ARN_SERVICE].text);
}

const struct rule breadth_rules[] = {
	{
		.complaint = {
			.id = "wildcard-in-service-name",
			.severity = SEVERITY_NOTE,
			.says = "a service is named by a pattern",
			.why = "Every service whose name happens to match is "
			    "meant, also those of next year.  Name the "
			    "services.",
			.aa = "WILDCARD_IN_SERVICE_NAME",
			.fires_on = "{'Effect':'Allow','Action':'*:Get*',"
			    "'Resource':'*'}",
			.quiet_on = "{'Effect':'Allow','Action':'s3:*Get*',"
			    "'Resource':'*'}",
		},
		.layers = LAYERS_ALL,
		.action = wildcard_in_service_name,
		.resource = wildcard_in_service_name_of_arn,
	},
	{
		.complaint = {
			.id = "not-action-allow",
			.severity = SEVERITY_SECURITY,
			.says = "Allow with NotAction lets in actions that "
			    "nobody named",
			.why = "NotAction means all actions but these, and "
			    "the list of all actions grows every week.  Name "
			    "the actions, or keep NotAction for Deny.",
			.fires_on = "{'Effect':'Allow','NotAction':'iam:*',"
			    "'Resource':'*'}",
			.quiet_on = "{'Effect':'Deny','NotAction':'iam:*',"
			    "'Resource':'*'}",
		},
		.layers = LAYERS_GRANTING,
		.statement = not_action_allow,
	},
	{
		.complaint = {
			.id = "not-resource-allow",
			.severity = SEVERITY_SECURITY,
			.says = "Allow with NotResource lets actions act on "
			    "resources that nobody named",
			.why = "NotResource means all resources but these, "
			    "those of other accounts and of next year "
			    "included.  Name the resources, or deny the "
			    "exceptions in a statement of their own.",
			.fires_on = "{'Effect':'Allow','Action':"
			    "'s3:GetObject','NotResource':"
			    "'arn:aws:s3:::b/secret/*'}",
			.quiet_on = "{'Effect':'Deny','Action':"
			    "'s3:GetObject','NotResource':"
			    "'arn:aws:s3:::b/secret/*'}",
		},
		.layers = LAYERS_GRANTING,
		.statement = not_resource_allow,
	},
	{
		.complaint = {
			.id = "dead-statement",
			.severity = SEVERITY_WARNING,
			.says = "an Allow excepts every action or every "
			    "resource",
			.why = "Nothing is left for it to allow.  Name what "
			    "is meant under Action and Resource.",
			.fires_on = "{'Effect':'Allow','NotAction':'*',"
			    "'Resource':'*'}",
			.quiet_on = "{'Effect':'Allow','NotAction':'iam:*',"
			    "'Resource':'*'}",
		},
		.layers = LAYERS_ALL,
		.action = dead_for_want_of_action,
		.resource = dead_for_want_of_resource,
	},
	{
		.complaint = {
			.id = "not-resource-deny-star",
			.severity = SEVERITY_ERROR,
			.says = "a Deny that excepts everything denies "
			    "nothing",
			.why = "NotResource or NotAction with \"*\" leaves "
			    "nothing to deny, and what the statement seems to "
			    "forbid stays allowed.  Write Resource or Action, "
			    "or name the exceptions.",
			.fires_on = "{'Effect':'Deny','Action':'s3:*',"
			    "'NotResource':'*'}",
			.quiet_on = "{'Effect':'Deny','Action':'s3:*',"
			    "'NotResource':'arn:aws:s3:::b/*'}",
		},
		.layers = LAYERS_ALL,
		.action = not_action_deny_star,
		.resource = not_resource_deny_star,
	},
	{
		.complaint = {
			.id = "wildcard-future-actions",
			.severity = SEVERITY_NOTE,
			.configured = true,
			.says = "a wildcard in an action covers actions that "
			    "do not exist yet",
			.why = "AWS adds actions without asking, and the "
			    "pattern allows them from the first day.  The "
			    "finding lists what is covered now.",
			.fires_on = "{'Effect':'Allow','Action':'sqs:Get*',"
			    "'Resource':'*'}",
			.quiet_on = "{'Effect':'Deny','Action':'sqs:Get*',"
			    "'Resource':'*'}",
		},
		.layers = LAYERS_GRANTING,
		.action = wildcard_future_actions,
	},
	{
		.complaint = {
			.id = "full-admin",
			.severity = SEVERITY_SECURITY,
			.says = "a statement allows everything on everything",
			.why = "Whoever holds the policy, or steals its "
			    "holder's credentials, has the account.  Allow "
			    "the actions that the work needs.",
			.supersedes = "wildcard-in-service-name "
			    "pass-role-broad create-slr-broad "
			    "priv-esc-combination",
			.fires_on = "identity {'Effect':'Allow','Action':'*',"
			    "'Resource':'*'}",
			.quiet_on = "identity {'Effect':'Allow','Action':'*',"
			    "'Resource':'arn:aws:s3:::b/*'}",
		},
		.layers = LAYER_SET(IDENTITY),
		.action = full_admin,
	},
	{
		.complaint = {
			.id = "service-wildcard",
			.severity = SEVERITY_NOTE,
			.says = "a statement allows all of a service on all "
			    "resources",
			.why = "Reading, deleting and handing out permissions "
			    "are all in there, with what AWS adds.  Name the "
			    "actions or the resources.",
			.fires_on = "identity {'Effect':'Allow','Action':"
			    "'sqs:*','Resource':'*'}",
			.quiet_on = "identity {'Effect':'Allow','Action':"
			    "'sqs:*','Resource':"
			    "'arn:aws:sqs:us-east-1:111122223333:q'}",
		},
		.layers = LAYER_SET(IDENTITY),
		.action = service_wildcard,
	},
	{
		.complaint = {
			.id = "resource-star-avoidable",
			.severity = SEVERITY_NOTE,
			.configured = true,
			.says = "Resource is * though every action could be "
			    "limited to some resources",
			.why = "A statement that names its resources does "
			    "less harm in the wrong hands.  Actions that take "
			    "no resource are better kept in a statement of "
			    "their own.",
			.fires_on = "identity {'Effect':'Allow','Action':"
			    "'s3:GetObject','Resource':'*'}",
			.quiet_on = "identity {'Effect':'Allow','Action':"
			    "['s3:GetObject','s3:ListAllMyBuckets'],"
			    "'Resource':'*'}",
		},
		.layers = LAYER_SET(IDENTITY),
		.resource = resource_star_avoidable,
	},
	{
		.complaint = {
			.id = "resource-effectively-star",
			.severity = SEVERITY_NOTE,
			.says = "an ARN of wildcards is everything that a "
			    "service has",
			.why = "It reads like a limit and is none, in any "
			    "account.  Name the resources, or write \"*\" and "
			    "mean it.",
			.fires_on = "identity {'Effect':'Allow','Action':"
			    "'s3:GetObject','Resource':'arn:aws:s3:::*'}",
			.quiet_on = "identity {'Effect':'Allow','Action':"
			    "'s3:GetObject','Resource':'arn:aws:s3:::b*'}",
		},
		.layers = LAYER_SET(IDENTITY),
		.resource = resource_effectively_star,
	},
	{ .complaint = { .id = NULL } }
};
