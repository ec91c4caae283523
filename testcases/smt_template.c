/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "testcases/smt_constant.h"
#include "testcases/smt_template.h"

/* Some symbols of a template, [from, to). */
struct run {
	size_t	 from, to;
};

/* Its parts; without a star there is only a head. */
struct parts {
	bool		 starred;
	struct run	 head, middle, tail;
	size_t		 before, behind;	/* letters around the middle */
};

/* Of whatever is blind to case, the text in lower case. */
void
smt_template_prelude(FILE *out)
{
	fputs("(define-fun lower ((c String)) String\n"
	    "    (ite (and (str.<= \"A\" c) (str.<= c \"Z\"))\n"
	    "    (str.from_code (+ (str.to_code c) 32)) c))\n"
	    "(define-fun-rec lowered ((s String)) String\n"
	    "    (ite (= s \"\") \"\" (str.++ (lower (str.at s 0))\n"
	    "    (lowered (str.substr s 1 (str.len s))))))\n", out);
}

static bool
is_wild(int symbol)
{
	return symbol == SYMBOL_ANY || symbol == SYMBOL_ONE;
}

/* Stars and single letters at its ends only say how much is around it. */
static void
trim_middle(const struct leaf *leaf, struct parts *parts)
{
	struct run *middle = &parts->middle;

	while (middle->from < middle->to &&
	    is_wild(leaf->symbols[middle->from]))
		parts->before += leaf->symbols[middle->from++] == SYMBOL_ONE;
	while (middle->from < middle->to &&
	    is_wild(leaf->symbols[middle->to - 1]))
		parts->behind += leaf->symbols[--middle->to] == SYMBOL_ONE;
}

static struct parts
cut(const struct leaf *leaf)
{
	size_t count = leaf->symbol_count, first = 0, last = count;
	struct parts parts = { .starred = false };

	while (first < count && leaf->symbols[first] != SYMBOL_ANY)
		first++;
	parts.head = (struct run){ 0, first };
	if (first == count)
		return parts;
	while (leaf->symbols[last - 1] != SYMBOL_ANY)
		last--;
	parts.starred = true;
	parts.tail = (struct run){ last, count };
	if (first + 1 < last)
		parts.middle = (struct run){ first + 1, last - 1 };
	trim_middle(leaf, &parts);
	return parts;
}

bool
smt_template_can(const struct leaf *leaf)
{
	struct parts parts = cut(leaf);

	for (size_t i = parts.middle.from; i < parts.middle.to; i++)
		if (is_wild(leaf->symbols[i]))
			return false;
	return true;
}

/* How many letters the symbols stand for, none of which is a star. */
static void
write_length(const struct leaf *leaf, struct run run, FILE *out)
{
	fputs("(+ 0 0", out);
	for (size_t i = run.from; i < run.to; i++)
		if (leaf->symbols[i] <= SYMBOL_SLOT)
			fprintf(out, " (str.len text%d)",
			    SYMBOL_SLOT - leaf->symbols[i]);
		else
			fputs(" 1", out);
	putc(')', out);
}

static void
write_slot(const struct leaf *leaf, size_t slot, FILE *out)
{
	fprintf(out, leaf->folded ? "(lowered text%zu)" : "text%zu", slot);
}

/* The letter of the text that stands where symbol `at' of the run does; the
 * run begins the text, or ends it. */
static void
write_letter_at(const struct leaf *leaf, struct run run, size_t at, bool ends,
    FILE *out)
{
	fputs("(str.at ", out);
	write_slot(leaf, leaf->slot, out);
	if (ends) {
		fprintf(out, " (- (str.len text%zu) ", leaf->slot);
		write_length(leaf, (struct run){ at, run.to }, out);
		fputs("))", out);
	} else {
		putc(' ', out);
		write_length(leaf, (struct run){ run.from, at }, out);
		putc(')', out);
	}
}

/* Wherever one letter will do it is the one that is there. */
static void
write_run(const struct leaf *leaf, struct run run, bool ends, FILE *out)
{
	fputs("(str.++ \"\" \"\"", out);
	for (size_t i = run.from; i < run.to; i++) {
		int symbol = leaf->symbols[i];

		putc(' ', out);
		if (symbol <= SYMBOL_SLOT) {
			write_slot(leaf, (size_t)(SYMBOL_SLOT - symbol), out);
		} else if (symbol == SYMBOL_ONE) {
			write_letter_at(leaf, run, i, ends, out);
		} else {
			smt_constant_letter(leaf->folded ?
			    riddle_lower(symbol) : symbol, out);
		}
	}
	putc(')', out);
}

/* The text is as long as all of that, or longer when there is a star. */
static void
write_lengths(const struct leaf *leaf, const struct parts *parts, FILE *out)
{
	fprintf(out, " (%s (str.len text%zu) (+ %zu ", parts->starred ? ">=" :
	    "=", leaf->slot, parts->before + parts->behind);
	write_length(leaf, parts->head, out);
	write_length(leaf, parts->middle, out);
	write_length(leaf, parts->tail, out);
	fputs("))", out);
}

static void
write_middle(const struct leaf *leaf, const struct parts *parts, FILE *out)
{
	fputs(" (str.contains (str.substr ", out);
	write_slot(leaf, leaf->slot, out);
	fprintf(out, " (+ %zu ", parts->before);
	write_length(leaf, parts->head, out);
	fprintf(out, ") (- (str.len text%zu) %zu ", leaf->slot,
	    parts->before + parts->behind);
	write_length(leaf, parts->head, out);
	write_length(leaf, parts->tail, out);
	fputs(")) ", out);
	write_run(leaf, parts->middle, false, out);
	putc(')', out);
}

void
smt_template_write(const struct leaf *leaf, FILE *out)
{
	struct parts parts = cut(leaf);

	fputs("(and", out);
	for (size_t i = 0; i < leaf->symbol_count; i++)
		if (leaf->symbols[i] <= SYMBOL_SLOT)
			fprintf(out, " there%d",
			    SYMBOL_SLOT - leaf->symbols[i]);
	write_lengths(leaf, &parts, out);
	fputs(" (str.prefixof ", out);
	write_run(leaf, parts.head, false, out);
	putc(' ', out);
	write_slot(leaf, leaf->slot, out);
	fputs(") (str.suffixof ", out);
	write_run(leaf, parts.tail, true, out);
	putc(' ', out);
	write_slot(leaf, leaf->slot, out);
	putc(')', out);
	if (parts.middle.from < parts.middle.to)
		write_middle(leaf, &parts, out);
	putc(')', out);
}
