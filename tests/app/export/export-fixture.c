#define G_LOG_DOMAIN "export-fixture"

#include "export-fixture.h"

#include "dio-base-hash.h"
#include "dio-base-json.h"
#include "dio-base-path.h"
#include "dio-core-pose.h"
#include "dio-image-codec.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

static const char scenario_text[] =
    "{\"format\": \"diorama-scenario\", \"version\": 1, \"name\": \"Export fixture\","
    " \"assets\": [{\"id\": \"shelf\", \"kind\": \"model\", \"path\": \"shelf.glb\","
    "   \"author\": \"A. Maker\", \"licence\": \"CC-BY-4.0\"}],"
    " \"categories\": ["
    "  {\"id\": \"box\", \"name\": \"box\", \"kind\": \"thing\", \"supercategory\": \"package\"},"
    "  {\"id\": \"light\", \"name\": \"traffic light: “Ampel”\", \"kind\": \"thing\"},"
    "  {\"id\": \"wall\", \"name\": \"wall\", \"kind\": \"stuff\"},"
    "  {\"id\": \"sign\", \"name\": \"sign\", \"kind\": \"thing\", \"front_cone_rad\": 1.4,"
    "   \"cone_outside\": \"ignore\"}],"
    " \"nodes\": ["
    "  {\"id\": \"cam\", \"kind\": \"sensor\", \"sensor\": {\"width\": 96, \"height\": 72}},"
    "  {\"id\": \"rear.cam\", \"kind\": \"sensor\", \"sensor\": {\"width\": 96, \"height\": 72}}]}";

static const char *const sensors[] = { "cam", "rear.cam" };

/** A shape: rectangles, some of them cut out. */
typedef struct {
  const char *name;
  int category; /**< -1 = unlabelled */
  DioPixelBox add[3];
  DioPixelBox cut;
} Form;

static const Form forms[N_SHAPES] = {
  [SHAPE_WALL] = { "wall", CATEGORY_WALL, { { 0, 40, 96, 72 } } },
  [SHAPE_BEHIND] = { "behind", CATEGORY_BOX, { { 18, 18, 40, 38 } } },
  [SHAPE_RING] = { "ring", CATEGORY_BOX, { { 6, 6, 26, 26 } }, { 12, 12, 18, 18 } },
  [SHAPE_SPLIT] = { "split", CATEGORY_LIGHT, { { 46, 5, 66, 25 } } },
  [SHAPE_POLE] = { "pole", -1, { { 54, 0, 58, 32 } } },
  [SHAPE_SMALL] = { "small", CATEGORY_BOX, { { 72, 10, 77, 15 } } },
  [SHAPE_TINY] = { "tiny", CATEGORY_BOX, { { 85, 5, 88, 6 } } },
  [SHAPE_CROWD] = { "crowd",
                    CATEGORY_BOX,
                    { { 4, 46, 11, 53 }, { 14, 48, 21, 55 }, { 9, 57, 17, 66 } } },
  [SHAPE_SPECKLED] = { "speckled",
                       CATEGORY_LIGHT,
                       { { 32, 44, 52, 64 }, { 56, 44, 57, 45 }, { 56, 60, 58, 61 } } },
  [SHAPE_SIGN] = { "sign", CATEGORY_SIGN, { { 64, 44, 76, 60 } } },
  [SHAPE_SUBPIXEL] = { "subpixel", CATEGORY_BOX, { { 0, 0, 0, 0 } } },
  [SHAPE_CORNERS] = { "corners", CATEGORY_LIGHT, { { 80, 48, 87, 54 }, { 87, 54, 93, 60 } } },
};

char *
export_fixture_make_folder (void)
{
  /* Thousands of small files: in memory where the system offers that, so that no disk decides the time. */
  const char *parent = g_access ("/dev/shm", W_OK) == 0 ? "/dev/shm" : g_get_tmp_dir ();
  char *folder = g_build_filename (parent, "dio-export-XXXXXX", NULL);

  g_assert_nonnull (g_mkdtemp (folder));
  return folder;
}

void
export_fixture_remove (char *folder)
{
  g_autoptr (GError) error = NULL;

  dio_path_remove_tree (folder, &error);
  g_assert_no_error (error);
  g_free (folder);
}

