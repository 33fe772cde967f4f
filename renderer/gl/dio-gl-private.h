#pragma once
/* Thread: render (current context). What the files of this folder share. Inside, positions are relative
 * to the camera (world axes), so that floats keep their precision far from the origin. */

#include "dio-core-vec.h"
#include "dio-frame.h"
#include "dio-gl.h"

#include <epoxy/gl.h>

G_BEGIN_DECLS

/* ---- context ---- */

/** Programmer error unless @context is current on the calling thread. */
void dio_gl_context_assert_current (const DioGlContext *context);
/** FALSE with an error that names @what where OpenGL reported one since the last check. */
gboolean dio_gl_context_check (DioGlContext *context, const char *what, GError **error);
guint dio_gl_context_get_max_texture_px (const DioGlContext *context);
float dio_gl_context_get_max_anisotropy (const DioGlContext *context);

/* ---- programs ---- */

/** Programs by shader files and defines, compiled on first use. */
typedef struct DioGlPrograms DioGlPrograms;

DioGlPrograms *dio_gl_programs_new (DioGlContext *context) G_GNUC_WARN_UNUSED_RESULT;
void dio_gl_programs_free (DioGlPrograms *programs);
/** Whether programs that are asked for from now on draw for an orthographic camera. */
void dio_gl_programs_set_orthographic (DioGlPrograms *programs, gboolean orthographic);
/** @defines: words separated by spaces, each becomes a `#define`. 0 with an error where it does not compile. */
GLuint dio_gl_programs_get (DioGlPrograms *programs,
                            const char *vertex,
                            const char *fragment,
                            const char *defines,
                            GError **error);

/* ---- caches of meshes and textures ---- */

/** A mesh on the GPU. */
typedef struct {
  uint64_t key;
  guint64 last_frame;
  gsize bytes;
  GLuint vertex_array, buffer;
  gsize index_offset;
  GLsizei n_indices;
  gboolean has_tangents, has_colors;
  double slenderness; /**< the most of its triangles: longest side for height over it */
} DioGlMesh;

typedef struct {
  uint64_t key;
  guint64 last_frame;
  gsize bytes;
  GLuint texture;
} DioGlTexture;

typedef struct DioGlCache DioGlCache;

DioGlCache *dio_gl_cache_new (DioGlContext *context, gsize bound_bytes) G_GNUC_WARN_UNUSED_RESULT;
void dio_gl_cache_free (DioGlCache *cache);
/** Marks what @frame uses, deletes the least lately used rest down to the bound. */
void dio_gl_cache_begin_frame (DioGlCache *cache, const DioFrame *frame);
/** Uploads where it is not there yet. */
const DioGlMesh *dio_gl_cache_get_mesh (DioGlCache *cache, const DioMesh *mesh);
/** @alpha: its alpha says where a surface is (base colours that cut or blend), so that its levels weigh colours by it. */
GLuint dio_gl_cache_get_texture (DioGlCache *cache, const DioTexture *texture, gboolean alpha);
/** What alpha.glsl cuts by: the alpha of the slot's texture, four texels in one. */
GLuint dio_gl_cache_get_alpha (DioGlCache *cache, const DioTextureSlot *slot);
gsize dio_gl_cache_get_bytes (const DioGlCache *cache);

/* ---- environments ---- */

/** Spherical harmonics of degree 0, 1, 2 and 4: of degree 3 a cosine sees nothing. */
#define DIO_GL_N_HARMONICS 18

typedef struct {
  uint64_t key;
  guint64 last_used;
  GLuint specular, background;
  /** By normal direction, in polynomials of spherical harmonics: see environment.glsl. */
  float irradiance[DIO_GL_N_HARMONICS][4];
  guint width_px; /**< of level 0 of the background */
  gsize bytes;
} DioGlEnvironment;

typedef struct DioGlEnvironments DioGlEnvironments;

DioGlEnvironments *dio_gl_environments_new (DioGlContext *context,
                                            DioGlPrograms *programs) G_GNUC_WARN_UNUSED_RESULT;
void dio_gl_environments_free (DioGlEnvironments *environments);
/** Uploads and convolves on first use; a frame without a picture gets a black one. */
const DioGlEnvironment *dio_gl_environments_get (DioGlEnvironments *environments,
                                                 const DioEnvironment *environment,
                                                 GError **error);
