/* SPDX-License-Identifier: MIT */
/* COND-13 to COND-21: what text is a value, and how values compare. */
#include "config.h"

#include <inttypes.h>
#include <string.h>

#include "testcases/reference_value.h"

#define DIGITS "0123456789"

/* Decimals. */

static struct reference_string
drop_leading_zeros(struct reference_string digits)
{
	while (digits.length > 0 && digits.bytes[0] == '0')
		digits = reference_string_rest(digits, 1);
	return digits;
}

static struct reference_string
drop_trailing_zeros(struct reference_string digits)
{
	while (digits.length > 0 && digits.bytes[digits.length - 1] == '0')
		digits.length--;
	return digits;
}

/* Digits, and a point with more digits or none of both. */
static bool
read_unsigned(struct reference_string text, struct reference_number *number)
{
	size_t point = reference_string_find(text, '.', 0);
	struct reference_string whole = reference_string_first(text, point);
	struct reference_string fraction = reference_string_new("0");

	if (point < text.length)
		fraction = reference_string_rest(text, point + 1);
	if (!reference_string_is_of(whole, DIGITS) ||
	    !reference_string_is_of(fraction, DIGITS))
		return false;
	number->negative = false;
	number->whole = drop_leading_zeros(whole);
	number->fraction = drop_trailing_zeros(fraction);
	return true;
}

static bool
is_zero(const struct reference_number *number)
{
	return number->whole.length == 0 && number->fraction.length == 0;
}

/* COND-13 */
bool
reference_number_read(struct reference_string text,
    struct reference_number *number)
{
	bool negative = reference_string_begins(text, "-");

	if (negative || reference_string_begins(text, "+"))
		text = reference_string_rest(text, 1);
	if (!read_unsigned(text, number))
		return false;
	number->negative = negative && !is_zero(number);
	return true;
}

/* As strcmp() orders them. */
static int
order_digits(struct reference_string a, struct reference_string b)
{
	size_t shorter = a.length < b.length ? a.length : b.length;
	int order = memcmp(a.bytes, b.bytes, shorter);

	if (order != 0)
		return order < 0 ? -1 : 1;
	return (a.length > b.length) - (a.length < b.length);
}

static int
order_sizes(const struct reference_number *a, const struct reference_number *b)
{
	int order;

	if (a->whole.length != b->whole.length)
		return a->whole.length < b->whole.length ? -1 : 1;
	order = order_digits(a->whole, b->whole);
	return order != 0 ? order : order_digits(a->fraction, b->fraction);
}

int
reference_numbers_order(const struct reference_number *a,
    const struct reference_number *b)
{
	if (a->negative != b->negative)
		return a->negative ? -1 : 1;
	return a->negative ? order_sizes(b, a) : order_sizes(a, b);
}

/* Dates. */

struct date {
	int	 year, month, day, hour, minute, second, offset;
	struct reference_string	 fraction;
};

/* Takes `count' digits from the front of the text. */
static bool
take_digits(struct reference_string *text, size_t count, int *value)
{
	if (text->length < count || !reference_string_is_of(
	    reference_string_first(*text, count), DIGITS))
		return false;
	*value = 0;
	for (size_t i = 0; i < count; i++)
		*value = *value * 10 + (text->bytes[i] - '0');
	*text = reference_string_rest(*text, count);
	return true;
}

static bool
take_word(struct reference_string *text, const char *word)
{
	if (!reference_string_begins(*text, word))
		return false;
	*text = reference_string_rest(*text, strlen(word));
	return true;
}

