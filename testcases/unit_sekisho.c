/* SPDX-License-Identifier: MIT */
/*
 * The library through its own header: what is no memory, no sense, or not in
 * its turn, lets nobody in.  What it answers, run-library holds.
 */
#include "config.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <check.h>

#include "simulator/sekisho.h"

static const char identity[] =
    "{\"Version\":\"2012-10-17\",\"Statement\":{\"Sid\":\"Read\","
    "\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\","
    "\"Resource\":\"arn:aws:s3:::reports/*\"}}";
static const char no_delete[] =
    "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Deny\","
    "\"Action\":\"s3:DeleteObject\",\"Resource\":\"*\"}}";
static const char all[] =
    "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\","
    "\"Action\":\"*\",\"Resource\":\"*\"}}";
static const char estate_text[] =
    "{\"schema\":\"sekisho.estate/1\",\"accounts\":{\"111122223333\":{}},"
    "\"principals\":{\"arn:aws:iam::111122223333:user/ana\":"
    "{\"identity\":[\"ana.json\"]}},\"resources\":{"
    "\"arn:aws:s3:::reports/*\":{\"account\":\"111122223333\"}}}";
static const char promise[] = "guarantee I1 only-reports\n"
    "  every allowed s3:GetObject by ana\n"
    "  must on arn:aws:s3:::reports/*\n";

#define READ	"ana s3:GetObject arn:aws:s3:::reports/q3"

static struct sekisho *desk;
static struct sekisho_estate *estate;

static void
open_desk(void)
{
	desk = sekisho_new(NULL);
	estate = sekisho_estate_new(desk);
	ck_assert_ptr_nonnull(estate);
}

static void
close_desk(void)
{
	sekisho_estate_free(estate);
	sekisho_free(desk);
	sekisho_estate_free(NULL);
	sekisho_free(NULL);
}

/* Files, and the memory that they lie in. */

static const char *
load(void *context, const char *name, size_t *length, const char **error)
{
	(void)error;
	if (context == NULL || strcmp(name, "ana.json") != 0)
		return NULL;
	*length = strlen(context);
	return context;
}

static enum sekisho_status
read_text(const char *text, const char *policy)
{
	return sekisho_estate_read(desk, estate, "estate.json", text,
	    strlen(text), load, (void *)(uintptr_t)policy);
}

static enum sekisho_status
add(enum sekisho_layer layer, const char *text)
{
	return sekisho_estate_add(desk, estate, layer, "document.json", text,
	    strlen(text));
}

static void
open_estate(void)
{
	ck_assert_int_eq(read_text(estate_text, identity), SEKISHO_OK);
	ck_assert_int_eq(sekisho_estate_close(desk, estate), SEKISHO_OK);
	ck_assert_str_eq(sekisho_messages(desk), "");
}

static enum sekisho_proof
prove(const char *text)
{
	return sekisho_prove(desk, estate, "promise", text, strlen(text));
}

static enum sekisho_severity
lint(enum sekisho_layer layer, const char *text)
{
	return sekisho_lint(desk, layer, "document.json", text,
	    strlen(text));
}

static void
assert_misused(const char *excuse)
{
	ck_assert_int_eq(sekisho_last_status(desk), SEKISHO_MISUSED);
	ck_assert_str_eq(sekisho_messages(desk), excuse);
	ck_assert_str_eq(sekisho_explain(desk, 0), excuse);
	ck_assert_str_eq(sekisho_json(desk), "");
}

/* Order. */

START_TEST(the_zeros_let_nobody_in)
{
	ck_assert_int_eq(SEKISHO_NO_MEMORY, 0);
	ck_assert_int_eq(SEKISHO_NO_VERDICT, 0);
	ck_assert_int_eq(SEKISHO_UNDECIDED, 0);
	ck_assert_int_eq(SEKISHO_ERROR, 0);
	ck_assert_str_eq(sekisho_verdict_name(0), "NoVerdict");
	ck_assert_str_eq(sekisho_proof_name(0), "undecided");
	ck_assert_str_eq(sekisho_severity_name(0), "error");
	ck_assert_str_eq(sekisho_version(), PACKAGE_VERSION);
	ck_assert_uint_eq(strlen(sekisho_catalog_date()), 10);
}
END_TEST

