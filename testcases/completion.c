/* SPDX-License-Identifier: MIT */
/* Keys that say who calls are made unknown as often as all others. */
#include "config.h"

#include <string.h>
#include <strings.h>

#include "testcases/completion.h"

static const struct scene_key callers[] = {
	{ .name = "aws:userid", .type = VALUE_STRING },
	{ .name = "aws:PrincipalArn", .type = VALUE_ARN },
	{ .name = "aws:TokenIssueTime", .type = VALUE_DATE },
	{ .name = "aws:AssumedRoot", .type = VALUE_BOOL },
	{ .name = "aws:ViaAWSService", .type = VALUE_BOOL },
	{ .name = "aws:MultiFactorAuthPresent", .type = VALUE_BOOL },
};

static bool
has_key(const struct scene_key *keys, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcasecmp(keys[i].name, name) == 0)
			return true;
	return false;
}

/* Makes a key unknown; what it was is a value to come back to. */
static void
open_key(struct completion *completion, struct scene *scene,
    const struct scene_key *key)
{
	struct scene_key before = { .name = key->name, .type = key->type };

	if (has_key(completion->before, completion->count, key->name))
		return;
	for (size_t i = 0; i < scene->key_count; i++)
		if (strcmp(scene->keys[i].name, before.name) == 0) {
			before = scene->keys[i];
			memmove(&scene->keys[i], &scene->keys[i + 1],
			    (--scene->key_count - i) * sizeof(before));
			break;
		}
	completion->before[completion->count] = before;
	completion->now[completion->count++] = (struct scene_key){
	    .name = before.name, .type = before.type };
}

static void
open_some(struct completion *completion, struct scene *scene)
{
	for (size_t i = 1 + dice_get(scene->dice, 3); i > 0; i--) {
		size_t chance = dice_get(scene->dice, 10);

		if (chance < 5 && scene->key_count > 0)
			open_key(completion, scene, &scene->keys[
			    dice_get(scene->dice, scene->key_count)]);
		else
			open_key(completion, scene, chance < 8 ?
			    &dice_pick(scene->dice, callers) :
			    scene_key(scene, VALUE_STRING));
	}
	for (size_t i = 0; i < completion->count; i++)
		scene->unknown[scene->unknown_count++] =
		    completion->before[i].name;
}

/* All that the scene does not list, whatever its case. */
static void
open_others(struct completion *completion, struct scene *scene)
{
	size_t count;
	const struct scene_key *keys = scene_keys(&count);

	for (size_t i = 0; i < sizeof(callers) / sizeof(callers[0]); i++)
		if (!has_key(scene->keys, scene->key_count, callers[i].name))
			open_key(completion, scene, &callers[i]);
	for (size_t i = 0; i < count; i++)
		if (!has_key(scene->keys, scene->key_count, keys[i].name))
			open_key(completion, scene, &keys[i]);
	scene->unknown[scene->unknown_count++] = "*";
}

void
completion_init(struct completion *completion, struct scene *scene)
{
	*completion = (struct completion){ .count = 0 };
	if (dice_holds(scene->dice, 80))
		open_some(completion, scene);
	else
		open_others(completion, scene);
	completion->known_count = scene->key_count;
	memcpy(completion->known, scene->keys,
	    scene->key_count * sizeof(scene->keys[0]));
}

static const char *
find_value(const struct scene *scene, const struct scene_key *before)
{
	static const char *const ids[] = { "AIDAALICE", "AROAAPP",
	    "AROAAPP:s1", "AIDA", "alice" };
	static const char *const roles[] = { "arn:%:iam::@:role/app",
	    "arn:%:iam::@:role/team/app", "arn:%:iam::@:role/App",
	    "arn:%:iam::@:role/aws-service-role/x/linked",
	    "arn:%:iam::@:role/aws-service-role/x/app" };

	if (before->count > 0 && dice_holds(scene->dice, 40))
		return before->values[dice_get(scene->dice, before->count)];
	if (strcmp(before->name, "aws:userid") == 0 &&
	    dice_holds(scene->dice, 80))
		return dice_pick(scene->dice, ids);
	if (strcmp(before->name, "aws:PrincipalArn") == 0 &&
	    dice_holds(scene->dice, 70))
		return scene_expand(scene, dice_pick(scene->dice, roles),
		    scene->account);
	return scene_value(scene, dice_holds(scene->dice, 90) ?
	    before->type : VALUE_STRING);
}

const char *
completion_step(struct completion *completion, struct scene *scene)
{
	size_t at = dice_get(scene->dice, completion->count);
	size_t chance = dice_get(scene->dice, 10);
	struct scene_key *key = &completion->now[at];

	key->count = chance < 3 ? 0 : chance < 8 ? 1 : 2;
	for (size_t i = 0; i < key->count; i++)
		key->values[i] = find_value(scene, &completion->before[at]);
	scene->unknown_count = 0;
	scene->key_count = completion->known_count;
	memcpy(scene->keys, completion->known,
	    completion->known_count * sizeof(scene->keys[0]));
	for (size_t i = 0; i < completion->count; i++)
		if (completion->now[i].count > 0)
			scene->keys[scene->key_count++] = completion->now[i];
	return key->name;
}
