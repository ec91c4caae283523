/* SPDX-License-Identifier: MIT */
/* Values of each type, and the nearest texts that are none. */
#include "config.h"

#include "testcases/scene.h"

static const char *const strings[] = { "a", "app", "team", "alice", "data",
    "a", "app", "team", "A", "", "*", "?", "$", "a*", "x:y", "a b",
    "\303\251", "\303\211", "${k:two}", "111111111111", "eu-west-1" };
static const char *const numbers[] = { "1", "1", "10", "10", "0", "-1", "1.0",
    "+1", "-0", "007", "1.50", "1.5", "1e3", " 1", "0x1", "",
    "9007199254740993", "9007199254740992.5", ".5", "5.", "0.1" };
static const char *const dates[] = { "2024-01-01", "2024-01-01T00:00:00Z",
    "2024-01-01T01:00:00+01:00", "2024-01-01T00:00Z", "2024-01", "2024",
    "1704067200", "1704067200.0", "1704067200.5", "2024-02-30",
    "2024-01-01T00:00:00.50Z", "2024-01-01t00:00:00z", "-1",
    "1969-12-31T23:59:59.5Z", "2024-01-01T24:00:00Z", "2024-06-30",
    "2016-12-31T23:59:60Z", "2024-01-01T00:00:00", "2024-1-1", "" };
static const char *const truths[] = { "true", "false", "true", "false",
    "TRUE", "False", "yes", "", "1" };
static const char *const bytes[] = { "YWJj", "YWI=", "YWJ=", "YQ==", "YR==",
    "!!", "", "YWJjZA", "YWJj", "YWJj" };
static const char *const addresses[] = { "10.0.0.1", "10.0.0.0/8",
    "10.0.0.1", "10.0.0.1/32", "10.0.0.1/8", "0.0.0.0/0", "::1", "::/0",
    "2001:db8::/32", "2001:DB8:0::1", "2001:db8::1/128", "::ffff:10.0.0.1",
    "::ffff:0:0/96", "10.0.0.1/33", "010.0.0.1", "10.0.0", "10.0.0.1/08",
    "192.168.0.1", "" };
static const char *const arns[] = { "arn:aws:s3:::data", "arn:aws:s3:::*",
    "arn:aws:sns:eu-west-1:111111111111:t:a", "arn:aws:sns", "*",
    "arn:*:*:*:*:*", "arn:aws:iam::111111111111:role/app",
    "arn:aws:iam::111111111111:user/alice", "arn:aws:iam::*:role/*",
    "arn:aws:s3:::data/${k:one}", "arn:aws:iam::${k:two}:role/app",
    "arn:aws:sns:*:t", "arn:aws:sns:eu-west-1:111111111111:*",
    "urn:aws:s3:::data" };

const char *
scene_value(const struct scene *scene, enum value_type type)
{
	switch (type) {
	case VALUE_NUMBER:
		return dice_pick(scene->dice, numbers);
	case VALUE_DATE:
		return dice_pick(scene->dice, dates);
	case VALUE_BOOL:
	case VALUE_PRESENCE:
		return dice_pick(scene->dice, truths);
	case VALUE_BINARY:
		return dice_pick(scene->dice, bytes);
	case VALUE_IP:
		return dice_pick(scene->dice, addresses);
	case VALUE_ARN:
		return dice_pick(scene->dice, arns);
	case VALUE_STRING:
		break;
	}
	return dice_pick(scene->dice, strings);
}
