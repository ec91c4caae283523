/* SPDX-License-Identifier: MIT */
/* Calls, and what they leave on the desk. */
#include "config.h"

#include <string.h>

#include "simulator/desk.h"

void
desk_clear(struct sekisho *desk)
{
	arena_reset(desk->arena);
	desk->status = SEKISHO_OK;
	desk->excuse = NULL;
	desk->result = DESK_NOTHING;
	desk->estate = NULL;
	memset(&desk->question, 0, sizeof(desk->question));
	desk->explained = false;
	desk->source = NULL;
	memset(&desk->promises, 0, sizeof(desk->promises));
	memset(&desk->guarantees, 0, sizeof(desk->guarantees));
	memset(&desk->findings, 0, sizeof(desk->findings));
}

void
desk_misused(struct sekisho *desk, const char *excuse)
{
	desk_clear(desk);
	desk->status = SEKISHO_MISUSED;
	desk->excuse = excuse;
}

void
desk_exhausted(struct sekisho *desk)
{
	desk_clear(desk);
	desk->status = SEKISHO_NO_MEMORY;
	desk->excuse = "there is no memory left\n";
}

bool
desk_work(struct sekisho *desk, void (*work)(void *), void *argument)
{
	if (arena_protect(desk->arena, work, argument))
		return true;
	desk_exhausted(desk);
	return false;
}

bool
desk_ask_of(struct sekisho *desk, const struct sekisho_estate *estate)
{
	if (estate == NULL || estate->state != ESTATE_STATE_CLOSED) {
		desk_misused(desk, "the estate is not closed yet\n");
		return false;
	}
	desk_clear(desk);
	desk->estate = estate;
	return true;
}

void
desk_complete(struct sekisho *desk)
{
	if (!desk->explained)
		story_explain(desk->arena, &desk->story);
	desk->explained = true;
}

/* Ours begins with the worst. */
static enum sekisho_severity
severity_of(enum severity severity)
{
	switch (severity) {
	case SEVERITY_NOTE:
		return SEKISHO_NOTE;
	case SEVERITY_WARNING:
		return SEKISHO_WARNING;
	case SEVERITY_SECURITY:
		return SEKISHO_SECURITY;
	case SEVERITY_ERROR:
	case SEVERITY_COUNT:
		break;
	}
	return SEKISHO_ERROR;
}

static const char *
keep(struct sekisho *desk, const char *text)
{
	return text == NULL ? NULL :
	    arena_copy(desk->arena, text, strlen(text));
}

/* A copy: what it was found in may be gone before the desk is cleared. */
static void
add_finding(struct sekisho *desk, const struct finding *finding)
{
	struct place place = source_place(finding->source, finding->span);

	*list_add(desk->arena, &desk->findings) = (struct sekisho_finding){
	    .rule = finding->complaint == NULL ? NULL :
	    finding->complaint->id,
	    .severity = severity_of(finding->severity),
	    .file = keep(desk, source_file(finding->source)->name),
	    .pointer = keep(desk, finding->pointer),
	    .line = place.line,
	    .column = place.column,
	    .end_line = place.end_line,
	    .end_column = place.end_column,
	    .message = keep(desk, finding->message),
	    .help = keep(desk, finding->help),
	    .witness = keep(desk, finding->witness) };
}

bool
desk_report(struct sekisho *desk, const struct report *report)
{
	bool faulty = false;

	for (size_t i = 0; i < report->findings.count; i++) {
		const struct finding *finding = &report->findings.items[i];

		add_finding(desk, finding);
		faulty |= finding->severity == SEVERITY_ERROR;
	}
	return faulty;
}

static void
add_fault(struct sekisho *desk, const struct source *source,
    const struct question_fault *fault, enum severity severity)
{
	const struct finding finding = { .severity = severity,
	    .source = source, .span = fault->span,
	    .message = fault->message, .help = fault->help };

	add_finding(desk, &finding);
}

void
desk_fault(struct sekisho *desk, const struct source *source,
    const struct question_fault *fault)
{
	add_fault(desk, source, fault, SEVERITY_ERROR);
	desk->status = SEKISHO_FAULTY;
}

void
desk_doubt(struct sekisho *desk, const struct source *source,
    const struct question_fault *fault)
{
	add_fault(desk, source, fault, SEVERITY_WARNING);
}

const struct source *
desk_source(struct arena *arena, const char *name, const char *text,
    size_t length)
{
	return source_new(arena, arena_copy(arena, name, strlen(name)),
	    arena_copy(arena, text, length), length);
}
