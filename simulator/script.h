/* SPDX-License-Identifier: MIT */
/*
 * Text in the grammar of questions and suites, written word by word: what a
 * reader would take for something else comes out in quotes.  Reading it again
 * gives the same words.
 */
#ifndef SIMULATOR_SCRIPT_H
#define SIMULATOR_SCRIPT_H

#include "simulator/question.h"

struct script {
	struct arena	*arena;
	LIST(char)	 text;
};

void	 script_init(struct script *, struct arena *);

/* As it stands; no blank is put before it. */
void	 script_text(struct script *, const char *);
/* A blank, and the word or the words with commas between; behind the latter, no
 * ACCOUNT/NAME may come next. */
void	 script_word(struct script *, struct word);
void	 script_words(struct script *, const struct phrases *);
/* A blank, and the word in quotes whatever it is. */
void	 script_quoted(struct script *, struct word);
/* A blank, and the question as sentence_read() takes it. */
void	 script_question(struct script *, const struct question *);

/* The same without who, what and on which resources. */
void	 script_clauses(struct script *, const struct question *);

/* All that was written, with a NUL behind it; in the arena. */
const char	*script_finish(struct script *);

#endif
