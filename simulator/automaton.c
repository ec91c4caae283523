/* SPDX-License-Identifier: MIT */
/*
 * A pattern of n symbols has n + 1 places, and the places of all patterns lie
 * one behind the other in one bit set, so that a letter moves all of them
 * with a few operations on words.  Knows nothing of budgets.
 */
#include "config.h"

#include <string.h>

#include "simulator/automaton.h"

enum {
	WORD_BITS = 64,
	ASCII_COUNT = 128
};

/* Symbols that are no letters; a packed code point is never as large. */
enum {
	SYMBOL_END = 0xfffffff0u,
	SYMBOL_NONE,
	SYMBOL_ANY,
	SYMBOL_ONE,
	SYMBOL_ANY_FIELD,
	SYMBOL_ONE_FIELD,
	SYMBOL_DIGIT,
	SYMBOL_HEX
};

static bool
is_run(uint32_t symbol)
{
	return symbol == SYMBOL_ANY || symbol == SYMBOL_ANY_FIELD;
}

static bool
is_confined(uint32_t symbol)
{
	return symbol == SYMBOL_ANY_FIELD || symbol == SYMBOL_ONE_FIELD;
}

static bool
is_letter(uint32_t symbol)
{
	return symbol < SYMBOL_END;
}

static bool
is_digit(uint32_t unit)
{
	return unit >= '0' && unit <= '9';
}

static uint32_t
fold(uint32_t unit)
{
	return unit >= 'A' && unit <= 'Z' ? unit + ('a' - 'A') : unit;
}

static uint32_t
other_case(uint32_t unit)
{
	if (unit >= 'a' && unit <= 'z')
		return unit - ('a' - 'A');
	return fold(unit);
}

static bool
symbol_reads(uint32_t symbol, bool folded, uint32_t unit)
{
	switch (symbol) {
	case SYMBOL_END:
	case SYMBOL_NONE:
		return false;
	case SYMBOL_ANY:
	case SYMBOL_ONE:
		return true;
	case SYMBOL_ANY_FIELD:
	case SYMBOL_ONE_FIELD:
		return unit != ':';
	case SYMBOL_DIGIT:
		return is_digit(unit);
	case SYMBOL_HEX:
		return is_digit(unit) || (unit >= 'a' && unit <= 'f');
	default:
		return folded ? fold(symbol) == fold(unit) : symbol == unit;
	}
}

void
automaton_init(struct automaton *automaton, struct arena *arena)
{
	*automaton = (struct automaton){ .arena = arena };
}

static uint32_t
wildcard(unsigned char byte)
{
	switch (byte) {
	case PATTERN_ANY:
		return SYMBOL_ANY;
	case PATTERN_ONE:
		return SYMBOL_ONE;
	case PATTERN_ANY_FIELD:
		return SYMBOL_ANY_FIELD;
	case PATTERN_ONE_FIELD:
		return SYMBOL_ONE_FIELD;
	case PATTERN_NONE:
		return SYMBOL_NONE;
	case SHAPE_DIGIT:
		return SYMBOL_DIGIT;
	case SHAPE_HEX:
		return SYMBOL_HEX;
	default:
		return SYMBOL_END;
	}
}

/* The symbol at the front of some bytes, and how many bytes it takes. */
static uint32_t
read_symbol(const char *bytes, size_t length, size_t *taken)
{
	unsigned char lead = (unsigned char)bytes[0];
	uint32_t packed = lead;
	size_t size;

	*taken = 1;
	if (lead < 0xc0)
		return lead;
	if (wildcard(lead) != SYMBOL_END)
		return wildcard(lead);
	size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
	if (size > length)
		size = length;
	for (size_t i = 1; i < size; i++)
		packed = packed << 8 | (unsigned char)bytes[i];
	*taken = size;
	return packed;
}

static void
add_track(struct automaton *automaton, const struct pattern *pattern,
    bool negative)
{
	struct track *track = list_add(automaton->arena, &automaton->tracks);
	size_t at = 0, taken;

	*track = (struct track){ .start = automaton->symbols.count,
	    .negative = negative, .folded = pattern->folded };
	while (at < pattern->length) {
		*list_add(automaton->arena, &automaton->symbols) =
		    read_symbol(pattern->symbols + at, pattern->length - at,
		    &taken);
		at += taken;
	}
	track->end = automaton->symbols.count;
	*list_add(automaton->arena, &automaton->symbols) = SYMBOL_END;
	while (automaton->starts.count < automaton->symbols.count)
		*list_add(automaton->arena, &automaton->starts) =
		    (uint32_t)track->start;
}

