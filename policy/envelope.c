/* SPDX-License-Identifier: MIT */
/*
 * Finding policies in the documents that people have on disk.  What a policy
 * is made of, and what is wrong in one, the reader knows.
 */
#include "config.h"

#include <string.h>
#include <strings.h>

#include "policy/arn.h"
#include "policy/catalog.h"
#include "policy/envelope.h"
#include "policy/list.h"
#include "policy/reader.h"

enum { PARTS_MAX = 8 };	/* of a name that is made of parts */

struct search {
	struct arena		*arena;
	struct report		*report;
	const struct text	*text;		/* the outermost or an inner one */
	LIST(struct reading)	 items;
};

static void
add_policy(struct search *search, const struct node *node,
    struct reading reading)
{
	reading.policy = reader_read_policy(search->arena, search->text, node,
	    search->report);
	*list_add(search->arena, &search->items) = reading;
}

/* How a name speaks of the policies that stand near it. */
enum role {
	HOLDS,			/* a member: the policy, as an object or as a
				 * string of JSON, or several of them */
	BESIDE,			/* a member of the object that holds one */
	BESIDE_TEXT,		/* the same, if that is a string in `Policy' */
	SUMMARY,		/* a member that holds the type */
	TYPE,			/* a member that is the type of what it is in */
	VALUE,			/* one of these types */
	ENDPOINT_TYPE,		/* a member: gateway or interface */
	ENDPOINT_SERVICE	/* a member: "com.amazonaws.eu-west-1.s3" */
};

struct envelope {
	const char		*name;
	enum role		 role;
	layer_set		 layers;	/* none: it does not say */
	const char		*service;	/* prefix, or NULL */
	enum endpoint_kind	 endpoint_kind;
};

#define AWS(TYPE, LAYER, SERVICE) \
	{ "AWS::" TYPE, VALUE, LAYER_SET(LAYER), SERVICE, 0 }
#define TERRAFORM(TYPE, LAYER, SERVICE) \
	{ "aws_" TYPE, VALUE, LAYER_SET(LAYER), SERVICE, 0 }
/* What a managed policy is can be seen only where it is used. */
#define LAYERS_MANAGED	(LAYER_SET(IDENTITY) | LAYER_SET(BOUNDARY))

