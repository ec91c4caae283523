/* SPDX-License-Identifier: MIT */
/*
 * Holds `who' and `what' against the simulator, on random small estates, and
 * speaks TAP.
 *
 *	who_worlds [-n COUNT] [-p] [-s SEED]
 *
 * Every call that can be made in a hamlet is made.  Whoever may make one must
 * be listed by `who', and so must whoever might if a policy said so that nobody
 * knows; it must be listed by `what' of whoever may, also of resources that a
 * pattern matches; and whoever is said to be able come what may must never be
 * denied, a stranger no more than others.  By way of a role, `what' says the
 * same whether the role is called by its name or by its ARN.
 */
#include "config.h"

#include <err.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "simulator/judgement.h"
#include "simulator/what.h"
#include "simulator/who.h"
#include "testcases/crowd.h"
#include "testcases/listing.h"
#include "testcases/sample.h"
#include "testcases/tenets.h"

enum {
	SHOWN_MAX = 5,
	LIMIT = 24,			/* combinations of keys of one call */
	BUDGET = 5000000
};

enum {
	WRONG_WHO,			/* somebody who may is not listed */
	WRONG_WHAT,			/* something is not */
	WRONG_CAN,			/* somebody who can always is denied */
	WRONG_BUG,
	WRONG_COUNT
};

struct run {
	struct sample		 sample;
	struct coverage			 coverage;
	uint64_t			 wrong[WRONG_COUNT];
	uint64_t			 asked, listed, verdicts[CENSUS_CAN + 1];
	uint64_t			 strangers;	/* who always can */
};

/* A call by somebody, and what came of making it in all ways. */
struct deed {
	struct caller_party	 caller;
	struct word		 action, resource;
	bool			 allowed, denied;
	bool			 hoped;		/* allowed, or it would be if
						 * what nobody knows did */
	bool			 barred;	/* by a Deny, from what is of
						 * his own account */
};

struct visit {
	struct run		*run;
	uint64_t		 seed;
	struct arena		*arena;
	struct hamlet		*hamlet;
	struct assumptions	 assumptions;
	struct court		 court;
	struct crowd		 crowd;
	LIST(struct deed)	 deeds;
};

static void
show(struct visit *visit, unsigned wrong, const struct deed *deed,
    const char *what)
{
	if (visit->run->wrong[wrong]++ >= SHOWN_MAX)
		return;
	printf("# seed %" PRIu64 ": %s: %.*s %.*s on %.*s\n", visit->seed,
	    what, (int)deed->caller.actor.principal.length,
	    deed->caller.actor.principal.text, (int)deed->action.length,
	    deed->action.text, (int)deed->resource.length,
	    deed->resource.text);
}

/* Brute force. */

static struct word
copy(struct visit *visit, struct word word)
{
	return word.text == NULL ? word : word_from(arena_copy(visit->arena,
	    word.text, word.length), word.length);
}

static struct deed *
find_deed(struct visit *visit, const struct crowd_case *made)
{
	const struct request *request = &made->requests[0].request;
	struct deed *deed;

	for (size_t i = 0; i < visit->deeds.count; i++) {
		deed = &visit->deeds.items[i];
		if (word_equal(deed->action, request->action) &&
		    word_equal(deed->resource, request->resource) &&
		    word_equal(deed->caller.actor.principal,
		    made->caller->actor.principal))
			return deed;
	}
	deed = list_add(visit->arena, &visit->deeds);
	deed->caller = *made->caller;
	deed->caller.actor.principal = copy(visit,
	    made->caller->actor.principal);
	deed->action = copy(visit, request->action);
	deed->resource = copy(visit, request->resource);
	return deed;
}

/* Nobody knows what his account says, or he has none. */
static bool
is_stranger(const struct caller_party *caller)
{
	return caller->principal == NULL &&
	    caller->actor.kind != ACTOR_FEDERATED_SESSION &&
	    (caller->foreign || caller->actor.kind != ACTOR_ROOT);
}

/* Sessions of users and root users are not promised anything, nor is who comes
 * through an endpoint of somebody else's; and what root users cannot do, no
 * policy keeps them from. */
