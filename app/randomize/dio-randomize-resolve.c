#define G_LOG_DOMAIN "dio-randomize"

/* resolve: working nodes from the scenario, every randomizer applied in order, world transforms, then
 * constraints; while one is not met, the whole is built anew with the attempts that it raised. */

#include "dio-randomize-private.h"

#include "dio-base-hash.h"
#include "dio-core-error.h"
#include "dio-scene-randomizer.h"

/* One line a type. Constraints have no function: they are evaluated when all others are done. */
static const struct {
  const char *type;
  DioApplyFunc apply;                                      /**< to one instance of a target, or */
  gboolean (*apply_all) (DioApply *apply, GError **error); /**< to all targets at once */
} appliers[] = {
  { "position-box", dio_apply_position_box, NULL },
  { "position-plane", dio_apply_position_plane, NULL },
  { "position-ring", dio_apply_position_ring, NULL },
  { "position-shell", dio_apply_position_shell, NULL },
  { "scatter", NULL, dio_apply_scatter },
  { "count", dio_apply_count, NULL },
  { "rotation-yaw", dio_apply_rotation_yaw, NULL },
  { "rotation-uniform", dio_apply_rotation_uniform, NULL },
  { "rotation-euler", dio_apply_rotation_euler, NULL },
  { "scale", dio_apply_scale, NULL },
  { "visibility", dio_apply_visibility, NULL },
  { "show-one", NULL, dio_apply_show_one },
  { "property", dio_apply_property, NULL },
  { "asset-choice", dio_apply_asset_choice, NULL },
  { "model-parameter", dio_apply_model_parameter, NULL },
  { "material-color", dio_apply_material_color, NULL },
  { "material-property", dio_apply_material_property, NULL },
  { "texture-choice", dio_apply_texture_choice, NULL },
  { "light-direction", dio_apply_light_direction, NULL },
  { "light-intensity", dio_apply_light_intensity, NULL },
  { "light-temperature", dio_apply_light_temperature, NULL },
  { "environment-choice", dio_apply_environment_choice, NULL },
  { "environment-rotation", dio_apply_environment_rotation, NULL },
  { "background-choice", dio_apply_background_choice, NULL },
  { "table-column", dio_apply_table_column, NULL },
  { "motion-path", dio_apply_motion_path, NULL },
  { "motion-drive", dio_apply_motion_drive, NULL },
  { "motion-waypoints", dio_apply_motion_waypoints, NULL },
  { "camera-look-at", dio_apply_camera_look_at, NULL },
  { "occlude", NULL, dio_apply_occlude },
  { "constraint", NULL, NULL },
};

static gboolean
check_targets (const DioApply *apply, GError **error)
{
  const DioRandomizer *randomizer = apply->randomizer;
  const DioRandomizerInfo *info = dio_randomizer_find_info (randomizer->type);
  if (info == NULL)
    return dio_apply_fail (apply, error, "there is no type \"%s\"", randomizer->type);
  for (guint i = 0; randomizer->targets[i] != NULL; i++) {
    const DioWork *work = dio_build_find (apply->build, randomizer->targets[i], 0);
    if (work == NULL)
      return dio_apply_fail (apply, error, "its target \"%s\" is not in the scenario",
                             randomizer->targets[i]);
    if ((info->target_kinds & (1u << work->node->kind)) == 0)
      return dio_apply_fail (apply, error, "type \"%s\" cannot aim at node \"%s\" of this kind",
                             randomizer->type, work->node->id);
  }
  return TRUE;
}

