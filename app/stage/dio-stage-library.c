#define G_LOG_DOMAIN "dio-stage"

/* What a stage loads or makes once and keeps. Models of assets stay for the life of the stage; parametric
 * models and environments are bounded, because randomizers make new ones in every frame. */

#include "dio-stage-private.h"

#include "dio-base-hash.h"
#include "dio-core-error.h"
#include "dio-core-pose.h"
#include "dio-core-vec.h"
#include "dio-frame-sky.h"
#include "dio-parametric.h"

#include <glib/gstdio.h>
#include <string.h>

#define MAX_ENVIRONMENTS 16
#define MAX_TEXTURE_BYTES ((gsize) 512 << 20)
#define PROCEDURAL_PREFIX "procedural:"
/* Texels of our own textures and rows of our own environments: enough for a table top at 640x480. */
#define PROCEDURAL_TEXTURE_PX 1024
#define PROCEDURAL_ENVIRONMENT_ROWS 256
#define SKY_ROWS 128

/** An import that failed, and the file that it failed on. */
typedef struct {
  GError *error;
  gint64 size, changed_s, changed_ns;
} StageFailure;

static void
stage_failure_free (gpointer data)
{
  StageFailure *failure = data;
  g_clear_error (&failure->error);
  g_free (failure);
}

static void
stage_model_free (gpointer data)
{
  DioStageModel *entry = data;
  dio_model_unref (entry->model);
  g_free (entry->group_bounds);
  g_free (entry);
}

static void
stage_environment_free (gpointer data)
{
  DioStageEnvironment *entry = data;
  dio_image_unref (entry->image);
  g_free (entry);
}

void
dio_stage_library_init (DioStage *stage)
{
  stage->models = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, stage_model_free);
  stage->failures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, stage_failure_free);
  stage->parametric = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, stage_model_free);
  stage->textures =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) dio_texture_unref);
  stage->environments =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, stage_environment_free);
}

void
dio_stage_library_clear (DioStage *stage)
{
  g_hash_table_unref (stage->models);
  g_hash_table_unref (stage->failures);
  g_hash_table_unref (stage->parametric);
  g_hash_table_unref (stage->textures);
  g_hash_table_unref (stage->environments);
}

/* The blob's name stands for all options of an import; what hash goes into it does not matter here. */
static gboolean
is_same_form (const DioAsset *old, const DioAsset *now)
{
  if (now == NULL || old->kind != now->kind || g_strcmp0 (old->path, now->path) != 0)
    return FALSE;
  g_autofree char *old_name = dio_asset_dup_blob_name (old, "");
  g_autofree char *new_name = dio_asset_dup_blob_name (now, "");
  return g_str_equal (old_name, new_name);
}

static gboolean
is_environment_of_cb (gpointer key, gpointer value, gpointer user)
{
  const char *id = user;
  gsize length = strlen (id);
  return strncmp (key, id, length) == 0 && ((const char *) key)[length] == ' ';
}

void
dio_stage_library_forget (DioStage *stage, const DioScenario *scenario)
{
  const GPtrArray *assets = stage->scenario->assets;
  if (assets == scenario->assets)
    return;
  for (guint i = 0; i < assets->len; i++) {
    const DioAsset *asset = g_ptr_array_index (assets, i);
    if (is_same_form (asset, dio_scenario_find_asset (scenario, asset->id)))
      continue;
    g_autofree char *color = g_strconcat ("s:", asset->id, NULL);
    g_autofree char *data = g_strconcat ("l:", asset->id, NULL);
    g_hash_table_remove (stage->models, asset->id);
    g_hash_table_remove (stage->failures, asset->id);
    g_hash_table_remove (stage->textures, color);
    g_hash_table_remove (stage->textures, data);
    g_hash_table_foreach_remove (stage->environments, is_environment_of_cb, asset->id);
  }
}

