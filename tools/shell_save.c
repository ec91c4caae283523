/* SPDX-License-Identifier: MIT */
/* What was asked, as a test file (sekisho(5)). */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "tools/exit.h"
#include "tools/file.h"
#include "tools/path.h"
#include "tools/shell.h"

static const char SUFFIX[] = ".sekisho";

static bool
ends_right(struct word name)
{
	size_t length = sizeof(SUFFIX) - 1;

	return name.length > length && memcmp(name.text + name.length -
	    length, SUFFIX, length) == 0;
}

/* The estate's path. */

static const char *
absolute(struct arena *arena, const char *path)
{
	const char *full = file_absolute(arena, path);

	return full == NULL ? path_normalise(arena, path) : full;
}

/* One absolute path as seen from the directory of the other. */
static const char *
seen_from(struct arena *arena, const char *path, const char *file)
{
	const char *shown;
	size_t common = 0;

	for (size_t i = 0; path[i] != '\0' && path[i] == file[i]; i++)
		if (path[i] == '/')
			common = i + 1;
	shown = path + common;
	for (const char *up = file + common; (up = strchr(up, '/')) != NULL;
	    up++)
		shown = arena_printf(arena, "../%s", shown);
	return shown;
}

static struct word
estate_path(struct shell *shell, const char *file)
{
	const struct estate *estate = shell->venue.court.estate;
	const char *path;

	if (estate->text == NULL)
		return (struct word){ NULL, 0 };
	path = seen_from(shell->here, absolute(shell->here,
	    source_file(estate->text->source)->name), absolute(shell->here,
	    file));
	return word_from(path, strlen(path));
}

/* The questions. */

/* False when no expectation says so: nobody knows. */
static bool
expect(struct shell *shell, const struct shell_record *record,
    struct expectation *expectation)
{
	struct phrases *keys = &expectation->keys;
	struct token list = { .word = word_from(record->keys,
	    strlen(record->keys)) };

	*expectation = (struct expectation){
	    .question = shell_recall(shell, record) };
	switch (record->verdict) {
	case VERDICT_ALLOWED:
		expectation->kind = EXPECT_ALLOW;
		return true;
	case VERDICT_IMPLICITLY_DENIED:
	case VERDICT_EXPLICITLY_DENIED:
		expectation->kind = EXPECT_DENY;
		expectation->has_layer = layer_find(record->layer,
		    &expectation->layer);
		return true;
	case VERDICT_DEPENDS:
		expectation->kind = EXPECT_DEPENDS;
		token_split(shell->here, &list, keys);
		return true;
	case VERDICT_UNKNOWN:
		break;
	}
	return false;
}

/* The last answer to the same question counts. */
static bool
is_asked_again(const struct shell *shell, size_t at)
{
	for (size_t i = at + 1; i < shell->records.count; i++)
		if (strcmp(shell->records.items[i].question,
		    shell->records.items[at].question) == 0)
			return true;
	return false;
}

static const char *
write_text(struct shell *shell, const char *file)
{
	struct suite suite = { .estate.word = estate_path(shell, file) };
	struct suite_test *test = list_add(shell->here, &suite.tests);
	const char *unknown = "";

	test->name = word_from("asked in the shell", 18);
	for (size_t i = 0; i < shell->records.count; i++) {
		const struct shell_record *record = &shell->records.items[i];
		struct expectation expectation;

		if (is_asked_again(shell, i))
			continue;
		if (expect(shell, record, &expectation))
			*list_add(shell->here, &test->expectations) =
			    expectation;
		else
			unknown = arena_printf(shell->here, "%s# nobody "
			    "knows: %s\n", unknown, record->question);
	}
	if (test->expectations.count == 0)
		suite.tests.count = 0;
	return arena_printf(shell->here, "%s%s", suite_text(shell->here,
	    &suite), unknown);
}

/* A file that is there already is somebody's, unless this shell made it. */
static bool
write_file(struct shell *shell, const char *name, const char *text)
{
	bool ours = shell->saved != NULL && strcmp(shell->saved, name) == 0;
	FILE *file = fopen(name, ours ? "w" : "wx");
	bool ok = file != NULL && fputs(text, file) >= 0;

	if (file != NULL && fclose(file) != 0)
		ok = false;
	if (!ok) {
		shell_refuse(shell, NULL, arena_printf(shell->here, "%s: %s",
		    name, strerror(errno)), errno == EEXIST ?
		    "nothing is written over; name another" : NULL);
		shell->code = errno == EEXIST ? EXIT_USAGE : EXIT_UNREADABLE;
	}
	return ok;
}

static const char *
check_name(struct shell *shell, const struct shell_line *line)
{
	const struct token *name;

	if (line->tokens.list.count != 2) {
		shell_refuse(shell, NULL, "one file is wanted",
		    "save FILE.sekisho");
		return NULL;
	}
	name = &line->tokens.list.items[1];
	if (!ends_right(name->word)) {
		shell_refuse(shell, &name->span, "the name of a test file "
		    "ends in `.sekisho`", NULL);
		return NULL;
	}
	return arena_copy(shell->here, name->word.text, name->word.length);
}

void
shell_save(struct shell *shell, const struct shell_line *line)
{
	const char *name = check_name(shell, line);

	if (name == NULL)
		return;
	if (shell->records.count == 0) {
		shell_refuse(shell, NULL, "nothing was asked so far, and "
		    "nothing is written", NULL);
		return;
	}
	if (!write_file(shell, name, write_text(shell, name)))
		return;
	shell->saved = arena_copy(shell->arena, name, strlen(name));
	shell_say(shell, "%s is written", name);
	if (shell->venue.court.exhibits != NULL)
		shell_say(shell, "the documents of the command line have no "
		    "place in it");
}