static bool
is_promised(const struct crowd_case *made)
{
	const struct caller_party *caller = made->caller;

	if (made->way.kind == WAY_ENDPOINT && made->way.endpoint == NULL)
		return false;
	switch (caller->actor.kind) {
	case ACTOR_ROOT:
		return caller->credential == CREDENTIAL_LONG_TERM &&
		    !(caller->foreign && word_is(
		    made->requests[0].request.action, "sts:AssumeRole"));
	case ACTOR_USER:
		return caller->credential == CREDENTIAL_LONG_TERM;
	case ACTOR_FEDERATED_SESSION:
		return false;
	case ACTOR_ROLE_SESSION:
	case ACTOR_SERVICE:
	case ACTOR_PROVIDER:
	case ACTOR_ANONYMOUS:
		break;
	}
	return true;
}

/* Patterns are of what is the caller's account's. */
static bool
is_at_home(const struct request *request)
{
	return word_equal(request->actor.account, request->resource_account);
}

static void
visit_case(void *context, const struct crowd_case *made)
{
	struct visit *visit = context;
	bool allowed = true, hoped = true, denied = false, barred = false;
	struct deed *deed;

	if (made->count == 0)
		return;
	deed = find_deed(visit, made);
	for (size_t i = 0; i < made->count; i++) {
		const struct crowd_request *one = &made->requests[i];

		allowed &= one->decision.verdict == VERDICT_ALLOWED;
		hoped &= one->hopeful == VERDICT_ALLOWED;
		denied |= verdict_is_denial(is_stranger(made->caller) ?
		    one->hopeful : one->decision.verdict);
		barred |= one->decision.verdict == VERDICT_EXPLICITLY_DENIED &&
		    is_at_home(&one->request);
	}
	deed->allowed |= allowed;
	deed->hoped |= hoped;
	deed->denied |= denied && is_promised(made);
	deed->barred |= barred && is_promised(made);
}

/* Is he listed? */

static bool
has(const struct words *words, struct word word)
{
	for (size_t i = 0; i < words->list.count; i++)
		if (word_equal(words->list.items[i], word))
			return true;
	return false;
}

/* Of an account that the estate does not have. */
static bool
is_foreign(const struct caller_party *caller)
{
	return word_is(caller->actor.account, "999999999999");
}

static bool
is_sort(const struct deed *deed, enum census_sort sort)
{
	switch (deed->caller.actor.kind) {
	case ACTOR_ANONYMOUS:
		return sort == CENSUS_ANONYMOUS;
	case ACTOR_SERVICE:
		return sort == CENSUS_SERVICE;
	case ACTOR_PROVIDER:
		return sort == CENSUS_PROVIDER;
	case ACTOR_ROOT:
		return is_foreign(&deed->caller) && sort == CENSUS_FOREIGN;
	case ACTOR_USER:
	case ACTOR_ROLE_SESSION:
	case ACTOR_FEDERATED_SESSION:
		break;
	}
	return sort == (is_foreign(&deed->caller) ? CENSUS_FOREIGN :
	    CENSUS_UNLISTED);
}

/* A policy, or the list of principals, names him or his account. */
static bool
is_named(const struct census_entry *entry, const struct deed *deed)
{
	const struct caller_party *caller = &deed->caller;
	const struct actor *actor = &caller->actor;

	if (caller->principal != NULL)
		return has(&entry->callers, caller->principal->arn);
	return has(&entry->callers, actor->principal) ||
	    (is_foreign(caller) && has(&entry->callers, actor->account));
}

static bool
occurs(const char *text, struct word word)
{
	for (; strlen(text) >= word.length; text++)
		if (strncmp(text, word.text, word.length) == 0)
			return true;
	return false;
}

/* It stands for all others of his sort, or for all of his account. */
static bool
is_meant(const struct census_entry *entry, const struct deed *deed)
{
	const struct actor *actor = &deed->caller.actor;

	if (deed->caller.principal != NULL || entry->others == NULL ||
	    !is_sort(deed, entry->sort) ||
	    (strncmp(entry->others, "any service-linked", 18) == 0 &&
	    !actor->service_linked))
		return false;
	return entry->sort != CENSUS_UNLISTED ||
	    occurs(entry->others, actor->account);
}

/* Where nothing could be asked of those beyond the estate, they are one entry,
 * services and federated sessions and all. */
