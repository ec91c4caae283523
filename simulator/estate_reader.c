/* SPDX-License-Identifier: MIT */
/* Members, kinds and ids: what an estate is read with. */
#include "config.h"

#include <string.h>

#include "simulator/estate_reader.h"

enum { MEMBER_DISTANCE = 4 };	/* a member farther off is not suggested */

/* Only what is no error leaves the estate usable. */
struct finding *
estate_complain(struct estate_reader *reader, enum estate_complaint complaint,
    struct span span, const char *format, ...)
{
	const struct complaint *row = &estate_complaints[complaint].complaint;
	struct finding *finding;
	va_list arguments;

	if (row->severity == SEVERITY_ERROR)
		reader->estate->usable = false;
	va_start(arguments, format);
	finding = report_vadd(reader->report, row, span, format, arguments);
	va_end(arguments);
	return finding;
}

/* The member around a node: its own key, or that of the list it stands in. */
static const char *
member_name(const struct node *node)
{
	while (node->key == NULL && node->parent != NULL)
		node = node->parent;
	return node->key == NULL ? "the estate" : node->key;
}

void
estate_complain_of_type(struct estate_reader *reader, const struct node *node,
    const char *takes)
{
	estate_complain(reader, ESTATE_TYPE_MISMATCH, node->span,
	    "`%s` takes %s", member_name(node), takes);
}

void
estate_complain_of_lack(struct estate_reader *reader,
    const struct node *object, const char *member, const char *why)
{
	estate_complain(reader, ESTATE_MISSING_MEMBER,
	    object->key == NULL ? node_opening(object) : object->key_span,
	    "`%s` is missing: %s", member, why);
}

bool
estate_is_object(struct estate_reader *reader, const struct node *node)
{
	if (node->kind != NODE_OBJECT)
		estate_complain_of_type(reader, node, "an object");
	return node->kind == NODE_OBJECT;
}

bool
estate_is_array(struct estate_reader *reader, const struct node *node)
{
	if (node->kind != NODE_ARRAY)
		estate_complain_of_type(reader, node, "an array");
	return node->kind == NODE_ARRAY;
}

static void
complain_of_member(struct estate_reader *reader, const struct node *node,
    const struct estate_member *members)
{
	struct finding *finding = estate_complain(reader,
	    ESTATE_UNKNOWN_MEMBER, node->key_span, "unknown member `%s`",
	    node->key);
	const char *nearest = NULL;
	size_t best = MEMBER_DISTANCE;

	for (; members->name != NULL; members++) {
		size_t distance = edit_distance(node->key, node->key_length,
		    members->name, strlen(members->name), best);

		if (distance < best) {
			best = distance;
			nearest = members->name;
		}
	}
	if (nearest != NULL)
		report_help(reader->report, finding, "did you mean `%s`?",
		    nearest);
}

static bool
is_listed(const struct node *node, const struct estate_member *members)
{
	for (; members->name != NULL; members++)
		if (word_is(estate_key(node), members->name))
			return true;
	return false;
}

bool
estate_read_members(struct estate_reader *reader, const struct node *object,
    const struct estate_member *members, void *record)
{
	if (!estate_is_object(reader, object))
		return false;
	for (const struct estate_member *row = members; row->name != NULL;
	    row++) {
		const struct node *node = node_find(object, row->name);

		if (node != NULL && row->read != NULL)
			row->read(reader, node, record);
	}
	for (const struct node *node = object->first; node != NULL;
	    node = node->next)
		if (!is_listed(node, members))
			complain_of_member(reader, node, members);
	return true;
}

void
estate_read_word(struct estate_reader *reader, const struct node *node,
    struct word *word)
{
	if (node->kind == NODE_STRING && node->length > 0)
		*word = word_of_node(node);
	else
		estate_complain_of_type(reader, node,
		    "a string that is not empty");
}

void
estate_read_tags(struct estate_reader *reader, const struct node *node,
    struct estate_tags *tags)
{
	struct estate_tag *items;

	if (!estate_is_object(reader, node))
		return;
	items = arena_array(reader->arena, node->count, sizeof(*items));
	for (const struct node *tag = node->first; tag != NULL;
	    tag = tag->next) {
		if (tag->kind == NODE_STRING)
			items[tags->count++] = (struct estate_tag){
			    estate_key(tag), word_of_node(tag) };
		else
			estate_complain_of_type(reader, tag,
			    "a string: it is a tag");
	}
	tags->items = items;
}

struct word
estate_key(const struct node *node)
{
	return word_from(node->key, node->key_length);
}

struct word
estate_last_part(struct word word)
{
	size_t start = word.length;

	while (start > 0 && word.text[start - 1] != '/' &&
	    word.text[start - 1] != ':')
		start--;
	return word_behind(word, start);
}

struct word
estate_arn_field(const struct arn *arn, enum arn_field field)
{
	return word_from(arn->field[field].text, arn->field[field].length);
}

bool
estate_check_account_id(struct estate_reader *reader, struct word id,
    struct span span)
{
	if (account_id_is_valid(id.text, id.length))
		return true;
	estate_complain(reader, ESTATE_INVALID_ID, span,
	    "`%.*s` is no id of an account: these are twelve digits",
	    (int)id.length, id.text);
	return false;
}

bool
estate_check_id(struct estate_reader *reader, struct word id,
    struct span span, const char *prefix, const char *what)
{
	bool valid = word_starts_with(id, prefix) &&
	    id.length >= strlen(prefix) + 4;

	for (size_t i = strlen(prefix); i < id.length && valid; i++)
		valid = (id.text[i] >= '0' && id.text[i] <= '9') ||
		    (id.text[i] >= 'a' && id.text[i] <= 'z') ||
		    id.text[i] == '-';
	if (!valid)
		estate_complain(reader, ESTATE_INVALID_ID, span,
		    "`%.*s` is no id of %s, such as `%s0a1b2c3d`",
		    (int)id.length, id.text, what, prefix);
	return valid;
}

const struct estate_account *
estate_check_owner(struct estate_reader *reader, struct word id,
    struct span span, const char *what)
{
	const struct estate_account *account = estate_account(reader->estate,
	    id);

	if (account == NULL)
		estate_complain(reader, ESTATE_FOREIGN_ACCOUNT, span,
		    "account `%.*s`, to which %s belongs, is not in the "
		    "estate: what is said of its policies is unknown",
		    (int)id.length, id.text, what);
	return account;
}
