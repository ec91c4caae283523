/* SPDX-License-Identifier: MIT */
/* Policies of buckets, keys, queues and other resources. */
#include "config.h"

#include <string.h>

#include "policy/arn.h"
#include "policy/enclosure.h"
#include "policy/reader.h"
#include "simulator/import_reader.h"

/* Members that name a resource, and members that are its policy. */
static const char *const names[] = { "Resource", "ResourceArn",
    "resourceArn", "Arn", "ARN", "arn", "KeyArn", "QueueArn", "TopicArn",
    "BackupVaultArn", "FunctionArn" };
static const char *const policies[] = { "Policy", "ResourcePolicy",
    "resourcePolicy", "policy", "AccessPolicies", "policyText",
    "PolicyInJson", "PolicyDocument" };

/*
 * Services whose resources can have policies, and which of these.  What they
 * say is not known until somebody shows it.
 */
static const struct {
	const char	*service;
	const char	*resource;
} policed[] = {
	{ "acm-pca", "*" },
	{ "backup", "*" },
	{ "cloudtrail", "*" },
	{ "codeartifact", "*" },
	{ "codebuild", "*" },
	{ "dynamodb", "*" },
	{ "ecr", "*" },
	{ "ecr-public", "*" },
	{ "elasticfilesystem", "*" },
	{ "es", "*" },
	{ "events", "*" },
	{ "execute-api", "*" },
	{ "glacier", "*" },
	{ "glue", "*" },
	{ "kafka", "*" },
	{ "kinesis", "*" },
	{ "kms", "*" },
	{ "lambda", "*" },
	{ "lex", "*" },
	{ "logs", "*" },
	{ "mediastore", "*" },
	{ "network-firewall", "*" },
	{ "organizations", "*" },
	{ "redshift", "*" },
	{ "redshift-serverless", "*" },
	{ "rekognition", "*" },
	{ "s3", "*" },
	{ "s3-object-lambda", "*" },
	{ "s3-outposts", "*" },
	{ "s3express", "*" },
	{ "s3tables", "*" },
	{ "s3vectors", "*" },
	{ "schemas", "*" },
	{ "secretsmanager", "*" },
	{ "serverlessrepo", "*" },
	{ "ses", "*" },
	{ "signer", "*" },
	{ "sns", "*" },
	{ "sqs", "*" },
	{ "ssm", "parameter/*" },
	{ "ssm-contacts", "*" },
	{ "ssm-incidents", "*" },
	{ "vpc-lattice", "*" },
	{ "xray", "*" },
};

/* Reading. */

static const struct node *
find_one(const struct node *object, const char *const *members, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct node *node = node_find(object, members[i]);

		if (node != NULL && node->kind != NODE_NULL)
			return node;
	}
	return NULL;
}

/* What should be a policy; an empty string is none. */
static const struct node *
find_any_policy(const struct node *object)
{
	const struct node *node = find_one(object, policies,
	    sizeof(policies) / sizeof(policies[0]));

	return node != NULL && node->kind == NODE_STRING &&
	    node->length == 0 ? NULL : node;
}

/* Other outputs have members of these names, which are objects. */
static const struct node *
find_policy(const struct node *object)
{
	const struct node *node = find_any_policy(object);

	return node == NULL || (node->kind == NODE_OBJECT &&
	    !reader_recognises(node)) ? NULL : node;
}

static bool
is_arn(struct word text)
{
	struct arn arn = arn_split(text.text, text.text == NULL ? 0 :
	    text.length);

	return arn_is_whole(&arn);
}

static bool
is_of_service(struct word arn, const char *service)
{
	struct arn split = arn_split(arn.text, arn.text == NULL ? 0 :
	    arn.length);

	return split.count == ARN_FIELD_COUNT &&
	    arn_field_is(&split, ARN_SERVICE, service);
}

static bool
is_of_iam(struct word arn)
{
	return is_of_service(arn, "iam");
}

static void
keep_resource(struct import *import, struct word arn,
    const struct node *object, const struct node *policy)
{
	struct word account = import_text(object, "Account");

	if (account.text == NULL)
		account = import->path.account;
	import_keep(import, IMPORT_RESOURCE, arn, policy)->other =
	    import_account_of(arn).text != NULL ? import_account_of(arn) :
	    account;
}

