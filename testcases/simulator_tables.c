/* SPDX-License-Identifier: MIT */
/*
 * Holds tables of facts against the rooms of simulator/ up to clause.c.
 *
 * Lists and requests are written as JSON.  All requests share the keys of
 * `common', so that a row shows only what it is about.  A row that begins
 * with `assume' has an assumption next and is otherwise as the row without;
 * one that begins with `rests' wants the assumptions that the answer used.
 */
#include "config.h"

#include <err.h>
#include <string.h>

#include "policy/assumption.h"
#include "policy/reader.h"
#include "simulator/clause.h"
#include "testcases/rows.h"

/* Whoever needs a key that is not here says so in its row. */
static const char common[] =
    "{\"aws:username\":[\"alice\"],"
    "\"aws:PrincipalTag/team\":[\"red\"],"
    "\"aws:PrincipalTag/star\":[\"a*\"],"
    "\"aws:PrincipalTag/one\":[\"a?\"],"
    "\"aws:PrincipalTag/colon\":[\"a:b\"],"
    "\"aws:PrincipalTag/dollar\":[\"${aws:username}\"],"
    "\"aws:PrincipalTag/empty\":[\"\"],"
    "\"aws:PrincipalTag/two\":[\"a\",\"b\"],"
    "\"aws:PrincipalTag/yes\":[\"TRUE\"],"
    "\"aws:PrincipalTag/open\":null,"
    "\"aws:PrincipalAccount\":[\"111122223333\"],"
    "\"aws:TagKeys\":[\"one\"]}";

/* A question on its way to an answer. */
struct setting {
	struct trial		*trial;
	const struct column	*in;
	struct assumptions	 assumptions;
	assumption_set		 rests;
	enum version		 version;
	struct request		 request;
	LIST(struct context_key) keys;
};

static const char *const truths[] = { "false", "true", "unknown" };

static const char *
copy(struct trial *trial, struct column column)
{
	return arena_copy(trial->arena, column.text, column.length);
}

/* An object without its braces. */
static const char *
copy_members(struct trial *trial, struct column column)
{
	return arena_copy(trial->arena, column.text + 1, column.length - 2);
}

static struct word
word_of(struct column column)
{
	return word_from(column.text, column.length);
}

/* "-" stands for a word that is not there. */
static struct word
optional_word(struct column column)
{
	struct word word = word_of(column);

	return word_is(word, "-") ? word_from(NULL, 0) : word;
}

static const struct node *
read_json(struct trial *trial, const char *json, const struct text **text)
{
	struct report report = { .arena = trial->arena };
	const struct source *source = source_new(trial->arena, "row", json,
	    strlen(json));
	const struct text *read = text_read(trial->arena, source, &report);

	if (read->root == NULL)
		errx(1, "no JSON: %s", json);
	if (text != NULL)
		*text = read;
	return read->root;
}

static const struct policy *
read_policy(struct trial *trial, const char *json)
{
	struct report report = { .arena = trial->arena };
	const struct text *text;
	const struct node *root = read_json(trial, json, &text);

	return reader_read_policy(trial->arena, text, root, &report);
}

/* The key of that name, which takes the place of one that was there. */
static struct context_key *
new_key(struct setting *setting, struct word name)
{
	struct context_key *key;

	for (size_t i = 0; i < setting->keys.count; i++)
		if (word_equal(setting->keys.items[i].name, name))
			return &setting->keys.items[i];
	key = list_add(setting->trial->arena, &setting->keys);
	key->name = name;
	key->hash = key_hash(name.text, name.length);
	return key;
}

/*
 * A list of values; null: nothing is known of it; false: it is absent.  In an
 * object, the values that it may have: {"there":[]}, {"perhaps":[]}.
 */
static void
add_key(struct setting *setting, const struct node *member)
{
	struct context_key *key = new_key(setting, word_from(member->key,
	    member->key_length));
	const struct node *list = member->kind == NODE_OBJECT ?
	    member->first : member;
	struct word *values = arena_array(setting->trial->arena,
	    list->count, sizeof(*values));

	key->count = 0;
	key->origin = member->kind == NODE_NULL ||
	    member->kind == NODE_OBJECT ? ORIGIN_UNKNOWN :
	    member->kind == NODE_BOOLEAN ? ORIGIN_ABSENT : ORIGIN_GIVEN;
	key->there = member->kind == NODE_OBJECT && word_is(word_from(
	    list->key, list->key_length), "there");
	for (const struct node *value = list->first; value != NULL;
	    value = value->next)
		values[key->count++] = word_of_node(value);
	key->values = values;
}

