/* SPDX-License-Identifier: MIT */
/* Decides action by action, and proves once what many leave open alike. */
#include "config.h"

#include <string.h>

#include "simulator/what_row.h"

struct word
what_name(const struct what *what, const struct action *action)
{
	return what->names[action_index(action)];
}

/* The question. */

static void
ask(struct what *what, struct arena *arena, struct question *question,
    struct answer *answer)
{
	struct summons *summons = arena_alloc(arena, sizeof(*summons));
	struct question_fault fault;

	*answer = (struct answer){ .verdict = VERDICT_UNKNOWN };
	if (summons_read(arena, what->court, question, summons, &fault))
		residue_decide(arena, what->court, question, summons, answer);
}

static struct question *
question_about(struct what *what, struct arena *arena,
    const struct action *action, struct word resource)
{
	struct question *question = arena_alloc(arena, sizeof(*question));
	struct phrases resources = { .list = { .count = 0 } };

	*question = what->question;
	question->action.word = what_name(what, action);
	if (!word_is(resource, "*"))
		list_add(arena, &resources.list)->word = word_from(arena_copy(
		    arena, resource.text, resource.length), resource.length);
	question->resources = resources;
	return question;
}

static void
ask_about(struct what *what, struct arena *arena, const struct action *action,
    struct word resource, struct answer *answer)
{
	ask(what, arena, question_about(what, arena, action, resource),
	    answer);
}

/* Of each request alone: what else a call would need is not asked here. */
static enum verdict
verdict_of(const struct answer *answer)
{
	enum verdict verdict = answer->count == 0 ? answer->verdict :
	    VERDICT_ALLOWED;

	for (size_t i = 0; i < answer->count; i++) {
		const struct hop *hop = &answer->hops[i];

		if (hop->refused != NULL)
			verdict = verdict_join(verdict,
			    VERDICT_IMPLICITLY_DENIED);
		for (size_t j = 0; j < hop->count; j++)
			verdict = verdict_join(verdict,
			    hop->rulings[j].verdict);
	}
	return verdict;
}

/* What others of the ground may meet, and the sample does not. */

static bool
covers(const struct resource_element *resources, const struct ground *ground)
{
	if (!resources->there || resources->everything)
		return !resources->negated;
	for (size_t i = 0; i < resources->count && !resources->negated; i++)
		if (resources->entries[i].everything ||
		    (resources->entries[i].variable == NULL &&
		    !resources->entries[i].never && pattern_covers(
		    &resources->entries[i].pattern, &ground->pattern)))
			return true;
	return false;
}

/* Of an entry with variables nobody knows what it comes to. */
static bool
overlaps(const struct resource_element *resources,
    const struct ground *ground)
{
	for (size_t i = 0; i < resources->count && !resources->negated; i++)
		if (resources->entries[i].everything ||
		    resources->entries[i].variable != NULL ||
		    pattern_overlaps(&resources->entries[i].pattern,
		    &ground->pattern))
			return true;
	return resources->negated || !resources->there;
}

static bool
is_deny(const struct step *step)
{
	return step->clause->effect == EFFECT_DENY;
}

/* A key about the resource, which another one may have otherwise. */
static bool
is_about_resource(const struct test *test)
{
	static const char *const starts[] = { "aws:resource",
	    "s3:resourceaccount", "ssm:resourcetag", "iam:resourcetag",
	    "ec2:resourcetag" };

	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++) {
		size_t length = strlen(starts[i]);

		if (test->key.length >= length && word_equal_folded(
		    word_from(test->key.text, length),
		    word_from(starts[i], length)))
			return true;
	}
	return false;
}

static bool
may_differ(const struct step *step, const struct ground *ground)
{
	const struct clause *clause = step->clause;

	if (step->meeting.matches == TRUTH_TRUE)
		return !covers(&clause->resources, ground);
	if (step->meeting.failed == ELEMENT_RESOURCE)
		return overlaps(&clause->resources, ground);
	return step->meeting.failed == ELEMENT_CONDITION &&
	    step->meeting.test != NULL &&
	    is_about_resource(step->meeting.test);
}

/* One resource is all there is. */
static bool
is_single(const struct ground *ground)
{
	return !ground->pattern.wild;
}

/* A denial of the sample that is none of all the ground. */
static bool
may_be_allowed(const struct answer *answer, const struct ground *ground)
{
	if (is_single(ground))
		return false;
	for (size_t i = 0; i < answer->count; i++)
		for (size_t j = 0; j < answer->hops[i].count; j++) {
			const struct trail *trail =
			    &answer->hops[i].rulings[j].trail;

			for (size_t k = 0; k < trail->steps.count; k++)
				if (may_differ(&trail->steps.items[k],
				    ground))
					return true;
		}
	return false;
}

