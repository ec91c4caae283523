/* SPDX-License-Identifier: MIT */
/*
 * Untrusted text for people: whatever comes from a policy, a configuration, a
 * file name or the command line is printed through here.  Control characters,
 * what could move a cursor or turn text round, invalid UTF-8, and the `##['
 * that CI systems take for a command, come out as visible escapes.
 */
#ifndef TOOLS_SAFE_H
#define TOOLS_SAFE_H

#include <stddef.h>
#include <stdio.h>

void	 safe_print(FILE *, const char *text, size_t length);

/*
 * The same as words on lines of at most `width' columns; the lines after the
 * first begin with `indent' blanks, where the first begins already.
 */
void	 safe_print_wrapped(FILE *, const char *text, size_t indent,
	    size_t width);

/* The same on one line of an excerpt: a tab is four blanks.  Returns the
 * columns taken; prints nothing when the stream is NULL. */
size_t	 safe_print_columns(FILE *, const char *text, size_t length);

/* A file name at the start of a line, where `::' would be a command. */
void	 safe_print_name(FILE *, const char *name);

/*
 * The code point at the front, and its bytes in *used; -1 for a byte that is
 * not UTF-8.
 */
long	 safe_decode(const char *text, size_t length, size_t *used);

/* warn(3), warnx(3), err(3) and errx(3) with a message that may hold untrusted text. */
void	 safe_warn(const char *format, ...)
		    __attribute__((format(printf, 1, 2)));
void	 safe_warnx(const char *format, ...)
		    __attribute__((format(printf, 1, 2)));
_Noreturn void	 safe_err(int code, const char *format, ...)
		    __attribute__((format(printf, 2, 3)));
_Noreturn void	 safe_errx(int code, const char *format, ...)
		    __attribute__((format(printf, 2, 3)));

#endif
