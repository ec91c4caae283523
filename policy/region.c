/* SPDX-License-Identifier: MIT */
/* The tables of regions and of what their names begin with. */
#include "config.h"

#include <string.h>

#include "policy/region.h"

const char *const region_names[REGION_COUNT] = {
	"aws-global",
	"af-south-1", "ap-east-1", "ap-east-2", "ap-northeast-1",
	"ap-northeast-2", "ap-northeast-3", "ap-south-1", "ap-south-2",
	"ap-southeast-1", "ap-southeast-2", "ap-southeast-3",
	"ap-southeast-4", "ap-southeast-5", "ap-southeast-6",
	"ap-southeast-7", "ca-central-1", "ca-west-1", "cn-north-1",
	"cn-northwest-1", "eu-central-1", "eu-central-2", "eu-isoe-west-1",
	"eu-north-1", "eu-south-1", "eu-south-2", "eu-west-1", "eu-west-2",
	"eu-west-3", "eusc-de-east-1", "il-central-1", "me-central-1",
	"me-south-1", "mx-central-1", "sa-east-1", "sa-west-1", "us-east-1",
	"us-east-2", "us-gov-east-1", "us-gov-west-1", "us-iso-east-1",
	"us-iso-west-1", "us-isob-east-1", "us-isob-west-1",
	"us-isof-east-1", "us-isof-south-1", "us-west-1", "us-west-2"
};

static const struct {
	const char	*start, *partition;
} partitions[] = {
	{ "cn-", "aws-cn" }, { "us-gov-", "aws-us-gov" },
	{ "eusc-", "aws-eusc" }, { "us-iso-", "aws-iso" },
	{ "us-isob-", "aws-iso-b" }, { "eu-isoe-", "aws-iso-e" },
	{ "us-isof-", "aws-iso-f" },
};

const char *
region_partition(const char *name, size_t length)
{
	for (size_t i = 0; i < sizeof(partitions) / sizeof(*partitions); i++) {
		size_t start = strlen(partitions[i].start);

		if (length > start &&
		    memcmp(name, partitions[i].start, start) == 0)
			return partitions[i].partition;
	}
	return "aws";
}
