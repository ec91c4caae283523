/* SPDX-License-Identifier: MIT */
/* The processes share the number of the next index that nobody has taken. */
#include "config.h"

#include <err.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "testcases/crew.h"

enum { HANDS_MAX = 64 };

struct crew {
	atomic_size_t	*next;
	size_t		 count;
	void		(*work)(void *, size_t);
	void		*context;
};

void *
crew_memory(size_t size)
{
	void *memory = mmap(NULL, size > 0 ? size : 1, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (memory == MAP_FAILED)
		err(1, "shared memory");
	return memory;
}

static void
work_off(const struct crew *crew)
{
	size_t index;

	while ((index = atomic_fetch_add(crew->next, 1)) < crew->count)
		crew->work(crew->context, index);
}

static size_t
count_hands(const struct crew *crew)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	size_t hands = processors < 1 ? 1 : (size_t)processors;

	if (hands > crew->count)
		hands = crew->count;
	return hands < HANDS_MAX ? hands : HANDS_MAX;
}

static pid_t
start_hand(const struct crew *crew)
{
	pid_t hand = fork();

	if (hand != 0)
		return hand;
	work_off(crew);
	fflush(NULL);
	_exit(0);
}

/* The parent does its share, so that nobody else is needed. */
bool
crew_work(size_t count, void (*work)(void *context, size_t index),
    void *context)
{
	struct crew crew = { crew_memory(sizeof(*crew.next)), count, work,
	    context };
	size_t hands = count_hands(&crew);
	bool fine = true;
	int status;

	fflush(NULL);
	while (hands > 1 && start_hand(&crew) > 0)
		hands--;
	work_off(&crew);
	while (wait(&status) > 0)
		fine = fine && WIFEXITED(status) && WEXITSTATUS(status) == 0;
	return fine;
}