/* The path names it, or nobody does. */
static void
keep_by_path(struct import *import, const struct node *object,
    const struct node *policy)
{
	struct word arn = import->path.arn;

	if (!is_arn(arn) || is_of_iam(arn)) {
		import_complain(import, IMPORT_UNNAMED_POLICY, import->text,
		    policy->span, "whose policy this is neither a member "
		    "says nor a path such as ACCOUNT/REGION/SERVICE/NAME"
		    ".json; it is left out");
		return;
	}
	if (import->path.arn_guessed)
		import_complain(import, IMPORT_GUESS, import->text,
		    policy->span, "the end of the ARN is not known; this is "
		    "taken for the policy of `%.*s`", (int)arn.length,
		    arn.text);
	keep_resource(import, arn, object, policy);
}

/* Who asked for all attributes would have been told of a policy. */
static bool
has_all(const struct node *attributes)
{
	return node_find(attributes, "Policy") != NULL ||
	    node_find(attributes, "CreatedTimestamp") != NULL ||
	    node_find(attributes, "EffectiveDeliveryPolicy") != NULL;
}

/* {"Attributes": {"QueueArn": ..., "Policy": ...}}; a queue may have none. */
static bool
read_attributes(struct import *import, const struct node *object)
{
	const struct node *attributes = node_find(object, "Attributes");
	struct word arn = import_text(attributes, "QueueArn");

	if (arn.text == NULL)
		arn = import_text(attributes, "TopicArn");
	if (!is_arn(arn))
		return false;
	if (has_all(attributes))
		keep_resource(import, arn, attributes,
		    find_any_policy(attributes));
	else
		import_complain(import, IMPORT_LEFT_OUT, import->text,
		    node_find(object, "Attributes")->key_span, "not all "
		    "attributes are here, so whether `%.*s` has a policy is "
		    "unknown", (int)arn.length, arn.text);
	return true;
}

/* Without a name beside it, only what may be a policy is taken for one. */
static bool
may_be_policy(const struct node *policy)
{
	return policy->kind == NODE_OBJECT || policy->kind == NODE_STRING;
}

bool
import_read_resource(struct import *import, const struct node *object)
{
	const struct node *policy = find_policy(object), *name;
	bool named;

	if (read_attributes(import, object))
		return true;
	if (policy == NULL)
		return false;
	name = find_one(object, names, sizeof(names) / sizeof(names[0]));
	named = name != NULL && name->kind == NODE_STRING &&
	    is_arn(word_of_node(name)) && !is_of_iam(word_of_node(name));
	if (named)
		keep_resource(import, word_of_node(name), object, policy);
	else if (may_be_policy(policy))
		keep_by_path(import, object, policy);
	return named || may_be_policy(policy);
}

/* A policy and nothing around it. */
bool
import_read_bare_policy(struct import *import, const struct node *object)
{
	if (!reader_recognises(object))
		return false;
	if (is_of_iam(import->path.arn))
		import_complain(import, IMPORT_GUESS, import->text,
		    node_opening(object), "the path says that this is the "
		    "default version of `%.*s`", (int)import->path.arn.length,
		    import->path.arn.text);
	if (is_of_iam(import->path.arn))
		import_keep(import, IMPORT_MANAGED, import->path.arn, object)
		    ->bare = true;
	else
		keep_by_path(import, object, object);
	return true;
}

void
import_read_buckets(struct import *import, const struct node *list)
{
	for (const struct node *i = list->first; i != NULL; i = i->next) {
		struct word name = import_text(i, "Name");
		const char *arn = arena_printf(import->arena,
		    "arn:aws:s3:::%.*s", (int)name.length,
		    name.text == NULL ? "" : name.text);

		if (name.text == NULL)
			import_complain_of_id(import, i, "Name");
		else
			keep_resource(import, word_from(arn, strlen(arn)), i,
			    NULL);
	}
}

/* Writing. */

