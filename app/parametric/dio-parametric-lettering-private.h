#pragma once
/* Thread: any. Letters and digits of signs as strokes, for textures that are drawn texel by texel. */

#include <glib.h>

G_BEGIN_DECLS

/** A text laid out in units of its height, the lower left corner at (0, 0), y up. */
typedef struct {
  GArray *strokes; /**< private */
  float width;     /**< of the whole text */
} DioLettering;

/** Known: digits, the letters S T O P and the blank; others are left out. */
void dio_lettering_init (DioLettering *lettering, const char *text);
void dio_lettering_clear (DioLettering *lettering);
/** Distance from (x, y) to the ink: negative inside, at least @far where nothing is near. */
float dio_lettering_get_distance (const DioLettering *lettering, float x, float y, float far);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DioLettering, dio_lettering_clear)

G_END_DECLS
