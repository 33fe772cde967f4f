#pragma once
/* Thread: as dio-rays.h. What the files of this folder share.
 *
 * Frames used in here:
 * - camera: axes of dio-core-conventions.h (looks along -Z), origin at the eye. The top level of the Embree
 *   scene is built in this frame for one camera at a time, so that single precision is spent on distances to
 *   the eye, never on distances to the world's origin.
 * - view: the same origin with OpenCV's axes: x right, y down, z = depth_z.
 * - canvas: pixels of the 3W x 3H canvas, image pixel (x, y) at (x + W, y + H). Bits and rasterised
 *   positions are in canvas pixels.
 * Rays have direction ((x - cx) / fx, -(y - cy) / fy, -1), so a ray's parameter is depth_z. */

#include "dio-rays.h"

#include <embree3/rtcore.h>

/** Surfaces of different leaves are coplanar where their distance along the normal is at most
 * COPLANAR * (depth_z + 1 m): a few roundings of the float coordinates of meshes. At 10 m this is 2.2
 * micrometres, so a film 14 micrometres above a plate keeps its own order up to 69 m. */
#define COPLANAR 2e-7
/** Depths closer than this share of depth_z may be ordered differently by a float depth buffer. */
#define DEPTH_TIE 4e-6
/** Another renderer may place an edge this far from where it is (pixels). */
#define EDGE_PX (1.0 / 256.0)
/** A non-owner veils what is behind it from this opacity on. */
#define VEIL_OPACITY 0.05
#define NO_ITEM G_MAXUINT

/** An edge of a mesh between two vertices; the triangle at its other side is NO_ITEM at a border. */
typedef struct {
  guint from, to;
  guint triangle, other;
  gboolean seam; /**< texture coordinates or colours jump here, and with them alpha */
} RayEdge;

/** The edges of one mesh, inner ones once; immutable, kept with its structure. */
typedef struct {
  gatomicrefcount refs;
  guint n_edges;
  RayEdge *edges;
} RayTopology;

/** What the eye sees of a triangle. */
enum {
  RAY_FACING_FRONT = 1,   /**< the side that shows of a single-sided surface */
  RAY_FACING_CULLED = 2,  /**< nothing of it shows */
  RAY_FACING_GRAZING = 4, /**< so nearly edge on that another renderer may see the other side */
};

/** One mesh of the frame as the current camera sees it. Immutable while work runs on the pool. */
typedef struct {
  const DioMesh *mesh;         /**< borrowed from the frame */
  const DioMaterial *material; /**< borrowed */
  float alpha_transform[6];    /**< of the base colour's slot */
  DioMat4 world_from_mesh;
  guint leaf;
  guint instance;
  gboolean thing;
  int layer;
  gboolean usable;       /**< its transform can be inverted for the current camera */
  gboolean mirrored;     /**< the transform turns right hands into left ones */
  RTCScene mesh_scene;   /**< a reference of its own */
  RayTopology *topology; /**< a reference of its own */

  double camera_from_mesh[12]; /**< 3x4, column-major */
  double mesh_from_camera[9];  /**< linear part of the inverse, column-major */
  DioVec3 eye_mesh;            /**< the eye in the frame of the mesh */
  DioBox3 box_camera;          /**< of the eight corners of the mesh's bounds */

  guint8 *facing; /**< [n_triangles], in the scene's facing_arena; unset while not visible */
  double (
      /** [n_vertices], in the scene's arena: canvas pixels, undefined where depth_z < near, and
   * depth_z */
      *canvas)[3];
  /** x0, y0, x1, y1 of the vertices before the near plane; may be infinite */
  double canvas_box[4];
  double nearest_m; /**< least depth_z of the vertices beyond the near plane, or the near plane */
  gboolean near_clipped; /**< some vertex lies before the near plane */
  gboolean visible;      /**< some vertex lies beyond it */
} RayItem;

