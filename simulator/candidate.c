/* SPDX-License-Identifier: MIT */
/*
 * Between two decimals there is always a third: digits are added behind the
 * one that is nearer to zero, nothing is rounded.  The cells of ranges of
 * addresses begin where a range begins, or behind its end.
 */
#include "config.h"

#include <sys/socket.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

#include "simulator/candidate.h"

enum {
	DAY = 86400,
	EARLIEST = 14 * 3600,		/* the largest offset of a zone */
	ERA_DAYS = 146097,		/* 400 years */
	MARCH_0000_TO_1970 = 719468
};

static void
add(struct candidates *candidates, const char *text)
{
	*list_add(candidates->arena, &candidates->words) =
	    word_from(text, strlen(text));
}

void
candidates_init(struct candidates *candidates, struct arena *arena,
    struct universe_reading reading)
{
	static const char *const plain[] = { "true", "false", "1", "0",
	    "-0.01", "0.01", "2026-01-01T00:00:00Z", "1767225600",
	    "0000-01-01T00:00:00+14:00", "198.51.100.7", "2001:db8::7", "0.0.0.0",
	    "::", "x", "" };

	candidates->arena = arena;
	candidates->words.count = 0;
	candidates->digits = 2;
	for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
		add(candidates, plain[i]);
	/* what is IPv4 by its reading parts a range of IPv6 in two */
	if (reading.mapped)
		add(candidates, "::1:0:0:0");
}

void
candidates_note(struct candidates *candidates, const struct claim *claim)
{
	size_t digits = claim->number.fraction_length;

	if (claim->date.fraction.fraction_length > digits)
		digits = claim->date.fraction.fraction_length;
	if (digits > candidates->digits)
		candidates->digits = digits;
}

/* Digits behind a fraction that make it larger by less than any constant
 * could tell. */
static const char *
least_more(const struct candidates *candidates, const struct number *number)
{
	size_t zeros = candidates->digits - number->fraction_length;
	char *digits = arena_alloc(candidates->arena, zeros + 2);

	memset(digits, '0', zeros);
	digits[zeros] = '1';
	return digits;
}

/* The fraction, and more digits; nothing when there are none. */
static const char *
print_fraction(struct arena *arena, const struct number *number,
    const char *digits)
{
	if (number->fraction_length == 0 && digits[0] == '\0')
		return "";
	return arena_printf(arena, ".%.*s%s", (int)number->fraction_length,
	    number->fraction_length == 0 ? "" : number->fraction, digits);
}

static void
add_number(struct candidates *candidates, const struct number *number,
    const char *digits)
{
	bool zero = number->whole_length == 0;

	add(candidates, arena_printf(candidates->arena, "%s%.*s%s",
	    number->negative ? "-" : "",
	    zero ? 1 : (int)number->whole_length,
	    zero ? "0" : number->whole,
	    print_fraction(candidates->arena, number, digits)));
}

/* What lies just behind a constant, seen from zero; zero has two sides. */
static void
add_numbers(struct candidates *candidates, const struct number *number)
{
	struct number mirrored = *number;
	const char *more = least_more(candidates, number);

	add_number(candidates, number, "");
	add_number(candidates, number, more);
	/* Another spelling, should the first be forbidden as a string. */
	add_number(candidates, number, "0");
	mirrored.negative = true;
	if (number->whole_length + number->fraction_length == 0)
		add_number(candidates, &mirrored, more);
}

/* A day of 1970 and after or before as year, month and day: years begin in
 * March, so that the leap day is their last. */
static const char *
print_day(struct arena *arena, int64_t day)
{
	int64_t shifted = day + MARCH_0000_TO_1970 + ERA_DAYS;
	int64_t era = shifted / ERA_DAYS, rest = shifted % ERA_DAYS;
	int64_t year = (rest - rest / 1460 + rest / 36524 - rest / 146096) /
	    365;
	int64_t of_year = rest - (365 * year + year / 4 - year / 100);
	int64_t month = (5 * of_year + 2) / 153;

	year += (era - 1) * 400 + (month >= 10);
	return arena_printf(arena, "%04d-%02d-%02d", (int)year,
	    (int)(month < 10 ? month + 3 : month - 9),
	    (int)(of_year - (153 * month + 2) / 5 + 1));
}

