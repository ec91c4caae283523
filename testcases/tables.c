/* SPDX-License-Identifier: MIT */
/* Holds tables of facts against the rooms of policy/ that they are about. */
#include "config.h"

#include <sys/socket.h>

#include <arpa/inet.h>
#include <inttypes.h>
#include <stdio.h>

#include "policy/arn.h"
#include "policy/operator.h"
#include "policy/pattern.h"
#include "policy/value.h"
#include "policy/variable.h"
#include "testcases/rows.h"

static void
put_order(struct trial *trial, int order)
{
	put(trial, order < 0 ? "<" : order > 0 ? ">" : "=");
}

static struct pattern
read_glob(struct trial *trial, size_t i)
{
	return pattern_read(trial->arena, trial->in[i].text,
	    trial->in[i].length);
}

static struct pattern
read_resource(struct trial *trial, size_t i, bool pad)
{
	return arn_pattern_read(trial->arena, trial->in[i].text,
	    trial->in[i].length, pad);
}

static void
put_match(struct trial *trial, struct pattern pattern)
{
	put_claim(trial, pattern_match(&pattern, trial->in[1].text,
	    trial->in[1].length));
}

/* Overlapping is the same in both directions. */
static void
put_overlap(struct trial *trial, struct pattern a, struct pattern b)
{
	if (pattern_overlaps(&a, &b) != pattern_overlaps(&b, &a))
		put(trial, "one-sided");
	else
		put_claim(trial, pattern_overlaps(&a, &b));
}

/* One that covers another that matches anything overlaps it as well. */
static void
put_cover(struct trial *trial, struct pattern outer, struct pattern inner)
{
	if (!pattern_covers(&inner, &inner) ||
	    !pattern_covers(&outer, &outer))
		put(trial, "not-its-own");
	else if (pattern_covers(&outer, &inner) &&
	    !pattern_overlaps(&outer, &inner))
		put(trial, "covers-without-overlap");
	else
		put_claim(trial, pattern_covers(&outer, &inner));
}

static void
pattern_answer(struct trial *trial)
{
	put_match(trial, read_glob(trial, 0));
}

static void
prefix_answer(struct trial *trial)
{
	struct pattern pattern = read_glob(trial, 0);

	put(trial, arena_printf(trial->arena, "%zu",
	    pattern_literal_prefix(&pattern)));
	put(trial, pattern_is_any(&pattern) ? "any" :
	    pattern.wild ? "wild" : "literal");
}

static void
action_answer(struct trial *trial)
{
	put_match(trial, pattern_read_folded(trial->arena, trial->in[0].text,
	    trial->in[0].length));
}

static void
cover_answer(struct trial *trial)
{
	put_cover(trial, read_glob(trial, 0), read_glob(trial, 1));
}

static void
overlap_answer(struct trial *trial)
{
	put_overlap(trial, read_glob(trial, 0), read_glob(trial, 1));
}

static void
arn_answer(struct trial *trial)
{
	put_match(trial, read_resource(trial, 0, false));
}

static void
arn_pad_answer(struct trial *trial)
{
	put_match(trial, read_resource(trial, 0, true));
}

static void
arn_condition_answer(struct trial *trial)
{
	put_match(trial, arn_condition_read(trial->arena, trial->in[0].text,
	    trial->in[0].length));
}

static void
arn_cover_answer(struct trial *trial)
{
	put_cover(trial, read_resource(trial, 0, false),
	    read_resource(trial, 1, false));
}

static void
arn_overlap_answer(struct trial *trial)
{
	put_overlap(trial, read_resource(trial, 0, false),
	    read_resource(trial, 1, false));
}

static void
arn_split_answer(struct trial *trial)
{
	struct arn arn = arn_split(trial->in[0].text, trial->in[0].length);

	for (size_t i = 0; i < arn.count; i++)
		put_text(trial, arn.field[i].text, arn.field[i].length);
}

static void
arn_wild_answer(struct trial *trial)
{
	static const char *const names[ARN_FIELD_COUNT] = { "prefix",
	    "partition", "service", "region", "account", "resource" };
	struct arn arn = arn_split(trial->in[0].text, trial->in[0].length);

	for (size_t i = 0; i < ARN_FIELD_COUNT; i++)
		if (arn_field_is_wild(&arn, (enum arn_field)i))
			put(trial, names[i]);
	if (trial->got.count == 0)
		put(trial, "none");
}

