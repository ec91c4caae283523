/* SPDX-License-Identifier: MIT */
/*
 * Keys that say which way a request came (KEY-3, KEY-4, KEY-6).  One key that
 * the user gives tells of the others: a request with aws:SourceVpce came
 * through that endpoint.
 */
#include "config.h"

#include <string.h>

#include "policy/value.h"
#include "simulator/derive_row.h"

/* Keys that only a request through a VPC endpoint has. */
static const char *const endpoint_keys[] = {
	"aws:SourceVpce", "aws:SourceVpc", "aws:SourceVpcArn",
	"aws:VpcSourceIp", "aws:VpceAccount", "aws:VpceOrgID",
	"aws:VpceOrgPaths",
};

static bool
has_endpoint_key(const struct derivation *derivation)
{
	size_t count = sizeof(endpoint_keys) / sizeof(endpoint_keys[0]);

	for (size_t i = 0; i < count; i++)
		if (derivation_has(derivation, endpoint_keys[i]))
			return true;
	return false;
}

static bool
says_absent(const struct derivation *derivation, const char *name)
{
	const struct context_key *key = derivation_given(derivation, name);

	return key != NULL && !context_key_is_present(key);
}

/* The user says that a service forwards the request. */
static bool
is_forwarded(const struct derivation *derivation)
{
	struct word via = derivation_given_word(derivation,
	    "aws:ViaAWSService");
	bool value;

	if (via.text != NULL && bool_read(via.text, via.length, &value))
		return value;
	return derivation_has(derivation, "aws:CalledVia") ||
	    derivation_has(derivation, "aws:CalledViaFirst") ||
	    derivation_has(derivation, "aws:CalledViaLast");
}

/* What the keys tell when the way is not said. */
static enum path
guess_path(const struct derivation *derivation)
{
	if (is_forwarded(derivation))
		return PATH_SERVICE;
	if (has_endpoint_key(derivation))
		return PATH_ENDPOINT;
	if (derivation_has(derivation, "aws:SourceIp"))
		return PATH_INTERNET;
	/* service principals use nobody's endpoints (table 5.2) */
	if (says_absent(derivation, "aws:SourceVpce") ||
	    says_absent(derivation, "aws:SourceVpc") ||
	    derivation->request->actor.kind == ACTOR_SERVICE)
		return PATH_NO_ENDPOINT;
	return PATH_OPEN;
}

static enum path
path_of(const struct derivation *derivation)
{
	switch (derivation->situation->way.kind) {
	case WAY_INTERNET:
		return PATH_INTERNET;
	case WAY_ENDPOINT:
		return PATH_ENDPOINT;
	case WAY_SERVICE:
		return PATH_SERVICE;
	case WAY_UNKNOWN:
		break;
	}
	return guess_path(derivation);
}

/* The endpoint, as a given key says or else the way. */
static void
find_endpoint(struct derivation *derivation)
{
	const struct estate *estate = derivation->situation->estate;
	const struct way *way = &derivation->situation->way;
	struct word given = derivation_given_word(derivation,
	    "aws:SourceVpce");

	derivation->endpoint_id = given.text != NULL ? given :
	    way->endpoint_id;
	if (given.text == NULL)
		derivation->endpoint = way->endpoint;
	else
		derivation->endpoint = estate_endpoint(estate, given);
}

static void
find_vpc(struct derivation *derivation)
{
	const struct estate *estate = derivation->situation->estate;
	struct word given = derivation_given_word(derivation,
	    "aws:SourceVpc");

	if (given.text != NULL)
		derivation->vpc = estate_vpc(estate, given);
	else if (derivation->endpoint != NULL)
		derivation->vpc = derivation->endpoint->vpc;
}

void
derivation_find_path(struct derivation *derivation)
{
	derivation->path = path_of(derivation);
	if (derivation->path != PATH_ENDPOINT)
		return;
	find_endpoint(derivation);
	find_vpc(derivation);
}

/* A key that every request through an endpoint has, and no other. */
static struct derived
through_endpoint(const struct derivation *derivation, struct word value)
{
	if (derivation->path == PATH_OPEN)
		return derived_perhaps();
	return derivation->path == PATH_ENDPOINT ?
	    derived_word_if_known(derivation, value) : derived_absent();
}

static struct derived
source_vpce(const struct derivation *derivation)
{
	return through_endpoint(derivation, derivation->endpoint_id);
}

