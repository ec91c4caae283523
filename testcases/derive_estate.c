/* SPDX-License-Identifier: MIT */
/* The estate, and the few look-ups that derivation makes. */
#include "config.h"

#include "testcases/derive_estate.h"

#define COUNT(array)	(sizeof(array) / sizeof((array)[0]))
#define WORD(TEXT)	{ TEXT, sizeof(TEXT) - 1 }

static const struct estate_unit units[] = {
	{ .id = WORD("r-root") },
	{ .id = WORD("ou-x"), .parent = &units[0], .depth = 1 },
	{ .id = WORD("ou-y"), .parent = &units[1], .depth = 2 },
};

static const struct estate_account accounts[] = {
	{ .id = WORD("111111111111"), .unit = &units[0] },
	{ .id = WORD("222222222222"), .unit = &units[2] },
	{ .id = WORD("444444444444") },
};

static const struct estate_vpc vpcs[] = {
	{ .id = WORD("vpc-1"), .account = &accounts[0],
	    .owner = WORD("111111111111") },
	{ .id = WORD("vpc-4"), .account = &accounts[2],
	    .owner = WORD("444444444444") },
	{ .id = WORD("vpc-9"), .owner = WORD("999999999999") },
};

static const struct estate_endpoint endpoints[] = {
	{ .id = WORD("vpce-1"), .vpc = &vpcs[0] },
	{ .id = WORD("vpce-4"), .vpc = &vpcs[1] },
	{ .id = WORD("vpce-9"), .vpc = &vpcs[2] },
};

static const struct estate_tag user_tags[] = {
	{ WORD("team"), WORD("ops") },
};

static const struct estate_tag role_tags[] = {
	{ WORD("Team"), WORD("fwd") }, { WORD("env"), WORD("prod") },
};

static const struct estate_tag instance_tags[] = {
	{ WORD("access"), WORD("yes") },
};

static const struct estate_principal principals[] = {
	{ .arn = WORD("arn:aws:iam::111111111111:user/ops/tanaka"),
	    .name = WORD("tanaka"), .id = WORD("AIDATANAKA"),
	    .tags = { user_tags, COUNT(user_tags) } },
	{ .arn = WORD("arn:aws:iam::111111111111:user/nobody"),
	    .name = WORD("nobody") },
	{ .arn = WORD("arn:aws:iam::222222222222:role/app/Fwd"),
	    .name = WORD("Fwd"), .id = WORD("AROAFWD"), .is_role = true,
	    .tags = { role_tags, COUNT(role_tags) } },
};

static const struct estate_resource resources[] = {
	{ .arn = WORD("arn:aws:ec2:eu-west-1:222222222222:instance/i-1"),
	    .account = WORD("222222222222"), .tags_known = true,
	    .tags = { instance_tags, COUNT(instance_tags) } },
	{ .arn = WORD("arn:aws:ec2:eu-west-1:222222222222:instance/i-2"),
	    .account = WORD("222222222222") },
};

const struct estate derive_estate = {
	.catalog = &catalog_builtin,
	.region = WORD("ap-northeast-1"),
	.organization = { .id = WORD("o-a1"),
	    .management = WORD("111111111111") },
	.units = units, .unit_count = COUNT(units),
	.accounts = accounts, .account_count = COUNT(accounts),
	.vpcs = vpcs, .vpc_count = COUNT(vpcs),
	.endpoints = endpoints, .endpoint_count = COUNT(endpoints),
	.principals = principals, .principal_count = COUNT(principals),
	.resources = resources, .resource_count = COUNT(resources),
};

const struct estate_account *
estate_account(const struct estate *estate, struct word id)
{
	for (size_t i = 0; i < estate->account_count; i++)
		if (word_equal(estate->accounts[i].id, id))
			return &estate->accounts[i];
	return NULL;
}

const struct estate_vpc *
estate_vpc(const struct estate *estate, struct word id)
{
	for (size_t i = 0; i < estate->vpc_count; i++)
		if (word_equal(estate->vpcs[i].id, id))
			return &estate->vpcs[i];
	return NULL;
}

const struct estate_endpoint *
estate_endpoint(const struct estate *estate, struct word id)
{
	for (size_t i = 0; i < estate->endpoint_count; i++)
		if (word_equal(estate->endpoints[i].id, id))
			return &estate->endpoints[i];
	return NULL;
}

const struct estate_principal *
estate_principal(const struct estate *estate, struct word arn)
{
	for (size_t i = 0; i < estate->principal_count; i++)
		if (word_equal(estate->principals[i].arn, arn))
			return &estate->principals[i];
	return NULL;
}

const struct estate_resource *
estate_resource(const struct estate *estate, struct word arn)
{
	for (size_t i = 0; i < estate->resource_count; i++)
		if (word_equal(estate->resources[i].arn, arn))
			return &estate->resources[i];
	return NULL;
}

/* Users by their ARN, roles by account and name. */
const struct estate_principal *
estate_principal_of(const struct estate *estate, const struct actor *actor)
{
	for (size_t i = 0; i < estate->principal_count; i++) {
		const struct estate_principal *principal =
		    &estate->principals[i];
		struct actor other;

		if (actor->kind == ACTOR_USER && word_equal(principal->arn,
		    actor->principal))
			return principal;
		if (actor->kind == ACTOR_ROLE_SESSION && principal->is_role &&
		    actor_read(&other, principal->arn,
		    (struct word){ NULL, 0 }) &&
		    word_equal(other.account, actor->account) &&
		    word_equal(other.name, actor->name))
			return principal;
	}
	return NULL;
}

bool
estate_account_is_member(const struct estate *estate,
    const struct estate_account *account)
{
	(void)estate;
	return account->unit != NULL;
}
