/* SPDX-License-Identifier: MIT */
/* Statements and layers: clause.c and the scanning of hearing.c. */
#include "config.h"

#include "simulator/encode.h"
#include "simulator/passing.h"
#include "simulator/reservation.h"

static bool
has_principal(enum layer layer)
{
	return (LAYERS_PRINCIPAL & (1u << layer)) != 0;
}

static bool
assumed(const struct supposition *call, enum assumption assumption)
{
	return supposition_assume(call, assumption) != 0;
}

/* Counting. */

static void
expect_variables(struct supposed_request *request,
    const struct substitution *substitution)
{
	for (size_t i = 0; substitution != NULL && i < substitution->count;
	    i++)
		if (substitution->fragments[i].variable)
			supposition_expect(request,
			    substitution->fragments[i].text);
}

static void
expect_clause(struct supposed_request *request, const struct clause *clause)
{
	for (size_t i = 0; i < clause->test_count; i++) {
		const struct test *test = &clause->tests[i];

		supposition_expect(request, test->key);
		for (size_t j = 0; j < test->count; j++)
			expect_variables(request, test->operands[j].variable);
	}
	for (size_t i = 0; i < clause->resources.count; i++)
		expect_variables(request,
		    clause->resources.entries[i].variable);
}

void
encode_expect(struct supposed_request *request,
    const struct charters *charters)
{
	for (size_t i = 0; i < charters->count; i++)
		for (size_t j = 0; j < charters->items[i]->count; j++)
			expect_clause(request,
			    &charters->items[i]->clauses[j]);
}

/* Statements. */

static int
is_about_key(struct supposed_request *request)
{
	static const char text[] = "arn:*:kms:*:*:key/*";
	const struct pattern pattern = arn_condition_read(
	    request->call->arena, text, sizeof(text) - 1);

	return universe_match(request->call->universe, request->resource,
	    &pattern);
}

/* See meet_resource() of clause.c. */
static int
encode_resource_part(struct supposed_request *request,
    const struct clause *clause, enum layer layer)
{
	if (layer == LAYER_TRUST)
		return FORMULA_TRUE;
	if (clause->resources.there)
		return encode_resources(request, &clause->resources);
	if (layer != LAYER_RESOURCE || assumed(request->call,
	    ASSUME_gram_26))
		return FORMULA_FALSE;
	return -is_about_key(request);
}

/* An Allow may be weakened; a Deny stands or falls as a whole. */
static int
weaken(struct supposed_request *request, const struct charter *charter,
    const struct clause *clause, int formula, enum edit_kind kind,
    const struct test *test)
{
	const struct supposed_edits *edits = request->call->edits;

	if (clause->effect == EFFECT_DENY || edits == NULL || edits->whole)
		return formula;
	return supposition_weaken(request->call, formula,
	    (struct supposed_edit){ .kind = kind, .charter = charter,
	    .clause = clause, .test = test });
}

static int
encode_tests(struct supposed_request *request, const struct charter *charter,
    const struct clause *clause)
{
	int all = FORMULA_TRUE;

	for (size_t i = 0; i < clause->test_count && all != FORMULA_FALSE; i++)
		all = formula_and(request->call->formulas, all,
		    weaken(request, charter, clause, encode_test(request,
		    &clause->tests[i]), EDIT_CONDITION, &clause->tests[i]));
	return all;
}

/* Some entry matches in that class; GRAM-31, EVAL-14. */
static int
encode_listed(struct supposed_request *request, const struct clause *clause,
    const struct encode_use *use, enum match_class class)
{
	struct supposition *call = request->call;
	const struct principals *list = &clause->statement->principal;
	bool feared = clause->effect == EFFECT_DENY && !use->hopeful;
	int any = FORMULA_FALSE;

	for (size_t i = 0; i < list->count; i++)
		any = formula_or(call->formulas, any, feared ?
		    encode_denied(call, &list->items[i], class) :
		    encode_principal(call, &list->items[i], class));
	if (use->gateway && class == MATCH_ACCOUNT)
		any = formula_and(call->formulas, any,
		    supposition_is_kind(call, ACTOR_ROOT));
	if (clause->effect == EFFECT_DENY && class == MATCH_ISSUER &&
	    assumed(call, ASSUME_eval_14))
		any = formula_and(call->formulas, any,
		    -supposition_is_kind(call, ACTOR_FEDERATED_SESSION));
	return any;
}

static int
may_be_bounded(struct supposition *call)
{
	const int kinds[] = { supposition_is_kind(call, ACTOR_USER),
	    supposition_is_kind(call, ACTOR_ROLE_SESSION),
	    supposition_is_kind(call, ACTOR_FEDERATED_SESSION) };

	return formula_any(call->formulas, kinds, 3);
}

