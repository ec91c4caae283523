/* SPDX-License-Identifier: MIT */
/*
 * What claims mean, said once more: a matcher by definition, and tables of
 * numbers, instants and addresses whose order is written beside them.
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "simulator/automaton.h"
#include "testcases/riddle.h"

/* Of each cell that constants can cut out there is a text, and some that read
 * as nothing; the first of a list are constants, too. */
static const char *const numbers[] = { "-1.5", "-1.0", "0", "0.5", "+1", "1",
    "02", "-7.5", "-1.2", "-0.5", "0.25", "0.75", "1.50", "10", "1e3", "" };
static const char *const dates[] = { "2019-12-31T23:59:59Z", "2020-01-01",
    "1577836800.5", "2020-01-01T01:00:01+01:00", "1577836802", "1969-12-31",
    "1577836799.5", "1577836800.25", "2020-01-01T00:00:00.75Z",
    "1577836801.50", "2020-01-02", "2026-02-30", "x" };
static const char *const addresses[] = { "0.0.0.1", "32.0.0.1", "64.0.0.1",
    "96.0.0.1", "128.0.0.1", "160.0.0.1", "192.0.0.1", "224.0.0.1", "::1",
    "2000::", "4000::", "6000::", "8000::", "a000::", "c000::", "e000::1",
    "256.0.0.1" };
static const char *const truths[] = { "true", "false", "TRUE", "yes" };
static const char *const closed[] = { "ab", "b:a", "A", "" };

#define LENGTH(array)	(sizeof(array) / sizeof((array)[0]))

static const struct {
	const char	*const *texts;
	size_t		 count;
	size_t		 constants;	/* at the front */
	enum value_type	 type;
} tables[SORT_COUNT] = {
	[SORT_TEXT] = { NULL, 0, 1, VALUE_STRING },
	[SORT_NUMBER] = { numbers, LENGTH(numbers), 7, VALUE_NUMBER },
	[SORT_DATE] = { dates, LENGTH(dates), 5, VALUE_DATE },
	[SORT_ADDRESS] = { addresses, LENGTH(addresses), 16, VALUE_IP },
	[SORT_TRUTH] = { truths, LENGTH(truths), 1, VALUE_BOOL },
	[SORT_CLOSED] = { closed, LENGTH(closed), 1, VALUE_STRING }
};

static void
add_slot(struct riddle *riddle, struct dice *dice)
{
	static const char *const preferred[] = { "ba", "5", "true" };
	size_t at = riddle->slots++;
	enum sort sort = dice_holds(dice, 60) ? SORT_TEXT :
	    (enum sort)dice_get(dice, SORT_COUNT);
	struct slot slot = { .name = "k", .presence = FORMULA_TRUE };
	struct word *words = arena_array(riddle->arena, 8, sizeof(*words));

	riddle->sorts[at] = sort;
	riddle->loose[at] = sort == SORT_TEXT || dice_holds(dice, 30);
	if (!riddle->loose[at])
		slot.type = tables[sort].type;
	if (dice_holds(dice, 50))
		slot.presence = formula_variable(riddle->formulas);
	if (sort == SORT_CLOSED) {
		slot.words = words;
		slot.word_count = tables[sort].count;
		for (size_t i = 0; i < tables[sort].count; i++)
			words[i] = word_from(closed[i], strlen(closed[i]));
	} else if (dice_holds(dice, 20)) {
		slot.preferred = words;
		slot.preferred_count = 3;
		for (size_t i = 0; i < 3; i++)
			words[i] = word_from(preferred[i],
			    strlen(preferred[i]));
	}
	universe_add(riddle->universe, &slot);
}

static void
add_symbol(struct leaf *leaf, int symbol)
{
	if (leaf->symbol_count < RIDDLE_SYMBOLS)
		leaf->symbols[leaf->symbol_count++] = symbol;
}

static void
add_symbols(struct leaf *leaf, struct dice *dice, size_t most, bool confined)
{
	static const int letters[] = { 'a', 'b', 'A', 'a', 'b', 0xe9 };

	for (size_t i = dice_get(dice, most + 1); i > 0; i--) {
		size_t sort = dice_get(dice, 10);

		if (sort < 4)
			add_symbol(leaf, confined ? SYMBOL_ANY_FIELD :
			    SYMBOL_ANY);
		else if (sort < 6)
			add_symbol(leaf, confined ? SYMBOL_ONE_FIELD :
			    SYMBOL_ONE);
		else
			add_symbol(leaf, dice_pick(dice, letters));
	}
}

