#pragma once
/* Thread: main. What the files of the label table share. */

#include "dio-labels-panel.h"
#include "dio-session-models.h"

G_BEGIN_DECLS

/* -- dio-labels-text.c: what people read ---------------------------------------------------------------------------------- */

/** "KEEP", "IGNORE", "DROP", translated. */
const char *dio_labels_get_verdict_word (DioVerdict verdict);
const char *dio_labels_get_verdict_icon (DioVerdict verdict);
/** The rule that decided as a clause: "less than 10 % visible"; "" for none. */
char *dio_labels_dup_reason (const char *reason,
                             const DioLabelPolicy *policy) G_GNUC_WARN_UNUSED_RESULT;
/** A sentence about the whole row. */
char *dio_labels_dup_sentence (DioLabelRow *row,
                               const DioLabelPolicy *policy) G_GNUC_WARN_UNUSED_RESULT;

/** The threshold that decided ("keep_visibility"), static; NULL where none did. */
const char *dio_labels_get_threshold (const char *reason);

/* -- dio-labels-columns.c --------------------------------------------------------------------------------------------------- */

typedef enum {
  DIO_LABELS_NAME,
  DIO_LABELS_CATEGORY,
  DIO_LABELS_VERDICT,
  DIO_LABELS_VISIBILITY,
  DIO_LABELS_TRUNCATION,
  DIO_LABELS_BOX,
  DIO_LABELS_PIXELS,
  DIO_LABELS_DISTANCE,
  DIO_LABELS_HIDERS,
  DIO_LABELS_N_COLUMNS,
} DioLabelsColumn;

/** Translated title. */
const char *dio_labels_get_title (DioLabelsColumn column);
/** The cell as text. */
char *dio_labels_dup_cell (DioLabelRow *row,
                           DioLabelsColumn column,
                           const DioLabelPolicy *policy) G_GNUC_WARN_UNUSED_RESULT;
/** < 0 where @a stands before @b. Missing numbers come last. */
int dio_labels_compare (DioLabelRow *a, DioLabelRow *b, DioLabelsColumn column);
/** A column with its cells and its order. */
GtkColumnViewColumn *dio_labels_column_new (DioSession *session,
                                            DioLabelsColumn column) G_GNUC_WARN_UNUSED_RESULT;

/* -- dio-labels-policy.c ---------------------------------------------------------------------------------------------------- */

#define DIO_TYPE_LABELS_POLICY (dio_labels_policy_get_type ())
G_DECLARE_FINAL_TYPE (DioLabelsPolicy, dio_labels_policy, DIO, LABELS_POLICY, GtkBox)

/** Preset and sliders of the document's policy. */
GtkWidget *dio_labels_policy_new (DioSession *session) G_GNUC_WARN_UNUSED_RESULT;
/** Sets a threshold ("keep_visibility") as its slider does; @merge: more will follow. */
void dio_labels_policy_set (DioLabelsPolicy *policy, const char *key, double value, gboolean merge);
/** Puts the cursor on a threshold and marks its name; NULL marks none. */
void dio_labels_policy_point_at (DioLabelsPolicy *policy, const char *key);
/** NULL = all thresholds. */
void dio_labels_policy_reset (DioLabelsPolicy *policy, const char *key);

G_END_DECLS
