/* SPDX-License-Identifier: MIT */
/*
 * Keys about the call itself: when, where, by whom it was forwarded, and what
 * it passes to STS or SSM (TRUST-8 to TRUST-12, A2).
 *
 * A call that makes a session is described as a whole: what it passes is what
 * the situation says.  sts:ExternalId is not part of that description, so
 * unless it is given nobody knows whether the caller has the right one.
 */
#include "config.h"

#include <inttypes.h>
#include <string.h>
#include <time.h>

#include "policy/value.h"
#include "simulator/call.h"
#include "simulator/derive_row.h"

/* FAS (KEY-6).  Who does not say otherwise calls by himself (KEY-2). */

static bool
is_forwarded(const struct derivation *derivation)
{
	return derivation->path == PATH_SERVICE ||
	    derivation_has(derivation, "aws:CalledVia") ||
	    derivation_has(derivation, "aws:CalledViaFirst") ||
	    derivation_has(derivation, "aws:CalledViaLast");
}

static struct derived
via_service(const struct derivation *derivation)
{
	return derived_text(derivation, is_forwarded(derivation) ? "true" :
	    "false");
}

static struct derived
called_via(const struct derivation *derivation)
{
	return is_forwarded(derivation) ? derived_present() :
	    derived_absent();
}

/* Of the services so far, which are given in their order. */

static struct derived
called_via_first(const struct derivation *derivation)
{
	const struct context_key *all = derivation_given(derivation,
	    "aws:CalledVia");

	return all == NULL || all->count == 0 ? called_via(derivation) :
	    derived_word(derivation, all->values[0]);
}

static struct derived
called_via_last(const struct derivation *derivation)
{
	const struct context_key *all = derivation_given(derivation,
	    "aws:CalledVia");

	return all == NULL || all->count == 0 ? called_via(derivation) :
	    derived_word(derivation, all->values[all->count - 1]);
}

/* A service may use a key on its own behalf, or forward a request to KMS. */
static struct derived
kms_via_service(const struct derivation *derivation)
{
	return derivation->path == PATH_SERVICE ? derived_perhaps() :
	    derivation->request->actor.kind == ACTOR_SERVICE ?
	    derived_perhaps() : derived_absent();
}

/* Whether they are false or absent in a direct call, two pages disagree. */
static struct derived
via_mcp_service(const struct derivation *derivation)
{
	return derivation->path == PATH_SERVICE ? derived_perhaps() :
	    derived_perhaps_text(derivation, "false");
}

static struct derived
called_via_mcp(const struct derivation *derivation)
{
	return derivation->path == PATH_SERVICE ? derived_perhaps() :
	    derived_absent();
}

/* Time and place. */

/* The moment that the other key is given to be, if any; else the question's. */
static struct word
moment(const struct derivation *derivation, const char *other)
{
	return derivation_has(derivation, other) ?
	    derivation_given_word(derivation, other) :
	    derivation->situation->time;
}

static bool
read_moment(struct word text, struct date *date)
{
	return text.text != NULL && date_read(text.text, text.length, false,
	    date);
}

static struct derived
current_time(const struct derivation *derivation)
{
	struct word time = moment(derivation, "aws:EpochTime");
	struct date date;
	struct tm tm;
	time_t seconds;

	if (!read_moment(time, &date))
		return derived_present();
	if (!date.epoch)
		return derived_word(derivation, time);
	seconds = (time_t)date.seconds;
	if (date.fraction.fraction_length > 0 ||
	    gmtime_r(&seconds, &tm) == NULL || tm.tm_year < 70 ||
	    tm.tm_year > 9999 - 1900)
		return derived_present();
	return derived_text(derivation, arena_printf(derivation->arena,
	    "%04d-%02d-%02dT%02d:%02d:%02dZ", tm.tm_year + 1900,
	    tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec));
}

static struct derived
epoch_time(const struct derivation *derivation)
{
	struct date date;

	if (!read_moment(moment(derivation, "aws:CurrentTime"), &date))
		return derived_present();
	return derived_text(derivation, arena_printf(derivation->arena,
	    "%" PRId64, date.seconds));
}

static bool
is_global(const struct request *request)
{
	return request->service != NULL && call_is_global(request->service);
}

