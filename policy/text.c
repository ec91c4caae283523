/* SPDX-License-Identifier: MIT */
/*
 * The tree of a document.  The scan has judged the bytes before cJSON sees
 * their skeleton; a walk then pairs cJSON's items with the scan's spans, both
 * being in document order, and takes the strings from the bytes.  Knows no
 * policy.
 */
#include "config.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include <cJSON.h>

#include "policy/character.h"
#include "policy/cursor.h"
#include "policy/list.h"
#include "policy/scan.h"
#include "policy/text.h"

_Static_assert((int)TEXT_DEPTH_MAX == (int)SCAN_DEPTH_MAX, "one limit");

#define EIGHT_OPEN	"[[[[[[[["
#define EIGHT_CLOSED	"]]]]]]]]"
#define DEEPEST_OPEN	EIGHT_OPEN EIGHT_OPEN EIGHT_OPEN EIGHT_OPEN	\
			EIGHT_OPEN EIGHT_OPEN EIGHT_OPEN EIGHT_OPEN
#define DEEPEST_CLOSED	EIGHT_CLOSED EIGHT_CLOSED EIGHT_CLOSED		\
			EIGHT_CLOSED EIGHT_CLOSED EIGHT_CLOSED		\
			EIGHT_CLOSED EIGHT_CLOSED

/* What is no text is no name either; once is enough. */
static const char names[] = "unsupported-sid invalid-effect "
    "invalid-policy-element invalid-action invalid-service-in-action "
    "invalid-arn-prefix invalid-partition invalid-service "
    "invalid-arn-region arn-region-not-allowed invalid-arn-account "
    "arn-account-not-allowed invalid-arn-resource invalid-principal-value "
    "invalid-condition-operator invalid-global-condition-key "
    "invalid-service-condition-key";

const struct complaint text_complaints[] = {
	[FAULT_SYNTAX] = {
		.id = "json-syntax-error",
		.severity = SEVERITY_ERROR,
		.says = "the text is not JSON",
		.why = "AWS refuses a document that is not JSON, and nothing "
		    "behind the fault can be checked.  Mend the text at the "
		    "place that is shown; the fault may lie just before it.",
		.aa = "JSON_SYNTAX_ERROR",
		.fires_on = "raw {'Version' '2012-10-17'}",
		.quiet_on = "raw {'Version': '2012-10-17'}",
	},
	[FAULT_TRAILING] = {
		.id = "trailing-content",
		.severity = SEVERITY_ERROR,
		.says = "something stands beside the document that JSON does "
		    "not know: a comment, a comma too many, a byte order "
		    "mark, more text",
		.why = "Editors and lenient parsers put up with it, AWS "
		    "refuses the document.  Delete it; what a comment says "
		    "can often be said by a Sid.",
		.supersedes = "json-syntax-error",
		.within = "json-syntax-error",
		.fires_on = "raw {'Version': '2012-10-17',}",
		.quiet_on = "raw {'Version': '2012-10-17'}",
	},
	[FAULT_DUPLICATE] = {
		.id = "duplicate-json-key",
		.severity = SEVERITY_ERROR,
		.says = "an object has two members of the same name",
		.why = "Of the two, one parser keeps the first, another the "
		    "last, and AWS takes neither: a Deny that was reviewed "
		    "can turn into an Allow that is used.  Delete one, or "
		    "join their values in one list.",
		.supersedes = "contradictory-conditions",
		.fires_on = "raw {'Statement': [{'Effect': 'Deny', "
		    "'Effect': 'Allow'}]}",
		.quiet_on = "raw {'Statement': [{'Effect': 'Deny'}, "
		    "{'Effect': 'Allow'}]}",
	},
	[FAULT_UTF8] = {
		.id = "invalid-utf8",
		.severity = SEVERITY_ERROR,
		.says = "the text is not UTF-8",
		.why = "JSON is UTF-8; every reader makes something else of "
		    "other bytes, so that two of them may not see the same "
		    "name or ARN.  Save the document as UTF-8.",
		.spoils = names,
		.fires_on = "raw {'Id': 'caf\\xe9'}",
		.quiet_on = "raw {'Id': 'caf\\xc3\\xa9'}",
	},
	[FAULT_NUL] = {
		.id = "nul-character",
		.severity = SEVERITY_ERROR,
		.says = "a string holds the character NUL",
		.why = "Many programs end a string at its first NUL, so that "
		    "`Allow\\u0000Deny` is `Allow` to one of them and nonsense "
		    "to the next.  Delete it; no element of a policy can "
		    "hold one.",
		.spoils = names,
		.fires_on = "raw {'Id': 'a\\\\u0000b'}",
		.quiet_on = "raw {'Id': 'a\\\\u0020b'}",
	},
	[FAULT_DEPTH] = {
		.id = "nesting-too-deep",
		.severity = SEVERITY_ERROR,
		.says = "arrays and objects stand too deep inside each other",
		.why = "No policy needs more than a few levels, and deep "
		    "nesting is a known way to exhaust a parser, so such a "
		    "document is not read at all.  Look for a bracket that is "
		    "opened again and again.",
		.fires_on = "raw " DEEPEST_OPEN "[]" DEEPEST_CLOSED,
		.quiet_on = "raw " DEEPEST_OPEN DEEPEST_CLOSED,
	},
	[FAULT_COUNT] = { .id = NULL }
};

