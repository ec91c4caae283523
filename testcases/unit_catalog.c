/* SPDX-License-Identifier: MIT */
/*
 * The catalogue: that what was compiled in is what the tables say, and that
 * names are found.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "policy/catalog.h"

#define COUNT(array)	(sizeof(array) / sizeof((array)[0]))

static struct arena *arena;
static const struct catalog *const builtin = &catalog_builtin;

static void
set_up(void)
{
	arena = arena_new();
	ck_assert_ptr_nonnull(arena);
}

static void
tear_down(void)
{
	arena_free(arena);
}

/* The tables that the program was built from. */
static const char *
table_directory(void)
{
	const char *top = getenv("srcdir");

	return arena_printf(arena, "%s/policy/catalog",
	    top == NULL ? "." : top);
}

static const struct service *
service_of(const char *prefix)
{
	const struct service *service = catalog_service(builtin, prefix,
	    strlen(prefix));

	ck_assert_msg(service != NULL, "no service %s", prefix);
	return service;
}

static const struct action *
action_of(const char *text)
{
	const struct action *action = catalog_action(builtin, text,
	    strlen(text));

	ck_assert_msg(action != NULL, "no action %s", text);
	return action;
}

/* ---- what was compiled in ---- */

static unsigned
count_actions(bool (*is_counted)(const struct action *))
{
	unsigned count = 0;

	for (unsigned s = 0; s < builtin->service_count; s++) {
		const struct service *service = &builtin->services[s];

		for (unsigned a = 0; a < service->action_count; a++)
			count += is_counted(&service->actions[a]);
	}
	return count;
}

static unsigned
count_services(unsigned (*number)(const struct service *))
{
	unsigned count = 0;

	for (unsigned s = 0; s < builtin->service_count; s++)
		count += number(&builtin->services[s]);
	return count;
}

static bool
has_dependents(const struct action *action)
{
	return action->dependent_count > 0;
}

static bool
sets_policy(const struct action *action)
{
	return action->sets_policy;
}

static bool
stays_in_account(const struct action *action)
{
	return action->same_account;
}

static unsigned
actions_in(const struct service *service)
{
	return service->action_count;
}

static unsigned
types_in(const struct service *service)
{
	unsigned count = 0;

	for (unsigned i = 0; i < service->type_count; i++)
		count += !service->types[i].again;
	return count;
}

static unsigned
keys_in(const struct service *service)
{
	return service->key_count;
}

static unsigned
is_rcp(const struct service *service)
{
	return service->rcp;
}

static unsigned
sends_org_id(const struct service *service)
{
	return service->vpce_org_id;
}

static unsigned
count_parts(void)
{
	unsigned count = 0;

	for (unsigned i = 0; i < builtin->call_count; i++)
		count += builtin->calls[i].part_count;
	return count;
}

/* Lines of a table below its header. */
static unsigned
count_rows(const char *table)
{
	FILE *file = fopen(arena_printf(arena, "%s/%s", table_directory(),
	    table), "r");
	unsigned lines = 0;
	int byte;

	ck_assert_msg(file != NULL, "%s/%s", table_directory(), table);
	while ((byte = getc(file)) != EOF)
		lines += byte == '\n';
	fclose(file);
	return lines - 1;
}

