/* SPDX-License-Identifier: MIT */
/*
 * Edits are made in the text of a document, which is then read and compiled
 * as any other, so that what is proved is what somebody would write.
 */
#include "config.h"

#include <string.h>

#include "policy/json.h"
#include "policy/reader.h"
#include "simulator/remedy.h"

/* One condition that a promise asks for. */
struct wish_for {
	const char	*operator;
	const char	*key;
	const struct word *values;
	size_t		 count;
	size_t		 hop;
};

struct healer {
	struct arena			*arena;
	struct court			 court;	/* with the edits of a try */
	const struct suite		*suite;
	const struct proof		*proof;
	const struct proof_options	*options;
	struct remedy			*remedy;
	LIST(struct wish_for)		 wishes;
	bool				 expressible;
};

/* What the promise asks for, as conditions of a policy. */

static void
add_wish(struct healer *healer, size_t hop, const char *operator,
    const char *key, const struct word *values, size_t count)
{
	*list_add(healer->arena, &healer->wishes) = (struct wish_for){
	    operator, key, values, count, hop };
}

static struct word *
words_of(struct healer *healer, const struct phrases *phrases)
{
	struct word *words = arena_array(healer->arena, phrases->list.count,
	    sizeof(*words));

	for (size_t i = 0; i < phrases->list.count; i++)
		words[i] = phrases->list.items[i].word;
	return words;
}

/* Of a session, which no key holds (PRIN-7), or of a federated user. */
static bool
is_of_sts(struct word word)
{
	struct arn arn = arn_split(word.text, word.length);

	return arn_field_is(&arn, ARN_SERVICE, "sts");
}

/* The ids of what the words name; of one that names several things none. */
static struct word *
ids_of(struct healer *healer, const struct phrases *phrases, unsigned kinds)
{
	struct word *words = words_of(healer, phrases);

	for (size_t i = 0; i < phrases->list.count; i++) {
		struct estate_matches found = estate_find(
		    healer->court.estate, healer->arena, words[i], kinds);

		if (is_of_sts(words[i]))
			healer->expressible = false;
		else if (found.count == 1)
			words[i] = estate_thing_id(&found.items[0]);
		else if (!word_starts_with(words[i], "arn:"))
			healer->expressible = false;
	}
	return words;
}

static void
add_phrase(struct healer *healer, size_t hop,
    const struct guarantee_phrase *phrase)
{
	static const struct word yes = { "true", 4 };
	size_t count = phrase->words.list.count;

	switch (phrase->kind) {
	case PHRASE_THROUGH:
		add_wish(healer, hop, "StringEquals", "aws:SourceVpce",
		    ids_of(healer, &phrase->words, ESTATE_ENDPOINT), count);
		return;
	case PHRASE_BY:
	case PHRASE_BY_SESSION_OF:
		add_wish(healer, hop, "ArnEquals", "aws:PrincipalArn",
		    ids_of(healer, &phrase->words, ESTATE_PRINCIPAL), count);
		return;
	case PHRASE_NAMED:
		add_wish(healer, hop, "StringEquals", "sts:RoleSessionName",
		    words_of(healer, &phrase->words), count);
		return;
	case PHRASE_MFA:
		add_wish(healer, hop, "Bool", "aws:MultiFactorAuthPresent",
		    &yes, 1);
		return;
	case PHRASE_ON:
	case PHRASE_ON_OWN_SESSION:
	case PHRASE_DOCUMENT:
	case PHRASE_COUNT:
		break;
	}
	healer->expressible = false;
}

static void
add_test(struct healer *healer, size_t hop,
    const struct guarantee_condition *test)
{
	char *operator = arena_alloc(healer->arena, GUARANTEE_OPERATOR_SIZE);

	guarantee_operator_name(&test->use, operator);
	add_wish(healer, hop, operator, arena_copy(healer->arena,
	    test->key.word.text, test->key.word.length), words_of(healer,
	    &test->values), test->values.list.count);
}

