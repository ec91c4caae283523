/* SPDX-License-Identifier: MIT */
/* Questions out of JSON. */
#include "config.h"

#include <string.h>

#include "policy/catalog.h"
#include "policy/value.h"
#include "simulator/question.h"

/* A question while it is read. */
struct asking {
	struct arena		*arena;
	struct question		*question;
	struct question_fault	*fault;
};

/* Always false, so that a reader can end with it. */
static bool
refuse(struct asking *asking, struct span span, const char *message)
{
	*asking->fault = (struct question_fault){ .message = message,
	    .span = span };
	return false;
}

static struct phrase
phrase_of(const struct node *node)
{
	return (struct phrase){ word_of_node(node), node->span };
}

static bool
read_phrase(struct asking *asking, const struct node *node,
    struct phrase *phrase)
{
	if (node->kind != NODE_STRING || node->length == 0)
		return refuse(asking, node->span, arena_printf(asking->arena,
		    node->kind == NODE_STRING ? "`%s` is empty" :
		    "`%s` takes a string", node->key));
	*phrase = phrase_of(node);
	return true;
}

/* A string, or an array of strings. */
static bool
read_phrases(struct asking *asking, const struct node *node,
    struct phrases *phrases)
{
	const struct node *item = node->kind == NODE_ARRAY ? node->first :
	    node;
	size_t count = node->kind == NODE_ARRAY ? node->count : 1;

	for (size_t i = 0; i < count; i++, item = item->next) {
		if (item->kind != NODE_STRING || item->length == 0)
			return refuse(asking, item->span,
			    arena_printf(asking->arena, "`%s` takes a "
			    "string, or an array of strings", node->key));
		*list_add(asking->arena, &phrases->list) = phrase_of(item);
	}
	return true;
}

static bool
read_boolean(struct asking *asking, const struct node *node, bool *value)
{
	if (node->kind != NODE_BOOLEAN)
		return refuse(asking, node->span, arena_printf(asking->arena,
		    "`%s` is true or false", node->key));
	*value = node_is(node, "true");
	return true;
}

static bool
read_values(struct asking *asking, const struct node *node,
    struct given_key *key)
{
	const struct node *item = node->kind == NODE_ARRAY ? node->first :
	    node;
	struct word *values;

	key->listed = node->kind == NODE_ARRAY;
	key->count = key->listed ? node->count : 1;
	key->values = values = arena_array(asking->arena, key->count,
	    sizeof(*values));
	for (size_t i = 0; i < key->count; i++, item = item->next) {
		if (item->text == NULL || item->kind == NODE_NULL)
			return refuse(asking, item->span, "the value of a "
			    "key is a string, or an array of strings");
		values[i] = word_of_node(item);
	}
	return true;
}

/* Always false. */
static bool
refuse_key(struct arena *arena, const struct phrase *key, const char *format,
    const char *help, struct question_fault *fault)
{
	*fault = (struct question_fault){ arena_printf(arena, format,
	    (int)key->word.length, key->word.text), key->span, help };
	return false;
}

bool
question_has_room(struct arena *arena, const struct question *question,
    const struct phrase *key, bool absent, struct question_fault *fault)
{
	struct word word = key->word;

	if (word.length == 0 || memchr(word.text, ':', word.length) == NULL)
		return refuse_key(arena, key, "`%.*s` is no condition key",
		    "write one, such as aws:SourceVpce", fault);
	for (size_t i = 0; i < question->keys.count; i++) {
		const struct given_key *other = &question->keys.items[i];

		if (!word_equal_folded(other->name.word, word))
			continue;
		return other->absent != absent ? refuse_key(arena, key,
		    "`%.*s` is given a value, and said to be absent", NULL,
		    fault) : refuse_key(arena, key, "`%.*s` is said twice",
		    "several values of one key: KEY=[V,V]", fault);
	}
	return true;
}

static bool
add_key(struct asking *asking, const struct given_key *key)
{
	if (!question_has_room(asking->arena, asking->question, &key->name,
	    key->absent, asking->fault))
		return false;
	*list_add(asking->arena, &asking->question->keys) = *key;
	return true;
}

static bool
read_with(struct asking *asking, const struct node *node)
{
	if (node->kind != NODE_OBJECT)
		return refuse(asking, node->span, "`with` takes an object");
	for (const struct node *member = node->first; member != NULL;
	    member = member->next) {
		struct given_key key = { .name = { word_from(member->key,
		    member->key_length), member->key_span } };

		if (!read_values(asking, member, &key) ||
		    !add_key(asking, &key))
			return false;
	}
	return true;
}

