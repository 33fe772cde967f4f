/* Small pictures. A cache entry is a JPEG named by what it shows (hash of the file, size, crop), so it is never out of date; its time
 * of change is when it was last used, by which the cache is trimmed. */
#define G_LOG_DOMAIN "dio-review"

#include "dio-review-thumbnail.h"

#include "dio-base-path.h"
#include "dio-image-codec.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#define DEFAULT_LIMIT (G_GUINT64_CONSTANT (512) << 20)
#define STORES_BETWEEN_TRIMS 500
#define QUALITY 88
/* A use is noted once an hour: writing a time for every picture that scrolls by would be writing for nothing. */
#define NOTE_USE_AFTER_S 3600

static struct {
  GMutex lock; /**< guards all below, and lets one thread trim at a time */
  guint64 limit;
  guint stores;
} cache = { .limit = DEFAULT_LIMIT };

char *
dio_review_thumbnail_dup_folder (void)
{
  g_autofree char *folder = dio_path_dup_cache_folder ();

  return g_build_filename (folder, "thumbnails", NULL);
}

void
dio_review_thumbnail_set_limit (guint64 bytes)
{
  g_mutex_lock (&cache.lock);
  cache.limit = bytes;
  g_mutex_unlock (&cache.lock);
}

/* Moves an interval of @length into [0, @end], and cuts it where it is longer. */
static void
fit (int *low, int length, int end)
{
  *low = CLAMP (*low, 0, MAX (end - length, 0));
}

DioPixelBox
dio_review_thumbnail_get_window (const DioPixelBox *crop, guint width, guint height)
{
  DioPixelBox whole = { 0, 0, (int) width, (int) height };

  g_return_val_if_fail (crop, whole);

  int w = crop->x1 - crop->x0, h = crop->y1 - crop->y0;
  if (w <= 0 || h <= 0)
    return whole;
  int side = MAX (w, h), margin = MAX (side / 4, 8);
  side += 2 * margin;
  int x = (crop->x0 + crop->x1 - side) / 2, y = (crop->y0 + crop->y1 - side) / 2;
  fit (&x, side, (int) width);
  fit (&y, side, (int) height);
  return (DioPixelBox){ x, y, MIN (x + side, (int) width), MIN (y + side, (int) height) };
}

static guint
value_at (const DioImage *image, gsize pixel, guint channel)
{
  /* Grey is the same in all three; an alpha channel is left away. */
  gsize at = pixel * image->channels + (image->channels < 3 ? 0 : channel);

  return image->type == DIO_PIXEL_U16 ? image->u16[at] >> 8 : image->u8[at];
}

/** An interval of source pixels behind one pixel. */
typedef struct {
  guint from, to;
} Span;

static Span
span_of (guint i, guint n_out, int low, guint n_in)
{
  Span span = { (guint) low + (guint) ((guint64) i * n_in / n_out),
                (guint) low + (guint) ((guint64) (i + 1) * n_in / n_out) };

  span.to = MAX (span.to, span.from + 1);
  return span;
}

/* Each pixel is the mean of the pixels of the window that it covers. */
static DioImage *
shrink (const DioImage *image, const DioPixelBox *window, guint size_px)
{
  guint w = (guint) (window->x1 - window->x0), h = (guint) (window->y1 - window->y0);
  guint longer = MAX (w, h), to = MIN (size_px, longer);
  guint out_w = MAX (1, (guint) (((guint64) w * to + longer / 2) / longer));
  guint out_h = MAX (1, (guint) (((guint64) h * to + longer / 2) / longer));
  DioImage *out = dio_image_new (out_w, out_h, 3, DIO_PIXEL_U8);

  for (guint y = 0; y < out_h; y++) {
    Span rows = span_of (y, out_h, window->y0, h);
    for (guint x = 0; x < out_w; x++) {
      Span columns = span_of (x, out_w, window->x0, w);
      guint64 sum[3] = { 0, 0, 0 }, n = 0;
      for (guint r = rows.from; r < rows.to; r++)
        for (guint c = columns.from; c < columns.to; c++, n++)
          for (guint k = 0; k < 3; k++)
            sum[k] += value_at (image, (gsize) r * image->width + c, k);
      for (guint k = 0; k < 3; k++)
        out->u8[((gsize) y * out_w + x) * 3 + k] = (uint8_t) ((sum[k] + n / 2) / n);
    }
  }
  return out;
}

