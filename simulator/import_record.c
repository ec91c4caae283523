/* SPDX-License-Identifier: MIT */
/*
 * Things by their keys, as the documents tell of them.  Several documents may
 * tell of one thing, each with members that others lack.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "policy/arn.h"
#include "simulator/estate_index.h"
#include "simulator/import_reader.h"

/* What is taken from a record, and must be the same in all. */
static const char *const members_used[] = {
	"AssumeRolePolicyDocument", "AttachedManagedPolicies", "CidrBlock",
	"GroupId", "GroupList", "GroupPolicyList", "OwnerId",
	"PermissionsBoundary", "PolicyDocument", "PolicyVersionList", "RoleId",
	"RolePolicyList", "ServiceName", "Tags", "UserId", "UserPolicyList",
	"VpcEndpointType", "VpcId"
};

struct word
import_text(const struct node *object, const char *member)
{
	const struct node *node = object == NULL ? NULL :
	    node_find(object, member);

	if (node == NULL || node->kind != NODE_STRING || node->length == 0)
		return word_from(NULL, 0);
	return word_of_node(node);
}

struct word
import_account_of(struct word text)
{
	struct arn arn = arn_split(text.text, text.text == NULL ? 0 :
	    text.length);

	if (arn.count < ARN_FIELD_COUNT ||
	    !account_id_is_valid(arn.field[ARN_ACCOUNT].text,
	    arn.field[ARN_ACCOUNT].length))
		return word_from(NULL, 0);
	return word_from(arn.field[ARN_ACCOUNT].text,
	    arn.field[ARN_ACCOUNT].length);
}

void
import_complain_of_id(struct import *import, const struct node *node,
    const char *member)
{
	import_complain(import, IMPORT_MALFORMED, import->text, node->span,
	    "there is no `%s`; it is left out", member);
}

struct import_record *
import_keep(struct import *import, enum import_kind kind, struct word key,
    const struct node *node)
{
	struct import_record *record = list_add(import->arena,
	    &import->records[kind]);

	record->key = key;
	record->text = import->text;
	record->node = node;
	record->number = import->record_count++;
	return record;
}

static int
compare(const void *left, const void *right)
{
	const struct import_record *a = left, *b = right;
	int order = estate_compare(a->key, b->key);

	if (order != 0)
		return order;
	return a->number < b->number ? -1 : a->number > b->number;
}

/* The same value, however it is written; in objects the order is free. */
static bool
is_same(const struct node *a, const struct node *b)
{
	const struct node *other = b->first;

	if (a->kind != b->kind || a->count != b->count)
		return false;
	if (a->kind != NODE_OBJECT && a->kind != NODE_ARRAY)
		return a->length == b->length &&
		    memcmp(a->text, b->text, a->length) == 0;
	for (const struct node *i = a->first; i != NULL; i = i->next) {
		const struct node *twin = a->kind == NODE_ARRAY ? other :
		    node_find(b, i->key);

		if (twin == NULL || !is_same(i, twin))
			return false;
		other = other->next;
	}
	return true;
}

static void
complain(struct import *import, const struct import_record *first,
    const struct import_record *second, struct span span, const char *what)
{
	const struct source *source = source_file(first->text->source);
	size_t at = first->node == NULL ? 0 : first->node->span.start;
	struct span start = { at, at };

	import_complain(import, IMPORT_CONTRADICTION, second->text, span,
	    "`%s` of `%.*s` is not what %s:%zu says; that is taken, as it "
	    "comes first", what, (int)second->key.length, second->key.text,
	    source->name, source_place(first->text->source, start).line);
}

/* A newer version of a managed policy is none. */
static bool
is_other_version(const struct import_record *a,
    const struct import_record *b)
{
	struct word version = import_text(a->node, "DefaultVersionId");

	return version.text != NULL &&
	    !word_equal(version, import_text(b->node, "DefaultVersionId"));
}

static void
compare_members(struct import *import, const struct import_record *first,
    const struct import_record *second)
{
	size_t count = sizeof(members_used) / sizeof(members_used[0]);

	if (is_other_version(first, second))
		return;
	for (size_t i = 0; i < count; i++) {
		const struct node *a = node_find(first->node,
		    members_used[i]);
		const struct node *b = node_find(second->node,
		    members_used[i]);

		if (a != NULL && b != NULL && !is_same(a, b))
			complain(import, first, second, b->span,
			    members_used[i]);
	}
}

static void
check_twins(struct import *import, enum import_kind kind,
    const struct import_record *first, const struct import_record *second)
{
	const struct node *a = first->node, *b = second->node;

	if (kind == IMPORT_ATTACHMENT || b == NULL)
		return;
	if (kind == IMPORT_PLACE) {
		if (!word_equal(first->other, second->other))
			complain(import, first, second, b->span, "parent");
	} else if (a != NULL && kind == IMPORT_RESOURCE) {
		if (!is_same(a, b))
			complain(import, first, second, b->span, "policy");
	} else if (a != NULL && (kind != IMPORT_VPC || !second->bare)) {
		compare_members(import, first, second);
	}
}

