/* SPDX-License-Identifier: MIT */
/*
 * The things of an estate in the orders in which they are looked up.  Made
 * anew after each part that later parts refer to.
 */
#ifndef SIMULATOR_ESTATE_INDEX_H
#define SIMULATOR_ESTATE_INDEX_H

#include "simulator/estate.h"

struct estate_entry {
	struct word		 id;		/* or ARN */
	struct word		 name;		/* absent: it has none */
	struct word		 last;		/* last part of the id */
	struct word		 account;	/* absent: not said */
	unsigned		 kinds;		/* what it can stand for */
	struct estate_thing	 thing;
};

/* A resource whose ARN is a pattern. */
struct estate_pattern {
	struct word			 prefix;	/* without wildcards */
	const struct estate_resource	*resource;
};

struct estate_index {
	const struct estate_entry	 *entries;	/* in file order */
	const struct estate_entry	**by_id;
	const struct estate_entry	**by_end;	/* ids read backwards */
	const struct estate_entry	**by_last;	/* without case */
	size_t				  count;
	const struct estate_entry	**by_name;	/* without case */
	size_t				  name_count;
	const struct estate_pattern	 *patterns;	/* by prefix */
	size_t				  pattern_count;
	const size_t			 *prefixes;	/* their lengths, the
							  * longest first */
	size_t				  prefix_count;
	/* by VPC, then service, then file order */
	const struct estate_endpoint	**endpoints;
	size_t				  endpoint_count;
};

/* So that things are found by their ids. */
const struct estate_index	*estate_index_ids(struct arena *,
				    const struct estate *);
/* So that they are found in every way. */
const struct estate_index	*estate_index_all(struct arena *,
				    const struct estate *);

/* As memcmp; the shorter first.  Without case; from behind. */
int	 estate_compare(struct word, struct word);
int	 estate_compare_folded(struct word, struct word);
int	 estate_compare_backwards(struct word, struct word);

/* The number of the first entry whose key is not below the word. */
size_t	 estate_index_seek(const struct estate_entry *const *, size_t count,
	    struct word, struct word (*key)(const struct estate_entry *),
	    int (*compare)(struct word, struct word));
/* Such keys. */
struct word	 estate_entry_id(const struct estate_entry *);
struct word	 estate_entry_name(const struct estate_entry *);
struct word	 estate_entry_last(const struct estate_entry *);

#endif
