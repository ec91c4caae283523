/* SPDX-License-Identifier: MIT */
/* Bytes that belong to somebody else; there is no NUL behind them. */
#ifndef SIMULATOR_WORD_H
#define SIMULATOR_WORD_H

#include <stdbool.h>
#include <stddef.h>

#include "policy/arn.h"
#include "policy/text.h"

struct word {
	const char	*text;		/* NULL: there is none */
	size_t		 length;
};

struct word	 word_from(const char *text, size_t length);
/* The text of a JSON string or scalar. */
struct word	 word_of_node(const struct node *);
struct word	 word_of_field(const struct arn *, enum arn_field);
/* What is left from that byte on. */
struct word	 word_behind(struct word, size_t start);

/* The word is exactly the text. */
bool		 word_is(struct word, const char *text);
bool		 word_starts_with(struct word, const char *prefix);
/* Two that are not there are equal. */
bool		 word_equal(struct word, struct word);
/* Both are there, and equal but for ASCII case. */
bool		 word_equal_folded(struct word, struct word);
/* It has `*' or `?'. */
bool		 word_has_wildcard(struct word);
/* SERVICE:NAME, wildcards included (GRAM-37). */
bool		 word_names_action(struct word);

#endif
