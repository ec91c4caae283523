/* SPDX-License-Identifier: MIT */
/*
 * The organization, as its own commands print it.  Most of these do not say
 * what was asked about: that stands in the name of the file, or nowhere.
 */
#include "config.h"

#include <string.h>

#include "policy/arn.h"
#include "simulator/import_reader.h"

/* Reading. */

static void
call_organization(struct import *import, struct word id)
{
	if (import->organization.text != NULL)
		return;
	import->organization = id;
	import->organized = import->text;
}

/* arn:aws:organizations::MANAGEMENT:THING/ORGANIZATION/... */
void
import_learn_organization(struct import *import, const struct node *object)
{
	struct word text = import_text(object, "Arn"), rest;
	struct arn arn = arn_split(text.text, text.length);
	const char *slash;

	if (text.text == NULL || arn.count < ARN_FIELD_COUNT ||
	    !arn_field_is(&arn, ARN_SERVICE, "organizations") ||
	    import_account_of(text).text == NULL)
		return;
	rest = word_from(arn.field[ARN_RESOURCE].text,
	    arn.field[ARN_RESOURCE].length);
	slash = memchr(rest.text, '/', rest.length);
	if (slash == NULL)
		return;
	rest = word_behind(rest, (size_t)(slash + 1 - rest.text));
	slash = memchr(rest.text, '/', rest.length);
	if (slash != NULL)
		rest.length = (size_t)(slash - rest.text);
	if (word_starts_with(rest, "o-"))
		call_organization(import, rest);
	if (import->management.text == NULL)
		import->management = import_account_of(text);
	if (word_starts_with(rest, "o-") &&
	    !word_equal(rest, import->organization))
		import_complain(import, IMPORT_CONTRADICTION, import->text,
		    node_find(object, "Arn")->span, "this is of another "
		    "organization than `%.*s`; an estate has one",
		    (int)import->organization.length,
		    import->organization.text);
}

void
import_read_organization(struct import *import, const struct node *node)
{
	struct word id = import_text(node, "Id");
	struct word management = import_text(node, "MasterAccountId");

	if (management.text == NULL)
		management = import_text(node, "ManagementAccountId");
	if (id.text == NULL)
		import_complain_of_id(import, node, "Id");
	else
		call_organization(import, id);
	if (management.text != NULL && import->management.text == NULL)
		import->management = management;
	import_learn_organization(import, node);
}

static void
keep_place(struct import *import, struct word child, struct word parent,
    const struct node *node)
{
	if (child.text != NULL && parent.text != NULL &&
	    !word_starts_with(child, "r-"))
		import_keep(import, IMPORT_PLACE, child, node)->other = parent;
}

/* What the name of the file tells of, if it can hold others. */
static struct word
asked_unit(const struct import *import)
{
	struct word target = import->path.target;

	return target.text != NULL && (word_starts_with(target, "r-") ||
	    word_starts_with(target, "ou-")) ? target :
	    word_from(NULL, 0);
}

/* A unit or an account, and where it stands if that is known. */
static void
read_thing(struct import *import, const struct node *node,
    enum import_kind kind, struct word parent)
{
	struct word id = import_text(node, "Id");

	if (id.text == NULL) {
		import->members_lost = true;
		import_complain_of_id(import, node, "Id");
		return;
	}
	import_learn_organization(import, node);
	import_keep(import, kind, id, node);
	keep_place(import, id, parent, node);
	if (word_starts_with(id, "r-"))
		import_check_types(import, node);
}

static void
read_things(struct import *import, const struct node *list,
    enum import_kind kind, struct word parent)
{
	for (const struct node *i = list->first; i != NULL; i = i->next)
		read_thing(import, i, kind, parent);
}

void
import_read_roots(struct import *import, const struct node *list)
{
	read_things(import, list, IMPORT_UNIT, word_from(NULL, 0));
}

void
import_read_units(struct import *import, const struct node *list)
{
	read_things(import, list, IMPORT_UNIT, asked_unit(import));
}

void
import_read_unit(struct import *import, const struct node *node)
{
	read_thing(import, node, IMPORT_UNIT, word_from(NULL, 0));
}

void
import_read_members(struct import *import, const struct node *list)
{
	read_things(import, list, IMPORT_MEMBER, asked_unit(import));
}

void
import_read_member(struct import *import, const struct node *node)
{
	read_thing(import, node, IMPORT_MEMBER, word_from(NULL, 0));
}

void
import_complain_of_name(struct import *import, const struct node *list)
{
	import_complain(import, IMPORT_UNNAMED_POLICY, import->text,
	    list->key_span, "`%s` of what? the name of the file does not "
	    "say the id, and the list is left out", list->key);
}

/* One of the two is what the output is for. */
static void
read_place(struct import *import, const struct node *node, struct word child,
    struct word parent)
{
	if (child.text == NULL || parent.text == NULL) {
		import->members_lost = true;
		import_complain_of_id(import, node, "Id");
	}
	keep_place(import, child, parent, node);
}

