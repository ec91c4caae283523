/* SPDX-License-Identifier: MIT */
/*
 * What a request is about: the text of its resource, whose it is, and of
 * which type, as the action wants it (RES-9, EVAL-39, A7).  The keys about it
 * are premise_owner.c's.
 */
#include "config.h"

#include <string.h>

#include "policy/arn.h"
#include "simulator/guise.h"
#include "simulator/premise_row.h"

/* Bits of the sorts that are in the set. */
static int
is_sort(const struct supposed_request *request, unsigned sorts)
{
	int any = FORMULA_FALSE;

	for (size_t i = 0; i < request->sort_count; i++)
		if ((1u << request->sorts[i].sort & sorts) != 0)
			any = fact_or(request->call, any,
			    request->sorts[i].bit);
	return any;
}

enum {
	NOTHING = 1u << SORT_NOTHING,
	UNLISTED = 1u << SORT_UNLISTED,
	OF_AWS = 1u << SORT_AWS,
	FOREIGN = 1u << SORT_FOREIGN
};

static void
imply(struct supposed_request *request, enum premise premise, int condition,
    int formula)
{
	supposition_imply(request->call, premise, condition, formula);
}

/* The text. */

static int
matches(const struct supposed_request *request,
    const struct pattern *pattern)
{
	return universe_match(request->call->universe, request->resource,
	    pattern);
}

static int
has_form(const struct supposed_request *request, const char *form)
{
	return fact_form(request->call, request->resource,
	    arena_printf(request->call->arena, form,
	    fact_partition(request->call)), request->owner);
}

static int
is_in(const struct supposed_request *request, const struct guise *guise)
{
	struct pattern pattern = guise_pattern(request->call->arena, guise);

	return matches(request, &pattern);
}

/* The resource is of a form that the catalogue does not know of the action. */
static int
wears(const struct supposed_request *request,
    bool (*says)(const struct guise *))
{
	const struct supposition *call = request->call;
	int any = FORMULA_FALSE;

	for (size_t i = 0; i < request->action_count; i++) {
		const struct action *action = request->actions[i].listed;
		const struct guise *guise = NULL;

		while (action != NULL &&
		    (guise = guise_next(action, guise)) != NULL)
			if (says(guise))
				any = fact_or(call, any, fact_and(call,
				    request->actions[i].bit,
				    is_in(request, guise)));
	}
	return any;
}

/* Of several that match, the narrowest is meant (estate_resource()). */
static void
add_narrower(struct supposed_request *request,
    const struct supposed_resource *sort)
{
	const struct estate *estate = request->call->court->estate;
	const struct pattern *pattern = &sort->resource->pattern;

	if (!pattern->wild)
		return;
	for (size_t i = 0; i < estate->resource_count; i++) {
		const struct estate_resource *other = &estate->resources[i];

		if (!word_equal(other->arn, sort->resource->arn) &&
		    pattern_overlaps(pattern, &other->pattern) &&
		    estate_is_narrower(other, sort->resource))
			imply(request, PREMISE_shape, sort->bit,
			    -matches(request, &other->pattern));
	}
	for (size_t i = 0; i < estate->principal_count; i++)
		if (estate->principals[i].is_role)
			imply(request, PREMISE_shape, sort->bit,
			    -fact_text(request->call, request->resource,
			    estate->principals[i].arn));
}

static void
add_listed(struct supposed_request *request,
    const struct supposed_resource *sort)
{
	imply(request, PREMISE_shape, sort->bit,
	    matches(request, &sort->resource->pattern));
	add_narrower(request, sort);
}

/* What is on nothing, and the numbers that are nobody's resources. */
static int
is_nothing(const struct supposed_request *request)
{
	const struct supposition *call = request->call;

	return fact_or(call, supposition_text(call, request->resource, "*"),
	    wears(request, guise_is_bare));
}

