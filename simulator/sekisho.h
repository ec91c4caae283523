/* SPDX-License-Identifier: MIT */
/*
 * libsekisho: what AWS policies allow, asked of from C.  See sekisho(3).
 *
 * A desk (struct sekisho) is where one thread works at a time: each call takes
 * it first and leaves its result there, until the next call.  An estate is
 * read once and closed; from then on it does not change, and any number of
 * desks may ask of it at the same time.
 *
 * The zero of every enumeration is the one that lets nobody in: memory that is
 * gone, a question that makes no sense, a proof that was not found.  Only a
 * comparison with SEKISHO_ALLOWED, SEKISHO_HOLDS, SEKISHO_CLEAN or SEKISHO_OK
 * by name lets anyone in.  Later versions may add values and members behind
 * those that are here, and take none away.
 *
 * Nothing here prints, ends the program, opens a file, or keeps anything but
 * in what it was handed.
 */
#ifndef SEKISHO_H
#define SEKISHO_H

#include <stddef.h>
#include <stdint.h>

#ifndef SEKISHO_API
#ifdef __GNUC__
#define SEKISHO_API	__attribute__((__visibility__("default")))
#else
#define SEKISHO_API
#endif
#endif

#ifdef __cplusplus
extern "C" {
#endif

struct sekisho;
struct sekisho_estate;

/* What became of a call. */
enum sekisho_status {
	SEKISHO_NO_MEMORY = 0,
	SEKISHO_MISUSED,	/* not what the manual allows */
	SEKISHO_FAULTY,		/* what was handed in cannot be relied on;
				 * sekisho_messages() says why */
	SEKISHO_OK
};

/* What AWS would decide. */
enum sekisho_verdict {
	SEKISHO_NO_VERDICT = 0,	/* it was not asked: see the messages */
	SEKISHO_EXPLICITLY_DENIED,
	SEKISHO_IMPLICITLY_DENIED,
	SEKISHO_DEPENDS,	/* on keys that nobody has said */
	SEKISHO_UNKNOWN,	/* a policy is not known, or unreadable */
	SEKISHO_ALLOWED
};

/* What came of a guarantee. */
enum sekisho_proof {
	SEKISHO_UNDECIDED = 0,
	SEKISHO_BROKEN,
	SEKISHO_HOLDS
};

/* How bad a finding is, the worst first. */
enum sekisho_severity {
	SEKISHO_ERROR = 0,
	SEKISHO_SECURITY,
	SEKISHO_WARNING,
	SEKISHO_NOTE,
	SEKISHO_CLEAN		/* of a whole document: nothing was found */
};

/* The office that a policy holds in a decision. */
enum sekisho_layer {
	SEKISHO_ANY_LAYER = 0,	/* guessed, where that is allowed */
	SEKISHO_IDENTITY,
	SEKISHO_BOUNDARY,
	SEKISHO_SESSION,
	SEKISHO_RESOURCE,
	SEKISHO_TRUST,
	SEKISHO_ENDPOINT,
	SEKISHO_SCP,
	SEKISHO_RCP
};

/*
 * Something that is wrong, and where: lines and columns count from 1, columns
 * in bytes, ends exclusive.  Text that is not there is NULL.
 */
struct sekisho_finding {
	const char		*rule;		/* kebab-case, or NULL */
	enum sekisho_severity	 severity;
	const char		*file;		/* the name that it was given */
	const char		*pointer;	/* JSON pointer, also into
						 * the JSON in a string */
	size_t			 line, column, end_line, end_column;
	const char		*message;
	const char		*help;
	const char		*witness;	/* a request that shows it */
};

/* A guarantee, and what came of it. */
struct sekisho_guarantee {
	const char		*id;
	const char		*name;
	enum sekisho_proof	 proof;
	int			 vacuous;	/* it holds of nothing */
	size_t			 line;		/* where it is said */
	const char		*reason;	/* of undecided; or NULL */
};

/*
 * Where memory comes from.  allocate() returns memory that is aligned for any
 * type, or NULL; release() is handed what it returned, and the size.  What
 * several threads share must be safe for them.
 */
struct sekisho_allocator {
	void	*(*allocate)(void *context, size_t size);
	void	 (*release)(void *context, void *memory, size_t size);
	void	*context;
};

/*
 * Reads a file that an estate names, relative to the estate's own.  The bytes
 * must stay until the next call or until the reading call returns; they are
 * copied.  NULL: it cannot be read, and *error may say why.
 */
typedef const char *sekisho_load(void *context, const char *name,
    size_t *length, const char **error);

/* The version, as "1.2.3", and the date of the catalogue of AWS's services. */
SEKISHO_API const char	*sekisho_version(void);
SEKISHO_API const char	*sekisho_catalog_date(void);

/* A desk; NULL when there is no memory.  NULL for an allocator is malloc(). */
SEKISHO_API struct sekisho	*sekisho_new(const struct sekisho_allocator *);
SEKISHO_API void		 sekisho_free(struct sekisho *);

/* An estate out of the desk's allocator, which may be freed before it. */
SEKISHO_API struct sekisho_estate	*sekisho_estate_new(struct sekisho *);
SEKISHO_API void	 sekisho_estate_free(struct sekisho_estate *);

/*
 * Before it is closed: estate.json, with the files that it names, or the dump
 * of an account, whose findings say what is lost or guessed; documents
 * in place of the estate's, or of no estate, SCPs and RCPs level by level from
 * the root on; another document beside the SCP or RCP that was added last; an
 * assumption, "res-5=padded".
 */
SEKISHO_API enum sekisho_status	 sekisho_estate_read(struct sekisho *,
    struct sekisho_estate *, const char *name, const char *text,
    size_t length, sekisho_load *, void *context);
SEKISHO_API enum sekisho_status	 sekisho_estate_add(struct sekisho *,
    struct sekisho_estate *, enum sekisho_layer, const char *name,
    const char *text, size_t length);
SEKISHO_API enum sekisho_status	 sekisho_estate_add_beside(struct sekisho *,
    struct sekisho_estate *, enum sekisho_layer, const char *name,
    const char *text, size_t length);
SEKISHO_API enum sekisho_status	 sekisho_estate_assume(struct sekisho *,
    struct sekisho_estate *, const char *choice);

/* From now on it is as it is, and may be asked. */
SEKISHO_API enum sekisho_status	 sekisho_estate_close(struct sekisho *,
    struct sekisho_estate *);

/* Decides: a sentence as that of sekisho-can(1), or the object of a line of
 * sekisho-batch(1), in which nothing can be taken for a word of a sentence. */
SEKISHO_API enum sekisho_verdict	 sekisho_ask(struct sekisho *,
    const struct sekisho_estate *, const char *sentence);
SEKISHO_API enum sekisho_verdict	 sekisho_ask_json(struct sekisho *,
    const struct sekisho_estate *, const char *text, size_t length);

/* Proves every guarantee of a test file, sekisho(5): undecided when there is
 * none, or one that is.  The budget is of each guarantee; 0 is the default. */
SEKISHO_API enum sekisho_proof	 sekisho_prove(struct sekisho *,
    const struct sekisho_estate *, const char *name, const char *text,
    size_t length);
SEKISHO_API void	 sekisho_set_budget(struct sekisho *, uint64_t steps);

/* Lints a policy, or a known envelope of some; returns the worst finding. */
SEKISHO_API enum sekisho_severity	 sekisho_lint(struct sekisho *,
    enum sekisho_layer, const char *name, const char *text, size_t length);

/*
 * The result of the last call.  Never NULL but for what is behind the last;
 * everything lives until the next call with that desk, and may speak of the
 * estate, which must live as long.
 */
SEKISHO_API enum sekisho_status	 sekisho_last_status(const struct sekisho *);
/* The layer that decided: "trust", ...; "" when none did. */
SEKISHO_API const char	*sekisho_decided_by(const struct sekisho *);
/* A line: the verdict and the reason. */
SEKISHO_API const char	*sekisho_summary(struct sekisho *);
/* All of it, as sekisho-can(1) and sekisho-prove(1) tell it; else the
 * messages.  Lines of so many columns, where words allow it; 0 is 80. */
SEKISHO_API const char	*sekisho_explain(struct sekisho *, unsigned columns);
/* The same as a JSON document, sekisho.can/1 or sekisho.prove/1; "" when there
 * is none. */
SEKISHO_API const char	*sekisho_json(struct sekisho *);

SEKISHO_API size_t	 sekisho_guarantee_count(const struct sekisho *);
SEKISHO_API const struct sekisho_guarantee	*sekisho_guarantee_at(
    const struct sekisho *, size_t);

SEKISHO_API size_t	 sekisho_finding_count(const struct sekisho *);
SEKISHO_API const struct sekisho_finding	*sekisho_finding_at(
    const struct sekisho *, size_t);
/* Every finding on a line of its own: file:line:column: severity: message. */
SEKISHO_API const char	*sekisho_messages(struct sekisho *);

SEKISHO_API const char	*sekisho_verdict_name(enum sekisho_verdict);
SEKISHO_API const char	*sekisho_proof_name(enum sekisho_proof);
SEKISHO_API const char	*sekisho_severity_name(enum sekisho_severity);

#ifdef __cplusplus
}
#endif

#endif
