/* SPDX-License-Identifier: MIT */
/* Statements, broad where the layer is a limit, and now and then a fault. */
#include "config.h"

#include <string.h>

#include "testcases/draft.h"

static bool
has_principal(enum layer layer)
{
	return (LAYERS_PRINCIPAL & (1u << layer)) != 0;
}

/* Elements. */

typedef const char *find_entry(const struct scene *);

static const char *
find_action(const struct scene *scene)
{
	static const char *const odd[] = { "", "s3", "*:*", "s3:*", "sts:*",
	    "iam:*", "${k:one}:*", "?s3:*", "*" };

	if (dice_holds(scene->dice, 4))
		return dice_pick(scene->dice, odd);
	return draft_pattern(scene, dice_holds(scene->dice, 85) ?
	    scene->action : scene_action(scene));
}

static const char *
find_resource(const struct scene *scene)
{
	static const char *const odd[] = { "", "arn:aws", "arn:aws:*", "arn:*",
	    "*:*", "a*", "arn:aws:s3:::*", "arn:aws:s3", "arn:aws:sqs:*",
	    "arn:aws:iam::*:role/*", "arn:*:*:*:*:*", "arn:aws:s?:::data" };

	if (dice_holds(scene->dice, 6))
		return dice_pick(scene->dice, odd);
	return draft_pattern(scene, dice_holds(scene->dice, 85) ?
	    scene->resource : scene_resource(scene));
}

/* One entry without brackets, or none to two with them. */
static void
print_entries(const struct scene *scene, find_entry *find,
    struct writing *writing)
{
	size_t chance = dice_get(scene->dice, 25);
	size_t count = chance == 0 ? 0 : chance < 19 ? 1 : 2;

	if (count == 1 && chance < 14) {
		writing_add(writing, "\"%s\"", find(scene));
		return;
	}
	writing_add(writing, "[");
	for (size_t i = 0; i < count; i++)
		writing_add(writing, "%s\"%s\"", i == 0 ? "" : ",",
		    find(scene));
	writing_add(writing, "]");
}

static void
print_element(const struct scene *scene, const char *name,
    unsigned negated, find_entry *find, struct writing *writing)
{
	writing_add(writing, ",\"%s%s\":", dice_holds(scene->dice, negated) ?
	    "Not" : "", name);
	print_entries(scene, find, writing);
}

static const char *
find_sort(const struct scene *scene)
{
	size_t chance = dice_get(scene->dice, 100);

	if (strncmp(scene->principal, "federated:", 10) == 0 && chance < 60)
		return "Federated";
	if (strstr(scene->principal, ".amazonaws.com") != NULL && chance < 60)
		return "Service";
	return chance < 90 ? "AWS" : chance < 94 ? "Service" :
	    chance < 98 ? "Federated" : "CanonicalUser";
}

static void
print_principal(const struct scene *scene, bool allow, struct writing *writing)
{
	bool negated = dice_holds(scene->dice, allow ? 2 : 25);
	const char *sort = find_sort(scene), *other = find_sort(scene);

	if (dice_holds(scene->dice, 3))
		return;
	writing_add(writing, ",\"%sPrincipal\":", negated ? "Not" : "");
	if (dice_holds(scene->dice, 20)) {
		writing_add(writing, dice_holds(scene->dice, 90) ? "\"*\"" :
		    "\"111111111111\"");
	} else if (negated && dice_holds(scene->dice, 60)) {
		/* Only all facets together spare anybody (PRIN-20). */
		writing_add(writing, "{\"AWS\":[\"%s\",\"%s\",\"%s\"]}",
		    scene->principal, scene->account, scene->issuer == NULL ?
		    scene_name(scene) : scene->issuer);
	} else {
		writing_add(writing, "{\"%s\":", sort);
		print_entries(scene, scene_name, writing);
		if (strcmp(sort, other) != 0 && dice_holds(scene->dice, 30)) {
			writing_add(writing, ",\"%s\":", other);
			print_entries(scene, scene_name, writing);
		}
		writing_add(writing, "}");
	}
}

/* Statements. */

