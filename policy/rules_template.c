/* SPDX-License-Identifier: MIT */
/*
 * Whether a Resource entry is an ARN as its service writes them, and of the
 * resource that the policy is attached to.  Templates are missing from the
 * catalogue now and then: an entry that fits none is doubted, and nothing
 * more is concluded from it.
 */
#include "config.h"

#include <string.h>

#include "policy/enclosure.h"
#include "policy/entry.h"
#include "policy/rules.h"
#include "policy/variable.h"

/* What all templates that the entry fits have in one field. */
enum field_use {
	FIELD_MIXED,			/* they differ, or there are none */
	FIELD_NEVER,			/* it is empty */
	FIELD_ALWAYS			/* it is not */
};

static enum field_use
template_field_use(const struct resource_type *type, enum arn_field field)
{
	const struct arn template = arn_split(type->arn, strlen(type->arn));

	if (arn_field_is(&template, field, "*"))
		return FIELD_MIXED;
	return template.field[field].length == 0 ? FIELD_NEVER : FIELD_ALWAYS;
}

/* There are templates that the entry fits, and all are as `wanted'. */
static bool
all_templates_are(struct check *check, const struct node *entry,
    enum arn_field field, enum field_use wanted)
{
	const struct address *address = check_locate(check, entry);

	for (size_t i = 0; i < address->type_count; i++)
		if (template_field_use(address->types[i], field) != wanted)
			return false;
	return address->type_count > 0;
}

/* A field that is filled in, and with nothing unknown. */
static bool
is_given(const struct arn *arn, enum arn_field field)
{
	return arn->field[field].length > 0 &&
	    !arn_field_is_wild(arn, field) &&
	    !arn_field_is_wild(arn, ARN_SERVICE);
}

static void
arn_account_not_allowed(struct check *check, const struct node *entry)
{
	struct arn arn;

	if (!entry_read_whole(check, entry, &arn) ||
	    !is_given(&arn, ARN_ACCOUNT) || entry_is_shifted(&arn) ||
	    !all_templates_are(check, entry, ARN_ACCOUNT, FIELD_NEVER))
		return;
	check_complain(check, entry_field_span(check, entry, &arn, ARN_ACCOUNT),
	    "such resources of `%.*s` as listed on %s have no account, so with "
	    "`%.*s` this ARN matches nothing",
	    ENTRY_FIELD(&arn, ARN_SERVICE), check->subject->catalog->date,
	    ENTRY_FIELD(&arn, ARN_ACCOUNT));
}

static void
arn_region_not_allowed(struct check *check, const struct node *entry)
{
	struct arn arn;

	if (!entry_read_whole(check, entry, &arn) ||
	    !is_given(&arn, ARN_REGION) ||
	    !all_templates_are(check, entry, ARN_REGION, FIELD_NEVER))
		return;
	check_complain(check, entry_field_span(check, entry, &arn, ARN_REGION),
	    "such resources of `%.*s` as listed on %s have no region, so with "
	    "`%.*s` this ARN matches nothing",
	    ENTRY_FIELD(&arn, ARN_SERVICE), check->subject->catalog->date,
	    ENTRY_FIELD(&arn, ARN_REGION));
}

/*
 * Resources of AWS itself that lack a field which those of customers have,
 * though the catalogue's templates do not say so.
 */
static const struct {
	const char	*service;
	const char	*beginning;		/* of the resource part */
	enum arn_field	 field;
} aws_owned[] = {
	{ "bedrock", "foundation-model/", ARN_REGION },
	{ "cloudformation", "transform/", ARN_ACCOUNT },
	{ "cloudformation", "type/", ARN_ACCOUNT },
	{ "resource-explorer-2", "view/", ARN_ACCOUNT },
	{ "ssm", "automation-definition/", ARN_ACCOUNT },
	{ "ssm", "document/", ARN_ACCOUNT },
	{ "ssm", "parameter/", ARN_ACCOUNT },
};

