/* SPDX-License-Identifier: MIT */
/* ACT, RES and EVAL-3: documents and their statements. */
#include "config.h"

#include "testcases/reference_condition.h"
#include "testcases/reference_policy.h"


/* One statement of a usable document. */
struct trial {
	const struct reference_case	*about;
	enum reference_layer		 layer;
	struct reference_scope		 scope;
	const struct node		*statement;
};

static bool
takes(const struct trial *trial, enum assumption assumption)
{
	return reference_takes(trial->about->request.choices, assumption);
}

/* ACT-1, ACT-4, ACT-5, GRAM-37. */
static bool
action_matches(const struct trial *trial, struct reference_string entry)
{
	struct arena *arena = trial->about->request.arena;
	struct reference_string prefix = reference_string_first(entry,
	    reference_string_find(entry, ':', 0));
	struct reference_pattern pattern;

	if (reference_string_is(entry, "*"))
		return true;
	if (!reference_string_has(entry, ':'))
		return false;
	if (takes(trial, ASSUME_act_4) && (reference_string_has(prefix, '*') ||
	    reference_string_has(prefix, '?')))
		return false;
	pattern = reference_pattern_read(arena,
	    reference_string_fold(arena, entry));
	return reference_pattern_match(arena, &pattern,
	    reference_string_fold(arena, trial->about->request.action));
}

/* RES-1 to RES-9. */
static bool
resource_matches(const struct trial *trial, struct reference_string entry)
{
	bool padded = trial->layer == REFERENCE_IDENTITY ||
	    trial->layer == REFERENCE_BOUNDARY;

	return reference_pattern_match_resource(&trial->scope, entry, padded,
	    trial->about->request.resource);
}

/* ACT-2, RES-1, GRAM-33: any entry matches. */
static bool
any_matches(const struct trial *trial, const struct node *entries,
    bool (*matches)(const struct trial *, struct reference_string))
{
	const struct node *item;

	if (entries->kind == NODE_STRING)
		return matches(trial, reference_string_get(entries));
	for (item = entries->first; item != NULL; item = item->next)
		if (matches(trial, reference_string_get(item)))
			return true;
	return false;
}

/* An element or its Not form (ACT-3, RES-1, GRAM-34).  Without either a
 * statement has no effect. */
static bool
part_matches(const struct trial *trial, const char *name,
    const char *not_name,
    bool (*matches)(const struct trial *, struct reference_string))
{
	const struct node *some = node_find(trial->statement, name);
	const struct node *others = node_find(trial->statement, not_name);

	if (some == NULL && others == NULL)
		return false;
	if (some != NULL && !any_matches(trial, some, matches))
		return false;
	if (others != NULL && others->kind == NODE_ARRAY &&
	    others->count == 0 && takes(trial, ASSUME_gram_34))
		return false;
	return others == NULL || !any_matches(trial, others, matches);
}

static bool
resource_part_matches(const struct trial *trial)
{
	if (trial->layer == REFERENCE_TRUST)
		return true;			/* GRAM-24 */
	if (trial->layer == REFERENCE_RESOURCE &&
	    node_find(trial->statement, "Resource") == NULL &&
	    node_find(trial->statement, "NotResource") == NULL)
		/* GRAM-25 for keys, GRAM-26 for all others. */
		return !reference_request_is_on_key(&trial->about->request) &&
		    !takes(trial, ASSUME_gram_26);
	return part_matches(trial, "Resource", "NotResource",
	    resource_matches);
}

static bool
is_allow(const struct trial *trial)
{
	return reference_string_is(reference_string_get(node_find(
	    trial->statement, "Effect")), "Allow");
}

/*
 * PRIN-22 is stronger than PRIN-24: a boundary makes the statement apply
 * whatever is listed.  The boundary of a federated session is that of the
 * user who is one of its facets.
 */
static unsigned
get_not_principal_class(const struct trial *trial,
    const struct node *not_principal)
{
	const struct reference_case *about = trial->about;
	bool spared;

	if (is_allow(trial))			/* GRAM-23 */
		spared = takes(trial, ASSUME_gram_23) ||
		    reference_principal_class(&about->request,
		    not_principal, false) != REFERENCE_NONE;
	else					/* PRIN-19 */
		spared = !about->has_boundary && reference_principal_exempts(
		    &about->request, not_principal);
	return spared ? REFERENCE_NONE : REFERENCE_ANY;
}

