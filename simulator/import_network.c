/* SPDX-License-Identifier: MIT */
/* VPCs and their endpoints. */
#include "config.h"

#include <string.h>

#include "policy/value.h"
#include "simulator/import_reader.h"

static void
read_list(struct import *import, enum import_kind kind,
    const struct node *list, const char *member)
{
	for (const struct node *i = list->first; i != NULL; i = i->next) {
		struct word id = import_text(i, member);

		if (id.text == NULL)
			import_complain_of_id(import, i, member);
		else
			import_keep(import, kind, id, i)->other =
			    import->path.account;
	}
}

void
import_read_vpcs(struct import *import, const struct node *list)
{
	read_list(import, IMPORT_VPC, list, "VpcId");
}

/* Endpoints that let nothing through are not there any more. */
static bool
is_gone(struct word state)
{
	static const char *const states[] = { "deleted", "deleting",
	    "expired", "failed", "rejected" };

	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++)
		if (word_equal_folded(state, word_from(states[i],
		    strlen(states[i]))))
			return true;
	return false;
}

/* Complains, and is false, when it is none that an estate can have. */
static bool
check_endpoint(struct import *import, const struct node *node)
{
	struct word type = import_text(node, "VpcEndpointType");
	struct word service = import_text(node, "ServiceName");
	struct word state = import_text(node, "State");

	if (service.text == NULL || import_text(node, "VpcId").text == NULL)
		import_complain(import, IMPORT_MALFORMED, import->text,
		    node->span, "an endpoint without `ServiceName` or "
		    "`VpcId` is left out");
	else if (is_gone(state))
		import_complain(import, IMPORT_LEFT_OUT, import->text,
		    node->span, "endpoints that are deleted, failed or "
		    "rejected are left out");
	else if (type.text != NULL && !word_is(type, "Interface") &&
	    !word_is(type, "Gateway"))
		import_complain(import, IMPORT_LEFT_OUT, import->text,
		    node->span, "endpoints that are neither Interface nor "
		    "Gateway lead to no service of AWS, and are left out");
	else if (word_starts_with(service, "com.amazonaws.vpce."))
		import_complain(import, IMPORT_LEFT_OUT, import->text,
		    node->span, "endpoints of services that are not AWS's "
		    "are left out");
	else
		return true;
	return false;
}

void
import_read_endpoints(struct import *import, const struct node *list)
{
	for (const struct node *i = list->first; i != NULL; i = i->next) {
		struct word id = import_text(i, "VpcEndpointId");
		struct import_record *record;

		if (id.text == NULL) {
			import_complain_of_id(import, i, "VpcEndpointId");
			continue;
		}
		if (!check_endpoint(import, i))
			continue;
		import_keep(import, IMPORT_ENDPOINT, id, i);
		/* its VPC, in case that nobody describes it */
		record = import_keep(import, IMPORT_VPC, import_text(i,
		    "VpcId"), i);
		record->other = import->path.account;
		record->bare = true;
	}
}

/* Writing. */

/* What the tag Name says. */
static void
write_name(struct json *json, struct import_value tags)
{
	if (tags.node == NULL)
		return;
	for (const struct node *i = tags.node->first; i != NULL;
	    i = i->next) {
		struct word value = import_text(i, "Value");

		if (value.text == NULL ||
		    !word_is(import_text(i, "Key"), "Name"))
			continue;
		json_key(json, "name");
		import_json(json, value);
		return;
	}
}

static void
write_cidr(struct import *import, struct json *json, const struct text *text,
    const struct node *node)
{
	struct cidr cidr;

	if (node->kind == NODE_STRING && cidr_read(node->text, node->length,
	    128, &cidr) && cidr.has_prefix && !cidr.host_bits)
		json_string(json, node->text, node->length);
	else
		import_complain(import, IMPORT_MALFORMED, text, node->span,
		    "this is no range of addresses; it is left out");
}

static bool
is_associated(const struct node *association, const char *state)
{
	const struct node *node = node_find(association, state);
	struct word word = import_text(node, "State");

	return word.text == NULL || word_is(word, "associated");
}

static void
write_range(struct import *import, struct json *json,
    const struct text *text, const struct node *association,
    const char *member)
{
	const struct node *range = node_find(association, member);

	write_cidr(import, json, text, range == NULL ? association : range);
}

/* True when the set has some. */
static bool
write_set(struct import *import, struct json *json, struct import_value set,
    const char *member, const char *state)
{
	bool any = false;

	if (set.node == NULL)
		return false;
	for (const struct node *i = set.node->first; i != NULL;
	    i = i->next) {
		if (!is_associated(i, state))
			continue;
		write_range(import, json, set.text, i, member);
		any = true;
	}
	return any;
}

/* The entry of a VPC without those of its endpoints. */
static struct import_entry
described(struct import_entry entry)
{
	struct import_entry found = { entry.items, 0 };

	for (size_t i = 0; i < entry.count; i++) {
		if (entry.items[i].bare)
			continue;
		if (found.count++ == 0)
			found.items = &entry.items[i];
	}
	/* others may stand between them: the first is enough */
	if (found.count > 1)
		found.count = 1;
	return found;
}

static void
write_cidrs(struct import *import, struct json *json,
    struct import_entry entry)
{
	struct import_entry vpc = described(entry);
	struct import_value range = import_member(vpc, "CidrBlock");
	bool any, whole = true;

