/* SPDX-License-Identifier: MIT */
/*
 * Whether the actions of a statement can act on the resources beside them.
 * The catalogue says which types an action takes; where it is silent about an
 * ARN, so are these rules.  Regions and accounts do not count here: what is
 * wrong with them is said of the ARN (rules_arn.c), once.  Buckets and their
 * objects have rules_s3.c.
 */
#include "config.h"

#include <string.h>

#include "policy/entry.h"
#include "policy/rules.h"
#include "policy/template.h"
#include "policy/variable.h"

/* The Resource entries of a statement, all of them ARNs of six fields. */
struct resources {
	const struct address	**items;
	size_t			 count;
};

static bool
is_judged(const struct address *address)
{
	return address->readable && address->arn.count == ARN_FIELD_COUNT &&
	    !arn_field_is_wild(&address->arn, ARN_SERVICE);
}

/* False when some entry is no such ARN: then nothing can be said. */
static bool
read_resources(struct check *check, struct arena *arena,
    const struct statement *statement, struct resources *resources)
{
	const struct element *element = &statement->resource;

	if (element->negated || element->partial || element->count == 0 ||
	    resource_is_everything(statement))
		return false;
	resources->count = element->count;
	resources->items = arena_array(arena, element->count,
	    sizeof(*resources->items));
	for (size_t i = 0; i < element->count; i++) {
		resources->items[i] = check_locate(check, element->items[i]);
		if (!is_judged(resources->items[i]))
			return false;
	}
	return true;
}

/* Of the statement at hand; false also when it names no actions for them. */
static bool
read_own_resources(struct check *check, struct resources *resources)
{
	const struct statement *statement = check->statement;

	return !statement->action.negated && read_resources(check,
	    check->subject->arena, statement, resources);
}

static bool
is_among_types(const struct resource_type *type, const struct address *address)
{
	for (size_t i = 0; i < address->type_count; i++)
		if (address->types[i] == type)
			return true;
	return false;
}

static bool
type_is_named(const struct resource_type *type,
    const struct resources *resources)
{
	bool any = template_is_of_any(type);

	for (size_t i = 0; i < resources->count; i++)
		if (is_among_types(type, resources->items[i]) ||
		    (any && template_fits(type, &resources->items[i]->arn)))
			return true;
	return false;
}

static bool
action_is_met(const struct action *action, const struct resources *resources)
{
	for (unsigned i = 0; i < action->target_count; i++)
		if (type_is_named(action->targets[i].type, resources))
			return true;
	return false;
}

/* No listed action of the entry can act on any of the resources, though at
 * least one takes resources. */
static bool
is_dead(const struct expansion *expansion, const struct resources *resources)
{
	bool targeted = false;

	for (size_t i = 0; i < expansion->count; i++) {
		if (expansion->actions[i]->target_count > 0)
			targeted = true;
		if (action_is_met(expansion->actions[i], resources))
			return false;
	}
	return targeted;
}

/* Every resource is of a type that the catalogue lists. */
static bool
are_listed(const struct resources *resources)
{
	for (size_t i = 0; i < resources->count; i++)
		if (resources->items[i]->type_count == 0)
			return false;
	return true;
}

static const char *
consequence(const struct statement *statement)
{
	return statement->effect == EFFECT_DENY ? "denies" : "grants";
}

static bool
is_of_service(const struct service *service, const struct arn *arn)
{
	if (arn_field_is(arn, ARN_SERVICE, service->prefix))
		return true;
	for (unsigned i = 0; i < service->type_count; i++)
		if (template_is_of_service(&service->types[i], arn))
			return true;
	/* sessions on clusters that are connected from outside */
	return strcmp(service->prefix, "ssm") == 0 &&
	    arn_field_is(arn, ARN_SERVICE, "eks");
}

static bool
is_foreign(const struct service *service, const struct resources *resources)
{
	for (size_t i = 0; i < resources->count; i++)
		if (is_of_service(service, &resources->items[i]->arn))
			return false;
	return true;
}

static bool
may_be_named_by(struct check *check, const struct statement *statement,
    const struct expansion *expansion)
{
	for (size_t i = 0; i < statement->action.count; i++)
		if (pattern_covers(&check_expand(check,
		    statement->action.items[i])->pattern, &expansion->pattern))
			return !statement->action.negated;
	return statement->action.partial;
}

/* Another statement of the same effect has the action on what it takes, or
 * on something that cannot be judged.  There may be as many pairs as
 * statements squared: what is read for one is forgotten for the next. */
