#include "dio-annotate.h"
#include "dio-rays.h"
#include "ray-scenes.h"

#include <string.h>

/* Each self-check passes on labels as they were traced and fails on the same labels with one thing made
 * wrong; the other checks are not asked. */

static DioPool *pool;

typedef struct {
  DioFrame *frame;
  DioRayLabels labels;
  DioImage *gl_leaf;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DioRayScene) scene = dio_ray_scene_new (pool, 0, &error);
  fixture->frame = ray_scenes_new (100, 80);
  for (guint i = 0; i < 3; i++) {
    RayThing thing = { .mesh = ray_scenes_box (0.5, 0.5, 0.5),
                       .world_from_mesh = ray_scenes_at (0.2 * i - 0.2, 0.1 * i, -2 - 0.3 * i),
                       .has_transform = TRUE,
                       .instance = i + 1 };
    ray_scenes_add (fixture->frame, &thing);
  }
  g_assert_true (dio_ray_scene_set_frame (scene, fixture->frame, &error));
  g_assert_true (dio_ray_scene_trace_labels (scene, 0, &fixture->labels, &error));
  fixture->gl_leaf = dio_image_new (100, 80, 1, DIO_PIXEL_U16);
  memcpy (fixture->gl_leaf->data, fixture->labels.leaf->data,
          dio_image_get_bytes (fixture->gl_leaf));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  dio_frame_unref (fixture->frame);
  dio_ray_labels_clear (&fixture->labels);
  dio_image_unref (fixture->gl_leaf);
}

/** Runs all checks; the one named @name must have the result @passed, and with it the whole frame. */
static void
assert_check (Fixture *fixture, const char *name, gboolean passed, gboolean note)
{
  g_auto (DioAnnotations) out = { 0 };
  gboolean found = FALSE;
  dio_annotate (fixture->frame, 0, &fixture->labels, fixture->gl_leaf, NULL, &out);
  for (guint i = 0; i < out.checks->len; i++) {
    const DioSelfCheck *check = &g_array_index (out.checks, DioSelfCheck, i);
    if (!g_str_equal (check->check, "gl-causes"))
      g_assert_cmpint (check->passed, ==, check->detail[0] == '\0');
    if (!g_str_equal (check->check, name))
      continue;
    found = TRUE;
    g_assert_cmpint (check->passed, ==, passed);
    g_assert_cmpint (check->note_only, ==, note);
  }
  g_assert_true (found);
  g_assert_cmpint (out.passed, ==, passed || note);
}

/** A pixel of leaf @leaf that is no edge. */
static guint
find_pixel (const Fixture *fixture, guint leaf)
{
  for (guint i = 4000; i < 8000; i++)
    if (fixture->labels.leaf->u16[i] == leaf && fixture->labels.edge->u8[i] == 0)
      return i;
  g_assert_not_reached ();
}

static DioLeafLabel *
label_of (Fixture *fixture, guint leaf)
{
  return &g_array_index (fixture->labels.leaves, DioLeafLabel, leaf - 1);
}

static void
test_gl_agrees (Fixture *fixture, gconstpointer data)
{
  assert_check (fixture, "gl-agrees", TRUE, FALSE);
  guint pixel = find_pixel (fixture, 1);
  fixture->gl_leaf->u16[pixel] = 2;
  assert_check (fixture, "gl-agrees", FALSE, FALSE);
  /* At an edge the renderers may differ, and the difference is counted. */
  fixture->labels.edge->u8[pixel] = 1;
  assert_check (fixture, "gl-agrees", TRUE, FALSE);
  g_auto (DioAnnotations) out = { 0 };
  dio_annotate (fixture->frame, 0, &fixture->labels, fixture->gl_leaf, NULL, &out);
  g_assert_cmpuint (out.gl_differing_px, ==, 1);
  g_assert_cmpuint (out.gl_unexplained_px, ==, 0);
  /* A picture shifted by one pixel is another world. */
  memmove (fixture->gl_leaf->u16 + 1, fixture->labels.leaf->u16, 7999 * sizeof (uint16_t));
  assert_check (fixture, "gl-agrees", FALSE, FALSE);
}

