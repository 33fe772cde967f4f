#define G_LOG_DOMAIN "dio-parametric"

/* Roads and buildings. */

#include "dio-parametric-building-private.h"
#include "dio-parametric-table-private.h"

#include <glib/gi18n-lib.h>

static const char *const cloth_choices[] = {
  N_ ("Red"), N_ ("Red and White"), N_ ("Green and White"), N_ ("Blue and White"), N_ ("Beige"),
  NULL
};
static const char *const house_wall_choices[] = { N_ ("Plaster"), N_ ("Brick"), NULL };
static const char *const plaster_choices[] = {
  N_ ("Cream"), N_ ("Ochre"), N_ ("Grey"), N_ ("Terracotta"), N_ ("Green"), N_ ("White"), NULL
};
static const char *const center_choices[] = { N_ ("None"), N_ ("Dashed"), N_ ("Solid"),
                                              N_ ("Double"), NULL };
static const char *const crossing_choices[] = { N_ ("None"), N_ ("Stop Line"),
                                                N_ ("Zebra Crossing"), NULL };
static const char *const arms_choices[] = { N_ ("Crossing"), N_ ("Closed to one side"), NULL };
static const char *const paint_choices[] = { N_ ("White"), N_ ("Yellow"), NULL };
static const char *const wall_choices[] = { N_ ("Brick"), N_ ("Concrete"), N_ ("Plaster"), NULL };
static const char *const no_yes_choices[] = { N_ ("No"), N_ ("Yes"), NULL };

static const DioParametricParam awning_params[] = {
  [DIO_AWNING_WIDTH] = { "width_m", N_ ("Width"), "m", 1, 6, 2.8 },
  [DIO_AWNING_DEPTH] = { "depth_m", N_ ("Depth"), "m", 0.5, 2.5, 1.2 },
  [DIO_AWNING_DROP] = { "drop_m", N_ ("Drop to the front"), "m", 0.15, 1.2, 0.55 },
  [DIO_AWNING_FLAP] = { "flap_m", N_ ("Height of the flap"), "m", 0.08, 0.35, 0.2 },
  [DIO_AWNING_COLOR] = { "color", N_ ("Colour"), "", 0, 4, 1, .choices = cloth_choices },
  { NULL },
};

static const DioParametricParam house_params[] = {
  [DIO_HOUSE_BAYS] = { "bays", N_ ("Bays"), "", 2, 6, 4, .whole = TRUE },
  [DIO_HOUSE_STOREYS] = { "storeys", N_ ("Storeys"), "", 1, 5, 3, .whole = TRUE },
  [DIO_HOUSE_BAY] = { "bay_m", N_ ("Width of a bay"), "m", 1.8, 4, 2.5 },
  [DIO_HOUSE_STOREY] = { "storey_m", N_ ("Height of a storey"), "m", 2.6, 4, 3 },
  [DIO_HOUSE_DEPTH] = { "depth_m", N_ ("Depth"), "m", 3, 14, 8 },
  [DIO_HOUSE_WALL] = { "wall", N_ ("Wall"), "", 0, 1, 0, .choices = house_wall_choices },
  [DIO_HOUSE_COLOR] = { "color", N_ ("Colour"), "", 0, 5, 0, .choices = plaster_choices },
  [DIO_HOUSE_SEED] = { "seed", N_ ("Variant"), "", 0, 9999, 0, .whole = TRUE },
  [DIO_HOUSE_LIGHT] = { "light_nits", N_ ("Brightness of the light"), "", 0, 50000, 0 },
  { NULL },
};

static const DioParametricParam junction_params[] = {
  [DIO_JUNCTION_ARMS] = { "arms", N_ ("Arms"), "", 0, 1, 0, .choices = arms_choices },
  [DIO_JUNCTION_LANES] = { "lanes", N_ ("Lanes"), "", 1, 4, 2, .whole = TRUE },
  [DIO_JUNCTION_LANE] = { "lane_m", N_ ("Width of a lane"), "m", 2.2, 4, 3.1 },
  [DIO_JUNCTION_RADIUS] = { "radius_m", N_ ("Radius of the corners"), "m", 0.5, 12, 4 },
  [DIO_JUNCTION_KERB] = { "kerb_m", N_ ("Height of the kerb"), "m", 0.03, 0.25, 0.12 },
  [DIO_JUNCTION_PAVEMENT] = { "pavement_m", N_ ("Width of the pavement"), "m", 0, 6, 2 },
  { NULL },
};

static const DioParametricParam road_params[] = {
  [DIO_ROAD_LENGTH] = { "length_m", N_ ("Length"), "m", 4, 100, 20 },
  [DIO_ROAD_LANES] = { "lanes", N_ ("Lanes"), "", 1, 4, 2, .whole = TRUE },
  [DIO_ROAD_LANE] = { "lane_m", N_ ("Width of a lane"), "m", 2.2, 4, 3.1 },
  [DIO_ROAD_CENTER] = { "center", N_ ("Centre line"), "", 0, 3, 1, .choices = center_choices },
  [DIO_ROAD_EDGES] = { "edges", N_ ("Edge lines"), "", 0, 1, 0, .choices = no_yes_choices },
  [DIO_ROAD_CROSSING] = { "crossing", N_ ("Marking at the end"), "", 0, 2, 0,
                          .choices = crossing_choices },
  [DIO_ROAD_PAINT] = { "paint", N_ ("Paint"), "", 0, 1, 0, .choices = paint_choices },
  [DIO_ROAD_KERB] = { "kerb_m", N_ ("Height of the kerb"), "m", 0.03, 0.25, 0.12 },
  [DIO_ROAD_PAVEMENT] = { "pavement_m", N_ ("Width of the pavement"), "m", 0, 6, 2 },
  { NULL },
};

static const DioParametricParam wall_params[] = {
  [DIO_WALL_KIND] = { "wall", N_ ("Wall"), "", 0, 2, 0, .choices = wall_choices },
  [DIO_WALL_LENGTH] = { "length_m", N_ ("Length"), "m", 0.5, 50, 4 },
  [DIO_WALL_HEIGHT] = { "height_m", N_ ("Height"), "m", 0.3, 5, 1.6 },
  [DIO_WALL_THICKNESS] = { "thickness_m", N_ ("Thickness"), "m", 0.1, 0.8, 0.24 },
  { NULL },
};

static const DioParametricKind kinds[] = {
  { { "awning", N_ ("Awning"), DIO_PARAMETRIC_BUILDING, awning_params },
    dio_parametric_build_awning },
  { { "house", N_ ("House front"), DIO_PARAMETRIC_BUILDING, house_params, .open = TRUE },
    dio_parametric_build_house },
  { { "junction", N_ ("Junction"), DIO_PARAMETRIC_BUILDING, junction_params, .open = TRUE },
    dio_parametric_build_junction },
  { { "road", N_ ("Road"), DIO_PARAMETRIC_BUILDING, road_params, .open = TRUE },
    dio_parametric_build_road },
  { { "wall", N_ ("Wall"), DIO_PARAMETRIC_BUILDING, wall_params }, dio_parametric_build_wall },
};

const DioParametricKind *
dio_parametric_list_building (guint *n)
{
  *n = G_N_ELEMENTS (kinds);
  return kinds;
}
