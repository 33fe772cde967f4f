/* Pictures with labels on made-up data: what is tinted, what is hit, how it zooms. */

#include "dio-core-pose.h"
#include "dio-harness.h"
#include "dio-label-palette.h"
#include "dio-picture-view.h"
#include "dio-picture-zoom.h"
#include "dio-texture.h"

#include <math.h>

#define W 64
#define H 48

/* Leaf 1 fills the left half, leaf 2 a square on the right; leaf 1 is instance 1 (category 0), leaf 2 instance 2 (none). */
static DioOverlayScene *
make_scene (void)
{
  DioOverlayScene *scene = dio_overlay_scene_new (W, H);
  scene->rgb = dio_image_new (W, H, 3, DIO_PIXEL_U8);
  scene->leaf = dio_image_new (W, H, 1, DIO_PIXEL_U16);
  scene->depth_z = dio_image_new (W, H, 1, DIO_PIXEL_F32);
  for (guint y = 0; y < H; y++)
    for (guint x = 0; x < W; x++) {
      gsize i = y * W + x;
      gboolean square = x >= 40 && x < 50 && y >= 10 && y < 20;
      scene->leaf->u16[i] = x < W / 2 ? 1 : square ? 2 : 0;
      scene->depth_z->f32[i] = scene->leaf->u16[i] != 0 ? (float) scene->leaf->u16[i] : INFINITY;
    }
  g_free (scene->instance_of_leaf);
  g_free (scene->occluder_of_leaf);
  scene->n_leaves = 2;
  scene->instance_of_leaf = g_new0 (guint, 3);
  scene->occluder_of_leaf = g_new0 (guint, 3);
  DioOverlayCategory category = { g_strdup ("cup"), { 200, 100, 0 } };
  g_array_append_val (scene->categories, category);
  for (guint i = 1; i <= 2; i++) {
    scene->instance_of_leaf[i] = scene->occluder_of_leaf[i] = i;
    DioOverlayItem item = { .instance = i,
                            .name = i == 1 ? "Cup" : "Post",
                            .node_id = i == 1 ? "cup" : "post",
                            .category = i == 1 ? 0 : -1,
                            .thing = i == 1,
                            .reason = "",
                            .visibility = 0.5,
                            .extent = i == 1 ? (DioPixelBox){ 0, 0, W / 2, H }
                                             : (DioPixelBox){ 40, 10, 50, 20 } };
    g_array_append_val (scene->items, item);
  }
  return scene;
}

static void
get_pixel (GdkTexture *texture, int x, int y, int rgb[static 3])
{
  int width = gdk_texture_get_width (texture), height = gdk_texture_get_height (texture);
  g_autofree guint32 *pixels = g_new (guint32, (gsize) width * height);
  gdk_texture_download (texture, (guchar *) pixels, (gsize) width * 4);
  guint32 p = pixels[y * width + x];
  rgb[0] = (p >> 16) & 255;
  rgb[1] = (p >> 8) & 255;
  rgb[2] = p & 255;
}

/* As it is drawn after what was set. */
static GdkTexture *
draw (GtkWidget *view)
{
  gtk_widget_queue_draw (view);
  gtk_test_widget_wait_for_draw (view);
  dio_harness_run (20);
  return dio_harness_picture (view);
}

static void
test_hits (void)
{
  g_autoptr (DioOverlayScene) scene = make_scene ();
  g_assert_cmpuint (dio_overlay_scene_get_leaf (scene, 0, 0), ==, 1);
  g_assert_cmpuint (dio_overlay_scene_get_instance (scene, 45, 15), ==, 2);
  g_assert_cmpuint (dio_overlay_scene_get_instance (scene, 60, 40), ==, 0);
  g_assert_cmpuint (dio_overlay_scene_get_leaf (scene, -1, 0), ==, 0);
  g_assert_cmpuint (dio_overlay_scene_get_leaf (scene, W, 0), ==, 0);
  g_assert_cmpstr (dio_overlay_scene_find (scene, 2)->name, ==, "Post");
  g_assert_null (dio_overlay_scene_find (scene, 0));
  g_assert_null (dio_overlay_scene_find (scene, 3));
  guint8 rgb[3];
  dio_overlay_scene_get_color (scene, dio_overlay_scene_find (scene, 1), rgb);
  g_assert_cmpuint (rgb[0], ==, 200);
}

