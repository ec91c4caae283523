/* SPDX-License-Identifier: MIT */
/* References to policies, numbered as they are met. */
#include "config.h"

#include <string.h>

#include "policy/envelope.h"
#include "policy/reader.h"
#include "simulator/estate_policy.h"
#include "simulator/stock.h"

enum { BUCKETS_FIRST = 64 };

/* References by name, chained in buckets; these double as they fill. */
struct chain {
	struct reference	*reference;
	size_t			 hash;
	struct chain		*next;
};

struct estate_policies {
	LIST(const struct reference *)	 references;
	struct chain			**buckets;
	size_t				 bucket_count;	/* a power of two */
	const struct reference		*unknown;	/* NULL: not yet */
	const struct reference		*stock[LAYER_COUNT];
};

struct estate_policies *
estate_policies_new(struct arena *arena)
{
	struct estate_policies *policies = arena_alloc(arena,
	    sizeof(*policies));

	policies->bucket_count = BUCKETS_FIRST;
	policies->buckets = arena_array(arena, BUCKETS_FIRST,
	    sizeof(*policies->buckets));
	return policies;
}

void
estate_policies_finish(struct estate_reader *reader)
{
	reader->estate->references = reader->policies->references.items;
	reader->estate->reference_count = reader->policies->references.count;
}

/* FNV-1a. */
static size_t
hash_of(struct word word)
{
	size_t hash = 2166136261u;

	for (size_t i = 0; i < word.length; i++)
		hash = (hash ^ (unsigned char)word.text[i]) * 16777619u;
	return hash;
}

static void
insert(struct estate_policies *policies, struct chain *chain)
{
	struct chain **bucket = &policies->buckets[chain->hash &
	    (policies->bucket_count - 1)];

	chain->next = *bucket;
	*bucket = chain;
}

static void
double_buckets(struct arena *arena, struct estate_policies *policies)
{
	struct chain **old = policies->buckets;
	size_t count = policies->bucket_count;

	policies->bucket_count *= 2;
	policies->buckets = arena_array(arena, policies->bucket_count,
	    sizeof(*policies->buckets));
	for (size_t i = 0; i < count; i++)
		for (struct chain *chain = old[i], *next; chain != NULL;
		    chain = next) {
			next = chain->next;
			insert(policies, chain);
		}
}

static struct reference *
find(const struct estate_policies *policies, struct word name)
{
	size_t hash = hash_of(name);

	for (const struct chain *chain = policies->buckets[hash &
	    (policies->bucket_count - 1)]; chain != NULL; chain = chain->next)
		if (chain->hash == hash &&
		    word_equal(chain->reference->name, name))
			return chain->reference;
	return NULL;
}

static struct reference *
add(struct estate_reader *reader, struct word name, const struct node *node)
{
	struct estate_policies *policies = reader->policies;
	struct reference *reference = arena_alloc(reader->arena,
	    sizeof(*reference));

	reference->name = name;
	reference->number = policies->references.count;
	reference->node = node;
	*list_add(reader->arena, &policies->references) = reference;
	return reference;
}

static struct reference *
add_named(struct estate_reader *reader, struct word name,
    const struct node *node)
{
	struct estate_policies *policies = reader->policies;
	struct chain *chain = arena_alloc(reader->arena, sizeof(*chain));

	if (policies->references.count >= policies->bucket_count)
		double_buckets(reader->arena, policies);
	chain->reference = add(reader, name, node);
	chain->hash = hash_of(name);
	insert(policies, chain);
	return chain->reference;
}

/* The file is there; what it holds, if that is one policy. */
static const struct policy *
read_source(struct estate_reader *reader, const struct source *source,
    const struct node *node)
{
	struct document document = envelope_read(reader->arena, source,
	    VOUCH_POLICY, reader->report);

	reader->report->source = reader->text->source;
	if (document.count == 1)
		return document.items[0].policy;
	if (document.count == 0)
		estate_complain(reader, ESTATE_POLICY_FILE, node->span,
		    "`%s` is no JSON: the layer cannot be judged",
		    node->text);
	else
		estate_complain(reader, ESTATE_POLICY_FILE, node->span,
		    "`%s` holds %zu policies; which of them is meant?",
		    node->text, document.count);
	return NULL;
}

