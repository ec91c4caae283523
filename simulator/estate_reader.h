/* SPDX-License-Identifier: MIT */
/*
 * What reads the parts of an estate has in common: the report, the members of
 * objects, the tables of things by id.  Members are read in the order of the
 * tables here, not of the file: whoever names an account comes after them.
 */
#ifndef SIMULATOR_ESTATE_READER_H
#define SIMULATOR_ESTATE_READER_H

#include "policy/list.h"
#include "simulator/estate.h"
#include "simulator/estate_complaint.h"

struct estate_policies;

/* A group of IAM: known while principals are read, and then no more. */
struct estate_group {
	struct word		 arn;
	struct references	 identity;
};

struct estate_reader {
	struct arena			*arena;
	struct report			*report;
	const struct text		*text;
	const struct estate_loader	*loader;
	struct estate			*estate;	/* as far as it is read */
	struct estate_policies		*policies;
	struct estate_account		*accounts;	/* of the estate */
	struct estate_group		*groups;	/* by ARN */
	size_t				 group_count;
};

/* The finding is good until the next one. */
struct finding	*estate_complain(struct estate_reader *,
		    enum estate_complaint, struct span, const char *format,
		    ...) __attribute__((format(printf, 4, 5)));
/* `takes' is what the node had to be: "an object". */
void	 estate_complain_of_type(struct estate_reader *, const struct node *,
	    const char *takes);
/* At the key of an object that lacks a member. */
void	 estate_complain_of_lack(struct estate_reader *,
	    const struct node *object, const char *member, const char *why);

/* One member that an object may have; `record' is what the object is read
 * into.  Without a function the member is read elsewhere. */
struct estate_member {
	const char	*name;
	void		(*read)(struct estate_reader *, const struct node *,
			    void *record);
};

/*
 * Reads the members in the order of the table, which ends with a NULL name,
 * and complains of those that are not in it.  False when it is no object.
 */
bool	 estate_read_members(struct estate_reader *, const struct node *,
	    const struct estate_member *, void *record);

/* Complains, and is false, when it is not of that kind. */
bool	 estate_is_object(struct estate_reader *, const struct node *);
bool	 estate_is_array(struct estate_reader *, const struct node *);

/* Readers of a member, whose `record' is the struct word to fill. */
void	 estate_read_word(struct estate_reader *, const struct node *,
	    struct word *);
void	 estate_read_tags(struct estate_reader *, const struct node *,
	    struct estate_tags *);

/* The key of a member, as a word. */
struct word	 estate_key(const struct node *);
/* Behind the last slash or colon. */
struct word	 estate_last_part(struct word);
struct word	 estate_arn_field(const struct arn *, enum arn_field);

/* An account's id; complains when it is none. */
bool	 estate_check_account_id(struct estate_reader *, struct word,
	    struct span);
/* PREFIX and as many characters of [0-9a-z] as AWS gives. */
bool	 estate_check_id(struct estate_reader *, struct word, struct span,
	    const char *prefix, const char *what);
/* The account of something; complains when the estate does not have it. */
const struct estate_account	*estate_check_owner(struct estate_reader *,
				    struct word id, struct span,
				    const char *what);

/* The parts, in the order in which they are read. */
void	 estate_read_accounts(struct estate_reader *, const struct node *);
void	 estate_read_organization(struct estate_reader *,
	    const struct node *);
void	 estate_read_vpcs(struct estate_reader *, const struct node *);
void	 estate_read_endpoints(struct estate_reader *, const struct node *);
void	 estate_read_groups(struct estate_reader *, const struct node *);
void	 estate_read_principals(struct estate_reader *,
	    const struct node *);
void	 estate_read_resources(struct estate_reader *, const struct node *);
void	 estate_read_perimeter(struct estate_reader *, const struct node *);

#endif
