/* SPDX-License-Identifier: MIT */
/* Documents under the rules. */
#include "config.h"

#include "policy/attachment.h"
#include "policy/envelope.h"
#include "simulator/desk.h"
#include "simulator/rulebook.h"

enum { RULES_MAX = 16 * 1024 * 1024 };	/* bytes that are remembered */

/* One call. */
struct inspection {
	struct sekisho		*desk;
	bool			 complete;
	enum sekisho_layer	 layer;
	const char		*name;
	const char		*text;
	size_t			 length;
};

static struct layer_guess
choose_layer(const struct inspection *inspection,
    const struct reading *reading)
{
	struct arena *arena = inspection->desk->arena;

	if (inspection->layer != SEKISHO_ANY_LAYER)
		return layer_given((enum layer)(inspection->layer -
		    SEKISHO_IDENTITY), "the caller says so");
	if (reading->layer_known)
		return layer_choose(arena, reading->candidates,
		    reading->reason, inspection->name);
	return layer_guess(arena, reading->policy, inspection->name);
}

static void
lint_reading(const struct inspection *inspection,
    const struct reading *reading, struct report *report)
{
	struct layer_guess guess = choose_layer(inspection, reading);
	struct subject subject = { .policy = reading->policy,
	    .layer = guess.layer, .candidates = guess.candidates,
	    .endpoint_kind = reading->endpoint_kind,
	    .arena = inspection->desk->arena };

	attachment_read(&catalog_builtin, reading, &subject);
	lint_check(inspection->desk->lint, &subject, report);
}

/* Both arenas are at work here. */
static void
lint_document(void *argument)
{
	struct inspection *inspection = argument;
	struct sekisho *desk = inspection->desk;
	struct document document;
	struct report report;

	if (desk->lint == NULL)
		desk->lint = lint_new(desk->rules, rulebook,
		    &catalog_builtin, NULL, 0);

	report_init(&report, desk->arena, desk_source(desk->arena,
	    inspection->name, inspection->text, inspection->length));
	document = envelope_read(desk->arena, report.source, VOUCH_POLICY,
	    &report);
	for (size_t i = 0; i < document.count; i++)
		lint_reading(inspection, &document.items[i], &report);
	lint_settle(desk->lint, document.texts, document.text_count, &report);
	desk_report(desk, &report);
	inspection->complete = true;
}

static void
inspect(void *argument)
{
	struct inspection *inspection = argument;

	arena_protect(inspection->desk->rules, lint_document, inspection);
}

static enum sekisho_severity
find_worst(const struct sekisho *desk)
{
	enum sekisho_severity worst = SEKISHO_CLEAN;

	for (size_t i = 0; i < desk->findings.count; i++)
		if (desk->findings.items[i].severity < worst)
			worst = desk->findings.items[i].severity;
	return worst;
}

/*
 * The rules remember what they have seen, so that it need not be looked up
 * again.  Work that was cut short may have left anything behind.
 */
static void
forget_rules(struct sekisho *desk)
{
	arena_free(desk->rules);
	desk->rules = NULL;
	desk->lint = NULL;
}

static bool
take_rules(struct sekisho *desk)
{
	if (desk->rules != NULL && arena_footprint(desk->rules) > RULES_MAX)
		forget_rules(desk);
	if (desk->rules == NULL)
		desk->rules = arena_new_from(&desk->well);
	return desk->rules != NULL;
}

enum sekisho_severity
sekisho_lint(struct sekisho *desk, enum sekisho_layer layer,
    const char *name, const char *text, size_t length)
{
	struct inspection inspection = { desk, false, layer, name, text,
	    length };

	if (layer > SEKISHO_RCP) {
		desk_misused(desk, "there is no such layer\n");
		return SEKISHO_ERROR;
	}
	desk_clear(desk);
	if (take_rules(desk) && desk_work(desk, inspect, &inspection) &&
	    inspection.complete)
		return find_worst(desk);
	forget_rules(desk);
	desk_exhausted(desk);
	return SEKISHO_ERROR;
}
