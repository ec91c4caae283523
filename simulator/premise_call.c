/* SPDX-License-Identifier: MIT */
/*
 * Keys about the call itself: when and where it is made, what it passes to
 * STS and SSM (TRUST-8 to TRUST-12, A2), and which keys its action carries.
 */
#include "config.h"

#include <string.h>

#include "policy/arn.h"
#include "simulator/call.h"
#include "simulator/premise_row.h"

enum {
	PROVIDER = KIND_SET(ACTOR_PROVIDER)
};

/* The calls that make a session, without what is asked beside them. */
static const char assumes[] = TRUST_ASSUMING;

static bool
is_of(const struct supposed_action *action, const char *prefix)
{
	return action->service != NULL &&
	    strcmp(action->service->prefix, prefix) == 0;
}

/* Which keys an action carries. */

bool
premise_surely_has(const struct supposed_action *action, const void *context)
{
	const struct supposed_key *key = context;

	return key->everywhere || (action->listed != NULL &&
	    action_lists_key(action->listed, key->name.text,
	    key->name.length));
}

/* A key that another service has, and this one has not. */
static bool
is_foreign(const struct service *service, const struct supposed_key *key)
{
	const char *text = key->name.text;
	size_t length = key->name.length;
	const char *colon = memchr(text, ':', length);
	const struct service *other = colon == NULL || service == NULL ? NULL :
	    catalog_service(service->catalog, text, (size_t)(colon - text));

	return other != NULL && other != service && !key->everywhere &&
	    service_key(other, text, length) != NULL &&
	    service_key(service, text, length) == NULL;
}

/*
 * What no catalogue knows may be newer than the catalogue, and have any key of
 * its service.  What STS is asked in one context is listed with fewer keys than
 * that context has (TRUST-8).
 */
bool
premise_may_have(const struct supposed_action *action, const void *context)
{
	const struct supposed_key *key = context;

	return (action->listed == NULL && !is_foreign(action->service, key)) ||
	    action_is_among(action, action_assuming) ||
	    premise_surely_has(action, key) ||
	    catalog_key(action->service->catalog, key->name.text,
	    key->name.length) == NULL;
}

/* What must hold of any call. */

static bool
wants_signature(const struct supposed_action *action, const void *unused)
{
	(void)unused;
	return call_wants_signature(action->name);
}

/* STS-1, STS-2; and without a signature, many services and some calls of STS
 * are refused before any policy is looked at. */
static void
add_authorizable(struct supposition *call, struct premise_reading reading)
{
	int anonymous = fact_is_kind(call, KIND_SET(ACTOR_ANONYMOUS));

	for (size_t i = 0; i < call->requests.count; i++) {
		const struct supposed_request *request =
		    call->requests.items[i];

		if (!reading.endpoint)
			supposition_require(call, PREMISE_authorizable,
			    -supposition_acts(request, action_is_among,
			    "sts:GetCallerIdentity sts:GetSessionToken"));
		supposition_imply(call, PREMISE_authorizable, anonymous,
		    -supposition_acts(request, wants_signature, NULL));
	}
}

static bool
is_sts(const struct supposed_action *action, const void *unused)
{
	(void)unused;
	return action_is_among(action, action_assuming) ||
	    (action->listed == NULL && (action->service == NULL ||
	    is_of(action, "sts")));
}

/* TRUST-7: a provider signs nothing but these, and nobody else does. */
static void
add_provider(struct supposition *call)
{
	const char *partition = fact_partition(call);
	int provider = fact_is_kind(call, PROVIDER);
	int saml = fact_call_acts(call, action_is_among,
	    "sts:AssumeRoleWithSAML");
	int web = fact_call_acts(call, action_is_among,
	    "sts:AssumeRoleWithWebIdentity");

	for (size_t i = 0; i < call->requests.count; i++)
		supposition_imply(call, PREMISE_assuming, provider,
		    supposition_acts(call->requests.items[i], is_sts, NULL));
	supposition_imply(call, PREMISE_assuming, provider,
	    -fact_call_acts(call, action_is_among,
	    "sts:AssumeRole sts:SetContext"));
	supposition_imply(call, PREMISE_assuming, fact_or(call, saml, web),
	    provider);
	supposition_imply(call, PREMISE_assuming, saml, fact_form(call,
	    call->outsider, arena_printf(call->arena,
	    "arn:%s:iam::~:saml-provider/*", partition)));
	supposition_imply(call, PREMISE_assuming, web, fact_or(call,
	    fact_form(call, call->outsider, arena_printf(call->arena,
	    "arn:%s:iam::~:oidc-provider/*", partition)),
	    fact_form(call, call->outsider, "~.~")));
}

