/* SPDX-License-Identifier: MIT */
/*
 * Keys by what they are worth as a bound, and values by what they leave open.
 * A doubt is a bound.
 */
#include "config.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "policy/absence.h"
#include "policy/arn.h"
#include "policy/bound.h"
#include "policy/caller.h"
#include "policy/value.h"
#include "policy/variable.h"
#include "policy/wording.h"

/* AWS sets them, and no stranger gets the value of somebody else. */
static const char *const trusted_keys[] = {
	"aws:PrincipalArn", "aws:PrincipalAccount", "aws:PrincipalOrgID",
	"aws:PrincipalOrgPaths", "aws:userid", "aws:PrincipalIsAWSService",
	"aws:PrincipalServiceName", "aws:PrincipalServiceNamesList",
	"aws:SourceIp", "aws:SourceVpc", "aws:SourceVpcArn",
	"aws:SourceVpce", "aws:VpceAccount", "aws:VpceOrgID",
	"aws:VpceOrgPaths", "aws:SourceArn", "aws:SourceAccount",
	"aws:SourceOrgID", "aws:SourceOrgPaths", "aws:ChatbotSourceArn",
	"aws:Ec2InstanceSourceVpc", "aws:AssumedRoot",
	"aws:SignInSessionArn", NULL
};

/* The caller chooses the value, or it is a fact of the resource. */
static const char *const free_keys[] = {
	"s3express:ResourceAccount", "s3:x-amz-object-ownership", "lambda:Principal",
	"lambda:InvokedViaFunctionUrl", "kms:ViaService",
	"kms:GranteePrincipal", "s3:AccessPointNetworkOrigin",
	"sts:ExternalId", "sts:RoleSessionName",
	"sts:SourceIdentity", "secretsmanager:resource/Type", NULL
};

/* What the name of a service's own key has in it when it may be a bound. */
static const char *const telling_words[] = {
	"account", "org", "vpc", "arn", "caller", "user", "identity", "node",
	"mount", "issuing", "assumed", "creator", "owner", "role",
	"principal", "network", "authorized", "signer", NULL
};

/* Variables that are of whoever asks: he has such a value, or makes it. */
static const char *const callers_variables[] = {
	"aws:PrincipalTag/", "aws:RequestTag/", "aws:PrincipalArn",
	"aws:PrincipalAccount", "aws:PrincipalOrgID", "aws:PrincipalOrgPaths",
	"aws:SourceVpc", "aws:SourceVpce", "aws:SourceVpcArn",
	"aws:VpceAccount", "aws:VpceOrgID", "aws:VpceOrgPaths",
	"aws:username", "aws:userid", "kms:CallerAccount", NULL
};

/* A request from the internet lacks the key (KEY-3, KEY-5). */
static bool
is_on_absent_key(const struct condition *condition)
{
	return condition_is_on_one(condition, absence_private_keys) ||
	    condition_is_on_one(condition, absence_source_keys) ||
	    condition_is_on_one(condition, absence_service_name_keys);
}

static bool
key_has_word(const struct node *key, size_t from, const char *word)
{
	size_t length = strlen(word);

	for (size_t i = from; i + length <= key->key_length; i++)
		if (name_compare(key->key + i, length, word, length) == 0)
			return true;
	return false;
}

/* Of a service's own key only the name is known here. */
static bool
is_telling(const struct node *key)
{
	for (size_t i = 0; telling_words[i] != NULL; i++)
		if (key_has_word(key, wording_key_prefix(key),
		    telling_words[i]))
			return true;
	return false;
}

static bool
variable_is_listed(const struct variable *variable)
{
	for (size_t i = 0; callers_variables[i] != NULL; i++) {
		const char *key = callers_variables[i];
		size_t length = strlen(key);

		if (variable_is_of(variable, key, length) ||
		    (key[length - 1] == '/' && variable->key_length >
		    length && name_compare(variable->key, length, key,
		    length) == 0))
			return true;
	}
	return false;
}

/*
 * The test compares its key with what whoever asks has anyway: the key itself,
 * or another fact of his.  Whose the resource is he cannot choose.
 */
static bool
is_callers(const struct condition *condition, const struct variable *variable)
{
	const struct node *key = condition->node;

	return variable_is_of(variable, key->key, key->key_length) ||
	    (!condition_is_on_one(condition, absence_owner_keys) &&
	    variable_is_listed(variable));
}

/* Such variables of the value as stars: any value will do. */
static struct node
free_variables(struct check *check, const struct condition *condition,
    const struct node *value)
{
	struct node freed = *value;
	struct variable variable;
	const char *text = "";
	size_t at = 0, done = 0;

	while (variable_find(value->text, value->length, at, &variable)) {
		at = variable.end;
		if (!is_callers(condition, &variable))
			continue;
		text = arena_printf(check->subject->arena, "%s%.*s*", text,
		    (int)(variable.start - done), value->text + done);
		done = variable.end;
	}
	if (done == 0)
		return freed;
	freed.text = arena_printf(check->subject->arena, "%s%.*s", text,
	    (int)(value->length - done), value->text + done);
	freed.length = strlen(freed.text);
	return freed;
}

