/* SPDX-License-Identifier: MIT */
/*
 * Addresses, ranges and identifiers of networks as values of conditions.
 * Which path a request takes, and what absent keys do, is the business of
 * rules_network.c.
 */
#include "config.h"

#include <arpa/inet.h>
#include <string.h>

#include "policy/rules.h"
#include "policy/wording.h"

enum {
	ID_SHORT = 8,		/* characters behind the dash, once */
	ID_LONG = 17		/* and since 2018 */
};

static bool
is_ip_test(const struct condition *condition)
{
	return condition_facts(condition)->type == VALUE_IP;
}

static bool
range_read(const struct node *value, struct cidr *range)
{
	/* COND-19: how wide a bare IPv6 address is matters to no rule here */
	return cidr_read(value->text, value->length, 128, range);
}

static void
type_mismatch_ip_range(struct check *check, const struct condition *condition,
    const struct node *value)
{
	struct cidr ignored;

	if (!is_ip_test(condition) || range_read(value, &ignored) ||
	    wording_value_is_open(value))
		return;
	check_complain_of(check, value,
	    "`%.*s` is neither an address nor a range, so it covers nothing",
	    (int)value->length, value->text);
}

static void
cidr_host_bits(struct check *check, const struct condition *condition,
    const struct node *value)
{
	char text[INET6_ADDRSTRLEN];
	struct finding *finding;
	struct cidr range;

	if (!is_ip_test(condition) || !range_read(value, &range) ||
	    !range.host_bits)
		return;
	finding = check_complain_of(check, value,
	    "the bits of `%.*s` behind the first %u are ignored",
	    (int)value->length, value->text, range.prefix);
	if (inet_ntop(range.v6 ? AF_INET6 : AF_INET, range.address, text,
	    sizeof(text)) != NULL)
		check_help(check, finding, "write `%s/%u`", text,
		    range.prefix);
}

static bool
is_private(const struct node *value)
{
	struct cidr range;

	return range_read(value, &range) && cidr_is_private(&range);
}

/* How many of the values are private; 0 for other keys and operators. */
static size_t
count_private(const struct condition *condition, bool negated)
{
	size_t count = 0;

	if (!is_ip_test(condition) ||
	    condition_facts(condition)->negated != negated ||
	    !condition_is_on(condition, "aws:SourceIp"))
		return 0;
	for (size_t i = 0; i < condition->count; i++)
		count += is_private(condition->values[i]);
	return count;
}

static void
check_all_private(struct check *check, const struct condition *condition,
    bool negated, const char *consequence)
{
	size_t count = count_private(condition, negated);
	struct finding *finding;

	if (count == 0 || count < condition->count || condition->partial)
		return;
	finding = check_complain_of(check, condition->node,
	    "`%.*s` holds public addresses only, so %s",
	    (int)condition->node->key_length, condition->node->key,
	    consequence);
	check_help(check, finding, "for addresses inside a network test "
	    "`aws:VpcSourceIp`, with `aws:SourceVpc`");
}

static void
source_ip_private(struct check *check, const struct condition *condition)
{
	check_all_private(check, condition, false,
	    "a private range never matches");
}

static void
source_ip_private_negated(struct check *check,
    const struct condition *condition)
{
	check_all_private(check, condition, true,
	    "every one is outside of a private range");
}

static void
check_some_private(struct check *check, const struct condition *condition,
    bool negated)
{
	size_t count = count_private(condition, negated);

	if (count == 0 || (count == condition->count && !condition->partial))
		return;
	for (size_t i = 0; i < condition->count; i++) {
		const struct node *value = condition->values[i];

		if (is_private(value))
			check_complain_of(check, value,
			    "`%.*s` is private, and `%.*s` holds public "
			    "addresses only: it changes nothing",
			    (int)value->length, value->text,
			    (int)condition->node->key_length,
			    condition->node->key);
	}
}

static void
private_ip_address_subset(struct check *check,
    const struct condition *condition)
{
	check_some_private(check, condition, false);
}

static void
private_not_ip_address_subset(struct check *check,
    const struct condition *condition)
{
	check_some_private(check, condition, true);
}

static bool
is_letter_or_digit(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	    (c >= 'A' && c <= 'Z');
}

