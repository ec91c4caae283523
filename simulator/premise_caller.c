/* SPDX-License-Identifier: MIT */
/*
 * The keys that say who calls (KEY-1, KEY-2, KEY-5, KEY-9, KEY-12).  What
 * signs the call is premise_session.c's.
 */
#include "config.h"

#include <string.h>

#include "simulator/encode.h"
#include "simulator/passing.h"
#include "simulator/premise_row.h"

enum {
	USER = KIND_SET(ACTOR_USER),
	ROLE = KIND_SET(ACTOR_ROLE_SESSION),
	FEDERATED = KIND_SET(ACTOR_FEDERATED_SESSION),
	ROOT = KIND_SET(ACTOR_ROOT),
	SERVICE = KIND_SET(ACTOR_SERVICE),
	PROVIDER = KIND_SET(ACTOR_PROVIDER),
	ANONYMOUS = KIND_SET(ACTOR_ANONYMOUS),
	SIGNED = USER | ROLE | FEDERATED | ROOT
};

static struct word
text_word(const char *text)
{
	return word_from(text, strlen(text));
}

/* While it is there: a word where the casting tells it, else whatever is in
 * the slot. */
static void
add_by_casting(const struct premise_subject *subject,
    struct word (*known)(const struct supposition *, const struct casting *),
    size_t slot)
{
	const struct supposition *call = subject->call;
	const struct supposed_key *key = subject->key;
	int others = FORMULA_FALSE;

	for (size_t i = 0; i < call->casting_count; i++) {
		const struct casting *casting = &call->castings[i];
		struct word word;

		if ((KIND_SET(casting->kind) & SIGNED) == 0)
			continue;
		word = known(call, casting);
		if (word.text == NULL)
			others = fact_or(call, others, casting->bit);
		else
			premise_imply(subject, fact_and(call, casting->bit,
			    key->present), fact_value(call, key, word));
	}
	premise_imply(subject, fact_and(call, others, key->present),
	    fact_value_of(call, key, slot));
}

/* What AWS leaves open of services and providers: none have the key, or
 * nobody knows what it says. */
static void
add_open(const struct premise_subject *subject, kind_set kinds,
    enum assumption assumption)
{
	if (supposition_assume(subject->call, assumption) == 0)
		premise_imply(subject, fact_is_kind(subject->call, kinds),
		    -subject->key->present);
}

static void
add_principal_arn(const struct premise_subject *subject)
{
	add_by_casting(subject, premise_arn_of, subject->call->arn);
	add_open(subject, SERVICE, ASSUME_key_1);
}

static struct word
known_account(const struct supposition *call, const struct casting *casting)
{
	(void)call;
	return premise_account_of(casting);
}

static void
say_if(const struct premise_subject *subject, kind_set kinds,
    const char *text)
{
	premise_imply(subject, fact_and(subject->call, subject->key->present,
	    fact_is_kind(subject->call, kinds)), fact_value(subject->call,
	    subject->key, text_word(text)));
}

static void
add_principal_account(const struct premise_subject *subject)
{
	add_by_casting(subject, known_account, subject->call->account);
	say_if(subject, ANONYMOUS, "anonymous");
	add_open(subject, SERVICE, ASSUME_key_1);
}

/* Both keys of an organization are there, or none (EVAL-37). */
static void
add_pair(const struct premise_subject *subject, const char *other)
{
	const struct supposed_key *key = fact_key(subject->request, other);

	if (key != NULL)
		premise_equate(subject, subject->key->present, key->present);
}

static void
add_principal_org_id(const struct premise_subject *subject)
{
	premise_add_org_id(subject, fact_is_kind(subject->call, SIGNED),
	    subject->call->account);
	add_pair(subject, "aws:PrincipalOrgPaths");
}

static void
add_principal_org_paths(const struct premise_subject *subject)
{
	premise_add_org_paths(subject, fact_is_kind(subject->call, SIGNED),
	    subject->call->account);
}

