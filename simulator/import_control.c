/* SPDX-License-Identifier: MIT */
/*
 * SCPs and RCPs, and what they are attached to: a root, a unit or an account.
 * Which of them are attached is known only where a list says all; else they
 * are written as unknown.
 */
#include "config.h"

#include <string.h>

#include "simulator/import_reader.h"
#include "simulator/stock.h"

static const char SCP[] = "SERVICE_CONTROL_POLICY";
static const char RCP[] = "RESOURCE_CONTROL_POLICY";

/* Reading. */

static void
keep_attachment(struct import *import, struct word target,
    struct word policy, const struct node *node)
{
	if (target.text != NULL && policy.text != NULL)
		import_keep(import, IMPORT_ATTACHMENT, target, node)->other =
		    policy;
}

void
import_read_targets(struct import *import, const struct node *list)
{
	struct word policy = import->path.policy;
	bool whole = true;

	if (policy.text == NULL) {
		import_complain_of_name(import, list);
		return;
	}
	for (const struct node *i = list->first; i != NULL; i = i->next) {
		struct word target = import_text(i, "TargetId");

		keep_attachment(import, target, policy, i);
		whole &= target.text != NULL;
		if (target.text == NULL)
			import_complain_of_id(import, i, "TargetId");
	}
	import_keep(import, IMPORT_KNOWN_POLICY, policy, list)->bare = !whole;
}

/* A policy's summary, or the summary with its content. */
static struct word
keep_control(struct import *import, const struct node *summary,
    const struct node *node)
{
	struct word id = import_text(summary, "Id");

	if (id.text == NULL) {
		import_complain_of_id(import, node, "Id");
		return id;
	}
	import_learn_organization(import, summary);
	import_keep(import, IMPORT_CONTROL, id, node)->other =
	    import_text(summary, "Type");
	return id;
}

void
import_read_control(struct import *import, const struct node *policy)
{
	keep_control(import, node_find(policy, "PolicySummary"), policy);
}

/* True when it is told what it is. */
static bool
read_control(struct import *import, const struct node *summary)
{
	struct word target = import->path.target;
	struct word id = keep_control(import, summary, summary);
	struct word type = import_text(summary, "Type");

	keep_attachment(import, target, id, summary);
	if (type.text == NULL) {
		import_complain(import, IMPORT_MALFORMED, import->text,
		    summary->span, "there is no `Type`: whether it is an SCP "
		    "or an RCP is unknown");
		return false;
	}
	if (target.text == NULL)
		import_keep(import, IMPORT_KNOWN_TYPE, type, summary);
	else
		import_keep(import, IMPORT_KNOWN_TARGET, target, summary)
		    ->other = type;
	return id.text != NULL;
}

/* All policies, or all of a target. */
void
import_read_controls(struct import *import, const struct node *list)
{
	size_t since = import->record_count;
	bool whole = true;

	for (const struct node *i = list->first; i != NULL; i = i->next)
		whole &= read_control(import, i);
	if (!whole)
		import_doubt_controls(import, since);
}

/* Writing. */

static bool
is_status(struct word word)
{
	return word_is(word, "ENABLED") || word_is(word, "PENDING_ENABLE") ||
	    word_is(word, "PENDING_DISABLE");
}

/* What a root says of its types is as AWS prints it. */
static bool
is_sound(const struct node *types)
{
	if (types->kind != NODE_ARRAY)
		return false;
	for (const struct node *i = types->first; i != NULL; i = i->next)
		if (import_text(i, "Type").text == NULL ||
		    !is_status(import_text(i, "Status")))
			return false;
	return true;
}

static bool
has_enabled(const struct node *types, const char *type)
{
	for (const struct node *i = types->first; i != NULL; i = i->next)
		if (word_is(import_text(i, "Type"), type) &&
		    word_is(import_text(i, "Status"), "ENABLED"))
			return true;
	return false;
}

/* Roots say which types of policies are in force at all. */
static bool
is_enabled(const struct import *import, const char *type, bool *known)
{
	const struct import_record *units =
	    import->records[IMPORT_UNIT].items;

	*known = false;
	for (size_t i = 0; i < import->records[IMPORT_UNIT].count; i++) {
		const struct node *types = units[i].node == NULL ? NULL :
		    node_find(units[i].node, "PolicyTypes");

		if (!word_starts_with(units[i].key, "r-") || types == NULL ||
		    !is_sound(types))
			continue;
		*known = true;
		if (has_enabled(types, type))
			return true;
	}
	return false;
}

void
import_check_types(struct import *import, const struct node *root)
{
	const struct node *types = node_find(root, "PolicyTypes");

	if (types != NULL && !is_sound(types))
		import_complain(import, IMPORT_MALFORMED, import->text,
		    types->span, "these are no types of policies: which are in "
		    "force is unknown");
}

