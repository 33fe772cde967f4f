#define G_LOG_DOMAIN "dio-frame"

#include "dio-frame-model.h"

#include "dio-core-pose.h"
#include "dio-frame-hash-private.h"

static void
clear_part_cb (gpointer data)
{
  dio_mesh_unref (((DioModelPart *) data)->mesh);
}

static void
clear_group_cb (gpointer data)
{
  g_free (((DioModelGroup *) data)->name);
}

DioModel *
dio_model_new (void)
{
  DioModel *model = g_new0 (DioModel, 1);
  g_atomic_ref_count_init (&model->refs);
  model->parts = g_array_new (FALSE, TRUE, sizeof (DioModelPart));
  g_array_set_clear_func (model->parts, clear_part_cb);
  model->groups = g_array_new (FALSE, TRUE, sizeof (DioModelGroup));
  g_array_set_clear_func (model->groups, clear_group_cb);
  model->materials = g_ptr_array_new_with_free_func ((GDestroyNotify) dio_material_unref);
  model->bounds = dio_box3_empty ();
  return model;
}

DioModel *
dio_model_ref (DioModel *model)
{
  g_return_val_if_fail (model != NULL, NULL);
  g_atomic_ref_count_inc (&model->refs);
  return model;
}

void
dio_model_unref (DioModel *model)
{
  if (model == NULL || !g_atomic_ref_count_dec (&model->refs))
    return;
  g_array_unref (model->parts);
  g_array_unref (model->groups);
  g_ptr_array_unref (model->materials);
  g_free (model);
}

guint
dio_model_take_material (DioModel *model, DioMaterial *material)
{
  g_return_val_if_fail (model != NULL && material != NULL, 0);
  g_ptr_array_add (model->materials, material);
  return model->materials->len - 1;
}

guint
dio_model_add_group (DioModel *model, const char *name, DioGroupLabel label)
{
  g_return_val_if_fail (model != NULL && name != NULL, 0);
  DioModelGroup group = { .name = g_strdup (name), .label = label };
  g_array_append_val (model->groups, group);
  return model->groups->len - 1;
}

void
dio_model_take_part (
    DioModel *model, DioMesh *mesh, guint material, guint group, const DioMat4 *model_from_mesh)
{
  g_return_if_fail (model != NULL && mesh != NULL && model_from_mesh != NULL);
  g_return_if_fail (material < model->materials->len && group < model->groups->len);
  DioModelPart part = {
    .mesh = mesh,
    .material = material,
    .group = group,
    .model_from_mesh = *model_from_mesh,
  };
  g_array_append_val (model->parts, part);
}

static uint64_t
hash_floats (uint64_t state, const float *values, gsize n)
{
  for (gsize i = 0; i < n; i++)
    state = dio_frame_hash_double (state, values[i]);
  return state;
}

static uint64_t
hash_slot (uint64_t state, const DioTextureSlot *slot)
{
  state = dio_frame_hash_u64 (state, slot->texture != NULL ? slot->texture->key : 0);
  state = dio_frame_hash_u64 (state, slot->uv_set);
  state = hash_floats (state, slot->uv_offset, 2);
  state = hash_floats (state, slot->uv_scale, 2);
  state = hash_floats (state, &slot->uv_rotation_rad, 1);
  state = dio_frame_hash_u64 (state, slot->wrap_s);
  state = dio_frame_hash_u64 (state, slot->wrap_t);
  return dio_frame_hash_u64 (state, slot->filter);
}

static uint64_t
hash_material (uint64_t state, const DioMaterial *material)
{
  state = dio_frame_hash_string (state, material->name);
  state = hash_floats (state, material->base_color, 4);
  state = hash_floats (state, &material->metallic, 1);
  state = hash_floats (state, &material->roughness, 1);
  state = hash_floats (state, material->emissive_nits, 3);
  state = hash_floats (state, &material->normal_scale, 1);
  state = hash_floats (state, &material->occlusion_strength, 1);
  state = dio_frame_hash_u64 (state, material->alpha_mode);
  state = hash_floats (state, &material->alpha_cutoff, 1);
  state = dio_frame_hash_u64 (state, material->double_sided != FALSE);
  state = dio_frame_hash_u64 (state, material->unlit != FALSE);
  state = dio_frame_hash_u64 (state, material->label_surface);
  /* Models without glass keep the keys that they had before there was any. */
  if (material->transmission > 0)
    state = hash_floats (state, &material->transmission, 1);
  state = hash_slot (state, &material->base_color_texture);
  state = hash_slot (state, &material->metallic_roughness_texture);
  state = hash_slot (state, &material->normal_texture);
  state = hash_slot (state, &material->occlusion_texture);
  return hash_slot (state, &material->emissive_texture);
}

void
dio_model_seal (DioModel *model)
{
  g_return_if_fail (model != NULL);
  model->bounds = dio_box3_empty ();
  uint64_t state = dio_frame_hash_string (0, "model");

  state = dio_frame_hash_u64 (state, model->parts->len);
  for (guint i = 0; i < model->parts->len; i++) {
    const DioModelPart *part = &g_array_index (model->parts, DioModelPart, i);
    DioBox3 box = dio_box3_transform (&part->mesh->bounds, &part->model_from_mesh);
    dio_box3_add_box (&model->bounds, &box);
    state = dio_frame_hash_u64 (state, part->mesh->key);
    state = dio_frame_hash_u64 (state, part->material);
    state = dio_frame_hash_u64 (state, part->group);
    for (int k = 0; k < 16; k++)
      state = dio_frame_hash_double (state, part->model_from_mesh.m[k]);
  }
  state = dio_frame_hash_u64 (state, model->groups->len);
  for (guint i = 0; i < model->groups->len; i++) {
    const DioModelGroup *group = &g_array_index (model->groups, DioModelGroup, i);
    state = dio_frame_hash_string (state, group->name);
    state = dio_frame_hash_u64 (state, group->label);
  }
  state = dio_frame_hash_u64 (state, model->materials->len);
  for (guint i = 0; i < model->materials->len; i++)
    state = hash_material (state, g_ptr_array_index (model->materials, i));
  model->key = dio_frame_hash_finish (state);
}

guint64
dio_model_count_triangles (const DioModel *model)
{
  g_return_val_if_fail (model != NULL, 0);
  guint64 n = 0;
  for (guint i = 0; i < model->parts->len; i++)
    n += g_array_index (model->parts, DioModelPart, i).mesh->n_triangles;
  return n;
}
