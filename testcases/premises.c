/* SPDX-License-Identifier: MIT */
/*
 * Holds the premises of the prover against derivation, and speaks TAP.
 *
 *	premises ESTATE
 *
 * Every caller of a table makes every call of another one, every way.  What
 * derive.c says of a key, absent, there, or of one value, the premises must
 * say too, when the supposed call is bound to the same caller, way and
 * resource; what it leaves open, they must leave open.  Rows of a third table
 * name where one of the two says more, and why.
 */
#include "config.h"

#include <err.h>
#include <stdio.h>
#include <string.h>

#include "policy/catalog.h"
#include "simulator/owner.h"
#include "simulator/passing.h"
#include "simulator/premise.h"
#include "simulator/search.h"

enum { BUDGET = 20000000 };

/* Who calls. */

struct who {
	const char	*principal;
	enum credential	 credential;
	bool		 mfa;
};

static const struct who callers[] = {
	{ "arn:aws:iam::111111111111:user/ops/tanaka", CREDENTIAL_LONG_TERM,
	    false },
	{ "arn:aws:iam::111111111111:user/ops/tanaka", CREDENTIAL_LONG_TERM,
	    true },
	{ "arn:aws:iam::111111111111:user/ops/tanaka", CREDENTIAL_SESSION,
	    false },
	{ "arn:aws:iam::111111111111:user/ops/tanaka", CREDENTIAL_SESSION,
	    true },
	{ "arn:aws:iam::111111111111:user/nobody", CREDENTIAL_LONG_TERM,
	    false },
	{ "arn:aws:iam::444444444444:user/loner", CREDENTIAL_LONG_TERM,
	    false },
	{ "arn:aws:iam::999999999999:user/guest", CREDENTIAL_UNKNOWN,
	    false },
	{ "arn:aws:iam::222222222222:root", CREDENTIAL_LONG_TERM, false },
	{ "arn:aws:iam::999999999999:root", CREDENTIAL_SESSION, false },
	{ "arn:aws:sts::222222222222:assumed-role/Forward/s1",
	    CREDENTIAL_SESSION, false },
	{ "arn:aws:sts::111111111111:federated-user/bob",
	    CREDENTIAL_SESSION, false },
	{ "lambda.amazonaws.com", CREDENTIAL_UNKNOWN, false },
	{ "*", CREDENTIAL_UNKNOWN, false },
	{ "federated:accounts.google.com", CREDENTIAL_UNKNOWN, false },
	{ "federated:arn:aws:iam::111111111111:saml-provider/Idp",
	    CREDENTIAL_UNKNOWN, false },
	{ "arn:aws:sts::222222222222:assumed-role/Sealed/s1",
	    CREDENTIAL_SESSION, false },
	{ "arn:aws:sts::999999999999:assumed-role/Odd/s1",
	    CREDENTIAL_SESSION, false },
	{ "arn:aws:sts::111111111111:assumed-role/AWSServiceRoleForX/s1",
	    CREDENTIAL_SESSION, false },
};

/* Which way: an endpoint's id, or one of these words. */
static const char *const ways[] = {
	"internet", "service", "vpce-0a11aaaaaaaaaaaa1",
	"vpce-0a22aaaaaaaaaaaa2", "vpce-0d33ddddddddddddd",
	"vpce-0999999999999999f",
};

