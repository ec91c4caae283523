/* SPDX-License-Identifier: MIT */
/*
 * First every template that is to match is put to the question together with
 * its variable; the texts that come out are hints.  Then slots get their
 * texts one after the other, variables before what they stand in, and when a
 * slot has none, the one before it gets another.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "simulator/tie.h"

enum {
	TRIES_MAX = 200,		/* questions for one model */
	HINTS_MAX = 8,			/* texts for one slot */
	OTHERS_MAX = 3			/* that nobody hinted at */
};

static const struct claim *
claim_of(const struct tie *tie, int literal)
{
	return universe_claim(tie->universe, abs(literal));
}

static bool
is_template(const struct tie *tie, int literal)
{
	return claim_of(tie, literal)->kind == CLAIM_TEMPLATE;
}

/* All slots in the templates of this one have their place. */
static bool
pieces_ordered(const struct tie *tie, const struct slot_plan *plan)
{
	for (size_t i = 0; i < plan->literals.count; i++) {
		const struct claim *claim = claim_of(tie,
		    plan->literals.items[i]);

		for (size_t j = 0; j < claim->piece_count; j++)
			if (claim->pieces[j].variable && !tie->plans[
			    claim->pieces[j].slot].ordered)
				return false;
	}
	return true;
}

static void
order_slots(struct tie *tie)
{
	bool more = true;

	tie->order.count = 0;
	for (size_t i = 0; i < tie->slots; i++)
		tie->plans[i].ordered = !tie->plans[i].tied;
	while (more) {
		more = false;
		for (size_t i = 0; i < tie->slots; i++) {
			if (tie->plans[i].ordered ||
			    !pieces_ordered(tie, &tie->plans[i]))
				continue;
			tie->plans[i].ordered = more = true;
			*list_add(tie->arena, &tie->order) = i;
		}
	}
}

static enum theory_answer
ask(struct tie *tie, size_t slot, uint64_t *budget, struct word *text)
{
	struct theory_question question = { .slot = slot,
	    .literals = tie->plans[slot].literals.items,
	    .literal_count = tie->plans[slot].literals.count,
	    .demands = tie->demands.items,
	    .demand_count = tie->demands.count };

	tie->tries++;
	return theory_ask(tie->theory, &question, budget, text);
}

static void
add_demand(struct tie *tie, struct pattern pattern, bool wanted)
{
	*list_add(tie->arena, &tie->demands) = (struct demand){ pattern,
	    wanted };
}

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

/* What the variable must match, as far as patterns say it. */
static bool
pattern_of_literal(const struct tie *tie, int literal,
    struct pattern *pattern)
{
	const struct claim *claim = claim_of(tie, literal);
	struct word word;

	if (claim->kind == CLAIM_WORD) {
		word = universe_slot(tie->universe, claim->slot)->words[
		    claim->index];
		*pattern = (struct pattern){ word.text, word.length, false,
		    false };
		return true;
	}
	*pattern = claim->pattern;
	return claim->kind == CLAIM_PATTERN ||
	    (claim->kind == CLAIM_TEMPLATE && literal > 0);
}

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
	return universe_relaxed(tie->arena, &lifted);
}

/* What does not match in the place of the variable does not match as a whole
 * either. */
static bool
is_exact(const struct joint *joint, const struct pattern *pattern)
{
	return (joint->exact || joint->field) && (!pattern->folded ||
	    joint->claim->piece_count == 1);
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
		    !pattern_of_literal(tie, literal, &pattern) ||
		    (literal < 0 && !is_exact(joint, &pattern)))
			continue;
		add_demand(tie, lift(tie, joint, pattern), literal > 0);
	}
}

static void
blame(struct tie *tie, int literal)
{
	for (size_t i = 0; i < tie->core.count; i++)
		if (tie->core.items[i] == literal)
			return;
	*list_add(tie->arena, &tie->core) = literal;
}

