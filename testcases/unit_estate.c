/* SPDX-License-Identifier: MIT */
/*
 * What an estate comes to once it is read: names, ids, patterns and levels.
 * Names are also looked for in a slow and obvious way, word by word.
 */
#include "config.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#include "simulator/estate_use.h"

static struct arena *arena;
static const struct estate *estate;
static size_t finding_count;

static const char document[] = "{\"schema\":\"sekisho.estate/1\","
    "\"organization\":{\"id\":\"o-a1b2c3d4e5\","
    "\"management\":\"444444444444\",\"root\":{\"id\":\"r-abcd\","
    "\"accounts\":[\"111111111111\"],\"units\":[{\"id\":"
    "\"ou-abcd-11111111\",\"scps\":[\"s.json\"],\"units\":[{\"scps\":[],"
    "\"accounts\":[\"222222222222\"]}]}]}},"
    "\"accounts\":{\"222222222222\":{\"name\":\"gyomu\"},"
    "\"111111111111\":{\"name\":\"kiban\",\"scps\":[\"s.json\",{"
    "\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Deny\",\"Action\":"
    "\"*\",\"Resource\":\"*\"}}]},"
    "\"333333333333\":{}},"
    "\"vpcs\":{\"vpc-0000000a\":{\"name\":\"sender\",\"account\":"
    "\"111111111111\"},\"vpc-0000000b\":{\"account\":\"222222222222\"}},"
    "\"endpoints\":{"
    "\"vpce-0000000a\":{\"name\":\"sender-ssm\",\"vpc\":\"vpc-0000000a\","
    "\"service\":\"ssm\",\"policy\":\"e.json\"},"
    "\"vpce-0000000b\":{\"vpc\":\"vpc-0000000a\",\"service\":"
    "\"com.amazonaws.eu-west-1.sts\",\"policy\":\"unknown\"},"
    "\"vpce-0000000c\":{\"vpc\":\"vpc-0000000b\",\"service\":\"ssm\"}},"
    "\"groups\":{\"arn:aws:iam::111111111111:group/ops\":{\"identity\":["
    "\"g.json\"]}},"
    "\"principals\":{"
    "\"arn:aws:iam::111111111111:user/ops/tanaka\":{\"identity\":"
    "[\"i.json\"],\"groups\":[\"arn:aws:iam::111111111111:group/ops\"],"
    "\"boundary\":\"i.json\"},"
    "\"arn:aws:iam::111111111111:user/dev/Tanaka\":{\"name\":\"T2\"},"
    "\"arn:aws:iam::111111111111:root\":{\"name\":\"t2\"},"
    "\"arn:aws:iam::111111111111:role/path/Admin\":{\"trust\":\"unknown\","
    "\"tags\":{\"a\":\"b\"}},"
    "\"arn:aws:iam::222222222222:role/Admin\":{\"trust\":\"t.json\","
    "\"maxSession\":3600}},"
    "\"resources\":{"
    "\"arn:aws:ec2:eu-west-1:222222222222:instance/i-0c11\":{\"tags\":{}},"
    "\"arn:aws:ec2:eu-west-1:222222222222:instance/i-0c22\":{},"
    "\"arn:aws:s3:::data\":{\"account\":\"222222222222\",\"policy\":"
    "\"b.json\"},"
    "\"arn:aws:s3:::data/*\":{\"account\":\"222222222222\",\"policy\":"
    "\"b.json\"},"
    "\"arn:aws:s3:::data/in?/*\":{},\"arn:aws:s3:::data/in*\":{},"
    "\"arn:aws:s3:::data/i*n/*\":{},\"arn:aws:sns:::ab*\":{},"
    "\"arn:aws:sns:::ab?*\":{},\"arn:aws:sns:::*x*y\":{},"
    "\"arn:aws:sns:::x*y\":{},\"arn:aws:s3:::*\":{\"owner\":\"aws\"}"
    "}}";

static const struct source *
load(void *context, struct arena *loading, const char *name,
    const char **error)
{
	static const char bytes[] = "{\"Version\":\"2012-10-17\","
	    "\"Statement\":{\"Effect\":\"Deny\",\"Action\":\"*\","
	    "\"Resource\":\"*\"}}";

	(void)context;
	*error = "it is not there";
	return strlen(name) != strlen("x.json") ? NULL :
	    source_new(loading, name, bytes, strlen(bytes));
}

