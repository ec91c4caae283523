/* SPDX-License-Identifier: MIT */
/* Mistakes in how much a name stands for. */
#include "config.h"

#include <string.h>

#include "policy/arn.h"
#include "simulator/mutation_row.h"

/* What a wildcard is narrowed to where nothing of the estate fits. */
static const char narrow[] = "narrowed*";

static void
replace(struct mutator *mutator, const struct node *node, size_t start,
    size_t end, const char *middle)
{
	mutator_replace(mutator, node, mutator_patch(mutator,
	    word_of_node(node), start, end, middle));
}

/* Actions. */

/* Another entry of the list before it is of the same service. */
static bool
is_repeated(const struct element *element, size_t index, size_t prefix)
{
	for (size_t i = 0; i < index; i++)
		if (element->items[i]->length >= prefix && strncasecmp(
		    element->items[i]->text, element->items[index]->text,
		    prefix) == 0)
			return true;
	return false;
}

/* All actions of the service; of those anyway, all actions. */
static void
widen_actions(struct mutator *mutator)
{
	const struct element *element = &mutator->statement->action;

	for (size_t i = 0; i < element->count; i++) {
		struct word text = word_of_node(element->items[i]);
		const char *colon = memchr(text.text, ':', text.length);
		size_t prefix = colon == NULL ? 0 :
		    (size_t)(colon + 1 - text.text);

		if (prefix == 0 || is_repeated(element, i, prefix))
			continue;
		if (text.length == prefix + 1 && text.text[prefix] == '*')
			prefix = 0;
		replace(mutator, element->items[i], prefix, text.length, "*");
	}
}

/* The first action that the catalogue has for it. */
static const char *
first_action(struct mutator *mutator, struct word text)
{
	const char *colon = memchr(text.text, ':', text.length);
	const struct service *service = colon == NULL ? NULL :
	    catalog_service(mutator->court->catalog, text.text,
	    (size_t)(colon - text.text));
	const struct action **found;
	struct pattern pattern;

	if (service == NULL)
		return NULL;
	found = arena_array(mutator->arena, service->action_count,
	    sizeof(*found));
	pattern = pattern_read_folded(mutator->arena, colon + 1,
	    text.length - (size_t)(colon + 1 - text.text));
	return service_match(service, &pattern, found) == 0 ? NULL :
	    arena_printf(mutator->arena, "%s:%s", service->prefix,
	    found[0]->name);
}

static void
narrow_actions(struct mutator *mutator)
{
	const struct element *element = &mutator->statement->action;

	for (size_t i = 0; i < element->count; i++) {
		struct word text = word_of_node(element->items[i]);
		const char *first = first_action(mutator, text);

		if (word_is(text, "*"))
			mutator_replace(mutator, element->items[i], "s3:*");
		else if (word_has_wildcard(text) && first != NULL)
			mutator_replace(mutator, element->items[i], first);
	}
}

/* ARNs. */

/* Where the last part of the ARN's resource begins; its end when it is a
 * wildcard already. */
static size_t
last_part(struct word text, size_t resource)
{
	size_t start = text.length;

	while (start > resource && strchr(":/", text.text[start - 1]) == NULL)
		start--;
	return text.length - start == 1 && text.text[start] == '*' ?
	    text.length : start;
}

static size_t
offset_of(const struct arn *arn, struct word text, enum arn_field field)
{
	return (size_t)(arn->field[field].text - text.text);
}

/* Fields of the head that say something, each by itself. */
static void
widen_head(struct mutator *mutator, const struct node *node,
    const struct arn *arn)
{
	static const enum arn_field fields[] = { ARN_REGION, ARN_ACCOUNT };
	struct word text = word_of_node(node);

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		size_t start = offset_of(arn, text, fields[i]);
		size_t length = arn->field[fields[i]].length;

		if (length > 0 && !arn_field_is_wild(arn, fields[i]))
			replace(mutator, node, start, start + length, "*");
	}
}

/* `role/x' to `role/' and anything; what is that, to any resource. */
static void
widen_arn(struct mutator *mutator, const struct node *node)
{
	struct word text = word_of_node(node);
	struct arn arn = arn_split(text.text, text.length);
	size_t resource, last;

	if (arn.count != ARN_FIELD_COUNT || !word_starts_with(text, "arn:"))
		return;
	resource = offset_of(&arn, text, ARN_RESOURCE);
	last = last_part(text, resource);
	replace(mutator, node, last == text.length ? resource : last,
	    text.length, "*");
	widen_head(mutator, node, &arn);
}

