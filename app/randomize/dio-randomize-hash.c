#define G_LOG_DOMAIN "dio-randomize"

/* A hash of everything that a resolved frame says. Numbers enter as their little-endian bits and strings with
 * their lengths, so that no two different frames give the same bytes. */

#include "dio-randomize-private.h"

#include "dio-core-math.h"

#include <string.h>

static void
put_u64 (GChecksum *sum, guint64 value)
{
  value = GUINT64_TO_LE (value);
  g_checksum_update (sum, (const guchar *) &value, sizeof value);
}

static void
put_double (GChecksum *sum, double value)
{
  guint64 bits;
  memcpy (&bits, &value, sizeof bits);
  put_u64 (sum, bits);
}

static void
put_doubles (GChecksum *sum, const double *values, guint n)
{
  for (guint i = 0; i < n; i++)
    put_double (sum, values[i]);
}

static void
put_string (GChecksum *sum, const char *text)
{
  gsize length = text != NULL ? strlen (text) : 0;
  put_u64 (sum, text != NULL ? length : G_MAXUINT64);
  g_checksum_update (sum, (const guchar *) text, (gssize) length);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Names of a table in byte order; (transfer container). */
static GPtrArray *
sort_keys (GHashTable *table)
{
  GPtrArray *names = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer key;
  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_ptr_array_add (names, key);
  g_ptr_array_sort (names, compare_names);
  return names;
}

static void
put_material (GChecksum *sum, const DioMaterialOverride *m)
{
  put_string (sum, m->slot);
  put_u64 (sum, m->set);
  put_doubles (sum, m->base_color, 4);
  put_doubles (sum, m->emissive_nits, 3);
  put_doubles (sum, m->uv_scale, 2);
  put_doubles (sum,
               (const double[]){ m->metallic, m->roughness, m->normal_scale, m->occlusion_strength,
                                 m->alpha_cutoff },
               5);
  put_u64 (sum, (guint64) m->alpha_mode);
  put_u64 (sum, (guint64) m->double_sided);
  put_u64 (sum, (guint64) m->label_surface);
  put_string (sum, m->base_color_texture);
  put_string (sum, m->metallic_roughness_texture);
  put_string (sum, m->normal_texture);
  put_string (sum, m->occlusion_texture);
  put_string (sum, m->emissive_texture);
}

/* What came later counts only where it is set, so that older scenarios keep their sums. */
static void
put_late (GChecksum *sum, const char *name, double value, double default_value)
{
  if (value == default_value)
    return;
  put_string (sum, name);
  put_double (sum, value);
}

static void
put_model (GChecksum *sum, const DioModelProps *model)
{
  put_string (sum, model->asset);
  put_string (sum, model->parametric);
  g_autoptr (GPtrArray) parameters = sort_keys (model->parameters);
  put_u64 (sum, parameters->len);
  for (guint i = 0; i < parameters->len; i++) {
    const char *name = g_ptr_array_index (parameters, i);
    put_string (sum, name);
    put_double (sum, *(const double *) g_hash_table_lookup (model->parameters, name));
  }
  g_autoptr (GPtrArray) groups = sort_keys (model->group_labels);
  put_u64 (sum, groups->len);
  for (guint i = 0; i < groups->len; i++) {
    const char *name = g_ptr_array_index (groups, i);
    put_string (sum, name);
    put_u64 (sum, GPOINTER_TO_UINT (g_hash_table_lookup (model->group_labels, name)));
  }
  put_u64 (sum, model->materials->len);
  for (guint i = 0; i < model->materials->len; i++)
    put_material (sum, g_ptr_array_index (model->materials, i));
  put_late (sum, "glows_below_sun_rad", model->glows_below_sun_rad, DIO_PI / 2);
}

static void
put_light (GChecksum *sum, const DioLightProps *light)
{
  put_u64 (sum, (guint64) light->kind);
  put_doubles (sum, light->color, 3);
  put_doubles (sum,
               (const double[]){ light->temperature_k, light->intensity,
                                 light->angular_diameter_rad, light->inner_cone_rad,
                                 light->outer_cone_rad, light->width_m, light->height_m,
                                 light->sun_elevation_rad, light->sun_azimuth_rad, light->turbidity,
                                 light->ground_albedo },
               11);
  put_u64 (sum, (guint64) light->casts_shadow);
  put_u64 (sum, (guint64) light->background_visible);
  put_string (sum, light->environment);
  put_late (sum, "visibility_m", light->visibility_m, 0);
  put_late (sum, "fog_height_m", light->fog_height_m, 1200);
  put_late (sum, "on_below_sun_rad", light->on_below_sun_rad, DIO_PI / 2);
}

/* Nothing where there are none, so that scenarios without them keep their hash. */
static void
put_effects (GChecksum *sum, const DioSensorProps *sensor)
{
  const DioPictureEffects *effects = &sensor->effects;
  if (!dio_picture_effects_touch_light (effects) && effects->jpeg_quality == 0
      && sensor->exposure_compensation_ev == 0)
    return;
  put_doubles (sum,
               (const double[]){ sensor->exposure_compensation_ev, effects->softness_px,
                                 effects->defocus_px, effects->motion_px, effects->motion_angle_rad,
                                 effects->vignette_ev, effects->electrons_at_white,
                                 effects->read_noise_e, effects->row_noise_e,
                                 effects->white_balance_k, effects->tint },
               11);
  put_u64 (sum, (guint64) effects->jpeg_quality);
  put_u64 (sum, (guint64) effects->jpeg_chroma);
}

static void
put_sensor (GChecksum *sum, const DioSensorProps *sensor)
{
  put_u64 (sum, sensor->width_px);
  put_u64 (sum, sensor->height_px);
  put_u64 (sum, (guint64) sensor->has_k);
  put_doubles (sum,
               (const double[]){ sensor->fx, sensor->fy, sensor->cx, sensor->cy,
                                 sensor->focal_length_mm, sensor->sensor_width_mm, sensor->near_m,
                                 sensor->far_m, sensor->exposure_ev100, sensor->max_depth_m },
               10);
  put_u64 (sum, (guint64) sensor->tone);
  put_effects (sum, sensor);
  put_late (sum, "auto_exposure", sensor->auto_exposure, FALSE);
  /* Frozen hashes are those of frames that had no such thing. */
  if (sensor->background[0] == '\0')
    return;
  put_string (sum, sensor->background);
  put_u64 (sum, (guint64) sensor->background_fit);
  put_doubles (sum, sensor->background_bars, 3);
  put_double (sum, sensor->background_nits);
}

static void
put_node (GChecksum *sum, const DioResolvedNode *resolved)
{
  const DioNode *node = resolved->node;
  const DioTrs *trs = &node->parent_from_node;
  put_string (sum, node->id);
  put_u64 (sum, resolved->copy);
  put_u64 (sum, (guint64) (gint64) resolved->parent);
  put_u64 (sum, resolved->object_key);
  put_u64 (sum, (guint64) resolved->visible);
  put_doubles (sum, resolved->world_from_node.m, 16);
  put_doubles (sum,
               (const double[]){ trs->translation_m.x, trs->translation_m.y, trs->translation_m.z,
                                 trs->q_wxyz.w, trs->q_wxyz.x, trs->q_wxyz.y, trs->q_wxyz.z,
                                 trs->scale.x, trs->scale.y, trs->scale.z },
               10);
  put_string (sum, node->name);
  put_string (sum, node->category);
  put_u64 (sum, (guint64) node->visible);
  put_u64 (sum, (guint64) node->own_instance);
  put_u64 (sum, (guint64) (gint64) node->layer);
  put_u64 (sum, (guint64) node->crowd);
  put_u64 (sum, (guint64) node->kind);
  switch (node->kind) {
  case DIO_NODE_MODEL:
    put_model (sum, &node->model);
    break;
  case DIO_NODE_LIGHT:
    put_light (sum, &node->light);
    break;
  case DIO_NODE_SENSOR:
    put_sensor (sum, &node->sensor);
    break;
  case DIO_NODE_GROUP:
  default:
    break;
  }
}

static void
put_draw (GChecksum *sum, const DioDraw *draw)
{
  put_string (sum, draw->randomizer);
  put_string (sum, draw->target);
  put_string (sum, draw->property);
  put_u64 (sum, draw->stream);
  put_u64 (sum, draw->copy);
  put_u64 (sum, draw->attempt);
  put_u64 (sum, draw->n_numbers);
  put_doubles (sum, draw->numbers, draw->n_numbers);
  put_string (sum, draw->string);
}

char *
dio_resolved_dup_hash (const DioResolved *resolved)
{
  g_return_val_if_fail (resolved != NULL, NULL);
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  put_u64 (sum, resolved->seed);
  put_u64 (sum, resolved->frame);
  if (resolved->moment.in_sequence) {
    put_u64 (sum, resolved->moment.sequence);
    put_u64 (sum, resolved->moment.step);
    put_double (sum, resolved->moment.time_s);
  }
  put_u64 (sum, resolved->take);
  put_u64 (sum, resolved->constraint_attempts);
  put_u64 (sum, (guint64) resolved->constraints_met);
  put_u64 (sum, resolved->nodes->len);
  for (guint i = 0; i < resolved->nodes->len; i++)
    put_node (sum, &g_array_index (resolved->nodes, DioResolvedNode, i));
  put_u64 (sum, resolved->draws->len);
  for (guint i = 0; i < resolved->draws->len; i++)
    put_draw (sum, &g_array_index (resolved->draws, DioDraw, i));
  guint n = dio_diagnostics_get_count (resolved->diagnostics);
  put_u64 (sum, n);
  for (guint i = 0; i < n; i++) {
    const DioDiagnostic *finding = dio_diagnostics_get (resolved->diagnostics, i);
    put_string (sum, finding->code);
    put_string (sum, finding->object);
  }
  return g_strdup (g_checksum_get_string (sum));
}
