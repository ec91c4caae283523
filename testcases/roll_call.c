/* SPDX-License-Identifier: MIT */
/*
 * Holds `who' and `what' in an estate that is read from a file against the
 * simulator, and speaks TAP.
 *
 *	roll_call [-n COUNT] [-p] [-s SEED] ESTATE
 *
 * Calls are drawn of what the estate has.  Every principal makes each of them,
 * once with all keys open and once with none there, and whoever is allowed
 * must be listed by `who'; of some of them, the call must be listed by `what'.
 * Where that stays open, whoever is not listed must be proved to be denied,
 * which is asked of a few.
 */
#include "config.h"

#include <err.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "simulator/story.h"
#include "simulator/what.h"
#include "simulator/who.h"
#include "testcases/dice.h"
#include "testcases/listing.h"
#include "testcases/loading.h"
#include "testcases/sample.h"

enum {
	SHOWN_MAX = 5,
	BUDGET = 5000000,
	PROVED_MAX = 3,		/* of each call */
	WHAT_MAX = 3			/* likewise */
};

enum {
	WRONG_WHO,			/* somebody who may is not listed */
	WRONG_CAN,			/* somebody who can always is denied */
	WRONG_WHAT,			/* something is not listed */
	WRONG_QUESTION,			/* it cannot be asked */
	WRONG_COUNT
};

struct roll_call {
	struct arena	*arena;		/* of the estate */
	struct arena	*scratch;	/* of one caller */
	struct court	 court;
	struct dice	 dice;
	bool		 print;
	uint64_t	 wrong[WRONG_COUNT];
	uint64_t	 asked, allowed, open, verdicts[CENSUS_CAN + 1];
};

/* A call, and what `who' says of everybody. */
struct call_sheet {
	struct arena		*arena;
	struct word		 action, resource;
	struct census		 census;
	const struct census_entry **entries;	/* by principal; NULL: none */
	unsigned		 proved, asked_what;
};

/* The estate. */

/* Files stand beside the estate's. */
static const struct source *
load(void *context, struct arena *arena, const char *name,
    const char **error)
{
	const char *path = context, *slash = strrchr(path, '/');

	(void)error;
	return loading_read(arena, slash == NULL ? name : arena_printf(arena,
	    "%.*s/%s", (int)(slash - path), path, name));
}

static void
open_court(struct roll_call *roll, char *path)
{
	static const struct assumptions assumptions;
	const struct source *source = loading_read(roll->arena, path);
	struct estate_loader loader = { load, path, NULL };
	const struct estate *estate;
	struct report report;

	report_init(&report, roll->arena, source);
	estate = estate_read(roll->arena, source, &catalog_builtin, &loader,
	    &report);
	if (estate == NULL || !estate->usable || estate->principal_count == 0)
		errx(1, "%s: nobody is in there", path);
	roll->court = (struct court){ .catalog = &catalog_builtin,
	    .assumptions = &assumptions, .estate = estate,
	    .archive = archive_new(roll->arena, estate, &assumptions, 0) };
}

/* Calls. */

static struct word
format_word(const char *text)
{
	return word_from(text, strlen(text));
}

static const struct estate_principal *
draw_principal(struct roll_call *roll)
{
	const struct estate *estate = roll->court.estate;

	return &estate->principals[dice_get(&roll->dice,
	    estate->principal_count)];
}

static struct word
draw_role(struct roll_call *roll)
{
	const struct estate_principal *drawn = draw_principal(roll);

	for (unsigned i = 0; i < 100 && !drawn->is_role; i++)
		drawn = draw_principal(roll);
	return drawn->arn;
}

/* In a bucket of the estate, if it has any. */
static struct word
draw_object(struct roll_call *roll, struct arena *arena)
{
	const struct estate *estate = roll->court.estate;

	for (unsigned i = 0; i < 20 && estate->resource_count > 0; i++) {
		struct word arn = estate->resources[dice_get(&roll->dice,
		    estate->resource_count)].arn;

		if (!word_has_wildcard(arn) &&
		    word_starts_with(arn, "arn:aws:s3:::"))
			return format_word(arena_printf(arena, "%.*s/x",
			    (int)arn.length, arn.text));
	}
	return format_word("arn:aws:s3:::ledger/2026/report");
}

