/* SPDX-License-Identifier: MIT */
/*
 * Which way a call goes, and the keys of the network (KEY-3, KEY-4, KEY-6).
 * Private addresses repeat, and nothing is said of them: only an endpoint's
 * id says where a call comes from.
 */
#include "config.h"

#include <string.h>

#include "policy/value.h"
#include "simulator/premise_row.h"

enum { SERVICE = KIND_SET(ACTOR_SERVICE) };

static int
is_way(const struct premise_subject *subject, enum way_kind kind)
{
	return supposition_is_way(subject->call, kind);
}

/* The ways themselves. */

typedef bool	 sends(const struct supposed_action *, const void *);

static bool
is_of_service(const struct supposed_action *action, const void *context)
{
	const struct service *service = context;

	return action->service == service;
}

/* No call has that name: the service that is called asks for it besides, and
 * the request is as that call was made. */
static bool
is_asked_besides(const struct supposed_action *action, const void *unused)
{
	(void)unused;
	return action_is_among(action, "iam:PassRole");
}

/* All requests of the call that are there have such an action. */
static int
all_act(const struct supposition *call, sends *says)
{
	int all = FORMULA_TRUE;

	for (size_t i = 0; i < call->requests.count; i++)
		all = fact_and(call, all, formula_implies(call->formulas,
		    call->requests.items[i]->there,
		    supposition_acts(call->requests.items[i], says, NULL)));
	return all;
}

/*
 * Some request of the call is for the service that the endpoint leads to; the
 * others are what that service asks for besides.  Alone, these go anywhere.
 */
static void
add_served(struct supposition *call, const struct supposed_way *way)
{
	const struct estate_endpoint *endpoint = way->endpoint;

	if (endpoint == NULL || endpoint->service == NULL)
		return;
	supposition_imply(call, PREMISE_endpoint, way->bit, fact_or(call,
	    fact_call_acts(call, is_of_service, endpoint->service),
	    all_act(call, is_asked_besides)));
}

/* Services use nobody's endpoints (table 5.2), and forward requests only of
 * those who have signed them. */
void
premise_add_way(struct supposition *call)
{
	supposition_imply(call, PREMISE_way, fact_is_kind(call, SERVICE),
	    -supposition_is_way(call, WAY_ENDPOINT));
	supposition_imply(call, PREMISE_way,
	    supposition_is_way(call, WAY_SERVICE),
	    fact_is_kind(call, KINDS_WITH_ACCOUNT));
	for (size_t i = 0; i < call->way_count; i++)
		if (call->ways[i].kind == WAY_ENDPOINT)
			add_served(call, &call->ways[i]);
}

/* Keys. */

static void
add_with_endpoint(const struct premise_subject *subject)
{
	premise_equate(subject, subject->key->present,
	    is_way(subject, WAY_ENDPOINT));
}

static int
is_foreign_endpoint(const struct supposition *call)
{
	int any = FORMULA_FALSE;

	for (size_t i = 0; i < call->way_count; i++)
		if (call->ways[i].kind == WAY_ENDPOINT &&
		    call->ways[i].endpoint == NULL)
			any = fact_or(call, any, call->ways[i].bit);
	return any;
}

/* What the estate says of its endpoint, unless the key is not sent. */
static void
say_of_endpoints(const struct premise_subject *subject,
    struct word (*value_of)(const struct estate_endpoint *))
{
	const struct supposition *call = subject->call;

	for (size_t i = 0; i < call->way_count; i++) {
		const struct supposed_way *way = &call->ways[i];
		struct word value;

		if (way->endpoint == NULL)
			continue;
		value = value_of(way->endpoint);
		if (value.text != NULL)
			supposition_imply(subject->call, PREMISE_endpoint,
			    fact_and(call, way->bit, subject->key->present),
			    fact_value(call, subject->key, value));
	}
}

static struct word
endpoint_id(const struct estate_endpoint *endpoint)
{
	return endpoint->id;
}

