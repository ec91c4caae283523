/* SPDX-License-Identifier: MIT */
/*
 * Deny by Deny.  One without a test takes resources away; one with a single
 * test, which must reach all that is left, demands the opposite of it.  Of one
 * with several tests, a request that fails any of them is left: that is more
 * than a rule wants to know.
 */
#include "config.h"

#include <string.h>

#include "policy/absence.h"
#include "policy/caller.h"
#include "policy/entry.h"
#include "policy/grant.h"
#include "policy/outline.h"
#include "policy/remnant.h"
#include "policy/tagging.h"
#include "policy/variable.h"
#include "policy/wording.h"

/* Entries held against entries, at most. */
enum { PAIRS_MAX = 4096 };

static bool
has_room(const struct element *a, const struct element *b)
{
	return a->count <= PAIRS_MAX / (b->count + 1);
}

/* Which actions and whom a Deny reaches. */

static bool
takes_pattern(struct check *check, const struct element *denied,
    const struct pattern *actions)
{
	for (size_t i = 0; i < denied->count; i++) {
		const struct pattern *entry = &check_expand(check,
		    denied->items[i])->pattern;

		if (denied->negated ? pattern_overlaps(entry, actions) :
		    pattern_covers(entry, actions))
			return !denied->negated;
	}
	return denied->negated && !denied->partial;
}

static bool
takes_all_actions(struct check *check, const struct statement *deny,
    const struct statement *allow)
{
	const struct element *actions = &allow->action;
	static const char all[] = { (char)PATTERN_ANY };
	const struct pattern any = { .symbols = all, .length = 1,
	    .wild = true, .folded = true };

	if (actions->negated || actions->partial)
		return takes_pattern(check, &deny->action, &any);
	if (!has_room(actions, &deny->action))
		return false;
	for (size_t i = 0; i < actions->count; i++)
		if (!takes_pattern(check, &deny->action,
		    &check_expand(check, actions->items[i])->pattern))
			return false;
	return actions->count > 0;
}

static bool
takes_actions(struct check *check, const struct statement *deny,
    const struct statement *allow, const struct claim *claim)
{
	if (claim->action != NULL)
		return statement_reaches(check, deny, claim->action);
	return claim->actions != NULL ?
	    takes_pattern(check, &deny->action, claim->actions) :
	    takes_all_actions(check, deny, allow);
}

static bool
hits(const struct principals *denied, const struct principal *principal)
{
	for (size_t i = 0; i < denied->count; i++)
		if (principal_is_denied_by(principal, &denied->items[i]))
			return true;
	return false;
}

static bool
hits_everyone(const struct principals *denied)
{
	for (size_t i = 0; i < denied->count; i++)
		if (denied->items[i].kind == PRINCIPAL_EVERYONE)
			return true;
	return false;
}

/* Whom NotPrincipal spares is not certain (PRIN-20); who must be named, and is
 * not, is not hit. */
static bool
takes_principals(const struct check *check, const struct statement *deny,
    const struct statement *allow, const struct principal *who)
{
	const struct principals *denied = &deny->principal;
	const struct principals *allowed = &allow->principal;

	if (denied->node == NULL)
		return (LAYERS_PRINCIPAL >> check->subject->layer & 1) == 0;
	if (denied->negated)
		return false;
	if (who != NULL)
		return hits(denied, who);
	if (allowed->negated || allowed->partial || allowed->count == 0)
		return hits_everyone(denied);
	for (size_t i = 0; i < allowed->count; i++)
		if (!hits(denied, &allowed->items[i]))
			return false;
	return true;
}

/* Its tests. */

/* All requests that the claim is about pass it. */
static bool
is_sure(const struct condition *condition, const struct principal *who)
{
	return condition_holds(condition) || (who != NULL &&
	    who->kind == PRINCIPAL_SERVICE && condition_selects(condition) &&
	    condition_is_on(condition, "aws:PrincipalIsAWSService") &&
	    condition_has(condition, "true"));
}

/* The only test that is not sure; NULL when there is none, or more than one
 * (`several'). */
static const struct condition *
find_test(const struct statement *deny, const struct principal *who,
    bool *several)
{
	const struct condition *test = NULL;

	*several = statement_is_unread(deny);
	for (size_t i = 0; i < deny->condition_count; i++) {
		const struct condition *condition = &deny->conditions[i];

		if (is_sure(condition, who))
			continue;
		*several |= test != NULL;
		test = condition;
	}
	return *several ? NULL : test;
}

/* Whatever the request, the value fits: a mere star, or the key itself. */
static bool
is_any(const struct condition *condition, const struct node *value)
{
	const struct node *key = condition->node;
	struct variable variable;
	size_t stars = 0;

	for (size_t at = 0; variable_find(value->text, value->length, at,
	    &variable); at = variable.end)
		if (variable_is_of(&variable, key->key, key->key_length))
			return true;
	while (stars < value->length &&
	    (value->text[stars] == '*' || value->text[stars] == '?'))
		stars++;
	return stars == value->length && value->length > 0 &&
	    condition_facts(condition)->comparison == COMPARISON_like;
}

