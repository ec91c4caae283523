/* SPDX-License-Identifier: MIT */
/*
 * Accounts, and the organization that they stand in: the root, its units, and
 * what is attached at each level (SCP-1).
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "simulator/estate_policy.h"

enum {
	UNIT_DEPTH_MAX = 5,		/* GRAM-41; the root's is 0 */
	UNPLACED = 0
};

/* Accounts. */

static void
read_account_name(struct estate_reader *reader, const struct node *node,
    void *record)
{
	struct estate_account *account = record;

	estate_read_word(reader, node, &account->name);
}

static void
read_account_scps(struct estate_reader *reader, const struct node *node,
    void *record)
{
	struct estate_account *account = record;

	account->scps = estate_read_policies(reader, node, LAYER_SCP);
}

static void
read_account_rcps(struct estate_reader *reader, const struct node *node,
    void *record)
{
	struct estate_account *account = record;

	account->rcps = estate_read_policies(reader, node, LAYER_RCP);
}

static void
read_account_unlisted(struct estate_reader *reader, const struct node *node,
    void *record)
{
	struct estate_account *account = record;

	account->open = node->kind == NODE_STRING &&
	    word_is(word_of_node(node), "unknown");
	if (!account->open)
		estate_complain_of_type(reader, node, "\"unknown\"; without "
		    "it, there is nothing else in the account");
}

static const struct estate_member account_members[] = {
	{ "name", read_account_name },
	{ "scps", read_account_scps },
	{ "rcps", read_account_rcps },
	{ "unlisted", read_account_unlisted },
	{ NULL, NULL }
};

static void
set_defaults(struct estate_reader *reader, const struct node *object,
    struct references *scps, struct references *rcps)
{
	if (node_find(object, "scps") == NULL)
		*scps = estate_default_policies(reader, LAYER_SCP);
	if (node_find(object, "rcps") == NULL)
		*rcps = estate_default_policies(reader, LAYER_RCP);
}

static int
compare_accounts(const void *left, const void *right)
{
	const struct estate_account *a = left, *b = right;
	int order = memcmp(a->id.text, b->id.text, a->id.length);

	if (order != 0)
		return order;
	return a->node->span.start < b->node->span.start ? -1 : 1;
}

void
estate_read_accounts(struct estate_reader *reader, const struct node *node)
{
	struct estate_account *accounts;
	size_t count = 0;

	if (!estate_is_object(reader, node))
		return;
	accounts = arena_array(reader->arena, node->count, sizeof(*accounts));
	for (const struct node *member = node->first; member != NULL;
	    member = member->next) {
		struct estate_account *account = &accounts[count];

		if (!estate_check_account_id(reader, estate_key(member),
		    member->key_span) || !estate_read_members(reader, member,
		    account_members, account))
			continue;
		account->id = estate_key(member);
		account->node = member;
		set_defaults(reader, member, &account->scps, &account->rcps);
		count++;
	}
	qsort(accounts, count, sizeof(*accounts), compare_accounts);
	reader->accounts = accounts;
	reader->estate->accounts = accounts;
	reader->estate->account_count = count;
}

/* The tree, level by level, so that no depth of it is too deep to walk. */

struct branch {
	struct estate_unit	 unit;
	size_t			 parent;	/* its number + 1; 0: the root */
};

struct tree {
	struct estate_reader	*reader;
	LIST(struct branch)	 branches;
	size_t			*places;	/* of accounts: number of the
						 * branch + 1 */
};

static struct branch *
grow(struct tree *tree, const struct node *node, size_t parent)
{
	size_t depth = parent == 0 ? 0 :
	    tree->branches.items[parent - 1].unit.depth + 1;
	struct branch *branch = list_add(tree->reader->arena,
	    &tree->branches);

	branch->parent = parent;
	branch->unit.depth = depth;
	branch->unit.node = node;
	return branch;
}

static void
read_unit_name(struct estate_reader *reader, const struct node *node,
    void *record)
{
	struct estate_unit *unit = record;

	estate_read_word(reader, node, &unit->name);
}

static void
read_unit_id(struct estate_reader *reader, const struct node *node,
    void *record)
{
	struct estate_unit *unit = record;
	struct word id = { NULL, 0 };

	estate_read_word(reader, node, &id);
	if (id.text != NULL && estate_check_id(reader, id, node->span,
	    unit->depth == 0 ? "r-" : "ou-", unit->depth == 0 ?
	    "an organization's root" : "a unit"))
		unit->id = id;
}

