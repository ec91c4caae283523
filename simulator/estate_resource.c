/* SPDX-License-Identifier: MIT */
/* Resources, and patterns of them; and what is inside of these. */
#include "config.h"

#include <string.h>

#include "policy/enclosure.h"
#include "policy/list.h"
#include "simulator/estate_index.h"
#include "simulator/estate_policy.h"

/* All of the estate, the listed first. */
struct inventory {
	struct estate_reader		*reader;
	const struct estate_index	*index;		/* of the listed */
	LIST(struct estate_resource)	 list;
	size_t				 listed;
};

static void
read_name(struct estate_reader *reader, const struct node *node,
    void *record)
{
	struct estate_resource *resource = record;

	estate_read_word(reader, node, &resource->name);
}

static void
read_account(struct estate_reader *reader, const struct node *node,
    void *record)
{
	struct estate_resource *resource = record;
	struct word id = { NULL, 0 };

	estate_read_word(reader, node, &id);
	if (id.text == NULL || !estate_check_account_id(reader, id,
	    node->span))
		return;
	estate_check_owner(reader, id, node->span, "the resource");
	if (resource->account.text != NULL &&
	    !word_equal(resource->account, id))
		estate_complain(reader, ESTATE_CONTRADICTION, node->span,
		    "the ARN says that the resource is of account `%.*s`",
		    (int)resource->account.length, resource->account.text);
	resource->account = id;
}

static void
read_owner(struct estate_reader *reader, const struct node *node,
    void *record)
{
	struct estate_resource *resource = record;
	struct word word = { NULL, 0 };

	estate_read_word(reader, node, &word);
	if (word.text == NULL)
		return;
	if (!word_is(word, "aws"))
		estate_complain(reader, ESTATE_INVALID_VALUE, node->span,
		    "`owner` takes \"aws\" alone; the account of a resource "
		    "that is somebody's is `account`");
	else if (resource->account.text != NULL)
		estate_complain(reader, ESTATE_CONTRADICTION, node->span,
		    "the resource is of account `%.*s`, not AWS's own",
		    (int)resource->account.length, resource->account.text);
	else
		resource->aws_owned = true;
}

static void
read_policy(struct estate_reader *reader, const struct node *node,
    void *record)
{
	struct estate_resource *resource = record;

	resource->policy = estate_read_policy(reader, node);
}

static void
read_tags(struct estate_reader *reader, const struct node *node,
    void *record)
{
	struct estate_resource *resource = record;

	resource->tags_known = true;
	estate_read_tags(reader, node, &resource->tags);
}

/* An owner is held against the account. */
static const struct estate_member resource_members[] = {
	{ "name", read_name },
	{ "account", read_account },
	{ "owner", read_owner },
	{ "policy", read_policy },
	{ "tags", read_tags },
	{ NULL, NULL }
};

static bool
check_arn(struct estate_reader *reader, const struct node *node,
    const struct arn *arn)
{
	if (!arn_is_whole(arn)) {
		estate_complain(reader, ESTATE_INVALID_ARN, node->key_span,
		    "`%s` is no ARN, such as `arn:aws:s3:::bucket`",
		    node->key);
		return false;
	}
	if (estate_principal(reader->estate, estate_key(node)) == NULL)
		return true;
	estate_complain(reader, ESTATE_REPETITION, node->key_span,
	    "`%s` stands in `principals` already; a role is a resource by "
	    "that", node->key);
	return false;
}

static bool
read_resource(struct estate_reader *reader, const struct node *node,
    struct estate_resource *resource)
{
	struct arn arn = arn_split(node->key, node->key_length);
	struct word account;

	if (!check_arn(reader, node, &arn))
		return false;
	account = estate_arn_field(&arn, ARN_ACCOUNT);
	resource->arn = estate_key(node);
	resource->pattern = arn_pattern_read(reader->arena, node->key,
	    node->key_length, false);
	resource->node = node;
	if (account_id_is_valid(account.text, account.length)) {
		resource->account = account;
		estate_check_owner(reader, account, node->key_span,
		    "the resource");
	}
	return estate_read_members(reader, node, resource_members, resource);
}

