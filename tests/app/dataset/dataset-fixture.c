#define G_LOG_DOMAIN "dataset-fixture"

#include "dataset-fixture.h"

#include "dio-base-hash.h"
#include "dio-base-json.h"
#include "dio-base-path.h"
#include "dio-image-codec.h"

#include <math.h>
#include <string.h>

const char *const fixture_sensors[FIXTURE_N_SENSORS] = { "camera", "left-eye" };

static const char scenario_text[] =
    "{\"format\": \"diorama-scenario\", \"version\": 1, \"name\": \"Fixture\","
    " \"categories\": ["
    "  {\"id\": \"box\", \"name\": \"box\", \"kind\": \"thing\"},"
    "  {\"id\": \"wall\", \"name\": \"wall\", \"kind\": \"stuff\"}],"
    " \"nodes\": ["
    "  {\"id\": \"camera\", \"kind\": \"sensor\", \"name\": \"Camera\","
    "   \"sensor\": {\"width\": 64, \"height\": 48, \"focal_length_mm\": 30}},"
    "  {\"id\": \"left-eye\", \"kind\": \"sensor\", \"name\": \"Left eye\","
    "   \"sensor\": {\"width\": 64, \"height\": 48, \"focal_length_mm\": 30}}],"
    " \"outputs\": {\"rgb\": true, \"leaf\": true, \"depth\": true}}";

DioScenario *
fixture_make_scenario (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) json =
      dio_json_parse (scenario_text, strlen (scenario_text), "fixture", &error);
  DioScenario *scenario = json ? dio_scenario_from_json (json, NULL, &error) : NULL;

  g_assert_no_error (error);
  return scenario;
}

char *
fixture_write_scenario (const char *folder)
{
  char *path = g_build_filename (folder, "fixture.diorama", NULL);

  g_assert_true (g_file_set_contents (path, scenario_text, -1, NULL));
  return path;
}

/* A little generator of its own: 15 good bits, the same everywhere. */
static guint
draw_below (guint64 *state, guint below)
{
  *state = *state * 6364136223846793005u + 1442695040888963407u;
  return (guint) ((*state >> 33) % below);
}

static void
fill_box (DioImage *mask, const DioPixelBox *box)
{
  for (int y = box->y0; y < box->y1; y++)
    for (int x = box->x0; x < box->x1; x++)
      mask->u8[(gsize) y * mask->width + (gsize) x] = 1;
}

/* One rectangle of the picture: a wall behind, boxes in front. */
typedef struct {
  DioPixelBox box;
  gboolean thing;
} Shape;

#define N_SHAPES 4

static void
place_shapes (const FixtureDesc *desc, guint sensor, Shape shapes[N_SHAPES])
{
  guint64 state = desc->seed * 1000003 + desc->index * 31 + sensor + 1;
  int w = (int) desc->width, h = (int) desc->height;

  shapes[0] = (Shape){ { 0, h / 3, w, h }, FALSE };
  for (guint i = 1; i < N_SHAPES; i++) {
    int width = 4 + (int) draw_below (&state, desc->width / 2);
    int height = 4 + (int) draw_below (&state, desc->height / 2);
    int x = (int) draw_below (&state, (guint) (w - width)),
        y = (int) draw_below (&state, (guint) (h - height));
    shapes[i] = (Shape){ { x, y, x + width, y + height }, TRUE };
  }
}

static void
make_masks (const FixtureDesc *desc,
            const Shape shapes[N_SHAPES],
            guint leaf,
            DioRle *visible,
            DioRle *amodal)
{
  g_autoptr (DioImage) seen = dio_image_new (desc->width, desc->height, 1, DIO_PIXEL_U8);
  g_autoptr (DioImage) whole = dio_image_new (3 * desc->width, 3 * desc->height, 1, DIO_PIXEL_U8);
  DioPixelBox grown = shapes[leaf - 1].box;

  fill_box (seen, &shapes[leaf - 1].box);
  for (guint i = leaf; i < N_SHAPES; i++)
    for (int y = shapes[i].box.y0; y < shapes[i].box.y1; y++)
      for (int x = shapes[i].box.x0; x < shapes[i].box.x1; x++)
        seen->u8[(gsize) y * seen->width + (gsize) x] = 0;
  dio_rle_from_mask (visible, seen);
  grown.x0 += (int) desc->width;
  grown.x1 += (int) desc->width;
  grown.y0 += (int) desc->height;
  grown.y1 += (int) desc->height;
  fill_box (whole, &grown);
  if (shapes[leaf - 1].thing)
    dio_rle_from_mask (amodal, whole);
}

