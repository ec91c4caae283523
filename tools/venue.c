/* SPDX-License-Identifier: MIT */
/* Documents into layers. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "policy/envelope.h"
#include "simulator/perimeter.h"
#include "simulator/rulebook.h"
#include "simulator/submission.h"
#include "tools/catalog_file.h"
#include "tools/estate_file.h"
#include "tools/exit.h"
#include "tools/file.h"
#include "tools/mistake.h"
#include "tools/safe.h"
#include "tools/venue.h"

/* Options. */

static void
set_estate(void *context, const struct option_row *row, const char *path)
{
	struct venue *venue = context;

	(void)row;
	venue->estate = path;
}

/* The option has the name of the layer. */
static void
add_document(void *context, const struct option_row *row, const char *files)
{
	struct venue *venue = context;
	struct deposit *deposit = list_add(venue->arena, &venue->deposits);

	deposit->files = files;
	if (!layer_find(row->name, &deposit->layer))
		safe_errx(EXIT_BUG, "--%s is no layer", row->name);
}

void
venue_assume(struct venue *venue, const char *text)
{
	if (!assumption_set_choice(&venue->assumptions, text))
		safe_errx(EXIT_USAGE, "--assume %s: no such assumption; "
		    "`sekisho explain assumptions' lists them", text);
}

static void
set_assume(void *context, const struct option_row *row, const char *text)
{
	(void)row;
	venue_assume(context, text);
}

static void
set_catalog(void *context, const struct option_row *row, const char *directory)
{
	struct venue *venue = context;

	(void)row;
	venue->catalog = directory;
}

const struct option_row venue_options[] = {
	{ "estate", 0, "FILE", "the estate to ask in, not one found by "
	    "looking upwards", set_estate },
	{ "identity", 0, "FILE", "a policy of the caller; may be repeated, as "
	    "may the others", add_document },
	{ "boundary", 0, "FILE", "its permissions boundary", add_document },
	{ "session", 0, "FILE", "a session policy", add_document },
	{ "resource", 0, "FILE", "the policy of the resource", add_document },
	{ "trust", 0, "FILE", "the trust policy of the role", add_document },
	{ "endpoint", 0, "FILE", "the policy of the VPC endpoint",
	    add_document },
	{ "scp", 0, "FILE[,FILE...]", "a level of service control policies, "
	    "the root first", add_document },
	{ "rcp", 0, "FILE[,FILE...]", "likewise of resource control policies",
	    add_document },
	{ "assume", 0, "NAME=WORD", "turn an assumption; may be repeated",
	    set_assume },
	{ "catalog", 0, "DIR", "service facts from this directory",
	    set_catalog },
	{ .name = NULL }
};

/* Documents. */

static void
print_faults(const struct report *report)
{
	for (size_t i = 0; i < report->findings.count; i++)
		if (report->findings.items[i].severity == SEVERITY_ERROR)
			mistake_print(&report->findings.items[i]);
}

/* The policy of a file, NULL when it is faulty.  False with the fault when the
 * file cannot be read, or has several. */
static bool
take_policy(struct arena *arena, const char *path,
    const struct policy **policy, struct overlay *overlay,
    struct question_fault *fault)
{
	const char *error = NULL, *bytes;
	const struct source *source;
	struct document document;
	struct report report;
	size_t length = 0;

	bytes = file_read(arena, path, &length, &error);
	overlay->unreadable = bytes == NULL;
	if (bytes == NULL) {
		fault->message = arena_printf(arena, "%s: %s", path, error);
		return false;
	}
	source = source_new(arena, path, bytes, length);
	report_init(&report, arena, source);
	document = envelope_read(arena, source, VOUCH_POLICY, &report);
	print_faults(&report);
	*policy = document.count == 0 ? NULL : document.items[0].policy;
	if (document.count > 1)
		fault->message = arena_printf(arena, "%s has %zu policies; "
		    "one is wanted", path, document.count);
	return document.count <= 1;
}

/* The same of a document without which nothing can be decided. */
static const struct policy *
read_policy(struct venue *venue, const char *path)
{
	struct question_fault fault = { .message = NULL };
	struct overlay none = { .file = path };
	const struct policy *policy;

	if (!take_policy(venue->arena, path, &policy, &none, &fault))
		safe_errx(none.unreadable ? EXIT_UNREADABLE : EXIT_USAGE,
		    "%s", fault.message);
	return policy;
}

