/* SPDX-License-Identifier: MIT */
/* What is known of a court by what it has. */
#include "config.h"

#include "simulator/court.h"

bool
court_is_bare(const struct court *court)
{
	return court->exhibits != NULL && court->estate->text == NULL;
}
