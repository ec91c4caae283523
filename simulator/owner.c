/* SPDX-License-Identifier: MIT */
/* The account field of an ARN, and what it means when it is empty. */
#include "config.h"

#include <string.h>

#include "policy/arn.h"
#include "policy/template.h"
#include "simulator/owner.h"

const char owner_unsaid[] =
    "auditmanager:UpdateAssessmentFrameworkShare "
    "detective:AcceptInvitation "
    "ds:AcceptSharedDirectory "
    "ec2:AcceptTransitGatewayPeeringAttachment "
    "ec2:AcceptVpcEndpointConnections "
    "ec2:AcceptVpcPeeringConnection "
    "ec2:CreateTransitGatewayPeeringAttachment "
    "ec2:CreateVpcEndpoint "
    "ec2:CreateVpcPeeringConnection "
    "es:AcceptInboundConnection "
    "guardduty:AcceptAdministratorInvitation "
    "macie2:AcceptInvitation "
    "route53:AssociateVPCWithHostedZone "
    "route53:CreateVPCAssociationAuthorization "
    "securityhub:AcceptAdministratorInvitation";

const char owner_sometimes_unsaid[] = "events:PutEvents";

static bool
is_bucket(struct word resource)
{
	struct arn arn = arn_split(resource.text, resource.length);

	return arn.count == ARN_FIELD_COUNT &&
	    arn_field_is(&arn, ARN_SERVICE, "s3") &&
	    memchr(arn.field[ARN_RESOURCE].text, '/',
	    arn.field[ARN_RESOURCE].length) == NULL;
}

bool
owner_may_hide_tags(const struct action *action, struct word resource)
{
	return is_bucket(resource) || (action != NULL &&
	    strcmp(action->service->prefix, "iam") == 0 &&
	    strcmp(action->name, "PassRole") == 0);
}

static bool
has_account(const struct resource_type *type)
{
	struct arn arn = arn_split(type->arn, strlen(type->arn));

	return arn.field[ARN_ACCOUNT].length > 0;
}

bool
owner_is_aws(struct arena *arena, const struct catalog *catalog,
    struct word resource)
{
	struct arn arn = arn_split(resource.text, resource.length);
	const struct resource_type *const *types;
	size_t count;

	if (arn.count < ARN_FIELD_COUNT)
		return false;
	if (arn_field_is(&arn, ARN_ACCOUNT, "aws"))
		return true;
	if (arn.field[ARN_ACCOUNT].length > 0)
		return false;
	count = template_find(catalog, arena, &arn, &types);
	for (size_t i = 0; i < count; i++)
		if (!has_account(types[i]))
			return false;
	return count > 0;
}

struct word
owner_of_arn(struct word resource)
{
	struct arn arn = arn_split(resource.text, resource.length);

	if (arn.count < ARN_FIELD_COUNT || arn.field[ARN_ACCOUNT].length == 0)
		return (struct word){ NULL, 0 };
	return word_from(arn.field[ARN_ACCOUNT].text,
	    arn.field[ARN_ACCOUNT].length);
}

static bool
has_digit(struct word word)
{
	for (size_t i = 0; i < word.length; i++)
		if (word.text[i] >= '0' && word.text[i] <= '9')
			return true;
	return false;
}

bool
owner_is_sound(struct word resource)
{
	struct word owner = owner_of_arn(resource);

	return owner.text == NULL || !has_digit(owner) ||
	    account_id_is_valid(owner.text, owner.length);
}
