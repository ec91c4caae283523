/* SPDX-License-Identifier: MIT */
/*
 * Sheets of labelled rows about actions, services, keys and endpoints.  Says
 * what is listed and of which date, and guesses nothing; misspelt names are
 * the caller's to deal with.
 */
#include "config.h"

#include <string.h>

#include "policy/catalog.h"
#include "tools/facts.h"

enum {
	WIDTH = 80,
	INDENT = 14,
	SAMPLES_MAX = 6			/* of a long list of actions */
};

/* A row in which words are put until the line is full. */
struct row {
	FILE	*file;
	size_t	 column;
	bool	 empty;
};

static const char *const level_names[] = {
	[LEVEL_READ] = "read",
	[LEVEL_LIST] = "list",
	[LEVEL_WRITE] = "write",
	[LEVEL_TAGGING] = "tagging",
	[LEVEL_PERMISSIONS] = "permissions management",
};

/* What a user typed may hold anything, terminal escapes too. */
static void
print_untrusted(FILE *file, const char *text)
{
	for (; *text != '\0'; text++)
		putc(*text >= ' ' && *text <= '~' ? *text : '?', file);
}

static struct row
start_row(FILE *file, const char *label)
{
	int shown = fprintf(file, "  %-*s", INDENT - 3, label);

	putc(' ', file);
	return (struct row){ .file = file, .empty = true,
	    .column = shown < 0 ? INDENT : (size_t)shown + 1 };
}

/* Puts a word behind the separator, on the next line if this one is full. */
static void
add_word(struct row *row, const char *separator, const char *word,
    size_t length)
{
	if (!row->empty) {
		row->column += strlen(separator) + 1 + length;
		fputs(separator, row->file);
		if (row->column <= WIDTH) {
			putc(' ', row->file);
		} else {
			fprintf(row->file, "\n%*s", INDENT, "");
			row->column = INDENT + length;
		}
	} else {
		row->column += length;
	}
	fwrite(word, 1, length, row->file);
	row->empty = false;
}

static void
add_item(struct row *row, const char *item)
{
	add_word(row, ",", item, strlen(item));
}

/* The row is at its end; nothing was said in it: then it says so. */
static void
end_row(struct row *row)
{
	fputs(row->empty ? "none\n" : "\n", row->file);
}

/* A row of prose; no row without prose. */
static void
print_prose(FILE *file, const char *label, const char *prose)
{
	struct row row;

	if (prose == NULL || *prose == '\0')
		return;
	row = start_row(file, label);
	while (*prose != '\0') {
		size_t length = strcspn(prose, " ");

		add_word(&row, "", prose, length);
		prose += length;
		prose += strspn(prose, " ");
	}
	end_row(&row);
}

static void
print_date(FILE *file, const struct catalog *catalog)
{
	print_prose(file, "facts of", catalog->date);
}

static void
print_keys(FILE *file, const char *label, const struct key *const *keys,
    unsigned count)
{
	struct row row;

	if (count == 0)
		return;
	row = start_row(file, label);
	for (unsigned i = 0; i < count; i++)
		add_item(&row, keys[i]->name);
	end_row(&row);
}

static void
print_type(FILE *file, const char *label, const struct resource_type *type,
    bool required)
{
	struct row row = start_row(file, label);

	if (type->again)
		add_word(&row, "", "or", strlen("or"));
	else
		add_word(&row, "", type->name, strlen(type->name));
	if (required && !type->again)
		add_word(&row, "", "(required)", strlen("(required)"));
	add_word(&row, "", type->arn, strlen(type->arn));
	end_row(&row);
}

static void
print_targets(FILE *file, const struct action *action)
{
	if (action->target_count == 0)
		print_prose(file, "resources", "none: Resource must be \"*\"");
	for (unsigned i = 0; i < action->target_count; i++)
		print_type(file, i == 0 ? "resources" : "",
		    action->targets[i].type, action->targets[i].required);
}

/*
 * Keys that come with a type: those listed for it with this action, or else
 * all that it has with any.
 */
static void
print_target_keys(FILE *file, const struct target *target)
{
	char label[64];

	snprintf(label, sizeof(label), "  %s", target->type->name);
	if (target->key_count > 0)
		print_keys(file, label, target->keys, target->key_count);
	else
		print_keys(file, label, target->type->keys,
		    target->type->key_count);
}

static void
print_dependents(FILE *file, const struct action *action)
{
	struct row row;

	if (action->dependent_count == 0)
		return;
	row = start_row(file, "may need");
	for (unsigned i = 0; i < action->dependent_count; i++)
		add_item(&row, action->dependents[i]);
	end_row(&row);
	print_prose(file, "",
	    "(hints: AWS no longer publishes these, they are older facts)");
}