static bool
is_leap_year(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int
days_in_month(int year, int month)
{
	static const int days[] = {
	    31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	return days[month - 1] + (month == 2 && is_leap_year(year));
}

/* YYYY-MM or YYYY-MM-DD; a lone YYYY is epoch seconds (COND-15). */
static bool
take_day(struct reference_string *text, struct date *date)
{
	date->day = 1;
	if (!take_digits(text, 4, &date->year) || !take_word(text, "-") ||
	    !take_digits(text, 2, &date->month) ||
	    date->month < 1 || date->month > 12)
		return false;
	if (!take_word(text, "-"))
		return text->length == 0;
	return take_digits(text, 2, &date->day) && date->day >= 1 &&
	    date->day <= days_in_month(date->year, date->month);
}

/* Optional :ss and then an optional fraction. */
static bool
take_seconds(struct reference_string *text, struct date *date)
{
	size_t end = 0;

	if (!take_word(text, ":"))
		return true;
	if (!take_digits(text, 2, &date->second) || date->second > 59)
		return false;
	if (!take_word(text, "."))
		return true;
	while (end < text->length && memchr(DIGITS, text->bytes[end], 10))
		end++;
	date->fraction = reference_string_first(*text, end);
	*text = reference_string_rest(*text, end);
	return end > 0;
}

/* TZD: Z or a sign with hh:mm. */
static bool
take_zone(struct reference_string *text, struct date *date)
{
	bool west = reference_string_begins(*text, "-");
	int hours, minutes;

	if (take_word(text, "Z"))
		return true;
	if (!take_word(text, "+") && !take_word(text, "-"))
		return false;
	if (!take_digits(text, 2, &hours) || hours > 23 ||
	    !take_word(text, ":") ||
	    !take_digits(text, 2, &minutes) || minutes > 59)
		return false;
	date->offset = (hours * 60 + minutes) * 60 * (west ? -1 : 1);
	return true;
}

static bool
take_time(struct reference_string *text, struct date *date)
{
	return take_word(text, "T") &&
	    take_digits(text, 2, &date->hour) && date->hour <= 23 &&
	    take_word(text, ":") &&
	    take_digits(text, 2, &date->minute) && date->minute <= 59 &&
	    take_seconds(text, date) && take_zone(text, date);
}

/* Counted year by year and month by month. */
static int64_t
count_days(const struct date *date)
{
	int64_t days = date->day - 1;

	for (int year = 1970; year < date->year; year++)
		days += 365 + is_leap_year(year);
	for (int year = date->year; year < 1970; year++)
		days -= 365 + is_leap_year(year);
	for (int month = 1; month < date->month; month++)
		days += days_in_month(date->year, month);
	return days;
}

/* What is missing to the next whole number: 25 becomes 75. */
static struct reference_string
complement_fraction(struct arena *arena, struct reference_string fraction)
{
	char *digits = arena_copy(arena, fraction.bytes, fraction.length);

	for (size_t i = 0; i < fraction.length; i++)
		digits[i] = (char)('0' + '9' - digits[i]);
	/* The last digit of a fraction is not zero. */
	digits[fraction.length - 1]++;
	return (struct reference_string){ digits, fraction.length };
}

/* The seconds and then a fraction of a second, as one decimal. */
static struct reference_number
join_seconds(struct arena *arena, int64_t seconds,
    struct reference_string fraction)
{
	struct reference_number number = { false, fraction, fraction };

	number.fraction = drop_trailing_zeros(fraction);
	number.negative = seconds < 0;
	if (number.negative && number.fraction.length > 0) {
		seconds++;
		number.fraction = complement_fraction(arena, number.fraction);
	}
	number.whole = drop_leading_zeros(reference_string_new(arena_printf(
	    arena, "%" PRId64, number.negative ? -seconds : seconds)));
	return number;
}

bool
reference_date_read(struct arena *arena, struct reference_string text,
    const struct assumptions *choices, struct reference_number *instant)
{
	struct date date = { .fraction = reference_string_new("") };
	int64_t seconds;

	/* COND-15: by assumption, four digits are a year. */
	if (text.length == 4 && reference_string_is_of(text, DIGITS) &&
	    reference_takes(choices, ASSUME_cond_15))
		text = reference_string_new(arena_printf(arena, "%.4s-01-01",
		    text.bytes));
	if (read_unsigned(text, instant))
		return true;		/* epoch seconds */
	if (!take_day(&text, &date))
		return false;
	/* COND-15: without a time it is midnight UTC. */
	if (text.length > 0 && (!take_time(&text, &date) || text.length > 0))
		return false;
	seconds = count_days(&date) * 86400 + date.hour * 3600 +
	    date.minute * 60 + date.second - date.offset;
	*instant = join_seconds(arena, seconds, date.fraction);
	return true;
}

/* COND-17 */
bool
reference_truth_read(struct reference_string text, bool *truth)
{
	*truth = reference_string_is_folded(text, "true");
	return *truth || reference_string_is_folded(text, "false");
}

/* Networks. */

/* A number without leading zeros, up to `most'. */
static bool
read_small(struct reference_string text, unsigned most, unsigned *value)
{
	if (!reference_string_is_of(text, DIGITS) || text.length > 3 ||
	    (text.length > 1 && text.bytes[0] == '0'))
		return false;
	*value = 0;
	for (size_t i = 0; i < text.length; i++)
		*value = *value * 10 + (unsigned)(text.bytes[i] - '0');
	return *value <= most;
}

static bool
read_ipv4(struct reference_string text, unsigned char bytes[4])
{
	for (size_t i = 0; i < 4; i++) {
		size_t point = reference_string_find(text, '.', 0);
		unsigned value;

		if (!read_small(reference_string_first(text, point), 255,
		    &value))
			return false;
		bytes[i] = (unsigned char)value;
		if ((point == text.length) != (i == 3))
			return false;
		if (i < 3)
			text = reference_string_rest(text, point + 1);
	}
	return true;
}

static unsigned
read_hex_digit(char digit)
{
	if (digit <= '9')
		return (unsigned)(digit - '0');
	return (unsigned)((digit | 0x20) - 'a' + 10);
}

/* One to four hex digits make two bytes. */
static bool
read_group(struct reference_string text, unsigned char bytes[2])
{
	unsigned value = 0;

	if (text.length > 4 ||
	    !reference_string_is_of(text, DIGITS "abcdefABCDEF"))
		return false;
	for (size_t i = 0; i < text.length; i++)
		value = value * 16 + read_hex_digit(text.bytes[i]);
	bytes[0] = (unsigned char)(value >> 8);
	bytes[1] = (unsigned char)value;
	return true;
}

/*
 * Groups parted by colons; the last may be an IPv4 address when the text is
 * the end of an IPv6 address.  Counts the bytes that were written.
 */
static bool
read_groups(struct reference_string text, bool is_end,
    unsigned char bytes[16], size_t *count)
{
	*count = 0;
	if (text.length == 0)
		return true;
	for (;;) {
		size_t colon = reference_string_find(text, ':', 0);
		bool last = colon == text.length;

		if (last && is_end && *count <= 12 &&
		    read_ipv4(text, bytes + *count)) {
			*count += 4;
			return true;
		}
		if (*count == 16 || !read_group(
		    reference_string_first(text, colon), bytes + *count))
			return false;
		*count += 2;
		if (last)
			return true;
		text = reference_string_rest(text, colon + 1);
	}
}

/* Where two colons stand together; the length if nowhere. */
static size_t
find_gap(struct reference_string text)
{
	size_t colon = reference_string_find(text, ':', 0);

	while (colon + 1 < text.length && text.bytes[colon + 1] != ':')
		colon = reference_string_find(text, ':', colon + 1);
	return colon + 1 < text.length ? colon : text.length;
}

/* COND-21: the forms of RFC 4291, section 2.2. */
static bool
read_ipv6(struct reference_string text, unsigned char bytes[16])
{
	unsigned char tail[16];
	size_t gap = find_gap(text), count, tail_count;

	if (gap == text.length)
		return read_groups(text, true, bytes, &count) && count == 16;
	if (!read_groups(reference_string_first(text, gap), false, bytes,
	    &count) ||
	    !read_groups(reference_string_rest(text, gap + 2), true, tail,
	    &tail_count) || count + tail_count > 14)
		return false;
	memset(bytes + count, 0, 16 - count);
	memcpy(bytes + 16 - tail_count, tail, tail_count);
	return true;
}

static bool
read_address(struct reference_string text, struct reference_network *network)
{
	*network = (struct reference_network){ .width = 32, .prefix = 32 };
	if (read_ipv4(text, network->bytes))
		return true;
	*network = (struct reference_network){ .width = 128, .prefix = 128 };
	return read_ipv6(text, network->bytes);
}

/* COND-20, by assumption: an IPv4 address that is written as one of IPv6. */
static void
unmap(struct reference_network *network, const struct assumptions *choices)
{
	static const unsigned char head[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	    0xff, 0xff };

	if (!reference_takes(choices, ASSUME_cond_20) ||
	    network->width != 128 || network->prefix < 96 ||
	    memcmp(network->bytes, head, sizeof(head)) != 0)
		return;
	memmove(network->bytes, network->bytes + 12, 4);
	network->width = 32;
	network->prefix -= 96;
}

bool
reference_address_read(struct reference_string text,
    const struct assumptions *choices, struct reference_network *network)
{
	if (!read_address(text, network))
		return false;
	unmap(network, choices);
	return true;
}

/* COND-19: without a length every bit counts, or by assumption the first 32
 * of an IPv6 address. */
bool
reference_network_read(struct reference_string text,
    const struct assumptions *choices, struct reference_network *network)
{
	size_t slash = reference_string_find(text, '/', 0);

	if (!read_address(reference_string_first(text, slash), network))
		return false;
	if (slash == text.length && reference_takes(choices, ASSUME_cond_19))
		network->prefix = 32;
	if (slash < text.length && !read_small(reference_string_rest(text,
	    slash + 1), network->width, &network->prefix))
		return false;
	unmap(network, choices);
	return true;
}

static unsigned
get_bit(const struct reference_network *network, unsigned i)
{
	return network->bytes[i / 8] >> (7 - i % 8) & 1u;
}

/* COND-19, COND-20: host bits in the network do not count. */
bool
reference_network_covers(const struct reference_network *network,
    const struct reference_network *address)
{
	if (network->width != address->width)
		return false;
	for (unsigned i = 0; i < network->prefix; i++)
		if (get_bit(network, i) != get_bit(address, i))
			return false;
	return true;
}

/* Base64. */

static int
read_sextet(char byte)
{
	static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz" DIGITS "+/";
	const char *found = memchr(alphabet, byte, 64);

	return found == NULL ? -1 : (int)(found - alphabet);
}

/*
 * COND-18, RFC 4648 section 4: fours of characters, the last padded.  Bits
 * that the padding leaves over are zero, so that bytes have one spelling.
 */
bool
reference_bytes_read(struct arena *arena, struct reference_string text,
    struct reference_string *bytes)
{
	char *decoded = arena_alloc(arena, text.length + 1);
	size_t length = text.length, count = 0;
	unsigned bits = 0, held = 0;

	if (text.length % 4 != 0)
		return false;
	for (int i = 0; i < 2 && length > 0; i++)
		length -= text.bytes[length - 1] == '=';
	for (size_t i = 0; i < length; i++) {
		int sextet = read_sextet(text.bytes[i]);

		if (sextet < 0)
			return false;
		bits = bits << 6 | (unsigned)sextet;
		held += 6;
		if (held >= 8) {
			held -= 8;
			decoded[count++] = (char)(bits >> held);
			bits &= (1u << held) - 1;
		}
	}
	*bytes = (struct reference_string){ decoded, count };
	return bits == 0;
}