/* Sorted by name_compare(); a name may be written in any case. */
static const struct envelope envelopes[] = {
	{ "access_policies", HOLDS, LAYER_SET(RESOURCE), "es", 0 },
	{ "access_policy", HOLDS, LAYER_SET(RESOURCE), NULL, 0 },
	{ "AccessPolicies", HOLDS, LAYER_SET(RESOURCE), "es", 0 },
	{ "AccessPolicy", HOLDS, LAYER_SET(RESOURCE), NULL, 0 },
	{ "Arn", BESIDE, 0, NULL, 0 },
	{ "assume_role_policy", HOLDS, LAYER_SET(TRUST), NULL, 0 },
	{ "AssumeRolePolicyDocument", HOLDS, LAYER_SET(TRUST), NULL, 0 },
	AWS("ApiGateway::RestApi", RESOURCE, "execute-api"),
	AWS("Backup::BackupVault", RESOURCE, "backup"),
	AWS("CodeArtifact::Domain", RESOURCE, "codeartifact"),
	AWS("CodeArtifact::Repository", RESOURCE, "codeartifact"),
	AWS("DynamoDB::GlobalTable", RESOURCE, "dynamodb"),
	AWS("DynamoDB::Table", RESOURCE, "dynamodb"),
	{ "AWS::EC2::VPCEndpoint", VALUE, LAYER_SET(ENDPOINT), NULL,
	    ENDPOINT_KIND_GATEWAY },
	AWS("ECR::PublicRepository", RESOURCE, "ecr-public"),
	AWS("ECR::RegistryPolicy", RESOURCE, "ecr"),
	AWS("ECR::Repository", RESOURCE, "ecr"),
	AWS("EFS::FileSystem", RESOURCE, "elasticfilesystem"),
	AWS("Elasticsearch::Domain", RESOURCE, "es"),
	AWS("Events::EventBus", RESOURCE, "events"),
	AWS("EventSchemas::RegistryPolicy", RESOURCE, "schemas"),
	AWS("IAM::Group", IDENTITY, NULL),
	AWS("IAM::GroupPolicy", IDENTITY, NULL),
	{ "AWS::IAM::ManagedPolicy", VALUE, LAYERS_MANAGED, NULL, 0 },
	AWS("IAM::Policy", IDENTITY, NULL),
	AWS("IAM::Role", IDENTITY, NULL),
	AWS("IAM::RolePolicy", IDENTITY, NULL),
	AWS("IAM::User", IDENTITY, NULL),
	AWS("IAM::UserPolicy", IDENTITY, NULL),
	AWS("Kinesis::ResourcePolicy", RESOURCE, "kinesis"),
	AWS("KMS::Key", RESOURCE, "kms"),
	AWS("KMS::ReplicaKey", RESOURCE, "kms"),
	AWS("Logs::Destination", RESOURCE, "logs"),
	AWS("Logs::ResourcePolicy", RESOURCE, "logs"),
	AWS("MediaStore::Container", RESOURCE, "mediastore"),
	AWS("MSK::ClusterPolicy", RESOURCE, "kafka"),
	AWS("OpenSearchService::Domain", RESOURCE, "es"),
	AWS("Organizations::ResourcePolicy", RESOURCE, "organizations"),
	AWS("S3::AccessPoint", RESOURCE, "s3"),
	AWS("S3::BucketPolicy", RESOURCE, "s3"),
	AWS("S3::MultiRegionAccessPointPolicy", RESOURCE, "s3"),
	AWS("S3Express::BucketPolicy", RESOURCE, "s3express"),
	AWS("S3ObjectLambda::AccessPointPolicy", RESOURCE, "s3-object-lambda"),
	AWS("S3Outposts::AccessPoint", RESOURCE, "s3-outposts"),
	AWS("S3Outposts::BucketPolicy", RESOURCE, "s3-outposts"),
	AWS("S3Tables::TableBucketPolicy", RESOURCE, "s3tables"),
	AWS("S3Tables::TablePolicy", RESOURCE, "s3tables"),
	AWS("SecretsManager::ResourcePolicy", RESOURCE, "secretsmanager"),
	AWS("Serverless::Api", RESOURCE, "execute-api"),
	AWS("Serverless::Function", IDENTITY, NULL),
	AWS("SNS::TopicInlinePolicy", RESOURCE, "sns"),
	AWS("SNS::TopicPolicy", RESOURCE, "sns"),
	AWS("SQS::QueueInlinePolicy", RESOURCE, "sqs"),
	AWS("SQS::QueuePolicy", RESOURCE, "sqs"),
	AWS("SSO::PermissionSet", IDENTITY, NULL),
	AWS("Transfer::User", SESSION, NULL),
	AWS("VpcLattice::AuthPolicy", RESOURCE, "vpc-lattice-svcs"),
	AWS("VpcLattice::ResourcePolicy", RESOURCE, "vpc-lattice"),
	AWS("XRay::ResourcePolicy", RESOURCE, "xray"),
	TERRAFORM("acmpca_policy", RESOURCE, "acm-pca"),
	TERRAFORM("api_gateway_rest_api", RESOURCE, "execute-api"),
	TERRAFORM("api_gateway_rest_api_policy", RESOURCE, "execute-api"),
	TERRAFORM("backup_vault_policy", RESOURCE, "backup"),
	TERRAFORM("cloudwatch_event_bus_policy", RESOURCE, "events"),
	TERRAFORM("cloudwatch_log_destination_policy", RESOURCE, "logs"),
	TERRAFORM("cloudwatch_log_resource_policy", RESOURCE, "logs"),
	TERRAFORM("codeartifact_domain_permissions_policy", RESOURCE,
	    "codeartifact"),
	TERRAFORM("codeartifact_repository_permissions_policy", RESOURCE,
	    "codeartifact"),
	TERRAFORM("codebuild_resource_policy", RESOURCE, "codebuild"),
	TERRAFORM("dynamodb_resource_policy", RESOURCE, "dynamodb"),
	TERRAFORM("ecr_registry_policy", RESOURCE, "ecr"),
	TERRAFORM("ecr_repository_policy", RESOURCE, "ecr"),
	TERRAFORM("ecrpublic_repository_policy", RESOURCE, "ecr-public"),
	TERRAFORM("efs_file_system_policy", RESOURCE, "elasticfilesystem"),
	TERRAFORM("elasticsearch_domain", RESOURCE, "es"),
	TERRAFORM("elasticsearch_domain_policy", RESOURCE, "es"),
	TERRAFORM("glacier_vault", RESOURCE, "glacier"),
	TERRAFORM("glacier_vault_lock", RESOURCE, "glacier"),
	TERRAFORM("glue_resource_policy", RESOURCE, "glue"),
	TERRAFORM("iam_group_policy", IDENTITY, NULL),
	{ "aws_iam_policy", VALUE, LAYERS_MANAGED, NULL, 0 },
	TERRAFORM("iam_role", IDENTITY, NULL),
	TERRAFORM("iam_role_policy", IDENTITY, NULL),
	TERRAFORM("iam_user_policy", IDENTITY, NULL),
	TERRAFORM("kinesis_resource_policy", RESOURCE, "kinesis"),
	TERRAFORM("kms_external_key", RESOURCE, "kms"),
	TERRAFORM("kms_key", RESOURCE, "kms"),
	TERRAFORM("kms_key_policy", RESOURCE, "kms"),
	TERRAFORM("kms_replica_external_key", RESOURCE, "kms"),
	TERRAFORM("kms_replica_key", RESOURCE, "kms"),
	TERRAFORM("media_store_container_policy", RESOURCE, "mediastore"),
	TERRAFORM("msk_cluster_policy", RESOURCE, "kafka"),
	TERRAFORM("networkfirewall_resource_policy", RESOURCE,
	    "network-firewall"),
	TERRAFORM("opensearch_domain", RESOURCE, "es"),
	TERRAFORM("opensearch_domain_policy", RESOURCE, "es"),
	TERRAFORM("organizations_policy", SCP, NULL),
	TERRAFORM("organizations_resource_policy", RESOURCE, "organizations"),
	TERRAFORM("redshift_resource_policy", RESOURCE, "redshift"),
	TERRAFORM("redshiftserverless_resource_policy", RESOURCE,
	    "redshift-serverless"),
	TERRAFORM("s3_access_point", RESOURCE, "s3"),
	TERRAFORM("s3_bucket", RESOURCE, "s3"),
	TERRAFORM("s3_bucket_policy", RESOURCE, "s3"),
	TERRAFORM("s3control_access_point_policy", RESOURCE, "s3"),
	TERRAFORM("s3control_bucket_policy", RESOURCE, "s3-outposts"),
	TERRAFORM("s3control_multi_region_access_point_policy", RESOURCE, "s3"),
	TERRAFORM("s3control_object_lambda_access_point_policy", RESOURCE,
	    "s3-object-lambda"),
	TERRAFORM("s3tables_table_bucket_policy", RESOURCE, "s3tables"),
	TERRAFORM("s3tables_table_policy", RESOURCE, "s3tables"),
	TERRAFORM("schemas_registry_policy", RESOURCE, "schemas"),
	TERRAFORM("secretsmanager_secret", RESOURCE, "secretsmanager"),
	TERRAFORM("secretsmanager_secret_policy", RESOURCE, "secretsmanager"),
	TERRAFORM("ses_identity_policy", RESOURCE, "ses"),
	TERRAFORM("sesv2_email_identity_policy", RESOURCE, "ses"),
	TERRAFORM("sns_topic", RESOURCE, "sns"),
	TERRAFORM("sns_topic_policy", RESOURCE, "sns"),
	TERRAFORM("sqs_queue", RESOURCE, "sqs"),
	TERRAFORM("sqs_queue_policy", RESOURCE, "sqs"),
	TERRAFORM("ssoadmin_permission_set_inline_policy", IDENTITY, NULL),
	TERRAFORM("transfer_access", SESSION, NULL),
	TERRAFORM("transfer_user", SESSION, NULL),
	{ "aws_vpc_endpoint", VALUE, LAYER_SET(ENDPOINT), NULL,
	    ENDPOINT_KIND_GATEWAY },
	TERRAFORM("vpc_endpoint_policy", ENDPOINT, NULL),
	TERRAFORM("vpclattice_auth_policy", RESOURCE, "vpc-lattice-svcs"),
	TERRAFORM("vpclattice_resource_policy", RESOURCE, "vpc-lattice"),
	TERRAFORM("xray_resource_policy", RESOURCE, "xray"),
	{ "BackupVaultArn", BESIDE, LAYER_SET(RESOURCE), "backup", 0 },
	{ "Content", HOLDS, 0, NULL, 0 },
	{ "DestinationPolicy", HOLDS, LAYER_SET(RESOURCE), "logs", 0 },
	{ "Document", HOLDS, 0, NULL, 0 },
	{ "FileSystemId", BESIDE_TEXT, LAYER_SET(RESOURCE),
	    "elasticfilesystem", 0 },
	{ "FileSystemPolicy", HOLDS, LAYER_SET(RESOURCE),
	    "elasticfilesystem", 0 },
	{ "inline_policy", HOLDS, LAYER_SET(IDENTITY), NULL, 0 },
	{ "InlinePolicy", HOLDS, LAYER_SET(IDENTITY), NULL, 0 },
	{ "KeyPolicy", HOLDS, LAYER_SET(RESOURCE), "kms", 0 },
	{ "PermissionsPolicyDocument", HOLDS, LAYER_SET(RESOURCE),
	    "codeartifact", 0 },
	{ "Policy", HOLDS, 0, NULL, 0 },
	{ "policy_document", HOLDS, 0, NULL, 0 },
	{ "PolicyDocument", HOLDS, 0, NULL, 0 },
	{ "PolicyInJson", HOLDS, LAYER_SET(RESOURCE), "glue", 0 },
	{ "PolicyName", BESIDE_TEXT, LAYER_SET(RESOURCE), "kms", 0 },
	{ "PolicySummary", SUMMARY, 0, NULL, 0 },
	{ "policyText", HOLDS, LAYER_SET(RESOURCE), "ecr", 0 },
	{ "QueueArn", BESIDE, LAYER_SET(RESOURCE), "sqs", 0 },
	{ "RepositoryPolicyText", HOLDS, LAYER_SET(RESOURCE), "ecr", 0 },
	{ "resource_arn", BESIDE, 0, NULL, 0 },
	{ "RESOURCE_CONTROL_POLICY", VALUE, LAYER_SET(RCP), NULL, 0 },
	{ "resource_policy", HOLDS, LAYER_SET(RESOURCE), NULL, 0 },
	{ "resourceArn", BESIDE, 0, NULL, 0 },
	{ "ResourcePolicies", HOLDS, LAYER_SET(RESOURCE), NULL, 0 },
	{ "ResourcePolicy", HOLDS, LAYER_SET(RESOURCE), NULL, 0 },
	{ "RevisionId", BESIDE_TEXT, LAYER_SET(RESOURCE), NULL, 0 },
	{ "secret_arn", BESIDE, 0, NULL, 0 },
	{ "SERVICE_CONTROL_POLICY", VALUE, LAYER_SET(SCP), NULL, 0 },
	{ "service_name", ENDPOINT_SERVICE, 0, NULL, 0 },
	{ "ServiceName", ENDPOINT_SERVICE, 0, NULL, 0 },
	{ "TopicArn", BESIDE, LAYER_SET(RESOURCE), "sns", 0 },
	{ "Type", TYPE, 0, NULL, 0 },
	{ "vpc_endpoint_type", ENDPOINT_TYPE, 0, NULL, 0 },
	{ "VpcEndpointId", BESIDE, LAYER_SET(ENDPOINT), NULL, 0 },
	{ "VpcEndpointType", ENDPOINT_TYPE, 0, NULL, 0 },
};

