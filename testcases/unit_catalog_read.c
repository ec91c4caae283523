/* SPDX-License-Identifier: MIT */
/*
 * Reading a catalogue: what the cells come to, and that bad tables are refused
 * at the line that is bad.
 */
#include "config.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <check.h>

#include "policy/catalog.h"

#define COUNT(array)	(sizeof(array) / sizeof((array)[0]))

static struct arena *arena;

struct file {
	const char	*name;
	const char	*text;
};

/* The smallest catalogue that has one of everything. */
static const struct file small[] = {
	{ "date.tsv", "#date\n2026-01-02\n" },
	{ "services.tsv", "#prefix\tname\ta\tt\tk\n"
	    "b\tBee\t1\t0\t0\na\tAy\t2\t2\t2\n" },
	{ "condition_keys.tsv", "#prefix\tkey\ttype\n"
	    "a\ta:one\tString\na\ta:Many\tArrayOfARN\n" },
	{ "resource_types.tsv", "#prefix\ttype\tarn\tkeys\n"
	    "a\tt\tarn:${P}:a:::t/${T}\ta:one\na\tu\tarn:a:a:::u\t-\n" },
	{ "actions.tsv", "#prefix\taction\tlevel\tflags\ttypes\tkeys\n"
	    "a\tPut\tW\tp\tt*(a:one,a:Many);u*\ta:one\n"
	    "a\tget\tR\t-\t-\t-\nb\tList\tL\t-\t-\t-\n" },
	{ "scenarios.tsv", "#prefix\taction\tscenario\ttypes\n"
	    "a\tPut\tfirst\tt*;u\na\tPut\tsecond\tt*;u*\n" },
	{ "dependent_actions.tsv", "#prefix\taction\tdependents\n"
	    "a\tPut\tb:List,a:get\n" },
	{ "calls.tsv", "#p\tc\tp\ta\tt\tw\ts\n"
	    "b\tMove\tto\ta:Put\tu,t\talways\tx\n"
	    "b\tMove\tfrom\ta:get\t-\tnamed\tx\n"
	    "a\tPut\tt\ta:Put\tt\tsource-identity\tx\n" },
	{ "resource_policy_actions.tsv", "#p\ta\tl\tr\ts\na\tPut\tP\t-\tx\n" },
	{ "same_account_actions.tsv", "#p\ta\ts\na\tget\tx\n" },
	{ "rcp_services.tsv", "#p\ta\tb\tc\nb\ty\ty\ty\n" },
	{ "vpce_key_services.tsv", "#p\ta\tb\tc\td\tn\n"
	    "a\tyes\tno\tyes\tno\t\n" },
	{ "global_condition_keys.tsv", "#1\t2\t3\t4\t5\t6\t7\t8\t9\t10\t11\n"
	    "aws:X\tnetwork\tIPAddress\tsingle\tno\tyes\t1\t2\t3\t\t5\n"
	    "a:Y\tsts\tString\tmulti\tyes\tno\t1\t2\t3\t4\t5\n" },
	{ "vpc_endpoints.tsv", "#n\tt\tp\te\n"
	    "com.a\tgateway,interface\ta\tdocumented-example\n"
	    "com.b\tinterface\t?b\tnot-supported\n" },
	{ "unlisted_actions_in_managed_policies.tsv", "#p\tk\tm\n"
	    "c:*\tn\tx\n" },
};

static char directory[PATH_MAX];

static void
write_file(const char *name, const char *text, size_t length)
{
	char path[PATH_MAX + 64];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", directory, name);
	file = fopen(path, "wb");
	ck_assert_ptr_nonnull(file);
	ck_assert_uint_eq(fwrite(text, 1, length, file), length);
	ck_assert_int_eq(fclose(file), 0);
}

static void
remove_file(const char *name)
{
	char path[PATH_MAX + 64];

	snprintf(path, sizeof(path), "%s/%s", directory, name);
	unlink(path);
}

static void
set_up(void)
{
	const char *place = getenv("TMPDIR");

	arena = arena_new();
	ck_assert_ptr_nonnull(arena);
	snprintf(directory, sizeof(directory), "%s/catalog.XXXXXX",
	    place == NULL ? P_tmpdir : place);
	ck_assert_ptr_nonnull(mkdtemp(directory));
	for (size_t i = 0; i < COUNT(small); i++)
		write_file(small[i].name, small[i].text,
		    strlen(small[i].text));
}

