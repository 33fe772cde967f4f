#pragma once
/* Thread: one. NumPy's files: arrays (.npy) in an archive (.npz, a zip without compression). */

#include <glib.h>

G_BEGIN_DECLS

typedef struct DioExportNpz DioExportNpz;

DioExportNpz *dio_export_npz_new (void) G_GNUC_WARN_UNUSED_RESULT;
/** Adds the array @name of @n_dims sizes in @shape. @descr is NumPy's: "<f8", "|u1"; @data are its bytes in C order,
 * little endian. At most 4 GiB in all. */
void dio_export_npz_add (DioExportNpz *npz,
                         const char *name,
                         const char *descr,
                         const gsize *shape,
                         guint n_dims,
                         const void *data);
/** The whole archive; frees @npz. */
GBytes *dio_export_npz_end (DioExportNpz *npz) G_GNUC_WARN_UNUSED_RESULT;
void dio_export_npz_free (DioExportNpz *npz);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioExportNpz, dio_export_npz_free)

G_END_DECLS
