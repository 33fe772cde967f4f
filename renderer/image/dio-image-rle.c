#define G_LOG_DOMAIN "dio-image"

#include "dio-image-rle.h"

#include "dio-core-error.h"

#include <string.h>

/* Every mask that this file makes is canonical: no run but the first has length 0, and neighbouring runs
 * differ in value. Equal masks therefore have equal runs, equal strings and equal bytes. */

/** Appends lengths of a value and keeps the result canonical. */
typedef struct {
  GArray *runs; /**< of uint32_t */
  gboolean value;
} RunWriter;

static RunWriter
run_writer_begin (void)
{
  uint32_t zero = 0;
  RunWriter writer = { g_array_new (FALSE, FALSE, sizeof (uint32_t)), FALSE };
  g_array_append_val (writer.runs, zero);
  return writer;
}

static void
run_writer_add (RunWriter *writer, gboolean value, guint64 length)
{
  uint32_t run = (uint32_t) length;
  if (run == 0)
    return;
  if (value == writer->value) {
    g_array_index (writer->runs, uint32_t, writer->runs->len - 1) += run;
    return;
  }
  g_array_append_val (writer->runs, run);
  writer->value = value;
}

static void
run_writer_end (RunWriter *writer, DioRle *rle, guint width, guint height)
{
  rle->width = width;
  rle->height = height;
  rle->n_runs = writer->runs->len;
  rle->runs = (uint32_t *) (void *) g_array_free (writer->runs, FALSE);
  writer->runs = NULL;
}

static guint64
mask_area (guint width, guint height)
{
  return (guint64) width * height;
}

void
dio_rle_clear (DioRle *rle)
{
  if (rle == NULL)
    return;
  g_free (rle->runs);
  memset (rle, 0, sizeof *rle);
}

void
dio_rle_copy (DioRle *dest, const DioRle *src)
{
  g_return_if_fail (dest != NULL && src != NULL && dest != src);
  *dest = *src;
  dest->runs = g_memdup2 (src->runs, src->n_runs * sizeof *src->runs);
}

void
dio_rle_from_mask (DioRle *rle, const DioImage *mask)
{
  g_return_if_fail (rle != NULL && mask != NULL);
  g_return_if_fail (mask->type == DIO_PIXEL_U8 && mask->channels == 1);
  RunWriter writer = run_writer_begin ();
  for (guint x = 0; x < mask->width; x++)
    for (guint y = 0; y < mask->height; y++)
      run_writer_add (&writer, mask->u8[y * mask->stride_bytes + x] != 0, 1);
  run_writer_end (&writer, rle, mask->width, mask->height);
}

/** Collects, for 64 neighbouring columns at once, the rows at which each column's bit changes. */
static void
collect_changes (const DioRleBits *bits, gsize word, uint64_t valid, GArray *changes[static 64])
{
  guint rows = (guint) (bits->window.y1 - bits->window.y0);
  uint64_t before = 0;
  for (guint c = 0; c < 64; c++)
    g_array_set_size (changes[c], 0);
  for (guint row = 0; row <= rows; row++) {
    uint64_t now = row < rows ? bits->words[row * bits->words_per_row + word] & valid : 0;
    for (uint64_t differ = before ^ now; differ != 0; differ &= differ - 1)
      g_array_append_val (changes[__builtin_ctzll (differ)], row);
    before = now;
  }
}

