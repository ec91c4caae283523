/* SPDX-License-Identifier: MIT */
/* Every operator in every dress, mostly over keys of its type. */
#include "config.h"

#include <string.h>
#include <strings.h>

#include "policy/operator.h"
#include "testcases/draft.h"

struct tested {
	const char	*operator;
	enum value_type	 type;
};

static const char *
change_case(const struct scene *scene, const char *text)
{
	char *copy = arena_copy(scene->arena, text, strlen(text));
	size_t at = dice_get(scene->dice, strlen(text));

	if (copy[at] >= 'a' && copy[at] <= 'z')
		copy[at] = (char)(copy[at] - 'a' + 'A');
	else if (copy[at] >= 'A' && copy[at] <= 'Z')
		copy[at] = (char)(copy[at] - 'A' + 'a');
	return copy;
}

static struct tested
find_operator(const struct scene *scene)
{
	static const char *const unknown[] = { "StringEqual", "BinaryLike",
	    "NullIfExists", "ForAnyValue:", "StringLikeIfExistsIfExists",
	    "ForAllValues:ForAnyValue:StringLike", "IfExists", "" };
	static const char *const prefixes[] = { "", "", "", "", "", "",
	    "ForAllValues:", "ForAllValues:", "ForAnyValue:",
	    "ForAnyValue:" };
	const struct operator_facts *facts = operator_facts(
	    (enum operator)dice_get(scene->dice, OPERATOR_COUNT));
	const char *name = arena_printf(scene->arena, "%s%s%s",
	    dice_pick(scene->dice, prefixes), facts->name,
	    facts->type != VALUE_PRESENCE && dice_holds(scene->dice, 20) ?
	    "IfExists" : "");

	if (dice_holds(scene->dice, 5))
		name = change_case(scene, name);
	if (dice_holds(scene->dice, 1))
		name = dice_pick(scene->dice, unknown);
	return (struct tested){ name, facts->type };
}

static bool
is_digits(const char *text)
{
	return *text >= '1' && *text <= '9' &&
	    text[strspn(text, "0123456789")] == '\0';
}

static void
print_value(const struct scene *scene, const struct scene_key *key,
    enum value_type type, struct writing *writing)
{
	const char *value = scene_value(scene, type);
	bool worded = type == VALUE_STRING || type == VALUE_ARN ||
	    type == VALUE_BOOL;

	if (key->count > 0 && type != VALUE_PRESENCE &&
	    dice_holds(scene->dice, 60))
		value = key->values[dice_get(scene->dice, key->count)];
	if (type == VALUE_ARN && dice_holds(scene->dice, 10))
		value = scene_name(scene);
	if (worded && dice_holds(scene->dice, 35))
		value = draft_pattern(scene, value);
	if (dice_holds(scene->dice, 15) && (is_digits(value) ||
	    strcmp(value, "true") == 0 || strcmp(value, "false") == 0))
		writing_add(writing, "%s", value);
	else
		writing_add(writing, "\"%s\"", value);
}

static void
print_test(const struct scene *scene, const struct scene_key *key,
    enum value_type type, struct writing *writing)
{
	size_t chance = dice_get(scene->dice, 20);
	size_t count = chance == 0 ? 0 : chance < 14 ? 1 : 2;

	writing_add(writing, "\"%s\":", dice_holds(scene->dice, 8) ?
	    change_case(scene, key->name) : key->name);
	if (count == 1 && dice_holds(scene->dice, 60)) {
		print_value(scene, key, type, writing);
		return;
	}
	writing_add(writing, "[");
	for (size_t i = 0; i < count; i++) {
		writing_add(writing, "%s", i == 0 ? "" : ",");
		print_value(scene, key, type, writing);
	}
	writing_add(writing, "]");
}

/* No two of its keys are equal up to case. */
static void
print_operator(const struct scene *scene, struct tested tested,
    struct writing *writing)
{
	const struct scene_key *first = scene_key(scene, tested.type);
	const struct scene_key *second = scene_key(scene, tested.type);

	writing_add(writing, "\"%s\":{", tested.operator);
	if (!dice_holds(scene->dice, 2)) {
		print_test(scene, first, tested.type, writing);
		if (dice_holds(scene->dice, 10) &&
		    strcasecmp(first->name, second->name) != 0) {
			writing_add(writing, ",");
			print_test(scene, second, tested.type, writing);
		}
	}
	writing_add(writing, "}");
}

void
draft_condition(const struct scene *scene, struct writing *writing)
{
	struct tested first = find_operator(scene);
	struct tested second = find_operator(scene);

	writing_add(writing, "{");
	if (!dice_holds(scene->dice, 2))
		print_operator(scene, first, writing);
	else
		first.operator = second.operator;
	if (dice_holds(scene->dice, 20) &&
	    strcasecmp(first.operator, second.operator) != 0) {
		writing_add(writing, ",");
		print_operator(scene, second, writing);
	}
	writing_add(writing, "}");
}
