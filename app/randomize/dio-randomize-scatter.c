#define G_LOG_DOMAIN "dio-randomize"

/* Copies placed upright on a plane without interpenetration. A place is drawn, and drawn again from the next
 * attempt of the same counters while the footprint meets another one; the n-th object of a scatter therefore
 * depends on those placed before it, but the numbers that it draws do not. */

#include "dio-randomize-private.h"

#include "dio-base-hash.h"
#include "dio-core-error.h"
#include "dio-core-math.h"
#include "dio-core-vec.h"
#include "dio-scene-randomizer.h"

#include <math.h>
#include <string.h>

/** The rectangle that carries the objects; its frame is rigid, z is the normal. */
typedef struct {
  DioQuat world_from_plane;
  DioVec3 origin_m; /**< its middle */
  double half_x_m, half_y_m;
  gboolean level; /**< given by a middle in the world, not by a node */
  guint64 key;    /**< see DioFootprint.surface */
} Plane;

/** An object before it is turned: its box in the plane's axes, in metres, relative to its origin. */
typedef struct {
  DioWork *work;
  DioSimilarity world_from_parent;
  DioBox3 box_m;
} Item;

/* Separating axes of two rectangles are the directions of their edges (S. Gottschalk, M. Lin, D. Manocha,
 * "OBBTree", SIGGRAPH 1996, in two dimensions). */
static gboolean
is_separated (const DioFootprint *a, const DioFootprint *b, double spacing_m)
{
  double dx = b->x_m - a->x_m, dy = b->y_m - a->y_m;
  /* Cosine and sine of the angle between them, made positive: extents do not mind the sign. */
  double c = fabs (a->cos_yaw * b->cos_yaw + a->sin_yaw * b->sin_yaw);
  double s = fabs (a->cos_yaw * b->sin_yaw - a->sin_yaw * b->cos_yaw);
  double along_x = fabs (dx * a->cos_yaw + dy * a->sin_yaw);
  double along_y = fabs (dy * a->cos_yaw - dx * a->sin_yaw);
  return along_x >= a->half_x_m + b->half_x_m * c + b->half_y_m * s + spacing_m
         || along_y >= a->half_y_m + b->half_x_m * s + b->half_y_m * c + spacing_m;
}

gboolean
dio_footprint_overlaps (const DioFootprint *a, const DioFootprint *b, double spacing_m)
{
  return !is_separated (a, b, spacing_m) && !is_separated (b, a, spacing_m);
}

static void
take_size (const DioApply *apply, Plane *plane)
{
  plane->half_x_m =
      dio_randomizer_get_number (apply->randomizer, "size_x_m", 2 * plane->half_x_m) / 2;
  plane->half_y_m =
      dio_randomizer_get_number (apply->randomizer, "size_y_m", 2 * plane->half_y_m) / 2;
}

/* The top of the bounds of the node that carries the objects. */
static gboolean
find_surface (DioApply *apply, const char *id, Plane *plane, GError **error)
{
  DioWork *work = dio_build_find (apply->build, id, 0);
  if (work == NULL)
    return dio_apply_fail (apply, error, "its surface \"%s\" is not in the scenario", id);
  DioBox3 box;
  if (!dio_work_get_own_bounds (apply->build, work, &box, error))
    return FALSE;
  if (dio_box3_is_empty (&box))
    return dio_apply_fail (apply, error, "its surface \"%s\" shows nothing to stand on", id);
  DioSimilarity world_from_parent;
  if (!dio_work_world_from_parent (work, &world_from_parent, error))
    return FALSE;
  DioMat4 world_from_node = dio_work_world_from_node (work);
  const DioTrs *trs = &work->node->parent_from_node;
  /* What is on top of a node that was turned over by a negative scale was its bottom. */
  DioVec3 top = { (box.min.x + box.max.x) / 2, (box.min.y + box.max.y) / 2,
                  trs->scale.z > 0 ? box.max.z : box.min.z };
  plane->origin_m = dio_mat4_transform_point (&world_from_node, top);
  plane->world_from_plane =
      dio_quat_normalize (dio_quat_multiply (world_from_parent.q_wxyz, trs->q_wxyz));
  double s = world_from_parent.s / 2;
  plane->half_x_m = s * fabs (trs->scale.x) * (box.max.x - box.min.x);
  plane->half_y_m = s * fabs (trs->scale.y) * (box.max.y - box.min.y);
  plane->level = FALSE;
  plane->key = dio_hash_strings_u64 ("node", id, (char *) NULL);
  return TRUE;
}

