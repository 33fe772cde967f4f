#define G_LOG_DOMAIN "dio-assets"

#include "dio-assets-import-private.h"

#include "dio-core-pose.h"
#include "dio-core-vec.h"

#include <math.h>

/* Guesses only: nothing here changes the model. Each finding says what to set if the guess is right. */

/* What things are: between a screw and a building. */
#define SMALLEST_M 1e-3
#define LARGEST_M 1e3

/* Sizes of most things that people render, for guesses of the unit. */
#define USUAL_MIN_M 0.02
#define USUAL_MAX_M 8.0
/* Trees and houses are longer than that, so that up to here it is only a note. */
#define DOUBTFUL_MAX_M 15.0

static const struct {
  double scale_to_m;
  const char *unit;
} units[] = { { 0.01, "centimetres" }, { 0.0254, "inches" }, { 0.001, "millimetres" } };

static double
longest_side (const DioBox3 *box)
{
  DioVec3 size = dio_vec3_sub (box->max, box->min);
  return MAX (MAX (size.x, size.y), size.z);
}

static gboolean
has_own_units (const DioImport *import)
{
  return import->format == DIO_MODEL_GLTF || import->format == DIO_MODEL_DAE
         || import->format == DIO_MODEL_FBX;
}

/* The first unit that brings @longest (as imported at @scale) into the usual range; 0 where none does. */
static double
guess_scale (double longest, double scale, const char **unit)
{
  for (guint u = 0; u < G_N_ELEMENTS (units); u++) {
    double size = longest / scale * units[u].scale_to_m;
    if (size < USUAL_MIN_M || size > USUAL_MAX_M)
      continue;
    *unit = units[u].unit;
    return units[u].scale_to_m;
  }
  return 0;
}

static void
examine_size (const DioImport *import, const DioBox3 *box)
{
  double longest = longest_side (box);
  double given = import->asset->scale_to_m;
  double scale = given > 0 ? given : import->format == DIO_MODEL_FBX ? 0.01 : 1;
  const char *unit = NULL;
  gboolean impossible = longest < SMALLEST_M || longest > LARGEST_M;
  gboolean unusual = longest < USUAL_MIN_M || longest > USUAL_MAX_M;
  if (!impossible && (!unusual || given > 0 || has_own_units (import)))
    return;
  double guess = guess_scale (longest, scale, &unit);
  g_autofree char *fix =
      guess > 0 ? g_strdup_printf ("its numbers look like %s: set scale_to_m to %g", unit, guess)
                : g_strdup ("set scale_to_m to metres per unit of the file");
  gboolean doubtful = longest > USUAL_MAX_M && longest <= DOUBTFUL_MAX_M;
  dio_diagnostics_add (import->findings, doubtful ? DIO_SEVERITY_NOTE : DIO_SEVERITY_WARNING,
                       impossible ? "implausible-size" : "unit-guess", "",
                       "the model is %.4g m long, which %s; %s", longest,
                       impossible ? "nothing usual is" : "is unusual", fix);
}

static void
examine_unit_known (const DioImport *import, const DioBox3 *box)
{
  if (has_own_units (import) || import->asset->scale_to_m > 0)
    return;
  dio_diagnostics_add (import->findings, DIO_SEVERITY_NOTE, "unit-assumed", "",
                       "the format says no unit; metres were assumed, which makes the model %.4g m "
                       "long; set scale_to_m if that is wrong",
                       longest_side (box));
}

/* Area of faces that look up or down, against both horizontal pairs; things stand on flat bottoms. */
static void
examine_axes (const DioImport *import, const DioSoup *soup, const DioBox3 *box)
{
  if (import->asset->up != DIO_UP_AUTO || has_own_units (import))
    return;
  DioVec3 size = dio_vec3_sub (box->max, box->min);
  double tolerance = 0.002 * longest_side (box);
  /* The file's other up axis lies along -Y in the model where Y was taken for up, along +Y where Z was. */
  gboolean other_foot = soup->y_up ? fabs (box->max.y) < tolerance : fabs (box->min.y) < tolerance;
  gboolean own_foot = fabs (box->min.z) < tolerance;
  if (own_foot || !other_foot || size.y < 0.2 * longest_side (box))
    return;
  dio_diagnostics_add (import->findings, DIO_SEVERITY_WARNING, "up-axis-guess", "",
                       "the model does not stand on its origin with %s up, but would with %s up; "
                       "set up to \"%s\" if it lies on its side",
                       soup->y_up ? "Y" : "Z", soup->y_up ? "Z" : "Y", soup->y_up ? "z" : "y");
}

static void
examine_uvs (const DioImport *import, const DioSoup *soup)
{
  g_autoptr (GHashTable) told = g_hash_table_new (NULL, NULL);
  for (guint s = 0; s < soup->surfaces->len; s++) {
    const DioSurface *surface = g_ptr_array_index (soup->surfaces, s);
    const DioMaterial *material = g_ptr_array_index (soup->materials, surface->material);
    const DioTextureSlot *slot = &material->base_color_texture;
    gboolean textured = slot->texture != NULL || material->normal_texture.texture != NULL;
    if (!textured || surface->uvs[slot->uv_set] != NULL
        || !g_hash_table_add (told, GUINT_TO_POINTER (surface->material + 1)))
      continue;
    dio_diagnostics_add (
        import->findings, DIO_SEVERITY_WARNING, "no-uvs", material->name,
        "a mesh with a texture has no UV coordinates, so that the texture shows as "
        "one colour; unwrap the mesh, or use the material without texture");
  }
}

/* Quads or few triangles with cut-out alpha that show one side only: leaves that vanish from behind. */
static void
examine_cards (const DioImport *import, const DioSoup *soup)
{
  g_autoptr (GHashTable) told = g_hash_table_new (NULL, NULL);
  for (guint s = 0; s < soup->surfaces->len; s++) {
    const DioSurface *surface = g_ptr_array_index (soup->surfaces, s);
    const DioMaterial *material = g_ptr_array_index (soup->materials, surface->material);
    if (material->double_sided || material->alpha_mode != DIO_ALPHA_MASK
        || !g_hash_table_add (told, GUINT_TO_POINTER (surface->material + 1)))
      continue;
    dio_diagnostics_add (import->findings, DIO_SEVERITY_NOTE, "single-sided-cards", material->name,
                         "the material is cut out and single-sided, so that its faces vanish from "
                         "behind; override double_sided to true if these are leaves or cards");
  }
}

void
dio_doctor_examine (const DioImport *import, const DioSoup *soup)
{
  DioBox3 box = dio_soup_get_bounds (soup);
  examine_unit_known (import, &box);
  examine_size (import, &box);
  examine_axes (import, soup, &box);
  examine_uvs (import, soup);
  examine_cards (import, soup);
}
