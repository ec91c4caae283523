/* SPDX-License-Identifier: MIT */
/* The forms of principals, as a table, and what a condition asks of them. */
#include "config.h"

#include <ctype.h>
#include <string.h>

#include "policy/arn.h"
#include "policy/caller.h"

/* What the resource part of a principal's ARN begins with. */
static const struct form {
	const char		*service;
	const char		*start;
	enum caller_kind	 kind;
} forms[] = {
	{ "iam", "root", CALLER_ACCOUNT },
	{ "iam", "user/", CALLER_USER },
	{ "iam", "role/", CALLER_ROLE },
	{ "iam", "group/", CALLER_GROUP },
	{ "iam", "saml-provider/", CALLER_SAML },
	{ "iam", "oidc-provider/", CALLER_OIDC },
	{ "sts", "assumed-role/", CALLER_SESSION },
	{ "sts", "federated-user/", CALLER_FEDERATED_USER },
};

/* The providers that need no ARN (PRIN-13). */
static const char builtin_providers[] =
    "cognito-identity.amazonaws.com cognito-identity-us-gov.amazonaws.com "
    "cognito-identity.cn-north-1.amazonaws.com.cn www.amazon.com "
    "graph.facebook.com accounts.google.com";

static bool
starts_with(const char *text, size_t length, const char *start)
{
	return length >= strlen(start) &&
	    memcmp(text, start, strlen(start)) == 0;
}

static const struct form *
find_form(const struct arn *arn)
{
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
		if (arn_field_is(arn, ARN_SERVICE, forms[i].service) &&
		    starts_with(arn->field[ARN_RESOURCE].text,
		    arn->field[ARN_RESOURCE].length, forms[i].start))
			return &forms[i];
	return NULL;
}

/* Cuts the path off a name. */
static void
cut_path(struct caller *caller)
{
	for (size_t i = caller->length; i > 0; i--) {
		if (caller->name[i - 1] != '/')
			continue;
		caller->name += i;
		caller->length -= i;
		return;
	}
}

/* Cuts the session's name off; false when there is none. */
static bool
cut_session(struct caller *caller)
{
	const char *slash = memchr(caller->name, '/', caller->length);
	size_t role;

	if (slash == NULL)
		return false;
	role = (size_t)(slash - caller->name);
	if (role + 1 == caller->length)
		return false;
	caller->length = role;
	return true;
}

/* The name behind the form's start; false when it cannot be one. */
static bool
read_name(struct caller *caller, const struct arn *arn,
    const struct form *form)
{
	size_t start = strlen(form->start);

	caller->name = arn->field[ARN_RESOURCE].text + start;
	caller->length = arn->field[ARN_RESOURCE].length - start;
	if (form->kind == CALLER_ACCOUNT)
		return caller->length == 0;
	if (form->kind == CALLER_SESSION && !cut_session(caller))
		return false;
	if (form->kind == CALLER_USER || form->kind == CALLER_ROLE)
		cut_path(caller);
	return caller->length > 0;
}

static bool
is_origin_access(const struct arn *arn)
{
	return arn_field_is(arn, ARN_ACCOUNT, "cloudfront") &&
	    starts_with(arn->field[ARN_RESOURCE].text,
	    arn->field[ARN_RESOURCE].length, "user/");
}

static struct caller
read_arn(const char *text, size_t length)
{
	struct arn arn = arn_split(text, length);
	struct caller caller = { CALLER_UNKNOWN, NULL, NULL, 0 };
	const struct form *form;

	if (arn.count != ARN_FIELD_COUNT ||
	    !arn_field_is(&arn, ARN_PREFIX, "arn") ||
	    !starts_with(arn.field[ARN_PARTITION].text,
	    arn.field[ARN_PARTITION].length, "aws") ||
	    arn.field[ARN_REGION].length > 0)
		return caller;
	form = find_form(&arn);
	if (form == NULL || !read_name(&caller, &arn, form))
		return caller;
	if (is_origin_access(&arn)) {
		caller.kind = CALLER_ORIGIN_ACCESS;
		return caller;
	}
	if (!account_id_is_valid(arn.field[ARN_ACCOUNT].text,
	    arn.field[ARN_ACCOUNT].length))
		return caller;
	caller.kind = form->kind;
	caller.account = arn.field[ARN_ACCOUNT].text;
	return caller;
}