static void
add_texts(struct supposed_request *request)
{
	for (size_t i = 0; i < request->sort_count; i++) {
		const struct supposed_resource *sort = &request->sorts[i];

		if (sort->sort == SORT_RESOURCE)
			add_listed(request, sort);
		else if (sort->sort == SORT_ROLE)
			imply(request, PREMISE_shape, sort->bit,
			    fact_text(request->call, request->resource,
			    sort->role->arn));
	}
	supposition_require(request->call, PREMISE_shape, formula_iff(
	    request->call->formulas, is_sort(request, NOTHING),
	    is_nothing(request)));
	imply(request, PREMISE_shape, -is_sort(request, NOTHING),
	    fact_form(request->call, request->resource, "arn:~:~:~:~:*"));
	imply(request, PREMISE_shape, wears(request, guise_is_bare),
	    -fact_has_any(request->call, request->resource, "*?:/ "));
}

/* What the estate lists is of no other sort. */
static void
add_unlisted(struct supposed_request *request)
{
	const struct estate *estate = request->call->court->estate;
	int others = is_sort(request, UNLISTED | OF_AWS | FOREIGN);

	for (size_t i = 0; i < estate->resource_count; i++)
		imply(request, PREMISE_estate, others,
		    -matches(request, &estate->resources[i].pattern));
	for (size_t i = 0; i < estate->principal_count; i++)
		if (estate->principals[i].is_role)
			imply(request, PREMISE_estate, others,
			    -fact_text(request->call, request->resource,
			    estate->principals[i].arn));
}

/* The owner. */

static bool
has_account(const struct resource_type *type)
{
	struct arn arn = arn_split(type->arn, strlen(type->arn));

	return arn.count == ARN_FIELD_COUNT &&
	    arn.field[ARN_ACCOUNT].length > 0;
}

/* Some type that the action takes has ARNs with an account, or without. */
static bool
takes_with_account(const struct supposed_action *action, const void *wanted)
{
	if (action->listed == NULL)
		return true;
	for (unsigned i = 0; i < action->listed->target_count; i++)
		if (has_account(action->listed->targets[i].type) ==
		    *(const bool *)wanted)
			return true;
	return !*(const bool *)wanted &&
	    guise_any(action->listed, guise_is_anonymous);
}

/* Said once more without the owner's text, for whoever solves it. */
static void
add_strangers(struct supposed_request *request,
    const struct supposed_resource *sort)
{
	const struct supposition *call = request->call;
	const struct estate *estate = call->court->estate;

	for (size_t i = 0; i < estate->account_count; i++)
		imply(request, PREMISE_owner, sort->bit, -fact_form(call,
		    request->resource, arena_printf(call->arena,
		    "arn:~:~:~:%.*s:*", (int)estate->accounts[i].id.length,
		    estate->accounts[i].id.text)));
}

/*
 * Resources that are not listed: the account stands in the ARN, unless ARNs
 * of the type have none; then anybody's may be.  An account that is known is
 * said as a text, so that no text hangs on another.
 */
static void
add_account_of_unlisted(struct supposed_request *request,
    const struct supposed_resource *sort)
{
	static const bool without = false;
	struct supposition *call = request->call;
	int anonymous = fact_and(call, has_form(request, "arn:%s:~:~::*"),
	    supposition_acts(request, takes_with_account, &without));
	int named = sort->account == NULL ?
	    has_form(request, "arn:%s:~:~:%%:*") :
	    fact_form(call, request->resource, arena_printf(call->arena,
	    "arn:%s:~:~:%.*s:*", fact_partition(call),
	    (int)sort->account->id.length, sort->account->id.text));

	imply(request, PREMISE_owner, sort->bit, fact_or(call, named,
	    anonymous));
	if (sort->account == NULL)
		add_strangers(request, sort);
}

/* What can be of a type whose ARNs have no account is not known to be AWS's
 * (owner_is_aws()). */
static int
is_without_account(const struct supposed_request *request)
{
	const struct supposition *call = request->call;
	int any = wears(request, guise_is_anonymous);

	for (size_t i = 0; i < request->action_count; i++) {
		const struct action *action = request->actions[i].listed;

		for (unsigned j = 0; action != NULL &&
		    j < action->target_count; j++) {
			struct pattern pattern;

			if (has_account(action->targets[j].type))
				continue;
			pattern = resource_type_pattern(call->arena,
			    action->targets[j].type);
			any = fact_or(call, any, fact_and(call,
			    request->actions[i].bit,
			    matches(request, &pattern)));
		}
	}
	return any;
}

