/* SPDX-License-Identifier: MIT */
/*
 * Keys about the resource: whose it is (KEY-9, KEY-10, EVAL-39), and how it
 * is tagged (KEY-8).  What the estate does not say of a tag is open.
 */
#include "config.h"

#include <string.h>

#include "simulator/owner.h"
#include "simulator/premise_row.h"

static bool
says_nothing(const struct supposed_action *action, const void *unused)
{
	(void)unused;
	return action_is_among(action, owner_unsaid) ||
	    (action->service != NULL &&
	    strcmp(action->service->prefix, "ebs") == 0);
}

static bool
may_say_nothing(const struct supposed_action *action, const void *unused)
{
	return says_nothing(action, unused) ||
	    action_is_among(action, owner_sometimes_unsaid);
}

static bool
is_of_s3(const struct supposed_action *action, const void *unused)
{
	(void)unused;
	return action->service != NULL && action->listed != NULL &&
	    strcmp(action->service->prefix, "s3") == 0;
}

static int
acts(const struct premise_subject *subject,
    bool (*says)(const struct supposed_action *, const void *))
{
	return supposition_acts(subject->request, says, NULL);
}

static int
is_owned(const struct premise_subject *subject)
{
	return fact_there(subject->call, subject->request->owner);
}

/* The sorts that AWS owns. */
static int
is_of_aws(const struct premise_subject *subject)
{
	const struct supposed_request *request = subject->request;
	int any = FORMULA_FALSE;

	for (size_t i = 0; i < request->sort_count; i++) {
		const struct supposed_resource *sort = &request->sorts[i];

		if (sort->sort == SORT_AWS || (sort->resource != NULL &&
		    sort->resource->aws_owned))
			any = fact_or(subject->call, any, sort->bit);
	}
	return any;
}

/* A7 */
static int
is_at_home(const struct premise_subject *subject)
{
	return fact_and(subject->call, fact_and(subject->call,
	    fact_is_kind(subject->call, KINDS_WITH_ACCOUNT),
	    -is_of_aws(subject)), acts(subject, premise_acts_at_home));
}

/*
 * The slot's account.  Those of the estate are said one by one, so that no
 * text hangs on another.
 */
static void
add_account(const struct premise_subject *subject, int condition, size_t slot)
{
	const struct supposition *call = subject->call;
	const struct estate *estate = call->court->estate;
	int strangers = condition;

	for (size_t i = 0; i < estate->account_count; i++) {
		int ours = fact_text(call, slot, estate->accounts[i].id);

		strangers = fact_and(call, strangers, -ours);
		premise_imply(subject, fact_and(call, condition, ours),
		    fact_value(call, subject->key, estate->accounts[i].id));
	}
	premise_imply(subject, strangers, fact_value_of(call, subject->key,
	    slot));
}

/* AWS's own accounts are nobody's that we know. */
static void
add_value(const struct premise_subject *subject)
{
	struct premise_subject at_home = *subject;
	const struct supposition *call = subject->call;
	int there = subject->key->present;
	int home = is_at_home(subject);
	int owned = is_owned(subject);

	at_home.premise = PREMISE_own_account;
	add_account(&at_home, fact_and(call, there, home), call->account);
	add_account(subject, fact_and(call, there, fact_and(call, owned,
	    -home)), subject->request->owner);
	premise_imply(subject, fact_and(call, there, is_of_aws(subject)),
	    -fact_is_ours(call, subject->key->slots[0]));
}

static void
add_resource_account(const struct premise_subject *subject)
{
	const struct supposition *call = subject->call;
	int owned = fact_or(call, is_at_home(subject), fact_or(call,
	    is_owned(subject), is_of_aws(subject)));

	premise_imply(subject, acts(subject, says_nothing),
	    -subject->key->present);
	premise_imply(subject, fact_and(call, owned,
	    -acts(subject, may_say_nothing)), subject->key->present);
	add_value(subject);
}

/* S3's own key of the same meaning, which every request to S3 has. */
static void
add_s3_account(const struct premise_subject *subject)
{
	premise_imply(subject, fact_and(subject->call, is_owned(subject),
	    acts(subject, is_of_s3)), subject->key->present);
	add_value(subject);
}

