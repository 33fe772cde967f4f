#pragma once
/* Thread: main. What the files of the number field share:
 *   dio-number-field.c      the widget: its parts, its value, keys
 *   dio-number-scrub.c      dragging the name
 *   dio-number-entry.c      typing a quantity
 *   dio-number-sparkline.c  the range of a randomized value behind the number */

#include "dio-number-field.h"

G_BEGIN_DECLS

struct _DioNumberField {
  GtkWidget parent;
  GtkWidget *name, *short_name, *frame, *stack, *shown, *entry, *unit_label, *dice;
  char *label, *unit;
  double value, min, max, step, default_value;
  int digits;
  gboolean mixed, has_short_name, dice_active;
  /* A scrub. */
  gboolean scrubbing;
  double scrub_value, scrub_step, scrub_last_x;
  /* An edit of the text. */
  gboolean editing;
  char *text_before;
  /* The range of a randomized value. */
  double *density;
  guint n_density;
  double density_min, density_max;
};

enum {
  DIO_NUMBER_SIGNAL_CHANGED,
  DIO_NUMBER_SIGNAL_COMMITTED,
  DIO_NUMBER_SIGNAL_ENTERED,
  DIO_NUMBER_SIGNAL_EMPTIED,
  DIO_NUMBER_SIGNAL_RESET,
  DIO_NUMBER_SIGNAL_DICE,
  DIO_NUMBER_N_SIGNALS
};
extern guint dio_number_field_signals[DIO_NUMBER_N_SIGNALS];

/** What the user did: within the range, told to the listener. FALSE, and nothing is told, where nothing changed. */
gboolean dio_number_field_change (DioNumberField *field, double value);
/** The change is over. */
void dio_number_field_commit (DioNumberField *field);
/** Of one key, in the document's unit; > 0. */
double dio_number_field_get_step (DioNumberField *field);
/** Back to the default, where there is one. */
void dio_number_field_reset (DioNumberField *field);

/** Lets @name be dragged and double-clicked. */
void dio_number_field_add_scrub (DioNumberField *field, GtkWidget *name);
/** Lets the text of the field's entry be typed, and a click on @shown begin it. */
void dio_number_field_add_entry (DioNumberField *field, GtkWidget *shown);
void dio_number_field_draw_sparkline (DioNumberField *field, GtkSnapshot *snapshot);

G_END_DECLS
