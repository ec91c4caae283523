/* SPDX-License-Identifier: MIT */
/* Options of named guarantees: each name is one. */
#include "config.h"

#include <string.h>

#include "tools/exit.h"
#include "tools/pledge.h"
#include "tools/safe.h"

#define TEXT_OPTION(name, member)					\
static void								\
set_##name(void *context, const struct option_row *row,		\
    const char *operand)						\
{									\
	struct pledge *pledge = context;				\
									\
	(void)row;							\
	pledge->sketch.member = operand;				\
}

TEXT_OPTION(organization, organization)
TEXT_OPTION(accounts, accounts)
TEXT_OPTION(partners, partners)
TEXT_OPTION(networks, networks)
TEXT_OPTION(vpcs, vpcs)
TEXT_OPTION(actions, actions)
#undef TEXT_OPTION

static void
add(struct pledge *pledge, const struct named *named)
{
	*list_add(pledge->arena, &pledge->named) = named;
}

/* `all' is all that one estate can be asked. */
static void
set_guarantee(void *context, const struct option_row *row, const char *name)
{
	const struct named *named = named_find(word_from(name, strlen(name)));
	bool all = strcmp(name, "all") == 0;

	(void)row;
	if (named == NULL && !all)
		safe_errx(EXIT_USAGE, "--guarantee %s: no such guarantee; "
		    "`sekisho explain guarantees' lists them", name);
	if (named != NULL)
		add(context, named);
	for (named = named_guarantees; all && named->id != NULL; named++)
		if (named->elsewhere == NULL)
			add(context, named);
}

static void
set_by_name(void *context, const struct option_row *row, const char *unused)
{
	(void)unused;
	add(context, named_find(word_from(row->name, strlen(row->name))));
}

static void
set_show(void *context, const struct option_row *row, const char *unused)
{
	struct pledge *pledge = context;

	(void)row;
	(void)unused;
	pledge->show = true;
}

static const struct option_row rows[] = {
	{ "guarantee", 0, "NAME", "prove a named guarantee, or `all'; also as "
	    "--NAME", set_guarantee },
	{ "show", 0, NULL, "write named guarantees out, and prove nothing",
	    set_show },
	{ "organization", 0, "ID", "what is ours, without an estate",
	    set_organization },
	{ "account", 0, "ID,...", "likewise", set_accounts },
	{ "partner", 0, "ID,...", "accounts that are trusted", set_partners },
	{ "network", 0, "CIDR,...", "expected networks", set_networks },
	{ "vpc", 0, "ID,...", "expected VPCs", set_vpcs },
	{ "action", 0, "PATTERN,...", "what promises are about",
	    set_actions },
};

enum { ROW_COUNT = sizeof(rows) / sizeof(rows[0]) };

const struct option_row *
pledge_rows(struct arena *arena)
{
	struct option_row *all;
	size_t count = 0;

	while (named_guarantees[count].id != NULL)
		count++;
	all = arena_array(arena, ROW_COUNT + count + 1, sizeof(*all));
	memcpy(all, rows, sizeof(rows));
	for (size_t i = 0; i < count; i++)
		all[ROW_COUNT + i] = (struct option_row){
		    .name = named_guarantees[i].name, .set = set_by_name };
	return all;
}
