/* Recounts everything that the leaf picture determines. The picture is the witness: rows and other pictures are
 * projections of it. */
#define G_LOG_DOMAIN "dio-engine"

#include "dio-engine-verify-private.h"

#include <math.h>
#include <stdarg.h>

#define N_LEAVES 65536
/* Hidden pairs are compared by a key of both ids. */
#define PAIR_KEY(slot, leaf) ((gint64) (slot) *N_LEAVES + (leaf))

/** What the leaf picture says about one annotation. */
typedef struct {
  guint64 px;
  DioPixelBox box;
} Recount;

typedef struct {
  const DioDatasetCapture *capture;
  const DioCapturePictures *pictures;
  const char *object;
  DioDiagnostics *findings;
  const DioDatasetLeaf **leaves; /* by leaf id; NULL = no row */
  int *slots;                    /* by leaf id: index of its annotation, -1 = none */
  guint64 *leaf_px;              /* by leaf id */
  Recount *recounts;             /* by annotation */
} Check;

static void find (Check *check, const char *code, const char *format, ...) G_GNUC_PRINTF (3, 4);

static void
find (Check *check, const char *code, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_autofree char *message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  dio_diagnostics_add (check->findings, DIO_SEVERITY_ERROR, code, check->object, "%s", message);
}

static const DioDatasetAnnotation *
get_annotation (const Check *check, guint slot)
{
  return &g_array_index (check->capture->annotations, DioDatasetAnnotation, slot);
}

/* Tables from leaf to row and annotation. */
static void
index_rows (Check *check)
{
  const GArray *annotations = check->capture->annotations, *leaves = check->capture->leaves;
  g_autoptr (GHashTable) by_instance = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < annotations->len; i++)
    g_hash_table_insert (by_instance, GUINT_TO_POINTER (get_annotation (check, i)->label.instance),
                         GINT_TO_POINTER ((int) i + 1));
  for (guint i = 0; i < N_LEAVES; i++)
    check->slots[i] = -1;
  for (guint i = 0; i < leaves->len; i++) {
    const DioDatasetLeaf *leaf = &g_array_index (leaves, DioDatasetLeaf, i);
    check->leaves[leaf->leaf] = leaf;
    check->slots[leaf->leaf] =
        GPOINTER_TO_INT (g_hash_table_lookup (by_instance, GUINT_TO_POINTER (leaf->instance))) - 1;
  }
}

static void
count_pixel (Check *check, guint leaf, int x, int y)
{
  check->leaf_px[leaf]++;
  if (check->slots[leaf] < 0)
    return;
  Recount *recount = &check->recounts[check->slots[leaf]];
  DioPixelBox *box = &recount->box;
  if (recount->px++ == 0)
    *box = (DioPixelBox){ x, y, x + 1, y + 1 };
  box->x0 = MIN (box->x0, x);
  box->x1 = MAX (box->x1, x + 1);
  box->y1 = y + 1;
}

static void
recount (Check *check)
{
  const DioImage *leaf = check->pictures->leaf;

  for (guint y = 0; y < leaf->height; y++)
    for (guint x = 0; x < leaf->width; x++) {
      guint id = leaf->u16[(gsize) y * leaf->width + x];
      if (id != 0)
        count_pixel (check, id, (int) x, (int) y);
    }
  for (guint id = 1; id < N_LEAVES; id++)
    if (check->leaf_px[id] > 0 && !check->leaves[id])
      find (check, "unknown-leaf", "The picture shows leaf %u, which no row names", id);
}

/** Whether a pixel with this leaf id belongs to the mask of @owner. */
typedef gboolean (*OwnsFunc) (const Check *check, guint leaf, guint owner);

static gboolean
is_leaf (const Check *check, guint leaf, guint owner)
{
  return leaf == owner;
}

static gboolean
is_of_annotation (const Check *check, guint leaf, guint owner)
{
  return leaf != 0 && check->slots[leaf] == (int) owner;
}