/* Free wildcards stand behind a colon when others are confined.  Some texts
 * have a colon and no more is said. */
static void
make_pattern(struct leaf *leaf, struct dice *dice, size_t most)
{
	if (dice_holds(dice, 12)) {
		add_symbol(leaf, SYMBOL_ANY);
		add_symbol(leaf, ':');
		add_symbol(leaf, SYMBOL_ANY);
		return;
	}
	if (dice_holds(dice, 30)) {
		add_symbols(leaf, dice, most / 2, true);
		add_symbol(leaf, ':');
	}
	add_symbols(leaf, dice, most, false);
}

/* Another slot of texts, of which there must be one; mostly one before it, but
 * there are rings as well. */
static void
add_other_slot(const struct riddle *riddle, struct leaf *leaf,
    struct dice *dice)
{
	size_t other;

	do
		other = dice_get(dice, leaf->slot > 0 &&
		    dice_holds(dice, 80) ? leaf->slot : riddle->slots);
	while (other == leaf->slot || riddle->sorts[other] != SORT_TEXT);
	add_symbol(leaf, SYMBOL_SLOT - (int)other);
}

/* Two or three slots between colons, or all but that. */
static void
add_fields(const struct riddle *riddle, struct leaf *leaf, struct dice *dice)
{
	for (size_t i = 2 + dice_get(dice, 2); i > 0; i--) {
		if (dice_holds(dice, 10))
			add_symbols(leaf, dice, 1, false);
		if (dice_holds(dice, 25))
			add_symbol(leaf, 'a');
		else
			add_other_slot(riddle, leaf, dice);
		if (dice_holds(dice, i > 1 ? 90 : 20))
			add_symbol(leaf, ':');
	}
}

/* All wildcards stay, so what is said of them above stays true. */
static void
change_pattern(struct leaf *leaf, struct dice *dice)
{
	static const int letters[] = { 'a', 'b', 'A', 0xe9 };
	size_t at = dice_get(dice, leaf->symbol_count + 1);

	if (at == leaf->symbol_count)
		add_symbol(leaf, dice_pick(dice, letters));
	else if (leaf->symbols[at] != ':' && leaf->symbols[at] >= 0)
		leaf->symbols[at] = dice_pick(dice, letters);
}

/* One that is there already, or nearly so: patterns that have little to do
 * with each other do not tell whether they are compared with care. */
static bool
copy_pattern(const struct riddle *riddle, struct leaf *leaf, struct dice *dice)
{
	const struct leaf *model = &riddle->leaves[dice_get(dice,
	    riddle->leaf_count)];

	if (model->kind != LEAF_PATTERN || model == leaf)
		return false;
	leaf->slot = model->slot;
	leaf->symbol_count = model->symbol_count;
	memcpy(leaf->symbols, model->symbols, sizeof(leaf->symbols));
	if (dice_holds(dice, 60))
		change_pattern(leaf, dice);
	return true;
}

/* Some text, another slot, some text; seldom twice. */
static void
make_template(struct riddle *riddle, struct leaf *leaf, struct dice *dice)
{
	size_t count = dice_holds(dice, 80) ? 1 : 2;
	bool wild = dice_holds(dice, 30);

	riddle->templates = true;
	if (dice_holds(dice, 30)) {
		add_fields(riddle, leaf, dice);
		return;
	}
	for (size_t i = 0; i < count; i++) {
		if (wild)
			add_symbols(leaf, dice, 2, false);
		else if (dice_holds(dice, 50))
			add_symbol(leaf, dice_holds(dice, 50) ? 'a' : 'b');
		add_other_slot(riddle, leaf, dice);
	}
	if (dice_holds(dice, 40))
		add_symbol(leaf, dice_holds(dice, 50) ? 'a' : ':');
}

