/* SPDX-License-Identifier: MIT */
/* Which layers there are, and how many documents each has. */
#include "config.h"

#include <string.h>
#include <strings.h>

#include "testcases/draft.h"
#include "testcases/world.h"

static void
print_list(const struct scene *scene, enum layer layer, size_t count,
    struct writing *writing)
{
	writing_add(writing, "[");
	for (size_t i = 0; i < count; i++) {
		writing_add(writing, "%s", i == 0 ? "" : ",");
		draft_document(scene, layer, writing);
	}
	writing_add(writing, "]");
}

/* One or two documents in so many cases out of a hundred, else none. */
static void
print_documents(const struct scene *scene, enum layer layer, unsigned some,
    struct writing *writing)
{
	size_t count = !dice_holds(scene->dice, some) ? 0 :
	    dice_holds(scene->dice, 25) ? 2 : 1;

	writing_add(writing, ",\"%s\":", layer_name(layer));
	print_list(scene, layer, count, writing);
}

static void
print_document(const struct scene *scene, const char *name, enum layer layer,
    unsigned some, struct writing *writing)
{
	writing_add(writing, ",\"%s\":", name);
	if (dice_holds(scene->dice, some))
		draft_document(scene, layer, writing);
	else
		writing_add(writing, "null");
}

static void
print_levels(const struct scene *scene, enum layer layer, unsigned some,
    struct writing *writing)
{
	size_t count = dice_holds(scene->dice, some) ?
	    1 + dice_get(scene->dice, 3) : 0;

	writing_add(writing, "\"%s\":[", layer_name(layer));
	for (size_t i = 0; i < count; i++) {
		size_t chance = dice_get(scene->dice, 20);

		writing_add(writing, "%s", i == 0 ? "" : ",");
		print_list(scene, layer, chance == 0 ? 0 : chance < 16 ? 1 :
		    2, writing);
	}
	writing_add(writing, "]");
}

/* The layer that the resource's own policy is read as. */
static enum layer
find_layer(const struct scene *scene)
{
	return strncasecmp(scene->action, "sts:", 4) == 0 &&
	    strstr(scene->resource, ":role/") != NULL ? LAYER_TRUST :
	    LAYER_RESOURCE;
}

static void
print_policies(const struct scene *scene, struct writing *writing)
{
	print_levels(scene, LAYER_SCP, 25, writing);
	writing_add(writing, ",");
	print_levels(scene, LAYER_RCP, 20, writing);
	print_documents(scene, LAYER_IDENTITY, 80, writing);
	print_documents(scene, LAYER_SESSION, scene_is_federated(scene) ?
	    80 : scene_is_root(scene) ? 50 : 15, writing);
	print_document(scene, "boundary", LAYER_BOUNDARY, 20, writing);
	print_document(scene, "resource", find_layer(scene), 75, writing);
	print_document(scene, "vpce", LAYER_ENDPOINT, 12, writing);
}

struct world *
world_new(struct arena *arena, uint64_t seed)
{
	struct world *world = arena_alloc(arena, sizeof(*world));

	dice_init(&world->dice, seed);
	world->scene = scene_new(arena, &world->dice);
	world->policies.arena = arena;
	print_policies(&world->scene, &world->policies);
	*list_add(arena, &world->policies.text) = '\0';
	world->request = world->dice;
	return world;
}

const char *
world_line(const struct world *world, size_t *length)
{
	struct writing writing = { .arena = world->scene.arena };
	struct dice dice = world->request;
	struct scene scene = world->scene;

	scene.dice = &dice;
	writing_add(&writing, "{\"policies\":{%s},",
	    world->policies.text.items);
	scene_print(&scene, &writing);
	writing_add(&writing, "}");
	*length = writing.text.count;
	return writing.text.items;
}
