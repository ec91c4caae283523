/* SPDX-License-Identifier: MIT */
/* libedit: emacs or vi as ~/.editrc says, tab, and a history in a file. */
#include "config.h"

#include <sys/stat.h>

#include <fcntl.h>
#include <histedit.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tools/exit.h"
#include "tools/safe.h"
#include "tools/screen.h"
#include "tools/terminal.h"

enum {
	HISTORY_SIZE = 1000,
	HISTORY_BYTES = 1024 * 1024,	/* then the file is written anew */
	ROWS_LEAST = 5,			/* of a list, however low the screen */
	ROWS_BESIDE = 4,		/* that the list leaves of the screen */
	GAP = 2				/* between columns */
};

struct terminal {
	const struct terminal_use	*use;
	EditLine			*editor;
	History				*history;
	const char			*file;		/* or NULL */
	bool				 interrupted;
	char				*line;
};

static struct terminal *
terminal_of(EditLine *editor)
{
	void *data = NULL;

	el_get(editor, EL_CLIENTDATA, &data);
	return data;
}

static char *
show_prompt(EditLine *editor)
{
	struct terminal *terminal = terminal_of(editor);

	return (char *)(uintptr_t)terminal->use->prompt(
	    terminal->use->context);
}

/* Completion. */

/* Code points, which is what libedit counts. */
static int
count_points(const char *text, size_t length)
{
	int count = 0;

	for (size_t i = 0; i < length; i++)
		count += ((unsigned char)text[i] & 0xc0) != 0x80;
	return count;
}

static size_t
common_length(const struct proposals *proposals)
{
	const char *first = proposals->list.items[0].text;
	size_t length = strlen(first);

	for (size_t i = 1; i < proposals->list.count; i++) {
		const char *text = proposals->list.items[i].text;
		size_t same = 0;

		while (same < length && text[same] == first[same])
			same++;
		length = same;
	}
	while (length > 0 && ((unsigned char)first[length] & 0xc0) == 0x80)
		length--;
	return length;
}

static size_t
longest(const struct proposals *proposals)
{
	size_t length = 0;

	for (size_t i = 0; i < proposals->list.count; i++)
		if (strlen(proposals->list.items[i].text) > length)
			length = strlen(proposals->list.items[i].text);
	return length;
}

/* On which row of the screen, from that of the prompt on, that many bytes of
 * the line end. */
static int
row_of(EditLine *editor, const char *buffer, size_t length)
{
	const char *prompt = show_prompt(editor);
	size_t columns = safe_print_columns(NULL, prompt, strlen(prompt)) +
	    safe_print_columns(NULL, buffer, length);

	return (int)(columns / screen_width());
}

static void
print_line_ends(int count)
{
	while (count-- > 0)
		fputc('\n', stdout);
}

/* In columns, as ls(1) does. */
static void
list_proposals(const struct proposals *proposals)
{
	size_t width = longest(proposals) + GAP, screen = screen_width();
	size_t columns = width > screen ? 1 : screen / width;
	size_t most = screen_height(), count = proposals->list.count, rows;

	most = columns * (most < ROWS_LEAST + ROWS_BESIDE ? ROWS_LEAST :
	    most - ROWS_BESIDE);
	if (count > most)
		count = most;
	rows = (count + columns - 1) / columns;
	for (size_t i = 0; i < rows; i++) {
		for (size_t at = i; at < count; at += rows) {
			const char *text = proposals->list.items[at].text;
			size_t used = safe_print_columns(stdout, text,
			    strlen(text));

			if (at + rows < count && used < width)
				printf("%*s", (int)(width - used), "");
		}
		fputc('\n', stdout);
	}
	if (proposals->more)
		puts("and many more");
	else if (count < proposals->list.count)
		printf("and %zu more\n", proposals->list.count - count);
}

/* Below the line that is typed; libedit goes up as many rows as its cursor
 * stood below the prompt, and types the line anew. */
static void
list_below(EditLine *editor, const struct proposals *proposals)
{
	const LineInfo *info = el_line(editor);
	int cursor = row_of(editor, info->buffer,
	    (size_t)(info->cursor - info->buffer));
	int last = row_of(editor, info->buffer,
	    (size_t)(info->lastchar - info->buffer));

	print_line_ends(last - cursor + 1);
	list_proposals(proposals);
	print_line_ends(cursor);
	fflush(stdout);
}

/* Puts the text in the place of the word that was begun. */
static bool
replace(EditLine *editor, struct word line, struct span span,
    const char *text, size_t length, bool closed)
{
	char *inserted = NULL;
	bool ok;

	if (asprintf(&inserted, "%.*s%s", (int)length, text,
	    closed ? " " : "") < 0)
		return false;
	el_deletestr(editor, count_points(line.text + span.start,
	    line.length - span.start));
	ok = el_insertstr(editor, inserted) == 0;
	free(inserted);
	return ok;
}

static bool
begins_folded(const char *text, size_t length, const char *start,
    size_t start_length)
{
	return length >= start_length && word_equal_folded(word_from(text,
	    start_length), word_from(start, start_length));
}

static unsigned char
complete(EditLine *editor, int unused)
{
	struct terminal *terminal = terminal_of(editor);
	const LineInfo *info = el_line(editor);
	struct word line = word_from(info->buffer,
	    (size_t)(info->cursor - info->buffer));
	struct proposals proposals;
	size_t common, typed;
	const struct proposal *first;

	(void)unused;
	terminal->use->propose(terminal->use->context, line, &proposals);
	if (proposals.list.count == 0)
		return CC_ERROR;
	first = &proposals.list.items[0];
	common = common_length(&proposals);
	typed = proposals.span.end - proposals.span.start;
	if (proposals.list.count == 1)
		return replace(editor, line, proposals.span, first->text,
		    common, !first->open) ? CC_REFRESH : CC_ERROR;
	if (common > typed && (typed == 0 || begins_folded(first->text,
	    common, line.text + proposals.span.start, typed)))
		return replace(editor, line, proposals.span, first->text,
		    common, false) ? CC_REFRESH : CC_ERROR;
	list_below(editor, &proposals);
	return CC_REDISPLAY;
}

