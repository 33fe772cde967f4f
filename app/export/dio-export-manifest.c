/* manifest.json: what a file of numbers does not say about itself. */
#define G_LOG_DOMAIN "dio-export"

#include "dio-base-json.h"
#include "dio-export-file-private.h"
#include "dio-export-format-private.h"

#include <math.h>
#include <string.h>

static json_t *
make_double (double value)
{
  return isfinite (value) ? json_real (value) : json_null ();
}

static json_t *
make_count (guint64 value)
{
  return json_integer ((json_int_t) value);
}

static const char *
or_empty (const char *text)
{
  return text ? text : "";
}

static json_t *
make_conventions (const DioExportJob *job)
{
  json_t *json = json_object ();

  json_object_set_new (json, "pixels",
                       json_string ("(0, 0) is the top left corner of the picture; the middle of a"
                                    " pixel lies at +0.5"));
  json_object_set_new (
      json, "mask",
      json_string ("pixels whose centre ray hits the object first; never anti-aliased"
                   " or dilated"));
  json_object_set_new (
      json, "specks",
      json_string (job->format->removes_specks
                       ? "8-connected parts below max (3 px, 0.5 % of the mask) are"
                         " left out of mask, box and area, unless they are more than"
                         " 10 % of it"
                       : "kept"));
  for (guint i = 0; job->format->conventions[i]; i += 2)
    json_object_set_new (json, job->format->conventions[i],
                         json_string (job->format->conventions[i + 1]));
  return json;
}

static json_t *
make_policy (const DioExportJob *job)
{
  const DioLabelPolicy *p = &job->policy;
  json_t *json = json_object ();

  json_object_set_new (json, "from",
                       json_string (job->options->policy ? job->options->policy : "scenario"));
  json_object_set_new (json, "drop_visible_px", make_double (p->drop_visible_px));
  json_object_set_new (json, "drop_visibility", make_double (p->drop_visibility));
  json_object_set_new (json, "keep_visible_px", make_double (p->keep_visible_px));
  json_object_set_new (json, "keep_short_side_px", make_double (p->keep_short_side_px));
  json_object_set_new (json, "keep_height_px", make_double (p->keep_height_px));
  json_object_set_new (json, "keep_visibility", make_double (p->keep_visibility));
  json_object_set_new (json, "keep_visib_fract", make_double (p->keep_visib_fract));
  json_object_set_new (json, "max_blur_share", make_double (p->max_blur_share));
  return json;
}

static json_t *
make_counts (const DioExportJob *job)
{
  const DioExportCounts *c = &job->counts;
  const struct {
    const char *key;
    guint64 value;
  } rows[] = {
    { "images", job->n_images },
    { "annotations", c->written },
    { "kept", c->kept },
    { "ignored", c->ignored },
    { "ignored_filled", c->filled },
    { "ignored_without_pixels", c->without_pixels },
    { "crowds", c->crowd },
    { "dropped_by_policy", c->dropped },
    { "dropped_by_class_map", c->class_dropped },
    { "unlabelled", c->unlabelled },
    { "stuff", c->stuff },
    { "outside_front_cone", c->outside_cone },
    { "rejected_by_review", c->rejected },
    { "speck_px", c->speck_px },
    { "images_left_out_failed_checks", job->skipped.failed_checks },
    { "images_left_out_rejected", job->skipped.rejected },
    { "images_left_out_with_ignored", job->skipped.with_ignored },
    { "images_left_out_of_splits", job->skipped.outside_splits },
  };
  json_t *json = json_object ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    json_object_set_new (json, rows[i].key, make_count (rows[i].value));
  return json;
}

static json_t *
make_splits (const DioExportJob *job)
{
  json_t *list = json_array ();

  for (guint i = 0; i < job->n_splits; i++) {
    json_t *json = json_object ();
    json_object_set_new (json, "name", json_string (job->splits[i].name));
    json_object_set_new (json, "share", json_real (job->splits[i].share));
    json_object_set_new (json, "images", make_count (job->split_counts[i].images));
    json_object_set_new (json, "annotations", make_count (job->split_counts[i].annotations));
    json_array_append_new (list, json);
  }
  return list;
}

