/* SPDX-License-Identifier: MIT */
/*
 * Rules about AWS services as principals: how they are named, and which
 * condition keys their calls never carry (KEY-1).
 */
#include "config.h"

#include <ctype.h>
#include <string.h>

#include "policy/absence.h"
#include "policy/caller.h"
#include "policy/rules.h"

/* Those that people demand to mean the services of their organization. */
static const char *const organization_keys[] = {
	"aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "aws:PrincipalTag/",
	"aws:PrincipalArn", NULL
};

static void
complain_of_dead_key(struct check *check, const struct condition *condition,
    const char *const *keys)
{
	const struct node *node = condition->node;
	const struct principal *service = statement_service(check->statement);
	struct finding *finding;

	if (check->statement->effect != EFFECT_ALLOW || service == NULL ||
	    !condition_is_on_one(condition, keys) ||
	    !condition_needs_key(condition))
		return;
	if (statement_is_for_services(check->statement))
		finding = check_complain_of_key(check, node, "a service's "
		    "call carries no `%.*s`, so this statement allows nothing",
		    (int)node->key_length, node->key);
	else
		finding = check_complain_of_key(check, node, "a service's "
		    "call carries no `%.*s`, so `%.*s` never gets in",
		    (int)node->key_length, node->key,
		    (int)service->node->length, service->node->text);
	check_help(check, finding, "demand aws:SourceOrgID or "
	    "aws:SourceAccount: they speak of the one it acts for");
}

static void
unsupported_condition_key_for_service_principal(struct check *check,
    const struct condition *condition)
{
	complain_of_dead_key(check, condition, absence_person_keys);
}

static void
principal_org_service_principal(struct check *check,
    const struct condition *condition)
{
	complain_of_dead_key(check, condition, organization_keys);
}

/*
 * Names of service principals.  There is no list of all, so only the form is
 * judged, and a name that is one slip away from a known one.
 */

static const char odd_principals[] =
    "alexa-appkit.amazon.com alexa-connectedhome.amazon.com";

/* As caller_service_stem(); some principals are of no partition. */
static size_t
stem_length(const struct node *node)
{
	static const char internal[] = ".aws.internal";
	size_t length = strlen(internal), stem = caller_service_stem(node);

	if (stem == 0 && node->length > length && memcmp(node->text +
	    node->length - length, internal, length) == 0)
		stem = node->length - length;
	return stem;
}

/* Lower case letters, digits, hyphens; dots between words. */
static bool
is_dotted_name(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if (text[i] == '.' && (i == 0 || text[i - 1] == '.'))
			return false;
		if (!islower((unsigned char)text[i]) && text[i] != '.' &&
		    !isdigit((unsigned char)text[i]) && text[i] != '-')
			return false;
	}
	return length > 0 && text[length - 1] != '.';
}

/* "us-east-1": begins with a place of two letters, ends with a number. */
static bool
is_region(const char *text, size_t length)
{
	size_t first = 0;

	while (first < length && islower((unsigned char)text[first]))
		first++;
	return length >= 9 && (first == 2 ||
	    (first == 4 && memcmp(text, "eusc", 4) == 0)) &&
	    text[first] == '-' && text[length - 2] == '-' &&
	    isdigit((unsigned char)text[length - 1]);
}

static void
complain_of_region_first(struct check *check, const struct node *node,
    size_t region, size_t stem)
{
	struct finding *finding;

	finding = check_complain_of(check, node, "`%.*s` begins with the "
	    "region; no service calls itself so", (int)node->length,
	    node->text);
	check_help(check, finding, "write `%.*s.%.*s%.*s`",
	    (int)(stem - region - 1), node->text + region + 1, (int)region,
	    node->text, (int)(node->length - stem), node->text + stem);
}

static void
complain_of_slip(struct check *check, const struct node *node, size_t name)
{
	const struct catalog *catalog = check->subject->catalog;
	const char *nearest;
	struct finding *finding;

	nearest = catalog_nearest_caller(catalog, node->text, name);
	if (nearest == NULL)
		return;
	finding = check_complain_of(check, node, "`%.*s` is no known service; "
	    "AWS refuses a principal that does not exist", (int)node->length,
	    node->text);
	check_help(check, finding, "did you mean `%s%.*s`?", nearest,
	    (int)(node->length - name), node->text + name);
}

/* Services of which AWS documents a name with the region in it. */
static const char regional_services[] = "amplify codedeploy dms logs redshift "
    "states workmail";

/* Regions that are on in every account; calls from others may have the
 * region in the name, whatever the service (PRIN-12). */
static const char default_regions[] = "ap-northeast-1 ap-northeast-2 "
    "ap-northeast-3 ap-south-1 ap-southeast-1 ap-southeast-2 ca-central-1 "
    "eu-central-1 eu-north-1 eu-west-1 eu-west-2 eu-west-3 sa-east-1 "
    "us-east-1 us-east-2 us-west-1 us-west-2";

