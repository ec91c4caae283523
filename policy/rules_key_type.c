/* SPDX-License-Identifier: MIT */
/*
 * What a condition key holds, one value or a list, and of which type, held
 * against the operator that tests it.  Whether the key exists, and what the
 * values look like, is asked elsewhere.
 */
#include "config.h"

#include <string.h>

#include "policy/rules.h"
#include "policy/variable.h"
#include "policy/wording.h"

enum arity {
	ARITY_UNKNOWN,		/* not listed, or the sources differ */
	ARITY_ONE,
	ARITY_LIST
};

/* Lists of which AWS documents tests without a set prefix (COND-34). */
static const char documented_bare[] = "events:source events:detail-type";
/* Listed as single, but AWS itself tests them as lists. */
static const char used_as_list[] = "codestar-connections:ProviderAction "
    "codeconnections:ProviderAction";

static enum arity
arity_of(const struct key *key)
{
	if (key == NULL)
		return ARITY_UNKNOWN;
	return key->multivalued ? ARITY_LIST : ARITY_ONE;
}

/*
 * COND-33.  Where the user guide and the service disagree, nobody knows.  Of
 * templates only tags matter, and a tag has one value.
 */
static enum arity
condition_arity(const struct check *check, const struct condition *condition)
{
	const struct node *node = condition->node;
	const struct listing *listing;
	enum arity said, listed;

	if (wording_key_is_tag(node))
		return ARITY_ONE;
	listing = check_look_up(check, node);
	said = arity_of(listing->global == NULL ? NULL :
	    &listing->global->key);
	listed = arity_of(listing->own);
	if (said == ARITY_UNKNOWN)
		return listed;
	return listed == ARITY_UNKNOWN || listed == said ? said :
	    ARITY_UNKNOWN;
}

static bool
is_null(const struct condition *condition)
{
	return condition->use.operator == OPERATOR_Null;
}

static void
missing_qualifier(struct check *check, const struct condition *condition)
{
	const struct node *block = condition->block;
	struct finding *finding;

	if (condition->use.quantifier != QUANTIFIER_NONE ||
	    is_null(condition) ||
	    condition_is_among(condition, documented_bare) ||
	    condition_arity(check, condition) != ARITY_LIST)
		return;
	finding = check_complain_of_key(check, condition->node,
	    "`%.*s` is a list, and `%.*s` is false of every list of two "
	    "values or more", (int)condition->node->key_length,
	    condition->node->key, (int)block->key_length, block->key);
	check_help(check, finding, "write `ForAnyValue:%.*s` or "
	    "`ForAllValues:%.*s`", (int)block->key_length, block->key,
	    (int)block->key_length, block->key);
}

/* The statement asks for the key to be there, so absence does not pass. */
static bool
is_guarded(const struct check *check, const struct condition *condition)
{
	const struct statement *statement = check->statement;

	for (size_t i = 0; i < statement->condition_count; i++) {
		const struct condition *other = &statement->conditions[i];

		if (is_null(other) && other->count == 1 &&
		    node_is(other->values[0], "false") &&
		    node_has_key_of(other->node, condition->node))
			return true;
	}
	return false;
}

static void
forallvalues_single_valued(struct check *check,
    const struct condition *condition)
{
	struct finding *finding;

	if (condition->use.quantifier != QUANTIFIER_ALL ||
	    is_null(condition) || condition_is_among(condition, used_as_list) ||
	    condition_arity(check, condition) != ARITY_ONE ||
	    is_guarded(check, condition))
		return;
	finding = check_complain_of_key(check, condition->node,
	    "`%.*s` has one value, so ForAllValues: does nothing but let "
	    "requests without it %s", (int)condition->node->key_length,
	    condition->node->key, check->statement->effect == EFFECT_DENY ?
	    "match" : "pass");
	check_help(check, finding, "drop `ForAllValues:`");
}

/* Where a wildcard stands in the first five fields, or NULL. */
static const char *
find_crossing(const struct node *value)
{
	unsigned colons = 0;

	for (size_t i = 0; i < value->length && colons < 5; i++) {
		const char *at = value->text + i;

		/* ${*} and ${?} stand for the characters (VAR-3) */
		if (*at == '$' && i + 1 < value->length && at[1] == '{') {
			const char *end = memchr(at, '}', value->length - i);

			if (end == NULL)
				return NULL;
			i = (size_t)(end - value->text);
		} else if (*at == '*' || *at == '?') {
			return at;
		} else if (*at == ':') {
			colons++;
		}
	}
	return NULL;
}

