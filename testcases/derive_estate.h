/* SPDX-License-Identifier: MIT */
/*
 * An estate of two accounts in an organization and one in none, for tables of
 * facts about derived keys.  Made by hand, and found in by plain search, so
 * that these tables test nothing but derivation.
 */
#ifndef TESTCASES_DERIVE_ESTATE_H
#define TESTCASES_DERIVE_ESTATE_H

#include "simulator/estate.h"

extern const struct estate derive_estate;

#endif
