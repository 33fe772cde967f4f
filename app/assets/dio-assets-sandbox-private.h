#pragma once
/* Thread: the import child, before it has read a byte of the asset. Bounds that the kernel keeps. */

#include <glib.h>

G_BEGIN_DECLS

#define DIO_IMPORT_CPU_SECONDS 15u
#define DIO_IMPORT_WALL_SECONDS 15u
#define DIO_IMPORT_MAX_OUTPUT (1536 * (guint64) 1024 * 1024)

/** Bytes of memory that one import may take: 2 GiB, or DIORAMA_IMPORT_MEMORY_MIB of the environment (64 .. 65536). */
guint64 dio_sandbox_get_max_memory (void);
/** Limits on memory, processor time, output, files and core dumps; dies with its parent. */
void dio_sandbox_limit (void);
/** Confines reading to @folder and the system's libraries, forbids all else on the file system, where the kernel
 * has Landlock; TRUE if it does. Files that are open stay usable. */
gboolean dio_sandbox_confine (const char *folder);

G_END_DECLS
