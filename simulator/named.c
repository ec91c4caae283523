/* SPDX-License-Identifier: MIT */
/*
 * One row for each named guarantee, and the function that writes it.  What a
 * promise leaves out stands in it as `where', never in the dark.
 */
#include "config.h"

#include <string.h>

#include "simulator/named.h"
#include "simulator/named_script.h"

/* Conditions that several promises have. */

/*
 * Data planes that are reached inside a VPC without an endpoint: their
 * requests have no key of the network.
 */
static const char within_vpcs[] =
    " not es:ES*,dax:BatchGetItem,dax:BatchWriteItem,dax:ConditionCheckItem,"
    "dax:DeleteItem,dax:GetItem,dax:PutItem,dax:Query,dax:Scan,"
    "dax:UpdateItem,neptune-db:*,kafka-cluster:*,elasticfilesystem:Client*,"
    "rds-db:connect,s3-outposts:*";

static void
say_actions(struct named_script *named)
{
	named_list(named, "", named->perimeter.actions);
}

/*
 * A service that says for whom it comes must come for one of us; one that does
 * not say it has nobody to name (KEY-5).
 */
static void
say_trusted_identities(struct named_script *named)
{
	named_row(named, "\n  must", " or");
	named_ours(named, " by");
	named_organization(named, " StringEquals aws:PrincipalOrgID");
	named_test(named, " StringEquals aws:PrincipalAccount",
	    named->perimeter.partners);
	named_item(named, " ( by service and (");
	named_row(named, "", " or");
	named_item(named, " Null aws:SourceAccount true");
	named_organization(named, " StringEquals aws:SourceOrgID");
	named_ours(named, " StringEquals aws:SourceAccount");
	named_test(named, " StringEquals aws:SourceAccount",
	    named->perimeter.partners);
	named_say(named, " ) )");
	named_exceptions(named,
	    named->perimeter.exceptions[PERIMETER_IDENTITIES]);
}

static void
say_trusted_resources(struct named_script *named)
{
	named_row(named, "\n  must", " or");
	named_ours(named, " on");
	named_organization(named, " StringEquals aws:ResourceOrgID");
	named_test(named, " StringEquals aws:ResourceAccount",
	    named->perimeter.partners);
	named_exceptions(named, named->perimeter.owned);
	named_exceptions(named,
	    named->perimeter.exceptions[PERIMETER_RESOURCES]);
}

static void
say_expected_networks(struct named_script *named)
{
	const struct perimeter *perimeter = &named->perimeter;

	named_row(named, "\n  must", " or");
	named_test(named, " IpAddress aws:SourceIp", perimeter->networks);
	named_list(named, " through", perimeter->vpcs);
	named_list(named, " through", perimeter->endpoints);
	if (perimeter->vpcs == NULL && perimeter->endpoints == NULL)
		named_item(named, " through endpoints");
	named_exceptions(named, perimeter->exceptions[PERIMETER_NETWORKS]);
}

/*
 * What trusts a service-linked role is AWS's to write: it is not in the hands
 * of whoever writes the documents that are brought along.
 */
static void
leave_service_linked(struct named_script *named)
{
	const struct exhibits *exhibits = named->court->exhibits;

	if (exhibits != NULL && exhibits->layers[LAYER_TRUST].count == 0)
		named_item(named,
		    " not on arn:aws:iam::*:role/aws-service-role/*");
}

/* Which requests come over our network; without endpoints of the estate, a
 * document is the policy of any. */
static void
say_over_network(struct named_script *named)
{
	named_every(named, "request allowed by endpoint");
	named_row(named, "\n  where", " and");
	if (named->court->exhibits != NULL)
		named_item(named, " Null aws:SourceVpce false");
	else if (named->perimeter.endpoints != NULL)
		named_list(named, " through", named->perimeter.endpoints);
	else
		named_item(named, " through endpoints");
	if (named->court->exhibits == NULL && named->estate->endpoint_count ==
	    0)
		named_lack(named, "the estate has no endpoints");
	say_actions(named);
}

