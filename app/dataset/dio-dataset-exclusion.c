/* Sets of keys: one text for a picture, the same with the object behind it for an object. */
#define G_LOG_DOMAIN "dio-dataset"

#include "dio-dataset-exclusion.h"

struct DioDatasetExclusion {
  GHashTable *pictures, *objects; /**< sets of owned texts */
};

/* Ids of sensors have no line breaks, but a file may come from a stranger: the sensor stands last. */
static char *
dup_picture_text (const DioDatasetPictureKey *key)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GUINT64_FORMAT " %u %s", key->run, key->index,
                          key->take, key->sensor);
}

static char *
dup_object_text (const DioDatasetPictureKey *key, guint64 object_key)
{
  g_autofree char *picture = dup_picture_text (key);

  return g_strdup_printf ("%" G_GUINT64_FORMAT " %s", object_key, picture);
}

DioDatasetExclusion *
dio_dataset_exclusion_new (void)
{
  DioDatasetExclusion *exclusion = g_new0 (DioDatasetExclusion, 1);

  exclusion->pictures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  exclusion->objects = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return exclusion;
}

void
dio_dataset_exclusion_free (DioDatasetExclusion *exclusion)
{
  if (!exclusion)
    return;
  g_hash_table_unref (exclusion->pictures);
  g_hash_table_unref (exclusion->objects);
  g_free (exclusion);
}

gboolean
dio_dataset_exclusion_add_picture (DioDatasetExclusion *exclusion, const DioDatasetPictureKey *key)
{
  g_return_val_if_fail (exclusion && key && key->sensor, FALSE);

  return g_hash_table_add (exclusion->pictures, dup_picture_text (key));
}

gboolean
dio_dataset_exclusion_add_object (DioDatasetExclusion *exclusion,
                                  const DioDatasetPictureKey *key,
                                  guint64 object_key)
{
  g_return_val_if_fail (exclusion && key && key->sensor, FALSE);

  return g_hash_table_add (exclusion->objects, dup_object_text (key, object_key));
}

gboolean
dio_dataset_exclusion_has_picture (const DioDatasetExclusion *exclusion,
                                   const DioDatasetPictureKey *key)
{
  g_return_val_if_fail (exclusion && key && key->sensor, FALSE);

  g_autofree char *text = dup_picture_text (key);
  return g_hash_table_contains (exclusion->pictures, text);
}

gboolean
dio_dataset_exclusion_has_object (const DioDatasetExclusion *exclusion,
                                  const DioDatasetPictureKey *key,
                                  guint64 object_key)
{
  g_return_val_if_fail (exclusion && key && key->sensor, FALSE);

  if (g_hash_table_size (exclusion->objects) == 0)
    return FALSE;
  g_autofree char *text = dup_object_text (key, object_key);
  return g_hash_table_contains (exclusion->objects, text);
}

guint
dio_dataset_exclusion_get_n_pictures (const DioDatasetExclusion *exclusion)
{
  g_return_val_if_fail (exclusion, 0);

  return g_hash_table_size (exclusion->pictures);
}

guint
dio_dataset_exclusion_get_n_objects (const DioDatasetExclusion *exclusion)
{
  g_return_val_if_fail (exclusion, 0);

  return g_hash_table_size (exclusion->objects);
}
