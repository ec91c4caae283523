/* SPDX-License-Identifier: MIT */
/* What the readers of a policy and of its statements share; nobody else
 * includes this. */
#ifndef POLICY_READER_MEMBER_H
#define POLICY_READER_MEMBER_H

#include <stdbool.h>

#include "policy/reader_complaint.h"
#include "policy/reader_sign.h"
#include "policy/statement.h"

struct reader {
	struct arena		*arena;
	struct report		*report;
	struct policy		*policy;	/* being read */
};

typedef void read_member(struct reader *, struct statement *,
    const struct node *);

struct member {
	const char	*name;
	read_member	*read;
};

/* The policy is unusable with it, but where the complaint says otherwise. */
struct finding	*reader_complain(struct reader *, enum reader_complaint,
		    struct span, const char *format, ...)
		    __attribute__((format(printf, 4, 5)));
/* "`Sid` takes a string, not an array" */
void		 reader_complain_of_type(struct reader *,
		    const struct node *, const char *element,
		    const char *takes);
/* "an array" */
const char	*reader_kind_name(const struct node *);

/* Reads each member of the object by its row; `where' is what it is of. */
void		 reader_read_members(struct reader *, struct statement *,
		    const struct node *object, const struct member *,
		    const char *where);
/* Reads an object as a statement. */
void		 reader_read_statement(struct reader *, struct statement *,
		    const struct node *);

#endif
