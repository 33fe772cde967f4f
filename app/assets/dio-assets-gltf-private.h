#pragma once
/* Thread: one owner. A glTF 2.0 document, vetted, and the plain one that Assimp gets in its place.
 *
 * The rewritten document holds only what geometry needs: nodes called n0, n1, ..., materials called m0, m1, ...,
 * and every accessor as tightly packed 32-bit floats or unsigned integers in one buffer. Assimp 5.2.5 reads
 * normalised and sparse accessors, attribute order, URIs and strange names wrongly or not at all. */

#include "dio-assets-import-private.h"

#include "dio-base-json.h"

#include <glib.h>

G_BEGIN_DECLS

#define DIO_GLTF_DOCUMENT "document.gltf"
#define DIO_GLTF_BUFFER DIO_GLTF_DOCUMENT ".bin"
/** Bytes of all rewritten accessors. */
#define DIO_GLTF_MAX_DATA (512 * (guint64) 1024 * 1024)
#define DIO_GLTF_MAX_NODE_DEPTH 1000u

struct DioGltf {
  json_t *root;
  GBytes *bin;           /**< chunk of a GLB, or NULL */
  GPtrArray *buffers;    /**< of GBytes, one per buffer, at least as long as it says */
  GByteArray *data;      /**< the buffer of the rewritten document */
  const char *file_name; /**< borrowed, for messages */
};

/** What Diorama makes of an extension. */
typedef enum {
  DIO_GLTF_EXTENSION_READ,    /**< its content arrives */
  DIO_GLTF_EXTENSION_IGNORED, /**< the model is right without it, or nearly: a finding */
  DIO_GLTF_EXTENSION_REFUSED, /**< an error where it is required, else a finding */
} DioGltfExtension;

/** Sets a CORRUPT error that names the file; returns FALSE. */
gboolean dio_gltf_refuse (const DioGltf *gltf, GError **error, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
/** Element @index of the array @key of the root, an object; NULL where it is not there. */
json_t *dio_gltf_get (const DioGltf *gltf, const char *key, guint64 index);
guint dio_gltf_count (const DioGltf *gltf, const char *key);
/** A non-negative integer member; FALSE where it is there and is none. *@out is @fallback where it is absent. */
gboolean dio_gltf_get_uint (const json_t *object, const char *key, guint64 fallback, guint64 *out);
/** Bytes of buffer view @index, borrowed from the buffers; FALSE where it does not exist or leaves its buffer. */
gboolean dio_gltf_get_view (
    const DioGltf *gltf, guint64 index, const guint8 **data, gsize *size, guint64 *stride);
/** The bytes of a data: URI, or NULL. */
GBytes *dio_gltf_decode_data_uri (const char *uri) G_GNUC_WARN_UNUSED_RESULT;

/** dio-assets-gltf-vet.c: node graph, scenes, skins, references between objects. */
gboolean dio_gltf_vet (const DioGltf *gltf, GError **error);

/** dio-assets-gltf-data.c: one accessor as plain values at the end of gltf->data. */
typedef struct {
  guint64 count;
  guint components;
  gboolean floats; /**< 32-bit floats, else unsigned 32-bit integers */
  gsize offset;    /**< in gltf->data */
} DioGltfValues;

/** @as_floats: normalised and converted; otherwise unsigned integers are wanted. Errors: CORRUPT, LIMIT. */
gboolean dio_gltf_expand (
    DioGltf *gltf, guint64 accessor, gboolean as_floats, DioGltfValues *out, GError **error);

/** dio-assets-gltf-rewrite.c: text of the rewritten document; fills gltf->data. */
char *dio_gltf_rewrite (DioImport *import, DioGltf *gltf, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
