#define G_LOG_DOMAIN "dio-assets"

#include "dio-assets-blob-private.h"
#include "dio-assets.h"

#include "dio-core-error.h"
#include "dio-core-interactive.h"
#include "dio-core-pose.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
  char tag[4];
  guint64 offset, size;
} Section;

/* An open blob whose header and checksums hold, and a cursor in one section. Once bad, every read gives zeros
 * and takes no memory: callers check at the end of a record. */
typedef struct {
  int fd;
  DioBlobKind kind;
  Section sections[DIO_BLOB_MAX_SECTIONS];
  guint n_sections;
  guint64 at, end;
  gboolean bad;
} Reader;

/* --- Opening ------------------------------------------------------------------------------------- */

static gboolean
pread_all (int fd, void *out, gsize size, guint64 offset)
{
  guint8 *bytes = out;
  while (size > 0) {
    gssize n = pread (fd, bytes, size, (off_t) offset);
    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      return FALSE;
    bytes += n;
    size -= (gsize) n;
    offset += (guint64) n;
  }
  return TRUE;
}

static guint64
u64_at (const guint8 *bytes)
{
  guint64 value;
  memcpy (&value, bytes, sizeof value);
  return GUINT64_FROM_LE (value);
}

static guint32
u32_at (const guint8 *bytes)
{
  guint32 value;
  memcpy (&value, bytes, sizeof value);
  return GUINT32_FROM_LE (value);
}

static gboolean
sum_holds (int fd, guint64 first, guint64 end, guint64 expected)
{
  const gsize chunk = 1 << 16;
  g_autofree guint8 *buffer = g_malloc (chunk);
  DioBlobSum sum;
  dio_blob_sum_init (&sum);
  for (guint64 at = first; at < end;) {
    gsize n = (gsize) MIN (end - at, chunk);
    if (!pread_all (fd, buffer, n, at))
      return FALSE;
    dio_blob_sum_update (&sum, buffer, n);
    at += n;
  }
  return dio_blob_sum_finish (&sum) == expected;
}

static gboolean
read_table (Reader *r, guint64 offset, guint64 size)
{
  if (offset < DIO_BLOB_HEADER || offset > size || (size - offset) / 24 < r->n_sections)
    return FALSE;
  for (guint s = 0; s < r->n_sections; s++) {
    guint8 entry[24];
    if (!pread_all (r->fd, entry, sizeof entry, offset + s * 24))
      return FALSE;
    Section *section = &r->sections[s];
    memcpy (section->tag, entry, 4);
    section->offset = u64_at (entry + 8);
    section->size = u64_at (entry + 16);
    if (section->offset < DIO_BLOB_HEADER || section->offset > size
        || section->size > size - section->offset)
      return FALSE;
  }
  return TRUE;
}

static gboolean
read_header (Reader *r)
{
  struct stat st;
  guint8 header[DIO_BLOB_HEADER];
  if (fstat (r->fd, &st) != 0 || !S_ISREG (st.st_mode)
      || !pread_all (r->fd, header, sizeof header, 0))
    return FALSE;
  DioBlobSum sum;
  dio_blob_sum_init (&sum);
  dio_blob_sum_update (&sum, header, 56);
  guint64 size = u64_at (header + 16), n_sections = u64_at (header + 32);
  guint32 kind = u32_at (header + 12);
  if (memcmp (header, DIO_BLOB_MAGIC, 8) != 0 || u32_at (header + 8) != DIO_BLOB_VERSION
      || dio_blob_sum_finish (&sum) != u64_at (header + 56) || size != (guint64) st.st_size
      || n_sections > DIO_BLOB_MAX_SECTIONS || (kind != DIO_BLOB_MODEL && kind != DIO_BLOB_IMAGE))
    return FALSE;
  r->kind = (DioBlobKind) kind;
  r->n_sections = (guint) n_sections;
  return sum_holds (r->fd, DIO_BLOB_HEADER, size, u64_at (header + 40))
         && read_table (r, u64_at (header + 24), size);
}

static void
set_corrupt (GError **error, const char *path)
{
  g_set_error (error, DIO_ERROR, DIO_ERROR_CORRUPT,
               "the imported form %s is damaged; import the asset again", path);
}

static gboolean
reader_open (Reader *r, const char *path, GError **error)
{
  memset (r, 0, sizeof *r);
  r->fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (r->fd < 0) {
    g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND, "cannot open the imported form %s: %s",
                 path, g_strerror (errno));
    return FALSE;
  }
  if (read_header (r))
    return TRUE;
  close (r->fd);
  set_corrupt (error, path);
  return FALSE;
}

/* --- Cursor -------------------------------------------------------------------------------------- */