static DioMat4
make_matrix (double x)
{
  DioMat4 matrix = { { 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, x, 0.1 * x, -1.0 / 3.0, 1 } };

  return matrix;
}

static void
fill_annotation (const Shape *shape, const DioDatasetLeaf *leaf, DioDatasetAnnotation *row)
{
  const DioLeafLabel *l = &leaf->label;
  DioAnnotation *a = &row->label;

  row->name = g_strdup_printf ("Shape %u", leaf->instance);
  row->node_id = g_strdup (leaf->node_id);
  row->copy = leaf->copy;
  a->instance = leaf->instance;
  a->object_key = 0xfedcba9876543210u + leaf->instance;
  a->category = leaf->category;
  a->thing = shape->thing;
  a->visible_px = l->visible_px;
  a->amodal_px = l->amodal_px;
  a->silhouette_px = l->silhouette_px;
  a->coverage_px = l->coverage_px;
  a->amodal_coverage_px = l->amodal_coverage_px;
  dio_rle_parts (&l->visible, &a->parts, &a->largest_part_px);
  a->visibility = (double) a->visible_px / (double) a->amodal_px;
  a->truncation = shape->thing ? 0 : (double) NAN;
  a->visib_fract = shape->thing ? a->visibility : (double) NAN;
  a->silhouette_open = !shape->thing;
  a->bbox_visible = dio_rle_box (&l->visible);
  a->bbox_amodal = shape->box;
  a->has_bbox_full = shape->thing;
  if (shape->thing)
    for (guint i = 0; i < 4; i++)
      a->bbox_full[i] = 0.1 * i - 3;
  a->box_center_world_m = (DioVec3){ 0.1, -0.2, 1e-17 };
  a->box_size_m = (DioVec3){ 1, 2, 3 };
  a->box_q_wxyz_world = (DioQuat){ 0.5, 0.5, -0.5, 0.5 };
  a->camera_from_object = make_matrix (0.7);
  a->world_from_object = make_matrix (-0.0);
  a->scale = (DioVec3){ 1, 1, 0.25 };
  a->view_azimuth_rad = -2.5;
  a->view_elevation_rad = 0.3;
  a->distance_m = 0.5 + leaf->leaf;
  a->blur_px = 0.25;
  dio_rle_copy (&a->visible, &l->visible);
  dio_rle_copy (&a->amodal, &l->amodal);
}

static void
add_shape (const FixtureDesc *desc,
           const Shape shapes[N_SHAPES],
           guint id,
           DioDatasetCapture *capture)
{
  const Shape *shape = &shapes[id - 1];
  DioDatasetLeaf leaf = { .leaf = id,
                          .instance = id,
                          .name = g_strdup_printf ("shape_%u/all", id),
                          .node_id = g_strdup_printf ("shape_%u", id),
                          .copy = id % 2,
                          .category = shape->thing ? 0 : 1 };
  DioLeafLabel *l = &leaf.label;
  DioDatasetAnnotation row = { 0 };

  l->leaf = id;
  make_masks (desc, shapes, id, &l->visible, &l->amodal);
  l->visible_px = dio_rle_count (&l->visible);
  l->amodal_px = shape->thing ? dio_rle_count (&l->amodal) : MAX (l->visible_px, 1);
  l->silhouette_px = l->amodal_px;
  l->coverage_px = (double) l->visible_px + 0.25;
  l->amodal_coverage_px = (double) l->amodal_px + 0.5;
  l->veiled_px = id;
  fill_annotation (shape, &leaf, &row);
  g_array_append_val (capture->leaves, leaf);
  g_array_append_val (capture->annotations, row);
}

