/* SPDX-License-Identifier: MIT */
/*
 * What is true of claims whatever a request is, as clauses, for the solver to
 * know before it guesses.  All of it could be found out by the theory, lemma
 * by lemma; here is what a number of clauses linear in the claims can say:
 * all there is about numbers, dates, addresses and closed slots, and of
 * patterns how they begin and how they end.
 */
#ifndef SIMULATOR_AXIOM_H
#define SIMULATOR_AXIOM_H

#include <stddef.h>

#include "policy/arena.h"
#include "simulator/solver.h"
#include "simulator/universe.h"

/* What has been said so far; lies in the arena. */
struct axioms;

struct axioms	*axioms_new(struct arena *, struct universe *,
		    struct solver *);
/*
 * The solver is going to meet these variables: how the claims among them hang
 * together with each other and with those that it has met before.
 */
void		 axioms_add(struct axioms *, const int *variables,
		    size_t count);

#endif
