/* SPDX-License-Identifier: MIT */
/*
 * A table of likely values.  Those of accounts, networks and names that are
 * nobody's are of the ranges that documentation uses.
 */
#include "config.h"

#include <string.h>

#include "policy/list.h"
#include "simulator/automaton.h"
#include "simulator/guise.h"
#include "simulator/likeness.h"

/* Twelve digits and nothing else, whoever says so. */
static const char digits[] = "############";

static const struct {
	const char	*name;
	const char	*shape;		/* NULL: any text */
	const char	*preferred;	/* blank-separated */
} likenesses[] = {
	{ "account", digits, "999999999999 888888888888" },
	{ "owner", digits, "999999999999 888888888888" },
	{ "principal", NULL, "arn:aws:iam::999999999999:user/somebody "
	    "arn:aws:iam::999999999999:role/Somebody "
	    "arn:aws:iam::999999999999:root "
	    "arn:aws:sts::999999999999:federated-user/somebody" },
	{ "session", NULL, "session another-session" },
	{ "issuer", NULL, "arn:aws:iam::999999999999:user/somebody" },
	{ "unique id", NULL, "AIDA9999999999EXAMPLE AROA9999999999EXAMPLE" },
	{ "outsider", NULL, "ec2.amazonaws.com lambda.amazonaws.com "
	    "arn:aws:iam::999999999999:saml-provider/Somebody "
	    "token.actions.githubusercontent.com" },
	{ "aws:PrincipalOrgID", NULL, "o-zzzzzzzzzz" },
	{ "aws:ResourceOrgID", NULL, "o-zzzzzzzzzz" },
	{ "aws:SourceOrgID", NULL, "o-zzzzzzzzzz" },
	{ "aws:VpceOrgID", NULL, "o-zzzzzzzzzz" },
	{ "aws:PrincipalOrgPaths", NULL, "o-zzzzzzzzzz/r-zzzz/" },
	{ "aws:ResourceOrgPaths", NULL, "o-zzzzzzzzzz/r-zzzz/" },
	{ "aws:SourceOrgPaths", NULL, "o-zzzzzzzzzz/r-zzzz/" },
	{ "aws:VpceOrgPaths", NULL, "o-zzzzzzzzzz/r-zzzz/" },
	{ "aws:ResourceAccount", digits, "999999999999" },
	{ "aws:SourceAccount", digits, "999999999999" },
	{ "aws:VpceAccount", digits, "999999999999" },
	{ "s3:ResourceAccount", digits, "999999999999" },
	{ "aws:PrincipalServiceName", NULL, "ec2.amazonaws.com" },
	{ "aws:PrincipalServiceNamesList", NULL, "ec2.amazonaws.com" },
	{ "aws:CalledVia", NULL, "cloudformation.amazonaws.com" },
	{ "aws:CalledViaFirst", NULL, "cloudformation.amazonaws.com" },
	{ "aws:CalledViaLast", NULL, "cloudformation.amazonaws.com" },
	{ "aws:SourceVpce", NULL, "vpce-0999999999999999f" },
	{ "aws:SourceVpc", NULL, "vpc-0999999999999999f" },
	{ "aws:Ec2InstanceSourceVpc", NULL, "vpc-0999999999999999f" },
	{ "aws:SourceIp", NULL, "203.0.113.7 198.51.100.7" },
	{ "aws:VpcSourceIp", NULL, "10.0.0.7 192.168.0.7" },
	{ "aws:Ec2InstanceSourcePrivateIPv4", NULL, "10.0.0.7" },
	{ "aws:CurrentTime", NULL, "2026-01-01T00:00:00Z" },
	{ "aws:TokenIssueTime", NULL, "2026-01-01T00:00:00Z" },
	{ "aws:EpochTime", NULL, "1767225600" },
	{ "aws:MultiFactorAuthAge", NULL, "30 3600" },
	{ "aws:SecureTransport", NULL, "true false" },
	{ "aws:RequestedRegion", NULL, "us-east-1 eu-west-1" },
	{ "aws:UserAgent", NULL, "aws-cli" },
	{ "aws:username", NULL, "somebody" },
	{ "aws:SourceIdentity", NULL, "somebody" },
	{ "sts:SourceIdentity", NULL, "somebody" },
	{ "sts:RoleSessionName", NULL, "session another-session" },
	{ "sts:ExternalId", NULL, "external-id" },
	{ "ssm:SessionDocumentAccessCheck", NULL, "true false" },
};

