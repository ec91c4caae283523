/* SPDX-License-Identifier: MIT */
/* What the parts of who.c share; nobody else includes this. */
#ifndef SIMULATOR_WHO_ROW_H
#define SIMULATOR_WHO_ROW_H

#include "simulator/inquest.h"
#include "simulator/who.h"

/* Somebody who may ask: a principal of the estate, or a root user. */
struct member {
	struct word			 arn;
	const struct estate_principal	*principal;	/* NULL: a root user */
	const struct estate_account	*account;
	enum census_sort		 sort;
	bool				 compiled;	/* so are */
	struct charters			 identity;
};

/* Those who are one question to the prover. */
struct fold {
	uint64_t		 hash;
	struct member		 first;
	bool			 certain;	/* allowed, whatever is open */
	struct words		 members;	/* ARNs */
	const struct answer	*answer;	/* of the first */
	struct residue		 residue;
	enum census_verdict	 verdict;	/* settled, with what follows */
	bool			 out;		/* proved to be denied always */
	const struct answer	*witness;
	const char		*reason;
};

/* Somebody to ask for whom the estate does not list. */
struct outsider {
	enum census_sort		 sort;
	struct word			 name;	/* as the policy has it;
						 * absent: all others */
	const char			*others;	/* then, for people */
	const struct estate_account	*account;	/* of those who are
							 * unlisted */
	int				 formula;
};

struct outsiders {
	LIST(struct outsider)	 list;
	bool			 unknown;	/* nobody knows the policy */
};

/* Why nobody knows, of who may only where unknown policies allow it. */
#define WHO_HOPED	"it hangs on a policy that nobody knows, or on an " \
			"assumption"

struct who {
	struct arena			*arena;
	struct arena			*scratch;	/* of one caller at a time */
	const struct court		*court;
	const struct census_use		*use;
	struct census			*census;
	struct question			 question;	/* of this round: with the
							 * roles on the way */
	LIST(struct member)		 members;
	LIST(struct fold)		 folds;		/* of this round */
	const struct request		*gate;		/* that an identity policy
							 * must allow; NULL: none
							 * need */
	bool			 unlisted;	/* this round lets in somebody whom
						 * an account does not list */
	size_t				 done, all;	/* of progress */
};

/* The question, asked by that caller; false with the reason when it cannot
 * be. */
bool	 who_ask(struct who *, struct arena *, struct word caller,
	    struct answer *, const char **reason);

/* Nobody says whose the first resource is, of an answer to somebody anonymous;
 * and some account has what the estate does not list. */
bool	 who_is_anybodys(const struct who *, const struct answer *);
bool	 who_has_open_account(const struct who *);

/* What the first request asks of whoever makes it, from the answer to somebody
 * who has nothing; and whether a member may have that. */
void	 who_set_gate(struct who *, const struct answer *);
bool	 who_passes_gate(struct who *, struct member *);

/* Decides all members, and proves what is open. */
void	 who_decide(struct who *, const struct member *);
void	 who_settle(struct who *);

/* Callers beyond the estate, to be asked for by these formulas; in the same
 * order for all inquests.  The answer is to somebody anonymous. */
bool	 who_has_outsiders(const struct who *, const struct answer *);
void	 who_list_outsiders(struct who *, struct inquest *,
	    const struct answer *, struct outsiders *);
/* Asks for all of them. */
void	 who_find_outsiders(struct who *, const struct answer *);

/* An entry of the round, with its roles. */
struct census_entry	*who_add(struct who *, enum census_sort,
			    enum census_verdict);

#endif
