/* SPDX-License-Identifier: MIT */
/*
 * Guarantees of test files, each proved in the estate of its file.  How they
 * are printed, dossier_*.c know; what they come to for a shell, prove.c.
 */
#ifndef TOOLS_DOSSIER_H
#define TOOLS_DOSSIER_H

#include "simulator/testimony.h"
#include "tools/output.h"
#include "tools/pledge.h"
#include "tools/suite_file.h"

/* A guarantee that was proved, or was not. */
struct dossier_case {
	const struct suite_file	*file;
	struct proof			 proof;
	struct testimony		 testimony;
	bool				 expected_broken;
};

struct dossier {
	struct arena		*arena;
	struct venue		 venue;		/* what the options say */
	struct proof_options	 options;
	struct pledge		 pledge;	/* asked for by name */
	LIST(const char *)	 only;		/* ids; none: all */
	LIST(const struct dossier_case *) cases;
	size_t			 faulty;	/* guarantees */
	size_t			 left_out;	/* files with a fault */
	bool			 unreadable;
};

struct dossier_counts {
	size_t	 holds;
	size_t	 broken;	/* known gaps, too */
	size_t	 undecided;
	size_t	 vacuous;	/* of those that hold */
	size_t	 expected;	/* of those that are broken */
};

/*
 * Proves the guarantees of a file.  Faults of it are said on standard error,
 * at their places; a guarantee that has one is left out.
 */
void			 dossier_prove(struct dossier *, const char *path);

/* Proves the named guarantees, or writes them to standard output. */
void			 dossier_prove_named(struct dossier *);

struct dossier_counts	 dossier_count(const struct dossier *);

/* Formats: the result is a struct dossier. */
void			 dossier_print_text(const void *dossier,
			    const struct output_stream *);
void			 dossier_print_json(const void *dossier,
			    const struct output_stream *);

#endif
