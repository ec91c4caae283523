/* SPDX-License-Identifier: MIT */
/*
 * The requests of a supposed call: one action of several, upon what the estate
 * lists, or for each of its accounts and for all others upon what it does not.
 */
#include "config.h"

#include "simulator/likeness.h"
#include "simulator/supposition_row.h"

static size_t
count_roles(const struct estate *estate)
{
	size_t count = 0;

	for (size_t i = 0; i < estate->principal_count; i++)
		count += estate->principals[i].is_role;
	return count;
}

static const struct estate_account *
owner_of_listed(const struct estate *estate,
    const struct estate_resource *resource)
{
	struct arn arn = arn_split(resource->arn.text, resource->arn.length);
	struct word account = resource->account;

	if (resource->aws_owned)
		return NULL;
	if (account.text == NULL && arn.count == ARN_FIELD_COUNT)
		account = word_from(arn.field[ARN_ACCOUNT].text,
		    arn.field[ARN_ACCOUNT].length);
	return account.text == NULL ? NULL : estate_account(estate, account);
}

static size_t
list_sorts(const struct estate *estate, struct supposed_resource *sorts)
{
	size_t count = 0;

	for (size_t i = 0; i < estate->resource_count; i++)
		sorts[count++] = (struct supposed_resource){
		    .sort = SORT_RESOURCE, .resource = &estate->resources[i],
		    .account = owner_of_listed(estate,
		    &estate->resources[i]) };
	for (size_t i = 0; i < estate->principal_count; i++)
		if (estate->principals[i].is_role)
			sorts[count++] = (struct supposed_resource){
			    .sort = SORT_ROLE,
			    .role = &estate->principals[i],
			    .account = supposition_account(estate,
			    &estate->principals[i]) };
	for (size_t i = 0; i < estate->account_count; i++)
		sorts[count++] = (struct supposed_resource){
		    .sort = SORT_UNLISTED, .account = &estate->accounts[i] };
	sorts[count++].sort = SORT_NOTHING;
	sorts[count++].sort = SORT_AWS;
	sorts[count++].sort = SORT_FOREIGN;
	return count;
}

/* Leaves the sorts that are looked at, one at least. */
static size_t
keep_sorts(struct supposition *call, struct supposed_resource *sorts,
    size_t count)
{
	size_t kept = 0;

	if (call->focus == NULL)
		return count;
	for (size_t i = 0; i < count; i++)
		if (call->focus->may_be(&sorts[i], call->focus->context))
			sorts[kept++] = sorts[i];
	if (kept > 0)
		return kept;
	call->unsupported = "a resource of a sort that is not supposed";
	sorts[0] = (struct supposed_resource){ .sort = SORT_FOREIGN };
	return 1;
}

static void
add_sorts(struct supposed_request *request)
{
	struct supposition *call = request->call;
	const struct estate *estate = call->court->estate;
	struct supposed_resource *sorts = arena_array(call->arena,
	    estate->resource_count + count_roles(estate) +
	    estate->account_count + 3, sizeof(*sorts));

	request->sort_count = keep_sorts(call, sorts, list_sorts(estate,
	    sorts));
	request->sort = supposition_choice(call, request->part, "sort",
	    request->sort_count);
	for (size_t i = 0; i < request->sort_count; i++)
		sorts[i].bit = universe_word(call->universe, request->sort,
		    i);
	request->sorts = sorts;
}

static void
add_actions(struct supposed_request *request,
    const struct supposed_action *actions, size_t count)
{
	struct supposition *call = request->call;
	struct word *words = arena_array(call->arena, count, sizeof(*words));
	struct supposed_action *own = arena_array(call->arena, count,
	    sizeof(*own));
	const struct slot slot = { .name = supposition_name(call, request->part,
	    "action"), .type = VALUE_STRING, .presence = FORMULA_TRUE,
	    .words = words, .word_count = count };

	for (size_t i = 0; i < count; i++)
		words[i] = actions[i].name;
	request->action = universe_add(call->universe, &slot);
	for (size_t i = 0; i < count; i++) {
		own[i] = actions[i];
		own[i].bit = universe_word(call->universe, request->action,
		    i);
	}
	request->actions = own;
	request->action_count = count;
	request->bits = arena_array(call->arena, count,
	    sizeof(*request->bits));
}

static void
add_resource(struct supposed_request *request)
{
	struct supposition *call = request->call;
	struct slot slot = { .name = supposition_name(call, request->part,
	    "resource"), .type = VALUE_STRING, .presence = FORMULA_TRUE };
	const struct action **actions = arena_array(call->arena,
	    request->action_count, sizeof(*actions));

	for (size_t i = 0; i < request->action_count; i++)
		actions[i] = request->actions[i].listed;
	likeness_fit_resource(call->arena, call->court->estate, actions,
	    request->action_count, request->part, &slot);
	request->resource = universe_add(call->universe, &slot);
}

struct supposed_request *
supposition_add(struct supposition *call, const char *part, int there,
    const struct supposed_action *actions, size_t count)
{
	struct supposed_request *request = arena_alloc(call->arena,
	    sizeof(*request));

	*list_add(call->arena, &call->requests) = request;
	request->call = call;
	request->part = part;
	request->there = there;
	request->name = SLOT_NONE;
	request->keys = arena_alloc(call->arena, sizeof(*request->keys));
	add_actions(request, actions, count);
	add_sorts(request);
	add_resource(request);
	request->owner = supposition_slot(call, part, "owner", true,
	    VALUE_STRING);
	return request;
}

struct supposed_request *
supposition_add_like(const struct supposed_request *model, int there,
    const struct supposed_action *actions, size_t count)
{
	struct supposition *call = model->call;
	struct supposed_request *request = arena_alloc(call->arena,
	    sizeof(*request));

	*list_add(call->arena, &call->requests) = request;
	*request = *model;
	request->there = there;
	add_actions(request, actions, count);
	return request;
}

/* A service, a colon and a name, none of which has a wildcard in it. */
void
supposition_open_action(struct supposed_request *request,
    const struct word *preferred, size_t count)
{
	struct supposition *call = request->call;
	const struct slot slot = { .name = supposition_name(call, request->part,
	    "action"), .type = VALUE_STRING, .presence = FORMULA_TRUE,
	    .preferred = preferred, .preferred_count = count };
	const struct pattern form = pattern_read(call->arena, "?*:?*", 5);
	static const char wild[] = { '*', '?' };

	request->name = universe_add(call->universe, &slot);
	supposition_require(call, PREMISE_shape, universe_match(
	    call->universe, request->name, &form));
	for (size_t i = 0; i < sizeof(wild); i++) {
		const char symbols[] = { (char)PATTERN_ANY, wild[i],
		    (char)PATTERN_ANY };
		const struct pattern pattern = pattern_of_symbols(call->arena,
		    arena_copy(call->arena, symbols, 3), 3);

		supposition_require(call, PREMISE_shape, -universe_match(
		    call->universe, request->name, &pattern));
	}
}