/* What. */
static const struct what {
	const char	*action, *resource;
	const char	*part;		/* of the call, or NULL */
	bool		 assumes;
} calls[] = {
	{ "ssm:StartSession", "arn:aws:ec2:eu-west-1:222222222222:"
	    "instance/i-0c11cccccccccccc1", "instance", false },
	{ "ssm:StartSession", "arn:aws:ssm:eu-west-1::document/AWS-Start",
	    "document", false },
	{ "ssm:TerminateSession", "arn:aws:ssm:eu-west-1:111111111111:"
	    "session/s-1", NULL, false },
	{ "sts:AssumeRole", "arn:aws:iam::222222222222:role/app/Forward",
	    NULL, true },
	{ "sts:AssumeRoleWithWebIdentity",
	    "arn:aws:iam::222222222222:role/app/Forward", NULL, true },
	{ "sts:AssumeRoleWithSAML",
	    "arn:aws:iam::222222222222:role/app/Forward", NULL, true },
	{ "s3:GetObject", "arn:aws:s3:::data/k", NULL, false },
	{ "s3:GetObject", "arn:aws:s3:::agent/k", NULL, false },
	{ "s3:GetObject", "arn:aws:s3:::elsewhere/k", NULL, false },
	{ "s3:ListAllMyBuckets", "*", NULL, false },
	{ "kms:Decrypt", "arn:aws:kms:eu-west-1:999999999999:key/k", NULL,
	    false },
	{ "iam:GetRole", "arn:aws:iam::222222222222:role/app/Forward",
	    NULL, false },
	{ "ec2:CreateVpcEndpoint", "arn:aws:ec2:eu-west-1:222222222222:"
	    "vpc/vpc-0bbbbbbbbbbbbbbb2", NULL, false },
	{ "events:PutEvents", "arn:aws:events:eu-west-1:222222222222:"
	    "event-bus/b", NULL, false },
	{ "ssm:UpdateInstanceInformation", "arn:aws:ec2:eu-west-1:"
	    "222222222222:instance/i-0c11cccccccccccc1", NULL, false },
};

/* Keys besides those of the catalogue's table of global keys. */
static const char *const keys[] = {
	"aws:PrincipalTag/team", "aws:PrincipalTag/other",
	"aws:ResourceTag/access", "aws:ResourceTag/team",
	"aws:ResourceTag/other", "ssm:resourceTag/access",
	"ssm:resourceTag/aws:ssmmessages:session-id",
	"iam:ResourceTag/team", "aws:RequestTag/team", "kms:CallerAccount",
	"kms:ViaService", "s3:ResourceAccount", "s3:prefix",
	"accounts.google.com:sub", "nobody:knows",
};

/* Where the two differ.  A star ends a name of which only the start counts. */
static const struct {
	const char	*key;
	bool		 narrower;	/* the premises say more, else less */
	const char	*why;
	const char	*principal;	/* only of this caller; NULL: of all */
} differences[] = {
	{ "aws:SecureTransport", false, "whoever asks for it means it", NULL },
	{ "aws:RequestedRegion", false,
	    "where to, if the ARN does not say", NULL },
	{ "aws:UserAgent", false, "nobody knows", NULL },
	{ "aws:MultiFactorAuthAge", false,
	    "a code may be some seconds old", NULL },
	{ "aws:ResourceAccount", false, "AWS has accounts of its own", NULL },
	{ "s3:ResourceAccount", false, "AWS has accounts of its own", NULL },
	{ "aws:PrincipalTag/team", true,
	    "sessions keep their role's tags", NULL },
	{ "aws:PrincipalOrg*", true, "strangers are not in ours", NULL },
	{ "aws:TagKeys", false, "what is passed is open", NULL },
	{ "aws:RequestTag/*", false, "what is passed is open", NULL },
	{ "sts:*", false, "what is passed is open", NULL },
	{ "aws:SourceVpcArn", false, "which region it is in", NULL },
	{ "kms:ViaService", true, "only actions that list it carry it", NULL },
	{ "ssm:Node*", true, "only actions that list it carry it", NULL },
	{ "kms:CallerAccount", false, "STS is asked in one context", NULL },
	{ "aws:SourceIp", false, "services may withhold it (KEY-5)",
	    "lambda.amazonaws.com" },
};

/* One call by one caller, both ways of saying it. */
struct match {
	struct arena			*arena;
	struct court			 court;
	const struct who		*who;
	const char			*way;
	const struct what		*what;
	struct request			 request;	/* derived */
	struct supposition		*call;
	struct supposed_request		*supposed;
	struct search			*search;
	int				 root;
};

