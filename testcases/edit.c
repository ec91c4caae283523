/* SPDX-License-Identifier: MIT */
/*
 * Edits as splices: each finds the span that it is about, and exchanges the
 * bytes.  It knows of commas; what a document means it does not.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "simulator/word.h"
#include "testcases/edit.h"

struct edit {
	struct arena		*arena;
	const struct source	*source;	/* before it */
	const struct text	*text;
	struct word		 path;
	struct word		 value;		/* as JSON */
};

static struct word
source_word(const struct source *source, struct span span)
{
	return word_from(source->bytes + span.start, span.end - span.start);
}

/* The text with `cut' exchanged for the bytes. */
static const struct source *
splice(const struct edit *edit, struct span cut, const char *bytes)
{
	const struct source *source = edit->source;
	const char *all = arena_printf(edit->arena, "%.*s%s%s",
	    (int)cut.start, source->bytes, bytes, source->bytes + cut.end);

	return source_new(edit->arena, source->name, all, strlen(all));
}

static struct span
at(size_t place)
{
	return (struct span){ place, place };
}

static size_t
start_of(const struct node *node)
{
	return node->key == NULL ? node->span.start : node->key_span.start;
}

static const struct node *
child(const struct node *parent, size_t index)
{
	const struct node *node = parent->first;

	while (node != NULL && node->index < index)
		node = node->next;
	return node;
}

static const char *
text_of(const struct edit *edit, struct word word)
{
	return arena_copy(edit->arena, word.text, word.length);
}

/* The operations. */

/* The value goes, with its key and one comma. */
static const struct source *
remove_value(const struct edit *edit)
{
	const struct node *node = text_find(edit->text, text_of(edit,
	    edit->path));
	struct span cut;

	if (node == NULL || node->parent == NULL)
		return NULL;
	cut = (struct span){ start_of(node), node->span.end };
	if (node->next != NULL)
		cut.end = start_of(node->next);
	else if (node->index > 0)
		cut.start = child(node->parent, node->index - 1)->span.end;
	return splice(edit, cut, "");
}

static const struct source *
replace_value(const struct edit *edit)
{
	const struct node *node = text_find(edit->text, text_of(edit,
	    edit->path));

	return node == NULL ? NULL : splice(edit, node->span, text_of(edit,
	    edit->value));
}

/* The last part of the path, as it is without its escapes. */
static const char *
last_part(const struct edit *edit, size_t *parent_length)
{
	char *part, *out;

	*parent_length = edit->path.length;
	while (*parent_length > 0 &&
	    edit->path.text[--*parent_length] != '/')
		;
	part = out = arena_copy(edit->arena, edit->path.text +
	    *parent_length + 1, edit->path.length - *parent_length - 1);
	for (const char *in = part; *in != '\0'; in++)
		*out++ = *in != '~' ? *in : *++in == '1' ? '/' : '~';
	*out = '\0';
	return part;
}

static const struct source *
add_member(const struct edit *edit, const struct node *object,
    const char *key)
{
	if (node_find(object, key) != NULL)
		return replace_value(edit);
	if (strpbrk(key, "\"\\") != NULL)
		return NULL;		/* no key of ours */
	return splice(edit, at(object->span.end - 1), arena_printf(
	    edit->arena, "%s\"%s\": %s", object->count > 0 ? ", " : "", key,
	    text_of(edit, edit->value)));
}

static const struct source *
add_item(const struct edit *edit, const struct node *array, const char *where)
{
	size_t index = strcmp(where, "-") == 0 ? array->count :
	    strtoul(where, NULL, 10);
	const char *value = text_of(edit, edit->value);

	if (index > array->count)
		return NULL;
	if (index < array->count)
		return splice(edit, at(start_of(child(array, index))),
		    arena_printf(edit->arena, "%s, ", value));
	return splice(edit, at(array->span.end - 1), arena_printf(
	    edit->arena, "%s%s", index > 0 ? ", " : "", value));
}

static const struct source *
add_value(const struct edit *edit)
{
	const struct node *parent;
	const char *part;
	size_t length;

	if (edit->path.length == 0)
		return replace_value(edit);
	part = last_part(edit, &length);
	parent = text_find(edit->text, arena_copy(edit->arena,
	    edit->path.text, length));
	if (parent != NULL && parent->kind == NODE_OBJECT)
		return add_member(edit, parent, part);
	if (parent != NULL && parent->kind == NODE_ARRAY)
		return add_item(edit, parent, part);
	return NULL;
}

static const struct source *
apply_one(struct edit *edit, const struct text *patch,
    const struct node *node)
{
	const struct node *op = node_find(node, "op");
	const struct node *path = node_find(node, "path");
	const struct node *value = node_find(node, "value");

	if (op == NULL || path == NULL || path->kind != NODE_STRING)
		return NULL;
	edit->path = word_of_node(path);
	if (word_is(word_of_node(op), "remove"))
		return remove_value(edit);
	if (value == NULL)
		return NULL;
	edit->value = source_word(patch->source, value->span);
	if (word_is(word_of_node(op), "replace"))
		return replace_value(edit);
	return word_is(word_of_node(op), "add") ? add_value(edit) : NULL;
}

static const struct text *
read_text(struct arena *arena, const struct source *source)
{
	struct report report;

	report_init(&report, arena, source);
	return text_read(arena, source, &report);
}

const struct source *
edit_apply(struct arena *arena, const struct source *source,
    const struct text *patch, const struct node *edits)
{
	for (const struct node *node = edits->first; node != NULL;
	    node = node->next) {
		struct edit edit = { .arena = arena, .source = source,
		    .text = read_text(arena, source) };

		source = apply_one(&edit, patch, node);
		if (source == NULL || !read_text(arena, source)->usable)
			return NULL;
	}
	return source;
}
