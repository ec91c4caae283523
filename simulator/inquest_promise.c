/* SPDX-License-Identifier: MIT */
/* A question without its caller, said as a promise that some call is allowed. */
#include "config.h"

#include <string.h>

#include "policy/value.h"
#include "simulator/inquest.h"

struct wording {
	struct arena		*arena;
	const struct court	*court;
	const struct question	*question;
	struct guarantee	*promise;
	const struct guarantee_condition *where;
};

static struct word
text_word(const char *text)
{
	return word_from(text, strlen(text));
}

/* Steps. */

static void
say(struct wording *wording, struct guarantee_step *step,
    enum phrase_kind kind, struct word word)
{
	struct guarantee_phrase *phrase = list_add(wording->arena,
	    &step->phrases);

	phrase->kind = kind;
	if (word.text != NULL)
		list_add(wording->arena, &phrase->words.list)->word = word;
}

static void
say_way(struct wording *wording, struct guarantee_step *step, size_t hop)
{
	const struct phrases *through = &wording->question->through;

	if (through->list.count == 0)
		return;
	say(wording, step, PHRASE_THROUGH,
	    through->list.items[through->list.count == 1 ? 0 : hop].word);
}

static struct guarantee_step
start_step(struct wording *wording, struct word action)
{
	struct guarantee_step step = { .kind = STEP_ACTIONS };

	list_add(wording->arena, &step.actions.list)->word = action;
	return step;
}

static void
add_role(struct wording *wording, size_t hop)
{
	const struct question *question = wording->question;
	struct guarantee_step step = start_step(wording,
	    text_word("sts:AssumeRole"));

	say(wording, &step, PHRASE_ON,
	    question->via.list.items[hop].word);
	say_way(wording, &step, hop);
	if (question->mfa && hop == 0)
		say(wording, &step, PHRASE_MFA, (struct word){ NULL, 0 });
	if (question->named.word.text != NULL)
		say(wording, &step, PHRASE_NAMED, question->named.word);
	*list_add(wording->arena, &wording->promise->steps) = step;
}

static void
add_last(struct wording *wording)
{
	const struct question *question = wording->question;
	size_t hop = question->via.list.count;
	struct guarantee_step step = start_step(wording,
	    question->action.word);

	for (size_t i = 0; i < question->resources.list.count; i++)
		say(wording, &step, PHRASE_ON,
		    question->resources.list.items[i].word);
	say_way(wording, &step, hop);
	if (question->mfa && hop == 0)
		say(wording, &step, PHRASE_MFA, (struct word){ NULL, 0 });
	if (question->named.word.text != NULL && (hop == 0 ||
	    summons_makes_session(question->action.word)))
		say(wording, &step, PHRASE_NAMED, question->named.word);
	*list_add(wording->arena, &wording->promise->steps) = step;
}

/* Keys. */

/* Both hold; in a chain, a test stands in a hop. */
static void
add_condition(struct wording *wording, size_t hop,
    struct guarantee_condition condition)
{
	struct guarantee_condition *kept = arena_alloc(wording->arena,
	    sizeof(*kept)), *other;

	*kept = condition;
	if (wording->promise->steps.count > 1) {
		other = arena_alloc(wording->arena, sizeof(*other));
		*other = (struct guarantee_condition){
		    .kind = CONDITION_HOP, .hop = hop, .one = kept };
		kept = other;
	}
	if (wording->where != NULL) {
		other = arena_alloc(wording->arena, sizeof(*other));
		*other = (struct guarantee_condition){
		    .kind = CONDITION_AND, .one = wording->where,
		    .other = kept };
		kept = other;
	}
	wording->where = kept;
}

static struct guarantee_condition
test_of(struct word key, const char *operator)
{
	return (struct guarantee_condition){ .kind = CONDITION_TEST,
	    .use = operator_read(operator, strlen(operator)),
	    .key = { .word = key } };
}

static void
add_value(struct wording *wording, struct guarantee_condition *test,
    struct word value)
{
	list_add(wording->arena, &test->values.list)->word = value;
}

