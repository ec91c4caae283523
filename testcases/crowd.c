/* SPDX-License-Identifier: MIT */
/* Callers, ways and calls; then keys, counted like the digits of a number. */
#include "config.h"

#include <err.h>
#include <string.h>
#include <strings.h>

#include "policy/reader.h"
#include "simulator/judgement.h"
#include "simulator/owner.h"
#include "testcases/crowd.h"

static struct word
word_of(const char *text)
{
	return word_from(text, text == NULL ? 0 : strlen(text));
}

/* Keys. */

/* Values that AWS may send besides those that policies name. */
static const struct {
	const char	*name, *values[5];
} sent[] = {
	{ "aws:SourceIp", { "8.8.8.8", "8.8.4.4", "9.9.9.9",
	    "2001:4860::1" } },
	{ "aws:CurrentTime", { "2023-05-05T00:00:00Z",
	    "2024-01-01T00:00:00Z", "2026-01-01T00:00:00Z" } },
	{ "aws:EpochTime", { "1683244800", "1704067200", "1767225600" } },
	{ "aws:TokenIssueTime", { "2023-05-04T00:00:00Z",
	    "2024-01-01T00:00:00Z", "2026-01-02T00:00:00Z" } },
	{ "aws:PrincipalOrgID", { "o-ffffffffff" } },
	{ "aws:PrincipalOrgPaths", { "o-ffffffffff/r-ffff/" } },
	{ "aws:ResourceOrgID", { "o-ffffffffff" } },
	{ "aws:SourceVpc", { "vpc-0999999999999999f" } },
	{ "aws:SourceAccount", { "111111111111", "999999999999" } },
	{ "aws:SourceArn", { "arn:aws:s3:::data",
	    "arn:aws:sns:eu-west-1:111111111111:t",
	    "arn:aws:sns:eu-west-1:999999999999:t" } },
	{ "aws:CalledVia", { "athena.amazonaws.com",
	    "cloudformation.amazonaws.com" } },
	{ "aws:CalledViaFirst", { "athena.amazonaws.com",
	    "cloudformation.amazonaws.com" } },
	{ "aws:RequestTag/team", { "a", "b", "c", "" } },
	{ "aws:TagKeys", { "team", "env" } },
	{ "s3:max-keys", { "0", "1", "5", "10", "11" } },
	{ "s3:prefix", { "a", "team/", "b" } },
	{ "sts:ExternalId", { "team", "app", "other" } },
	{ "sts:RoleSessionName", { "alice", "s1", "other" } },
	{ "aws:PrincipalTag/team", { "a", "b", "c", "" } },
	{ "aws:ResourceTag/team", { "a", "b", "c", "" } },
	{ "aws:SecureTransport", { "true", "false" } },
	{ "aws:MultiFactorAuthPresent", { "true", "false" } },
	{ "aws:ViaAWSService", { "true", "false" } },
	{ "kms:EncryptionContextKeys", { "a", "team", "b" } },
	{ "kms:EncryptionContext:team", { "a", "b", "c" } },
};

static bool
occurs(const char *text, const char *word)
{
	size_t length = strlen(word);

	for (; *text != '\0'; text++)
		if (strncasecmp(text, word, length) == 0)
			return true;
	return false;
}

static void
add_value(struct crowd *crowd, struct crowd_key *key, struct word value)
{
	for (size_t i = 0; i < key->values.list.count; i++)
		if (word_equal(key->values.list.items[i].word, value))
			return;
	*list_add(crowd->arena, &key->values.list) =
	    (struct phrase){ .word = value };
}

/* A text that the pattern matches, or the literal itself. */
static struct word
fill_pattern(struct crowd *crowd, struct word pattern)
{
	char *text = arena_copy(crowd->arena, pattern.text, pattern.length);

	for (size_t i = 0; i < pattern.length; i++)
		if (text[i] == '*' || text[i] == '?')
			text[i] = 'z';
	return word_from(text, pattern.length);
}

