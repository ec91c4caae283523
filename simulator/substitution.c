/* SPDX-License-Identifier: MIT */
/*
 * Matching is two-pointer, as in pattern.c, over the symbols of the text with
 * its variables replaced; a place in it can be kept and come back to.
 */
#include "config.h"

#include <string.h>

#include "policy/arn.h"
#include "policy/character.h"
#include "policy/list.h"
#include "policy/variable.h"
#include "simulator/substitution.h"

/* Symbols that are no byte of text. */
enum {
	SYMBOL_RUN = 256,		/* any text */
	SYMBOL_ONE,			/* any character */
	SYMBOL_RUN_FIELD,		/* the same, without colons */
	SYMBOL_ONE_FIELD,
	SYMBOL_END
};

/* Reading. */

struct reading {
	struct arena		*arena;
	struct word		 text;
	struct substitution	*substitution;
	LIST(char)		 plain;		/* symbols not yet a fragment */
	LIST(struct fragment)	 fragments;
};

static bool
is_confined(const struct substitution *substitution)
{
	return substitution->use.arn &&
	    substitution->fields < ARN_FIELD_COUNT;
}

/* A character as it stands in the text; `ends': a field ends behind it. */
static void
add_character(struct reading *reading, char c, bool ends)
{
	struct substitution *substitution = reading->substitution;
	bool confined = is_confined(substitution);
	bool stops = confined || substitution->use.strict;
	int symbol = (unsigned char)c;

	if (substitution->use.like && c == '*')
		symbol = stops && !(substitution->use.resource && ends) ?
		    PATTERN_ANY_FIELD : PATTERN_ANY;
	else if (substitution->use.like && c == '?')
		symbol = stops ? PATTERN_ONE_FIELD : PATTERN_ONE;
	else if (substitution->use.like && symbol >= PATTERN_ONE_FIELD)
		symbol = PATTERN_NONE;
	if (c == ':' && confined)
		substitution->fields++;
	*list_add(reading->arena, &reading->plain) = (char)symbol;
}

static void
add_plain(struct reading *reading, size_t start, size_t end)
{
	struct word text = reading->text;

	for (size_t i = start; i < end; i++)
		add_character(reading, text.text[i], i + 1 == text.length ||
		    text.text[i + 1] == ':');
}

static void
end_fragment(struct reading *reading)
{
	size_t length = reading->plain.count;

	if (length == 0)
		return;
	*list_add(reading->arena, &reading->fragments) = (struct fragment){
		.text = { arena_copy(reading->arena, reading->plain.items,
		    length), length },
	};
	reading->plain.count = 0;
}

/* VAR-4: a comma, one blank, and the quotes at the braces.  Nobody says that
 * AWS takes other forms, and what it does not take matches nothing (VAR-2). */
static bool
has_proper_fallback(struct word text, const struct variable *variable)
{
	static const char between[] = ", '";
	const char *end = variable->key + variable->key_length;
	size_t size = sizeof(between) - 1;

	return variable->fallback == NULL || (variable->fallback ==
	    end + size && memcmp(end, between, size) == 0 &&
	    variable->fallback + variable->fallback_length + 2 ==
	    text.text + variable->end);
}

static void
add_variable(struct reading *reading, const struct catalog *catalog,
    const struct variable *variable)
{
	struct substitution *substitution = reading->substitution;
	struct word key = { variable->key, variable->key_length };
	bool confined = is_confined(substitution);

	end_fragment(reading);
	substitution->variables++;
	if (variable->kind != VARIABLE_KEY ||
	    !has_proper_fallback(reading->text, variable) ||
	    (confined && substitution->use.resource))
		substitution->never = true;
	*list_add(reading->arena, &reading->fragments) = (struct fragment){
		.text = key,
		.variable = true,
		.confined = confined,
		.multivalued = key_is_multivalued(catalog, key),
		.hash = key_hash(key.text, key.length),
		.fallback = { variable->fallback, variable->fallback_length },
	};
}

/* VAR-3.  In front of an ARN's resource there are no variables (VAR-8). */
static void
add_literal(struct reading *reading, char c)
{
	struct substitution *substitution = reading->substitution;

	if (substitution->use.resource && is_confined(substitution))
		substitution->never = true;
	*list_add(reading->arena, &reading->plain) = c;
}

