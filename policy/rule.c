/* SPDX-License-Identifier: MIT */
/*
 * What every rule may ask of its surroundings.  A fact that only one file of
 * rules wants belongs there.
 */
#include "config.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "policy/rule.h"
#include "policy/template.h"
#include "policy/variable.h"

static struct finding *check_vcomplain(struct check *, struct span,
    const char *, va_list) __attribute__((format(printf, 3, 0)));

/*
 * Where a document may be of several layers, only what is wrong in all of
 * them is an error.
 */
static enum severity
severity_of(const struct check *check)
{
	enum severity severity = check->rule->complaint.severity;

	if (severity == SEVERITY_ERROR &&
	    (check->subject->candidates & ~check->rule->layers) != 0)
		return SEVERITY_WARNING;
	return severity;
}

static struct finding *
check_vcomplain(struct check *check, struct span span, const char *format,
    va_list arguments)
{
	const struct statement *statement = check->statement;
	struct finding *finding = report_vadd(check->report,
	    &check->rule->complaint, span, format, arguments);

	finding->severity = severity_of(check);
	if (statement != NULL && statement->sid != NULL)
		finding->sid = statement->sid->text;
	return finding;
}

struct finding *
check_complain(struct check *check, struct span span, const char *format, ...)
{
	struct finding *finding;
	va_list arguments;

	va_start(arguments, format);
	finding = check_vcomplain(check, span, format, arguments);
	va_end(arguments);
	return finding;
}

struct finding *
check_complain_of(struct check *check, const struct node *node,
    const char *format, ...)
{
	struct finding *finding;
	va_list arguments;

	va_start(arguments, format);
	finding = check_vcomplain(check, node->span, format, arguments);
	va_end(arguments);
	return finding;
}

struct finding *
check_complain_of_key(struct check *check, const struct node *node,
    const char *format, ...)
{
	struct finding *finding;
	va_list arguments;

	va_start(arguments, format);
	finding = check_vcomplain(check, node->key_span, format, arguments);
	va_end(arguments);
	return finding;
}

int
node_compare_texts(const void *left, const void *right)
{
	const struct node *a = *(const struct node *const *)left;
	const struct node *b = *(const struct node *const *)right;
	int order;

	if (a->length != b->length)
		return a->length < b->length ? -1 : 1;
	order = memcmp(a->text, b->text, a->length);
	if (order != 0)
		return order;
	return a->span.start < b->span.start ? -1 : 1;
}

bool
node_has_text_of(const struct node *a, const struct node *b)
{
	return a->length == b->length &&
	    memcmp(a->text, b->text, a->length) == 0;
}

bool
check_is_attached(const struct check *check, const char *prefixes)
{
	const struct service *service = check->subject->service;

	return service != NULL && word_is_among(service->prefix,
	    strlen(service->prefix), prefixes);
}

void
check_help(struct check *check, struct finding *finding, const char *format,
    ...)
{
	va_list arguments;

	va_start(arguments, format);
	finding->help = arena_vprintf(check->report->arena, format, arguments);
	va_end(arguments);
}

bool
resource_is_everything(const struct statement *statement)
{
	const struct element *resource = &statement->resource;

	for (size_t i = 0; !resource->negated && i < resource->count; i++)
		if (node_is(resource->items[i], "*"))
			return true;
	return false;
}

static bool
has_placeholder(const char *text, size_t length)
{
	const char *open = memchr(text, '<', length);

	return open != NULL && memchr(open, '>', length -
	    (size_t)(open - text)) != NULL;
}

bool
node_has_placeholder(const struct node *node)
{
	return node->text != NULL && has_placeholder(node->text, node->length);
}

/*
 * What entries mean, found by text.  The hash is seeded with an address, which
 * the writer of a policy cannot know.
 */
struct slot {
	const char		*text;
	size_t			 length;
	size_t			 hash;
	union {
		struct expansion expansion;
		struct address	 address;
	};
};

enum { MEMORY_SIZE = 1024 };

struct memory {
	size_t			 slot_size;	/* of the facts that it keeps */
	struct slot		**slots;
	size_t			 size;		/* a power of two */
	size_t			 count;
	struct slot		**nodes;	/* of the document at hand, by
						 * place: many rules ask of one
						 * entry */
};

struct expander {
	struct arena			*arena;
	const struct catalog		*catalog;
	const struct action		**scratch;	/* the largest service
							 * fits */
	const struct service		*last;	/* found for an action */
	struct memory			 actions;
	struct memory			 resources;
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
	memory->slots = arena_array(arena, memory->size,
	    sizeof(struct slot *));
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
}

