/* SPDX-License-Identifier: MIT */
/*
 * Each slot has its tries, a chain of the numbers and one of the dates that
 * it is compared with.  ASCII case is blended out in two tries of their own,
 * and only where somebody is blind to it.
 */
#include "config.h"

#include "policy/character.h"
#include "policy/list.h"
#include "simulator/axiom.h"
#include "simulator/trie.h"

enum {
	/* Behind a text that is complete; no byte of UTF-8. */
	END_OF_TEXT = 0xff,
	CIDR_BITS = 129
};

/* Texts from the front and from behind. */
struct ends {
	struct trie	*front, *back;
};

/* A claim "below" or "not above" among others like it, smallest first. */
struct chain {
	LIST(int)	 variables;
};

struct slot_axioms {
	struct ends	 plain, folded;
	struct trie	*addresses;
	struct chain	 numbers, dates;
	LIST(int)	 templates;	/* by their variables */
	bool		 blind;		/* some pattern is folded */
	bool		 closed;	/* its words were told */
};

struct axioms {
	struct arena			*arena;
	struct universe			*universe;
	struct formulas			*formulas;
	struct solver			*solver;
	LIST(struct slot_axioms)	 slots;
};

struct axioms *
axioms_new(struct arena *arena, struct universe *universe,
    struct solver *solver)
{
	struct axioms *axioms = arena_alloc(arena, sizeof(*axioms));

	axioms->arena = arena;
	axioms->universe = universe;
	axioms->formulas = universe_formulas(universe);
	axioms->solver = solver;
	return axioms;
}

static void
imply(struct axioms *axioms, int premise, int conclusion)
{
	if (conclusion != FORMULA_TRUE && premise != conclusion)
		solver_add(axioms->solver, (int[]){ -premise, conclusion }, 2);
}

static void
exclude(struct axioms *axioms, int a, int b)
{
	imply(axioms, a, -b);
}

/* At most one, by a chain of "one of those up to here". */
static void
exclude_all(struct axioms *axioms, const int *literals, size_t count)
{
	int before = literals[0];

	for (size_t i = 1; i < count; i++) {
		int here;

		exclude(axioms, before, literals[i]);
		if (i + 1 == count)
			break;
		here = formula_variable(axioms->formulas);
		imply(axioms, before, here);
		imply(axioms, literals[i], here);
		before = here;
	}
}

/* A closed slot that is there has exactly one of its words. */
static void
tell_words(struct axioms *axioms, size_t number)
{
	const struct slot slot = *universe_slot(axioms->universe, number);
	int *words;

	if (axioms->slots.items[number].closed)
		return;
	axioms->slots.items[number].closed = true;
	words = arena_array(axioms->arena, slot.word_count + 1,
	    sizeof(*words));
	for (size_t i = 0; i < slot.word_count; i++) {
		words[i] = universe_word(axioms->universe, number, i);
		imply(axioms, words[i], slot.presence);
	}
	words[slot.word_count] = -slot.presence;
	solver_add(axioms->solver, words, slot.word_count + 1);
	if (slot.word_count > 1)
		exclude_all(axioms, words, slot.word_count);
}

/* A value that is made of others is there only when they are. */
static void
tell_pieces(struct axioms *axioms, const struct claim *claim)
{
	for (size_t i = 0; i < claim->piece_count; i++)
		if (claim->pieces[i].variable)
			imply(axioms, claim->variable, universe_slot(
			    axioms->universe,
			    claim->pieces[i].slot)->presence);
}

static void
equate(struct axioms *axioms, int a, int b)
{
	imply(axioms, a, b);
	imply(axioms, b, a);
}

static bool
is_wild(char symbol)
{
	return (unsigned char)symbol >= PATTERN_ONE_FIELD;
}

static struct trie *
find_trie(struct axioms *axioms, struct trie **trie, size_t slot)
{
	if (*trie == NULL)
		*trie = trie_new(axioms->arena, axioms->formulas,
		    axioms->solver,
		    universe_slot(axioms->universe, slot)->presence, false);
	return *trie;
}