static bool
is_met_elsewhere(struct check *check, const struct expansion *expansion)
{
	const struct policy *policy = check->subject->policy;
	struct arena *room = arena_branch(check->subject->arena);
	bool met = false;

	for (size_t i = 0; !met && i < policy->count; i++) {
		const struct statement *other = &policy->statements[i];
		struct resources resources;

		if (other == check->statement ||
		    other->effect != check->statement->effect ||
		    !may_be_named_by(check, other, expansion))
			continue;
		arena_reset(room);
		met = !read_resources(check, room, other, &resources) ||
		    !is_dead(expansion, &resources);
	}
	arena_free(room);
	return met;
}

/* What the reference lists for tags is seldom all that can be tagged. */
static bool
is_about_tags(const struct expansion *expansion)
{
	for (size_t i = 0; i < expansion->count; i++)
		if (expansion->actions[i]->level != LEVEL_TAGGING &&
		    strstr(expansion->actions[i]->name, "Tag") == NULL)
			return false;
	return true;
}

/* The first type that an action of the entry takes. */
static const struct resource_type *
get_first_type(const struct expansion *expansion)
{
	size_t i = 0;

	while (expansion->actions[i]->target_count == 0)
		i++;
	return expansion->actions[i]->targets[0].type;
}

/* The entry is clearly of one type of the service's; the tables of others may
 * have that type too. */
static bool
is_own(const struct service *service, const struct address *address)
{
	size_t count = 0;

	for (size_t i = 0; i < address->type_count; i++)
		if (address->types[i] >= service->types &&
		    address->types[i] < service->types + service->type_count)
			count++;
	return count == 1;
}

/* Each once, in however many forms. */
static unsigned
count_types(const struct action *action)
{
	unsigned count = 0;

	for (unsigned i = 0; i < action->target_count; i++)
		count += !action->targets[i].type->again;
	return count;
}

/* One action, which takes one type, and resources of other types. */
static bool
is_plainly_other(const struct expansion *expansion,
    const struct resources *resources)
{
	const struct action *action;

	if (expansion->wild || expansion->count != 1)
		return false;
	action = expansion->actions[0];
	if (count_types(action) != 1 || !action->targets[0].required)
		return false;
	for (size_t i = 0; i < resources->count; i++)
		if (!is_own(expansion->service, resources->items[i]))
			return false;
	return is_dead(expansion, resources);
}

/* Nothing in the statement is right; in a long list, a stray is likely. */
static bool
all_are_plainly_other(struct check *check, const struct resources *resources)
{
	const struct element *action = &check->statement->action;

	for (size_t i = 0; i < action->count; i++)
		if (!is_plainly_other(check_expand(check, action->items[i]),
		    resources))
			return false;
	return true;
}

/*
 * A resource of another service is certainly wrong; a wrong type of the same
 * service is so if the catalogue is complete, which is to be believed where
 * each action takes one type and none of them finds it.
 */
static void
complain_of_mismatch(struct check *check, const struct node *entry,
    const struct expansion *expansion, bool certain)
{
	struct finding *finding = check_complain_of(check, entry, "`%.*s` as "
	    "listed on %s can act on no resource of this statement, so it %s "
	    "nothing", (int)entry->length, entry->text,
	    check->subject->catalog->date, consequence(check->statement));

	if (!certain && finding->severity > SEVERITY_WARNING)
		finding->severity = SEVERITY_WARNING;
	check_help(check, finding, "give it a resource of the form `%s`",
	    get_first_type(expansion)->arn);
}

static void
action_resource_mismatch(struct check *check)
{
	const struct statement *statement = check->statement;
	struct resources resources;

	if (!read_own_resources(check, &resources))
		return;
	for (size_t i = 0; i < statement->action.count; i++) {
		const struct node *entry = statement->action.items[i];
		const struct expansion *expansion = check_expand(check, entry);
		bool foreign;

		if (!is_dead(expansion, &resources))
			continue;
		if (!are_listed(&resources))
			return;
		foreign = is_foreign(expansion->service, &resources);
		if ((foreign || !is_about_tags(expansion)) &&
		    !is_met_elsewhere(check, expansion))
			complain_of_mismatch(check, entry, expansion, foreign ||
			    all_are_plainly_other(check, &resources));
	}
}

static bool
takes_no_resource(const struct expansion *expansion)
{
	for (size_t i = 0; i < expansion->count; i++)
		if (expansion->actions[i]->target_count > 0)
			return false;
	return expansion->count > 0;
}

static bool
is_reading(const struct expansion *expansion)
{
	for (size_t i = 0; i < expansion->count; i++)
		if (expansion->actions[i]->level != LEVEL_READ &&
		    expansion->actions[i]->level != LEVEL_LIST)
			return false;
	return true;
}

