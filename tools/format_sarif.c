/* SPDX-License-Identifier: MIT */
/* SARIF 2.1.0, as GitHub code scanning reads it. */
#include "config.h"

#include <ctype.h>
#include <sha256.h>
#include <string.h>

#include "tools/file.h"
#include "tools/format.h"
#include "tools/output.h"

/* GitHub takes no more results from one run. */
enum { RESULTS_MAX = 25000 };

struct sarif {
	const struct run	*run;
	struct json		 json;
	const char		*root;		/* of the repository, or NULL */
};

static const char *
level_of(enum severity severity)
{
	return severity == SEVERITY_NOTE ? "note" :
	    severity == SEVERITY_WARNING ? "warning" : "error";
}

static char *
percent_encode(struct arena *arena, const char *path)
{
	char *uri = arena_alloc(arena, 3 * strlen(path) + 1), *to = uri;

	for (; *path != '\0'; path++) {
		unsigned char c = (unsigned char)*path;

		if (isalnum(c) || strchr("/-._~", c) != NULL)
			*to++ = (char)c;
		else
			to += sprintf(to, "%%%02X", c);
	}
	return uri;
}

static void
print_artifact(struct sarif *sarif, const char *file)
{
	struct arena *arena = sarif->run->arena;
	const char *path = format_path(arena, sarif->root, file);
	const char *uri = percent_encode(arena, path);
	bool relative = path[0] != '/';

	json_key(&sarif->json, "artifactLocation");
	json_open_object(&sarif->json);
	json_member_text(&sarif->json, "uri", relative ? uri :
	    arena_printf(arena, "file://%s", uri));
	if (relative)
		json_member_text(&sarif->json, "uriBaseId", "SRCROOT");
	json_close_object(&sarif->json);
}

static void
print_text(struct json *json, const char *key, const char *text)
{
	json_key(json, key);
	json_open_object(json);
	json_member_text(json, "text", text);
	json_close_object(json);
}

/* As it is read in a message, where [LABEL](TARGET) is a link: else a policy
 * could set some, or spoil ours (SARIF 3.11.6). */
static const char *
escape_links(struct arena *arena, const char *text)
{
	char *escaped = arena_alloc(arena, 2 * strlen(text) + 1), *to = escaped;

	for (; *text != '\0'; text++) {
		if (strchr("[]\\", *text) != NULL)
			*to++ = '\\';
		*to++ = *text;
	}
	return escaped;
}

/* "service-wildcard" as "ServiceWildcard". */
static const char *
pascal_case(struct arena *arena, const char *id)
{
	char *name = arena_alloc(arena, strlen(id) + 1), *to = name;
	bool start = true;

	for (; *id != '\0'; id++) {
		if (*id == '-') {
			start = true;
			continue;
		}
		*to++ = start ? (char)toupper((unsigned char)*id) : *id;
		start = false;
	}
	return name;
}

static void
print_rule_properties(struct json *json, const struct complaint *complaint)
{
	static const char *const problems[SEVERITY_COUNT] = {
		[SEVERITY_NOTE] = "recommendation",
		[SEVERITY_WARNING] = "warning",
		[SEVERITY_SECURITY] = "error",
		[SEVERITY_ERROR] = "error",
	};

	json_key(json, "properties");
	json_open_object(json);
	json_key(json, "tags");
	json_open_array(json);
	json_text(json, "iam");
	if (complaint->severity == SEVERITY_SECURITY)
		json_text(json, "security");
	json_close_array(json);
	json_member_text(json, "precision", "high");
	json_member_text(json, "problem.severity",
	    problems[complaint->severity]);
	if (complaint->severity == SEVERITY_SECURITY)
		json_member_text(json, "security-severity", "7.5");
	json_close_object(json);
}

static void
print_rule(struct sarif *sarif, const struct complaint *complaint)
{
	struct json *json = &sarif->json;
	struct arena *arena = sarif->run->arena;

	json_open_object(json);
	json_member_text(json, "id", complaint->id);
	json_member_text(json, "name", pascal_case(arena, complaint->id));
	print_text(json, "shortDescription", arena_printf(arena, "%s.",
	    complaint->says));
	print_text(json, "fullDescription", complaint->why);
	json_key(json, "help");
	json_open_object(json);
	json_member_text(json, "text", complaint->why);
	json_member_text(json, "markdown", arena_printf(arena,
	    "%s\n\n`sekisho explain %s` says more.", complaint->why,
	    complaint->id));
	json_close_object(json);
	json_key(json, "defaultConfiguration");
	json_open_object(json);
	json_member_text(json, "level", level_of(complaint->severity));
	json_close_object(json);
	print_rule_properties(json, complaint);
	json_close_object(json);
}

