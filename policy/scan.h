/* SPDX-License-Identifier: MIT */
/*
 * The strict front door: RFC 8259 over the bytes of one source.  A scan says
 * where every value and key stands, and reports every fault but duplicate
 * keys, which show only once keys are decoded.  Faults that leave no doubt
 * about the shape of the document are left out of a skeleton, so that a
 * lenient reader sees the same values in the same order.
 */
#ifndef POLICY_SCAN_H
#define POLICY_SCAN_H

#include <stdbool.h>

#include "policy/arena.h"
#include "policy/list.h"
#include "policy/report.h"
#include "policy/source.h"

enum { SCAN_DEPTH_MAX = 64 };

/* Spans include quotes and brackets; a value outside objects has no key. */
struct scan_value {
	struct span	 span;
	struct span	 key_span;
};

struct scan {
	bool			 clean;		/* no fault was found */
	bool			 complete;	/* none ended the scan early */
	LIST(struct scan_value)	 values;	/* in document order */
	bool			 escapes;	/* some string has one */
	bool			 foreign;	/* values and what is between
						 * them may not be ASCII */
	const char		*skeleton;	/* the document without blanks
						 * and faults, every key
						 * empty, null or 0 for every
						 * scalar; JSON when complete */
	size_t			 skeleton_length;
};

/* `complaints' has a row for each enum fault (cursor.h). */
struct scan	 scan_read(struct arena *, const struct source *,
		    struct report *, const struct complaint *complaints);

#endif
