/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "policy/tagging.h"
#include "policy/wording.h"

bool
tagging_is_tested(const struct condition *condition)
{
	return condition_is_on(condition, "s3:ExistingObjectTag/") ||
	    wording_key_tagging(condition->node) == TAGGING_RESOURCE;
}

/* The entry takes in an action that writes tags and that the Deny does not
 * reach. */
static bool
writes_tags(struct check *check, const struct node *entry,
    const struct statement *deny)
{
	const struct expansion *expansion = check_expand(check, entry);

	if (expansion->service == NULL)
		return expansion->prefix_wild || expansion->any;
	for (size_t i = 0; i < expansion->count; i++) {
		const struct action *action = expansion->actions[i];

		if (action->level == LEVEL_TAGGING && !statement_reaches(check,
		    deny, arena_printf(check->subject->arena, "%s:%s",
		    action->service->prefix, action->name)))
			return true;
	}
	return false;
}

static bool
denies_everything(const struct statement *deny)
{
	for (size_t i = 0; !deny->action.negated && i < deny->action.count;
	    i++)
		if (action_is_everything(deny->action.items[i]))
			return true;
	return false;
}

bool
tagging_is_open(struct check *check, const struct statement *deny)
{
	const struct policy *policy = check->subject->policy;

	if (resource_is_everything(deny) && denies_everything(deny))
		return false;
	for (size_t i = 0; i < policy->count; i++) {
		const struct statement *statement = &policy->statements[i];
		const struct element *action = &statement->action;

		if (statement->effect != EFFECT_ALLOW)
			continue;
		if (action->negated || action->partial)
			return true;
		for (size_t j = 0; j < action->count; j++)
			if (writes_tags(check, action->items[j], deny))
				return true;
	}
	return false;
}
