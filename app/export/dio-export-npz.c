#define G_LOG_DOMAIN "dio-export"

#include "dio-export-numpy-private.h"

#include <string.h>
#include <zlib.h>

#define LOCAL_SIGNATURE 0x04034b50u
#define CENTRAL_SIGNATURE 0x02014b50u
#define END_SIGNATURE 0x06054b50u
/* The first day that zip knows, so that the same arrays give the same bytes. */
#define DOS_DATE 0x0021u
#define ZIP_VERSION 20u
#define NPY_PREFIX_BYTES 10u
#define NPY_ALIGNMENT_BYTES 64u

struct DioExportNpz {
  GByteArray *out;     /**< members so far */
  GByteArray *central; /**< their directory */
  guint n_members;
};

DioExportNpz *
dio_export_npz_new (void)
{
  DioExportNpz *npz = g_new0 (DioExportNpz, 1);

  npz->out = g_byte_array_new ();
  npz->central = g_byte_array_new ();
  return npz;
}

void
dio_export_npz_free (DioExportNpz *npz)
{
  if (!npz)
    return;
  if (npz->out)
    g_byte_array_unref (npz->out);
  g_byte_array_unref (npz->central);
  g_free (npz);
}

static void
append_le (GByteArray *out, guint32 value, guint bytes)
{
  for (guint i = 0; i < bytes; i++) {
    guint8 byte = (guint8) (value >> (8 * i));
    g_byte_array_append (out, &byte, 1);
  }
}

static gsize
count_bytes (const char *descr, const gsize *shape, guint n_dims)
{
  gsize n = (gsize) g_ascii_strtoull (descr + 2, NULL, 10);

  for (guint i = 0; i < n_dims; i++)
    n *= shape[i];
  return n;
}

/* Magic, version 1.0, length, a Python literal that ends where data may start. */
static GString *
make_npy_header (const char *descr, const gsize *shape, guint n_dims)
{
  GString *text = g_string_new (NULL);
  GString *header = g_string_new_len ("\x93NUMPY\x01\x00", 8);

  g_string_printf (text, "{'descr': '%s', 'fortran_order': False, 'shape': (", descr);
  for (guint i = 0; i < n_dims; i++)
    g_string_append_printf (text, "%" G_GSIZE_FORMAT "%s", shape[i],
                            n_dims == 1      ? ","
                            : i + 1 < n_dims ? ", "
                                             : "");
  g_string_append (text, "), }");
  while ((NPY_PREFIX_BYTES + text->len + 1) % NPY_ALIGNMENT_BYTES != 0)
    g_string_append_c (text, ' ');
  g_string_append_c (text, '\n');
  g_string_append_c (header, (char) (text->len & 255));
  g_string_append_c (header, (char) (text->len >> 8));
  g_string_append_len (header, text->str, (gssize) text->len);
  g_string_free (text, TRUE);
  return header;
}

/* What a local header and a directory entry share: version to name length. */
static void
append_facts (GByteArray *out, guint32 crc, gsize size, gsize name_length)
{
  append_le (out, ZIP_VERSION, 2);
  append_le (out, 0, 2); /* flags */
  append_le (out, 0, 2); /* stored */
  append_le (out, 0, 2); /* midnight */
  append_le (out, DOS_DATE, 2);
  append_le (out, crc, 4);
  append_le (out, (guint32) size, 4);
  append_le (out, (guint32) size, 4);
  append_le (out, (guint32) name_length, 2);
  append_le (out, 0, 2); /* no extra field */
}

void
dio_export_npz_add (DioExportNpz *npz,
                    const char *name,
                    const char *descr,
                    const gsize *shape,
                    guint n_dims,
                    const void *data)
{
  GString *header = make_npy_header (descr, shape, n_dims);
  g_autofree char *file = g_strconcat (name, ".npy", NULL);
  gsize size = count_bytes (descr, shape, n_dims), length = strlen (file);
  guint32 crc = (guint32) crc32 (0, (const guint8 *) header->str, (uInt) header->len);
  guint offset = npz->out->len;

  /* Without bytes there may be no address either, which zlib takes for "begin anew". */
  if (size > 0)
    crc = (guint32) crc32 (crc, data, (uInt) size);
  append_le (npz->out, LOCAL_SIGNATURE, 4);
  append_facts (npz->out, crc, header->len + size, length);
  g_byte_array_append (npz->out, (const guint8 *) file, (guint) length);
  g_byte_array_append (npz->out, (const guint8 *) header->str, (guint) header->len);
  if (size > 0)
    g_byte_array_append (npz->out, data, (guint) size);
  append_le (npz->central, CENTRAL_SIGNATURE, 4);
  append_le (npz->central, ZIP_VERSION, 2);
  append_facts (npz->central, crc, header->len + size, length);
  append_le (npz->central, 0, 2); /* no comment */
  append_le (npz->central, 0, 2); /* first disk */
  append_le (npz->central, 0, 2);
  append_le (npz->central, 0, 4);
  append_le (npz->central, offset, 4);
  g_byte_array_append (npz->central, (const guint8 *) file, (guint) length);
  npz->n_members++;
  g_string_free (header, TRUE);
}

GBytes *
dio_export_npz_end (DioExportNpz *npz)
{
  guint start = npz->out->len;

  g_byte_array_append (npz->out, npz->central->data, npz->central->len);
  append_le (npz->out, END_SIGNATURE, 4);
  append_le (npz->out, 0, 4); /* one disk */
  append_le (npz->out, npz->n_members, 2);
  append_le (npz->out, npz->n_members, 2);
  append_le (npz->out, npz->central->len, 4);
  append_le (npz->out, start, 4);
  append_le (npz->out, 0, 2); /* no comment */
  GBytes *bytes = g_byte_array_free_to_bytes (g_steal_pointer (&npz->out));
  dio_export_npz_free (npz);
  return bytes;
}
