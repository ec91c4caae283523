/* SPDX-License-Identifier: MIT */
/*
 * A conversation: questions one after the other in one estate, what is taken
 * for granted in all of them, and what was asked so far.  What is kept of a
 * question is its text, so that a session does not grow with what was decided.
 */
#ifndef TOOLS_SHELL_H
#define TOOLS_SHELL_H

#include "simulator/proposal.h"
#include "simulator/story.h"
#include "simulator/suite.h"
#include "tools/output.h"
#include "tools/terminal.h"
#include "tools/venue.h"

/* A question that was answered. */
struct shell_record {
	const char	*question;	/* whole, with all that was granted */
	enum verdict	 verdict;
	const char	*layer;		/* that denied; "": none did */
	const char	*keys;		/* that it depends on, by commas; or
					 * "" */
};

struct shell {
	struct arena			*arena;		/* of the session */
	struct arena			*here;		/* of the line at hand */
	struct venue			 venue;
	struct output_stream		 out;
	const char			*color;		/* as output.h has it */
	struct terminal			*terminal;	/* NULL: none */
	const char			*prompt;
	const char			*granted;	/* what all questions say:
							 * a change, as text */
	LIST(struct shell_record)	 records;
	const char			*saved;		/* file, or NULL */
	size_t				 line;		/* of the input */
	int				 code;		/* of the last answer */
	bool				 done;
};

struct shell_court {
	struct court		 court;
	LIST(const char *)	 remarks;	/* sentences, as in venue.h */
};

/* A line, split. */
struct shell_line {
	struct word	 text;
	struct tokens	 tokens;	/* the command is the first */
};

/* The line makes no sense: says so, and goes on.  The place may be NULL. */
void	 shell_refuse(struct shell *, const struct span *place,
	    const char *message, const char *help);

/* The same of a question, parts of which may have been said before. */
void	 shell_fault(struct shell *, const struct question_fault *);

/* Lines for the user, as output_lines() prints them. */
void	 shell_print(struct shell *, struct word lines, const char *escape);
/* One line of words that came from outside. */
void	 shell_say(struct shell *, const char *format, ...)
	    __attribute__((format(printf, 2, 3)));

/* What is kept as text; in shell->here. */
struct question	 shell_recall(struct shell *, const struct shell_record *);
struct question	 shell_granted(const struct shell *, struct arena *);

/*
 * Answers a question that is whole.  False when it cannot be asked, which is
 * said.  `story' lives in shell->here.
 */
bool	 shell_answer(struct shell *, const struct question *,
	    struct story *);
/* The court in which these overlays stand, in shell->here.  False with the
 * fault. */
bool	 shell_hold(struct shell *, const struct phrases *overlays,
	    struct shell_court *, struct question_fault *);
/* Answers, prints the verdict, and keeps it as the last. */
bool	 shell_ask(struct shell *, const struct question *);

/* Does what may take long; in front of a terminal in a process of its own, so
 * that an interrupt ends it alone, and nothing that it leaves behind counts but
 * its exit code. */
int	 shell_apart(struct shell *, int (*work)(struct shell *, void *),
	    void *context);

/* The last record, or the one so many before it; NULL when there is none. */
const struct shell_record	*shell_last(const struct shell *,
				    size_t before);

/* The files that the word may become. */
void	 shell_propose_files(struct proposals *);

/* A line that is a question, and commands. */
void	 shell_question(struct shell *, const struct shell_line *);
void	 shell_can(struct shell *, const struct shell_line *);
void	 shell_who(struct shell *, const struct shell_line *);
void	 shell_what(struct shell *, const struct shell_line *);
void	 shell_why(struct shell *, const struct shell_line *);
void	 shell_if(struct shell *, const struct shell_line *);
void	 shell_without(struct shell *, const struct shell_line *);
void	 shell_set(struct shell *, const struct shell_line *);
void	 shell_unset(struct shell *, const struct shell_line *);
/* `as', `through' and `overlay', which are what `set' takes as well. */
void	 shell_state(struct shell *, const struct shell_line *);
void	 shell_diff(struct shell *, const struct shell_line *);
void	 shell_save(struct shell *, const struct shell_line *);

/* `sekisho shell'.  Returns the exit code. */
int	 shell_main(struct arena *, int argc, char **argv);

#endif
