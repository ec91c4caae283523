/* SPDX-License-Identifier: MIT */
/* `sekisho explain': what is known of a name, whatever it is a name of. */
#include "config.h"

#include <string.h>
#include <strings.h>

#include "policy/assumption.h"
#include "simulator/named.h"
#include "simulator/premise.h"
#include "simulator/rulebook.h"
#include "tools/catalog_file.h"
#include "tools/exit.h"
#include "tools/explain.h"
#include "tools/facts.h"
#include "tools/format.h"

/* Rules about size have examples of some thousand characters. */
enum { EXAMPLE_SHOWN = 1600 };

static void
print_usage(FILE *out)
{
	fprintf(out, "usage: sekisho explain NAME...\n\n"
	    "A NAME is an action (s3:GetObject), a service (s3), a condition "
	    "key\n(aws:SourceVpce), an endpoint service "
	    "(com.amazonaws.eu-west-1.s3), a\ncondition operator "
	    "(StringLikeIfExists), a rule of the linter\n"
	    "(`sekisho lint --list-rules') or a named guarantee.  "
	    "`assumptions',\n`premises' and `guarantees' list what AWS leaves "
	    "open, what sekisho prove\ntakes for granted, and what it can be "
	    "asked by name.\n");
}

enum { TEXT_INDENT = 2, TEXT_WIDTH = 79 };

static void
print_text(FILE *out, const char *text)
{
	fprintf(out, "%*s", TEXT_INDENT, "");
	safe_print_wrapped(out, text, TEXT_INDENT, TEXT_WIDTH);
}

static void
print_layers(FILE *out, const struct rule *rule)
{
	if (rule == NULL || rule->layers == 0 ||
	    rule->layers == LAYERS_ALL) {
		fputs("  layers    all\n", out);
		return;
	}
	fputs("  layers   ", out);
	for (size_t i = 0; i < LAYER_COUNT; i++)
		if (rule->layers >> i & 1)
			fprintf(out, " %s", layer_name((enum layer)i));
	fputc('\n', out);
}

static void
print_complaint(FILE *out, const struct complaint *complaint,
    const struct rule *rule)
{
	fprintf(out, "%s (rule of sekisho lint)\n  severity  %s%s\n",
	    complaint->id, severity_name(complaint->severity),
	    complaint->configured ? ", off until configured" : "");
	print_layers(out, rule);
	if (complaint->aa != NULL)
		fprintf(out, "  Access Analyzer  %s\n", complaint->aa);
	fputc('\n', out);
	print_text(out, complaint->says);
	print_text(out, complaint->why);
	if (complaint->fires_on != NULL &&
	    strlen(complaint->fires_on) + strlen(complaint->quiet_on) <
	    EXAMPLE_SHOWN)
		fprintf(out, "\n  fires on  %s\n  not on    %s\n",
		    complaint->fires_on, complaint->quiet_on);
}

static bool
explain_rule(FILE *out, const char *name)
{
	struct lint_cursor cursor = { 0 };
	const struct complaint *complaint;

	while ((complaint = lint_next(rulebook, &cursor)) != NULL)
		if (strcasecmp(complaint->id, name) == 0) {
			print_complaint(out, complaint, cursor.rule);
			return true;
		}
	return false;
}

/* COND-1, COND-28, COND-29. */
static const char *
meaning_of(struct operator_use use, bool negated)
{
	if (use.quantifier == QUANTIFIER_ALL)
		return negated ? "no value of the request is in the list" :
		    "every value of the request is in the list";
	if (use.quantifier == QUANTIFIER_ANY)
		return negated ? "some value of the request is not in the "
		    "list" : "some value of the request is in the list";
	return negated ? "the request's value is not in the list" :
	    "the request's value is in the list";
}

static bool
explain_operator(FILE *out, const char *name)
{
	static const char *const types[] = {
		[VALUE_STRING] = "strings", [VALUE_ARN] = "ARNs",
		[VALUE_NUMBER] = "numbers", [VALUE_DATE] = "dates",
		[VALUE_BOOL] = "booleans", [VALUE_BINARY] = "base64",
		[VALUE_IP] = "IP addresses", [VALUE_PRESENCE] = "presence",
	};
	struct operator_use use = operator_read(name, strlen(name));
	const struct operator_facts *facts;

	if (use.operator == OPERATOR_COUNT)
		return false;
	facts = operator_facts(use.operator);
	fprintf(out, "%s (condition operator)\n  compares  %s\n", name,
	    types[facts->type]);
	fprintf(out, "  true when %s\n", meaning_of(use, facts->negated));
	fprintf(out, "  key absent  %s\n", use.if_exists ||
	    (use.quantifier == QUANTIFIER_ALL) ? "true" :
	    use.quantifier == QUANTIFIER_ANY ? "false" :
	    facts->type == VALUE_PRESENCE ? "what it tests" :
	    facts->negated ? "true" : "false");
	return true;
}

/* What AWS leaves open, and how it is read: the first word, unless asked. */
static bool
explain_assumptions(FILE *out, const char *name)
{
	const char *word;
	size_t length;

	if (strcmp(name, "assumptions") != 0)
		return false;
	for (size_t i = 0; i < ASSUMPTION_COUNT; i++) {
		enum assumption assumption = (enum assumption)i;

		fprintf(out, "%-8s ", assumption_name(assumption));
		for (unsigned j = 0; (word = assumption_word(assumption, j,
		    &length)) != NULL; j++)
			fprintf(out, "%s%.*s", j == 0 ? "" : "|", (int)length,
			    word);
		fputs("\n", out);
		print_text(out, assumption_says(assumption));
	}
	return true;
}

