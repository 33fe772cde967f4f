/* Depth of ids on triangles that are very long for their width: which of two surfaces millimetres apart is the nearer. */

#include "gl-scene.h"

#include "dio-core-pose.h"
#include "dio-core-vec.h"
#include "dio-gl.h"

#include <math.h>

static DioGlContext *context;
static DioGlRenderer *renderer;

#define N_STRIPS 24
/* Half a strip's width, and how far before the wall it lies. */
#define HALF_M 0.0006
#define GAP_M 0.0004

/* How strips come to be slender: by a transform, by their mesh, seen without perspective. */
typedef enum { STRIP_STRETCHED, STRIP_MESH, STRIP_PARALLEL } StripCase;

/* Strips of 1.2 mm by 24 m along X in the plane y = 0, where the camera at y = -1.5 sees them go by. */
static double
get_strip_z (guint i)
{
  return -0.6 + 0.0517 * i;
}

/* The square turned to face -Y: x = -12 .. 12 about @x, z = @half_m about @z. */
static DioMat4
place_upright (double y, double z, double half_m)
{
  DioMat4 place = gl_place (14, y, z, 1);
  place.m[0] = 12;
  place.m[5] = 0;
  place.m[6] = half_m;
  place.m[9] = -1;
  place.m[10] = 0;
  return place;
}

static DioMesh *
new_slender_mesh (const DioMat4 *place)
{
  DioMesh *square = gl_mesh_quad ();
  const DioMeshDesc desc = { .n_vertices = 4, .n_triangles = 2 };
  DioMesh *mesh = dio_mesh_new (&desc);
  for (guint i = 0; i < 4; i++) {
    const float *from = square->positions[i];
    DioVec3 p = dio_mat4_transform_point (place, dio_vec3 (from[0], from[1], from[2]));
    const float position[3] = { (float) p.x, (float) p.y, (float) p.z }, normal[3] = { 0, -1, 0 };
    for (guint k = 0; k < 3; k++) {
      mesh->positions[i][k] = position[k];
      mesh->normals[i][k] = normal[k];
    }
  }
  for (guint i = 0; i < 2; i++)
    for (guint k = 0; k < 3; k++)
      mesh->triangles[i][k] = square->triangles[i][k];
  dio_mesh_seal (mesh);
  dio_mesh_unref (square);
  return mesh;
}

static DioFrame *
make_strips (StripCase kind)
{
  DioFrame *frame = gl_scene_new (640, 480, dio_vec3 (0, -1.5, 0), dio_vec3 (9, 0, 0));
  DioCamera *camera = gl_scene_get_camera (frame);
  if (kind == STRIP_PARALLEL) {
    camera->orthographic = TRUE;
    camera->fx = camera->fy = 200;
    camera->far_m = 60;
  }
  for (guint i = 0; i < N_STRIPS; i++) {
    DioMat4 place = place_upright (0, get_strip_z (i), HALF_M), still = gl_place (0, 0, 0, 1);
    gboolean baked = kind == STRIP_MESH;
    gl_scene_take_item (frame, baked ? new_slender_mesh (&place) : gl_mesh_quad (),
                        gl_material (0.5f, 0.5f, 0.5f, 0, 1), baked ? &still : &place);
  }
  DioMat4 wall = place_upright (GAP_M, 0, 4);
  gl_scene_take_item (frame, gl_mesh_quad (), gl_material (0.5f, 0.5f, 0.5f, 0, 1), &wall);
  return frame;
}

/* Where the pixel position meets the plane y = 0; NAN behind the camera. */
static DioVec3
meet_plane (const DioCamera *camera, double x, double y)
{
  DioVec3 at = dio_vec3 ((x - camera->cx) / camera->fx, -(y - camera->cy) / camera->fy, -1);
  DioVec3 eye = dio_vec3 (0, 0, 0), along = at;
  if (camera->orthographic) {
    eye = dio_vec3 (at.x, at.y, 0);
    along = dio_vec3 (0, 0, -1);
  }
  eye = dio_mat4_transform_point (&camera->world_from_camera, eye);
  along = dio_mat4_transform_vector (&camera->world_from_camera, along);
  double share = -eye.y / along.y;
  return dio_vec3_add (eye, dio_vec3_scale (along, share > 0 ? share : NAN));
}

/* The strip at a pixel position, 0 for none, G_MAXUINT within 1/256 px of one's edge. */
static guint
find_strip (const DioCamera *camera, double x, double y)
{
  DioVec3 at = meet_plane (camera, x, y), below = meet_plane (camera, x, y + 1.0 / 256);
  double margin = fabs (at.z - below.z);
  guint nearest = (guint) CLAMP (round ((at.z + 0.6) / 0.0517), 0, N_STRIPS - 1);
  double off = fabs (at.z - get_strip_z (nearest));
  if (!(fabs (off - HALF_M) > margin) || !(fabs (fabs (at.x - 14) - 12) > 0.2))
    return G_MAXUINT;
  return off < HALF_M && fabs (at.x - 14) < 12 ? nearest + 1 : 0;
}

/* Every centre within a strip is the strip's, though the wall is 0.4 mm behind it. */
static void
test_strips (gconstpointer data)
{
  g_autoptr (DioFrame) frame = make_strips ((StripCase) GPOINTER_TO_INT (data));
  const DioCamera *camera = gl_scene_get_camera (frame);
  g_autoptr (GError) error = NULL;
  guint inside = 0, wrong = 0;
  for (guint sketch = 0; sketch < 2; sketch++) {
    const DioGlViewDesc desc = { .want_leaf = TRUE, .sketch = sketch != 0 };
    g_auto (DioGlOutput) out = { 0 };
    g_assert_true (dio_gl_renderer_draw_view (renderer, frame, camera, &desc, &out, &error));
    g_assert_no_error (error);
    for (guint y = 0; y < 480; y++)
      for (guint x = 0; x < 640; x++) {
        guint strip = find_strip (camera, x + 0.5, y + 0.5);
        if (strip == 0 || strip == G_MAXUINT)
          continue;
        inside++;
        wrong += out.leaf->u16[y * 640 + x] != strip;
      }
  }
  g_test_message ("%u of %u centres within strips show what is behind", wrong, inside);
  g_assert_cmpuint (inside, >, 400);
  g_assert_cmpuint (wrong, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  GError *error = NULL;
  context = dio_gl_context_new_headless (&error);
  g_assert_no_error (error);
  renderer = dio_gl_renderer_new (context, NULL, &error);
  g_assert_no_error (error);
  g_test_add_data_func ("/gl/depth/stretched", GINT_TO_POINTER (STRIP_STRETCHED), test_strips);
  g_test_add_data_func ("/gl/depth/slender-mesh", GINT_TO_POINTER (STRIP_MESH), test_strips);
  g_test_add_data_func ("/gl/depth/parallel", GINT_TO_POINTER (STRIP_PARALLEL), test_strips);
  int status = g_test_run ();
  dio_gl_renderer_free (renderer);
  dio_gl_context_free (context);
  return status;
}
