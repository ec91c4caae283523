/* SPDX-License-Identifier: MIT */
/* One resource for many: what stands in the place of wildcards and fields. */
#include "config.h"

#include <string.h>

#include "policy/template.h"
#include "simulator/guise.h"
#include "simulator/what_row.h"

static const char FILLING[] = "any";

struct filler {
	struct what	*what;
	LIST(char)	 bytes;
};

static void
put(struct filler *filler, const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		*list_add(filler->what->scratch, &filler->bytes) = text[i];
}

static struct word
take(struct filler *filler)
{
	return word_from(filler->bytes.items, filler->bytes.count);
}

/* What is most ordinary in that field of an ARN. */
static struct word
ordinary(const struct what *what, unsigned field)
{
	const struct word region = what->court->estate->region;

	switch (field) {
	case ARN_PREFIX:
		return word_from("arn", 3);
	case ARN_PARTITION:
		return what->partition;
	case ARN_REGION:
		return region.text != NULL ? region :
		    word_from("us-east-1", 9);
	case ARN_ACCOUNT:
		return what->account;
	default:
		return word_from(FILLING, sizeof(FILLING) - 1);
	}
}

static void
put_ordinary(struct filler *filler, unsigned field)
{
	struct word word = ordinary(filler->what, field);

	put(filler, word.text, word.length);
}

/* Counts the colons that part fields; later ones are the resource's. */
static unsigned
next_field(unsigned field)
{
	return field < ARN_RESOURCE ? field + 1 : field;
}

/* "arn:${Partition}:s3:::${BucketName}" */
static struct word
fill_template(struct what *what, const char *template)
{
	struct filler filler = { .what = what };
	unsigned field = ARN_PREFIX;

	while (*template != '\0') {
		if (template[0] == '$' && template[1] == '{') {
			put_ordinary(&filler, field);
			template += strcspn(template, "}");
			template += *template == '}';
			continue;
		}
		if (*template == '*')
			put_ordinary(&filler, field);
		else
			put(&filler, template, 1);
		field = *template == ':' ? next_field(field) : field;
		template++;
	}
	return take(&filler);
}

/* "eu-*" may be the region that is ordinary. */
static bool
is_ordinary(struct what *what, struct word piece, unsigned field)
{
	struct word word = ordinary(what, field);
	struct pattern pattern = pattern_read(what->scratch, piece.text,
	    piece.length);

	return field < ARN_RESOURCE && pattern.wild &&
	    pattern_match(&pattern, word.text, word.length);
}

static void
put_field(struct filler *filler, struct word piece, unsigned field)
{
	if (is_ordinary(filler->what, piece, field)) {
		put_ordinary(filler, field);
		return;
	}
	for (size_t i = 0; i < piece.length; i++)
		if (piece.text[i] == '*')
			put_ordinary(filler, field);
		else
			put(filler, piece.text[i] == '?' ? "x" :
			    &piece.text[i], 1);
}

/* A pattern of a policy. */
static struct word
fill_pattern(struct what *what, struct word text)
{
	struct filler filler = { .what = what };
	unsigned field = ARN_PREFIX;

	for (size_t at = 0, end; at < text.length; at = end + 1) {
		const char *colon = field == ARN_RESOURCE ? NULL :
		    memchr(text.text + at, ':', text.length - at);

		end = colon == NULL ? text.length :
		    (size_t)(colon - text.text);
		put_field(&filler, word_from(text.text + at, end - at), field);
		put(&filler, ":", colon != NULL);
		field = next_field(field);
	}
	return take(&filler);
}

/* What the catalogue does not know that actions are held against. */
static struct word
fill_guise(struct what *what, const struct guise *guise)
{
	struct filler filler = { .what = what };
	unsigned field = ARN_PREFIX;

	if (guise->sample != NULL)
		return word_from(guise->sample, strlen(guise->sample));
	for (const char *at = guise->form; *at != '\0'; at++) {
		if (*at == '~' || *at == '*')
			put_ordinary(&filler, field);
		else
			put(&filler, *at == '?' ? "x" : at, 1);
		field = *at == ':' ? next_field(field) : field;
	}
	return take(&filler);
}

static bool
is_whole(struct word arn)
{
	return arn_split(arn.text, arn.length).count == ARN_FIELD_COUNT;
}

