/* SPDX-License-Identifier: MIT */
/* Principal and NotPrincipal: actor.c over a supposed caller. */
#include "config.h"

#include <string.h>

#include "simulator/encode.h"
#include "simulator/reservation.h"

/* Kinds of callers. */

static int
is_kind(struct supposition *call, enum actor_kind kind)
{
	return supposition_is_kind(call, kind);
}

/* Users, sessions and root users: whoever has an account. */
static int
has_account(struct supposition *call)
{
	const int parts[] = { is_kind(call, ACTOR_USER),
	    is_kind(call, ACTOR_ROLE_SESSION),
	    is_kind(call, ACTOR_FEDERATED_SESSION),
	    is_kind(call, ACTOR_ROOT) };

	return formula_any(call->formulas, parts,
	    sizeof(parts) / sizeof(parts[0]));
}

static int
equals(struct supposition *call, size_t slot, struct word text)
{
	return universe_equal(call->universe, slot, text, false);
}

/* PRIN-4 */
static int
is_of_account(struct supposition *call, struct word account)
{
	return formula_and(call->formulas, has_account(call),
	    equals(call, call->account, account));
}

/* PRIN-4, written as an ARN: that says the partition, too. */
static int
is_of_root(struct supposition *call, const struct actor *root)
{
	const char *text = arena_printf(call->arena, "arn:%.*s:*",
	    (int)root->partition.length, root->partition.text);
	const struct pattern pattern = pattern_read(call->arena, text,
	    strlen(text));

	return formula_and(call->formulas, is_of_account(call,
	    root->account), universe_match(call->universe, call->arn,
	    &pattern));
}

/* PRIN-16: AIDA... is the user itself, AROA... the role of a session. */
static int
encode_unique_id(struct supposition *call, struct word entry,
    enum match_class class)
{
	bool role = word_starts_with(entry, "AROA");

	if (class != (role ? MATCH_ISSUER : MATCH_DIRECT))
		return FORMULA_FALSE;
	return formula_and(call->formulas, has_account(call),
	    equals(call, call->unique_id, entry));
}

static bool
is_unique_id(struct word entry)
{
	return entry.length > 4 && (word_starts_with(entry, "AIDA") ||
	    word_starts_with(entry, "AROA"));
}

/* An ARN of a session: its role may have any path (PRIN-8). */
static int
is_session(struct supposition *call, const struct actor *named)
{
	struct arena *arena = call->arena;
	const char *plain = arena_printf(arena,
	    "arn:%.*s:iam::%.*s:role/%.*s", (int)named->partition.length,
	    named->partition.text, (int)named->account.length,
	    named->account.text, (int)named->name.length, named->name.text);
	const char *pathed = arena_printf(arena,
	    "arn:%.*s:iam::%.*s:role/*/%.*s", (int)named->partition.length,
	    named->partition.text, (int)named->account.length,
	    named->account.text, (int)named->name.length, named->name.text);
	const struct pattern pattern = pattern_read(arena, pathed,
	    strlen(pathed));
	int role = formula_or(call->formulas,
	    supposition_text(call, call->arn, plain),
	    universe_match(call->universe, call->arn, &pattern));

	return formula_and(call->formulas, role, equals(call, call->session,
	    named->session));
}

static int
encode_role_entry(struct supposition *call, const struct actor *named,
    struct word entry, enum match_class class)
{
	int role = is_kind(call, ACTOR_ROLE_SESSION);

	if (named->session.text == NULL)
		return class != MATCH_ISSUER ? FORMULA_FALSE :
		    formula_and(call->formulas, role,
		    equals(call, call->arn, entry));
	return class != MATCH_DIRECT ? FORMULA_FALSE :
	    formula_and(call->formulas, role, is_session(call, named));
}

static int
encode_user_entry(struct supposition *call, struct word entry,
    enum match_class class)
{
	if (class == MATCH_DIRECT)
		return formula_and(call->formulas,
		    is_kind(call, ACTOR_USER),
		    equals(call, call->arn, entry));
	if (class == MATCH_ISSUER)
		return formula_and(call->formulas,
		    is_kind(call, ACTOR_FEDERATED_SESSION),
		    equals(call, call->issuer, entry));
	return FORMULA_FALSE;
}

