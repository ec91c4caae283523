/* SPDX-License-Identifier: MIT */
/*
 * Two accounts at most, a user, a role or two, two endpoints, two resources.
 * What is written @ is the first account, and # the last.
 */
#include "config.h"

#include <string.h>

#include "testcases/draft.h"
#include "testcases/hamlet.h"

static const char one[] = "111111111111", two[] = "222222222222";

const struct scene_key hamlet_keys[] = {
	{ "k:one", VALUE_STRING, { "a", "team" }, 2 },
	{ "aws:PrincipalTag/team", VALUE_STRING, { "a", "b" }, 2 },
	{ "aws:ResourceTag/team", VALUE_STRING, { "a", "b" }, 2 },
	{ "aws:PrincipalOrgID", VALUE_STRING, { "o-a1b2c3d4e5",
	    "o-ffffffffff" }, 2 },
	{ "aws:PrincipalOrgPaths", VALUE_STRING, {
	    "o-a1b2c3d4e5/r-abcd/ou-abcd-11111111/",
	    "o-a1b2c3d4e5/r-abcd/*" }, 2 },
	{ "aws:ResourceOrgID", VALUE_STRING, { "o-a1b2c3d4e5",
	    "o-ffffffffff" }, 2 },
	{ "aws:PrincipalAccount", VALUE_STRING, { one, two }, 2 },
	{ "aws:ResourceAccount", VALUE_STRING, { one, two }, 2 },
	{ "aws:PrincipalType", VALUE_STRING, { "User", "AssumedRole" }, 2 },
	{ "aws:PrincipalArn", VALUE_ARN, {
	    "arn:aws:iam::111111111111:user/alice",
	    "arn:aws:iam::*:role/team/app" }, 2 },
	{ "aws:username", VALUE_STRING, { "alice", "mallory" }, 2 },
	{ "aws:SourceVpce", VALUE_STRING, { "vpce-0a11aaaaaaaaaaaa1",
	    "vpce-0a22aaaaaaaaaaaa2" }, 2 },
	{ "aws:SourceVpc", VALUE_STRING, { "vpc-0aaaaaaaaaaaaaaa1",
	    "vpc-0999999999999999f" }, 2 },
	{ "aws:SourceIp", VALUE_IP, { "8.8.8.8", "8.8.0.0/16" }, 2 },
	{ "aws:ViaAWSService", VALUE_BOOL, { "true", "false" }, 2 },
	{ "aws:CalledVia", VALUE_STRING, { "athena.amazonaws.com",
	    "cloudformation.amazonaws.com" }, 2 },
	{ "aws:SecureTransport", VALUE_BOOL, { "true", "false" }, 2 },
	{ "aws:MultiFactorAuthPresent", VALUE_BOOL, { "true", "false" }, 2 },
	{ "aws:CurrentTime", VALUE_DATE, { "2024-01-01T00:00:00Z",
	    "2025-06-30" }, 2 },
	{ "aws:PrincipalIsAWSService", VALUE_BOOL, { "true", "false" }, 2 },
	{ "aws:SourceAccount", VALUE_STRING, { one, two }, 2 },
	{ "aws:SourceArn", VALUE_ARN, { "arn:aws:s3:::data",
	    "arn:aws:sns:eu-west-1:111111111111:t" }, 2 },
	{ "s3:prefix", VALUE_STRING, { "a", "team/" }, 2 },
	{ "s3:max-keys", VALUE_NUMBER, { "1", "10" }, 2 },
	{ "sts:ExternalId", VALUE_STRING, { "team", "app" }, 2 },
	{ "sts:RoleSessionName", VALUE_STRING, { "alice", "s1" }, 2 },
	{ "kms:EncryptionContextKeys", VALUE_STRING, { "a", "team" }, 2 },
	{ "kms:EncryptionContext:team", VALUE_STRING, { "a", "b" }, 2 },
	{ "k:size", VALUE_NUMBER, { "1", "10" }, 2 },
	{ "k:bytes", VALUE_BINARY, { "YWJj", "YQ==" }, 2 },
	{ "k:arn", VALUE_ARN, { "arn:aws:s3:::data",
	    "arn:aws:sns:eu-west-1:111111111111:t" }, 2 },
	{ "aws:EpochTime", VALUE_DATE, { "1704067200", "2025-06-30" }, 2 },
	{ "aws:TokenIssueTime", VALUE_DATE, { "2024-01-01T00:00:00Z",
	    "2025-06-30" }, 2 },
	{ "aws:CalledViaFirst", VALUE_STRING, { "athena.amazonaws.com",
	    "cloudformation.amazonaws.com" }, 2 },
	{ "aws:RequestTag/team", VALUE_STRING, { "a", "b" }, 2 },
	{ "aws:TagKeys", VALUE_STRING, { "team", "env" }, 2 },
	{ .name = NULL }
};

