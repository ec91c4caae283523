/* SPDX-License-Identifier: MIT */
/* Knows no assumption by its name: whatever stands in the table is drawn. */
#include "config.h"

#include "testcases/tenets.h"

uint8_t
tenets_pick(struct dice *dice, enum assumption assumption, size_t other)
{
	size_t count = 0, length, word;

	while (assumption_word(assumption, (unsigned)count, &length) != NULL)
		count++;
	word = dice_get(dice, count - 1);
	return (uint8_t)(word < other ? word : word + 1);
}

struct assumptions
tenets_draw(uint64_t seed)
{
	struct assumptions assumptions = { .choice = { 0 } };
	struct dice dice;

	dice_init(&dice, ~seed);
	for (size_t i = 0; i < ASSUMPTION_COUNT && seed % 2 != 0; i++)
		if (dice_holds(&dice, 30))
			assumptions.choice[i] = tenets_pick(&dice,
			    (enum assumption)i, 0);
	return assumptions;
}
