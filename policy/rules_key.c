/* SPDX-License-Identifier: MIT */
/*
 * The names of condition keys: their form, and whether AWS lists them.  Rests
 * on the catalogue, which ages: what is missing there is never an error.
 * Which requests carry a key is not asked here.
 */
#include "config.h"

#include <string.h>

#include "policy/absence.h"
#include "policy/rules.h"
#include "policy/variable.h"
#include "policy/wording.h"

/*
 * Prefixes of keys that belong to no service of the name.  Their keys are
 * listed under the service that sends them.
 */
static const char foreign_prefixes[] = "saml catalog identitycenter "
    "cognito-identity-auth cognito-identity-unauth";

/* Keys that AWS replaced but still sends (COND-38). */
static const struct {
	const char	*old;
	const char	*now;
} replaced[] = {
	{ "aws:SourceOwner", "aws:SourceAccount" },
	{ "aws:PrincipalOrgMasterAccountId", "aws:PrincipalOrgID" },
};

static const char *
find_replacement(const char *key, size_t length)
{
	for (size_t i = 0; i < sizeof(replaced) / sizeof(replaced[0]); i++)
		if (word_is_among(key, length, replaced[i].old))
			return replaced[i].now;
	return NULL;
}

/* A key that some service should list. */
static bool
is_of_service(const struct node *node)
{
	return wording_key_has_form(node) && !wording_key_is_global(node) &&
	    !wording_key_is_claim(node) && !wording_key_is_open(node);
}

static const struct service *
own_service(const struct check *check, const struct node *node)
{
	return catalog_service(check->subject->catalog, node->key,
	    wording_key_prefix(node));
}

/* Tags first: they are most of the keys that people write. */
static bool
is_listed(const struct check *check, const char *key, size_t length)
{
	static const char *const families[] = {
		"aws:RequestTag/", "aws:ResourceTag/", "aws:PrincipalTag/",
	};

	for (size_t i = 0; i < sizeof(families) / sizeof(families[0]); i++) {
		size_t family = strlen(families[i]);

		if (length > family && name_compare(key, family, families[i],
		    family) == 0)
			return true;
	}
	return catalog_key(check->subject->catalog, key, length) != NULL;
}

/* A tag family that lacks the name of the tag (COND-37). */
static bool
lacks_tag_name(const struct check *check, const struct node *node)
{
	size_t length = node->key_length;
	const char *tagged;

	if (length > 0 && node->key[length - 1] == '/')
		length--;
	if (length < 4 || memchr(node->key, '/', length) != NULL ||
	    !word_is_among(node->key + length - 3, 3, "tag"))
		return false;
	tagged = arena_printf(check->subject->arena, "%.*s/x", (int)length,
	    node->key);
	return is_listed(check, tagged, strlen(tagged));
}

/* The global key of the same name, for who forgot its prefix. */
static const char *
find_with_prefix(struct check *check, const struct node *node)
{
	const char *name = arena_printf(check->subject->arena, "aws:%.*s",
	    (int)node->key_length, node->key);
	const struct global_key *key = catalog_global_key(
	    check->subject->catalog, name, strlen(name));

	return key == NULL ? NULL : key->key.name;
}

static void
invalid_condition_key_format(struct check *check,
    const struct condition *condition)
{
	const struct node *node = condition->node;
	struct finding *finding;
	const char *meant;

	if (wording_key_has_form(node) || wording_key_is_open(node))
		return;
	finding = check_complain_of_key(check, node,
	    "`%.*s` is not of the form `prefix:name`, so no request carries "
	    "it", (int)node->key_length, node->key);
	meant = find_with_prefix(check, node);
	if (meant != NULL)
		check_help(check, finding, "write `%s`", meant);
}

static bool
is_unknown_global(const struct check *check, const char *key, size_t length)
{
	return length > 4 && word_is_among(key, 4, "aws:") &&
	    !word_is_among(key, length, "aws:ARN") &&
	    find_replacement(key, length) == NULL &&
	    !is_listed(check, key, length);
}

