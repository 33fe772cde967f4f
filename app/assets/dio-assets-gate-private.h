#pragma once
/* Thread: one owner. Every byte that an import reads comes through here: regular files inside the asset's
 * folder only, bounded in sum, each recorded with its hash. */

#include "dio-base-diagnostic.h"

#include <glib.h>

G_BEGIN_DECLS

/** Sum of all files that one import may read. */
#define DIO_GATE_MAX_BYTES (768 * (guint64) 1024 * 1024)

typedef struct DioGate DioGate;

/** One file that was read, or (sha256 NULL) a reference that led to no file. */
typedef struct {
  char *name; /**< relative to the folder; of a missing one: the reference as written */
  char *sha256;
  guint64 size;
  gint64 mtime_ns;
} DioGateFile;

typedef enum {
  DIO_LOCATE_FOUND,
  DIO_LOCATE_BY_NAME, /**< not where the reference says, but its base name lies beside the model */
  DIO_LOCATE_MISSING,
  DIO_LOCATE_OUTSIDE, /**< leaves the folder, and no file of that base name lies beside the model */
} DioLocate;

/** @folder: real path of the asset's folder; @below: the model's own folder in it, "" for the same. */
DioGate *dio_gate_new (const char *folder,
                       const char *below,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
void dio_gate_free (DioGate *gate);
const char *dio_gate_get_folder (const DioGate *gate);
/** Whether relative @name is a regular file inside the folder. */
gboolean dio_gate_has (DioGate *gate, const char *name);
/** The bytes of relative @name; read once, kept, recorded. Errors: NOT_FOUND, INVALID (outside, or no regular
 * file), LIMIT. */
GBytes *dio_gate_read (DioGate *gate, const char *name, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** Lets @name stand for @bytes from now on (a rewritten document); the record keeps the file's own hash. */
void dio_gate_set_virtual (DioGate *gate, const char *name, GBytes *bytes);
/** Drops the kept bytes of @name, for big pictures that are decoded once. */
void dio_gate_forget (DioGate *gate, const char *name);
/** @reference as a model writes it (a path, URI or stray text) to the name of a file in the folder; NULL
 * where there is none, which is recorded, for it may be there at the next start. */
char *dio_gate_locate (DioGate *gate,
                       const char *reference,
                       DioLocate *how) G_GNUC_WARN_UNUSED_RESULT;
/** Of DioGateFile, sorted by name; valid until the next call. */
const GPtrArray *dio_gate_get_files (DioGate *gate);
/** SHA-256 over the sorted (name, hash) of all files read. */
char *dio_gate_dup_content_hash (DioGate *gate) G_GNUC_WARN_UNUSED_RESULT;
char *dio_content_hash (const GPtrArray *files) G_GNUC_WARN_UNUSED_RESULT;
void dio_gate_file_free (DioGateFile *file);

/** Opens a regular file inside @folder_fd for reading without following a link out of it; -1 and errno
 * (EXDEV for outside, EINVAL for no regular file). */
int dio_gate_open_inside (int folder_fd, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioGate, dio_gate_free)

G_END_DECLS
