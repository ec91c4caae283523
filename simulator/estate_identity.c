/* SPDX-License-Identifier: MIT */
/* Users, roles and root users, and the groups that users are in. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "simulator/estate_policy.h"

enum {
	SESSION_MIN = 3600,		/* seconds, of MaxSessionDuration */
	SESSION_MAX = 43200
};

static int
compare_words(struct word a, struct word b)
{
	size_t shorter = a.length < b.length ? a.length : b.length;
	int order = shorter == 0 ? 0 : memcmp(a.text, b.text, shorter);

	if (order != 0)
		return order;
	return a.length < b.length ? -1 : a.length > b.length;
}

/* Groups. */

static int
compare_groups(const void *left, const void *right)
{
	const struct estate_group *a = left, *b = right;

	return compare_words(a->arn, b->arn);
}

static void
read_group_identity(struct estate_reader *reader, const struct node *node,
    void *record)
{
	struct estate_group *group = record;

	group->identity = estate_read_policies(reader, node, LAYER_IDENTITY);
}

static const struct estate_member group_members[] = {
	{ "identity", read_group_identity },
	{ NULL, NULL }
};

static bool
is_group(struct word text)
{
	struct arn arn = arn_split(text.text, text.length);

	return arn.count == ARN_FIELD_COUNT &&
	    arn_field_is(&arn, ARN_PREFIX, "arn") &&
	    arn_field_is(&arn, ARN_SERVICE, "iam") &&
	    account_id_is_valid(arn.field[ARN_ACCOUNT].text,
	    arn.field[ARN_ACCOUNT].length) &&
	    word_starts_with(estate_arn_field(&arn, ARN_RESOURCE),
	    "group/") && !word_has_wildcard(text);
}

void
estate_read_groups(struct estate_reader *reader, const struct node *node)
{
	if (!estate_is_object(reader, node))
		return;
	reader->groups = arena_array(reader->arena, node->count,
	    sizeof(*reader->groups));
	for (const struct node *member = node->first; member != NULL;
	    member = member->next) {
		struct estate_group *group =
		    &reader->groups[reader->group_count];

		if (!is_group(estate_key(member))) {
			estate_complain(reader, ESTATE_INVALID_ARN,
			    member->key_span, "`%s` is no ARN of a group, "
			    "such as `arn:aws:iam::111111111111:group/ops`",
			    member->key);
			continue;
		}
		group->arn = estate_key(member);
		if (estate_read_members(reader, member, group_members, group))
			reader->group_count++;
	}
	qsort(reader->groups, reader->group_count, sizeof(*reader->groups),
	    compare_groups);
}

static const struct estate_group *
find_group(const struct estate_reader *reader, struct word arn)
{
	struct estate_group key = { .arn = arn };

	return reader->group_count == 0 ? NULL : bsearch(&key, reader->groups,
	    reader->group_count, sizeof(key), compare_groups);
}

/* Principals. */

/* A principal, while its members are read. */
struct draft {
	struct estate_principal	 principal;
	struct actor		 actor;
	LIST(const struct reference *) all;	/* its own and its groups' */
};

/* Complains, and is false, when that kind has no such member. */
static bool
suits(struct estate_reader *reader, const struct node *node,
    const struct draft *draft, bool root, bool user, bool role)
{
	bool right = draft->actor.kind == ACTOR_ROOT ? root :
	    draft->actor.kind == ACTOR_USER ? user : role;

	if (!right)
		estate_complain(reader, ESTATE_MISPLACED_MEMBER,
		    node->key_span, "%s has no `%s`",
		    draft->actor.kind == ACTOR_ROOT ? "a root user" :
		    draft->actor.kind == ACTOR_USER ? "a user" : "a role",
		    node->key);
	return right;
}

static void
read_name(struct estate_reader *reader, const struct node *node,
    void *record)
{
	struct draft *draft = record;

	estate_read_word(reader, node, &draft->principal.name);
}

static bool
is_unique_id(struct word id, const char *prefix)
{
	bool valid = word_starts_with(id, prefix) && id.length >= 16;

	for (size_t i = 0; i < id.length && valid; i++)
		valid = (id.text[i] >= '0' && id.text[i] <= '9') ||
		    (id.text[i] >= 'A' && id.text[i] <= 'Z');
	return valid;
}

static void
read_unique_id(struct estate_reader *reader, const struct node *node,
    void *record)
{
	struct draft *draft = record;
	const char *prefix = draft->principal.is_role ? "AROA" : "AIDA";
	struct word id = { NULL, 0 };

	if (!suits(reader, node, draft, false, true, true))
		return;
	estate_read_word(reader, node, &id);
	if (id.text == NULL)
		return;
	if (is_unique_id(id, prefix))
		draft->principal.id = id;
	else
		estate_complain(reader, ESTATE_INVALID_ID, node->span,
		    "`%s` is no id of a %s: that is %s and at least 12 "
		    "capitals and digits", node->text,
		    draft->principal.is_role ? "role" : "user", prefix);
}

static void
add_policies(struct estate_reader *reader, struct draft *draft,
    struct references references)
{
	for (size_t i = 0; i < references.count; i++)
		*list_add(reader->arena, &draft->all) = references.items[i];
}