/*
 * What is assumed of a class.  EVAL-14: a Deny on the issuer of a federated
 * session, and on nobody else, may miss it.  EVAL-24: an account and a
 * condition on aws:PrincipalArn may stand for the role.
 */
static unsigned
adjust_class(const struct trial *trial, unsigned class, unsigned classes)
{
	const struct node *condition = node_find(trial->statement,
	    "Condition");
	const struct node *block, *key;

	if (!is_allow(trial) && classes == REFERENCE_ISSUER &&
	    trial->about->request.caller == REFERENCE_FEDERATED_SESSION &&
	    takes(trial, ASSUME_eval_14))
		return REFERENCE_NONE;
	if (!is_allow(trial) || class != REFERENCE_ACCOUNT ||
	    condition == NULL || !takes(trial, ASSUME_eval_24))
		return class;
	for (block = condition->first; block != NULL; block = block->next)
		for (key = block->first; key != NULL; key = key->next)
			if (reference_string_is_folded(
			    reference_string_key(key), "aws:PrincipalArn"))
				return REFERENCE_ISSUER;
	return class;
}

/*
 * The class of the Principal part.  A layer that has no such element does
 * not look at one (GRAM-21, EVAL-3); in the others a statement without it
 * has no effect (GRAM-22).
 */
static unsigned
get_class(const struct trial *trial)
{
	const struct reference_case *about = trial->about;
	const struct node *some = node_find(trial->statement, "Principal");
	const struct node *others = node_find(trial->statement,
	    "NotPrincipal");
	unsigned class = REFERENCE_ANY;

	if (!reference_layer_has_principals(trial->layer))
		return REFERENCE_ANY;
	if (some == NULL && others == NULL)
		return REFERENCE_NONE;
	if (some != NULL) {
		unsigned classes = reference_principal_classes(&about->request,
		    some, about->request.gateway &&
		    trial->layer == REFERENCE_ENDPOINT);

		class = adjust_class(trial, reference_principal_strongest(
		    classes), classes);
	}
	if (others != NULL && get_not_principal_class(trial, others) ==
	    REFERENCE_NONE)
		return REFERENCE_NONE;
	return class;
}

/* EVAL-3 */
static void
add_statement(const struct trial *trial, struct reference_finding *finding)
{
	unsigned class = get_class(trial);

	if (class == REFERENCE_NONE ||
	    !part_matches(trial, "Action", "NotAction", action_matches) ||
	    !resource_part_matches(trial) ||
	    !reference_condition_holds(&trial->scope,
	    node_find(trial->statement, "Condition")))
		return;
	if (is_allow(trial))
		finding->allows |= class;
	else
		finding->denies = true;		/* EVAL-14: of any class */
}

static void
add_document(const struct reference_case *about, enum reference_layer layer,
    const struct node *document, struct reference_finding *finding)
{
	struct trial trial = { about, layer, { about->request.arena,
	    about->facts, about->request.context, about->request.choices,
	    false }, NULL };
	const struct node *statements;

	if (!reference_document_is_usable(about->request.arena, document,
	    layer)) {
		finding->refused = true;
		return;
	}
	/* VAR-1 */
	trial.scope.variables = reference_string_is(reference_string_get(
	    node_find(document, "Version")), "2012-10-17");
	statements = node_find(document, "Statement");
	if (statements == NULL)
		return;
	trial.statement = statements;
	if (statements->kind == NODE_OBJECT)
		add_statement(&trial, finding);
	else for (trial.statement = statements->first;
	    trial.statement != NULL; trial.statement = trial.statement->next)
		add_statement(&trial, finding);
}

void
reference_policy_add(const struct reference_case *about,
    enum reference_layer layer, const struct node *documents,
    struct reference_finding *finding)
{
	const struct node *item;

	if (!reference_policy_is_present(documents))
		return;
	if (documents->kind != NODE_ARRAY) {
		add_document(about, layer, documents, finding);
		return;
	}
	for (item = documents->first; item != NULL; item = item->next)
		add_document(about, layer, item, finding);
}

bool
reference_policy_is_present(const struct node *documents)
{
	return documents != NULL && documents->kind != NODE_NULL &&
	    (documents->kind != NODE_ARRAY || documents->count > 0);
}
