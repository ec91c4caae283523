/* SPDX-License-Identifier: MIT */
/* What a guarantee says of a call, as formulas: on, by, through, named, ... */
#include "config.h"

#include <string.h>

#include "simulator/plan_row.h"

enum { NEAREST_SHOWN = 3 };

/* Things of the estate. */

bool
plan_find_thing(struct plan *plan, const struct phrase *phrase, unsigned kinds,
    struct estate_thing *thing)
{
	const struct estate *estate = plan->court->estate;
	struct estate_matches found = estate_find(estate, plan->arena,
	    phrase->word, kinds);
	struct estate_matches near;

	if (found.count == 1) {
		*thing = found.items[0];
		return true;
	}
	if (found.count > 1)
		return plan_fail(plan, phrase->span, arena_printf(plan->arena,
		    "`%.*s` may be any of %zu", (int)phrase->word.length,
		    phrase->word.text, found.count),
		    estate_list(plan->arena, &found, estate_thing_id));
	near = estate_nearest(estate, plan->arena, phrase->word, kinds,
	    NEAREST_SHOWN);
	return plan_fail(plan, phrase->span, arena_printf(plan->arena,
	    "%s of the estate is called `%.*s`",
	    kinds == ESTATE_ROLE ? "no role" : "nothing",
	    (int)phrase->word.length, phrase->word.text), near.count == 0 ?
	    NULL : arena_printf(plan->arena, "did you mean %s?",
	    estate_list(plan->arena, &near, estate_thing_called)));
}

/* On. */

static struct word
resource_text(struct plan *plan, const struct phrase *phrase)
{
	struct estate_thing thing;

	if (word_starts_with(phrase->word, "arn:") || word_is(phrase->word, "*"))
		return phrase->word;
	if (!plan_find_thing(plan, phrase, ESTATE_RESOURCE | ESTATE_ROLE, &thing))
		return word_from("*", 1);
	return estate_thing_id(&thing);
}

/* An account of the estate stands for all that it owns. */
static int
is_on(struct plan *plan, const struct supposed_request *request,
    const struct phrase *phrase)
{
	struct pattern *pattern = arena_alloc(plan->arena, sizeof(*pattern));
	struct word text;

	if (estate_account(plan->court->estate, phrase->word) != NULL)
		return universe_equal(plan->universe, request->owner,
		    phrase->word, false);
	text = resource_text(plan, phrase);
	*pattern = arn_pattern_read(plan->arena, text.text, text.length,
	    false);
	return universe_match(plan->universe, request->resource, pattern);
}

/* One request, or any of the call's. */
static int
phrase_on(struct plan *plan, struct supposition *call,
    struct supposed_request *request, const struct phrases *words)
{
	int holds = FORMULA_FALSE;

	for (size_t i = 0; i < words->list.count; i++) {
		const struct phrase *phrase = &words->list.items[i];

		if (request != NULL)
			holds = formula_or(plan->formulas, holds,
			    is_on(plan, request, phrase));
		for (size_t j = 0; request == NULL &&
		    j < call->requests.count; j++)
			holds = formula_or(plan->formulas, holds,
			    formula_and(plan->formulas,
			    call->requests.items[j]->there, is_on(plan,
			    call->requests.items[j], phrase)));
	}
	return holds;
}

/* The key's value, with text before and behind it. */
static int
slot_has_key(struct plan *plan, struct supposed_request *request, size_t slot,
    const char *before, const char *key, const char *after)
{
	struct supposed_key *value = supposition_key(request,
	    word_from(key, strlen(key)));
	struct piece *pieces = arena_array(plan->arena, 3, sizeof(*pieces));
	size_t count = 0;

	if (*before != '\0')
		pieces[count++].pattern = pattern_read(plan->arena, before,
		    strlen(before));
	pieces[count++] = (struct piece){ .variable = true,
	    .slot = value->slots[0] };
	if (*after != '\0')
		pieces[count++].pattern = pattern_read(plan->arena, after,
		    strlen(after));
	return universe_template(plan->universe, slot, pieces, count, false);
}

/* The session's ARN begins with the caller's aws:userid, or its tag says so. */
static int
phrase_own_session(struct plan *plan, struct supposed_request *request)
{
	static const char tag[] =
	    "ssm:resourceTag/aws:ssmmessages:session-id";
	struct supposed_key *owner = supposition_key(request,
	    word_from(tag, sizeof(tag) - 1));

	return formula_or(plan->formulas, slot_has_key(plan, request,
	    request->resource, "arn:*:ssm:*:*:session/", "aws:userid", "-*"),
	    slot_has_key(plan, request, owner->slots[0], "", "aws:userid",
	    ""));
}

/* Through. */

