/* SPDX-License-Identifier: MIT */
/*
 * Finding things in a catalogue, whoever made it.  Knows how names compare
 * and how templates of keys and ARNs read; where the facts come from is the
 * business of catalog_read.c, misspelt names that of catalog_nearest.c.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "policy/catalog.h"
#include "policy/character.h"

struct word {
	const char	*text;
	size_t		 length;
};

int
name_compare(const char *a, size_t a_length, const char *b, size_t b_length)
{
	size_t shorter = a_length < b_length ? a_length : b_length;

	for (size_t i = 0; i < shorter; i++)
		if (a[i] != b[i] && !character_equals(a[i], b[i]))
			return character_fold(a[i]) - character_fold(b[i]);
	return (a_length > b_length) - (a_length < b_length);
}

/* As name_compare(); the row's name ends at its NUL, so that nobody has to
 * measure each name on the way. */
static int
compare_to_row(const void *wanted, const void *row)
{
	const struct word *word = wanted;
	const char *name = *(const char *const *)row;

	for (size_t i = 0; i < word->length; i++) {
		char c = word->text[i];

		if (name[i] == '\0')
			return 1;
		if (c != name[i] && !character_equals(c, name[i]))
			return character_fold(c) - character_fold(name[i]);
	}
	return name[word->length] == '\0' ? 0 : -1;
}

const void *
name_find(const void *rows, size_t count, size_t size, const char *name,
    size_t length)
{
	const struct word word = { name, length };

	if (count == 0)
		return NULL;
	return bsearch(&word, rows, count, size, compare_to_row);
}

const struct service *
catalog_service(const struct catalog *catalog, const char *prefix,
    size_t length)
{
	return name_find(catalog->services, catalog->service_count,
	    sizeof(*catalog->services), prefix, length);
}

const struct action *
service_action(const struct service *service, const char *name, size_t length)
{
	return name_find(service->actions, service->action_count,
	    sizeof(*service->actions), name, length);
}

/* The service that stands before the first colon of the text, or NULL. */
static const struct service *
service_before_colon(const struct catalog *catalog, const char *text,
    size_t length)
{
	const char *colon = memchr(text, ':', length);

	if (colon == NULL)
		return NULL;
	return catalog_service(catalog, text, (size_t)(colon - text));
}

const struct action *
catalog_action(const struct catalog *catalog, const char *text, size_t length)
{
	const struct service *service = service_before_colon(catalog, text,
	    length);
	size_t start;

	if (service == NULL)
		return NULL;
	start = strlen(service->prefix) + 1;
	return service_action(service, text + start, length - start);
}

size_t
action_index(const struct action *action)
{
	const struct service *service = action->service;

	return service->base + (size_t)(action - service->actions);
}

size_t
catalog_action_count(const struct catalog *catalog)
{
	size_t count = 0;

	for (unsigned i = 0; i < catalog->service_count; i++)
		count += catalog->services[i].action_count;
	return count;
}

/* The prefix is folded. */
static bool
starts_with(const char *name, const char *prefix, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (name[i] == '\0' ||
		    (char)character_fold(name[i]) != prefix[i])
			return false;
	return true;
}

