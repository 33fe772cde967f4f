/* Undo and redo, merging, the saved mark, the bound; and a walk at random against a plain list. */

#include "dio-edit-history.h"
#include "edit-fixture.h"

static DioScenario *
make (guint number)
{
  g_autofree char *name = g_strdup_printf ("%u", number);
  return dio_scenario_new_empty (name);
}

static void
push (DioEditHistory *history, guint number, const char *merge)
{
  g_autofree char *name = g_strdup_printf ("step %u", number);
  dio_edit_history_push (history, make (number), name, merge);
}

static void
expect (DioEditHistory *history, guint number)
{
  g_autofree char *name = g_strdup_printf ("%u", number);
  g_assert_cmpstr (dio_edit_history_get_current (history)->name, ==, name);
}

static void
test_steps (void)
{
  g_autoptr (DioScenario) first = make (0);
  g_autoptr (DioEditHistory) history = dio_edit_history_new (first, 0);
  g_assert_false (dio_edit_history_undo (history));
  g_assert_null (dio_edit_history_get_undo_name (history));
  push (history, 1, NULL);
  push (history, 2, NULL);
  g_assert_cmpstr (dio_edit_history_get_undo_name (history), ==, "step 2");
  g_assert_true (dio_edit_history_undo (history));
  expect (history, 1);
  g_assert_cmpstr (dio_edit_history_get_redo_name (history), ==, "step 2");
  g_assert_true (dio_edit_history_redo (history));
  expect (history, 2);
  g_assert_false (dio_edit_history_redo (history));
  dio_edit_history_undo (history);
  push (history, 3, NULL);
  g_assert_null (dio_edit_history_get_redo_name (history));
  dio_edit_history_undo (history);
  dio_edit_history_undo (history);
  expect (history, 0);
}

static void
test_merge (void)
{
  g_autoptr (DioScenario) first = make (0);
  g_autoptr (DioEditHistory) history = dio_edit_history_new (first, 0);
  for (guint i = 1; i <= 5; i++)
    push (history, i, "drag");
  g_assert_cmpuint (dio_edit_history_get_n_undo (history), ==, 1);
  push (history, 6, "scrub");
  push (history, 7, "scrub");
  g_assert_cmpuint (dio_edit_history_get_n_undo (history), ==, 2);
  dio_edit_history_end_merge (history);
  push (history, 8, "scrub");
  g_assert_cmpuint (dio_edit_history_get_n_undo (history), ==, 3);
  dio_edit_history_undo (history);
  expect (history, 7);
  push (history, 9, "scrub");
  g_assert_cmpuint (dio_edit_history_get_n_undo (history), ==, 3);
  dio_edit_history_undo (history);
  dio_edit_history_undo (history);
  expect (history, 5);
  dio_edit_history_undo (history);
  expect (history, 0);
}

static void
test_cancel (void)
{
  g_autoptr (DioScenario) first = make (0);
  g_autoptr (DioEditHistory) history = dio_edit_history_new (first, 0);
  g_assert_false (dio_edit_history_cancel_merge (history));
  push (history, 1, NULL);
  push (history, 2, NULL);
  dio_edit_history_mark_saved (history);
  dio_edit_history_undo (history);
  g_assert_false (dio_edit_history_cancel_merge (history));
  push (history, 3, "drag");
  push (history, 4, "drag");
  g_assert_cmpuint (dio_edit_history_get_n_redo (history), ==, 0);
  g_assert_true (dio_edit_history_cancel_merge (history));
  expect (history, 1);
  g_assert_cmpuint (dio_edit_history_get_n_undo (history), ==, 1);
  /* What could be done again before the drag still can, and is still what the file holds. */
  g_assert_cmpstr (dio_edit_history_get_redo_name (history), ==, "step 2");
  g_assert_true (dio_edit_history_is_modified (history));
  g_assert_true (dio_edit_history_redo (history));
  expect (history, 2);
  g_assert_false (dio_edit_history_is_modified (history));
  /* A drag that ended well is a step as any other. */
  dio_edit_history_undo (history);
  push (history, 5, "drag");
  dio_edit_history_end_merge (history);
  g_assert_false (dio_edit_history_cancel_merge (history));
  g_assert_cmpuint (dio_edit_history_get_n_undo (history), ==, 2);
  g_assert_cmpuint (dio_edit_history_get_n_redo (history), ==, 0);
}

static void
test_saved (void)
{
  g_autoptr (DioScenario) first = make (0);
  g_autoptr (DioEditHistory) history = dio_edit_history_new (first, 3);
  g_assert_false (dio_edit_history_is_modified (history));
  push (history, 1, "drag");
  g_assert_true (dio_edit_history_is_modified (history));
  dio_edit_history_mark_saved (history);
  push (history, 2, "drag");
  g_assert_true (dio_edit_history_is_modified (history));
  dio_edit_history_undo (history);
  g_assert_false (dio_edit_history_is_modified (history));
  dio_edit_history_undo (history);
  g_assert_true (dio_edit_history_is_modified (history));
  /* The saved state is among those that a new step forgets. */
  push (history, 3, NULL);
  dio_edit_history_undo (history);
  g_assert_true (dio_edit_history_is_modified (history));
  dio_edit_history_mark_saved_scenario (history, first);
  g_assert_false (dio_edit_history_is_modified (history));
  for (guint i = 0; i < 5; i++)
    push (history, 10 + i, NULL);
  g_assert_cmpuint (dio_edit_history_get_n_undo (history), ==, 3);
  while (dio_edit_history_undo (history))
    g_assert_true (dio_edit_history_is_modified (history));
  g_autoptr (DioScenario) strange = make (99);
  dio_edit_history_mark_saved (history);
  dio_edit_history_mark_saved_scenario (history, strange);
  g_assert_true (dio_edit_history_is_modified (history));
  dio_edit_history_reset (history, strange);
  g_assert_false (dio_edit_history_is_modified (history));
  expect (history, 99);
  dio_edit_history_mark_unsaved (history);
  g_assert_true (dio_edit_history_is_modified (history));
}

static void
test_walk (void)
{
  enum { MAX_STEPS = 20 };
  g_autoptr (GRand) random = g_rand_new_with_seed (11);
  g_autoptr (DioScenario) first = make (0);
  g_autoptr (DioEditHistory) history = dio_edit_history_new (first, MAX_STEPS);
  guint states[2000] = { 0 };
  guint low = 0, at = 0, top = 0, next = 1;
  for (guint i = 0; i < 1900; i++) {
    int what = g_rand_int_range (random, 0, 4);
    if (what < 2) {
      push (history, next, NULL);
      states[++at] = next++;
      top = at;
      low = at - low > MAX_STEPS ? at - MAX_STEPS : low;
    } else if (what == 2) {
      g_assert_cmpint (dio_edit_history_undo (history), ==, at > low);
      at -= at > low ? 1 : 0;
    } else {
      g_assert_cmpint (dio_edit_history_redo (history), ==, at < top);
      at += at < top ? 1 : 0;
    }
    expect (history, states[at]);
    g_assert_cmpuint (dio_edit_history_get_n_undo (history), ==, at - low);
    g_assert_cmpuint (dio_edit_history_get_n_redo (history), ==, top - at);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/edit/history/steps", test_steps);
  g_test_add_func ("/edit/history/merge", test_merge);
  g_test_add_func ("/edit/history/cancel", test_cancel);
  g_test_add_func ("/edit/history/saved", test_saved);
  g_test_add_func ("/edit/history/walk", test_walk);
  return g_test_run ();
}
