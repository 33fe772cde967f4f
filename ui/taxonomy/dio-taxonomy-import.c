#define G_LOG_DOMAIN "dio-taxonomy"

/* Lists of categories from elsewhere: the "categories" of a COCO file, or one name a line. */

#include "dio-taxonomy-model-private.h"

#include "dio-base-json.h"
#include "dio-core-error.h"
#include "dio-edit-add.h"

#include <string.h>

#define MAX_NAME_BYTES 1000

static gboolean
has_name (const DioScenario *scenario, const char *name)
{
  g_autofree char *wanted = g_utf8_casefold (name, -1);
  for (guint i = 0; i < scenario->categories->len; i++) {
    const DioCategory *category = g_ptr_array_index (scenario->categories, i);
    g_autofree char *there = g_utf8_casefold (category->name, -1);
    if (strcmp (wanted, there) == 0)
      return TRUE;
  }
  return FALSE;
}

/* Steals @edited. A name that is there already changes nothing. */
static DioScenario *
add_one (DioScenario *edited,
         const char *name,
         const char *supercategory,
         gboolean thing,
         GError **error)
{
  g_autoptr (DioScenario) scenario = edited;
  if (has_name (scenario, name))
    return g_steal_pointer (&scenario);
  g_autofree char *id = NULL;
  g_autoptr (DioScenario) added = dio_edit_add_category (scenario, name, thing, &id, error);
  if (added == NULL || supercategory == NULL || supercategory[0] == '\0')
    return g_steal_pointer (&added);
  return dio_taxonomy_with_member (added, id, "supercategory", json_string (supercategory), error);
}

static DioScenario *
add_coco (DioScenario *scenario, const json_t *list, GError **error)
{
  DioScenario *edited = dio_scenario_ref (scenario);
  for (gsize i = 0; edited != NULL && i < json_array_size (list); i++) {
    const json_t *entry = json_array_get (list, i);
    const char *name = json_string_value (json_object_get (entry, "name"));
    if (name == NULL || name[0] == '\0' || strlen (name) > MAX_NAME_BYTES)
      continue;
    const json_t *isthing = json_object_get (entry, "isthing");
    gboolean thing = !json_is_integer (isthing) || json_integer_value (isthing) != 0;
    const char *super = json_string_value (json_object_get (entry, "supercategory"));
    edited = add_one (edited, name, super, thing, error);
  }
  return edited;
}

static DioScenario *
add_lines (DioScenario *scenario, const char *text, GError **error)
{
  DioScenario *edited = dio_scenario_ref (scenario);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; edited != NULL && lines[i] != NULL; i++) {
    g_auto (GStrv) parts = g_strsplit (lines[i], ",", 2);
    if (parts[0] == NULL)
      continue;
    const char *name = g_strstrip (parts[0]);
    if (name[0] == '\0' || name[0] == '#' || strlen (name) > MAX_NAME_BYTES)
      continue;
    edited = add_one (edited, name, parts[1] != NULL ? g_strstrip (parts[1]) : NULL, TRUE, error);
  }
  return edited;
}

DioScenario *
dio_taxonomy_with_imported (
    DioScenario *scenario, const char *text, gsize length, guint *n_added, GError **error)
{
  if (!g_utf8_validate (text, (gssize) length, NULL)) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "The list of categories is not UTF-8 text");
    return NULL;
  }
  g_autofree char *copy = g_strndup (text, length);
  const char *start = g_strchug (copy);
  DioScenario *edited = NULL;
  if (start[0] == '{' || start[0] == '[') {
    g_autoptr (json_t) json = dio_json_parse (start, strlen (start), "categories", error);
    if (json == NULL)
      return NULL;
    const json_t *list = json_is_array (json) ? json : json_object_get (json, "categories");
    edited = add_coco (scenario, list, error);
  } else {
    edited = add_lines (scenario, start, error);
  }
  if (edited == NULL)
    return NULL;
  guint n = edited->categories->len - scenario->categories->len;
  if (n_added != NULL)
    *n_added = n;
  if (n > 0)
    return edited;
  dio_scenario_unref (edited);
  g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
               "The file holds no category that is not in the scenario already");
  return NULL;
}
