/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <string.h>

#include "testcases/riddle_smt.h"
#include "testcases/smt_constant.h"
#include "testcases/smt_template.h"

bool
riddle_smt_is_text(const struct riddle *riddle, size_t slot)
{
	enum sort sort = riddle->sorts[slot];

	return sort == SORT_TEXT || sort == SORT_TRUTH || sort == SORT_CLOSED;
}

bool
riddle_smt_can(const struct riddle *riddle)
{
	for (size_t i = 0; i < riddle->leaf_count; i++) {
		const struct leaf *leaf = &riddle->leaves[i];

		if (leaf->kind == LEAF_PATTERN ?
		    !riddle_smt_is_text(riddle, leaf->slot) :
		    leaf->kind == LEAF_TEMPLATE && !smt_template_can(leaf))
			return false;
	}
	return true;
}

/* Of a letter the other case, or the letter itself. */
static int
other_case(int point)
{
	if ((point >= 'a' && point <= 'z') || (point >= 'A' && point <= 'Z'))
		return point ^ ('a' - 'A');
	return point;
}

static void
write_letter(int point, bool folded, FILE *out)
{
	fputs(folded ? " (re.union (str.to_re " : " (str.to_re ", out);
	smt_constant_letter(point, out);
	if (folded) {
		fputs(") (str.to_re ", out);
		smt_constant_letter(other_case(point), out);
		putc(')', out);
	}
	putc(')', out);
}

/* A concatenation wants two parts at least. */
static void
write_pattern(const struct leaf *leaf, FILE *out)
{
	static const char *const wild[] = { "", " re.all", " re.allchar",
	    " (re.* field)", " field" };

	fprintf(out, "(str.in_re text%zu (re.++ empty empty", leaf->slot);
	for (size_t i = 0; i < leaf->symbol_count; i++) {
		int symbol = leaf->symbols[i];

		if (symbol < 0)
			fputs(wild[-symbol], out);
		else
			write_letter(symbol, leaf->folded, out);
	}
	fputs("))", out);
}

static struct word
constant(const struct riddle *riddle, const struct leaf *leaf)
{
	const char *text = riddle_text(riddle, leaf->slot, leaf->constant);

	return word_from(text, strlen(text));
}

/* Where the value of a slot stands; nothing when the text reads as none. */
static bool
write_real(enum sort sort, struct word text, FILE *out)
{
	return sort == SORT_NUMBER ? smt_constant_number(text, out) :
	    smt_constant_date(text, out);
}

static void
write_relation(const struct riddle *riddle, const struct leaf *leaf, FILE *out)
{
	static const char *const signs[] = { [RELATION_EQUAL] = "=",
	    [RELATION_LESS] = "<", [RELATION_AT_MOST] = "<=",
	    [RELATION_MORE] = ">", [RELATION_AT_LEAST] = ">=" };

	fprintf(out, "(and reads%zu (%s real%zu ", leaf->slot,
	    signs[leaf->relation], leaf->slot);
	write_real(riddle->sorts[leaf->slot], constant(riddle, leaf), out);
	fputs("))", out);
}

/* Only the first bits of the first octet count. */
static void
write_within(const struct riddle *riddle, const struct leaf *leaf, FILE *out)
{
	struct word text = constant(riddle, leaf);
	size_t bits = leaf->symbol_count;
	struct cidr cidr;

	cidr_read(text.text, text.length, 128, &cidr);
	fprintf(out, "(and reads%zu (= six%zu %s)", leaf->slot, leaf->slot,
	    cidr.v6 ? "true" : "false");
	if (bits > 0)
		fprintf(out, " (= ((_ extract 7 %zu) octet%zu) (_ bv%d %zu))",
		    8 - bits, leaf->slot, cidr.address[0] >> (8 - bits), bits);
	putc(')', out);
}

/* In any case: TRUE is true. */
static void
write_word(size_t slot, const char *word, FILE *out)
{
	fprintf(out, "(str.in_re text%zu (re.++ empty", slot);
	for (; *word != '\0'; word++)
		write_letter(*word, true, out);
	fputs("))", out);
}