/* IAM Roles Anywhere has what a certificate says as tags already when it asks
 * for the role; no other service has any. */
static void
add_tag_of_service(const struct premise_subject *subject)
{
	const struct supposition *call = subject->call;
	int tagged = fact_and(call, subject->key->present,
	    fact_is_kind(call, SERVICE));

	premise_imply(subject, tagged, fact_text(call, call->outsider,
	    text_word("rolesanywhere.amazonaws.com")));
	premise_imply(subject, tagged, supposition_acts(subject->request,
	    action_is_among, action_assuming));
}

/* TRUST-10: what is passed to a session overrides its role's tags, and takes
 * none away. */
static void
add_role_tag(const struct premise_subject *subject,
    const struct casting *casting, struct word value)
{
	struct supposition *call = subject->call;
	const struct supposed_key *key = subject->key;
	const struct charter *trust = subject->reading.trusting ? NULL :
	    passing_trust(call->arena, call->court, casting->principal);
	int barred = trust == NULL ? FORMULA_FALSE :
	    -encode_tagging(subject->request, trust);

	if (value.text != NULL)
		premise_imply(subject, casting->bit, key->present);
	supposition_imply(call, PREMISE_tagging, fact_and(call, casting->bit,
	    barred), value.text == NULL ? -key->present :
	    fact_value(call, key, value));
}

static void
add_principal_tag(const struct premise_subject *subject)
{
	const struct supposition *call = subject->call;
	const struct supposed_key *key = subject->key;
	struct word tag = premise_tag(subject);

	add_open(subject, PROVIDER, ASSUME_key_12);
	add_tag_of_service(subject);
	for (size_t i = 0; i < call->casting_count && tag.text != NULL; i++) {
		const struct casting *casting = &call->castings[i];
		struct word value;

		if (casting->principal == NULL ||
		    casting->kind == ACTOR_FEDERATED_SESSION)
			continue;
		value = premise_find_tag(&casting->principal->tags, tag);
		if (casting->kind == ACTOR_USER)
			premise_imply(subject, casting->bit,
			    value.text == NULL ? -key->present :
			    fact_value(call, key, value));
		else
			add_role_tag(subject, casting, value);
	}
}

static void
add_is_service(const struct premise_subject *subject)
{
	say_if(subject, SERVICE, "true");
	say_if(subject, SIGNED, "false");
}

/* The list has all names of the service, and so this one. */
static void
add_service_name(const struct premise_subject *subject)
{
	const struct supposition *call = subject->call;
	const struct supposed_key *all = fact_key(subject->request,
	    "aws:PrincipalServiceNamesList");
	int among = FORMULA_FALSE;

	premise_imply(subject, subject->key->present,
	    fact_same(call, subject->key->slots[0], call->outsider));
	if (all == NULL || supposition_room(call, all, subject->key) ==
	    SLOT_NONE)
		return;
	for (size_t i = 0; i < all->count; i++)
		among = fact_or(call, among, fact_same(call, all->slots[i],
		    call->outsider));
	premise_imply(subject, subject->key->present, among);
}

static void
add_type(const struct premise_subject *subject)
{
	say_if(subject, ANONYMOUS, "Anonymous");
	say_if(subject, USER, "User");
	say_if(subject, ROLE, "AssumedRole");
	say_if(subject, FEDERATED, "FederatedUser");
	say_if(subject, ROOT, "Account");
	add_open(subject, SERVICE, ASSUME_key_1);
	add_open(subject, PROVIDER, ASSUME_key_12);
}