gsize dio_gl_environments_get_bytes (const DioGlEnvironments *environments);

/* ---- tables of GGX ---- */

/** By (n.v, roughness), 64 x 64, tables one over the other. First: directional albedo, x scale and y bias of f0 (Karis,
 * "Real shading in Unreal Engine 4", 2013); z: the mean albedo over all angles for f0 = 1. Then DIO_GL_N_TAPS lookups in
 * the environment that make up the lobe (fit-lobe.c): x: place from the normal, 0, to the mirrored direction, 1; y: level
 * of the specular cube; z: its share of x + y above, w: of y. */
GLuint dio_gl_dfg_texture_new (void) G_GNUC_WARN_UNUSED_RESULT;
/** By (sqrt (1 - n.v), roughness): a linearly transformed cosine, see fit-ltc.c. */
GLuint dio_gl_ltc_texture_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* ---- draw list ---- */

#define DIO_GL_BLOCK_BYTES 256

/** One draw: an item of the frame with what each pass needs. */
typedef struct {
  const DioFrameItem *item;
  const DioGlMesh *mesh;
  guint block;             /**< index of its Item block */
  guint material;          /**< index of its Material block */
  double distance_m;       /**< of its box's centre from the camera */
  DioMat4 world_from_mesh; /**< camera-relative */
  DioBox3 bounds_m;        /**< camera-relative */
  gboolean mirrored;       /**< its transform turns the winding over */
  gboolean in_view;        /**< may touch the camera's view */
  gboolean has_leaf;       /**< may own pixels */
  gboolean leaf_cut;       /**< where it owns pixels depends on alpha */
  gboolean exact_depth;    /**< has triangles so long that ids need depth.glsl */
  gboolean casts;          /**< into shadow maps */
  gboolean shadow_cut;     /**< the shadow depends on alpha */
} DioGlDraw;

/** Everything to draw for one camera. */
typedef struct {
  GArray *draws;        /**< of DioGlDraw, front to back, then by leaf and place in the frame */
  GPtrArray *materials; /**< (unowned) DioMaterial* by block */
  GByteArray *item_blocks, *material_blocks;
  DioMat4 clip_from_world; /**< from camera-relative */
  DioVec3 forward;         /**< the camera's axis, world, unit */
  DioBox3 bounds_m;        /**< of all items, camera-relative */
  DioBox3 seen_m;          /**< of the items in view */
  gboolean blends;         /**< some item in view lets through what lies behind it */
} DioGlList;

void dio_gl_list_init (DioGlList *list);
void dio_gl_list_clear (DioGlList *list);
/** Fills @list, uploading meshes on the way. @clip_from_camera as dio_gl_camera_clip gives it. */
void dio_gl_list_build (DioGlList *list,
                        const DioFrame *frame,
                        const DioCamera *camera,
                        DioGlCache *cache);
/** Whether no part of @box shows in the clip volume; @ignore_depth: depth does not matter. */
gboolean dio_gl_box_is_outside (const DioBox3 *box,
                                const DioMat4 *clip_from_box,
                                gboolean ignore_depth);
/** dio_camera_clip_from_camera with the far plane of a perspective at infinity: rays have none either. */
DioMat4 dio_gl_camera_clip (const DioCamera *camera);

/* ---- lights and their shadow maps ---- */

#define DIO_GL_MAX_SUNS 8
#define DIO_GL_MAX_LAMPS 64
#define DIO_GL_MAX_RECTS 16
#define DIO_GL_CASCADES 3
#define DIO_GL_SUN_LAYERS 6
#define DIO_GL_LAMP_LAYERS 18
#define DIO_GL_LAYERS (DIO_GL_SUN_LAYERS + DIO_GL_LAMP_LAYERS)

/* The blocks of shadow.glsl, std140. */
typedef struct {
  float to_light[4], lux[4], reach[4], block[4], right[4], down[4];
} DioGlSunBlock;

typedef struct {
  float position[4], candela[4], axis[4], cone[4];
} DioGlLampBlock;

typedef struct {
  float center[4], half_x[4], half_y[4], axis[4], nits[4], soft[4];
} DioGlRectBlock;

