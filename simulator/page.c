/* SPDX-License-Identifier: MIT */
/* Breaking lines; what is written is not known here. */
#include "config.h"

#include <stdarg.h>
#include <string.h>

#include "policy/list.h"
#include "simulator/page.h"

static void
put(struct page *page, char byte)
{
	*list_add(page->arena, &page->bytes) = byte;
}

static void
put_blanks(struct page *page, size_t count)
{
	for (size_t i = 0; i < count; i++)
		put(page, ' ');
	page->column += count;
}

static bool
is_control(char byte)
{
	return (unsigned char)byte < ' ' || byte == 0x7f;
}

/* Bytes that continue a character take no column. */
static size_t
columns_of(const char *text, size_t length)
{
	size_t columns = 0;

	for (size_t i = 0; i < length; i++)
		columns += is_control(text[i]) ? 4 :
		    ((unsigned char)text[i] & 0xc0) != 0x80;
	return columns;
}

static void
put_safely(struct page *page, const char *text, size_t length)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < length; i++) {
		if (!is_control(text[i])) {
			put(page, text[i]);
			continue;
		}
		put(page, '\\');
		put(page, 'x');
		put(page, digits[(unsigned char)text[i] >> 4]);
		put(page, digits[text[i] & 0xf]);
	}
	page->column += columns_of(text, length);
}

static void
break_line(struct page *page)
{
	put(page, '\n');
	page->column = 0;
	page->tab = page->hang;
	page->fresh = true;
}

void
page_line(struct page *page, size_t indent, size_t hang)
{
	if (page->bytes.count > 0)
		put(page, '\n');
	page->column = 0;
	page->tab = indent;
	page->hang = hang;
	page->fresh = true;
}

void
page_tab(struct page *page, size_t column)
{
	page->tab = column > page->column ? column : page->column + 2;
	page->fresh = true;
}

/* A word never begins a line of its own where that gains no room. */
static void
add(struct page *page, const char *text, size_t length)
{
	size_t columns = columns_of(text, length);
	size_t start = page->fresh ? page->tab : page->column + 1;

	if (start + columns > page->width && page->column > page->hang)
		break_line(page);
	put_blanks(page, page->fresh ? page->tab - page->column : 1);
	put_safely(page, text, length);
	page->fresh = false;
}

void
page_word(struct page *page, struct word word)
{
	add(page, word.text, word.length);
}

void
page_words(struct page *page, const char *format, ...)
{
	va_list arguments;
	const char *text;

	va_start(arguments, format);
	text = arena_vprintf(page->arena, format, arguments);
	va_end(arguments);
	for (text += strspn(text, " "); *text != '\0';
	    text += strspn(text, " ")) {
		size_t length = strcspn(text, " ");

		add(page, text, length);
		text += length;
	}
}

void
page_block(struct page *page, struct word lines, size_t indent)
{
	while (lines.length > 0) {
		const char *end = memchr(lines.text, '\n', lines.length);
		size_t length = end == NULL ? lines.length :
		    (size_t)(end - lines.text);

		page_line(page, 0, 0);
		if (length > 0)
			put_blanks(page, indent);
		put_safely(page, lines.text, length);
		page->fresh = false;
		lines = word_behind(lines, length + (end != NULL));
	}
}

struct word
page_text(struct page *page)
{
	if (page->bytes.count > 0)
		put(page, '\n');
	return word_from(page->bytes.items, page->bytes.count);
}
