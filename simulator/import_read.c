/* SPDX-License-Identifier: MIT */
/* What a document is, told by its members. */
#include "config.h"

#include <string.h>

#include "simulator/import_reader.h"

/*
 * Members that some output of the AWS command line has, and who reads them.
 * Others print members of the same name: then nothing in it has the third.
 * What `Policy' and `Policies' are of, their own members say.
 */
static const struct row {
	const char	*member;
	enum node_kind	 kind;
	const char	*inside;	/* NULL: the name is enough */
	void		(*read)(struct import *, const struct node *);
} rows[] = {
	{ "UserDetailList", NODE_ARRAY, NULL, import_read_users },
	{ "GroupDetailList", NODE_ARRAY, NULL, import_read_groups },
	{ "RoleDetailList", NODE_ARRAY, NULL, import_read_roles },
	{ "User", NODE_OBJECT, "Arn", import_read_bare_user },
	{ "Users", NODE_ARRAY, "Arn", import_read_bare_users },
	{ "Role", NODE_OBJECT, "Arn", import_read_bare_role },
	{ "Roles", NODE_ARRAY, "Arn", import_read_bare_roles },
	{ "PolicyVersion", NODE_OBJECT, "VersionId", import_read_version },
	{ "Organization", NODE_OBJECT, "Id", import_read_organization },
	{ "Roots", NODE_ARRAY, "Id", import_read_roots },
	{ "OrganizationalUnits", NODE_ARRAY, "Id", import_read_units },
	{ "OrganizationalUnit", NODE_OBJECT, "Id", import_read_unit },
	{ "Accounts", NODE_ARRAY, "Id", import_read_members },
	{ "Account", NODE_OBJECT, "Id", import_read_member },
	{ "Children", NODE_ARRAY, "Type", import_read_children },
	{ "Parents", NODE_ARRAY, "Type", import_read_parents },
	{ "Targets", NODE_ARRAY, "TargetId", import_read_targets },
	{ "Vpcs", NODE_ARRAY, "VpcId", import_read_vpcs },
	{ "VpcEndpoints", NODE_ARRAY, "VpcEndpointId",
	    import_read_endpoints },
	{ "Buckets", NODE_ARRAY, "Name", import_read_buckets },
};

enum { ROW_COUNT = sizeof(rows) / sizeof(rows[0]) };

/* Some element has the member. */
static bool
has_elements_with(const struct node *array, const char *member)
{
	for (const struct node *i = array->first; i != NULL; i = i->next)
		if (node_find(i, member) != NULL)
			return true;
	return false;
}

/* Policies of IAM, or of an organization, of which a list may be empty. */
static bool
read_policies(struct import *import, const struct node *node)
{
	if (node->kind != NODE_ARRAY)
		return false;
	if (has_elements_with(node, "PolicyVersionList"))
		import_read_managed(import, node);
	else if (has_elements_with(node, "AwsManaged") ||
	    has_elements_with(node, "Content") ||
	    import->path.target.text != NULL)
		import_read_controls(import, node);
	else
		return node->count == 0 ||
		    has_elements_with(node, "DefaultVersionId");
	return true;
}

static bool
read_policy(struct import *import, const struct node *node)
{
	if (node_find(node, "PolicySummary") != NULL) {
		import_read_control(import, node);
		return true;
	}
	return node_find(node, "DefaultVersionId") != NULL;
}

/* A member that is not null, but for an empty string. */
static bool
says_more(const struct node *object, const char *member)
{
	const struct node *node = node_find(object, member);

	return node != NULL && (node->kind == NODE_STRING ?
	    node->length > 0 : node->kind == NODE_BOOLEAN &&
	    strcmp(node->text, "true") == 0);
}

void
import_doubt_controls(struct import *import, size_t since)
{
	static const enum import_kind kinds[] = { IMPORT_KNOWN_TARGET,
	    IMPORT_KNOWN_POLICY, IMPORT_KNOWN_TYPE };

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		struct import_record *items = import->records[kinds[i]].items;
		size_t left = import->records[kinds[i]].count;

		while (left > 0 && items[left - 1].number >= since)
			items[--left].bare = true;
	}
}

/* The accounts of whose users, groups and roles it has some; true when there
 * are any. */
static bool
open_accounts(struct import *import, size_t since)
{
	static const enum import_kind kinds[] = { IMPORT_USER, IMPORT_GROUP,
	    IMPORT_ROLE };
	bool any = false;

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		const struct import_record *items =
		    import->records[kinds[i]].items;
		size_t left = import->records[kinds[i]].count;

		while (left > 0 && items[--left].number >= since) {
			import_leave_open(import,
			    import_account_of(items[left].key));
			any = true;
		}
	}
	return any;
}

/* An output of which there are more pages: its account holds more.  An empty
 * page is of the account that its path says, or of any. */
static void
leave_open(struct import *import, const struct node *object, size_t since)
{
	import_doubt_controls(import, since);
	if (import_recognises(object) && !open_accounts(import, since))
		import_leave_open(import, import->path.account);
}

