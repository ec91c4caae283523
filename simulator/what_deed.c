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

struct question *
what_question(struct what *what, struct arena *arena,
    const struct action *action, struct word resource)
{
	struct question *question = arena_alloc(arena, sizeof(*question));
	struct phrases resources = { .list = { .count = 0 } };

	*question = what->question;
	question->keys.items = NULL;
	question->keys.count = question->keys.capacity = 0;
	for (size_t i = 0; i < what->question.keys.count; i++)
		*list_add(arena, &question->keys) =
		    what->question.keys.items[i];
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
	ask(what, arena, what_question(what, arena, action, resource),
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

bool
what_overlaps(const struct resource_element *resources,
    const struct pattern *pattern)
{
	for (size_t i = 0; i < resources->count && !resources->negated; i++)
		if (resources->entries[i].everything ||
		    resources->entries[i].variable != NULL ||
		    pattern_overlaps(&resources->entries[i].pattern,
		    pattern))
			return true;
	return resources->negated || !resources->there;
}

static bool
is_deny(const struct step *step)
{
	return step->clause->effect == EFFECT_DENY;
}

bool
what_is_about_resource(const struct test *test)
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
		return what_overlaps(&clause->resources, &ground->pattern);
	return step->meeting.failed == ELEMENT_CONDITION &&
	    step->meeting.test != NULL &&
	    what_is_about_resource(step->meeting.test);
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

/* The layer allows the sample, whatever others of the ground meet. */
static bool
surely_allows(const struct residue *residue, const struct step *step)
{
	for (size_t i = 0; i < residue->list.count; i++) {
		const struct remnant *remnant = &residue->list.items[i];

		if (remnant_grants(remnant) &&
		    remnant->step.layer == step->layer &&
		    remnant->step.level == step->level)
			return true;
	}
	return false;
}

/* A Deny that others meet, or the Allow that they want of a layer. */
static bool
is_exception(const struct residue *residue, const struct step *step,
    const struct ground *ground)
{
	if (step->meeting.matches != TRUTH_FALSE || !may_differ(step, ground))
		return false;
	return is_deny(step) || (step->layer != LAYER_IDENTITY &&
	    step->layer != LAYER_RESOURCE && step->layer != LAYER_TRUST &&
	    !surely_allows(residue, step));
}

/* What others of the ground meet, added to what is left open. */
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

				if (is_exception(residue, step, ground))
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
	if (verdict_of(answer) == VERDICT_ALLOWED && answer->count > 0)
		what_add_denials(what, arena, answer, ground, &residue);
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
	if (!verdict_is_denial(verdict_of(&answer)) ||
	    may_be_allowed(&answer, ground))
		fold_in(what, action, ground, sample, &answer);
	arena_reset(what->scratch);
}

bool
what_allows(struct what *what, struct arena *arena,
    struct question *question)
{
	struct answer answer;

	ask(what, arena, question, &answer);
	return verdict_of(&answer) == VERDICT_ALLOWED;
}