/* Of other texts, what stands behind the wildcard and the part before it. */
static void
widen_text(struct mutator *mutator, const struct node *node)
{
	struct word text = word_of_node(node);

	if (word_has_wildcard(text) && !word_is(text, "*"))
		mutator_replace(mutator, node, "*");
}

static void
widen_string(struct mutator *mutator, const struct node *node,
    enum mutator_place place)
{
	if (place != MUTATOR_RESOURCE && place != MUTATOR_LIKE)
		return;
	if (word_starts_with(word_of_node(node), "arn:"))
		widen_arn(mutator, node);
	else
		widen_text(mutator, node);
}

void
mutation_widen_wildcard(struct mutator *mutator)
{
	const struct element *resource = &mutator->statement->resource;

	widen_actions(mutator);
	if (resource->count > 0)
		mutator_replace(mutator, resource->items[0], "*");
	mutator_strings(mutator, widen_string);
}

/* The first resource of the estate that the entry matches. */
static const struct estate_resource *
first_resource(struct mutator *mutator, struct word text)
{
	const struct estate *estate = mutator->court->estate;
	const struct pattern pattern = arn_pattern_read(mutator->arena,
	    text.text, text.length, false);

	for (size_t i = 0; i < estate->resource_count; i++)
		if (!estate->resources[i].pattern.wild && pattern_match(
		    &pattern, estate->resources[i].arn.text,
		    estate->resources[i].arn.length))
			return &estate->resources[i];
	return NULL;
}

static void
narrow_string(struct mutator *mutator, const struct node *node,
    enum mutator_place place)
{
	struct word text = word_of_node(node);
	const char *star = memchr(text.text, '*', text.length);
	const struct estate_resource *first;

	if (star == NULL || (place != MUTATOR_RESOURCE &&
	    place != MUTATOR_LIKE))
		return;
	first = first_resource(mutator, text);
	if (first != NULL && place == MUTATOR_RESOURCE)
		mutator_replace(mutator, node, arena_copy(mutator->arena,
		    first->arn.text, first->arn.length));
	else
		replace(mutator, node, (size_t)(star - text.text),
		    (size_t)(star - text.text) + 1, narrow);
}

void
mutation_narrow_wildcard(struct mutator *mutator)
{
	narrow_actions(mutator);
	mutator_strings(mutator, narrow_string);
}

static void
widen_variables(struct mutator *mutator, const struct node *node,
    enum mutator_place place)
{
	struct word text = word_of_node(node);

	for (size_t i = 0; i + 1 < text.length; i++) {
		const char *end = memchr(text.text + i, '}',
		    text.length - i);

		if (memcmp(text.text + i, "${", 2) == 0 && end != NULL &&
		    (place == MUTATOR_RESOURCE || place == MUTATOR_LIKE))
			replace(mutator, node, i,
			    (size_t)(end + 1 - text.text), "*");
	}
}

/* Where a wildcard is one. */
void
mutation_widen_variable(struct mutator *mutator)
{
	mutator_strings(mutator, widen_variables);
}

/* Principals. */

/* A user or role to its account, that to everybody. */
static void
widen_name(struct mutator *mutator, const struct node *node)
{
	struct word text = word_of_node(node);
	struct arn arn = arn_split(text.text, text.length);

	if (arn.count == ARN_FIELD_COUNT && arn_field_is(&arn, ARN_SERVICE,
	    "iam") && !arn_field_is(&arn, ARN_RESOURCE, "root"))
		mutator_replace(mutator, node, arena_printf(mutator->arena,
		    "%.*s", (int)arn.field[ARN_ACCOUNT].length,
		    arn.field[ARN_ACCOUNT].text));
	else
		mutator_replace(mutator, node, "*");
}

void
mutation_widen_principal(struct mutator *mutator)
{
	const struct principals *principal = &mutator->statement->principal;

	for (size_t i = 0; i < principal->count; i++)
		if (principal->items[i].kind == PRINCIPAL_AWS)
			widen_name(mutator, principal->items[i].node);
	if (principal->node != NULL && !principal->negated)
		mutator_splice(mutator, principal->node->span, "\"*\"");
}
