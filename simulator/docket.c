/* SPDX-License-Identifier: MIT */
/* Cases out of JSON. */
#include "config.h"

#include <string.h>

#include "policy/arn.h"
#include "policy/reader.h"
#include "simulator/docket.h"
#include "simulator/owner.h"

static const char policy_names[] = "identity boundary session resource "
    "endpoint vpce scp rcp";
static const char request_names[] = "principal issuer action resource "
    "resourceAccount flags endpointKind context unknown";

struct clerk {
	struct arena			*arena;
	const struct docket_facts	*facts;
	const struct text		*text;
	struct docket			*docket;
	struct docket_fault		*fault;
	struct report			 report;	/* of the policies */
};

/* Always false, so that a reader can end with it. */
static bool
refuse(struct clerk *clerk, const struct node *node, const char *message)
{
	clerk->fault->message = message;
	clerk->fault->span = node->span;
	return false;
}

static bool
is_null(const struct node *node)
{
	return node == NULL || node->kind == NODE_NULL;
}

static struct word
word_of(const struct node *node)
{
	return (struct word){ node->text, node->length };
}

/* The member is one of a blank-separated list, as it is spelled there. */
static bool
is_listed(const struct node *member, const char *names)
{
	while (*names != '\0') {
		size_t length = strcspn(names, " ");

		if (member->key_length == length &&
		    memcmp(member->key, names, length) == 0)
			return true;
		names += length;
		names += strspn(names, " ");
	}
	return false;
}

/*
 * Nothing that is supplied is dropped in silence: a limit whose name is
 * misspelt would be no limit.
 */
static bool
check_members(struct clerk *clerk, const struct node *object,
    const char *names)
{
	for (const struct node *member = object->first; member != NULL;
	    member = member->next)
		if (!is_listed(member, names))
			return refuse(clerk, member, arena_printf(
			    clerk->arena, "unknown member `%s`; there are %s",
			    member->key, names));
	return true;
}

/* Policies. */

static const struct charter *
read_charter(struct clerk *clerk, const struct node *node, enum layer layer)
{
	const struct policy *policy = reader_read_policy(clerk->arena,
	    clerk->text, node, &clerk->report);

	return charter_compile(clerk->arena, clerk->facts->catalog, policy, layer,
	    clerk->facts->assumptions, clerk->facts->charter);
}

/* One document, an array of them, or null. */
static struct charters
read_charters(struct clerk *clerk, const struct node *node, enum layer layer)
{
	size_t count = is_null(node) ? 0 : node->kind == NODE_ARRAY ?
	    node->count : 1;
	const struct charter **items = arena_array(clerk->arena, count,
	    sizeof(*items));
	const struct node *document = count == 0 ? NULL :
	    node->kind == NODE_ARRAY ? node->first : node;

	for (size_t i = 0; i < count; i++, document = document->next)
		items[i] = read_charter(clerk, document, layer);
	return (struct charters){ items, count };
}

/* The layer has two names; NULL when neither stands here. */
static const struct node *
find_endpoint(const struct node *policies)
{
	const struct node *endpoint = node_find(policies, "endpoint");

	return endpoint != NULL ? endpoint : node_find(policies, "vpce");
}

static bool
check_endpoint(struct clerk *clerk, const struct node *policies)
{
	const struct node *vpce = node_find(policies, "vpce");

	return vpce == NULL || vpce == find_endpoint(policies) ||
	    refuse(clerk, vpce, "`endpoint` stands here twice, once as "
	    "`vpce`");
}

/* Of two, nobody could say how they bear on each other: a request meets one. */
static bool
is_single(struct clerk *clerk, const struct node *node)
{
	return is_null(node) || node->kind != NODE_ARRAY || node->count < 2 ||
	    refuse(clerk, node, arena_printf(clerk->arena, "`%s` is one "
	    "document", node->key));
}

/* Absent, null, or an array. */
static bool
is_list(struct clerk *clerk, const struct node *node)
{
	return is_null(node) || node->kind == NODE_ARRAY ||
	    refuse(clerk, node, "levels stand in an array, the root first");
}

static struct levels
read_levels(struct clerk *clerk, const struct node *node, enum layer layer)
{
	size_t count = is_null(node) ? 0 : node->count;
	struct charters *levels = arena_array(clerk->arena, count,
	    sizeof(*levels));
	const struct node *level = count == 0 ? NULL : node->first;

	for (size_t i = 0; i < count; i++, level = level->next)
		levels[i] = read_charters(clerk, level, layer);
	return (struct levels){ levels, count };
}