void
import_read_children(struct import *import, const struct node *list)
{
	struct word parent = asked_unit(import);

	if (parent.text == NULL) {
		import_complain_of_name(import, list);
		return;
	}
	for (const struct node *i = list->first; i != NULL; i = i->next)
		read_place(import, i, import_text(i, "Id"), parent);
}

void
import_read_parents(struct import *import, const struct node *list)
{
	struct word child = import->path.target;

	if (child.text == NULL)
		import_complain_of_name(import, list);
	else if (list->first != NULL)
		read_place(import, list->first, child,
		    import_text(list->first, "Id"));
}

static void
complain_of_children(struct import *import, const struct node *node)
{
	import->members_lost = true;
	import_complain(import, IMPORT_MALFORMED, import->text, node->span,
	    "`Children` is no list: what is below is unknown");
}

/* The whole tree as one document, as some tools keep it. */
static void
read_tree(struct import *import, const struct node *node,
    struct word parent)
{
	struct word id = import_text(node, "Id");
	const struct node *children = node_find(node, "Children");
	const struct node *policies = node_find(node, "Policies");
	bool account = account_id_is_valid(id.text == NULL ? "" : id.text,
	    id.length);

	read_thing(import, node, account ? IMPORT_MEMBER : IMPORT_UNIT,
	    parent);
	if (id.text == NULL)
		return;
	if (children != NULL && children->kind != NODE_ARRAY &&
	    children->kind != NODE_NULL)
		complain_of_children(import, children);
	import->path.target = id;
	if (policies != NULL)
		import_read_controls(import, policies);
	for (const struct node *i = children == NULL ? NULL :
	    children->first; i != NULL; i = i->next)
		read_tree(import, i, id);
}

bool
import_read_tree(struct import *import, const struct node *node)
{
	const struct node *children = node_find(node, "Children");
	struct word id = import_text(node, "Id");

	if (id.text == NULL || children == NULL ||
	    children->kind != NODE_ARRAY || (!word_starts_with(id, "r-") &&
	    !word_starts_with(id, "ou-")))
		return false;
	read_tree(import, node, word_from(NULL, 0));
	return true;
}

/* The tree. */

enum { LEVELS_MAX = 6 };		/* GRAM-41: five below the root */

static struct word
parent_of(const struct import *import, struct word id)
{
	struct import_entry entry = import_find(import, IMPORT_PLACE, id);

	return entry.count == 0 ? word_from(NULL, 0) : entry.items[0].other;
}

/* A way leads from it up to a root. */
static bool
is_placed(const struct import *import, struct word id)
{
	for (int i = 0; i <= LEVELS_MAX && id.text != NULL; i++) {
		id = parent_of(import, id);
		if (id.text != NULL && word_starts_with(id, "r-"))
			return true;
	}
	return false;
}

static bool
is_member(const struct import *import, struct word account)
{
	return import->members_lost || import_find(import, IMPORT_MEMBER, account).count > 0 ||
	    import_find(import, IMPORT_PLACE, account).count > 0 ||
	    word_equal(account, import->management);
}

static void
write_unit_accounts(struct import *import, struct json *json,
    struct word unit)
{
	json_key(json, "accounts");
	json_open_array(json);
	for (size_t i = 0; i < import->result.accounts; i++)
		if (word_equal(parent_of(import, import->accounts[i]), unit))
			import_json(json, import->accounts[i]);
	json_close_array(json);
}

static void
write_unit(struct import *import, struct json *json, struct word id,
    int depth);

static void
write_child_units(struct import *import, struct json *json,
    struct word parent, int depth)
{
	const struct import_record *places =
	    import->records[IMPORT_PLACE].items;
	struct word last = { NULL, 0 };

	for (size_t i = 0; i < import->records[IMPORT_PLACE].count; i++) {
		struct word child = places[i].key;

		if (word_starts_with(child, "ou-") &&
		    !word_equal(child, last) &&
		    word_equal(parent_of(import, child), parent)) {
			json_open_object(json);
			write_unit(import, json, child, depth + 1);
			json_close_object(json);
		}
		last = child;
	}
}

/* Accounts that stand somewhere, nobody knows where. */
static void
write_lost_accounts(struct import *import, struct json *json)
{
	bool any = false;

	for (size_t i = 0; i < import->result.accounts; i++) {
		struct word id = import->accounts[i];

		if (!is_member(import, id) || is_placed(import, id))
			continue;
		if (!any) {
			json_open_object(json);
			json_member_text(json, "name", "not known");
			json_member_text(json, "scps", "unknown");
			json_member_text(json, "rcps", "unknown");
			json_key(json, "accounts");
			json_open_array(json);
		}
		any = true;
		import_json(json, id);
		import_complain(import, IMPORT_UNKNOWN_PLACE,
		    import->organized, node_opening(import->organized->root),
		    "in which "
		    "unit account %.*s is, is in no document: what is "
		    "attached there is unknown", (int)id.length, id.text);
	}
	if (any) {
		json_close_array(json);
		json_close_object(json);
	}
}

