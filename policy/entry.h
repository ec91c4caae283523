/* SPDX-License-Identifier: MIT */
/*
 * A Resource entry, split in the fields of an ARN, as the rules want it.
 * Entries with a sample to be filled in, or with a variable before the last
 * field, are not split: such faults have rules of their own, and the fields
 * would be nonsense.
 */
#ifndef POLICY_ENTRY_H
#define POLICY_ENTRY_H

#include <stdbool.h>

#include "policy/arn.h"
#include "policy/rule.h"

/* False when it does not begin as an ARN, or may not be judged. */
bool		 entry_read(struct check *, const struct node *, struct arn *);
/* The same, and all six fields are there. */
bool		 entry_read_whole(struct check *, const struct node *,
		    struct arn *);

/*
 * The account is a word for AWS itself: `aws', `aws-managed' and the like.
 */
bool		 entry_is_of_aws(const struct arn *);
/*
 * It has six fields only because a star that ends its field runs on over
 * colons (RES-6b), as in `arn:aws:logs:*:log-group:x'; what stands in the place
 * of the account is no account, and was never meant as one.
 */
bool		 entry_is_shifted(const struct arn *);

/* Where a field stands in the source. */
struct span	 entry_field_span(const struct check *, const struct node *,
		    const struct arn *, enum arn_field);

/* One field as printf() wants it for %.*s. */
#define ENTRY_FIELD(arn, number)					\
	(int)(arn)->field[number].length, (arn)->field[number].text

#endif
