#define G_LOG_DOMAIN "dio-session"

#include "dio-base-json.h"
#include "dio-core-error.h"
#include "dio-core-vec.h"
#include "dio-scene-edit.h"
#include "dio-session-assets-private.h"

#include <string.h>

/* What a button beside a finding of the doctor does: it sets options of the asset, or of the nodes that show it; the
 * import that follows says whether that was it. */

/* As the doctor guesses: the first unit that makes a thing of a usual size. */
#define USUAL_MIN_M 0.02
#define USUAL_MAX_M 8.0

static const struct {
  double scale_to_m;
  DioText label;
} units[] = {
  { 0.01, DIO_TEXT_FIX_CENTIMETRES },
  { 0.0254, DIO_TEXT_FIX_INCHES },
  { 0.001, DIO_TEXT_FIX_MILLIMETRES },
};

/* Index into units, or -1. */
static int
guess_unit (const DioAsset *asset, const DioAssetFacts *facts)
{
  if (!facts->has_bounds)
    return -1;
  DioVec3 size = dio_vec3_sub (facts->bounds.max, facts->bounds.min);
  g_autofree char *lower = g_ascii_strdown (asset->path, -1);
  double scale = asset->scale_to_m > 0              ? asset->scale_to_m
                 : g_str_has_suffix (lower, ".fbx") ? 0.01
                                                    : 1;
  double longest = MAX (MAX (size.x, size.y), size.z) / scale;
  for (guint u = 0; u < G_N_ELEMENTS (units); u++) {
    double as_unit = longest * units[u].scale_to_m;
    if (as_unit >= USUAL_MIN_M && as_unit <= USUAL_MAX_M)
      return (int) u;
  }
  return -1;
}

/* STL and PLY are read with Z up, all others with Y. */
static gboolean
is_z_up (const DioAsset *asset)
{
  g_autofree char *lower = g_ascii_strdown (asset->path, -1);
  return g_str_has_suffix (lower, ".stl") || g_str_has_suffix (lower, ".ply");
}

/* The option of the asset that the fix sets, and to what; @value (transfer full). */
static gboolean
find_option (const DioAsset *asset,
             const DioAssetFacts *facts,
             const char *code,
             const char **key,
             json_t **value,
             DioText *label)
{
  if (strcmp (code, "up-axis-guess") == 0) {
    *key = "up";
    *value = json_string (is_z_up (asset) ? "y" : "z");
    *label = is_z_up (asset) ? DIO_TEXT_FIX_Y_UP : DIO_TEXT_FIX_Z_UP;
    return TRUE;
  }
  if (strcmp (code, "far-from-origin") == 0 && !asset->recenter) {
    *key = "recenter";
    *value = json_true ();
    *label = DIO_TEXT_FIX_RECENTER;
    return TRUE;
  }
  if (strcmp (code, "too-many-groups") == 0 && asset->group_by != DIO_GROUP_BY_WHOLE) {
    *key = "group_by";
    *value = json_string ("whole");
    *label = DIO_TEXT_FIX_WHOLE;
    return TRUE;
  }
  int unit = strcmp (code, "unit-guess") == 0 || strcmp (code, "implausible-size") == 0
                 ? guess_unit (asset, facts)
                 : -1;
  if (unit < 0)
    return FALSE;
  *key = "scale_to_m";
  *value = json_real (units[unit].scale_to_m);
  *label = units[unit].label;
  return TRUE;
}

/* Nodes that show the asset, NULL-terminated; names borrowed from the scenario. */
static GPtrArray *
list_showing (const DioScenario *scenario, const char *asset)
{
  GPtrArray *ids = g_ptr_array_new ();
  for (guint i = 0; i < scenario->nodes->len; i++) {
    const DioNode *node = g_ptr_array_index (scenario->nodes, i);
    if (node->kind == DIO_NODE_MODEL && g_strcmp0 (node->model.asset, asset) == 0)
      g_ptr_array_add (ids, node->id);
  }
  g_ptr_array_add (ids, NULL);
  return ids;
}

/* Whether the node shows both sides of material @slot already. */
static gboolean
is_double_sided (const DioNode *node, const char *slot)
{
  for (guint i = 0; i < node->model.materials->len; i++) {
    const DioMaterialOverride *override = g_ptr_array_index (node->model.materials, i);
    if ((override->set & (1u << DIO_MATERIAL_DOUBLE_SIDED)) != 0 && override->double_sided
        && (strcmp (override->slot, slot) == 0 || strcmp (override->slot, "*") == 0))
      return TRUE;
  }
  return FALSE;
}

