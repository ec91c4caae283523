/* SPDX-License-Identifier: MIT */
/*
 * Questions about the request, as formulas, that a layer or the verdict hangs
 * on; no policy is read here.
 */
#include "config.h"

#include <string.h>

#include "simulator/judgement_row.h"

/* Questions about the action. */

static bool
is_of_service(const struct supposed_action *action, const void *prefix)
{
	size_t length = strlen(prefix);

	return action->name.length > length &&
	    action->name.text[length] == ':' && word_equal_folded(
	    word_from(action->name.text, length), word_from(prefix, length));
}

static bool
is_among(const struct supposed_action *action, const void *list)
{
	return word_is_among(action->name.text, action->name.length, list);
}

int
judge_acts_of(struct judge *judge, const char *prefix)
{
	return supposition_acts(judge->request, is_of_service, prefix);
}

int
judge_acts_among(struct judge *judge, const char *list)
{
	return supposition_acts(judge->request, is_among, list);
}

/* Questions about the resource. */

int
judge_resource_matches(struct judge *judge, const char *text)
{
	const struct pattern pattern = arn_condition_read(
	    judge->call->arena, text, strlen(text));

	return universe_match(judge->call->universe,
	    judge->request->resource, &pattern);
}

int
judge_is_owned(struct judge *judge)
{
	int owned = FORMULA_FALSE;

	if (supposition_assume(judge->call, ASSUME_eval_39) != 0)
		return FORMULA_FALSE;
	for (size_t i = 0; i < judge->request->sort_count; i++) {
		const struct supposed_resource *sort =
		    &judge->request->sorts[i];

		if (sort->sort == SORT_AWS || (sort->resource != NULL &&
		    sort->resource->aws_owned))
			owned = any(judge, owned, sort->bit);
	}
	return owned;
}

/* TRUST-1; see request_asks_trust(). */
int
judge_asks_trust(struct judge *judge)
{
	return any(judge, judge_acts_among(judge, TRUST_ASSUMING),
	    all(judge, judge_acts_among(judge, TRUST_BESIDE),
	    judge_resource_matches(judge, "arn:*:iam::*:role/*")));
}

/* Questions about keys. */

int
judge_says_true(struct judge *judge, const char *name)
{
	struct supposed_key *key = supposition_key(judge->request,
	    word_from(name, strlen(name)));

	return universe_true(judge->call->universe, key->slots[0]);
}