struct run {
	struct arena	*arena;			/* of the estate */
	struct court	 court;
	size_t		 number, failures, impossible, questions,
			 undecided;
};

static struct word
word_of(const char *text)
{
	return word_from(text, strlen(text));
}

static bool
starts_like(const char *name, const char *pattern)
{
	size_t length = strlen(pattern);

	if (pattern[length - 1] == '*')
		return strncmp(name, pattern, length - 1) == 0;
	return strcmp(name, pattern) == 0;
}

/* One concrete request. */

static void
take_way(const struct match *match, struct way *way)
{
	if (strcmp(match->way, "internet") == 0)
		way->kind = WAY_INTERNET;
	else if (strcmp(match->way, "service") == 0)
		way->kind = WAY_SERVICE;
	else
		*way = (struct way){ WAY_ENDPOINT, word_of(match->way),
		    estate_endpoint(match->court.estate,
		    word_of(match->way)) };
}

static void
take_resource(struct match *match, struct situation *situation)
{
	struct request *request = &match->request;
	const struct estate_resource *resource;

	request->resource = word_of(match->what->resource);
	resource = estate_resource(match->court.estate, request->resource);
	situation->resource = resource;
	if (strcmp(match->what->resource, "*") == 0)
		request->resource_account = request->actor.account;
	else
		request->resource_account = owner_of_arn(request->resource);
	if (resource != NULL && resource->account.text != NULL)
		request->resource_account = resource->account;
	if ((resource != NULL && resource->aws_owned) ||
	    owner_is_aws(match->arena, match->court.catalog,
	    request->resource))
		request->flags |= REQUEST_AWS_OWNED;
}

static void
derive(struct match *match)
{
	struct request *request = &match->request;
	struct situation situation = { .estate = match->court.estate,
	    .assumptions = match->court.assumptions,
	    .credential = match->who->credential, .mfa = match->who->mfa,
	    .passing.assumes = match->what->assumes };
	const char *action = match->what->action;

	actor_read(&request->actor, word_of(match->who->principal),
	    (struct word){ NULL, 0 });
	situation.principal = estate_principal_of(match->court.estate,
	    &request->actor);
	request->action = word_of(action);
	request->listed = catalog_action(&catalog_builtin, action,
	    strlen(action));
	request->service = request->listed->service;
	situation.named_document = strstr(match->what->resource,
	    ":document/") != NULL;
	take_way(match, &situation.way);
	take_resource(match, &situation);
	situation.barred = request->actor.kind == ACTOR_ROLE_SESSION &&
	    passing_is_barred(match->arena, &match->court,
	    situation.principal, NULL);
	derive_context(match->arena, &situation, request, NULL);
}

/* The same, supposed. */

static void
ask_for_keys(struct match *match)
{
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		supposition_key(match->supposed, word_of(keys[i]));
	for (unsigned i = 0; i < catalog_builtin.global_count; i++)
		if (!catalog_builtin.globals[i].key.template)
			supposition_key(match->supposed, word_of(
			    catalog_builtin.globals[i].key.name));
}

static void
bind(struct match *match, int formula)
{
	match->root = formula_and(match->call->formulas, match->root,
	    formula);
}

static void
bind_text(struct match *match, size_t slot, struct word text)
{
	if (text.text != NULL)
		bind(match, universe_equal(match->call->universe, slot, text,
		    false));
}

