/* SPDX-License-Identifier: MIT */
/*
 * From a call that makes a session to a call of that session: which role it
 * is, under which name, and what it carries (TRUST-9 to TRUST-12).  Whatever
 * is not said here the two calls do not share.
 *
 * What is carried must have a key in every call on its way: premise_share()
 * asks for those that nobody has mentioned.
 */
#include "config.h"

#include <string.h>

#include "simulator/premise_row.h"

static const char principal_tag[] = "aws:PrincipalTag/";
static const char request_tag[] = "aws:RequestTag/";
static const char mfa_present[] = "aws:MultiFactorAuthPresent";

int
premise_chains(const struct supposition *call)
{
	return fact_call_acts(call, action_is_among,
	    "sts:AssumeRole " TRUST_BESIDE);
}

/* Both calls; the first's request is the one for the role. */
struct link {
	struct supposition		*first, *second;
	struct supposed_request		*from, *to;
	struct premise_reading		 reading;
};

static struct link
link_of(struct supposition *first, struct supposition *second)
{
	return (struct link){ .first = first, .second = second,
	    .from = first->requests.items[0],
	    .to = second->requests.items[0] };
}

static void
require(const struct link *link, int formula)
{
	supposition_require(link->second, PREMISE_assuming, formula);
}

static void
imply(const struct link *link, int condition, int formula)
{
	supposition_imply(link->second, PREMISE_assuming, condition, formula);
}

static struct supposed_key *
key_of(struct supposed_request *request, const char *name)
{
	return supposition_key(request, word_from(name, strlen(name)));
}

/* Both calls lie in one universe, so that either stands for it. */
static int
both(const struct link *link, int a, int b)
{
	return fact_and(link->second, a, b);
}

/* Said once more without the session's slot between, for whoever solves it. */
static void
link_userid(const struct link *link, size_t name)
{
	const struct supposition *second = link->second;
	const struct supposed_key *userid = fact_key(link->to, "aws:userid");

	for (size_t i = 0; userid != NULL && i < second->casting_count; i++) {
		const struct casting *casting = &second->castings[i];
		const struct estate_principal *role = casting->principal;

		if (role != NULL && role->is_role && role->id.text != NULL)
			imply(link, casting->bit, fact_form(second,
			    userid->slots[0], arena_printf(second->arena,
			    "%.*s:%%", (int)role->id.length, role->id.text),
			    name));
	}
}

/* The session is of the role that was assumed, under the name it was given. */
static void
link_caller(const struct link *link)
{
	struct supposition *second = link->second;
	const struct supposed_key *name = key_of(link->from,
	    "sts:RoleSessionName");

	require(link, fact_is_kind(second, KIND_SET(ACTOR_ROLE_SESSION)));
	for (size_t i = 0; i < second->casting_count; i++) {
		const struct casting *casting = &second->castings[i];

		if (casting->principal != NULL && casting->principal->is_role)
			require(link, formula_iff(second->formulas,
			    casting->bit, fact_text(second,
			    link->from->resource, casting->principal->arn)));
	}
	link_userid(link, name->slots[0]);
	require(link, fact_same(second, second->arn, link->from->resource));
	require(link, fact_same(second, second->session, name->slots[0]));
}

/* Once it is set it stays, whatever session comes of this one (TRUST-12). */
static void
keep_source_identity(const struct link *link)
{
	static const char *const names[] = { "sts:SourceIdentity",
	    "aws:SourceIdentity" };
	const struct supposed_key *now = fact_key(link->to, names[1]);
	const struct supposed_key *set = fact_key(link->to, names[0]);

	for (size_t i = 0; now != NULL && i < 2; i++) {
		const struct supposed_key *former = key_of(link->from,
		    names[i]);

		imply(link, former->present, fact_value_of(link->second, now,
		    former->slots[0]));
		if (set != NULL)
			imply(link, both(link, former->present, set->present),
			    fact_same(link->second, set->slots[0],
			    former->slots[0]));
	}
}