static bool
is_aws_owned(const struct arn *arn, enum arn_field field)
{
	for (size_t i = 0; i < sizeof(aws_owned) / sizeof(*aws_owned); i++) {
		size_t length = strlen(aws_owned[i].beginning);

		if (aws_owned[i].field == field &&
		    arn_field_is(arn, ARN_SERVICE, aws_owned[i].service) &&
		    arn->field[ARN_RESOURCE].length >= length &&
		    memcmp(arn->field[ARN_RESOURCE].text,
		    aws_owned[i].beginning, length) == 0)
			return true;
	}
	return false;
}

/* An empty field that every fitting template fills. */
static void
check_missing(struct check *check, const struct node *entry,
    enum arn_field field, const char *what)
{
	struct arn arn;

	if (!entry_read_whole(check, entry, &arn) ||
	    arn.field[field].length > 0 || is_aws_owned(&arn, field) ||
	    !all_templates_are(check, entry, field, FIELD_ALWAYS))
		return;
	check_help(check, check_complain_of(check, entry, "`%.*s` leaves out "
	    "the %s, which such resources of `%.*s` as listed on %s have, so "
	    "it matches nothing", (int)entry->length, entry->text, what,
	    ENTRY_FIELD(&arn, ARN_SERVICE), check->subject->catalog->date),
	    "fill in the %s, or write `*` for any", what);
}

static void
missing_arn_account(struct check *check, const struct node *entry)
{
	check_missing(check, entry, ARN_ACCOUNT, "account");
}

static void
missing_arn_region(struct check *check, const struct node *entry)
{
	check_missing(check, entry, ARN_REGION, "region");
}

/* The length of the word that says the type: `role' of `role/x'. */
static size_t
type_word(const char *text, size_t length)
{
	size_t at = 0;

	while (at < length && strchr("/:$*", text[at]) == NULL)
		at++;
	return at;
}

/* The resource part of the template whose first word is nearest; of several,
 * the shortest. */
static const char *
find_near_form(const struct catalog *catalog, const struct arn *arn)
{
	const struct service *service = catalog_service(catalog,
	    arn->field[ARN_SERVICE].text, arn->field[ARN_SERVICE].length);
	const char *text = arn->field[ARN_RESOURCE].text, *near = NULL;
	size_t word = type_word(text, arn->field[ARN_RESOURCE].length);
	size_t best = word / 3;

	for (unsigned i = 0; service != NULL && i < service->type_count; i++) {
		const char *form = arn_split(service->types[i].arn,
		    strlen(service->types[i].arn)).field[ARN_RESOURCE].text;
		size_t distance = edit_distance(text, word, form,
		    type_word(form, strlen(form)), best);

		if (distance < best || (distance == best && (near == NULL ||
		    strlen(form) < strlen(near)))) {
			best = distance;
			near = form;
		}
	}
	return word == 0 ? NULL : near;
}

static void
invalid_arn_resource(struct check *check, const struct node *entry)
{
	const struct catalog *catalog = check->subject->catalog;
	struct finding *finding;
	const char *form;
	struct arn arn;

	if (!entry_read_whole(check, entry, &arn) ||
	    check_locate(check, entry)->type_count > 0 ||
	    entry_is_of_aws(&arn) || arn_field_is_wild(&arn, ARN_SERVICE) ||
	    entry_is_shifted(&arn) ||
	    !check_locate(check, entry)->service_named)
		return;
	finding = check_complain(check, entry_field_span(check, entry, &arn,
	    ARN_RESOURCE), "no resource of `%.*s` listed on %s has an ARN "
	    "that ends like `%.*s`", ENTRY_FIELD(&arn, ARN_SERVICE),
	    catalog->date, ENTRY_FIELD(&arn, ARN_RESOURCE));
	form = find_near_form(catalog, &arn);
	if (form != NULL)
		check_help(check, finding, "write it in the form `%s`", form);
}

static bool
reaches(struct arena *arena, const struct pattern *entry, const char *glob)
{
	const struct pattern pattern = pattern_read(arena, glob, strlen(glob));

	return pattern_overlaps(entry, &pattern);
}

