/* SPDX-License-Identifier: MIT */
/*
 * Text to values.  Every reader takes the whole text or nothing: there is no
 * trimming, no rounding and no nearest meaning.  Which operator wants which
 * value is not known here.
 */
#include "config.h"

#include <sys/socket.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

#include "policy/character.h"
#include "policy/value.h"

enum {
	DAYS_TO_1970 = 719528,		/* from the first of January, 0000 */
	OFFSET_HOURS_MAX = 14
};

const char *
value_type_name(enum value_type type)
{
	static const char *const names[] = {
		[VALUE_STRING] = "String",
		[VALUE_ARN] = "ARN",
		[VALUE_NUMBER] = "Numeric",
		[VALUE_DATE] = "Date",
		[VALUE_BOOL] = "Bool",
		[VALUE_BINARY] = "Binary",
		[VALUE_IP] = "IPAddress",
		[VALUE_PRESENCE] = "none",
	};

	return names[type];
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static size_t
count_digits(const char *text, size_t length)
{
	size_t count = 0;

	while (count < length && is_digit(text[count]))
		count++;
	return count;
}

static void
strip_zeros(struct number *number)
{
	while (number->whole_length > 0 && number->whole[0] == '0') {
		number->whole++;
		number->whole_length--;
	}
	while (number->fraction_length > 0 &&
	    number->fraction[number->fraction_length - 1] == '0')
		number->fraction_length--;
	if (number->whole_length + number->fraction_length == 0)
		number->negative = false;
}

/* `.' and digits, up to the end of the text, or nothing. */
static bool
read_fraction(const char *text, size_t length, struct number *number)
{
	number->fraction = text;
	number->fraction_length = 0;
	if (length == 0)
		return true;
	number->fraction++;
	number->fraction_length = length - 1;
	return text[0] == '.' && length > 1 &&
	    count_digits(text + 1, length - 1) == length - 1;
}

bool
number_read(const char *text, size_t length, struct number *number)
{
	*number = (struct number){ .negative = false };
	if (length > 0 && (text[0] == '-' || text[0] == '+')) {
		number->negative = text[0] == '-';
		text++;
		length--;
	}
	number->whole = text;
	number->whole_length = count_digits(text, length);
	if (number->whole_length == 0 ||
	    !read_fraction(text + number->whole_length,
	    length - number->whole_length, number))
		return false;
	strip_zeros(number);
	return true;
}

/* Digits behind a point: without trailing zeros the longer one is larger. */
static int
compare_fractions(const struct number *a, const struct number *b)
{
	size_t shorter = a->fraction_length < b->fraction_length ?
	    a->fraction_length : b->fraction_length;
	int order = shorter == 0 ? 0 :
	    memcmp(a->fraction, b->fraction, shorter);

	if (order != 0)
		return order;
	return (a->fraction_length > b->fraction_length) -
	    (a->fraction_length < b->fraction_length);
}

static int
compare_sizes(const struct number *a, const struct number *b)
{
	int order;

	if (a->whole_length != b->whole_length)
		return a->whole_length < b->whole_length ? -1 : 1;
	order = a->whole_length == 0 ? 0 :
	    memcmp(a->whole, b->whole, a->whole_length);
	return order != 0 ? order : compare_fractions(a, b);
}

int
number_compare(const struct number *a, const struct number *b)
{
	if (a->negative != b->negative)
		return a->negative ? -1 : 1;
	return a->negative ? compare_sizes(b, a) : compare_sizes(a, b);
}

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
	strip_zeros(&moment->fraction);
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
	return compare_fractions(&a->fraction, &b->fraction);
}

/* The text may be in any case. */
static bool
is_word(const char *text, size_t length, const char *word)
{
	if (length != strlen(word))
		return false;
	for (size_t i = 0; i < length; i++)
		if (!character_equals(text[i], word[i]))
			return false;
	return true;
}

bool
bool_read(const char *text, size_t length, bool *value)
{
	*value = is_word(text, length, "true");
	return *value || is_word(text, length, "false");
}

/* inet_pton() wants a NUL behind the text, and none inside. */
static bool
read_address(const char *text, size_t length, struct cidr *cidr)
{
	char copy[INET6_ADDRSTRLEN];

	if (length >= sizeof(copy) || memchr(text, '\0', length) != NULL)
		return false;
	memcpy(copy, text, length);
	copy[length] = '\0';
	cidr->v6 = memchr(copy, ':', length) != NULL;
	return inet_pton(cidr->v6 ? AF_INET6 : AF_INET, copy,
	    cidr->address) == 1;
}

/* Decimal digits without a leading zero, at most `most'. */
static bool
read_prefix(const char *text, size_t length, unsigned most, unsigned *prefix)
{
	*prefix = 0;
	if (length == 0 || length > 3 || (length > 1 && text[0] == '0') ||
	    count_digits(text, length) != length)
		return false;
	for (size_t i = 0; i < length; i++)
		*prefix = 10 * *prefix + (unsigned)(text[i] - '0');
	return *prefix <= most;
}

