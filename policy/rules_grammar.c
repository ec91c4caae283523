/* SPDX-License-Identifier: MIT */
/*
 * Rules about the shape of a policy that depend on its layer: which elements
 * stand in it, what their names may hold, and what was left empty (SPEC 1).
 * What no layer allows has been said by the reader before; what the elements
 * mean is not known here.
 */
#include "config.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "policy/character.h"
#include "policy/rules.h"

/* Where IAM keeps a document, it is as strict about names in all of them. */
#define LAYERS_STRICT	(LAYERS_ATTACHED | LAYER_SET(TRUST) | \
			 LAYER_SET(SCP) | LAYER_SET(RCP))

static bool
attached_to(const struct check *check, const char *prefixes)
{
	const struct service *service = check->subject->service;

	return service != NULL && word_is_among(service->prefix,
	    strlen(service->prefix), prefixes);
}

/* Elements that are missing, or that the layer does not take. */

/* Services whose resource policies name no resource (GRAM-26). */
#define REPOSITORIES	"ecr ecr-public"

static void
missing_principal(struct check *check)
{
	const struct statement *statement = check->statement;
	struct finding *finding;

	if (statement->principal.node != NULL)
		return;
	finding = check_complain(check, node_opening(statement->node),
	    "the statement names no principal; it has no effect");
	if (check->subject->layer == LAYER_RCP)
		check_help(check, finding, "add `\"Principal\": \"*\"`");
}

/*
 * Some services take policies without Resource, ECR must have them so
 * (GRAM-26): only where the service is known is the absence an error.
 */
static bool
is_of_repository(const struct statement *statement)
{
	for (size_t i = 0; i < statement->action.count; i++) {
		const struct node *entry = statement->action.items[i];
		const char *colon = memchr(entry->text, ':', entry->length);

		if (colon == NULL || !word_is_among(entry->text,
		    (size_t)(colon - entry->text), REPOSITORIES))
			return false;
	}
	return statement->action.count > 0 && !statement->action.negated;
}

static void
missing_resource(struct check *check)
{
	const struct statement *statement = check->statement;
	struct finding *finding;

	if (statement->resource.node != NULL ||
	    attached_to(check, REPOSITORIES) ||
	    (check->subject->layer == LAYER_RESOURCE &&
	    check->subject->service == NULL && is_of_repository(statement)))
		return;
	finding = check_complain(check, node_opening(statement->node),
	    "the statement has neither `Resource` nor `NotResource`; it "
	    "applies to nothing");
	if (check->subject->layer == LAYER_RESOURCE &&
	    !attached_to(check, "kms s3 sns sqs"))
		finding->severity = SEVERITY_WARNING;
}

/* What AWS itself gives to an interface endpoint that gets no policy. */
static bool
is_endpoint_default(const struct subject *subject)
{
	const struct statement *statement = subject->policy->statements;

	return subject->layer == LAYER_ENDPOINT &&
	    subject->policy->count == 1 &&
	    statement->effect == EFFECT_ALLOW &&
	    statement->condition_node == NULL &&
	    statement->principal.count == 1 &&
	    !statement->principal.negated &&
	    principal_is_everyone(&statement->principal.items[0]) &&
	    statement->action.count == 1 && !statement->action.negated &&
	    node_is(statement->action.items[0], "*") &&
	    statement->resource.count == 1 && !statement->resource.negated &&
	    node_is(statement->resource.items[0], "*");
}

static void
missing_version(struct check *check)
{
	const struct policy *policy = check->subject->policy;
	struct finding *finding;

	/* A bare statement has been told to put a policy around itself. */
	if (policy->version_node != NULL || policy->statement_node == NULL ||
	    is_endpoint_default(check->subject))
		return;
	finding = check_complain(check, node_opening(policy->node),
	    "the policy has no `Version`, so it is read as 2008-10-17, where "
	    "variables are plain text");
	check_help(check, finding, "add `\"Version\": \"2012-10-17\"`");
}

static void
unsupported_principal(struct check *check)
{
	const struct node *node = check->statement->principal.node;

	if (node != NULL)
		check_complain_of_key(check, node,
		    "`%s` cannot stand in a policy that is attached to an "
		    "identity; IAM refuses the document", node->key);
}

static void
id_not_allowed(struct check *check)
{
	const struct node *id = check->subject->policy->id;

	if (id != NULL)
		check_complain_of_key(check, id,
		    "`Id` is for policies on resources; this one is refused "
		    "with it");
}

