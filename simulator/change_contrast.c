/* SPDX-License-Identifier: MIT */
/* Two documents of one layer as formulas over one supposed request. */
#include "config.h"

#include <string.h>

#include "simulator/change_row.h"
#include "simulator/encode.h"
#include "simulator/fact.h"
#include "simulator/premise.h"
#include "simulator/repertoire.h"
#include "simulator/reservation.h"

static bool
has_principal(enum layer layer)
{
	return (LAYERS_PRINCIPAL & (1u << layer)) != 0;
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
bool
change_is_open(enum layer layer, const struct charter *charter, bool beside)
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

const match_set change_classes[CLOSENESS_COUNT] = {
	[CLOSE_ANY] = 1u << MATCH_ACCOUNT | 1u << MATCH_ISSUER |
	    1u << MATCH_DIRECT | 1u << MATCH_ANY,
	[CLOSE_BEHIND] = 1u << MATCH_ISSUER | 1u << MATCH_DIRECT |
	    1u << MATCH_ANY,
	[CLOSE_OUTRIGHT] = 1u << MATCH_DIRECT | 1u << MATCH_ANY,
};

static int
close_enough(const struct contrast *contrast,
    const struct encoded *encoded, enum closeness closeness)
{
	int close = FORMULA_FALSE;

	for (enum match_class class = MATCH_ACCOUNT; class <= MATCH_ANY;
	    class++)
		if ((change_classes[closeness] >> class & 1) != 0)
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

int
contrast_gained(const struct contrast *contrast)
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

void
contrast_suppose(struct contrast *contrast)
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
	    .trusting = true, .endpoint = contrast->layer == LAYER_ENDPOINT });
	add_lists(contrast, &contrast->call->keys);
	add_lists(contrast, contrast->request->keys);
}

int
contrast_premises(const struct contrast *contrast)
{
	int bound = FORMULA_TRUE;

	for (enum premise premise = 0; premise < PREMISE_COUNT; premise++)
		if ((contrast->options->premises >> premise & 1) != 0)
			bound = all(contrast, bound,
			    contrast->call->premises[premise]);
	return bound;
}
