/* SPDX-License-Identifier: MIT */
/* What a test expects of the linter; which rules there are is not known. */
#include "config.h"

#include "simulator/suite_reader.h"

const char *const suite_severities[] = {
	"note", "warning", "security", "error", NULL
};

static const char *const reserved[] = { "from", "in", "nothing", NULL };

static const char *const finds[] = { "finds", NULL };

static bool
read_severity(struct tape *tape, struct expectation *expectation)
{
	const struct token *token = tape_peek(tape);

	if (token != NULL && !token->quoted)
		for (size_t i = 0; suite_severities[i] != NULL; i++)
			if (tape_take(tape, suite_severities[i]))
				return severity_find(suite_severities[i],
				    &expectation->severity);
	return tape_expected(tape, "a severity: note, warning, security or "
	    "error", suite_severities);
}

static bool
read_end(struct tape *tape, struct expectation *expectation)
{
	if (tape_take(tape, "from") && !read_severity(tape, expectation))
		return false;
	if (tape_take(tape, "in") && !tape_one(tape, "a file",
	    &expectation->file))
		return false;
	return tape_peek(tape) == NULL || tape_expected(tape,
	    "the end of the line, `from` or `in`", reserved);
}

bool
suite_read_lint(struct tape *tape, struct expectation *expectation)
{
	tape->reserved = reserved;
	tape->at++;
	if (!tape_take(tape, "finds"))
		return tape_expected(tape, "`finds`", finds);
	if (!tape_take(tape, "nothing") &&
	    !tape_list(tape, "a rule of the linter, or `nothing`",
	    &expectation->rules))
		return false;
	return read_end(tape, expectation);
}
