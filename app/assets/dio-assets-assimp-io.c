#define G_LOG_DOMAIN "dio-assets"

#include "dio-assets-assimp-private.h"

#include <string.h>

/* One open file: bytes that the gate gave, and where Assimp reads. */
typedef struct {
  GBytes *bytes;
  const char *data;
  gsize size, at;
} Cursor;

static size_t
read_cb (struct aiFile *file, char *out, size_t size, size_t count)
{
  Cursor *cursor = (Cursor *) (gpointer) file->UserData;
  if (size == 0)
    return 0;
  gsize n = MIN (count, (cursor->size - cursor->at) / size);
  memcpy (out, cursor->data + cursor->at, n * size);
  cursor->at += n * size;
  return n;
}

static size_t
write_cb (struct aiFile *file, const char *data, size_t size, size_t count)
{
  return 0;
}

static size_t
tell_cb (struct aiFile *file)
{
  return ((Cursor *) (gpointer) file->UserData)->at;
}

static size_t
size_cb (struct aiFile *file)
{
  return ((Cursor *) (gpointer) file->UserData)->size;
}

static void
flush_cb (struct aiFile *file)
{
}

static aiReturn
seek_cb (struct aiFile *file, size_t offset, enum aiOrigin origin)
{
  Cursor *cursor = (Cursor *) (gpointer) file->UserData;
  gsize base = origin == aiOrigin_SET ? 0 : origin == aiOrigin_CUR ? cursor->at : cursor->size;
  /* Assimp passes negative distances as huge unsigned ones, which wrap as intended. */
  gsize target = base + offset;
  if (target > cursor->size)
    return aiReturn_FAILURE;
  cursor->at = target;
  return aiReturn_SUCCESS;
}

/* Assimp gives materials of an MTL file that say no Kd the grey 0.6, and those that say no Ks a black one: a
 * material that is all texture would be darkened, and a shiny one dulled. Lines that follow override the
 * inserted ones. */
static GBytes *
complete_mtl (GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  GString *out = g_string_sized_new (size + 256);
  for (const char *line = data, *end = data + size; line < end;) {
    const char *stop = memchr (line, '\n', (gsize) (end - line));
    gsize length = stop != NULL ? (gsize) (stop - line) + 1 : (gsize) (end - line);
    g_string_append_len (out, line, (gssize) length);
    gsize blank = 0;
    while (blank < length && (line[blank] == ' ' || line[blank] == '\t'))
      blank++;
    if (stop != NULL && length - blank > 7 && memcmp (line + blank, "newmtl", 6) == 0)
      g_string_append (out, "Kd 1 1 1\nKs 0.5 0.5 0.5\n");
    line += length;
  }
  return g_string_free_to_bytes (out);
}

static struct aiFile *
open_cb (struct aiFileIO *io, const char *name, const char *mode)
{
  DioImport *import = (DioImport *) (gpointer) io->UserData;
  if (strpbrk (mode, "wa+") != NULL)
    return NULL;
  g_autoptr (GBytes) bytes = NULL;
  gboolean own = strcmp (name, import->name) == 0
                 || (import->gltf != NULL
                     && g_str_has_prefix (name, dio_gltf_get_document_name (import->gltf)));
  if (own) {
    bytes = dio_gate_read (import->gate, name, NULL);
  } else {
    /* A glTF's buffers are part of its rewritten document: it needs no other file. */
    DioLocate how;
    g_autofree char *found =
        import->gltf == NULL ? dio_gate_locate (import->gate, name, &how) : NULL;
    bytes = found != NULL ? dio_gate_read (import->gate, found, NULL) : NULL;
  }
  if (bytes == NULL)
    return NULL;
  gsize length = strlen (name);
  if (import->format == DIO_MODEL_OBJ && length > 4
      && g_ascii_strcasecmp (name + length - 4, ".mtl") == 0) {
    GBytes *complete = complete_mtl (bytes);
    g_bytes_unref (bytes);
    bytes = complete;
  }
  Cursor *cursor = g_new0 (Cursor, 1);
  cursor->bytes = g_steal_pointer (&bytes);
  cursor->data = g_bytes_get_data (cursor->bytes, &cursor->size);
  struct aiFile *file = g_new0 (struct aiFile, 1);
  *file = (struct aiFile){
    .ReadProc = read_cb,
    .WriteProc = write_cb,
    .TellProc = tell_cb,
    .FileSizeProc = size_cb,
    .SeekProc = seek_cb,
    .FlushProc = flush_cb,
    .UserData = (char *) cursor,
  };
  return file;
}

static void
close_cb (struct aiFileIO *io, struct aiFile *file)
{
  Cursor *cursor = (Cursor *) (gpointer) file->UserData;
  g_bytes_unref (cursor->bytes);
  g_free (cursor);
  g_free (file);
}

struct aiFileIO
dio_assimp_file_io (DioImport *import)
{
  return (struct aiFileIO){
    .OpenProc = open_cb,
    .CloseProc = close_cb,
    .UserData = (char *) import,
  };
}
