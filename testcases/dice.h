/* SPDX-License-Identifier: MIT */
/*
 * Random choices that are the same on every machine: a number is made of the
 * seed and of how many were made before it, of nothing else.
 */
#ifndef TESTCASES_DICE_H
#define TESTCASES_DICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct dice {
	uint64_t	 state;
};

/* Two seeds that are neighbours have nothing else in common. */
void	 dice_init(struct dice *, uint64_t seed);
/* One of the numbers below `count'. */
size_t	 dice_get(struct dice *, size_t count);
/* True in so many cases out of a hundred. */
bool	 dice_holds(struct dice *, unsigned percent);

/* An item of an array. */
#define dice_pick(dice, items)						\
	((items)[dice_get((dice), sizeof(items) / sizeof((items)[0]))])

#endif
