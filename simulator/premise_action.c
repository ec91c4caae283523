/* SPDX-License-Identifier: MIT */
/* Actions that some premise knows by name, and nobody else may stand for. */
#include "config.h"

#include <string.h>

#include "simulator/guise.h"
#include "simulator/owner.h"
#include "simulator/premise_row.h"

bool
premise_knows(const struct action *action)
{
	return strcmp(action->service->prefix, "sts") == 0 ||
	    action_is_named(action, owner_unsaid) ||
	    action_is_named(action, owner_sometimes_unsaid) ||
	    action_is_named(action, premise_at_home) ||
	    guise_any(action, guise_is_named);
}
