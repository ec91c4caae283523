/* SPDX-License-Identifier: MIT */
/* Words that mean something in every hamlet, put together at random. */
#include "config.h"

#include <string.h>

#include "policy/operator.h"
#include "testcases/oath.h"

struct scribe {
	struct hamlet	*hamlet;
	struct dice	*dice;
	struct writing	*writing;
};

static const struct hamlet_caller *
find_caller(const struct scribe *scribe)
{
	return &scribe->hamlet->callers[dice_get(scribe->dice,
	    scribe->hamlet->caller_count)];
}

static const struct hamlet_call *
find_call(const struct scribe *scribe)
{
	return &scribe->hamlet->calls[dice_get(scribe->dice,
	    scribe->hamlet->call_count)];
}

static void
print_on(const struct scribe *scribe)
{
	static const char *const patterns[] = { "arn:aws:s3:::data/*",
	    "arn:aws:s3:::*", "arn:aws:iam::*:role/team/*",
	    "arn:aws:kms:*:*:key/*", "arn:*:sqs:*:*:data" };

	writing_add(scribe->writing, " on %s", dice_holds(scribe->dice, 60) ?
	    find_call(scribe)->resource : dice_pick(scribe->dice, patterns));
}

static void
print_session(const struct scribe *scribe, const struct hamlet_caller *caller)
{
	const char *account = caller->principal + strlen("arn:aws:iam::");
	const char *role = strrchr(caller->principal, '/') + 1;

	writing_add(scribe->writing, " by arn:aws:sts::%.12s:assumed-role/"
	    "%s/%s", account, dice_holds(scribe->dice, 30) ? "*" : role,
	    dice_holds(scribe->dice, 30) ? "*" : caller->session);
}

static void
print_by(const struct scribe *scribe)
{
	const struct hamlet_caller *caller = find_caller(scribe);
	const char *stranger = hamlet_draw_stranger(scribe->hamlet);

	if (stranger != NULL)
		writing_add(scribe->writing, " by %s", stranger);
	else if (dice_holds(scribe->dice, 15))
		writing_add(scribe->writing, " by session of app");
	else if (caller->session == NULL && dice_holds(scribe->dice, 20) &&
	    caller->principal[0] == 'a')
		writing_add(scribe->writing, " by %s", caller->principal);
	else if (caller->session != NULL && dice_holds(scribe->dice, 30))
		print_session(scribe, caller);
	else if (dice_holds(scribe->dice, 25))
		writing_add(scribe->writing, " by %s,%s", caller->word,
		    find_caller(scribe)->word);
	else
		writing_add(scribe->writing, " by %s", caller->word);
}

static void
print_through(const struct scribe *scribe)
{
	size_t count = scribe->hamlet->endpoint_count;
	size_t chance = dice_get(scribe->dice, 5);

	writing_add(scribe->writing, " through %s", chance == 0 ?
	    "vpc-0aaaaaaaaaaaaaaa1" : chance == 1 || count == 0 ?
	    "internet" : chance == 2 ? "endpoints" :
	    scribe->hamlet->endpoints[dice_get(scribe->dice, count)]);
}

static void
print_phrase(const struct scribe *scribe)
{
	switch (dice_get(scribe->dice, 8)) {
	case 0: case 1:
		print_on(scribe);
		break;
	case 2: case 3: case 4:
		print_by(scribe);
		break;
	case 5: case 6:
		print_through(scribe);
		break;
	default:
		writing_add(scribe->writing, " mfa");
	}
}

/* Tests. */

static const struct scene_key *
find_key(const struct scribe *scribe, enum value_type type)
{
	const struct hamlet *hamlet = scribe->hamlet;
	const struct scene_key *key = &hamlet->keys[dice_get(scribe->dice,
	    hamlet->key_count)];
	size_t count = 0;

	while (hamlet_keys[count].name != NULL)
		count++;
	while (key->type != type && type != VALUE_PRESENCE)
		key = &hamlet_keys[dice_get(scribe->dice, count)];
	return key;
}

static void
print_value(const struct scribe *scribe, const struct scene_key *key,
    enum value_type type)
{
	const char *value = key->values[dice_get(scribe->dice, key->count)];

	if (type == VALUE_PRESENCE)
		value = dice_holds(scribe->dice, 50) ? "true" : "false";
	writing_add(scribe->writing, "%s", value);
	if (type == VALUE_STRING && dice_holds(scribe->dice, 15))
		writing_add(scribe->writing, "*");
}

static void
print_test(const struct scribe *scribe)
{
	static const char *const prefixes[] = { "", "", "", "", "", "",
	    "ForAllValues:", "ForAnyValue:" };
	const struct operator_facts *facts = operator_facts(
	    (enum operator)dice_get(scribe->dice, OPERATOR_COUNT));
	const struct scene_key *key = find_key(scribe, facts->type);

	writing_add(scribe->writing, " %s%s%s %s ",
	    dice_pick(scribe->dice, prefixes), facts->name,
	    facts->type != VALUE_PRESENCE && dice_holds(scribe->dice, 15) ?
	    "IfExists" : "", key->name);
	if (facts->type == VALUE_STRING && dice_holds(scribe->dice, 8)) {
		writing_add(scribe->writing, "${aws:username}");
		return;
	}
	print_value(scribe, key, facts->type);
	if (dice_holds(scribe->dice, 25)) {
		writing_add(scribe->writing, ",");
		print_value(scribe, key, facts->type);
	}
}

static void
print_action(const struct scribe *scribe)
{
	static const char *const patterns[] = { "s3:*", "s3:Get*", "*",
	    "sts:*", "kms:*", "sqs:*,s3:List*" };

	writing_add(scribe->writing, " %s", dice_holds(scribe->dice, 60) ?
	    find_call(scribe)->action : dice_pick(scribe->dice, patterns));
}

static void
print_atom(const struct scribe *scribe)
{
	size_t chance = dice_get(scribe->dice, 10);

	if (dice_holds(scribe->dice, 25))
		writing_add(scribe->writing, " not");
	if (chance < 5)
		print_test(scribe);
	else if (chance < 8)
		print_phrase(scribe);
	else
		print_action(scribe);
}

static void
print_condition(const struct scribe *scribe)
{
	print_atom(scribe);
	while (dice_holds(scribe->dice, 35)) {
		writing_add(scribe->writing, dice_holds(scribe->dice, 50) ?
		    " and" : " or");
		print_atom(scribe);
	}
}

void
oath_print(struct hamlet *hamlet, size_t id, struct writing *writing)
{
	struct scribe scribe = { hamlet, &hamlet->dice, writing };
	size_t chance = dice_get(&hamlet->dice, 10);
	bool every = chance < 5;

	writing_add(writing, "guarantee G%zu oath\n  %s allowed", id,
	    every ? "every" : chance < 8 ? "never" : "some");
	if (dice_holds(&hamlet->dice, 50))
		writing_add(writing, " request");
	else
		print_action(&scribe);
	while (dice_holds(&hamlet->dice, 35))
		print_phrase(&scribe);
	writing_add(writing, "\n");
	if (dice_holds(&hamlet->dice, every ? 25 : 50)) {
		writing_add(writing, "  where");
		print_condition(&scribe);
		writing_add(writing, "\n");
	}
	if (every) {
		writing_add(writing, "  must");
		print_condition(&scribe);
		writing_add(writing, "\n");
	}
}
