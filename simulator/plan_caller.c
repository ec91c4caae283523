/* SPDX-License-Identifier: MIT */
/*
 * Whom a guarantee names as the caller: a sort of callers, a principal or an
 * account of the estate, or an ARN, perhaps with wildcards, that the estate
 * need not list.  A role's ARN stands for all of its sessions; a session has
 * one of its own, which no key holds.
 */
#include "config.h"

#include <string.h>

#include "simulator/plan_row.h"

/* The words for a sort of callers. */
static bool
casting_is(const struct casting *casting, struct word word, bool *known)
{
	enum actor_kind kind;

	*known = true;
	if (actor_kind_find(word, &kind))
		return casting->kind == kind;
	if (word_is(word, "service-linked"))
		return casting->service_linked;
	if (word_is(word, "foreign"))
		return casting->foreign;
	*known = false;
	return false;
}

/* Of an account, or that very user, role or root user. */
static bool
casting_is_of(const struct casting *casting, const struct estate_thing *thing)
{
	if (thing->account != NULL)
		return casting->account == thing->account;
	return casting->principal == thing->principal &&
	    casting->kind != ACTOR_FEDERATED_SESSION;
}

/* ARNs. */

static bool
fail(struct plan *plan, const struct phrase *phrase, const char *help)
{
	return plan_fail(plan, phrase->span, arena_printf(plan->arena,
	    "`%.*s` is no principal", (int)phrase->word.length,
	    phrase->word.text), help);
}

static int
has_arn(struct plan *plan, struct supposition *call, struct word arn)
{
	struct pattern *pattern = arena_alloc(plan->arena, sizeof(*pattern));

	*pattern = arn_condition_read(plan->arena, arn.text, arn.length);
	return universe_match(plan->universe, call->arn, pattern);
}

static int
has_role_below(struct plan *plan, struct supposition *call, const struct arn *arn,
    const char *path, struct word name)
{
	struct word partition = word_of_field(arn, ARN_PARTITION);
	struct word account = word_of_field(arn, ARN_ACCOUNT);
	const char *text = arena_printf(plan->arena,
	    "arn:%.*s:iam::%.*s:role/%s%.*s", (int)partition.length,
	    partition.text, (int)account.length, account.text, path,
	    (int)name.length, name.text);

	return has_arn(plan, call, word_from(text, strlen(text)));
}

static int
has_role(struct plan *plan, struct supposition *call, const struct arn *arn,
    struct word name)
{
	return formula_or(plan->formulas, has_role_below(plan, call, arn, "",
	    name), has_role_below(plan, call, arn, "*/", name));
}

/* Two names that differ in case alone are one (PRIN-9). */
static int
has_some_role(struct plan *plan, struct supposition *call,
    const struct arn *arn, struct word name)
{
	const struct word none = { NULL, 0 };
	int has = has_role(plan, call, arn, name);
	struct actor role;

	for (size_t i = 0; i < call->casting_count; i++) {
		const struct estate_principal *principal =
		    call->castings[i].principal;

		if (principal != NULL && actor_read(&role, principal->arn,
		    none) && word_equal_folded(role.name, name))
			has = formula_or(plan->formulas, has, has_role(plan,
			    call, arn, role.name));
	}
	return has;
}

/*
 * A session's ARN leaves out the path of its role.  Behind a path, no pattern
 * tells where a name with a wildcard begins.
 */
static int
is_by_session(struct plan *plan, struct supposition *call,
    const struct phrase *phrase, const struct arn *arn)
{
	struct word rest = word_behind(word_of_field(arn, ARN_RESOURCE),
	    strlen("assumed-role/"));
	const char *slash = memchr(rest.text, '/', rest.length);
	size_t length = slash == NULL ? rest.length :
	    (size_t)(slash - rest.text);
	struct word role = word_from(rest.text, length);
	struct pattern *name = arena_alloc(plan->arena, sizeof(*name));
	int has;

	if (slash == NULL || length + 1 == rest.length || (!word_is(role, "*")
	    && (length == 0 || word_has_wildcard(role))))
		return fail(plan, phrase, "write .../assumed-role/ROLE/NAME: "
		    "the role as a whole or `*`, then the session's name");
	*name = pattern_read(plan->arena, slash + 1, rest.length - length - 1);
	has = formula_and(plan->formulas, has_some_role(plan, call, arn, role),
	    universe_match(plan->universe, call->session, name));
	return formula_and(plan->formulas, has, supposition_is_kind(call,
	    ACTOR_ROLE_SESSION));
}

