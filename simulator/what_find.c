/* SPDX-License-Identifier: MIT */
/* Where to look: what the policies of the caller and of resources speak of. */
#include "config.h"

#include <string.h>

#include "policy/rules.h"
#include "policy/template.h"
#include "simulator/wish.h"
#include "simulator/doubt.h"
#include "simulator/what_row.h"

enum { TELL_EVERY = 512 };

/* Names. */

static void
name_actions(struct what *what)
{
	const struct catalog *catalog = what->court->catalog;
	struct word *names = arena_array(what->arena,
	    catalog_action_count(catalog), sizeof(*names));

	for (unsigned i = 0; i < catalog->service_count; i++) {
		const struct service *service = &catalog->services[i];

		for (unsigned j = 0; j < service->action_count; j++) {
			const char *name = arena_printf(what->arena, "%s:%s",
			    service->prefix, service->actions[j].name);

			names[action_index(&service->actions[j])] =
			    word_from(name, strlen(name));
		}
	}
	what->names = names;
}

/* Grounds. */

static const struct ground *
find_ground(struct what *what, struct word text)
{
	struct ground *ground;

	for (size_t i = 0; i < what->grounds.count; i++)
		if (word_equal(what->grounds.items[i]->text, text))
			return what->grounds.items[i];
	ground = arena_alloc(what->arena, sizeof(*ground));
	ground->text = word_from(arena_copy(what->arena, text.text,
	    text.length), text.length);
	ground->pattern = arn_pattern_read(what->arena, ground->text.text,
	    ground->text.length, true);
	ground->acting = arena_array(what->arena,
	    catalog_action_count(what->court->catalog),
	    sizeof(*ground->acting));
	*list_add(what->arena, &what->grounds) = ground;
	return ground;
}

/* Once for each ground. */
static void
decide(struct what *what, const struct action *action,
    const struct ground *ground)
{
	const struct census_progress *progress = &what->use->progress;

	if (ground->acting[action_index(action)] != 0)
		return;
	what_decide(what, action, ground);
	what->census->asked += ground->acting[action_index(action)] > 0;
	if (++what->done % TELL_EVERY == 0 && progress->tell != NULL)
		progress->tell(progress->context, what->done, what->all);
}

/* All actions, or those that the statement matches. */
static void
decide_all(struct what *what, const struct clause *clause,
    const struct ground *ground)
{
	const struct catalog *catalog = what->court->catalog;
	struct request request = { .call = 0 };
	const struct scope scope = { &request, what->court->assumptions,
	    NULL };

	what->all += catalog_action_count(catalog);
	for (unsigned i = 0; i < catalog->service_count; i++) {
		const struct service *service = &catalog->services[i];

		for (unsigned j = 0; j < service->action_count; j++) {
			const struct action *action = &service->actions[j];

			request.action = what_name(what, action);
			request.listed = action;
			request.service = service;
			if (clause == NULL || action_element_matches(
			    &clause->actions, &scope))
				decide(what, action, ground);
		}
	}
}

/* Statements of the caller. */

/* A variable that has no value may come to anything. */
static struct word
loosen(struct what *what, struct word text)
{
	char *loose = arena_alloc(what->arena, text.length + 1);
	size_t length = 0;

	for (size_t i = 0; i < text.length; i++) {
		loose[length++] = text.text[i];
		if (text.text[i] != '$' || i + 1 == text.length ||
		    text.text[i + 1] != '{')
			continue;
		loose[length - 1] = '*';
		while (i < text.length && text.text[i] != '}')
			i++;
	}
	return word_from(loose, length);
}

static size_t
count_colons(const char *bytes, size_t length)
{
	size_t count = 0;

	for (size_t i = 0; i < length; i++)
		count += bytes[i] == ':';
	return count;
}

/* With the fields that are read behind it where it is short of them (RES-5). */
static struct word
fill(struct what *what, const struct resource_entry *entry)
{
	const struct pattern *pattern = entry->padded != NULL &&
	    what->court->assumptions->choice[ASSUME_res_5] != 0 ?
	    entry->padded : &entry->pattern;
	size_t has = count_colons(entry->text.text, entry->text.length);
	size_t wants = count_colons(pattern->symbols, pattern->length);
	const char *text = arena_copy(what->arena, entry->text.text,
	    entry->text.length);

	for (; has < wants; has++)
		text = arena_printf(what->arena, "%s:*", text);
	return word_from(text, strlen(text));
}

