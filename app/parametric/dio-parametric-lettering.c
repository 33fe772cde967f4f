#define G_LOG_DOMAIN "dio-parametric"

/* Letters as bars and arcs of one thickness, in the manner of road signs. */

#include "dio-parametric-lettering-private.h"

#include "dio-core-math.h"

#include <math.h>

/* Half the thickness of a stroke, of a letter's height. */
#define HALF 0.095f
#define GAP 0.19f
#define ARC_STEPS 10

/* A bar from (a) to (b), or with @radius_x > 0 an arc about (a) from angle b[0] to b[1] in degrees. */
typedef struct {
  char letter;
  float a[2], b[2];
  float radius_x, radius_y;
} Shape;

/* Letters are 0.6 wide; bars end square, so they reach to 0 and 1, arcs run in the middle of the stroke. */
static const Shape shapes[] = {
  { 'S', { 0.3f, 0.702f }, { 15, 270 }, 0.205f, 0.203f },
  { 'S', { 0.3f, 0.298f }, { 90, -165 }, 0.205f, 0.203f },
  { 'T', { 0, 0.905f }, { 0.6f, 0.905f }, 0, 0 },
  { 'T', { 0.3f, 0 }, { 0.3f, 0.9f }, 0, 0 },
  { 'O', { 0.3f, 0.66f }, { 0, 180 }, 0.205f, 0.245f },
  { 'O', { 0.3f, 0.34f }, { 180, 360 }, 0.205f, 0.245f },
  { 'O', { 0.095f, 0.34f }, { 0.095f, 0.66f }, 0, 0 },
  { 'O', { 0.505f, 0.34f }, { 0.505f, 0.66f }, 0, 0 },
  { 'P', { 0.115f, 0 }, { 0.115f, 1 }, 0, 0 },
  { 'P', { 0.115f, 0.905f }, { 0.33f, 0.905f }, 0, 0 },
  { 'P', { 0.115f, 0.465f }, { 0.33f, 0.465f }, 0, 0 },
  { 'P', { 0.33f, 0.685f }, { 90, -90 }, 0.19f, 0.22f },
  { '0', { 0.3f, 0.66f }, { 0, 180 }, 0.205f, 0.245f },
  { '0', { 0.3f, 0.34f }, { 180, 360 }, 0.205f, 0.245f },
  { '0', { 0.095f, 0.34f }, { 0.095f, 0.66f }, 0, 0 },
  { '0', { 0.505f, 0.34f }, { 0.505f, 0.66f }, 0, 0 },
  { '1', { 0.34f, 0 }, { 0.34f, 1 }, 0, 0 },
  { '1', { 0.13f, 0.76f }, { 0.34f, 0.93f }, 0, 0 },
  { '2', { 0.3f, 0.68f }, { 165, -38 }, 0.20f, 0.225f },
  { '2', { 0.45f, 0.54f }, { 0.13f, 0.12f }, 0, 0 },
  { '2', { 0.05f, 0.095f }, { 0.56f, 0.095f }, 0, 0 },
  { '3', { 0.29f, 0.71f }, { 150, -90 }, 0.195f, 0.195f },
  { '3', { 0.29f, 0.305f }, { 90, -150 }, 0.21f, 0.21f },
  { '4', { 0.42f, 0 }, { 0.42f, 1 }, 0, 0 },
  { '4', { 0.03f, 0.30f }, { 0.58f, 0.30f }, 0, 0 },
  { '4', { 0.10f, 0.30f }, { 0.40f, 0.93f }, 0, 0 },
  { '5', { 0.12f, 0.905f }, { 0.53f, 0.905f }, 0, 0 },
  { '5', { 0.15f, 0.93f }, { 0.125f, 0.48f }, 0, 0 },
  { '5', { 0.29f, 0.325f }, { 128, -152 }, 0.21f, 0.23f },
  { '6', { 0.3f, 0.31f }, { 0, 360 }, 0.205f, 0.215f },
  { '6', { 0.42f, 0.35f }, { 97, 180 }, 0.325f, 0.555f },
  { '7', { 0.04f, 0.905f }, { 0.56f, 0.905f }, 0, 0 },
  { '7', { 0.49f, 0.90f }, { 0.22f, 0 }, 0, 0 },
  { '8', { 0.3f, 0.715f }, { 0, 360 }, 0.18f, 0.19f },
  { '8', { 0.3f, 0.305f }, { 0, 360 }, 0.205f, 0.21f },
  { '9', { 0.3f, 0.69f }, { 0, 360 }, 0.205f, 0.215f },
  { '9', { 0.18f, 0.65f }, { -83, 0 }, 0.325f, 0.555f },
};

