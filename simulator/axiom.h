/* SPDX-License-Identifier: MIT */
/*
 * What is true of claims whatever a request is, as clauses, for the solver to
 * know before it guesses.  All of it could be found out by the theory, lemma
 * by lemma; here is what a number of clauses linear in the claims can say.
 */
#ifndef SIMULATOR_AXIOM_H
#define SIMULATOR_AXIOM_H

#include "policy/arena.h"
#include "simulator/solver.h"
#include "simulator/universe.h"

/* What has been said so far; lies in the arena. */
struct axioms;

struct axioms	*axioms_new(struct arena *, struct universe *,
		    struct solver *);
/* The solver is going to meet this claim: how it hangs together with those
 * that it has met. */
void		 axioms_add(struct axioms *, int variable);

#endif
