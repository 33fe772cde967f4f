#pragma once
/* Thread: main. How the session fills rows. */

#include "dio-label-row.h"
#include "dio-preview.h"

G_BEGIN_DECLS

/** Everything that a row shows of one annotation; borrowed for the call. */
typedef struct {
  DioPreviewResult *result;
  const DioAnnotation *annotation;
  DioVerdict verdict;
  const char *reason; /**< static */
} DioLabelRowState;

DioLabelRow *dio_label_row_new (guint64 object_key) G_GNUC_WARN_UNUSED_RESULT;
void dio_label_row_update (DioLabelRow *row, const DioLabelRowState *state);
/** Only the policy changed. */
void dio_label_row_set_verdict (DioLabelRow *row, DioVerdict verdict, const char *reason);

/** An object that hides another, with all its parts. */
typedef struct {
  char *name, *node_id; /**< owned */
  guint64 px;
} DioLabelHider;
/** Of DioLabelHider, most first: who hides @instance in @result. */
GArray *dio_label_create_hiders (const DioPreviewResult *result,
                                 guint instance) G_GNUC_WARN_UNUSED_RESULT;
/** "tree_2 1204 px, post 18 px", "" for none. */
char *dio_label_dup_hiders_text (const GArray *hiders) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