/* Only what is asked for altogether is a condition; see GUARANTEE_DEPTH_MAX. */
static void
add_condition(struct healer *healer, size_t hop,
    const struct guarantee_condition *condition)
{
	switch (condition->kind) {
	case CONDITION_TEST:
		add_test(healer, hop, condition);
		return;
	case CONDITION_PHRASE:
		add_phrase(healer, hop, &condition->phrase);
		return;
	case CONDITION_HOP:
		add_condition(healer, condition->hop, condition->one);
		return;
	case CONDITION_AND:
		add_condition(healer, hop, condition->one);
		add_condition(healer, hop, condition->other);
		return;
	case CONDITION_PART:
		add_condition(healer, hop, condition->one);
		return;
	case CONDITION_ACTION:
	case CONDITION_NOT:
	case CONDITION_OR:
		break;
	}
	healer->expressible = false;
}

/* Text. */

static void
write_text(struct json_sheet *sheet, const char *text)
{
	json_sheet_add(sheet, text, strlen(text));
}

/* `"KEY": VALUE', a list where there are several. */
static void
write_pair(struct json_sheet *sheet, const struct wish_for *wish)
{
	struct json json;

	json_init(&json, json_sheet_sink(sheet), false);
	json_text(&json, wish->key);
	write_text(sheet, ": ");
	json_init(&json, json_sheet_sink(sheet), false);
	if (wish->count != 1)
		json_open_array(&json);
	for (size_t i = 0; i < wish->count; i++)
		json_string(&json, wish->values[i].text,
		    wish->values[i].length);
	if (wish->count != 1)
		json_close_array(&json);
}

static void
write_block(struct json_sheet *sheet, const struct wish_for *wish)
{
	write_text(sheet, "\"");
	write_text(sheet, wish->operator);
	write_text(sheet, "\": {");
	write_pair(sheet, wish);
	write_text(sheet, "}");
}

/* Where the wish goes: behind a brace, with what before it. */
struct splice {
	size_t	 at;
	const char *text;
};

/* False when the statement tests the key under that operator already. */
static bool
find_splice(struct healer *healer, const struct statement *statement,
    const struct wish_for *wish, struct splice *splice)
{
	const struct node *condition = statement->condition_node;
	const struct node *block = condition == NULL ? NULL :
	    node_find(condition, wish->operator);
	struct json_sheet sheet = { .arena = healer->arena };
	const struct node *around = statement->node;

	if (block != NULL) {
		if (node_find(block, wish->key) != NULL)
			return false;
		around = block;
		write_pair(&sheet, wish);
	} else if (condition != NULL) {
		around = condition;
		write_block(&sheet, wish);
	} else {
		write_text(&sheet, "\"Condition\": {");
		write_block(&sheet, wish);
		write_text(&sheet, "}");
	}
	if (around->count > 0)
		write_text(&sheet, ", ");
	splice->at = around->span.start + 1;
	splice->text = json_sheet_text(&sheet);
	return true;
}

/* The document with that text in it, read and compiled; or NULL. */
static const struct charter *
recompile(struct healer *healer, const struct charter *charter,
    const struct splice *splice)
{
	const struct source *old = charter->policy->text->source;
	struct json_sheet sheet = { .arena = healer->arena };
	struct report report;
	const struct source *source;
	const struct text *text;

	/* what stands in another document is not cut out of it */
	if (charter->policy->node != charter->policy->text->root)
		return NULL;
	json_sheet_add(&sheet, old->bytes, splice->at);
	write_text(&sheet, splice->text);
	json_sheet_add(&sheet, old->bytes + splice->at,
	    old->length - splice->at);
	source = source_new(healer->arena, old->name, json_sheet_text(&sheet),
	    sheet.length);
	report_init(&report, healer->arena, source);
	text = text_read(healer->arena, source, &report);
	if (text->root == NULL)
		return NULL;
	return charter_compile(healer->arena, healer->court.catalog,
	    reader_read_policy(healer->arena, text, text->root, &report),
	    charter->layer, healer->court.assumptions, CHARTER_INDEXED);
}

/* Statements that let the witness through. */