/* What is inside. */

static bool
is_listed(const struct inventory *inventory, struct word arn)
{
	const struct estate_index *index = inventory->index;
	size_t i = estate_index_seek(index->by_id, index->count, arn,
	    estate_entry_id, estate_compare);

	return i < index->count && word_equal(index->by_id[i]->id, arn);
}

/* Two containers may hold the same; the first has it. */
static bool
is_taken(const struct inventory *inventory, const struct enclosed *enclosed)
{
	for (size_t i = inventory->listed; enclosed->shared &&
	    i < inventory->list.count; i++)
		if (word_is(inventory->list.items[i].arn, enclosed->arn))
			return true;
	return is_listed(inventory, word_from(enclosed->arn,
	    strlen(enclosed->arn)));
}

/* What nobody lists has no policy, where all is listed. */
static const struct reference *
policy_outside(struct estate_reader *reader,
    const struct estate_resource *container)
{
	const struct estate_account *account = estate_account(reader->estate,
	    container->account);

	return account != NULL && !account->open ? NULL :
	    estate_unknown_policy(reader, container->node);
}

/* Its tags are its own. */
static void
add_enclosed(struct inventory *inventory, struct estate_resource container,
    const struct enclosed *enclosed)
{
	struct estate_reader *reader = inventory->reader;
	struct word arn = word_from(enclosed->arn, strlen(enclosed->arn));
	struct pattern pattern = arn_pattern_read(reader->arena, arn.text,
	    arn.length, false);

	if (pattern_covers(&container.pattern, &pattern) ||
	    is_taken(inventory, enclosed))
		return;
	*list_add(reader->arena, &inventory->list) =
	    (struct estate_resource){ .arn = arn,
	    .pattern = pattern, .account = container.account,
	    .aws_owned = container.aws_owned,
	    .policy = enclosed->outside ? policy_outside(reader,
	    &container) : container.policy, .enclosed = true,
	    .node = container.node };
}

static void
add_enclosures(struct inventory *inventory, bool wild, bool outside)
{
	struct enclosed enclosed[ENCLOSURE_MAX];

	for (size_t i = 0; i < inventory->listed; i++) {
		struct estate_resource container = inventory->list.items[i];
		size_t count;

		if (container.pattern.wild != wild)
			continue;
		count = enclosure_list(inventory->reader->arena,
		    container.arn.text, container.arn.length, enclosed);
		for (size_t j = 0; j < count; j++)
			if (enclosed[j].outside == outside)
				add_enclosed(inventory, container,
				    &enclosed[j]);
	}
}

/* A resource holds more surely than a pattern, and either more surely than
 * it leaves out. */
static void
enclose(struct inventory *inventory)
{
	struct estate_reader *reader = inventory->reader;

	inventory->index = estate_index_ids(reader->arena, reader->estate);
	add_enclosures(inventory, false, false);
	add_enclosures(inventory, true, false);
	add_enclosures(inventory, false, true);
	add_enclosures(inventory, true, true);
}

static void
hand_over(const struct inventory *inventory)
{
	inventory->reader->estate->resources = inventory->list.items;
	inventory->reader->estate->resource_count = inventory->list.count;
}

void
estate_read_resources(struct estate_reader *reader, const struct node *node)
{
	struct inventory inventory = { .reader = reader };

	if (!estate_is_object(reader, node))
		return;
	for (const struct node *member = node->first; member != NULL;
	    member = member->next) {
		struct estate_resource resource = { .node = NULL };

		if (read_resource(reader, member, &resource))
			*list_add(reader->arena, &inventory.list) = resource;
	}
	inventory.listed = inventory.list.count;
	hand_over(&inventory);
	enclose(&inventory);
	hand_over(&inventory);
}
