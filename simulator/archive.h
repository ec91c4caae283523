/* SPDX-License-Identifier: MIT */
/*
 * The policies of an estate, compiled once for each layer that they hold, when
 * a question first needs them, or all of them before the first question.
 */
#ifndef SIMULATOR_ARCHIVE_H
#define SIMULATOR_ARCHIVE_H

#include "policy/arena.h"
#include "simulator/clause.h"
#include "simulator/estate.h"
#include "simulator/hearing.h"

struct archive;

/*
 * Lives in the arena, and compiles into it.  There is room for the estate's
 * references and for `more' behind them, of documents that others bring.
 */
struct archive		*archive_new(struct arena *, const struct estate *,
			    const struct assumptions *, size_t more);

/* Another of the same policies; either can be changed alone. */
struct archive		*archive_copy(struct arena *,
			    const struct archive *);

/* The same policies under other assumptions, which must stay. */
struct archive		*archive_under(struct arena *, const struct archive *,
			    const struct assumptions *);

/* The same, but for one charter in the place of another. */
struct archive		*archive_replace(struct arena *,
			    const struct archive *, const struct charter *old,
			    const struct charter *other);

/* From now on that policy stands where the reference does; NULL: one that is
 * unknown. */
void			 archive_overlay(struct archive *,
			    const struct reference *, const struct policy *);

/*
 * Compiles every policy of the estate for the layers that it holds there.
 * From now on the archive is never written to, so that several threads may ask
 * of it; what is not in it then is compiled by whoever asks, each time.
 */
void			 archive_close(struct archive *,
			    const struct estate *);

/* Of a list; the array is the other arena's.  One that is NULL is none.  An
 * unknown policy is a charter that may say anything. */
struct charters		 archive_charters(struct archive *, struct arena *,
			    const struct references *, enum layer);
const struct charter	*archive_charter(struct archive *, struct arena *,
			    const struct reference *, enum layer);
struct charters		 archive_only(struct archive *, struct arena *,
			    const struct reference *, enum layer);

/* Level by level; none for an account that is in no organization. */
struct levels		 archive_levels(struct archive *, struct arena *,
			    const struct estate_account *, enum layer);

#endif
