/* SPDX-License-Identifier: MIT */
/* Users, groups and roles; the managed policies that they have are in
 * import_managed.c. */
#include "config.h"

#include <stdlib.h>

#include "policy/arn.h"
#include "simulator/import_reader.h"

/* Reading. */

/* Complains, and is false, when the ARN is none of IAM's of that sort. */
static bool
check_arn(struct import *import, const struct node *node, const char *sort)
{
	struct word text = import_text(node, "Arn");
	struct arn arn = arn_split(text.text, text.length);
	struct word resource;

	if (text.text == NULL) {
		import_complain(import, IMPORT_MALFORMED, import->text,
		    node->span, "without an `Arn` it is not known what this "
		    "is; it is left out");
		return false;
	}
	resource = arn.count < ARN_FIELD_COUNT ? word_from("", 0) :
	    word_from(arn.field[ARN_RESOURCE].text,
	    arn.field[ARN_RESOURCE].length);
	if (arn.count == ARN_FIELD_COUNT &&
	    arn_field_is(&arn, ARN_SERVICE, "iam") &&
	    word_starts_with(resource, sort) && !word_has_wildcard(text) &&
	    (import_account_of(text).text != NULL ||
	    arn_field_is(&arn, ARN_ACCOUNT, "aws")))
		return true;
	import_complain(import, IMPORT_MALFORMED, import->text,
	    node_find(node, "Arn")->span, "`%.*s` is no ARN of IAM with "
	    "`%s`; it is left out", (int)text.length, text.text, sort);
	return false;
}

static bool
is_repeated(const struct node *tag)
{
	struct word key = import_text(tag, "Key");

	for (const struct node *i = tag->parent->first; i != tag;
	    i = i->next)
		if (word_equal(import_text(i, "Key"), key))
			return true;
	return false;
}

static bool
is_tag(const struct node *node)
{
	const struct node *value = node_find(node, "Value");

	return import_text(node, "Key").text != NULL && value != NULL &&
	    value->kind == NODE_STRING && !is_repeated(node);
}

/*
 * An estate cannot say that it knows no tags of somebody, on which a Deny may
 * rest.  Complains, and is false, when they are not as AWS prints them.
 */
static bool
check_tags(struct import *import, const struct node *node)
{
	const struct node *tags = node_find(node, "Tags");
	const struct node *bad = tags;

	if (tags == NULL || tags->kind == NODE_NULL)
		return true;
	if (tags->kind == NODE_ARRAY)
		for (bad = tags->first; bad != NULL && is_tag(bad);)
			bad = bad->next;
	if (bad != NULL)
		import_complain(import, IMPORT_MALFORMED, import->text,
		    bad->span, bad == tags ? "`Tags` is no list; who has it "
		    "is left out" : "this is no tag, or stands here twice; "
		    "who has it is left out");
	return bad == NULL;
}

static bool
check_thing(struct import *import, const struct node *node, const char *sort)
{
	return check_arn(import, node, sort) && check_tags(import, node);
}

/* What is left out of an account is there all the same. */
static void
read_list(struct import *import, enum import_kind kind,
    const struct node *list, const char *sort, bool bare)
{
	for (const struct node *i = list->first; i != NULL; i = i->next) {
		if (check_thing(import, i, sort))
			import_keep(import, kind, import_text(i, "Arn"), i)
			    ->bare = bare;
		else if (!bare && kind != IMPORT_MANAGED)
			import_leave_open(import, import->path.account);
	}
}

void
import_read_users(struct import *import, const struct node *list)
{
	read_list(import, IMPORT_USER, list, "user/", false);
}

void
import_read_groups(struct import *import, const struct node *list)
{
	read_list(import, IMPORT_GROUP, list, "group/", false);
}

void
import_read_roles(struct import *import, const struct node *list)
{
	read_list(import, IMPORT_ROLE, list, "role/", false);
}

void
import_read_bare_users(struct import *import, const struct node *list)
{
	read_list(import, IMPORT_USER, list, "user/", true);
}

void
import_read_bare_roles(struct import *import, const struct node *list)
{
	read_list(import, IMPORT_ROLE, list, "role/", true);
}

void
import_read_bare_user(struct import *import, const struct node *user)
{
	if (check_thing(import, user, "user/"))
		import_keep(import, IMPORT_USER, import_text(user, "Arn"),
		    user)->bare = true;
}

