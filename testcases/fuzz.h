/* SPDX-License-Identifier: MIT */
/*
 * What every fuzz_*.c offers: any bytes at all may come.  libFuzzer calls it
 * after --enable-fuzzing, fuzz_main.c otherwise.
 */
#ifndef TESTCASES_FUZZ_H
#define TESTCASES_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int	 LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

#endif
