#define G_LOG_DOMAIN "dio-gl"

#include "dio-gl-mipmap-private.h"
#include "dio-gl-private.h"

#include <string.h>

struct DioGlCache {
  DioGlContext *context;
  gsize bound_bytes;
  gsize bytes;
  guint64 frame;        /* counts dio_gl_cache_begin_frame */
  GHashTable *meshes;   /* key -> DioGlMesh */
  GHashTable *textures; /* key -> DioGlTexture */
};

static void
free_mesh_cb (gpointer data)
{
  DioGlMesh *mesh = data;
  glDeleteVertexArrays (1, &mesh->vertex_array);
  glDeleteBuffers (1, &mesh->buffer);
  g_free (mesh);
}

static void
free_texture_cb (gpointer data)
{
  DioGlTexture *texture = data;
  glDeleteTextures (1, &texture->texture);
  g_free (texture);
}

DioGlCache *
dio_gl_cache_new (DioGlContext *context, gsize bound_bytes)
{
  DioGlCache *self = g_new0 (DioGlCache, 1);
  self->context = context;
  self->bound_bytes = bound_bytes;
  self->meshes = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, free_mesh_cb);
  self->textures = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, free_texture_cb);
  return self;
}

void
dio_gl_cache_free (DioGlCache *self)
{
  if (self == NULL)
    return;
  dio_gl_context_assert_current (self->context);
  g_hash_table_unref (self->meshes);
  g_hash_table_unref (self->textures);
  g_free (self);
}

gsize
dio_gl_cache_get_bytes (const DioGlCache *self)
{
  return self->bytes;
}

/* A picture that both cuts and is shown whole has two textures. */
static uint64_t
get_texture_key (const DioTexture *texture, gboolean alpha)
{
  return alpha ? texture->key ^ UINT64_C (0x9E3779B97F4A7C15) : texture->key;
}

/* Whether an axis repeats tells what lies beyond the last texel. */
static uint64_t
get_alpha_key (const DioTextureSlot *slot)
{
  guint repeats =
      (slot->wrap_s == DIO_WRAP_REPEAT ? 1 : 0) + (slot->wrap_t == DIO_WRAP_REPEAT ? 2 : 0);
  return slot->texture->key ^ (UINT64_C (0xD1B54A32D192ED03) * (repeats + 1));
}

static void
touch_key (DioGlCache *self, uint64_t key)
{
  DioGlTexture *texture = g_hash_table_lookup (self->textures, &key);
  if (texture != NULL)
    texture->last_frame = self->frame;
}

static void
touch_texture (DioGlCache *self, const DioTextureSlot *slot, gboolean alpha)
{
  if (slot->texture == NULL)
    return;
  touch_key (self, get_texture_key (slot->texture, alpha));
  if (alpha)
    touch_key (self, get_alpha_key (slot));
}

static void
touch_item (DioGlCache *self, const DioFrameItem *item)
{
  DioGlMesh *mesh = g_hash_table_lookup (self->meshes, &item->mesh->key);
  if (mesh != NULL)
    mesh->last_frame = self->frame;
  const DioMaterial *material = item->material;
  touch_texture (self, &material->base_color_texture, material->alpha_mode != DIO_ALPHA_OPAQUE);
  touch_texture (self, &material->metallic_roughness_texture, FALSE);
  touch_texture (self, &material->normal_texture, FALSE);
  touch_texture (self, &material->occlusion_texture, FALSE);
  touch_texture (self, &material->emissive_texture, FALSE);
}

static void
touch_picture (DioGlCache *self, const DioTexture *picture)
{
  const DioTextureSlot slot = { .texture = (DioTexture *) picture };
  touch_texture (self, &slot, FALSE);
}

/* What no item of the frame uses. */
typedef struct {
  guint64 last_frame;
  gsize bytes;
  GHashTable *table;
  uint64_t key;
} Unused;

static int
compare_unused_cb (gconstpointer a, gconstpointer b)
{
  const Unused *ua = a, *ub = b;
  return ua->last_frame < ub->last_frame ? -1 : ua->last_frame > ub->last_frame;
}

