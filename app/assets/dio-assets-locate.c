#define G_LOG_DOMAIN "dio-assets"

#include "dio-assets-locate-private.h"

#include <string.h>
#include <unistd.h>

/* Models are passed around without the folders of the machine that made them, and their references with all the
 * spellings of that machine. The order is fixed: the reference as it stands, then percent-decoded (a file may well
 * be called "100%20.png"), then but for case, then its base name beside the model and in the usual folders below. */

/* Where exporters put textures below the model; read case-insensitively. */
static const char *const texture_folders[] = {
  "",    "textures", "texture", "materials/textures", "materials", "images", "image", "maps",
  "tex", "source",   "scripts",
};

char *
dio_percent_decode (const char *text)
{
  if (strchr (text, '%') == NULL)
    return NULL;
  GString *out = g_string_new (NULL);
  gboolean any = FALSE;
  for (const char *p = text; *p != '\0'; p++) {
    if (p[0] == '%' && g_ascii_isxdigit (p[1]) && g_ascii_isxdigit (p[2])) {
      int value = g_ascii_xdigit_value (p[1]) * 16 + g_ascii_xdigit_value (p[2]);
      if (value == 0) {
        g_string_free (out, TRUE);
        return NULL;
      }
      g_string_append_c (out, (char) value);
      p += 2;
      any = TRUE;
    } else {
      g_string_append_c (out, *p);
    }
  }
  return g_string_free (out, !any);
}

char *
dio_locate_normalize (const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();
  for (guint i = 0; parts[i] != NULL; i++) {
    if (parts[i][0] == '\0' || strcmp (parts[i], ".") == 0)
      continue;
    if (strcmp (parts[i], "..") != 0) {
      g_ptr_array_add (kept, parts[i]);
      continue;
    }
    if (kept->len == 0)
      return NULL;
    g_ptr_array_set_size (kept, (gint) kept->len - 1);
  }
  if (kept->len == 0)
    return NULL;
  g_ptr_array_add (kept, NULL);
  return g_strjoinv ("/", (char **) kept->pdata);
}

/* A path of another machine: absolute, with a drive letter, or a URI with a scheme. */
static gboolean
is_foreign (const char *path)
{
  if (path[0] == '/')
    return TRUE;
  if (g_ascii_isalpha (path[0]) && path[1] == ':')
    return TRUE;
  const char *colon = strstr (path, ":/");
  if (colon == NULL && g_ascii_strncasecmp (path, "file:", 5) == 0)
    return TRUE;
  if (colon == NULL)
    return FALSE;
  for (const char *p = path; p < colon; p++) {
    if (!g_ascii_isalnum (*p) && strchr ("+-.", *p) == NULL)
      return FALSE;
  }
  return TRUE;
}

static gboolean
is_file (int folder_fd, const char *name)
{
  int fd = dio_gate_open_inside (folder_fd, name);
  if (fd < 0)
    return FALSE;
  close (fd);
  return TRUE;
}

/* The entry of @folder that equals @name but for case; the exact one first, else the first by bytes, so that
 * the answer does not depend on the order of the directory. */
static char *
find_in_folder (const char *folder, const char *name)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  if (dir == NULL)
    return NULL;
  g_autofree char *wanted = g_utf8_validate (name, -1, NULL) ? g_utf8_casefold (name, -1) : NULL;
  g_autofree char *best = NULL;
  const char *entry;
  while ((entry = g_dir_read_name (dir)) != NULL) {
    if (strcmp (entry, name) == 0)
      return g_strdup (entry);
    if (wanted == NULL || !g_utf8_validate (entry, -1, NULL))
      continue;
    g_autofree char *folded = g_utf8_casefold (entry, -1);
    if (strcmp (folded, wanted) == 0 && (best == NULL || strcmp (entry, best) < 0)) {
      g_free (best);
      best = g_strdup (entry);
    }
  }
  return g_steal_pointer (&best);
}

/* @path part by part, each but for case. */
static char *
find_any_case (const char *folder, int folder_fd, const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);
  g_autofree char *found = NULL;
  for (guint i = 0; parts[i] != NULL; i++) {
    if (parts[i][0] == '\0')
      continue;
    g_autofree char *here = g_build_filename (folder, found != NULL ? found : "", NULL);
    g_autofree char *entry = find_in_folder (here, parts[i]);
    if (entry == NULL)
      return NULL;
    char *longer = found != NULL ? g_build_filename (found, entry, NULL) : g_strdup (entry);
    g_free (found);
    found = longer;
  }
  if (found == NULL || !is_file (folder_fd, found))
    return NULL;
  return g_steal_pointer (&found);
}