static const struct envelope *
find_envelope(const char *name, size_t length)
{
	return name_find(envelopes, sizeof(envelopes) / sizeof(envelopes[0]),
	    sizeof(envelopes[0]), name, length);
}

/* The nearest word counts: what is said later overrules what was said. */
static void
heed(struct search *search, struct reading *reading,
    const struct envelope *envelope, const char *where)
{
	if (envelope->layers == 0)
		return;
	if (envelope->service != NULL ||
	    envelope->layers != reading->candidates)
		reading->service = envelope->service;
	reading->layer_known = true;
	reading->candidates = envelope->layers;
	reading->layer = layer_first(envelope->layers);
	if (envelope->endpoint_kind != ENDPOINT_KIND_UNKNOWN)
		reading->endpoint_kind = envelope->endpoint_kind;
	reading->reason = arena_printf(search->arena, "it stands %s `%s`",
	    where, envelope->name);
}

static void
heed_type(struct search *search, struct reading *reading,
    const struct node *type)
{
	const struct envelope *envelope;

	if (type == NULL || type->kind != NODE_STRING)
		return;
	envelope = find_envelope(type->text, type->length);
	if (envelope != NULL && envelope->role == VALUE)
		heed(search, reading, envelope, "under");
}

static bool
is_arn(const struct node *node)
{
	return node->kind == NODE_STRING &&
	    strncmp(node->text, "arn:", 4) == 0 &&
	    strlen(node->text) == node->length &&
	    strpbrk(node->text, "*?") == NULL &&
	    arn_split(node->text, node->length).count == ARN_FIELD_COUNT;
}

