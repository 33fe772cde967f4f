#define G_LOG_DOMAIN "dio-taxonomy"

#include "dio-taxonomy-model-private.h"

#include "dio-base-json.h"
#include "dio-core-error.h"
#include "dio-edit-add.h"
#include "dio-scene-randomizer.h"

#include <glib/gi18n-lib.h>
#include <string.h>

const DioCategory *
dio_taxonomy_find (const DioScenario *scenario, const char *id)
{
  int index = dio_scenario_find_category (scenario, id);
  return index >= 0 ? g_ptr_array_index (scenario->categories, (guint) index) : NULL;
}

char *
dio_taxonomy_color_to_text (const guint8 color[static 3])
{
  return g_strdup_printf ("#%02x%02x%02x", color[0], color[1], color[2]);
}

/* Categories are drawn by a randomizer of the property "category" whose value is a choice of ids. */
static gboolean
randomizer_offers (const DioRandomizer *randomizer, const char *id)
{
  const char *property = dio_randomizer_get_string (randomizer, "property", "");
  const DioDistribution *value = dio_randomizer_get_distribution (randomizer, "value");
  gboolean draws = strcmp (property, "category") == 0 && value != NULL && value->strings != NULL;
  return draws && g_strv_contains ((const char *const *) value->strings, id);
}

DioTaxonomyUse
dio_taxonomy_get_use (const DioScenario *scenario, const char *id)
{
  DioTaxonomyUse use = { 0 };
  for (guint i = 0; i < scenario->nodes->len; i++) {
    const DioNode *node = g_ptr_array_index (scenario->nodes, i);
    use.n_nodes += g_strcmp0 (node->category, id) == 0;
  }
  for (guint i = 0; i < scenario->categories->len; i++) {
    const DioCategory *other = g_ptr_array_index (scenario->categories, i);
    use.n_cones += g_strcmp0 (other->front_cone_category, id) == 0;
  }
  for (guint i = 0; i < scenario->randomizers->len; i++)
    use.n_randomizers += randomizer_offers (g_ptr_array_index (scenario->randomizers, i), id);
  use.background = g_strcmp0 (scenario->background_category, id) == 0;
  return use;
}

static void
add_count (GPtrArray *parts, const char *singular, const char *plural, guint n)
{
  if (n > 0)
    g_ptr_array_add (parts,
                     g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, singular, plural, n), n));
}

char *
dio_taxonomy_describe_use (const DioTaxonomyUse *use)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  add_count (parts, N_ ("%u object"), N_ ("%u objects"), use->n_nodes);
  add_count (parts, N_ ("%u front cone"), N_ ("%u front cones"), use->n_cones);
  add_count (parts, N_ ("%u randomizer"), N_ ("%u randomizers"), use->n_randomizers);
  if (use->background)
    g_ptr_array_add (parts, g_strdup (_ ("the background")));
  if (parts->len == 0)
    return NULL;
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (", ", (char **) parts->pdata);
}

static DioScenario *
refuse_unknown (const char *id, GError **error)
{
  g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND, "There is no category \"%s\" in the scenario",
               id);
  return NULL;
}

DioScenario *
dio_taxonomy_with_member (
    DioScenario *scenario, const char *id, const char *key, json_t *value, GError **error)
{
  g_autoptr (json_t) stolen = value;
  const DioCategory *category = dio_taxonomy_find (scenario, id);
  if (category == NULL)
    return refuse_unknown (id, error);
  g_autoptr (json_t) json = dio_category_to_json (category);
  if (json_is_null (stolen))
    json_object_del (json, key);
  else
    json_object_set (json, key, stolen);
  return dio_scenario_with_category (scenario, json, error);
}

DioScenario *
dio_taxonomy_with_cone (DioScenario *scenario,
                        const char *id,
                        DioConeOutside outside,
                        const char *other,
                        GError **error)
{
  static const char *const names[] = { "keep", "ignore", "category" };
  const DioCategory *category = dio_taxonomy_find (scenario, id);
  if (category == NULL)
    return refuse_unknown (id, error);
  g_autoptr (json_t) json = dio_category_to_json (category);
  json_object_set_new (json, "cone_outside", json_string (names[outside]));
  if (outside == DIO_CONE_OUTSIDE_OTHER && other != NULL)
    json_object_set_new (json, "front_cone_category", json_string (other));
  else
    json_object_del (json, "front_cone_category");
  return dio_scenario_with_category (scenario, json, error);
}

