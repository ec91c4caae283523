/* SPDX-License-Identifier: MIT */
/*
 * Who calls, and the keys that say so (KEY-1, KEY-2, KEY-5, KEY-9, KEY-12).
 * What signs the call is premise_session.c's.
 */
#include "config.h"

#include <string.h>

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

static const struct word nothing = { NULL, 0 };

/* Structure: what the slots of a caller hold. */

static void
shape(struct supposition *call, int condition, int formula)
{
	supposition_imply(call, PREMISE_shape, condition, formula);
}

static void
have_slot(struct supposition *call, size_t slot, kind_set kinds)
{
	supposition_require(call, PREMISE_shape, formula_iff(call->formulas,
	    fact_there(call, slot), fact_is_kind(call, kinds)));
}

static struct word
account_of(const struct casting *casting)
{
	if (casting->account != NULL)
		return casting->account->id;
	return casting->principal == NULL ? nothing :
	    fact_account_of(casting->principal);
}

static struct word
text_word(const char *text)
{
	return word_from(text, strlen(text));
}

/* The ARN, where the casting alone tells it. */
static struct word
arn_of(const struct supposition *call, const struct casting *casting)
{
	if (casting->kind == ACTOR_FEDERATED_SESSION)
		return nothing;
	if (casting->principal != NULL)
		return casting->principal->arn;
	if (casting->kind != ACTOR_ROOT || casting->account == NULL)
		return nothing;
	return text_word(arena_printf(call->arena, "arn:%s:iam::%.*s:root",
	    fact_partition(call), (int)casting->account->id.length,
	    casting->account->id.text));
}

static void
add_account(struct supposition *call, const struct casting *casting)
{
	struct word account = account_of(casting);

	if ((KIND_SET(casting->kind) & KINDS_WITH_ACCOUNT) == 0)
		return;
	shape(call, casting->bit, account.text != NULL ?
	    fact_text(call, call->account, account) :
	    -fact_is_ours(call, call->account));
}

static int
of_form(const struct supposition *call, size_t slot, const char *form)
{
	return fact_form(call, slot, arena_printf(call->arena, form,
	    fact_partition(call)), call->account);
}

/* An ARN of the form that its kind has.  Names of IAM hold no colon. */
static void
add_arn(struct supposition *call, const struct casting *casting)
{
	struct word arn = arn_of(call, casting);
	const char *form = NULL;

	if (arn.text != NULL)
		shape(call, casting->bit, fact_text(call, call->arn, arn));
	else if (casting->kind == ACTOR_USER)
		form = "arn:%s:iam::%%:user/~";
	else if (casting->kind == ACTOR_ROOT)
		form = "arn:%s:iam::%%:root";
	else if (casting->kind == ACTOR_ROLE_SESSION)
		form = casting->service_linked ?
		    "arn:%s:iam::%%:role/aws-service-role/~/AWSServiceRoleFor~"
		    : "arn:%s:iam::%%:role/~";
	if (form != NULL)
		shape(call, casting->bit, of_form(call, call->arn, form));
}

/* EVAL-35: by these a role is known to be service-linked. */
static void
add_link(struct supposition *call, const struct casting *casting)
{
	const char *partition = fact_partition(call);
	static const char *const forms[] = {
		"arn:%s:iam::~:role/aws-service-role/*",
		"arn:%s:iam::~:role/AWSServiceRoleFor*",
		"arn:%s:iam::~:role/*/AWSServiceRoleFor*",
	};

	if (casting->kind != ACTOR_ROLE_SESSION || casting->service_linked ||
	    casting->principal != NULL)
		return;
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
		shape(call, casting->bit, -fact_form(call, call->arn,
		    arena_printf(call->arena, forms[i], partition)));
}

static void
add_federated(struct supposition *call, const struct casting *casting)
{
	int root, user;

	if (casting->kind != ACTOR_FEDERATED_SESSION)
		return;
	shape(call, casting->bit, fact_form(call, call->arn,
	    arena_printf(call->arena, "arn:%s:sts::%%:federated-user/%%",
	    fact_partition(call)), call->account, call->session));
	if (casting->principal != NULL) {
		shape(call, casting->bit, fact_text(call, call->issuer,
		    casting->principal->arn));
		return;
	}
	user = of_form(call, call->issuer, "arn:%s:iam::%%:user/~");
	root = of_form(call, call->issuer, "arn:%s:iam::%%:root");
	shape(call, casting->bit, fact_or(call, user, root));
}

