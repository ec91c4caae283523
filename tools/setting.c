/* SPDX-License-Identifier: MIT */
/* Reading sekisho.json.  A mistake in it is located and ends the command:
 * a suppression that is not understood must not suppress. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "policy/text.h"
#include "simulator/rulebook.h"
#include "tools/exit.h"
#include "tools/file.h"
#include "tools/mistake.h"
#include "tools/safe.h"
#include "tools/setting.h"

static const struct complaint misconfigured = {
	.id = "configuration",
	.severity = SEVERITY_ERROR,
	.says = "sekisho.json says something that cannot be followed",
};

struct reader {
	struct arena			*arena;
	struct report			*report;
	struct setting			*setting;
	const struct rule *const	*tables;
	const char			*today;
};

static void	 complain(struct reader *, struct span, const char *, ...)
		    __attribute__((format(printf, 3, 4)));

static void
complain(struct reader *reader, struct span span, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	report_vadd(reader->report, &misconfigured, span, format, arguments);
	va_end(arguments);
}

/* The text of a string that can be one: no NUL in it. */
static const char *
string_of(struct reader *reader, const struct node *node)
{
	if (node->kind == NODE_STRING && strlen(node->text) == node->length)
		return node->text;
	complain(reader, node->span, "`%s` takes a string",
	    node->key == NULL ? node->parent->key : node->key);
	return NULL;
}

typedef void read_member(struct reader *, const struct node *);

struct member {
	const char	*name;
	read_member	*read;
};

static void
complain_of_member(struct reader *reader, const struct node *node,
    const struct member *members)
{
	const char *nearest = NULL;
	size_t best = 4;

	for (; members->name != NULL; members++) {
		size_t distance = edit_distance(node->key, node->key_length,
		    members->name, strlen(members->name), best);

		if (distance < best) {
			best = distance;
			nearest = members->name;
		}
	}
	if (nearest != NULL)
		complain(reader, node->key_span, "unknown member `%s`; did "
		    "you mean `%s`?", node->key, nearest);
	else
		complain(reader, node->key_span, "unknown member `%s`",
		    node->key);
}

static void
read_members(struct reader *reader, const struct node *object,
    const struct member *members)
{
	for (const struct node *node = object->first; node != NULL;
	    node = node->next) {
		const struct member *row = members;

		while (row->name != NULL && strcmp(row->name, node->key) != 0)
			row++;
		if (row->name == NULL)
			complain_of_member(reader, node, members);
		else if (row->read != NULL)
			row->read(reader, node);
	}
}

static bool
is_object(struct reader *reader, const struct node *node)
{
	if (node->kind == NODE_OBJECT)
		return true;
	complain(reader, node->span, "`%s` takes an object",
	    node->key == NULL ? node->parent->key : node->key);
	return false;
}

static bool
is_array(struct reader *reader, const struct node *node)
{
	if (node->kind == NODE_ARRAY)
		return true;
	complain(reader, node->span, "`%s` takes an array", node->key);
	return false;
}

static void
read_facts(struct reader *reader, const struct node *node,
    struct path_facts *facts)
{
	if (!is_object(reader, node))
		return;
	for (const struct node *member = node->first; member != NULL;
	    member = member->next) {
		const char *says = string_of(reader, member);

		if (says != NULL)
			*list_add(reader->arena, &facts->list) =
			    (struct path_fact){ member->key, says,
			    member->span };
	}
}

static void
read_type(struct reader *reader, const struct node *node)
{
	enum layer layer;

	if (node->kind == NODE_OBJECT)
		for (const struct node *member = node->first; member != NULL;
		    member = member->next)
			if (member->kind == NODE_STRING &&
			    !layer_find(member->text, &layer))
				complain(reader, member->span, "`%s` is no "
				    "layer; there are identity, boundary, "
				    "session, resource, trust, endpoint, scp "
				    "and rcp", member->text);
	read_facts(reader, node, &reader->setting->type);
}