static const struct import_record *
find_record(struct import_entry entry)
{
	for (size_t i = 0; i < entry.count; i++)
		if (entry.items[i].node != NULL)
			return &entry.items[i];
	return &entry.items[0];
}

static struct word
find_account(struct import_entry entry)
{
	for (size_t i = 0; i < entry.count; i++)
		if (entry.items[i].other.text != NULL)
			return entry.items[i].other;
	return word_from(NULL, 0);
}

/* ACCOUNT/resource/SERVICE/NAME */
static const char *
name_file(struct import *import, const struct import_record *record,
    struct word account)
{
	struct arn arn = arn_split(record->key.text, record->key.length);

	return arena_printf(import->arena, "%.*s/resource/%.*s/%.*s",
	    account.text == NULL ? 1 : (int)account.length,
	    account.text == NULL ? "-" : account.text,
	    (int)arn.field[ARN_SERVICE].length, arn.field[ARN_SERVICE].text,
	    (int)arn.field[ARN_RESOURCE].length,
	    arn.field[ARN_RESOURCE].text);
}

/* Of a queue that is described it is known that there is no policy; of a
 * bucket in a list it is not. */
static void
write_policy(struct import *import, struct json *json,
    const struct import_record *record, struct word account)
{
	const char *file = NULL;

	if (record->node == NULL) {
		if (is_of_service(record->key, "s3") && !import->closed)
			json_member_text(json, "policy", "unknown");
		return;
	}
	file = import_document(import, LAYER_RESOURCE, record->text,
	    record->node, name_file(import, record, account));
	json_member_text(json, "policy", file == NULL ? "unknown" : file);
}

static void
write_row(struct import *import, struct json *json, struct word arn,
    const struct import_record *record, struct word account)
{
	import_json_key(json, arn);
	json_open_object(json);
	if (account.text != NULL && account_id_is_valid(account.text,
	    account.length) &&
	    import_account_of(record->key).text == NULL) {
		json_key(json, "account");
		import_json(json, account);
	}
	write_policy(import, json, record, account);
	json_close_object(json);
}

/* What is inside of it can be named, too, but for what is of all of a sort. */
static void
write_inside(struct import *import, struct json *json,
    const struct import_record *record, struct word account)
{
	struct enclosed enclosed[ENCLOSURE_MAX];
	size_t count = enclosure_list(import->arena, record->key.text,
	    record->key.length, enclosed);

	for (size_t i = 0; i < count; i++)
		if (!enclosed[i].shared)
			write_row(import, json, word_from(enclosed[i].arn,
			    strlen(enclosed[i].arn)), record, account);
}

static void
write_resource(struct import *import, struct json *json,
    struct import_entry entry)
{
	const struct import_record *record = find_record(entry);
	struct word account = find_account(entry);

	if (account.text == NULL)
		import_complain(import, IMPORT_GUESS, record->text,
		    record->node == NULL ? (struct span){ 0, 0 } :
		    record->node->span, "nobody says whose `%.*s` is",
		    (int)record->key.length, record->key.text);
	write_row(import, json, record->key, record, account);
	write_inside(import, json, record, account);
	import->result.resources++;
}

static void
write_unknown(struct import *import, struct json *json)
{
	for (size_t i = 0; i < sizeof(policed) / sizeof(policed[0]); i++) {
		const char *arn = arena_printf(import->arena,
		    "arn:*:%s:*:*:%s", policed[i].service,
		    policed[i].resource);

		if (import_find(import, IMPORT_RESOURCE, word_from(arn,
		    strlen(arn))).count > 0)
			continue;
		json_key(json, arn);
		json_open_object(json);
		json_member_text(json, "policy", "unknown");
		json_close_object(json);
	}
}

void
import_write_resources(struct import *import, struct json *json)
{
	json_key(json, "resources");
	json_open_object(json);
	for (size_t at = 0; at < import->records[IMPORT_RESOURCE].count;) {
		struct import_entry entry = import_entry_at(import,
		    IMPORT_RESOURCE, at);

		write_resource(import, json, entry);
		at += entry.count;
	}
	if (!import->closed)
		write_unknown(import, json);
	json_close_object(json);
}