/* Steals @edited; NULL stays NULL. */
static DioScenario *
move_nodes (DioScenario *edited, const char *from, const char *into, GError **error)
{
  g_autoptr (DioScenario) scenario = edited;
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  for (guint i = 0; i < scenario->nodes->len; i++) {
    const DioNode *node = g_ptr_array_index (scenario->nodes, i);
    if (g_strcmp0 (node->category, from) == 0)
      g_ptr_array_add (ids, node->id);
  }
  if (ids->len == 0)
    return g_steal_pointer (&scenario);
  g_ptr_array_add (ids, NULL);
  g_autoptr (json_t) value = json_string (into);
  return dio_scenario_with_properties (scenario, (const char *const *) ids->pdata, "category",
                                       value, error);
}

static DioScenario *
move_cones (DioScenario *edited, const char *from, const char *into, GError **error)
{
  DioScenario *scenario = edited;
  for (guint i = 0; scenario != NULL && i < scenario->categories->len; i++) {
    const DioCategory *category = g_ptr_array_index (scenario->categories, i);
    if (g_strcmp0 (category->front_cone_category, from) != 0)
      continue;
    /* A cone must not lead to its own category: the annotation simply stays what it is. */
    gboolean own = strcmp (category->id, into) == 0;
    DioScenario *next = dio_taxonomy_with_cone (
        scenario, category->id, own ? DIO_CONE_OUTSIDE_KEEP : DIO_CONE_OUTSIDE_OTHER, into, error);
    dio_scenario_unref (scenario);
    scenario = next;
  }
  return scenario;
}

/* The choice offers @into in place of @from; where it has both, @into gets the weight of both. */
static void
replace_choice (json_t *value, const char *from, const char *into)
{
  json_t *names = json_object_get (value, "values");
  json_t *weights = json_object_get (value, "weights");
  gsize n = json_array_size (names), from_at = n, into_at = n;
  for (gsize i = 0; i < n; i++) {
    const char *name = json_string_value (json_array_get (names, i));
    from_at = g_strcmp0 (name, from) == 0 ? i : from_at;
    into_at = g_strcmp0 (name, into) == 0 ? i : into_at;
  }
  if (into_at == n) {
    json_array_set_new (names, from_at, json_string (into));
    return;
  }
  if (weights != NULL) {
    double sum = json_number_value (json_array_get (weights, from_at))
                 + json_number_value (json_array_get (weights, into_at));
    json_array_set_new (weights, into_at, json_real (sum));
    json_array_remove (weights, from_at);
  }
  json_array_remove (names, from_at);
}

static DioScenario *
move_randomizers (DioScenario *edited, const char *from, const char *into, GError **error)
{
  DioScenario *scenario = edited;
  for (guint i = 0; scenario != NULL && i < scenario->randomizers->len; i++) {
    const DioRandomizer *randomizer = g_ptr_array_index (scenario->randomizers, i);
    if (!randomizer_offers (randomizer, from))
      continue;
    g_autoptr (json_t) json = dio_randomizer_to_json (randomizer);
    replace_choice (json_object_get (json, "value"), from, into);
    DioScenario *next = dio_scenario_with_randomizer (scenario, json, error);
    dio_scenario_unref (scenario);
    scenario = next;
  }
  return scenario;
}

DioScenario *
dio_taxonomy_with_merged (DioScenario *scenario, const char *from, const char *into, GError **error)
{
  if (dio_taxonomy_find (scenario, into) == NULL)
    return refuse_unknown (into, error);
  if (dio_taxonomy_find (scenario, from) == NULL)
    return refuse_unknown (from, error);
  DioScenario *edited = dio_scenario_ref (scenario);
  if (g_strcmp0 (scenario->background_category, from) == 0) {
    g_autoptr (json_t) value = json_string (into);
    dio_scenario_unref (edited);
    edited = dio_scenario_with_property (scenario, "background_category", value, error);
  }
  if (edited != NULL)
    edited = move_nodes (edited, from, into, error);
  if (edited != NULL)
    edited = move_cones (edited, from, into, error);
  if (edited != NULL)
    edited = move_randomizers (edited, from, into, error);
  if (edited == NULL)
    return NULL;
  DioScenario *merged = dio_scenario_without_category (edited, from, error);
  dio_scenario_unref (edited);
  return merged;
}