/* Counts over the picture what stands before a box: by rule, every leaf but its own. */
static void
add_hidden (const Shape shapes[N_SHAPES], guint id, DioDatasetCapture *capture)
{
  g_autoptr (DioImage) leaf = fixture_draw (capture, "leaf");
  guint64 counts[N_SHAPES + 1] = { 0 };
  const DioPixelBox *box = &shapes[id - 1].box;

  if (!shapes[id - 1].thing)
    return;
  for (int y = box->y0; y < box->y1; y++)
    for (int x = box->x0; x < box->x1; x++)
      counts[leaf->u16[(gsize) y * leaf->width + (gsize) x]]++;
  for (guint hider = 1; hider <= N_SHAPES; hider++) {
    DioHiddenPair pair = { id, hider, counts[hider], 1 };
    if (hider != id && counts[hider] > 0)
      g_array_append_val (capture->hidden, pair);
  }
}

static void
add_capture (const FixtureDesc *desc, guint sensor, DioDatasetFrame *frame)
{
  DioDatasetCapture capture = { .sensor = g_strdup (fixture_sensors[sensor]),
                                .width_px = desc->width,
                                .height_px = desc->height,
                                .fx = 100.1,
                                .fy = 100.2,
                                .cx = 0.5 * desc->width,
                                .cy = 0.5 * desc->height,
                                .world_from_camera = make_matrix ((double) desc->index / 7.0),
                                .depth_unit_m = 20.0 / 65534.0,
                                .clipped_px = 3,
                                .contested_px = 2,
                                .gl_differing_px = 5,
                                .gl_unexplained_px = 1,
                                .checks_passed = TRUE,
                                .mean_luminance = 0.4,
                                .timings_json = g_strdup ("{\"draw\":1.5}"),
                                .files = g_array_new (FALSE, TRUE, sizeof (DioDatasetFile)),
                                .checks = g_array_new (FALSE, TRUE, sizeof (DioSelfCheck)),
                                .leaves = g_array_new (FALSE, TRUE, sizeof (DioDatasetLeaf)),
                                .annotations =
                                    g_array_new (FALSE, TRUE, sizeof (DioDatasetAnnotation)),
                                .hidden = g_array_new (FALSE, TRUE, sizeof (DioHiddenPair)) };
  DioSelfCheck checks[] = { { g_intern_string ("counts-add-up"), TRUE, FALSE, g_strdup ("") },
                            { g_intern_string ("gl-agrees"), TRUE, FALSE, g_strdup ("") },
                            { g_intern_string ("brightness"), FALSE, TRUE,
                              g_strdup ("dark: “night”") } };
  Shape shapes[N_SHAPES];

  place_shapes (desc, sensor, shapes);
  for (guint id = 1; id <= N_SHAPES; id++)
    add_shape (desc, shapes, id, &capture);
  g_array_append_vals (capture.checks, checks, G_N_ELEMENTS (checks));
  for (guint id = 1; id <= N_SHAPES; id++)
    add_hidden (shapes, id, &capture);
  g_array_append_val (frame->captures, capture);
}

void
fixture_make_frame (const FixtureDesc *desc, DioDatasetFrame *out)
{
  DioDraw draws[] = {
    { g_intern_string ("r1"),
      g_intern_string ("mug"),
      g_intern_string ("translation"),
      G_MAXUINT64 - desc->index,
      0,
      1,
      3,
      { 0.1, -0.0, 1.0 / 3.0, 0 },
      NULL },
    { g_intern_string ("r2"),
      g_intern_string ("mug"),
      g_intern_string ("model"),
      7,
      2,
      0,
      0,
      { 0 },
      g_intern_string ("asset/ü") },
  };

  *out = (DioDatasetFrame){ .index = desc->index,
                            .status = DIO_FRAME_DONE,
                            .attempts = 1,
                            .captures = g_array_new (FALSE, TRUE, sizeof (DioDatasetCapture)),
                            .draws = g_array_new (FALSE, TRUE, sizeof (DioDraw)),
                            .diagnostics = dio_diagnostics_new () };
  for (guint i = 0; i < MAX (desc->n_sensors, 1); i++)
    add_capture (desc, i, out);
  g_array_append_vals (out->draws, draws, G_N_ELEMENTS (draws));
  dio_diagnostics_add (out->diagnostics, DIO_SEVERITY_WARNING, "no-room", "r1",
                       "Copy %d found no room", 4);
}

static guint
get_value (const DioDatasetLeaf *leaf, const char *channel)
{
  if (g_str_equal (channel, "instance"))
    return leaf->instance;
  if (g_str_equal (channel, "semantic"))
    return (guint) (leaf->category + 1);
  if (g_str_equal (channel, "depth"))
    return 1000 * leaf->leaf;
  return leaf->leaf;
}

