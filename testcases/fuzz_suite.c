/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as a test file: reading ends, touches no foreign memory and speaks
 * of places inside the file; and what was read without fault is the same when
 * it is written in either form and read again.
 */
#include "config.h"

#include <assert.h>
#include <string.h>

#include "simulator/suite.h"
#include "testcases/fuzz.h"

struct input {
	struct arena	*arena;
	const char	*bytes;
	size_t		 length;
};

static void
check_places(const struct report *report)
{
	for (size_t i = 0; i < report->findings.count; i++) {
		const struct finding *finding = &report->findings.items[i];

		assert(finding->message != NULL);
		assert(finding->span.start <= finding->span.end);
		assert(finding->span.end <= finding->source->length);
		assert(source_place(finding->source, finding->span).line > 0);
	}
}

static bool
has_error(const struct report *report)
{
	for (size_t i = 0; i < report->findings.count; i++)
		if (report->findings.items[i].severity == SEVERITY_ERROR)
			return true;
	return false;
}

/* NULL when there is an error in it. */
static const struct suite *
read_bytes(struct arena *arena, const char *bytes, size_t length)
{
	const struct source *source = source_new(arena, "input", bytes,
	    length);
	const struct suite *suite;
	struct report report;

	report_init(&report, arena, source);
	suite = suite_read(arena, source, &report);
	assert(suite != NULL);
	check_places(&report);
	suite_text(arena, suite);
	return has_error(&report) ? NULL : suite;
}

static void
check_form(struct arena *arena, const char *bytes, size_t length,
    const char *text)
{
	const struct suite *suite = read_bytes(arena, bytes, length);

	assert(suite != NULL);
	assert(strcmp(suite_text(arena, suite), text) == 0);
}

static void
check_input(void *argument)
{
	const struct input *input = argument;
	struct json_sheet sheet = { .arena = input->arena };
	const struct suite *suite = read_bytes(input->arena, arena_copy(
	    input->arena, input->bytes, input->length), input->length);
	const char *text;
	struct json json;

	if (suite == NULL)
		return;
	text = suite_text(input->arena, suite);
	check_form(input->arena, text, strlen(text), text);
	json_init(&json, json_sheet_sink(&sheet), false);
	suite_print_json(&json, suite);
	check_form(input->arena, json_sheet_text(&sheet), sheet.length, text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct input input = {
		.arena = arena_new(),
		.bytes = (const char *)bytes,
		.length = length,
	};

	assert(input.arena != NULL);
	assert(arena_protect(input.arena, check_input, &input));
	arena_free(input.arena);
	return 0;
}
