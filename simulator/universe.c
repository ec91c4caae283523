/* SPDX-License-Identifier: MIT */
/*
 * Slots, claims, and what they mean.  Claims are found again by comparing
 * them with those of the same slot and hash; which of them exclude or imply
 * each other is not known here.
 */
#include "config.h"

#include <assert.h>
#include <string.h>

#include "policy/character.h"
#include "policy/list.h"
#include "simulator/universe.h"

enum { TABLE_MIN = 64 };

/* A slot that stands in the text of another one, by some template. */
struct inset {
	size_t	 inner, outer;
};

struct universe {
	struct arena		*arena;
	struct formulas		*formulas;
	struct universe_reading	 reading;
	LIST(struct slot)	 slots;
	LIST(struct claim)	 claims;
	LIST(struct inset)	 insets;
	LIST(uint32_t)		 by_variable;	/* claim + 1 */
	uint32_t		*table;		/* claim + 1, by hash */
	size_t			 table_size;	/* a power of two */
};

struct universe *
universe_new(struct arena *arena, struct formulas *formulas)
{
	struct universe *universe = arena_alloc(arena, sizeof(*universe));

	universe->arena = arena;
	universe->formulas = formulas;
	universe->table_size = TABLE_MIN;
	universe->table = arena_array(arena, TABLE_MIN, sizeof(uint32_t));
	return universe;
}

void
universe_read_as(struct universe *universe, struct universe_reading reading)
{
	assert(universe->claims.count == 0 ||
	    (universe->reading.years == reading.years &&
	    universe->reading.mapped == reading.mapped));
	universe->reading = reading;
}

struct universe_reading
universe_reading(const struct universe *universe)
{
	return universe->reading;
}

struct formulas *
universe_formulas(const struct universe *universe)
{
	return universe->formulas;
}

size_t
universe_add(struct universe *universe, const struct slot *slot)
{
	assert(slot->presence == FORMULA_TRUE || (slot->presence > 0 &&
	    formula_is_variable(universe->formulas, slot->presence)));
	*list_add(universe->arena, &universe->slots) = *slot;
	return universe->slots.count - 1;
}

size_t
universe_slots(const struct universe *universe)
{
	return universe->slots.count;
}

const struct slot *
universe_slot(const struct universe *universe, size_t slot)
{
	return &universe->slots.items[slot];
}

static size_t
find_place(const struct universe *universe, const struct claim *claim)
{
	size_t mask = universe->table_size - 1;
	size_t at = (size_t)claim_hash(claim) & mask;

	while (universe->table[at] != 0 && !claim_equals(claim,
	    &universe->claims.items[universe->table[at] - 1]))
		at = (at + 1) & mask;
	return at;
}

static void
widen_table(struct universe *universe)
{
	if (2 * universe->claims.count < universe->table_size)
		return;
	universe->table_size *= 2;
	universe->table = arena_array(universe->arena, universe->table_size,
	    sizeof(uint32_t));
	for (size_t i = 0; i < universe->claims.count; i++)
		universe->table[find_place(universe,
		    &universe->claims.items[i])] = (uint32_t)i + 1;
}

static void
note_variable(struct universe *universe, int variable)
{
	while (universe->by_variable.count <= (size_t)variable)
		*list_add(universe->arena, &universe->by_variable) = 0;
	universe->by_variable.items[variable] =
	    (uint32_t)universe->claims.count;
}

static int
make_claim(struct universe *universe, struct claim claim)
{
	size_t at = find_place(universe, &claim);

	if (universe->table[at] != 0)
		return universe->claims.items[universe->table[at] - 1].variable;
	claim.variable = formula_variable(universe->formulas);
	*list_add(universe->arena, &universe->claims) = claim;
	universe->table[at] = (uint32_t)universe->claims.count;
	note_variable(universe, claim.variable);
	widen_table(universe);
	return claim.variable;
}

size_t
universe_claims(const struct universe *universe)
{
	return universe->claims.count;
}

const struct claim *
universe_claim_at(const struct universe *universe, size_t index)
{
	return &universe->claims.items[index];
}

const struct claim *
universe_claim(const struct universe *universe, int variable)
{
	if (variable <= 0 ||
	    (size_t)variable >= universe->by_variable.count ||
	    universe->by_variable.items[variable] == 0)
		return NULL;
	return &universe->claims.items[
	    universe->by_variable.items[variable] - 1];
}

static bool
read_date(const struct universe *universe, struct word text,
    struct date *date)
{
	return date_read(text.text, text.length, universe->reading.years,
	    date);
}

/* A request comes from one address (COND-19). */
static bool
read_address(const struct universe *universe, struct word text,
    struct cidr *cidr)
{
	if (!cidr_read(text.text, text.length, 128, cidr) || cidr->has_prefix)
		return false;
	if (universe->reading.mapped && cidr_is_mapped(cidr))
		cidr_unmap(cidr);
	return true;
}

static bool
text_holds(const struct universe *universe, const struct claim *claim,
    struct word text)
{
	struct number number;
	struct date date;
	struct cidr cidr;
	bool truth;

