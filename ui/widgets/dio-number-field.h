#pragma once
/* Thread: main. One number of the inspector on one row: its name (drag it to scrub, double-click it to reset), its value (click it to type a
 * quantity: "35mm", "1/3", "+=10%"), its unit, and where it has one, its dice. Accessible as a spin button with its value.
 *
 * Values are in the unit of the document ("m", "rad", "lux"); the field shows radians as degrees and reads what is typed without a unit in
 * the shown one. Setters never emit; the user's doing emits
 *  "changed" (double value): after every step of a scrub or a key, and before "committed"; the listener commits with a merge key;
 *  "committed" (double value): the change is over: Enter, focus lost, end of a scrub, a key; the listener ends the merge;
 *  "entered" (string text) -> gboolean: what was typed, before it is read; TRUE = handled (a quantity relative to each of many values);
 *  "emptied" () -> gboolean: Enter without a text; TRUE = handled (any number will do);
 *  "reset" (): the name was double-clicked, or Backspace pressed on the field; emitted instead of "changed" when there is no default, after it otherwise;
 *  "dice" (): the dice was clicked.
 * Properties: "value" (double, notify), "label", "unit" (string), "mixed" (boolean). */

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIO_TYPE_NUMBER_FIELD (dio_number_field_get_type ())
G_DECLARE_FINAL_TYPE (DioNumberField, dio_number_field, DIO, NUMBER_FIELD, GtkWidget)

/** @label: translated name, shown and spoken; @unit: of the document, "" for none. */
GtkWidget *dio_number_field_new (const char *label, const char *unit) G_GNUC_WARN_UNUSED_RESULT;
double dio_number_field_get_value (DioNumberField *field);
/** Ends the mixed state. A NaN shows as empty. */
void dio_number_field_set_value (DioNumberField *field, double value);
/** Inclusive; +-INFINITY = open. Values of the user are clamped to it. */
void dio_number_field_set_range (DioNumberField *field, double min, double max);
/** Of one key press or eight pixels of scrubbing, in the document's unit; 0 = 1 % of the value, at least a digit that shows. */
void dio_number_field_set_step (DioNumberField *field, double step);
/** Digits after the point at most; -1 = four significant digits (default); 0 = whole numbers only. */
void dio_number_field_set_digits (DioNumberField *field, int digits);
/** The name is bold where the value differs from it and a double click gives it back; NaN = there is none. */
void dio_number_field_set_default (DioNumberField *field, double value);
/** The selected nodes differ: shows a dash until the next value. */
void dio_number_field_set_mixed (DioNumberField *field, gboolean mixed);
gboolean dio_number_field_get_mixed (DioNumberField *field);
/** Shows the dice at the end; @active: a randomizer draws this value. */
void dio_number_field_set_dice (DioNumberField *field, gboolean shown, gboolean active);
/** Draws the range of a randomized value behind the number: @density (nullable: even) of @n bins from @min to @max in the document's unit;
 * n = 0 takes it away. The current value is marked in it. */
void dio_number_field_set_sparkline (
    DioNumberField *field, const double *density, guint n, double min, double max);
/** Where the range lies in the field, whose ends are @min and @max; FALSE while there is none or the number is typed. */
gboolean dio_number_field_get_sparkline (DioNumberField *field,
                                         graphene_rect_t *area,
                                         double *min,
                                         double *max);
/** A short name instead of the label column ("X"), for three fields in a row; the label stays the spoken name. */
void dio_number_field_set_short_label (DioNumberField *field, const char *text);
/** Width of the name's column in characters, so that fields below each other line up; 0 = as wide as there is room (default). */
void dio_number_field_set_label_chars (DioNumberField *field, int chars);
/** The value is no entry of the document but drawn for the frame that is seen: it is shown slanted. */
void dio_number_field_set_drawn (DioNumberField *field, gboolean drawn);
/** Opens the entry, as a click does. */
void dio_number_field_start_editing (DioNumberField *field);
/** The same without the value, which stays where nothing is typed; @placeholder: what Enter means then. */
void dio_number_field_start_empty (DioNumberField *field, const char *placeholder);

G_END_DECLS