static bool
takes(struct what *what, const struct action *action, struct word sample)
{
	struct arn arn = arn_split(sample.text, sample.length);

	if (guise_fits(what->scratch, action, sample))
		return true;
	if (!is_whole(sample))
		return false;
	for (unsigned i = 0; i < action->target_count; i++)
		if (template_fits(action->targets[i].type, &arn))
			return true;
	return false;
}

static bool
contains(const struct ground *ground, struct word sample)
{
	return pattern_match(&ground->pattern, sample.text, sample.length);
}

/* Types in the order in which they are tried. */
enum rank {
	RANK_REQUIRED,			/* the action must have one */
	RANK_OPTIONAL,
	RANK_ACCESS_POINT,		/* two policies decide (EVAL-41) */
	RANK_COUNT
};

static enum rank
rank_of(const struct target *target)
{
	if (strstr(target->type->arn, ":accesspoint/") != NULL)
		return RANK_ACCESS_POINT;
	return target->required ? RANK_REQUIRED : RANK_OPTIONAL;
}

/* Some resource of the type is of the ground; no bucket is among objects. */
static bool
is_among(struct what *what, const struct resource_type *type,
    const struct ground *ground)
{
	struct arn arn = arn_split(ground->text.text, ground->text.length);
	struct pattern pattern = resource_type_pattern(what->scratch, type);

	return pattern_overlaps(&pattern, &ground->pattern) &&
	    template_fits(type, &arn);
}

/* A resource of one of the action's types. */
static struct word
sample_of_type(struct what *what, const struct action *action,
    const struct ground *ground, enum rank rank, bool *on)
{
	for (unsigned i = 0; i < action->target_count; i++) {
		const struct target *target = &action->targets[i];
		struct word sample;

		if (rank_of(target) != rank ||
		    !is_among(what, target->type, ground))
			continue;
		*on = true;
		sample = fill_template(what, target->type->arn);
		if (contains(ground, sample))
			return sample;
	}
	return (struct word){ NULL, 0 };
}

static struct word
sample_of_guise(struct what *what, const struct action *action,
    const struct ground *ground, bool *on)
{
	for (const struct guise *guise = guise_next(action, NULL);
	    guise != NULL; guise = guise_next(action, guise)) {
		struct pattern pattern = guise_pattern(what->scratch, guise);
		struct word sample;

		if (!pattern_overlaps(&pattern, &ground->pattern))
			continue;
		*on = true;
		sample = fill_guise(what, guise);
		if (contains(ground, sample))
			return sample;
	}
	return (struct word){ NULL, 0 };
}

struct word
what_sample(struct what *what, const struct action *action,
    const struct ground *ground, bool *on)
{
	struct word sample = { NULL, 0 };

	*on = action->target_count == 0 && pattern_is_any(&ground->pattern);
	if (*on)
		return word_from("*", 1);
	if (action->target_count == 0 && guise_next(action, NULL) == NULL)
		return sample;
	if (!word_is(ground->text, "*")) {
		sample = fill_pattern(what, ground->text);
		*on = contains(ground, sample) && takes(what, action, sample);
		if (*on)
			return sample;
		sample = (struct word){ NULL, 0 };
	}
	for (enum rank rank = 0; rank < RANK_COUNT && sample.text == NULL;
	    rank++)
		sample = sample_of_type(what, action, ground, rank, on);
	return sample.text != NULL ? sample :
	    sample_of_guise(what, action, ground, on);
}

/* ARNs of both have six fields, or nothing is beside the other. */
struct word
what_sample_beside(struct what *what, const struct action *action,
    const struct ground *ground, struct word sample, struct word other)
{
	struct arn arn = arn_split(sample.text, sample.length);
	struct arn place = arn_split(other.text, other.length);
	struct filler filler = { .what = what };

	if (arn.count != ARN_FIELD_COUNT || place.count != ARN_FIELD_COUNT)
		return (struct word){ NULL, 0 };
	arn.field[ARN_REGION] = place.field[ARN_REGION];
	arn.field[ARN_ACCOUNT] = place.field[ARN_ACCOUNT];
	for (unsigned i = 0; i < ARN_FIELD_COUNT; i++) {
		put(&filler, ":", i > 0);
		put(&filler, arn.field[i].text, arn.field[i].length);
	}
	sample = take(&filler);
	return contains(ground, sample) && takes(what, action, sample) ?
	    sample : (struct word){ NULL, 0 };
}