static void
print_tool(struct sarif *sarif)
{
	struct json *json = &sarif->json;
	struct lint_cursor cursor = { 0 };
	const struct complaint *complaint;

	json_key(json, "tool");
	json_open_object(json);
	json_key(json, "driver");
	json_open_object(json);
	json_member_text(json, "name", "sekisho");
	json_member_text(json, "semanticVersion", PACKAGE_VERSION);
	json_key(json, "rules");
	json_open_array(json);
	while ((complaint = lint_next(sarif->run->tables, &cursor)) != NULL)
		print_rule(sarif, complaint);
	json_close_array(json);
	json_close_object(json);
	json_close_object(json);
}

static size_t
rule_index(const struct run *run, const struct complaint *wanted)
{
	struct lint_cursor cursor = { 0 };
	const struct complaint *complaint;
	size_t index = 0;

	while ((complaint = lint_next(run->tables, &cursor)) != NULL &&
	    complaint != wanted)
		index++;
	return index;
}

static void
print_region(struct json *json, const struct excerpt *at)
{
	json_key(json, "region");
	json_open_object(json);
	json_member_number(json, "startLine", at->place.line);
	json_member_number(json, "startColumn", at->column);
	json_member_number(json, "endLine", at->place.end_line);
	json_member_number(json, "endColumn", at->end_column);
	json_close_object(json);
}

static void
print_physical(struct sarif *sarif, const char *file,
    const struct excerpt *at)
{
	json_key(&sarif->json, "physicalLocation");
	json_open_object(&sarif->json);
	print_artifact(sarif, file);
	print_region(&sarif->json, at);
	json_close_object(&sarif->json);
}

static void
print_location(struct sarif *sarif, const struct record *record)
{
	struct json *json = &sarif->json;

	json_key(json, "locations");
	json_open_array(json);
	json_open_object(json);
	print_physical(sarif, record->file, &record->at);
	if (record->pointer[0] != '\0') {
		json_key(json, "logicalLocations");
		json_open_array(json);
		json_open_object(json);
		json_member_text(json, "fullyQualifiedName", record->pointer);
		json_close_object(json);
		json_close_array(json);
	}
	json_close_object(json);
	json_close_array(json);
}

static void
print_related(struct sarif *sarif, const struct record *record)
{
	struct json *json = &sarif->json;

	if (record->related_count == 0)
		return;
	json_key(json, "relatedLocations");
	json_open_array(json);
	for (size_t i = 0; i < record->related_count; i++) {
		json_open_object(json);
		json_member_number(json, "id", i + 1);
		print_physical(sarif, record->file, &record->related[i].at);
		print_text(json, "message", escape_links(sarif->run->arena,
		    record->related[i].label));
		json_close_object(json);
	}
	json_close_array(json);
}

/* Stays the same when lines move: rule, file, statement, what is said. */
static void
print_fingerprint(struct sarif *sarif, const struct record *record)
{
	struct json *json = &sarif->json;
	const char *parts[] = { record->complaint->id,
	    format_path(sarif->run->arena, sarif->root, record->file),
	    record->sid != NULL ? record->sid : record->pointer,
	    record->message };
	char digest[SHA256_DIGEST_STRING_LENGTH];
	SHA2_CTX context;

	SHA256Init(&context);
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		SHA256Update(&context, (const uint8_t *)parts[i],
		    strlen(parts[i]) + 1);
	SHA256End(&context, digest);
	json_key(json, "partialFingerprints");
	json_open_object(json);
	json_member_text(json, "sekishoFingerprint/v1", digest);
	json_close_object(json);
}

static void
print_message(struct sarif *sarif, const struct record *record)
{
	struct arena *arena = sarif->run->arena;
	const char *text = arena_printf(arena, "%s.", escape_links(arena,
	    record->message));

	if (record->help != NULL)
		text = arena_printf(arena, "%s Help: %s.", text,
		    escape_links(arena, record->help));
	for (size_t i = 0; i < record->related_count; i++)
		text = arena_printf(arena, "%s [%s](%zu).", text,
		    escape_links(arena, record->related[i].label), i + 1);
	print_text(&sarif->json, "message", text);
}