static void
write_unit(struct import *import, struct json *json, struct word id,
    int depth)
{
	struct import_value name = import_member(import_find(import,
	    IMPORT_UNIT, id), "Name");

	json_key(json, "id");
	import_json(json, id);
	if (name.node != NULL && name.node->kind == NODE_STRING) {
		json_key(json, "name");
		import_json(json, word_of_node(name.node));
	}
	import_write_controls(import, json, id);
	write_unit_accounts(import, json, id);
	import->result.units++;
	json_key(json, "units");
	json_open_array(json);
	if (depth < LEVELS_MAX - 1)
		write_child_units(import, json, id, depth);
	if (depth == 0)
		write_lost_accounts(import, json);
	json_close_array(json);
}

/* The root: the first, as there is one; absent when nobody names it. */
static struct word
find_root(const struct import *import)
{
	static const enum import_kind kinds[] = { IMPORT_UNIT, IMPORT_PLACE };

	for (size_t i = 0; i < import->records[kinds[0]].count; i++)
		if (word_starts_with(import->records[kinds[0]].items[i].key,
		    "r-"))
			return import->records[kinds[0]].items[i].key;
	for (size_t i = 0; i < import->records[kinds[1]].count; i++)
		if (word_starts_with(import->records[kinds[1]].items[i].other,
		    "r-"))
			return import->records[kinds[1]].items[i].other;
	return word_from(NULL, 0);
}

static void
write_root(struct import *import, struct json *json)
{
	struct word root = find_root(import);

	json_key(json, "root");
	json_open_object(json);
	if (root.text != NULL) {
		write_unit(import, json, root, 0);
	} else {
		json_member_text(json, "scps", "unknown");
		json_member_text(json, "rcps", "unknown");
		json_key(json, "units");
		json_open_array(json);
		write_lost_accounts(import, json);
		json_close_array(json);
	}
	json_close_object(json);
}

static void
complain_of_others(struct import *import)
{
	size_t count = import->records[IMPORT_MEMBER].count;

	for (size_t at = 0; at < count;) {
		struct import_entry entry = import_entry_at(import,
		    IMPORT_MEMBER, at);
		const struct import_record *record = &entry.items[0];

		if (!import_has_account(import, record->key))
			import_complain(import, IMPORT_FOREIGN_ACCOUNT,
			    record->text, record->node->span, "accounts of "
			    "the organization whose users and roles are in no "
			    "document are left to be foreign");
		at += entry.count;
	}
	for (size_t i = 0; i < import->result.accounts; i++) {
		struct word id = import->accounts[i];

		if (!is_member(import, id))
			import_complain(import, IMPORT_GUESS,
			    import->organized,
			    node_opening(import->organized->root), "account "
			    "%.*s is in no list of the organization's "
			    "accounts; it is taken to be outside",
			    (int)id.length, id.text);
	}
}

void
import_write_organization(struct import *import, struct json *json)
{
	if (import->organization.text == NULL)
		return;
	json_key(json, "organization");
	json_open_object(json);
	json_key(json, "id");
	import_json(json, import->organization);
	if (import->management.text != NULL) {
		json_key(json, "management");
		import_json(json, import->management);
	}
	write_root(import, json);
	json_close_object(json);
	complain_of_others(import);
}

static void
complain_of_none(struct import *import)
{
	static const enum import_kind kinds[] = { IMPORT_ROLE, IMPORT_USER,
	    IMPORT_GROUP, IMPORT_MANAGED };

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		const struct import_record *record =
		    import->records[kinds[i]].items;

		if (import->records[kinds[i]].count == 0)
			continue;
		import_complain(import, IMPORT_NO_ORGANIZATION, record->text,
		    node_opening(record->text->root), "no document tells of "
		    "an organization: the accounts are taken to be in none, "
		    "so that no SCP and no RCP binds them");
		return;
	}
}

void
import_write_accounts(struct import *import, struct json *json)
{
	json_key(json, "accounts");
	json_open_object(json);
	for (size_t i = 0; i < import->result.accounts; i++) {
		struct word id = import->accounts[i];
		struct import_value name = import_member(import_find(import,
		    IMPORT_MEMBER, id), "Name");

		import_json_key(json, id);
		json_open_object(json);
		if (name.node != NULL && name.node->kind == NODE_STRING &&
		    name.node->length > 0) {
			json_key(json, "name");
			import_json(json, word_of_node(name.node));
		}
		if (import->organization.text != NULL &&
		    is_member(import, id))
			import_write_controls(import, json, id);
		if (import_is_open(import, id))
			json_member_text(json, "unlisted", "unknown");
		json_close_object(json);
	}
	json_close_object(json);
	if (import->organization.text == NULL)
		complain_of_none(import);
}
