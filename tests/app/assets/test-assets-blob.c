/* A blob is damaged or hostile at any byte: loading gives an error, never a crash. The checksum is computed here
 * anew from the description in the format, so that hostile blobs get past it. */

#include "assets-fixture.h"

#include <sys/mman.h>
#include <unistd.h>

typedef struct {
  guint8 *data;
  gsize size;
} Blob;

static guint64
rotate (guint64 x, guint bits)
{
  return x << bits | x >> (64 - bits);
}

static guint64
checksum (const guint8 *data, gsize size)
{
  const guint64 lane_mul = 0x9fb21c651e98df25u, word_mul = 0xd6e8feb86659fd93u;
  guint64 lanes[4];
  for (guint i = 0; i < 4; i++)
    lanes[i] = word_mul * (i + 1);
  for (gsize at = 0; at <= size / 32 * 32; at += 32) {
    guint8 block[32] = { 0 };
    memcpy (block, data + at, MIN (size - at, 32));
    for (guint i = 0; i < 4; i++) {
      guint64 word;
      memcpy (&word, block + i * 8, 8);
      lanes[i] = rotate (lanes[i] ^ word * word_mul, 29) * lane_mul;
    }
  }
  guint64 sum = size * word_mul;
  for (guint i = 0; i < 4; i++)
    sum = rotate (sum ^ lanes[i], 31) * lane_mul;
  return sum ^ sum >> 32;
}

static void
seal (Blob *blob)
{
  guint64 size = blob->size, sum = checksum (blob->data + 64, blob->size - 64);
  memcpy (blob->data + 16, &size, 8);
  memcpy (blob->data + 40, &sum, 8);
  sum = checksum (blob->data, 56);
  memcpy (blob->data + 56, &sum, 8);
}

static Blob
make_blob (Fixture *f)
{
  static const guint8 green[4] = { 0, 255, 0, 200 };
  fixture_write (
      f, "t.obj",
      "mtllib t.mtl\nv 0 0 0 1 0 0\nv 1 0 0 0 1 0\nv 1 1 0 0 0 1\nvt 0 0\nvt 1 0\nvt 1 1\n"
      "usemtl m\nf 1/1 2/2 3/3\n",
      -1);
  fixture_write (f, "t.mtl", "newmtl m\nmap_Kd tex.png\n", -1);
  fixture_write_png (f, "tex.png", 2, green);
  g_auto (DioImportReport) report = { 0 };
  g_autoptr (DioModel) model = fixture_import (f, "t.obj", NULL, &report);
  Blob blob;
  g_assert_true (g_file_get_contents (report.blob_path, (char **) &blob.data, &blob.size, NULL));
  return blob;
}

/* Loads @data as a model, and where @as_image as a picture too; TRUE if the model loads. Whatever loads must hold
 * together. */
static gboolean
try_load (int fd, const guint8 *data, gsize size, gboolean as_image)
{
  g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d", fd);
  g_assert_cmpint (ftruncate (fd, 0), ==, 0);
  g_assert_cmpint (pwrite (fd, data, size, 0), ==, (gssize) size);
  g_autoptr (GError) error = NULL;
  if (as_image) {
    g_autoptr (GError) image_error = NULL;
    g_autoptr (DioImage) image = dio_asset_load_image (path, &image_error);
    g_assert_null (image);
    g_assert_error (image_error, DIO_ERROR, DIO_ERROR_CORRUPT);
  }
  g_autoptr (DioModel) model = dio_asset_load_model (path, &error);
  if (model == NULL) {
    g_assert_error (error, DIO_ERROR, DIO_ERROR_CORRUPT);
    return FALSE;
  }
  for (guint p = 0; p < model->parts->len; p++) {
    const DioModelPart *part = &g_array_index (model->parts, DioModelPart, p);
    g_assert_cmpuint (part->material, <, model->materials->len);
    g_assert_cmpuint (part->group, <, model->groups->len);
    for (guint t = 0; t < part->mesh->n_triangles * 3; t++)
      g_assert_cmpuint (part->mesh->triangles[t / 3][t % 3], <, part->mesh->n_vertices);
  }
  return TRUE;
}

static void
test_flips (void)
{
  g_auto (Fixture) f;
  fixture_init (&f);
  Blob blob = make_blob (&f);
  int fd = memfd_create ("blob", MFD_CLOEXEC);
  g_assert_true (try_load (fd, blob.data, blob.size, TRUE));
  for (gsize i = 0; i < blob.size; i++) {
    blob.data[i] ^= (guint8) (1u << (i % 8));
    g_assert_false (try_load (fd, blob.data, blob.size, TRUE));
    blob.data[i] ^= (guint8) (1u << (i % 8));
  }
  g_assert_true (try_load (fd, blob.data, blob.size, TRUE));
  close (fd);
  g_free (blob.data);
}

static void
test_truncations (void)
{
  g_auto (Fixture) f;
  fixture_init (&f);
  Blob blob = make_blob (&f);
  int fd = memfd_create ("blob", MFD_CLOEXEC);
  for (gsize size = 0; size < blob.size; size++)
    g_assert_false (try_load (fd, blob.data, size, FALSE));
  /* Cut and sealed again: the section table is gone or leads beyond the end. */
  for (gsize size = blob.size - 1; size > 64; size -= 3) {
    Blob cut = { g_memdup2 (blob.data, size), size };
    seal (&cut);
    g_assert_false (try_load (fd, cut.data, cut.size, TRUE));
    g_free (cut.data);
  }
  close (fd);
  g_free (blob.data);
}

/* Every byte of header, table and sections takes hostile values under a valid checksum. */
static void
test_hostile_values (void)
{
  g_auto (Fixture) f;
  fixture_init (&f);
  Blob blob = make_blob (&f);
  int fd = memfd_create ("blob", MFD_CLOEXEC);
  static const guint8 values[] = { 0x00, 0xff };
  guint n_loaded = 0, n_refused = 0;
  for (gsize i = 8; i < blob.size; i++) {
    for (guint v = 0; v < G_N_ELEMENTS (values); v++) {
      if (i >= 40 && i < 64)
        continue;
      Blob hostile = { g_memdup2 (blob.data, blob.size), blob.size };
      hostile.data[i] = values[v];
      seal (&hostile);
      gboolean loaded = try_load (fd, hostile.data, hostile.size, v == 0);
      n_loaded += loaded;
      n_refused += !loaded;
      g_free (hostile.data);
    }
  }
  /* Colours and positions may be anything finite; counts, offsets and indices may not. */
  g_assert_cmpuint (n_loaded, >, 50);
  g_assert_cmpuint (n_refused, >, 100);
  close (fd);
  g_free (blob.data);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/assets/blob/flips", test_flips);
  g_test_add_func ("/assets/blob/truncations", test_truncations);
  g_test_add_func ("/assets/blob/hostile-values", test_hostile_values);
  return g_test_run ();
}