/*
 * Services that hold some list actions against an ARN without a name, whatever
 * the service reference says of "*" (RES-9): logs:DescribeLogGroups against
 * `log-group:', iam:ListUsers against `user/'.  AWS's own policies allow the
 * actions on no more than that.
 */
static const char holds_against_arn[] = "application-autoscaling artifact "
    "bedrock bedrock-websearch datazone eks emr-serverless events fsx grafana "
    "iam logs network-firewall partnercentral quicksight ram redshift "
    "rolesanywhere s3 sagemaker ssm ssm-sap storagegateway synthetics "
    "timestream timestream-influxdb waf wafv2 workspaces-web";

/* A resource as wide as that. */
static bool
is_wide(const struct catalog *catalog, const struct arn *arn)
{
	const struct service *service = catalog_service(catalog,
	    arn->field[ARN_SERVICE].text, arn->field[ARN_SERVICE].length);

	if (arn_field_is(arn, ARN_RESOURCE, "*"))
		return true;
	for (unsigned i = 0; service != NULL && i < service->type_count; i++)
		if (template_is_met_unnamed(&service->types[i], arn))
			return true;
	return false;
}

static bool
some_are_wide(struct check *check, const struct expansion *expansion,
    const struct resources *resources)
{
	for (size_t i = 0; i < resources->count; i++)
		if (is_of_service(expansion->service,
		    &resources->items[i]->arn) &&
		    is_wide(check->subject->catalog,
		    &resources->items[i]->arn))
			return true;
	return false;
}

/*
 * What makes or changes something is often held against its ARN all the same
 * (eks:CreateCluster is), and what reads tags always is, so a resource of the
 * service is enough there.
 */
static bool
some_may_do(struct check *check, const struct expansion *expansion,
    const struct resources *resources)
{
	const char *prefix = expansion->service->prefix;

	if (!is_reading(expansion) || is_about_tags(expansion))
		return !is_foreign(expansion->service, resources);
	return word_is_among(prefix, strlen(prefix), holds_against_arn) &&
	    some_are_wide(check, expansion, resources);
}

/* Another statement of the same effect has the action on "*". */
static bool
is_on_star_elsewhere(struct check *check, const struct expansion *expansion)
{
	const struct policy *policy = check->subject->policy;

	for (size_t i = 0; i < policy->count; i++) {
		const struct statement *other = &policy->statements[i];

		if (other->effect == check->statement->effect &&
		    resource_is_everything(other) &&
		    may_be_named_by(check, other, expansion))
			return true;
	}
	return false;
}

static void
action_needs_star(struct check *check)
{
	const struct statement *statement = check->statement;
	struct resources resources;

	if (!read_own_resources(check, &resources))
		return;
	for (size_t i = 0; i < statement->action.count; i++) {
		const struct node *entry = statement->action.items[i];
		const struct expansion *expansion = check_expand(check, entry);

		if (!takes_no_resource(expansion) ||
		    some_may_do(check, expansion, &resources) ||
		    is_on_star_elsewhere(check, expansion))
			continue;
		check_help(check, check_complain_of(check, entry, "`%.*s` as "
		    "listed on %s takes no resource, which no ARN but only "
		    "\"*\" matches, so it %s nothing", (int)entry->length,
		    entry->text, check->subject->catalog->date,
		    consequence(statement)),
		    "move it to a statement whose Resource is \"*\"");
	}
}

/* The type of that name, in any of its forms. */
static bool
some_form_is_named(const struct action *action, const char *type,
    const struct resources *resources)
{
	for (unsigned i = 0; i < action->target_count; i++)
		if (strcmp(action->targets[i].type->name, type) == 0 &&
		    type_is_named(action->targets[i].type, resources))
			return true;
	return false;
}

/* What the other statements that allow the action have as resources. */
static bool
type_is_named_elsewhere(struct check *check, const struct expansion *expansion,
    const char *type)
{
	const struct policy *policy = check->subject->policy;
	struct arena *room = arena_branch(check->subject->arena);
	bool named = false;

	for (size_t i = 0; !named && i < policy->count; i++) {
		const struct statement *other = &policy->statements[i];
		struct resources resources;

		if (other->effect != EFFECT_ALLOW ||
		    !may_be_named_by(check, other, expansion))
			continue;
		arena_reset(room);
		named = !read_resources(check, room, other, &resources) ||
		    some_form_is_named(expansion->actions[0], type,
		    &resources);
	}
	arena_free(room);
	return named;
}

static unsigned
count_required(const struct action *action)
{
	unsigned count = 0;

	for (unsigned i = 0; i < action->target_count; i++)
		count += action->targets[i].required &&
		    !action->targets[i].type->again;
	return count;
}

