/* SPDX-License-Identifier: MIT */
/*
 * Contexts that no request has.  Whoever writes one meant something else; it
 * is decided as it stands, and the doubts are for people.
 */
#include "config.h"

#include <string.h>

#include "policy/arn.h"
#include "policy/list.h"
#include "policy/value.h"
#include "simulator/call.h"
#include "simulator/derive.h"
#include "simulator/owner.h"

struct doubting {
	struct arena			*arena;
	const struct request		*request;
	const struct catalog		*catalog;
	LIST(struct derive_doubt)	 doubts;
};

static void
doubt(struct doubting *doubting, struct word key, const char *says)
{
	*list_add(doubting->arena, &doubting->doubts) =
	    (struct derive_doubt){ key, says };
}

static bool
reads_as(struct arena *arena, enum value_type type, struct word value)
{
	const uint8_t *bytes;
	struct number number;
	struct date date;
	struct cidr cidr;
	size_t count;
	bool truth;

	switch (type) {
	case VALUE_ARN:
		return arn_split(value.text, value.length).count ==
		    ARN_FIELD_COUNT;
	case VALUE_NUMBER:
		return number_read(value.text, value.length, &number);
	case VALUE_DATE:
		return date_read(value.text, value.length, false, &date);
	case VALUE_BOOL:
		return bool_read(value.text, value.length, &truth);
	case VALUE_BINARY:
		return base64_read(arena, value.text, value.length, &bytes,
		    &count);
	case VALUE_IP:
		return cidr_read(value.text, value.length, 128, &cidr);
	case VALUE_STRING:
	case VALUE_PRESENCE:
		break;
	}
	return true;
}

static const char *
type_name(enum value_type type)
{
	static const char *const names[] = {
		[VALUE_STRING] = "a string", [VALUE_ARN] = "an ARN",
		[VALUE_NUMBER] = "a number", [VALUE_DATE] = "a date",
		[VALUE_BOOL] = "true or false", [VALUE_BINARY] = "base64",
		[VALUE_IP] = "an IP address", [VALUE_PRESENCE] = "anything",
	};

	return names[type];
}

static void
doubt_values(struct doubting *doubting, const struct context_key *given)
{
	const struct key *key = catalog_key(doubting->catalog,
	    given->name.text, given->name.length);

	if (key == NULL)
		return;
	if (given->count > 1 && !key->multivalued)
		doubt(doubting, given->name,
		    "is a list, but the key has one value");
	for (size_t i = 0; i < given->count; i++) {
		if (reads_as(doubting->arena, key->type, given->values[i]))
			continue;
		doubt(doubting, given->name, arena_printf(doubting->arena,
		    "has the value `%.*s`, which is not %s",
		    (int)given->values[i].length, given->values[i].text,
		    type_name(key->type)));
	}
}

/* COND-36: which of the two AWS takes is not known. */
static void
doubt_twins(struct doubting *doubting, const struct context_key *given)
{
	const struct context *context = &doubting->request->context;

	for (const struct context_key *other = context->keys; other < given;
	    other++)
		if (other->origin == ORIGIN_GIVEN &&
		    word_equal_folded(other->name, given->name))
			doubt(doubting, given->name, "is given twice, since "
			    "keys are told apart without case");
}

static const struct context_key *
named_key(const struct doubting *doubting, const char *name)
{
	size_t length = strlen(name);

	return request_key(doubting->request, name, length,
	    key_hash(name, length));
}

static bool
has(const struct doubting *doubting, const char *name)
{
	return request_has(doubting->request, name);
}

/* KEY-3: no request is both.  Of keys that follow from others, nothing new is
 * to be said. */
static void
doubt_network(struct doubting *doubting)
{
	static const char *const private[] = {
		"aws:SourceVpce", "aws:SourceVpc", "aws:SourceVpcArn",
		"aws:VpcSourceIp", "aws:VpceAccount", "aws:VpceOrgID",
		"aws:VpceOrgPaths",
	};
	const struct context_key *public = named_key(doubting,
	    "aws:SourceIp");
	bool given = false;

	if (!has(doubting, "aws:SourceIp"))
		return;
	for (size_t i = 0; i < sizeof(private) / sizeof(private[0]); i++) {
		const struct context_key *key = named_key(doubting,
		    private[i]);

		if (key->origin != ORIGIN_GIVEN)
			continue;
		given = true;
		doubt(doubting, key->name, "is there together with "
		    "aws:SourceIp: a request comes through a VPC endpoint or "
		    "through a public one");
	}
	if (!given && has(doubting, "aws:SourceVpce"))
		doubt(doubting, public->name, "is there, but the request "
		    "comes through a VPC endpoint");
}

/* EVAL-37: both are there, or none; unless the network is odd anyway. */
static void
doubt_halves(struct doubting *doubting)
{
	static const char *const pair[] = { "aws:SourceVpce",
	    "aws:SourceVpc" };

	if (has(doubting, "aws:SourceIp"))
		return;
	for (size_t i = 0; i < 2; i++) {
		const char *other = pair[1 - i];
		const struct context_key *key = named_key(doubting, other);

		if (has(doubting, pair[i]) && key->origin == ORIGIN_ABSENT)
			doubt(doubting, word_from(pair[i], strlen(pair[i])),
			    arena_printf(doubting->arena,
			    "is there, and %s is absent", other));
	}
}

static bool
has_value(const struct context_key *key, struct word value)
{
	for (size_t i = 0; i < key->count; i++)
		if (word_equal_folded(key->values[i], value))
			return true;
	return false;
}

