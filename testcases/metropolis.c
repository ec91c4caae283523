/* SPDX-License-Identifier: MIT */
/*
 * Prints the estate of a large organization, for whoever measures: accounts,
 * users in groups, and roles with policies of their own, all in one file.
 * The same numbers give the same estate.
 *
 *	metropolis [PRINCIPALS [ACCOUNTS]]
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include "policy/json.h"

enum { KINDS = 10 };			/* of policies */

struct metropolis {
	struct json	 json;
	unsigned	 principals, accounts;
};

static void
write_bytes(void *to, const char *bytes, size_t length)
{
	fwrite(bytes, 1, length, to);
}

static const char *
account_id(unsigned number)
{
	static char text[13];

	snprintf(text, sizeof(text), "%012u", 100000000u + number % 100000u);
	return text;
}

static void
key_format(struct json *json, const char *format, const char *account,
    unsigned number)
{
	char text[128];

	snprintf(text, sizeof(text), format, account, number);
	json_key(json, text);
}

/* Policies. */

struct line {
	const char	*effect, *action, *resource;
	const char	*operator, *key, *value;	/* or NULL */
};

/* What principals have; the first is the rarest. */
static const struct line lines[KINDS] = {
	{ "Allow", "*", "*", NULL, NULL, NULL },
	{ "Allow", "s3:Get*", "*", NULL, NULL, NULL },
	{ "Allow", "s3:GetObject", "arn:aws:s3:::ledger/*", "StringEquals",
	    "aws:SourceVpce", "vpce-0a11aaaaaaaaaaaa1" },
	{ "Allow", "s3:GetObject", "arn:aws:s3:::ledger/${aws:username}/*",
	    NULL, NULL, NULL },
	{ "Allow", "ec2:Describe*", "*", NULL, NULL, NULL },
	{ "Allow", "s3:*", "arn:aws:s3:::team-*", NULL, NULL, NULL },
	{ "Allow", "s3:GetObject", "arn:aws:s3:::ledger/*", "Bool",
	    "aws:MultiFactorAuthPresent", "true" },
	{ "Allow", "dynamodb:*", "*", NULL, NULL, NULL },
	{ "Allow", "sts:AssumeRole", "arn:aws:iam::*:role/reader-*", NULL,
	    NULL, NULL },
	{ "Allow", "logs:*", "*", "StringEquals", "aws:RequestedRegion",
	    "eu-west-1" },
};

static void
write_line(struct json *json, const struct line *line)
{
	json_open_object(json);
	json_member_text(json, "Version", "2012-10-17");
	json_key(json, "Statement");
	json_open_object(json);
	json_member_text(json, "Effect", line->effect);
	json_member_text(json, "Action", line->action);
	json_member_text(json, "Resource", line->resource);
	if (line->operator != NULL) {
		json_key(json, "Condition");
		json_open_object(json);
		json_key(json, line->operator);
		json_open_object(json);
		json_member_text(json, line->key, line->value);
		json_close_object(json);
		json_close_object(json);
	}
	json_close_object(json);
	json_close_object(json);
}

/* Administrators are few: one of the first kind in each hundred. */
static unsigned
kind_of(unsigned number)
{
	if (number % 100 == 0)
		return 0;
	return 1 + number * 7 % (KINDS - 1);
}

static void
write_trust(struct json *json, const char *account)
{
	char root[64];

	snprintf(root, sizeof(root), "arn:aws:iam::%s:root", account);
	json_open_object(json);
	json_member_text(json, "Version", "2012-10-17");
	json_key(json, "Statement");
	json_open_object(json);
	json_member_text(json, "Effect", "Allow");
	json_key(json, "Principal");
	json_open_object(json);
	json_member_text(json, "AWS", root);
	json_close_object(json);
	json_member_text(json, "Action", "sts:AssumeRole");
	json_close_object(json);
	json_close_object(json);
}

/* Principals. */

