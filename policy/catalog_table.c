/* SPDX-License-Identifier: MIT */
/*
 * Splits a file at its tabs and line ends, in place.  Bytes that could change
 * a terminal or a generated C file when they are printed later are refused.
 */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "policy/catalog.h"
#include "policy/catalog_table.h"

enum { FILE_SIZE_MAX = 64 * 1024 * 1024 };

/* A file that is being split. */
struct splitter {
	struct arena		*arena;
	const struct table_form	*form;
	const char		*path;
	char			*at, *end;	/* what is left of it */
	size_t			 line;
	const char		*error;
};

const char *
row_error(struct arena *arena, const struct row *row, const char *format,
    va_list arguments)
{
	return arena_printf(arena, "%s:%zu: %s", row->path, row->line,
	    arena_vprintf(arena, format, arguments));
}

static bool
fail(struct splitter *splitter, const struct row *row, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static bool
fail(struct splitter *splitter, const struct row *row, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	splitter->error = row_error(splitter->arena, row, format, arguments);
	va_end(arguments);
	return false;
}

/*
 * The bytes of a file; false with errno set.  Nothing is allocated while the
 * file is open, so running out of memory leaves no open file behind.
 */
static bool
read_file(struct splitter *splitter)
{
	struct stat status;
	size_t size, got;
	FILE *file;

	if (stat(splitter->path, &status) != 0)
		return false;
	errno = S_ISDIR(status.st_mode) ? EISDIR : EFBIG;
	if (!S_ISREG(status.st_mode) || status.st_size > FILE_SIZE_MAX)
		return false;
	size = (size_t)status.st_size;
	splitter->at = arena_alloc(splitter->arena, size + 1);
	splitter->end = splitter->at + size;
	file = fopen(splitter->path, "rb");
	if (file == NULL)
		return false;
	errno = EIO;
	got = fread(splitter->at, 1, size, file);
	fclose(file);
	return got == size;
}

/* The next line, without its end, which may be LF or CR LF. */
static char *
next_line(struct splitter *splitter, size_t *length)
{
	char *line = splitter->at;
	size_t left = (size_t)(splitter->end - line);
	char *stop = memchr(line, '\n', left);

	splitter->line++;
	splitter->at = stop == NULL ? splitter->end : stop + 1;
	if (stop == NULL)
		stop = splitter->end;
	if (stop > line && stop[-1] == '\r')
		stop--;
	*stop = '\0';
	*length = (size_t)(stop - line);
	return line;
}

static bool
is_printable(const char *line, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (line[i] != '\t' && (line[i] < ' ' || line[i] > '~'))
			return false;
	return true;
}

static bool
read_row(struct splitter *splitter, struct row *row)
{
	size_t length;
	char *rest = next_line(splitter, &length);
	unsigned wanted = splitter->form->columns, count = 0;

	row->form = splitter->form;
	row->path = splitter->path;
	row->line = splitter->line;
	if (!is_printable(rest, length))
		return fail(splitter, row,
		    "a byte that is not printable ASCII");
	while (rest != NULL) {
		const char *cell = strsep(&rest, "\t");

		if (count < wanted)
			row->cells[count] = cell;
		count++;
	}
	if (count != wanted)
		return fail(splitter, row, "%u columns, not %u", count,
		    wanted);
	return true;
}

static bool
has_identity(struct splitter *splitter, const struct row *row)
{
	for (unsigned i = 0; i < splitter->form->identity; i++)
		if (row->cells[i][0] == '\0' ||
		    strcmp(row->cells[i], "-") == 0)
			return fail(splitter, row, "column %u is empty",
			    i + 1);
	return true;
}

static int
compare_rows(const void *one, const void *other)
{
	const struct row *a = one, *b = other;
	int order = 0;

	for (unsigned i = 0; order == 0 && i < a->form->identity; i++)
		order = name_compare(a->cells[i], strlen(a->cells[i]),
		    b->cells[i], strlen(b->cells[i]));
	return order;
}

/* Blames the later one of two rows that say the same. */
static bool
are_distinct(struct splitter *splitter, const struct row *rows, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		const struct row *a = &rows[i - 1], *b = &rows[i];
		const struct row *later = a->line > b->line ? a : b;

		if (compare_rows(a, b) == 0)
			return fail(splitter, later, "line %zu says it too",
			    later == a ? b->line : a->line);
	}
	return true;
}

static size_t
count_lines(const struct splitter *splitter)
{
	size_t count = 1;

	for (const char *at = splitter->at; at < splitter->end; at++)
		count += *at == '\n';
	return count;
}

static bool
split(struct splitter *splitter, struct table *table)
{
	struct row *rows = arena_array(splitter->arena, count_lines(splitter),
	    sizeof(*rows));
	struct row head = { .path = splitter->path, .line = 1 };
	size_t count = 0;

	if (*splitter->at != '#')
		return fail(splitter, &head, "no `#` before the header");
	if (!read_row(splitter, &head))
		return false;
	while (splitter->at < splitter->end) {
		if (!read_row(splitter, &rows[count]) ||
		    !has_identity(splitter, &rows[count]))
			return false;
		count++;
	}
	if (count == 0 && !splitter->form->hint)
		return fail(splitter, &head, "nothing but a header");
	qsort(rows, count, sizeof(*rows), compare_rows);
	*table = (struct table){ rows, count };
	return are_distinct(splitter, rows, count);
}

bool
table_read(struct arena *arena, const char *directory,
    const struct table_form *form, struct table *table, const char **error)
{
	struct splitter splitter = {
		.arena = arena,
		.form = form,
		.path = arena_printf(arena, "%s/%s", directory, form->file),
	};

	*table = (struct table){ .count = 0 };
	if (!read_file(&splitter)) {
		if (errno == ENOENT && form->hint)
			return true;
		*error = arena_printf(arena, "%s: %s", splitter.path,
		    strerror(errno));
		return false;
	}
	if (split(&splitter, table))
		return true;
	*error = splitter.error;
	return false;
}