static void
link_source_identity(const struct link *link)
{
	const struct supposed_key *now = fact_key(link->to,
	    "aws:SourceIdentity");

	keep_source_identity(link);
	if (now != NULL)
		imply(link, both(link,
		    -key_of(link->from, "sts:SourceIdentity")->present,
		    -key_of(link->from, "aws:SourceIdentity")->present),
		    -now->present);
}

/* Tags of the role, overridden by those that are passed (TRUST-10). */
static void
link_role_tag(const struct link *link, const struct supposed_key *key,
    struct word tag, int condition)
{
	const struct supposition *second = link->second;

	for (size_t i = 0; i < second->casting_count; i++) {
		const struct casting *casting = &second->castings[i];
		struct word value;

		if (casting->principal == NULL || !casting->principal->is_role)
			continue;
		value = premise_find_tag(&casting->principal->tags, tag);
		imply(link, both(link, condition, casting->bit),
		    value.text == NULL ? -key->present :
		    fact_value(second, key, value));
	}
}

static struct supposed_key *
tag_key(struct supposed_request *request, const char *prefix, struct word tag)
{
	return key_of(request, arena_printf(request->call->arena, "%s%.*s",
	    prefix, (int)tag.length, tag.text));
}

/*
 * What the session has inherited is passed on without being asked for, and
 * sts:TagSession is wanted for it; register TRUST-11: it is among the tags of
 * the request, or not.  To pass another one of that key fails (TRUST-10).
 */
static void
add_inherited(struct supposed_request *request, const struct supposed_key *key,
    struct word tag)
{
	struct supposition *call = request->call;
	int condition = fact_and(call, key->inherited, premise_chains(call));
	const struct supposed_key *passed;

	if (condition == FORMULA_FALSE)
		return;
	passed = tag_key(request, request_tag, tag);
	supposition_imply(call, PREMISE_assuming, condition,
	    supposition_assume(call, ASSUME_trust_11) != 0 ?
	    -passed->present : fact_value_of(call, passed, key->slots[0]));
	for (size_t i = 0; i < call->requests.count; i++)
		if (call->requests.items[i]->when == CALL_TAGS)
			supposition_imply(call, PREMISE_assuming, condition,
			    call->requests.items[i]->there);
}

/* Of the first session of a chain, nobody knows here what it has inherited. */
static int
inherited_before(const struct link *link, struct supposed_key *former,
    struct word tag)
{
	struct supposition *first = link->first;
	int may = both(link, former->present, fact_is_kind(first,
	    KIND_SET(ACTOR_ROLE_SESSION)));

	if (former->inherited != 0)
		return former->inherited;
	former->inherited = both(link, may,
	    formula_variable(first->formulas));
	add_inherited(link->from, former, tag);
	return former->inherited;
}

/* It is passed, and asked to be passed on as well. */
static int
passed_on(const struct link *link, const struct supposed_key *passed,
    struct word tag)
{
	return both(link, passed->present, fact_has_value(link->first,
	    key_of(link->from, "sts:TransitiveTagKeys"), tag));
}

/* Inherited tags and those that are passed count more than the role's, which
 * are never passed on (TRUST-10).  No key has both of them, with two values:
 * see add_inherited(). */
static void
link_tag(const struct link *link, struct supposed_key *key)
{
	const struct premise_subject subject = { .key = key };
	struct word tag = premise_tag(&subject);
	struct supposed_key *former, *passed;
	int inherited;

	if (tag.text == NULL)
		return;
	former = tag_key(link->from, principal_tag, tag);
	passed = tag_key(link->from, request_tag, tag);
	inherited = inherited_before(link, former, tag);
	imply(link, inherited, fact_value_of(link->second, key,
	    former->slots[0]));
	imply(link, passed->present, fact_value_of(link->second, key,
	    passed->slots[0]));
	link_role_tag(link, key, tag, both(link, -inherited,
	    -passed->present));
	if (premise_chains(link->second) == FORMULA_FALSE)
		return;
	key->inherited = fact_or(link->second, inherited,
	    passed_on(link, passed, tag));
	add_inherited(link->to, key, tag);
}