static bool
stands_for(const struct census_entry *entry, const struct deed *deed)
{
	return entry->verdict == CENSUS_MAY && entry->others != NULL &&
	    strcmp(entry->others, "anybody beyond the estate") == 0 &&
	    deed->caller.principal == NULL &&
	    (deed->caller.actor.kind != ACTOR_ROOT ||
	    is_foreign(&deed->caller));
}

/* A federated session may be in its user's entry, or its root user's; and a
 * role's, under the role's name. */
static bool
may_stand_for(const struct census_entry *entry, const struct deed *deed)
{
	const struct caller_party *caller = &deed->caller;

	if (stands_for(entry, deed))
		return true;
	if (caller->actor.kind == ACTOR_FEDERATED_SESSION)
		return entry->sort == CENSUS_UNLISTED ||
		    (caller->principal == NULL && entry->sort == CENSUS_ROOT);
	return caller->actor.kind == ACTOR_ROLE_SESSION &&
	    caller->principal == NULL && is_sort(deed, entry->sort) &&
	    entry->others == NULL;
}

/* The entry that says of him what he can: the one that names him, before those
 * that mean all others. */
static const struct census_entry *
find_entry(const struct census *census, const struct deed *deed)
{
	static bool (*const says[])(const struct census_entry *,
	    const struct deed *) = { is_named, is_meant };

	for (size_t i = 0; i < sizeof(says) / sizeof(says[0]); i++)
		for (size_t j = 0; j < census->entries.count; j++)
			if (says[i](&census->entries.items[j], deed))
				return &census->entries.items[j];
	return NULL;
}

static bool
is_listed(const struct census *census, const struct deed *deed)
{
	if (find_entry(census, deed) != NULL)
		return true;
	for (size_t i = 0; i < census->entries.count; i++)
		if (may_stand_for(&census->entries.items[i], deed))
			return true;
	return false;
}

/* What a stranger does with what is his own account's is not asked for. */
static bool
is_asked(const struct deed *deed)
{
	return !is_foreign(&deed->caller) || !word_is(deed->resource, "*");
}

static void
check_deed(struct visit *visit, const struct census *census,
    const struct deed *deed)
{
	const struct census_entry *entry = find_entry(census, deed);

	if (deed->hoped && is_asked(deed) && !is_listed(census, deed))
		show(visit, WRONG_WHO, deed, "not listed");
	if (entry == NULL || entry->verdict != CENSUS_CAN)
		return;
	visit->run->strangers += is_stranger(&deed->caller);
	if (deed->denied)
		show(visit, WRONG_CAN, deed, "denied");
}

static struct question
question_of(struct visit *visit, const struct deed *deed)
{
	struct question question = { .mfa = false };

	question.action.word = deed->action;
	if (!word_is(deed->resource, "*"))
		list_add(visit->arena, &question.resources.list)->word =
		    deed->resource;
	return question;
}

static bool
is_same_call(const struct deed *one, const struct deed *other)
{
	return word_equal(one->action, other->action) &&
	    word_equal(one->resource, other->resource);
}

static void
count_verdicts(struct visit *visit, const struct census *census)
{
	for (size_t i = 0; i < census->entries.count; i++)
		visit->run->verdicts[census->entries.items[i].verdict]++;
	if (census->bug)
		show(visit, WRONG_BUG, &visit->deeds.items[0], "a bug");
}

/* Everybody who makes that call. */
static void
check_who(struct visit *visit, const struct deed *first)
{
	const struct census_use use = { .budget = BUDGET };
	struct question question = question_of(visit, first);
	struct question_fault fault;
	struct census census;

	visit->run->asked++;
	if (!who_find(visit->arena, &visit->court, &question, &use, &census,
	    &fault)) {
		show(visit, WRONG_BUG, first, fault.message);
		return;
	}
	count_verdicts(visit, &census);
	for (const struct deed *deed = first; deed <
	    list_end(&visit->deeds); deed++) {
		if (!is_same_call(first, deed))
			continue;
		visit->run->listed += deed->allowed;
		check_deed(visit, &census, deed);
	}
}

/* Is it listed? */

static bool
ask_what(struct visit *visit, const struct deed *first,
    const struct question *question, struct census *census)
{
	const struct census_use use = { .budget = BUDGET };
	struct question_fault fault;

	visit->run->asked++;
	if (!what_find(visit->arena, &visit->court, question, &use, census,
	    &fault)) {
		show(visit, WRONG_BUG, first, fault.message);
		return false;
	}
	count_verdicts(visit, census);
	return true;
}

