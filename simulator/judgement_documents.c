/* SPDX-License-Identifier: MIT */
/* Which documents a court holds; what they say is not asked here. */
#include "config.h"

#include "simulator/judgement.h"

struct documents {
	struct arena			*arena;
	struct archive			*archive;
	LIST(const struct charter *)	 list;
};

static void
add_charters(struct documents *documents, struct charters charters)
{
	for (size_t i = 0; i < charters.count; i++) {
		bool known = false;

		for (size_t j = 0; j < documents->list.count && !known; j++)
			known = documents->list.items[j] == charters.items[i];
		if (!known)
			*list_add(documents->arena, &documents->list) =
			    charters.items[i];
	}
}

static void
add_levels(struct documents *documents, struct levels levels)
{
	for (size_t i = 0; i < levels.count; i++)
		add_charters(documents, levels.items[i]);
}

static void
add_references(struct documents *documents,
    const struct references *references, enum layer layer)
{
	add_charters(documents, archive_charters(documents->archive,
	    documents->arena, references, layer));
}

static void
add_reference(struct documents *documents, const struct reference *reference,
    enum layer layer)
{
	add_charters(documents, archive_only(documents->archive,
	    documents->arena, reference, layer));
}

static void
add_estate(struct documents *documents, const struct estate *estate)
{
	for (size_t i = 0; i < estate->principal_count; i++) {
		const struct estate_principal *who = &estate->principals[i];

		add_references(documents, &who->identity, LAYER_IDENTITY);
		add_reference(documents, who->boundary, LAYER_BOUNDARY);
		add_reference(documents, who->trust, LAYER_TRUST);
	}
	for (size_t i = 0; i < estate->resource_count; i++)
		add_reference(documents, estate->resources[i].policy,
		    LAYER_RESOURCE);
	for (size_t i = 0; i < estate->endpoint_count; i++)
		add_reference(documents, estate->endpoints[i].policy,
		    LAYER_ENDPOINT);
	for (size_t i = 0; i < estate->account_count; i++) {
		add_levels(documents, archive_levels(documents->archive,
		    documents->arena, &estate->accounts[i], LAYER_SCP));
		add_levels(documents, archive_levels(documents->archive,
		    documents->arena, &estate->accounts[i], LAYER_RCP));
	}
}

static void
add_exhibits(struct documents *documents, const struct exhibits *exhibits)
{
	for (enum layer layer = 0; layer < LAYER_COUNT; layer++)
		add_references(documents, &exhibits->layers[layer], layer);
	for (size_t i = 0; i < exhibits->scp_count; i++)
		add_references(documents, &exhibits->scps[i], LAYER_SCP);
	for (size_t i = 0; i < exhibits->rcp_count; i++)
		add_references(documents, &exhibits->rcps[i], LAYER_RCP);
}

struct charters
judgement_documents(struct arena *arena, const struct court *court)
{
	struct documents documents = { .arena = arena,
	    .archive = court->archive };

	if (court->exhibits != NULL)
		add_exhibits(&documents, court->exhibits);
	if (!court_is_bare(court))
		add_estate(&documents, court->estate);
	return (struct charters){ documents.list.items,
	    documents.list.count };
}

void
judgement_expect(struct supposed_request *request)
{
	struct charters documents = judgement_documents(request->call->arena,
	    request->call->court);

	encode_expect(request, &documents);
}
