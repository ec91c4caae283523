/* SPDX-License-Identifier: MIT */
/*
 * Values that name something of AWS's: regions, accounts, organizations and
 * paths in them.  Knows the form of each name, and of regions the list;
 * whether the thing exists, nobody offline can know.
 */
#include "config.h"

#include <string.h>

#include "policy/arn.h"
#include "policy/region.h"
#include "policy/rules.h"
#include "policy/wording.h"

enum {
	ORGANIZATION_MIN = 10,	/* characters behind `o-' */
	ORGANIZATION_MAX = 32,
	NEAREST_MAX = 2		/* errors in the name of a region */
};

/* Part of a value. */
struct piece {
	const char	*text;
	size_t		 length;
};

/* What the values of a key name. */
enum thing {
	THING_NONE,
	THING_ACCOUNT,
	THING_ORGANIZATION,
	THING_PATH,		/* of an organizational unit */
	THING_REGION
};

struct holder {
	const char	*key;
	enum thing	 thing;
};

/* Sorted by name_compare(). */
static const struct holder holders[] = {
	{ "account:AccountResourceOrgPaths", THING_PATH },
	{ "account:TargetRegion", THING_REGION },
	{ "aws:PrincipalAccount", THING_ACCOUNT },
	{ "aws:PrincipalOrgID", THING_ORGANIZATION },
	{ "aws:PrincipalOrgPaths", THING_PATH },
	{ "aws:RequestedRegion", THING_REGION },
	{ "aws:ResourceAccount", THING_ACCOUNT },
	{ "aws:ResourceOrgID", THING_ORGANIZATION },
	{ "aws:ResourceOrgPaths", THING_PATH },
	{ "aws:SourceAccount", THING_ACCOUNT },
	{ "aws:SourceOrgID", THING_ORGANIZATION },
	{ "aws:SourceOrgPaths", THING_PATH },
	{ "aws:VpceAccount", THING_ACCOUNT },
	{ "aws:VpceOrgID", THING_ORGANIZATION },
	{ "aws:VpceOrgPaths", THING_PATH },
	{ "backup:CopyTargetOrgPaths", THING_PATH },
	{ "cloudformation:TargetRegion", THING_REGION },
	{ "cognito-identity-auth:AccountId", THING_ACCOUNT },
	{ "cognito-identity-unauth:AccountId", THING_ACCOUNT },
	{ "dsql:WitnessRegion", THING_REGION },
	{ "ec2:Region", THING_REGION },
	{ "ec2:VpceServiceRegion", THING_REGION },
	{ "ec2:VpceSupportedRegion", THING_REGION },
	{ "events:creatorAccount", THING_ACCOUNT },
	{ "kms:CallerAccount", THING_ACCOUNT },
	{ "kms:PrimaryRegion", THING_REGION },
	{ "kms:ReplicaRegion", THING_REGION },
	{ "ram:ShareOwnerAccountId", THING_ACCOUNT },
	{ "s3-outposts:DataAccessPointAccount", THING_ACCOUNT },
	{ "s3:DataAccessPointAccount", THING_ACCOUNT },
	{ "s3:destinationRegion", THING_REGION },
	{ "s3:ResourceAccount", THING_ACCOUNT },
	{ "s3express:DataAccessPointAccount", THING_ACCOUNT },
	{ "s3express:ResourceAccount", THING_ACCOUNT },
	{ "secretsmanager:AddReplicaRegions", THING_REGION },
	{ "secretsmanager:SecretPrimaryRegion", THING_REGION },
	{ "securityhub:TargetAccount", THING_ACCOUNT },
	{ "ses:ReplicaRegion", THING_REGION },
	{ "ssm:NodeAccountId", THING_ACCOUNT },
	{ "ssm:NodeOrgId", THING_ORGANIZATION },
	{ "sso:ApplicationAccount", THING_ACCOUNT },
	{ "sso:PrimaryRegion", THING_REGION },
};

/* NONE also where the operator compares no text. */
static enum thing
thing_of(const struct condition *condition)
{
	const struct node *node = condition->node;
	enum value_type type = condition_facts(condition)->type;
	const struct holder *holder;

	if ((type != VALUE_STRING && type != VALUE_ARN) ||
	    memchr(node->key, '/', node->key_length) != NULL)
		return THING_NONE;
	holder = name_find(holders, sizeof(holders) / sizeof(holders[0]),
	    sizeof(holders[0]), node->key, node->key_length);
	return holder == NULL ? THING_NONE : holder->thing;
}

/* Judged by wildcard-usage-too-permissive. */
static bool
is_pattern(const struct condition *condition, const struct node *value)
{
	return condition_facts(condition)->comparison == COMPARISON_like &&
	    wording_value_is_wild(value);
}

