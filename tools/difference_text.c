/* SPDX-License-Identifier: MIT */
/* Differences as lines for people; pairs that allow the same are counted. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "simulator/evidence.h"
#include "tools/difference.h"
#include "tools/safe.h"

/* One direction of a pair. */
struct teller {
	const struct differences	*all;
	const struct difference		*difference;
	const struct change_answer		*change;
	const struct half		*granting, *other;
	bool				 lost;
};

static void
print_word(struct word word)
{
	safe_print(stdout, word.text, word.length);
}

static void
print_string(const char *text)
{
	safe_print(stdout, text, strlen(text));
}

/* Where a statement stands, and its Sid. */
static void
print_statement(const struct half *half, const struct clause *clause)
{
	const struct statement *statement = clause->statement;
	struct place place = source_place(half->policy->text->source,
	    statement->node->span);

	print_string(half->file);
	printf(":%zu:%zu", place.line, place.column);
	if (statement->sid == NULL)
		return;
	fputs(" `", stdout);
	safe_print(stdout, statement->sid->text, statement->sid->length);
	fputc('`', stdout);
}

static const char *
name_of(const struct half *half)
{
	return half->file == NULL ? "no document" : half->file;
}

static void
print_actions(const struct change_witness *witness)
{
	const struct element *element = witness->grants == NULL ? NULL :
	    &witness->grants->statement->action;

	if (element == NULL) {
		print_word(witness->sighting.request.action);
		fputc('\n', stdout);
		return;
	}
	if (element->negated)
		fputs("all actions but ", stdout);
	for (size_t i = 0; element->negated && i < element->count; i++) {
		fputs(i == 0 ? "" : ", ", stdout);
		print_word(word_of_node(element->items[i]));
	}
	for (size_t i = 0; i < witness->actions.count; i++) {
		fputs(i == 0 ? "" : ", ", stdout);
		print_word(witness->actions.items[i]);
	}
	fputs(witness->more_actions ? ", and more\n" : "\n", stdout);
}

static void
print_blame(const struct teller *teller, const struct change_witness *witness)
{
	fputs("          ", stdout);
	if (witness->grants == NULL) {
		print_string(name_of(teller->granting));
		fputs(" does not deny it", stdout);
	} else {
		print_statement(teller->granting, witness->grants);
		fputs(witness->closer ? " allows it by itself" : " allows it",
		    stdout);
	}
	fputs(teller->lost ? ";\n          now " : ";\n          before, ",
	    stdout);
	if (witness->stopped != NULL) {
		print_statement(teller->other, witness->stopped);
		fputs(teller->lost ? " denies it\n" : " denied it\n", stdout);
	} else if (witness->closer) {
		fputs("it took an identity policy as well\n", stdout);
	} else if (teller->other->file == NULL) {
		fputs(teller->lost ? "there is no document\n" :
		    "there was no document\n", stdout);
	} else {
		fputs("nothing in ", stdout);
		print_string(name_of(teller->other));
		fputs(teller->lost ? " allows it\n" : " allowed it\n", stdout);
	}
}

static void
print_keys(const struct request *request)
{
	bool first = true;

	for (size_t i = 0; i < request->context.count; i++) {
		const struct context_key *key = &request->context.keys[i];

		fputs(first ? "          with " : "               ", stdout);
		first = false;
		print_word(key->name);
		fputs(" = ", stdout);
		for (size_t j = 0; j < key->count; j++) {
			fputs(j == 0 ? "" : ", ", stdout);
			if (key->values[j].length == 0)
				fputs("(empty)", stdout);
			print_word(key->values[j]);
		}
		fputc('\n', stdout);
	}
}

static void
print_example(const struct teller *teller,
    const struct change_witness *witness)
{
	const struct request *request = &witness->sighting.request;

	fputs("          as ", stdout);
	if ((LAYERS_PRINCIPAL >> teller->difference->pair.layer & 1) != 0) {
		print_word(request->actor.principal);
		fputc(' ', stdout);
	}
	print_word(request->action);
	fputs(" on ", stdout);
	print_word(request->resource);
	fputc('\n', stdout);
	print_keys(request);
}

static const char *
color_of(const struct teller *teller)
{
	static const char *const gained[] = { "\033[1;33m", "\033[1;31m",
	    "\033[1;32m" };

	return teller->lost && teller->change->verdict == CHANGE_SOMETHING ?
	    "\033[1;33m" : gained[teller->change->verdict];
}

static void
print_direction(const struct teller *teller)
{
	const struct change_answer *change = teller->change;
	bool color = teller->all->color;

	printf("  %-8s%s%s%s", teller->lost ? "lost" : "gained",
	    color ? color_of(teller) : "",
	    difference_verdict_name(change->verdict), color ? "\033[0m" : "");
	if (change->verdict == CHANGE_UNDECIDED &&
	    teller->difference->pair.fits)
		printf("  (%s)", change->reason);
	fputc('\n', stdout);
	for (size_t i = 0; i < change->witnesses.count; i++) {
		const struct change_witness *witness =
		    &change->witnesses.items[i];

		fputs("        ", stdout);
		print_actions(witness);
		print_blame(teller, witness);
		print_example(teller, witness);
	}
	if (change->more)
		printf("        and more%s%s%s\n", change->reason == NULL ?
		    "" : " (", change->reason == NULL ? "" : change->reason,
		    change->reason == NULL ? "" : ")");
}

static void
print_heading(const struct difference *difference)
{
	const struct pair *pair = &difference->pair;

	print_string(name_of(&pair->old));
	fputs(" -> ", stdout);
	print_string(name_of(&pair->new));
	if (pair->fits)
		printf(" (%s: ", layer_name(pair->layer));
	else
		fputs(" (", stdout);
	print_string(pair->reason);
	fputs(")\n", stdout);
	if (difference->beside && pair->layer != LAYER_RCP)
		fputs("  neither has an Allow: what they do not deny is taken "
		    "to be allowed beside them\n", stdout);
}

static void
print_difference(const struct differences *all,
    const struct difference *difference)
{
	const struct teller gained = { all, difference, &difference->gained,
	    &difference->pair.new, &difference->pair.old, false };
	const struct teller lost = { all, difference, &difference->lost,
	    &difference->pair.old, &difference->pair.new, true };

	print_heading(difference);
	print_direction(&gained);
	print_direction(&lost);
}

static void
print_summary(const struct differences *all)
{
	size_t same = 0, added = 0, removed = 0;

	for (size_t i = 0; i < all->list.count; i++) {
		const struct difference *difference = &all->list.items[i];

		same += difference_is_none(difference);
		added += difference->pair.old.file == NULL;
		removed += difference->pair.new.file == NULL;
	}
	printf("%zu compared: %zu the same, %zu added, %zu removed, "
	    "%zu skipped\n", all->list.count, same, added, removed,
	    all->skipped);
}

void
difference_text(const struct differences *all)
{
	if (all->estates != NULL) {
		difference_estate_text(all);
		return;
	}
	for (size_t i = 0; i < all->list.count; i++)
		if (all->list.count == 1 ||
		    !difference_is_none(&all->list.items[i]))
			print_difference(all, &all->list.items[i]);
	if (all->list.count != 1)
		print_summary(all);
}