static void
tear_down(void)
{
	for (size_t i = 0; i < COUNT(small); i++)
		remove_file(small[i].name);
	rmdir(directory);
	arena_free(arena);
}

static const struct catalog *
read_small(void)
{
	const char *error = "";
	const struct catalog *catalog = catalog_read(arena, directory,
	    &error);

	ck_assert_msg(catalog != NULL, "%s", error);
	return catalog;
}

START_TEST(small_catalogue_is_read)
{
	const struct catalog *catalog = read_small();
	const struct action *put = catalog_action(catalog, "A:put", 5);

	ck_assert_str_eq(catalog->date, "2026-01-02");
	ck_assert_uint_eq(catalog->service_count, 2);
	ck_assert_str_eq(catalog->services[0].prefix, "a");
	ck_assert(catalog->services[1].rcp && !catalog->services[0].rcp);
	ck_assert(catalog->services[0].vpc_arn);
	ck_assert(!catalog->services[0].vpce_account);
	ck_assert(catalog->services[0].vpce_org_paths);
	ck_assert(!catalog->services[0].vpce_org_id);
	ck_assert(put->permission_only && put->sets_policy);
	ck_assert_uint_eq(put->target_count, 2);
	ck_assert(put->targets[0].required && !put->targets[1].required);
	ck_assert_uint_eq(put->targets[0].key_count, 2);
	ck_assert(put->targets[0].keys[1]->multivalued);
	ck_assert_str_eq(put->dependents[1], "a:get");
	ck_assert(action_has_key(put, "aws:x", 5));
	ck_assert(!action_has_key(put, "a:y", 3));
	ck_assert_ptr_null(catalog->endpoints[1].prefix);
	ck_assert(catalog->endpoints[0].gateway);
}
END_TEST

/* A type whose ARNs are written in two ways is there with each. */
START_TEST(forms_are_read)
{
	static const char types[] = "#prefix\ttype\tarn\tkeys\n"
	    "a\tt\tarn:${P}:a:::t/${T}, arn:${P}:a:::t:${T}\ta:one\n"
	    "a\tu\tarn:a:a:::u\t-\n";
	const struct catalog *catalog;
	const struct action *put;
	const struct call *call;

	write_file("resource_types.tsv", types, strlen(types));
	catalog = read_small();
	put = catalog_action(catalog, "a:Put", 5);
	call = catalog_call(catalog, "a:Put", 5);
	ck_assert_uint_eq(catalog->services[0].type_count, 3);
	ck_assert_uint_eq(catalog->services[0].named_count, 3);
	ck_assert_uint_eq(put->target_count, 3);
	ck_assert_str_eq(put->targets[0].type->arn, "arn:${P}:a:::t/${T}");
	ck_assert_str_eq(put->targets[1].type->arn, "arn:${P}:a:::t:${T}");
	ck_assert_str_eq(put->targets[1].type->name, "t");
	ck_assert(!put->targets[0].type->again && put->targets[1].type->again);
	ck_assert(!put->targets[2].type->again);
	ck_assert(put->targets[1].required && !put->targets[2].required);
	ck_assert_uint_eq(put->targets[1].key_count, 2);
	ck_assert_uint_eq(put->targets[1].type->key_count, 1);
	ck_assert_uint_eq(call->parts[0].type_count, 2);
	ck_assert_ptr_eq(call->parts[0].types[1], put->targets[1].type);
}
END_TEST

START_TEST(calls_are_read)
{
	const struct catalog *catalog = read_small();
	const struct call *move = catalog_call(catalog, "B:move", 6);
	const struct call *put = catalog_call(catalog, "a:Put", 5);

	ck_assert_uint_eq(catalog->call_count, 2);
	ck_assert_ptr_null(catalog_call(catalog, "a:get", 5));
	ck_assert_str_eq(move->name, "b:Move");
	ck_assert_uint_eq(move->part_count, 2);
	/* as in the file, not as in the alphabet */
	ck_assert_str_eq(move->parts[0].name, "to");
	ck_assert_str_eq(move->parts[0].action->name, "Put");
	ck_assert_uint_eq(move->parts[0].type_count, 2);
	ck_assert_str_eq(move->parts[0].types[0]->name, "u");
	ck_assert_int_eq(move->parts[0].when, CALL_ALWAYS);
	ck_assert_str_eq(move->parts[1].name, "from");
	ck_assert_uint_eq(move->parts[1].type_count, 0);
	ck_assert_int_eq(move->parts[1].when, CALL_NAMED);
	ck_assert_int_eq(put->parts[0].when, CALL_SOURCE_IDENTITY);
	ck_assert_str_eq(call_when_word(CALL_CONTEXTS), "contexts");
}
END_TEST