static void
add_tracks(struct automaton *automaton, const struct automaton_query *query)
{
	automaton->symbols.count = automaton->starts.count = 0;
	automaton->tracks.count = 0;
	if (query->shape != NULL)
		add_track(automaton, query->shape, false);
	for (size_t i = 0; i < query->positive_count; i++)
		add_track(automaton, query->positives[i], false);
	for (size_t i = 0; i < query->negative_count; i++)
		add_track(automaton, query->negatives[i], true);
	automaton->words = (automaton->symbols.count + WORD_BITS - 1) /
	    WORD_BITS;
}

/* How many letters each place still needs before its pattern ends. */
static void
count_needs(struct automaton *automaton)
{
	size_t count = automaton->symbols.count;
	uint32_t need = 0;

	automaton->need.count = 0;
	for (size_t i = 0; i < count; i++)
		*list_add(automaton->arena, &automaton->need) = 0;
	for (size_t i = count; i-- > 0;) {
		uint32_t symbol = automaton->symbols.items[i];

		if (symbol == SYMBOL_END)
			need = 0;
		else if (!is_run(symbol))
			need++;
		automaton->need.items[i] = need;
	}
}

/* One letter more; those that no symbol tells apart come out later. */
static void
add_letter(struct automaton *automaton, uint32_t unit)
{
	for (size_t i = 0; i < automaton->letters.count; i++)
		if (automaton->letters.items[i].unit == unit)
			return;
	list_add(automaton->arena, &automaton->letters)->unit = unit;
}

static void
add_class(struct automaton *automaton, uint32_t symbol)
{
	for (uint32_t unit = '0'; unit <= '9'; unit++)
		add_letter(automaton, unit);
	for (uint32_t unit = 'a'; symbol == SYMBOL_HEX && unit <= 'f'; unit++)
		add_letter(automaton, unit);
}

static void
add_letters_of(struct automaton *automaton, const struct track *track)
{
	for (size_t i = track->start; i < track->end; i++) {
		uint32_t symbol = automaton->symbols.items[i];

		if (is_confined(symbol))
			add_letter(automaton, ':');
		if (track->negative)
			continue;
		if (symbol == SYMBOL_DIGIT || symbol == SYMBOL_HEX)
			add_class(automaton, symbol);
		if (!is_letter(symbol))
			continue;
		add_letter(automaton, symbol);
		if (track->folded)
			add_letter(automaton, other_case(symbol));
	}
}

/* Some pattern, positive or not, has that letter. */
static bool
is_mentioned(const struct automaton *automaton, uint32_t unit)
{
	for (size_t i = 0; i < automaton->symbols.count; i++) {
		uint32_t symbol = automaton->symbols.items[i];

		if (is_letter(symbol) && fold(symbol) == fold(unit))
			return true;
	}
	return false;
}

/* A letter that looks well in a witness, if one is left; else the first
 * of the letters of two bytes that is not taken. */
static uint32_t
find_fresh(const struct automaton *automaton)
{
	static const char pleasant[] = "xyzabcdefghijklmnopqrstuvw0123456789-_";

	for (size_t i = 0; pleasant[i] != '\0'; i++)
		if (!is_mentioned(automaton, (unsigned char)pleasant[i]))
			return (unsigned char)pleasant[i];
	for (uint32_t point = 0xc0;; point++) {
		uint32_t unit = point < 0x800 ?
		    0xc080 | (point >> 6) << 8 | (point & 0x3f) :
		    0xe08080 | (point >> 12) << 16 |
		    (point >> 6 & 0x3f) << 8 | (point & 0x3f);

		if (!is_mentioned(automaton, unit))
			return unit;
	}
}

static void
choose_letters(struct automaton *automaton)
{
	automaton->letters.count = 0;
	for (size_t i = 0; i < automaton->tracks.count; i++)
		add_letters_of(automaton, &automaton->tracks.items[i]);
	add_letter(automaton, find_fresh(automaton));
}

static void
set_bit(uint64_t *set, size_t place)
{
	set[place / WORD_BITS] |= UINT64_C(1) << place % WORD_BITS;
}

/* Zeroed masks: five of the automaton, two for each letter. */
static void
lay_out_masks(struct automaton *automaton)
{
	size_t words = automaton->words;
	size_t count = words * (5 + 2 * automaton->letters.count);
	uint64_t *mask;

	automaton->masks.count = 0;
	while (automaton->masks.capacity < count)
		list_grow(automaton->arena, (void **)&automaton->masks.items,
		    automaton->masks.capacity, &automaton->masks.capacity,
		    sizeof(uint64_t));
	mask = automaton->masks.items;
	memset(mask, 0, count * sizeof(*mask));
	automaton->runs = mask;
	automaton->free_runs = mask + words;
	automaton->accepting = mask + 2 * words;
	automaton->refusing = mask + 3 * words;
	automaton->absorbing = mask + 4 * words;
	for (size_t i = 0; i < automaton->letters.count; i++) {
		automaton->letters.items[i].advance = mask +
		    (5 + 2 * i) * words;
		automaton->letters.items[i].stay = mask +
		    (6 + 2 * i) * words;
	}
}