START_TEST(an_open_estate_answers_nothing)
{
	static const char excuse[] = "the estate is not closed yet\n";

	ck_assert_int_eq(read_text(estate_text, identity), SEKISHO_OK);
	ck_assert_int_eq(sekisho_ask(desk, estate, READ), SEKISHO_NO_VERDICT);
	assert_misused(excuse);
	ck_assert_int_eq(prove(promise), SEKISHO_UNDECIDED);
	assert_misused(excuse);
	ck_assert_int_eq(sekisho_ask(desk, NULL, READ), SEKISHO_NO_VERDICT);
	assert_misused(excuse);
	ck_assert_int_eq(sekisho_estate_close(desk, estate), SEKISHO_OK);
	ck_assert_int_eq(sekisho_ask(desk, estate, READ), SEKISHO_ALLOWED);
}
END_TEST

START_TEST(a_closed_estate_does_not_change)
{
	static const char excuse[] = "the estate is closed already\n";

	open_estate();
	ck_assert_int_eq(add(SEKISHO_SCP, no_delete), SEKISHO_MISUSED);
	assert_misused(excuse);
	ck_assert_int_eq(sekisho_estate_assume(desk, estate, "res-5=padded"),
	    SEKISHO_MISUSED);
	assert_misused(excuse);
	ck_assert_int_eq(sekisho_estate_close(desk, estate),
	    SEKISHO_MISUSED);
	ck_assert_int_eq(read_text(estate_text, all), SEKISHO_MISUSED);
	ck_assert_int_eq(sekisho_ask(desk, estate, READ), SEKISHO_ALLOWED);
}
END_TEST

START_TEST(what_is_no_layer_takes_no_document)
{
	ck_assert_int_eq(add(SEKISHO_ANY_LAYER, all), SEKISHO_MISUSED);
	ck_assert_int_eq(add((enum sekisho_layer)9, all), SEKISHO_MISUSED);
	ck_assert_int_eq(lint((enum sekisho_layer)9, all), SEKISHO_ERROR);
	ck_assert_int_eq(sekisho_last_status(desk), SEKISHO_MISUSED);
	ck_assert_int_eq(sekisho_estate_assume(desk, estate, "res-5=maybe"),
	    SEKISHO_MISUSED);
	ck_assert_int_eq(sekisho_estate_assume(desk, estate, "res-5=padded"),
	    SEKISHO_OK);
}
END_TEST

/* Sense. */

START_TEST(a_broken_estate_stays_shut)
{
	const struct sekisho_finding *finding;

	ck_assert_int_eq(read_text("{\"schema\": \"sekisho.estate/1\",\n"
	    " \"acounts\": {}}", NULL), SEKISHO_FAULTY);
	finding = sekisho_finding_at(desk, 0);
	ck_assert_ptr_nonnull(finding);
	ck_assert_str_eq(finding->file, "estate.json");
	ck_assert_uint_eq(finding->line, 2);
	ck_assert_uint_eq(finding->column, 2);
	ck_assert_int_eq(finding->severity, SEKISHO_ERROR);
	ck_assert_ptr_null(sekisho_finding_at(desk, 99));
	ck_assert_ptr_nonnull(strstr(sekisho_messages(desk),
	    "estate.json:2:2: error: "));
	ck_assert_int_eq(sekisho_estate_close(desk, estate),
	    SEKISHO_MISUSED);
	ck_assert_int_eq(sekisho_ask(desk, estate, READ), SEKISHO_NO_VERDICT);
}
END_TEST

START_TEST(a_missing_file_shuts_the_estate)
{
	ck_assert_int_eq(read_text(estate_text, NULL), SEKISHO_FAULTY);
	ck_assert_ptr_nonnull(strstr(sekisho_messages(desk),
	    "it was not given"));
}
END_TEST

START_TEST(what_is_no_policy_shuts_the_estate)
{
	ck_assert_int_eq(add(SEKISHO_IDENTITY, "{\"Statement\": 7"),
	    SEKISHO_FAULTY);
	ck_assert_ptr_nonnull(strstr(sekisho_messages(desk),
	    "document.json:1:16: error: "));
	ck_assert_int_eq(sekisho_estate_close(desk, estate),
	    SEKISHO_MISUSED);
}
END_TEST

