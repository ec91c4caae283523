/* SPDX-License-Identifier: MIT */
/*
 * One claim by itself: which claims are the same, and the patterns that a
 * template comes to.
 */
#include "config.h"

#include <string.h>

#include "policy/character.h"
#include "simulator/claim.h"

static uint64_t
mix(uint64_t hash, uint64_t value)
{
	hash = (hash ^ value) * UINT64_C(0xff51afd7ed558ccd);
	return hash ^ hash >> 32;
}

static uint64_t
mix_bytes(uint64_t hash, const char *bytes, size_t length)
{
	hash = mix(hash, length);
	for (size_t i = 0; i < length; i++)
		hash = mix(hash, (unsigned char)bytes[i]);
	return hash;
}

static uint64_t
mix_number(uint64_t hash, const struct number *number)
{
	hash = mix(hash, number->negative);
	hash = mix_bytes(hash, number->whole, number->whole_length);
	return mix_bytes(hash, number->fraction, number->fraction_length);
}

uint64_t
claim_hash(const struct claim *claim)
{
	uint64_t hash = mix(claim->kind, claim->slot);

	hash = mix(hash, claim->index);
	hash = mix(hash, claim->type);
	hash = mix_bytes(hash, claim->pattern.symbols, claim->pattern.length);
	hash = mix_number(hash, &claim->number);
	hash = mix(hash, (uint64_t)claim->date.seconds);
	hash = mix_number(hash, &claim->date.fraction);
	hash = mix_bytes(hash, (const char *)claim->cidr.address,
	    sizeof(claim->cidr.address));
	return mix(hash, claim->cidr.prefix);
}

static bool
same_pattern(const struct pattern *a, const struct pattern *b)
{
	return a->length == b->length && a->wild == b->wild &&
	    a->folded == b->folded && (a->length == 0 ||
	    memcmp(a->symbols, b->symbols, a->length) == 0);
}

static bool
same_pieces(const struct claim *a, const struct claim *b)
{
	if (a->piece_count != b->piece_count)
		return false;
	for (size_t i = 0; i < a->piece_count; i++) {
		const struct piece *x = &a->pieces[i], *y = &b->pieces[i];

		if (x->variable != y->variable || x->confined != y->confined ||
		    (x->variable ? x->slot != y->slot :
		    !same_pattern(&x->pattern, &y->pattern)))
			return false;
	}
	return true;
}

static bool
same_cidr(const struct cidr *a, const struct cidr *b)
{
	return a->v6 == b->v6 && a->prefix == b->prefix &&
	    memcmp(a->address, b->address, sizeof(a->address)) == 0;
}

bool
claim_equals(const struct claim *a, const struct claim *b)
{
	return a->kind == b->kind && a->slot == b->slot &&
	    a->index == b->index && a->type == b->type &&
	    same_pattern(&a->pattern, &b->pattern) &&
	    number_compare(&a->number, &b->number) == 0 &&
	    date_compare(&a->date, &b->date) == 0 &&
	    same_cidr(&a->cidr, &b->cidr) && same_pieces(a, b);
}

/* Symbols that grow; there is room for all of them. */
struct growing {
	char	*symbols;
	size_t	 length;
};

static void
append(struct growing *growing, struct word word)
{
	if (word.length > 0)
		memcpy(growing->symbols + growing->length, word.text,
		    word.length);
	growing->length += word.length;
}

/* What stands for a piece; a variable without texts may be anything. */
static struct word
piece_symbols(const struct piece *piece, const struct word *texts)
{
	static const char any[] = { (char)PATTERN_ANY };
	static const char any_field[] = { (char)PATTERN_ANY_FIELD };
	static const char none[] = { (char)PATTERN_NONE };
	struct word text;

	if (!piece->variable)
		return word_from(piece->pattern.symbols,
		    piece->pattern.length);
	if (texts == NULL)
		return word_from(piece->confined ? any_field : any, 1);
	text = texts[piece->slot];
	if (piece->confined && text.length > 0 &&
	    memchr(text.text, ':', text.length) != NULL)
		return word_from(none, 1);
	return text;
}

/* The pieces in a row, without texts the relaxed pattern. */
static struct pattern
join(struct arena *arena, const struct claim *claim, const struct word *texts)
{
	struct growing growing = { .length = 0 };
	struct pattern pattern;
	size_t room = 0;

	for (size_t i = 0; i < claim->piece_count; i++)
		room += piece_symbols(&claim->pieces[i], texts).length;
	growing.symbols = arena_alloc(arena, room + 1);
	for (size_t i = 0; i < claim->piece_count; i++)
		append(&growing, piece_symbols(&claim->pieces[i], texts));
	for (size_t i = 0; claim->pattern.folded && i < growing.length; i++)
		growing.symbols[i] = (char)character_fold(
		    growing.symbols[i]);
	pattern = pattern_of_symbols(arena, growing.symbols, growing.length);
	pattern.folded = claim->pattern.folded;
	return pattern;
}

struct pattern
claim_ground(struct arena *arena, const struct claim *claim,
    const struct word *texts)
{
	return join(arena, claim, texts);
}

struct pattern
claim_relaxed(struct arena *arena, const struct claim *claim)
{
	return join(arena, claim, NULL);
}