static bool
read_policies(struct clerk *clerk, const struct node *node)
{
	struct policies *policies = &clerk->docket->policies;
	enum layer resource = (clerk->docket->request.call &
	    CALL_ASKS_TRUST) != 0 ? LAYER_TRUST : LAYER_RESOURCE;

	if (node->kind != NODE_OBJECT)
		return refuse(clerk, node, "`policies` takes an object");
	if (!check_members(clerk, node, policy_names) ||
	    !check_endpoint(clerk, node) ||
	    !is_single(clerk, node_find(node, "boundary")) ||
	    !is_single(clerk, node_find(node, "resource")) ||
	    !is_single(clerk, find_endpoint(node)) ||
	    !is_list(clerk, node_find(node, "scp")) ||
	    !is_list(clerk, node_find(node, "rcp")))
		return false;
	policies->identity = read_charters(clerk,
	    node_find(node, "identity"), LAYER_IDENTITY);
	policies->boundary = read_charters(clerk,
	    node_find(node, "boundary"), LAYER_BOUNDARY);
	policies->session = read_charters(clerk, node_find(node, "session"),
	    LAYER_SESSION);
	policies->resource = read_charters(clerk,
	    node_find(node, "resource"), resource);
	policies->endpoint = read_charters(clerk, find_endpoint(node),
	    LAYER_ENDPOINT);
	policies->scp = read_levels(clerk, node_find(node, "scp"), LAYER_SCP);
	policies->rcp = read_levels(clerk, node_find(node, "rcp"), LAYER_RCP);
	return true;
}

/* The context. */

static bool
read_values(struct clerk *clerk, const struct node *node,
    struct context_key *key)
{
	const struct node *value = node->kind == NODE_ARRAY ? node->first :
	    node;
	struct word *values;

	key->count = node->kind == NODE_ARRAY ? node->count : 1;
	key->values = values = arena_array(clerk->arena, key->count,
	    sizeof(*values));
	for (size_t i = 0; i < key->count; i++, value = value->next) {
		if (value->text == NULL || value->kind == NODE_NULL)
			return refuse(clerk, value, "the value of a context "
			    "key is a string, or an array of strings");
		values[i] = word_of(value);
	}
	return true;
}

static bool
read_context(struct clerk *clerk, const struct node *node)
{
	struct context *context = &clerk->docket->request.context;
	struct context_key *keys;
	size_t count = 0;

	if (is_null(node))
		return true;
	if (node->kind != NODE_OBJECT)
		return refuse(clerk, node, "`context` takes an object");
	context->keys = keys = arena_array(clerk->arena, node->count,
	    sizeof(*keys));
	for (const struct node *member = node->first; member != NULL;
	    member = member->next) {
		struct context_key *key = &keys[count++];

		key->name = (struct word){ member->key, member->key_length };
		key->hash = key_hash(member->key, member->key_length);
		key->origin = ORIGIN_GIVEN;
		if (!read_values(clerk, member, key))
			return false;
	}
	context->count = count;
	return true;
}

/* Spellings that differ are told apart (COND-36). */
static bool
is_said(const struct context *context, struct word name)
{
	for (size_t i = 0; i < context->count; i++)
		if (context->keys[i].origin == ORIGIN_GIVEN &&
		    word_equal(context->keys[i].name, name))
			return true;
	return false;
}

/* Keys that are not known, not even to be absent; `*' is all the others. */
static bool
read_unknown(struct clerk *clerk, const struct node *node)
{
	struct context *context = &clerk->docket->request.context;
	struct context_key *keys;

	if (is_null(node))
		return true;
	if (node->kind != NODE_ARRAY)
		return refuse(clerk, node, "`unknown` takes an array");
	keys = arena_array(clerk->arena, context->count + node->count,
	    sizeof(*keys));
	if (context->count > 0)
		memcpy(keys, context->keys, context->count * sizeof(*keys));
	for (const struct node *name = node->first; name != NULL;
	    name = name->next) {
		if (name->kind != NODE_STRING)
			return refuse(clerk, name, "the name of a key is a "
			    "string");
		if (is_said(context, word_of(name)))
			return refuse(clerk, name, "the key stands in "
			    "`context`, too");
		if (node_is(name, "*"))
			context->open = true;
		else
			keys[context->count++] = (struct context_key){
				.name = word_of(name),
				.hash = key_hash(name->text, name->length),
				.origin = ORIGIN_UNKNOWN,
			};
	}
	context->keys = keys;
	return true;
}

/* The request. */