DioDataset *
export_fixture_create (const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (folder, "data", NULL);
  g_autoptr (json_t) json =
      dio_json_parse (scenario_text, strlen (scenario_text), "fixture", &error);
  g_assert_no_error (error);
  g_autoptr (DioScenario) scenario = dio_scenario_from_json (json, NULL, &error);
  g_assert_no_error (error);
  DioDataset *dataset = dio_dataset_create (path, scenario, &error);
  g_assert_no_error (error);
  return dataset;
}

gint64
export_fixture_add_run (DioDataset *dataset, guint64 seed, guint64 first, guint64 count)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *hash = dio_scenario_dup_hash (dio_dataset_get_scenario (dataset, NULL));
  DioDatasetRun run = { .scenario_hash = hash, .seed = seed, .first = first, .count = count };
  gint64 id = dio_dataset_add_run (dataset, &run, &error);

  g_assert_no_error (error);
  return id;
}

/** Where the shapes of one capture stand. */
typedef struct {
  guint width, height;
  int dx, dy;
  gboolean small, without_objects;
} Layout;

static Layout
make_layout (const ExportFrames *frames, guint64 index, guint sensor)
{
  if (frames->small)
    return (Layout){ 16, 12, (int) (index % 5), 0, TRUE, FALSE };
  return (Layout){
    EXPORT_WIDTH, EXPORT_HEIGHT,          (int) (index % 5), (int) (sensor + index / 5 % 3),
    FALSE,        frames->without_objects
  };
}

static gboolean
is_there (const Layout *layout, guint shape)
{
  if (layout->without_objects)
    return shape == SHAPE_WALL;
  return !layout->small || shape == SHAPE_RING;
}

static DioPixelBox
place (const Layout *layout, Shape shape, const DioPixelBox *box)
{
  if (layout->small)
    return (DioPixelBox){ layout->dx, 1, layout->dx + 10, 11 };
  if (shape == SHAPE_WALL)
    return *box;
  return (DioPixelBox){ box->x0 + layout->dx, box->y0 + layout->dy, box->x1 + layout->dx,
                        box->y1 + layout->dy };
}

/* Sets pixels of @box, moved by (dx, dy), that lie in the image. */
static void
paint (DioImage *image, DioPixelBox box, int dx, int dy, guint16 value)
{
  for (int y = MAX (box.y0 + dy, 0); y < MIN (box.y1 + dy, (int) image->height); y++)
    for (int x = MAX (box.x0 + dx, 0); x < MIN (box.x1 + dx, (int) image->width); x++)
      image->u16[(gsize) y * image->width + (gsize) x] = value;
}

static void
paint_form (DioImage *image, const Layout *layout, Shape shape, int dx, int dy, guint16 value)
{
  const Form *form = &forms[shape];

  for (guint i = 0; i < G_N_ELEMENTS (form->add) && form->add[i].x1 > 0; i++)
    paint (image, place (layout, shape, &form->add[i]), dx, dy, value);
}

/* Instances, one a pixel. The hole of the ring shows what stands behind it. */
static DioImage *
draw_instances (const Layout *layout)
{
  DioImage *image = dio_image_new (layout->width, layout->height, 1, DIO_PIXEL_U16);

  for (guint shape = 0; shape < N_SHAPES; shape++) {
    g_autoptr (DioImage) before = dio_image_new (layout->width, layout->height, 1, DIO_PIXEL_U16);
    if (!is_there (layout, shape))
      continue;
    memcpy (before->u16, image->u16, dio_image_get_bytes (image));
    paint_form (image, layout, shape, 0, 0, (guint16) (shape + 1));
    DioPixelBox cut = place (layout, shape, &forms[shape].cut);
    for (int y = cut.y0; forms[shape].cut.x1 > 0 && !layout->small && y < cut.y1; y++)
      for (int x = cut.x0; x < cut.x1; x++)
        image->u16[(gsize) y * image->width + (gsize) x] =
            before->u16[(gsize) y * image->width + (gsize) x];
  }
  return image;
}

static DioRle
mask_of (const DioImage *ids, guint16 id)
{
  g_autoptr (DioImage) mask = dio_image_new (ids->width, ids->height, 1, DIO_PIXEL_U8);
  DioRle rle;

  for (gsize i = 0; i < (gsize) ids->width * ids->height; i++)
    mask->u8[i] = ids->u16[i] == id;
  dio_rle_from_mask (&rle, mask);
  return rle;
}

DioRle
export_fixture_mask (guint64 frame, guint sensor, Shape shape)
{
  ExportFrames frames = { 0 };
  Layout layout = make_layout (&frames, frame, sensor);
  g_autoptr (DioImage) ids = draw_instances (&layout);

  return mask_of (ids, (guint16) (shape + 1));
}