/* TRUST-8: what is passed along asks for an action of its own; without such
 * a request in the call, nothing of the kind is said. */
static void
add_asked(const struct premise_subject *subject, enum call_when when)
{
	const struct supposition *call = subject->call;

	for (size_t i = 0; i < call->requests.count; i++)
		if (call->requests.items[i]->when == when)
			premise_imply(subject, subject->key->present,
			    call->requests.items[i]->there);
}

void
premise_add_call(struct supposition *call, struct premise_reading reading)
{
	add_authorizable(call, reading);
	add_provider(call);
}

/* Time and place. */

/* What is no API of its service, such as iam:PassRole, goes where its caller
 * does. */
static bool
is_global(const struct supposed_action *action, const void *unused)
{
	(void)unused;
	return action->listed != NULL && !action->listed->permission_only &&
	    call_is_global(action->service);
}

/*
 * What is acted on where it is and nowhere else.  Of other resources nothing
 * is said: copies and replicas are asked for in one region of what is in
 * another, and trails are seen in all.
 */
static const struct {
	const char	*service;
	const char	*start;		/* of the resource */
} local[] = {
	{ "ec2", "instance/" }, { "ssm", "managed-instance/" },
	{ "ssm", "document/" }, { "ssm", "session/" },
};

enum { LOCAL_COUNT = sizeof(local) / sizeof(local[0]) };

static bool
acts_locally(const struct supposed_action *action, const void *unused)
{
	(void)unused;
	return action->listed != NULL && (is_of(action, "ec2") ||
	    is_of(action, "ssm") || is_of(action, "ssmmessages") ||
	    is_of(action, "ec2messages"));
}

static bool
is_local(const struct arn *arn)
{
	struct word resource;

	if (arn->count < ARN_FIELD_COUNT)
		return false;
	resource = word_from(arn->field[ARN_RESOURCE].text,
	    arn->field[ARN_RESOURCE].length);
	for (size_t i = 0; i < LOCAL_COUNT; i++)
		if (arn_field_is(arn, ARN_SERVICE, local[i].service) &&
		    word_starts_with(resource, local[i].start))
			return true;
	return false;
}

/* The region of what the estate lists, if it is local; absent when it is not
 * said. */
static struct word
region_of(const struct supposed_resource *sort)
{
	struct word text = sort->sort == SORT_RESOURCE ?
	    sort->resource->arn : (struct word){ NULL, 0 };
	struct arn arn = arn_split(text.text, text.length);

	if (!is_local(&arn) || arn_field_is_wild(&arn, ARN_REGION) ||
	    arn.field[ARN_REGION].length == 0)
		return (struct word){ NULL, 0 };
	return word_from(arn.field[ARN_REGION].text,
	    arn.field[ARN_REGION].length);
}

static void
add_home_region(const struct premise_subject *subject)
{
	const struct supposition *call = subject->call;
	const struct supposed_request *request = subject->request;
	size_t slot = subject->key->slots[0];
	int home = supposition_acts(request, acts_locally, NULL);
	int others = home;

	for (size_t i = 0; i < request->sort_count; i++) {
		struct word region = region_of(&request->sorts[i]);

		if (region.text == NULL)
			continue;
		others = fact_and(call, others, -request->sorts[i].bit);
		premise_imply(subject, fact_and(call, home,
		    request->sorts[i].bit), fact_text(call, slot, region));
	}
	for (size_t i = 0; i < LOCAL_COUNT; i++) {
		premise_imply(subject, fact_and(call, others, fact_form(call,
		    request->resource, arena_printf(call->arena,
		    "arn:~:%s:~:~:%s*", local[i].service, local[i].start))),
		    fact_form(call, request->resource,
		    arena_printf(call->arena, "arn:~:%s:%%:~:%s*",
		    local[i].service, local[i].start), slot));
	}
}

static bool
is_of_bedrock(const struct supposed_action *action, const void *unused)
{
	(void)unused;
	return is_of(action, "bedrock");
}

