/* SPDX-License-Identifier: MIT */
/*
 * Callers whom the estate does not list, to be asked for: those whom the policy
 * of the resource or role names, one by one, then all others of their sort.
 */
#include "config.h"

#include "simulator/reservation.h"
#include "simulator/who_row.h"

struct gate {
	struct who		*who;
	struct inquest		*inquest;
	struct outsiders	*outsiders;
	bool			 everyone;	/* some statement names no one */
};

/* Castings. */

static bool
is_of_kind(const struct casting *casting, const void *kind)
{
	return casting->kind == *(const enum actor_kind *)kind;
}

static bool
is_foreign(const struct casting *casting, const void *nothing)
{
	(void)nothing;
	return casting->foreign && casting->kind != ACTOR_ANONYMOUS &&
	    casting->kind != ACTOR_SERVICE &&
	    casting->kind != ACTOR_PROVIDER;
}

/* Root users are members, and what is listed is asked for by itself. */
static bool
is_unlisted(const struct casting *casting, const void *account)
{
	return casting->principal == NULL && casting->account == account &&
	    account != NULL && casting->kind != ACTOR_ROOT;
}

static int
sort_formula(const struct gate *gate, enum actor_kind kind)
{
	return inquest_sort(gate->inquest, is_of_kind, &kind);
}

/* Those whom the policy names. */

static void
add(struct gate *gate, enum census_sort sort, struct word name, int formula)
{
	for (size_t i = 0; i < gate->outsiders->list.count; i++)
		if (gate->outsiders->list.items[i].sort == sort &&
		    word_equal(gate->outsiders->list.items[i].name, name))
			return;
	*list_add(gate->who->arena, &gate->outsiders->list) =
	    (struct outsider){ .sort = sort, .name = name,
	    .formula = formula };
}

static int
both(const struct gate *gate, int one, int other)
{
	return formula_and(gate->inquest->plan.formulas, one, other);
}

static int
says(const struct gate *gate, size_t slot, struct word text)
{
	return inquest_says(gate->inquest, slot, text);
}

/* In an account of the estate, whoever may is listed; whom it does not list,
 * is asked for in any case. */
static void
add_account(struct gate *gate, struct word id)
{
	const struct supposition *call = gate->inquest->plan.calls[0];
	const struct estate_account *account = estate_account(
	    gate->who->court->estate, id);

	if (account != NULL)
		return;
	add(gate, CENSUS_FOREIGN, id, both(gate, inquest_sort(gate->inquest,
	    is_foreign, NULL), says(gate, call->account, id)));
}

/* A session is looked for by its name, since its role's path is not told. */
static void
add_arn(struct gate *gate, const struct actor *actor, struct word arn)
{
	const struct supposition *call = gate->inquest->plan.calls[0];
	const struct estate_account *account = estate_account(
	    gate->who->court->estate, actor->account);
	int formula = account == NULL ?
	    inquest_sort(gate->inquest, is_foreign, NULL) :
	    inquest_sort(gate->inquest, is_unlisted, account);

	if (estate_principal_of(gate->who->court->estate, actor) != NULL)
		return;
	formula = both(gate, formula, says(gate, call->account,
	    actor->account));
	formula = both(gate, formula, actor->session.text == NULL ?
	    says(gate, call->arn, arn) :
	    says(gate, call->session, actor->session));
	add(gate, account == NULL ? CENSUS_FOREIGN : CENSUS_UNLISTED, arn,
	    formula);
}

static void
add_aws(struct gate *gate, struct word text)
{
	struct actor actor;

	if (account_id_is_valid(text.text, text.length))
		add_account(gate, text);
	else if (!actor_read(&actor, text, (struct word){ NULL, 0 }))
		return;
	else if (actor.kind == ACTOR_ROOT)
		add_account(gate, actor.account);
	else
		add_arn(gate, &actor, text);
}

/* PRIN-14: whoever it is, the policy names nobody of the estate. */
static void
add_obscure(struct gate *gate, struct word text)
{
	int bit = reservation_bit(gate->inquest->plan.calls[0], text);

	add(gate, CENSUS_FOREIGN, text, both(gate, bit, inquest_sort(
	    gate->inquest, is_foreign, NULL)));
}

static void
add_principal(struct gate *gate, const struct principal *principal)
{
	const struct supposition *call = gate->inquest->plan.calls[0];
	struct word text = word_of_node(principal->node);

	if (principal_is_everyone(principal)) {
		gate->everyone = true;
		return;
	}
	if (actor_is_obscure(principal)) {
		add_obscure(gate, text);
		return;
	}
	switch (principal->kind) {
	case PRINCIPAL_AWS:
		add_aws(gate, text);
		break;
	case PRINCIPAL_SERVICE:
		add(gate, CENSUS_SERVICE, text, both(gate, sort_formula(gate,
		    ACTOR_SERVICE), says(gate, call->outsider, text)));
		break;
	case PRINCIPAL_FEDERATED:
		add(gate, CENSUS_PROVIDER, text, both(gate, sort_formula(gate,
		    ACTOR_PROVIDER), says(gate, call->outsider, text)));
		break;
	case PRINCIPAL_EVERYONE:
	case PRINCIPAL_CANONICAL_USER:
		break;
	}
}

