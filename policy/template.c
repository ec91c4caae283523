/* SPDX-License-Identifier: MIT */
/*
 * Two globs that both hold a run of unknown text overlap exactly when what
 * stands before their first runs agrees and what stands behind their last
 * ones does, as far as both reach: the runs take up everything else.  That
 * holds because a resource part has no confined wildcards, and it is why no
 * search is needed.
 */
#include "config.h"

#include <string.h>

#include "policy/list.h"
#include "policy/template.h"

enum {
	SYMBOL_RUN = 256,		/* above all bytes */
	SYMBOL_ONE,
	SYMBOL_NONE
};

/* A glob with its literal ends measured. */
struct glob {
	const char	*text;
	size_t		 length;
	size_t		 head;		/* bytes before the first run */
	size_t		 tail;		/* where the last run ends */
	bool		 wild;		/* has a run */
};

/* `*' and ${...} are runs; an unclosed ${ runs to the end. */
static unsigned
read_symbol(const char *text, size_t length, size_t *at)
{
	unsigned char c = (unsigned char)text[(*at)++];
	const char *close;

	if (c == '*')
		return SYMBOL_RUN;
	if (c == '?')
		return SYMBOL_ONE;
	if (c != '$' || *at == length || text[*at] != '{')
		return c;
	close = memchr(text + *at, '}', length - *at);
	*at = close == NULL ? length : (size_t)(close - text) + 1;
	return SYMBOL_RUN;
}

static struct glob
glob_read(const char *text, size_t length)
{
	struct glob glob = { .text = text, .length = length, .head = length };
	size_t at = 0;

	while (at < length) {
		size_t start = at;

		if (read_symbol(text, length, &at) != SYMBOL_RUN)
			continue;
		if (!glob.wild)
			glob.head = start;
		glob.wild = true;
		glob.tail = at;
	}
	return glob;
}

static bool
symbols_agree(unsigned char a, unsigned char b)
{
	return a == b || a == '?' || b == '?';
}

static bool
texts_agree(const char *a, const char *b, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (!symbols_agree((unsigned char)a[i], (unsigned char)b[i]))
			return false;
	return true;
}

static bool
heads_agree(const struct glob *a, const struct glob *b)
{
	size_t shorter = a->head < b->head ? a->head : b->head;

	return texts_agree(a->text, b->text, shorter);
}

static bool
tails_agree(const struct glob *a, const struct glob *b)
{
	size_t a_length = a->length - a->tail, b_length = b->length - b->tail;
	size_t shorter = a_length < b_length ? a_length : b_length;

	return texts_agree(a->text + a->length - shorter,
	    b->text + b->length - shorter, shorter);
}

/* Two-pointer; `?' of the text, which has no run, agrees with anything. */
static bool
glob_matches(const struct glob *glob, const char *text, size_t length)
{
	size_t at = 0, taken = 0, after = 0, given = 0;
	bool run = false;

	while (taken < length) {
		size_t next = at;
		unsigned symbol = at == glob->length ? SYMBOL_NONE :
		    read_symbol(glob->text, glob->length, &next);

		if (symbol == SYMBOL_RUN) {
			run = true;
			at = after = next;
			given = taken;
		} else if (symbol == SYMBOL_ONE || (symbol < SYMBOL_RUN &&
		    symbols_agree((unsigned char)symbol,
		    (unsigned char)text[taken]))) {
			at = next;
			taken++;
		} else if (run) {
			at = after;
			taken = ++given;
		} else {
			return false;
		}
	}
	while (at < glob->length)
		if (read_symbol(glob->text, glob->length, &at) != SYMBOL_RUN)
			return false;
	return true;
}

static bool
globs_overlap(const struct glob *a, const struct glob *b)
{
	if (!b->wild)
		return glob_matches(a, b->text, b->length);
	if (!a->wild)
		return glob_matches(b, a->text, a->length);
	return heads_agree(a, b) && tails_agree(a, b);
}

/* A slash outside variables. */
static bool
glob_has_slash(const struct glob *glob)
{
	size_t at = 0;

	while (at < glob->length)
		if (read_symbol(glob->text, glob->length, &at) == '/')
			return true;
	return false;
}

/* Whatever else names may hold, a bucket's has no slash. */
static bool
is_bucket(const char *template)
{
	return strcmp(template, "${BucketName}") == 0;
}

static bool
resource_parts_overlap(const char *template, const struct arn *entry)
{
	struct glob a = glob_read(template, strlen(template));
	struct glob b = glob_read(entry->field[ARN_RESOURCE].text,
	    entry->field[ARN_RESOURCE].length);

	if (!globs_overlap(&a, &b))
		return false;
	return !is_bucket(template) || !glob_has_slash(&b);
}

/* The service field begins the text. */
static bool
begins_with_service(const char *text, const struct arn *entry)
{
	size_t length = entry->field[ARN_SERVICE].length;

	return strncmp(text, entry->field[ARN_SERVICE].text, length) == 0 &&
	    text[length] == ':';
}

