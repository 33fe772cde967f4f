#define G_LOG_DOMAIN "dio-annotate"

#include "dio-annotate-private.h"
#include "dio-core-pose.h"
#include "dio-core-vec.h"

#include <math.h>
#include <string.h>

/* The self-checks of labels.md 16. Each looks at the labels from another side than the code that made them:
 * at the picture of ids where masks were made from runs, at the world where depths were made from rays. */

/** More contested pixels than this are noted. */
#define CONTESTED_NOTE_PX 16
/** Mirror-like surfaces over this share of the picture are noted. */
#define MIRROR_NOTE_SHARE 0.01

/** Adds a result; takes @fault, the one sentence about the first failure (NULL: passed). */
static void
add_check (const AnnotateContext *context, const char *name, gboolean note_only, char *fault)
{
  DioSelfCheck check = { name, fault == NULL, note_only, fault != NULL ? fault : g_strdup ("") };
  g_array_append_val (context->out->checks, check);
}

static const DioFrameLeaf *
find_leaf (const AnnotateContext *context, guint id)
{
  if (id < 1 || id > context->frame->leaves->len)
    return NULL;
  return &g_array_index (context->frame->leaves, DioFrameLeaf, id - 1);
}

static void
check_gl (const AnnotateContext *context)
{
  g_autoptr (GHashTable) causes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  const DioImage *leaf = context->labels->leaf, *gl = context->gl_leaf;
  if (gl == NULL)
    return;
  char *fault = NULL;
  if (gl->width != leaf->width || gl->height != leaf->height || gl->type != DIO_PIXEL_U16) {
    fault = g_strdup ("the OpenGL id picture has another size than the label picture");
    add_check (context, "gl-agrees", FALSE, fault);
    return;
  }
  gsize pixels = (gsize) leaf->width * leaf->height;
  for (gsize i = 0; i < pixels; i++) {
    if (gl->u16[i] == leaf->u16[i])
      continue;
    context->out->gl_differing_px++;
    annotate_count_cause (context, i, causes);
    if (context->labels->edge->u8[i] != 0)
      continue;
    context->out->gl_unexplained_px++;
    if (fault == NULL)
      fault = g_strdup_printf (
          "pixel (%u, %u) is leaf %u by rays and %u by OpenGL, away from edges",
          (guint) (i % leaf->width), (guint) (i / leaf->width), leaf->u16[i], gl->u16[i]);
  }
  add_check (context, "gl-agrees", FALSE, fault);
  if (context->out->gl_differing_px == 0)
    return;
  DioSelfCheck note = { "gl-causes", TRUE, TRUE, annotate_dup_causes (causes) };
  g_array_append_val (context->out->checks, note);
}

/** The 3D box of an instance, grown by 1 mm + 0.1 %, and the way into its frame. */
typedef struct {
  gboolean known;
  DioMat4 object_from_camera;
  DioVec3 low, high;
} GrownBox;

static GrownBox
grow_box (const AnnotateContext *context, guint instance)
{
  GrownBox grown = { 0 };
  const DioFrameInstance *entry =
      &g_array_index (context->frame->instances, DioFrameInstance, instance - 1);
  DioMat4 camera_from_object = annotate_camera_from (context->camera, &entry->world_from_object);
  if (dio_box3_is_empty (&entry->box_object_m)
      || !dio_mat4_invert_affine (&camera_from_object, &grown.object_from_camera))
    return grown;
  DioVec3 size = dio_vec3_sub (entry->box_object_m.max, entry->box_object_m.min);
  DioVec3 margin = dio_vec3_add (dio_vec3_scale (size, 0.001), dio_vec3 (0.001, 0.001, 0.001));
  grown.low = dio_vec3_sub (entry->box_object_m.min, margin);
  grown.high = dio_vec3_add (entry->box_object_m.max, margin);
  grown.known = TRUE;
  return grown;
}

static gboolean
is_inside (const GrownBox *box, DioVec3 p)
{
  return p.x >= box->low.x && p.x <= box->high.x && p.y >= box->low.y && p.y <= box->high.y
         && p.z >= box->low.z && p.z <= box->high.z;
}