static void
role_trust_policy_syntax_error_notprincipal(struct check *check)
{
	const struct principals *principal = &check->statement->principal;

	if (principal->node != NULL && principal->negated)
		check_complain_of_key(check, principal->node,
		    "`NotPrincipal` cannot stand in a trust policy; IAM "
		    "refuses the document");
}

static void
role_trust_policy_syntax_error_resource(struct check *check)
{
	const struct node *node = check->statement->resource.node;

	if (node != NULL)
		check_complain_of_key(check, node,
		    "`%s` cannot stand in a trust policy, whose resource is "
		    "its role; IAM refuses the document", node->key);
}

/* Sids. */

static bool
is_sid_character(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
	    (c >= '0' && c <= '9');
}

static bool
is_strict_sid(const struct node *sid)
{
	for (size_t i = 0; i < sid->length; i++)
		if (!is_sid_character(sid->text[i]))
			return false;
	return true;
}

/* The letters and digits of a Sid. */
static const char *
strict_sid(struct check *check, const struct node *sid)
{
	char *text = arena_alloc(check->subject->arena, sid->length + 1);
	size_t length = 0;

	for (size_t i = 0; i < sid->length; i++)
		if (is_sid_character(sid->text[i]))
			text[length++] = sid->text[i];
	return text;
}

static void
unsupported_sid(struct check *check)
{
	const struct node *sid = check->statement->sid;
	struct finding *finding;
	const char *strict;

	if (sid == NULL || is_strict_sid(sid) || node_has_placeholder(sid))
		return;
	finding = check_complain_of(check, sid,
	    "`%s` holds other characters than A-Z, a-z and 0-9; the document "
	    "is refused", sid->text);
	strict = strict_sid(check, sid);
	if (strict[0] != '\0')
		check_help(check, finding, "write `%s`", strict);
}

static void
empty_sid_value(struct check *check)
{
	const struct node *sid = check->statement->sid;

	if (sid != NULL && sid->length == 0)
		check_complain_of(check, sid,
		    "the Sid is empty; give it a name or leave it out");
}

static bool
same_text(const struct node *a, const struct node *b)
{
	return a->length == b->length &&
	    memcmp(a->text, b->text, a->length) == 0;
}

static int
compare_sids(const void *left, const void *right)
{
	const struct node *a = *(const struct node *const *)left;
	const struct node *b = *(const struct node *const *)right;
	int order;

	if (a->length != b->length)
		return a->length < b->length ? -1 : 1;
	order = memcmp(a->text, b->text, a->length);
	if (order != 0)
		return order;
	return a->span.start < b->span.start ? -1 : 1;
}

/* The Sids that are not empty, in the order of compare_sids(). */
static size_t
sort_sids(const struct policy *policy, const struct node **sids)
{
	size_t count = 0;

	for (size_t i = 0; i < policy->count; i++) {
		const struct node *sid = policy->statements[i].sid;

		if (sid != NULL && sid->length > 0)
			sids[count++] = sid;
	}
	qsort(sids, count, sizeof(*sids), compare_sids);
	return count;
}

static void
check_sids(struct check *check, const char *harm)
{
	const struct policy *policy = check->subject->policy;
	const struct node *few[32], **sids = few;
	size_t count;

	if (policy->count > sizeof(few) / sizeof(few[0]))
		sids = arena_array(check->subject->arena, policy->count,
		    sizeof(*sids));
	count = sort_sids(policy, sids);
	for (size_t i = 1, start = 0; i < count; i++) {
		struct finding *finding;

		if (!same_text(sids[start], sids[i])) {
			start = i;
			continue;
		}
		finding = check_complain_of(check, sids[i],
		    "`%s` names another statement already; %s",
		    sids[i]->text, harm);
		finding->sid = sids[i]->text;
		report_relate(check->report, finding, sids[start]->span,
		    "first used here");
	}
}

static void
unique_sids_required(struct check *check)
{
	check_sids(check, "the document is refused");
}

static void
unique_sids_recommended(struct check *check)
{
	check_sids(check, "nobody can tell from a Sid which of them is meant");
}

/* What was left empty (GRAM-33 to GRAM-35). */

static bool
is_empty(const struct node *node, enum node_kind kind)
{
	return node != NULL && node->kind == kind && node->count == 0;
}