/* What it takes to pair cJSON's tree with the scan's spans. */
struct pairing {
	const struct scan	*scan;
	char			*bytes;		/* a copy; its strings are
						 * decoded where they stand */
	struct node		*nodes;
	size_t			 count;		/* nodes made so far */
};

/* In place: every escape is longer than what it stands for. */
static size_t
decode(char *text, size_t length)
{
	const char *raw = text, *end = text + length;
	char *decoded = text;

	while (raw < end) {
		struct character character = character_read(raw);

		memcpy(decoded, character.bytes, character.length);
		decoded += character.length;
		raw += character.raw;
	}
	return (size_t)(decoded - text);
}

/* The text of a string whose span includes the quotes.  The second makes room
 * for the NUL. */
static const char *
take_string(struct pairing *p, struct span span, size_t *length)
{
	char *text = p->bytes + span.start + 1;

	*length = span.end - span.start - 2;
	if (p->scan->escapes && memchr(text, '\\', *length) != NULL)
		*length = decode(text, *length);
	text[*length] = '\0';
	return text;
}

/* What follows a number or a word belongs to no value, so that a NUL may
 * stand there. */
static const char *
take_word(struct pairing *p, struct span span, size_t *length)
{
	*length = span.end - span.start;
	p->bytes[span.end] = '\0';
	return p->bytes + span.start;
}

/* cJSON read the same shape. */
static bool
is_alike(const cJSON *item, enum node_kind kind)
{
	switch (item->type & 0xff) {
	case cJSON_Object:
		return kind == NODE_OBJECT;
	case cJSON_Array:
		return kind == NODE_ARRAY;
	default:
		return kind < NODE_ARRAY;
	}
}

/* What a value's first byte promises. */
static enum node_kind
kind_at(const char *bytes)
{
	switch (*bytes) {
	case '{':
		return NODE_OBJECT;
	case '[':
		return NODE_ARRAY;
	case '"':
		return NODE_STRING;
	case 't':
	case 'f':
		return NODE_BOOLEAN;
	case 'n':
		return NODE_NULL;
	default:
		return NODE_NUMBER;
	}
}

static void
pair_value(struct pairing *p, struct node *node, const cJSON *item)
{
	node->kind = kind_at(p->bytes + node->span.start);
	assert(is_alike(item, node->kind));
	if (node->kind == NODE_STRING)
		node->text = take_string(p, node->span, &node->length);
	else if (node->kind < NODE_STRING)
		node->text = take_word(p, node->span, &node->length);
}

/* Goes no deeper than TEXT_DEPTH_MAX: the scan saw to it. */
static struct node *
pair(struct pairing *p, const cJSON *item, const struct node *parent)
{
	const struct scan_value *value = &p->scan->values.items[p->count];
	struct node *node = &p->nodes[p->count++];
	const struct node **link = &node->first;

	assert(p->count <= p->scan->values.count);
	node->span = value->span;
	node->key_span = value->key_span;
	node->parent = parent;
	if (item->string != NULL)
		node->key = take_string(p, value->key_span,
		    &node->key_length);
	pair_value(p, node, item);
	for (const cJSON *i = item->child; i != NULL; i = i->next) {
		struct node *child = pair(p, i, node);

		child->index = node->count++;
		*link = child;
		link = &child->next;
	}
	return node;
}