struct words {
	LIST(struct word)	 list;
};

static void
split(struct arena *arena, struct words *words, const char *text)
{
	while (*text != '\0') {
		size_t length = strcspn(text, " ");

		*list_add(arena, &words->list) = word_from(text, length);
		text += length + strspn(text + length, " ");
	}
}

static void
prefer(struct arena *arena, struct words *words, struct slot *slot,
    const char *text)
{
	split(arena, words, text);
	slot->preferred = words->list.items;
	slot->preferred_count = words->list.count;
}

/* What is true or false says so in one of two ways. */
static void
close_truth(struct slot *slot)
{
	static const struct word words[] = { { "false", 5 }, { "true", 4 } };

	if (slot->type != VALUE_BOOL)
		return;
	slot->words = words;
	slot->word_count = sizeof(words) / sizeof(words[0]);
}

static void
fit_shape(struct arena *arena, struct slot *slot, const char *shape)
{
	struct pattern *pattern = arena_alloc(arena, sizeof(*pattern));

	*pattern = shape_read(arena, shape);
	slot->shape = pattern;
}

void
likeness_fit(struct arena *arena, const struct estate *estate,
    const char *name, struct slot *slot)
{
	const struct word wanted = word_from(name, strlen(name));
	struct words words = { 0 };

	close_truth(slot);
	if (estate->region.text != NULL && word_equal_folded(wanted,
	    word_from("aws:RequestedRegion", strlen("aws:RequestedRegion"))))
		*list_add(arena, &words.list) = estate->region;
	for (size_t i = 0; i < sizeof(likenesses) / sizeof(likenesses[0]);
	    i++) {
		if (!word_equal_folded(wanted, word_from(likenesses[i].name,
		    strlen(likenesses[i].name))))
			continue;
		prefer(arena, &words, slot, likenesses[i].preferred);
		if (likenesses[i].shape != NULL)
			fit_shape(arena, slot, likenesses[i].shape);
	}
}

/* Resources. */

/* More types than this are not worth the time that trying them takes. */
enum { TYPES_MAX = 24 };

/* A field of a template, ${...}, and what to write for it. */
static struct word
fill_field(const char *field, size_t length, struct word region,
    struct word account)
{
	static const struct {
		const char	*name;
		const char	*text;
	} fields[] = {
		{ "Partition", "aws" },
		{ "InstanceId", "i-0999999999999999f" },
		{ "BucketName", "somebodys-bucket" },
		{ "ObjectName", "object" },
		{ "KeyId", "99999999-9999-4999-8999-999999999999" },
	};
	const struct word name = word_from(field, length);

	if (word_is(name, "Region"))
		return region;
	if (word_is(name, "Account"))
		return account;
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (word_is(name, fields[i].name))
			return word_from(fields[i].text,
			    strlen(fields[i].text));
	return word_from("something", strlen("something"));
}

static struct word
fill_template(struct arena *arena, const char *template, struct word region,
    struct word account)
{
	const char *text = "";

	while (*template != '\0') {
		size_t plain = strcspn(template, "$");
		size_t field = strcspn(template + plain, "}");
		struct word value = { "", 0 };

		if (template[plain] == '$' && field >= 2)
			value = fill_field(template + plain + 2, field - 2,
			    region, account);
		text = arena_printf(arena, "%s%.*s%.*s", text, (int)plain,
		    template, (int)value.length, value.text);
		template += plain + field;
		template += *template == '}';
	}
	return word_from(text, strlen(text));
}