static gboolean
enter (Reader *r, const char *tag)
{
  for (guint s = 0; s < r->n_sections; s++) {
    if (memcmp (r->sections[s].tag, tag, 4) != 0)
      continue;
    r->at = r->sections[s].offset;
    r->end = r->at + r->sections[s].size;
    return TRUE;
  }
  r->bad = TRUE;
  return FALSE;
}

static void
get (Reader *r, void *out, gsize size)
{
  if (r->bad || size > r->end - r->at || !pread_all (r->fd, out, size, r->at)) {
    r->bad = TRUE;
    memset (out, 0, size);
    return;
  }
  r->at += size;
}

static guint32
get_u32 (Reader *r)
{
  guint8 bytes[4];
  get (r, bytes, sizeof bytes);
  return u32_at (bytes);
}

/* A value below @limit. */
static guint32
get_below (Reader *r, guint32 limit)
{
  guint32 value = get_u32 (r);
  if (value < limit)
    return value;
  r->bad = TRUE;
  return 0;
}

/* A count of things that each take at least @item bytes of the section. */
static guint32
get_count (Reader *r, gsize item)
{
  guint32 value = get_u32 (r);
  if (value <= (r->end - r->at) / item)
    return value;
  r->bad = TRUE;
  return 0;
}

/* A number between @low and @high. */
static float
get_number (Reader *r, float low, float high)
{
  guint32 bits = get_u32 (r);
  float value;
  memcpy (&value, &bits, sizeof value);
  if (value >= low && value <= high)
    return value;
  r->bad = TRUE;
  return low;
}

static char *
get_string (Reader *r, gsize max)
{
  guint32 length = get_count (r, 1);
  if (length > max)
    r->bad = TRUE;
  if (r->bad)
    return g_strdup ("");
  char *text = g_malloc (length + 1);
  get (r, text, length);
  text[length] = '\0';
  if (!g_utf8_validate (text, (gssize) length, NULL))
    r->bad = TRUE;
  return text;
}

/* --- Model --------------------------------------------------------------------------------------- */

static GPtrArray *
get_textures (Reader *r)
{
  GPtrArray *textures = g_ptr_array_new_with_free_func ((GDestroyNotify) dio_texture_unref);
  if (!enter (r, "TEXS"))
    return textures;
  guint n = get_count (r, 16);
  for (guint t = 0; t < n && !r->bad; t++) {
    gboolean srgb = get_below (r, 2) != 0;
    guint width = get_below (r, 65537), height = get_below (r, 65537);
    if (width == 0 || height == 0 || (guint64) width * height * 4 > r->end - r->at) {
      r->bad = TRUE;
      break;
    }
    DioImage *image = dio_image_new (width, height, 4, DIO_PIXEL_U8);
    get (r, image->data, dio_image_get_bytes (image));
    g_ptr_array_add (textures, dio_texture_new_take (image, srgb));
  }
  return textures;
}

static void
get_slot (Reader *r, DioTextureSlot *slot, const GPtrArray *textures)
{
  guint index = get_below (r, textures->len + 1);
  slot->uv_set = get_below (r, 2);
  slot->uv_offset[0] = get_number (r, -1e6f, 1e6f);
  slot->uv_offset[1] = get_number (r, -1e6f, 1e6f);
  slot->uv_scale[0] = get_number (r, -1e6f, 1e6f);
  slot->uv_scale[1] = get_number (r, -1e6f, 1e6f);
  slot->uv_rotation_rad = get_number (r, -1e6f, 1e6f);
  slot->wrap_s = (DioWrap) get_below (r, DIO_WRAP_CLAMP + 1);
  slot->wrap_t = (DioWrap) get_below (r, DIO_WRAP_CLAMP + 1);
  slot->filter = (DioFilter) get_below (r, DIO_FILTER_NEAREST + 1);
  if (index > 0 && !r->bad)
    dio_texture_slot_set (slot, g_ptr_array_index (textures, index - 1));
}

static void
get_material (Reader *r, DioModel *model, const GPtrArray *textures)
{
  g_autofree char *name = get_string (r, 4096);
  DioMaterial *m = dio_material_new (name);
  for (guint c = 0; c < 4; c++)
    m->base_color[c] = get_number (r, 0, 1e4f);
  for (guint c = 0; c < 3; c++)
    m->emissive_nits[c] = get_number (r, 0, 1e12f);
  m->metallic = get_number (r, 0, 1);
  m->roughness = get_number (r, 0, 1);
  m->normal_scale = get_number (r, -1e4f, 1e4f);
  m->occlusion_strength = get_number (r, 0, 1);
  m->alpha_cutoff = get_number (r, 0, 1e4f);
  m->alpha_mode = (DioAlphaMode) get_below (r, DIO_ALPHA_BLEND + 1);
  m->double_sided = get_below (r, 2) != 0;
  m->unlit = get_below (r, 2) != 0;
  m->label_surface = (DioLabelSurface) get_below (r, DIO_LABEL_SURFACE_THROUGH + 1);
  get_slot (r, &m->base_color_texture, textures);
  get_slot (r, &m->metallic_roughness_texture, textures);
  get_slot (r, &m->normal_texture, textures);
  get_slot (r, &m->occlusion_texture, textures);
  get_slot (r, &m->emissive_texture, textures);
  dio_model_take_material (model, m);
}

