/* SPDX-License-Identifier: MIT */
/* Asks the terminal, if there is one. */
#include "config.h"

#include <sys/ioctl.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tools/exit.h"
#include "tools/safe.h"
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

const char *
screen_word(const char *operand)
{
	if (strcmp(operand, "auto") != 0 && strcmp(operand, "always") != 0 &&
	    strcmp(operand, "never") != 0)
		safe_errx(EXIT_USAGE, "--color takes auto, always or never, "
		    "not `%s'", operand);
	return operand;
}

bool
screen_has_color(const char *when)
{
	if (strcmp(when, "auto") != 0)
		return strcmp(when, "always") == 0;
	return isatty(STDOUT_FILENO) && getenv("NO_COLOR") == NULL;
}