/* "instance    ssm:StartSession on instance, managed-instance or task" */
static void
print_part(FILE *file, const char *label, const struct call_part *part)
{
	static const char *const occasions[] = {
		[CALL_ALWAYS] = "always",
		[CALL_NAMED] = "when one is named",
		[CALL_TAGS] = "when tags are passed",
		[CALL_SOURCE_IDENTITY] = "when a source identity is set",
		[CALL_CONTEXTS] = "when contexts are passed",
	};
	struct row row = start_row(file, label);
	char item[256];

	snprintf(item, sizeof(item), "%s: %s:%s on", part->name,
	    part->action->service->prefix, part->action->name);
	add_word(&row, "", item, strlen(item));
	for (unsigned i = 0; i < part->type_count; i++)
		if (!part->types[i]->again)
			add_word(&row, i == 0 ? "" : " or",
			    part->types[i]->name,
			    strlen(part->types[i]->name));
	if (part->type_count == 0)
		add_word(&row, "", "\"*\"", strlen("\"*\""));
	add_word(&row, ",", occasions[part->when],
	    strlen(occasions[part->when]));
	end_row(&row);
}

static void
print_parts(FILE *file, const struct call *call)
{
	for (unsigned i = 0; call != NULL && i < call->part_count; i++)
		print_part(file, i == 0 ? "parts" : "",
		    &call->parts[i]);
}

static void
print_rcp(FILE *file, const struct service *service)
{
	print_prose(file, "RCPs", service->rcp ?
	    "resource control policies cover the service" :
	    "resource control policies have no effect on the service");
}

bool
facts_action(FILE *file, const struct catalog *catalog, const char *text)
{
	const struct action *action = catalog_action(catalog, text,
	    strlen(text));

	if (action == NULL)
		return false;
	fprintf(file, "%s:%s\n", action->service->prefix, action->name);
	print_prose(file, "service", action->service->name);
	print_prose(file, "level", level_names[action->level]);
	if (action->permission_only)
		print_prose(file, "", "only a permission: no API call has "
		    "this name");
	if (action->sets_policy)
		print_prose(file, "", "can set a resource-based policy or "
		    "a grant");
	if (action->same_account)
		print_prose(file, "", "no policy can grant it to another "
		    "account");
	print_targets(file, action);
	print_keys(file, "keys", action->keys, action->key_count);
	for (unsigned i = 0; i < action->target_count; i++)
		if (!action->targets[i].type->again)
			print_target_keys(file, &action->targets[i]);
	print_parts(file, catalog_call(catalog, text, strlen(text)));
	print_dependents(file, action);
	print_rcp(file, action->service);
	print_date(file, catalog);
	return true;
}

bool
facts_call(FILE *file, const struct catalog *catalog, const char *text)
{
	const struct call *call = catalog_call(catalog, text, strlen(text));

	if (call == NULL)
		return false;
	fprintf(file, "%s\n", call->name);
	print_prose(file, "", "a call, not the name of an action");
	print_parts(file, call);
	print_date(file, catalog);
	return true;
}

static void
print_levels(FILE *file, const struct service *service)
{
	unsigned counts[LEVEL_PERMISSIONS + 1] = { 0 };
	struct row row = start_row(file, "actions");
	char item[64];

	for (unsigned i = 0; i < service->action_count; i++)
		counts[service->actions[i].level]++;
	for (unsigned level = 0; level <= LEVEL_PERMISSIONS; level++) {
		if (counts[level] == 0)
			continue;
		snprintf(item, sizeof(item), "%u %s", counts[level],
		    level_names[level]);
		add_item(&row, item);
	}
	end_row(&row);
}

static void
print_policy_setters(FILE *file, const struct service *service)
{
	struct row row = start_row(file, "set policies");

	for (unsigned i = 0; i < service->action_count; i++)
		if (service->actions[i].sets_policy)
			add_item(&row, service->actions[i].name);
	end_row(&row);
}

static void
print_vpc_keys(FILE *file, const struct service *service)
{
	struct row row = start_row(file, "VPC keys");

	for (enum vpc_key key = VPC_KEY_ARN; key < VPC_KEY_COUNT; key++)
		if (service_sends_vpc_key(service, key))
			add_item(&row, vpc_key_name(key));
	end_row(&row);
}

static void
print_service_endpoints(FILE *file, const struct catalog *catalog,
    const struct service *service)
{
	struct row row = start_row(file, "endpoints");

	for (unsigned i = 0; i < catalog->endpoint_count; i++) {
		const char *prefix = catalog->endpoints[i].prefix;

		if (prefix != NULL && strcmp(prefix, service->prefix) == 0)
			add_item(&row, catalog->endpoints[i].name);
	}
	end_row(&row);
}