static void
check_depth (const AnnotateContext *context)
{
  const DioImage *leaf = context->labels->leaf;
  guint n = context->frame->instances->len;
  g_autofree GrownBox *boxes = g_new0 (GrownBox, n + 1);
  char *fault = NULL;
  for (guint i = 1; i <= n; i++)
    boxes[i] = grow_box (context, i);
  const DioCamera *camera = context->camera;
  g_autofree double *columns = g_new (double, leaf->width);
  for (guint x = 0; x < leaf->width; x++)
    columns[x] = (x + 0.5 - camera->cx) / camera->fx;
  for (guint y = 0; y < leaf->height && fault == NULL; y++) {
    double row = -(y + 0.5 - camera->cy) / camera->fy;
    for (guint x = 0; x < leaf->width; x++) {
      gsize pixel = (gsize) y * leaf->width + x;
      const DioFrameLeaf *entry = find_leaf (context, leaf->u16[pixel]);
      if (entry == NULL || entry->instance < 1 || entry->instance > n
          || !boxes[entry->instance].known)
        continue;
      const GrownBox *box = &boxes[entry->instance];
      double z = context->labels->depth_z->f32[pixel];
      DioVec3 p = annotate_transform_point (&box->object_from_camera,
                                            dio_vec3 (columns[x] * z, row * z, -z));
      if (is_inside (box, p))
        continue;
      fault = g_strdup_printf ("pixel (%u, %u) at depth %.6g m lies outside the 3D box of %s", x, y,
                               z, entry->name != NULL ? entry->name : "its object");
      break;
    }
  }
  add_check (context, "depth-in-box", FALSE, fault);
}

static gboolean
boxes_equal (const DioPixelBox *a, const DioPixelBox *b)
{
  return a->x0 == b->x0 && a->y0 == b->y0 && a->x1 == b->x1 && a->y1 == b->y1;
}

static void
grow_extent (DioPixelBox *box, int x, int y)
{
  if (box->x1 == 0) {
    *box = (DioPixelBox){ x, y, x + 1, y + 1 };
    return;
  }
  box->x0 = MIN (box->x0, x);
  box->y0 = MIN (box->y0, y);
  box->x1 = MAX (box->x1, x + 1);
  box->y1 = MAX (box->y1, y + 1);
}

/** What the picture of ids says about each instance. */
typedef struct {
  DioPixelBox extent;
  guint64 pixels;
} Seen;

static Seen *
look_at_ids (const AnnotateContext *context)
{
  const DioImage *leaf = context->labels->leaf;
  Seen *seen = g_new0 (Seen, context->frame->instances->len + 1);
  for (guint y = 0; y < leaf->height; y++) {
    const uint16_t *row = leaf->u16 + (gsize) y * leaf->width;
    for (guint x = 0, end; x < leaf->width; x = end) {
      for (end = x + 1; end < leaf->width && row[end] == row[x];)
        end++;
      const DioFrameLeaf *entry = find_leaf (context, row[x]);
      if (entry == NULL || entry->instance < 1 || entry->instance > context->frame->instances->len)
        continue;
      grow_extent (&seen[entry->instance].extent, (int) x, (int) y);
      grow_extent (&seen[entry->instance].extent, (int) end - 1, (int) y);
      seen[entry->instance].pixels += end - x;
    }
  }
  return seen;
}

/** Extent of a mask within the image part of the canvas. */
typedef struct {
  int width, height;
  DioPixelBox box;
} CanvasExtent;

static void
add_canvas_span_cb (guint x, guint y0, guint y1, gpointer data)
{
  CanvasExtent *extent = data;
  int column = (int) x - extent->width;
  int first = MAX ((int) y0 - extent->height, 0),
      last = MIN ((int) y1 - extent->height, extent->height) - 1;
  if (column < 0 || column >= extent->width || first > last)
    return;
  grow_extent (&extent->box, column, first);
  grow_extent (&extent->box, column, last);
}

