/* SPDX-License-Identifier: MIT */
/* Steps of a guarantee into supposed calls, and its words into formulas. */
#include "config.h"

#include <string.h>

#include "policy/reader.h"
#include "policy/rule.h"
#include "simulator/premise.h"
#include "simulator/repertoire.h"
#include "simulator/reservation.h"
#include "simulator/plan_row.h"

bool
plan_fail(struct plan *plan, struct span span, const char *message,
    const char *help)
{
	if (plan->fault.message == NULL)
		plan->fault = (struct question_fault){ message, span, help };
	return false;
}

void
plan_doubt(struct plan *plan, struct span span, const char *message)
{
	if (plan->doubt.message == NULL)
		plan->doubt = (struct question_fault){ message, span, NULL };
}

/* Calls. */

/* The words that a list counts for: all, or the one that is chosen. */
struct phrases
plan_words(const struct plan *plan, size_t step,
    const struct guarantee_phrase *phrase, const struct phrases *words)
{
	struct phrases one = { .list = { .count = 0 } };

	for (size_t i = 0; plan->choices != NULL &&
	    i < plan->choices->list.count; i++) {
		const struct plan_choice *choice =
		    &plan->choices->list.items[i];

		if (choice->phrase != phrase || choice->step != step)
			continue;
		one.list.items = &words->list.items[choice->word];
		one.list.count = 1;
		return one;
	}
	return *words;
}

static const struct call *
find_call(const struct plan *plan, const struct phrases *actions)
{
	struct word name;

	if (actions->list.count != 1)
		return NULL;
	name = actions->list.items[0].word;
	return catalog_call(plan->court->catalog, name.text, name.length);
}

static void
find_actions(struct plan *plan, size_t step, const struct phrases *wanted,
    struct repertoire *repertoire)
{
	struct charters documents = judgement_documents(plan->arena,
	    plan->court);
	struct words keys = { .list = { .count = 0 } };
	struct phrases told = { .list = { .count = 0 } };
	struct charters granting;

	plan_list_keys(plan, &keys);
	plan_list_actions(plan, &told);
	repertoire_find(repertoire, plan->arena, plan->court,
	    &(struct repertoire_use){ .documents = &documents,
	    .wanted = wanted, .told = &told, .keys = &keys,
	    .apart = plan->guarantee->steps.items[step].kind == STEP_CALL,
	    .announced = plan->announced,
	    .granting = plan_find_granting(plan, step, &granting) ?
	    &granting : NULL });
}

/* Tags, a source identity or context are passed along: an occasion of its
 * own, which the keys about them are bound to. */
static int
find_occasion(struct plan *plan, const struct call_part *part)
{
	return part->when == CALL_ALWAYS ? FORMULA_TRUE :
	    formula_variable(plan->formulas);
}

/* The request that already asks something of the part's resource. */
static struct supposed_request *
find_part(const struct supposition *call, const char *name)
{
	for (size_t i = 0; i < call->requests.count; i++)
		if (strcmp(call->requests.items[i]->part, name) == 0)
			return call->requests.items[i];
	return NULL;
}

static void
require_types(struct plan *plan, struct supposed_request *request,
    const struct call_part *part)
{
	int fits = FORMULA_FALSE;

	for (unsigned i = 0; i < part->type_count; i++) {
		struct pattern *pattern = arena_alloc(plan->arena,
		    sizeof(*pattern));

		*pattern = resource_type_pattern(plan->arena, part->types[i]);
		fits = formula_or(plan->formulas, fits, universe_match(
		    plan->universe, request->resource, pattern));
	}
	if (part->type_count == 0)
		fits = supposition_text(request->call, request->resource,
		    "*");
	supposition_imply(request->call, PREMISE_resource_type,
	    request->there, fits);
}

