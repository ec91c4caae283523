/* SPDX-License-Identifier: MIT */
/* Directories are read in the order of bytes, and merged like two lists. */
#include "config.h"

#include <sys/stat.h>

#include <string.h>

#include "policy/envelope.h"
#include "tools/exit.h"
#include "tools/file.h"
#include "tools/mistake.h"
#include "tools/pairing.h"
#include "tools/safe.h"

struct pairer {
	struct arena			*arena;
	const struct pairing_use	*use;
	struct pairing			*pairing;
	bool				 named;		/* files, not found by
							 * walking */
};

/* Everything in one file. */
struct sheaf {
	const char		*file;		/* NULL: there is none */
	struct document		 document;
	bool			 faulty;	/* no policy could be read */
};

static bool
print_faults(const struct report *report)
{
	bool any = false;

	for (size_t i = 0; i < report->findings.count; i++) {
		if (report->findings.items[i].severity != SEVERITY_ERROR)
			continue;
		mistake_print(&report->findings.items[i]);
		any = true;
	}
	return any;
}

static struct sheaf
read_sheaf(struct pairer *pairer, const char *file)
{
	struct sheaf sheaf = { .file = file };
	const struct source *source;
	const char *error = NULL, *bytes;
	struct report report;
	size_t length = 0;

	if (file == NULL)
		return sheaf;
	bytes = file_read(pairer->arena, file, &length, &error);
	if (bytes == NULL) {
		safe_warnx("%s: %s", file, error);
		pairer->pairing->unreadable = true;
		sheaf.faulty = true;
		return sheaf;
	}
	source = source_new(pairer->arena, file, bytes, length);
	report_init(&report, pairer->arena, source);
	sheaf.document = envelope_read(pairer->arena, source, pairer->named ?
	    VOUCH_NAMED : VOUCH_NONE, &report);
	sheaf.faulty = print_faults(&report) && sheaf.document.count == 0;
	if (sheaf.document.count == 0 && !sheaf.faulty) {
		pairer->pairing->skipped++;
		sheaf.file = NULL;
	}
	return sheaf;
}

/* Layers. */

static struct layer_guess
guess(const struct pairer *pairer, const struct half *half,
    const struct reading *reading)
{
	if (reading->layer_known)
		return (struct layer_guess){ reading->layer,
		    reading->candidates, reading->reason };
	return layer_guess(pairer->arena, half->policy, half->file);
}

static bool
has_policy(const struct half *half)
{
	return half->policy != NULL;
}

/* A layer that fits both; the likeliest of the new document first. */
static void
agree(const struct pairer *pairer, struct pair *pair,
    const struct layer_guess *old, const struct layer_guess *new)
{
	layer_set both = old->candidates & new->candidates;

	if (old->layer == new->layer || (both >> new->layer & 1) != 0) {
		pair->layer = new->layer;
		pair->reason = new->reason;
	} else if ((both >> old->layer & 1) != 0) {
		pair->layer = old->layer;
		pair->reason = old->reason;
	} else if (both != 0) {
		pair->layer = layer_first(both);
		pair->reason = "both documents fit it";
	} else {
		pair->fits = false;
		pair->reason = arena_printf(pairer->arena, "the documents are "
		    "of different layers, %s and %s; --type says which",
		    layer_name(old->layer), layer_name(new->layer));
	}
}

static void
choose_layer(const struct pairer *pairer, struct pair *pair,
    const struct reading *old, const struct reading *new)
{
	struct layer_guess of_old, of_new;

	pair->fits = true;
	if (pairer->use->has_layer) {
		pair->layer = pairer->use->layer;
		pair->reason = "--type says so";
		return;
	}
	pair->reason = "nothing says otherwise";
	if (has_policy(&pair->old))
		of_old = guess(pairer, &pair->old, old);
	if (has_policy(&pair->new))
		of_new = guess(pairer, &pair->new, new);
	if (has_policy(&pair->old) && has_policy(&pair->new))
		agree(pairer, pair, &of_old, &of_new);
	else if (has_policy(&pair->old))
		agree(pairer, pair, &of_old, &of_old);
	else if (has_policy(&pair->new))
		agree(pairer, pair, &of_new, &of_new);
}

/* Pairs. */