typedef struct {
  DioGlSunBlock suns[DIO_GL_MAX_SUNS];
  DioGlLampBlock lamps[DIO_GL_MAX_LAMPS];
  DioGlRectBlock rects[DIO_GL_MAX_RECTS];
} DioGlLightBlock;

typedef struct {
  float from_world[DIO_GL_LAYERS][16];
  float texel[DIO_GL_LAYERS][4];
} DioGlShadowBlock;

/** The part of a camera's view between two depths, camera-relative: inward planes (n.p + w >= 0 inside) and corners. */
typedef struct {
  double planes[6][4];
  DioVec3 corners[8];
} DioGlSlice;

/** Planes lie @wider_m outside, corners do not. */
void dio_gl_slice_init (
    DioGlSlice *slice, const DioCamera *camera, double from_m, double to_m, double wider_m);
/** Appends the corners (DioVec3) of what @slice, not widened, and @box share, some of them several times. */
void dio_gl_slice_share (const DioGlSlice *slice, const DioBox3 *box, GArray *points);

/** One shadow map to draw. */
typedef struct {
  gboolean used;
  DioMat4 clip_from_world; /**< camera-relative world */
  gboolean clamp;          /**< casters before the near plane still cast (suns) */
  DioVec3 sweep;           /**< unit, the way a sun shines */
  DioGlSlice slice;        /**< what the map serves; only of suns */
} DioGlShadowView;

typedef struct {
  DioGlLightBlock lights;
  DioGlShadowBlock shadows;
  guint n_suns, n_lamps, n_rects;
  guint n_sun_shadows;                  /**< the first of the suns have cascades */
  DioGlShadowView views[DIO_GL_LAYERS]; /**< suns' layers, then lamps' */
} DioGlLights;

/** What places lights and fits their maps. */
typedef struct {
  const DioFrame *frame;
  const DioCamera *camera;
  const DioGlList *list;
  guint sun_size_px, lamp_size_px;
  gboolean no_shadows;
} DioGlLightsDesc;

/** Sorts the frame's lights into blocks and chooses which cast shadows: the two strongest suns, and
 * among lamps the strongest at the scene until the layers are spent. */
void dio_gl_lights_build (DioGlLights *lights, const DioGlLightsDesc *desc);
/** Cascades of the frame's sun @light, the block of which is @sun, into @lights. */
void dio_gl_shadow_fit_sun (DioGlLights *lights,
                            const DioGlLightsDesc *desc,
                            const DioFrameLight *light,
                            guint sun);
/** Whether the shadow of a caster in @caster can fall into what @view serves; @scene_m holds all that may be
 * seen. Both camera-relative. */
gboolean dio_gl_shadow_may_reach (const DioGlShadowView *view,
                                  const DioBox3 *caster,
                                  const DioBox3 *scene_m);
/** A perspective map that looks along @axis (camera-relative world) from @position. */
typedef struct {
  DioVec3 position_m, axis;
  double tan_half; /**< of its opening */
  double near_m, far_m;
  guint layer; /**< counted from the suns' first */
} DioGlLampView;
void dio_gl_shadow_set_lamp (DioGlLights *lights,
                             const DioGlLightsDesc *desc,
                             const DioGlLampView *view);

/* ---- render targets ---- */

/** Colours of 4 samples a pixel. */
typedef struct {
  GLuint color, lit_depth;  /**< depth tells which samples are lit */
  GLuint light_framebuffer; /**< both */
  GLuint blend_framebuffer; /**< colour with the surfaces' depth */
} DioGlSampleTarget;

/** Size-dependent textures and framebuffers: what ids and sketches need, and @full what pictures need. */
typedef struct {
  guint width_px, height_px;
  gboolean full;
  /** of sketches, on demand: RGBA8, RG16_SNORM; the framebuffer draws both and leaf with leaf_depth */
  GLuint base, normal, sketch_framebuffer;
  GLuint surface_samples, key_samples, depth_samples, surface_framebuffer; /**< RGBA32UI, R32UI */
  GLuint light, light_depth, light_framebuffer; /**< RGBA32F sum of a pixel; see lighting.frag */
  /** One pair for exposed light (RGBA16F), one for nits (RGBA32F), on demand: only where surfaces blend. */
  DioGlSampleTarget samples[2];
  GLuint rgb, rgb_framebuffer;               /**< RGBA8 */
  GLuint leaf, leaf_depth, leaf_framebuffer; /**< R16UI, DEPTH32F */
  GLuint ao[2], ao_framebuffer[2];           /**< RG16F, half the size */
  gsize bytes;
} DioGlTargets;