/* A table is in its catalog, though the ARN of this does not begin its own. */
static bool
reaches_enclosed(struct arena *arena, const struct pattern *entry,
    const char *attached)
{
	struct enclosed enclosed[ENCLOSURE_MAX];
	size_t count = enclosure_list(arena, attached, strlen(attached),
	    enclosed);

	for (size_t i = 0; i < count; i++)
		if (!enclosed[i].outside &&
		    reaches(arena, entry, enclosed[i].arn))
			return true;
	return false;
}

/* Some resource that the policy speaks for can be meant by the entry: the
 * one it is attached to, or a part of that. */
static bool
reaches_attached(struct check *check, const struct node *entry)
{
	const char *attached = check->subject->attached;
	struct arena *arena = check->subject->arena;
	const struct pattern pattern = arn_pattern_read(arena, entry->text,
	    entry->length, false);

	return pattern_match(&pattern, attached, strlen(attached)) ||
	    reaches(arena, &pattern, arena_printf(arena, "%s/*", attached)) ||
	    reaches(arena, &pattern, arena_printf(arena, "%s:*", attached)) ||
	    reaches_enclosed(arena, &pattern, attached);
}

/*
 * Policies that speak of what is elsewhere: calls of an API are of another
 * service, and recovery points of the service that was backed up; that of a
 * network is about the services in it, and that of an organization about its
 * units, accounts and policies.
 */
static bool
may_speak_of(const char *attached, const struct arn *entry)
{
	static const struct {
		const char	*service;
		const char	*start;	/* of the last field */
		const char	*other;	/* service, or NULL: any */
	} speakers[] = {
		{ "apigateway", "", "execute-api" },
		{ "backup", "backup-vault:", NULL },
		{ "organizations", "", "organizations" },
		{ "vpc-lattice", "servicenetwork/", "vpc-lattice" },
	};
	const struct arn arn = arn_split(attached, strlen(attached));

	for (size_t i = 0; i < sizeof(speakers) / sizeof(speakers[0]); i++)
		if (arn_field_is(&arn, ARN_SERVICE, speakers[i].service) &&
		    strncmp(arn.field[ARN_RESOURCE].text, speakers[i].start,
		    strlen(speakers[i].start)) == 0 &&
		    (speakers[i].other == NULL || arn_field_is(entry,
		    ARN_SERVICE, speakers[i].other)))
			return true;
	return false;
}

static void
unsupported_resource_arn_in_policy(struct check *check,
    const struct node *entry)
{
	const struct subject *subject = check->subject;
	struct arn arn;

	if (subject->attached == NULL || check->statement->resource.negated ||
	    !entry_read_whole(check, entry, &arn) ||
	    variable_occurs(entry->text, entry->length) ||
	    may_speak_of(subject->attached, &arn) ||
	    reaches_attached(check, entry))
		return;
	check_complain_of(check, entry, "this policy is attached to `%s`, and "
	    "`%.*s` is neither that nor in it, so the statement never applies "
	    "to it", subject->attached, (int)entry->length, entry->text);
}

