#define G_LOG_DOMAIN "dio-gl"

#include "dio-core-math.h"
#include "dio-gl-lobe.h"
#include "dio-gl-private.h"

#include <math.h>
#include <string.h>

#define KEPT_ENVIRONMENTS 4
#define PICTURE_WIDTH_PX 1024
#define BACKGROUND_MAX_WIDTH_PX 4096
#define SPECULAR_MIN_PX 128
#define SPECULAR_MAX_PX 256
#define IRRADIANCE_WIDTH_PX 128
#define IRRADIANCE_HEIGHT_PX 64

struct DioGlEnvironments {
  DioGlContext *context;
  DioGlPrograms *programs;
  GPtrArray *kept; /* of DioGlEnvironment*, the longest unused goes first */
  guint64 clock;
  GLuint vertex_array, framebuffer;
};

static void
free_environment_cb (gpointer data)
{
  DioGlEnvironment *environment = data;
  const GLuint textures[] = { environment->specular, environment->background };
  glDeleteTextures (G_N_ELEMENTS (textures), textures);
  g_free (environment);
}

DioGlEnvironments *
dio_gl_environments_new (DioGlContext *context, DioGlPrograms *programs)
{
  DioGlEnvironments *self = g_new0 (DioGlEnvironments, 1);
  self->context = context;
  self->programs = programs;
  self->kept = g_ptr_array_new_with_free_func (free_environment_cb);
  glCreateVertexArrays (1, &self->vertex_array);
  glCreateFramebuffers (1, &self->framebuffer);
  return self;
}

void
dio_gl_environments_free (DioGlEnvironments *self)
{
  if (self == NULL)
    return;
  dio_gl_context_assert_current (self->context);
  g_ptr_array_unref (self->kept);
  glDeleteVertexArrays (1, &self->vertex_array);
  glDeleteFramebuffers (1, &self->framebuffer);
  g_free (self);
}

gsize
dio_gl_environments_get_bytes (const DioGlEnvironments *self)
{
  gsize sum = 0;
  for (guint i = 0; i < self->kept->len; i++)
    sum += ((const DioGlEnvironment *) self->kept->pdata[i])->bytes;
  return sum;
}

/* Radiance is finite and not negative, whatever the file said; @limit bounds what a texture holds. */
static float
sane (float value, float limit)
{
  return value > 0 ? MIN (value, limit) : 0;
}

/* The picture averaged over areas to at most @max_width_px, its numbers made sane. */
static DioImage *
reduce (const DioImage *image, guint max_width_px, float limit)
{
  guint width = MIN (image->width, max_width_px);
  guint height = MAX (image->height * width / image->width, 1);
  DioImage *small = dio_image_new (width, height, 3, DIO_PIXEL_F32);
  for (guint y = 0; y < height; y++) {
    guint y0 = (guint) ((guint64) y * image->height / height);
    guint y1 = MAX ((guint) ((guint64) (y + 1) * image->height / height), y0 + 1);
    for (guint x = 0; x < width; x++) {
      guint x0 = (guint) ((guint64) x * image->width / width);
      guint x1 = MAX ((guint) ((guint64) (x + 1) * image->width / width), x0 + 1);
      double sum[3] = { 0 };
      for (guint v = y0; v < y1; v++)
        for (guint u = x0; u < x1; u++)
          for (guint c = 0; c < 3; c++)
            sum[c] += (double) sane (image->f32[((gsize) v * image->width + u) * 3 + c], 1e9f);
      double n = (double) (x1 - x0) * (y1 - y0);
      for (guint c = 0; c < 3; c++)
        small->f32[((gsize) y * width + x) * 3 + c] = sane ((float) (sum[c] / n), limit);
    }
  }
  return small;
}

