/* SPDX-License-Identifier: MIT */
/*
 * Writes JSON as a stream.  Everything of ours that is JSON goes through
 * here: commas, indentation and escapes have one home.  Strings that hold
 * invalid UTF-8 come out with U+FFFD in place of each bad byte.
 */
#ifndef POLICY_JSON_H
#define POLICY_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "policy/text.h"

/* Where the bytes go; failures are the sink's own business. */
struct json_sink {
	void	(*write)(void *to, const char *bytes, size_t length);
	void	*to;
};

struct json {
	struct json_sink sink;
	bool		 pretty;	/* two blanks a level; else one line */
	unsigned	 depth;
	bool		 first;		/* nothing yet at this level */
	bool		 after_key;
};

void	 json_init(struct json *, struct json_sink, bool pretty);

/* A sink in memory: bytes that are written one behind the other. */
struct json_sheet {
	struct arena	*arena;		/* to be set; all else is zero */
	char		*bytes;
	size_t		 length, capacity;
};

struct json_sink json_sheet_sink(struct json_sheet *);
/* Adds what is no JSON, or is already. */
void		 json_sheet_add(struct json_sheet *, const char *bytes,
		    size_t length);
/* With a NUL behind it; good until more is written. */
const char	*json_sheet_text(struct json_sheet *);

void	 json_open_object(struct json *);
void	 json_close_object(struct json *);
void	 json_open_array(struct json *);
void	 json_close_array(struct json *);
void	 json_key(struct json *, const char *key);
void	 json_key_bytes(struct json *, const char *key, size_t length);

void	 json_string(struct json *, const char *text, size_t length);
void	 json_text(struct json *, const char *text);	/* NULL: null */
void	 json_number(struct json *, uint64_t);
void	 json_boolean(struct json *, bool);
void	 json_null(struct json *);
/* A number as somebody else wrote it; it must be legal JSON. */
void	 json_literal(struct json *, const char *text, size_t length);

/* A value that was read, with all that is in it. */
void	 json_node(struct json *, const struct node *);

/* A member in one go. */
void	 json_member_text(struct json *, const char *key, const char *text);
void	 json_member_number(struct json *, const char *key, uint64_t);
void	 json_member_boolean(struct json *, const char *key, bool);

#endif
