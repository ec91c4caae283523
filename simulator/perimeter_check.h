/* SPDX-License-Identifier: MIT */
/*
 * The members of an estate's perimeter that hold promises and names of
 * promises.  estate_perimeter.c, which reads the others, knows neither; and
 * what is wrong with these concerns no decision, but for the guarantees that
 * are made of them.
 */
#ifndef SIMULATOR_PERIMETER_CHECK_H
#define SIMULATOR_PERIMETER_CHECK_H

#include "policy/report.h"
#include "simulator/court.h"

/* What is wrong with that member, or with each for NULL, at its place in the
 * file of the court's estate. */
void	 perimeter_check(struct arena *, const struct court *,
	    const char *member, struct report *);

#endif
