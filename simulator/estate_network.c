/* SPDX-License-Identifier: MIT */
/* VPCs, and the endpoints in them. */
#include "config.h"

#include <string.h>

#include "policy/value.h"
#include "simulator/estate_policy.h"

/* VPCs. */

static void
read_vpc_name(struct estate_reader *reader, const struct node *node,
    void *record)
{
	struct estate_vpc *vpc = record;

	estate_read_word(reader, node, &vpc->name);
}

static void
read_vpc_account(struct estate_reader *reader, const struct node *node,
    void *record)
{
	struct estate_vpc *vpc = record;
	struct word id = { NULL, 0 };

	estate_read_word(reader, node, &id);
	if (id.text == NULL || !estate_check_account_id(reader, id,
	    node->span))
		return;
	vpc->owner = id;
	vpc->account = estate_check_owner(reader, id, node->span, "the VPC");
}

static void
read_vpc_cidrs(struct estate_reader *reader, const struct node *node,
    void *record)
{
	struct estate_vpc *vpc = record;
	struct word *cidrs;

	if (!estate_is_array(reader, node))
		return;
	cidrs = arena_array(reader->arena, node->count, sizeof(*cidrs));
	for (const struct node *item = node->first; item != NULL;
	    item = item->next) {
		struct cidr cidr;

		if (item->kind != NODE_STRING)
			estate_complain_of_type(reader, item,
			    "ranges such as \"10.20.0.0/16\"");
		else if (!cidr_read(item->text, item->length, 128, &cidr) ||
		    !cidr.has_prefix || cidr.host_bits)
			estate_complain(reader, ESTATE_INVALID_CIDR,
			    item->span, "`%s` is no range of addresses, such "
			    "as `10.20.0.0/16`", item->text);
		else
			cidrs[vpc->cidr_count++] = word_of_node(item);
	}
	vpc->cidrs = cidrs;
}

static const struct estate_member vpc_members[] = {
	{ "name", read_vpc_name },
	{ "account", read_vpc_account },
	{ "cidrs", read_vpc_cidrs },
	{ NULL, NULL }
};

void
estate_read_vpcs(struct estate_reader *reader, const struct node *node)
{
	struct estate_vpc *vpcs;
	size_t count = 0;

	if (!estate_is_object(reader, node))
		return;
	vpcs = arena_array(reader->arena, node->count, sizeof(*vpcs));
	for (const struct node *member = node->first; member != NULL;
	    member = member->next) {
		struct estate_vpc *vpc = &vpcs[count];

		if (!estate_check_id(reader, estate_key(member),
		    member->key_span, "vpc-", "a VPC") ||
		    !estate_read_members(reader, member, vpc_members, vpc))
			continue;
		vpc->id = estate_key(member);
		vpc->node = member;
		if (node_find(member, "account") == NULL)
			estate_complain_of_lack(reader, member, "account",
			    "whose VPC it is is not known");
		count++;
	}
	reader->estate->vpcs = vpcs;
	reader->estate->vpc_count = count;
}

/* Endpoints. */

/* An endpoint, while its members are read. */
struct draft {
	struct estate_endpoint		 endpoint;
	const struct endpoint_service	*facts;		/* NULL: not listed */
};

static void
read_endpoint_name(struct estate_reader *reader, const struct node *node,
    void *record)
{
	struct draft *draft = record;

	estate_read_word(reader, node, &draft->endpoint.name);
}

static void
read_endpoint_vpc(struct estate_reader *reader, const struct node *node,
    void *record)
{
	struct draft *draft = record;
	struct word id = { NULL, 0 };

	estate_read_word(reader, node, &id);
	if (id.text == NULL)
		return;
	draft->endpoint.vpc = estate_vpc(reader->estate, id);
	if (draft->endpoint.vpc == NULL)
		estate_complain(reader, ESTATE_UNKNOWN_NAME, node->span,
		    "`vpcs` of the estate has no `%s`", node->text);
}

/* The services whose endpoints are listed under a prefix, not a name. */
static const struct endpoint_service *
find_by_prefix(const struct catalog *catalog, struct word prefix)
{
	for (unsigned i = 0; i < catalog->endpoint_count; i++) {
		const char *other = catalog->endpoints[i].prefix;

		if (other != NULL && word_is(prefix, other))
			return &catalog->endpoints[i];
	}
	return NULL;
}

/* `ssm', or `com.amazonaws.REGION.ssm'. */
static const struct endpoint_service *
find_facts(struct estate_reader *reader, struct word name)
{
	const struct catalog *catalog = reader->estate->catalog;
	const struct endpoint_service *facts = catalog_endpoint(catalog,
	    name.text, name.length);
	const char *whole;

	if (facts != NULL)
		return facts;
	whole = arena_printf(reader->arena, "com.amazonaws.${Region}.%.*s",
	    (int)name.length, name.text);
	facts = catalog_endpoint(catalog, whole, strlen(whole));
	return facts != NULL ? facts : find_by_prefix(catalog, name);
}

static void
complain_of_service(struct estate_reader *reader, const struct node *node)
{
	struct finding *finding = estate_complain(reader,
	    ESTATE_UNKNOWN_SERVICE, node->span,
	    "`%s` is not known to have VPC endpoints", node->text);
	const char *nearest = catalog_nearest_service(reader->estate->catalog,
	    node->text, node->length);

	if (nearest != NULL && strcmp(nearest, node->text) != 0)
		report_help(reader->report, finding, "did you mean `%s`?",
		    nearest);
}