static char *
dup_entry_path (const DioReviewThumbnailDesc *desc)
{
  gsize length = desc->sha256 ? strlen (desc->sha256) : 0;

  /* Only a whole hash names a content; all else is not cached. */
  if (length != 64 || strspn (desc->sha256, "0123456789abcdef") != length)
    return NULL;
  g_autofree char *folder = dio_review_thumbnail_dup_folder ();
  g_autofree char *crop = desc->has_crop
                              ? g_strdup_printf ("-%d-%d-%d-%d", desc->crop.x0, desc->crop.y0,
                                                 desc->crop.x1, desc->crop.y1)
                              : g_strdup ("");
  return g_strdup_printf ("%s/%.2s/%s-%u%s.jpg", folder, desc->sha256, desc->sha256 + 2,
                          desc->size_px, crop);
}

static DioImage *
load_entry (const char *path)
{
  g_autoptr (GError) error = NULL;
  struct stat info;

  if (stat (path, &info) != 0)
    return NULL;
  DioImage *image = dio_image_load (path, NULL, &error);
  if (!image || image->channels != 3 || image->type != DIO_PIXEL_U8) {
    g_clear_pointer (&image, dio_image_unref);
    /* Damaged: it is made again. */
    g_unlink (path);
    return NULL;
  }
  if (time (NULL) - info.st_mtime > NOTE_USE_AFTER_S)
    utimensat (AT_FDCWD, path, NULL, 0);
  return image;
}

/* Without a sync: a cache may lose its last entries. */
static void
store_entry (const char *path, const DioImage *image)
{
  DioEncodeOptions options = { .quality = QUALITY };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = dio_image_encode (image, DIO_IMAGE_FORMAT_JPEG, &options, &error);
  g_autofree char *folder = g_path_get_dirname (path);
  gsize size;

  if (!bytes || g_mkdir_with_parents (folder, 0700) != 0)
    return;
  gconstpointer data = g_bytes_get_data (bytes, &size);
  if (!g_file_set_contents_full (path, data, (gssize) size, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                                 &error))
    return;
  g_mutex_lock (&cache.lock);
  gboolean due = ++cache.stores % STORES_BETWEEN_TRIMS == 0;
  g_mutex_unlock (&cache.lock);
  if (due)
    dio_review_thumbnail_trim ();
}

DioImage *
dio_review_thumbnail_load (const DioReviewThumbnailDesc *desc, GError **error)
{
  g_return_val_if_fail (desc && desc->path && desc->size_px > 0, NULL);

  g_autofree char *entry = dup_entry_path (desc);
  DioImage *cached = entry ? load_entry (entry) : NULL;

  if (cached)
    return cached;
  g_autoptr (DioImage) image = dio_image_load (desc->path, NULL, error);
  if (!image)
    return NULL;
  DioPixelBox none = { 0, 0, 0, 0 };
  DioPixelBox window = dio_review_thumbnail_get_window (desc->has_crop ? &desc->crop : &none,
                                                        image->width, image->height);
  DioImage *small = shrink (image, &window, desc->size_px);
  if (entry)
    store_entry (entry, small);
  return small;
}

/** A file of the cache. */
typedef struct {
  char *path;
  guint64 size;
  gint64 used_ns;
} Entry;

static void
entry_clear_cb (gpointer data)
{
  g_free (((Entry *) data)->path);
}

static int
compare_use_cb (gconstpointer a, gconstpointer b)
{
  gint64 x = ((const Entry *) a)->used_ns, y = ((const Entry *) b)->used_ns;

  return x < y ? -1 : x > y;
}

static void
list_entries (const char *folder, GArray *entries)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir))) {
    Entry entry = { g_build_filename (folder, name, NULL), 0, 0 };
    struct stat info;
    if (lstat (entry.path, &info) != 0 || !S_ISREG (info.st_mode)) {
      g_free (entry.path);
      continue;
    }
    entry.size = (guint64) info.st_blocks * 512;
    entry.used_ns = (gint64) info.st_mtim.tv_sec * 1000000000 + info.st_mtim.tv_nsec;
    g_array_append_val (entries, entry);
  }
}

void
dio_review_thumbnail_trim (void)
{
  g_autofree char *folder = dio_review_thumbnail_dup_folder ();
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint64 sum = 0;
  const char *name;

  g_array_set_clear_func (entries, entry_clear_cb);
  g_mutex_lock (&cache.lock);
  while (dir && (name = g_dir_read_name (dir))) {
    g_autofree char *below = g_build_filename (folder, name, NULL);
    list_entries (below, entries);
  }
  g_array_sort (entries, compare_use_cb);
  for (guint i = 0; i < entries->len; i++)
    sum += g_array_index (entries, Entry, i).size;
  for (guint i = 0; i < entries->len && sum > cache.limit; i++) {
    const Entry *entry = &g_array_index (entries, Entry, i);
    if (g_unlink (entry->path) == 0)
      sum -= entry->size;
  }
  g_mutex_unlock (&cache.lock);
}