static void
check_boxes (const AnnotateContext *context, const Seen *seen)
{
  char *fault = NULL;
  for (guint i = 0; i < context->out->annotations->len && fault == NULL; i++) {
    const DioAnnotation *annotation = &g_array_index (context->out->annotations, DioAnnotation, i);
    CanvasExtent amodal = { (int) context->labels->leaf->width,
                            (int) context->labels->leaf->height,
                            { 0, 0, 0, 0 } };
    if (annotation->thing)
      dio_rle_foreach_span (&annotation->amodal, add_canvas_span_cb, &amodal);
    else
      amodal.box = seen[annotation->instance].extent;
    if (!boxes_equal (&annotation->bbox_visible, &seen[annotation->instance].extent))
      fault = g_strdup_printf ("the visible box of instance %u is not the extent of its pixels",
                               annotation->instance);
    else if (!boxes_equal (&annotation->bbox_amodal, &amodal.box))
      fault = g_strdup_printf ("the amodal box of instance %u is not the extent of its mask",
                               annotation->instance);
  }
  add_check (context, "box-is-extent", FALSE, fault);
}

static guint64
sum_hidden (const AnnotateContext *context, guint instance)
{
  guint64 sum = 0;
  for (guint i = 0; i < context->labels->hidden->len; i++) {
    const DioHiddenPair *pair = &g_array_index (context->labels->hidden, DioHiddenPair, i);
    sum += pair->instance == instance ? pair->opaque_px : 0;
  }
  return sum;
}

static void
check_counts (const AnnotateContext *context, const Seen *seen)
{
  char *fault = NULL;
  for (guint i = 0; i < context->out->annotations->len && fault == NULL; i++) {
    const DioAnnotation *annotation = &g_array_index (context->out->annotations, DioAnnotation, i);
    guint64 mask_px = dio_rle_count (&annotation->visible);
    if (annotation->visible_px != seen[annotation->instance].pixels
        || annotation->visible_px != mask_px)
      fault = g_strdup_printf (
          "instance %u counts %" G_GUINT64_FORMAT " visible pixels, its mask has "
          "%" G_GUINT64_FORMAT " and the id picture %" G_GUINT64_FORMAT,
          annotation->instance, annotation->visible_px, mask_px, seen[annotation->instance].pixels);
    else if (annotation->thing
             && sum_hidden (context, annotation->instance) + annotation->visible_px
                    != annotation->amodal_px)
      fault =
          g_strdup_printf ("the pixels hidden of instance %u do not add up to amodal minus visible",
                           annotation->instance);
  }
  add_check (context, "counts-add-up", FALSE, fault);
}

static void
check_ids (const AnnotateContext *context)
{
  const DioImage *leaf = context->labels->leaf;
  gsize pixels = (gsize) leaf->width * leaf->height;
  char *fault = NULL;
  for (gsize i = 0; i < pixels && fault == NULL; i++) {
    gboolean nothing = !isfinite (context->labels->depth_z->f32[i]);
    if (leaf->u16[i] > context->frame->leaves->len || (leaf->u16[i] == 0) != nothing)
      fault = g_strdup_printf ("pixel (%u, %u) has leaf %u of %u at depth %g",
                               (guint) (i % leaf->width), (guint) (i / leaf->width), leaf->u16[i],
                               context->frame->leaves->len, context->labels->depth_z->f32[i]);
  }
  for (guint i = 0; i < context->labels->hidden->len && fault == NULL; i++) {
    const DioHiddenPair *pair = &g_array_index (context->labels->hidden, DioHiddenPair, i);
    if (find_leaf (context, pair->hider_leaf) == NULL || pair->instance < 1
        || pair->instance > context->frame->instances->len)
      fault =
          g_strdup_printf ("an occlusion pair names instance %u and leaf %u, which are not there",
                           pair->instance, pair->hider_leaf);
  }
  add_check (context, "ids-known", FALSE, fault);
}

static void
check_amodal (const AnnotateContext *context)
{
  char *fault = NULL;
  for (guint i = 0; i < context->out->annotations->len && fault == NULL; i++) {
    const DioAnnotation *annotation = &g_array_index (context->out->annotations, DioAnnotation, i);
    if (!annotation->thing || annotation->visible_px == 0)
      continue;
    DioPixelBox image = { (int) context->labels->leaf->width, (int) context->labels->leaf->height,
                          2 * (int) context->labels->leaf->width,
                          2 * (int) context->labels->leaf->height };
    g_auto (DioRle) inside = { 0 };
    if (annotation->amodal.n_runs > 0)
      dio_rle_crop (&inside, &annotation->amodal, &image);
    if (inside.n_runs == 0 || !dio_rle_contains (&inside, &annotation->visible))
      fault = g_strdup_printf ("a visible pixel of instance %u is not in its amodal mask",
                               annotation->instance);
  }
  add_check (context, "amodal-contains-visible", FALSE, fault);
}

