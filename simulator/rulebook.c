/* SPDX-License-Identifier: MIT */
/*
 * Every table of lint rules, in the order of rules.def, and what an estate is
 * complained of.
 */
#include "config.h"

#include "policy/rules.h"
#include "simulator/estate.h"
#include "simulator/rulebook.h"

const struct rule *const rulebook[] = {
#define RULES(room)	room##_rules,
#include "policy/rules.def"
#undef RULES
	estate_complaints,
	NULL
};
