/* SPDX-License-Identifier: MIT */
/*
 * Lists of mutants and judgements, read.  Whether they tell the truth is
 * mutants.c's business.
 */
#include "config.h"

#include <string.h>

#include "testcases/mutant.h"

const char *const mutant_estates[MUTANT_ESTATES] = { "core", "full" };

struct reading {
	struct arena		*arena;
	const struct suite	*suite;
	const struct text	*text;		/* of one line */
	struct mutants		*mutants;
};

guarantee_set
guarantee_bit(const struct suite *suite, struct word id)
{
	for (size_t i = 0; i < suite->guarantees.count; i++)
		if (word_equal(suite->guarantees.items[i].id, id))
			return (guarantee_set)1 << i;
	return 0;
}

static void
complain(struct reading *reading, const char *what, struct word name)
{
	reading->mutants->error = arena_printf(reading->arena, "%s %.*s",
	    what, (int)name.length, name.text);
}

/* Lists. */

static struct word
member_word(const struct node *object, const char *name)
{
	const struct node *node = node_find(object, name);

	return node == NULL ? (struct word){ NULL, 0 } : word_of_node(node);
}

static void
add_edit(struct reading *reading, struct mutant *mutant,
    const struct node *object)
{
	const struct node *edits = node_find(object, "edit");
	struct word file = member_word(object, "file");

	if (file.text == NULL || edits == NULL) {
		complain(reading, "a file or its edits are missing in",
		    mutant->id);
		return;
	}
	*list_add(reading->arena, &mutant->edits) = (struct mutant_edit){
	    file, reading->text, edits };
}

static guarantee_set
read_set(struct reading *reading, const struct node *array)
{
	guarantee_set all = 0;

	for (const struct node *node = array->first; node != NULL;
	    node = node->next) {
		guarantee_set bit = guarantee_bit(reading->suite,
		    word_of_node(node));

		if (bit == 0)
			complain(reading, "no guarantee", word_of_node(node));
		all |= bit;
	}
	return all;
}

/* In the core estate nothing backs I18 and I19, whatever the mutant. */
static void
read_breaks(struct reading *reading, struct mutant *mutant,
    const struct node *object)
{
	const struct node *breaks = node_find(object, "breaks");
	const struct node *backed = node_find(object, "breaks_with_scp_rcp");
	bool full = word_is(member_word(object, "profile"), "full");

	if (breaks == NULL || (!full && (backed == NULL ||
	    backed->kind != NODE_ARRAY))) {
		complain(reading, "it is not said what breaks by",
		    mutant->id);
		return;
	}
	mutant->has[MUTANT_CORE] = !full;
	mutant->has[MUTANT_FULL] = true;
	mutant->breaks[MUTANT_FULL] = read_set(reading, full ? breaks :
	    backed);
	if (!full)
		mutant->breaks[MUTANT_CORE] = read_set(reading, breaks) |
		    guarantee_bit(reading->suite, word_from("I18", 3)) |
		    guarantee_bit(reading->suite, word_from("I19", 3));
}

static void
read_mutant(struct reading *reading, const struct node *object)
{
	const struct node *also = node_find(object, "also");
	struct mutant *mutant = list_add(reading->arena,
	    &reading->mutants->list);

	mutant->id = member_word(object, "id");
	mutant->why = member_word(object, "why");
	add_edit(reading, mutant, object);
	if (also != NULL)
		for (const struct node *node = also->first; node != NULL;
		    node = node->next)
			add_edit(reading, mutant, node);
	read_breaks(reading, mutant, object);
}

/* The source of each line is its own. */
static const struct source *
line_source(struct arena *arena, const struct source *source, size_t line)
{
	struct span span = source_line(source, line);

	return source_new(arena, source->name, arena_copy(arena,
	    source->bytes + span.start, span.end - span.start),
	    span.end - span.start);
}

void
mutants_read(struct arena *arena, const struct suite *suite,
    const struct source *source, struct mutants *mutants)
{
	struct reading reading = { .arena = arena, .suite = suite,
	    .mutants = mutants };

	for (size_t line = 1; line <= source->line_count; line++) {
		const struct source *one = line_source(arena, source, line);
		struct report report;

		if (one->length == 0)
			continue;
		report_init(&report, arena, one);
		reading.text = text_read(arena, one, &report);
		if (reading.text->usable)
			read_mutant(&reading, reading.text->root);
		else
			complain(&reading, "this is no JSON:", word_from(
			    one->bytes, one->length));
	}
}

/* Judgements. */

/* The next word of a line, or an empty one at its end. */
static struct word
next_word(struct word *rest)
{
	size_t start = strspn(rest->text, " \t");
	struct word word = word_from(rest->text + start, strcspn(
	    rest->text + start, " \t"));

	*rest = word_behind(*rest, start + word.length);
	return word;
}

static struct mutant *
find(const struct mutants *mutants, struct word id)
{
	for (size_t i = 0; i < mutants->list.count; i++)
		if (word_equal(mutants->list.items[i].id, id))
			return &mutants->list.items[i];
	return NULL;
}

/* A judgement that changes nothing has outlived its reason. */
static void
change(struct reading *reading, guarantee_set *breaks, struct word word)
{
	guarantee_set bit = guarantee_bit(reading->suite, word_behind(word,
	    1));
	bool adds = word.text[0] == '+';

	if (bit == 0 || (!adds && word.text[0] != '-') ||
	    ((*breaks & bit) != 0) == adds)
		complain(reading, "this judgement changes nothing:", word);
	*breaks ^= bit;
}

static void
judge(struct reading *reading, struct word line)
{
	struct word id = next_word(&line), estate = next_word(&line);
	struct mutant *mutant = find(reading->mutants, id);

	for (size_t i = 0; mutant != NULL && i < MUTANT_ESTATES; i++) {
		if (!word_is(estate, mutant_estates[i]))
			continue;
		for (struct word word = next_word(&line); word.length > 0;
		    word = next_word(&line))
			change(reading, &mutant->breaks[i], word);
		return;
	}
	complain(reading, "a judgement is of no mutant or estate:", id);
}

void
mutants_judge(struct arena *arena, const struct suite *suite,
    const struct source *source, struct mutants *mutants)
{
	struct reading reading = { .arena = arena, .suite = suite,
	    .mutants = mutants };

	for (size_t line = 1; line <= source->line_count; line++) {
		const struct source *one = line_source(arena, source, line);

		/* A reason is indented. */
		if (one->length > 0 && strchr(" \t#", one->bytes[0]) == NULL)
			judge(&reading, word_from(one->bytes, one->length));
	}
}
