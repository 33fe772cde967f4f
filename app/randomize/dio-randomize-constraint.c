#define G_LOG_DOMAIN "dio-randomize"

/* Constraints on what a sensor sees. They draw nothing themselves: they name the randomizers whose attempt is
 * raised, and only the streams of these change. */

#include "dio-randomize-private.h"

#include "dio-core-error.h"
#include "dio-scene-randomizer.h"

#define DEFAULT_ATTEMPTS 16

/** What one sensor sees of one target. */
typedef struct {
  double visibility, width_px, height_px;
} View;

static gboolean
is_constraint (const DioRandomizer *randomizer)
{
  return randomizer->enabled && g_str_equal (randomizer->type, "constraint");
}

static gboolean
is_shown (const DioResolved *resolved, const char *node_id)
{
  for (guint i = 0; i < resolved->nodes->len; i++) {
    const DioResolvedNode *node = &g_array_index (resolved->nodes, DioResolvedNode, i);
    if (node->copy == 0 && g_str_equal (node->node->id, node_id))
      return node->visible;
  }
  return FALSE;
}

static gboolean
is_within (const DioRandomizer *randomizer, const char *min, const char *max, double value)
{
  return value >= dio_randomizer_get_number (randomizer, min, -G_MAXDOUBLE)
         && value <= dio_randomizer_get_number (randomizer, max, G_MAXDOUBLE);
}

static gboolean
fail (const DioRandomizer *randomizer, const char *what, const char *id, GError **error)
{
  g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
               "constraint \"%s\": its %s \"%s\" is not in the scenario", randomizer->id, what, id);
  return FALSE;
}

static const DioRandomizer *
find_randomizer (const DioScenario *scenario, const char *id, guint *index)
{
  for (guint i = 0; i < scenario->randomizers->len; i++) {
    const DioRandomizer *randomizer = g_ptr_array_index (scenario->randomizers, i);
    *index = i;
    if (g_str_equal (randomizer->id, id))
      return randomizer;
  }
  return NULL;
}

static gboolean
check_names (const DioScenario *scenario, const DioRandomizer *constraint, GError **error)
{
  const char *sensor = dio_randomizer_get_string (constraint, "sensor", "");
  const DioNode *node = dio_scenario_find_node (scenario, sensor);
  if (node == NULL || node->kind != DIO_NODE_SENSOR)
    return fail (constraint, "sensor", sensor, error);
  for (guint i = 0; constraint->targets[i] != NULL; i++)
    if (dio_scenario_find_node (scenario, constraint->targets[i]) == NULL)
      return fail (constraint, "target", constraint->targets[i], error);
  const char *const *redraw = dio_randomizer_get_strings (constraint, "redraw");
  guint index;
  for (guint i = 0; redraw != NULL && redraw[i] != NULL; i++)
    if (find_randomizer (scenario, redraw[i], &index) == NULL)
      return fail (constraint, "randomizer to redraw", redraw[i], error);
  return TRUE;
}

/* All targets must be seen as asked. What is hidden is seen with 0 without asking. */
static gboolean
is_met (const DioResolved *resolved,
        const DioResolveEnvironment *environment,
        const DioRandomizer *constraint,
        gboolean *met,
        GError **error)
{
  const char *sensor = dio_randomizer_get_string (constraint, "sensor", "");
  *met = environment != NULL && environment->estimate != NULL;
  for (guint i = 0; *met && constraint->targets[i] != NULL; i++) {
    const char *target = constraint->targets[i];
    View view = { 0, 0, 0 };
    GError *problem = NULL;
    if (is_shown (resolved, target)
        && !environment->estimate (environment->user, resolved, sensor, target, &view.visibility,
                                   &view.width_px, &view.height_px, &problem)) {
      *met = FALSE;
      if (problem == NULL)
        return TRUE;
      g_propagate_prefixed_error (error, problem, "constraint \"%s\": ", constraint->id);
      return FALSE;
    }
    *met = is_within (constraint, "min_visibility", "max_visibility", view.visibility)
           && is_within (constraint, "min_width_px", "max_width_px", view.width_px);
  }
  return TRUE;
}

gboolean
dio_constraints_evaluate (const DioResolved *resolved,
                          const DioResolveEnvironment *environment,
                          gboolean *unmet,
                          GError **error)
{
  const DioScenario *scenario = resolved->scenario;
  for (guint i = 0; i < scenario->randomizers->len; i++) {
    const DioRandomizer *randomizer = g_ptr_array_index (scenario->randomizers, i);
    unmet[i] = FALSE;
    if (!is_constraint (randomizer))
      continue;
    gboolean met = FALSE;
    if (!check_names (scenario, randomizer, error)
        || !is_met (resolved, environment, randomizer, &met, error))
      return FALSE;
    unmet[i] = !met;
  }
  return TRUE;
}

static void
mark_redraws (const DioScenario *scenario, const DioRandomizer *constraint, gboolean *marked)
{
  const char *const *redraw = dio_randomizer_get_strings (constraint, "redraw");
  for (guint i = 0; redraw != NULL && redraw[i] != NULL; i++) {
    guint index;
    if (find_randomizer (scenario, redraw[i], &index) != NULL)
      marked[index] = TRUE;
  }
}

gboolean
dio_constraints_raise (const DioScenario *scenario,
                       const gboolean *unmet,
                       guint *attempts,
                       guint round,
                       gboolean later)
{
  guint n = scenario->randomizers->len;
  g_autofree gboolean *marked = g_new0 (gboolean, MAX (n, 1));
  gboolean any = FALSE;
  for (guint i = 0; i < n; i++) {
    const DioRandomizer *randomizer = g_ptr_array_index (scenario->randomizers, i);
    if (!unmet[i]
        || round + 1 >= dio_randomizer_get_integer (randomizer, "attempts", DEFAULT_ATTEMPTS))
      continue;
    mark_redraws (scenario, randomizer, marked);
  }
  /* Once a round, however many constraints ask for it. */
  for (guint i = 0; i < n; i++)
    if (marked[i]
        && (!later || dio_randomizer_is_each_step (g_ptr_array_index (scenario->randomizers, i)))) {
      attempts[i]++;
      any = TRUE;
    }
  return any;
}

void
dio_constraints_report (DioResolved *resolved, const gboolean *unmet)
{
  const DioScenario *scenario = resolved->scenario;
  for (guint i = 0; i < scenario->randomizers->len; i++) {
    const DioRandomizer *randomizer = g_ptr_array_index (scenario->randomizers, i);
    if (!unmet[i])
      continue;
    if (resolved->moment.step > 0) {
      dio_diagnostics_add (
          resolved->diagnostics, DIO_SEVERITY_WARNING, "constraint-unmet", randomizer->id,
          "constraint \"%s\" is not met at step %u of its sequence, which is drawn for its first "
          "step; widen it, or let the motion be shorter",
          randomizer->id, resolved->moment.step);
      continue;
    }
    dio_diagnostics_add (resolved->diagnostics, DIO_SEVERITY_WARNING, "constraint-unmet",
                         randomizer->id,
                         "constraint \"%s\" was not met in %u draws; the last is kept; widen the "
                         "constraint or what it redraws",
                         randomizer->id, resolved->constraint_attempts + 1);
  }
}