static json_t *
make_options (const DioExportJob *job)
{
  static const char *const ignored[] = { "default", "drop", "keep", "fill", "skip-image" };
  const DioExportOptions *o = job->options;
  const char *pictures = o->image_format == DIO_IMAGE_FORMAT_UNKNOWN ? "copied"
                         : o->image_format == DIO_IMAGE_FORMAT_PNG   ? "png"
                         : o->image_format == DIO_IMAGE_FORMAT_JPEG  ? "jpeg 4:4:4"
                                                                     : "webp";
  json_t *json = json_object ();

  json_object_set_new (json, "ignored", json_string (ignored[job->ignored]));
  json_object_set_new (json, "box", json_string (o->box_amodal ? "amodal" : "visible"));
  json_object_set_new (json, "masks", json_string (o->polygons ? "polygons" : "runs"));
  json_object_set_new (json, "pictures", json_string (pictures));
  json_object_set_new (json, "quality", make_count (o->image_quality ? o->image_quality : 95));
  json_object_set_new (json, "prefix", json_string (or_empty (o->prefix)));
  json_object_set_new (json, "id_base", json_integer (job->id_base));
  json_object_set_new (json, "include_failed_checks", json_boolean (o->include_failed_checks));
  json_object_set_new (json, "without_rejected", json_boolean (o->exclusion != NULL));
  if (!job->format->has_polygons)
    json_object_del (json, "masks");
  if (o->image_format != DIO_IMAGE_FORMAT_JPEG && o->image_format != DIO_IMAGE_FORMAT_WEBP)
    json_object_del (json, "quality");
  return json;
}

static json_t *
make_runs (const DioExportJob *job, GError **error)
{
  g_autoptr (GArray) ids = dio_dataset_list_runs (job->dataset, error);
  g_autoptr (json_t) list = json_array ();

  for (guint i = 0; ids && i < ids->len; i++) {
    g_auto (DioDatasetRun) run = { 0 };
    json_t *json = json_object ();
    json_array_append_new (list, json);
    if (!dio_dataset_get_run (job->dataset, g_array_index (ids, gint64, i), &run, error))
      return NULL;
    json_object_set_new (json, "run", json_integer (run.id));
    json_object_set_new (json, "scenario_hash", json_string (run.scenario_hash));
    json_object_set_new (json, "seed", make_count (run.seed));
    json_object_set_new (json, "first_frame", make_count (run.first));
    json_object_set_new (json, "frames", make_count (run.count));
    json_object_set_new (json, "render_identity", json_string (run.render_identity));
  }
  return ids ? g_steal_pointer (&list) : NULL;
}

static json_t *
make_assets (const DioExportJob *job)
{
  json_t *list = json_array ();

  for (guint i = 0; i < job->scenario->assets->len; i++) {
    const DioAsset *asset = job->scenario->assets->pdata[i];
    json_t *json = json_object ();
    json_object_set_new (json, "id", json_string (asset->id));
    json_object_set_new (json, "author", json_string (or_empty (asset->author)));
    json_object_set_new (json, "licence", json_string (or_empty (asset->licence)));
    json_object_set_new (json, "sha256", json_string (or_empty (asset->sha256)));
    json_array_append_new (list, json);
  }
  return list;
}

static void
put_classes (const DioExportJob *job, json_t *json)
{
  json_t *dropped = json_array ();

  json_object_set_new (json, "classes", dio_export_classes_to_json (job->classes, job->scenario));
  for (guint i = 0; i < job->classes->n_categories; i++)
    if (job->classes->class_of_category[i] == DIO_EXPORT_CLASS_DROP)
      json_array_append_new (
          dropped, json_string (((const DioCategory *) job->scenario->categories->pdata[i])->id));
  json_object_set_new (json, "class_map",
                       job->classes->map_name
                           ? json_pack ("{s:s, s:o}", "file", job->classes->map_name, "dropped",
                                        json_incref (dropped))
                           : json_null ());
  json_decref (dropped);
}

gboolean
dio_export_manifest_write (const DioExportJob *job, gpointer state, GError **error)
{
  g_autoptr (json_t) json = json_object ();
  g_autofree char *path = g_build_filename (job->folder, "manifest.json", NULL);
  g_autofree char *hash = dio_scenario_dup_hash (job->scenario);
  json_t *runs = make_runs (job, error);

  if (!runs)
    return FALSE;
  json_object_set_new (json, "format", json_string (job->format->info.name));
  json_object_set_new (json, "generator", json_string ("Diorama " DIO_VERSION));
  json_object_set_new (json, "conventions", make_conventions (job));
  json_object_set_new (json, "options", make_options (job));
  json_object_set_new (json, "policy", make_policy (job));
  json_object_set_new (json, "counts", make_counts (job));
  if (job->format->report)
    json_object_set_new (json, "losses", job->format->report (state));
  json_object_set_new (json, "splits", make_splits (job));
  json_object_set_new (
      json, "scenario",
      json_pack ("{s:s, s:s}", "name", or_empty (job->scenario->name), "hash", hash));
  json_object_set_new (json, "runs", runs);
  json_object_set_new (json, "assets", make_assets (job));
  put_classes (job, json);
  g_autofree char *text = dio_json_to_text (json);
  return dio_export_file_write (path, text, strlen (text), error);
}