static void
mask_track(struct automaton *automaton, const struct track *track)
{
	for (size_t i = track->start; i < track->end; i++) {
		uint32_t symbol = automaton->symbols.items[i];

		if (is_run(symbol))
			set_bit(automaton->runs, i);
		if (symbol == SYMBOL_ANY)
			set_bit(automaton->free_runs, i);
		if (symbol == SYMBOL_ANY && track->negative &&
		    i + 1 == track->end)
			set_bit(automaton->absorbing, i);
	}
	set_bit(track->negative ? automaton->refusing : automaton->accepting,
	    track->end);
}

static void
mask_letter(struct automaton *automaton, struct letter *letter)
{
	for (size_t i = 0; i < automaton->tracks.count; i++) {
		const struct track *track = &automaton->tracks.items[i];

		for (size_t j = track->start; j < track->end; j++) {
			uint32_t symbol = automaton->symbols.items[j];

			if (symbol_reads(symbol, track->folded, letter->unit))
				set_bit(is_run(symbol) ? letter->stay :
				    letter->advance, j);
		}
	}
}

/* Of letters that all symbols treat alike one is enough. */
static void
merge_letters(struct automaton *automaton)
{
	size_t size = 2 * automaton->words * sizeof(uint64_t), kept = 0;

	for (size_t i = 0; i < automaton->letters.count; i++) {
		const struct letter *letter = &automaton->letters.items[i];
		size_t same = 0;

		while (same < kept && memcmp(letter->advance,
		    automaton->letters.items[same].advance, size) != 0)
			same++;
		if (same == kept)
			automaton->letters.items[kept++] = *letter;
	}
	automaton->letters.count = kept;
}

void
automaton_compile(struct automaton *automaton,
    const struct automaton_query *query)
{
	add_tracks(automaton, query);
	if (automaton->words == 0)
		automaton->words = 1;
	count_needs(automaton);
	choose_letters(automaton);
	lay_out_masks(automaton);
	for (size_t i = 0; i < automaton->tracks.count; i++)
		mask_track(automaton, &automaton->tracks.items[i]);
	for (size_t i = 0; i < automaton->letters.count; i++)
		mask_letter(automaton, &automaton->letters.items[i]);
	merge_letters(automaton);
}

/* A run may also be over: then its pattern stands behind it, too.  Only runs
 * side by side need a second round. */
static void
close_set(const struct automaton *automaton, uint64_t *set)
{
	bool again = true;

	while (again) {
		uint64_t carry = 0;

		again = false;
		for (size_t i = 0; i < automaton->words; i++) {
			uint64_t moved = set[i] & automaton->runs[i];
			uint64_t more = (moved << 1 | carry) & ~set[i];

			carry = moved >> (WORD_BITS - 1);
			again |= (more & automaton->runs[i]) != 0;
			set[i] |= more;
		}
	}
}

/* Bits of the word that starts with place `at': places from `from' up to, but
 * without, `to'. */
static uint64_t
range_bits(size_t at, size_t from, size_t to)
{
	uint64_t bits = ~UINT64_C(0);

	if (from > at)
		bits &= ~UINT64_C(0) << (from - at);
	if (to < at + WORD_BITS)
		bits &= ~(~UINT64_C(0) << (to - at));
	return bits;
}

static void
clear_range(uint64_t *set, size_t from, size_t to)
{
	for (size_t at = from & ~(size_t)(WORD_BITS - 1); at < to;
	    at += WORD_BITS)
		set[at / WORD_BITS] &= ~range_bits(at, from, to);
}

/*
 * What an earlier place of a pattern accepts, a later free run accepts, too:
 * it reads all that lies between.  Fewer places make fewer sets.
 */
static void
drop_dominated(const struct automaton *automaton, uint64_t *set)
{
	for (size_t i = 0; i < automaton->words; i++) {
		uint64_t runs = set[i] & automaton->free_runs[i];

		while (runs != 0) {
			size_t place = i * WORD_BITS +
			    (size_t)__builtin_ctzll(runs);

			clear_range(set, automaton->starts.items[place],
			    place);
			runs &= runs - 1;
		}
	}
}

static bool
is_empty(const uint64_t *set, const struct track *track)
{
	for (size_t at = track->start & ~(size_t)(WORD_BITS - 1);
	    at <= track->end; at += WORD_BITS)
		if ((set[at / WORD_BITS] & range_bits(at, track->start,
		    track->end + 1)) != 0)
			return false;
	return true;
}

