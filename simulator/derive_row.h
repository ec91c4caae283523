/* SPDX-License-Identifier: MIT */
/*
 * One row a key: its name, and the function that says what the circumstances
 * of a request tell of it.  Only the files that derive keys include this.
 */
#ifndef SIMULATOR_DERIVE_ROW_H
#define SIMULATOR_DERIVE_ROW_H

#include <stdbool.h>
#include <stddef.h>

#include "simulator/derive.h"

/* How a request reaches its service, as far as the keys are concerned. */
enum path {
	PATH_OPEN,			/* nobody said */
	PATH_NO_ENDPOINT,		/* any but through a VPC endpoint */
	PATH_INTERNET,
	PATH_ENDPOINT,
	PATH_SERVICE			/* FAS */
};

/* A request while its keys are being derived. */
struct derivation {
	struct arena			*arena;
	const struct situation		*situation;
	const struct request		*request;
	assumption_set			*rests;		/* or NULL */
	enum path			 path;
	struct word			 endpoint_id;	/* of PATH_ENDPOINT; may
							 * be absent, as may */
	const struct estate_endpoint	*endpoint;	/* of the estate, and */
	const struct estate_vpc		*vpc;
};

/*
 * What is known of a key.  The values are what it has, or, when that is not
 * known, all that it may have (one of them); none: anything.
 */
enum known {
	KNOWN_NOTHING = 0,		/* no more than of any other key */
	KNOWN_ABSENT,
	KNOWN_VALUE,
	KNOWN_PRESENT,			/* with an unknown value */
	KNOWN_PERHAPS			/* present or absent */
};

struct derived {
	enum known		 known;
	const struct word	*values;
	size_t			 count;
};

struct derive_row {
	const char	*name;		/* NULL ends a table */
	struct derived	 (*derive)(const struct derivation *);
};

extern const struct derive_row derive_principal_rows[];
extern const struct derive_row derive_session_rows[];
extern const struct derive_row derive_network_rows[];
extern const struct derive_row derive_resource_rows[];
extern const struct derive_row derive_call_rows[];

struct derived	 derived_nothing(void);
struct derived	 derived_absent(void);
struct derived	 derived_present(void);
struct derived	 derived_perhaps(void);
/* One value, which is copied into the arena as a list of one. */
struct derived	 derived_word(const struct derivation *, struct word);
struct derived	 derived_text(const struct derivation *, const char *text);
/* That value, or absent: nobody knows which of the two. */
struct derived	 derived_perhaps_text(const struct derivation *,
		    const char *text);
/* The word, or an unknown value in place of one that is absent. */
struct derived	 derived_word_if_known(const struct derivation *,
		    struct word);

/*
 * The organization of an account and the way to it in there (KEY-9): absent
 * when the estate has the account in none, perhaps when it is foreign.
 */
struct derived	 derived_org_id(const struct derivation *,
		    struct word account);
struct derived	 derived_org_paths(const struct derivation *,
		    struct word account);

/* The word chosen for an assumption, which is noted. */
unsigned	 derivation_assume(const struct derivation *,
		    enum assumption);
/* What the user says of a key; NULL when nothing.  Its only value; absent when
 * it has not exactly one. */
const struct context_key	*derivation_given(const struct derivation *,
				    const char *name);
struct word	 derivation_given_word(const struct derivation *,
		    const char *name);
/* The user says that it is there. */
bool		 derivation_has(const struct derivation *, const char *name);

/* The region that the request is about, from the ARN or the estate. */
struct word	 derivation_region(const struct derivation *);
/* "aws", "aws-cn": of the resource, else of the caller. */
struct word	 derivation_partition(const struct derivation *);

/* The account of aws:ResourceAccount: given, or the owner (A7, EVAL-39);
 * absent when unknown. */
struct word	 derivation_resource_account(const struct derivation *);

/* The request's action is one of a blank-separated list, without case. */
bool		 derivation_is_for(const struct derivation *,
		    const char *list);

/* How the request goes, from the way and from the keys that are given; done
 * first. */
void		 derivation_find_path(struct derivation *);

/* Who takes the tags that are known, as keys of their families. */
struct tag_sink {
	struct derivation	*derivation;
	/* its value is absent when it is not known */
	void			(*add)(void *context, enum family,
				    struct estate_tag);
	void			*context;
};

/* Hands out all that are known; returns the families of which all are. */
family_set	 derive_tags(const struct tag_sink *);

#endif
