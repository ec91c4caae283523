/* SPDX-License-Identifier: MIT */
/* Words of paths.  The last of each sort counts: it is the nearest. */
#include "config.h"

#include <string.h>

#include "policy/arn.h"
#include "policy/character.h"
#include "policy/list.h"
#include "simulator/import_path.h"

/* The directory of a service, and ARNs of what may stand in it: `@' is the
 * partition, `#' the region, `!' the account, `%' the name. */
static const struct form {
	const char	*directory;
	const char	*arn;
	bool		 guessed;
} forms[] = {
	{ "acm-pca", "arn:@:acm-pca:#:!:certificate-authority/%", false },
	{ "apigateway", "arn:@:execute-api:#:!:%/*", false },
	{ "backup", "arn:@:backup:#:!:backup-vault:%", false },
	{ "dynamodb", "arn:@:dynamodb:#:!:table/%", false },
	{ "ecr", "arn:@:ecr:#:!:repository/%", false },
	{ "efs", "arn:@:elasticfilesystem:#:!:file-system/%", false },
	{ "elasticfilesystem", "arn:@:elasticfilesystem:#:!:file-system/%",
	    false },
	{ "es", "arn:@:es:#:!:domain/%", false },
	{ "events", "arn:@:events:#:!:event-bus/%", false },
	{ "execute-api", "arn:@:execute-api:#:!:%/*", false },
	{ "kinesis", "arn:@:kinesis:#:!:stream/%", false },
	{ "kms", "arn:@:kms:#:!:key/%", false },
	{ "lambda", "arn:@:lambda:#:!:function:%", false },
	{ "opensearch", "arn:@:es:#:!:domain/%", false },
	{ "policy", "arn:@:iam::!:policy/%", false },
	{ "s3", "arn:@:s3:::%", false },
	{ "secretsmanager", "arn:@:secretsmanager:#:!:secret:%-??????", true },
	{ "sns", "arn:@:sns:#:!:%", false },
	{ "sqs", "arn:@:sqs:#:!:%", false },
};

enum { PARTS_MAX = 32, ACCOUNT_LENGTH = 12 };

/* The directories of a path, and the file's name without .json. */
struct parts {
	struct word	 items[PARTS_MAX];
	size_t		 count;
};

static struct word
without_json(struct word name)
{
	if (name.length > 5 &&
	    memcmp(name.text + name.length - 5, ".json", 5) == 0)
		name.length -= 5;
	return name;
}

