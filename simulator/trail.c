/* SPDX-License-Identifier: MIT */
/*
 * What was looked at, in order.  What left it open is found by asking again,
 * so that only who wants an explanation pays for it.
 */
#include "config.h"

#include <string.h>

#include "simulator/trail.h"

void
trail_add(struct trail *trail, struct step step)
{
	if (trail != NULL)
		*list_add(trail->arena, &trail->steps) = step;
}

void
trail_add_key(struct trail *trail, struct word name)
{
	if (trail == NULL)
		return;
	for (size_t i = 0; i < trail->keys.count; i++)
		if (word_equal_folded(trail->keys.items[i], name))
			return;
	*list_add(trail->arena, &trail->keys) = name;
}

static void
add_key(struct trail *trail, const struct scope *scope, struct word name,
    uint32_t hash)
{
	if (context_key_is_unknown(request_key(scope->request, name.text,
	    name.length, hash)))
		trail_add_key(trail, name);
}

static void
add_variables(struct trail *trail, const struct scope *scope,
    const struct substitution *substitution)
{
	for (size_t i = 0; substitution != NULL && i < substitution->count;
	    i++) {
		const struct fragment *fragment = &substitution->fragments[i];

		if (fragment->variable)
			add_key(trail, scope, fragment->text, fragment->hash);
	}
}

static void
add_test(struct trail *trail, const struct scope *scope,
    const struct test *test)
{
	if (test_holds(test, scope) != TRUTH_UNKNOWN)
		return;
	add_key(trail, scope, test->key, test->hash);
	for (size_t i = 0; i < test->count; i++)
		add_variables(trail, scope, test->operands[i].variable);
}

static void
add_actor(struct trail *trail, const struct actor *actor)
{
	if (actor->open_id || actor->open_session)
		trail_add_key(trail, word_from("aws:userid",
		    strlen("aws:userid")));
	if (actor->open_role)
		trail_add_key(trail, word_from("aws:PrincipalArn",
		    strlen("aws:PrincipalArn")));
}

void
trail_add_doubt(struct trail *trail, const struct step *step,
    const struct scope *scope)
{
	const struct clause *clause = step->clause;

	if (trail == NULL || step->meeting.matches == TRUTH_FALSE)
		return;
	if (step->meeting.hoped != step->meeting.class)
		add_actor(trail, &scope->request->actor);
	for (size_t i = 0; i < clause->resources.count; i++)
		add_variables(trail, scope,
		    clause->resources.entries[i].variable);
	for (size_t i = 0; i < clause->test_count; i++)
		add_test(trail, scope, &clause->tests[i]);
}
