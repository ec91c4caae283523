/* SPDX-License-Identifier: MIT */
/* Patterns by damaging a text here and there. */
#include "config.h"

#include <string.h>

#include "testcases/draft.h"

/* The text with something else in the place of [start, end). */
static const char *
replace(const struct scene *scene, const char *text, size_t start,
    size_t end, const char *with)
{
	return arena_printf(scene->arena, "%.*s%s%s", (int)start, text, with,
	    text + end);
}

/* Some bytes become `with'; of two places the first is the start. */
static const char *
replace_run(const struct scene *scene, const char *text, const char *with)
{
	size_t a = dice_get(scene->dice, strlen(text) + 1);
	size_t b = dice_get(scene->dice, strlen(text) + 1);

	return replace(scene, text, a < b ? a : b, a < b ? b : a, with);
}

/* Well formed and not, resolved and not (VAR-2 to VAR-6). */
static const char *
find_variable(const struct scene *scene)
{
	static const char *const forms[] = { "${k:one}", "${K:ONE}",
	    "${k:two}", "${aws:username}", "${aws:PrincipalTag/team}",
	    "${k:none}", "${k:none, 'team'}", "${k:none, 'a'}",
	    "${k:one, 'a'}", "${k:none,'team'}", "${k:none , 'team'}",
	    "${k:none, 'team' }", "${k:none, team}", "${k:none, ''}",
	    "${aws:TagKeys}", "${aws:TagKeys, 'a'}", "${*}", "${?}", "${$}",
	    "${}", "${a b}", "${k:one", "${ k:one}", "${k:none, '*'}",
	    "${k:none, 'x:y'}", "${k:flag}", "$", "${k:none,  'a'}" };

	return dice_pick(scene->dice, forms);
}

/* A variable in the place of its value, or anywhere. */
static const char *
add_variable(const struct scene *scene, const char *text)
{
	const struct scene_key *key;
	const char *found;

	if (scene->key_count == 0 || dice_holds(scene->dice, 30))
		return replace_run(scene, text, find_variable(scene));
	key = &scene->keys[dice_get(scene->dice, scene->key_count)];
	found = key->count == 0 ? NULL : strstr(text, key->values[0]);
	if (found == NULL || key->values[0][0] == '\0')
		return arena_printf(scene->arena, "%s%s", text,
		    find_variable(scene));
	return replace(scene, text, (size_t)(found - text),
	    (size_t)(found - text) + strlen(key->values[0]),
	    arena_printf(scene->arena, "${%s%s}", key->name,
	    dice_holds(scene->dice, 20) ? ", 'a'" : ""));
}

/* A default in the place of itself (VAR-4). */
static const char *
add_default(const struct scene *scene, const char *text)
{
	static const char *const words[] = { "team", "app", "alice", "data",
	    "a" };
	static const char *const forms[] = { "${k:none, '%s'}",
	    "${k:none, '%s'}", "${k:one, '%s'}", "${aws:TagKeys, '%s'}",
	    "${k:none,'%s'}", "${k:none , '%s'}", "${k:none,  '%s'}",
	    "${k:none, '%s' }", "${k:none, %s}" };
	const char *word = dice_pick(scene->dice, words);
	const char *found = strstr(text, word);
	const char *form = dice_pick(scene->dice, forms);
	size_t blank = (size_t)(strstr(form, "%s") - form);
	size_t start = found == NULL ? 0 : (size_t)(found - text);

	return replace(scene, text, start, start + (found == NULL ? 0 :
	    strlen(word)), arena_printf(scene->arena, "%.*s%s%s", (int)blank,
	    form, word, form + blank + 2));
}

/* What stands between two colons becomes `with'. */
static const char *
replace_field(const struct scene *scene, const char *text, const char *with)
{
	size_t start = 0, end, skip = dice_get(scene->dice, 6);

	end = strcspn(text, ":");
	while (skip-- > 0 && text[end] == ':') {
		start = end + 1;
		end = start + strcspn(text + start, ":");
	}
	return replace(scene, text, start, end, with);
}

static const char *
damage(const struct scene *scene, const char *text)
{
	size_t length = strlen(text);
	size_t at = dice_get(scene->dice, length + 1);

	switch (dice_get(scene->dice, 12)) {
	case 0:
		return "*";
	case 1:
		return replace(scene, text, at, length, "*");
	case 2:
		return replace_run(scene, text, "*");
	case 3:
		return replace(scene, text, at, at == length ? at : at + 1,
		    "?");
	case 4:
		return replace_field(scene, text, "*");
	case 5:
		return replace_field(scene, text, "a*");
	case 6:
		return add_variable(scene, text);
	case 7:
		return dice_holds(scene->dice, 50) ?
		    add_variable(scene, text) : add_default(scene, text);
	case 8:
		return replace(scene, text, at, length, "");
	case 9:
		return arena_printf(scene->arena, "%s*", text);
	case 10:
		return replace(scene, text, at, at, "*");
	}
	return replace(scene, text, at, at == length ? at : at + 1, "A");
}

const char *
draft_pattern(const struct scene *scene, const char *text)
{
	size_t chance = dice_get(scene->dice, 10);

	if (chance < 3)
		return text;
	if (chance < 5)
		return "*";
	text = damage(scene, text);
	return chance == 9 ? damage(scene, text) : text;
}