static enum endpoint_kind
read_endpoint_kind(const struct node *node)
{
	if (node->kind != NODE_STRING)
		return ENDPOINT_KIND_UNKNOWN;
	if (node_is(node, "Gateway"))
		return ENDPOINT_KIND_GATEWAY;
	return node_is(node, "Interface") ? ENDPOINT_KIND_INTERFACE :
	    ENDPOINT_KIND_UNKNOWN;
}

/* {"Fn::Join": [separator, [part, ...]]}; what is no string is the region. */
static const char *
join_parts(struct arena *arena, const struct node *join)
{
	const struct node *separator = join->first;
	const char *name = NULL;

	if (separator == NULL || separator->kind != NODE_STRING ||
	    separator->next == NULL || separator->next->count > PARTS_MAX)
		return NULL;
	for (const struct node *part = separator->next->first; part != NULL;
	    part = part->next)
		name = arena_printf(arena, "%s%s%s", name == NULL ? "" : name,
		    name == NULL ? "" : separator->text,
		    part->kind == NODE_STRING ? part->text : "${Region}");
	return name;
}

/* A name, also one that CloudFormation is to make. */
static const char *
read_name(struct arena *arena, const struct node *node)
{
	const struct node *made = node;

	if (node->kind == NODE_OBJECT && node->count == 1)
		made = node->first;
	if (made->kind == NODE_STRING)
		return made->text;
	return made != node && strcmp(made->key, "Fn::Join") == 0 ?
	    join_parts(arena, made) : NULL;
}

