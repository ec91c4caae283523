/* SPDX-License-Identifier: MIT */
/*
 * Callers whom the estate does not list.  What their own accounts say is not
 * known, so it is the policy of the resource or role that lets them in: those
 * whom it names are asked for one by one, then all others of their sort.
 */
#include "config.h"

#include "simulator/reservation.h"
#include "simulator/who_row.h"

/* Somebody to ask for. */
struct outsider {
	enum census_sort	 sort;
	struct word		 name;		/* as the policy has it; absent:
						 * all others */
	const char		*others;	/* then, for people */
	int			 formula;
};

struct gate {
	struct who		*who;
	struct inquest		*inquest;
	LIST(struct outsider)	 outsiders;
	LIST(const struct estate_account *) opened;	/* open accounts that
							 * are named as a whole */
	bool			 everyone;	/* some statement names no one */
	bool			 unknown;	/* nobody knows the policy */
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
	for (size_t i = 0; i < gate->outsiders.count; i++)
		if (gate->outsiders.items[i].sort == sort &&
		    word_equal(gate->outsiders.items[i].name, name))
			return;
	if (formula != FORMULA_FALSE)
		*list_add(gate->who->arena, &gate->outsiders) =
		    (struct outsider){ sort, name, NULL, formula };
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

/* In an account that is whole, whoever may is listed. */
static void
add_account(struct gate *gate, struct word id)
{
	const struct supposition *call = gate->inquest->plan.calls[0];
	const struct estate_account *account = estate_account(
	    gate->who->court->estate, id);

	if (account != NULL && account->open)
		*list_add(gate->who->arena, &gate->opened) = account;
	if (account == NULL)
		add(gate, CENSUS_FOREIGN, id, both(gate, inquest_sort(
		    gate->inquest, is_foreign, NULL), says(gate,
		    call->account, id)));
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
	gate->unknown |= charter->unknown || !charter->usable;
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
static void
add_others(struct gate *gate, enum census_sort sort, const char *others,
    int formula)
{
	struct formulas *formulas = gate->inquest->plan.formulas;
	int rest = formula;
	bool named = false;

	for (size_t i = 0; i < gate->outsiders.count; i++) {
		const struct outsider *outsider = &gate->outsiders.items[i];

		if (outsider->sort != sort || outsider->name.text == NULL)
			continue;
		rest = formula_and(formulas, rest, -outsider->formula);
		named = true;
	}
	if (rest != FORMULA_FALSE)
		*list_add(gate->who->arena, &gate->outsiders) =
		    (struct outsider){ sort, { NULL, 0 }, arena_printf(
		    gate->who->arena, "any%s %s", named ? " other" : "",
		    others), rest };
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
	    (int)account->id.length, account->id.text), unlisted);
}

static bool
is_opened(const struct gate *gate, const struct estate_account *account)
{
	for (size_t i = 0; i < gate->opened.count; i++)
		if (gate->opened.items[i] == account)
			return true;
	return false;
}

static void
add_opened(struct gate *gate)
{
	const struct estate *estate = gate->who->court->estate;

	for (size_t i = 0; i < estate->account_count; i++)
		if (is_opened(gate, &estate->accounts[i]))
			add_unlisted(gate, &estate->accounts[i]);
}

static void
add_everyone(struct gate *gate)
{
	const struct estate *estate = gate->who->court->estate;

	add_others(gate, CENSUS_ANONYMOUS, "caller without credentials",
	    sort_formula(gate, ACTOR_ANONYMOUS));
	add_others(gate, CENSUS_FOREIGN, "AWS account",
	    inquest_sort(gate->inquest, is_foreign, NULL));
	add_others(gate, CENSUS_SERVICE, "AWS service",
	    sort_formula(gate, ACTOR_SERVICE));
	add_others(gate, CENSUS_PROVIDER, "identity provider",
	    sort_formula(gate, ACTOR_PROVIDER));
	for (size_t i = 0; i < estate->account_count; i++)
		add_unlisted(gate, &estate->accounts[i]);
}

/* Entries. */

/* The conditions are those that somebody of the sort meets. */
static void
describe(struct who *who, struct census_entry *entry,
    const struct answer *witness)
{
	struct answer *answer = arena_alloc(who->arena, sizeof(*answer));
	const char *reason;

	if (!who_ask(who, who->arena,
	    witness->hops[0].caller.actor.principal, answer, &reason))
		return;
	entry->answer = answer;
	residue_find(who->arena, who->court, answer, &entry->residue);
}

static bool
is_conditional(const struct residue *residue)
{
	for (size_t i = 0; i < residue->list.count; i++)
		if (residue->list.items[i].step.meeting.matches ==
		    TRUTH_UNKNOWN)
			return true;
	return false;
}

static void
note_outsider(struct gate *gate, const struct outsider *outsider,
    enum inquest_answer answer, const struct answer *witness)
{
	struct census_entry *entry;

	if (answer == INQUEST_NO)
		return;
	gate->who->unlisted |= outsider->sort == CENSUS_UNLISTED;
	entry = who_add(gate->who, outsider->sort, CENSUS_MAY);
	if (outsider->name.text != NULL)
		*list_add(gate->who->arena, &entry->callers.list) =
		    outsider->name;
	entry->others = outsider->others;
	if (answer == INQUEST_UNDECIDED) {
		entry->reason = gate->inquest->reason;
		return;
	}
	entry->witness = witness;
	describe(gate->who, entry, witness);
	entry->verdict = is_conditional(&entry->residue) ? CENSUS_IF :
	    CENSUS_CAN;
}

static void
ask_outsiders(struct gate *gate)
{
	for (size_t i = 0; i < gate->outsiders.count; i++) {
		struct answer *witness = arena_alloc(gate->who->arena,
		    sizeof(*witness));

		note_outsider(gate, &gate->outsiders.items[i], inquest_ask(
		    gate->inquest, gate->outsiders.items[i].formula,
		    witness), witness);
	}
	gate->who->census->bug |= gate->inquest->bug;
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

static bool
has_policy(const struct answer *answer)
{
	for (size_t i = 0; i < answer->hops[0].count; i++)
		if (answer->hops[0].rulings[i].policies.resource.count > 0)
			return true;
	return false;
}

static void
add_unknown(struct who *who, const char *reason)
{
	struct census_entry *entry = who_add(who, CENSUS_FOREIGN, CENSUS_MAY);

	entry->others = "anybody beyond the estate";
	entry->reason = reason;
}

void
who_find_outsiders(struct who *who, const struct answer *answer)
{
	struct gate gate = { .who = who };

	if (answer->count == 0 || !has_policy(answer))
		return;
	gate.inquest = arena_alloc(who->arena, sizeof(*gate.inquest));
	if (!inquest_open(gate.inquest, who->arena, who->court,
	    inquest_promise(who->arena, who->court, &who->question),
	    &(struct inquest_use){ .trusting = true,
	    .budget = who->use->budget })) {
		add_unknown(who, gate.inquest->reason);
		return;
	}
	add_charters(&gate, answer);
	if (gate.everyone)
		add_everyone(&gate);
	else
		add_opened(&gate);
	if (gate.unknown)
		add_unknown(who, "nobody knows what the policy of the "
		    "resource says");
	ask_outsiders(&gate);
}
