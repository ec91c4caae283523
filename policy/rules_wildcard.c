/* SPDX-License-Identifier: MIT */
/*
 * Wildcards in values of conditions, and variables that could bring some:
 * where they let in too much, where they are read as plain characters, and
 * where they make a test say nothing.  Wildcards in ARNs of resources and
 * principals are judged elsewhere.
 */
#include "config.h"

#include <string.h>

#include "policy/rules.h"
#include "policy/variable.h"
#include "policy/wording.h"

enum { LITERALS_MIN = 6 };	/* GRAM-32: in a row, beside a wildcard */

/* Identifiers that AWS makes, of which a few letters say nothing. */
static const char identifier_keys[] = "aws:PrincipalArn "
    "aws:PrincipalOrgPaths aws:ResourceOrgPaths aws:SourceArn "
    "aws:SourceOrgPaths aws:SourceVpcArn aws:VpceOrgPaths";
/* Where a literal star is a value like others: a domain, anybody. */
static const char star_keys[] = "acm:DomainNames lambda:Principal "
    "route53:ChangeResourceRecordSetsNormalizedRecordNames";
/* Where a question mark is: addresses of pages, and what programs say. */
static const char query_keys[] = "aws:referer aws:UserAgent";

enum token_kind {
	TOKEN_LITERAL,
	TOKEN_WILDCARD,
	TOKEN_VARIABLE
};

struct token {
	enum token_kind	 kind;
	size_t		 start, end;
};

/* The next character, wildcard or variable; false at the end. */
static bool
next_token(const struct node *value, struct token *token)
{
	size_t at = token->end;
	struct variable variable;

	if (at >= value->length)
		return false;
	*token = (struct token){ TOKEN_LITERAL, at, at + 1 };
	if (value->text[at] == '*' || value->text[at] == '?')
		token->kind = TOKEN_WILDCARD;
	if (value->text[at] != '$' || at + 1 == value->length ||
	    value->text[at + 1] != '{' ||
	    !variable_find(value->text, value->length, at, &variable))
		return true;
	/* ${*} is a literal star (VAR-3) */
	if (variable.kind != VARIABLE_LITERAL)
		token->kind = TOKEN_VARIABLE;
	token->end = variable.end;
	return true;
}

static bool
has_token(const struct node *value, enum token_kind kind)
{
	struct token token = { .end = 0 };

	while (next_token(value, &token))
		if (token.kind == kind)
			return true;
	return false;
}

static bool
is_like(const struct condition *condition)
{
	return condition_facts(condition)->type == VALUE_STRING &&
	    condition_facts(condition)->comparison == COMPARISON_like;
}

static bool
is_sensitive(const struct global_key *global)
{
	return global != NULL && global->sensitive;
}

static bool
is_tag_or_region(const struct condition *condition)
{
	return condition_is_on(condition, "aws:PrincipalTag/") ||
	    condition_is_on(condition, "aws:RequestTag/") ||
	    condition_is_on(condition, "aws:RequestedRegion") ||
	    condition_is_on(condition, "aws:ResourceTag/") ||
	    condition_is_on(condition, "aws:TagKeys");
}

/*
 * A wildcard in the key's values needs letters beside it.  Endpoint policies
 * are held to it for every global key (GRAM-32); elsewhere AWS itself uses
 * short patterns, so only keys are held to it that are identifiers.
 */
static bool
wants_literals(const struct check *check, const struct condition *condition)
{
	if (condition_is_among(condition, identifier_keys))
		return true;
	return check->subject->layer == LAYER_ENDPOINT &&
	    condition->node->key_length > 4 &&
	    word_is_among(condition->node->key, 4, "aws:") &&
	    !condition_is_on(condition, "aws:userid") &&
	    !is_tag_or_region(condition);
}

/* A run of wildcards with fewer literals than wanted on both sides. */
static bool
has_bare_wildcard(const struct node *value)
{
	struct token token = { .end = 0 };
	size_t literals = 0;
	bool bare = false, in_run = false;

	while (next_token(value, &token)) {
		if (token.kind == TOKEN_LITERAL) {
			if (++literals >= LITERALS_MIN)
				bare = false;
			in_run = false;
			continue;
		}
		if (bare && !in_run)
			return true;
		if (token.kind == TOKEN_WILDCARD && !in_run)
			bare = literals < LITERALS_MIN;
		in_run = token.kind == TOKEN_WILDCARD;
		literals = 0;
	}
	return bare;
}

static bool
has_bare_variable(const struct node *value)
{
	struct token token = { .end = 0 };
	size_t literals = 0;

	while (next_token(value, &token)) {
		if (token.kind == TOKEN_VARIABLE && literals < LITERALS_MIN)
			return true;
		literals = token.kind == TOKEN_LITERAL ? literals + 1 : 0;
	}
	return false;
}