/* Bedrock asks in no region for a model that any region may run. */
static int
is_nowhere(const struct supposition *call, size_t slot)
{
	int any = FORMULA_FALSE;

	for (size_t i = 0; i < call->requests.count; i++)
		any = fact_or(call, any, fact_and(call, supposition_acts(
		    call->requests.items[i], is_of_bedrock, NULL),
		    fact_form(call, call->requests.items[i]->resource,
		    "arn:~:bedrock::~:*")));
	return fact_and(call, any, supposition_text(call, slot,
	    "unspecified"));
}

/* Of what must go: an endpoint of the estate is one of its region, as far as is
 * said; it must not hang on another. */
static void
add_region_of_endpoints(const struct premise_subject *subject)
{
	const struct supposition *call = subject->call;
	struct word region = call->court->estate->region;
	int elsewhere = supposition_acts(subject->request, is_global, NULL);

	if (!subject->reading.assumed || region.text == NULL)
		return;
	for (size_t i = 0; i < call->way_count; i++)
		if (call->ways[i].endpoint != NULL)
			premise_imply(subject, fact_and(call,
			    call->ways[i].bit, -elsewhere), fact_text(call,
			    subject->key->slots[0], region));
}

static void
add_region(const struct premise_subject *subject)
{
	const struct supposition *call = subject->call;
	size_t slot = subject->key->slots[0];

	premise_require(subject, -fact_has_any(call, slot, "*?:/"));
	premise_imply(subject, subject->key->present, fact_or(call,
	    fact_form(call, slot, "?*-?*-?*"), is_nowhere(call, slot)));
	if (strcmp(fact_partition(call), "aws") == 0)
		premise_imply(subject, supposition_acts(subject->request,
		    is_global, NULL),
		    supposition_text(call, slot, "us-east-1"));
	add_home_region(subject);
	add_region_of_endpoints(subject);
}

/* What is passed to STS. */

static void
add_when_assuming(const struct premise_subject *subject)
{
	premise_imply(subject, subject->key->present,
	    fact_call_acts(subject->call, is_sts, NULL));
}

static void
add_session_name(const struct premise_subject *subject)
{
	const struct supposition *call = subject->call;
	size_t slot = subject->key->slots[0];

	add_when_assuming(subject);
	premise_imply(subject, fact_call_acts(call, action_is_among, assumes),
	    subject->key->present);
	premise_require(subject, -fact_has_any(call, slot, "*?:/ "));
	premise_imply(subject, subject->key->present,
	    fact_form(call, slot, "??*"));
}

/* Nor is it lost: the role must be open to it (TRUST-12). */
static void
add_former_identity(const struct premise_subject *subject)
{
	add_asked(subject, CALL_SOURCE_IDENTITY);
}

/* TRUST-12: once set, it cannot be changed. */
static void
add_source_identity(const struct premise_subject *subject)
{
	const struct supposition *call = subject->call;
	const struct supposed_key *former = fact_key(subject->request,
	    "aws:SourceIdentity");

	add_when_assuming(subject);
	add_asked(subject, CALL_SOURCE_IDENTITY);
	if (former != NULL)
		premise_imply(subject, fact_and(call, former->present,
		    subject->key->present), fact_same(call,
		    subject->key->slots[0], former->slots[0]));
}

/* A provider passes claims in place of it. */
static void
add_external_id(const struct premise_subject *subject)
{
	add_when_assuming(subject);
	premise_imply(subject, subject->key->present,
	    fact_form(subject->call, subject->key->slots[0], "??*"));
}

static void
add_request_context(const struct premise_subject *subject)
{
	add_when_assuming(subject);
	add_asked(subject, CALL_CONTEXTS);
}

static bool
assumes_listed(const struct supposed_action *action, const void *unused)
{
	(void)unused;
	return action_is_among(action, assumes);
}

/* Bearer tokens have it, and no call that makes a role's session does. */
static void
add_duration(const struct premise_subject *subject)
{
	premise_imply(subject, subject->key->present,
	    -fact_call_acts(subject->call, assumes_listed, NULL));
}

/* Whatever tags are passed are asked for by an action of its own. */
static void
add_passed_tags(const struct premise_subject *subject)
{
	add_asked(subject, CALL_TAGS);
}

static void
add_transitive(const struct premise_subject *subject)
{
	add_when_assuming(subject);
	add_passed_tags(subject);
}

static bool
names_tags(const struct supposed_action *action, const void *unused)
{
	(void)unused;
	return action->listed != NULL && call_names_tags(action->listed);
}