/* On the canvas of 3 x 3 pictures; cut like the shape itself. */
static DioRle
amodal_of (const Layout *layout, Shape shape)
{
  int w = (int) layout->width, h = (int) layout->height;
  g_autoptr (DioImage) canvas =
      dio_image_new (3 * layout->width, 3 * layout->height, 1, DIO_PIXEL_U16);

  paint_form (canvas, layout, shape, w, h, 1);
  if (forms[shape].cut.x1 > 0 && !layout->small)
    paint (canvas, place (layout, shape, &forms[shape].cut), w, h, 0);
  return mask_of (canvas, 1);
}

static void
count_amodal (DioAnnotation *a, const Layout *layout)
{
  g_auto (DioRle) inside = { 0 };
  DioPixelBox middle = { (int) layout->width, (int) layout->height, 2 * (int) layout->width,
                         2 * (int) layout->height };

  dio_rle_crop (&inside, &a->amodal, &middle);
  a->amodal_px = dio_rle_count (&inside);
  a->silhouette_px = dio_rle_count (&a->amodal);
  a->bbox_amodal = dio_rle_box (&inside);
}

static DioAnnotation
make_label (const Layout *layout, const DioImage *ids, guint sensor, Shape shape)
{
  DioAnnotation a = { .instance = shape + 1,
                      .object_key = 0xf00000000000000au + shape,
                      .category = forms[shape].category,
                      .thing = forms[shape].category >= 0 && shape != SHAPE_WALL,
                      .crowd = shape == SHAPE_CROWD,
                      .subpixel = shape == SHAPE_SUBPIXEL,
                      .distance_m = 1.5 + shape,
                      .view_elevation_rad = 0.1,
                      .view_azimuth_rad = sensor == 1 ? 3.0 : 0.3,
                      .scale = { 1, 1, 1 },
                      .box_q_wxyz_world = { 1, 0, 0, 0 } };

  a.visible = mask_of (ids, (guint16) (shape + 1));
  a.amodal = amodal_of (layout, shape);
  a.visible_px = dio_rle_count (&a.visible);
  a.bbox_visible = dio_rle_box (&a.visible);
  count_amodal (&a, layout);
  a.coverage_px = a.subpixel ? 0.6 : (double) a.visible_px;
  a.amodal_coverage_px = a.subpixel ? 0.7 : (double) a.amodal_px;
  dio_rle_parts (&a.visible, &a.parts, &a.largest_part_px);
  a.visibility = a.amodal_px > 0 ? (double) a.visible_px / (double) a.amodal_px : (double) NAN;
  a.visib_fract =
      a.silhouette_px > 0 ? (double) a.visible_px / (double) a.silhouette_px : (double) NAN;
  a.truncation =
      a.silhouette_px > 0 ? 1 - (double) a.amodal_px / (double) a.silhouette_px : (double) NAN;
  return a;
}

/* Leaves carry twice the instance, so that nobody takes one for the other. */
static void
add_shape (DioDatasetCapture *capture,
           const Layout *layout,
           const DioImage *ids,
           guint sensor,
           Shape shape)
{
  DioDatasetAnnotation row = { .name = g_strdup (forms[shape].name),
                               .node_id = g_strdup (forms[shape].name),
                               .label = make_label (layout, ids, sensor, shape) };
  const DioAnnotation *a = &row.label;
  DioDatasetLeaf leaf = { .leaf = 2 * a->instance,
                          .instance = a->instance,
                          .name = g_strdup (forms[shape].name),
                          .node_id = g_strdup (forms[shape].name),
                          .category = a->category,
                          .label = { .leaf = 2 * a->instance,
                                     .visible_px = a->visible_px,
                                     .amodal_px = a->amodal_px,
                                     .silhouette_px = a->silhouette_px,
                                     .coverage_px = a->coverage_px,
                                     .amodal_coverage_px = a->amodal_coverage_px } };

  dio_rle_copy (&leaf.label.visible, &a->visible);
  dio_rle_copy (&leaf.label.amodal, &a->amodal);
  g_array_append_val (capture->annotations, row);
  g_array_append_val (capture->leaves, leaf);
}