/** A place where a ray meets a triangle, in double precision. */
typedef struct {
  guint item; /**< NO_ITEM: none */
  guint prim;
  double z;    /**< depth_z, metres */
  double u, v; /**< barycentric weights of the triangle's second and third corner */
  gboolean front;
} RayHit;

/** What a surface means for labels at a hit (labels.md 4 and 6). */
typedef struct {
  gboolean covers;
  double opacity; /**< 0 where nothing is there: culled or cut away */
} RaySurface;

/** Result of one traced position. */
typedef struct {
  RayHit hit;
  guint first_veil, n_veils; /**< leaves that veil it, in the tracer's veils */
  gboolean contested;        /**< coplanar, decided by layer or leaf id */
  guint8 edge;               /**< DIO_EDGE bits but that of outlines: another renderer may differ */
} RaySample;

/** A short ray around a hit of a batch, see dio-rays-trace.c. */
typedef struct {
  guint sample;
  float near, far;
} RayProbe;

/** An item whose picture touches a batch's area. */
typedef struct {
  DioBox3 box_camera;
  guint item, leaf;
} RayNear;

/** One thread's working memory. */
typedef struct {
  GArray *hits;       /**< of RayHit: all along one ray */
  GArray *veils;      /**< of guint leaf */
  GArray *probes;     /**< of RayProbe */
  GArray *directions; /**< of DioVec3, of a batch's positions */
  GArray *view;       /**< of double[3], vertices of one mesh */
  GArray *nearby;     /**< of RayNear */
  GArray *words[10];  /**< of uint64_t: bit planes */
  GArray *crossings;  /**< of what dio-rays-outline.c finds on a row */
  GArray *heads;      /**< of int, its rows */
  GArray *touched;    /**< of guint leaf with counts */
  GArray *counts;     /**< of gint64, by leaf; all zero between jobs */
  GArray *samples;    /**< of RaySample */
  GArray *positions;  /**< of double[2] */
} RayScratch;

/** Set bits of a window of the canvas; bit (x - origin_x) of row y - y0. */
typedef struct {
  int x0, y0, x1, y1; /**< half-open; nothing outside is ever set */
  int origin_x;       /**< multiple of 64 at or left of x0, so that planes line up */
  gsize words_per_row;
  uint64_t *words;
} RayBits;

typedef struct DioRayCache DioRayCache;

struct DioRayScene {
  DioPool *pool; /**< borrowed */
  RTCDevice device;
  char *identity;
  DioRayCache *cache;
  RayScratch *scratch; /**< [threads] */

  DioFrame *frame; /**< (nullable) */
  GArray *items;   /**< of RayItem, in the frame's order */
  /** [n_leaves + 2]: items of leaf l are leaf_order[leaf_items[l] .. leaf_items[l + 1]) */
  guint *leaf_items;
  guint *leaf_order;

  DioImage *images
      /** (nullable) what was handed out last, to be filled again once nobody else has it: fresh
   * memory costs more than all that is written to it */
      [6];
  /** (nullable) [n_leaves]: leaves that the next camera is built without */
  const guint8 *left_out;
  guint camera; /**< the camera that the rest is built for; G_MAXUINT: none */
  DioCamera view;
  RTCScene top;  /**< (nullable) */
  double *arena; /**< projected vertices of all items */
  double (
      *boxes)[4]; /**< canvas_box of every item, inside out where it is not visible or not usable */
  gsize arena_size;
  guint8 *facing_arena; /**< of the triangles of all items */
  gsize facing_size;
};

/** Vertex @index in the view. */
static inline void
ray_item_view (const RayItem *item, guint index, double view[static 3])
{
  const double *m = item->camera_from_mesh;
  const float *p = item->mesh->positions[index];
  view[0] = m[0] * p[0] + m[3] * p[1] + m[6] * p[2] + m[9];
  view[1] = -(m[1] * p[0] + m[4] * p[1] + m[7] * p[2] + m[10]);
  view[2] = -(m[2] * p[0] + m[5] * p[1] + m[8] * p[2] + m[11]);
}

