#pragma once
/* Thread: main. Forward declarations and enums of the session. */

#include <glib-object.h>

G_BEGIN_DECLS

#define DIO_TYPE_SESSION (dio_session_get_type ())
G_DECLARE_FINAL_TYPE (DioSession, dio_session, DIO, SESSION, GObject)
#define DIO_TYPE_SELECTION (dio_selection_get_type ())
G_DECLARE_FINAL_TYPE (DioSelection, dio_selection, DIO, SELECTION, GObject)
#define DIO_TYPE_OVERLAYS (dio_overlays_get_type ())
G_DECLARE_FINAL_TYPE (DioOverlays, dio_overlays, DIO, OVERLAYS, GObject)

/** The pages of the window. */
typedef enum {
  DIO_MODE_COMPOSE,
  DIO_MODE_RANDOMIZE,
  DIO_MODE_RENDER,
  DIO_MODE_REVIEW,
} DioMode;

/** Which boxes are drawn. */
typedef enum {
  DIO_BOXES_OFF,
  DIO_BOXES_VISIBLE,
  DIO_BOXES_AMODAL,
  DIO_BOXES_BOTH,
} DioBoxesShown;

/** What the picture under the overlays shows. */
typedef enum {
  DIO_PASS_RGB,
  DIO_PASS_DEPTH,
  DIO_PASS_NORMAL,
  DIO_PASS_IDS,
} DioPass;

/** Whose colours masks have. */
typedef enum {
  DIO_MASKS_OFF,
  DIO_MASKS_CATEGORY,
  DIO_MASKS_INSTANCE,
  DIO_MASKS_VISIBILITY, /**< heat: red = hidden, blue = free */
} DioMasksShown;

G_END_DECLS
