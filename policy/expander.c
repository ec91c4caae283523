/* SPDX-License-Identifier: MIT */
/* One memory for each sort of text; they differ in what fills a new slot. */
#include "config.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "policy/expander.h"
#include "policy/template.h"
#include "policy/value.h"
#include "policy/variable.h"

/* A text, and what it means. */
struct slot {
	const char		*text;
	size_t			 length;
	union {
		struct expansion expansion;
		struct address	 address;
		struct listing	 listing;
	};
};

/* With the hash here, a slot is only looked at when it is the right one. */
struct cell {
	size_t			 hash;
	struct slot		*slot;	/* NULL: empty */
};

enum { MEMORY_SIZE = 1024 };

struct memory {
	size_t			 slot_size;	/* of the facts that it keeps */
	struct cell		*cells;
	size_t			 size;		/* a power of two */
	size_t			 count;
	struct slot		**nodes;	/* of the document at hand, by
						 * place */
};

struct expander {
	struct arena			*arena;
	const struct catalog		*catalog;
	const struct action		**scratch;	/* the largest service
							 * fits */
	const struct service		*last;	/* found for an action */
	struct memory			 actions;
	struct memory			 resources;
	struct memory			 keys;
	const struct text		*text;		/* at hand, or NULL */
};

static size_t
scratch_size(const struct catalog *catalog)
{
	size_t size = 0;

	for (unsigned i = 0; i < catalog->service_count; i++)
		if (catalog->services[i].action_count > size)
			size = catalog->services[i].action_count;
	return size;
}

static void
memory_init(struct memory *memory, struct arena *arena, size_t slot_size)
{
	memory->slot_size = slot_size;
	memory->size = MEMORY_SIZE;
	memory->cells = arena_array(arena, memory->size,
	    sizeof(struct cell));
}

struct expander *
expander_new(struct arena *arena, const struct catalog *catalog)
{
	struct expander *expander = arena_alloc(arena, sizeof(*expander));

	expander->arena = arena;
	expander->catalog = catalog;
	expander->scratch = arena_array(arena, scratch_size(catalog),
	    sizeof(const struct action *));
	memory_init(&expander->actions, arena,
	    offsetof(struct slot, expansion) + sizeof(struct expansion));
	memory_init(&expander->resources, arena,
	    offsetof(struct slot, address) + sizeof(struct address));
	memory_init(&expander->keys, arena,
	    offsetof(struct slot, listing) + sizeof(struct listing));
	return expander;
}

void
expander_turn(struct expander *expander, struct arena *arena,
    const struct text *text)
{
	if (expander->text == text)
		return;
	expander->text = text;
	if (text == NULL)
		return;
	expander->actions.nodes = arena_array(arena, text->count,
	    sizeof(struct slot *));
	expander->resources.nodes = arena_array(arena, text->count,
	    sizeof(struct slot *));
	expander->keys.nodes = arena_array(arena, text->count,
	    sizeof(struct slot *));
}

/*
 * By words of eight bytes, and the rest as one that is filled up; seeded with
 * an address, which the writer of a policy cannot know.
 */
static size_t
hash(const struct memory *memory, const char *text, size_t length)
{
	const uint64_t prime = UINT64_C(0x9e3779b97f4a7c15);
	uint64_t sum = (uint64_t)(uintptr_t)memory ^ length, word;

	for (; length >= sizeof(word); length -= sizeof(word)) {
		memcpy(&word, text, sizeof(word));
		sum = (sum ^ word) * prime;
		sum ^= sum >> 29;
		text += sizeof(word);
	}
	word = 0;
	for (size_t i = 0; i < length; i++)
		word = word << 8 | (unsigned char)text[i];
	sum = (sum ^ word) * prime;
	return (size_t)(sum ^ sum >> 32);
}

/* The cell of that text, or the empty one where it belongs. */
static struct cell *
find_cell(const struct memory *memory, size_t sum, const char *text,
    size_t length)
{
	for (size_t at = sum;; at++) {
		struct cell *cell = &memory->cells[at & (memory->size - 1)];

		if (cell->slot == NULL || (cell->hash == sum &&
		    cell->slot->length == length &&
		    memcmp(cell->slot->text, text, length) == 0))
			return cell;
	}
}

