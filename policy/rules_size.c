/* SPDX-License-Identifier: MIT */
/*
 * Rules about how large a policy is (GRAM-39, GRAM-40).
 *
 * AWS does not say everything of how it counts: bytes or characters, and
 * which blanks are free.  So each size is a range, from what the most lenient
 * reading counts to what the strictest does; a policy is too large only when
 * both ends are.  What else an account holds is not known: where a quota is
 * for a sum (inline policies), only this document's part is looked at.
 */
#include "config.h"

#include <stdint.h>
#include <string.h>

#include "policy/character.h"
#include "policy/rules.h"

/* One pass over the bytes of the policy object. */
struct census {
	size_t	 bytes;
	size_t	 characters;
	size_t	 outside;	/* blanks between tokens */
	size_t	 inside;	/* blanks in strings */
};

static struct census
census_read(const char *bytes, size_t length)
{
	struct census census = { .bytes = length };
	bool quoted = false;

	for (size_t i = 0; i < length; i++) {
		bool blank = character_is_blank(bytes[i]);

		census.characters += ((unsigned char)bytes[i] & 0xc0) != 0x80;
		census.inside += blank && quoted;
		census.outside += blank && !quoted;
		quoted = quoted != (bytes[i] == '"');
		if (bytes[i] == '\\' && i + 1 < length) {
			census.characters++;
			i++;
		}
	}
	return census;
}

/* Which blanks count, in the lenient reading and in the strict one. */
enum blanks {
	BLANKS_FREE,		/* none; or only those in strings */
	BLANKS_STRIPPED,	/* only those in strings; or all */
	BLANKS_COUNT		/* all */
};

struct quota {
	size_t		 limit;
	enum blanks	 blanks;
	const char	*of;	/* "an SCP" */
};

static const struct quota layer_quotas[LAYER_COUNT] = {
	[LAYER_IDENTITY] = { 6144, BLANKS_FREE, "a managed policy" },
	[LAYER_BOUNDARY] = { 6144, BLANKS_FREE, "a boundary" },
	[LAYER_SESSION] = { 2048, BLANKS_STRIPPED, "a session policy" },
	[LAYER_TRUST] = { 2048, BLANKS_FREE, "a trust policy" },
	[LAYER_ENDPOINT] = { 20480, BLANKS_COUNT, "an endpoint policy" },
	[LAYER_SCP] = { 10240, BLANKS_STRIPPED, "an SCP" },
	[LAYER_RCP] = { 5120, BLANKS_STRIPPED, "an RCP" },
};

/* Inline policies, by the beginning of the resource part they are put on. */
static const struct {
	const char	*type;
	struct quota	 quota;
} inline_quotas[] = {
	{ "user/", { 2048, BLANKS_FREE, "the inline policies of a user" } },
	{ "group/", { 5120, BLANKS_FREE, "the inline policies of a group" } },
	{ "role/", { 10240, BLANKS_FREE, "the inline policies of a role" } },
};

static const struct {
	const char	*prefix;
	struct quota	 quota;
} service_quotas[] = {
	{ "dynamodb", { 20480, BLANKS_COUNT, "a table policy" } },
	{ "ecr", { 10240, BLANKS_COUNT, "a repository policy" } },
	{ "kms", { 32768, BLANKS_COUNT, "a key policy" } },
	{ "lambda", { 20480, BLANKS_COUNT, "a function policy" } },
	{ "s3", { 20480, BLANKS_COUNT, "a bucket policy" } },
	{ "secretsmanager", { 20480, BLANKS_COUNT, "a secret policy" } },
	{ "sns", { 30720, BLANKS_COUNT, "a topic policy" } },
	{ "sqs", { 8192, BLANKS_COUNT, "a queue policy" } },
};

#define COUNT_OF(array)	(sizeof(array) / sizeof((array)[0]))

static const struct quota *
find_inline_quota(const char *attached)
{
	struct arn arn = arn_split(attached, strlen(attached));
	const char *part = arn.field[ARN_RESOURCE].text;

	if (arn.count < ARN_FIELD_COUNT)
		return NULL;
	for (size_t i = 0; i < COUNT_OF(inline_quotas); i++) {
		const char *type = inline_quotas[i].type;

		if (strncmp(part, type, strlen(type)) == 0)
			return &inline_quotas[i].quota;
	}
	return NULL;
}