/* PRIN-16: four letters of kind, then capitals and digits. */
static bool
is_unique_id(const char *text, size_t length, const char *kind)
{
	if (length <= 4 || memcmp(text, kind, 4) != 0)
		return false;
	for (size_t i = 4; i < length; i++)
		if (!isupper((unsigned char)text[i]) &&
		    !isdigit((unsigned char)text[i]))
			return false;
	return true;
}

static struct caller
read_aws(const char *text, size_t length)
{
	if (account_id_is_valid(text, length))
		return (struct caller){ CALLER_ACCOUNT, text, NULL, 0 };
	if (is_unique_id(text, length, "AIDA"))
		return (struct caller){ CALLER_USER_ID, NULL, text, length };
	if (is_unique_id(text, length, "AROA"))
		return (struct caller){ CALLER_ROLE_ID, NULL, text, length };
	return read_arn(text, length);
}

static struct caller
read_provider(const char *text, size_t length)
{
	if (word_is_among(text, length, builtin_providers))
		return (struct caller){ CALLER_OIDC, NULL, text, length };
	return read_arn(text, length);
}

static bool
has_any(const struct node *node, const char *bytes)
{
	for (; *bytes != '\0'; bytes++)
		if (memchr(node->text, *bytes, node->length) != NULL)
			return true;
	return false;
}

struct caller
caller_read(const struct principal *principal)
{
	const struct node *node = principal->node;
	struct caller caller = { CALLER_SERVICE, NULL, node->text,
	    node->length };

	if (principal_is_everyone(principal))
		caller.kind = CALLER_EVERYONE;
	else if (node_has_placeholder(node) || has_any(node, "$"))
		caller.kind = CALLER_OPEN;
	else if (has_any(node, "*?"))
		caller.kind = CALLER_WILD;
	else if (principal->kind == PRINCIPAL_CANONICAL_USER)
		caller.kind = CALLER_CANONICAL_USER;
	else if (principal->kind == PRINCIPAL_FEDERATED)
		caller = read_provider(node->text, node->length);
	else if (principal->kind == PRINCIPAL_AWS)
		caller = read_aws(node->text, node->length);
	return caller;
}

/* Twelve digits alone are of the policy's own partition, most often aws. */
static bool
share_partition(const struct node *a, const struct node *b)
{
	struct arn one = arn_split(a->text, a->length);
	struct arn other = arn_split(b->text, b->length);

	if (one.count < ARN_FIELD_COUNT)
		return other.count < ARN_FIELD_COUNT ||
		    arn_field_is(&other, ARN_PARTITION, "aws");
	if (other.count < ARN_FIELD_COUNT)
		return arn_field_is(&one, ARN_PARTITION, "aws");
	return one.field[ARN_PARTITION].length ==
	    other.field[ARN_PARTITION].length &&
	    memcmp(one.field[ARN_PARTITION].text,
	    other.field[ARN_PARTITION].text,
	    one.field[ARN_PARTITION].length) == 0;
}

bool
principal_is_denied_by(const struct principal *principal,
    const struct principal *denied)
{
	struct caller caller = caller_read(principal);
	struct caller account = caller_read(denied);

	if (denied->kind == PRINCIPAL_EVERYONE)
		return true;
	if (principal->kind != denied->kind)
		return false;
	return node_has_text_of(principal->node, denied->node) ||
	    principal_is_everyone(denied) ||
	    (account.kind == CALLER_ACCOUNT && caller.account != NULL &&
	    memcmp(account.account, caller.account, ACCOUNT_LENGTH) == 0 &&
	    share_partition(principal->node, denied->node));
}

struct caller
caller_of_value(const struct condition *condition, const struct node *value)
{
	struct caller caller = { CALLER_UNKNOWN, NULL, NULL, 0 };
	const char *account = value->text;
	size_t length = value->length;
	struct arn arn;

	if (condition_is_on(condition, "aws:PrincipalArn")) {
		arn = arn_split(value->text, value->length);
		if (arn.count != ARN_FIELD_COUNT)
			return caller;
		account = arn.field[ARN_ACCOUNT].text;
		length = arn.field[ARN_ACCOUNT].length;
	} else if (!condition_is_on(condition, "aws:PrincipalAccount"))
		return caller;
	if (condition_demands(condition) &&
	    account_id_is_valid(account, length))
		caller = (struct caller){ CALLER_ACCOUNT, account, NULL, 0 };
	return caller;
}