static void
add_calendar(struct candidates *candidates, int64_t seconds,
    const char *fraction, const char *zone)
{
	int64_t clock = (seconds % DAY + DAY) % DAY;

	add(candidates, arena_printf(candidates->arena,
	    "%sT%02d:%02d:%02d%s%s",
	    print_day(candidates->arena, (seconds - clock) / DAY),
	    (int)(clock / 3600), (int)(clock / 60 % 60), (int)(clock % 60),
	    fraction, zone));
}

/* An instant, as a calendar's and, from 1970 on, as seconds.  The first ones
 * of all can be said only where the year began before. */
static void
add_instant(struct candidates *candidates, int64_t seconds,
    const char *fraction)
{
	const int64_t first = -INT64_C(62167219200), last =
	    INT64_C(253402300799);	/* of the years 0000 to 9999 */

	if (seconds >= first && seconds <= last)
		add_calendar(candidates, seconds, fraction, "Z");
	else if (seconds < first && seconds >= first - EARLIEST)
		add_calendar(candidates, seconds + EARLIEST, fraction,
		    "+14:00");
	if (seconds >= 0)
		add(candidates, arena_printf(candidates->arena, "%lld%s",
		    (long long)seconds, fraction));
}

static void
add_dates(struct candidates *candidates, const struct date *date)
{
	const struct number *fraction = &date->fraction;

	add_instant(candidates, date->seconds,
	    print_fraction(candidates->arena, fraction, ""));
	if (date->seconds > INT64_MIN)
		add_instant(candidates, date->seconds - 1, "");
	if (date->seconds < INT64_MAX)
		add_instant(candidates, date->seconds + 1, "");
	add_instant(candidates, date->seconds, "");
	add_instant(candidates, date->seconds, print_fraction(
	    candidates->arena, fraction, least_more(candidates, fraction)));
}

static void
add_address(struct candidates *candidates, const uint8_t *address, bool v6)
{
	char text[INET6_ADDRSTRLEN];

	inet_ntop(v6 ? AF_INET6 : AF_INET, address, text, sizeof(text));
	add(candidates, arena_copy(candidates->arena, text, strlen(text)));
}

/* Behind the range; false: the range ends where all addresses do. */
static bool
step_behind(const struct cidr *cidr, uint8_t *address)
{
	unsigned bits = cidr->prefix;

	memcpy(address, cidr->address, sizeof(cidr->address));
	while (bits > 0) {
		uint8_t bit = (uint8_t)(0x80 >> (bits - 1) % 8);
		uint8_t *byte = &address[(bits - 1) / 8];

		*byte ^= bit;
		if (*byte & bit)
			return true;
		bits--;
	}
	return false;
}

static void
add_addresses(struct candidates *candidates, const struct cidr *cidr)
{
	uint8_t behind[16];

	add_address(candidates, cidr->address, cidr->v6);
	if (step_behind(cidr, behind))
		add_address(candidates, behind, cidr->v6);
}

void
candidates_add(struct candidates *candidates, const struct claim *claim)
{
	switch (claim->kind) {
	case CLAIM_LESS:
	case CLAIM_AT_MOST:
		add_numbers(candidates, &claim->number);
		break;
	case CLAIM_BEFORE:
	case CLAIM_UNTIL:
		add_dates(candidates, &claim->date);
		break;
	case CLAIM_WITHIN:
		add_addresses(candidates, &claim->cidr);
		break;
	case CLAIM_PATTERN:
	case CLAIM_TRUE:
	case CLAIM_READS:
	case CLAIM_WORD:
	case CLAIM_TEMPLATE:
		break;
	}
}
