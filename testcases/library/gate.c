/* SPDX-License-Identifier: MIT */
/*
 * gate ESTATE.json QUESTION: exits 0 if it is allowed in that estate, else 1,
 * and says why.
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sekisho.h>

/* The files of one directory; the last of them is kept until the next. */
struct shelf {
	const char	*directory;
	char		*bytes;
};

/* As sekisho_load: the library opens no files. */
static const char *
load(void *context, const char *name, size_t *length, const char **error)
{
	struct shelf *shelf = context;
	char path[4096];
	FILE *file;

	free(shelf->bytes);
	shelf->bytes = NULL;
	*error = "it cannot be read";
	if (snprintf(path, sizeof(path), "%s/%s", shelf->directory, name) >=
	    (int)sizeof(path) || (file = fopen(path, "r")) == NULL)
		return NULL;
	if (fseek(file, 0, SEEK_END) == 0) {
		*length = (size_t)ftell(file);
		rewind(file);
		shelf->bytes = malloc(*length + 1);
	}
	if (shelf->bytes != NULL)
		*length = fread(shelf->bytes, 1, *length, file);
	fclose(file);
	return shelf->bytes;
}

static struct sekisho_estate *
open_estate(struct sekisho *desk, char *path)
{
	struct sekisho_estate *estate = sekisho_estate_new(desk);
	char *slash = strrchr(path, '/'), *name = path, *text;
	struct shelf shelf = { ".", NULL };
	const char *error;
	size_t length;

	if (slash != NULL) {
		*slash = '\0';
		shelf.directory = path;
		name = slash + 1;
	}
	if (load(&shelf, name, &length, &error) == NULL)
		errx(4, "%s: %s", name, error);
	text = shelf.bytes;
	shelf.bytes = NULL;
	if (estate == NULL || sekisho_estate_read(desk, estate, name, text,
	    length, load, &shelf) != SEKISHO_OK ||
	    sekisho_estate_close(desk, estate) != SEKISHO_OK)
		errx(4, "no estate to ask in:\n%s", sekisho_messages(desk));
	free(shelf.bytes);
	free(text);
	return estate;
}

int
main(int argc, char **argv)
{
	struct sekisho_estate *estate;
	struct sekisho *desk;
	int allowed;

	if (argc != 3)
		errx(2, "usage: gate ESTATE.json QUESTION");
	if ((desk = sekisho_new(NULL)) == NULL)
		errx(71, "no memory");
	estate = open_estate(desk, argv[1]);
	allowed = sekisho_ask(desk, estate, argv[2]) == SEKISHO_ALLOWED;
	fputs(sekisho_explain(desk, 0), stdout);
	sekisho_estate_free(estate);
	sekisho_free(desk);
	return allowed ? 0 : 1;
}
