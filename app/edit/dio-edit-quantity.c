#define G_LOG_DOMAIN "dio-edit"

/* Reading: a descent over  sum = product (+ product)*,  product = signed (* signed)*,  signed = [-] atom,
 * atom = number [unit] | ( sum ) [unit].  A value is plain or has the property's unit; a plain one that meets the other kind in a sum, or stands at
 * the end, counts in the unit that is shown. */

#include "dio-edit-quantity.h"

#include "dio-core-error.h"
#include "dio-core-math.h"
#include "dio-edit-quantity-private.h"

#include <math.h>
#include <string.h>

#define MAX_BYTES 256
#define MAX_DEPTH 32

typedef struct {
  double number;
  gboolean has_unit;
} Value;

typedef struct {
  const char *at;
  const char *unit; /**< of the property */
  double display;   /**< factor of the unit that is shown */
  guint depth;
  gboolean percent; /**< a per cent sign stood somewhere */
  char *wrong;      /**< what is wrong, once */
} Parser;

static void fail (Parser *p, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
fail (Parser *p, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  if (p->wrong == NULL)
    p->wrong = g_strdup_vprintf (format, args);
  va_end (args);
}

static void
skip_space (Parser *p)
{
  /* Also the spaces that typography puts between number and unit. */
  for (;;) {
    if (*p->at == ' ' || *p->at == '\t')
      p->at++;
    else if (g_str_has_prefix (p->at, "\xc2\xa0"))
      p->at += 2;
    else if (g_str_has_prefix (p->at, "\xe2\x80\xaf"))
      p->at += 3;
    else
      return;
  }
}

static gboolean
accept (Parser *p, const char *token)
{
  skip_space (p);
  if (!g_str_has_prefix (p->at, token))
    return FALSE;
  p->at += strlen (token);
  return TRUE;
}

/* ---- atoms ---- */

/* Copies digits with at most one decimal sign and an exponent, the sign as '.'. */
static gboolean
read_number (Parser *p, double *number)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  guint n_digits = 0, n_points = 0;
  const char *c = p->at;
  for (; g_ascii_isdigit (*c) || *c == '.' || *c == ','; c++) {
    gboolean point = !g_ascii_isdigit (*c);
    n_points += point ? 1 : 0;
    n_digits += point ? 0 : 1;
    g_string_append_c (digits, point ? '.' : *c);
  }
  if (n_digits == 0)
    return FALSE;
  if (n_points > 1) {
    fail (p,
          "\"%.*s\" can be read in more than one way; write it with one decimal sign and none "
          "for thousands",
          (int) (c - p->at), p->at);
    return FALSE;
  }
  const char *sign = (*c == 'e' || *c == 'E') && (c[1] == '-' || c[1] == '+') ? c + 2 : c + 1;
  if ((*c == 'e' || *c == 'E') && g_ascii_isdigit (*sign)) {
    const char *end = sign;
    while (g_ascii_isdigit (*end))
      end++;
    g_string_append_len (digits, c, end - c);
    c = end;
  }
  p->at = c;
  *number = g_ascii_strtod (digits->str, NULL);
  return TRUE;
}

static Value read_sum (Parser *p);

/* A unit behind a number or a bracket. */
static Value
read_unit (Parser *p, Value value)
{
  if (accept (p, "%")) {
    p->percent = TRUE;
    value.number /= 100;
    return value;
  }
  skip_space (p);
  gsize length;
  const DioEditUnit *unit = dio_edit_unit_match (p->unit, p->at, &length);
  gboolean letter = g_unichar_isalpha (g_utf8_get_char (p->at));
  /* "5 mx" is no "5 m": a unit ends where the letters end. */
  gboolean ends =
      unit != NULL && length > 0 && !g_unichar_isalpha (g_utf8_get_char (p->at + length));
  if (ends) {
    if (value.has_unit)
      fail (p, "there are two units for one number");
    p->at += length;
    return (Value){ value.number * unit->factor, TRUE };
  }
  if (letter) {
    g_autofree char *known = dio_edit_unit_list (p->unit);
    fail (p, "the unit \"%.16s\" does not fit here%s%s", p->at,
          known[0] != '\0' ? "; there are: " : "", known);
  }
  return value;
}

