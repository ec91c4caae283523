/* SPDX-License-Identifier: MIT */
/*
 * Rules about the text of a policy, whatever it stands for: samples that were
 * never filled in, and characters that AWS does not take (GRAM-2).
 */
#include "config.h"

#include <stdint.h>
#include <string.h>

#include "policy/character.h"
#include "policy/rules.h"

static const struct node *
node_after(const struct node *node, const struct node *root)
{
	if (node->first != NULL)
		return node->first;
	while (node != root && node->next == NULL)
		node = node->parent;
	return node == root ? NULL : node->next;
}

static bool
key_has_placeholder(const struct node *node)
{
	const struct node key = { .text = node->key,
	    .length = node->key_length };

	return node_has_placeholder(&key);
}

static struct span
placeholder_span(const struct node *node)
{
	return key_has_placeholder(node) ? node->key_span : node->span;
}

/* An escape may be \u003c. */
static bool
may_have_placeholder(const struct policy *policy)
{
	const struct span *span = &policy->node->span;
	const char *bytes = policy->text->source->bytes + span->start;
	size_t length = span->end - span->start;

	return memchr(bytes, '<', length) != NULL ||
	    memchr(bytes, '\\', length) != NULL;
}

static void
placeholder_value(struct check *check)
{
	const struct node *root = check->subject->policy->node, *first = NULL;
	struct finding *finding;
	size_t count = 0;

	if (!may_have_placeholder(check->subject->policy))
		return;
	for (const struct node *node = root->first; node != NULL;
	    node = node_after(node, root)) {
		if (!node_has_placeholder(node) && !key_has_placeholder(node))
			continue;
		first = first == NULL ? node : first;
		count++;
	}
	if (first == NULL)
		return;
	finding = check_complain(check, placeholder_span(first),
	    "`%s` was never filled in; %zu value%s of this policy hold%s a "
	    "placeholder, which no request matches",
	    key_has_placeholder(first) ? first->key : first->text, count,
	    count == 1 ? "" : "s", count == 1 ? "s" : "");
	check_help(check, finding, "put your own values in place of `<...>`; "
	    "other rules do not judge these values until then");
}

/*
 * Characters (GRAM-2).  The bytes are looked at as they stand in the
 * document: what IAM would make of an escape is not known.
 */

/* The bytes of a character past U+00FF, or 0 when there is none here. */
static size_t
foreign_length(const char *bytes, size_t left)
{
	enum { FIRST_LEAD = 0xc4 };	/* of U+0100 */

	return (unsigned char)bytes[0] < FIRST_LEAD ? 0 :
	    character_length(bytes, left);
}

/* Skips ASCII by the word, as all of most documents is. */
static size_t
skip_ascii(const char *bytes, size_t at, size_t end)
{
	uint64_t word;

	for (; end - at >= sizeof(word); at += sizeof(word)) {
		memcpy(&word, bytes + at, sizeof(word));
		if ((word & UINT64_C(0x8080808080808080)) != 0)
			break;
	}
	return at;
}

/* Goes to the quote that ends the string and counts what it passes. */
static size_t
count_foreign(const char *bytes, size_t at, size_t end, size_t *count)
{
	for (; at < end && bytes[at] != '"'; at++) {
		if (bytes[at] == '\\')
			at++;
		else if (foreign_length(bytes + at, end - at) > 0)
			++*count;
	}
	return at;
}

static void
complain_of_character(struct check *check, struct span span, size_t more)
{
	const char *character = check->report->source->bytes + span.start;
	size_t length = span.end - span.start;
	bool refused = check->subject->layer != LAYER_ENDPOINT &&
	    (check->subject->layer != LAYER_RESOURCE ||
	    check_is_attached(check, "kms"));
	struct finding *finding;

	finding = check_complain(check, span,
	    "`%.*s` (U+%04X) is past U+00FF; %s the document", (int)length,
	    character, (unsigned)character_code(character, length),
	    refused ? "AWS refuses" : "many services refuse");
	if (more > 0)
		check_help(check, finding, "%zu more such character%s in this "
		    "string", more, more == 1 ? " is" : "s are");
	if (!refused)
		finding->severity = SEVERITY_WARNING;
}

static void
non_latin1_character(struct check *check)
{
	const struct policy *policy = check->subject->policy;
	const char *bytes = policy->text->source->bytes;
	size_t at = policy->node->span.start, end = policy->node->span.end;

	if (policy->text->ascii)
		return;
	for (at = skip_ascii(bytes, at, end); at < end; at++) {
		size_t length = foreign_length(bytes + at, end - at);
		struct span span = { at, at + length };
		size_t more = 0;

		if (length == 0)
			continue;
		at = count_foreign(bytes, span.end, end, &more);
		complain_of_character(check, span, more);
	}
}

const struct rule character_rules[] = {
	{
		.complaint = {
			.id = "placeholder-value",
			.severity = SEVERITY_WARNING,
			.says = "a sample value in angle brackets was never "
			    "filled in",
			.why = "AWS takes `<my-account-id>` for what it says, "
			    "which no request ever holds: an Allow is dead, a "
			    "Deny hollow or total. Put in your own value.",
			.fires_on = "{'Effect':'Deny','Action':'s3:*',"
			    "'Resource':'arn:aws:s3:::<bucket>/*'}",
			.quiet_on = "{'Effect':'Deny','Action':'s3:*',"
			    "'Resource':'arn:aws:s3:::bucket/*'}",
		},
		.layers = LAYERS_ALL,
		.document = placeholder_value,
	},
	{
		.complaint = {
			.id = "non-latin1-character",
			.severity = SEVERITY_ERROR,
			.says = "a character is past U+00FF",
			.why = "IAM takes tab, line ends and U+0020 to U+00FF "
			    "(GRAM-2), many services the same. Write the name "
			    "in Latin letters.",
			.fires_on = "identity raw {\"Version\":\"2012-10-17\","
			    "\"Statement\":{\"Effect\":\"Deny\","
			    "\"Action\":\"s3:*\",\"Resource\":"
			    "\"arn:aws:s3:::b/\\xe9\\x96\\xa2\"}}",
			.quiet_on = "identity raw {\"Version\":\"2012-10-17\","
			    "\"Statement\":{\"Effect\":\"Deny\","
			    "\"Action\":\"s3:*\",\"Resource\":"
			    "\"arn:aws:s3:::b/\\xc3\\xa9\"}}",
		},
		.layers = LAYERS_ALL,
		.document = non_latin1_character,
	},
	{ .complaint = { .id = NULL } },
};
