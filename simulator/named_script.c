/* SPDX-License-Identifier: MIT */
/* Words of the perimeter in the grammar of guarantees. */
#include "config.h"

#include "simulator/named_script.h"

void
named_script_init(struct named_script *named, struct arena *arena,
    const struct court *court)
{
	*named = (struct named_script){ .court = court,
	    .estate = court->estate };
	if (court->estate->perimeter != NULL)
		named->perimeter = *court->estate->perimeter;
	script_init(&named->script, arena);
	if (court->estate->account_count == 0)
		named_lack(named, "which accounts are ours is not said: the "
		    "estate lists none");
}

void
named_lack(struct named_script *named, const char *why)
{
	if (named->lack == NULL)
		named->lack = why;
}

void
named_say(struct named_script *named, const char *text)
{
	script_text(&named->script, text);
}

/*
 * Documents alone are judged for what they add: where one is missing that
 * could grant, anything may be granted.  Limits that are missing are none.
 */
void
named_assuming(struct named_script *named)
{
	static const enum layer grants[] = { LAYER_IDENTITY, LAYER_RESOURCE,
	    LAYER_TRUST };
	const char *before = "\n  assuming ";
	const struct exhibits *exhibits = named->court->exhibits;

	for (size_t i = 0; exhibits != NULL &&
	    i < sizeof(grants) / sizeof(grants[0]); i++) {
		if (exhibits->layers[grants[i]].count > 0)
			continue;
		named_say(named, before);
		named_say(named, layer_name(grants[i]));
		before = ",";
	}
	if (*before == ',')
		named_say(named, " allow everything");
}

void
named_every(struct named_script *named, const char *scope)
{
	named_say(named, named->promises++ == 0 ? "\n  every " :
	    "\n  and every ");
	named_say(named, scope);
}

/* Rows. */

void
named_row(struct named_script *named, const char *before,
    const char *between)
{
	named->before = before;
	named->between = between;
}

static void
begin_item(struct named_script *named)
{
	named_say(named, named->before);
	named->before = named->between;
}

void
named_item(struct named_script *named, const char *text)
{
	begin_item(named);
	named_say(named, text);
}

static void
say_values(struct named_script *named, const struct node *values)
{
	const struct node *item = values;
	size_t count = 1;

	if (values->kind == NODE_ARRAY) {
		item = values->first;
		count = values->count;
	}
	for (; count > 0; item = item->next, count--)
		script_word(&named->script, word_of_node(item));
}

void
named_test(struct named_script *named, const char *text,
    const struct node *values)
{
	if (values == NULL || values->count == 0)
		return;
	named_item(named, text);
	say_values(named, values);
}

static void
say_list(struct named_script *named, const struct node *words)
{
	struct phrases phrases = { .list = { .count = 0 } };

	for (const struct node *item = words->first; item != NULL;
	    item = item->next)
		list_add(named->script.arena, &phrases.list)->word =
		    word_of_node(item);
	script_words(&named->script, &phrases);
}

void
named_list(struct named_script *named, const char *text,
    const struct node *words)
{
	if (words == NULL || words->count == 0)
		return;
	named_item(named, text);
	say_list(named, words);
}

/* Members of the organization; without one, all accounts of the estate. */
static bool
is_ours(const struct estate *estate, const struct estate_account *account)
{
	return estate->organization.id.text == NULL ||
	    estate_account_is_member(estate, account);
}

void
named_ours(struct named_script *named, const char *text)
{
	const struct estate *estate = named->estate;
	struct phrases phrases = { .list = { .count = 0 } };

	if (named->perimeter.accounts != NULL) {
		named_list(named, text, named->perimeter.accounts);
		return;
	}
	for (size_t i = 0; i < estate->account_count; i++)
		if (is_ours(estate, &estate->accounts[i]))
			list_add(named->script.arena, &phrases.list)->word =
			    estate->accounts[i].id;
	if (phrases.list.count == 0) {
		named_lack(named, "no account of the estate is in its "
		    "organization");
		return;
	}
	named_item(named, text);
	script_words(&named->script, &phrases);
}

void
named_organization(struct named_script *named, const char *text)
{
	if (named->estate->organization.id.text == NULL)
		return;
	named_item(named, text);
	script_word(&named->script, named->estate->organization.id);
}

/* Exceptions. */

static void
say_tests(struct named_script *named, const struct node *condition)
{
	for (const struct node *operator = condition->first; operator != NULL;
	    operator = operator->next)
		for (const struct node *key = operator->first; key != NULL;
		    key = key->next) {
			begin_item(named);
			named_say(named, " ");
			named_say(named, operator->key);
			script_word(&named->script, word_from(key->key,
			    key->key_length));
			say_values(named, key);
		}
}

static void
say_exception(struct named_script *named, const struct node *exception)
{
	const struct node *actions = node_find(exception, "actions");
	const struct node *resources = node_find(exception, "resources");
	const struct node *condition = node_find(exception, "condition");

	named_row(named, "", " and");
	named_list(named, " by", node_find(exception, "principals"));
	named_list(named, "", actions);
	named_list(named, " on", resources);
	if (condition != NULL)
		say_tests(named, condition);
}

void
named_exceptions(struct named_script *named, const struct node *list)
{
	const char *between = named->between;

	for (const struct node *exception = list == NULL ? NULL : list->first;
	    exception != NULL; exception = exception->next) {
		named_item(named, " (");
		say_exception(named, exception);
		named_say(named, " )");
		named_row(named, between, between);
	}
}