static const struct quota *
find_service_quota(const struct service *service)
{
	for (size_t i = 0; service != NULL && i < COUNT_OF(service_quotas);
	    i++)
		if (strcmp(service_quotas[i].prefix, service->prefix) == 0)
			return &service_quotas[i].quota;
	return NULL;
}

/* NULL when it is not known what the policy is attached to. */
static const struct quota *
find_quota(const struct subject *subject)
{
	const struct quota *quota = NULL;

	if (subject->layer == LAYER_RESOURCE)
		return find_service_quota(subject->service);
	if (subject->layer == LAYER_IDENTITY && subject->attached != NULL)
		quota = find_inline_quota(subject->attached);
	return quota != NULL ? quota : &layer_quotas[subject->layer];
}

/* A policy measured against its quota. */
struct size {
	const struct quota	*quota;
	size_t			 least, most;
	size_t			 minified;
};

static struct size
size_count(const struct quota *quota, const struct census *census)
{
	struct size size = { .quota = quota,
	    .minified = census->characters - census->outside };

	switch (quota->blanks) {
	case BLANKS_FREE:
		size.least = size.minified - census->inside;
		size.most = census->bytes - census->outside;
		break;
	case BLANKS_STRIPPED:
		size.least = size.minified;
		size.most = census->bytes;
		break;
	case BLANKS_COUNT:
		size.least = census->characters;
		size.most = census->bytes;
		break;
	}
	return size;
}

static size_t
count_blanks(const char *bytes, struct span span)
{
	const char *end = bytes + span.end;
	const char *at = memchr(bytes + span.start, ' ',
	    span.end - span.start);
	size_t count = 0;

	while (at != NULL) {
		count++;
		at = memchr(at + 1, ' ', (size_t)(end - at) - 1);
	}
	return count;
}

/* Bytes of a character behind its first one.  Most texts are plain ASCII, so
 * eight bytes are asked at a time whether there is anything else. */
static size_t
count_continuations(const char *bytes, size_t length)
{
	size_t count = 0, at = 0;

	while (at < length) {
		uint64_t word = UINT64_MAX;

		if (length - at >= sizeof(word))
			memcpy(&word, bytes + at, sizeof(word));
		if ((word & UINT64_C(0x8080808080808080)) == 0) {
			at += sizeof(word);
			continue;
		}
		count += ((unsigned char)bytes[at++] & 0xc0) == 0x80;
	}
	return count;
}

/* A scalar or a key of a text without faults, where blanks in strings are all
 * of one kind. */
static void
census_add(struct census *census, const char *bytes, struct span span)
{
	census->inside += count_blanks(bytes, span);
	census->outside -= span.end - span.start;
}

/* One value, its children apart. */
static void
census_add_node(struct census *census, const char *bytes,
    const struct node *node)
{
	if (node->kind != NODE_ARRAY && node->kind != NODE_OBJECT)
		census_add(census, bytes, node->span);
	else	/* two brackets, and commas between the children */
		census->outside -= node->count == 0 ? 2 : node->count + 1;
}

/*
 * The same of a text without faults, added up from its values, which follow
 * the policy in document order: there is no need to look at the blanks, which
 * are half of all bytes.
 */
static struct census
census_add_up(const struct policy *policy)
{
	const struct text *text = policy->text;
	const struct node *end = text->root + text->count;
	const char *bytes = text->source->bytes;
	size_t last = policy->node->span.end;
	size_t length = last - policy->node->span.start;
	struct census census = {
		.bytes = length,
		.characters = length - (text->ascii ? 0 :
		    count_continuations(bytes + last - length, length)),
		.outside = length,
	};

	census_add_node(&census, bytes, policy->node);
	for (const struct node *node = policy->node + 1; node < end &&
	    node->span.start < last; node++) {
		if (node->key != NULL) {
			census_add(&census, bytes, node->key_span);
			census.outside--;	/* the colon */
		}
		census_add_node(&census, bytes, node);
	}
	return census;
}