/*
 * The unique id, left of the colon of aws:userid, has a token of the kind
 * which is not all of it.
 */
static bool
splits_unique_id(const struct condition *condition, const struct node *value,
    enum token_kind kind)
{
	struct token token = { .end = 0 };
	size_t tokens = 0;
	bool found = false;

	if (!condition_is_on(condition, "aws:userid"))
		return false;
	while (next_token(value, &token)) {
		if (token.kind == TOKEN_LITERAL &&
		    value->text[token.start] == ':')
			return found && tokens > 1;
		found = found || token.kind == kind;
		tokens++;
	}
	return false;
}

static void
wildcard_usage_too_permissive(struct check *check,
    const struct condition *condition, const struct node *value)
{
	const struct node *key = condition->node;

	if (!is_like(condition) || !has_token(value, TOKEN_WILDCARD) ||
	    node_has_placeholder(value))
		return;
	if (is_sensitive(check_look_up(check, key)->global))
		check_complain_of(check, value,
		    "`%.*s` holds identifiers that AWS makes, and `%.*s` "
		    "matches those of other customers too",
		    (int)key->key_length, key->key, (int)value->length,
		    value->text);
	else if (splits_unique_id(condition, value, TOKEN_WILDCARD))
		check_complain_of(check, value,
		    "the unique id in `%.*s` is random, and part of one "
		    "identifies nobody", (int)value->length, value->text);
	else if (wants_literals(check, condition) && !entry_is_everything(value) &&
	    has_bare_wildcard(value))
		check_complain_of(check, value,
		    "a wildcard in `%.*s` has fewer than %d letters beside "
		    "it, so it matches nearly everything",
		    (int)value->length, value->text, LITERALS_MIN);
}

/* The caller chooses what some variable stands for. */
static bool
has_free_variable(const struct check *check, const struct node *value)
{
	struct variable variable;
	size_t at = 0;

	while (variable_find(value->text, value->length, at, &variable)) {
		at = variable.end;
		if (variable.kind == VARIABLE_KEY &&
		    !is_sensitive(catalog_global_key(check->subject->catalog,
		    variable.key, variable.key_length)))
			return true;
	}
	return false;
}

static bool
variable_is_too_free(const struct check *check,
    const struct condition *condition, const struct node *value)
{
	const struct node *key = condition->node;

	if (splits_unique_id(condition, value, TOKEN_VARIABLE) ||
	    is_sensitive(check_look_up(check, key)->global))
		return true;
	return wants_literals(check, condition) && has_bare_variable(value);
}

/*
 * Whether a wildcard in the value of a variable acts is not documented
 * (VAR-7).  Accounts and the like hold none.
 */
static void
variable_usage_too_permissive(struct check *check,
    const struct condition *condition, const struct node *value)
{
	struct finding *finding;

	if (!is_like(condition) ||
	    check->subject->policy->version != VERSION_2012 ||
	    !variable_occurs(value->text, value->length) ||
	    !variable_is_too_free(check, condition, value))
		return;
	finding = check_complain_of(check, value,
	    "under `%.*s` the variable in `%.*s` may act as a wildcard",
	    (int)condition->block->key_length, condition->block->key,
	    (int)value->length, value->text);
	check_help(check, finding, "write `%s`, or letters before the "
	    "variable", wording_of_operator(check->report->arena,
	    &condition->use, condition_facts(condition)->negated ?
	    "StringNotEquals" : "StringEquals"));
	if (!has_free_variable(check, value))
		finding->severity = SEVERITY_NOTE;
}

/* A wildcard character that the operator reads as itself. */
static bool
has_dead_wildcard(const struct condition *condition, const struct node *value)
{
	struct token token = { .end = 0 };
	bool query;

	if (!wording_value_is_wild(value))
		return false;
	query = condition_is_among(condition, query_keys);
	while (next_token(value, &token))
		if (token.kind == TOKEN_WILDCARD &&
		    (!query || value->text[token.start] == '*'))
			return true;
	return false;
}

static void
wildcard_not_matched(struct check *check, const struct condition *condition,
    const struct node *value)
{
	const struct operator_facts *facts = condition_facts(condition);
	struct finding *finding;

	if (facts->type != VALUE_STRING ||
	    facts->comparison == COMPARISON_like ||
	    !has_dead_wildcard(condition, value) ||
	    condition_is_among(condition, star_keys))
		return;
	finding = check_complain_of(check, value,
	    "`%.*s` reads no wildcards, so `%.*s` matches only itself",
	    (int)condition->block->key_length, condition->block->key,
	    (int)value->length, value->text);
	check_help(check, finding, "write `%s`, or `${*}` for a star that is "
	    "meant", wording_of_operator(check->report->arena,
	    &condition->use, facts->negated ? "StringNotLike" :
	    "StringLike"));
}