static struct word
vpc_id(const struct estate_endpoint *endpoint)
{
	return endpoint->vpc == NULL ? (struct word){ NULL, 0 } :
	    endpoint->vpc->id;
}

/* The endpoint's owner, which is the VPC's unless the VPC is shared. */
static struct word
owner_id(const struct estate_endpoint *endpoint)
{
	return endpoint->vpc == NULL ? (struct word){ NULL, 0 } :
	    endpoint->vpc->owner;
}

/* What is not listed has not that id, nor a longer one: ids of a sort are all of
 * one length. */
static void
refuse_id(const struct premise_subject *subject, enum premise premise,
    struct word id)
{
	supposition_imply(subject->call, premise,
	    is_foreign_endpoint(subject->call), -fact_form(subject->call,
	    subject->key->slots[0], arena_printf(subject->call->arena,
	    "%.*s*", (int)id.length, id.text)));
}

/* A5: an endpoint that is not listed has the id of none that is. */
static void
add_source_vpce(const struct premise_subject *subject)
{
	const struct estate *estate = subject->call->court->estate;

	add_with_endpoint(subject);
	say_of_endpoints(subject, endpoint_id);
	for (size_t i = 0; i < estate->endpoint_count; i++)
		refuse_id(subject, PREMISE_endpoint, estate->endpoints[i].id);
}

/* The VPCs of others may be in the estate, with endpoints that are not; so may
 * those of an account that holds more than is listed. */
static void
add_source_vpc(const struct premise_subject *subject)
{
	const struct estate *estate = subject->call->court->estate;

	add_with_endpoint(subject);
	say_of_endpoints(subject, vpc_id);
	for (size_t i = 0; i < estate->vpc_count; i++)
		if (estate->vpcs[i].account != NULL &&
		    !estate->vpcs[i].account->open)
			refuse_id(subject, PREMISE_estate, estate->vpcs[i].id);
}

/* KEY-4: of keys that not every service sends.  Nobody knows it of a service
 * that is not listed, nor of what is asked besides. */

static bool
is_of_open_service(const struct supposed_action *action, const void *unused)
{
	return action->service == NULL || is_asked_besides(action, unused);
}

static bool
sends_vpc_arn(const struct supposed_action *action, const void *unused)
{
	return is_of_open_service(action, unused) || action->service->vpc_arn;
}

static bool
sends_account(const struct supposed_action *action, const void *unused)
{
	return is_of_open_service(action, unused) ||
	    action->service->vpce_account;
}

static bool
sends_org_id(const struct supposed_action *action, const void *unused)
{
	return is_of_open_service(action, unused) ||
	    action->service->vpce_org_id;
}

static bool
sends_org_paths(const struct supposed_action *action, const void *unused)
{
	return is_of_open_service(action, unused) ||
	    action->service->vpce_org_paths;
}

static bool
is_of_known_service(const struct supposed_action *action, const void *unused)
{
	return !is_of_open_service(action, unused);
}

/* Returns when the key must be there, as far as the service goes. */
static int
add_if_sent(const struct premise_subject *subject, sends *says)
{
	const struct supposition *call = subject->call;
	int through = is_way(subject, WAY_ENDPOINT);

	supposition_imply(subject->call, PREMISE_way, subject->key->present,
	    through);
	premise_imply(subject, subject->key->present, fact_call_acts(call,
	    says, NULL));
	return fact_and(call, through, fact_and(call, all_act(call, says),
	    all_act(call, is_of_known_service)));
}

