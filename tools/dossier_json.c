/* SPDX-License-Identifier: MIT */
/* The schema sekisho.prove/1, see prove.schema.json. */
#include "config.h"

#include "tools/dossier.h"

static void
write_case(const struct dossier *dossier, struct json *json,
    const struct dossier_case *one)
{
	struct place place;

	json_open_object(json);
	json_member_text(json, "file", one->file->path);
	json_key(json, "line");
	if (one->file->suite == NULL) {
		json_null(json);
	} else {
		place = source_place(one->file->suite->source,
		    one->testimony.guarantee->span);
		json_number(json, place.line);
	}
	json_member_text(json, "estate", one->file->estate);
	testimony_json(dossier->arena, json, &one->testimony);
	json_member_boolean(json, "expectedBroken", one->expected_broken);
	json_close_object(json);
}

static void
write_counts(struct json *json, const struct dossier_counts *counts)
{
	json_key(json, "counts");
	json_open_object(json);
	json_member_number(json, "holds", counts->holds);
	json_member_number(json, "broken", counts->broken);
	json_member_number(json, "undecided", counts->undecided);
	json_member_number(json, "vacuous", counts->vacuous);
	json_member_number(json, "expectedBroken", counts->expected);
	json_close_object(json);
}

/* The one estate of all; of several, each guarantee says its own. */
static const char *
find_estate(const struct dossier *dossier)
{
	const char *estate = NULL;

	for (size_t i = 0; i < dossier->cases.count; i++) {
		const struct suite_file *file = dossier->cases.items[i]->file;

		if (i > 0 && file != dossier->cases.items[i - 1]->file)
			return NULL;
		estate = file->estate;
	}
	return estate;
}

void
dossier_print_json(const void *result, const struct output_stream *out)
{
	const struct dossier *dossier = result;
	struct dossier_counts counts = dossier_count(dossier);
	struct json json;

	json_init(&json, output_sink(out->file), true);
	json_open_object(&json);
	json_member_text(&json, "schema", "sekisho.prove/1");
	json_member_text(&json, "estate", find_estate(dossier));
	json_key(&json, "guarantees");
	json_open_array(&json);
	for (size_t i = 0; i < dossier->cases.count; i++)
		write_case(dossier, &json, dossier->cases.items[i]);
	json_close_array(&json);
	write_counts(&json, &counts);
	json_close_object(&json);
	fputc('\n', out->file);
}