void
import_read_bare_role(struct import *import, const struct node *role)
{
	if (check_thing(import, role, "role/"))
		import_keep(import, IMPORT_ROLE, import_text(role, "Arn"),
		    role)->bare = true;
}

void
import_read_managed(struct import *import, const struct node *list)
{
	read_list(import, IMPORT_MANAGED, list, "policy/", false);
}

/* Policies of users, groups and roles. */

static struct word
last_part(struct word arn)
{
	size_t start = arn.length;

	while (start > 0 && arn.text[start - 1] != '/' &&
	    arn.text[start - 1] != ':')
		start--;
	return word_behind(arn, start);
}

const char *
import_name_file(struct import *import, struct word arn, const char *middle)
{
	struct word account = import_account_of(arn), last = last_part(arn);

	if (account.text == NULL)
		account = word_from("aws", 3);
	return arena_printf(import->arena, "%.*s/%s/%.*s",
	    (int)account.length, account.text, middle, (int)last.length,
	    last.text);
}

static void
write_inline(struct import *import, struct json *json,
    struct import_value list, struct word arn, const char *sort)
{
	if (list.node == NULL)
		return;
	for (const struct node *i = list.node->first; i != NULL;
	    i = i->next) {
		const struct node *document = node_find(i, "PolicyDocument");
		struct word name = import_text(i, "PolicyName");
		const char *file = NULL;

		if (document == NULL)
			import_complain(import, i->kind == NODE_OBJECT ?
			    IMPORT_UNKNOWN_POLICY : IMPORT_MALFORMED,
			    list.text, i->span, "there is no "
			    "`PolicyDocument`: what it says is unknown");
		else
			file = import_document(import, LAYER_IDENTITY,
			    list.text, document, arena_printf(import->arena,
			    "%s/%.*s", import_name_file(import, arn, sort),
			    (int)name.length, name.text == NULL ? "" :
			    name.text));
		json_text(json, file == NULL ? "unknown" : file);
	}
}

static void
write_attached(struct import *import, struct json *json,
    struct import_value list)
{
	if (list.node == NULL)
		return;
	for (const struct node *i = list.node->first; i != NULL;
	    i = i->next)
		import_write_managed(import, json, (struct import_value){
		    list.text, i }, "PolicyArn");
}

/* Some document that would have had its policies has it. */
static bool
is_whole(struct import_entry entry)
{
	for (size_t i = 0; i < entry.count; i++)
		if (!entry.items[i].bare)
			return true;
	return false;
}

static void
write_identity(struct import *import, struct json *json,
    struct import_entry entry, const char *inside, const char *sort,
    bool all)
{
	const struct import_record *first = &entry.items[0];
	bool whole = is_whole(entry);

	json_key(json, "identity");
	json_open_array(json);
	write_inline(import, json, import_list(import, entry, inside, &all),
	    first->key, sort);
	write_attached(import, json, import_list(import, entry,
	    "AttachedManagedPolicies", &all));
	if (!whole)
		import_complain(import, IMPORT_UNKNOWN_POLICY, first->text,
		    first->node->span, "the policies of `%.*s` are in no "
		    "document: they are unknown", (int)first->key.length,
		    first->key.text);
	if (!whole || !all)
		json_text(json, "unknown");
	json_close_array(json);
}

/* Members. */

static void
write_id(struct import *import, struct json *json, struct import_value id,
    const char *prefix)
{
	struct word text;
	bool valid;

	if (id.node == NULL)
		return;
	text = id.node->kind == NODE_STRING ? word_of_node(id.node) :
	    word_from("", 0);
	valid = word_starts_with(text, prefix) && text.length >= 16;
	for (size_t i = 0; i < text.length; i++)
		valid &= (text.text[i] >= '0' && text.text[i] <= '9') ||
		    (text.text[i] >= 'A' && text.text[i] <= 'Z');
	if (valid) {
		json_key(json, "id");
		import_json(json, text);
		return;
	}
	import_complain(import, IMPORT_LEFT_OUT, id.text, id.node->span,
	    "an id that does not begin with %s is none, and is left out",
	    prefix);
}