static inline RayItem *
ray_scene_get_item (const DioRayScene *scene, guint index)
{
  return &g_array_index (scene->items, RayItem, index);
}

/* dio-rays-cache.c */
DioRayCache *ray_cache_new (RTCDevice device, gsize max_bytes);
void ray_cache_free (DioRayCache *cache);
/** Finds or builds the structure of every item's mesh on @pool and gives each item a reference. */
gboolean ray_cache_get_scenes (DioRayCache *cache, DioPool *pool, GArray *items, GError **error);

/* dio-rays-topology.c */
RayTopology *ray_topology_new (const DioMesh *mesh);
RayTopology *ray_topology_ref (RayTopology *topology);
void ray_topology_unref (RayTopology *topology);

/* dio-rays-camera.c */
/** Makes @camera the current one: transforms, projected vertices and the top level. */
gboolean ray_scene_use_camera (DioRayScene *scene, guint camera, GError **error);
/** Direction through pixel position (@x, @y) of the image, camera axes, z = -1. */
static inline DioVec3
ray_scene_direction (const DioRayScene *scene, double x, double y)
{
  const DioCamera *camera = &scene->view;
  return (DioVec3){ (x - camera->cx) / camera->fx, -(y - camera->cy) / camera->fy, -1.0 };
}

/* dio-rays-surface.c */
/** Meets the plane of a triangle; FALSE where it is degenerate or seen edge on. A hit a little outside the
 * triangle is moved onto its border. Fills all but item. */
gboolean ray_item_intersect (const RayItem *item, guint prim, DioVec3 direction, RayHit *hit);
/** Alpha of the material where the triangle is hit; 1 where it is opaque. */
float ray_item_alpha (const RayItem *item, const RayHit *hit);
/** @alpha: ray_item_alpha of the hit. */
RaySurface ray_item_judge_alpha (const RayItem *item, const RayHit *hit, float alpha);
RaySurface ray_item_judge (const RayItem *item, const RayHit *hit);
/** TRUE where the alpha cut runs within EDGE_PX of the hit at image position @position; @alpha is ray_item_alpha. */
gboolean ray_item_is_at_cut (const DioRayScene *scene,
                             const RayItem *item,
                             const RayHit *hit,
                             const double position[static 2],
                             float alpha);
/** Interpolated vertex normal in camera axes, unit, turned to the side that is seen. */
DioVec3 ray_item_normal (const RayItem *item, const RayHit *hit);
/** Metres along the normal of the hit's plane for a metre of depth_z along the ray. */
double ray_item_slant (const RayItem *item, const RayHit *hit, DioVec3 direction);
/** Change of depth_z over one pixel right and one down, |dz/dx| + |dz/dy|, on the plane of the hit. */
double ray_item_depth_slope (const DioRayScene *scene, const RayItem *item, const RayHit *hit);

/* dio-rays-cast.c */
/** Whether a covering surface of @item lies between @near and @far, in lengths of @direction; all in the frame of the mesh. */
gboolean ray_item_stops (
    const RayItem *item, DioVec3 origin, DioVec3 direction, double near, double far);

/* dio-rays-trace.c */
/** Traces @n positions (image pixels) that lie within the rectangle @area (x0, y0, x1, y1) into @samples;
 * veils are appended to @scratch->veils. */
typedef struct {
  const double (*positions)[2];
  guint n;
  double area[4];
  RaySample *samples;
  gboolean no_edges; /**< who owns is wanted alone: edge stays unset */
} RayBatch;

void ray_scene_trace_batch (const DioRayScene *scene, RayScratch *scratch, const RayBatch *batch);

/* dio-rays-raster.c */
/** Makes @bits an empty window, with its words in @storage. */
void ray_bits_init (RayBits *bits, GArray *storage, const int window[static 4]);
gboolean ray_bits_get (const RayBits *bits, int x, int y);
/** Sets (@x0, @y) to (@x1, @y), both inside. */
void ray_bits_set_span (RayBits *bits, int y, int x0, int x1);
guint64 ray_bits_count (const RayBits *bits, const int window[static 4]);