/* The prefix, and 8 or 17 letters and digits. */
static bool
is_identifier(const struct node *value, const char *prefix)
{
	size_t size = strlen(prefix), rest;

	if (value->length < size || memcmp(value->text, prefix, size) != 0)
		return false;
	rest = value->length - size;
	if (rest != ID_SHORT && rest != ID_LONG)
		return false;
	for (size_t i = size; i < value->length; i++)
		if (!is_letter_or_digit(value->text[i]))
			return false;
	return true;
}

/* What a value does that equals nothing. */
static const char *
consequence(const struct check *check, const struct condition *condition)
{
	bool negated = condition_facts(condition)->negated;

	if (check->statement->effect == EFFECT_DENY)
		return negated ? "spares nobody" : "denies nothing";
	return negated ? "keeps nobody out" : "lets nobody in";
}

/* Identifiers that are taken for one another, and the keys that hold them. */
static const struct {
	const char	*prefix;
	const char	*key;
} identifiers[] = {
	{ "vpc-", "aws:SourceVpc" },
	{ "vpce-", "aws:SourceVpce" },
};

/* A pattern is judged by wildcard-usage-too-permissive. */
static void
check_identifier(struct check *check, const struct condition *condition,
    const struct node *value, const char *prefix)
{
	const struct operator_facts *facts = condition_facts(condition);
	struct finding *finding;

	if (facts->type != VALUE_STRING || is_identifier(value, prefix) ||
	    wording_value_is_open(value) ||
	    (facts->comparison == COMPARISON_like &&
	    wording_value_is_wild(value)))
		return;
	finding = check_complain_of(check, value, "`%.*s` is not `%s` and 8 or "
	    "17 letters and digits, so it %s", (int)value->length, value->text,
	    prefix, consequence(check, condition));
	for (size_t i = 0; i < sizeof(identifiers) / sizeof(*identifiers); i++)
		if (is_identifier(value, identifiers[i].prefix))
			check_help(check, finding, "test it under `%s`",
			    identifiers[i].key);
}

static void
invalid_vpc_format(struct check *check, const struct condition *condition,
    const struct node *value)
{
	if (condition_is_on(condition, "aws:SourceVpc") ||
	    condition_is_on(condition, "aws:Ec2InstanceSourceVpc"))
		check_identifier(check, condition, value, "vpc-");
}

static void
invalid_vpce_format(struct check *check, const struct condition *condition,
    const struct node *value)
{
	if (condition_is_on(condition, "aws:SourceVpce"))
		check_identifier(check, condition, value, "vpce-");
}

#define STATEMENT(CONDITION)						\
	"{'Effect':'Allow','Action':'s3:GetObject','Resource':'*',"	\
	"'Condition':{" CONDITION "}}"

