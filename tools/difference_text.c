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
	const struct output_stream	*out;
	const struct difference		*difference;
	const struct change_answer	*change;
	const struct half		*granting, *other;
	bool				 lost;
};

static void
print_word(FILE *out, struct word word)
{
	safe_print(out, word.text, word.length);
}

static void
print_string(FILE *out, const char *text)
{
	safe_print(out, text, strlen(text));
}

/* Where a statement stands, and its Sid. */
static void
print_statement(FILE *out, const struct half *half,
    const struct clause *clause)
{
	const struct statement *statement = clause->statement;
	struct place place = source_place(half->policy->text->source,
	    statement->node->span);

	print_string(out, half->file);
	fprintf(out, ":%zu:%zu", place.line, place.column);
	if (statement->sid == NULL)
		return;
	fputs(" `", out);
	safe_print(out, statement->sid->text, statement->sid->length);
	fputc('`', out);
}

static const char *
name_of(const struct half *half)
{
	return half->file == NULL ? "no document" : half->file;
}

static void
print_actions(FILE *out, const struct change_witness *witness)
{
	const struct element *element = witness->grants == NULL ? NULL :
	    &witness->grants->statement->action;

	if (element == NULL) {
		print_word(out, witness->sighting.request.action);
		fputc('\n', out);
		return;
	}
	if (element->negated)
		fputs("all actions but ", out);
	for (size_t i = 0; element->negated && i < element->count; i++) {
		fputs(i == 0 ? "" : ", ", out);
		print_word(out, word_of_node(element->items[i]));
	}
	for (size_t i = 0; i < witness->actions.count; i++) {
		fputs(i == 0 ? "" : ", ", out);
		print_word(out, witness->actions.items[i]);
	}
	fputs(witness->more_actions ? ", and more\n" : "\n", out);
}

static void
print_blame(const struct teller *teller, const struct change_witness *witness)
{
	FILE *out = teller->out->file;

	fputs("          ", out);
	if (witness->grants == NULL) {
		print_string(out, name_of(teller->granting));
		fputs(" does not deny it", out);
	} else {
		print_statement(out, teller->granting, witness->grants);
		fputs(witness->closer ? " allows it by itself" : " allows it",
		    out);
	}
	fputs(teller->lost ? ";\n          now " : ";\n          before, ",
	    out);
	if (witness->stopped != NULL) {
		print_statement(out, teller->other, witness->stopped);
		fputs(teller->lost ? " denies it\n" : " denied it\n", out);
	} else if (witness->closer) {
		fputs("it took an identity policy as well\n", out);
	} else if (teller->other->file == NULL) {
		fputs(teller->lost ? "there is no document\n" :
		    "there was no document\n", out);
	} else {
		fputs("nothing in ", out);
		print_string(out, name_of(teller->other));
		fputs(teller->lost ? " allows it\n" : " allowed it\n", out);
	}
}

static void
print_keys(FILE *out, const struct request *request)
{
	bool first = true;

	for (size_t i = 0; i < request->context.count; i++) {
		const struct context_key *key = &request->context.keys[i];

		fputs(first ? "          with " : "               ", out);
		first = false;
		print_word(out, key->name);
		fputs(" = ", out);
		for (size_t j = 0; j < key->count; j++) {
			fputs(j == 0 ? "" : ", ", out);
			if (key->values[j].length == 0)
				fputs("(empty)", out);
			print_word(out, key->values[j]);
		}
		fputc('\n', out);
	}
}

static void
print_example(const struct teller *teller,
    const struct change_witness *witness)
{
	const struct request *request = &witness->sighting.request;
	FILE *out = teller->out->file;

	fputs("          as ", out);
	if ((LAYERS_PRINCIPAL >> teller->difference->pair.layer & 1) != 0) {
		print_word(out, request->actor.principal);
		fputc(' ', out);
	}
	print_word(out, request->action);
	fputs(" on ", out);
	print_word(out, request->resource);
	fputc('\n', out);
	print_keys(out, request);
}

static const char *
color_of(const struct teller *teller)
{
	static const char *const gained[] = { "\033[1;33m", "\033[1;31m",
	    "\033[1;32m" };

	return teller->lost && teller->change->verdict == CHANGE_SOMETHING ?
	    "\033[1;33m" : gained[teller->change->verdict];
}

/* A reason may name a file. */
static void
print_reason(FILE *out, const char *reason)
{
	fputc('(', out);
	print_string(out, reason);
	fputc(')', out);
}

static void
print_direction(const struct teller *teller)
{
	const struct change_answer *change = teller->change;
	bool color = teller->out->color;
	FILE *out = teller->out->file;

	fprintf(out, "  %-8s%s%s%s", teller->lost ? "lost" : "gained",
	    color ? color_of(teller) : "",
	    change_verdict_name(change->verdict), color ? "\033[0m" : "");
	if (change->verdict == CHANGE_UNDECIDED &&
	    teller->difference->pair.fits) {
		fputs("  ", out);
		print_reason(out, change->reason);
	}
	fputc('\n', out);
	for (size_t i = 0; i < change->witnesses.count; i++) {
		const struct change_witness *witness =
		    &change->witnesses.items[i];

		fputs("        ", out);
		print_actions(out, witness);
		print_blame(teller, witness);
		print_example(teller, witness);
	}
	if (!change->more)
		return;
	fputs("        and more", out);
	if (change->reason != NULL) {
		fputc(' ', out);
		print_reason(out, change->reason);
	}
	fputc('\n', out);
}

static void
print_heading(FILE *out, const struct difference *difference)
{
	const struct pair *pair = &difference->pair;

	print_string(out, name_of(&pair->old));
	fputs(" -> ", out);
	print_string(out, name_of(&pair->new));
	if (pair->fits)
		fprintf(out, " (%s: ", layer_name(pair->layer));
	else
		fputs(" (", out);
	print_string(out, pair->reason);
	fputs(")\n", out);
	if (difference->beside && pair->layer != LAYER_RCP)
		fputs("  neither has an Allow: what they do not deny is taken "
		    "to be allowed beside them\n", out);
}

static void
print_difference(const struct difference *difference,
    const struct output_stream *out)
{
	const struct teller gained = { out, difference, &difference->gained,
	    &difference->pair.new, &difference->pair.old, false };
	const struct teller lost = { out, difference, &difference->lost,
	    &difference->pair.old, &difference->pair.new, true };

	print_heading(out->file, difference);
	print_direction(&gained);
	print_direction(&lost);
}

static void
print_summary(FILE *out, const struct differences *all)
{
	size_t same = 0, added = 0, removed = 0;

	for (size_t i = 0; i < all->list.count; i++) {
		const struct difference *difference = &all->list.items[i];

		same += difference_is_none(difference);
		added += difference->pair.old.file == NULL;
		removed += difference->pair.new.file == NULL;
	}
	fprintf(out, "%zu compared: %zu the same, %zu added, %zu removed, "
	    "%zu skipped\n", all->list.count, same, added, removed,
	    all->skipped);
}

void
difference_text(const void *result, const struct output_stream *out)
{
	const struct differences *all = result;

	if (all->estates != NULL) {
		difference_estate_text(all, out);
		return;
	}
	for (size_t i = 0; i < all->list.count; i++)
		if (all->list.count == 1 ||
		    !difference_is_none(&all->list.items[i]))
			print_difference(&all->list.items[i], out);
	if (all->list.count != 1)
		print_summary(out->file, all);
}
