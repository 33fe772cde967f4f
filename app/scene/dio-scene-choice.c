#define G_LOG_DOMAIN "dio-scene"

#include "dio-scene-choice.h"

#include <string.h>

static const DioChoiceInfo choices[] = {
  { "asset-choice", "assets", DIO_ASSET_MODEL },
  { "texture-choice", "textures", DIO_ASSET_TEXTURE },
  { "environment-choice", "environments", DIO_ASSET_ENVIRONMENT },
  { "background-choice", "pictures", DIO_ASSET_TEXTURE },
};

const DioChoiceInfo *
dio_choice_find_info (const char *type)
{
  g_return_val_if_fail (type != NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++) {
    if (strcmp (choices[i].type, type) == 0)
      return &choices[i];
  }
  return NULL;
}

static gint
compare_cb (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The borrowed names as a sorted list of copies. */
static GStrv
dup_sorted (GPtrArray *names)
{
  g_ptr_array_sort (names, compare_cb);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  for (guint i = 0; i < names->len; i++)
    g_strv_builder_add (builder, g_ptr_array_index (names, i));
  return g_strv_builder_end (builder);
}

GStrv
dio_scenario_list_tagged (const DioScenario *scenario, DioAssetKind kind, const char *tag)
{
  g_return_val_if_fail (scenario != NULL && tag != NULL, NULL);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  for (guint i = 0; i < scenario->assets->len; i++) {
    const DioAsset *asset = g_ptr_array_index (scenario->assets, i);
    /* Holes are entries that could not be read, which is a fault of its own. */
    if (asset != NULL && asset->kind == kind
        && g_strv_contains ((const char *const *) asset->tags, tag))
      g_ptr_array_add (ids, asset->id);
  }
  return dup_sorted (ids);
}

GStrv
dio_scenario_list_tags (const DioScenario *scenario, DioAssetKind kind)
{
  g_return_val_if_fail (scenario != NULL, NULL);
  g_autoptr (GPtrArray) tags = g_ptr_array_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < scenario->assets->len; i++) {
    const DioAsset *asset = g_ptr_array_index (scenario->assets, i);
    for (guint k = 0; asset != NULL && asset->kind == kind && asset->tags[k] != NULL; k++) {
      if (g_hash_table_add (seen, asset->tags[k]))
        g_ptr_array_add (tags, asset->tags[k]);
    }
  }
  return dup_sorted (tags);
}
