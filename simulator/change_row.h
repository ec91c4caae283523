/* SPDX-License-Identifier: MIT */
/* What change_contrast.c and change_find.c share; nobody else includes this. */
#ifndef SIMULATOR_CHANGE_ROW_H
#define SIMULATOR_CHANGE_ROW_H

#include "simulator/change.h"
#include "simulator/search.h"

/* How closely an Allow must match to count. */
enum closeness {
	CLOSE_ANY,			/* at all */
	CLOSE_BEHIND,			/* more than by its account */
	CLOSE_OUTRIGHT,			/* by name, or as anybody */
	CLOSENESS_COUNT
};

/* The classes of a match that are as close. */
extern const match_set change_classes[CLOSENESS_COUNT];

/* One reading of a document. */
struct reading_of {
	int	 deny;
	int	 allow[CLOSENESS_COUNT];
	int	*matches;		/* clause by clause */
};

struct side {
	const struct charter	*charter;	/* or NULL */
	bool			 open;		/* allows what it does not deny */
	struct reading_of	 plain;
	struct reading_of	 gateway;	/* GRAM-31 */
};

struct contrast {
	struct arena			*arena;
	const struct court		*court;
	enum layer			 layer;
	const struct change_options	*options;
	struct supposition		*call;
	struct supposed_request		*request;
	struct formulas			*formulas;
	int				 bounded;	/* PRIN-22 */
	int				 is_gateway;
	struct side			 from, to;
	struct search			*search;
	struct change_answer		*change;
};

static inline int
all(const struct contrast *contrast, int one, int other)
{
	return formula_and(contrast->formulas, one, other);
}

static inline int
any(const struct contrast *contrast, int one, int other)
{
	return formula_or(contrast->formulas, one, other);
}

/* Its documents say by themselves who may. */
static inline bool
grants(enum layer layer)
{
	return layer == LAYER_RESOURCE || layer == LAYER_TRUST;
}

/* Whether a document allows what it does not deny; `beside' others. */
bool	 change_is_open(enum layer, const struct charter *, bool beside);

/* Encodes both documents over one supposed request. */
void	 contrast_suppose(struct contrast *);
/* `to' allows it, and `from' does not. */
int	 contrast_gained(const struct contrast *);
/* All that is taken to be true. */
int	 contrast_premises(const struct contrast *);

#endif
