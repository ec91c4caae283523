/* SPDX-License-Identifier: MIT */
/* Questions, and the last one again with something else in it. */
#include "config.h"

#include <string.h>

#include "simulator/amendment.h"
#include "simulator/script.h"
#include "tools/exit.h"
#include "tools/shell.h"

/* What is kept. */

struct question
shell_recall(struct shell *shell, const struct shell_record *record)
{
	struct word line = word_from(record->question,
	    strlen(record->question));
	struct question_fault fault;
	struct question question;
	struct tokens tokens;

	/* it was written by script_question() */
	if (!sentence_split(shell->here, line, &tokens, &fault) ||
	    !sentence_read(shell->here, &tokens, 0, &question, &fault))
		question = (struct question){ .mfa = false };
	amendment_displace(&question);
	return question;
}

const struct shell_record *
shell_last(const struct shell *shell, size_t before)
{
	size_t count = shell->records.count;

	return before >= count ? NULL :
	    &shell->records.items[count - 1 - before];
}

static const char *
kept(struct shell *shell, const char *text)
{
	return arena_copy(shell->arena, text, strlen(text));
}

static const char *
join_keys(struct shell *shell, const struct answer *answer)
{
	const char *text = "";

	for (size_t i = 0; i < answer->depends.count; i++)
		text = arena_printf(shell->here, "%s%s%.*s", text,
		    i == 0 ? "" : ",", (int)answer->depends.items[i].length,
		    answer->depends.items[i].text);
	return text;
}

static const char *
write_question(struct shell *shell, const struct question *question)
{
	struct script script;

	script_init(&script, shell->here);
	script_question(&script, question);
	return script_finish(&script) + 1;	/* behind its blank */
}

static void
keep(struct shell *shell, const struct question *question,
    const struct story *story)
{
	*list_add(shell->arena, &shell->records) = (struct shell_record){
		.question = kept(shell, write_question(shell, question)),
		.verdict = story->answer.verdict,
		.layer = story_layer(story),
		.keys = kept(shell, join_keys(shell, &story->answer)),
	};
}

/* Asking. */

bool
shell_hold(struct shell *shell, const struct phrases *overlays,
    struct shell_court *held, struct question_fault *fault)
{
	*held = (struct shell_court){ .court = shell->venue.court };
	if (overlays->list.count > 0)
		held->court = venue_court(&shell->venue, shell->here);
	for (size_t i = 0; i < overlays->list.count; i++) {
		struct overlay overlay;

		if (!venue_find_overlay(&shell->venue, shell->here,
		    &overlays->list.items[i], &overlay, fault))
			return false;
		archive_overlay(held->court.archive, overlay.reference,
		    overlay.policy);
		*list_add(shell->here, &held->remarks) = venue_remark(
		    shell->here, &overlay);
	}
	return true;
}

bool
shell_answer(struct shell *shell, const struct question *question,
    struct story *story)
{
	struct shell_court *held = arena_alloc(shell->here, sizeof(*held));
	struct question_fault fault;

	if (!shell_hold(shell, &question->overlays, held, &fault) ||
	    !story_find(shell->here, &held->court, question, story,
	    &fault)) {
		shell_fault(shell, &fault);
		return false;
	}
	for (size_t i = 0; i < shell->venue.remarks.count; i++)
		*list_add(shell->here, &story->notes) =
		    shell->venue.remarks.items[i];
	for (size_t i = 0; i < held->remarks.count; i++)
		*list_add(shell->here, &story->notes) =
		    held->remarks.items[i];
	return true;
}

static int
code_of(enum verdict verdict)
{
	switch (verdict) {
	case VERDICT_ALLOWED:
		return EXIT_FINE;
	case VERDICT_IMPLICITLY_DENIED:
	case VERDICT_EXPLICITLY_DENIED:
		return EXIT_FINDINGS;
	case VERDICT_DEPENDS:
	case VERDICT_UNKNOWN:
		break;
	}
	return EXIT_NO_VERDICT;
}

bool
shell_ask(struct shell *shell, const struct question *question)
{
	struct story story;

	if (!shell_answer(shell, question, &story))
		return false;
	shell->code = code_of(story.answer.verdict);
	shell_print(shell, story_brief(shell->here, &story,
	    shell->out.width), output_verdict_color(story.answer.verdict));
	keep(shell, question, &story);
	return true;
}

/* A question that was typed, from that token on. */

/* Who asks is what all questions say. */
static void
put_principal(struct shell *shell, const struct shell_line *line,
    size_t first, struct word principal, struct tokens *tokens)
{
	struct token who = { .word = principal, .quoted = true };

	*list_add(shell->here, &tokens->list) = who;
	for (size_t i = first; i < line->tokens.list.count; i++)
		*list_add(shell->here, &tokens->list) =
		    line->tokens.list.items[i];
}