/* "AROA...:session", with the id where the estate has it. */
static void
add_userids_of_roles(const struct premise_subject *subject)
{
	const struct supposition *call = subject->call;
	size_t slot = subject->key->slots[0];
	int others = fact_is_kind(call, ROLE);

	for (size_t i = 0; i < call->casting_count; i++) {
		const struct casting *casting = &call->castings[i];
		const struct estate_principal *principal = casting->principal;

		if (casting->kind != ACTOR_ROLE_SESSION || principal == NULL ||
		    principal->id.text == NULL)
			continue;
		others = fact_and(call, others, -casting->bit);
		premise_imply(subject, casting->bit, fact_form(call, slot,
		    arena_printf(call->arena, "%.*s:%%",
		    (int)principal->id.length, principal->id.text),
		    call->session));
	}
	premise_imply(subject, others, fact_form(call, slot, "%:%",
	    call->unique_id, call->session));
}

/* The id where the estate has it, so that no text hangs on another. */
static void
add_userids_of_users(const struct premise_subject *subject)
{
	const struct supposition *call = subject->call;
	size_t slot = subject->key->slots[0];
	int others = fact_is_kind(call, USER);

	for (size_t i = 0; i < call->casting_count; i++) {
		const struct casting *casting = &call->castings[i];

		if (casting->kind != ACTOR_USER ||
		    casting->principal == NULL ||
		    casting->principal->id.text == NULL)
			continue;
		others = fact_and(call, others, -casting->bit);
		premise_imply(subject, casting->bit, fact_text(call, slot,
		    casting->principal->id));
	}
	premise_imply(subject, others, fact_same(call, slot,
	    call->unique_id));
}

static void
add_userid(const struct premise_subject *subject)
{
	const struct supposition *call = subject->call;
	size_t slot = subject->key->slots[0];

	say_if(subject, ANONYMOUS, "anonymous");
	add_userids_of_users(subject);
	add_userids_of_roles(subject);
	premise_imply(subject, fact_is_kind(call, FEDERATED), fact_form(call,
	    slot, "%:%", call->account, call->session));
	premise_imply(subject, fact_is_kind(call, ROOT), fact_same(call, slot,
	    call->account));
	add_open(subject, PROVIDER, ASSUME_key_12);
}

/* The last part of the user's ARN, whatever the path. */
static void
add_username(const struct premise_subject *subject)
{
	const struct supposition *call = subject->call;
	size_t slot = subject->key->slots[0];
	const char *partition = fact_partition(call);
	int others = premise_unlisted(call, ACTOR_USER);

	for (size_t i = 0; i < call->casting_count; i++)
		if (call->castings[i].kind == ACTOR_USER &&
		    call->castings[i].principal != NULL)
			premise_imply(subject, call->castings[i].bit,
			    fact_text(call, slot,
			    premise_name_of(call->castings[i].principal->arn)));
	premise_imply(subject, others, fact_or(call,
	    fact_form(call, call->arn, arena_printf(call->arena,
	    "arn:%s:iam::%%:user/%%", partition), call->account, slot),
	    fact_form(call, call->arn, arena_printf(call->arena,
	    "arn:%s:iam::%%:user/~/%%", partition), call->account, slot)));
	premise_require(subject, -fact_has_any(call, slot, "*?/:"));
	premise_imply(subject, subject->key->present,
	    fact_form(call, slot, "?*"));
}

static bool
is_account(const struct pattern *pattern)
{
	return !pattern->wild && !pattern->folded && pattern->length == 12;
}

/* The ARN is of the account, if it is of any, and that is the other key. */
static void
say_source(const struct premise_subject *subject, size_t account,
    struct word id)
{
	const struct supposition *call = subject->call;
	size_t slot = subject->key->slots[0];
	int both = fact_and(call, fact_there(call, account), fact_form(call,
	    slot, "arn:~:~:~:############:*"));

	premise_imply(subject, both, formula_iff(call->formulas,
	    fact_text(call, account, id), fact_form(call, slot,
	    arena_printf(call->arena, "arn:~:~:~:%.*s:*", (int)id.length,
	    id.text))));
}

