#pragma once
/* Thread: any. Numbers as people type and read them: "35mm", "1/3", "+=10%", "90deg", "2,5 m", "3e4 lx". The locale plays no part. */

#include <glib.h>

G_BEGIN_DECLS

/** Which unit of a property's values a field shows and takes without a unit: of "rad" degrees, of "m" metres, of the others themselves.
 * "" for none. Static. */
const char *dio_edit_quantity_get_display_unit (const char *unit);
/** Reads @text in @unit (that of the property registry: "m", "mm", "rad", "K", "px", "lux", "nits", "EV100", ""). @current is the value now, for what starts
 * with "+=", "-=", "*=", "/=", "*", or "%" after such a sign ("+=10%" is ten per cent more); a leading "+" or "-" alone is a sign.
 * Knows + - * / ( ) and the units m cm mm km in ft deg rad ° turn lx klx cd nit kK and so on, of the property's kind only. A comma is the decimal sign where it
 * cannot be anything else ("2,5"; "1,234" too, for thousands have no sign here); "1,234.5" is refused. Errors: INVALID with a sentence. */
gboolean dio_edit_quantity_parse (
    const char *text, const char *unit, double current, double *value, GError **error);
/** "1.5 m", "35 cm", "2 mm", "45°", "30 000 lx" without the grouping: number and unit; @digits significant digits (3 to 17, 0 = 6), no trailing zeros. Lengths
 * below a metre go to cm and mm where @scaled. */
char *dio_edit_quantity_format (double value, const char *unit, guint digits, gboolean scaled)
    G_GNUC_WARN_UNUSED_RESULT;
/** The number alone in the display unit, which parses to the same bits again where @exact. */
char *dio_edit_quantity_format_number (double value,
                                       const char *unit,
                                       gboolean exact) G_GNUC_WARN_UNUSED_RESULT;
/** A step for a drag of one pixel at @value: a hundredth of its size or of the unit's own, in the property's unit. */
double dio_edit_quantity_get_scrub_step (double value, const char *unit, double min, double max);

G_END_DECLS
