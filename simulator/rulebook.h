/* SPDX-License-Identifier: MIT */
/* The list of all tables of lint rules. */
#ifndef SIMULATOR_RULEBOOK_H
#define SIMULATOR_RULEBOOK_H

#include "policy/rule.h"

/* Ends with NULL. */
extern const struct rule *const rulebook[];

#endif
