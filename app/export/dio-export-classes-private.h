#pragma once
/* Thread: any. Which class of the export a category of the scenario becomes. */

#include "dio-scene-scenario.h"

#include <jansson.h>

G_BEGIN_DECLS

/** A class as the exported files name it. Strings owned. */
typedef struct {
  gint64 id;
  char *name, *supercategory;
  gboolean stuff; /**< regions, not objects */
} DioExportClass;

/** What else a category can become. */
enum {
  DIO_EXPORT_CLASS_DROP = -1, /**< the class map says so */
  DIO_EXPORT_CLASS_NONE = -2, /**< stuff: not an object */
};

typedef struct {
  GArray *classes; /**< of DioExportClass, ascending id */
  guint n_categories;
  int *class_of_category; /**< index into classes, or one of the enum */
  char *map_name;         /**< file name of the class map, or NULL */
} DioExportClasses;

/** Every thing is its own class, and every kind of stuff with @has_stuff. @dense: ids count classes from @first_id;
 * else the id is @first_id + the index of the category, so that it stays when a category changes between thing and
 * stuff. */
DioExportClasses *dio_export_classes_new (const DioScenario *scenario,
                                          gint64 first_id,
                                          gboolean dense,
                                          gboolean has_stuff) G_GNUC_WARN_UNUSED_RESULT;
/** From a class map: data.yaml (`names:`), COCO JSON (`categories`) or CSV (`our,theirs_name,theirs_id`, or
 * `our,drop`). All classes of the map are listed, also those that no category becomes. Errors: NOT_FOUND;
 * INVALID with file and line; INVALID naming a thing of the scenario without a class. With @has_stuff stuff is
 * mapped too where the map names it, and a class that only stuff becomes is stuff. */
DioExportClasses *dio_export_classes_load (const char *path,
                                           const DioScenario *scenario,
                                           gboolean has_stuff,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** INVALID where ids do not run from @first_id without gaps, which @format wants. */
gboolean dio_export_classes_check_dense (const DioExportClasses *classes,
                                         gint64 first_id,
                                         const char *format,
                                         GError **error);
void dio_export_classes_free (DioExportClasses *classes);
const DioExportClass *dio_export_classes_get (const DioExportClasses *classes, int index);
/** [{"id", "name", "supercategory", "categories": [ours]}] for the manifest. */
json_t *dio_export_classes_to_json (const DioExportClasses *classes,
                                    const DioScenario *scenario) G_GNUC_WARN_UNUSED_RESULT;

/** Without classes; every category is NONE. */
DioExportClasses *dio_export_classes_alloc (const DioScenario *scenario) G_GNUC_WARN_UNUSED_RESULT;
/** What people call it: its name, or its id where it has none. */
const char *dio_export_category_name (const DioCategory *category);

/** A class map being read: classes by id and the way from our names to them. */
typedef struct DioExportClassMap DioExportClassMap;
/** Adds a class. Errors without place: an id or a name that is taken by another. */
gboolean dio_export_class_map_add (
    DioExportClassMap *map, gint64 id, const char *name, const char *supercategory, GError **error);
guint dio_export_class_map_count (const DioExportClassMap *map);
/** The names of a data.yaml; @text ends with NUL. Errors with @path and line. */
gboolean dio_export_class_map_read_yaml (DioExportClassMap *map,
                                         const char *path,
                                         const char *text,
                                         GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioExportClasses, dio_export_classes_free)

G_END_DECLS