static void
add_type(struct arena *arena, const struct estate *estate,
    const struct resource_type *type, struct words *words)
{
	struct word region = estate->region.text != NULL ? estate->region :
	    word_from("us-east-1", strlen("us-east-1"));

	for (size_t i = 0; i < estate->account_count; i++)
		*list_add(arena, &words->list) = fill_template(arena,
		    type->arn, region, estate->accounts[i].id);
	*list_add(arena, &words->list) = fill_template(arena, type->arn,
	    region, word_from("999999999999", strlen("999999999999")));
	*list_add(arena, &words->list) = fill_template(arena, type->arn,
	    region, word_from("aws", strlen("aws")));
}

/* Something that the pattern matches. */
static struct word
fill_pattern(struct arena *arena, struct word pattern)
{
	const char *text = "";

	for (size_t i = 0; i < pattern.length; i++)
		text = pattern.text[i] == '*' ? arena_printf(arena,
		    "%ssomething", text) : arena_printf(arena, "%s%c", text,
		    pattern.text[i] == '?' ? 'x' : pattern.text[i]);
	return word_from(text, strlen(text));
}

static void
add_listed(struct arena *arena, const struct estate *estate,
    struct words *words)
{
	for (size_t i = 0; i < estate->resource_count; i++)
		*list_add(arena, &words->list) =
		    word_has_wildcard(estate->resources[i].arn) ?
		    fill_pattern(arena, estate->resources[i].arn) :
		    estate->resources[i].arn;
	for (size_t i = 0; i < estate->principal_count; i++)
		if (estate->principals[i].is_role)
			*list_add(arena, &words->list) =
			    estate->principals[i].arn;
}

/* The type that a part of a call is about, before all others. */
static void
add_type_of_part(struct arena *arena, const struct estate *estate,
    const struct action *action, const char *part, struct words *words)
{
	for (unsigned i = 0; action != NULL && i < action->target_count; i++)
		if (strcmp(action->targets[i].type->name, part) == 0)
			add_type(arena, estate, action->targets[i].type,
			    words);
}

static void
add_guises(struct arena *arena, const struct action *action,
    struct words *words)
{
	const struct guise *guise = NULL;

	while (action != NULL && (guise = guise_next(action, guise)) != NULL)
		if (guise->sample != NULL)
			*list_add(arena, &words->list) =
			    word_from(guise->sample, strlen(guise->sample));
}

void
likeness_fit_resource(struct arena *arena, const struct estate *estate,
    const struct action *const *actions, size_t count, const char *part,
    struct slot *slot)
{
	const struct resource_type *last = NULL;
	struct words words = { 0 };
	size_t types = 0;

	add_listed(arena, estate, &words);
	if (part != NULL && count == 1)
		add_type_of_part(arena, estate, actions[0], part, &words);
	for (size_t i = 0; i < count; i++)
		for (unsigned j = 0; actions[i] != NULL &&
		    j < actions[i]->target_count && types < TYPES_MAX; j++) {
			const struct resource_type *type =
			    actions[i]->targets[j].type;

			if (type == last)
				continue;
			last = type;
			types++;
			add_type(arena, estate, type, &words);
		}
	for (size_t i = 0; i < count; i++)
		add_guises(arena, actions[i], &words);
	slot->preferred = words.list.items;
	slot->preferred_count = words.list.count;
}

bool
likeness_is_familiar(const struct action *action)
{
	static const struct {
		const char	*prefix;
		const char	*name;
	} familiar[] = {
		{ "s3", "GetObject" }, { "s3", "ListBucket" },
		{ "ec2", "RunInstances" }, { "ec2", "DescribeInstances" },
		{ "iam", "CreateUser" }, { "dynamodb", "GetItem" },
		{ "kms", "Decrypt" }, { "lambda", "InvokeFunction" },
		{ "secretsmanager", "GetSecretValue" },
		{ "sqs", "SendMessage" }, { "sns", "Publish" },
		{ "ssm", "GetParameter" }, { "ssm", "SendCommand" },
		{ "logs", "PutLogEvents" },
	};

	for (size_t i = 0; i < sizeof(familiar) / sizeof(familiar[0]); i++)
		if (strcmp(action->service->prefix, familiar[i].prefix) == 0 &&
		    strcmp(action->name, familiar[i].name) == 0)
			return true;
	return false;
}
