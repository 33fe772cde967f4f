#define G_LOG_DOMAIN "dio-scene"

/* A parameter that is a path: keys by time. */

#include "dio-scene-randomizer-private.h"

#include "dio-core-pose.h"

#include <math.h>

#define MAX_KEYS 4096
#define MAX_TIME_S 1e6
/* A rotation in a file may be off length 1 by rounding only. */
#define UNIT_TOLERANCE 1e-3

static gboolean
fault (DioDiagnostics *d, const char *code, const char *path, const char *message)
{
  dio_diagnostics_add (d, DIO_SEVERITY_ERROR, code, path, "%s", message);
  return FALSE;
}

static gboolean
read_array (const json_t *json, guint n, double limit, double *out)
{
  if (!json_is_array (json) || json_array_size (json) != n)
    return FALSE;
  for (guint i = 0; i < n; i++) {
    const json_t *value = json_array_get (json, i);
    out[i] = json_number_value (value);
    if (!json_is_number (value) || !(fabs (out[i]) <= limit))
      return FALSE;
  }
  return TRUE;
}

static gboolean
check_members (const json_t *json, const char *path, DioDiagnostics *d)
{
  const char *key;
  json_t *value;
  if (!json_is_object (json))
    return fault (d, "wrong-type", path,
                  "this must be an object with \"time_s\", \"position\" and \"rotation\"");
  json_object_foreach ((json_t *) json, key, value) {
    if (g_str_equal (key, "time_s") || g_str_equal (key, "position")
        || g_str_equal (key, "rotation"))
      continue;
    g_autofree char *where = g_strconcat (path, "/", key, NULL);
    return fault (d, "unknown-key", where, "a key of a path has no such member; remove it");
  }
  return TRUE;
}

static gboolean
read_rotation (const json_t *json, DioPathKey *key)
{
  double q[4];
  key->turned = json != NULL;
  if (json == NULL)
    return TRUE;
  if (!read_array (json, 4, 2, q)
      || fabs (q[0] * q[0] + q[1] * q[1] + q[2] * q[2] + q[3] * q[3] - 1) > UNIT_TOLERANCE)
    return FALSE;
  /* Kept as written: normalising again and again would change the last digits. */
  key->q_wxyz = (DioQuat){ q[0], q[1], q[2], q[3] };
  return TRUE;
}

static gboolean
read_key (const json_t *json, double limit, const char *path, DioPathKey *key, DioDiagnostics *d)
{
  double p[3];
  if (!check_members (json, path, d))
    return FALSE;
  const json_t *time = json_object_get (json, "time_s");
  key->time_s = json_number_value (time);
  if (!json_is_number (time) || !(key->time_s >= 0 && key->time_s <= MAX_TIME_S))
    return fault (d, "out-of-range", path, "\"time_s\" must be a number from 0 to 1000000");
  if (!read_array (json_object_get (json, "position"), 3, limit, p))
    return fault (d, "out-of-range", path,
                  "\"position\" must be three numbers from -1000000 to 1000000");
  key->position_m = (DioVec3){ p[0], p[1], p[2] };
  return read_rotation (json_object_get (json, "rotation"), key)
         || fault (d, "out-of-range", path,
                   "\"rotation\" must be four numbers w, x, y, z of length 1");
}

/* What holds between a key and the one before it. */
static gboolean
check_order (const GArray *keys, const char *path, DioDiagnostics *d)
{
  if (keys->len < 2)
    return TRUE;
  const DioPathKey *last = &g_array_index (keys, DioPathKey, keys->len - 1);
  if (!(last[0].time_s > last[-1].time_s))
    return fault (d, "contradiction", path, "\"time_s\" must be later than that of the key before");
  if (last[0].turned != last[-1].turned)
    return fault (d, "contradiction", path, "either all keys have a \"rotation\" or none");
  return TRUE;
}

gboolean
dio_param_read_keys (const json_t *json,
                     const DioParamInfo *info,
                     const char *path,
                     DioRandomizerParam *param,
                     DioDiagnostics *diagnostics)
{
  gsize n = json_array_size (json);
  if (!json_is_array (json) || n < 1 || n > MAX_KEYS)
    return fault (diagnostics, "wrong-type", path, "this must be an array of 1 to 4096 keys");
  param->keys = g_array_new (FALSE, TRUE, sizeof (DioPathKey));
  for (gsize i = 0; i < n; i++) {
    DioPathKey key = { 0 };
    g_autofree char *where = g_strdup_printf ("%s/%" G_GSIZE_FORMAT, path, i);
    if (!read_key (json_array_get (json, i), info->max, where, &key, diagnostics))
      return FALSE;
    g_array_append_val (param->keys, key);
    if (!check_order (param->keys, where, diagnostics))
      return FALSE;
  }
  return TRUE;
}

json_t *
dio_param_keys_to_json (const DioRandomizerParam *param)
{
  json_t *json = json_array ();
  for (guint i = 0; i < param->keys->len; i++) {
    const DioPathKey *key = &g_array_index (param->keys, DioPathKey, i);
    json_t *entry = json_pack ("{s:f,s:[fff]}", "time_s", key->time_s, "position",
                               key->position_m.x, key->position_m.y, key->position_m.z);
    if (key->turned)
      json_object_set_new (
          entry, "rotation",
          json_pack ("[ffff]", key->q_wxyz.w, key->q_wxyz.x, key->q_wxyz.y, key->q_wxyz.z));
    json_array_append_new (json, entry);
  }
  return json;
}

static json_t *
numbers_to_schema (int n, double limit)
{
  return json_pack ("{s:s,s:i,s:i,s:{s:s,s:f,s:f}}", "type", "array", "minItems", n, "maxItems", n,
                    "items", "type", "number", "minimum", -limit, "maximum", limit);
}

json_t *
dio_param_keys_to_schema (const DioParamInfo *info)
{
  json_t *key =
      json_pack ("{s:s,s:{s:{s:s,s:i,s:f},s:o,s:o},s:[s,s],s:b}", "type", "object", "properties",
                 "time_s", "type", "number", "minimum", 0, "maximum", MAX_TIME_S, "position",
                 numbers_to_schema (3, info->max), "rotation", numbers_to_schema (4, 2), "required",
                 "time_s", "position", "additionalProperties", 0);
  return json_pack ("{s:s,s:i,s:i,s:o}", "type", "array", "minItems", 1, "maxItems", MAX_KEYS,
                    "items", key);
}
