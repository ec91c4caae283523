/* SPDX-License-Identifier: MIT */
/*
 * Puts a context together: what the user gives, what the rows derive, tags,
 * and the families of keys of which the rest is absent.  What a single key
 * comes to is known to the rows alone.
 */
#include "config.h"

#include <string.h>

#include "policy/list.h"
#include "simulator/call.h"
#include "simulator/derive_row.h"

/* A context while it is being filled. */
struct filling {
	struct derivation		 derivation;
	LIST(struct context_key)	 keys;
};

static const struct derive_row *const tables[] = {
	derive_principal_rows, derive_session_rows, derive_network_rows,
	derive_resource_rows, derive_call_rows,
};

static void
add_key(struct filling *filling, struct word name, enum origin origin,
    const struct derived *derived)
{
	*list_add(filling->derivation.arena, &filling->keys) =
	    (struct context_key){
		.name = name,
		.hash = key_hash(name.text, name.length),
		.origin = origin,
		.there = derived->known == KNOWN_PRESENT,
		.values = derived->values,
		.count = derived->count,
	};
}

static void
add_given(struct filling *filling)
{
	const struct situation *situation = filling->derivation.situation;

	for (size_t i = 0; i < situation->given_count; i++) {
		struct context_key *key = list_add(filling->derivation.arena,
		    &filling->keys);

		*key = situation->given[i];
		key->hash = key_hash(key->name.text, key->name.length);
	}
}

/* In a closed context, what may be there is not. */
static void
add_derived(struct filling *filling, struct word name,
    const struct derived *derived)
{
	static const struct derived none = { .known = KNOWN_ABSENT };

	switch (derived->known) {
	case KNOWN_ABSENT:
		add_key(filling, name, ORIGIN_ABSENT, &none);
		break;
	case KNOWN_VALUE:
		add_key(filling, name, ORIGIN_DERIVED, derived);
		break;
	case KNOWN_PERHAPS:
		if (filling->derivation.situation->closed)
			add_key(filling, name, ORIGIN_ABSENT, &none);
		else
			add_key(filling, name, ORIGIN_UNKNOWN, derived);
		break;
	case KNOWN_PRESENT:
		add_key(filling, name, ORIGIN_UNKNOWN, derived);
		break;
	case KNOWN_NOTHING:
		break;
	}
}

/*
 * A key that is not everybody's is there only if the action's requests carry
 * it; of an action that is not listed nobody knows.  Whatever STS is asked
 * along with a role is asked in one context, that of the call (TRUST-8).
 */
static void
fit_to_action(const struct filling *filling, const char *name,
    struct derived *derived)
{
	const struct derivation *derivation = &filling->derivation;
	const struct action *listed = derivation->request->listed;
	size_t length = strlen(name);

	if (derivation->situation->passing.assumes ||
	    (derived->known != KNOWN_VALUE && derived->known != KNOWN_PRESENT))
		return;
	if (listed != NULL) {
		if (!action_has_key(listed, name, length))
			derived->known = KNOWN_NOTHING;
	} else if (!catalog_key_is_everywhere(
	    derivation->situation->estate->catalog, name, length)) {
		derived->known = KNOWN_PERHAPS;
	}
}

/*
 * Of any request, what whoever makes it may choose is as open as it can be:
 * whether it is made with MFA, by way of a service, without TLS, and what is
 * passed along with a role.
 */
static bool
is_chosen(const struct derivation *derivation, const char *name)
{
	static const char passed[] = "aws:tagkeys sts:sourceidentity "
	    "sts:requestcontextproviders sts:durationseconds "
	    "sts:transitivetagkeys";
	static const char mfa[] = "aws:multifactorauthpresent "
	    "aws:multifactorauthage";
	static const char way[] = "aws:viaawsservice aws:calledvia "
	    "aws:calledviafirst aws:calledvialast aws:calledviaawsmcp "
	    "aws:viaawsmcpservice kms:viaservice";
	static const char call[] = "aws:securetransport "
	    "aws:requestedregion ssm:sessiondocumentaccesscheck";
	size_t length = strlen(name);
	enum actor_kind kind = derivation->request->actor.kind;

	if (word_is_among(name, length, mfa))
		return !derivation->situation->mfa &&
		    kind != ACTOR_ANONYMOUS && kind != ACTOR_SERVICE &&
		    kind != ACTOR_PROVIDER;
	if (word_is_among(name, length, way))
		return derivation->path == PATH_OPEN;
	if (word_is_among(name, length, passed))
		return derivation->situation->passing.assumes;
	return word_is_among(name, length, call);
}

