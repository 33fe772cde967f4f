#define G_LOG_DOMAIN "dio-preview"

#include "dio-preview-private.h"

#include <math.h>

/* Planes of the view: near enough for the smallest models. The far one is without effect on pictures. */
#define NEAR_M 0.01
#define FAR_M 10000.0
/* A room in daylight, as sensors of a new scenario have it. */
#define EXPOSURE_EV100 10.0

DioCamera
dio_preview_view_to_camera (const DioPreviewView *view, const DioCamera *like)
{
  double w = view->width_px, h = view->height_px;
  double focal_px = h / 2 / tan (view->fov_y_rad / 2);
  DioCamera camera = {
    .id = "view",
    .width_px = view->width_px,
    .height_px = view->height_px,
    .fx = focal_px,
    .fy = focal_px,
    .cx = w / 2,
    .cy = h / 2,
    .near_m = NEAR_M,
    .far_m = FAR_M,
    .world_from_camera = view->world_from_camera,
    .exposure_ev100 = like != NULL ? like->exposure_ev100 : EXPOSURE_EV100,
    .tone = like != NULL ? like->tone : DIO_TONE_FILMIC,
    .depth_unit_m = 1e-3,
  };
  return camera;
}
