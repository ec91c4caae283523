/* SPDX-License-Identifier: MIT */
/*
 * The words of the language of guarantees.  Reading and writing it is the
 * business of the modules that are called after this one.
 */
#include "config.h"

#include <stdio.h>

#include "simulator/guarantee.h"

const char *const guarantee_quantifiers[] = {
	[GUARANTEE_EVERY] = "every",
	[GUARANTEE_NEVER] = "never",
	[GUARANTEE_SOME] = "some",
	[GUARANTEE_EACH] = "each",
	NULL
};

const char *const guarantee_hops[GUARANTEE_STEPS_MAX + 1] = {
	"first", "second", "third", "fourth", NULL
};

const char *const guarantee_phrase_words[] = {
	[PHRASE_ON] = "on",
	[PHRASE_ON_OWN_SESSION] = "on own session",
	[PHRASE_BY] = "by",
	[PHRASE_BY_SESSION_OF] = "by session of",
	[PHRASE_THROUGH] = "through",
	[PHRASE_DOCUMENT] = "document",
	[PHRASE_NAMED] = "named",
	[PHRASE_MFA] = "mfa",
	[PHRASE_COUNT] = NULL
};

const char *const guarantee_phrase_members[] = {
	[PHRASE_ON] = "on",
	[PHRASE_ON_OWN_SESSION] = "onOwnSession",
	[PHRASE_BY] = "by",
	[PHRASE_BY_SESSION_OF] = "bySessionOf",
	[PHRASE_THROUGH] = "through",
	[PHRASE_DOCUMENT] = "document",
	[PHRASE_NAMED] = "named",
	[PHRASE_MFA] = "mfa",
	[PHRASE_COUNT] = NULL
};

void
guarantee_operator_name(const struct operator_use *use,
    char name[GUARANTEE_OPERATOR_SIZE])
{
	static const char *const prefixes[] = {
		[QUANTIFIER_NONE] = "",
		[QUANTIFIER_ALL] = "ForAllValues:",
		[QUANTIFIER_ANY] = "ForAnyValue:",
	};

	snprintf(name, GUARANTEE_OPERATOR_SIZE, "%s%s%s",
	    prefixes[use->quantifier], operator_facts(use->operator)->name,
	    use->if_exists ? "IfExists" : "");
}