static Value
read_atom (Parser *p)
{
  Value value = { 0, FALSE };
  if (accept (p, "(")) {
    if (++p->depth > MAX_DEPTH)
      fail (p, "the brackets are too deep");
    value = p->wrong == NULL ? read_sum (p) : value;
    p->depth--;
    if (!accept (p, ")"))
      fail (p, "a \")\" is missing");
    return p->wrong == NULL ? read_unit (p, value) : value;
  }
  skip_space (p);
  if (!read_number (p, &value.number)) {
    fail (p, *p->at == '\0' ? "a number is missing at the end" : "\"%.16s\" is no number", p->at);
    return value;
  }
  return read_unit (p, value);
}

static Value
read_signed (Parser *p)
{
  double sign = 1;
  for (;;) {
    if (accept (p, "-") || accept (p, "−"))
      sign = -sign;
    else if (!accept (p, "+"))
      break;
  }
  Value value = read_atom (p);
  value.number *= sign;
  return value;
}

/* ---- operators ---- */

static Value
multiply (Parser *p, Value a, Value b)
{
  if (a.has_unit && b.has_unit)
    fail (p, "two lengths, angles or the like cannot be multiplied here");
  return (Value){ a.number * b.number, a.has_unit || b.has_unit };
}

static Value
divide (Parser *p, Value a, Value b)
{
  if (b.number == 0)
    fail (p, "nothing can be divided by 0");
  if (b.has_unit && !a.has_unit)
    fail (p, "a plain number cannot be divided by one with a unit here");
  return (Value){ a.number / b.number, a.has_unit && !b.has_unit };
}

static Value
read_product (Parser *p)
{
  Value value = read_signed (p);
  while (p->wrong == NULL) {
    if (accept (p, "*") || accept (p, "×"))
      value = multiply (p, value, read_signed (p));
    else if (accept (p, "/") || accept (p, "÷"))
      value = divide (p, value, read_signed (p));
    else
      break;
  }
  return value;
}

static Value
with_unit (const Parser *p, Value value)
{
  return value.has_unit ? value : (Value){ value.number * p->display, TRUE };
}

static Value
add (const Parser *p, Value a, Value b, double sign)
{
  if (a.has_unit != b.has_unit) {
    a = with_unit (p, a);
    b = with_unit (p, b);
  }
  return (Value){ a.number + sign * b.number, a.has_unit };
}

static Value
read_sum (Parser *p)
{
  Value value = read_product (p);
  while (p->wrong == NULL) {
    if (accept (p, "+"))
      value = add (p, value, read_product (p), 1);
    else if (accept (p, "-") || accept (p, "−"))
      value = add (p, value, read_product (p), -1);
    else
      break;
  }
  return value;
}

/* ---- whole texts ---- */

/* What stands in front of a change: '+', '-', '*', '/', or 0 for a new value. */
static char
read_change (Parser *p)
{
  static const char *const tokens[] = { "+=", "-=", "−=", "*=", "×=", "/=", "÷=", "*", "×" };
  static const char changes[] = { '+', '-', '-', '*', '*', '/', '/', '*', '*' };
  for (guint i = 0; i < G_N_ELEMENTS (tokens); i++) {
    if (accept (p, tokens[i]))
      return changes[i];
  }
  return 0;
}

static double
change (Parser *p, char how, double current, Value by)
{
  if (how == '*' || how == '/') {
    if (by.has_unit)
      fail (p, "a factor has no unit");
    if (how == '/' && by.number == 0)
      fail (p, "nothing can be divided by 0");
    return how == '*' ? current * by.number : current / by.number;
  }
  double sign = how == '-' ? -1 : 1;
  if (p->percent && !by.has_unit)
    return current * (1 + sign * by.number);
  return current + sign * with_unit (p, by).number;
}