/*
 * KEY-5: an account in the ARN is that of the other key.  It is said of each
 * account that somebody speaks of, so that no text hangs on another.
 */
static void
add_source_arn(const struct premise_subject *subject)
{
	const struct supposition *call = subject->call;
	const struct estate *estate = call->court->estate;
	const struct supposed_key *account = fact_key(subject->request,
	    "aws:SourceAccount");
	size_t count = universe_claims(call->universe);

	if (account == NULL)
		return;
	for (size_t i = 0; i < estate->account_count; i++)
		say_source(subject, account->slots[0],
		    estate->accounts[i].id);
	for (size_t i = 0; i < count; i++) {
		const struct claim *claim = universe_claim_at(call->universe,
		    i);

		if (claim->slot == account->slots[0] &&
		    claim->kind == CLAIM_PATTERN &&
		    is_account(&claim->pattern))
			say_source(subject, account->slots[0], word_from(
			    claim->pattern.symbols, claim->pattern.length));
	}
}

/* For whom a service comes.  An account that is named says which
 * organization. */
static void
add_source_org(const struct premise_subject *subject,
    void (*add)(const struct premise_subject *, int, size_t))
{
	const struct supposed_key *account = fact_key(subject->request,
	    "aws:SourceAccount");

	if (account != NULL)
		add(subject, account->present, account->slots[0]);
}

static void
add_source_org_id(const struct premise_subject *subject)
{
	add_source_org(subject, premise_add_org_id);
	add_pair(subject, "aws:SourceOrgPaths");
}

static void
add_source_org_paths(const struct premise_subject *subject)
{
	add_source_org(subject, premise_add_org_paths);
}

const struct premise_row premise_caller_rows[] = {
	{ "aws:PrincipalArn", PREMISE_caller, SIGNED | SERVICE, SIGNED,
	    add_principal_arn },
	{ "aws:PrincipalAccount", PREMISE_caller,
	    SIGNED | ANONYMOUS | SERVICE, SIGNED | ANONYMOUS,
	    add_principal_account },
	{ "kms:CallerAccount", PREMISE_caller, SIGNED | ANONYMOUS | SERVICE,
	    SIGNED | ANONYMOUS, add_principal_account },
	{ "aws:PrincipalOrgID", PREMISE_caller, SIGNED, 0,
	    add_principal_org_id },
	{ "aws:PrincipalOrgPaths", PREMISE_caller, SIGNED, 0,
	    add_principal_org_paths },
	{ "aws:PrincipalTag/", PREMISE_caller,
	    USER | ROLE | FEDERATED | PROVIDER | SERVICE, 0,
	    add_principal_tag },
	{ "aws:PrincipalIsAWSService", PREMISE_caller, SIGNED | SERVICE,
	    SIGNED | SERVICE, add_is_service },
	{ "aws:PrincipalServiceName", PREMISE_service, SERVICE, SERVICE,
	    add_service_name },
	{ "aws:PrincipalServiceNamesList", PREMISE_service, SERVICE, SERVICE,
	    NULL },
	{ "aws:PrincipalType", PREMISE_caller,
	    SIGNED | ANONYMOUS | SERVICE | PROVIDER, SIGNED | ANONYMOUS,
	    add_type },
	{ "aws:userid", PREMISE_caller, SIGNED | ANONYMOUS | PROVIDER,
	    SIGNED | ANONYMOUS, add_userid },
	{ "aws:username", PREMISE_caller, USER, USER, add_username },
	{ "aws:SourceAccount", PREMISE_service, SERVICE, 0, NULL },
	{ "aws:SourceArn", PREMISE_service, SERVICE, 0, add_source_arn },
	{ "aws:SourceOrgID", PREMISE_service, SERVICE, 0, add_source_org_id },
	{ "aws:SourceOrgPaths", PREMISE_service, SERVICE, 0,
	    add_source_org_paths },
	{ NULL, PREMISE_caller, 0, 0, NULL }
};