static void
add_tested(struct crowd *crowd, struct crowd_key *key,
    const struct test *test)
{
	for (size_t i = 0; i < test->count; i++) {
		struct word text = test->operands[i].text;

		if (memchr(text.text, '$', text.length) != NULL ||
		    key->values.list.count > 6)
			continue;
		add_value(crowd, key, text);
		add_value(crowd, key, fill_pattern(crowd, text));
	}
}

/* All values that policies test the key for, if it takes any. */
static void
add_values(struct crowd *crowd, struct crowd_key *key)
{
	struct charters all = judgement_documents(crowd->arena,
	    crowd->court);

	key->free = true;
	for (size_t i = 0; i < sizeof(sent) / sizeof(sent[0]); i++)
		for (size_t j = 0; strcmp(sent[i].name, key->name) == 0 &&
		    j < 5 && sent[i].values[j] != NULL; j++) {
			key->free = false;
			add_value(crowd, key, word_of(sent[i].values[j]));
		}
	if (!key->free || strncmp(key->name, "aws:", 4) == 0)
		return;
	for (size_t i = 0; i < all.count; i++)
		for (size_t j = 0; j < all.items[i]->count; j++) {
			const struct clause *clause =
			    &all.items[i]->clauses[j];

			for (size_t k = 0; k < clause->test_count; k++)
				if (word_equal_folded(clause->tests[k].key,
				    word_of(key->name)))
					add_tested(crowd, key,
					    &clause->tests[k]);
		}
}

static void
add_key(struct crowd *crowd, const struct scene_key *known, const char *text)
{
	struct crowd_key *key;

	for (size_t i = 0; i < crowd->keys.count; i++)
		if (strcasecmp(crowd->keys.items[i].name, known->name) == 0)
			return;
	if (!occurs(crowd->hamlet->estate.text.items, known->name) &&
	    !occurs(text, known->name))
		return;
	key = list_add(crowd->arena, &crowd->keys);
	key->name = known->name;
	key->type = known->type;
	add_values(crowd, key);
	if (!key->free)
		return;
	for (size_t i = 0; i < known->count; i++)
		add_value(crowd, key, word_of(known->values[i]));
	add_value(crowd, key, word_of("zz"));
}

void
crowd_init(struct crowd *crowd, const char *text)
{
	size_t count;
	const struct scene_key *known = scene_keys(&count);

	for (size_t i = 0; hamlet_keys[i].name != NULL; i++)
		add_key(crowd, &hamlet_keys[i], text);
	for (size_t i = 0; i < count; i++)
		add_key(crowd, &known[i], text);
}

/* Who and what. */

/* One caller with one sort of credentials, one way, one call. */
struct scenario {
	struct crowd			*crowd;
	const struct hamlet_caller	*who;
	struct caller_party		 caller;
	bool				 mfa;
	struct resource_party		 resource;
	struct summoned_call		 call;
	struct question			 question;
	void				(*visit)(void *,
					    const struct crowd_case *);
	void				*context;
};

/* Of an account that the estate does not have, or not all of. */
static bool
is_foreign(const struct estate *estate, struct word id)
{
	const struct estate_account *account = estate_account(estate, id);

	return account == NULL || account->open;
}

static bool
take_caller(struct scenario *scenario, const struct hamlet_caller *who)
{
	struct caller_party *caller = &scenario->caller;
	const struct estate *estate = scenario->crowd->court->estate;
	struct word none = { NULL, 0 };

	*caller = (struct caller_party){ .principal = NULL };
	scenario->who = who;
	if (who->session != NULL ? !summons_session(scenario->crowd->arena,
	    word_of(who->principal), word_of(who->session), &caller->actor) :
	    !actor_read(&caller->actor, word_of(who->principal),
	    who->issuer == NULL ? none : word_of(who->issuer)))
		return false;
	caller->principal = estate_principal_of(estate, &caller->actor);
	caller->foreign = caller->principal == NULL &&
	    caller->actor.account.text != NULL &&
	    is_foreign(estate, caller->actor.account);
	return true;
}