/* NotPrincipal; see meet_unlisted() of clause.c. */
static int
encode_unlisted(struct supposed_request *request, const struct clause *clause,
    const struct encode_use *use)
{
	struct supposition *call = request->call;
	const struct principals *list = &clause->statement->principal;
	int any = FORMULA_FALSE;

	if (clause->effect == EFFECT_DENY)
		return formula_or(call->formulas, -encode_exemption(call,
		    list), formula_and(call->formulas, use->bounded,
		    may_be_bounded(call)));
	if (assumed(call, ASSUME_gram_23))
		return FORMULA_FALSE;
	for (size_t i = 0; i < list->count; i++)
		for (enum match_class class = MATCH_ACCOUNT;
		    class <= MATCH_ANY; class++)
			any = formula_or(call->formulas, any,
			    encode_principal(call, &list->items[i], class));
	return -any;
}

static int
encode_class(struct supposed_request *request, const struct clause *clause,
    enum layer layer, const struct encode_use *use, enum match_class class)
{
	const struct principals *list = &clause->statement->principal;

	if (!has_principal(layer))
		return class == MATCH_DIRECT ? FORMULA_TRUE : FORMULA_FALSE;
	if (list->node == NULL)
		return FORMULA_FALSE;
	if (list->negated)
		return class == MATCH_ANY ? encode_unlisted(request, clause,
		    use) : FORMULA_FALSE;
	return encode_listed(request, clause, use, class);
}

/* EVAL-24, by assumption; see class_of() of hearing.c. */
static enum match_class
counted_as(struct supposition *call, const struct clause *clause,
    enum match_class class)
{
	return class == MATCH_ACCOUNT && assumed(call, ASSUME_eval_24) &&
	    statement_condition(clause->statement, "aws:PrincipalArn") !=
	    NULL ? MATCH_ISSUER : class;
}

/* Action, Resource and Condition together. */
static int
encode_base(struct supposed_request *request, const struct charter *charter,
    const struct clause *clause)
{
	struct formulas *formulas = request->call->formulas;
	int base = weaken(request, charter, clause, encode_actions(request,
	    &clause->actions), EDIT_ACTION, NULL);
	int resource;

	if (base == FORMULA_FALSE)
		return base;
	resource = weaken(request, charter, clause, encode_resource_part(
	    request, clause, charter->layer), EDIT_RESOURCE, NULL);
	base = formula_and(formulas, base, formula_and(formulas, resource,
	    encode_tests(request, charter, clause)));
	if (clause->effect == EFFECT_ALLOW || request->call->edits == NULL ||
	    request->call->edits->whole)
		return base;
	return -supposition_weaken(request->call, -base,
	    (struct supposed_edit){ .kind = EDIT_DROP, .charter = charter,
	    .clause = clause });
}

static void
encode_clause(struct supposed_request *request, const struct charter *charter,
    const struct clause *clause, const struct encode_use *use,
    struct encoded *encoded)
{
	struct formulas *formulas = request->call->formulas;
	int base = encode_base(request, charter, clause);

	if (base == FORMULA_FALSE)
		return;
	for (enum match_class class = MATCH_ACCOUNT; class <= MATCH_ANY;
	    class++) {
		int matches = encode_class(request, clause, charter->layer,
		    use, class);
		int *to = clause->effect == EFFECT_DENY ? &encoded->deny :
		    &encoded->allow[counted_as(request->call, clause,
		    class)];

		if (class == MATCH_ANY && has_principal(charter->layer))
			matches = weaken(request, charter, clause, matches,
			    EDIT_PRINCIPAL, NULL);
		*to = formula_or(formulas, *to, formula_and(formulas, base,
		    matches));
	}
}

/* Layers. */

/* What cannot be encoded, and where it stands. */
static const char *
locate(struct supposition *call, const struct charter *charter,
    const struct statement *statement, const char *why)
{
	const struct source *source;
	struct place place;

	if (charter->policy == NULL)
		return why;
	source = charter->policy->text->source;
	place = source_place(source, statement != NULL ?
	    statement->node->span : charter->policy->node->span);
	return arena_printf(call->arena, "%s:%zu:%zu: %s",
	    source_file(source)->name, place.line, place.column, why);
}

struct encoded
encode_nobody_knows(const struct encode_use *use, enum layer layer)
{
	struct encode_unknown unknown = use->hopeful ?
	    (struct encode_unknown){ FORMULA_FALSE, FORMULA_TRUE } :
	    (struct encode_unknown){ FORMULA_TRUE, FORMULA_FALSE };
	struct encoded encoded;

	if (use->unknown != NULL)
		unknown = use->unknown[layer];
	encoded.deny = unknown.deny;
	encoded.allow[MATCH_NONE] = FORMULA_FALSE;
	for (enum match_class class = MATCH_ACCOUNT; class <= MATCH_ANY;
	    class++)
		encoded.allow[class] = unknown.allow;
	return encoded;
}

/* What nobody knows may say anything; what AWS would not have stored has no
 * meaning to rest on. */