static void
read_text(struct reading *reading, const struct catalog *catalog)
{
	struct word text = reading->text;
	struct variable variable;
	size_t at = 0;

	while (variable_find(text.text, text.length, at, &variable)) {
		add_plain(reading, at, variable.start);
		if (variable.kind == VARIABLE_LITERAL)
			add_literal(reading, variable.key[0]);
		else
			add_variable(reading, catalog, &variable);
		at = variable.end;
	}
	add_plain(reading, at, text.length);
	end_fragment(reading);
}

/* The bytes in front of the first wildcard and the first variable. */
static size_t
count_plain(const struct substitution *substitution)
{
	const struct fragment *first = substitution->fragments;
	size_t count = 0;

	if (substitution->count == 0 || first->variable)
		return 0;
	while (count < first->text.length && !(substitution->use.like &&
	    (unsigned char)first->text.text[count] >= PATTERN_NONE))
		count++;
	return count;
}

const struct substitution *
substitution_read(struct arena *arena, const struct catalog *catalog,
    struct word text, struct substitution_use use)
{
	struct substitution *substitution = arena_alloc(arena,
	    sizeof(*substitution));
	struct reading reading = {
		.arena = arena,
		.text = text,
		.substitution = substitution,
	};

	substitution->use = use;
	substitution->fields = 1;
	read_text(&reading, catalog);
	substitution->fragments = reading.fragments.items;
	substitution->count = reading.fragments.count;
	substitution->plain = count_plain(substitution);
	return substitution;
}

bool
substitution_occurs(struct word text)
{
	struct variable variable;

	return variable_find(text.text, text.length, 0, &variable);
}

/* Matching. */

/* What a variable stands for. */
enum standing {
	STANDING_VALUE,
	STANDING_NOTHING,
	STANDING_UNKNOWN
};

static enum standing
read_fallback(const struct fragment *fragment, struct word *value)
{
	*value = fragment->fallback;
	return value->text == NULL ? STANDING_NOTHING : STANDING_VALUE;
}

static enum standing
read_value(const struct fragment *fragment, const struct scope *scope,
    struct word *value)
{
	const struct context_key *key = request_key(scope->request,
	    fragment->text.text, fragment->text.length, fragment->hash);
	bool fallback = fragment->fallback.text != NULL;

	if (context_key_is_unknown(key))
		return fragment->multivalued && !fallback ?
		    STANDING_NOTHING : STANDING_UNKNOWN;
	if (!context_key_is_present(key))
		return read_fallback(fragment, value);
	if (fragment->multivalued || key->count > 1) {
		if (fallback && scope_assume(scope, ASSUME_var_4) != 0)
			return read_fallback(fragment, value);
		return STANDING_NOTHING;
	}
	*value = key->values[0];
	return STANDING_VALUE;
}

/* A place in the expanded text. */
struct position {
	size_t		 fragment;
	size_t		 at;		/* byte of what it stands for */
	struct word	 bytes;		/* what it stands for */
	bool		 unknown;	/* nobody knows: any text */
	size_t		 fields;	/* of an ARN, begun */
};

struct match {
	const struct substitution	*substitution;
	const struct scope		*scope;
	struct word			 value;
	size_t				 folded;
	bool				 active;	/* VAR-7 */
	bool				 splits;	/* COND-24 */
};

static void
enter_fragment(const struct match *match, struct position *place)
{
	const struct substitution *substitution = match->substitution;
	const struct fragment *fragment;

	place->at = 0;
	place->unknown = false;
	place->bytes = (struct word){ NULL, 0 };
	if (place->fragment == substitution->count)
		return;
	fragment = &substitution->fragments[place->fragment];
	place->bytes = fragment->text;
	if (fragment->variable)
		place->unknown = read_value(fragment, match->scope,
		    &place->bytes) == STANDING_UNKNOWN;
}

/* Goes on to the next fragment while this one has nothing left. */
static void
settle(const struct match *match, struct position *place)
{
	while (place->fragment < match->substitution->count &&
	    place->at == (place->unknown ? 1 : place->bytes.length)) {
		place->fragment++;
		enter_fragment(match, place);
	}
}