static void
print_suppression(struct json *json, const struct record *record)
{
	json_key(json, "suppressions");
	json_open_array(json);
	if (record->ignored != NULL) {
		json_open_object(json);
		json_member_text(json, "kind", "external");
		json_member_text(json, "justification", record->ignored);
		json_close_object(json);
	}
	json_close_array(json);
}

static void
print_result(struct sarif *sarif, const struct record *record)
{
	struct json *json = &sarif->json;

	json_open_object(json);
	json_member_text(json, "ruleId", record->complaint->id);
	json_member_number(json, "ruleIndex", rule_index(sarif->run,
	    record->complaint));
	json_member_text(json, "level", level_of(record->severity));
	print_message(sarif, record);
	print_location(sarif, record);
	print_related(sarif, record);
	print_fingerprint(sarif, record);
	print_suppression(json, record);
	json_close_object(json);
}

/* Worst first, so that a cut takes the least; returns how many were cut. */
static size_t
print_results(struct sarif *sarif)
{
	const struct run *run = sarif->run;
	size_t printed = 0;

	json_key(&sarif->json, "results");
	json_open_array(&sarif->json);
	for (size_t severity = SEVERITY_COUNT; severity-- > 0;)
		for (size_t i = 0; i < run->records.count; i++) {
			const struct record *record = &run->records.items[i];

			if (record->severity != (enum severity)severity)
				continue;
			if (printed < RESULTS_MAX)
				print_result(sarif, record);
			printed++;
		}
	json_close_array(&sarif->json);
	return printed > RESULTS_MAX ? printed - RESULTS_MAX : 0;
}

static void
print_notification(struct sarif *sarif, const char *level, const char *text,
    const char *file)
{
	struct json *json = &sarif->json;

	json_open_object(json);
	json_member_text(json, "level", level);
	print_text(json, "message", text);
	if (file != NULL) {
		json_key(json, "locations");
		json_open_array(json);
		json_open_object(json);
		json_key(json, "physicalLocation");
		json_open_object(json);
		print_artifact(sarif, file);
		json_close_object(json);
		json_close_object(json);
		json_close_array(json);
	}
	json_close_object(json);
}

static void
print_invocation(struct sarif *sarif, size_t cut)
{
	const struct run *run = sarif->run;
	struct json *json = &sarif->json;

	json_key(json, "invocations");
	json_open_array(json);
	json_open_object(json);
	json_member_boolean(json, "executionSuccessful",
	    run->error_count == 0);
	json_key(json, "toolExecutionNotifications");
	json_open_array(json);
	for (size_t i = 0; i < run->files.count; i++)
		if (run->files.items[i].error != NULL)
			print_notification(sarif, "error", escape_links(
			    run->arena, run->files.items[i].error),
			    run->files.items[i].file);
	if (cut > 0)
		print_notification(sarif, "warning", arena_printf(run->arena,
		    "%zu results of the lowest severity were left out.", cut),
		    NULL);
	json_close_array(json);
	json_close_object(json);
	json_close_array(json);
}

static void
print_run(struct sarif *sarif)
{
	struct json *json = &sarif->json;
	size_t cut;

	json_open_object(json);
	print_tool(sarif);
	json_key(json, "automationDetails");
	json_open_object(json);
	json_member_text(json, "id", "sekisho/lint/");
	json_close_object(json);
	json_member_text(json, "columnKind", "unicodeCodePoints");
	cut = print_results(sarif);
	print_invocation(sarif, cut);
	json_close_object(json);
}

static void
print(const struct run *run, FILE *out)
{
	struct sarif sarif = { .run = run,
	    .root = file_repository(run->arena) };
	struct json *json = &sarif.json;

	json_init(json, output_sink(out), true);
	json_open_object(json);
	json_member_text(json, "$schema",
	    "https://json.schemastore.org/sarif-2.1.0.json");
	json_member_text(json, "version", "2.1.0");
	json_key(json, "runs");
	json_open_array(json);
	print_run(&sarif);
	json_close_array(json);
	json_close_object(json);
	fputc('\n', out);
}

const struct format sarif_format = {
	.name = "sarif",
	.says = "SARIF 2.1.0, for code scanning",
	.print = print,
};