static gsize
collect_unused (DioGlCache *self, GArray *unused)
{
  GHashTableIter iter;
  gpointer value;
  gsize sum = 0;
  g_hash_table_iter_init (&iter, self->meshes);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    const DioGlMesh *mesh = value;
    Unused entry = { mesh->last_frame, mesh->bytes, self->meshes, mesh->key };
    if (mesh->last_frame != self->frame)
      g_array_append_val (unused, entry);
  }
  g_hash_table_iter_init (&iter, self->textures);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    const DioGlTexture *texture = value;
    Unused entry = { texture->last_frame, texture->bytes, self->textures, texture->key };
    if (texture->last_frame != self->frame)
      g_array_append_val (unused, entry);
  }
  for (guint i = 0; i < unused->len; i++)
    sum += g_array_index (unused, Unused, i).bytes;
  return sum;
}

void
dio_gl_cache_begin_frame (DioGlCache *self, const DioFrame *frame)
{
  dio_gl_context_assert_current (self->context);
  self->frame++;
  for (guint i = 0; i < frame->items->len; i++)
    touch_item (self, &g_array_index (frame->items, DioFrameItem, i));
  for (guint i = 0; i < frame->backdrops->len; i++)
    touch_picture (self, g_ptr_array_index (frame->backdrops, i));

  g_autoptr (GArray) unused = g_array_new (FALSE, FALSE, sizeof (Unused));
  gsize sum = collect_unused (self, unused);
  if (sum <= self->bound_bytes)
    return;
  g_array_sort (unused, compare_unused_cb);
  for (guint i = 0; i < unused->len && sum > self->bound_bytes; i++) {
    const Unused *entry = &g_array_index (unused, Unused, i);
    uint64_t key = entry->key;
    sum -= entry->bytes;
    self->bytes -= entry->bytes;
    g_hash_table_remove (entry->table, &key);
  }
}

/* One array of a mesh as it lies in the buffer. */
typedef struct {
  GLuint attribute;
  const void *data;
  GLint n_components;
} VertexArray;

static void
upload_arrays (DioGlMesh *self, const DioMesh *mesh)
{
  const VertexArray arrays[] = {
    { 0, mesh->positions, 3 }, { 1, mesh->normals, 3 }, { 2, mesh->tangents, 4 },
    { 3, mesh->uvs[0], 2 },    { 4, mesh->uvs[1], 2 },  { 5, mesh->colors, 4 },
  };
  gsize n = mesh->n_vertices, offset = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (arrays); i++) {
    const VertexArray *array = &arrays[i];
    gsize stride = sizeof (float) * (gsize) array->n_components;
    if (array->data == NULL)
      continue;
    glNamedBufferSubData (self->buffer, (GLintptr) offset, (GLsizeiptr) (n * stride), array->data);
    glVertexArrayVertexBuffer (self->vertex_array, array->attribute, self->buffer,
                               (GLintptr) offset, (GLsizei) stride);
    glVertexArrayAttribFormat (self->vertex_array, array->attribute, array->n_components, GL_FLOAT,
                               GL_FALSE, 0);
    glVertexArrayAttribBinding (self->vertex_array, array->attribute, array->attribute);
    glEnableVertexArrayAttrib (self->vertex_array, array->attribute);
    offset += n * stride;
  }
  self->index_offset = offset;
}

static double
get_slenderness (const DioMesh *mesh)
{
  double most = 0;
  for (guint i = 0; i < mesh->n_triangles; i++) {
    DioVec3 p[3];
    for (guint k = 0; k < 3; k++) {
      const float *at = mesh->positions[mesh->triangles[i][k]];
      p[k] = dio_vec3 (at[0], at[1], at[2]);
    }
    DioVec3 a = dio_vec3_sub (p[1], p[0]), b = dio_vec3_sub (p[2], p[0]),
            c = dio_vec3_sub (p[2], p[1]);
    double longest = MAX (dio_vec3_dot (a, a), MAX (dio_vec3_dot (b, b), dio_vec3_dot (c, c)));
    double area = dio_vec3_length (dio_vec3_cross (a, b));
    /* What has no area covers nothing. */
    most = area > 0 ? MAX (most, longest / area) : most;
  }
  return most;
}

