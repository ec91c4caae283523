/* SPDX-License-Identifier: MIT */
/*
 * Exceptions of a Deny that are wider than they look: two perimeters of which
 * one is enough, and values that take in everybody.
 */
#include "config.h"

#include <string.h>

#include "policy/absence.h"
#include "policy/caller.h"
#include "policy/rules.h"

static const char *const owner_keys[] = {
	"aws:ResourceOrgID", "aws:ResourceOrgPaths", NULL
};

/* What a perimeter is made of; a Deny is for who is outside. */
static const struct perimeter {
	const char		*name;		/* what passing it means */
	const char *const	*keys;
} perimeters[] = {
	{ "comes from a known network", absence_public_keys },
	{ "comes from a known network", absence_private_keys },
	{ "is of the organization", absence_organization_keys },
	{ "goes to a known owner", owner_keys },
};

/* Tests that are themselves of what must not be. */
static const struct fault {
	const char	*name;
	const char	*key;
	const char	*value;
} faults[] = {
	{ "uses TLS", "aws:SecureTransport", "false" },
	{ "has MFA", "aws:MultiFactorAuthPresent", "false" },
};

/* What a request does that this test does not deny; NULL: no perimeter. */
static const char *
find_pass(const struct condition *condition)
{
	for (size_t i = 0; absence_excepts(condition) &&
	    i < sizeof(perimeters) / sizeof(perimeters[0]); i++)
		if (condition_is_on_one(condition, perimeters[i].keys))
			return perimeters[i].name;
	for (size_t i = 0; condition->use.operator == OPERATOR_Bool &&
	    i < sizeof(faults) / sizeof(faults[0]); i++)
		if (condition_is_on(condition, faults[i].key) &&
		    condition->count == 1 &&
		    node_is(condition->values[0], faults[i].value))
			return faults[i].name;
	return NULL;
}

/*
 * COND-1: tests of one Condition are ANDed, so a Deny made of two perimeters
 * is for who is outside both.  Exceptions for some principals, tags and
 * services beside one perimeter are the recommended shape.
 */
static void
deny_keys_are_anded(struct check *check)
{
	const struct statement *statement = check->statement;
	const struct condition *first = NULL;
	const char *name = NULL;

	for (size_t i = 0; i < statement->condition_count &&
	    statement->effect == EFFECT_DENY; i++) {
		const struct condition *condition = &statement->conditions[i];
		const char *pass = find_pass(condition);
		struct finding *finding;

		if (pass != NULL && first == NULL) {
			first = condition;
			name = pass;
		}
		if (pass == NULL || strcmp(pass, name) == 0)
			continue;
		finding = check_complain_of_key(check, condition->node,
		    "only a request that fails both tests is denied: one that "
		    "%s is not, and one that %s is not",
		    name, pass);
		report_relate(check->report, finding, first->node->key_span,
		    "the other test");
		check_help(check, finding, "give each test a Deny of its own");
		return;
	}
}

/* Callers of each sort, of accounts that have nothing in common. */
static const char *const caller_arns[] = {
	"arn:aws:iam::111122223333:root", "arn:aws:iam::045678901234:user/~",
	"arn:aws:iam::987650456789:role/~", "arn:aws:iam::333000654012:root",
	"arn:aws:iam::290871212098:user/~", "arn:aws:iam::501239867545:role/~"
};
/* Of a session of GetFederationToken, which is not of IAM. */
static const char federated_arn[] =
    "arn:aws:sts::111122223333:federated-user/~";
/* Always there, so a star spares everybody. */
static const char *const caller_keys[] = {
	"aws:PrincipalAccount", "aws:PrincipalType", "aws:userid", NULL
};

static struct pattern
read_arn(struct check *check, const struct condition *condition,
    const struct node *value)
{
	struct arena *arena = check->subject->arena;

	return condition_facts(condition)->type == VALUE_ARN ?
	    arn_condition_read(arena, value->text, value->length) :
	    pattern_read(arena, value->text, value->length);
}

static bool
spares_every_arn(struct check *check, const struct condition *condition,
    const struct node *value)
{
	struct pattern pattern;

	if (memchr(value->text, '*', value->length) == NULL)
		return false;
	pattern = read_arn(check, condition, value);
	for (size_t i = 0; i < sizeof(caller_arns) / sizeof(caller_arns[0]);
	    i++)
		if (!pattern_match(&pattern, caller_arns[i],
		    strlen(caller_arns[i])))
			return false;
	return true;
}

