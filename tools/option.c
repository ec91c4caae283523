/* SPDX-License-Identifier: MIT */
/* Rows of options for getopt_long(3), and for --help. */
#include "config.h"

#include <getopt.h>
#include <stdlib.h>

#include "tools/exit.h"
#include "tools/option.h"
#include "tools/safe.h"

enum { COLUMN = 28 };

/* What getopt wants to have. */
struct parser {
	const struct option_tables	*tables;
	struct option			 options[OPTION_ROWS_MAX + 2];
	char				 letters[2 * OPTION_ROWS_MAX + 3];
	size_t				 used;		/* letters */
	const struct option_row		*rows[OPTION_ROWS_MAX];
	void				*contexts[OPTION_ROWS_MAX];
	size_t				 count;
};

static void
add_letter(struct parser *parser, char letter, bool has_operand)
{
	parser->letters[parser->used++] = letter;
	if (has_operand)
		parser->letters[parser->used++] = ':';
}

/* Behind the letters, values are places in rows[]. */
static void
add_row(struct parser *parser, const struct option_row *row, void *context)
{
	size_t at = parser->count;

	if (at == OPTION_ROWS_MAX)
		safe_errx(EXIT_BUG, "%s has too many options",
		    parser->tables->command);
	parser->options[at] = (struct option){ .name = row->name,
	    .has_arg = row->operand != NULL, .val = 256 + (int)at };
	parser->rows[at] = row;
	parser->contexts[at] = context;
	parser->count++;
	if (row->letter != 0)
		add_letter(parser, row->letter, row->operand != NULL);
}

static void
add_tables(struct parser *parser)
{
	for (size_t i = 0; i < parser->tables->count; i++) {
		const struct option_table *table = &parser->tables->items[i];

		for (size_t j = 0; table->rows[j].name != NULL; j++)
			add_row(parser, &table->rows[j], table->context);
	}
	parser->options[parser->count] = (struct option){ .name = "help",
	    .val = 'h' };
	add_letter(parser, 'h', false);
}

static void
follow(const struct parser *parser, int found)
{
	for (size_t i = 0; i < parser->count; i++)
		if (found == 256 + (int)i || found == parser->rows[i]->letter) {
			parser->rows[i]->set(parser->contexts[i],
			    parser->rows[i], optarg);
			return;
		}
	safe_errx(EXIT_USAGE, "see `sekisho %s --help'",
	    parser->tables->command);
}

bool
option_read(const struct option_tables *tables, int argc, char **argv)
{
	struct parser parser = { .tables = tables };
	bool help = false;
	int found;

	add_tables(&parser);
	while ((found = getopt_long(argc, argv, parser.letters,
	    parser.options, NULL)) != -1)
		if (found == 'h')
			help = true;
		else
			follow(&parser, found);
	return !help;
}

uint64_t
option_number(const struct option_row *row, const char *operand,
    uint64_t least, const char *what)
{
	char *end;
	uint64_t number = strtoull(operand, &end, 10);

	if (*operand < '0' || *operand > '9' || *end != '\0' ||
	    number < least)
		safe_errx(EXIT_USAGE, "--%s takes %s, not `%s'", row->name,
		    what, operand);
	return number;
}

static void
print_row(FILE *out, int column, const struct option_row *row)
{
	int width = fprintf(out, "  %c%c%s--%s%s%s",
	    row->letter == 0 ? ' ' : '-', row->letter == 0 ? ' ' : row->letter,
	    row->letter == 0 ? "  " : ", ", row->name,
	    row->operand == NULL ? "" : " ",
	    row->operand == NULL ? "" : row->operand);

	fprintf(out, "%*s%s\n", width < column ? column - width : 1, "",
	    row->says);
}

void
option_print_at(const struct option_tables *tables, int column, FILE *out)
{
	const struct option_row help = { .name = "help", .letter = 'h',
	    .says = "print this and stop" };

	for (size_t i = 0; i < tables->count; i++)
		for (const struct option_row *row = tables->items[i].rows;
		    row->name != NULL; row++)
			if (row->says != NULL)
				print_row(out, column, row);
	print_row(out, column, &help);
}

void
option_print(const struct option_tables *tables, FILE *out)
{
	option_print_at(tables, COLUMN, out);
}
