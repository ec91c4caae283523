/* SPDX-License-Identifier: MIT */
/*
 * Asks the search again and again, each time without the statements that the
 * witnesses so far came in by.
 */
#include "config.h"

#include "simulator/change_row.h"
#include "simulator/reservation.h"

enum { ACTIONS_MAX = 24 };

const char *
change_verdict_name(enum change_verdict verdict)
{
	static const char *const names[] = {
		[CHANGE_UNDECIDED] = "undecided",
		[CHANGE_SOMETHING] = "some",
		[CHANGE_NOTHING] = "none",
	};

	return names[verdict];
}

/* Asking. */

static struct search_result
ask(struct contrast *contrast, int root)
{
	uint64_t budget = contrast->options->budget;
	uint64_t *steps = &contrast->change->steps;
	struct search_result result = search_solve(contrast->search, root,
	    NULL, 0, *steps >= budget ? 0 : budget - *steps);

	*steps += result.steps;
	contrast->change->bug |= result.reason == SEARCH_MISMATCH;
	return result;
}

/* Replaying. */

/* What a document says of a request. */
struct replay {
	const struct clause	*allow, *deny;	/* the first that match */
	match_set		 classes;
};

static void
replay(const struct contrast *contrast, const struct side *side,
    const struct request *request, struct replay *replay)
{
	const struct scope scope = { request, contrast->court->assumptions,
	    NULL };
	bool bounded = search_value(contrast->search, contrast->bounded);

	*replay = (struct replay){ .allow = NULL };
	for (size_t i = 0; side->charter != NULL && i < side->charter->count;
	    i++) {
		const struct clause *clause = &side->charter->clauses[i];
		struct meeting met = clause_meet(clause, side->charter,
		    bounded, &scope);

		if (met.matches != TRUTH_TRUE)
			continue;
		if (clause->effect == EFFECT_DENY && replay->deny == NULL)
			replay->deny = clause;
		if (clause->effect == EFFECT_DENY)
			continue;
		replay->classes |= 1u << met.class;
		if (replay->allow == NULL)
			replay->allow = clause;
	}
}

static bool
says_yes(const struct side *side, const struct replay *replay)
{
	return replay->deny == NULL && (side->open || replay->allow != NULL);
}

/* The statement whose class is one that the other document has not. */
static bool
is_closer(const struct contrast *contrast, const struct replay *from,
    const struct replay *to)
{
	if (!grants(contrast->layer))
		return false;
	for (enum closeness i = CLOSE_BEHIND; i < CLOSENESS_COUNT; i++)
		if ((to->classes & change_classes[i]) != 0 &&
		    (from->classes & change_classes[i]) == 0)
			return true;
	return false;
}

static int
matches_of(const struct side *side, const struct clause *clause)
{
	size_t index = (size_t)(clause - side->charter->clauses);

	return side->plain.matches[index];
}

/* The requests that came in the same way. */
static int
group_of(const struct contrast *contrast,
    const struct change_witness *witness)
{
	int group = FORMULA_TRUE;

	if (witness->grants != NULL)
		group = matches_of(&contrast->to, witness->grants);
	if (witness->stopped != NULL)
		return all(contrast, group, matches_of(&contrast->from,
		    witness->stopped));
	return witness->closer ? group : all(contrast, group,
	    -contrast->from.plain.deny);
}

/* Reads and confirms the model; false when the simulator does not agree. */
static bool
note_witness(struct contrast *contrast, const struct word *texts,
    struct change_witness *witness)
{
	struct replay from, to;
	struct request *request = &witness->sighting.request;

	if (!witness_sight(contrast->arena, contrast->request,
	    contrast->search, texts, &witness->sighting))
		return false;
	request->gateway = search_value(contrast->search,
	    contrast->is_gateway);
	replay(contrast, &contrast->from, request, &from);
	replay(contrast, &contrast->to, request, &to);
	witness->grants = to.allow;
	witness->stopped = from.deny;
	witness->closer = says_yes(&contrast->from, &from);
	return says_yes(&contrast->to, &to) && (!witness->closer ||
	    is_closer(contrast, &from, &to));
}

/* Actions. */

struct wanted {
	const struct pattern	*pattern;	/* NULL: all */
};

static bool
is_wanted(const struct supposed_action *action, const void *context)
{
	const struct wanted *wanted = context;

	return wanted->pattern == NULL || pattern_match(wanted->pattern,
	    action->name.text, action->name.length);
}

static int
acts_as(const struct contrast *contrast, struct word entry)
{
	const struct pattern pattern = pattern_read_folded(contrast->arena,
	    entry.text, entry.length);
	const struct wanted wanted = { word_is(entry, "*") ? NULL :
	    &pattern };

	if (contrast->request->name == SLOT_NONE)
		return supposition_acts(contrast->request, is_wanted,
		    &wanted);
	return wanted.pattern == NULL ? FORMULA_TRUE :
	    universe_match(contrast->call->universe,
	    contrast->request->name, &pattern);
}

