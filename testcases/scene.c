/* SPDX-License-Identifier: MIT */
/*
 * The alphabets.  What is meant to happen often stands in them twice; what is
 * written % is the caller's partition, and @ an account.
 */
#include "config.h"

#include <string.h>

#include "testcases/scene.h"

static const char *const accounts[] = { "111111111111", "222222222222",
    "333333333333" };

static const struct caller {
	const char	*principal;
	const char	*issuers[3];
} callers[] = {
	{ "arn:%:iam::@:user/alice", { NULL } },
	{ "arn:%:iam::@:user/alice", { NULL } },
	{ "arn:%:iam::@:user/team/bob", { NULL } },
	{ "arn:%:sts::@:assumed-role/app/s1", { "arn:%:iam::@:role/app",
	    "arn:%:iam::@:role/team/app", NULL } },
	{ "arn:%:sts::@:assumed-role/app/s1", { "arn:%:iam::@:role/app",
	    "arn:%:iam::@:role/app", NULL } },
	{ "arn:%:sts::@:assumed-role/app/s2", { "arn:%:iam::@:role/app",
	    "arn:%:iam::@:role/App", NULL } },
	{ "arn:%:sts::@:assumed-role/AWSServiceRoleForX/s1", { NULL,
	    "arn:%:iam::@:role/aws-service-role/x/AWSServiceRoleForX",
	    "arn:%:iam::@:role/AWSServiceRoleForX" } },
	{ "arn:%:sts::@:assumed-role/linked/s1", { NULL,
	    "arn:%:iam::@:role/aws-service-role/x/linked",
	    "arn:%:iam::@:role/linked" } },
	{ "arn:%:iam::@:role/app", { NULL } },
	{ "arn:%:iam::@:role/team/app", { NULL } },
	{ "arn:%:sts::@:federated-user/eve", { "arn:%:iam::@:user/alice",
	    "arn:%:iam::@:root", NULL } },
	{ "arn:%:sts::@:federated-user/alice", { "arn:%:iam::@:user/alice",
	    "arn:%:iam::@:user/alice", "arn:%:iam::@:user/team/bob" } },
	{ "arn:%:iam::@:root", { NULL } },
	{ "arn:%:iam::@:root", { NULL } },
	{ "lambda.amazonaws.com", { NULL } },
	{ "s3.eu-west-1.amazonaws.com", { NULL } },
	{ "federated:arn:%:iam::@:saml-provider/idp", { NULL } },
	{ "federated:accounts.google.com", { NULL } },
	{ "*", { NULL } },
};

struct call {
	const char	*action;
	const char	*resources[4];
};