/* What a test on a key does that no request carries (COND-6). */
static const char *
consequence(const struct check *check, const struct condition *condition)
{
	bool denies = check->statement->effect == EFFECT_DENY;

	if (condition->use.operator == OPERATOR_Null)
		return "";
	if (absence_passes(condition))
		return denies ? ", and the test spares nobody this Deny" :
		    ", and the test keeps nobody out";
	return denies ? ", and this Deny denies nothing" :
	    ", and the statement allows nothing";
}

static bool
is_tag_without_name(const struct check *check, const char *key, size_t length)
{
	const char *named = arena_printf(check->subject->arena, "%.*s/x",
	    (int)length, key);

	return is_listed(check, named, strlen(named));
}

static void
complain_of_unknown_global(struct check *check, struct span span,
    const char *key, size_t length, const char *result)
{
	const char *nearest = catalog_nearest_global_key(
	    check->subject->catalog, key, length);
	struct finding *finding;

	if (is_tag_without_name(check, key, length)) {
		check_complain(check, span, "`%.*s` does not say which tag, so "
		    "no request carries it%s", (int)length, key, result);
		return;
	}
	finding = check_complain(check, span,
	    "no global condition key `%.*s` is listed on %s: if it is "
	    "misspelt, no request carries it%s", (int)length, key,
	    check->subject->catalog->date, result);

	if (nearest != NULL)
		check_help(check, finding, "write `%s`", nearest);
}

static void
invalid_global_condition_key(struct check *check,
    const struct condition *condition)
{
	const struct node *node = condition->node;

	if (!wording_key_is_global(node) || wording_key_is_open(node) ||
	    check_look_up(check, node)->key != NULL ||
	    !is_unknown_global(check, node->key, node->key_length) ||
	    lacks_tag_name(check, node))
		return;
	complain_of_unknown_global(check, node->key_span, node->key,
	    node->key_length, consequence(check, condition));
}

/* To look a key up in every table takes longer than this. */
static bool
is_same_key(const struct variable *a, const struct variable *b)
{
	return b->key != NULL && a->key_length == b->key_length &&
	    memcmp(a->key, b->key, a->key_length) == 0;
}

/* One finding for a value, which may hold any number of them. */
static void
check_variables(struct check *check, const struct node *node)
{
	struct variable variable, first = { .key = NULL };
	size_t at = 0, count = 0;

	if (node->text == NULL || memchr(node->text, '$', node->length) == NULL
	    || check->subject->policy->version != VERSION_2012)
		return;
	while (variable_find(node->text, node->length, at, &variable)) {
		at = variable.end;
		if (variable.kind != VARIABLE_KEY ||
		    (!is_same_key(&variable, &first) && !is_unknown_global(
		    check, variable.key, variable.key_length)))
			continue;
		if (count++ == 0)
			first = variable;
	}
	if (count == 0)
		return;
	complain_of_unknown_global(check, node_span_within(
	    check->report->source, node, (size_t)(first.key - node->text),
	    first.key_length), first.key, first.key_length, count == 1 ? "" :
	    arena_printf(check->subject->arena, ", and so for %zu more in "
	    "this value", count - 1));
}

static void
invalid_global_key_in_value(struct check *check,
    const struct condition *condition, const struct node *value)
{
	(void)condition;
	check_variables(check, value);
}

static void
invalid_service_condition_key(struct check *check,
    const struct condition *condition)
{
	const struct node *node = condition->node;
	const struct service *service;
	struct finding *finding;
	const char *nearest;

	if (!is_of_service(node) || check_look_up(check, node)->key != NULL)
		return;
	service = own_service(check, node);
	if (service == NULL || lacks_tag_name(check, node))
		return;
	finding = check_complain_of_key(check, node,
	    "%s has no condition key `%.*s` in the catalogue: if it is "
	    "misspelt, no request carries it", service->name,
	    (int)node->key_length, node->key);
	nearest = service_nearest_key(service, node->key, node->key_length);
	if (nearest != NULL)
		check_help(check, finding, "write `%s`", nearest);
}

/* AWS's own policies speak of services that it does not list. */
static bool
is_unlisted_service(const struct catalog *catalog, const char *prefix,
    size_t length)
{
	for (unsigned i = 0; i < catalog->unlisted_count; i++) {
		const char *pattern = catalog->unlisted[i].pattern;

		if (strcspn(pattern, ":") == length &&
		    name_compare(pattern, length, prefix, length) == 0)
			return true;
	}
	return false;
}

