#define G_LOG_DOMAIN "dio-gl"

#include "dio-core-pose.h"
#include "dio-gl-private.h"

#include <math.h>
#include <string.h>

/* The Item block of common.glsl, std140: a mat3 is three columns of four. */
typedef struct {
  float clip_from_mesh[16], world_from_mesh[16], normal[12];
  uint32_t leaf[4];
  float cut[4];
} ItemBlock;

/* The Material block of material.glsl. */
typedef struct {
  float base_color[4], emissive[4], factors[4];
  int32_t sampling[4];
  float slots[5][8];
} MaterialBlock;

G_STATIC_ASSERT (sizeof (ItemBlock) <= DIO_GL_BLOCK_BYTES);
G_STATIC_ASSERT (sizeof (MaterialBlock) <= DIO_GL_BLOCK_BYTES);

/* Depth moves by this share per layer among coplanar surfaces: above the rounding of float positions,
 * below any gap that matters (20 micrometres at 10 m). */
#define LAYER_SHARE 2e-6
/* Triangles longer than this for their width have float slopes of depth that are further off than DEPTH_TIE of the
 * label rays: the error is some 1e-7 of depth times this. */
#define SLENDER 64
/* Below this opacity a surface is not there. */
#define LEAST_OPACITY (1.0f / 255.0f)

void
dio_gl_list_init (DioGlList *list)
{
  list->draws = g_array_new (FALSE, TRUE, sizeof (DioGlDraw));
  list->materials = g_ptr_array_new ();
  list->item_blocks = g_byte_array_new ();
  list->material_blocks = g_byte_array_new ();
  list->bounds_m = list->seen_m = dio_box3_empty ();
}

void
dio_gl_list_clear (DioGlList *list)
{
  g_array_unref (list->draws);
  g_ptr_array_unref (list->materials);
  g_byte_array_unref (list->item_blocks);
  g_byte_array_unref (list->material_blocks);
  memset (list, 0, sizeof *list);
}

DioMat4
dio_gl_camera_clip (const DioCamera *camera)
{
  DioMat4 clip = dio_camera_clip_from_camera (camera);
  if (camera->orthographic)
    return clip;
  clip.m[10] = 0;
  clip.m[14] = camera->near_m;
  return clip;
}

gboolean
dio_gl_box_is_outside (const DioBox3 *box, const DioMat4 *clip_from_box, gboolean ignore_depth)
{
  guint outside[6] = { 0 };
  for (guint i = 0; i < 8; i++) {
    double p[3] = { i & 1 ? box->max.x : box->min.x, i & 2 ? box->max.y : box->min.y,
                    i & 4 ? box->max.z : box->min.z };
    double c[4];
    for (int row = 0; row < 4; row++)
      c[row] = clip_from_box->m[row] * p[0] + clip_from_box->m[4 + row] * p[1]
               + clip_from_box->m[8 + row] * p[2] + clip_from_box->m[12 + row];
    for (int axis = 0; axis < 2; axis++) {
      outside[axis * 2] += c[axis] < -c[3];
      outside[axis * 2 + 1] += c[axis] > c[3];
    }
    outside[4] += !ignore_depth && c[2] < 0;
    outside[5] += !ignore_depth && c[2] > c[3];
  }
  for (guint i = 0; i < 6; i++)
    if (outside[i] == 8)
      return TRUE;
  return FALSE;
}

/* Where a surface covers, for ids and for shadows: alpha >= cut; a cut above 1 is nowhere. */
typedef struct {
  float leaf, shadow;
} Cuts;

static Cuts
get_cuts (const DioFrame *frame, const DioFrameItem *item)
{
  const DioMaterial *material = item->material;
  gboolean thing = item->leaf >= 1 && item->leaf <= frame->leaves->len
                   && g_array_index (frame->leaves, DioFrameLeaf, item->leaf - 1).thing;
  switch (material->alpha_mode) {
  case DIO_ALPHA_MASK:
    return (Cuts){ material->alpha_cutoff, material->alpha_cutoff };
  case DIO_ALPHA_BLEND:
    if (material->label_surface == DIO_LABEL_SURFACE_THROUGH)
      return (Cuts){ 2, 0.5f };
    if (material->label_surface == DIO_LABEL_SURFACE_SURFACE || thing)
      return (Cuts){ LEAST_OPACITY, 0.5f };
    return (Cuts){ 0.5f, 0.5f };
  case DIO_ALPHA_OPAQUE:
  default:
    return (Cuts){ -1, -1 };
  }
}

