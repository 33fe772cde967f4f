#pragma once
/* Thread: main. A small rounded piece: colour dot, text, and an end button where wanted. A click emits "clicked" (), the end button "removed" (). */

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIO_TYPE_CHIP (dio_chip_get_type ())
G_DECLARE_FINAL_TYPE (DioChip, dio_chip, DIO, CHIP, GtkWidget)

GtkWidget *dio_chip_new (const char *text) G_GNUC_WARN_UNUSED_RESULT;
void dio_chip_set_text (DioChip *chip, const char *text);
const char *dio_chip_get_text (DioChip *chip);
/** sRGB of the dot; NULL = none. */
void dio_chip_set_color (DioChip *chip, const guint8 *rgb);
/** A symbolic icon before the text; NULL = none. */
void dio_chip_set_icon_name (DioChip *chip, const char *icon_name);
void dio_chip_set_removable (DioChip *chip, gboolean removable);

/** A bare dot of colour, 12 px, for list rows; decoration: the text beside it says the category. */
GtkWidget *dio_color_dot_new (const guint8 rgb[static 3]) G_GNUC_WARN_UNUSED_RESULT;
void dio_color_dot_set_color (GtkWidget *dot, const guint8 rgb[static 3]);

G_END_DECLS
