/* SPDX-License-Identifier: MIT */
/* Findings, collected. */
#include "config.h"

#include <string.h>

#include "policy/report.h"

static const char *const severity_names[SEVERITY_COUNT] = {
	[SEVERITY_NOTE] = "note",
	[SEVERITY_WARNING] = "warning",
	[SEVERITY_SECURITY] = "security",
	[SEVERITY_ERROR] = "error",
};

void
report_init(struct report *report, struct arena *arena,
    const struct source *source)
{
	*report = (struct report){ .arena = arena, .source = source };
}

struct finding *
report_vadd(struct report *report, const struct complaint *complaint,
    struct span span, const char *format, va_list arguments)
{
	char *message = arena_vprintf(report->arena, format, arguments);
	struct finding *finding = list_add(report->arena, &report->findings);

	finding->complaint = complaint;
	finding->severity = complaint->severity;
	finding->source = report->source;
	finding->span = span;
	finding->message = message;
	return finding;
}

struct finding *
report_add(struct report *report, const struct complaint *complaint,
    struct span span, const char *format, ...)
{
	struct finding *finding;
	va_list arguments;

	va_start(arguments, format);
	finding = report_vadd(report, complaint, span, format, arguments);
	va_end(arguments);
	return finding;
}

void
report_help(struct report *report, struct finding *finding,
    const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	finding->help = arena_vprintf(report->arena, format, arguments);
	va_end(arguments);
}

void
report_relate(struct report *report, struct finding *finding,
    struct span span, const char *format, ...)
{
	struct related *related = list_add(report->arena, &finding->related);
	va_list arguments;

	related->span = span;
	va_start(arguments, format);
	related->label = arena_vprintf(report->arena, format, arguments);
	va_end(arguments);
}

const char *
severity_name(enum severity severity)
{
	return severity_names[severity];
}

bool
severity_find(const char *name, enum severity *severity)
{
	for (size_t i = 0; i < SEVERITY_COUNT; i++) {
		if (strcmp(severity_names[i], name) == 0) {
			*severity = (enum severity)i;
			return true;
		}
	}
	return false;
}
