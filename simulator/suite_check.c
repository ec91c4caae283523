/* SPDX-License-Identifier: MIT */
/*
 * What can be wrong with a test file as a whole.  How it is written, the
 * modules know that are called after this one.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "simulator/suite_reader.h"

const struct complaint suite_complaints[] = {
	[SUITE_SYNTAX] = {
		.id = "suite-syntax",
		.severity = SEVERITY_ERROR,
		.says = "a test file says something that it cannot say",
		.why = "What cannot be read is not tested and not proved. The "
		    "message says what was expected; sekisho(5) has the whole "
		    "grammar.",
		.fires_on = "guarantee I1 x\n  every request mast mfa\n",
		.quiet_on = "guarantee I1 x\n  every request must mfa\n",
	},
	[SUITE_BYTES] = {
		.id = "suite-bytes",
		.severity = SEVERITY_ERROR,
		.says = "a line of a test file is no text",
		.why = "Lines are UTF-8 without control characters, so that "
		    "what is read is what is seen.",
		.fires_on = "estate \x01\n",
		.quiet_on = "estate \xe9\x96\xa2\n",
	},
	[SUITE_NAME] = {
		.id = "suite-name",
		.severity = SEVERITY_ERROR,
		.says = "a test file uses a name that it does not make",
		.why = "A `let` line above makes the name; quotes around a "
		    "word keep its dollar sign from being read as one.",
		.fires_on = "let a = x\ntest t\n  allow $b s3:GetObject y\n",
		.quiet_on = "let a = x\ntest t\n  allow $a s3:GetObject y\n",
	},
	[SUITE_DUPLICATE] = {
		.id = "suite-duplicate",
		.severity = SEVERITY_ERROR,
		.says = "a test file says twice what it may say once",
		.why = "Verdicts are told by the names of tests and the ids of "
		    "guarantees, so each names one.",
		.fires_on = "guarantee I1 x\n  never request mfa\n"
		    "guarantee I1 y\n  never request mfa\n",
		.quiet_on = "guarantee I1 x\n  never request mfa\n"
		    "guarantee I2 x\n  never request mfa\n",
	},
	[SUITE_GAP] = {
		.id = "suite-gap",
		.severity = SEVERITY_ERROR,
		.says = "a known gap is one of no guarantee in the file",
		.why = "An `expect broken` line excuses the guarantees that it "
		    "names; one that names none excuses nothing.",
		.fires_on = "expect broken I2\n"
		    "guarantee I1 x\n  never request mfa\n",
		.quiet_on = "expect broken I1\n"
		    "guarantee I1 x\n  never request mfa\n",
	},
	[SUITE_EMPTY] = {
		.id = "suite-empty",
		.severity = SEVERITY_WARNING,
		.says = "a test expects nothing",
		.why = "A test passes when its expectations are met, so one "
		    "without any always passes.",
		.fires_on = "test t\n",
		.quiet_on = "test t\n  allow a s3:GetObject y\n",
	},
	{ .id = NULL }
};

bool
suite_refuse(struct suite_reader *reader, const struct question_fault *fault)
{
	struct finding *finding = report_add(reader->report,
	    &suite_complaints[reader->complaint], fault->span, "%s",
	    fault->message);

	if (fault->help != NULL)
		report_help(reader->report, finding, "%s", fault->help);
	return false;
}

/* Names that stand for one thing. */

struct claim {
	struct word	 word;
	struct span	 span;
};

struct claims {
	LIST(struct claim)	 list;
};

static int
compare_claims(const void *left, const void *right)
{
	const struct claim *a = left, *b = right;
	size_t shorter = a->word.length < b->word.length ? a->word.length :
	    b->word.length;
	int order = memcmp(a->word.text, b->word.text, shorter);

	if (order != 0)
		return order;
	if (a->word.length != b->word.length)
		return a->word.length < b->word.length ? -1 : 1;
	return (a->span.start > b->span.start) -
	    (a->span.start < b->span.start);
}

static void
check_claims(struct suite_reader *reader, struct claims *claims,
    const char *what)
{
	struct claim *items = claims->list.items;

	if (claims->list.count > 1)
		qsort(items, claims->list.count, sizeof(*items),
		    compare_claims);
	for (size_t i = 1; i < claims->list.count; i++) {
		struct finding *finding;

		if (!word_equal(items[i - 1].word, items[i].word))
			continue;
		finding = report_add(reader->report,
		    &suite_complaints[SUITE_DUPLICATE], items[i].span,
		    "there are two %s `%.*s`", what,
		    (int)items[i].word.length, items[i].word.text);
		report_relate(reader->report, finding, items[i - 1].span,
		    "the one before");
	}
}

static bool
has_guarantee(const struct claims *claims, struct word id)
{
	struct claim claim = { .word = id };
	size_t low = 0, high = claims->list.count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (word_equal(claims->list.items[middle].word, id))
			return true;
		if (compare_claims(&claims->list.items[middle], &claim) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}

static void
check_gap(struct suite_reader *reader, const struct claims *claims,
    const struct known_gap *gap)
{
	for (size_t i = 0; i < gap->ids.list.count; i++) {
		const struct phrase *id = &gap->ids.list.items[i];

		if (!has_guarantee(claims, id->word))
			report_add(reader->report,
			    &suite_complaints[SUITE_GAP], id->span,
			    "there is no guarantee `%.*s` in this file",
			    (int)id->word.length, id->word.text);
	}
}

void
suite_refuse_empty(struct suite_reader *reader, struct span span)
{
	report_add(reader->report, &suite_complaints[SUITE_EMPTY], span,
	    "this test expects nothing, and always passes");
}

void
suite_check(struct suite_reader *reader)
{
	const struct suite *suite = reader->suite;
	struct claims tests = { { .count = 0 } };
	struct claims guarantees = { { .count = 0 } };

	for (size_t i = 0; i < suite->tests.count; i++) {
		const struct suite_test *test = &suite->tests.items[i];

		*list_add(reader->arena, &tests.list) = (struct claim){
		    test->name, test->span };
	}
	for (size_t i = 0; i < suite->guarantees.count; i++)
		*list_add(reader->arena, &guarantees.list) = (struct claim){
		    suite->guarantees.items[i].id,
		    suite->guarantees.items[i].span };
	check_claims(reader, &tests, "tests");
	check_claims(reader, &guarantees, "guarantees");
	for (size_t i = 0; i < suite->gaps.count; i++)
		check_gap(reader, &guarantees, &suite->gaps.items[i]);
}