/* Whether some node shows the asset with one side of a material that the doctor named. */
static gboolean
has_cards (DioSession *session, const char *asset, const DioAssetFacts *facts)
{
  g_autoptr (GPtrArray) ids = list_showing (session->scenario, asset);
  for (guint i = 0; i < dio_diagnostics_get_count (facts->findings); i++) {
    const DioDiagnostic *finding = dio_diagnostics_get (facts->findings, i);
    if (strcmp (finding->code, "single-sided-cards") != 0)
      continue;
    for (guint k = 0; k + 1 < ids->len; k++)
      if (!is_double_sided (dio_scenario_find_node (session->scenario, ids->pdata[k]),
                            finding->object))
        return TRUE;
  }
  return FALSE;
}

const char *
dio_session_get_fix_label (DioSession *session, const char *asset, const char *code)
{
  g_return_val_if_fail (DIO_IS_SESSION (session) && asset != NULL && code != NULL, NULL);

  const DioAsset *entry = dio_scenario_find_asset (session->scenario, asset);
  const DioAssetFacts *facts = dio_session_assets_find (session, asset);
  if (entry == NULL || facts == NULL)
    return NULL;
  if (strcmp (code, "single-sided-cards") == 0)
    return has_cards (session, asset, facts) ? dio_session_text (DIO_TEXT_FIX_DOUBLE_SIDED) : NULL;
  const char *key;
  g_autoptr (json_t) value = NULL;
  DioText label;
  return find_option (entry, facts, code, &key, &value, &label) ? dio_session_text (label) : NULL;
}

/* All materials that the doctor named, on every node that shows the asset. */
static DioScenario *
make_double_sided (DioSession *session,
                   const char *asset,
                   const DioAssetFacts *facts,
                   GError **error)
{
  g_autoptr (GPtrArray) ids = list_showing (session->scenario, asset);
  g_autoptr (DioScenario) scenario = dio_scenario_ref (session->scenario);
  g_autoptr (json_t) yes = json_true ();
  for (guint i = 0; i < dio_diagnostics_get_count (facts->findings) && ids->len > 1; i++) {
    const DioDiagnostic *finding = dio_diagnostics_get (facts->findings, i);
    if (strcmp (finding->code, "single-sided-cards") != 0)
      continue;
    g_autofree char *path = g_strdup_printf ("materials/%s/double_sided", finding->object);
    DioScenario *next =
        dio_scenario_with_properties (scenario, (const char *const *) ids->pdata, path, yes, error);
    if (next == NULL)
      return NULL;
    dio_scenario_unref (scenario);
    scenario = next;
  }
  return g_steal_pointer (&scenario);
}

static DioScenario *
set_option (DioSession *session,
            const DioAsset *asset,
            const DioAssetFacts *facts,
            const char *code,
            GError **error)
{
  const char *key;
  json_t *value = NULL;
  DioText label;
  if (!find_option (asset, facts, code, &key, &value, &label)) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND,
                 "nothing repairs \"%s\" of asset %s by itself", code, asset->id);
    return NULL;
  }
  g_autoptr (json_t) json = dio_asset_to_json (asset);
  json_object_set_new (json, key, value);
  return dio_scenario_with_asset (session->scenario, json, error);
}

gboolean
dio_session_fix_finding (DioSession *session, const char *asset, const char *code, GError **error)
{
  g_return_val_if_fail (DIO_IS_SESSION (session) && asset != NULL && code != NULL, FALSE);

  const DioAsset *entry = dio_scenario_find_asset (session->scenario, asset);
  const DioAssetFacts *facts = dio_session_assets_find (session, asset);
  if (entry == NULL || facts == NULL) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND, "nothing is known of an asset %s", asset);
    return FALSE;
  }
  g_autofree char *name = g_strdup (dio_session_get_fix_label (session, asset, code));
  DioScenario *next = strcmp (code, "single-sided-cards") == 0
                          ? make_double_sided (session, asset, facts, error)
                          : set_option (session, entry, facts, code, error);
  if (next == NULL)
    return FALSE;
  dio_session_commit (session, next, name != NULL ? name : dio_session_text (DIO_TEXT_FIX), NULL);
  return TRUE;
}
