/* SPDX-License-Identifier: MIT */
/*
 * What is wrong with the exceptions that a repository makes.  These rows have
 * no hooks: only a run over many files can tell, and whoever runs it does.
 */
#include "config.h"

#include "policy/rules.h"

const struct rule suppression_rules[] = {
	{ .complaint = {
		.id = "unused-suppression",
		.severity = SEVERITY_NOTE,
		.says = "an entry of `ignore` matched no finding",
		.why = "The mistake it excused is gone, or the entry never "
		    "matched it. Left in place it may hide the next one.",
	} },
	{ .complaint = {
		.id = "expired-suppression",
		.severity = SEVERITY_ERROR,
		.says = "an entry of `ignore` is past its date",
		.why = "Whoever wrote the entry wanted the question asked "
		    "again. It suppresses nothing any more: mend the policy, "
		    "or set a later date with a reason.",
	} },
	{ .complaint = { .id = NULL } },
};
