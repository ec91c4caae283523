/* SPDX-License-Identifier: MIT */
/* One line a finding: path:line:column: severity[rule] message. */
#include "config.h"

#include "tools/format.h"

static void
print(const struct run *run, FILE *out)
{
	for (size_t i = 0; i < run->records.count; i++) {
		const struct record *record = &run->records.items[i];

		if (record->ignored != NULL)
			continue;
		safe_print_name(out, record->file);
		format_rest(out, record);
	}
}

const struct format concise_format = {
	.name = "concise",
	.says = "one line a finding, as editors read it",
	.print = print,
};
