/* SPDX-License-Identifier: MIT */
/* Managed policies: which version is in force, and what is known of those that
 * no document holds. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "policy/reader.h"
#include "simulator/import_reader.h"
#include "simulator/stock.h"

/* What get-policy-version prints does not say of which policy. */
void
import_read_version(struct import *import, const struct node *version)
{
	const struct node *given = node_find(version, "IsDefaultVersion");

	if (given != NULL && given->kind == NODE_BOOLEAN &&
	    strcmp(given->text, "false") == 0) {
		import_complain(import, IMPORT_LEFT_OUT, import->text,
		    version->span, "versions that are not the default are "
		    "left out");
	} else if (import->path.arn.text == NULL ||
	    node_find(version, "Document") == NULL) {
		import_complain(import, IMPORT_UNNAMED_POLICY, import->text,
		    version->span, "whose version this is is not said, and "
		    "not shown by a path such as aws/policy/NAME.json; it is "
		    "left out");
	} else {
		import_keep(import, IMPORT_MANAGED, import->path.arn, version)
		    ->bare = true;
	}
}

/* The number of "v3"; 0 when it is none. */
static unsigned long
version_number(struct word version)
{
	return version.length < 2 || version.text[0] != 'v' ? 0 :
	    strtoul(version.text + 1, NULL, 10);
}

/* The newest dump of it. */
static const struct import_record *
newest(struct import_entry entry)
{
	const struct import_record *best = &entry.items[0];

	for (size_t i = 1; i < entry.count; i++)
		if (version_number(import_text(entry.items[i].node,
		    "DefaultVersionId")) > version_number(import_text(
		    best->node, "DefaultVersionId")))
			best = &entry.items[i];
	return best;
}

static bool
is_default_version(const struct node *policy, const struct node *version)
{
	const struct node *said = node_find(version, "IsDefaultVersion");
	struct word chosen = import_text(policy, "DefaultVersionId");

	if (chosen.text != NULL)
		return word_equal(chosen, import_text(version, "VersionId"));
	return said != NULL && strcmp(said->text == NULL ? "" : said->text,
	    "true") == 0;
}

/* Complains, and is false, when it is not known which of them is in force. */
static bool
check_versions(struct import *import, const struct import_record *record,
    const struct node *list)
{
	const struct node *bad = list->kind == NODE_ARRAY ? NULL : list;
	size_t count = 0;

	for (const struct node *i = list->first; i != NULL; i = i->next) {
		count += is_default_version(record->node, i);
		if (bad == NULL && (i->kind != NODE_OBJECT || count > 1))
			bad = i;
	}
	if (bad != NULL)
		import_complain(import, IMPORT_MALFORMED, record->text,
		    bad->span, "these are no versions with one default: what "
		    "the policy says is unknown");
	return bad == NULL;
}

/* The version in force; NULL when it is not there. */
static const struct node *
find_version(struct import *import, const struct import_record *record)
{
	const struct node *list = node_find(record->node,
	    "PolicyVersionList"), *found = NULL;

	if (list == NULL)
		return reader_recognises(record->node) ? record->node :
		    node_find(record->node, "Document");
	if (!check_versions(import, record, list))
		return NULL;
	for (const struct node *i = list->first; i != NULL; i = i->next) {
		if (is_default_version(record->node, i))
			found = node_find(i, "Document");
		else
			import_complain(import, IMPORT_LEFT_OUT, record->text,
			    i->span, "versions that are not the default are "
			    "left out");
	}
	return found;
}

static const char *
make_managed(struct import *import, struct import_entry entry)
{
	const struct import_record *record = newest(entry);
	const struct node *document = find_version(import, record);

	return document == NULL ? NULL : import_document(import,
	    LAYER_IDENTITY, record->text, document, import_name_file(import,
	    record->key, "policy"));
}

void
import_make_managed(struct import *import)
{
	size_t count = import->records[IMPORT_MANAGED].count;

	import->managed = arena_array(import->arena, count,
	    sizeof(*import->managed));
	for (size_t at = 0; at < count;) {
		struct import_entry entry = import_entry_at(import,
		    IMPORT_MANAGED, at);

		import->managed[at] = make_managed(import, entry);
		at += entry.count;
	}
}

/* NULL when it is not there. */
static const char *
find_managed(struct import *import, struct word arn)
{
	struct import_entry entry = import_find(import, IMPORT_MANAGED, arn);

	return entry.count == 0 ? NULL : import->managed[entry.items -
	    import->records[IMPORT_MANAGED].items];
}

/* The one policy of AWS's own that everybody knows by heart. */
static bool
is_administrator(struct word arn)
{
	static const char end[] = ":iam::aws:policy/AdministratorAccess";
	size_t length = sizeof(end) - 1;

	return arn.length > length && word_is(word_behind(arn,
	    arn.length - length), end);
}

static const char *
guess_managed(struct import *import, struct import_value place,
    struct word arn)
{
	const struct text *text;

	if (!is_administrator(arn)) {
		import_complain(import, IMPORT_UNKNOWN_POLICY, place.text,
		    place.node->span, "the text of `%.*s` is in no document: "
		    "what it says is unknown", (int)arn.length, arn.text);
		return NULL;
	}
	import_complain(import, IMPORT_GUESS, place.text, place.node->span,
	    "the text of `%.*s` is in no document; it is taken to allow "
	    "everything, as AWS's own does", (int)arn.length, arn.text);
	text = text_read(import->arena, source_new(import->arena,
	    "AdministratorAccess", stock_everything,
	    strlen(stock_everything)), import->report);
	return import_document(import, LAYER_IDENTITY, text, text->root,
	    "aws/policy/AdministratorAccess");
}

static void
complain_of_nothing(struct import *import, struct import_value place,
    const char *member)
{
	import_complain(import, IMPORT_MALFORMED, place.text,
	    place.node->span, "there is no `%s`: what is attached is unknown",
	    member);
}

void
import_write_managed(struct import *import, struct json *json,
    struct import_value place, const char *member)
{
	struct word arn = import_text(place.node, member);
	const char *file = NULL;

	if (arn.text == NULL)
		complain_of_nothing(import, place, member);
	else
		file = find_managed(import, arn);
	if (arn.text != NULL && file == NULL)
		file = guess_managed(import, place, arn);
	json_text(json, file == NULL ? "unknown" : file);
}