static char *
find_by_base_name (const DioLocatePlace *place, const char *path)
{
  const char *slash = strrchr (path, '/');
  const char *base = slash != NULL ? slash + 1 : path;
  if (base[0] == '\0' || strcmp (base, ".") == 0 || strcmp (base, "..") == 0)
    return NULL;
  for (guint i = 0; i < 2 * G_N_ELEMENTS (texture_folders); i++) {
    const char *below = i < G_N_ELEMENTS (texture_folders) ? place->below : "";
    const char *usual = texture_folders[i % G_N_ELEMENTS (texture_folders)];
    g_autofree char *candidate = g_build_filename (below, usual, base, NULL);
    char *found = find_any_case (place->folder, place->folder_fd, candidate);
    if (found != NULL)
      return found;
  }
  return NULL;
}

/* @reference trimmed of the spaces and quotes that exporters leave, slashes turned. */
static char *
clean_reference (const char *reference)
{
  char *text = g_strdup (reference);
  g_strstrip (text);
  gsize length = strlen (text);
  if (length >= 2 && text[0] == '"' && text[length - 1] == '"') {
    text[length - 1] = '\0';
    memmove (text, text + 1, length - 1);
    g_strstrip (text);
  }
  return g_strdelimit (text, "\\", '/');
}

/* One spelling of the reference: where it says. Sets @outside where it leaves the folder. */
static char *
find_as_written (const DioLocatePlace *place, const char *text, gboolean *outside)
{
  if (is_foreign (text)) {
    *outside = TRUE;
    return NULL;
  }
  g_autofree char *joined = g_build_filename (place->below, text, NULL);
  g_autofree char *relative = dio_locate_normalize (joined);
  if (relative != NULL && is_file (place->folder_fd, relative))
    return g_steal_pointer (&relative);
  /* Assimp hands names on with the model's own folder before them. */
  g_autofree char *name = dio_locate_normalize (text);
  if (name == NULL && relative == NULL)
    *outside = *outside || strstr (text, "..") != NULL;
  return name != NULL && is_file (place->folder_fd, name) ? g_steal_pointer (&name) : NULL;
}

static gboolean
has_folder (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  return g_file_test (path, G_FILE_TEST_IS_DIR);
}

char *
dio_locate_dup_root (const char *real_path, char **below)
{
  g_autofree char *folder = g_path_get_dirname (real_path);
  g_autofree char *last = g_path_get_basename (folder);
  g_autofree char *above = g_path_get_dirname (folder);
  if (g_ascii_strcasecmp (last, "meshes") == 0 && has_folder (above, "materials")) {
    *below = g_steal_pointer (&last);
    return g_steal_pointer (&above);
  }
  *below = g_strdup ("");
  return g_steal_pointer (&folder);
}

char *
dio_locate_file (const DioLocatePlace *place, const char *reference, DioLocate *how)
{
  g_autofree char *raw = clean_reference (reference);
  g_autofree char *decoded = dio_percent_decode (raw);
  if (decoded != NULL)
    g_strdelimit (decoded, "\\", '/');
  const char *spellings[2] = { raw, decoded };
  gboolean outside = FALSE;
  for (guint i = 0; i < 2 && spellings[i] != NULL; i++) {
    char *name = find_as_written (place, spellings[i], &outside);
    if (name == NULL)
      continue;
    *how = DIO_LOCATE_FOUND;
    return name;
  }
  for (guint i = 0; i < 2 && spellings[i] != NULL; i++) {
    g_autofree char *inside =
        is_foreign (spellings[i]) ? NULL : dio_locate_normalize (spellings[i]);
    char *name = inside != NULL ? find_any_case (place->folder, place->folder_fd, inside) : NULL;
    if (name == NULL)
      name = find_by_base_name (place, spellings[i]);
    if (name == NULL)
      continue;
    *how = DIO_LOCATE_BY_NAME;
    return name;
  }
  *how = outside ? DIO_LOCATE_OUTSIDE : DIO_LOCATE_MISSING;
  return NULL;
}
