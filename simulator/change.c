/* SPDX-License-Identifier: MIT */
/*
 * Asks the search again and again, each time without the statements that the
 * witnesses so far came in by.
 */
#include "config.h"

#include <string.h>

#include "simulator/change.h"
#include "simulator/encode.h"
#include "simulator/fact.h"
#include "simulator/premise.h"
#include "simulator/repertoire.h"
#include "simulator/reservation.h"
#include "simulator/search.h"

enum { ACTIONS_MAX = 24 };

/* How closely an Allow must match to count. */
enum closeness {
	CLOSE_ANY,			/* at all */
	CLOSE_BEHIND,			/* more than by its account */
	CLOSE_OUTRIGHT,			/* by name, or as anybody */
	CLOSENESS_COUNT
};

/* One reading of a document. */
struct reading_of {
	int	 deny;
	int	 allow[CLOSENESS_COUNT];
	int	*matches;		/* clause by clause */
};

struct side {
	const struct charter	*charter;	/* or NULL */
	bool			 open;		/* allows what it does not deny */
	struct reading_of	 plain;
	struct reading_of	 gateway;	/* GRAM-31 */
};

struct contrast {
	struct arena			*arena;
	const struct court		*court;
	enum layer			 layer;
	const struct change_options	*options;
	struct supposition		*call;
	struct supposed_request		*request;
	struct formulas			*formulas;
	int				 bounded;	/* PRIN-22 */
	int				 is_gateway;
	struct side			 from, to;
	struct search			*search;
	struct change_answer			*change;
};

static int
all(const struct contrast *contrast, int one, int other)
{
	return formula_and(contrast->formulas, one, other);
}

static int
any(const struct contrast *contrast, int one, int other)
{
	return formula_or(contrast->formulas, one, other);
}

static bool
has_principal(enum layer layer)
{
	return (LAYERS_PRINCIPAL & (1u << layer)) != 0;
}

/* Its documents say by themselves who may. */
static bool
grants(enum layer layer)
{
	return layer == LAYER_RESOURCE || layer == LAYER_TRUST;
}

premise_set
change_premises(enum layer layer)
{
	premise_set premises = (premise_set)1 << PREMISE_shape;

	return has_principal(layer) ? premises |
	    (premise_set)1 << PREMISE_caller : premises;
}

/* What stands beside a document. */

static bool
has_allow(const struct charter *charter)
{
	if (!charter->usable || charter->unknown)
		return true;		/* who knows */
	for (size_t i = 0; i < charter->count; i++)
		if (charter->clauses[i].effect == EFFECT_ALLOW)
			return true;
	return false;
}

static bool
only_denies(const struct charter *charter)
{
	return charter == NULL || !has_allow(charter);
}

bool
change_is_beside(const struct charter *from, const struct charter *to)
{
	return only_denies(from) && only_denies(to);
}

/*
 * EVAL-2: a limit that is not there limits nothing.  An RCP never grants, and
 * FullAWSAccess stands beside an SCP that does not.
 */
static bool
is_open(enum layer layer, const struct charter *charter, bool beside)
{
	bool limits = (1u << layer & (LAYER_SET(BOUNDARY) |
	    LAYER_SET(SESSION) | LAYER_SET(ENDPOINT) | LAYER_SET(SCP) |
	    LAYER_SET(RCP))) != 0;

	if (charter == NULL)
		return limits || beside;
	return layer == LAYER_RCP || (layer == LAYER_SCP &&
	    only_denies(charter)) || beside;
}

/* Encoding. */

static int
close_enough(const struct contrast *contrast,
    const struct encoded *encoded, enum closeness closeness)
{
	static const unsigned sets[CLOSENESS_COUNT] = {
		[CLOSE_ANY] = 1u << MATCH_ACCOUNT | 1u << MATCH_ISSUER |
		    1u << MATCH_DIRECT | 1u << MATCH_ANY,
		[CLOSE_BEHIND] = 1u << MATCH_ISSUER | 1u << MATCH_DIRECT |
		    1u << MATCH_ANY,
		[CLOSE_OUTRIGHT] = 1u << MATCH_DIRECT | 1u << MATCH_ANY,
	};
	int close = FORMULA_FALSE;

	for (enum match_class class = MATCH_ACCOUNT; class <= MATCH_ANY;
	    class++)
		if ((sets[closeness] >> class & 1) != 0)
			close = any(contrast, close,
			    encoded->allow[class]);
	return close;
}

static void
add_encoded(const struct contrast *contrast, struct reading_of *reading,
    const struct encoded *encoded)
{
	reading->deny = any(contrast, reading->deny, encoded->deny);
	for (enum closeness i = 0; i < CLOSENESS_COUNT; i++)
		reading->allow[i] = any(contrast, reading->allow[i],
		    close_enough(contrast, encoded, i));
}