/* Keys of which one tells of the other. */
static const char *const kin[][2] = {
	{ "aws:CurrentTime", "aws:EpochTime" },
	{ "aws:CurrentTime", "aws:TokenIssueTime" },
	{ "aws:EpochTime", "aws:TokenIssueTime" },
	{ "aws:CalledVia", "aws:CalledViaFirst" },
	{ "aws:TagKeys", "aws:RequestTag/team" },
	{ "aws:SourceArn", "aws:SourceAccount" },
};

enum {
	KEY_TAG = 1,			/* aws:PrincipalTag/team */
	KEY_COUNT = sizeof(hamlet_keys) / sizeof(hamlet_keys[0]) - 1
};

/* With the owners that it may have, where its ARN names none. */
static const struct {
	struct hamlet_call	 call;
	unsigned		 often;
} calls[] = {
	{ { "s3:GetObject", "arn:aws:s3:::data/a.txt", "@" }, 60 },
	{ { "s3:GetObject", "arn:aws:s3:::data/alice/a", "@" }, 30 },
	{ { "s3:GetObject", "arn:aws:s3:::loot/a.txt", "999999999999" }, 30 },
	{ { "s3:GetObject", "arn:aws:s3:::other/a.txt", "#" }, 20 },
	{ { "s3:PutObject", "arn:aws:s3:::data/a.txt", "@" }, 30 },
	{ { "s3:ListBucket", "arn:aws:s3:::data", "@" }, 30 },
	{ { "s3:ListBucket", "arn:aws:s3:::loot", "999999999999" }, 15 },
	{ { "s3:ListAllMyBuckets", "*", NULL }, 20 },
	{ { "s3:PutBucketPolicy", "arn:aws:s3:::data", "@" }, 15 },
	{ { "kms:Decrypt", "arn:aws:kms:eu-west-1:@:key/a", NULL }, 30 },
	{ { "kms:Decrypt", "arn:aws:kms:eu-west-1:999999999999:key/a", NULL },
	    15 },
	{ { "sqs:SendMessage", "arn:aws:sqs:eu-west-1:@:data", NULL }, 30 },
	{ { "sqs:SendMessage", "arn:aws:sqs:eu-west-1:#:team", NULL }, 15 },
	{ { "sts:AssumeRole", "arn:aws:iam::#:role/team/app", NULL }, 40 },
	{ { "sts:AssumeRole", "arn:aws:iam::999999999999:role/odd", NULL },
	    15 },
	{ { "sts:AssumeRoleWithWebIdentity", "arn:aws:iam::#:role/team/app",
	    NULL }, 15 },
	{ { "iam:GetRole", "arn:aws:iam::#:role/team/app", NULL }, 15 },
	{ { "sqs:TagQueue", "arn:aws:sqs:eu-west-1:@:data", NULL }, 20 },
	{ { "sqs:UntagQueue", "arn:aws:sqs:eu-west-1:@:data", NULL }, 15 },
};

static const struct hamlet_caller callers[] = {
	{ "arn:aws:iam::@:user/alice", NULL, NULL, "alice" },
	{ "arn:aws:iam::#:role/team/app", "alice", NULL, "app" },
	{ "arn:aws:iam::#:role/team/app", "s1", NULL, "app" },
	{ "arn:aws:iam::@:root", NULL, NULL, "root" },
	{ "arn:aws:iam::#:root", NULL, NULL, "#" },
	{ "arn:aws:sts::@:federated-user/eve", NULL,
	    "arn:aws:iam::@:user/alice", "@" },
	{ "arn:aws:sts::@:federated-user/rooted", NULL,
	    "arn:aws:iam::@:root", "@" },
	{ "arn:aws:iam::999999999999:user/mallory", NULL, NULL, "foreign" },
	{ "arn:aws:iam::999999999999:role/odd", "s1", NULL, "role" },
	{ "arn:aws:iam::999999999999:root", NULL, NULL, "root" },
	{ "lambda.amazonaws.com", NULL, NULL, "service" },
	{ "federated:accounts.google.com", NULL, NULL, "provider" },
	{ "*", NULL, NULL, "anonymous" },
};