static void
read_resource(struct reader *reader, const struct node *node)
{
	if (node->kind == NODE_OBJECT)
		for (const struct node *member = node->first; member != NULL;
		    member = member->next)
			if (member->kind == NODE_STRING && arn_split(
			    member->text, member->length).count <
			    ARN_FIELD_COUNT)
				complain(reader, member->span, "`%s` is no "
				    "ARN; write one such as "
				    "arn:aws:s3:::bucket", member->text);
	read_facts(reader, node, &reader->setting->resource);
}

static void
read_service(struct reader *reader, const struct node *node)
{
	read_facts(reader, node, &reader->setting->service);
}

static void
read_globs(struct reader *reader, const struct node *node,
    struct globs *globs)
{
	if (!is_array(reader, node))
		return;
	for (const struct node *item = node->first; item != NULL;
	    item = item->next) {
		const char *glob = string_of(reader, item);

		if (glob != NULL)
			*list_add(reader->arena, &globs->list) = glob;
	}
}

static void
read_include(struct reader *reader, const struct node *node)
{
	read_globs(reader, node, &reader->setting->include);
}

static void
read_exclude(struct reader *reader, const struct node *node)
{
	read_globs(reader, node, &reader->setting->exclude);
}

static void
read_version(struct reader *reader, const struct node *node)
{
	if (node->kind != NODE_NUMBER || strcmp(node->text, "1") != 0)
		complain(reader, node->span, "`version` must be 1");
}

static void
read_catalog(struct reader *reader, const struct node *node)
{
	reader->setting->catalog = string_of(reader, node);
}

static void
read_estate(struct reader *reader, const struct node *node)
{
	reader->setting->estate = string_of(reader, node);
}

static void
read_fail_level(struct reader *reader, const struct node *node)
{
	const char *name = string_of(reader, node);

	if (name == NULL)
		return;
	reader->setting->has_fail_level = true;
	if (!severity_find(name, &reader->setting->fail_level))
		complain(reader, node->span, "`%s` is no severity; there are "
		    "note, warning, security and error", name);
}

static const struct complaint *
find_rule(struct reader *reader, struct span span, const char *id)
{
	const struct complaint *found = lint_find(reader->tables, id);
	const struct complaint *nearest;

	if (found != NULL)
		return found;
	nearest = lint_nearest(reader->tables, id);
	if (nearest != NULL)
		complain(reader, span, "unknown rule `%s`; did you mean `%s`?",
		    id, nearest->id);
	else
		complain(reader, span, "unknown rule `%s`", id);
	return NULL;
}

/* "off", a severity, or "on" for a rule that is off until configured. */
static void
read_level(struct reader *reader, const struct node *node,
    struct lint_choice *choice)
{
	const char *word = string_of(reader, node);

	if (word == NULL || strcmp(word, "on") == 0)
		return;
	choice->off = strcmp(word, "off") == 0;
	if (choice->off)
		return;
	choice->has_severity = severity_find(word, &choice->severity);
	if (!choice->has_severity)
		complain(reader, node->span, "`%s` is no level; a rule is on, "
		    "off, or of a severity: note, warning, security, error",
		    word);
}

/* The row of it; NULL for what text, reader and envelope complain of. */
static const struct rule *
find_row(const struct reader *reader, const char *id)
{
	struct lint_cursor cursor = { 0 };
	const struct complaint *complaint;

	while ((complaint = lint_next(reader->tables, &cursor)) != NULL)
		if (strcmp(complaint->id, id) == 0)
			return cursor.rule;
	return NULL;
}

/* A misspelt option would be an option that nobody follows. */
static void
check_names(struct reader *reader, const struct node *object)
{
	LIST(struct member) members = { 0 };
	const struct rule *row = find_row(reader, object->key);
	const char *at = row == NULL || row->options == NULL ? "" :
	    row->options;

	*list_add(reader->arena, &members) =
	    (struct member){ "severity", NULL };
	while (*at != '\0') {
		size_t length = strcspn(at, " ");

		list_add(reader->arena, &members)->name =
		    arena_copy(reader->arena, at, length);
		at += length;
		at += strspn(at, " ");
	}
	list_add(reader->arena, &members);
	read_members(reader, object, members.items);
}