static void
paint (DioImage *image, const DioRle *mask, guint value)
{
  g_autoptr (DioImage) pixels = dio_rle_to_mask (mask);

  for (gsize i = 0; i < (gsize) image->width * image->height; i++)
    for (guint c = 0; pixels->u8[i] && c < image->channels; c++) {
      if (image->type == DIO_PIXEL_U8)
        image->u8[i * image->channels + c] = (guint8) (40 * value + 20 * c);
      else
        image->u16[i * image->channels + c] = (guint16) value;
    }
}

DioImage *
fixture_draw (const DioDatasetCapture *capture, const char *channel)
{
  gboolean rgb = g_str_equal (channel, "rgb"), normal = g_str_equal (channel, "normal");
  DioImage *image = dio_image_new (capture->width_px, capture->height_px, rgb || normal ? 3 : 1,
                                   rgb ? DIO_PIXEL_U8 : DIO_PIXEL_U16);

  for (guint i = 0; i < capture->leaves->len; i++) {
    const DioDatasetLeaf *leaf = &g_array_index (capture->leaves, DioDatasetLeaf, i);
    if (leaf->label.visible.n_runs > 0)
      paint (image, &leaf->label.visible, get_value (leaf, channel));
  }
  return image;
}

static void
write_file (DioDataset *dataset,
            const DioDatasetFrame *frame,
            DioDatasetCapture *capture,
            const char *channel)
{
  DioDatasetFileName name = {
    frame->run, frame->index, frame->take, capture->sensor, channel, "png"
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (DioImage) image = fixture_draw (capture, channel);
  g_autoptr (GBytes) bytes = dio_image_encode (image, DIO_IMAGE_FORMAT_PNG, NULL, &error);
  g_autofree char *relative = dio_dataset_dup_file_path (dataset, &name, &error);

  g_assert_no_error (error);
  g_autofree char *path = g_build_filename (dio_dataset_get_folder (dataset), relative, NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_assert_true (dio_path_make_folders (folder, NULL));
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL),
                                      (gssize) g_bytes_get_size (bytes), NULL));
  DioDatasetFile file = { g_strdup (channel), g_steal_pointer (&relative),
                          dio_hash_file (path, &error) };
  g_assert_no_error (error);
  g_array_append_val (capture->files, file);
}

void
fixture_write_files (DioDataset *dataset, DioDatasetFrame *frame, const char *const *channels)
{
  for (guint c = 0; c < frame->captures->len; c++)
    for (guint i = 0; channels[i]; i++)
      write_file (dataset, frame, &g_array_index (frame->captures, DioDatasetCapture, c),
                  channels[i]);
}

static void
assert_double (double a, double b)
{
  g_assert_true (a == b || (isnan (a) && isnan (b)));
}

static void
assert_doubles (const double *a, const double *b, guint n)
{
  for (guint i = 0; i < n; i++)
    assert_double (a[i], b[i]);
}

static void
assert_rle (const DioRle *a, const DioRle *b)
{
  g_assert_cmpuint (a->n_runs, ==, b->n_runs);
  if (a->n_runs == 0)
    return;
  g_assert_cmpuint (a->width, ==, b->width);
  g_assert_cmpuint (a->height, ==, b->height);
  g_assert_cmpmem (a->runs, a->n_runs * sizeof *a->runs, b->runs, b->n_runs * sizeof *b->runs);
}

