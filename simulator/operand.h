/* SPDX-License-Identifier: MIT */
/*
 * One value of a condition in a policy, and how it compares with one value of
 * a request.  Lists of values, negation and absence are not known here.
 */
#ifndef SIMULATOR_OPERAND_H
#define SIMULATOR_OPERAND_H

#include <stdbool.h>

#include "policy/arena.h"
#include "policy/assumption.h"
#include "policy/catalog.h"
#include "policy/operator.h"
#include "policy/pattern.h"
#include "policy/value.h"
#include "simulator/scope.h"
#include "simulator/substitution.h"

/* A value of a policy, read as its operator wants it. */
struct operand {
	struct word	 text;		/* of the policy */
	bool		 valid;		/* it is a value of the type (COND-9);
					 * an ARN of six fields (COND-23) */
	assumption_set	 rests;		/* followed when it was read */
	const struct substitution *variable;	/* it has variables: instead
						 * of all below */
	union {
		struct word	 literal;	/* string: equals, and folded */
		struct pattern	 pattern;	/* string: like; ARN */
		struct number	 number;
		struct date	 date;
		struct cidr	 cidr;
		bool		 boolean;	/* also of Null */
	}		 as;		/* nothing for binary: see text */
};

/* What operands are read with. */
struct operand_reader {
	struct arena			*arena;
	const struct catalog		*catalog;
	const struct assumptions	*assumptions;
	bool				 variables;	/* VAR-1 */
};

/* Reads a value of a policy for an operator that there is. */
struct operand	 operand_read(const struct operand_reader *,
		    const struct operator_facts *, struct word text);

/* A value of a request, read as a type. */
struct given {
	const struct scope	*scope;
	struct word		 text;
	bool			 present;	/* all that Null asks */
	bool			 readable;	/* COND-9, COND-23 */
	union {
		struct number	 number;
		struct date	 date;
		struct cidr	 cidr;
		bool		 boolean;
	}			 as;
};

struct given	 given_read(const struct scope *, enum value_type,
		    struct word text);

/*
 * The positive twin of the operator holds for the two.  What is not of the
 * operator's type, on either side, meets nothing.
 */
enum truth	 operand_meets(const struct operand *, enum operator,
		    const struct given *);

#endif
