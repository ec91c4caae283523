/* SPDX-License-Identifier: MIT */
/*
 * Finding policies in the documents that people have on disk.  What a policy
 * is made of, and what is wrong in one, the reader knows.
 */
#include "config.h"

#include <string.h>
#include <strings.h>

#include "policy/envelope.h"
#include "policy/list.h"
#include "policy/reader.h"

struct search {
	struct arena		*arena;
	struct report		*report;
	const struct text	*text;		/* the outermost or an inner one */
	LIST(struct reading)	 items;
};

static void
add_policy(struct search *search, const struct node *node,
    struct reading reading)
{
	reading.policy = reader_read_policy(search->arena, search->text, node,
	    search->report);
	*list_add(search->arena, &search->items) = reading;
}

/* Members that hold a policy, as an object or as a string of JSON. */
static const struct envelope {
	const char	*name;
	bool		 layer_known;
	enum layer	 layer;
} envelopes[] = {
	{ "PolicyDocument", false, LAYER_IDENTITY },
	{ "AssumeRolePolicyDocument", true, LAYER_TRUST },
	{ "assume_role_policy", true, LAYER_TRUST },
	{ "Policy", false, LAYER_IDENTITY },
	{ "policy", false, LAYER_IDENTITY },
	{ "Document", false, LAYER_IDENTITY },
	{ "Content", false, LAYER_IDENTITY },
	{ "content", false, LAYER_IDENTITY },
	{ "ResourcePolicy", true, LAYER_RESOURCE },
	{ "inline_policy", true, LAYER_IDENTITY },
};

static const struct envelope *
find_envelope(const struct node *member)
{
	for (size_t i = 0; i < sizeof(envelopes) / sizeof(envelopes[0]); i++)
		if (member->key != NULL &&
		    strcmp(envelopes[i].name, member->key) == 0)
			return &envelopes[i];
	return NULL;
}

/* What the object around an envelope says of the policy's layer. */
static struct reading
read_hint(struct search *search, const struct node *member,
    const struct envelope *envelope)
{
	struct reading reading = { .layer_known = envelope->layer_known,
	    .layer = envelope->layer };

	if (node_find(member->parent, "VpcEndpointId") != NULL) {
		reading.layer_known = true;
		reading.layer = LAYER_ENDPOINT;
	}
	if (reading.layer_known)
		reading.reason = arena_printf(search->arena,
		    "it stands in `%s`", envelope->name);
	return reading;
}

static unsigned
hex_digit(char c)
{
	return c >= 'a' ? (unsigned)(c - 'a' + 10) :
	    c >= 'A' ? (unsigned)(c - 'A' + 10) : (unsigned)(c - '0');
}

static bool
is_escape(const char *text, size_t left)
{
	static const char digits[] = "0123456789abcdefABCDEF";

	return left >= 3 && text[0] == '%' && text[1] != '\0' &&
	    text[2] != '\0' && strchr(digits, text[1]) != NULL &&
	    strchr(digits, text[2]) != NULL;
}

/* The API (not the AWS command) gives documents percent-encoded. */
static const struct source *
decode_percent(struct search *search, const struct node *node,
    const size_t *origin)
{
	char *bytes = arena_alloc(search->arena, node->length + 1);
	size_t *map = arena_array(search->arena, node->length + 1,
	    sizeof(*map));
	size_t length = 0;

	for (size_t i = 0; i < node->length; i++) {
		map[length] = origin[i];
		if (is_escape(node->text + i, node->length - i)) {
			bytes[length++] = (char)(hex_digit(node->text[i + 1])
			    << 4 | hex_digit(node->text[i + 2]));
			i += 2;
		} else {
			bytes[length++] = node->text[i];
		}
	}
	map[length] = origin[node->length];
	return source_inside(search->arena, search->text->source, bytes,
	    length, map);
}

static const struct source *
read_inner_source(struct search *search, const struct node *node)
{
	const size_t *origin = node_origins(search->arena,
	    search->text->source, node);

	if (strncasecmp(node->text, "%7B", 3) == 0)
		return decode_percent(search, node, origin);
	return source_inside(search->arena, search->text->source, node->text,
	    node->length, origin);
}

static bool
looks_like_json(const struct node *string)
{
	size_t blanks = strspn(string->text, " \t\r\n");

	return string->text[blanks] == '{' ||
	    strncasecmp(string->text, "%7B", 3) == 0;
}

static void
read_inner(struct search *search, const struct node *node,
    struct reading reading)
{
	const struct text *outer = search->text;
	const struct source *source = read_inner_source(search, node);

	search->report->source = source;
	search->text = text_read(search->arena, source, search->report);
	if (search->text->root != NULL &&
	    search->text->root->kind == NODE_OBJECT &&
	    reader_recognises(search->text->root))
		add_policy(search, search->text->root, reading);
	search->text = outer;
	search->report->source = outer->source;
}

static void	 visit(struct search *, const struct node *);

static void
visit_member(struct search *search, const struct node *member)
{
	const struct envelope *envelope = find_envelope(member);

	if (envelope == NULL) {
		visit(search, member);
		return;
	}
	if (member->kind == NODE_STRING && looks_like_json(member))
		read_inner(search, member, read_hint(search, member,
		    envelope));
	else if (member->kind == NODE_OBJECT && reader_recognises(member))
		add_policy(search, member, read_hint(search, member,
		    envelope));
	else
		visit(search, member);
}

/* Looks for policies; as deep as the text is, which has a limit. */
static void
visit(struct search *search, const struct node *node)
{
	if (node->kind == NODE_OBJECT && reader_recognises(node)) {
		add_policy(search, node, (struct reading){ 0 });
		return;
	}
	for (const struct node *child = node->first; child != NULL;
	    child = child->next) {
		if (node->kind == NODE_OBJECT)
			visit_member(search, child);
		else
			visit(search, child);
	}
}

struct document
envelope_read(struct arena *arena, const struct source *source, bool certain,
    struct report *report)
{
	struct search search = { .arena = arena, .report = report };
	const struct text *text;

	report->source = source;
	search.text = text = text_read(arena, source, report);
	if (text->root != NULL) {
		visit(&search, text->root);
		if (search.items.count == 0 && certain)
			add_policy(&search, text->root,
			    (struct reading){ 0 });
	}
	return (struct document){ text, search.items.items,
	    search.items.count };
}