/* Runs go down the columns. Together with equal counts, "all pixels of the mask are the owner's" means equality. */
static gboolean
mask_is_owned (const Check *check, const DioRle *mask, OwnsFunc owns, guint owner)
{
  const DioImage *leaf = check->pictures->leaf;
  gsize at = 0;

  for (guint i = 0; i < mask->n_runs; at += mask->runs[i], i++)
    for (gsize k = at; i % 2 == 1 && k < at + mask->runs[i]; k++)
      if (!owns (check, leaf->u16[(k % mask->height) * leaf->width + k / mask->height], owner))
        return FALSE;
  return TRUE;
}

static void
check_leaves (Check *check)
{
  for (guint i = 0; i < check->capture->leaves->len; i++) {
    const DioDatasetLeaf *leaf = &g_array_index (check->capture->leaves, DioDatasetLeaf, i);
    guint64 px = check->leaf_px[leaf->leaf];
    if (leaf->label.visible_px != px)
      find (check, "count-mismatch",
            "Leaf “%s”: visible_px is %" G_GUINT64_FORMAT ", the picture has %" G_GUINT64_FORMAT,
            leaf->name, leaf->label.visible_px, px);
    if (dio_rle_count (&leaf->label.visible) != px
        || !mask_is_owned (check, &leaf->label.visible, is_leaf, leaf->leaf))
      find (check, "mask-mismatch", "Leaf “%s”: its mask is not its pixels in the picture",
            leaf->name);
  }
}

static gboolean
boxes_equal (const DioPixelBox *a, const DioPixelBox *b)
{
  return a->x0 == b->x0 && a->y0 == b->y0 && a->x1 == b->x1 && a->y1 == b->y1;
}

static void
check_visible (Check *check, guint slot)
{
  const DioDatasetAnnotation *row = get_annotation (check, slot);
  const Recount *recount = &check->recounts[slot];

  if (row->label.visible_px != recount->px)
    find (check, "count-mismatch",
          "“%s”: visible_px is %" G_GUINT64_FORMAT ", the picture has %" G_GUINT64_FORMAT,
          row->name, row->label.visible_px, recount->px);
  if (!boxes_equal (&row->label.bbox_visible, &recount->box))
    find (check, "box-mismatch", "“%s”: bbox_visible is not the extent of its pixels", row->name);
  if (dio_rle_count (&row->label.visible) != recount->px
      || !mask_is_owned (check, &row->label.visible, is_of_annotation, slot))
    find (check, "mask-mismatch", "“%s”: its mask is not its pixels in the picture", row->name);
}

static void
check_ratio (
    Check *check, const DioDatasetAnnotation *row, const char *name, double ratio, double expected)
{
  if (!isnan (ratio) && ratio != expected)
    find (check, "ratio-mismatch", "“%s”: %s does not follow from the counts", row->name, name);
}