static bool
take_resource(struct scenario *scenario, const struct hamlet_call *call)
{
	const struct court *court = scenario->crowd->court;
	struct resource_party *party = &scenario->resource;
	const struct estate_principal *role;

	*party = (struct resource_party){ .arn = word_of(call->resource) };
	if (strcmp(call->resource, "*") == 0) {
		party->owner = scenario->caller.actor.account;
		party->foreign = scenario->caller.foreign;
		return party->owner.text != NULL;
	}
	party->resource = estate_resource(court->estate, party->arn);
	role = estate_principal(court->estate, party->arn);
	party->role = role != NULL && role->is_role ? role : NULL;
	party->owner = call->owner != NULL ? word_of(call->owner) :
	    owner_of_arn(party->arn);
	party->foreign = party->role == NULL &&
	    is_foreign(court->estate, party->owner);
	return true;
}

/* Services and calls that look at no policy before they are signed. */
static bool
wants_signature(const struct action *action)
{
	const char *prefix = action->service->prefix;

	return strcmp(prefix, "kms") == 0 || strcmp(prefix, "iam") == 0 ||
	    (strcmp(prefix, "sts") == 0 &&
	    strcmp(action->name, "AssumeRole") == 0);
}

static bool
can_exist(const struct scenario *scenario)
{
	const struct way *way = &scenario->call.way;
	enum actor_kind kind = scenario->caller.actor.kind;
	struct word action = scenario->call.action;
	bool web = word_is(action, "sts:AssumeRoleWithWebIdentity");
	const struct action *listed = catalog_action(
	    scenario->crowd->court->catalog, action.text, action.length);

	if (web != (kind == ACTOR_PROVIDER))
		return false;
	if (kind == ACTOR_ANONYMOUS && wants_signature(listed))
		return false;
	if (way->kind == WAY_ENDPOINT && kind == ACTOR_SERVICE)
		return false;
	if (way->kind == WAY_SERVICE &&
	    scenario->caller.actor.account.text == NULL)
		return false;
	return way->endpoint == NULL || way->endpoint->service ==
	    listed->service;
}

/* What is open. */

static bool
is(const struct crowd_key *key, const char *name)
{
	return strcasecmp(key->name, name) == 0;
}

/* AWS always sends it. */
static bool
is_sent(const struct scenario *scenario, const struct crowd_key *key)
{
	enum way_kind way = scenario->call.way.kind;
	const struct estate_principal *principal = scenario->caller.principal;

	if (is(key, "aws:CurrentTime") || is(key, "aws:EpochTime") ||
	    is(key, "aws:SecureTransport") || is(key, "aws:ViaAWSService"))
		return true;
	if (is(key, "aws:SourceIp"))
		return way == WAY_INTERNET &&
		    scenario->caller.actor.kind != ACTOR_SERVICE;
	if (is(key, "aws:SourceVpc"))
		return way == WAY_ENDPOINT;
	if (is(key, "aws:CalledVia") || is(key, "aws:CalledViaFirst"))
		return way == WAY_SERVICE;
	if (is(key, "sts:RoleSessionName"))
		return word_starts_with(scenario->call.action,
		    "sts:AssumeRole");
	return is(key, "aws:PrincipalTag/team") && principal != NULL &&
	    principal->tags.count > 0 &&
	    scenario->caller.actor.kind == ACTOR_ROLE_SESSION;
}

/* One key of a call that nothing says anything of. */
struct open_key {
	const struct crowd_key	*key;
	const struct word	*values;
	size_t			 count;		/* of values */
	size_t			 first;		/* 0: it may be absent */
	size_t			 choices;	/* absent, each value, two */
	size_t			 choice;
};

struct open_keys {
	LIST(struct open_key)	 list;
};

/* Where AWS may look at the tags of a resource or not, they are the estate's
 * if it does. */
static size_t
list_tag(const struct scenario *scenario, struct word *values)
{
	const struct estate_tags *tags = &scenario->resource.resource->tags;

	for (size_t i = 0; i < tags->count; i++)
		if (word_is(tags->items[i].key, "team")) {
			values[0] = tags->items[i].value;
			return 1;
		}
	return 0;
}