static const struct policy *
find_elsewhere(struct estate_reader *reader, const struct node *node)
{
	const struct estate_loader *loader = reader->loader;
	const struct policy *policy = loader->find == NULL ? NULL :
	    loader->find(loader->context, reader->arena, node->text,
	    reader->report);

	reader->report->source = reader->text->source;
	return policy;
}

static const struct policy *
load(struct estate_reader *reader, const struct node *node)
{
	const char *error = "its name has a NUL";
	const struct policy *policy = find_elsewhere(reader, node);
	const struct source *source = policy != NULL ||
	    strlen(node->text) != node->length ? NULL :
	    reader->loader->load(reader->loader->context, reader->arena,
	    node->text, &error);

	if (policy != NULL)
		return policy;
	if (source != NULL)
		return read_source(reader, source, node);
	estate_complain(reader, ESTATE_POLICY_FILE, node->span,
	    "`%s` cannot be read: %s", node->text, error);
	return NULL;
}

static const struct reference *
refer_to_file(struct estate_reader *reader, const struct node *node)
{
	struct reference *reference = find(reader->policies,
	    word_of_node(node));

	if (reference != NULL)
		return reference;
	reference = add_named(reader, word_of_node(node), node);
	reference->policy = load(reader, node);
	return reference;
}

const struct reference *
estate_unknown_policy(struct estate_reader *reader, const struct node *node)
{
	struct reference *reference;

	if (reader->policies->unknown != NULL)
		return reader->policies->unknown;
	reference = add(reader, word_from("unknown", 7), node);
	reference->unknown = true;
	reader->policies->unknown = reference;
	return reference;
}

static const struct reference *
refer_to_object(struct estate_reader *reader, const struct node *node)
{
	struct reference *reference = add(reader, word_from("", 0), node);

	reference->policy = reader_read_policy(reader->arena, reader->text,
	    node, reader->report);
	return reference;
}

static const struct reference *
refer_to_stock(struct estate_reader *reader, const struct stock *stock,
    const struct node *node)
{
	const struct reference **known =
	    &reader->policies->stock[stock->layer];
	struct reference *reference;

	if (*known != NULL)
		return *known;
	reference = add(reader, word_from(stock->name, strlen(stock->name)),
	    node);
	reference->by_aws = true;
	reference->policy = stock_read(reader->arena, stock);
	return *known = reference;
}

static const struct reference *
refer(struct estate_reader *reader, const struct node *node,
    enum layer layer)
{
	const struct stock *stock = stock_of(layer);

	if (node->kind == NODE_OBJECT)
		return refer_to_object(reader, node);
	if (node->kind != NODE_STRING || node->length == 0) {
		estate_complain_of_type(reader, node, "names of files, and "
		    "policies as objects");
		return NULL;
	}
	if (word_is(word_of_node(node), "unknown"))
		return estate_unknown_policy(reader, node);
	if (stock != NULL && word_is(word_of_node(node), stock->name))
		return refer_to_stock(reader, stock, node);
	return refer_to_file(reader, node);
}

const struct reference *
estate_read_policy(struct estate_reader *reader, const struct node *node)
{
	return node->kind == NODE_NULL ? NULL :
	    refer(reader, node, LAYER_COUNT);
}

struct references
estate_read_policies(struct estate_reader *reader, const struct node *node,
    enum layer layer)
{
	bool unknown = node->kind == NODE_STRING &&
	    word_is(word_of_node(node), "unknown");
	struct references references = { NULL, 0 };
	const struct reference **items;

	if (!unknown && node->kind != NODE_ARRAY) {
		estate_complain_of_type(reader, node,
		    "an array of policies, or \"unknown\"");
		return references;
	}
	items = arena_array(reader->arena, unknown ? 1 : node->count,
	    sizeof(*items));
	if (unknown)
		items[references.count++] = estate_unknown_policy(reader, node);
	for (const struct node *item = node->first; item != NULL;
	    item = item->next) {
		items[references.count] = refer(reader, item, layer);
		references.count += items[references.count] != NULL;
	}
	references.items = items;
	return references;
}

struct references
estate_default_policies(struct estate_reader *reader, enum layer layer)
{
	const struct reference **items = arena_array(reader->arena, 1,
	    sizeof(*items));

	items[0] = refer_to_stock(reader, stock_of(layer), NULL);
	return (struct references){ items, 1 };
}
