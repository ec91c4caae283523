/* SPDX-License-Identifier: MIT */
/* `who' and `what' in a conversation: what is set holds of them, too. */
#include "config.h"

#include "simulator/amendment.h"
#include "simulator/what.h"
#include "simulator/who.h"
#include "tools/canvass.h"
#include "tools/exit.h"
#include "tools/safe.h"
#include "tools/shell.h"

static const uint64_t BUDGET = 20000000;	/* as canvass.c has it */

/* One of the two, asked. */
struct inquiry {
	bool			 (*find)(struct arena *, const struct court *,
				    const struct question *,
				    const struct census_use *,
				    struct census *, struct question_fault *);
	struct question		 question;
};

static int
answer(struct shell *shell, void *context)
{
	const struct inquiry *inquiry = context;
	const struct census_use use = { .budget = BUDGET };
	struct question_fault fault;
	struct shell_court held;
	struct census census;
	struct word text;

	if (!shell_hold(shell, &inquiry->question.overlays, &held, &fault) ||
	    !inquiry->find(shell->here, &held.court, &inquiry->question, &use,
	    &census, &fault)) {
		shell_fault(shell, &fault);
		return EXIT_USAGE;
	}
	for (size_t i = 0; i < held.remarks.count; i++)
		*list_add(shell->here, &census.notes) =
		    held.remarks.items[i];
	text = census_text(shell->here, &census, shell->out.width);
	shell_print(shell, text, NULL);
	return census.bug ? EXIT_BUG : census.complete ? EXIT_FINE :
	    EXIT_NO_VERDICT;
}

static void
ask(struct shell *shell, struct inquiry *inquiry, const struct tokens *tokens,
    size_t missing)
{
	const struct question granted = shell_granted(shell, shell->here);
	struct tokens whole = canvass_complete(shell->here, tokens, 1,
	    missing);
	struct question_fault fault;

	if (!sentence_read(shell->here, &whole, 0, &inquiry->question,
	    &fault)) {
		shell_refuse(shell, &fault.span, fault.message, fault.help);
		return;
	}
	inquiry->question = amendment_lay(shell->here, &inquiry->question,
	    &granted);
	shell->code = shell_apart(shell, answer, inquiry);
}

void
shell_who(struct shell *shell, const struct shell_line *line)
{
	struct inquiry inquiry = { .find = who_find };

	if (line->tokens.list.count < 2) {
		shell_refuse(shell, NULL, "an action is missing",
		    "ask: who ACTION RESOURCE");
		return;
	}
	ask(shell, &inquiry, &line->tokens, 0);
}

/* Of whoever is said to ask, if nobody else is named. */
void
shell_what(struct shell *shell, const struct shell_line *line)
{
	struct inquiry inquiry = { .find = what_find };
	struct word asks = shell_granted(shell, shell->here).principal.word;
	struct tokens tokens = line->tokens;

	if (tokens.list.count < 2 && asks.text == NULL) {
		shell_refuse(shell, NULL, "nobody is said to ask",
		    "name a principal, or say `as PRINCIPAL` first");
		return;
	}
	if (tokens.list.count < 2) {
		tokens = (struct tokens){ { .count = 0 } };
		*list_add(shell->here, &tokens.list) =
		    line->tokens.list.items[0];
		*list_add(shell->here, &tokens.list) = (struct token){
		    .word = asks, .quoted = true };
	}
	ask(shell, &inquiry, &tokens, 1);
}
