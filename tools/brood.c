/* SPDX-License-Identifier: MIT */
/*
 * The processes share a page of cradles, one for each mutant, and the number of
 * the next one that nobody has taken.  The parent only waits: so a mutant that
 * breaks its process down is noticed.
 */
#include "config.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "simulator/estate_use.h"
#include "tools/brood.h"
#include "tools/exit.h"
#include "tools/safe.h"

enum {
	JOBS_MAX = 256,
	TEXT_SIZE = 1024,
	BAR = 32,			/* columns */
	PAUSE = 100 * 1000 * 1000	/* nanoseconds between two looks */
};

/* Texts that do not fit are left out. */
struct cradle {
	atomic_bool		 done;
	struct brood_fate	 fate;
	char			 reason[TEXT_SIZE];
	char			 gain[2][TEXT_SIZE];
	char			 loss[2][TEXT_SIZE];
};

struct page {
	atomic_size_t	 next;
	atomic_size_t	 done;
	atomic_size_t	 survived;
	struct cradle	 cradles[];
};

struct nursery {
	struct brood	*brood;
	struct page	*page;
	pid_t		 parent;
	pid_t		 children[JOBS_MAX];	/* 0: it has ended */
	size_t		 count;
	bool		 shows;		/* how far it is */
};

/* In the processes. */

struct work {
	const struct brood	*brood;
	struct arena		*arena;
	size_t			 index;
	struct cradle		*cradle;
};

static const char *
keep(char *to, const char *text)
{
	if (text == NULL || strlen(text) >= TEXT_SIZE)
		return NULL;
	return strcpy(to, text);
}

static void
keep_call(char to[2][TEXT_SIZE], const struct survival_call *call,
    struct survival_call *kept)
{
	kept->says = keep(to[0], call->says);
	kept->lesson = keep(to[1], call->lesson);
}

static void
try_one(void *context)
{
	struct work *work = context;
	struct cradle *cradle = work->cradle;
	struct survival survival;

	survival_find(work->arena, work->brood->suites.items,
	    work->brood->suites.count,
	    &work->brood->mutations.list.items[work->index], &survival);
	cradle->fate = (struct brood_fate){ .verdict = survival.verdict,
	    .suite = survival.suite, .killer = survival.killer,
	    .gained = survival.gained,
	    .lost = survival.lost, .bug = survival.bug };
	cradle->fate.reason = keep(cradle->reason, survival.reason);
	keep_call(cradle->gain, &survival.gain, &cradle->fate.gain);
	keep_call(cradle->loss, &survival.loss, &cradle->fate.loss);
}

static int
work_off(struct nursery *nursery)
{
	struct page *page = nursery->page;
	struct work work = { .brood = nursery->brood, .arena = arena_new() };

	if (work.arena == NULL)
		return EXIT_MEMORY;
	while ((work.index = atomic_fetch_add(&page->next, 1)) <
	    nursery->brood->mutations.list.count &&
	    (getpid() == nursery->parent || getppid() == nursery->parent)) {
		work.cradle = &page->cradles[work.index];
		if (!arena_protect(work.arena, try_one, &work))
			return EXIT_MEMORY;
		arena_reset(work.arena);
		atomic_fetch_add(&page->survived, work.cradle->fate.verdict ==
		    SURVIVAL_SURVIVED);
		atomic_store(&work.cradle->done, true);
		atomic_fetch_add(&page->done, 1);
	}
	arena_free(work.arena);
	return EXIT_FINE;
}

/* In the parent. */

static void
show_progress(const struct nursery *nursery)
{
	size_t all = nursery->brood->mutations.list.count;
	size_t done = atomic_load(&nursery->page->done);
	size_t width = all == 0 ? 0 : done * BAR / all;

	if (!nursery->shows)
		return;
	fprintf(stderr, "\r[%.*s%*s] %zu of %zu mutants, %zu survived",
	    (int)width, "################################",
	    (int)(BAR - width), "", done, all,
	    atomic_load(&nursery->page->survived));
	fflush(stderr);
}

static void
hide_progress(const struct nursery *nursery)
{
	if (nursery->shows)
		fputs("\r\033[K", stderr);
}

static size_t
find_jobs(const struct brood *brood, const struct brood_use *use)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	size_t jobs = use->jobs > 0 ? use->jobs : processors > 0 ?
	    (size_t)processors : 1;

	if (jobs > brood->mutations.list.count)
		jobs = brood->mutations.list.count;
	return jobs < JOBS_MAX ? jobs : JOBS_MAX;
}

static void
start(struct nursery *nursery, size_t jobs)
{
	fflush(NULL);
	signal(SIGCHLD, SIG_DFL);	/* else none of them may be waited for */
	while (nursery->count < jobs) {
		pid_t child = fork();

		if (child < 0)
			break;
		if (child == 0)
			_exit(work_off(nursery));
		nursery->children[nursery->count++] = child;
	}
	if (nursery->count == 0 && work_off(nursery) != EXIT_FINE)
		safe_errx(EXIT_MEMORY, "out of memory");
}

static void
note_end(const struct nursery *nursery, int status)
{
	if (WIFEXITED(status) && WEXITSTATUS(status) == EXIT_FINE)
		return;
	hide_progress(nursery);
	if (WIFEXITED(status))
		safe_errx(WEXITSTATUS(status), "a process that tried mutants "
		    "gave up%s", WEXITSTATUS(status) == EXIT_MEMORY ?
		    ": out of memory" : "");
	safe_errx(EXIT_BUG, "a process that tried mutants was ended by "
	    "signal %d", WTERMSIG(status));
}

