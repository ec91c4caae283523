/* SPDX-License-Identifier: MIT */
/*
 * ARNs: six fields between the first five colons (SPEC RES-3), and patterns
 * over them, whose wildcards obey RES-6 in Resource and COND-22 in conditions.
 */
#ifndef POLICY_ARN_H
#define POLICY_ARN_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "policy/arena.h"
#include "policy/pattern.h"

enum arn_field {
	ARN_PREFIX,
	ARN_PARTITION,
	ARN_SERVICE,
	ARN_REGION,
	ARN_ACCOUNT,
	ARN_RESOURCE,
	ARN_FIELD_COUNT
};

/* Fields point into the text that was split. */
struct arn {
	struct {
		const char	*text;
		size_t		 length;
	} field[ARN_FIELD_COUNT];
	size_t	 count;			/* fields found, 1..6 */
};

struct arn	 arn_split(const char *text, size_t length);

/* That field is exactly the word.  Here, so that the length of a literal is
 * known. */
static inline bool
arn_field_is(const struct arn *arn, enum arn_field field, const char *word)
{
	return field < arn->count && arn->field[field].length == strlen(word) &&
	    memcmp(arn->field[field].text, word, strlen(word)) == 0;
}

/* That field has `*' or `?'. */
bool		 arn_field_is_wild(const struct arn *, enum arn_field);

/* All six fields are there, and what every ARN has is not empty. */
bool		 arn_is_whole(const struct arn *);

/* Exactly twelve digits. */
bool		 account_id_is_valid(const char *text, size_t length);

/*
 * A Resource entry as a pattern.  In the first five fields, wildcards stop at
 * a colon unless a `*' ends its field (RES-6).  `pad': missing fields match
 * anything (RES-5).  "*" alone matches everything (RES-2).
 */
struct pattern	 arn_pattern_read(struct arena *, const char *text,
		    size_t length, bool pad);

/* A condition value under an Arn operator (COND-22): field by field. */
struct pattern	 arn_condition_read(struct arena *, const char *text,
		    size_t length);

#endif
