/* SPDX-License-Identifier: MIT */
/* What ends a command is said at once, not in a format of results. */
#include "config.h"

#include <string.h>

#include "tools/mistake.h"
#include "tools/safe.h"

void
mistake_print(const struct finding *finding)
{
	struct place place = source_place(finding->source, finding->span);

	safe_print_name(stderr, source_file(finding->source)->name);
	fprintf(stderr, ":%zu:%zu: %s: ", place.line, place.column,
	    severity_name(finding->severity));
	safe_print(stderr, finding->message, strlen(finding->message));
	if (finding->help != NULL) {
		fputs("; ", stderr);
		safe_print(stderr, finding->help, strlen(finding->help));
	}
	fputc('\n', stderr);
}