static bool
may_begin(struct plan *plan, const struct pattern *resource, const char *form)
{
	struct pattern pattern = pattern_read(plan->arena, form, strlen(form));

	return pattern_overlaps(resource, &pattern);
}

/* Somebody who calls may have such an ARN, but for sessions of roles. */
static bool
may_call(struct plan *plan, const struct arn *arn)
{
	struct word account = word_of_field(arn, ARN_ACCOUNT);
	struct word text = word_of_field(arn, ARN_RESOURCE);
	struct pattern resource = pattern_read(plan->arena, text.text,
	    text.length);
	bool iam = arn_field_is_wild(arn, ARN_SERVICE) ||
	    arn_field_is(arn, ARN_SERVICE, "iam");
	bool sts = arn_field_is_wild(arn, ARN_SERVICE) ||
	    arn_field_is(arn, ARN_SERVICE, "sts");

	if (!word_has_wildcard(account) &&
	    !account_id_is_valid(account.text, account.length))
		return false;
	return (iam && (may_begin(plan, &resource, "user/?*") ||
	    may_begin(plan, &resource, "role/?*") ||
	    may_begin(plan, &resource, "root"))) ||
	    (sts && may_begin(plan, &resource, "federated-user/?*"));
}

/* AWS makes such roles wherever they are needed. */
static bool
is_made_by_aws(const struct actor *actor)
{
	return actor->service_linked ||
	    word_starts_with(actor->name, "AWSReservedSSO_");
}

/* An estate lists whoever has policies. */
static void
doubt_unlisted(struct plan *plan, const struct phrase *phrase)
{
	const struct estate *estate = plan->court->estate;
	const struct estate_account *account;
	struct actor actor;

	if (!actor_read(&actor, phrase->word, (struct word){ NULL, 0 }) ||
	    (actor.kind != ACTOR_USER && actor.kind != ACTOR_ROLE_SESSION) ||
	    is_made_by_aws(&actor))
		return;
	account = estate_account(estate, actor.account);
	if (account != NULL && !account->open &&
	    estate_principal_of(estate, &actor) == NULL)
		plan_doubt(plan, phrase->span, arena_printf(plan->arena,
		    "the estate has no `%.*s`; it is taken to have no "
		    "policies", (int)phrase->word.length, phrase->word.text));
}

static int
is_by_arn(struct plan *plan, struct supposition *call,
    const struct phrase *phrase)
{
	struct arn arn = arn_split(phrase->word.text, phrase->word.length);

	doubt_unlisted(plan, phrase);
	if (arn.count == ARN_FIELD_COUNT &&
	    arn_field_is(&arn, ARN_SERVICE, "sts") && word_starts_with(
	    word_of_field(&arn, ARN_RESOURCE), "assumed-role/"))
		return is_by_session(plan, call, phrase, &arn);
	if (arn.count < ARN_FIELD_COUNT || !may_call(plan, &arn))
		return fail(plan, phrase, "write the ARN of a user, role, "
		    "session or root user, perhaps with wildcards");
	return has_arn(plan, call, phrase->word);
}

int
plan_by(struct plan *plan, struct supposition *call,
    const struct phrase *phrase)
{
	struct estate_thing thing = { .principal = NULL };
	int holds = FORMULA_FALSE;
	bool known;

	if (word_starts_with(phrase->word, "arn:"))
		return is_by_arn(plan, call, phrase);
	casting_is(&call->castings[0], phrase->word, &known);
	if (!known && !plan_find_thing(plan, phrase, ESTATE_PRINCIPAL |
	    ESTATE_ACCOUNT, &thing))
		return FORMULA_FALSE;
	for (size_t i = 0; i < call->casting_count; i++) {
		const struct casting *casting = &call->castings[i];
		bool is = known ? casting_is(casting, phrase->word, &known) :
		    casting_is_of(casting, &thing);

		if (is)
			holds = formula_or(plan->formulas, holds,
			    casting->bit);
	}
	return holds;
}

int
plan_by_session_of(struct plan *plan, struct supposition *call,
    const struct phrase *phrase)
{
	struct estate_thing thing;
	int holds = FORMULA_FALSE;

	if (word_starts_with(phrase->word, "arn:"))
		return formula_and(plan->formulas, is_by_arn(plan, call,
		    phrase), supposition_is_kind(call, ACTOR_ROLE_SESSION));
	if (!plan_find_thing(plan, phrase, ESTATE_ROLE, &thing))
		return FORMULA_FALSE;
	for (size_t i = 0; i < call->casting_count; i++)
		if (call->castings[i].principal == thing.principal)
			holds = formula_or(plan->formulas, holds,
			    call->castings[i].bit);
	return holds;
}