static void
read_identity(struct estate_reader *reader, const struct node *node,
    void *record)
{
	struct draft *draft = record;

	if (suits(reader, node, draft, false, true, true))
		add_policies(reader, draft, estate_read_policies(reader, node,
		    LAYER_IDENTITY));
}

static void
join_group(struct estate_reader *reader, const struct node *node,
    struct draft *draft)
{
	const struct estate_group *group;
	struct word arn = { NULL, 0 };
	struct arn split;

	estate_read_word(reader, node, &arn);
	if (arn.text == NULL)
		return;
	group = find_group(reader, arn);
	if (group == NULL) {
		estate_complain(reader, ESTATE_UNKNOWN_NAME, node->span,
		    "`groups` of the estate has no `%s`", node->text);
		return;
	}
	split = arn_split(arn.text, arn.length);
	if (!word_equal(estate_arn_field(&split, ARN_ACCOUNT),
	    draft->actor.account))
		estate_complain(reader, ESTATE_CONTRADICTION, node->span,
		    "the group is of another account than the user");
	add_policies(reader, draft, group->identity);
}

static void
read_groups(struct estate_reader *reader, const struct node *node,
    void *record)
{
	struct draft *draft = record;

	if (!suits(reader, node, draft, false, true, false) ||
	    !estate_is_array(reader, node))
		return;
	for (const struct node *item = node->first; item != NULL;
	    item = item->next)
		join_group(reader, item, draft);
}

static void
read_boundary(struct estate_reader *reader, const struct node *node,
    void *record)
{
	struct draft *draft = record;

	if (suits(reader, node, draft, false, true, true))
		draft->principal.boundary = estate_read_policy(reader, node);
}

static void
read_trust(struct estate_reader *reader, const struct node *node,
    void *record)
{
	struct draft *draft = record;

	if (suits(reader, node, draft, false, false, true))
		draft->principal.trust = estate_read_policy(reader, node);
}

static void
read_tags(struct estate_reader *reader, const struct node *node,
    void *record)
{
	struct draft *draft = record;

	if (suits(reader, node, draft, false, true, true))
		estate_read_tags(reader, node, &draft->principal.tags);
}

static void
read_max_session(struct estate_reader *reader, const struct node *node,
    void *record)
{
	struct draft *draft = record;
	char *end = NULL;
	long seconds;

	if (!suits(reader, node, draft, false, false, true))
		return;
	if (node->kind != NODE_NUMBER) {
		estate_complain_of_type(reader, node, "a number of seconds");
		return;
	}
	seconds = strtol(node->text, &end, 10);
	if (*end != '\0' || seconds < SESSION_MIN || seconds > SESSION_MAX)
		estate_complain(reader, ESTATE_INVALID_VALUE, node->span,
		    "`maxSession` is a whole number of seconds from %d to %d",
		    SESSION_MIN, SESSION_MAX);
	else
		draft->principal.max_session = word_of_node(node);
}

static const struct estate_member principal_members[] = {
	{ "name", read_name },
	{ "id", read_unique_id },
	{ "identity", read_identity },
	{ "groups", read_groups },
	{ "boundary", read_boundary },
	{ "trust", read_trust },
	{ "tags", read_tags },
	{ "maxSession", read_max_session },
	{ NULL, NULL }
};

/* A user, a role, or a root user; no session and no service. */
static bool
is_listable(const struct actor *actor)
{
	return actor->kind == ACTOR_USER || actor->kind == ACTOR_ROOT ||
	    (actor->kind == ACTOR_ROLE_SESSION &&
	    actor->session.text == NULL);
}

static void
complete_principal(struct estate_reader *reader, const struct node *node,
    struct draft *draft)
{
	struct estate_principal *principal = &draft->principal;

	if (principal->name.text == NULL)
		principal->name = estate_last_part(principal->arn);
	principal->identity = (struct references){ draft->all.items,
	    draft->all.count };
	if (principal->is_role && principal->trust == NULL)
		estate_complain_of_lack(reader, node, "trust",
		    "every role has a trust policy; one that is not known is "
		    "\"unknown\"");
	estate_check_owner(reader, draft->actor.account, node->key_span,
	    "the principal");
}

static bool
read_principal(struct estate_reader *reader, const struct node *node,
    struct estate_principal *principal)
{
	struct draft draft = { .principal = { .node = node } };
	struct word arn = estate_key(node);

	if (!actor_read(&draft.actor, arn, word_from(NULL, 0)) ||
	    !is_listable(&draft.actor)) {
		estate_complain(reader, ESTATE_INVALID_ARN, node->key_span,
		    "`%s` is no ARN of a user, a role or a root user",
		    node->key);
		return false;
	}
	draft.principal.arn = arn;
	draft.principal.is_role = draft.actor.kind == ACTOR_ROLE_SESSION;
	if (!estate_read_members(reader, node, principal_members, &draft))
		return false;
	complete_principal(reader, node, &draft);
	*principal = draft.principal;
	return true;
}

void
estate_read_principals(struct estate_reader *reader, const struct node *node)
{
	struct estate_principal *principals;
	size_t count = 0;

	if (!estate_is_object(reader, node))
		return;
	principals = arena_array(reader->arena, node->count,
	    sizeof(*principals));
	for (const struct node *member = node->first; member != NULL;
	    member = member->next)
		count += read_principal(reader, member, &principals[count]);
	reader->estate->principals = principals;
	reader->estate->principal_count = count;
}
