/* SPDX-License-Identifier: MIT */
/*
 * Rules about policy variables (SPEC 2.4): how ${...} is written, and where
 * it means anything.  Whether a key exists is not known here.  ${*}, ${?} and
 * ${$} stand for themselves and are let alone, except in an old document,
 * where they are no escapes.
 */
#include "config.h"

#include <string.h>

#include "policy/rules.h"
#include "policy/variable.h"

/* The occurrences of ${...} in one string, one after another. */
struct search {
	const struct node	*node;
	size_t			 from;
	struct variable		 variable;	/* the last one found */
};

static bool
search_find(struct search *search)
{
	const struct node *node = search->node;

	/* Most strings have none, and every rule here asks. */
	if (memchr(node->text, '$', node->length) == NULL || !variable_find(
	    node->text, node->length, search->from, &search->variable))
		return false;
	search->from = search->variable.end;
	return true;
}

static struct span
variable_span(const struct check *check, const struct search *search)
{
	const struct variable *variable = &search->variable;

	return node_span_within(check->subject->policy->text->source,
	    search->node, variable->start, variable->end - variable->start);
}

/* For "%.*s" */
static int
variable_length(const struct search *search)
{
	return (int)(search->variable.end - search->variable.start);
}

static const char *
variable_text(const struct search *search)
{
	return search->node->text + search->variable.start;
}

/* VAR-8.  Whether Bool takes variables is not known. */
static bool
takes_variables(const struct condition *condition)
{
	enum value_type type = condition_facts(condition)->type;

	return type == VALUE_STRING || type == VALUE_ARN;
}

static bool
has_variables(const struct check *check)
{
	return check->subject->policy->version == VERSION_2012;
}

/*
 * One finding for a value, at the first variable that is wrong: a value may
 * hold any number of them.
 */
static struct finding *
complain_of_first(struct check *check, const struct node *node,
    bool (*is_wrong)(const struct check *, const struct variable *),
    const char *says)
{
	struct search search = { .node = node }, first = { .node = node };
	struct finding *finding;
	size_t count = 0;

	while (search_find(&search))
		if (is_wrong(check, &search.variable) && count++ == 0)
			first = search;
	if (count == 0)
		return NULL;
	finding = check_complain(check, variable_span(check, &first),
	    "`%.*s` %s", variable_length(&first), variable_text(&first), says);
	if (count > 1)
		check_help(check, finding, "%zu more such variable%s in this "
		    "value", count - 1, count == 2 ? " is" : "s are");
	return finding;
}

/* How it is written (VAR-2, VAR-4). */

static bool
is_unclosed(const struct check *check, const struct variable *variable)
{
	(void)check;
	return variable->kind == VARIABLE_UNCLOSED;
}

static bool
is_unquoted(const struct check *check, const struct variable *variable)
{
	(void)check;
	return variable->kind == VARIABLE_UNQUOTED;
}

static bool
is_spaced(const struct check *check, const struct variable *variable)
{
	(void)check;
	return variable->kind == VARIABLE_SPACED;
}

static bool
is_empty(const struct check *check, const struct variable *variable)
{
	(void)check;
	return variable->kind == VARIABLE_EMPTY;
}

static bool
is_undocumented(const struct check *check, const struct variable *variable)
{
	(void)check;
	return variable->kind == VARIABLE_KEY && variable->fallback != NULL &&
	    !variable->documented;
}

static void
check_form(struct check *check, const struct node *node,
    bool (*is_wrong)(const struct check *, const struct variable *),
    const char *fault)
{
	if (has_variables(check) && memchr(node->text, '$',
	    node->length) != NULL && !node_has_placeholder(node))
		complain_of_first(check, node, is_wrong, fault);
}

static void
missing_brace_in_variable(struct check *check, const struct node *node)
{
	check_form(check, node, is_unclosed, "has no closing brace; it "
	    "matches nothing");
}

static void
missing_brace_in_value(struct check *check, const struct condition *condition,
    const struct node *node)
{
	if (takes_variables(condition))
		missing_brace_in_variable(check, node);
}

