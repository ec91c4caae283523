/* SPDX-License-Identifier: MIT */
/* Collects keys from the trail; their meaning is not known here. */
#include "config.h"

#include "simulator/evidence.h"

const char *
origin_name(const struct context_key *key)
{
	if (context_key_is_unknown(key))
		return "unknown";
	if (!context_key_is_present(key))
		return "absent";
	return key->origin == ORIGIN_GIVEN ? "given" : "derived";
}

struct clerk {
	struct arena		*arena;
	const struct request	*request;
	struct evidence		 evidence;
};

static void
add_key(struct clerk *clerk, struct word name, uint32_t hash)
{
	const struct context_key *key = request_key(clerk->request, name.text,
	    name.length, hash);

	for (size_t i = 0; i < clerk->evidence.list.count; i++)
		if (word_equal_folded(clerk->evidence.list.items[i].name,
		    name))
			return;
	*list_add(clerk->arena, &clerk->evidence.list) = (struct asked){
	    key->name.text != NULL ? key->name : name, key };
}

static void
add_variables(struct clerk *clerk, const struct substitution *substitution)
{
	for (size_t i = 0; substitution != NULL && i < substitution->count;
	    i++) {
		const struct fragment *fragment = &substitution->fragments[i];

		if (fragment->variable)
			add_key(clerk, fragment->text, fragment->hash);
	}
}

static void
add_clause(struct clerk *clerk, const struct clause *clause)
{
	for (size_t i = 0; i < clause->resources.count; i++)
		add_variables(clerk, clause->resources.entries[i].variable);
	for (size_t i = 0; i < clause->test_count; i++) {
		const struct test *test = &clause->tests[i];

		add_key(clerk, test->key, test->hash);
		for (size_t j = 0; j < test->count; j++)
			add_variables(clerk, test->operands[j].variable);
	}
}

/* The entry could match, were the keys other ones that it has values of. */
static bool
hangs_on_variables(const struct clerk *clerk,
    const struct substitution *substitution)
{
	const struct assumptions defaults = { { 0 } };
	struct request open = *clerk->request;
	const struct scope scope = { &open, &defaults, NULL };

	open.context = (struct context){ .open = true };
	return substitution_match(substitution, open.resource,
	    open.resource.length, &scope) != TRUTH_FALSE;
}

/* What kept the resource out of the statement. */
static void
add_missed(struct clerk *clerk, const struct clause *clause)
{
	for (size_t i = 0; i < clause->resources.count; i++) {
		const struct substitution *variable =
		    clause->resources.entries[i].variable;

		if (variable != NULL && hangs_on_variables(clerk, variable))
			add_variables(clerk, variable);
	}
}

struct evidence
evidence_list(struct arena *arena, const struct ruling *ruling)
{
	struct clerk clerk = { .arena = arena, .request = &ruling->request };

	for (size_t i = 0; i < ruling->trail.steps.count; i++) {
		const struct step *step = &ruling->trail.steps.items[i];

		if (step->meeting.failed == ELEMENT_NONE ||
		    step->meeting.failed == ELEMENT_CONDITION)
			add_clause(&clerk, step->clause);
		else if (step->meeting.failed == ELEMENT_RESOURCE)
			add_missed(&clerk, step->clause);
	}
	for (size_t i = 0; i < ruling->wanted_count; i++)
		add_key(&clerk, ruling->wanted[i], key_hash(
		    ruling->wanted[i].text, ruling->wanted[i].length));
	return clerk.evidence;
}
