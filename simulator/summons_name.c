/* SPDX-License-Identifier: MIT */
/*
 * Names of the estate: a word leads to one thing of it, or is refused with
 * what it may have been meant for.
 */
#include "config.h"

#include <string.h>

#include "policy/catalog.h"
#include "simulator/estate.h"
#include "simulator/sentence.h"
#include "simulator/summons_usher.h"

enum { CANDIDATES_SHOWN = 5 };

bool
usher_refuse(struct usher *usher, const struct phrase *phrase,
    const char *message, const char *help)
{
	*usher->fault = (struct question_fault){ message, phrase->span, help };
	return false;
}

const char *
usher_word(struct usher *usher, struct word word)
{
	return arena_copy(usher->arena, word.text, word.length);
}

/* The word of the grammar that it may have been meant for, or NULL. */
static const char *
nearest_clause(struct usher *usher, struct word word)
{
	for (size_t i = 0; sentence_words[i] != NULL; i++) {
		size_t length = strcspn(sentence_words[i], " ");
		size_t limit = length < 4 ? 1 : 2;

		if (edit_distance(word.text, word.length, sentence_words[i],
		    length, limit) <= limit)
			return arena_printf(usher->arena,
			    "did you mean the word `%.*s`?", (int)length,
			    sentence_words[i]);
	}
	return NULL;
}

static bool
refuse_unknown(struct usher *usher, const struct phrase *phrase,
    unsigned kinds, const char *what)
{
	const struct estate *estate = usher->court->estate;
	const char *name = usher_word(usher, phrase->word);
	const char *clause = nearest_clause(usher, phrase->word);
	struct estate_matches near;

	if (estate->text == NULL)
		return usher_refuse(usher, phrase, arena_printf(usher->arena,
		    "`%s` is no ARN, and there is no estate to look a name up "
		    "in", name), clause != NULL ? clause :
		    "write an ARN, or give --estate FILE");
	near = estate_nearest(estate, usher->arena, phrase->word, kinds,
	    CANDIDATES_SHOWN);
	return usher_refuse(usher, phrase, arena_printf(usher->arena,
	    "%s of the estate is called `%s`", what, name),
	    near.count == 0 ? clause :
	    arena_printf(usher->arena, "did you mean %s?",
	    estate_list(usher->arena, &near, estate_thing_called)));
}

bool
usher_find(struct usher *usher, const struct phrase *phrase, unsigned kinds,
    const char *what, struct estate_thing *thing)
{
	struct estate_matches matches = estate_find(usher->court->estate,
	    usher->arena, phrase->word, kinds);

	if (matches.count == 0)
		return refuse_unknown(usher, phrase, kinds, what);
	if (matches.count > 1)
		return usher_refuse(usher, phrase, arena_printf(usher->arena,
		    "`%s` may be any of %zu", usher_word(usher, phrase->word),
		    matches.count), arena_printf(usher->arena,
		    "these are %s", estate_list(usher->arena, &matches,
		    estate_thing_id)));
	*thing = matches.items[0];
	return true;
}
