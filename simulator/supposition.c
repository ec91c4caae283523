/* SPDX-License-Identifier: MIT */
/*
 * Makes the slots and bits of a supposed call.  Who may call, and what may be
 * called upon, is the estate, and for each of its accounts and for all others
 * somebody of each sort that it does not list.
 */
#include "config.h"

#include <string.h>

#include "simulator/likeness.h"
#include "simulator/supposition.h"

/* Slots. */

static const char *
slot_name(const struct supposition *call, const char *part, const char *name)
{
	return arena_printf(call->arena, "%s%s%s%s", call->label,
	    part == NULL ? "" : part, part == NULL ? "" : " ", name);
}

/* Formulas: FORMULA_TRUE for a slot that always has a text. */
static size_t
add_slot(struct supposition *call, const char *part, const char *name,
    bool optional, enum value_type type)
{
	struct slot slot = {
		.name = slot_name(call, part, name),
		.type = type,
		.presence = optional ? formula_variable(call->formulas) :
		    FORMULA_TRUE,
	};

	likeness_fit(call->arena, call->court->estate, name, &slot);
	return universe_add(call->universe, &slot);
}

/* A slot that has one of so many words, which are numbers. */
static size_t
add_choice(struct supposition *call, const char *part, const char *name,
    size_t count)
{
	struct word *words = arena_array(call->arena, count, sizeof(*words));
	struct slot slot = { .name = slot_name(call, part, name),
	    .type = VALUE_STRING, .presence = FORMULA_TRUE, .words = words,
	    .word_count = count };

	for (size_t i = 0; i < count; i++) {
		const char *text = arena_printf(call->arena, "%zu", i);

		words[i] = word_from(text, strlen(text));
	}
	return universe_add(call->universe, &slot);
}

/* Whoever may call. */

struct castings {
	LIST(struct casting)	 list;
};

static void
cast(struct supposition *call, struct castings *castings,
    struct casting casting)
{
	if (call->focus == NULL || call->focus->may_call(&casting,
	    call->focus->context))
		*list_add(call->arena, &castings->list) = casting;
}

static const struct estate_account *
account_of(const struct estate *estate, const struct estate_principal *who)
{
	struct actor actor;

	return actor_read(&actor, who->arn, (struct word){ NULL, 0 }) ?
	    estate_account(estate, actor.account) : NULL;
}

static struct casting
casting_of(const struct estate *estate, const struct estate_principal *who)
{
	struct casting casting = { .principal = who };
	struct actor actor;

	/* the estate takes no principal that cannot be read */
	if (actor_read(&actor, who->arn, (struct word){ NULL, 0 })) {
		casting.kind = actor.kind;
		casting.account = estate_account(estate, actor.account);
		casting.service_linked = actor.service_linked;
	}
	casting.foreign = casting.unknown = casting.account == NULL;
	return casting;
}

static void
cast_listed(struct supposition *call, struct castings *castings)
{
	const struct estate *estate = call->court->estate;

	for (size_t i = 0; i < estate->principal_count; i++) {
		struct casting casting = casting_of(estate,
		    &estate->principals[i]);

		cast(call, castings, casting);
		if (casting.kind != ACTOR_USER)
			continue;
		casting.kind = ACTOR_FEDERATED_SESSION;
		cast(call, castings, casting);
	}
}

/* Those whom the estate does not list, of an account or of none of its. */
static void
cast_unlisted(struct supposition *call, struct castings *castings,
    const struct estate_account *account)
{
	static const enum actor_kind kinds[] = { ACTOR_USER,
	    ACTOR_ROLE_SESSION, ACTOR_FEDERATED_SESSION, ACTOR_ROOT };
	struct casting casting = { .account = account,
	    .foreign = account == NULL,
	    .unknown = account == NULL || account->open };

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		casting.kind = kinds[i];
		cast(call, castings, casting);
	}
	casting.kind = ACTOR_ROLE_SESSION;
	casting.service_linked = true;
	cast(call, castings, casting);
}

static void
cast_outsiders(struct supposition *call, struct castings *castings)
{
	static const enum actor_kind kinds[] = { ACTOR_SERVICE,
	    ACTOR_PROVIDER, ACTOR_ANONYMOUS };

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		cast(call, castings, (struct casting){ .kind = kinds[i] });
}

static void
add_castings(struct supposition *call)
{
	const struct estate *estate = call->court->estate;
	struct castings castings = { 0 };

	cast_listed(call, &castings);
	for (size_t i = 0; i < estate->account_count; i++)
		cast_unlisted(call, &castings, &estate->accounts[i]);
	cast_unlisted(call, &castings, NULL);
	cast_outsiders(call, &castings);
	if (castings.list.count == 0) {
		call->unsupported = "a caller of a kind that is not supposed";
		list_add(call->arena, &castings.list)->foreign = true;
	}
	call->caller = add_choice(call, NULL, "caller", castings.list.count);
	for (size_t i = 0; i < castings.list.count; i++)
		castings.list.items[i].bit = universe_word(call->universe,
		    call->caller, i);
	call->castings = castings.list.items;
	call->casting_count = castings.list.count;
}