static bool
is_editable(const struct step *step, enum layer layer)
{
	return step->layer == layer && step->clause != NULL &&
	    step->clause->effect == EFFECT_ALLOW &&
	    step->meeting.matches == TRUTH_TRUE &&
	    step->charter->policy->text->source->outer == NULL;
}

static const struct step *
find_step(const struct answer *witness, size_t hop, enum layer layer)
{
	if (hop >= witness->count)
		return NULL;
	for (size_t i = 0; i < witness->hops[hop].count; i++) {
		const struct trail *trail =
		    &witness->hops[hop].rulings[i].trail;

		for (size_t j = 0; j < trail->steps.count; j++)
			if (is_editable(&trail->steps.items[j], layer))
				return &trail->steps.items[j];
	}
	return NULL;
}

/* Everything that must stay possible still is. */
static bool
stays_alive(struct healer *healer)
{
	for (size_t i = 0; i < healer->suite->guarantees.count; i++) {
		const struct guarantee *guarantee =
		    &healer->suite->guarantees.items[i];
		struct proof proof;

		if (guarantee->quantifier != GUARANTEE_SOME &&
		    guarantee->quantifier != GUARANTEE_EACH)
			continue;
		proof_make(healer->arena, &healer->court, guarantee,
		    healer->options, &proof);
		if (proof.verdict != PROOF_HOLDS)
			return false;
	}
	return true;
}

static void
add_place(struct healer *healer, const struct step *step,
    const struct wish_for *wish)
{
	struct json_sheet sheet = { .arena = healer->arena };

	write_block(&sheet, wish);
	*list_add(healer->arena, &healer->remedy->places) =
	    (struct remedy_place){ step->clause->statement,
	    step->charter->policy, json_sheet_text(&sheet) };
}

/* Edits one statement in the court. */
static bool
edit(struct healer *healer, const struct step *step,
    const struct wish_for *wish)
{
	const struct charter *edited;
	struct splice splice;

	if (!find_splice(healer, step->clause->statement, wish, &splice))
		return false;
	edited = recompile(healer, step->charter, &splice);
	if (edited == NULL)
		return false;
	healer->court.archive = archive_replace(healer->arena,
	    healer->court.archive, step->charter, edited);
	add_place(healer, step, wish);
	return true;
}

/* One wish in one layer: in as many statements as it takes. */
static bool
try(struct healer *healer, enum layer layer, const struct wish_for *wish)
{
	struct proof proof = *healer->proof;
	struct proof_options options = *healer->options;

	options.why = false;
	healer->remedy->places.count = 0;
	while (proof.verdict == PROOF_BROKEN &&
	    healer->remedy->places.count < REMEDY_PLACES_MAX) {
		const struct step *step = find_step(proof.witness, wish->hop,
		    layer);

		if (step == NULL || !edit(healer, step, wish))
			return false;
		proof_make(healer->arena, &healer->court,
		    healer->proof->which, &options, &proof);
	}
	return proof.verdict == PROOF_HOLDS && stays_alive(healer);
}

void
remedy_find(struct arena *arena, const struct court *court,
    const struct suite *suite, const struct proof *proof,
    const struct proof_options *options, struct remedy *remedy)
{
	static const enum layer layers[] = { LAYER_TRUST, LAYER_RESOURCE,
	    LAYER_IDENTITY, LAYER_ENDPOINT };
	struct healer healer = { .arena = arena, .court = *court,
	    .suite = suite, .proof = proof, .options = options,
	    .remedy = remedy, .expressible = true };

	*remedy = (struct remedy){ .places = { .count = 0 } };
	if (proof->verdict != PROOF_BROKEN || proof->witness == NULL ||
	    proof->which->must == NULL || court->exhibits != NULL)
		return;
	add_condition(&healer, 0, proof->which->must);
	for (size_t i = 0; healer.expressible && i < healer.wishes.count; i++)
		for (size_t j = 0; j < sizeof(layers) / sizeof(layers[0]);
		    j++) {
			healer.court = *court;
			if (try(&healer, layers[j], &healer.wishes.items[i]))
				return;
		}
	remedy->places.count = 0;
}
