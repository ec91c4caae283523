/* SPDX-License-Identifier: MIT */
/*
 * Who calls: what the slots of a caller hold, casting by casting.  The keys
 * that say so are premise_caller.c's.
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

struct word
premise_account_of(const struct casting *casting)
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
struct word
premise_arn_of(const struct supposition *call, const struct casting *casting)
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
	struct word account = premise_account_of(casting);

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

/* The account in the ARN, said once more as a text, for whoever solves it. */
static void
add_own_account(struct supposition *call, const struct casting *casting)
{
	const struct estate *estate = call->court->estate;

	for (size_t i = 0; i < estate->account_count; i++) {
		const struct estate_account *account = &estate->accounts[i];
		int of = fact_form(call, call->arn, arena_printf(call->arena,
		    "arn:~:iam::%.*s:*", (int)account->id.length,
		    account->id.text));

		shape(call, casting->bit, account == casting->account ? of :
		    -of);
	}
}

/* The form that ARNs of the kind have, or FORMULA_TRUE.  Names of IAM hold no
 * colon, but EC2 decrypts as aws:ec2-infrastructure. */
static int
has_form_of(struct supposition *call, const struct casting *casting)
{
	if (casting->kind == ACTOR_USER)
		return of_form(call, call->arn, "arn:%s:iam::%%:user/~");
	if (casting->kind == ACTOR_ROOT)
		return of_form(call, call->arn, "arn:%s:iam::%%:root");
	if (casting->kind != ACTOR_ROLE_SESSION)
		return FORMULA_TRUE;
	if (casting->service_linked)
		return of_form(call, call->arn,
		    "arn:%s:iam::%%:role/aws-service-role/~/"
		    "AWSServiceRoleFor~");
	return fact_or(call,
	    of_form(call, call->arn, "arn:%s:iam::%%:role/~"),
	    of_form(call, call->arn, "arn:%s:iam::%%:role/aws:~"));
}

static void
add_arn(struct supposition *call, const struct casting *casting)
{
	struct word arn = premise_arn_of(call, casting);
	int form = FORMULA_TRUE;

	if (arn.text != NULL)
		shape(call, casting->bit, fact_text(call, call->arn, arn));
	else
		form = has_form_of(call, casting);
	if (form == FORMULA_TRUE)
		return;
	shape(call, casting->bit, form);
	add_own_account(call, casting);
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

struct word
premise_name_of(struct word arn)
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
	struct word name = premise_name_of(principal->arn);
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

int
premise_unlisted(const struct supposition *call, enum actor_kind kind)
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
	int user = premise_unlisted(call, ACTOR_USER);
	int role = premise_unlisted(call, ACTOR_ROLE_SESSION);
	int federated = premise_unlisted(call, ACTOR_FEDERATED_SESSION);

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