static const struct call calls[] = {
	{ "s3:GetObject", { "arn:%:s3:::data/a.txt", "arn:%:s3:::data/a.txt",
	    "arn:%:s3:::data/team/a:b.txt", "arn:%:s3:::data/\303\251" } },
	{ "s3:GetObject", { "arn:%:s3:::data/alice/a.txt",
	    "arn:%:s3:::data/app/a.txt",
	    "arn:%:s3:eu-west-1:@:accesspoint/ap/object/a",
	    "arn:%:s3:::data/*" } },
	{ "s3:ListBucket", { "arn:%:s3:::data", "arn:%:s3:::data",
	    "arn:%:s3:eu-west-1:@:accesspoint/ap",
	    "arn:%:s3-object-lambda:eu-west-1:@:accesspoint/ap" } },
	{ "s3:PutBucketPolicy", { "arn:%:s3:::data", "arn:%:s3:::data",
	    "arn:%:s3:::data", "arn:%:s3:::team" } },
	{ "s3:DeleteBucketPolicy", { "arn:%:s3:::data", "arn:%:s3:::data",
	    "arn:%:s3:::data", "arn:%:s3:::team" } },
	{ "s3:ListAllMyBuckets", { "*", "*", "*", "*" } },
	{ "sts:AssumeRole", { "arn:%:iam::@:role/app",
	    "arn:%:iam::@:role/team/app", "arn:%:iam::@:role/app",
	    "arn:%:iam::@:role/aws-service-role/x/AWSServiceRoleForX" } },
	{ "sts:AssumeRole", { "arn:%:iam::@:role/app",
	    "arn:%:iam::@:role/AWSServiceRoleForX", "arn:%:iam::@:role/app",
	    "*" } },
	{ "sts:TagSession", { "arn:%:iam::@:role/app",
	    "arn:%:iam::@:role/app", "arn:%:sts::@:federated-user/eve",
	    "*" } },
	{ "sts:SetSourceIdentity", { "arn:%:iam::@:role/app",
	    "arn:%:iam::@:role/app", "arn:%:iam::@:user/alice", "*" } },
	{ "sts:SetContext", { "arn:%:iam::@:role/app",
	    "arn:%:iam::@:role/app", "arn:%:iam::@:role/app", "*" } },
	{ "sts:GetCallerIdentity", { "*", "*", "*",
	    "arn:%:iam::@:role/app" } },
	{ "sts:GetSessionToken", { "*", "*", "*", "*" } },
	{ "sts:GetFederationToken", { "arn:%:sts::@:federated-user/eve",
	    "arn:%:sts::@:federated-user/alice",
	    "arn:%:sts::@:federated-user/eve", "*" } },
	{ "sts:AssumeRoot", { "arn:%:iam::@:root", "arn:%:iam::@:root",
	    "arn:%:iam::@:root", "*" } },
	{ "sts:DecodeAuthorizationMessage", { "*", "*", "*", "*" } },
	{ "kms:Decrypt", { "arn:%:kms:eu-west-1:@:key/a",
	    "arn:%:kms:eu-west-1:@:key/a", "arn:%:kms:eu-west-1:@:alias/a",
	    "arn:%:kms:eu-west-1:@:key/" } },
	{ "kms:PutKeyPolicy", { "arn:%:kms:eu-west-1:@:key/a",
	    "arn:%:kms:eu-west-1:@:key/a", "arn:%:kms:eu-west-1:@:key/a",
	    "arn:%:kms:eu-west-1:@:key/b" } },
	{ "kms:CreateAlias", { "arn:%:kms:eu-west-1:@:alias/a",
	    "arn:%:kms:eu-west-1:@:key/a", "arn:%:kms:eu-west-1:@:alias/a",
	    "arn:%:kms:eu-west-1:@:alias/aws/s3" } },
	{ "kms:RetireGrant", { "arn:%:kms:eu-west-1:@:key/a",
	    "arn:%:kms:eu-west-1:@:key/a", "arn:%:kms:eu-west-1:@:key/a",
	    "*" } },
	{ "kms:ListKeys", { "*", "*", "*", "*" } },
	{ "iam:GetUser", { "arn:%:iam::@:user/alice",
	    "arn:%:iam::@:user/alice", "arn:%:iam::@:user/team/bob",
	    "arn:%:iam::@:user/${aws:username}" } },
	{ "iam:PassRole", { "arn:%:iam::@:role/app",
	    "arn:%:iam::@:role/team/app", "arn:%:iam::@:role/app",
	    "arn:%:iam::@:role/app" } },
	{ "iam:GetPolicy", { "arn:%:iam::aws:policy/ReadOnly",
	    "arn:%:iam::@:policy/a", "arn:%:iam::aws:policy/a",
	    "arn:%:iam::@:policy/team/a" } },
	{ "sqs:SendMessage", { "arn:%:sqs:eu-west-1:@:data",
	    "arn:%:sqs:eu-west-1:@:data", "arn:%:sqs:us-east-1:@:team",
	    "arn:%:sqs:eu-west-1::data" } },
	{ "sqs:DeleteQueue", { "arn:%:sqs:eu-west-1:@:data",
	    "arn:%:sqs:eu-west-1:@:data", "arn:%:sqs:us-east-1:@:team",
	    "arn:%:sqs:::data" } },
	{ "sqs:ReceiveMessage", { "arn:%:sqs:eu-west-1:@:data",
	    "arn:%:sqs:eu-west-1:@:data", "arn:%:sqs:us-east-1:@:team",
	    "arn:%:sqs:eu-west-1:@:app" } },
	{ "ssm:GetDocument", { "arn:%:ssm:eu-west-1::document/AWS-a",
	    "arn:%:ssm:eu-west-1:@:document/a",
	    "arn:%:ssm:eu-west-1:@:document/team",
	    "arn:%:ssm:eu-west-1::document/a" } },
	{ "ec2:RunInstances", { "arn:%:ec2:eu-west-1::image/ami-a",
	    "arn:%:ec2:eu-west-1:@:instance/i-a",
	    "arn:%:ec2:eu-west-1::instance/i-a",
	    "arn:%:ec2:eu-west-1::snapshot/snap-a" } },
	{ "acme:Do", { "arn:%:acme:eu-west-1:@:thing/a",
	    "arn:%:acme:::thing/a", "arn:%:acme::@:a:b:c",
	    "arn:%:acme:eu-west-1::a" } },
	{ "lambda:InvokeFunction", {
	    "arn:%:lambda:eu-west-1:@:function:app",
	    "arn:%:lambda:eu-west-1:@:function:app:a",
	    "arn:%:lambda:eu-west-1:@:function:app",
	    "arn:%:lambda:eu-west-1:@:function:team" } },
};