/* PRIN-6 to PRIN-11 */
static int
encode_arn(struct supposition *call, struct word entry,
    enum match_class class)
{
	struct actor named;

	if (!actor_read(&named, entry, (struct word){ NULL, 0 }))
		return FORMULA_FALSE;
	switch (named.kind) {
	case ACTOR_ROOT:
		return class == MATCH_ACCOUNT ? is_of_root(call, &named) :
		    FORMULA_FALSE;
	case ACTOR_USER:
		return encode_user_entry(call, entry, class);
	case ACTOR_ROLE_SESSION:
		return encode_role_entry(call, &named, entry, class);
	case ACTOR_FEDERATED_SESSION:
		return class != MATCH_DIRECT ? FORMULA_FALSE :
		    formula_and(call->formulas,
		    is_kind(call, ACTOR_FEDERATED_SESSION),
		    equals(call, call->arn, entry));
	case ACTOR_ANONYMOUS:
	case ACTOR_SERVICE:
	case ACTOR_PROVIDER:
		break;
	}
	return FORMULA_FALSE;
}

/* PRIN-3: {"AWS": "*"}. */
static int
encode_every_aws(struct supposition *call)
{
	int out = is_kind(call, ACTOR_PROVIDER);

	if (supposition_assume(call, ASSUME_prin_3) != 0)
		out = formula_or(call->formulas, out,
		    is_kind(call, ACTOR_SERVICE));
	return -out;
}

static int
encode_aws(struct supposition *call, struct word entry,
    enum match_class class)
{
	if (word_is(entry, "*"))
		return class == MATCH_ANY ? encode_every_aws(call) :
		    FORMULA_FALSE;
	if (word_has_wildcard(entry))
		return FORMULA_FALSE;
	if (account_id_is_valid(entry.text, entry.length))
		return class == MATCH_ACCOUNT ? is_of_account(call, entry) :
		    FORMULA_FALSE;
	if (is_unique_id(entry))
		return encode_unique_id(call, entry, class);
	return encode_arn(call, entry, class);
}

static int
encode_outsider(struct supposition *call, enum actor_kind kind,
    struct word entry, enum match_class class)
{
	return class != MATCH_DIRECT ? FORMULA_FALSE :
	    formula_and(call->formulas, is_kind(call, kind),
	    equals(call, call->outsider, entry));
}

/* Somebody with an account, of whom the estate knows nothing. */
static int
is_foreign(struct supposition *call)
{
	int any = FORMULA_FALSE;

	for (size_t i = 0; i < call->casting_count; i++)
		if (call->castings[i].foreign)
			any = formula_or(call->formulas, any,
			    call->castings[i].bit);
	return formula_and(call->formulas, any, has_account(call));
}

/*
 * PRIN-14: whom it names is not known.  A canonical user id is that of an
 * account or of an origin access identity; the latter is like somebody of a
 * foreign account whom the entry names, whatever else he is.
 */
static int
encode_obscure(struct supposition *call, const struct principal *entry,
    enum match_class class)
{
	struct word text = word_of_node(entry->node);
	bool origin = entry->kind == PRINCIPAL_AWS;
	int bit = reservation_make(call, text, arena_printf(call->arena,
	    "nobody here knows whom `%.*s` names", (int)text.length,
	    text.text));

	if (class == MATCH_DIRECT)
		return formula_and(call->formulas, bit, is_foreign(call));
	return class != MATCH_ACCOUNT || origin ? FORMULA_FALSE :
	    formula_and(call->formulas, bit, has_account(call));
}

int
encode_principal(struct supposition *call, const struct principal *entry,
    enum match_class class)
{
	struct word text = word_of_node(entry->node);

	if (actor_is_obscure(entry))
		return encode_obscure(call, entry, class);
	switch (entry->kind) {
	case PRINCIPAL_EVERYONE:
		return class == MATCH_ANY ? FORMULA_TRUE : FORMULA_FALSE;
	case PRINCIPAL_AWS:
		return encode_aws(call, text, class);
	case PRINCIPAL_SERVICE:
		return encode_outsider(call, ACTOR_SERVICE, text, class);
	case PRINCIPAL_FEDERATED:
		return encode_outsider(call, ACTOR_PROVIDER, text, class);
	case PRINCIPAL_CANONICAL_USER:
		break;
	}
	return FORMULA_FALSE;
}

