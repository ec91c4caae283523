/* SPDX-License-Identifier: MIT */
/*
 * Conditions of a guarantee.  A test is written into a policy of its own, so
 * that it means here what it means there.
 */
#include "config.h"

#include "policy/json.h"
#include "policy/reader.h"
#include "policy/variable.h"
#include "simulator/plan_row.h"
#include "simulator/tape.h"

/* A test. */

static void
write_policy(struct json *json, const struct guarantee_condition *test)
{
	char operator[GUARANTEE_OPERATOR_SIZE];

	guarantee_operator_name(&test->use, operator);
	json_open_object(json);
	json_member_text(json, "Version", "2012-10-17");
	json_key(json, "Statement");
	json_open_object(json);
	json_member_text(json, "Effect", "Allow");
	json_member_text(json, "Action", "*");
	json_member_text(json, "Resource", "*");
	json_key(json, "Condition");
	json_open_object(json);
	json_key(json, operator);
	json_open_object(json);
}

static const struct test *
compile_test(struct plan *plan, const struct guarantee_condition *test)
{
	struct json_sheet sheet = { .arena = plan->arena };
	const struct charter *charter;
	const struct source *source;
	struct report report;
	struct json json;

	json_init(&json, json_sheet_sink(&sheet), false);
	write_policy(&json, test);
	json_key(&json, arena_copy(plan->arena, test->key.word.text,
	    test->key.word.length));
	json_open_array(&json);
	for (size_t i = 0; i < test->values.list.count; i++)
		json_string(&json, test->values.list.items[i].word.text,
		    test->values.list.items[i].word.length);
	json_close_array(&json);
	for (unsigned i = 0; i < 4; i++)
		json_close_object(&json);
	source = source_new(plan->arena, "", json_sheet_text(&sheet),
	    sheet.length);
	report_init(&report, plan->arena, source);
	const struct text *text = text_read(plan->arena, source, &report);

	charter = charter_compile(plan->arena, plan->court->catalog,
	    reader_read_policy(plan->arena, text, text->root, &report),
	    LAYER_IDENTITY, plan->court->assumptions, 0);
	return charter->count == 1 && charter->clauses[0].test_count == 1 ?
	    charter->clauses[0].tests : NULL;
}

static int
encode_condition_test(struct plan *plan, struct supposed_request *request,
    const struct guarantee_condition *condition)
{
	const struct test *test = compile_test(plan, condition);

	if (test != NULL)
		return encode_test(request, test);
	plan_fail(plan, condition->span, "this is no condition that a policy "
	    "could have", NULL);
	return FORMULA_FALSE;
}

/* Actions. */

struct wanted {
	struct arena		*arena;
	const struct phrases	*patterns;
};

static bool
is_wanted(const struct supposed_action *action, const void *context)
{
	const struct wanted *wanted = context;

	for (size_t i = 0; i < wanted->patterns->list.count; i++) {
		struct word text = wanted->patterns->list.items[i].word;
		const struct pattern pattern = pattern_read_folded(
		    wanted->arena, text.text, text.length);

		if (pattern_match(&pattern, action->name.text,
		    action->name.length))
			return true;
	}
	return wanted->patterns->list.count == 0;
}

static int
acts(struct plan *plan, const struct supposed_request *request,
    const struct phrases *patterns)
{
	const struct wanted wanted = { plan->arena, patterns };

	return supposition_acts(request, is_wanted, &wanted);
}

/* Where a condition stands: in a hop, and of a part of its call or not. */
struct standpoint {
	size_t			 step;
	struct supposed_request	*request;	/* NULL: of the call */
};

static struct supposed_request *
main_request(const struct plan *plan, const struct standpoint *at)
{
	return at->request != NULL ? at->request :
	    plan->calls[at->step]->requests.items[0];
}

static int
encode_action(struct plan *plan, const struct standpoint *at,
    const struct guarantee_step *action)
{
	int holds = acts(plan, main_request(plan, at), &action->actions);

	for (size_t i = 0; i < action->phrases.count; i++)
		holds = formula_and(plan->formulas, holds, plan_phrase(plan,
		    at->step, at->request, &action->phrases.items[i]));
	return holds;
}

static int	 encode(struct plan *, const struct standpoint *,
		    const struct guarantee_condition *);

/* Of that part of the call: false when the call is without it. */
static int
encode_part(struct plan *plan, const struct standpoint *at,
    const struct guarantee_condition *condition)
{
	const struct supposition *call = plan->calls[at->step];
	struct word name = condition->part.word;
	const char *near = tape_nearest(name, guarantee_condition_words);

	for (size_t i = 0; i < call->requests.count; i++) {
		struct supposed_request *request = call->requests.items[i];
		const struct standpoint part = { at->step, request };

		if (request->part != NULL && word_is(name, request->part))
			return formula_and(plan->formulas, request->there,
			    encode(plan, &part, condition->one));
	}
	plan_fail(plan, condition->part.span, arena_printf(plan->arena,
	    "the call has no part `%.*s`", (int)name.length, name.text),
	    near == NULL ? NULL : arena_printf(plan->arena,
	    "did you mean the word `%s`?", near));
	return FORMULA_FALSE;
}