static void
add_part(struct plan *plan, struct supposition *call,
    const struct call_part *part)
{
	struct supposed_request *model = find_part(call, part->name);
	const char *name = arena_printf(plan->arena, "%s:%s",
	    part->action->service->prefix, part->action->name);
	struct supposed_action *action = arena_alloc(plan->arena,
	    sizeof(*action));
	int there = find_occasion(plan, part);

	*action = (struct supposed_action){ .name = word_from(name,
	    strlen(name)), .listed = part->action,
	    .service = part->action->service };
	if (model != NULL && part->when != CALL_ALWAYS &&
	    part->when != CALL_NAMED) {
		supposition_add_like(model, formula_and(plan->formulas,
		    model->there, there), action, 1)->when = part->when;
		return;
	}
	if (model != NULL) {
		supposition_add_like(model, model->there, action, 1);
		return;
	}
	model = supposition_add(call, part->name, there, action, 1);
	require_types(plan, model, part);
}

/* Of no action is anything said, or one word says nothing. */
static bool
asks_about_all(const struct phrases *wanted)
{
	for (size_t i = 0; i < wanted->list.count; i++)
		if (word_is(wanted->list.items[i].word, "*"))
			return true;
	return wanted->list.count == 0;
}

static bool
add_requests(struct plan *plan, size_t index)
{
	const struct guarantee_step *step = &plan->guarantee->steps.items[
	    index];
	struct phrases wanted = plan_words(plan, index, NULL,
	    &step->actions);
	const struct call *listed = find_call(plan, &wanted);
	struct supposition *call = plan->calls[index];
	struct repertoire repertoire;

	for (unsigned i = 0; listed != NULL && i < listed->part_count; i++)
		add_part(plan, call, &listed->parts[i]);
	if (listed != NULL)
		return true;
	find_actions(plan, index, &wanted, &repertoire);
	if (repertoire.list.count == 0)
		return plan_fail(plan, step->span, "no action is called so",
		    NULL);
	plan->apart = repertoire.apart;
	if (repertoire.cut && call->unsupported == NULL)
		call->unsupported = repertoire_cut;
	supposition_add(call, NULL, FORMULA_TRUE, repertoire.list.items,
	    repertoire.list.count)->any = asks_about_all(&wanted);
	return true;
}

static bool
is_among(const struct words *words, struct word word)
{
	for (size_t i = 0; i < words->list.count; i++)
		if (word_equal_folded(words->list.items[i], word))
			return true;
	return false;
}

/* The part of a key's name that names a tag of a session; else absent. */
static struct word
tag_of(struct word key)
{
	static const char *const prefixes[] = { "aws:PrincipalTag/",
	    "aws:RequestTag/" };

	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
		size_t length = strlen(prefixes[i]);

		if (key.length > length && word_equal_folded(
		    word_from(key.text, length),
		    word_from(prefixes[i], length)))
			return word_behind(key, length);
	}
	return (struct word){ NULL, 0 };
}

static void
list_tags(const struct plan *plan, struct words *tags)
{
	for (size_t i = 0; i < plan->count; i++) {
		const struct supposed_keys *keys = &plan->calls[i]->keys;

		for (size_t j = 0; j < keys->list.count; j++) {
			struct word tag = tag_of(keys->list.items[j]->name);

			if (tag.text != NULL && !is_among(tags, tag))
				*list_add(plan->arena, &tags->list) = tag;
		}
	}
}

/* Each tag of a session that makes another one may be among those that were
 * asked to be passed on: premise_link() looks for it there. */
static void
expect_passed_on(struct plan *plan)
{
	static const char name[] = "sts:TransitiveTagKeys";
	struct words tags = { .list = { .count = 0 } };
	bool chained = false;

	list_tags(plan, &tags);
	for (size_t i = plan->count; i-- > 1;) {
		chained |= premise_chains(plan->calls[i]) != FORMULA_FALSE;
		for (size_t j = 0; chained && j < tags.list.count; j++)
			supposition_expect(plan->calls[i - 1]->requests.
			    items[0], word_from(name, sizeof(name) - 1));
	}
}

