#define G_LOG_DOMAIN "dio-export"

#include "dio-export-classes-private.h"

#include "dio-core-error.h"

static void
class_clear_cb (gpointer data)
{
  DioExportClass *class = data;

  g_free (class->name);
  g_free (class->supercategory);
}

DioExportClasses *
dio_export_classes_alloc (const DioScenario *scenario)
{
  DioExportClasses *classes = g_new0 (DioExportClasses, 1);

  classes->classes = g_array_new (FALSE, TRUE, sizeof (DioExportClass));
  g_array_set_clear_func (classes->classes, class_clear_cb);
  classes->n_categories = scenario->categories->len;
  classes->class_of_category = g_new (int, MAX (classes->n_categories, 1));
  for (guint i = 0; i < classes->n_categories; i++)
    classes->class_of_category[i] = DIO_EXPORT_CLASS_NONE;
  return classes;
}

const char *
dio_export_category_name (const DioCategory *category)
{
  return category->name && category->name[0] ? category->name : category->id;
}

DioExportClasses *
dio_export_classes_new (const DioScenario *scenario,
                        gint64 first_id,
                        gboolean dense,
                        gboolean has_stuff)
{
  DioExportClasses *classes = dio_export_classes_alloc (scenario);

  for (guint i = 0; i < scenario->categories->len; i++) {
    const DioCategory *category = scenario->categories->pdata[i];
    if (!category->thing && !has_stuff)
      continue;
    DioExportClass class = {
      .id = first_id + (dense ? classes->classes->len : i),
      .name = g_strdup (dio_export_category_name (category)),
      .supercategory = g_strdup (category->supercategory ? category->supercategory : ""),
      .stuff = !category->thing,
    };
    classes->class_of_category[i] = (int) classes->classes->len;
    g_array_append_val (classes->classes, class);
  }
  return classes;
}

/* Readers take the number of names for the number of classes, and ids for positions. */
gboolean
dio_export_classes_check_dense (const DioExportClasses *classes,
                                gint64 first_id,
                                const char *format,
                                GError **error)
{
  for (guint i = 0; i < classes->classes->len; i++) {
    const DioExportClass *class = dio_export_classes_get (classes, (int) i);
    if (class->id == first_id + i)
      continue;
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                 "%s counts classes from %" G_GINT64_FORMAT
                 " without gaps, but the class map has no"
                 " class %" G_GINT64_FORMAT " (“%s” is %" G_GINT64_FORMAT
                 "): list all classes, or renumber them",
                 format, first_id, first_id + i, class->name, class->id);
    return FALSE;
  }
  return TRUE;
}

void
dio_export_classes_free (DioExportClasses *classes)
{
  if (!classes)
    return;
  g_array_unref (classes->classes);
  g_free (classes->class_of_category);
  g_free (classes->map_name);
  g_free (classes);
}

const DioExportClass *
dio_export_classes_get (const DioExportClasses *classes, int index)
{
  return index < 0 ? NULL : &g_array_index (classes->classes, DioExportClass, index);
}

json_t *
dio_export_classes_to_json (const DioExportClasses *classes, const DioScenario *scenario)
{
  json_t *list = json_array ();

  for (guint i = 0; i < classes->classes->len; i++) {
    const DioExportClass *class = dio_export_classes_get (classes, (int) i);
    json_t *from = json_array ();
    for (guint k = 0; k < classes->n_categories; k++)
      if (classes->class_of_category[k] == (int) i)
        json_array_append_new (
            from, json_string (((const DioCategory *) scenario->categories->pdata[k])->id));
    json_array_append_new (list, json_pack ("{s:I, s:s, s:s, s:o}", "id", (json_int_t) class->id,
                                            "name", class->name, "supercategory",
                                            class->supercategory, "categories", from));
  }
  return list;
}
