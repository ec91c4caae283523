/* SPDX-License-Identifier: MIT */
/* Documents into layers. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "policy/envelope.h"
#include "policy/reader.h"
#include "simulator/rulebook.h"
#include "tools/catalog_file.h"
#include "tools/estate_file.h"
#include "tools/exit.h"
#include "tools/file.h"
#include "tools/mistake.h"
#include "tools/safe.h"
#include "tools/venue.h"

/* Nobody asks when suppressions end. */
static const char NO_DAY[] = "0001-01-01";

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

/* References while they are gathered, and their numbers. */
struct gathering {
	struct venue			*venue;
	size_t				 number;	/* of the next */
	LIST(const struct reference *)	 references;
};

static struct references
take_references(struct gathering *gathering)
{
	struct references taken = { gathering->references.items,
	    gathering->references.count };

	memset(&gathering->references, 0, sizeof(gathering->references));
	return taken;
}

static void
add_reference(struct gathering *gathering, const char *name,
    const struct policy *policy)
{
	struct arena *arena = gathering->venue->arena;
	struct reference *reference = arena_alloc(arena, sizeof(*reference));

	reference->name = word_from(name, strlen(name));
	reference->number = gathering->number++;
	reference->policy = policy;
	reference->unknown = policy == NULL;
	*list_add(arena, &gathering->references) = reference;
}

static void
print_faults(const struct report *report)
{
	for (size_t i = 0; i < report->findings.count; i++)
		if (report->findings.items[i].severity == SEVERITY_ERROR)
			mistake_print(&report->findings.items[i]);
}

/* Why a document cannot be used at all, and the exit code for that. */
struct obstacle {
	int		 code;
	const char	*message;	/* NULL: it can */
};

/* NULL: nobody knows what it says. */
static const struct policy *
read_policy(struct venue *venue, const char *path, struct obstacle *obstacle)
{
	const char *error = NULL, *bytes;
	const struct source *source;
	struct document document;
	struct report report;
	size_t length = 0;

	*obstacle = (struct obstacle){ EXIT_UNREADABLE, NULL };
	bytes = file_read(venue->arena, path, &length, &error);
	if (bytes == NULL) {
		obstacle->message = arena_printf(venue->arena, "%s: %s", path,
		    error);
		return NULL;
	}
	source = source_new(venue->arena, path, bytes, length);
	report_init(&report, venue->arena, source);
	document = envelope_read(venue->arena, source, true, &report);
	print_faults(&report);
	if (document.count > 1)
		*obstacle = (struct obstacle){ EXIT_USAGE, arena_printf(
		    venue->arena, "%s has %zu policies; one is wanted", path,
		    document.count) };
	return document.count == 0 ? NULL : document.items[0].policy;
}

static bool
has_allow(const struct policy *policy)
{
	if (policy == NULL)
		return true;		/* who knows */
	for (size_t i = 0; i < policy->count; i++)
		if (policy->statements[i].effect == EFFECT_ALLOW)
			return true;
	return false;
}

/* The document that AWS attaches to every root, unit and account. */
static const struct policy *
full_access(struct arena *arena)
{
	static const char text[] = "{\"Version\":\"2012-10-17\","
	    "\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\","
	    "\"Resource\":\"*\"}]}";
	const struct source *source = source_new(arena, "FullAWSAccess", text,
	    strlen(text));
	const struct text *read;
	struct report report;

	report_init(&report, arena, source);
	read = text_read(arena, source, &report);
	return reader_read_policy(arena, read, read->root, &report);
}

