/* SPDX-License-Identifier: MIT */
/*
 * Holds the table of derived keys against derivation.  A row says who calls,
 * which way, what on what, and what else is known; then a key, and what the
 * context says of it.  The estate is that of derive_estate.c.
 */
#include "config.h"

#include <err.h>
#include <string.h>

#include "policy/list.h"
#include "simulator/derive.h"
#include "testcases/derive_estate.h"
#include "testcases/rows.h"

/* A row on its way to a context. */
struct setting {
	struct trial		*trial;
	struct situation	 situation;
	struct assumptions	 assumptions;
	assumption_set		 rests;
	struct request		 request;
	LIST(struct context_key) given;
	LIST(struct estate_tag)	 session_tags, tags, transitive, inherited;
};

/* Whom and what rows name in short. */
static const struct {
	const char	*name;
	const char	*text;
} names[] = {
	{ "user",	"arn:aws:iam::111111111111:user/ops/tanaka" },
	{ "nobody",	"arn:aws:iam::111111111111:user/nobody" },
	{ "stranger",	"arn:aws:iam::999999999999:user/guest" },
	{ "loner",	"arn:aws:iam::444444444444:user/loner" },
	{ "root",	"arn:aws:iam::111111111111:root" },
	{ "role",	"arn:aws:iam::222222222222:role/app/Fwd" },
	{ "session",	"arn:aws:sts::222222222222:assumed-role/Fwd/s1" },
	{ "odd-session", "arn:aws:sts::999999999999:assumed-role/Odd/s1" },
	{ "federated",	"arn:aws:sts::111111111111:federated-user/bob" },
	{ "service",	"lambda.amazonaws.com" },
	{ "provider",	"federated:accounts.google.com" },
	{ "anonymous",	"*" },
	{ "object",	"arn:aws:s3:::b/k" },
	{ "i-1",	"arn:aws:ec2:eu-west-1:222222222222:instance/i-1" },
	{ "i-2",	"arn:aws:ec2:eu-west-1:222222222222:instance/i-2" },
	{ "document",	"arn:aws:ssm:eu-west-1::document/AWS-StartSession" },
	{ "key",	"arn:aws:kms:eu-west-1:222222222222:key/k" },
	{ "queue",	"arn:aws:sqs:eu-west-1:222222222222:q" },
	{ "model",	"arn:aws:bedrock:::foundation-model/m" },
	{ "trail",	"arn:aws:cloudtrail:us-east-1:111111111111:trail/t" },
	{ "all",	"*" },
};

static struct word
word_of(const char *text)
{
	return word_from(text, strlen(text));
}

static const char *
name_text(const char *name)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(names[i].name, name) == 0)
			return names[i].text;
	return name;
}

static const char *
copy(const struct setting *setting, size_t column)
{
	const struct column *in = &setting->trial->in[column];

	return arena_copy(setting->trial->arena, in->text, in->length);
}

/* Facts: blank-separated words, some with a value behind an equals sign. */

static struct estate_tag
tag_of(const char *text)
{
	const char *colon = strchr(text, ':');

	if (colon == NULL)
		errx(1, "no tag: %s", text);
	return (struct estate_tag){ word_from(text, (size_t)(colon - text)),
	    word_of(colon + 1) };
}

/* KEY=VALUE,VALUE */
static void
give(struct setting *setting, const char *text)
{
	struct arena *arena = setting->trial->arena;
	const char *equals = strchr(text, '=');
	struct context_key *key = list_add(arena, &setting->given);
	LIST(struct word) values = { 0 };

	if (equals == NULL)
		errx(1, "no value: %s", text);
	key->name = word_from(text, (size_t)(equals - text));
	key->origin = ORIGIN_GIVEN;
	for (text = equals + 1; ; text++) {
		size_t length = strcspn(text, ",");

		*list_add(arena, &values) = word_from(text, length);
		text += length;
		if (*text == '\0')
			break;
	}
	key->values = values.items;
	key->count = values.count;
}

static void
take_away(struct setting *setting, const char *name)
{
	struct context_key *key = list_add(setting->trial->arena,
	    &setting->given);

	key->name = word_of(name);
	key->origin = ORIGIN_ABSENT;
}

static void
assume(struct setting *setting, const char *text)
{
	if (!assumption_set_choice(&setting->assumptions, text))
		errx(1, "no assumption: %s", text);
}

