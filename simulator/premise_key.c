/* SPDX-License-Identifier: MIT */
/*
 * Goes through the keys of a supposed call, and has each row say what it has
 * to say.  What that is, the tables know.
 */
#include "config.h"

#include <string.h>

#include "simulator/premise_row.h"

static const struct premise_row *const tables[] = {
	premise_caller_rows, premise_session_rows, premise_way_rows,
	premise_resource_rows, premise_call_rows,
};

/* For the rows. */

void
premise_require(const struct premise_subject *subject, int formula)
{
	supposition_require(subject->call, subject->premise, formula);
}

void
premise_imply(const struct premise_subject *subject, int condition,
    int formula)
{
	supposition_imply(subject->call, subject->premise, condition, formula);
}

void
premise_equate(const struct premise_subject *subject, int a, int b)
{
	premise_require(subject, formula_iff(subject->call->formulas, a, b));
}

struct word
premise_tag(const struct premise_subject *subject)
{
	struct word name = subject->key->name;
	const char *slash = memchr(name.text, '/', name.length);
	struct word tag = word_behind(name, (size_t)(slash - name.text) + 1);

	return tag.length >= 4 && word_equal_folded(word_from(tag.text, 4),
	    word_from("aws:", 4)) ? (struct word){ NULL, 0 } : tag;
}

struct word
premise_find_tag(const struct estate_tags *tags, struct word key)
{
	for (size_t i = 0; i < tags->count; i++)
		if (word_equal_folded(tags->items[i].key, key))
			return tags->items[i].value;
	return (struct word){ NULL, 0 };
}

/* Keys. */

static bool
is_named(const struct premise_row *row, struct word key)
{
	size_t length = strlen(row->name);

	if (row->name[length - 1] != '/')
		return word_equal_folded(key, word_from(row->name, length));
	return key.length > length && word_equal_folded(
	    word_from(key.text, length), word_from(row->name, length));
}

/* Some request that is there has such an action; of a resource's own key, some
 * request about that resource. */
static int
acts(const struct premise_subject *subject,
    bool (*says)(const struct supposed_action *, const void *))
{
	const struct supposition *call = subject->call;
	bool own = key_is_of_resource(subject->key->name);
	int any = FORMULA_FALSE;

	for (size_t i = 0; i < call->requests.count; i++) {
		const struct supposed_request *request =
		    call->requests.items[i];

		if (!own || request->keys == subject->request->keys)
			any = fact_or(call, any, fact_and(call,
			    request->there, supposition_acts(request, says,
			    subject->key)));
	}
	return any;
}

static bool
is_any(const struct supposed_action *action, const void *unused)
{
	(void)action;
	(void)unused;
	return true;
}

static void
add_row(const struct premise_row *row, struct premise_subject *subject)
{
	const struct supposition *call = subject->call;
	int present = subject->key->present;

	subject->premise = row->premise;
	premise_imply(subject, present, fact_is_kind(call, row->may));
	if (row->must != 0)
		premise_imply(subject, fact_and(call,
		    fact_is_kind(call, row->must),
		    acts(subject, premise_surely_has)), present);
	if (row->add != NULL)
		row->add(subject);
}

bool
premise_is_claim(struct word key)
{
	const char *colon = memchr(key.text, ':', key.length);

	if (colon == NULL)
		return false;
	return (colon - key.text == 4 && word_equal_folded(
	    word_from(key.text, 4), word_from("saml", 4))) ||
	    memchr(key.text, '.', (size_t)(colon - key.text)) != NULL;
}

/* It stays with the session that it made. */
static const struct premise_row claim = { "", PREMISE_credential,
    KIND_SET(ACTOR_ROLE_SESSION) | KIND_SET(ACTOR_PROVIDER), 0, NULL };

bool
premise_knows_key(const struct supposition *call, struct word name)
{
	return premise_is_claim(name) || catalog_key(call->court->catalog,
	    name.text, name.length) != NULL;
}

static void
add_key(struct premise_subject *subject)
{
	struct word name = subject->key->name;

	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++)
		for (const struct premise_row *row = tables[i];
		    row->name != NULL; row++)
			if (is_named(row, name))
				add_row(row, subject);
	if (premise_is_claim(name))
		add_row(&claim, subject);
	/* what the call does not ask for may be anything: no promise, above
	 * all not that it cannot be, follows from it */
	supposition_imply(subject->call, PREMISE_carried,
	    fact_and(subject->call, acts(subject, is_any),
	    subject->key->present), acts(subject, premise_may_have));
}

/* The list may grow on the way: rows ask for further keys. */
static bool
add_keys(struct supposed_request *request, const struct supposed_keys *keys,
    size_t *done, struct premise_reading reading)
{
	bool any = *done < keys->list.count;

	for (; *done < keys->list.count; (*done)++) {
		struct premise_subject subject = { .call = request->call,
		    .request = request, .reading = reading };

		subject.key = supposition_key(request,
		    keys->list.items[*done]->name);
		add_key(&subject);
	}
	return any;
}

/* Of requests about one resource, the first speaks for all of them. */
static bool
is_first(const struct supposition *call, size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (call->requests.items[i]->keys ==
		    call->requests.items[index]->keys)
			return false;
	return true;
}

/* A key of the call may ask for one of a resource, and the other way round. */
static void
add_all_keys(struct supposition *call, struct premise_reading reading)
{
	size_t count = call->requests.count;
	size_t *done = arena_array(call->arena, count, sizeof(*done));
	size_t shared = 0;
	bool more = count > 0;

	while (more) {
		more = add_keys(call->requests.items[0], &call->keys, &shared,
		    reading);
		for (size_t i = 0; i < count; i++)
			if (is_first(call, i))
				more |= add_keys(call->requests.items[i],
				    call->requests.items[i]->keys, &done[i],
				    reading);
	}
}

void
premise_add(struct supposition *call, struct premise_reading reading)
{
	premise_add_caller(call);
	premise_add_way(call);
	premise_add_call(call, reading);
	for (size_t i = 0; i < call->requests.count; i++)
		if (is_first(call, i))
			premise_add_resource(call->requests.items[i]);
	add_all_keys(call, reading);
}