static void
missing_quote_in_variable(struct check *check, const struct node *node)
{
	check_form(check, node, is_unquoted, "has a default value that is not "
	    "in single quotes; it matches nothing");
}

static void
missing_quote_in_value(struct check *check, const struct condition *condition,
    const struct node *node)
{
	if (takes_variables(condition))
		missing_quote_in_variable(check, node);
}

static void
unsupported_space_in_variable(struct check *check, const struct node *node)
{
	check_form(check, node, is_spaced, "has a blank in its name; it "
	    "matches nothing");
}

static void
unsupported_space_in_value(struct check *check,
    const struct condition *condition, const struct node *node)
{
	if (takes_variables(condition))
		unsupported_space_in_variable(check, node);
}

static void
empty_variable(struct check *check, const struct node *node)
{
	check_form(check, node, is_empty, "names no key; it "
	    "matches nothing");
}

static void
empty_variable_in_value(struct check *check,
    const struct condition *condition, const struct node *node)
{
	if (takes_variables(condition))
		empty_variable(check, node);
}

static void
variable_default_form(struct check *check, const struct node *node)
{
	check_form(check, node, is_undocumented, "is not written as AWS "
	    "documents it, `${key, 'text'}` with one blank and no other: "
	    "nobody says that it is replaced, and what is not matches "
	    "nothing");
}

static void
variable_default_form_in_value(struct check *check,
    const struct condition *condition, const struct node *node)
{
	if (takes_variables(condition))
		variable_default_form(check, node);
}

/* Where it stands (VAR-8). */

static bool
is_meant(const struct check *check, const struct variable *variable)
{
	(void)check;
	return variable->kind != VARIABLE_LITERAL;
}

static void
check_element(struct check *check, const struct node *node,
    const char *element)
{
	if (variable_occurs(node->text, node->length))
		complain_of_first(check, node, is_meant, arena_printf(
		    check->subject->arena, "is plain text in `%s`, which "
		    "takes no variables", element));
}

static void
variable_in_action(struct check *check, const struct node *node)
{
	check_element(check, node, check->statement->action.node->key);
}

static void
variable_in_principal(struct check *check, const struct principal *principal)
{
	check_element(check, principal->node,
	    check->statement->principal.node->key);
}

/* At the whole value, where a Sid of such characters is complained of too. */
static void
variable_in_sid(struct check *check)
{
	const struct node *sid = check->statement->sid;

	if (sid != NULL && variable_occurs(sid->text, sid->length))
		check_complain_of(check, sid,
		    "`%s` holds a variable; `Sid` takes none", sid->text);
}

static void
variable_in_key(struct check *check, const struct condition *condition)
{
	const struct node *key = condition->node;

	if (variable_occurs(key->key, key->key_length))
		check_complain_of_key(check, key,
		    "`%s` holds a variable; the names of condition keys take "
		    "none, so no request has this key", key->key);
}

static size_t
count_colons(const char *text, size_t start, size_t end)
{
	size_t count = 0;

	while (start < end)
		count += text[start++] == ':';
	return count;
}

/* ${Region}, ${AWS::Region}: condition keys have one colon. */
static bool
is_template_parameter(const struct variable *variable)
{
	return count_colons(variable->key, 0, variable->key_length) != 1;
}

/* Where the colons say, and there may be more of them. */
static void
complain_of_early(struct check *check, const struct search *search,
    size_t colons, size_t more)
{
	struct finding *finding = check_complain(check,
	    variable_span(check, search), "`%.*s` stands before the fifth "
	    "colon of a resource, where variables are not replaced; the entry "
	    "matches nothing", variable_length(search),
	    variable_text(search));

	if (is_template_parameter(&search->variable))
		check_help(check, finding, more == 0 ? "was a parameter of a "
		    "template left in?" : "were parameters of a template left "
		    "in, this one and %zu more?", more);
	else if (more > 0)
		check_help(check, finding, "%zu more such variable%s in this "
		    "value", more, more == 1 ? " is" : "s are");
	if (colons == ARN_REGION || colons == ARN_ACCOUNT)
		finding->severity = SEVERITY_WARNING;
}