static const struct reading *
take(const struct pairer *pairer, const struct sheaf *sheaf, size_t index,
    struct half *half)
{
	const struct reading *reading;

	*half = (struct half){ .file = NULL };
	if (sheaf->faulty) {
		half->file = sheaf->file;
		return NULL;
	}
	if (sheaf->file == NULL || index >= sheaf->document.count)
		return NULL;
	reading = &sheaf->document.items[index];
	half->file = sheaf->file;
	half->policy = reading->policy;
	half->pointer = text_pointer(reading->policy->text, pairer->arena,
	    reading->policy->node->span);
	return reading;
}

/* Several policies of a file are paired in their order. */
static void
pair_files(struct pairer *pairer, const char *old_file, const char *new_file)
{
	struct sheaf old = read_sheaf(pairer, old_file);
	struct sheaf new = read_sheaf(pairer, new_file);
	size_t count = old.document.count > new.document.count ?
	    old.document.count : new.document.count;

	if (old.faulty || new.faulty)
		count = count == 0 ? 1 : count;
	for (size_t i = 0; i < count; i++) {
		struct pair *pair = list_add(pairer->arena,
		    &pairer->pairing->list);
		const struct reading *before = take(pairer, &old, i,
		    &pair->old);
		const struct reading *after = take(pairer, &new, i,
		    &pair->new);

		choose_layer(pairer, pair, before, after);
	}
}

/* Directories. */

struct walk {
	struct path_list	 paths;
	size_t			 next;
	size_t			 prefix;	/* bytes before the relative path */
};

static struct walk
walk_directory(struct pairer *pairer, const char *directory)
{
	struct walk walk = { .prefix = strlen(directory) };

	file_find_names(pairer->arena, directory, &walk.paths);
	while (walk.prefix > 0 && directory[walk.prefix - 1] == '/')
		walk.prefix--;
	if (walk.prefix == 1 && directory[0] == '.')	/* no path has it */
		walk.prefix = 0;
	else if (strncmp(directory, "./", 2) == 0)
		walk.prefix -= 1 + strspn(directory + 1, "/");
	return walk;
}

/* The next file, or NULL; those that are not to be opened are said and
 * passed. */
static const char *
peek(struct pairer *pairer, struct walk *walk)
{
	for (; walk->next < walk->paths.list.count; walk->next++) {
		const struct path *path = &walk->paths.list.items[walk->next];
		const char *why;
		bool fault;

		why = file_obstacle(path, &fault);
		if (why == NULL)
			return path->name;
		safe_warnx("%s: %s", path->name, why);
		if (fault)
			pairer->pairing->unreadable = true;
		else
			pairer->pairing->skipped++;
	}
	return NULL;
}

static const char *
relative(const struct walk *walk, const char *name)
{
	name += walk->prefix;
	return name + strspn(name, "/");
}

static void
pair_directories(struct pairer *pairer, const char *old, const char *new)
{
	struct walk before = walk_directory(pairer, old);
	struct walk after = walk_directory(pairer, new);
	const char *one, *other;

	for (;;) {
		int order;

		one = peek(pairer, &before);
		other = peek(pairer, &after);
		if (one == NULL && other == NULL)
			return;
		order = one == NULL ? 1 : other == NULL ? -1 :
		    strcmp(relative(&before, one), relative(&after, other));
		pair_files(pairer, order <= 0 ? one : NULL,
		    order >= 0 ? other : NULL);
		before.next += order <= 0;
		after.next += order >= 0;
	}
}

static bool
is_directory(const char *path)
{
	struct stat facts;

	return strcmp(path, "-") != 0 && stat(path, &facts) == 0 &&
	    S_ISDIR(facts.st_mode);
}

void
pairing_find(struct arena *arena, const char *old, const char *new,
    const struct pairing_use *use, struct pairing *pairing)
{
	struct pairer pairer = { arena, use, pairing, true };

	if (is_directory(old) != is_directory(new))
		safe_errx(EXIT_USAGE, "%s is a directory, and %s is none",
		    is_directory(old) ? old : new,
		    is_directory(old) ? new : old);
	if (!is_directory(old)) {
		pair_files(&pairer, old, new);
		return;
	}
	pairer.named = false;
	pair_directories(&pairer, old, new);
}