static void
set_cuts (DioGlDraw *draw, Cuts cuts)
{
  const DioMaterial *material = draw->item->material;
  gboolean opaque = material->alpha_mode == DIO_ALPHA_OPAQUE;
  gboolean varies =
      !opaque && (material->base_color_texture.texture != NULL || draw->mesh->has_colors);
  float alpha = opaque ? 1 : material->base_color[3];
  draw->has_leaf = cuts.leaf <= 1 && (varies || alpha >= cuts.leaf);
  draw->leaf_cut = draw->has_leaf && varies;
  draw->casts = varies || alpha >= cuts.shadow;
  draw->shadow_cut = draw->casts && varies;
}

static void
write_item_block (DioGlList *list, const DioGlDraw *draw, const DioMat4 *clip, Cuts cuts)
{
  ItemBlock block = { 0 };
  dio_mat4_to_float (clip, block.clip_from_mesh);
  dio_mat4_to_float (&draw->world_from_mesh, block.world_from_mesh);
  const DioVec3 axes[3] = { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } };
  for (int i = 0; i < 3; i++) {
    DioVec3 column = dio_mat4_transform_normal (&draw->world_from_mesh, axes[i]);
    block.normal[i * 4] = (float) column.x;
    block.normal[i * 4 + 1] = (float) column.y;
    block.normal[i * 4 + 2] = (float) column.z;
  }
  block.leaf[0] = draw->item->leaf;
  block.leaf[1] = draw->block;
  block.leaf[2] = (uint32_t) (draw->mesh->index_offset / sizeof (uint32_t));
  block.cut[0] = cuts.leaf;
  block.cut[1] = cuts.shadow;
  block.cut[2] = draw->mirrored ? -1 : 1;
  guint at = draw->block * DIO_GL_BLOCK_BYTES;
  memcpy (list->item_blocks->data + at, &block, sizeof block);
}

static void
write_slot (float out[static 8], const DioTextureSlot *slot)
{
  float m[6];
  dio_texture_slot_get_transform (slot, m);
  memcpy (out, m, 3 * sizeof (float));
  memcpy (out + 4, m + 3, 3 * sizeof (float));
  out[3] = slot->uv_set == 1 ? 1 : 0;
}

static guint
add_material (DioGlList *list, GHashTable *known, const DioMaterial *material)
{
  gpointer found = NULL;
  if (g_hash_table_lookup_extended (known, material, NULL, &found))
    return GPOINTER_TO_UINT (found);

  guint index = list->materials->len;
  MaterialBlock block = { 0 };
  memcpy (block.base_color, material->base_color, sizeof block.base_color);
  memcpy (block.emissive, material->emissive_nits, 3 * sizeof (float));
  block.emissive[3] = material->metallic;
  block.factors[0] = material->roughness;
  block.factors[1] = material->normal_scale;
  block.factors[2] = material->occlusion_strength;
  block.factors[3] = material->transmission;
  block.sampling[0] = (int32_t) material->base_color_texture.wrap_s;
  block.sampling[1] = (int32_t) material->base_color_texture.wrap_t;
  block.sampling[2] = material->base_color_texture.filter == DIO_FILTER_NEAREST;
  block.sampling[3] = material->base_color_texture.texture != NULL;
  write_slot (block.slots[0], &material->base_color_texture);
  write_slot (block.slots[1], &material->metallic_roughness_texture);
  write_slot (block.slots[2], &material->normal_texture);
  write_slot (block.slots[3], &material->occlusion_texture);
  write_slot (block.slots[4], &material->emissive_texture);
  g_byte_array_set_size (list->material_blocks, (index + 1) * DIO_GL_BLOCK_BYTES);
  memcpy (list->material_blocks->data + index * DIO_GL_BLOCK_BYTES, &block, sizeof block);
  g_ptr_array_add (list->materials, (gpointer) material);
  g_hash_table_insert (known, (gpointer) material, GUINT_TO_POINTER (index));
  return index;
}

/* Front to back; what lies in the same place by leaf, because the depth test keeps the first of equals
 * and labels give a tie to the lower leaf. */
static int
compare_draws_cb (gconstpointer a, gconstpointer b)
{
  const DioGlDraw *da = a, *db = b;
  if (da->distance_m != db->distance_m)
    return da->distance_m < db->distance_m ? -1 : 1;
  if (da->item->leaf != db->item->leaf)
    return da->item->leaf < db->item->leaf ? -1 : 1;
  return da->block < db->block ? -1 : da->block > db->block;
}

static DioMat4
camera_relative (const DioMat4 *world_from_mesh, const DioCamera *camera)
{
  DioMat4 m = *world_from_mesh;
  for (int i = 12; i < 15; i++)
    m.m[i] -= camera->world_from_camera.m[i];
  return m;
}