static void
write_tags(struct json *json, struct import_value tags)
{
	if (tags.node == NULL || tags.node->count == 0)
		return;
	json_key(json, "tags");
	json_open_object(json);
	for (const struct node *i = tags.node->first; i != NULL;
	    i = i->next) {
		import_json_key(json, import_text(i, "Key"));
		import_json(json, word_of_node(node_find(i, "Value")));
	}
	json_close_object(json);
}

static void
write_boundary(struct import *import, struct json *json,
    struct import_value boundary)
{
	if (boundary.node == NULL)
		return;
	json_key(json, "boundary");
	import_write_managed(import, json, boundary, "PermissionsBoundaryArn");
}

static void
write_trust(struct import *import, struct json *json,
    struct import_entry entry)
{
	struct import_value trust = import_member(entry,
	    "AssumeRolePolicyDocument");
	const struct import_record *first = &entry.items[0];
	const char *file = NULL;

	if (trust.node == NULL)
		import_complain(import, IMPORT_UNKNOWN_POLICY, first->text,
		    first->node->span, "`%.*s` has no "
		    "`AssumeRolePolicyDocument`: whom it trusts is unknown",
		    (int)first->key.length, first->key.text);
	else
		file = import_document(import, LAYER_TRUST, trust.text,
		    trust.node, import_name_file(import, first->key, "trust"));
	json_member_text(json, "trust", file == NULL ? "unknown" : file);
}

static void
write_session(struct import *import, struct json *json,
    struct import_value duration)
{
	long seconds;

	if (duration.node == NULL)
		return;
	seconds = duration.node->kind == NODE_NUMBER ?
	    strtol(duration.node->text, NULL, 10) : 0;
	if (seconds >= 3600 && seconds <= 43200)
		json_member_number(json, "maxSession", (uint64_t)seconds);
	else
		import_complain(import, IMPORT_LEFT_OUT, duration.text,
		    duration.node->span, "a `MaxSessionDuration` that no "
		    "role can have is left out");
}

/* Groups of a user. */

static bool
is_group(const struct import_record *group, struct word account,
    struct word name)
{
	return word_equal(import_account_of(group->key), account) &&
	    word_equal(last_part(group->key), name);
}

/* Groups of that account stand together; there are few. */
static struct word
find_group(const struct import *import, struct word account,
    struct word name)
{
	for (size_t i = 0; i < import->records[IMPORT_GROUP].count; i++) {
		const struct import_record *group =
		    &import->records[IMPORT_GROUP].items[i];

		if (is_group(group, account, name))
			return group->key;
	}
	return word_from(NULL, 0);
}

/* Accounts of which the documents tell only a part. */

static bool
lacks_group(const struct import *import, const struct import_record *user)
{
	struct word account = import_account_of(user->key);
	const struct node *list = node_find(user->node, "GroupList");

	for (const struct node *i = list == NULL ? NULL : list->first;
	    i != NULL; i = i->next)
		if (i->kind == NODE_STRING && find_group(import, account,
		    word_of_node(i)).text == NULL)
			return true;
	return false;
}

/* The first of the account; NULL: there is none. */
static const struct import_record *
find_of(const struct import *import, enum import_kind kind,
    struct word account, bool lacking)
{
	const struct import_record *items = import->records[kind].items;

	for (size_t i = 0; i < import->records[kind].count; i++)
		if (!items[i].bare && word_equal(import_account_of(
		    items[i].key), account) &&
		    (!lacking || lacks_group(import, &items[i])))
			return &items[i];
	return NULL;
}

static const struct import_record *
find_any_of(const struct import *import, struct word account)
{
	static const enum import_kind kinds[] = { IMPORT_USER, IMPORT_GROUP,
	    IMPORT_MANAGED };
	const struct import_record *found = NULL;

	for (size_t i = 0; found == NULL &&
	    i < sizeof(kinds) / sizeof(kinds[0]); i++)
		found = find_of(import, kinds[i], account, false);
	return found;
}

/*
 * Every account has roles that AWS makes, such as that of AWS Support: without
 * any, the output was filtered.  When groups of users are not there, it was,
 * or pages are missing.
 */
