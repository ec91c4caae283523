/* SPDX-License-Identifier: MIT */
/* What can be lost, guessed or missing in an import. */
#include "config.h"

#include <stdint.h>

#include "simulator/import_reader.h"

const struct complaint import_complaints[] = {
	[IMPORT_UNKNOWN_KIND] = {
		.id = "import-unknown-kind",
		.severity = SEVERITY_WARNING,
		.says = "a document is of no kind that can be imported",
		.why = "It is skipped. sekisho-import(1) lists the kinds; "
		    "they are told by their members.",
	},
	[IMPORT_MALFORMED] = {
		.id = "import-malformed",
		.severity = SEVERITY_ERROR,
		.says = "something is not as AWS prints it",
		.why = "It is left out. Policies that it should have told of "
		    "are \"unknown\" in the estate.",
	},
	[IMPORT_TRUNCATED] = {
		.id = "import-truncated",
		.severity = SEVERITY_WARNING,
		.says = "there is more of an output than the file has",
		.why = "What is on its next page is missing in the estate. "
		    "Its account is \"unlisted\": who else is there, and "
		    "what they may do, is unknown. Let the command print all "
		    "pages at once, as it does when nobody limits it.",
	},
	[IMPORT_CONTRADICTION] = {
		.id = "import-contradiction",
		.severity = SEVERITY_WARNING,
		.says = "two documents say different things of one thing",
		.why = "What comes first is taken. Dump both anew.",
	},
	[IMPORT_UNNAMED_POLICY] = {
		.id = "import-unnamed-policy",
		.severity = SEVERITY_WARNING,
		.says = "nobody says what a policy is attached to",
		.why = "It is left out. Put the file where its path says it: "
		    "ACCOUNT/REGION/SERVICE/NAME.json.",
	},
	[IMPORT_UNKNOWN_POLICY] = {
		.id = "import-unknown-policy",
		.severity = SEVERITY_WARNING,
		.says = "a policy is attached, but its text is not there",
		.why = "The estate says \"unknown\", and what hangs on it is "
		    "undecided. Import it as aws/policy/NAME.json or "
		    "ACCOUNT/policy/NAME.json.",
	},
	[IMPORT_UNKNOWN_GROUP] = {
		.id = "import-unknown-group",
		.severity = SEVERITY_WARNING,
		.says = "a user is in a group that is not there",
		.why = "The estate says that the user has policies that are "
		    "\"unknown\".",
	},
	[IMPORT_UNKNOWN_PLACE] = {
		.id = "import-unknown-place",
		.severity = SEVERITY_WARNING,
		.says = "where something stands in the organization is not "
		    "known",
		.why = "It is put below a unit whose policies are "
		    "\"unknown\". Import the outputs of list-parents or "
		    "list-children, with the id that was asked about in the "
		    "name of the file.",
	},
	[IMPORT_NO_ORGANIZATION] = {
		.id = "import-no-organization",
		.severity = SEVERITY_WARNING,
		.says = "no organization is known",
		.why = "The accounts are taken for accounts of no "
		    "organization, which no SCP and no RCP binds.",
	},
	[IMPORT_FOREIGN_ACCOUNT] = {
		.id = "import-foreign-account",
		.severity = SEVERITY_NOTE,
		.says = "of an account of the organization nothing else is "
		    "known",
		.why = "The estate does not list it: all its policies are "
		    "then unknown, and so is its place.",
	},
	[IMPORT_UNLISTED] = {
		.id = "import-unlisted",
		.severity = SEVERITY_WARNING,
		.says = "an account holds more than the documents tell",
		.why = "Its output was filtered, or a page is missing. The "
		    "account is \"unlisted\": who else is there, and what "
		    "they may do, is unknown. Dump it without --filter.",
	},
	[IMPORT_GUESS] = {
		.id = "import-guess",
		.severity = SEVERITY_WARNING,
		.says = "something is guessed",
		.why = "See that it is so.",
	},
	[IMPORT_DEFAULT] = {
		.id = "import-default",
		.severity = SEVERITY_NOTE,
		.says = "something is taken to be as AWS makes it when nobody "
		    "says anything",
		.why = "See that it is so.",
	},
	[IMPORT_LEFT_OUT] = {
		.id = "import-left-out",
		.severity = SEVERITY_NOTE,
		.says = "something has no place in an estate",
		.why = "No decision rests on it.",
	},
	[IMPORT_COMPLAINT_COUNT] = { .id = NULL }
};

/* What these say leaves the estate less than it takes itself for. */
static bool
tells_of_loss(enum import_complaint complaint)
{
	return complaint == IMPORT_MALFORMED ||
	    complaint == IMPORT_TRUNCATED ||
	    complaint == IMPORT_CONTRADICTION ||
	    complaint == IMPORT_UNNAMED_POLICY;
}

static bool
is_folded(enum import_complaint complaint)
{
	return complaint == IMPORT_LEFT_OUT || complaint == IMPORT_DEFAULT ||
	    complaint == IMPORT_FOREIGN_ACCOUNT;
}

/* The fold of that sentence in that file; it may be new. */
static struct import_fold *
find_fold(struct import *import, const struct source *file,
    const char *format)
{
	size_t hash = ((uintptr_t)file ^ (uintptr_t)format) >> 4;
	struct import_fold **bucket = &import->folds[hash % IMPORT_BUCKETS];
	struct import_fold *fold = *bucket;

	while (fold != NULL &&
	    (fold->source != file || fold->format != format))
		fold = fold->next;
	if (fold != NULL)
		return fold;
	fold = arena_alloc(import->arena, sizeof(*fold));
	*fold = (struct import_fold){ .source = file, .format = format,
	    .next = *bucket };
	return *bucket = fold;
}

void
import_unfold(struct import *import)
{
	for (size_t i = 0; i < IMPORT_BUCKETS; i++)
		for (const struct import_fold *fold = import->folds[i];
		    fold != NULL; fold = fold->next) {
			struct finding *finding =
			    &import->report->findings.items[fold->finding];

			if (fold->count > 1)
				finding->message = arena_printf(import->arena,
				    "%s (one of %zu such in this file)",
				    finding->message, fold->count);
		}
}

void
import_complain(struct import *import, enum import_complaint complaint,
    const struct text *text, struct span span, const char *format, ...)
{
	struct import_fold *fold;
	va_list arguments;

	if (tells_of_loss(complaint))
		import->result.incomplete = true;
	if (is_folded(complaint)) {
		fold = find_fold(import, source_file(text->source), format);
		if (fold->count++ > 0)
			return;
		fold->finding = import->report->findings.count;
	}
	import->report->source = text->source;
	va_start(arguments, format);
	report_vadd(import->report, &import_complaints[complaint], span,
	    format, arguments);
	va_end(arguments);
}
