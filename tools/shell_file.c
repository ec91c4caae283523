/* SPDX-License-Identifier: MIT */
/* Names of files that a word may become. */
#include "config.h"

#include <sys/stat.h>

#include <dirent.h>
#include <string.h>

#include "simulator/proposal_row.h"
#include "tools/shell.h"

/* What of the word is the directory, with its slash; of OLD=NEW it is NEW. */
static size_t
directory_length(struct word word)
{
	size_t length = 0;

	for (size_t i = 0; i < word.length; i++)
		if (word.text[i] == '/' || word.text[i] == '=')
			length = i + 1;
	return length;
}

static void
propose_entry(struct proposals *proposals, struct word before,
    const char *directory, const char *name)
{
	struct arena *arena = proposals->arena;
	const char *text = arena_printf(arena, "%.*s%s", (int)before.length,
	    before.text, name);
	struct word word = word_from(text, strlen(text));
	struct word none = { NULL, 0 };
	struct stat status;

	if (!proposal_fits(proposals, word))
		return;
	if (stat(arena_printf(arena, "%s%s", directory, name),
	    &status) == 0 && S_ISDIR(status.st_mode))
		proposal_open_word(proposals, arena_printf(arena, "%s/",
		    text), NULL);
	else
		proposal_add(proposals, word, none, false);
}

void
shell_propose_files(struct proposals *proposals)
{
	struct word partial = proposals->partial;
	struct word before = word_from(partial.text,
	    directory_length(partial));
	const char *whole = arena_copy(proposals->arena, before.text,
	    before.length), *equals = strrchr(whole, '=');
	const char *directory = equals == NULL ? whole : equals + 1;
	DIR *stream = opendir(directory[0] == '\0' ? "." : directory);
	const struct dirent *entry;

	while (stream != NULL && (entry = readdir(stream)) != NULL)
		if (entry->d_name[0] != '.')
			propose_entry(proposals, before, directory,
			    entry->d_name);
	if (stream != NULL)
		closedir(stream);
}