/* Bounds of every group, tight over vertices. */
static DioStageModel *
stage_model_new_take (DioModel *model)
{
  DioStageModel *entry = g_new0 (DioStageModel, 1);
  entry->model = model;
  entry->group_bounds = g_new (DioBox3, MAX (model->groups->len, 1));
  entry->labelled_bounds = dio_box3_empty ();
  for (guint i = 0; i < model->groups->len; i++)
    entry->group_bounds[i] = dio_box3_empty ();
  for (guint i = 0; i < model->parts->len; i++) {
    const DioModelPart *part = &g_array_index (model->parts, DioModelPart, i);
    DioBox3 *box = &entry->group_bounds[part->group];
    for (guint v = 0; v < part->mesh->n_vertices; v++) {
      const float *p = part->mesh->positions[v];
      DioVec3 in_mesh = { (double) p[0], (double) p[1], (double) p[2] };
      dio_box3_add_point (box, dio_mat4_transform_point (&part->model_from_mesh, in_mesh));
    }
  }
  for (guint i = 0; i < model->groups->len; i++)
    if (g_array_index (model->groups, DioModelGroup, i).label != DIO_GROUP_LABEL_EXCLUDE)
      dio_box3_add_box (&entry->labelled_bounds, &entry->group_bounds[i]);
  return entry;
}

/* Whether the import of the file failed before as it is now: it takes a process, and an editor asks at every edit. */
static gboolean
has_failed (DioStage *stage, const DioAsset *asset, const char *path, GError **error)
{
  const StageFailure *failure = g_hash_table_lookup (stage->failures, asset->id);
  GStatBuf now;
  if (failure == NULL || g_stat (path, &now) != 0 || now.st_size != failure->size
      || now.st_mtim.tv_sec != failure->changed_s || now.st_mtim.tv_nsec != failure->changed_ns)
    return FALSE;
  g_propagate_error (error, g_error_copy (failure->error));
  return TRUE;
}

static void
note_failure (DioStage *stage, const DioAsset *asset, const char *path, const GError *error)
{
  GStatBuf now;
  /* A file that is not there is looked for again: that costs nothing. */
  if (error->code == DIO_ERROR_NOT_FOUND || g_stat (path, &now) != 0)
    return;
  StageFailure *failure = g_new0 (StageFailure, 1);
  failure->error = g_error_copy (error);
  failure->size = now.st_size;
  failure->changed_s = now.st_mtim.tv_sec;
  failure->changed_ns = now.st_mtim.tv_nsec;
  g_hash_table_insert (stage->failures, g_strdup (asset->id), failure);
}

/* Path of the imported form of @asset: in the dataset's own folder, or made now. */
static char *
dup_blob_path (DioStage *stage, const DioAsset *asset, GError **error)
{
  if (stage->blobs_folder != NULL) {
    g_autofree char *name = dio_asset_dup_blob_name (asset, asset->sha256);
    return g_build_filename (stage->blobs_folder, name, NULL);
  }
  if (stage->store == NULL) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND, "asset %s: no asset store was opened",
                 asset->id);
    return NULL;
  }
  g_autofree char *path = g_build_filename (stage->scenario_folder, asset->path, NULL);
  g_auto (DioImportReport) report = { 0 };
  GError *cause = NULL;
  if (has_failed (stage, asset, path, error))
    return NULL;
  if (!dio_asset_store_import_in (stage->store, stage->scenario_folder, asset, &report, &cause)) {
    g_prefix_error (&cause, "asset %s: ", asset->id);
    note_failure (stage, asset, path, cause);
    g_propagate_error (error, cause);
    return NULL;
  }
  return g_strdup (report.blob_path);
}

static const DioAsset *
find_asset (DioStage *stage, const char *id, DioAssetKind kind, GError **error)
{
  const DioAsset *asset = dio_scenario_find_asset (stage->scenario, id);
  if (asset == NULL || asset->kind != kind) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND,
                 "asset %s: not an asset of the kind that is wanted here", id);
    return NULL;
  }
  return asset;
}

static const DioStageModel *
get_asset_model (DioStage *stage, const char *id, GError **error)
{
  DioStageModel *entry = g_hash_table_lookup (stage->models, id);
  if (entry != NULL)
    return entry;
  const DioAsset *asset = find_asset (stage, id, DIO_ASSET_MODEL, error);
  if (asset == NULL)
    return NULL;
  g_autofree char *path = dup_blob_path (stage, asset, error);
  DioModel *model = path != NULL ? dio_asset_load_model (path, error) : NULL;
  if (model == NULL)
    return NULL;
  entry = stage_model_new_take (model);
  g_hash_table_insert (stage->models, g_strdup (id), entry);
  return entry;
}