/* Those of identity providers and, for the last, of services. */
static const struct call trusts[] = {
	{ "sts:AssumeRoleWithSAML", { "arn:%:iam::@:role/app",
	    "arn:%:iam::@:role/team/app", "arn:%:iam::@:role/app", "*" } },
	{ "sts:AssumeRoleWithWebIdentity", { "arn:%:iam::@:role/app",
	    "arn:%:iam::@:role/team/app", "arn:%:iam::@:role/app",
	    "arn:%:iam::@:role/aws-service-role/x/AWSServiceRoleForX" } },
	{ "sts:TagSession", { "arn:%:iam::@:role/app",
	    "arn:%:iam::@:role/app", "arn:%:iam::@:role/app",
	    "arn:%:iam::@:role/app" } },
	{ "sts:AssumeRole", { "arn:%:iam::@:role/app",
	    "arn:%:iam::@:role/team/app", "arn:%:iam::@:role/app",
	    "arn:%:iam::@:role/app" } },
};

static const struct scene_key keys[] = {
	{ .name = "k:one", .type = VALUE_STRING },
	{ .name = "k:two", .type = VALUE_STRING },
	{ .name = "K:One", .type = VALUE_STRING },
	{ .name = "aws:username", .type = VALUE_STRING },
	{ .name = "aws:PrincipalTag/Team", .type = VALUE_STRING },
	{ .name = "aws:PrincipalTag/team", .type = VALUE_STRING },
	{ .name = "aws:TagKeys", .type = VALUE_STRING },
	{ .name = "aws:PrincipalOrgPaths", .type = VALUE_STRING },
	{ .name = "dynamodb:Attributes", .type = VALUE_STRING },
	{ .name = "accounts.google.com:aud", .type = VALUE_STRING },
	{ .name = "k:size", .type = VALUE_NUMBER },
	{ .name = "s3:max-keys", .type = VALUE_NUMBER },
	{ .name = "k:when", .type = VALUE_DATE },
	{ .name = "aws:CurrentTime", .type = VALUE_DATE },
	{ .name = "aws:EpochTime", .type = VALUE_DATE },
	{ .name = "k:flag", .type = VALUE_BOOL },
	{ .name = "aws:SecureTransport", .type = VALUE_BOOL },
	{ .name = "aws:MultiFactorAuthPresent", .type = VALUE_BOOL },
	{ .name = "aws:ViaAWSService", .type = VALUE_BOOL },
	{ .name = "k:bytes", .type = VALUE_BINARY },
	{ .name = "k:address", .type = VALUE_IP },
	{ .name = "aws:SourceIp", .type = VALUE_IP },
	{ .name = "k:arn", .type = VALUE_ARN },
	{ .name = "aws:SourceArn", .type = VALUE_ARN },
	{ .name = "iam:AssociatedResourceArn", .type = VALUE_ARN },
	{ .name = "aws:PrincipalArn", .type = VALUE_ARN },
};