/* What was typed is given up; the history has nothing of it. */
static unsigned char
interrupt(EditLine *editor, int unused)
{
	(void)unused;
	terminal_of(editor)->interrupted = true;
	fputs("^C", stdout);
	fflush(stdout);
	return CC_NEWLINE;
}

static unsigned char
suspend(EditLine *editor, int unused)
{
	(void)editor;
	(void)unused;
	kill(0, SIGTSTP);
	return CC_REDISPLAY;
}

/* History. */

static void
read_history(struct terminal *terminal)
{
	struct stat status;
	HistEvent event;

	history(terminal->history, &event, H_SETSIZE, HISTORY_SIZE);
	history(terminal->history, &event, H_SETUNIQUE, 1);
	if (terminal->file == NULL || stat(terminal->file, &status) != 0)
		return;
	history(terminal->history, &event, H_LOAD, terminal->file);
	if (status.st_size > HISTORY_BYTES)
		history(terminal->history, &event, H_SAVE, terminal->file);
	chmod(terminal->file, S_IRUSR | S_IWUSR);
}

/* As libedit reads a line: whatever is no plain character is octal. */
static bool
write_line(FILE *file, const char *line, size_t length)
{
	if (ftell(file) == 0 && fputs("_HiStOrY_V2_\n", file) < 0)
		return false;
	for (size_t i = 0; i < length; i++) {
		unsigned char c = (unsigned char)line[i];

		if (c > ' ' && c < 0x7f && c != '\\')
			fputc(c, file);
		else
			fprintf(file, "\\%03o", c);
	}
	return fputc('\n', file) != EOF && ferror(file) == 0;
}

/* Behind what other shells have written meanwhile. */
static void
append_history(struct terminal *terminal, const char *line, size_t length)
{
	int descriptor = open(terminal->file, O_WRONLY | O_APPEND | O_CREAT |
	    O_CLOEXEC, S_IRUSR | S_IWUSR);
	FILE *file = descriptor < 0 ? NULL : fdopen(descriptor, "a");
	bool ok = file != NULL && fseek(file, 0, SEEK_END) == 0 &&
	    write_line(file, line, length);

	if (file != NULL && fclose(file) != 0)
		ok = false;
	if (!ok) {
		safe_warn("%s: no history is kept", terminal->file);
		terminal->file = NULL;
	}
}

static void
remember(struct terminal *terminal, const char *line)
{
	HistEvent event;

	if (line[strspn(line, " \t\r\n")] == '\0')
		return;
	history(terminal->history, &event, H_ENTER, line);
	if (terminal->file != NULL)
		append_history(terminal, line, strlen(line));
}

/* The terminal. */

static void
bind_keys(struct terminal *terminal)
{
	EditLine *editor = terminal->editor;

	el_set(editor, EL_CLIENTDATA, terminal);
	el_set(editor, EL_PROMPT, show_prompt);
	el_set(editor, EL_SIGNAL, 1);
	el_set(editor, EL_HIST, history, terminal->history);
	el_set(editor, EL_EDITOR, "emacs");
	/* of bytes, libedit would make wide copies that nobody frees */
	el_wset(editor, EL_ADDFN, L"propose", L"complete the word", complete);
	el_wset(editor, EL_ADDFN, L"give-up", L"give up the line", interrupt);
	el_wset(editor, EL_ADDFN, L"suspend", L"stop for a while", suspend);
	el_source(editor, NULL);
	el_set(editor, EL_BIND, "^I", "propose", NULL);
	/* keys and no signals, while a line is typed */
	el_set(editor, EL_SETTY, "-d", "-isig", NULL);
	el_set(editor, EL_BIND, "^Z", "suspend", NULL);
	el_set(editor, EL_BIND, "^C", "give-up", NULL);
	el_set(editor, EL_BIND, "^R", "em-inc-search-prev", NULL);
}

struct terminal *
terminal_open(struct arena *arena, const struct terminal_use *use,
    const char *file)
{
	struct terminal *terminal = arena_alloc(arena, sizeof(*terminal));

	/* how many columns a character takes; nothing else asks */
	setlocale(LC_CTYPE, "");
	terminal->use = use;
	terminal->file = file;
	terminal->editor = el_init("sekisho", stdin, stdout, stderr);
	terminal->history = history_init();
	if (terminal->editor == NULL || terminal->history == NULL)
		safe_errx(EXIT_MEMORY, "the terminal cannot be used");
	bind_keys(terminal);
	read_history(terminal);
	return terminal;
}

void
terminal_close(struct terminal *terminal)
{
	history_end(terminal->history);
	el_end(terminal->editor);
	free(terminal->line);
}

const char *
terminal_read(struct terminal *terminal, size_t *length)
{
	int count = 0;
	const char *line;

	terminal->interrupted = false;
	line = el_gets(terminal->editor, &count);
	if (terminal->interrupted) {
		fputc('\n', stdout);
		*length = 0;
		return "";
	}
	if (line == NULL || count <= 0) {
		fputc('\n', stdout);
		return NULL;
	}
	remember(terminal, line);
	free(terminal->line);
	*length = (size_t)count - (line[count - 1] == '\n');
	terminal->line = strndup(line, *length);
	if (terminal->line == NULL)
		safe_errx(EXIT_MEMORY, "out of memory");
	return terminal->line;
}
