/* SPDX-License-Identifier: MIT */
/*
 * Estates: what is handed in is read into the estate's own arena, and what is
 * wrong with it is then copied to the desk.
 */
#include "config.h"

#include <string.h>

#include "policy/catalog.h"
#include "policy/envelope.h"
#include "simulator/archive.h"
#include "simulator/desk.h"
#include "simulator/import.h"

/* One call. */
struct delivery {
	struct sekisho_estate	*estate;
	const char		*name;
	const char		*text;
	size_t			 length;
	sekisho_load		*load;
	void			*context;
	enum layer		 layer;
	bool			 beside;
	struct report		 report;
	bool			 usable;
};

struct sekisho_estate *
sekisho_estate_new(struct sekisho *desk)
{
	struct sekisho_estate *estate = well_draw(&desk->well,
	    sizeof(*estate));

	desk_clear(desk);
	if (estate != NULL)
		*estate = (struct sekisho_estate){ .well = desk->well,
		    .arena = arena_new_from(&desk->well),
		    .name = "no estate" };
	if (estate != NULL && estate->arena != NULL)
		return estate;
	sekisho_estate_free(estate);
	desk_exhausted(desk);
	return NULL;
}

void
sekisho_estate_free(struct sekisho_estate *estate)
{
	struct well well;

	if (estate == NULL)
		return;
	arena_free(estate->arena);
	well = estate->well;
	well_return(&well, estate, sizeof(*estate));
}

/* Reading. */

static const struct source *
load(void *context, struct arena *arena, const char *name,
    const char **error)
{
	const struct delivery *delivery = context;
	size_t length = 0;
	const char *text;

	*error = NULL;
	text = delivery->load == NULL ? NULL :
	    delivery->load(delivery->context, name, &length, error);
	if (text != NULL)
		return desk_source(arena, name, text, length);
	*error = *error == NULL ? "it was not given" :
	    arena_copy(arena, *error, strlen(*error));
	return NULL;
}

static void
read_estate(void *argument)
{
	struct delivery *delivery = argument;
	struct sekisho_estate *estate = delivery->estate;
	const struct estate_loader loader = { .load = load,
	    .context = delivery };
	const struct source *source = desk_source(estate->arena,
	    delivery->name, delivery->text, delivery->length);
	const struct text *text;

	report_init(&delivery->report, estate->arena, source);
	estate->name = source->name;
	text = text_read(estate->arena, source, &delivery->report);
	estate->estate = import_recognises(text->root) ?
	    import_dump(estate->arena, text, &catalog_builtin,
	    &delivery->report, &delivery->report) :
	    estate_read_text(estate->arena, text, &catalog_builtin, &loader,
	    &delivery->report);
	delivery->usable = estate->estate != NULL && estate->estate->usable;
}

static void
add_document(void *argument)
{
	struct delivery *delivery = argument;
	struct sekisho_estate *estate = delivery->estate;
	const struct source *source = desk_source(estate->arena,
	    delivery->name, delivery->text, delivery->length);
	struct document document;

	report_init(&delivery->report, estate->arena, source);
	document = envelope_read(estate->arena, source, VOUCH_POLICY,
	    &delivery->report);
	delivery->usable = document.count == 1;
	if (delivery->usable)
		*list_add(estate->arena, &estate->submissions.list) =
		    (struct submission){ .layer = delivery->layer,
		    .name = source->name, .beside = delivery->beside,
		    .policy = document.items[0].policy };
}

/* What was found, on the desk's memory. */

struct notice {
	struct sekisho		*desk;
	struct delivery		*delivery;
};

static void
give_notice(void *argument)
{
	const struct notice *notice = argument;

	desk_report(notice->desk, &notice->delivery->report);
}

static bool
is_open(struct sekisho *desk, const struct sekisho_estate *estate)
{
	switch (estate->state) {
	case ESTATE_STATE_OPEN:
		desk_clear(desk);
		return true;
	case ESTATE_STATE_CLOSED:
		desk_misused(desk, "the estate is closed already\n");
		return false;
	case ESTATE_STATE_BROKEN:
		break;
	}
	desk_misused(desk, "the estate could not be read before\n");
	return false;
}

/* Whatever goes wrong on the way, nothing rests on that estate any more. */
static enum sekisho_status
deliver(struct sekisho *desk, void (*work)(void *),
    struct delivery *delivery)
{
	struct sekisho_estate *estate = delivery->estate;
	struct notice notice = { desk, delivery };