/*
 * What fails a negated test has the key, and as one of the values listed
 * (COND-6); under ForAnyValue: it may also lack it.  What fails another test is
 * anything else, which narrows nothing.
 */
static bool
turn_round(const struct condition *test, struct condition *turned)
{
	*turned = *test;
	if (!condition_is_known(test) || !condition_facts(test)->negated ||
	    test->use.quantifier == QUANTIFIER_ANY)
		return false;
	/* operators.def: the positive twin stands before it */
	turned->use.operator = test->use.operator - 1;
	turned->use.if_exists = false;
	if (test->use.quantifier == QUANTIFIER_ALL)
		turned->use.quantifier = QUANTIFIER_ANY;
	for (size_t i = 0; i < test->count; i++)
		if (is_any(test, test->values[i]))
			return false;
	return true;
}

/* Its resources. */

static struct pattern
read_entry(struct check *check, const struct node *entry)
{
	return outline_read(check, entry, ENTRY_RESOURCE);
}

static bool
some_cover(struct check *check, const struct element *list,
    const struct node *entry)
{
	const struct pattern inner = read_entry(check, entry);

	for (size_t i = 0; i < list->count; i++) {
		const struct pattern outer = read_entry(check, list->items[i]);

		if (pattern_covers(&outer, &inner))
			return true;
	}
	return false;
}

/* It reaches all that is left. */
static bool
takes_resources(struct check *check, const struct element *left,
    const struct statement *deny)
{
	const struct element *denied = &deny->resource;

	if (denied->node == NULL || resource_is_everything(deny))
		return denied->node != NULL || left->node == NULL;
	if (denied->negated || left->node == NULL || left->negated ||
	    left->partial || !has_room(left, denied))
		return false;
	for (size_t i = 0; i < left->count; i++)
		if (!some_cover(check, denied, left->items[i]))
			return false;
	return true;
}

/* Entries that can be of nothing that the other takes in. */
static bool
are_apart(struct check *check, const struct node *a, const struct node *b)
{
	const struct pattern left = read_entry(check, a);
	const struct pattern right = read_entry(check, b);

	return !variable_occurs(a->text, a->length) &&
	    !variable_occurs(b->text, b->length) &&
	    !pattern_overlaps(&left, &right);
}

struct entry_list {
	LIST(const struct node *) list;
};

static void
add_entry(struct check *check, struct entry_list *list,
    const struct node *entry)
{
	*list_add(check->subject->arena, &list->list) = entry;
}

/* What the entry and the exceptions of a Deny have in common, or more. */
static void
add_common(struct check *check, struct entry_list *list,
    const struct node *entry, const struct element *spared)
{
	const struct pattern pattern = read_entry(check, entry);
	size_t before = list->list.count;

	for (size_t i = 0; i < spared->count; i++) {
		const struct node *other = spared->items[i];
		const struct pattern inner = read_entry(check, other);

		if (pattern_covers(&pattern, &inner)) {
			add_entry(check, list, other);
		} else if (!are_apart(check, entry, other)) {
			list->list.count = before;
			add_entry(check, list, entry);
			return;
		}
	}
}

static void
set_entries(struct element *element, const struct entry_list *list)
{
	element->items = list->list.items;
	element->count = list->list.count;
}

/* NotResource leaves what it lists. */
static void
keep_spared(struct check *check, struct statement *left,
    const struct element *spared)
{
	struct entry_list list = { .list = { .count = 0 } };
	struct element *own = &left->resource;

	if (own->negated || resource_is_everything(left)) {
		*own = *spared;
		own->negated = false;
		return;
	}
	if (!has_room(own, spared))
		return;
	for (size_t i = 0; i < own->count; i++)
		add_common(check, &list, own->items[i], spared);
	own->partial |= spared->partial;
	set_entries(own, &list);
}

static void
drop_denied(struct check *check, struct statement *left,
    const struct element *denied)
{
	struct entry_list list = { .list = { .count = 0 } };
	struct element *own = &left->resource;

	if (own->negated || !has_room(own, denied))
		return;
	for (size_t i = 0; i < own->count; i++)
		if (!some_cover(check, denied, own->items[i]))
			add_entry(check, &list, own->items[i]);
	set_entries(own, &list);
}

/* False when nothing is left. */
static bool
take_resources(struct check *check, struct statement *left,
    const struct statement *deny)
{
	const struct element *own = &left->resource;

	if (takes_resources(check, own, deny))
		return false;
	if (own->node == NULL || deny->resource.node == NULL)
		return true;
	if (deny->resource.negated)
		keep_spared(check, left, &deny->resource);
	else
		drop_denied(check, left, &deny->resource);
	return own->negated || own->partial || own->count > 0;
}