const struct rule network_value_rules[] = {
	{
		.complaint = {
			.id = "type-mismatch-ip-range",
			.severity = SEVERITY_ERROR,
			.says = "a value under IpAddress or NotIpAddress is "
			    "no address",
			.why = "AWS refuses what is neither an address nor a "
			    "range in CIDR notation.",
			.aa = "TYPE_MISMATCH_IP_RANGE",
			.fires_on = STATEMENT("'IpAddress':"
			    "{'aws:SourceIp':'203.0.113.0/33'}"),
			.quiet_on = STATEMENT("'IpAddress':"
			    "{'aws:SourceIp':'203.0.113.0/24'}"),
		},
		.layers = LAYERS_ALL,
		.value = type_mismatch_ip_range,
	},
	{
		.complaint = {
			.id = "cidr-host-bits",
			.severity = SEVERITY_NOTE,
			.says = "a range has bits set behind its prefix",
			.why = "AWS ignores these bits, so the range is "
			    "wider than the address in it looks.  Write the "
			    "first address of the range.",
			.aa = "IMPROVE_IP_RANGE",
			.fires_on = STATEMENT("'IpAddress':"
			    "{'aws:SourceIp':'203.0.113.7/24'}"),
			.quiet_on = STATEMENT("'IpAddress':"
			    "{'aws:SourceIp':'203.0.113.0/24'}"),
		},
		.layers = LAYERS_ALL,
		.value = cidr_host_bits,
	},
	{
		.complaint = {
			.id = "source-ip-private",
			.severity = SEVERITY_ERROR,
			.says = "aws:SourceIp is compared with private ranges "
			    "only, so it never matches",
			.why = "The key holds the public address that AWS "
			    "sees, and is absent behind a VPC endpoint.  Test "
			    "aws:VpcSourceIp and aws:SourceVpc for private "
			    "addresses.",
			.aa = "PRIVATE_IP_ADDRESS",
			.fires_on = STATEMENT("'IpAddress':"
			    "{'aws:SourceIp':'10.0.0.0/8'}"),
			.quiet_on = STATEMENT("'IpAddress':"
			    "{'aws:SourceIp':'11.0.0.0/8'}"),
		},
		.layers = LAYERS_ALL,
		.condition = source_ip_private,
	},
	{
		.complaint = {
			.id = "source-ip-private-negated",
			.severity = SEVERITY_ERROR,
			.says = "aws:SourceIp is held outside of private "
			    "ranges only, so the test is always true",
			.why = "The key holds the public address that AWS "
			    "sees, and is absent behind a VPC endpoint.  Test "
			    "aws:VpcSourceIp and aws:SourceVpc for private "
			    "addresses.",
			.aa = "PRIVATE_NOT_IP_ADDRESS",
			.fires_on = STATEMENT("'NotIpAddress':"
			    "{'aws:SourceIp':'10.0.0.0/8'}"),
			.quiet_on = STATEMENT("'NotIpAddress':"
			    "{'aws:SourceIp':'11.0.0.0/8'}"),
		},
		.layers = LAYERS_ALL,
		.condition = source_ip_private_negated,
	},
	{
		.complaint = {
			.id = "private-ip-address-subset",
			.severity = SEVERITY_NOTE,
			.says = "some of the ranges that aws:SourceIp may be "
			    "in are private",
			.why = "AWS sees public addresses, so the private "
			    "ranges of the list never match.  Remove them.",
			.aa = "PRIVATE_IP_ADDRESS_SUBSET",
			.fires_on = STATEMENT("'IpAddress':{'aws:SourceIp':"
			    "['10.0.0.0/8','203.0.113.0/24']}"),
			.quiet_on = STATEMENT("'IpAddress':{'aws:SourceIp':"
			    "['198.51.100.0/24','203.0.113.0/24']}"),
		},
		.layers = LAYERS_ALL,
		.condition = private_ip_address_subset,
	},
	{
		.complaint = {
			.id = "private-not-ip-address-subset",
			.severity = SEVERITY_NOTE,
			.says = "some of the ranges that aws:SourceIp may not "
			    "be in are private",
			.why = "AWS sees public addresses, so the private "
			    "ranges of the list exclude nobody.  Remove "
			    "them.",
			.aa = "PRIVATE_NOT_IP_ADDRESS_SUBSET",
			.fires_on = STATEMENT("'NotIpAddress':{'aws:SourceIp'"
			    ":['10.0.0.0/8','203.0.113.0/24']}"),
			.quiet_on = STATEMENT("'NotIpAddress':{'aws:SourceIp'"
			    ":['198.51.100.0/24','203.0.113.0/24']}"),
		},
		.layers = LAYERS_ALL,
		.condition = private_not_ip_address_subset,
	},
	{
		.complaint = {
			.id = "invalid-vpc-format",
			.severity = SEVERITY_ERROR,
			.says = "a value is not the identifier of a VPC",
			.why = "The key holds vpc- and 8 or 17 letters and "
			    "digits, and nothing else can match it.",
			.aa = "INVALID_VPC_FORMAT",
			.supersedes = "wildcard-not-matched",
			.fires_on = STATEMENT("'StringEquals':"
			    "{'aws:SourceVpc':'vpc-123'}"),
			.quiet_on = STATEMENT("'StringEquals':"
			    "{'aws:SourceVpc':'vpc-0a1b2c3d'}"),
		},
		.layers = LAYERS_ALL,
		.value = invalid_vpc_format,
	},
	{
		.complaint = {
			.id = "invalid-vpce-format",
			.severity = SEVERITY_ERROR,
			.says = "a value is not the identifier of a VPC "
			    "endpoint",
			.why = "The key holds vpce- and 8 or 17 letters and "
			    "digits, and nothing else can match it; a VPC is "
			    "tested by aws:SourceVpc.",
			.aa = "INVALID_VPCE_FORMAT",
			.supersedes = "wildcard-not-matched",
			.fires_on = STATEMENT("'StringEquals':"
			    "{'aws:SourceVpce':'vpc-0a1b2c3d4e5f60718'}"),
			.quiet_on = STATEMENT("'StringEquals':"
			    "{'aws:SourceVpce':'vpce-0a1b2c3d4e5f60718'}"),
		},
		.layers = LAYERS_ALL,
		.value = invalid_vpce_format,
	},
	{ .complaint = { .id = NULL } }
};
