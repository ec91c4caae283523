/* SPDX-License-Identifier: MIT */
/* The facts of two estates, side by side; their policies are not looked at. */
#include "config.h"

#include "simulator/change_estate.h"

static bool
is_same(struct word one, struct word other)
{
	return (one.text == NULL) == (other.text == NULL) &&
	    (one.text == NULL || word_equal(one, other));
}

static bool
has_tags(const struct estate_tags *tags, const struct estate_tags *others)
{
	for (size_t i = 0; i < tags->count; i++) {
		bool found = false;

		for (size_t j = 0; j < others->count && !found; j++)
			found = is_same(tags->items[i].key,
			    others->items[j].key) && is_same(
			    tags->items[i].value, others->items[j].value);
		if (!found)
			return false;
	}
	return tags->count == others->count;
}

static const char *
differ(struct arena *arena, const char *what, struct word name)
{
	return arena_printf(arena, "%s of `%.*s' is not the same in both "
	    "estates, and keys are made of it", what, (int)name.length,
	    name.text);
}

/* An account stands under units of the same ids. */
static bool
is_placed(const struct estate_account *one, const struct estate_account *other)
{
	const struct estate_unit *a = one->unit, *b = other->unit;

	for (; a != NULL && b != NULL; a = a->parent, b = b->parent)
		if (!is_same(a->id, b->id))
			return false;
	return a == NULL && b == NULL;
}

static const char *
compare_accounts(struct arena *arena, const struct estate *from,
    const struct estate *to)
{
	for (size_t i = 0; i < to->account_count; i++) {
		const struct estate_account *other = estate_account(from,
		    to->accounts[i].id);

		if (other == NULL || !is_placed(&to->accounts[i], other))
			return differ(arena, "the place",
			    to->accounts[i].id);
		if (to->accounts[i].open != other->open)
			return arena_printf(arena, "of one estate, nobody "
			    "knows what `%.*s' holds besides",
			    (int)other->id.length, other->id.text);
	}
	for (size_t i = 0; i < from->account_count; i++)
		if (estate_account(to, from->accounts[i].id) == NULL)
			return differ(arena, "the place",
			    from->accounts[i].id);
	return is_same(from->organization.id, to->organization.id) &&
	    is_same(from->organization.management,
	    to->organization.management) ? NULL :
	    "the organization is not the same in both estates";
}

static const char *
compare_principals(struct arena *arena, const struct estate *from,
    const struct estate *to)
{
	for (size_t i = 0; i < to->principal_count; i++) {
		const struct estate_principal *one = &to->principals[i];
		const struct estate_principal *other = estate_principal(from,
		    one->arn);

		if (other == NULL)
			continue;
		if (!is_same(one->id, other->id))
			return differ(arena, "the id", one->arn);
		if (!has_tags(&one->tags, &other->tags))
			return differ(arena, "a tag", one->arn);
	}
	return NULL;
}

/* The resource of that very ARN or pattern. */
static const struct estate_resource *
find_resource(const struct estate *estate, struct word arn)
{
	for (size_t i = 0; i < estate->resource_count; i++)
		if (word_equal(estate->resources[i].arn, arn))
			return &estate->resources[i];
	return NULL;
}

static const char *
compare_resources(struct arena *arena, const struct estate *from,
    const struct estate *to)
{
	for (size_t i = 0; i < to->resource_count; i++) {
		const struct estate_resource *one = &to->resources[i];
		const struct estate_resource *other = find_resource(from,
		    one->arn);

		if (other == NULL || one->aws_owned != other->aws_owned ||
		    !is_same(one->account, other->account))
			return differ(arena, "the owner", one->arn);
		if (one->tags_known != other->tags_known ||
		    !has_tags(&one->tags, &other->tags))
			return differ(arena, "a tag", one->arn);
	}
	for (size_t i = 0; i < from->resource_count; i++)
		if (find_resource(to, from->resources[i].arn) == NULL)
			return differ(arena, "the owner",
			    from->resources[i].arn);
	return NULL;
}

static struct word
vpc_owner(const struct estate_vpc *vpc)
{
	return vpc->account == NULL ? vpc->owner : vpc->account->id;
}

static const char *
compare_network(struct arena *arena, const struct estate *from,
    const struct estate *to)
{
	for (size_t i = 0; i < to->endpoint_count; i++) {
		const struct estate_endpoint *one = &to->endpoints[i];
		const struct estate_endpoint *other = estate_endpoint(from,
		    one->id);

		if (other == NULL)
			continue;
		if (one->service != other->service ||
		    one->kind != other->kind ||
		    (one->vpc == NULL) != (other->vpc == NULL) ||
		    (one->vpc != NULL && (!is_same(one->vpc->id,
		    other->vpc->id) || !is_same(vpc_owner(one->vpc),
		    vpc_owner(other->vpc)))))
			return differ(arena, "the place", one->id);
	}
	for (size_t i = 0; i < from->endpoint_count; i++)
		if (estate_endpoint(to, from->endpoints[i].id) == NULL)
			return differ(arena, "the place",
			    from->endpoints[i].id);
	return NULL;
}

const char *
change_fact(struct arena *arena, const struct estate *from,
    const struct estate *to)
{
	const char *fact = compare_accounts(arena, from, to);

	if (fact == NULL)
		fact = compare_principals(arena, from, to);
	if (fact == NULL)
		fact = compare_resources(arena, from, to);
	return fact != NULL ? fact : compare_network(arena, from, to);
}