static bool
services_overlap(const char *text, const struct arn *entry)
{
	struct glob a, b;

	if (begins_with_service(text, entry))
		return true;
	if (*text != '$' && !arn_field_is_wild(entry, ARN_SERVICE))
		return false;
	a = glob_read(text, strcspn(text, ":"));
	b = glob_read(entry->field[ARN_SERVICE].text,
	    entry->field[ARN_SERVICE].length);
	return globs_overlap(&a, &b);
}

/* A quick no: two letters differ before anything unknown comes. */
static bool
clash_early(const char *template, const struct arn *entry)
{
	const char *text = entry->field[ARN_RESOURCE].text;
	size_t length = entry->field[ARN_RESOURCE].length;

	for (size_t i = 0; i < length; i++) {
		if (text[i] == '*' || text[i] == '?' || text[i] == '$' ||
		    template[i] == '*' || template[i] == '$')
			return false;
		if (template[i] != text[i] || template[i] == '\0')
			return true;
	}
	return false;
}

bool
template_is_of_service(const struct resource_type *type,
    const struct arn *entry)
{
	const char *service = resource_type_service(type);

	return service != NULL && entry->count > ARN_SERVICE &&
	    begins_with_service(service, entry);
}

bool
template_is_of_any(const struct resource_type *type)
{
	const char *service = resource_type_service(type);

	return service == NULL || *service == '$';
}

static bool
resource_fits(const struct resource_type *type, const struct arn *entry)
{
	const char *resource = resource_type_resource(type);

	return resource == NULL || (!clash_early(resource, entry) &&
	    resource_parts_overlap(resource, entry));
}

bool
template_fits(const struct resource_type *type, const struct arn *entry)
{
	const char *service = resource_type_service(type);

	return service == NULL || entry->count < ARN_FIELD_COUNT ||
	    (services_overlap(service, entry) && resource_fits(type, entry));
}

static bool
fits_in_service(const struct resource_type *type, const struct arn *entry)
{
	const char *service = resource_type_service(type);

	return service != NULL && entry->count == ARN_FIELD_COUNT &&
	    begins_with_service(service, entry) && resource_fits(type, entry);
}

bool
template_is_met_unnamed(const struct resource_type *type,
    const struct arn *entry)
{
	const char *text = resource_type_resource(type);
	size_t length = text == NULL ? 0 : strlen(text), count = 0, at = 0;
	struct glob glob;
	char unnamed[256];

	if (text == NULL || length > sizeof(unnamed) ||
	    entry->count < ARN_FIELD_COUNT)
		return true;
	while (at < length) {
		unsigned symbol = read_symbol(text, length, &at);

		if (symbol < SYMBOL_RUN)
			unnamed[count++] = (char)symbol;
	}
	glob = glob_read(entry->field[ARN_RESOURCE].text,
	    entry->field[ARN_RESOURCE].length);
	return glob_matches(&glob, unnamed, count);
}

struct found {
	LIST(const struct resource_type *)	 types;
};

static void
add_fitting(struct arena *arena, struct found *found,
    const struct resource_type *type, const struct arn *entry)
{
	if (fits_in_service(type, entry))
		*list_add(arena, &found->types) = type;
}

/* Of which service the entry is; NULL for one that has ARNs and no actions,
 * whose types may stand anywhere. */
static const struct service *
find_service(const struct catalog *catalog, const struct arn *entry)
{
	return entry->count <= ARN_SERVICE ? NULL : catalog_service(catalog,
	    entry->field[ARN_SERVICE].text, entry->field[ARN_SERVICE].length);
}

size_t
template_find(const struct catalog *catalog, struct arena *arena,
    const struct arn *entry, const struct resource_type *const **types)
{
	const struct service *own = find_service(catalog, entry);
	struct found found = { 0 };

	for (unsigned i = 0; own != NULL && i < own->named_count; i++)
		add_fitting(arena, &found, own->named[i], entry);
	for (unsigned i = 0; own == NULL && i < catalog->service_count; i++)
		for (unsigned j = 0; j < catalog->services[i].type_count; j++)
			add_fitting(arena, &found,
			    &catalog->services[i].types[j], entry);
	*types = found.types.items;
	return found.types.count;
}

static bool
find_in_tables(const struct catalog *catalog, const struct arn *entry)
{
	for (unsigned i = 0; i < catalog->service_count; i++) {
		const struct service *service = &catalog->services[i];

		for (unsigned j = 0; j < service->type_count; j++)
			if (template_is_of_service(&service->types[j], entry))
				return true;
	}
	return false;
}

bool
template_find_service(const struct catalog *catalog, const struct arn *entry)
{
	const struct service *own = find_service(catalog, entry);

	if (own == NULL)
		return find_in_tables(catalog, entry);
	for (unsigned i = 0; i < own->named_count; i++)
		if (template_is_of_service(own->named[i], entry))
			return true;
	return false;
}
