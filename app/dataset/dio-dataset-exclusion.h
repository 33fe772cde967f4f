#pragma once
/* Thread: one while it is filled, then any. A set of pictures and objects that somebody wants left out, by the keys that outlive
 * row numbers. */

#include <glib.h>

G_BEGIN_DECLS

typedef struct DioDatasetExclusion DioDatasetExclusion;

/** A picture: a frame seen by one sensor. Strings borrowed. */
typedef struct {
  gint64 run;
  guint64 index;
  guint take;
  const char *sensor; /**< node id */
} DioDatasetPictureKey;

DioDatasetExclusion *dio_dataset_exclusion_new (void) G_GNUC_WARN_UNUSED_RESULT;
void dio_dataset_exclusion_free (DioDatasetExclusion *exclusion);
/** FALSE where it was there already. */
gboolean dio_dataset_exclusion_add_picture (DioDatasetExclusion *exclusion,
                                            const DioDatasetPictureKey *key);
gboolean dio_dataset_exclusion_add_object (DioDatasetExclusion *exclusion,
                                           const DioDatasetPictureKey *key,
                                           guint64 object_key);
gboolean dio_dataset_exclusion_has_picture (const DioDatasetExclusion *exclusion,
                                            const DioDatasetPictureKey *key);
gboolean dio_dataset_exclusion_has_object (const DioDatasetExclusion *exclusion,
                                           const DioDatasetPictureKey *key,
                                           guint64 object_key);
guint dio_dataset_exclusion_get_n_pictures (const DioDatasetExclusion *exclusion);
guint dio_dataset_exclusion_get_n_objects (const DioDatasetExclusion *exclusion);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioDatasetExclusion, dio_dataset_exclusion_free)

G_END_DECLS