/* PRIN-16: an id of one of the estate's is nobody else's. */
static void
add_unique_id(struct supposition *call, const struct casting *casting)
{
	const struct estate *estate = call->court->estate;
	const struct estate_principal *principal = casting->principal;
	bool role = casting->kind == ACTOR_ROLE_SESSION;

	if (!role && casting->kind != ACTOR_USER)
		return;
	if (principal != NULL && principal->id.text != NULL) {
		shape(call, casting->bit, fact_text(call, call->unique_id,
		    principal->id));
		return;
	}
	shape(call, casting->bit, fact_form(call, call->unique_id,
	    role ? "AROA~" : "AIDA~"));
	for (size_t i = 0; i < estate->principal_count; i++)
		if (estate->principals[i].id.text != NULL)
			shape(call, casting->bit, -fact_text(call,
			    call->unique_id, estate->principals[i].id));
}

static struct word
name_of(struct word arn)
{
	size_t start = arn.length;

	while (start > 0 && arn.text[start - 1] != '/')
		start--;
	return word_behind(arn, start);
}

/*
 * Nobody else of the account has the principal's name: names do not see case
 * and path (PRIN-9).
 */
static void
add_stranger(struct supposition *call, int strangers, size_t slot,
    const struct estate_principal *principal)
{
	struct word account = fact_account_of(principal);
	struct word name = name_of(principal->arn);
	const char *kind = principal->is_role ? "role" : "user";
	static const char *const forms[] = { "arn:*:iam::%.*s:%s/%.*s",
	    "arn:*:iam::%.*s:%s/*/%.*s" };

	if (account.text == NULL || name.length == principal->arn.length)
		return;
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
		supposition_imply(call, PREMISE_estate, strangers,
		    -fact_folded(call, slot, arena_printf(call->arena,
		    forms[i], (int)account.length, account.text, kind,
		    (int)name.length, name.text)));
}

static int
unlisted(const struct supposition *call, enum actor_kind kind)
{
	int any = FORMULA_FALSE;

	for (size_t i = 0; i < call->casting_count; i++)
		if (call->castings[i].kind == kind &&
		    call->castings[i].principal == NULL)
			any = fact_or(call, any, call->castings[i].bit);
	return any;
}

static void
add_strangers(struct supposition *call)
{
	const struct estate *estate = call->court->estate;
	int user = unlisted(call, ACTOR_USER);
	int role = unlisted(call, ACTOR_ROLE_SESSION);
	int federated = unlisted(call, ACTOR_FEDERATED_SESSION);

	for (size_t i = 0; i < estate->principal_count; i++) {
		const struct estate_principal *who = &estate->principals[i];

		add_stranger(call, who->is_role ? role : user, call->arn, who);
		if (!who->is_role)
			add_stranger(call, federated, call->issuer, who);
	}
}

/* What stands in names of IAM, of sessions and of services never. */
static void
add_names(struct supposition *call)
{
	supposition_require(call, PREMISE_shape,
	    -fact_has_any(call, call->arn, "*?"));
	supposition_require(call, PREMISE_shape,
	    -fact_form(call, call->arn, "*/"));
	supposition_require(call, PREMISE_shape,
	    -fact_has_any(call, call->session, "*?/:"));
	supposition_imply(call, PREMISE_shape, fact_there(call,
	    call->session), fact_form(call, call->session, "??*"));
	supposition_require(call, PREMISE_shape,
	    -fact_has_any(call, call->issuer, "*?"));
	supposition_require(call, PREMISE_shape,
	    -fact_has_any(call, call->unique_id, "*?/:"));
	supposition_require(call, PREMISE_shape,
	    -fact_has_any(call, call->outsider, "*?"));
	shape(call, fact_is_kind(call, SERVICE), fact_and(call,
	    fact_form(call, call->outsider, "?*.?*"),
	    -fact_has_any(call, call->outsider, ":/")));
	shape(call, fact_is_kind(call, PROVIDER), fact_form(call,
	    call->outsider, "?*"));
}