static void
test_depth_in_box (Fixture *fixture, gconstpointer data)
{
  assert_check (fixture, "depth-in-box", TRUE, FALSE);
  guint pixel = find_pixel (fixture, 1);
  float depth = fixture->labels.depth_z->f32[pixel];
  fixture->labels.depth_z->f32[pixel] = depth - 0.001f;
  assert_check (fixture, "depth-in-box", TRUE, FALSE);
  fixture->labels.depth_z->f32[pixel] = depth - 0.003f;
  assert_check (fixture, "depth-in-box", FALSE, FALSE);
  fixture->labels.depth_z->f32[pixel] = depth;
  g_array_index (fixture->frame->instances, DioFrameInstance, 1).box_object_m.max.x -= 0.2;
  assert_check (fixture, "depth-in-box", FALSE, FALSE);
}

static char *
dup_causes (Fixture *fixture)
{
  g_auto (DioAnnotations) out = { 0 };
  dio_annotate (fixture->frame, 0, &fixture->labels, fixture->gl_leaf, NULL, &out);
  for (guint i = 0; i < out.checks->len; i++) {
    const DioSelfCheck *check = &g_array_index (out.checks, DioSelfCheck, i);
    if (!g_str_equal (check->check, "gl-causes"))
      continue;
    g_assert_true (check->passed && check->note_only);
    return g_strdup (check->detail);
  }
  return NULL;
}

/* Why and at what the renderers differ: every reason, at an opaque, a masked and a blended surface. */
static void
test_gl_causes (Fixture *fixture, gconstpointer data)
{
  g_assert_null (dup_causes (fixture));
  static const guint edges[] = { 0, DIO_EDGE_OUTLINE, DIO_EDGE_CUT | DIO_EDGE_OUTLINE,
                                 DIO_EDGE_DEPTH | DIO_EDGE_OUTLINE,
                                 DIO_EDGE_COPLANAR | DIO_EDGE_CUT };
  static const char *const expected[] = {
    "1 unexplained, opaque", "1 outline, opaque",      "1 cut, masked a,b",
    "1 depth, masked a,b",   "1 coplanar, masked a,b",
  };
  guint pixel = find_pixel (fixture, 1);
  fixture->gl_leaf->u16[pixel] = 0;
  DioFrameItem *item = NULL;
  for (guint i = 0; i < fixture->frame->items->len; i++)
    if (g_array_index (fixture->frame->items, DioFrameItem, i).leaf == 1)
      item = &g_array_index (fixture->frame->items, DioFrameItem, i);
  for (gsize i = 0; i < G_N_ELEMENTS (edges); i++) {
    if (i == 2) {
      DioMaterial *holes = dio_material_new ("a;b");
      holes->alpha_mode = DIO_ALPHA_MASK;
      dio_material_unref (item->material);
      item->material = holes;
    }
    fixture->labels.edge->u8[pixel] = (uint8_t) edges[i];
    g_autofree char *causes = dup_causes (fixture);
    g_assert_cmpstr (causes, ==, expected[i]);
  }
  item->material->alpha_mode = DIO_ALPHA_BLEND;
  fixture->gl_leaf->u16[pixel + 1] = 0;
  fixture->labels.edge->u8[pixel + 1] = DIO_EDGE_OUTLINE;
  g_autofree char *causes = dup_causes (fixture);
  g_assert_cmpstr (causes, ==, "1 coplanar, blended a,b; 1 outline, blended a,b");
}

/** Replaces a mask by one that lacks the pixels of @mask's first column with any. */
static void
drop_first_column (DioRle *rle)
{
  g_autoptr (DioImage) mask = dio_rle_to_mask (rle);
  DioPixelBox box = dio_rle_box (rle);
  for (guint y = 0; y < mask->height; y++)
    mask->u8[y * mask->width + (guint) box.x0] = 0;
  dio_rle_clear (rle);
  dio_rle_from_mask (rle, mask);
}