static const char *
operator_for(const struct key *key)
{
	enum value_type type = key == NULL ? VALUE_STRING : key->type;

	switch (type) {
	case VALUE_NUMBER:
		return "NumericEquals";
	case VALUE_DATE:
		return "DateEquals";
	case VALUE_BOOL:
		return "Bool";
	case VALUE_IP:
		return "IpAddress";
	case VALUE_BINARY:
		return "BinaryEquals";
	case VALUE_STRING:
	case VALUE_ARN:
	case VALUE_PRESENCE:
		break;
	}
	return "StringEquals";
}

/* A list holds all of the values, and no others. */
static void
add_list(struct wording *wording, size_t hop, const struct given_key *given,
    const char *operator)
{
	struct guarantee_condition all = test_of(given->name.word,
	    arena_printf(wording->arena, "ForAllValues:%s", operator));

	for (size_t i = 0; i < given->count; i++) {
		struct guarantee_condition one = test_of(given->name.word,
		    arena_printf(wording->arena, "ForAnyValue:%s", operator));

		add_value(wording, &all, given->values[i]);
		add_value(wording, &one, given->values[i]);
		add_condition(wording, hop, one);
	}
	add_condition(wording, hop, all);
}

static void
add_key(struct wording *wording, size_t hop, const struct given_key *given)
{
	struct word name = given->name.word;
	const struct key *key = catalog_key(wording->court->catalog,
	    name.text, name.length);
	struct guarantee_condition test;

	if (given->absent) {
		test = test_of(name, "Null");
		add_value(wording, &test, text_word("true"));
		add_condition(wording, hop, test);
	} else if (key_is_multivalued(wording->court->catalog, name)) {
		add_list(wording, hop, given, operator_for(key));
	} else if (given->count > 0) {
		test = test_of(name, operator_for(key));
		add_value(wording, &test, given->values[0]);
		add_condition(wording, hop, test);
	}
}

/* A key is given to every call that can carry it, else to the last. */
static bool
carries(const struct wording *wording, struct word action, struct word key)
{
	const struct action *listed = catalog_action(
	    wording->court->catalog, action.text, action.length);

	return listed == NULL || action_has_key(listed, key.text,
	    key.length);
}

static bool
is_for_hop(const struct wording *wording, size_t hop, struct word key)
{
	size_t last = wording->question->via.list.count;
	struct word role = text_word("sts:AssumeRole");
	struct word action = hop == last ? wording->question->action.word :
	    role;

	return last == 0 || carries(wording, action, key) ||
	    (hop == last && !carries(wording, role, key));
}

static void
add_keys(struct wording *wording)
{
	const struct question *question = wording->question;

	for (size_t i = 0; i < question->keys.count; i++)
		for (size_t hop = 0; hop <= question->via.list.count; hop++)
			if (is_for_hop(wording, hop,
			    question->keys.items[i].name.word))
				add_key(wording, hop,
				    &question->keys.items[i]);
}

/* Whoever has a session has a token that was issued. */
static void
add_credential(struct wording *wording)
{
	struct guarantee_condition test = test_of(
	    text_word("aws:TokenIssueTime"), "Null");

	if (wording->question->credential == CREDENTIAL_UNKNOWN)
		return;
	add_value(wording, &test, text_word(wording->question->credential ==
	    CREDENTIAL_LONG_TERM ? "true" : "false"));
	add_condition(wording, 0, test);
}

const struct guarantee *
inquest_promise(struct arena *arena, const struct court *court,
    const struct question *question)
{
	struct guarantee *promise = arena_alloc(arena, sizeof(*promise));
	struct wording wording = { arena, court, question, promise, NULL };

	promise->id = promise->name = text_word("who");
	promise->quantifier = GUARANTEE_SOME;
	promise->allowed = true;
	for (size_t i = 0; i < question->via.list.count; i++)
		add_role(&wording, i);
	add_last(&wording);
	add_keys(&wording);
	add_credential(&wording);
	promise->where = wording.where;
	return promise;
}
