/* SPDX-License-Identifier: MIT */
/* Reads test files, finds their estates, and has every guarantee proved. */
#include "config.h"

#include <string.h>

#include "simulator/perimeter_check.h"
#include "tools/dossier.h"
#include "tools/exit.h"
#include "tools/mistake.h"
#include "tools/safe.h"

static bool
is_wanted(const struct dossier *dossier, const struct guarantee *guarantee)
{
	for (size_t i = 0; i < dossier->only.count; i++)
		if (word_is(guarantee->id, dossier->only.items[i]))
			return true;
	return dossier->only.count == 0;
}

static void
complain(const struct suite_file *file, const struct question_fault *fault,
    enum severity severity)
{
	struct finding finding = { .severity = severity, .span = fault->span,
	    .message = fault->message, .help = fault->help };

	if (file->suite == NULL) {
		safe_warnx("%s", fault->message);
		return;
	}
	finding.source = file->suite->source;
	mistake_print_line(&finding);
}

static void
prove_guarantee(struct dossier *dossier, const struct suite_file *file,
    const struct guarantee *guarantee)
{
	const struct question_fault empty = { "no request is of that kind, so "
	    "this holds of nothing", guarantee->span, NULL };
	struct dossier_case *one = arena_alloc(dossier->arena, sizeof(*one));

	one->file = file;
	one->expected_broken = file->suite != NULL && suite_expects_broken(
	    file->suite, guarantee, file->estate);
	proof_make(dossier->arena, &file->venue.court, guarantee,
	    &dossier->options, &one->proof);
	if (one->proof.fault.message != NULL) {
		dossier->faulty++;
		complain(file, &one->proof.fault, SEVERITY_ERROR);
		return;
	}
	if (one->proof.vacuous)
		complain(file, &empty, SEVERITY_WARNING);
	if (one->proof.doubt.message != NULL)
		complain(file, &one->proof.doubt, SEVERITY_WARNING);
	testimony_gather(dossier->arena, &file->venue.court, guarantee,
	    &one->proof, &one->testimony);
	if (dossier->options.why && file->suite != NULL &&
	    !one->testimony.lively)
		remedy_find(dossier->arena, &file->venue.court, file->suite,
		    &one->proof, &dossier->options, &one->testimony.remedy);
	*list_add(dossier->arena, &dossier->cases) = one;
}

/* Actions alone are no estate: they are said of the one that there is, unless
 * documents stand alone. */
static void
follow_sketch(struct dossier *dossier, struct venue *venue)
{
	struct sketch sketch = dossier->pledge.sketch;
	const char *all = sketch_text(dossier->arena, &sketch);

	sketch.actions = NULL;
	venue->sketch = sketch_text(dossier->arena, &sketch);
	if (venue->estate != NULL && venue->sketch != NULL)
		safe_errx(EXIT_USAGE, "accounts, partners and networks are "
		    "those of --estate; leave one of both out");
	if (venue->sketch != NULL || (venue->estate == NULL &&
	    venue->deposits.count > 0))
		venue->sketch = all;
	else
		venue->narrowing = all;
}

/* Of the options, else of the file, else what is found upwards. */
static bool
open_venue(struct dossier *dossier, struct suite_file *file)
{
	int code;

	follow_sketch(dossier, &file->venue);
	code = suite_file_open(dossier->arena, file);
	dossier->unreadable |= code == EXIT_UNREADABLE;
	dossier->left_out += code == EXIT_USAGE;
	return code == EXIT_FINE;
}

void
dossier_prove(struct dossier *dossier, const char *path)
{
	struct suite_file *file = arena_alloc(dossier->arena, sizeof(*file));
	int code;

	file->venue = dossier->venue;
	code = suite_file_read(dossier->arena, path, file);
	dossier->unreadable |= code == EXIT_UNREADABLE;
	dossier->left_out += code == EXIT_USAGE;
	if (code != EXIT_FINE || !open_venue(dossier, file))
		return;
	for (size_t i = 0; i < file->suite->guarantees.count; i++) {
		const struct guarantee *guarantee =
		    &file->suite->guarantees.items[i];

		if (is_wanted(dossier, guarantee))
			prove_guarantee(dossier, file, guarantee);
	}
}

/* Named guarantees. */

static void
show(struct dossier *dossier, const struct guarantee *guarantee,
    const char *reason)
{
	const char *text = reason == NULL ? guarantee_text(dossier->arena,
	    guarantee) : arena_printf(dossier->arena, "# %.*s %.*s: %s\n",
	    (int)guarantee->id.length, guarantee->id.text,
	    (int)guarantee->name.length, guarantee->name.text, reason);

	for (size_t length; *text != '\0'; text += length + 1) {
		length = strcspn(text, "\n");
		safe_print(stdout, text, length);
		fputc('\n', stdout);
	}
}

/* What the estate does not say enough for is undecided. */
static void
leave_undecided(struct dossier *dossier, const struct suite_file *file,
    const struct guarantee *guarantee, const char *reason)
{
	struct dossier_case *one = arena_alloc(dossier->arena, sizeof(*one));

	one->file = file;
	one->proof = (struct proof){ .verdict = PROOF_UNDECIDED,
	    .which = guarantee, .reason = reason };
	testimony_gather(dossier->arena, &file->venue.court, guarantee,
	    &one->proof, &one->testimony);
	*list_add(dossier->arena, &dossier->cases) = one;
}

/* What the perimeter of the estate says for it cannot be meant; false. */
static bool
refuse_faulty(struct dossier *dossier, const struct suite_file *file,
    const struct named *named)
{
	struct report report;

	report_init(&report, dossier->arena, NULL);
	perimeter_check(dossier->arena, &file->venue.court, named->parameters,
	    &report);
	for (size_t i = 0; i < report.findings.count; i++)
		mistake_print(&report.findings.items[i]);
	dossier->faulty += report.findings.count > 0;
	return report.findings.count == 0;
}

static void
prove_named(struct dossier *dossier, const struct suite_file *file,
    const struct named *named)
{
	struct guarantee *guarantee = arena_alloc(dossier->arena,
	    sizeof(*guarantee));
	const char *reason = NULL;
	bool made;

	if (!refuse_faulty(dossier, file, named))
		return;
	made = named_make(dossier->arena, &file->venue.court, named,
	    guarantee, &reason);
	if (dossier->pledge.show)
		show(dossier, guarantee, made ? NULL : reason);
	else if (made)
		prove_guarantee(dossier, file, guarantee);
	else
		leave_undecided(dossier, file, guarantee, reason);
}

void
dossier_prove_named(struct dossier *dossier)
{
	struct suite_file *file = arena_alloc(dossier->arena, sizeof(*file));

	if (dossier->pledge.named.count == 0)
		return;
	file->venue = dossier->venue;
	if (!open_venue(dossier, file))
		return;
	for (size_t i = 0; i < dossier->pledge.named.count; i++)
		prove_named(dossier, file, dossier->pledge.named.items[i]);
}

struct dossier_counts
dossier_count(const struct dossier *dossier)
{
	struct dossier_counts counts = { 0, 0, 0, 0, 0 };

	for (size_t i = 0; i < dossier->cases.count; i++) {
		const struct dossier_case *one = dossier->cases.items[i];
		bool broken = one->proof.verdict == PROOF_BROKEN;

		counts.holds += one->proof.verdict == PROOF_HOLDS;
		counts.broken += broken;
		counts.undecided += one->proof.verdict == PROOF_UNDECIDED;
		counts.vacuous += one->proof.vacuous;
		counts.expected += broken && one->expected_broken;
	}
	return counts;
}