static void
account_answer(struct trial *trial)
{
	put_claim(trial, account_id_is_valid(trial->in[0].text,
	    trial->in[0].length));
}

static void
operator_answer(struct trial *trial)
{
	static const char *const quantifiers[] = { "-", "all", "any" };
	struct operator_use use = operator_read(trial->in[0].text,
	    trial->in[0].length);

	if (use.operator == OPERATOR_COUNT) {
		put(trial, use.canonical ? "none-canonical" : "none");
		return;
	}
	put(trial, operator_facts(use.operator)->name);
	put(trial, quantifiers[use.quantifier]);
	put(trial, use.if_exists ? "if-exists" : "-");
	put(trial, use.canonical ? "canonical" : "other-case");
}

static void
operator_facts_answer(struct trial *trial)
{
	static const char *const types[] = { "string", "arn", "number",
	    "date", "bool", "binary", "ip", "presence" };
	static const char *const comparisons[] = { "equals", "equals-folded",
	    "like", "less", "less-equals", "greater", "greater-equals",
	    "within" };
	struct operator_use use = operator_read(trial->in[0].text,
	    trial->in[0].length);
	const struct operator_facts *facts = operator_facts(use.operator);

	put(trial, types[facts->type]);
	put(trial, comparisons[facts->comparison]);
	put(trial, facts->negated ? "negated" : "positive");
}

static void
operator_nearest_answer(struct trial *trial)
{
	const char *nearest = operator_nearest(trial->in[0].text,
	    trial->in[0].length);

	put(trial, nearest == NULL ? "none" : nearest);
}

static void
put_variable(struct trial *trial, const struct variable *variable)
{
	static const char *const kinds[] = { "key", "literal", "empty",
	    "unclosed", "spaced", "unquoted" };

	put(trial, kinds[variable->kind]);
	put_text(trial, trial->in[0].text + variable->start,
	    variable->end - variable->start);
	put_text(trial, variable->key, variable->key_length);
	if (variable->fallback == NULL)
		put(trial, "-");
	else
		put(trial, arena_printf(trial->arena, "'%.*s'",
		    (int)variable->fallback_length, variable->fallback));
}

static void
variable_answer(struct trial *trial)
{
	struct column in = trial->in[0];
	struct variable variable;
	size_t at = 0;

	while (variable_find(in.text, in.length, at, &variable)) {
		put_variable(trial, &variable);
		at = variable.end;
	}
	if (trial->got.count == 0)
		put(trial, "none");
}

static void
variable_occurs_answer(struct trial *trial)
{
	put_claim(trial, variable_occurs(trial->in[0].text,
	    trial->in[0].length));
}

static void
number_answer(struct trial *trial)
{
	struct number number;

	if (!number_read(trial->in[0].text, trial->in[0].length, &number)) {
		put(trial, "invalid");
		return;
	}
	put(trial, arena_printf(trial->arena, "%s%.*s.%.*s",
	    number.negative ? "-" : "",
	    (int)number.whole_length, number.whole,
	    (int)number.fraction_length, number.fraction));
}

static void
number_compare_answer(struct trial *trial)
{
	struct number a, b;

	if (!number_read(trial->in[0].text, trial->in[0].length, &a) ||
	    !number_read(trial->in[1].text, trial->in[1].length, &b)) {
		put(trial, "invalid");
		return;
	}
	put_order(trial, number_compare(&a, &b));
}

static void
put_date(struct trial *trial, bool four_digit_years)
{
	struct date date;

	if (!date_read(trial->in[0].text, trial->in[0].length,
	    four_digit_years, &date)) {
		put(trial, "invalid");
		return;
	}
	put(trial, arena_printf(trial->arena, "%" PRId64, date.seconds));
	put(trial, arena_printf(trial->arena, ".%.*s",
	    (int)date.fraction.fraction_length, date.fraction.fraction));
	put(trial, date.epoch ? "epoch" : "calendar");
}

static void
date_answer(struct trial *trial)
{
	put_date(trial, false);
}

static void
date_year_answer(struct trial *trial)
{
	put_date(trial, true);
}