static const char *
nearest_region(const struct node *value)
{
	const char *nearest = NULL;
	size_t best = NEAREST_MAX + 1;

	for (size_t i = 0; i < REGION_COUNT; i++) {
		size_t distance = edit_distance(value->text, value->length,
		    region_names[i], strlen(region_names[i]), NEAREST_MAX);

		if (distance < best) {
			best = distance;
			nearest = region_names[i];
		}
	}
	return nearest;
}

static bool
is_region(const struct condition *condition, const struct node *value)
{
	bool folded = condition_facts(condition)->comparison ==
	    COMPARISON_equals_folded;

	for (size_t i = 0; i < REGION_COUNT; i++)
		if (node_is(value, region_names[i]))
			return folded || memcmp(value->text, region_names[i],
			    value->length) == 0;
	return false;
}

static bool
matches_region(struct check *check, const struct node *value)
{
	struct pattern pattern = pattern_read(check->subject->arena,
	    value->text, value->length);

	for (size_t i = 0; i < REGION_COUNT; i++)
		if (pattern_match(&pattern, region_names[i],
		    strlen(region_names[i])))
			return true;
	return false;
}

static void
check_region(struct check *check, const struct condition *condition,
    const struct node *value)
{
	struct finding *finding;
	const char *nearest;

	if (is_region(condition, value) || wording_value_is_open(value) ||
	    (wording_value_is_wild(value) && matches_region(check, value)))
		return;
	finding = check_complain_of(check, value,
	    "AWS had no region `%.*s` on %s: if it is misspelt, it never "
	    "matches", (int)value->length, value->text, catalog_builtin.date);
	nearest = nearest_region(value);
	if (nearest != NULL)
		check_help(check, finding, "write `%s`", nearest);
}

/* PrincipalAccount of a request that nobody signed (KEY-2). */
static bool
is_anonymous(const struct condition *condition, const struct node *value)
{
	return condition_is_on(condition, "aws:PrincipalAccount") &&
	    node_is(value, "anonymous");
}

static void
check_account(struct check *check, const struct condition *condition,
    const struct node *value)
{
	if (account_id_is_valid(value->text, value->length) ||
	    is_pattern(condition, value) || wording_value_is_open(value) ||
	    is_anonymous(condition, value))
		return;
	check_complain_of(check, value,
	    "`%.*s` is not the twelve digits of an account, so it never "
	    "matches", (int)value->length, value->text);
}

static bool
is_lower_or_digit(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
}

/* `o-' and 10 to 32 lower-case letters and digits. */
static bool
is_organization(const char *text, size_t length)
{
	if (length < 2 + ORGANIZATION_MIN || length > 2 + ORGANIZATION_MAX ||
	    memcmp(text, "o-", 2) != 0)
		return false;
	for (size_t i = 2; i < length; i++)
		if (!is_lower_or_digit(text[i]))
			return false;
	return true;
}

static void
check_organization(struct check *check, const struct condition *condition,
    const struct node *value)
{
	if (is_organization(value->text, value->length) ||
	    is_pattern(condition, value) || wording_value_is_open(value))
		return;
	check_complain_of(check, value,
	    "`%.*s` does not look like an organization (`o-` and 10 to 32 "
	    "lower-case letters and digits), so it never matches",
	    (int)value->length, value->text);
}

/* The next step of a path; false at its end. */
static bool
next_step(const char **at, const char *end, struct piece *step)
{
	const char *slash;

	if (*at == end)
		return false;
	slash = memchr(*at, '/', (size_t)(end - *at));
	step->text = *at;
	step->length = (size_t)((slash == NULL ? end : slash) - *at);
	*at = slash == NULL ? end : slash + 1;
	return true;
}

static bool
step_begins(const struct piece *step, const char *prefix)
{
	size_t length = strlen(prefix);

	return step->length > length &&
	    memcmp(step->text, prefix, length) == 0;
}

/*
 * o-.../r-.../ou-.../ou-.../: from the root down, with a slash at the end.
 * Judged up to the first wildcard, if that is one.
 */
static bool
is_organization_path(const struct node *value, bool pattern)
{
	static const char *const prefixes[] = { "o-", "r-", "ou-" };
	const char *at = value->text, *end = at + value->length;
	struct piece step;
	size_t depth = 0;

	while (next_step(&at, end, &step)) {
		if (pattern && (memchr(step.text, '*', step.length) != NULL ||
		    memchr(step.text, '?', step.length) != NULL))
			return true;
		if (!step_begins(&step, prefixes[depth < 2 ? depth : 2]) ||
		    (depth == 0 && !is_organization(step.text, step.length)))
			return false;
		depth++;
	}
	return depth > 0 && end[-1] == '/';
}