static void
write_reads(const struct riddle *riddle, size_t slot, FILE *out)
{
	if (riddle->sorts[slot] != SORT_TRUTH) {
		fprintf(out, "reads%zu", slot);
		return;
	}
	fputs("(or ", out);
	write_word(slot, "true", out);
	write_word(slot, "false", out);
	putc(')', out);
}

static void
write_claim(const struct riddle *riddle, const struct leaf *leaf, FILE *out)
{
	switch (leaf->kind) {
	case LEAF_FREE:
	case LEAF_PRESENT:
		fputs("true", out);
		break;
	case LEAF_PATTERN:
		write_pattern(leaf, out);
		break;
	case LEAF_TEMPLATE:
		smt_template_write(leaf, out);
		break;
	case LEAF_RELATION:
		write_relation(riddle, leaf, out);
		break;
	case LEAF_WITHIN:
		write_within(riddle, leaf, out);
		break;
	case LEAF_TRUE:
		write_word(leaf->slot, "true", out);
		break;
	case LEAF_READS:
		write_reads(riddle, leaf->slot, out);
		break;
	}
}

/* An absent slot makes every claim false. */
static void
write_leaf(const struct riddle *riddle, size_t at, FILE *out)
{
	const struct leaf *leaf = &riddle->leaves[at];

	if (leaf->kind == LEAF_FREE) {
		fprintf(out, "(declare-const node%zu Bool)\n", at);
		return;
	}
	fprintf(out, "(define-fun node%zu () Bool (and there%zu ", at,
	    leaf->slot);
	write_claim(riddle, leaf, out);
	fputs("))\n", out);
}

static void
write_node(const struct riddle *riddle, size_t at, FILE *out)
{
	const struct riddle_node *node = &riddle->nodes[at];
	const char *form = node->operator == '&' ? "(and node%zu node%zu)" :
	    node->operator == '|' ? "(or node%zu node%zu)" :
	    node->operator == '=' ? "(= node%zu node%zu)" :
	    "(and node%zu (not node%zu))";

	fprintf(out, "(define-fun node%zu () Bool ", at);
	fprintf(out, form, node->left, node->right);
	fputs(")\n", out);
}

static void
declare_slot(const struct riddle *riddle, size_t slot, FILE *out)
{
	fprintf(out, "(declare-const there%zu Bool)\n", slot);
	if (riddle_smt_is_text(riddle, slot)) {
		fprintf(out, "(declare-const text%zu String)\n", slot);
		return;
	}
	fprintf(out, "(declare-const reads%zu Bool)\n", slot);
	if (riddle->sorts[slot] == SORT_ADDRESS)
		fprintf(out, "(declare-const six%zu Bool)\n"
		    "(declare-const octet%zu (_ BitVec 8))\n", slot, slot);
	else
		fprintf(out, "(declare-const real%zu Real)\n", slot);
}

static void
write_choice(const struct riddle *riddle, size_t slot, FILE *out)
{
	const char *text;

	fputs("(assert (or", out);
	for (size_t i = 0; (text = riddle_text(riddle, slot, i)) != NULL;
	    i++) {
		fprintf(out, " (= text%zu ", slot);
		smt_constant_string(word_from(text, strlen(text)), out);
		putc(')', out);
	}
	fputs("))\n", out);
}

/* What every value of the slot is. */
static void
limit_slot(const struct riddle *riddle, size_t slot, FILE *out)
{
	if (universe_slot(riddle->universe, slot)->presence == FORMULA_TRUE)
		fprintf(out, "(assert there%zu)\n", slot);
	if (riddle->sorts[slot] == SORT_CLOSED)
		write_choice(riddle, slot, out);
	else if (!riddle->loose[slot]) {
		fputs("(assert ", out);
		write_reads(riddle, slot, out);
		fputs(")\n", out);
	}
}

void
riddle_smt_write(const struct riddle *riddle, FILE *out)
{
	fputs("(define-fun empty () RegLan (str.to_re \"\"))\n"
	    "(define-fun field () RegLan\n"
	    "    (re.inter re.allchar (re.comp (str.to_re \":\"))))\n", out);
	smt_template_prelude(out);
	for (size_t i = 0; i < riddle->slots; i++) {
		declare_slot(riddle, i, out);
		limit_slot(riddle, i, out);
	}
	for (size_t i = 0; i < riddle->node_count; i++)
		if (i < riddle->leaf_count)
			write_leaf(riddle, i, out);
		else
			write_node(riddle, i, out);
	fprintf(out, "(assert node%zu)\n", riddle->node_count - 1);
}