/* How many are still at work. */
static size_t
look_after(struct nursery *nursery)
{
	size_t left = 0;

	for (size_t i = 0; i < nursery->count; i++) {
		pid_t ended;
		int status;

		if (nursery->children[i] == 0)
			continue;
		ended = waitpid(nursery->children[i], &status, WNOHANG);
		if (ended < 0)
			safe_err(EXIT_BUG, "a process that tried mutants "
			    "was lost");
		if (ended == 0) {
			left++;
			continue;
		}
		nursery->children[i] = 0;
		note_end(nursery, status);
	}
	return left;
}

/* The page is mapped at the same place in all of them. */
static const char *
take_home(const struct brood *brood, const char *text)
{
	return text == NULL ? NULL : arena_copy(brood->arena, text,
	    strlen(text));
}

static void
collect(struct nursery *nursery)
{
	struct brood *brood = nursery->brood;
	size_t count = brood->mutations.list.count;
	struct brood_fate *fates = arena_array(brood->arena, count,
	    sizeof(*fates));

	for (size_t i = 0; i < count; i++) {
		const struct cradle *cradle = &nursery->page->cradles[i];

		if (!atomic_load(&cradle->done))
			safe_errx(EXIT_BUG, "a mutant was not tried");
		fates[i] = cradle->fate;
		fates[i].reason = take_home(brood, fates[i].reason);
		fates[i].gain.says = take_home(brood, fates[i].gain.says);
		fates[i].gain.lesson = take_home(brood,
		    fates[i].gain.lesson);
		fates[i].loss.says = take_home(brood, fates[i].loss.says);
		fates[i].loss.lesson = take_home(brood,
		    fates[i].loss.lesson);
	}
	brood->fates = fates;
}

void
brood_try(struct brood *brood, const struct brood_use *use)
{
	const struct timespec pause = { 0, PAUSE };
	struct nursery nursery = { .brood = brood, .parent = getpid(),
	    .shows = isatty(STDERR_FILENO) };
	size_t size = sizeof(struct page) + brood->mutations.list.count *
	    sizeof(struct cradle);

	nursery.page = mmap(NULL, size, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (nursery.page == MAP_FAILED)
		safe_errx(EXIT_MEMORY, "out of memory");
	start(&nursery, find_jobs(brood, use));
	while (look_after(&nursery) > 0) {
		show_progress(&nursery);
		nanosleep(&pause, NULL);
	}
	hide_progress(&nursery);
	collect(&nursery);
	munmap(nursery.page, size);
}

/* Which mutants. */

/* By its path, or the end of it behind a slash. */
static bool
is_file(const struct reference *reference, const char *name)
{
	const char *path = reference->policy == NULL ? "" :
	    reference->policy->text->source->name;
	size_t length = strlen(path), end = strlen(name);

	return length >= end && strcmp(path + length - end, name) == 0 &&
	    (length == end || path[length - end - 1] == '/');
}

static bool
is_wanted(const struct reference *reference, const struct brood_use *use)
{
	for (size_t i = 0; i < use->files.count; i++)
		if (is_file(reference, use->files.items[i]))
			return true;
	return use->files.count == 0;
}

static void
keep_operators(struct brood *brood, const struct brood_use *use)
{
	struct mutations *mutations = &brood->mutations;
	size_t kept = 0;

	for (size_t i = 0; i < mutations->list.count; i++)
		for (size_t j = 0; j < use->operators.count; j++)
			if (mutations->list.items[i].operator ==
			    use->operators.items[j]) {
				mutations->list.items[kept++] =
				    mutations->list.items[i];
				break;
			}
	if (use->operators.count > 0)
		mutations->list.count = kept;
}

bool
brood_knows(const struct estate *estate, const char *path)
{
	for (size_t i = 0; i < estate->reference_count; i++)
		if (is_file(estate->references[i], path))
			return true;
	return false;
}

void
brood_list(struct brood *brood, const struct brood_use *use)
{
	const struct court *court = brood->suites.items[0].court;
	const struct estate *estate = court->estate;
	const struct estate_use *uses = estate_uses(brood->arena, estate);

	for (size_t i = 0; i < estate->reference_count; i++)
		if (is_wanted(estate->references[i], use))
			mutation_list(brood->arena, court,
			    estate->references[i], uses[i].layers,
			    &brood->mutations);
	keep_operators(brood, use);
}

const enum survival_verdict brood_order[SURVIVAL_COUNT] = {
	SURVIVAL_KILLED, SURVIVAL_SURVIVED, SURVIVAL_UNDECIDED,
	SURVIVAL_EQUIVALENT, SURVIVAL_MASKED
};

size_t
brood_count(const struct brood *brood, const struct reference *reference,
    enum survival_verdict verdict)
{
	size_t count = 0;

	for (size_t i = 0; i < brood->mutations.list.count; i++)
		count += brood->fates[i].verdict == verdict &&
		    (reference == NULL || reference ==
		    brood->mutations.list.items[i].reference);
	return count;
}

unsigned
brood_score(const struct brood *brood, const struct reference *reference)
{
	size_t killed = brood_count(brood, reference, SURVIVAL_KILLED);
	size_t all = killed + brood_count(brood, reference,
	    SURVIVAL_SURVIVED) + brood_count(brood, reference,
	    SURVIVAL_UNDECIDED);

	return all == 0 ? 100 : (unsigned)(killed * 100 / all);
}

const struct rehearsal_case *
brood_killer(const struct brood *brood, const struct brood_fate *fate)
{
	return fate->verdict != SURVIVAL_KILLED ? NULL :
	    &brood->suites.items[fate->suite].rehearsal->cases.items[
	    fate->killer];
}
