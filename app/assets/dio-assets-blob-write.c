#define G_LOG_DOMAIN "dio-assets"

#include "dio-assets-blob-private.h"

#include "dio-core-error.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define LANE_MUL 0x9fb21c651e98df25u
#define WORD_MUL 0xd6e8feb86659fd93u

/* --- Checksum ------------------------------------------------------------------------------------ */

static guint64
rotate (guint64 x, guint bits)
{
  return x << bits | x >> (64 - bits);
}

void
dio_blob_sum_init (DioBlobSum *sum)
{
  memset (sum, 0, sizeof *sum);
  for (guint i = 0; i < 4; i++)
    sum->lanes[i] = WORD_MUL * (i + 1);
}

static void
add_block (DioBlobSum *sum, const guint8 *block)
{
  for (guint i = 0; i < 4; i++) {
    guint64 word;
    memcpy (&word, block + i * 8, sizeof word);
    word = GUINT64_FROM_LE (word) * WORD_MUL;
    sum->lanes[i] = rotate (sum->lanes[i] ^ word, 29) * LANE_MUL;
  }
}

void
dio_blob_sum_update (DioBlobSum *sum, const void *data, gsize size)
{
  const guint8 *bytes = data;
  sum->n_bytes += size;
  while (size > 0) {
    if (sum->n_rest == 0 && size >= 32) {
      add_block (sum, bytes);
      bytes += 32;
      size -= 32;
      continue;
    }
    gsize n = MIN (size, 32 - sum->n_rest);
    memcpy (sum->rest + sum->n_rest, bytes, n);
    sum->n_rest += (guint) n;
    bytes += n;
    size -= n;
    if (sum->n_rest == 32) {
      add_block (sum, sum->rest);
      sum->n_rest = 0;
    }
  }
}

guint64
dio_blob_sum_finish (DioBlobSum *sum)
{
  memset (sum->rest + sum->n_rest, 0, 32 - sum->n_rest);
  add_block (sum, sum->rest);
  guint64 result = sum->n_bytes * WORD_MUL;
  for (guint i = 0; i < 4; i++)
    result = rotate (result ^ sum->lanes[i], 31) * LANE_MUL;
  return result ^ result >> 32;
}

/* --- Output -------------------------------------------------------------------------------------- */

typedef struct {
  int fd;
  guint64 offset; /* of the next byte */
  GByteArray *buffer;
  DioBlobSum sum;
  struct {
    char tag[4];
    guint64 offset, size;
  } sections[DIO_BLOB_MAX_SECTIONS];
  guint n_sections;
  int failure; /* errno, sticky */
} Writer;

static void
write_all (Writer *w, const void *data, gsize size)
{
  const guint8 *bytes = data;
  while (size > 0 && w->failure == 0) {
    gssize n = write (w->fd, bytes, size);
    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0) {
      w->failure = n < 0 ? errno : ENOSPC;
      return;
    }
    bytes += n;
    size -= (gsize) n;
  }
}

static void
flush (Writer *w)
{
  write_all (w, w->buffer->data, w->buffer->len);
  g_byte_array_set_size (w->buffer, 0);
}

static void
put (Writer *w, const void *data, gsize size)
{
  dio_blob_sum_update (&w->sum, data, size);
  w->offset += size;
  if (size < 65536) {
    g_byte_array_append (w->buffer, data, (guint) size);
    if (w->buffer->len > (1u << 20))
      flush (w);
    return;
  }
  flush (w);
  write_all (w, data, size);
}

static void
put_u32 (Writer *w, guint32 value)
{
  guint32 le = GUINT32_TO_LE (value);
  put (w, &le, sizeof le);
}

static void
put_u64 (Writer *w, guint64 value)
{
  guint64 le = GUINT64_TO_LE (value);
  put (w, &le, sizeof le);
}

static void
put_f32 (Writer *w, float value)
{
  guint32 bits;
  memcpy (&bits, &value, sizeof bits);
  put_u32 (w, bits);
}