void
import_open_accounts(struct import *import)
{
	for (size_t i = 0; i < import->result.accounts; i++) {
		struct word id = import->accounts[i];
		const struct import_record *role = find_of(import,
		    IMPORT_ROLE, id, false);
		const struct import_record *odd = role == NULL ?
		    find_any_of(import, id) : find_of(import, IMPORT_USER,
		    id, true);

		if (odd == NULL || import_is_open(import, id))
			continue;
		import_leave_open(import, id);
		import_complain(import, IMPORT_UNLISTED, odd->text,
		    odd->node->span, "account %.*s has %s in the documents, "
		    "so they cannot be all; it is `unlisted`", (int)id.length,
		    id.text, role == NULL ? "no role" : "not the groups of "
		    "its users");
	}
}

/* True when it is there. */
static bool
write_membership(struct import *import, struct json *json,
    struct word account, const struct text *text, const struct node *node)
{
	bool named = node->kind == NODE_STRING && node->length > 0;
	struct word name = named ? word_of_node(node) : word_from("", 0);
	struct word arn = find_group(import, account, name);

	if (arn.text != NULL)
		import_json(json, arn);
	else if (named)
		import_complain(import, IMPORT_UNKNOWN_GROUP, text,
		    node->span, "the group `%.*s` is in no document: its "
		    "policies are unknown", (int)name.length, name.text);
	else
		import_complain(import, IMPORT_MALFORMED, text, node->span,
		    "this is no name of a group: its policies are unknown");
	return arn.text != NULL;
}

/* True when all of them are there. */
static bool
write_memberships(struct import *import, struct json *json,
    struct import_entry entry)
{
	bool all = true;
	struct import_value list = import_list(import, entry, "GroupList",
	    &all);
	struct word account = import_account_of(entry.items[0].key);

	if (list.node == NULL || list.node->count == 0)
		return all;
	json_key(json, "groups");
	json_open_array(json);
	for (const struct node *i = list.node->first; i != NULL;
	    i = i->next)
		all &= write_membership(import, json, account, list.text, i);
	json_close_array(json);
	return all;
}

/* Writing. */

static void
write_user(struct import *import, struct json *json,
    struct import_entry entry)
{
	bool all;

	write_id(import, json, import_member(entry, "UserId"), "AIDA");
	all = write_memberships(import, json, entry);
	write_identity(import, json, entry, "UserPolicyList", "user", all);
	write_boundary(import, json, import_member(entry,
	    "PermissionsBoundary"));
	write_tags(json, import_member(entry, "Tags"));
}

static void
write_role(struct import *import, struct json *json,
    struct import_entry entry)
{
	struct import_value profiles = import_member(entry,
	    "InstanceProfileList");

	write_id(import, json, import_member(entry, "RoleId"), "AROA");
	write_identity(import, json, entry, "RolePolicyList", "role", true);
	write_boundary(import, json, import_member(entry,
	    "PermissionsBoundary"));
	write_trust(import, json, entry);
	write_tags(json, import_member(entry, "Tags"));
	write_session(import, json, import_member(entry,
	    "MaxSessionDuration"));
	if (profiles.node != NULL && profiles.node->count > 0)
		import_complain(import, IMPORT_LEFT_OUT, profiles.text,
		    profiles.node->span, "instance profiles are left out: "
		    "which instances have the role is not said here");
}

static void
write_group(struct import *import, struct json *json,
    struct import_entry entry)
{
	write_identity(import, json, entry, "GroupPolicyList", "group",
	    true);
}

static size_t
write_all(struct import *import, struct json *json, enum import_kind kind,
    void (*write)(struct import *, struct json *, struct import_entry))
{
	size_t written = 0;

	for (size_t at = 0; at < import->records[kind].count; written++) {
		struct import_entry entry = import_entry_at(import, kind, at);

		import_json_key(json, entry.items[0].key);
		json_open_object(json);
		write(import, json, entry);
		json_close_object(json);
		at += entry.count;
	}
	return written;
}

void
import_write_groups(struct import *import, struct json *json)
{
	if (import->records[IMPORT_GROUP].count == 0)
		return;
	json_key(json, "groups");
	json_open_object(json);
	import->result.groups = write_all(import, json, IMPORT_GROUP,
	    write_group);
	json_close_object(json);
}

void
import_write_principals(struct import *import, struct json *json)
{
	json_key(json, "principals");
	json_open_object(json);
	import->result.principals = write_all(import, json, IMPORT_USER,
	    write_user) + write_all(import, json, IMPORT_ROLE, write_role);
	json_close_object(json);
}