/* A piece of a stroke; round at its ends where it is a piece of an arc. */
typedef struct {
  float a[2], along[2], length;
  gboolean round;
} Stroke;

static void
add_stroke (GArray *strokes, const float a[static 2], const float b[static 2], gboolean round)
{
  Stroke stroke = { .a = { a[0], a[1] }, .round = round };
  float dx = b[0] - a[0], dy = b[1] - a[1];
  stroke.length = sqrtf (dx * dx + dy * dy);
  stroke.along[0] = dx / stroke.length;
  stroke.along[1] = dy / stroke.length;
  g_array_append_val (strokes, stroke);
}

static void
get_arc_point (const Shape *shape, guint i, float x, float out[static 2])
{
  double degrees =
      (double) shape->b[0] + ((double) shape->b[1] - (double) shape->b[0]) * i / ARC_STEPS;
  double angle = degrees * DIO_PI / 180;
  out[0] = x + shape->a[0] + shape->radius_x * (float) dio_cos (angle);
  out[1] = shape->a[1] + shape->radius_y * (float) dio_sin (angle);
}

static void
add_shape (GArray *strokes, const Shape *shape, float x)
{
  float last[2] = { x + shape->a[0], shape->a[1] }, next[2] = { x + shape->b[0], shape->b[1] };
  if (shape->radius_x <= 0) {
    add_stroke (strokes, last, next, FALSE);
    return;
  }
  get_arc_point (shape, 0, x, last);
  for (guint i = 1; i <= ARC_STEPS; i++) {
    get_arc_point (shape, i, x, next);
    add_stroke (strokes, last, next, TRUE);
    last[0] = next[0];
    last[1] = next[1];
  }
}

void
dio_lettering_init (DioLettering *lettering, const char *text)
{
  lettering->strokes = g_array_new (FALSE, FALSE, sizeof (Stroke));
  lettering->width = 0;
  for (const char *letter = text; *letter != '\0'; letter++) {
    float x = lettering->width + (letter > text ? GAP : 0);
    for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
      if (shapes[i].letter == *letter)
        add_shape (lettering->strokes, &shapes[i], x);
    lettering->width = x + (*letter == ' ' ? 0.2f : 0.6f);
  }
}

void
dio_lettering_clear (DioLettering *lettering)
{
  g_clear_pointer (&lettering->strokes, g_array_unref);
}

float
dio_lettering_get_distance (const DioLettering *lettering, float x, float y, float far)
{
  float nearest = far;
  for (guint i = 0; i < lettering->strokes->len; i++) {
    const Stroke *stroke = &g_array_index (lettering->strokes, Stroke, i);
    float dx = x - stroke->a[0], dy = y - stroke->a[1];
    float along = dx * stroke->along[0] + dy * stroke->along[1];
    float across = fabsf (dy * stroke->along[0] - dx * stroke->along[1]);
    if (across >= HALF + nearest)
      continue;
    float beyond = MAX (-along, along - stroke->length), distance;
    if (stroke->round)
      distance = (beyond > 0 ? sqrtf (beyond * beyond + across * across) : across) - HALF;
    else
      distance = MAX (across - HALF, beyond);
    nearest = MIN (nearest, distance);
  }
  return nearest;
}
