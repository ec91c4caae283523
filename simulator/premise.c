/* SPDX-License-Identifier: MIT */
/* The premises by name. */
#include "config.h"

#include <string.h>

#include "simulator/premise.h"

static const struct {
	const char	*name, *says;
} premises[PREMISE_COUNT] = {
#define PREMISE(symbol, name, says)	{ name, says },
#include "simulator/premises.def"
#undef PREMISE
};

const char *
premise_name(enum premise premise)
{
	return premises[premise].name;
}

const char *
premise_says(enum premise premise)
{
	return premises[premise].says;
}

bool
premise_find(const char *name, enum premise *premise)
{
	for (unsigned i = 0; i < PREMISE_COUNT; i++)
		if (strcmp(premises[i].name, name) == 0) {
			*premise = (enum premise)i;
			return true;
		}
	return false;
}