static void
add_vpc_arn(const struct premise_subject *subject)
{
	const struct supposition *call = subject->call;
	const struct supposed_key *vpc = fact_key(subject->request,
	    "aws:SourceVpc");
	const char *partition = fact_partition(call);
	size_t slot = subject->key->slots[0];
	int there = subject->key->present;

	premise_imply(subject, add_if_sent(subject, sends_vpc_arn), there);
	premise_imply(subject, there, fact_form(call, slot,
	    arena_printf(call->arena, "arn:%s:ec2:~:~:vpc/~", partition)));
	for (size_t i = 0; i < call->way_count; i++) {
		const struct estate_endpoint *endpoint =
		    call->ways[i].endpoint;

		if (endpoint == NULL || endpoint->vpc == NULL)
			continue;
		supposition_imply(subject->call, PREMISE_endpoint, fact_and(
		    call, call->ways[i].bit, there), fact_form(call, slot,
		    arena_printf(call->arena, "arn:%s:ec2:~:%.*s:vpc/%.*s",
		    partition, (int)endpoint->vpc->owner.length,
		    endpoint->vpc->owner.text, (int)endpoint->vpc->id.length,
		    endpoint->vpc->id.text)));
	}
	if (vpc != NULL)
		premise_imply(subject, fact_and(call, there,
		    is_foreign_endpoint(call)), fact_form(call, slot,
		    "arn:~:ec2:~:~:vpc/%", vpc->slots[0]));
}

/* An endpoint that is not listed is of no account of which all is. */
static void
add_vpce_account(const struct premise_subject *subject)
{
	const struct supposition *call = subject->call;
	const struct estate *estate = call->court->estate;
	int foreign = is_foreign_endpoint(call);

	premise_imply(subject, add_if_sent(subject, sends_account),
	    subject->key->present);
	say_of_endpoints(subject, owner_id);
	for (size_t i = 0; i < estate->account_count; i++)
		if (!estate->accounts[i].open)
			supposition_imply(subject->call, PREMISE_estate,
			    foreign, -fact_text(call, subject->key->slots[0],
			    estate->accounts[i].id));
}

/* Some member has endpoints that are not listed. */
static bool
has_open_member(const struct estate *estate)
{
	for (size_t i = 0; i < estate->account_count; i++)
		if (estate->accounts[i].open &&
		    estate_account_is_member(estate, &estate->accounts[i]))
			return true;
	return false;
}

static void
add_vpce_org(const struct premise_subject *subject, sends *says,
    void (*add)(const struct premise_subject *, int, struct word))
{
	const struct supposition *call = subject->call;
	int sent = add_if_sent(subject, says);

	for (size_t i = 0; i < call->way_count; i++)
		if (call->ways[i].endpoint != NULL)
			add(subject, fact_and(call, call->ways[i].bit, sent),
			    owner_id(call->ways[i].endpoint));
	if (!has_open_member(call->court->estate))
		add(subject, fact_and(call, is_foreign_endpoint(call),
		    subject->key->present), (struct word){ NULL, 0 });
}

static void
add_vpce_org_id(const struct premise_subject *subject)
{
	add_vpce_org(subject, sends_org_id, premise_add_org_id_of);
}

static void
add_vpce_org_paths(const struct premise_subject *subject)
{
	add_vpce_org(subject, sends_org_paths, premise_add_org_paths_of);
}

/* Nobody reaches a public endpoint from these (cidr_is_private()). */
static const char *const private_ranges[] = {
	"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10",
	"127.0.0.0/8", "169.254.0.0/16", "fc00::/7", "fe80::/10", "::1/128",
};

/* A service that comes by itself may withhold it (KEY-5); one that forwards a
 * call repeats the caller's, or has its own (KEY-6). */
static void
add_source_ip(const struct premise_subject *subject)
{
	const struct supposition *call = subject->call;
	int there = subject->key->present;
	struct cidr cidr;

	premise_imply(subject, is_way(subject, WAY_ENDPOINT), -there);
	premise_imply(subject, fact_and(call, is_way(subject, WAY_INTERNET),
	    -fact_is_kind(call, SERVICE)), there);
	if (supposition_assume(call, ASSUME_key_6) != 0)
		premise_imply(subject, is_way(subject, WAY_SERVICE), there);
	for (size_t i = 0; i < sizeof(private_ranges) /
	    sizeof(private_ranges[0]); i++)
		if (cidr_read(private_ranges[i], strlen(private_ranges[i]),
		    128, &cidr))
			premise_require(subject, -universe_within(
			    call->universe, subject->key->slots[0], &cidr));
}

