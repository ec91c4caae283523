/* SPDX-License-Identifier: MIT */
/* Questions. */
#include "config.h"

#include <string.h>

#include "simulator/desk.h"
#include "simulator/sentence.h"

/* One call. */
struct inquiry {
	struct sekisho			*desk;
	const struct sekisho_estate	*estate;
	const struct source		*source;
	const char			*text;
	size_t				 length;
	struct question_fault		 fault;
};

/* Other policies are another estate here. */
static bool
has_overlay(const struct question *question, struct question_fault *fault)
{
	if (question->overlays.list.count == 0)
		return false;
	*fault = (struct question_fault){ "nothing is put in the place of "
	    "another policy here", question->overlays.list.items[0].span,
	    "read an estate that has it" };
	return true;
}

static void
decide(struct inquiry *inquiry)
{
	struct sekisho *desk = inquiry->desk;

	if (has_overlay(&desk->question, &inquiry->fault) ||
	    !story_settle(desk->arena, &inquiry->estate->court, &desk->question,
	    &desk->story, &inquiry->fault))
		desk_fault(desk, inquiry->source, &inquiry->fault);
	else
		desk->result = DESK_STORY;
}

static void
ask_sentence(void *argument)
{
	struct inquiry *inquiry = argument;
	struct sekisho *desk = inquiry->desk;
	struct tokens tokens;

	inquiry->source = desk_source(desk->arena, "question", inquiry->text,
	    inquiry->length);
	if (!sentence_split(desk->arena, word_from(inquiry->source->bytes,
	    inquiry->length), &tokens, &inquiry->fault) ||
	    !sentence_read(desk->arena, &tokens, 0, &desk->question,
	    &inquiry->fault))
		desk_fault(desk, inquiry->source, &inquiry->fault);
	else
		decide(inquiry);
}

static void
ask_json(void *argument)
{
	struct inquiry *inquiry = argument;
	struct sekisho *desk = inquiry->desk;
	const struct text *text;
	struct report report;

	inquiry->source = desk_source(desk->arena, "question", inquiry->text,
	    inquiry->length);
	report_init(&report, desk->arena, inquiry->source);
	text = text_read(desk->arena, inquiry->source, &report);
	if (desk_report(desk, &report) || !text->usable)
		desk->status = SEKISHO_FAULTY;
	else if (!question_read(desk->arena, text->root, &desk->question,
	    &inquiry->fault))
		desk_fault(desk, inquiry->source, &inquiry->fault);
	else
		decide(inquiry);
}

static enum sekisho_verdict
translate(enum verdict verdict)
{
	switch (verdict) {
	case VERDICT_IMPLICITLY_DENIED:
		return SEKISHO_IMPLICITLY_DENIED;
	case VERDICT_EXPLICITLY_DENIED:
		return SEKISHO_EXPLICITLY_DENIED;
	case VERDICT_ALLOWED:
		return SEKISHO_ALLOWED;
	case VERDICT_DEPENDS:
		return SEKISHO_DEPENDS;
	case VERDICT_UNKNOWN:
		return SEKISHO_UNKNOWN;
	}
	return SEKISHO_NO_VERDICT;
}

static enum sekisho_verdict
ask(struct inquiry *inquiry, void (*work)(void *))
{
	struct sekisho *desk = inquiry->desk;

	if (!desk_ask_of(desk, inquiry->estate) ||
	    !desk_work(desk, work, inquiry) || desk->result != DESK_STORY)
		return SEKISHO_NO_VERDICT;
	return translate(desk->story.answer.verdict);
}

enum sekisho_verdict
sekisho_ask(struct sekisho *desk, const struct sekisho_estate *estate,
    const char *sentence)
{
	struct inquiry inquiry = { .desk = desk, .estate = estate,
	    .text = sentence, .length = strlen(sentence) };

	return ask(&inquiry, ask_sentence);
}

enum sekisho_verdict
sekisho_ask_json(struct sekisho *desk, const struct sekisho_estate *estate,
    const char *text, size_t length)
{
	struct inquiry inquiry = { .desk = desk, .estate = estate,
	    .text = text, .length = length };

	return ask(&inquiry, ask_json);
}
