/* SPDX-License-Identifier: MIT */
/*
 * The keys of a supposed call: those of the resource are of one request, all
 * others of every request, and each has as many slots as are asked for.
 */
#include "config.h"

#include <string.h>

#include "simulator/supposition_row.h"

bool
key_is_of_resource(struct word name)
{
	static const char *const starts[] = { "aws:ResourceTag/",
	    "aws:ResourceAccount", "aws:ResourceOrgID",
	    "aws:ResourceOrgPaths", "s3:ResourceAccount" };
	static const char tag[] = "resourcetag/";
	const char *colon = memchr(name.text, ':', name.length);
	size_t at;

	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
		if (name.length >= strlen(starts[i]) && word_equal_folded(
		    word_from(name.text, strlen(starts[i])),
		    word_from(starts[i], strlen(starts[i]))))
			return true;
	if (colon == NULL)
		return false;
	at = (size_t)(colon - name.text) + 1;
	return name.length - at >= sizeof(tag) - 1 && word_equal_folded(
	    word_from(name.text + at, sizeof(tag) - 1),
	    word_from(tag, sizeof(tag) - 1));
}

static struct supposed_key *
find_key(struct supposed_request *request, struct word name)
{
	struct supposition *call = request->call;
	struct supposed_keys *keys = key_is_of_resource(name) ?
	    request->keys : &call->keys;
	uint32_t hash = key_hash(name.text, name.length);
	struct supposed_key *key;

	for (size_t i = 0; i < keys->list.count; i++)
		if (keys->list.items[i]->hash == hash && word_equal_folded(
		    keys->list.items[i]->name, name))
			return keys->list.items[i];
	key = arena_alloc(call->arena, sizeof(*key));
	key->name = name;
	key->hash = hash;
	key->multivalued = key_is_multivalued(call->court->catalog, name);
	key->everywhere = catalog_key_is_everywhere(call->court->catalog,
	    name.text, name.length);
	*list_add(call->arena, &keys->list) = key;
	return key;
}

/* What its values always read as.  What the catalogue does not know may hold
 * any text. */
static enum value_type
type_of(const struct supposition *call, struct word name)
{
	const struct key *key = catalog_key(call->court->catalog, name.text,
	    name.length);

	if (key == NULL)
		return VALUE_STRING;
	switch (key->type) {
	case VALUE_NUMBER:
	case VALUE_DATE:
	case VALUE_BOOL:
	case VALUE_IP:
		return key->type;
	case VALUE_STRING:
	case VALUE_ARN:
	case VALUE_BINARY:
	case VALUE_PRESENCE:
		break;
	}
	return VALUE_STRING;
}

/* Keys that name one value of another; a family of them ends with a slash.
 * */
static const struct {
	const char	*whole, *part;
} parts[] = {
	{ "aws:TagKeys", "aws:RequestTag/" },
	{ "aws:CalledVia", "aws:CalledViaFirst" },
	{ "aws:CalledVia", "aws:CalledViaLast" },
	{ "aws:PrincipalServiceNamesList", "aws:PrincipalServiceName" },
};

static bool
is_part(struct word whole, struct word part)
{
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		size_t length = strlen(parts[i].part);
		bool family = parts[i].part[length - 1] == '/';

		if (word_equal_folded(whole, word_from(parts[i].whole,
		    strlen(parts[i].whole))) &&
		    (family ? part.length > length : part.length == length) &&
		    word_equal_folded(word_from(part.text, length),
		    word_from(parts[i].part, length)))
			return true;
	}
	return false;
}

/* How many of the keys so far are parts of it, up to that one. */
static size_t
count_parts(const struct supposition *call, struct word whole,
    const struct supposed_key *last)
{
	size_t count = 0;

	for (size_t i = 0; i < call->keys.list.count; i++) {
		const struct supposed_key *key = call->keys.list.items[i];

		count += is_part(whole, key->name);
		if (key == last)
			break;
	}
	return count;
}

size_t
supposition_room(const struct supposition *call,
    const struct supposed_key *whole, const struct supposed_key *part)
{
	size_t number = count_parts(call, whole->name, part);

	return number > whole->room ? SLOT_NONE : whole->slots[number - 1];
}

static void
make_slots(struct supposed_request *request, struct supposed_key *key)
{
	struct supposition *call = request->call;
	const char *part = key_is_of_resource(key->name) ? request->part :
	    NULL;
	const char *name = arena_copy(call->arena, key->name.text,
	    key->name.length);
	size_t *slots;

	key->room = count_parts(call, key->name, NULL);
	key->count = key->multivalued ? key->expected + 1 + key->room : 1;
	key->slots = slots = arena_array(call->arena, key->count,
	    sizeof(*slots));
	key->present = FORMULA_FALSE;
	for (size_t i = 0; i < key->count; i++) {
		slots[i] = supposition_slot(call, part, name, true,
		    type_of(call, key->name));
		key->present = formula_or(call->formulas, key->present,
		    universe_slot(call->universe, slots[i])->presence);
	}
}

struct supposed_key *
supposition_key(struct supposed_request *request, struct word name)
{
	struct supposed_key *key = find_key(request, name);

	if (key->slots == NULL)
		make_slots(request, key);
	return key;
}

void
supposition_expect(struct supposed_request *request, struct word name)
{
	find_key(request, name)->expected++;
}