START_TEST(line_ends_do_not_matter)
{
	for (size_t i = 0; i < COUNT(small); i++) {
		size_t length = strlen(small[i].text), made = 0;
		char *text = arena_alloc(arena, 2 * length);

		for (size_t at = 0; at < length; at++) {
			if (small[i].text[at] == '\n')
				text[made++] = '\r';
			text[made++] = small[i].text[at];
		}
		/* nor does the last one */
		write_file(small[i].name, text, made - 2);
	}
	ck_assert_str_eq(read_small()->date, "2026-01-02");
}
END_TEST

START_TEST(hints_may_be_absent)
{
	const struct catalog *catalog;
	const struct action *put;

	remove_file("scenarios.tsv");
	remove_file("dependent_actions.tsv");
	remove_file("unlisted_actions_in_managed_policies.tsv");
	catalog = read_small();
	put = catalog_action(catalog, "a:Put", 5);
	ck_assert_uint_eq(put->dependent_count, 0);
	ck_assert(put->targets[1].required);
	ck_assert_uint_eq(catalog->unlisted_count, 0);
}
END_TEST

START_TEST(other_files_may_not_be_absent)
{
	const char *const hints = "scenarios.tsv dependent_actions.tsv "
	    "unlisted_actions_in_managed_policies.tsv";
	const char *error = NULL;

	for (size_t i = 0; i < COUNT(small); i++) {
		remove_file(small[i].name);
		if (strstr(hints, small[i].name) == NULL) {
			ck_assert_ptr_null(catalog_read(arena, directory,
			    &error));
			ck_assert_ptr_nonnull(strstr(error, small[i].name));
		}
		write_file(small[i].name, small[i].text,
		    strlen(small[i].text));
	}
}
END_TEST