/* A rule that is on must be able to judge. */
static void
check_options(struct reader *reader, const struct node *node,
    const struct lint_choice *choice)
{
	const struct rule *row = find_row(reader, choice->id);
	struct option_fault fault;

	if (choice->off || row == NULL || row->find_fault == NULL)
		return;
	fault = row->find_fault(reader->arena, choice->options);
	if (fault.says != NULL)
		complain(reader, fault.node == NULL ? node->span :
		    fault.node->span, "the options of `%s` are malformed: %s",
		    choice->id, fault.says);
}

static void
read_rules(struct reader *reader, const struct node *node)
{
	if (!is_object(reader, node))
		return;
	for (const struct node *rule = node->first; rule != NULL;
	    rule = rule->next) {
		struct lint_choice choice = { .id = rule->key };
		const struct node *level = rule;

		if (find_rule(reader, rule->key_span, rule->key) == NULL)
			continue;
		if (rule->kind == NODE_OBJECT) {
			check_names(reader, rule);
			choice.options = rule;
			level = node_find(rule, "severity");
		}
		if (level != NULL)
			read_level(reader, level, &choice);
		check_options(reader, rule, &choice);
		*list_add(reader->arena, &reader->setting->choices) = choice;
	}
}

bool
setting_is_day(const char *text)
{
	struct date date;

	return strlen(text) == 10 && date_read(text, 10, false, &date) &&
	    !date.epoch;
}

static void
check_suppression(struct reader *reader, const struct node *node,
    struct suppression *entry)
{
	struct span brace = { node->span.start, node->span.start + 1 };

	if (entry->rule == NULL)
		complain(reader, brace, "an `ignore` entry needs `rule`");
	if (entry->file == NULL)
		complain(reader, brace, "an `ignore` entry needs `file`");
	if (entry->reason == NULL || entry->reason[strspn(entry->reason,
	    " \t\r\n")] == '\0')
		complain(reader, brace, "an `ignore` entry needs `reason`; "
		    "say why this finding is no fault");
	if (entry->at != NULL && entry->at[0] != '/' &&
	    strncmp(entry->at, "Sid:", 4) != 0)
		complain(reader, node_find(node, "at")->span, "`at` takes a "
		    "Sid, as in Sid:Writes, or a JSON pointer, as in "
		    "/Statement/2");
	if (entry->expires == NULL)
		return;
	if (!setting_is_day(entry->expires))
		complain(reader, node_find(node, "expires")->span,
		    "`expires` takes a date such as 2027-03-31");
	else
		entry->expired = strcmp(entry->expires, reader->today) < 0;
}

static void
read_suppression(struct reader *reader, const struct node *node)
{
	static const struct member members[] = { { "rule", NULL },
	    { "file", NULL }, { "at", NULL }, { "reason", NULL },
	    { "owner", NULL }, { "expires", NULL }, { NULL, NULL } };
	const char *values[sizeof(members) / sizeof(members[0])] = { NULL };
	struct suppression entry = { .span = node->span };

	read_members(reader, node, members);
	for (size_t i = 0; members[i].name != NULL; i++) {
		const struct node *value = node_find(node, members[i].name);

		if (value != NULL)
			values[i] = string_of(reader, value);
	}
	entry.rule = values[0];
	entry.file = values[1];
	entry.at = values[2];
	entry.reason = values[3];
	entry.expires = values[5];
	if (entry.rule != NULL)
		find_rule(reader, node_find(node, "rule")->span, entry.rule);
	check_suppression(reader, node, &entry);
	*list_add(reader->arena, &reader->setting->suppressions) = entry;
}

static void
read_ignore(struct reader *reader, const struct node *node)
{
	if (!is_array(reader, node))
		return;
	for (const struct node *entry = node->first; entry != NULL;
	    entry = entry->next)
		if (is_object(reader, entry))
			read_suppression(reader, entry);
}