static void
set_time(struct setting *setting, const char *text)
{
	setting->situation.time = word_of(text);
}

static void
set_name(struct setting *setting, const char *text)
{
	setting->situation.passing.session_name = word_of(text);
}

static void
set_identity(struct setting *setting, const char *text)
{
	setting->situation.passing.source_identity = word_of(text);
}

static void
keep_identity(struct setting *setting, const char *text)
{
	setting->situation.session.source_identity = word_of(text);
}

static void
add_session_tag(struct setting *setting, const char *text)
{
	*list_add(setting->trial->arena, &setting->session_tags) =
	    tag_of(text);
}

static void
add_tag(struct setting *setting, const char *text)
{
	*list_add(setting->trial->arena, &setting->tags) = tag_of(text);
}

static void
add_transitive(struct setting *setting, const char *text)
{
	*list_add(setting->trial->arena, &setting->transitive) = tag_of(text);
}

static void
add_inherited(struct setting *setting, const char *text)
{
	*list_add(setting->trial->arena, &setting->inherited) = tag_of(text);
}

static const struct {
	const char	*start;
	void		(*take)(struct setting *, const char *);
} valued[] = {
	{ "with:",	give },
	{ "without:",	take_away },
	{ "assume:",	assume },
	{ "at:",	set_time },
	{ "named:",	set_name },
	{ "identity:",	set_identity },
	{ "kept:",	keep_identity },
	{ "session-tag:", add_session_tag },
	{ "tag:",	add_tag },
	{ "transitive:", add_transitive },
	{ "inherited:",	add_inherited },
};

static bool
take_valued(struct setting *setting, const char *fact)
{
	for (size_t i = 0; i < sizeof(valued) / sizeof(valued[0]); i++) {
		size_t length = strlen(valued[i].start);

		if (strncmp(fact, valued[i].start, length) == 0) {
			valued[i].take(setting, fact + length);
			return true;
		}
	}
	return false;
}

static void
take_fact(struct setting *setting, const char *fact)
{
	struct situation *situation = &setting->situation;

	if (strcmp(fact, "long-term") == 0)
		situation->credential = CREDENTIAL_LONG_TERM;
	else if (strcmp(fact, "temporary") == 0)
		situation->credential = CREDENTIAL_SESSION;
	else if (strcmp(fact, "mfa") == 0)
		situation->mfa = true;
	else if (strcmp(fact, "chained") == 0)
		situation->session.known = true;
	else if (strcmp(fact, "barred") == 0)
		situation->barred = true;
	else if (strcmp(fact, "had-mfa") == 0)
		situation->session.with_mfa = true;
	else if (strcmp(fact, "assumes") == 0)
		situation->passing.assumes = true;
	else if (strcmp(fact, "document") == 0)
		situation->named_document = true;
	else if (strcmp(fact, "closed") == 0)
		situation->closed = true;
	else if (strcmp(fact, "aws-owned") == 0)
		setting->request.flags |= REQUEST_AWS_OWNED;
	else if (!take_valued(setting, fact) && strcmp(fact, "-") != 0)
		errx(1, "no fact: %s", fact);
}

static void
take_facts(struct setting *setting, const char *facts)
{
	while (*facts != '\0') {
		size_t length = strcspn(facts, " ");

		take_fact(setting, arena_copy(setting->trial->arena, facts,
		    length));
		facts += length;
		facts += strspn(facts, " ");
	}
}

/* Who, which way, what. */

static void
take_way(struct setting *setting, const char *way)
{
	struct way *taken = &setting->situation.way;

	if (strcmp(way, "internet") == 0)
		taken->kind = WAY_INTERNET;
	else if (strcmp(way, "service") == 0)
		taken->kind = WAY_SERVICE;
	else if (strcmp(way, "-") != 0)
		*taken = (struct way){ WAY_ENDPOINT, word_of(way),
		    estate_endpoint(&derive_estate, word_of(way)) };
}

