#pragma once
/* Thread: any. Files and folders: names that stay inside, writes that are whole or absent. */

#include <glib.h>

G_BEGIN_DECLS

/** Writes beside @path under a temporary name, syncs file and folder, renames. On failure @path is as it was
 * and no temporary file stays. The folder must exist. */
gboolean dio_path_write_atomic (const char *path, const void *data, gsize size, GError **error);
/** fsync of a folder, so that renames in it last. */
gboolean dio_path_sync_folder (const char *path, GError **error);
gboolean dio_path_make_folders (const char *path, GError **error);
/** Removes a file or a folder with all that is in it; links are removed, not followed. TRUE where it was
 * not there. */
gboolean dio_path_remove_tree (const char *path, GError **error);
/** FALSE for what is not a readable folder. */
gboolean dio_path_is_empty_folder (const char *path);
/** Bytes free for an ordinary user on the file system of @path (which may not exist yet: nearest parent). */
guint64 dio_path_get_free_bytes (const char *path);
/** @name as a file-name part: [A-Za-z0-9._-] kept, all else '_', never empty, never starting with '.'; at most 64 bytes. */
char *dio_path_sanitize_name (const char *name) G_GNUC_WARN_UNUSED_RESULT;
/** Resolves relative @name against folder @base lexically ("a/../b" is "b", "." is @base); NULL where it is
 * empty, absolute or leaves the folder, even to come back. Links on the disk are not looked at. */
char *dio_path_join_inside (const char *base, const char *name) G_GNUC_WARN_UNUSED_RESULT;
/** @path as people write it: "~/Pictures" for what is in the home folder, else as it is. */
char *dio_path_dup_shown (const char *path) G_GNUC_WARN_UNUSED_RESULT;
/** The path that was meant: "~" and "~/Pictures" are in the home folder, all else is as it is. */
char *dio_path_dup_typed (const char *text) G_GNUC_WARN_UNUSED_RESULT;
/** $XDG_CACHE_HOME/diorama, made if absent (where it cannot be made, writing into it fails). */
char *dio_path_dup_cache_folder (void) G_GNUC_WARN_UNUSED_RESULT;
/** Root of installed data (scenarios, shaders, schema): $DIORAMA_DATA_DIR, else the source tree's data/ in a
 * build folder, else the installed folder. */
char *dio_path_dup_data_folder (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
