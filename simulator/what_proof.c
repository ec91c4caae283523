/* SPDX-License-Identifier: MIT */
/*
 * Proves what is open of many actions at once: while some request for one of
 * them is allowed, that one is taken out, with all others of which the
 * simulator says that the like of the request is allowed them as well.
 */
#include "config.h"

#include <string.h>

#include "simulator/what_row.h"

enum {
	OPENING = 1000,			/* a proof about no action takes as long
					 * as so many in it; */
	PRICE = 200			/* of each, in steps */
};

/* What is left to prove of a deed. */
struct proving {
	struct what		*what;
	size_t			 deed;		/* of what->deeds */
	struct actions		 rest;
	uint64_t		 budget;	/* for what is asked of it */
	const struct answer	*witness;
	const char		*reason;
};

static const struct deed *
deed_of(const struct proving *proving)
{
	return &proving->what->deeds.items[proving->deed];
}

/* The caller. */

static bool
is_caller(const struct casting *casting, const void *context)
{
	const struct what *what = context;

	if (casting->kind != what->actor.kind)
		return false;
	if (what->principal != NULL)
		return casting->principal != NULL && word_equal(
		    casting->principal->arn, what->principal->arn);
	return casting->principal == NULL;
}

/* What its slots say of a caller, beyond its kind. */
static int
formula_of(const struct what *what, const struct inquest *inquest)
{
	const struct supposition *call = inquest->plan.calls[0];
	struct formulas *formulas = inquest->plan.formulas;
	const struct actor *actor = &what->actor;
	int formula = inquest_sort(inquest, is_caller, what);

	if (actor->kind == ACTOR_SERVICE || actor->kind == ACTOR_PROVIDER)
		return formula_and(formulas, formula, inquest_says(inquest,
		    call->outsider, actor->principal));
	if (actor->account.text != NULL)
		formula = formula_and(formulas, formula, inquest_says(
		    inquest, call->account, actor->account));
	if (actor->session.text != NULL)
		return formula_and(formulas, formula, inquest_says(inquest,
		    call->session, actor->session));
	return what->principal != NULL || actor->account.text == NULL ?
	    formula : formula_and(formulas, formula, inquest_says(inquest,
	    call->arn, actor->principal));
}

/* The question. */

/* The actions in few words, each of which fits on this ground alone. */
static struct phrases
list_actions(struct proving *proving)
{
	struct words names = what_fold_names(proving->what, &proving->rest,
	    deed_of(proving)->ground, NULL);
	struct phrases phrases = { .list = { .count = 0 } };

	for (size_t i = 0; i < names.list.count; i++)
		list_add(proving->what->arena, &phrases.list)->word =
		    names.list.items[i];
	return phrases;
}

static const struct guarantee *
promise_of(struct proving *proving)
{
	struct what *what = proving->what;
	struct question question = what->question;
	const struct guarantee *promise;
	struct guarantee_step *last;

	question.action.word = what_name(what, proving->rest.list.items[0]);
	question.resources.list.items = NULL;
	question.resources.list.count = question.resources.list.capacity = 0;
	list_add(what->arena, &question.resources.list)->word =
	    deed_of(proving)->ground->text;
	promise = inquest_promise(what->arena, what->court, &question);
	last = &promise->steps.items[promise->steps.count - 1];
	last->actions = list_actions(proving);
	return promise;
}

/* Of what was asked only a witness is worth its memory. */
static void
take_answer(struct proving *proving, struct inquest *inquest,
    enum inquest_answer answer, const struct answer *witness)
{
	struct what *what = proving->what;

	what->census->bug |= inquest->bug;
	proving->reason = inquest->reason == NULL ? NULL :
	    arena_copy(what->arena, inquest->reason, strlen(inquest->reason));
	proving->witness = answer == INQUEST_YES ? witness : NULL;
	if (answer == INQUEST_YES)
		inquest_close(inquest);
	else
		arena_free(inquest->arena);
}