/* Drops the least recently used entries, never one of the frame under construction. */
static void
trim_parametric (DioStage *stage)
{
  while (g_hash_table_size (stage->parametric) >= stage->parametric_limit) {
    GHashTableIter iter;
    gpointer key, value, oldest = NULL;
    guint64 used = stage->clock;
    g_hash_table_iter_init (&iter, stage->parametric);
    while (g_hash_table_iter_next (&iter, &key, &value))
      if (((DioStageModel *) value)->used < used) {
        used = ((DioStageModel *) value)->used;
        oldest = key;
      }
    if (oldest == NULL)
      return;
    g_hash_table_remove (stage->parametric, oldest);
  }
}

/* Values in table order, and the cache key that names them exactly. */
static double *
dup_parameters (const DioParametricInfo *info, const DioModelProps *props, char **key)
{
  guint n = 0;
  while (info->params[n].name != NULL)
    n++;
  double *values = g_new0 (double, MAX (n, 1));
  g_autoptr (GString) text = g_string_new (info->kind);
  for (guint i = 0; i < n; i++) {
    const double *given = props->parameters != NULL
                              ? g_hash_table_lookup (props->parameters, info->params[i].name)
                              : NULL;
    values[i] = dio_parametric_limit (&info->params[i],
                                      given != NULL ? *given : info->params[i].default_value);
    guint64 bits;
    memcpy (&bits, &values[i], sizeof bits);
    g_string_append_printf (text, ":%" G_GINT64_MODIFIER "x", bits);
  }
  *key = g_string_free (g_steal_pointer (&text), FALSE);
  return values;
}

static const DioStageModel *
get_parametric_model (DioStage *stage, const DioModelProps *props, GError **error)
{
  const DioParametricInfo *info = dio_parametric_find (props->parametric);
  if (info == NULL) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND, "there is no parametric model named %s",
                 props->parametric);
    return NULL;
  }
  g_autofree char *key = NULL;
  g_autofree double *values = dup_parameters (info, props, &key);
  DioStageModel *entry = g_hash_table_lookup (stage->parametric, key);
  if (entry == NULL) {
    trim_parametric (stage);
    entry = stage_model_new_take (dio_parametric_build (info, values));
    g_hash_table_insert (stage->parametric, g_steal_pointer (&key), entry);
  }
  entry->used = stage->clock;
  return entry;
}

const DioStageModel *
dio_stage_get_model (DioStage *stage, const DioModelProps *props, GError **error)
{
  if (props->asset != NULL)
    return get_asset_model (stage, props->asset, error);
  return get_parametric_model (stage, props, error);
}

/* @blob_path (nullable): gets the path of what was read, which is named by content. */
static DioImage *
load_image (DioStage *stage, const char *name, DioAssetKind kind, char **blob_path, GError **error)
{
  const DioAsset *asset = find_asset (stage, name, kind, error);
  if (asset == NULL)
    return NULL;
  g_autofree char *path = dup_blob_path (stage, asset, error);
  DioImage *image = path != NULL ? dio_asset_load_image (path, error) : NULL;
  if (blob_path != NULL)
    *blob_path = g_steal_pointer (&path);
  return image;
}

static DioImage *
make_texture (const char *name, GError **error)
{
  DioImage *image = dio_parametric_render_texture (name, PROCEDURAL_TEXTURE_PX, 0);
  if (image == NULL)
    g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND, "there is no procedural texture named %s",
                 name);
  return image;
}

DioTexture *
dio_stage_get_texture (DioStage *stage, const char *name, gboolean srgb, GError **error)
{
  g_autofree char *key = g_strconcat (srgb ? "s:" : "l:", name, NULL);
  DioTexture *texture = g_hash_table_lookup (stage->textures, key);
  if (texture != NULL)
    return texture;
  DioImage *image = g_str_has_prefix (name, PROCEDURAL_PREFIX)
                        ? make_texture (name + strlen (PROCEDURAL_PREFIX), error)
                        : load_image (stage, name, DIO_ASSET_TEXTURE, NULL, error);
  if (image == NULL)
    return NULL;
  texture = dio_texture_new_take (image, srgb);
  stage->texture_bytes += dio_image_get_bytes (texture->image);
  /* A folder of photographs has no end; frames hold on to what they show. */
  if (stage->texture_bytes > MAX_TEXTURE_BYTES) {
    g_hash_table_remove_all (stage->textures);
    stage->texture_bytes = dio_image_get_bytes (texture->image);
  }
  g_hash_table_insert (stage->textures, g_steal_pointer (&key), texture);
  return texture;
}