	switch (claim->kind) {
	case CLAIM_PATTERN:
		return pattern_match(&claim->pattern, text.text, text.length);
	case CLAIM_LESS:
		return number_read(text.text, text.length, &number) &&
		    number_compare(&number, &claim->number) < 0;
	case CLAIM_AT_MOST:
		return number_read(text.text, text.length, &number) &&
		    number_compare(&number, &claim->number) <= 0;
	case CLAIM_BEFORE:
		return read_date(universe, text, &date) &&
		    date_compare(&date, &claim->date) < 0;
	case CLAIM_UNTIL:
		return read_date(universe, text, &date) &&
		    date_compare(&date, &claim->date) <= 0;
	case CLAIM_WITHIN:
		return read_address(universe, text, &cidr) &&
		    cidr_covers(&claim->cidr, &cidr);
	case CLAIM_TRUE:
		return bool_read(text.text, text.length, &truth) && truth;
	case CLAIM_READS:
	case CLAIM_WORD:
	case CLAIM_TEMPLATE:
		break;
	}
	return false;
}

static bool
text_reads(const struct universe *universe, enum value_type type,
    struct word text)
{
	struct number number;
	struct date date;
	struct cidr cidr;
	bool truth;

	if (type == VALUE_NUMBER)
		return number_read(text.text, text.length, &number);
	if (type == VALUE_DATE)
		return read_date(universe, text, &date);
	if (type == VALUE_BOOL)
		return bool_read(text.text, text.length, &truth);
	if (type == VALUE_IP)
		return read_address(universe, text, &cidr);
	return true;
}

static bool
template_holds(const struct universe *universe, const struct claim *claim,
    const struct word *texts)
{
	struct pattern pattern;

	for (size_t i = 0; i < claim->piece_count; i++)
		if (claim->pieces[i].variable &&
		    texts[claim->pieces[i].slot].text == NULL)
			return false;
	pattern = claim_ground(universe->arena, claim, texts);
	return pattern_match(&pattern, texts[claim->slot].text,
	    texts[claim->slot].length);
}

bool
universe_text_holds(const struct universe *universe,
    const struct claim *claim, struct word text)
{
	if (claim->kind == CLAIM_READS)
		return text_reads(universe, claim->type, text);
	if (claim->kind == CLAIM_WORD)
		return word_equal(text, universe_slot(universe,
		    claim->slot)->words[claim->index]);
	return text_holds(universe, claim, text);
}

bool
universe_holds(const struct universe *universe, const struct claim *claim,
    const struct word *texts)
{
	struct word text = texts[claim->slot];

	if (text.text == NULL)
		return false;
	if (claim->kind == CLAIM_TEMPLATE)
		return template_holds(universe, claim, texts);
	return universe_text_holds(universe, claim, text);
}

bool
universe_fits(const struct universe *universe, size_t number, struct word text)
{
	const struct slot *slot = universe_slot(universe, number);

	return text_reads(universe, slot->type, text) &&
	    (slot->shape == NULL || shape_match(slot->shape, text));
}

bool
universe_admits(const struct universe *universe, size_t number,
    struct word text)
{
	const struct slot *slot = universe_slot(universe, number);
	bool listed = slot->words == NULL;

	for (size_t i = 0; i < slot->word_count && !listed; i++)
		listed = word_equal(slot->words[i], text);
	return listed && universe_fits(universe, number, text);
}

/* Of a closed slot a claim is the choice of the words that it is true of. */
static int
choose_words(struct universe *universe, const struct claim *claim)
{
	const struct slot slot = *universe_slot(universe, claim->slot);
	int *choice = arena_array(universe->arena, slot.word_count,
	    sizeof(*choice));
	size_t count = 0;

	for (size_t i = 0; i < slot.word_count; i++)
		if (universe_text_holds(universe, claim, slot.words[i]))
			choice[count++] = universe_word(universe,
			    claim->slot, i);
	return formula_any(universe->formulas, choice, count);
}

static int
add_claim(struct universe *universe, const struct claim *claim)
{
	if (universe_slot(universe, claim->slot)->words != NULL)
		return choose_words(universe, claim);
	return make_claim(universe, *claim);
}

int
universe_word(struct universe *universe, size_t slot, size_t index)
{
	return make_claim(universe, (struct claim){ .kind = CLAIM_WORD,
	    .slot = slot, .index = index });
}

int
universe_match(struct universe *universe, size_t slot,
    const struct pattern *pattern)
{
	if (pattern_is_any(pattern))
		return universe_slot(universe, slot)->presence;
	return add_claim(universe, &(struct claim){ .kind = CLAIM_PATTERN,
	    .slot = slot, .pattern = *pattern });
}

static struct pattern
literal(struct arena *arena, struct word word, bool folded)
{
	char *symbols = arena_copy(arena, word.length == 0 ? "" : word.text,
	    word.length);

	for (size_t i = 0; folded && i < word.length; i++)
		symbols[i] = (char)character_fold(symbols[i]);
	return (struct pattern){ symbols, word.length, false, folded };
}

int
universe_equal(struct universe *universe, size_t slot, struct word word,
    bool folded)
{
	struct pattern pattern = literal(universe->arena, word, folded);

	return universe_match(universe, slot, &pattern);
}