static void
look_for_more(struct import *import, const struct node *object, size_t since)
{
	static const char *const members[] = { "IsTruncated", "NextToken",
	    "NextMarker", "Marker" };

	for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
		if (!says_more(object, members[i]))
			continue;
		import_complain(import, IMPORT_TRUNCATED, import->text,
		    node_find(object, members[i])->key_span, "`%s`: there is "
		    "more than this; the estate is incomplete", members[i]);
		leave_open(import, object, since);
		return;
	}
}

/* An empty list is of whatever its name says. */
static bool
is_told(const struct node *node, const char *inside)
{
	if (inside == NULL || node->first == NULL)
		return true;
	return node->kind == NODE_OBJECT ? node_find(node, inside) != NULL :
	    has_elements_with(node, inside);
}

static bool
read_member(struct import *import, const struct node *node)
{
	if (strcmp(node->key, "Policies") == 0)
		return read_policies(import, node);
	if (strcmp(node->key, "Policy") == 0)
		return read_policy(import, node);
	for (size_t i = 0; i < ROW_COUNT; i++) {
		if (node->kind != rows[i].kind ||
		    strcmp(node->key, rows[i].member) != 0 ||
		    !is_told(node, rows[i].inside))
			continue;
		rows[i].read(import, node);
		return true;
	}
	return false;
}

/*
 * Beside what is read, what should be a list and is none is a part of the
 * output that is lost; then true.
 */
static bool
complain_of_member(struct import *import, const struct node *node)
{
	bool known = strcmp(node->key, "Policies") == 0;

	for (size_t i = 0; i < ROW_COUNT; i++)
		known |= rows[i].kind == NODE_ARRAY &&
		    strcmp(node->key, rows[i].member) == 0;
	if (!known || node->kind == NODE_ARRAY || node->kind == NODE_NULL)
		return false;
	import_complain(import, IMPORT_MALFORMED, import->text, node->span,
	    "`%s` is no list, and is left out", node->key);
	return true;
}

static bool	 visit(struct import *, const struct node *);

static void
complain_of_kind(struct import *import, const struct node *node)
{
	const struct node *first = node->kind == NODE_OBJECT ? node->first :
	    NULL;

	if (first == NULL)
		import_complain(import, IMPORT_UNKNOWN_KIND, import->text,
		    node->span, "this is nothing that can be imported, and is "
		    "skipped");
	else
		import_complain(import, IMPORT_UNKNOWN_KIND, import->text,
		    node_opening(node), "an object with `%s`%s is of no kind "
		    "that is known, and is skipped", first->key,
		    node->count > 1 ? " and other members" : "");
}

/*
 * Outputs in an array, or in an object under names of somebody's own.  If
 * some are known, what is beside them is complained of; if none is, the whole
 * will be.
 */
static bool
visit_inside(struct import *import, const struct node *node)
{
	LIST(const struct node *) unknown = { NULL, 0, 0 };
	bool any = false;

	for (const struct node *i = node->first; i != NULL; i = i->next) {
		if (visit(import, i))
			any = true;
		else if (i->kind == NODE_OBJECT || node->kind == NODE_ARRAY)
			*list_add(import->arena, &unknown) = i;
	}
	for (size_t i = 0; i < unknown.count && any; i++)
		complain_of_kind(import, unknown.items[i]);
	return any;
}

static bool
visit_object(struct import *import, const struct node *node)
{
	size_t since = import->record_count;
	bool any = false, lost = false;

	if (import_read_bare_policy(import, node) ||
	    import_read_tree(import, node) ||
	    import_read_resource(import, node))
		return true;
	for (const struct node *i = node->first; i != NULL; i = i->next)
		any |= read_member(import, i);
	for (const struct node *i = node->first; i != NULL && any; i = i->next)
		lost |= complain_of_member(import, i);
	if (lost)
		leave_open(import, node, since);
	if (any)
		look_for_more(import, node, since);
	return any || visit_inside(import, node);
}

/* As deep as the text is, which has a limit. */
static bool
visit(struct import *import, const struct node *node)
{
	if (node->kind == NODE_OBJECT)
		return visit_object(import, node);
	return node->kind == NODE_ARRAY && visit_inside(import, node);
}

bool
import_recognises(const struct node *root)
{
	static const char *const members[] = { "UserDetailList",
	    "GroupDetailList", "RoleDetailList" };

	for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
		const struct node *node = root == NULL ? NULL :
		    node_find(root, members[i]);

		if (node != NULL && node->kind == NODE_ARRAY)
			return true;
	}
	return false;
}

bool
import_add(struct import *import, const struct text *text, const char *path)
{
	if (!text->usable)
		return false;
	import->text = text;
	import->path = import_path_read(import->arena, path, import->region);
	if (estate_recognises(text->root)) {
		import_complain(import, IMPORT_UNKNOWN_KIND, text,
		    node_opening(text->root), "this is an estate already, and "
		    "is skipped");
		return false;
	}
	if (!visit(import, text->root)) {
		complain_of_kind(import, text->root);
		return false;
	}
	return true;
}