static void
pin_address(size_t slot, struct word text, FILE *out)
{
	struct cidr cidr;

	if (!cidr_read(text.text, text.length, 128, &cidr) || cidr.has_prefix)
		fprintf(out, "(assert (not reads%zu))\n", slot);
	else
		fprintf(out, "(assert (and reads%zu (= six%zu %s)"
		    " (= octet%zu (_ bv%d 8))))\n", slot, slot,
		    cidr.v6 ? "true" : "false", slot, cidr.address[0]);
}

/* A text that reads as none is equal to itself. */
static void
pin_real(enum sort sort, size_t slot, struct word text, FILE *out)
{
	fprintf(out, "(assert (= real%zu ", slot);
	if (write_real(sort, text, out))
		fprintf(out, "))\n(assert reads%zu)\n", slot);
	else
		fprintf(out, "real%zu))\n(assert (not reads%zu))\n", slot,
		    slot);
}

void
riddle_smt_pin(const struct riddle *riddle, const struct word *texts,
    FILE *out)
{
	for (size_t i = 0; i < riddle->slots; i++) {
		enum sort sort = riddle->sorts[i];

		fprintf(out, "(assert (= there%zu %s))\n", i,
		    texts[i].text == NULL ? "false" : "true");
		if (texts[i].text == NULL)
			continue;
		if (riddle_smt_is_text(riddle, i)) {
			fprintf(out, "(assert (= text%zu ", i);
			smt_constant_string(texts[i], out);
			fputs("))\n", out);
		} else if (sort == SORT_ADDRESS)
			pin_address(i, texts[i], out);
		else
			pin_real(sort, i, texts[i], out);
	}
}

void
riddle_smt_ask(const struct riddle *riddle, FILE *out)
{
	fputs("(get-value (", out);
	for (size_t i = 0; i < riddle->leaf_count; i++)
		fprintf(out, " node%zu", i);
	for (size_t i = 0; i < riddle->slots; i++) {
		fprintf(out, " there%zu", i);
		if (riddle_smt_is_text(riddle, i))
			fprintf(out, " text%zu", i);
	}
	fputs("))\n", out);
}

/* Behind `(NAME ', which stands somewhere behind the cursor. */
static bool
seek(const char **cursor, struct arena *arena, const char *name, size_t number)
{
	const char *opening = arena_printf(arena, "(%s%zu ", name, number);
	const char *found = strstr(*cursor, opening);

	if (found != NULL)
		*cursor = found + strlen(opening);
	return found != NULL;
}

/* False: it is neither true nor false. */
static bool
read_truth(const char *cursor, bool *value)
{
	*value = strncmp(cursor, "true)", 5) == 0;
	return *value || strncmp(cursor, "false)", 6) == 0;
}

static bool
read_slot(const struct riddle *riddle, const char **cursor, size_t slot,
    struct word *text)
{
	bool there;

	*text = word_from(NULL, 0);
	if (!seek(cursor, riddle->arena, "there", slot) ||
	    !read_truth(*cursor, &there))
		return false;
	if (!riddle_smt_is_text(riddle, slot))
		return true;
	if (!seek(cursor, riddle->arena, "text", slot) ||
	    !smt_constant_read(cursor, riddle->arena, text))
		return false;
	if (!there)
		*text = word_from(NULL, 0);
	return true;
}

bool
riddle_smt_read(const struct riddle *riddle, const char *answer,
    struct riddle_smt_model *model)
{
	for (size_t i = 0; i < riddle->leaf_count; i++) {
		if (!seek(&answer, riddle->arena, "node", i))
			return false;
		model->said[i] = read_truth(answer, &model->leaves[i]);
	}
	for (size_t i = 0; i < riddle->slots; i++)
		if (!read_slot(riddle, &answer, i, &model->texts[i]))
			return false;
	return true;
}