static void
put_f64 (Writer *w, double value)
{
  guint64 bits;
  memcpy (&bits, &value, sizeof bits);
  put_u64 (w, bits);
}

static void
put_string (Writer *w, const char *text)
{
  put_u32 (w, (guint32) strlen (text));
  put (w, text, strlen (text));
}

/* Arrays of 4-byte values are stored as they lie in memory on the little-endian machines that we run on. */
G_STATIC_ASSERT (G_BYTE_ORDER == G_LITTLE_ENDIAN);

static void
begin_section (Writer *w, const char *tag)
{
  static const guint8 zeros[16] = { 0 };
  put (w, zeros, (16 - w->offset % 16) % 16);
  g_assert (w->n_sections < DIO_BLOB_MAX_SECTIONS);
  memcpy (w->sections[w->n_sections].tag, tag, 4);
  w->sections[w->n_sections].offset = w->offset;
}

static void
end_section (Writer *w)
{
  w->sections[w->n_sections].size = w->offset - w->sections[w->n_sections].offset;
  w->n_sections++;
}

/* --- Model --------------------------------------------------------------------------------------- */

static const DioTextureSlot *
get_slot (const DioMaterial *material, guint index)
{
  const DioTextureSlot *slots[] = {
    &material->base_color_texture, &material->metallic_roughness_texture, &material->normal_texture,
    &material->occlusion_texture,  &material->emissive_texture,
  };
  return slots[index];
}

/* Textures in the order of first use; index + 1 in @indices. */
static GPtrArray *
collect_textures (const DioModel *model, GHashTable *indices)
{
  GPtrArray *textures = g_ptr_array_new ();
  for (guint m = 0; m < model->materials->len; m++) {
    for (guint s = 0; s < 5; s++) {
      DioTexture *texture = get_slot (g_ptr_array_index (model->materials, m), s)->texture;
      if (texture == NULL || g_hash_table_contains (indices, texture))
        continue;
      g_ptr_array_add (textures, texture);
      g_hash_table_insert (indices, texture, GUINT_TO_POINTER (textures->len));
    }
  }
  return textures;
}

static void
put_textures (Writer *w, const GPtrArray *textures)
{
  begin_section (w, "TEXS");
  put_u32 (w, textures->len);
  for (guint t = 0; t < textures->len; t++) {
    const DioTexture *texture = g_ptr_array_index (textures, t);
    put_u32 (w, texture->srgb ? 1 : 0);
    put_u32 (w, texture->image->width);
    put_u32 (w, texture->image->height);
    put (w, texture->image->data, dio_image_get_bytes (texture->image));
  }
  end_section (w);
}

static void
put_slot (Writer *w, const DioTextureSlot *slot, GHashTable *indices)
{
  gpointer index = slot->texture != NULL ? g_hash_table_lookup (indices, slot->texture) : NULL;
  put_u32 (w, GPOINTER_TO_UINT (index));
  put_u32 (w, slot->uv_set);
  const float numbers[] = { slot->uv_offset[0], slot->uv_offset[1], slot->uv_scale[0],
                            slot->uv_scale[1], slot->uv_rotation_rad };
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    put_f32 (w, numbers[i]);
  put_u32 (w, slot->wrap_s);
  put_u32 (w, slot->wrap_t);
  put_u32 (w, slot->filter);
}

static void
put_materials (Writer *w, const DioModel *model, GHashTable *indices)
{
  begin_section (w, "MTLS");
  put_u32 (w, model->materials->len);
  for (guint m = 0; m < model->materials->len; m++) {
    const DioMaterial *material = g_ptr_array_index (model->materials, m);
    put_string (w, material->name != NULL ? material->name : "");
    for (guint c = 0; c < 4; c++)
      put_f32 (w, material->base_color[c]);
    for (guint c = 0; c < 3; c++)
      put_f32 (w, material->emissive_nits[c]);
    const float numbers[] = { material->metallic, material->roughness, material->normal_scale,
                              material->occlusion_strength, material->alpha_cutoff };
    for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
      put_f32 (w, numbers[i]);
    put_u32 (w, material->alpha_mode);
    put_u32 (w, material->double_sided ? 1 : 0);
    put_u32 (w, material->unlit ? 1 : 0);
    put_u32 (w, material->label_surface);
    for (guint s = 0; s < 5; s++)
      put_slot (w, get_slot (material, s), indices);
  }
  end_section (w);
}

