/* SPDX-License-Identifier: MIT */
/*
 * Tests on tags over services that do not authorize on tags.  Knows services
 * as wholes; single actions and their resources are in rules_context.c.
 * Rests on the catalogue, so services that it lacks are passed over.
 */
#include "config.h"

#include <string.h>

#include "policy/caller.h"
#include "policy/roster.h"
#include "policy/rules.h"
#include "policy/wording.h"

/* Entries whose service authorizes no action on that family of tags. */
static void
find_untagged_services(struct check *check, const struct condition *condition,
    struct roster *services)
{
	const struct element *action = &check->statement->action;
	const struct node *node = condition->node;
	const struct service *last = NULL;

	if (check_look_up(check, node)->everywhere)
		return;
	for (size_t i = 0; i < action->count; i++) {
		const struct expansion *expansion = check_expand(check,
		    action->items[i]);

		/* actions of one service mostly stand together */
		if (expansion->count == 0 || expansion->service == last)
			continue;
		last = expansion->service;
		if (!service_lists_key(last, node->key, node->key_length))
			roster_add(services, last->prefix,
			    strlen(last->prefix));
	}
}

static void
check_tag_support(struct check *check, const struct condition *condition,
    const char *harm)
{
	const struct node *node = condition->node;
	struct roster services = { .count = 0 };

	if (check->statement->action.negated ||
	    wording_key_tagging(node) == TAGGING_NONE ||
	    !condition_needs_key(condition))
		return;
	find_untagged_services(check, condition, &services);
	if (services.count > 0)
		check_complain_of_key(check, node,
		    "no action of %s sends `%.*s`, so %s",
		    roster_print(check->report->arena, &services),
		    (int)node->key_length, node->key, harm);
}

static void
deny_with_unsupported_tag_condition_key_for_service(struct check *check,
    const struct condition *condition)
{
	if (check->statement->effect == EFFECT_DENY)
		check_tag_support(check, condition, "nothing is denied there");
}

static void
allow_with_unsupported_tag_condition_key_for_service(struct check *check,
    const struct condition *condition)
{
	if (check->statement->effect == EFFECT_ALLOW)
		check_tag_support(check, condition, "nothing is allowed there");
}

/*
 * A resource that is named, or a tag of one service, narrows NotAction to
 * what was thought of.
 */
static void
check_tag_of_rest(struct check *check, const struct condition *condition,
    const char *harm)
{
	const struct statement *statement = check->statement;
	const struct node *node = condition->node;

	if (!statement->action.negated ||
	    wording_key_tagging(node) == TAGGING_NONE ||
	    !wording_key_is_global(node) ||
	    !condition_needs_key(condition) || (!statement->resource.negated &&
	    !resource_is_everything(statement)))
		return;
	check_complain_of_key(check, node,
	    "many services that NotAction leaves in do not send `%.*s`, so "
	    "%s", (int)node->key_length, node->key, harm);
}

static void
deny_notaction_with_unsupported_tag_condition_key_for_service(
    struct check *check, const struct condition *condition)
{
	if (check->statement->effect == EFFECT_DENY)
		check_tag_of_rest(check, condition, "they escape the Deny");
}

static void
allow_notaction_with_unsupported_tag_condition_key_for_service(
    struct check *check, const struct condition *condition)
{
	if (check->statement->effect == EFFECT_ALLOW)
		check_tag_of_rest(check, condition,
		    "nothing is allowed there");
}

#define TAGGED(EFFECT, ACTION, KEY)					\
	"{'Effect':'" EFFECT "'," ACTION ",'Resource':'*','Condition':"	\
	"{'StringEquals':{'" KEY "':'blue'}}}"

const struct rule tag_rules[] = {
	{
		.complaint = {
			.id = "deny-with-unsupported-tag-condition-key-for-"
			    "service",
			.severity = SEVERITY_SECURITY,
			.says = "a Deny by tag is about a service that does "
			    "not authorize by such tags",
			.why = "The tag is never in the request, so the Deny "
			    "never bites.  Deny those actions by another "
			    "key, or without the test.",
			.aa = "DENY_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_"
			    "SERVICE",
			.fires_on = TAGGED("Deny",
			    "'Action':'health:DescribeEvents'",
			    "aws:ResourceTag/Team"),
			.quiet_on = TAGGED("Deny",
			    "'Action':'lambda:DeleteFunction'",
			    "aws:ResourceTag/Team"),
		},
		.layers = LAYERS_ALL,
		.condition =
		    deny_with_unsupported_tag_condition_key_for_service,
	},
	{
		.complaint = {
			.id = "allow-with-unsupported-tag-condition-key-for-"
			    "service",
			.severity = SEVERITY_NOTE,
			.says = "an Allow by tag is about a service that "
			    "does not authorize by such tags",
			.why = "The tag is never in the request, so nothing "
			    "of that service is allowed.  Allow its actions "
			    "in a statement without the test.",
			.aa = "ALLOW_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_"
			    "SERVICE",
			.fires_on = TAGGED("Allow",
			    "'Action':'health:DescribeEvents'",
			    "aws:ResourceTag/Team"),
			.quiet_on = TAGGED("Allow",
			    "'Action':'lambda:GetFunction'",
			    "aws:ResourceTag/Team"),
		},
		.layers = LAYERS_ALL,
		.condition =
		    allow_with_unsupported_tag_condition_key_for_service,
	},
	{
		.complaint = {
			.id = "deny-notaction-with-unsupported-tag-condition-"
			    "key-for-service",
			.severity = SEVERITY_SECURITY,
			.says = "a Deny with NotAction tests a tag that many "
			    "services do not send",
			.why = "NotAction leaves in every service but those "
			    "named, and whatever does not send the tag "
			    "escapes the Deny.  Name the actions to deny.",
			.aa = "DENY_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_"
			    "KEY_FOR_SERVICE",
			.fires_on = TAGGED("Deny", "'NotAction':'iam:*'",
			    "aws:ResourceTag/Team"),
			.quiet_on = TAGGED("Deny",
			    "'Action':'lambda:DeleteFunction'",
			    "aws:ResourceTag/Team"),
		},
		.layers = LAYERS_ALL,
		.condition =
		 deny_notaction_with_unsupported_tag_condition_key_for_service,
	},
	{
		.complaint = {
			.id = "allow-notaction-with-unsupported-tag-condition-"
			    "key-for-service",
			.severity = SEVERITY_NOTE,
			.says = "an Allow with NotAction tests a tag that "
			    "many services do not send",
			.why = "NotAction leaves in every service but those "
			    "named, and nothing is allowed in those that do "
			    "not send the tag.  Name the actions to allow.",
			.aa = "ALLOW_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_"
			    "KEY_FOR_SERVICE",
			.fires_on = TAGGED("Allow", "'NotAction':'iam:*'",
			    "aws:ResourceTag/Team"),
			.quiet_on = TAGGED("Allow",
			    "'Action':'lambda:GetFunction'",
			    "aws:ResourceTag/Team"),
		},
		.layers = LAYERS_ALL,
		.condition =
		allow_notaction_with_unsupported_tag_condition_key_for_service,
	},
	{ .complaint = { .id = NULL } }
};
