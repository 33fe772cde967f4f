#pragma once
/* Thread: any. What the taxonomy editor knows and does without widgets: who uses a category, and edits of one. Each edit returns a new
 * scenario, or NULL with an error. */

#include "dio-scene-edit.h"

G_BEGIN_DECLS

/** Who names a category. */
typedef struct {
  guint n_nodes;       /**< bound to it */
  guint n_cones;       /**< categories that become it outside their front cone */
  guint n_randomizers; /**< that choose it, or choose among categories with it */
  gboolean background;
} DioTaxonomyUse;

DioTaxonomyUse dio_taxonomy_get_use (const DioScenario *scenario, const char *id);
/** "3 objects and the background", translated; NULL where nobody uses it. */
char *dio_taxonomy_describe_use (const DioTaxonomyUse *use) G_GNUC_WARN_UNUSED_RESULT;

/** NULL for ids that are not there. Borrowed. */
const DioCategory *dio_taxonomy_find (const DioScenario *scenario, const char *id);
/** @key and @value as "categories" holds them; a value of null gives the default back. Steals @value. */
DioScenario *dio_taxonomy_with_member (DioScenario *scenario,
                                       const char *id,
                                       const char *key,
                                       json_t *value,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** What happens outside the front cone: keep, ignore, or become @other (only with DIO_CONE_OUTSIDE_OTHER). */
DioScenario *dio_taxonomy_with_cone (DioScenario *scenario,
                                     const char *id,
                                     DioConeOutside outside,
                                     const char *other,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** Everything that is @from becomes @into, and @from goes. */
DioScenario *dio_taxonomy_with_merged (DioScenario *scenario,
                                       const char *from,
                                       const char *into,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** Adds the categories of @text that are not there by name: a COCO file (its "categories") or one name a line, "name" or
 * "name, supercategory". @n_added (nullable). INVALID where it holds none. */
DioScenario *dio_taxonomy_with_imported (DioScenario *scenario,
                                         const char *text,
                                         gsize length,
                                         guint *n_added,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** "#e8590c". */
char *dio_taxonomy_color_to_text (const guint8 color[static 3]) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