/** A picture's size and what is drawn into it. */
typedef struct {
  guint width_px, height_px;
  gboolean full;
  gboolean light; /**< sketches: their light is wanted */
} DioGlTargetsDesc;

/** Targets kept of other sizes: those of a sensor, of a view and of its drafts take turns. */
#define DIO_GL_SPARE_TARGETS 2

/** Makes @targets fit, in exchange with one of @spares where that has the size; FALSE where the driver cannot. */
gboolean dio_gl_targets_require (DioGlTargets *targets,
                                 DioGlTargets spares[static DIO_GL_SPARE_TARGETS],
                                 const DioGlTargetsDesc *desc,
                                 GError **error);
/** Makes the samples for exposed light or, with @linear, for nits. */
gboolean dio_gl_targets_require_samples (DioGlTargets *targets, gboolean linear, GError **error);
void dio_gl_targets_clear (DioGlTargets *targets);

/* ---- the renderer and its passes ---- */

/** Texture units as the shaders name them. */
enum {
  DIO_GL_UNIT_BASE_COLOR,
  DIO_GL_UNIT_METALLIC_ROUGHNESS,
  DIO_GL_UNIT_NORMAL,
  DIO_GL_UNIT_OCCLUSION,
  DIO_GL_UNIT_EMISSIVE,
  DIO_GL_UNIT_DFG,
  DIO_GL_UNIT_SPECULAR,
  DIO_GL_UNIT_LTC,
  DIO_GL_UNIT_BACKGROUND,
  DIO_GL_UNIT_SUN_SHADOW,
  DIO_GL_UNIT_LAMP_SHADOW,
  DIO_GL_UNIT_SUN_DEPTH,
  DIO_GL_UNIT_LAMP_DEPTH,
  DIO_GL_UNIT_AO,
  DIO_GL_UNIT_BACKDROP,
  DIO_GL_UNIT_SUN_RANGE,
  DIO_GL_UNIT_ALPHA,
};

/** Bindings of uniform blocks. */
enum {
  DIO_GL_BLOCK_FRAME,
  DIO_GL_BLOCK_ITEM,
  DIO_GL_BLOCK_MATERIAL,
  DIO_GL_BLOCK_LIGHTS,
  DIO_GL_BLOCK_SHADOWS,
  DIO_GL_N_BLOCKS,
};

/** Wrap s, wrap t, filter. */
#define DIO_GL_N_SAMPLERS (3 * 3 * 2)

struct DioGlRenderer {
  DioGlContext *context;
  DioGlOptions options;
  DioGlPrograms *programs;
  DioGlCache *cache;
  DioGlEnvironments *environments;
  DioGlTargets targets, spare_targets[DIO_GL_SPARE_TARGETS];
  DioGlList list;
  DioGlLights lights;
  guint sun_size_px, lamp_size_px;
  GLuint dfg, ltc, white;                      /**< textures */
  GLuint shadow_map[2], shadow_framebuffer[2]; /**< suns', lamps' */
  GLuint sun_range, sun_range_framebuffer;     /**< see dio-gl-shadow-range.c */
  GLuint compare_sampler, depth_sampler;       /**< of shadow maps */
  GLuint samplers[DIO_GL_N_SAMPLERS];          /**< of materials */
  GLuint blocks[DIO_GL_N_BLOCKS];              /**< uniform buffers */
  GLuint blend_indices;                        /**< of blended triangles in their order */
  GLuint vertex_array;                         /**< empty */
  gboolean fog;                                /**< in the frame that is drawn */
};

