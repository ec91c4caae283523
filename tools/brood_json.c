/* SPDX-License-Identifier: MIT */
/* An item of `mutation' in sekisho.test/1, see test.schema.json. */
#include "config.h"

#include "tools/brood.h"

static void
write_counts(struct json *json, const struct brood *brood,
    const struct reference *reference)
{
	for (size_t i = 0; i < SURVIVAL_COUNT; i++)
		json_member_number(json,
		    survival_verdict_name(brood_order[i]),
		    brood_count(brood, reference, brood_order[i]));
	json_member_number(json, "score", brood_score(brood, reference));
}

static void
write_policies(struct json *json, const struct brood *brood)
{
	const struct reference *last = NULL;

	json_key(json, "policies");
	json_open_array(json);
	for (size_t i = 0; i < brood->mutations.list.count; i++) {
		const struct mutation *mutation =
		    &brood->mutations.list.items[i];

		if (mutation->reference == last)
			continue;
		last = mutation->reference;
		json_open_object(json);
		json_member_text(json, "file", mutation->source->name);
		write_counts(json, brood, last);
		json_close_object(json);
	}
	json_close_array(json);
}

static void
write_killer(struct json *json, const struct brood *brood,
    const struct brood_fate *fate)
{
	const struct rehearsal_case *killer = brood_killer(brood, fate);
	const struct source *source;
	struct word name;
	struct span span;

	json_key(json, "killedBy");
	if (killer == NULL) {
		json_null(json);
		return;
	}
	source = brood->suites.items[fate->suite].suite->source;
	name = killer->guarantee != NULL ? killer->guarantee->id :
	    killer->test->name;
	span = killer->guarantee != NULL ? killer->guarantee->span :
	    killer->expectation->span;
	json_open_object(json);
	json_member_text(json, "file", source->name);
	json_member_number(json, "line", source_place(source, span).line);
	json_key(json, killer->guarantee != NULL ? "guarantee" : "test");
	json_string(json, name.text, name.length);
	json_close_object(json);
}

static void
write_place(struct json *json, const struct mutation *mutation)
{
	struct place about = source_place(mutation->source, mutation->about);
	struct place place = source_place(mutation->source, mutation->span);

	json_member_text(json, "file", mutation->source->name);
	json_member_number(json, "line", about.line);
	json_key(json, "edit");
	json_open_object(json);
	output_place(json, &place);
	json_key(json, "old");
	json_string(json, mutation->source->bytes + mutation->span.start,
	    mutation->span.end - mutation->span.start);
	json_member_text(json, "new", mutation->text);
	json_close_object(json);
}

/* What changes, and a call that shows it. */
static void
write_change(struct json *json, const char *name,
    const struct brood_fate *fate, enum change_verdict verdict,
    const struct survival_call *call)
{
	json_key(json, name);
	/* of what a test kills, nobody has asked */
	if (fate->verdict == SURVIVAL_KILLED && verdict == CHANGE_UNDECIDED) {
		json_null(json);
		return;
	}
	json_open_object(json);
	json_member_text(json, "verdict", change_verdict_name(verdict));
	json_member_text(json, "call", call->says);
	json_member_text(json, "missing", call->lesson);
	json_close_object(json);
}

static void
write_fate(struct json *json, const struct brood *brood,
    const struct brood_fate *fate)
{
	json_member_text(json, "verdict", survival_verdict_name(
	    fate->verdict));
	write_killer(json, brood, fate);
	write_change(json, "gained", fate, fate->gained, &fate->gain);
	write_change(json, "lost", fate, fate->lost, &fate->loss);
	json_member_text(json, "reason", fate->reason);
}

static void
write_mutant(struct json *json, const struct brood *brood, size_t index)
{
	const struct mutation *mutation = &brood->mutations.list.items[index];

	json_open_object(json);
	json_member_text(json, "operator", mutation->operator->name);
	write_place(json, mutation);
	if (brood->fates != NULL)
		write_fate(json, brood, &brood->fates[index]);
	json_close_object(json);
}

void
brood_print_json(const struct brood *brood, struct json *json)
{
	json_open_object(json);
	json_member_text(json, "estate",
	    brood->suites.items[0].options->estate);
	if (brood->fates != NULL) {
		write_counts(json, brood, NULL);
		write_policies(json, brood);
	}
	json_key(json, "mutants");
	json_open_array(json);
	for (size_t i = 0; i < brood->mutations.list.count; i++)
		write_mutant(json, brood, i);
	json_close_array(json);
	json_close_object(json);
}
