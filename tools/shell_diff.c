/* SPDX-License-Identifier: MIT */
/* What an overlay changes for all calls, and how an answer has changed. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "tools/difference.h"
#include "tools/exit.h"
#include "tools/safe.h"
#include "tools/shell.h"

enum { BUDGET = 10 * 1000 * 1000, MOST = 8 };

/* An overlay. */

static int
code_of(const struct estate_difference *estates)
{
	if (estates->gained.bug || estates->lost.bug)
		return EXIT_BUG;
	if (estates->gained.verdict == CHANGE_SOMETHING)
		return EXIT_FINDINGS;
	return estates->gained.verdict == CHANGE_UNDECIDED ||
	    estates->lost.verdict == CHANGE_UNDECIDED ? EXIT_NO_VERDICT :
	    EXIT_FINE;
}

static int
compare(struct shell *shell, void *context)
{
	const struct shell_court *held = context;
	const struct change_options options = { .budget = BUDGET,
	    .most = MOST, .premises = ~(premise_set)0 };
	struct estate_difference estates = { .old = shell->venue.court,
	    .new = held->court };
	const char *name = source_file(shell->venue.court.estate->text
	    ->source)->name;
	struct differences all = { .arena = shell->here, .old = name,
	    .new = arena_printf(shell->here, "%s, where %s", name,
	    held->remarks.items[0]),
	    .estates = &estates };

	change_find_calls(shell->here, &estates.old, &estates.new, &options,
	    &estates.gained);
	change_find_calls(shell->here, &estates.new, &estates.old, &options,
	    &estates.lost);
	difference_text(&all, &shell->out);
	return code_of(&estates);
}

/* "  with      ALLOWED"; false when it cannot be asked. */
static bool
print_verdict(struct shell *shell, const char *label,
    const struct question *question)
{
	struct story story;
	const char *layer;

	if (!shell_answer(shell, question, &story))
		return false;
	layer = story_layer(&story);
	printf("  %-9s %s%s%s\n", label, story_verdict_word(
	    story.answer.verdict), layer[0] == '\0' ? "" : "  at: ", layer);
	return true;
}

/* What the overlay does to the last question. */
static bool
compare_last(struct shell *shell, const struct question *granted)
{
	const struct shell_record *last = shell_last(shell, 0);
	struct question question;

	if (last == NULL)
		return true;
	shell_say(shell, "%s", last->question);
	question = shell_recall(shell, last);
	question.overlays = (struct phrases){ .list = { .count = 0 } };
	if (!print_verdict(shell, "without", &question))
		return false;
	question.overlays = granted->overlays;
	return print_verdict(shell, "with", &question);
}

static void
compare_overlay(struct shell *shell, const struct question *granted)
{
	struct question_fault fault;
	struct shell_court held;

	if (!compare_last(shell, granted))
		return;

	if (shell->venue.court.exhibits != NULL) {
		shell_refuse(shell, NULL, "what all calls gain can be said "
		    "of an estate alone",
		    "leave out the documents of the command line");
		return;
	}
	if (!shell_hold(shell, &granted->overlays, &held, &fault)) {
		shell_fault(shell, &fault);
		return;
	}
	shell->code = shell_apart(shell, compare, &held);
}

/* Two answers. */

/* Lines of a text, and of two texts those that both have in one order. */
struct lines {
	LIST(struct word)	 list;
};

static struct lines
split_lines(struct arena *arena, struct word text)
{
	struct lines lines = { { .count = 0 } };

	while (text.length > 0) {
		const char *end = memchr(text.text, '\n', text.length);
		size_t length = end == NULL ? text.length :
		    (size_t)(end - text.text);

		*list_add(arena, &lines.list) = word_from(text.text, length);
		text = word_behind(text, length + (end != NULL));
	}
	return lines;
}

/* lengths[i][j]: of the longest sequence common to what begins there. */
static const size_t *
measure(struct arena *arena, const struct lines *old,
    const struct lines *new)
{
	size_t width = new->list.count + 1;
	size_t *lengths = arena_array(arena, (old->list.count + 1) * width,
	    sizeof(*lengths));

	for (size_t i = old->list.count; i-- > 0; )
		for (size_t j = new->list.count; j-- > 0; ) {
			size_t *here = &lengths[i * width + j];

			if (word_equal(old->list.items[i],
			    new->list.items[j]))
				*here = here[width + 1] + 1;
			else
				*here = here[1] > here[width] ? here[1] :
				    here[width];
		}
	return lengths;
}

static void
print_line(const struct shell *shell, char mark, struct word line)
{
	bool color = shell->out.color;

	printf("%s%c ", !color ? "" : mark == '-' ? "\033[31m" :
	    "\033[32m", mark);
	safe_print(stdout, line.text, line.length);
	printf("%s\n", color ? "\033[0m" : "");
}

static void
print_changes(const struct shell *shell, struct word old_text,
    struct word new_text)
{
	struct arena *arena = shell->here;
	struct lines old = split_lines(arena, old_text);
	struct lines new = split_lines(arena, new_text);
	const size_t *lengths = measure(arena, &old, &new);
	size_t width = new.list.count + 1, i = 0, j = 0;

	while (i < old.list.count || j < new.list.count) {
		const size_t *here = &lengths[i * width + j];

		if (i < old.list.count && j < new.list.count &&
		    word_equal(old.list.items[i], new.list.items[j])) {
			i++;
			j++;
		} else if (j == new.list.count || (i < old.list.count &&
		    here[width] >= here[1])) {
			print_line(shell, '-', old.list.items[i++]);
		} else {
			print_line(shell, '+', new.list.items[j++]);
		}
	}
}

/* The question and all that explains its answer; NULL text: it has none. */
static struct word
tell(struct shell *shell, const struct shell_record *record)
{
	struct question *question = arena_alloc(shell->here,
	    sizeof(*question));
	struct story story;
	struct word text;
	char *whole;

	*question = shell_recall(shell, record);
	if (!shell_answer(shell, question, &story))
		return (struct word){ NULL, 0 };
	text = story_text(shell->here, &story, shell->out.width - 2);
	whole = arena_printf(shell->here, "%s\n%.*s", record->question,
	    (int)text.length, text.text);
	return word_from(whole, strlen(whole));
}

static void
compare_answers(struct shell *shell)
{
	const struct shell_record *before = shell_last(shell, 1);
	struct word old, new;

	if (before == NULL) {
		shell_refuse(shell, NULL, "there are no two answers to "
		    "compare", "ask twice, or set an overlay");
		return;
	}
	old = tell(shell, before);
	new = tell(shell, shell_last(shell, 0));
	if (old.text == NULL || new.text == NULL)
		return;
	if (word_equal(old, new))
		shell_say(shell, "the same question, and the same answer");
	print_changes(shell, old, new);
}

void
shell_diff(struct shell *shell, const struct shell_line *line)
{
	struct question granted = shell_granted(shell, shell->here);

	(void)line;
	if (granted.overlays.list.count > 0)
		compare_overlay(shell, &granted);
	else
		compare_answers(shell);
}
