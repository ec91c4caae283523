/* SPDX-License-Identifier: MIT */
/* Actions, the keys that they have, and values of keys. */
#include "config.h"

#include <string.h>

#include "simulator/proposal_row.h"

static struct word
word_of(const char *text)
{
	return word_from(text, strlen(text));
}

/* Actions. */

struct proposal_actions
proposal_meant(const struct proposals *proposals)
{
	const struct catalog *catalog = proposals->scene->catalog;
	struct word name = proposals->action;
	struct proposal_actions meant = { { .count = 0 } };
	const struct action *action;
	const struct call *call;

	if (name.text == NULL)
		return meant;
	action = catalog_action(catalog, name.text, name.length);
	call = catalog_call(catalog, name.text, name.length);
	if (action != NULL)
		*list_add(proposals->arena, &meant.list) = action;
	for (unsigned i = 0; call != NULL && i < call->part_count; i++)
		*list_add(proposals->arena, &meant.list) =
		    call->parts[i].action;
	return meant;
}

/* An API that is no action of its own. */
static void
propose_calls(struct proposals *proposals)
{
	const struct catalog *catalog = proposals->scene->catalog;

	for (unsigned i = 0; i < catalog->call_count; i++)
		proposal_word(proposals, catalog->calls[i].name, NULL);
}

static void
propose_services(struct proposals *proposals)
{
	const struct catalog *catalog = proposals->scene->catalog;

	for (unsigned i = 0; i < catalog->service_count; i++)
		proposal_open_word(proposals, arena_printf(proposals->arena,
		    "%s:", catalog->services[i].prefix),
		    catalog->services[i].name);
}

void
proposal_actions(struct proposals *proposals)
{
	struct word partial = proposals->partial;
	const char *colon = partial.length == 0 ? NULL :
	    memchr(partial.text, ':', partial.length);
	const struct service *service;

	if (colon == NULL) {
		propose_services(proposals);
		return;
	}
	service = catalog_service(proposals->scene->catalog, partial.text,
	    (size_t)(colon - partial.text));
	for (unsigned i = 0; service != NULL && i < service->action_count;
	    i++)
		proposal_word(proposals, arena_printf(proposals->arena,
		    "%s:%s", service->prefix, service->actions[i].name),
		    NULL);
	propose_calls(proposals);
}

/* Keys. */

static bool
is_carried(const struct proposal_actions *actions, const char *name)
{
	for (size_t i = 0; i < actions->list.count; i++)
		if (action_has_key(actions->list.items[i], name,
		    strlen(name)))
			return true;
	return actions->list.count == 0;
}

/* It stands in the line already. */
static bool
is_said(const struct proposals *proposals, struct word name)
{
	for (size_t i = 0; i < proposals->tokens.list.count; i++) {
		struct word word = proposals->tokens.list.items[i].word;

		if (word.length > name.length &&
		    word.text[name.length] != '=')
			continue;
		if (word.length > name.length)
			word.length = name.length;
		if (word_equal_folded(word, name))
			return true;
	}
	return false;
}

/* Of a template what stands before its field; `end' is "=" or nothing. */
static void
propose_key(struct proposals *proposals, const struct key *key,
    const char *end)
{
	size_t length = strcspn(key->name, "$<");

	if (length == 0 || is_said(proposals, word_from(key->name, length)))
		return;
	if (key->name[length] != '\0')
		proposal_open_word(proposals, arena_copy(proposals->arena,
		    key->name, length), key->name);
	else if (end[0] != '\0')
		proposal_open_word(proposals, arena_printf(proposals->arena,
		    "%s%s", key->name, end), NULL);
	else
		proposal_word(proposals, key->name, NULL);
}

static void
propose_service_keys(struct proposals *proposals,
    const struct service *service, const struct proposal_actions *actions,
    const char *end)
{
	for (unsigned i = 0; service != NULL && i < service->key_count; i++)
		if (is_carried(actions, service->keys[i].name))
			propose_key(proposals, &service->keys[i], end);
}