static void
add_accounts_of_unlisted(struct supposed_request *request)
{
	static const bool with = true;
	struct supposition *call = request->call;

	for (size_t i = 0; i < request->sort_count; i++)
		if (request->sorts[i].sort == SORT_UNLISTED ||
		    request->sorts[i].sort == SORT_FOREIGN)
			add_account_of_unlisted(request, &request->sorts[i]);
	imply(request, PREMISE_owner, is_sort(request, OF_AWS), fact_or(call,
	    has_form(request, "arn:%s:~:~:aws:*"), fact_and(call,
	    fact_and(call, has_form(request, "arn:%s:~:~::*"),
	    -is_without_account(request)),
	    supposition_acts(request, takes_with_account, &with))));
}

static struct word
field_account(struct word text)
{
	struct arn arn = arn_split(text.text, text.length);

	if (arn.count < ARN_FIELD_COUNT ||
	    arn.field[ARN_ACCOUNT].length == 0 ||
	    arn_field_is_wild(&arn, ARN_ACCOUNT))
		return (struct word){ NULL, 0 };
	return word_from(arn.field[ARN_ACCOUNT].text,
	    arn.field[ARN_ACCOUNT].length);
}

/* What the estate says, else the ARN. */
static struct word
known_owner(const struct supposed_resource *sort)
{
	if (sort->account != NULL)
		return sort->account->id;
	if (sort->sort == SORT_ROLE)
		return fact_account_of(sort->role);
	if (sort->sort != SORT_RESOURCE)
		return (struct word){ NULL, 0 };
	return sort->resource->account.text != NULL ?
	    sort->resource->account : field_account(sort->resource->arn);
}

static int
owner_of(const struct supposed_request *request,
    const struct supposed_resource *sort)
{
	const struct supposition *call = request->call;
	int there = fact_there(call, request->owner);
	struct word owner = known_owner(sort);

	if (sort->sort == SORT_AWS ||
	    (sort->sort == SORT_RESOURCE && sort->resource->aws_owned))
		return -there;
	if (owner.text != NULL)
		return fact_text(call, request->owner, owner);
	if (sort->sort == SORT_FOREIGN)
		return fact_and(call, there,
		    -fact_is_ours(call, request->owner));
	return sort->sort == SORT_RESOURCE ? fact_and(call, there,
	    fact_or(call, has_form(request, "arn:%s:~:~:%%:*"),
	    has_form(request, "arn:%s:~:~::*"))) : FORMULA_TRUE;
}

/* A7, beside whole services and actions on nothing. */
const char premise_at_home[] = "ssm:UpdateInstanceInformation "
    "ssmmessages:OpenDataChannel";

bool
premise_acts_at_home(const struct supposed_action *action, const void *unused)
{
	const struct service *service = action->service;

	(void)unused;
	return action_is_among(action, premise_at_home) ||
	    (action->listed != NULL && action->listed->target_count == 0) ||
	    (service != NULL && (strcmp(service->prefix, "ssmmessages") == 0 ||
	    strcmp(service->prefix, "ec2messages") == 0));
}

int
premise_calls_from(const struct supposition *call, struct word account)
{
	int any = FORMULA_FALSE;

	for (size_t i = 0; i < call->casting_count; i++)
		if (call->castings[i].account != NULL &&
		    word_equal(call->castings[i].account->id, account))
			any = fact_or(call, any, call->castings[i].bit);
	return any;
}

/* What agents do in the caller's account (A7) is not about what is AWS's. */
static void
keep_from_aws(struct supposed_request *request)
{
	int home = supposition_acts(request, premise_acts_at_home, NULL);

	for (size_t i = 0; i < request->sort_count; i++) {
		const struct supposed_resource *sort = &request->sorts[i];

		if (sort->sort == SORT_AWS || (sort->resource != NULL &&
		    sort->resource->aws_owned))
			imply(request, PREMISE_own_account, home, -sort->bit);
	}
}

/* What is about nothing, or lists what there is, is about the caller's
 * account, if it has one. */