static void
add_keys(struct setting *setting, const char *json)
{
	const struct node *object = read_json(setting->trial, json, NULL);

	for (const struct node *member = object->first; member != NULL;
	    member = member->next)
		add_key(setting, member);
	setting->request.context.keys = setting->keys.items;
	setting->request.context.count = setting->keys.count;
}

static struct setting
setting_new(struct trial *trial)
{
	struct setting setting = {
		.trial = trial,
		.in = trial->in,
		.version = VERSION_2012,
	};

	add_keys(&setting, common);
	setting.request.action = word_from("s3:GetObject", 12);
	setting.request.resource = word_from("arn:aws:s3:::b/k", 16);
	return setting;
}

/* Takes the assumption that stands in front of a row. */
static void
assume(struct setting *setting)
{
	const char *text = copy(setting->trial, setting->in[0]);

	if (!assumption_set_choice(&setting->assumptions, text))
		errx(1, "no assumption: %s", text);
	setting->in++;
}

static struct scope
scope_of(struct setting *setting)
{
	return (struct scope){ &setting->request, &setting->assumptions,
	    &setting->rests };
}

static void
put_rests(struct setting *setting)
{
	for (unsigned i = 0; i < ASSUMPTION_COUNT; i++)
		if (setting->rests >> i & 1)
			put(setting->trial,
			    assumption_name((enum assumption)i));
	if (setting->rests == 0)
		put(setting->trial, "nothing");
}

/*
 * Notes are for those who explain; without them the answer must be the same.
 */
static void
put_truth(struct setting *setting, enum truth noted, enum truth plain)
{
	put(setting->trial, noted != plain ? "differs-when-noted" :
	    truths[noted]);
}

/* Principals. */

static const char *const classes[] = { "none", "account", "issuer", "direct",
    "any" };

static void
read_actor(struct setting *setting, struct column principal,
    struct column issuer)
{
	if (!actor_read(&setting->request.actor, word_of(principal),
	    optional_word(issuer)))
		put(setting->trial, "no-actor");
}

static void
actor_answer(struct trial *trial)
{
	static const char *const kinds[] = { "anonymous", "user", "session",
	    "federated", "root", "service", "provider" };
	struct actor actor;
	const struct word *words[] = { &actor.partition, &actor.account,
	    &actor.name, &actor.session, &actor.issuer };

	if (!actor_read(&actor, word_of(trial->in[0]),
	    optional_word(trial->in[1]))) {
		put(trial, "invalid");
		return;
	}
	put(trial, kinds[actor.kind]);
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (words[i]->text == NULL)
			put(trial, "-");
		else
			put_text(trial, words[i]->text, words[i]->length);
	if (actor.root_issued)
		put(trial, "root-issued");
	if (actor.service_linked)
		put(trial, "service-linked");
}

/* KIND and ENTRY as the only ones of a statement. */
static const struct principals *
read_principals(struct setting *setting, struct column principal)
{
	struct trial *trial = setting->trial;
	const struct policy *policy = read_policy(trial, arena_printf(
	    trial->arena, "{\"Statement\":{\"Effect\":\"Deny\","
	    "\"Principal\":%s,\"Action\":\"*\"}}", copy(trial, principal)));

	if (!policy->usable)
		put(trial, "unusable");
	return &policy->statements[0].principal;
}

static void
match_principal(struct setting *setting)
{
	const struct principals *principals = read_principals(setting,
	    setting->in[0]);
	struct scope scope = scope_of(setting);

	read_actor(setting, setting->in[1], setting->in[2]);
	put(setting->trial, classes[match_set_strongest(actor_match_all(
	    &setting->request.actor, principals, &scope))]);
}

static void
principal_answer(struct trial *trial)
{
	struct setting setting = setting_new(trial);

	match_principal(&setting);
}

static void
principal_assume_answer(struct trial *trial)
{
	struct setting setting = setting_new(trial);

	assume(&setting);
	match_principal(&setting);
}

