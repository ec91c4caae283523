/* SPDX-License-Identifier: MIT */
/*
 * Whether a Resource entry is an ARN at all, and whether each field can be
 * what it says.  What a service wants in its fields is not known here: that
 * is rules_template.c.
 */
#include "config.h"

#include <string.h>

#include "policy/entry.h"
#include "policy/region.h"
#include "policy/rules.h"
#include "policy/template.h"
#include "policy/variable.h"

/* The policy of an API may say `execute-api:/stage/GET/path'. */
static bool
is_short_form(const struct check *check, const struct node *entry)
{
	static const char form[] = "execute-api:/";

	return check->subject->layer == LAYER_RESOURCE &&
	    entry->length >= strlen(form) &&
	    memcmp(entry->text, form, strlen(form)) == 0;
}

static void
invalid_arn_prefix(struct check *check, const struct node *entry)
{
	const struct arn arn = arn_split(entry->text, entry->length);

	if (arn_field_is(&arn, ARN_PREFIX, "arn") ||
	    entry_is_everything(entry) || is_short_form(check, entry) ||
	    node_has_placeholder(entry) ||
	    variable_occurs(arn.field[ARN_PREFIX].text,
	    arn.field[ARN_PREFIX].length))
		return;
	if (entry->length == 0)
		check_complain_of(check, entry, "an empty resource matches "
		    "nothing");
	else
		check_complain_of(check, entry, "`%.*s` does not begin with "
		    "`arn:`, so it matches no resource", (int)entry->length,
		    entry->text);
}

static bool
has_field_of(const struct arn *a, const struct arn *b, enum arn_field field)
{
	return a->field[field].length == b->field[field].length &&
	    memcmp(a->field[field].text, b->field[field].text,
	    a->field[field].length) == 0;
}

static const char *const partitions[] = {
	"aws", "aws-cn", "aws-eusc", "aws-iso", "aws-iso-b", "aws-iso-e",
	"aws-iso-f", "aws-us-gov"
};

enum { PARTITIONS = sizeof(partitions) / sizeof(*partitions) };

/* The field, as a glob, matches one of the words. */
static bool
field_is_among(struct check *check, const struct arn *arn,
    enum arn_field field, const char *const *words, size_t count)
{
	const char *text = arn->field[field].text;
	size_t length = arn->field[field].length;
	struct pattern glob;

	for (size_t i = 0; i < count; i++)
		if (arn_field_is(arn, field, words[i]))
			return true;
	if (!arn_field_is_wild(arn, field))
		return false;
	glob = pattern_read(check->subject->arena, text, length);
	for (size_t i = 0; i < count; i++)
		if (pattern_match(&glob, words[i], strlen(words[i])))
			return true;
	return false;
}

static bool
is_partition(struct check *check, const struct arn *arn)
{
	return arn_field_is(arn, ARN_PARTITION, "aws") ||
	    arn_field_is(arn, ARN_PARTITION, "*") ||
	    field_is_among(check, arn, ARN_PARTITION, partitions, PARTITIONS);
}

static bool
is_region(struct check *check, const struct arn *arn)
{
	return arn_field_is(arn, ARN_REGION, "") ||
	    arn_field_is(arn, ARN_REGION, "*") ||
	    field_is_among(check, arn, ARN_REGION, region_names + 1,
	    REGION_COUNT - 1);
}

/* Missing fields are taken to match anything in these documents (RES-5). */
static bool
is_padded_layer(enum layer layer)
{
	return layer == LAYER_IDENTITY || layer == LAYER_BOUNDARY;
}

/* In some others its own star does what padding would (RES-6). */
static bool
is_carried(enum layer layer, const struct node *entry)
{
	return entry->text[entry->length - 1] == '*' &&
	    (layer == LAYER_RESOURCE || layer == LAYER_ENDPOINT ||
	    layer == LAYER_SCP);
}

/* Digits, with wildcards, that can come to twelve. */
static bool
can_be_account(const struct arn *arn)
{
	const char *text = arn->field[ARN_ACCOUNT].text;
	size_t length = arn->field[ARN_ACCOUNT].length, fixed = 0;
	bool open = false;

	for (size_t i = 0; i < length; i++) {
		if (text[i] == '*')
			open = true;
		else if (text[i] == '?' || (text[i] >= '0' && text[i] <= '9'))
			fixed++;
		else
			return false;
	}
	return fixed == 12 || (open && fixed < 12);
}

