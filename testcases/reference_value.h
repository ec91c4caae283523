/* SPDX-License-Identifier: MIT */
/*
 * Typed values of conditions: decimals, instants, truth, networks and bytes.
 * Each read function says false for text that is not of the type (COND-9).
 */
#ifndef TESTCASES_REFERENCE_VALUE_H
#define TESTCASES_REFERENCE_VALUE_H

#include "testcases/reference_choice.h"
#include "testcases/reference_string.h"

/* An exact decimal: no leading zeros in `whole', no trailing ones in
 * `fraction', and zero is not negative. */
struct reference_number {
	bool			 negative;
	struct reference_string	 whole, fraction;
};

/* An address is a network of all its bits. */
struct reference_network {
	unsigned char	 bytes[16];
	unsigned	 width;		/* 32 or 128 */
	unsigned	 prefix;	/* bits that count */
};

bool	 reference_number_read(struct reference_string,
	    struct reference_number *);
int	 reference_numbers_order(const struct reference_number *,
	    const struct reference_number *);

/* Seconds since 1970-01-01T00:00:00Z, exactly (COND-15). */
bool	 reference_date_read(struct arena *, struct reference_string,
	    const struct assumptions *, struct reference_number *);

bool	 reference_truth_read(struct reference_string, bool *);

bool	 reference_address_read(struct reference_string,
	    const struct assumptions *, struct reference_network *);
bool	 reference_network_read(struct reference_string,
	    const struct assumptions *, struct reference_network *);
bool	 reference_network_covers(const struct reference_network *,
	    const struct reference_network *address);

bool	 reference_bytes_read(struct arena *, struct reference_string,
	    struct reference_string *);

#endif
