/* SPDX-License-Identifier: MIT */
/* Dates: the W3C profile of ISO 8601, and seconds since 1970. */
#include "config.h"

#include "policy/value.h"
#include "policy/value_digit.h"

enum {
	DAYS_TO_1970 = 719528,		/* from the first of January, 0000 */
	OFFSET_HOURS_MAX = 14
};

/* What is left of a date that is being read. */
struct scan {
	const char	*at;
	size_t		 left;
};

struct moment {
	int		 year, month, day;
	int		 hour, minute, second;
	int		 offset;		/* seconds east of Greenwich */
	struct number	 fraction;
};

static bool
scan_char(struct scan *scan, char c)
{
	if (scan->left == 0 || scan->at[0] != c)
		return false;
	scan->at++;
	scan->left--;
	return true;
}

/* Exactly so many digits, whose number is not above `most'. */
static bool
scan_digits(struct scan *scan, size_t count, int most, int *value)
{
	if (scan->left < count || count_digits(scan->at, count) != count)
		return false;
	*value = 0;
	for (size_t i = 0; i < count; i++)
		*value = 10 * *value + (scan->at[i] - '0');
	scan->at += count;
	scan->left -= count;
	return *value <= most;
}

static bool
is_leap_year(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int
days_in_month(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31,
	    30, 31 };

	return days[month - 1] + (month == 2 && is_leap_year(year));
}

/* YYYY, YYYY-MM or YYYY-MM-DD; `whole' tells that the day was there. */
static bool
scan_day(struct scan *scan, struct moment *moment, bool *whole)
{
	*whole = false;
	moment->month = moment->day = 1;
	if (!scan_digits(scan, 4, 9999, &moment->year))
		return false;
	if (scan->left == 0)
		return true;
	if (!scan_char(scan, '-') || !scan_digits(scan, 2, 12, &moment->month))
		return false;
	if (moment->month == 0 || scan->left == 0)
		return moment->month != 0;
	if (!scan_char(scan, '-') || !scan_digits(scan, 2,
	    days_in_month(moment->year, moment->month), &moment->day))
		return false;
	*whole = true;
	return moment->day != 0;
}

/* hh:mm, hh:mm:ss or hh:mm:ss.f; the W3C profile has no leap second. */
static bool
scan_clock(struct scan *scan, struct moment *moment)
{
	size_t digits;

	if (!scan_digits(scan, 2, 23, &moment->hour) ||
	    !scan_char(scan, ':') ||
	    !scan_digits(scan, 2, 59, &moment->minute))
		return false;
	if (!scan_char(scan, ':'))
		return true;
	if (!scan_digits(scan, 2, 59, &moment->second))
		return false;
	if (!scan_char(scan, '.'))
		return true;
	digits = count_digits(scan->at, scan->left);
	moment->fraction.fraction = scan->at;
	moment->fraction.fraction_length = digits;
	number_strip(&moment->fraction);
	scan->at += digits;
	scan->left -= digits;
	return digits > 0;
}

/* Z, or the hours and minutes by which the clock is ahead of Z. */
static bool
scan_zone(struct scan *scan, struct moment *moment)
{
	bool west = scan->left > 0 && scan->at[0] == '-';
	int hours, minutes;

	if (scan_char(scan, 'Z'))
		return true;
	if (!scan_char(scan, west ? '-' : '+') ||
	    !scan_digits(scan, 2, OFFSET_HOURS_MAX, &hours) ||
	    !scan_char(scan, ':') || !scan_digits(scan, 2, 59, &minutes))
		return false;
	moment->offset = 60 * (60 * hours + minutes);
	if (moment->offset > 3600 * OFFSET_HOURS_MAX)
		return false;
	if (west)
		moment->offset = -moment->offset;
	return true;
}

static int64_t
count_days(const struct moment *moment)
{
	int year = moment->year;
	int64_t leaps = (year + 3) / 4 - (year + 99) / 100 + (year + 399) / 400;
	int64_t days = (int64_t)year * 365 + leaps + moment->day - 1;

	for (int month = 1; month < moment->month; month++)
		days += days_in_month(year, month);
	return days - DAYS_TO_1970;
}

static bool
calendar_read(struct scan scan, struct date *date)
{
	struct moment moment = { .fraction = { .whole = "", .fraction = "" } };
	bool whole;

	if (!scan_day(&scan, &moment, &whole))
		return false;
	if (scan.left > 0 && (!whole || !scan_char(&scan, 'T') ||
	    !scan_clock(&scan, &moment) || !scan_zone(&scan, &moment)))
		return false;
	date->seconds = count_days(&moment) * 86400 + moment.hour * 3600 +
	    moment.minute * 60 + moment.second - moment.offset;
	date->fraction = moment.fraction;
	date->epoch = false;
	return scan.left == 0;
}

/* False beyond the seconds that can be counted, some 292e9 years away. */
static bool
epoch_read(const struct number *number, struct date *date)
{
	date->seconds = 0;
	for (size_t i = 0; i < number->whole_length; i++) {
		if (__builtin_mul_overflow(date->seconds, 10,
		    &date->seconds) ||
		    __builtin_add_overflow(date->seconds,
		    number->whole[i] - '0', &date->seconds))
			return false;
	}
	date->fraction = *number;
	date->fraction.whole_length = 0;
	date->epoch = true;
	return true;
}

bool
date_read(const char *text, size_t length, bool four_digit_years,
    struct date *date)
{
	bool year = four_digit_years && length == 4 &&
	    count_digits(text, length) == length;
	struct number number;

	if (length == 0 || !is_digit(text[0]))
		return false;
	if (!year && number_read(text, length, &number))
		return epoch_read(&number, date);
	return calendar_read((struct scan){ text, length }, date);
}

int
date_compare(const struct date *a, const struct date *b)
{
	if (a->seconds != b->seconds)
		return a->seconds < b->seconds ? -1 : 1;
	return number_compare(&a->fraction, &b->fraction);
}
