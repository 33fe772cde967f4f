#define G_LOG_DOMAIN "dio-randomize"

/* How many there are of a node. */

#include "dio-randomize-private.h"

gboolean
dio_apply_count (DioApply *apply, DioWork *work, GError **error)
{
  DioDrawing drawing = dio_draw_begin (apply, work, "count");
  double number = dio_draw_param (&drawing, "count", 1, 1);
  guint count = number >= 0.5 ? (guint) (number + 0.5) : 0;
  dio_draw_record (&drawing, 1, (const double[]){ count });
  /* The original stays in the frame, hidden, so that what refers to it still finds it. */
  if (count == 0)
    dio_work_edit (work)->visible = FALSE;
  for (guint i = 1; i < count; i++)
    if (dio_build_add_copy (apply->build, work, error) == NULL)
      return FALSE;
  return TRUE;
}