/* FAS (KEY-6). */

static void
add_via_service(const struct premise_subject *subject)
{
	premise_equate(subject, fact_value(subject->call, subject->key,
	    word_from("true", 4)), is_way(subject, WAY_SERVICE));
	premise_imply(subject, -is_way(subject, WAY_SERVICE), fact_value(
	    subject->call, subject->key, word_from("false", 5)));
}

static void
add_called_via(const struct premise_subject *subject)
{
	premise_equate(subject, subject->key->present,
	    is_way(subject, WAY_SERVICE));
}

/* The first and the last service are among all of them. */
static void
add_called_via_one(const struct premise_subject *subject)
{
	const struct supposition *call = subject->call;
	const struct supposed_key *all = fact_key(subject->request,
	    "aws:CalledVia");
	int among = FORMULA_FALSE;

	add_called_via(subject);
	if (all == NULL || supposition_room(call, all, subject->key) ==
	    SLOT_NONE)
		return;
	for (size_t i = 0; i < all->count; i++)
		among = fact_or(call, among, fact_same(call, all->slots[i],
		    subject->key->slots[0]));
	premise_imply(subject, subject->key->present, among);
}

static void
add_if_forwarded(const struct premise_subject *subject)
{
	premise_imply(subject, subject->key->present,
	    is_way(subject, WAY_SERVICE));
}

/* A service may use a key on its own behalf, too. */
static void
add_kms_via_service(const struct premise_subject *subject)
{
	premise_imply(subject, subject->key->present, fact_or(subject->call,
	    is_way(subject, WAY_SERVICE),
	    fact_is_kind(subject->call, SERVICE)));
}

/* Whether it is false or absent in a direct call, two pages disagree. */
static void
add_via_mcp(const struct premise_subject *subject)
{
	premise_imply(subject, -is_way(subject, WAY_SERVICE),
	    -universe_true(subject->call->universe, subject->key->slots[0]));
}

const struct premise_row premise_way_rows[] = {
	{ "aws:SourceVpce", PREMISE_way, KINDS_ALL, 0, add_source_vpce },
	{ "aws:SourceVpc", PREMISE_way, KINDS_ALL, 0, add_source_vpc },
	{ "aws:VpcSourceIp", PREMISE_way, KINDS_ALL, 0, add_with_endpoint },
	{ "aws:SourceVpcArn", PREMISE_vpc_owner, KINDS_ALL, 0, add_vpc_arn },
	{ "aws:VpceAccount", PREMISE_vpc_owner, KINDS_ALL, 0,
	    add_vpce_account },
	{ "aws:VpceOrgID", PREMISE_vpc_owner, KINDS_ALL, 0, add_vpce_org_id },
	{ "aws:VpceOrgPaths", PREMISE_vpc_owner, KINDS_ALL, 0,
	    add_vpce_org_paths },
	{ "aws:SourceIp", PREMISE_way, KINDS_ALL, 0, add_source_ip },
	{ "aws:ViaAWSService", PREMISE_way, KINDS_ALL, KINDS_ALL,
	    add_via_service },
	{ "aws:CalledVia", PREMISE_way, KINDS_ALL, 0, add_called_via },
	{ "aws:CalledViaFirst", PREMISE_way, KINDS_ALL, 0,
	    add_called_via_one },
	{ "aws:CalledViaLast", PREMISE_way, KINDS_ALL, 0,
	    add_called_via_one },
	{ "aws:CalledViaAWSMCP", PREMISE_way, KINDS_ALL, 0,
	    add_if_forwarded },
	{ "aws:ViaAWSMCPService", PREMISE_way, KINDS_ALL, 0, add_via_mcp },
	{ "kms:ViaService", PREMISE_way, KINDS_ALL, 0, add_kms_via_service },
	{ NULL, PREMISE_way, 0, 0, NULL }
};
