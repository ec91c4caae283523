/* SPDX-License-Identifier: MIT */
/*
 * The perimeter: lists that are checked here, so that a guarantee made of
 * them says what was meant.  Whether a guarantee has such a name is asked of
 * those who know them, and so is the text of a promise.
 */
#include "config.h"

#include <string.h>

#include "policy/operator.h"
#include "policy/value.h"
#include "simulator/estate_reader.h"
#include "simulator/perimeter.h"

/* Strings. */

typedef bool	 check_string(struct estate_reader *, const struct node *);

/* Keeps the list, if it is one of strings that the check lets pass. */
static void
read_list(struct estate_reader *reader, const struct node *node,
    const struct node **list, check_string *check)
{
	if (!estate_is_array(reader, node))
		return;
	for (const struct node *item = node->first; item != NULL;
	    item = item->next) {
		if (item->kind != NODE_STRING || item->length == 0)
			estate_complain_of_type(reader, item,
			    "strings that are not empty");
		else if (!check(reader, item))
			return;
	}
	*list = node;
}

static bool
check_any(struct estate_reader *reader, const struct node *item)
{
	(void)reader;
	(void)item;
	return true;
}

static bool
check_own_account(struct estate_reader *reader, const struct node *item)
{
	if (estate_account(reader->estate, word_of_node(item)) != NULL)
		return true;
	estate_complain(reader, ESTATE_UNKNOWN_NAME, item->span,
	    "`accounts` of the estate has no `%s`", item->text);
	return false;
}

static bool
check_partner(struct estate_reader *reader, const struct node *item)
{
	return estate_check_account_id(reader, word_of_node(item),
	    item->span);
}

static bool
check_network(struct estate_reader *reader, const struct node *item)
{
	struct cidr cidr;

	if (cidr_read(item->text, item->length, 128, &cidr) &&
	    !cidr.host_bits)
		return true;
	estate_complain(reader, ESTATE_INVALID_CIDR, item->span,
	    "`%s` is no range of addresses, such as `198.51.100.0/24`",
	    item->text);
	return false;
}

static bool
check_vpc(struct estate_reader *reader, const struct node *item)
{
	const struct estate *estate = reader->estate;

	for (size_t i = 0; i < estate->vpc_count; i++)
		if (word_equal(estate->vpcs[i].id, word_of_node(item)) ||
		    word_equal(estate->vpcs[i].name, word_of_node(item)))
			return true;
	estate_complain(reader, ESTATE_UNKNOWN_NAME, item->span,
	    "`vpcs` of the estate has no `%s`", item->text);
	return false;
}

static bool
check_endpoint(struct estate_reader *reader, const struct node *item)
{
	const struct estate *estate = reader->estate;

	for (size_t i = 0; i < estate->endpoint_count; i++)
		if (word_equal(estate->endpoints[i].id, word_of_node(item)) ||
		    word_equal(estate->endpoints[i].name, word_of_node(item)))
			return true;
	estate_complain(reader, ESTATE_UNKNOWN_NAME, item->span,
	    "`endpoints` of the estate has no `%s`", item->text);
	return false;
}

static bool
check_action(struct estate_reader *reader, const struct node *item)
{
	const char *colon = memchr(item->text, ':', item->length);

	if (colon != NULL && colon != item->text &&
	    colon[1] != '\0' && strpbrk(item->text, " \t,()\"") == NULL)
		return true;
	estate_complain(reader, ESTATE_INVALID_VALUE, item->span,
	    "`%s` is no action or pattern of actions, such as `s3:Get*`",
	    item->text);
	return false;
}

static bool
check_arn(struct estate_reader *reader, const struct node *item)
{
	if (word_starts_with(word_of_node(item), "arn:") ||
	    word_is(word_of_node(item), "*"))
		return true;
	estate_complain(reader, ESTATE_INVALID_ARN, item->span,
	    "`%s` is no ARN or pattern of ARNs", item->text);
	return false;
}