static const struct estate *
read_bytes(const char *bytes)
{
	static const struct estate_loader loader = { .load = load };
	const struct estate *read;
	struct report report;

	report_init(&report, arena, NULL);
	read = estate_read(arena, source_new(arena, "estate.json", bytes,
	    strlen(bytes)), &catalog_builtin, &loader, &report);
	finding_count = report.findings.count;
	for (size_t i = 0; i < finding_count; i++)
		printf("# %s\n", report.findings.items[i].message);
	return read;
}

static void
set_up(void)
{
	arena = arena_new();
	estate = read_bytes(document);
}

static void
tear_down(void)
{
	arena_free(arena);
}

static struct word
word(const char *text)
{
	return word_from(text, strlen(text));
}

/* The ids that a word leads to, with a blank between them. */
static const char *
join(struct estate_matches matches)
{
	const char *joined = "";

	for (size_t i = 0; i < matches.count; i++) {
		struct word id = estate_thing_id(&matches.items[i]);

		joined = arena_printf(arena, "%s%s%.*s", joined,
		    i == 0 ? "" : " ", (int)id.length, id.text);
	}
	return joined;
}

#define USER	"arn:aws:iam::111111111111:user/"
#define EC2	"arn:aws:ec2:eu-west-1:222222222222:instance/"

static const struct {
	const char	*word;
	unsigned	 kinds;
	const char	*ids;
} names[] = {
	/* exact names before others, and only of the kinds that are asked */
	{ "tanaka", ESTATE_PRINCIPAL, USER "ops/tanaka" },
	{ "T2", ESTATE_PRINCIPAL, USER "dev/Tanaka" },
	{ "t2", ESTATE_PRINCIPAL, "arn:aws:iam::111111111111:root" },
	{ "sender", ESTATE_VPC | ESTATE_ENDPOINT, "vpc-0000000a" },
	{ "sender", ESTATE_ENDPOINT, "" },
	{ "sender-ssm", ESTATE_ENDPOINT, "vpce-0000000a" },
	{ "SENDER-SSM", ESTATE_ENDPOINT, "vpce-0000000a" },
	{ "kiban", ESTATE_ACCOUNT, "111111111111" },
	{ "kiban", ESTATE_PRINCIPAL, "" },
	{ "Kiban", ESTATE_ACCOUNT, "111111111111" },
	/* a name without case may be that of several */
	{ "TANAKA", ESTATE_PRINCIPAL, USER "ops/tanaka" },
	{ "Admin", ESTATE_ROLE, "arn:aws:iam::111111111111:role/path/Admin "
	    "arn:aws:iam::222222222222:role/Admin" },
	{ "ADMIN", ESTATE_ROLE, "arn:aws:iam::111111111111:role/path/Admin "
	    "arn:aws:iam::222222222222:role/Admin" },
	/* ids in full, and their ends, have their case */
	{ USER "ops/tanaka", ESTATE_PRINCIPAL, USER "ops/tanaka" },
	{ USER "OPS/tanaka", ESTATE_PRINCIPAL, "" },
	{ "ops/tanaka", ESTATE_PRINCIPAL, USER "ops/tanaka" },
	{ "Tanaka", ESTATE_PRINCIPAL, USER "ops/tanaka" },
	{ "role/Admin", ESTATE_ROLE, "arn:aws:iam::222222222222:role/Admin" },
	{ "dmin", ESTATE_ROLE, "arn:aws:iam::222222222222:role/Admin "
	    "arn:aws:iam::111111111111:role/path/Admin" },
	{ "ath/Admin", ESTATE_ROLE,
	    "arn:aws:iam::111111111111:role/path/Admin" },
	{ "0c", ESTATE_ENDPOINT, "vpce-0000000c" },
	/* beginnings of the last part */
	{ "i-0c1", ESTATE_RESOURCE, EC2 "i-0c11" },
	{ "i-0c", ESTATE_RESOURCE, EC2 "i-0c11 " EC2 "i-0c22" },
	{ "I-0c1", ESTATE_RESOURCE, "" },
	{ "instance/i-0c1", ESTATE_RESOURCE, "" },
	/* a role can be acted on, a user cannot */
	{ "role/Admin", ESTATE_RESOURCE,
	    "arn:aws:iam::222222222222:role/Admin" },
	{ "tanaka", ESTATE_RESOURCE, "" },
	{ "tanaka", ESTATE_ROLE, "" },
	/* ACCOUNT/WORD, when nothing else is called so */
	{ "111111111111/Admin", ESTATE_ROLE,
	    "arn:aws:iam::111111111111:role/path/Admin" },
	{ "gyomu/Admin", ESTATE_ROLE,
	    "arn:aws:iam::222222222222:role/Admin" },
	{ "gyomu/i-0c2", ESTATE_RESOURCE, EC2 "i-0c22" },
	{ "gyomu/tanaka", ESTATE_PRINCIPAL, "" },
	{ "gyomu/", ESTATE_ROLE, "" },
	{ "/Admin", ESTATE_ROLE, "arn:aws:iam::222222222222:role/Admin "
	    "arn:aws:iam::111111111111:role/path/Admin" },
	{ "", ESTATE_ROLE, "" },
	{ "nobody", ESTATE_PRINCIPAL, "" },
};