/*
 * An empty list in Action or Resource names nothing; in the Not form it
 * leaves out nothing, so the statement is as wide as it can be (GRAM-34).
 */
static void
check_list(struct check *check, const struct element *element,
    const char *things)
{
	struct finding *finding;

	if (!is_empty(element->node, NODE_ARRAY))
		return;
	if (!element->negated) {
		check_complain_of(check, element->node,
		    "`%s` is empty; the statement applies to no %s",
		    element->node->key, things);
		return;
	}
	finding = check_complain_of(check, element->node,
	    "`%s` is empty and leaves out nothing; the statement applies to "
	    "every %s", element->node->key, things);
	finding->severity = SEVERITY_ERROR;
}

static void
empty_array_action(struct check *check)
{
	check_list(check, &check->statement->action, "action");
}

static void
empty_array_resource(struct check *check)
{
	check_list(check, &check->statement->resource, "resource");
}

static void
empty_array_principal(struct check *check)
{
	const struct principals *principal = &check->statement->principal;

	if (principal->node == NULL || principal->node->kind != NODE_OBJECT)
		return;
	for (const struct node *kind = principal->node->first; kind != NULL;
	    kind = kind->next)
		if (is_empty(kind, NODE_ARRAY))
			check_complain_of(check, kind, "the list of `%s` "
			    "principals is empty and %s nobody", kind->key,
			    principal->negated ? "excepts" : "names");
}

static void
empty_object_principal(struct check *check)
{
	const struct principals *principal = &check->statement->principal;

	if (is_empty(principal->node, NODE_OBJECT))
		check_complain_of(check, principal->node,
		    "`%s` is empty and %s nobody", principal->node->key,
		    principal->negated ? "excepts" : "names");
}

static void
empty_object_condition(struct check *check)
{
	const struct node *node = check->statement->condition_node;

	if (node == NULL || node->kind != NODE_OBJECT)
		return;
	if (node->count == 0)
		check_complain_of(check, node,
		    "`Condition` is empty; the statement applies always");
	for (const struct node *block = node->first; block != NULL;
	    block = block->next)
		if (is_empty(block, NODE_OBJECT))
			check_complain_of(check, block,
			    "`%s` tests no key; it is no condition",
			    block->key);
}

/* Text that was never filled in. */

static const struct node *
node_after(const struct node *node, const struct node *root)
{
	if (node->first != NULL)
		return node->first;
	while (node != root && node->next == NULL)
		node = node->parent;
	return node == root ? NULL : node->next;
}

static bool
key_has_placeholder(const struct node *node)
{
	const struct node key = { .text = node->key,
	    .length = node->key_length };

	return node_has_placeholder(&key);
}

static struct span
placeholder_span(const struct node *node)
{
	return key_has_placeholder(node) ? node->key_span : node->span;
}

/* An escape may be \u003c. */
static bool
may_have_placeholder(const struct policy *policy)
{
	const struct span *span = &policy->node->span;
	const char *bytes = policy->text->source->bytes + span->start;
	size_t length = span->end - span->start;

	return memchr(bytes, '<', length) != NULL ||
	    memchr(bytes, '\\', length) != NULL;
}

static void
placeholder_value(struct check *check)
{
	const struct node *root = check->subject->policy->node, *first = NULL;
	struct finding *finding;
	size_t count = 0;

	if (!may_have_placeholder(check->subject->policy))
		return;
	for (const struct node *node = root->first; node != NULL;
	    node = node_after(node, root)) {
		if (!node_has_placeholder(node) && !key_has_placeholder(node))
			continue;
		first = first == NULL ? node : first;
		count++;
	}
	if (first == NULL)
		return;
	finding = check_complain(check, placeholder_span(first),
	    "`%s` was never filled in; %zu value%s of this policy hold%s a "
	    "placeholder, which no request matches",
	    key_has_placeholder(first) ? first->key : first->text, count,
	    count == 1 ? "" : "s", count == 1 ? "s" : "");
	check_help(check, finding, "put your own values in place of `<...>`; "
	    "other rules do not judge these values until then");
}

/*
 * Characters (GRAM-2).  The bytes are looked at as they stand in the
 * document: what IAM would make of an escape is not known.
 */

/* The bytes of a character past U+00FF, or 0 when there is none here. */
static size_t
foreign_length(const char *bytes, size_t left)
{
	enum { FIRST_LEAD = 0xc4 };	/* of U+0100 */

	return (unsigned char)bytes[0] < FIRST_LEAD ? 0 :
	    character_length(bytes, left);
}