gboolean
dio_edit_quantity_parse (
    const char *text, const char *unit, double current, double *value, GError **error)
{
  g_return_val_if_fail (text != NULL && unit != NULL && value != NULL, FALSE);
  const DioEditUnit *display = dio_edit_unit_get_display (unit);
  Parser p = { .at = text, .unit = unit, .display = display != NULL ? display->factor : 1 };
  double result = 0;
  if (strlen (text) > MAX_BYTES || !g_utf8_validate (text, -1, NULL)) {
    fail (&p, "the text is too long or no text");
  } else {
    char how = read_change (&p);
    Value read = read_sum (&p);
    skip_space (&p);
    if (p.wrong == NULL && *p.at != '\0')
      fail (&p, "\"%.16s\" is left over behind the number", p.at);
    if (how == 0 && p.percent && unit[0] != '\0')
      fail (&p, "a percentage changes a value: write \"+=10%%\" or \"*=50%%\"");
    result = how != 0 ? change (&p, how, current, read) : with_unit (&p, read).number;
    if (!isfinite (result))
      fail (&p, "the number is too large");
  }
  if (p.wrong == NULL) {
    *value = result + 0.0;
    return TRUE;
  }
  g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "\"%.40s\" cannot be read: %s", text, p.wrong);
  g_free (p.wrong);
  return FALSE;
}

/* ---- writing ---- */

static char *
format_digits (double number, guint digits)
{
  char format[8], text[G_ASCII_DTOSTR_BUF_SIZE];
  guint used = digits == 0 ? 6 : CLAMP (digits, 3, 17);
  g_snprintf (format, sizeof format, "%%.%ug", used);
  g_ascii_formatd (text, sizeof text, format, number + 0.0);
  if (strchr (text, 'e') != NULL && fabs (number) < 1e15 && fabs (number) >= 1)
    g_ascii_formatd (text, sizeof text, "%.0f", number);
  return g_strdup (strcmp (text, "-0") == 0 ? "0" : text);
}

/* Lengths below a metre read better in smaller units. */
static const char *
choose_unit (double value, const char *unit, gboolean scaled, double *factor)
{
  const DioEditUnit *display = dio_edit_unit_get_display (unit);
  const char *symbol = display != NULL ? display->symbol : unit;
  *factor = display != NULL ? display->factor : 1;
  double size = fabs (value);
  if (!scaled || strcmp (unit, "m") != 0 || size >= 0.9999995 || size == 0)
    return symbol;
  *factor = size < 0.00999999 ? 0.001 : 0.01;
  return size < 0.00999999 ? "mm" : "cm";
}

char *
dio_edit_quantity_format (double value, const char *unit, guint digits, gboolean scaled)
{
  g_return_val_if_fail (unit != NULL, NULL);
  double factor;
  const char *symbol = choose_unit (value, unit, scaled, &factor);
  g_autofree char *number = format_digits (value / factor, digits);
  const char *space = symbol[0] == '\0' || strcmp (symbol, "°") == 0 ? "" : " ";
  return g_strconcat (number, space, symbol, NULL);
}

char *
dio_edit_quantity_format_number (double value, const char *unit, gboolean exact)
{
  g_return_val_if_fail (unit != NULL, NULL);
  double factor;
  choose_unit (value, unit, FALSE, &factor);
  if (!exact)
    return format_digits (value / factor, 6);
  for (guint digits = 3; digits <= 17; digits++) {
    g_autofree char *text = format_digits (value / factor, digits);
    double back;
    if (dio_edit_quantity_parse (text, unit, 0, &back, NULL) && back == value)
      return g_steal_pointer (&text);
  }
  /* Few angles have degrees that multiply back to the same bits; all have radians. */
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  g_ascii_dtostr (text, sizeof text, value);
  return g_strconcat (text, " ", unit, NULL);
}

double
dio_edit_quantity_get_scrub_step (double value, const char *unit, double min, double max)
{
  g_return_val_if_fail (unit != NULL, 0.01);
  /* 400 pixels span a range that is narrow enough to be meant as one. */
  if (max > min && max - min <= 100)
    return (max - min) / 400;
  if (strcmp (unit, "rad") == 0)
    return DIO_PI / 360;
  double least = strcmp (unit, "m") == 0 ? 0.1 : strcmp (unit, "K") == 0 ? 1000 : 1;
  return MAX (fabs (value), least) / 100;
}