/* Only of models with glass: a later section than MTLS, which readers of models without it do not miss. */
static void
put_glass (Writer *w, const DioModel *model)
{
  guint n = 0;
  for (guint m = 0; m < model->materials->len; m++)
    n += ((const DioMaterial *) model->materials->pdata[m])->transmission > 0;
  if (n == 0)
    return;
  begin_section (w, "GLAS");
  put_u32 (w, n);
  for (guint m = 0; m < model->materials->len; m++) {
    const DioMaterial *material = model->materials->pdata[m];
    if (material->transmission <= 0)
      continue;
    put_u32 (w, m);
    put_f32 (w, material->transmission);
  }
  end_section (w);
}

static void
put_mesh (Writer *w, const DioMesh *mesh)
{
  put_u32 (w, mesh->n_vertices);
  put_u32 (w, mesh->n_triangles);
  put_u32 (w, (mesh->tangents != NULL ? DIO_BLOB_TANGENTS : 0)
                  | (mesh->uvs[0] != NULL ? DIO_BLOB_UV0 : 0)
                  | (mesh->uvs[1] != NULL ? DIO_BLOB_UV1 : 0)
                  | (mesh->colors != NULL ? DIO_BLOB_COLORS : 0));
  gsize n = mesh->n_vertices;
  put (w, mesh->positions, n * sizeof mesh->positions[0]);
  put (w, mesh->normals, n * sizeof mesh->normals[0]);
  if (mesh->tangents != NULL)
    put (w, mesh->tangents, n * sizeof mesh->tangents[0]);
  for (guint s = 0; s < 2; s++) {
    if (mesh->uvs[s] != NULL)
      put (w, mesh->uvs[s], n * sizeof mesh->uvs[s][0]);
  }
  if (mesh->colors != NULL)
    put (w, mesh->colors, n * sizeof mesh->colors[0]);
  put (w, mesh->triangles, mesh->n_triangles * sizeof mesh->triangles[0]);
}

static void
put_parts (Writer *w, const DioModel *model)
{
  g_autoptr (GHashTable) indices = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) meshes = g_ptr_array_new ();
  for (guint p = 0; p < model->parts->len; p++) {
    DioMesh *mesh = g_array_index (model->parts, DioModelPart, p).mesh;
    if (g_hash_table_contains (indices, mesh))
      continue;
    g_hash_table_insert (indices, mesh, GUINT_TO_POINTER (meshes->len));
    g_ptr_array_add (meshes, mesh);
  }
  begin_section (w, "MESH");
  put_u32 (w, meshes->len);
  for (guint m = 0; m < meshes->len; m++)
    put_mesh (w, g_ptr_array_index (meshes, m));
  end_section (w);

  begin_section (w, "GRPS");
  put_u32 (w, model->groups->len);
  for (guint g = 0; g < model->groups->len; g++) {
    const DioModelGroup *group = &g_array_index (model->groups, DioModelGroup, g);
    put_string (w, group->name);
    put_u32 (w, group->label);
  }
  end_section (w);

  begin_section (w, "PART");
  put_u32 (w, model->parts->len);
  for (guint p = 0; p < model->parts->len; p++) {
    const DioModelPart *part = &g_array_index (model->parts, DioModelPart, p);
    put_u32 (w, GPOINTER_TO_UINT (g_hash_table_lookup (indices, part->mesh)));
    put_u32 (w, part->material);
    put_u32 (w, part->group);
    for (guint i = 0; i < 16; i++)
      put_f64 (w, part->model_from_mesh.m[i]);
  }
  end_section (w);
}