/* Skips ASCII by the word, as all of most documents is. */
static size_t
skip_ascii(const char *bytes, size_t at, size_t end)
{
	uint64_t word;

	for (; end - at >= sizeof(word); at += sizeof(word)) {
		memcpy(&word, bytes + at, sizeof(word));
		if ((word & UINT64_C(0x8080808080808080)) != 0)
			break;
	}
	return at;
}

/* Goes to the quote that ends the string and counts what it passes. */
static size_t
count_foreign(const char *bytes, size_t at, size_t end, size_t *count)
{
	for (; at < end && bytes[at] != '"'; at++) {
		if (bytes[at] == '\\')
			at++;
		else if (foreign_length(bytes + at, end - at) > 0)
			++*count;
	}
	return at;
}

static void
complain_of_character(struct check *check, struct span span, size_t more)
{
	const char *character = check->report->source->bytes + span.start;
	size_t length = span.end - span.start;
	bool refused = check->subject->layer != LAYER_ENDPOINT &&
	    (check->subject->layer != LAYER_RESOURCE ||
	    attached_to(check, "kms"));
	struct finding *finding;

	finding = check_complain(check, span,
	    "`%.*s` (U+%04X) is past U+00FF; %s the document", (int)length,
	    character, (unsigned)character_code(character, length),
	    refused ? "AWS refuses" : "many services refuse");
	if (more > 0)
		check_help(check, finding, "%zu more such character%s in this "
		    "string", more, more == 1 ? " is" : "s are");
	if (!refused)
		finding->severity = SEVERITY_WARNING;
}

static void
non_latin1_character(struct check *check)
{
	const struct policy *policy = check->subject->policy;
	const char *bytes = policy->text->source->bytes;
	size_t at = policy->node->span.start, end = policy->node->span.end;

	if (policy->text->ascii)
		return;
	for (at = skip_ascii(bytes, at, end); at < end; at++) {
		size_t length = foreign_length(bytes + at, end - at);
		struct span span = { at, at + length };
		size_t more = 0;

		if (length == 0)
			continue;
		at = count_foreign(bytes, span.end, end, &more);
		complain_of_character(check, span, more);
	}
}

