/* SPDX-License-Identifier: MIT */
/* What several rows need: answers, given keys, accounts, regions. */
#include "config.h"

#include <string.h>

#include "policy/arn.h"
#include "simulator/derive_row.h"

struct derived
derived_nothing(void)
{
	return (struct derived){ .known = KNOWN_NOTHING };
}

struct derived
derived_absent(void)
{
	return (struct derived){ .known = KNOWN_ABSENT };
}

struct derived
derived_present(void)
{
	return (struct derived){ .known = KNOWN_PRESENT };
}

struct derived
derived_perhaps(void)
{
	return (struct derived){ .known = KNOWN_PERHAPS };
}

struct derived
derived_word(const struct derivation *derivation, struct word word)
{
	struct word *value = arena_alloc(derivation->arena, sizeof(*value));

	*value = word;
	return (struct derived){ KNOWN_VALUE, value, 1 };
}

struct derived
derived_text(const struct derivation *derivation, const char *text)
{
	return derived_word(derivation, word_from(text, strlen(text)));
}

struct derived
derived_perhaps_text(const struct derivation *derivation, const char *text)
{
	struct derived derived = derived_text(derivation, text);

	derived.known = KNOWN_PERHAPS;
	return derived;
}

struct derived
derived_word_if_known(const struct derivation *derivation, struct word word)
{
	return word.text == NULL ? derived_present() :
	    derived_word(derivation, word);
}

/* The account, if it is known whether it is in an organization. */
static bool
find_organization(const struct derivation *derivation, struct word account,
    const struct estate_account **member)
{
	const struct estate *estate = derivation->situation->estate;
	const struct estate_account *found = account.text == NULL ? NULL :
	    estate_account(estate, account);

	*member = NULL;
	if (found == NULL)
		return false;
	if (estate_account_is_member(estate, found))
		*member = found;
	return true;
}

struct derived
derived_org_id(const struct derivation *derivation, struct word account)
{
	const struct estate *estate = derivation->situation->estate;
	const struct estate_account *member;

	if (!find_organization(derivation, account, &member))
		return derived_perhaps();
	return member == NULL ? derived_absent() :
	    derived_word_if_known(derivation, estate->organization.id);
}

static struct word
path_to(const struct derivation *derivation, const struct estate_unit *unit)
{
	const struct word *id = &derivation->situation->estate->organization.id;
	char *path = arena_printf(derivation->arena, "%s", "");

	for (; unit != NULL; unit = unit->parent)
		path = arena_printf(derivation->arena, "%.*s/%s",
		    (int)unit->id.length, unit->id.text, path);
	path = arena_printf(derivation->arena, "%.*s/%s", (int)id->length,
	    id->text, path);
	return word_from(path, strlen(path));
}

/* Root and units are of few levels (GRAM-41), so that the copies are short. */
struct derived
derived_org_paths(const struct derivation *derivation, struct word account)
{
	const struct estate_account *member;

	if (!find_organization(derivation, account, &member))
		return derived_perhaps();
	if (member == NULL)
		return derived_absent();
	if (derivation->situation->estate->organization.id.text == NULL ||
	    member->unit == NULL)
		return derived_present();
	for (const struct estate_unit *unit = member->unit; unit != NULL;
	    unit = unit->parent)
		if (unit->id.text == NULL)
			return derived_present();
	return derived_word(derivation, path_to(derivation, member->unit));
}

unsigned
derivation_assume(const struct derivation *derivation,
    enum assumption assumption)
{
	if (derivation->rests != NULL)
		*derivation->rests |= (assumption_set)1 << assumption;
	return derivation->situation->assumptions->choice[assumption];
}

const struct context_key *
derivation_given(const struct derivation *derivation, const char *name)
{
	const struct situation *situation = derivation->situation;
	const struct word wanted = word_from(name, strlen(name));

	for (size_t i = 0; i < situation->given_count; i++)
		if (word_equal_folded(situation->given[i].name, wanted))
			return &situation->given[i];
	return NULL;
}

bool
derivation_has(const struct derivation *derivation, const char *name)
{
	const struct context_key *key = derivation_given(derivation, name);

	return key != NULL && context_key_is_present(key);
}

struct word
derivation_given_word(const struct derivation *derivation, const char *name)
{
	const struct context_key *key = derivation_given(derivation, name);

	if (key == NULL || !context_key_is_present(key) || key->count != 1)
		return (struct word){ NULL, 0 };
	return key->values[0];
}

/* A field of the resource's ARN; absent when it is empty. */
static struct word
arn_word(const struct derivation *derivation, enum arn_field field)
{
	struct word resource = derivation->request->resource;
	struct arn arn = arn_split(resource.text, resource.length);

	if (arn.count < ARN_FIELD_COUNT || arn.field[field].length == 0)
		return (struct word){ NULL, 0 };
	return word_from(arn.field[field].text, arn.field[field].length);
}

struct word
derivation_region(const struct derivation *derivation)
{
	struct word region = arn_word(derivation, ARN_REGION);

	if (region.text == NULL || word_has_wildcard(region))
		return derivation->situation->estate->region;
	return region;
}

struct word
derivation_partition(const struct derivation *derivation)
{
	struct word partition = arn_word(derivation, ARN_PARTITION);

	if (partition.text == NULL || word_has_wildcard(partition))
		return derivation->request->actor.partition;
	return partition;
}

bool
derivation_is_for(const struct derivation *derivation, const char *list)
{
	return request_action_is_among(derivation->request, list);
}