/* The literals of the last conflict of the theory. */
static void
blame_theory(struct tie *tie)
{
	size_t count;
	const int *core = theory_core(tie->theory, &count);

	for (size_t i = 0; i < count; i++)
		blame(tie, core[i]);
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
		without[i] = ask(tie, joint->claim->slot, budget, &text) ==
		    THEORY_CONFLICT;
	}
	lift_all(tie, joint, without);
	if (ask(tie, joint->claim->slot, budget, &text) != THEORY_CONFLICT)
		return TIE_UNKNOWN;
	tie->core.count = 0;
	blame_theory(tie);
	blame(tie, joint->literal);
	for (size_t i = 0; i < plan->literals.count; i++)
		if (!without[i])
			blame(tie, plan->literals.items[i]);
	for (size_t i = 0; i < joint->grounds.count; i++)
		blame(tie, joint->grounds.items[i]);
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
	return universe_relaxed(tie->arena, &part);
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
			if (is_boundary(text, j) && pattern_match(&back, text.text + j,
			    text.length - j))
				add_hint(tie, slot, word_from(text.text + i,
				    j - i));
	}
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

/* Their text is that of the slot: what the patterns of one say is true of
 * both.  True when something was added. */
static bool
demand_twin(struct tie *tie, size_t slot, size_t twin)
{
	const struct slot_plan *plan = &tie->plans[twin];
	struct pattern pattern;
	bool same = false, any = false;

	for (size_t i = 0; i < plan->literals.count; i++) {
		const struct claim *claim = claim_of(tie,
		    plan->literals.items[i]);

		same |= plan->literals.items[i] > 0 &&
		    claim->kind == CLAIM_TEMPLATE && claim->piece_count == 1 &&
		    claim->pieces[0].variable &&
		    claim->pieces[0].slot == slot && !claim->pattern.folded;
	}
	for (size_t i = 0; same && i < plan->literals.count; i++)
		if (pattern_of_literal(tie, plan->literals.items[i],
		    &pattern)) {
			add_demand(tie, pattern, plan->literals.items[i] > 0);
			any = true;
		}
	return any;
}

static bool
demand_twins(struct tie *tie, size_t slot)
{
	bool any = false;

	for (size_t i = 0; i < tie->order.count; i++)
		any |= tie->order.items[i] != slot && demand_twin(tie, slot,
		    tie->order.items[i]);
	return any;
}

