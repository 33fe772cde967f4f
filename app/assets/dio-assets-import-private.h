#pragma once
/* Thread: one owner. What the steps of one import share, inside the child process. */

#include "dio-assets-gate-private.h"
#include "dio-assets-soup-private.h"
#include "dio-assets-texture-private.h"
#include "dio-base-diagnostic.h"
#include "dio-scene-types.h"

#include <glib.h>

G_BEGIN_DECLS

typedef struct DioGltf DioGltf;

typedef enum {
  DIO_MODEL_GLTF,
  DIO_MODEL_OBJ,
  DIO_MODEL_PLY,
  DIO_MODEL_STL,
  DIO_MODEL_DAE,
  DIO_MODEL_FBX,
} DioModelFormat;

/** Everything is borrowed from dio-assets-child.c but gltf. */
typedef struct {
  const char *name; /**< of the file in its folder */
  const DioAsset *asset;
  DioGate *gate;
  DioDiagnostics *findings;
  DioTextureCache *textures;
  DioModelFormat format;
  DioGltf *gltf; /**< or NULL */
} DioImport;

/** Reads the model at import->name. Errors: CORRUPT, UNSUPPORTED, LIMIT, NOT_FOUND, INVALID. */
DioModel *dio_import_model (DioImport *import, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** Format by the file's name and first bytes. Errors: UNSUPPORTED. */
gboolean dio_import_find_format (DioImport *import, GBytes *bytes, GError **error);

/** dio-assets-precheck.c: looks for what is known to break Assimp, before it sees the file. */
gboolean dio_precheck (const DioImport *import, GBytes *bytes, GError **error);

/** dio-assets-far.c: a model further away than this is moved to its origin: a float has steps of 1 mm at 10 km. */
#define DIO_FAR_FROM_ORIGIN_M 1e4
/** Puts an OBJ with map coordinates nearer before Assimp rounds them to floats. */
void dio_far_recentre_obj (DioImport *import, GBytes *bytes);

/** dio-assets-gltf.c: parses, vets, and puts a plain rewritten document in the place of the file; sets
 * import->gltf. */
gboolean dio_gltf_open (DioImport *import, GBytes *bytes, GError **error);
void dio_gltf_free (DioGltf *gltf);
/** Name of the rewritten document for Assimp. */
const char *dio_gltf_get_document_name (const DioGltf *gltf);
/** Name of node @index as in the file, "" for none. */
const char *dio_gltf_get_node_name (const DioGltf *gltf, guint index);
/** One DioMaterial per material of the file, then the default one. */
void dio_gltf_read_materials (DioImport *import, DioSoup *soup);

/** dio-assets-assimp.c: fills surfaces and materials of @soup. */
gboolean dio_assimp_read (DioImport *import, DioSoup *soup, GError **error);

/** dio-assets-doctor.c: adds findings on size, axes, normals, UVs, and cards; @soup is in metres, Z up. */
void dio_doctor_examine (const DioImport *import, const DioSoup *soup);

/** dio-assets-image.c: a texture (RGBA u8) or an environment (RGB f32). */
DioImage *dio_import_image (DioImport *import, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
