/* SPDX-License-Identifier: MIT */
/*
 * JSON turned into the tokens of the text form, so that there is one reader
 * for both: it makes the same checks, and speaks of places in the JSON.
 * Which members mean what, the caller knows.
 */
#ifndef SIMULATOR_DICTATION_H
#define SIMULATOR_DICTATION_H

#include <stdbool.h>

#include "simulator/question.h"
#include "simulator/sentence.h"

struct dictation {
	struct arena		*arena;
	struct tokens		 tokens;
	struct question_fault	*fault;
};

/* A word of the grammar that stands for something at that place. */
void	 dictate_keyword(struct dictation *, const char *word, struct span);
/* A string, whatever it says, as one word. */
bool	 dictate_word(struct dictation *, const struct node *);
/* A string that is one of the words of the grammar. */
bool	 dictate_choice(struct dictation *, const struct node *,
	    const char *const *words);
/* A string, or an array of strings: a list, or words behind each other. */
bool	 dictate_list(struct dictation *, const struct node *);
bool	 dictate_row(struct dictation *, const struct node *);

/* True when the member says true; false with the fault otherwise. */
bool	 dictate_true(struct dictation *, const struct node *);

/*
 * The node is an object, or an array, and its members are among those of the
 * NULL-ended list, once each.
 */
bool	 dictate_object(struct dictation *, const struct node *,
	    const char *const *members);
bool	 dictate_array(struct dictation *, const struct node *,
	    size_t at_least);
/* The member of that name; NULL with the fault when it is missing. */
const struct node	*dictate_member(struct dictation *,
			    const struct node *object, const char *name);

/* The text form can say it: no control characters but tabs. */
bool	 dictate_is_printable(struct word);

/* Always false. */
bool	 dictate_refuse(struct dictation *, struct span,
	    const char *message);

#endif