static void
read_unit_scps(struct estate_reader *reader, const struct node *node,
    void *record)
{
	struct estate_unit *unit = record;

	unit->scps = estate_read_policies(reader, node, LAYER_SCP);
}

static void
read_unit_rcps(struct estate_reader *reader, const struct node *node,
    void *record)
{
	struct estate_unit *unit = record;

	unit->rcps = estate_read_policies(reader, node, LAYER_RCP);
}

/* Accounts and units below are read once the unit has its place. */
static const struct estate_member unit_members[] = {
	{ "id", read_unit_id },
	{ "name", read_unit_name },
	{ "scps", read_unit_scps },
	{ "rcps", read_unit_rcps },
	{ "accounts", NULL },
	{ "units", NULL },
	{ NULL, NULL }
};

static void
place_account(struct tree *tree, const struct node *node, size_t number)
{
	struct estate_reader *reader = tree->reader;
	const struct estate_account *account;
	struct word id = { NULL, 0 };
	size_t *place;

	estate_read_word(reader, node, &id);
	if (id.text == NULL || !estate_check_account_id(reader, id,
	    node->span))
		return;
	account = estate_account(reader->estate, id);
	if (account == NULL) {
		estate_complain(reader, ESTATE_UNKNOWN_NAME, node->span,
		    "`accounts` of the estate has no `%s`", node->text);
		return;
	}
	place = &tree->places[account - reader->estate->accounts];
	if (*place != UNPLACED)
		estate_complain(reader, ESTATE_REPETITION, node->span,
		    "account `%s` stands in the organization twice",
		    node->text);
	else
		*place = number + 1;
}

static void
place_accounts(struct tree *tree, const struct node *object, size_t number)
{
	const struct node *node = node_find(object, "accounts");

	if (node == NULL || !estate_is_array(tree->reader, node))
		return;
	for (const struct node *item = node->first; item != NULL;
	    item = item->next)
		place_account(tree, item, number);
}

static void
grow_units(struct tree *tree, const struct node *object, size_t number)
{
	const struct node *node = node_find(object, "units");
	size_t depth = tree->branches.items[number].unit.depth;

	if (node == NULL || !estate_is_array(tree->reader, node))
		return;
	if (depth == UNIT_DEPTH_MAX && node->count > 0) {
		estate_complain(tree->reader, ESTATE_TOO_DEEP,
		    node->key_span, "there are units below the %d levels "
		    "that AWS allows; they are not read", UNIT_DEPTH_MAX);
		return;
	}
	for (const struct node *item = node->first; item != NULL;
	    item = item->next)
		if (estate_is_object(tree->reader, item))
			grow(tree, item, number + 1);
}

static void
read_branch(struct tree *tree, size_t number)
{
	struct estate_unit unit = tree->branches.items[number].unit;

	estate_read_members(tree->reader, unit.node, unit_members, &unit);
	set_defaults(tree->reader, unit.node, &unit.scps, &unit.rcps);
	tree->branches.items[number].unit = unit;
	place_accounts(tree, unit.node, number);
	grow_units(tree, unit.node, number);
}

/* No branch moves any more: numbers become pointers. */
static void
settle(struct tree *tree)
{
	size_t count = tree->branches.count;
	struct estate_reader *reader = tree->reader;
	struct estate_unit *units = arena_array(reader->arena, count,
	    sizeof(*units));

	for (size_t i = 0; i < count; i++) {
		const struct branch *branch = &tree->branches.items[i];

		units[i] = branch->unit;
		units[i].parent = branch->parent == 0 ? NULL :
		    &units[branch->parent - 1];
	}
	for (size_t i = 0; i < reader->estate->account_count; i++)
		if (tree->places[i] != UNPLACED)
			reader->accounts[i].unit = &units[tree->places[i] - 1];
	reader->estate->units = units;
	reader->estate->unit_count = count;
}

static int
compare_units(const void *left, const void *right)
{
	const struct estate_unit *const *a = left, *const *b = right;
	size_t shorter = (*a)->id.length < (*b)->id.length ? (*a)->id.length :
	    (*b)->id.length;
	int order = memcmp((*a)->id.text, (*b)->id.text, shorter);

	if (order == 0 && (*a)->id.length != (*b)->id.length)
		order = (*a)->id.length < (*b)->id.length ? -1 : 1;
	if (order == 0)
		order = (*a)->node->span.start < (*b)->node->span.start ?
		    -1 : 1;
	return order;
}