START_TEST(a_broken_policy_leaves_its_layer_unknown)
{
	ck_assert_int_eq(read_text(estate_text, "{\"Version\": "
	    "\"2012-10-17\",\n\"Statement\": {\"Effect\": \"Alow\", "
	    "\"Action\": \"*\", \"Resource\": \"*\"}}"), SEKISHO_OK);
	ck_assert_int_eq(sekisho_estate_close(desk, estate), SEKISHO_OK);
	ck_assert_int_eq(sekisho_ask(desk, estate, READ), SEKISHO_UNKNOWN);
	ck_assert_str_eq(sekisho_decided_by(desk), "identity");
	ck_assert_ptr_nonnull(strstr(sekisho_explain(desk, 0),
	    "the document has faults ana.json:1:1"));
	ck_assert_int_ne(prove(promise), SEKISHO_HOLDS);
}
END_TEST

START_TEST(a_question_without_sense_is_not_asked)
{
	open_estate();
	ck_assert_int_eq(sekisho_ask(desk, estate, ""), SEKISHO_NO_VERDICT);
	ck_assert_int_eq(sekisho_ask(desk, estate, "ana s3:GetObject x \"y"),
	    SEKISHO_NO_VERDICT);
	ck_assert_int_eq(sekisho_last_status(desk), SEKISHO_FAULTY);
	ck_assert_ptr_nonnull(strstr(sekisho_messages(desk),
	    "question:1:20: error: "));
	ck_assert_int_eq(sekisho_ask(desk, estate, READ " overlay x.json"),
	    SEKISHO_NO_VERDICT);
	ck_assert_str_eq(sekisho_decided_by(desk), "");
	ck_assert_int_eq(sekisho_ask_json(desk, estate, "{", 1),
	    SEKISHO_NO_VERDICT);
	ck_assert_int_eq(sekisho_ask_json(desk, estate, "[]", 2),
	    SEKISHO_NO_VERDICT);
	ck_assert_int_eq(sekisho_last_status(desk), SEKISHO_FAULTY);
}
END_TEST

/* Two members of one name: nobody knows which of them was meant. */
START_TEST(a_doubtful_object_is_not_asked)
{
	static const char twice[] = "{\"principal\":\"ana\",\"principal\":"
	    "\"ana\",\"action\":\"s3:GetObject\","
	    "\"resource\":\"arn:aws:s3:::reports/q3\"}";
	static const char inside[] = "{\"principal\":\"ana\","
	    "\"action\":\"s3:GetObject\",\"resource\":"
	    "\"arn:aws:s3:::reports/q3 with aws:SourceVpce=vpce-1\"}";

	open_estate();
	ck_assert_int_eq(sekisho_ask_json(desk, estate, twice,
	    strlen(twice)), SEKISHO_NO_VERDICT);
	ck_assert_int_eq(sekisho_ask_json(desk, estate, inside,
	    strlen(inside)), SEKISHO_ALLOWED);
	ck_assert_ptr_null(strstr(sekisho_explain(desk, 0), "given"));
}
END_TEST

/* Answers. */

START_TEST(an_answer_is_told_in_every_way)
{
	open_estate();
	ck_assert_int_eq(sekisho_ask(desk, estate, READ), SEKISHO_ALLOWED);
	ck_assert_str_eq(sekisho_summary(desk),
	    "Allowed: an identity policy allows it");
	ck_assert_str_eq(sekisho_decided_by(desk), "");
	ck_assert_ptr_nonnull(strstr(sekisho_explain(desk, 0),
	    "ana.json:1:37 Sid Read"));
	ck_assert_ptr_nonnull(strstr(sekisho_json(desk),
	    "\"schema\":\"sekisho.can/1\""));
	ck_assert_int_eq(sekisho_ask(desk, estate,
	    "ana s3:PutObject arn:aws:s3:::reports/q3"),
	    SEKISHO_IMPLICITLY_DENIED);
	ck_assert_str_eq(sekisho_decided_by(desk), "identity");
	ck_assert_str_eq(sekisho_summary(desk), "ImplicitlyDenied by "
	    "identity: no identity policy allows it");
}
END_TEST