/* The bits of byte `index' that belong to a prefix of so many bits. */
static uint8_t
prefix_mask(unsigned prefix, unsigned index)
{
	unsigned before = 8 * index;

	if (prefix <= before)
		return 0;
	return prefix - before >= 8 ? 0xff :
	    (uint8_t)(0xff << (8 - (prefix - before)));
}

static void
mask_host_bits(struct cidr *cidr)
{
	for (unsigned i = 0; i < sizeof(cidr->address); i++) {
		uint8_t kept = cidr->address[i] &
		    prefix_mask(cidr->prefix, i);

		if (kept != cidr->address[i])
			cidr->host_bits = true;
		cidr->address[i] = kept;
	}
}

bool
cidr_read(const char *text, size_t length, unsigned bare_v6,
    struct cidr *cidr)
{
	const char *slash = memchr(text, '/', length);
	size_t address = slash == NULL ? length : (size_t)(slash - text);

	*cidr = (struct cidr){ .has_prefix = slash != NULL };
	if (!read_address(text, address, cidr))
		return false;
	if (slash == NULL)
		cidr->prefix = cidr->v6 ? bare_v6 : 32;
	else if (!read_prefix(slash + 1, length - address - 1,
	    cidr->v6 ? 128 : 32, &cidr->prefix))
		return false;
	mask_host_bits(cidr);
	return true;
}

bool
cidr_covers(const struct cidr *outer, const struct cidr *inner)
{
	if (outer->v6 != inner->v6 || outer->prefix > inner->prefix)
		return false;
	for (unsigned i = 0; i < sizeof(outer->address); i++)
		if ((inner->address[i] & prefix_mask(outer->prefix, i)) !=
		    outer->address[i])
			return false;
	return true;
}

bool
cidr_is_mapped(const struct cidr *cidr)
{
	static const uint8_t start[12] = { [10] = 0xff, [11] = 0xff };

	return cidr->v6 &&
	    memcmp(cidr->address, start, sizeof(start)) == 0;
}

void
cidr_unmap(struct cidr *cidr)
{
	memmove(cidr->address, cidr->address + 12, 4);
	memset(cidr->address + 4, 0, 12);
	cidr->prefix -= 96;
	cidr->v6 = false;
}

bool
cidr_is_private(const struct cidr *cidr)
{
	static const struct cidr ranges[] = {
		{ .address = { 10 }, .prefix = 8 },
		{ .address = { 172, 16 }, .prefix = 12 },
		{ .address = { 192, 168 }, .prefix = 16 },
		{ .address = { 100, 64 }, .prefix = 10 },
		{ .address = { 127 }, .prefix = 8 },
		{ .address = { 169, 254 }, .prefix = 16 },
		{ .address = { [15] = 1 }, .prefix = 128, .v6 = true },
		{ .address = { 0xfe, 0x80 }, .prefix = 10, .v6 = true },
		{ .address = { 0xfc }, .prefix = 7, .v6 = true },
	};

	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
		if (cidr_covers(&ranges[i], cidr))
			return true;
	return false;
}

/* The six bits of a letter of base64, or a negative number. */
static int
base64_bits(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (is_digit(c))
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/*
 * Four letters, the last `padding' of which stand for nothing.  Bits left
 * over must be zero: dropping them would make two texts one value.
 */
static bool
read_quartet(const char *text, size_t padding, uint8_t *bytes)
{
	uint32_t bits = 0;

	for (size_t i = 0; i < 4; i++) {
		int more = i < 4 - padding ? base64_bits(text[i]) : 0;

		if (more < 0)
			return false;
		bits = bits << 6 | (uint32_t)more;
	}
	for (size_t i = 0; i < 3 - padding; i++)
		bytes[i] = (uint8_t)(bits >> (16 - 8 * i));
	return (bits & ((UINT32_C(1) << 8 * padding) - 1)) == 0;
}

bool
base64_read(struct arena *arena, const char *text, size_t length,
    const uint8_t **bytes, size_t *count)
{
	size_t padding = 0;
	uint8_t *to;

	if (length % 4 != 0)
		return false;
	while (padding < 2 && padding < length &&
	    text[length - 1 - padding] == '=')
		padding++;
	*count = length / 4 * 3 - padding;
	*bytes = to = arena_alloc(arena, length / 4 * 3);
	for (size_t at = 0; at < length; at += 4, to += 3)
		if (!read_quartet(text + at, at + 4 == length ? padding : 0,
		    to))
			return false;
	return true;
}

bool
word_is_among(const char *text, size_t length, const char *words)
{
	while (length > 0) {
		const char *end = strchrnul(words, ' ');

		if ((size_t)(end - words) == length &&
		    strncasecmp(text, words, length) == 0)
			return true;
		if (*end == '\0')
			break;
		words = end + 1;
	}
	return false;
}