/* Some list says it, and none of them has more pages. */
static bool
is_known(const struct import *import, enum import_kind kind, struct word key)
{
	struct import_entry entry = import_find(import, kind, key);

	for (size_t i = 0; i < entry.count; i++)
		if (entry.items[i].bare)
			return false;
	return entry.count > 0;
}

/* Of every policy of the type it is known where it is attached. */
static bool
knows_all_targets(const struct import *import, const char *type)
{
	const struct import_record *controls =
	    import->records[IMPORT_CONTROL].items;

	if (!is_known(import, IMPORT_KNOWN_TYPE, word_from(type,
	    strlen(type))))
		return false;
	for (size_t i = 0; i < import->records[IMPORT_CONTROL].count; i++)
		if (word_is(controls[i].other, type) && !is_known(import,
		    IMPORT_KNOWN_POLICY, controls[i].key))
			return false;
	return true;
}

static bool
knows_target(const struct import *import, struct word target,
    const char *type)
{
	struct import_entry entry = import_find(import, IMPORT_KNOWN_TARGET,
	    target);

	for (size_t i = 0; i < entry.count &&
	    is_known(import, IMPORT_KNOWN_TARGET, target); i++)
		if (word_is(entry.items[i].other, type))
			return true;
	return knows_all_targets(import, type);
}

static bool
is_of_type(struct import_entry control, const char *type)
{
	for (size_t i = 0; i < control.count; i++)
		if (word_is(control.items[i].other, type))
			return true;
	return false;
}

static void
write_control(struct import *import, struct json *json,
    const struct import_record *attachment, const char *type)
{
	struct word id = attachment->other;
	struct import_entry control = import_find(import, IMPORT_CONTROL, id);
	struct import_value content = import_member(control, "Content");
	struct import_value name = import_member(control, "Name");
	const char *file = NULL;

	if (name.node == NULL) {
		name = import_member(control, "PolicySummary");
		name.node = name.node == NULL ? NULL :
		    node_find(name.node, "Name");
	}
	if (content.node == NULL)
		import_complain(import, IMPORT_UNKNOWN_POLICY,
		    attachment->text, attachment->node->span, "the text of "
		    "`%.*s` is in no document (describe-policy prints it): "
		    "what it says is unknown", (int)id.length, id.text);
	else
		file = import_document(import, type == SCP ? LAYER_SCP :
		    LAYER_RCP, content.text, content.node, arena_printf(
		    import->arena, "%s/%s", type == SCP ? "scp" : "rcp",
		    name.node != NULL && name.node->kind == NODE_STRING ?
		    name.node->text : arena_copy(import->arena, id.text,
		    id.length)));
	json_text(json, file == NULL ? "unknown" : file);
}

/* The same policy may be told of as attached by several documents. */
static bool
is_first_attachment(struct import_entry entry, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (word_equal(entry.items[i].other, entry.items[at].other))
			return false;
	return true;
}

static void
write_attachments(struct import *import, struct json *json,
    struct word target, const char *type)
{
	const char *word = stock_of(type == SCP ? LAYER_SCP :
	    LAYER_RCP)->name;
	const char *id = arena_printf(import->arena, "p-%s", word);
	struct import_entry entry = import_find(import, IMPORT_ATTACHMENT,
	    target);

	for (size_t i = 0; i < entry.count; i++) {
		const struct import_record *record = &entry.items[i];

		if (!is_first_attachment(entry, i))
			continue;
		if (word_is(record->other, id))
			json_text(json, word);
		else if (is_of_type(import_find(import, IMPORT_CONTROL,
		    record->other), type))
			write_control(import, json, record, type);
	}
}

static void
write_type(struct import *import, struct json *json, struct word target,
    const char *member, const char *type)
{
	bool known, enabled = is_enabled(import, type, &known);

	if (known && !enabled)
		return;		/* what AWS does then is the default */
	json_key(json, member);
	json_open_array(json);
	write_attachments(import, json, target, type);
	known = knows_target(import, target, type);
	if (!known)
		json_text(json, "unknown");
	json_close_array(json);
	if (!known)
		import_complain(import, IMPORT_UNKNOWN_PLACE,
		    import->organized, node_opening(import->organized->root),
		    "which %s are "
		    "attached to `%.*s` is in no document "
		    "(list-policies-for-target prints it): unknown",
		    member, (int)target.length, target.text);
}

void
import_write_controls(struct import *import, struct json *json,
    struct word target)
{
	write_type(import, json, target, "scps", SCP);
	write_type(import, json, target, "rcps", RCP);
}
