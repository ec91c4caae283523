/* SPDX-License-Identifier: MIT */
/* Resources, and patterns of them. */
#include "config.h"

#include "simulator/estate_policy.h"

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
	if (arn->count != ARN_FIELD_COUNT ||
	    !arn_field_is(arn, ARN_PREFIX, "arn") ||
	    arn->field[ARN_PARTITION].length == 0 ||
	    arn->field[ARN_SERVICE].length == 0 ||
	    arn->field[ARN_RESOURCE].length == 0) {
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

void
estate_read_resources(struct estate_reader *reader, const struct node *node)
{
	struct estate_resource *resources;
	size_t count = 0;

	if (!estate_is_object(reader, node))
		return;
	resources = arena_array(reader->arena, node->count,
	    sizeof(*resources));
	for (const struct node *member = node->first; member != NULL;
	    member = member->next)
		count += read_resource(reader, member, &resources[count]);
	reader->estate->resources = resources;
	reader->estate->resource_count = count;
}