/* A file in place of the good one, and how the message must begin. */
static const struct {
	const char	*name;
	const char	*text;
	const char	*message;
} bad_rows[] = {
	{ "date.tsv", "#date\n", "1: nothing but a header" },
	{ "date.tsv", "", "1: no `#`" },
	{ "date.tsv", "#date\n2026-1-2\n", "2: `2026-1-2` is no date" },
	{ "date.tsv", "#date\n2026-13-45\n", "2: `2026-13-45` is no date" },
	{ "date.tsv", "#date\n2026-02-29\n", "2: `2026-02-29` is no date" },
	{ "date.tsv", "#date\n2026-01-02\n2026-01-03\n", "3: a second date" },
	{ "date.tsv", "date\n2026-01-02\n", "1: no `#`" },
	{ "date.tsv", "#date\n2026-01-02\n\n", "3: column 1 is empty" },
	{ "date.tsv", "#date\n2026-01-0\x1b\n", "2: a byte" },
	{ "date.tsv", "#date\n2026-01-0\xc3\xa9\n", "2: a byte" },
	{ "services.tsv", "#1\t2\t3\t4\n", "1: 4 columns, not 5" },
	{ "services.tsv", "#1\t2\t3\t4\t5\na\tb\n", "2: 2 columns, not 5" },
	{ "services.tsv", "#1\t2\t3\t4\t5\n1\t2\t3\t4\t5\t6\n",
	    "2: 6 columns, not 5" },
	{ "services.tsv", "#1\t2\t3\t4\t5\nA\tAy\t2\t2\t2\n",
	    "2: `A` is no prefix" },
	{ "services.tsv", "#1\t2\t3\t4\t5\na\tAy\t2\t2\t2\na\tAy\t2\t2\t2\n",
	    "3: line 2 says it too" },
	{ "services.tsv", "#1\t2\t3\t4\t5\nb\tBee\t1\t0\t0\n"
	    "a\tAy\t3\t2\t2\n", "3: `3` actions, but 2 are listed" },
	{ "services.tsv", "#1\t2\t3\t4\t5\nb\tBee\t1\t0\t0\n"
	    "a\tAy\t2\t2\t02\n", "3: `02` condition keys" },
	{ "condition_keys.tsv", "#1\t2\t3\nz\tz:k\tString\n",
	    "2: unknown service `z`" },
	{ "condition_keys.tsv", "#1\t2\t3\na\ta:k\tText\n",
	    "2: unknown value type `Text`" },
	{ "condition_keys.tsv", "#1\t2\t3\na\ta:k\tArrayOf\n",
	    "2: unknown value type `ArrayOf`" },
	{ "condition_keys.tsv", "#1\t2\t3\na\ta:k\tString\na\tA:K\tARN\n",
	    "3: line 2 says it too" },
	{ "resource_types.tsv", "#1\t2\t3\t4\na\tt\tarn:x\ta:none\n",
	    "2: unknown condition key `a:none`" },
	{ "resource_types.tsv", "#1\t2\t3\t4\na\tt\tarn:x\ta:one,\n",
	    "2: unknown condition key ``" },
	{ "resource_types.tsv", "#1\t2\t3\t4\na\tt\tx\t-\n",
	    "2: `x` is no ARN" },
	{ "resource_types.tsv", "#1\t2\t3\t4\na\tt\t-\t-\n",
	    "2: `-` is no ARN" },
	{ "resource_types.tsv", "#1\t2\t3\t4\na\tt\tarn:x, y\t-\n",
	    "2: `y` is no ARN" },
	{ "actions.tsv", "#1\t2\t3\t4\t5\t6\na\tPut\tX\t-\t-\t-\n",
	    "2: unknown access level `X`" },
	{ "actions.tsv", "#1\t2\t3\t4\t5\t6\na\tPut\t\t-\t-\t-\n",
	    "2: unknown access level ``" },
	{ "actions.tsv", "#1\t2\t3\t4\t5\t6\na\tPut\tRW\t-\t-\t-\n",
	    "2: unknown access level `RW`" },
	{ "actions.tsv", "#1\t2\t3\t4\t5\t6\na\tPut\tR\tq\t-\t-\n",
	    "2: `q` is neither `-` nor `p`" },
	{ "actions.tsv", "#1\t2\t3\t4\t5\t6\na\tPut\tR\t-\tt;v\t-\n",
	    "2: unknown resource type `v`" },
	{ "actions.tsv", "#1\t2\t3\t4\t5\t6\na\tPut\tR\t-\tt(a:one\t-\n",
	    "2: `t(a:one` is no resource type" },
	{ "actions.tsv", "#1\t2\t3\t4\t5\t6\na\tPut\tR\t-\tt**\t-\n",
	    "2: `t**` is no resource type" },
	{ "actions.tsv", "#1\t2\t3\t4\t5\t6\na\tPut\tR\t-\tt*(a:two)\t-\n",
	    "2: unknown condition key `a:two`" },
	{ "actions.tsv", "#1\t2\t3\t4\t5\t6\na\tPut\tR\t-\t-\tb:one\n",
	    "2: unknown condition key `b:one`" },
	{ "actions.tsv", "#1\t2\t3\t4\t5\t6\n\tPut\tR\t-\t-\t-\n",
	    "2: column 1 is empty" },
	{ "actions.tsv", "#1\t2\t3\t4\t5\t6\na\t-\tR\t-\t-\t-\n",
	    "2: column 2 is empty" },
	{ "scenarios.tsv", "#1\t2\t3\t4\na\tNone\tx\tt*\n",
	    "2: unknown action `a:None`" },
	{ "scenarios.tsv", "#1\t2\t3\t4\na\tPut\tx\tv*\n",
	    "2: unknown resource type `v`" },
	{ "dependent_actions.tsv", "#1\t2\t3\na\tPut\tb:List,get\n",
	    "2: `get` is no action" },
	{ "calls.tsv", "#1\t2\t3\t4\t5\t6\t7\n"
	    "z\tMove\tt\ta:Put\tt\talways\tx\n", "2: unknown service `z`" },
	{ "calls.tsv", "#1\t2\t3\t4\t5\t6\t7\n"
	    "a\tMove\tt\ta:No\tt\talways\tx\n", "2: unknown action `a:No`" },
	{ "calls.tsv", "#1\t2\t3\t4\t5\t6\t7\n"
	    "a\tMove\tt\ta:get\tt\talways\tx\n", "2: `a:get` takes no `t`" },
	{ "calls.tsv", "#1\t2\t3\t4\t5\t6\t7\n"
	    "a\tMove\tt\ta:Put\tt,v\talways\tx\n",
	    "2: `a:Put` takes no `v`" },
	{ "calls.tsv", "#1\t2\t3\t4\t5\t6\t7\n"
	    "a\tMove\tt\ta:Put\tt\toften\tx\n",
	    "2: unknown occasion `often`" },
	{ "calls.tsv", "#1\t2\t3\t4\t5\t6\t7\n"
	    "a\tMove\tt\ta:Put\tt\talways\tx\n"
	    "a\tmove\tt\ta:Put\tu\tnamed\tx\n", "3: line 2 says it too" },
	{ "resource_policy_actions.tsv", "#1\t2\t3\t4\t5\na\tNo\tP\t-\tx\n",
	    "2: unknown action `a:No`" },
	{ "same_account_actions.tsv", "#1\t2\t3\na\tNo\tx\n",
	    "2: unknown action `a:No`" },
	{ "rcp_services.tsv", "#1\t2\t3\t4\nz\ty\ty\ty\n",
	    "2: unknown service `z`" },
	{ "vpce_key_services.tsv", "#1\t2\t3\t4\t5\t6\n"
	    "a\tyes\tno\tperhaps\tno\t\n", "2: `perhaps` is neither" },
	{ "global_condition_keys.tsv", "#1\t2\t3\t4\t5\t6\t7\t8\t9\t10\t11\n"
	    "aws:X\tmoon\tString\tsingle\tno\tyes\t1\t2\t3\t4\t5\n",
	    "2: unknown group `moon`" },
	{ "global_condition_keys.tsv", "#1\t2\t3\t4\t5\t6\t7\t8\t9\t10\t11\n"
	    "aws:X\tsts\tString\tboth\tno\tyes\t1\t2\t3\t4\t5\n",
	    "2: `both` is neither `single` nor `multi`" },
	{ "vpc_endpoints.tsv", "#1\t2\t3\t4\ncom.a\tbridge\ta\tunknown\n",
	    "2: unknown kind `bridge`" },
	{ "vpc_endpoints.tsv", "#1\t2\t3\t4\ncom.a\tgateway\tz\tunknown\n",
	    "2: unknown service `z`" },
	{ "vpc_endpoints.tsv", "#1\t2\t3\t4\ncom.a\tgateway\ta\trumour\n",
	    "2: unknown evidence `rumour`" },
	{ "unlisted_actions_in_managed_policies.tsv", "#1\t2\t3\nc:*\tx\ty\n",
	    "2: `x` is neither `n` nor `y`" },
};

