/* SPDX-License-Identifier: MIT */
/*
 * Changes of an estate, of a budget, of the premises, after which a verdict
 * must be what it was, or may not become better.
 */
#ifndef TESTCASES_METAMORPHOSIS_H
#define TESTCASES_METAMORPHOSIS_H

#include "simulator/proof.h"
#include "testcases/variant.h"

struct metamorphosis {
	struct arena		*scratch;	/* reset for each proof */
	const struct court	*court;
	struct proof_options	 options;
	struct court		 courts[VARIANT_COUNT];
	bool			 usable[VARIANT_COUNT];
};

/* Reads all variants of the estate's text into the arena. */
void		 metamorphosis_init(struct metamorphosis *, struct arena *,
		    const struct court *, const char *estate);
/* What is wrong, or NULL, where that is the verdict on the estate itself. */
const char	*metamorphosis_hold(struct metamorphosis *,
		    const struct guarantee *, enum proof_verdict);

#endif