const struct rule template_rules[] = {
	{
		.complaint = {
			.id = "arn-account-not-allowed",
			.severity = SEVERITY_ERROR,
			.says = "an ARN names an account where its kind has "
			    "none",
			.why = "The ARNs of such resources leave the account "
			    "empty, so one that fills it in matches nothing.",
			.aa = "ARN_ACCOUNT_NOT_ALLOWED",
			.fires_on = "{'Effect':'Allow','Action':"
			    "'s3:ListBucket','Resource':"
			    "'arn:aws:s3::111122223333:b'}",
			.quiet_on = "{'Effect':'Allow','Action':"
			    "'s3:ListBucket','Resource':'arn:aws:s3:::b'}",
		},
		.layers = LAYERS_ALL,
		.resource = arn_account_not_allowed,
	},
	{
		.complaint = {
			.id = "arn-region-not-allowed",
			.severity = SEVERITY_ERROR,
			.says = "an ARN names a region where its kind has none",
			.why = "The ARNs of such resources leave the region "
			    "empty, so one that fills it in matches nothing.",
			.aa = "ARN_REGION_NOT_ALLOWED",
			.fires_on = "{'Effect':'Allow','Action':'iam:GetRole',"
			    "'Resource':"
			    "'arn:aws:iam:us-east-1:111122223333:role/r'}",
			.quiet_on = "{'Effect':'Allow','Action':'iam:GetRole',"
			    "'Resource':'arn:aws:iam::111122223333:role/r'}",
		},
		.layers = LAYERS_ALL,
		.resource = arn_region_not_allowed,
	},
	{
		.complaint = {
			.id = "missing-arn-account",
			.severity = SEVERITY_ERROR,
			.says = "an ARN leaves out the account that its kind "
			    "has",
			.why = "An empty field matches only an empty field, "
			    "so the ARN matches nothing.  Fill it in, or write "
			    "*.",
			.aa = "MISSING_ARN_ACCOUNT",
			.fires_on = "{'Effect':'Allow','Action':"
			    "'sqs:SendMessage','Resource':"
			    "'arn:aws:sqs:us-east-1::q'}",
			.quiet_on = "{'Effect':'Allow','Action':"
			    "'sqs:SendMessage','Resource':"
			    "'arn:aws:sqs:us-east-1:*:q'}",
		},
		.layers = LAYERS_ALL,
		.resource = missing_arn_account,
	},
	{
		.complaint = {
			.id = "missing-arn-region",
			.severity = SEVERITY_ERROR,
			.says = "an ARN leaves out the region that its kind "
			    "has",
			.why = "An empty field matches only an empty field, "
			    "so the ARN matches nothing.  Fill it in, or write "
			    "*.",
			.aa = "MISSING_ARN_REGION",
			.fires_on = "{'Effect':'Allow','Action':"
			    "'sqs:SendMessage','Resource':"
			    "'arn:aws:sqs::111122223333:q'}",
			.quiet_on = "{'Effect':'Allow','Action':"
			    "'sqs:SendMessage','Resource':"
			    "'arn:aws:sqs:*:111122223333:q'}",
		},
		.layers = LAYERS_ALL,
		.resource = missing_arn_region,
	},
	{
		.complaint = {
			.id = "invalid-arn-resource",
			.severity = SEVERITY_WARNING,
			.says = "an ARN ends like no resource of its service",
			.why = "If the type is misspelt, the ARN matches "
			    "nothing.  Correct it, unless the type is newer "
			    "than the catalogue.",
			.aa = "INVALID_ARN_RESOURCE",
			.fires_on = "{'Effect':'Allow','Action':'iam:GetRole',"
			    "'Resource':'arn:aws:iam::111122223333:rolle/r'}",
			.quiet_on = "{'Effect':'Allow','Action':'iam:GetRole',"
			    "'Resource':'arn:aws:iam::111122223333:role/r'}",
		},
		.layers = LAYERS_ALL,
		.resource = invalid_arn_resource,
	},
	{
		.complaint = {
			.id = "unsupported-resource-arn-in-policy",
			.severity = SEVERITY_ERROR,
			.says = "a policy names a resource that it is not "
			    "attached to",
			.why = "A resource's policy is asked about that "
			    "resource alone, and AWS refuses others in it.  "
			    "Name the resource or what is in it.",
			.aa = "UNSUPPORTED_RESOURCE_ARN_IN_POLICY",
			.fires_on = "resource on arn:aws:s3:::b {'Effect':"
			    "'Allow','Principal':'*','Action':'s3:GetObject',"
			    "'Resource':'arn:aws:s3:::c/*'}",
			.quiet_on = "resource on arn:aws:s3:::b {'Effect':"
			    "'Allow','Principal':'*','Action':'s3:GetObject',"
			    "'Resource':'arn:aws:s3:::b/*'}",
		},
		.layers = LAYER_SET(RESOURCE),
		.resource = unsupported_resource_arn_in_policy,
	},
	{ .complaint = { .id = NULL } }
};
