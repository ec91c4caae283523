/* SPDX-License-Identifier: MIT */
/*
 * usage: inquiries ESTATE QUESTIONS [THREADS [ROUNDS]]
 *
 * Asks every question, one JSON object a line, of one estate through the
 * library: in every thread at the same time, each at a desk of its own and so
 * many rounds.  Prints the verdicts as `sekisho batch' does, once; fails when
 * the threads do not agree.  With rounds, prints the time that each question
 * took instead.
 */
#include "config.h"

#include <err.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "simulator/sekisho.h"

enum { THREADS_MAX = 64, QUESTIONS_MAX = 10000 };

struct question {
	const char	*text;
	size_t		 length;
};

struct court {
	struct sekisho_estate	*estate;
	const char		*directory;	/* of the estate */
	char			*lent;		/* file that was read last */
	struct question		 questions[QUESTIONS_MAX];
	size_t			 count;
	long			 rounds;
};

struct answer {
	enum sekisho_verdict	 verdict;
	char			 layer[16];
};

struct clerk {
	const struct court	*court;
	pthread_t		 thread;
	double			 seconds;
	struct answer		 answers[QUESTIONS_MAX];
};

static char *
read_file(const char *path, size_t *length)
{
	FILE *file = fopen(path, "r");
	size_t capacity = 1 << 20;
	char *bytes = malloc(capacity);

	if (file == NULL || bytes == NULL)
		err(1, "%s", path);
	*length = fread(bytes, 1, capacity - 1, file);
	if (*length == capacity - 1)
		errx(1, "%s is too long", path);
	fclose(file);
	return bytes;
}

static const char *
load(void *context, const char *name, size_t *length, const char **error)
{
	struct court *court = context;
	char path[4096];

	(void)error;
	free(court->lent);
	snprintf(path, sizeof(path), "%s/%s", court->directory, name);
	court->lent = read_file(path, length);
	return court->lent;
}

static void
read_estate(struct court *court, char *path)
{
	struct sekisho *desk = sekisho_new(NULL);
	char *slash = strrchr(path, '/'), *text;
	size_t length;

	text = read_file(path, &length);
	if (desk == NULL || slash == NULL)
		errx(1, "%s: no directory, or no memory", path);
	*slash = '\0';
	court->directory = path;
	court->estate = sekisho_estate_new(desk);
	if (court->estate == NULL || sekisho_estate_read(desk, court->estate,
	    slash + 1, text, length, load, court) != SEKISHO_OK ||
	    sekisho_estate_close(desk, court->estate) != SEKISHO_OK)
		errx(1, "%s", sekisho_messages(desk));
	sekisho_free(desk);	/* the estate stays */
	free(court->lent);
	free(text);
}

static void
split_questions(struct court *court, const char *text, size_t length)
{
	const char *end;

	for (; length > 0; length -= (size_t)(end - text) + 1, text = end + 1) {
		end = memchr(text, '\n', length);
		if (end == NULL || court->count == QUESTIONS_MAX)
			errx(1, "the questions do not end well");
		court->questions[court->count++] = (struct question){ text,
		    (size_t)(end - text) };
	}
}

static double
now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void
ask_all(struct clerk *clerk, struct sekisho *desk)
{
	const struct court *court = clerk->court;

	for (size_t i = 0; i < court->count; i++) {
		clerk->answers[i].verdict = sekisho_ask_json(desk,
		    court->estate, court->questions[i].text,
		    court->questions[i].length);
		snprintf(clerk->answers[i].layer,
		    sizeof(clerk->answers[i].layer), "%s",
		    sekisho_decided_by(desk));
	}
}

/* What else is done with an estate must not write to it, either. */
static void
explain_some(const struct clerk *clerk, struct sekisho *desk)
{
	static const char promise[] = "guarantee I1 nobody-reads\n"
	    "  never allowed s3:GetObject\n";
	const struct court *court = clerk->court;

	for (size_t i = 0; i < court->count; i += 10) {
		sekisho_ask_json(desk, court->estate,
		    court->questions[i].text, court->questions[i].length);
		if (sekisho_explain(desk, 0)[0] == '\0' ||
		    sekisho_json(desk)[0] == '\0')
			errx(1, "%s", sekisho_messages(desk));
	}
	if (sekisho_prove(desk, court->estate, "promise", promise,
	    sizeof(promise) - 1) != SEKISHO_BROKEN)
		errx(1, "%s", sekisho_explain(desk, 0));
}

static void *
work(void *argument)
{
	struct clerk *clerk = argument;
	struct sekisho *desk = sekisho_new(NULL);
	double start;

	if (desk == NULL)
		errx(1, "no memory");
	start = now();
	for (long i = 0; i < clerk->court->rounds; i++)
		ask_all(clerk, desk);
	clerk->seconds = now() - start;
	if (clerk->court->rounds == 1)
		explain_some(clerk, desk);
	sekisho_free(desk);
	return NULL;
}

static void
print_answer(const struct answer *answer)
{
	const char *quote = answer->layer[0] == '\0' ? "" : "\"";

	if (answer->verdict == SEKISHO_NO_VERDICT)
		errx(1, "a question could not be asked");
	printf("\"verdict\":\"%s\",\"decidedBy\":%s%s%s}\n",
	    sekisho_verdict_name(answer->verdict), quote,
	    answer->layer[0] == '\0' ? "null" : answer->layer, quote);
}

int
main(int argc, char **argv)
{
	long threads = argc > 3 ? strtol(argv[3], NULL, 10) : 2;
	struct clerk *clerks[THREADS_MAX];
	static struct court court;
	size_t length;
	char *text;

	if (argc < 3 || threads < 1 || threads > THREADS_MAX)
		errx(2, "usage: inquiries ESTATE QUESTIONS [THREADS [ROUNDS]]");
	court.rounds = argc > 4 ? strtol(argv[4], NULL, 10) : 1;
	read_estate(&court, argv[1]);
	text = read_file(argv[2], &length);
	split_questions(&court, text, length);
	for (long i = 0; i < threads; i++) {
		clerks[i] = calloc(1, sizeof(*clerks[i]));
		if (clerks[i] == NULL)
			err(1, "calloc");
		clerks[i]->court = &court;
		if (pthread_create(&clerks[i]->thread, NULL, work,
		    clerks[i]) != 0)
			errx(1, "no thread");
	}
	for (long i = 0; i < threads; i++) {
		pthread_join(clerks[i]->thread, NULL);
		if (memcmp(clerks[i]->answers, clerks[0]->answers,
		    sizeof(clerks[0]->answers)) != 0)
			errx(1, "two threads do not agree");
	}
	for (size_t i = 0; i < court.count && court.rounds == 1; i++)
		print_answer(&clerks[0]->answers[i]);
	if (court.rounds != 1)
		printf("%.2f us each\n", clerks[0]->seconds * 1e6 /
		    (double)court.rounds / (double)court.count);
	for (long i = 0; i < threads; i++)
		free(clerks[i]);
	free(text);
	sekisho_estate_free(court.estate);
	return 0;
}