/* What the prover takes to be true of every request. */
static bool
explain_premises(FILE *out, const char *name)
{
	if (strcmp(name, "premises") != 0)
		return false;
	for (enum premise premise = 0; premise < PREMISE_COUNT; premise++) {
		fprintf(out, "%s\n", premise_name(premise));
		print_text(out, premise_says(premise));
	}
	return true;
}

static void
print_named(FILE *out, const struct named *named)
{
	fprintf(out, "%-4s %s\n", named->id, named->name);
	print_text(out, named->says);
	fprintf(out, "  perimeter  %s\n", named->parameters);
	if (named->elsewhere != NULL)
		fprintf(out, "  not proved by name: %s\n", named->elsewhere);
}

/* All of them, or one by its id or name. */
static bool
explain_guarantees(FILE *out, const char *name)
{
	const struct named *named = named_find(word_from(name, strlen(name)));

	if (named != NULL)
		print_named(out, named);
	if (strcmp(name, "guarantees") != 0)
		return named != NULL;
	for (named = named_guarantees; named->id != NULL; named++)
		print_named(out, named);
	return true;
}

/* A rule and a guarantee may have one name: then both are meant. */
static bool
explain_rule_or_guarantee(FILE *out, const char *name)
{
	bool rule = explain_rule(out, name);

	if (rule && named_find(word_from(name, strlen(name))) != NULL)
		fputc('\n', out);
	return explain_guarantees(out, name) || rule;
}

/* What the program knows of itself. */
static bool
explain(FILE *out, const char *name)
{
	return explain_assumptions(out, name) ||
	    explain_premises(out, name) ||
	    explain_rule_or_guarantee(out, name) ||
	    explain_operator(out, name);
}

static bool
explain_fact(FILE *out, const struct catalog *catalog, const char *name)
{
	return facts_action(out, catalog, name) ||
	    facts_call(out, catalog, name) ||
	    facts_key(out, catalog, name) ||
	    facts_endpoint(out, catalog, name) ||
	    facts_service(out, catalog, name);
}

/* The nearest name of the sort that this one seems to be. */
static const char *
suggest(struct arena *arena, const struct catalog *catalog, const char *name)
{
	const struct complaint *rule = lint_nearest(rulebook, name);
	size_t length = strlen(name);

	if (strchr(name, ':') == NULL)
		return rule != NULL ? rule->id :
		    catalog_nearest_service(catalog, name, length);
	return strncmp(name, "aws:", 4) == 0 ?
	    catalog_nearest_key(catalog, name, length) :
	    catalog_nearest_action(arena, catalog, name, length);
}

/* The catalogue is NULL until somebody needs it: a rule is explained whatever
 * sekisho.json says. */
static bool
explain_or_complain(struct arena *arena, const struct catalog **catalog,
    const char *name)
{
	const char *nearest;

	if (explain(stdout, name))
		return true;
	if (*catalog == NULL)
		*catalog = catalog_file_find(arena, NULL);
	if (explain_fact(stdout, *catalog, name))
		return true;
	nearest = suggest(arena, *catalog, name);
	fprintf(stderr, "sekisho: nothing is known of `");
	safe_print(stderr, name, strlen(name));
	fprintf(stderr, nearest == NULL ? "'\n" : "'; did you mean `%s'?\n",
	    nearest);
	return false;
}

/*
 * Text of mdoc(7): a sentence a line, as roff wants it, and nothing in it may
 * be taken for a request.
 */
static void
print_mdoc_text(FILE *out, const char *text)
{
	bool start = true;

	for (; *text != '\0'; text++) {
		bool stop = strchr(".!?", *text) != NULL;

		if (start && (*text == '.' || *text == '\''))
			fputs("\\&", out);
		start = stop && text[1] == ' ';
		if (*text == '\\')
			fputs("\\e", out);
		else
			fputc(*text, out);
		if (!start)
			continue;
		fputc('\n', out);
		while (text[1] == ' ')
			text++;
	}
	fputc('\n', out);
}

/* The body of sekisho-rules(7), see tools/manual. */
static void
print_mdoc(FILE *out)
{
	struct lint_cursor cursor = { 0 };
	const struct complaint *complaint;

	while ((complaint = lint_next(rulebook, &cursor)) != NULL) {
		fprintf(out, ".It Sy %s\n.Pq %s%s%s%s\n", complaint->id,
		    severity_name(complaint->severity),
		    complaint->configured ? ", off until configured" : "",
		    complaint->aa == NULL ? "" : "; ",
		    complaint->aa == NULL ? "" : complaint->aa);
		fputs("The claim: ", out);
		print_mdoc_text(out, complaint->says);
		fputs(".Pp\n", out);
		print_mdoc_text(out, complaint->why);
	}
}

int
explain_main(struct arena *arena, int argc, char **argv)
{
	const struct catalog *catalog = NULL;
	bool all = true;

	if (argc < 2) {
		print_usage(stderr);
		return EXIT_USAGE;
	}
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
		print_usage(stdout);
		return EXIT_FINE;
	}
	if (strcmp(argv[1], "--mdoc") == 0) {
		print_mdoc(stdout);
		return EXIT_FINE;
	}
	for (int i = 1; i < argc; i++) {
		if (!explain_or_complain(arena, &catalog, argv[i]))
			all = false;
		else if (i + 1 < argc)
			fputc('\n', stdout);
	}
	return all ? EXIT_FINE : EXIT_USAGE;
}
