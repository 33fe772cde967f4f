#define G_LOG_DOMAIN "dio-assets"

#include "dio-assets-import-private.h"

#include "dio-base-json.h"
#include "dio-core-pose.h"
#include "dio-core-vec.h"

#include <string.h>

#define MAX_LINE 512u

/* The numbers of a "v x y z" line, and where the rest of it starts; FALSE for every other line. */
static gboolean
parse_vertex (const char *line, gsize length, double xyz[3], gsize *rest)
{
  char copy[MAX_LINE];
  if (length < 6 || length >= MAX_LINE || line[0] != 'v' || (line[1] != ' ' && line[1] != '\t'))
    return FALSE;
  memcpy (copy, line, length);
  copy[length] = '\0';
  char *at = copy + 1;
  for (guint i = 0; i < 3; i++) {
    char *end;
    xyz[i] = g_ascii_strtod (at, &end);
    if (end == at || !dio_vec3_is_finite (dio_vec3 (xyz[i], 0, 0)))
      return FALSE;
    at = end;
  }
  *rest = (gsize) (at - copy);
  return TRUE;
}

/* Length of the line at @line with its end. */
static gsize
line_length (const char *line, const char *end)
{
  const char *stop = memchr (line, '\n', (gsize) (end - line));
  return stop != NULL ? (gsize) (stop - line) + 1 : (gsize) (end - line);
}

static DioBox3
bounds_of (const char *data, gsize size)
{
  DioBox3 box = dio_box3_empty ();
  const char *end = data + size;
  double p[3];
  gsize rest;
  for (const char *line = data; line < end;) {
    gsize length = line_length (line, end);
    if (parse_vertex (line, length, p, &rest))
      dio_box3_add_point (&box, dio_vec3 (p[0], p[1], p[2]));
    line += length;
  }
  return box;
}

static GBytes *
subtract (const char *data, gsize size, DioVec3 offset)
{
  GString *out = g_string_sized_new (size);
  const char *end = data + size;
  double p[3];
  gsize rest;
  for (const char *line = data; line < end;) {
    gsize length = line_length (line, end);
    if (parse_vertex (line, length, p, &rest)) {
      g_autofree char *x = dio_json_double_to_text (p[0] - offset.x);
      g_autofree char *y = dio_json_double_to_text (p[1] - offset.y);
      g_autofree char *z = dio_json_double_to_text (p[2] - offset.z);
      g_string_append_printf (out, "v %s %s %s", x, y, z);
      g_string_append_len (out, line + rest, (gssize) (length - rest));
    } else {
      g_string_append_len (out, line, (gssize) length);
    }
    line += length;
  }
  return g_string_free_to_bytes (out);
}

void
dio_far_recentre_obj (DioImport *import, GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  DioBox3 box = bounds_of (data, size);
  if (dio_box3_is_empty (&box))
    return;
  double scale = import->asset->scale_to_m > 0 ? import->asset->scale_to_m : 1;
  DioVec3 middle = dio_vec3_scale (dio_vec3_add (box.min, box.max), 0.5);
  DioVec3 extent = dio_vec3_sub (box.max, box.min);
  double distance = dio_vec3_length (middle) * scale;
  /* A model that is itself as large as its distance loses nothing, and its unit is in doubt. */
  if (distance <= DIO_FAR_FROM_ORIGIN_M || dio_vec3_length (extent) > dio_vec3_length (middle))
    return;
  g_autoptr (GBytes) nearer = subtract (data, size, middle);
  dio_gate_set_virtual (import->gate, import->name, nearer);
  dio_diagnostics_add (import->findings, DIO_SEVERITY_WARNING, "far-from-origin", "",
                       "the model lies %.1f km from its origin (map coordinates?), where floats "
                       "have no millimetres; (%.3f, %.3f, %.3f) in units and axes of the file was "
                       "subtracted; set recenter to true to stand it on its origin",
                       distance / 1000, middle.x, middle.y, middle.z);
}