/* There are others whose texts may stand in the slot's. */
static bool
is_tied(const struct riddle *riddle, size_t slot)
{
	for (size_t i = 0; i < riddle->slots; i++)
		if (i != slot && riddle->sorts[i] == SORT_TEXT)
			return riddle->sorts[slot] == SORT_TEXT;
	return false;
}

static enum leaf_kind
choose_kind(const struct riddle *riddle, size_t slot, struct dice *dice)
{
	enum sort sort = riddle->sorts[slot];
	size_t roll = dice_get(dice, 100);

	if (roll < 6)
		return LEAF_FREE;
	if (roll < 12)
		return LEAF_PRESENT;
	if (roll < 30 && is_tied(riddle, slot))
		return LEAF_TEMPLATE;
	if (sort == SORT_TEXT || sort == SORT_CLOSED || roll > 95)
		return LEAF_PATTERN;
	if (roll < 25)
		return LEAF_READS;
	return sort == SORT_ADDRESS ? LEAF_WITHIN : sort == SORT_TRUTH ?
	    LEAF_TRUE : LEAF_RELATION;
}

static size_t
print_symbol(int symbol, char *bytes)
{
	static const unsigned char wild[] = { 0, PATTERN_ANY, PATTERN_ONE,
	    PATTERN_ANY_FIELD, PATTERN_ONE_FIELD };

	if (symbol < 0)
		bytes[0] = (char)wild[-symbol];
	else if (symbol < 0x80)
		bytes[0] = (char)symbol;
	else {
		bytes[0] = (char)(0xc0 | symbol >> 6);
		bytes[1] = (char)(0x80 | (symbol & 0x3f));
		return 2;
	}
	return 1;
}

/* The symbols from `*at' up to a slot or the end. */
static struct pattern
read_symbols(const struct riddle *riddle, const struct leaf *leaf, size_t *at)
{
	char bytes[2 * RIDDLE_SYMBOLS];
	struct pattern pattern;
	size_t length = 0;

	for (; *at < leaf->symbol_count &&
	    leaf->symbols[*at] > SYMBOL_SLOT; ++*at) {
		int symbol = leaf->symbols[*at];

		if (leaf->folded && symbol == 'A')
			symbol = 'a';
		length += print_symbol(symbol, bytes + length);
	}
	pattern = pattern_of_symbols(riddle->arena, bytes, length);
	pattern.folded = leaf->folded;
	return pattern;
}

static int
read_template(const struct riddle *riddle, const struct leaf *leaf)
{
	struct piece *pieces = arena_array(riddle->arena,
	    leaf->symbol_count + 1, sizeof(*pieces));
	size_t count = 0, at = 0;

	while (at < leaf->symbol_count) {
		struct piece *piece = &pieces[count++];

		if (leaf->symbols[at] > SYMBOL_SLOT) {
			piece->pattern = read_symbols(riddle, leaf, &at);
			continue;
		}
		piece->variable = true;
		piece->slot = (size_t)(SYMBOL_SLOT - leaf->symbols[at++]);
	}
	return universe_template(riddle->universe, leaf->slot, pieces, count,
	    leaf->folded);
}

static int
read_relation(const struct riddle *riddle, const struct leaf *leaf)
{
	enum sort sort = riddle->sorts[leaf->slot];
	const char *text = tables[sort].texts[leaf->constant];
	struct number number;
	struct date date;

	if (sort == SORT_NUMBER) {
		number_read(text, strlen(text), &number);
		return universe_number(riddle->universe, leaf->slot,
		    leaf->relation, &number);
	}
	date_read(text, strlen(text), false, &date);
	return universe_date(riddle->universe, leaf->slot, leaf->relation,
	    &date);
}

/* As many bits as the leaf has symbols. */
static int
read_range(const struct riddle *riddle, const struct leaf *leaf)
{
	struct cidr cidr;
	const char *text = arena_printf(riddle->arena, "%s/%zu",
	    addresses[leaf->constant], leaf->symbol_count);

	cidr_read(text, strlen(text), 128, &cidr);
	return universe_within(riddle->universe, leaf->slot, &cidr);
}

