/* SPDX-License-Identifier: MIT */
/*
 * Ways into AWS: by a public endpoint or by an endpoint of a network, never
 * both (SPEC KEY-3, KEY-6).  Whether an address or an endpoint exists is not
 * known here.
 */
#include "config.h"

#include "policy/absence.h"
#include "policy/caller.h"
#include "policy/rules.h"

/* A request has all of these or none. */
static const char *const twin_keys[] = {
	"aws:SourceVpc", "aws:SourceVpce", "aws:VpcSourceIp", NULL
};
/* Which network an address is of. */
static const char *const network_keys[] = {
	"aws:SourceVpc", "aws:SourceVpcArn", "aws:SourceVpce",
	"aws:VpceAccount", "aws:VpceOrgID", "aws:VpceOrgPaths", NULL
};

/* The first test that only requests with one of the keys pass; or NULL. */
static const struct condition *
find_need(const struct statement *statement, const char *const *keys)
{
	for (size_t i = 0; i < statement->condition_count; i++)
		if (condition_needs_key(&statement->conditions[i]) &&
		    condition_is_on_one(&statement->conditions[i], keys))
			return &statement->conditions[i];
	return NULL;
}

/* The first test that only requests without one of the keys pass. */
static const struct condition *
find_ban(const struct statement *statement, const char *const *keys)
{
	for (size_t i = 0; i < statement->condition_count; i++) {
		const struct condition *condition = &statement->conditions[i];

		if (condition->use.operator == OPERATOR_Null &&
		    condition->count == 1 &&
		    node_is(condition->values[0], "true") &&
		    condition_is_on_one(condition, keys))
			return condition;
	}
	return NULL;
}

/* Only what a service asks for somebody passes (KEY-6). */
static const struct condition *
find_forward(const struct statement *statement)
{
	for (size_t i = 0; i < statement->condition_count; i++) {
		const struct condition *condition = &statement->conditions[i];

		if (condition_is_on(condition, "aws:ViaAWSService") &&
		    condition_demands(condition) && condition->count == 1 &&
		    node_is(condition->values[0], "true"))
			return condition;
	}
	return find_need(statement, absence_forward_keys);
}

/* What a test of a key says of requests that lack it. */
static const char *
verdict_of_absent(const struct check *check,
    const struct condition *condition)
{
	bool denies = check->statement->effect == EFFECT_DENY;

	if (!absence_passes(condition))
		return denies ? "is never true: this statement denies nothing" :
		    "is never true: this statement allows nothing";
	return denies ? "is always true and spares nobody" :
	    "is always true and keeps nobody out";
}

static bool
tests_source_ip(const struct condition *condition)
{
	return condition_is_known(condition) &&
	    condition->use.operator != OPERATOR_Null &&
	    condition_is_on(condition, "aws:SourceIp");
}

static void
complain_of_source_ip(struct check *check, const struct condition *condition,
    const struct condition *need)
{
	bool endpoint = check->subject->layer == LAYER_ENDPOINT;
	struct finding *finding;

	/* network-keys-contradict speaks of two needs */
	if (!endpoint && (need == NULL || !absence_passes(condition)))
		return;
	finding = check_complain_of_key(check, condition->node,
	    "requests through an endpoint have no `aws:SourceIp`, so the test "
	    "%s", verdict_of_absent(check, condition));
	if (need != NULL)
		report_relate(check->report, finding, need->node->key_span,
		    "only requests through an endpoint have this");
	check_help(check, finding, "test `aws:VpcSourceIp`, the address inside "
	    "the network");
	if (endpoint && check->subject->candidates != LAYER_SET(ENDPOINT))
		finding->severity = SEVERITY_WARNING;
}

/* What the statement needs is asked once, and only when it matters. */
static void
source_ip_via_endpoint(struct check *check)
{
	const struct statement *statement = check->statement;
	const struct condition *need = NULL;
	bool asked = false;

	for (size_t i = 0; statement->effect != EFFECT_INVALID &&
	    i < statement->condition_count; i++) {
		if (!tests_source_ip(&statement->conditions[i]))
			continue;
		if (!asked)
			need = find_need(statement, absence_private_keys);
		asked = true;
		complain_of_source_ip(check, &statement->conditions[i], need);
	}
}

static bool
is_tested_by_deny(const struct policy *policy)
{
	for (size_t i = 0; i < policy->count; i++) {
		const struct statement *statement = &policy->statements[i];

		for (size_t j = 0; j < statement->condition_count; j++)
			if (statement->effect == EFFECT_DENY &&
			    condition_is_on_one(&statement->conditions[j],
			    network_keys))
				return true;
	}
	return false;
}

/* The policy of an endpoint sees no other network than its own. */
static void
vpc_source_ip_alone(struct check *check, const struct condition *condition)
{
	const struct statement *statement = check->statement;
	struct finding *finding;

	if (!condition_is_on(condition, "aws:VpcSourceIp") ||
	    condition->use.operator == OPERATOR_Null ||
	    check->subject->layer == LAYER_ENDPOINT)
		return;
	for (size_t i = 0; i < statement->condition_count; i++)
		if (condition_is_on_one(&statement->conditions[i],
		    network_keys))
			return;
	if (statement->effect == EFFECT_DENY &&
	    is_tested_by_deny(check->subject->policy))
		return;
	finding = check_complain_of_key(check, condition->node,
	    "`aws:VpcSourceIp` says nothing of the network: anybody has the "
	    "same private addresses in a network of his own");
	check_help(check, finding, "test `aws:SourceVpc` or `aws:SourceVpce` "
	    "as well");
}