static gboolean
find_plane (DioApply *apply, Plane *plane, GError **error)
{
  const char *surface = dio_randomizer_get_string (apply->randomizer, "surface", NULL);
  DioVec3 origin = { 0, 0, 0 };
  if (surface == NULL) {
    plane->world_from_plane = dio_quat_identity ();
    plane->origin_m = dio_randomizer_get_vec3 (apply->randomizer, "center", origin);
    plane->half_x_m = plane->half_y_m = 0;
    plane->level = TRUE;
    /* Level planes of one height are one surface. */
    memcpy (&plane->key, &plane->origin_m.z, sizeof plane->key);
  } else if (!find_surface (apply, surface, plane, error)) {
    return FALSE;
  }
  take_size (apply, plane);
  return TRUE;
}

/* Footprints of level planes lie in world axes, so that scatters about different middles see each other. */
static DioVec3
plane_offset (const Plane *plane)
{
  return plane->level ? plane->origin_m : (DioVec3){ 0, 0, 0 };
}

/* The bounds of @work in the plane's axes, as it stands now: scaled and turned by its own rotation. */
static gboolean
measure (DioApply *apply, DioWork *work, Item *item, GError **error)
{
  DioBox3 box;
  item->work = work;
  if (!dio_work_get_bounds (apply->build, work, &box, error)
      || !dio_work_world_from_parent (work, &item->world_from_parent, error))
    return FALSE;
  if (dio_box3_is_empty (&box))
    box = (DioBox3){ { 0, 0, 0 }, { 0, 0, 0 } };
  DioTrs trs = work->node->parent_from_node;
  trs.translation_m = (DioVec3){ 0, 0, 0 };
  trs.scale = dio_vec3_scale (trs.scale, item->world_from_parent.s);
  DioMat4 plane_from_node = dio_mat4_from_trs (&trs);
  item->box_m = dio_box3_transform (&box, &plane_from_node);
  return TRUE;
}

/* Where in [-@half, @half] the middle of something of half extent @extent may lie; FALSE for nowhere. */
static gboolean
pick (double u, double half, double extent, double *out)
{
  double room = half - extent;
  *out = room * (2 * u - 1);
  return room >= 0;
}

/* One place for @item; FALSE where it would stand over the edge. Draws x, y and yaw. */
static gboolean
draw_footprint (DioDrawing *drawing, const Plane *plane, const Item *item, DioFootprint *out)
{
  double u = dio_draw_uniform (drawing);
  double v = dio_draw_uniform (drawing);
  double yaw_rad = dio_draw_param (drawing, "yaw_rad", 0, 0);
  out->cos_yaw = dio_cos (yaw_rad);
  out->sin_yaw = dio_sin (yaw_rad);
  out->half_x_m = (item->box_m.max.x - item->box_m.min.x) / 2;
  out->half_y_m = (item->box_m.max.y - item->box_m.min.y) / 2;
  double c = fabs (out->cos_yaw), s = fabs (out->sin_yaw);
  gboolean fits_x = pick (u, plane->half_x_m, out->half_x_m * c + out->half_y_m * s, &out->x_m);
  gboolean fits_y = pick (v, plane->half_y_m, out->half_x_m * s + out->half_y_m * c, &out->y_m);
  DioVec3 offset = plane_offset (plane);
  out->x_m += offset.x;
  out->y_m += offset.y;
  out->surface = plane->key;
  dio_draw_keep (drawing, 3, (const double[]){ out->x_m, out->y_m, yaw_rad });
  return fits_x && fits_y;
}

static gboolean
is_free (const DioBuild *build, const DioFootprint *footprint, double spacing_m)
{
  for (guint i = 0; i < build->footprints->len; i++) {
    const DioFootprint *other = &g_array_index (build->footprints, DioFootprint, i);
    if (other->surface == footprint->surface
        && dio_footprint_overlaps (footprint, other, spacing_m))
      return FALSE;
  }
  return TRUE;
}

