/* SPDX-License-Identifier: MIT */
/* Texts with variables: substitution.c over slots. */
#include "config.h"

#include "simulator/encode_coder.h"

/* More variables with defaults than this in one value have no encoding. */
enum { FALLBACKS_MAX = 6 };

/* One way to read a text: which of its defaults stand in for their keys. */
struct expansion_reading {
	struct coder			 coder;
	const struct substitution	*substitution;
	unsigned			 absent;	/* bit by bit, of those
							 * with a default */
};

/* Its key is there or not, and it has a default for when it is not. */
static bool
has_choice(const struct fragment *fragment)
{
	return fragment->variable && !fragment->multivalued &&
	    fragment->fallback.text != NULL;
}

static struct piece
plain_piece(const struct expansion_reading *reading, struct word text,
    bool symbols)
{
	struct arena *arena = reading->coder.call->arena;
	struct piece piece = { .variable = false };

	piece.pattern = symbols ? pattern_of_symbols(arena, text.text,
	    text.length) : (struct pattern){ .symbols = text.text,
	    .length = text.length };
	return piece;
}

static struct piece
variable_piece(const struct expansion_reading *reading,
    const struct fragment *fragment)
{
	struct supposed_key *key = supposition_key(reading->coder.request,
	    fragment->text);

	return (struct piece){ .variable = true, .slot = key->slots[0],
	    .confined = fragment->confined };
}

/* VAR-4: the default of a key with several values stands while there is none
 * of them, or always, by assumption. */
static int
falls_back(const struct expansion_reading *reading,
    const struct fragment *fragment)
{
	const struct coder *coder = &reading->coder;

	if (fragment->multivalued && coder_assumes(coder, ASSUME_var_4))
		return FORMULA_TRUE;
	return -supposition_key(coder->request, fragment->text)->present;
}

/* Under this reading: the keys are there or not as it says, and the text is
 * what then comes of it. */
static int
encode_reading(const struct expansion_reading *reading, size_t slot)
{
	const struct substitution *substitution = reading->substitution;
	const struct coder *coder = &reading->coder;
	struct piece *pieces = arena_array(coder->call->arena,
	    substitution->count, sizeof(*pieces));
	int holds = FORMULA_TRUE;
	unsigned bit = 0;

	for (size_t i = 0; i < substitution->count; i++) {
		const struct fragment *fragment = &substitution->fragments[i];
		bool absent = has_choice(fragment) ?
		    (reading->absent >> bit++ & 1) != 0 :
		    fragment->multivalued;

		if (!fragment->variable) {
			pieces[i] = plain_piece(reading, fragment->text,
			    substitution->use.like);
			continue;
		}
		if (!absent) {
			pieces[i] = variable_piece(reading, fragment);
			continue;
		}
		holds = formula_and(coder->formulas, holds,
		    falls_back(reading, fragment));
		pieces[i] = plain_piece(reading, fragment->fallback, false);
	}
	return formula_and(coder->formulas, holds, universe_template(
	    coder->universe, slot, pieces, substitution->count,
	    substitution->use.folded));
}

/* The slot is a piece of its own text: then only the value itself fits, and
 * what stands around it must be empty. */
static bool
is_own_piece(const struct coder *coder, const struct substitution *text,
    size_t slot)
{
	for (size_t i = 0; i < text->count; i++) {
		const struct fragment *fragment = &text->fragments[i];

		if (fragment->variable && !fragment->multivalued &&
		    supposition_key(coder->request, fragment->text)->slots[0]
		    == slot)
			return true;
	}
	return false;
}

static int
give_up(struct coder *coder, const char *why)
{
	if (coder->call->unsupported == NULL)
		coder->call->unsupported = why;
	return FORMULA_FALSE;
}

/* VAR-5: a key with several values, and no default in their place. */
static bool
is_unresolved(const struct substitution *substitution)
{
	for (size_t i = 0; i < substitution->count; i++) {
		const struct fragment *fragment = &substitution->fragments[i];

		if (fragment->multivalued && fragment->fallback.text == NULL)
			return true;
	}
	return false;
}

/* What a value would do to the text around it, by assumption, is not known
 * before there is one: VAR-7, COND-24. */
static const char *
find_active_value(const struct coder *coder,
    const struct substitution *substitution)
{
	bool variable = false, confined = false;

	for (size_t i = 0; i < substitution->count; i++) {
		const struct fragment *fragment = &substitution->fragments[i];

		variable |= fragment->variable;
		confined |= fragment->variable && fragment->confined;
	}
	if (variable && substitution->use.like &&
	    coder_assumes(coder, ASSUME_var_7))
		return "the prover reads a wildcard in the value of a "
		    "variable as a character (var-7)";
	if (confined && coder_assumes(coder, ASSUME_cond_24))
		return "the prover lets no value of a variable begin a field "
		    "of an ARN (cond-24)";
	return NULL;
}

int
encode_substitution(struct supposed_request *request, size_t slot,
    const struct substitution *substitution)
{
	struct expansion_reading reading = { coder_new(request),
	    substitution, 0 };
	struct coder *coder = &reading.coder;
	const char *active;
	unsigned fallbacks = 0;
	int any = FORMULA_FALSE;

	if (substitution->never || is_unresolved(substitution))
		return FORMULA_FALSE;
	active = find_active_value(coder, substitution);
	if (active != NULL)
		return give_up(coder, active);
	for (size_t i = 0; i < substitution->count; i++)
		fallbacks += has_choice(&substitution->fragments[i]);
	if (fallbacks > FALLBACKS_MAX)
		return give_up(coder, "a value has many variables with "
		    "defaults");
	if (is_own_piece(coder, substitution, slot))
		return substitution->count == 1 ? universe_slot(
		    coder->universe, slot)->presence :
		    give_up(coder, "a key is compared with its own value");
	for (; reading.absent < 1u << fallbacks; reading.absent++)
		any = formula_or(coder->formulas, any,
		    encode_reading(&reading, slot));
	return any;
}
