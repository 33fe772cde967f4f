/* The dice: every property that may vary gets a randomizer that the engine resolves. */

#include "dio-core-vec.h"
#include "dio-edit-add.h"
#include "dio-edit-bind.h"
#include "dio-randomize.h"
#include "dio-scene-property.h"
#include "dio-scene-randomizer.h"
#include "edit-fixture.h"

static gboolean
get_bounds_cb (gpointer user, const DioNode *node, DioBox3 *out, GError **error)
{
  *out = (DioBox3){ { -0.1, -0.1, 0 }, { 0.1, 0.1, 0.2 } };
  return TRUE;
}

static void
resolve (DioScenario *scenario)
{
  const DioResolveEnvironment environment = { .get_bounds = get_bounds_cb };
  for (guint frame = 0; frame < 3; frame++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (DioResolved) resolved = dio_resolve (scenario, 1, frame, 0, &environment, &error);
    g_assert_no_error (error);
    /* A range that leaves the property's own would be clamped with a warning. */
    for (guint i = 0; i < dio_diagnostics_get_count (resolved->diagnostics); i++)
      g_assert_cmpstr (dio_diagnostics_get (resolved->diagnostics, i)->code, !=, "clamped");
  }
}

static void
test_every_property (void)
{
  g_autoptr (DioScenario) scenario = fixture_new ();
  guint n, n_bound = 0;
  const DioPropertyInfo *table = dio_property_get_table (&n);
  for (guint i = 0; i < scenario->nodes->len; i++) {
    const DioNode *node = g_ptr_array_index (scenario->nodes, i);
    const char *const ids[] = { node->id, NULL };
    for (guint k = 0; k < n; k++) {
      g_autoptr (GError) error = NULL;
      g_auto (GStrv) old = dio_edit_list_bindings (scenario, node->id, table[k].path);
      if (dio_property_find (node->kind, table[k].path) == NULL || old[0] != NULL)
        continue;
      g_auto (GStrv) added = NULL;
      g_autoptr (DioScenario) bound =
          dio_edit_bind_property (scenario, ids, table[k].path, &added, &error);
      if (!dio_edit_can_bind (node->kind, table[k].path)) {
        g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
        continue;
      }
      if (bound == NULL) {
        /* Only for want of something to choose from, or of room. */
        g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
        g_assert_nonnull (strstr (error->message, "cannot vary"));
        continue;
      }
      fixture_check (bound);
      resolve (bound);
      n_bound++;
      g_auto (GStrv) now = dio_edit_list_bindings (bound, node->id, table[k].path);
      g_assert_cmpstr (now[0], ==, added[0]);
      g_autoptr (DioScenario) free = dio_edit_unbind_property (bound, ids, table[k].path, &error);
      g_assert_no_error (error);
      g_autofree char *a = dio_scenario_to_text (scenario), *b = dio_scenario_to_text (free);
      g_assert_cmpstr (a, ==, b);
    }
  }
  g_test_message ("%u properties bound", n_bound);
  g_assert_cmpuint (n_bound, >, 60);
}