static bool
is_tag_of_resource(const struct scenario *scenario,
    const struct crowd_key *key)
{
	const struct estate_resource *resource = scenario->resource.resource;

	return is(key, "aws:ResourceTag/team") && resource != NULL &&
	    resource->tags_known;
}

static size_t
list_values(const struct scenario *scenario, const struct crowd_key *key,
    const struct context_key *derived, struct word *values)
{
	size_t count = derived->count > 0 ? derived->count :
	    key->values.list.count;

	if (is_tag_of_resource(scenario, key))
		return list_tag(scenario, values);
	for (size_t i = 0; i < count; i++)
		values[i] = derived->count > 0 ? derived->values[i] :
		    key->values.list.items[i].word;
	return count;
}

static void
open_key(struct scenario *scenario, const struct crowd_key *key,
    const struct context_key *derived, struct open_keys *open)
{
	struct crowd *crowd = scenario->crowd;
	struct open_key *one = list_add(crowd->scratch, &open->list);
	struct word *values = arena_array(crowd->scratch, derived->count +
	    key->values.list.count + 1, sizeof(*values));
	size_t count = list_values(scenario, key, derived, values);

	*one = (struct open_key){ key, values, count, derived->there ||
	    is_sent(scenario, key), count + 1, 0 };
	if (count > 1 && key_is_multivalued(crowd->court->catalog,
	    word_of(key->name)))
		one->choices++;
	one->choice = one->first;
}

static void
find_open(struct scenario *scenario, struct open_keys *open)
{
	struct crowd *crowd = scenario->crowd;
	struct question empty = { .named = { .word = { NULL, 0 } } };
	struct petition petition = { .arena = crowd->scratch,
	    .court = crowd->court, .question = &empty,
	    .call = &scenario->call, .caller = &scenario->caller,
	    .mfa = scenario->mfa, .action = scenario->call.action,
	    .resource = &scenario->resource, .way = scenario->call.way };
	struct request request;
	struct policies policies;

	petition_prepare(&petition, &request, &policies, NULL);
	for (size_t i = 0; i < crowd->keys.count; i++) {
		const struct crowd_key *key = &crowd->keys.items[i];
		size_t length = strlen(key->name);
		const struct context_key *derived = request_key(&request,
		    key->name, length, key_hash(key->name, length));

		if (derived->origin == ORIGIN_UNKNOWN)
			open_key(scenario, key, derived, open);
	}
}

static const struct open_key *
find_key(const struct open_keys *open, const char *name)
{
	for (size_t i = 0; i < open->list.count; i++)
		if (is(open->list.items[i].key, name))
			return &open->list.items[i];
	return NULL;
}

/* What is chosen of a key; none when it is absent. */
static const struct word *
chosen(const struct open_key *key, size_t *count)
{
	*count = key->choice == 0 ? 0 : key->choice > key->count ? 2 : 1;
	return key->choice > key->count ? key->values :
	    &key->values[key->choice - 1];
}

static bool
holds(const struct open_key *key, struct word value)
{
	size_t count;
	const struct word *values = chosen(key, &count);

	for (size_t i = 0; i < count; i++)
		if (word_equal_folded(values[i], value))
			return true;
	return false;
}

/* Both keys of an organization are there, or none. */
static bool
pairs(const struct open_keys *open)
{
	const struct open_key *id = find_key(open, "aws:PrincipalOrgID");
	const struct open_key *paths = find_key(open,
	    "aws:PrincipalOrgPaths");

	return id == NULL || paths == NULL ||
	    (id->choice == 0) == (paths->choice == 0);
}

static int
order(const struct open_keys *open, const char *one, const char *other)
{
	const struct open_key *keys[] = { find_key(open, one),
	    find_key(open, other) };
	struct date dates[2];

	for (size_t i = 0; i < 2; i++) {
		size_t count = 0;
		const struct word *text = keys[i] == NULL ? NULL :
		    chosen(keys[i], &count);

		if (count != 1 || !date_read(text->text, text->length, false,
		    &dates[i]))
			return 0;
	}
	return date_compare(&dates[0], &dates[1]);
}

