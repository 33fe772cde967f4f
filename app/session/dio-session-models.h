#pragma once
/* Thread: main. Lists of the session that views bind to. Models are borrowed, live as long as the session and change in place, as little as they can. */

#include "dio-label-row.h"
#include "dio-node-item.h"
#include "dio-session.h"
#include "dio-shelf-item.h"

G_BEGIN_DECLS

/** GListModel of DioNodeItem: the nodes without parents; each has its children. */
GListModel *dio_session_get_root_nodes (DioSession *session);
/** The item of a node; NULL for ids that are not there. Borrowed. */
DioNodeItem *dio_session_find_node_item (DioSession *session, const char *id);

/** GListModel of DioLabelRow: what the sensor's labels of the last result hold, in the order in which objects appeared. Empty without a sensor. */
GListModel *dio_session_get_label_rows (DioSession *session);
/** The row of an instance index of the last result, or NULL. Borrowed. */
DioLabelRow *dio_session_find_label_row (DioSession *session, guint instance);

/** GListModel of DioShelfItem: assets of the document first, then parametric models, lights, environments, the sensor. */
GListModel *dio_session_get_shelf (DioSession *session);
DioShelfItem *dio_session_find_shelf_item (DioSession *session, const char *key);
/** A picture of what @key names (keys of DioShelfItem, "texture:wood" for procedural textures, "file:KIND:PATH" for a file with KIND of DioAssetKind as a
 * number and an absolute path), u8 x3 sRGB, borrowed; NULL until it is made, which the
 * first call starts; "thumbnail-ready" (key) tells. Kept on disk by content. NULL for ever without OpenGL, and for lights. */
DioImage *dio_session_get_thumbnail (DioSession *session, const char *key);

/* -- Parts --------------------------------------------------------------------------------------------------------- */

/** A face group of a model and whether it counts for the model's labels. */
typedef struct {
  char *name; /**< owned */
  DioGroupLabel label;
} DioLabelPart;

/** Of DioLabelPart*, in the model's order: the face groups that model node @node shows in the last result, with the labels that the document gives them now.
 * Empty for what is no model and for what the result does not show. */
GPtrArray *dio_session_list_parts (DioSession *session, const char *node) G_GNUC_WARN_UNUSED_RESULT;

/* -- Why ----------------------------------------------------------------------------------------------------------- */

typedef enum {
  DIO_WHY_NOTHING,    /**< no result yet, or outside of the picture */
  DIO_WHY_BACKGROUND, /**< nothing is hit there */
  DIO_WHY_UNLABELLED, /**< a node without category */
  DIO_WHY_EXCLUDED,   /**< a part of an object that does not count for its label */
  DIO_WHY_STUFF,      /**< a category of stuff: in the semantic picture only */
  DIO_WHY_KEPT,
  DIO_WHY_IGNORED,
  DIO_WHY_DROPPED,
} DioWhyKind;

/** Why a pixel has the label that it has. Strings owned. */
typedef struct {
  DioWhyKind kind;
  char *text;     /**< translated: one or two sentences */
  char *node_id;  /**< (nullable) what is under the pixel */
  char *name;     /**< (nullable) of the instance */
  char *category; /**< (nullable) id */
  char *reason;   /**< (nullable) the policy's rule that decided */
  char *
      policy; /**< (nullable) path of the document's threshold that decided: "policy/drop_visibility" */
  guint instance; /**< 0 = none */
} DioWhyPixel;

/** Pixel of the last result's sensor picture. */
DioWhyPixel *dio_session_explain_pixel (DioSession *session,
                                        int x,
                                        int y) G_GNUC_WARN_UNUSED_RESULT;
void dio_why_pixel_free (DioWhyPixel *why);
/** Somebody asked for that pixel of the sensor's picture by a click: signal "probed" (int x, int y) of the session, for all who explain. */
void dio_session_probe (DioSession *session, int x, int y);

/** Where a value of the frame that is shown comes from. Strings owned. */
typedef struct {
  char *randomizer; /**< id */
  char *name;       /**< of the randomizer, its id where it has none */
  char *value;      /**< what was drawn: "0.42", "1.2, 0.4, 0.74", "mug" */
  guint n_numbers;  /**< 0 for text */
  double numbers[4];
  guint attempt; /**< 0 = the first draw; others came after a constraint refused it */
} DioWhyValue;

/** The last draw of the last result for property @path ("translation", "material/roughness") of node @id, copy 0; NULL where the document's own value is
 * shown. */
DioWhyValue *dio_session_explain_property (DioSession *session,
                                           const char *id,
                                           const char *path) G_GNUC_WARN_UNUSED_RESULT;
void dio_why_value_free (DioWhyValue *why);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioWhyPixel, dio_why_pixel_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioWhyValue, dio_why_value_free)

G_END_DECLS