	if (!is_open(desk, estate))
		return desk->status;
	estate->state = ESTATE_STATE_BROKEN;
	if (!arena_protect(estate->arena, work, delivery)) {
		desk_exhausted(desk);
		return desk->status;
	}
	if (!desk_work(desk, give_notice, &notice))
		return desk->status;
	if (delivery->usable)
		estate->state = ESTATE_STATE_OPEN;
	else
		desk->status = SEKISHO_FAULTY;
	return desk->status;
}

enum sekisho_status
sekisho_estate_read(struct sekisho *desk, struct sekisho_estate *estate,
    const char *name, const char *text, size_t length, sekisho_load *loads,
    void *context)
{
	struct delivery delivery = { .estate = estate, .name = name,
	    .text = text, .length = length, .load = loads,
	    .context = context };

	if (estate->estate != NULL) {
		desk_misused(desk, "the estate was read before\n");
		return desk->status;
	}
	return deliver(desk, read_estate, &delivery);
}

static enum sekisho_status
add(struct sekisho *desk, enum sekisho_layer layer,
    struct delivery *delivery)
{
	if (layer < SEKISHO_IDENTITY || layer > SEKISHO_RCP) {
		desk_misused(desk, "the document is given no layer\n");
		return desk->status;
	}
	delivery->layer = (enum layer)(layer - SEKISHO_IDENTITY);
	return deliver(desk, add_document, delivery);
}

enum sekisho_status
sekisho_estate_add(struct sekisho *desk, struct sekisho_estate *estate,
    enum sekisho_layer layer, const char *name, const char *text,
    size_t length)
{
	struct delivery delivery = { .estate = estate, .name = name,
	    .text = text, .length = length };

	return add(desk, layer, &delivery);
}

enum sekisho_status
sekisho_estate_add_beside(struct sekisho *desk,
    struct sekisho_estate *estate, enum sekisho_layer layer,
    const char *name, const char *text, size_t length)
{
	struct delivery delivery = { .estate = estate, .name = name,
	    .text = text, .length = length, .beside = true };

	return add(desk, layer, &delivery);
}

enum sekisho_status
sekisho_estate_assume(struct sekisho *desk, struct sekisho_estate *estate,
    const char *choice)
{
	if (is_open(desk, estate) &&
	    !assumption_set_choice(&estate->assumptions, choice))
		desk_misused(desk, "there is no such assumption\n");
	return desk->status;
}

/* Closing. */

/* So that nobody has to compile them later. */
static void
compile_exhibits(struct sekisho_estate *estate)
{
	const struct exhibits *exhibits = &estate->exhibits;
	struct archive *archive = estate->court.archive;

	for (int layer = 0; layer < LAYER_COUNT; layer++)
		archive_charters(archive, estate->arena,
		    &exhibits->layers[layer], (enum layer)layer);
	for (size_t i = 0; i < exhibits->scp_count; i++)
		archive_charters(archive, estate->arena, &exhibits->scps[i],
		    LAYER_SCP);
	for (size_t i = 0; i < exhibits->rcp_count; i++)
		archive_charters(archive, estate->arena, &exhibits->rcps[i],
		    LAYER_RCP);
}

static void
close_estate(void *argument)
{
	struct sekisho_estate *estate = argument;
	struct arena *arena = estate->arena;
	size_t number;

	if (estate->estate == NULL)
		estate->estate = estate_empty(arena, &catalog_builtin);
	number = submissions_exhibit(arena, &estate->submissions,
	    estate->estate->reference_count, &estate->exhibits);
	estate->court = (struct court){
		.catalog = &catalog_builtin,
		.assumptions = &estate->assumptions,
		.estate = estate->estate,
		.archive = archive_new(arena, estate->estate,
		    &estate->assumptions, number -
		    estate->estate->reference_count),
		.exhibits = estate->submissions.list.count > 0 ?
		    &estate->exhibits : NULL,
	};
	compile_exhibits(estate);
	archive_close(estate->court.archive, estate->estate);
}

enum sekisho_status
sekisho_estate_close(struct sekisho *desk, struct sekisho_estate *estate)
{
	if (!is_open(desk, estate))
		return desk->status;
	estate->state = ESTATE_STATE_BROKEN;
	if (arena_protect(estate->arena, close_estate, estate))
		estate->state = ESTATE_STATE_CLOSED;
	else
		desk_exhausted(desk);
	return desk->status;
}
