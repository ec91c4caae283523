/* SPDX-License-Identifier: MIT */
/* Where the lines that were typed are kept. */
#ifndef TOOLS_HISTORY_H
#define TOOLS_HISTORY_H

#include "policy/arena.h"

/*
 * The path of the file, `sekisho/history' in the XDG state directory, which is
 * made if need be, for the user alone.  NULL when there can be none; why is
 * said on standard error, unless no home is known.
 */
const char	*history_file(struct arena *);

#endif
