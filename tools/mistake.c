/* SPDX-License-Identifier: MIT */
/* What ends a command is said at once, not in a format of results. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "simulator/question.h"
#include "tools/mistake.h"
#include "tools/safe.h"

static void
print_what(const struct finding *finding)
{
	fprintf(stderr, ": %s: ", severity_name(finding->severity));
	safe_print(stderr, finding->message, strlen(finding->message));
	if (finding->help != NULL) {
		fputs("; ", stderr);
		safe_print(stderr, finding->help, strlen(finding->help));
	}
	fputc('\n', stderr);
}

void
mistake_print(const struct finding *finding)
{
	struct place place = source_place(finding->source, finding->span);

	safe_print_name(stderr, source_file(finding->source)->name);
	fprintf(stderr, ":%zu:%zu", place.line, place.column);
	print_what(finding);
}

void
mistake_print_option(const struct finding *finding)
{
	safe_print_name(stderr, source_file(finding->source)->name);
	print_what(finding);
}

/* A line, and a mark under a part of it. */
static void
mark(struct word line, struct span span)
{
	size_t columns = 1;

	if (span.end > line.length)
		span.end = line.length;
	fprintf(stderr, "  ");
	safe_print_columns(stderr, line.text, line.length);
	fprintf(stderr, "\n  %*s", (int)safe_print_columns(NULL, line.text,
	    span.start), "");
	if (span.end > span.start)
		columns = safe_print_columns(NULL, line.text + span.start,
		    span.end - span.start);
	while (columns-- > 0)
		fputc('^', stderr);
	fputc('\n', stderr);
}

void
mistake_print_line(const struct finding *finding)
{
	const struct source *source = source_file(finding->source);
	struct place place = source_place(finding->source, finding->span);
	struct span line = source_line(source, place.line);
	struct span span = source_outward(finding->source, finding->span);

	mistake_print(finding);
	mark(word_from(source->bytes + line.start, line.end -
	    line.start), (struct span){ span.start - line.start, span.end -
	    line.start });
}

void
mistake_refuse(const struct question_fault *fault, struct word line, int code)
{
	fprintf(stderr, "sekisho: ");
	safe_print(stderr, fault->message, strlen(fault->message));
	fputc('\n', stderr);
	mark(line, fault->span);
	if (fault->help != NULL) {
		fprintf(stderr, "  ");
		safe_print_wrapped(stderr, fault->help, 2, 80);
	}
	exit(code);
}

void
mistake_print_idle(const struct policy *policy, enum layer layer)
{
	if ((LAYERS_PRINCIPAL & (1u << layer)) == 0)
		return;
	for (size_t i = 0; i < policy->count; i++) {
		const struct statement *statement = &policy->statements[i];

		if (statement->principal.node == NULL)
			mistake_print(&(struct finding){
			    .severity = SEVERITY_WARNING,
			    .source = policy->text->source,
			    .span = node_opening(statement->node),
			    .message = "the statement has no `Principal`, so "
			    "it has no effect in this layer" });
	}
}
