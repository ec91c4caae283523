/* SPDX-License-Identifier: MIT */
/*
 * A test is decisive when its statement matched, or failed because of it; a
 * layer when the verdict names it, or when one of its statements matched;
 * all else when the request was allowed.
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "policy/variable.h"
#include "testcases/coverage.h"

void
coverage_count(struct coverage *coverage, const char *topic, const char *name,
    bool decided)
{
	struct tally *tally = NULL;

	for (size_t i = 0; i < coverage->tallies.count; i++) {
		tally = &coverage->tallies.items[i];
		if (strcmp(tally->topic, topic) == 0 &&
		    strcmp(tally->name, name) == 0)
			break;
		tally = NULL;
	}
	if (tally == NULL) {
		tally = list_add(coverage->arena, &coverage->tallies);
		tally->topic = topic;
		/* which may stand in a world that ends before */
		tally->name = arena_printf(coverage->arena, "%s", name);
	}
	tally->seen++;
	tally->decided += decided;
}

static void
count_variables(struct coverage *coverage, struct word text, bool decided)
{
	static const char *const forms[] = {
		[VARIABLE_KEY] = "key",
		[VARIABLE_LITERAL] = "escape",
		[VARIABLE_EMPTY] = "empty",
		[VARIABLE_UNCLOSED] = "unclosed",
		[VARIABLE_SPACED] = "spaced",
		[VARIABLE_UNQUOTED] = "unquoted",
	};
	struct variable variable;
	size_t at = 0;

	while (variable_find(text.text, text.length, at, &variable)) {
		coverage_count(coverage, "variable", variable.kind ==
		    VARIABLE_KEY && variable.fallback != NULL ? "default" :
		    forms[variable.kind], decided);
		at = variable.end;
	}
}

static void
count_test(struct coverage *coverage, const struct test *test, bool decided)
{
	static const char *const quantifiers[] = {
		[QUANTIFIER_NONE] = "none",
		[QUANTIFIER_ALL] = "ForAllValues",
		[QUANTIFIER_ANY] = "ForAnyValue",
	};

	if (test->use.operator == OPERATOR_COUNT) {
		coverage_count(coverage, "operator", "unknown", decided);
		return;
	}
	coverage_count(coverage, "operator",
	    operator_facts(test->use.operator)->name, decided);
	coverage_count(coverage, "quantifier",
	    quantifiers[test->use.quantifier], decided);
	if (test->use.if_exists)
		coverage_count(coverage, "suffix", "IfExists", decided);
	if (!test->use.canonical)
		coverage_count(coverage, "capitals", "odd", decided);
	for (size_t i = 0; i < test->count; i++)
		count_variables(coverage, test->operands[i].text, decided);
}

static void
count_step(struct coverage *coverage, const struct step *step)
{
	const struct clause *clause = step->clause;
	bool matches = step->meeting.matches == TRUTH_TRUE;

	coverage_count(coverage, "statement in", layer_name(step->layer),
	    matches);
	coverage_count(coverage, "effect", clause->effect == EFFECT_DENY ?
	    "Deny" : "Allow", matches);
	for (size_t i = 0; i < clause->test_count; i++)
		count_test(coverage, &clause->tests[i], matches ||
		    step->meeting.test == &clause->tests[i]);
	for (size_t i = 0; i < clause->resources.count; i++)
		count_variables(coverage, clause->resources.entries[i].text,
		    matches);
}

static void
count_request(struct coverage *coverage, const struct request *request,
    bool allowed)
{
	static const char *const kinds[] = {
		[ACTOR_ANONYMOUS] = "anonymous",
		[ACTOR_USER] = "user",
		[ACTOR_ROLE_SESSION] = "role session",
		[ACTOR_FEDERATED_SESSION] = "federated session",
		[ACTOR_ROOT] = "root",
		[ACTOR_SERVICE] = "service",
		[ACTOR_PROVIDER] = "provider",
	};
	static const struct {
		unsigned	 flag;
		const char	*name;
	} flags[] = {
		{ REQUEST_PRINCIPAL_IN_MANAGEMENT,
		    "principalInManagementAccount" },
		{ REQUEST_RESOURCE_IN_MANAGEMENT,
		    "resourceInManagementAccount" },
		{ REQUEST_SERVICE_LINKED, "serviceLinkedRole" },
		{ REQUEST_AWS_KMS_KEY, "awsManagedKmsKey" },
		{ REQUEST_AWS_OWNED, "awsOwnedResource" },
	};

	coverage_count(coverage, "principal", kinds[request->actor.kind],
	    allowed);
	for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++)
		if ((request->flags & flags[i].flag) != 0)
			coverage_count(coverage, "flag", flags[i].name,
			    allowed);
	if (request->gateway)
		coverage_count(coverage, "endpoint", "gateway", allowed);
}

void
coverage_add(struct coverage *coverage, const struct docket *docket,
    const struct decision *decision, const struct trail *trail)
{
	bool allowed = decision->verdict == VERDICT_ALLOWED;

	count_request(coverage, &docket->request, allowed);
	for (size_t i = 0; i < trail->steps.count; i++)
		count_step(coverage, &trail->steps.items[i]);
	if (decision->has_layer)
		coverage_count(coverage, "verdict by",
		    layer_name(decision->layer), true);
}

void
coverage_print(const struct coverage *coverage)
{
	for (size_t i = 0; i < coverage->tallies.count; i++) {
		const struct tally *tally = &coverage->tallies.items[i];

		printf("# %-13s %-28s %9zu %9zu\n", tally->topic, tally->name,
		    tally->seen, tally->decided);
	}
}