/* KEY-2, KEY-7: one moment, and credentials that were made before it. */
static bool
times_agree(const struct open_keys *open)
{
	return order(open, "aws:CurrentTime", "aws:EpochTime") == 0 &&
	    order(open, "aws:TokenIssueTime", "aws:CurrentTime") <= 0 &&
	    order(open, "aws:TokenIssueTime", "aws:EpochTime") <= 0;
}

/* KEY-6: the first service is one of all. */
static bool
services_agree(const struct open_keys *open)
{
	const struct open_key *all = find_key(open, "aws:CalledVia");
	const struct open_key *first = find_key(open, "aws:CalledViaFirst");
	size_t count;

	return all == NULL || first == NULL || first->choice == 0 ||
	    holds(all, *chosen(first, &count));
}

/* KEY-8: the tags that are passed are named, and no others. */
static bool
tags_agree(const struct open_keys *open)
{
	const struct open_key *names = find_key(open, "aws:TagKeys");
	const struct open_key *tag = find_key(open, "aws:RequestTag/team");

	return names == NULL || tag == NULL ||
	    holds(names, word_of("team")) == (tag->choice > 0);
}

/* KEY-5: an account in the ARN is that of the source. */
static bool
sources_agree(const struct open_keys *open)
{
	const struct open_key *arn = find_key(open, "aws:SourceArn");
	const struct open_key *account = find_key(open, "aws:SourceAccount");
	struct word owner;
	size_t count;

	if (arn == NULL || arn->choice == 0 || account == NULL ||
	    account->choice == 0)
		return true;
	owner = owner_of_arn(*chosen(arn, &count));
	return owner.text == NULL || holds(account, owner);
}

/* A request may have all of these keys. */
static bool
is_consistent(const struct open_keys *open)
{
	return pairs(open) && times_agree(open) && services_agree(open) &&
	    tags_agree(open) && sources_agree(open);
}

static void
take_keys(struct scenario *scenario, const struct open_keys *open)
{
	struct question *question = &scenario->question;

	*question = (struct question){ .closed = true };
	for (size_t i = 0; i < open->list.count; i++) {
		const struct open_key *key = &open->list.items[i];
		struct given_key *given = list_add(
		    scenario->crowd->scratch, &question->keys);

		given->name.word = word_of(key->key->name);
		given->absent = key->choice == 0;
		if (key->choice == 0)
			continue;
		given->values = key->choice > key->count ? key->values :
		    &key->values[key->choice - 1];
		given->count = key->choice > key->count ? 2 : 1;
	}
}

/* Decisions. */

/* Who has an account is named: less stops him then. */
static const char *
write_principal(const struct scenario *scenario, const struct actor *actor,
    enum layer layer)
{
	if ((LAYERS_PRINCIPAL & (1u << layer)) == 0)
		return "";
	if (actor->account.text == NULL || layer == LAYER_RCP)
		return "\"Principal\":\"*\",";
	return arena_printf(scenario->crowd->scratch,
	    "\"Principal\":{\"AWS\":\"%.*s\"},",
	    (int)actor->principal.length, actor->principal.text);
}

static const struct charter *
compile_everything(const struct scenario *scenario, const struct actor *actor,
    enum layer layer)
{
	struct arena *arena = scenario->crowd->scratch;
	const char *bytes = arena_printf(arena, "{\"Version\":\"2012-10-17\","
	    "\"Statement\":{\"Effect\":\"Allow\",%s\"Action\":\"*\","
	    "\"Resource\":\"*\"}}", write_principal(scenario, actor, layer));
	const struct source *source = source_new(arena, "", bytes,
	    strlen(bytes));
	struct report report;
	const struct text *text;

	report_init(&report, arena, source);
	text = text_read(arena, source, &report);
	return charter_compile(arena, scenario->crowd->court->catalog,
	    reader_read_policy(arena, text, text->root, &report), layer,
	    scenario->crowd->court->assumptions, 0);
}

