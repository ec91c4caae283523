/* SPDX-License-Identifier: MIT */
/* The table of containers, and the names in their ARNs. */
#include "config.h"

#include <string.h>

#include "policy/arn.h"
#include "policy/enclosure.h"

/*
 * Last fields of ARNs, all else of which is alike: `%' is a name, the same in
 * both.  Not here: streams of a table, consumers of a stream and access points
 * of a bucket, which have policies of their own, and recovery points, whose
 * ARNs do not say in which vault they are.
 */
static const struct {
	const char	*service;
	const char	*container;
	const char	*inside;
	const char	*outside;	/* what also looks like that, or NULL */
} enclosures[] = {
	{ "codeartifact", "repository/%/%", "package/%/%/*", NULL },
	{ "dynamodb", "table/%", "table/%/index/*", NULL },
	{ "es", "domain/%", "domain/%/*", NULL },
	{ "events", "event-bus/%", "rule/%/*", NULL },
	{ "events", "event-bus/default", "rule/*", "rule/*/*" },
	{ "glue", "catalog", "catalog/*", NULL },
	{ "glue", "catalog", "connection/*", NULL },
	{ "glue", "catalog", "database/*", NULL },
	{ "glue", "catalog", "table/*", NULL },
	{ "glue", "catalog", "tableVersion/*", NULL },
	{ "glue", "catalog", "userDefinedFunction/*", NULL },
	{ "mediastore", "container/%", "container/%/*", NULL },
	{ "s3", "%", "%/*", NULL },
	{ "s3", "accesspoint/%", "accesspoint/%/object/*", NULL },
	{ "s3-outposts", "outpost/%/bucket/%",
	    "outpost/%/bucket/%/object/*", NULL },
	{ "s3tables", "bucket/%", "bucket/%/table/*", NULL },
	{ "s3vectors", "bucket/%", "bucket/%/index/*", NULL },
	{ "schemas", "registry/%", "schema/%/*", NULL },
	{ "vpc-lattice", "service/%", "service/%/*", NULL },
};

enum { NAMES_MAX = 2 };

struct name {
	const char	*text;
	size_t		 length;
};

/* The names where the form has them; false when it is not of the form. */
static bool
read_names(const char *form, struct name text, struct name names[NAMES_MAX])
{
	size_t count = 0, at = 0;

	for (; *form != '\0'; form++) {
		size_t start = at;

		if (*form != '%') {
			if (at == text.length || text.text[at++] != *form)
				return false;
			continue;
		}
		while (at < text.length && text.text[at] != '/')
			at++;
		if (at == start)
			return false;
		names[count++] = (struct name){ text.text + start,
		    at - start };
	}
	return at == text.length;
}

static bool
has_names(const char *form)
{
	return strchr(form, '%') != NULL;
}

/* One of a fixed name may be among those of a pattern. */
static bool
is_container(struct arena *arena, const char *form, struct name resource,
    struct name names[NAMES_MAX])
{
	struct pattern pattern;

	if (has_names(form))
		return read_names(form, resource, names);
	pattern = pattern_read(arena, resource.text, resource.length);
	return pattern_match(&pattern, form, strlen(form));
}

/* The ARN with another last field; its names are filled in. */
static const char *
fill(struct arena *arena, const struct arn *arn, const char *form,
    const struct name names[NAMES_MAX])
{
	const char *beginning = arn->field[ARN_PREFIX].text;
	const char *text = arena_copy(arena, beginning,
	    (size_t)(arn->field[ARN_RESOURCE].text - beginning));

	for (; *form != '\0'; form++) {
		struct name next = *form == '%' ? *names++ :
		    (struct name){ form, 1 };

		text = arena_printf(arena, "%s%.*s", text, (int)next.length,
		    next.text);
	}
	return text;
}

size_t
enclosure_list(struct arena *arena, const char *container, size_t length,
    struct enclosed list[ENCLOSURE_MAX])
{
	struct arn arn = arn_split(container, length);
	struct name resource = { arn.field[ARN_RESOURCE].text,
	    arn.field[ARN_RESOURCE].length };
	struct name names[NAMES_MAX];
	size_t count = 0;

	for (size_t i = 0; i < sizeof(enclosures) / sizeof(enclosures[0]);
	    i++) {
		const char *form = enclosures[i].container;

		if (!arn_field_is(&arn, ARN_SERVICE, enclosures[i].service) ||
		    !is_container(arena, form, resource, names))
			continue;
		list[count++] = (struct enclosed){ fill(arena, &arn,
		    enclosures[i].inside, names), !has_names(form), false };
		if (enclosures[i].outside != NULL)
			list[count++] = (struct enclosed){ fill(arena, &arn,
			    enclosures[i].outside, names), true, true };
	}
	return count;
}