/* Where substituted colons part fields, only the place tells which is the
 * last, in which wildcards cross colons (COND-22). */
static int
symbol_in_place(const struct match *match, const struct position *place,
    int symbol)
{
	bool confined = place->fields < ARN_FIELD_COUNT;

	if (!match->splits || symbol < SYMBOL_RUN)
		return symbol;
	if (symbol == SYMBOL_RUN || symbol == SYMBOL_RUN_FIELD)
		return confined ? SYMBOL_RUN_FIELD : SYMBOL_RUN;
	return confined ? SYMBOL_ONE_FIELD : SYMBOL_ONE;
}

static int
symbol_of_pattern(unsigned char byte)
{
	switch (byte) {
	case PATTERN_ANY:
		return SYMBOL_RUN;
	case PATTERN_ONE:
		return SYMBOL_ONE;
	case PATTERN_ANY_FIELD:
		return SYMBOL_RUN_FIELD;
	case PATTERN_ONE_FIELD:
		return SYMBOL_ONE_FIELD;
	}
	return byte;
}

/* A byte that was put in the place of a variable. */
static int
symbol_of_value(const struct match *match, const struct fragment *fragment,
    unsigned char byte)
{
	if (match->active && byte == '*')
		return fragment->confined ? SYMBOL_RUN_FIELD : SYMBOL_RUN;
	if (match->active && byte == '?')
		return fragment->confined ? SYMBOL_ONE_FIELD : SYMBOL_ONE;
	return byte;
}

static int
symbol_at(const struct match *match, const struct position *place)
{
	const struct substitution *substitution = match->substitution;
	const struct fragment *fragment;
	unsigned char byte;

	if (place->fragment == substitution->count)
		return SYMBOL_END;
	if (place->unknown)
		return SYMBOL_RUN;
	fragment = &substitution->fragments[place->fragment];
	byte = (unsigned char)place->bytes.text[place->at];
	if (fragment->variable)
		return symbol_in_place(match, place, symbol_of_value(match,
		    fragment, byte));
	return substitution->use.like ? symbol_in_place(match, place,
	    symbol_of_pattern(byte)) : byte;
}

static void
advance(const struct match *match, struct position *place)
{
	/* what is unknown may begin any number of fields */
	if (place->unknown)
		place->fields = ARN_FIELD_COUNT;
	else if (match->splits && symbol_at(match, place) == ':')
		place->fields++;
	place->at++;
	settle(match, place);
}

/* Bytes of the character at the front; a stray byte counts as one. */
static size_t
unit(struct word value, size_t at)
{
	size_t length = character_length(value.text + at, value.length - at);

	return length == 0 ? 1 : length;
}

/* How many bytes of the value a symbol that is no run takes; 0: none. */
static size_t
take(const struct match *match, int symbol, size_t at)
{
	struct word value = match->value;
	unsigned char c;

	if (at == value.length)
		return 0;
	c = (unsigned char)value.text[at];
	if (symbol == SYMBOL_ONE || (symbol == SYMBOL_ONE_FIELD && c != ':'))
		return unit(value, at);
	if (at < match->folded)
		return symbol < SYMBOL_RUN &&
		    character_equals((char)symbol, (char)c);
	return symbol == c;
}

/* Where matching goes on when a run has to take one character more. */
struct retry {
	bool			 there;
	struct position	 place;		/* behind the run */
	size_t			 at;		/* first byte that it leaves */
};

static bool
extend(struct retry *retry, struct word value, bool confined)
{
	if (!retry->there || retry->at >= value.length ||
	    (confined && value.text[retry->at] == ':'))
		return false;
	retry->at += unit(value, retry->at);
	return true;
}