static void
propose_keys(struct proposals *proposals, const char *end)
{
	const struct catalog *catalog = proposals->scene->catalog;
	struct proposal_actions actions = proposal_meant(proposals);
	struct word partial = proposals->partial;

	for (unsigned i = 0; i < catalog->global_count; i++)
		if (is_carried(&actions, catalog->globals[i].key.name))
			propose_key(proposals, &catalog->globals[i].key, end);
	for (size_t i = 0; i < actions.list.count; i++)
		propose_service_keys(proposals,
		    actions.list.items[i]->service, &actions, end);
	if (actions.list.count == 0 && partial.length > 0)
		propose_service_keys(proposals, catalog_service(catalog,
		    partial.text, strcspn(partial.text, ":")), &actions, end);
}

void
proposal_keys(struct proposals *proposals)
{
	propose_keys(proposals, "");
}

/* Values. */

static void
propose_value(struct proposals *proposals, const char *key,
    struct word value)
{
	struct word whole;

	if (value.text == NULL)
		return;
	whole = word_of(arena_printf(proposals->arena, "%s%.*s", key,
	    (int)value.length, value.text));
	if (proposal_fits(proposals, whole))
		proposal_add_behind(proposals, key, value);
}

static void
propose_endpoints(struct proposals *proposals, const char *key)
{
	const struct estate *estate = proposals->scene->estate;

	for (size_t i = 0; i < estate->endpoint_count; i++)
		propose_value(proposals, key, estate->endpoints[i].id);
}

static void
propose_vpcs(struct proposals *proposals, const char *key)
{
	const struct estate *estate = proposals->scene->estate;

	for (size_t i = 0; i < estate->vpc_count; i++)
		propose_value(proposals, key, estate->vpcs[i].id);
}

static void
propose_accounts(struct proposals *proposals, const char *key)
{
	const struct estate *estate = proposals->scene->estate;

	for (size_t i = 0; i < estate->account_count; i++)
		propose_value(proposals, key, estate->accounts[i].id);
}

static void
propose_organization(struct proposals *proposals, const char *key)
{
	propose_value(proposals, key,
	    proposals->scene->estate->organization.id);
}

static void
propose_region(struct proposals *proposals, const char *key)
{
	propose_value(proposals, key, proposals->scene->estate->region);
}

static void
propose_principals(struct proposals *proposals, const char *key)
{
	const struct estate *estate = proposals->scene->estate;

	for (size_t i = 0; i < estate->principal_count; i++)
		propose_value(proposals, key, estate->principals[i].arn);
}

/* Keys whose values the estate knows. */
static const struct known_values {
	const char	*key;
	void		(*propose)(struct proposals *, const char *key);
} known_values[] = {
	{ "aws:SourceVpce", propose_endpoints },
	{ "aws:SourceVpc", propose_vpcs },
	{ "aws:PrincipalAccount", propose_accounts },
	{ "aws:ResourceAccount", propose_accounts },
	{ "aws:SourceAccount", propose_accounts },
	{ "aws:VpceAccount", propose_accounts },
	{ "aws:PrincipalOrgID", propose_organization },
	{ "aws:ResourceOrgID", propose_organization },
	{ "aws:SourceOrgID", propose_organization },
	{ "aws:VpceOrgID", propose_organization },
	{ "aws:RequestedRegion", propose_region },
	{ "aws:PrincipalArn", propose_principals },
};

enum { KNOWN_COUNT = sizeof(known_values) / sizeof(known_values[0]) };

static void
propose_values(struct proposals *proposals, struct word name)
{
	const struct key *key = catalog_key(proposals->scene->catalog,
	    name.text, name.length);
	const char *behind = arena_printf(proposals->arena, "%.*s=",
	    (int)name.length, name.text);

	for (size_t i = 0; i < KNOWN_COUNT; i++)
		if (word_equal_folded(name, word_of(known_values[i].key)))
			known_values[i].propose(proposals, behind);
	if (key != NULL && key->type == VALUE_BOOL) {
		propose_value(proposals, behind, word_of("true"));
		propose_value(proposals, behind, word_of("false"));
	}
}

void
proposal_pairs(struct proposals *proposals)
{
	struct word partial = proposals->partial;
	const char *equals = partial.length == 0 ? NULL :
	    memchr(partial.text, '=', partial.length);

	if (equals == NULL)
		propose_keys(proposals, "=");
	else
		propose_values(proposals, word_from(partial.text,
		    (size_t)(equals - partial.text)));
}
