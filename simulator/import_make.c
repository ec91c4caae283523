/* SPDX-License-Identifier: MIT */
/* The estate as a document, and as an estate without any file. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "policy/reader.h"
#include "simulator/import_reader.h"

void
import_json(struct json *json, struct word word)
{
	json_string(json, word.text, word.length);
}

void
import_json_key(struct json *json, struct word word)
{
	json_key_bytes(json, word.text, word.length);
}

struct import *
import_new(struct arena *arena, const struct catalog *catalog,
    struct report *report)
{
	struct import *import = arena_alloc(arena, sizeof(*import));

	import->arena = arena;
	import->catalog = catalog;
	import->report = report;
	import->documents = import_documents_new(arena);
	return import;
}

void
import_set_region(struct import *import, const char *region)
{
	import->region = region;
}

void
import_set_closed(struct import *import)
{
	import->closed = true;
}

/* Resources that are not named are nothing that one file tells of. */
static void
write_estate(struct import *import, struct json *json)
{
	json_open_object(json);
	json_member_text(json, "schema", "sekisho.estate/1");
	if (import->region != NULL)
		json_member_text(json, "region", import->region);
	import_write_organization(import, json);
	import_write_accounts(import, json);
	import_write_vpcs(import, json);
	import_write_endpoints(import, json);
	import_write_groups(import, json);
	import_write_principals(import, json);
	import_write_resources(import, json);
	json_close_object(json);
}

const struct import_result *
import_finish(struct import *import)
{
	struct json_sheet sheet = { .arena = import->arena };
	struct json json;

	import->result.empty = import->record_count == 0;
	import_sort(import);
	import_gather_accounts(import);
	import_open_accounts(import);
	import_make_managed(import);
	json_init(&json, json_sheet_sink(&sheet), true);
	write_estate(import, &json);
	json_sheet_add(&sheet, "\n", 1);
	import->result.estate = word_from(json_sheet_text(&sheet),
	    sheet.length);
	import_documents_finish(import);
	import_unfold(import);
	return &import->result;
}

/* Without files. */

static int
compare_name(const void *name, const void *element)
{
	const struct import_document *const *document = element;

	return strcmp(name, (*document)->name);
}

static const struct policy *
find_policy(void *context, struct arena *arena, const char *name,
    struct report *report)
{
	const struct import_result *result = context;
	const struct import_document *const *found = NULL;

	if (result->document_count > 0)
		found = bsearch(name, result->documents,
		    result->document_count, sizeof(*found), compare_name);
	if (found == NULL)
		return NULL;
	report->source = (*found)->text->source;
	return reader_read_policy(arena, (*found)->text, (*found)->node,
	    report);
}

static const struct source *
find_no_file(void *context, struct arena *arena, const char *name,
    const char **error)
{
	(void)context;
	(void)arena;
	(void)name;
	*error = "it is in no document";
	return NULL;
}

const struct estate *
import_estate(struct arena *arena, const struct import_result *result,
    const char *name, const struct catalog *catalog, struct report *report)
{
	struct import_result *copy = arena_alloc(arena, sizeof(*copy));
	struct estate_loader loader = { find_no_file, copy, find_policy };

	*copy = *result;
	return estate_read(arena, source_new(arena, name,
	    result->estate.text, result->estate.length), catalog, &loader,
	    report);
}

const struct estate *
import_dump(struct arena *arena, const struct text *text,
    const struct catalog *catalog, struct report *faults,
    struct report *losses)
{
	struct import *import = import_new(arena, catalog, losses);
	const char *name = source_file(text->source)->name;
	const struct import_result *result;

	if (!import_add(import, text, name))
		return NULL;
	result = import_finish(import);
	if (result->empty || result->incomplete)
		return NULL;
	return import_estate(arena, result, arena_printf(arena, "the estate "
	    "of %s", name), catalog, faults);
}
