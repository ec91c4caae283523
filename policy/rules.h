/* SPDX-License-Identifier: MIT */
/*
 * The tables of lint rules, one a file, each filed by what it is about.  A
 * table ends with a row whose id is NULL; rules.def lists them.
 */
#ifndef POLICY_RULES_H
#define POLICY_RULES_H

#include "policy/rule.h"

#define RULES(room)	extern const struct rule room##_rules[];
#include "policy/rules.def"
#undef RULES

/* Whoever holds that action ("iam:PutUserPolicy") on open resources can act as
 * somebody with more rights, without any other. */
bool	 rules_escalation_needs(const char *action);

#endif