/* Ways. */

static void
add_ways(struct supposition *call)
{
	const struct estate *estate = call->court->estate;
	size_t count = 0;
	struct supposed_way *ways = arena_array(call->arena,
	    estate->endpoint_count + 3, sizeof(*ways));

	for (size_t i = 0; i < estate->endpoint_count; i++)
		ways[count++] = (struct supposed_way){ .kind = WAY_ENDPOINT,
		    .endpoint = &estate->endpoints[i] };
	ways[count++].kind = WAY_INTERNET;
	ways[count++].kind = WAY_ENDPOINT;
	ways[count++].kind = WAY_SERVICE;
	call->path = add_choice(call, NULL, "way", count);
	for (size_t i = 0; i < count; i++)
		ways[i].bit = universe_word(call->universe, call->path, i);
	call->ways = ways;
	call->way_count = count;
}

struct supposition *
supposition_new(struct arena *arena, const struct court *court,
    struct universe *universe, const char *label)
{
	return supposition_new_about(arena, court, universe, label, NULL);
}

/* The choices that the universe follows itself. */
static void
choose_reading(struct universe *universe,
    const struct assumptions *assumptions)
{
	const uint8_t *choice = assumptions->choice;

	universe_read_as(universe, (struct universe_reading){
	    .years = choice[ASSUME_cond_15] != 0,
	    .mapped = choice[ASSUME_cond_20] != 0 });
}

struct supposition *
supposition_new_about(struct arena *arena, const struct court *court,
    struct universe *universe, const char *label,
    const struct supposed_focus *focus)
{
	struct supposition *call = arena_alloc(arena, sizeof(*call));

	call->arena = arena;
	call->court = court;
	call->universe = universe;
	choose_reading(universe, court->assumptions);
	call->formulas = universe_formulas(universe);
	call->label = label;
	call->focus = focus;
	call->rests = arena_alloc(arena, sizeof(*call->rests));
	for (size_t i = 0; i < PREMISE_COUNT; i++)
		call->premises[i] = FORMULA_TRUE;
	add_castings(call);
	add_ways(call);
	call->arn = add_slot(call, NULL, "principal", true, VALUE_STRING);
	call->account = add_slot(call, NULL, "account", true, VALUE_STRING);
	call->session = add_slot(call, NULL, "session", true, VALUE_STRING);
	call->issuer = add_slot(call, NULL, "issuer", true, VALUE_STRING);
	call->unique_id = add_slot(call, NULL, "unique id", true,
	    VALUE_STRING);
	call->outsider = add_slot(call, NULL, "outsider", true, VALUE_STRING);
	return call;
}