/* Any action of the catalogue, on something of the first account. */
static void
draw_action(struct roll_call *roll, struct call_sheet *sheet)
{
	const struct catalog *catalog = roll->court.catalog;
	const struct service *service = &catalog->services[dice_get(
	    &roll->dice, catalog->service_count)];
	const struct action *action;

	if (service->action_count == 0)
		return;
	action = &service->actions[dice_get(&roll->dice,
	    service->action_count)];
	sheet->action = format_word(arena_printf(sheet->arena, "%s:%s",
	    service->prefix, action->name));
	sheet->resource = action->target_count == 0 ? format_word("*") :
	    format_word(arena_printf(sheet->arena, "arn:aws:%s:eu-west-1:"
	    "%.*s:sample/x", service->prefix,
	    (int)roll->court.estate->accounts[0].id.length,
	    roll->court.estate->accounts[0].id.text));
}

static void
draw_call(struct roll_call *roll, struct call_sheet *sheet)
{
	static const char *const objects[] = { "s3:GetObject", "s3:PutObject",
	    "s3:DeleteObject" };
	static const char *const roles[] = { "sts:AssumeRole", "iam:PassRole",
	    "iam:GetRole", "iam:UpdateAssumeRolePolicy" };

	sheet->action = format_word(dice_pick(&roll->dice, objects));
	sheet->resource = draw_object(roll, sheet->arena);
	if (dice_holds(&roll->dice, 40)) {
		sheet->action = format_word(dice_pick(&roll->dice, roles));
		sheet->resource = draw_role(roll);
	} else if (dice_holds(&roll->dice, 50)) {
		draw_action(roll, sheet);
	}
}

static struct question
question_of(const struct call_sheet *sheet, struct arena *arena,
    struct word principal)
{
	struct question question = { .any = true };

	question.principal.word = principal;
	question.action.word = sheet->action;
	if (!word_is(sheet->resource, "*"))
		list_add(arena, &question.resources.list)->word =
		    sheet->resource;
	return question;
}

/* Checks. */

static void
show(struct roll_call *roll, unsigned wrong, const struct call_sheet *sheet,
    const struct estate_principal *principal, const char *what)
{
	if (roll->wrong[wrong]++ >= SHOWN_MAX)
		return;
	printf("# %s: %.*s %.*s %.*s\n", what, (int)principal->arn.length,
	    principal->arn.text, (int)sheet->action.length,
	    sheet->action.text, (int)sheet->resource.length,
	    sheet->resource.text);
}

static bool
is_proved_denied(struct roll_call *roll, const struct question *question)
{
	struct question_fault fault;
	struct story story;

	return !story_find(roll->scratch, &roll->court, question, &story,
	    &fault) || verdict_is_denial(story.answer.verdict);
}

static void
check_what(struct roll_call *roll, struct call_sheet *sheet,
    const struct estate_principal *principal)
{
	const struct census_use use = { .budget = BUDGET };
	struct question question = { .mfa = false };
	struct question_fault fault;
	struct census census;

	question.principal.word = principal->arn;
	if (sheet->asked_what++ >= WHAT_MAX)
		return;
	if (!what_find(roll->scratch, &roll->court, &question, &use, &census,
	    &fault) || !listing_has(roll->scratch, &census, sheet->action,
	    sheet->resource))
		show(roll, WRONG_WHAT, sheet, principal, "what");
}

/* One principal, with all keys open or with none there. */
static void
check_principal(struct roll_call *roll, struct call_sheet *sheet,
    size_t number, bool closed)
{
	const struct estate_principal *principal =
	    &roll->court.estate->principals[number];
	const struct census_entry *entry = sheet->entries[number];
	struct question question = question_of(sheet, roll->scratch,
	    principal->arn);
	struct question_fault fault;
	struct story story;

	question.closed = closed;
	if (!story_ask(roll->scratch, &roll->court, &question, &story,
	    &fault)) {
		show(roll, WRONG_QUESTION, sheet, principal, fault.message);
		return;
	}
	roll->asked++;
	if (story.answer.verdict == VERDICT_ALLOWED) {
		roll->allowed++;
		if (entry == NULL)
			show(roll, WRONG_WHO, sheet, principal, "who");
		check_what(roll, sheet, principal);
	} else if (verdict_is_denial(story.answer.verdict)) {
		if (entry != NULL && (entry->verdict == CENSUS_CAN ||
		    !closed))
			show(roll, WRONG_CAN, sheet, principal, "denied");
	} else {
		roll->open++;
		if (entry == NULL && sheet->proved++ < PROVED_MAX &&
		    !is_proved_denied(roll, &question))
			show(roll, WRONG_WHO, sheet, principal, "who");
	}
}

