/* Labels over the small pictures: just where the stored masks are, and as the overlays say. */
#include "desk-fixture.h"

#include "dio-desk-veil.h"
#include "dio-review-item.h"
#include "review-fixture.h"

#define N_FRAMES 4

static ReviewFixture fixture;

static DioImage *
draw (ReviewDesk *desk, const DioDeskVeil *veil, DioReviewUnit unit, guint32 row, guint size_px)
{
  g_autoptr (GError) error = NULL;
  DioDeskVeilPlace place = { unit, row, size_px };
  DioImage *image = dio_desk_veil_draw (veil, desk->reader, desk->table, &place, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (image->channels, ==, 4);
  return image;
}

static const guint8 *
get_pixel (const DioImage *image, guint x, guint y)
{
  return image->u8 + (gsize) y * image->stride_bytes + (gsize) x * 4;
}

/* Which annotation is on top of pixel (x, y): -1 = none. */
static int
find_top (const GArray *annotations, guint x, guint y)
{
  int top = -1;
  for (guint i = 0; i < annotations->len; i++) {
    const DioAnnotation *label = &g_array_index (annotations, DioDatasetAnnotation, i).label;
    g_autoptr (DioImage) mask = dio_rle_to_mask (&label->visible);
    if (label->category >= 0 && mask->u8[(gsize) y * mask->width + x] != 0)
      top = (int) i;
  }
  return top;
}

static void
check_picture (ReviewDesk *desk, guint32 row)
{
  g_autoptr (GError) error = NULL;
  g_auto (DioReviewItem) item = { 0 };
  g_assert_true (dio_review_item_load (desk->reader, desk->table, DIO_REVIEW_FRAMES, row,
                                       DIO_LOAD_MASKS, &item, &error));
  const GArray *annotations = dio_review_item_get_capture (&item)->annotations;
  DioDeskVeil veil = { .masks = DIO_MASKS_CATEGORY, .opacity = 40 };
  g_autoptr (DioImage) image = draw (desk, &veil, DIO_REVIEW_FRAMES, row, 192);
  /* As large as the picture, never larger. */
  g_assert_cmpuint (image->width, ==, 64);
  g_assert_cmpuint (image->height, ==, 48);
  guint tinted = 0, contours = 0;
  for (guint y = 0; y < 48; y += 3)
    for (guint x = 0; x < 64; x += 3) {
      int top = find_top (annotations, x, y);
      guint alpha = get_pixel (image, x, y)[3];
      g_assert_true ((alpha > 0) == (top >= 0));
      tinted += alpha > 0;
      contours += alpha == 255;
    }
  g_assert_cmpuint (tinted, >, 20);
  g_assert_cmpuint (contours, <, tinted);
}

static void
test_masks (void)
{
  ReviewDesk desk;
  review_desk_open (&desk, &fixture, "ann");
  for (guint32 row = 0; row < 2 * N_FRAMES; row++)
    check_picture (&desk, row);
  review_desk_close (&desk);
}

static guint
count_tinted (const DioImage *image)
{
  guint n = 0;
  for (guint y = 0; y < image->height; y++)
    for (guint x = 0; x < image->width; x++)
      n += get_pixel (image, x, y)[3] > 0;
  return n;
}

/* Of one object that object alone, in its window. */
static void
test_objects (void)
{
  ReviewDesk desk;
  review_desk_open (&desk, &fixture, "ann");
  DioDeskVeil veil = { .masks = DIO_MASKS_INSTANCE, .opacity = 40 };
  guint checked = 0;
  for (guint32 row = 0; row < dio_review_table_get_n (desk.table, DIO_REVIEW_OBJECTS); row++) {
    DioReviewObjectRow object;
    dio_review_table_get_object (desk.table, row, &object);
    if (object.visible_px == 0)
      continue;
    g_autoptr (DioImage) image = draw (&desk, &veil, DIO_REVIEW_OBJECTS, row, 192);
    g_assert_cmpuint (count_tinted (image), ==, object.visible_px);
    checked++;
  }
  g_assert_cmpuint (checked, >, 10);
  review_desk_close (&desk);
}

/* Smaller than the picture: no object that is there vanishes. */
static void
test_small (void)
{
  ReviewDesk desk;
  review_desk_open (&desk, &fixture, "ann");
  DioDeskVeil veil = { .masks = DIO_MASKS_INSTANCE, .opacity = 100 };
  for (guint32 row = 0; row < 2 * N_FRAMES; row++) {
    g_autoptr (DioImage) image = draw (&desk, &veil, DIO_REVIEW_FRAMES, row, 16);
    g_assert_cmpuint (image->width, ==, 16);
    g_assert_cmpuint (image->height, ==, 12);
    g_assert_cmpuint (count_tinted (image), >, 3);
  }
  review_desk_close (&desk);
}

static void
test_amodal_boxes (void)
{
  ReviewDesk desk;
  review_desk_open (&desk, &fixture, "ann");
  g_autoptr (GError) error = NULL;
  g_auto (DioReviewItem) item = { 0 };
  g_assert_true (
      dio_review_item_load (desk.reader, desk.table, DIO_REVIEW_FRAMES, 0, 0, &item, &error));
  const GArray *annotations = dio_review_item_get_capture (&item)->annotations;
  DioDeskVeil veil = { .amodal = TRUE };
  g_autoptr (DioImage) image = draw (&desk, &veil, DIO_REVIEW_FRAMES, 0, 192);
  guint lines = 0;
  for (guint i = 0; i < annotations->len; i++) {
    const DioAnnotation *label = &g_array_index (annotations, DioDatasetAnnotation, i).label;
    const DioPixelBox *box = &label->bbox_amodal;
    if (!label->thing || label->category < 0 || box->x0 < 0 || box->y0 < 0)
      continue;
    g_assert_cmpuint (get_pixel (image, (guint) box->x0, (guint) box->y0)[3], ==, 255);
    lines++;
  }
  g_assert_cmpuint (lines, >, 0);
  /* Lines alone. */
  g_assert_cmpuint (count_tinted (image), <, 64 * 48 / 2);
  review_desk_close (&desk);
}

/* -- In the page ------------------------------------------------------------------------------------------------------ */

static guint64
hash_view (Desk *desk)
{
  GtkWidget *view = dio_harness_find_type (desk->page, GTK_TYPE_GRID_VIEW);
  g_autoptr (GdkTexture) picture = dio_harness_picture (view);
  int width = gdk_texture_get_width (picture), height = gdk_texture_get_height (picture);
  g_autofree guint8 *bytes = g_malloc ((gsize) width * (gsize) height * 4);
  gdk_texture_download (picture, bytes, (gsize) width * 4);
  guint64 hash = 14695981039346656037u;
  for (gsize i = 0; i < (gsize) width * (gsize) height * 4; i++)
    hash = (hash ^ bytes[i]) * 1099511628211u;
  return hash;
}

/** Another look than before is waited for. */
typedef struct {
  Desk *desk;
  guint64 before;
} Look;

static gboolean
looks_other (gpointer user)
{
  Look *look = user;
  return hash_view (look->desk) != look->before;
}

static gboolean
looks_same (gpointer user)
{
  Look *look = user;
  return hash_view (look->desk) == look->before;
}

/* Each overlay changes the tiles; what is turned off again, and what is held clean, is as it was. */
static void
test_overlays_act (void)
{
  Desk desk;
  desk_open (&desk, fixture.folder);
  desk_wait_ready (&desk);
  DioOverlays *overlays = dio_session_get_overlays (desk.session);
  g_object_set (overlays, "masks", DIO_MASKS_OFF, "boxes", DIO_BOXES_OFF, NULL);
  dio_harness_run (1500);
  Look plain = { &desk, hash_view (&desk) };
  static const struct {
    const char *property;
    int on, off;
  } changes[] = {
    { "masks", DIO_MASKS_CATEGORY, DIO_MASKS_OFF },
    { "masks", DIO_MASKS_INSTANCE, DIO_MASKS_OFF },
    { "masks", DIO_MASKS_VISIBILITY, DIO_MASKS_OFF },
    { "boxes", DIO_BOXES_VISIBLE, DIO_BOXES_OFF },
    { "boxes", DIO_BOXES_AMODAL, DIO_BOXES_OFF },
    { "names", TRUE, FALSE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++) {
    g_object_set (overlays, changes[i].property, changes[i].on, NULL);
    if (!dio_harness_wait (looks_other, &plain, 5000))
      g_error ("%s %d changes nothing", changes[i].property, changes[i].on);
    g_object_set (overlays, changes[i].property, changes[i].off, NULL);
    if (!dio_harness_wait (looks_same, &plain, 5000))
      g_error ("%s %d stays", changes[i].property, changes[i].on);
  }
  g_object_set (overlays, "masks", DIO_MASKS_CATEGORY, "boxes", DIO_BOXES_BOTH, "names", TRUE,
                NULL);
  dio_harness_run (1000);
  dio_harness_snapshot (desk.page, "desk-tiles");
  Look all = { &desk, hash_view (&desk) };
  g_object_set (overlays, "opacity", 0.8, NULL);
  g_assert_true (dio_harness_wait (looks_other, &all, 5000));
  g_object_set (overlays, "clean", TRUE, NULL);
  g_assert_true (dio_harness_wait (looks_same, &plain, 5000));
  desk_close (&desk);
}

int
main (int argc, char **argv)
{
  desk_begin_program (&argc, &argv);
  review_fixture_init (&fixture, N_FRAMES);
  g_test_add_func ("/desk/tiles/masks", test_masks);
  g_test_add_func ("/desk/tiles/objects", test_objects);
  g_test_add_func ("/desk/tiles/small", test_small);
  g_test_add_func ("/desk/tiles/amodal-boxes", test_amodal_boxes);
  g_test_add_func ("/desk/tiles/overlays-act", test_overlays_act);
  int status = g_test_run ();
  review_fixture_clear (&fixture);
  desk_end_program ();
  return status;
}
