/* SPDX-License-Identifier: MIT */
/* Splitting ARNs and reading patterns over them. */
#include "config.h"

#include <string.h>

#include "policy/arn.h"

struct arn
arn_split(const char *text, size_t length)
{
	struct arn arn = { .count = 0 };
	size_t start = 0;

	if (length == 0)
		text = "";
	/* fields are short: to call memchr() for each would cost more */
	for (size_t i = 0; i < length && arn.count < ARN_RESOURCE; i++)
		if (text[i] == ':') {
			arn.field[arn.count].text = text + start;
			arn.field[arn.count++].length = i - start;
			start = i + 1;
		}
	arn.field[arn.count].text = text + start;
	arn.field[arn.count++].length = length - start;
	return arn;
}

bool
arn_field_is_wild(const struct arn *arn, enum arn_field field)
{
	size_t length = field < arn->count ? arn->field[field].length : 0;

	for (size_t i = 0; i < length; i++)
		if (arn->field[field].text[i] == '*' ||
		    arn->field[field].text[i] == '?')
			return true;
	return false;
}

bool
arn_is_whole(const struct arn *arn)
{
	return arn->count == ARN_FIELD_COUNT &&
	    arn_field_is(arn, ARN_PREFIX, "arn") &&
	    arn->field[ARN_PARTITION].length > 0 &&
	    arn->field[ARN_SERVICE].length > 0 &&
	    arn->field[ARN_RESOURCE].length > 0;
}

bool
account_id_is_valid(const char *text, size_t length)
{
	if (length != 12)
		return false;
	for (size_t i = 0; i < length; i++)
		if (text[i] < '0' || text[i] > '9')
			return false;
	return true;
}

/* One character of a field as a symbol.  `ends': it is the field's last. */
static unsigned char
symbol(char c, bool last_field, bool run_may_leave)
{
	if (c == '*')
		return last_field || run_may_leave ? PATTERN_ANY :
		    PATTERN_ANY_FIELD;
	if (c == '?')
		return last_field ? PATTERN_ONE : PATTERN_ONE_FIELD;
	return (unsigned char)c >= PATTERN_ONE_FIELD ? PATTERN_NONE :
	    (unsigned char)c;
}

/*
 * The text as symbols.  `leave': a `*' that ends a field may run on over the
 * colons behind it (RES-6b).
 */
static void
read_symbols(char *symbols, const char *text, size_t length, bool leave)
{
	unsigned colons = 0;

	for (size_t i = 0; i < length; i++) {
		bool ends = i + 1 == length || text[i + 1] == ':';

		symbols[i] = (char)symbol(text[i], colons >= ARN_RESOURCE,
		    leave && ends);
		if (text[i] == ':')
			colons++;
	}
}

struct pattern
arn_pattern_read(struct arena *arena, const char *text, size_t length,
    bool pad)
{
	size_t fields = arn_split(text, length).count;
	char *symbols = arena_alloc(arena, length + 2 * ARN_FIELD_COUNT);

	read_symbols(symbols, text, length, true);
	if (length == 1 && text[0] == '*')
		return pattern_of_symbols(arena, symbols, length);
	while (pad && fields < ARN_FIELD_COUNT) {
		symbols[length++] = ':';
		symbols[length++] = (char)PATTERN_ANY;
		fields++;
	}
	return pattern_of_symbols(arena, symbols, length);
}

struct pattern
arn_condition_read(struct arena *arena, const char *text, size_t length)
{
	static const char nothing[] = { (char)PATTERN_NONE };
	char *symbols = arena_alloc(arena, length + 1);

	/* COND-23: it never matches, not even what is no ARN either. */
	if (arn_split(text, length).count < ARN_FIELD_COUNT)
		return pattern_of_symbols(arena, nothing, 1);
	read_symbols(symbols, text, length, false);
	return pattern_of_symbols(arena, symbols, length);
}