static void
check_listed(struct visit *visit, const struct census *census,
    const struct deed *deed)
{
	if (deed->allowed && !listing_has(visit->arena, census, deed->action,
	    deed->resource))
		show(visit, WRONG_WHAT, deed, "not listed");
	if (deed->barred && listing_has_can(visit->arena, census,
	    deed->action, deed->resource))
		show(visit, WRONG_CAN, deed, "barred");
}

/* On all resources, when the text is absent, or on those that it matches. */
static void
check_what(struct visit *visit, const struct deed *first, struct word text)
{
	struct question question = { .mfa = false };
	struct pattern pattern = pattern_read(visit->arena,
	    text.text == NULL ? "*" : text.text,
	    text.text == NULL ? 1 : text.length);
	struct census census;

	question.principal.word = first->caller.principal->arn;
	if (text.text != NULL)
		list_add(visit->arena, &question.resources.list)->word = text;
	if (!ask_what(visit, first, &question, &census))
		return;
	for (const struct deed *deed = first; deed <
	    list_end(&visit->deeds); deed++)
		if (deed->caller.actor.kind != ACTOR_FEDERATED_SESSION &&
		    deed->caller.principal == first->caller.principal &&
		    pattern_match(&pattern, deed->resource.text,
		    deed->resource.length))
			check_listed(visit, &census, deed);
}

static struct word
draw_resource(struct visit *visit)
{
	return visit->deeds.items[dice_get(&visit->crowd.dice,
	    visit->deeds.count)].resource;
}

/* Whatever begins as some resource does. */
static struct word
draw_pattern(struct visit *visit)
{
	struct word resource = draw_resource(visit);
	size_t length = dice_get(&visit->crowd.dice, resource.length);

	while (length > 0 && length < strlen("arn:aws:s3:::"))
		length = dice_get(&visit->crowd.dice, resource.length);
	return word_from(arena_printf(visit->arena, "%.*s*", (int)length,
	    resource.text), length + 1);
}

static bool
says_the_same(const struct census *one, const struct census *other)
{
	for (size_t i = 0; i < one->entries.count &&
	    i < other->entries.count; i++)
		if (one->entries.items[i].verdict !=
		    other->entries.items[i].verdict)
			return false;
	return one->entries.count == other->entries.count;
}

/* A role on the way, by its ARN and by its name. */
static void
check_via(struct visit *visit, const struct deed *first,
    const struct estate_principal *role)
{
	struct word arn = role->arn;
	struct word names[2] = { arn, word_behind(arn, (size_t)(memchr(
	    arn.text, '/', arn.length) - (const void *)arn.text) + 1) };
	struct census censuses[2];

	for (size_t i = 0; i < 2; i++) {
		struct question question = { .mfa = false };

		question.principal.word = first->caller.principal->arn;
		list_add(visit->arena, &question.via.list)->word = names[i];
		if (!ask_what(visit, first, &question, &censuses[i]))
			return;
	}
	if (!says_the_same(&censuses[0], &censuses[1]))
		show(visit, WRONG_WHAT, first, "by way of a name");
}

/* Worlds. */

static bool
is_first_call(const struct visit *visit, const struct deed *deed)
{
	for (const struct deed *other = visit->deeds.items; other < deed;
	    other++)
		if (is_same_call(other, deed))
			return false;
	return true;
}

static bool
is_first_caller(const struct visit *visit, const struct deed *deed)
{
	for (const struct deed *other = visit->deeds.items; other < deed;
	    other++)
		if (other->caller.principal == deed->caller.principal)
			return false;
	return deed->caller.principal != NULL;
}

/* Where somebody may have more than is told, all that he can takes long to
 * say: what he can do to one resource does not. */
static bool
is_whole(const struct estate *estate)
{
	for (size_t i = 0; i < estate->account_count; i++)
		if (estate->accounts[i].open)
			return false;
	return true;
}

static const struct estate_principal *
draw_role(struct visit *visit)
{
	const struct estate *estate = visit->court.estate;
	const struct estate_principal *principal;

	if (estate->principal_count == 0)
		return NULL;
	principal = &estate->principals[dice_get(&visit->crowd.dice,
	    estate->principal_count)];
	return principal->is_role ? principal : NULL;
}