/* Both name a region or neither does, and so for the account. */
static bool
is_placed_alike(const struct resource_type *type, const struct arn *arn)
{
	struct arn template = arn_split(type->arn, strlen(type->arn));

	return (template.field[ARN_REGION].length == 0) ==
	    (arn->field[ARN_REGION].length == 0) &&
	    (template.field[ARN_ACCOUNT].length == 0) ==
	    (arn->field[ARN_ACCOUNT].length == 0);
}

static bool
is_service(struct check *check, const struct node *entry)
{
	const struct address *address = check_locate(check, entry);

	return address->service_known || address->service_named;
}

/*
 * The fields that are there are right, so that padding the others means what
 * was meant.  `arn:aws:s3:bucket' has its bucket in the place of a region.
 */
static bool
can_be_padded(struct check *check, const struct node *entry,
    const struct arn *arn)
{
	if (arn->count <= ARN_PARTITION || !is_partition(check, arn))
		return false;
	if (arn->count > ARN_SERVICE && !arn_field_is_wild(arn, ARN_SERVICE) &&
	    !is_service(check, entry))
		return false;
	if (arn->count > ARN_ACCOUNT && arn->field[ARN_ACCOUNT].length > 0 &&
	    !can_be_account(arn) && !entry_is_of_aws(arn))
		return false;
	return arn->count <= ARN_REGION || is_region(check, arn);
}

/*
 * The ARN with the colons that it lacks put in behind the service, where they
 * are lost most, if it then is one that the service has; or NULL.
 */
static const char *
mend_arn(struct check *check, const struct node *entry, const struct arn *arn)
{
	const struct service *service;
	const char *text;
	struct arn whole;
	size_t head;

	if (arn->count <= ARN_REGION)
		return NULL;
	head = (size_t)(arn->field[ARN_REGION].text -
	    arn->field[ARN_PREFIX].text);
	text = arena_printf(check->report->arena, "%.*s%.*s%.*s", (int)head,
	    entry->text, (int)(ARN_FIELD_COUNT - arn->count), "::",
	    (int)(entry->length - head), entry->text + head);
	whole = arn_split(text, strlen(text));
	service = catalog_service(check->subject->catalog,
	    arn->field[ARN_SERVICE].text, arn->field[ARN_SERVICE].length);
	for (unsigned i = 0; service != NULL && i < service->type_count; i++)
		if (is_placed_alike(&service->types[i], &whole) &&
		    template_fits(&service->types[i], &whole))
			return text;
	return NULL;
}

static void
missing_arn_field(struct check *check, const struct node *entry)
{
	const char *whole;
	struct finding *finding;
	struct arn arn;
	bool padded, carried;

	if (!entry_read(check, entry, &arn) || arn.count == ARN_FIELD_COUNT)
		return;
	padded = can_be_padded(check, entry, &arn);
	carried = padded && is_carried(check->subject->layer, entry);
	padded = padded && is_padded_layer(check->subject->layer);
	finding = check_complain_of(check, entry, "`%.*s` has %zu of the six "
	    "fields of an ARN, so it matches %s", (int)entry->length,
	    entry->text, arn.count, !padded && !carried ?
	    "nothing that was meant" : arn.count > ARN_ACCOUNT ?
	    "whatever begins so" : "whatever begins so, in every account");
	if (padded && finding->severity > SEVERITY_WARNING)
		finding->severity = SEVERITY_WARNING;
	whole = padded ? NULL : mend_arn(check, entry, &arn);
	if (whole != NULL)
		check_help(check, finding, "write `%s`", whole);
}

static void
invalid_partition(struct check *check, const struct node *entry)
{
	struct arn arn;

	/* `arn:' alone lacks more than that, and is told so */
	if (!entry_read(check, entry, &arn) || arn.count <= ARN_PARTITION ||
	    (arn.count <= ARN_SERVICE &&
	    arn_field_is(&arn, ARN_PARTITION, "")) ||
	    is_partition(check, &arn))
		return;
	check_complain(check, entry_field_span(check, entry, &arn,
	    ARN_PARTITION), "AWS had no partition `%.*s` on %s, so this ARN "
	    "matches nothing", ENTRY_FIELD(&arn, ARN_PARTITION),
	    catalog_builtin.date);
}