static void
bind_caller(struct match *match)
{
	const struct actor *actor = &match->request.actor;
	struct supposition *call = match->call;
	const struct estate_principal *principal = estate_principal_of(
	    match->court.estate, actor);
	struct supposed_key *issued = supposition_key(match->supposed,
	    word_of("aws:TokenIssueTime"));

	bind(match, supposition_is_kind(call, actor->kind));
	if (actor->service_linked)
		bind(match, supposition_is_service_linked(call));
	bind_text(match, call->account, actor->account);
	bind_text(match, call->session, actor->session);
	if (actor->kind == ACTOR_SERVICE || actor->kind == ACTOR_PROVIDER)
		bind_text(match, call->outsider, actor->principal);
	else if (principal != NULL)
		bind_text(match, call->arn, principal->arn);
	else if (actor->kind != ACTOR_ROLE_SESSION)
		bind_text(match, call->arn, actor->account.text == NULL ?
		    actor->account : actor->principal);
	if (match->who->credential == CREDENTIAL_LONG_TERM)
		bind(match, -issued->present);
	else if (match->who->credential == CREDENTIAL_SESSION)
		bind(match, issued->present);
}

/* Without MFA it is false or not there. */
static void
bind_mfa(struct match *match)
{
	struct supposed_key *mfa = supposition_key(match->supposed,
	    word_of("aws:MultiFactorAuthPresent"));
	int truth = universe_true(match->call->universe, mfa->slots[0]);

	if (!match->who->mfa)
		bind(match, -truth);
	else if (match->who->credential == CREDENTIAL_SESSION ||
	    strcmp(match->what->action, "sts:AssumeRole") == 0)
		bind(match, truth);
}

static void
bind_way(struct match *match)
{
	const struct supposition *call = match->call;
	int any = FORMULA_FALSE;

	for (size_t i = 0; i < call->way_count; i++) {
		const struct supposed_way *way = &call->ways[i];
		struct way taken = { .kind = WAY_UNKNOWN };

		take_way(match, &taken);
		if (way->kind == taken.kind &&
		    way->endpoint == taken.endpoint)
			any = formula_or(call->formulas, any, way->bit);
	}
	bind(match, any);
	if (strncmp(match->way, "vpce-", 5) == 0)
		bind_text(match, supposition_key(match->supposed,
		    word_of("aws:SourceVpce"))->slots[0],
		    word_of(match->way));
}

static void
bind_resource(struct match *match)
{
	bind_text(match, match->supposed->resource, match->request.resource);
	if ((match->request.flags & REQUEST_AWS_OWNED) == 0 &&
	    match->request.resource_account.text != NULL)
		bind(match, universe_slot(match->call->universe,
		    match->supposed->owner)->presence);
	else if ((match->request.flags & REQUEST_AWS_OWNED) != 0)
		bind(match, -universe_slot(match->call->universe,
		    match->supposed->owner)->presence);
}

static void
suppose(struct match *match)
{
	const char *action = match->what->action;
	const struct supposed_action supposed = { .name = word_of(action),
	    .listed = match->request.listed,
	    .service = match->request.service };
	struct universe *universe = universe_new(match->arena,
	    formulas_new(match->arena));

	match->call = supposition_new(match->arena, &match->court, universe,
	    "");
	match->supposed = supposition_add(match->call, match->what->part,
	    FORMULA_TRUE,
	    &supposed, 1);
	ask_for_keys(match);
	match->root = FORMULA_TRUE;
	bind_caller(match);
	bind_mfa(match);
	bind_way(match);
	bind_resource(match);
	premise_add(match->call, (struct premise_reading){ .all = false });
	for (unsigned i = 0; i < PREMISE_COUNT; i++)
		bind(match, match->call->premises[i]);
	match->search = search_new(match->arena, universe);
}

/* Questions. */

static enum search_answer
ask(struct run *run, struct match *match, int formula)
{
	struct search_result result = search_solve(match->search, match->root,
	    &formula, 1, BUDGET);

	run->questions++;
	run->undecided += result.answer == SEARCH_UNDECIDED;
	return result.answer;
}

static bool
is_excused(const struct match *match, const char *name, bool narrower)
{
	for (size_t i = 0; i < sizeof(differences) / sizeof(differences[0]);
	    i++)
		if (starts_like(name, differences[i].key) &&
		    differences[i].narrower == narrower &&
		    (differences[i].principal == NULL || strcmp(
		    differences[i].principal, match->who->principal) == 0))
			return true;
	return false;
}

