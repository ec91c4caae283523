/* SPDX-License-Identifier: MIT */
/*
 * A catalogue out of a directory of TSV files; catalog/README.md says what
 * their columns mean.  Strict, so that a new edition of the facts that is
 * laid out otherwise, or cut short, is refused and not half understood.
 *
 * Three files are hints that no verdict rests on and may be absent: scenarios,
 * dependent actions and unlisted actions.  Without any other one, fewer things
 * would be complained of or denied, and nobody would notice.
 */
#include "config.h"

#include <string.h>

#include "policy/catalog_build.h"
#include "policy/value.h"

static bool
read_date(struct build *build, const struct table *table)
{
	static const char form[] = "0000-00-00";
	const char *date = table->rows[0].cells[0];
	bool sound = strlen(date) == strlen(form);
	struct date day;

	if (table->count > 1)
		return build_fail(build, &table->rows[1], "a second date");
	for (size_t i = 0; sound && form[i] != '\0'; i++)
		sound = form[i] == '-' ? date[i] == '-' :
		    date[i] >= '0' && date[i] <= '9';
	if (!sound || !date_read(date, strlen(date), false, &day))
		return build_fail(build, &table->rows[0],
		    "`%s` is no date like 2026-09-26", date);
	build->catalog->date = date;
	return true;
}

static bool
read_policy_setters(struct build *build, const struct table *table)
{
	for (size_t i = 0; i < table->count; i++) {
		struct action *action = build_find_action(build,
		    &table->rows[i]);

		if (action == NULL)
			return false;
		action->sets_policy = true;
	}
	return true;
}

static bool
read_same_account(struct build *build, const struct table *table)
{
	for (size_t i = 0; i < table->count; i++) {
		struct action *action = build_find_action(build,
		    &table->rows[i]);

		if (action == NULL)
			return false;
		action->same_account = true;
	}
	return true;
}

static bool
read_rcp_services(struct build *build, const struct table *table)
{
	for (size_t i = 0; i < table->count; i++) {
		struct service *service = build_find_service(build,
		    &table->rows[i]);

		if (service == NULL)
			return false;
		service->rcp = true;
	}
	return true;
}

static bool
read_vpce_services(struct build *build, const struct table *table)
{
	for (size_t i = 0; i < table->count; i++) {
		const struct row *row = &table->rows[i];
		struct service *service = build_find_service(build, row);
		bool *flags[4];

		if (service == NULL)
			return false;
		flags[0] = &service->vpc_arn;
		flags[1] = &service->vpce_account;
		flags[2] = &service->vpce_org_paths;
		flags[3] = &service->vpce_org_id;
		for (unsigned f = 0; f < 4; f++)
			if (!build_read_choice(build, row, row->cells[f + 1],
			    "no", "yes", flags[f]))
				return false;
	}
	return true;
}

