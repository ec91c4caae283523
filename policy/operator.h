/* SPDX-License-Identifier: MIT */
/*
 * The names of condition operators and the facts that operators.def states.
 * What they do to a value is written elsewhere, from the same rows.
 */
#ifndef POLICY_OPERATOR_H
#define POLICY_OPERATOR_H

#include <stdbool.h>
#include <stddef.h>

#include "policy/value.h"

enum operator {
#define OPERATOR(name, value, comparison, negated)	OPERATOR_##name,
#include "policy/operators.def"
#undef OPERATOR
	OPERATOR_COUNT
};

enum comparison {
	COMPARISON_equals,
	COMPARISON_equals_folded,
	COMPARISON_like,
	COMPARISON_less,
	COMPARISON_less_equals,
	COMPARISON_greater,
	COMPARISON_greater_equals,
	COMPARISON_within
};

struct operator_facts {
	const char	*name;		/* as AWS spells it */
	enum value_type	 type;
	enum comparison	 comparison;
	bool		 negated;
};

enum quantifier {
	QUANTIFIER_NONE,
	QUANTIFIER_ALL,			/* ForAllValues: */
	QUANTIFIER_ANY			/* ForAnyValue: */
};

/* An operator as a policy writes it. */
struct operator_use {
	enum operator	 operator;	/* OPERATOR_COUNT: no such operator */
	enum quantifier	 quantifier;
	bool		 if_exists;
	bool		 canonical;	/* spelled with AWS's capitals */
};

const struct operator_facts	*operator_facts(enum operator);
/* What stands before the name: "ForAllValues:", or nothing. */
const char			*quantifier_prefix(enum quantifier);

/* Reads [quantifier:]name[IfExists] without regard to case (COND-2). */
struct operator_use	 operator_read(const char *text, size_t length);

/* The canonical operator nearest to a word that is none, or NULL. */
const char		*operator_nearest(const char *text, size_t length);

#endif