static void
date_compare_answer(struct trial *trial)
{
	struct date a, b;

	if (!date_read(trial->in[0].text, trial->in[0].length, false, &a) ||
	    !date_read(trial->in[1].text, trial->in[1].length, false, &b)) {
		put(trial, "invalid");
		return;
	}
	put_order(trial, date_compare(&a, &b));
}

static void
put_cidr(struct trial *trial, unsigned bare_v6)
{
	char text[INET6_ADDRSTRLEN];
	struct cidr cidr;

	if (!cidr_read(trial->in[0].text, trial->in[0].length, bare_v6,
	    &cidr)) {
		put(trial, "invalid");
		return;
	}
	inet_ntop(cidr.v6 ? AF_INET6 : AF_INET, cidr.address, text,
	    sizeof(text));
	put(trial, arena_printf(trial->arena, "%s/%u", text, cidr.prefix));
	put(trial, cidr.has_prefix ? "range" : "address");
	put(trial, cidr.host_bits ? "host-bits" : "-");
	put(trial, cidr_is_private(&cidr) ? "private" : "public");
}

static void
cidr_answer(struct trial *trial)
{
	put_cidr(trial, 128);
}

static void
cidr_bare_answer(struct trial *trial)
{
	put_cidr(trial, 32);
}

static void
cidr_covers_answer(struct trial *trial)
{
	struct cidr outer, inner;

	if (!cidr_read(trial->in[0].text, trial->in[0].length, 128, &outer) ||
	    !cidr_read(trial->in[1].text, trial->in[1].length, 128, &inner))
		put(trial, "invalid");
	else
		put_claim(trial, cidr_covers(&outer, &inner));
}

static void
base64_answer(struct trial *trial)
{
	const uint8_t *bytes;
	size_t count;
	char *text;

	if (!base64_read(trial->arena, trial->in[0].text,
	    trial->in[0].length, &bytes, &count)) {
		put(trial, "invalid");
		return;
	}
	text = arena_alloc(trial->arena, 2 * count + 1);
	for (size_t i = 0; i < count; i++)
		snprintf(text + 2 * i, 3, "%02x", bytes[i]);
	put(trial, text);
}

static void
bool_answer(struct trial *trial)
{
	bool value;

	if (!bool_read(trial->in[0].text, trial->in[0].length, &value))
		put(trial, "invalid");
	else
		put(trial, value ? "true" : "false");
}

static const struct question questions[] = {
	{ "pattern",		NULL,		2, pattern_answer },
	{ "prefix",		NULL,		1, prefix_answer },
	{ "action",		NULL,		2, action_answer },
	{ "cover",		NULL,		2, cover_answer },
	{ "overlap",		NULL,		2, overlap_answer },
	{ "arn",		NULL,		2, arn_answer },
	{ "arn-pad",		NULL,		2, arn_pad_answer },
	{ "arn-condition",	NULL,		2, arn_condition_answer },
	{ "arn-cover",		NULL,		2, arn_cover_answer },
	{ "arn-overlap",	NULL,		2, arn_overlap_answer },
	{ "arn-split",		"split",	1, arn_split_answer },
	{ "arn-split",		"wild",		1, arn_wild_answer },
	{ "account",		NULL,		1, account_answer },
	{ "operator",		"read",		1, operator_answer },
	{ "operator",		"facts",	1, operator_facts_answer },
	{ "operator",		"nearest",	1, operator_nearest_answer },
	{ "variable",		"find",		1, variable_answer },
	{ "variable",		"occurs",	1, variable_occurs_answer },
	{ "number",		"read",		1, number_answer },
	{ "number",		"compare",	2, number_compare_answer },
	{ "date",		"read",		1, date_answer },
	{ "date",		"year",		1, date_year_answer },
	{ "date",		"compare",	2, date_compare_answer },
	{ "cidr",		"read",		1, cidr_answer },
	{ "cidr",		"bare32",	1, cidr_bare_answer },
	{ "cidr",		"covers",	2, cidr_covers_answer },
	{ "base64",		NULL,		1, base64_answer },
	{ "bool",		NULL,		1, bool_answer },
	{ NULL,			NULL,		0, NULL },
};

int
main(int argc, char **argv)
{
	return rows_run(questions, argc, argv);
}