static const struct member setting_members[] = {
	{ "$schema", NULL },
	{ "version", read_version },
	{ "include", read_include },
	{ "exclude", read_exclude },
	{ "type", read_type },
	{ "resource", read_resource },
	{ "service", read_service },
	{ "fail-level", read_fail_level },
	{ "catalog", read_catalog },
	{ "estate", read_estate },
	{ "rules", read_rules },
	{ "ignore", read_ignore },
	{ NULL, NULL },
};

const char *
setting_find(struct arena *arena)
{
	return file_above(arena, "sekisho.json");
}

const char setting_no_day[] = "0001-01-01";

void
setting_follow_file(struct arena *arena, const char *path, const char *today,
    struct setting *setting)
{
	struct report report;

	report_init(&report, arena, NULL);
	if (setting_read(arena, path, rulebook, today, setting, &report))
		return;
	for (size_t i = 0; i < report.findings.count; i++)
		mistake_print(&report.findings.items[i]);
	safe_errx(EXIT_USAGE, "the configuration cannot be followed");
}

void
setting_follow(struct arena *arena, struct setting *setting)
{
	const char *path = setting_find(arena);

	if (path != NULL)
		setting_follow_file(arena, path, setting_no_day, setting);
}

const char *
setting_beside(struct arena *arena, const struct setting *setting,
    const char *path)
{
	return path[0] == '/' ? path : arena_printf(arena, "%s/%s",
	    setting->directory, path);
}

/* The directory of the file, absolute, without a slash at the end. */
static const char *
directory_of(struct arena *arena, const char *path)
{
	char *full = realpath(path, NULL);
	const char *directory;

	if (full == NULL)
		return ".";
	directory = arena_copy(arena, full,
	    (size_t)(strrchr(full, '/') - full));
	free(full);
	return directory;
}

const char *
setting_shown(struct arena *arena, const char *path)
{
	char *here = path[0] == '/' ? file_here(arena) : NULL;
	const char *up = "";

	if (here == NULL)
		return path;
	for (;; up = arena_printf(arena, "../%s", up)) {
		size_t length = strlen(here);

		if (strncmp(path, here, length) == 0 && path[length] == '\0')
			return up[0] == '\0' ? "." : up;
		if (strncmp(path, here, length) == 0 && path[length] == '/')
			return arena_printf(arena, "%s%s", up,
			    path + length + 1);
		if (!file_rise(here))
			return path;
	}
}

const char *
setting_short(struct arena *arena, const char *path)
{
	const char *full;

	if (path[0] != '/' && strstr(path, "../") == NULL)
		return path;
	full = file_absolute(arena, path);
	return full == NULL ? path : setting_shown(arena, full);
}

bool
setting_read(struct arena *arena, const char *path,
    const struct rule *const *tables, const char *today,
    struct setting *setting, struct report *report)
{
	struct reader reader = { arena, report, setting, tables, today };
	const char *bytes, *error = NULL;
	const struct text *text;
	size_t length = 0;

	setting->path = setting_shown(arena, path);
	bytes = file_read(arena, path, &length, &error);
	setting->source = source_new(arena, setting->path,
	    bytes == NULL ? "" : bytes, length);
	report->source = setting->source;
	if (bytes == NULL) {
		complain(&reader, (struct span){ 0, 0 }, "cannot be read: %s",
		    error);
		return false;
	}
	setting->directory = directory_of(arena, path);
	text = text_read(arena, setting->source, report);
	if (text->root != NULL && text->root->kind == NODE_OBJECT)
		read_members(&reader, text->root, setting_members);
	else if (text->root != NULL)
		complain(&reader, text->root->span,
		    "sekisho.json holds an object");
	return report->findings.count == 0;
}

const char *
setting_path(struct arena *arena, const struct setting *setting,
    const char *path)
{
	const char *full;
	size_t length;

	if (setting->directory == NULL)
		return path;
	full = file_absolute(arena, path);
	if (full == NULL)
		return path;
	length = strlen(setting->directory);
	if (strncmp(full, setting->directory, length) == 0 &&
	    full[length] == '/')
		return full + length + 1;
	return full;
}