static int
value_formula(const struct match *match, const struct supposed_key *key,
    const struct context_key *derived)
{
	int any = FORMULA_FALSE;

	for (size_t i = 0; i < derived->count; i++)
		any = formula_or(match->call->formulas, any, universe_equal(
		    match->call->universe, key->slots[0], derived->values[i],
		    false));
	return any;
}

static bool
complain(const struct match *match, const char *name, const char *what)
{
	printf("# %s, %s, %s on %s: %s %s\n", match->who->principal,
	    match->way, match->what->action, match->what->resource, name,
	    what);
	return false;
}

/* Something that the premises must rule out, or must not. */
struct claim_on_key {
	const char	*name, *what;
	int		 formula;
	bool		 possible;
	bool		 seen;
};

struct claims_on_keys {
	LIST(struct claim_on_key)	 list;
};

static void
expect(struct match *match, struct claims_on_keys *claims, const char *name,
    int formula, bool possible, const char *what)
{
	if (!is_excused(match, name, possible))
		*list_add(match->arena, &claims->list) =
		    (struct claim_on_key){ name, what, formula, possible,
		    false };
}

static void
expect_of_key(struct match *match, struct claims_on_keys *claims,
    const char *name)
{
	const struct context_key *derived = request_key(&match->request, name,
	    strlen(name), key_hash(name, strlen(name)));
	struct supposed_key *key = supposition_key(match->supposed,
	    word_of(name));
	bool open = derived->origin == ORIGIN_UNKNOWN && !derived->there;
	bool absent = derived->origin == ORIGIN_ABSENT;
	int value;

	expect(match, claims, name, key->present, !absent, absent ?
	    "is absent" : "can be there");
	expect(match, claims, name, -key->present, open || absent,
	    open || absent ? "can be absent" : "is there");
	if (derived->origin != ORIGIN_DERIVED)
		return;
	value = value_formula(match, key, derived);
	expect(match, claims, name, value, true, "has its value");
	expect(match, claims, name, -value, false, "has no other value");
}

/* What must not be is asked for all at once, and one by one only if that is
 * possible; a budget that is spent proves nothing either way. */
static bool
hold_impossible(struct run *run, struct match *match,
    const struct claims_on_keys *claims)
{
	int any = FORMULA_FALSE;
	bool fine = true;

	for (size_t i = 0; i < claims->list.count; i++)
		if (!claims->list.items[i].possible)
			any = formula_or(match->call->formulas, any,
			    claims->list.items[i].formula);
	if (ask(run, match, any) == SEARCH_UNSATISFIABLE)
		return true;
	for (size_t i = 0; i < claims->list.count; i++) {
		const struct claim_on_key *claim = &claims->list.items[i];

		if (!claim->possible && ask(run, match, claim->formula) ==
		    SEARCH_SATISFIABLE)
			fine = complain(match, claim->name, claim->what);
	}
	return fine;
}

/* One model shows of many claims that they can be. */
static bool
hold_possible(struct run *run, struct match *match,
    struct claims_on_keys *claims)
{
	bool fine = true;

	for (size_t i = 0; i < claims->list.count; i++) {
		struct claim_on_key *claim = &claims->list.items[i];
		enum search_answer answer;

		if (!claim->possible || claim->seen)
			continue;
		answer = ask(run, match, claim->formula);
		if (answer == SEARCH_UNSATISFIABLE)
			fine = complain(match, claim->name, claim->what);
		for (size_t j = i; j < claims->list.count &&
		    answer == SEARCH_SATISFIABLE; j++)
			claims->list.items[j].seen |= search_value(
			    match->search, claims->list.items[j].formula);
	}
	return fine;
}