/* A pattern as a trie wants it: literal bytes, and what is behind them. */
struct beginning {
	char	*bytes;
	size_t	 length;
	bool	 exact;		/* the pattern says this and no more */
};

/* Up to the first wildcard; `backwards': of the pattern turned round. */
static struct beginning
read_beginning(struct arena *arena, const struct pattern *pattern,
    bool backwards)
{
	struct beginning beginning = { .length = 0 };
	size_t length = pattern->length;

	beginning.bytes = arena_alloc(arena, length + 2);
	for (size_t i = 0; i < length; i++) {
		char symbol = pattern->symbols[backwards ? length - 1 - i : i];

		if (is_wild(symbol)) {
			beginning.exact = i + 1 == length &&
			    (unsigned char)symbol == PATTERN_ANY;
			return beginning;
		}
		beginning.bytes[beginning.length++] = symbol;
	}
	beginning.bytes[beginning.length++] = (char)END_OF_TEXT;
	beginning.exact = true;
	return beginning;
}

static void
fold(struct beginning *beginning)
{
	for (size_t i = 0; i < beginning->length; i++)
		beginning->bytes[i] = (char)character_fold(
		    beginning->bytes[i]);
}

static void
tell_end(struct axioms *axioms, const struct claim *claim,
    struct trie **place, bool backwards, bool blind)
{
	struct beginning beginning = read_beginning(axioms->arena,
	    &claim->pattern, backwards);
	int variable;

	if (beginning.length == 0)
		return;
	if (blind)
		fold(&beginning);
	variable = trie_add(find_trie(axioms, place, claim->slot),
	    beginning.bytes, beginning.length);
	imply(axioms, claim->variable, variable);
	if (beginning.exact && claim->pattern.folded == blind)
		imply(axioms, variable, claim->variable);
}

static void
tell_pattern(struct axioms *axioms, const struct claim *claim)
{
	struct slot_axioms *slot = &axioms->slots.items[claim->slot];

	if (!claim->pattern.folded) {
		tell_end(axioms, claim, &slot->plain.front, false, false);
		tell_end(axioms, claim, &slot->plain.back, true, false);
	}
	if (slot->blind) {
		tell_end(axioms, claim, &slot->folded.front, false, true);
		tell_end(axioms, claim, &slot->folded.back, true, true);
	}
}

/* Negative, zero or positive: which claim is the stronger one. */
static int
compare_claims(const struct claim *a, const struct claim *b)
{
	int order = number_compare(&a->number, &b->number);

	if (order == 0)
		order = date_compare(&a->date, &b->date);
	return order != 0 ? order : (int)a->kind - (int)b->kind;
}

/* Between two neighbours lies always a value, so the chain says it all. */
static void
tell_chain(struct axioms *axioms, struct chain *chain,
    const struct claim *claim)
{
	size_t at = chain->variables.count;
	int *variables;

	list_add(axioms->arena, &chain->variables);
	variables = chain->variables.items;
	for (; at > 0 && compare_claims(universe_claim(axioms->universe,
	    variables[at - 1]), claim) > 0; at--)
		variables[at] = variables[at - 1];
	variables[at] = claim->variable;
	if (at > 0)
		imply(axioms, variables[at - 1], claim->variable);
	if (at + 1 < chain->variables.count)
		imply(axioms, claim->variable, variables[at + 1]);
}

/* The family, 0 or 1, and the bits of the prefix. */
static size_t
spell_cidr(const struct cidr *cidr, char *bits)
{
	size_t count = 0;

	bits[count++] = cidr->v6 ? '1' : '0';
	for (unsigned i = 0; i < cidr->prefix; i++)
		bits[count++] =
		    cidr->address[i / 8] >> (7 - i % 8) & 1 ? '1' : '0';
	return count;
}

static void
tell_range(struct axioms *axioms, const struct claim *claim, int reads)
{
	struct trie **trie = &axioms->slots.items[claim->slot].addresses;
	char bits[CIDR_BITS];

	if (*trie == NULL)
		*trie = trie_new(axioms->arena, axioms->formulas,
		    axioms->solver, reads, true);
	equate(axioms, claim->variable,
	    trie_add(*trie, bits, spell_cidr(&claim->cidr, bits)));
}