static void
assert_annotation (const DioDatasetAnnotation *ra, const DioDatasetAnnotation *rb)
{
  const DioAnnotation *a = &ra->label, *b = &rb->label;

  g_assert_cmpstr (ra->name, ==, rb->name);
  g_assert_cmpstr (ra->node_id, ==, rb->node_id);
  g_assert_cmpuint (ra->copy, ==, rb->copy);
  g_assert_cmpuint (a->instance, ==, b->instance);
  g_assert_cmpuint (a->object_key, ==, b->object_key);
  g_assert_cmpint (a->category, ==, b->category);
  g_assert_true (a->thing == b->thing && a->crowd == b->crowd && a->subpixel == b->subpixel);
  g_assert_true (a->silhouette_open == b->silhouette_open && a->has_bbox_full == b->has_bbox_full);
  g_assert_cmpuint (a->visible_px, ==, b->visible_px);
  g_assert_cmpuint (a->amodal_px, ==, b->amodal_px);
  g_assert_cmpuint (a->silhouette_px, ==, b->silhouette_px);
  g_assert_cmpuint (a->veiled_px, ==, b->veiled_px);
  g_assert_cmpuint (a->parts, ==, b->parts);
  g_assert_cmpuint (a->largest_part_px, ==, b->largest_part_px);
  assert_double (a->coverage_px, b->coverage_px);
  assert_double (a->amodal_coverage_px, b->amodal_coverage_px);
  assert_double (a->visibility, b->visibility);
  assert_double (a->truncation, b->truncation);
  assert_double (a->visib_fract, b->visib_fract);
  g_assert_cmpmem (&a->bbox_visible, sizeof a->bbox_visible, &b->bbox_visible,
                   sizeof b->bbox_visible);
  g_assert_cmpmem (&a->bbox_amodal, sizeof a->bbox_amodal, &b->bbox_amodal, sizeof b->bbox_amodal);
  if (a->has_bbox_full)
    assert_doubles (a->bbox_full, b->bbox_full, 4);
  assert_doubles (&a->box_center_world_m.x, &b->box_center_world_m.x, 3);
  assert_doubles (&a->box_size_m.x, &b->box_size_m.x, 3);
  assert_doubles (&a->box_q_wxyz_world.w, &b->box_q_wxyz_world.w, 4);
  assert_doubles (a->camera_from_object.m, b->camera_from_object.m, 16);
  assert_doubles (a->world_from_object.m, b->world_from_object.m, 16);
  assert_doubles (&a->scale.x, &b->scale.x, 3);
  assert_double (a->view_azimuth_rad, b->view_azimuth_rad);
  assert_double (a->view_elevation_rad, b->view_elevation_rad);
  assert_double (a->distance_m, b->distance_m);
  assert_double (a->blur_px, b->blur_px);
  assert_double (a->defocus_px, b->defocus_px);
  assert_rle (&a->visible, &b->visible);
  assert_rle (&a->amodal, &b->amodal);
}

static void
assert_leaf (const DioDatasetLeaf *ra, const DioDatasetLeaf *rb)
{
  const DioLeafLabel *a = &ra->label, *b = &rb->label;

  g_assert_cmpuint (ra->leaf, ==, rb->leaf);
  g_assert_cmpuint (ra->instance, ==, rb->instance);
  g_assert_cmpstr (ra->name, ==, rb->name);
  g_assert_cmpstr (ra->node_id, ==, rb->node_id);
  g_assert_cmpuint (ra->copy, ==, rb->copy);
  g_assert_cmpuint (ra->group, ==, rb->group);
  g_assert_cmpint (ra->category, ==, rb->category);
  g_assert_cmpuint (a->leaf, ==, b->leaf);
  g_assert_cmpuint (a->visible_px, ==, b->visible_px);
  g_assert_cmpuint (a->amodal_px, ==, b->amodal_px);
  g_assert_cmpuint (a->silhouette_px, ==, b->silhouette_px);
  g_assert_cmpuint (a->veiled_px, ==, b->veiled_px);
  g_assert_cmpuint (a->patched_px, ==, b->patched_px);
  assert_double (a->coverage_px, b->coverage_px);
  assert_double (a->amodal_coverage_px, b->amodal_coverage_px);
  g_assert_true (a->silhouette_open == b->silhouette_open);
  assert_rle (&a->visible, &b->visible);
  assert_rle (&a->amodal, &b->amodal);
}

