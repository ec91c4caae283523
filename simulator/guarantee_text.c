/* SPDX-License-Identifier: MIT */
/* Guarantees as text again; brackets only where the grammar needs them. */
#include "config.h"

#include "simulator/guarantee.h"
#include "simulator/script.h"

static void
add_phrase(struct script *script, const struct guarantee_phrase *phrase)
{
	script_text(script, " ");
	script_text(script, guarantee_phrase_words[phrase->kind]);
	script_words(script, &phrase->words);
}

static void
add_step(struct script *script, const struct guarantee_step *step)
{
	if (step->kind == STEP_REQUEST)
		script_text(script, " request");
	else if (step->kind == STEP_CALL)
		script_text(script, " call");
	else
		script_words(script, &step->actions);
	for (size_t i = 0; i < step->phrases.count; i++)
		add_phrase(script, &step->phrases.items[i]);
}

static void	 add_condition(struct script *,
		    const struct guarantee_condition *);

static void
add_inner(struct script *script, const struct guarantee_condition *inner,
    bool brackets)
{
	if (brackets)
		script_text(script, " (");
	add_condition(script, inner);
	if (brackets)
		script_text(script, " )");
}

static bool
is_row(const struct guarantee_condition *condition)
{
	return condition->kind == CONDITION_AND ||
	    condition->kind == CONDITION_OR;
}

/* `a and b and c' needs no brackets, but `a and (b and c)' does. */
static void
add_row(struct script *script, const struct guarantee_condition *row)
{
	bool or = row->kind == CONDITION_OR;

	add_inner(script, row->one, !or && row->one->kind == CONDITION_OR);
	script_text(script, or ? " or" : " and");
	add_inner(script, row->other, row->other->kind == row->kind ||
	    (!or && row->other->kind == CONDITION_OR));
}

static void
add_test(struct script *script, const struct guarantee_condition *test)
{
	char name[GUARANTEE_OPERATOR_SIZE];

	guarantee_operator_name(&test->use, name);
	script_text(script, " ");
	script_text(script, name);
	script_word(script, test->key.word);
	for (size_t i = 0; i < test->values.list.count; i++)
		script_word(script, test->values.list.items[i].word);
}

/* Behind a part's name, an action would be taken for a document. */
static void
add_part(struct script *script, const struct guarantee_condition *part)
{
	script_text(script, " ");
	script_text(script, arena_copy(script->arena, part->part.word.text,
	    part->part.word.length));
	add_inner(script, part->one, is_row(part->one) ||
	    part->one->kind == CONDITION_ACTION ||
	    part->one->kind == CONDITION_PART);
}

static void
add_condition(struct script *script,
    const struct guarantee_condition *condition)
{
	switch (condition->kind) {
	case CONDITION_TEST:
		add_test(script, condition);
		break;
	case CONDITION_ACTION:
		add_step(script, &condition->action);
		break;
	case CONDITION_PHRASE:
		add_phrase(script, &condition->phrase);
		break;
	case CONDITION_HOP:
		script_text(script, " ");
		script_text(script, guarantee_hops[condition->hop]);
		add_inner(script, condition->one, is_row(condition->one));
		break;
	case CONDITION_PART:
		add_part(script, condition);
		break;
	case CONDITION_NOT:
		script_text(script, " not");
		add_inner(script, condition->one, is_row(condition->one));
		break;
	case CONDITION_AND:
	case CONDITION_OR:
		add_row(script, condition);
		break;
	}
}

static void
add_assuming(struct script *script, layer_set layers)
{
	const char *between = "\n  assuming ";

	if (layers == 0)
		return;
	for (size_t i = 0; i < LAYER_COUNT; i++) {
		if ((layers >> i & 1) == 0)
			continue;
		script_text(script, between);
		script_text(script, layer_name((enum layer)i));
		between = ",";
	}
	script_text(script, (layers & (layers - 1)) == 0 ?
	    " allows everything" : " allow everything");
}

static void
add_clause(struct script *script, const char *word,
    const struct guarantee_condition *condition)
{
	if (condition == NULL)
		return;
	script_text(script, word);
	add_condition(script, condition);
}

static void
add_promise(struct script *script, const struct guarantee *promise)
{
	script_text(script, guarantee_quantifiers[promise->quantifier]);
	if (promise->allowed)
		script_text(script, " allowed");
	if (promise->by_layer) {
		script_text(script, " by ");
		script_text(script, layer_name(promise->layer));
	}
	for (size_t i = 0; i < promise->steps.count; i++) {
		if (i > 0)
			script_text(script, "\n  then");
		add_step(script, &promise->steps.items[i]);
	}
	add_assuming(script, promise->assuming);
	add_clause(script, "\n  where", promise->where);
	add_clause(script, "\n  must", promise->must);
}

const char *
guarantee_text(struct arena *arena, const struct guarantee *guarantee)
{
	const char *between = "\n  ";
	struct script script;

	script_init(&script, arena);
	script_text(&script, "guarantee");
	script_word(&script, guarantee->id);
	script_word(&script, guarantee->name);
	for (; guarantee != NULL; guarantee = guarantee->also) {
		script_text(&script, between);
		add_promise(&script, guarantee);
		between = "\n  and ";
	}
	script_text(&script, "\n");
	return script_finish(&script);
}
