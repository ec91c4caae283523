/* SPDX-License-Identifier: MIT */
/*
 * Whether strangers can.  What other accounts say is not known: they are taken
 * to allow their callers what they are let in for.  Nothing else that nobody
 * knows is taken so: not what an account allows those of its own whom the
 * estate does not list, nor the policy of an endpoint.  Whom these alone let
 * through, may.
 */
#include "config.h"

#include "simulator/who_row.h"

/* Under what they are asked for. */
enum view {
	VIEW_TRUSTING,			/* other accounts allow it */
	VIEW_KNOWN,			/* what nobody knows allows nothing */
	VIEW_HOPEFUL,			/* it allows everything */
	VIEW_COUNT
};

struct viewing {
	struct inquest		*inquest;	/* NULL: not opened so far */
	bool			 usable;	/* it can be said in formulas */
	struct outsiders	 outsiders;
};

struct hall {
	struct who		*who;
	const struct answer	*nobody;	/* to somebody anonymous */
	const struct guarantee	*promise;
	struct viewing		 viewings[VIEW_COUNT];
};

/* Of whom an outsider stands for: service-linked roles are bound by less. */
enum part {
	PART_ALL,
	PART_ORDINARY,
	PART_LINKED
};

/* Views. */

static struct inquest_use
use_of(const struct hall *hall, enum view view)
{
	return (struct inquest_use){ .groups = view != VIEW_HOPEFUL,
	    .hopeful = view == VIEW_HOPEFUL,
	    .trusting = view == VIEW_TRUSTING,
	    .budget = hall->who->use->budget };
}

static bool
open_view(struct hall *hall, enum view view)
{
	struct viewing *viewing = &hall->viewings[view];
	const struct inquest_use use = use_of(hall, view);
	struct who *who = hall->who;

	if (viewing->inquest != NULL)
		return viewing->usable;
	viewing->inquest = arena_alloc(who->arena, sizeof(struct inquest));
	viewing->usable = inquest_open(viewing->inquest, who->arena,
	    who->court, hall->promise, &use);
	if (viewing->usable)
		who_list_outsiders(who, viewing->inquest, hall->nobody,
		    &viewing->outsiders);
	return viewing->usable;
}

/* What is asked first is about something of that account, or may be. */
static bool
is_own(const struct hop *hop, const struct estate_account *account)
{
	for (size_t i = 0; i < hop->count; i++) {
		const struct ruling *ruling = &hop->rulings[i];
		struct word owner = ruling->request.resource_account;

		if (owner.text == NULL || ruling->resource->owner_open ||
		    word_equal(owner, account->id))
			return true;
	}
	return false;
}

/* Whom no policy need let in, since it is his own account's, is not trusted. */
static enum view
view_of(const struct hall *hall, const struct outsider *outsider)
{
	return outsider->account != NULL && is_own(&hall->nobody->hops[0],
	    outsider->account) ? VIEW_KNOWN : VIEW_TRUSTING;
}

static int
formula_of(struct hall *hall, enum view view, size_t index, enum part part)
{
	const struct viewing *viewing = &hall->viewings[view];
	int formula = viewing->outsiders.list.items[index].formula;
	int linked;

	if (part == PART_ALL)
		return formula;
	linked = supposition_is_service_linked(
	    viewing->inquest->plan.calls[0]);
	return formula_and(viewing->inquest->plan.formulas, formula,
	    part == PART_LINKED ? linked : -linked);
}

static enum inquest_answer
ask(struct hall *hall, enum view view, size_t index, enum part part,
    struct answer *witness)
{
	int formula;

	if (!open_view(hall, view))
		return INQUEST_UNDECIDED;
	formula = formula_of(hall, view, index, part);
	return formula == FORMULA_FALSE ? INQUEST_NO : inquest_ask(
	    hall->viewings[view].inquest, formula, witness);
}

/* Entries. */

static const struct outsider *
outsider_of(const struct hall *hall, size_t index)
{
	return &hall->viewings[VIEW_TRUSTING].outsiders.list.items[index];
}

/* Whom such roles are of; NULL when a policy names somebody alone. */
static const char *
name_linked(struct who *who, const struct outsider *outsider)
{
	static const char linked[] = "any service-linked role of";
	struct word name = outsider->name;

	if (outsider->account != NULL && outsider->others != NULL)
		return arena_printf(who->arena, "%s account %.*s that the "
		    "estate does not list", linked,
		    (int)outsider->account->id.length,
		    outsider->account->id.text);
	if (outsider->others != NULL)
		return arena_printf(who->arena, "%s %s", linked,
		    outsider->others);
	return account_id_is_valid(name.text, name.length) ?
	    arena_printf(who->arena, "%s account %.*s", linked,
	    (int)name.length, name.text) : NULL;
}

