/* SPDX-License-Identifier: MIT */
/* What value.c and value_*.c share; nobody else includes this. */
#ifndef POLICY_VALUE_DIGIT_H
#define POLICY_VALUE_DIGIT_H

#include <stdbool.h>
#include <stddef.h>

struct number;

static inline bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline size_t
count_digits(const char *text, size_t length)
{
	size_t count = 0;

	while (count < length && is_digit(text[count]))
		count++;
	return count;
}

/* Leaves out the zeros that say nothing, and the sign of none. */
void	 number_strip(struct number *);

#endif
