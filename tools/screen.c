/* SPDX-License-Identifier: MIT */
/* Asks the terminal, if there is one. */
#include "config.h"

#include <sys/ioctl.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tools/screen.h"

enum {
	WIDTH_DEFAULT = 80,
	WIDTH_LEAST = 20,
	WIDTH_MOST = 10000,
	HEIGHT_DEFAULT = 24
};

size_t
screen_width(void)
{
	const char *columns = getenv("COLUMNS");
	struct winsize size;
	long said;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		return size.ws_col;
	said = columns == NULL ? 0 : strtol(columns, NULL, 10);
	return said < WIDTH_LEAST || said > WIDTH_MOST ? WIDTH_DEFAULT :
	    (size_t)said;
}

size_t
screen_height(void)
{
	struct winsize size;

	return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 &&
	    size.ws_row > 0 ? size.ws_row : HEIGHT_DEFAULT;
}

bool
screen_knows(const char *when)
{
	return strcmp(when, "auto") == 0 || strcmp(when, "always") == 0 ||
	    strcmp(when, "never") == 0;
}

bool
screen_has_color(const char *when)
{
	if (strcmp(when, "auto") != 0)
		return strcmp(when, "always") == 0;
	return isatty(STDOUT_FILENO) && getenv("NO_COLOR") == NULL;
}