const DioGlMesh *
dio_gl_cache_get_mesh (DioGlCache *self, const DioMesh *mesh)
{
  DioGlMesh *known = g_hash_table_lookup (self->meshes, &mesh->key);
  if (known != NULL)
    return known;

  DioGlMesh *made = g_new0 (DioGlMesh, 1);
  gsize per_vertex = 6 + (mesh->tangents != NULL ? 4 : 0) + (mesh->uvs[0] != NULL ? 2 : 0)
                     + (mesh->uvs[1] != NULL ? 2 : 0) + (mesh->colors != NULL ? 4 : 0);
  gsize index_bytes = sizeof *mesh->triangles * (gsize) mesh->n_triangles;
  made->key = mesh->key;
  made->last_frame = self->frame;
  made->bytes = per_vertex * sizeof (float) * mesh->n_vertices + index_bytes;
  made->n_indices = (GLsizei) (mesh->n_triangles * 3);
  made->has_tangents = mesh->tangents != NULL;
  made->has_colors = mesh->colors != NULL;
  made->slenderness = get_slenderness (mesh);
  glCreateBuffers (1, &made->buffer);
  glCreateVertexArrays (1, &made->vertex_array);
  glNamedBufferStorage (made->buffer, (GLsizeiptr) made->bytes, NULL, GL_DYNAMIC_STORAGE_BIT);
  upload_arrays (made, mesh);
  glNamedBufferSubData (made->buffer, (GLintptr) made->index_offset, (GLsizeiptr) index_bytes,
                        mesh->triangles);
  glVertexArrayElementBuffer (made->vertex_array, made->buffer);
  self->bytes += made->bytes;
  g_hash_table_insert (self->meshes, &made->key, made);
  return made;
}

/* The picture scaled down by whole steps of two until it fits @limit_px. Alpha cuts of such a texture
 * follow the smaller picture: the one case where they may differ from the label rays. */
static DioImage *
shrink (const DioImage *image, guint limit_px)
{
  guint step = 1;
  while (image->width / step > limit_px || image->height / step > limit_px)
    step *= 2;
  guint width = MAX (image->width / step, 1), height = MAX (image->height / step, 1);
  DioImage *small = dio_image_new (width, height, 4, DIO_PIXEL_U8);
  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width * 4; x++) {
      guint column = MIN (x / 4 * step + step / 2, image->width - 1);
      guint row = MIN (y * step + step / 2, image->height - 1);
      small->u8[(gsize) y * small->stride_bytes + x] =
          image->u8[(gsize) row * image->stride_bytes + column * 4 + x % 4];
    }
  g_warning ("A texture of %u x %u px exceeds the driver's %u px and is drawn at %u x %u",
             image->width, image->height, limit_px, width, height);
  return small;
}

static void
upload_level (GLuint texture, GLint level, const DioImage *image)
{
  glTextureSubImage2D (texture, level, 0, 0, (GLsizei) image->width, (GLsizei) image->height,
                       GL_RGBA, GL_UNSIGNED_BYTE, image->data);
}

static void
upload_levels (GLuint texture, const DioImage *image, gboolean srgb, gboolean alpha)
{
  if (!alpha || !dio_gl_mipmap_needs_alpha (image)) {
    upload_level (texture, 0, image);
    glGenerateTextureMipmap (texture);
    return;
  }
  g_autoptr (GPtrArray) levels = dio_gl_mipmap_new (image, srgb);
  for (guint i = 0; i < levels->len; i++)
    upload_level (texture, (GLint) i, levels->pdata[i]);
}

/* (transfer none): the picture or, in @small, one that the driver can hold. */
static const DioImage *
fit_image (const DioGlCache *self, const DioImage *image, DioImage **small)
{
  guint limit_px = dio_gl_context_get_max_texture_px (self->context);
  if (image->width <= limit_px && image->height <= limit_px)
    return image;
  *small = shrink (image, limit_px);
  return *small;
}