/*
 * False when there is no quota, or when the policy is so small that nothing
 * need be counted: below so many tenths of it with every blank.
 */
static bool
find_size(const struct subject *subject, size_t tenths, struct size *size)
{
	const struct policy *policy = subject->policy;
	const struct span *span = &policy->node->span;
	const struct quota *quota = find_quota(subject);
	size_t length = span->end - span->start;
	struct census census;

	if (quota == NULL || length / tenths < quota->limit / 10)
		return false;
	/* a faulty text may have more between its tokens than blanks */
	census = policy->text->usable ? census_add_up(policy) :
	    census_read(policy->text->source->bytes + span->start, length);
	*size = size_count(quota, &census);
	return true;
}

/* The word Statement: there is what makes a policy large. */
static struct span
size_span(const struct policy *policy)
{
	return policy->statement_node != NULL ?
	    policy->statement_node->key_span : node_opening(policy->node);
}

/* "6200", or "6200 to 6260" where it depends on who counts. */
static const char *
size_text(struct check *check, const struct size *size)
{
	struct arena *arena = check->report->arena;

	if (size->least == size->most)
		return arena_printf(arena, "%zu", size->least);
	return arena_printf(arena, "%zu to %zu", size->least, size->most);
}

static bool
is_queue(const struct subject *subject)
{
	return subject->layer == LAYER_RESOURCE && subject->service != NULL &&
	    strcmp(subject->service->prefix, "sqs") == 0;
}

static void
complain_of_size(struct check *check, const struct size *size)
{
	check_complain(check, size_span(check->subject->policy),
	    "the policy counts as %s characters, more than the %zu of %s%s",
	    size_text(check, size), size->quota->limit, size->quota->of,
	    check->subject->layer == LAYER_TRUST && size->least <= 4096 ?
	    " (the quota can be raised to 4096)" : "");
}

/* A queue has quotas of its own: sqs_policy_shape(). */
static void
policy_size_exceeds_quota(struct check *check)
{
	struct size size;

	if (find_size(check->subject, 10, &size) &&
	    size.least > size.quota->limit && !is_queue(check->subject))
		complain_of_size(check, &size);
}

static void
size_near_limit(struct check *check)
{
	struct size size;

	if (!find_size(check->subject, 9, &size) ||
	    size.least > size.quota->limit ||
	    size.most / 9 < size.quota->limit / 10)
		return;
	check_complain(check, size_span(check->subject->policy),
	    "the policy counts as %s of the %zu characters of %s; without "
	    "blanks between tokens it has %zu", size_text(check, &size),
	    size.quota->limit, size.quota->of, size.minified);
}

/* Queues (SQS, limits of custom policies). */

enum {
	QUEUE_STATEMENTS = 20,
	QUEUE_PRINCIPALS = 50,
	QUEUE_CONDITIONS = 10,
	QUEUE_ACTIONS = 7
};

static void
check_queue(struct check *check)
{
	const struct policy *policy = check->subject->policy;
	struct size size;

	if (!is_queue(check->subject))
		return;
	if (find_size(check->subject, 10, &size) &&
	    size.least > size.quota->limit)
		complain_of_size(check, &size);
	if (policy->count > QUEUE_STATEMENTS)
		check_complain(check,
		    node_opening(policy->statements[QUEUE_STATEMENTS].node),
		    "the policy has %zu statements; SQS takes %d",
		    policy->count, QUEUE_STATEMENTS);
}

static void
sqs_policy_shape(struct check *check)
{
	const struct statement *statement = check->statement;
	const struct principals *principal = &statement->principal;
	const struct element *action = &statement->action;

	if (!is_queue(check->subject))
		return;
	if (principal->count > QUEUE_PRINCIPALS)
		check_complain_of(check,
		    principal->items[QUEUE_PRINCIPALS].node,
		    "the statement has %zu principals; SQS takes %d",
		    principal->count, QUEUE_PRINCIPALS);
	if (action->count > QUEUE_ACTIONS)
		check_complain_of(check, action->items[QUEUE_ACTIONS],
		    "the statement has %zu actions; SQS takes %d",
		    action->count, QUEUE_ACTIONS);
	if (statement->condition_count > QUEUE_CONDITIONS)
		check_complain_of_key(check,
		    statement->conditions[QUEUE_CONDITIONS].node,
		    "the statement has %zu conditions; SQS takes %d",
		    statement->condition_count, QUEUE_CONDITIONS);
}