/* Statement by statement, so that each can be asked for by itself. */
static void
read_side(const struct contrast *contrast, const struct side *side,
    bool gateway, struct reading_of *reading)
{
	const struct encode_use use = { .bounded = contrast->bounded,
	    .gateway = gateway, .hopeful = true };
	size_t count = side->charter == NULL ? 0 : side->charter->count;

	reading->deny = FORMULA_FALSE;
	for (enum closeness i = 0; i < CLOSENESS_COUNT; i++)
		reading->allow[i] = side->open ? FORMULA_TRUE : FORMULA_FALSE;
	reading->matches = arena_array(contrast->arena, count,
	    sizeof(*reading->matches));
	for (size_t i = 0; i < count; i++) {
		struct charter one = *side->charter;
		const struct charter *list = &one;
		const struct charters charters = { &list, 1 };
		struct encoded encoded;

		one.clauses = &side->charter->clauses[i];
		one.count = 1;
		encoded = encode_layer(contrast->request, &charters, &use);
		add_encoded(contrast, reading, &encoded);
		reading->matches[i] = any(contrast, encoded.deny,
		    encoded_allows(contrast->formulas, &encoded));
	}
}

static void
read_sides(struct contrast *contrast)
{
	struct side *sides[] = { &contrast->from, &contrast->to };

	for (size_t i = 0; i < 2; i++) {
		read_side(contrast, sides[i], false, &sides[i]->plain);
		sides[i]->gateway = sides[i]->plain;
		if (contrast->layer == LAYER_ENDPOINT)
			read_side(contrast, sides[i], true,
			    &sides[i]->gateway);
	}
}

/* What is gained under one reading.  How closely matters where the resource
 * itself grants. */
static int
gained_by(const struct contrast *contrast, const struct reading_of *from,
    const struct reading_of *to)
{
	enum closeness end = grants(contrast->layer) ? CLOSENESS_COUNT : 1;
	int gained = FORMULA_FALSE;

	for (enum closeness i = 0; i < end; i++)
		gained = any(contrast, gained, all(contrast, to->allow[i],
		    any(contrast, -from->allow[i], from->deny)));
	return all(contrast, gained, -to->deny);
}

static int
gained(const struct contrast *contrast)
{
	return any(contrast, all(contrast, -contrast->is_gateway,
	    gained_by(contrast, &contrast->from.plain,
	    &contrast->to.plain)), all(contrast, contrast->is_gateway,
	    gained_by(contrast, &contrast->from.gateway,
	    &contrast->to.gateway)));
}

/* The supposed request. */

/* Actions that a reader knows, tried first. */
static void
prefer_actions(const struct contrast *contrast,
    const struct side *side, struct words *words)
{
	const struct catalog *catalog = contrast->court->catalog;

	for (size_t i = 0; side->charter != NULL && i < side->charter->count;
	    i++) {
		const struct element *element =
		    &side->charter->clauses[i].statement->action;

		for (size_t j = 0; j < element->count; j++) {
			struct word word = word_of_node(element->items[j]);
			const struct action *action = catalog_action(catalog,
			    word.text, word.length);
			const char *name;

			if (action == NULL)
				continue;
			name = arena_printf(contrast->arena, "%s:%s",
			    action->service->prefix, action->name);
			*list_add(contrast->arena, &words->list) =
			    word_from(name, strlen(name));
		}
	}
}

static void
open_action(struct contrast *contrast)
{
	/* of some service: the keys that are everywhere are here, too */
	const struct supposed_action action = { .name = { "*", 1 },
	    .service = &contrast->court->catalog->services[0] };
	static const char *const common[] = { "s3:GetObject", "s3:PutObject",
	    "ec2:RunInstances", "iam:CreateUser", "kms:Decrypt" };
	struct words words = { .list = { .count = 0 } };

	prefer_actions(contrast, &contrast->to, &words);
	prefer_actions(contrast, &contrast->from, &words);
	for (size_t i = 0; i < sizeof(common) / sizeof(common[0]); i++)
		*list_add(contrast->arena, &words.list) =
		    word_from(common[i], strlen(common[i]));
	contrast->request = supposition_add(contrast->call, NULL,
	    FORMULA_TRUE, &action, 1);
	supposition_open_action(contrast->request, words.list.items,
	    words.list.count);
}

static struct charters
list_charters(const struct contrast *contrast)
{
	const struct charter **items = arena_array(contrast->arena, 2,
	    sizeof(*items));
	size_t count = 0;

	if (contrast->from.charter != NULL)
		items[count++] = contrast->from.charter;
	if (contrast->to.charter != NULL)
		items[count++] = contrast->to.charter;
	return (struct charters){ items, count };
}