/* Who is in no list of the estate, and no word of a promise means him alone. */
static const struct hamlet_caller strangers[] = {
	{ "arn:aws:iam::@:user/ghost", NULL, NULL, NULL },
	{ "arn:aws:iam::#:role/ghost", "s1", NULL, NULL },
	{ "arn:aws:sts::@:federated-user/eve", NULL,
	    "arn:aws:iam::@:user/ghost", NULL },
	{ "arn:aws:iam::#:role/aws-service-role/x.amazonaws.com/"
	    "AWSServiceRoleForX", "s1", NULL, NULL },
	{ "arn:aws:iam::999999999999:role/aws-service-role/x.amazonaws.com/"
	    "AWSServiceRoleForX", "s1", NULL, NULL },
};

static const char *
expand(const struct hamlet *hamlet, const char *text)
{
	struct writing writing = { .arena = hamlet->arena };

	if (text == NULL)
		return NULL;
	for (; *text != '\0'; text++) {
		if (*text == '@')
			writing_add(&writing, "%s", hamlet->accounts[0]);
		else if (*text == '#')
			writing_add(&writing, "%s", hamlet->accounts[
			    hamlet->account_count - 1]);
		else
			writing_add(&writing, "%c", *text);
	}
	*list_add(hamlet->arena, &writing.text) = '\0';
	return writing.text.items;
}

/* Who, what, which keys. */

static void
add_caller(struct hamlet *hamlet, const struct hamlet_caller *model)
{
	struct hamlet_caller *caller =
	    &hamlet->callers[hamlet->caller_count++];

	*caller = *model;
	caller->principal = expand(hamlet, model->principal);
	caller->issuer = expand(hamlet, model->issuer);
	caller->word = expand(hamlet, model->word);
}

static void
choose_callers(struct hamlet *hamlet)
{
	for (size_t i = 0; i < sizeof(callers) / sizeof(callers[0]); i++)
		add_caller(hamlet, &callers[i]);
}

void
hamlet_add_strangers(struct hamlet *hamlet)
{
	for (size_t i = 0; i < sizeof(strangers) / sizeof(strangers[0]); i++)
		add_caller(hamlet, &strangers[i]);
}

static bool
is_open(const struct hamlet *hamlet)
{
	return hamlet->open[0] || hamlet->open[1];
}

const char *
hamlet_draw_stranger(struct hamlet *hamlet)
{
	return is_open(hamlet) && dice_holds(&hamlet->apart, 15) ?
	    expand(hamlet, strangers[dice_get(&hamlet->apart, 2)].principal) :
	    NULL;
}

static void
add_call(struct hamlet *hamlet, const struct hamlet_call *model)
{
	struct hamlet_call *call = &hamlet->calls[hamlet->call_count++];

	call->action = model->action;
	call->resource = expand(hamlet, model->resource);
	call->owner = expand(hamlet, model->owner);
}

static void
choose_calls(struct hamlet *hamlet)
{
	for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]) &&
	    hamlet->call_count < 4; i++) {
		if (!dice_holds(&hamlet->dice, calls[i].often) && (i + 1 <
		    sizeof(calls) / sizeof(calls[0]) ||
		    hamlet->call_count > 0))
			continue;
		add_call(hamlet, &calls[i].call);
	}
}

/* What no list of the estate has is there, where an account is open. */
static void
choose_unlisted_call(struct hamlet *hamlet)
{
	static const struct hamlet_call unlisted[] = {
		{ "sts:AssumeRole", "arn:aws:iam::#:role/ghost", NULL },
		{ "kms:Decrypt", "arn:aws:kms:eu-west-1:@:key/ghost", NULL },
		{ "sqs:SendMessage", "arn:aws:sqs:eu-west-1:#:ghost", NULL },
	};

	if (is_open(hamlet) && dice_holds(&hamlet->apart, 50))
		add_call(hamlet, &dice_pick(&hamlet->apart, unlisted));
}

