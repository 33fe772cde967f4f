#define G_LOG_DOMAIN "dio-parametric"

#include "dio-frame.h"
#include "dio-parametric-environment-private.h"
#include "dio-parametric.h"

#include "dio-core-math.h"
#include "dio-core-vec.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_ROWS 4096

static const char *const names[] = { "overcast", "room", "studio", "window", NULL };
/* In the order of names; N_(). */
static const char *const labels[] = { N_ ("Overcast"), N_ ("Room"), N_ ("Studio"), N_ ("Window") };

/* In the order of names. */
static const DioEnvironmentFunc shaders[] = {
  dio_environment_shade_overcast,
  dio_environment_shade_room,
  dio_environment_shade_studio,
  dio_environment_shade_window,
};
G_STATIC_ASSERT (G_N_ELEMENTS (shaders) + 1 == G_N_ELEMENTS (names));

const char *const *
dio_parametric_list_environments (void)
{
  return names;
}

const char *
dio_parametric_get_environment_label (const char *name)
{
  G_STATIC_ASSERT (G_N_ELEMENTS (labels) + 1 == G_N_ELEMENTS (names));
  for (guint i = 0; names[i] != NULL; i++)
    if (g_strcmp0 (names[i], name) == 0)
      return labels[i];
  return NULL;
}

static DioEnvironmentFunc
find_shader (const char *name)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (strcmp (names[i], name) == 0)
      return shaders[i];
  return NULL;
}

/* Samples across and down a texel: lamps have hard edges, and a texel is their mean. */
#define SUBSAMPLES 2

/* Directions of all columns of samples, so that a row costs one sine and cosine. */
static DioVec3 *
dup_bearings (guint n_columns)
{
  DioVec3 *bearings = g_new (DioVec3, n_columns);
  for (guint i = 0; i < n_columns; i++)
    bearings[i] = dio_environment_direction ((i + 0.5) / n_columns, 0.5);
  return bearings;
}

DioImage *
dio_parametric_render_environment (const char *name, guint height_px)
{
  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (height_px >= 2 && height_px <= MAX_ROWS, NULL);
  DioEnvironmentFunc shade = find_shader (name);
  if (shade == NULL)
    return NULL;

  guint width = 2 * height_px;
  DioImage *image = dio_image_new (width, height_px, 3, DIO_PIXEL_F32);
  g_autofree DioVec3 *bearings = dup_bearings (width * SUBSAMPLES);
  for (guint row = 0; row < height_px * SUBSAMPLES; row++) {
    double polar = (row + 0.5) / (height_px * SUBSAMPLES) * DIO_PI;
    double ring = dio_sin (polar), z = dio_cos (polar);
    float *out = image->f32 + (gsize) (row / SUBSAMPLES) * width * 3;
    for (guint i = 0; i < width * SUBSAMPLES; i++) {
      double rgb[3];
      shade (dio_vec3 (bearings[i].x * ring, bearings[i].y * ring, z), rgb);
      for (int c = 0; c < 3; c++)
        out[i / SUBSAMPLES * 3 + (guint) c] += (float) (rgb[c] / (SUBSAMPLES * SUBSAMPLES));
    }
  }
  return image;
}