/* Denials that others of the ground meet, added to what is left open. */
static void
add_exceptions(struct arena *arena, const struct answer *answer,
    const struct ground *ground, struct residue *residue)
{
	for (size_t i = 0; i < answer->count; i++)
		for (size_t j = 0; j < answer->hops[i].count; j++) {
			const struct trail *trail =
			    &answer->hops[i].rulings[j].trail;

			for (size_t k = 0; k < trail->steps.count; k++) {
				const struct step *step =
				    &trail->steps.items[k];

				if (is_deny(step) && step->meeting.matches ==
				    TRUTH_FALSE && may_differ(step, ground))
					*list_add(arena, &residue->list) =
					    (struct remnant){ i, j, *step,
					    { .count = 0 }, false, true };
			}
		}
}

/* Statements that allow the sample, but not all of the ground: the ground is
 * that of a statement, so others limit it. */
static void
mark_partial(struct residue *residue, const struct ground *ground)
{
	for (size_t i = 0; i < residue->list.count; i++) {
		struct remnant *remnant = &residue->list.items[i];
		bool covered = false;

		for (size_t j = 0; j < residue->list.count; j++) {
			const struct step *other =
			    &residue->list.items[j].step;

			covered |= other->layer == remnant->step.layer &&
			    other->level == remnant->step.level &&
			    !is_deny(other) && covers(
			    &other->clause->resources, ground);
		}
		if (!is_deny(&remnant->step) && !covered &&
		    remnant->step.layer != LAYER_RESOURCE &&
		    remnant->step.layer != LAYER_TRUST)
			remnant->resource_open = true;
	}
}

static struct residue
residue_of(struct what *what, struct arena *arena,
    const struct answer *answer, const struct ground *ground)
{
	struct residue residue;

	residue_find(arena, what->court, answer, &residue);
	if (is_single(ground))
		return residue;
	add_exceptions(arena, answer, ground, &residue);
	mark_partial(&residue, ground);
	return residue;
}

static bool
is_open(const struct residue *residue)
{
	for (size_t i = 0; i < residue->list.count; i++)
		if (residue->list.items[i].resource_open)
			return true;
	return false;
}

/* Folds. */

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

static void
add_deed(struct what *what, const struct action *action,
    const struct ground *ground, struct word sample, bool certain,
    uint64_t hash)
{
	struct deed *deed = list_add(what->arena, &what->deeds);
	struct answer *answer = arena_alloc(what->arena, sizeof(*answer));

	*deed = (struct deed){ .hash = hash, .certain = certain,
	    .ground = ground, .answer = answer,
	    .verdict = certain ? CENSUS_CAN : CENSUS_MAY,
	    .reason = "nobody knows" };
	deed->sample = word_from(arena_copy(what->arena, sample.text,
	    sample.length), sample.length);
	*list_add(what->arena, &deed->actions.list) = action;
	ask_about(what, what->arena, action, deed->sample, answer);
	deed->residue = residue_of(what, what->arena, answer, ground);
	if (certain && is_open(&deed->residue)) {
		deed->verdict = CENSUS_IF;
		deed->witness = answer;
	} else if (certain) {
		deed->residue = find_grants(what->arena, &deed->residue);
	}
}

static void
fold_in(struct what *what, const struct action *action,
    const struct ground *ground, struct word sample,
    const struct answer *answer)
{
	bool certain = verdict_of(answer) == VERDICT_ALLOWED;
	struct residue residue = residue_of(what, what->scratch, answer,
	    ground);
	uint64_t hash;

	if (certain && !is_open(&residue))
		residue = find_grants(what->scratch, &residue);
	hash = residue_hash(&residue);
	for (size_t i = 0; i < what->deeds.count; i++) {
		struct deed *deed = &what->deeds.items[i];

		if (deed->hash == hash && deed->certain == certain &&
		    deed->ground == ground &&
		    residue_equal(&deed->residue, &residue)) {
			*list_add(what->arena, &deed->actions.list) = action;
			return;
		}
	}
	add_deed(what, action, ground, sample, certain, hash);
}

static bool
is_denial(enum verdict verdict)
{
	return verdict == VERDICT_IMPLICITLY_DENIED ||
	    verdict == VERDICT_EXPLICITLY_DENIED;
}

void
what_decide(struct what *what, const struct action *action,
    const struct ground *ground)
{
	struct answer answer;
	bool on;
	struct word sample = what_sample(what, action, ground, &on);

	ground->acting[action_index(action)] = on ? 1 : -1;
	if (!on)
		return;
	if (sample.text == NULL)
		sample = word_from("*", 1);
	ask_about(what, what->scratch, action, sample, &answer);
	if (!is_denial(verdict_of(&answer)) ||
	    may_be_allowed(&answer, ground))
		fold_in(what, action, ground, sample, &answer);
	arena_reset(what->scratch);
}