/* Of the partition of the ARN, or of one that cannot be told. */
static bool
may_be_of(struct check *check, const struct principal *principal,
    const struct arn *arn)
{
	const struct node *node = principal->node;
	const struct arn caller = arn_split(node->text, node->length);

	return principal->kind != PRINCIPAL_AWS ||
	    caller.count != ARN_FIELD_COUNT || !is_partition(check, &caller) ||
	    arn_field_is_wild(&caller, ARN_PARTITION) ||
	    has_field_of(arn, &caller, ARN_PARTITION);
}

/* RES-11: nobody is let in across the border. */
static void
partition_mismatch(struct check *check, const struct node *entry)
{
	const struct statement *statement = check->statement;
	const struct principals *principals = &statement->principal;
	struct arn arn;

	if (statement->effect != EFFECT_ALLOW || principals->count == 0 ||
	    principals->negated || principals->partial ||
	    statement->resource.negated ||
	    !entry_read_whole(check, entry, &arn) ||
	    arn_field_is_wild(&arn, ARN_PARTITION) ||
	    !is_partition(check, &arn))
		return;
	for (size_t i = 0; i < principals->count; i++)
		if (may_be_of(check, &principals->items[i], &arn))
			return;
	check_complain(check, entry_field_span(check, entry, &arn,
	    ARN_PARTITION), "this resource is in the partition `%.*s` and "
	    "every principal of the statement in another, so nobody is let in",
	    ENTRY_FIELD(&arn, ARN_PARTITION));
}

static bool
has_capital(const struct arn *arn, enum arn_field field)
{
	for (size_t i = 0; i < arn->field[field].length; i++)
		if (arn->field[field].text[i] >= 'A' &&
		    arn->field[field].text[i] <= 'Z')
			return true;
	return false;
}

static void
invalid_arn_service_case(struct check *check, const struct node *entry)
{
	const struct service *service;
	struct finding *finding;
	struct arn arn;

	if (!entry_read(check, entry, &arn) || !has_capital(&arn, ARN_SERVICE))
		return;
	finding = check_complain(check, entry_field_span(check, entry, &arn,
	    ARN_SERVICE), "`%.*s` has capitals, and ARNs name services in "
	    "small letters, so this one matches nothing",
	    ENTRY_FIELD(&arn, ARN_SERVICE));
	service = catalog_service(check->subject->catalog,
	    arn.field[ARN_SERVICE].text, arn.field[ARN_SERVICE].length);
	if (service != NULL)
		check_help(check, finding, "write `%s`", service->prefix);
}

/* AWS's own policies name the service, though the catalogue does not. */
static bool
is_service_used_unlisted(const struct catalog *catalog, const struct arn *arn)
{
	for (unsigned i = 0; i < catalog->unlisted_count; i++) {
		const char *pattern = catalog->unlisted[i].pattern;
		size_t length = strcspn(pattern, ":");

		if (arn->field[ARN_SERVICE].length == length &&
		    memcmp(arn->field[ARN_SERVICE].text, pattern,
		    length) == 0)
			return true;
	}
	return false;
}

static void
invalid_service(struct check *check, const struct node *entry)
{
	const struct catalog *catalog = check->subject->catalog;
	struct finding *finding;
	const char *nearest;
	struct arn arn;

	if (!entry_read(check, entry, &arn) || arn.count <= ARN_SERVICE ||
	    arn_field_is_wild(&arn, ARN_SERVICE) || is_service(check, entry) ||
	    is_service_used_unlisted(catalog, &arn))
		return;
	finding = check_complain(check, entry_field_span(check, entry, &arn,
	    ARN_SERVICE), "no service listed on %s has ARNs with `%.*s`, so "
	    "this one matches nothing", catalog->date,
	    ENTRY_FIELD(&arn, ARN_SERVICE));
	nearest = catalog_nearest_service(catalog, arn.field[ARN_SERVICE].text,
	    arn.field[ARN_SERVICE].length);
	if (nearest != NULL)
		check_help(check, finding, "write `%s`", nearest);
}

