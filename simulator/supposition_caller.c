/* SPDX-License-Identifier: MIT */
/*
 * Whoever may make a supposed call: the estate, and for each of its accounts
 * and for all others somebody of each sort that it does not list.
 */
#include "config.h"

#include "simulator/supposition_row.h"

struct castings {
	LIST(struct casting)	 list;
};

static void
cast(struct supposition *call, struct castings *castings,
    struct casting casting)
{
	if (call->focus == NULL || call->focus->may_call(&casting,
	    call->focus->context))
		*list_add(call->arena, &castings->list) = casting;
}

const struct estate_account *
supposition_account(const struct estate *estate,
    const struct estate_principal *who)
{
	struct actor actor;

	return actor_read(&actor, who->arn, (struct word){ NULL, 0 }) ?
	    estate_account(estate, actor.account) : NULL;
}

static struct casting
casting_of(const struct estate *estate, const struct estate_principal *who)
{
	struct casting casting = { .principal = who };
	struct actor actor;

	/* the estate takes no principal that cannot be read */
	if (actor_read(&actor, who->arn, (struct word){ NULL, 0 })) {
		casting.kind = actor.kind;
		casting.account = estate_account(estate, actor.account);
		casting.service_linked = actor.service_linked;
	}
	casting.foreign = casting.unknown = casting.account == NULL;
	return casting;
}

static void
cast_listed(struct supposition *call, struct castings *castings)
{
	const struct estate *estate = call->court->estate;

	for (size_t i = 0; i < estate->principal_count; i++) {
		struct casting casting = casting_of(estate,
		    &estate->principals[i]);

		cast(call, castings, casting);
		if (casting.kind != ACTOR_USER)
			continue;
		casting.kind = ACTOR_FEDERATED_SESSION;
		cast(call, castings, casting);
	}
}

/* Those whom the estate does not list, of an account or of none of its. */
static void
cast_unlisted(struct supposition *call, struct castings *castings,
    const struct estate_account *account)
{
	static const enum actor_kind kinds[] = { ACTOR_USER,
	    ACTOR_ROLE_SESSION, ACTOR_FEDERATED_SESSION, ACTOR_ROOT };
	struct casting casting = { .account = account,
	    .foreign = account == NULL,
	    .unknown = account == NULL || account->open };

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		casting.kind = kinds[i];
		cast(call, castings, casting);
	}
	casting.kind = ACTOR_ROLE_SESSION;
	casting.service_linked = true;
	cast(call, castings, casting);
}

static void
cast_outsiders(struct supposition *call, struct castings *castings)
{
	static const enum actor_kind kinds[] = { ACTOR_SERVICE,
	    ACTOR_PROVIDER, ACTOR_ANONYMOUS };

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		cast(call, castings, (struct casting){ .kind = kinds[i] });
}

void
supposition_cast(struct supposition *call)
{
	const struct estate *estate = call->court->estate;
	struct castings castings = { 0 };

	cast_listed(call, &castings);
	for (size_t i = 0; i < estate->account_count; i++)
		cast_unlisted(call, &castings, &estate->accounts[i]);
	cast_unlisted(call, &castings, NULL);
	cast_outsiders(call, &castings);
	if (castings.list.count == 0) {
		call->unsupported = "a caller of a kind that is not supposed";
		list_add(call->arena, &castings.list)->foreign = true;
	}
	call->caller = supposition_choice(call, NULL, "caller",
	    castings.list.count);
	for (size_t i = 0; i < castings.list.count; i++)
		castings.list.items[i].bit = universe_word(call->universe,
		    call->caller, i);
	call->castings = castings.list.items;
	call->casting_count = castings.list.count;
}
