/* SPDX-License-Identifier: MIT */
/*
 * Every template that is to match is put to the question together with each
 * of its variables; the texts that come out are hints.
 */
#include "config.h"

#include <string.h>

#include "simulator/automaton.h"
#include "simulator/tie_row.h"

enum { HINTS_MAX = 8 };			/* texts for one slot */

/* A template and the one variable in it that is looked at. */
struct joint {
	const struct claim	*claim;
	int			 literal;
	size_t			 piece;
	bool			 exact;		/* all the rest is literal */
	/*
	 * Or the variable is a field: what is before it has so many colons, it
	 * has none itself, and begins and ends at one.  Literals say so.
	 */
	bool			 field;
	LIST(int)		 grounds;
};

/* A value without colons reads confined and free wildcards alike. */
static void
confine(struct arena *arena, struct pattern *pattern)
{
	char *symbols = arena_copy(arena, pattern->symbols, pattern->length);

	for (size_t i = 0; i < pattern->length; i++)
		if ((unsigned char)symbols[i] == PATTERN_ANY)
			symbols[i] = (char)PATTERN_ANY_FIELD;
		else if ((unsigned char)symbols[i] == PATTERN_ONE)
			symbols[i] = (char)PATTERN_ONE_FIELD;
	pattern->symbols = symbols;
}

/* The template with that pattern in the place of the variable: blind to case if
 * either is, so that it says no more than both. */
static struct pattern
lift(const struct tie *tie, const struct joint *joint, struct pattern pattern)
{
	const struct claim *claim = joint->claim;
	struct piece *pieces = arena_array(tie->arena, claim->piece_count,
	    sizeof(*pieces));
	struct claim lifted = *claim;

	memcpy(pieces, claim->pieces, claim->piece_count * sizeof(*pieces));
	for (size_t i = 0; joint->field && i <= joint->piece; i++)
		pieces[i].confined = true;
	if (pieces[joint->piece].confined)
		confine(tie->arena, &pattern);
	pieces[joint->piece] = (struct piece){ .pattern = pattern };
	lifted.pieces = pieces;
	lifted.pattern.folded |= pattern.folded;
	return claim_relaxed(tie->arena, &lifted);
}

/*
 * What does not match in the place of the variable does not match as a whole
 * either.  Of a field that holds for fields alone: what has a colon would
 * stand for two of the whole, and says nothing of one.
 */
static bool
is_exact(const struct joint *joint, const struct pattern *pattern)
{
	if (!joint->exact && (!joint->field || memchr(pattern->symbols, ':',
	    pattern->length) != NULL))
		return false;
	return !pattern->folded || joint->claim->piece_count == 1;
}

static bool
rest_is_literal(const struct claim *claim, size_t piece)
{
	for (size_t i = 0; i < claim->piece_count; i++)
		if (i != piece && (claim->pieces[i].variable ||
		    claim->pieces[i].pattern.wild))
			return false;
	return !claim->pattern.folded;
}

/* Its shape is asked of a slot whatever the question. */
static void
lift_shape(struct tie *tie, const struct joint *joint,
    const struct joint *inner)
{
	const struct joint *last = inner != NULL ? inner : joint;
	const struct pattern *shape = universe_slot(tie->universe,
	    last->claim->pieces[last->piece].slot)->shape;
	struct pattern outline;

	if (shape == NULL)
		return;
	outline = shape_outline(tie->arena, shape);
	if (inner != NULL)
		outline = lift(tie, inner, outline);
	tie_demand(tie, lift(tie, joint, outline), true);
}

/* What a literal asks of a variable that stands in the text of another one. */
static bool
lift_from(const struct tie *tie, const struct joint *joint,
    const struct joint *inner, int literal, struct pattern *pattern)
{
	if (!tie_pattern(tie, literal, pattern) || (literal < 0 &&
	    !is_exact(inner, pattern)))
		return false;
	*pattern = lift(tie, inner, *pattern);
	return literal > 0 || is_exact(joint, pattern);
}

/* The variable is the text of a template itself: what is asked of those in it
 * is asked of the whole, too. */
static void
lift_through(struct tie *tie, const struct joint *joint, int template)
{
	struct joint inner = { .claim = tie_claim(tie, template) };
	struct pattern pattern;

	for (; inner.piece < inner.claim->piece_count; inner.piece++) {
		const struct piece *piece = &inner.claim->pieces[inner.piece];
		const struct slot_plan *plan;

		if (!piece->variable)
			continue;
		plan = &tie->plans[piece->slot];
		inner.exact = rest_is_literal(inner.claim, inner.piece);
		for (size_t i = 0; i < plan->literals.count; i++)
			if (lift_from(tie, joint, &inner,
			    plan->literals.items[i], &pattern))
				tie_demand(tie, lift(tie, joint, pattern),
				    plan->literals.items[i] > 0);
		lift_shape(tie, joint, &inner);
	}
}