static bool
read_without(struct asking *asking, const struct node *node)
{
	struct phrases names = { 0 };

	if (!read_phrases(asking, node, &names))
		return false;
	for (size_t i = 0; i < names.list.count; i++)
		if (!add_key(asking, &(struct given_key){
		    .name = names.list.items[i], .absent = true }))
			return false;
	return true;
}

static bool
read_credential(struct asking *asking, const struct node *node)
{
	enum credential *credential = &asking->question->credential;

	if (node->kind == NODE_STRING && node_is(node, "longterm"))
		*credential = CREDENTIAL_LONG_TERM;
	else if (node->kind == NODE_STRING && node_is(node, "session"))
		*credential = CREDENTIAL_SESSION;
	else
		return refuse(asking, node->span,
		    "`credential` is longterm or session");
	return true;
}

static bool
read_principal(struct asking *asking, const struct node *node)
{
	return read_phrase(asking, node, &asking->question->principal);
}

static bool
read_action(struct asking *asking, const struct node *node)
{
	return read_phrase(asking, node, &asking->question->action);
}

static bool
read_resources(struct asking *asking, const struct node *node)
{
	return read_phrases(asking, node, &asking->question->resources);
}

static bool
read_via(struct asking *asking, const struct node *node)
{
	return read_phrases(asking, node, &asking->question->via);
}

static bool
read_through(struct asking *asking, const struct node *node)
{
	return read_phrases(asking, node, &asking->question->through);
}

static bool
read_named(struct asking *asking, const struct node *node)
{
	return read_phrase(asking, node, &asking->question->named);
}

static bool
read_mfa(struct asking *asking, const struct node *node)
{
	return read_boolean(asking, node, &asking->question->mfa);
}

static bool
read_absent(struct asking *asking, const struct node *node)
{
	return read_boolean(asking, node, &asking->question->closed);
}

static bool
read_time(struct asking *asking, const struct node *node)
{
	struct date date;

	if (!read_phrase(asking, node, &asking->question->time))
		return false;
	return date_read(node->text, node->length, false, &date) ||
	    refuse(asking, node->span, "`at` takes a time such as "
	    "2027-03-31T12:00:00Z");
}

static bool
read_nothing(struct asking *asking, const struct node *node)
{
	(void)asking;
	(void)node;
	return true;
}

static const struct {
	const char	*name;
	bool		(*read)(struct asking *, const struct node *);
} members[] = {
	{ "id", read_nothing },
	{ "principal", read_principal },
	{ "action", read_action },
	{ "resource", read_resources },
	{ "resources", read_resources },
	{ "via", read_via },
	{ "through", read_through },
	{ "mfa", read_mfa },
	{ "named", read_named },
	{ "credential", read_credential },
	{ "with", read_with },
	{ "without", read_without },
	{ "absent", read_absent },
	{ "at", read_time },
};

enum {
	MEMBER_COUNT = sizeof(members) / sizeof(members[0]),
	TYPING_ERRORS_MAX = 2		/* more make another word */
};

static bool
refuse_unknown(struct asking *asking, const struct node *member)
{
	size_t best = TYPING_ERRORS_MAX;
	const char *nearest = NULL;

	for (size_t i = 0; i < MEMBER_COUNT; i++) {
		const char *name = members[i].name;
		size_t errors = edit_distance(member->key, member->key_length,
		    name, strlen(name), best);

		if (errors > best || errors >= strlen(name) / 2)
			continue;
		best = errors;
		nearest = name;
	}
	refuse(asking, member->key_span, arena_printf(asking->arena,
	    "unknown member `%s`", member->key));
	if (nearest != NULL)
		asking->fault->help = arena_printf(asking->arena,
		    "did you mean `%s`?", nearest);
	return false;
}

static bool
read_member(struct asking *asking, const struct node *member)
{
	for (size_t i = 0; i < MEMBER_COUNT; i++)
		if (member->key_length == strlen(members[i].name) &&
		    memcmp(member->key, members[i].name,
		    member->key_length) == 0)
			return member->kind == NODE_NULL ||
			    members[i].read(asking, member);
	return refuse_unknown(asking, member);
}

bool
question_read(struct arena *arena, const struct node *object,
    struct question *question, struct question_fault *fault)
{
	struct asking asking = { arena, question, fault };

	*question = (struct question){ .mfa = false };
	if (object->kind != NODE_OBJECT)
		return refuse(&asking, object->span, "a question is an object");
	for (const struct node *member = object->first; member != NULL;
	    member = member->next)
		if (!read_member(&asking, member))
			return false;
	if (question->principal.word.text == NULL)
		return refuse(&asking, object->span, "`principal` is missing");
	if (question->action.word.text == NULL)
		return refuse(&asking, object->span, "`action` is missing");
	return true;
}
