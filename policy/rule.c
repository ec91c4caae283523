/* SPDX-License-Identifier: MIT */
/*
 * What every rule may ask of its surroundings.  A fact that only one file of
 * rules wants belongs there.
 */
#include "config.h"

#include <stddef.h>
#include <string.h>

#include "policy/rule.h"
#include "policy/template.h"
#include "policy/variable.h"

static struct finding *check_vcomplain(struct check *, struct span,
    const char *, va_list) __attribute__((format(printf, 3, 0)));

/*
 * Where a document may be of several layers, only what is wrong in all of
 * them is an error.
 */
static enum severity
severity_of(const struct check *check)
{
	enum severity severity = check->rule->complaint.severity;

	if (severity == SEVERITY_ERROR &&
	    (check->subject->candidates & ~check->rule->layers) != 0)
		return SEVERITY_WARNING;
	return severity;
}

static struct finding *
check_vcomplain(struct check *check, struct span span, const char *format,
    va_list arguments)
{
	const struct statement *statement = check->statement;
	struct finding *finding = report_vadd(check->report,
	    &check->rule->complaint, span, format, arguments);

	finding->severity = severity_of(check);
	if (statement != NULL && statement->sid != NULL)
		finding->sid = statement->sid->text;
	return finding;
}

struct finding *
check_complain(struct check *check, struct span span, const char *format, ...)
{
	struct finding *finding;
	va_list arguments;

	va_start(arguments, format);
	finding = check_vcomplain(check, span, format, arguments);
	va_end(arguments);
	return finding;
}

struct finding *
check_complain_of(struct check *check, const struct node *node,
    const char *format, ...)
{
	struct finding *finding;
	va_list arguments;

	va_start(arguments, format);
	finding = check_vcomplain(check, node->span, format, arguments);
	va_end(arguments);
	return finding;
}

struct finding *
check_complain_of_key(struct check *check, const struct node *node,
    const char *format, ...)
{
	struct finding *finding;
	va_list arguments;

	va_start(arguments, format);
	finding = check_vcomplain(check, node->key_span, format, arguments);
	va_end(arguments);
	return finding;
}

int
node_compare_texts(const void *left, const void *right)
{
	const struct node *a = *(const struct node *const *)left;
	const struct node *b = *(const struct node *const *)right;
	int order;

	if (a->length != b->length)
		return a->length < b->length ? -1 : 1;
	order = memcmp(a->text, b->text, a->length);
	if (order != 0)
		return order;
	return a->span.start < b->span.start ? -1 : 1;
}

bool
node_has_text_of(const struct node *a, const struct node *b)
{
	return a->length == b->length &&
	    memcmp(a->text, b->text, a->length) == 0;
}

bool
check_is_attached(const struct check *check, const char *prefixes)
{
	const struct service *service = check->subject->service;

	return service != NULL && word_is_among(service->prefix,
	    strlen(service->prefix), prefixes);
}

void
check_help(struct check *check, struct finding *finding, const char *format,
    ...)
{
	va_list arguments;

	va_start(arguments, format);
	finding->help = arena_vprintf(check->report->arena, format, arguments);
	va_end(arguments);
}

bool
entry_is_everything(const struct node *entry)
{
	for (size_t i = 0; i < entry->length; i++)
		if (entry->text[i] != '*')
			return false;
	return entry->length > 0;
}

static bool
has_everything(const struct element *resource)
{
	for (size_t i = 0; i < resource->count; i++)
		if (entry_is_everything(resource->items[i]))
			return true;
	return false;
}

bool
resource_is_everything(const struct statement *statement)
{
	return !statement->resource.negated &&
	    has_everything(&statement->resource);
}

bool
resource_is_nothing(const struct statement *statement)
{
	return statement->resource.negated &&
	    has_everything(&statement->resource);
}

bool
action_is_everything(const struct node *entry)
{
	size_t colons = 0;

	for (size_t i = 0; i < entry->length; i++) {
		if (entry->text[i] == ':')
			colons++;
		else if (entry->text[i] != '*')
			return false;
	}
	/* without a colon, nothing but the one star matches (ACT-4) */
	return entry->length > 0 && entry->text[0] == '*' &&
	    entry->text[entry->length - 1] == '*' &&
	    colons == (entry->length > 1);
}

bool
statement_reaches(struct check *check, const struct statement *statement,
    const char *action)
{
	const struct element *element = &statement->action;

	if (element->node == NULL)
		return false;
	for (size_t i = 0; i < element->count; i++) {
		const struct expansion *expansion = check_expand(check,
		    element->items[i]);

		if (pattern_match(&expansion->pattern, action, strlen(action)))
			return !element->negated;
	}
	/* what the rest of a partial list excepts, nobody knows */
	return element->negated && !element->partial;
}

bool
statement_may_reach(struct check *check, const struct statement *statement,
    const char *action)
{
	return statement->action.partial ||
	    statement_reaches(check, statement, action);
}