/* Multiplies a tint into a copy. Takes @image. */
static DioImage *
tint_take (DioImage *image, const double color[static 3])
{
  if (color[0] == 1 && color[1] == 1 && color[2] == 1)
    return image;
  DioImage *tinted = dio_image_new (image->width, image->height, 3, DIO_PIXEL_F32);
  gsize n = (gsize) image->width * image->height;
  for (gsize i = 0; i < n; i++)
    for (int c = 0; c < 3; c++)
      tinted->f32[i * 3 + c] = (float) ((double) image->f32[i * image->channels + c] * color[c]);
  dio_image_unref (image);
  return tinted;
}

static DioImage *
make_uniform (void)
{
  DioImage *image = dio_image_new (8, 4, 3, DIO_PIXEL_F32);
  for (guint i = 0; i < 8 * 4 * 3; i++)
    image->f32[i] = 1;
  return image;
}

static DioImage *
make_environment (DioStage *stage, const char *name, char **source, GError **error)
{
  if (name == NULL || *name == '\0')
    return make_uniform ();
  if (!g_str_has_prefix (name, PROCEDURAL_PREFIX))
    return load_image (stage, name, DIO_ASSET_ENVIRONMENT, source, error);
  DioImage *image = dio_parametric_render_environment (name + strlen (PROCEDURAL_PREFIX),
                                                       PROCEDURAL_ENVIRONMENT_ROWS);
  if (image == NULL)
    g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND,
                 "there is no procedural environment named %s", name);
  return image;
}

/* Keeps @image under @key (taken) and gives it the content key that renderers cache by; @source tells files apart that
 * an asset had one after the other (NULL: the key says it all). */
static const DioStageEnvironment *
keep_environment (DioStage *stage, char *key, const char *source, DioImage *image)
{
  if (g_hash_table_size (stage->environments) >= MAX_ENVIRONMENTS)
    g_hash_table_remove_all (stage->environments);
  DioStageEnvironment *entry = g_new0 (DioStageEnvironment, 1);
  entry->image = image;
  entry->lux = dio_sky_horizontal_lux (image);
  entry->key = dio_hash_strings_u64 ("environment", key, source, NULL);
  g_hash_table_insert (stage->environments, key, entry);
  return entry;
}

const DioStageEnvironment *
dio_stage_get_environment_image (DioStage *stage, const DioLightProps *light, GError **error)
{
  char *key = g_strdup_printf ("%s %a %a %a", light->environment != NULL ? light->environment : "",
                               light->color[0], light->color[1], light->color[2]);
  const DioStageEnvironment *known = g_hash_table_lookup (stage->environments, key);
  if (known != NULL) {
    g_free (key);
    return known;
  }
  g_autofree char *source = NULL;
  DioImage *image = make_environment (stage, light->environment, &source, error);
  if (image == NULL) {
    g_free (key);
    return NULL;
  }
  return keep_environment (stage, key, source, tint_take (image, light->color));
}

const DioStageEnvironment *
dio_stage_get_sky (DioStage *stage, const DioLightProps *light)
{
  DioSkyDesc desc = { light->sun_elevation_rad, light->sun_azimuth_rad, light->turbidity,
                      light->ground_albedo };
  char *key = g_strdup_printf ("sky %a %a %a %a", desc.sun_elevation_rad, desc.sun_azimuth_rad,
                               desc.turbidity, desc.ground_albedo);
  const DioStageEnvironment *known = g_hash_table_lookup (stage->environments, key);
  if (known != NULL) {
    g_free (key);
    return known;
  }
  return keep_environment (stage, key, NULL, dio_sky_render (&desc, SKY_ROWS));
}
