/* SPDX-License-Identifier: MIT */
/*
 * Holds the reference evaluator against worked examples, one a line, whose
 * verdicts were written by hand, and speaks TAP.
 *
 *	unit_reference [-c CATALOGUE] [FILE...]
 *
 * Without arguments it looks into the source directory, as automake names it.
 */
#include "config.h"

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "policy/report.h"
#include "policy/source.h"
#include "testcases/reference.h"

struct run {
	const struct reference_facts	*facts;
	struct arena			*arena;		/* of one example */
	const char			*file;
	size_t				 line;
	size_t				 count, failures;
};

/* Hands a string of an example to printf as a length and its bytes. */
#define PRINT(string)	(int)(string).length, (string).bytes

static struct reference_string
find_word(const struct node *example, const char *name)
{
	const struct node *member = NULL;

	if (example != NULL && example->kind == NODE_OBJECT)
		member = node_find(example, name);
	return reference_string_get(member);
}

static void
print_point(struct run *run, const struct node *example, const char *verdict)
{
	struct reference_string expected = find_word(example, "expected");
	struct reference_string id = find_word(example, "id");
	struct reference_string why = find_word(example, "why");
	bool holds = reference_string_is(expected, verdict);

	/* TAP would take what follows a # for a directive. */
	printf("%sok %zu - %.*s", holds ? "" : "not ", ++run->count,
	    PRINT(id));
	if (!reference_string_has(why, '#'))
		printf(" %.*s", PRINT(why));
	printf("\n");
	if (holds)
		return;
	run->failures++;
	printf("# %s:%zu: expected %.*s, found %s\n", run->file, run->line,
	    PRINT(expected), verdict);
}

static void
check_example(struct run *run, const char *bytes, size_t length)
{
	static const struct assumptions defaults;
	const struct source *source = source_new(run->arena, run->file, bytes,
	    length);
	const struct text *text;
	struct report report;

	report_init(&report, run->arena, source);
	text = text_read(run->arena, source, &report);
	if (text->root == NULL)
		errx(1, "%s:%zu: not JSON", run->file, run->line);
	print_point(run, text->root, reference_verdict_name(reference_decide(
	    run->arena, text->root, run->facts, &defaults)));
	arena_reset(run->arena);
}

static void
check_file(struct run *run, const char *path)
{
	FILE *file = fopen(path, "r");
	char *line = NULL;
	size_t room = 0;
	ssize_t length;

	if (file == NULL)
		err(1, "%s", path);
	run->file = path;
	run->line = 0;
	while ((length = getline(&line, &room, file)) > 0) {
		if (line[length - 1] == '\n')
			line[--length] = '\0';
		run->line++;
		check_example(run, line, (size_t)length);
	}
	if (ferror(file))
		err(1, "%s", path);
	free(line);
	fclose(file);
}

int
main(int argc, char **argv)
{
	struct arena *arena = arena_new();
	struct run run = { .arena = arena_new() };
	const char *root = getenv("srcdir") != NULL ? getenv("srcdir") : ".";
	const char *catalogue;
	int option;

	if (arena == NULL || run.arena == NULL)
		errx(1, "no memory");
	catalogue = arena_printf(arena, "%s/policy/catalog", root);
	while ((option = getopt(argc, argv, "c:")) != -1) {
		if (option != 'c')
			errx(2, "usage: unit_reference [-c CATALOGUE] "
			    "[FILE...]");
		catalogue = optarg;
	}
	run.facts = reference_facts_read(arena, catalogue);
	if (optind == argc)
		check_file(&run, arena_printf(arena,
		    "%s/testcases/decide/spec-examples.ndjson", root));
	for (int i = optind; i < argc; i++)
		check_file(&run, argv[i]);
	printf("1..%zu\n", run.count);
	arena_free(run.arena);
	arena_free(arena);
	return run.failures != 0 || run.count == 0;
}