static enum inquest_answer
inquire_about(struct proving *proving, const struct guarantee *promise,
    bool hopeful)
{
	struct what *what = proving->what;
	struct arena *arena = arena_branch(what->arena);
	struct inquest *inquest = arena_alloc(arena, sizeof(*inquest));
	struct answer *witness = arena_alloc(arena, sizeof(*witness));
	const struct inquest_use use = { .callers = &what->principal,
	    .caller_count = what->principal != NULL, .hopeful = hopeful,
	    .trusting = what->trusting, .announced = true,
	    .budget = what->use->budget };
	enum inquest_answer answer = INQUEST_UNDECIDED;

	if (inquest_open(inquest, arena, what->court, promise, &use))
		answer = inquest_ask(inquest, formula_of(what, inquest),
		    witness);
	take_answer(proving, inquest, answer, witness);
	return answer;
}

static enum inquest_answer
inquire(struct proving *proving, bool hopeful)
{
	return inquire_about(proving, promise_of(proving), hopeful);
}

/* The simulator takes keys as the question gives them; what cannot have them
 * so is no call to a proof, whatever the policies say. */
static void
note_impossible(struct proving *proving)
{
	static const char note[] = "some of what hangs on open keys or "
	    "unknown policies is left out: no request for it can have the "
	    "keys as the question gives them";
	struct what *what = proving->what;
	struct guarantee promise;

	if (what->question.keys.count == 0 || what->impossible)
		return;
	promise = *promise_of(proving);
	promise.allowed = false;
	what->impossible = inquire_about(proving, &promise, true) ==
	    INQUEST_NO;
	if (what->impossible)
		*list_add(what->arena, &what->census->notes) = note;
}

/* The way and the keys of a witness, said in a question. */
static void
take_key(struct what *what, struct question *question,
    const struct ruling *ruling, struct word name, uint32_t hash)
{
	const struct context_key *key = request_key(&ruling->request,
	    name.text, name.length, hash);
	struct given_key given = { .name = { .word = name },
	    .values = key->values, .count = key->count,
	    .absent = !context_key_is_present(key) };

	for (size_t i = 0; i < question->keys.count; i++)
		if (word_equal_folded(question->keys.items[i].name.word,
		    name))
			return;
	*list_add(what->scratch, &question->keys) = given;
}

/* Of the test, and of variables in its values. */
static void
take_keys(struct what *what, struct question *question,
    const struct ruling *ruling, const struct test *test)
{
	take_key(what, question, ruling, test->key, test->hash);
	for (size_t i = 0; i < test->count; i++) {
		const struct substitution *variable =
		    test->operands[i].variable;

		for (size_t j = 0; variable != NULL && j < variable->count;
		    j++)
			if (variable->fragments[j].variable)
				take_key(what, question, ruling,
				    variable->fragments[j].text,
				    variable->fragments[j].hash);
	}
}

static void
take_way(struct what *what, struct question *question, const struct way *way)
{
	struct phrases through = { .list = { .count = 0 } };
	struct word word = way->endpoint_id;

	if (question->through.list.count > 0 ||
	    (way->kind != WAY_INTERNET && way->endpoint == NULL))
		return;
	if (way->kind == WAY_INTERNET)
		word = word_from("internet", 8);
	list_add(what->scratch, &through.list)->word = word;
	question->through = through;
}

/* What the witness does for one action, it does for the other on that resource:
 * the simulator says so, or nobody. */
static bool
confirms_on(const struct proving *proving, const struct action *action,
    struct word resource)
{
	struct what *what = proving->what;
	const struct deed *deed = deed_of(proving);
	const struct hop *hop = &proving->witness->hops[0];
	struct question *question = what_question(what, what->scratch, action,
	    resource);

	take_way(what, question, &hop->call->way);
	for (size_t i = 0; i < deed->residue.list.count; i++) {
		const struct remnant *remnant = &deed->residue.list.items[i];

		for (size_t j = 0; j < remnant->open.count &&
		    remnant->ruling < hop->count; j++)
			take_keys(what, question,
			    &hop->rulings[remnant->ruling],
			    remnant->open.items[j]);
	}
	for (size_t i = 0; i < deed->answer->depends.count; i++) {
		struct word key = deed->answer->depends.items[i];

		take_key(what, question, &hop->rulings[0], key,
		    key_hash(key.text, key.length));
	}
	return what_allows(what, what->scratch, question);
}

/* Where the witness is about what AWS owns, on such a one: of the account's
 * own, nobody may know what their policies say. */
static bool
confirms_beside(const struct proving *proving, const struct action *action,
    struct word sample)
{
	struct what *what = proving->what;
	const struct ruling *ruling = &proving->witness->hops[0].rulings[0];

