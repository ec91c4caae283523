/* SPDX-License-Identifier: MIT */
/* A counter whose bits are mixed until none of them shows that it counts. */
#include "config.h"

#include "testcases/dice.h"

static uint64_t
mix(uint64_t bits)
{
	bits = (bits ^ bits >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	bits = (bits ^ bits >> 27) * UINT64_C(0x94d049bb133111eb);
	return bits ^ bits >> 31;
}

void
dice_init(struct dice *dice, uint64_t seed)
{
	dice->state = mix(seed + 1);
}

size_t
dice_get(struct dice *dice, size_t count)
{
	dice->state += UINT64_C(0x9e3779b97f4a7c15);
	return (size_t)(mix(dice->state) % count);
}

bool
dice_holds(struct dice *dice, unsigned percent)
{
	return dice_get(dice, 100) < percent;
}