const struct scene_key *
scene_keys(size_t *count)
{
	*count = sizeof(keys) / sizeof(keys[0]);
	return keys;
}

const char *
scene_expand(const struct scene *scene, const char *text,
    const char *account)
{
	struct writing writing = { .arena = scene->arena };

	for (; *text != '\0'; text++) {
		if (*text == '%')
			writing_add(&writing, "%s", scene->partition);
		else if (*text == '@')
			writing_add(&writing, "%s", account);
		else
			writing_add(&writing, "%c", *text);
	}
	*list_add(scene->arena, &writing.text) = '\0';
	return writing.text.items;
}

const char *
scene_account(const struct scene *scene)
{
	size_t chance = dice_get(scene->dice, 10);

	if (chance < 5)
		return scene->account;
	if (chance < 7 && scene->owner != NULL)
		return scene->owner;
	return dice_pick(scene->dice, accounts);
}

const char *
scene_action(const struct scene *scene)
{
	return dice_pick(scene->dice, calls).action;
}

const char *
scene_resource(const struct scene *scene)
{
	return scene_expand(scene, dice_pick(scene->dice,
	    dice_pick(scene->dice, calls).resources), scene_account(scene));
}

/* Principals. */

static const char *const names[] = { "arn:%:iam::@:user/alice",
    "arn:%:iam::@:user/team/bob", "arn:%:iam::@:user/bob",
    "arn:%:iam::@:user/*", "arn:%:iam::@:role/app", "arn:%:iam::@:role/App",
    "arn:%:iam::@:role/team/app", "arn:%:iam::@:role/AWSServiceRoleForX",
    "arn:%:iam::@:group/team", "arn:%:sts::@:assumed-role/app/s1",
    "arn:%:sts::@:assumed-role/app/*", "arn:%:sts::@:federated-user/eve",
    "arn:%:iam::@:root", "@", "*", "AIDAALICE", "AROAAPP", "AIDA",
    "lambda.amazonaws.com", "s3.amazonaws.com", "s3.eu-west-1.amazonaws.com",
    "accounts.google.com", "arn:%:iam::@:saml-provider/idp", "", "alice",
    "arn:%:iam:us-east-1:@:user/alice" };

const char *
scene_name(const struct scene *scene)
{
	const char *name = dice_pick(scene->dice, names);

	switch (dice_get(scene->dice, 10)) {
	case 0: case 1: case 2:
		name = scene->principal;
		if (strncmp(name, "federated:", strlen("federated:")) == 0)
			name += strlen("federated:");
		break;
	case 3: case 4:
		if (scene->issuer != NULL)
			name = scene->issuer;
		break;
	case 5:
		name = scene->account;
		break;
	case 6:
		name = "*";
		break;
	}
	return scene_expand(scene, name, scene_account(scene));
}

static bool
begins(const char *text, const char *start)
{
	return strncmp(text, start, strlen(start)) == 0;
}

bool
scene_is_federated(const struct scene *scene)
{
	return strstr(scene->principal, ":federated-user/") != NULL;
}

bool
scene_is_root(const struct scene *scene)
{
	size_t length = strlen(scene->principal);

	return length > 5 && strcmp(scene->principal + length - 5,
	    ":root") == 0;
}

/* The context. */

const struct scene_key *
scene_key(const struct scene *scene, enum value_type type)
{
	const struct scene_key *key = &dice_pick(scene->dice, keys);

	/* Most tests are of keys that there are. */
	for (size_t i = 0; i < scene->key_count; i++)
		if (dice_holds(scene->dice, 60) &&
		    (scene->keys[i].type == type || type == VALUE_PRESENCE))
			return &scene->keys[i];
	for (int tries = 0; tries < 20 && key->type != type; tries++)
		key = &dice_pick(scene->dice, keys);
	return key;
}

static bool
has_key(const struct scene *scene, const char *name)
{
	for (size_t i = 0; i < scene->key_count; i++)
		if (strcmp(scene->keys[i].name, name) == 0)
			return true;
	return false;
}