static void
blame_through(struct tie *tie, int template)
{
	const struct claim *claim = tie_claim(tie, template);

	for (size_t i = 0; i < claim->piece_count; i++) {
		const struct slot_plan *plan;

		if (!claim->pieces[i].variable)
			continue;
		plan = &tie->plans[claim->pieces[i].slot];
		for (size_t j = 0; j < plan->literals.count; j++)
			tie_blame(tie, plan->literals.items[j]);
	}
}

static bool
is_inner(const struct tie *tie, int literal)
{
	return literal > 0 && tie_claim(tie, literal)->kind == CLAIM_TEMPLATE;
}

/* What is asked of the variable, asked of the whole; `without' some. */
static void
lift_all(struct tie *tie, const struct joint *joint, const bool *without)
{
	const struct slot_plan *plan =
	    &tie->plans[joint->claim->pieces[joint->piece].slot];
	struct pattern pattern;

	tie->demands.count = 0;
	for (size_t i = 0; i < plan->literals.count; i++) {
		int literal = plan->literals.items[i];

		if (without[i] ||
		    !tie_pattern(tie, literal, &pattern) ||
		    (literal < 0 && !is_exact(joint, &pattern)))
			continue;
		tie_demand(tie, lift(tie, joint, pattern), literal > 0);
		if (is_inner(tie, literal))
			lift_through(tie, joint, literal);
	}
	lift_shape(tie, joint, NULL);
}

/* A conflict of a template with what its variable may be.  Those literals of
 * the variable that it can do without are left out of the blame. */
static enum tie_answer
blame_joint(struct tie *tie, const struct joint *joint, bool *without,
    uint64_t *budget)
{
	const struct slot_plan *plan =
	    &tie->plans[joint->claim->pieces[joint->piece].slot];
	struct word text;

	for (size_t i = 0; i < plan->literals.count; i++) {
		without[i] = true;
		lift_all(tie, joint, without);
		without[i] = tie_ask(tie, joint->claim->slot, budget, &text) ==
		    THEORY_CONFLICT;
	}
	lift_all(tie, joint, without);
	if (tie_ask(tie, joint->claim->slot, budget, &text) != THEORY_CONFLICT)
		return TIE_UNKNOWN;
	tie->core.count = 0;
	tie_blame_theory(tie);
	tie_blame(tie, joint->literal);
	for (size_t i = 0; i < plan->literals.count; i++) {
		if (without[i])
			continue;
		tie_blame(tie, plan->literals.items[i]);
		if (is_inner(tie, plan->literals.items[i]))
			blame_through(tie, plan->literals.items[i]);
	}
	for (size_t i = 0; i < joint->grounds.count; i++)
		tie_blame(tie, joint->grounds.items[i]);
	return TIE_CONFLICT;
}

static void
add_hint(struct tie *tie, size_t slot, struct word text)
{
	struct slot_plan *plan = &tie->plans[slot];

	for (size_t i = 0; i < plan->hints.count; i++)
		if (word_equal(plan->hints.items[i], text))
			return;
	if (plan->hints.count < HINTS_MAX)
		*list_add(tie->arena, &plan->hints) = text;
}

/* The pieces before or behind the variable as a pattern. */
static struct pattern
part_of(const struct tie *tie, const struct joint *joint, bool front)
{
	struct claim part = *joint->claim;

	if (front) {
		part.piece_count = joint->piece;
	} else {
		part.pieces += joint->piece + 1;
		part.piece_count -= joint->piece + 1;
	}
	return claim_relaxed(tie->arena, &part);
}

/* Between two code points. */
static bool
is_boundary(struct word text, size_t at)
{
	return at == text.length || (text.text[at] & 0xc0) != 0x80;
}

/* What the variable may be in a text of the whole. */
static void
read_hints(struct tie *tie, const struct joint *joint, struct word text)
{
	struct pattern front = part_of(tie, joint, true);
	struct pattern back = part_of(tie, joint, false);
	size_t slot = joint->claim->pieces[joint->piece].slot;

	for (size_t i = 0; i <= text.length; i++) {
		if (!is_boundary(text, i) ||
		    !pattern_match(&front, text.text, i))
			continue;
		for (size_t j = text.length + 1; j-- > i;)
			if (is_boundary(text, j) && pattern_match(&back,
			    text.text + j, text.length - j))
				add_hint(tie, slot, word_from(text.text + i,
				    j - i));
	}
}

/* What the whole may be in a text of another slot tells of the variable. */
static void
hint_by_hints(struct tie *tie, const struct joint *joint)
{
	const struct slot_plan *plan = &tie->plans[joint->claim->slot];

	for (size_t i = 0; i < plan->hints.count; i++)
		read_hints(tie, joint, plan->hints.items[i]);
}

