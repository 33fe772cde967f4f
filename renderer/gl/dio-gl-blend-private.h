#pragma once
/* Thread: any. In which order blended triangles are drawn. */

#include "dio-gl-private.h"

G_BEGIN_DECLS

/** Triangles of one draw that follow each other. */
typedef struct {
  const DioGlDraw *draw; /**< of the list */
  guint first_index;     /**< into the order's indices */
  guint n_indices;
} DioGlBlendRun;

/** Everything that blends, the farthest first. */
typedef struct {
  GArray *runs;    /**< of DioGlBlendRun */
  GArray *indices; /**< of uint32_t, into the vertices of each run's mesh */
} DioGlBlendOrder;

/** Sorts the triangles of the blended draws of @list that are in view. */
void dio_gl_blend_sort (const DioGlList *list, DioGlBlendOrder *order);
void dio_gl_blend_order_clear (DioGlBlendOrder *order);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DioGlBlendOrder, dio_gl_blend_order_clear)

G_END_DECLS
