/* SPDX-License-Identifier: MIT */
/* An estate as a whole. */
#include "config.h"

#include "simulator/estate_index.h"
#include "simulator/estate_policy.h"

#define SCHEMA	"sekisho.estate/1"

static void
read_schema(struct estate_reader *reader, const struct node *node,
    void *record)
{
	(void)record;
	if (node->kind != NODE_STRING || !word_is(word_of_node(node), SCHEMA))
		estate_complain(reader, ESTATE_SCHEMA, node->span,
		    "`schema` is \"%s\"", SCHEMA);
}

static void
read_region(struct estate_reader *reader, const struct node *node,
    void *record)
{
	struct estate *estate = record;
	struct word region = { NULL, 0 };

	estate_read_word(reader, node, &region);
	for (size_t i = 0; i < region.length; i++) {
		char c = region.text[i];

		if (c == '-' || (c >= 'a' && c <= 'z') ||
		    (c >= '0' && c <= '9'))
			continue;
		estate_complain(reader, ESTATE_INVALID_ID, node->span,
		    "`%s` is no region, such as `eu-west-1`", node->text);
		return;
	}
	estate->region = region;
}

static void
read_accounts(struct estate_reader *reader, const struct node *node,
    void *record)
{
	(void)record;
	estate_read_accounts(reader, node);
}

static void
read_organization(struct estate_reader *reader, const struct node *node,
    void *record)
{
	(void)record;
	estate_read_organization(reader, node);
}

static void
read_vpcs(struct estate_reader *reader, const struct node *node,
    void *record)
{
	struct estate *estate = record;

	estate_read_vpcs(reader, node);
	estate->index = estate_index_ids(reader->arena, estate);
}

static void
read_endpoints(struct estate_reader *reader, const struct node *node,
    void *record)
{
	(void)record;
	estate_read_endpoints(reader, node);
}

static void
read_groups(struct estate_reader *reader, const struct node *node,
    void *record)
{
	(void)record;
	estate_read_groups(reader, node);
}

static void
read_principals(struct estate_reader *reader, const struct node *node,
    void *record)
{
	struct estate *estate = record;

	estate_read_principals(reader, node);
	estate->index = estate_index_ids(reader->arena, estate);
}

static void
read_resources(struct estate_reader *reader, const struct node *node,
    void *record)
{
	(void)record;
	estate_read_resources(reader, node);
}

static void
read_perimeter(struct estate_reader *reader, const struct node *node,
    void *record)
{
	(void)record;
	estate_read_perimeter(reader, node);
}

static const struct estate_member members[] = {
	{ "$schema", NULL },
	{ "schema", read_schema },
	{ "region", read_region },
	{ "accounts", read_accounts },
	{ "organization", read_organization },
	{ "vpcs", read_vpcs },
	{ "endpoints", read_endpoints },
	{ "groups", read_groups },
	{ "principals", read_principals },
	{ "resources", read_resources },
	{ "perimeter", read_perimeter },
	{ NULL, NULL }
};

bool
estate_recognises(const struct node *root)
{
	const struct node *schema = root == NULL ||
	    root->kind != NODE_OBJECT ? NULL : node_find(root, "schema");

	return schema != NULL && schema->kind == NODE_STRING &&
	    word_starts_with(word_of_node(schema), "sekisho.estate/");
}

const struct estate *
estate_read_text(struct arena *arena, const struct text *text,
    const struct catalog *catalog, const struct estate_loader *loader,
    struct report *report)
{
	struct estate *estate = arena_alloc(arena, sizeof(*estate));
	struct estate_reader reader = { .arena = arena, .report = report,
	    .text = text, .loader = loader, .estate = estate };

	report->source = text->source;
	if (text->root == NULL)
		return NULL;
	estate->text = text;
	estate->catalog = catalog;
	estate->usable = text->usable;
	reader.policies = estate_policies_new(arena);
	if (!estate_read_members(&reader, text->root, members, estate))
		return NULL;
	if (node_find(text->root, "schema") == NULL)
		estate_complain_of_lack(&reader, text->root, "schema",
		    "it is \"" SCHEMA "\"");
	estate_policies_finish(&reader);
	estate->index = estate_index_all(arena, estate);
	return estate;
}

const struct estate *
estate_read(struct arena *arena, const struct source *source,
    const struct catalog *catalog, const struct estate_loader *loader,
    struct report *report)
{
	report->source = source;
	return estate_read_text(arena, text_read(arena, source, report),
	    catalog, loader, report);
}