static void
tell(struct run *run, const struct match *match, bool fine)
{
	run->failures += !fine;
	printf("%sok %zu - %s, %s, %s on %s%s%s\n", fine ? "" : "not ",
	    ++run->number, match->who->principal, match->way,
	    match->what->action, match->what->resource,
	    match->who->mfa ? ", MFA" : "",
	    match->who->credential == CREDENTIAL_SESSION ? ", session" : "");
}

/* Calls that nobody can make: what the premises must rule out. */
static bool
can_exist(const struct match *match)
{
	enum actor_kind kind = match->request.actor.kind;
	bool web = strstr(match->what->action, "WithWebIdentity") != NULL;
	bool saml = strstr(match->what->action, "WithSAML") != NULL;
	const struct estate_endpoint *endpoint = estate_endpoint(
	    match->court.estate, word_of(match->way));
	bool endpoints = strncmp(match->way, "vpce-", 5) == 0;

	if ((web || saml) != (kind == ACTOR_PROVIDER))
		return false;
	if (kind == ACTOR_ANONYMOUS &&
	    strncmp(match->what->action, "s3:", 3) != 0 &&
	    strncmp(match->what->action, "events:", 7) != 0)
		return false;
	if (kind == ACTOR_PROVIDER && saml != (strstr(match->who->principal,
	    ":saml-provider/") != NULL))
		return false;
	if (endpoint != NULL && endpoint->service != match->request.service)
		return false;
	if (kind == ACTOR_SERVICE && endpoints)
		return false;
	return strcmp(match->way, "service") != 0 ||
	    match->request.actor.account.text != NULL;
}

static bool
hold_keys(struct run *run, struct match *match)
{
	struct claims_on_keys claims = { .list = { .count = 0 } };
	bool fine;

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		expect_of_key(match, &claims, keys[i]);
	for (unsigned i = 0; i < catalog_builtin.global_count; i++)
		if (!catalog_builtin.globals[i].key.template)
			expect_of_key(match, &claims,
			    catalog_builtin.globals[i].key.name);
	fine = hold_impossible(run, match, &claims);
	return hold_possible(run, match, &claims) && fine;
}

static void
hold(void *argument)
{
	struct run *run = *(struct run **)argument;
	struct match *match = ((struct match **)argument)[1];
	bool possible;

	derive(match);
	suppose(match);
	possible = ask(run, match, FORMULA_TRUE) != SEARCH_UNSATISFIABLE;
	if (!can_exist(match)) {
		run->impossible++;
		tell(run, match, possible ? complain(match, "the call",
		    "cannot exist") : true);
		return;
	}
	if (!possible)
		complain(match, "the call", "can exist");
	tell(run, match, possible && hold_keys(run, match));
}

static void
hold_one(struct run *run, const struct who *who, const char *way,
    const struct what *what)
{
	struct match match = { .arena = arena_new(), .court = run->court,
	    .who = who, .way = way, .what = what };
	void *both[] = { run, &match };

	if (match.arena == NULL || !arena_protect(match.arena, hold, both))
		err(1, NULL);
	arena_free(match.arena);
}

static const struct source *
load(void *context, struct arena *arena, const char *name,
    const char **error)
{
	(void)context;
	(void)arena;
	(void)name;
	*error = "there are no policies here";
	return NULL;
}

static char *
read_all(struct arena *arena, const char *path, size_t *length)
{
	enum { SIZE = 65536 };
	char *bytes = arena_alloc(arena, SIZE);
	FILE *in = fopen(path, "r");

	if (in == NULL)
		err(1, "%s", path);
	*length = fread(bytes, 1, SIZE - 1, in);
	fclose(in);
	return bytes;
}