/*
 * Before the fifth colon of a resource, colons in variables not counted.  The
 * user guide has no variables in the region and the account, but one of AWS's
 * own policies has: there it is a warning.  One such variable is enough.
 */
static void
variable_unsupported_in_element(struct check *check, const struct node *node)
{
	struct search search = { .node = node }, first = { .node = node };
	size_t colons = 0, at = 0, count = 0, field = 0;

	while (has_variables(check) && search_find(&search)) {
		colons += count_colons(node->text, at, search.variable.start);
		at = search.variable.end;
		if (colons >= ARN_RESOURCE)
			break;
		if (search.variable.kind != VARIABLE_KEY || count++ > 0)
			continue;
		first = search;
		field = colons;
	}
	if (count > 0)
		complain_of_early(check, &first, field, count - 1);
}

static void
invalid_variable_for_operator(struct check *check,
    const struct condition *condition, const struct node *node)
{
	if (!takes_variables(condition) &&
	    condition_facts(condition)->type != VALUE_BOOL &&
	    variable_occurs(node->text, node->length))
		complain_of_first(check, node, is_meant, arena_printf(
		    check->subject->arena, "is plain text under `%s`, which "
		    "takes no variables", condition->block->key));
}

/* Which language it stands in (VAR-1). */

/* The first variable of a document, and how many there are. */
struct tally {
	struct search	 first;
	size_t		 count;
};

static void
tally_add(struct tally *tally, const struct node *node)
{
	struct search search = { .node = node };

	while (search_find(&search)) {
		if (tally->count++ == 0)
			tally->first = search;
	}
}

static void
tally_statement(struct tally *tally, const struct statement *statement)
{
	for (size_t i = 0; i < statement->resource.count; i++)
		tally_add(tally, statement->resource.items[i]);
	for (size_t i = 0; i < statement->condition_count; i++) {
		const struct condition *condition = &statement->conditions[i];

		if (!condition_is_known(condition) ||
		    !takes_variables(condition))
			continue;
		for (size_t j = 0; j < condition->count; j++)
			tally_add(tally, condition->values[j]);
	}
}

/* One finding for the document: its one cure is the version. */
static void
variable_in_old_version(struct check *check)
{
	const struct policy *policy = check->subject->policy;
	const struct node *version = policy->version_node;
	struct tally tally = { .count = 0 };
	struct finding *finding;

	if (policy->version == VERSION_2012 ||
	    (version != NULL && !node_is(version, "2008-10-17")))
		return;
	for (size_t i = 0; i < policy->count; i++)
		tally_statement(&tally, &policy->statements[i]);
	if (tally.count == 0)
		return;
	finding = check_complain(check, variable_span(check, &tally.first),
	    "`%.*s` is plain text in a policy %s (%zu such place%s in all)",
	    variable_length(&tally.first), variable_text(&tally.first),
	    version == NULL ? "without `Version`" : "of version 2008-10-17",
	    tally.count, tally.count == 1 ? "" : "s");
	check_help(check, finding, "write `\"Version\": \"2012-10-17\"`");
	if (version != NULL)
		report_relate(check->report, finding, version->span,
		    "this version");
}

/* Keys of several values (VAR-5). */

static bool
is_multivalued(const struct check *check, const struct variable *variable)
{
	const struct catalog *catalog = check->subject->catalog;
	const struct global_key *global = catalog_global_key(catalog,
	    variable->key, variable->key_length);
	const struct service *service;
	const struct key *key;
	size_t prefix = 0;

	if (variable->kind != VARIABLE_KEY)
		return false;
	if (global != NULL)
		return global->key.multivalued;
	while (prefix < variable->key_length && variable->key[prefix] != ':')
		prefix++;
	service = catalog_service(catalog, variable->key, prefix);
	if (service == NULL)
		return false;
	key = service_key(service, variable->key, variable->key_length);
	return key != NULL && key->multivalued;
}

