/* SPDX-License-Identifier: MIT */
/* One function for each thing that a question names. */
#include "config.h"

#include <string.h>

#include "policy/template.h"
#include "simulator/doubt.h"
#include "simulator/guise.h"

struct doubter {
	struct arena		*arena;
	const struct court	*court;
	const struct question	*question;
	const struct summons	*summons;
	struct doubts		 doubts;
};

static void	 doubt(struct doubter *, const char *, ...)
		    __attribute__((format(printf, 2, 3)));

static void
doubt(struct doubter *doubter, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	*list_add(doubter->arena, &doubter->doubts.list) = arena_vprintf(
	    doubter->arena, format, arguments);
	va_end(arguments);
}

/* "; did you mean `X`", or nothing. */
static const char *
guess(struct doubter *doubter, const char *near)
{
	return near == NULL ? "" : arena_printf(doubter->arena,
	    "; did you mean `%s`?", near);
}

/* Who asks. */

static void
doubt_unlisted(struct doubter *doubter)
{
	const struct caller_party *caller = &doubter->summons->caller;
	const struct estate *estate = doubter->court->estate;
	struct estate_matches near;
	struct word id = { NULL, 0 };

	if (estate->text == NULL || caller->principal != NULL ||
	    caller->foreign || caller->actor.account.text == NULL ||
	    caller->actor.kind == ACTOR_ROOT)
		return;
	if (caller->actor.kind == ACTOR_FEDERATED_SESSION &&
	    caller->actor.issuer.text == NULL) {
		doubt(doubter, "nobody says which user asked for the session "
		    "`%.*s`, so that the policies behind it are not known",
		    (int)caller->actor.principal.length,
		    caller->actor.principal.text);
		return;
	}
	near = estate_nearest(estate, doubter->arena, caller->actor.name,
	    ESTATE_PRINCIPAL, 1);
	if (near.count > 0)
		id = estate_thing_id(&near.items[0]);
	doubt(doubter, "the estate has no `%.*s`; it is taken to have no "
	    "policies%s", (int)caller->actor.principal.length,
	    caller->actor.principal.text, guess(doubter, near.count == 0 ?
	    NULL : arena_copy(doubter->arena, id.text, id.length)));
}

/* A service calls by its own name, or with a region before the domain. */
static void
doubt_service(struct doubter *doubter)
{
	const struct actor *actor = &doubter->summons->caller.actor;
	const struct catalog *catalog = doubter->court->catalog;
	struct word word = actor->principal;
	const char *dot = memchr(word.text, '.', word.length), *near;
	size_t length = dot == NULL ? word.length : (size_t)(dot - word.text);

	near = actor->kind != ACTOR_SERVICE ? NULL :
	    catalog_nearest_caller(catalog, word.text, length);
	if (near != NULL)
		doubt(doubter, "no service is known to call itself `%.*s`%s",
		    (int)word.length, word.text, guess(doubter, arena_printf(
		    doubter->arena, "%s%.*s", near,
		    (int)(word.length - length), word.text + length)));
}

/* What is said of the caller's credentials, and nobody can have so.  Of any
 * request, it is said for those that it fits: whoever asks who can speaks of no
 * caller, and whoever asks what somebody can of no call. */
static void
doubt_credentials(struct doubter *doubter)
{
	const struct question *question = doubter->question;
	const struct summons *summons = doubter->summons;
	enum actor_kind kind = summons->caller.actor.kind;
	bool person = kind == ACTOR_USER || kind == ACTOR_ROOT;

	if (question->any && word_is(question->principal.word, "*"))
		return;
	if (question->credential == CREDENTIAL_LONG_TERM && !person)
		doubt(doubter, "`longterm` was said, but only users and root "
		    "users have credentials that last");
	if (question->mfa && !person)
		doubt(doubter, "`mfa` was said, but only users and root users "
		    "show it");
	else if (question->mfa && !question->any &&
	    question->credential == CREDENTIAL_LONG_TERM &&
	    !word_is_among(summons->calls[0].action.text,
	    summons->calls[0].action.length, derive_codes))
		doubt(doubter, "`mfa` was said, but credentials that last "
		    "show it only where a code is taken");
	if (question->named.word.text != NULL && person && !question->any &&
	    question->via.list.count == 0 &&
	    !summons->calls[summons->count - 1].makes_session)
		doubt(doubter, "`named` was said, but no role session is made "
		    "and none asks");
}

/* Which action, of which resources. */

static void
doubt_action(struct doubter *doubter)
{
	const struct catalog *catalog = doubter->court->catalog;
	struct word action = doubter->question->action.word;

	if (catalog_action(catalog, action.text, action.length) == NULL &&
	    catalog_call(catalog, action.text, action.length) == NULL)
		doubt(doubter, "the catalogue has no action `%.*s`%s",
		    (int)action.length, action.text, guess(doubter,
		    catalog_nearest_action(doubter->arena, catalog,
		    action.text, action.length)));
}

