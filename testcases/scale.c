/* SPDX-License-Identifier: MIT */
/* Every question is about one slot and made of globs that are counted up. */
#include "config.h"

#include <string.h>

#include "testcases/scale.h"

enum {
	LAYERS = 7,
	PATTERNS = 60,
	ACTIONS = 200,
	MANY = 3500			/* seven statements of 500 each */
};

/* "The text matches one of these": the format is given i and j. */
static int
any_of(struct arena *arena, struct universe *universe, const char *format,
    int count, int stride, int layer)
{
	int *parts = arena_array(arena, (size_t)count, sizeof(*parts));

	for (int i = 0; i < count; i++) {
		const char *text = arena_printf(arena, format,
		    i * stride % count, layer);
		struct pattern pattern = pattern_read(arena, text,
		    strlen(text));

		parts[i] = universe_match(universe, 0, &pattern);
	}
	return formula_any(universe_formulas(universe), parts, (size_t)count);
}

static int
layers_of(struct arena *arena, struct universe *universe, const char *format)
{
	int layers[LAYERS];

	for (int i = 0; i < LAYERS; i++)
		layers[i] = any_of(arena, universe, format, PATTERNS, 7, i);
	return formula_all(universe_formulas(universe), layers, LAYERS);
}

static int
outside(struct universe *universe, int inner, int outer)
{
	return formula_and(universe_formulas(universe), inner, -outer);
}

static int
disjoint_prefixes(struct arena *arena, struct universe *universe)
{
	return layers_of(arena, universe, "team-%02d/%d*");
}

static int
shared_prefixes(struct arena *arena, struct universe *universe)
{
	return layers_of(arena, universe, "team-%02d/*");
}

static int
infixes(struct arena *arena, struct universe *universe)
{
	return layers_of(arena, universe, "*key-%02d=%d*");
}

static int
infixes_within(struct arena *arena, struct universe *universe)
{
	return outside(universe,
	    any_of(arena, universe, "*key-%02d=*", PATTERNS, 1, 0),
	    any_of(arena, universe, "*key-%02d*", PATTERNS, 7, 0));
}

static int
infixes_beyond(struct arena *arena, struct universe *universe)
{
	return outside(universe,
	    any_of(arena, universe, "*key-%02d*", PATTERNS, 7, 0),
	    any_of(arena, universe, "*key-%02d=*", PATTERNS, 1, 0));
}

static int
shuffled(struct arena *arena, struct universe *universe)
{
	return outside(universe,
	    any_of(arena, universe, "service%1$d:Get*Of%1$d*", ACTIONS, 1, 0),
	    any_of(arena, universe, "service%1$d:Get*Of%1$d*", ACTIONS, 77, 0));
}

/* No pattern of the one side is one of the other. */
static int
shuffled_wider(struct arena *arena, struct universe *universe)
{
	return outside(universe,
	    any_of(arena, universe, "service%1$d:Get*Of%1$d*", ACTIONS, 1, 0),
	    any_of(arena, universe, "service%1$d:G*Of%1$d*", ACTIONS, 77, 0));
}

static int
many_beyond(struct arena *arena, struct universe *universe)
{
	return outside(universe,
	    any_of(arena, universe, "bucket-%04d/*", MANY, 77, 0),
	    any_of(arena, universe, "bucket-%04d/*.log", MANY, 1, 0));
}

const struct scale scales[] = {
	{ "7 layers of 60 disjoint prefixes", SEARCH_UNSATISFIABLE,
	    disjoint_prefixes },
	{ "7 layers of the same 60 prefixes", SEARCH_SATISFIABLE,
	    shared_prefixes },
	{ "7 layers of 60 infixes", SEARCH_SATISFIABLE, infixes },
	{ "60 infixes within 60 wider ones", SEARCH_UNSATISFIABLE,
	    infixes_within },
	{ "60 infixes beyond 60 narrower ones", SEARCH_SATISFIABLE,
	    infixes_beyond },
	{ "200 globs within themselves, shuffled", SEARCH_UNSATISFIABLE,
	    shuffled },
	{ "200 globs within 200 wider ones", SEARCH_UNSATISFIABLE,
	    shuffled_wider },
	{ "3500 prefixes beyond 3500 narrower globs", SEARCH_SATISFIABLE,
	    many_beyond },
	{ NULL, SEARCH_UNDECIDED, NULL }
};

struct search_result
scale_solve(const struct scale *scale, struct arena *arena, uint64_t budget)
{
	struct universe *universe = universe_new(arena, formulas_new(arena));

	universe_add(universe, &(struct slot){ .name = "key",
	    .presence = FORMULA_TRUE });
	return search_solve(search_new(arena, universe),
	    scale->build(arena, universe), NULL, 0, budget);
}