static const struct estate *
read_estate(struct arena *arena, const char *path)
{
	static const struct estate_loader loader = { .load = load };
	struct report report;
	size_t length;
	const char *bytes = read_all(arena, path, &length);
	const struct source *source;
	const struct estate *estate;

	source = source_new(arena, path, bytes, length);
	report_init(&report, arena, source);
	estate = estate_read(arena, source, &catalog_builtin, &loader,
	    &report);
	for (size_t i = 0; estate != NULL && !estate->usable &&
	    i < report.findings.count; i++)
		warnx("%s: %s", path, report.findings.items[i].message);
	if (estate == NULL || !estate->usable)
		errx(1, "%s: no estate", path);
	return estate;
}

/* Two calls: a user assumes a role, with MFA and a name, and its session
 * makes the second call. */

struct chain {
	struct run	*run;
	struct match	 first, second;
};

static struct supposed_key *
key_of(struct match *match, const char *name)
{
	return supposition_key(match->supposed, word_of(name));
}

static void
suppose_hop(struct match *match, struct universe *universe,
    const char *label)
{
	const char *action = match->what->action;
	const struct action *listed = catalog_action(&catalog_builtin, action,
	    strlen(action));
	const struct supposed_action supposed = { .name = word_of(action),
	    .listed = listed, .service = listed->service };

	match->call = supposition_new(match->arena, &match->court, universe,
	    label);
	match->supposed = supposition_add(match->call, match->what->part,
	    FORMULA_TRUE, &supposed, 1);
	ask_for_keys(match);
}

static int
has_text(struct match *match, const char *name, const char *text)
{
	return universe_equal(match->call->universe,
	    key_of(match, name)->slots[0], word_of(text), false);
}

static void
hold_claim(struct run *run, struct match *match, const char *says,
    int formula, bool possible)
{
	enum search_answer answer = ask(run, match, formula);
	bool fine = answer == (possible ? SEARCH_SATISFIABLE :
	    SEARCH_UNSATISFIABLE);

	run->failures += !fine;
	printf("%sok %zu - a chain: %s\n", fine ? "" : "not ",
	    ++run->number, says);
}

static void
link_hops(struct chain *chain, struct universe *universe, bool all)
{
	const struct premise_reading reading = { .all = all };
	struct match *first = &chain->first, *second = &chain->second;

	suppose_hop(first, universe, "first ");
	suppose_hop(second, universe, "second ");
	premise_link(first->call, second->call, reading);
	premise_add(first->call, reading);
	premise_add(second->call, reading);
	second->root = universe_equal(universe, first->call->arn,
	    word_of("arn:aws:iam::111111111111:user/ops/tanaka"), false);
	for (unsigned i = 0; i < PREMISE_COUNT; i++) {
		bind(second, first->call->premises[i]);
		bind(second, second->call->premises[i]);
	}
	bind(second, has_text(first, "sts:RoleSessionName", "s1"));
	bind(second, universe_equal(universe, first->supposed->resource,
	    word_of("arn:aws:iam::222222222222:role/app/Forward"), false));
	second->search = search_new(second->arena, universe);
}

static void
hold_session(struct run *run, struct match *first, struct match *second)
{
	int passed = has_text(first, "aws:RequestTag/team", "x");

	hold_claim(run, second, "is possible", FORMULA_TRUE, true);
	hold_claim(run, second, "the role is the caller", -has_text(second,
	    "aws:PrincipalArn", "arn:aws:iam::222222222222:role/app/Forward"),
	    false);
	hold_claim(run, second, "the name is kept", -has_text(second,
	    "aws:userid", "AROA2222222222FORWARD:s1"), false);
	hold_claim(run, second, "a user's name is not", key_of(second,
	    "aws:username")->present, false);
	hold_claim(run, second, "a tag is passed", formula_and(
	    second->call->formulas, passed, -has_text(second,
	    "aws:PrincipalTag/team", "x")), false);
	hold_claim(run, second, "a tag is the role's", formula_and(
	    second->call->formulas, -key_of(first, "aws:RequestTag/team")->
	    present, -has_text(second, "aws:PrincipalTag/team", "net")),
	    false);
	hold_claim(run, second, "no other tag is there", formula_and(
	    second->call->formulas, -key_of(first, "aws:RequestTag/other")->
	    present, key_of(second, "aws:PrincipalTag/other")->present),
	    false);
	hold_claim(run, second, "a source identity is kept", formula_and(
	    second->call->formulas, has_text(first, "sts:SourceIdentity",
	    "who"), -has_text(second, "aws:SourceIdentity", "who")), false);
	hold_claim(run, second, "no machine hands it out", key_of(second,
	    "ec2:RoleDelivery")->present, false);
	hold_claim(run, second, "the ways are two", formula_and(
	    second->call->formulas, supposition_is_way(first->call,
	    WAY_ENDPOINT), supposition_is_way(second->call, WAY_INTERNET)),
	    true);
}

