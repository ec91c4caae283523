/* SPDX-License-Identifier: MIT */
/*
 * Policies under test: a bucket's, and what is handed to an analyst, as a
 * program would write them.  `test_gate fail' shows what a failure says.
 */
#include <stdlib.h>
#include <string.h>

#include <sekisho_check.h>

static const char analyst[] =
    "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Sid\": \"Read\",\n"
    "  \"Effect\": \"Allow\", \"Action\": \"s3:GetObject\",\n"
    "  \"Resource\": \"arn:aws:s3:::reports/*\"}]}\n";

static const char bucket[] =
    "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Sid\": \"OnlyHere\",\n"
    "  \"Effect\": \"Deny\", \"Principal\": \"*\", \"Action\": \"s3:*\",\n"
    "  \"Resource\": [\"arn:aws:s3:::reports\",\n"
    "    \"arn:aws:s3:::reports/*\"],\n"
    "  \"Condition\": {\"StringNotEquals\":\n"
    "    {\"aws:SourceVpce\": \"vpce-1a2b3c4d5e6f\"}}}]}\n";

static const char elsewhere[] =
    "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\",\n"
    "  \"Action\": \"*\", \"Resource\": \"*\", \"Condition\": {\"StringEquals\":\n"
    "    {\"aws:SourceVpce\": \"vpce-0f0f0f0f0f0f\"}}}]}\n";

#define ANA	"arn:aws:iam::111122223333:user/ana s3:GetObject " \
    "arn:aws:s3:::reports/q3 with aws:ResourceAccount=111122223333 "

static struct sekisho *desk;
static struct sekisho_estate *estate;

static void
add(enum sekisho_layer layer, const char *name, const char *text)
{
	if (sekisho_estate_add(desk, estate, layer, name, text,
	    strlen(text)) != SEKISHO_OK)
		ck_abort_msg("%s", sekisho_messages(desk));
}

static void
open_desk(void)
{
	desk = sekisho_new(NULL);
	estate = sekisho_estate_new(desk);
	add(SEKISHO_IDENTITY, "analyst.json", analyst);
	add(SEKISHO_RESOURCE, "bucket.json", bucket);
	ck_assert(sekisho_estate_close(desk, estate) == SEKISHO_OK);
}

static void
close_desk(void)
{
	sekisho_estate_free(estate);
	sekisho_free(desk);
}

START_TEST(analyst_reads_through_the_endpoint)
{
	ck_assert_allowed(desk, estate, ANA
	    "aws:SourceVpce=vpce-1a2b3c4d5e6f");
}
END_TEST

START_TEST(nobody_reads_any_other_way)
{
	ck_assert_denied_by(desk, estate, ANA "without aws:SourceVpce",
	    "resource");
	ck_assert_holds(desk, estate, "guarantee I1 this-way-only\n"
	    "  every allowed s3:GetObject on arn:aws:s3:::reports/*\n"
	    "  must StringEquals aws:SourceVpce vpce-1a2b3c4d5e6f\n");
}
END_TEST

START_TEST(the_way_decides)
{
	ck_assert_depends(desk, estate, ANA);
	ck_assert_denied(desk, estate, "arn:aws:iam::111122223333:user/ana "
	    "s3:PutObject arn:aws:s3:::reports/q3 "
	    "with aws:ResourceAccount=111122223333");
}
END_TEST

/* Of two endpoints that are asked for, no request comes through both. */
START_TEST(no_way_will_do)
{
	sekisho_estate_free(estate);
	estate = sekisho_estate_new(desk);
	add(SEKISHO_IDENTITY, "analyst.json", analyst);
	add(SEKISHO_RESOURCE, "bucket.json", bucket);
	add(SEKISHO_BOUNDARY, "elsewhere.json", elsewhere);
	ck_assert(sekisho_estate_close(desk, estate) == SEKISHO_OK);
	ck_assert_denied(desk, estate, ANA);
}
END_TEST

START_TEST(the_policies_are_sound)
{
	ck_assert_lint(desk, SEKISHO_IDENTITY, "analyst.json", analyst,
	    SEKISHO_WARNING);
}
END_TEST

START_TEST(this_is_too_much_to_ask)
{
	ck_assert_allowed(desk, estate, ANA "aws:SourceVpce=vpce-0f0f0f");
}
END_TEST

int
main(int argc, char **argv)
{
	Suite *suite = suite_create("gate");
	TCase *tests = tcase_create("policies");
	SRunner *runner = srunner_create(suite);
	int failed;

	(void)argv;
	tcase_add_checked_fixture(tests, open_desk, close_desk);
	if (argc > 1) {
		tcase_add_test(tests, this_is_too_much_to_ask);
	} else {
		tcase_add_test(tests, analyst_reads_through_the_endpoint);
		tcase_add_test(tests, nobody_reads_any_other_way);
		tcase_add_test(tests, the_way_decides);
		tcase_add_test(tests, no_way_will_do);
		tcase_add_test(tests, the_policies_are_sound);
	}
	suite_add_tcase(suite, tests);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
