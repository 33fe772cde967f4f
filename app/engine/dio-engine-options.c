#define G_LOG_DOMAIN "dio-engine"

#include "dio-engine-options-private.h"

#include "dio-base-json.h"
#include "dio-core-error.h"
#include "dio-engine-outputs.h"

#include <string.h>

char *
dio_outputs_to_text (const DioOutputs *outputs)
{
  const struct {
    gboolean on;
    const char *name;
  } channels[] = {
    { outputs->rgb, "rgb" },           { outputs->depth, "depth" },
    { outputs->normal, "normal" },     { outputs->instance, "instance" },
    { outputs->semantic, "semantic" }, { outputs->leaf, "leaf" },
  };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (channels); i++)
    if (channels[i].on)
      g_string_append_printf (text, "%s%s", text->len > 0 ? "," : "", channels[i].name);
  return g_string_free (text, FALSE);
}

char *
dio_run_options_to_json (const DioRunOptions *options)
{
  g_autofree char *outputs = dio_outputs_to_text (&options->outputs);
  g_autoptr (json_t) json =
      json_pack ("{s:I, s:I, s:s, s:I, s:I}", "width", (json_int_t) options->width_px, "height",
                 (json_int_t) options->height_px, "outputs", outputs, "recycle_bytes",
                 (json_int_t) options->recycle_bytes, "frame_timeout_ms",
                 (json_int_t) options->frame_timeout_ms);

  return dio_json_to_line (json);
}

gboolean
dio_run_options_from_json (const char *text, DioRunOptions *options, GError **error)
{
  json_int_t width, height, recycle, timeout;
  const char *outputs;
  g_autoptr (json_t) json = dio_json_parse (text, strlen (text), "the run's options", error);

  if (!json)
    return FALSE;
  if (json_unpack (json, "{s:I, s:I, s:s, s:I, s:I}", "width", &width, "height", &height, "outputs",
                   &outputs, "recycle_bytes", &recycle, "frame_timeout_ms", &timeout)
          != 0
      || width < 0 || width > 65536 || height < 0 || height > 65536 || timeout < 1
      || timeout > G_MAXINT) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_CORRUPT,
                 "The dataset's run has options that nobody can have asked for: %s", text);
    return FALSE;
  }
  *options = (DioRunOptions){ .width_px = (guint) width,
                              .height_px = (guint) height,
                              .recycle_bytes = recycle,
                              .frame_timeout_ms = (guint) timeout };
  return dio_outputs_parse (outputs, &options->outputs, error);
}