static void
add_key(struct scene *scene, const char *name, enum value_type type,
    const char *value)
{
	if (scene->key_count == SCENE_KEYS_MAX || has_key(scene, name))
		return;
	scene->keys[scene->key_count++] = (struct scene_key){ .name = name,
	    .type = type, .values = { value }, .count = 1 };
}

static void
add_any_key(struct scene *scene)
{
	const struct scene_key *key = &dice_pick(scene->dice, keys);
	size_t count = dice_get(scene->dice, 10);

	add_key(scene, key->name, key->type, scene_value(scene,
	    dice_holds(scene->dice, 95) ? key->type : VALUE_STRING));
	if (scene->key_count == 0)
		return;
	key = &scene->keys[scene->key_count - 1];
	scene->keys[scene->key_count - 1].values[1] = scene_value(scene,
	    key->type);
	if (count < 2)
		scene->keys[scene->key_count - 1].count = count == 0 ? 0 : 2;
}

/* Keys that say who calls (PRIN-9, PRIN-16), mostly truly. */
static void
add_identity(struct scene *scene)
{
	static const char *const roles[] = { "arn:%:iam::@:role/app",
	    "arn:%:iam::@:role/team/app", "arn:%:iam::@:role/App",
	    "arn:%:iam::@:user/alice", "*", "" };
	static const char *const ids[] = { "AIDAALICE", "AROAAPP:s1",
	    "AROAAPP", "111111111111:eve", "AIDA", "AIDA:x", ":", "" };
	bool session = strstr(scene->principal, ":assumed-role/") != NULL;

	if (dice_holds(scene->dice, session && scene->issuer == NULL ? 60 :
	    10))
		add_key(scene, "aws:PrincipalArn", VALUE_ARN, scene_expand(
		    scene, dice_pick(scene->dice, roles), scene->account));
	if (dice_holds(scene->dice, 25))
		add_key(scene, "aws:userid", VALUE_STRING, session &&
		    dice_holds(scene->dice, 80) ? "AROAAPP:s1" :
		    dice_pick(scene->dice, ids));
}

/* Keys that change what the credentials are good for (EVAL-12, STS-3). */
static void
add_credentials(struct scene *scene)
{
	bool root = scene_is_root(scene);

	if (dice_holds(scene->dice, root ? 40 : 2))
		add_key(scene, dice_holds(scene->dice, 90) ?
		    "aws:AssumedRoot" : "AWS:assumedroot", VALUE_BOOL,
		    dice_holds(scene->dice, 80) ? "true" :
		    scene_value(scene, VALUE_BOOL));
	if (dice_holds(scene->dice, root ? 30 : 8))
		add_key(scene, "aws:TokenIssueTime", VALUE_DATE,
		    scene_value(scene, VALUE_DATE));
	if (dice_holds(scene->dice, 10))
		add_key(scene, "aws:MultiFactorAuthPresent", VALUE_BOOL,
		    scene_value(scene, VALUE_BOOL));
}

/* The request. */

static const struct call *
find_call(const struct scene *scene)
{
	if (begins(scene->principal, "federated:") &&
	    dice_holds(scene->dice, 80))
		return &dice_pick(scene->dice, trusts);
	if (strstr(scene->principal, ".amazonaws.com") != NULL &&
	    dice_holds(scene->dice, 30))
		return &trusts[3];
	if (dice_holds(scene->dice, 4))
		return &dice_pick(scene->dice, trusts);
	return &dice_pick(scene->dice, calls);
}

static const char *
change_case(const struct scene *scene, const char *text)
{
	char *copy = arena_copy(scene->arena, text, strlen(text));

	for (size_t i = 0; copy[i] != '\0'; i++)
		if (copy[i] >= 'a' && copy[i] <= 'z' &&
		    dice_holds(scene->dice, 50))
			copy[i] = (char)(copy[i] - 'a' + 'A');
	return copy;
}

