/* Splits: a group's place in [0, 1) is a hash of what the frame is, so frames that are added later, other
 * sensors, other takes and merges never move one between train and val. */
#define G_LOG_DOMAIN "dio-export"

#include "dio-core-error.h"
#include "dio-export-format-private.h"

#include <string.h>

#define SUM_TOLERANCE 1e-9
#define NAME_CHARACTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"

static void
split_clear_cb (gpointer data)
{
  g_clear_pointer (&((DioSplit *) data)->name, g_free);
}

GArray *
dio_split_list_new (void)
{
  GArray *splits = g_array_new (FALSE, TRUE, sizeof (DioSplit));
  g_array_set_clear_func (splits, split_clear_cb);
  return splits;
}

static gboolean
check_one (const DioSplit *split, GError **error)
{
  gsize length = split->name ? strlen (split->name) : 0;

  if (length == 0 || length > 64 || strspn (split->name, NAME_CHARACTERS) != length) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                 "The name of split “%s” must be 1 to 64 letters, digits, “_” or “-”",
                 split->name ? split->name : "");
    return FALSE;
  }
  if (split->share >= 0 && split->share <= 1 + SUM_TOLERANCE)
    return TRUE;
  g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
               "The share of split “%s” must be between 0 and 1", split->name);
  return FALSE;
}

gboolean
dio_split_check (const DioSplit *splits, guint n_splits, GError **error)
{
  double sum = 0;

  for (guint i = 0; i < n_splits; i++) {
    if (!check_one (&splits[i], error))
      return FALSE;
    sum += splits[i].share;
    for (guint k = 0; k < i; k++)
      if (g_str_equal (splits[k].name, splits[i].name)) {
        g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "The split “%s” is named twice",
                     splits[i].name);
        return FALSE;
      }
  }
  if (sum <= 1 + SUM_TOLERANCE)
    return TRUE;
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
               "The shares of the splits add up to %s: they must not exceed 1",
               g_ascii_formatd (text, sizeof text, "%.6g", sum));
  return FALSE;
}

/* One "name=share". */
static gboolean
parse_one (const char *text, DioSplit *out, GError **error)
{
  const char *equals = strchr (text, '=');
  const char *number = equals ? equals + 1 : "";
  char *end = NULL;

  /* Only plain decimals: strtod would also take "inf", "nan" and hexadecimal. */
  if (number[0] == '\0' || strspn (number, "0123456789.") != strlen (number)) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                 "“%s” is not a split: write NAME=SHARE, as in train=0.8,val=0.2", text);
    return FALSE;
  }
  *out = (DioSplit){ NULL, g_ascii_strtod (number, &end) };
  if (*end != '\0' || end == number) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID, "The share “%s” of a split is not a number",
                 number);
    return FALSE;
  }
  out->name = g_strndup (text, (gsize) (equals - text));
  return TRUE;
}

gboolean
dio_split_parse (const char *text, GArray *splits, GError **error)
{
  g_return_val_if_fail (text && splits, FALSE);

  g_auto (GStrv) parts = g_strsplit (text, ",", -1);

  if (parts[0] == NULL) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
                 "No split is named: write NAME=SHARE, as in train=0.8,val=0.2");
    return FALSE;
  }
  for (guint i = 0; parts[i]; i++) {
    DioSplit split;
    if (!parse_one (g_strstrip (parts[i]), &split, error))
      return FALSE;
    g_array_append_val (splits, split);
  }
  return dio_split_check (&g_array_index (splits, DioSplit, 0), splits->len, error);
}

double
dio_split_position (const char *group_key)
{
  g_return_val_if_fail (group_key, 0);

  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize size = sizeof digest;
  guint64 bits = 0;

  g_checksum_update (checksum, (const guchar *) group_key, (gssize) strlen (group_key));
  g_checksum_get_digest (checksum, digest, &size);
  for (guint i = 0; i < 8; i++)
    bits = bits << 8 | digest[i];
  /* 53 bits are what a double holds exactly: no position rounds up to 1. */
  return (double) (bits >> 11) / 9007199254740992.0;
}

int
dio_split_find (const DioSplit *splits, guint n_splits, double position)
{
  double end = 0;

  for (guint i = 0; i < n_splits; i++) {
    end += splits[i].share;
    if (position < end)
      return (int) i;
  }
  /* 0.7 + 0.2 + 0.1 is a little less than 1: rounding leaves nothing over. */
  for (guint i = n_splits; i > 0 && end >= 1 - SUM_TOLERANCE; i--)
    if (splits[i - 1].share > 0)
      return (int) i - 1;
  return -1;
}