/* Every value of a test of the resource's owner is a fact of the caller. */
static bool
compares_caller(const struct condition *condition)
{
	struct variable variable;

	for (size_t i = 0; i < condition->count; i++) {
		const struct node *value = condition->values[i];

		if (!variable_find(value->text, value->length, 0, &variable) ||
		    is_callers(condition, &variable))
			return false;
	}
	return condition->count > 0;
}

/* Only what is known to be worth nothing is not worth anything. */
static bool
is_trusted(struct check *check, const struct condition *condition)
{
	const struct node *key = condition->node;
	const struct listing *listing;

	if (condition_is_on_one(condition, trusted_keys) ||
	    wording_key_is_open(key) || wording_key_is_claim(key))
		return true;
	if (condition_is_on_one(condition, absence_owner_keys))
		return compares_caller(condition);
	if (condition_is_on_one(condition, free_keys) ||
	    wording_key_is_tag(key))
		return false;
	listing = check_look_up(check, key);
	if (listing->key == NULL && listing->global == NULL)
		return true;
	return !wording_key_is_global(key) && is_telling(key);
}

/* Addresses by their first four bytes. */
struct range {
	uint64_t	 start, end;
};

/* False for a range within one such address, which adds nothing. */
static bool
read_range(const struct node *value, bool v6, struct range *range)
{
	struct cidr cidr;

	if (!cidr_read(value->text, value->length, 128, &cidr) ||
	    cidr.v6 != v6 || cidr.prefix > 32)
		return false;
	range->start = 0;
	for (size_t i = 0; i < 4; i++)
		range->start = range->start << 8 | cidr.address[i];
	range->end = range->start + (UINT64_C(1) << (32 - cidr.prefix));
	return true;
}

static int
compare_ranges(const void *left, const void *right)
{
	const struct range *a = left, *b = right;

	return (a->start > b->start) - (a->start < b->start);
}

/* The ranges of that kind together hold every address of it. */
static bool
covers_kind(struct check *check, const struct condition *condition, bool v6)
{
	struct range *ranges = arena_array(check->subject->arena,
	    condition->count, sizeof(*ranges));
	uint64_t end = 0;
	size_t count = 0;

	for (size_t i = 0; i < condition->count; i++)
		if (read_range(condition->values[i], v6, &ranges[count]))
			count++;
	if (count > 0)
		qsort(ranges, count, sizeof(*ranges), compare_ranges);
	for (size_t i = 0; i < count && ranges[i].start <= end; i++)
		if (ranges[i].end > end)
			end = ranges[i].end;
	return end >> 32 != 0;
}

static bool
covers_internet(struct check *check, const struct condition *condition)
{
	return condition_is_on_one(condition, absence_public_keys) &&
	    condition_facts(condition)->type == VALUE_IP &&
	    (covers_kind(check, condition, false) ||
	    covers_kind(check, condition, true));
}

/* Nothing but wildcards and slashes is left behind so many bytes. */
static bool
is_blank(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (strchr("*?/", text[i]) == NULL)
			return false;
	return length >= ACCOUNT_LENGTH ||
	    (length > 0 && memchr(text, '*', length) != NULL);
}

/* All ids of its kind begin like that. */
static bool
is_any_id(const struct node *value)
{
	static const char *const starts[] = { "", "o-", "vpc-", "vpce-" };

	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++) {
		size_t length = strlen(starts[i]);

		if (value->length > length &&
		    memcmp(value->text, starts[i], length) == 0 &&
		    is_blank(value->text + length, value->length - length))
			return true;
	}
	return false;
}

/* "type/" and "type:" before a final star: ids are digits and more. */
static bool
is_any_name(const char *text, size_t length)
{
	size_t word = 0;

	while (word < length && ((text[word] >= 'a' && text[word] <= 'z') ||
	    text[word] == '-'))
		word++;
	if (word > 0 && word < length &&
	    (text[word] == '/' || text[word] == ':'))
		word++;
	else
		word = 0;
	return is_blank(text + word, length - word);
}

/*
 * The text is an ARN, or the beginning of one, in whatever account.  Whoever
 * has an account can make a user or role that is called so; a source may have
 * an id that nobody else gets.
 */
