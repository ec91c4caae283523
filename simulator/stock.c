/* SPDX-License-Identifier: MIT */
/* What AWS attaches unless somebody detaches it. */
#include "config.h"

#include <string.h>

#include "policy/reader.h"
#include "simulator/stock.h"

#define EVERYTHING	"{\"Version\":\"2012-10-17\"," \
			"\"Statement\":[{\"Effect\":\"Allow\"," \
			"\"Action\":\"*\",\"Resource\":\"*\"}]}"

const char stock_everything[] = EVERYTHING;

static const struct stock rows[] = {
	{ LAYER_SCP, "FullAWSAccess", EVERYTHING },
	{ LAYER_RCP, "RCPFullAWSAccess", "{\"Version\":\"2012-10-17\","
	    "\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\","
	    "\"Action\":\"*\",\"Resource\":\"*\"}]}" },
};

enum { ROW_COUNT = sizeof(rows) / sizeof(rows[0]) };

const struct stock *
stock_of(enum layer layer)
{
	for (size_t i = 0; i < ROW_COUNT; i++)
		if (rows[i].layer == layer)
			return &rows[i];
	return NULL;
}

bool
stock_has(const char *name)
{
	for (size_t i = 0; i < ROW_COUNT; i++)
		if (strcmp(rows[i].name, name) == 0)
			return true;
	return false;
}

const struct policy *
stock_read(struct arena *arena, const struct stock *stock)
{
	const struct source *source = source_new(arena, stock->name,
	    stock->document, strlen(stock->document));
	const struct text *text;
	struct report report;

	report_init(&report, arena, source);
	text = text_read(arena, source, &report);
	return reader_read_policy(arena, text, text->root, &report);
}
