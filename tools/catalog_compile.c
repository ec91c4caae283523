/* SPDX-License-Identifier: MIT */
/*
 * Prints a directory of catalogue files as C: catalog_builtin, in const
 * tables.  Runs while the project is built and is not installed.  Same input,
 * same output, byte for byte.
 *
 * Lists that several actions of a service share (of keys, of targets) are
 * printed once.  Equal strings are left to the compiler.
 */
#include "config.h"

#include <err.h>
#include <stdio.h>
#include <string.h>

#include "policy/catalog.h"
#include "policy/list.h"

#define NAME(ENUMERATOR)	[ENUMERATOR] = #ENUMERATOR

static const char *const type_names[] = {
	NAME(VALUE_STRING), NAME(VALUE_ARN), NAME(VALUE_NUMBER),
	NAME(VALUE_DATE), NAME(VALUE_BOOL), NAME(VALUE_BINARY),
	NAME(VALUE_IP),
};

static const char *const level_names[] = {
	NAME(LEVEL_READ), NAME(LEVEL_LIST), NAME(LEVEL_WRITE),
	NAME(LEVEL_TAGGING), NAME(LEVEL_PERMISSIONS),
};

static const char *const when_names[] = {
	NAME(CALL_ALWAYS), NAME(CALL_NAMED), NAME(CALL_TAGS),
	NAME(CALL_SOURCE_IDENTITY), NAME(CALL_CONTEXTS),
};

static const char *const policy_names[] = {
	NAME(ENDPOINT_POLICY_UNKNOWN), NAME(ENDPOINT_POLICY_YES),
	NAME(ENDPOINT_POLICY_NO),
};

/* A list that was printed, and where it begins in its service's array. */
struct key_list {
	const struct key *const	*keys;
	unsigned		 count;
	unsigned		 start;
};

struct target_list {
	const struct target	*targets;
	unsigned		 count;
	unsigned		 start;
};

/* One service on its way to standard output. */
struct printer {
	struct arena			*arena;
	const struct service		*service;
	unsigned			 number;	/* of the service */
	LIST(struct key_list)		 key_lists;
	unsigned			 keys_printed;
	LIST(struct target_list)	 target_lists;
	unsigned			 targets_printed;
};

/* The catalogue holds printable ASCII only. */
static void
print_string(const char *text)
{
	if (text == NULL) {
		printf("NULL");
		return;
	}
	putchar('"');
	for (; *text != '\0'; text++) {
		if (*text == '"' || *text == '\\')
			putchar('\\');
		putchar(*text);
	}
	putchar('"');
}

static void
print_member(const char *member, const char *text)
{
	printf(", .%s = ", member);
	print_string(text);
}

/* Members that are false or zero are left to C. */
static void
print_flag(const char *member, bool value)
{
	if (value)
		printf(", .%s = true", member);
}

static void
print_key(const struct key *key)
{
	printf("{ ");
	print_string(key->name);
	printf(", %s, %s, %s }", type_names[key->type],
	    key->multivalued ? "true" : "false",
	    key->template ? "true" : "false");
}

static void
print_keys(const struct printer *printer)
{
	const struct service *service = printer->service;

	if (service->key_count == 0)
		return;
	printf("static const struct key keys_%u[] = {\n", printer->number);
	for (unsigned i = 0; i < service->key_count; i++) {
		print_key(&service->keys[i]);
		printf(",\n");
	}
	printf("};\n");
}

/* Where an equal list was printed before; false when there is none. */
static bool
key_list_find(const struct printer *printer, const struct key *const *keys,
    unsigned count, unsigned *start)
{
	for (size_t i = 0; i < printer->key_lists.count; i++) {
		const struct key_list *list = &printer->key_lists.items[i];

		if (list->count == count && memcmp(list->keys, keys,
		    count * sizeof(*keys)) == 0) {
			*start = list->start;
			return true;
		}
	}
	return false;
}

static void
print_key_list(struct printer *printer, const struct key *const *keys,
    unsigned count)
{
	const struct key *first = printer->service->keys;
	unsigned start;

	if (count == 0 || key_list_find(printer, keys, count, &start))
		return;
	if (printer->keys_printed == 0)
		printf("static const struct key *const key_lists_%u[] = {\n",
		    printer->number);
	*list_add(printer->arena, &printer->key_lists) =
	    (struct key_list){ keys, count, printer->keys_printed };
	for (unsigned i = 0; i < count; i++)
		printf("keys_%u + %td,%s", printer->number, keys[i] - first,
		    i + 1 < count ? " " : "\n");
	printer->keys_printed += count;
}

