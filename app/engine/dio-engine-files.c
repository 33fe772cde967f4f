#define G_LOG_DOMAIN "dio-engine"

#include "dio-engine-files-private.h"

#include "dio-base-path.h"
#include "dio-core-error.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

/* Only these folders hold picture files; whatever else stands in a dataset belongs to somebody else. */
static const char *const channels[] = { "rgb",      "leaf",     "depth", "normal",
                                        "instance", "semantic", NULL };

char *
dio_engine_dup_temporary_folder (const char *folder)
{
  return g_build_filename (folder, ".tmp", NULL);
}

char *
dio_engine_dup_temporary_name (const DioTemporaryName *name)
{
  return g_strdup_printf ("%" G_GUINT64_FORMAT "_%" G_GUINT64_FORMAT "_%u_%s.%s", name->lease,
                          name->index, name->capture, name->channel, name->extension);
}

gboolean
dio_engine_is_plain_word (const char *word)
{
  gsize length = strlen (word);

  if (length == 0 || length > 16)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_islower (word[i]) && !g_ascii_isdigit (word[i]))
      return FALSE;
  return TRUE;
}

static gboolean
foreach_in_folder (
    const char *folder, const char *relative, DioFileFunc func, gpointer user, GError **error)
{
  g_autofree char *path = g_build_filename (folder, relative, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir))) {
    g_autofree char *file = g_strconcat (relative, "/", name, NULL);
    if (!func (file, user, error))
      return FALSE;
  }
  return TRUE;
}

gboolean
dio_engine_foreach_file (const char *folder, DioFileFunc func, gpointer user, GError **error)
{
  for (guint i = 0; channels[i]; i++) {
    g_autofree char *path = g_build_filename (folder, channels[i], NULL);
    g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
    const char *name;
    while (dir && (name = g_dir_read_name (dir))) {
      g_autofree char *relative = g_strconcat (channels[i], "/", name, NULL);
      if (!foreach_in_folder (folder, relative, func, user, error))
        return FALSE;
    }
  }
  return TRUE;
}

typedef struct {
  DioDataset *dataset;
  guint n_removed;
} Sweep;

static gboolean
sweep_file_cb (const char *path, gpointer user, GError **error)
{
  Sweep *sweep = user;
  gboolean has = FALSE;

  if (!dio_dataset_has_file (sweep->dataset, path, &has, error))
    return FALSE;
  if (has)
    return TRUE;
  g_autofree char *full = g_build_filename (dio_dataset_get_folder (sweep->dataset), path, NULL);
  if (g_unlink (full) != 0) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_FAILED, "The garbage file “%s” cannot be removed: %s",
                 full, g_strerror (errno));
    return FALSE;
  }
  sweep->n_removed++;
  return TRUE;
}

gboolean
dio_engine_remove_garbage (DioDataset *dataset, guint *n_removed, GError **error)
{
  const char *folder = dio_dataset_get_folder (dataset);
  g_autofree char *temporary = dio_engine_dup_temporary_folder (folder);
  Sweep sweep = { dataset, 0 };
  g_autoptr (GDir) dir = g_dir_open (temporary, 0, NULL);

  while (dir && g_dir_read_name (dir))
    sweep.n_removed++;
  if (!dio_path_remove_tree (temporary, error)
      || !dio_engine_foreach_file (folder, sweep_file_cb, &sweep, error))
    return FALSE;
  if (n_removed)
    *n_removed = sweep.n_removed;
  return TRUE;
}
