#define G_LOG_DOMAIN "dio-edit"

#include "dio-core-math.h"
#include "dio-edit-quantity-private.h"
#include "dio-edit-quantity.h"

#include <string.h>

/* The first entry of a property's unit is how it is shown. */
static const DioEditUnit units[] = {
  { "m", "m", 1 },
  { "m", "cm", 0.01 },
  { "m", "mm", 0.001 },
  { "m", "km", 1000 },
  { "m", "um", 1e-6 },
  { "m", "µm", 1e-6 },
  { "m", "in", 0.0254 },
  { "m", "\"", 0.0254 },
  { "m", "ft", 0.3048 },
  { "m", "'", 0.3048 },
  { "m", "yd", 0.9144 },
  { "mm", "mm", 1 },
  { "mm", "cm", 10 },
  { "mm", "m", 1000 },
  { "mm", "um", 0.001 },
  { "mm", "µm", 0.001 },
  { "mm", "in", 25.4 },
  { "mm", "\"", 25.4 },
  { "rad", "°", DIO_PI / 180 },
  { "rad", "deg", DIO_PI / 180 },
  { "rad", "rad", 1 },
  { "rad", "mrad", 0.001 },
  { "rad", "turn", 2 * DIO_PI },
  { "rad", "'", DIO_PI / 180 / 60 },
  { "K", "K", 1 },
  { "K", "kK", 1000 },
  { "lux", "lx", 1 },
  { "lux", "lux", 1 },
  { "lux", "klx", 1000 },
  { "lux", "klux", 1000 },
  { "cd", "cd", 1 },
  { "cd", "kcd", 1000 },
  { "cd", "mcd", 0.001 },
  { "nits", "nits", 1 },
  { "nits", "nit", 1 },
  { "nits", "nt", 1 },
  { "nits", "cd/m²", 1 },
  { "nits", "cd/m2", 1 },
  { "nits", "knit", 1000 },
  { "nits", "knits", 1000 },
  { "px", "px", 1 },
  { "EV100", "EV", 1 },
  { "EV100", "EV100", 1 },
  { "EV", "EV", 1 },
  { "e", "e", 1 },
  { "e", "ke", 1000 },
  /* The intensity of a light is lux, candela, nits or a factor, by the light's kind, and has no unit in the registry. */
  { "", "", 1 },
  { "", "lx", 1 },
  { "", "lux", 1 },
  { "", "klx", 1000 },
  { "", "cd", 1 },
  { "", "kcd", 1000 },
  { "", "nits", 1 },
  { "", "nit", 1 },
  { "", "cd/m²", 1 },
  { "", "cd/m2", 1 },
  { "", "knit", 1000 },
  { "", "k", 1000 },
};

const DioEditUnit *
dio_edit_unit_get_display (const char *property)
{
  for (guint i = 0; i < G_N_ELEMENTS (units); i++) {
    if (strcmp (units[i].property, property) == 0)
      return &units[i];
  }
  return NULL;
}

const char *
dio_edit_quantity_get_display_unit (const char *unit)
{
  g_return_val_if_fail (unit != NULL, "");
  const DioEditUnit *display = dio_edit_unit_get_display (unit);
  return display != NULL ? display->symbol : g_intern_string (unit);
}

/* Case decides only where both stand in the table (none do): people type "MM" and "k". */
const DioEditUnit *
dio_edit_unit_match (const char *property, const char *text, gsize *length)
{
  const DioEditUnit *found = NULL;
  *length = 0;
  for (guint i = 0; i < G_N_ELEMENTS (units); i++) {
    gsize n = strlen (units[i].symbol);
    if (strcmp (units[i].property, property) != 0 || n <= *length)
      continue;
    if (g_ascii_strncasecmp (text, units[i].symbol, n) != 0)
      continue;
    found = &units[i];
    *length = n;
  }
  return found;
}

char *
dio_edit_unit_list (const char *property)
{
  GString *list = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (units); i++) {
    if (strcmp (units[i].property, property) != 0 || units[i].symbol[0] == '\0')
      continue;
    g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", units[i].symbol);
  }
  return g_string_free (list, FALSE);
}