/*
 * EC2 asks about each resource that a call touches.  Other services list
 * types as required when a call takes one or another of them, and tagging
 * and listing do so everywhere.
 */
static bool
takes_several(const struct action *action)
{
	return strcmp(action->service->prefix, "ec2") == 0 &&
	    (action->level == LEVEL_WRITE ||
	    action->level == LEVEL_PERMISSIONS) && count_required(action) > 1;
}

/* The required type that nobody names, when another required one is. */
static const struct resource_type *
find_missing(struct check *check, const struct expansion *expansion,
    const struct resources *resources)
{
	const struct action *action = expansion->actions[0];
	const struct resource_type *missing = NULL;
	bool named = false;

	for (unsigned i = 0; i < action->target_count; i++) {
		const struct resource_type *type = action->targets[i].type;

		if (!action->targets[i].required)
			continue;
		if (some_form_is_named(action, type->name, resources))
			named = true;
		else if (missing == NULL &&
		    !type_is_named_elsewhere(check, expansion, type->name))
			missing = type;
	}
	return named ? missing : NULL;
}

static void
action_resource_partial(struct check *check)
{
	const struct statement *statement = check->statement;
	struct resources resources;

	if (statement->effect != EFFECT_ALLOW ||
	    !read_own_resources(check, &resources))
		return;
	for (size_t i = 0; i < statement->action.count; i++) {
		const struct node *entry = statement->action.items[i];
		const struct expansion *expansion = check_expand(check, entry);
		const struct resource_type *missing;

		if (expansion->wild || expansion->count != 1 ||
		    !takes_several(expansion->actions[0]))
			continue;
		missing = find_missing(check, expansion, &resources);
		if (missing == NULL || !are_listed(&resources))
			continue;
		check_help(check, check_complain_of(check, entry, "`%.*s` as "
		    "listed on %s also needs a resource of type `%s`, and no "
		    "statement allows it on one, so the call is denied",
		    (int)entry->length, entry->text,
		    check->subject->catalog->date, missing->name),
		    "allow it on a resource of the form `%s` too",
		    missing->arn);
	}
}

const struct rule resource_rules[] = {
	{
		.complaint = {
			.id = "action-resource-mismatch",
			.severity = SEVERITY_ERROR,
			.says = "an action can act on none of the resources "
			    "of its statement",
			.why = "The action never meets a resource that it "
			    "takes, so the Allow grants nothing and the Deny "
			    "is hollow.  Give it a resource of a type that it "
			    "takes.",
			.fires_on = "{'Effect':'Allow','Action':'sqs:*',"
			    "'Resource':"
			    "'arn:aws:iam::111122223333:role/r'}",
			.quiet_on = "{'Effect':'Allow','Action':"
			    "['sqs:*','iam:*'],'Resource':["
			    "'arn:aws:iam::111122223333:role/r',"
			    "'arn:aws:sqs:us-east-1:111122223333:q']}",
		},
		.layers = LAYERS_ALL,
		.statement = action_resource_mismatch,
	},
	{
		.complaint = {
			.id = "action-needs-star",
			.severity = SEVERITY_WARNING,
			.says = "an action that takes no resource is only on "
			    "named ones",
			.why = "AWS asks about such actions with the resource "
			    "\"*\", and only \"*\" meets that.  Give them a "
			    "statement of their own with Resource \"*\".",
			.fires_on = "{'Effect':'Allow','Action':"
			    "'ec2:DescribeInstances','Resource':"
			    "'arn:aws:ec2:us-east-1:111122223333:instance/*'}",
			.quiet_on = "{'Effect':'Allow','Action':"
			    "'ec2:DescribeInstances','Resource':'*'}",
		},
		.layers = LAYERS_ALL,
		.statement = action_needs_star,
	},
	{
		.complaint = {
			.id = "action-resource-partial",
			.severity = SEVERITY_WARNING,
			.says = "a call needs a resource of one more type, "
			    "and no statement allows it there",
			.why = "A call that acts on several resources is "
			    "allowed only if it is allowed on each.  Add the "
			    "missing type to some statement.",
			.fires_on = "identity {'Effect':'Allow','Action':"
			    "'ec2:RunInstances','Resource':"
			    "'arn:aws:ec2:*:*:instance/*'}",
			.quiet_on = "identity {'Statement':[{'Effect':'Allow',"
			    "'Action':'ec2:RunInstances','Resource':"
			    "'arn:aws:ec2:*:*:instance/*'},"
			    "{'Effect':'Allow','Action':'ec2:Run*',"
			    "'Resource':'*'}]}",
		},
		.layers = LAYERS_ALL,
		.statement = action_resource_partial,
	},
	{ .complaint = { .id = NULL } }
};