static void
print_key_lists(struct printer *printer)
{
	const struct service *service = printer->service;

	for (unsigned i = 0; i < service->type_count; i++)
		print_key_list(printer, service->types[i].keys,
		    service->types[i].key_count);
	for (unsigned i = 0; i < service->action_count; i++) {
		const struct action *action = &service->actions[i];

		print_key_list(printer, action->keys, action->key_count);
		for (unsigned t = 0; t < action->target_count; t++)
			print_key_list(printer, action->targets[t].keys,
			    action->targets[t].key_count);
	}
	if (printer->keys_printed > 0)
		printf("};\n");
}

static void
print_key_reference(const struct printer *printer,
    const struct key *const *keys, unsigned count)
{
	unsigned start;

	if (count > 0 && key_list_find(printer, keys, count, &start))
		printf(", .keys = key_lists_%u + %u, .key_count = %u",
		    printer->number, start, count);
}

static void
print_types(const struct printer *printer)
{
	const struct service *service = printer->service;

	if (service->type_count == 0)
		return;
	printf("static const struct resource_type types_%u[] = {\n",
	    printer->number);
	for (unsigned i = 0; i < service->type_count; i++) {
		const struct resource_type *type = &service->types[i];

		printf("{ .name = ");
		print_string(type->name);
		print_member("arn", type->arn);
		print_flag("again", type->again);
		printf(", .service = %u, .resource = %u", type->service,
		    type->resource);
		print_key_reference(printer, type->keys, type->key_count);
		printf(" },\n");
	}
	printf("};\n");
}

static bool
targets_are_equal(const struct target *one, const struct target *other,
    unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		const struct target *a = &one[i], *b = &other[i];

		if (a->type != b->type || a->required != b->required ||
		    a->key_count != b->key_count || (a->key_count > 0 &&
		    memcmp(a->keys, b->keys, a->key_count *
		    sizeof(*a->keys)) != 0))
			return false;
	}
	return true;
}

static bool
target_list_find(const struct printer *printer, const struct action *action,
    unsigned *start)
{
	for (size_t i = 0; i < printer->target_lists.count; i++) {
		const struct target_list *list =
		    &printer->target_lists.items[i];

		if (list->count == action->target_count &&
		    targets_are_equal(list->targets, action->targets,
		    list->count)) {
			*start = list->start;
			return true;
		}
	}
	return false;
}

static void
print_target(const struct printer *printer, const struct target *target)
{
	printf("{ .type = types_%u + %td", printer->number,
	    target->type - printer->service->types);
	print_flag("required", target->required);
	print_key_reference(printer, target->keys, target->key_count);
	printf(" },\n");
}

static void
print_target_lists(struct printer *printer)
{
	const struct service *service = printer->service;
	unsigned start;

	for (unsigned i = 0; i < service->action_count; i++) {
		const struct action *action = &service->actions[i];

		if (action->target_count == 0 ||
		    target_list_find(printer, action, &start))
			continue;
		if (printer->targets_printed == 0)
			printf("static const struct target targets_%u[] = "
			    "{\n", printer->number);
		*list_add(printer->arena, &printer->target_lists) =
		    (struct target_list){ action->targets,
		    action->target_count, printer->targets_printed };
		for (unsigned t = 0; t < action->target_count; t++)
			print_target(printer, &action->targets[t]);
		printer->targets_printed += action->target_count;
	}
	if (printer->targets_printed > 0)
		printf("};\n");
}

static void
print_dependents(const struct printer *printer)
{
	const struct service *service = printer->service;
	unsigned printed = 0;

	for (unsigned i = 0; i < service->action_count; i++) {
		const struct action *action = &service->actions[i];

		for (unsigned d = 0; d < action->dependent_count; d++) {
			if (printed++ == 0)
				printf("static const char *const "
				    "dependents_%u[] = {\n", printer->number);
			print_string(action->dependents[d]);
			printf(",\n");
		}
	}
	if (printed > 0)
		printf("};\n");
}

static void
print_action(const struct printer *printer, const struct action *action,
    unsigned dependents)
{
	unsigned start;

	printf("{ .name = ");
	print_string(action->name);
	printf(", .service = services + %u, .level = %s", printer->number,
	    level_names[action->level]);
	print_flag("permission_only", action->permission_only);
	print_flag("sets_policy", action->sets_policy);
	print_flag("same_account", action->same_account);
	if (action->target_count > 0 &&
	    target_list_find(printer, action, &start))
		printf(", .targets = targets_%u + %u, .target_count = %u",
		    printer->number, start, action->target_count);
	print_key_reference(printer, action->keys, action->key_count);
	if (action->dependent_count > 0)
		printf(", .dependents = dependents_%u + %u, "
		    ".dependent_count = %u", printer->number, dependents,
		    action->dependent_count);
	printf(" },\n");
}