static void
test_tint_and_selection (void)
{
  g_autoptr (DioOverlayScene) scene = make_scene ();
  g_autoptr (DioOverlays) overlays = dio_overlays_new ();
  g_object_set (overlays, "boxes", DIO_BOXES_OFF, "opacity", 0.5, NULL);
  GtkWidget *view = dio_picture_view_new ();
  dio_picture_view_set_interactive (DIO_PICTURE_VIEW (view), FALSE);
  dio_picture_view_set_overlays (DIO_PICTURE_VIEW (view), overlays);
  dio_picture_view_set_scene (DIO_PICTURE_VIEW (view), scene);
  gtk_widget_set_size_request (view, 8 * W, 8 * H);
  gtk_widget_set_halign (view, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (view, GTK_ALIGN_CENTER);
  GtkWindow *window = dio_harness_show (view, 700, 500);
  int rgb[3];
  g_autoptr (GdkTexture) tinted = draw (view);
  get_pixel (tinted, 8 * 10 + 4, 8 * 24 + 4, rgb);
  g_assert_cmpint (ABS (rgb[0] - 100), <=, 2);
  g_assert_cmpint (ABS (rgb[1] - 50), <=, 2);
  /* The contour is solid, one pixel wide, and exact when magnified. */
  get_pixel (tinted, 8 * 31 + 1, 8 * 24 + 4, rgb);
  g_assert_cmpint (ABS (rgb[0] - 200), <=, 2);
  get_pixel (tinted, 8 * 32 + 1, 8 * 24 + 4, rgb);
  g_assert_cmpint (rgb[0], <=, 2);
  /* What has no category is not tinted, but its outline shows that it is selected. */
  get_pixel (tinted, 8 * 40 + 4, 8 * 15 + 4, rgb);
  g_assert_cmpint (rgb[0], <=, 2);
  dio_picture_painter_set_selected_nodes (dio_picture_view_get_painter (DIO_PICTURE_VIEW (view)),
                                          (const char *const[]){ "post", NULL });
  g_object_set (overlays, "names", FALSE, NULL);
  g_autoptr (GdkTexture) selected = draw (view);
  dio_harness_snapshot (view, "picture-selected");
  get_pixel (selected, 8 * 40 + 4, 8 * 19 + 4, rgb);
  g_assert_cmpint (rgb[0], >=, 250);
  g_object_set (overlays, "clean", TRUE, NULL);
  g_autoptr (GdkTexture) clean = draw (view);
  get_pixel (clean, 8 * 10 + 4, 8 * 24 + 4, rgb);
  g_assert_cmpint (rgb[0], <=, 2);
  /* Depth: the nearer half is brighter than the farther square. */
  g_object_set (overlays, "pass", DIO_PASS_DEPTH, NULL);
  g_autoptr (GdkTexture) depth = draw (view);
  int far_rgb[3];
  get_pixel (depth, 8 * 10 + 4, 8 * 24 + 4, rgb);
  get_pixel (depth, 8 * 45 + 4, 8 * 15 + 4, far_rgb);
  g_assert_cmpint (rgb[0] + rgb[1] + rgb[2], >, far_rgb[0] + far_rgb[1] + far_rgb[2]);
  dio_harness_destroy (window);
}

static void
test_large_in_thread (void)
{
  DioOverlayScene *scene = dio_overlay_scene_new (2000, 1000);
  scene->leaf = dio_image_new (2000, 1000, 1, DIO_PIXEL_U16);
  g_autoptr (DioOverlays) overlays = dio_overlays_new ();
  GtkWidget *view = dio_picture_view_new ();
  dio_picture_view_set_overlays (DIO_PICTURE_VIEW (view), overlays);
  dio_picture_view_set_scene (DIO_PICTURE_VIEW (view), scene);
  dio_overlay_scene_unref (scene);
  GtkWindow *window = dio_harness_show (view, 400, 300);
  /* The window may go while the thread works. */
  dio_harness_destroy (window);
  dio_harness_run (100);
}

static void
test_zoom (void)
{
  DioPictureFrame frame = { 640, 480, 800, 480, 1 };
  DioPictureZoom zoom;
  dio_picture_zoom_init (&zoom);
  DioPicturePlace place = dio_picture_zoom_get_place (&zoom, &frame);
  g_assert_cmpfloat_with_epsilon (place.scale, 1, 1e-12);
  g_assert_cmpfloat_with_epsilon (place.x, 80, 1e-12);
  /* What is under the pointer stays there. */
  double u = (300 - place.x) / place.scale;
  dio_picture_zoom_about (&zoom, &frame, 8, 300, 100);
  place = dio_picture_zoom_get_place (&zoom, &frame);
  g_assert_cmpfloat_with_epsilon ((300 - place.x) / place.scale, u, 0.1);
  g_assert_cmpfloat_with_epsilon (place.scale, 8, 1e-12);
  /* Wheel out ends in fit. */
  for (int i = 0; i < 40; i++)
    dio_picture_zoom_scroll (&zoom, &frame, -1, 10, 10);
  g_assert_true (zoom.fit);
  dio_picture_zoom_cycle (&zoom, &frame, 0, 0);
  g_assert_cmpfloat (zoom.scale, ==, 1);
  dio_picture_zoom_cycle (&zoom, &frame, 0, 0);
  g_assert_cmpfloat (zoom.scale, ==, 8);
  dio_picture_zoom_cycle (&zoom, &frame, 0, 0);
  g_assert_true (zoom.fit);
  dio_picture_zoom_to_box (&zoom, &frame, &(DioPixelBox){ 100, 100, 140, 120 });
  place = dio_picture_zoom_get_place (&zoom, &frame);
  g_assert_cmpfloat (place.x + 100 * place.scale, >, 0);
  g_assert_cmpfloat (place.x + 140 * place.scale, <, 800);
}

static void
clicked_cb (DioPictureView *view,
            int x,
            int y,
            guint leaf,
            guint instance,
            guint n_press,
            guint modifiers,
            guint *hit)
{
  hit[0] = (guint) x;
  hit[1] = (guint) y;
  hit[2] = instance;
}

static void
test_click (void)
{
  g_autoptr (DioOverlayScene) scene = make_scene ();
  GtkWidget *view = dio_picture_view_new ();
  dio_picture_view_set_scene (DIO_PICTURE_VIEW (view), scene);
  GtkWindow *window = dio_harness_show (view, 640, 480);
  guint hit[3] = { 0 };
  g_signal_connect (view, "pixel-clicked", G_CALLBACK (clicked_cb), hit);
  DioPicturePlace place = dio_picture_view_get_place (DIO_PICTURE_VIEW (view));
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (view);
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
    if (GTK_IS_GESTURE_CLICK (controller))
      g_signal_emit_by_name (controller, "released", 1, place.x + 45.5 * place.scale,
                             place.y + 15.5 * place.scale);
  }
  g_assert_cmpuint (hit[0], ==, 45);
  g_assert_cmpuint (hit[1], ==, 15);
  g_assert_cmpuint (hit[2], ==, 2);
  g_autofree char *name = NULL;
  g_object_get (view, "zoom-name", &name, NULL);
  g_assert_cmpstr (name, ==, "Fit");
  dio_picture_view_cycle_zoom (DIO_PICTURE_VIEW (view));
  g_clear_pointer (&name, g_free);
  g_object_get (view, "zoom-name", &name, NULL);
  g_assert_cmpstr (name, ==, "1:1");
  dio_harness_destroy (window);
}