static int
read_leaf(const struct riddle *riddle, const struct leaf *leaf)
{
	struct pattern pattern;
	size_t at = 0;

	switch (leaf->kind) {
	case LEAF_FREE:
		return formula_variable(riddle->formulas);
	case LEAF_PRESENT:
		return universe_slot(riddle->universe, leaf->slot)->presence;
	case LEAF_PATTERN:
		pattern = read_symbols(riddle, leaf, &at);
		return universe_match(riddle->universe, leaf->slot, &pattern);
	case LEAF_RELATION:
		return read_relation(riddle, leaf);
	case LEAF_WITHIN:
		return read_range(riddle, leaf);
	case LEAF_TRUE:
		return universe_true(riddle->universe, leaf->slot);
	case LEAF_READS:
		return universe_reads(riddle->universe, leaf->slot,
		    tables[riddle->sorts[leaf->slot]].type);
	case LEAF_TEMPLATE:
		return read_template(riddle, leaf);
	}
	return FORMULA_FALSE;
}

static void
add_leaf(struct riddle *riddle, struct dice *dice)
{
	struct leaf *leaf = &riddle->leaves[riddle->leaf_count++];

	*leaf = (struct leaf){ .slot = dice_get(dice, riddle->slots) };
	leaf->kind = choose_kind(riddle, leaf->slot, dice);
	leaf->folded = dice_holds(dice, 25);
	if (leaf->kind == LEAF_PATTERN) {
		if (!copy_pattern(riddle, leaf, dice))
			make_pattern(leaf, dice, 4);
	} else if (leaf->kind == LEAF_TEMPLATE)
		make_template(riddle, leaf, dice);
	else if (leaf->kind == LEAF_WITHIN)
		leaf->symbol_count = dice_get(dice, 4);
	leaf->relation = (enum relation)dice_get(dice, 5);
	leaf->constant = dice_get(dice,
	    tables[riddle->sorts[leaf->slot]].constants);
	leaf->formula = read_leaf(riddle, leaf);
	riddle->free += leaf->kind == LEAF_FREE;
}

static int
combine(struct riddle *riddle, const struct riddle_node *node,
    const int *formulas)
{
	int left = formulas[node->left], right = formulas[node->right];

	if (node->operator == '&')
		return formula_and(riddle->formulas, left, right);
	if (node->operator == '|')
		return formula_or(riddle->formulas, left, right);
	if (node->operator == '=')
		return formula_iff(riddle->formulas, left, right);
	return formula_and(riddle->formulas, left, -right);
}

static void
add_node(struct riddle *riddle, struct dice *dice, int *formulas)
{
	size_t count = riddle->node_count++;
	struct riddle_node *node = &riddle->nodes[count];

	if (count < riddle->leaf_count) {
		formulas[count] = riddle->leaves[count].formula;
		return;
	}
	node->operator = "&&&||=--"[dice_get(dice, 8)];
	node->left = dice_holds(dice, 60) ? count - 1 : dice_get(dice, count);
	node->right = dice_get(dice, count);
	formulas[count] = combine(riddle, node, formulas);
}

void
riddle_init(struct riddle *riddle, struct arena *arena, uint64_t seed)
{
	int formulas[RIDDLE_NODES];
	struct dice dice;
	size_t leaves, nodes;

	dice_init(&dice, seed);
	*riddle = (struct riddle){ .arena = arena,
	    .formulas = formulas_new(arena) };
	riddle->universe = universe_new(arena, riddle->formulas);
	for (size_t i = dice_get(&dice, RIDDLE_SLOTS) + 1; i > 0; i--)
		add_slot(riddle, &dice);
	leaves = 1 + dice_get(&dice, RIDDLE_LEAVES);
	while (riddle->leaf_count < leaves)
		add_leaf(riddle, &dice);
	nodes = leaves + dice_get(&dice, RIDDLE_NODES - leaves + 1);
	while (riddle->node_count < nodes)
		add_node(riddle, &dice, formulas);
	riddle->root = formulas[nodes - 1];
}

size_t
riddle_points(struct word text, int *points, size_t most)
{
	size_t count = 0;

	for (size_t i = 0; i < text.length && count < most; i++) {
		unsigned char c = (unsigned char)text.text[i];

		if (c < 0x80)
			points[count++] = c;
		else if (c >= 0xc0)
			points[count++] = c < 0xe0 ? c & 0x1f : c & 0x0f;
		else
			points[count - 1] = points[count - 1] << 6 |
			    (c & 0x3f);
	}
	return count;
}

