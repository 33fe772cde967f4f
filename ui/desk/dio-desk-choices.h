#pragma once
/* Thread: main. A criterion of the kind "some of these": check boxes with counts. Signal "changed" (). */

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIO_TYPE_DESK_CHOICES (dio_desk_choices_get_type ())
G_DECLARE_FINAL_TYPE (DioDeskChoices, dio_desk_choices, DIO, DESK_CHOICES, GtkBox)

GtkWidget *dio_desk_choices_new (const char *title) G_GNUC_WARN_UNUSED_RESULT;
/** @labels: NULL-terminated, translated, copied; what was chosen stays where the labels are the same. @color (nullable) 3 bytes a label. */
void dio_desk_choices_set_labels (DioDeskChoices *choices,
                                  const char *const *labels,
                                  const guint8 *colors);
/** Of choice @index: those under the filter. Choices with none at all (@all 0) are hidden. */
void dio_desk_choices_set_count (DioDeskChoices *choices, guint index, guint filtered, guint all);
gboolean dio_desk_choices_get (DioDeskChoices *choices, guint index);
/** Does not emit. */
void dio_desk_choices_set (DioDeskChoices *choices, guint index, gboolean chosen);
void dio_desk_choices_clear (DioDeskChoices *choices);
guint dio_desk_choices_get_n (DioDeskChoices *choices);

G_END_DECLS
