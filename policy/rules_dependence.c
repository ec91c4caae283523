/* SPDX-License-Identifier: MIT */
/*
 * Actions that fail unless another is allowed as well.  Rests on what the
 * catalogue says of dependent actions, which is older than the rest of it;
 * other policies of the same principal may allow what is missing here.
 */
#include "config.h"

#include <string.h>

#include "policy/caller.h"
#include "policy/grant.h"
#include "policy/roster.h"
#include "policy/rules.h"

/* The first test that only a request with tags passes; or NULL. */
static const struct condition *
find_tag_demand(const struct statement *statement)
{
	static const char *const keys[] = {
		"aws:RequestTag/", "aws:TagKeys", NULL
	};

	for (size_t i = 0; i < statement->condition_count; i++)
		if (condition_is_on_one(&statement->conditions[i], keys) &&
		    condition_needs_key(&statement->conditions[i]))
			return &statement->conditions[i];
	return NULL;
}

/* The action of the same service that a request with tags needs too. */
static const char *
find_tagging(const struct action *action)
{
	for (unsigned i = 0; i < action->dependent_count; i++) {
		const char *name = action->dependents[i];
		const struct action *other = catalog_action(
		    action->service->catalog, name, strlen(name));

		if (other != NULL && other->service == action->service &&
		    other->level == LEVEL_TAGGING &&
		    strncmp(other->name, "Untag", 5) != 0)
			return name;
	}
	return NULL;
}

static const char *
entry_tagging(struct check *check, const struct node *entry)
{
	const struct expansion *expansion = check_expand(check, entry);

	return expansion->wild || expansion->count == 0 ? NULL :
	    find_tagging(expansion->actions[0]);
}

/* An entry before this one lacks the same. */
static bool
is_repeated(struct check *check, const struct node *entry,
    const char *tagging)
{
	const struct element *action = &check->statement->action;

	for (size_t i = 0; action->items[i] != entry; i++) {
		const char *other = entry_tagging(check, action->items[i]);

		if (other != NULL && strcmp(other, tagging) == 0)
			return true;
	}
	return false;
}

static void
tag_on_create_missing(struct check *check, const struct node *entry)
{
	const struct statement *statement = check->statement;
	const struct condition *demand;
	const char *tagging;
	struct finding *finding;

	if (statement->effect != EFFECT_ALLOW || statement->action.negated)
		return;
	demand = find_tag_demand(statement);
	if (demand == NULL)
		return;
	tagging = entry_tagging(check, entry);
	if (tagging == NULL || grant_is_made(check, tagging) ||
	    is_repeated(check, entry, tagging))
		return;
	finding = check_complain_of(check, entry, "`%.*s` must give tags here, "
	    "and giving them needs `%s`, which nothing in the policy allows",
	    (int)entry->length, entry->text, tagging);
	report_relate(check->report, finding, demand->node->key_span,
	    "wants tags");
	check_help(check, finding, "allow `%s` too%s", tagging,
	    strcmp(tagging, "ec2:CreateTags") == 0 ?
	    ", under a test of `ec2:CreateAction`" : "");
}

static void
dependent_action_missing(struct check *check, const struct node *entry)
{
	const struct statement *statement = check->statement;
	const struct expansion *expansion = check_expand(check, entry);
	struct roster missing = { .count = 0 };

	if (statement->effect != EFFECT_ALLOW || statement->action.negated ||
	    expansion->wild || expansion->count == 0)
		return;
	for (unsigned i = 0; i < expansion->actions[0]->dependent_count; i++) {
		const char *name = expansion->actions[0]->dependents[i];

		if (!grant_is_made(check, name))
			roster_add(&missing, name, strlen(name));
	}
	if (missing.count > 0)
		check_complain_of(check, entry, "`%.*s` may need %s, which "
		    "nothing in the policy allows", (int)entry->length,
		    entry->text, roster_print(check->report->arena, &missing));
}

const struct rule dependence_rules[] = {
	{
		.complaint = {
			.id = "tag-on-create-missing",
			.severity = SEVERITY_WARNING,
			.says = "a resource may only be made with tags, but "
			    "nothing allows to give them",
			.why = "Tags that come with the request are checked "
			    "as an action of their own.  Without it every "
			    "such request is refused.",
			.fires_on = "identity {'Effect':'Allow','Action':"
			    "'ec2:CreateVolume','Resource':'*','Condition':"
			    "{'StringEquals':{'aws:RequestTag/Team':'blue'}}}",
			.quiet_on = "identity {'Effect':'Allow','Action':"
			    "['ec2:CreateVolume','ec2:CreateTags'],"
			    "'Resource':'*','Condition':"
			    "{'StringEquals':{'aws:RequestTag/Team':'blue'}}}",
		},
		.layers = LAYER_SET(IDENTITY),
		.action = tag_on_create_missing,
	},
	{
		.complaint = {
			.id = "dependent-action-missing",
			.severity = SEVERITY_NOTE,
			.configured = true,
			.says = "an action may need others that are not "
			    "allowed",
			.why = "Some actions call others for the caller, or "
			    "pass a role.  AWS lists which; whether a request "
			    "needs them depends on what it asks for.",
			.fires_on = "identity {'Effect':'Allow','Action':"
			    "'lambda:CreateFunction','Resource':'*'}",
			.quiet_on = "identity {'Effect':'Allow','Action':"
			    "'lambda:ListFunctions','Resource':'*'}",
		},
		.layers = LAYER_SET(IDENTITY),
		.action = dependent_action_missing,
	},
	{ .complaint = { .id = NULL } }
};