static void
unknown_condition_key_service(struct check *check,
    const struct condition *condition)
{
	const struct catalog *catalog = check->subject->catalog;
	const struct node *node = condition->node;
	size_t prefix = wording_key_prefix(node);
	struct finding *finding;
	const char *nearest;

	if (!is_of_service(node) || check_look_up(check, node)->key != NULL ||
	    own_service(check, node) != NULL ||
	    word_is_among(node->key, prefix, foreign_prefixes) ||
	    is_unlisted_service(catalog, node->key, prefix))
		return;
	finding = check_complain_of_key(check, node,
	    "no service with the prefix `%.*s` is listed on %s: if it is "
	    "misspelt, no request carries `%.*s`", (int)prefix, node->key,
	    catalog->date, (int)node->key_length, node->key);
	nearest = catalog_nearest_service(catalog, node->key, prefix);
	if (nearest != NULL)
		check_help(check, finding, "write `%s%.*s`", nearest,
		    (int)(node->key_length - prefix), node->key + prefix);
}

static void
unsupported_global_condition_key(struct check *check,
    const struct condition *condition)
{
	struct finding *finding;

	if (!condition_is_on(condition, "aws:ARN"))
		return;
	finding = check_complain_of_key(check, condition->node,
	    "`%.*s` is not supported, so no request carries it",
	    (int)condition->node->key_length, condition->node->key);
	check_help(check, finding, "write `aws:PrincipalArn` for the caller, "
	    "or `aws:SourceArn` for the resource that a service acts for");
}

static void
deprecated_global_condition_key(struct check *check,
    const struct condition *condition)
{
	const struct node *node = condition->node;
	const char *now = find_replacement(node->key, node->key_length);
	struct finding *finding;

	if (now == NULL)
		return;
	finding = check_complain_of_key(check, node,
	    "`%.*s` is documented no more, and new services may not send it",
	    (int)node->key_length, node->key);
	check_help(check, finding, "test `%s` instead", now);
}

static void
missing_tag_key_in_condition(struct check *check,
    const struct condition *condition)
{
	const struct node *node = condition->node;
	bool slash = node->key_length > 0 &&
	    node->key[node->key_length - 1] == '/';
	struct finding *finding;

	if (wording_key_is_open(node) || !lacks_tag_name(check, node))
		return;
	finding = check_complain_of_key(check, node,
	    "`%.*s` does not say which tag, so no request carries it",
	    (int)node->key_length, node->key);
	check_help(check, finding, "put the name of the tag behind it, as in "
	    "`%.*s%sTeam`", (int)node->key_length, node->key,
	    slash ? "" : "/");
}

#define STATEMENT(CONDITION)						\
	"{'Effect':'Allow','Action':'s3:ListBucket','Resource':'*',"	\
	"'Condition':" CONDITION "}"