static const struct {
	const char	*name;
	unsigned	 flag;
} flags[] = {
	{ "principalInManagementAccount", REQUEST_PRINCIPAL_IN_MANAGEMENT },
	{ "resourceInManagementAccount", REQUEST_RESOURCE_IN_MANAGEMENT },
	{ "serviceLinkedRole", REQUEST_SERVICE_LINKED },
	{ "awsManagedKmsKey", REQUEST_AWS_KMS_KEY },
	{ "awsOwnedResource", REQUEST_AWS_OWNED },
};

static bool
read_flag(struct clerk *clerk, const struct node *node)
{
	for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++)
		if (node->kind == NODE_STRING && node_is(node,
		    flags[i].name)) {
			clerk->docket->request.flags |= flags[i].flag;
			return true;
		}
	return refuse(clerk, node, node->kind != NODE_STRING ? "a flag is a "
	    "string" : arena_printf(clerk->arena, "unknown flag `%s`",
	    node->text));
}

static bool
read_flags(struct clerk *clerk, const struct node *node)
{
	if (is_null(node))
		return true;
	if (node->kind != NODE_ARRAY)
		return refuse(clerk, node, "`flags` takes an array");
	for (const struct node *flag = node->first; flag != NULL;
	    flag = flag->next)
		if (!read_flag(clerk, flag))
			return false;
	return true;
}

/* A member that must be a string. */
static bool
read_word(struct clerk *clerk, const struct node *object, const char *name,
    struct word *word)
{
	const struct node *node = node_find(object, name);

	if (node == NULL || node->kind != NODE_STRING)
		return refuse(clerk, node == NULL ? object : node,
		    arena_printf(clerk->arena, "`%s` is missing, or no "
		    "string", name));
	*word = word_of(node);
	return true;
}

static bool
read_actor(struct clerk *clerk, const struct node *node)
{
	const struct node *issuer = node_find(node, "issuer");
	struct word by = { NULL, 0 }, principal;

	if (!read_word(clerk, node, "principal", &principal))
		return false;
	if (!is_null(issuer) && issuer->kind != NODE_STRING)
		return refuse(clerk, issuer, "`issuer` takes an ARN");
	if (!is_null(issuer) && issuer->length > 0)
		by = word_of(issuer);
	if (!actor_read(&clerk->docket->request.actor, principal, by))
		return refuse(clerk, node_find(node, "principal"),
		    "no principal: neither an ARN of a user, role, session "
		    "or root, nor a service, nor `federated:`, nor `*`");
	if (by.text != NULL && clerk->docket->request.actor.issuer.text == NULL)
		return refuse(clerk, issuer, "only sessions have an issuer");
	return true;
}

static bool
read_action(struct clerk *clerk, const struct node *node)
{
	struct request *request = &clerk->docket->request;
	const char *colon;

	if (!read_word(clerk, node, "action", &request->action))
		return false;
	if (!word_names_action(request->action) ||
	    word_has_wildcard(request->action))
		return refuse(clerk, node_find(node, "action"),
		    "no action: write service:Name");
	colon = memchr(request->action.text, ':', request->action.length);
	request->service = catalog_service(clerk->facts->catalog,
	    request->action.text, (size_t)(colon - request->action.text));
	request->listed = catalog_action(clerk->facts->catalog,
	    request->action.text, request->action.length);
	return true;
}

/* "*", an ARN, or a telephone number. */
static bool
read_resource(struct clerk *clerk, const struct node *node)
{
	struct word *resource = &clerk->docket->request.resource;
	struct arn arn;

	if (!read_word(clerk, node, "resource", resource))
		return false;
	arn = arn_split(resource->text, resource->length);
	if (!word_is(*resource, "*") && !word_starts_with(*resource, "+") &&
	    !arn_is_whole(&arn))
		return refuse(clerk, node_find(node, "resource"),
		    "no resource: neither an ARN nor `*`");
	if (!owner_is_sound(*resource))
		return refuse(clerk, node_find(node, "resource"),
		    "the account in the ARN is none: it has twelve digits");
	return true;
}

/* Twelve digits, and no others than those of the ARN. */
static bool
check_account(struct clerk *clerk, const struct node *owner,
    struct word named)
{
	if (owner->kind != NODE_STRING)
		return refuse(clerk, owner, "an account is a string, for it "
		    "may begin with zeros");
	if (!account_id_is_valid(owner->text, owner->length))
		return refuse(clerk, owner, "no account: it has twelve "
		    "digits");
	if (account_id_is_valid(named.text, named.length) &&
	    !word_equal(named, word_of(owner)))
		return refuse(clerk, owner, "the ARN is of another account");
	return true;
}

