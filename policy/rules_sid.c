/* SPDX-License-Identifier: MIT */
/*
 * Rules about Sids: which characters they may have, and that each of them
 * names one statement.  How a Sid helps to find a statement is not known here.
 */
#include "config.h"

#include <stdlib.h>

#include "policy/rules.h"

/* Where IAM keeps a document, it is as strict about names in all of them. */
#define LAYERS_STRICT	(LAYERS_ATTACHED | LAYER_SET(TRUST) | \
			 LAYER_SET(SCP) | LAYER_SET(RCP))

static bool
is_sid_character(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
	    (c >= '0' && c <= '9');
}

static bool
is_strict_sid(const struct node *sid)
{
	for (size_t i = 0; i < sid->length; i++)
		if (!is_sid_character(sid->text[i]))
			return false;
	return true;
}

/* The letters and digits of a Sid. */
static const char *
strict_sid(struct check *check, const struct node *sid)
{
	char *text = arena_alloc(check->subject->arena, sid->length + 1);
	size_t length = 0;

	for (size_t i = 0; i < sid->length; i++)
		if (is_sid_character(sid->text[i]))
			text[length++] = sid->text[i];
	return text;
}

static void
unsupported_sid(struct check *check)
{
	const struct node *sid = check->statement->sid;
	struct finding *finding;
	const char *strict;

	if (sid == NULL || is_strict_sid(sid) || node_has_placeholder(sid))
		return;
	finding = check_complain_of(check, sid,
	    "`%s` holds other characters than A-Z, a-z and 0-9; the document "
	    "is refused", sid->text);
	strict = strict_sid(check, sid);
	if (strict[0] != '\0')
		check_help(check, finding, "write `%s`", strict);
}

static void
empty_sid_value(struct check *check)
{
	const struct node *sid = check->statement->sid;

	if (sid != NULL && sid->length == 0)
		check_complain_of(check, sid,
		    "the Sid is empty; give it a name or leave it out");
}

/* The Sids that are not empty, in the order of node_compare_texts(). */
static size_t
sort_sids(const struct policy *policy, const struct node **sids)
{
	size_t count = 0;

	for (size_t i = 0; i < policy->count; i++) {
		const struct node *sid = policy->statements[i].sid;

		if (sid != NULL && sid->length > 0)
			sids[count++] = sid;
	}
	qsort(sids, count, sizeof(*sids), node_compare_texts);
	return count;
}

static void
check_sids(struct check *check, const char *harm)
{
	const struct policy *policy = check->subject->policy;
	const struct node *few[32], **sids = few;
	size_t count;

	if (policy->count > sizeof(few) / sizeof(few[0]))
		sids = arena_array(check->subject->arena, policy->count,
		    sizeof(*sids));
	count = sort_sids(policy, sids);
	for (size_t i = 1, start = 0; i < count; i++) {
		struct finding *finding;

		if (!node_has_text_of(sids[start], sids[i])) {
			start = i;
			continue;
		}
		finding = check_complain_of(check, sids[i],
		    "`%s` names another statement already; %s",
		    sids[i]->text, harm);
		finding->sid = sids[i]->text;
		report_relate(check->report, finding, sids[start]->span,
		    "first used here");
	}
}

static void
unique_sids_required(struct check *check)
{
	check_sids(check, "the document is refused");
}

static void
unique_sids_recommended(struct check *check)
{
	check_sids(check, "nobody can tell from a Sid which of them is meant");
}

const struct rule sid_rules[] = {
	{
		.complaint = {
			.id = "unsupported-sid",
			.severity = SEVERITY_ERROR,
			.says = "a Sid holds more than letters and digits",
			.why = "IAM and Organizations take A-Z, a-z and 0-9 "
			    "and nothing else (GRAM-19). Leave out the other "
			    "characters.",
			.aa = "UNSUPPORTED_SID",
			.fires_on = "identity {'Sid':'read-logs',"
			    "'Effect':'Allow','Action':'s3:Get*',"
			    "'Resource':'*'}",
			.quiet_on = "identity {'Sid':'readLogs',"
			    "'Effect':'Allow','Action':'s3:Get*',"
			    "'Resource':'*'}",
		},
		.layers = LAYERS_STRICT,
		.statement = unsupported_sid,
	},
	{
		.complaint = {
			.id = "unique-sids-required",
			.severity = SEVERITY_ERROR,
			.says = "two statements have the same Sid",
			.why = "In this kind of policy a Sid names one "
			    "statement (GRAM-19); the document is refused. "
			    "Rename or leave out one of them.",
			.aa = "UNIQUE_SIDS_REQUIRED",
			.fires_on = "identity {'Version':'2012-10-17',"
			    "'Statement':[{'Sid':'A','Effect':'Deny',"
			    "'Action':'s3:*','Resource':'*'},"
			    "{'Sid':'A','Effect':'Deny',"
			    "'Action':'sqs:*','Resource':'*'}]}",
			.quiet_on = "identity {'Version':'2012-10-17',"
			    "'Statement':[{'Sid':'A','Effect':'Deny',"
			    "'Action':'s3:*','Resource':'*'},"
			    "{'Sid':'a','Effect':'Deny',"
			    "'Action':'sqs:*','Resource':'*'}]}",
		},
		.layers = LAYERS_STRICT,
		.document = unique_sids_required,
	},
	{
		.complaint = {
			.id = "unique-sids-recommended",
			.severity = SEVERITY_WARNING,
			.says = "two statements have the same Sid where that "
			    "is legal",
			.why = "A Sid is there to speak of one statement, and "
			    "some services still refuse a second one of the "
			    "same name. Rename one of them.",
			.aa = "UNIQUE_SIDS_RECOMMENDED",
			.fires_on = "resource {'Version':'2012-10-17',"
			    "'Statement':[{'Sid':'A','Effect':'Deny',"
			    "'Principal':'*','Action':'s3:PutObject',"
			    "'Resource':'arn:aws:s3:::b/*'},"
			    "{'Sid':'A','Effect':'Deny','Principal':'*',"
			    "'Action':'s3:GetObject',"
			    "'Resource':'arn:aws:s3:::b/*'}]}",
			.quiet_on = "resource {'Version':'2012-10-17',"
			    "'Statement':[{'Sid':'A','Effect':'Deny',"
			    "'Principal':'*','Action':'s3:PutObject',"
			    "'Resource':'arn:aws:s3:::b/*'},"
			    "{'Sid':'B','Effect':'Deny','Principal':'*',"
			    "'Action':'s3:GetObject',"
			    "'Resource':'arn:aws:s3:::b/*'}]}",
		},
		.layers = LAYER_SET(RESOURCE) | LAYER_SET(ENDPOINT),
		.document = unique_sids_recommended,
	},
	{
		.complaint = {
			.id = "empty-sid-value",
			.severity = SEVERITY_NOTE,
			.says = "a Sid is empty",
			.why = "An empty Sid is legal and says nothing. Give "
			    "it a name or leave it out.",
			.aa = "EMPTY_SID_VALUE",
			.fires_on = "{'Sid':'','Effect':'Deny',"
			    "'Action':'s3:*','Resource':'*'}",
			.quiet_on = "{'Sid':'A','Effect':'Deny',"
			    "'Action':'s3:*','Resource':'*'}",
		},
		.layers = LAYERS_ALL,
		.statement = empty_sid_value,
	},
	{ .complaint = { .id = NULL } },
};