/* A lone star tests presence; equivalent-to-null-false speaks of it. */
static const struct node *
find_crossing_value(const struct condition *condition)
{
	for (size_t i = 0; i < condition->count; i++) {
		const struct node *value = condition->values[i];

		if (!node_is(value, "*") && find_crossing(value) != NULL)
			return value;
	}
	return NULL;
}

static bool
is_of_type(const struct check *check, const struct condition *condition,
    enum value_type type)
{
	const struct key *key = check_look_up(check, condition->node)->key;

	return key != NULL && key->type == type;
}

/* What matches too much is let in, or is spared a Deny. */
static bool
is_looser_when_wide(const struct check *check,
    const struct operator_facts *facts)
{
	return (check->statement->effect == EFFECT_DENY) == facts->negated;
}

static void
string_like_on_arn_key(struct check *check, const struct condition *condition)
{
	const struct operator_facts *facts = condition_facts(condition);
	bool looser = is_looser_when_wide(check, facts);
	const struct node *value;
	struct finding *finding;

	if (facts->type != VALUE_STRING ||
	    facts->comparison != COMPARISON_like)
		return;
	value = find_crossing_value(condition);
	if (value == NULL || !is_of_type(check, condition, VALUE_ARN))
		return;
	finding = check_complain_of_key(check, condition->node,
	    "`%.*s` holds an ARN, and under `%.*s` the wildcard in `%.*s` "
	    "runs over colons into other fields%s",
	    (int)condition->node->key_length, condition->node->key,
	    (int)condition->block->key_length, condition->block->key,
	    (int)value->length, value->text, looser ? "" :
	    ", which can only keep more out here");
	check_help(check, finding, "write `%s`, with all six fields",
	    wording_of_operator(check->report->arena, &condition->use,
	    facts->negated ? "ArnNotLike" : "ArnLike"));
	if (!looser)
		finding->severity = SEVERITY_NOTE;
}

static const struct {
	const char	*noun;
	const char	*operators;
} types[] = {
	[VALUE_STRING] = { "a string", "a String operator" },
	[VALUE_ARN] = { "an ARN", "an Arn operator" },
	[VALUE_NUMBER] = { "a number", "a Numeric operator" },
	[VALUE_DATE] = { "a date", "a Date operator" },
	[VALUE_BOOL] = { "true or false", "`Bool`" },
	[VALUE_BINARY] = { "binary data", "`BinaryEquals`" },
	[VALUE_IP] = { "an address", "`IpAddress` or `NotIpAddress`" },
	[VALUE_PRESENCE] = { "anything", "any operator" },
};

static bool
all_are_arns(const struct condition *condition)
{
	for (size_t i = 0; i < condition->count; i++) {
		const struct node *value = condition->values[i];

		if (value->length < 4 || (memcmp(value->text, "arn:", 4) != 0 &&
		    memcmp(value->text, "${", 2) != 0))
			return false;
	}
	return true;
}

static bool
all_are_variables(const struct condition *condition)
{
	for (size_t i = 0; i < condition->count; i++)
		if (!variable_occurs(condition->values[i]->text,
		    condition->values[i]->length))
			return false;
	return true;
}

/* KEY-12: what works although the types differ. */
static bool
is_tolerated(const struct condition *condition, enum value_type held)
{
	enum value_type tested = condition_facts(condition)->type;

	if (tested == VALUE_STRING && held == VALUE_ARN)
		return true;
	/* tags and the like may well hold ARNs */
	if (tested == VALUE_ARN && held == VALUE_STRING)
		return all_are_arns(condition);
	/* AWS lists it as a string, and locks vaults by its number */
	if (tested == VALUE_NUMBER && held == VALUE_STRING)
		return condition_is_on(condition, "glacier:ArchiveAgeInDays");
	/* IpAddress takes no variables, so there is no other way (VAR-8) */
	if (tested == VALUE_STRING && held == VALUE_IP)
		return all_are_variables(condition);
	return tested == VALUE_NUMBER && held == VALUE_DATE &&
	    condition_is_on(condition, "aws:EpochTime");
}

