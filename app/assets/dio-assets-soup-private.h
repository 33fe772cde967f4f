#pragma once
/* Thread: one owner. Triangles as they come from a file, before they become a model: each surface is one mesh
 * under one node, already in model axes and metres, in double precision. */

#include "dio-base-diagnostic.h"
#include "dio-core-types.h"
#include "dio-frame-model.h"
#include "dio-scene-types.h"

#include <glib.h>

G_BEGIN_DECLS

/** More triangles than this, counted with every instance, are refused. */
#define DIO_SOUP_MAX_TRIANGLES 10000000u
/** More groups than this are folded into the last one. */
#define DIO_SOUP_MAX_GROUPS 32768u

typedef struct {
  guint n_vertices, n_triangles;
  double (*positions)[3];
  float (*normals)[3];  /**< or NULL */
  float (*tangents)[4]; /**< or NULL: glTF convention */
  float (*uvs[2])[2];   /**< or NULL: glTF convention, v down */
  float (*colors)[4];   /**< or NULL: linear */
  uint32_t (*triangles)[3];
  guint material;
  guint node;             /**< index of the node, equal for all surfaces of one */
  char *node_name;        /**< as in the file, may be "" */
  guint group;            /**< all of it, unless triangle_groups is set */
  guint *triangle_groups; /**< [n_triangles] or NULL */
} DioSurface;

typedef struct {
  GPtrArray *surfaces;      /**< of DioSurface */
  GPtrArray *materials;     /**< of DioMaterial* */
  GPtrArray *groups;        /**< of char*: names, unique, ready for the model */
  DioDiagnostics *findings; /**< borrowed */
  /** faces whose normals have a smaller cosine are not smoothed together; > 1 = flat */
  double crease_cos;
  gboolean y_up;     /**< the file's own axes, for the doctor */
  guint64 n_dropped; /**< faces left out: not finite, degenerate */
} DioSoup;

DioSoup *dio_soup_new (DioDiagnostics *findings) G_GNUC_WARN_UNUSED_RESULT;
void dio_soup_free (DioSoup *soup);
DioSurface *dio_surface_new (guint n_vertices, guint n_triangles) G_GNUC_WARN_UNUSED_RESULT;
void dio_surface_free (DioSurface *surface);
DioBox3 dio_soup_get_bounds (const DioSoup *soup);
guint64 dio_soup_count_triangles (const DioSoup *soup);

/** Drops faces that are not finite, out of range or without area, and vertices that no face uses; findings say how many. */
void dio_soup_clean (DioSoup *soup);
/** Moves everything by -@offset. */
void dio_soup_translate (DioSoup *soup, DioVec3 offset);
/** Makes normals where a surface has none (crease_cos) or where they have no direction. */
void dio_soup_complete_normals (DioSoup *soup);
/** Sets the groups of all surfaces and the soup's list of names. */
void dio_soup_group (DioSoup *soup, DioGroupBy group_by, const char *model_name);
/** One id for each distinct position (bits equal) of @positions; returns how many. @ids: [n]. */
guint dio_weld_positions (const double (*positions)[3], guint n, uint32_t *ids);
/** The sealed model: one part per (group, material, attributes). Clean and group must have run. */
DioModel *dio_soup_to_model (DioSoup *soup, GHashTable *group_labels) G_GNUC_WARN_UNUSED_RESULT;
/** @text as a group name: printable UTF-8 of at most 100 bytes, @fallback where nothing is left. */
char *dio_group_name (const char *text, const char *fallback) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioSoup, dio_soup_free)

G_END_DECLS
