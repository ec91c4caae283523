/* SPDX-License-Identifier: MIT */
/* What the files of supposition_*.c share; nobody else includes this. */
#ifndef SIMULATOR_SUPPOSITION_ROW_H
#define SIMULATOR_SUPPOSITION_ROW_H

#include "simulator/supposition.h"

/* What a slot is called; `part' is of the request that has it, or NULL. */
const char	*supposition_name(const struct supposition *,
		    const char *part, const char *name);
/* Adds one, of which an optional one may be absent. */
size_t		 supposition_slot(struct supposition *, const char *part,
		    const char *name, bool optional, enum value_type);
/* Adds one that has one of so many words, which are numbers. */
size_t		 supposition_choice(struct supposition *, const char *part,
		    const char *name, size_t count);

/* Adds everybody who may call. */
void		 supposition_cast(struct supposition *);

/* Whose a principal of the estate is; NULL: of no account of it. */
const struct estate_account	*supposition_account(const struct estate *,
				    const struct estate_principal *);

#endif