/* A level that allows nothing has FullAWSAccess, one of two documents needs
 * no help. */
START_TEST(documents_stand_in_levels)
{
	static const char read[] = "arn:aws:iam::111122223333:user/ana "
	    "s3:GetObject arn:aws:s3:::reports/q3 "
	    "with aws:ResourceAccount=111122223333";
	static const char delete[] = "arn:aws:iam::111122223333:user/ana "
	    "s3:DeleteObject arn:aws:s3:::reports/q3 "
	    "with aws:ResourceAccount=111122223333";

	ck_assert_int_eq(add(SEKISHO_IDENTITY, all), SEKISHO_OK);
	ck_assert_int_eq(add(SEKISHO_SCP, no_delete), SEKISHO_OK);
	ck_assert_int_eq(add(SEKISHO_SCP, no_delete), SEKISHO_OK);
	ck_assert_int_eq(sekisho_estate_add_beside(desk, estate, SEKISHO_SCP,
	    "read.json", identity, strlen(identity)), SEKISHO_OK);
	ck_assert_int_eq(sekisho_estate_close(desk, estate), SEKISHO_OK);
	ck_assert_int_eq(sekisho_ask(desk, estate, read), SEKISHO_ALLOWED);
	ck_assert_int_eq(sekisho_ask(desk, estate, delete),
	    SEKISHO_EXPLICITLY_DENIED);
	ck_assert_str_eq(sekisho_decided_by(desk), "scp");
	ck_assert_int_eq(sekisho_ask(desk, estate,
	    "arn:aws:iam::111122223333:user/ana s3:PutObject "
	    "arn:aws:s3:::reports/q3 with aws:ResourceAccount=111122223333"),
	    SEKISHO_IMPLICITLY_DENIED);
	ck_assert_str_eq(sekisho_decided_by(desk), "scp");
}
END_TEST

START_TEST(guarantees_are_told_one_by_one)
{
	const struct sekisho_guarantee *second;

	open_estate();
	ck_assert_int_eq(prove(promise), SEKISHO_HOLDS);
	ck_assert_str_eq(sekisho_summary(desk),
	    "1 holds, 0 broken, 0 undecided");
	ck_assert_uint_eq(sekisho_finding_count(desk), 0);
	ck_assert_int_eq(prove("guarantee I1 of-nothing\n"
	    "  every allowed s3:PutObject by ana\n  must mfa\n"),
	    SEKISHO_HOLDS);
	ck_assert_int_eq(sekisho_guarantee_at(desk, 0)->vacuous, 1);
	ck_assert_str_eq(sekisho_messages(desk), "promise:1:1: warning: no "
	    "request is of that kind, so this holds of nothing\n");
	ck_assert_int_eq(prove("guarantee I1 only-reports\n"
	    "  every allowed s3:GetObject by ana\n"
	    "  must on arn:aws:s3:::reports/*\n"
	    "guarantee I2 nothing\n  never allowed s3:GetObject by ana\n"),
	    SEKISHO_BROKEN);
	ck_assert_uint_eq(sekisho_guarantee_count(desk), 2);
	second = sekisho_guarantee_at(desk, 1);
	ck_assert_str_eq(second->id, "I2");
	ck_assert_str_eq(second->name, "nothing");
	ck_assert_int_eq(second->proof, SEKISHO_BROKEN);
	ck_assert_uint_eq(second->line, 4);
	ck_assert_ptr_null(second->reason);
	ck_assert_ptr_null(sekisho_guarantee_at(desk, 2));
	ck_assert_ptr_nonnull(strstr(sekisho_explain(desk, 0),
	    "broken: I2 nothing"));
	ck_assert_ptr_nonnull(strstr(sekisho_json(desk),
	    "\"schema\":\"sekisho.prove/1\""));
}
END_TEST

