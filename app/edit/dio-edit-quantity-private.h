#pragma once
/* Thread: any. Units. Private to app/edit. */

#include <glib.h>

G_BEGIN_DECLS

/** One way to write values of a property unit: value in the property's unit = number * factor. */
typedef struct {
  const char *property; /**< unit of the registry */
  const char *symbol;   /**< as typed */
  double factor;
} DioEditUnit;

/** What stands behind a number without a unit. */
const DioEditUnit *dio_edit_unit_get_display (const char *property);
/** The longest unit of that property that @text begins with; NULL for none. */
const DioEditUnit *dio_edit_unit_match (const char *property, const char *text, gsize *length);
/** "m, cm, mm": for messages. */
char *dio_edit_unit_list (const char *property) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
