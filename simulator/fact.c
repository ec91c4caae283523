/* SPDX-License-Identifier: MIT */
/*
 * The words that premises are written in.  Every function here returns a
 * formula, or reads the estate; none requires anything.
 */
#include "config.h"

#include <stdarg.h>
#include <string.h>

#include "policy/arn.h"
#include "simulator/fact.h"
#include "simulator/judgement.h"

enum { SLOTS_MAX = 4 };

const char action_assuming[] = TRUST_ASSUMING " " TRUST_BESIDE;

int
fact_and(const struct supposition *call, int a, int b)
{
	return formula_and(call->formulas, a, b);
}

int
fact_or(const struct supposition *call, int a, int b)
{
	return formula_or(call->formulas, a, b);
}

int
fact_there(const struct supposition *call, size_t slot)
{
	return universe_slot(call->universe, slot)->presence;
}

int
fact_text(const struct supposition *call, size_t slot, struct word text)
{
	return universe_equal(call->universe, slot, text, false);
}

static char
symbol_of(char c)
{
	return c == '*' ? (char)PATTERN_ANY : c == '?' ? (char)PATTERN_ONE :
	    c == '~' ? (char)PATTERN_ANY_FIELD :
	    c == '#' ? (char)PATTERN_ONE_FIELD : c;
}

static struct pattern
read_form(const struct supposition *call, const char *form, size_t length)
{
	char *symbols = arena_copy(call->arena, form, length);

	for (size_t i = 0; i < length; i++)
		symbols[i] = symbol_of(symbols[i]);
	return pattern_of_symbols(call->arena, symbols, length);
}

/* Pieces of a form, with a variable for each `%'. */
struct pieces {
	struct piece	*items;
	size_t		 count;
	size_t		 variables;
};

static void
cut_form(const struct supposition *call, const char *form,
    const size_t *slots, struct pieces *pieces)
{
	pieces->items = arena_array(call->arena, 2 * SLOTS_MAX + 1,
	    sizeof(*pieces->items));
	while (*form != '\0') {
		size_t length = strcspn(form, "%");

		if (length > 0)
			pieces->items[pieces->count++].pattern =
			    read_form(call, form, length);
		form += length;
		if (*form == '\0')
			break;
		pieces->items[pieces->count++] = (struct piece){
		    .variable = true, .slot = slots[pieces->variables++] };
		form++;
	}
}

int
fact_form(const struct supposition *call, size_t slot, const char *form, ...)
{
	struct pieces pieces = { 0 };
	size_t slots[SLOTS_MAX] = { 0 };
	size_t count = 0;
	va_list more;

	va_start(more, form);
	for (const char *c = form; *c != '\0'; c++)
		if (*c == '%')
			slots[count++] = va_arg(more, size_t);
	va_end(more);
	cut_form(call, form, slots, &pieces);
	if (pieces.variables == 0)
		return universe_match(call->universe, slot,
		    &pieces.items[0].pattern);
	return universe_template(call->universe, slot, pieces.items,
	    pieces.count, false);
}

int
fact_folded(const struct supposition *call, size_t slot, const char *form)
{
	struct pattern pattern = pattern_read_folded(call->arena, form,
	    strlen(form));

	return universe_match(call->universe, slot, &pattern);
}

int
fact_has_any(const struct supposition *call, size_t slot, const char *bytes)
{
	int any = FORMULA_FALSE;

	for (; *bytes != '\0'; bytes++) {
		const char symbols[] = { (char)PATTERN_ANY, *bytes,
		    (char)PATTERN_ANY };
		struct pattern pattern = pattern_of_symbols(call->arena,
		    symbols, sizeof(symbols));

		any = fact_or(call, any, universe_match(call->universe, slot,
		    &pattern));
	}
	return any;
}

int
fact_same(const struct supposition *call, size_t slot, size_t other)
{
	return fact_form(call, slot, "%", other);
}

/* Keys. */

static struct supposed_key *
find_key(const struct supposed_keys *keys, struct word name)
{
	for (size_t i = 0; i < keys->list.count; i++)
		if (keys->list.items[i]->slots != NULL &&
		    word_equal_folded(keys->list.items[i]->name, name))
			return keys->list.items[i];
	return NULL;
}

struct supposed_key *
fact_key(const struct supposed_request *request, const char *name)
{
	const struct word wanted = word_from(name, strlen(name));
	struct supposed_key *own = find_key(request->keys, wanted);

	return own != NULL ? own : find_key(&request->call->keys, wanted);
}

int
fact_value(const struct supposition *call, const struct supposed_key *key,
    struct word value)
{
	int only = key->present;