START_TEST(a_word_leads_to_things)
{
	ck_assert_str_eq(join(estate_find(estate, arena,
	    word(names[_i].word), names[_i].kinds)), names[_i].ids);
}
END_TEST

START_TEST(what_is_read_is_clean)
{
	/* 333333333333 is nowhere, and an endpoint has no policy */
	ck_assert_uint_eq(finding_count, 2);
	ck_assert(estate->usable);
	ck_assert_uint_eq(estate->account_count, 4);
	ck_assert_uint_eq(estate->unit_count, 3);
}
END_TEST

/* Slow and obvious: which of all ids end so? */
static size_t
count_ends(const char *end, bool behind_mark)
{
	size_t count = 0;

	for (size_t i = 0; i < estate->resource_count; i++) {
		struct word arn = estate->resources[i].arn;
		size_t length = strlen(end);

		if (estate->resources[i].enclosed || arn.length <= length || strcmp(arn.text + arn.length -
		    length, end) != 0)
			continue;
		count += !behind_mark ||
		    strchr("/:", arn.text[arn.length - length - 1]) != NULL;
	}
	return count;
}

START_TEST(every_end_is_found)
{
	for (size_t i = 0; i < estate->resource_count; i++) {
		struct word arn = estate->resources[i].arn;

		for (size_t j = 1; j < arn.length; j++) {
			const char *end = arn.text + j;
			size_t found = estate_find(estate, arena, word(end),
			    ESTATE_RESOURCE).count;
			size_t expected = count_ends(end, true);

			ck_assert_uint_eq(found, expected > 0 ? expected :
			    count_ends(end, false));
		}
	}
}
END_TEST

START_TEST(nothing_is_near_but_what_is)
{
	ck_assert_str_eq(join(estate_nearest(estate, arena, word("tanka"),
	    ESTATE_PRINCIPAL, 3)), USER "ops/tanaka " USER "dev/Tanaka");
	ck_assert_str_eq(join(estate_nearest(estate, arena, word("tanka"),
	    ESTATE_PRINCIPAL, 1)), USER "ops/tanaka");
	ck_assert_str_eq(join(estate_nearest(estate, arena, word("i-0c12"),
	    ESTATE_RESOURCE, 1)), EC2 "i-0c11");
	ck_assert_str_eq(join(estate_nearest(estate, arena, word("zzzzzz"),
	    ESTATE_PRINCIPAL, 3)), "");
	ck_assert_str_eq(join(estate_nearest(estate, arena, word("tanka"),
	    ESTATE_PRINCIPAL, 0)), "");
}
END_TEST

static const struct {
	const char	*arn, *found;
} resources[] = {
	{ "arn:aws:s3:::data", "arn:aws:s3:::data" },
	{ "arn:aws:s3:::data/x", "arn:aws:s3:::data/*" },
	{ "arn:aws:s3:::data/inx/y", "arn:aws:s3:::data/in?/*" },
	{ "arn:aws:s3:::data/iin/y", "arn:aws:s3:::data/i*n/*" },
	{ "arn:aws:s3:::data/in", "arn:aws:s3:::data/in*" },
	{ "arn:aws:s3:::data/in/y", "arn:aws:s3:::data/i*n/*" },
	{ "arn:aws:s3:::other/x", "arn:aws:s3:::*" },
	{ "arn:aws:sns:::abc", "arn:aws:sns:::ab?*" },
	{ "arn:aws:sns:::ab", "arn:aws:sns:::ab*" },
	{ "arn:aws:sns:::xxy", "arn:aws:sns:::x*y" },
	{ "arn:aws:sns:::axy", "arn:aws:sns:::*x*y" },
	{ "arn:aws:sqs:::other", NULL },
	{ "arn:aws:iam::222222222222:role/Admin", NULL },
	{ "", NULL },
};

START_TEST(the_narrowest_pattern_counts)
{
	const struct estate_resource *found = estate_resource(estate,
	    word(resources[_i].arn));

	if (resources[_i].found == NULL)
		ck_assert_ptr_null(found);
	else
		ck_assert_str_eq(found->arn.text, resources[_i].found);
}
END_TEST