static void
add_unknown(struct supposition *call, const struct charter *charter,
    const struct encode_use *use, struct encoded *encoded)
{
	struct encoded unknown = encode_nobody_knows(use, charter->layer);

	if (!charter->usable && call->unsupported == NULL)
		call->unsupported = locate(call, charter, charter->faulty,
		    "a policy that cannot be relied on");
	encoded->deny = formula_or(call->formulas, encoded->deny,
	    unknown.deny);
	for (enum match_class class = MATCH_ACCOUNT; class <= MATCH_ANY;
	    class++)
		encoded->allow[class] = formula_or(call->formulas,
		    encoded->allow[class], unknown.allow[class]);
}

/* What a statement was the first to leave out. */
static void
locate_reserved(struct supposition *call, const struct charter *charter,
    const struct statement *statement, size_t from)
{
	for (size_t i = from; i < reservation_count(call); i++) {
		struct reservation *made = &call->reserved->list.items[i];

		made->reason = locate(call, charter, statement, made->reason);
	}
}

static void
encode_charter(struct supposed_request *request,
    const struct charter *charter, const struct encode_use *use,
    struct encoded *encoded)
{
	struct supposition *call = request->call;
	bool sound = call->unsupported == NULL;

	for (size_t i = 0; charter->usable && i < charter->count; i++) {
		size_t reserved = reservation_count(call);

		encode_clause(request, charter, &charter->clauses[i], use,
		    encoded);
		locate_reserved(call, charter, charter->clauses[i].statement,
		    reserved);
		if (sound && call->unsupported != NULL)
			call->unsupported = locate(call, charter,
			    charter->clauses[i].statement, call->unsupported);
		sound = call->unsupported == NULL;
	}
}

/* What a document allows, for both better and worse. */
static int
doubt_allow(struct supposition *call, const struct charter *charter,
    int allow)
{
	const struct supposed_edit trust = { .kind = EDIT_TRUST,
	    .charter = charter };
	const struct supposed_edit distrust = { .kind = EDIT_DISTRUST,
	    .charter = charter };

	return -supposition_weaken(call, -supposition_weaken(call, allow,
	    trust), distrust);
}

/* What it denies is what it allows, turned round. */
static void
doubt(struct supposition *call, const struct charter *charter,
    struct encoded *encoded)
{
	encoded->deny = -doubt_allow(call, charter, -encoded->deny);
	for (enum match_class class = MATCH_ACCOUNT; class <= MATCH_ANY;
	    class++)
		encoded->allow[class] = doubt_allow(call, charter,
		    encoded->allow[class]);
}

/* Adds what one document comes to. */
static void
add_charter(struct supposed_request *request, const struct charter *charter,
    const struct encode_use *use, struct encoded *to)
{
	struct supposition *call = request->call;
	struct encoded encoded = { .deny = FORMULA_FALSE };

	for (enum match_class class = MATCH_NONE; class <= MATCH_ANY; class++)
		encoded.allow[class] = FORMULA_FALSE;
	if (!charter->usable || charter->unknown)
		add_unknown(call, charter, use, &encoded);
	encode_charter(request, charter, use, &encoded);
	if (call->edits != NULL && call->edits->whole)
		doubt(call, charter, &encoded);
	to->deny = formula_or(call->formulas, to->deny, encoded.deny);
	for (enum match_class class = MATCH_ACCOUNT; class <= MATCH_ANY;
	    class++)
		to->allow[class] = formula_or(call->formulas,
		    to->allow[class], encoded.allow[class]);
}

struct encoded
encode_layer(struct supposed_request *request,
    const struct charters *charters, const struct encode_use *use)
{
	struct encoded encoded = { .deny = FORMULA_FALSE };

	for (enum match_class class = MATCH_NONE; class <= MATCH_ANY; class++)
		encoded.allow[class] = FORMULA_FALSE;
	for (size_t i = 0; i < charters->count; i++)
		add_charter(request, charters->items[i], use, &encoded);
	return encoded;
}

int
encode_tagging(struct supposed_request *request,
    const struct charter *charter)
{
	struct supposition *call = request->call;
	int any = !charter->usable || charter->unknown ? FORMULA_TRUE :
	    FORMULA_FALSE;

	for (size_t i = 0; i < charter->count; i++) {
		const struct clause *clause = &charter->clauses[i];
		int lets = passing_lets_tags(call->court, clause,
		    call->rests) ? FORMULA_TRUE : FORMULA_FALSE;

		any = formula_or(call->formulas, any, weaken(request, charter,
		    clause, lets, EDIT_ACTION, NULL));
	}
	return call->edits != NULL && call->edits->whole ?
	    doubt_allow(call, charter, any) : any;
}

int
encoded_allows(struct formulas *formulas, const struct encoded *encoded)
{
	int any = FORMULA_FALSE;

	for (enum match_class class = MATCH_ACCOUNT; class <= MATCH_ANY;
	    class++)
		any = formula_or(formulas, any, encoded->allow[class]);
	return any;
}