/* The documents of one option; those of scp and rcp are one level. */
static void
read_deposit(struct venue *venue, const struct deposit *deposit,
    struct submissions *submissions)
{
	bool leveled = deposit->layer == LAYER_SCP ||
	    deposit->layer == LAYER_RCP;
	const char *rest = deposit->files;

	do {
		size_t length = leveled ? strcspn(rest, ",") : strlen(rest);
		struct submission *submission = list_add(venue->arena,
		    &submissions->list);

		submission->layer = deposit->layer;
		submission->beside = rest != deposit->files;
		submission->name = arena_copy(venue->arena, rest, length);
		submission->policy = read_policy(venue, submission->name);
		if (submission->policy != NULL)
			mistake_print_idle(submission->policy,
			    deposit->layer);
		rest += length + (rest[length] == ',');
	} while (*rest != '\0');
}

/* Numbers them behind the estate's; returns the next. */
static size_t
read_exhibits(struct venue *venue, size_t number)
{
	struct submissions submissions = { .list = { NULL, 0, 0 } };

	for (size_t i = 0; i < venue->deposits.count; i++)
		read_deposit(venue, &venue->deposits.items[i], &submissions);
	number = submissions_exhibit(venue->arena, &submissions, number,
	    &venue->exhibits);
	for (size_t i = 0; i < submissions.remarks.count; i++)
		*list_add(venue->arena, &venue->remarks) =
		    submissions.remarks.items[i];
	return number;
}

/* The estate. */

/* An estate that options have made. */
static const struct estate *
read_sketch(struct venue *venue, const struct catalog *catalog,
    const char *sketch)
{
	const struct source *source = source_new(venue->arena,
	    "the options", sketch, strlen(sketch));
	const struct estate *estate;
	struct report report;

	report_init(&report, venue->arena, source);
	estate = estate_file_read(venue->arena, text_read(venue->arena,
	    source, &report), "-", catalog, &report);
	for (size_t i = 0; i < report.findings.count; i++)
		mistake_print_option(&report.findings.items[i]);
	if (estate == NULL || !estate->usable)
		safe_errx(EXIT_USAGE, "what the options say cannot be "
		    "followed");
	return estate;
}

/* The estate with the actions of another's perimeter in its own. */
static const struct estate *
narrow(struct venue *venue, const struct catalog *catalog,
    const struct estate *estate)
{
	struct estate *copy = arena_alloc(venue->arena, sizeof(*copy));
	struct perimeter *perimeter = arena_alloc(venue->arena,
	    sizeof(*perimeter));

	*copy = *estate;
	if (estate->perimeter != NULL)
		*perimeter = *estate->perimeter;
	perimeter->actions = read_sketch(venue, catalog,
	    venue->narrowing)->perimeter->actions;
	copy->perimeter = perimeter;
	return copy;
}

static const struct estate *
read_estate(struct venue *venue, const struct catalog *catalog, int *code)
{
	if (venue->sketch != NULL)
		return read_sketch(venue, catalog, venue->sketch);
	if (venue->estate == NULL && venue->deposits.count > 0)
		return estate_empty(venue->arena, catalog);
	return estate_file_try(venue->arena, venue->estate, &venue->setting,
	    catalog, code);
}

void
venue_settle(struct venue *venue, struct arena *arena)
{
	venue->arena = arena;
	if (venue->court.catalog != NULL)
		return;
	setting_follow(arena, &venue->setting);
	venue->court.catalog = catalog_file_load(arena, venue->catalog,
	    &venue->setting);
}

int
venue_try(struct venue *venue, struct arena *arena)
{
	const struct catalog *catalog;
	const struct estate *estate;
	int code = EXIT_FINE;
	size_t number;

	venue_settle(venue, arena);
	catalog = venue->court.catalog;
	estate = read_estate(venue, catalog, &code);
	venue->refused = code == EXIT_FINE ? NULL : estate;
	if (code != EXIT_FINE)
		return code;
	if (venue->narrowing != NULL)
		estate = narrow(venue, catalog, estate);
	number = read_exhibits(venue, estate->reference_count);
	venue->court = (struct court){
		.catalog = catalog,
		.assumptions = &venue->assumptions,
		.estate = estate,
		.archive = archive_new(arena, estate, &venue->assumptions,
		    number - estate->reference_count),
		.exhibits = venue->deposits.count > 0 ? &venue->exhibits :
		    NULL,
	};
	venue->brought = number - estate->reference_count;
	return EXIT_FINE;
}

void
venue_open(struct venue *venue, struct arena *arena)
{
	int code = venue_try(venue, arena);

	if (code != EXIT_FINE)
		exit(code);
}

