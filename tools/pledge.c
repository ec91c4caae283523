/* SPDX-License-Identifier: MIT */
/* Options of named guarantees: each name is one. */
#include "config.h"

#include <string.h>

#include "tools/exit.h"
#include "tools/pledge.h"
#include "tools/safe.h"

static void
set_organization(struct pledge *pledge, const char *operand)
{
	pledge->sketch.organization = operand;
}

static void
set_accounts(struct pledge *pledge, const char *operand)
{
	pledge->sketch.accounts = operand;
}

static void
set_partners(struct pledge *pledge, const char *operand)
{
	pledge->sketch.partners = operand;
}

static void
set_networks(struct pledge *pledge, const char *operand)
{
	pledge->sketch.networks = operand;
}

static void
set_vpcs(struct pledge *pledge, const char *operand)
{
	pledge->sketch.vpcs = operand;
}

static void
set_actions(struct pledge *pledge, const char *operand)
{
	pledge->sketch.actions = operand;
}

static void
add(struct pledge *pledge, const struct named *named)
{
	*list_add(pledge->arena, &pledge->named) = named;
}

/* `all' is all that one estate can be asked. */
static void
set_guarantee(struct pledge *pledge, const char *name)
{
	const struct named *named = named_find(word_from(name, strlen(name)));
	bool all = strcmp(name, "all") == 0;

	if (named == NULL && !all)
		safe_errx(EXIT_USAGE, "--guarantee %s: no such guarantee; "
		    "`sekisho explain guarantees' lists them", name);
	if (named != NULL)
		add(pledge, named);
	for (named = named_guarantees; all && named->id != NULL; named++)
		if (named->elsewhere == NULL)
			add(pledge, named);
}

static const struct {
	const char	*name;
	void		(*set)(struct pledge *, const char *operand);
} rows[] = {
	{ "guarantee", set_guarantee },
	{ "organization", set_organization },
	{ "account", set_accounts },
	{ "partner", set_partners },
	{ "network", set_networks },
	{ "vpc", set_vpcs },
	{ "action", set_actions },
};

enum { ROW_COUNT = sizeof(rows) / sizeof(rows[0]) };

const char pledge_usage[] =
    "      --guarantee NAME    also as --NAME, such as\n"
    "                          --only-trusted-identities-of-network; `all'\n"
    "      --organization ID, --account ID,..., --partner ID,...,\n"
    "      --network CIDR,..., --vpc ID,..., --action PATTERN,...\n"
    "                          what is ours, without an estate\n";

void
pledge_list(struct arena *arena, struct pledge_options *options)
{
	for (int i = 0; i < ROW_COUNT; i++)
		*list_add(arena, &options->list) = (struct option){
		    rows[i].name, required_argument, NULL,
		    PLEDGE_OPTION + i };
	for (int i = 0; named_guarantees[i].id != NULL; i++)
		*list_add(arena, &options->list) = (struct option){
		    named_guarantees[i].name, no_argument, NULL,
		    PLEDGE_OPTION + ROW_COUNT + i };
}

void
pledge_set(struct pledge *pledge, int found, const char *operand)
{
	int number = found - PLEDGE_OPTION;

	if (number < ROW_COUNT)
		rows[number].set(pledge, operand);
	else
		add(pledge, &named_guarantees[number - ROW_COUNT]);
}
