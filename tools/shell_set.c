/* SPDX-License-Identifier: MIT */
/* What all questions say, until it is unset. */
#include "config.h"

#include <string.h>

#include "simulator/amendment.h"
#include "simulator/script.h"
#include "tools/shell.h"

struct question
shell_granted(const struct shell *shell, struct arena *arena)
{
	struct word line = word_from(shell->granted, strlen(shell->granted));
	struct question_fault fault;
	struct question granted;
	struct tokens tokens;

	/* it was written by grant() */
	if (!sentence_split(arena, line, &tokens, &fault) ||
	    !sentence_read_change(arena, &tokens, 0, &granted, &fault))
		granted = (struct question){ .mfa = false };
	amendment_displace(&granted);
	return granted;
}

static void
grant(struct shell *shell, const struct question *granted)
{
	struct script script;
	const char *text;

	script_init(&script, shell->here);
	if (granted->principal.word.text != NULL) {
		script_text(&script, " as");
		script_word(&script, granted->principal.word);
	}
	script_clauses(&script, granted);
	text = script_finish(&script);
	text += *text == ' ';
	shell->granted = arena_copy(shell->arena, text, strlen(text));
}

/* Names are looked up at once, with a call that anybody can make. */
static bool
check(struct shell *shell, const struct question *granted,
    const struct question *change)
{
	struct question probe = *granted;
	struct question_fault fault;
	struct shell_court held;
	struct summons summons = { .count = 0 };

	probe.action.word = word_from("sts:GetCallerIdentity", 21);
	if (probe.principal.word.text == NULL)
		probe.principal.word = word_from("*", 1);
	if (!shell_hold(shell, &probe.overlays, &held, &fault) ||
	    !summons_read(shell->here, &held.court, &probe, &summons,
	    &fault)) {
		shell_fault(shell, &fault);
		return false;
	}
	for (size_t i = held.remarks.count - change->overlays.list.count;
	    i < held.remarks.count; i++)
		shell_say(shell, "%s", held.remarks.items[i]);
	return true;
}

static void
set_from(struct shell *shell, const struct shell_line *line, size_t first)
{
	struct question granted = shell_granted(shell, shell->here);
	struct question_fault fault;
	struct question change;

	if (!sentence_read_change(shell->here, &line->tokens, first, &change,
	    &fault)) {
		shell_refuse(shell, &fault.span, fault.message, fault.help);
		return;
	}
	granted = amendment_lay(shell->here, &change, &granted);
	if (check(shell, &granted, &change))
		grant(shell, &granted);
}

void
shell_state(struct shell *shell, const struct shell_line *line)
{
	set_from(shell, line, 0);
}

void
shell_set(struct shell *shell, const struct shell_line *line)
{
	if (line->tokens.list.count > 1)
		set_from(shell, line, 1);
	else
		shell_say(shell, "%s", shell->granted[0] == '\0' ?
		    "nothing is set" : shell->granted);
}

void
shell_unset(struct shell *shell, const struct shell_line *line)
{
	struct question granted = shell_granted(shell, shell->here);

	if (line->tokens.list.count == 1)
		shell_refuse(shell, NULL, "what is unset is missing",
		    "unset KEY, as, through, mfa, ..., or all");
	for (size_t i = 1; i < line->tokens.list.count; i++) {
		const struct token *token = &line->tokens.list.items[i];

		if (token_is(token, "all")) {
			granted = (struct question){ .mfa = false };
		} else if (!amendment_drop(&granted, token->word)) {
			shell_refuse(shell, &token->span, arena_printf(
			    shell->here, "`%.*s` is not set",
			    (int)token->word.length, token->word.text),
			    "`set` alone shows what is");
			return;
		}
	}
	grant(shell, &granted);
}