const struct rule grammar_rules[] = {
	{
		.complaint = {
			.id = "missing-principal",
			.severity = SEVERITY_ERROR,
			.says = "a statement of a policy on a resource names "
			    "no principal",
			.why = "Policies on resources, roles and endpoints "
			    "must say whom they are about; such a statement "
			    "is refused or has no effect. Add Principal.",
			.aa = "MISSING_PRINCIPAL",
			.fires_on = "resource {'Effect':'Allow',"
			    "'Action':'s3:GetObject',"
			    "'Resource':'arn:aws:s3:::b/*'}",
			.quiet_on = "resource {'Effect':'Allow',"
			    "'Principal':{'AWS':'111122223333'},"
			    "'Action':'s3:GetObject',"
			    "'Resource':'arn:aws:s3:::b/*'}",
		},
		.layers = LAYERS_PRINCIPAL,
		.statement = missing_principal,
	},
	{
		.complaint = {
			.id = "missing-resource",
			.severity = SEVERITY_ERROR,
			.says = "a statement names no resource",
			.why = "Without Resource or NotResource a statement "
			    "applies to nothing, and most kinds of policy are "
			    "refused. Name the resources.",
			.aa = "MISSING_RESOURCE",
			.fires_on = "{'Effect':'Allow','Action':'s3:Get*'}",
			.quiet_on = "{'Effect':'Allow','Action':'s3:Get*',"
			    "'Resource':'*'}",
		},
		.layers = LAYERS_ALL & ~LAYER_SET(TRUST),
		.statement = missing_resource,
	},
	{
		.complaint = {
			.id = "missing-version",
			.severity = SEVERITY_WARNING,
			.says = "the policy does not say which version of the "
			    "language it is written in",
			.why = "Without Version the language of 2008 applies, "
			    "in which variables are plain text. Write "
			    "2012-10-17.",
			.aa = "MISSING_VERSION",
			.fires_on = "{'Statement':{'Effect':'Deny',"
			    "'Action':'*','Resource':'*'}}",
			.quiet_on = "{'Version':'2012-10-17','Statement':"
			    "{'Effect':'Deny','Action':'*','Resource':'*'}}",
		},
		.layers = LAYERS_ALL,
		.document = missing_version,
	},
	{
		.complaint = {
			.id = "unsupported-principal",
			.severity = SEVERITY_ERROR,
			.says = "a policy that is attached to an identity "
			    "names a principal",
			.why = "Its principal is whoever it is attached to, "
			    "and IAM refuses Principal and NotPrincipal there "
			    "(GRAM-21). Leave the element out.",
			.aa = "UNSUPPORTED_PRINCIPAL",
			.fires_on = "identity {'Effect':'Allow',"
			    "'Principal':'*','Action':'s3:Get*',"
			    "'Resource':'*'}",
			.quiet_on = "identity {'Effect':'Allow',"
			    "'Action':'s3:Get*','Resource':'*'}",
		},
		.layers = LAYERS_ATTACHED,
		.statement = unsupported_principal,
	},
	{
		.complaint = {
			.id = "id-not-allowed",
			.severity = SEVERITY_ERROR,
			.says = "`Id` stands in a policy that takes none",
			.why = "Only policies on resources, roles and "
			    "endpoints have an Id (GRAM-20); others are "
			    "refused with it. Leave it out.",
			.fires_on = "identity {'Version':'2012-10-17',"
			    "'Id':'mine','Statement':{'Effect':'Deny',"
			    "'Action':'*','Resource':'*'}}",
			.quiet_on = "identity {'Version':'2012-10-17',"
			    "'Statement':{'Effect':'Deny','Action':'*',"
			    "'Resource':'*'}}",
		},
		.layers = LAYERS_ATTACHED | LAYER_SET(SCP) | LAYER_SET(RCP),
		.document = id_not_allowed,
	},
	{
		.complaint = {
			.id = "role-trust-policy-syntax-error-notprincipal",
			.severity = SEVERITY_ERROR,
			.says = "a trust policy uses NotPrincipal",
			.why = "IAM refuses it (GRAM-23). Name whom the role "
			    "trusts, or deny with a condition on "
			    "aws:PrincipalArn.",
			.aa = "ROLE_TRUST_POLICY_SYNTAX_ERROR_NOTPRINCIPAL",
			.fires_on = "trust {'Effect':'Deny','NotPrincipal':"
			    "{'AWS':'111122223333'},"
			    "'Action':'sts:AssumeRole'}",
			.quiet_on = "trust {'Effect':'Deny','Principal':"
			    "{'AWS':'111122223333'},"
			    "'Action':'sts:AssumeRole'}",
		},
		.layers = LAYER_SET(TRUST),
		.statement = role_trust_policy_syntax_error_notprincipal,
	},
	{
		.complaint = {
			.id = "role-trust-policy-syntax-error-resource",
			.severity = SEVERITY_ERROR,
			.says = "a trust policy names a resource",
			.why = "The resource of a trust policy is the role it "
			    "belongs to, and IAM refuses another (GRAM-24). "
			    "Leave the element out.",
			.aa = "ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE",
			.fires_on = "trust {'Effect':'Allow','Principal':"
			    "{'AWS':'111122223333'},"
			    "'Action':'sts:AssumeRole','Resource':'*'}",
			.quiet_on = "trust {'Effect':'Allow','Principal':"
			    "{'AWS':'111122223333'},"
			    "'Action':'sts:AssumeRole'}",
		},
		.layers = LAYER_SET(TRUST),
		.statement = role_trust_policy_syntax_error_resource,
	},
	{
		.complaint = {
			.id = "unsupported-sid",
			.severity = SEVERITY_ERROR,
			.says = "a Sid holds more than letters and digits",
			.why = "IAM and Organizations take A-Z, a-z and 0-9 "
			    "and nothing else (GRAM-19). Leave out the other "
			    "characters.",
			.aa = "UNSUPPORTED_SID",
			.fires_on = "identity {'Sid':'read-logs',"
			    "'Effect':'Allow','Action':'s3:Get*',"
			    "'Resource':'*'}",
			.quiet_on = "identity {'Sid':'readLogs',"
			    "'Effect':'Allow','Action':'s3:Get*',"
			    "'Resource':'*'}",
		},
		.layers = LAYERS_STRICT,
		.statement = unsupported_sid,
	},
	{
		.complaint = {
			.id = "unique-sids-required",
			.severity = SEVERITY_ERROR,
			.says = "two statements have the same Sid",
			.why = "In this kind of policy a Sid names one "
			    "statement (GRAM-19); the document is refused. "
			    "Rename or leave out one of them.",
			.aa = "UNIQUE_SIDS_REQUIRED",
			.fires_on = "identity {'Version':'2012-10-17',"
			    "'Statement':[{'Sid':'A','Effect':'Deny',"
			    "'Action':'s3:*','Resource':'*'},"
			    "{'Sid':'A','Effect':'Deny',"
			    "'Action':'sqs:*','Resource':'*'}]}",
			.quiet_on = "identity {'Version':'2012-10-17',"
			    "'Statement':[{'Sid':'A','Effect':'Deny',"
			    "'Action':'s3:*','Resource':'*'},"
			    "{'Sid':'a','Effect':'Deny',"
			    "'Action':'sqs:*','Resource':'*'}]}",
		},
		.layers = LAYERS_STRICT,
		.document = unique_sids_required,
	},
	{
		.complaint = {
			.id = "unique-sids-recommended",
			.severity = SEVERITY_WARNING,
			.says = "two statements have the same Sid where that "
			    "is legal",
			.why = "A Sid is there to speak of one statement, and "
			    "some services still refuse a second one of the "
			    "same name. Rename one of them.",
			.aa = "UNIQUE_SIDS_RECOMMENDED",
			.fires_on = "resource {'Version':'2012-10-17',"
			    "'Statement':[{'Sid':'A','Effect':'Deny',"
			    "'Principal':'*','Action':'s3:PutObject',"
			    "'Resource':'arn:aws:s3:::b/*'},"
			    "{'Sid':'A','Effect':'Deny','Principal':'*',"
			    "'Action':'s3:GetObject',"
			    "'Resource':'arn:aws:s3:::b/*'}]}",
			.quiet_on = "resource {'Version':'2012-10-17',"
			    "'Statement':[{'Sid':'A','Effect':'Deny',"
			    "'Principal':'*','Action':'s3:PutObject',"
			    "'Resource':'arn:aws:s3:::b/*'},"
			    "{'Sid':'B','Effect':'Deny','Principal':'*',"
			    "'Action':'s3:GetObject',"
			    "'Resource':'arn:aws:s3:::b/*'}]}",
		},
		.layers = LAYER_SET(RESOURCE) | LAYER_SET(ENDPOINT),
		.document = unique_sids_recommended,
	},
	{
		.complaint = {
			.id = "empty-sid-value",
			.severity = SEVERITY_NOTE,
			.says = "a Sid is empty",
			.why = "An empty Sid is legal and says nothing. Give "
			    "it a name or leave it out.",
			.aa = "EMPTY_SID_VALUE",
			.fires_on = "{'Sid':'','Effect':'Deny',"
			    "'Action':'s3:*','Resource':'*'}",
			.quiet_on = "{'Sid':'A','Effect':'Deny',"
			    "'Action':'s3:*','Resource':'*'}",
		},
		.layers = LAYERS_ALL,
		.statement = empty_sid_value,
	},
	{
		.complaint = {
			.id = "empty-array-action",
			.severity = SEVERITY_NOTE,
			.says = "Action or NotAction is an empty list",
			.why = "Without an action a statement does nothing "
			    "(GRAM-33); an empty NotAction leaves out nothing "
			    "and is an error (GRAM-34). Name the actions.",
			.aa = "EMPTY_ARRAY_ACTION",
			.fires_on = "{'Effect':'Allow','Action':[],"
			    "'Resource':'*'}",
			.quiet_on = "{'Effect':'Allow','Action':['s3:Get*'],"
			    "'Resource':'*'}",
		},
		.layers = LAYERS_ALL,
		.statement = empty_array_action,
	},
	{
		.complaint = {
			.id = "empty-array-resource",
			.severity = SEVERITY_NOTE,
			.says = "Resource or NotResource is an empty list",
			.why = "Without a resource a statement does nothing "
			    "(GRAM-33); an empty NotResource leaves out "
			    "nothing and is an error (GRAM-34). Name the "
			    "resources.",
			.aa = "EMPTY_ARRAY_RESOURCE",
			.fires_on = "{'Effect':'Allow','Action':'s3:Get*',"
			    "'Resource':[]}",
			.quiet_on = "{'Effect':'Allow','Action':'s3:Get*',"
			    "'Resource':['*']}",
		},
		.layers = LAYERS_ALL,
		.statement = empty_array_resource,
	},
	{
		.complaint = {
			.id = "empty-array-principal",
			.severity = SEVERITY_NOTE,
			.says = "a list of principals is empty",
			.why = "An empty list names nobody; if it is the only "
			    "one, the statement does nothing (GRAM-33). Name "
			    "a principal or leave the list out.",
			.aa = "EMPTY_ARRAY_PRINCIPAL",
			.fires_on = "resource {'Effect':'Allow',"
			    "'Principal':{'AWS':[]},'Action':'s3:GetObject',"
			    "'Resource':'arn:aws:s3:::b/*'}",
			.quiet_on = "resource {'Effect':'Allow',"
			    "'Principal':{'AWS':['111122223333']},"
			    "'Action':'s3:GetObject',"
			    "'Resource':'arn:aws:s3:::b/*'}",
		},
		.layers = LAYERS_PRINCIPAL,
		.statement = empty_array_principal,
	},
	{
		.complaint = {
			.id = "empty-object-principal",
			.severity = SEVERITY_NOTE,
			.says = "Principal or NotPrincipal is an empty object",
			.why = "It names nobody, so the statement does nothing "
			    "or excepts nobody. Name a principal.",
			.aa = "EMPTY_OBJECT_PRINCIPAL",
			.fires_on = "resource {'Effect':'Allow',"
			    "'Principal':{},'Action':'s3:GetObject',"
			    "'Resource':'arn:aws:s3:::b/*'}",
			.quiet_on = "resource {'Effect':'Allow',"
			    "'Principal':{'AWS':'111122223333'},"
			    "'Action':'s3:GetObject',"
			    "'Resource':'arn:aws:s3:::b/*'}",
		},
		.layers = LAYERS_PRINCIPAL,
		.statement = empty_object_principal,
	},
	{
		.complaint = {
			.id = "empty-object-condition",
			.severity = SEVERITY_NOTE,
			.says = "Condition or one of its operators is an "
			    "empty object",
			.why = "It is no condition: the statement applies as "
			    "if it were not there (GRAM-35). Fill it in or "
			    "leave it out.",
			.aa = "EMPTY_OBJECT_CONDITION",
			.fires_on = "{'Effect':'Allow','Action':'s3:Get*',"
			    "'Resource':'*','Condition':{'StringEquals':{}}}",
			.quiet_on = "{'Effect':'Allow','Action':'s3:Get*',"
			    "'Resource':'*','Condition':{'StringEquals':"
			    "{'aws:PrincipalOrgID':'o-a1b2c3d4e5'}}}",
		},
		.layers = LAYERS_ALL,
		.statement = empty_object_condition,
	},
	{
		.complaint = {
			.id = "placeholder-value",
			.severity = SEVERITY_WARNING,
			.says = "a sample value in angle brackets was never "
			    "filled in",
			.why = "AWS takes `<my-account-id>` for what it says, "
			    "which no request ever holds: an Allow is dead, a "
			    "Deny hollow or total. Put in your own value.",
			.fires_on = "{'Effect':'Deny','Action':'s3:*',"
			    "'Resource':'arn:aws:s3:::<bucket>/*'}",
			.quiet_on = "{'Effect':'Deny','Action':'s3:*',"
			    "'Resource':'arn:aws:s3:::bucket/*'}",
		},
		.layers = LAYERS_ALL,
		.document = placeholder_value,
	},
	{
		.complaint = {
			.id = "non-latin1-character",
			.severity = SEVERITY_ERROR,
			.says = "a character is past U+00FF",
			.why = "IAM takes tab, line ends and U+0020 to U+00FF "
			    "(GRAM-2), many services the same. Write the name "
			    "in Latin letters.",
			.fires_on = "identity raw {\"Version\":\"2012-10-17\","
			    "\"Statement\":{\"Effect\":\"Deny\","
			    "\"Action\":\"s3:*\",\"Resource\":"
			    "\"arn:aws:s3:::b/\\xe9\\x96\\xa2\"}}",
			.quiet_on = "identity raw {\"Version\":\"2012-10-17\","
			    "\"Statement\":{\"Effect\":\"Deny\","
			    "\"Action\":\"s3:*\",\"Resource\":"
			    "\"arn:aws:s3:::b/\\xc3\\xa9\"}}",
		},
		.layers = LAYERS_ALL,
		.document = non_latin1_character,
	},
	{ .complaint = { .id = NULL } },
};
