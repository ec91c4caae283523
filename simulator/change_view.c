/* SPDX-License-Identifier: MIT */
/*
 * One supposed request, seen by a court of another estate.  What that estate
 * lists and this one does not is one of those that this one does not list.
 */
#include "config.h"

#include "simulator/change_estate.h"

struct viewer {
	struct supposition	*view;
	const struct estate	*here, *there;	/* this one, and the other */
	LIST(struct casting)	 castings;
};

static const struct estate_account *
account_there(const struct viewer *viewer, const struct casting *casting)
{
	return casting->account == NULL ? NULL : estate_account(
	    viewer->there, casting->account->id);
}

static void
add_casting(struct viewer *viewer, struct casting casting, int bit)
{
	casting.bit = bit;
	*list_add(viewer->view->arena, &viewer->castings) = casting;
}

/* What tells whose the request is: the user behind a federated session. */
static size_t
slot_of(const struct viewer *viewer, enum actor_kind kind)
{
	return kind == ACTOR_FEDERATED_SESSION ? viewer->view->issuer :
	    viewer->view->arn;
}

static bool
can_be(const struct casting *casting, const struct estate_principal *who)
{
	struct actor actor;

	if (!actor_read(&actor, who->arn, (struct word){ NULL, 0 }))
		return false;
	if (casting->kind == ACTOR_FEDERATED_SESSION)
		return actor.kind == ACTOR_USER;
	return actor.kind == casting->kind &&
	    actor.service_linked == casting->service_linked;
}

/* Somebody who is not listed here may be listed there. */
static void
view_unlisted(struct viewer *viewer, const struct casting *casting)
{
	struct formulas *formulas = viewer->view->formulas;
	int rest = casting->bit;
	struct casting seen = *casting;

	seen.account = account_there(viewer, casting);
	for (size_t i = 0; i < viewer->there->principal_count; i++) {
		const struct estate_principal *who =
		    &viewer->there->principals[i];
		int is;

		if (estate_principal(viewer->here, who->arn) != NULL ||
		    !can_be(casting, who))
			continue;
		is = universe_equal(viewer->view->universe, slot_of(viewer,
		    casting->kind), who->arn, false);
		seen.principal = who;
		add_casting(viewer, seen, formula_and(formulas,
		    casting->bit, is));
		rest = formula_and(formulas, rest, -is);
	}
	seen.principal = NULL;
	add_casting(viewer, seen, rest);
}

static void
view_castings(struct viewer *viewer, const struct supposition *call)
{
	for (size_t i = 0; i < call->casting_count; i++) {
		const struct casting *casting = &call->castings[i];
		struct casting seen = *casting;

		if (casting->principal == NULL) {
			view_unlisted(viewer, casting);
			continue;
		}
		seen.principal = estate_principal(viewer->there,
		    casting->principal->arn);
		seen.account = account_there(viewer, casting);
		add_casting(viewer, seen, casting->bit);
	}
	viewer->view->castings = viewer->castings.items;
	viewer->view->casting_count = viewer->castings.count;
}

/* An endpoint that is not there is a foreign one, of which nobody knows what
 * passes. */
static void
view_ways(struct viewer *viewer, const struct supposition *call)
{
	struct supposed_way *ways = arena_array(viewer->view->arena,
	    call->way_count, sizeof(*ways));

	for (size_t i = 0; i < call->way_count; i++) {
		ways[i] = call->ways[i];
		if (ways[i].endpoint != NULL)
			ways[i].endpoint = estate_endpoint(viewer->there,
			    ways[i].endpoint->id);
	}
	viewer->view->ways = ways;
}

/* A role or a resource that is not listed there is somebody's of its
 * account. */
static struct supposed_resource
view_sort(const struct viewer *viewer, const struct supposed_resource *sort)
{
	struct supposed_resource seen = *sort;

	if (sort->account != NULL)
		seen.account = estate_account(viewer->there,
		    sort->account->id);
	if (sort->role != NULL)
		seen.role = estate_principal(viewer->there, sort->role->arn);
	if (sort->resource != NULL) {
		seen.resource = NULL;
		for (size_t i = 0; i < viewer->there->resource_count; i++)
			if (word_equal(viewer->there->resources[i].arn,
			    sort->resource->arn))
				seen.resource = &viewer->there->resources[i];
	}
	if ((sort->role != NULL && seen.role == NULL) ||
	    (sort->resource != NULL && seen.resource == NULL))
		seen.sort = seen.account == NULL ? SORT_FOREIGN :
		    SORT_UNLISTED;
	return seen;
}

/* Roles that are listed there only are among those of their account here. */
static void
view_sorts(struct viewer *viewer, struct supposed_request *request)
{
	struct formulas *formulas = viewer->view->formulas;
	LIST(struct supposed_resource) sorts = { .count = 0 };

	for (size_t i = 0; i < request->sort_count; i++) {
		struct supposed_resource seen = view_sort(viewer,
		    &request->sorts[i]);

		for (size_t j = 0; seen.sort == SORT_UNLISTED &&
		    j < viewer->there->principal_count; j++) {
			const struct estate_principal *role =
			    &viewer->there->principals[j];
			struct supposed_resource other = seen;
			int is;

			if (!role->is_role || estate_principal(viewer->here,
			    role->arn) != NULL)
				continue;
			is = universe_equal(viewer->view->universe,
			    request->resource, role->arn, false);
			other.sort = SORT_ROLE;
			other.role = role;
			other.bit = formula_and(formulas, seen.bit, is);
			seen.bit = formula_and(formulas, seen.bit, -is);
			*list_add(viewer->view->arena, &sorts) = other;
		}
		*list_add(viewer->view->arena, &sorts) = seen;
	}
	request->sorts = sorts.items;
	request->sort_count = sorts.count;
}

struct supposed_request *
change_view(struct supposed_request *request, const struct court *other,
    struct supposition *view)
{
	const struct supposition *call = request->call;
	struct supposed_request *seen = arena_alloc(call->arena,
	    sizeof(*seen));
	struct viewer viewer = { .view = view, .here = call->court->estate,
	    .there = other->estate };

	*view = *call;
	view->court = other;
	for (size_t i = 0; i < PREMISE_COUNT; i++)
		view->premises[i] = FORMULA_TRUE;
	view_castings(&viewer, call);
	view_ways(&viewer, call);
	*seen = *request;
	seen->call = view;
	view_sorts(&viewer, seen);
	return seen;
}