static const struct {
	const char	*principal, *issuer, *found;
} callers[] = {
	{ USER "ops/tanaka", NULL, USER "ops/tanaka" },
	{ USER "tanaka", NULL, NULL },
	{ "arn:aws:iam::111111111111:root", NULL,
	    "arn:aws:iam::111111111111:root" },
	{ "arn:aws:iam::222222222222:root", NULL, NULL },
	{ "arn:aws:sts::111111111111:assumed-role/Admin/s", NULL,
	    "arn:aws:iam::111111111111:role/path/Admin" },
	{ "arn:aws:sts::222222222222:assumed-role/admin/s", NULL,
	    "arn:aws:iam::222222222222:role/Admin" },
	{ "arn:aws:sts::222222222222:assumed-role/Admin/s",
	    "arn:aws:iam::222222222222:role/Admin",
	    "arn:aws:iam::222222222222:role/Admin" },
	{ "arn:aws:sts::222222222222:assumed-role/Admin/s",
	    "arn:aws:iam::222222222222:role/other/Admin", NULL },
	{ "arn:aws-cn:sts::222222222222:assumed-role/Admin/s", NULL, NULL },
	{ "arn:aws:sts::333333333333:assumed-role/Admin/s", NULL, NULL },
	{ "arn:aws:iam::222222222222:role/Admin", NULL,
	    "arn:aws:iam::222222222222:role/Admin" },
	{ "arn:aws:sts::111111111111:federated-user/f", USER "ops/tanaka",
	    USER "ops/tanaka" },
	{ "arn:aws:sts::111111111111:federated-user/f", NULL, NULL },
	{ "ec2.amazonaws.com", NULL, NULL },
	{ "*", NULL, NULL },
};

START_TEST(a_caller_has_policies_of)
{
	const struct estate_principal *found;
	struct actor actor;

	ck_assert(actor_read(&actor, word(callers[_i].principal),
	    callers[_i].issuer == NULL ? word_from(NULL, 0) :
	    word(callers[_i].issuer)));
	found = estate_principal_of(estate, &actor);
	if (callers[_i].found == NULL)
		ck_assert_ptr_null(found);
	else
		ck_assert_str_eq(found->arn.text, callers[_i].found);
}
END_TEST

START_TEST(an_account_has_levels)
{
	const struct references *levels[ESTATE_LEVELS_MAX];
	const struct estate_account *account = estate_account(estate,
	    word("222222222222"));

	ck_assert_uint_eq(estate_levels(account, LAYER_SCP, levels), 4);
	ck_assert_uint_eq(levels[0]->count, 1);
	ck_assert(word_is(levels[0]->items[0]->name, "FullAWSAccess"));
	ck_assert(word_is(levels[1]->items[0]->name, "s.json"));
	ck_assert_uint_eq(levels[2]->count, 0);
	ck_assert(word_is(levels[3]->items[0]->name, "FullAWSAccess"));
	ck_assert_uint_eq(estate_levels(account, LAYER_RCP, levels), 4);
	ck_assert(word_is(levels[1]->items[0]->name, "RCPFullAWSAccess"));
	ck_assert_uint_eq(levels[2]->count, 1);
	account = estate_account(estate, word("111111111111"));
	ck_assert_uint_eq(estate_levels(account, LAYER_SCP, levels), 2);
	ck_assert_uint_eq(levels[1]->count, 2);
	account = estate_account(estate, word("333333333333"));
	ck_assert_uint_eq(estate_levels(account, LAYER_SCP, levels), 0);
	ck_assert(!estate_account_is_member(estate, account));
	ck_assert(estate_account_manages(estate, word("444444444444")));
	account = estate_account(estate, word("444444444444"));
	ck_assert(account->open && estate_account_is_member(estate, account));
	ck_assert_ptr_null(estate_account(estate, word("4")));
}
END_TEST

static const char *
the_endpoint(const struct estate_vpc *vpc, const struct service *service)
{
	struct estate_matches found = estate_vpc_endpoints(estate, arena, vpc,
	    service);

	ck_assert_uint_eq(found.count, 1);
	return found.items[0].endpoint->id.text;
}

