/* SPDX-License-Identifier: MIT */
/* Addresses and ranges of them. */
#include "config.h"

#include <sys/socket.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

#include "policy/value.h"
#include "policy/value_digit.h"

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