/* Named guarantees. */

static void
write_identities_of_resources(struct named_script *named)
{
	named_every(named, "allowed request");
	named_assuming(named);
	named_row(named, "\n  where", " and");
	named_ours(named, " on");
	leave_service_linked(named);
	say_actions(named);
	say_trusted_identities(named);
}

static void
write_identities_of_network(struct named_script *named)
{
	say_over_network(named);
	say_trusted_identities(named);
}

static void
write_resources_of_identities(struct named_script *named)
{
	named_every(named, "allowed request");
	named_assuming(named);
	named_row(named, "\n  where", " and");
	named_ours(named, " by");
	named_item(named, " not by service-linked");
	say_actions(named);
	say_trusted_resources(named);
}

static void
write_resources_of_network(struct named_script *named)
{
	say_over_network(named);
	say_trusted_resources(named);
}

/* Requests that a network can be asked of. */
static void
say_networked(struct named_script *named)
{
	named_item(named, " not by service-linked");
	named_item(named, " not Bool aws:ViaAWSService true");
	named_item(named, within_vpcs);
	say_actions(named);
}

static void
write_networks_of_identities(struct named_script *named)
{
	named_every(named, "allowed request");
	named_assuming(named);
	named_row(named, "\n  where", " and");
	named_ours(named, " by");
	say_networked(named);
	say_expected_networks(named);
}

static void
write_networks_of_resources(struct named_script *named)
{
	named_every(named, "allowed request");
	named_assuming(named);
	named_row(named, "\n  where", " and");
	named_ours(named, " on");
	named_item(named, " not by service");
	say_networked(named);
	say_expected_networks(named);
}

static void
write_confused_deputy(struct named_script *named)
{
	named_every(named, "allowed request by service");
	named_assuming(named);
	named_row(named, "\n  where", " and");
	named_ours(named, " on");
	named_item(named, " Null aws:SourceAccount false");
	say_actions(named);
	named_row(named, "\n  must", " or");
	named_organization(named, " StringEquals aws:SourceOrgID");
	named_ours(named, " StringEquals aws:SourceAccount");
	named_test(named, " StringEquals aws:SourceAccount",
	    named->perimeter.partners);
	named_exceptions(named,
	    named->perimeter.exceptions[PERIMETER_IDENTITIES]);
}

/* Tags that exceptions test. */

static bool
is_tag_key(const struct node *key, struct word *tag)
{
	static const char *const families[] = { "aws:PrincipalTag/",
	    "aws:ResourceTag/", "aws:RequestTag/" };
	struct word name = word_from(key->key, key->key_length);

	for (size_t i = 0; i < sizeof(families) / sizeof(families[0]); i++) {
		size_t length = strlen(families[i]);

		if (name.length <= length || !word_equal_folded(word_from(
		    name.text, length), word_from(families[i], length)))
			continue;
		*tag = word_behind(name, length);
		return true;
	}
	return false;
}

struct tags {
	LIST(struct word)	 list;
};

static void
add_tag(struct named_script *named, struct tags *tags, struct word tag)
{
	for (size_t i = 0; i < tags->list.count; i++)
		if (word_equal_folded(tags->list.items[i], tag))
			return;
	*list_add(named->script.arena, &tags->list) = tag;
}

static void
find_tags_of(struct named_script *named, const struct node *exception,
    struct tags *tags)
{
	const struct node *condition = node_find(exception, "condition");
	struct word tag;

	for (const struct node *operator = condition == NULL ? NULL :
	    condition->first; operator != NULL; operator = operator->next)
		for (const struct node *key = operator->first; key != NULL;
		    key = key->next)
			if (is_tag_key(key, &tag))
				add_tag(named, tags, tag);
}

