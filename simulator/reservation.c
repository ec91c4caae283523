/* SPDX-License-Identifier: MIT */
/* Reservations are few: a list is as good as a table. */
#include "config.h"

#include <string.h>

#include "simulator/reservation.h"

void
reservation_keep(struct supposition *call)
{
	call->reserved = arena_alloc(call->arena, sizeof(*call->reserved));
}

size_t
reservation_count(const struct supposition *call)
{
	return call->reserved == NULL ? 0 : call->reserved->list.count;
}

static struct reservation *
find(const struct supposition *call, struct word what)
{
	for (size_t i = 0; i < reservation_count(call); i++)
		if (word_equal(call->reserved->list.items[i].what, what))
			return &call->reserved->list.items[i];
	return NULL;
}

static struct reservation *
make(struct supposition *call, struct word what, const char *reason)
{
	struct reservation *made = find(call, what);

	if (made != NULL)
		return made;
	made = list_add(call->arena, &call->reserved->list);
	*made = (struct reservation){ what, reason,
	    formula_variable(call->formulas), FORMULA_FALSE };
	return made;
}

int
reservation_make(struct supposition *call, struct word who,
    const char *reason)
{
	return call->reserved == NULL ? FORMULA_FALSE :
	    make(call, who, reason)->bit;
}

int
reservation_make_case(struct supposition *call, int request,
    const char *reason)
{
	struct reservation *made;

	if (call->reserved == NULL || request == FORMULA_FALSE)
		return FORMULA_FALSE;
	made = make(call, word_from(reason, strlen(reason)), reason);
	made->request = formula_or(call->formulas, made->request, request);
	return made->bit;
}

int
reservation_bit(const struct supposition *call, struct word who)
{
	const struct reservation *made = find(call, who);

	return made == NULL ? FORMULA_FALSE : made->bit;
}

int
reservation_none(const struct supposition *call)
{
	int none = FORMULA_TRUE;

	for (size_t i = 0; i < reservation_count(call); i++)
		none = formula_and(call->formulas, none,
		    -call->reserved->list.items[i].bit);
	return none;
}

/* Without its case there would be no such request; of the others, one that is
 * true need not matter. */
const char *
reservation_reason(const struct supposition *call, struct search *search)
{
	const char *reason = NULL;

	for (size_t i = 0; i < reservation_count(call); i++) {
		const struct reservation *one =
		    &call->reserved->list.items[i];

		if (one->request != FORMULA_FALSE &&
		    search_value(search, one->request))
			return one->reason;
		if (reason == NULL && one->request == FORMULA_FALSE &&
		    search_value(search, one->bit))
			reason = one->reason;
	}
	return reason;
}
