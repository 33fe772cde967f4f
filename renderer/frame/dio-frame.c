#define G_LOG_DOMAIN "dio-frame"

#include "dio-frame.h"

#include "dio-core-math.h"
#include "dio-core-pose.h"

#include <math.h>

static void
clear_item_cb (gpointer data)
{
  DioFrameItem *item = data;
  dio_mesh_unref (item->mesh);
  dio_material_unref (item->material);
}

static void
clear_leaf_cb (gpointer data)
{
  DioFrameLeaf *leaf = data;
  g_free (leaf->name);
  g_free (leaf->node_id);
}

static void
clear_instance_cb (gpointer data)
{
  DioFrameInstance *instance = data;
  g_free (instance->name);
  g_free (instance->node_id);
}

static GArray *
new_array (gsize element_bytes, GDestroyNotify clear_cb)
{
  GArray *array = g_array_new (FALSE, TRUE, (guint) element_bytes);
  if (clear_cb != NULL)
    g_array_set_clear_func (array, clear_cb);
  return array;
}

DioFrame *
dio_frame_new (void)
{
  DioFrame *frame = g_new0 (DioFrame, 1);
  g_atomic_ref_count_init (&frame->refs);
  frame->items = new_array (sizeof (DioFrameItem), clear_item_cb);
  frame->leaves = new_array (sizeof (DioFrameLeaf), clear_leaf_cb);
  frame->instances = new_array (sizeof (DioFrameInstance), clear_instance_cb);
  frame->lights = new_array (sizeof (DioFrameLight), NULL);
  frame->cameras = new_array (sizeof (DioCamera), NULL);
  frame->backdrops = g_ptr_array_new_with_free_func ((GDestroyNotify) dio_texture_unref);
  frame->environment.visible = TRUE;
  return frame;
}

DioFrame *
dio_frame_ref (DioFrame *frame)
{
  g_return_val_if_fail (frame != NULL, NULL);
  g_atomic_ref_count_inc (&frame->refs);
  return frame;
}

void
dio_frame_unref (DioFrame *frame)
{
  if (frame == NULL || !g_atomic_ref_count_dec (&frame->refs))
    return;
  g_array_unref (frame->items);
  g_array_unref (frame->leaves);
  g_array_unref (frame->instances);
  g_array_unref (frame->lights);
  g_array_unref (frame->cameras);
  g_ptr_array_unref (frame->backdrops);
  dio_image_unref (frame->environment.radiance);
  g_free (frame);
}

DioVec3
dio_environment_direction (double u, double v)
{
  /* Bearing clockwise from +Y as on a map, angle from the zenith downwards. */
  double bearing = (u - 0.5) * (2 * DIO_PI);
  double polar = v * DIO_PI;
  double ring = dio_sin (polar);
  return (DioVec3){ ring * dio_sin (bearing), ring * dio_cos (bearing), dio_cos (polar) };
}

void
dio_environment_uv (DioVec3 direction, double *u, double *v)
{
  double ring = sqrt (direction.x * direction.x + direction.y * direction.y);
  *u = dio_atan2 (direction.x, direction.y) / (2 * DIO_PI) + 0.5;
  *v = dio_atan2 (ring, direction.z) / DIO_PI;
}