static void
add_home(struct supposed_request *request)
{
	struct supposition *call = request->call;
	const struct estate *estate = call->court->estate;
	int home = fact_and(call, fact_or(call, is_sort(request, NOTHING),
	    wears(request, guise_is_list)),
	    fact_is_kind(call, KINDS_WITH_ACCOUNT));
	int strangers = home;

	for (size_t i = 0; i < estate->account_count; i++) {
		int from = premise_calls_from(call, estate->accounts[i].id);

		strangers = fact_and(call, strangers, -from);
		imply(request, PREMISE_own_account, fact_and(call, home, from),
		    fact_text(call, request->owner, estate->accounts[i].id));
	}
	imply(request, PREMISE_own_account, strangers,
	    fact_same(call, request->owner, call->account));
	imply(request, PREMISE_own_account, home,
	    fact_there(call, request->owner));
}

/* The type. */

/* Of a type.  Names of buckets have no slash, which the pattern cannot say. */
static int
is_of_type(const struct supposed_request *request,
    const struct resource_type *type)
{
	const struct supposition *call = request->call;
	struct pattern pattern = resource_type_pattern(call->arena, type);
	int fit = matches(request, &pattern);
	const char *name = strrchr(type->arn, ':');

	if (name != NULL && strcmp(name, ":${BucketName}") == 0)
		fit = fact_and(call, fit, -fact_form(call, request->resource,
		    "arn:~:~:~:~:*/*"));
	return fit;
}

/* The resource is of a type that the action takes, or in a guise; `*' will do
 * when it asks for none. */
static int
fits(const struct supposed_request *request, const struct action *action)
{
	const struct supposition *call = request->call;
	bool any_required = false;
	int fit = FORMULA_FALSE;

	for (unsigned i = 0; i < action->target_count; i++) {
		any_required |= action->targets[i].required;
		fit = fact_or(call, fit, is_of_type(request,
		    action->targets[i].type));
	}
	for (const struct guise *guise = guise_next(action, NULL);
	    guise != NULL; guise = guise_next(action, guise))
		fit = fact_or(call, fit, is_in(request, guise));
	return any_required ? fit : fact_or(call, fit, supposition_text(call,
	    request->resource, "*"));
}

/*
 * Ids that AWS makes up have no slash, and but for those of sessions, which
 * may begin with aws:userid, no colon; and their regions are named.  Of other
 * types nothing is said: IPAMs, to name one of EC2's own, have no region.
 */
static void
add_ids(struct supposed_request *request)
{
	static const char *const never[] = {
		"arn:~:ec2::~:instance/*", "arn:~:ssm::~:managed-instance/*",
		"arn:~:ssm::~:session/*",
		"arn:~:ec2:~:~:instance/*/*", "arn:~:ec2:~:~:instance/*:*",
		"arn:~:ssm:~:~:managed-instance/*/*",
		"arn:~:ssm:~:~:managed-instance/*:*",
		"arn:~:ssm:~:~:session/*/*", "arn:~:ssm:~:~:session/*:*:*",
	};
	const struct supposition *call = request->call;

	for (size_t i = 0; i < sizeof(never) / sizeof(never[0]); i++)
		supposition_require(request->call, PREMISE_resource_type,
		    -fact_form(call, request->resource, never[i]));
	imply(request, PREMISE_resource_type, fact_form(call,
	    request->resource, "arn:~:ssm:~:~:session/*"),
	    -fact_has_any(call, request->resource, "$?*"));
}

static void
add_types(struct supposed_request *request)
{
	struct supposition *call = request->call;

	for (size_t i = 0; i < request->action_count; i++)
		if (request->actions[i].listed != NULL)
			imply(request, PREMISE_resource_type,
			    request->actions[i].bit,
			    fits(request, request->actions[i].listed));
	/* a name, but where all of an account's are listed */
	imply(request, PREMISE_shape, -wears(request, guise_is_list),
	    -fact_form(call, request->resource, "arn:~:iam:~:~:*/"));
	imply(request, PREMISE_shape, fact_form(call, request->resource,
	    "arn:~:iam:*"), -fact_has_any(call, request->resource, "*?"));
}

void
premise_add_resource(struct supposed_request *request)
{
	add_texts(request);
	add_unlisted(request);
	for (size_t i = 0; i < request->sort_count; i++)
		imply(request, PREMISE_owner, request->sorts[i].bit,
		    owner_of(request, &request->sorts[i]));
	add_accounts_of_unlisted(request);
	keep_from_aws(request);
	add_home(request);
	add_types(request);
	add_ids(request);
}
