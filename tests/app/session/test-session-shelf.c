/* What can be put into the scene, with pictures. */

#include "session-fixture.h"

#include "dio-session-models.h"

#include <glib/gstdio.h>

#include <string.h>

static guint
count_kind (GListModel *shelf, DioShelfKind kind)
{
  guint n = 0;
  for (guint i = 0; i < g_list_model_get_n_items (shelf); i++) {
    g_autoptr (DioShelfItem) item = g_list_model_get_item (shelf, i);
    n += dio_shelf_item_get_kind (item) == kind;
  }
  return n;
}

static void
test_items (void)
{
  g_auto (Fixture) f = { 0 };
  fixture_init (&f);
  GListModel *shelf = dio_session_get_shelf (f.session);
  g_assert_cmpuint (count_kind (shelf, DIO_SHELF_PARAMETRIC), >=, 10);
  g_assert_cmpuint (count_kind (shelf, DIO_SHELF_LIGHT), ==, 5);
  g_assert_cmpuint (count_kind (shelf, DIO_SHELF_SENSOR), ==, 1);
  g_assert_cmpuint (count_kind (shelf, DIO_SHELF_MODEL), ==, 0);
  DioShelfItem *mug = dio_session_find_shelf_item (f.session, "parametric:mug");
  g_assert_cmpstr (dio_shelf_item_get_id (mug), ==, "mug");
  g_assert_cmpstr (dio_shelf_item_get_name (mug), ==, "Mug");
  DioBox3 bounds;
  g_assert_true (dio_shelf_item_get_bounds (mug, &bounds));
  g_assert_cmpfloat_with_epsilon (bounds.min.z, 0, 1e-6);
  g_assert_cmpfloat (bounds.max.z, >, 0.05);
  DioShelfItem *spot = dio_session_find_shelf_item (f.session, "light:spot");
  g_assert_cmpint (dio_shelf_item_get_light (spot), ==, DIO_LIGHT_SPOT);
  g_assert_false (dio_shelf_item_get_bounds (spot, &bounds));
  g_assert_null (dio_shelf_item_get_thumbnail (spot));

  /* An import puts its asset in front; undo takes it away; all others stay the same. */
  fixture_write (&f, "a/thing.obj", "v 0 0 0\nv 1 0 0\nv 1 1 0\nf 1 2 3\n");
  g_autoptr (GError) error = NULL;
  g_autofree char *path = fixture_path (&f, "a/thing.obj");
  g_autofree char *id = fixture_import (&f, path, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (DioShelfItem) first = g_list_model_get_item (shelf, 0);
  g_assert_cmpstr (dio_shelf_item_get_key (first), ==, "asset:thing");
  g_assert_true (dio_shelf_item_get_bounds (first, &bounds));
  g_assert_true (dio_session_find_shelf_item (f.session, "parametric:mug") == mug);
  gboolean importing;
  g_object_get (first, "importing", &importing, NULL);
  g_assert_false (importing);
  dio_session_undo (f.session);
  g_assert_cmpuint (count_kind (shelf, DIO_SHELF_MODEL), ==, 0);
  g_assert_null (dio_session_find_shelf_item (f.session, "asset:thing"));
}

typedef struct {
  DioSession *session;
  const char *key;
} Awaited;

static gboolean
has_thumbnail (gpointer user)
{
  Awaited *awaited = user;
  return dio_session_get_thumbnail (awaited->session, awaited->key) != NULL;
}

static guint
count_kept (void)
{
  g_autofree char *folder =
      g_build_filename (g_get_user_cache_dir (), "diorama", "thumbnails", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;
  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
ready_cb (DioSession *session, const char *key, gpointer user)
{
  g_string_append_printf (user, "%s ", key);
}

static void
notify_cb (GObject *object, GParamSpec *spec, gpointer count)
{
  (*(guint *) count)++;
}

static void
test_pictures (void)
{
  g_auto (Fixture) f = { 0 };
  fixture_init (&f);
  const DioPreviewResult *result = fixture_wait_result (&f);
  gboolean has_gl = result->rgb != NULL;
  g_autoptr (GString) ready = g_string_new (NULL);
  g_signal_connect (f.session, "thumbnail-ready", G_CALLBACK (ready_cb), ready);
  dio_session_get_shelf (f.session);
  DioShelfItem *mug = dio_session_find_shelf_item (f.session, "parametric:mug");
  guint notified = 0;
  g_signal_connect (mug, "notify::thumbnail", G_CALLBACK (notify_cb), &notified);

  Awaited wood = { f.session, "texture:wood" };
  g_assert_null (dio_session_get_thumbnail (f.session, wood.key));
  fixture_wait (has_thumbnail, &wood, "the picture of a texture");
  const DioImage *image = dio_session_get_thumbnail (f.session, wood.key);
  g_assert_cmpuint (image->width, ==, 192);
  g_assert_cmpuint (image->channels, ==, 3);
  g_assert_cmpstr (ready->str, ==, "texture:wood ");
  g_assert_null (dio_session_get_thumbnail (f.session, "texture:nothing-like-that"));
  g_assert_null (dio_session_get_thumbnail (f.session, "asset:nobody"));
  if (!has_gl)
    return;

  fixture_write (&f, "a/thing.obj", "v 0 0 0\nv 1 0 0\nv 1 1 0\nf 1 2 3\n");
  g_autoptr (GError) error = NULL;
  g_autofree char *path = fixture_path (&f, "a/thing.obj");
  g_autofree char *id = fixture_import (&f, path, NULL, &error);
  Awaited thing = { f.session, "asset:thing" }, cup = { f.session, "parametric:mug" };
  fixture_wait (has_thumbnail, &thing, "the picture of an asset");
  fixture_wait (has_thumbnail, &cup, "the picture of a mug");
  g_assert_cmpuint (notified, ==, 1);
  g_assert_true (dio_shelf_item_get_thumbnail (mug) != NULL);
  g_assert_cmpuint (count_kept (), ==, 3);
}

/* The next session finds on disk what the one before made. */
static void
test_kept (void)
{
  guint kept = 0;
  for (guint i = 0; i < 2; i++) {
    g_auto (Fixture) f = { 0 };
    fixture_init (&f);
    Awaited wood = { f.session, "texture:wood" };
    fixture_wait (has_thumbnail, &wood, "the picture of a texture");
    if (i > 0)
      g_assert_cmpuint (count_kept (), ==, kept);
    kept = count_kept ();
    g_assert_cmpuint (kept, >, 0);
  }
}

/* Pictures that were asked for and that nobody waits for hold neither the session nor its end. */
static void
test_dropped (void)
{
  g_auto (Fixture) f = { 0 };
  fixture_init (&f);
  GListModel *shelf = dio_session_get_shelf (f.session);
  guint n = g_list_model_get_n_items (shelf);
  for (guint i = 0; i < n; i++) {
    g_autoptr (DioShelfItem) item = g_list_model_get_item (shelf, i);
    dio_session_get_thumbnail (f.session, dio_shelf_item_get_key (item));
  }
  /* A session that nobody holds goes at once: this fails where queued work holds it. */
  g_assert_finalize_object (g_steal_pointer (&f.session));
}

int
main (int argc, char **argv)
{
  fixture_begin_program ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/shelf/items", test_items);
  g_test_add_func ("/session/shelf/pictures", test_pictures);
  g_test_add_func ("/session/shelf/kept", test_kept);
  g_test_add_func ("/session/shelf/dropped", test_dropped);
  int rc = g_test_run ();
  fixture_end_program ();
  return rc;
}
