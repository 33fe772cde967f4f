#include "dio-frame-labels.h"

static void
fill_rle (DioRle *rle)
{
  rle->width = 2;
  rle->height = 2;
  rle->n_runs = 1;
  rle->runs = g_new0 (uint32_t, 1);
  rle->runs[0] = 4;
}

/* What is lost here, the address sanitizer's leak check reports. */
static void
test_clear (void)
{
  DioRayLabels labels = {
    .leaf = dio_image_new (2, 2, 1, DIO_PIXEL_U16),
    .depth_z = dio_image_new (2, 2, 1, DIO_PIXEL_F32),
    .normal = dio_image_new (2, 2, 3, DIO_PIXEL_F32),
    .leaves = g_array_new (FALSE, TRUE, sizeof (DioLeafLabel)),
    .hidden = g_array_new (FALSE, TRUE, sizeof (DioHiddenPair)),
    .contested_px = 3,
  };
  DioImage *kept = dio_image_ref (labels.leaf);
  DioLeafLabel label = { .leaf = 1 };
  fill_rle (&label.visible);
  fill_rle (&label.amodal);
  g_array_append_val (labels.leaves, label);

  dio_ray_labels_clear (&labels);
  g_assert_null (labels.leaf);
  g_assert_null (labels.leaves);
  g_assert_cmpuint (labels.contested_px, ==, 0);
  /* The image outlives the labels for who holds it. */
  kept->u16[3] = 7;
  dio_image_unref (kept);
  dio_ray_labels_clear (&labels);
}

static void
clear_label_cb (gpointer data)
{
  dio_leaf_label_clear (data);
}

static void
test_clear_with_array_that_clears (void)
{
  g_auto (DioRayLabels) labels = { .leaves = g_array_new (FALSE, TRUE, sizeof (DioLeafLabel)) };
  g_array_set_clear_func (labels.leaves, clear_label_cb);
  DioLeafLabel label = { .leaf = 1 };
  fill_rle (&label.visible);
  g_array_append_val (labels.leaves, label);
  g_assert_cmpuint (g_array_index (labels.leaves, DioLeafLabel, 0).visible.runs[0], ==, 4);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/frame/labels/clear", test_clear);
  g_test_add_func ("/frame/labels/clear-with-array-that-clears", test_clear_with_array_that_clears);
  return g_test_run ();
}
