/* SPDX-License-Identifier: MIT */
/* Decides callers one by one, and proves once what many leave open alike. */
#include "config.h"

#include "simulator/who_row.h"

enum {
	BATCH = 24			/* callers in one set of formulas */
};

/* Folds. */

static bool
is_bounded(const struct member *member)
{
	return member->principal != NULL &&
	    member->principal->boundary != NULL;
}

static bool
has_id(const struct member *member)
{
	return member->principal != NULL && member->principal->id.text != NULL;
}

/* What premises say of the two is the same. */
static bool
is_alike(const struct member *one, const struct member *other)
{
	return one->sort == other->sort && one->account == other->account &&
	    is_bounded(one) == is_bounded(other) &&
	    has_id(one) == has_id(other) &&
	    (one->principal != NULL && one->principal->is_role) ==
	    (other->principal != NULL && other->principal->is_role);
}

/* The question gives a key that only some callers can have so. */
static bool
is_choosy(const struct question *question)
{
	for (size_t i = 0; i < question->keys.count; i++)
		if (residue_is_personal(question->keys.items[i].name.word))
			return true;
	return false;
}

/* EVAL-35: layers that bind others do not bind it. */
static bool
is_service_linked(const struct answer *answer)
{
	return answer->hops[0].caller.actor.service_linked;
}

/* Of those who surely can, it is enough that the same statements say so. */
static struct residue
find_grants(struct arena *arena, const struct residue *residue)
{
	struct residue grants = { .personal = false };

	for (size_t i = 0; i < residue->list.count; i++)
		if (remnant_grants(&residue->list.items[i]) &&
		    remnant_is_grant(&residue->list.items[i]))
			*list_add(arena, &grants.list) =
			    residue->list.items[i];
	return grants;
}

static bool
fits(const struct fold *fold, const struct member *member,
    const struct answer *answer, uint64_t hash, const struct residue *residue)
{
	bool certain = answer->verdict == VERDICT_ALLOWED;

	if (fold->hash != hash || fold->certain != certain ||
	    fold->first.sort != member->sort)
		return false;
	if (!certain && (residue->personal || !is_alike(&fold->first,
	    member) || is_service_linked(fold->answer) !=
	    is_service_linked(answer)))
		return false;
	return residue_equal(&fold->residue, residue);
}

static struct residue
residue_of(struct who *who, struct arena *arena, const struct answer *answer,
    bool certain)
{
	struct residue residue;

	residue_find(arena, who->court, answer, &residue);
	residue.personal |= is_choosy(&who->question);
	return certain ? find_grants(arena, &residue) : residue;
}

/* The first of its fold is asked once more, to keep its answer. */
static void
add_fold(struct who *who, const struct member *member, uint64_t hash,
    bool certain)
{
	struct fold *fold = list_add(who->arena, &who->folds);
	struct answer *answer = arena_alloc(who->arena, sizeof(*answer));

	*fold = (struct fold){ .hash = hash, .first = *member,
	    .certain = certain, .answer = answer,
	    .verdict = certain ? CENSUS_CAN : CENSUS_MAY };
	*list_add(who->arena, &fold->members.list) = member->arn;
	who_ask(who, who->arena, member->arn, answer, &fold->reason);
	fold->residue = residue_of(who, who->arena, answer, certain);
}

/* A question that this caller cannot ask is left open. */
static void
add_doubtful(struct who *who, const struct member *member,
    const char *reason)
{
	struct census_entry *entry = who_add(who, member->sort, CENSUS_MAY);

	*list_add(who->arena, &entry->callers.list) = member->arn;
	entry->reason = arena_printf(who->arena, "%s", reason);
}

static void
fold_in(struct who *who, const struct member *member,
    const struct answer *answer)
{
	bool certain = answer->verdict == VERDICT_ALLOWED;
	struct residue residue = residue_of(who, who->scratch, answer,
	    certain);
	uint64_t hash = residue_hash(&residue);

	for (size_t i = 0; i < who->folds.count; i++) {
		struct fold *fold = &who->folds.items[i];

		if (fits(fold, member, answer, hash, &residue)) {
			*list_add(who->arena, &fold->members.list) =
			    member->arn;
			return;
		}
	}
	add_fold(who, member, hash, certain);
}

