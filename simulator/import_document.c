/* SPDX-License-Identifier: MIT */
/* Policies as files: one for each that is not the same as another. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "policy/character.h"
#include "policy/envelope.h"
#include "simulator/estate_index.h"
#include "simulator/import_reader.h"

enum {
	BUCKETS_FIRST = 64,
	PART_MAX = 100			/* bytes of a part of a file's name */
};

/* A document in its buckets: by what it says, and by its name. */
struct leaf {
	struct import_document	 document;
	size_t			 hash[2];
	struct leaf		*next[2];
};

enum { BY_POLICY, BY_NAME };

struct import_documents {
	LIST(const struct import_document *) list;
	LIST(const struct node *) refused;	/* complained of */
	struct leaf	**buckets[2];
	size_t		 bucket_count;		/* a power of two */
};

struct import_documents *
import_documents_new(struct arena *arena)
{
	struct import_documents *documents = arena_alloc(arena,
	    sizeof(*documents));

	documents->bucket_count = BUCKETS_FIRST;
	for (int i = 0; i < 2; i++)
		documents->buckets[i] = arena_array(arena, BUCKETS_FIRST,
		    sizeof(struct leaf *));
	return documents;
}

static void
hang(struct import_documents *documents, struct leaf *leaf)
{
	for (int i = 0; i < 2; i++) {
		struct leaf **bucket = &documents->buckets[i][leaf->hash[i] &
		    (documents->bucket_count - 1)];

		leaf->next[i] = *bucket;
		*bucket = leaf;
	}
}

static void
grow(struct arena *arena, struct import_documents *documents)
{
	struct leaf **old = documents->buckets[BY_POLICY];
	size_t count = documents->bucket_count;

	documents->bucket_count = 2 * count;
	for (int i = 0; i < 2; i++)
		documents->buckets[i] = arena_array(arena, 2 * count,
		    sizeof(struct leaf *));
	for (size_t i = 0; i < count; i++)
		for (struct leaf *leaf = old[i], *next; leaf != NULL;
		    leaf = next) {
			next = leaf->next[BY_POLICY];
			hang(documents, leaf);
		}
}

static size_t
hash_bytes(size_t hash, const char *bytes, size_t length)
{
	for (size_t i = 0; i < length; i++)
		hash = (hash ^ (unsigned char)bytes[i]) * 16777619u;
	return hash;
}

/* Of what a policy says, not of its blanks. */
static size_t
hash_node(size_t hash, const struct node *node)
{
	hash = (hash ^ (size_t)node->kind) * 16777619u;
	if (node->key != NULL)
		hash = hash_bytes(hash, node->key, node->key_length);
	if (node->text != NULL)
		hash = hash_bytes(hash, node->text, node->length);
	for (const struct node *i = node->first; i != NULL; i = i->next)
		hash = hash_node(hash, i);
	return hash;
}

static bool
is_same_key(const struct node *a, const struct node *b)
{
	return a->key == NULL ? b->key == NULL : b->key != NULL &&
	    a->key_length == b->key_length &&
	    memcmp(a->key, b->key, a->key_length) == 0;
}

/* Nothing but blanks tells them apart. */
static bool
is_same(const struct node *a, const struct node *b)
{
	const struct node *j = b->first;

	if (a->kind != b->kind || a->count != b->count ||
	    a->length != b->length)
		return false;
	if (a->text != NULL && memcmp(a->text, b->text, a->length) != 0)
		return false;
	for (const struct node *i = a->first; i != NULL;
	    i = i->next, j = j->next)
		if (!is_same_key(i, j) || !is_same(i, j))
			return false;
	return true;
}

static struct leaf *
find_policy(const struct import_documents *documents, enum layer layer,
    size_t hash, const struct node *node)
{
	struct leaf *leaf = documents->buckets[BY_POLICY][hash &
	    (documents->bucket_count - 1)];

	while (leaf != NULL && (leaf->hash[BY_POLICY] != hash ||
	    leaf->document.layer != layer ||
	    !is_same(leaf->document.node, node)))
		leaf = leaf->next[BY_POLICY];
	return leaf;
}

static bool
is_fit(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || strchr("+=,.@_-", c) != NULL;
}

/* A part as a name that every system of files takes, and that shows what it
 * stands for: no dots in front, no byte that is not fit. */
