/* SPDX-License-Identifier: MIT */
/*
 * Memory for cJSON, whose trees live for a moment each: it is taken from the
 * end of a block, and all of it is free when the last piece is given back.
 * For a program that has cJSON to itself and one thread.
 */
#ifndef TOOLS_HEAP_H
#define TOOLS_HEAP_H

void	 heap_take_over(void);

#endif