/* What `*' says of a key; the rest of the value's list says no more. */
enum star_meaning {
	STAR_NONE,		/* there is no such star */
	STAR_PRESENT,
	STAR_ABSENT,
	STAR_ALWAYS,
	STAR_NEVER
};

/* Requests always carry the key, says the user guide. */
static bool
is_always_present(const struct check *check,
    const struct condition *condition)
{
	const struct global_key *key = check_look_up(check,
	    condition->node)->global;

	return key != NULL && key->absent != NULL &&
	    strcmp(key->absent, "never") == 0;
}

/* COND-6 and COND-28 to 30, with `*' for every value. */
static enum star_meaning
star_meaning(const struct check *check, const struct condition *condition,
    const struct node *value)
{
	const struct operator_use *use = &condition->use;

	if (!is_like(condition) || !entry_is_everything(value))
		return STAR_NONE;
	if (!condition_facts(condition)->negated)
		return use->if_exists || use->quantifier == QUANTIFIER_ALL ?
		    STAR_ALWAYS : STAR_PRESENT;
	if (use->quantifier == QUANTIFIER_ANY && !use->if_exists)
		return STAR_NEVER;
	return is_always_present(check, condition) ? STAR_NEVER :
	    STAR_ABSENT;
}

static void
equivalent_to_null_false(struct check *check,
    const struct condition *condition, const struct node *value)
{
	const struct node *key = condition->node;
	struct finding *finding;

	if (star_meaning(check, condition, value) != STAR_PRESENT)
		return;
	finding = check_complain_of(check, value,
	    "every value matches `*`, so this only says that `%.*s` is "
	    "there", (int)key->key_length, key->key);
	check_help(check, finding, "write `\"Null\": {\"%.*s\": \"false\"}`",
	    (int)key->key_length, key->key);
}

static void
equivalent_to_null_true(struct check *check,
    const struct condition *condition, const struct node *value)
{
	const struct node *key = condition->node;
	struct finding *finding;

	if (star_meaning(check, condition, value) != STAR_ABSENT)
		return;
	finding = check_complain_of(check, value,
	    "no value differs from `*`, so this only says that `%.*s` is "
	    "absent", (int)key->key_length, key->key);
	check_help(check, finding, "write `\"Null\": {\"%.*s\": \"true\"}`",
	    (int)key->key_length, key->key);
}

static void
redundant_key_due_to_wildcard_in_condition(struct check *check,
    const struct condition *condition, const struct node *value)
{
	if (star_meaning(check, condition, value) == STAR_ALWAYS)
		check_complain_of(check, value,
		    "`%.*s` may be absent or anything, so the test is always "
		    "true", (int)condition->node->key_length,
		    condition->node->key);
}

static void
redundant_statement_due_to_wildcard_in_condition(struct check *check,
    const struct condition *condition, const struct node *value)
{
	if (star_meaning(check, condition, value) == STAR_NEVER)
		check_complain_of(check, value,
		    "no value of `%.*s` differs from `*`, so the test is "
		    "never true and the statement never applies",
		    (int)condition->node->key_length, condition->node->key);
}

#define STATEMENT(CONDITION)						\
	"{'Effect':'Allow','Action':'s3:GetObject','Resource':'*',"	\
	"'Condition':{" CONDITION "}}"