static struct census_entry *
add_entry(struct who *who, const struct outsider *outsider, enum part part)
{
	struct census_entry *entry = who_add(who, outsider->sort,
	    CENSUS_MAY);

	who->unlisted |= outsider->sort == CENSUS_UNLISTED;
	entry->others = part == PART_LINKED ? name_linked(who, outsider) :
	    outsider->others;
	if (entry->others == NULL)
		*list_add(who->arena, &entry->callers.list) =
		    outsider->name;
	return entry;
}

static struct answer *
ask_like(struct who *who, const struct answer *model)
{
	struct answer *answer = arena_alloc(who->arena, sizeof(*answer));
	const char *reason;

	return model != NULL && who_ask(who, who->arena,
	    model->hops[0].caller.actor.principal, answer, &reason) ?
	    answer : NULL;
}

static bool
is_behind_endpoint(const struct answer *answer)
{
	for (size_t i = 0; answer != NULL && i < answer->count; i++)
		if (answer->hops[i].call->way.kind == WAY_ENDPOINT)
			return true;
	return false;
}

/* The conditions are those that somebody of the sort meets; and somebody else,
 * who is stopped, does not. */
static void
describe(struct who *who, struct census_entry *entry,
    const struct answer *allowed, const struct answer *stopped)
{
	const struct word vpce = word_from("aws:SourceVpce", 14);
	struct answer *answer = ask_like(who, allowed);

	entry->answer = answer;
	if (answer == NULL)
		return;
	if (is_behind_endpoint(stopped) && !answer_depends_on(answer, vpce))
		*list_add(who->arena, &answer->depends) = vpce;
	residue_contrast(who->arena, who->court, answer, ask_like(who,
	    stopped), &entry->residue);
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

/* Some can; whether all of them can, whatever is open, is asked as well. */
static void
note_some(struct hall *hall, size_t index, enum part part,
    const struct answer *witness)
{
	struct who *who = hall->who;
	const struct outsider *outsider = outsider_of(hall, index);
	enum view view = view_of(hall, outsider);
	struct census_entry *entry = add_entry(who, outsider, part);
	struct answer *counter = arena_alloc(who->arena, sizeof(*counter));
	enum inquest_answer stopped = inquest_ask_stopped(
	    hall->viewings[view].inquest, formula_of(hall, view, index,
	    part), counter);

	entry->witness = witness;
	describe(who, entry, witness, stopped == INQUEST_YES ? counter :
	    NULL);
	entry->verdict = stopped == INQUEST_NO &&
	    !is_conditional(&entry->residue) ? CENSUS_CAN : CENSUS_IF;
}

static void
note_hope(struct hall *hall, size_t index, enum inquest_answer answer,
    const struct answer *witness)
{
	struct census_entry *entry;

	if (answer == INQUEST_NO)
		return;
	entry = add_entry(hall->who, outsider_of(hall, index), PART_ALL);
	entry->reason = answer == INQUEST_YES ? WHO_HOPED :
	    hall->viewings[VIEW_HOPEFUL].inquest->reason;
	if (answer == INQUEST_YES)
		describe(hall->who, entry, witness, NULL);
}

static void
ask_outsider(struct hall *hall, size_t index)
{
	struct answer *witness = arena_array(hall->who->arena, 3,
	    sizeof(*witness));
	enum view view = view_of(hall, outsider_of(hall, index));
	bool linked;

	if (ask(hall, view, index, PART_ORDINARY, &witness[0]) ==
	    INQUEST_YES) {
		note_some(hall, index, PART_ALL, &witness[0]);
		return;
	}
	linked = ask(hall, view, index, PART_LINKED, &witness[1]) ==
	    INQUEST_YES;
	if (linked)
		note_some(hall, index, PART_LINKED, &witness[1]);
	note_hope(hall, index, ask(hall, VIEW_HOPEFUL, index, linked ?
	    PART_ORDINARY : PART_ALL, &witness[2]), &witness[2]);
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
	struct hall hall = { .who = who, .nobody = answer };
	const struct viewing *first = &hall.viewings[VIEW_TRUSTING];

	if (!who_has_outsiders(who, answer))
		return;
	hall.promise = inquest_promise(who->arena, who->court,
	    &who->question);
	if (!open_view(&hall, VIEW_TRUSTING)) {
		add_unknown(who, first->inquest->reason);
		return;
	}
	if (first->outsiders.unknown)
		add_unknown(who, "nobody knows what the policy of the "
		    "resource says");
	for (size_t i = 0; i < first->outsiders.list.count; i++)
		ask_outsider(&hall, i);
	for (enum view view = 0; view < VIEW_COUNT; view++)
		if (hall.viewings[view].inquest != NULL)
			who->census->bug |= hall.viewings[view].inquest->bug;
}