/* "s3:GetObject object": the owner stands in the ARN, or is 222222222222. */
static void
take_call(struct setting *setting, const char *call)
{
	struct request *request = &setting->request;
	size_t length = strcspn(call, " "), prefix = strcspn(call, ":");
	const char *resource = call + length + strspn(call + length, " ");
	struct arn arn;

	request->action = word_from(call, length);
	request->listed = catalog_action(&catalog_builtin, call, length);
	request->service = catalog_service(&catalog_builtin, call, prefix);
	request->resource = word_of(name_text(*resource == '\0' ? "*" :
	    resource));
	arn = arn_split(request->resource.text, request->resource.length);
	if (arn.count == ARN_FIELD_COUNT && arn.field[ARN_ACCOUNT].length > 0)
		request->resource_account = word_from(
		    arn.field[ARN_ACCOUNT].text,
		    arn.field[ARN_ACCOUNT].length);
	else if (arn.count == ARN_FIELD_COUNT)
		request->resource_account = word_of("222222222222");
	setting->situation.resource = estate_resource(&derive_estate,
	    request->resource);
}

static struct setting *
setting_new(struct trial *trial)
{
	struct setting *setting = arena_alloc(trial->arena, sizeof(*setting));
	struct situation *situation = &setting->situation;
	struct passing *passing = &situation->passing;

	setting->trial = trial;
	situation->estate = &derive_estate;
	situation->assumptions = &setting->assumptions;
	if (!actor_read(&setting->request.actor, word_of(name_text(
	    copy(setting, 0))), (struct word){ NULL, 0 }))
		errx(1, "no principal: %s", copy(setting, 0));
	situation->principal = estate_principal_of(&derive_estate,
	    &setting->request.actor);
	take_way(setting, copy(setting, 1));
	take_call(setting, copy(setting, 2));
	take_facts(setting, copy(setting, 3));
	situation->given = setting->given.items;
	situation->given_count = setting->given.count;
	situation->session.tags = (struct estate_tags){
	    setting->session_tags.items, setting->session_tags.count };
	passing->tags = (struct estate_tags){ setting->tags.items,
	    setting->tags.count };
	passing->transitive = (struct estate_tags){
	    setting->transitive.items, setting->transitive.count };
	passing->inherited = (struct estate_tags){ setting->inherited.items,
	    setting->inherited.count };
	situation->session.transitive = passing->inherited;
	derive_context(trial->arena, situation, &setting->request,
	    &setting->rests);
	return setting;
}

static void
put_key(struct setting *setting, const char *name)
{
	static const char *const origins[] = { "absent", "given", "derived",
	    "unknown" };
	const struct context_key *key = request_key(&setting->request, name,
	    strlen(name), key_hash(name, strlen(name)));

	put(setting->trial, key->there ? "there" : origins[key->origin]);
	for (size_t i = 0; i < key->count; i++)
		put_text(setting->trial, key->values[i].text,
		    key->values[i].length);
}

/* Caller, way, action and resource, facts, key. */
static void
key_answer(struct trial *trial)
{
	struct setting *setting = setting_new(trial);

	put_key(setting, copy(setting, 4));
}

/* The assumptions that the whole context rests on. */
static void
rests_answer(struct trial *trial)
{
	struct setting *setting = setting_new(trial);

	for (size_t i = 0; i < ASSUMPTION_COUNT; i++)
		if (setting->rests >> i & 1)
			put(trial, assumption_name((enum assumption)i));
	if (setting->rests == 0)
		put(trial, "-");
}

/* PRIN-16 */
static void
id_answer(struct trial *trial)
{
	struct setting *setting = setting_new(trial);
	struct word id = setting->request.actor.unique_id;

	if (id.text == NULL)
		put(trial, "-");
	else
		put_text(trial, id.text, id.length);
}

static void
doubt_answer(struct trial *trial)
{
	struct setting *setting = setting_new(trial);
	struct derive_doubts doubts = derive_doubts(trial->arena,
	    &setting->request, &catalog_builtin);

	for (size_t i = 0; i < doubts.count; i++)
		put(trial, arena_printf(trial->arena, "%.*s %s",
		    (int)doubts.items[i].key.length, doubts.items[i].key.text,
		    doubts.items[i].says));
	if (doubts.count == 0)
		put(trial, "-");
}

static const struct question questions[] = {
	{ "derive", "key", 5, key_answer },
	{ "derive", "rests", 4, rests_answer },
	{ "derive", "id", 4, id_answer },
	{ "derive", "doubt", 4, doubt_answer },
	{ NULL, NULL, 0, NULL }
};

int
main(int argc, char **argv)
{
	return rows_run(questions, argc, argv);
}