int
riddle_lower(int point)
{
	return point >= 'A' && point <= 'Z' ? point + ('a' - 'A') : point;
}

/* The definition (GLOB-1, RES-6). */
static bool
slow_match(const int *symbols, size_t count, const int *points, size_t length,
    bool folded)
{
	bool field;

	if (count == 0)
		return length == 0;
	field = symbols[0] == SYMBOL_ANY_FIELD ||
	    symbols[0] == SYMBOL_ONE_FIELD;
	if (symbols[0] == SYMBOL_ANY || symbols[0] == SYMBOL_ANY_FIELD)
		return slow_match(symbols + 1, count - 1, points, length,
		    folded) || (length > 0 && !(field && points[0] == ':') &&
		    slow_match(symbols, count, points + 1, length - 1,
		    folded));
	if (length == 0)
		return false;
	if (symbols[0] < 0 ? field && points[0] == ':' : folded ?
	    riddle_lower(symbols[0]) != riddle_lower(points[0]) :
	    symbols[0] != points[0])
		return false;
	return slow_match(symbols + 1, count - 1, points + 1, length - 1,
	    folded);
}

/* The symbols of a leaf, with the texts of slots in their places. */
static bool
leaf_matches(const struct leaf *leaf, const struct word *texts)
{
	int symbols[512], points[512];
	size_t count = 0;

	for (size_t i = 0; i < leaf->symbol_count; i++) {
		int symbol = leaf->symbols[i];

		if (symbol > SYMBOL_SLOT) {
			symbols[count++] = symbol;
			continue;
		}
		if (texts[SYMBOL_SLOT - symbol].text == NULL)
			return false;
		count += riddle_points(texts[SYMBOL_SLOT - symbol],
		    symbols + count, 100);
	}
	return slow_match(symbols, count, points, riddle_points(
	    texts[leaf->slot], points, 512), leaf->folded);
}

static bool
related(enum relation relation, int order)
{
	switch (relation) {
	case RELATION_EQUAL:
		return order == 0;
	case RELATION_LESS:
		return order < 0;
	case RELATION_AT_MOST:
		return order <= 0;
	case RELATION_MORE:
		return order > 0;
	case RELATION_AT_LEAST:
		return order >= 0;
	}
	return false;
}

static bool
relation_holds(enum sort sort, const struct leaf *leaf, struct word text)
{
	const char *constant = tables[sort].texts[leaf->constant];
	struct number number, limit;
	struct date date, day;

	if (sort == SORT_NUMBER)
		return number_read(text.text, text.length, &number) &&
		    number_read(constant, strlen(constant), &limit) &&
		    related(leaf->relation, number_compare(&number, &limit));
	return date_read(text.text, text.length, false, &date) &&
	    date_read(constant, strlen(constant), false, &day) &&
	    related(leaf->relation, date_compare(&date, &day));
}

/* Bit by bit. */
static bool
range_holds(const struct leaf *leaf, struct word text)
{
	const char *constant = addresses[leaf->constant];
	struct cidr a, b;

	if (!cidr_read(text.text, text.length, 128, &a) || !cidr_read(constant,
	    strlen(constant), 128, &b) || a.v6 != b.v6)
		return false;
	return (a.address[0] ^ b.address[0]) >> (8 - leaf->symbol_count) == 0;
}

static bool
text_reads(enum sort sort, struct word text)
{
	struct number number;
	struct date date;
	struct cidr cidr;
	bool truth;

	if (sort == SORT_NUMBER)
		return number_read(text.text, text.length, &number);
	if (sort == SORT_DATE)
		return date_read(text.text, text.length, false, &date);
	if (sort == SORT_TRUTH)
		return bool_read(text.text, text.length, &truth);
	return cidr_read(text.text, text.length, 128, &cidr) &&
	    !cidr.has_prefix;
}