	for (size_t i = 0; i < key->count; i++)
		only = fact_and(call, only, formula_implies(call->formulas,
		    fact_there(call, key->slots[i]),
		    fact_text(call, key->slots[i], value)));
	return only;
}

int
fact_has_value(const struct supposition *call, const struct supposed_key *key,
    struct word value)
{
	int any = FORMULA_FALSE;

	for (size_t i = 0; i < key->count; i++)
		any = fact_or(call, any, universe_equal(call->universe,
		    key->slots[i], value, true));
	return any;
}

int
fact_value_of(const struct supposition *call, const struct supposed_key *key,
    size_t slot)
{
	return fact_and(call, key->present, fact_same(call, key->slots[0],
	    slot));
}

/* Callers. */

int
fact_is_kind(const struct supposition *call, kind_set kinds)
{
	int any = FORMULA_FALSE;

	if (kinds == KINDS_ALL)
		return FORMULA_TRUE;
	for (unsigned kind = 0; KIND_SET(kind) <= kinds; kind++)
		if ((kinds & KIND_SET(kind)) != 0)
			any = fact_or(call, any, supposition_is_kind(call,
			    (enum actor_kind)kind));
	return any;
}

int
fact_is_temporary(struct supposed_request *request)
{
	static const char name[] = "aws:TokenIssueTime";

	return supposition_key(request, word_from(name, sizeof(name) - 1))->
	    present;
}

/* Accounts. */

int
fact_is_ours(const struct supposition *call, size_t slot)
{
	const struct estate *estate = call->court->estate;
	int *parts = arena_array(call->arena, estate->account_count,
	    sizeof(*parts));

	for (size_t i = 0; i < estate->account_count; i++)
		parts[i] = fact_text(call, slot, estate->accounts[i].id);
	return formula_any(call->formulas, parts, estate->account_count);
}

/* The partition that a statement names, if one does: "aws", if that is among
 * several. */
static struct word
partition_of_policy(const struct policy *policy, struct word name)
{
	for (size_t i = 0; policy != NULL && i < policy->count; i++) {
		const struct element *resource =
		    &policy->statements[i].resource;

		for (size_t j = 0; j < resource->count; j++) {
			struct word found = estate_partition_of(
			    word_of_node(resource->items[j]));

			if (name.text == NULL || word_is(found, "aws"))
				name = found;
		}
	}
	return name;
}

/* Of bare documents: of what they are about. */
static struct word
partition_of_documents(const struct supposition *call)
{
	struct charters documents = judgement_documents(call->arena,
	    call->court);
	struct word name = { NULL, 0 };

	for (size_t i = 0; i < documents.count; i++)
		name = partition_of_policy(documents.items[i]->policy, name);
	return name.text != NULL ? name : word_from("aws", 3);
}

const char *
fact_partition(const struct supposition *call)
{
	struct word name = estate_partition(call->court->estate);

	if (name.text == NULL)
		name = partition_of_documents(call);
	return arena_copy(call->arena, name.text, name.length);
}

struct word
fact_account_of(const struct estate_principal *principal)
{
	struct arn arn = arn_split(principal->arn.text,
	    principal->arn.length);

	if (arn.count < ARN_FIELD_COUNT)
		return (struct word){ NULL, 0 };
	return word_of_field(&arn, ARN_ACCOUNT);
}

/* Actions. */

int
fact_call_acts(const struct supposition *call,
    bool (*says)(const struct supposed_action *, const void *),
    const void *context)
{
	int any = FORMULA_FALSE;

	for (size_t i = 0; i < call->requests.count; i++) {
		const struct supposed_request *request =
		    call->requests.items[i];

		any = fact_or(call, any, fact_and(call, request->there,
		    supposition_acts(request, says, context)));
	}
	return any;
}

/* The word is "prefix:Name" of the action. */
static bool
is_name_of(const struct action *action, struct word word)
{
	struct word prefix = word_from(action->service->prefix,
	    strlen(action->service->prefix));
	struct word name = word_from(action->name, strlen(action->name));

	return word.length == prefix.length + 1 + name.length &&
	    word.text[prefix.length] == ':' &&
	    word_equal_folded(word_from(word.text, prefix.length), prefix) &&
	    word_equal_folded(word_behind(word, prefix.length + 1), name);
}

bool
action_is_named(const struct action *action, const char *list)
{
	while (*list != '\0') {
		size_t length = strcspn(list, " ");

		if (is_name_of(action, word_from(list, length)))
			return true;
		list += length + strspn(list + length, " ");
	}
	return false;
}

bool
action_is_among(const struct supposed_action *action, const void *list)
{
	return action->listed != NULL && action_is_named(action->listed, list);
}
