/* The rows of the grid, and what a view is told when they change. */
#include "dio-desk-model.h"
#include "dio-harness.h"
#include "review-fixture.h"

/* Every third row or so of the table, in its order, or backwards. */
static DioReviewList *
make_list (const ReviewDesk *desk, GRand *rand, gboolean backwards)
{
  DioReviewSort sort = { .field = DIO_REVIEW_FIELD_INDEX, .descending = backwards };
  DioReviewList *list =
      dio_review_list_new (desk->table, desk->verdicts, DIO_REVIEW_OBJECTS, NULL, &sort);
  guint n = 0;
  for (guint i = 0; i < list->n; i++)
    if (g_rand_int_range (rand, 0, 3) == 0)
      list->rows[n++] = list->rows[i];
  list->n = n;
  return list;
}

static guint32
get_row (GListModel *model, guint position)
{
  g_autoptr (DioDeskItem) item = g_list_model_get_item (model, position);
  return dio_desk_item_get_row (item);
}

/* What a view knows that was told each change. */
static void
changed_cb (GListModel *model, guint position, guint removed, guint added, GArray *seen)
{
  g_assert_cmpuint (position + removed, <=, seen->len);
  if (removed > 0)
    g_array_remove_range (seen, position, removed);
  for (guint i = 0; i < added; i++) {
    guint32 row = get_row (model, position + i);
    g_array_insert_val (seen, position + i, row);
  }
  /* In between, too, the model is what it has told. */
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, seen->len);
  for (guint i = 0; i < seen->len; i++)
    g_assert_cmpuint (get_row (model, i), ==, g_array_index (seen, guint32, i));
}

static gboolean
is_in (const DioReviewList *list, guint32 row)
{
  return dio_review_list_find (list, row) >= 0;
}

static void
check_selection (DioDeskModel *model, const GArray *before, const DioReviewList *list)
{
  g_autoptr (GArray) after = dio_desk_model_create_selected (model);
  guint kept = 0;
  for (guint i = 0; i < before->len; i++)
    kept += is_in (list, g_array_index (before, guint32, i));
  /* What is left of it; where nothing is, the row that took the place. */
  g_assert_cmpuint (after->len, ==, MAX (kept, list->n > 0 ? 1u : 0u));
  for (guint i = 0; kept > 0 && i < after->len; i++) {
    gboolean found = FALSE;
    for (guint k = 0; k < before->len; k++)
      found |= g_array_index (before, guint32, k) == g_array_index (after, guint32, i);
    g_assert_true (found);
  }
  guint current;
  if (dio_desk_model_get_current (model, &current))
    g_assert_true (gtk_selection_model_is_selected (GTK_SELECTION_MODEL (model), current));
}

static void
check_follow (const ReviewDesk *desk, GRand *rand)
{
  g_autoptr (DioReviewList) old = make_list (desk, rand, FALSE);
  g_autoptr (DioReviewList) new = make_list (desk, rand, FALSE);
  g_autoptr (DioDeskModel) model = dio_desk_model_new (old);
  g_autoptr (GArray) seen = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_array_append_vals (seen, old->rows, old->n);
  g_signal_connect (model, "items-changed", G_CALLBACK (changed_cb), seen);
  for (guint i = 0; i < 4 && old->n > 0; i++)
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (model),
                                     (guint) g_rand_int_range (rand, 0, (int) old->n), i == 0);
  g_autoptr (GArray) before = dio_desk_model_create_selected (model);
  g_assert_true (dio_desk_model_follow (model, new));
  g_assert_cmpuint (seen->len, ==, new->n);
  for (guint i = 0; i < new->n; i++)
    g_assert_cmpuint (g_array_index (seen, guint32, i), ==, new->rows[i]);
  check_selection (model, before, new);

  /* Another order is another model. */
  g_autoptr (DioReviewList) other = make_list (desk, rand, TRUE);
  guint common = 0;
  for (guint i = 0; i < other->n; i++)
    common += is_in (new, other->rows[i]);
  if (common < 2)
    return;
  g_assert_false (dio_desk_model_follow (model, other));
  g_assert_true (dio_desk_model_get_list (model) == new);
}

/* Any list of rows in one order leads to any other, told so that a view can follow. */
static void
test_the_model_follows (void)
{
  ReviewFixture fixture = { 0 };
  ReviewDesk desk;
  review_fixture_init (&fixture, 12);
  review_desk_open (&desk, &fixture, "ann");
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  for (guint i = 0; i < 300; i++)
    check_follow (&desk, rand);
  review_desk_close (&desk);
  review_fixture_clear (&fixture);
}

int
main (int argc, char **argv)
{
  dio_harness_init (&argc, &argv);
  g_test_add_func ("/desk/model/follows", test_the_model_follows);
  return g_test_run ();
}
