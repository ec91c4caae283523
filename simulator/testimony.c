/* SPDX-License-Identifier: MIT */
/* Gathers what both ways of telling share. */
#include "config.h"

#include "simulator/attempt.h"
#include "simulator/judgement.h"
#include "simulator/testimony.h"

void
testimony_gather(struct arena *arena, const struct court *court,
    const struct guarantee *guarantee, const struct proof *proof,
    struct testimony *testimony)
{
	const struct guarantee *which = proof->which != NULL ? proof->which :
	    guarantee;

	*testimony = (struct testimony){ .court = court,
	    .guarantee = guarantee, .proof = proof,
	    .lively = which->quantifier == GUARANTEE_SOME ||
	    which->quantifier == GUARANTEE_EACH };
	if (!testimony->lively)
		testimony->court = judgement_widest(arena, court);
	if (testimony->lively && proof->verdict == PROOF_BROKEN)
		testimony->rehearsed = attempt_find(arena, court, which,
		    &testimony->attempt);
}

const char *
testimony_remark(const struct testimony *testimony)
{
	static const char *const edits[PROOF_EDITS_MAX + 2] = { "",
	    "one edit breaks it", "two edits break it",
	    "three edits break it", "no three edits break it" };
	const struct proof *proof = testimony->proof;

	if (proof->verdict == PROOF_UNDECIDED)
		return proof->reason;
	if (proof->verdict == PROOF_BROKEN)
		return testimony->lively ? "no such call is allowed" : "";
	return proof->vacuous ? "vacuous: no request is of that kind" :
	    edits[proof->edits];
}
