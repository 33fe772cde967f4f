#define G_LOG_DOMAIN "dio-inspector"

#include "dio-inspector-options-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
clear_option (gpointer data)
{
  DioInspectorOption *option = data;
  g_free (option->value);
  g_free (option->label);
}

GArray *
dio_inspector_options_new (void)
{
  GArray *options = g_array_new (FALSE, FALSE, sizeof (DioInspectorOption));
  g_array_set_clear_func (options, clear_option);
  return options;
}

void
dio_inspector_options_add (GArray *options, const char *value, const char *label)
{
  DioInspectorOption option = { g_strdup (value), g_strdup (label) };
  g_array_append_val (options, option);
}

/* Names of the document that are words for people too. */
static const struct {
  const char *value, *label;
} names[] = {
  { "sun", N_ ("Sun") },
  { "point", N_ ("Point") },
  { "spot", N_ ("Spot") },
  { "rect", N_ ("Rectangle") },
  { "environment", N_ ("Environment") },
  { "sky", N_ ("Sky") },
  { "linear", N_ ("Linear") },
  { "filmic", N_ ("Filmic") },
  { "aces", "ACES" },
  { "agx", "AgX" },
  { "opaque", N_ ("Opaque") },
  { "mask", N_ ("Mask") },
  { "blend", N_ ("Blend") },
  { "auto", N_ ("Automatic") },
  { "surface", N_ ("The Surface") },
  { "through", N_ ("What Is Behind") },
  { "crop", N_ ("Cropping") },
  { "fit", N_ ("Bars") },
};

void
dio_inspector_options_add_enum (GArray *options, const DioPropertyInfo *info)
{
  for (guint i = 0; info->enum_names[i] != NULL; i++) {
    const char *label = info->enum_names[i];
    for (guint k = 0; k < G_N_ELEMENTS (names); k++) {
      if (strcmp (names[k].value, info->enum_names[i]) == 0)
        label = _ (names[k].label);
    }
    dio_inspector_options_add (options, info->enum_names[i], label);
  }
}

void
dio_inspector_options_add_words (GArray *options, const DioParametricParam *param)
{
  for (guint i = 0; param->choices[i] != NULL; i++) {
    g_autofree char *value = g_strdup_printf ("%u", i);
    dio_inspector_options_add (options, value, _ (param->choices[i]));
  }
}

void
dio_inspector_options_add_procedural (GArray *options, DioAssetKind kind)
{
  gboolean texture = kind == DIO_ASSET_TEXTURE;
  const char *const *list =
      texture ? dio_parametric_list_textures () : dio_parametric_list_environments ();
  for (guint i = 0; list[i] != NULL; i++) {
    g_autofree char *value = g_strconcat ("procedural:", list[i], NULL);
    const char *label = texture ? dio_parametric_get_texture_label (list[i])
                                : dio_parametric_get_environment_label (list[i]);
    dio_inspector_options_add (options, value, _ (label));
  }
}

void
dio_inspector_options_add_assets (GArray *options, const DioScenario *scenario, DioAssetKind kind)
{
  for (guint i = 0; i < scenario->assets->len; i++) {
    const DioAsset *asset = g_ptr_array_index (scenario->assets, i);
    if (asset->kind == kind)
      dio_inspector_options_add (options, asset->id, asset->id);
  }
}

guint
dio_inspector_options_find (const GArray *options, const char *value)
{
  for (guint i = 0; i < options->len; i++) {
    if (g_strcmp0 (g_array_index (options, DioInspectorOption, i).value, value) == 0)
      return i;
  }
  return G_MAXUINT;
}

char *
dio_inspector_options_dup_key (const GArray *options)
{
  GString *key = g_string_new (NULL);
  for (guint i = 0; i < options->len; i++) {
    const DioInspectorOption *option = &g_array_index (options, DioInspectorOption, i);
    g_string_append_printf (key, "%s\n", option->value != NULL ? option->value : "\t");
  }
  return g_string_free (key, FALSE);
}
