/* SPDX-License-Identifier: MIT */
/*
 * Globs: `*' and `?' (SPEC GLOB-1), whole-string, no escapes.
 *
 * A pattern is kept as bytes of UTF-8 in which four byte values that UTF-8
 * never uses stand for the wildcards.  Two of them do not cross a colon: ARNs
 * need these (RES-6, COND-22).  `?' is one code point.  Runs of wildcards are
 * normalised, so patterns that differ only there are equal byte for byte.
 */
#ifndef POLICY_PATTERN_H
#define POLICY_PATTERN_H

#include <stdbool.h>
#include <stddef.h>

#include "policy/arena.h"
#include "policy/pattern_symbol.h"

struct pattern {
	const char	*symbols;
	size_t		 length;
	bool		 wild;		/* has a wildcard */
	bool		 folded;	/* ASCII letters are lower case here
					 * and match either case */
};

/* `*' and `?' of the text are wildcards. */
struct pattern	 pattern_read(struct arena *, const char *text, size_t length);
/* The same, blind to ASCII case: actions (ACT-1). */
struct pattern	 pattern_read_folded(struct arena *, const char *text,
		    size_t length);
/*
 * A pattern of symbols as they are, normalised.  Between a confined wildcard
 * and a free `?' there must be a literal colon, as there is in every ARN.
 */
struct pattern	 pattern_of_symbols(struct arena *, const char *symbols,
		    size_t length);

/* Linear space, O(pattern x text) time at worst (GLOB-4). */
bool		 pattern_match(const struct pattern *, const char *text,
		    size_t length);

/* Every text that `inner' matches is matched by `outer'.  May say no to a
 * yes when the search for it grows too large; never yes to a no. */
bool		 pattern_covers(const struct pattern *outer,
		    const struct pattern *inner);
/* Some text is matched by both.  Exact. */
bool		 pattern_overlaps(const struct pattern *,
		    const struct pattern *);

/* Whether such a pattern covers another is quickly said: its only wildcards
 * are `*' that cross colons. */
bool		 pattern_is_plain(const struct pattern *);

/* It is `*'. */
bool		 pattern_is_any(const struct pattern *);
/* The length of the text that everything matched begins with. */
size_t		 pattern_literal_prefix(const struct pattern *);

#endif