static void
test_project_orthographic (void)
{
  g_autoptr (DioOverlayScene) scene = make_scene ();
  scene->orthographic = TRUE;
  scene->ortho_height_m = 4.8;
  scene->camera.world_from_camera = dio_mat4_identity ();
  double uv[2];
  g_assert_true (dio_overlay_scene_project (scene, (DioVec3){ 1, 1, -5 }, uv));
  g_assert_cmpfloat_with_epsilon (uv[0], 32 + 10, 1e-9);
  g_assert_cmpfloat_with_epsilon (uv[1], 24 - 10, 1e-9);
}

static void
test_texture_keeps_image (void)
{
  DioImage *image = dio_image_new (4, 4, 3, DIO_PIXEL_U8);
  image->u8[0] = 77;
  GdkTexture *texture = dio_texture_new (image);
  dio_image_unref (image);
  int rgb[3];
  get_pixel (texture, 0, 0, rgb);
  g_assert_cmpint (rgb[0], ==, 77);
  g_assert_finalize_object (texture);
}

static void
test_palette (void)
{
  guint8 a[3], b[3];
  for (guint i = 0; i < DIO_LABEL_PALETTE_SIZE; i++)
    for (guint j = i + 1; j < DIO_LABEL_PALETTE_SIZE; j++) {
      dio_label_palette_get (i, a);
      dio_label_palette_get (j, b);
      g_assert_cmpint (ABS (a[0] - b[0]) + ABS (a[1] - b[1]) + ABS (a[2] - b[2]), >, 60);
    }
  g_assert_cmpuint (dio_label_palette_get_pattern (3), ==, 0);
  g_assert_cmpuint (dio_label_palette_get_pattern (3 + DIO_LABEL_PALETTE_SIZE), ==, 1);
  dio_label_palette_get_heat (0, a);
  dio_label_palette_get_heat (1, b);
  g_assert_cmpuint (a[0], >, a[2]);
  g_assert_cmpuint (b[2], >, b[0]);
}

int
main (int argc, char **argv)
{
  dio_harness_init (&argc, &argv);
  g_test_add_func ("/widgets/picture/hits", test_hits);
  g_test_add_func ("/widgets/picture/tint-and-selection", test_tint_and_selection);
  g_test_add_func ("/widgets/picture/large-in-thread", test_large_in_thread);
  g_test_add_func ("/widgets/picture/zoom", test_zoom);
  g_test_add_func ("/widgets/picture/click", test_click);
  g_test_add_func ("/widgets/picture/project-orthographic", test_project_orthographic);
  g_test_add_func ("/widgets/picture/texture-keeps-image", test_texture_keeps_image);
  g_test_add_func ("/widgets/picture/palette", test_palette);
  return g_test_run ();
}
