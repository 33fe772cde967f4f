#define G_LOG_DOMAIN "dio-assets"

#include "dio-assets-assimp-private.h"

#include "dio-core-error.h"

#include <assimp/cimport.h>
#include <assimp/config.h>
#include <assimp/postprocess.h>

#include <string.h>

/* Assimp's own words, bounded and printable, for it quotes the file. */
static void
set_assimp_error (GError **error, const DioImport *import)
{
  const char *text = aiGetErrorString ();
  g_autofree char *words = dio_group_name (text, "no reason given");
  DioError code = strstr (words, "bad_alloc") != NULL ? DIO_ERROR_LIMIT : DIO_ERROR_CORRUPT;
  if (strstr (words, "No suitable reader") != NULL)
    g_set_error (error, DIO_ERROR, DIO_ERROR_CORRUPT,
                 "%s is damaged or not what its name says: no reader accepts it", import->name);
  else
    g_set_error (error, DIO_ERROR, code, "%s cannot be imported: %s", import->name, words);
}

static const struct aiScene *
import_scene (DioImport *import)
{
  unsigned flags = aiProcess_Triangulate | aiProcess_SortByPType;
  /* glTF comes indexed; its missing normals must stay missing, and morphing keeps vertices apart. */
  if (import->format != DIO_MODEL_GLTF)
    flags |= aiProcess_JoinIdenticalVertices;
  struct aiFileIO io = dio_assimp_file_io (import);
  struct aiPropertyStore *properties = aiCreatePropertyStore ();
  aiSetImportPropertyInteger (properties, AI_CONFIG_IMPORT_NO_SKELETON_MESHES, 1);
  aiSetImportPropertyInteger (properties, AI_CONFIG_IMPORT_FBX_READ_ANIMATIONS, 0);
  const char *name =
      import->gltf != NULL ? dio_gltf_get_document_name (import->gltf) : import->name;
  const struct aiScene *scene = aiImportFileExWithProperties (name, flags, &io, properties);
  aiReleasePropertyStore (properties);
  return scene;
}

gboolean
dio_assimp_read (DioImport *import, DioSoup *soup, GError **error)
{
  const struct aiScene *scene = import_scene (import);
  if (scene == NULL) {
    set_assimp_error (error, import);
    return FALSE;
  }
  if (import->gltf != NULL)
    dio_gltf_read_materials (import, soup);
  else
    dio_assimp_read_materials (import, scene, soup);
  gboolean done = scene->mRootNode != NULL && dio_assimp_flatten (import, scene, soup, error);
  if (scene->mRootNode == NULL)
    g_set_error (error, DIO_ERROR, DIO_ERROR_CORRUPT, "%s holds no scene", import->name);
  aiReleaseImport (scene);
  return done;
}