static void
get_materials (Reader *r, DioModel *model)
{
  g_autoptr (GPtrArray) textures = get_textures (r);
  if (r->bad || !enter (r, "MTLS"))
    return;
  guint n = get_count (r, 264);
  for (guint m = 0; m < n && !r->bad; m++)
    get_material (r, model, textures);
}

static gboolean
has_section (const Reader *r, const char *tag)
{
  for (guint s = 0; s < r->n_sections; s++)
    if (memcmp (r->sections[s].tag, tag, 4) == 0)
      return TRUE;
  return FALSE;
}

static void
get_glass (Reader *r, DioModel *model)
{
  if (r->bad || !has_section (r, "GLAS") || !enter (r, "GLAS"))
    return;
  guint n = get_count (r, 8);
  for (guint i = 0; i < n && !r->bad; i++) {
    guint index = get_below (r, model->materials->len);
    float transmission = get_number (r, 0, 1);
    if (!r->bad)
      ((DioMaterial *) model->materials->pdata[index])->transmission = transmission;
  }
}

static gboolean
all_finite (const float *values, gsize n)
{
  /* The sum of 0 * x is 0 exactly where every x is finite. */
  float sum = 0;
  for (gsize i = 0; i < n; i++)
    sum += 0.0f * values[i];
  return sum == 0;
}

static void
get_floats (Reader *r, void *out, gsize n_floats)
{
  get (r, out, n_floats * sizeof (float));
  if (!r->bad && !all_finite (out, n_floats))
    r->bad = TRUE;
}

static DioMesh *
get_mesh (Reader *r)
{
  guint n = get_u32 (r), n_triangles = get_u32 (r), mask = get_below (r, 16);
  guint64 vertex_bytes =
      24 + ((mask & DIO_BLOB_TANGENTS) != 0 ? 16 : 0) + ((mask & DIO_BLOB_UV0) != 0 ? 8 : 0)
      + ((mask & DIO_BLOB_UV1) != 0 ? 8 : 0) + ((mask & DIO_BLOB_COLORS) != 0 ? 16 : 0);
  if (r->bad || n == 0 || n_triangles == 0
      || n * vertex_bytes + n_triangles * (guint64) 12 > r->end - r->at) {
    r->bad = TRUE;
    return NULL;
  }
  DioMeshDesc desc = { n,
                       n_triangles,
                       (mask & DIO_BLOB_TANGENTS) != 0,
                       (mask & DIO_BLOB_UV0) != 0,
                       (mask & DIO_BLOB_UV1) != 0,
                       (mask & DIO_BLOB_COLORS) != 0 };
  g_autoptr (DioMesh) mesh = dio_mesh_new (&desc);
  get_floats (r, mesh->positions, (gsize) n * 3);
  get_floats (r, mesh->normals, (gsize) n * 3);
  if (mesh->tangents != NULL)
    get_floats (r, mesh->tangents, (gsize) n * 4);
  for (guint s = 0; s < 2; s++) {
    if (mesh->uvs[s] != NULL)
      get_floats (r, mesh->uvs[s], (gsize) n * 2);
  }
  if (mesh->colors != NULL)
    get_floats (r, mesh->colors, (gsize) n * 4);
  get (r, mesh->triangles, (gsize) n_triangles * sizeof mesh->triangles[0]);
  const uint32_t *indices = &mesh->triangles[0][0];
  for (gsize i = 0; i < (gsize) n_triangles * 3; i++)
    r->bad = r->bad || indices[i] >= n;
  if (r->bad)
    return NULL;
  dio_mesh_seal (mesh);
  return g_steal_pointer (&mesh);
}

static GPtrArray *
get_meshes (Reader *r)
{
  GPtrArray *meshes = g_ptr_array_new_with_free_func ((GDestroyNotify) dio_mesh_unref);
  if (r->bad || !enter (r, "MESH"))
    return meshes;
  guint n = get_count (r, 12);
  for (guint m = 0; m < n && !r->bad; m++) {
    DioMesh *mesh = get_mesh (r);
    if (mesh != NULL)
      g_ptr_array_add (meshes, mesh);
  }
  return meshes;
}

