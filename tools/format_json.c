/* SPDX-License-Identifier: MIT */
/* Our own JSON, sekisho.lint/1: members are only ever added. */
#include "config.h"

#include "tools/format.h"
#include "tools/output.h"

static void
print_file(struct json *json, const struct judged *judged)
{
	json_open_object(json);
	json_member_text(json, "path", judged->file);
	json_member_text(json, "pointer", judged->pointer);
	json_member_text(json, "layer", judged->layer);
	json_member_text(json, "layerReason", judged->layer == NULL ? NULL :
	    judged->reason);
	json_member_boolean(json, "skipped", judged->skipped);
	json_member_text(json, "skippedReason", judged->skipped ?
	    judged->reason : NULL);
	json_member_text(json, "error", judged->error);
	json_close_object(json);
}

static void
print_related(struct json *json, const struct record *record)
{
	json_key(json, "related");
	json_open_array(json);
	for (size_t i = 0; i < record->related_count; i++) {
		json_open_object(json);
		output_place(json, &record->related[i].at.place);
		json_member_text(json, "message", record->related[i].label);
		json_close_object(json);
	}
	json_close_array(json);
}

static void
print_record(struct json *json, const struct record *record)
{
	json_open_object(json);
	json_member_text(json, "rule", record->complaint->id);
	json_member_text(json, "severity", severity_name(record->severity));
	json_member_text(json, "file", record->file);
	json_member_text(json, "pointer", record->pointer);
	output_place(json, &record->at.place);
	json_member_text(json, "sid", record->sid);
	json_member_text(json, "message", record->message);
	json_member_text(json, "help", record->help);
	json_member_text(json, "witness", record->witness);
	print_related(json, record);
	json_member_text(json, "suppressed", record->ignored);
	json_close_object(json);
}

static void
print_counts(struct json *json, const struct run *run)
{
	json_key(json, "counts");
	json_open_object(json);
	for (size_t i = SEVERITY_COUNT; i-- > 0;)
		json_member_number(json, severity_name((enum severity)i),
		    run->counts[i]);
	json_member_number(json, "suppressed", run->ignored_count);
	json_member_number(json, "skipped", run->skipped_count);
	json_member_number(json, "unreadable", run->error_count);
	json_close_object(json);
}

static void
print(const struct run *run, FILE *out)
{
	struct json json;

	json_init(&json, output_sink(out), true);
	json_open_object(&json);
	json_member_text(&json, "schema", "sekisho.lint/1");
	json_member_text(&json, "catalogDate", run->catalog->date);
	json_key(&json, "files");
	json_open_array(&json);
	for (size_t i = 0; i < run->files.count; i++)
		print_file(&json, &run->files.items[i]);
	json_close_array(&json);
	json_key(&json, "findings");
	json_open_array(&json);
	for (size_t i = 0; i < run->records.count; i++)
		print_record(&json, &run->records.items[i]);
	json_close_array(&json);
	print_counts(&json, run);
	json_close_object(&json);
	fputc('\n', out);
}

const struct format json_format = {
	.name = "json",
	.says = "everything, schema sekisho.lint/1",
	.print = print,
};