/** An edge on the canvas, from its upper end; at one height from its left end. */
typedef struct {
  double x, y, end_x, end_y;
  double slope; /**< x for a step down; not finite for a level edge */
} RaySlope;

static inline RaySlope
ray_slope_between (const double *a, const double *b)
{
  gboolean swap = a[1] > b[1] || (a[1] == b[1] && a[0] > b[0]);
  const double *from = swap ? b : a, *to = swap ? a : b;
  return (RaySlope){ from[0], from[1], to[0], to[1], (to[0] - from[0]) / (to[1] - from[1]) };
}

/** First and last integer i with range[0] <= i + offset <= range[1], within [begin, end). */
static inline gboolean
ray_samples_between (
    const double range[static 2], double offset, int begin, int end, int out[static 2])
{
  /* Windows begin at 0 or later, so that cutting off digits is rounding down; without SSE 4.1 ceil and
   * floor are calls. */
  double low = MAX (range[0] - offset, begin), high = MIN (range[1] - offset, end - 1);
  if (!(low <= high))
    return FALSE;
  out[0] = (int) low;
  out[0] += out[0] < low;
  out[1] = (int) high;
  return out[0] <= out[1];
}

/** A triangle cut by the near plane, in canvas pixels. */
typedef struct {
  guint n;
  double points[4][2];
  double depth[4];
} RayPolygon;

/** FALSE where nothing of the triangle is before the camera. Does not cull. */
gboolean ray_item_project (const DioRayScene *scene,
                           const RayItem *item,
                           guint prim,
                           RayPolygon *out);
/** Sets the pixels of all triangles of @item whose sample position (pixel corner + @offset) they cover by
 * the rules for an item that is alone in the world. */
typedef struct {
  const DioRayScene *scene;
  RayScratch *scratch;
  guint n_planes;
  const double (*offsets)[2]; /**< [n_planes] */
  RayBits *planes;            /**< [n_planes] */
} RayRaster;

void ray_raster_item (const RayRaster *raster, const RayItem *item);
/* dio-rays-outline.c */
/** The same for an opaque item, from its outline; FALSE where that cannot be done to the bit: the planes then
 * hold some of its samples and no others. */
gboolean ray_outline_fill (const RayRaster *raster, const RayItem *item);

/* dio-rays-raster.c */
/** The canvas window (grown by a pixel, within @limit) of the items of @leaf; empty: all zero. */
void ray_scene_leaf_window (const DioRayScene *scene,
                            guint leaf,
                            const int limit[static 4],
                            int window[static 4]);

/* dio-rays-edge.c */
/** Marks in labels->edge the pixels near a projected edge that is not hidden; needs labels->depth_z. */
void ray_scene_mark_edges (DioRayScene *scene, DioRayLabels *labels);

/* dio-rays-amodal.c */
/** Amodal masks, counts and hidden pairs from labels->leaf and the visible masks of labels->leaves, which
 * holds every leaf here. @partial: W x H u8, set where a leaf covers part of a pixel's samples. */
void ray_scene_label_amodal (DioRayScene *scene, DioRayLabels *labels, DioImage *partial);

/* dio-rays-labels.c */
#define RAY_TILE_PX 32
/** Tiles are numbered row by row; @tile: x0, y0, x1, y1. Returns their number. */
guint ray_count_tiles (guint width, guint height);
void ray_get_tile (guint index, guint width, guint height, guint tile[static 4]);
/** The instance of @leaf if it is a labelled thing, else 0. */
guint ray_scene_get_thing (const DioRayScene *scene, guint leaf);
/** Makes the counts of every thread's scratch zero for every leaf of the frame. */
void ray_scene_reset_counts (DioRayScene *scene);

/* dio-rays-coverage.c */
/** Adds coverage_px to labels->leaves. */
void ray_scene_label_coverage (DioRayScene *scene, DioRayLabels *labels, const DioImage *partial);