/* The first action that does not sort before the prefix. */
static size_t
first_from(const struct service *service, const char *prefix, size_t length)
{
	size_t low = 0, high = service->action_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const char *name = service->actions[middle].name;

		if (name_compare(name, strlen(name), prefix, length) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Those that a pattern with a wildcard matches.  Most are `*' and `Get*',
 * where nothing is left to match. */
static size_t
match_wild(const struct service *service, const struct pattern *name,
    const struct action **found)
{
	size_t prefix = pattern_literal_prefix(name), count = 0;
	size_t at = first_from(service, name->symbols, prefix);
	bool rest_is_any = name->length == prefix + 1 &&
	    (unsigned char)name->symbols[prefix] == PATTERN_ANY;

	for (; at < service->action_count; at++) {
		const struct action *action = &service->actions[at];

		if (!starts_with(action->name, name->symbols, prefix))
			break;
		if (rest_is_any || pattern_match(name, action->name,
		    strlen(action->name)))
			found[count++] = action;
	}
	return count;
}

size_t
service_match(const struct service *service, const struct pattern *name,
    const struct action **found)
{
	const struct action *action;

	if (name->wild)
		return match_wild(service, name, found);
	action = service_action(service, name->symbols, name->length);
	if (action == NULL)
		return 0;
	found[0] = action;
	return 1;
}

/*
 * Where the field that begins at `at' ends, or NULL when none does.  After a
 * final slash there is a field to be imagined: `glacier:ResourceTag/'.
 */
static const char *
field_end(const char *template, const char *at)
{
	bool in_last_part = at > template && at[-1] == '/';
	const char *end = NULL;

	if (at[0] == '$' && at[1] == '{')
		end = strchr(at, '}');
	else if (at[0] == '<')
		end = strchr(at, '>');
	if (end != NULL)
		return end + 1;
	if (in_last_part && strcmp(at, "tag-key") == 0)
		return at + strlen(at);
	return in_last_part && *at == '\0' ? at : NULL;
}

bool
key_name_is_template(const char *name)
{
	for (const char *at = name; *at != '\0'; at++)
		if (field_end(name, at) != NULL)
			return true;
	return field_end(name, name + strlen(name)) != NULL;
}

/* A cheap no to field_end(), which most bytes of a name get. */
static bool
may_begin_field(const char *template, const char *at)
{
	return *at == '$' || *at == '<' || (at > template && at[-1] == '/');
}

/* Two-pointer as globs are: only the latest field is worth extending. */
bool
key_name_matches(const char *template, const char *name, size_t length)
{
	const char *here = template, *after = NULL;
	size_t at = 0, taken = 0;

	/* ${OidcProvider}:... speaks of every provider and names no key */
	if (field_end(template, template) != NULL)
		return false;
	while (at < length) {
		const char *end = !may_begin_field(template, here) ? NULL :
		    field_end(template, here);

		if (end != NULL && end != after) {
			here = after = end;
			taken = ++at;
		} else if (*here != '\0' &&
		    character_equals(*here, name[at])) {
			here++;
			at++;
		} else if (after != NULL) {
			here = after;
			at = ++taken;
		} else {
			return false;
		}
	}
	return *here == '\0' &&
	    (here == after || field_end(template, here) == NULL);
}

/*
 * The row whose key has the name: literally, or else by the longest template,
 * since Metadata/${MetadataKey}/Matcher is more to the point than
 * Metadata/${MetadataKey}.
 */
static const void *
find_key(const void *rows, size_t count, size_t size, const char *name,
    size_t length)
{
	const struct key *best = name_find(rows, count, size, name, length);

	if (best != NULL && key_name_matches(best->name, name, length))
		return best;
	best = NULL;
	for (size_t i = 0; i < count; i++) {
		const struct key *key = (const void *)((const char *)rows +
		    i * size);

		if (!key->template || (best != NULL &&
		    strlen(key->name) <= strlen(best->name)))
			continue;
		if (key_name_matches(key->name, name, length))
			best = key;
	}
	return best;
}

const struct global_key *
catalog_global_key(const struct catalog *catalog, const char *name,
    size_t length)
{
	return find_key(catalog->globals, catalog->global_count,
	    sizeof(*catalog->globals), name, length);
}

const struct key *
service_key(const struct service *service, const char *name, size_t length)
{
	return find_key(service->keys, service->key_count,
	    sizeof(*service->keys), name, length);
}

const struct key *
catalog_key(const struct catalog *catalog, const char *name, size_t length)
{
	const struct global_key *global = catalog_global_key(catalog, name,
	    length);
	const struct service *own = service_before_colon(catalog, name,
	    length);
	const struct key *key = NULL;

	if (global != NULL)
		return &global->key;
	if (own != NULL)
		key = service_key(own, name, length);
	for (unsigned i = 0; key == NULL && i < catalog->service_count; i++)
		key = service_key(&catalog->services[i], name, length);
	return key;
}

static bool
keys_cover(const struct key *const *keys, unsigned count, const char *name,
    size_t length)
{
	for (unsigned i = 0; i < count; i++) {
		const char *listed = keys[i]->name;

		if (keys[i]->template ?
		    key_name_matches(listed, name, length) :
		    name_compare(listed, strlen(listed), name, length) == 0)
			return true;
	}
	return false;
}

/*
 * The name is that claim of some provider ("token.example.com/x:sub" of
 * "${OidcProvider}:sub").  A provider is a host, and hosts have dots.
 */
static bool
is_claim(const char *template, const char *name, size_t length)
{
	const char *claim = strrchr(template, ':');
	size_t host;

	if (strncmp(template, "${", 2) != 0 || claim == NULL ||
	    strlen(claim) >= length)
		return false;
	host = length - strlen(claim);
	return memchr(name, '.', host) != NULL &&
	    name_compare(name + host, strlen(claim), claim,
	    strlen(claim)) == 0;
}

const struct global_key *
catalog_claim(const struct catalog *catalog, const char *name, size_t length)
{
	for (unsigned i = 0; i < catalog->global_count; i++)
		if (is_claim(catalog->globals[i].key.name, name, length))
			return &catalog->globals[i];
	return NULL;
}

bool
catalog_key_is_everywhere(const struct catalog *catalog, const char *name,
    size_t length)
{
	const struct global_key *key = catalog_global_key(catalog, name,
	    length);

	if (key == NULL)
		key = catalog_claim(catalog, name, length);
	return key != NULL && key->everywhere;
}

bool
target_lists_key(const struct target *target, const char *name, size_t length)
{
	const struct resource_type *type = target->type;

	return keys_cover(target->keys, target->key_count, name, length) ||
	    keys_cover(type->keys, type->key_count, name, length);
}

bool
action_lists_key(const struct action *action, const char *name, size_t length)
{
	if (keys_cover(action->keys, action->key_count, name, length))
		return true;
	for (unsigned i = 0; i < action->target_count; i++)
		if (target_lists_key(&action->targets[i], name, length))
			return true;
	return false;
}

const char *
vpc_key_name(enum vpc_key key)
{
	static const char *const names[VPC_KEY_COUNT] = {
		[VPC_KEY_ARN] = "aws:SourceVpcArn",
		[VPC_KEY_ACCOUNT] = "aws:VpceAccount",
		[VPC_KEY_ORG_ID] = "aws:VpceOrgID",
		[VPC_KEY_ORG_PATHS] = "aws:VpceOrgPaths",
	};

	return names[key];
}

bool
service_sends_vpc_key(const struct service *service, enum vpc_key key)
{
	const bool sent[VPC_KEY_COUNT] = {
		[VPC_KEY_ARN] = service->vpc_arn,
		[VPC_KEY_ACCOUNT] = service->vpce_account,
		[VPC_KEY_ORG_ID] = service->vpce_org_id,
		[VPC_KEY_ORG_PATHS] = service->vpce_org_paths,
	};

	return sent[key];
}

bool
service_lists_key(const struct service *service, const char *name,
    size_t length)
{
	for (unsigned i = 0; i < service->action_count; i++)
		if (action_lists_key(&service->actions[i], name, length))
			return true;
	return false;
}

bool
action_has_key(const struct action *action, const char *name, size_t length)
{
	return action_lists_key(action, name, length) ||
	    catalog_key_is_everywhere(action->service->catalog, name, length);
}

/* A region is one label: no dot. */
static bool
endpoint_name_matches(const char *template, const char *name, size_t length)
{
	const char *region = strstr(template, "${Region}");
	size_t before, after, rest;

	if (region == NULL)
		return name_compare(template, strlen(template), name,
		    length) == 0;
	before = (size_t)(region - template);
	after = strlen(region + strlen("${Region}"));
	if (length <= before + after)
		return false;
	rest = length - after;
	return name_compare(template, before, name, before) == 0 &&
	    memchr(name + before, '.', rest - before) == NULL &&
	    name_compare(region + strlen("${Region}"), after, name + rest,
	    after) == 0;
}

const struct endpoint_service *
catalog_endpoint(const struct catalog *catalog, const char *name,
    size_t length)
{
	for (unsigned i = 0; i < catalog->endpoint_count; i++)
		if (endpoint_name_matches(catalog->endpoints[i].name, name,
		    length))
			return &catalog->endpoints[i];
	return NULL;
}

const char *
resource_type_service(const struct resource_type *type)
{
	return type->service == 0 ? NULL : type->arn + type->service;
}

const char *
resource_type_resource(const struct resource_type *type)
{
	return type->resource == 0 ? NULL : type->arn + type->resource;
}

struct pattern
resource_type_pattern(struct arena *arena, const struct resource_type *type)
{
	char *symbols = arena_alloc(arena, strlen(type->arn) + 1);
	size_t length = 0, colons = 0;
	const char *at = type->arn;

	while (*at != '\0') {
		const char *end = *at == '*' ? at + 1 : field_end(at, at);

		if (end == NULL) {
			colons += *at == ':';
			symbols[length++] = *at++;
		} else {
			symbols[length++] = (char)(colons < 5 ?
			    PATTERN_ANY_FIELD : PATTERN_ANY);
			at = end;
		}
	}
	return pattern_of_symbols(arena, symbols, length);
}
