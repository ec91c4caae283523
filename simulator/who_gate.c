/* SPDX-License-Identifier: MIT */
/*
 * Whom it is no use to ask: who needs a statement of his own that allows the
 * first request, and has none.  Most have none, so this is what makes large
 * estates quick; whoever is not surely without one is asked.
 */
#include "config.h"

#include "simulator/who_row.h"

/* EVAL-24, by assumption: an entry for an account may name a role of it. */
static bool
names_by_condition(const struct clause *clause,
    const struct assumptions *assumptions)
{
	return assumptions->choice[ASSUME_eval_24] != 0 &&
	    statement_condition(clause->statement, "aws:PrincipalArn") != NULL;
}

/* It may grant something to somebody who has no identity policy for it. */
static bool
grants_alone(const struct clause *clause,
    const struct assumptions *assumptions)
{
	const struct principals *who = &clause->statement->principal;

	if (clause->effect != EFFECT_ALLOW)
		return false;
	if (who->node == NULL || who->negated ||
	    names_by_condition(clause, assumptions))
		return true;
	for (size_t i = 0; i < who->count; i++) {
		const struct principal *one = &who->items[i];
		struct word text = word_of_node(one->node);
		struct actor actor;

		if (one->kind == PRINCIPAL_SERVICE ||
		    one->kind == PRINCIPAL_FEDERATED ||
		    (one->kind == PRINCIPAL_AWS &&
		    (account_id_is_valid(text.text, text.length) ||
		    (actor_read(&actor, text, (struct word){ NULL, 0 }) &&
		    actor.kind == ACTOR_ROOT))))
			continue;
		return true;
	}
	return false;
}

static bool
is_closed(const struct charters *charters,
    const struct assumptions *assumptions)
{
	for (size_t i = 0; i < charters->count; i++) {
		const struct charter *charter = charters->items[i];

		if (charter->unknown || !charter->usable)
			return false;
		for (size_t j = 0; j < charter->count; j++)
			if (grants_alone(&charter->clauses[j], assumptions))
				return false;
	}
	return true;
}

/* What needs no policy at all (STS-1, STS-2), or only a grant (EVAL-9). */
static bool
is_free(const struct request *request)
{
	return (call_read(request) & (CALL_CALLER_IDENTITY |
	    CALL_SESSION_TOKEN | CALL_RETIRE_GRANT)) != 0;
}

bool
who_is_anybodys(const struct who *who, const struct answer *answer)
{
	for (size_t i = 0; i < answer->hops[0].count; i++) {
		const struct resource_party *party =
		    answer->hops[0].rulings[i].resource;

		if (who->court->estate->text != NULL && !party->aws_owned &&
		    party->owner.text == NULL &&
		    word_starts_with(party->arn, "arn:"))
			return true;
	}
	return false;
}

bool
who_has_open_account(const struct who *who)
{
	const struct estate *estate = who->court->estate;

	for (size_t i = 0; i < estate->account_count; i++)
		if (estate->accounts[i].open)
			return true;
	return false;
}

/* It may be the caller's own account's, where nobody knows its policy. */
static bool
may_be_open(const struct who *who, const struct answer *answer)
{
	return who_has_open_account(who) && who_is_anybodys(who, answer);
}

void
who_set_gate(struct who *who, const struct answer *answer)
{
	const struct hop *hop = &answer->hops[0];

	who->gate = NULL;
	if (who->court->exhibits != NULL || answer->count == 0 ||
	    hop->count == 0 || hop->rulings[0].resource->aws_owned ||
	    is_free(&hop->rulings[0].request) || may_be_open(who, answer) ||
	    !is_closed(&hop->rulings[0].policies.resource,
	    who->court->assumptions))
		return;
	who->gate = &hop->rulings[0].request;
}

/* An entry with variables may match; so may a list of exceptions, and where
 * case does not count (RES-4) any entry. */
static bool
may_match(const struct resource_element *resources, struct word arn,
    const struct assumptions *assumptions)
{
	if (resources->negated || !resources->there ||
	    resources->everything || assumptions->choice[ASSUME_res_4] != 0)
		return true;
	for (size_t i = 0; i < resources->count; i++)
		if (resources->entries[i].everything ||
		    resources->entries[i].variable != NULL ||
		    resources->entries[i].padded != NULL || pattern_match(
		    &resources->entries[i].pattern, arn.text, arn.length))
			return true;
	return false;
}

static bool
may_allow(const struct charter *charter, const struct scope *scope)
{
	if (charter->unknown || !charter->usable)
		return true;
	for (size_t i = 0; i < charter->count; i++) {
		const struct clause *clause = &charter->clauses[i];

		if (clause->effect == EFFECT_ALLOW &&
		    action_element_matches(&clause->actions, scope) &&
		    may_match(&clause->resources, scope->request->resource,
		    scope->assumptions))
			return true;
	}
	return false;
}

bool
who_passes_gate(struct who *who, struct member *member)
{
	const struct scope scope = { who->gate, who->court->assumptions,
	    NULL };

	if (who->gate == NULL || member->sort != CENSUS_PRINCIPAL)
		return true;
	if (!member->compiled) {
		member->identity = archive_charters(who->court->archive,
		    who->arena, &member->principal->identity,
		    LAYER_IDENTITY);
		member->compiled = true;
	}
	for (size_t i = 0; i < member->identity.count; i++)
		if (may_allow(member->identity.items[i], &scope))
			return true;
	return false;
}