static void
double_cells(struct memory *memory, struct arena *arena)
{
	const struct cell *old = memory->cells;
	size_t size = memory->size;

	memory->size = 2 * size;
	memory->cells = arena_array(arena, memory->size, sizeof(*old));
	for (size_t i = 0; i < size; i++)
		if (old[i].slot != NULL)
			*find_cell(memory, old[i].hash, old[i].slot->text,
			    old[i].slot->length) = old[i];
}

/* What makes the facts of a new slot. */
typedef void	 fill(struct expander *, struct slot *);

static struct slot *
recall_text(struct expander *expander, struct memory *memory,
    const char *text, size_t length, fill *make)
{
	size_t sum = hash(memory, text, length);
	struct cell *cell = find_cell(memory, sum, text, length);
	struct slot *slot = cell->slot;

	if (slot != NULL)
		return slot;
	slot = arena_alloc(expander->arena, memory->slot_size);
	slot->text = arena_copy(expander->arena, text, length);
	slot->length = length;
	*cell = (struct cell){ sum, slot };
	make(expander, slot);
	if (++memory->count > memory->size / 4 * 3)
		double_cells(memory, expander->arena);
	return slot;
}

/* The node's number in the document at hand; a large one when it is not of
 * that document. */
static inline size_t
number_of(const struct expander *expander, const struct node *node)
{
	return ((uintptr_t)node - (uintptr_t)expander->text->root) /
	    sizeof(*node);
}

static struct slot *
recall_first(struct expander *expander, struct memory *memory,
    const struct node *node, const char *text, size_t length, fill *make)
{
	struct slot *slot = recall_text(expander, memory, text, length, make);
	size_t at = number_of(expander, node);

	if (at < expander->text->count)
		memory->nodes[at] = slot;
	return slot;
}

/* The same, and remembered of the node, if it is of the document at hand: then
 * it is asked for again and again. */
static inline struct slot *
recall(struct expander *expander, struct memory *memory,
    const struct node *node, const char *text, size_t length, fill *make)
{
	size_t at = number_of(expander, node);

	if (at < expander->text->count && memory->nodes[at] != NULL)
		return memory->nodes[at];
	return recall_first(expander, memory, node, text, length, make);
}

static bool
has_wildcard(const char *text, size_t length)
{
	return memchr(text, '*', length) != NULL ||
	    memchr(text, '?', length) != NULL;
}

/*
 * Every action has a colon.  Where an entry has none, its wildcards reach
 * none either (GRAM-37), and it is read as itself.
 */
static struct pattern
read_action(struct arena *arena, const char *text, size_t length)
{
	struct pattern pattern;

	if (memchr(text, ':', length) != NULL || (length == 1 && *text == '*'))
		return pattern_read_folded(arena, text, length);
	pattern = pattern_of_symbols(arena, text, length);
	pattern.folded = true;
	return pattern;
}

/* The listed actions of a known service that the entry matches. */
static void
match_actions(struct expander *expander, struct expansion *expansion)
{
	size_t skip = expansion->prefix_length + 1;
	struct pattern name = expansion->pattern;
	const struct action **actions;

	name.symbols += skip;
	name.length -= skip;
	expansion->count = service_match(expansion->service, &name,
	    expander->scratch);
	actions = arena_array(expander->arena, expansion->count,
	    sizeof(*actions));
	if (expansion->count > 0)
		memcpy(actions, expander->scratch,
		    expansion->count * sizeof(*actions));
	expansion->actions = actions;
}

static bool
has_blank(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (text[i] == ' ' || (text[i] >= '\t' && text[i] <= '\r'))
			return true;
	return false;
}

static const char *
form_fault(const char *text, size_t length)
{
	const char *end = text + length;
	const char *colon = memchr(text, ':', length);

	if (length == 0)
		return "is empty";
	if (has_blank(text, length))
		return "has a blank in it";
	if (colon == NULL)
		return "has no colon";
	if (colon == text)
		return "names no service";
	if (colon + 1 == end)
		return "names no action";
	if (memchr(colon + 1, ':', (size_t)(end - colon - 1)) != NULL)
		return "has a second colon";
	return NULL;
}

/* Actions of one service mostly stand together. */
static const struct service *
find_service(struct expander *expander, const char *prefix, size_t length)
{
	const struct service *last = expander->last;

	if (last != NULL && strlen(last->prefix) == length &&
	    memcmp(last->prefix, prefix, length) == 0)
		return last;
	last = catalog_service(expander->catalog, prefix, length);
	if (last != NULL)
		expander->last = last;
	return last;
}