START_TEST(what_is_not_proved_does_not_hold)
{
	open_estate();
	ck_assert_int_eq(prove(""), SEKISHO_UNDECIDED);
	ck_assert_int_eq(prove("guarantee I1 x\n  every requst must mfa\n"),
	    SEKISHO_UNDECIDED);
	ck_assert_int_eq(sekisho_last_status(desk), SEKISHO_FAULTY);
	ck_assert_ptr_nonnull(strstr(sekisho_explain(desk, 0),
	    "promise:2:9: error: "));
	sekisho_set_budget(desk, 1);
	ck_assert_int_eq(prove(promise), SEKISHO_UNDECIDED);
	ck_assert_ptr_nonnull(sekisho_guarantee_at(desk, 0)->reason);
	sekisho_set_budget(desk, 0);
	ck_assert_int_eq(prove(promise), SEKISHO_HOLDS);
	/* one that holds does not make up for one with a fault */
	ck_assert_int_eq(prove("guarantee I1 only-reports\n"
	    "  every allowed s3:GetObject by ana\n"
	    "  must on arn:aws:s3:::reports/*\n"
	    "guarantee I2 nobody\n  never allowed s3:GetObject by nobody\n"),
	    SEKISHO_UNDECIDED);
	ck_assert_int_eq(sekisho_last_status(desk), SEKISHO_FAULTY);
}
END_TEST

START_TEST(findings_are_told)
{
	const struct sekisho_finding *finding;

	ck_assert_int_eq(lint(SEKISHO_IDENTITY, "{\"Version\": \"2012-10-17\","
	    "\n\"Statement\": {\"Effect\": \"Allow\", \"Action\": "
	    "\"s3:GetObjct\", \"Resource\": \"arn:aws:s3:::reports/*\"}}"),
	    SEKISHO_WARNING);
	finding = sekisho_finding_at(desk, 0);
	ck_assert_str_eq(finding->rule, "invalid-action");
	ck_assert_str_eq(finding->file, "document.json");
	ck_assert_str_eq(finding->pointer, "/Statement/Action");
	ck_assert_uint_eq(finding->line, 2);
	ck_assert_ptr_nonnull(strstr(finding->help, "s3:GetObject"));
	ck_assert_int_eq(lint(SEKISHO_ANY_LAYER, identity), SEKISHO_CLEAN);
	ck_assert_str_eq(sekisho_summary(desk), "nothing was found");
	ck_assert_int_eq(lint(SEKISHO_ANY_LAYER, "{"), SEKISHO_ERROR);
	/* an identity policy is no policy of a resource */
	ck_assert_int_eq(lint(SEKISHO_RESOURCE, identity), SEKISHO_ERROR);
}
END_TEST

/* Memory. */

/* Lends so many blocks, and knows what was not given back. */
struct purse {
	long	 left;
	size_t	 lent;
};

static void *
lend(void *context, size_t size)
{
	struct purse *purse = context;
	void *memory = purse->left-- > 0 ? malloc(size) : NULL;

	if (memory != NULL) {
		purse->lent += size;
		memset(memory, 0xa5, size);
	}
	return memory;
}

static void
take_back(void *context, void *memory, size_t size)
{
	struct purse *purse = context;

	purse->lent -= size;
	memset(memory, 0x5a, size);
	free(memory);
}

/* Nothing but the right answer, or none for want of memory. */
static void
assert_or_none(int got, int right)
{
	enum sekisho_status status = sekisho_last_status(desk);

	if (got != right) {
		ck_assert_int_eq(got, 0);
		ck_assert(status == SEKISHO_NO_MEMORY ||
		    status == SEKISHO_MISUSED);
	}
	ck_assert_ptr_nonnull(sekisho_summary(desk));
	ck_assert_ptr_nonnull(sekisho_explain(desk, 0));
	ck_assert_ptr_nonnull(sekisho_json(desk));
	ck_assert_ptr_nonnull(sekisho_messages(desk));
}

static void
use_estate(void)
{
	read_text(estate_text, identity);
	add(SEKISHO_BOUNDARY, all);
	sekisho_estate_close(desk, estate);
	assert_or_none(sekisho_ask(desk, estate, READ), SEKISHO_ALLOWED);
	assert_or_none(prove(promise), SEKISHO_HOLDS);
	assert_or_none(lint(SEKISHO_ANY_LAYER, identity), SEKISHO_CLEAN);
	assert_or_none(sekisho_ask(desk, estate, "ana s3:PutObject "
	    "arn:aws:s3:::reports/q3"), SEKISHO_IMPLICITLY_DENIED);
}