static bool
is_last_type(const struct action *action, unsigned target)
{
	while (++target < action->target_count)
		if (!action->targets[target].type->again)
			return false;
	return true;
}

static const char *
list_types(struct doubter *doubter, const struct action *action)
{
	const char *text = "";

	for (unsigned i = 0; i < action->target_count; i++)
		if (!action->targets[i].type->again)
			text = arena_printf(doubter->arena, "%s%s%s", text,
			    i == 0 ? "" : is_last_type(action, i) ? " or " :
			    ", ", action->targets[i].type->name);
	return text;
}

static bool
fits_some(const struct action *action, const struct arn *arn)
{
	for (unsigned i = 0; i < action->target_count; i++)
		if (template_fits(action->targets[i].type, arn))
			return true;
	return false;
}

/* RES-10: what AWS asks about is of the types that the action takes. */
static void
doubt_type(struct doubter *doubter, const struct action *action,
    struct word word, const struct arn *arn)
{
	if (action == NULL || fits_some(action, arn) ||
	    guise_fits(doubter->arena, action, word))
		return;
	doubt(doubter, "`%s:%s` is about %s, and `%.*s` is none",
	    action->service->prefix, action->name, list_types(doubter, action),
	    (int)word.length, word.text);
}

static void
doubt_ignored(struct doubter *doubter, struct word action, struct word word)
{
	if (word.text != NULL)
		doubt(doubter, "`%.*s` is about no resource in particular, so "
		    "that it is decided on `*` and not on `%.*s`",
		    (int)action.length, action.text, (int)word.length,
		    word.text);
}

static void
doubt_resources(struct doubter *doubter)
{
	const struct summons *summons = doubter->summons;
	const struct summoned_call *call = &summons->calls[summons->count - 1];
	const struct action *action = call->call != NULL ? NULL :
	    catalog_action(doubter->court->catalog, call->action.text,
	    call->action.length);

	for (size_t i = 0; i < call->count; i++) {
		struct word word = call->resources[i].arn;
		struct arn arn = arn_split(word.text, word.length);

		doubt_ignored(doubter, call->action,
		    call->resources[i].ignored);
		if (word_is(word, "*") || word_starts_with(word, "+"))
			continue;
		if (arn.count < ARN_FIELD_COUNT)
			doubt(doubter, "`%.*s` is no whole ARN: "
			    "arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE",
			    (int)word.length, word.text);
		else
			doubt_type(doubter, action, word, &arn);
	}
}

/* With what. */

static void
doubt_keys(struct doubter *doubter)
{
	const struct catalog *catalog = doubter->court->catalog;
	const struct question *question = doubter->question;

	for (size_t i = 0; i < question->keys.count; i++) {
		struct word name = question->keys.items[i].name.word;

		if (catalog_key(catalog, name.text, name.length) == NULL &&
		    catalog_claim(catalog, name.text, name.length) == NULL)
			doubt(doubter, "the catalogue has no condition key "
			    "`%.*s`%s", (int)name.length, name.text,
			    guess(doubter, catalog_nearest_key(catalog,
			    name.text, name.length)));
	}
}

/* Documents of a layer that the call has no use for. */
static void
doubt_exhibits(struct doubter *doubter)
{
	const struct exhibits *exhibits = doubter->court->exhibits;
	const struct summons *summons = doubter->summons;
	bool assumes = summons->calls[summons->count - 1].makes_session;

	if (exhibits == NULL)
		return;
	if (assumes && exhibits->layers[LAYER_RESOURCE].count > 0)
		doubt(doubter, "the document of --resource has no say: a "
		    "role's policy is given by --trust");
	if (!word_starts_with(doubter->question->action.word, "sts:") &&
	    exhibits->layers[LAYER_TRUST].count > 0)
		doubt(doubter, "the document of --trust has no say: nobody "
		    "assumes a role (else it is --resource)");
	for (size_t i = 0; i < summons->count; i++)
		if (summons->calls[i].way.kind == WAY_INTERNET &&
		    exhibits->layers[LAYER_ENDPOINT].count > 0)
			doubt(doubter, "the document of --endpoint has no say: "
			    "the request comes through no endpoint");
}

struct doubts
doubt_list(struct arena *arena, const struct court *court,
    const struct question *question, const struct summons *summons)
{
	struct doubter doubter = { arena, court, question, summons, { { 0 } } };

	doubt_unlisted(&doubter);
	doubt_service(&doubter);
	doubt_credentials(&doubter);
	doubt_action(&doubter);
	doubt_resources(&doubter);
	doubt_keys(&doubter);
	doubt_exhibits(&doubter);
	return doubter.doubts;
}