static void
expect_passed_tag(struct plan *plan, size_t before, struct word tag)
{
	const char *name = arena_printf(plan->arena, "%s%.*s",
	    family_prefix(FAMILY_REQUEST_TAG), (int)tag.length, tag.text);

	for (size_t i = 0; i < before; i++)
		supposition_expect(plan->calls[i]->requests.items[0],
		    word_from(name, strlen(name)));
}

/* Each tag of a session may have been passed in a call before, and is then
 * among that one's aws:TagKeys. */
static void
expect_passed_tags(struct plan *plan)
{
	for (size_t i = plan->count; i-- > 1;) {
		const struct supposed_keys *keys = &plan->calls[i]->keys;

		for (size_t j = 0; j < keys->list.count; j++) {
			struct word tag = tag_of(keys->list.items[j]->name);

			if (tag.text != NULL)
				expect_passed_tag(plan, i, tag);
		}
	}
}

/* All that must be counted before anything is encoded. */
static void
expect(struct plan *plan)
{
	struct words keys = { .list = { .count = 0 } };

	plan_list_keys(plan, &keys);
	for (size_t i = 0; i < plan->count; i++)
		for (size_t j = 0; j < plan->calls[i]->requests.count; j++) {
			struct supposed_request *request =
			    plan->calls[i]->requests.items[j];

			judgement_expect(request);
			for (size_t k = 0; k < keys.list.count; k++)
				supposition_expect(request,
				    keys.list.items[k]);
		}
	expect_passed_on(plan);
	expect_passed_tags(plan);
}

static bool
add_calls(struct plan *plan)
{
	static const char *const labels[GUARANTEE_STEPS_MAX] = { "first ",
	    "second ", "third ", "fourth " };

	plan->count = plan->guarantee->steps.count;
	for (size_t i = 0; i < plan->count; i++) {
		plan->calls[i] = supposition_new(plan->arena, plan->court,
		    plan->universe, plan->count == 1 ? "" : labels[i]);
		plan->calls[i]->edits = plan->edits;
		reservation_keep(plan->calls[i]);
		if (!add_requests(plan, i))
			return false;
	}
	return true;
}

/* What the policies say of one call. */
static int
call_allowed(struct plan *plan, struct supposition *call,
    const struct judgement_use *use)
{
	const struct guarantee *guarantee = plan->guarantee;
	int allowed = FORMULA_TRUE;

	if (!guarantee->allowed)
		return FORMULA_TRUE;
	for (size_t i = 0; i < call->requests.count; i++) {
		struct supposed_request *request = call->requests.items[i];
		int one = guarantee->by_layer ? judgement_layer_allows(
		    request, guarantee->layer, use) :
		    judgement_allowed(request, use);

		allowed = formula_and(plan->formulas, allowed,
		    formula_implies(plan->formulas, request->there, one));
	}
	return allowed;
}

int
plan_allowed(struct plan *plan, const struct judgement_use *use)
{
	int allowed = FORMULA_TRUE;

	for (size_t i = 0; i < plan->count; i++)
		allowed = formula_and(plan->formulas, allowed,
		    call_allowed(plan, plan->calls[i], use));
	return allowed;
}

static bool
is_assuming(const struct supposed_action *action, const void *nothing)
{
	static const char name[] = "sts:AssumeRole";
	const size_t length = sizeof(name) - 1;

	(void)nothing;
	return action->name.length >= length &&
	    name_compare(action->name.text, length, name, length) == 0;
}

int
plan_makes_session(const struct supposed_request *request)
{
	return supposition_acts(request, is_assuming, NULL);
}

/* The next call is made by the session that was made last, so it must be known
 * which that is. */