	if (sample.text == NULL || !ruling->resource->aws_owned)
		return false;
	sample = what_sample_beside(what, action, deed_of(proving)->ground,
	    sample, ruling->request.resource);
	return sample.text != NULL && confirms_on(proving, action, sample);
}

/* On the very resource of the witness, if all that can tell the two actions
 * apart is what the simulator is asked. */
static bool
confirms_there(const struct proving *proving, const struct action *action)
{
	const struct hop *hop = &proving->witness->hops[0];
	const struct request *request = &hop->rulings[0].request;

	return hop->count == 1 && repertoire_alike(action, request->listed) &&
	    confirms_on(proving, action, request->resource);
}

static bool
confirms(const struct proving *proving, const struct action *action)
{
	bool on;
	struct word sample = what_sample(proving->what, action,
	    deed_of(proving)->ground, &on);

	if (proving->witness->count != 1)
		return false;
	if (sample.text != NULL && confirms_on(proving, action, sample))
		return true;
	return confirms_beside(proving, action, sample) ||
	    confirms_there(proving, action);
}

/* Parts. */

/* Some of the actions become a deed of their own. */
static void
part(struct proving *proving, const struct actions *actions,
    enum census_verdict verdict)
{
	struct what *what = proving->what;
	struct deed *parted = list_add(what->arena, &what->deeds);

	*parted = what->deeds.items[proving->deed];
	parted->certain = true;
	parted->verdict = verdict;
	parted->actions = *actions;
	parted->witness = verdict == CENSUS_IF ? proving->witness : NULL;
	parted->reason = proving->reason;
}

/* The action of the witness, which is one of those that are left. */
static const struct action *
shown_action(const struct proving *proving)
{
	const struct hop *hop =
	    &proving->witness->hops[proving->witness->count - 1];
	const struct action *shown = hop->count == 0 ? NULL :
	    hop->rulings[0].request.listed;

	for (size_t i = 0; i < proving->rest.list.count; i++)
		if (proving->rest.list.items[i] == shown)
			return shown;
	return NULL;
}

/* Takes out what the witness shows; false when that is nothing. */
static bool
take_shown(struct proving *proving)
{
	struct what *what = proving->what;
	const struct action *shown = shown_action(proving);
	struct actions taken = { .list = { .count = 0 } };
	struct actions left = { .list = { .count = 0 } };

	if (shown == NULL)
		return false;
	for (size_t i = 0; i < proving->rest.list.count; i++) {
		const struct action *action = proving->rest.list.items[i];
		bool same = action == shown || confirms(proving, action);

		*list_add(what->arena, same ? &taken.list : &left.list) =
		    action;
		arena_reset(what->scratch);
	}
	part(proving, &taken, CENSUS_IF);
	proving->rest = left;
	return true;
}

/* To ask of many actions takes long by itself, however soon it is proved. */
static bool
pay(struct proving *proving)
{
	uint64_t price = (OPENING + proving->rest.list.count) * PRICE;
	bool enough = proving->budget >= price;

	proving->budget -= enough ? price : 0;
	return enough;
}

/* Takes out one kind of requests after the other; false when there may be
 * more of them. */
static bool
take_all(struct proving *proving)
{
	while (proving->rest.list.count > 0) {
		if (!pay(proving))
			return false;
		if (inquire(proving, false) != INQUEST_YES ||
		    !take_shown(proving))
			break;
	}
	return true;
}

static void
settle(struct proving *proving)
{
	bool all = take_all(proving);

	if (proving->rest.list.count == 0)
		return;
	if (inquire(proving, true) == INQUEST_NO) {
		note_impossible(proving);
		return;
	}
	if (!all)
		proving->reason = "the budget is spent";
	else if (proving->reason == NULL)
		proving->reason = "it hangs on a policy that nobody knows, "
		    "or on an assumption";
	part(proving, &proving->rest, CENSUS_MAY);
}

void
what_settle(struct what *what)
{
	size_t count = what->deeds.count;

	for (size_t i = 0; i < count; i++) {
		struct proving proving = { .what = what, .deed = i,
		    .rest = what->deeds.items[i].actions,
		    .budget = what->use->budget };

		if (what->deeds.items[i].certain)
			continue;
		what->deeds.items[i].actions.list.count = 0;
		settle(&proving);
	}
}