int
encode_denied(struct supposition *call, const struct principal *entry,
    enum match_class class)
{
	struct word text = word_of_node(entry->node);
	const char *spared;

	if (!actor_is_obscure(entry) || call->reserved == NULL)
		return encode_principal(call, entry, class);
	if (class != MATCH_DIRECT)
		return FORMULA_FALSE;
	spared = arena_printf(call->arena, "all but %.*s", (int)text.length,
	    text.text);
	return formula_and(call->formulas, -reservation_make(call,
	    word_from(spared, strlen(spared)), arena_printf(call->arena,
	    "nobody here knows whom `%.*s` names", (int)text.length,
	    text.text)), has_account(call));
}

/* NotPrincipal. */

/* Some entry lists the caller in that class. */
static int
is_listed(struct supposition *call, const struct principals *list,
    enum match_class class)
{
	int any = FORMULA_FALSE;

	for (size_t i = 0; i < list->count; i++)
		any = formula_or(call->formulas, any,
		    encode_principal(call, &list->items[i], class));
	return any;
}

/* Whoever it is that nobody here knows is listed as a whole. */
static int
is_obscure(struct supposition *call, const struct principals *list)
{
	int any = FORMULA_FALSE;

	for (size_t i = 0; i < list->count; i++)
		if (actor_is_obscure(&list->items[i]))
			any = formula_or(call->formulas, any, formula_or(
			    call->formulas, encode_principal(call,
			    &list->items[i], MATCH_ACCOUNT),
			    encode_principal(call, &list->items[i],
			    MATCH_DIRECT)));
	return any;
}

/* The facets of PRIN-20 by kind of caller, each by the class of its entry. */
static const struct {
	enum actor_kind	 kind;
	match_set	 facets;
} facets[] = {
	{ ACTOR_USER, MATCH_SET(MATCH_ACCOUNT) | MATCH_SET(MATCH_DIRECT) },
	{ ACTOR_ROLE_SESSION, MATCH_SET(MATCH_ACCOUNT) |
	    MATCH_SET(MATCH_ISSUER) | MATCH_SET(MATCH_DIRECT) },
	{ ACTOR_FEDERATED_SESSION, MATCH_SET(MATCH_ACCOUNT) |
	    MATCH_SET(MATCH_ISSUER) | MATCH_SET(MATCH_DIRECT) },
	{ ACTOR_ROOT, MATCH_SET(MATCH_ACCOUNT) },
	{ ACTOR_SERVICE, MATCH_SET(MATCH_DIRECT) },
	{ ACTOR_PROVIDER, MATCH_SET(MATCH_DIRECT) },
};

/* All facets of that kind of caller are listed; a root user who has issued a
 * session is listed with the account. */
static int
is_listed_whole(struct supposition *call, const struct principals *list,
    enum actor_kind kind, match_set wanted)
{
	int all = is_kind(call, kind);

	for (enum match_class class = MATCH_ACCOUNT; class < MATCH_ANY;
	    class++) {
		int listed;

		if ((wanted & MATCH_SET(class)) == 0)
			continue;
		listed = is_listed(call, list, class);
		if (class == MATCH_ISSUER)
			listed = formula_or(call->formulas, listed,
			    supposition_is_root_issued(call));
		all = formula_and(call->formulas, all, listed);
	}
	return all;
}

int
encode_exemption(struct supposition *call, const struct principals *list)
{
	int exempted = formula_or(call->formulas, is_listed(call, list,
	    MATCH_ANY), is_obscure(call, list));

	if ((supposition_assume(call, ASSUME_prin_20) != 0 ||
	    supposition_assume(call, ASSUME_prin_21) != 0) &&
	    call->unsupported == NULL)
		call->unsupported = "the prover wants all facets of a caller "
		    "listed (prin-20, prin-21)";
	for (size_t i = 0; i < sizeof(facets) / sizeof(facets[0]); i++)
		exempted = formula_or(call->formulas, exempted,
		    is_listed_whole(call, list, facets[i].kind,
		    facets[i].facets));
	return exempted;
}