static void
complain_of_region(struct check *check, const struct node *node, size_t name,
    size_t stem)
{
	const char *region = node->text + name + 1;
	size_t length = stem - name - 1;
	struct finding *finding;

	if (word_is_among(node->text, name, regional_services) ||
	    !word_is_among(region, length, default_regions))
		return;
	finding = check_complain_of(check, node, "`%.*s` is not known to call "
	    "with its region in its name, so `%.*s` may be nobody", (int)name,
	    node->text, (int)node->length, node->text);
	check_help(check, finding, "write `%.*s%.*s`", (int)name, node->text,
	    (int)(node->length - stem), node->text + stem);
}

/* PRIN-12. */
static void
principal_service_region_form(struct check *check,
    const struct principal *principal)
{
	const struct node *node = principal->node;
	const char *dot;
	size_t stem, first;

	if (caller_read(principal).kind != CALLER_SERVICE ||
	    word_is_among(node->text, node->length, odd_principals))
		return;
	stem = stem_length(node);
	if (!is_dotted_name(node->text, stem)) {
		check_complain_of(check, node, "`%.*s` is no service's name: "
		    "these look like `lambda.amazonaws.com`, in lower case",
		    (int)node->length, node->text);
		return;
	}
	dot = memchr(node->text, '.', stem);
	first = dot == NULL ? stem : (size_t)(dot - node->text);
	if (dot != NULL && is_region(node->text, first))
		complain_of_region_first(check, node, first, stem);
	else if (dot == NULL || is_region(dot + 1, stem - first - 1))
		complain_of_slip(check, node, first);
	if (dot != NULL)
		complain_of_region(check, node, first, stem);
}

const struct rule service_rules[] = {
	{
		.complaint = {
			.id = "unsupported-condition-key-for-service-principal",
			.severity = SEVERITY_ERROR,
			.says = "a service is asked for a key that only people "
			    "and roles have",
			.why = "A service's call has no user, no MFA and no "
			    "organization, so an Allow that demands them "
			    "allows nothing.  Demand the aws:Source* keys.",
			.aa = "UNSUPPORTED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL",
			.fires_on = "resource {'Effect':'Allow','Principal':"
			    "{'Service':'cloudtrail.amazonaws.com'},"
			    "'Action':'s3:PutObject',"
			    "'Resource':'arn:aws:s3:::b/*','Condition':"
			    "{'Bool':{'aws:MultiFactorAuthPresent':'true'}}}",
			.quiet_on = "resource {'Effect':'Allow','Principal':"
			    "{'AWS':'111122223333'},'Action':'s3:PutObject',"
			    "'Resource':'arn:aws:s3:::b/*','Condition':"
			    "{'Bool':{'aws:MultiFactorAuthPresent':'true'}}}",
		},
		.layers = LAYER_SET(RESOURCE),
		.condition = unsupported_condition_key_for_service_principal,
	},
	{
		.complaint = {
			.id = "principal-org-service-principal",
			.severity = SEVERITY_ERROR,
			.says = "a service is asked for the organization of a "
			    "principal",
			.why = "Services belong to no organization and have no "
			    "ARN, so the Allow is dead and logs stop.  Demand "
			    "aws:SourceOrgID: the organization it acts for.",
			.aa = "UNSUPPORTED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL",
			.supersedes = "unsupported-condition-key-for-service-"
			    "principal",
			.fires_on = "resource {'Effect':'Allow','Principal':"
			    "{'Service':'cloudtrail.amazonaws.com'},"
			    "'Action':'s3:PutObject',"
			    "'Resource':'arn:aws:s3:::b/*','Condition':"
			    "{'StringEquals':{'aws:PrincipalOrgID':"
			    "'o-a1b2c3d4e5'}}}",
			.quiet_on = "resource {'Effect':'Allow','Principal':"
			    "{'Service':'cloudtrail.amazonaws.com'},"
			    "'Action':'s3:PutObject',"
			    "'Resource':'arn:aws:s3:::b/*','Condition':"
			    "{'StringEquals':{'aws:SourceOrgID':"
			    "'o-a1b2c3d4e5'}}}",
		},
		.layers = LAYER_SET(RESOURCE),
		.condition = principal_org_service_principal,
	},
	{
		.complaint = {
			.id = "principal-service-region-form",
			.severity = SEVERITY_WARNING,
			.says = "a service principal has a form or a name that "
			    "no service uses",
			.why = "AWS refuses a service that it does not know.  "
			    "The form is `name.amazonaws.com`, for a few "
			    "`name.region.amazonaws.com`.",
			.fires_on = "trust {'Effect':'Allow','Principal':"
			    "{'Service':'lambda.us-east-1.amazonaws.com'},"
			    "'Action':'sts:AssumeRole'}",
			.quiet_on = "trust {'Effect':'Allow','Principal':"
			    "{'Service':'logs.us-east-1.amazonaws.com'},"
			    "'Action':'sts:AssumeRole'}",
		},
		.layers = LAYER_SET(RESOURCE) | LAYER_SET(TRUST),
		.principal = principal_service_region_form,
	},
	{ .complaint = { .id = NULL } }
};
