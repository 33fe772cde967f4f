#pragma once
/* Thread: any. The texts of a number field. */

#include <glib.h>

G_BEGIN_DECLS

/** The number alone in the unit that is shown; @digits as in dio_number_field_set_digits. "" for NaN. */
char *dio_number_text_format (double value, const char *unit, int digits) G_GNUC_WARN_UNUSED_RESULT;
/** A step of a key for a value where none was set: 1 % of its size, rounded down to 1, 2 or 5 of a power of ten in the shown unit. */
double dio_number_text_get_step (double value, const char *unit, int digits);
/** @value rounded to a multiple of @step, without the noise of binary fractions of a decimal step. */
double dio_number_text_round (double value, double step);

G_END_DECLS
