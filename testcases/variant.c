/* SPDX-License-Identifier: MIT */
/* Works on the text: brackets are counted, and strings are skipped. */
#include "config.h"

#include <stdbool.h>
#include <string.h>

#include "testcases/variant.h"
#include "testcases/writing.h"

const char *const variant_names[VARIANT_COUNT] = {
	[VARIANT_REVERSED] = "reversed",
	[VARIANT_TURNED] = "turned",
	[VARIANT_NAMED] = "renamed",
	[VARIANT_SPLIT] = "split",
	[VARIANT_DENIED] = "denied something",
	[VARIANT_BOUNDED] = "bounded",
};

bool
variant_is_same(enum variant variant)
{
	return variant == VARIANT_REVERSED || variant == VARIANT_TURNED ||
	    variant == VARIANT_NAMED || variant == VARIANT_SPLIT;
}

/* How far it is to the bracket that closes what is open here, or to a comma
 * before it. */
static size_t
length_to(const char *text, bool comma)
{
	bool quoted = false;
	size_t depth = 0, i;

	for (i = 0; text[i] != '\0'; i++) {
		if (text[i] == '"')
			quoted = !quoted;
		if (quoted)
			continue;
		if (text[i] == '{' || text[i] == '[')
			depth++;
		else if (comma && text[i] == ',' && depth == 0)
			break;
		else if ((text[i] == '}' || text[i] == ']') && depth-- == 0)
			break;
	}
	return i;
}

static size_t
value_length(const char *text)
{
	return length_to(text, true);
}

static bool
begins(const char *text, const char *start)
{
	return strncmp(text, start, strlen(start)) == 0;
}

static void
add(struct writing *to, const char *bytes, size_t length)
{
	writing_add(to, "%.*s", (int)length, bytes);
}

/* A list is taken apart and written anew. */

enum { ITEMS_MAX = 16 };

struct items {
	const char	*text[ITEMS_MAX];
	size_t		 length[ITEMS_MAX];
	size_t		 count;
};

/* `text' is behind the bracket; returns what is behind the other one. */
static const char *
read_items(const char *text, struct items *items)
{
	items->count = 0;
	while (*text != ']' && items->count < ITEMS_MAX) {
		size_t length = value_length(text);

		items->text[items->count] = text;
		items->length[items->count++] = length;
		text += length;
		if (*text == ',')
			text++;
	}
	return text + 1;
}

static void
add_reversed(struct writing *to, const struct items *items)
{
	writing_add(to, "[");
	for (size_t i = items->count; i-- > 0;) {
		add(to, items->text[i], items->length[i]);
		writing_add(to, "%s", i == 0 ? "" : ",");
	}
	writing_add(to, "]");
}

static const char *
reverse(struct writing *to, const char *at, const char *const *members)
{
	struct items items;

	for (size_t i = 0; members[i] != NULL; i++) {
		if (!begins(at, members[i]))
			continue;
		add(to, members[i], strlen(members[i]) - 1);
		at = read_items(at + strlen(members[i]), &items);
		add_reversed(to, &items);
		return at;
	}
	add(to, at, 1);
	return at + 1;
}

static const char *const statements[] = { "\"Statement\":[", NULL };
static const char *const lists[] = { "\"Action\":[", "\"Resource\":[",
    "\"NotAction\":[", "\"NotResource\":[", "\"AWS\":[", NULL };

/* Everything about one action, then everything about the other. */
static const char *
split(struct writing *to, const char *at)
{
	static const char member[] = ",\"Action\":[";
	char before = to->text.count == 0 ? '\0' :
	    to->text.items[to->text.count - 1];
	bool listed = before == '[' || before == ',';
	size_t length = listed && *at == '{' ? value_length(at) : 0;
	const char *found = length == 0 || !begins(at, "{\"Effect\"") ?
	    NULL : memmem(at, length, member, sizeof(member) - 1);
	struct items items = { .count = 0 };
	const char *rest = NULL;

	if (found != NULL)
		rest = read_items(found + sizeof(member) - 1, &items);
	if (items.count < 2) {
		add(to, at, 1);
		return at + 1;
	}
	for (size_t i = 0; i < items.count; i++) {
		writing_add(to, "%s", i == 0 ? "" : ",");
		add(to, at, (size_t)(found - at));
		writing_add(to, ",\"Action\":");
		add(to, items.text[i], items.length[i]);
		add(to, rest, (size_t)(at + length - rest));
	}
	return at + length;
}

static const char *
name(struct writing *to, const char *at, size_t number)
{
	static const char start[] = "{\"Effect\":";

	if (!begins(at, start)) {
		add(to, at, 1);
		return at + 1;
	}
	writing_add(to, "{\"Sid\":\"Statement%zu\",\"Effect\":", number);
	return at + sizeof(start) - 1;
}

static const char *
deny(struct writing *to, const char *at)
{
	static const char list[] = "\"identity\":[";

	if (!begins(at, list)) {
		add(to, at, 1);
		return at + 1;
	}
	at += sizeof(list) - 1;
	writing_add(to, "%s{\"Version\":\"2012-10-17\",\"Statement\":"
	    "{\"Effect\":\"Deny\",\"Action\":[\"s3:Get*\","
	    "\"sqs:SendMessage\"],\"Resource\":\"*\"}}%s", list,
	    *at == ']' ? "" : ",");
	return at;
}

static const char *
bound(struct writing *to, const char *at)
{
	static const char list[] = "\"identity\":[";
	struct items items;
	const char *end;

	if (!begins(at, list)) {
		add(to, at, 1);
		return at + 1;
	}
	end = read_items(at + sizeof(list) - 1, &items);
	if (memmem(end, length_to(end, false), "\"boundary\"", 10) == NULL)
		writing_add(to, "\"boundary\":{\"Version\":\"2012-10-17\","
		    "\"Statement\":{\"Effect\":\"Allow\",\"Action\":"
		    "[\"s3:*\",\"kms:*\"],\"Resource\":\"*\"}},");
	add(to, at, (size_t)(end - at));
	return end;
}

const char *
variant_text(struct arena *arena, const char *estate, enum variant variant)
{
	struct writing to = { .arena = arena };
	size_t number = 0;

	for (const char *at = estate; *at != '\0'; number++)
		switch (variant) {
		case VARIANT_REVERSED:
			at = reverse(&to, at, statements);
			break;
		case VARIANT_TURNED:
			at = reverse(&to, at, lists);
			break;
		case VARIANT_NAMED:
			at = name(&to, at, number);
			break;
		case VARIANT_SPLIT:
			at = split(&to, at);
			break;
		case VARIANT_DENIED:
			at = deny(&to, at);
			break;
		case VARIANT_BOUNDED:
			at = bound(&to, at);
			break;
		case VARIANT_COUNT:
			return estate;
		}
	*list_add(arena, &to.text) = '\0';
	return to.text.items;
}
