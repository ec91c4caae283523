/* SPDX-License-Identifier: MIT */
/*
 * Judging an estate: what is wrong with it, and with the policies that stand
 * in it as objects.  Those that it names are judged where they are, and where
 * the run only rests on the estate, no policies were asked for.
 */
#include "config.h"

#include <string.h>

#include "simulator/perimeter_check.h"
#include "tools/estate_file.h"
#include "tools/run.h"

/* The text of an estate; NULL when the document is none.  Most documents need
 * not be read to know that. */
static const struct text *
read_estate(struct run *run, const struct source *source, bool used,
    struct report *report)
{
	const struct text *text;

	if (!used && strstr(source->bytes, "sekisho.estate/") == NULL)
		return NULL;
	text = text_read(run->scratch, source, report);
	return used || estate_recognises(text->root) ? text : NULL;
}

/* What is said of other files is said again when these are judged. */
static void
keep_own(struct report *report, const struct source *source)
{
	size_t kept = 0;

	for (size_t i = 0; i < report->findings.count; i++)
		if (source_file(report->findings.items[i].source) == source)
			report->findings.items[kept++] =
			    report->findings.items[i];
	report->findings.count = kept;
}

static void
judge_inside(struct run *run, const struct reference *reference,
    const struct estate_use *use, struct report *report)
{
	struct subject subject = {
		.policy = reference->policy,
		.layer = layer_first(use->layers),
		.candidates = use->layers,
		.attached = use->attached.text,
		.service = use->service,
		.endpoint_kind = use->kind,
		.arena = run->scratch,
	};
	const struct text *text = reference->policy->text;
	struct judged *judged = list_add(run->arena, &run->files);
	const char *pointer = text_pointer(text, run->scratch,
	    reference->node->span);

	judged->file = text->source->name;
	judged->pointer = arena_copy(run->arena, pointer, strlen(pointer));
	judged->layer = layer_name(subject.layer);
	judged->reason = "the estate says so";
	lint_check(run->lint, &subject, report);
}

static void
judge_objects(struct run *run, const struct estate *estate,
    struct report *report)
{
	const struct estate_use *uses = estate_uses(run->scratch, estate);

	for (size_t i = 0; i < estate->reference_count; i++) {
		const struct reference *reference = estate->references[i];

		if (reference->name.length == 0 && uses[i].layers != 0)
			judge_inside(run, reference, &uses[i], report);
	}
}

/* Under assumptions as they are unless somebody turns them. */
static void
judge_perimeter(struct run *run, const struct estate *estate,
    struct report *report)
{
	const struct assumptions assumptions = { .choice = { 0 } };
	const struct court court = {
		.catalog = run->catalog,
		.assumptions = &assumptions,
		.estate = estate,
		.archive = archive_new(run->scratch, estate, &assumptions, 0),
	};

	perimeter_check(run->scratch, &court, NULL, report);
}

bool
run_estate(struct run *run, const struct source *source,
    const struct path *found, const char *path)
{
	const struct estate *estate;
	const struct text *text;
	struct report report;

	report_init(&report, run->scratch, source);
	text = read_estate(run, source, found->estate, &report);
	if (text == NULL)
		return false;
	estate = estate_file_read(run->scratch, text, source->name,
	    run->catalog, &report);
	if (estate != NULL && estate->usable && estate->perimeter != NULL)
		judge_perimeter(run, estate, &report);
	keep_own(&report, source);
	*list_add(run->arena, &run->files) = (struct judged){
	    .file = source->name, .pointer = "" };
	if (estate != NULL && !found->beside)
		judge_objects(run, estate, &report);
	run_record(run, &text, 1, &report, path);
	return true;
}
