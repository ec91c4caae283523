/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as a document that somebody calls a policy, or an estate: reading and linting
 * ends, touches no foreign memory, and speaks of places inside the document.
 */
#include "config.h"

#include <assert.h>

#include "policy/envelope.h"
#include "policy/lint.h"
#include "simulator/estate.h"
#include "simulator/rulebook.h"
#include "testcases/fuzz.h"

struct input {
	struct arena	*arena;
	const char	*bytes;
	size_t		 length;
};

static void
check_reading(struct arena *arena, struct lint *lint,
    const struct reading *reading, struct report *report)
{
	struct layer_guess guess = layer_guess(arena, reading->policy, NULL);
	struct subject subject = {
		.policy = reading->policy,
		.layer = reading->layer_known ? reading->layer : guess.layer,
		.candidates = guess.candidates,
		.arena = arena,
	};

	lint_check(lint, &subject, report);
}

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

static const struct source *
find_nothing(void *context, struct arena *arena, const char *name,
    const char **error)
{
	(void)context;
	(void)arena;
	(void)name;
	*error = "nothing is there";
	return NULL;
}

static void
check_estate(struct arena *arena, const struct source *source)
{
	static const struct estate_loader loader = { .load = find_nothing };
	const struct estate *estate;
	struct report report;

	report_init(&report, arena, source);
	estate = estate_read(arena, source, &catalog_builtin, &loader,
	    &report);
	check_places(&report);
	if (estate != NULL)
		estate_find(estate, arena, word_from(source->bytes,
		    source->length), ~0u);
}

static void
check_input(void *argument)
{
	const struct input *input = argument;
	struct arena *arena = input->arena;
	const struct source *source = source_new(arena, "input",
	    arena_copy(arena, input->bytes, input->length), input->length);
	struct lint *lint = lint_new(arena, rulebook, &catalog_builtin, NULL,
	    0);
	struct document document;
	struct report report;

	report_init(&report, arena, source);
	document = envelope_read(arena, source, VOUCH_NAMED, &report);
	for (size_t i = 0; i < document.count; i++)
		check_reading(arena, lint, &document.items[i], &report);
	lint_settle(lint, document.texts, document.text_count, &report);
	check_places(&report);
	check_estate(arena, source);
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