static bool
names_only_tags(const struct supposed_action *action, const void *unused)
{
	(void)unused;
	return action->listed != NULL && call_names_only_tags(action->listed);
}

/* Each of its own slot: no two tags have one name, and the slots of a key are
 * in no order. */
static void
name_tag(const struct premise_subject *subject,
    const struct supposed_key *keys, struct word tag, int passed)
{
	struct supposition *call = subject->call;
	size_t slot = supposition_room(call, keys, subject->key);

	supposition_imply(call, PREMISE_tags, passed, slot == SLOT_NONE ?
	    keys->present : universe_equal(call->universe, slot, tag, true));
}

/* The names of the tags that are passed are aws:TagKeys (KEY-8). */
static void
add_request_tag(const struct premise_subject *subject)
{
	struct supposition *call = subject->call;
	const struct supposed_key *keys = fact_key(subject->request,
	    "aws:TagKeys");
	struct word tag = premise_tag(subject);

	add_passed_tags(subject);
	if (keys == NULL || tag.text == NULL)
		return;
	name_tag(subject, keys, tag, fact_and(call, subject->key->present,
	    fact_call_acts(call, names_tags, NULL)));
	supposition_imply(call, PREMISE_tags, fact_and(call,
	    fact_has_value(call, keys, tag),
	    fact_call_acts(call, names_only_tags, NULL)),
	    subject->key->present);
}

/* A2: on every call, true when a document is named.  Where the parts of the
 * call are not told apart, a request about a document names one. */
static void
add_document_check(const struct premise_subject *subject)
{
	const struct supposition *call = subject->call;
	int named = FORMULA_FALSE;
	bool parted = false;

	for (size_t i = 0; i < call->requests.count; i++) {
		const struct supposed_request *request =
		    call->requests.items[i];

		parted |= request->part != NULL;
		if (request->part == NULL)
			named = fact_or(call, named, fact_form(call,
			    request->resource, "arn:~:ssm:~:~:document/*"));
		else if (strcmp(request->part, "document") == 0)
			named = fact_or(call, named, request->there);
	}
	premise_imply(subject, fact_call_acts(call, action_is_among,
	    "ssm:StartSession"), subject->key->present);
	premise_imply(subject, fact_and(call, subject->key->present, named),
	    fact_value(call, subject->key, word_from("true", 4)));
	if (parted)
		premise_imply(subject, fact_and(call, subject->key->present,
		    -named), fact_value(call, subject->key,
		    word_from("false", 5)));
}

const struct premise_row premise_call_rows[] = {
	{ "aws:CurrentTime", PREMISE_always, KINDS_ALL, KINDS_ALL,
	    premise_add_times },
	{ "aws:EpochTime", PREMISE_always, KINDS_ALL, KINDS_ALL,
	    premise_add_times },
	{ "aws:RequestedRegion", PREMISE_always, KINDS_ALL, KINDS_ALL,
	    add_region },
	{ "aws:SecureTransport", PREMISE_always, KINDS_ALL, KINDS_ALL, NULL },
	{ "aws:RequestTag/", PREMISE_assuming, KINDS_ALL, 0,
	    add_request_tag },
	{ "aws:TagKeys", PREMISE_assuming, KINDS_ALL, 0, add_passed_tags },
	{ "sts:TransitiveTagKeys", PREMISE_assuming, KINDS_ALL, 0,
	    add_transitive },
	{ "sts:RoleSessionName", PREMISE_assuming, KINDS_ALL, 0,
	    add_session_name },
	{ "sts:SourceIdentity", PREMISE_assuming, KINDS_ALL, 0,
	    add_source_identity },
	{ "aws:SourceIdentity", PREMISE_assuming, KINDS_ALL, 0,
	    add_former_identity },
	{ "sts:ExternalId", PREMISE_assuming, KINDS_ALL & ~PROVIDER, 0,
	    add_external_id },
	{ "sts:RequestContextProviders", PREMISE_assuming, KINDS_ALL, 0,
	    add_request_context },
	{ "sts:RequestContext/", PREMISE_assuming, KINDS_ALL, 0,
	    add_request_context },
	{ "sts:DurationSeconds", PREMISE_assuming, KINDS_ALL, 0,
	    add_duration },
	{ "ssm:SessionDocumentAccessCheck", PREMISE_document, KINDS_ALL, 0,
	    add_document_check },
	{ NULL, PREMISE_always, 0, 0, NULL }
};