void
who_decide(struct who *who, const struct member *member)
{
	struct answer answer;
	const char *reason;

	if (!who_ask(who, who->scratch, member->arn, &answer, &reason))
		add_doubtful(who, member, reason);
	else if (!verdict_is_denial(answer.verdict))
		fold_in(who, member, &answer);
	arena_reset(who->scratch);
}

/* Proofs. */

struct batch {
	struct who	*who;
	struct fold	*folds[BATCH];
	size_t		 count;
};

static bool
is_root_of(const struct casting *casting, const void *context)
{
	return casting->kind == ACTOR_ROOT && casting->account != NULL &&
	    casting->account == context;
}

static int
formula_for(const struct inquest *inquest, const struct member *member)
{
	return member->principal == NULL ? inquest_sort(inquest, is_root_of,
	    member->account) : inquest_caller(inquest, member->principal);
}

static void
note_answer(struct fold *fold, struct inquest *inquest, bool hopeful,
    enum inquest_answer answer, const struct answer *witness)
{
	switch (answer) {
	case INQUEST_YES:
		fold->verdict = hopeful ? CENSUS_MAY : CENSUS_IF;
		fold->witness = hopeful ? NULL : witness;
		if (hopeful)
			fold->reason = WHO_HOPED;
		break;
	case INQUEST_NO:
		fold->out = hopeful;
		break;
	case INQUEST_UNDECIDED:
		fold->reason = inquest->reason;
		break;
	}
}

static void
ask_batch(struct batch *batch, const struct guarantee *promise, bool hopeful)
{
	struct who *who = batch->who;
	const struct estate_principal *callers[BATCH];
	struct inquest *inquest = arena_alloc(who->arena, sizeof(*inquest));
	int formulas[BATCH];
	size_t count = 0;
	bool open;

	for (size_t i = 0; i < batch->count; i++)
		if (batch->folds[i]->first.principal != NULL)
			callers[count++] = batch->folds[i]->first.principal;
	open = inquest_open(inquest, who->arena, who->court, promise,
	    &(struct inquest_use){ .callers = callers, .caller_count = count,
	    .hopeful = hopeful, .budget = who->use->budget });
	for (size_t i = 0; open && i < batch->count; i++)
		formulas[i] = formula_for(inquest, &batch->folds[i]->first);
	for (size_t i = 0; i < batch->count; i++) {
		struct answer *witness = arena_alloc(who->arena,
		    sizeof(*witness));

		note_answer(batch->folds[i], inquest, hopeful, !open ?
		    INQUEST_UNDECIDED : inquest_ask(inquest, formulas[i],
		    hopeful ? NULL : witness), witness);
	}
	who->census->bug |= inquest->bug;
}

/* Of those for whom no request is surely allowed, whether some may be. */
static void
settle_batch(struct batch *batch, const struct guarantee *promise)
{
	struct batch rest = { .who = batch->who };

	ask_batch(batch, promise, false);
	for (size_t i = 0; i < batch->count; i++)
		if (batch->folds[i]->verdict != CENSUS_IF)
			rest.folds[rest.count++] = batch->folds[i];
	if (rest.count > 0)
		ask_batch(&rest, promise, true);
	batch->count = 0;
}

/* Documents beside an estate are nobody's in it, and no prover knows whose. */
static bool
is_provable(const struct court *court)
{
	return court->exhibits == NULL || court->estate->text == NULL;
}

void
who_settle(struct who *who)
{
	struct batch batch = { .who = who };
	const struct guarantee *promise;

	if (!is_provable(who->court))
		return;
	promise = inquest_promise(who->arena, who->court, &who->question);
	for (size_t i = 0; i < who->folds.count; i++) {
		if (who->folds.items[i].certain)
			continue;
		batch.folds[batch.count++] = &who->folds.items[i];
		if (batch.count == BATCH)
			settle_batch(&batch, promise);
	}
	if (batch.count > 0)
		settle_batch(&batch, promise);
}
