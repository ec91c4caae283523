/* SPDX-License-Identifier: MIT */
/* stat(2), which all systems have, and editors that replace files suit. */
#include "config.h"

#include <sys/stat.h>

#include <string.h>

#include "tools/watch.h"

enum { PAUSE = 200 * 1000 * 1000 };	/* nanoseconds */

static struct watched
look_at(const char *path)
{
	struct watched watched = { .path = path, .size = -1 };
	struct stat facts;

	if (stat(path, &facts) != 0)
		return watched;
	watched.seconds = facts.st_mtim.tv_sec;
	watched.nanoseconds = facts.st_mtim.tv_nsec;
	watched.size = facts.st_size;
	watched.inode = facts.st_ino;
	return watched;
}

bool
watch_knows(const struct watch *watch, const char *path)
{
	for (size_t i = 0; i < watch->list.count; i++)
		if (strcmp(watch->list.items[i].path, path) == 0)
			return true;
	return false;
}

void
watch_begin(struct watch *watch, struct arena *arena)
{
	*watch = (struct watch){ .arena = arena };
	clock_gettime(CLOCK_REALTIME, &watch->began);
}

static bool
is_later(const struct watched *watched, struct timespec time)
{
	return watched->seconds > time.tv_sec ||
	    (watched->seconds == time.tv_sec &&
	    watched->nanoseconds > time.tv_nsec);
}

/* What has changed while it was read may have been read as it was before; what
 * says to have changed tomorrow would do so for ever. */
void
watch_add(struct watch *watch, const char *path)
{
	struct watched *watched;
	struct timespec now;

	if (watch_knows(watch, path))
		return;
	clock_gettime(CLOCK_REALTIME, &now);
	watched = list_add(watch->arena, &watch->list);
	*watched = look_at(path);
	if (is_later(watched, watch->began) && !is_later(watched, now))
		watched->size = -1;
}

const char *
watch_look(const struct watch *watch)
{
	for (size_t i = 0; i < watch->list.count; i++) {
		const struct watched *before = &watch->list.items[i];
		struct watched now = look_at(before->path);

		if (now.seconds != before->seconds ||
		    now.nanoseconds != before->nanoseconds ||
		    now.size != before->size || now.inode != before->inode)
			return before->path;
	}
	return NULL;
}

void
watch_pause(void)
{
	const struct timespec pause = { .tv_nsec = PAUSE };

	nanosleep(&pause, NULL);
}
