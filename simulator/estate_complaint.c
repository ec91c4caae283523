/* SPDX-License-Identifier: MIT */
/*
 * What can be wrong with an estate.  The rows have no hooks: estate_read()
 * finds these, and hands in the row.
 */
#include "config.h"

#include "simulator/estate.h"
#include "simulator/estate_complaint.h"

const struct rule estate_complaints[] = {
	[ESTATE_UNKNOWN_MEMBER] = { .complaint = {
		.id = "estate-unknown-member",
		.severity = SEVERITY_ERROR,
		.says = "a member is none that an estate has at that place",
		.why = "What is misspelt would be left out: an organization "
		    "policy that nobody reads binds nobody. "
		    "sekisho-estate(5) lists the members.",
		.fires_on = "estate {'vpcs':{'vpc-11111111':{'account':"
		    "'111111111111','cidr':['10.0.0.0/8']}},"
		    "'accounts':{'111111111111':{}}}",
		.quiet_on = "estate {'vpcs':{'vpc-11111111':{'account':"
		    "'111111111111','cidrs':['10.0.0.0/8']}},"
		    "'accounts':{'111111111111':{}}}",
	} },
	[ESTATE_MISPLACED_MEMBER] = { .complaint = {
		.id = "estate-misplaced-member",
		.severity = SEVERITY_ERROR,
		.says = "a principal has a member that its kind does not take",
		.why = "Only roles have a trust policy and a longest session, "
		    "only users are in groups, and to a root user no policy "
		    "can be attached (EVAL-10). What stands there would have "
		    "no effect.",
		.fires_on = "estate {'accounts':{'111111111111':{}},"
		    "'principals':{'arn:aws:iam::111111111111:user/u':"
		    "{'trust':'one.json'}}}",
		.quiet_on = "estate {'accounts':{'111111111111':{}},"
		    "'principals':{'arn:aws:iam::111111111111:role/r':"
		    "{'trust':'one.json'}}}",
	} },
	[ESTATE_MISSING_MEMBER] = { .complaint = {
		.id = "estate-missing-member",
		.severity = SEVERITY_ERROR,
		.says = "a member that has no default is not there",
		.why = "It could be guessed, but a proof must not rest on a "
		    "guess. A policy that you do not know is written as "
		    "\"unknown\".",
		.fires_on = "estate {'accounts':{'111111111111':{}},"
		    "'principals':{'arn:aws:iam::111111111111:role/r':{}}}",
		.quiet_on = "estate {'accounts':{'111111111111':{}},"
		    "'principals':{'arn:aws:iam::111111111111:role/r':"
		    "{'trust':'unknown'}}}",
	} },
	[ESTATE_TYPE_MISMATCH] = { .complaint = {
		.id = "estate-type-mismatch",
		.severity = SEVERITY_ERROR,
		.says = "a member has a JSON type that it does not take",
		.why = "It cannot be read, and reading it as if it were not "
		    "there would change what the estate says.",
		.fires_on = "estate {'region':['eu-west-1']}",
		.quiet_on = "estate {'region':'eu-west-1'}",
	} },
	[ESTATE_SCHEMA] = { .complaint = {
		.id = "estate-schema",
		.severity = SEVERITY_ERROR,
		.says = "the document does not say that it is an estate",
		.why = "`schema` is \"sekisho.estate/1\": it tells which "
		    "members there are, now and in later versions.",
		.fires_on = "estate {'schema':'sekisho.estate/2'}",
		.quiet_on = "estate {'schema':'sekisho.estate/1'}",
	} },
	[ESTATE_INVALID_ID] = { .complaint = {
		.id = "estate-invalid-id",
		.severity = SEVERITY_ERROR,
		.says = "an id is none that AWS gives",
		.why = "No request ever carries such an id, so every "
		    "condition that tests it would fail, or hold, for no "
		    "reason of the policy's.",
		.fires_on = "estate {'accounts':{'11111111111':{}}}",
		.quiet_on = "estate {'accounts':{'111111111111':{}}}",
	} },
	[ESTATE_INVALID_ARN] = { .complaint = {
		.id = "estate-invalid-arn",
		.severity = SEVERITY_ERROR,
		.says = "an ARN is malformed, or of nothing that stands there",
		.why = "`principals` has users, roles and root users, "
		    "`groups` has groups of IAM, `resources` has ARNs, of "
		    "which `*` and `?` may make patterns. Sessions are not "
		    "listed: they have the policies of their role.",
		.fires_on = "estate {'accounts':{'111111111111':{}},"
		    "'principals':{'arn:aws:sts::111111111111:"
		    "assumed-role/r/s':{}}}",
		.quiet_on = "estate {'accounts':{'111111111111':{}},"
		    "'principals':{'arn:aws:iam::111111111111:user/u':{}}}",
	} },
	[ESTATE_INVALID_CIDR] = { .complaint = {
		.id = "estate-invalid-cidr",
		.severity = SEVERITY_ERROR,
		.says = "a range of addresses is none",
		.why = "Write an address, a slash and the length of the "
		    "prefix, such as 10.20.0.0/16.",
		.fires_on = "estate {'accounts':{'111111111111':{}},"
		    "'vpcs':{'vpc-11111111':{'account':'111111111111',"
		    "'cidrs':['10.20.0.0/64']}}}",
		.quiet_on = "estate {'accounts':{'111111111111':{}},"
		    "'vpcs':{'vpc-11111111':{'account':'111111111111',"
		    "'cidrs':['10.20.0.0/16']}}}",
	} },
	[ESTATE_INVALID_VALUE] = { .complaint = {
		.id = "estate-invalid-value",
		.severity = SEVERITY_ERROR,
		.says = "a value is none of those that the member takes",
		.why = "sekisho-estate(5) says which there are.",
		.fires_on = "estate {'resources':{'arn:aws:s3:::b':"
		    "{'owner':'amazon'}}}",
		.quiet_on = "estate {'resources':{'arn:aws:s3:::b':"
		    "{'owner':'aws'}}}",
	} },
	[ESTATE_UNKNOWN_NAME] = { .complaint = {
		.id = "estate-unknown-name",
		.severity = SEVERITY_ERROR,
		.says = "the estate names something that it does not have",
		.why = "An account in the tree, the VPC of an endpoint and "
		    "the groups of a user each have an entry of their own in "
		    "the estate; without it, what binds them is not known.",
		.fires_on = "estate {'organization':{'id':'o-a1b2c3d4e5',"
		    "'root':{'accounts':['111111111111']}}}",
		.quiet_on = "estate {'organization':{'id':'o-a1b2c3d4e5',"
		    "'root':{'accounts':['111111111111']}},"
		    "'accounts':{'111111111111':{}}}",
	} },
	[ESTATE_REPETITION] = { .complaint = {
		.id = "estate-repetition",
		.severity = SEVERITY_ERROR,
		.says = "one thing stands in two places",
		.why = "An account is in one unit, and a unit in one other "
		    "or in the root (GRAM-41); the place decides which SCPs "
		    "and RCPs bind it. A principal of the estate has its "
		    "trust policy there, not among the resources.",
		.fires_on = "estate {'organization':{'id':'o-a1b2c3d4e5',"
		    "'root':{'accounts':['111111111111'],'units':[{"
		    "'accounts':['111111111111']}]}},"
		    "'accounts':{'111111111111':{}}}",
		.quiet_on = "estate {'organization':{'id':'o-a1b2c3d4e5',"
		    "'root':{'accounts':[],'units':[{"
		    "'accounts':['111111111111']}]}},"
		    "'accounts':{'111111111111':{}}}",
	} },
	[ESTATE_CONTRADICTION] = { .complaint = {
		.id = "estate-contradiction",
		.severity = SEVERITY_ERROR,
		.says = "two members cannot both be true",
		.why = "Whichever is wrong, verdicts would rest on it.",
		.fires_on = "estate {'accounts':{'111111111111':{},"
		    "'222222222222':{}},'resources':{"
		    "'arn:aws:sqs:eu-west-1:111111111111:q':{"
		    "'account':'222222222222'}}}",
		.quiet_on = "estate {'accounts':{'111111111111':{},"
		    "'222222222222':{}},'resources':{"
		    "'arn:aws:sqs:eu-west-1:111111111111:q':{"
		    "'account':'111111111111'}}}",
	} },
	[ESTATE_TOO_DEEP] = { .complaint = {
		.id = "estate-too-deep",
		.severity = SEVERITY_ERROR,
		.says = "units are nested deeper than AWS allows",
		.why = "Below the root there are five levels of units at "
		    "most (GRAM-41).",
		.fires_on = "estate {'organization':{'id':'o-a1b2c3d4e5',"
		    "'root':{'units':[{'units':[{'units':[{'units':[{"
		    "'units':[{'units':[{}]}]}]}]}]}]}}}",
		.quiet_on = "estate {'organization':{'id':'o-a1b2c3d4e5',"
		    "'root':{'units':[{'units':[{'units':[{'units':[{"
		    "'units':[]}]}]}]}]}}}",
	} },
	[ESTATE_UNPLACED_ACCOUNT] = { .complaint = {
		.id = "estate-unplaced-account",
		.severity = SEVERITY_WARNING,
		.says = "an account stands nowhere in the organization",
		.why = "It is taken for one outside, which no SCP or RCP "
		    "binds. List it under the root or the unit that it is "
		    "in.",
		.fires_on = "estate {'organization':{'id':'o-a1b2c3d4e5',"
		    "'root':{}},'accounts':{'111111111111':{}}}",
		.quiet_on = "estate {'accounts':{'111111111111':{}}}",
	} },
	[ESTATE_FOREIGN_ACCOUNT] = { .complaint = {
		.id = "estate-foreign-account",
		.severity = SEVERITY_NOTE,
		.says = "something belongs to an account that is not in the "
		    "estate",
		.why = "That may be meant: a partner's bucket, an "
		    "intruder's VPC. If it is a slip of the pen, the "
		    "policies of the account do not count.",
		.fires_on = "estate {'accounts':{'111111111111':{}},'vpcs':{"
		    "'vpc-11111111':{'account':'111111111112'}}}",
		.quiet_on = "estate {'accounts':{'111111111111':{}},'vpcs':{"
		    "'vpc-11111111':{'account':'111111111111'}}}",
	} },
	[ESTATE_UNKNOWN_SERVICE] = { .complaint = {
		.id = "estate-unknown-service",
		.severity = SEVERITY_WARNING,
		.says = "an endpoint is for a service that is not known to "
		    "have one",
		.why = "No request is found to go through it. `sekisho "
		    "explain` knows the endpoint services.",
		.fires_on = "estate {'accounts':{'111111111111':{}},'vpcs':{"
		    "'vpc-11111111':{'account':'111111111111'}},'endpoints':{"
		    "'vpce-11111111':{'vpc':'vpc-11111111',"
		    "'service':'smm'}}}",
		.quiet_on = "estate {'accounts':{'111111111111':{}},'vpcs':{"
		    "'vpc-11111111':{'account':'111111111111'}},'endpoints':{"
		    "'vpce-11111111':{'vpc':'vpc-11111111',"
		    "'service':'com.amazonaws.eu-west-1.ssm'}}}",
	} },
	[ESTATE_ENDPOINT_TYPE] = { .complaint = {
		.id = "estate-endpoint-type",
		.severity = SEVERITY_ERROR,
		.says = "the service has no endpoints of that type",
		.why = "Only S3 and DynamoDB have gateway endpoints, and "
		    "these read Principal in their own way (GRAM-31).",
		.fires_on = "estate {'accounts':{'111111111111':{}},'vpcs':{"
		    "'vpc-11111111':{'account':'111111111111'}},'endpoints':{"
		    "'vpce-11111111':{'vpc':'vpc-11111111',"
		    "'service':'ssm','type':'gateway'}}}",
		.quiet_on = "estate {'accounts':{'111111111111':{}},'vpcs':{"
		    "'vpc-11111111':{'account':'111111111111'}},'endpoints':{"
		    "'vpce-11111111':{'vpc':'vpc-11111111',"
		    "'service':'s3','type':'gateway'}}}",
	} },
	[ESTATE_ENDPOINT_POLICY] = { .complaint = {
		.id = "estate-endpoint-policy",
		.severity = SEVERITY_WARNING,
		.says = "the service does not heed endpoint policies",
		.why = "Its endpoints let everything through (VPCE-3), so "
		    "the policy is taken for none.",
		.fires_on = "estate {'accounts':{'111111111111':{}},'vpcs':{"
		    "'vpc-11111111':{'account':'111111111111'}},'endpoints':{"
		    "'vpce-11111111':{'vpc':'vpc-11111111',"
		    "'service':'awsconnector','policy':'one.json'}}}",
		.quiet_on = "estate {'accounts':{'111111111111':{}},'vpcs':{"
		    "'vpc-11111111':{'account':'111111111111'}},'endpoints':{"
		    "'vpce-11111111':{'vpc':'vpc-11111111',"
		    "'service':'ssm','policy':'one.json'}}}",
	} },
	[ESTATE_POLICY_ABSENT] = { .complaint = {
		.id = "vpce-policy-absent",
		.severity = SEVERITY_NOTE,
		.says = "an endpoint of an estate has no policy, though its "
		    "service heeds one",
		.why = "Without a policy an endpoint lets everything through "
		    "(VPCE-3): credentials from anywhere, and data to any "
		    "account. Give it one that binds the caller and the owner "
		    "of the resource.",
		.fires_on = "estate {'accounts':{'111111111111':{}},'vpcs':{"
		    "'vpc-11111111':{'account':'111111111111'}},'endpoints':{"
		    "'vpce-11111111':{'vpc':'vpc-11111111',"
		    "'service':'s3','type':'gateway'}}}",
		.quiet_on = "estate {'accounts':{'111111111111':{}},'vpcs':{"
		    "'vpc-11111111':{'account':'111111111111'}},'endpoints':{"
		    "'vpce-11111111':{'vpc':'vpc-11111111',"
		    "'service':'s3','type':'gateway','policy':'one.json'}}}",
	} },
	[ESTATE_POLICY_FILE] = { .complaint = {
		.id = "estate-policy-file",
		.severity = SEVERITY_ERROR,
		.says = "a file that the estate names does not hold one policy",
		.why = "Its layer cannot be judged, and neither can requests "
		    "that the layer has a say in. Names are relative to the "
		    "estate; what holds several policies is split.",
		.fires_on = "estate {'accounts':{'111111111111':{}},"
		    "'principals':{'arn:aws:iam::111111111111:user/u':"
		    "{'identity':['two.json']}}}",
		.quiet_on = "estate {'accounts':{'111111111111':{}},"
		    "'principals':{'arn:aws:iam::111111111111:user/u':"
		    "{'identity':['one.json']}}}",
	} },
	[ESTATE_COMPLAINT_COUNT] = { .complaint = { .id = NULL } },
};
