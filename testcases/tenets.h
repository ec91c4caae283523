/* SPDX-License-Identifier: MIT */
/* What a random world takes for granted where AWS's documentation is open. */
#ifndef TESTCASES_TENETS_H
#define TESTCASES_TENETS_H

#include <stdint.h>

#include "policy/assumption.h"
#include "testcases/dice.h"

/* A word of the assumption other than the one at that index. */
uint8_t		 tenets_pick(struct dice *, enum assumption, size_t other);

/* A word for each assumption, mostly the first; no word but the first in every
 * other world. */
struct assumptions	 tenets_draw(uint64_t seed);

#endif