static bool
holds_text(const struct node *object)
{
	const struct node *policy = node_find(object, "Policy");

	return policy != NULL && policy->kind == NODE_STRING;
}

static void
heed_member(struct search *search, struct reading *reading,
    const struct node *member)
{
	const struct envelope *envelope = find_envelope(member->key,
	    member->key_length);

	switch (envelope == NULL ? HOLDS : envelope->role) {
	case HOLDS:
	case VALUE:
		return;
	case BESIDE:
		heed(search, reading, envelope, "beside");
		if (is_arn(member))
			reading->attached = member->text;
		return;
	case BESIDE_TEXT:
		if (holds_text(member->parent))
			heed(search, reading, envelope, "beside");
		return;
	case SUMMARY:
		heed_type(search, reading, node_find(member, "Type"));
		return;
	case TYPE:
		heed_type(search, reading, member);
		return;
	case ENDPOINT_TYPE:
		reading->endpoint_kind = read_endpoint_kind(member);
		return;
	case ENDPOINT_SERVICE:
		reading->endpoint = read_name(search->arena, member);
		return;
	}
}

/* What an object says of the policies in it, besides what is said of it. */
static struct reading
heed_object(struct search *search, const struct node *object,
    const struct reading *around)
{
	static const struct envelope answer = { "Policy", HOLDS,
	    LAYER_SET(RESOURCE), NULL, 0 };
	struct reading reading = *around;

	reading.attached = reading.endpoint = NULL;
	/* so answer get-bucket-policy and its kin, and only these */
	if (search->text->root == object && object->count == 1 &&
	    holds_text(object) &&
	    strstr(object->first->text, "Principal") != NULL)
		heed(search, &reading, &answer, "alone in");
	for (const struct node *member = object->first; member != NULL;
	    member = member->next)
		heed_member(search, &reading, member);
	return reading;
}