/** Draws every shadow map of the frame's lights. */
gboolean dio_gl_pass_shadows (DioGlRenderer *self, GError **error);
/** Makes and deletes what measures the suns' maps; measures them after they are drawn. */
void dio_gl_shadow_range_init (DioGlRenderer *self);
void dio_gl_shadow_range_clear (DioGlRenderer *self);
/** Texels of a side of the blocks that serve filters which reach @reach_px far. */
guint dio_gl_shadow_get_block_px (double reach_px);
gboolean dio_gl_pass_shadow_ranges (DioGlRenderer *self, GError **error);
/** Ids and depth at pixel centres. */
gboolean dio_gl_pass_leaves (DioGlRenderer *self, GError **error);
/** Ambient occlusion from the depth of the leaf pass. */
gboolean dio_gl_pass_ambient_occlusion (DioGlRenderer *self, GError **error);
/** What every sample shows: opaque surfaces front to back. */
gboolean dio_gl_pass_surfaces (DioGlRenderer *self, GError **error);
/** The light of a picture. */
typedef struct {
  const DioCamera *camera;
  const DioGlEnvironment *environment;
  DioToneCurve tone;
  gboolean linear; /**< nits, without exposure and tone */
} DioGlColorsDesc;

/** Adds what programs that end in a tone curve, or in linear light, are made for. */
void dio_gl_pass_append_tone (const DioGlColorsDesc *desc, GString *defines);

/** The picture: light on the surfaces, background, blended surfaces back to front. The sum of a pixel where no
 * surface blends, else samples. */
gboolean dio_gl_pass_colors (DioGlRenderer *self, const DioGlColorsDesc *desc, GError **error);
/** Instead of all others: a quick picture and ids. */
gboolean dio_gl_pass_sketch (DioGlRenderer *self, const DioGlColorsDesc *desc, GError **error);
/** Fills depth and normals of @out from the sketch of @camera that was drawn last. */
void dio_gl_sketch_read_geometry (const DioGlTargets *targets,
                                  const DioCamera *camera,
                                  DioGlOutput *out);
/** To pixels: tone curve and sRGB into targets.rgb, or plain nits into targets.light. */
gboolean dio_gl_pass_resolve (DioGlRenderer *self, const DioGlColorsDesc *desc, GError **error);
/** A fullscreen triangle by @fragment. */
gboolean dio_gl_pass_fullscreen (DioGlRenderer *self,
                                 const char *fragment,
                                 const char *defines,
                                 GError **error);
/** Binds @framebuffer for meshes seen by the camera. */
void dio_gl_pass_begin_camera (const DioGlRenderer *self, GLuint framebuffer);
/** Binds @framebuffer for what is drawn without depth. */
void dio_gl_pass_begin_picture (GLuint framebuffer, guint width_px, guint height_px);
/** Appends how many lights there are and whether there is fog. */
void dio_gl_pass_append_lights (const DioGlRenderer *self, GString *defines);
/** Appends what programs that show the background need to know. */
void dio_gl_backdrop_append (const DioCamera *camera, GString *defines);
/** Sets the uniforms and texture of such a program. */
void dio_gl_backdrop_bind (DioGlRenderer *self, const DioCamera *camera, GLuint program);
/** The environment's textures and shadow maps. */
void dio_gl_pass_bind_surroundings (DioGlRenderer *self, const DioGlEnvironment *environment);
void dio_gl_pass_draw_mesh (const DioGlDraw *draw);
/** State that every draw of @draw needs: winding, culling, its Item block, its vertices. */
void dio_gl_pass_bind_draw (DioGlRenderer *self, const DioGlDraw *draw);
/** The Material block of @draw and, with @textures, what it samples. */
void dio_gl_pass_bind_material (DioGlRenderer *self, const DioGlDraw *draw, gboolean textures);

/** One thread of the process at a time makes, draws with and frees OpenGL objects, whatever its context: the contexts
 * of Mesa 22's llvmpipe share a rasterizer, and two of them at once have crashed in it. Nests. */
void dio_gl_lock (void);
void dio_gl_unlock (void);
/** Holds the lock until the end of the block. */
typedef gboolean DioGlLocked;
static inline void
dio_gl_locked_clear (DioGlLocked *locked)
{
  if (*locked)
    dio_gl_unlock ();
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DioGlLocked, dio_gl_locked_clear)
#define DIO_GL_LOCK_BLOCK() G_GNUC_UNUSED g_auto (DioGlLocked) locked_ = (dio_gl_lock (), TRUE)

G_END_DECLS
