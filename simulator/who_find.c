/* SPDX-License-Identifier: MIT */
/* Round after round: who can, and who can become one of these. */
#include "config.h"

#include <string.h>

#include "simulator/doubt.h"
#include "simulator/who_row.h"

enum { TELL_EVERY = 256 };

/* Whoever is there. */

static void
add_principals(struct who *who)
{
	const struct estate *estate = who->court->estate;

	for (size_t i = 0; i < estate->principal_count; i++) {
		const struct estate_principal *principal =
		    &estate->principals[i];
		struct actor actor;

		if (!actor_read(&actor, principal->arn,
		    (struct word){ NULL, 0 }))
			continue;
		*list_add(who->arena, &who->members) = (struct member){
		    principal->arn, principal,
		    estate_account(estate, actor.account),
		    actor.kind == ACTOR_ROOT ? CENSUS_ROOT :
		    CENSUS_PRINCIPAL, false, { NULL, 0 } };
	}
}

/* Each account has a root user, listed or not. */
static void
add_roots(struct who *who)
{
	const struct estate *estate = who->court->estate;
	const struct word partition = estate->principal_count == 0 ?
	    word_from("aws", 3) : word_from(estate->principals[0].arn.text + 4,
	    strcspn(estate->principals[0].arn.text + 4, ":"));

	for (size_t i = 0; i < estate->account_count; i++) {
		const struct estate_account *account = &estate->accounts[i];
		const char *arn = arena_printf(who->arena,
		    "arn:%.*s:iam::%.*s:root", (int)partition.length,
		    partition.text, (int)account->id.length,
		    account->id.text);
		struct word word = word_from(arn, strlen(arn));

		if (estate_principal(estate, word) == NULL)
			*list_add(who->arena, &who->members) =
			    (struct member){ word, NULL, account,
			    CENSUS_ROOT, false, { NULL, 0 } };
	}
}

/* The question, asked by somebody. */

bool
who_ask(struct who *who, struct arena *arena, struct word caller,
    struct answer *answer, const char **reason)
{
	struct question *question = arena_alloc(arena, sizeof(*question));
	struct summons *summons = arena_alloc(arena, sizeof(*summons));
	struct question_fault fault;

	*question = who->question;
	question->principal.word = caller;
	if (!summons_read(arena, who->court, question, summons, &fault)) {
		*reason = fault.message;
		return false;
	}
	residue_decide(arena, who->court, question, summons, answer);
	*reason = answer->decisive != NULL &&
	    answer->decisive->decisive != NULL ?
	    answer->decisive->decisive->reason : "a part of it is not known";
	return true;
}

struct census_entry *
who_add(struct who *who, enum census_sort sort, enum census_verdict verdict)
{
	struct census_entry *entry = list_add(who->arena,
	    &who->census->entries);
	struct phrases *via = arena_alloc(who->arena, sizeof(*via));

	*via = who->question.via;
	*entry = (struct census_entry){ .verdict = verdict, .sort = sort,
	    .court = who->court,
	    .via = via->list.count == 0 ? NULL : via };
	return entry;
}

/* Rounds. */

static void
tell(const struct who *who)
{
	const struct census_progress *progress = &who->use->progress;

	if (progress->tell != NULL && who->done % TELL_EVERY == 0)
		progress->tell(progress->context, who->done, who->all);
}

/* What was proved of each alone may be the same in the end. */
static struct census_entry *
find_same(struct who *who, size_t from, const struct fold *fold)
{
	struct census *census = who->census;

	for (size_t i = from; i < census->entries.count; i++) {
		struct census_entry *entry = &census->entries.items[i];

		if (entry->hash == fold->hash &&
		    entry->verdict == fold->verdict &&
		    entry->sort == fold->first.sort &&
		    residue_equal(&entry->residue, &fold->residue))
			return entry;
	}
	return NULL;
}

static void
take_fold(struct who *who, size_t from, const struct fold *fold)
{
	struct census_entry *entry = find_same(who, from, fold);

	if (entry == NULL) {
		entry = who_add(who, fold->first.sort, fold->verdict);
		entry->answer = fold->answer;
		entry->residue = fold->residue;
		entry->hash = fold->hash;
		entry->witness = fold->witness;
		entry->reason = fold->reason;
	}
	for (size_t i = 0; i < fold->members.list.count; i++)
		*list_add(who->arena, &entry->callers.list) =
		    fold->members.list.items[i];
}

static void
take_folds(struct who *who, size_t from)
{
	for (size_t i = 0; i < who->folds.count; i++)
		if (!who->folds.items[i].out)
			take_fold(who, from, &who->folds.items[i]);
}

/* The roles that a round has let in, each with the roles that follow it. */
struct paths {
	LIST(struct phrases)	 list;
};

static bool
is_among(const struct word *words, size_t count, struct word word)
{
	for (size_t i = 0; i < count; i++)
		if (word_equal(words[i], word))
			return true;
	return false;
}

static bool
is_on_the_way(const struct phrases *via, struct word arn)
{
	for (size_t i = 0; i < via->list.count; i++)
		if (word_equal(via->list.items[i].word, arn))
			return true;
	return false;
}

static void
add_path(struct who *who, struct paths *paths, struct word role)
{
	struct phrases path = { .list = { .count = 0 } };

	list_add(who->arena, &path.list)->word = role;
	for (size_t i = 0; i < who->question.via.list.count; i++)
		*list_add(who->arena, &path.list) =
		    who->question.via.list.items[i];
	*list_add(who->arena, &paths->list) = path;
}