/* The part of the amodal mask that lies in the picture; @hidden (nullable) counts by leaf what stands before it. */
static void
check_amodal (Check *check, guint slot, GHashTable *hidden)
{
  const DioDatasetAnnotation *row = get_annotation (check, slot);
  const DioAnnotation *a = &row->label;
  int w = (int) check->capture->width_px, h = (int) check->capture->height_px;
  DioPixelBox window = { w, h, 2 * w, 2 * h };
  g_auto (DioRle) inside = { 0 };

  if (!a->thing || a->amodal.n_runs == 0)
    return;
  dio_rle_crop (&inside, &a->amodal, &window);
  DioPixelBox box = dio_rle_box (&inside);
  if (dio_rle_count (&inside) != a->amodal_px)
    find (check, "count-mismatch", "“%s”: amodal_px is not the size of its amodal mask", row->name);
  if (dio_rle_count (&a->amodal) != a->silhouette_px)
    find (check, "count-mismatch", "“%s”: silhouette_px is not the size of its silhouette",
          row->name);
  if (!boxes_equal (&box, &a->bbox_amodal))
    find (check, "box-mismatch", "“%s”: bbox_amodal is not the extent of its amodal mask",
          row->name);
  if (a->visible_px > 0 && !dio_rle_contains (&inside, &a->visible))
    find (check, "mask-mismatch", "“%s”: its amodal mask does not contain what is visible",
          row->name);
  check_ratio (check, row, "visibility", a->visibility,
               (double) a->visible_px / (double) a->amodal_px);
  check_ratio (check, row, "visib_fract", a->visib_fract,
               (double) a->visible_px / (double) a->silhouette_px);

  const DioImage *leaf = check->pictures->leaf;
  gsize at = 0;
  for (guint i = 0; i < inside.n_runs; at += inside.runs[i], i++)
    for (gsize k = at; i % 2 == 1 && k < at + inside.runs[i]; k++) {
      guint id = leaf->u16[(k % inside.height) * leaf->width + k / inside.height];
      gint64 key = PAIR_KEY (slot, id);
      if (id == 0 || check->slots[id] == (int) slot)
        continue;
      gint64 *count = g_hash_table_lookup (hidden, &key);
      if (count) {
        count[1]++;
        continue;
      }
      /* Key and count in one allocation. */
      count = g_new (gint64, 2);
      count[0] = key;
      count[1] = 1;
      g_hash_table_insert (hidden, count, count);
    }
}

static void
check_hidden (Check *check, GHashTable *hidden)
{
  g_autoptr (GHashTable) slots = g_hash_table_new (NULL, NULL);
  guint n_named = 0;

  for (guint i = 0; i < check->capture->annotations->len; i++)
    g_hash_table_insert (slots, GUINT_TO_POINTER (get_annotation (check, i)->label.instance),
                         GINT_TO_POINTER ((int) i + 1));
  for (guint i = 0; i < check->capture->hidden->len; i++) {
    const DioHiddenPair *pair = &g_array_index (check->capture->hidden, DioHiddenPair, i);
    int slot = GPOINTER_TO_INT (g_hash_table_lookup (slots, GUINT_TO_POINTER (pair->instance))) - 1;
    gint64 key = PAIR_KEY (slot, pair->hider_leaf);
    const gint64 *count = slot >= 0 ? g_hash_table_lookup (hidden, &key) : NULL;
    n_named += count != NULL;
    if ((count ? (guint64) count[1] : 0) != pair->opaque_px)
      find (check, "hidden-mismatch",
            "Instance %u: leaf %u hides %" G_GUINT64_FORMAT
            " pixels of it in the rows and another number in the picture",
            pair->instance, pair->hider_leaf, pair->opaque_px);
  }
  if (n_named != g_hash_table_size (hidden))
    find (check, "hidden-mismatch", "An object is hidden by one that no row names");
}

/* @expected of leaf id for every pixel of a projection. */
static void
check_projection (Check *check,
                  const DioImage *picture,
                  const char *channel,
                  const guint16 *expected)
{
  const DioImage *leaf = check->pictures->leaf;
  guint64 n = 0;

  if (!picture)
    return;
  if (picture->type != DIO_PIXEL_U16 || picture->channels != 1) {
    find (check, "picture-type", "The %s picture is not 16-bit grey", channel);
    return;
  }
  for (gsize i = 0; i < (gsize) leaf->width * leaf->height; i++)
    n += picture->u16[i] != expected[leaf->u16[i]];
  if (n > 0)
    find (check, "projection-mismatch",
          "The %s picture differs from the leaf picture's projection in %" G_GUINT64_FORMAT
          " pixels",
          channel, n);
}

static void
check_projections (Check *check, int background_category)
{
  g_autofree guint16 *instance = g_new0 (guint16, N_LEAVES);
  g_autofree guint16 *semantic = g_new0 (guint16, N_LEAVES);

  semantic[0] = (guint16) (background_category + 1);
  for (guint id = 1; id < N_LEAVES; id++)
    if (check->leaves[id]) {
      instance[id] = (guint16) check->leaves[id]->instance;
      /* Excluded faces belong to no object and so to no category. */
      semantic[id] = (guint16) (instance[id] > 0 ? check->leaves[id]->category + 1 : 0);
    }
  check_projection (check, check->pictures->instance, "instance", instance);
  check_projection (check, check->pictures->semantic, "semantic", semantic);
}

