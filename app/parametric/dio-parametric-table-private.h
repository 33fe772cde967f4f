#pragma once
/* Thread: any. The rows of the table of kinds, one list for each family. */

#include "dio-parametric-private.h"

G_BEGIN_DECLS

typedef struct {
  DioParametricInfo info;
  void (*build) (DioParametricMake *make);
} DioParametricKind;

/* Each returns a static list and its length. A family's file is the one place that names its models, their
 * parameters and what builds them. */
const DioParametricKind *dio_parametric_list_basic (guint *n);
const DioParametricKind *dio_parametric_list_book (guint *n);
const DioParametricKind *dio_parametric_list_building (guint *n);
const DioParametricKind *dio_parametric_list_fence (guint *n);
const DioParametricKind *dio_parametric_list_figure (guint *n);
const DioParametricKind *dio_parametric_list_household (guint *n);
const DioParametricKind *dio_parametric_list_interior (guint *n);
const DioParametricKind *dio_parametric_list_nature (guint *n);
const DioParametricKind *dio_parametric_list_street (guint *n);
const DioParametricKind *dio_parametric_list_tabletop (guint *n);
const DioParametricKind *dio_parametric_list_vehicle (guint *n);

G_END_DECLS