static void
put_model (Writer *w, const DioModel *model)
{
  g_autoptr (GHashTable) indices = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) textures = collect_textures (model, indices);
  put_textures (w, textures);
  put_materials (w, model, indices);
  put_glass (w, model);
  put_parts (w, model);
}

static void
put_image (Writer *w, const DioImage *image)
{
  begin_section (w, "IMAG");
  put_u32 (w, image->width);
  put_u32 (w, image->height);
  put_u32 (w, image->channels);
  put_u32 (w, image->type);
  put (w, image->data, dio_image_get_bytes (image));
  end_section (w);
}

/* --- The whole ----------------------------------------------------------------------------------- */

static guint64
put_table (Writer *w)
{
  static const guint8 zeros[16] = { 0 };
  put (w, zeros, (16 - w->offset % 16) % 16);
  guint64 offset = w->offset;
  for (guint s = 0; s < w->n_sections; s++) {
    put (w, w->sections[s].tag, 4);
    put_u32 (w, 0);
    put_u64 (w, w->sections[s].offset);
    put_u64 (w, w->sections[s].size);
  }
  return offset;
}

/* The header comes last, in place: a file that was cut short has none. */
static void
put_header (Writer *w, DioBlobKind kind, guint64 table_offset, guint64 payload_sum)
{
  guint8 header[DIO_BLOB_HEADER] = DIO_BLOB_MAGIC;
  const guint32 words[] = { GUINT32_TO_LE (DIO_BLOB_VERSION), GUINT32_TO_LE (kind) };
  const guint64 longs[] = { GUINT64_TO_LE (w->offset), GUINT64_TO_LE (table_offset),
                            GUINT64_TO_LE (w->n_sections), GUINT64_TO_LE (payload_sum) };
  memcpy (header + 8, words, sizeof words);
  memcpy (header + 16, longs, sizeof longs);
  DioBlobSum sum;
  dio_blob_sum_init (&sum);
  dio_blob_sum_update (&sum, header, 56);
  guint64 header_sum = GUINT64_TO_LE (dio_blob_sum_finish (&sum));
  memcpy (header + 56, &header_sum, sizeof header_sum);
  flush (w);
  if (w->failure == 0 && lseek (w->fd, 0, SEEK_SET) < 0)
    w->failure = errno;
  write_all (w, header, sizeof header);
}

gboolean
dio_blob_write (
    int fd, const char *meta, const DioModel *model, const DioImage *image, GError **error)
{
  g_assert ((model == NULL) != (image == NULL));
  Writer w = { .fd = fd };
  w.buffer = g_byte_array_new ();
  if (lseek (fd, 0, SEEK_SET) < 0 || ftruncate (fd, 0) != 0)
    w.failure = errno;
  static const guint8 empty[DIO_BLOB_HEADER] = { 0 };
  write_all (&w, empty, sizeof empty);
  w.offset = DIO_BLOB_HEADER;
  dio_blob_sum_init (&w.sum);
  begin_section (&w, "META");
  put (&w, meta, strlen (meta));
  end_section (&w);
  if (model != NULL)
    put_model (&w, model);
  else
    put_image (&w, image);
  guint64 table_offset = put_table (&w);
  guint64 payload_sum = dio_blob_sum_finish (&w.sum);
  put_header (&w, model != NULL ? DIO_BLOB_MODEL : DIO_BLOB_IMAGE, table_offset, payload_sum);
  g_byte_array_unref (w.buffer);
  if (w.failure == 0)
    return TRUE;
  g_set_error (error, DIO_ERROR,
               w.failure == ENOSPC || w.failure == EDQUOT ? DIO_ERROR_NO_SPACE
               : w.failure == EFBIG                       ? DIO_ERROR_LIMIT
                                                          : DIO_ERROR_FAILED,
               "the imported form cannot be written: %s", g_strerror (w.failure));
  return FALSE;
}
