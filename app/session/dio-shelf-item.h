#pragma once
/* Thread: main. Something that can be put into the scene: an asset of the document, a parametric model, a light, a sensor.
 *
 * Properties (notify, read-only): "key" (string: "asset:ID", "parametric:mug", "light:sun", "environment:studio", "sensor"; also the key of its
 * thumbnail and what drags carry), "id" (string: the part behind the colon), "name" (string, translated), "kind" (int DioShelfKind),
 * "findings" (uint: warnings and errors of the doctor), "importing" (bool: its facts are being found out),
 * "thumbnail" (pointer DioImage*, NULL until it is made: reading it starts that). */

#include "dio-core-types.h"
#include "dio-image.h"
#include "dio-scene-types.h"

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum {
  DIO_SHELF_MODEL,       /**< an asset of the document: a model */
  DIO_SHELF_TEXTURE,     /**< an asset of the document: a texture */
  DIO_SHELF_ENVIRONMENT, /**< an asset of the document, or a procedural one */
  DIO_SHELF_PARAMETRIC,
  DIO_SHELF_LIGHT,
  DIO_SHELF_SENSOR,
} DioShelfKind;

#define DIO_TYPE_SHELF_ITEM (dio_shelf_item_get_type ())
G_DECLARE_FINAL_TYPE (DioShelfItem, dio_shelf_item, DIO, SHELF_ITEM, GObject)

/** All borrowed. */
const char *dio_shelf_item_get_key (DioShelfItem *item);
const char *dio_shelf_item_get_id (DioShelfItem *item);
const char *dio_shelf_item_get_name (DioShelfItem *item);
DioShelfKind dio_shelf_item_get_kind (DioShelfItem *item);
/** For DIO_SHELF_LIGHT. */
DioLightKind dio_shelf_item_get_light (DioShelfItem *item);
guint dio_shelf_item_get_findings (DioShelfItem *item);
/** u8 x3 sRGB; NULL until it is made, which the first call starts. */
DioImage *dio_shelf_item_get_thumbnail (DioShelfItem *item);
/** What kind of thing it is, in words ("Street"), of our own models; NULL of others. Translated, static. */
const char *dio_shelf_item_get_family (DioShelfItem *item);
/** Bounds of a model in its own frame, metres (origin where it stands): for ghosts of drops. FALSE while unknown, and for what has none. */
gboolean dio_shelf_item_get_bounds (DioShelfItem *item, DioBox3 *bounds);

G_END_DECLS
