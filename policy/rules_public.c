/* SPDX-License-Identifier: MIT */
/*
 * public-principal, for the cases that the text alone makes certain: everyone
 * is allowed, and any stranger can meet every condition there is.  Whatever
 * needs a proof is not judged here; a doubt is silence.
 */
#include "config.h"

#include "policy/absence.h"
#include "policy/bound.h"
#include "policy/caller.h"
#include "policy/cover.h"
#include "policy/rules.h"

static bool
all_are_idle(struct check *check, const struct statement *statement)
{
	for (size_t i = 0; i < statement->condition_count; i++)
		if (!condition_is_idle(check, &statement->conditions[i]))
			return false;
	return true;
}

/*
 * A Deny may take back from strangers what an Allow gives to everyone, as in
 * the common pair of Allow `*` and Deny unless it comes from our network.
 */
static bool
takes_back(struct check *check, const struct statement *statement)
{
	bool bars = statement->principal.negated || statement_holds(statement);

	if (statement->effect != EFFECT_DENY ||
	    (!statement->principal.negated &&
	    statement_everyone(statement) == NULL))
		return false;
	for (size_t i = 0; i < statement->condition_count; i++) {
		const struct condition *condition = &statement->conditions[i];

		if (condition_spares_strangers(check, condition))
			return false;
		bars = bars || condition_bars_strangers(check, condition);
	}
	return bars;
}

static struct cover
find_cover(struct check *check)
{
	const struct policy *policy = check->subject->policy;
	const struct statement **statements = arena_array(
	    check->subject->arena, policy->count, sizeof(*statements));
	size_t count = 0;

	for (size_t i = 0; i < policy->count; i++)
		if (takes_back(check, &policy->statements[i]))
			statements[count++] = &policy->statements[i];
	return (struct cover){ statements, count };
}

static void
complain_of(struct check *check, const struct principal *everyone)
{
	const struct statement *statement = check->statement;
	const struct node *key;

	if (statement->condition_count == 0) {
		check_complain_of(check, everyone->node, "everyone is allowed, "
		    "in every account and without credentials: no condition "
		    "says who may call");
		return;
	}
	key = statement->conditions[0].node;
	check_complain_of(check, everyone->node, "everyone is allowed: any "
	    "stranger can meet the condition on `%.*s`%s",
	    (int)key->key_length, key->key,
	    statement->condition_count == 1 ? "" : " and the others");
}

static void
public_principal(struct check *check)
{
	const struct policy *policy = check->subject->policy;
	const struct cover cover = find_cover(check);

	for (size_t i = 0; i < policy->count; i++) {
		const struct statement *statement = &policy->statements[i];
		const struct principal *everyone =
		    statement_everyone(statement);

		if (statement->effect != EFFECT_ALLOW || everyone == NULL ||
		    !all_are_idle(check, statement) ||
		    cover_holds(check, &cover, statement))
			continue;
		check->statement = statement;
		complain_of(check, everyone);
	}
	check->statement = NULL;
}

const struct rule public_rules[] = {
	{
		.complaint = {
			.id = "public-principal",
			.severity = SEVERITY_SECURITY,
			.says = "everyone is allowed and no condition binds "
			    "the caller",
			.why = "Whoever finds the resource may use it.  Name "
			    "the accounts that are meant, or demand "
			    "aws:PrincipalOrgID, aws:SourceVpce or another "
			    "key whose value a stranger cannot choose.",
			.fires_on = "resource {'Effect':'Allow',"
			    "'Principal':'*','Action':'s3:GetObject',"
			    "'Resource':'arn:aws:s3:::b/*','Condition':"
			    "{'ArnLike':{'aws:PrincipalArn':"
			    "'arn:aws:iam::*:role/app'}}}",
			.quiet_on = "resource {'Effect':'Allow',"
			    "'Principal':'*','Action':'s3:GetObject',"
			    "'Resource':'arn:aws:s3:::b/*','Condition':"
			    "{'ArnLike':{'aws:PrincipalArn':"
			    "'arn:aws:iam::111122223333:role/app'}}}",
		},
		.layers = LAYER_SET(RESOURCE) | LAYER_SET(TRUST),
		.document = public_principal,
	},
	{ .complaint = { .id = NULL } }
};