/* In the place of each unknown document; `always': of none as well. */
static bool
open_layer(const struct scenario *scenario, const struct actor *actor,
    enum layer layer, bool always, struct charters *charters)
{
	const struct charter **items = arena_array(scenario->crowd->scratch,
	    charters->count + 1, sizeof(*items));
	bool unknown = always;

	for (size_t i = 0; i < charters->count; i++) {
		items[i] = charters->items[i];
		if (!items[i]->unknown)
			continue;
		items[i] = compile_everything(scenario, actor, layer);
		unknown = true;
	}
	if (always && charters->count == 0)
		items[charters->count++] = compile_everything(scenario, actor,
		    layer);
	charters->items = items;
	return unknown;
}

static bool
open_levels(const struct scenario *scenario, const struct actor *actor,
    enum layer layer, struct levels *levels)
{
	struct charters *items = arena_array(scenario->crowd->scratch,
	    levels->count, sizeof(*items));
	bool opened = false;

	for (size_t i = 0; i < levels->count; i++) {
		items[i] = levels->items[i];
		opened |= open_layer(scenario, actor, layer, false,
		    &items[i]);
	}
	levels->items = items;
	return opened;
}

static void
decide(const struct scenario *scenario, struct crowd_request *one)
{
	const struct assumptions *assumptions =
	    scenario->crowd->court->assumptions;
	const struct actor *actor = &one->request.actor;
	bool opened;

	one->decision = decision_make(&one->request, &one->policies,
	    assumptions, NULL);
	one->hopeful = one->decision.verdict;
	opened = open_layer(scenario, actor, LAYER_IDENTITY, false,
	    &one->policies.identity);
	opened |= open_layer(scenario, actor,
	    request_asks_trust(&one->request) ? LAYER_TRUST : LAYER_RESOURCE,
	    false, &one->policies.resource);
	opened |= open_layer(scenario, actor, LAYER_ENDPOINT, false,
	    &one->policies.endpoint);
	opened |= open_layer(scenario, actor, LAYER_BOUNDARY, false,
	    &one->policies.boundary);
	opened |= open_levels(scenario, actor, LAYER_SCP, &one->policies.scp);
	opened |= open_levels(scenario, actor, LAYER_RCP, &one->policies.rcp);
	opened |= open_layer(scenario, actor, LAYER_SESSION,
	    one->request.actor.kind == ACTOR_FEDERATED_SESSION,
	    &one->policies.session);
	if (opened)
		one->hopeful = decision_make(&one->request, &one->policies,
		    assumptions, NULL).verdict;
}

/* Of one case in so many, since a trail takes its time. */
enum { COVERED = 16 };

static void
cover(const struct crowd *crowd, const struct crowd_request *one)
{
	struct docket docket = { .request = one->request,
	    .policies = one->policies };
	struct trail trail = { .arena = crowd->scratch };
	struct decision decision;

	if (crowd->count % COVERED != 0)
		return;
	decision = decision_make(&one->request, &one->policies,
	    crowd->court->assumptions, &trail);
	coverage_add(crowd->coverage, &docket, &decision, &trail);
}

static void
make_case(struct scenario *scenario)
{
	struct crowd *crowd = scenario->crowd;
	struct crowd_case *made = arena_alloc(crowd->scratch, sizeof(*made));
	struct petitions petitions = petition_list(crowd->scratch,
	    crowd->court, &scenario->question, &scenario->call,
	    &scenario->caller, scenario->mfa);

	if (petitions.refused != NULL || petitions.missing != NULL ||
	    petitions.count > CROWD_REQUESTS_MAX)
		return;
	made->caller = &scenario->caller;
	made->way = scenario->call.way;
	made->count = petitions.count;
	for (size_t i = 0; i < petitions.count; i++) {
		struct crowd_request *one = &made->requests[i];

		one->resource = petitions.items[i].resource;
		petition_prepare(&petitions.items[i], &one->request,
		    &one->policies, NULL);
		decide(scenario, one);
		cover(crowd, one);
	}
	crowd->count++;
	scenario->visit(scenario->context, made);
}