/* Proofs. */

struct proving {
	struct what		*what;
	const struct ground	*ground;
	struct word		 sample;
	struct answer		*witness;
	enum census_verdict	 verdict;
	const char		*reason;
	bool			 out;
};

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

static enum inquest_answer
inquire(struct proving *proving, const struct action *action,
    struct word resource, bool hopeful)
{
	struct what *what = proving->what;
	struct inquest *inquest = arena_alloc(what->arena, sizeof(*inquest));
	const struct question *question = question_about(what, what->arena,
	    action, resource);
	const struct inquest_use use = { &what->principal,
	    what->principal != NULL, hopeful, what->trusting,
	    what->use->budget };
	enum inquest_answer answer = INQUEST_UNDECIDED;
	struct question asked = *question;

	if (asked.resources.list.count == 0)
		list_add(what->arena, &asked.resources.list)->word =
		    word_from("*", 1);
	if (inquest_open(inquest, what->arena, what->court, inquest_promise(
	    what->arena, what->court, &asked), &use))
		answer = inquest_ask(inquest, formula_of(what, inquest),
		    proving->witness);
	proving->reason = inquest->reason;
	what->census->bug |= inquest->bug;
	return answer;
}

/* The sample first: about one resource, there is little to say. */
static void
prove(struct proving *proving, const struct action *action)
{
	enum inquest_answer answer;
	bool same = word_equal(proving->sample, proving->ground->text);

	proving->verdict = CENSUS_IF;
	proving->out = false;
	answer = inquire(proving, action, proving->sample, false);
	if (answer != INQUEST_YES && !same)
		answer = inquire(proving, action, proving->ground->text,
		    false);
	if (answer == INQUEST_YES)
		return;
	proving->verdict = CENSUS_MAY;
	answer = inquire(proving, action, proving->ground->text, true);
	proving->out = answer == INQUEST_NO;
	if (answer == INQUEST_YES)
		proving->reason = "it hangs on a policy that nobody knows, "
		    "or on an assumption";
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

/* What the witness does for one action, it does for the other: the simulator
 * says so, or nobody. */
static bool
confirms(struct what *what, const struct deed *deed,
    const struct answer *witness, const struct action *action)
{
	const struct hop *hop = &witness->hops[0];
	struct question *question = question_about(what, what->scratch,
	    action, deed->sample);
	const struct question asked = *question;
	struct answer answer;

	if (witness->count != 1)
		return false;
	question->keys.items = NULL;
	question->keys.count = question->keys.capacity = 0;
	for (size_t i = 0; i < asked.keys.count; i++)
		*list_add(what->scratch, &question->keys) =
		    asked.keys.items[i];
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
	ask(what, what->scratch, question, &answer);
	return verdict_of(&answer) == VERDICT_ALLOWED;
}

/* An action that fares otherwise than the first becomes a deed of its own. */
static void
part(struct what *what, size_t at, const struct action *action)
{
	struct deed *parted = list_add(what->arena, &what->deeds);

	*parted = what->deeds.items[at];
	parted->actions.list.items = NULL;
	parted->actions.list.count = parted->actions.list.capacity = 0;
	*list_add(what->arena, &parted->actions.list) = action;
}

static void
settle_deed(struct what *what, size_t at)
{
	struct actions actions = what->deeds.items[at].actions;
	struct deed *deed = &what->deeds.items[at];
	struct proving proving = { what, deed->ground, deed->sample,
	    arena_alloc(what->arena, sizeof(*proving.witness)),
	    CENSUS_MAY, NULL, false };
	struct actions kept = { .list = { .count = 0 } };

	prove(&proving, actions.list.items[0]);
	deed->verdict = proving.verdict;
	deed->reason = proving.reason;
	deed->witness = proving.verdict == CENSUS_IF ? proving.witness : NULL;
	if (!proving.out)
		*list_add(what->arena, &kept.list) = actions.list.items[0];
	for (size_t i = 1; i < actions.list.count; i++) {
		const struct action *action = actions.list.items[i];

		if (proving.verdict == CENSUS_IF && confirms(what,
		    &what->deeds.items[at], proving.witness, action))
			*list_add(what->arena, &kept.list) = action;
		else
			part(what, at, action);
		arena_reset(what->scratch);
	}
	what->deeds.items[at].actions = kept;
}

void
what_settle(struct what *what)
{
	/* deeds that are parted stand behind the others, to be settled too */
	for (size_t i = 0; i < what->deeds.count; i++)
		if (!what->deeds.items[i].certain)
			settle_deed(what, i);
}
