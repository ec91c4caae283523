/* SPDX-License-Identifier: MIT */
/* RES-3, and what the ARN of a role says about it. */
#include "config.h"

#include "testcases/reference_arn.h"

bool
reference_arn_split(struct reference_string text,
    struct reference_string components[REFERENCE_ARN_COMPONENTS])
{
	for (size_t i = 0; i < REFERENCE_ARN_COMPONENTS - 1; i++) {
		size_t colon = reference_string_find(text, ':', 0);

		if (colon == text.length)
			return false;
		components[i] = reference_string_first(text, colon);
		text = reference_string_rest(text, colon + 1);
	}
	components[REFERENCE_ARN_COMPONENTS - 1] = text;
	return true;
}

struct reference_arn
reference_arn_read(struct reference_string text)
{
	struct reference_string components[REFERENCE_ARN_COMPONENTS];
	struct reference_string none = reference_string_new("");

	if (!reference_arn_split(text, components) ||
	    !reference_string_is(components[0], "arn"))
		return (struct reference_arn){ false, none, none, none, none,
		    none };
	return (struct reference_arn){ true, components[1], components[2],
	    components[3], components[4], components[5] };
}

bool
reference_arn_is(const struct reference_arn *arn, const char *service,
    const char *resource)
{
	return arn->whole && reference_string_is(arn->service, service) &&
	    reference_string_begins(arn->resource, resource);
}

bool
reference_arn_is_role(const struct reference_arn *arn)
{
	return reference_arn_is(arn, "iam", "role/");
}

struct reference_string
reference_arn_name(const struct reference_arn *arn)
{
	struct reference_string name = arn->resource;

	while (reference_string_has(name, '/'))
		name = reference_string_rest(name,
		    reference_string_find(name, '/', 0) + 1);
	return name;
}

bool
reference_arn_is_service_linked_role(const struct reference_arn *arn)
{
	return reference_arn_is(arn, "iam", "role/aws-service-role/") ||
	    (reference_arn_is_role(arn) && reference_string_begins(
	    reference_arn_name(arn), "AWSServiceRoleFor"));
}