static void
find_repeated_units(struct estate_reader *reader)
{
	const struct estate *estate = reader->estate;
	const struct estate_unit **units = arena_array(reader->arena,
	    estate->unit_count, sizeof(*units));
	size_t count = 0;

	for (size_t i = 0; i < estate->unit_count; i++)
		if (estate->units[i].id.text != NULL)
			units[count++] = &estate->units[i];
	qsort(units, count, sizeof(*units), compare_units);
	for (size_t i = 1; i < count; i++)
		if (word_equal(units[i - 1]->id, units[i]->id))
			estate_complain(reader, ESTATE_REPETITION,
			    node_find(units[i]->node, "id")->span,
			    "unit `%.*s` stands in the organization twice",
			    (int)units[i]->id.length, units[i]->id.text);
}

static void
find_unplaced_accounts(struct estate_reader *reader)
{
	for (size_t i = 0; i < reader->estate->account_count; i++) {
		const struct estate_account *account = &reader->accounts[i];

		if (account->unit == NULL &&
		    !estate_account_manages(reader->estate, account->id))
			estate_complain(reader, ESTATE_UNPLACED_ACCOUNT,
			    account->node->key_span, "account `%s` stands "
			    "nowhere in the organization: no SCP and no RCP "
			    "binds it", account->node->key);
	}
}

static void
read_root(struct estate_reader *reader, const struct node *node,
    void *record)
{
	struct tree tree = { .reader = reader };

	(void)record;
	if (!estate_is_object(reader, node))
		return;
	tree.places = arena_array(reader->arena,
	    reader->estate->account_count, sizeof(*tree.places));
	grow(&tree, node, 0);
	for (size_t i = 0; i < tree.branches.count; i++)
		read_branch(&tree, i);
	settle(&tree);
	find_repeated_units(reader);
	find_unplaced_accounts(reader);
}

static void
read_organization_id(struct estate_reader *reader, const struct node *node,
    void *record)
{
	struct estate_organization *organization = record;
	struct word id = { NULL, 0 };

	estate_read_word(reader, node, &id);
	if (id.text != NULL && estate_check_id(reader, id, node->span, "o-",
	    "an organization"))
		organization->id = id;
}

static void
read_management(struct estate_reader *reader, const struct node *node,
    void *record)
{
	struct estate_organization *organization = record;
	struct word id = { NULL, 0 };

	estate_read_word(reader, node, &id);
	if (id.text != NULL && estate_check_account_id(reader, id,
	    node->span))
		organization->management = id;
}

static const struct estate_member organization_members[] = {
	{ "id", read_organization_id },
	{ "management", read_management },
	{ "root", read_root },
	{ NULL, NULL }
};

/* One that was named and not listed is there all the same: a member, with
 * whatever it holds. */
static void
add_management(struct estate_reader *reader)
{
	struct estate *estate = reader->estate;
	struct word id = estate->organization.management;
	size_t count = estate->account_count, at = 0;
	struct estate_account *accounts;

	if (id.text == NULL || estate_account(estate, id) != NULL)
		return;
	accounts = arena_array(reader->arena, count + 1, sizeof(*accounts));
	while (at < count && memcmp(reader->accounts[at].id.text, id.text,
	    id.length) < 0)
		at++;
	if (count > 0)
		memcpy(accounts, reader->accounts, at * sizeof(*accounts));
	if (at < count)
		memcpy(accounts + at + 1, reader->accounts + at, (count - at) *
		    sizeof(*accounts));
	accounts[at] = (struct estate_account){ .id = id, .open = true };
	estate->accounts = reader->accounts = accounts;
	estate->account_count = count + 1;
}

void
estate_read_organization(struct estate_reader *reader,
    const struct node *node)
{
	if (!estate_read_members(reader, node, organization_members,
	    &reader->estate->organization))
		return;
	if (node_find(node, "id") == NULL)
		estate_complain_of_lack(reader, node, "id",
		    "it is the value of aws:PrincipalOrgID");
	if (node_find(node, "root") == NULL)
		estate_complain_of_lack(reader, node, "root",
		    "which accounts are in the organization is not known");
	add_management(reader);
}
