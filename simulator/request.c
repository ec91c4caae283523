/* SPDX-License-Identifier: MIT */
/*
 * Questions about a request.  What its keys mean is not known here, but for
 * those that say who makes it.
 */
#include "config.h"

#include <string.h>
#include <strings.h>

#include "policy/character.h"
#include "policy/rule.h"
#include "policy/value.h"
#include "simulator/request.h"

enum {
	FNV_OFFSET = 0x811c9dc5,
	FNV_PRIME = 0x01000193
};

/* FNV-1a. */
uint32_t
key_hash(const char *name, size_t length)
{
	uint32_t hash = (uint32_t)FNV_OFFSET;

	for (size_t i = 0; i < length; i++)
		hash = (hash ^ character_fold(name[i])) *
		    (uint32_t)FNV_PRIME;
	return hash;
}

bool
key_is_multivalued(const struct catalog *catalog, struct word name)
{
	const struct key *key = catalog_key(catalog, name.text, name.length);
	const struct global_key *claim;

	if (key != NULL)
		return key->multivalued;
	claim = catalog_claim(catalog, name.text, name.length);
	return claim != NULL && claim->key.multivalued;
}

bool
context_key_is_unknown(const struct context_key *key)
{
	return key->origin == ORIGIN_UNKNOWN;
}

bool
context_has_unknown(const struct context *context)
{
	for (size_t i = 0; i < context->count; i++)
		if (context->keys[i].origin == ORIGIN_UNKNOWN)
			return true;
	return context->open;
}

bool
context_key_is_present(const struct context_key *key)
{
	return (key->origin == ORIGIN_GIVEN ||
	    key->origin == ORIGIN_DERIVED) && key->count > 0;
}

static const struct context_key *
unlisted_key(const struct request *request, struct word name)
{
	static const struct context_key absent = { .origin = ORIGIN_ABSENT };
	static const struct context_key unknown = { .origin = ORIGIN_UNKNOWN };

	if (!request->context.open)
		return &absent;
	return request->context.closed != 0 && family_set_has(
	    request->context.closed, request->listed, name) ? &absent :
	    &unknown;
}

const struct context_key *
request_key(const struct request *request, const char *name, size_t length,
    uint32_t hash)
{
	const struct context *context = &request->context;
	const struct word wanted = { name, length };
	const struct context_key *found = NULL;

	for (size_t i = 0; i < context->count; i++) {
		const struct context_key *key = &context->keys[i];
		bool there;

		if (key->hash != hash)
			continue;
		there = context_key_is_present(key) ||
		    context_key_is_unknown(key);
		if (there && word_equal(key->name, wanted))
			return key;
		if (!word_equal_folded(key->name, wanted))
			continue;
		if (found == NULL || (there &&
		    !context_key_is_present(found) &&
		    !context_key_is_unknown(found)))
			found = key;
	}
	return found != NULL ? found : unlisted_key(request, wanted);
}

static const struct context_key *
named_key(const struct request *request, const char *name)
{
	size_t length = strlen(name);

	return request_key(request, name, length, key_hash(name, length));
}

bool
request_says_true(const struct request *request, const char *name)
{
	const struct context_key *key = named_key(request, name);
	bool value;

	return context_key_is_present(key) && key->count == 1 &&
	    bool_read(key->values[0].text, key->values[0].length, &value) &&
	    value;
}

bool
request_has(const struct request *request, const char *name)
{
	const struct context_key *key = named_key(request, name);

	return context_key_is_present(key) || key->there;
}

bool
request_is_unknown(const struct request *request, const char *name)
{
	return context_key_is_unknown(named_key(request, name));
}

struct word
request_unique_id(const struct request *request)
{
	const struct context_key *key = named_key(request, "aws:userid");
	struct word id = { NULL, 0 };
	const char *colon;

	if (!context_key_is_present(key) || key->count != 1)
		return id;
	id = key->values[0];
	colon = memchr(id.text, ':', id.length);
	if (colon != NULL)
		id.length = (size_t)(colon - id.text);
	return id;
}

bool
request_action_is_among(const struct request *request, const char *list)
{
	return word_is_among(request->action.text, request->action.length,
	    list);
}

bool
request_action_is_of(const struct request *request, const char *prefix)
{
	size_t length = strlen(prefix);

	return request->action.length > length &&
	    request->action.text[length] == ':' &&
	    strncasecmp(request->action.text, prefix, length) == 0;
}

bool
request_resource_is_of(const struct request *request, const char *service,
    const char *start)
{
	struct arn arn = arn_split(request->resource.text,
	    request->resource.length);

	return arn.count == ARN_FIELD_COUNT &&
	    arn_field_is(&arn, ARN_SERVICE, service) &&
	    arn.field[ARN_RESOURCE].length >= strlen(start) &&
	    memcmp(arn.field[ARN_RESOURCE].text, start, strlen(start)) == 0;
}

bool
request_is_about_key(const struct request *request)
{
	return request_resource_is_of(request, "kms", "key/");
}

/* TRUST-1.  Whoever assumes something assumes a role; the others may also be
 * about a federated session. */
bool
request_asks_trust(const struct request *request)
{
	return request_action_is_among(request, TRUST_ASSUMING) ||
	    (request_action_is_among(request, TRUST_BESIDE) &&
	    request_resource_is_of(request, "iam", "role/"));
}

void
request_open_actor(struct request *request)
{
	struct actor *actor = &request->actor;

	actor->open_id = actor->account.text != NULL &&
	    actor->unique_id.text == NULL &&
	    request_is_unknown(request, "aws:userid");
	actor->open_role = actor->kind == ACTOR_ROLE_SESSION &&
	    actor->issuer.text == NULL &&
	    request_is_unknown(request, "aws:PrincipalArn");
	actor->open_session = actor->kind == ACTOR_ROLE_SESSION &&
	    actor->session.text == NULL &&
	    request_is_unknown(request, "aws:userid");
}