/* Whoever a guarantee's `by' can name without the estate's list. */
static bool
check_principal(struct estate_reader *reader, const struct node *item)
{
	struct word word = word_of_node(item);
	enum actor_kind kind;

	if (actor_kind_find(word, &kind) || word_is(word, "service-linked") ||
	    word_is(word, "foreign") || word_starts_with(word, "arn:") ||
	    estate_account(reader->estate, word) != NULL)
		return true;
	estate_complain(reader, ESTATE_INVALID_VALUE, item->span,
	    "`%s` is no ARN, account of the estate, or sort of caller such "
	    "as `service-linked`", item->text);
	return false;
}

static bool
check_role(struct estate_reader *reader, const struct node *item)
{
	const struct estate_principal *role = estate_principal(
	    reader->estate, word_of_node(item));

	if (role != NULL && role->is_role)
		return true;
	estate_complain(reader, ESTATE_UNKNOWN_NAME, item->span,
	    "`principals` of the estate has no role `%s`", item->text);
	return false;
}

/* Exceptions. */

/* Scalars, as IAM takes them for texts. */
static bool
check_values(struct estate_reader *reader, const struct node *values)
{
	const struct node *item = values->kind == NODE_ARRAY ?
	    values->first : values;
	size_t count = values->kind == NODE_ARRAY ? values->count : 1;

	for (; count > 0; item = item->next, count--) {
		if (item->kind == NODE_STRING || item->kind == NODE_BOOLEAN ||
		    item->kind == NODE_NUMBER)
			continue;
		estate_complain_of_type(reader, item, "strings");
		return false;
	}
	if (values->kind == NODE_ARRAY && values->count == 0)
		estate_complain_of_type(reader, values,
		    "one value at least");
	return values->kind != NODE_ARRAY || values->count > 0;
}

static void
complain_of_operator(struct estate_reader *reader, const struct node *node)
{
	struct finding *finding = estate_complain(reader,
	    ESTATE_INVALID_VALUE, node->key_span,
	    "`%s` is no condition operator", node->key);
	const char *nearest = operator_nearest(node->key, node->key_length);

	if (nearest != NULL)
		report_help(reader->report, finding, "did you mean `%s`?",
		    nearest);
}

/* A condition as policies have it: OPERATOR: { KEY: VALUES }. */
static bool
check_condition(struct estate_reader *reader, const struct node *condition)
{
	bool sound = estate_is_object(reader, condition);

	for (const struct node *operator = condition->first; sound &&
	    operator != NULL; operator = operator->next) {
		if (operator_read(operator->key, operator->key_length)
		    .operator == OPERATOR_COUNT) {
			complain_of_operator(reader, operator);
			return false;
		}
		sound = estate_is_object(reader, operator);
		for (const struct node *key = operator->first; sound &&
		    key != NULL; key = key->next)
			sound = check_values(reader, key);
	}
	return sound;
}

static void
read_excepted_actions(struct estate_reader *reader, const struct node *node,
    void *record)
{
	const struct node *list;

	(void)record;
	read_list(reader, node, &list, check_action);
}

static void
read_excepted_principals(struct estate_reader *reader,
    const struct node *node, void *record)
{
	const struct node *list;

	(void)record;
	read_list(reader, node, &list, check_principal);
}

static void
read_excepted_resources(struct estate_reader *reader,
    const struct node *node, void *record)
{
	const struct node *list;

	(void)record;
	read_list(reader, node, &list, check_arn);
}

static void
read_condition(struct estate_reader *reader, const struct node *node,
    void *record)
{
	(void)record;
	check_condition(reader, node);
}

static void
read_reason(struct estate_reader *reader, const struct node *node,
    void *record)
{
	struct word reason;

	(void)record;
	estate_read_word(reader, node, &reason);
}