static bool
has_key(const struct hamlet *hamlet, const char *name)
{
	for (size_t i = 0; i < hamlet->key_count; i++)
		if (strcmp(hamlet->keys[i].name, name) == 0)
			return true;
	return false;
}

static void
choose_key(struct hamlet *hamlet, const struct scene_key *key)
{
	if (!has_key(hamlet, key->name))
		hamlet->keys[hamlet->key_count++] = *key;
}

/* Often the one beside the other. */
static void
choose_kin(struct hamlet *hamlet)
{
	for (size_t i = 0; i < sizeof(kin) / sizeof(kin[0]); i++) {
		bool first = has_key(hamlet, kin[i][0]);
		bool second = has_key(hamlet, kin[i][1]);

		if (first == second || hamlet->key_count == HAMLET_KEYS_MAX ||
		    !dice_holds(&hamlet->dice, 50))
			continue;
		for (size_t j = 0; j < KEY_COUNT; j++)
			if (strcmp(hamlet_keys[j].name, kin[i][first]) == 0)
				choose_key(hamlet, &hamlet_keys[j]);
	}
}

static void
choose_keys(struct hamlet *hamlet)
{
	size_t count = dice_get(&hamlet->dice, HAMLET_KEYS_MAX);

	for (size_t i = 0; i < count; i++)
		choose_key(hamlet, &hamlet_keys[dice_get(&hamlet->dice,
		    KEY_COUNT)]);
	choose_key(hamlet, &hamlet_keys[dice_holds(&hamlet->dice, 40) ?
	    KEY_TAG : dice_get(&hamlet->dice, KEY_COUNT)]);
	choose_kin(hamlet);
}

struct scene
hamlet_scene(struct hamlet *hamlet)
{
	const struct hamlet_caller *caller = &hamlet->callers[dice_get(
	    &hamlet->dice, dice_holds(&hamlet->dice, 60) ? 3 :
	    hamlet->caller_count)];
	const struct hamlet_call *call = &hamlet->calls[dice_get(
	    &hamlet->dice, hamlet->call_count)];
	struct scene scene = { .arena = hamlet->arena,
	    .dice = &hamlet->dice, .partition = "aws",
	    .account = hamlet->accounts[0], .principal = caller->principal,
	    .issuer = caller->issuer, .action = call->action,
	    .resource = call->resource, .owner = call->owner };

	memcpy(scene.keys, hamlet->keys, sizeof(hamlet->keys));
	scene.key_count = hamlet->key_count;
	return scene;
}

/* The estate. */

/* Some documents nobody has. */
static void
add_document(struct hamlet *hamlet, enum layer layer)
{
	struct scene scene = hamlet_scene(hamlet);

	if (dice_holds(&hamlet->dice, 4))
		writing_add(&hamlet->estate, "\"unknown\"");
	else
		draft_document(&scene, layer, &hamlet->estate);
}

static void
add_list(struct hamlet *hamlet, const char *name, enum layer layer,
    size_t count)
{
	writing_add(&hamlet->estate, "\"%s\":[", name);
	for (size_t i = 0; i < count; i++) {
		writing_add(&hamlet->estate, "%s", i == 0 ? "" : ",");
		add_document(hamlet, layer);
	}
	writing_add(&hamlet->estate, "]");
}

/* What AWS attaches, and mostly one more. */
static void
add_level(struct hamlet *hamlet, const char *before)
{
	struct writing *estate = &hamlet->estate;

	if (dice_holds(&hamlet->dice, 40)) {
		writing_add(estate, "%s\"scps\":[\"FullAWSAccess\",", before);
		add_document(hamlet, LAYER_SCP);
		writing_add(estate, "]");
		before = ",";
	} else if (dice_holds(&hamlet->dice, 10)) {
		writing_add(estate, "%s", before);
		add_list(hamlet, "scps", LAYER_SCP,
		    dice_get(&hamlet->dice, 3));
		before = ",";
	}
	if (dice_holds(&hamlet->dice, 35)) {
		writing_add(estate, "%s\"rcps\":[\"RCPFullAWSAccess\",",
		    before);
		add_document(hamlet, LAYER_RCP);
		writing_add(estate, "]");
	}
}