static void
unique_id_answer(struct trial *trial)
{
	struct setting setting = setting_new(trial);
	const struct principals *principals = read_principals(&setting,
	    trial->in[0]);
	struct scope scope = scope_of(&setting);

	read_actor(&setting, trial->in[1], (struct column){ "-", 1 });
	add_keys(&setting, copy(trial, trial->in[2]));
	setting.request.actor.unique_id = request_unique_id(&setting.request);
	put(trial, classes[match_set_strongest(actor_match_all(
	    &setting.request.actor, principals, &scope))]);
}

static void
exempt(struct setting *setting)
{
	const struct principals *principals = read_principals(setting,
	    setting->in[0]);
	struct scope scope = scope_of(setting);

	read_actor(setting, setting->in[1], setting->in[2]);
	put_claim(setting->trial, actor_exempted(&setting->request.actor,
	    principals, &scope));
}

static void
exempt_answer(struct trial *trial)
{
	struct setting setting = setting_new(trial);

	exempt(&setting);
}

static void
exempt_assume_answer(struct trial *trial)
{
	struct setting setting = setting_new(trial);

	assume(&setting);
	exempt(&setting);
}

static void
exempt_rests_answer(struct trial *trial)
{
	struct setting setting = setting_new(trial);
	struct columns none = { 0 };

	exempt(&setting);
	trial->got = none;
	put_rests(&setting);
}

/* Conditions. */

/* What the request says of the key: a list, or one of these. */
static void
add_tested_key(struct setting *setting, struct column key,
    struct column values)
{
	struct trial *trial = setting->trial;
	const char *text = copy(trial, values);

	text = strcmp(text, "-") == 0 ? "false" :
	    strcmp(text, "?") == 0 ? "null" : text;
	add_keys(setting, arena_printf(trial->arena, "{\"%s\":%s}",
	    copy(trial, key), text));
}

/* Operator, key, values of the policy, values of the request. */
static const struct test *
read_test(struct setting *setting)
{
	struct trial *trial = setting->trial;
	const struct column *in = setting->in;
	const struct policy *policy;

	policy = read_policy(trial, arena_printf(trial->arena,
	    "{\"Version\":\"%s\",\"Statement\":{\"Effect\":\"Allow\","
	    "\"Action\":\"*\",\"Resource\":\"*\","
	    "\"Condition\":{\"%s\":{\"%s\":%s}}}}",
	    setting->version == VERSION_2012 ? "2012-10-17" : "2008-10-17",
	    copy(trial, in[0]), copy(trial, in[1]), copy(trial, in[2])));
	if (!policy->usable)
		put(trial, "unusable");
	return condition_compile(trial->arena, &catalog_builtin, policy,
	    &policy->statements[0], &setting->assumptions);
}

static void
test_condition(struct setting *setting)
{
	const struct test *test = read_test(setting);
	struct scope scope = scope_of(setting), plain = scope;

	plain.rests = NULL;
	add_tested_key(setting, setting->in[1], setting->in[3]);
	put_truth(setting, test_holds(test, &scope), test_holds(test, &plain));
}

static void
condition_answer(struct trial *trial)
{
	struct setting setting = setting_new(trial);

	test_condition(&setting);
}

static void
condition_2008_answer(struct trial *trial)
{
	struct setting setting = setting_new(trial);

	setting.version = VERSION_2008;
	test_condition(&setting);
}

static void
condition_assume_answer(struct trial *trial)
{
	struct setting setting = setting_new(trial);

	assume(&setting);
	test_condition(&setting);
}

static void
condition_rests_answer(struct trial *trial)
{
	struct setting setting = setting_new(trial);
	struct columns none = { 0 };

	test_condition(&setting);
	trial->got = none;
	put_rests(&setting);
}

/* Key in the policy, keys of the request, what is found. */
static void
key_answer(struct trial *trial)
{
	static const char *const origins[] = { "absent", "given", "derived",
	    "unknown" };
	struct setting setting = setting_new(trial);
	const struct context_key *key;
	struct word name = word_of(trial->in[0]);

	add_keys(&setting, copy(trial, trial->in[1]));
	key = request_key(&setting.request, name.text, name.length,
	    key_hash(name.text, name.length));
	put(trial, origins[key->origin]);
	for (size_t i = 0; i < key->count; i++)
		put_text(trial, key->values[i].text, key->values[i].length);
}

/* Actions and resources. */

static struct element_reader
reader_for(struct setting *setting, const struct policy *policy,
    enum layer layer, bool bits)
{
	return element_reader_new(setting->trial->arena, &catalog_builtin,
	    policy, layer, bits);
}

