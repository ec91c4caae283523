/* SPDX-License-Identifier: MIT */
/*
 * Assertions about policies for tests with Check: when one fails, what it says
 * is the decision, or the proof.  Each stands alone, in C and in C++:
 *
 *	ck_assert_allowed(desk, estate, "tanaka s3:GetObject report mfa");
 *	ck_assert_holds(desk, estate, "guarantee I1 nobody-else\n"
 *	    "  every allowed s3:GetObject on report\n  must mfa\n");
 *
 * A question that makes no sense, or a promise that is undecided, fails them
 * all.
 */
#ifndef SEKISHO_CHECK_H
#define SEKISHO_CHECK_H

#include <string.h>

#include <check.h>
#include <sekisho.h>

#define ck_assert_allowed(desk, estate, sentence)			\
	sekisho_check_(desk, estate, sentence, "allowed",		\
	    got_ == SEKISHO_ALLOWED)
#define ck_assert_denied(desk, estate, sentence)			\
	sekisho_check_(desk, estate, sentence, "denied",		\
	    got_ == SEKISHO_IMPLICITLY_DENIED ||			\
	    got_ == SEKISHO_EXPLICITLY_DENIED)
#define ck_assert_depends(desk, estate, sentence)			\
	sekisho_check_(desk, estate, sentence, "hanging on something",	\
	    got_ == SEKISHO_DEPENDS)
/* Denied, and by that layer: "trust", "endpoint", ... */
#define ck_assert_denied_by(desk, estate, sentence, layer)		\
	sekisho_check_(desk, estate, sentence, "denied by " layer,	\
	    (got_ == SEKISHO_IMPLICITLY_DENIED ||			\
	    got_ == SEKISHO_EXPLICITLY_DENIED) &&			\
	    strcmp(sekisho_decided_by(desk_), layer) == 0)

/* Every guarantee of the text holds, or one of them is broken. */
#define ck_assert_holds(desk, estate, text)				\
	sekisho_prove_(desk, estate, text, "kept", SEKISHO_HOLDS)
#define ck_assert_broken(desk, estate, text)				\
	sekisho_prove_(desk, estate, text, "broken", SEKISHO_BROKEN)

/* The linter has nothing worse to say of the document than that. */
#define ck_assert_lint(desk, layer, name, text, severity) do {		\
	struct sekisho *desk_ = (desk);					\
	const char *text_ = (text);					\
									\
	if (sekisho_lint(desk_, layer, name, text_, strlen(text_)) <	\
	    (severity))							\
		ck_abort_msg("this is worse than %s:\n%s",		\
		    sekisho_severity_name(severity),			\
		    sekisho_messages(desk_));				\
	mark_point();							\
} while (0)

/* What the others are made of. */
#define sekisho_check_(desk, estate, sentence, wanted, met) do {	\
	struct sekisho *desk_ = (desk);					\
	const char *sentence_ = (sentence);				\
	enum sekisho_verdict got_ = sekisho_ask(desk_, estate,		\
	    sentence_);							\
									\
	if (!(met))							\
		ck_abort_msg("this should be %s: %s\n%s", wanted,	\
		    sentence_, sekisho_explain(desk_, 0));		\
	mark_point();							\
} while (0)
#define sekisho_prove_(desk, estate, text, wanted, proof) do {		\
	struct sekisho *desk_ = (desk);					\
	const char *text_ = (text);					\
									\
	if (sekisho_prove(desk_, estate, "guarantee", text_,		\
	    strlen(text_)) != (proof))					\
		ck_abort_msg("this should be %s:\n%s\n%s", wanted,	\
		    text_, sekisho_explain(desk_, 0));			\
	mark_point();							\
} while (0)

#endif