static void
list_actions(struct contrast *contrast, const struct charters *charters)
{
	struct repertoire repertoire;

	repertoire_find(&repertoire, contrast->arena, contrast->court,
	    &(struct repertoire_use){ .documents = charters });
	if (repertoire.cut)
		contrast->call->unsupported = repertoire_cut;
	contrast->request = supposition_add(contrast->call, NULL,
	    FORMULA_TRUE, repertoire.list.items, repertoire.list.count);
}

/* Who is bound by documents of the layer at all. */
static int
is_subject(const struct contrast *contrast)
{
	const struct supposition *call = contrast->call;

	if ((1u << contrast->layer & LAYERS_ATTACHED) != 0)
		return fact_is_kind(call, KIND_SET(ACTOR_USER) |
		    KIND_SET(ACTOR_ROLE_SESSION) |
		    KIND_SET(ACTOR_FEDERATED_SESSION));
	if (contrast->layer == LAYER_SCP)
		return fact_is_kind(call, KINDS_WITH_ACCOUNT);
	return contrast->layer == LAYER_ENDPOINT ?
	    supposition_is_way(call, WAY_ENDPOINT) : FORMULA_TRUE;
}

/*
 * No list holds an empty text: AWS takes neither an empty tag key nor an empty
 * service name.  Else ForAllValues, to which one such value is none (COND-7),
 * would not be the reverse of ForAnyValue.
 */
static void
add_lists(const struct contrast *contrast, const struct supposed_keys *keys)
{
	const struct supposition *call = contrast->call;

	for (size_t i = 0; i < keys->list.count; i++) {
		const struct supposed_key *key = keys->list.items[i];

		for (size_t j = 0; key->multivalued && j < key->count; j++)
			supposition_imply(contrast->call, PREMISE_shape,
			    fact_there(call, key->slots[j]),
			    fact_form(call, key->slots[j], "?*"));
	}
}

static void
suppose(struct contrast *contrast)
{
	struct universe *universe;
	struct charters charters = list_charters(contrast);

	contrast->formulas = formulas_new(contrast->arena);
	universe = universe_new(contrast->arena, contrast->formulas);
	contrast->call = supposition_new(contrast->arena,
	    contrast->court, universe, "");
	reservation_keep(contrast->call);
	if (contrast->options->real)
		list_actions(contrast, &charters);
	else
		open_action(contrast);
	contrast->bounded = formula_variable(contrast->formulas);
	contrast->is_gateway = contrast->layer == LAYER_ENDPOINT ?
	    formula_variable(contrast->formulas) : FORMULA_FALSE;
	encode_expect(contrast->request, &charters);
	read_sides(contrast);
	supposition_require(contrast->call, PREMISE_shape,
	    is_subject(contrast));
	premise_add(contrast->call, (struct premise_reading){ .all = true,
	    .endpoint = contrast->layer == LAYER_ENDPOINT });
	add_lists(contrast, &contrast->call->keys);
	add_lists(contrast, contrast->request->keys);
}

static int
bind_premises(const struct contrast *contrast)
{
	int bound = FORMULA_TRUE;

	for (enum premise premise = 0; premise < PREMISE_COUNT; premise++)
		if ((contrast->options->premises >> premise & 1) != 0)
			bound = all(contrast, bound,
			    contrast->call->premises[premise]);
	return bound;
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
	static const match_set sets[] = {
		1u << MATCH_ISSUER | 1u << MATCH_DIRECT | 1u << MATCH_ANY,
		1u << MATCH_DIRECT | 1u << MATCH_ANY,
	};

	if (!grants(contrast->layer))
		return false;
	for (size_t i = 0; i < sizeof(sets) / sizeof(sets[0]); i++)
		if ((to->classes & sets[i]) != 0 &&
		    (from->classes & sets[i]) == 0)
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
	    .from = { .charter = from, .open = is_open(layer, from, beside) },
	    .to = { .charter = to, .open = is_open(layer, to, beside) } };
	int root;

	*change = (struct change_answer){ .verdict = CHANGE_UNDECIDED,
	    .reason = find_obstacle(&contrast) };
	if (change->reason != NULL)
		return;
	suppose(&contrast);
	change->reason = contrast.call->unsupported;
	if (change->reason != NULL)
		return;
	root = all(&contrast, gained(&contrast),
	    bind_premises(&contrast));
	contrast.search = search_new(arena,
	    contrast.call->universe);
	while (find_witness(&contrast, &root))
		continue;
}