/* A claim about a type is about texts that read as it. */
static int
tell_reads(struct axioms *axioms, const struct claim *claim,
    enum value_type type)
{
	int reads = universe_reads(axioms->universe, claim->slot, type);

	imply(axioms, claim->variable, reads);
	imply(axioms, reads,
	    universe_slot(axioms->universe, claim->slot)->presence);
	return reads;
}

/*
 * Of templates with the same variables in the same places, one implies the
 * other when its text between them is covered piece by piece.
 */
static bool
template_covers(const struct claim *outer, const struct claim *inner)
{
	/* what is equal but for case need not be equal */
	if (outer->piece_count != inner->piece_count ||
	    (inner->pattern.folded && !outer->pattern.folded))
		return false;
	for (size_t i = 0; i < outer->piece_count; i++) {
		const struct piece *out = &outer->pieces[i];
		const struct piece *in = &inner->pieces[i];

		if (out->variable != in->variable)
			return false;
		if (out->variable ? out->slot != in->slot ||
		    (out->confined && !in->confined) :
		    out->pattern.folded != in->pattern.folded ||
		    !pattern_covers(&out->pattern, &in->pattern))
			return false;
	}
	return true;
}

static void
tell_kin(struct axioms *axioms, const struct claim *claim)
{
	struct slot_axioms *slot = &axioms->slots.items[claim->slot];

	for (size_t i = 0; i < slot->templates.count; i++) {
		int other = slot->templates.items[i];
		const struct claim *kin = universe_claim(axioms->universe,
		    other);

		if (template_covers(kin, claim))
			imply(axioms, claim->variable, other);
		if (template_covers(claim, kin))
			imply(axioms, other, claim->variable);
	}
	*list_add(axioms->arena, &slot->templates) = claim->variable;
}

static void
tell_claim(struct axioms *axioms, const struct claim *claim)
{
	struct slot_axioms *slot = &axioms->slots.items[claim->slot];

	switch (claim->kind) {
	case CLAIM_PATTERN:
		tell_pattern(axioms, claim);
		break;
	case CLAIM_LESS:
	case CLAIM_AT_MOST:
		tell_reads(axioms, claim, VALUE_NUMBER);
		tell_chain(axioms, &slot->numbers, claim);
		break;
	case CLAIM_BEFORE:
	case CLAIM_UNTIL:
		tell_reads(axioms, claim, VALUE_DATE);
		tell_chain(axioms, &slot->dates, claim);
		break;
	case CLAIM_WITHIN:
		tell_range(axioms, claim, tell_reads(axioms, claim, VALUE_IP));
		break;
	case CLAIM_TRUE:
		tell_reads(axioms, claim, VALUE_BOOL);
		break;
	case CLAIM_WORD:
		tell_words(axioms, claim->slot);
		break;
	case CLAIM_TEMPLATE:
		tell_pieces(axioms, claim);
		tell_kin(axioms, claim);
		break;
	case CLAIM_READS:
		break;
	}
}

/* A claim by value: telling adds claims, and they may move. */
static void
tell(struct axioms *axioms, int variable)
{
	const struct claim *found = universe_claim(axioms->universe, variable);
	struct claim claim;

	if (found == NULL)
		return;
	claim = *found;
	imply(axioms, variable,
	    universe_slot(axioms->universe, claim.slot)->presence);
	tell_claim(axioms, &claim);
}

static void
note_blindness(struct axioms *axioms, int variable)
{
	const struct claim *claim = universe_claim(axioms->universe, variable);

	if (claim != NULL && claim->kind == CLAIM_PATTERN &&
	    claim->pattern.folded)
		axioms->slots.items[claim->slot].blind = true;
}

void
axioms_add(struct axioms *axioms, const int *variables, size_t count)
{
	while (axioms->slots.count < universe_slots(axioms->universe))
		list_add(axioms->arena, &axioms->slots);
	for (size_t i = 0; i < count; i++)
		note_blindness(axioms, variables[i]);
	for (size_t i = 0; i < count; i++)
		tell(axioms, variables[i]);
}