/* Of IPv4 alone, or of IPv6: the other half is left. */
static bool
spares_every_address(const struct condition *condition,
    const struct node *value)
{
	struct cidr cidr;

	return condition->use.operator == OPERATOR_NotIpAddress &&
	    condition_is_on_one(condition, absence_public_keys) &&
	    cidr_read(value->text, value->length, 128, &cidr) &&
	    cidr.prefix == 0;
}

static bool
spares_everybody(struct check *check, const struct condition *condition,
    const struct node *value)
{
	if (condition_facts(condition)->comparison != COMPARISON_like)
		return false;
	if (condition_is_on(condition, "aws:PrincipalArn"))
		return node_is(value, "*") ||
		    spares_every_arn(check, condition, value);
	return condition_is_on_one(condition, caller_keys) &&
	    node_is(value, "*");
}

static bool
hits_federated_users(struct check *check, const struct condition *condition,
    const struct node *value)
{
	struct pattern pattern = read_arn(check, condition, value);

	return condition_is_on(condition, "aws:PrincipalArn") &&
	    !pattern_match(&pattern, federated_arn, strlen(federated_arn));
}

static void
complain_of_arn(struct check *check, const struct condition *condition,
    const struct node *value)
{
	const struct node *key = condition->node;

	if (node_is(value, "*") &&
	    condition_facts(condition)->type == VALUE_ARN)
		check_complain_of(check, value, "`*` is no ARN: it excepts "
		    "either everybody or nobody, and AWS does not say which");
	else if (hits_federated_users(check, condition, value))
		check_complain_of(check, value, "`%.*s` matches every user, "
		    "role and root user, so this Deny hits none but sessions "
		    "of sts:GetFederationToken", (int)value->length,
		    value->text)->severity = SEVERITY_WARNING;
	else
		check_complain_of(check, value, "`%.*s` matches every "
		    "`%.*s`, so this Deny excepts everybody",
		    (int)value->length, value->text, (int)key->key_length,
		    key->key);
}

static void
ineffective_carve_out(struct check *check, const struct condition *condition,
    const struct node *value)
{
	if (check->statement->effect != EFFECT_DENY ||
	    !absence_excepts(condition))
		return;
	if (spares_every_address(condition, value))
		check_complain_of(check, value, "`%.*s` excepts every address "
		    "of its kind, so this Deny hits no such request",
		    (int)value->length, value->text)->severity =
		    SEVERITY_WARNING;
	else if (spares_everybody(check, condition, value))
		complain_of_arn(check, condition, value);
}

#define OPEN(LAYER, CONDITION)						\
	LAYER " {'Effect':'Deny','Principal':'*','Action':'s3:*',"	\
	"'Resource':'*','Condition':" CONDITION "}"

const struct rule exception_rules[] = {
	{
		.complaint = {
			.id = "deny-keys-are-anded",
			.severity = SEVERITY_SECURITY,
			.says = "a Deny with two perimeters in one Condition "
			    "is only for who is outside both",
			.why = "Tests of one Condition are joined by AND.  "
			    "Whoever is inside one perimeter is not denied, "
			    "so each is weaker with the other than alone.  "
			    "Write a Deny for each.",
			.fires_on = OPEN("resource", "{'StringNotEquals':"
			    "{'aws:SourceVpce':'vpce-0a1b2c3d',"
			    "'aws:PrincipalOrgID':'o-a1b2c3d4e5'}}"),
			.quiet_on = OPEN("resource", "{'StringNotEquals':"
			    "{'aws:SourceVpce':'vpce-0a1b2c3d'},"
			    "'ArnNotLike':{'aws:PrincipalArn':"
			    "'arn:aws:iam::111122223333:role/admin'},"
			    "'BoolIfExists':{'aws:ViaAWSService':'false'}}"),
		},
		.layers = LAYER_SET(RESOURCE) | LAYER_SET(RCP) |
		    LAYER_SET(SCP) | LAYER_SET(ENDPOINT),
		.statement = deny_keys_are_anded,
	},
	{
		.complaint = {
			.id = "ineffective-carve-out",
			.severity = SEVERITY_ERROR,
			.says = "a Deny excepts everybody",
			.why = "A value that matches every caller makes the "
			    "exception the rule, and nothing is denied.  "
			    "Name those who are to be spared.",
			.supersedes = "equivalent-to-null-true "
			    "invalid-arn-value",
			.fires_on = OPEN("resource", "{'ArnNotLike':"
			    "{'aws:PrincipalArn':'arn:aws:iam::*:*'}}"),
			.quiet_on = OPEN("resource", "{'ArnNotLike':"
			    "{'aws:PrincipalArn':'arn:aws:iam::*:role/a'}}"),
		},
		.layers = LAYERS_ALL,
		.value = ineffective_carve_out,
	},
	{ .complaint = { .id = NULL } }
};
