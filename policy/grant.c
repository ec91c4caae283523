/* SPDX-License-Identifier: MIT */
/*
 * Statements against actions.  A Resource entry is held against the form of
 * the catalogue's resource types: it is open when it matches a resource with
 * a name that nobody would choose.
 */
#include "config.h"

#include <string.h>

#include "policy/absence.h"
#include "policy/grant.h"

/* No pattern takes it in but one that takes in all. */
static const char improbable[] = "~";
enum { PROBE_MAX = 128 };

bool
grant_is_plain(const struct statement *statement)
{
	return statement->effect == EFFECT_ALLOW &&
	    statement_holds_outside(statement);
}

/* A lone `*', as AWS writes it. */
static bool
is_star(const struct element *element)
{
	return !element->negated && element->count == 1 &&
	    node_is(element->items[0], "*");
}

bool
grant_is_star(const struct statement *statement)
{
	return statement->effect == EFFECT_ALLOW &&
	    statement->condition_node == NULL &&
	    is_star(&statement->action) &&
	    is_star(&statement->resource);
}

bool
grant_is_everywhere(const struct statement *statement)
{
	return grant_is_plain(statement) && !statement->action.negated &&
	    resource_is_everything(statement);
}

/* The last field of a type's ARN with each ${...} filled; its length. */
static size_t
fill_template(const struct arn *template, char *probe)
{
	const char *text = template->field[ARN_RESOURCE].text;
	size_t length = template->field[ARN_RESOURCE].length, size = 0;

	for (size_t i = 0; i < length && size < PROBE_MAX; i++) {
		const char *end = text[i] != '$' ? NULL :
		    memchr(text + i, '}', length - i);

		probe[size++] = end == NULL ? text[i] : improbable[0];
		if (end != NULL)
			i = (size_t)(end - text);
	}
	return size;
}

static bool
service_fits(const struct arn *entry, const struct arn *template)
{
	const char *text = template->field[ARN_SERVICE].text;
	size_t length = template->field[ARN_SERVICE].length;

	return arn_field_is(entry, ARN_SERVICE, "*") ||
	    (entry->field[ARN_SERVICE].length == length &&
	    memcmp(entry->field[ARN_SERVICE].text, text, length) == 0);
}

/* Region and account may be named: all that is there is still all. */
static bool
entry_is_open(struct check *check, const struct node *entry,
    const struct resource_type *type)
{
	struct arn arn = arn_split(entry->text, entry->length);
	struct arn template = arn_split(type->arn, strlen(type->arn));
	struct pattern pattern;
	char probe[PROBE_MAX];

	if (node_is(entry, "*"))
		return true;
	if (arn.count != ARN_FIELD_COUNT ||
	    template.count != ARN_FIELD_COUNT ||
	    !service_fits(&arn, &template) ||
	    !arn_field_is_wild(&arn, ARN_RESOURCE))
		return false;
	pattern = pattern_read(check->subject->arena,
	    arn.field[ARN_RESOURCE].text, arn.field[ARN_RESOURCE].length);
	return pattern_match(&pattern, probe, fill_template(&template, probe));
}

static bool
type_is_open(struct check *check, const struct statement *statement,
    const struct resource_type *type)
{
	const struct element *resource = &statement->resource;

	for (size_t i = 0; i < resource->count; i++)
		if (entry_is_open(check, resource->items[i], type))
			return true;
	return false;
}

/* In all its forms. */
bool
grant_is_open_of(struct check *check, const struct statement *statement,
    const struct action *action, const char *type)
{
	bool open = false;

	for (unsigned i = 0; i < action->target_count; i++) {
		if (strcmp(action->targets[i].type->name, type) != 0)
			continue;
		open = type_is_open(check, statement, action->targets[i].type);
		if (!open)
			return false;
	}
	return open;
}

bool
grant_is_open(struct check *check, const struct statement *statement,
    const struct action *action)
{
	bool required = false, some = false;

	if (statement->resource.negated)
		return !statement->resource.partial &&
		    !resource_is_nothing(statement);
	if (resource_is_everything(statement))
		return true;
	for (unsigned i = 0; i < action->target_count; i++) {
		const struct target *target = &action->targets[i];
		bool open = grant_is_open_of(check, statement, action,
		    target->type->name);

		if (target->required && !open)
			return false;
		required |= target->required;
		some |= open;
	}
	return required || some;
}