static void
add_organization(struct hamlet *hamlet)
{
	struct writing *estate = &hamlet->estate;
	bool inside = hamlet->account_count == 1 ||
	    dice_holds(&hamlet->dice, 70);

	writing_add(estate, ",\"organization\":{\"id\":\"o-a1b2c3d4e5\"");
	if (dice_holds(&hamlet->dice, 15))
		writing_add(estate, ",\"management\":\"%s\"", one);
	writing_add(estate, ",\"root\":{\"id\":\"r-abcd\",\"accounts\":[");
	if (inside && hamlet->account_count == 2)
		writing_add(estate, "\"%s\"", two);
	writing_add(estate, "],\"units\":[{\"id\":\"ou-abcd-11111111\","
	    "\"accounts\":[\"%s\"]", one);
	add_level(hamlet, ",");
	writing_add(estate, "}]");
	add_level(hamlet, ",");
	writing_add(estate, "}}");
}

static void
add_accounts(struct hamlet *hamlet)
{
	writing_add(&hamlet->estate, ",\"accounts\":{");
	for (size_t i = 0; i < hamlet->account_count; i++)
		writing_add(&hamlet->estate, "%s\"%s\":{%s}",
		    i == 0 ? "" : ",", hamlet->accounts[i],
		    hamlet->open[i] ? "\"unlisted\":\"unknown\"" : "");
	writing_add(&hamlet->estate, "},\"vpcs\":{\"vpc-0aaaaaaaaaaaaaaa1\":"
	    "{\"account\":\"%s\"}}", one);
}

static void
add_endpoints(struct hamlet *hamlet)
{
	static const char *const ids[] = { "vpce-0a11aaaaaaaaaaaa1",
	    "vpce-0a22aaaaaaaaaaaa2" };
	static const char *const services[] = { "s3\",\"type\":\"gateway",
	    "s3\",\"type\":\"interface", "sts", "kms", "sqs" };
	size_t count = dice_get(&hamlet->dice, 3);

	writing_add(&hamlet->estate, ",\"endpoints\":{");
	for (size_t i = 0; i < count; i++) {
		writing_add(&hamlet->estate, "%s\"%s\":{\"vpc\":"
		    "\"vpc-0aaaaaaaaaaaaaaa1\",\"service\":\"%s\"",
		    i == 0 ? "" : ",", ids[i],
		    dice_pick(&hamlet->dice, services));
		hamlet->endpoints[hamlet->endpoint_count++] = ids[i];
		if (dice_holds(&hamlet->dice, 75)) {
			writing_add(&hamlet->estate, ",\"policy\":");
			add_document(hamlet, LAYER_ENDPOINT);
		}
		writing_add(&hamlet->estate, "}");
	}
	writing_add(&hamlet->estate, "}");
}

/* Mostly such as people write: tags can be passed, or cannot. */
static void
add_trust(struct hamlet *hamlet)
{
	static const char *const actions[] = { "\"sts:AssumeRole\"",
	    "[\"sts:AssumeRole\",\"sts:TagSession\"]", "\"sts:*\"" };

	writing_add(&hamlet->estate, ",\"trust\":");
	if (dice_holds(&hamlet->dice, 30)) {
		add_document(hamlet, LAYER_TRUST);
		return;
	}
	writing_add(&hamlet->estate, "{\"Version\":\"2012-10-17\","
	    "\"Statement\":{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":"
	    "\"%s\"},\"Action\":%s}}", one,
	    dice_pick(&hamlet->dice, actions));
}

static void
add_principal(struct hamlet *hamlet, const char *arn, bool role)
{
	struct writing *estate = &hamlet->estate;

	writing_add(estate, "\"%s\":{\"id\":\"%s\",", expand(hamlet, arn),
	    role ? "AROA2222222222TEAMAPP" :
	    "AIDA1111111111ALICE01");
	add_list(hamlet, "identity", LAYER_IDENTITY,
	    dice_holds(&hamlet->dice, 85) ? 1 + dice_get(&hamlet->dice, 2) :
	    0);
	if (role)
		add_trust(hamlet);
	if (dice_holds(&hamlet->dice, 25)) {
		writing_add(estate, ",\"boundary\":");
		add_document(hamlet, LAYER_BOUNDARY);
	}
	if (dice_holds(&hamlet->dice, 50))
		writing_add(estate, ",\"tags\":{\"team\":\"a\"}");
	writing_add(estate, "}");
}

