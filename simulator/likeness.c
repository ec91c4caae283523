/* SPDX-License-Identifier: MIT */
/*
 * A table of likely values.  Those of accounts, networks and names that are
 * nobody's are of the ranges that documentation uses.
 */
#include "config.h"

#include <string.h>

#include "policy/list.h"
#include "simulator/automaton.h"
#include "simulator/likeness.h"

/* Twelve digits and nothing else, whoever says so. */
static const char account[] = "############";

static const struct {
	const char	*name;
	const char	*shape;		/* NULL: any text */
	const char	*preferred;	/* blank-separated */
} likenesses[] = {
	{ "account", account, "999999999999 888888888888" },
	{ "owner", account, "999999999999 888888888888" },
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
	{ "aws:ResourceAccount", account, "999999999999" },
	{ "aws:SourceAccount", account, "999999999999" },
	{ "aws:VpceAccount", account, "999999999999" },
	{ "s3:ResourceAccount", account, "999999999999" },
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