static void
write_groups(struct metropolis *metropolis)
{
	struct json *json = &metropolis->json;

	json_key(json, "groups");
	json_open_object(json);
	for (unsigned i = 0; i < metropolis->accounts * KINDS; i++) {
		key_format(json, "arn:aws:iam::%s:group/group-%u",
		    account_id(i / KINDS), i % KINDS);
		json_open_object(json);
		json_key(json, "identity");
		json_open_array(json);
		write_line(json, &lines[i % KINDS]);
		json_close_array(json);
		json_close_object(json);
	}
	json_close_object(json);
}

static void
write_user(struct json *json, const char *account, unsigned number)
{
	char group[64];

	snprintf(group, sizeof(group), "arn:aws:iam::%s:group/group-%u",
	    account, kind_of(number));
	key_format(json, "arn:aws:iam::%s:user/user-%u", account, number);
	json_open_object(json);
	json_key(json, "groups");
	json_open_array(json);
	json_text(json, group);
	json_close_array(json);
	json_close_object(json);
}

static void
write_role(struct json *json, const char *account, unsigned number)
{
	key_format(json, number % 8 == 0 ? "arn:aws:iam::%s:role/reader-%u" :
	    "arn:aws:iam::%s:role/role-%u", account, number);
	json_open_object(json);
	json_key(json, "identity");
	json_open_array(json);
	write_line(json, &lines[kind_of(number)]);
	json_close_array(json);
	json_key(json, "trust");
	write_trust(json, account);
	json_close_object(json);
}

static void
write_principals(struct metropolis *metropolis)
{
	struct json *json = &metropolis->json;

	json_key(json, "principals");
	json_open_object(json);
	for (unsigned i = 0; i < metropolis->principals; i++) {
		const char *account = account_id(i / 7 %
		    metropolis->accounts);

		if (i % 5 < 2)
			write_user(json, account, i);
		else
			write_role(json, account, i);
	}
	json_close_object(json);
}

static void
write_accounts(struct metropolis *metropolis)
{
	struct json *json = &metropolis->json;

	json_key(json, "organization");
	json_open_object(json);
	json_member_text(json, "id", "o-metropolis1");
	json_key(json, "root");
	json_open_object(json);
	json_key(json, "accounts");
	json_open_array(json);
	for (unsigned i = 0; i < metropolis->accounts; i++)
		json_text(json, account_id(i));
	json_close_array(json);
	json_close_object(json);
	json_close_object(json);
	json_key(json, "accounts");
	json_open_object(json);
	for (unsigned i = 0; i < metropolis->accounts; i++) {
		json_key(json, account_id(i));
		json_open_object(json);
		json_close_object(json);
	}
	json_close_object(json);
}

static void
write_resources(struct metropolis *metropolis)
{
	struct json *json = &metropolis->json;

	json_key(json, "resources");
	json_open_object(json);
	json_key(json, "arn:aws:s3:::ledger/*");
	json_open_object(json);
	json_member_text(json, "account", account_id(0));
	json_close_object(json);
	json_close_object(json);
}

static unsigned
number_of(int argc, char **argv, int at, unsigned otherwise)
{
	long number = argc > at ? strtol(argv[at], NULL, 10) : otherwise;

	return number > 0 && number < 10000000 ? (unsigned)number : otherwise;
}

int
main(int argc, char **argv)
{
	struct metropolis metropolis = {
		.principals = number_of(argc, argv, 1, 10000),
		.accounts = number_of(argc, argv, 2, 10),
	};
	struct json *json = &metropolis.json;

	json_init(json, (struct json_sink){ write_bytes, stdout }, false);
	json_open_object(json);
	json_member_text(json, "schema", "sekisho.estate/1");
	json_member_text(json, "region", "eu-west-1");
	write_accounts(&metropolis);
	write_groups(&metropolis);
	write_principals(&metropolis);
	write_resources(&metropolis);
	json_close_object(json);
	putchar('\n');
	return fflush(stdout) != 0;
}