static void
check_caller(struct visit *visit, const struct deed *first)
{
	const struct estate_principal *role = draw_role(visit);
	struct word resource = draw_resource(visit);

	if (!is_whole(visit->court.estate)) {
		if (!word_is(resource, "*"))
			check_what(visit, first, resource);
		return;
	}
	check_what(visit, first, (struct word){ NULL, 0 });
	check_what(visit, first, draw_pattern(visit));
	if (role != NULL)
		check_via(visit, first, role);
}

static void
ask_all(struct visit *visit)
{
	for (size_t i = 0; i < visit->deeds.count; i++) {
		const struct deed *deed = &visit->deeds.items[i];

		if (is_first_call(visit, deed))
			check_who(visit, deed);
		if (is_first_caller(visit, deed))
			check_caller(visit, deed);
	}
}

static void
visit_hamlet(struct visit *visit)
{
	struct arena *scratch = arena_new();

	if (scratch == NULL)
		err(1, NULL);
	visit->crowd = (struct crowd){ .arena = visit->arena,
	    .scratch = scratch, .court = &visit->court,
	    .hamlet = visit->hamlet, .limit = LIMIT,
	    .coverage = &visit->run->coverage };
	dice_init(&visit->crowd.dice, ~visit->seed);
	crowd_init(&visit->crowd, "");
	crowd_visit(&visit->crowd, visit_case, visit);
	arena_free(scratch);
	ask_all(visit);
}

static void
try_seed(struct run *run, uint64_t seed)
{
	static const struct hamlet_odds odds = { .welcome = 40, .open = 13 };
	struct visit visit = { .run = run, .seed = seed,
	    .arena = arena_new() };

	if (visit.arena == NULL)
		err(1, NULL);
	visit.hamlet = hamlet_new(visit.arena, seed, &odds);
	hamlet_add_strangers(visit.hamlet);
	visit.assumptions = tenets_draw(seed);
	*list_add(visit.arena, &visit.hamlet->estate.text) = '\0';
	if (run->sample.print)
		printf("# %s\n", visit.hamlet->estate.text.items);
	visit.court = (struct court){ .catalog = &catalog_builtin,
	    .assumptions = &visit.assumptions };
	if (hamlet_court(visit.arena, visit.hamlet->estate.text.items,
	    &visit.court))
		visit_hamlet(&visit);
	arena_free(visit.arena);
}

static uint64_t
print_points(const struct run *run)
{
	static const char *const points[] = {
		[WRONG_WHO] = "callers who may, and are not listed",
		[WRONG_WHAT] = "calls that may be made, and are not listed",
		[WRONG_CAN] = "callers who always can, and are denied",
		[WRONG_BUG] = "questions that could not be answered",
	};
	uint64_t wrong = 0;

	printf("1..%d\n", WRONG_COUNT + 1);
	for (unsigned i = 0; i < WRONG_COUNT; i++) {
		printf("%sok %u - %" PRIu64 " %s\n", run->wrong[i] == 0 ? "" :
		    "not ", i + 1, run->wrong[i], points[i]);
		wrong += run->wrong[i];
	}
	/* a test that nobody passes proves nothing */
	printf("%sok %d - some of %" PRIu64 " may\n", run->listed > 0 ? "" :
	    "not ", WRONG_COUNT + 1, run->listed);
	printf("# %" PRIu64 " strangers always can\n", run->strangers);
	printf("# %" PRIu64 " questions; %" PRIu64 " can, %" PRIu64 " if, %"
	    PRIu64 " may\n", run->asked, run->verdicts[CENSUS_CAN],
	    run->verdicts[CENSUS_IF], run->verdicts[CENSUS_MAY]);
	return wrong + (run->listed == 0);
}

int
main(int argc, char **argv)
{
	struct arena *arena = arena_new();
	struct run run = { .sample = { .count = 4 },
	    .coverage = { .arena = arena } };
	uint64_t wrong;

	if (arena == NULL)
		errx(1, "no memory");
	sample_read(&run.sample, argc, argv);
	for (uint64_t i = 0; i < run.sample.count; i++)
		try_seed(&run, run.sample.seed + i);
	wrong = print_points(&run);
	arena_free(arena);
	return wrong != 0;
}