static void
add_principals(struct hamlet *hamlet)
{
	writing_add(&hamlet->estate, ",\"principals\":{");
	add_principal(hamlet, "arn:aws:iam::@:user/alice", false);
	writing_add(&hamlet->estate, ",");
	add_principal(hamlet, "arn:aws:iam::#:role/team/app", true);
	writing_add(&hamlet->estate, "}");
}

/* Lets in a whole sort of callers, or those who come the right way. */
static void
add_welcome(struct hamlet *hamlet)
{
	static const char *const whom[] = { "\"*\"",
	    "{\"AWS\":\"999999999999\"}", "{\"AWS\":\"111111111111\"}",
	    "{\"Service\":\"lambda.amazonaws.com\"}" };
	static const char *const conditions[] = { "", "", "",
	    ",\"Condition\":{\"StringEquals\":{\"aws:SourceVpc\":"
	    "\"vpc-0999999999999999f\"}}",
	    ",\"Condition\":{\"ArnLike\":{\"aws:PrincipalArn\":"
	    "\"arn:aws:iam::*:role/*\"}}" };

	writing_add(&hamlet->estate, "{\"Version\":\"2012-10-17\","
	    "\"Statement\":{\"Effect\":\"Allow\",\"Principal\":%s,"
	    "\"Action\":\"*\",\"Resource\":\"*\"%s}}",
	    dice_pick(&hamlet->apart, whom),
	    dice_pick(&hamlet->apart, conditions));
}

static void
add_resource(struct hamlet *hamlet, const char *arn, const char *owner,
    bool *first)
{
	struct writing *estate = &hamlet->estate;

	if (!dice_holds(&hamlet->dice, 70))
		return;
	writing_add(estate, "%s\"%s\":{", *first ? "" : ",",
	    expand(hamlet, arn));
	*first = false;
	if (owner != NULL)
		writing_add(estate, "\"account\":\"%s\",",
		    expand(hamlet, owner));
	if (dice_holds(&hamlet->dice, 50))
		writing_add(estate, "\"tags\":{\"team\":\"b\"},");
	writing_add(estate, "\"policy\":");
	if (dice_holds(&hamlet->apart, hamlet->odds.welcome))
		add_welcome(hamlet);
	else if (dice_holds(&hamlet->dice, 75))
		add_document(hamlet, LAYER_RESOURCE);
	else
		writing_add(estate, "null");
	writing_add(estate, "}");
}

static void
add_resources(struct hamlet *hamlet)
{
	bool first = true;

	writing_add(&hamlet->estate, ",\"resources\":{");
	add_resource(hamlet, "arn:aws:s3:::data/*", "@", &first);
	add_resource(hamlet, "arn:aws:s3:::data", "@", &first);
	add_resource(hamlet, "arn:aws:kms:eu-west-1:@:key/a", NULL, &first);
	add_resource(hamlet, "arn:aws:sqs:eu-west-1:@:data", NULL, &first);
	writing_add(&hamlet->estate, "}");
}

/* Some hold more than is told. */
static void
choose_accounts(struct hamlet *hamlet)
{
	hamlet->accounts[0] = one;
	hamlet->accounts[1] = two;
	hamlet->account_count = 1 + dice_holds(&hamlet->dice, 60);
	for (size_t i = 0; i < hamlet->account_count; i++)
		hamlet->open[i] = dice_holds(&hamlet->apart,
		    hamlet->odds.open);
}

struct hamlet *
hamlet_new(struct arena *arena, uint64_t seed,
    const struct hamlet_odds *odds)
{
	struct hamlet *hamlet = arena_alloc(arena, sizeof(*hamlet));

	hamlet->arena = arena;
	hamlet->estate.arena = arena;
	hamlet->odds = *odds;
	dice_init(&hamlet->dice, seed);
	dice_init(&hamlet->apart, ~seed);
	choose_accounts(hamlet);
	choose_callers(hamlet);
	choose_calls(hamlet);
	choose_unlisted_call(hamlet);
	choose_keys(hamlet);
	writing_add(&hamlet->estate, "{\"schema\":\"sekisho.estate/1\","
	    "\"region\":\"eu-west-1\"");
	if (dice_holds(&hamlet->dice, 60))
		add_organization(hamlet);
	add_accounts(hamlet);
	add_endpoints(hamlet);
	add_principals(hamlet);
	add_resources(hamlet);
	writing_add(&hamlet->estate, "}");
	return hamlet;
}