static void
add_charter(struct gate *gate, const struct charter *charter)
{
	gate->outsiders->unknown |= charter->unknown || !charter->usable;
	for (size_t i = 0; i < charter->count; i++) {
		const struct clause *clause = &charter->clauses[i];
		const struct principals *who = &clause->statement->principal;

		if (clause->effect != EFFECT_ALLOW)
			continue;
		gate->everyone |= who->negated;
		for (size_t j = 0; j < who->count && !who->negated; j++)
			add_principal(gate, &who->items[j]);
	}
}

/* All others. */

/* Of that sort, and none of those that are named. */
static struct outsider *
add_others(struct gate *gate, enum census_sort sort, const char *others,
    int formula)
{
	struct formulas *formulas = gate->inquest->plan.formulas;
	struct outsider *added;
	int rest = formula;
	bool named = false;

	for (size_t i = 0; i < gate->outsiders->list.count; i++) {
		const struct outsider *outsider = &gate->outsiders->list.items[i];

		if (outsider->sort != sort || outsider->name.text == NULL)
			continue;
		rest = formula_and(formulas, rest, -outsider->formula);
		named = true;
	}
	added = list_add(gate->who->arena, &gate->outsiders->list);
	*added = (struct outsider){ .sort = sort, .formula = rest,
	    .others = arena_printf(gate->who->arena, "any%s %s",
	    named ? " other" : "", others) };
	return added;
}

/* A session that the root user hands out is none of theirs. */
static void
add_unlisted(struct gate *gate, const struct estate_account *account)
{
	int unlisted = both(gate, inquest_sort(gate->inquest, is_unlisted,
	    account), -supposition_is_root_issued(
	    gate->inquest->plan.calls[0]));

	add_others(gate, CENSUS_UNLISTED, arena_printf(gate->who->arena,
	    "user or role of account %.*s that the estate does not list",
	    (int)account->id.length, account->id.text), unlisted)->account =
	    account;
}

/* Where an account is whole, nobody else is in it whom nobody lets in; of the
 * others, nobody knows what their own policies allow. */
static void
add_accounts(struct gate *gate)
{
	const struct estate *estate = gate->who->court->estate;

	for (size_t i = 0; i < estate->account_count; i++)
		if (gate->everyone || estate->accounts[i].open)
			add_unlisted(gate, &estate->accounts[i]);
}

static void
add_everyone(struct gate *gate)
{
	add_others(gate, CENSUS_ANONYMOUS, "caller without credentials",
	    sort_formula(gate, ACTOR_ANONYMOUS));
	add_others(gate, CENSUS_FOREIGN, "AWS account",
	    inquest_sort(gate->inquest, is_foreign, NULL));
	add_others(gate, CENSUS_SERVICE, "AWS service",
	    sort_formula(gate, ACTOR_SERVICE));
	add_others(gate, CENSUS_PROVIDER, "identity provider",
	    sort_formula(gate, ACTOR_PROVIDER));
}

/* What stands at the first call: whose policies the others have not passed. */
static void
add_charters(struct gate *gate, const struct answer *answer)
{
	const struct hop *hop = &answer->hops[0];

	for (size_t i = 0; i < hop->count; i++) {
		const struct charters *charters =
		    &hop->rulings[i].policies.resource;

		for (size_t j = 0; j < charters->count; j++)
			add_charter(gate, charters->items[j]);
	}
}

/* Whoever a grant names needs no policy (EVAL-9). */
static bool
is_granted(const struct answer *answer)
{
	const struct hop *hop = &answer->hops[0];

	return hop->count > 0 && (call_read(&hop->rulings[0].request) &
	    CALL_RETIRE_GRANT) != 0;
}

static bool
has_policy(const struct answer *answer)
{
	for (size_t i = 0; i < answer->hops[0].count; i++)
		if (answer->hops[0].rulings[i].policies.resource.count > 0)
			return true;
	return false;
}

bool
who_has_outsiders(const struct who *who, const struct answer *answer)
{
	return answer->count > 0 && (has_policy(answer) ||
	    who_is_anybodys(who, answer) || is_granted(answer) ||
	    who_has_open_account(who));
}

void
who_list_outsiders(struct who *who, struct inquest *inquest,
    const struct answer *answer, struct outsiders *outsiders)
{
	struct gate gate = { who, inquest, outsiders, is_granted(answer) };

	outsiders->unknown = who_is_anybodys(who, answer);
	add_charters(&gate, answer);
	if (gate.everyone)
		add_everyone(&gate);
	add_accounts(&gate);
}
