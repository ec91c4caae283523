/* SPDX-License-Identifier: MIT */
/* Hands each file that it is given to the fuzz target it is linked with. */
#include "config.h"

#include <sys/stat.h>

#include <err.h>
#include <stdio.h>
#include <stdlib.h>

#include "testcases/fuzz.h"

static void
replay(const char *name)
{
	FILE *file = fopen(name, "rb");
	struct stat status;
	uint8_t *bytes;
	size_t length;

	if (file == NULL || fstat(fileno(file), &status) != 0)
		err(1, "%s", name);
	length = (size_t)status.st_size;
	bytes = malloc(length + 1);
	if (bytes == NULL || fread(bytes, 1, length, file) != length)
		err(1, "%s", name);
	LLVMFuzzerTestOneInput(bytes, length);
	free(bytes);
	fclose(file);
}

int
main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		replay(argv[i]);
	return 0;
}