static bool
either_given(const struct context_key *one, const struct context_key *other)
{
	return one->origin == ORIGIN_GIVEN || other->origin == ORIGIN_GIVEN;
}

/* KEY-7: MFA has an age, and but where a code is taken, a session. */
static void
doubt_mfa(struct doubting *doubting)
{
	const struct request *request = doubting->request;
	const struct context_key *age = named_key(doubting,
	    "aws:MultiFactorAuthAge");
	const struct context_key *mfa = named_key(doubting,
	    "aws:MultiFactorAuthPresent");
	const struct context_key *issued = named_key(doubting,
	    "aws:TokenIssueTime");
	bool shown = request_says_true(request,
	    "aws:MultiFactorAuthPresent");

	if (context_key_is_present(age) && !context_key_is_unknown(mfa) &&
	    !shown && either_given(age, mfa))
		doubt(doubting, age->name,
		    "is there, and aws:MultiFactorAuthPresent is not true");
	if (shown && issued->origin == ORIGIN_ABSENT &&
	    mfa->origin == ORIGIN_GIVEN && !request_action_is_among(request,
	    derive_codes))
		doubt(doubting, mfa->name, "is true, and aws:TokenIssueTime "
		    "is absent: only sessions show MFA where no code is "
		    "taken");
}

static bool
read_moment(const struct context_key *key, struct date *date)
{
	return key->count == 1 && !context_key_is_unknown(key) &&
	    date_read(key->values[0].text, key->values[0].length, false,
	    date);
}

/* KEY-5: an account that is named twice is one. */
static void
doubt_source(struct doubting *doubting)
{
	const struct context_key *arn = named_key(doubting, "aws:SourceArn");
	const struct context_key *given = named_key(doubting,
	    "aws:SourceAccount");
	struct word account;

	if (!context_key_is_present(arn) || arn->count != 1 ||
	    !context_key_is_present(given))
		return;
	account = owner_of_arn(arn->values[0]);
	if (account.length == 12 && !has_value(given, account))
		doubt(doubting, given->name,
		    "is not the account of aws:SourceArn");
}

/* KEY-2: one moment under two names; what was issued was so before. */
static void
doubt_times(struct doubting *doubting)
{
	const struct context_key *time = named_key(doubting,
	    "aws:CurrentTime"), *epoch = named_key(doubting,
	    "aws:EpochTime"), *issued = named_key(doubting,
	    "aws:TokenIssueTime");
	struct date now, other;

	if (!read_moment(time, &now))
		return;
	if (read_moment(epoch, &other) && other.seconds != now.seconds)
		doubt(doubting, epoch->name,
		    "is another moment than aws:CurrentTime");
	if (read_moment(issued, &other) && date_compare(&other, &now) > 0)
		doubt(doubting, issued->name, "is after aws:CurrentTime");
}

/* KEY-6: services that forward a request say so in all of these. */
static void
doubt_forwarded(struct doubting *doubting)
{
	static const char *const names[] = { "aws:CalledVia",
	    "aws:CalledViaFirst", "aws:CalledViaLast" };
	const struct context_key *all = named_key(doubting, names[0]);

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const struct context_key *key = named_key(doubting, names[i]);

		if (key->origin != ORIGIN_GIVEN || key->count == 0)
			continue;
		if (!request_says_true(doubting->request,
		    "aws:ViaAWSService"))
			doubt(doubting, key->name,
			    "is there, and aws:ViaAWSService is not true");
		if (!context_key_is_unknown(all) &&
		    !has_value(all, key->values[0]))
			doubt(doubting, key->name,
			    "is not among aws:CalledVia");
	}
}

/* KEY-8: a tag that is passed is named, and what is named is passed. */
static void
doubt_tag(struct doubting *doubting, const struct context_key *tag)
{
	const struct action *listed = doubting->request->listed;
	const struct context_key *keys = named_key(doubting, "aws:TagKeys");
	struct word name = family_member(FAMILY_REQUEST_TAG, tag->name);

	if (name.text == NULL || listed == NULL || !call_names_tags(listed) ||
	    context_key_is_unknown(keys))
		return;
	if (context_key_is_present(tag) && !has_value(keys, name))
		doubt(doubting, tag->name,
		    "is there, and aws:TagKeys does not name it");
	if (tag->origin == ORIGIN_ABSENT && has_value(keys, name) &&
	    call_names_only_tags(listed))
		doubt(doubting, tag->name,
		    "is absent, and aws:TagKeys names it");
}

struct derive_doubts
derive_doubts(struct arena *arena, const struct request *request,
    const struct catalog *catalog)
{
	struct doubting doubting = { .arena = arena, .request = request,
	    .catalog = catalog };
	const struct context *context = &request->context;

	for (size_t i = 0; i < context->count; i++) {
		const struct context_key *key = &context->keys[i];

		if (key->origin != ORIGIN_GIVEN)
			continue;
		doubt_values(&doubting, key);
		doubt_twins(&doubting, key);
	}
	for (size_t i = 0; i < context->count; i++)
		doubt_tag(&doubting, &context->keys[i]);
	doubt_source(&doubting);
	doubt_times(&doubting);
	doubt_mfa(&doubting);
	doubt_forwarded(&doubting);
	doubt_network(&doubting);
	doubt_halves(&doubting);
	return (struct derive_doubts){ doubting.doubts.items,
	    doubting.doubts.count };
}