void
dio_rle_from_bits (DioRle *rle, guint width, guint height, const DioRleBits *bits)
{
  g_return_if_fail (rle != NULL && bits != NULL);
  g_return_if_fail (mask_area (width, height) <= UINT32_MAX);
  const DioPixelBox *window = &bits->window;
  g_return_if_fail (window->x0 >= 0 && window->y0 >= 0 && window->x1 >= window->x0
                    && window->y1 >= window->y0 && (guint) window->x1 <= width
                    && (guint) window->y1 <= height);
  RunWriter writer = run_writer_begin ();
  GArray *changes[64];
  for (guint c = 0; c < 64; c++)
    changes[c] = g_array_new (FALSE, FALSE, sizeof (guint));
  guint columns = (guint) (window->x1 - window->x0);
  guint64 at = 0;
  for (guint first = 0; first < columns; first += 64) {
    guint n = MIN (64, columns - first);
    collect_changes (bits, first / 64, n == 64 ? UINT64_MAX : (UINT64_C (1) << n) - 1, changes);
    for (guint c = 0; c < n; c++) {
      guint64 base = mask_area ((guint) window->x0 + first + c, height) + (guint64) window->y0;
      for (guint i = 0; i + 1 < changes[c]->len; i += 2) {
        guint64 begin = base + g_array_index (changes[c], guint, i);
        guint64 end = base + g_array_index (changes[c], guint, i + 1);
        run_writer_add (&writer, FALSE, begin - at);
        run_writer_add (&writer, TRUE, end - begin);
        at = end;
      }
    }
  }
  run_writer_add (&writer, FALSE, mask_area (width, height) - at);
  run_writer_end (&writer, rle, width, height);
  for (guint c = 0; c < 64; c++)
    g_array_free (changes[c], TRUE);
}

/** The next stretch of set pixels within one column; runs that go over a column's end come in pieces. */
typedef struct {
  const DioRle *rle;
  guint run;
  guint64 at, end; /**< what is left of the run of ones, as column-major positions */
} SpanReader;

static gboolean
span_reader_next (SpanReader *reader, guint *x, guint *y0, guint *y1)
{
  const DioRle *rle = reader->rle;
  while (reader->at == reader->end) {
    if (reader->run + 1 >= rle->n_runs)
      return FALSE;
    reader->at = reader->end + rle->runs[reader->run];
    reader->end = reader->at + rle->runs[reader->run + 1];
    reader->run += 2;
  }
  *x = (guint) (reader->at / rle->height);
  *y0 = (guint) (reader->at % rle->height);
  guint64 column_end = mask_area (*x + 1, rle->height);
  guint64 stop = MIN (reader->end, column_end);
  *y1 = *y0 + (guint) (stop - reader->at);
  reader->at = stop;
  return TRUE;
}

void
dio_rle_foreach_span (const DioRle *rle, DioRleSpanFunc func, gpointer data)
{
  g_return_if_fail (rle != NULL && func != NULL);
  SpanReader reader = { .rle = rle };
  guint x, y0, y1;
  while (span_reader_next (&reader, &x, &y0, &y1))
    func (x, y0, y1, data);
}

static void
set_span_cb (guint x, guint y0, guint y1, gpointer data)
{
  DioImage *mask = data;
  for (guint y = y0; y < y1; y++)
    mask->u8[y * mask->stride_bytes + x] = 1;
}

DioImage *
dio_rle_to_mask (const DioRle *rle)
{
  g_return_val_if_fail (rle != NULL && rle->width > 0 && rle->height > 0, NULL);
  DioImage *mask = dio_image_new (rle->width, rle->height, 1, DIO_PIXEL_U8);
  dio_rle_foreach_span (rle, set_span_cb, mask);
  return mask;
}

guint64
dio_rle_count (const DioRle *rle)
{
  g_return_val_if_fail (rle != NULL, 0);
  guint64 count = 0;
  for (guint i = 1; i < rle->n_runs; i += 2)
    count += rle->runs[i];
  return count;
}

DioPixelBox
dio_rle_box (const DioRle *rle)
{
  DioPixelBox box = { G_MAXINT, G_MAXINT, 0, 0 };
  g_return_val_if_fail (rle != NULL, ((DioPixelBox){ 0, 0, 0, 0 }));
  SpanReader reader = { .rle = rle };
  guint x, y0, y1;
  while (span_reader_next (&reader, &x, &y0, &y1)) {
    box.x0 = MIN (box.x0, (int) x);
    box.y0 = MIN (box.y0, (int) y0);
    box.x1 = MAX (box.x1, (int) x + 1);
    box.y1 = MAX (box.y1, (int) y1);
  }
  return box.x1 > 0 ? box : (DioPixelBox){ 0, 0, 0, 0 };
}

