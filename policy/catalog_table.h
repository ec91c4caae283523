/* SPDX-License-Identifier: MIT */
/*
 * A file of the catalogue as rows of cells.  Knows tabs, lines and order, and
 * nothing of what a cell means.
 */
#ifndef POLICY_CATALOG_TABLE_H
#define POLICY_CATALOG_TABLE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "policy/arena.h"

enum { TABLE_COLUMNS_MAX = 11 };

/*
 * What a file must look like: so many columns, of which the first `identity'
 * are not empty and tell every row from every other, ASCII case ignored.
 */
struct table_form {
	const char	*file;
	unsigned	 columns;
	unsigned	 identity;
	bool		 hint;		/* may be absent: no rows then */
};

/* One line.  Cells hold printable ASCII only. */
struct row {
	const struct table_form	*form;
	const char		*path;
	size_t			 line;
	const char		*cells[TABLE_COLUMNS_MAX];
};

struct table {
	const struct row	*rows;
	size_t			 count;
};

/*
 * Reads a file in the directory and sorts its rows by their identity.  False
 * with a message in *error when it cannot be read or has another form.
 */
bool		 table_read(struct arena *, const char *directory,
		    const struct table_form *, struct table *,
		    const char **error);

/* "path:line: what is wrong with it". */
const char	*row_error(struct arena *, const struct row *,
		    const char *format, va_list);

#endif