static bool
is_in_any_account(const struct condition *condition, const struct node *value)
{
	const struct arn arn = arn_split(value->text, value->length);

	if (arn.count <= ARN_ACCOUNT)
		return arn.count > 1 && arn_field_is(&arn, ARN_PREFIX, "arn") &&
		    is_blank(arn.field[arn.count - 1].text,
		    arn.field[arn.count - 1].length);
	/* buckets have none, and one that is named is somebody's */
	if (arn.field[ARN_ACCOUNT].length == 0)
		return arn.count == ARN_FIELD_COUNT && is_blank(
		    arn.field[ARN_RESOURCE].text,
		    arn.field[ARN_RESOURCE].length);
	if (!is_blank(arn.field[ARN_ACCOUNT].text,
	    arn.field[ARN_ACCOUNT].length))
		return false;
	if (condition_is_on(condition, "aws:PrincipalArn"))
		return arn_field_is(&arn, ARN_SERVICE, "iam") ||
		    arn_field_is_wild(&arn, ARN_SERVICE);
	/* names of buckets are nobody else's */
	if (arn_field_is(&arn, ARN_SERVICE, "s3"))
		return is_blank(arn.field[ARN_RESOURCE].text,
		    arn.field[ARN_RESOURCE].length);
	return arn.count != ARN_FIELD_COUNT ||
	    is_any_name(arn.field[ARN_RESOURCE].text,
	    arn.field[ARN_RESOURCE].length);
}

bool
condition_value_is_open(struct check *check,
    const struct condition *condition, const struct node *value)
{
	const struct operator_facts *facts = condition_facts(condition);
	const struct node freed = free_variables(check, condition, value);

	if (freed.text == value->text && facts->type != VALUE_ARN &&
	    facts->comparison != COMPARISON_like)
		return false;
	return is_any_id(&freed) || is_in_any_account(condition, &freed) ||
	    (condition_is_on(condition, "aws:userid") &&
	    freed.length > 0 && freed.text[0] == '*');
}

bool
condition_has_open_value(struct check *check,
    const struct condition *condition)
{
	for (size_t i = 0; i < condition->count; i++)
		if (condition_value_is_open(check, condition,
		    condition->values[i]))
			return true;
	return false;
}

/* It wants a service, or nobody does who is none. */
static bool
is_on_being_service(const struct condition *condition)
{
	return condition_is_on(condition, "aws:PrincipalIsAWSService");
}

/* Being there says nothing of whose it is; services are no strangers. */
static bool
presence_is_idle(struct check *check, const struct condition *condition)
{
	bool absent = is_on_absent_key(condition);

	if (condition_has_only(condition, "true"))
		return absent || condition_is_on_one(condition,
		    absence_organization_keys);
	return condition_has_only(condition, "false") &&
	    !condition_is_on_one(condition, absence_service_name_keys) &&
	    (condition_is_on_one(condition, trusted_keys) ||
	    !is_trusted(check, condition));
}

/*
 * A negated test spares everyone whom it does not name; only the one on
 * whether the caller is a service leaves nobody else over.
 */
static bool
negation_is_idle(const struct condition *condition)
{
	return !condition_has(condition, "*") &&
	    !is_on_being_service(condition);
}

/* Strangers without the key pass. */
static bool
lack_is_idle(const struct condition *condition)
{
	return (condition->use.if_exists ||
	    condition->use.quantifier == QUANTIFIER_ALL) &&
	    (is_on_absent_key(condition) ||
	    condition_is_on_one(condition, absence_organization_keys));
}

bool
condition_is_idle(struct check *check, const struct condition *condition)
{
	if (!condition_is_known(condition))
		return false;
	if (condition->use.operator == OPERATOR_Null)
		return presence_is_idle(check, condition);
	if (condition_facts(condition)->negated)
		return negation_is_idle(condition);
	if (is_on_being_service(condition))
		return condition_has(condition, "false");
	return lack_is_idle(condition) || covers_internet(check, condition) ||
	    !is_trusted(check, condition) ||
	    condition_has_open_value(check, condition);
}

bool
condition_bars_strangers(struct check *check,
    const struct condition *condition)
{
	if (!condition_is_known(condition))
		return true;
	if (condition->use.operator == OPERATOR_Null)
		return condition_has(condition, "true") &&
		    is_trusted(check, condition) &&
		    (!condition_is_on_one(condition, trusted_keys) ||
		    condition_is_on_one(condition, absence_source_keys) ||
		    condition_is_on_one(condition,
		    absence_service_name_keys));
	if (is_on_being_service(condition))
		return true;
	return condition_facts(condition)->negated &&
	    is_trusted(check, condition);
}

bool
condition_spares_strangers(struct check *check,
    const struct condition *condition)
{
	if (!condition_is_known(condition) ||
	    condition->use.operator == OPERATOR_Null)
		return false;
	if (is_on_being_service(condition))
		return condition_has_only(condition, "true");
	if (condition_facts(condition)->negated)
		return covers_internet(check, condition) ||
		    (is_trusted(check, condition) &&
		    condition_has_open_value(check, condition));
	return condition_is_on_one(condition, trusted_keys) &&
	    !covers_internet(check, condition) &&
	    !condition_has_open_value(check, condition);
}
