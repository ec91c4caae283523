/* SPDX-License-Identifier: MIT */
/* A hash table of questions, compared number by number. */
#include "config.h"

#include <stdint.h>
#include <string.h>

#include "policy/list.h"
#include "simulator/recall.h"

enum { TABLE_MIN = 64 };

struct entry {
	const int		*question;
	size_t			 count;
	struct recollection	 answer;
};

struct recall {
	struct arena	*arena;
	LIST(struct entry) entries;
	uint32_t	*table;		/* entry + 1, by hash */
	size_t		 table_size;	/* a power of two */
};

struct recall *
recall_new(struct arena *arena)
{
	struct recall *recall = arena_alloc(arena, sizeof(*recall));

	recall->arena = arena;
	recall->table_size = TABLE_MIN;
	recall->table = arena_array(arena, TABLE_MIN, sizeof(uint32_t));
	return recall;
}

static uint64_t
hash(const int *question, size_t count)
{
	uint64_t hash = UINT64_C(0x9e3779b97f4a7c15) + count;

	for (size_t i = 0; i < count; i++) {
		hash = (hash ^ (uint32_t)question[i]) *
		    UINT64_C(0xff51afd7ed558ccd);
		hash ^= hash >> 32;
	}
	return hash;
}

static size_t
find_place(const struct recall *recall, const int *question, size_t count)
{
	size_t mask = recall->table_size - 1;
	size_t at = (size_t)hash(question, count) & mask;

	for (; recall->table[at] != 0; at = (at + 1) & mask) {
		const struct entry *entry =
		    &recall->entries.items[recall->table[at] - 1];

		if (entry->count == count && memcmp(entry->question,
		    question, count * sizeof(*question)) == 0)
			break;
	}
	return at;
}

const struct recollection *
recall_find(const struct recall *recall, const int *question, size_t count)
{
	uint32_t number = recall->table[find_place(recall, question, count)];

	return number == 0 ? NULL : &recall->entries.items[number - 1].answer;
}

static void
widen_table(struct recall *recall)
{
	if (2 * recall->entries.count < recall->table_size)
		return;
	recall->table_size *= 2;
	recall->table = arena_array(recall->arena, recall->table_size,
	    sizeof(uint32_t));
	for (size_t i = 0; i < recall->entries.count; i++) {
		const struct entry *entry = &recall->entries.items[i];

		recall->table[find_place(recall, entry->question,
		    entry->count)] = (uint32_t)i + 1;
	}
}

static const int *
copy(struct arena *arena, const int *numbers, size_t count)
{
	int *own = arena_array(arena, count, sizeof(*own));

	if (count > 0)
		memcpy(own, numbers, count * sizeof(*own));
	return own;
}

void
recall_add(struct recall *recall, const int *question, size_t count,
    const struct recollection *answer)
{
	size_t at = find_place(recall, question, count);
	struct entry *entry = list_add(recall->arena, &recall->entries);

	*entry = (struct entry){ copy(recall->arena, question, count), count,
	    *answer };
	entry->answer.core = copy(recall->arena, answer->core,
	    answer->core_count);
	recall->table[at] = (uint32_t)recall->entries.count;
	widen_table(recall);
}
