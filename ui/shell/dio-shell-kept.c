#define G_LOG_DOMAIN "dio-shell"

#include "dio-shell-kept-private.h"

#include "dio-base-hash.h"
#include "dio-base-path.h"
#include "dio-image-codec.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

#include <string.h>

typedef struct {
  DioScenario *scenario;
  DioImage *image;
  guint frame, width_px;
} Keep;

static void
keep_free (gpointer data)
{
  Keep *keep = data;
  dio_scenario_unref (keep->scenario);
  dio_image_unref (keep->image);
  g_free (keep);
}

static char *
dup_path (const DioScenario *scenario, guint frame, guint width_px)
{
  GStatBuf build = { 0 };
  g_autofree char *scene = dio_scenario_dup_hash (scenario);
  if (g_stat ("/proc/self/exe", &build) != 0)
    return NULL;
  g_autofree char *what =
      g_strdup_printf ("%s %u %u %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, scene, frame, width_px,
                       (gint64) build.st_size,
                       (gint64) build.st_mtim.tv_sec * 1000000 + build.st_mtim.tv_nsec / 1000);
  g_autofree char *hash = dio_hash_bytes (what, strlen (what));
  g_autofree char *cache = dio_path_dup_cache_folder ();
  g_autofree char *name = g_strconcat (hash, ".png", NULL);
  return g_build_filename (cache, "start", name, NULL);
}

DioImage *
dio_shell_kept_load (const DioScenario *scenario, guint frame, guint width_px)
{
  g_autofree char *path = dup_path (scenario, frame, width_px);
  g_autoptr (DioImage) image = path != NULL ? dio_image_load (path, NULL, NULL) : NULL;
  gboolean fits = image != NULL && image->channels == 3 && image->type == DIO_PIXEL_U8;
  return fits ? g_steal_pointer (&image) : NULL;
}

/* Those of other builds and scenarios go: only the newest few are ever shown. */
static void
drop_old (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  gint64 week_s = 7 * 24 * 3600, now_s = g_get_real_time () / G_USEC_PER_SEC;
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    GStatBuf info = { 0 };
    if (g_stat (path, &info) == 0 && now_s - (gint64) info.st_mtime > week_s)
      g_unlink (path);
  }
}

static void
save_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Keep *keep = data;
  const DioEncodeOptions options = { .srgb = TRUE };
  g_autofree char *path = dup_path (keep->scenario, keep->frame, keep->width_px);
  g_autoptr (GBytes) png = dio_image_encode (keep->image, DIO_IMAGE_FORMAT_PNG, &options, NULL);
  g_autofree char *folder = path != NULL ? g_path_get_dirname (path) : NULL;
  g_autoptr (GError) error = NULL;
  gsize size = 0;
  const void *bytes = png != NULL ? g_bytes_get_data (png, &size) : NULL;
  if (bytes == NULL || folder == NULL)
    return;
  if (!dio_path_make_folders (folder, &error) || !dio_path_write_atomic (path, bytes, size, &error))
    g_debug ("picture of an example not kept: %s", error->message);
  else if (keep->frame == 0)
    drop_old (folder);
}

void
dio_shell_kept_save (DioScenario *scenario, guint frame, guint width_px, DioImage *image)
{
  Keep *keep = g_new0 (Keep, 1);
  *keep = (Keep){ dio_scenario_ref (scenario), dio_image_ref (image), frame, width_px };
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);
  g_task_set_task_data (task, keep, keep_free);
  g_task_run_in_thread (task, save_thread);
}
