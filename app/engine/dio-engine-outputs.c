#define G_LOG_DOMAIN "dio-engine"

#include "dio-engine-outputs.h"

#include "dio-core-error.h"

static gboolean *
find_channel (DioOutputs *outputs, const char *name)
{
  const struct {
    const char *name;
    gboolean *flag;
  } channels[] = {
    { "rgb", &outputs->rgb },           { "depth", &outputs->depth },
    { "normal", &outputs->normal },     { "instance", &outputs->instance },
    { "semantic", &outputs->semantic }, { "leaf", &outputs->leaf },
  };
  for (guint i = 0; i < G_N_ELEMENTS (channels); i++)
    if (g_str_equal (channels[i].name, name))
      return channels[i].flag;
  return NULL;
}

gboolean
dio_outputs_parse (const char *text, DioOutputs *outputs, GError **error)
{
  g_return_val_if_fail (text != NULL && outputs != NULL, FALSE);

  *outputs = (DioOutputs){ 0 };
  g_auto (GStrv) words = g_strsplit (text, ",", -1);
  for (guint i = 0; words[i] != NULL; i++) {
    gboolean *flag = find_channel (outputs, g_strstrip (words[i]));
    if (flag == NULL) {
      g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                   "“%s” is no channel; there are rgb, depth, normal, instance, semantic and leaf",
                   words[i]);
      return FALSE;
    }
    *flag = TRUE;
  }
  return TRUE;
}