static bool
leaf_holds(const struct riddle *riddle, const struct leaf *leaf,
    const struct word *texts)
{
	enum sort sort = riddle->sorts[leaf->slot];
	struct word text = texts[leaf->slot];
	bool truth;

	if (leaf->kind == LEAF_FREE)
		return leaf->value;
	if (leaf->kind == LEAF_PRESENT || text.text == NULL)
		return text.text != NULL && leaf->kind == LEAF_PRESENT;
	switch (leaf->kind) {
	case LEAF_PATTERN:
	case LEAF_TEMPLATE:
		return leaf_matches(leaf, texts);
	case LEAF_RELATION:
		return relation_holds(sort, leaf, text);
	case LEAF_WITHIN:
		return range_holds(leaf, text);
	case LEAF_TRUE:
		return bool_read(text.text, text.length, &truth) && truth;
	case LEAF_READS:
		return text_reads(sort, text);
	case LEAF_FREE:
	case LEAF_PRESENT:
		break;
	}
	return false;
}

bool
riddle_leaf_holds(const struct riddle *riddle, size_t leaf,
    const struct word *texts)
{
	return leaf_holds(riddle, &riddle->leaves[leaf], texts);
}

void
riddle_choose(struct riddle *riddle, unsigned bits)
{
	for (size_t i = 0; i < riddle->leaf_count; i++)
		if (riddle->leaves[i].kind == LEAF_FREE) {
			riddle->leaves[i].value = bits & 1;
			bits >>= 1;
		}
}

bool
riddle_follows(const struct riddle *riddle, const bool *leaves)
{
	bool values[RIDDLE_NODES] = { false };

	for (size_t i = 0; i < riddle->node_count; i++) {
		const struct riddle_node *node = &riddle->nodes[i];
		bool left = values[node->left], right = values[node->right];

		if (i < riddle->leaf_count)
			values[i] = leaves[i];
		else if (node->operator == '&')
			values[i] = left && right;
		else if (node->operator == '|')
			values[i] = left || right;
		else if (node->operator == '=')
			values[i] = left == right;
		else
			values[i] = left && !right;
	}
	return values[riddle->node_count - 1];
}

bool
riddle_holds(const struct riddle *riddle, const struct word *texts)
{
	bool leaves[RIDDLE_LEAVES];

	for (size_t i = 0; i < riddle->leaf_count; i++)
		leaves[i] = leaf_holds(riddle, &riddle->leaves[i], texts);
	return riddle_follows(riddle, leaves);
}

const char *
riddle_text(const struct riddle *riddle, size_t slot, size_t at)
{
	enum sort sort = riddle->sorts[slot];

	return at < tables[sort].count ? tables[sort].texts[at] : NULL;
}

static void
print_leaf(const struct riddle *riddle, size_t at)
{
	static const char *const kinds[] = { "free", "present", "pattern",
	    "relation", "within", "true", "reads", "template" };
	const struct leaf *leaf = &riddle->leaves[at];

	printf("# %zu: slot %zu %s%s", at, leaf->slot, kinds[leaf->kind],
	    leaf->folded ? " folded" : "");
	if (leaf->kind == LEAF_RELATION || leaf->kind == LEAF_WITHIN)
		printf(" %d %s/%zu", leaf->relation,
		    tables[riddle->sorts[leaf->slot]].texts[leaf->constant],
		    leaf->symbol_count);
	for (size_t i = 0; i < leaf->symbol_count &&
	    leaf->kind != LEAF_WITHIN; i++) {
		int symbol = leaf->symbols[i];

		if (symbol <= SYMBOL_SLOT)
			printf(" ${%d}", SYMBOL_SLOT - symbol);
		else
			printf(" %c", symbol < 0 ? " *?+."[-symbol] :
			    symbol < 0x80 ? symbol : '~');
	}
	putchar('\n');
}

void
riddle_print(const struct riddle *riddle)
{
	for (size_t i = 0; i < riddle->slots; i++)
		printf("# slot %zu: sort %d%s%s\n", i, riddle->sorts[i],
		    riddle->loose[i] ? " loose" : "",
		    universe_slot(riddle->universe, i)->presence ==
		    FORMULA_TRUE ? "" : " optional");
	for (size_t i = 0; i < riddle->leaf_count; i++)
		print_leaf(riddle, i);
	for (size_t i = riddle->leaf_count; i < riddle->node_count; i++)
		printf("# %zu: %zu %c %zu\n", i, riddle->nodes[i].left,
		    riddle->nodes[i].operator, riddle->nodes[i].right);
}
