/* SPDX-License-Identifier: MIT */
/* Which requests a call is made of. */
#include "config.h"

#include <string.h>

#include "policy/template.h"
#include "simulator/call.h"
#include "simulator/passing.h"
#include "simulator/petition.h"

struct drafter {
	struct petition		 sample;	/* all but part, action and
						 * resource */
	struct passing		 passing;
	LIST(struct petition)	 list;
};

static void
draft(struct drafter *drafter, const char *part, struct word action,
    const struct resource_party *resource)
{
	struct petition *petition = list_add(drafter->sample.arena,
	    &drafter->list);

	*petition = drafter->sample;
	petition->part = part;
	petition->action = action;
	petition->resource = resource;
}

static bool
same_name(const struct call_part *one, const struct call_part *other)
{
	return strcmp(one->name, other->name) == 0;
}

/* A resource of the call can be what that part is about. */
static bool
fits(const struct call_part *part, struct word resource)
{
	struct arn arn = arn_split(resource.text, resource.length);

	if (part->type_count == 0 || word_is(resource, "*"))
		return part->type_count == 0 && word_is(resource, "*");
	for (unsigned i = 0; i < part->type_count; i++)
		if (template_fits(part->types[i], &arn))
			return true;
	return false;
}

/*
 * The part that a resource is named for: the first that it fits and that no
 * resource before it has taken (the source of a copy stands before its
 * destination), else the first that it fits.
 */
static const struct call_part *
find_part(const struct call *call, struct word resource, const bool *taken)
{
	const struct call_part *found = NULL;

	for (unsigned i = 0; i < call->part_count; i++) {
		const struct call_part *part = &call->parts[i];

		if (!fits(part, resource))
			continue;
		if (!taken[i])
			return part;
		if (found == NULL)
			found = part;
	}
	return found;
}

static struct word
action_word(struct arena *arena, const struct action *action)
{
	char *text = arena_printf(arena, "%s:%s", action->service->prefix,
	    action->name);

	return word_from(text, strlen(text));
}

/* Everything that a call asks of one resource: the parts of one name. */
static void
draft_parts(struct drafter *drafter, const struct call_part *found,
    const struct resource_party *resource, bool *taken)
{
	const struct call *call = drafter->sample.call->call;

	for (unsigned i = 0; i < call->part_count; i++) {
		const struct call_part *part = &call->parts[i];

		if (!same_name(part, found))
			continue;
		taken[i] = true;
		if (passing_asks(&drafter->passing, drafter->sample.question,
		    part->when))
			draft(drafter, part->name, action_word(
			    drafter->sample.arena, part->action), resource);
	}
}

/* The parts that the call cannot be without, and that nothing was named for. */
static const char *
list_missing(struct arena *arena, const struct call *call, const bool *taken)
{
	const char *missing = NULL;

	for (unsigned i = 0; i < call->part_count; i++) {
		const struct call_part *part = &call->parts[i];

		if (taken[i] || part->when != CALL_ALWAYS ||
		    part->type_count == 0 ||
		    (i > 0 && same_name(part, part - 1)))
			continue;
		missing = missing == NULL ? part->name :
		    arena_printf(arena, "%s, %s", missing, part->name);
	}
	return missing;
}

/*
 * S3 tells a bucket from what is in it by a slash.  One in the place of the
 * other is no resource of the call, nor of a type that the catalogue lacks.
 */
static bool
is_misplaced(const struct action *action, struct word resource)
{
	struct arn arn = arn_split(resource.text, resource.length);

	if (strcmp(action->service->prefix, "s3") != 0 ||
	    arn.count < ARN_FIELD_COUNT ||
	    !arn_field_is(&arn, ARN_SERVICE, "s3") ||
	    arn.field[ARN_REGION].length > 0 ||
	    arn.field[ARN_ACCOUNT].length > 0)
		return false;
	for (unsigned i = 0; i < action->target_count; i++)
		if (template_fits(action->targets[i].type, &arn))
			return false;
	return true;
}

static const struct action *
listed_action(const struct drafter *drafter)
{
	const struct summoned_call *call = drafter->sample.call;

	return catalog_action(drafter->sample.court->catalog,
	    call->action.text, call->action.length);
}

/* Of a call of several parts, a resource that fits none. */
static bool
is_stray(const struct drafter *drafter, struct word resource)
{
	const struct action *action = listed_action(drafter);

	return drafter->sample.call->call != NULL ||
	    word_is(resource, "*") || (action != NULL &&
	    action->target_count > 0 && is_misplaced(action, resource));
}

/*
 * What an action was asked without, that is on some resource.  Of lists, one
 * can be asked for on nothing (RES-9).
 */
static const char *
missing_resource(const struct drafter *drafter)
{
	const struct action *action = listed_action(drafter);
	bool bare = false, stray = false;

	for (size_t i = 0; i < drafter->list.count; i++) {
		const struct petition *petition = &drafter->list.items[i];

		stray |= petition->stray;
		bare |= word_is(petition->resource->arn, "*");
	}
	if (action == NULL || action->target_count == 0 || !stray)
		return NULL;
	for (unsigned i = 0; i < action->target_count; i++)
		if (action->targets[i].required)
			return action->targets[i].type->name;
	return bare && action->level == LEVEL_LIST ? NULL :
	    action->targets[action->target_count - 1].type->name;
}

static void
draft_partless(struct drafter *drafter, const struct resource_party *resource)
{
	bool stray = is_stray(drafter, resource->arn);

	draft(drafter, NULL, drafter->sample.call->action, resource);
	drafter->list.items[drafter->list.count - 1].stray = stray;
}

static const char *
draft_call(struct drafter *drafter)
{
	const struct summoned_call *call = drafter->sample.call;
	bool *taken = call->call == NULL ? NULL : arena_array(
	    drafter->sample.arena, call->call->part_count, sizeof(*taken));

	for (size_t i = 0; i < call->count; i++) {
		const struct resource_party *resource = &call->resources[i];
		const struct call_part *part = call->call == NULL ? NULL :
		    find_part(call->call, resource->arn, taken);

		if (part != NULL)
			draft_parts(drafter, part, resource, taken);
		else
			draft_partless(drafter, resource);
	}
	return call->call == NULL ? missing_resource(drafter) :
	    list_missing(drafter->sample.arena, call->call, taken);
}

struct petitions
petition_list(struct arena *arena, const struct court *court,
    const struct question *question, const struct summoned_call *call,
    const struct caller_party *caller, bool mfa)
{
	struct drafter drafter = { .sample = { .arena = arena,
	    .court = court, .question = question, .call = call,
	    .caller = caller, .mfa = mfa, .way = call->way } };
	struct petitions petitions = { .refused = call->unreachable };

	if (call->makes_session)
		drafter.passing = passing_find(arena, question, caller);
	if (petitions.refused == NULL)
		petitions.refused = passing_refusal(&drafter.passing,
		    &caller->session);
	petitions.missing = draft_call(&drafter);
	petitions.items = drafter.list.items;
	petitions.count = drafter.list.count;
	return petitions;
}