const struct rule key_rules[] = {
	{
		.complaint = {
			.id = "invalid-condition-key-format",
			.severity = SEVERITY_ERROR,
			.says = "a condition key is not of the form "
			    "prefix:name",
			.why = "Every condition key is named by the service "
			    "that sends it, a colon and a name.  Anything "
			    "else is refused, or never present.",
			.aa = "INVALID_CONDITION_KEY_FORMAT",
			.fires_on = STATEMENT(
			    "{'StringEquals':{'username':'kim'}}"),
			.quiet_on = STATEMENT(
			    "{'StringEquals':{'aws:username':'kim'}}"),
		},
		.layers = LAYERS_ALL,
		.condition = invalid_condition_key_format,
	},
	{
		.complaint = {
			.id = "invalid-global-condition-key",
			.severity = SEVERITY_WARNING,
			.says = "a key or variable begins with aws: but is no "
			    "known global condition key",
			.why = "A misspelt key is absent from every request: "
			    "an Allow grants nothing, and a Deny may be "
			    "hollow.  Correct the name.",
			.aa = "INVALID_GLOBAL_CONDITION_KEY",
			.fires_on = STATEMENT("{'ArnLike':"
			    "{'aws:PrincipleArn':'arn:aws:iam::*:role/x'}}"),
			.quiet_on = STATEMENT("{'ArnLike':"
			    "{'aws:PrincipalArn':'arn:aws:iam::*:role/x'}}"),
		},
		.layers = LAYERS_ALL,
		.resource = check_variables,
		.condition = invalid_global_condition_key,
		.value = invalid_global_key_in_value,
	},
	{
		.complaint = {
			.id = "invalid-service-condition-key",
			.severity = SEVERITY_WARNING,
			.says = "a service is known, but it lists no such "
			    "condition key",
			.why = "A misspelt key is absent from every request: "
			    "an Allow grants nothing, and a Deny may be "
			    "hollow.  Correct the name.",
			.aa = "INVALID_SERVICE_CONDITION_KEY",
			.fires_on = STATEMENT(
			    "{'StringEquals':{'s3:prefixx':'home/'}}"),
			.quiet_on = STATEMENT(
			    "{'StringEquals':{'s3:prefix':'home/'}}"),
		},
		.layers = LAYERS_ALL,
		.condition = invalid_service_condition_key,
	},
	{
		.complaint = {
			.id = "unknown-condition-key-service",
			.severity = SEVERITY_WARNING,
			.says = "the prefix of a condition key is no known "
			    "service",
			.why = "A key of a service that does not exist is "
			    "absent from every request.  Correct the prefix.",
			.aa = "INVALID_SERVICE",
			.fires_on = STATEMENT(
			    "{'StringEquals':{'s33:prefix':'home/'}}"),
			.quiet_on = STATEMENT(
			    "{'StringEquals':{'s3:prefix':'home/'}}"),
		},
		.layers = LAYERS_ALL,
		.condition = unknown_condition_key_service,
	},
	{
		.complaint = {
			.id = "unsupported-global-condition-key",
			.severity = SEVERITY_ERROR,
			.says = "aws:ARN is no supported condition key",
			.why = "The key is never sent.  aws:PrincipalArn "
			    "holds the caller, aws:SourceArn the resource "
			    "that a service acts for.",
			.aa = "UNSUPPORTED_GLOBAL_CONDITION_KEY",
			.fires_on = STATEMENT("{'ArnLike':"
			    "{'aws:ARN':'arn:aws:iam::*:role/x'}}"),
			.quiet_on = STATEMENT("{'ArnLike':"
			    "{'aws:PrincipalArn':'arn:aws:iam::*:role/x'}}"),
		},
		.layers = LAYERS_ALL,
		.condition = unsupported_global_condition_key,
	},
	{
		.complaint = {
			.id = "deprecated-global-condition-key",
			.severity = SEVERITY_WARNING,
			.says = "a global condition key has been replaced by "
			    "a newer one",
			.why = "Old keys are sent by old integrations only, "
			    "and their documentation is gone.  Test the "
			    "newer key.",
			.aa = "DEPRECATED_GLOBAL_CONDITION_KEY",
			.fires_on = STATEMENT("{'StringEquals':"
			    "{'aws:SourceOwner':'111122223333'}}"),
			.quiet_on = STATEMENT("{'StringEquals':"
			    "{'aws:SourceAccount':'111122223333'}}"),
		},
		.layers = LAYERS_ALL,
		.condition = deprecated_global_condition_key,
	},
	{
		.complaint = {
			.id = "missing-tag-key-in-condition",
			.severity = SEVERITY_ERROR,
			.says = "a condition on a tag does not name the tag",
			.why = "The name of the tag is part of the condition "
			    "key, behind a slash.  Without it the key is "
			    "refused, or never present.",
			.aa = "MISSING_TAG_KEY_IN_CONDITION",
			.supersedes = "invalid-global-condition-key "
			    "invalid-service-condition-key "
			    "allow-with-unsupported-tag-condition-key-for-"
			    "service deny-with-unsupported-tag-condition-key-"
			    "for-service",
			.fires_on = STATEMENT(
			    "{'StringEquals':{'aws:PrincipalTag/':'x'}}"),
			.quiet_on = STATEMENT(
			    "{'StringEquals':{'aws:PrincipalTag/Team':'x'}}"),
		},
		.layers = LAYERS_ALL,
		.condition = missing_tag_key_in_condition,
	},
	{ .complaint = { .id = NULL } }
};