static bool
is_tag(const struct supposed_key *key, const char *prefix)
{
	size_t length = strlen(prefix);

	return key->slots != NULL && key->name.length > length &&
	    word_equal_folded(word_from(key->name.text, length),
	    word_from(prefix, length));
}

static void
link_tags(const struct link *link)
{
	for (size_t i = 0; i < link->second->keys.list.count; i++)
		if (is_tag(link->second->keys.list.items[i], principal_tag))
			link_tag(link, link->second->keys.list.items[i]);
}

static int
is_true(const struct link *link, const struct supposed_key *key)
{
	return both(link, key->present, universe_true(link->second->universe,
	    key->slots[0]));
}

/* Register A-MFA: sticky, if at all. */
static void
link_mfa(const struct link *link)
{
	unsigned choice = supposition_assume(link->first,
	    ASSUME_a_mfa);
	const struct supposed_key *now, *then;

	if (fact_key(link->to, mfa_present) == NULL &&
	    fact_key(link->to, "aws:MultiFactorAuthAge") == NULL)
		return;
	now = key_of(link->to, mfa_present);
	then = key_of(link->from, mfa_present);
	supposition_imply(link->second, PREMISE_mfa, is_true(link, now),
	    is_true(link, then));
	if (choice == 2)
		supposition_imply(link->second, PREMISE_mfa,
		    is_true(link, then), is_true(link, now));
	if (choice == 2 || (choice == 0 && !link->reading.all))
		supposition_require(link->second, PREMISE_mfa, now->present);
}

/* What only services hand out along with a role's credentials. */
static const char *const delivered[] = {
	"aws:ChatbotSourceArn", "aws:Ec2InstanceSourceVpc",
	"aws:Ec2InstanceSourcePrivateIPv4", "aws:SignInSessionArn",
	"ec2:RoleDelivery", "ec2:SourceInstanceArn", "glue:RoleAssumedBy",
	"glue:CredentialIssuingService", "codebuild:BuildArn",
	"codebuild:ProjectArn", "lambda:SourceFunctionArn",
	"ssm:SourceInstanceArn",
};

static void
link_delivered(const struct link *link)
{
	int service = fact_is_kind(link->first, KIND_SET(ACTOR_SERVICE));

	for (size_t i = 0; i < sizeof(delivered) / sizeof(delivered[0]);
	    i++) {
		const struct supposed_key *key = fact_key(link->to,
		    delivered[i]);

		if (key != NULL)
			imply(link, -service, -key->present);
	}
}

/* Who signed in with a provider: the claims and the provider stay. */
static void
link_provider(const struct link *link)
{
	const struct supposition *first = link->first;
	const struct supposed_key *now = fact_key(link->to,
	    "aws:FederatedProvider");
	int web = fact_call_acts(first, action_is_among,
	    "sts:AssumeRoleWithWebIdentity");

	if (now == NULL)
		return;
	imply(link, web, fact_value_of(link->second, now, first->outsider));
	imply(link, -web, -now->present);
}

static void
link_claims(const struct link *link)
{
	int provider = fact_is_kind(link->first, KIND_SET(ACTOR_PROVIDER));

	for (size_t i = 0; i < link->second->keys.list.count; i++) {
		const struct supposed_key *key =
		    link->second->keys.list.items[i];

		if (key->slots != NULL && premise_is_claim(key->name))
			imply(link, -provider, -key->present);
	}
}

/* Sessions of sessions. */

static void
keep_tag(const struct link *link, struct supposed_key *key)
{
	const struct premise_subject subject = { .key = key };
	struct word tag = premise_tag(&subject);
	struct supposed_key *former, *passed;

	if (tag.text == NULL)
		return;
	former = tag_key(link->from, principal_tag, tag);
	passed = tag_key(link->from, request_tag, tag);
	imply(link, inherited_before(link, former, tag),
	    fact_value_of(link->second, key, former->slots[0]));
	imply(link, passed_on(link, passed, tag),
	    fact_value_of(link->second, key, passed->slots[0]));
}

