#pragma once
/* What the tests of the asset store share: a folder of their own, files in it, a store beside it. */

#include "dio-assets.h"

#include "dio-base-path.h"
#include "dio-core-error.h"
#include "dio-image-codec.h"

#include <glib/gstdio.h>

#include <string.h>

/** One test's folders. */
typedef struct {
  char *root;  /**< removed at the end */
  char *files; /**< root/files: the assets */
  char *cache; /**< root/cache: the store's */
  DioAssetStore *store;
} Fixture;

/** The program of test-import-child.c. */
static inline const char *
fixture_child (void)
{
  const char *path = g_getenv ("DIORAMA_IMPORT_CHILD");
  g_assert_nonnull (path);
  return path;
}

static inline void
fixture_init (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  f->root = g_dir_make_tmp ("dio-assets-XXXXXX", &error);
  g_assert_no_error (error);
  f->files = g_build_filename (f->root, "files", NULL);
  f->cache = g_build_filename (f->root, "cache", NULL);
  g_assert_cmpint (g_mkdir (f->files, 0755), ==, 0);
  f->store = dio_asset_store_new (f->cache, fixture_child (), &error);
  g_assert_no_error (error);
}

static inline void
fixture_clear (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  dio_asset_store_free (f->store);
  dio_path_remove_tree (f->root, &error);
  g_assert_no_error (error);
  g_free (f->root);
  g_free (f->files);
  g_free (f->cache);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

static inline char *
fixture_path (const Fixture *f, const char *name)
{
  return g_build_filename (f->files, name, NULL);
}

static inline void
fixture_write (const Fixture *f, const char *name, const void *data, gssize size)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = fixture_path (f, name);
  g_autofree char *folder = g_path_get_dirname (path);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  g_file_set_contents (path, data, size, &error);
  g_assert_no_error (error);
}

/** Imports @name with @asset (NULL = defaults) and loads the model. */
static inline DioModel *
fixture_import (Fixture *f, const char *name, const DioAsset *asset, DioImportReport *report)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = fixture_path (f, name);
  DioAsset defaults = { .kind = DIO_ASSET_MODEL };
  dio_asset_store_import (f->store, path, asset != NULL ? asset : &defaults, report, &error);
  g_assert_no_error (error);
  DioModel *model = dio_asset_load_model (report->blob_path, &error);
  g_assert_no_error (error);
  return model;
}

/** Imports @name, which must fail with @code and a message of one line within 20 seconds; returns the message. */
static inline char *
fixture_refuse (Fixture *f, const char *name, DioError code)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = fixture_path (f, name);
  DioAsset asset = { .kind = DIO_ASSET_MODEL };
  g_auto (DioImportReport) report = { 0 };
  gint64 start_us = g_get_monotonic_time ();
  gboolean done = dio_asset_store_import (f->store, path, &asset, &report, &error);
  g_assert_cmpint (g_get_monotonic_time () - start_us, <, 20 * G_USEC_PER_SEC);
  g_assert_false (done);
  g_assert_error (error, DIO_ERROR, (int) code);
  g_assert_cmpuint (strlen (error->message), >, 10);
  g_assert_null (strchr (error->message, '\n'));
  return g_strdup (error->message);
}

/** A whole PNG of @width x @height filled with one colour. */
static inline GBytes *
fixture_png (guint width, guint height, const guint8 rgba[4])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DioImage) image = dio_image_new (width, height, 4, DIO_PIXEL_U8);
  for (gsize i = 0; i < (gsize) width * height; i++)
    memcpy (image->u8 + i * 4, rgba, 4);
  GBytes *png = dio_image_encode (image, DIO_IMAGE_FORMAT_PNG, NULL, &error);
  g_assert_no_error (error);
  return png;
}

static inline void
fixture_write_png (const Fixture *f, const char *name, guint side, const guint8 rgba[4])
{
  g_autoptr (GBytes) png = fixture_png (side, side, rgba);
  gsize size;
  gconstpointer data = g_bytes_get_data (png, &size);
  fixture_write (f, name, data, (gssize) size);
}

/** A glTF of one triangle (0,0,0) (1,0,0) (0,2,0) with its data in @buffer_uri; @extra goes into the root object,
 * @node into its node. The data: three float positions, then three 16-bit indices. */
static inline char *
fixture_gltf (const char *buffer_uri, const char *node, const char *primitive, const char *extra)
{
  return g_strdup_printf (
      "{\"asset\":{\"version\":\"2.0\"},\"scene\":0,\"scenes\":[{\"nodes\":[0]}],"
      "\"nodes\":[{\"name\":\"tri\",\"mesh\":0%s}],"
      "\"meshes\":[{\"primitives\":[{\"attributes\":{\"POSITION\":0},\"indices\":1%s}]}],"
      "\"accessors\":[{\"bufferView\":0,\"componentType\":5126,\"count\":3,\"type\":\"VEC3\"},"
      "{\"bufferView\":1,\"componentType\":5123,\"count\":3,\"type\":\"SCALAR\"}],"
      "\"bufferViews\":[{\"buffer\":0,\"byteLength\":36},"
      "{\"buffer\":0,\"byteOffset\":36,\"byteLength\":6}],"
      "\"buffers\":[{\"byteLength\":42,\"uri\":\"%s\"}]%s}",
      node, primitive, buffer_uri, extra);
}

static inline void
fixture_write_triangle_bin (const Fixture *f, const char *name)
{
  const float positions[9] = { 0, 0, 0, 1, 0, 0, 0, 2, 0 };
  const guint16 indices[3] = { 0, 1, 2 };
  guint8 data[42];
  memcpy (data, positions, 36);
  memcpy (data + 36, indices, 6);
  fixture_write (f, name, data, sizeof data);
}
