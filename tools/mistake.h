/* SPDX-License-Identifier: MIT */
/* A mistake in a file that a command rests on, as a line for people. */
#ifndef TOOLS_MISTAKE_H
#define TOOLS_MISTAKE_H

#include "policy/report.h"

/* FILE:LINE:COLUMN: SEVERITY: MESSAGE, on standard error. */
void	 mistake_print(const struct finding *);

#endif
