#define G_LOG_DOMAIN "dio-widgets"

#include "dio-label-palette.h"

#include <math.h>

/* Seven of Okabe and Ito's colours and five of Paul Tol's "muted" ones: told apart under the three common kinds of colour
 * blindness, and ordered so that neighbours differ in lightness too. */
static const guint8 COLORS[DIO_LABEL_PALETTE_SIZE][3] = {
  { 0xe6, 0x9f, 0x00 }, { 0x00, 0x72, 0xb2 }, { 0x00, 0x9e, 0x73 }, { 0xcc, 0x79, 0xa7 },
  { 0x56, 0xb4, 0xe9 }, { 0xd5, 0x5e, 0x00 }, { 0xf0, 0xe4, 0x42 }, { 0x88, 0x22, 0x55 },
  { 0x44, 0xaa, 0x99 }, { 0xdd, 0xcc, 0x77 }, { 0x33, 0x22, 0x88 }, { 0x99, 0x99, 0x33 },
};

/* Stops at even distances. */
static const guint8 HEAT[5][3] = {
  { 0xd7, 0x30, 0x27 }, { 0xfc, 0x8d, 0x59 }, { 0xfe, 0xe0, 0x90 },
  { 0x91, 0xbf, 0xdb }, { 0x45, 0x75, 0xb4 },
};
/* Viridis from its bright to its dark end. */
static const guint8 DEPTH[9][3] = {
  { 0xfd, 0xe7, 0x25 }, { 0xad, 0xdc, 0x30 }, { 0x5e, 0xc9, 0x62 },
  { 0x28, 0xae, 0x80 }, { 0x21, 0x91, 0x8c }, { 0x2c, 0x72, 0x8e },
  { 0x3b, 0x52, 0x8b }, { 0x47, 0x2d, 0x7b }, { 0x44, 0x01, 0x54 },
};

void
dio_label_palette_get (guint index, guint8 rgb[static 3])
{
  for (int c = 0; c < 3; c++)
    rgb[c] = COLORS[index % DIO_LABEL_PALETTE_SIZE][c];
}

guint
dio_label_palette_get_pattern (guint index)
{
  return index / DIO_LABEL_PALETTE_SIZE;
}

static void
interpolate (const guint8 (*stops)[3], guint n_stops, double t, guint8 rgb[static 3])
{
  double position = CLAMP (t, 0, 1) * (n_stops - 1);
  guint first = MIN ((guint) position, n_stops - 2);
  double share = position - first;
  for (int c = 0; c < 3; c++)
    rgb[c] =
        (guint8) (stops[first][c] + share * (stops[first + 1][c] - (double) stops[first][c]) + 0.5);
}

void
dio_label_palette_get_heat (double visibility, guint8 rgb[static 3])
{
  if (isnan (visibility))
    rgb[0] = rgb[1] = rgb[2] = 0x80;
  else
    interpolate (HEAT, G_N_ELEMENTS (HEAT), visibility, rgb);
}

void
dio_label_palette_get_depth (double t, guint8 rgb[static 3])
{
  interpolate (DEPTH, G_N_ELEMENTS (DEPTH), isnan (t) ? 1 : t, rgb);
}

void
dio_label_palette_get_ink (const guint8 rgb[static 3], GdkRGBA *out)
{
  /* Rec. 709 weights on the coded values: good enough to choose between two inks. */
  double luma = 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
  float ink = luma > 140 ? 0 : 1;
  *out = (GdkRGBA){ ink, ink, ink, 1 };
}
