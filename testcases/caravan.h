/* SPDX-License-Identifier: MIT */
/*
 * Chains of calls, one by one, in a world so small that all of them can be
 * tried: somebody assumes a role, its session assumes another one, and the
 * session of that reads.  What is passed, what sessions carry and what is
 * allowed is told from the specification alone (TRUST-8 to TRUST-12); nothing
 * here knows of the simulator, or of the prover.
 */
#ifndef TESTCASES_CARAVAN_H
#define TESTCASES_CARAVAN_H

#include <stdbool.h>
#include <stddef.h>

enum {
	CARAVAN_CALLS = 3,
	CARAVAN_TAGS = 2,
	CARAVAN_RULES_MAX = 6,
	CARAVAN_TESTS_MAX = 5
};

/* What is tested.  Values are numbers; 0 is absent, and the last of a key is
 * in no test. */
enum caravan_key {
	CARAVAN_IDENTITY,		/* aws:SourceIdentity */
	CARAVAN_SET,			/* sts:SourceIdentity */
	CARAVAN_TAG,			/* aws:PrincipalTag of each tag */
	CARAVAN_PASSED = CARAVAN_TAG + CARAVAN_TAGS,	/* aws:RequestTag */
	CARAVAN_TRANSITIVE = CARAVAN_PASSED + CARAVAN_TAGS,	/* sts:
					 * TransitiveTagKeys: a bit for each
					 * tag */
	CARAVAN_KEYS
};

enum caravan_operator {
	CARAVAN_EQUALS,
	CARAVAN_DIFFERS,
	CARAVAN_ABSENT,
	CARAVAN_PRESENT
};

/* Of a list: the tag of that number is in it, or is not. */
struct caravan_test {
	size_t			 call;	/* of a promise's */
	enum caravan_key	 key;
	enum caravan_operator	 operator;
	unsigned		 value;
};

/* Actions of a rule, one bit each. */
enum {
	CARAVAN_ASSUME = 1,
	CARAVAN_TAG_SESSION = 2,
	CARAVAN_SET_IDENTITY = 4,
	CARAVAN_READ = 8
};

struct caravan_rule {
	bool			 deny;
	unsigned		 actions;
	bool			 tested;
	struct caravan_test	 test;
};

struct caravan {
	struct caravan_rule	 rules[CARAVAN_CALLS][CARAVAN_RULES_MAX];
	size_t			 counts[CARAVAN_CALLS];
	unsigned		 role_tags[CARAVAN_CALLS - 1][CARAVAN_TAGS];
	bool			 unsaid;	/* TRUST-11: inherited tags are not
						 * among those of the request */
};

/* What is promised of them, or that there are some. */
struct caravan_promise {
	size_t			 calls;
	bool			 session;	/* a session begins, of which it is
						 * open what it carries; else a
						 * user */
	struct caravan_test	 where[CARAVAN_TESTS_MAX];
	size_t			 count;
	bool			 must;		/* have `rest' */
	struct caravan_test	 rest;
};

/* How many values a key has, with none at all. */
extern const unsigned	 caravan_values[CARAVAN_KEYS];

/* A chain that is allowed and as the promise says, but not as it must be. */
bool	 caravan_find(const struct caravan *, const struct caravan_promise *);

#endif