static void
variable_multivalued_key(struct check *check, const struct node *node)
{
	if (has_variables(check))
		complain_of_first(check, node, is_multivalued, "has several "
		    "values, so it is never replaced; what it stands in "
		    "matches nothing");
}

static void
multivalued_key_in_value(struct check *check,
    const struct condition *condition, const struct node *node)
{
	if (takes_variables(condition))
		variable_multivalued_key(check, node);
}

#define OBJECTS(key)	"{'Effect':'Allow','Action':'s3:GetObject'," \
			"'Resource':'arn:aws:s3:::b/" key "/*'}"

const struct rule variable_rules[] = {
	{
		.complaint = {
			.id = "missing-brace-in-variable",
			.severity = SEVERITY_ERROR,
			.says = "a variable has no closing brace",
			.why = "What is no variable is not replaced, and the "
			    "value matches nothing (VAR-2). Close the brace.",
			.aa = "MISSING_BRACE_IN_VARIABLE",
			.fires_on = OBJECTS("${aws:username"),
			.quiet_on = OBJECTS("${aws:username}"),
		},
		.layers = LAYERS_ALL,
		.resource = missing_brace_in_variable,
		.value = missing_brace_in_value,
	},
	{
		.complaint = {
			.id = "missing-quote-in-variable",
			.severity = SEVERITY_ERROR,
			.says = "the default value of a variable is not in "
			    "single quotes",
			.why = "The form is ${key, 'text'} (VAR-4); another "
			    "one is not replaced. Quote the default value.",
			.aa = "MISSING_QUOTE_IN_VARIABLE",
			.fires_on = "raw {\"Version\":\"2012-10-17\","
			    "\"Statement\":{\"Effect\":\"Allow\","
			    "\"Action\":\"s3:GetObject\",\"Resource\":"
			    "\"arn:aws:s3:::b/${aws:PrincipalTag/t, x}\"}}",
			.quiet_on = "raw {\"Version\":\"2012-10-17\","
			    "\"Statement\":{\"Effect\":\"Allow\","
			    "\"Action\":\"s3:GetObject\",\"Resource\":"
			    "\"arn:aws:s3:::b/${aws:PrincipalTag/t, "
			    "\\x27x\\x27}\"}}",
		},
		.layers = LAYERS_ALL,
		.resource = missing_quote_in_variable,
		.value = missing_quote_in_value,
	},
	{
		.complaint = {
			.id = "variable-default-form",
			.severity = SEVERITY_WARNING,
			.says = "the default value of a variable is not "
			    "written as AWS documents it",
			.why = "The form is ${key, 'text'}: a comma, one "
			    "blank, and quotes that touch the braces (VAR-4). "
			    "Nobody says that another one is replaced, and "
			    "what is not matches nothing. Write it so.",
			.fires_on = "raw {\"Version\":\"2012-10-17\","
			    "\"Statement\":{\"Effect\":\"Allow\","
			    "\"Action\":\"s3:GetObject\",\"Resource\":"
			    "\"arn:aws:s3:::b/${aws:PrincipalTag/t,"
			    "\\x27x\\x27}\"}}",
			.quiet_on = "raw {\"Version\":\"2012-10-17\","
			    "\"Statement\":{\"Effect\":\"Allow\","
			    "\"Action\":\"s3:GetObject\",\"Resource\":"
			    "\"arn:aws:s3:::b/${aws:PrincipalTag/t, "
			    "\\x27x\\x27}\"}}",
		},
		.layers = LAYERS_ALL,
		.resource = variable_default_form,
		.value = variable_default_form_in_value,
	},
	{
		.complaint = {
			.id = "unsupported-space-in-variable",
			.severity = SEVERITY_ERROR,
			.says = "the name in a variable has a blank",
			.why = "Such a variable is not replaced, and the "
			    "value matches nothing (VAR-2). Take the blank "
			    "out.",
			.aa = "UNSUPPORTED_SPACE_IN_VARIABLE",
			.fires_on = OBJECTS("${aws: username}"),
			.quiet_on = OBJECTS("${aws:username}"),
		},
		.layers = LAYERS_ALL,
		.resource = unsupported_space_in_variable,
		.value = unsupported_space_in_value,
	},
	{
		.complaint = {
			.id = "empty-variable",
			.severity = SEVERITY_ERROR,
			.says = "a variable has no name",
			.why = "It is not replaced, and the value matches "
			    "nothing (VAR-2). Name the key, or write ${$} "
			    "for a dollar.",
			.aa = "EMPTY_VARIABLE",
			.fires_on = OBJECTS("${}"),
			.quiet_on = OBJECTS("${$}"),
		},
		.layers = LAYERS_ALL,
		.resource = empty_variable,
		.value = empty_variable_in_value,
	},
	{
		.complaint = {
			.id = "variable-unsupported-in-element",
			.severity = SEVERITY_ERROR,
			.says = "a variable stands where none is replaced",
			.why = "Variables work in the sixth field of a "
			    "resource and in values of String and Arn "
			    "conditions, nowhere else (VAR-8): what holds one "
			    "is taken at its letter and matches nothing.",
			.aa = "VARIABLE_UNSUPPORTED_IN_ELEMENT",
			.supersedes = "unsupported-sid",
			.fires_on = "{'Effect':'Allow','Action':"
			    "'s3:${aws:username}','Resource':'*'}",
			.quiet_on = "{'Effect':'Allow','Action':"
			    "'s3:GetObject','Resource':"
			    "'arn:aws:s3:::b/${aws:username}'}",
		},
		.layers = LAYERS_ALL,
		.statement = variable_in_sid,
		.action = variable_in_action,
		.resource = variable_unsupported_in_element,
		.principal = variable_in_principal,
		.condition = variable_in_key,
	},
	{
		.complaint = {
			.id = "invalid-variable-for-operator",
			.severity = SEVERITY_ERROR,
			.says = "a variable stands under an operator that "
			    "takes none",
			.why = "Only String and Arn operators replace "
			    "variables (VAR-8); elsewhere the value cannot be "
			    "read and never matches. Write the value out.",
			.aa = "INVALID_VARIABLE_FOR_OPERATOR",
			.fires_on = "{'Effect':'Allow','Action':"
			    "'s3:ListBucket','Resource':'arn:aws:s3:::b',"
			    "'Condition':{'NumericEquals':"
			    "{'s3:max-keys':'${aws:PrincipalTag/n}'}}}",
			.quiet_on = "{'Effect':'Allow','Action':"
			    "'s3:ListBucket','Resource':'arn:aws:s3:::b',"
			    "'Condition':{'StringEquals':"
			    "{'s3:prefix':'${aws:PrincipalTag/n}'}}}",
		},
		.layers = LAYERS_ALL,
		.value = invalid_variable_for_operator,
	},
	{
		.complaint = {
			.id = "variable-in-old-version",
			.severity = SEVERITY_ERROR,
			.says = "a variable stands in a policy of the old "
			    "language",
			.why = "Without Version 2012-10-17 a variable is the "
			    "text it is written with (VAR-1): an Allow grants "
			    "nothing, a Deny stops nothing, and the wildcard "
			    "in ${*} is one.",
			.aa = "VARIABLE_UNSUPPORTED_IN_VERSION",
			.fires_on = "{'Version':'2008-10-17','Statement':"
			    OBJECTS("${aws:username}") "}",
			.quiet_on = "{'Version':'2012-10-17','Statement':"
			    OBJECTS("${aws:username}") "}",
		},
		.layers = LAYERS_ALL,
		.document = variable_in_old_version,
	},
	{
		.complaint = {
			.id = "variable-multivalued-key",
			.severity = SEVERITY_WARNING,
			.says = "a key of several values is used as a variable",
			.why = "Only keys with one value are replaced "
			    "(VAR-5); the value matches nothing. Test the key "
			    "in a condition of its own.",
			.fires_on = OBJECTS("${aws:TagKeys}"),
			.quiet_on = OBJECTS("${aws:userid}"),
		},
		.layers = LAYERS_ALL,
		.resource = variable_multivalued_key,
		.value = multivalued_key_in_value,
	},
	{ .complaint = { .id = NULL } },
};