void
premise_keep(struct supposition *first, struct supposition *second)
{
	const struct link link = link_of(first, second);

	keep_source_identity(&link);
	for (size_t i = 0; i < second->keys.list.count; i++)
		if (is_tag(second->keys.list.items[i], principal_tag))
			keep_tag(&link, second->keys.list.items[i]);
}

/* Calls of one session. */

static void
agree_on(const struct link *link, const struct supposed_key *key)
{
	const struct supposed_key *other = fact_key(link->from,
	    arena_copy(link->first->arena, key->name.text, key->name.length));

	if (other == NULL)
		return;
	require(link, formula_iff(link->second->formulas, other->present,
	    key->present));
	imply(link, key->present, fact_same(link->second, key->slots[0],
	    other->slots[0]));
}

void
premise_agree(struct supposition *first, struct supposition *second)
{
	const struct link link = link_of(first, second);
	const struct supposed_key *identity = fact_key(link.to,
	    "aws:SourceIdentity");

	if (identity != NULL)
		agree_on(&link, identity);
	for (size_t i = 0; i < second->keys.list.count; i++)
		if (is_tag(second->keys.list.items[i], principal_tag))
			agree_on(&link, second->keys.list.items[i]);
}

/* Keys on the way. */

/* Under whichever of both names one of the calls has the tag. */
static void
share_tag(const struct link *link, struct supposed_key *key)
{
	const struct premise_subject subject = { .key = key };
	struct word tag = premise_tag(&subject);

	if (tag.text == NULL)
		return;
	tag_key(link->to, principal_tag, tag);
	tag_key(link->from, principal_tag, tag);
	tag_key(link->from, request_tag, tag);
}

/* What is passed on asks for an action of its own, though nobody may ask for
 * its value. */
static void
share_tags(const struct link *link)
{
	bool chained = premise_chains(link->second) != FORMULA_FALSE;
	const struct supposed_keys *from = &link->first->keys;
	const struct supposed_keys *to = &link->second->keys;
	size_t count = to->list.count;

	for (size_t i = 0; i < count; i++)
		if (is_tag(to->list.items[i], principal_tag) ||
		    (chained && is_tag(to->list.items[i], request_tag)))
			share_tag(link, to->list.items[i]);
	count = chained ? from->list.count : 0;
	for (size_t i = 0; i < count; i++)
		if (is_tag(from->list.items[i], principal_tag) ||
		    is_tag(from->list.items[i], request_tag))
			share_tag(link, from->list.items[i]);
}

static bool
has_identity(const struct supposed_request *request)
{
	return fact_key(request, "aws:SourceIdentity") != NULL ||
	    fact_key(request, "sts:SourceIdentity") != NULL;
}

static void
share_source_identity(const struct link *link)
{
	bool chained = premise_chains(link->second) != FORMULA_FALSE;

	if (!has_identity(link->to) && !(chained && has_identity(link->from)))
		return;
	key_of(link->to, "aws:SourceIdentity");
	key_of(link->from, "aws:SourceIdentity");
	key_of(link->from, "sts:SourceIdentity");
}

static void
share_mfa(const struct link *link)
{
	if (fact_key(link->to, mfa_present) == NULL &&
	    fact_key(link->to, "aws:MultiFactorAuthAge") == NULL)
		return;
	key_of(link->to, mfa_present);
	key_of(link->from, mfa_present);
}

void
premise_share(struct supposition *first, struct supposition *second)
{
	const struct link link = link_of(first, second);

	share_tags(&link);
	share_source_identity(&link);
	share_mfa(&link);
}

void
premise_link(struct supposition *first, struct supposition *second,
    struct premise_reading reading)
{
	struct link link = link_of(first, second);

	link.reading = reading;
	link_caller(&link);
	link_source_identity(&link);
	link_tags(&link);
	link_mfa(&link);
	link_delivered(&link);
	link_provider(&link);
	link_claims(&link);
}