/* {"Action":[...]} and an action; by patterns and by bits. */
static void
match_action(struct setting *setting)
{
	struct trial *trial = setting->trial;
	const struct policy *policy = read_policy(trial, arena_printf(
	    trial->arena, "{\"Statement\":{\"Effect\":\"Deny\",%s}}",
	    copy_members(trial, setting->in[0])));
	const struct element *element = &policy->statements[0].action;
	struct element_reader plain = reader_for(setting, policy,
	    LAYER_IDENTITY, false);
	struct element_reader indexed = reader_for(setting, policy,
	    LAYER_IDENTITY, true);
	struct action_element by_pattern = action_element_read(&plain,
	    element);
	struct action_element by_bits = action_element_read(&indexed,
	    element);
	struct scope scope = scope_of(setting);
	bool matches;

	setting->request.action = word_of(setting->in[1]);
	matches = action_element_matches(&by_pattern, &scope);
	setting->request.listed = catalog_action(&catalog_builtin,
	    setting->in[1].text, setting->in[1].length);
	if (matches == action_element_matches(&by_bits, &scope))
		put_claim(trial, matches);
	else
		put(trial, "differs-by-bits");
}

static void
action_answer(struct trial *trial)
{
	struct setting setting = setting_new(trial);

	match_action(&setting);
}

static void
action_assume_answer(struct trial *trial)
{
	struct setting setting = setting_new(trial);

	assume(&setting);
	match_action(&setting);
}

static void
action_rests_answer(struct trial *trial)
{
	struct setting setting = setting_new(trial);
	struct columns none = { 0 };

	match_action(&setting);
	trial->got = none;
	put_rests(&setting);
}

static enum layer
read_layer(struct trial *trial, struct column column)
{
	enum layer layer;

	if (!layer_find(copy(trial, column), &layer))
		errx(1, "no layer: %s", copy(trial, column));
	return layer;
}

/* Layer, {"Resource":[...]}, and a resource. */
static void
match_resource(struct setting *setting)
{
	struct trial *trial = setting->trial;
	enum layer layer = read_layer(trial, setting->in[0]);
	const struct policy *policy = read_policy(trial, arena_printf(
	    trial->arena, "{\"Version\":\"%s\",\"Statement\":{\"Effect\":"
	    "\"Deny\",\"Action\":\"*\",%s}}",
	    setting->version == VERSION_2012 ? "2012-10-17" : "2008-10-17",
	    copy_members(trial, setting->in[1])));
	struct element_reader reader = reader_for(setting, policy, layer,
	    false);
	struct resource_element element = resource_element_read(&reader,
	    &policy->statements[0].resource);
	struct scope scope = scope_of(setting), plain = scope;

	plain.rests = NULL;
	setting->request.resource = word_of(setting->in[2]);
	put_truth(setting, resource_element_matches(&element, &scope),
	    resource_element_matches(&element, &plain));
}

static void
resource_answer(struct trial *trial)
{
	struct setting setting = setting_new(trial);

	match_resource(&setting);
}

static void
resource_2008_answer(struct trial *trial)
{
	struct setting setting = setting_new(trial);

	setting.version = VERSION_2008;
	match_resource(&setting);
}

static void
resource_assume_answer(struct trial *trial)
{
	struct setting setting = setting_new(trial);

	assume(&setting);
	match_resource(&setting);
}

static void
resource_rests_answer(struct trial *trial)
{
	struct setting setting = setting_new(trial);
	struct columns none = { 0 };

	match_resource(&setting);
	trial->got = none;
	put_rests(&setting);
}

/* Clauses. */

static const struct charter *
read_charter(struct setting *setting, struct column layer, const char *json)
{
	struct trial *trial = setting->trial;

	return charter_compile(trial->arena, &catalog_builtin,
	    read_policy(trial, json), read_layer(trial, layer),
	    &setting->assumptions, CHARTER_INDEXED);
}

static struct word
member_word(const struct node *object, const char *name, struct word otherwise)
{
	const struct node *node = node_find(object, name);

	return node == NULL ? otherwise : word_of_node(node);
}