static void
test_shared (void)
{
  g_autoptr (DioScenario) scenario = fixture_new ();
  g_autoptr (GError) error = NULL;
  const char *const ids[] = { "mug_1", "chair_1", NULL };
  g_auto (GStrv) places = NULL, colors = NULL;
  /* The chair has a position already, the mug gets one. */
  g_autoptr (DioScenario) placed =
      dio_edit_bind_property (scenario, ids, "translation", &places, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (places), ==, 1);
  const DioRandomizer *place = dio_scenario_find_randomizer (placed, places[0]);
  g_assert_cmpstr (place->targets[0], ==, "mug_1");
  g_assert_cmpfloat (dio_randomizer_get_vec3 (place, "min", dio_vec3 (0, 0, 0)).x, ==, 0.5);
  g_assert_null (dio_edit_bind_property (placed, ids, "translation", NULL, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
  g_clear_error (&error);
  g_autoptr (DioScenario) colored =
      dio_edit_bind_property (scenario, ids, "material/base_color", &colors, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (colors), ==, 1);
  const DioRandomizer *color = dio_scenario_find_randomizer (colored, colors[0]);
  g_assert_cmpuint (g_strv_length (color->targets), ==, 2);
  const char *const sun[] = { "sun", NULL };
  g_auto (GStrv) lights = NULL;
  g_autoptr (DioScenario) lit =
      dio_edit_bind_property (scenario, sun, "light/intensity", &lights, &error);
  g_assert_no_error (error);
  const DioDistribution *d =
      dio_randomizer_get_distribution (dio_scenario_find_randomizer (lit, lights[0]), "intensity");
  g_assert_cmpint (d->kind, ==, DIO_DISTRIBUTION_LOG_UNIFORM);
  g_assert_cmpfloat (d->min, ==, 500);
  g_assert_cmpfloat (d->max, ==, 2000);
  /* A slot of its own. */
  const char *const mug[] = { "mug_1", NULL };
  g_auto (GStrv) glosses = NULL;
  g_autoptr (DioScenario) glossy =
      dio_edit_bind_property (scenario, mug, "materials/body/roughness", &glosses, &error);
  g_assert_no_error (error);
  g_auto (GStrv) body = dio_edit_list_bindings (glossy, "mug_1", "materials/body/roughness");
  g_auto (GStrv) other = dio_edit_list_bindings (glossy, "mug_1", "materials/rim/roughness");
  g_assert_cmpuint (g_strv_length (body), ==, 1);
  g_assert_cmpuint (g_strv_length (other), ==, 0);
  g_assert_null (dio_edit_bind_property (scenario, mug, "no/such", NULL, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND);
}

static void
test_every_type (void)
{
  g_autoptr (DioScenario) scenario = fixture_new ();
  guint n;
  const DioRandomizerInfo *table = dio_randomizer_get_table (&n);
  const char *const all[] = { "mug_1", "chair_1", "sun", "cam", NULL };
  g_assert_cmpuint (n, ==, 31);
  for (guint i = 0; i < n; i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *id = NULL;
    const char *const chair[] = { "chair_1", NULL };
    gboolean constraint = strcmp (table[i].type, "constraint") == 0;
    g_autoptr (DioScenario) next =
        dio_edit_add_randomizer (scenario, table[i].type, constraint ? chair : all, &id, &error);
    g_assert_no_error (error);
    const DioRandomizer *added = dio_scenario_find_randomizer (next, id);
    g_assert_cmpstr (added->type, ==, table[i].type);
    fixture_check (next);
    resolve (next);
  }
  g_autoptr (GError) error = NULL;
  const char *const sun[] = { "sun", NULL };
  g_assert_null (dio_edit_add_randomizer (scenario, "scale", sun, NULL, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
}

static void
test_occlude (void)
{
  g_autoptr (DioScenario) scenario = fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  const char *const mug[] = { "mug_1", NULL };
  const DioVec3 eye = { 0, -5, 1 };
  /* The line falls from 1 m at the camera to 0.4 m at the chair: it meets a mug of 0.64 m at 0.6 of its length. */
  const DioEditOcclude occlude = {
    .hidden = "chair_1",
    .occluders = mug,
    .eye_m = &eye,
    .hidden_world = { { -0.3, 2.7, 0 }, { 0.3, 3.3, 0.8 } },
    .occluder_world = { { 0.9, 1.9, 0 }, { 1.1, 2.1, 0.64 } },
  };
  g_autoptr (DioScenario) next = dio_edit_occlude (scenario, &occlude, &id, &error);
  g_assert_no_error (error);
  fixture_check (next);
  resolve (next);
  const DioRandomizer *rule = dio_scenario_find_randomizer (next, id);
  g_assert_cmpstr (rule->type, ==, "occlude");
  g_assert_cmpstr (rule->targets[0], ==, "mug_1");
  g_assert_cmpstr (dio_randomizer_get_string (rule, "hidden", ""), ==, "chair_1");
  const DioDistribution *along = dio_randomizer_get_distribution (rule, "along");
  g_assert_cmpfloat_with_epsilon (along->min, 0.6, 1e-9);
  g_assert_cmpfloat_with_epsilon (along->max, 0.9, 1e-9);
  /* What moved the chair before still does. */
  g_assert_nonnull (dio_scenario_find_randomizer (next, "place"));

  const DioEditOcclude unknown = { .hidden = "chair_1", .occluders = mug };
  g_autoptr (DioScenario) plain = dio_edit_occlude (scenario, &unknown, NULL, &error);
  g_assert_no_error (error);
  rule = g_ptr_array_index (plain->randomizers, plain->randomizers->len - 1);
  g_assert_null (dio_randomizer_get_distribution (rule, "along"));

  const DioEditOcclude self = { .hidden = "mug_1", .occluders = mug };
  g_assert_null (dio_edit_occlude (scenario, &self, NULL, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/edit/bind/every-property", test_every_property);
  g_test_add_func ("/edit/bind/shared", test_shared);
  g_test_add_func ("/edit/bind/every-type", test_every_type);
  g_test_add_func ("/edit/bind/occlude", test_occlude);
  return g_test_run ();
}