/* Every positive pattern has a place left, no negative one has won. */
static bool
is_alive(const struct automaton *automaton, const uint64_t *set)
{
	for (size_t i = 0; i < automaton->words; i++)
		if (set[i] & automaton->absorbing[i])
			return false;
	for (size_t i = 0; i < automaton->tracks.count &&
	    !automaton->tracks.items[i].negative; i++)
		if (is_empty(set, &automaton->tracks.items[i]))
			return false;
	return true;
}

static bool
settle(const struct automaton *automaton, uint64_t *set)
{
	close_set(automaton, set);
	drop_dominated(automaton, set);
	return is_alive(automaton, set);
}

bool
automaton_start(const struct automaton *automaton, uint64_t *set)
{
	memset(set, 0, automaton->words * sizeof(*set));
	for (size_t i = 0; i < automaton->tracks.count; i++)
		set_bit(set, automaton->tracks.items[i].start);
	return settle(automaton, set);
}

bool
automaton_step(const struct automaton *automaton, const struct letter *letter,
    const uint64_t *from, uint64_t *to)
{
	uint64_t carry = 0;

	for (size_t i = 0; i < automaton->words; i++) {
		uint64_t moved = from[i] & letter->advance[i];

		to[i] = (from[i] & letter->stay[i]) | moved << 1 | carry;
		carry = moved >> (WORD_BITS - 1);
	}
	return settle(automaton, to);
}

bool
automaton_accepts(const struct automaton *automaton, const uint64_t *set)
{
	for (size_t i = 0; i < automaton->words; i++)
		if ((set[i] & automaton->accepting[i]) !=
		    automaton->accepting[i] ||
		    (set[i] & automaton->refusing[i]) != 0)
			return false;
	return true;
}

static size_t
track_distance(const struct automaton *automaton, const uint64_t *set,
    const struct track *track)
{
	size_t least = SIZE_MAX;

	for (size_t at = track->start & ~(size_t)(WORD_BITS - 1);
	    at <= track->end; at += WORD_BITS) {
		uint64_t places = set[at / WORD_BITS] & range_bits(at,
		    track->start, track->end + 1);

		for (; places != 0; places &= places - 1) {
			size_t place = at + (size_t)__builtin_ctzll(places);

			if (automaton->need.items[place] < least)
				least = automaton->need.items[place];
		}
	}
	return least;
}

size_t
automaton_distance(const struct automaton *automaton, const uint64_t *set)
{
	size_t most = 0;

	for (size_t i = 0; i < automaton->tracks.count &&
	    !automaton->tracks.items[i].negative; i++) {
		size_t distance = track_distance(automaton, set,
		    &automaton->tracks.items[i]);

		if (distance > most)
			most = distance;
	}
	return most;
}

size_t
letter_print(const struct letter *letter, char *bytes)
{
	size_t count = 0;

	for (int shift = 24; shift >= 0; shift -= 8)
		if (letter->unit >> shift != 0 || shift == 0)
			bytes[count++] = (char)(letter->unit >> shift & 0xff);
	return count;
}

struct pattern
shape_read(struct arena *arena, const char *text)
{
	size_t length = strlen(text);
	char *symbols = arena_copy(arena, text, length);

	for (size_t i = 0; i < length; i++)
		if (symbols[i] == '#')
			symbols[i] = (char)SHAPE_DIGIT;
		else if (symbols[i] == '%')
			symbols[i] = (char)SHAPE_HEX;
	return (struct pattern){ .symbols = symbols, .length = length };
}

struct pattern
shape_outline(struct arena *arena, const struct pattern *shape)
{
	char *symbols = arena_copy(arena, shape->symbols, shape->length);

	for (size_t i = 0; i < shape->length; i++) {
		unsigned char symbol = (unsigned char)symbols[i];

		if (symbol == SHAPE_DIGIT || symbol == SHAPE_HEX)
			symbols[i] = (char)PATTERN_ONE;
	}
	return pattern_of_symbols(arena, symbols, shape->length);
}

static bool
has_classes(const struct pattern *shape)
{
	return memchr(shape->symbols, SHAPE_DIGIT, shape->length) != NULL ||
	    memchr(shape->symbols, SHAPE_HEX, shape->length) != NULL;
}

bool
shape_match(const struct pattern *shape, struct word word)
{
	if (!has_classes(shape))
		return pattern_match(shape, word.text, word.length);
	if (shape->length != word.length)
		return false;
	for (size_t i = 0; i < word.length; i++) {
		unsigned char symbol = (unsigned char)shape->symbols[i];
		uint32_t wanted = symbol == SHAPE_DIGIT ? SYMBOL_DIGIT :
		    symbol == SHAPE_HEX ? SYMBOL_HEX : symbol;

		if (!symbol_reads(wanted, false, (unsigned char)word.text[i]))
			return false;
	}
	return true;
}