static unsigned
hex_digit(char c)
{
	return c >= 'a' ? (unsigned)(c - 'a' + 10) :
	    c >= 'A' ? (unsigned)(c - 'A' + 10) : (unsigned)(c - '0');
}

static bool
is_escape(const char *text, size_t left)
{
	static const char digits[] = "0123456789abcdefABCDEF";

	return left >= 3 && text[0] == '%' && text[1] != '\0' &&
	    text[2] != '\0' && strchr(digits, text[1]) != NULL &&
	    strchr(digits, text[2]) != NULL;
}

/* The API (not the AWS command) gives documents percent-encoded. */
static const struct source *
decode_percent(struct arena *arena, const struct source *outer,
    const struct node *node, const size_t *origin)
{
	char *bytes = arena_alloc(arena, node->length + 1);
	size_t *map = arena_array(arena, node->length + 1, sizeof(*map));
	size_t length = 0;

	for (size_t i = 0; i < node->length; i++) {
		map[length] = origin[i];
		if (is_escape(node->text + i, node->length - i)) {
			bytes[length++] = (char)(hex_digit(node->text[i + 1])
			    << 4 | hex_digit(node->text[i + 2]));
			i += 2;
		} else {
			bytes[length++] = node->text[i];
		}
	}
	map[length] = origin[node->length];
	return source_inside(arena, outer, bytes, length, map);
}

const struct text *
envelope_read_string(struct arena *arena, const struct source *outer,
    const struct node *node, struct report *report)
{
	const size_t *origin = node_origins(arena, outer, node);

	return text_read(arena, strncasecmp(node->text, "%7B", 3) == 0 ?
	    decode_percent(arena, outer, node, origin) :
	    source_inside(arena, outer, node->text, node->length, origin),
	    report);
}

static bool
looks_like_json(const struct node *string)
{
	size_t blanks = strspn(string->text, " \t\r\n");

	return string->text[blanks] == '{' ||
	    strncasecmp(string->text, "%7B", 3) == 0;
}

static void
read_inner(struct search *search, const struct node *node,
    struct reading reading)
{
	const struct text *outer = search->text;

	search->text = envelope_read_string(search->arena, outer->source,
	    node, search->report);
	search->report->source = search->text->source;
	if (search->text->root != NULL &&
	    search->text->root->kind == NODE_OBJECT &&
	    reader_recognises(search->text->root))
		add_policy(search, search->text->root, reading);
	search->text = outer;
	search->report->source = outer->source;
}

static void	 visit(struct search *, const struct node *,
		    const struct reading *);

static void
visit_member(struct search *search, const struct node *member,
    struct reading reading)
{
	const struct envelope *envelope = find_envelope(member->key,
	    member->key_length);
	bool holds = envelope != NULL && envelope->role == HOLDS;

	/* Terraform's own JSON has the type of a resource as a key. */
	if (holds || (envelope != NULL && envelope->role == VALUE))
		heed(search, &reading, envelope, "in");
	if (holds && member->kind == NODE_STRING && looks_like_json(member))
		read_inner(search, member, reading);
	else
		visit(search, member, &reading);
}

/* Looks for policies; as deep as the text is, which has a limit. */
static void
visit(struct search *search, const struct node *node,
    const struct reading *around)
{
	struct reading reading = *around;

	if (node->kind == NODE_OBJECT && reader_recognises(node)) {
		add_policy(search, node, reading);
		return;
	}
	if (node->kind == NODE_OBJECT)
		reading = heed_object(search, node, around);
	for (const struct node *child = node->first; child != NULL;
	    child = child->next) {
		if (node->kind == NODE_OBJECT)
			visit_member(search, child, reading);
		else
			visit(search, child, &reading);
	}
}

struct document
envelope_read(struct arena *arena, const struct source *source, bool certain,
    struct report *report)
{
	struct search search = { .arena = arena, .report = report };
	const struct text *text;

	report->source = source;
	search.text = text = text_read(arena, source, report);
	if (text->root != NULL) {
		visit(&search, text->root, &(struct reading){ 0 });
		if (search.items.count == 0 && certain)
			add_policy(&search, text->root,
			    (struct reading){ 0 });
	}
	return (struct document){ text, search.items.items,
	    search.items.count };
}