static struct tags
find_tags(struct named_script *named)
{
	struct tags tags = { .list = { .count = 0 } };

	for (size_t i = 0; i < PERIMETER_SIDES; i++) {
		const struct node *list = named->perimeter.exceptions[i];

		for (const struct node *exception = list == NULL ? NULL :
		    list->first; exception != NULL;
		    exception = exception->next)
			find_tags_of(named, exception, &tags);
	}
	return tags;
}

/* Whoever passes tags to a session asks for sts:TagSession as well, and it is
 * that which sets them. */
static const char passes_tags[] =
    " not sts:AssumeRole,sts:AssumeRoleWithSAML,"
    "sts:AssumeRoleWithWebIdentity,sts:GetFederationToken";

static void
say_tag_is_governed(struct named_script *named, struct word tag)
{
	named_every(named, "allowed request");
	named_assuming(named);
	named_row(named, "\n  where", " and");
	named_ours(named, " on");
	named_item(named, " ForAnyValue:StringEqualsIgnoreCase aws:TagKeys");
	script_word(&named->script, tag);
	named_item(named, passes_tags);
	leave_service_linked(named);
	say_actions(named);
	named_row(named, "\n  must", " or");
	named_list(named, " by", named->perimeter.administrators);
}

/*
 * Besides, some requests set tags and do not name them; they must all be the
 * administrators'.
 */
static void
say_blind_tagging(struct named_script *named)
{
	named_every(named, "allowed request");
	named_assuming(named);
	named_row(named, "\n  where", " and");
	named_ours(named, " on");
	named_item(named, " s3:PutBucketTagging,s3:PutObjectTagging,"
	    "s3:PutObjectVersionTagging,s3:PutJobTagging,"
	    "s3:PutStorageLensConfigurationTagging");
	named_item(named, " Null aws:TagKeys true");
	say_actions(named);
	named_row(named, "\n  must", " or");
	named_list(named, " by", named->perimeter.administrators);
}

static void
write_tag_governance(struct named_script *named)
{
	struct tags tags = find_tags(named);

	if (named->perimeter.administrators == NULL ||
	    named->perimeter.administrators->count == 0)
		named_lack(named, "`perimeter` of the estate names no "
		    "`administrators`");
	if (tags.list.count == 0)
		named_lack(named, "no exception of the perimeter tests a "
		    "tag");
	for (size_t i = 0; i < tags.list.count; i++)
		say_tag_is_governed(named, tags.list.items[i]);
	say_blind_tagging(named);
}

static void
write_exception_is_bounded(struct named_script *named)
{
	const struct perimeter *perimeter = &named->perimeter;

	named_every(named, "request");
	named_row(named, "\n  where", " or");
	for (size_t i = 0; i < PERIMETER_SIDES; i++)
		named_exceptions(named, perimeter->exceptions[i]);
	if (*named->before == '\n')
		named_lack(named, "the perimeter has no exceptions");
	named_row(named, "\n  must", " or");
	named_ours(named, " by");
	named_organization(named, " StringEquals aws:PrincipalOrgID");
}

static void
write_no_lockout(struct named_script *named)
{
	const struct node *list = named->perimeter.liveness;

	if (list == NULL || list->count == 0)
		named_lack(named, "`perimeter` of the estate lists no "
		    "`liveness`");
	for (const struct node *item = list == NULL ? NULL : list->first;
	    item != NULL; item = item->next) {
		named_say(named, named->promises++ == 0 ? "\n  " :
		    "\n  and ");
		named_say(named, item->text);
		if (!word_starts_with(word_of_node(item), "some ") &&
		    !word_starts_with(word_of_node(item), "each "))
			named_lack(named, "`liveness` of the perimeter takes "
			    "promises that begin with `some` or `each`");
	}
}