/* Of ${*} what is left is a wildcard, which covers it. */
static struct word
expand(struct what *what, const struct resource_entry *entry,
    const struct request *request)
{
	struct word text;

	if (entry->everything)
		return word_from("*", 1);
	if (entry->variable == NULL && !entry->escaped)
		return fill(what, entry);
	text = wish_expand(what->arena, entry->text, request);
	return text.text != NULL ? text : loosen(what, entry->text);
}

static void
look_at_clause(struct what *what, const struct clause *clause,
    const struct request *request)
{
	const struct resource_element *resources = &clause->resources;

	if (clause->effect != EFFECT_ALLOW)
		return;
	if (!resources->there || resources->negated ||
	    resources->everything) {
		decide_all(what, clause, find_ground(what,
		    word_from("*", 1)));
		return;
	}
	for (size_t i = 0; i < resources->count; i++)
		if (!resources->entries[i].never)
			decide_all(what, clause, find_ground(what, expand(
			    what, &resources->entries[i], request)));
}

/* It may say anything: nobody knows it, or it cannot be relied on. */
static bool
is_open(const struct charter *charter)
{
	return charter->unknown || !charter->usable;
}

/* A root user needs no statement, and what nobody knows may be one; of foreign
 * callers, what their own accounts say is not asked. */
static bool
needs_no_statement(const struct what *what, const struct charters *identity)
{
	if (what->actor.kind == ACTOR_ROOT || what->actor.root_issued)
		return true;
	for (size_t i = 0; i < identity->count; i++)
		if (is_open(identity->items[i]))
			return !what->trusting;
	return false;
}

/* What nobody needs a statement for (STS-1, STS-2). */
static bool
is_free(const struct what *what, const struct action *action)
{
	const struct request request = { .action = what_name(what, action),
	    .listed = action, .service = action->service,
	    .resource = word_from("*", 1) };

	return (call_read(&request) & (CALL_CALLER_IDENTITY |
	    CALL_SESSION_TOKEN)) != 0;
}

static void
look_at_free(struct what *what)
{
	const struct service *sts = catalog_service(what->court->catalog,
	    "sts", 3);

	for (unsigned i = 0; sts != NULL && i < sts->action_count; i++)
		if (is_free(what, &sts->actions[i])) {
			what->all++;
			decide(what, &sts->actions[i], find_ground(what,
			    word_from("*", 1)));
		}
}

static void
look_at_caller(struct what *what, const struct ruling *ruling)
{
	const struct charters *identity = &ruling->policies.identity;

	if (needs_no_statement(what, identity)) {
		decide_all(what, NULL, find_ground(what, word_from("*", 1)));
		return;
	}
	for (size_t i = 0; i < identity->count; i++)
		for (size_t j = 0; j < identity->items[i]->count; j++)
			look_at_clause(what, &identity->items[i]->clauses[j],
			    &ruling->request);
}

/* Statements of resources and roles, that may name the caller. */

static bool
is_taken(const struct action *action, const struct arn *arn)
{
	for (unsigned i = 0; i < action->target_count; i++)
		if (template_is_of_service(action->targets[i].type, arn))
			return true;
	return false;
}

/* Whatever can be done to a resource with a policy that may say anything.  An
 * ARN of any partition names none: that is what import writes of all those
 * that no document shows. */
static void
decide_open(struct what *what, const struct ground *ground)
{
	const struct catalog *catalog = what->court->catalog;
	struct arn arn = arn_split(ground->text.text, ground->text.length);

	if (arn.count < ARN_FIELD_COUNT ||
	    arn_field_is_wild(&arn, ARN_PARTITION))
		return;
	for (unsigned i = 0; i < catalog->service_count; i++) {
		const struct service *service = &catalog->services[i];

		for (unsigned j = 0; j < service->action_count; j++)
			if (is_taken(&service->actions[j], &arn))
				decide(what, &service->actions[j], ground);
	}
}

/* Somebody's resource, or a role, with the policy that it has. */
struct holder {
	struct word			 arn;
	const struct reference		*policy;
	enum layer			 layer;
};