static void
hold_mfa(struct run *run, struct match *first, struct match *second,
    bool all)
{
	struct universe *universe = second->call->universe;
	int then = universe_true(universe, key_of(first,
	    "aws:MultiFactorAuthPresent")->slots[0]);
	int now = universe_true(universe, key_of(second,
	    "aws:MultiFactorAuthPresent")->slots[0]);
	struct formulas *formulas = second->call->formulas;

	hold_claim(run, second, all ? "MFA may stick" : "MFA does not stick",
	    formula_and(formulas, then, now), all);
	hold_claim(run, second, "MFA may be lost", formula_and(formulas, then,
	    -now), true);
	hold_claim(run, second, "MFA comes from somewhere",
	    formula_and(formulas, -then, now), false);
}

static void
hold_chain(void *argument)
{
	struct chain *chain = argument;

	for (unsigned all = 0; all <= 1; all++) {
		struct universe *universe = universe_new(chain->first.arena,
		    formulas_new(chain->first.arena));

		link_hops(chain, universe, all);
		if (all == 0)
			hold_session(chain->run, &chain->first,
			    &chain->second);
		hold_mfa(chain->run, &chain->first, &chain->second, all);
	}
}

static void
hold_chains(struct run *run)
{
	static const struct what first = { "sts:AssumeRole", "", NULL, true };
	static const struct what second = { "s3:GetObject", "", NULL, false };
	struct chain chain = { .run = run };

	chain.first = (struct match){ .arena = arena_new(),
	    .court = run->court, .what = &first };
	chain.second = chain.first;
	chain.second.what = &second;
	if (chain.first.arena == NULL ||
	    !arena_protect(chain.first.arena, hold_chain, &chain))
		err(1, NULL);
	arena_free(chain.first.arena);
}

/* Every caller makes every call, going one of the ways in turn; and every way
 * is gone with every call by some caller. */
static void
hold_all(struct run *run)
{
	const size_t way_count = sizeof(ways) / sizeof(ways[0]);
	const size_t call_count = sizeof(calls) / sizeof(calls[0]);
	const size_t caller_count = sizeof(callers) / sizeof(callers[0]);

	for (size_t i = 0; i < caller_count; i++)
		for (size_t j = 0; j < call_count; j++)
			hold_one(run, &callers[i], ways[(i + j) % way_count],
			    &calls[j]);
}

int
main(int argc, char **argv)
{
	static const struct assumptions assumptions;
	struct run run = { .arena = arena_new() };

	if (run.arena == NULL || argc != 2)
		errx(1, "usage: premises ESTATE");
	run.court = (struct court){ .catalog = &catalog_builtin,
	    .assumptions = &assumptions,
	    .estate = read_estate(run.arena, argv[1]) };
	run.court.archive = archive_new(run.arena, run.court.estate,
	    &assumptions, 0);
	hold_all(&run);
	hold_chains(&run);
	printf("1..%zu\n# %zu questions, %zu undecided; %zu calls that cannot "
	    "exist\n", run.number, run.questions, run.undecided,
	    run.impossible);
	arena_free(run.arena);
	return run.failures > 0;
}