static gboolean
is_printable (const char *name)
{
  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p)) {
    if (!g_unichar_isprint (g_utf8_get_char (p)))
      return FALSE;
  }
  return name[0] != '\0';
}

static void
get_groups (Reader *r, DioModel *model)
{
  if (r->bad || !enter (r, "GRPS"))
    return;
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n = get_count (r, 8);
  for (guint g = 0; g < n && !r->bad; g++) {
    char *name = get_string (r, 120);
    DioGroupLabel label = (DioGroupLabel) get_below (r, DIO_GROUP_LABEL_EXCLUDE + 1);
    if (!is_printable (name) || g_hash_table_contains (taken, name))
      r->bad = TRUE;
    if (!r->bad)
      dio_model_add_group (model, name, label);
    g_hash_table_add (taken, name);
  }
}

static void
get_parts (Reader *r, DioModel *model)
{
  g_autoptr (GPtrArray) meshes = get_meshes (r);
  get_groups (r, model);
  if (r->bad || !enter (r, "PART"))
    return;
  guint n = get_count (r, 140);
  for (guint p = 0; p < n && !r->bad; p++) {
    guint mesh = get_below (r, meshes->len);
    guint material = get_below (r, model->materials->len);
    guint group = get_below (r, model->groups->len);
    DioMat4 matrix;
    get (r, matrix.m, sizeof matrix.m);
    if (!dio_mat4_is_finite (&matrix) || matrix.m[3] != 0 || matrix.m[7] != 0 || matrix.m[11] != 0
        || matrix.m[15] != 1)
      r->bad = TRUE;
    if (!r->bad)
      dio_model_take_part (model, dio_mesh_ref (g_ptr_array_index (meshes, mesh)), material, group,
                           &matrix);
  }
  if (n == 0)
    r->bad = TRUE;
}

DioModel *
dio_asset_load_model (const char *blob_path, GError **error)
{
  g_return_val_if_fail (blob_path != NULL, NULL);
  dio_interactive_check ("reading a model");
  Reader r;
  if (!reader_open (&r, blob_path, error))
    return NULL;
  g_autoptr (DioModel) model = dio_model_new ();
  r.bad = r.kind != DIO_BLOB_MODEL;
  if (!r.bad)
    get_materials (&r, model);
  get_glass (&r, model);
  if (!r.bad)
    get_parts (&r, model);
  close (r.fd);
  if (r.bad) {
    set_corrupt (error, blob_path);
    return NULL;
  }
  dio_model_seal (model);
  return g_steal_pointer (&model);
}

/* --- Picture ------------------------------------------------------------------------------------- */

static DioImage *
get_image (Reader *r)
{
  if (!enter (r, "IMAG"))
    return NULL;
  guint width = get_below (r, 65537), height = get_below (r, 65537);
  guint channels = get_below (r, 5), type = get_below (r, DIO_PIXEL_F32 + 1);
  gboolean known =
      (channels == 4 && type == DIO_PIXEL_U8) || (channels == 3 && type == DIO_PIXEL_F32);
  if (r->bad || !known || width == 0 || height == 0
      || (guint64) width * height * channels * dio_pixel_type_get_bytes ((DioPixelType) type)
             != r->end - r->at)
    return NULL;
  DioImage *image = dio_image_new (width, height, channels, (DioPixelType) type);
  gsize n = dio_image_get_bytes (image);
  if (type == DIO_PIXEL_F32)
    get_floats (r, image->data, n / sizeof (float));
  else
    get (r, image->data, n);
  if (r->bad)
    g_clear_pointer (&image, dio_image_unref);
  return image;
}

DioImage *
dio_asset_load_image (const char *blob_path, GError **error)
{
  g_return_val_if_fail (blob_path != NULL, NULL);
  Reader r;
  if (!reader_open (&r, blob_path, error))
    return NULL;
  DioImage *image = r.kind == DIO_BLOB_IMAGE ? get_image (&r) : NULL;
  close (r.fd);
  if (image == NULL)
    set_corrupt (error, blob_path);
  return image;
}

char *
dio_blob_read_meta (const char *path, GError **error)
{
  Reader r;
  if (!reader_open (&r, path, error))
    return NULL;
  char *meta = NULL;
  if (enter (&r, "META") && r.end - r.at <= DIO_BLOB_MAX_META) {
    gsize size = (gsize) (r.end - r.at);
    meta = g_malloc (size + 1);
    get (&r, meta, size);
    meta[size] = '\0';
    if (r.bad || strlen (meta) != size)
      g_clear_pointer (&meta, g_free);
  }
  close (r.fd);
  if (meta == NULL)
    set_corrupt (error, path);
  return meta;
}