/* What `who' says, by principal. */
static void
read_census(struct roll_call *roll, struct call_sheet *sheet)
{
	const struct estate *estate = roll->court.estate;

	sheet->entries = arena_array(sheet->arena, estate->principal_count,
	    sizeof(*sheet->entries));
	for (size_t i = 0; i < sheet->census.entries.count; i++) {
		const struct census_entry *entry =
		    &sheet->census.entries.items[i];

		roll->verdicts[entry->verdict]++;
		for (size_t j = 0; j < entry->callers.list.count; j++) {
			const struct estate_principal *principal =
			    estate_principal(estate,
			    entry->callers.list.items[j]);

			if (principal != NULL)
				sheet->entries[principal -
				    estate->principals] = entry;
		}
	}
}

static void
call(struct roll_call *roll)
{
	const struct census_use use = { .budget = BUDGET };
	struct call_sheet sheet = { .arena = arena_branch(roll->arena) };
	struct question question;
	struct question_fault fault;

	draw_call(roll, &sheet);
	if (roll->print)
		printf("# %.*s %.*s\n", (int)sheet.action.length,
		    sheet.action.text, (int)sheet.resource.length,
		    sheet.resource.text);
	question = question_of(&sheet, sheet.arena,
	    (struct word){ NULL, 0 });
	question.any = false;
	if (!who_find(sheet.arena, &roll->court, &question, &use,
	    &sheet.census, &fault))
		errx(1, "%s", fault.message);
	read_census(roll, &sheet);
	for (size_t i = 0; i < roll->court.estate->principal_count; i++) {
		check_principal(roll, &sheet, i, false);
		check_principal(roll, &sheet, i, true);
		arena_reset(roll->scratch);
	}
	arena_free(sheet.arena);
}

static uint64_t
print_points(const struct roll_call *roll)
{
	static const char *const points[] = {
		[WRONG_WHO] = "callers who may, and are not listed",
		[WRONG_CAN] = "callers who are listed, and are denied",
		[WRONG_WHAT] = "calls that may be made, and are not listed",
		[WRONG_QUESTION] = "questions that could not be asked",
	};
	uint64_t wrong = 0;

	printf("1..%d\n", WRONG_COUNT);
	for (unsigned i = 0; i < WRONG_COUNT; i++) {
		printf("%sok %u - %" PRIu64 " %s\n", roll->wrong[i] == 0 ?
		    "" : "not ", i + 1, roll->wrong[i], points[i]);
		wrong += roll->wrong[i];
	}
	printf("# %" PRIu64 " asked: %" PRIu64 " allowed, %" PRIu64 " open; "
	    "entries: %" PRIu64 " can, %" PRIu64 " if, %" PRIu64 " may\n",
	    roll->asked, roll->allowed, roll->open,
	    roll->verdicts[CENSUS_CAN], roll->verdicts[CENSUS_IF],
	    roll->verdicts[CENSUS_MAY]);
	return wrong;
}

int
main(int argc, char **argv)
{
	struct sample sample = { .count = 5 };
	struct roll_call roll = { .arena = arena_new(),
	    .scratch = arena_new() };
	uint64_t wrong;

	if (roll.arena == NULL || roll.scratch == NULL)
		errx(1, "no memory");
	sample_read(&sample, argc, argv);
	if (argc - optind != 1)
		errx(1, "usage: roll_call [-n COUNT] [-p] [-s SEED] ESTATE");
	roll.print = sample.print;
	open_court(&roll, argv[optind]);
	dice_init(&roll.dice, sample.seed);
	for (uint64_t i = 0; i < sample.count; i++)
		call(&roll);
	wrong = print_points(&roll);
	arena_free(roll.scratch);
	arena_free(roll.arena);
	return wrong != 0;
}
