/* SPDX-License-Identifier: MIT */
/*
 * From a call that makes a session to a call of that session: which role it
 * is, under which name, and what it carries (TRUST-9 to TRUST-12).  Whatever
 * is not said here the two calls do not share.
 */
#include "config.h"

#include <string.h>

#include "simulator/premise_row.h"

/* Both calls; the first's request is the one for the role. */
struct link {
	struct supposition		*first, *second;
	struct supposed_request		*from, *to;
	struct premise_reading		 reading;
};

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

/* What is set in the call, else what was set before (TRUST-12). */
static void
link_source_identity(const struct link *link)
{
	const struct supposed_key *now = fact_key(link->to,
	    "aws:SourceIdentity");
	const struct supposed_key *set, *former;

	if (now == NULL)
		return;
	set = key_of(link->from, "sts:SourceIdentity");
	former = key_of(link->from, "aws:SourceIdentity");
	imply(link, set->present, fact_value_of(link->second, now,
	    set->slots[0]));
	imply(link, both(link, -set->present, former->present),
	    fact_value_of(link->second, now, former->slots[0]));
	imply(link, both(link, -set->present, -former->present),
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

/*
 * Tags that an earlier call made transitive are passed on as well, and count
 * more than those of this one.  Whether they are among its request's, is what
 * trust-11 says; if not, nobody knows them here, unless there was no session
 * before.
 */
static void
link_tag(const struct link *link, const struct supposed_key *key)
{
	const struct supposition *first = link->first;
	struct premise_subject subject = { .key =
	    (struct supposed_key *)key };
	struct word tag = premise_tag(&subject);
	bool hidden = supposition_assume(first, ASSUME_trust_11) != 0;
	int known = hidden ? -fact_is_kind(first,
	    KIND_SET(ACTOR_ROLE_SESSION)) : FORMULA_TRUE;
	const struct supposed_key *passed;

	if (tag.text == NULL)
		return;
	passed = key_of(link->from, arena_printf(first->arena,
	    "aws:RequestTag/%.*s", (int)tag.length, tag.text));
	imply(link, both(link, known, passed->present),
	    fact_value_of(link->second, key, passed->slots[0]));
	link_role_tag(link, key, tag, both(link, known, -passed->present));
}

/* Of a session that somebody without sessions has made: no tag is hidden. */
static void
link_tags(const struct link *link)
{
	static const char prefix[] = "aws:PrincipalTag/";
	const size_t length = sizeof(prefix) - 1;

	for (size_t i = 0; i < link->second->keys.list.count; i++) {
		const struct supposed_key *key =
		    link->second->keys.list.items[i];

		if (key->slots != NULL && key->name.length > length &&
		    word_equal_folded(word_from(key->name.text, length),
		    word_from(prefix, length)))
			link_tag(link, key);
	}
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
	static const char name[] = "aws:MultiFactorAuthPresent";
	unsigned choice = supposition_assume(link->first,
	    ASSUME_a_mfa);
	const struct supposed_key *now, *then;

	if (fact_key(link->to, name) == NULL &&
	    fact_key(link->to, "aws:MultiFactorAuthAge") == NULL)
		return;
	now = key_of(link->to, name);
	then = key_of(link->from, name);
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

void
premise_link(struct supposition *first, struct supposition *second,
    struct premise_reading reading)
{
	const struct link link = { first, second, first->requests.items[0],
	    second->requests.items[0], reading };

	link_caller(&link);
	link_source_identity(&link);
	link_tags(&link);
	link_mfa(&link);
	link_delivered(&link);
	link_provider(&link);
	link_claims(&link);
}