/* What those with the same text want may tell more of the variable. */
static void
hint_by_twins(struct tie *tie, const struct joint *joint, uint64_t *budget)
{
	struct word text;

	if (demand_twins(tie, joint->claim->slot) &&
	    ask(tie, joint->claim->slot, budget, &text) == THEORY_TEXT)
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
		const struct claim *claim = claim_of(tie,
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
	const struct piece *next = &claim->pieces[front ? piece - 1 :
	    piece + 1];

	if (piece == (front ? 0 : claim->piece_count - 1))
		return true;
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
	answer = ask(tie, joint->claim->slot, budget, text);
	if (answer == THEORY_CONFLICT || joint->exact)
		return answer;
	joint->field = is_field(tie, joint);
	if (!joint->field) {
		joint->grounds.count = 0;
		return answer;
	}
	lift_all(tie, joint, without);
	return ask(tie, joint->claim->slot, budget, text);
}

static enum tie_answer
ask_joint(struct tie *tie, int literal, size_t piece, uint64_t *budget)
{
	struct joint joint = { .claim = claim_of(tie, literal),
	    .literal = literal, .piece = piece };
	size_t slot = joint.claim->pieces[piece].slot;
	bool *without = arena_array(tie->arena,
	    tie->plans[slot].literals.count, sizeof(*without));
	struct word text;

	switch (ask_whole(tie, &joint, without, budget, &text)) {
	case THEORY_CONFLICT:
		return blame_joint(tie, &joint, without, budget);
	case THEORY_TEXT:
		hint_by_twins(tie, &joint, budget);
		read_hints(tie, &joint, text);
		return TIE_FOUND;
	case THEORY_UNKNOWN:
		break;
	}
	return TIE_UNKNOWN;
}

/* Every template that is to match, with each of its variables. */
static enum tie_answer
ask_joints(struct tie *tie, uint64_t *budget)
{
	for (size_t i = tie->order.count; i-- > 0;) {
		const struct slot_plan *plan = &tie->plans[tie->order.items[i]];

		for (size_t j = 0; j < plan->literals.count; j++) {
			int literal = plan->literals.items[j];
			const struct claim *claim = claim_of(tie, literal);

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

/* The literal that leaves the slot one text; 0: it may have others. */
static int
fixing_literal(const struct tie *tie, size_t slot)
{
	const struct slot_plan *plan = &tie->plans[slot];

	for (size_t i = 0; i < plan->literals.count; i++) {
		int literal = plan->literals.items[i];
		const struct claim *claim = claim_of(tie, literal);

		if (literal > 0 && (claim->kind == CLAIM_WORD ||
		    (claim->kind == CLAIM_PATTERN && !claim->pattern.wild &&
		    !claim->pattern.folded)))
			return literal;
	}
	return 0;
}

static bool
pieces_present(const struct tie *tie, const struct claim *claim)
{
	for (size_t i = 0; i < claim->piece_count; i++)
		if (claim->pieces[i].variable &&
		    tie->texts[claim->pieces[i].slot].text == NULL)
			return false;
	return true;
}

/* The templates of a slot, now that their variables have texts. */
static void
demand_templates(struct tie *tie, size_t slot)
{
	const struct slot_plan *plan = &tie->plans[slot];

	tie->demands.count = 0;
	for (size_t i = 0; i < plan->literals.count; i++) {
		int literal = plan->literals.items[i];

		if (is_template(tie, literal) &&
		    pieces_present(tie, claim_of(tie, literal)))
			add_demand(tie, universe_ground(tie->arena,
			    claim_of(tie, literal), tie->texts), literal > 0);
	}
}

/* Texts that it had already must not come again. */
static void
demand_another(struct tie *tie, size_t slot)
{
	const struct slot_plan *plan = &tie->plans[slot];

	for (size_t i = 0; i < plan->taken.count; i++)
		add_demand(tie, (struct pattern){
		    plan->taken.items[i].text, plan->taken.items[i].length,
		    false, false }, false);
}

/* Whether the slot's templates hang on texts that could be no others; if so,
 * the conflict is blamed on what makes them so. */
static bool
blame_fixed(struct tie *tie, size_t slot)
{
	const struct slot_plan *plan = &tie->plans[slot];
	int presence = universe_slot(tie->universe, slot)->presence;

	tie->core.count = 0;
	blame_theory(tie);
	/* The templates that must not match ask nothing of an absent slot. */
	if (presence != FORMULA_TRUE)
		blame(tie, presence);
	for (size_t i = 0; i < plan->literals.count; i++) {
		int literal = plan->literals.items[i];
		const struct claim *claim = claim_of(tie, literal);

		if (claim->kind != CLAIM_TEMPLATE)
			continue;
		blame(tie, literal);
		for (size_t j = 0; j < claim->piece_count; j++) {
			int fixing = !claim->pieces[j].variable ? 0 :
			    fixing_literal(tie, claim->pieces[j].slot);

			if (claim->pieces[j].variable && fixing == 0)
				return false;
			if (fixing != 0)
				blame(tie, fixing);
		}
	}
	return true;
}

static bool
slot_holds(const struct tie *tie, size_t slot)
{
	const struct slot_plan *plan = &tie->plans[slot];

	if (!universe_admits(tie->universe, slot, tie->texts[slot]))
		return false;
	for (size_t i = 0; i < plan->literals.count; i++)
		if (universe_holds(tie->universe, claim_of(tie,
		    plan->literals.items[i]), tie->texts) !=
		    (plan->literals.items[i] > 0))
			return false;
	return true;
}

static void
take(struct tie *tie, size_t slot, struct word text)
{
	tie->texts[slot] = text;
	*list_add(tie->arena, &tie->plans[slot].taken) = text;
}

/* The next hint that fits. */
static bool
take_hint(struct tie *tie, size_t slot)
{
	struct slot_plan *plan = &tie->plans[slot];

	while (plan->hint < plan->hints.count) {
		struct word text = plan->hints.items[plan->hint++];

		tie->texts[slot] = text;
		if (slot_holds(tie, slot)) {
			take(tie, slot, text);
			return true;
		}
	}
	return false;
}

/* A text that nobody hinted at. */
static enum tie_answer
take_other(struct tie *tie, size_t slot, uint64_t *budget)
{
	struct slot_plan *plan = &tie->plans[slot];
	struct word text;
	size_t demands;

	if (plan->others++ >= (plan->inner ? OTHERS_MAX : 1) ||
	    tie->tries >= TRIES_MAX)
		return TIE_UNKNOWN;
	demand_templates(tie, slot);
	demand_another(tie, slot);
	demands = tie->demands.count;
	/* what those with the same text want, first; a conflict with them is
	 * none of the slot alone */
	if (demand_twins(tie, slot) &&
	    ask(tie, slot, budget, &text) == THEORY_TEXT) {
		take(tie, slot, text);
		return TIE_FOUND;
	}
	tie->demands.count = demands;
	switch (ask(tie, slot, budget, &text)) {
	case THEORY_TEXT:
		take(tie, slot, text);
		return TIE_FOUND;
	case THEORY_CONFLICT:
		return plan->taken.count == 0 && blame_fixed(tie, slot) ?
		    TIE_CONFLICT : TIE_UNKNOWN;
	case THEORY_UNKNOWN:
		break;
	}
	return TIE_UNKNOWN;
}

/* A text that the slot has not had since those before it were settled. */
static enum tie_answer
take_text(struct tie *tie, size_t slot, uint64_t *budget)
{
	struct slot_plan *plan = &tie->plans[slot];

	if (!plan->needed) {
		tie->texts[slot] = (struct word){ NULL, 0 };
		return plan->others++ == 0 ? TIE_FOUND : TIE_UNKNOWN;
	}
	if (take_hint(tie, slot))
		return TIE_FOUND;
	return take_other(tie, slot, budget);
}

static void
begin_slot(struct tie *tie, size_t at)
{
	struct slot_plan *plan;

	if (at == tie->order.count)
		return;
	plan = &tie->plans[tie->order.items[at]];
	plan->taken.count = plan->hint = plan->others = 0;
}

static enum tie_answer
settle(struct tie *tie, uint64_t *budget)
{
	size_t at = 0;

	begin_slot(tie, at);
	while (at < tie->order.count) {
		enum tie_answer answer = take_text(tie, tie->order.items[at],
		    budget);

		if (answer == TIE_CONFLICT)
			return answer;
		if (answer == TIE_FOUND)
			begin_slot(tie, ++at);
		else if (at-- == 0)
			return TIE_UNKNOWN;
	}
	return TIE_FOUND;
}

static void
note_inner(struct tie *tie)
{
	for (size_t i = 0; i < tie->slots; i++)
		tie->plans[i].inner = false;
	for (size_t i = 0; i < tie->order.count; i++) {
		const struct slot_plan *plan = &tie->plans[tie->order.items[i]];

		for (size_t j = 0; j < plan->literals.count; j++) {
			const struct claim *claim = claim_of(tie,
			    plan->literals.items[j]);

			for (size_t k = 0; k < claim->piece_count; k++)
				if (claim->pieces[k].variable)
					tie->plans[claim->pieces[k].slot].inner
					    = true;
		}
	}
}

enum tie_answer
tie_resolve(struct tie *tie, uint64_t *budget)
{
	tie->tries = 0;
	order_slots(tie);
	if (tie->order.count == 0)
		return TIE_FOUND;
	note_inner(tie);
	for (size_t i = 0; i < tie->slots; i++)
		tie->plans[i].hints.count = 0;
	if (ask_joints(tie, budget) == TIE_CONFLICT)
		return TIE_CONFLICT;
	return settle(tie, budget);
}
