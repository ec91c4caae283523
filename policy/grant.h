/* SPDX-License-Identifier: MIT */
/*
 * What a policy allows plainly: by an Allow without a Condition, of whatever
 * resource there is, and not taken back by a Deny beside it.  Read off the
 * text; what other policies add or take is not known here.
 */
#ifndef POLICY_GRANT_H
#define POLICY_GRANT_H

#include <stdbool.h>
#include <stddef.h>

#include "policy/rule.h"

/* An Allow without a Condition, or with one that keeps nobody out. */
bool	 grant_is_plain(const struct statement *);

/* An Allow of a lone `*' on another and nothing else, as AWS writes it. */
bool	 grant_is_star(const struct statement *);

/* A plain one of the actions that it names, on everything. */
bool	 grant_is_everywhere(const struct statement *);

/*
 * Resource leaves open on which resource the action acts: it takes in all of
 * each type that the action requires, in some account.
 */
bool	 grant_is_open(struct check *, const struct statement *,
	    const struct action *);

/* It takes in all of that type, which the action takes. */
bool	 grant_is_open_of(struct check *, const struct statement *,
	    const struct action *, const char *type);

/* The action acts on nothing that the entry of Resource can be. */
bool	 grant_is_void(struct check *, const struct action *,
	    const struct node *entry);

/* The same of all entries of Resource, if the action is listed. */
bool	 grant_is_vain(struct check *, const struct statement *,
	    const char *action);

/* A Deny of the policy takes the action away from everything, or may. */
bool	 grant_is_denied(struct check *, const char *action);

/* Some Allow of the policy reaches the action, on whatever terms; or it may,
 * since not all of the policy could be read. */
bool	 grant_is_made(struct check *, const char *action);

/* The letter that every action the entry takes in begins with; NUL when
 * there is no such. */
char	 grant_letter(const struct expansion *);

/* The entry takes in the action ("iam:PassRole"); quick to say no. */
bool	 grant_matches(const struct expansion *, const char *action);

/*
 * The place in the Action part by which the statement reaches the action:
 * the first entry that matches it, or the key of NotAction.  False when it
 * does not reach it.
 */
bool	 grant_span(struct check *, const struct statement *,
	    const char *action, struct span *);

/*
 * The next of the names ("iam:PassRole"), which are sorted as strcmp()
 * does, from `at' on that the entry takes in; `count' when there is none.
 */
size_t	 grant_next(const struct expansion *, const char *const *names,
	    size_t count, size_t at);

#endif
