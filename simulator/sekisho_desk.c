/* SPDX-License-Identifier: MIT */
/* Desks: making them, and reading what lies on them. */
#include "config.h"

#include "simulator/desk.h"

enum {
	BUDGET_DEFAULT = 50 * 1000 * 1000,
	COLUMNS_DEFAULT = 80
};

struct sekisho *
sekisho_new(const struct sekisho_allocator *allocator)
{
	struct well well = { .allocate = NULL };
	struct sekisho *desk;

	if (allocator != NULL)
		well = (struct well){ allocator->allocate,
		    allocator->release, allocator->context };
	desk = well_draw(&well, sizeof(*desk));
	if (desk == NULL)
		return NULL;
	*desk = (struct sekisho){ .well = well,
	    .arena = arena_new_from(&well), .budget = BUDGET_DEFAULT };
	if (desk->arena == NULL) {
		sekisho_free(desk);
		return NULL;
	}
	desk_clear(desk);
	return desk;
}

void
sekisho_free(struct sekisho *desk)
{
	struct well well;

	if (desk == NULL)
		return;
	arena_free(desk->arena);
	arena_free(desk->rules);
	well = desk->well;
	well_return(&well, desk, sizeof(*desk));
}

void
sekisho_set_budget(struct sekisho *desk, uint64_t steps)
{
	desk->budget = steps == 0 ? BUDGET_DEFAULT : steps;
}

/* Reading. */

enum sekisho_status
sekisho_last_status(const struct sekisho *desk)
{
	return desk->status;
}

size_t
sekisho_guarantee_count(const struct sekisho *desk)
{
	return desk->guarantees.count;
}

const struct sekisho_guarantee *
sekisho_guarantee_at(const struct sekisho *desk, size_t index)
{
	return index < desk->guarantees.count ?
	    &desk->guarantees.items[index] : NULL;
}

size_t
sekisho_finding_count(const struct sekisho *desk)
{
	return desk->findings.count;
}

const struct sekisho_finding *
sekisho_finding_at(const struct sekisho *desk, size_t index)
{
	return index < desk->findings.count ? &desk->findings.items[index] :
	    NULL;
}

const char *
sekisho_decided_by(const struct sekisho *desk)
{
	return desk->result == DESK_STORY ? story_layer(&desk->story) : "";
}

/* Writing what lies there: each function makes one text of it. */

struct writing {
	struct sekisho	*desk;
	const char	*(*write)(struct sekisho *, unsigned columns);
	unsigned	 columns;
	const char	*text;
};

static void
write_text(void *argument)
{
	struct writing *writing = argument;

	writing->text = writing->write(writing->desk, writing->columns);
}

/* When there is no memory for it, that is what is said. */
static const char *
make_text(struct sekisho *desk,
    const char *(*write)(struct sekisho *, unsigned), unsigned columns)
{
	struct writing writing = { desk, write, columns, NULL };

	if (desk->excuse == NULL && desk_work(desk, write_text, &writing))
		return writing.text;
	return desk->excuse;
}

const char *
sekisho_messages(struct sekisho *desk)
{
	return make_text(desk, desk_messages, 0);
}

const char *
sekisho_summary(struct sekisho *desk)
{
	return make_text(desk, desk_summary, 0);
}

const char *
sekisho_explain(struct sekisho *desk, unsigned columns)
{
	return make_text(desk, desk_explanation, columns == 0 ?
	    COLUMNS_DEFAULT : columns);
}

const char *
sekisho_json(struct sekisho *desk)
{
	const char *text = make_text(desk, desk_json, 0);

	return text == desk->excuse ? "" : text;
}
