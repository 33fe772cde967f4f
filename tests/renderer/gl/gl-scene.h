#pragma once
/* Thread: any. Small worlds for the tests of the raster renderer, built without documents. */

#include "dio-frame.h"

G_BEGIN_DECLS

/** A frame with one camera of @width x @height at @eye that looks at @target; black surroundings,
 * EV100 chosen so that 1000 nits are exposed to 1. */
DioFrame *gl_scene_new (guint width, guint height, DioVec3 eye, DioVec3 target)
    G_GNUC_WARN_UNUSED_RESULT;
DioCamera *gl_scene_get_camera (DioFrame *frame);
/** Takes mesh and material, appends a leaf of its own, returns its id. */
guint gl_scene_take_item (DioFrame *frame,
                          DioMesh *mesh,
                          DioMaterial *material,
                          const DioMat4 *world_from_mesh);
DioFrameLeaf *gl_scene_get_leaf (DioFrame *frame, guint leaf);
/** A light at @position that shines along @axis; the caller sets the rest of what it returns. */
DioFrameLight *gl_scene_add_light (
    DioFrame *frame, DioLightKind kind, double intensity, DioVec3 position, DioVec3 axis);
/** An environment of one radiance. */
void gl_scene_set_constant_sky (DioFrame *frame, float nits);

/** Sphere of radius 1 by latitude and longitude, with uv and tangents. */
DioMesh *gl_mesh_sphere (guint rings) G_GNUC_WARN_UNUSED_RESULT;
/** Square -1..1 in the plane z = 0 that faces +Z; u along +X, v along -Y. */
DioMesh *gl_mesh_quad (void) G_GNUC_WARN_UNUSED_RESULT;
/** Cube -1..1 with flat normals. */
DioMesh *gl_mesh_cube (void) G_GNUC_WARN_UNUSED_RESULT;
DioMaterial *gl_material (float r, float g, float b, float metallic, float roughness)
    G_GNUC_WARN_UNUSED_RESULT;
/** An RGBA texture from a function of the texel. */
typedef void (*GlTexelFunc) (guint x, guint y, uint8_t rgba[static 4]);
DioTexture *gl_texture (guint width, guint height, gboolean srgb, GlTexelFunc func)
    G_GNUC_WARN_UNUSED_RESULT;
/** Uniform scale, then translation. */
DioMat4 gl_place (double x, double y, double z, double scale);

/** Writes a PNG into $G_TEST_TMPDIR, else the temporary folder. */
void gl_save_png (const DioImage *image, const char *name);

G_END_DECLS