/* What may be asked for in another region than that of the resource. */
static const char roaming[] = "backup:CopyFromBackupVault "
    "backup:CopyIntoBackupVault backup:StartCopyJob "
    "cloudtrail:GetEventSelectors cloudtrail:GetInsightSelectors "
    "cloudtrail:GetTrail cloudtrail:GetTrailStatus cloudtrail:ListTags "
    "dynamodb:CreateGlobalTable dynamodb:CreateTableReplica "
    "dynamodb:DeleteTableReplica dynamodb:UpdateGlobalTable "
    "ec2:CopyFpgaImage ec2:CopyImage ec2:CopySnapshot "
    "ec2:CreateTransitGatewayPeeringAttachment "
    "ec2:CreateVpcPeeringConnection kms:ReplicateKey "
    "rds:CopyDBClusterSnapshot rds:CopyDBSnapshot rds:CreateDBCluster "
    "rds:CreateDBInstanceReadReplica "
    "rds:StartDBInstanceAutomatedBackupsReplication "
    "rds:StopDBInstanceAutomatedBackupsReplication "
    "secretsmanager:ReplicateSecretToRegions";

/* Nobody knows which of its endpoints a service is reached at; Bedrock asks in
 * no region for a model that any may run; and what is no API of IAM's, such as
 * iam:PassRole, goes where its caller does. */
static bool
is_anywhere(const struct derivation *derivation)
{
	static const char *const prefixes[] = { "budgets", "ce",
	    "globalaccelerator", "shield", "support", "waf" };
	const struct request *request = derivation->request;
	const struct action *listed = request->listed;

	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++)
		if (request_action_is_of(request, prefixes[i]))
			return true;
	return derivation_is_for(derivation, roaming) ||
	    request_resource_is_of(request, "bedrock", "foundation-model/") ||
	    (is_global(request) && listed != NULL && listed->permission_only);
}

static struct derived
global_region(const struct derivation *derivation)
{
	struct word partition = derivation_partition(derivation);

	return partition.text == NULL || word_is(partition, "aws") ?
	    derived_text(derivation, "us-east-1") : derived_present();
}

/* STS has regional endpoints, which VPC endpoints lead to, and a global one
 * beside them. */
static struct derived
sts_region(const struct derivation *derivation, struct word region)
{
	struct derived derived = derived_word(derivation, region);
	struct word *values;

	if (derivation->path == PATH_ENDPOINT)
		return derived;
	values = arena_array(derivation->arena, 2, sizeof(*values));
	values[0] = region;
	values[1] = word_from("us-east-1", strlen("us-east-1"));
	return (struct derived){ KNOWN_PRESENT, values, 2 };
}

static struct derived
requested_region(const struct derivation *derivation)
{
	struct word region = derivation_region(derivation);

	if (is_anywhere(derivation))
		return derived_present();
	if (is_global(derivation->request))
		return global_region(derivation);
	if (region.text == NULL)
		return derived_present();
	if (request_action_is_of(derivation->request, "sts"))
		return sts_region(derivation, region);
	return derived_word(derivation, region);
}

static struct derived
secure_transport(const struct derivation *derivation)
{
	return derived_text(derivation, "true");
}

/* What the client says of itself. */
static struct derived
said_by_client(const struct derivation *derivation)
{
	(void)derivation;
	return derived_perhaps();
}

/* What is passed to STS. */

static bool
assumes(const struct derivation *derivation)
{
	return derivation->situation->passing.assumes;
}

static struct derived
session_name(const struct derivation *derivation)
{
	return assumes(derivation) ? derived_word_if_known(derivation,
	    derivation->situation->passing.session_name) : derived_nothing();
}

static struct derived
sts_source_identity(const struct derivation *derivation)
{
	struct word identity = derivation->situation->passing.source_identity;

	if (!assumes(derivation))
		return derived_nothing();
	return identity.text == NULL ? derived_absent() :
	    derived_word(derivation, identity);
}

static struct derived
external_id(const struct derivation *derivation)
{
	if (!assumes(derivation))
		return derived_nothing();
	return derivation->request->actor.kind == ACTOR_PROVIDER ?
	    derived_absent() : derived_perhaps();
}

/* Contexts are passed only when they are given (TRUST-8). */
static struct derived
context_providers(const struct derivation *derivation)
{
	return assumes(derivation) ? derived_absent() : derived_nothing();
}

