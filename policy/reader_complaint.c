/* SPDX-License-Identifier: MIT */
/*
 * What no layer allows, told to people: one row for each, which
 * reader_read_policy() hands in where it finds such a thing.
 */
#include "config.h"

#include "policy/reader_complaint.h"

const struct complaint reader_complaints[] = {
	[READER_DATA_TYPE_MISMATCH] = {
		.id = "data-type-mismatch",
		.severity = SEVERITY_ERROR,
		.says = "a value has a JSON type that its element does not take",
		.why = "IAM refuses the document. Elements take strings or "
		    "arrays of strings; conditions take numbers and booleans "
		    "too.",
		.aa = "DATA_TYPE_MISMATCH",
		.fires_on = "{'Effect':'Allow','Action':17,'Resource':'*'}",
		.quiet_on = "{'Effect':'Allow','Action':['s3:Get*'],"
		    "'Resource':'*'}",
	},
	[READER_INVALID_POLICY_ELEMENT] = {
		.id = "invalid-policy-element",
		.severity = SEVERITY_ERROR,
		.says = "a member is no element of the policy language",
		.why = "IAM refuses documents with members it does not know; "
		    "a misspelt element would otherwise be no restriction at "
		    "all.",
		.aa = "INVALID_POLICY_ELEMENT",
		.fires_on = "{'Effect':'Allow','Action':'s3:Get*',"
		    "'Resource':'*','Comment':'x'}",
		.quiet_on = "{'Effect':'Allow','Action':'s3:Get*',"
		    "'Resource':'*','Sid':'x'}",
	},
	[READER_ELEMENT_CASE] = {
		.id = "element-case",
		.severity = SEVERITY_ERROR,
		.says = "an element is spelled with the wrong capitals",
		.why = "Element names are compared as they are spelled "
		    "(GRAM-13), so IAM takes this one for an unknown element.",
		.aa = "INVALID_POLICY_ELEMENT",
		.supersedes = "invalid-policy-element",
		.within = "invalid-policy-element",
		.fires_on = "{'Effect':'Allow','action':'s3:Get*',"
		    "'Resource':'*'}",
		.quiet_on = "{'Effect':'Allow','Action':'s3:Get*',"
		    "'Resource':'*'}",
	},
	[READER_MISSING_STATEMENT] = {
		.id = "missing-statement",
		.severity = SEVERITY_ERROR,
		.says = "the policy has no statement",
		.why = "A policy needs a Statement member that holds at least "
		    "one statement.",
		.aa = "MISSING_STATEMENT",
		.fires_on = "{'Version':'2012-10-17','Statement':[]}",
		.quiet_on = "{'Version':'2012-10-17','Statement':"
		    "{'Effect':'Deny','Action':'*','Resource':'*'}}",
	},
	[READER_MISSING_EFFECT] = {
		.id = "missing-effect",
		.severity = SEVERITY_ERROR,
		.says = "a statement has no Effect",
		.why = "There is no default: write Allow or Deny.",
		.aa = "MISSING_EFFECT",
		.fires_on = "{'Action':'s3:Get*','Resource':'*'}",
		.quiet_on = "{'Effect':'Deny','Action':'s3:Get*',"
		    "'Resource':'*'}",
	},
	[READER_INVALID_EFFECT] = {
		.id = "invalid-effect",
		.severity = SEVERITY_ERROR,
		.says = "Effect is neither `Allow` nor `Deny`",
		.why = "Both words are compared as they are spelled "
		    "(GRAM-14); IAM refuses anything else.",
		.aa = "INVALID_EFFECT",
		.fires_on = "{'Effect':'allow','Action':'s3:Get*',"
		    "'Resource':'*'}",
		.quiet_on = "{'Effect':'Allow','Action':'s3:Get*',"
		    "'Resource':'*'}",
	},
	[READER_INVALID_VERSION] = {
		.id = "invalid-version",
		.severity = SEVERITY_ERROR,
		.says = "Version is no version of the policy language",
		.why = "There are two: 2012-10-17 and the older 2008-10-17. "
		    "It is not the date of the document.",
		.aa = "INVALID_VERSION",
		.fires_on = "{'Version':'2024-01-01','Statement':"
		    "{'Effect':'Deny','Action':'*','Resource':'*'}}",
		.quiet_on = "{'Version':'2008-10-17','Statement':"
		    "{'Effect':'Deny','Action':'*','Resource':'*'}}",
	},
	[READER_MISSING_ACTION] = {
		.id = "missing-action",
		.severity = SEVERITY_ERROR,
		.says = "a statement has neither Action nor NotAction",
		.why = "Without one of them a statement says nothing, and IAM "
		    "refuses the document.",
		.aa = "MISSING_ACTION",
		.fires_on = "{'Effect':'Allow','Resource':'*'}",
		.quiet_on = "{'Effect':'Deny','NotAction':'s3:Get*',"
		    "'Resource':'*'}",
	},
	[READER_UNSUPPORTED_ELEMENT_COMBINATION] = {
		.id = "unsupported-element-combination",
		.severity = SEVERITY_ERROR,
		.says = "a statement has an element and its Not form",
		.why = "Action and NotAction, Resource and NotResource, "
		    "Principal and NotPrincipal exclude each other (GRAM-12). "
		    "Use one, or two statements.",
		.aa = "UNSUPPORTED_ELEMENT_COMBINATION",
		.fires_on = "{'Effect':'Deny','Action':'s3:*','NotAction':"
		    "'s3:Get*','Resource':'*'}",
		.quiet_on = "{'Effect':'Deny','NotAction':'s3:Get*',"
		    "'Resource':'*'}",
	},
	[READER_INVALID_PRINCIPAL_FORMAT] = {
		.id = "invalid-principal-format",
		.severity = SEVERITY_ERROR,
		.says = "Principal is neither `\"*\"` nor a map of principals",
		.why = "Say what sort of principal it is: {\"AWS\": ...}, "
		    "{\"Service\": ...} or {\"Federated\": ...}; only `\"*\"` "
		    "stands alone (GRAM-10).",
		.aa = "INVALID_PRINCIPAL_FORMAT",
		.fires_on = "resource {'Effect':'Allow','Principal':"
		    "'arn:aws:iam::111122223333:root','Action':'s3:GetObject',"
		    "'Resource':'arn:aws:s3:::b/*'}",
		.quiet_on = "resource {'Effect':'Allow','Principal':{'AWS':"
		    "'arn:aws:iam::111122223333:root'},'Action':"
		    "'s3:GetObject','Resource':'arn:aws:s3:::b/*'}",
	},
	[READER_INVALID_PRINCIPAL_KEY] = {
		.id = "invalid-principal-key",
		.severity = SEVERITY_ERROR,
		.says = "a sort of principal does not exist",
		.why = "Principals are of sort AWS, Service, Federated or "
		    "CanonicalUser.",
		.aa = "INVALID_PRINCIPAL_KEY",
		.fires_on = "resource {'Effect':'Allow','Principal':{'User':"
		    "'111122223333'},'Action':'s3:GetObject',"
		    "'Resource':'arn:aws:s3:::b/*'}",
		.quiet_on = "resource {'Effect':'Allow','Principal':{'AWS':"
		    "'111122223333'},'Action':'s3:GetObject',"
		    "'Resource':'arn:aws:s3:::b/*'}",
	},
	[READER_COMPLAINT_COUNT] = { .id = NULL },
};