static DioGlTexture *
upload_texture (DioGlCache *self, const DioTexture *texture, gboolean alpha)
{
  g_autoptr (DioImage) small = NULL;
  const DioImage *image = fit_image (self, texture->image, &small);

  DioGlTexture *made = g_new0 (DioGlTexture, 1);
  int levels = g_bit_nth_msf (MAX (image->width, image->height), -1) + 1;
  made->key = get_texture_key (texture, alpha);
  made->last_frame = self->frame;
  /* The pyramid adds a third. */
  made->bytes = dio_image_get_bytes (image) * 4 / 3;
  glCreateTextures (GL_TEXTURE_2D, 1, &made->texture);
  glTextureStorage2D (made->texture, levels, texture->srgb ? GL_SRGB8_ALPHA8 : GL_RGBA8,
                      (GLsizei) image->width, (GLsizei) image->height);
  upload_levels (made->texture, image, texture->srgb, alpha);
  return made;
}

GLuint
dio_gl_cache_get_texture (DioGlCache *self, const DioTexture *texture, gboolean alpha)
{
  uint64_t key = get_texture_key (texture, alpha);
  DioGlTexture *known = g_hash_table_lookup (self->textures, &key);
  if (known == NULL) {
    known = upload_texture (self, texture, alpha);
    self->bytes += known->bytes;
    g_hash_table_insert (self->textures, &known->key, known);
  }
  return known->texture;
}

/* Texel (x, y) holds the alpha of (x, y), (x + 1, y), (x, y + 1) and (x + 1, y + 1). */
static DioImage *
gather_alpha (const DioImage *image, const DioTextureSlot *slot)
{
  guint width = image->width, height = image->height;
  guint after_x = slot->wrap_s == DIO_WRAP_REPEAT ? 0 : width - 1;
  guint after_y = slot->wrap_t == DIO_WRAP_REPEAT ? 0 : height - 1;
  DioImage *out = dio_image_new (width, height, 4, DIO_PIXEL_U8);
  for (guint y = 0; y < height; y++) {
    const uint8_t *rows[2] = { image->u8 + (gsize) y * width * 4,
                               image->u8 + (gsize) (y + 1 < height ? y + 1 : after_y) * width * 4 };
    uint8_t *to = out->u8 + (gsize) y * width * 4;
    for (guint x = 0; x < width; x++, to += 4) {
      guint next = x + 1 < width ? x + 1 : after_x;
      to[0] = rows[0][x * 4 + 3];
      to[1] = rows[0][next * 4 + 3];
      to[2] = rows[1][x * 4 + 3];
      to[3] = rows[1][next * 4 + 3];
    }
  }
  return out;
}

static DioGlTexture *
upload_alpha (DioGlCache *self, const DioTextureSlot *slot)
{
  g_autoptr (DioImage) small = NULL;
  const DioImage *image = fit_image (self, slot->texture->image, &small);
  g_autoptr (DioImage) four = gather_alpha (image, slot);
  DioGlTexture *made = g_new0 (DioGlTexture, 1);
  made->key = get_alpha_key (slot);
  made->last_frame = self->frame;
  made->bytes = dio_image_get_bytes (four);
  glCreateTextures (GL_TEXTURE_2D, 1, &made->texture);
  glTextureStorage2D (made->texture, 1, GL_RGBA8, (GLsizei) four->width, (GLsizei) four->height);
  glTextureParameteri (made->texture, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
  upload_level (made->texture, 0, four);
  return made;
}

GLuint
dio_gl_cache_get_alpha (DioGlCache *self, const DioTextureSlot *slot)
{
  uint64_t key = get_alpha_key (slot);
  DioGlTexture *known = g_hash_table_lookup (self->textures, &key);
  if (known == NULL) {
    known = upload_alpha (self, slot);
    self->bytes += known->bytes;
    g_hash_table_insert (self->textures, &known->key, known);
  }
  return known->texture;
}