static void
check_categories (const AnnotateContext *context)
{
  const DioFrame *frame = context->frame;
  char *fault = NULL;
  g_autoptr (GHashTable) keys = g_hash_table_new (g_int64_hash, g_int64_equal);
  for (guint i = 0; i < frame->leaves->len && fault == NULL; i++) {
    const DioFrameLeaf *leaf = &g_array_index (frame->leaves, DioFrameLeaf, i);
    if (leaf->instance == 0 || leaf->instance > frame->instances->len)
      continue;
    const DioFrameInstance *instance =
        &g_array_index (frame->instances, DioFrameInstance, leaf->instance - 1);
    /* A crowd may mix what it likes: it is one region of its group's category. */
    if (!instance->crowd
        && (leaf->category != instance->category || leaf->thing != instance->thing))
      fault = g_strdup_printf ("leaf %u (%s) has another category than its instance %u", i + 1,
                               leaf->name != NULL ? leaf->name : "", leaf->instance);
  }
  for (guint i = 0; i < frame->instances->len && fault == NULL; i++) {
    DioFrameInstance *instance = &g_array_index (frame->instances, DioFrameInstance, i);
    if (!g_hash_table_add (keys, &instance->object_key))
      fault = g_strdup_printf ("instance %u has the track id of another one", i + 1);
  }
  for (guint i = 0; i < context->out->annotations->len && fault == NULL; i++) {
    const DioAnnotation *annotation = &g_array_index (context->out->annotations, DioAnnotation, i);
    if (annotation->category
        != g_array_index (frame->instances, DioFrameInstance, annotation->instance - 1).category)
      fault = g_strdup_printf ("the annotation of instance %u has another category",
                               annotation->instance);
  }
  add_check (context, "same-id-same-category", FALSE, fault);
}

static void
note_contested (const AnnotateContext *context)
{
  char *fault = NULL;
  if (context->labels->contested_px > CONTESTED_NOTE_PX)
    fault = g_strdup_printf ("%" G_GUINT64_FORMAT
                             " pixels are contested by coplanar surfaces: give one "
                             "of them a higher layer",
                             context->labels->contested_px);
  add_check (context, "contested", TRUE, fault);
}

/** Labels.md 9: what a mirror shows is not labelled, so a picture with much of one is noted. */
static void
note_mirrors (const AnnotateContext *context)
{
  const DioImage *leaf = context->labels->leaf;
  gsize pixels = (gsize) leaf->width * leaf->height, mirrored = 0;
  g_autofree guint8 *mirror = g_new0 (guint8, context->frame->leaves->len + 1);
  for (guint i = 0; i < context->frame->items->len; i++) {
    const DioFrameItem *item = &g_array_index (context->frame->items, DioFrameItem, i);
    const DioMaterial *material = item->material;
    mirror[item->leaf] |=
        material->metallic >= 0.9f && material->roughness <= 0.1f && !material->unlit;
  }
  gboolean any = memchr (mirror, 1, context->frame->leaves->len + 1) != NULL;
  for (gsize i = 0; i < pixels && any; i++)
    mirrored += leaf->u16[i] <= context->frame->leaves->len && mirror[leaf->u16[i]] != 0;
  char *fault = NULL;
  if ((double) mirrored > MIRROR_NOTE_SHARE * (double) pixels)
    fault = g_strdup_printf ("mirror-like surfaces cover %.1f %% of the picture; what they show is "
                             "not labelled",
                             100.0 * (double) mirrored / (double) pixels);
  add_check (context, "mirrors", TRUE, fault);
}

void
annotate_run_checks (const AnnotateContext *context)
{
  g_autofree Seen *seen = look_at_ids (context);
  check_gl (context);
  check_depth (context);
  check_boxes (context, seen);
  check_counts (context, seen);
  check_ids (context);
  check_amodal (context);
  check_categories (context);
  note_contested (context);
  note_mirrors (context);
  context->out->passed = TRUE;
  for (guint i = 0; i < context->out->checks->len; i++) {
    const DioSelfCheck *check = &g_array_index (context->out->checks, DioSelfCheck, i);
    context->out->passed = context->out->passed && (check->passed || check->note_only);
  }
}