/* Puts the object so that its box stands on the plane with its middle over the footprint's. */
static void
stand (const Plane *plane, const Item *item, const DioFootprint *footprint, double yaw_rad)
{
  const DioBox3 *box = &item->box_m;
  DioVec3 offset = plane_offset (plane);
  double middle_x = (box->min.x + box->max.x) / 2, middle_y = (box->min.y + box->max.y) / 2;
  double c = footprint->cos_yaw, s = footprint->sin_yaw;
  DioVec3 p_plane = { footprint->x_m - offset.x - (middle_x * c - middle_y * s),
                      footprint->y_m - offset.y - (middle_x * s + middle_y * c), -box->min.z };
  DioVec3 p_world =
      dio_vec3_add (plane->origin_m, dio_quat_rotate (plane->world_from_plane, p_plane));
  DioQuat yaw = dio_quat_from_axis_angle ((DioVec3){ 0, 0, 1 }, yaw_rad);

  const DioSimilarity *world_from_parent = &item->world_from_parent;
  DioTrs *trs = &dio_work_edit (item->work)->parent_from_node;
  DioQuat q_world =
      dio_quat_multiply (plane->world_from_plane, dio_quat_multiply (yaw, trs->q_wxyz));
  trs->q_wxyz = dio_quat_normalize (
      dio_quat_multiply (dio_quat_conjugate (world_from_parent->q_wxyz), q_world));
  trs->translation_m = dio_similarity_apply_inverse (world_from_parent, p_world);
}

/* The counters' attempt counts the tries here, so a redraw for a constraint has a stream of its own. */
static DioDrawing
begin_placement (DioApply *apply, const DioWork *work)
{
  DioDrawing drawing = dio_draw_begin (apply, work, "placement");
  drawing.record.string = dio_draw_redraw_name (apply->attempt);
  if (apply->attempt > 0) {
    g_autofree char *property = g_strdup_printf ("placement/redraw-%u", apply->attempt);
    drawing.key.stream =
        dio_hash_strings_u64 (apply->randomizer->id, work->node->id, property, (char *) NULL);
  }
  return drawing;
}

static void
place_item (DioApply *apply, const Plane *plane, const Item *item)
{
  DioBuild *build = apply->build;
  double spacing_m = dio_randomizer_get_number (apply->randomizer, "spacing_m", 0);
  guint tries = MIN (dio_randomizer_get_integer (apply->randomizer, "tries", 64), 256);
  DioDrawing drawing = begin_placement (apply, item->work);
  for (guint i = 0; i < tries; i++) {
    DioFootprint footprint = { 0 };
    drawing.key.attempt = i;
    drawing.key.component = 0;
    if (!draw_footprint (&drawing, plane, item, &footprint)
        || !is_free (build, &footprint, spacing_m))
      continue;
    dio_draw_append (&drawing);
    g_array_append_val (build->footprints, footprint);
    stand (plane, item, &footprint, drawing.record.numbers[2]);
    return;
  }
  dio_work_edit (item->work)->visible = FALSE;
  g_autofree char *object = g_strdup_printf ("%s#%u", item->work->node->id, item->work->copy);
  dio_diagnostics_add (build->diagnostics, DIO_SEVERITY_WARNING, "no-room", object,
                       "randomizer \"%s\" found no free place in %u tries and left it out; scatter "
                       "fewer or on more room",
                       apply->randomizer->id, tries);
}

/* Copies first, so that all are there before the first is placed. Per target: its instances in order. */
static gboolean
make_instances (DioApply *apply, GPtrArray *lists, GError **error)
{
  for (guint i = 0; apply->randomizer->targets[i] != NULL; i++) {
    const char *id = apply->randomizer->targets[i];
    g_autoptr (GPtrArray) before = dio_build_list (apply->build, id);
    for (guint k = 0; k < before->len; k++)
      if (!dio_apply_count (apply, g_ptr_array_index (before, k), error))
        return FALSE;
    g_ptr_array_add (lists, dio_build_list (apply->build, id));
  }
  return TRUE;
}

/* First instances first: when room runs out, every kind of object still shows. */
static GPtrArray *
order_instances (const GPtrArray *lists)
{
  GPtrArray *ordered = g_ptr_array_new ();
  gboolean more = TRUE;
  for (guint k = 0; more; k++) {
    more = FALSE;
    for (guint i = 0; i < lists->len; i++) {
      const GPtrArray *list = g_ptr_array_index (lists, i);
      if (k >= list->len)
        continue;
      more = TRUE;
      DioWork *work = g_ptr_array_index (list, k);
      if (work->node->visible)
        g_ptr_array_add (ordered, work);
    }
  }
  return ordered;
}

gboolean
dio_apply_scatter (DioApply *apply, GError **error)
{
  Plane plane = { 0 };
  if (!find_plane (apply, &plane, error))
    return FALSE;
  g_autoptr (GPtrArray) lists = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  if (!make_instances (apply, lists, error))
    return FALSE;
  g_autoptr (GPtrArray) ordered = order_instances (lists);
  for (guint i = 0; i < ordered->len; i++) {
    Item item;
    if (!measure (apply, g_ptr_array_index (ordered, i), &item, error))
      return FALSE;
    place_item (apply, &plane, &item);
  }
  return TRUE;
}