/* AWS's accounts are in no organization of ours: then in none. */
static void
add_resource_org(const struct premise_subject *subject,
    void (*add)(const struct premise_subject *, int, size_t))
{
	struct premise_subject at_home = *subject;
	const struct supposition *call = subject->call;
	int home = is_at_home(subject);
	int owned = is_owned(subject);
	int says = fact_or(call, subject->key->present,
	    -acts(subject, may_say_nothing));

	at_home.premise = PREMISE_own_account;
	premise_imply(subject, fact_or(call, acts(subject, says_nothing),
	    fact_and(call, -owned, -home)), -subject->key->present);
	says = fact_and(call, says, -acts(subject, says_nothing));
	add(&at_home, fact_and(call, says, home), call->account);
	add(subject, fact_and(call, says, fact_and(call, owned, -home)),
	    subject->request->owner);
}

static void
add_resource_org_id(const struct premise_subject *subject)
{
	const struct supposed_key *paths = fact_key(subject->request,
	    "aws:ResourceOrgPaths");

	add_resource_org(subject, premise_add_org_id);
	if (paths != NULL)
		premise_equate(subject, subject->key->present,
		    paths->present);
}

static void
add_resource_org_paths(const struct premise_subject *subject)
{
	add_resource_org(subject, premise_add_org_paths);
}

/* Tags. */

static const struct estate_tags *
tags_of(const struct supposed_resource *sort)
{
	if (sort->sort == SORT_ROLE)
		return &sort->role->tags;
	return sort->sort == SORT_RESOURCE && sort->resource->tags_known ?
	    &sort->resource->tags : NULL;
}

/* The action of the request carries the key; else it is absent anyway. */
static int
is_carried(const struct premise_subject *subject)
{
	return supposition_acts(subject->request, premise_surely_has,
	    subject->key);
}

static struct word
arn_of(const struct supposed_resource *sort)
{
	return sort->sort == SORT_ROLE ? sort->role->arn : sort->resource->arn;
}

static bool
may_hide_tags(const struct supposed_action *action, const void *resource)
{
	const struct word *arn = resource;

	return owner_may_hide_tags(action->listed, *arn);
}

/* KEY-8: a tag of the estate is there, unless AWS may not look at it. */
static void
add_tag(const struct premise_subject *subject)
{
	const struct supposition *call = subject->call;
	const struct supposed_request *request = subject->request;
	const struct supposed_key *key = subject->key;
	struct word tag = premise_tag(subject);
	int carried = is_carried(subject);

	for (size_t i = 0; i < request->sort_count && tag.text != NULL; i++) {
		const struct estate_tags *tags = tags_of(&request->sorts[i]);
		struct word value, arn;

		if (tags == NULL)
			continue;
		arn = arn_of(&request->sorts[i]);
		value = premise_find_tag(tags, tag);
		if (value.text == NULL) {
			premise_imply(subject, request->sorts[i].bit,
			    -key->present);
			continue;
		}
		premise_imply(subject, fact_and(call, request->sorts[i].bit,
		    fact_and(call, carried, -supposition_acts(request,
		    may_hide_tags, &arn))),
		    key->present);
		premise_imply(subject, fact_and(call, request->sorts[i].bit,
		    key->present), fact_value(call, key, value));
	}
}

static bool
lists(const struct target *target, const struct supposed_key *key)
{
	return target_lists_key(target, key->name.text, key->name.length);
}

/*
 * The resource is of a type that has both keys: for the same action, others
 * may have only one of them.
 */
static int
is_of_both(const struct premise_subject *subject,
    const struct supposed_key *common)
{
	const struct supposition *call = subject->call;
	const struct supposed_request *request = subject->request;
	int any = FORMULA_FALSE;

	for (size_t i = 0; i < request->action_count; i++) {
		const struct action *action = request->actions[i].listed;

		for (unsigned j = 0; action != NULL &&
		    j < action->target_count; j++) {
			const struct target *target = &action->targets[j];
			struct pattern pattern;

			if (!lists(target, subject->key) ||
			    !lists(target, common))
				continue;
			pattern = resource_type_pattern(call->arena,
			    target->type);
			any = fact_or(call, any, fact_and(call,
			    request->actions[i].bit, universe_match(
			    call->universe, request->resource, &pattern)));
		}
	}
	return any;
}