static bool
is_tag_key(const char *name)
{
	static const char *const names[] = {
		"aws:RequestTag/${TagKey}", "aws:ResourceTag/${TagKey}",
		"aws:TagKeys",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

/*
 * Keys about the caller, the session, the network and the call come with any
 * action; tag keys are services' own, though the guide counts them among
 * these.  A provider's claims stay with the session that they made, but for
 * those which the guide says are absent `in the session'.
 */
static bool
read_group(struct build *build, const struct row *row,
    struct global_key *global)
{
	static const struct {
		const char	*name;
		bool		 everywhere;
	} groups[] = {
		{ "principal",	true },
		{ "session",	true },
		{ "network",	true },
		{ "resource",	true },
		{ "request",	true },
		{ "federation",	true },
		{ "sts",	false },
		{ "iam",	false },
		{ "ssm",	false },
	};

	global->group = row->cells[1];
	for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++) {
		if (strcmp(groups[i].name, global->group) == 0) {
			global->everywhere = groups[i].everywhere &&
			    !is_tag_key(row->cells[0]) &&
			    strcmp(row->cells[7], "in the session") != 0;
			return true;
		}
	}
	return build_fail(build, row, "unknown group `%s`", global->group);
}

static bool
read_globals(struct build *build, const struct table *table)
{
	struct global_key *globals = arena_array(build->arena, table->count,
	    sizeof(*globals));

	for (size_t i = 0; i < table->count; i++) {
		const struct row *row = &table->rows[i];
		struct global_key *global = &globals[i];

		global->key.name = row->cells[0];
		global->key.template = key_name_is_template(row->cells[0]);
		global->present = row->cells[6];
		global->absent = row->cells[7];
		global->example = row->cells[8];
		global->notes = row->cells[9];
		if (!read_group(build, row, global) ||
		    !build_read_type(build, row, row->cells[2], &global->key) ||
		    !build_read_choice(build, row, row->cells[3], "single",
		    "multi", &global->key.multivalued) ||
		    !build_read_choice(build, row, row->cells[4], "no", "yes",
		    &global->sensitive) ||
		    !build_read_choice(build, row, row->cells[5], "no", "yes",
		    &global->variable))
			return false;
	}
	build->catalog->globals = globals;
	build->catalog->global_count = (unsigned)table->count;
	return true;
}

static bool
read_kinds(struct build *build, const struct row *row,
    struct endpoint_service *endpoint)
{
	struct piece list = piece_whole(row->cells[1]), piece;

	while (piece_next(&list, ',', &piece)) {
		if (name_compare(piece.text, piece.length, "gateway", 7) == 0)
			endpoint->gateway = true;
		else if (name_compare(piece.text, piece.length, "interface",
		    9) == 0)
			endpoint->interface = true;
		else
			return build_fail(build, row, "unknown kind `%.*s`",
			    (int)piece.length, piece.text);
	}
	return true;
}

/* What is known of the endpoint service's support for policies. */
static bool
read_evidence(struct build *build, const struct row *row,
    struct endpoint_service *endpoint)
{
	const char *evidence = row->cells[3];

	if (strcmp(evidence, "documented-example") == 0)
		endpoint->policy = ENDPOINT_POLICY_YES;
	else if (strcmp(evidence, "not-supported") == 0)
		endpoint->policy = ENDPOINT_POLICY_NO;
	else if (strcmp(evidence, "unknown") != 0)
		return build_fail(build, row, "unknown evidence `%s`",
		    evidence);
	return true;
}

/* A prefix with a question mark was guessed by nobody who could know. */
static bool
read_endpoint_prefix(struct build *build, const struct row *row,
    struct endpoint_service *endpoint)
{
	const char *prefix = row->cells[2];
	const struct service *service = catalog_service(build->catalog,
	    prefix, strlen(prefix));

	if (prefix[0] == '?')
		return true;
	if (service == NULL)
		return build_fail(build, row, "unknown service `%s`", prefix);
	endpoint->prefix = service->prefix;
	return true;
}

static bool
read_endpoints(struct build *build, const struct table *table)
{
	struct endpoint_service *endpoints = arena_array(build->arena,
	    table->count, sizeof(*endpoints));

	for (size_t i = 0; i < table->count; i++) {
		const struct row *row = &table->rows[i];

		endpoints[i].name = row->cells[0];
		if (!read_kinds(build, row, &endpoints[i]) ||
		    !read_endpoint_prefix(build, row, &endpoints[i]) ||
		    !read_evidence(build, row, &endpoints[i]))
			return false;
	}
	build->catalog->endpoints = endpoints;
	build->catalog->endpoint_count = (unsigned)table->count;
	return true;
}

static bool
read_unlisted(struct build *build, const struct table *table)
{
	struct unlisted_action *unlisted = arena_array(build->arena,
	    table->count, sizeof(*unlisted));

	for (size_t i = 0; i < table->count; i++) {
		const struct row *row = &table->rows[i];

		unlisted[i].pattern = row->cells[0];
		if (!build_read_choice(build, row, row->cells[1], "n", "y",
		    &unlisted[i].prefix_known))
			return false;
	}
	build->catalog->unlisted = unlisted;
	build->catalog->unlisted_count = (unsigned)table->count;
	return true;
}

/* In an order in which nothing refers to what comes later. */
static const struct {
	struct table_form form;
	bool	 (*read)(struct build *, const struct table *);
} parts[] = {
	{ { "date.tsv", 1, 1, false }, read_date },
	{ { "services.tsv", 5, 1, false }, build_read_services },
	{ { "condition_keys.tsv", 3, 2, false }, build_read_keys },
	{ { "resource_types.tsv", 4, 2, false }, build_read_types },
	{ { "actions.tsv", 6, 2, false }, build_read_actions },
	{ { "scenarios.tsv", 4, 3, true }, build_read_scenarios },
	{ { "dependent_actions.tsv", 3, 2, true }, build_read_dependents },
	{ { "calls.tsv", 7, 4, false }, build_read_calls },
	{ { "resource_policy_actions.tsv", 5, 2, false },
	    read_policy_setters },
	{ { "same_account_actions.tsv", 3, 2, false }, read_same_account },
	{ { "rcp_services.tsv", 4, 1, false }, read_rcp_services },
	{ { "vpce_key_services.tsv", 6, 1, false }, read_vpce_services },
	{ { "global_condition_keys.tsv", 11, 1, false }, read_globals },
	{ { "vpc_endpoints.tsv", 4, 1, false }, read_endpoints },
	{ { "unlisted_actions_in_managed_policies.tsv", 3, 1, true },
	    read_unlisted },
};

const struct catalog *
catalog_read(struct arena *arena, const char *directory, const char **error)
{
	struct build build = {
		.arena = arena,
		.catalog = arena_alloc(arena, sizeof(struct catalog)),
	};
	bool good = true;

	for (size_t i = 0; good && i < sizeof(parts) / sizeof(parts[0]); i++) {
		struct table *table = arena_alloc(arena, sizeof(*table));

		good = table_read(arena, directory, &parts[i].form, table,
		    &build.error) && parts[i].read(&build, table);
	}
	if (good && build_totals_agree(&build))
		return build.catalog;
	*error = build.error;
	return NULL;
}