static void
check_organization_path(struct check *check,
    const struct condition *condition, const struct node *value)
{
	struct finding *finding;

	if (is_organization_path(value, wording_value_is_wild(value)) ||
	    wording_value_is_open(value))
		return;
	finding = check_complain_of(check, value,
	    "`%.*s` is no path from an organization down, as `%.*s` holds, "
	    "so it never matches", (int)value->length, value->text,
	    (int)condition->node->key_length, condition->node->key);
	check_help(check, finding, "write it as "
	    "`o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/`, with the last slash");
}

/*
 * Hooks on conditions, not on values: most keys hold none of these things,
 * and finding that out once is enough.
 */
static void
check_values(struct check *check, const struct condition *condition,
    enum thing thing, void (*judge)(struct check *,
    const struct condition *, const struct node *))
{
	if (thing_of(condition) != thing)
		return;
	for (size_t i = 0; i < condition->count; i++)
		judge(check, condition, condition->values[i]);
}

static void
invalid_region(struct check *check, const struct condition *condition)
{
	check_values(check, condition, THING_REGION, check_region);
}

static void
invalid_account_value(struct check *check, const struct condition *condition)
{
	check_values(check, condition, THING_ACCOUNT, check_account);
}

static void
invalid_org_id_value(struct check *check, const struct condition *condition)
{
	check_values(check, condition, THING_ORGANIZATION,
	    check_organization);
}

static void
invalid_org_path_value(struct check *check,
    const struct condition *condition)
{
	check_values(check, condition, THING_PATH, check_organization_path);
}

#define STATEMENT(CONDITION)						\
	"{'Effect':'Allow','Action':'s3:PutObject','Resource':'*',"	\
	"'Condition':{" CONDITION "}}"
const struct rule identifier_rules[] = {
	{
		.complaint = {
			.id = "invalid-region",
			.severity = SEVERITY_WARNING,
			.says = "a value of a key that holds regions is no "
			    "known region",
			.why = "A region that does not exist never matches: "
			    "an Allow grants nothing, a negated test is "
			    "always true.  Correct the name.",
			.aa = "INVALID_REGION",
			.fires_on = STATEMENT("'StringEquals':"
			    "{'aws:RequestedRegion':'eu-wst-1'}"),
			.quiet_on = STATEMENT("'StringEquals':"
			    "{'aws:RequestedRegion':'eu-west-1'}"),
		},
		.layers = LAYERS_ALL,
		.condition = invalid_region,
	},
	{
		.complaint = {
			.id = "invalid-account-value",
			.severity = SEVERITY_ERROR,
			.says = "a value of a key that holds accounts is not "
			    "twelve digits",
			.why = "Account numbers are twelve digits, without "
			    "dashes and with their leading zeros.  Anything "
			    "else never matches.",
			.supersedes = "wildcard-not-matched",
			.fires_on = STATEMENT("'StringEquals':"
			    "{'aws:ResourceAccount':'1111-2222-3333'}"),
			.quiet_on = STATEMENT("'StringEquals':"
			    "{'aws:ResourceAccount':'111122223333'}"),
		},
		.layers = LAYERS_ALL,
		.condition = invalid_account_value,
	},
	{
		.complaint = {
			.id = "invalid-org-id-value",
			.severity = SEVERITY_WARNING,
			.says = "a value of a key that holds organizations "
			    "is not of their form",
			.why = "An organization is o- and 10 to 32 lower-case "
			    "letters and digits.  A root (r-), a unit (ou-) "
			    "or an account never matches.",
			.supersedes = "wildcard-not-matched",
			.fires_on = STATEMENT("'StringEquals':"
			    "{'aws:PrincipalOrgID':'ou-ab12-11111111'}"),
			.quiet_on = STATEMENT("'StringEquals':"
			    "{'aws:PrincipalOrgID':'o-a1b2c3d4e5'}"),
		},
		.layers = LAYERS_ALL,
		.condition = invalid_org_id_value,
	},
	{
		.complaint = {
			.id = "invalid-org-path-value",
			.severity = SEVERITY_WARNING,
			.says = "a value of a key that holds organization "
			    "paths is no such path",
			.why = "A path names the organization, the root, the "
			    "units on the way down, and ends in a slash.  "
			    "Anything else never matches.",
			.fires_on = STATEMENT("'ForAnyValue:StringEquals':"
			    "{'aws:PrincipalOrgPaths':"
			    "'o-a1b2c3d4e5/ou-ab12-11111111/'}"),
			.quiet_on = STATEMENT("'ForAnyValue:StringEquals':"
			    "{'aws:PrincipalOrgPaths':"
			    "'o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/'}"),
		},
		.layers = LAYERS_ALL,
		.condition = invalid_org_path_value,
	},
	{ .complaint = { .id = NULL } }
};