static void
test_box_is_extent (Fixture *fixture, gconstpointer data)
{
  assert_check (fixture, "box-is-extent", TRUE, FALSE);
  drop_first_column (&label_of (fixture, 1)->visible);
  assert_check (fixture, "box-is-extent", FALSE, FALSE);
}

static void
test_counts_add_up (Fixture *fixture, gconstpointer data)
{
  assert_check (fixture, "counts-add-up", TRUE, FALSE);
  g_assert_cmpuint (fixture->labels.hidden->len, >, 0);
  g_array_index (fixture->labels.hidden, DioHiddenPair, 0).opaque_px++;
  assert_check (fixture, "counts-add-up", FALSE, FALSE);
  g_array_index (fixture->labels.hidden, DioHiddenPair, 0).opaque_px--;
  label_of (fixture, 1)->visible_px--;
  assert_check (fixture, "counts-add-up", FALSE, FALSE);
}

static void
test_ids_known (Fixture *fixture, gconstpointer data)
{
  assert_check (fixture, "ids-known", TRUE, FALSE);
  guint pixel = find_pixel (fixture, 1);
  fixture->labels.leaf->u16[pixel] = 4;
  assert_check (fixture, "ids-known", FALSE, FALSE);
  /* Nothing at a finite depth is as wrong. */
  fixture->labels.leaf->u16[pixel] = 0;
  assert_check (fixture, "ids-known", FALSE, FALSE);
  fixture->labels.leaf->u16[pixel] = 1;
  g_array_index (fixture->labels.hidden, DioHiddenPair, 0).hider_leaf = 9;
  assert_check (fixture, "ids-known", FALSE, FALSE);
}

static void
test_amodal_contains_visible (Fixture *fixture, gconstpointer data)
{
  assert_check (fixture, "amodal-contains-visible", TRUE, FALSE);
  drop_first_column (&label_of (fixture, 1)->amodal);
  assert_check (fixture, "amodal-contains-visible", FALSE, FALSE);
}

static void
test_same_category (Fixture *fixture, gconstpointer data)
{
  assert_check (fixture, "same-id-same-category", TRUE, FALSE);
  g_array_index (fixture->frame->leaves, DioFrameLeaf, 1).category = 3;
  assert_check (fixture, "same-id-same-category", FALSE, FALSE);
  g_array_index (fixture->frame->leaves, DioFrameLeaf, 1).category = 0;
  g_array_index (fixture->frame->instances, DioFrameInstance, 1).object_key =
      g_array_index (fixture->frame->instances, DioFrameInstance, 0).object_key;
  assert_check (fixture, "same-id-same-category", FALSE, FALSE);
}

static void
test_notes (Fixture *fixture, gconstpointer data)
{
  fixture->labels.contested_px = 16;
  assert_check (fixture, "contested", TRUE, TRUE);
  fixture->labels.contested_px = 17;
  assert_check (fixture, "contested", FALSE, TRUE);
  assert_check (fixture, "mirrors", TRUE, TRUE);
  DioMaterial *material = g_array_index (fixture->frame->items, DioFrameItem, 0).material;
  material->metallic = 1;
  material->roughness = 0.05f;
  assert_check (fixture, "mirrors", FALSE, TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  pool = dio_pool_new (2);
  static const struct {
    const char *path;
    void (*func) (Fixture *, gconstpointer);
  } tests[] = {
    { "/annotate/check/gl-agrees", test_gl_agrees },
    { "/annotate/check/gl-causes", test_gl_causes },
    { "/annotate/check/depth-in-box", test_depth_in_box },
    { "/annotate/check/box-is-extent", test_box_is_extent },
    { "/annotate/check/counts-add-up", test_counts_add_up },
    { "/annotate/check/ids-known", test_ids_known },
    { "/annotate/check/amodal-contains-visible", test_amodal_contains_visible },
    { "/annotate/check/same-id-same-category", test_same_category },
    { "/annotate/check/notes", test_notes },
  };
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].func, tear_down);
  int result = g_test_run ();
  dio_pool_free (pool);
  return result;
}
