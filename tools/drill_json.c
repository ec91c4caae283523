/* SPDX-License-Identifier: MIT */
/* The schema sekisho.test/1, see test.schema.json. */
#include "config.h"

#include "simulator/testimony.h"
#include "tools/drill.h"

static void
write_place(struct json *json, struct place place)
{
	json_member_number(json, "line", place.line);
	json_member_number(json, "column", place.column);
}

/* How it came out, and why it has not passed. */
static void
write_outcome(const struct drill *drill, struct json *json,
    const struct rehearsal_case *one)
{
	json_member_text(json, "outcome", outcome_name(one->outcome));
	json_member_text(json, "message", one->outcome == OUTCOME_PASSED ?
	    NULL : drill_message(drill->arena, one));
}

static void
write_decision(const struct drill *drill, struct json *json,
    const struct rehearsal_case *one)
{
	struct question_fault fault;
	struct story story;

	json_key(json, "decision");
	if (one->outcome == OUTCOME_PASSED || one->story == NULL ||
	    !story_find(drill->arena, one->court,
	    &one->expectation->question, &story, &fault)) {
		json_null(json);
		return;
	}
	json_open_object(json);
	story_json(drill->arena, json, &story);
	json_close_object(json);
}

/* Of the linter, whatever their severity; null of other expectations. */
static void
write_findings(struct json *json, const struct rehearsal_case *one)
{
	json_key(json, "findings");
	if (one->expectation->kind != EXPECT_LINT) {
		json_null(json);
		return;
	}
	json_open_array(json);
	for (size_t i = 0; i < one->findings.list.count; i++) {
		const struct rehearsal_finding *finding =
		    &one->findings.list.items[i];

		json_open_object(json);
		json_member_text(json, "rule", finding->rule);
		json_member_text(json, "severity",
		    severity_name(finding->severity));
		json_member_text(json, "place", finding->place);
		json_member_text(json, "message", finding->message);
		json_close_object(json);
	}
	json_close_array(json);
}

static void
write_expectation(const struct drill *drill, struct json *json,
    const struct drill_file *file, const struct rehearsal_case *one)
{
	json_open_object(json);
	write_place(json, drill_place(file, one));
	json_member_text(json, "text", expectation_text(drill->arena,
	    one->expectation));
	write_outcome(drill, json, one);
	json_member_text(json, "verdict", one->story == NULL ? NULL :
	    verdict_name(one->story->answer.verdict));
	write_decision(drill, json, one);
	write_findings(json, one);
	json_close_object(json);
}

static void
write_test(const struct drill *drill, struct json *json,
    const struct drill_file *file, const struct drill_item *item)
{
	json_open_object(json);
	json_member_text(json, "name", item->name);
	json_member_number(json, "line", item->line);
	json_member_text(json, "outcome", outcome_name(item->outcome));
	json_key(json, "expectations");
	json_open_array(json);
	for (size_t i = 0; i < item->count; i++)
		write_expectation(drill, json, file,
		    &file->rehearsal.cases.items[item->first + i]);
	json_close_array(json);
	json_close_object(json);
}

static void
write_proof(const struct drill *drill, struct json *json,
    const struct rehearsal_case *one)
{
	struct testimony testimony;

	json_key(json, "proof");
	if (one->outcome == OUTCOME_FAULTY) {
		json_null(json);
		return;
	}
	testimony_gather(drill->arena, one->court, one->guarantee, one->proof,
	    &testimony);
	json_open_object(json);
	testimony_json(drill->arena, json, &testimony);
	json_close_object(json);
}

static void
write_guarantee(const struct drill *drill, struct json *json,
    const struct drill_file *file, const struct drill_item *item)
{
	const struct rehearsal_case *one =
	    &file->rehearsal.cases.items[item->first];
	struct place place = drill_place(file, one);

	json_open_object(json);
	json_key(json, "id");
	json_string(json, one->guarantee->id.text, one->guarantee->id.length);
	json_key(json, "name");
	json_string(json, one->guarantee->name.text,
	    one->guarantee->name.length);
	write_place(json, place);
	write_outcome(drill, json, one);
	json_member_boolean(json, "expectedBroken", one->expected_broken);
	write_proof(drill, json, one);
	json_close_object(json);
}

static bool
is_guarantee(const struct drill_file *file, const struct drill_item *item)
{
	return item->count == 1 && file->rehearsal.cases.items[item->first]
	    .guarantee != NULL;
}

static void
write_items(const struct drill *drill, struct json *json,
    const struct drill_file *file, bool guarantees)
{
	json_key(json, guarantees ? "guarantees" : "tests");
	json_open_array(json);
	for (size_t i = 0; i < file->items.count; i++) {
		const struct drill_item *item = &file->items.items[i];

		if (is_guarantee(file, item) != guarantees)
			continue;
		if (guarantees)
			write_guarantee(drill, json, file, item);
		else
			write_test(drill, json, file, item);
	}
	json_close_array(json);
}

static void
write_finding(struct json *json, const struct finding *finding)
{
	json_open_object(json);
	json_member_text(json, "severity", severity_name(finding->severity));
	write_place(json, source_place(finding->source, finding->span));
	json_member_text(json, "message", finding->message);
	json_member_text(json, "help", finding->help);
	json_close_object(json);
}

static void
write_file(const struct drill *drill, struct json *json,
    const struct drill_file *file)
{
	const struct report *report = &file->file.report;

	json_open_object(json);
	json_member_text(json, "file", file->file.path);
	json_member_text(json, "estate", file->file.estate);
	json_member_text(json, "error", drill_why(file));
	json_key(json, "findings");
	json_open_array(json);
	for (size_t i = 0; i < report->findings.count; i++)
		write_finding(json, &report->findings.items[i]);
	json_close_array(json);
	write_items(drill, json, file, false);
	write_items(drill, json, file, true);
	json_close_object(json);
}

static void
write_counts(const struct drill *drill, struct json *json)
{
	static const enum outcome order[] = { OUTCOME_PASSED, OUTCOME_FAILED,
	    OUTCOME_UNDECIDED, OUTCOME_FAULTY };

	json_key(json, "counts");
	json_open_object(json);
	for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++)
		json_member_number(json, outcome_name(order[i]),
		    drill->counts[order[i]]);
	json_member_number(json, "filesNotRun", drill_count_unrun(drill));
	json_member_number(json, "expectations",
	    drill_count_expectations(drill));
	json_close_object(json);
}

static void
write_mutation(const struct drill *drill, struct json *json)
{
	if (drill->broods.count == 0)
		return;
	json_key(json, "mutation");
	json_open_array(json);
	for (size_t i = 0; i < drill->broods.count; i++)
		brood_print_json(drill->broods.items[i], json);
	json_close_array(json);
}

void
drill_print_json(const void *result, const struct output_stream *out)
{
	const struct drill *drill = result;
	struct json json;

	json_init(&json, output_sink(out->file), true);
	json_open_object(&json);
	json_member_text(&json, "schema", "sekisho.test/1");
	json_key(&json, "files");
	json_open_array(&json);
	for (size_t i = 0; i < drill->files.count; i++)
		write_file(drill, &json, drill->files.items[i]);
	json_close_array(&json);
	write_counts(drill, &json);
	if (drill->covering)
		coverage_write_json(&drill->coverage, &json);
	write_mutation(drill, &json);
	json_close_object(&json);
	fputc('\n', out->file);
}