static bool
match_symbols(const struct match *match)
{
	struct retry any = { 0 }, field = { 0 };
	struct position place = { .fields = 1 };
	size_t at = 0;

	enter_fragment(match, &place);
	/* begins_otherwise() has compared these; who counts fields has not */
	if (match->folded == 0 && !match->splits)
		place.at = at = match->substitution->plain;
	settle(match, &place);
	for (;;) {
		int symbol = symbol_at(match, &place);
		size_t taken;

		if (symbol == SYMBOL_END && at == match->value.length)
			return true;
		if (symbol == SYMBOL_RUN || symbol == SYMBOL_RUN_FIELD) {
			advance(match, &place);
			field = (struct retry){ true, place, at };
			if (symbol == SYMBOL_RUN) {
				any = field;
				field.there = false;
			}
			continue;
		}
		taken = symbol == SYMBOL_END ? 0 : take(match, symbol, at);
		if (taken > 0) {
			advance(match, &place);
			at += taken;
		} else if (extend(&field, match->value, true)) {
			place = field.place;
			at = field.at;
		} else if (extend(&any, match->value, false)) {
			field.there = false;
			place = any.place;
			at = any.at;
		} else {
			return false;
		}
	}
}

static size_t
count_colons(struct word value)
{
	size_t count = 0;

	for (size_t i = 0; i < value.length; i++)
		count += value.text[i] == ':';
	return count;
}

/* What all variables together stand for. */
struct survey {
	enum standing	 standing;
	bool		 wild;		/* some value has a wildcard */
	bool		 parted;	/* one of an ARN's first fields has,
					 * or may have, a colon */
	size_t		 colons;
};

static struct survey
survey_variables(const struct substitution *substitution,
    const struct scope *scope)
{
	struct survey survey = { .standing = STANDING_VALUE };

	for (size_t i = 0; i < substitution->count; i++) {
		const struct fragment *fragment = &substitution->fragments[i];
		struct word value = { NULL, 0 };
		enum standing standing;
		size_t colons;

		if (!fragment->variable)
			continue;
		standing = read_value(fragment, scope, &value);
		if (standing == STANDING_NOTHING)
			return (struct survey){ .standing = standing };
		colons = count_colons(value);
		if (standing == STANDING_UNKNOWN) {
			survey.standing = standing;
			colons = ARN_FIELD_COUNT;
		} else if (word_has_wildcard(value)) {
			survey.wild = true;
		}
		survey.colons += colons;
		if (fragment->confined && colons > 0)
			survey.parted = true;
	}
	return survey;
}

/*
 * Whether the text is an ARN of six fields with its variables replaced.  A
 * colon of theirs begins none, so a value that has one is in none (COND-24);
 * or it does, by assumption.
 */
static bool
has_fields(struct match *match, const struct survey *survey)
{
	const struct substitution *substitution = match->substitution;
	bool whole = substitution->use.resource ||
	    substitution->fields == ARN_FIELD_COUNT;

	if (!substitution->use.arn)
		return true;
	if (!survey->parted)
		return whole;
	match->splits = scope_assume(match->scope, ASSUME_cond_24) != 0;
	if (match->splits)
		return substitution->fields + survey->colons >=
		    ARN_FIELD_COUNT;
	return whole && survey->standing == STANDING_UNKNOWN;
}

/* A cheap no: the plain text that comes first is not the value's beginning. */
static bool
begins_otherwise(const struct match *match)
{
	const struct substitution *substitution = match->substitution;
	size_t plain = substitution->plain;

	return match->folded == 0 && plain > 0 &&
	    (match->value.length < plain || memcmp(match->value.text,
	    substitution->fragments[0].text.text, plain) != 0);
}

enum truth
substitution_match(const struct substitution *substitution, struct word value,
    size_t folded, const struct scope *scope)
{
	struct match match = {
		.substitution = substitution,
		.scope = scope,
		.value = value,
		.folded = substitution->use.folded ? value.length : folded,
	};
	struct survey survey;

	if (substitution->never || begins_otherwise(&match))
		return TRUTH_FALSE;
	survey = survey_variables(substitution, scope);
	if (survey.standing == STANDING_NOTHING || !has_fields(&match,
	    &survey))
		return TRUTH_FALSE;
	match.active = survey.wild && substitution->use.like &&
	    scope_assume(scope, ASSUME_var_7) != 0;
	if (!match_symbols(&match))
		return TRUTH_FALSE;
	return survey.standing == STANDING_UNKNOWN ? TRUTH_UNKNOWN :
	    TRUTH_TRUE;
}
