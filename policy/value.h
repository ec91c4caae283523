/* SPDX-License-Identifier: MIT */
/*
 * Values of condition keys, read out of their text: exact decimals, instants,
 * addresses and ranges, base64.  Reading never rounds and never guesses: what
 * SPEC calls a type mismatch (COND-9) is `false' here.
 */
#ifndef POLICY_VALUE_H
#define POLICY_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "policy/arena.h"

/* The types that operators compare as, and keys are declared as. */
enum value_type {
	VALUE_STRING,
	VALUE_ARN,
	VALUE_NUMBER,
	VALUE_DATE,
	VALUE_BOOL,
	VALUE_BINARY,
	VALUE_IP,
	VALUE_PRESENCE		/* what Null tests */
};

/* As AWS declares keys: "String", "IPAddress"; of VALUE_PRESENCE "none". */
const char	*value_type_name(enum value_type);

/*
 * An exact decimal; digits point into the text that was read.  Without
 * leading zeros in `whole' or trailing ones in `fraction'; zero is empty and
 * never negative.
 */
struct number {
	bool		 negative;
	const char	*whole, *fraction;
	size_t		 whole_length, fraction_length;
};

/* An instant: seconds since 1970 and a fraction below one. */
struct date {
	int64_t		 seconds;
	struct number	 fraction;
	bool		 epoch;		/* was written as epoch seconds */
};

/* A range of addresses; host bits are masked off `address'. */
struct cidr {
	uint8_t		 address[16];	/* the first four for IPv4 */
	unsigned	 prefix;	/* bits, 0..32 or 0..128 */
	bool		 v6;
	bool		 has_prefix;
	bool		 host_bits;	/* some were set */
};

/* COND-13: optional sign, digits, optional fraction; nothing else. */
bool	 number_read(const char *text, size_t length, struct number *);
/* Negative, zero or positive, as strcmp. */
int	 number_compare(const struct number *, const struct number *);

/* COND-15.  Digits only are epoch seconds, unless `four_digit_years'. */
bool	 date_read(const char *text, size_t length, bool four_digit_years,
	    struct date *);
int	 date_compare(const struct date *, const struct date *);

/* COND-17: true or false in any case. */
bool	 bool_read(const char *text, size_t length, bool *value);

/* COND-19, COND-21.  A bare IPv6 address has prefix `bare_v6' (128 or 32). */
bool	 cidr_read(const char *text, size_t length, unsigned bare_v6,
	    struct cidr *);
bool	 cidr_covers(const struct cidr *outer, const struct cidr *inner);
/* COND-20: ::ffff:a.b.c.d, or a range of such addresses. */
bool	 cidr_is_mapped(const struct cidr *);
/* Of such: the same in IPv4. */
void	 cidr_unmap(struct cidr *);
/*
 * Nobody reaches AWS's public endpoints from it: RFC 1918, RFC 6598,
 * loopback, link-local, unique-local (fc00::/7).  True when all of the range
 * is such.
 */
bool	 cidr_is_private(const struct cidr *);

/* COND-18: standard alphabet with padding; bytes go to the arena. */
bool	 base64_read(struct arena *, const char *text, size_t length,
	    const uint8_t **bytes, size_t *count);

/* A whole word is in a blank-separated list, without case. */
bool	 word_is_among(const char *text, size_t length, const char *words);

#endif