/* Requests. */

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
			    .account = account_of(estate,
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
	request->sort = add_choice(call, request->part, "sort",
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
	const struct slot slot = { .name = slot_name(call, request->part,
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
	struct slot slot = { .name = slot_name(call, request->part,
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
	request->owner = add_slot(call, part, "owner", true, VALUE_STRING);
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
	const struct slot slot = { .name = slot_name(call, request->part,
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

/* Keys. */

bool
key_is_of_resource(struct word name)
{
	static const char *const starts[] = { "aws:ResourceTag/",
	    "aws:ResourceAccount", "aws:ResourceOrgID",
	    "aws:ResourceOrgPaths", "s3:ResourceAccount" };
	static const char tag[] = "resourcetag/";
	const char *colon = memchr(name.text, ':', name.length);
	size_t at;

	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
		if (name.length >= strlen(starts[i]) && word_equal_folded(
		    word_from(name.text, strlen(starts[i])),
		    word_from(starts[i], strlen(starts[i]))))
			return true;
	if (colon == NULL)
		return false;
	at = (size_t)(colon - name.text) + 1;
	return name.length - at >= sizeof(tag) - 1 && word_equal_folded(
	    word_from(name.text + at, sizeof(tag) - 1),
	    word_from(tag, sizeof(tag) - 1));
}

static struct supposed_key *
find_key(struct supposed_request *request, struct word name)
{
	struct supposition *call = request->call;
	struct supposed_keys *keys = key_is_of_resource(name) ?
	    request->keys : &call->keys;
	uint32_t hash = key_hash(name.text, name.length);
	struct supposed_key *key;

	for (size_t i = 0; i < keys->list.count; i++)
		if (keys->list.items[i]->hash == hash && word_equal_folded(
		    keys->list.items[i]->name, name))
			return keys->list.items[i];
	key = arena_alloc(call->arena, sizeof(*key));
	key->name = name;
	key->hash = hash;
	key->multivalued = key_is_multivalued(call->court->catalog, name);
	key->everywhere = catalog_key_is_everywhere(call->court->catalog,
	    name.text, name.length);
	*list_add(call->arena, &keys->list) = key;
	return key;
}

/* What its values always read as.  What the catalogue does not know may hold
 * any text. */
static enum value_type
type_of(const struct supposition *call, struct word name)
{
	const struct key *key = catalog_key(call->court->catalog, name.text,
	    name.length);

	if (key == NULL)
		return VALUE_STRING;
	switch (key->type) {
	case VALUE_NUMBER:
	case VALUE_DATE:
	case VALUE_BOOL:
	case VALUE_IP:
		return key->type;
	case VALUE_STRING:
	case VALUE_ARN:
	case VALUE_BINARY:
	case VALUE_PRESENCE:
		break;
	}
	return VALUE_STRING;
}

static void
make_slots(struct supposed_request *request, struct supposed_key *key)
{
	struct supposition *call = request->call;
	const char *part = key_is_of_resource(key->name) ? request->part :
	    NULL;
	const char *name = arena_copy(call->arena, key->name.text,
	    key->name.length);
	size_t *slots;

	key->count = key->multivalued ? key->expected + 1 : 1;
	key->slots = slots = arena_array(call->arena, key->count,
	    sizeof(*slots));
	key->present = FORMULA_FALSE;
	for (size_t i = 0; i < key->count; i++) {
		slots[i] = add_slot(call, part, name, true,
		    type_of(call, key->name));
		key->present = formula_or(call->formulas, key->present,
		    universe_slot(call->universe, slots[i])->presence);
	}
}

struct supposed_key *
supposition_key(struct supposed_request *request, struct word name)
{
	struct supposed_key *key = find_key(request, name);

	if (key->slots == NULL)
		make_slots(request, key);
	return key;
}

void
supposition_expect(struct supposed_request *request, struct word name)
{
	find_key(request, name)->expected++;
}

/* Edits. */

static bool
is_same_edit(const struct supposed_edit *one, const struct supposed_edit *two)
{
	return one->kind == two->kind && one->charter == two->charter &&
	    one->clause == two->clause && one->test == two->test;
}

static int
edit_bit(struct supposition *call, struct supposed_edit edit)
{
	struct supposed_edits *edits = call->edits;

	for (size_t i = 0; i < edits->list.count; i++)
		if (is_same_edit(&edits->list.items[i], &edit))
			return edits->list.items[i].bit;
	edit.bit = formula_variable(call->formulas);
	*list_add(call->arena, &edits->list) = edit;
	return edit.bit;
}

int
supposition_weaken(struct supposition *call, int formula,
    struct supposed_edit edit)
{
	if (call->edits == NULL || formula == FORMULA_TRUE)
		return formula;
	return formula_or(call->formulas, formula, -edit_bit(call, edit));
}

/* Formulas. */

void
supposition_note(const struct supposition *call, enum assumption assumption)
{
	*call->rests |= (assumption_set)1 << assumption;
}

unsigned
supposition_assume(const struct supposition *call, enum assumption assumption)
{
	supposition_note(call, assumption);
	return call->court->assumptions->choice[assumption];
}

void
supposition_require(struct supposition *call, enum premise premise,
    int formula)
{
	call->premises[premise] = formula_and(call->formulas,
	    call->premises[premise], formula);
}

void
supposition_imply(struct supposition *call, enum premise premise,
    int condition, int formula)
{
	supposition_require(call, premise, formula_implies(call->formulas,
	    condition, formula));
}

int
supposition_is_kind(const struct supposition *call, enum actor_kind kind)
{
	int any = FORMULA_FALSE;

	for (size_t i = 0; i < call->casting_count; i++)
		if (call->castings[i].kind == kind)
			any = formula_or(call->formulas, any,
			    call->castings[i].bit);
	return any;
}

int
supposition_is_way(const struct supposition *call, enum way_kind kind)
{
	int any = FORMULA_FALSE;

	for (size_t i = 0; i < call->way_count; i++)
		if (call->ways[i].kind == kind)
			any = formula_or(call->formulas, any,
			    call->ways[i].bit);
	return any;
}

int
supposition_is_service_linked(const struct supposition *call)
{
	int any = FORMULA_FALSE;

	for (size_t i = 0; i < call->casting_count; i++)
		if (call->castings[i].service_linked)
			any = formula_or(call->formulas, any,
			    call->castings[i].bit);
	return any;
}

int
supposition_is_root_issued(const struct supposition *call)
{
	static const char form[] = "arn:*:iam::*:root";
	const struct pattern pattern = pattern_read(call->arena, form,
	    sizeof(form) - 1);

	return formula_and(call->formulas, supposition_is_kind(call,
	    ACTOR_FEDERATED_SESSION), universe_match(call->universe,
	    call->issuer, &pattern));
}

int
supposition_acts(const struct supposed_request *request,
    bool (*says)(const struct supposed_action *, const void *),
    const void *context)
{
	struct formulas *formulas = request->call->formulas;
	int *bits = request->bits;
	size_t count = 0;

	for (size_t i = 0; i < request->action_count; i++)
		if (says(&request->actions[i], context))
			bits[count++] = request->actions[i].bit;
	return count == request->action_count ? FORMULA_TRUE :
	    formula_any(formulas, bits, count);
}

int
supposition_text(const struct supposition *call, size_t slot,
    const char *text)
{
	return universe_equal(call->universe, slot,
	    word_from(text, strlen(text)), false);
}