/*
 * The same tag under two names is the same tag: aws:ResourceTag/x, and the
 * service's own.
 */
static void
add_own_tag(const struct premise_subject *subject)
{
	const struct supposition *call = subject->call;
	const char *slash = memchr(subject->key->name.text, '/',
	    subject->key->name.length);
	struct word tag = word_behind(subject->key->name,
	    (size_t)(slash - subject->key->name.text) + 1);
	const struct supposed_key *common = fact_key(subject->request,
	    arena_printf(call->arena, "aws:ResourceTag/%.*s",
	    (int)tag.length, tag.text));

	add_tag(subject);
	if (common == NULL)
		return;
	premise_imply(subject, fact_and(call, common->present,
	    subject->key->present), fact_same(call, subject->key->slots[0],
	    common->slots[0]));
	premise_imply(subject, is_of_both(subject, common), formula_iff(
	    call->formulas, subject->key->present, common->present));
}

/* Session Manager's own tags: whose session it is, by aws:userid, and on what:
 * an instance, a managed one, or a task of ECS. */

/* Every session has them. */
static void
add_of_session(const struct premise_subject *subject)
{
	const struct supposition *call = subject->call;

	premise_imply(subject, fact_and(call, is_carried(subject),
	    fact_form(call, subject->request->resource,
	    "arn:~:ssm:~:~:session/*")), subject->key->present);
}

static void
add_session_tag(const struct premise_subject *subject)
{
	const struct supposition *call = subject->call;
	size_t slot = subject->key->slots[0];
	const struct supposed_key *own = fact_key(subject->request,
	    "aws:userid");

	add_own_tag(subject);
	add_of_session(subject);
	premise_imply(subject, subject->key->present,
	    -fact_has_any(call, slot, "*?$/"));
	/* of a session, of a user, or of a root user (PRIN-16) */
	premise_imply(subject, subject->key->present, fact_or(call,
	    fact_form(call, slot, "?*:?*"), fact_or(call, fact_form(call,
	    slot, "AIDA~"), fact_form(call, slot, "????????????"))));
	if (own != NULL)
		premise_imply(subject, fact_and(call, fact_and(call,
		    subject->key->present, own->present), fact_form(call,
		    subject->request->resource, "arn:~:ssm:~:~:session/%-*",
		    own->slots[0])), fact_same(call, slot, own->slots[0]));
}

static void
add_target_tag(const struct premise_subject *subject)
{
	const struct supposition *call = subject->call;
	size_t slot = subject->key->slots[0];

	add_own_tag(subject);
	add_of_session(subject);
	premise_imply(subject, subject->key->present, fact_or(call,
	    fact_form(call, slot, "i-*"), fact_or(call, fact_form(call, slot,
	    "mi-*"), fact_form(call, slot, "ecs:*"))));
}

const struct premise_row premise_resource_rows[] = {
	{ "aws:ResourceAccount", PREMISE_owner, KINDS_ALL, 0,
	    add_resource_account },
	{ "s3:ResourceAccount", PREMISE_owner, KINDS_ALL, 0, add_s3_account },
	{ "aws:ResourceOrgID", PREMISE_owner, KINDS_ALL, 0,
	    add_resource_org_id },
	{ "aws:ResourceOrgPaths", PREMISE_owner, KINDS_ALL, 0,
	    add_resource_org_paths },
	{ "aws:ResourceTag/", PREMISE_tags, KINDS_ALL, 0, add_tag },
	{ "ssm:resourceTag/aws:ssmmessages:session-id", PREMISE_tags,
	    KINDS_ALL, 0, add_session_tag },
	{ "ssm:resourceTag/aws:ssmmessages:target-id", PREMISE_tags,
	    KINDS_ALL, 0, add_target_tag },
	{ "ssm:resourceTag/", PREMISE_tags, KINDS_ALL, 0, add_own_tag },
	{ "iam:ResourceTag/", PREMISE_tags, KINDS_ALL, 0, add_own_tag },
	{ "ec2:ResourceTag/", PREMISE_tags, KINDS_ALL, 0, add_own_tag },
	{ NULL, PREMISE_owner, 0, 0, NULL }
};