static const struct estate_member exception_members[] = {
	{ "name", read_reason },
	{ "principals", read_excepted_principals },
	{ "actions", read_excepted_actions },
	{ "resources", read_excepted_resources },
	{ "condition", read_condition },
	{ NULL, NULL }
};

/* What says nothing would except everything. */
static bool
has_content(const struct node *exception)
{
	static const char *const members[] = { "principals", "actions",
	    "resources", "condition" };
	bool any = false;

	for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
		const struct node *node = node_find(exception, members[i]);

		if (node == NULL)
			continue;
		any = true;
		if (node->count == 0)
			return false;
		for (const struct node *item = node->first;
		    node->kind == NODE_OBJECT && item != NULL;
		    item = item->next)
			if (item->count == 0)
				return false;
	}
	return any;
}

static void
read_exceptions(struct estate_reader *reader, const struct node *node,
    const struct node **list)
{
	if (!estate_is_array(reader, node))
		return;
	for (const struct node *item = node->first; item != NULL;
	    item = item->next) {
		if (!estate_read_members(reader, item, exception_members,
		    NULL))
			return;
		if (!has_content(item))
			estate_complain(reader, ESTATE_MISSING_MEMBER,
			    item->span, "`principals`, `actions`, `resources` "
			    "or `condition` is missing or empty: the "
			    "exception would let everything through");
	}
	*list = node;
}

#define EXCEPTIONS(name, side)						\
static void								\
read_##name(struct estate_reader *reader, const struct node *node,	\
    void *record)							\
{									\
	struct perimeter *perimeter = record;				\
									\
	read_exceptions(reader, node, &perimeter->exceptions[side]);	\
}

EXCEPTIONS(identities, PERIMETER_IDENTITIES)
EXCEPTIONS(resources, PERIMETER_RESOURCES)
EXCEPTIONS(excepted_networks, PERIMETER_NETWORKS)

static const struct estate_member side_members[] = {
	{ "identities", read_identities },
	{ "resources", read_resources },
	{ "networks", read_excepted_networks },
	{ NULL, NULL }
};

static void
read_sides(struct estate_reader *reader, const struct node *node,
    void *record)
{
	estate_read_members(reader, node, side_members, record);
}

static void
read_owned(struct estate_reader *reader, const struct node *node,
    void *record)
{
	struct perimeter *perimeter = record;

	read_exceptions(reader, node, &perimeter->owned);
}

/* The whole. */

#define LIST_OF(member, check)						\
static void								\
read_##member(struct estate_reader *reader, const struct node *node,	\
    void *record)							\
{									\
	struct perimeter *perimeter = record;				\
									\
	read_list(reader, node, &perimeter->member, check);		\
}

LIST_OF(accounts, check_own_account)
LIST_OF(partners, check_partner)
LIST_OF(networks, check_network)
LIST_OF(vpcs, check_vpc)
LIST_OF(endpoints, check_endpoint)
LIST_OF(actions, check_action)
LIST_OF(administrators, check_principal)
LIST_OF(roles, check_role)
LIST_OF(liveness, check_any)
LIST_OF(independent, check_any)

static const struct estate_member members[] = {
	{ "accounts", read_accounts },
	{ "partners", read_partners },
	{ "networks", read_networks },
	{ "vpcs", read_vpcs },
	{ "endpoints", read_endpoints },
	{ "actions", read_actions },
	{ "serviceOwned", read_owned },
	{ "exceptions", read_sides },
	{ "administrators", read_administrators },
	{ "roles", read_roles },
	{ "liveness", read_liveness },
	{ "independent", read_independent },
	{ NULL, NULL }
};

void
estate_read_perimeter(struct estate_reader *reader, const struct node *node)
{
	struct perimeter *perimeter = arena_alloc(reader->arena,
	    sizeof(*perimeter));

	if (estate_read_members(reader, node, members, perimeter))
		reader->estate->perimeter = perimeter;
}