/* Recursion is bounded by GUARANTEE_DEPTH_MAX, and rows of `and' and `or' by
 * GUARANTEE_CONDITIONS_MAX. */
static int
encode(struct plan *plan, const struct standpoint *at,
    const struct guarantee_condition *condition)
{
	struct standpoint hop;

	switch (condition->kind) {
	case CONDITION_TEST:
		return encode_condition_test(plan, main_request(plan, at),
		    condition);
	case CONDITION_ACTION:
		return encode_action(plan, at, &condition->action);
	case CONDITION_PHRASE:
		return plan_phrase(plan, at->step, at->request,
		    &condition->phrase);
	case CONDITION_HOP:
		hop = (struct standpoint){ condition->hop, NULL };
		if (hop.step < plan->count)
			return encode(plan, &hop, condition->one);
		plan_fail(plan, condition->span, "there is no such call",
		    NULL);
		break;
	case CONDITION_PART:
		return encode_part(plan, at, condition);
	case CONDITION_NOT:
		return -encode(plan, at, condition->one);
	case CONDITION_AND:
		return formula_and(plan->formulas, encode(plan, at,
		    condition->one), encode(plan, at, condition->other));
	case CONDITION_OR:
		return formula_or(plan->formulas, encode(plan, at,
		    condition->one), encode(plan, at, condition->other));
	}
	return FORMULA_FALSE;
}

int
plan_condition(struct plan *plan, const struct guarantee_condition *condition)
{
	const struct standpoint at = { 0, NULL };

	return encode(plan, &at, condition);
}

int
plan_step(struct plan *plan, size_t index)
{
	const struct guarantee_step *step =
	    &plan->guarantee->steps.items[index];
	int holds = FORMULA_TRUE;

	for (size_t i = 0; i < step->phrases.count; i++)
		holds = formula_and(plan->formulas, holds, plan_phrase(plan,
		    index, NULL, &step->phrases.items[i]));
	return holds;
}

/* Keys. */

enum { EVERY_STEP = (size_t)-1 };

/* Those whose values stand in the text. */
static void
list_variables(struct arena *arena, struct word text, struct words *keys)
{
	struct variable variable;
	size_t at = 0;

	while (variable_find(text.text, text.length, at, &variable)) {
		if (variable.kind == VARIABLE_KEY)
			*list_add(arena, &keys->list) = word_from(
			    variable.key, variable.key_length);
		at = variable.end;
	}
}

static void
list_test(struct arena *arena, const struct guarantee_condition *test,
    struct words *keys)
{
	*list_add(arena, &keys->list) = test->key.word;
	for (size_t i = 0; i < test->values.list.count; i++)
		list_variables(arena, test->values.list.items[i].word, keys);
}

/* Of one step of a chain, or of all. */
static void
list_keys(struct arena *arena, const struct guarantee_condition *condition,
    size_t step, struct words *keys)
{
	if (condition == NULL || (condition->kind == CONDITION_HOP &&
	    step != EVERY_STEP && condition->hop != step))
		return;
	if (condition->kind == CONDITION_TEST)
		list_test(arena, condition, keys);
	list_keys(arena, condition->one, step, keys);
	list_keys(arena, condition->other, step, keys);
}

void
plan_tested_keys(const struct plan *plan, size_t step, struct words *keys)
{
	list_keys(plan->arena, plan->guarantee->where, step, keys);
	list_keys(plan->arena, plan->guarantee->must, step, keys);
}

void
plan_list_keys(const struct plan *plan, struct words *keys)
{
	plan_tested_keys(plan, EVERY_STEP, keys);
}

/* Recursion is bounded by GUARANTEE_DEPTH_MAX. */
static void
list_actions(struct arena *arena, const struct guarantee_condition *condition,
    struct phrases *actions)
{
	const struct phrases *named;

	if (condition == NULL)
		return;
	named = &condition->action.actions;
	for (size_t i = 0; condition->kind == CONDITION_ACTION &&
	    i < named->list.count; i++)
		*list_add(arena, &actions->list) = named->list.items[i];
	list_actions(arena, condition->one, actions);
	list_actions(arena, condition->other, actions);
}

void
plan_list_actions(const struct plan *plan, struct phrases *actions)
{
	list_actions(plan->arena, plan->guarantee->where, actions);
	list_actions(plan->arena, plan->guarantee->must, actions);
}