static GLuint
upload_picture (const DioImage *picture, GLenum format, gboolean mip_maps)
{
  GLuint texture;
  int levels = mip_maps ? g_bit_nth_msf (MAX (picture->width, picture->height), -1) + 1 : 1;
  glCreateTextures (GL_TEXTURE_2D, 1, &texture);
  glTextureStorage2D (texture, levels, format, (GLsizei) picture->width, (GLsizei) picture->height);
  glTextureSubImage2D (texture, 0, 0, 0, (GLsizei) picture->width, (GLsizei) picture->height,
                       GL_RGB, GL_FLOAT, picture->data);
  if (mip_maps)
    glGenerateTextureMipmap (texture);
  glTextureParameteri (texture, GL_TEXTURE_WRAP_S, GL_REPEAT);
  glTextureParameteri (texture, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
  glTextureParameteri (texture, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
  glTextureParameteri (texture, GL_TEXTURE_MIN_FILTER,
                       mip_maps ? GL_LINEAR_MIPMAP_LINEAR : GL_LINEAR);
  return texture;
}

static GLuint
new_cube (GLsizei size_px, GLsizei levels)
{
  GLuint texture;
  glCreateTextures (GL_TEXTURE_CUBE_MAP, 1, &texture);
  glTextureStorage2D (texture, levels, GL_RGBA32F, size_px, size_px);
  glTextureParameteri (texture, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
  glTextureParameteri (texture, GL_TEXTURE_MIN_FILTER,
                       levels > 1 ? GL_LINEAR_MIPMAP_LINEAR : GL_LINEAR);
  return texture;
}

/* One level of a cube drawn by a program of environment-cube.frag. */
typedef struct {
  GLuint cube, source;
  const char *defines;
  GLint level;
  float size_px, roughness, source_size_px;
} CubeLevel;

static gboolean
draw_level (DioGlEnvironments *self, const CubeLevel *what, GError **error)
{
  GLuint program = dio_gl_programs_get (self->programs, "fullscreen.vert", "environment-cube.frag",
                                        what->defines, error);
  if (program == 0)
    return FALSE;
  glUseProgram (program);
  glUniform1f (1, what->size_px);
  glUniform1f (2, what->roughness);
  glUniform1f (3, what->source_size_px);
  glBindTextureUnit (0, what->source);
  glBindVertexArray (self->vertex_array);
  glBindFramebuffer (GL_FRAMEBUFFER, self->framebuffer);
  glViewport (0, 0, (GLsizei) what->size_px, (GLsizei) what->size_px);
  for (int face = 0; face < 6; face++) {
    glNamedFramebufferTextureLayer (self->framebuffer, GL_COLOR_ATTACHMENT0, what->cube,
                                    what->level, face);
    glUniform1i (0, face);
    glDrawArrays (GL_TRIANGLES, 0, 3);
  }
  glNamedFramebufferTexture (self->framebuffer, GL_COLOR_ATTACHMENT0, 0, 0);
  return TRUE;
}

/* The further levels of @cube of faces of @size_px, each from the one before. */
static gboolean
halve (DioGlEnvironments *self, GLuint cube, GLsizei size_px, GError **error)
{
  gboolean ok = TRUE;
  for (int level = 1; size_px >> level >= 1 && ok; level++) {
    CubeLevel what = { .cube = cube,
                       .source = cube,
                       .defines = "HALVE",
                       .level = level,
                       .size_px = (float) (size_px >> level),
                       .roughness = (float) (level - 1) };
    glTextureParameteri (cube, GL_TEXTURE_BASE_LEVEL, 0);
    glTextureParameteri (cube, GL_TEXTURE_MAX_LEVEL, level - 1);
    ok = draw_level (self, &what, error);
  }
  glTextureParameteri (cube, GL_TEXTURE_MAX_LEVEL, 1000);
  return ok;
}

/* Light that arrives from around @source: sharp to blurred in the specular cube. */
static gboolean
convolve (
    DioGlEnvironments *self, DioGlEnvironment *made, GLuint source, GLsizei size_px, GError **error)
{
  static const double roughness[DIO_GL_SPECULAR_LAST_LEVEL + 1] = { DIO_GL_SPECULAR_ROUGHNESS };
  /* Samples a texel: lobes widen as faces shrink. */
  static const char *const counts[DIO_GL_SPECULAR_LAST_LEVEL + 1] = {
    NULL,
    "SPECULAR COUNT=32",
    "SPECULAR COUNT=96",
    "SPECULAR COUNT=256",
    "SPECULAR COUNT=512",
    "SPECULAR COUNT=512",
  };
  glCopyImageSubData (source, GL_TEXTURE_CUBE_MAP, 0, 0, 0, 0, made->specular, GL_TEXTURE_CUBE_MAP,
                      0, 0, 0, 0, size_px, size_px, 6);
  for (int level = 1; level <= DIO_GL_SPECULAR_LAST_LEVEL; level++) {
    CubeLevel what = { .cube = made->specular,
                       .source = source,
                       .defines = counts[level],
                       .level = level,
                       .size_px = (float) (size_px >> level),
                       .roughness = (float) roughness[level],
                       .source_size_px = (float) size_px };
    if (!draw_level (self, &what, error))
      return FALSE;
  }
  return TRUE;
}

/* Faces as sharp as the picture in the middle of them, within limits. */
static GLsizei
get_face_size (const DioImage *picture)
{
  return picture->width / 4 > SPECULAR_MIN_PX ? SPECULAR_MAX_PX : SPECULAR_MIN_PX;
}

/* The polynomials of environment_diffuse at @n: harmonics of degree 0, 1, 2 and 4. */
static void
evaluate_harmonics (DioVec3 n, double out[static DIO_GL_N_HARMONICS])
{
  double x2 = n.x * n.x, y2 = n.y * n.y, z2 = n.z * n.z;
  const double all[DIO_GL_N_HARMONICS] = { 1,
                                           n.x,
                                           n.y,
                                           n.z,
                                           n.x * n.y,
                                           n.y * n.z,
                                           n.x * n.z,
                                           3 * z2 - 1,
                                           x2 - y2,
                                           n.x * n.y * (x2 - y2),
                                           n.y * n.z * (3 * x2 - y2),
                                           n.x * n.y * (7 * z2 - 1),
                                           n.y * n.z * (7 * z2 - 3),
                                           (35 * z2 - 30) * z2 + 3,
                                           n.x * n.z * (7 * z2 - 3),
                                           (x2 - y2) * (7 * z2 - 1),
                                           n.x * n.z * (x2 - 3 * y2),
                                           x2 * (x2 - 3 * y2) - y2 * (3 * x2 - y2) };
  memcpy (out, all, sizeof all);
}

/* What a clamped cosine leaves of harmonic @i (Ramamoorthi and Hanrahan 2001); of degree 3 it leaves nothing. */
static double
get_cosine_share (int i)
{
  return i == 0 ? 1 : i < 4 ? 2.0 / 3 : i < 9 ? 1.0 / 4 : -1.0 / 24;
}

/* Projects @picture, read on a grid of its own so that a coarse picture is integrated finely. */
static void
project_irradiance (const DioImage *picture, float out[static DIO_GL_N_HARMONICS][4])
{
  double sums[DIO_GL_N_HARMONICS][3] = { { 0 } }, squares[DIO_GL_N_HARMONICS] = { 0 },
         h[DIO_GL_N_HARMONICS];
  for (guint y = 0; y < IRRADIANCE_HEIGHT_PX; y++) {
    double v = (y + 0.5) / IRRADIANCE_HEIGHT_PX, area = dio_sin (v * DIO_PI);
    const float *row = picture->f32 + (gsize) (v * picture->height) * picture->width * 3;
    for (guint x = 0; x < IRRADIANCE_WIDTH_PX; x++) {
      double u = (x + 0.5) / IRRADIANCE_WIDTH_PX;
      const float *texel = row + (gsize) (u * picture->width) * 3;
      evaluate_harmonics (dio_environment_direction (u, v), h);
      for (int i = 0; i < DIO_GL_N_HARMONICS; i++) {
        squares[i] += h[i] * h[i] * area;
        for (int c = 0; c < 3; c++)
          sums[i][c] += h[i] * area * (double) texel[c];
      }
    }
  }
  for (int i = 0; i < DIO_GL_N_HARMONICS; i++)
    for (int c = 0; c < 3; c++)
      out[i][c] = (float) (sums[i][c] * get_cosine_share (i) / squares[i]);
}

static gboolean
fill (DioGlEnvironments *self, DioGlEnvironment *made, const DioImage *radiance, GError **error)
{
  g_autoptr (DioImage) picture = reduce (radiance, PICTURE_WIDTH_PX, 1e9f);
  g_autoptr (DioImage) background = reduce (radiance, BACKGROUND_MAX_WIDTH_PX, 65000.0f);
  GLuint picture_texture = upload_picture (picture, GL_RGBA32F, TRUE);
  GLsizei size_px = get_face_size (picture);
  GLuint source = new_cube (size_px, g_bit_nth_msf ((gulong) size_px, -1) + 1);
  CubeLevel from_picture = {
    .cube = source, .source = picture_texture, .defines = "FROM_PICTURE", .size_px = (float) size_px
  };

  glDisable (GL_DEPTH_TEST);
  glDisable (GL_BLEND);
  glDisable (GL_CULL_FACE);
  made->background = upload_picture (background, GL_RGBA16F, TRUE);
  made->width_px = background->width;
  made->specular = new_cube (size_px, DIO_GL_SPECULAR_LAST_LEVEL + 1);
  g_autoptr (DioImage) coarse = reduce (radiance, IRRADIANCE_WIDTH_PX, 1e9f);
  project_irradiance (coarse, made->irradiance);
  made->bytes = (gsize) background->width * background->height * 8 * 4 / 3
                + (gsize) size_px * (gsize) size_px * 6 * 16 * 4 / 3;
  gboolean ok = draw_level (self, &from_picture, error) && halve (self, source, size_px, error)
                && convolve (self, made, source, size_px, error);
  glDeleteTextures (1, &picture_texture);
  glDeleteTextures (1, &source);
  return ok && dio_gl_context_check (self->context, "preparing an environment", error);
}

static DioGlEnvironment *
find (DioGlEnvironments *self, uint64_t key)
{
  for (guint i = 0; i < self->kept->len; i++) {
    DioGlEnvironment *environment = self->kept->pdata[i];
    if (environment->key == key)
      return environment;
  }
  return NULL;
}

static void
drop_longest_unused (DioGlEnvironments *self)
{
  guint oldest = 0;
  for (guint i = 1; i < self->kept->len; i++) {
    const DioGlEnvironment *a = self->kept->pdata[i], *b = self->kept->pdata[oldest];
    if (a->last_used < b->last_used)
      oldest = i;
  }
  g_ptr_array_remove_index_fast (self->kept, oldest);
}

const DioGlEnvironment *
dio_gl_environments_get (DioGlEnvironments *self, const DioEnvironment *environment, GError **error)
{
  dio_gl_context_assert_current (self->context);
  g_autoptr (DioImage) black = NULL;
  const DioImage *radiance = environment->radiance;
  /* No picture lights like a black one, kept under a key of its own. */
  uint64_t key = radiance != NULL ? environment->key : 0;
  if (radiance == NULL)
    radiance = black = dio_image_new (2, 1, 3, DIO_PIXEL_F32);

  DioGlEnvironment *known = find (self, key);
  if (known == NULL) {
    known = g_new0 (DioGlEnvironment, 1);
    known->key = key;
    if (!fill (self, known, radiance, error)) {
      free_environment_cb (known);
      return NULL;
    }
    if (self->kept->len >= KEPT_ENVIRONMENTS)
      drop_longest_unused (self);
    g_ptr_array_add (self->kept, known);
  }
  known->last_used = ++self->clock;
  return known;
}