static void
ask_from(struct shell *shell, const struct shell_line *line, size_t first)
{
	struct question granted = shell_granted(shell, shell->here);
	struct tokens tokens = { { .count = 0 } };
	struct question_fault fault;
	struct question question;

	if (line->tokens.list.count > first && token_is_action(
	    &line->tokens.list.items[first])) {
		if (granted.principal.word.text == NULL) {
			shell_refuse(shell, &line->tokens.list.items[first]
			    .span, "nobody is said to ask",
			    "begin with a principal, or say `as PRINCIPAL` "
			    "first");
			return;
		}
		put_principal(shell, line, first, granted.principal.word,
		    &tokens);
		first = 0;
	} else {
		tokens = line->tokens;
	}
	if (!sentence_read(shell->here, &tokens, first, &question, &fault)) {
		shell_refuse(shell, &fault.span, fault.message, fault.help);
		return;
	}
	question = amendment_lay(shell->here, &question, &granted);
	shell_ask(shell, &question);
}

void
shell_question(struct shell *shell, const struct shell_line *line)
{
	ask_from(shell, line, 0);
}

void
shell_can(struct shell *shell, const struct shell_line *line)
{
	ask_from(shell, line, 1);
}

/* The last question. */

static const struct shell_record *
need_last(struct shell *shell)
{
	const struct shell_record *last = shell_last(shell, 0);

	if (last == NULL)
		shell_refuse(shell, NULL, "nothing was asked so far",
		    "ask something first, such as: PRINCIPAL ACTION "
		    "RESOURCE");
	return last;
}

void
shell_why(struct shell *shell, const struct shell_line *line)
{
	const struct shell_record *last = need_last(shell);
	struct question question;
	struct story story;

	(void)line;
	if (last == NULL)
		return;
	question = shell_recall(shell, last);
	if (!shell_answer(shell, &question, &story))
		return;
	shell->code = code_of(story.answer.verdict);
	shell_say(shell, "%s", last->question);
	shell_print(shell, story_text(shell->here, &story, shell->out.width),
	    output_verdict_color(story.answer.verdict));
}

/* Says what is asked, and what the answer was before. */
static void
ask_again(struct shell *shell, const struct question *question,
    struct shell_record before)
{
	shell_say(shell, "%s", write_question(shell, question));
	if (!shell_ask(shell, question))
		return;
	if (before.verdict == shell_last(shell, 0)->verdict)
		shell_say(shell, "  as before");
	else
		shell_say(shell, "  before it was %s",
		    story_verdict_word(before.verdict));
}

void
shell_if(struct shell *shell, const struct shell_line *line)
{
	const struct shell_record *last = need_last(shell);
	struct question_fault fault;
	struct question change, question;

	if (last == NULL)
		return;
	if (line->tokens.list.count == 1) {
		shell_refuse(shell, NULL, "what is another is missing",
		    "if KEY=VALUE, or if through WAY, mfa, ...");
		return;
	}
	if (!sentence_read_change(shell->here, &line->tokens, 1, &change,
	    &fault)) {
		shell_refuse(shell, &fault.span, fault.message, fault.help);
		return;
	}
	question = shell_recall(shell, last);
	question = amendment_lay(shell->here, &change, &question);
	ask_again(shell, &question, *last);
}

/* A key is said to be absent; anything else is not said any more. */
static bool
leave_out(struct shell *shell, const struct token *token,
    struct question *question)
{
	struct question absent = { .mfa = false };

	if (memchr(token->word.text, ':', token->word.length) != NULL) {
		*list_add(shell->here, &absent.keys) = (struct given_key){
		    .name = { token->word, token->span }, .absent = true };
		*question = amendment_lay(shell->here, &absent, question);
		return true;
	}
	if (amendment_drop(question, token->word))
		return true;
	shell_refuse(shell, &token->span, arena_printf(shell->here,
	    "the last question does not say `%.*s`",
	    (int)token->word.length, token->word.text), "a condition key, or "
	    "via, through, named, mfa, longterm, session, overlay");
	return false;
}

void
shell_without(struct shell *shell, const struct shell_line *line)
{
	const struct shell_record *last = need_last(shell);
	struct question question;

	if (last == NULL)
		return;
	question = shell_recall(shell, last);
	if (line->tokens.list.count == 1)
		shell_refuse(shell, NULL, "what is left out is missing",
		    "without KEY, or without mfa, through, ...");
	for (size_t i = 1; i < line->tokens.list.count; i++)
		if (!leave_out(shell, &line->tokens.list.items[i],
		    &question))
			return;
	if (line->tokens.list.count > 1)
		ask_again(shell, &question, *last);
}