static void
find_resource(struct scene *scene)
{
	const struct call *call = find_call(scene);
	const char *resource = dice_pick(scene->dice, call->resources);
	const char *account = dice_holds(scene->dice, 65) ? scene->account :
	    dice_pick(scene->dice, accounts);

	scene->action = dice_holds(scene->dice, 4) ?
	    change_case(scene, call->action) : call->action;
	scene->resource = scene_expand(scene, resource, account);
	scene->owner = strchr(resource, '@') != NULL ||
	    dice_holds(scene->dice, 97) ? account :
	    dice_pick(scene->dice, accounts);
	if (dice_holds(scene->dice, 2) && begins(scene->resource, "arn:aws:"))
		scene->resource = arena_printf(scene->arena, "arn:aws-cn:%s",
		    scene->resource + strlen("arn:aws:"));
}

struct scene
scene_new(struct arena *arena, struct dice *dice)
{
	struct scene scene = { .arena = arena, .dice = dice };
	const struct caller *caller = &dice_pick(dice, callers);
	const char *issuer = dice_pick(dice, caller->issuers);

	scene.partition = dice_holds(dice, 97) ? "aws" : "aws-cn";
	scene.account = dice_holds(dice, 75) ? accounts[0] : accounts[1];
	scene.principal = scene_expand(&scene, caller->principal,
	    scene.account);
	if (issuer != NULL)
		scene.issuer = scene_expand(&scene, issuer, scene.account);
	find_resource(&scene);
	add_identity(&scene);
	add_credentials(&scene);
	for (size_t i = dice_get(dice, 4); i > 0; i--)
		add_any_key(&scene);
	return scene;
}

/* Writing. */

static void
print_key(const struct scene *scene, const struct scene_key *key,
    struct writing *writing)
{
	writing_add(writing, "\"%s\":", key->name);
	if (key->count == 1 && dice_holds(scene->dice, 10)) {
		writing_add(writing, "\"%s\"", key->values[0]);
		return;
	}
	writing_add(writing, "[");
	for (size_t i = 0; i < key->count; i++)
		writing_add(writing, "%s\"%s\"", i == 0 ? "" : ",",
		    key->values[i]);
	writing_add(writing, "]");
}

static void
print_flags(const struct scene *scene, struct writing *writing)
{
	static const char *const flags[] = { "principalInManagementAccount",
	    "resourceInManagementAccount", "serviceLinkedRole",
	    "awsManagedKmsKey", "awsOwnedResource" };
	bool first = true;

	writing_add(writing, ",\"flags\":[");
	for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++) {
		if (!dice_holds(scene->dice, 4))
			continue;
		writing_add(writing, "%s\"%s\"", first ? "" : ",", flags[i]);
		first = false;
	}
	writing_add(writing, "]");
}

static void
print_unknown(const struct scene *scene, struct writing *writing)
{
	writing_add(writing, ",\"unknown\":[");
	for (size_t i = 0; i < scene->unknown_count; i++)
		writing_add(writing, "%s\"%s\"", i == 0 ? "" : ",",
		    scene->unknown[i]);
	writing_add(writing, "]");
}

void
scene_print(const struct scene *scene, struct writing *writing)
{
	writing_add(writing, "\"request\":{\"principal\":\"%s\",",
	    scene->principal);
	if (scene->issuer == NULL)
		writing_add(writing, "\"issuer\":null,");
	else
		writing_add(writing, "\"issuer\":\"%s\",", scene->issuer);
	writing_add(writing, "\"action\":\"%s\",\"resource\":\"%s\","
	    "\"resourceAccount\":\"%s\"", scene->action, scene->resource,
	    scene->owner);
	print_flags(scene, writing);
	if (dice_holds(scene->dice, 30))
		writing_add(writing, ",\"endpointKind\":\"%s\"",
		    dice_holds(scene->dice, 70) ? "gateway" : "interface");
	writing_add(writing, ",\"context\":{");
	for (size_t i = 0; i < scene->key_count; i++) {
		writing_add(writing, "%s", i == 0 ? "" : ",");
		print_key(scene, &scene->keys[i], writing);
	}
	writing_add(writing, "}");
	if (scene->unknown_count > 0)
		print_unknown(scene, writing);
	writing_add(writing, "}");
}