static gboolean
depth_is_background (const DioImage *depth, gsize i)
{
  return depth->type == DIO_PIXEL_F32 ? isinf (depth->f32[i]) != 0 : depth->u16[i] == 0;
}

/* Depth and normals are of the pixel's owner, so that they are background exactly where the leaf is. */
static void
check_background (Check *check)
{
  const DioImage *leaf = check->pictures->leaf, *depth = check->pictures->depth;
  const DioImage *normal = check->pictures->normal;
  guint64 n_depth = 0, n_normal = 0;

  if (depth && (depth->channels != 1 || depth->type == DIO_PIXEL_U8)) {
    find (check, "picture-type", "The depth picture is neither 16-bit grey nor 32-bit float");
    depth = NULL;
  }
  if (normal && (normal->channels != 3 || normal->type != DIO_PIXEL_U16)) {
    find (check, "picture-type", "The normal picture is not 16-bit RGB");
    normal = NULL;
  }
  for (gsize i = 0; i < (gsize) leaf->width * leaf->height; i++) {
    gboolean background = leaf->u16[i] == 0;
    n_depth += depth && depth_is_background (depth, i) != background;
    n_normal += normal
                && ((normal->u16[3 * i] | normal->u16[3 * i + 1] | normal->u16[3 * i + 2]) == 0)
                       != background;
  }
  if (n_depth > 0)
    find (check, "depth-background",
          "%" G_GUINT64_FORMAT " pixels have a depth without an owner, or an owner without a depth",
          n_depth);
  if (n_normal > 0)
    find (check, "normal-background",
          "%" G_GUINT64_FORMAT
          " pixels have a normal without an owner, or an owner without a normal",
          n_normal);
}

static gboolean
check_sizes (Check *check)
{
  const DioCapturePictures *p = check->pictures;
  const DioImage *pictures[] = { p->leaf, p->instance, p->semantic, p->depth, p->normal, p->rgb };
  gboolean ok = TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++)
    if (pictures[i]
        && (pictures[i]->width != check->capture->width_px
            || pictures[i]->height != check->capture->height_px)) {
      find (check, "picture-size", "A picture does not have the size of its sensor");
      ok = FALSE;
    }
  if (p->leaf && (p->leaf->type != DIO_PIXEL_U16 || p->leaf->channels != 1)) {
    find (check, "picture-type", "The leaf picture is not 16-bit grey");
    ok = FALSE;
  }
  return ok;
}

static void
check_against_leaf (Check *check, int background_category)
{
  guint n = check->capture->annotations->len;
  g_autofree const DioDatasetLeaf **leaves = g_new0 (const DioDatasetLeaf *, N_LEAVES);
  g_autofree int *slots = g_new (int, N_LEAVES);
  g_autofree guint64 *leaf_px = g_new0 (guint64, N_LEAVES);
  g_autofree Recount *recounts = g_new0 (Recount, MAX (n, 1));
  g_autoptr (GHashTable) hidden = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  check->leaves = leaves;
  check->slots = slots;
  check->leaf_px = leaf_px;
  check->recounts = recounts;
  index_rows (check);
  recount (check);
  check_leaves (check);
  for (guint i = 0; i < n; i++) {
    check_visible (check, i);
    check_amodal (check, i, hidden);
  }
  check_hidden (check, hidden);
  check_projections (check, background_category);
  check_background (check);
}

void
dio_engine_verify_capture (const DioDatasetCapture *capture,
                           const DioCapturePictures *pictures,
                           int background_category,
                           const char *object,
                           DioDiagnostics *findings)
{
  Check check = {
    .capture = capture, .pictures = pictures, .object = object, .findings = findings
  };

  if (check_sizes (&check) && pictures->leaf)
    check_against_leaf (&check, background_category);
}