static bool
check_chain(struct plan *plan)
{
	for (size_t i = 0; i + 1 < plan->count; i++) {
		const struct guarantee_step *step =
		    &plan->guarantee->steps.items[i];
		int makes = plan_makes_session(
		    plan->calls[i]->requests.items[0]);

		if (i == 0 && makes == FORMULA_FALSE)
			return plan_fail(plan, step->span, "a chain begins "
			    "with the action that makes its session",
			    "sts:AssumeRole then ...");
		if (makes != FORMULA_TRUE && makes != FORMULA_FALSE)
			return plan_fail(plan, step->span, "some of these "
			    "actions make the session that calls next, and "
			    "others do not", "name one action, or a promise "
			    "for each");
	}
	return true;
}

bool
plan_make(struct plan *plan, const struct judgement_use *use)
{
	const struct guarantee *guarantee = plan->guarantee;

	plan->formulas = formulas_new(plan->arena);
	plan->universe = universe_new(plan->arena, plan->formulas);
	plan->scope = plan->allowed = FORMULA_TRUE;
	if (!add_calls(plan) || !check_chain(plan))
		return false;
	expect(plan);
	for (size_t i = 0; i < plan->count; i++) {
		plan->scope = formula_and(plan->formulas, plan->scope,
		    plan_step(plan, i));
		plan->allowed = formula_and(plan->formulas, plan->allowed,
		    call_allowed(plan, plan->calls[i], use));
	}
	plan->scope = formula_and(plan->formulas, plan->scope,
	    guarantee->where == NULL ? FORMULA_TRUE :
	    plan_condition(plan, guarantee->where));
	plan->must = guarantee->must == NULL ? FORMULA_FALSE :
	    plan_condition(plan, guarantee->must);
	return plan->fault.message == NULL;
}

/* A key that is not listed may be newer than the catalogue, or misspelt: what
 * must go must not hang on it, unless the promise itself gives it. */
static void
refuse_unheard(struct supposition *call, const struct supposed_keys *keys,
    const struct words *given)
{
	for (size_t i = 0; i < keys->list.count; i++) {
		const struct supposed_key *key = keys->list.items[i];

		if (!premise_knows_key(call, key->name) &&
		    !is_among(given, key->name))
			supposition_require(call, PREMISE_carried,
			    -key->present);
	}
}

static void
refuse_all_unheard(struct plan *plan)
{
	struct words given = { .list = { .count = 0 } };

	plan_list_keys(plan, &given);
	for (size_t i = 0; i < plan->count; i++) {
		struct supposition *call = plan->calls[i];

		refuse_unheard(call, &call->keys, &given);
		for (size_t j = 0; j < call->requests.count; j++)
			refuse_unheard(call, call->requests.items[j]->keys,
			    &given);
	}
}

/* The call whose session makes that one: the last before it that makes one. */
static size_t
find_maker(const struct plan *plan, size_t index)
{
	while (--index > 0 && plan_makes_session(
	    plan->calls[index]->requests.items[0]) != FORMULA_TRUE)
		;
	return index;
}

static void
share(struct plan *plan, size_t index)
{
	premise_share(plan->calls[find_maker(plan, index)],
	    plan->calls[index]);
}

static void
link_call(struct plan *plan, size_t index, struct premise_reading reading)
{
	size_t maker = find_maker(plan, index);

	premise_link(plan->calls[maker], plan->calls[index], reading);
	for (size_t i = maker + 1; i < index; i++)
		premise_agree(plan->calls[i], plan->calls[index]);
	while (maker > 0) {
		maker = find_maker(plan, maker);
		premise_keep(plan->calls[maker], plan->calls[index]);
	}
}

void
plan_suppose(struct plan *plan, struct premise_reading reading)
{
	for (size_t i = 1; i < plan->count; i++)
		share(plan, i);
	for (size_t i = plan->count; i-- > 1;)
		share(plan, i);
	for (size_t i = 1; i < plan->count; i++)
		link_call(plan, i, reading);
	for (size_t i = 0; i < plan->count; i++)
		premise_add(plan->calls[i], reading);
	if (reading.assumed)
		refuse_all_unheard(plan);
	for (size_t i = 0; i < plan->count; i++)
		if (plan->unsupported == NULL)
			plan->unsupported = plan->calls[i]->unsupported;
}