/* Of a path that is too long, the end. */
static struct parts
split(const char *path)
{
	struct parts parts = { .count = 0 };

	while (*path != '\0') {
		size_t length = strcspn(path, "/");

		if (parts.count == PARTS_MAX)
			memmove(&parts.items[0], &parts.items[1],
			    sizeof(parts.items[0]) * --parts.count);
		if (length > 0)
			parts.items[parts.count++] = word_from(path, length);
		path += length + (path[length] == '/');
	}
	if (parts.count > 0)
		parts.items[parts.count - 1] = without_json(
		    parts.items[parts.count - 1]);
	return parts;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_small(char c)
{
	return (c >= 'a' && c <= 'z') || is_digit(c);
}

static bool
is_letter(char c)
{
	return is_small(c) || (c >= 'A' && c <= 'Z');
}

/* Twelve digits with no letter or digit beside them. */
static struct word
find_account(struct word part)
{
	for (size_t i = 0; i + ACCOUNT_LENGTH <= part.length; i++)
		if (account_id_is_valid(part.text + i, ACCOUNT_LENGTH) &&
		    (i == 0 || !is_letter(part.text[i - 1])) &&
		    (i + ACCOUNT_LENGTH == part.length ||
		    !is_letter(part.text[i + ACCOUNT_LENGTH])))
			return word_from(part.text + i, ACCOUNT_LENGTH);
	return word_from(NULL, 0);
}

/* us-east-1, ap-southeast-2, us-gov-west-1 */
static bool
is_region(struct word part)
{
	size_t at = 2, marks = 0;

	if (part.length < 9 || !is_digit(part.text[part.length - 1]) ||
	    part.text[2] != '-' || part.text[part.length - 2] != '-')
		return false;
	for (; at < part.length - 1; at++) {
		marks += part.text[at] == '-';
		if (part.text[at] != '-' && (is_digit(part.text[at]) ||
		    !is_small(part.text[at])))
			return false;
	}
	return marks >= 2 && is_small(part.text[0]) && is_small(part.text[1]);
}

static size_t
count_small(struct word part, size_t from)
{
	size_t count = 0;

	while (from + count < part.length && is_small(part.text[from + count]))
		count++;
	return count;
}

/* ou-ROOT-UNIT or r-ROOT at that byte; absent when it is none. */
static struct word
read_unit(struct word part, size_t at)
{
	struct word rest = word_behind(part, at);
	size_t root, unit;

	if (word_starts_with(rest, "r-")) {
		root = count_small(rest, 2);
		return root < 4 ? word_from(NULL, 0) :
		    word_from(rest.text, 2 + root);
	}
	if (!word_starts_with(rest, "ou-"))
		return word_from(NULL, 0);
	root = count_small(rest, 3);
	if (root < 4 || rest.length <= 3 + root || rest.text[3 + root] != '-')
		return word_from(NULL, 0);
	unit = count_small(rest, 4 + root);
	return unit < 8 ? word_from(NULL, 0) :
	    word_from(rest.text, 4 + root + unit);
}

static struct word
read_policy(struct word part, size_t at)
{
	struct word rest = word_behind(part, at);
	size_t length = 2;

	if (!word_starts_with(rest, "p-"))
		return word_from(NULL, 0);
	while (length < rest.length && (is_letter(rest.text[length]) ||
	    rest.text[length] == '_'))
		length++;
	return length < 10 ? word_from(NULL, 0) :
	    word_from(rest.text, length);
}

/* The first that begins where no letter or digit comes before. */
static struct word
find_id(struct word part, struct word (*read)(struct word, size_t))
{
	for (size_t i = 0; i < part.length; i++) {
		struct word id = { NULL, 0 };

		if (i == 0 || !is_letter(part.text[i - 1]))
			id = read(part, i);
		if (id.text != NULL)
			return id;
	}
	return word_from(NULL, 0);
}

static const struct form *
find_form(struct word part)
{
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
		if (word_is(part, forms[i].directory))
			return &forms[i];
	return NULL;
}

static int
hex(char c)
{
	return is_digit(c) ? c - '0' : (c | 0x20) - 'a' + 10;
}

/* With %2F and its like as what they stand for. */
static struct word
decode(struct arena *arena, struct word part)
{
	char *text = arena_room(arena, part.length + 1);
	size_t length = 0;

	for (size_t i = 0; i < part.length; i++) {
		text[length] = part.text[i];
		if (part.text[i] == '%' && i + 2 < part.length &&
		    character_is_hex_digit(part.text[i + 1]) &&
		    character_is_hex_digit(part.text[i + 2])) {
			text[length] = (char)(hex(part.text[i + 1]) << 4 |
			    hex(part.text[i + 2]));
			i += 2;
		}
		length++;
	}
	text[length] = '\0';
	return word_from(text, length);
}

static const char *
partition_of(struct word region)
{
	return region.text == NULL ? "aws" :
	    word_starts_with(region, "cn-") ? "aws-cn" :
	    word_starts_with(region, "us-gov-") ? "aws-us-gov" : "aws";
}

static const char *
append(struct arena *arena, const char *text, struct word word)
{
	return arena_printf(arena, "%s%.*s", text, (int)word.length,
	    word.text);
}

/* NULL when a word that the form asks for is absent. */
static const char *
fill(struct arena *arena, const char *form, const struct import_path *path,
    struct word name)
{
	const char *text = "";

	for (; *form != '\0'; form++) {
		struct word word = word_from(form, 1);
		const char *partition = partition_of(path->region);

		if (*form == '@')
			word = word_from(partition, strlen(partition));
		else if (*form == '#')
			word = path->region;
		else if (*form == '!')
			word = path->account;
		else if (*form == '%')
			word = name;
		if (word.text == NULL)
			return NULL;
		text = append(arena, text, word);
	}
	return text;
}

/* What stands behind the directory, but for regions and accounts. */
static struct word
join_name(struct arena *arena, const struct parts *parts, size_t from)
{
	const char *name = "";

	for (size_t i = from; i < parts->count; i++) {
		struct word part = parts->items[i];

		if (i + 1 < parts->count && (is_region(part) ||
		    (part.length == ACCOUNT_LENGTH &&
		    find_account(part).text != NULL)))
			continue;
		name = append(arena, *name == '\0' ? name :
		    arena_printf(arena, "%s/", name), decode(arena, part));
	}
	return word_from(name, strlen(name));
}

static void
find_arn(struct arena *arena, const struct parts *parts,
    struct import_path *path)
{
	struct word last = decode(arena, parts->items[parts->count - 1]);

	if (word_starts_with(last, "arn:")) {
		path->arn = last;
		return;
	}
	for (size_t i = parts->count - 1; i-- > 0;) {
		const struct form *form = find_form(parts->items[i]);
		const char *arn;

		if (form == NULL)
			continue;
		if (word_is(path->account, "aws") &&
		    !word_is(parts->items[i], "policy"))
			path->account = (struct word){ NULL, 0 };
		arn = fill(arena, form->arn, path, join_name(arena, parts,
		    i + 1));
		if (arn != NULL)
			path->arn = word_from(arn, strlen(arn));
		path->arn_guessed = form->guessed;
		return;
	}
}

static void
find_words(const struct parts *parts, struct import_path *path)
{
	for (size_t i = 0; i < parts->count; i++) {
		struct word part = parts->items[i];
		struct word account = find_account(part);

		if (account.text != NULL)
			path->account = account;
		else if (word_is(part, "aws") && path->account.text == NULL)
			path->account = part;
		if (is_region(part))
			path->region = part;
	}
}

struct import_path
import_path_read(struct arena *arena, const char *path, const char *region)
{
	struct import_path words = { .arn_guessed = false };
	struct parts parts = split(path == NULL ? "" : path);
	struct word last;

	if (parts.count == 0)
		return words;
	last = parts.items[parts.count - 1];
	find_words(&parts, &words);
	if (words.region.text == NULL && region != NULL)
		words.region = word_from(region, strlen(region));
	words.target = find_id(last, read_unit);
	if (words.target.text == NULL)
		words.target = find_account(last);
	words.policy = find_id(last, read_policy);
	find_arn(arena, &parts, &words);
	if (word_is(words.account, "aws"))
		words.account = (struct word){ NULL, 0 };
	return words;
}