/* By words of eight bytes, and the rest as one that is filled up. */
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

/* The slot of that text, or the empty one where it belongs. */
static struct slot **
find_slot(const struct memory *memory, size_t sum, const char *text,
    size_t length)
{
	for (size_t at = sum;; at++) {
		struct slot **slot = &memory->slots[at & (memory->size - 1)];

		if (*slot == NULL || ((*slot)->hash == sum &&
		    (*slot)->length == length &&
		    memcmp((*slot)->text, text, length) == 0))
			return slot;
	}
}

static void
double_slots(struct memory *memory, struct arena *arena)
{
	struct slot **old = memory->slots;
	size_t size = memory->size;

	memory->size = 2 * size;
	memory->slots = arena_array(arena, memory->size,
	    sizeof(struct slot *));
	for (size_t i = 0; i < size; i++)
		if (old[i] != NULL)
			*find_slot(memory, old[i]->hash, old[i]->text,
			    old[i]->length) = old[i];
}

/* The slot of the node's text, which `fill' makes when it is new. */
static struct slot *
recall_text(struct expander *expander, struct memory *memory,
    const struct node *node, void (*fill)(struct expander *, struct slot *))
{
	size_t sum = hash(memory, node->text, node->length);
	struct slot **place = find_slot(memory, sum, node->text, node->length);
	struct slot *slot = *place;

	if (slot != NULL)
		return slot;
	slot = *place = arena_alloc(expander->arena, memory->slot_size);
	slot->text = arena_copy(expander->arena, node->text, node->length);
	slot->length = node->length;
	slot->hash = sum;
	fill(expander, slot);
	if (++memory->count > memory->size / 4 * 3)
		double_slots(memory, expander->arena);
	return slot;
}

/* The same, and remembered of the node, if it is of the document at hand. */
static struct slot *
recall(struct expander *expander, struct memory *memory,
    const struct node *node, void (*fill)(struct expander *, struct slot *))
{
	const struct text *text = expander->text;
	size_t at = ((uintptr_t)node - (uintptr_t)text->root) / sizeof(*node);

	if (at >= text->count)
		return recall_text(expander, memory, node, fill);
	if (memory->nodes[at] == NULL)
		memory->nodes[at] = recall_text(expander, memory, node, fill);
	return memory->nodes[at];
}

static bool
has_wildcard(const char *text, size_t length)
{
	return memchr(text, '*', length) != NULL ||
	    memchr(text, '?', length) != NULL;
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
	expansion->pattern = pattern_read_folded(expander->arena, text, length);
	expansion->any = length == 1 && text[0] == '*';
	expansion->wild = expansion->pattern.wild;
	expansion->prefix_length = colon == NULL ? length :
	    (size_t)(colon - text);
	expansion->prefix_wild = has_wildcard(text, expansion->prefix_length);
	if (colon == NULL || expansion->prefix_wild)
		return;
	expansion->service = find_service(expander, text,
	    expansion->prefix_length);
	if (expansion->service != NULL)
		match_actions(expander, expansion);
}

const struct expansion *
check_expand(struct check *check, const struct node *node)
{
	struct expander *expander = check->subject->expander;

	return &recall(expander, &expander->actions, node, expand)->expansion;
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
	    !has_placeholder(slot->text, slot->length);
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

const struct address *
check_locate(struct check *check, const struct node *node)
{
	struct expander *expander = check->subject->expander;

	return &recall(expander, &expander->resources, node, locate)->address;
}

const struct pattern *
check_resource_pattern(struct check *check, const struct node *node, bool pad)
{
	struct expander *expander = check->subject->expander;
	struct slot *slot = recall(expander, &expander->resources, node,
	    locate);
	struct pattern *pattern;

	if (slot->address.patterns[pad] != NULL)
		return slot->address.patterns[pad];
	pattern = arena_alloc(expander->arena, sizeof(*pattern));
	*pattern = arn_pattern_read(expander->arena, slot->text, slot->length,
	    pad);
	slot->address.patterns[pad] = pattern;
	return pattern;
}

bool
statement_reaches(struct check *check, const struct statement *statement,
    const char *action)
{
	const struct element *element = &statement->action;

	if (element->node == NULL)
		return false;
	for (size_t i = 0; i < element->count; i++) {
		const struct expansion *expansion = check_expand(check,
		    element->items[i]);

		if (pattern_match(&expansion->pattern, action, strlen(action)))
			return !element->negated;
	}
	return element->negated;
}
