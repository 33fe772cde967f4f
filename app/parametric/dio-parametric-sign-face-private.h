#pragma once
/* Thread: any. What is on the front of a road sign, drawn as a texture. */

#include "dio-parametric-surface-private.h"

G_BEGIN_DECLS

typedef enum {
  DIO_SIGN_STOP,
  DIO_SIGN_YIELD,       /**< triangle on its point, white in red */
  DIO_SIGN_WARNING,     /**< triangle, white in red with a mark of exclamation */
  DIO_SIGN_SPEED,       /**< disc, white in red with a number */
  DIO_SIGN_PROHIBITION, /**< disc, white in red and empty */
  DIO_SIGN_NO_ENTRY,    /**< red disc with a white bar */
  DIO_SIGN_RED_DISC,    /**< red disc with a white rim and nothing on it */
  DIO_SIGN_MANDATORY,   /**< blue disc with a white arrow */
  DIO_SIGN_N_FACES,
} DioSignFaceKind;

typedef struct {
  DioSignFaceKind kind;
  guint speed;       /**< the number on DIO_SIGN_SPEED, 0 .. 99 */
  double dirt, fade; /**< 0 .. 1 */
  guint n_stickers;  /**< 0 .. 6 */
  guint64 seed;
} DioSignFace;

/** Side of the square that the texture covers, in radii of the sign (middle to corner or rim). */
#define DIO_SIGN_FACE_SIDE 2.1

/** Outline of the plate for a sign of radius 1, counter-clockwise; @out has DIO_SIGN_MAX_OUTLINE points. Returns
 * their number. */
#define DIO_SIGN_MAX_OUTLINE 40
guint dio_sign_fill_outline (DioSignFaceKind kind, double (*out)[2]);

/** What draws the face; it owns the key and must live while textures are asked for. */
typedef struct DioSignPainter DioSignPainter;

/** @out: its surface at 512 texels a side (@radius_m 0.4: 610 a metre). */
DioSignPainter *dio_sign_painter_new (const DioSignFace *face,
                                      DioSurface *out) G_GNUC_WARN_UNUSED_RESULT;
void dio_sign_painter_free (DioSignPainter *painter);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioSignPainter, dio_sign_painter_free)

G_END_DECLS