/* Two tests that no one way in meets. */
struct conflict {
	const struct condition	*one, *other;
	const char		*reason;
};

static struct conflict
find_conflict(const struct statement *statement)
{
	const struct condition *need = find_need(statement,
	    absence_private_keys);
	struct conflict conflict = { need, NULL, NULL };

	if (need == NULL)
		return conflict;
	conflict.other = find_need(statement, absence_public_keys);
	conflict.reason = "a request comes from a public address or through "
	    "an endpoint";
	if (conflict.other != NULL)
		return conflict;
	conflict.other = find_forward(statement);
	conflict.reason = "what a service asks for its caller comes through "
	    "no endpoint";
	if (conflict.other != NULL)
		return conflict;
	conflict.one = find_need(statement, twin_keys);
	conflict.other = find_ban(statement, twin_keys);
	conflict.reason = "a request has both keys or neither";
	return conflict;
}

static void
network_keys_contradict(struct check *check)
{
	const struct statement *statement = check->statement;
	const struct conflict conflict = find_conflict(statement);
	const struct condition *first = conflict.one, *last = conflict.other;
	struct finding *finding;

	/* of one key, contradictory-conditions speaks */
	if (first == NULL || last == NULL || node_has_key_of(first->node,
	    last->node))
		return;
	if (first > last) {
		first = conflict.other;
		last = conflict.one;
	}
	finding = check_complain_of_key(check, last->node,
	    "`%.*s` and `%.*s` are never both as wanted, since %s: the "
	    "statement never applies", (int)first->node->key_length,
	    first->node->key, (int)last->node->key_length, last->node->key,
	    conflict.reason);
	report_relate(check->report, finding, first->node->key_span,
	    "the other test");
	check_help(check, finding, "give each way in a statement of its own");
}

#define STATEMENT(LAYER, EFFECT, CONDITION)				\
	LAYER " {'Effect':'" EFFECT "','Principal':'*',"		\
	"'Action':'s3:*','Resource':'arn:aws:s3:::b/*',"		\
	"'Condition':" CONDITION "}"

const struct rule network_rules[] = {
	{
		.complaint = {
			.id = "source-ip-via-endpoint",
			.severity = SEVERITY_SECURITY,
			.says = "aws:SourceIp is tested of requests that come "
			    "through a VPC endpoint",
			.why = "aws:SourceIp is the public address of the "
			    "caller, and a request through an endpoint has "
			    "none.  An Allow for some addresses lets nobody "
			    "in, a Deny for all but some hits everybody.  "
			    "Test aws:VpcSourceIp.",
			.fires_on = STATEMENT("endpoint", "Allow",
			    "{'IpAddress':{'aws:SourceIp':'203.0.113.0/24'}}"),
			.quiet_on = STATEMENT("endpoint", "Allow",
			    "{'IpAddress':{'aws:VpcSourceIp':'10.0.0.0/8'}}"),
		},
		.layers = LAYERS_ALL,
		.statement = source_ip_via_endpoint,
	},
	{
		.complaint = {
			.id = "vpc-source-ip-alone",
			.severity = SEVERITY_SECURITY,
			.says = "aws:VpcSourceIp is tested without saying in "
			    "which network",
			.why = "Every network has the same private ranges, "
			    "those of other customers too.  Test aws:SourceVpc "
			    "or aws:SourceVpce beside it.",
			.aa = "MISSING_PAIRED_CONDITION_KEYS",
			.supersedes = "missing-paired-condition-keys",
			.within = "missing-paired-condition-keys",
			.fires_on = STATEMENT("resource", "Allow",
			    "{'IpAddress':{'aws:VpcSourceIp':'10.0.0.0/8'}}"),
			.quiet_on = STATEMENT("resource", "Allow",
			    "{'IpAddress':{'aws:VpcSourceIp':'10.0.0.0/8'},"
			    "'StringEquals':{'aws:SourceVpc':'vpc-0a1b2c3d'}}"
			    ),
		},
		.layers = LAYERS_ALL,
		.condition = vpc_source_ip_alone,
	},
	{
		.complaint = {
			.id = "network-keys-contradict",
			.severity = SEVERITY_ERROR,
			.says = "a statement wants two ways into AWS at once",
			.why = "Tests of one Condition must all hold, and a "
			    "request has only one way in: a public address, "
			    "an endpoint of a network, or a service that "
			    "calls for somebody.  Write a statement for each.",
			.fires_on = STATEMENT("resource", "Allow",
			    "{'IpAddress':{'aws:SourceIp':'203.0.113.0/24'},"
			    "'StringEquals':{'aws:SourceVpc':'vpc-0a1b2c3d'}}"
			    ),
			.quiet_on = STATEMENT("resource", "Deny",
			    "{'NotIpAddress':{'aws:SourceIp':'203.0.113.0/24'}"
			    ",'StringNotEquals':"
			    "{'aws:SourceVpc':'vpc-0a1b2c3d'}}"),
		},
		.layers = LAYERS_ALL,
		.statement = network_keys_contradict,
	},
	{ .complaint = { .id = NULL } }
};
