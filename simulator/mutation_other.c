/* SPDX-License-Identifier: MIT */
/* Mistakes in which thing of the estate is named: its neighbour is. */
#include "config.h"

#include <string.h>

#include "simulator/mutation_row.h"

static void
replace_by(struct mutator *mutator, const struct node *node, struct word id)
{
	mutator_replace(mutator, node, arena_copy(mutator->arena, id.text,
	    id.length));
}

static bool
is_alike(const struct estate_endpoint *one,
    const struct estate_endpoint *other, bool same_vpc)
{
	if (one == other)
		return false;
	return same_vpc ? one->vpc == other->vpc :
	    one->service == other->service;
}

/* The next one behind it, round the list. */
static void
name_endpoint(struct mutator *mutator, const struct node *node, size_t index,
    bool same_vpc)
{
	const struct estate *estate = mutator->court->estate;

	for (size_t i = 1; i < estate->endpoint_count; i++) {
		const struct estate_endpoint *other = &estate->endpoints[
		    (index + i) % estate->endpoint_count];

		if (!is_alike(&estate->endpoints[index], other, same_vpc))
			continue;
		replace_by(mutator, node, other->id);
		return;
	}
}

/* Of the same network, and of the same service: both are easily taken for
 * it. */
static void
see_endpoint(struct mutator *mutator, const struct node *node,
    enum mutator_place place)
{
	const struct estate *estate = mutator->court->estate;

	(void)place;
	for (size_t i = 0; i < estate->endpoint_count; i++) {
		if (!word_equal(estate->endpoints[i].id, word_of_node(node)))
			continue;
		name_endpoint(mutator, node, i, true);
		name_endpoint(mutator, node, i, false);
	}
}

void
mutation_other_endpoint(struct mutator *mutator)
{
	mutator_strings(mutator, see_endpoint);
}

static void
see_vpc(struct mutator *mutator, const struct node *node,
    enum mutator_place place)
{
	const struct estate *estate = mutator->court->estate;

	(void)place;
	for (size_t i = 0; estate->vpc_count > 1 && i < estate->vpc_count; i++)
		if (word_equal(estate->vpcs[i].id, word_of_node(node)))
			replace_by(mutator, node, estate->vpcs[(i + 1) %
			    estate->vpc_count].id);
}

void
mutation_other_vpc(struct mutator *mutator)
{
	mutator_strings(mutator, see_vpc);
}

/* An account's number stands in ARNs, too. */
static void
see_account(struct mutator *mutator, const struct node *node,
    enum mutator_place place)
{
	const struct estate *estate = mutator->court->estate;
	struct word text = word_of_node(node);

	(void)place;
	for (size_t i = 0; estate->account_count > 1 &&
	    i < estate->account_count; i++) {
		struct word id = estate->accounts[i].id, other =
		    estate->accounts[(i + 1) % estate->account_count].id;
		const char *at = memmem(text.text, text.length, id.text,
		    id.length);

		if (at != NULL)
			mutator_replace(mutator, node, mutator_patch(mutator,
			    text, (size_t)(at - text.text),
			    (size_t)(at - text.text) + id.length, arena_copy(
			    mutator->arena, other.text, other.length)));
	}
}

void
mutation_other_account(struct mutator *mutator)
{
	mutator_strings(mutator, see_account);
}

/* The account number of an ARN. */
static struct word
account_of(struct word text)
{
	struct arn arn = arn_split(text.text, text.length);

	return word_of_field(&arn, ARN_ACCOUNT);
}

/* The next user or role of the same account. */
static void
see_principal(struct mutator *mutator, const struct node *node,
    enum mutator_place place)
{
	const struct estate *estate = mutator->court->estate;
	size_t count = estate->principal_count;

	(void)place;
	for (size_t i = 0; i < count; i++) {
		struct word arn = estate->principals[i].arn;

		if (!word_equal(arn, word_of_node(node)))
			continue;
		for (size_t j = 1; j < count; j++) {
			const struct estate_principal *other =
			    &estate->principals[(i + j) % count];

			if (other->is_role != estate->principals[i].is_role ||
			    !word_equal(account_of(arn), account_of(
			    other->arn)))
				continue;
			replace_by(mutator, node, other->arn);
			break;
		}
	}
}

void
mutation_other_principal(struct mutator *mutator)
{
	mutator_strings(mutator, see_principal);
}