/* Instances are listed before the first is changed: copies that it makes are left to later randomizers. */
static gboolean
apply_to_target (DioApply *apply, const char *target, DioApplyFunc function, GError **error)
{
  g_autoptr (GPtrArray) instances = dio_build_list (apply->build, target);
  for (guint i = 0; i < instances->len; i++)
    if (!function (apply, g_ptr_array_index (instances, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
apply_randomizer (DioApply *apply, GError **error)
{
  const DioRandomizer *randomizer = apply->randomizer;
  if (!check_targets (apply, error))
    return FALSE;
  guint type = 0;
  while (type < G_N_ELEMENTS (appliers) && !g_str_equal (appliers[type].type, randomizer->type))
    type++;
  g_assert (type < G_N_ELEMENTS (appliers));
  if (appliers[type].apply_all != NULL)
    return appliers[type].apply_all (apply, error);
  for (guint i = 0; appliers[type].apply != NULL && randomizer->targets[i] != NULL; i++)
    if (!apply_to_target (apply, randomizer->targets[i], appliers[type].apply, error))
      return FALSE;
  return TRUE;
}

static void
resolved_node_clear (gpointer data)
{
  DioResolvedNode *node = data;
  dio_node_unref (node->node);
}

static void
add_node (DioResolved *resolved, const DioWork *work)
{
  char copy[16];
  g_snprintf (copy, sizeof copy, "%u", work->copy);
  DioResolvedNode node = {
    .node = dio_node_ref (work->node),
    .copy = work->copy,
    .parent = work->parent != NULL ? (int) work->parent->index : -1,
    .world_from_node = dio_mat4_from_trs (&work->node->parent_from_node),
    .visible = work->node->visible,
    .object_key = dio_hash_strings_u64 (work->node->id, copy, (char *) NULL),
  };
  if (node.parent >= 0) {
    const DioResolvedNode *parent =
        &g_array_index (resolved->nodes, DioResolvedNode, (guint) node.parent);
    node.world_from_node = dio_mat4_multiply (&parent->world_from_node, &node.world_from_node);
    node.visible = node.visible && parent->visible;
  }
  g_array_append_val (resolved->nodes, node);
}

DioResolved *
dio_build_snapshot (const DioBuild *build)
{
  DioResolved *resolved = g_new0 (DioResolved, 1);
  resolved->seed = build->seed;
  resolved->frame = build->frame;
  resolved->take = build->take;
  resolved->moment = build->moment;
  resolved->scenario = dio_scenario_ref (build->scenario);
  resolved->nodes = g_array_sized_new (FALSE, FALSE, sizeof (DioResolvedNode), build->works->len);
  g_array_set_clear_func (resolved->nodes, resolved_node_clear);
  for (guint i = 0; i < build->works->len; i++)
    add_node (resolved, g_ptr_array_index (build->works, i));
  return resolved;
}

/* What was built, as the caller gets it. */
static DioResolved *
finish (DioBuild *build)
{
  DioResolved *resolved = dio_build_snapshot (build);
  resolved->draws = g_steal_pointer (&build->draws);
  resolved->diagnostics = g_steal_pointer (&build->diagnostics);
  resolved->constraints_met = build->misses == 0;
  return resolved;
}

/** The arguments of dio_resolve. */
typedef struct {
  DioScenario *scenario;
  const DioResolveEnvironment *environment;
  guint64 seed;
  guint32 frame, take;
  DioSequenceStep moment;   /**< of the frame */
  const DioResolved *start; /**< (nullable): what it builds on */
} Request;

/* What hides in part looks at the frame that all others have made. */
static gboolean
apply_all (DioBuild *build, const guint *attempts, gboolean late, GError **error)
{
  const GPtrArray *randomizers = build->scenario->randomizers;
  for (guint i = 0; i < randomizers->len; i++) {
    DioApply apply = { build, g_ptr_array_index (randomizers, i), attempts[i] };
    if (apply.randomizer->enabled && g_str_equal (apply.randomizer->type, "occlude") == late
        && !apply_randomizer (&apply, error))
      return FALSE;
  }
  return TRUE;
}

static DioResolved *
build_once (const Request *request, const guint *attempts, GError **error)
{
  g_autoptr (DioBuild) build = dio_build_new (request->scenario, request->environment);
  build->seed = request->seed;
  build->frame = request->frame;
  build->take = request->take;
  build->moment = request->moment;
  build->start = request->start;
  if (!apply_all (build, attempts, FALSE, error) || !apply_all (build, attempts, TRUE, error))
    return NULL;
  return finish (build);
}

static gboolean
has_any (const gboolean *flags, guint n)
{
  for (guint i = 0; i < n; i++)
    if (flags[i])
      return TRUE;
  return FALSE;
}

/* Builds until constraints are met or none may try again; the attempts that this took come out in @attempts. */
static DioResolved *
resolve_moment (const Request *request, guint *attempts, GError **error)
{
  const DioResolveEnvironment *environment = request->environment;
  gboolean can_estimate = environment != NULL && environment->estimate != NULL;
  guint n = request->scenario->randomizers->len;
  g_autofree gboolean *unmet = g_new0 (gboolean, MAX (n, 1));
  for (guint round = 0;; round++) {
    g_autoptr (DioResolved) resolved = build_once (request, attempts, error);
    if (resolved == NULL || !dio_constraints_evaluate (resolved, environment, unmet, error))
      return NULL;
    resolved->constraint_attempts = round;
    gboolean met = !has_any (unmet, n);
    resolved->constraints_met = resolved->constraints_met && met;
    /* Without an estimator no redraw could ever be seen to help. */
    if (met || !can_estimate
        || !dio_constraints_raise (request->scenario, unmet, attempts, round,
                                   request->start != NULL)) {
      dio_constraints_report (resolved, unmet);
      return g_steal_pointer (&resolved);
    }
  }
}

/* What is searched for: a later step must know what the first one came to. */
static gboolean
has_search (const DioScenario *scenario)
{
  for (guint i = 0; i < scenario->randomizers->len; i++) {
    const DioRandomizer *randomizer = g_ptr_array_index (scenario->randomizers, i);
    if (randomizer->enabled
        && (g_str_equal (randomizer->type, "constraint")
            || (g_str_equal (randomizer->type, "occlude")
                && !dio_randomizer_is_each_step (randomizer))))
      return TRUE;
  }
  return FALSE;
}

/* What a step draws for itself it draws anew: redraws of the first step were for its own view. */
static void
forget_steps (const DioScenario *scenario, guint *attempts)
{
  for (guint i = 0; i < scenario->randomizers->len; i++)
    if (dio_randomizer_is_each_step (g_ptr_array_index (scenario->randomizers, i)))
      attempts[i] = 0;
}

DioResolved *
dio_resolve (DioScenario *scenario,
             guint64 seed,
             guint32 frame,
             guint32 take,
             const DioResolveEnvironment *environment,
             GError **error)
{
  g_return_val_if_fail (scenario != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);
  if (seed > G_MAXINT64) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                 "seed %" G_GUINT64_FORMAT " is too large; use 0 to %" G_GINT64_FORMAT, seed,
                 G_MAXINT64);
    return NULL;
  }
  Request request = { scenario, environment, seed, frame, take };
  request.moment = dio_scenario_find_step (scenario, frame);
  g_autofree guint *attempts = g_new0 (guint, MAX (scenario->randomizers->len, 1));
  g_autoptr (DioResolved) start = NULL;
  if (request.moment.step > 0 && has_search (scenario)) {
    Request first = request;
    first.frame = frame - request.moment.step;
    first.moment = dio_scenario_find_step (scenario, first.frame);
    start = resolve_moment (&first, attempts, error);
    if (start == NULL)
      return NULL;
    forget_steps (scenario, attempts);
    request.start = start;
  }
  return resolve_moment (&request, attempts, error);
}

void
dio_resolved_free (DioResolved *resolved)
{
  if (resolved == NULL)
    return;
  dio_scenario_unref (resolved->scenario);
  g_array_unref (resolved->nodes);
  g_clear_pointer (&resolved->draws, g_array_unref);
  dio_diagnostics_free (resolved->diagnostics);
  g_free (resolved);
}