static DioImage *
draw_channel (const DioImage *ids, const char *channel, guint64 index)
{
  gboolean rgb = g_str_equal (channel, "rgb");
  guint factor = g_str_equal (channel, "leaf") ? 2 : 1;
  DioImage *image =
      dio_image_new (ids->width, ids->height, rgb ? 3 : 1, rgb ? DIO_PIXEL_U8 : DIO_PIXEL_U16);

  for (gsize i = 0; i < (gsize) ids->width * ids->height; i++) {
    if (!rgb)
      image->u16[i] = (guint16) (factor * ids->u16[i]);
    for (guint c = 0; rgb && c < 3; c++)
      image->u8[3 * i + c] = (guint8) (ids->u16[i] * 19u + c * 40u + index * 3u + i % 7u);
  }
  return image;
}

static void
write_channel (DioDataset *dataset,
               const DioDatasetFrame *frame,
               DioDatasetCapture *capture,
               const DioImage *ids,
               const char *channel)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DioImage) image = draw_channel (ids, channel, frame->index);
  g_autoptr (GBytes) bytes = dio_image_encode (image, DIO_IMAGE_FORMAT_PNG, NULL, &error);
  g_assert_no_error (error);
  DioDatasetFileName name = {
    frame->run, frame->index, frame->take, capture->sensor, channel, "png"
  };
  char *path = dio_dataset_dup_file_path (dataset, &name, &error);
  g_assert_no_error (error);
  g_autofree char *full = g_build_filename (dio_dataset_get_folder (dataset), path, NULL);
  g_autofree char *folder = g_path_get_dirname (full);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  DioDatasetFile file = { g_strdup (channel), path, dio_hash_bytes (data, size) };

  g_assert_cmpint (g_mkdir_with_parents (folder, 0777), ==, 0);
  FILE *stream = fopen (full, "wb");
  g_assert_nonnull (stream);
  g_assert_cmpuint (fwrite (data, 1, size, stream), ==, size);
  g_assert_cmpint (fclose (stream), ==, 0);
  g_array_append_val (capture->files, file);
}

static void
add_capture (DioDataset *dataset, const ExportFrames *frames, DioDatasetFrame *frame, guint sensor)
{
  Layout layout = make_layout (frames, frame->index, sensor);
  g_autoptr (DioImage) ids = draw_instances (&layout);
  DioDatasetCapture capture = { .sensor = g_strdup (sensors[sensor]),
                                .width_px = layout.width,
                                .height_px = layout.height,
                                .fx = 100,
                                .fy = 100,
                                .cx = layout.width / 2.0,
                                .cy = layout.height / 2.0,
                                .world_from_camera = dio_mat4_identity (),
                                .depth_unit_m = 0.001,
                                .checks_passed = !frames->failed_check || sensor > 0,
                                .mean_luminance = 0.5,
                                .files = g_array_new (FALSE, TRUE, sizeof (DioDatasetFile)),
                                .leaves = g_array_new (FALSE, TRUE, sizeof (DioDatasetLeaf)),
                                .annotations =
                                    g_array_new (FALSE, TRUE, sizeof (DioDatasetAnnotation)) };

  for (guint shape = 0; shape < N_SHAPES; shape++)
    if (is_there (&layout, shape))
      add_shape (&capture, &layout, ids, sensor, shape);
  write_channel (dataset, frame, &capture, ids, "rgb");
  if (!frames->small)
    write_channel (dataset, frame, &capture, ids, "leaf");
  if (frames->with_instances)
    write_channel (dataset, frame, &capture, ids, "instance");
  g_array_append_val (frame->captures, capture);
}

void
export_fixture_add (DioDataset *dataset, const ExportFrames *frames)
{
  g_autoptr (GPtrArray) made = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  for (guint64 i = 0; i < frames->count; i++) {
    DioDatasetFrame *frame = g_new0 (DioDatasetFrame, 1);
    frame->run = frames->run;
    frame->index = frames->first + i;
    frame->take = frames->take;
    frame->status = DIO_FRAME_DONE;
    frame->attempts = 1;
    frame->captures = g_array_new (FALSE, TRUE, sizeof (DioDatasetCapture));
    for (guint sensor = 0; sensor < frames->n_sensors; sensor++)
      add_capture (dataset, frames, frame, sensor);
    g_ptr_array_add (made, frame);
  }
  dio_dataset_store_frames (dataset, (DioDatasetFrame *const *) made->pdata, made->len, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < made->len; i++) {
    dio_dataset_frame_clear (made->pdata[i]);
    g_free (made->pdata[i]);
  }
}