/* How often a layer says Allow, and how often just everything. */
static const struct {
	unsigned	 allow, broad;
} habits[LAYER_COUNT] = {
	[LAYER_IDENTITY] = { 85, 20 },
	[LAYER_BOUNDARY] = { 85, 50 },
	[LAYER_SESSION] = { 85, 50 },
	[LAYER_RESOURCE] = { 80, 10 },
	[LAYER_TRUST] = { 80, 10 },
	[LAYER_ENDPOINT] = { 85, 50 },
	[LAYER_SCP] = { 75, 60 },
	[LAYER_RCP] = { 20, 5 },
};

/* In the place of `"Effect":"Allow"'. */
static const char *const bad_effects[] = { "\"Effect\":\"allow\"",
    "\"Effect\":7", "\"Sid\":\"a\"", "\"effect\":\"Allow\"",
    "\"Effect\":\"Allow\",\"Effect\":\"Deny\"", "\"Effect\":null",
    "\"Effect\":\"Allow\",\"Sid\":7", "\"Effect\":[\"Allow\"]",
    "\"Effect\":\"Allow\",\"Actions\":\"*\"",
    "\"Effect\":\"Allow\",\"Comment\":null" };

/* In the place of all other elements. */
static const char *const bad_elements[] = {
    ",\"Action\":\"*\",\"NotAction\":\"a:b\",\"Resource\":\"*\"",
    ",\"Action\":\"*\",\"Resource\":\"*\",\"NotResource\":\"arn:aws:a:::b\"",
    ",\"Action\":\"*\",\"Resource\":\"*\",\"Principal\":\"*\","
    "\"NotPrincipal\":{\"AWS\":\"333333333333\"}",
    ",\"Action\":7,\"Resource\":\"*\"", ",\"Resource\":\"*\"",
    ",\"Action\":[[\"*\"]],\"Resource\":\"*\"", "",
    ",\"Action\":\"*\",\"Resource\":null", ",\"Action\":\"*\"",
    ",\"Action\":\"*\",\"Resource\":{\"Ref\":\"a\"}",
    ",\"Action\":\"*\",\"Resource\":\"*\",\"Principal\":7",
    ",\"Action\":\"*\",\"Resource\":\"*\",\"Principal\":[\"*\"]",
    ",\"Action\":\"*\",\"Resource\":\"*\",\"Principal\":{\"AWS\":7}",
    ",\"Action\":\"*\",\"Resource\":\"*\",\"Principal\":{\"User\":\"*\"}",
    ",\"Action\":\"*\",\"Resource\":\"*\",\"Principal\":{\"aws\":\"*\"}",
    ",\"Action\":\"*\",\"Resource\":\"*\",\"Principal\":\"a\"",
    ",\"Action\":\"*\",\"Resource\":\"*\",\"Principal\":{\"AWS\":\"*\"},"
    "\"Condition\":[]",
    ",\"Action\":\"*\",\"Resource\":\"*\",\"Principal\":{\"AWS\":\"*\"},"
    "\"Condition\":{\"Bool\":[]}",
    ",\"Action\":\"*\",\"Resource\":\"*\",\"Principal\":{\"AWS\":\"*\"},"
    "\"Condition\":{\"Bool\":{\"k:flag\":null}}",
    ",\"Action\":\"*\",\"Resource\":\"*\",\"Principal\":{\"AWS\":\"*\"},"
    "\"Condition\":{\"Bool\":{\"k:flag\":[[]]}}",
    ",\"Action\":\"*\",\"Resource\":\"*\",\"Principal\":{\"AWS\":\"*\"},"
    "\"Condition\":{\"Null\":{\"k:flag\":true,\"K:flag\":true}}",
    ",\"Action\":\"*\",\"Resource\":\"*\",\"Principal\":{\"AWS\":\"*\"},"
    "\"Condition\":{\"Null\":{\"k:a\":true},\"null\":{\"k:b\":true}}",
    ",\"Action\":\"*\",\"Resource\":\"*\",\"Principal\":{\"AWS\":\"*\"},"
    "\"Condition\":{\"Null\":{\"k:a\":true},\"Null\":{\"k:b\":true}}" };

