#define G_LOG_DOMAIN "dio-export"

#include "dio-export-text-private.h"

#include <math.h>
#include <string.h>

void
dio_export_append_number (GString *text, double value, guint least, guint most)
{
  char number[400], format[8];

  g_return_if_fail (isfinite (value) && least <= most && most <= 17);
  g_snprintf (format, sizeof format, "%%.%uf", most);
  g_ascii_formatd (number, sizeof number, format, value);
  gsize length = strlen (number);
  const char *dot = strchr (number, '.');
  while (dot && number[length - 1] == '0' && number + length - 1 > dot + least)
    number[--length] = '\0';
  if (dot && number + length - 1 == dot)
    number[--length] = '\0';
  /* "-0.00" is no other number than "0.00". */
  gboolean zero = number[0] == '-' && strspn (number + 1, "0.") == length - 1;
  g_string_append (text, zero ? number + 1 : number);
}

static gboolean
is_xml (gunichar c)
{
  return c >= 0x20 && c != 0xfffe && c != 0xffff;
}

void
dio_export_append_xml (GString *text, const char *value)
{
  g_autofree char *valid = g_utf8_make_valid (value, -1);

  for (const char *p = valid; *p; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    if (c == '&')
      g_string_append (text, "&amp;");
    else if (c == '<')
      g_string_append (text, "&lt;");
    else if (c == '>')
      g_string_append (text, "&gt;");
    else if (c == '"')
      g_string_append (text, "&quot;");
    else if (c == '\t' || c == '\n' || c == '\r')
      g_string_append_printf (text, "&#%u;", c);
    else
      g_string_append_unichar (text, is_xml (c) ? c : 0xfffd);
  }
}

char *
dio_export_dup_word (const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name, -1);
  GString *word = g_string_new (NULL);

  for (const char *p = valid; *p; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    g_string_append_unichar (word, g_unichar_isspace (c) || g_unichar_iscntrl (c) ? '_' : c);
  }
  if (word->len == 0)
    g_string_append_c (word, '_');
  return g_string_free (word, FALSE);
}