/* What those with the same text want may tell more of the variable. */
static void
hint_by_twins(struct tie *tie, const struct joint *joint, uint64_t *budget)
{
	struct word text;

	if (tie_demand_twins(tie, joint->claim->slot) &&
	    tie_ask(tie, joint->claim->slot, budget, &text) == THEORY_TEXT)
		read_hints(tie, joint, text);
}

/* The literal that keeps colons out of the slot's text; 0: none does. */
static int
colonless_literal(const struct tie *tie, size_t slot)
{
	static const char form[] = { (char)PATTERN_ANY, ':',
	    (char)PATTERN_ANY };
	const struct slot_plan *plan = &tie->plans[slot];

	for (size_t i = 0; i < plan->literals.count; i++) {
		const struct claim *claim = tie_claim(tie,
		    plan->literals.items[i]);

		if (plan->literals.items[i] < 0 &&
		    claim->kind == CLAIM_PATTERN &&
		    claim->pattern.length == sizeof(form) &&
		    memcmp(claim->pattern.symbols, form, sizeof(form)) == 0)
			return plan->literals.items[i];
	}
	return 0;
}

/* The piece has so many colons and no others. */
static bool
counts_colons(const struct tie *tie, struct joint *joint, size_t at)
{
	const struct piece *piece = &joint->claim->pieces[at];
	int literal;

	if (!piece->variable)
		return !piece->pattern.wild;
	if (piece->confined)
		return true;
	literal = colonless_literal(tie, piece->slot);
	if (literal != 0)
		*list_add(tie->arena, &joint->grounds) = literal;
	return literal != 0;
}

/* The template has a colon on that side of the piece, or ends there. */
static bool
is_parted(const struct claim *claim, size_t piece, bool front)
{
	const struct piece *next;

	if (piece == (front ? 0 : claim->piece_count - 1))
		return true;
	next = &claim->pieces[front ? piece - 1 : piece + 1];
	return !next->variable && next->pattern.length > 0 &&
	    next->pattern.symbols[front ? next->pattern.length - 1 : 0] == ':';
}

static bool
is_field(const struct tie *tie, struct joint *joint)
{
	const struct claim *claim = joint->claim;

	if (claim->pattern.folded || !is_parted(claim, joint->piece, true) ||
	    !is_parted(claim, joint->piece, false))
		return false;
	for (size_t i = 0; i <= joint->piece; i++)
		if (!counts_colons(tie, joint, i))
			return false;
	return true;
}

/* What must not match it is asked of the whole only where the variable can be
 * told in it. */
static enum theory_answer
ask_whole(struct tie *tie, struct joint *joint, const bool *without,
    uint64_t *budget, struct word *text)
{
	enum theory_answer answer;

	joint->exact = rest_is_literal(joint->claim, joint->piece);
	lift_all(tie, joint, without);
	answer = tie_ask(tie, joint->claim->slot, budget, text);
	if (answer == THEORY_CONFLICT || joint->exact)
		return answer;
	joint->field = is_field(tie, joint);
	if (!joint->field) {
		joint->grounds.count = 0;
		return answer;
	}
	lift_all(tie, joint, without);
	return tie_ask(tie, joint->claim->slot, budget, text);
}

static enum tie_answer
ask_joint(struct tie *tie, int literal, size_t piece, uint64_t *budget)
{
	struct joint joint = { .claim = tie_claim(tie, literal),
	    .literal = literal, .piece = piece };
	size_t slot = joint.claim->pieces[piece].slot;
	bool *without = arena_array(tie->arena,
	    tie->plans[slot].literals.count, sizeof(*without));
	struct word text;

	switch (ask_whole(tie, &joint, without, budget, &text)) {
	case THEORY_CONFLICT:
		return blame_joint(tie, &joint, without, budget);
	case THEORY_TEXT:
		hint_by_hints(tie, &joint);
		hint_by_twins(tie, &joint, budget);
		read_hints(tie, &joint, text);
		return TIE_FOUND;
	case THEORY_UNKNOWN:
		break;
	}
	return TIE_UNKNOWN;
}

/* Every template that is to match, with each of its variables. */
enum tie_answer
tie_ask_joints(struct tie *tie, uint64_t *budget)
{
	for (size_t i = tie->order.count; i-- > 0;) {
		const struct slot_plan *plan = &tie->plans[tie->order.items[i]];

		for (size_t j = 0; j < plan->literals.count; j++) {
			int literal = plan->literals.items[j];
			const struct claim *claim = tie_claim(tie, literal);

			for (size_t k = 0; literal > 0 &&
			    k < claim->piece_count; k++)
				if (claim->pieces[k].variable &&
				    ask_joint(tie, literal, k, budget) ==
				    TIE_CONFLICT)
					return TIE_CONFLICT;
		}
	}
	return TIE_FOUND;
}