/** Walks two masks of one size together, a stretch of constant values at a time. */
typedef struct {
  const DioRle *rle;
  guint run;
  guint64 left; /**< pixels left in the run */
} RunReader;

static RunReader
run_reader_begin (const DioRle *rle)
{
  /* A mask without runs reads as one run of zeros. */
  guint64 first = rle->n_runs > 0 ? rle->runs[0] : mask_area (rle->width, rle->height);
  return (RunReader){ rle, 0, first };
}

static gboolean
run_reader_value (RunReader *reader)
{
  while (reader->left == 0 && reader->run + 1 < reader->rle->n_runs)
    reader->left = reader->rle->runs[++reader->run];
  return (reader->run & 1) != 0;
}

/** Length of the next stretch over which both masks are constant; values through @a and @b. */
static guint64
read_pair (RunReader *first, RunReader *second, gboolean *a, gboolean *b)
{
  *a = run_reader_value (first);
  *b = run_reader_value (second);
  guint64 n = MIN (first->left, second->left);
  first->left -= n;
  second->left -= n;
  return n;
}

static void
combine (DioRle *out, const DioRle *a, const DioRle *b, gboolean any)
{
  RunWriter writer = run_writer_begin ();
  RunReader first = run_reader_begin (a), second = run_reader_begin (b);
  gboolean in_a, in_b;
  for (guint64 n; (n = read_pair (&first, &second, &in_a, &in_b)) > 0;)
    run_writer_add (&writer, any ? in_a || in_b : in_a && in_b, n);
  run_writer_end (&writer, out, a->width, a->height);
}

void
dio_rle_union (DioRle *out, const DioRle *a, const DioRle *b)
{
  g_return_if_fail (out != NULL && a != NULL && b != NULL && out != a && out != b);
  g_return_if_fail (a->width == b->width && a->height == b->height);
  combine (out, a, b, TRUE);
}

void
dio_rle_intersect (DioRle *out, const DioRle *a, const DioRle *b)
{
  g_return_if_fail (out != NULL && a != NULL && b != NULL && out != a && out != b);
  g_return_if_fail (a->width == b->width && a->height == b->height);
  combine (out, a, b, FALSE);
}

guint64
dio_rle_count_intersection (const DioRle *a, const DioRle *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, 0);
  g_return_val_if_fail (a->width == b->width && a->height == b->height, 0);
  RunReader first = run_reader_begin (a), second = run_reader_begin (b);
  gboolean in_a, in_b;
  guint64 count = 0;
  for (guint64 n; (n = read_pair (&first, &second, &in_a, &in_b)) > 0;)
    count += in_a && in_b ? n : 0;
  return count;
}

gboolean
dio_rle_contains (const DioRle *outer, const DioRle *inner)
{
  return dio_rle_count_intersection (outer, inner) == dio_rle_count (inner);
}

void
dio_rle_crop (DioRle *out, const DioRle *rle, const DioPixelBox *box)
{
  g_return_if_fail (out != NULL && rle != NULL && box != NULL && out != rle);
  g_return_if_fail (box->x0 >= 0 && box->y0 >= 0 && box->x1 >= box->x0 && box->y1 >= box->y0);
  g_return_if_fail ((guint) box->x1 <= rle->width && (guint) box->y1 <= rle->height);
  guint width = (guint) (box->x1 - box->x0), height = (guint) (box->y1 - box->y0);
  RunWriter writer = run_writer_begin ();
  SpanReader reader = { .rle = rle };
  guint x, y0, y1;
  guint64 at = 0;
  while (span_reader_next (&reader, &x, &y0, &y1)) {
    int first = MAX ((int) y0, box->y0), last = MIN ((int) y1, box->y1);
    if ((int) x < box->x0 || (int) x >= box->x1 || first >= last)
      continue;
    guint64 begin = mask_area (x - (guint) box->x0, height) + (guint64) (first - box->y0);
    run_writer_add (&writer, FALSE, begin - at);
    run_writer_add (&writer, TRUE, (guint64) (last - first));
    at = begin + (guint64) (last - first);
  }
  run_writer_add (&writer, FALSE, mask_area (width, height) - at);
  run_writer_end (&writer, out, width, height);
}