/* The documents of one option; those of scp and rcp are one level. */
static struct references
read_deposit(struct gathering *gathering, const struct deposit *deposit)
{
	struct arena *arena = gathering->venue->arena;
	const char *rest = deposit->files;
	bool leveled = deposit->layer == LAYER_SCP ||
	    deposit->layer == LAYER_RCP;
	struct obstacle obstacle;
	bool allows = false;

	do {
		size_t length = leveled ? strcspn(rest, ",") : strlen(rest);
		const char *path = arena_copy(arena, rest, length);
		const struct policy *policy = read_policy(gathering->venue,
		    path, &obstacle);

		if (obstacle.message != NULL)
			safe_errx(obstacle.code, "%s", obstacle.message);
		allows = has_allow(policy) || allows;
		add_reference(gathering, path, policy);
		rest += length + (rest[length] == ',');
	} while (*rest != '\0');
	if (deposit->layer == LAYER_SCP && !allows) {
		add_reference(gathering, "FullAWSAccess", full_access(arena));
		*list_add(arena, &gathering->venue->remarks) = arena_printf(
		    arena, "FullAWSAccess is understood beside %s, which "
		    "allows nothing", deposit->files);
	}
	return take_references(gathering);
}

/* Levels, in the order of the options: the root first. */
static const struct references *
read_levels(struct gathering *gathering, enum layer layer, size_t *count)
{
	const struct venue *venue = gathering->venue;
	struct references *levels = arena_array(venue->arena,
	    venue->deposits.count, sizeof(*levels));

	*count = 0;
	for (size_t i = 0; i < venue->deposits.count; i++)
		if (venue->deposits.items[i].layer == layer)
			levels[(*count)++] = read_deposit(gathering,
			    &venue->deposits.items[i]);
	return levels;
}

/* All documents of a layer that has no levels. */
static struct references
read_layer(struct gathering *gathering, enum layer layer)
{
	const struct venue *venue = gathering->venue;
	struct references all = { NULL, 0 };
	const struct reference **items = arena_array(venue->arena,
	    venue->deposits.count, sizeof(*items));

	for (size_t i = 0; i < venue->deposits.count; i++)
		if (venue->deposits.items[i].layer == layer)
			items[all.count++] = read_deposit(gathering,
			    &venue->deposits.items[i]).items[0];
	all.items = items;
	return all;
}

static void
read_exhibits(struct gathering *gathering)
{
	struct exhibits *exhibits = &gathering->venue->exhibits;

	for (int layer = 0; layer < LAYER_COUNT; layer++)
		if (layer != LAYER_SCP && layer != LAYER_RCP)
			exhibits->layers[layer] = read_layer(gathering,
			    (enum layer)layer);
	exhibits->scps = read_levels(gathering, LAYER_SCP,
	    &exhibits->scp_count);
	exhibits->rcps = read_levels(gathering, LAYER_RCP,
	    &exhibits->rcp_count);
}

/* The estate. */

static void
read_setting(struct arena *arena, struct setting *setting)
{
	const char *path = setting_find(arena);
	struct report report;

	report_init(&report, arena, NULL);
	if (path == NULL || setting_read(arena, path, rulebook, NO_DAY,
	    setting, &report))
		return;
	for (size_t i = 0; i < report.findings.count; i++)
		mistake_print(&report.findings.items[i]);
	safe_errx(EXIT_USAGE, "the configuration cannot be followed");
}

/* An estate that options have made. */
static const struct estate *
read_sketch(struct venue *venue, const struct catalog *catalog)
{
	const struct source *source = source_new(venue->arena,
	    "the options", venue->sketch, strlen(venue->sketch));
	const struct estate *estate;
	struct report report;

	report_init(&report, venue->arena, source);
	estate = estate_file_read(venue->arena, text_read(venue->arena,
	    source, &report), "-", catalog, &report);
	for (size_t i = 0; i < report.findings.count; i++)
		mistake_print(&report.findings.items[i]);
	if (estate == NULL || !estate->usable)
		safe_errx(EXIT_USAGE, "what the options say of accounts and "
		    "networks cannot be followed");
	return estate;
}

static const struct estate *
read_estate(struct venue *venue, const struct setting *setting,
    const struct catalog *catalog, int *code)
{
	if (venue->sketch != NULL)
		return read_sketch(venue, catalog);
	if (venue->estate == NULL && venue->deposits.count > 0)
		return estate_empty(venue->arena, catalog);
	return estate_file_try(venue->arena, venue->estate, setting, catalog,
	    code);
}

