/* SPDX-License-Identifier: MIT */
/*
 * The solver behind its header: assumptions and what failed of them, budgets,
 * memory that runs out in the middle, and what it writes for a certificate.
 */
#include "config.h"

#include <sys/resource.h>

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "simulator/solver.h"

enum {
	PIGEONS = 8,
	PLENTY = 100000000
};

/* A sanitizer's own tables are above any limit of address space, so there it
 * is the largest piece that is limited. */
#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif

#ifdef SANITIZED
const char	*__asan_default_options(void);

const char *
__asan_default_options(void)
{
	return "allocator_may_return_null=1:max_allocation_size_mb=8";
}

static int
limit_memory(void)
{
	return 0;
}
#else
static int
limit_memory(void)
{
	struct rlimit limit = { 64 << 20, 64 << 20 };

	return setrlimit(RLIMIT_AS, &limit);
}
#endif

static struct arena *arena;

static void
set_up(void)
{
	arena = arena_new();
}

static void
tear_down(void)
{
	arena_free(arena);
}

static int
sits(int pigeon, int hole, int holes)
{
	return 1 + pigeon * holes + hole;
}

/* More pigeons than holes: short to say, long to refute. */
static void
add_pigeons(struct solver *solver, int pigeons)
{
	int clause[PIGEONS];

	for (int i = 0; i < pigeons; i++) {
		for (int j = 0; j < pigeons - 1; j++)
			clause[j] = sits(i, j, pigeons - 1);
		solver_add(solver, clause, (size_t)pigeons - 1);
	}
	for (int j = 0; j < pigeons - 1; j++)
		for (int i = 0; i < pigeons; i++)
			for (int k = 0; k < i; k++)
				solver_add(solver, (int[]){
				    -sits(i, j, pigeons - 1),
				    -sits(k, j, pigeons - 1) }, 2);
}

START_TEST(assumptions_last_for_one_solve)
{
	struct solver *solver = solver_new(arena);
	uint64_t budget = PLENTY;

	solver_add(solver, (int[]){ 1, 2 }, 2);
	solver_assume(solver, -1);
	solver_assume(solver, -2);
	solver_assume(solver, 3);
	ck_assert_int_eq(solver_solve(solver, &budget), SOLVER_UNSATISFIABLE);
	ck_assert(solver_failed(solver, -1));
	ck_assert(solver_failed(solver, -2));
	ck_assert(!solver_failed(solver, 3));
	solver_assume(solver, -1);
	ck_assert_int_eq(solver_solve(solver, &budget), SOLVER_SATISFIABLE);
	ck_assert(solver_value(solver, 2));
	ck_assert(solver_value(solver, -1));
}
END_TEST

START_TEST(steps_are_counted_and_a_budget_is_kept)
{
	uint64_t first = PLENTY, again = PLENTY, less = 100;
	struct solver *solver = solver_new(arena);

	add_pigeons(solver, PIGEONS);
	ck_assert_int_eq(solver_solve(solver, &less), SOLVER_SPENT);
	ck_assert_uint_eq(less, 0);
	solver = solver_new(arena);
	add_pigeons(solver, PIGEONS);
	ck_assert_int_eq(solver_solve(solver, &first), SOLVER_UNSATISFIABLE);
	solver = solver_new(arena);
	add_pigeons(solver, PIGEONS);
	ck_assert_int_eq(solver_solve(solver, &again), SOLVER_UNSATISFIABLE);
	ck_assert_uint_eq(first, again);
	ck_assert_uint_lt(first, PLENTY - 1000);
}
END_TEST

/* Each solve has its budget for itself, whatever was spent before. */
START_TEST(a_later_budget_is_as_good_as_the_first)
{
	struct solver *solver = solver_new(arena);
	uint64_t budget = 20000, little = 1000;

	add_pigeons(solver, PIGEONS - 2);
	solver_assume(solver, 100);
	solver_solve(solver, &budget);
	ck_assert_uint_lt(budget, 20000 - 1000);
	solver = solver_new(arena);
	solver_add(solver, (int[]){ -100, 101 }, 2);
	for (int i = 0; i < 1000; i++) {
		little = 1000;
		solver_assume(solver, 100);
		ck_assert_int_eq(solver_solve(solver, &little),
		    SOLVER_SATISFIABLE);
	}
}
END_TEST

static void
exhaust(void *argument)
{
	struct solver *solver = argument;

	for (int i = 1;; i++)
		solver_add(solver, (int[]){ i, -i - 1, i + 2, i + 3 }, 4);
}

START_TEST(no_memory_is_a_jump)
{
	ck_assert_int_eq(limit_memory(), 0);
	ck_assert(!arena_protect(arena, exhaust, solver_new(arena)));
}
END_TEST

START_TEST(clauses_and_proof_are_written)
{
	char *clauses, *proof;
	size_t clauses_size, proof_size;
	FILE *clauses_file = open_memstream(&clauses, &clauses_size);
	FILE *proof_file = open_memstream(&proof, &proof_size);
	struct solver *solver = solver_new(arena);
	uint64_t budget = PLENTY;

	solver_trace(solver, clauses_file, proof_file);
	add_pigeons(solver, 3);
	ck_assert_int_eq(solver_solve(solver, &budget), SOLVER_UNSATISFIABLE);
	fclose(clauses_file);
	fclose(proof_file);
	ck_assert_ptr_nonnull(strstr(clauses, "1 2 0\n"));
	ck_assert_ptr_nonnull(strstr(proof, "0\n"));
	free(clauses);
	free(proof);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("solver");
	TCase *tests = tcase_create("behind its header");
	SRunner *runner;
	int failures;

	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_set_timeout(tests, 0);
	tcase_add_test(tests, assumptions_last_for_one_solve);
	tcase_add_test(tests, steps_are_counted_and_a_budget_is_kept);
	tcase_add_test(tests, a_later_budget_is_as_good_as_the_first);
	tcase_add_test(tests, no_memory_is_a_jump);
	tcase_add_test(tests, clauses_and_proof_are_written);
	suite_add_tcase(suite, tests);
	runner = srunner_create(suite);
	srunner_set_tap(runner, "-");
	srunner_run_all(runner, CK_SILENT);
	failures = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failures != 0;
}