/** COCO's run string: every number in groups of five bits, lowest first, as characters from '0' on; bit 5
 * says that more follow, bit 4 of the last group is the sign. From the fourth run on a number is the
 * difference to the run two before it. */
static void
append_number (GString *string, gint64 number)
{
  gboolean more = TRUE;
  while (more) {
    int group = (int) (number & 0x1f);
    number >>= 5;
    more = (group & 0x10) != 0 ? number != -1 : number != 0;
    g_string_append_c (string, (char) ((more ? group | 0x20 : group) + 48));
  }
}

static GString *
write_string (const DioRle *rle)
{
  GString *string = g_string_new (NULL);
  for (guint i = 0; i < rle->n_runs; i++)
    append_number (string, (gint64) rle->runs[i] - (i > 2 ? (gint64) rle->runs[i - 2] : 0));
  return string;
}

char *
dio_rle_to_coco_string (const DioRle *rle)
{
  g_return_val_if_fail (rle != NULL, NULL);
  return g_string_free (write_string (rle), FALSE);
}

GBytes *
dio_rle_to_bytes (const DioRle *rle)
{
  g_return_val_if_fail (rle != NULL, NULL);
  return g_string_free_to_bytes (write_string (rle));
}

/** Reads one number; FALSE for a character outside the alphabet, a cut-off or an overlong number. */
static gboolean
read_number (const guint8 *data, gsize size, gsize *at, gint64 *number)
{
  gint64 value = 0;
  for (guint shift = 0; shift < 40; shift += 5) {
    if (*at >= size || data[*at] < 48 || data[*at] > 111)
      return FALSE;
    int group = data[(*at)++] - 48;
    value |= (gint64) (group & 0x1f) << shift;
    if ((group & 0x20) != 0)
      continue;
    if ((group & 0x10) != 0)
      value |= -(G_GINT64_CONSTANT (1) << (shift + 5));
    *number = value;
    return TRUE;
  }
  return FALSE;
}

/** Decodes into @writer; @before keeps the two latest runs as they were written, zero lengths included.
 * Returns the sum of all runs, or -1 where the bytes are no mask of at most @area pixels. */
static gint64
read_runs (RunWriter *writer, const guint8 *data, gsize size, gint64 area)
{
  gint64 sum = 0, before[2] = { 0, 0 };
  gsize at = 0;
  for (guint i = 0; at < size; i++) {
    gint64 run;
    if (!read_number (data, size, &at, &run))
      return -1;
    run += i > 2 ? before[i & 1] : 0;
    if (run < 0 || run > area - sum)
      return -1;
    sum += run;
    before[i & 1] = run;
    run_writer_add (writer, (i & 1) != 0, (guint64) run);
  }
  return sum;
}

gboolean
dio_rle_from_bytes (
    DioRle *rle, const void *data, gsize size, guint width, guint height, GError **error)
{
  g_return_val_if_fail (rle != NULL && (data != NULL || size == 0), FALSE);
  guint64 area = mask_area (width, height);
  if (area > UINT32_MAX) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_LIMIT, "a mask of %u x %u pixels is too large", width,
                 height);
    return FALSE;
  }
  if (size == 0) {
    *rle = (DioRle){ width, height, 0, NULL };
    return TRUE;
  }
  RunWriter writer = run_writer_begin ();
  gint64 sum = read_runs (&writer, data, size, (gint64) area);
  if (sum < 0 || (guint64) sum != area) {
    g_array_free (writer.runs, TRUE);
    g_set_error (error, DIO_ERROR, DIO_ERROR_CORRUPT,
                 "the run-length string is damaged: its runs do not fill %u x %u pixels", width,
                 height);
    return FALSE;
  }
  run_writer_end (&writer, rle, width, height);
  return TRUE;
}

gboolean
dio_rle_from_coco_string (
    DioRle *rle, const char *string, guint width, guint height, GError **error)
{
  g_return_val_if_fail (string != NULL, FALSE);
  return dio_rle_from_bytes (rle, string, strlen (string), width, height, error);
}