/* An ARN with too few fields stands for more than it says (RES-5). */
static bool
is_short(const struct node *entry)
{
	return !entry_is_everything(entry) &&
	    arn_split(entry->text, entry->length).count < ARN_FIELD_COUNT;
}

/* What it spares can be told. */
static bool
spares_plainly(const struct statement *deny)
{
	const struct element *resource = &deny->resource;

	for (size_t i = 0; resource->negated && i < resource->count; i++)
		if (is_short(resource->items[i]))
			return false;
	return true;
}

/* Its test, and what it demands of what is left. */

/* Whoever passes the test is held by it. */
static bool
holds(struct check *check, const struct statement *deny,
    const struct condition *test, const struct claim *claim)
{
	struct condition turned;

	return turn_round(test, &turned) &&
	    claim->is_enough(check, &turned, claim) &&
	    !(tagging_is_tested(test) && tagging_is_open(check, deny));
}

/* False when nothing is left to be complained of. */
static bool
take(struct check *check, struct statement *left,
    const struct statement *deny, const struct claim *claim)
{
	bool several;
	const struct condition *test = find_test(deny, claim->who, &several);

	if (several || !spares_plainly(deny))
		return true;
	if (test == NULL)
		return take_resources(check, left, deny);
	return claim->is_enough == NULL ||
	    !takes_resources(check, &left->resource, deny) ||
	    !holds(check, deny, test, claim);
}

const struct statement *
remnant_read(struct check *check, const struct statement *allow,
    const struct claim *claim, struct statement *room)
{
	const struct policy *policy = check->subject->policy;
	const struct statement *left = allow;

	for (size_t i = 0; i < policy->count; i++) {
		const struct statement *deny = &policy->statements[i];

		if (deny->effect != EFFECT_DENY ||
		    !takes_actions(check, deny, allow, claim) ||
		    !takes_principals(check, deny, allow, claim->who))
			continue;
		if (left == allow)
			*room = *allow;
		left = room;
		if (!take(check, room, deny, claim))
			return NULL;
	}
	return left;
}

bool
remnant_stands(struct check *check, const struct statement *allow,
    const struct claim *claim)
{
	struct statement room;

	return remnant_read(check, allow, claim, &room) != NULL;
}

/* Every value is written out, and is no policy of AWS's, which may be one for
 * administrators. */
static bool
names_policies(const struct condition *condition)
{
	for (size_t i = 0; i < condition->count; i++) {
		const struct node *value = condition->values[i];
		const struct arn arn = arn_split(value->text, value->length);

		if (wording_value_is_open(value) ||
		    wording_value_is_wild(value) || entry_is_of_aws(&arn))
			return false;
	}
	return true;
}

/* Whose boundary goes is not bound by the one that he has. */
static bool
drops_boundary(const struct claim *claim)
{
	return claim->action != NULL &&
	    (strcmp(claim->action, "iam:DeleteRolePermissionsBoundary") == 0 ||
	    strcmp(claim->action, "iam:DeleteUserPermissionsBoundary") == 0);
}

bool
remnant_is_narrow(struct check *check, const struct condition *condition,
    const struct claim *claim)
{
	static const char *const rights[] = {
		"iam:PermissionsBoundary", "iam:PolicyARN", NULL
	};

	(void)check;
	if (condition_is_on_one(condition, rights))
		return names_policies(condition) && !drops_boundary(claim);
	return tagging_is_tested(condition);
}

/* A service, or several, as a whole: it may be the very one that matters. */
static bool
is_whole_service(struct check *check, const struct node *entry)
{
	const struct expansion *expansion = check_expand(check, entry);

	return expansion->service == NULL ||
	    expansion->count == expansion->service->action_count;
}

/* A Deny for all actions but those that it lists, no service as a whole. */
static bool
is_list_of_actions(struct check *check, const struct statement *deny)
{
	const struct element *spared = &deny->action;

	if (deny->effect != EFFECT_DENY || !spared->negated ||
	    spared->partial || deny->principal.node != NULL ||
	    !statement_holds(deny) || !resource_is_everything(deny))
		return false;
	for (size_t i = 0; i < spared->count; i++)
		if (is_whole_service(check, spared->items[i]))
			return false;
	return true;
}

bool
remnant_is_everything(struct check *check, const struct statement *allow,
    const struct node *entry)
{
	const struct policy *policy = check->subject->policy;
	const struct claim claim = {
		.actions = &check_expand(check, entry)->pattern,
		.is_enough = remnant_is_narrow
	};
	const struct statement *left;
	struct statement room;

	if (!grant_is_everywhere(allow))
		return false;
	left = remnant_read(check, allow, &claim, &room);
	if (left == NULL || !resource_is_everything(left))
		return false;
	for (size_t i = 0; i < policy->count; i++)
		if (is_list_of_actions(check, &policy->statements[i]))
			return false;
	return true;
}
