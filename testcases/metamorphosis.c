/* SPDX-License-Identifier: MIT */
/* Proves once more, with one thing changed.  A verdict may always be lost. */
#include "config.h"

#include "testcases/hamlet.h"
#include "testcases/metamorphosis.h"

void
metamorphosis_init(struct metamorphosis *changes, struct arena *arena,
    const struct court *court, const char *estate)
{
	changes->court = court;
	for (unsigned i = 0; i < VARIANT_COUNT; i++) {
		changes->courts[i] = *court;
		changes->usable[i] = hamlet_court(arena, variant_text(arena,
		    estate, (enum variant)i), &changes->courts[i]);
	}
}

static struct proof
prove(struct metamorphosis *changes, const struct court *court,
    const struct guarantee *guarantee, const struct proof_options *options)
{
	struct proof proof;

	arena_reset(changes->scratch);
	proof_make(changes->scratch, court, guarantee, options, &proof);
	return proof;
}

static bool
is_liveness(const struct guarantee *guarantee)
{
	return guarantee->quantifier == GUARANTEE_SOME ||
	    guarantee->quantifier == GUARANTEE_EACH;
}

static bool
is_other(enum proof_verdict one, enum proof_verdict other)
{
	return one != PROOF_UNDECIDED && other != PROOF_UNDECIDED &&
	    one != other;
}

/* What cannot happen is what allowing less keeps, and supposing less may
 * lose. */
static enum proof_verdict
without_call(const struct guarantee *guarantee)
{
	return is_liveness(guarantee) ? PROOF_BROKEN : PROOF_HOLDS;
}

static bool
is_wrong(const struct guarantee *guarantee, enum variant variant,
    enum proof_verdict before, enum proof_verdict after)
{
	return is_other(before, after) && (variant_is_same(variant) ||
	    before == without_call(guarantee));
}

static const char *
hold_premises(struct metamorphosis *changes,
    const struct guarantee *guarantee, enum proof_verdict verdict)
{
	for (unsigned i = 0; i < PREMISE_COUNT; i++) {
		struct proof_options options = changes->options;
		struct proof proof;

		options.without = (premise_set)1 << i;
		if (i == PREMISE_shape || verdict == without_call(guarantee))
			continue;
		proof = prove(changes, changes->court, guarantee, &options);
		if (is_other(verdict, proof.verdict))
			return "nothing happens any more without a premise";
	}
	return NULL;
}

const char *
metamorphosis_hold(struct metamorphosis *changes,
    const struct guarantee *guarantee, enum proof_verdict verdict)
{
	struct proof_options poor = changes->options;
	struct proof proof;

	for (unsigned i = 0; i < VARIANT_COUNT; i++) {
		if (!changes->usable[i])
			continue;
		proof = prove(changes, &changes->courts[i], guarantee,
		    &changes->options);
		if (is_wrong(guarantee, (enum variant)i, verdict,
		    proof.verdict))
			return variant_names[i];
	}
	poor.budget = 1;
	proof = prove(changes, changes->court, guarantee, &poor);
	if (proof.verdict != PROOF_UNDECIDED && proof.steps > 1)
		return "more is spent than there was";
	return hold_premises(changes, guarantee, verdict);
}