/* Which entries of the statement's Action have a part in it. */
static void
find_actions(struct contrast *contrast, int root,
    struct change_witness *witness)
{
	const struct element *element;
	size_t count;

	if (witness->grants == NULL)
		return;
	element = &witness->grants->statement->action;
	count = element->count > ACTIONS_MAX ? ACTIONS_MAX : element->count;
	witness->more_actions = count < element->count;
	for (size_t i = 0; i < count && !element->negated; i++) {
		struct word entry = word_of_node(element->items[i]);
		struct search_result result;

		if (element->count > 1) {
			result = ask(contrast, all(contrast, root,
			    acts_as(contrast, entry)));
			if (result.answer == SEARCH_UNSATISFIABLE)
				continue;
			witness->more_actions |= result.answer !=
			    SEARCH_SATISFIABLE;
			if (result.answer != SEARCH_SATISFIABLE)
				continue;
		}
		*list_add(contrast->arena, &witness->actions) = entry;
	}
}

/* There is no more; but with what was left out, there may be. */
static void
note_last(struct contrast *contrast, int root)
{
	struct change_answer *change = contrast->change;
	struct search_result result = { .answer = SEARCH_UNSATISFIABLE };

	if (reservation_count(contrast->call) > 0)
		result = ask(contrast, root);
	if (result.answer == SEARCH_SATISFIABLE)
		change->reason = reservation_reason(contrast->call,
		    contrast->search);
	else if (result.answer == SEARCH_UNDECIDED)
		change->reason = search_says(&result);
	else if (change->witnesses.count == 0)
		change->verdict = CHANGE_NOTHING;
	change->more = change->reason != NULL &&
	    change->witnesses.count > 0;
}

/* One witness more, of what is left of the root; false when that was the
 * last. */
static bool
find_witness(struct contrast *contrast, int *root)
{
	struct change_answer *change = contrast->change;
	int known = all(contrast, *root, reservation_none(contrast->call));
	struct search_result result = ask(contrast, known);
	struct change_witness witness = { .grants = NULL };
	int group;

	if (result.answer == SEARCH_UNSATISFIABLE) {
		note_last(contrast, *root);
		return false;
	}
	if (result.answer == SEARCH_UNDECIDED) {
		change->reason = search_says(&result);
		change->more = change->witnesses.count > 0;
		return false;
	}
	change->more = change->witnesses.count == contrast->options->most;
	if (change->more)
		return false;
	if (!note_witness(contrast, result.texts, &witness)) {
		change->bug = true;
		change->verdict = CHANGE_UNDECIDED;
		change->reason = "the simulator does not confirm the witness";
		return false;
	}
	change->verdict = CHANGE_SOMETHING;
	group = group_of(contrast, &witness);
	find_actions(contrast, all(contrast, known, group), &witness);
	*list_add(contrast->arena, &change->witnesses) = witness;
	*root = all(contrast, *root, -group);
	return true;
}

static bool
is_readable(const struct charter *charter)
{
	return charter == NULL || (charter->usable && !charter->unknown);
}

/* Why there can be no answer, or NULL.  Closeness is told for the default
 * readings only. */
static const char *
find_obstacle(const struct contrast *contrast)
{
	const unsigned char *choice = contrast->court->assumptions->choice;

	if (!is_readable(contrast->from.charter) ||
	    !is_readable(contrast->to.charter))
		return "a policy cannot be used";
	if (grants(contrast->layer) && (choice[ASSUME_eval_23] != 0 ||
	    choice[ASSUME_eval_24] != 0))
		return "documents that name callers are compared under the "
		    "default readings of eval-23 and eval-24 only";
	return NULL;
}

void
change_find(struct arena *arena, const struct court *court, enum layer layer,
    const struct charter *from, const struct charter *to,
    const struct change_options *options, struct change_answer *change)
{
	bool beside = change_is_beside(from, to);
	struct contrast contrast = { .arena = arena, .court = court,
	    .layer = layer, .options = options, .change = change,
	    .from = { .charter = from, .open = change_is_open(layer, from,
	    beside) },
	    .to = { .charter = to, .open = change_is_open(layer, to,
	    beside) } };
	int root;

	*change = (struct change_answer){ .verdict = CHANGE_UNDECIDED,
	    .reason = find_obstacle(&contrast) };
	if (change->reason != NULL)
		return;
	contrast_suppose(&contrast);
	change->reason = contrast.call->unsupported;
	if (change->reason != NULL)
		return;
	root = all(&contrast, contrast_gained(&contrast),
	    contrast_premises(&contrast));
	contrast.search = search_new(arena,
	    contrast.call->universe);
	while (find_witness(&contrast, &root))
		continue;
}