static void
write_leaked_credential(struct named_script *named)
{
	if (named->perimeter.roles == NULL ||
	    named->perimeter.roles->count == 0)
		named_lack(named, "`perimeter` of the estate names no "
		    "`roles`");
	named_every(named, "allowed request");
	named_assuming(named);
	named_row(named, "\n  where", " and");
	named_list(named, " by session of", named->perimeter.roles);
	say_networked(named);
	say_expected_networks(named);
}

const struct named named_guarantees[] = {
	{ "G1", "only-trusted-identities-of-resources",
	    "only trusted identities can access my resources",
	    "partners, exceptions.identities, actions", NULL,
	    write_identities_of_resources },
	{ "G2", "only-trusted-identities-of-network",
	    "endpoint policies let only trusted identities through my network",
	    "partners, exceptions.identities, actions, endpoints", NULL,
	    write_identities_of_network },
	{ "G3", "only-trusted-resources-of-identities",
	    "my identities, service-linked roles left out, can access only "
	    "trusted resources",
	    "partners, serviceOwned, exceptions.resources, actions", NULL,
	    write_resources_of_identities },
	{ "G4", "only-trusted-resources-of-network",
	    "endpoint policies let requests through my network to trusted "
	    "resources only",
	    "partners, serviceOwned, exceptions.resources, actions, "
	    "endpoints", NULL, write_resources_of_network },
	{ "G5", "only-expected-networks-of-identities",
	    "my identities, service-linked roles left out, can act only from "
	    "expected networks, unless an AWS service forwards the request or "
	    "it never leaves a VPC",
	    "networks, vpcs, endpoints, exceptions.networks, actions", NULL,
	    write_networks_of_identities },
	{ "G6", "only-expected-networks-of-resources",
	    "my resources can be accessed only from expected networks, unless "
	    "by an AWS service or a service-linked role, or a service forwards "
	    "the request, or it never leaves a VPC",
	    "networks, vpcs, endpoints, exceptions.networks, actions", NULL,
	    write_networks_of_resources },
	{ "G7", "confused-deputy",
	    "an AWS service that comes on behalf of an account can access my "
	    "resources only for a trusted one",
	    "partners, exceptions.identities, actions", NULL,
	    write_confused_deputy },
	{ "G8", "tag-governance",
	    "only administrators can set the tags that exceptions test",
	    "administrators, exceptions, actions", NULL,
	    write_tag_governance },
	{ "G9", "exception-is-bounded",
	    "whoever an exception is for is of my organization",
	    "exceptions", NULL, write_exception_is_bounded },
	{ "G10", "no-lockout",
	    "what must go on being possible is allowed",
	    "liveness", NULL, write_no_lockout },
	{ "G11", "no-new-access",
	    "a change allows nothing that was not allowed before",
	    "none", "it is about two estates, and this is one", NULL },
	{ "G12", "equivalent",
	    "a change allows what was allowed before, and nothing else",
	    "none", "it is about two estates, and this is one", NULL },
	{ "G13", "only-via-chain",
	    "an action is reached only by a chain of calls that is as it "
	    "should be",
	    "none", "which chain is for you to say, in a test file: every "
	    "allowed sts:AssumeRole on ROLE then ACTION must ...", NULL },
	{ "G14", "leaked-credential-useless",
	    "the credentials of roles are worth nothing outside the expected "
	    "networks",
	    "roles, networks, vpcs, endpoints, exceptions.networks, actions",
	    NULL, write_leaked_credential },
	{ "G15", "independent-layers",
	    "guarantees still hold when any one layer allows everything",
	    "independent", NULL, NULL },
	{ NULL, NULL, NULL, NULL, NULL, NULL }
};

const struct named *
named_find(struct word word)
{
	for (const struct named *row = named_guarantees; row->id != NULL;
	    row++)
		if (word_equal_folded(word, word_from(row->id,
		    strlen(row->id))) || word_equal_folded(word, word_from(
		    row->name, strlen(row->name))))
			return row;
	return NULL;
}