static void
read_request(struct setting *setting, struct column column)
{
	const struct node *object = read_json(setting->trial,
	    copy(setting->trial, column), NULL);
	struct request *request = &setting->request;
	struct word absent = { NULL, 0 };

	if (!actor_read(&request->actor, member_word(object, "principal",
	    absent), member_word(object, "issuer", absent)))
		put(setting->trial, "no-actor");
	request->action = member_word(object, "action", request->action);
	request->resource = member_word(object, "resource",
	    request->resource);
	request->listed = catalog_action(&catalog_builtin,
	    request->action.text, request->action.length);
	request->gateway = node_find(object, "gateway") != NULL;
}

/* Layer, statement, request; a request with "bounded" has a boundary. */
static void
meet(struct setting *setting)
{
	static const char *const elements[] = { "-", "action", "resource",
	    "principal", "condition" };
	struct trial *trial = setting->trial;
	const struct charter *charter = read_charter(setting, setting->in[0],
	    arena_printf(trial->arena, "{\"Version\":\"2012-10-17\","
	    "\"Statement\":%s}", copy(trial, setting->in[1])));
	struct scope scope = scope_of(setting), plain = scope;
	const struct clause *clause = charter->clauses + charter->count - 1;
	struct meeting noted, meeting;
	bool bounded;

	plain.rests = NULL;
	read_request(setting, setting->in[2]);
	bounded = strstr(copy(trial, setting->in[2]), "\"bounded\"") != NULL;
	noted = clause_meet(clause, charter, bounded, &scope);
	meeting = clause_meet(clause, charter, bounded, &plain);
	put_truth(setting, noted.matches, meeting.matches);
	put(trial, classes[meeting.class]);
	put(trial, elements[meeting.failed]);
	if (meeting.test != NULL)
		put_text(trial, meeting.test->key.text,
		    meeting.test->key.length);
}

static void
clause_answer(struct trial *trial)
{
	struct setting setting = setting_new(trial);

	meet(&setting);
}

static void
clause_assume_answer(struct trial *trial)
{
	struct setting setting = setting_new(trial);

	assume(&setting);
	meet(&setting);
}

static void
clause_rests_answer(struct trial *trial)
{
	struct setting setting = setting_new(trial);
	struct columns none = { 0 };

	meet(&setting);
	trial->got = none;
	put_rests(&setting);
}

/* Layer and document. */
static void
charter_answer(struct trial *trial)
{
	struct setting setting = setting_new(trial);
	const struct charter *charter = read_charter(&setting, trial->in[0],
	    copy(trial, trial->in[1]));

	put(trial, charter->usable ? "usable" : charter->fault);
}

static const struct question questions[] = {
	{ "actor",	NULL,		2, actor_answer },
	{ "principal",	"match",	3, principal_answer },
	{ "principal",	"assume",	4, principal_assume_answer },
	{ "principal",	"id",		3, unique_id_answer },
	{ "exempt",	"exempt",	3, exempt_answer },
	{ "exempt",	"assume",	4, exempt_assume_answer },
	{ "exempt",	"rests",	3, exempt_rests_answer },
	{ "key",	NULL,		2, key_answer },
	{ "condition",	"test",		4, condition_answer },
	{ "condition",	"2008",		4, condition_2008_answer },
	{ "condition",	"assume",	5, condition_assume_answer },
	{ "condition",	"rests",	4, condition_rests_answer },
	{ "set",	"test",		4, condition_answer },
	{ "set",	"assume",	5, condition_assume_answer },
	{ "set",	"rests",	4, condition_rests_answer },
	{ "substitution", "test",	4, condition_answer },
	{ "substitution", "2008",	4, condition_2008_answer },
	{ "substitution", "assume",	5, condition_assume_answer },
	{ "substitution", "rests",	4, condition_rests_answer },
	{ "action",	"match",	2, action_answer },
	{ "action",	"assume",	3, action_assume_answer },
	{ "action",	"rests",	2, action_rests_answer },
	{ "resource",	"match",	3, resource_answer },
	{ "resource",	"2008",		3, resource_2008_answer },
	{ "resource",	"assume",	4, resource_assume_answer },
	{ "resource",	"rests",	3, resource_rests_answer },
	{ "clause",	"meet",		3, clause_answer },
	{ "clause",	"assume",	4, clause_assume_answer },
	{ "clause",	"rests",	3, clause_rests_answer },
	{ "charter",	NULL,		2, charter_answer },
	{ NULL,		NULL,		0, NULL },
};

int
main(int argc, char **argv)
{
	return rows_run(questions, argc, argv);
}
