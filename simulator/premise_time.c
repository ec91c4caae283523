/* SPDX-License-Identifier: MIT */
/*
 * One moment under two names, and one that cannot be later (KEY-2, KEY-7).
 * No claim compares two texts as dates, so the same is said of each date that
 * something is compared with: what is said after that is not bound.
 */
#include "config.h"

#include "simulator/premise_row.h"

/* Dates that a key of the request is compared with. */
struct moments {
	LIST(struct date)	 list;
};

static bool
is_of(const struct claim *claim, const struct supposed_key *key)
{
	return key != NULL && claim->slot == key->slots[0] &&
	    (claim->kind == CLAIM_BEFORE || claim->kind == CLAIM_UNTIL);
}

static void
add_moment(const struct supposition *call, struct moments *moments,
    const struct date *date)
{
	for (size_t i = 0; i < moments->list.count; i++)
		if (date_compare(&moments->list.items[i], date) == 0)
			return;
	*list_add(call->arena, &moments->list) = *date;
}

/* Both are there: the later one is not before what the other is not before. */
static void
imply_order(struct supposition *call, enum premise premise, size_t earlier,
    size_t later, const struct date *date)
{
	static const enum relation relations[] = { RELATION_LESS,
	    RELATION_AT_MOST };
	int both = fact_and(call, fact_there(call, earlier),
	    fact_there(call, later));

	for (size_t i = 0; i < sizeof(relations) / sizeof(relations[0]); i++)
		supposition_imply(call, premise, fact_and(call, both,
		    universe_date(call->universe, later, relations[i], date)),
		    universe_date(call->universe, earlier, relations[i],
		    date));
}

static void
relate(struct supposition *call, enum premise premise,
    const struct supposed_key *earlier, const struct supposed_key *later,
    const struct moments *moments)
{
	if (earlier == NULL || later == NULL)
		return;
	for (size_t i = 0; i < moments->list.count; i++)
		imply_order(call, premise, earlier->slots[0],
		    later->slots[0], &moments->list.items[i]);
}

void
premise_add_times(const struct premise_subject *subject)
{
	struct supposition *call = subject->call;
	const struct supposed_key *time = fact_key(subject->request,
	    "aws:CurrentTime"), *epoch = fact_key(subject->request,
	    "aws:EpochTime"), *issued = fact_key(subject->request,
	    "aws:TokenIssueTime");
	size_t count = universe_claims(call->universe);
	struct moments moments = { .list = { .count = 0 } };

	for (size_t i = 0; i < count; i++) {
		const struct claim *claim = universe_claim_at(call->universe,
		    i);

		if (is_of(claim, time) || is_of(claim, epoch) ||
		    is_of(claim, issued))
			add_moment(call, &moments, &claim->date);
	}
	relate(call, PREMISE_always, time, epoch, &moments);
	relate(call, PREMISE_always, epoch, time, &moments);
	relate(call, PREMISE_credential, issued, time, &moments);
	relate(call, PREMISE_credential, issued, epoch, &moments);
}