static void
assert_capture (const DioDatasetCapture *a, const DioDatasetCapture *b)
{
  g_assert_cmpstr (a->sensor, ==, b->sensor);
  g_assert_cmpuint (a->width_px, ==, b->width_px);
  g_assert_cmpuint (a->height_px, ==, b->height_px);
  assert_doubles (&a->fx, &b->fx, 4);
  assert_doubles (a->world_from_camera.m, b->world_from_camera.m, 16);
  assert_double (a->depth_unit_m, b->depth_unit_m);
  g_assert_cmpuint (a->clipped_px, ==, b->clipped_px);
  g_assert_cmpuint (a->contested_px, ==, b->contested_px);
  g_assert_cmpuint (a->gl_differing_px, ==, b->gl_differing_px);
  g_assert_cmpuint (a->gl_unexplained_px, ==, b->gl_unexplained_px);
  g_assert_true (a->checks_passed == b->checks_passed);
  assert_double (a->mean_luminance, b->mean_luminance);
  g_assert_cmpstr (a->timings_json, ==, b->timings_json);
  g_assert_cmpuint (a->files->len, ==, b->files->len);
  g_assert_cmpuint (a->checks->len, ==, b->checks->len);
  for (guint i = 0; i < a->checks->len; i++) {
    const DioSelfCheck *ca = &g_array_index (a->checks, DioSelfCheck, i);
    const DioSelfCheck *cb = &g_array_index (b->checks, DioSelfCheck, i);
    g_assert_cmpstr (ca->check, ==, cb->check);
    g_assert_cmpstr (ca->detail, ==, cb->detail);
    g_assert_true (ca->passed == cb->passed && ca->note_only == cb->note_only);
  }
  g_assert_cmpuint (a->annotations->len, ==, b->annotations->len);
  for (guint i = 0; i < a->annotations->len; i++)
    assert_annotation (&g_array_index (a->annotations, DioDatasetAnnotation, i),
                       &g_array_index (b->annotations, DioDatasetAnnotation, i));
  g_assert_cmpuint (a->leaves->len, ==, b->leaves->len);
  for (guint i = 0; i < a->leaves->len; i++)
    assert_leaf (&g_array_index (a->leaves, DioDatasetLeaf, i),
                 &g_array_index (b->leaves, DioDatasetLeaf, i));
  g_assert_cmpuint (a->hidden->len, ==, b->hidden->len);
  for (guint i = 0; i < a->hidden->len; i++) {
    const DioHiddenPair *pa = &g_array_index (a->hidden, DioHiddenPair, i);
    const DioHiddenPair *pb = &g_array_index (b->hidden, DioHiddenPair, i);
    g_assert_true (pa->instance == pb->instance && pa->hider_leaf == pb->hider_leaf);
    g_assert_true (pa->opaque_px == pb->opaque_px && pa->veil_px == pb->veil_px);
  }
}

static void
assert_draws (const GArray *a, const GArray *b)
{
  g_assert_cmpuint (a->len, ==, b->len);
  for (guint i = 0; i < a->len; i++) {
    const DioDraw *da = &g_array_index (a, DioDraw, i), *db = &g_array_index (b, DioDraw, i);
    g_assert_cmpstr (da->randomizer, ==, db->randomizer);
    g_assert_cmpstr (da->target, ==, db->target);
    g_assert_cmpstr (da->property, ==, db->property);
    g_assert_cmpuint (da->stream, ==, db->stream);
    g_assert_true (da->copy == db->copy && da->attempt == db->attempt);
    g_assert_cmpuint (da->n_numbers, ==, db->n_numbers);
    assert_doubles (da->numbers, db->numbers, da->n_numbers);
    g_assert_cmpstr (da->string, ==, db->string);
  }
}

void
fixture_assert_equal_frames (const DioDatasetFrame *a, const DioDatasetFrame *b)
{
  g_assert_cmpuint (a->index, ==, b->index);
  g_assert_cmpuint (a->take, ==, b->take);
  g_assert_cmpint (a->status, ==, b->status);
  g_assert_cmpuint (a->attempts, ==, b->attempts);
  g_assert_cmpstr (a->failure, ==, b->failure);
  g_assert_cmpuint (a->captures->len, ==, b->captures->len);
  for (guint i = 0; i < a->captures->len; i++)
    assert_capture (&g_array_index (a->captures, DioDatasetCapture, i),
                    &g_array_index (b->captures, DioDatasetCapture, i));
  assert_draws (a->draws, b->draws);
  guint n = dio_diagnostics_get_count (a->diagnostics);
  g_assert_cmpuint (n, ==, dio_diagnostics_get_count (b->diagnostics));
  for (guint i = 0; i < n; i++) {
    const DioDiagnostic *da = dio_diagnostics_get (a->diagnostics, i);
    const DioDiagnostic *db = dio_diagnostics_get (b->diagnostics, i);
    g_assert_cmpint (da->severity, ==, db->severity);
    g_assert_cmpstr (da->code, ==, db->code);
    g_assert_cmpstr (da->object, ==, db->object);
    g_assert_cmpstr (da->message, ==, db->message);
  }
}
