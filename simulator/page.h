/* SPDX-License-Identifier: MIT */
/*
 * Lines of words for people, wrapped at a width, in memory.  Control
 * characters in words come out as visible escapes, so that no word can make a
 * line of its own; other tricks of Unicode are for whoever prints.
 */
#ifndef SIMULATOR_PAGE_H
#define SIMULATOR_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "simulator/word.h"

struct page {
	struct arena	*arena;
	size_t		 width;		/* columns */
	LIST(char)	 bytes;
	size_t		 column;	/* of the line at hand, from 0 */
	size_t		 hang;		/* where its next lines begin */
	size_t		 tab;		/* column that the next word waits for */
	bool		 fresh;		/* no word stands since the indent */
};

/* Ends the line, if there is one, and begins another. */
void	 page_line(struct page *, size_t indent, size_t hang);
/* The next word stands in that column; behind two blanks when it is passed
 * already. */
void	 page_tab(struct page *, size_t column);

/* Adds words that are parted by blanks, each wrapped when it does not fit. */
void	 page_words(struct page *, const char *format, ...)
	    __attribute__((format(printf, 2, 3)));
/* The same of one word that may hold blanks. */
void	 page_word(struct page *, struct word);

/* Lines that are wrapped already, each behind so many blanks. */
void	 page_block(struct page *, struct word lines, size_t indent);

/* What stands on the page, with a line end behind the last line. */
struct word	 page_text(struct page *);

#endif
