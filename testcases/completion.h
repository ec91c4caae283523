/* SPDX-License-Identifier: MIT */
/*
 * Keys of a scene that are made unknown, and a walk over what they may hold:
 * one key is changed at each step.
 */
#ifndef TESTCASES_COMPLETION_H
#define TESTCASES_COMPLETION_H

#include "testcases/scene.h"

struct completion {
	struct scene_key	 known[SCENE_KEYS_MAX];
	size_t			 known_count;
	struct scene_key	 before[SCENE_KEYS_ROOM];	/* drawn */
	struct scene_key	 now[SCENE_KEYS_ROOM];
	size_t			 count;
};

/* Takes keys out of the scene and notes them there as unknown. */
void		 completion_init(struct completion *, struct scene *);
/* Puts other values into the scene; the name of the key that has them. */
const char	*completion_step(struct completion *, struct scene *);

#endif