static void
print_actions(const struct printer *printer)
{
	const struct service *service = printer->service;
	unsigned dependents = 0;

	if (service->action_count == 0)
		return;
	printf("static const struct action actions_%u[] = {\n",
	    printer->number);
	for (unsigned i = 0; i < service->action_count; i++) {
		print_action(printer, &service->actions[i], dependents);
		dependents += service->actions[i].dependent_count;
	}
	printf("};\n");
}

static void
print_service_tables(struct arena *arena, const struct service *service,
    unsigned number)
{
	struct printer printer = {
		.arena = arena,
		.service = service,
		.number = number,
	};

	printf("\n/* %s */\n", service->prefix);
	print_keys(&printer);
	print_key_lists(&printer);
	print_types(&printer);
	print_target_lists(&printer);
	print_dependents(&printer);
	print_actions(&printer);
}

/* The type, which may stand in another table than the service's. */
static void
print_named_type(const struct catalog *catalog, const struct resource_type *type)
{
	for (unsigned i = 0; i < catalog->service_count; i++) {
		const struct service *table = &catalog->services[i];

		if (table->type_count > 0 && type >= table->types &&
		    type < table->types + table->type_count)
			printf("types_%u + %td,\n", i, type - table->types);
	}
}

static void
print_named_types(const struct catalog *catalog)
{
	for (unsigned i = 0; i < catalog->service_count; i++) {
		const struct service *service = &catalog->services[i];

		if (service->named_count == 0)
			continue;
		printf("\nstatic const struct resource_type *const "
		    "named_%u[] = {\n", i);
		for (unsigned t = 0; t < service->named_count; t++)
			print_named_type(catalog, service->named[t]);
		printf("};\n");
	}
}

/* ", .actions = actions_7, .action_count = 12" */
static void
print_table_reference(const char *members, const char *member,
    unsigned number, unsigned count)
{
	if (count > 0)
		printf(", .%s = %s_%u, .%s_count = %u", members, members,
		    number, member, count);
}

static void
print_services(const struct catalog *catalog)
{
	printf("\nstatic const struct service services[%u] = {\n",
	    catalog->service_count);
	for (unsigned i = 0; i < catalog->service_count; i++) {
		const struct service *service = &catalog->services[i];

		printf("{ .prefix = ");
		print_string(service->prefix);
		print_member("name", service->name);
		printf(", .catalog = &catalog_builtin");
		print_table_reference("actions", "action", i,
		    service->action_count);
		printf(", .base = %u", service->base);
		print_table_reference("types", "type", i, service->type_count);
		print_table_reference("named", "named", i,
		    service->named_count);
		print_table_reference("keys", "key", i, service->key_count);
		print_flag("rcp", service->rcp);
		print_flag("vpce_account", service->vpce_account);
		print_flag("vpce_org_id", service->vpce_org_id);
		print_flag("vpce_org_paths", service->vpce_org_paths);
		print_flag("vpc_arn", service->vpc_arn);
		printf(" },\n");
	}
	printf("};\n");
}

static void
print_globals(const struct catalog *catalog)
{
	printf("\nstatic const struct global_key globals[] = {\n");
	for (unsigned i = 0; i < catalog->global_count; i++) {
		const struct global_key *global = &catalog->globals[i];

		printf("{ .key = ");
		print_key(&global->key);
		print_member("group", global->group);
		print_flag("sensitive", global->sensitive);
		print_flag("variable", global->variable);
		print_flag("everywhere", global->everywhere);
		print_member("present", global->present);
		print_member("absent", global->absent);
		print_member("example", global->example);
		print_member("notes", global->notes);
		printf(" },\n");
	}
	printf("};\n");
}

static void
print_endpoints(const struct catalog *catalog)
{
	printf("\nstatic const struct endpoint_service endpoints[] = {\n");
	for (unsigned i = 0; i < catalog->endpoint_count; i++) {
		const struct endpoint_service *endpoint =
		    &catalog->endpoints[i];

		printf("{ .name = ");
		print_string(endpoint->name);
		print_member("prefix", endpoint->prefix);
		print_flag("gateway", endpoint->gateway);
		print_flag("interface", endpoint->interface);
		printf(", .policy = %s },\n", policy_names[endpoint->policy]);
	}
	printf("};\n");
}

