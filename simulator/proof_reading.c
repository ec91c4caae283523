/* SPDX-License-Identifier: MIT */
/* A promise once more for each word of each assumption, one at a time. */
#include "config.h"

#include "simulator/proof_row.h"

/* The court that follows another word. */
static struct court
court_under(struct arena *arena, const struct court *court,
    struct assumptions *assumptions, const struct proof_reading *reading)
{
	struct court other = *court;

	*assumptions = *court->assumptions;
	assumptions->choice[reading->assumption] = (uint8_t)reading->word;
	other.assumptions = assumptions;
	other.archive = archive_under(arena, court->archive, assumptions);
	return other;
}

static enum proof_verdict
verdict_under(const struct prover *prover, const struct guarantee *guarantee,
    const struct proof_reading *reading)
{
	const struct proof_options options = {
		.budget = prover->options->budget,
		.without = prover->options->without,
	};
	struct arena *arena = arena_branch(prover->arena);
	struct assumptions assumptions;
	struct court other = court_under(arena, prover->court, &assumptions,
	    reading);
	enum proof_verdict verdict;
	struct proof proof;

	proof_make(arena, &other, guarantee, &options, &proof);
	verdict = proof.verdict;
	arena_free(arena);
	return verdict;
}

static void
read_otherwise(const struct prover *prover, const struct guarantee *guarantee,
    enum assumption assumption)
{
	unsigned chosen = prover->court->assumptions->choice[assumption];
	size_t length;

	for (unsigned word = 0; assumption_word(assumption, word, &length) !=
	    NULL; word++) {
		struct proof_reading reading = { assumption, word,
		    PROOF_HOLDS };

		if (word == chosen)
			continue;
		reading.verdict = verdict_under(prover, guarantee, &reading);
		if (reading.verdict != PROOF_HOLDS)
			*list_add(prover->arena, &prover->proof->readings) =
			    reading;
	}
}

void
proof_read_otherwise(const struct prover *prover,
    const struct guarantee *guarantee)
{
	prover->proof->reread = true;
	for (unsigned i = 0; i < ASSUMPTION_COUNT; i++)
		if ((prover->proof->assumptions >> i & 1) != 0)
			read_otherwise(prover, guarantee, (enum assumption)i);
}