const struct rule wildcard_rules[] = {
	{
		.complaint = {
			.id = "wildcard-usage-too-permissive",
			.severity = SEVERITY_ERROR,
			.says = "a wildcard stands in the value of a key "
			    "where it lets in strangers",
			.why = "Accounts, organizations, VPCs, endpoints and "
			    "unique ids are made by AWS, for everybody.  A "
			    "pattern over them matches other customers'.  "
			    "Write them in full.",
			.aa = "WILDCARD_USAGE_TOO_PERMISSIVE",
			.supersedes = "equivalent-to-null-false "
			    "equivalent-to-null-true "
			    "redundant-key-due-to-wildcard-in-condition "
			    "redundant-statement-due-to-wildcard-in-condition",
			.fires_on = STATEMENT("'StringLike':"
			    "{'aws:SourceVpce':'vpce-*'}"),
			.quiet_on = STATEMENT("'StringLike':"
			    "{'aws:SourceVpce':'vpce-0a1b2c3d4e5f60718'}"),
		},
		.layers = LAYERS_ALL,
		.value = wildcard_usage_too_permissive,
	},
	{
		.complaint = {
			.id = "variable-usage-too-permissive",
			.severity = SEVERITY_ERROR,
			.says = "a variable under StringLike may bring a "
			    "wildcard into a value that must be exact",
			.why = "Where the caller has a say in a tag or a "
			    "name, a star in it may match anything.  Compare "
			    "with StringEquals.",
			.aa = "VARIABLE_USAGE_TOO_PERMISSIVE",
			.fires_on = STATEMENT("'StringLike':"
			    "{'aws:SourceAccount':'${aws:PrincipalTag/a}'}"),
			.quiet_on = STATEMENT("'StringEquals':"
			    "{'aws:SourceAccount':'${aws:PrincipalTag/a}'}"),
		},
		.layers = LAYERS_ALL,
		.value = variable_usage_too_permissive,
	},
	{
		.complaint = {
			.id = "wildcard-not-matched",
			.severity = SEVERITY_WARNING,
			.says = "a wildcard stands under an operator that "
			    "compares it as a plain character",
			.why = "Of the String operators only those with Like "
			    "read wildcards.  Elsewhere a star equals a star "
			    "and nothing else.",
			.aa = "WILDCARD_WITHOUT_LIKE_OPERATOR",
			.fires_on = STATEMENT("'StringEquals':"
			    "{'aws:PrincipalTag/job':'admin-*'}"),
			.quiet_on = STATEMENT("'StringLike':"
			    "{'aws:PrincipalTag/job':'admin-*'}"),
		},
		.layers = LAYERS_ALL,
		.value = wildcard_not_matched,
	},
	{
		.complaint = {
			.id = "equivalent-to-null-false",
			.severity = SEVERITY_NOTE,
			.says = "a comparison with * only says that the key "
			    "is there",
			.why = "Every value matches a star.  Null with false "
			    "says so in plain words.",
			.aa = "EQUIVALENT_TO_NULL_FALSE",
			.fires_on = STATEMENT("'StringLike':"
			    "{'aws:PrincipalTag/job':'*'}"),
			.quiet_on = STATEMENT("'StringLike':"
			    "{'aws:PrincipalTag/job':'admin*'}"),
		},
		.layers = LAYERS_ALL,
		.value = equivalent_to_null_false,
	},
	{
		.complaint = {
			.id = "equivalent-to-null-true",
			.severity = SEVERITY_NOTE,
			.says = "a negated comparison with * only says that "
			    "the key is absent",
			.why = "No value differs from a star, so only "
			    "absence is left.  Null with true says so in "
			    "plain words.",
			.aa = "EQUIVALENT_TO_NULL_TRUE",
			.fires_on = STATEMENT("'StringNotLike':"
			    "{'aws:PrincipalTag/job':'*'}"),
			.quiet_on = STATEMENT("'StringNotLike':"
			    "{'aws:PrincipalTag/job':'admin*'}"),
		},
		.layers = LAYERS_ALL,
		.value = equivalent_to_null_true,
	},
	{
		.complaint = {
			.id = "redundant-key-due-to-wildcard-in-condition",
			.severity = SEVERITY_NOTE,
			.says = "a comparison with * that absence passes too "
			    "is always true",
			.why = "The test can be removed without any change.  "
			    "Probably a value was meant, or an operator "
			    "without IfExists.",
			.aa = "REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION",
			.fires_on = STATEMENT("'StringLikeIfExists':"
			    "{'aws:PrincipalTag/job':'*'}"),
			.quiet_on = STATEMENT("'StringLikeIfExists':"
			    "{'aws:PrincipalTag/job':'admin*'}"),
		},
		.layers = LAYERS_ALL,
		.value = redundant_key_due_to_wildcard_in_condition,
	},
	{
		.complaint = {
			.id =
			    "redundant-statement-due-to-wildcard-in-condition",
			.severity = SEVERITY_NOTE,
			.says = "a comparison with * can never be true, so "
			    "the statement does nothing",
			.why = "No value differs from a star, and absence "
			    "does not help.  Remove the statement, or say "
			    "what the key may not be.",
			.aa =
			    "REDUNDANT_STATEMENT_DUE_TO_WILDCARD_IN_CONDITION",
			.fires_on = STATEMENT("'StringNotLike':"
			    "{'aws:RequestedRegion':'*'}"),
			.quiet_on = STATEMENT("'StringNotLike':"
			    "{'aws:RequestedRegion':'us-east-*'}"),
		},
		.layers = LAYERS_ALL,
		.value = redundant_statement_due_to_wildcard_in_condition,
	},
	{ .complaint = { .id = NULL } }
};