static void
print_unlisted(const struct catalog *catalog)
{
	if (catalog->unlisted_count == 0)
		return;
	printf("\nstatic const struct unlisted_action unlisted[] = {\n");
	for (unsigned i = 0; i < catalog->unlisted_count; i++) {
		printf("{ .pattern = ");
		print_string(catalog->unlisted[i].pattern);
		print_flag("prefix_known", catalog->unlisted[i].prefix_known);
		printf(" },\n");
	}
	printf("};\n");
}

static unsigned
service_number(const struct catalog *catalog, const struct service *service)
{
	return (unsigned)(service - catalog->services);
}

/* The types of all parts, one behind the other. */
static void
print_call_types(const struct catalog *catalog)
{
	printf("\nstatic const struct resource_type *const call_types[] = {\n");
	for (unsigned i = 0; i < catalog->call_count; i++) {
		const struct call *call = &catalog->calls[i];

		for (unsigned p = 0; p < call->part_count; p++) {
			const struct call_part *part = &call->parts[p];
			const struct service *service = part->action->service;

			for (unsigned t = 0; t < part->type_count; t++)
				printf("types_%u + %td,\n",
				    service_number(catalog, service),
				    part->types[t] - service->types);
		}
	}
	printf("};\n");
}

static void
print_call_part(const struct catalog *catalog, const struct call_part *part,
    unsigned types)
{
	const struct service *service = part->action->service;

	printf("{ .name = ");
	print_string(part->name);
	printf(", .action = actions_%u + %td",
	    service_number(catalog, service), part->action - service->actions);
	if (part->type_count > 0)
		printf(", .types = call_types + %u, .type_count = %u", types,
		    part->type_count);
	printf(", .when = %s },\n", when_names[part->when]);
}

static void
print_call_parts(const struct catalog *catalog)
{
	unsigned types = 0;

	printf("static const struct call_part call_parts[] = {\n");
	for (unsigned i = 0; i < catalog->call_count; i++) {
		const struct call *call = &catalog->calls[i];

		for (unsigned p = 0; p < call->part_count; p++) {
			print_call_part(catalog, &call->parts[p], types);
			types += call->parts[p].type_count;
		}
	}
	printf("};\n");
}

static void
print_calls(const struct catalog *catalog)
{
	unsigned parts = 0;

	print_call_types(catalog);
	print_call_parts(catalog);
	printf("static const struct call calls[] = {\n");
	for (unsigned i = 0; i < catalog->call_count; i++) {
		const struct call *call = &catalog->calls[i];

		printf("{ .name = ");
		print_string(call->name);
		printf(", .parts = call_parts + %u, .part_count = %u },\n",
		    parts, call->part_count);
		parts += call->part_count;
	}
	printf("};\n");
}

static void
print_catalog(const struct catalog *catalog)
{
	printf("\nconst struct catalog catalog_builtin = {\n\t.date = ");
	print_string(catalog->date);
	printf(",\n\t.services = services,\n\t.service_count = %u,\n"
	    "\t.globals = globals,\n\t.global_count = %u,\n"
	    "\t.endpoints = endpoints,\n\t.endpoint_count = %u,\n"
	    "\t.calls = calls,\n\t.call_count = %u,\n",
	    catalog->service_count, catalog->global_count,
	    catalog->endpoint_count, catalog->call_count);
	if (catalog->unlisted_count > 0)
		printf("\t.unlisted = unlisted,\n\t.unlisted_count = %u,\n",
		    catalog->unlisted_count);
	printf("};\n");
}

int
main(int argc, char **argv)
{
	struct arena *arena = arena_new();
	const struct catalog *catalog;
	const char *error;

	if (argc != 2)
		errx(2, "usage: catalog_compile DIRECTORY > FILE");
	if (arena == NULL)
		errx(71, "out of memory");
	catalog = catalog_read(arena, argv[1], &error);
	if (catalog == NULL)
		errx(4, "%s", error);
	printf("/* Made by catalog_compile; edit the TSV files instead. */\n"
	    "#include \"config.h\"\n\n#include \"policy/catalog.h\"\n\n"
	    "static const struct service services[%u];\n",
	    catalog->service_count);
	for (unsigned i = 0; i < catalog->service_count; i++)
		print_service_tables(arena, &catalog->services[i], i);
	print_named_types(catalog);
	print_services(catalog);
	print_globals(catalog);
	print_endpoints(catalog);
	print_unlisted(catalog);
	print_calls(catalog);
	print_catalog(catalog);
	arena_free(arena);
	if (fflush(stdout) != 0 || ferror(stdout))
		err(4, "standard output");
	return 0;
}