/* A service that is everywhere is asked in one region, whoever asks. */
static bool
is_region_of_global(const struct derivation *derivation, const char *name,
    const struct derived *derived)
{
	const struct action *listed = derivation->request->listed;

	return derived->known == KNOWN_VALUE && listed != NULL &&
	    call_is_global(listed->service) && word_is_among(name,
	    strlen(name), "aws:requestedregion");
}

static void
relax(const struct derivation *derivation, const char *name,
    struct derived *derived)
{
	if (derivation->situation->any && derived->known != KNOWN_NOTHING &&
	    is_chosen(derivation, name) &&
	    !is_region_of_global(derivation, name, derived))
		*derived = derived_perhaps();
}

static void
add_rows(struct filling *filling, const struct derive_row *row)
{
	for (; row->name != NULL; row++) {
		struct derived derived;

		if (derivation_given(&filling->derivation, row->name) != NULL)
			continue;
		derived = row->derive(&filling->derivation);
		relax(&filling->derivation, row->name, &derived);
		fit_to_action(filling, row->name, &derived);
		add_derived(filling, word_from(row->name, strlen(row->name)),
		    &derived);
	}
}

static void
add_tag(void *context, enum family family, struct estate_tag tag)
{
	struct filling *filling = context;
	const struct derivation *derivation = &filling->derivation;
	const char *name = arena_printf(derivation->arena, "%s%.*s",
	    family_prefix(family), (int)tag.key.length, tag.key.text);
	struct derived derived;

	if (derivation_given(derivation, name) != NULL)
		return;
	derived = derived_word_if_known(derivation, tag.value);
	fit_to_action(filling, name, &derived);
	add_derived(filling, word_from(name, strlen(name)), &derived);
}

/* Claims stay with the session that they made, and go no further. */
static bool
may_have_claims(const struct derivation *derivation)
{
	enum actor_kind kind = derivation->request->actor.kind;

	return kind == ACTOR_PROVIDER || (kind == ACTOR_ROLE_SESSION &&
	    !derivation->situation->session.known);
}

/*
 * What the catalogue knows, and lists for other actions only, is absent.
 * Catalogues age: this is the one step that takes them at their word, so that
 * a condition on a key which the action never carries is not taken for one
 * that hangs on the caller.  It says nothing of an action or a key that no
 * catalogue lists, nor of calls to STS, whose parts are listed with fewer keys
 * than their common context has (TRUST-8).
 */
static family_set
close_by_catalog(const struct derivation *derivation)
{
	return derivation->request->listed == NULL ||
	    derivation->situation->passing.assumes ? 0 :
	    FAMILY_SET(FAMILY_UNCARRIED);
}

/* PRIN-16: what the context says, else what the estate does. */
static struct word
unique_id(const struct derivation *derivation)
{
	const struct estate_principal *principal =
	    derivation->situation->principal;
	struct word id = request_unique_id(derivation->request);

	if (id.text != NULL)
		return id;
	return principal == NULL || derivation_given(derivation,
	    "aws:userid") != NULL ? (struct word){ NULL, 0 } : principal->id;
}

void
derive_context(struct arena *arena, const struct situation *situation,
    struct request *request, assumption_set *rests)
{
	struct filling filling = { .derivation = {
		.arena = arena,
		.situation = situation,
		.request = request,
		.rests = rests,
	} };
	struct tag_sink sink = { &filling.derivation, add_tag, &filling };
	struct context *context = &request->context;

	derivation_find_path(&filling.derivation);
	add_given(&filling);
	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++)
		add_rows(&filling, tables[i]);
	context->closed = derive_tags(&sink);
	context->closed |= close_by_catalog(&filling.derivation);
	if (!may_have_claims(&filling.derivation))
		context->closed |= FAMILY_SET(FAMILY_CLAIM);
	context->keys = filling.keys.items;
	context->count = filling.keys.count;
	context->open = !situation->closed;
	request->actor.unique_id = unique_id(&filling.derivation);
}
