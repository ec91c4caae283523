/* SPDX-License-Identifier: MIT */
/*
 * A random request out of small alphabets: who asks for what, and what the
 * context says.  Policies are drawn up elsewhere, with an eye on it.
 */
#ifndef TESTCASES_SCENE_H
#define TESTCASES_SCENE_H

#include <stdbool.h>

#include "policy/value.h"
#include "testcases/dice.h"
#include "testcases/writing.h"

/* So many keys are drawn; there is room for more to be put in. */
enum { SCENE_KEYS_MAX = 6, SCENE_KEYS_ROOM = 48, SCENE_VALUES_MAX = 2 };

/* What the context says of one key. */
struct scene_key {
	const char	*name;
	enum value_type	 type;		/* of most of its values */
	const char	*values[SCENE_VALUES_MAX];
	size_t		 count;
};

struct scene {
	struct arena		*arena;
	struct dice		*dice;
	const char		*partition, *account;	/* of the caller */
	const char		*principal;
	const char		*issuer;		/* or NULL */
	const char		*action, *resource;
	const char		*owner;			/* of the resource */
	struct scene_key	 keys[SCENE_KEYS_ROOM];
	size_t			 key_count;
	const char		*unknown[SCENE_KEYS_ROOM];	/* names */
	size_t			 unknown_count;
};

struct scene	 scene_new(struct arena *, struct dice *);
/* Writes the member `request'. */
void		 scene_print(const struct scene *, struct writing *);

/* The text with the partition and an account in the place of % and @. */
const char	*scene_expand(const struct scene *, const char *text,
		    const char *account);
/* Some account of the three that there are; mostly one that counts. */
const char	*scene_account(const struct scene *);
/* The name of some principal, mostly one that has to do with the caller. */
const char	*scene_name(const struct scene *);
/* All keys that tests may ask for. */
const struct scene_key	*scene_keys(size_t *count);
/* A key that tests may ask for, mostly of the type. */
const struct scene_key	*scene_key(const struct scene *, enum value_type);
/* A value that a key of the type may have, or should not have. */
const char	*scene_value(const struct scene *, enum value_type);
/* Some other action or resource than that of the request. */
const char	*scene_action(const struct scene *);
const char	*scene_resource(const struct scene *);

bool		 scene_is_federated(const struct scene *);
bool		 scene_is_root(const struct scene *);

#endif
