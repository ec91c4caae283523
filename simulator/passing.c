/* SPDX-License-Identifier: MIT */
/*
 * Tags, a source identity and context on their way from call to session.  The
 * keys of the question say what is asked for, the caller's session what is
 * inherited.
 */
#include "config.h"

#include <string.h>

#include "simulator/passing.h"

static bool
is_key(struct word word, const char *name)
{
	return word_equal_folded(word, word_from(name, strlen(name)));
}

static const struct given_key *
given_key(const struct question *question, const char *name)
{
	for (size_t i = 0; i < question->keys.count; i++)
		if (is_key(question->keys.items[i].name.word, name) &&
		    !question->keys.items[i].absent)
			return &question->keys.items[i];
	return NULL;
}

static const char tag_prefix[] = "aws:RequestTag/";

static bool
is_request_tag(struct word name)
{
	size_t length = sizeof(tag_prefix) - 1;

	return name.length > length && is_key(word_from(name.text, length),
	    tag_prefix);
}

struct tag_list {
	LIST(struct estate_tag)	 list;
};

static struct estate_tags
tags_of(const struct tag_list *tags)
{
	return (struct estate_tags){ tags->list.items, tags->list.count };
}

/* A tag of that key, without case (TRUST-10). */
static const struct estate_tag *
find_tag(const struct estate_tags *tags, struct word key)
{
	for (size_t i = 0; i < tags->count; i++)
		if (word_equal_folded(tags->items[i].key, key))
			return &tags->items[i];
	return NULL;
}

static struct estate_tags
passed_tags(struct arena *arena, const struct question *question)
{
	struct tag_list tags = { 0 };

	for (size_t i = 0; i < question->keys.count; i++) {
		const struct given_key *key = &question->keys.items[i];

		if (!key->absent && is_request_tag(key->name.word))
			*list_add(arena, &tags.list) = (struct estate_tag){
			    word_behind(key->name.word,
			    sizeof(tag_prefix) - 1), key->count == 0 ?
			    word_from("", 0) : key->values[0] };
	}
	return tags_of(&tags);
}

/* Those that sts:TransitiveTagKeys asks to be passed on. */
static struct estate_tags
transitive_tags(struct arena *arena, const struct question *question,
    const struct estate_tags *passed)
{
	const struct given_key *asked = given_key(question,
	    "sts:TransitiveTagKeys");
	struct tag_list tags = { 0 };

	for (size_t i = 0; asked != NULL && i < asked->count; i++) {
		const struct estate_tag *tag = find_tag(passed,
		    asked->values[i]);

		if (tag != NULL)
			*list_add(arena, &tags.list) = *tag;
	}
	return tags_of(&tags);
}

/* The first session of a sentence has one if the question says so. */
static struct word
former_identity(const struct question *question,
    const struct caller_party *caller)
{
	const struct given_key *given = given_key(question,
	    "aws:SourceIdentity");

	if (caller->session.known || given == NULL || given->count == 0 ||
	    caller->actor.kind != ACTOR_ROLE_SESSION)
		return caller->session.source_identity;
	return given->values[0];
}

struct passing
passing_find(struct arena *arena, const struct question *question,
    const struct caller_party *caller)
{
	const struct given_key *source = given_key(question,
	    "sts:SourceIdentity");
	struct passing passing = { .assumes = true,
	    .session_name = question->named.word };

	passing.tags = passed_tags(arena, question);
	passing.transitive = transitive_tags(arena, question, &passing.tags);
	passing.inherited = caller->session.transitive;
	passing.former_identity = former_identity(question, caller);
	if (source != NULL && source->count > 0)
		passing.source_identity = source->values[0];
	return passing;
}

/* The tags of both; on one key, those of `strong' win. */
static struct estate_tags
merge_tags(struct arena *arena, const struct estate_tags *weak,
    const struct estate_tags *strong)
{
	struct tag_list tags = { 0 };

	for (size_t i = 0; i < strong->count; i++)
		*list_add(arena, &tags.list) = strong->items[i];
	for (size_t i = 0; i < weak->count; i++)
		if (find_tag(strong, weak->items[i].key) == NULL)
			*list_add(arena, &tags.list) = weak->items[i];
	return tags_of(&tags);
}

