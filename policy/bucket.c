/* SPDX-License-Identifier: MIT */
/* The table of AWS's buckets, and the matching of names with it. */
#include "config.h"

#include <ctype.h>
#include <string.h>

#include "policy/bucket.h"

/* `%' stands for a Region. */
static const char *const buckets[] = {
	/* SSM Agent */
	"aws-ssm-%", "aws-windows-downloads-%", "amazon-ssm-%",
	"amazon-ssm-packages-%",
	/* SSM Distributor */
	"%-birdwatcher-prod", "aws-ssm-distributor-file-%",
	/* SSM documents */
	"aws-ssm-document-attachments-%", "ssm-document-categories",
	/* Patch Manager */
	"patch-baseline-snapshot-%", "aws-patchmanager-macos-%",
	/* The Session Manager plugin */
	"session-manager-downloads",
	/* Image layers of ECR */
	"prod-%-starport-layer-bucket",
	/* Amazon Linux */
	"packages.%.amazonaws.com", "repo.%.amazonaws.com",
	/* Amazon Linux 2 */
	"amazonlinux.%.amazonaws.com", "amazonlinux-2-repos-%",
	/* Amazon Linux 2023 */
	"al2023-repos-%-de612dc2", "al2023-%",
	/* The CloudWatch agent */
	"amazoncloudwatch-agent", "amazoncloudwatch-agent-%",
	/* The CodeDeploy agent */
	"aws-codedeploy-%",
	/* The command line interface */
	"aws-cli",
	/* CloudFormation */
	"cloudformation-examples", "cloudformation-waitcondition-%",
	/* EMR */
	"repo.%.emr.amazonaws.com", "prod.%.appinfo.src",
	/* EC2 Image Builder */
	"ec2imagebuilder-toe-%-prod",
	"ec2imagebuilder-managed-resources-%-prod",
	/* Nitro Enclaves */
	"aws-ec2-enclave-certificate-%-prod",
	/* Elastic Beanstalk */
	"elasticbeanstalk-%", "elasticbeanstalk-samples-%",
	"elasticbeanstalk-platform-assets-%",
	"elasticbeanstalk-env-resources-%",
	/* Application Migration Service */
	"aws-mgn-clients-%", "aws-mgn-internal-%",
	"aws-application-migration-service-%",
	/* Elastic Disaster Recovery */
	"aws-drs-clients-%", "aws-drs-internal-%",
	"aws-elastic-disaster-recovery-%",
	/* SageMaker JumpStart */
	"jumpstart-cache-prod-%",
	/* Athena */
	"athena-examples-%",
	/* Redshift */
	"redshift-downloads"
};

/* A sample's <region>, or a template's ${...}. */
static size_t
blank_length(const char *text, size_t length)
{
	const char *end = NULL;

	if (length > 0 && text[0] == '<')
		end = memchr(text, '>', length);
	else if (length > 1 && text[0] == '$' && text[1] == '{')
		end = memchr(text, '}', length);
	return end == NULL ? 0 : (size_t)(end - text) + 1;
}

static size_t
letters(const char *text, size_t length)
{
	size_t count = 0;

	while (count < length && islower((unsigned char)text[count]))
		count++;
	return count;
}

/* "eu-west-1", "us-gov-west-1"; 0 when the text begins with none. */
static size_t
region_length(const char *text, size_t length)
{
	size_t at = letters(text, length);

	if (blank_length(text, length) > 0)
		return blank_length(text, length);
	if (at < 2 || at > 4)
		return 0;
	while (at + 1 < length && text[at] == '-') {
		size_t word = letters(text + at + 1, length - at - 1);

		if (word == 0)
			return isdigit((unsigned char)text[at + 1]) ?
			    at + 2 : 0;
		at += 1 + word;
	}
	return 0;
}

static bool
matches(const char *pattern, const char *name, size_t length)
{
	size_t before = strcspn(pattern, "%"), region = 0;
	const char *after = pattern + before;

	if (length < before || memcmp(name, pattern, before) != 0)
		return false;
	if (*after == '%') {
		region = region_length(name + before, length - before);
		if (region == 0)
			return false;
		after++;
	}
	name += before + region;
	length -= before + region;
	return length == strlen(after) && memcmp(name, after, length) == 0;
}

bool
bucket_is_of_aws(const char *name, size_t length)
{
	for (size_t i = 0; i < sizeof(buckets) / sizeof(buckets[0]); i++)
		if (matches(buckets[i], name, length))
			return true;
	return false;
}