static void
type_mismatch(struct check *check, const struct condition *condition)
{
	enum value_type tested = condition_facts(condition)->type;
	const struct node *node = condition->node;
	const struct key *key;
	struct finding *finding;

	if (tested == VALUE_PRESENCE || tested == VALUE_BINARY ||
	    (tested == VALUE_STRING && wording_key_is_tag(condition->node)))
		return;
	key = check_look_up(check, node)->key;
	if (key == NULL || key->type == tested ||
	    is_tolerated(condition, key->type))
		return;
	finding = check_complain_of_key(check, node,
	    "`%.*s` holds %s, which `%.*s` is not made to compare",
	    (int)node->key_length, node->key, types[key->type].noun,
	    (int)condition->block->key_length, condition->block->key);
	check_help(check, finding, "use %s", types[key->type].operators);
}

#define STATEMENT(CONDITION)						\
	"{'Effect':'Allow','Action':'s3:GetObject','Resource':'*',"	\
	"'Condition':" CONDITION "}"

const struct rule key_type_rules[] = {
	{
		.complaint = {
			.id = "missing-qualifier",
			.severity = SEVERITY_ERROR,
			.says = "a key that holds a list is tested without "
			    "ForAllValues: or ForAnyValue:",
			.why = "Without a set prefix the test is false of a "
			    "request that carries two values, whatever they "
			    "are.  Say whether any value must match, or all.",
			.aa = "MISSING_QUALIFIER",
			.fires_on = STATEMENT("{'StringEquals':"
			    "{'aws:CalledVia':'athena.amazonaws.com'}}"),
			.quiet_on = STATEMENT("{'ForAnyValue:StringEquals':"
			    "{'aws:CalledVia':'athena.amazonaws.com'}}"),
		},
		.layers = LAYERS_ALL,
		.condition = missing_qualifier,
	},
	{
		.complaint = {
			.id = "forallvalues-single-valued",
			.severity = SEVERITY_SECURITY,
			.says = "ForAllValues: on a key with a single value "
			    "is true when the key is absent",
			.why = "All values of a key that is not there match, "
			    "so a request without the key gets through.  A "
			    "single value needs no set prefix: drop it.",
			.aa = "FORALLVALUES_WITH_SINGLE_VALUED_KEY",
			.supersedes = "forallvalues-allow-no-null",
			.fires_on = STATEMENT("{'ForAllValues:StringEquals':"
			    "{'aws:PrincipalOrgID':'o-a1b2c3d4e5'}}"),
			.quiet_on = STATEMENT("{'StringEquals':"
			    "{'aws:PrincipalOrgID':'o-a1b2c3d4e5'}}"),
		},
		.layers = LAYERS_ALL,
		.condition = forallvalues_single_valued,
	},
	{
		.complaint = {
			.id = "string-like-on-arn-key",
			.severity = SEVERITY_SECURITY,
			.says = "a wildcard under StringLike runs over the "
			    "colons of an ARN",
			.why = "StringLike sees one long text, so a star that "
			    "was meant for one field matches others too.  "
			    "ArnLike compares field by field.",
			.aa = "STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS",
			.fires_on = STATEMENT("{'StringLike':{'aws:SourceArn'"
			    ":'arn:aws:sns:*:111122223333:alerts'}}"),
			.quiet_on = STATEMENT("{'ArnLike':{'aws:SourceArn'"
			    ":'arn:aws:sns:*:111122223333:alerts'}}"),
		},
		.layers = LAYERS_ALL,
		.condition = string_like_on_arn_key,
	},
	{
		.complaint = {
			.id = "type-mismatch",
			.severity = SEVERITY_WARNING,
			.says = "an operator does not fit the type of the "
			    "key that it tests",
			.why = "A value of one type compared as another "
			    "seldom matches, and never by its meaning.  Use "
			    "an operator of the key's own family.",
			.aa = "TYPE_MISMATCH",
			.fires_on = STATEMENT("{'StringEquals':"
			    "{'aws:MultiFactorAuthAge':'3600'}}"),
			.quiet_on = STATEMENT("{'NumericEquals':"
			    "{'aws:MultiFactorAuthAge':'3600'}}"),
		},
		.layers = LAYERS_ALL,
		.condition = type_mismatch,
	},
	{ .complaint = { .id = NULL } }
};