static bool
way_is(const struct supposed_way *way, struct word word,
    const struct estate_thing *thing)
{
	if (word_is(word, "internet"))
		return way->kind == WAY_INTERNET;
	if (word_is(word, "endpoints"))
		return way->endpoint != NULL;
	if (way->endpoint == NULL)
		return false;
	return thing->endpoint != NULL ? way->endpoint == thing->endpoint :
	    way->endpoint->vpc == thing->vpc;
}

static int
is_through(struct plan *plan, struct supposition *call,
    const struct phrase *phrase)
{
	struct estate_thing thing = { .endpoint = NULL };
	int holds = FORMULA_FALSE;

	if (!word_is(phrase->word, "internet") &&
	    !word_is(phrase->word, "endpoints") && !plan_find_thing(plan, phrase,
	    ESTATE_ENDPOINT | ESTATE_VPC, &thing))
		return FORMULA_FALSE;
	for (size_t i = 0; i < call->way_count; i++)
		if (way_is(&call->ways[i], phrase->word, &thing))
			holds = formula_or(plan->formulas, holds,
			    call->ways[i].bit);
	/* what a service asks in its own name comes from inside of AWS */
	return formula_and(plan->formulas, holds, -supposition_is_kind(call,
	    ACTOR_SERVICE));
}

/* Document, named, mfa. */

static int
is_document(struct plan *plan, struct supposition *call,
    const struct phrase *phrase)
{
	int holds = FORMULA_FALSE;

	for (size_t i = 0; i < call->requests.count; i++) {
		struct supposed_request *request = call->requests.items[i];

		if (request->part == NULL ||
		    strcmp(request->part, "document") != 0)
			continue;
		holds = formula_or(plan->formulas, holds,
		    formula_and(plan->formulas, request->there,
		    is_on(plan, request, phrase)));
	}
	return holds;
}

static int
is_text(struct plan *plan, struct supposed_request *request, size_t slot,
    const struct phrase *phrase)
{
	const struct substitution_use use = { .like = false };
	const struct substitution *text;

	if (!substitution_occurs(phrase->word))
		return universe_equal(plan->universe, slot, phrase->word,
		    false);
	text = substitution_read(plan->arena, plan->court->catalog,
	    phrase->word, use);
	return encode_substitution(request, slot, text);
}

/* The name of the session that is made, else of the one that calls. */
static int
is_named(struct plan *plan, struct supposed_request *request,
    const struct phrase *phrase)
{
	static const char key[] = "sts:RoleSessionName";
	struct formulas *formulas = plan->formulas;
	int makes = plan_makes_session(request);
	int made = makes == FORMULA_FALSE ? FORMULA_FALSE : is_text(plan,
	    request, supposition_key(request, word_from(key,
	    sizeof(key) - 1))->slots[0], phrase);

	return formula_or(formulas, formula_and(formulas, makes, made),
	    formula_and(formulas, -makes, is_text(plan, request,
	    request->call->session, phrase)));
}

static int
says_mfa(struct plan *plan, struct supposed_request *request)
{
	static const char key[] = "aws:MultiFactorAuthPresent";

	return universe_true(plan->universe, supposition_key(request,
	    word_from(key, sizeof(key) - 1))->slots[0]);
}

static int
phrase_word(struct plan *plan, struct supposed_request *request,
    enum phrase_kind kind, const struct phrase *word)
{
	struct supposition *call = request->call;

	switch (kind) {
	case PHRASE_BY:
		return plan_by(plan, call, word);
	case PHRASE_BY_SESSION_OF:
		return plan_by_session_of(plan, call, word);
	case PHRASE_THROUGH:
		return is_through(plan, call, word);
	case PHRASE_DOCUMENT:
		return is_document(plan, call, word);
	case PHRASE_NAMED:
		return is_named(plan, request, word);
	case PHRASE_ON:
	case PHRASE_ON_OWN_SESSION:
	case PHRASE_MFA:
	case PHRASE_COUNT:
		break;
	}
	return FORMULA_FALSE;
}

int
plan_phrase(struct plan *plan, size_t step, struct supposed_request *request,
    const struct guarantee_phrase *phrase)
{
	struct supposition *call = plan->calls[step];
	struct supposed_request *first = request != NULL ? request :
	    call->requests.items[0];
	struct phrases words = plan_words(plan, step, phrase, &phrase->words);
	int holds = FORMULA_FALSE;

	if (phrase->kind == PHRASE_MFA)
		return says_mfa(plan, first);
	if (phrase->kind == PHRASE_ON_OWN_SESSION)
		return phrase_own_session(plan, first);
	if (phrase->kind == PHRASE_ON)
		return phrase_on(plan, call, request, &words);
	for (size_t i = 0; i < words.list.count; i++)
		holds = formula_or(plan->formulas, holds, phrase_word(plan,
		    first, phrase->kind, &words.list.items[i]));
	return holds;
}