static const char *
write_part(struct arena *arena, const char *name, const char *part,
    size_t length)
{
	char fit[3 * PART_MAX + 1];
	size_t at = 0;

	for (size_t i = 0; i < length && i < PART_MAX; i++) {
		unsigned char byte = (unsigned char)part[i];

		if (byte != '\0' && is_fit(part[i]) && (i > 0 ||
		    byte != '.')) {
			fit[at++] = part[i];
			continue;
		}
		fit[at++] = '%';
		fit[at++] = "0123456789ABCDEF"[byte >> 4];
		fit[at++] = "0123456789ABCDEF"[byte & 15];
	}
	fit[at] = '\0';
	return arena_printf(arena, "%s/%s", name, at == 0 ? "%" : fit);
}

static const char *
write_name(struct arena *arena, const char *wish)
{
	const char *name = "policies";

	for (;;) {
		size_t length = strcspn(wish, "/");

		name = write_part(arena, name, wish, length);
		if (wish[length] == '\0')
			return name;
		wish += length + 1;
	}
}

/* Two names that differ in case alone are one to some systems. */
static size_t
hash_name(const char *name)
{
	size_t hash = 2166136261u;

	for (; *name != '\0'; name++) {
		char folded = (char)character_fold(*name);

		hash = hash_bytes(hash, &folded, 1);
	}
	return hash;
}

static bool
is_taken(const struct import_documents *documents, const char *name)
{
	size_t hash = hash_name(name);
	struct word word = word_from(name, strlen(name));
	const struct leaf *leaf = documents->buckets[BY_NAME][hash &
	    (documents->bucket_count - 1)];

	while (leaf != NULL && !word_equal_folded(word,
	    word_from(leaf->document.name, strlen(leaf->document.name))))
		leaf = leaf->next[BY_NAME];
	return leaf != NULL;
}

static const char *
choose_name(struct arena *arena, const struct import_documents *documents,
    const char *wish)
{
	const char *stem = write_name(arena, wish);
	const char *name = arena_printf(arena, "%s.json", stem);

	for (unsigned i = 2; is_taken(documents, name); i++)
		name = arena_printf(arena, "%s-%u.json", stem, i);
	return name;
}

/* The policy in a string, with the text that it then stands in. */
static const struct node *
open_string(struct import *import, const struct text **text,
    const struct node *node)
{
	if (node->kind != NODE_STRING)
		return node;
	*text = envelope_read_string(import->arena, (*text)->source, node,
	    import->report);
	return (*text)->usable ? (*text)->root : NULL;
}

/* Its file. */
static const char *
add(struct import *import, enum layer layer, const struct text *text,
    const struct node *node, const char *wish)
{
	struct import_documents *documents = import->documents;
	size_t hash = hash_node(2166136261u ^ (size_t)layer, node);
	struct leaf *leaf = find_policy(documents, layer, hash, node);

	if (leaf != NULL)
		return leaf->document.name;
	if (documents->list.count == documents->bucket_count)
		grow(import->arena, documents);
	leaf = arena_alloc(import->arena, sizeof(*leaf));
	leaf->document = (struct import_document){
	    choose_name(import->arena, documents, wish), layer, text, node };
	leaf->hash[BY_POLICY] = hash;
	leaf->hash[BY_NAME] = hash_name(leaf->document.name);
	hang(documents, leaf);
	*list_add(import->arena, &documents->list) = &leaf->document;
	return leaf->document.name;
}

static bool
is_refused(const struct import *import, const struct node *node)
{
	for (size_t i = 0; i < import->documents->refused.count; i++)
		if (import->documents->refused.items[i] == node)
			return true;
	return false;
}

const char *
import_document(struct import *import, enum layer layer,
    const struct text *outer, const struct node *node, const char *name)
{
	const struct text *text = outer;
	const struct node *policy;

	if (is_refused(import, node))
		return NULL;
	policy = open_string(import, &text, node);
	if (policy == NULL || policy->kind != NODE_OBJECT) {
		*list_add(import->arena, &import->documents->refused) = node;
		import_complain(import, IMPORT_MALFORMED, outer, node->span,
		    "this is no policy; the estate says \"unknown\"");
		return NULL;
	}
	return add(import, layer, text, policy, name);
}

static int
compare_names(const void *left, const void *right)
{
	const struct import_document *const *a = left, *const *b = right;

	return strcmp((*a)->name, (*b)->name);
}

void
import_documents_finish(struct import *import)
{
	const struct import_document **items = import->documents->list.items;
	size_t count = import->documents->list.count;

	if (count > 1)
		qsort(items, count, sizeof(*items), compare_names);
	import->result.documents = items;
	import->result.document_count = count;
}

void
import_print(const struct import_document *document, struct json_sink sink)
{
	struct json json;

	json_init(&json, sink, true);
	json_node(&json, document->node);
	sink.write(sink.to, "\n", 1);
}
