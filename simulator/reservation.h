/* SPDX-License-Identifier: MIT */
/*
 * What a question leaves out, since the policies alone do not say it: whom a
 * canonical user id names, what a grant or an access point lets through.  Each
 * is behind a bit, which is false in the question itself.  Where nothing is
 * found, it is asked again with the bits open; what is found then is nothing
 * that could be shown, but a reason why nothing may be concluded.
 */
#ifndef SIMULATOR_RESERVATION_H
#define SIMULATOR_RESERVATION_H

#include "simulator/search.h"
#include "simulator/supposition.h"

struct reservation {
	struct word	 what;		/* that is left out, or the reason */
	const char	*reason;	/* for people */
	int		 bit;
	int		 request;	/* formula: the request is such a case;
					 * FORMULA_FALSE: it is somebody */
};

struct reservations {
	LIST(struct reservation) list;
};

/* From now on the call keeps them; else nothing can be reserved. */
void		 reservation_keep(struct supposition *);
size_t		 reservation_count(const struct supposition *);
/* The bit of somebody who is left out, which is the same wherever he is
 * named; of requests that are. */
int		 reservation_make(struct supposition *, struct word who,
		    const char *reason);
int		 reservation_make_case(struct supposition *, int request,
		    const char *reason);
/* That bit; FORMULA_FALSE when nothing about the call names him. */
int		 reservation_bit(const struct supposition *, struct word who);
/* A formula: the call has nothing of what is left out. */
int		 reservation_none(const struct supposition *);
/* One that counts in the model of the search; NULL: none does. */
const char	*reservation_reason(const struct supposition *,
		    struct search *);

#endif