bool
caller_is_foreign(const struct caller *caller, const struct node *options)
{
	const struct node *accounts = options == NULL ? NULL :
	    node_find(options, "accounts");

	if (accounts == NULL || caller->account == NULL)
		return false;
	for (const struct node *own = accounts->first; own != NULL;
	    own = own->next)
		if (own->text != NULL && own->length == ACCOUNT_LENGTH &&
		    memcmp(own->text, caller->account, ACCOUNT_LENGTH) == 0)
			return false;
	return true;
}

struct option_fault
caller_find_fault(struct arena *arena, const struct node *options)
{
	const struct node *accounts = options == NULL ? NULL :
	    node_find(options, "accounts");

	(void)arena;
	if (accounts == NULL)
		return (struct option_fault){ "`accounts` is missing", NULL };
	if (accounts->kind != NODE_ARRAY || accounts->count == 0)
		return (struct option_fault){
		    "`accounts` is no list of account ids", accounts };
	for (const struct node *own = accounts->first; own != NULL;
	    own = own->next)
		if (own->kind != NODE_STRING ||
		    !account_id_is_valid(own->text, own->length))
			return (struct option_fault){ "`accounts` holds "
			    "something that is no string of twelve digits",
			    own };
	return (struct option_fault){ NULL, NULL };
}

const char *const caller_service_suffixes[] = {
	".amazonaws.com", ".amazonaws.com.cn", ".amazonaws.eu",
	".c2s.ic.gov", ".sc2s.sgov.gov", ".cloud.adc-e.uk",
	".csp.hci.ic.gov", NULL
};

/* No suffix is the end of another one. */
size_t
caller_service_stem(const struct node *node)
{
	for (size_t i = 0; caller_service_suffixes[i] != NULL; i++) {
		size_t length = strlen(caller_service_suffixes[i]);

		if (node->length > length && memcmp(node->text + node->length -
		    length, caller_service_suffixes[i], length) == 0)
			return node->length - length;
	}
	return 0;
}

const struct principal *
statement_everyone(const struct statement *statement)
{
	const struct principals *principals = &statement->principal;

	for (size_t i = 0; !principals->negated && i < principals->count; i++)
		if (principal_is_everyone(&principals->items[i]))
			return &principals->items[i];
	return NULL;
}

bool
principals_are_services(const struct principals *principals)
{
	for (size_t i = 0; i < principals->count; i++)
		if (principals->items[i].kind != PRINCIPAL_SERVICE)
			return false;
	return principals->count > 0;
}

bool
statement_is_for_services(const struct statement *statement)
{
	return !statement->principal.negated &&
	    principals_are_services(&statement->principal);
}

const struct principal *
statement_service(const struct statement *statement)
{
	const struct principals *principals = &statement->principal;

	for (size_t i = 0; !principals->negated && i < principals->count; i++)
		if (principals->items[i].kind == PRINCIPAL_SERVICE)
			return &principals->items[i];
	return NULL;
}

bool
condition_selects(const struct condition *condition)
{
	return condition_is_known(condition) &&
	    condition->use.operator != OPERATOR_Null &&
	    !condition_facts(condition)->negated;
}

bool
condition_demands(const struct condition *condition)
{
	return condition_selects(condition) && !condition->use.if_exists &&
	    condition->use.quantifier != QUANTIFIER_ALL;
}

bool
condition_needs_key(const struct condition *condition)
{
	if (condition->use.operator != OPERATOR_Null)
		return condition_demands(condition);
	return condition_has_only(condition, "false");
}

bool
condition_is_on_one(const struct condition *condition,
    const char *const *keys)
{
	for (; *keys != NULL; keys++)
		if (condition_is_on(condition, *keys))
			return true;
	return false;
}

bool
statement_selects(const struct statement *statement, const char *const *keys)
{
	for (size_t i = 0; i < statement->condition_count; i++)
		if (condition_selects(&statement->conditions[i]) &&
		    condition_is_on_one(&statement->conditions[i], keys))
			return true;
	return false;
}

bool
statement_demands(const struct statement *statement, const char *const *keys)
{
	for (size_t i = 0; i < statement->condition_count; i++)
		if (condition_demands(&statement->conditions[i]) &&
		    condition_is_on_one(&statement->conditions[i], keys))
			return true;
	return false;
}