static struct derived
source_vpc(const struct derivation *derivation)
{
	return through_endpoint(derivation, derivation->vpc == NULL ?
	    (struct word){ NULL, 0 } : derivation->vpc->id);
}

static struct derived
vpc_source_ip(const struct derivation *derivation)
{
	return through_endpoint(derivation, (struct word){ NULL, 0 });
}

/*
 * Of the keys that not every service sends: the service does, does not, or
 * is not listed.
 */
static struct derived
if_sent(const struct derivation *derivation, bool sent, struct derived derived)
{
	if (derivation->path != PATH_OPEN && derivation->path != PATH_ENDPOINT)
		return derived_absent();
	if (derivation->request->service == NULL)
		return derived_perhaps();
	if (!sent)
		return derived_absent();
	return derivation->path == PATH_OPEN ? derived_perhaps() : derived;
}

static const struct service *
service_of(const struct derivation *derivation)
{
	return derivation->request->service;
}

static struct word
vpc_owner(const struct derivation *derivation)
{
	return derivation->vpc == NULL ? (struct word){ NULL, 0 } :
	    derivation->vpc->owner;
}

/* An endpoint, its VPC and the service it leads to are of one region. */
static struct word
vpc_arn(const struct derivation *derivation)
{
	struct word partition = derivation_partition(derivation);
	struct word region = derivation_region(derivation);
	struct word owner = vpc_owner(derivation);
	char *text;

	if (owner.text == NULL || region.text == NULL ||
	    partition.text == NULL)
		return (struct word){ NULL, 0 };
	text = arena_printf(derivation->arena,
	    "arn:%.*s:ec2:%.*s:%.*s:vpc/%.*s", (int)partition.length,
	    partition.text, (int)region.length, region.text,
	    (int)owner.length, owner.text, (int)derivation->vpc->id.length,
	    derivation->vpc->id.text);
	return word_from(text, strlen(text));
}

static struct derived
source_vpc_arn(const struct derivation *derivation)
{
	const struct service *service = service_of(derivation);

	return if_sent(derivation,
	    service != NULL && service->vpc_arn,
	    derived_word_if_known(derivation, vpc_arn(derivation)));
}

/* The endpoint's owner, which is the VPC's unless the VPC is shared. */
static struct word
endpoint_owner(const struct derivation *derivation)
{
	struct word given = derivation_given_word(derivation,
	    "aws:VpceAccount");

	return given.text != NULL ? given : vpc_owner(derivation);
}

static struct derived
vpce_account(const struct derivation *derivation)
{
	const struct service *service = service_of(derivation);

	return if_sent(derivation,
	    service != NULL && service->vpce_account,
	    derived_word_if_known(derivation, endpoint_owner(derivation)));
}

static struct derived
vpce_org_id(const struct derivation *derivation)
{
	const struct service *service = service_of(derivation);

	return if_sent(derivation,
	    service != NULL && service->vpce_org_id,
	    derived_org_id(derivation, endpoint_owner(derivation)));
}

static struct derived
vpce_org_paths(const struct derivation *derivation)
{
	const struct service *service = service_of(derivation);

	return if_sent(derivation,
	    service != NULL && service->vpce_org_paths,
	    derived_org_paths(derivation, endpoint_owner(derivation)));
}

/* KEY-6: what a service forwards has the first caller's address, if that came
 * through a public endpoint; or, so an older page, the service's own. */
static struct derived
source_ip(const struct derivation *derivation)
{
	switch (derivation->path) {
	case PATH_ENDPOINT:
		return derived_absent();
	case PATH_INTERNET:
		return derived_present();
	case PATH_SERVICE:
		return derivation_assume(derivation, ASSUME_key_6) == 0 ?
		    derived_perhaps() : derived_present();
	case PATH_OPEN:
	case PATH_NO_ENDPOINT:
		break;
	}
	return derived_perhaps();
}

const struct derive_row derive_network_rows[] = {
	{ "aws:SourceIp",	source_ip },
	{ "aws:SourceVpce",	source_vpce },
	{ "aws:SourceVpc",	source_vpc },
	{ "aws:VpcSourceIp",	vpc_source_ip },
	{ "aws:SourceVpcArn",	source_vpc_arn },
	{ "aws:VpceAccount",	vpce_account },
	{ "aws:VpceOrgID",	vpce_org_id },
	{ "aws:VpceOrgPaths",	vpce_org_paths },
	{ NULL, NULL }
};