static const struct node *
read_tree(struct arena *arena, const struct source *source,
    const struct scan *scan)
{
	struct pairing pairing = {
		.scan = scan,
		.bytes = arena_copy(arena, source->bytes, source->length),
		.nodes = arena_array(arena, scan->values.count,
		    sizeof(struct node)),
	};
	cJSON *tree = cJSON_ParseWithLength(scan->skeleton,
	    scan->skeleton_length);

	/* The scan accepts nothing that cJSON refuses.  (Where it failed, it
	 * notes in a global that tools such as helgrind complain of; nobody
	 * reads it, and so its authors call it safe for threads.) */
	if (tree == NULL)
		arena_exhausted(arena);
	pair(&pairing, tree, NULL);
	assert(pairing.count == scan->values.count);
	cJSON_Delete(tree);
	return pairing.nodes;
}

static void
complain_of_twin(struct report *report, const struct node *first,
    const struct node *second)
{
	struct finding *finding = report_add(report,
	    &text_complaints[FAULT_DUPLICATE], second->key_span,
	    "`%.*s` stands twice in this object: readers keep one of the two",
	    (int)second->key_length, second->key);

	report_relate(report, finding, first->key_span, "it stands here first");
}

/* Few members are compared each with each. */
static bool
check_few_keys(const struct node *object, struct report *report)
{
	bool clean = true;

	for (const struct node *n = object->first; n != NULL; n = n->next) {
		const struct node *twin = object->first;

		while (!node_is_twin_of(twin, n))
			twin = twin->next;
		if (twin != n) {
			complain_of_twin(report, twin, n);
			clean = false;
		}
	}
	return clean;
}

static int
compare_keys(const void *a, const void *b)
{
	const struct node *left = *(const struct node *const *)a;
	const struct node *right = *(const struct node *const *)b;
	int order;

	if (left->key_length != right->key_length)
		return left->key_length < right->key_length ? -1 : 1;
	order = memcmp(left->key, right->key, left->key_length);
	if (order != 0)
		return order;
	return left->index < right->index ? -1 : 1;
}

/* Many are sorted, and the first of each name is noted for the others. */
static bool
check_many_keys(struct arena *arena, const struct node *object,
    struct report *report)
{
	size_t count = object->count, n = 0;
	const struct node **sorted = arena_array(arena, count,
	    sizeof(const struct node *));
	const struct node **twins = arena_array(arena, count,
	    sizeof(const struct node *));
	bool clean = true;

	for (const struct node *i = object->first; i != NULL; i = i->next)
		sorted[n++] = i;
	qsort(sorted, count, sizeof(const struct node *), compare_keys);
	twins[sorted[0]->index] = sorted[0];
	for (n = 1; n < count; n++) {
		const struct node *last = twins[sorted[n - 1]->index];

		twins[sorted[n]->index] = node_is_twin_of(last, sorted[n]) ?
		    last : sorted[n];
	}
	for (const struct node *i = object->first; i != NULL; i = i->next) {
		if (twins[i->index] != i) {
			complain_of_twin(report, twins[i->index], i);
			clean = false;
		}
	}
	return clean;
}

/* GRAM-3: at every level, and by what the keys say, not how they say it. */
static bool
check_keys(struct arena *arena, const struct text *text, struct report *report)
{
	enum { FEW = 16 };
	bool clean = true;

	for (size_t i = 0; i < text->count; i++) {
		const struct node *node = &text->root[i];

		if (node->kind != NODE_OBJECT || node->count < 2)
			continue;
		if (!(node->count <= FEW ? check_few_keys(node, report) :
		    check_many_keys(arena, node, report)))
			clean = false;
	}
	return clean;
}

const struct text *
text_read(struct arena *arena, const struct source *source,
    struct report *report)
{
	struct text *text = arena_alloc(arena, sizeof(*text));
	const struct source *before = report->source;
	struct scan scan;

	report->source = source;
	scan = scan_read(arena, source, report, text_complaints);
	text->source = source;
	if (scan.complete) {
		text->root = read_tree(arena, source, &scan);
		text->count = scan.values.count;
		text->ascii = !scan.foreign;
		text->usable = check_keys(arena, text, report) && scan.clean;
	}
	report->source = before;
	return text;
}