static struct derived
duration(const struct derivation *derivation)
{
	return assumes(derivation) ? derived_absent() : derived_nothing();
}

/* The keys of two lists of tags. */
static struct derived
tag_keys_of(const struct derivation *derivation, const struct estate_tags *one,
    const struct estate_tags *other)
{
	size_t count = one->count + (other == NULL ? 0 : other->count);
	struct word *keys = arena_array(derivation->arena, count,
	    sizeof(*keys));

	if (count == 0)
		return derived_absent();
	for (size_t i = 0; i < one->count; i++)
		keys[i] = one->items[i].key;
	for (size_t i = one->count; i < count; i++)
		keys[i] = other->items[i - one->count].key;
	return (struct derived){ KNOWN_VALUE, keys, count };
}

/* What is given are tags that the request passes; in a closed context, all
 * that it does. */
static struct derived
given_tag_keys(const struct derivation *derivation)
{
	const struct situation *situation = derivation->situation;
	struct word *names = arena_array(derivation->arena,
	    situation->given_count, sizeof(*names));
	size_t count = 0;

	for (size_t i = 0; i < situation->given_count; i++) {
		const struct context_key *key = &situation->given[i];
		struct word tag = family_member(FAMILY_REQUEST_TAG, key->name);

		if (tag.text != NULL && context_key_is_present(key))
			names[count++] = tag;
	}
	if (count == 0 || derivation->request->listed == NULL ||
	    !call_names_tags(derivation->request->listed))
		return derived_nothing();
	return situation->closed ?
	    (struct derived){ KNOWN_VALUE, names, count } : derived_present();
}

static struct derived
tag_keys(const struct derivation *derivation)
{
	const struct passing *passing = &derivation->situation->passing;
	bool inherited = passing->inherited.count > 0;

	if (!assumes(derivation))
		return given_tag_keys(derivation);
	if (inherited && derivation_assume(derivation, ASSUME_trust_11) != 0)
		inherited = false;
	return tag_keys_of(derivation, &passing->tags,
	    inherited ? &passing->inherited : NULL);
}

/* Keys that were made transitive before may be among them, or not. */
static struct derived
transitive_tag_keys(const struct derivation *derivation)
{
	const struct situation *situation = derivation->situation;
	bool earlier = derivation->request->actor.kind == ACTOR_ROLE_SESSION &&
	    (!situation->session.known ||
	    situation->session.transitive.count > 0);

	if (!assumes(derivation))
		return derived_nothing();
	if (!earlier)
		return tag_keys_of(derivation, &situation->passing.transitive,
		    NULL);
	return situation->passing.transitive.count > 0 ? derived_present() :
	    derived_perhaps();
}

/* A2: on every call, true when a document was named. */
static struct derived
document_check(const struct derivation *derivation)
{
	if (!derivation_is_for(derivation, "ssm:StartSession"))
		return derived_nothing();
	return derived_text(derivation,
	    derivation->situation->named_document ? "true" : "false");
}

const struct derive_row derive_call_rows[] = {
	{ "aws:ViaAWSService",			via_service },
	{ "aws:CalledVia",			called_via },
	{ "aws:CalledViaFirst",			called_via_first },
	{ "aws:CalledViaLast",			called_via_last },
	{ "aws:CalledViaAWSMCP",		called_via_mcp },
	{ "aws:ViaAWSMCPService",		via_mcp_service },
	{ "kms:ViaService",			kms_via_service },
	{ "aws:CurrentTime",			current_time },
	{ "aws:EpochTime",			epoch_time },
	{ "aws:RequestedRegion",		requested_region },
	{ "aws:SecureTransport",		secure_transport },
	{ "aws:UserAgent",			said_by_client },
	{ "aws:referer",			said_by_client },
	{ "aws:TagKeys",			tag_keys },
	{ "sts:RoleSessionName",		session_name },
	{ "sts:SourceIdentity",			sts_source_identity },
	{ "sts:ExternalId",			external_id },
	{ "sts:RequestContextProviders",	context_providers },
	{ "sts:DurationSeconds",		duration },
	{ "sts:TransitiveTagKeys",		transitive_tag_keys },
	{ "ssm:SessionDocumentAccessCheck",	document_check },
	{ NULL, NULL }
};
