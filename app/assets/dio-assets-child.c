#define G_LOG_DOMAIN "dio-assets"

#include "dio-assets-child-private.h"

#include "dio-assets-blob-private.h"
#include "dio-assets-import-private.h"
#include "dio-assets-locate-private.h"
#include "dio-assets-meta-private.h"
#include "dio-assets-options-private.h"
#include "dio-assets-sandbox-private.h"
#include "dio-assets.h"
#include "dio-base-json.h"
#include "dio-core-error.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Imports into the output; everything that the steps share lives here. */
static gboolean
import_into (int fd, const char *name, DioGate *gate, const DioAsset *asset, GError **error)
{
  g_autoptr (DioDiagnostics) findings = dio_diagnostics_new ();
  g_autoptr (DioTextureCache) textures = dio_texture_cache_new (gate, findings);
  DioImport import = {
    .name = name, .asset = asset, .gate = gate, .findings = findings, .textures = textures
  };
  g_autoptr (DioModel) model = NULL;
  g_autoptr (DioImage) image = NULL;
  if (asset->kind == DIO_ASSET_MODEL)
    model = dio_import_model (&import, error);
  else
    image = dio_import_image (&import, error);
  gboolean done = FALSE;
  if (model != NULL || image != NULL) {
    g_autofree char *meta = dio_meta_to_line (dio_gate_get_files (gate), findings);
    done = dio_blob_write (fd, meta, model, image, error);
  }
  dio_gltf_free (import.gltf);
  return done;
}

static gboolean
run (const char *path, const char *options, GError **error)
{
  DioAsset asset;
  if (!dio_options_from_line (&asset, options, error))
    return FALSE;
  g_autofree char *below = NULL;
  g_autofree char *folder = dio_locate_dup_root (path, &below);
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *name = g_build_filename (below, base, NULL);
  g_autoptr (DioGate) gate = dio_gate_new (folder, below, error);
  gboolean done = FALSE;
  if (gate != NULL) {
    if (!dio_sandbox_confine (folder))
      g_debug ("no Landlock here; the other bounds remain");
    done = import_into (DIO_CHILD_OUTPUT_FD, name, gate, &asset, error);
  }
  dio_options_clear (&asset);
  return done;
}

static void
answer_error (const GError *error)
{
  /* jansson refuses text that is no UTF-8, and names of files may be anything. */
  g_autofree char *message = g_utf8_make_valid (error->message, -1);
  int code = error->domain == DIO_ERROR ? error->code : DIO_ERROR_FAILED;
  g_autoptr (json_t) json = json_pack ("{s:i, s:s}", "code", code, "message", message);
  g_autofree char *line = json != NULL ? dio_json_to_line (json) : NULL;
  if (line == NULL || lseek (DIO_CHILD_OUTPUT_FD, 0, SEEK_SET) < 0
      || ftruncate (DIO_CHILD_OUTPUT_FD, 0) != 0)
    return;
  gsize size = strlen (line);
  if (size < DIO_CHILD_MAX_ERROR && write (DIO_CHILD_OUTPUT_FD, line, size) != (gssize) size)
    return;
}

int
dio_assets_import_child_main (int argc, char **argv)
{
  /* argv[0] is the program, argv[1] the command. */
  if (argc != 4 || strcmp (argv[1], DIO_CHILD_COMMAND) != 0)
    return 2;
  dio_sandbox_limit ();
  g_autoptr (GError) error = NULL;
  if (run (argv[2], argv[3], &error))
    return 0;
  answer_error (error);
  return 1;
}