START_TEST(a_vpc_has_endpoints)
{
	const struct service *ssm = catalog_service(&catalog_builtin, "ssm",
	    3);
	const struct service *sts = catalog_service(&catalog_builtin, "sts",
	    3);
	const struct estate_vpc *a = estate_vpc(estate, word("vpc-0000000a"));
	const struct estate_vpc *b = estate_vpc(estate, word("vpc-0000000b"));

	ck_assert_str_eq(the_endpoint(a, ssm), "vpce-0000000a");
	ck_assert_str_eq(the_endpoint(a, sts), "vpce-0000000b");
	ck_assert_str_eq(the_endpoint(b, ssm), "vpce-0000000c");
	ck_assert_uint_eq(estate_vpc_endpoints(estate, arena, b, sts).count,
	    0);
	ck_assert_ptr_null(estate_endpoint(estate, word("vpc-0000000b")));
	ck_assert(estate_endpoint(estate, word("vpce-0000000b"))->policy->
	    unknown);
	ck_assert_ptr_null(estate_endpoint(estate, word("vpce-0000000c"))->
	    policy);
}
END_TEST

START_TEST(a_file_is_read_once)
{
	const struct estate_principal *tanaka = estate_principal(estate,
	    word(USER "ops/tanaka"));
	const struct estate_use *uses = estate_uses(arena, estate);
	const struct estate_resource *data = estate_resource(estate,
	    word("arn:aws:s3:::data"));

	ck_assert_uint_eq(tanaka->identity.count, 2);
	ck_assert_ptr_eq(tanaka->identity.items[0], tanaka->boundary);
	ck_assert(word_is(tanaka->identity.items[1]->name, "g.json"));
	ck_assert_uint_eq(uses[tanaka->boundary->number].layers,
	    LAYER_SET(IDENTITY) | LAYER_SET(BOUNDARY));
	ck_assert_uint_eq(uses[data->policy->number].layers,
	    LAYER_SET(RESOURCE));
	ck_assert(word_is(uses[data->policy->number].attached,
	    "arn:aws:s3:::data"));
	for (size_t i = 0; i < estate->reference_count; i++)
		ck_assert_uint_eq(estate->references[i]->number, i);
}
END_TEST

START_TEST(an_estate_that_is_none)
{
	const struct estate *empty = estate_empty(arena, &catalog_builtin);

	ck_assert_ptr_null(read_bytes("[]"));
	ck_assert_ptr_null(read_bytes("{"));
	ck_assert(!read_bytes("{}")->usable);
	ck_assert(!read_bytes("{\"schema\":\"sekisho.estate/1\","
	    "\"schema\":\"sekisho.estate/1\"}")->usable);
	ck_assert(empty->usable);
	ck_assert_uint_eq(estate_find(empty, arena, word("x"), ~0u).count, 0);
	ck_assert_uint_eq(estate_nearest(empty, arena, word("x"), ~0u, 3)
	    .count, 0);
	ck_assert_ptr_null(estate_resource(empty, word("arn:aws:s3:::b")));
	ck_assert_ptr_null(estate_account(empty, word("111111111111")));
}
END_TEST

/* More files than the first table of them has room for. */
START_TEST(many_files)
{
	const char *text = "";
	const struct estate *large;

	for (int i = 0; i < 500; i++)
		text = arena_printf(arena, "%s%s\"%06d\",\"%06d\"", text,
		    i == 0 ? "" : ",", i, i / 2);
	large = read_bytes(arena_printf(arena, "{\"schema\":"
	    "\"sekisho.estate/1\",\"accounts\":{\"111111111111\":{\"scps\":"
	    "[%s],\"rcps\":[]}}}", text));
	ck_assert_uint_eq(finding_count, 0);
	ck_assert_uint_eq(large->reference_count, 500);
	ck_assert_uint_eq(large->accounts[0].scps.count, 1000);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("estate");
	TCase *tests = tcase_create("estate");
	SRunner *runner = srunner_create(suite);
	int failed;

	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_test(tests, what_is_read_is_clean);
	tcase_add_loop_test(tests, a_word_leads_to_things, 0,
	    sizeof(names) / sizeof(names[0]));
	tcase_add_test(tests, every_end_is_found);
	tcase_add_test(tests, nothing_is_near_but_what_is);
	tcase_add_loop_test(tests, the_narrowest_pattern_counts, 0,
	    sizeof(resources) / sizeof(resources[0]));
	tcase_add_loop_test(tests, a_caller_has_policies_of, 0,
	    sizeof(callers) / sizeof(callers[0]));
	tcase_add_test(tests, an_account_has_levels);
	tcase_add_test(tests, a_vpc_has_endpoints);
	tcase_add_test(tests, a_file_is_read_once);
	tcase_add_test(tests, an_estate_that_is_none);
	tcase_add_test(tests, many_files);
	suite_add_tcase(suite, tests);
	srunner_set_tap(runner, "-");
	srunner_run_all(runner, CK_SILENT);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}
