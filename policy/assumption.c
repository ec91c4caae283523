/* SPDX-License-Identifier: MIT */
/* The register of assumptions; what they mean is known where they are used. */
#include "config.h"

#include <string.h>

#include "policy/assumption.h"

static const struct row {
	const char	*name;
	const char	*words;		/* blank-separated */
	const char	*says;
} rows[ASSUMPTION_COUNT] = {
#define ASSUMPTION(symbol, name, words, says)	{ name, words, says },
#include "policy/assumptions.def"
#undef ASSUMPTION
};

const char *
assumption_name(enum assumption assumption)
{
	return rows[assumption].name;
}

const char *
assumption_says(enum assumption assumption)
{
	return rows[assumption].says;
}

const char *
assumption_word(enum assumption assumption, unsigned index, size_t *length)
{
	const char *word = rows[assumption].words;

	for (; index > 0; index--) {
		word += strcspn(word, " ");
		if (*word == '\0')
			return NULL;
		word++;
	}
	*length = strcspn(word, " ");
	return word;
}

const char *
assumption_text(struct arena *arena, enum assumption assumption,
    unsigned index)
{
	size_t length = 0;
	const char *word = assumption_word(assumption, index, &length);

	return arena_printf(arena, "%s=%.*s", rows[assumption].name,
	    (int)length, word);
}

static bool
choose(struct assumptions *assumptions, enum assumption assumption,
    const char *wanted)
{
	const char *word;
	size_t length;

	for (unsigned i = 0; (word = assumption_word(assumption, i,
	    &length)) != NULL; i++) {
		if (strlen(wanted) == length &&
		    strncmp(word, wanted, length) == 0) {
			assumptions->choice[assumption] = (uint8_t)i;
			return true;
		}
	}
	return false;
}

bool
assumption_set_choice(struct assumptions *assumptions, const char *text)
{
	const char *equals = strchr(text, '=');
	size_t length = equals == NULL ? 0 : (size_t)(equals - text);

	for (size_t i = 0; equals != NULL && i < ASSUMPTION_COUNT; i++)
		if (strlen(rows[i].name) == length &&
		    strncmp(rows[i].name, text, length) == 0)
			return choose(assumptions, (enum assumption)i,
			    equals + 1);
	return false;
}
