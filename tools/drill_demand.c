/* SPDX-License-Identifier: MIT */
/* What is demanded of the tests themselves: coverage, and no survivors. */
#include "config.h"

#include "tools/drill.h"

static void
demand_coverage(struct drill *drill)
{
	const struct coverage *coverage = &drill->coverage;
	size_t percent = coverage_percent(coverage->parts,
	    coverage->decisive, coverage->spare);

	if (drill->least == 0)
		return;
	*list_add(drill->arena, &drill->demands) = (struct drill_demand){
	    .suite = "coverage",
	    .name = arena_printf(drill->arena, "at least %zu %%",
	    drill->least),
	    .message = arena_printf(drill->arena, "coverage is %zu %%, less "
	    "than %zu %%", percent, drill->least),
	    .outcome = percent < drill->least ? OUTCOME_FAILED :
	    OUTCOME_PASSED };
}

static enum outcome
outcome_of(const struct brood_fate *fate)
{
	if (fate->verdict == SURVIVAL_SURVIVED)
		return OUTCOME_FAILED;
	return fate->verdict == SURVIVAL_UNDECIDED || fate->bug ?
	    OUTCOME_UNDECIDED : OUTCOME_PASSED;
}

/* What no test minds; one that would is better than the call. */
static const char *
tell(struct arena *arena, const struct brood_fate *fate)
{
	bool more = fate->gain.says != NULL;
	const struct survival_call *call = more ? &fate->gain : &fate->loss;
	const char *what = more ? "more" : "less";

	if (call->lesson != NULL)
		return arena_printf(arena, "no test minds that %s is allowed "
		    "now; this one would: %s", what, call->lesson);
	if (call->says != NULL)
		return arena_printf(arena, "no test or guarantee minds that "
		    "%s is allowed now: %s", what, call->says);
	return fate->reason == NULL ? "no test or guarantee minds this" :
	    arena_printf(arena, "what comes of it is not known: %s",
	    fate->reason);
}

static void
demand_death(struct drill *drill, const struct mutation *mutation,
    const struct brood_fate *fate)
{
	struct drill_demand *demand = list_add(drill->arena,
	    &drill->demands);

	demand->suite = "mutants";
	demand->path = mutation->source->name;
	demand->place = source_place(mutation->source, mutation->about);
	demand->name = arena_printf(drill->arena, "%s:%zu:%zu: %s: %s",
	    demand->path, demand->place.line, demand->place.column,
	    mutation->operator->name, mutation->operator->says);
	demand->outcome = outcome_of(fate);
	if (demand->outcome != OUTCOME_PASSED)
		demand->message = tell(drill->arena, fate);
}

static void
demand_deaths(struct drill *drill, const struct brood *brood)
{
	if (brood->fates == NULL)
		return;			/* they are only listed */
	for (size_t i = 0; i < brood->mutations.list.count; i++)
		demand_death(drill, &brood->mutations.list.items[i],
		    &brood->fates[i]);
}

void
drill_demand(struct drill *drill)
{
	demand_coverage(drill);
	for (size_t i = 0; i < drill->broods.count; i++)
		demand_deaths(drill, drill->broods.items[i]);
}

size_t
drill_count_demands(const struct drill *drill, enum outcome outcome)
{
	size_t count = 0;

	for (size_t i = 0; i < drill->demands.count; i++)
		count += drill->demands.items[i].outcome == outcome;
	return count;
}