bool
facts_service(FILE *file, const struct catalog *catalog, const char *text)
{
	const struct service *service = catalog_service(catalog, text,
	    strlen(text));
	struct row row;

	if (service == NULL)
		return false;
	fprintf(file, "%s\n", service->prefix);
	print_prose(file, "service", service->name);
	print_levels(file, service);
	for (unsigned i = 0; i < service->type_count; i++)
		print_type(file, i == 0 ? "resources" : "",
		    &service->types[i], false);
	row = start_row(file, "keys");
	for (unsigned i = 0; i < service->key_count; i++)
		add_item(&row, service->keys[i].name);
	end_row(&row);
	print_policy_setters(file, service);
	print_vpc_keys(file, service);
	print_service_endpoints(file, catalog, service);
	print_rcp(file, service);
	print_date(file, catalog);
	return true;
}

/* Actions whose requests can carry a key; the first few by name. */
struct carriers {
	const struct action	*samples[SAMPLES_MAX];
	unsigned		 count;
};

static void
find_carriers(const struct service *service, const char *key,
    struct carriers *carriers)
{
	for (unsigned i = 0; i < service->action_count; i++) {
		const struct action *action = &service->actions[i];

		if (!action_has_key(action, key, strlen(key)))
			continue;
		if (carriers->count < SAMPLES_MAX)
			carriers->samples[carriers->count] = action;
		carriers->count++;
	}
}

static void
print_carriers(FILE *file, const struct catalog *catalog, const char *key)
{
	struct row row = start_row(file, "carried by");
	struct carriers carriers = { .count = 0 };
	char item[256];

	for (unsigned i = 0; i < catalog->service_count; i++)
		find_carriers(&catalog->services[i], key, &carriers);
	for (unsigned i = 0; i < carriers.count && i < SAMPLES_MAX; i++) {
		snprintf(item, sizeof(item), "%s:%s",
		    carriers.samples[i]->service->prefix,
		    carriers.samples[i]->name);
		add_item(&row, item);
	}
	if (carriers.count > SAMPLES_MAX) {
		snprintf(item, sizeof(item), "and %u more actions",
		    carriers.count - SAMPLES_MAX);
		add_item(&row, item);
	}
	end_row(&row);
}

/* What only the user guide's own keys have. */
static void
print_global(FILE *file, const struct global_key *global)
{
	const struct {
		const char	*label;
		const char	*prose;
	} rows[] = {
		{ "about",	global->group },
		{ "present",	global->present },
		{ "absent",	global->absent },
		{ "example",	global->example },
		{ "notes",	global->notes },
		{ "wildcards",	global->sensitive ?
		    "none makes sense in a value of it" : NULL },
		{ "variable",	global->variable ?
		    "may stand in ${...}" : "may not stand in ${...}" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		print_prose(file, rows[i].label, rows[i].prose);
}

static void
print_key_head(FILE *file, const struct key *key, const char *text)
{
	struct row row;

	fprintf(file, "%s", key->name);
	if (name_compare(key->name, strlen(key->name), text,
	    strlen(text)) != 0) {
		fprintf(file, " (for `");
		print_untrusted(file, text);
		fprintf(file, "`)");
	}
	putc('\n', file);
	row = start_row(file, "type");
	add_item(&row, value_type_name(key->type));
	add_item(&row, key->multivalued ?
	    "several values: wants ForAllValues: or ForAnyValue:" :
	    "one value");
	end_row(&row);
}

bool
facts_key(FILE *file, const struct catalog *catalog, const char *text)
{
	size_t length = strlen(text);
	const struct global_key *global = catalog_global_key(catalog, text,
	    length);
	const struct key *key;

	if (global == NULL)
		global = catalog_claim(catalog, text, length);
	key = global != NULL ? &global->key :
	    catalog_key(catalog, text, length);
	if (key == NULL)
		return false;
	print_key_head(file, key, text);
	if (global != NULL)
		print_global(file, global);
	if (global != NULL && global->everywhere)
		print_prose(file, "carried by", "requests for any action");
	else
		print_carriers(file, catalog, text);
	print_date(file, catalog);
	return true;
}

bool
facts_endpoint(FILE *file, const struct catalog *catalog, const char *text)
{
	static const char *const policies[] = {
		[ENDPOINT_POLICY_UNKNOWN] =
		    "unknown: VpcEndpointPolicySupported of the EC2 API says",
		[ENDPOINT_POLICY_YES] = "supported",
		[ENDPOINT_POLICY_NO] = "not supported",
	};
	const struct endpoint_service *endpoint = catalog_endpoint(catalog,
	    text, strlen(text));

	if (endpoint == NULL)
		return false;
	fprintf(file, "%s\n", endpoint->name);
	if (endpoint->gateway)
		print_prose(file, "type", endpoint->interface ?
		    "gateway or interface" : "gateway");
	else
		print_prose(file, "type", "interface");
	print_prose(file, "actions", endpoint->prefix == NULL ?
	    "of an unknown service" : endpoint->prefix);
	print_prose(file, "policy", policies[endpoint->policy]);
	print_date(file, catalog);
	return true;
}