static void
look_at_policy(struct what *what, const struct holder *holder,
    const struct scope *scope)
{
	struct charters charters = archive_only(what->court->archive,
	    what->arena, holder->policy, holder->layer);

	for (size_t i = 0; i < charters.count; i++) {
		const struct charter *charter = charters.items[i];

		if (is_open(charter))
			decide_open(what, find_ground(what, holder->arn));
		for (size_t j = 0; j < charter->count; j++) {
			const struct clause *clause = &charter->clauses[j];

			if (clause->effect == EFFECT_ALLOW &&
			    clause_element(clause, charter, scope,
			    ELEMENT_PRINCIPAL) != TRUTH_FALSE)
				decide_all(what, clause, find_ground(what,
				    holder->arn));
		}
	}
}

/* Some of it is among the resources of the question, or the question has none.
 * What is all in it meets its policy where it is asked about itself. */
static bool
is_asked(const struct what *what, const struct holder *holder)
{
	const struct phrases *asked = &what->census->question->resources;
	struct pattern pattern = arn_pattern_read(what->scratch,
	    holder->arn.text, holder->arn.length, false);

	for (size_t i = 0; i < asked->list.count; i++) {
		struct word word = asked->list.items[i].word;
		struct pattern wanted = arn_pattern_read(what->scratch,
		    word.text, word.length, true);

		if (pattern_overlaps(&wanted, &pattern) &&
		    !pattern_covers(&pattern, &wanted))
			return true;
	}
	return asked->list.count == 0;
}

static void
look_at_holder(struct what *what, struct holder holder,
    const struct scope *scope)
{
	bool asked = is_asked(what, &holder);

	arena_reset(what->scratch);
	if (asked)
		look_at_policy(what, &holder, scope);
}

static void
look_at_estate(struct what *what, const struct ruling *ruling)
{
	const struct estate *estate = what->court->estate;
	struct request request = ruling->request;
	const struct scope scope = { &request, what->court->assumptions,
	    NULL };

	request_open_actor(&request);
	for (size_t i = 0; i < estate->resource_count; i++)
		look_at_holder(what, (struct holder){ estate->resources[i].arn,
		    estate->resources[i].policy, LAYER_RESOURCE }, &scope);
	for (size_t i = 0; i < estate->principal_count; i++)
		if (estate->principals[i].is_role)
			look_at_holder(what, (struct holder){
			    estate->principals[i].arn,
			    estate->principals[i].trust, LAYER_TRUST },
			    &scope);
}

static void
look_at_asked(struct what *what)
{
	const struct phrases *asked = &what->census->question->resources;

	for (size_t i = 0; i < asked->list.count; i++)
		decide_all(what, NULL, find_ground(what,
		    asked->list.items[i].word));
}

/* Entries. */

static unsigned
danger_of(const struct what *what, const struct actions *actions)
{
	static const unsigned ranks[] = {
		[LEVEL_LIST] = 1,
		[LEVEL_READ] = 2,
		[LEVEL_TAGGING] = 3,
		[LEVEL_WRITE] = 4,
		[LEVEL_PERMISSIONS] = 5,
	};
	unsigned danger = 0;

	for (size_t i = 0; i < actions->list.count; i++) {
		const struct action *action = actions->list.items[i];
		unsigned rank = rules_escalation_needs(
		    what_name(what, action).text) ? 6 : ranks[action->level];

		danger = rank > danger ? rank : danger;
	}
	return danger;
}

static bool
words_equal(const struct words *one, const struct words *other)
{
	if (one->list.count != other->list.count)
		return false;
	for (size_t i = 0; i < one->list.count; i++)
		if (!word_equal(one->list.items[i], other->list.items[i]))
			return false;
	return true;
}

/* The same actions on several grounds, by the same statements. */
static struct census_entry *
find_entry(struct what *what, const struct deed *deed,
    const struct words *names)
{
	struct census *census = what->census;

	for (size_t i = 0; i < census->entries.count; i++) {
		struct census_entry *entry = &census->entries.items[i];

		if (entry->hash == deed->hash &&
		    entry->verdict == deed->verdict &&
		    residue_equal(&entry->residue, &deed->residue) &&
		    words_equal(&entry->actions, names) &&
		    entry->except.list.count == 0)
			return entry;
	}
	return NULL;
}