int
universe_reads(struct universe *universe, size_t number,
    enum value_type type)
{
	const struct slot *slot = universe_slot(universe, number);

	if (slot->words == NULL && slot->type == type)
		return slot->presence;
	return add_claim(universe, &(struct claim){ .kind = CLAIM_READS,
	    .slot = number, .type = type });
}

/* All relations in terms of two; a text that does not read has none. */
static int
relate(struct universe *universe, enum relation relation, int reads,
    int less, int at_most)
{
	struct formulas *formulas = universe->formulas;

	switch (relation) {
	case RELATION_EQUAL:
		return formula_and(formulas, at_most, -less);
	case RELATION_LESS:
		return less;
	case RELATION_AT_MOST:
		return at_most;
	case RELATION_MORE:
		return formula_and(formulas, reads, -at_most);
	case RELATION_AT_LEAST:
		return formula_and(formulas, reads, -less);
	}
	return FORMULA_FALSE;
}

int
universe_number(struct universe *universe, size_t slot,
    enum relation relation, const struct number *number)
{
	struct claim claim = { .kind = CLAIM_LESS, .slot = slot,
	    .number = *number };
	int less = add_claim(universe, &claim);

	claim.kind = CLAIM_AT_MOST;
	return relate(universe, relation,
	    universe_reads(universe, slot, VALUE_NUMBER), less,
	    add_claim(universe, &claim));
}

int
universe_date(struct universe *universe, size_t slot, enum relation relation,
    const struct date *date)
{
	struct claim claim = { .kind = CLAIM_BEFORE, .slot = slot,
	    .date = *date };
	int before = add_claim(universe, &claim);

	claim.kind = CLAIM_UNTIL;
	return relate(universe, relation,
	    universe_reads(universe, slot, VALUE_DATE), before,
	    add_claim(universe, &claim));
}

int
universe_within(struct universe *universe, size_t slot,
    const struct cidr *cidr)
{
	return add_claim(universe, &(struct claim){ .kind = CLAIM_WITHIN,
	    .slot = slot, .cidr = *cidr });
}

int
universe_true(struct universe *universe, size_t slot)
{
	return add_claim(universe, &(struct claim){ .kind = CLAIM_TRUE,
	    .slot = slot });
}

bool
universe_keeps_to_field(const struct universe *universe, size_t slot)
{
	const struct pattern *shape = universe_slot(universe, slot)->shape;

	return shape != NULL && !shape->wild &&
	    memchr(shape->symbols, ':', shape->length) == NULL;
}

/* What has no colon anyway is confined, so that the relaxed pattern knows. */
static const struct piece *
confine(struct universe *universe, const struct piece *pieces, size_t count)
{
	struct piece *confined = arena_array(universe->arena, count,
	    sizeof(*confined));

	for (size_t i = 0; i < count; i++) {
		confined[i] = pieces[i];
		confined[i].confined |= pieces[i].variable &&
		    universe_keeps_to_field(universe, pieces[i].slot);
	}
	return confined;
}

/* Directly, or by way of others. */
static bool
stands_in(const struct universe *universe, size_t inner, size_t outer)
{
	bool *reached = arena_array(universe->arena, universe->slots.count,
	    sizeof(*reached));
	bool more = true;

	reached[outer] = true;
	while (more && !reached[inner]) {
		more = false;
		for (size_t i = 0; i < universe->insets.count; i++) {
			const struct inset *inset = &universe->insets.items[i];

			if (!reached[inset->outer] || reached[inset->inner])
				continue;
			reached[inset->inner] = more = true;
		}
	}
	return reached[inner];
}

static void
note_insets(struct universe *universe, const struct claim *claim)
{
	for (size_t i = 0; i < claim->piece_count; i++)
		if (claim->pieces[i].variable)
			*list_add(universe->arena, &universe->insets) =
			    (struct inset){ claim->pieces[i].slot,
			    claim->slot };
}

/* One value alone: that two texts are the same can be said of either of them,
 * and is said so that none comes to stand in its own. */
static bool
is_better_said_of_other(const struct universe *universe, size_t slot,
    const struct piece *pieces, size_t count)
{
	return count == 1 && pieces[0].variable && !pieces[0].confined &&
	    stands_in(universe, slot, pieces[0].slot);
}

int
universe_template(struct universe *universe, size_t slot,
    const struct piece *pieces, size_t count, bool folded)
{
	struct piece other = { .variable = true, .slot = slot };
	struct claim claim = { .kind = CLAIM_TEMPLATE, .slot = slot,
	    .piece_count = count, .pattern = { .folded = folded } };

	size_t before = universe->claims.count;
	int variable;

	if (is_better_said_of_other(universe, slot, pieces, count)) {
		claim.slot = pieces[0].slot;
		pieces = &other;
	}
	claim.pieces = confine(universe, pieces, count);
	claim.pattern = claim_relaxed(universe->arena, &claim);
	variable = make_claim(universe, claim);
	if (universe->claims.count > before)
		note_insets(universe, &claim);
	return variable;
}