/* clip_from_world without the camera's translation, which camera_relative has taken out. */
static DioMat4
clip_from_directions (const DioCamera *camera)
{
  DioMat4 rotation = camera->world_from_camera, inverse;
  rotation.m[12] = rotation.m[13] = rotation.m[14] = 0;
  if (!dio_mat4_invert_affine (&rotation, &inverse))
    inverse = dio_mat4_identity ();
  DioMat4 clip = dio_gl_camera_clip (camera);
  return dio_mat4_multiply (&clip, &inverse);
}

/* What all items of a list are seen by. */
typedef struct {
  const DioFrame *frame;
  const DioCamera *camera;
  DioMat4 clip_from_world;
} View;

static int
get_layer (const DioFrame *frame, guint leaf)
{
  gboolean known = leaf >= 1 && leaf <= frame->leaves->len;
  return known ? g_array_index (frame->leaves, DioFrameLeaf, leaf - 1).layer : 0;
}

/* How much longer a transform makes its longest axis than its shortest one. */
static double
get_stretch (const DioMat4 *transform)
{
  double least = INFINITY, most = 0;
  for (int i = 0; i < 3; i++) {
    const double *axis = transform->m + i * 4;
    double length = dio_vec3_length (dio_vec3 (axis[0], axis[1], axis[2]));
    least = MIN (least, length);
    most = MAX (most, length);
  }
  return least > 0 ? most / least : 1;
}

static void
add_item (DioGlList *list, DioGlDraw *draw, const View *view)
{
  const DioFrame *frame = view->frame;
  const DioCamera *camera = view->camera;
  const DioFrameItem *item = draw->item;
  DioMat4 clip = dio_mat4_multiply (&view->clip_from_world, &draw->world_from_mesh);
  draw->mirrored = dio_mat4_determinant3 (&draw->world_from_mesh) < 0;
  draw->in_view = !dio_gl_box_is_outside (&item->mesh->bounds, &clip, FALSE);
  draw->bounds_m = dio_box3_transform (&item->mesh->bounds, &draw->world_from_mesh);
  const double *m = camera->world_from_camera.m;
  DioVec3 back = { m[8], m[9], m[10] };
  DioVec3 sum = dio_vec3_add (draw->bounds_m.min, draw->bounds_m.max);
  draw->distance_m =
      0.5 * (camera->orthographic ? -dio_vec3_dot (sum, back) : dio_vec3_length (sum));
  dio_box3_add_box (&list->bounds_m, &draw->bounds_m);
  if (draw->in_view) {
    dio_box3_add_box (&list->seen_m, &draw->bounds_m);
    list->blends |= item->material->alpha_mode == DIO_ALPHA_BLEND;
  }

  double share = 1 + LAYER_SHARE * CLAMP (get_layer (frame, item->leaf), -1000, 1000);
  for (int column = 0; column < 4; column++)
    clip.m[column * 4 + 2] *= share;
  Cuts cuts = get_cuts (frame, item);
  set_cuts (draw, cuts);
  draw->exact_depth = draw->mesh->slenderness * get_stretch (&draw->world_from_mesh) > SLENDER;
  write_item_block (list, draw, &clip, cuts);
}

void
dio_gl_list_build (DioGlList *list,
                   const DioFrame *frame,
                   const DioCamera *camera,
                   DioGlCache *cache)
{
  g_autoptr (GHashTable) known = g_hash_table_new (NULL, NULL);
  const View view = { frame, camera, clip_from_directions (camera) };
  list->clip_from_world = view.clip_from_world;
  const double *m = camera->world_from_camera.m;
  list->forward = dio_vec3_normalize (dio_vec3 (-m[8], -m[9], -m[10]));
  g_array_set_size (list->draws, 0);
  g_ptr_array_set_size (list->materials, 0);
  g_byte_array_set_size (list->item_blocks, frame->items->len * DIO_GL_BLOCK_BYTES);
  list->bounds_m = list->seen_m = dio_box3_empty ();
  list->blends = FALSE;

  for (guint i = 0; i < frame->items->len; i++) {
    const DioFrameItem *item = &g_array_index (frame->items, DioFrameItem, i);
    DioGlDraw draw = { .item = item, .block = i };
    draw.mesh = dio_gl_cache_get_mesh (cache, item->mesh);
    draw.material = add_material (list, known, item->material);
    draw.world_from_mesh = camera_relative (&item->world_from_mesh, camera);
    add_item (list, &draw, &view);
    g_array_append_val (list->draws, draw);
  }
  g_array_sort (list->draws, compare_draws_cb);
}