/** One vertical stretch of set pixels and the part it belongs to (union-find by parent index). */
typedef struct {
  guint x, y0, y1;
  guint parent;
} Span;

static guint
find_root (GArray *spans, guint i)
{
  while (g_array_index (spans, Span, i).parent != i) {
    guint up = g_array_index (spans, Span, i).parent;
    g_array_index (spans, Span, i).parent = g_array_index (spans, Span, up).parent;
    i = up;
  }
  return i;
}

/** Joins span @i with those of the column to its left that touch it, corners included; @left is the first
 * of them that can still touch a later span. */
static void
join_left (GArray *spans, guint i, guint *left)
{
  Span *span = &g_array_index (spans, Span, i);
  while (*left < i) {
    const Span *other = &g_array_index (spans, Span, *left);
    if (other->x + 1 > span->x || (other->x + 1 == span->x && other->y1 >= span->y0))
      break;
    (*left)++;
  }
  for (guint k = *left; k < i; k++) {
    const Span *other = &g_array_index (spans, Span, k);
    if (other->x + 1 != span->x || other->y0 > span->y1)
      break;
    guint a = find_root (spans, k), b = find_root (spans, i);
    g_array_index (spans, Span, MAX (a, b)).parent = MIN (a, b);
  }
}

/** All spans, each with its part's root as parent. */
static GArray *
find_parts (const DioRle *rle)
{
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (Span));
  SpanReader reader = { .rle = rle };
  Span span = { 0 };
  guint left = 0;
  while (span_reader_next (&reader, &span.x, &span.y0, &span.y1)) {
    span.parent = spans->len;
    g_array_append_val (spans, span);
    join_left (spans, spans->len - 1, &left);
  }
  for (guint i = 0; i < spans->len; i++)
    g_array_index (spans, Span, i).parent = find_root (spans, i);
  return spans;
}

/** Pixels of every part, indexed by its root span. */
static guint64 *
measure_parts (const GArray *spans)
{
  guint64 *sizes = g_new0 (guint64, MAX (spans->len, 1));
  for (guint i = 0; i < spans->len; i++) {
    const Span *span = &g_array_index (spans, Span, i);
    sizes[span->parent] += span->y1 - span->y0;
  }
  return sizes;
}

void
dio_rle_parts (const DioRle *rle, guint *n_parts, guint64 *largest_px)
{
  g_return_if_fail (rle != NULL);
  g_autoptr (GArray) spans = find_parts (rle);
  g_autofree guint64 *sizes = measure_parts (spans);
  guint count = 0;
  guint64 largest = 0;
  for (guint i = 0; i < spans->len; i++) {
    count += sizes[i] > 0;
    largest = MAX (largest, sizes[i]);
  }
  if (n_parts != NULL)
    *n_parts = count;
  if (largest_px != NULL)
    *largest_px = largest;
}

void
dio_rle_without_specks (DioRle *out, const DioRle *rle)
{
  g_return_if_fail (out != NULL && rle != NULL && out != rle);
  g_autoptr (GArray) spans = find_parts (rle);
  g_autofree guint64 *sizes = measure_parts (spans);
  guint64 total = dio_rle_count (rle), removed = 0;
  for (guint i = 0; i < spans->len; i++)
    removed += sizes[i] < 3 || sizes[i] * 200 < total ? sizes[i] : 0;
  if (removed == 0 || removed * 10 > total) {
    dio_rle_copy (out, rle);
    return;
  }
  RunWriter writer = run_writer_begin ();
  guint64 at = 0;
  for (guint i = 0; i < spans->len; i++) {
    const Span *span = &g_array_index (spans, Span, i);
    if (sizes[span->parent] < 3 || sizes[span->parent] * 200 < total)
      continue;
    guint64 begin = mask_area (span->x, rle->height) + span->y0;
    run_writer_add (&writer, FALSE, begin - at);
    run_writer_add (&writer, TRUE, span->y1 - span->y0);
    at = begin + span->y1 - span->y0;
  }
  run_writer_add (&writer, FALSE, mask_area (rle->width, rle->height) - at);
  run_writer_end (&writer, out, rle->width, rle->height);
}