int
venue_try(struct venue *venue, struct arena *arena)
{
	struct gathering gathering = { .venue = venue };
	struct setting setting = { .path = NULL };
	const struct catalog *catalog;
	const struct estate *estate;
	int code = EXIT_FINE;

	venue->arena = arena;
	read_setting(arena, &setting);
	catalog = catalog_file_load(arena, venue->catalog, &setting);
	estate = read_estate(venue, &setting, catalog, &code);
	if (estate == NULL)
		return code;
	gathering.number = estate->reference_count;
	read_exhibits(&gathering);
	venue->court = (struct court){
		.catalog = catalog,
		.templates = template_index_new(arena, catalog),
		.assumptions = &venue->assumptions,
		.estate = estate,
		.archive = archive_new(arena, estate, &venue->assumptions,
		    gathering.number - estate->reference_count),
		.exhibits = venue->deposits.count > 0 ? &venue->exhibits :
		    NULL,
	};
	return EXIT_FINE;
}

void
venue_open(struct venue *venue, struct arena *arena)
{
	int code = venue_try(venue, arena);

	if (code != EXIT_FINE)
		exit(code);
}

/* Overlays. */

struct overlay {
	const struct phrase	*phrase;
	struct word		 old;		/* a name, or the end of one */
	const char		*file;		/* what comes in its place */
};

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
refuse_overlay(struct venue *venue, const struct overlay *overlay,
    const struct references *named, struct question_fault *fault)
{
	const char *old = arena_copy(venue->arena, overlay->old.text,
	    overlay->old.length);

	fault->span = overlay->phrase->span;
	if (named->count > 1) {
		fault->message = arena_printf(venue->arena, "`%s` may be any "
		    "of %zu policies of the estate", old, named->count);
		fault->help = list_names(venue->arena, "say which by "
		    "OLD=NEW; these are", named);
	} else if (venue->court.estate->text == NULL) {
		fault->message = "there is no estate whose policy this could "
		    "replace";
		fault->help = "give --estate FILE";
	} else {
		fault->message = arena_printf(venue->arena, "the estate names "
		    "no policy `%s`", old);
		fault->help = "say which one it replaces: overlay OLD=NEW";
	}
}

/* The one file of the estate that an overlay is for. */
static const struct reference *
find_overlaid(struct venue *venue, const struct overlay *overlay,
    struct question_fault *fault)
{
	const struct estate *estate = venue->court.estate;
	const struct reference **found = arena_array(venue->arena,
	    estate->reference_count, sizeof(*found));
	struct references named = { found, 0 };

	for (size_t i = 0; i < estate->reference_count; i++)
		if (is_called(estate->references[i]->name, overlay->old))
			found[named.count++] = estate->references[i];
	if (named.count == 1)
		return found[0];
	refuse_overlay(venue, overlay, &named, fault);
	return NULL;
}

static int
lay_over(struct venue *venue, const struct overlay *overlay,
    struct question_fault *fault)
{
	const struct reference *old = find_overlaid(venue, overlay, fault);
	const struct policy *policy;
	struct obstacle obstacle;

	if (old == NULL)
		return EXIT_USAGE;
	policy = read_policy(venue, overlay->file, &obstacle);
	if (obstacle.message != NULL) {
		*fault = (struct question_fault){ obstacle.message,
		    overlay->phrase->span, NULL };
		return obstacle.code;
	}
	archive_overlay(venue->court.archive, old, policy);
	*list_add(venue->arena, &venue->remarks) = arena_printf(venue->arena,
	    "%s stands in the place of %.*s", overlay->file,
	    (int)old->name.length, old->name.text);
	return EXIT_FINE;
}

int
venue_overlay(struct venue *venue, const struct phrases *overlays,
    struct question_fault *fault)
{
	for (size_t i = 0; i < overlays->list.count; i++) {
		struct overlay overlay = read_overlay(venue->arena,
		    &overlays->list.items[i]);
		int code = lay_over(venue, &overlay, fault);

		if (code != EXIT_FINE)
			return code;
	}
	return EXIT_FINE;
}
