/* SPDX-License-Identifier: MIT */
/*
 * The unknown values of a request, and what can be said about them.
 *
 * A slot is one unknown value: a context key, the action, one of the values
 * of a multivalued key.  Its value is always a text, and every claim about it
 * is a claim about that text, as the simulator reads it: that it matches a
 * pattern (GLOB), that it reads as a number below another (COND-13), and so
 * on.  A text that does not read as the type that a claim wants makes the
 * claim false (a range is no address), and so does an absent slot: what
 * COND-6 and COND-9 make of that is the business of whoever builds formulas.
 *
 * Every claim is a formula.  The same claim made twice is the same formula.
 * Texts, patterns, constants and names must live as long as the universe.
 */
#ifndef SIMULATOR_UNIVERSE_H
#define SIMULATOR_UNIVERSE_H

#include <stdbool.h>
#include <stddef.h>

#include "policy/arena.h"
#include "policy/pattern.h"
#include "policy/value.h"
#include "simulator/automaton.h"
#include "simulator/claim.h"
#include "simulator/formula.h"
#include "simulator/word.h"

struct slot {
	const char		*name;
	/*
	 * What its text always reads as: VALUE_NUMBER, VALUE_DATE,
	 * VALUE_BOOL or VALUE_IP (one address); else any text will do.
	 */
	enum value_type		 type;
	/* A formula: it has a value.  FORMULA_TRUE when it always has;
	 * otherwise a variable of its own. */
	int			 presence;
	const struct pattern	*shape;		/* all its texts match, see
						 * shape_read(); or NULL */
	/* Texts that are tried first, best first. */
	const struct word	*preferred;
	size_t			 preferred_count;
	/* The only texts there are, each different; NULL: any.  Every claim
	 * is tried on each of them when it is made. */
	const struct word	*words;
	size_t			 word_count;
};

enum relation {
	RELATION_EQUAL,
	RELATION_LESS,
	RELATION_AT_MOST,
	RELATION_MORE,
	RELATION_AT_LEAST
};

/* How texts are read, by assumption. */
struct universe_reading {
	bool			 years;		/* four digits are a year: COND-15 */
	bool			 mapped;	/* ::ffff:a.b.c.d is IPv4: COND-20 */
};

/* Owns slots and claims; lies in the arena. */
struct universe;

struct universe		*universe_new(struct arena *, struct formulas *);
/* Before the first claim; else neither is so. */
void			 universe_read_as(struct universe *,
			    struct universe_reading);
struct universe_reading	 universe_reading(const struct universe *);
struct formulas		*universe_formulas(const struct universe *);

/* Returns the number of the slot: 0, 1, 2 in the order of adding. */
size_t			 universe_add(struct universe *, const struct slot *);
size_t			 universe_slots(const struct universe *);
const struct slot	*universe_slot(const struct universe *, size_t);

/* Claims.  Folded patterns are blind to ASCII case, as ever. */
int	 universe_match(struct universe *, size_t slot,
	    const struct pattern *);
/* The text itself: nothing in it is a wildcard. */
int	 universe_equal(struct universe *, size_t slot, struct word,
	    bool folded);
int	 universe_number(struct universe *, size_t slot, enum relation,
	    const struct number *);
int	 universe_date(struct universe *, size_t slot, enum relation,
	    const struct date *);
int	 universe_within(struct universe *, size_t slot,
	    const struct cidr *);
int	 universe_true(struct universe *, size_t slot);
/* VALUE_NUMBER, VALUE_DATE, VALUE_BOOL or VALUE_IP. */
int	 universe_reads(struct universe *, size_t slot, enum value_type);
/* Of a closed slot: it has that one of its words. */
int	 universe_word(struct universe *, size_t slot, size_t index);
/*
 * The text is the pieces in a row.  False when a slot among them is absent.
 * A slot may not be a piece of its own text; where it is by way of others, the
 * texts are combined by nobody.
 * `folded': ASCII case does not count, in values neither.
 */
int	 universe_template(struct universe *, size_t slot,
	    const struct piece *, size_t count, bool folded);

/* By its shape no text of the slot has a colon. */
bool	 universe_keeps_to_field(const struct universe *, size_t slot);

/* How many claims there are, and one of them, which is good until the next one
 * is made. */
size_t			 universe_claims(const struct universe *);
const struct claim	*universe_claim_at(const struct universe *, size_t);
/* The claim that a variable stands for; NULL: it is free. */
const struct claim	*universe_claim(const struct universe *, int variable);

/*
 * Whether the claim is true of these texts, one for each slot; an absent slot
 * has no text (NULL).  Slow and obvious: this is what models are checked by.
 */
bool			 universe_holds(const struct universe *,
			    const struct claim *, const struct word *texts);
/* The same of one text that is there, for claims that hang on no other slot:
 * all but templates. */
bool			 universe_text_holds(const struct universe *,
			    const struct claim *, struct word);
/* The text may be a value of the slot at all; of a closed slot, it fits, and
 * is one of the words. */
bool			 universe_admits(const struct universe *, size_t slot,
			    struct word);
bool			 universe_fits(const struct universe *, size_t slot,
			    struct word);
#endif