void
import_sort(struct import *import)
{
	for (int kind = 0; kind < IMPORT_KINDS; kind++) {
		struct import_record *items = import->records[kind].items;
		size_t count = import->records[kind].count, first = 0;

		if (count > 1)
			qsort(items, count, sizeof(*items), compare);
		for (size_t i = 1; i < count; i++) {
			if (!word_equal(items[i].key, items[first].key) ||
			    (items[first].bare && kind == IMPORT_VPC))
				first = i;
			else
				check_twins(import, (enum import_kind)kind,
				    &items[first], &items[i]);
		}
	}
}

struct import_entry
import_entry_at(const struct import *import, enum import_kind kind, size_t at)
{
	const struct import_record *items = import->records[kind].items;
	size_t count = import->records[kind].count;
	struct import_entry entry = { items + at, 1 };

	while (at + entry.count < count &&
	    word_equal(items[at + entry.count].key, items[at].key))
		entry.count++;
	return entry;
}

struct import_entry
import_find(const struct import *import, enum import_kind kind,
    struct word key)
{
	const struct import_record *items = import->records[kind].items;
	size_t low = 0, high = import->records[kind].count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (estate_compare(items[middle].key, key) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < import->records[kind].count &&
	    word_equal(items[low].key, key))
		return import_entry_at(import, kind, low);
	return (struct import_entry){ NULL, 0 };
}

struct import_value
import_member(struct import_entry entry, const char *name)
{
	for (size_t i = 0; i < entry.count; i++) {
		const struct node *node = entry.items[i].node == NULL ? NULL :
		    node_find(entry.items[i].node, name);

		if (node != NULL && node->kind != NODE_NULL)
			return (struct import_value){ entry.items[i].text,
			    node };
	}
	return (struct import_value){ NULL, NULL };
}

struct import_value
import_list(struct import *import, struct import_entry entry,
    const char *name, bool *whole)
{
	struct import_value value = import_member(entry, name);

	if (value.node == NULL || value.node->kind == NODE_ARRAY)
		return value;
	import_complain(import, IMPORT_MALFORMED, value.text,
	    value.node->span, "`%s` is no list: what should be in it is "
	    "unknown", name);
	*whole = false;
	return (struct import_value){ NULL, NULL };
}

struct accounts {
	LIST(struct word)	 list;		/* by id, once they are sorted */
};

/* Whoever prints all of an account prints it as it is; a list of its roles, or
 * one of its policies, says nothing of the rest. */
static void
gather(struct import *import, enum import_kind kind, struct accounts *all)
{
	for (size_t i = 0; i < import->records[kind].count; i++) {
		const struct import_record *record =
		    &import->records[kind].items[i];
		struct word id = import_account_of(record->key);

		if (id.text == NULL || record->bare)
			continue;
		if (all->list.count == 0 ||
		    !word_equal(id, *(list_end(&all->list) - 1)))
			*list_add(import->arena, &all->list) = id;
	}
}

static void
complain_of_others(struct import *import, enum import_kind kind)
{
	for (size_t i = 0; i < import->records[kind].count; i++) {
		const struct import_record *record =
		    &import->records[kind].items[i];

		if (record->bare && !import_has_account(import,
		    import_account_of(record->key)))
			import_complain(import, IMPORT_FOREIGN_ACCOUNT,
			    record->text, record->node->span, "the account "
			    "has no get-account-authorization-details here, "
			    "and is left to be foreign");
	}
}

void
import_leave_open(struct import *import, struct word account)
{
	if (account.text == NULL)
		import->all_unlisted = true;
	else if (!import_is_open(import, account))
		*list_add(import->arena, &import->unlisted) = account;
}

bool
import_is_open(const struct import *import, struct word account)
{
	for (size_t i = 0; i < import->unlisted.count; i++)
		if (word_equal(import->unlisted.items[i], account))
			return true;
	return import->all_unlisted;
}

static int
compare_words(const void *left, const void *right)
{
	const struct word *a = left, *b = right;

	return estate_compare(*a, *b);
}

void
import_gather_accounts(struct import *import)
{
	static const enum import_kind kinds[] = { IMPORT_USER, IMPORT_GROUP,
	    IMPORT_ROLE, IMPORT_MANAGED };
	struct accounts all = { .list = { NULL, 0, 0 } };
	size_t count = 0;

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		gather(import, kinds[i], &all);
	if (all.list.count > 1)
		qsort(all.list.items, all.list.count,
		    sizeof(*all.list.items), compare_words);
	for (size_t i = 0; i < all.list.count; i++)
		if (i == 0 || !word_equal(all.list.items[i],
		    all.list.items[count - 1]))
			all.list.items[count++] = all.list.items[i];
	import->accounts = all.list.items;
	import->result.accounts = count;
	complain_of_others(import, IMPORT_USER);
	complain_of_others(import, IMPORT_ROLE);
}

bool
import_has_account(const struct import *import, struct word id)
{
	return id.text != NULL && import->result.accounts > 0 &&
	    bsearch(&id, import->accounts, import->result.accounts,
	    sizeof(id), compare_words) != NULL;
}