struct session
passing_session(struct arena *arena, const struct question *question,
    const struct caller_party *caller, bool mfa)
{
	struct passing passing = passing_find(arena, question, caller);
	struct session session = { .known = true,
	    .with_mfa = mfa || caller->session.with_mfa };

	session.tags = merge_tags(arena, &passing.tags, &passing.inherited);
	session.transitive = merge_tags(arena, &passing.transitive,
	    &passing.inherited);
	session.source_identity = passing.former_identity.text != NULL ?
	    passing.former_identity : passing.source_identity;
	return session;
}

static bool
passes_context(const struct question *question)
{
	static const char prefix[] = "sts:RequestContext/";

	if (given_key(question, "sts:RequestContextProviders") != NULL)
		return true;
	for (size_t i = 0; i < question->keys.count; i++) {
		struct word name = question->keys.items[i].name.word;

		if (name.length > sizeof(prefix) - 1 &&
		    is_key(word_from(name.text, sizeof(prefix) - 1), prefix))
			return true;
	}
	return false;
}

/* Whoever says which tags are passed passes some, also without values. */
static bool
passes_tags(const struct passing *passing, const struct question *question)
{
	return passing->tags.count > 0 || passing->inherited.count > 0 ||
	    given_key(question, "aws:TagKeys") != NULL ||
	    given_key(question, "sts:TransitiveTagKeys") != NULL;
}

/* Whoever has one passes it on, and must be allowed to (TRUST-12). */
static bool
passes_source_identity(const struct passing *passing,
    const struct question *question)
{
	return given_key(question, "sts:SourceIdentity") != NULL ||
	    passing->former_identity.text != NULL;
}

bool
passing_asks(const struct passing *passing, const struct question *question,
    enum call_when when)
{
	switch (when) {
	case CALL_TAGS:
		return passes_tags(passing, question);
	case CALL_SOURCE_IDENTITY:
		return passes_source_identity(passing, question);
	case CALL_CONTEXTS:
		return passes_context(question);
	case CALL_ALWAYS:
	case CALL_NAMED:
		break;
	}
	return true;
}

/* Roles whose trust policies AWS changes as it likes: service-linked ones, and
 * those of IAM Identity Center, by their path or name. */
static bool
is_of_aws(const struct actor *role)
{
	struct word arn = role->principal;

	return role->service_linked ||
	    memmem(arn.text, arn.length, "role/aws-reserved/", 18) != NULL ||
	    memmem(arn.text, arn.length, "/AWSReservedSSO_", 16) != NULL;
}

const struct charter *
passing_trust(struct arena *arena, const struct court *court,
    const struct estate_principal *role)
{
	const struct exhibits *exhibits = court->exhibits;
	struct actor actor;

	if (role == NULL || !role->is_role || role->trust == NULL ||
	    (exhibits != NULL && exhibits->layers[LAYER_TRUST].count > 0) ||
	    !actor_read(&actor, role->arn, (struct word){ NULL, 0 }) ||
	    is_of_aws(&actor) ||
	    estate_account(court->estate, actor.account) == NULL)
		return NULL;
	return archive_charter(court->archive, arena, role->trust,
	    LAYER_TRUST);
}

bool
passing_lets_tags(const struct court *court, const struct clause *clause,
    assumption_set *rests)
{
	static const char name[] = "sts:TagSession";
	const size_t length = sizeof(name) - 1;
	const struct request request = { .action = { name, length },
	    .listed = catalog_action(court->catalog, name, length) };
	const struct scope scope = { &request, court->assumptions, rests };

	return clause->effect == EFFECT_ALLOW &&
	    action_element_matches(&clause->actions, &scope);
}

bool
passing_is_barred(struct arena *arena, const struct court *court,
    const struct estate_principal *role, assumption_set *rests)
{
	const struct charter *trust = passing_trust(arena, court, role);

	if (trust == NULL || !trust->usable || trust->unknown)
		return false;
	for (size_t i = 0; i < trust->count; i++)
		if (passing_lets_tags(court, &trust->clauses[i], rests))
			return false;
	return true;
}

/* TRUST-10, TRUST-12: what is inherited cannot be said anew. */
const char *
passing_refusal(const struct passing *passing, const struct session *session)
{
	if (!passing->assumes)
		return NULL;
	for (size_t i = 0; i < passing->tags.count; i++)
		if (find_tag(&session->transitive,
		    passing->tags.items[i].key) != NULL)
			return "a tag that the session has inherited cannot "
			    "be passed again (TRUST-10)";
	if (passing->former_identity.text != NULL &&
	    passing->source_identity.text != NULL &&
	    !word_equal(passing->former_identity, passing->source_identity))
		return "a source identity that is set cannot be changed "
		    "(TRUST-12)";
	return NULL;
}