static void
read_service(struct estate_reader *reader, const struct node *node,
    void *record)
{
	struct estate_endpoint *endpoint = &((struct draft *)record)->endpoint;
	const struct endpoint_service *facts;
	struct word prefix;

	estate_read_word(reader, node, &endpoint->service_name);
	if (endpoint->service_name.text == NULL)
		return;
	facts = find_facts(reader, endpoint->service_name);
	((struct draft *)record)->facts = facts;
	prefix = endpoint->service_name;
	if (facts != NULL && facts->prefix != NULL)
		prefix = word_from(facts->prefix, strlen(facts->prefix));
	endpoint->service = catalog_service(reader->estate->catalog,
	    prefix.text, prefix.length);
	if (facts == NULL)
		complain_of_service(reader, node);
}

static void
read_type(struct estate_reader *reader, const struct node *node,
    void *record)
{
	struct draft *draft = record;
	struct word word = { NULL, 0 };

	estate_read_word(reader, node, &word);
	if (word_is(word, "gateway"))
		draft->endpoint.kind = ENDPOINT_KIND_GATEWAY;
	else if (word_is(word, "interface"))
		draft->endpoint.kind = ENDPOINT_KIND_INTERFACE;
	else if (word.text != NULL)
		estate_complain(reader, ESTATE_INVALID_VALUE, node->span,
		    "`%s` is no type of endpoint; there are interface and "
		    "gateway", node->text);
	if (draft->facts == NULL)
		return;
	if ((draft->endpoint.kind == ENDPOINT_KIND_GATEWAY &&
	    !draft->facts->gateway) ||
	    (draft->endpoint.kind == ENDPOINT_KIND_INTERFACE &&
	    !draft->facts->interface))
		estate_complain(reader, ESTATE_ENDPOINT_TYPE, node->span,
		    "there are no %s endpoints for `%.*s`", node->text,
		    (int)draft->endpoint.service_name.length,
		    draft->endpoint.service_name.text);
}

static void
read_endpoint_policy(struct estate_reader *reader, const struct node *node,
    void *record)
{
	struct draft *draft = record;
	const struct reference *policy = estate_read_policy(reader, node);

	if (policy != NULL && draft->facts != NULL &&
	    draft->facts->policy == ENDPOINT_POLICY_NO)
		estate_complain(reader, ESTATE_ENDPOINT_POLICY, node->span,
		    "endpoints for `%.*s` heed no policy: everything goes "
		    "through", (int)draft->endpoint.service_name.length,
		    draft->endpoint.service_name.text);
	else
		draft->endpoint.policy = policy;
}

/* The type and the policy are held against the service. */
static const struct estate_member endpoint_members[] = {
	{ "name", read_endpoint_name },
	{ "vpc", read_endpoint_vpc },
	{ "service", read_service },
	{ "type", read_type },
	{ "policy", read_endpoint_policy },
	{ NULL, NULL }
};

/* VPCE-3: it has the one by default, which is told where that matters. */
static void
check_absent_policy(struct estate_reader *reader, const struct node *node,
    const struct endpoint_service *facts)
{
	if (facts != NULL && facts->policy == ENDPOINT_POLICY_YES &&
	    node_find(node, "policy") == NULL)
		estate_complain(reader, ESTATE_POLICY_ABSENT, node->key_span,
		    "this endpoint has no policy, so it lets everything "
		    "through");
}

/* Where a service has one type of endpoint only, nobody need say it. */
static void
complete_endpoint(struct estate_reader *reader, const struct node *node,
    struct draft *draft)
{
	const struct endpoint_service *facts = draft->facts;

	if (node_find(node, "vpc") == NULL)
		estate_complain_of_lack(reader, node, "vpc",
		    "it is the value of aws:SourceVpc");
	if (node_find(node, "service") == NULL)
		estate_complain_of_lack(reader, node, "service",
		    "which requests go through it is not known");
	check_absent_policy(reader, node, facts);
	if (node_find(node, "type") != NULL)
		return;
	if (facts != NULL && facts->gateway && facts->interface)
		estate_complain_of_lack(reader, node, "type",
		    "the service has interface and gateway endpoints");
	draft->endpoint.kind = facts != NULL && facts->gateway ?
	    ENDPOINT_KIND_GATEWAY : ENDPOINT_KIND_INTERFACE;
}

void
estate_read_endpoints(struct estate_reader *reader, const struct node *node)
{
	struct estate_endpoint *endpoints;
	size_t count = 0;

	if (!estate_is_object(reader, node))
		return;
	endpoints = arena_array(reader->arena, node->count,
	    sizeof(*endpoints));
	for (const struct node *member = node->first; member != NULL;
	    member = member->next) {
		struct draft draft = { .facts = NULL };

		if (!estate_check_id(reader, estate_key(member),
		    member->key_span, "vpce-", "a VPC endpoint") ||
		    !estate_read_members(reader, member, endpoint_members,
		    &draft))
			continue;
		complete_endpoint(reader, member, &draft);
		draft.endpoint.id = estate_key(member);
		draft.endpoint.node = member;
		endpoints[count++] = draft.endpoint;
	}
	reader->estate->endpoints = endpoints;
	reader->estate->endpoint_count = count;
}