START_TEST(every_line_is_compiled_in)
{
	const struct {
		const char	*table;
		unsigned	 count;
	} rows[] = {
		{ "services.tsv", builtin->service_count },
		{ "actions.tsv", count_services(actions_in) },
		{ "resource_types.tsv", count_services(types_in) },
		{ "condition_keys.tsv", count_services(keys_in) },
		{ "global_condition_keys.tsv", builtin->global_count },
		{ "vpc_endpoints.tsv", builtin->endpoint_count },
		{ "unlisted_actions_in_managed_policies.tsv",
		    builtin->unlisted_count },
		{ "dependent_actions.tsv", count_actions(has_dependents) },
		{ "calls.tsv", count_parts() },
		{ "resource_policy_actions.tsv", count_actions(sets_policy) },
		{ "same_account_actions.tsv",
		    count_actions(stays_in_account) },
		{ "rcp_services.tsv", count_services(is_rcp) },
		{ "vpce_key_services.tsv", count_services(sends_org_id) },
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		ck_assert_msg(rows[i].count == count_rows(rows[i].table),
		    "%s: %u compiled in, %u listed", rows[i].table,
		    rows[i].count, count_rows(rows[i].table));
	ck_assert_str_eq(builtin->date, "2026-09-26");
}
END_TEST

static void
check_keys(const struct key *const *ours, unsigned our_count,
    const struct key *const *theirs, unsigned their_count)
{
	ck_assert_uint_eq(our_count, their_count);
	for (unsigned i = 0; i < our_count; i++) {
		ck_assert_str_eq(ours[i]->name, theirs[i]->name);
		ck_assert_int_eq(ours[i]->type, theirs[i]->type);
		ck_assert(ours[i]->multivalued == theirs[i]->multivalued);
		ck_assert(ours[i]->template == theirs[i]->template);
	}
}

static void
check_type(const struct resource_type *ours,
    const struct resource_type *theirs)
{
	ck_assert_str_eq(ours->name, theirs->name);
	ck_assert_str_eq(ours->arn, theirs->arn);
	ck_assert(ours->again == theirs->again);
	check_keys(ours->keys, ours->key_count, theirs->keys,
	    theirs->key_count);
}

static void
check_targets(const struct action *ours, const struct action *theirs)
{
	ck_assert_uint_eq(ours->target_count, theirs->target_count);
	for (unsigned i = 0; i < ours->target_count; i++) {
		const struct target *a = &ours->targets[i];
		const struct target *b = &theirs->targets[i];

		check_type(a->type, b->type);
		ck_assert(a->required == b->required);
		check_keys(a->keys, a->key_count, b->keys, b->key_count);
	}
}

static void
check_action(const struct action *ours, const struct action *theirs)
{
	ck_assert_str_eq(ours->name, theirs->name);
	ck_assert_str_eq(ours->service->prefix, theirs->service->prefix);
	ck_assert_int_eq(ours->level, theirs->level);
	ck_assert(ours->permission_only == theirs->permission_only);
	ck_assert(ours->sets_policy == theirs->sets_policy);
	ck_assert(ours->same_account == theirs->same_account);
	check_targets(ours, theirs);
	check_keys(ours->keys, ours->key_count, theirs->keys,
	    theirs->key_count);
	ck_assert_uint_eq(ours->dependent_count, theirs->dependent_count);
	for (unsigned i = 0; i < ours->dependent_count; i++)
		ck_assert_str_eq(ours->dependents[i], theirs->dependents[i]);
}

static void
check_service(const struct service *ours, const struct service *theirs)
{
	ck_assert_str_eq(ours->prefix, theirs->prefix);
	ck_assert_str_eq(ours->name, theirs->name);
	ck_assert_ptr_eq(ours->catalog, builtin);
	ck_assert(ours->rcp == theirs->rcp);
	ck_assert(ours->vpce_account == theirs->vpce_account);
	ck_assert(ours->vpce_org_id == theirs->vpce_org_id);
	ck_assert(ours->vpce_org_paths == theirs->vpce_org_paths);
	ck_assert(ours->vpc_arn == theirs->vpc_arn);
	ck_assert_uint_eq(ours->type_count, theirs->type_count);
	for (unsigned i = 0; i < ours->type_count; i++)
		check_type(&ours->types[i], &theirs->types[i]);
	ck_assert_uint_eq(ours->key_count, theirs->key_count);
	for (unsigned i = 0; i < ours->key_count; i++)
		ck_assert_str_eq(ours->keys[i].name, theirs->keys[i].name);
	ck_assert_uint_eq(ours->action_count, theirs->action_count);
	for (unsigned i = 0; i < ours->action_count; i++)
		check_action(&ours->actions[i], &theirs->actions[i]);
}

static void
check_global(const struct global_key *ours, const struct global_key *theirs)
{
	ck_assert_str_eq(ours->key.name, theirs->key.name);
	ck_assert_int_eq(ours->key.type, theirs->key.type);
	ck_assert(ours->key.multivalued == theirs->key.multivalued);
	ck_assert(ours->sensitive == theirs->sensitive);
	ck_assert(ours->variable == theirs->variable);
	ck_assert(ours->everywhere == theirs->everywhere);
	ck_assert(ours->key.template == theirs->key.template);
	ck_assert_str_eq(ours->group, theirs->group);
	ck_assert_str_eq(ours->present, theirs->present);
	ck_assert_str_eq(ours->absent, theirs->absent);
	ck_assert_str_eq(ours->example, theirs->example);
	ck_assert_str_eq(ours->notes, theirs->notes);
}

static void
check_endpoint(const struct endpoint_service *ours,
    const struct endpoint_service *theirs)
{
	ck_assert_str_eq(ours->name, theirs->name);
	ck_assert_pstr_eq(ours->prefix, theirs->prefix);
	ck_assert(ours->gateway == theirs->gateway);
	ck_assert(ours->interface == theirs->interface);
	ck_assert(ours->policy == theirs->policy);
}

static void
check_call(const struct call *ours, const struct call *theirs)
{
	ck_assert_str_eq(ours->name, theirs->name);
	ck_assert_uint_eq(ours->part_count, theirs->part_count);
	for (unsigned i = 0; i < ours->part_count; i++) {
		const struct call_part *a = &ours->parts[i];
		const struct call_part *b = &theirs->parts[i];

		ck_assert_str_eq(a->name, b->name);
		ck_assert_str_eq(a->action->name, b->action->name);
		ck_assert_str_eq(a->action->service->prefix,
		    b->action->service->prefix);
		ck_assert_uint_eq(a->type_count, b->type_count);
		for (unsigned t = 0; t < a->type_count; t++)
			ck_assert_str_eq(a->types[t]->name,
			    b->types[t]->name);
		ck_assert_int_eq(a->when, b->when);
	}
}

START_TEST(reading_the_tables_gives_the_same)
{
	const char *error = "";
	const struct catalog *read = catalog_read(arena, table_directory(),
	    &error);

	ck_assert_msg(read != NULL, "%s", error);
	ck_assert_str_eq(read->date, builtin->date);
	ck_assert_uint_eq(read->service_count, builtin->service_count);
	for (unsigned i = 0; i < read->service_count; i++)
		check_service(&builtin->services[i], &read->services[i]);
	ck_assert_uint_eq(read->global_count, builtin->global_count);
	for (unsigned i = 0; i < read->global_count; i++)
		check_global(&builtin->globals[i], &read->globals[i]);
	ck_assert_uint_eq(read->endpoint_count, builtin->endpoint_count);
	for (unsigned i = 0; i < read->endpoint_count; i++)
		check_endpoint(&builtin->endpoints[i], &read->endpoints[i]);
	ck_assert_uint_eq(read->call_count, builtin->call_count);
	for (unsigned i = 0; i < read->call_count; i++)
		check_call(&builtin->calls[i], &read->calls[i]);
	ck_assert_uint_eq(read->unlisted_count, builtin->unlisted_count);
	for (unsigned i = 0; i < read->unlisted_count; i++)
		ck_assert_str_eq(builtin->unlisted[i].pattern,
		    read->unlisted[i].pattern);
}
END_TEST

static const struct target *
target_of(const char *action_text, const char *type)
{
	const struct action *action = action_of(action_text);

	for (unsigned i = 0; i < action->target_count; i++)
		if (strcmp(action->targets[i].type->name, type) == 0)
			return &action->targets[i];
	ck_abort_msg("%s has no %s", action_text, type);
	return NULL;
}

static const struct call *
call_of(const char *name)
{
	return catalog_call(builtin, name, strlen(name));
}

START_TEST(calls_have_parts)
{
	const struct call *start = call_of("SSM:startsession");
	const struct call *copy = call_of("s3:CopyObject");

	ck_assert_ptr_nonnull(start);
	ck_assert_uint_eq(start->part_count, 2);
	ck_assert_str_eq(start->parts[0].name, "instance");
	ck_assert_uint_eq(start->parts[0].type_count, 3);
	ck_assert_int_eq(start->parts[0].when, CALL_ALWAYS);
	ck_assert_str_eq(start->parts[1].name, "document");
	ck_assert_int_eq(start->parts[1].when, CALL_NAMED);
	ck_assert_ptr_eq(start->parts[1].action,
	    action_of("ssm:StartSession"));
	/* an API that is no action */
	ck_assert_ptr_nonnull(copy);
	ck_assert_str_eq(copy->parts[0].name, "source");
	ck_assert_ptr_eq(copy->parts[0].action, action_of("s3:GetObject"));
	ck_assert_ptr_null(call_of("s3:GetObject"));
	for (unsigned i = 0; i < builtin->call_count; i++)
		ck_assert_ptr_eq(call_of(builtin->calls[i].name),
		    &builtin->calls[i]);
}
END_TEST

/* What is asked for besides stands by what is asked for anyway. */
START_TEST(parts_that_depend_have_a_resource)
{
	for (unsigned i = 0; i < builtin->call_count; i++) {
		const struct call *call = &builtin->calls[i];

		for (unsigned p = 0; p < call->part_count; p++) {
			const struct call_part *part = &call->parts[p];
			bool found = part->when <= CALL_NAMED;

			for (unsigned q = 0; q < p; q++)
				found |= call->parts[q].when <= CALL_NAMED &&
				    strcmp(call->parts[q].name,
				    part->name) == 0;
			ck_assert_msg(found, "%s: %s", call->name, part->name);
		}
	}
}
END_TEST

/* Required is what all alternatives require. */
START_TEST(scenarios_make_types_optional)
{
	ck_assert(target_of("ec2:RunInstances", "image")->required);
	ck_assert(target_of("ec2:RunInstances", "instance")->required);
	ck_assert(!target_of("ec2:RunInstances", "subnet")->required);
	ck_assert(!target_of("ec2:RunInstances", "network-interface")->
	    required);
	ck_assert(!target_of("ec2:RunInstances", "volume")->required);
	ck_assert(target_of("devicefarm:ScheduleRun", "project")->required);
	ck_assert(!target_of("cloudwatch:TagResource", "alarm")->required);
}
END_TEST

START_TEST(facts_of_some_actions)
{
	const struct action *pass = action_of("iam:PassRole");
	const struct action *list = action_of("s3:ListAllMyBuckets");

	ck_assert(pass->permission_only);
	ck_assert_int_eq(pass->level, LEVEL_WRITE);
	ck_assert_uint_eq(list->target_count, 0);
	ck_assert_int_eq(list->level, LEVEL_LIST);
	ck_assert(action_of("s3:PutBucketPolicy")->sets_policy);
	ck_assert(action_of("kms:PutKeyPolicy")->same_account);
	ck_assert(!action_of("kms:Decrypt")->same_account);
	ck_assert(service_of("s3")->rcp);
	ck_assert(service_of("dynamodb")->vpce_account);
	ck_assert(!service_of("dynamodb")->vpc_arn);
	ck_assert(!service_of("ec2")->vpce_org_id);
}
END_TEST

/* ---- finding ---- */

static const struct {
	const char	*text;
	const char	*name;		/* NULL: not to be found */
} action_rows[] = {
	{ "s3:GetObject", "GetObject" },
	{ "S3:GETOBJECT", "GetObject" },
	{ "s3:getobject", "GetObject" },
	{ "access-analyzer:createanalyzer", "CreateAnalyzer" },
	{ "xray:UpdateTraceSegmentDestination",
	    "UpdateTraceSegmentDestination" },
	{ "s3:GetObjects", NULL },
	{ "s3:Get", NULL },
	{ "s3:", NULL },
	{ "s3", NULL },
	{ "", NULL },
	{ ":GetObject", NULL },
	{ "nosuch:GetObject", NULL },
	{ "s3:GetObject:x", NULL },
};

START_TEST(action_is_found)
{
	const char *text = action_rows[_i].text;
	const struct action *action = catalog_action(builtin, text,
	    strlen(text));

	ck_assert_pstr_eq(action == NULL ? NULL : action->name,
	    action_rows[_i].name);
}
END_TEST

START_TEST(nul_ends_no_name)
{
	ck_assert_ptr_null(catalog_action(builtin, "s3:GetObject\0x", 14));
	ck_assert_ptr_null(catalog_service(builtin, "s3\0", 3));
	ck_assert_ptr_null(catalog_global_key(builtin, "aws:SourceIp\0", 13));
	ck_assert(!key_name_matches("a:b/${C}", "a:b/\0", 4));
	ck_assert(key_name_matches("a:b/${C}", "a:b/\0", 5));
}
END_TEST

START_TEST(every_name_is_found)
{
	for (unsigned s = 0; s < builtin->service_count; s++) {
		const struct service *service = &builtin->services[s];

		ck_assert_ptr_eq(service, service_of(service->prefix));
		for (unsigned a = 0; a < service->action_count; a++) {
			const struct action *action = &service->actions[a];

			ck_assert_ptr_eq(action, service_action(service,
			    action->name, strlen(action->name)));
			ck_assert_ptr_eq(action->service, service);
		}
	}
}
END_TEST

static const char *const pattern_rows[] = {
	"*", "Get*", "get*", "GET*", "*Object", "Get*Acl", "G?tObject",
	"GetObject", "getobject", "nothing", "Zzz*", "", "?", "*?*",
	"*List*s", "De*", "Describe*", "*Tag*", "A*", "Z*",
};

START_TEST(pattern_finds_what_a_plain_search_finds)
{
	static const char *const prefixes[] = { "s3", "ec2", "iam", "xray" };
	const char *text = pattern_rows[_i];
	struct pattern pattern = pattern_read_folded(arena, text,
	    strlen(text));

	for (size_t p = 0; p < COUNT(prefixes); p++) {
		const struct service *service = service_of(prefixes[p]);
		const struct action **found = arena_array(arena,
		    service->action_count, sizeof(*found));
		size_t count = service_match(service, &pattern, found);
		size_t plain = 0;

		for (unsigned a = 0; a < service->action_count; a++) {
			const struct action *action = &service->actions[a];

			if (!pattern_match(&pattern, action->name,
			    strlen(action->name)))
				continue;
			ck_assert_uint_lt(plain, count);
			ck_assert_ptr_eq(found[plain++], action);
		}
		ck_assert_uint_eq(plain, count);
	}
}
END_TEST

/* ---- keys ---- */

static const struct {
	const char	*template;
	const char	*name;
	bool		 matches;
} template_rows[] = {
	{ "s3:prefix", "s3:prefix", true },
	{ "s3:prefix", "S3:PREFIX", true },
	{ "s3:prefix", "s3:prefix/x", false },
	{ "s3:prefix", "s3:prefi", false },
	{ "aws:RequestTag/${TagKey}", "aws:RequestTag/team", true },
	{ "aws:RequestTag/${TagKey}", "AWS:requesttag/Team", true },
	{ "aws:RequestTag/${TagKey}", "aws:RequestTag/a/b:c", true },
	{ "aws:RequestTag/${TagKey}", "aws:RequestTag/${TagKey}", true },
	{ "aws:RequestTag/${TagKey}", "aws:RequestTag/", false },
	{ "aws:RequestTag/${TagKey}", "aws:RequestTag", false },
	{ "aws:RequestTag/${TagKey}", "aws:RequestTags/x", false },
	{ "s3:ExistingObjectTag/<key>", "s3:ExistingObjectTag/x", true },
	{ "s3:ExistingObjectTag/<key>", "s3:ExistingObjectTag/", false },
	{ "kms:EncryptionContext:${EncryptionContextKey}",
	    "kms:EncryptionContext:aws:s3:arn", true },
	{ "kms:EncryptionContext:${EncryptionContextKey}",
	    "kms:EncryptionContextKeys", false },
	{ "ssm:resourceTag/tag-key", "ssm:resourceTag/team", true },
	{ "ssm:resourceTag/tag-key", "ssm:resourceTag/", false },
	{ "x:tag-key", "x:team", false },
	{ "glacier:ResourceTag/", "glacier:ResourceTag/x", true },
	{ "glacier:ResourceTag/", "glacier:ResourceTag/", false },
	{ "events:Metadata/${MetadataKey}/Matcher",
	    "events:Metadata/a/Matcher/Matcher", true },
	{ "events:Metadata/${MetadataKey}/Matcher",
	    "events:Metadata/Matcher", false },
	{ "codebuild:a/${name}.value", "codebuild:a/x.y.value", true },
	{ "codebuild:a/${name}.value", "codebuild:a/x.values", false },
	{ "token.${Domain}.ghe.com:actor", "token.x.ghe.com:actor", true },
	{ "${OidcProvider}:sub", "example.com:sub", false },
	{ "", "", true },
};

START_TEST(template_matches)
{
	const char *name = template_rows[_i].name;

	ck_assert(key_name_matches(template_rows[_i].template, name,
	    strlen(name)) == template_rows[_i].matches);
}
END_TEST

static const struct {
	const char	*name;
	const char	*found;
	enum value_type	 type;
	bool		 multivalued;
} key_rows[] = {
	{ "aws:sourcevpce", "aws:SourceVpce", VALUE_STRING, false },
	{ "aws:TagKeys", "aws:TagKeys", VALUE_STRING, true },
	{ "aws:PrincipalTag/a/b", "aws:PrincipalTag/${TagKey}", VALUE_STRING,
	    false },
	{ "aws:SourceIp", "aws:SourceIp", VALUE_IP, false },
	{ "aws:TokenIssueTime", "aws:TokenIssueTime", VALUE_DATE, false },
	{ "aws:MultiFactorAuthAge", "aws:MultiFactorAuthAge", VALUE_NUMBER,
	    false },
	{ "aws:SecureTransport", "aws:SecureTransport", VALUE_BOOL, false },
	{ "ssm:resourceTag/aws:ssmmessages:session-id",
	    "ssm:resourceTag/aws:ssmmessages:session-id", VALUE_STRING,
	    false },
	{ "ssm:resourceTag/other", "ssm:resourceTag/${TagKey}", VALUE_STRING,
	    false },
	{ "s3:max-keys", "s3:max-keys", VALUE_NUMBER, false },
	{ "events:Metadata/a/Matcher", "events:Metadata/${MetadataKey}/Matcher",
	    VALUE_STRING, false },
	{ "accounts.google.com:sub", "accounts.google.com:sub", VALUE_STRING,
	    false },
	{ "elasticloadbalancing:ResourceTag/x",
	    "elasticloadbalancing:ResourceTag/${TagKey}", VALUE_STRING,
	    false },
	{ "aws:SourceOwner", NULL, VALUE_STRING, false },
	{ "aws:RequestTag/", NULL, VALUE_STRING, false },
	{ "${OidcProvider}:sub", NULL, VALUE_STRING, false },
	{ "unheard.example.com:sub", NULL, VALUE_STRING, false },
	{ "", NULL, VALUE_STRING, false },
};

START_TEST(key_is_found)
{
	const char *name = key_rows[_i].name;
	const struct key *key = catalog_key(builtin, name, strlen(name));

	ck_assert_pstr_eq(key == NULL ? NULL : key->name, key_rows[_i].found);
	if (key == NULL)
		return;
	ck_assert_int_eq(key->type, key_rows[_i].type);
	ck_assert(key->multivalued == key_rows[_i].multivalued);
}
END_TEST

static const struct {
	const char	*action;
	const char	*key;
	bool		 has;
} carried_rows[] = {
	{ "s3:ListBucket", "s3:prefix", true },
	{ "s3:ListBucket", "S3:Prefix", true },
	{ "s3:GetObject", "s3:prefix", false },
	{ "s3:GetObject", "s3:ExistingObjectTag/team", true },
	{ "s3:GetObject", "s3:RequestObjectTag/team", false },
	{ "s3:GetObject", "aws:SourceVpce", true },
	{ "s3:GetObject", "aws:PrincipalTag/team", true },
	{ "s3:GetObject", "aws:RequestTag/team", false },
	{ "s3:GetObject", "aws:TagKeys", false },
	{ "s3:GetObject", "aws:ResourceTag/team", true },
	{ "s3:ListAllMyBuckets", "aws:ResourceTag/team", false },
	{ "ec2:CreateTags", "aws:RequestTag/team", true },
	{ "ec2:CreateTags", "aws:TagKeys", true },
	{ "ec2:RunInstances", "ec2:InstanceType", true },
	{ "ec2:DescribeInstances", "ec2:InstanceType", false },
	{ "kms:Decrypt", "kms:EncryptionContext:x", true },
	{ "kms:Decrypt", "kms:ViaService", true },
	{ "kms:ListKeys", "kms:EncryptionContext:x", false },
	{ "sts:AssumeRole", "sts:ExternalId", true },
	{ "s3:GetObject", "sts:ExternalId", false },
	{ "iam:PassRole", "iam:PassedToService", true },
	{ "s3:GetObject", "iam:PassedToService", false },
	{ "s3:GetObject", "ec2:SourceInstanceArn", true },
	{ "s3:GetObject", "lambda:SourceFunctionArn", true },
	/* a claim that stays with the session, and one that does not */
	{ "s3:GetObject", "cognito-identity.amazonaws.com:sub", true },
	{ "s3:GetObject", "oidc.example.com/id/A:aud", true },
	{ "s3:GetObject", "oidc.example.com/id/A:email", false },
	{ "s3:GetObject", "saml:sub", true },
	{ "s3:GetObject", "saml:aud", false },
	{ "sts:AssumeRoleWithSAML", "saml:aud", true },
	{ "s3:GetObject", "nodots:sub", false },
	{ "s3:GetObject", "aws:NoSuchKey", false },
	{ "s3:GetObject", "", false },
};

START_TEST(action_carries_key)
{
	const char *key = carried_rows[_i].key;

	ck_assert(action_has_key(action_of(carried_rows[_i].action), key,
	    strlen(key)) == carried_rows[_i].has);
}
END_TEST

/* ---- ARNs and endpoints ---- */

static const struct {
	const char	*service;
	const char	*type;
	const char	*arn;
	bool		 matches;
} arn_rows[] = {
	{ "s3", "bucket", "arn:aws:s3:::ledger", true },
	{ "s3", "bucket", "arn:aws-cn:s3:::ledger", true },
	{ "s3", "bucket", "arn:aws:s3::111122223333:ledger", false },
	{ "s3", "bucket", "arn:aws:s3:eu-west-1::ledger", false },
	{ "s3", "object", "arn:aws:s3:::ledger/a/b:c", true },
	{ "s3", "object", "arn:aws:s3:::ledger", false },
	{ "ssm", "instance", "arn:aws:ec2:eu-west-1:111122223333:instance/i",
	    true },
	{ "ssm", "instance", "arn:aws:ssm:eu-west-1:111122223333:instance/i",
	    false },
	{ "iam", "role", "arn:aws:iam::111122223333:role/path/app", true },
	{ "braket", "device", "arn:aws:braket:::device/qpu/x/y", true },
};

START_TEST(type_matches_arn)
{
	const struct service *service = service_of(arn_rows[_i].service);
	const char *name = arn_rows[_i].type, *arn = arn_rows[_i].arn;
	const struct resource_type *type = name_find(service->types,
	    service->type_count, sizeof(*type), name, strlen(name));
	struct pattern pattern;

	ck_assert_ptr_nonnull(type);
	pattern = resource_type_pattern(arena, type);
	ck_assert(pattern.wild);
	ck_assert(pattern_match(&pattern, arn, strlen(arn)) ==
	    arn_rows[_i].matches);
}
END_TEST

START_TEST(endpoint_is_found)
{
	static const struct {
		const char	*text;
		const char	*name;
	} rows[] = {
		{ "com.amazonaws.eu-west-1.s3", "com.amazonaws.${Region}.s3" },
		{ "COM.amazonaws.${Region}.S3", "com.amazonaws.${Region}.s3" },
		{ "com.amazonaws.s3-global.accesspoint",
		    "com.amazonaws.s3-global.accesspoint" },
		{ "com.amazonaws.eu-west-1.x.s3", NULL },
		{ "com.amazonaws..s3", NULL },
		{ "com.amazonaws.s3", NULL },
		{ "s3", NULL },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct endpoint_service *found = catalog_endpoint(
		    builtin, rows[i].text, strlen(rows[i].text));

		ck_assert_pstr_eq(found == NULL ? NULL : found->name,
		    rows[i].name);
	}
}
END_TEST

START_TEST(endpoint_facts)
{
	const char *name = "com.amazonaws.eu-west-1.s3";
	const struct endpoint_service *s3 = catalog_endpoint(builtin, name,
	    strlen(name));

	ck_assert(s3->gateway && s3->interface);
	ck_assert_str_eq(s3->prefix, "s3");
	ck_assert_int_eq(s3->policy, ENDPOINT_POLICY_YES);
	name = "com.amazonaws.eu-west-1.console";
	ck_assert_ptr_null(catalog_endpoint(builtin, name,
	    strlen(name))->prefix);
}
END_TEST

/* ---- near names ---- */

static const struct {
	const char	*a, *b;
	size_t		 limit, distance;
} distance_rows[] = {
	{ "", "", 3, 0 },
	{ "abc", "ABC", 3, 0 },
	{ "abc", "", 3, 3 },
	{ "", "abcd", 3, 4 },
	{ "GetObjects", "GetObject", 3, 1 },
	{ "GetObejct", "GetObject", 3, 1 },
	{ "kitten", "sitting", 5, 3 },
	{ "kitten", "sitting", 2, 3 },
	{ "kitten", "sitting", 3, 3 },
	{ "ab", "ba", 1, 1 },
	{ "abcdef", "badcfe", 3, 3 },
	{ "abcdef", "badcfe", 2, 3 },
	{ "aaaaaaaa", "zzzzzzzz", 3, 4 },
};

START_TEST(distance_is)
{
	const char *a = distance_rows[_i].a, *b = distance_rows[_i].b;

	ck_assert_uint_eq(edit_distance(a, strlen(a), b, strlen(b),
	    distance_rows[_i].limit), distance_rows[_i].distance);
	ck_assert_uint_eq(edit_distance(b, strlen(b), a, strlen(a),
	    distance_rows[_i].limit), distance_rows[_i].distance);
}
END_TEST

START_TEST(long_words_are_far_apart)
{
	char word[256];

	memset(word, 'a', sizeof(word));
	ck_assert_uint_eq(edit_distance(word, 128, word, 128, 2), 0);
	ck_assert_uint_eq(edit_distance(word, 129, word, 129, 2), 3);
	ck_assert_ptr_null(catalog_nearest_service(builtin, word,
	    sizeof(word)));
}
END_TEST

static const struct {
	const char	*service;	/* NULL: what is nearest to a prefix */
	const char	*name;
	const char	*nearest;
} near_rows[] = {
	{ NULL, "lamda", "lambda" },
	{ NULL, "cloudfrnt", "cloudfront" },
	{ NULL, "nothinglikeit", NULL },
	{ NULL, "x", NULL },
	{ NULL, "", NULL },
	{ "s3", "GetObjects", "GetObject" },
	{ "s3", "GetObejct", "GetObject" },
	{ "s3", "PutBucketPolicies", "PutBucketPolicy" },
	{ "s3", "FrobnicateEverything", NULL },
	{ "ec2", "DescribeInstance", "DescribeInstances" },
	{ "ec2", "RunInstance", "RunInstances" },
	{ "ec2", "TerminateInstance", "TerminateInstances" },
	{ "iam", "PasRole", "PassRole" },
	/* not DescribeStacks, which is as far away */
	{ "cloudformation", "DescribeStackSe", "DescribeStackSet" },
};

START_TEST(nearest_name_is)
{
	const char *name = near_rows[_i].name;
	const char *nearest = near_rows[_i].service == NULL ?
	    catalog_nearest_service(builtin, name, strlen(name)) :
	    service_nearest_action(service_of(near_rows[_i].service), name,
	    strlen(name));

	ck_assert_pstr_eq(nearest, near_rows[_i].nearest);
}
END_TEST

static const struct {
	const char	*service;	/* NULL: among the global keys */
	const char	*name;
	const char	*nearest;
} near_key_rows[] = {
	{ NULL, "aws:PrincipleArn", "aws:PrincipalArn" },
	{ NULL, "aws:SourceVcpe", "aws:SourceVpce" },
	{ NULL, "aws:ResourceTag", "aws:ResourceTag/${TagKey}" },
	{ NULL, "aws:RequestTags/Owner", "aws:RequestTag/${TagKey}" },
	{ NULL, "aws:NothingOfTheSort", NULL },
	{ NULL, "", NULL },
	{ "s3", "s3:prefixes", "s3:prefix" },
	{ "s3", "s3:ExistingObjectTags/a", "s3:ExistingObjectTag/<key>" },
	{ "kms", "kms:ViaServices", "kms:ViaService" },
	{ "s3", "s3:zebra", NULL },
};

START_TEST(nearest_key_is)
{
	const char *name = near_key_rows[_i].name;
	const char *nearest = near_key_rows[_i].service == NULL ?
	    catalog_nearest_global_key(builtin, name, strlen(name)) :
	    service_nearest_key(service_of(near_key_rows[_i].service), name,
	    strlen(name));

	ck_assert_pstr_eq(nearest, near_key_rows[_i].nearest);
}
END_TEST

static TCase *
case_builtin(void)
{
	TCase *tests = tcase_create("builtin");

	/* the whole catalogue, on however busy a machine */
	tcase_set_timeout(tests, 0);
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_test(tests, every_line_is_compiled_in);
	tcase_add_test(tests, reading_the_tables_gives_the_same);
	tcase_add_test(tests, calls_have_parts);
	tcase_add_test(tests, parts_that_depend_have_a_resource);
	tcase_add_test(tests, scenarios_make_types_optional);
	tcase_add_test(tests, facts_of_some_actions);
	tcase_add_test(tests, nul_ends_no_name);
	tcase_add_test(tests, every_name_is_found);
	tcase_add_test(tests, endpoint_is_found);
	tcase_add_test(tests, endpoint_facts);
	tcase_add_test(tests, long_words_are_far_apart);
	return tests;
}

static TCase *
case_names(void)
{
	TCase *tests = tcase_create("names");

	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_loop_test(tests, action_is_found, 0, COUNT(action_rows));
	tcase_add_loop_test(tests, pattern_finds_what_a_plain_search_finds, 0,
	    COUNT(pattern_rows));
	tcase_add_loop_test(tests, template_matches, 0, COUNT(template_rows));
	tcase_add_loop_test(tests, key_is_found, 0, COUNT(key_rows));
	tcase_add_loop_test(tests, action_carries_key, 0, COUNT(carried_rows));
	tcase_add_loop_test(tests, type_matches_arn, 0, COUNT(arn_rows));
	tcase_add_loop_test(tests, distance_is, 0, COUNT(distance_rows));
	tcase_add_loop_test(tests, nearest_name_is, 0, COUNT(near_rows));
	tcase_add_loop_test(tests, nearest_key_is, 0, COUNT(near_key_rows));
	return tests;
}

int
main(void)
{
	Suite *suite = suite_create("catalog");
	SRunner *runner = srunner_create(suite);
	int failed;

	suite_add_tcase(suite, case_builtin());
	suite_add_tcase(suite, case_names());
	srunner_set_tap(runner, "-");
	srunner_run_all(runner, CK_SILENT);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}