/* True when there was enough. */
static bool
use_library(struct purse *purse)
{
	const struct sekisho_allocator allocator = { lend, take_back, purse };

	desk = sekisho_new(&allocator);
	if (desk != NULL) {
		estate = sekisho_estate_new(desk);
		if (estate != NULL)
			use_estate();
		sekisho_estate_free(estate);
		sekisho_free(desk);
	}
	return purse->left >= 0;
}

START_TEST(memory_may_end_anywhere)
{
	struct purse purse;
	long blocks = 0;

	do {
		purse = (struct purse){ .left = blocks++ };
		bool enough = use_library(&purse);

		ck_assert_uint_eq(purse.lent, 0);
		if (enough)
			break;
	} while (blocks < 10000);
	ck_assert_int_gt(blocks, 10);
	ck_assert_int_lt(blocks, 10000);
}
END_TEST

START_TEST(a_desk_goes_on_after_that)
{
	struct purse purse = { .left = 10000 };
	const struct sekisho_allocator allocator = { lend, take_back,
	    &purse };

	desk = sekisho_new(&allocator);
	estate = sekisho_estate_new(desk);
	open_estate();
	purse.left = 0;
	ck_assert_int_eq(lint(SEKISHO_ANY_LAYER, identity), SEKISHO_ERROR);
	ck_assert_int_eq(sekisho_last_status(desk), SEKISHO_NO_MEMORY);
	ck_assert_str_eq(sekisho_messages(desk),
	    "there is no memory left\n");
	purse.left = 10000;
	ck_assert_int_eq(lint(SEKISHO_ANY_LAYER, identity), SEKISHO_CLEAN);
	ck_assert_int_eq(sekisho_ask(desk, estate, READ), SEKISHO_ALLOWED);
	/* an estate outlives its desk */
	sekisho_free(desk);
	desk = sekisho_new(NULL);
	ck_assert_int_eq(sekisho_ask(desk, estate, READ), SEKISHO_ALLOWED);
	close_desk();
	ck_assert_uint_eq(purse.lent, 0);
}
END_TEST

static void
add_tests(TCase *handles, TCase *memory)
{
	tcase_add_checked_fixture(handles, open_desk, close_desk);
	tcase_add_test(handles, the_zeros_let_nobody_in);
	tcase_add_test(handles, an_open_estate_answers_nothing);
	tcase_add_test(handles, a_closed_estate_does_not_change);
	tcase_add_test(handles, what_is_no_layer_takes_no_document);
	tcase_add_test(handles, a_broken_estate_stays_shut);
	tcase_add_test(handles, a_missing_file_shuts_the_estate);
	tcase_add_test(handles, what_is_no_policy_shuts_the_estate);
	tcase_add_test(handles, a_broken_policy_leaves_its_layer_unknown);
	tcase_add_test(handles, a_question_without_sense_is_not_asked);
	tcase_add_test(handles, a_doubtful_object_is_not_asked);
	tcase_add_test(handles, an_answer_is_told_in_every_way);
	tcase_add_test(handles, documents_stand_in_levels);
	tcase_add_test(handles, guarantees_are_told_one_by_one);
	tcase_add_test(handles, what_is_not_proved_does_not_hold);
	tcase_add_test(handles, findings_are_told);
	tcase_add_test(memory, memory_may_end_anywhere);
	tcase_add_test(memory, a_desk_goes_on_after_that);
}

int
main(void)
{
	Suite *suite = suite_create("sekisho");
	TCase *handles = tcase_create("handles");
	TCase *memory = tcase_create("memory");
	SRunner *runner = srunner_create(suite);
	int failed;

	add_tests(handles, memory);
	suite_add_tcase(suite, handles);
	suite_add_tcase(suite, memory);
	srunner_set_tap(runner, "-");
	srunner_run_all(runner, CK_SILENT);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}