/*
 * Regions are added every year, so one that is not known may be new if it
 * looks like one: letters, a quarter of the sky, a number.
 */
static bool
looks_like_region(const struct arn *arn)
{
	static const char *const shapes[] = {
		"*-central-?", "*-east-?", "*-north-?", "*-northeast-?",
		"*-northwest-?", "*-south-?", "*-southeast-?",
		"*-southwest-?", "*-west-?"
	};
	const char *text = arn->field[ARN_REGION].text;
	size_t length = arn->field[ARN_REGION].length;

	if (length < 2 || text[length - 1] < '1' || text[length - 1] > '9')
		return false;
	for (size_t i = 0; i < sizeof(shapes) / sizeof(*shapes); i++) {
		size_t tail = strlen(shapes[i]) - 2;

		if (length > tail + 2 && memcmp(text + length - tail - 1,
		    shapes[i] + 1, tail) == 0)
			return true;
	}
	return false;
}

/* RES-11: the one is named, and is not where the other is; or NULL. */
static const char *
find_other_partition(const struct arn *arn)
{
	const char *partition;

	if (arn->field[ARN_REGION].length == 0 ||
	    arn_field_is_wild(arn, ARN_REGION) ||
	    arn_field_is_wild(arn, ARN_PARTITION))
		return NULL;
	partition = region_partition(arn->field[ARN_REGION].text,
	    arn->field[ARN_REGION].length);
	return arn_field_is(arn, ARN_PARTITION, partition) ? NULL : partition;
}

static void
complain_of_region(struct check *check, const struct node *entry,
    const struct arn *arn)
{
	struct finding *finding = check_complain(check, entry_field_span(check,
	    entry, arn, ARN_REGION), "AWS had no region `%.*s` on %s, so this "
	    "ARN matches nothing", ENTRY_FIELD(arn, ARN_REGION),
	    catalog_builtin.date);

	if (looks_like_region(arn) && finding->severity > SEVERITY_WARNING)
		finding->severity = SEVERITY_WARNING;
}

static void
invalid_arn_region(struct check *check, const struct node *entry)
{
	const char *partition;
	struct arn arn;

	if (!entry_read_whole(check, entry, &arn) ||
	    arn_field_is(&arn, ARN_REGION, "") ||
	    arn_field_is(&arn, ARN_REGION, "*"))
		return;
	partition = find_other_partition(&arn);
	if (!is_region(check, &arn))
		complain_of_region(check, entry, &arn);
	else if (partition != NULL && is_partition(check, &arn))
		check_complain(check, entry_field_span(check, entry, &arn,
		    ARN_REGION), "`%.*s` is a region of the partition `%s`, "
		    "and this ARN names `%.*s`, so it matches nothing",
		    ENTRY_FIELD(&arn, ARN_REGION), partition,
		    ENTRY_FIELD(&arn, ARN_PARTITION));
}

static size_t
count_digits(const struct arn *arn, enum arn_field field)
{
	size_t count = 0;

	for (size_t i = 0; i < arn->field[field].length; i++)
		if (arn->field[field].text[i] >= '0' &&
		    arn->field[field].text[i] <= '9')
			count++;
	return count;
}

/* A type of the service has that very word there. */
static bool
is_word_of_template(struct check *check, const struct arn *arn)
{
	const struct service *service = catalog_service(
	    check->subject->catalog, arn->field[ARN_SERVICE].text,
	    arn->field[ARN_SERVICE].length);

	for (unsigned i = 0; service != NULL && i < service->type_count; i++) {
		const char *text = service->types[i].arn;
		const struct arn template = arn_split(text, strlen(text));

		if (template.field[ARN_ACCOUNT].length ==
		    arn->field[ARN_ACCOUNT].length &&
		    memcmp(template.field[ARN_ACCOUNT].text,
		    arn->field[ARN_ACCOUNT].text,
		    arn->field[ARN_ACCOUNT].length) == 0)
			return true;
	}
	return false;
}