static void
expand(struct expander *expander, struct slot *slot)
{
	struct expansion *expansion = &slot->expansion;
	const char *text = slot->text;
	size_t length = slot->length;
	const char *colon = memchr(text, ':', length);

	expansion->fault = form_fault(text, length);
	expansion->pattern = read_action(expander->arena, text, length);
	expansion->any = length == 1 && text[0] == '*';
	expansion->wild = expansion->pattern.wild;
	expansion->prefix_length = colon == NULL ? length :
	    (size_t)(colon - text);
	expansion->prefix_wild = expansion->wild &&
	    has_wildcard(text, expansion->prefix_length);
	if (colon == NULL || expansion->prefix_wild)
		return;
	expansion->service = find_service(expander, text,
	    expansion->prefix_length);
	if (expansion->service != NULL)
		match_actions(expander, expansion);
}

const struct expansion *
expander_action(struct expander *expander, const struct node *node)
{
	return &recall(expander, &expander->actions, node, node->text,
	    node->length, expand)->expansion;
}

/* In the fields before the last; wherever, when the last is not there. */
static bool
has_early_variable(const struct slot *slot)
{
	const struct arn *arn = &slot->address.arn;
	size_t length = arn->count < ARN_FIELD_COUNT ? slot->length :
	    (size_t)(arn->field[ARN_RESOURCE].text - slot->text);

	return memchr(slot->text, '$', length) != NULL &&
	    variable_occurs(slot->text, slot->length);
}

static void
locate(struct expander *expander, struct slot *slot)
{
	struct address *address = &slot->address;

	address->arn = arn_split(slot->text, slot->length);
	address->readable = arn_field_is(&address->arn, ARN_PREFIX, "arn") &&
	    !has_early_variable(slot) &&
	    !placeholder_occurs(slot->text, slot->length);
	if (address->arn.count <= ARN_SERVICE ||
	    arn_field_is_wild(&address->arn, ARN_SERVICE))
		return;
	address->service_known = catalog_service(expander->catalog,
	    address->arn.field[ARN_SERVICE].text,
	    address->arn.field[ARN_SERVICE].length) != NULL;
	address->service_named = template_find_service(expander->catalog,
	    &address->arn);
	if (address->readable && address->arn.count == ARN_FIELD_COUNT)
		address->type_count = template_find(expander->catalog,
		    expander->arena, &address->arn, &address->types);
}

static struct slot *
recall_resource(struct expander *expander, const struct node *node)
{
	return recall(expander, &expander->resources, node, node->text,
	    node->length, locate);
}

const struct address *
expander_resource(struct expander *expander, const struct node *node)
{
	return &recall_resource(expander, node)->address;
}

const struct pattern *
expander_pattern(struct expander *expander, const struct node *node, bool pad)
{
	struct slot *slot = recall_resource(expander, node);
	struct pattern *pattern;

	if (slot->address.patterns[pad] != NULL)
		return slot->address.patterns[pad];
	pattern = arena_alloc(expander->arena, sizeof(*pattern));
	*pattern = arn_pattern_read(expander->arena, slot->text, slot->length,
	    pad);
	slot->address.patterns[pad] = pattern;
	return pattern;
}

/* STS sends the keys of SAML. */
static const struct service *
listing_service(const struct catalog *catalog, const char *key, size_t length)
{
	const char *colon = memchr(key, ':', length);
	size_t prefix = colon == NULL ? length : (size_t)(colon - key);

	if (word_is_among(key, prefix, "saml"))
		return catalog_service(catalog, "sts", 3);
	return catalog_service(catalog, key, prefix);
}

static void
look_up(struct expander *expander, struct slot *slot)
{
	const struct catalog *catalog = expander->catalog;
	struct listing *listing = &slot->listing;

	listing->global = catalog_global_key(catalog, slot->text,
	    slot->length);
	listing->everywhere = catalog_key_is_everywhere(catalog, slot->text,
	    slot->length);
	listing->service = listing_service(catalog, slot->text, slot->length);
	if (listing->service != NULL)
		listing->own = service_key(listing->service, slot->text,
		    slot->length);
	listing->key = listing->own != NULL ? listing->own :
	    catalog_key(catalog, slot->text, slot->length);
}

const struct listing *
expander_key(struct expander *expander, const struct node *node)
{
	return &recall(expander, &expander->keys, node, node->key,
	    node->key_length, look_up)->listing;
}
