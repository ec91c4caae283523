/* SPDX-License-Identifier: MIT */
/*
 * Which organization an account is in (KEY-9): the estate knows of its own,
 * and that all others are in another one or in none.
 */
#include "config.h"

#include <string.h>

#include "simulator/premise_row.h"

static const struct estate *
estate_of(const struct premise_subject *subject)
{
	return subject->call->court->estate;
}

/* "o-a1/r-b2/ou-c3/"; absent when some id on the way is not said, or where the
 * account stands. */
static struct word
path_to(const struct premise_subject *subject,
    const struct estate_account *account)
{
	const struct word *id = &estate_of(subject)->organization.id;
	char *path = arena_printf(subject->call->arena, "%s", "");

	if (id->text == NULL || account->unit == NULL)
		return (struct word){ NULL, 0 };
	for (const struct estate_unit *unit = account->unit; unit != NULL;
	    unit = unit->parent) {
		if (unit->id.text == NULL)
			return (struct word){ NULL, 0 };
		path = arena_printf(subject->call->arena, "%.*s/%s",
		    (int)unit->id.length, unit->id.text, path);
	}
	path = arena_printf(subject->call->arena, "%.*s/%s", (int)id->length,
	    id->text, path);
	return word_from(path, strlen(path));
}

static struct word
id_of(const struct premise_subject *subject,
    const struct estate_account *account)
{
	(void)account;
	return estate_of(subject)->organization.id;
}

/* The key is there just because the account is a member, with that value. */
static void
say_of_account(const struct premise_subject *subject, int condition,
    const struct estate_account *account,
    struct word (*value_of)(const struct premise_subject *,
    const struct estate_account *))
{
	const struct supposed_key *key = subject->key;
	struct word value;

	if (!estate_account_is_member(estate_of(subject), account)) {
		premise_imply(subject, condition, -key->present);
		return;
	}
	value = value_of(subject, account);
	premise_imply(subject, condition, value.text == NULL ? key->present :
	    fact_value(subject->call, key, value));
}

/* A stranger is in none of ours: that the estate lists every member is what
 * this rests on. */
static void
say_of_stranger(const struct premise_subject *subject, int condition,
    const char *form)
{
	const struct supposed_key *key = subject->key;

	if (estate_of(subject)->organization.id.text == NULL)
		return;
	/* nor one whose id differs in case: there are no capitals in them */
	for (size_t i = 0; i < key->count; i++)
		supposition_imply(subject->call, PREMISE_estate, condition,
		    -fact_folded(subject->call, key->slots[i], form));
}

static const char *
own_id(const struct premise_subject *subject, const char *behind)
{
	const struct word *id = &estate_of(subject)->organization.id;

	return arena_printf(subject->call->arena, "%.*s%s", (int)id->length,
	    id->length == 0 ? "" : id->text, behind);
}

/* The account is one of the estate's, each in its turn, or a stranger's. */
static void
say_of_slot(const struct premise_subject *subject, int condition,
    size_t account, const char *form,
    struct word (*value_of)(const struct premise_subject *,
    const struct estate_account *))
{
	const struct estate *estate = estate_of(subject);
	const struct supposition *call = subject->call;

	for (size_t i = 0; i < estate->account_count; i++)
		say_of_account(subject, fact_and(call, condition,
		    fact_text(call, account, estate->accounts[i].id)),
		    &estate->accounts[i], value_of);
	say_of_stranger(subject, fact_and(call, condition,
	    -fact_is_ours(call, account)), form);
}

void
premise_add_org_id(const struct premise_subject *subject, int condition,
    size_t account)
{
	say_of_slot(subject, condition, account, own_id(subject, ""), id_of);
}

void
premise_add_org_paths(const struct premise_subject *subject, int condition,
    size_t account)
{
	say_of_slot(subject, condition, account, own_id(subject, "/*"),
	    path_to);
}

static void
say_of_word(const struct premise_subject *subject, int condition,
    struct word id, const char *form,
    struct word (*value_of)(const struct premise_subject *,
    const struct estate_account *))
{
	const struct estate_account *account = id.text == NULL ? NULL :
	    estate_account(estate_of(subject), id);

	if (account != NULL)
		say_of_account(subject, condition, account, value_of);
	else
		say_of_stranger(subject, condition, form);
}

void
premise_add_org_id_of(const struct premise_subject *subject, int condition,
    struct word account)
{
	say_of_word(subject, condition, account, own_id(subject, ""), id_of);
}

void
premise_add_org_paths_of(const struct premise_subject *subject,
    int condition, struct word account)
{
	say_of_word(subject, condition, account, own_id(subject, "/*"),
	    path_to);
}