struct court
venue_court(const struct venue *venue, struct arena *arena)
{
	struct court court = venue->court;

	court.archive = archive_new(arena, court.estate, &venue->assumptions,
	    venue->brought);
	return court;
}

/* Overlays. */

static struct overlay
read_overlay(struct arena *arena, const struct phrase *phrase)
{
	struct word word = phrase->word, file = word;
	const char *equals = memchr(word.text, '=', word.length);
	struct overlay overlay = { .phrase = phrase, .old = word };

	if (equals != NULL) {
		overlay.old.length = (size_t)(equals - word.text);
		file = word_behind(word, overlay.old.length + 1);
	} else {
		for (size_t i = 0; i < word.length; i++)
			if (word.text[i] == '/')
				overlay.old = word_behind(word, i + 1);
	}
	overlay.file = arena_copy(arena, file.text, file.length);
	return overlay;
}

/* The file is called that, whole or from a slash on. */
static bool
is_called(struct word name, struct word end)
{
	size_t before = name.length - end.length;

	return end.length > 0 && name.length >= end.length &&
	    word_equal(word_behind(name, before), end) &&
	    (before == 0 || name.text[before - 1] == '/');
}

static const char *
list_names(struct arena *arena, const char *start,
    const struct references *named)
{
	const char *text = start;

	for (size_t i = 0; i < named->count; i++)
		text = arena_printf(arena, "%s%s%.*s", text, i == 0 ? " " :
		    ", ", (int)named->items[i]->name.length,
		    named->items[i]->name.text);
	return text;
}

/* Nothing of the estate is called that, or several things are. */
static void
refuse_overlay(const struct venue *venue, struct arena *arena,
    const struct overlay *overlay, const struct references *named,
    struct question_fault *fault)
{
	const char *old = arena_copy(arena, overlay->old.text,
	    overlay->old.length);

	if (named->count > 1) {
		fault->message = arena_printf(arena, "`%s` may be any "
		    "of %zu policies of the estate", old, named->count);
		fault->help = list_names(arena, "say which by "
		    "OLD=NEW; these are", named);
	} else if (venue->court.estate->text == NULL) {
		fault->message = "there is no estate whose policy this could "
		    "replace";
		fault->help = "give --estate FILE";
	} else {
		fault->message = arena_printf(arena, "the estate names "
		    "no policy `%s`", old);
		fault->help = "say which one it replaces: overlay OLD=NEW";
	}
}

/* The one file of the estate that an overlay is for, or NULL. */
static const struct reference *
find_overlaid(const struct venue *venue, struct arena *arena,
    const struct overlay *overlay, struct question_fault *fault)
{
	const struct estate *estate = venue->court.estate;
	const struct reference **found = arena_array(arena,
	    estate->reference_count, sizeof(*found));
	struct references named = { found, 0 };

	for (size_t i = 0; i < estate->reference_count; i++)
		if (is_called(estate->references[i]->name, overlay->old))
			found[named.count++] = estate->references[i];
	if (named.count == 1)
		return found[0];
	refuse_overlay(venue, arena, overlay, &named, fault);
	return NULL;
}

bool
venue_find_overlay(const struct venue *venue, struct arena *arena,
    const struct phrase *phrase, struct overlay *overlay,
    struct question_fault *fault)
{
	*overlay = read_overlay(arena, phrase);
	*fault = (struct question_fault){ .span = phrase->span };
	overlay->reference = find_overlaid(venue, arena, overlay, fault);
	return overlay->reference != NULL && take_policy(arena,
	    overlay->file, &overlay->policy, overlay, fault);
}

const char *
venue_remark(struct arena *arena, const struct overlay *overlay)
{
	struct word old = overlay->reference->name;

	return arena_printf(arena, "%s stands in the place of %.*s",
	    overlay->file, (int)old.length, old.text);
}

int
venue_overlay(struct venue *venue, const struct phrases *overlays,
    struct question_fault *fault)
{
	for (size_t i = 0; i < overlays->list.count; i++) {
		struct overlay overlay;

		if (!venue_find_overlay(venue, venue->arena,
		    &overlays->list.items[i], &overlay, fault))
			return overlay.unreadable ? EXIT_UNREADABLE :
			    EXIT_USAGE;
		archive_overlay(venue->court.archive, overlay.reference,
		    overlay.policy);
		*list_add(venue->arena, &venue->remarks) = venue_remark(
		    venue->arena, &overlay);
	}
	return EXIT_FINE;
}
