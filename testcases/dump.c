/* SPDX-License-Identifier: MIT */
/*
 * usage: dump ROLES
 *
 * Prints what `aws iam get-account-authorization-details' would of an account
 * with so many roles, as the AWS command line does: 4,800 roles are 30 MB.
 * The same number makes the same bytes.  For `make bench'; no test.
 */
#include "config.h"

#include <err.h>
#include <stdio.h>
#include <stdlib.h>

enum {
	ROLES_PER_USER = 20,
	ROLES_PER_GROUP = 100,
	ROLES_PER_POLICY = 4,
	INLINE_ACTIONS = 24,
	SHARED_EVERY = 10		/* roles whose inline policy is the same */
};

static void
print_strings(const char *indent, const char *member, const char *prefix,
    unsigned seed, unsigned count)
{
	static const char *const verbs[] = { "Get", "List", "Put", "Delete",
	    "Describe", "Create", "Update", "Tag" };

	printf("%s\"%s\": [\n", indent, member);
	for (unsigned i = 0; i < count; i++)
		printf("%s    \"%s:%sThing%u\"%s\n", indent, prefix,
		    verbs[(seed + i) % 8], seed * 31 + i,
		    i + 1 < count ? "," : "");
	printf("%s],\n", indent);
}

/* At depths of the AWS command line's: four blanks a level. */
static void
print_policy(const char *indent, unsigned seed, unsigned actions)
{
	char inner[64];

	snprintf(inner, sizeof(inner), "%s            ", indent);
	printf("{\n%s    \"Version\": \"2012-10-17\",\n"
	    "%s    \"Statement\": [\n%s        {\n"
	    "%s\"Sid\": \"S%u\",\n%s\"Effect\": \"Allow\",\n", indent,
	    indent, indent, inner, seed, inner);
	print_strings(inner, "Action", seed % 2 == 0 ? "s3" : "dynamodb",
	    seed, actions);
	printf("%s\"Resource\": \"arn:aws:s3:::bucket-%u/*\",\n"
	    "%s\"Condition\": {\n%s    \"StringEquals\": {\n"
	    "%s        \"aws:PrincipalTag/team\": \"team-%u\"\n"
	    "%s    }\n%s}\n%s        }\n%s    ]\n%s}", inner, seed, inner,
	    inner, inner, seed % 97, inner, inner, indent, indent, indent);
}

static void
print_attached(unsigned number, unsigned policies)
{
	printf("            \"AttachedManagedPolicies\": [\n"
	    "                {\n"
	    "                    \"PolicyName\": \"managed-%u\",\n"
	    "                    \"PolicyArn\": "
	    "\"arn:aws:iam::111111111111:policy/managed-%u\"\n"
	    "                }\n            ],\n",
	    number % policies, number % policies);
}

static void
print_inline(const char *list, unsigned number)
{
	unsigned seed = number % SHARED_EVERY == 0 ? 0 : number;

	printf("            \"%s\": [\n                {\n"
	    "                    \"PolicyName\": \"inline\",\n"
	    "                    \"PolicyDocument\": ", list);
	print_policy("                    ", seed, INLINE_ACTIONS);
	printf("\n                }\n            ],\n");
}

static void
print_head(const char *sort, const char *capital, const char *prefix,
    unsigned number)
{
	printf("        {\n            \"Path\": \"/\",\n"
	    "            \"%sName\": \"%s-%u\",\n"
	    "            \"%sId\": \"%s%016u\",\n"
	    "            \"Arn\": \"arn:aws:iam::111111111111:%s/%s-%u\",\n"
	    "            \"CreateDate\": \"2026-01-01T00:00:00+00:00\",\n",
	    capital, sort, number, capital, prefix, number, sort, sort,
	    number);
}

static void
print_role(unsigned number, unsigned policies)
{
	print_head("role", "Role", "AROA", number);
	printf("            \"AssumeRolePolicyDocument\": {\n"
	    "                \"Version\": \"2012-10-17\",\n"
	    "                \"Statement\": [\n                    {\n"
	    "                        \"Effect\": \"Allow\",\n"
	    "                        \"Principal\": {\n"
	    "                            \"Service\": "
	    "\"%s.amazonaws.com\"\n                        },\n"
	    "                        \"Action\": \"sts:AssumeRole\"\n"
	    "                    }\n                ]\n            },\n"
	    "            \"InstanceProfileList\": [],\n",
	    number % 3 == 0 ? "ec2" : "lambda");
	print_inline("RolePolicyList", number);
	print_attached(number, policies);
	printf("            \"Tags\": [\n                {\n"
	    "                    \"Key\": \"team\",\n"
	    "                    \"Value\": \"team-%u\"\n"
	    "                }\n            ],\n"
	    "            \"RoleLastUsed\": {}\n        }", number % 97);
}

static void
print_user(unsigned number, unsigned policies)
{
	print_head("user", "User", "AIDA", number);
	print_inline("UserPolicyList", number);
	print_attached(number, policies);
	printf("            \"GroupList\": [\n                \"group-0\"\n"
	    "            ]\n        }");
}

static void
print_group(unsigned number, unsigned policies)
{
	print_head("group", "Group", "AGPA", number);
	print_attached(number, policies);
	printf("            \"GroupPolicyList\": []\n        }");
}

static void
print_managed(unsigned number, unsigned policies)
{
	(void)policies;
	printf("        {\n            \"PolicyName\": \"managed-%u\",\n"
	    "            \"Arn\": "
	    "\"arn:aws:iam::111111111111:policy/managed-%u\",\n"
	    "            \"DefaultVersionId\": \"v2\",\n"
	    "            \"PolicyVersionList\": [\n", number, number);
	for (unsigned version = 2; version > 0; version--) {
		printf("                {\n"
		    "                    \"Document\": ");
		print_policy("                    ", number + version,
		    3 * INLINE_ACTIONS);
		printf(",\n                    \"VersionId\": \"v%u\",\n"
		    "                    \"IsDefaultVersion\": %s\n"
		    "                }%s\n", version,
		    version == 2 ? "true" : "false", version > 1 ? "," : "");
	}
	printf("            ]\n        }");
}

static void
print_list(const char *name, unsigned count, unsigned policies,
    void (*print)(unsigned, unsigned), const char *end)
{
	printf("    \"%s\": [\n", name);
	for (unsigned i = 0; i < count; i++) {
		print(i, policies);
		printf("%s\n", i + 1 < count ? "," : "");
	}
	printf("    ]%s\n", end);
}

int
main(int argc, char **argv)
{
	unsigned roles = argc == 2 ? (unsigned)strtoul(argv[1], NULL, 10) : 0;
	unsigned policies = roles / ROLES_PER_POLICY + 1;

	if (roles == 0)
		errx(2, "usage: dump ROLES");
	printf("{\n");
	print_list("UserDetailList", roles / ROLES_PER_USER, policies,
	    print_user, ",");
	print_list("GroupDetailList", roles / ROLES_PER_GROUP + 1, policies,
	    print_group, ",");
	print_list("RoleDetailList", roles, policies, print_role, ",");
	print_list("Policies", policies, policies, print_managed, "");
	printf("}\n");
	if (fflush(stdout) != 0 || ferror(stdout))
		err(4, "standard output");
	return 0;
}
