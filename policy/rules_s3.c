/* SPDX-License-Identifier: MIT */
/*
 * Buckets and objects: two resources whose ARNs differ by a slash, which is
 * the commonest of all ways to allow nothing.  Access points and other S3
 * resources are not known here.
 */
#include "config.h"

#include <string.h>

#include "policy/entry.h"
#include "policy/rules.h"
#include "policy/variable.h"

/* How the S3 resources of a statement are written. */
struct s3_resources {
	const struct node	*bucket;	/* one without a slash */
	const struct node	*object;	/* one with a slash */
	bool			 open;		/* one that may be either, or
						 * is neither */
};

/* The first slash that is in no variable; the length when there is none. */
static size_t
find_slash(const struct node *entry)
{
	size_t at = 0;

	while (at < entry->length && entry->text[at] != '/') {
		struct variable variable;

		if (entry->text[at] == '$' && variable_find(entry->text,
		    entry->length, at, &variable) && variable.start == at)
			at = variable.end;
		else
			at++;
	}
	return at < entry->length ? at : entry->length;
}

static void
sort_resource(struct s3_resources *s3, const struct node *entry,
    const struct arn *arn)
{
	if (!arn_field_is(arn, ARN_SERVICE, "s3"))
		return;
	if (arn->field[ARN_REGION].length > 0 ||
	    arn->field[ARN_ACCOUNT].length > 0)
		s3->open = true;
	else if (find_slash(entry) < entry->length)
		s3->object = entry;
	else if (arn_field_is_wild(arn, ARN_RESOURCE) ||
	    variable_occurs(entry->text, entry->length))
		s3->open = true;
	else
		s3->bucket = entry;
}

static bool
takes_type(const struct action *action, const char *name)
{
	for (unsigned i = 0; i < action->target_count; i++)
		if (strcmp(action->targets[i].type->name, name) == 0)
			return true;
	return false;
}

/* Every action of the entry takes the one type and none the other. */
static bool
takes_only(const struct expansion *expansion, const char *type,
    const char *other)
{
	if (expansion->service == NULL ||
	    strcmp(expansion->service->prefix, "s3") != 0)
		return false;
	for (size_t i = 0; i < expansion->count; i++)
		if (!takes_type(expansion->actions[i], type) ||
		    takes_type(expansion->actions[i], other))
			return false;
	return expansion->count > 0;
}

static void
check_action(struct check *check, const struct node *entry,
    const struct s3_resources *s3)
{
	const struct expansion *expansion = check_expand(check, entry);
	const char *verb = check->statement->effect == EFFECT_DENY ?
	    "denies" : "grants";
	const int length = (int)entry->length;

	if (s3->bucket == NULL && takes_only(expansion, "bucket", "object"))
		check_help(check, check_complain_of(check, entry, "`%.*s` "
		    "acts on buckets, and `%.*s` is objects, so it %s nothing",
		    length, entry->text, (int)s3->object->length,
		    s3->object->text, verb), "give it `%.*s`",
		    (int)find_slash(s3->object), s3->object->text);
	if (s3->object == NULL && takes_only(expansion, "object", "bucket"))
		check_help(check, check_complain_of(check, entry, "`%.*s` "
		    "acts on objects, and `%.*s` is a bucket, so it %s "
		    "nothing", length, entry->text, (int)s3->bucket->length,
		    s3->bucket->text, verb), "give it `%.*s/*`",
		    (int)s3->bucket->length, s3->bucket->text);
}

static bool
is_about_s3(const struct statement *statement)
{
	const struct element *element = &statement->action;

	if (element->negated || statement->resource.negated)
		return false;
	for (size_t i = 0; i < element->count; i++)
		if (element->items[i]->length > 3 && name_compare("s3:", 3,
		    element->items[i]->text, 3) == 0)
			return true;
	return false;
}

static struct s3_resources
sort_resources(struct check *check, const struct element *element)
{
	struct s3_resources s3 = { .open = element->partial };
	struct arn arn;

	for (size_t i = 0; i < element->count; i++) {
		if (!entry_read_whole(check, element->items[i], &arn) ||
		    arn_field_is_wild(&arn, ARN_SERVICE))
			s3.open = true;
		else
			sort_resource(&s3, element->items[i], &arn);
	}
	return s3;
}

static void
s3_bucket_object_split(struct check *check)
{
	const struct statement *statement = check->statement;
	struct s3_resources s3;

	if (!is_about_s3(statement))
		return;
	s3 = sort_resources(check, &statement->resource);
	if (s3.open || (s3.bucket == NULL) == (s3.object == NULL))
		return;
	for (size_t i = 0; i < statement->action.count; i++)
		check_action(check, statement->action.items[i], &s3);
}

const struct rule s3_rules[] = {
	{
		.complaint = {
			.id = "s3-bucket-object-split",
			.severity = SEVERITY_WARNING,
			.says = "an action on buckets is given objects, or "
			    "the other way round",
			.why = "A bucket and its objects are two resources: "
			    "listing is asked of the bucket's ARN, reading "
			    "and writing of the objects' (with /*).  Name "
			    "both.",
			.supersedes = "action-resource-mismatch",
			.fires_on = "{'Effect':'Allow','Action':"
			    "['s3:GetObject','s3:ListBucket'],"
			    "'Resource':'arn:aws:s3:::b/*'}",
			.quiet_on = "{'Effect':'Allow','Action':"
			    "['s3:GetObject','s3:ListBucket'],"
			    "'Resource':['arn:aws:s3:::b',"
			    "'arn:aws:s3:::b/*']}",
		},
		.layers = LAYERS_ALL,
		.statement = s3_bucket_object_split,
	},
	{ .complaint = { .id = NULL } }
};