static void
add_paths(struct who *who, struct paths *paths)
{
	const struct estate *estate = who->court->estate;

	for (size_t i = 0; i < who->folds.count; i++) {
		const struct fold *fold = &who->folds.items[i];

		if (fold->out || fold->first.sort != CENSUS_PRINCIPAL)
			continue;
		for (size_t j = 0; j < fold->members.list.count; j++) {
			const struct estate_principal *role =
			    estate_principal(estate,
			    fold->members.list.items[j]);

			if (role != NULL && role->is_role)
				add_path(who, paths, role->arn);
		}
	}
}

/* Nobody assumes a role that is on the way already, and who can without one
 * needs none. */
static bool
is_asked(const struct who *who, const struct words *known,
    const struct member *member)
{
	return who->question.via.list.count == 0 ||
	    (member->sort == CENSUS_PRINCIPAL &&
	    !is_on_the_way(&who->question.via, member->arn) &&
	    !is_among(known->list.items, known->list.count, member->arn));
}

static void
run_round(struct who *who, const struct words *known, struct paths *paths)
{
	struct answer *nobody = arena_alloc(who->arena, sizeof(*nobody));
	size_t from = who->census->entries.count;
	const char *reason;

	who->folds.count = 0;
	who->unlisted = false;
	who->gate = NULL;
	if (who_ask(who, who->arena, word_from("*", 1), nobody, &reason))
		who_set_gate(who, nobody);
	for (size_t i = 0; i < who->members.count; i++, who->done++) {
		struct member *member = &who->members.items[i];

		tell(who);
		if (is_asked(who, known, member) &&
		    who_passes_gate(who, member))
			who_decide(who, member);
	}
	who_settle(who);
	take_folds(who, from);
	add_paths(who, paths);
	who_find_outsiders(who, nobody);
}

/* A role that the estate does not list may be on the way, too; whom it trusts,
 * nobody knows. */
static void
add_unlisted(struct who *who)
{
	struct census_entry *entry;

	if (!who->unlisted)
		return;
	entry = who_add(who, CENSUS_UNLISTED, CENSUS_MAY);
	entry->others = "anybody who may assume a role that the estate does "
	    "not list";
	entry->reason = "nobody knows whom such a role trusts";
}

/* Those who can, without conditions, by as many roles as so far. */
static void
note_known(struct who *who, size_t from, struct words *known)
{
	const struct census *census = who->census;

	for (size_t i = from; i < census->entries.count; i++) {
		const struct census_entry *entry = &census->entries.items[i];

		for (size_t j = 0; entry->verdict == CENSUS_CAN &&
		    j < entry->callers.list.count; j++)
			*list_add(who->arena, &known->list) =
			    entry->callers.list.items[j];
	}
}

static void
run_rounds(void *context)
{
	struct who *who = context;
	const struct phrases asked = who->question.via;
	struct words known = { .list = { .count = 0 } };
	struct paths paths = { .list = { .count = 0 } };
	size_t from = 0;

	who->all = who->members.count;
	run_round(who, &known, &paths);
	if (who->use->hops > 0)
		add_unlisted(who);
	for (unsigned hop = 0; hop < who->use->hops; hop++) {
		struct paths next = { .list = { .count = 0 } };

		note_known(who, from, &known);
		from = who->census->entries.count;
		who->all += paths.list.count * who->members.count;
		for (size_t i = 0; i < paths.list.count; i++) {
			who->question.via = paths.list.items[i];
			run_round(who, &known, &next);
			if (hop + 1 < who->use->hops)
				add_unlisted(who);
		}
		paths = next;
	}
	who->question.via = asked;
}

/* The question itself. */

/* Names become what they stand for, once for all who ask. */
static void
resolve(struct who *who, const struct summons *summons)
{
	const struct summoned_call *last =
	    &summons->calls[summons->count - 1];
	struct question *question = &who->question;
	struct phrases resources = { .list = { .count = 0 } };
	struct phrases via = { .list = { .count = 0 } };

	for (size_t i = 0; i < question->resources.list.count; i++)
		list_add(who->arena, &resources.list)->word =
		    last->resources[i].arn;
	for (size_t i = 0; i + 1 < summons->count; i++)
		list_add(who->arena, &via.list)->word =
		    summons->calls[i].resources[0].arn;
	question->resources = resources;
	question->via = via;
}

static void
copy_doubts(struct who *who, const struct summons *summons)
{
	struct doubts doubts = doubt_list(who->arena, who->court,
	    &who->question, summons);

	for (size_t i = 0; i < doubts.list.count; i++)
		*list_add(who->arena, &who->census->notes) =
		    doubts.list.items[i];
}

bool
who_find(struct arena *arena, const struct court *court,
    const struct question *question, const struct census_use *use,
    struct census *census, struct question_fault *fault)
{
	struct who who = { .arena = arena, .court = court, .use = use,
	    .census = census, .question = *question };
	struct question *resolved = arena_alloc(arena, sizeof(*resolved));
	struct summons summons;

	*census = (struct census){ .court = court, .question = resolved,
	    .what = "caller" };
	who.question.principal.word = word_from("*", 1);
	who.question.any = true;
	if (!summons_read(arena, court, &who.question, &summons, fault))
		return false;
	resolve(&who, &summons);
	copy_doubts(&who, &summons);
	*resolved = who.question;
	who.scratch = arena_new();
	if (who.scratch == NULL)
		arena_exhausted(arena);
	add_principals(&who);
	add_roots(&who);
	census->asked = who.members.count;
	if (!arena_protect(who.scratch, run_rounds, &who))
		arena_exhausted(arena);
	arena_free(who.scratch);
	census_finish(census);
	return true;
}