static void
print_broad(bool allow, enum layer layer, struct writing *writing)
{
	writing_add(writing, "{\"Effect\":\"%s\",\"Action\":\"*\"",
	    allow ? "Allow" : "Deny");
	if (layer != LAYER_TRUST)
		writing_add(writing, ",\"Resource\":\"*\"");
	writing_add(writing, "%s}", has_principal(layer) ?
	    ",\"Principal\":\"*\"" : "");
}

static void
print_bad_statement(const struct scene *scene, struct writing *writing)
{
	bool effect = dice_holds(scene->dice, 30);

	writing_add(writing, "{%s%s}", effect ?
	    dice_pick(scene->dice, bad_effects) : "\"Effect\":\"Allow\"",
	    effect ? ",\"Action\":\"*\",\"Resource\":\"*\"" :
	    dice_pick(scene->dice, bad_elements));
}

static void
print_statement(const struct scene *scene, enum layer layer,
    struct writing *writing)
{
	bool allow = dice_holds(scene->dice, habits[layer].allow);

	if (dice_holds(scene->dice, habits[layer].broad)) {
		/* What denies everybody everything tells little. */
		print_broad(allow || dice_holds(scene->dice, 90), layer,
		    writing);
		return;
	}
	writing_add(writing, "{\"Effect\":\"%s\"", allow ? "Allow" : "Deny");
	if (has_principal(layer) || dice_holds(scene->dice, 1))
		print_principal(scene, allow, writing);
	print_element(scene, "Action", 8, find_action, writing);
	if (dice_holds(scene->dice, layer == LAYER_TRUST ? 10 :
	    layer == LAYER_RESOURCE ? 95 : 99))
		print_element(scene, "Resource", 8, find_resource, writing);
	if (dice_holds(scene->dice, allow ? 40 : 60)) {
		writing_add(writing, ",\"Condition\":");
		draft_condition(scene, writing);
	}
	writing_add(writing, "}");
}

/* Documents. */

static const char *const bad_documents[] = { "7", "\"x\"", "[]", "{}",
    "{\"Version\":\"2012-10-17\"}", "{\"Statement\":[]}",
    "{\"Statement\":\"x\"}", "{\"Statement\":[7]}", "{\"Statement\":{}}",
    "{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}",
    "{\"Statement\":[],\"Comment\":\"x\"}", "{\"Version\":7,\"Statement\":[]}",
    "{\"Version\":\"2012-10-18\",\"Statement\":{\"Effect\":\"Allow\","
    "\"Action\":\"*\",\"Resource\":\"*\",\"Principal\":\"*\"}}",
    "{\"Statement\":[],\"statement\":[]}", "{\"Statement\":[],\"Id\":7}",
    "{\"Statement\":[null]}", "{\"Statement\":null}",
    "{\"Version\":\"2012-10-17\",\"Version\":\"2012-10-17\","
    "\"Statement\":[]}" };

static void
print_version(const struct scene *scene, struct writing *writing)
{
	size_t chance = dice_get(scene->dice, 100);

	if (chance < 80)
		writing_add(writing, "\"Version\":\"2012-10-17\",");
	else if (chance < 90)
		writing_add(writing, "\"Version\":\"2008-10-17\",");
	if (dice_holds(scene->dice, 3))
		writing_add(writing, "\"Id\":\"a\",");
}

void
draft_document(const struct scene *scene, enum layer layer,
    struct writing *writing)
{
	size_t chance = dice_get(scene->dice, 100);
	size_t count = chance < 2 ? 0 : chance < 65 ? 1 : chance < 90 ? 2 : 3;
	bool bare = count == 1 && dice_holds(scene->dice, 20);
	bool bad = dice_holds(scene->dice, 1);

	if (bad && dice_holds(scene->dice, 30)) {
		writing_add(writing, "%s",
		    dice_pick(scene->dice, bad_documents));
		return;
	}
	writing_add(writing, "{");
	print_version(scene, writing);
	writing_add(writing, "\"Statement\":%s", bare ? "" : "[");
	for (size_t i = 0; i < count; i++) {
		writing_add(writing, "%s", i == 0 ? "" : ",");
		if (bad)
			print_bad_statement(scene, writing);
		else
			print_statement(scene, layer, writing);
	}
	writing_add(writing, "%s}", bare ? "" : "]");
}