START_TEST(bad_table_is_refused)
{
	const char *error = NULL, *wanted;

	write_file(bad_rows[_i].name, bad_rows[_i].text,
	    strlen(bad_rows[_i].text));
	ck_assert_ptr_null(catalog_read(arena, directory, &error));
	wanted = arena_printf(arena, "%s/%s:%s", directory, bad_rows[_i].name,
	    bad_rows[_i].message);
	ck_assert_msg(strncmp(error, wanted, strlen(wanted)) == 0,
	    "`%s' does not begin with `%s'", error, wanted);
}
END_TEST

START_TEST(bytes_that_are_no_text_are_refused)
{
	static const char nul[] = "#date\n2026-01-02\n\0";
	const char *error = NULL;

	write_file("date.tsv", nul, sizeof(nul) - 1);
	ck_assert_ptr_null(catalog_read(arena, directory, &error));
	ck_assert_ptr_nonnull(strstr(error, "date.tsv:3: a byte"));
	ck_assert_ptr_null(catalog_read(arena, "/nowhere/at/all", &error));
	ck_assert_ptr_nonnull(strstr(error, "/nowhere/at/all/date.tsv: "));
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("catalog_read");
	TCase *tests = tcase_create("catalog_read");
	SRunner *runner = srunner_create(suite);
	int failed;

	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_test(tests, small_catalogue_is_read);
	tcase_add_test(tests, forms_are_read);
	tcase_add_test(tests, calls_are_read);
	tcase_add_test(tests, line_ends_do_not_matter);
	tcase_add_test(tests, hints_may_be_absent);
	tcase_add_test(tests, other_files_may_not_be_absent);
	tcase_add_loop_test(tests, bad_table_is_refused, 0, COUNT(bad_rows));
	tcase_add_test(tests, bytes_that_are_no_text_are_refused);
	suite_add_tcase(suite, tests);
	srunner_set_tap(runner, "-");
	srunner_run_all(runner, CK_SILENT);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}
