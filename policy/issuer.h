/* SPDX-License-Identifier: MIT */
/*
 * Well-known issuers of OIDC tokens: whom they give tokens to, and how the
 * subject of a token begins when it tells its owner from everybody else's.
 * Nothing is known of issuers that are not in the table.
 */
#ifndef POLICY_ISSUER_H
#define POLICY_ISSUER_H

#include <stdbool.h>
#include <stddef.h>

enum { ISSUER_SHAPES_MAX = 6 };

struct issuer {
	const char	*host;		/* with a dot at the end: beginning */
	const char	*audience;	/* the claims that hold it; NULL: each
					 * customer has an issuer of his own */
	const char	*pins;		/* claims that name the owner as well
					 * as the subject does */
	bool		 open;		/* whoever signs up gets tokens */
	const char	*unit;		/* what the owner's name is one of */
	const char	*shapes[ISSUER_SHAPES_MAX];
};

/* By host, or host and path, as IAM names the provider; or NULL. */
const struct issuer	*issuer_find(const char *provider, size_t length);

bool			 issuer_is_github(const struct issuer *);

/*
 * The subject names its owner in full, at the beginning or in a later claim.
 * `wild': `*' and `?' in it are wildcards; what stands behind one is what
 * anybody can write.
 */
bool			 issuer_names_owner(const struct issuer *,
			    const char *subject, size_t length, bool wild);

#endif