void
premise_add_caller(struct supposition *call)
{
	have_slot(call, call->arn, SIGNED);
	have_slot(call, call->account, SIGNED);
	have_slot(call, call->session, ROLE | FEDERATED);
	have_slot(call, call->issuer, FEDERATED);
	have_slot(call, call->unique_id, USER | ROLE);
	have_slot(call, call->outsider, SERVICE | PROVIDER);
	for (size_t i = 0; i < call->casting_count; i++) {
		add_account(call, &call->castings[i]);
		add_arn(call, &call->castings[i]);
		add_link(call, &call->castings[i]);
		add_federated(call, &call->castings[i]);
		add_unique_id(call, &call->castings[i]);
	}
	add_names(call);
	add_strangers(call);
}

/* Keys. */

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
	if (subject->call->court->assumptions->choice[assumption] == 0)
		premise_imply(subject, fact_is_kind(subject->call, kinds),
		    -subject->key->present);
}

static void
add_principal_arn(const struct premise_subject *subject)
{
	add_by_casting(subject, arn_of, subject->call->arn);
	add_open(subject, SERVICE, ASSUME_key_1);
}

static struct word
known_account(const struct supposition *call, const struct casting *casting)
{
	(void)call;
	return account_of(casting);
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

/* TRUST-10: what is passed to a session overrides its role's tags, and takes
 * none away. */
static void
add_principal_tag(const struct premise_subject *subject)
{
	const struct supposition *call = subject->call;
	const struct supposed_key *key = subject->key;
	struct word tag = premise_tag(subject);

	add_open(subject, PROVIDER, ASSUME_key_12);
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
		else if (value.text != NULL)
			premise_imply(subject, casting->bit, key->present);
	}
}

static void
add_is_service(const struct premise_subject *subject)
{
	say_if(subject, SERVICE, "true");
	say_if(subject, SIGNED, "false");
}

static void
add_service_name(const struct premise_subject *subject)
{
	const struct supposition *call = subject->call;

	premise_imply(subject, subject->key->present,
	    fact_same(call, subject->key->slots[0], call->outsider));
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

static void
add_userid(const struct premise_subject *subject)
{
	const struct supposition *call = subject->call;
	size_t slot = subject->key->slots[0];

	say_if(subject, ANONYMOUS, "anonymous");
	premise_imply(subject, fact_is_kind(call, USER), fact_same(call, slot,
	    call->unique_id));
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
	int others = unlisted(call, ACTOR_USER);

	for (size_t i = 0; i < call->casting_count; i++)
		if (call->castings[i].kind == ACTOR_USER &&
		    call->castings[i].principal != NULL)
			premise_imply(subject, call->castings[i].bit,
			    fact_text(call, slot,
			    name_of(call->castings[i].principal->arn)));
	premise_imply(subject, others, fact_or(call,
	    fact_form(call, call->arn, arena_printf(call->arena,
	    "arn:%s:iam::%%:user/%%", partition), call->account, slot),
	    fact_form(call, call->arn, arena_printf(call->arena,
	    "arn:%s:iam::%%:user/~/%%", partition), call->account, slot)));
	premise_require(subject, -fact_has_any(call, slot, "*?/:"));
	premise_imply(subject, subject->key->present,
	    fact_form(call, slot, "?*"));
}

/* KEY-5: for whom a service comes.  An account that is named says which
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
	    USER | ROLE | FEDERATED | PROVIDER, 0, add_principal_tag },
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
	{ "aws:SourceArn", PREMISE_service, SERVICE, 0, NULL },
	{ "aws:SourceOrgID", PREMISE_service, SERVICE, 0, add_source_org_id },
	{ "aws:SourceOrgPaths", PREMISE_service, SERVICE, 0,
	    add_source_org_paths },
	{ NULL, PREMISE_caller, 0, 0, NULL }
};