	if (vpc.count == 0) {
		import_complain(import, IMPORT_DEFAULT, entry.items[0].text,
		    entry.items[0].node->span, "a VPC that only its endpoints "
		    "tell of has no ranges of addresses that are known");
		return;
	}
	json_key(json, "cidrs");
	json_open_array(json);
	any = write_set(import, json, import_list(import, vpc,
	    "CidrBlockAssociationSet", &whole), "CidrBlock",
	    "CidrBlockState");
	if (!any && range.node != NULL)
		write_cidr(import, json, range.text, range.node);
	write_set(import, json, import_list(import, vpc,
	    "Ipv6CidrBlockAssociationSet", &whole), "Ipv6CidrBlock",
	    "Ipv6CidrBlockState");
	json_close_array(json);
}

/* Whose it is: said, else shown by the path, else the only account. */
static struct word
find_owner(struct import *import, struct import_entry entry)
{
	struct import_value owner = import_member(described(entry),
	    "OwnerId");
	struct word account = { NULL, 0 };

	if (owner.node == NULL)
		owner = import_member(entry, "OwnerId");
	if (owner.node != NULL && owner.node->kind == NODE_STRING)
		return word_of_node(owner.node);
	for (size_t i = 0; i < entry.count && account.text == NULL; i++)
		account = entry.items[i].other;
	if (account.text == NULL && import->result.accounts == 1)
		account = import->accounts[0];
	if (account.text != NULL)
		import_complain(import, IMPORT_GUESS, entry.items[0].text,
		    entry.items[0].node->span, "`%.*s` has no `OwnerId`; it "
		    "is taken to be of account %.*s",
		    (int)entry.items[0].key.length, entry.items[0].key.text,
		    (int)account.length, account.text);
	else
		import_complain(import, IMPORT_MALFORMED,
		    entry.items[0].text, entry.items[0].node->span,
		    "nobody says of which account `%.*s` is; it and its "
		    "endpoints are left out", (int)entry.items[0].key.length,
		    entry.items[0].key.text);
	return account;
}

static void
write_vpc(struct import *import, struct json *json,
    struct import_entry entry)
{
	struct word owner = find_owner(import, entry);

	if (owner.text == NULL)
		return;
	import_json_key(json, entry.items[0].key);
	json_open_object(json);
	write_name(json, import_member(described(entry), "Tags"));
	json_key(json, "account");
	import_json(json, owner);
	write_cidrs(import, json, entry);
	json_close_object(json);
	import->result.vpcs++;
	*list_add(import->arena, &import->vpcs) = entry.items[0].key;
}

void
import_write_vpcs(struct import *import, struct json *json)
{
	if (import->records[IMPORT_VPC].count == 0)
		return;
	json_key(json, "vpcs");
	json_open_object(json);
	for (size_t at = 0; at < import->records[IMPORT_VPC].count;) {
		struct import_entry entry = import_entry_at(import,
		    IMPORT_VPC, at);

		write_vpc(import, json, entry);
		at += entry.count;
	}
	json_close_object(json);
}

static bool
has_vpc(const struct import *import, struct word id)
{
	for (size_t i = 0; i < import->vpcs.count; i++)
		if (word_equal(import->vpcs.items[i], id))
			return true;
	return false;
}

static void
write_policy(struct import *import, struct json *json,
    struct import_entry entry)
{
	struct import_value policy = import_member(entry, "PolicyDocument");
	struct word id = entry.items[0].key;
	const char *file;

	if (policy.node == NULL) {
		import_complain(import, IMPORT_DEFAULT, entry.items[0].text,
		    entry.items[0].node->span, "an endpoint without a "
		    "`PolicyDocument` lets everything through");
		return;
	}
	file = import_document(import, LAYER_ENDPOINT, policy.text,
	    policy.node, arena_printf(import->arena, "endpoint/%.*s",
	    (int)id.length, id.text));
	json_member_text(json, "policy", file == NULL ? "unknown" : file);
}

static void
write_type(struct import *import, struct json *json,
    struct import_value type)
{
	if (type.node == NULL)
		return;
	if (type.node->kind == NODE_STRING)
		json_member_text(json, "type", word_is(word_of_node(
		    type.node), "Gateway") ? "gateway" : "interface");
	else
		import_complain(import, IMPORT_MALFORMED, type.text,
		    type.node->span, "this is no type of endpoint; it is left "
		    "out");
}

static void
write_endpoint(struct import *import, struct json *json,
    struct import_entry entry)
{
	import_json_key(json, entry.items[0].key);
	json_open_object(json);
	write_name(json, import_member(entry, "Tags"));
	json_key(json, "vpc");
	import_json(json, import_text(entry.items[0].node, "VpcId"));
	json_key(json, "service");
	import_json(json, import_text(entry.items[0].node, "ServiceName"));
	write_type(import, json, import_member(entry, "VpcEndpointType"));
	write_policy(import, json, entry);
	json_close_object(json);
	import->result.endpoints++;
}

void
import_write_endpoints(struct import *import, struct json *json)
{
	if (import->records[IMPORT_ENDPOINT].count == 0)
		return;
	json_key(json, "endpoints");
	json_open_object(json);
	for (size_t at = 0; at < import->records[IMPORT_ENDPOINT].count;) {
		struct import_entry entry = import_entry_at(import,
		    IMPORT_ENDPOINT, at);

		if (has_vpc(import, import_text(entry.items[0].node,
		    "VpcId")))
			write_endpoint(import, json, entry);
		at += entry.count;
	}
	json_close_object(json);
}