bool
grant_is_void(struct check *check, const struct action *action,
    const struct node *entry)
{
	const struct address *address;

	if (entry_is_everything(entry))
		return false;
	if (action->target_count == 0)
		return true;
	address = check_locate(check, entry);
	for (size_t i = 0; i < address->type_count; i++)
		for (unsigned k = 0; k < action->target_count; k++)
			if (action->targets[k].type == address->types[i])
				return false;
	return address->type_count > 0;
}

bool
grant_is_vain(struct check *check, const struct statement *statement,
    const char *name)
{
	const struct element *resource = &statement->resource;
	const struct action *action;

	if (resource->negated || resource->partial ||
	    resource_is_everything(statement))
		return false;
	action = catalog_action(check->subject->catalog, name, strlen(name));
	if (action == NULL)
		return false;
	for (size_t i = 0; i < resource->count; i++)
		if (!grant_is_void(check, action, resource->items[i]))
			return false;
	return resource->count > 0;
}

bool
grant_is_denied(struct check *check, const char *action)
{
	const struct policy *policy = check->subject->policy;

	for (size_t i = 0; i < policy->count; i++) {
		const struct statement *statement = &policy->statements[i];

		if (statement->effect == EFFECT_DENY &&
		    statement_holds(statement) &&
		    resource_is_everything(statement) &&
		    statement_may_reach(check, statement, action))
			return true;
	}
	return false;
}

bool
grant_is_made(struct check *check, const char *action)
{
	const struct policy *policy = check->subject->policy;

	for (size_t i = 0; i < policy->count; i++)
		if (policy->statements[i].effect == EFFECT_ALLOW &&
		    statement_may_reach(check, &policy->statements[i], action))
			return true;
	return policy->partial;
}

char
grant_letter(const struct expansion *expansion)
{
	return expansion->any || expansion->prefix_wild ? '\0' :
	    expansion->pattern.symbols[0];
}

/* As strncmp() of the name and the entry's text before the colon. */
static int
compare_prefix(const char *name, const struct expansion *expansion)
{
	const char *prefix = expansion->pattern.symbols;
	size_t same = 0;

	while (same < expansion->prefix_length && name[same] == prefix[same])
		same++;
	return same == expansion->prefix_length ? 0 : name[same] - prefix[same];
}

bool
grant_matches(const struct expansion *expansion, const char *action)
{
	/* a cheap no: it is another service's */
	return (grant_letter(expansion) == '\0' ||
	    compare_prefix(action, expansion) == 0) &&
	    pattern_match(&expansion->pattern, action, strlen(action));
}

bool
grant_span(struct check *check, const struct statement *statement,
    const char *action, struct span *span)
{
	const struct element *element = &statement->action;

	for (size_t i = 0; i < element->count; i++) {
		if (!grant_matches(check_expand(check, element->items[i]),
		    action))
			continue;
		*span = element->items[i]->span;
		return !element->negated;
	}
	if (element->negated)
		*span = element->node->key_span;
	return element->negated && !element->partial;
}

/* The first of the names from `at' on that may be of the entry's service. */
static size_t
find_prefix(const struct expansion *expansion, const char *const *names,
    size_t count, size_t at)
{
	while (at < count) {
		size_t middle = at + (count - at) / 2;

		if (compare_prefix(names[middle], expansion) < 0)
			at = middle + 1;
		else
			count = middle;
	}
	return at;
}

size_t
grant_next(const struct expansion *expansion, const char *const *names,
    size_t count, size_t at)
{
	char letter = grant_letter(expansion);
	bool any = letter == '\0';

	/* a cheap no, for most services */
	if (!any && count > 0 &&
	    (letter < names[0][0] || letter > names[count - 1][0]))
		return count;
	if (!any)
		at = find_prefix(expansion, names, count, at);
	for (; at < count; at++) {
		if (!any && compare_prefix(names[at], expansion) != 0)
			return count;
		if (pattern_match(&expansion->pattern, names[at],
		    strlen(names[at])))
			break;
	}
	return at;
}
