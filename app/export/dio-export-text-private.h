#pragma once
/* Thread: any. Text as strict readers take it: the decimal point is a dot whatever the locale, there is no exponent,
 * and what a name holds cannot end the field that it stands in. */

#include <glib.h>

G_BEGIN_DECLS

/** @value with @least to @most decimals (at most 17), zeros at the end left away; never "-0". Finite. */
void dio_export_append_number (GString *text, double value, guint least, guint most);
/** @value as XML text or attribute. What XML 1.0 cannot hold (control characters, bytes that are not UTF-8) becomes
 * U+FFFD; line ends and tabs are written as references, so that attributes keep them. */
void dio_export_append_xml (GString *text, const char *value);
/** @name as a word of a line of words: white space and control characters become "_"; never empty. */
char *dio_export_dup_word (const char *name) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