static void
add_entry(struct what *what, const struct deed *deed)
{
	struct words except, names = what_fold_names(what, &deed->actions,
	    deed->ground, &except);
	struct census_entry *entry = find_entry(what, deed, &names);

	if (entry == NULL) {
		entry = list_add(what->arena, &what->census->entries);
		*entry = (struct census_entry){ .verdict = deed->verdict,
		    .sort = CENSUS_PRINCIPAL, .court = what->court,
		    .answer = deed->answer, .residue = deed->residue,
		    .hash = deed->hash, .witness = deed->witness,
		    .reason = deed->reason, .actions = names, .except = except,
		    .danger = danger_of(what, &deed->actions) };
	}
	*list_add(what->arena, &entry->resources.list) = deed->ground->text;
}

/* The question itself. */

static void
run(void *context)
{
	struct what *what = context;
	struct question question = what->question;
	struct summons summons;
	struct question_fault fault;
	struct answer answer;
	const struct hop *hop;

	question.action.word = word_from("sts:DecodeAuthorizationMessage",
	    30);
	question.resources.list.count = 0;
	if (!summons_read(what->arena, what->court, &question, &summons,
	    &fault))
		return;
	chain_decide(what->arena, what->court, &question, &summons, &answer);
	if (answer.count < summons.count) {
		*list_add(what->arena, &what->census->notes) =
		    "a role on the way cannot be assumed";
		return;
	}
	hop = &answer.hops[answer.count - 1];
	if (what->census->question->resources.list.count > 0) {
		look_at_asked(what);
	} else {
		look_at_caller(what, &hop->rulings[0]);
		look_at_free(what);
	}
	look_at_estate(what, &hop->rulings[0]);
	what_settle(what);
	for (size_t i = 0; i < what->deeds.count; i++)
		if (what->deeds.items[i].actions.list.count > 0)
			add_entry(what, &what->deeds.items[i]);
}

/* The resource that a name stands for: of an action on nothing, what else. */
static struct word
named_resource(const struct summons *summons)
{
	const struct resource_party *party =
	    &summons->calls[summons->count - 1].resources[0];

	return party->ignored.text != NULL ? party->ignored : party->arn;
}

/* Names become what they stand for; a pattern stands for itself. */
static bool
resolve(struct what *what, struct question *resolved,
    struct question_fault *fault)
{
	struct phrases asked = what->question.resources;
	struct doubts doubts;
	struct summons summons;

	*resolved = what->question;
	resolved->resources.list.items = NULL;
	resolved->resources.list.count = 0;
	resolved->resources.list.capacity = 0;
	what->question.action.word = word_from("sts:GetCallerIdentity", 21);
	for (size_t i = 0; i <= asked.list.count; i++) {
		bool last = i == asked.list.count;
		bool wild = !last && word_has_wildcard(
		    asked.list.items[i].word);
		struct word word;

		what->question.resources.list.items = last ? NULL :
		    &asked.list.items[i];
		what->question.resources.list.count = !last && !wild;
		if (!summons_read(what->arena, what->court, &what->question,
		    &summons, fault))
			return false;
		if (last)
			break;
		word = wild ? asked.list.items[i].word :
		    named_resource(&summons);
		list_add(what->arena, &resolved->resources.list)->word = word;
	}
	what->actor = summons.caller.actor;
	what->principal = summons.caller.principal;
	what->trusting = summons.caller.foreign;
	doubts = doubt_list(what->arena, what->court, &what->question,
	    &summons);
	for (size_t i = 0; i < doubts.list.count; i++)
		*list_add(what->arena, &what->census->notes) =
		    doubts.list.items[i];
	return true;
}

bool
what_find(struct arena *arena, const struct court *court,
    const struct question *question, const struct census_use *use,
    struct census *census, struct question_fault *fault)
{
	struct what what = { .arena = arena, .court = court, .use = use,
	    .census = census, .question = *question };
	struct question *resolved = arena_alloc(arena, sizeof(*resolved));

	*census = (struct census){ .court = court, .question = resolved,
	    .what = "action" };
	what.question.any = what.question.own = true;
	if (!resolve(&what, resolved, fault))
		return false;
	what.partition = what.actor.partition.text == NULL ?
	    word_from("aws", 3) : what.actor.partition;
	what.account = what.actor.account.text == NULL ?
	    word_from("111122223333", 12) : what.actor.account;
	name_actions(&what);
	what.guards = what_list_guards(&what);
	what.scratch = arena_new();
	if (what.scratch == NULL || !arena_protect(what.scratch, run, &what))
		arena_exhausted(arena);
	arena_free(what.scratch);
	census_finish(census);
	return true;
}
