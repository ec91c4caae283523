/* SPDX-License-Identifier: MIT */
/* Writes the smallest estate that says what the options say. */
#include "config.h"

#include <string.h>

#include "policy/json.h"
#include "tools/sketch.h"

/* What is true of it is true of every account that nobody tells apart. */
static const char any_account[] = "123456789012";

static void
write_items(struct json *json, const char *rest)
{
	json_open_array(json);
	while (*rest != '\0') {
		size_t length = strcspn(rest, ",");

		json_string(json, rest, length);
		rest += length + (rest[length] == ',');
	}
	json_close_array(json);
}

static void
write_list(struct json *json, const char *member, const char *list)
{
	if (list == NULL)
		return;
	json_key(json, member);
	write_items(json, list);
}

static void
write_accounts(struct arena *arena, struct json *json, const char *rest)
{
	json_key(json, "accounts");
	json_open_object(json);
	while (*rest != '\0') {
		size_t length = strcspn(rest, ",");

		json_key(json, arena_copy(arena, rest, length));
		json_open_object(json);
		json_close_object(json);
		rest += length + (rest[length] == ',');
	}
	json_close_object(json);
}

/* Of the first account: whose of ours they are makes no difference. */
static void
write_vpcs(struct arena *arena, struct json *json, const char *rest,
    const char *accounts)
{
	const char *owner = arena_copy(arena, accounts, strcspn(accounts,
	    ","));

	json_key(json, "vpcs");
	json_open_object(json);
	while (*rest != '\0') {
		size_t length = strcspn(rest, ",");

		json_key(json, arena_copy(arena, rest, length));
		json_open_object(json);
		json_member_text(json, "account", owner);
		json_close_object(json);
		rest += length + (rest[length] == ',');
	}
	json_close_object(json);
}

static void
write_organization(struct json *json, const struct sketch *sketch,
    const char *accounts)
{
	if (sketch->organization == NULL)
		return;
	json_key(json, "organization");
	json_open_object(json);
	json_member_text(json, "id", sketch->organization);
	json_key(json, "root");
	json_open_object(json);
	write_list(json, "accounts", accounts);
	json_close_object(json);
	json_close_object(json);
}

const char *
sketch_text(struct arena *arena, const struct sketch *sketch)
{
	struct json_sheet sheet = { .arena = arena };
	const char *accounts = sketch->accounts == NULL ? any_account :
	    sketch->accounts;
	struct json json;

	if (sketch->organization == NULL && sketch->accounts == NULL &&
	    sketch->partners == NULL && sketch->networks == NULL &&
	    sketch->vpcs == NULL && sketch->actions == NULL)
		return NULL;
	json_init(&json, json_sheet_sink(&sheet), false);
	json_open_object(&json);
	json_member_text(&json, "schema", "sekisho.estate/1");
	write_accounts(arena, &json, accounts);
	write_organization(&json, sketch, accounts);
	if (sketch->vpcs != NULL)
		write_vpcs(arena, &json, sketch->vpcs, accounts);
	json_key(&json, "perimeter");
	json_open_object(&json);
	write_list(&json, "partners", sketch->partners);
	write_list(&json, "networks", sketch->networks);
	write_list(&json, "vpcs", sketch->vpcs);
	write_list(&json, "actions", sketch->actions);
	json_close_object(&json);
	json_close_object(&json);
	return json_sheet_text(&sheet);
}