/* The next combination; false behind the last. */
static bool
next_combination(struct open_keys *open)
{
	for (size_t i = 0; i < open->list.count; i++) {
		struct open_key *key = &open->list.items[i];

		if (++key->choice < key->choices)
			return true;
		key->choice = key->first;
	}
	return false;
}

static void
draw_lots(struct crowd *crowd, struct open_keys *open)
{
	for (size_t i = 0; i < open->list.count; i++) {
		struct open_key *key = &open->list.items[i];

		key->choice = key->first + dice_get(&crowd->dice,
		    key->choices - key->first);
	}
}

static bool
is_many(const struct crowd *crowd, const struct open_keys *open)
{
	size_t product = 1;

	for (size_t i = 0; i < open->list.count; i++) {
		product *= open->list.items[i].choices -
		    open->list.items[i].first;
		if (product > crowd->limit)
			return true;
	}
	return false;
}

static void
make_cases(struct scenario *scenario)
{
	struct crowd *crowd = scenario->crowd;
	struct open_keys open = { .list = { .count = 0 } };
	size_t drawn = 0;
	bool many, more;

	find_open(scenario, &open);
	many = is_many(crowd, &open);
	crowd->sampled += many;
	do {
		if (many)
			draw_lots(crowd, &open);
		if (is_consistent(&open)) {
			take_keys(scenario, &open);
			make_case(scenario);
		}
		more = many ? ++drawn < crowd->limit :
		    next_combination(&open);
	} while (more);
}

/* All of them. */

static void
try_ways(struct scenario *scenario)
{
	const struct hamlet *hamlet = scenario->crowd->hamlet;
	const struct court *court = scenario->crowd->court;
	static const char foreign[] = "vpce-0999999999999999f";

	for (size_t i = 0; i < hamlet->endpoint_count + 3; i++) {
		struct way *way = &scenario->call.way;
		struct word id = word_of(i < 3 ? foreign :
		    hamlet->endpoints[i - 3]);

		*way = (struct way){ .kind = i == 0 ? WAY_INTERNET :
		    i == 1 ? WAY_SERVICE : WAY_ENDPOINT };
		if (i >= 2) {
			way->endpoint_id = id;
			way->endpoint = estate_endpoint(court->estate, id);
		}
		if (can_exist(scenario))
			make_cases(scenario);
		arena_reset(scenario->crowd->scratch);
	}
}

static void
try_call(struct scenario *scenario, const struct hamlet_call *call)
{
	const struct catalog *catalog = scenario->crowd->court->catalog;
	struct word action = word_of(call->action);

	if (!take_resource(scenario, call))
		return;
	scenario->call = (struct summoned_call){ .action = action,
	    .call = catalog_call(catalog, action.text, action.length),
	    .resources = &scenario->resource, .count = 1 };
	try_ways(scenario);
}

static void
try_calls(struct scenario *scenario)
{
	const struct hamlet *hamlet = scenario->crowd->hamlet;

	for (size_t i = 0; i < hamlet->call_count; i++)
		try_call(scenario, &hamlet->calls[i]);
}

/* Users have keys, or sessions with MFA or without. */
static void
try_credentials(struct scenario *scenario)
{
	enum actor_kind kind = scenario->caller.actor.kind;
	bool keys = kind == ACTOR_USER || kind == ACTOR_ROOT;

	for (unsigned i = 0; i < (keys ? 3 : 1); i++) {
		scenario->caller.credential = keys && i == 0 ?
		    CREDENTIAL_LONG_TERM : CREDENTIAL_SESSION;
		scenario->mfa = i == 2;
		try_calls(scenario);
	}
}

void
crowd_visit(struct crowd *crowd,
    void (*visit)(void *, const struct crowd_case *), void *context)
{
	struct scenario scenario = { .crowd = crowd, .visit = visit,
	    .context = context };

	for (size_t i = 0; i < crowd->hamlet->caller_count; i++) {
		if (!take_caller(&scenario, &crowd->hamlet->callers[i]))
			errx(1, "nobody is called %s",
			    crowd->hamlet->callers[i].principal);
		try_credentials(&scenario);
	}
}