/* The owner: said, or in the ARN, or the caller for the pseudo-resource. */
static bool
read_owner(struct clerk *clerk, const struct node *node)
{
	struct request *request = &clerk->docket->request;
	const struct node *owner = node_find(node, "resourceAccount");
	struct word named = owner_of_arn(request->resource);

	if (owner_is_aws(clerk->arena, clerk->facts->catalog,
	    request->resource))
		request->flags |= REQUEST_AWS_OWNED;
	if (!is_null(owner) && !check_account(clerk, owner, named))
		return false;
	if (!is_null(owner))
		request->resource_account = word_of(owner);
	else if (word_is(request->resource, "*"))
		request->resource_account = request->actor.account;
	else if (named.text != NULL)
		request->resource_account = named;
	else
		return refuse(clerk, node_find(node, "resource"),
		    "the ARN names no account; say `resourceAccount`");
	return true;
}

/* The only value that the context gives a key; empty when it does not. */
static struct word
given(const struct request *request, const char *name)
{
	const struct context_key *key = request_key(request, name,
	    strlen(name), key_hash(name, strlen(name)));

	if (key->origin != ORIGIN_GIVEN || key->count != 1)
		return (struct word){ NULL, 0 };
	return key->values[0];
}

/*
 * What the context tells of the caller: its unique id stands before the colon
 * of aws:userid (PRIN-16), and a session's role is aws:PrincipalArn (PRIN-9),
 * unless that is no role that the session can be of.
 */
static void
complete_actor(struct request *request)
{
	struct actor *actor = &request->actor, known;

	if (actor->kind == ACTOR_ROLE_SESSION && actor->issuer.length == 0 &&
	    actor_read(&known, actor->principal, given(request,
	    "aws:PrincipalArn")))
		*actor = known;
	actor->unique_id = request_unique_id(request);
}

/* How gateways differ is GRAM-31's. */
static bool
read_kind(struct clerk *clerk, const struct node *kind)
{
	bool gateway = !is_null(kind) && kind->kind == NODE_STRING &&
	    node_is(kind, "gateway");

	clerk->docket->request.gateway = gateway;
	return gateway || is_null(kind) || (kind->kind == NODE_STRING &&
	    node_is(kind, "interface")) || refuse(clerk, kind,
	    "`endpointKind` is interface or gateway");
}

static bool
read_request(struct clerk *clerk, const struct node *node)
{
	if (node == NULL || node->kind != NODE_OBJECT)
		return refuse(clerk, node == NULL ? clerk->text->root : node,
		    "`request` is missing, or no object");
	if (!check_members(clerk, node, request_names) ||
	    !read_kind(clerk, node_find(node, "endpointKind")) ||
	    !read_actor(clerk, node) || !read_action(clerk, node) ||
	    !read_resource(clerk, node) || !read_owner(clerk, node) ||
	    !read_flags(clerk, node_find(node, "flags")) ||
	    !read_context(clerk, node_find(node, "context")) ||
	    !read_unknown(clerk, node_find(node, "unknown")))
		return false;
	complete_actor(&clerk->docket->request);
	clerk->docket->request.call = call_read(&clerk->docket->request);
	return true;
}

/* What else a case has is its writer's own, but for what would be a limit, or
 * a part of the request, in its place. */
static bool
check_places(struct clerk *clerk, const struct node *node)
{
	for (const struct node *member = node->first; member != NULL;
	    member = member->next)
		if (is_listed(member, policy_names) ||
		    is_listed(member, request_names))
			return refuse(clerk, member, arena_printf(
			    clerk->arena, "`%s` belongs in `policies` or "
			    "`request`, not beside them", member->key));
	return true;
}

bool
docket_read(struct arena *arena, const struct docket_facts *facts,
    const struct text *text, const struct node *node, struct docket *docket,
    struct docket_fault *fault)
{
	struct clerk clerk = { .arena = arena, .facts = facts, .text = text,
	    .docket = docket, .fault = fault };
	const struct node *policies = node_find(node, "policies");

	*docket = (struct docket){ .id = node_find(node, "id") };
	report_init(&clerk.report, arena, text->source);
	if (node->kind != NODE_OBJECT)
		return refuse(&clerk, node, "a case is an object");
	if (!check_places(&clerk, node) ||
	    !read_request(&clerk, node_find(node, "request")))
		return false;
	if (policies == NULL)
		return refuse(&clerk, node, "`policies` is missing; {} says "
		    "that there are none");
	return read_policies(&clerk, policies);
}
