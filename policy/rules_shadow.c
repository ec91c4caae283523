/* SPDX-License-Identifier: MIT */
/*
 * Allows under a Deny that leaves nothing of them.  It is read off the text
 * (outline.h): nothing here reasons about conditions.
 */
#include "config.h"

#include "policy/absence.h"
#include "policy/caller.h"
#include "policy/outline.h"
#include "policy/rules.h"

/* A Deny that holds for every request that it names. */
static bool
is_flat_deny(const struct statement *statement)
{
	return statement->effect == EFFECT_DENY &&
	    statement_holds(statement) && statement->action.count > 0;
}

static void
complain_of_shadow(struct check *check, const struct statement *allow,
    const struct node *node, const struct statement *deny)
{
	struct finding *finding;

	check->statement = allow;
	if (node->text == NULL)
		finding = check_complain_of(check, node, "statement %zu denies "
		    "all that this statement allows, whatever the request, so "
		    "it allows nothing", deny->index + 1);
	else
		finding = check_complain_of(check, node, "statement %zu denies "
		    "`%.*s` here, whatever the request, so allowing it does "
		    "nothing", deny->index + 1, (int)node->length, node->text);
	check->statement = NULL;
	report_relate(check->report, finding, deny->node->span,
	    "denies it");
}

/* An Allow under the Denies of its policy, which are looked at in turn. */
struct shadow {
	struct check	*check;
	struct outline	*allow;
	bool		*dark[ENTRY_KIND_COUNT];	/* entries already
							 * complained of */
};

static const struct element *
element_of(const struct shadow *shadow, enum entry_kind kind)
{
	const struct statement *statement = shadow->allow->statement;

	return kind == ENTRY_ACTION ? &statement->action :
	    &statement->resource;
}

static bool
is_dark_already(struct shadow *shadow, enum entry_kind kind, size_t index)
{
	bool was;

	if (shadow->dark[kind] == NULL)
		shadow->dark[kind] = arena_array(
		    shadow->check->subject->arena,
		    element_of(shadow, kind)->count, sizeof(bool));
	was = shadow->dark[kind][index];
	shadow->dark[kind][index] = true;
	return was;
}

static void
check_entries(struct shadow *shadow, struct outline *deny,
    enum entry_kind kind)
{
	const struct element *entries = element_of(shadow, kind);

	if (entries->negated)
		return;
	for (size_t i = 0; i < entries->count; i++)
		if (outline_covers_entry(shadow->check, deny, shadow->allow,
		    kind, i) && !is_dark_already(shadow, kind, i))
			complain_of_shadow(shadow->check,
			    shadow->allow->statement, entries->items[i],
			    deny->statement);
}

static bool
is_denied(const struct principal *principal, const struct principals *denied)
{
	for (size_t i = 0; i < denied->count; i++)
		if (principal_is_denied_by(principal, &denied->items[i]))
			return true;
	return false;
}

/* An account in an Allow is another thing than one in a Deny. */
static bool
denies_principals(const struct outline *deny, const struct outline *allow)
{
	const struct principals *denied = &deny->statement->principal;
	const struct principals *allowed = &allow->statement->principal;

	if (outline_covers_principals(deny, allow))
		return true;
	if (denied->negated || allowed->negated || allowed->partial)
		return false;
	for (size_t i = 0; i < allowed->count; i++)
		if (!is_denied(&allowed->items[i], denied))
			return false;
	return allowed->count > 0;
}

/* False when nothing is left to be said. */
static bool
check_shadow(struct shadow *shadow, struct outline *deny)
{
	const struct statement *allow = shadow->allow->statement;
	bool actions, resources;

	if (!denies_principals(deny, shadow->allow))
		return true;
	actions = outline_covers_part(shadow->check, deny, shadow->allow,
	    ENTRY_ACTION);
	resources = outline_covers_part(shadow->check, deny, shadow->allow,
	    ENTRY_RESOURCE);
	if (actions && resources)
		complain_of_shadow(shadow->check, allow, allow->action.node,
		    deny->statement);
	else if (resources)
		check_entries(shadow, deny, ENTRY_ACTION);
	else if (actions)
		check_entries(shadow, deny, ENTRY_RESOURCE);
	return !(actions && resources);
}

static void
check_allow(struct check *check, const struct outlines *outlines,
    struct outline *allow)
{
	struct shadow shadow = { .check = check, .allow = allow };

	for (size_t i = 0; i < outlines->count; i++)
		if (is_flat_deny(outlines->items[i].statement) &&
		    !check_shadow(&shadow, &outlines->items[i]))
			return;
}

static bool
has_flat_deny(const struct policy *policy)
{
	for (size_t i = 0; i < policy->count; i++)
		if (is_flat_deny(&policy->statements[i]))
			return true;
	return false;
}

static void
shadowed_by_deny(struct check *check)
{
	struct outlines outlines;

	if (!has_flat_deny(check->subject->policy))
		return;
	outlines = outlines_read(check);
	for (size_t i = 0; i < outlines.count; i++) {
		const struct statement *allow = outlines.items[i].statement;

		if (allow->effect == EFFECT_ALLOW && allow->action.count > 0)
			check_allow(check, &outlines, &outlines.items[i]);
	}
}

const struct rule shadow_rules[] = {
	{
		.complaint = {
			.id = "shadowed-by-deny",
			.severity = SEVERITY_WARNING,
			.says = "what a statement allows, another denies "
			    "without a condition",
			.why = "A Deny always wins, so the Allow is dead: "
			    "either the one is not meant or the other.  Take "
			    "one out, or give the Deny a condition.",
			.fires_on = "{'Statement':["
			    "{'Effect':'Allow','Action':['s3:PutObject',"
			    "'s3:GetObject'],'Resource':'*'},"
			    "{'Effect':'Deny','Action':'s3:Put*',"
			    "'Resource':'*'}]}",
			.quiet_on = "{'Statement':["
			    "{'Effect':'Allow','Action':['s3:PutObject',"
			    "'s3:GetObject'],'Resource':'*'},"
			    "{'Effect':'Deny','Action':'s3:Put*',"
			    "'Resource':'arn:aws:s3:::b/*'}]}",
		},
		.layers = LAYERS_ALL,
		.document = shadowed_by_deny,
	},
	{ .complaint = { .id = NULL } }
};