/* Examples are as long as what they show. */
#define TIMES_10(text)	text text text text text text text text text text
#define TIMES_100(text)	TIMES_10(TIMES_10(text))
#define LONG_1000	TIMES_100("long-name/")
#define LONG_2000	LONG_1000 LONG_1000
#define LONG_5000	LONG_2000 LONG_2000 LONG_1000
#define LONG_10000	LONG_5000 LONG_5000
#define LONG_20000	LONG_10000 LONG_10000
#define LONG_200	TIMES_10("long-name/") TIMES_10("long-name/")

#define OBJECT(length)	"{'Effect':'Deny','Action':'s3:GetObject'," \
			"'Resource':'arn:aws:s3:::b/" length "'}"
#define OF_ALL(length)	"{'Effect':'Deny','Principal':'*'," \
			"'Action':'s3:GetObject'," \
			"'Resource':'arn:aws:s3:::b/" length "'}"
#define TRUSTING(length) "{'Effect':'Allow','Principal':" \
			"{'AWS':'111122223333'},'Action':'sts:AssumeRole'," \
			"'Condition':{'StringEquals':{'sts:ExternalId':'" \
			length "'}}}"

const struct rule size_rules[] = {
	{
		.complaint = {
			.id = "policy-size-exceeds-scp-quota",
			.severity = SEVERITY_ERROR,
			.says = "an SCP is larger than Organizations takes",
			.why = "10,240 characters since May 2026, 5,120 "
			    "before. The console strips blanks first, the API "
			    "counts them; this one is too large either way. "
			    "Split it, or use wildcards.",
			.aa = "POLICY_SIZE_EXCEEDS_SCP_QUOTA",
			.fires_on = "scp " OBJECT(LONG_10000 LONG_200),
			.quiet_on = "scp " OBJECT(LONG_10000),
		},
		.layers = LAYER_SET(SCP),
		.document = policy_size_exceeds_quota,
	},
	{
		.complaint = {
			.id = "policy-size-exceeds-rcp-quota",
			.severity = SEVERITY_ERROR,
			.says = "an RCP is larger than Organizations takes",
			.why = "5,120 characters. The console strips blanks "
			    "first, the API counts them; this one is too "
			    "large either way. Split it, or use wildcards.",
			.aa = "POLICY_SIZE_EXCEEDS_RCP_QUOTA",
			.fires_on = "rcp " OF_ALL(LONG_5000 LONG_200),
			.quiet_on = "rcp " OF_ALL(LONG_2000 LONG_2000),
		},
		.layers = LAYER_SET(RCP),
		.document = policy_size_exceeds_quota,
	},
	{
		.complaint = {
			.id = "policy-size-exceeds-identity-policy-quota",
			.severity = SEVERITY_WARNING,
			.says = "a policy is larger than IAM takes",
			.why = "6,144 characters without blanks for a managed "
			    "policy or boundary, 2,048 for a session policy; "
			    "all inline policies of a user may have 2,048 "
			    "together, of a group 5,120, of a role 10,240. "
			    "Split it, or use wildcards.",
			.aa = "POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA",
			.fires_on = "identity " OBJECT(LONG_5000 LONG_1000
			    LONG_200),
			.quiet_on = "identity " OBJECT(LONG_5000 LONG_1000),
		},
		.layers = LAYERS_ATTACHED,
		.document = policy_size_exceeds_quota,
	},
	{
		.complaint = {
			.id = "policy-size-exceeds-resource-policy-quota",
			.severity = SEVERITY_WARNING,
			.says = "a policy is larger than the service it is "
			    "for takes",
			.why = "Each service has a quota of its own, such as "
			    "20,480 bytes for a bucket policy and 32,768 for "
			    "a key policy, and blanks count. Strip blanks, or "
			    "use wildcards and conditions in place of lists.",
			.aa = "POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA",
			.fires_on = "resource on arn:aws:ecr:eu-west-1:"
			    "111122223333:repository/r "
			    OF_ALL(LONG_10000 LONG_200),
			.quiet_on = "resource on arn:aws:ecr:eu-west-1:"
			    "111122223333:repository/r "
			    OF_ALL(LONG_10000),
		},
		.layers = LAYER_SET(RESOURCE),
		.document = policy_size_exceeds_quota,
	},
	{
		.complaint = {
			.id = "policy-size-exceeds-role-trust-policy-quota",
			.severity = SEVERITY_WARNING,
			.says = "a trust policy is larger than IAM takes",
			.why = "2,048 characters without blanks, unless the "
			    "account's quota was raised, to 4,096 at most. "
			    "Use conditions in place of lists of principals.",
			.aa = "POLICY_SIZE_EXCEEDS_ROLE_TRUST_POLICY_QUOTA",
			.fires_on = "trust " TRUSTING(LONG_2000),
			.quiet_on = "trust " TRUSTING(LONG_1000),
		},
		.layers = LAYER_SET(TRUST),
		.document = policy_size_exceeds_quota,
	},
	{
		.complaint = {
			.id = "vpce-size",
			.severity = SEVERITY_ERROR,
			.says = "an endpoint policy is larger than EC2 takes",
			.why = "20,480 characters, blanks included. Strip "
			    "blanks, or use wildcards and conditions in place "
			    "of lists.",
			.fires_on = "endpoint " OF_ALL(LONG_20000 LONG_1000),
			.quiet_on = "endpoint " OF_ALL(LONG_20000),
		},
		.layers = LAYER_SET(ENDPOINT),
		.document = policy_size_exceeds_quota,
	},
	{
		.complaint = {
			.id = "sqs-policy-shape",
			.severity = SEVERITY_ERROR,
			.says = "a queue policy has more of something than "
			    "SQS takes",
			.why = "SQS takes 8,192 bytes, 20 statements and, in "
			    "each, 50 principals, 10 conditions and 7 "
			    "actions. Use `sqs:*` or wildcards, or conditions "
			    "in place of lists.",
			.fires_on = "resource on arn:aws:sqs:eu-west-1:"
			    "111122223333:q {'Effect':'Deny','Principal':'*',"
			    "'Action':['sqs:AddPermission',"
			    "'sqs:DeleteMessage','sqs:DeleteQueue',"
			    "'sqs:PurgeQueue','sqs:ReceiveMessage',"
			    "'sqs:RemovePermission','sqs:SendMessage',"
			    "'sqs:SetQueueAttributes'],'Resource':"
			    "'arn:aws:sqs:eu-west-1:111122223333:q'}",
			.quiet_on = "resource on arn:aws:sqs:eu-west-1:"
			    "111122223333:q {'Effect':'Deny','Principal':'*',"
			    "'Action':['sqs:AddPermission',"
			    "'sqs:DeleteMessage','sqs:DeleteQueue',"
			    "'sqs:PurgeQueue','sqs:ReceiveMessage',"
			    "'sqs:RemovePermission','sqs:SendMessage'],"
			    "'Resource':"
			    "'arn:aws:sqs:eu-west-1:111122223333:q'}",
		},
		.layers = LAYER_SET(RESOURCE),
		.document = check_queue,
		.statement = sqs_policy_shape,
	},
	{
		.complaint = {
			.id = "size-near-limit",
			.severity = SEVERITY_NOTE,
			.says = "a policy has nearly the size that AWS takes",
			.why = "Above nine tenths of the quota the next "
			    "change may not fit, and where AWS does not say "
			    "how it counts, this one may not either.",
			.fires_on = "trust " TRUSTING(LONG_1000 TIMES_100(
			    "longname")),
			.quiet_on = "trust " TRUSTING(LONG_1000),
		},
		.layers = LAYERS_ALL,
		.document = size_near_limit,
	},
	{ .complaint = { .id = NULL } },
};