static bool
read_script(struct named_script *named, const struct named *row,
    struct guarantee *guarantee, const char **reason)
{
	struct arena *arena = named->script.arena;
	struct question_fault fault;
	struct tokens tokens;
	const char *text;

	named_say(named, row->id);
	script_text(&named->script, " ");
	named_say(named, row->name);
	row->write(named);
	*reason = named->lack;
	if (named->lack != NULL)
		return false;
	text = script_finish(&named->script);
	if (sentence_split(arena, word_from(text, strlen(text)), &tokens,
	    &fault) && guarantee_read(arena, &tokens, 0, guarantee, &fault))
		return true;
	*reason = arena_printf(arena, "what the perimeter says makes no "
	    "promise: %s", fault.message);
	return false;
}

/* G15: the promise, once for each layer that is opened. */

static void
add_opened(struct arena *arena, const struct named *row,
    const struct guarantee *guarantee, struct guarantee **last)
{
	static const enum layer layers[] = { LAYER_IDENTITY, LAYER_BOUNDARY,
	    LAYER_RESOURCE, LAYER_TRUST, LAYER_ENDPOINT, LAYER_SCP,
	    LAYER_RCP };

	for (size_t i = 0; i < sizeof(layers) / sizeof(layers[0]); i++) {
		struct guarantee *opened = arena_alloc(arena,
		    sizeof(*opened));

		*opened = *guarantee;
		opened->id = word_from(row->id, strlen(row->id));
		opened->name = word_from(row->name, strlen(row->name));
		opened->assuming |= 1u << layers[i];
		opened->also = NULL;
		(*last)->also = opened;
		*last = opened;
	}
}

static bool
open_one(struct arena *arena, const struct court *court,
    const struct named *whole, struct word name, struct guarantee **last,
    const char **reason)
{
	const struct named *row = named_find(name);
	const struct guarantee *promise;
	struct named_script named;
	struct guarantee guarantee;

	if (row == NULL || row->write == NULL) {
		*reason = arena_printf(arena, "`independent` of the perimeter "
		    "names `%.*s`, which cannot be proved in one estate",
		    (int)name.length, name.text);
		return false;
	}
	named_script_init(&named, arena, court);
	if (!read_script(&named, row, &guarantee, reason))
		return false;
	for (promise = &guarantee; promise != NULL; promise = promise->also) {
		if (promise->by_layer) {
			*reason = arena_printf(arena, "%s is about one layer "
			    "alone", row->name);
			return false;
		}
		add_opened(arena, whole, promise, last);
	}
	return true;
}

static bool
make_independent(struct arena *arena, const struct court *court,
    const struct named *row, struct guarantee *guarantee,
    const char **reason)
{
	const struct perimeter *perimeter = court->estate->perimeter;
	const struct node *list = perimeter == NULL ? NULL :
	    perimeter->independent;
	struct guarantee before = { .also = NULL }, *last = &before;

	if (list == NULL || list->count == 0) {
		*reason = "`perimeter` of the estate names no guarantees "
		    "that are to be `independent`";
		return false;
	}
	for (const struct node *item = list->first; item != NULL;
	    item = item->next)
		if (!open_one(arena, court, row, word_of_node(item), &last,
		    reason))
			return false;
	*guarantee = *before.also;
	return true;
}

bool
named_make(struct arena *arena, const struct court *court,
    const struct named *row, struct guarantee *guarantee, const char **reason)
{
	struct named_script named;

	*guarantee = (struct guarantee){
	    .id = word_from(row->id, strlen(row->id)),
	    .name = word_from(row->name, strlen(row->name)) };
	*reason = row->elsewhere;
	if (row->elsewhere != NULL)
		return false;
	if (row->write == NULL)
		return make_independent(arena, court, row, guarantee, reason);
	named_script_init(&named, arena, court);
	return read_script(&named, row, guarantee, reason);
}
