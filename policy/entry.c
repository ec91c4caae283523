/* SPDX-License-Identifier: MIT */
/* Resource entries as ARNs.  What a field may hold is not known here. */
#include "config.h"

#include <string.h>

#include "policy/entry.h"

bool
entry_read(struct check *check, const struct node *entry, struct arn *arn)
{
	const struct address *address = check_locate(check, entry);

	*arn = address->arn;
	return address->readable;
}

bool
entry_read_whole(struct check *check, const struct node *entry,
    struct arn *arn)
{
	return entry_read(check, entry, arn) && arn->count == ARN_FIELD_COUNT;
}

bool
entry_is_of_aws(const struct arn *arn)
{
	return arn->field[ARN_ACCOUNT].length >= 3 &&
	    memcmp(arn->field[ARN_ACCOUNT].text, "aws", 3) == 0;
}

static bool
has_digit(const struct arn *arn, enum arn_field field)
{
	for (size_t i = 0; i < arn->field[field].length; i++)
		if (arn->field[field].text[i] >= '0' &&
		    arn->field[field].text[i] <= '9')
			return true;
	return false;
}

bool
entry_is_shifted(const struct arn *arn)
{
	const char *region = arn->field[ARN_REGION].text;
	size_t length = arn->field[ARN_REGION].length;

	return length > 0 && region[length - 1] == '*' &&
	    arn->field[ARN_ACCOUNT].length > 0 &&
	    !has_digit(arn, ARN_ACCOUNT) &&
	    !arn_field_is_wild(arn, ARN_ACCOUNT) && !entry_is_of_aws(arn);
}

struct span
entry_field_span(const struct check *check, const struct node *entry,
    const struct arn *arn, enum arn_field field)
{
	return node_span_within(check->report->source, entry,
	    (size_t)(arn->field[field].text - arn->field[ARN_PREFIX].text),
	    arn->field[field].length);
}