static void
invalid_arn_account(struct check *check, const struct node *entry)
{
	struct arn arn;

	if (!entry_read_whole(check, entry, &arn) ||
	    arn.field[ARN_ACCOUNT].length == 0 || can_be_account(&arn) ||
	    entry_is_of_aws(&arn) || entry_is_shifted(&arn) ||
	    is_word_of_template(check, &arn))
		return;
	check_complain(check, entry_field_span(check, entry, &arn, ARN_ACCOUNT),
	    "`%.*s` can be no account, which has twelve digits, so this ARN "
	    "matches nothing", ENTRY_FIELD(&arn, ARN_ACCOUNT));
}

static void
arn_account_part_wildcard(struct check *check, const struct node *entry)
{
	struct arn arn;

	if (!entry_read_whole(check, entry, &arn) ||
	    !arn_field_is_wild(&arn, ARN_ACCOUNT) ||
	    count_digits(&arn, ARN_ACCOUNT) == 0)
		return;
	check_complain(check, entry_field_span(check, entry, &arn, ARN_ACCOUNT),
	    "`%.*s` is neither an account nor a wildcard but half of each, "
	    "which AWS refuses here", ENTRY_FIELD(&arn, ARN_ACCOUNT));
}

const struct rule arn_rules[] = {
	{
		.complaint = {
			.id = "invalid-arn-prefix",
			.severity = SEVERITY_ERROR,
			.says = "a resource is neither * nor begins with arn:",
			.why = "Whatever is not an ARN matches no resource, "
			    "and AWS refuses most of it.  Write the whole ARN.",
			.aa = "INVALID_ARN_PREFIX",
			.fires_on = "{'Effect':'Allow','Action':"
			    "'s3:GetObject','Resource':'b/*'}",
			.quiet_on = "{'Effect':'Allow','Action':"
			    "'s3:GetObject','Resource':'arn:aws:s3:::b/*'}",
		},
		.layers = LAYERS_ALL,
		.resource = invalid_arn_prefix,
	},
	{
		.complaint = {
			.id = "missing-arn-field",
			.severity = SEVERITY_ERROR,
			.says = "an ARN has fewer than six fields",
			.why = "Identity policies pad a short ARN with "
			    "wildcards, others refuse it or match nothing with "
			    "it, and a field that is left out in the middle "
			    "shifts all behind it.  Write every colon.",
			.aa = "MISSING_ARN_FIELD",
			.fires_on = "{'Effect':'Allow','Action':"
			    "'s3:ListBucket','Resource':'arn:aws:s3:b'}",
			.quiet_on = "{'Effect':'Allow','Action':"
			    "'s3:ListBucket','Resource':'arn:aws:s3:::b'}",
		},
		.layers = LAYERS_ALL,
		.resource = missing_arn_field,
	},
	{
		.complaint = {
			.id = "invalid-partition",
			.severity = SEVERITY_WARNING,
			.says = "the partition of an ARN is unknown",
			.why = "No principal is in a partition that AWS does "
			    "not have, so the ARN matches nothing.  Most ARNs "
			    "begin with arn:aws:.",
			.aa = "INVALID_PARTITION",
			.fires_on = "{'Effect':'Allow','Action':"
			    "'s3:ListBucket','Resource':'arn:aws-moon:s3:::b'}",
			.quiet_on = "{'Effect':'Allow','Action':"
			    "'s3:ListBucket','Resource':'arn:aws-cn:s3:::b'}",
		},
		.layers = LAYERS_ALL,
		.resource = invalid_partition,
	},
	{
		.complaint = {
			.id = "partition-mismatch",
			.severity = SEVERITY_WARNING,
			.says = "a resource is in another partition than all "
			    "who are allowed",
			.why = "Access ends at the border of a partition: a "
			    "role of `aws` never reaches what is in `aws-cn`.  "
			    "Name the principals, or the resource, of the "
			    "same partition.",
			.fires_on = "resource {'Effect':'Allow','Principal':"
			    "{'AWS':'arn:aws:iam::111122223333:root'},"
			    "'Action':'s3:GetObject',"
			    "'Resource':'arn:aws-cn:s3:::b/*'}",
			.quiet_on = "resource {'Effect':'Allow','Principal':"
			    "{'AWS':'arn:aws-cn:iam::111122223333:root'},"
			    "'Action':'s3:GetObject',"
			    "'Resource':'arn:aws-cn:s3:::b/*'}",
		},
		.layers = LAYER_SET(RESOURCE),
		.resource = partition_mismatch,
	},
	{
		.complaint = {
			.id = "invalid-arn-service-case",
			.severity = SEVERITY_ERROR,
			.says = "the service of an ARN has capitals",
			.why = "ARNs are compared letter by letter, and "
			    "services write themselves small.",
			.aa = "INVALID_ARN_SERVICE_CASE",
			.supersedes = "invalid-service",
			.fires_on = "{'Effect':'Allow','Action':"
			    "'s3:ListBucket','Resource':'arn:aws:S3:::b'}",
			.quiet_on = "{'Effect':'Allow','Action':"
			    "'s3:ListBucket','Resource':'arn:aws:s3:::b'}",
		},
		.layers = LAYERS_ALL,
		.resource = invalid_arn_service_case,
	},
	{
		.complaint = {
			.id = "invalid-service",
			.severity = SEVERITY_WARNING,
			.says = "the service of an ARN is unknown",
			.why = "The ARN matches nothing: an Allow grants "
			    "nothing and a Deny forbids nothing.  Correct it, "
			    "unless the service is newer than the catalogue.",
			.aa = "INVALID_SERVICE",
			.fires_on = "{'Effect':'Allow','Action':"
			    "'ec2:StopInstances','Resource':"
			    "'arn:aws:ec3:us-east-1:111122223333:instance/*'}",
			.quiet_on = "{'Effect':'Allow','Action':"
			    "'ec2:StopInstances','Resource':"
			    "'arn:aws:ec2:us-east-1:111122223333:instance/*'}",
		},
		.layers = LAYERS_ALL,
		.resource = invalid_service,
	},
	{
		.complaint = {
			.id = "invalid-arn-region",
			.severity = SEVERITY_ERROR,
			.says = "the region of an ARN is none",
			.why = "No resource is in a region that does not "
			    "exist, so the ARN matches nothing.",
			.aa = "INVALID_ARN_REGION",
			.fires_on = "{'Effect':'Allow','Action':"
			    "'sqs:SendMessage','Resource':"
			    "'arn:aws:sqs:us-moon-1:111122223333:q'}",
			.quiet_on = "{'Effect':'Allow','Action':"
			    "'sqs:SendMessage','Resource':"
			    "'arn:aws:sqs:us-*-1:111122223333:q'}",
		},
		.layers = LAYERS_ALL,
		.resource = invalid_arn_region,
	},
	{
		.complaint = {
			.id = "invalid-arn-account",
			.severity = SEVERITY_ERROR,
			.says = "the account of an ARN can be none",
			.why = "Accounts have twelve digits.  A shorter "
			    "number, often one that lost its leading zero, "
			    "matches nothing.",
			.aa = "INVALID_ARN_ACCOUNT",
			.fires_on = "{'Effect':'Allow','Action':"
			    "'sqs:SendMessage','Resource':"
			    "'arn:aws:sqs:us-east-1:1111:q'}",
			.quiet_on = "{'Effect':'Allow','Action':"
			    "'sqs:SendMessage','Resource':"
			    "'arn:aws:sqs:us-east-1:111122223333:q'}",
		},
		.layers = LAYERS_ALL,
		.resource = invalid_arn_account,
	},
	{
		.complaint = {
			.id = "arn-account-part-wildcard",
			.severity = SEVERITY_ERROR,
			.says = "the account of an ARN is partly a wildcard",
			.why = "Account ids are not given out in ranges, so "
			    "half of one is never what is meant, and AWS "
			    "refuses it here (GRAM-32).  Write the id or a "
			    "wildcard.",
			.fires_on = "resource {'Effect':'Allow','Principal':"
			    "'*','Action':'sqs:SendMessage','Resource':"
			    "'arn:aws:sqs:us-east-1:1111*:q'}",
			.quiet_on = "resource {'Effect':'Allow','Principal':"
			    "'*','Action':'sqs:SendMessage','Resource':"
			    "'arn:aws:sqs:us-east-1:*:q'}",
		},
		.layers = LAYER_SET(ENDPOINT) | LAYER_SET(RESOURCE),
		.resource = arn_account_part_wildcard,
	},
	{ .complaint = { .id = NULL } }
};
