#pragma once
/* Thread: main. The canvas of the viewport: what its files share.
 *
 * Everything is drawn and picked with the camera of the picture that is shown, never with the one that was asked for last, so that lines stay on what
 * they belong to while a new picture is made.
 *
 *   dio-viewport-canvas.c   the widget: scenes, size, view requests, painting in order
 *   dio-viewport-eye.c      the camera of the shown picture in widget coordinates
 *   dio-viewport-draw.c     grid, sensors, lights, ghost, rubber band
 *   dio-viewport-handles.c  the gizmo
 *   dio-viewport-tool.c     uses of a tool, from beginning to commit
 *   dio-viewport-words.c    what a tool says
 *   dio-viewport-input.c    pointer
 *   dio-viewport-keys.c     keys while something is going on
 *   dio-viewport-view.c     flights and framing
 *   dio-viewport-pick.c     what lies under a position, selection
 *   dio-viewport-occlude.c  hiding one object behind another
 *   dio-viewport-drop.c     drops of files and shelf items */

#include "dio-edit-navigation.h"
#include "dio-edit-tool.h"
#include "dio-picture-painter.h"
#include "dio-picture-zoom.h"
#include "dio-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIO_TYPE_VIEWPORT_CANVAS (dio_viewport_canvas_get_type ())
G_DECLARE_FINAL_TYPE (DioViewportCanvas, dio_viewport_canvas, DIO, VIEWPORT_CANVAS, GtkWidget)

/** The camera of the shown picture: @view's pixel (0, 0) lies at (x, y) of the widget. */
typedef struct {
  DioEditView view;
  double x, y;
} DioViewportEye;

typedef enum {
  DIO_VIEWPORT_DRAG_NONE,
  DIO_VIEWPORT_DRAG_PRESSED, /**< a button is down, nothing moved yet */
  DIO_VIEWPORT_DRAG_ORBIT,
  DIO_VIEWPORT_DRAG_PAN,
  DIO_VIEWPORT_DRAG_LOOK, /**< turn the head, fly with keys */
  DIO_VIEWPORT_DRAG_HANDLE,
  DIO_VIEWPORT_DRAG_RUBBER,
} DioViewportDrag;

struct _DioViewportCanvas {
  GtkWidget parent;
  DioSession *session;
  DioPicturePainter *view_painter, *sensor_painter;
  DioOverlayScene *view_scene, *sensor_scene;
  cairo_surface_t *ground_mask; /* where the free view shows no object: there the grid is seen */

  DioEditNavigation navigation;
  DioEditNavigation fly_from, fly_to; /* a flight between two views */
  gint64 flight_start_us;
  guint flight_id;
  guint fly_keys; /* of DioViewportFlyKey, held down */
  gint64 fly_last_us;
  guint fly_id;
  gboolean opened; /* a document was opened: its first result says where to look */
  gboolean moving; /* the session was told that something is dragged */
  guint settle_id;
  gboolean has_anchor;
  DioVec3 anchor_m;              /* under the pointer, for zooming and orbiting */
  DioPictureZoom zoom, pan_zoom; /* through the sensor */

  DioEditToolKind kind;
  gboolean local, snapping;
  DioEditTool *tool;
  DioScenario *tool_before; /* (nullable) while a tool is in use */
  GStrv tool_ids;
  DioEditView tool_view;    /* that the tool knows */
  DioMat4 tool_pivot_world; /* of the active node as the use began */
  DioEditHandle hot;

  DioViewportDrag drag;
  guint button;
  GdkModifierType drag_state;
  double press_x, press_y, last_x, last_y;
  double x, y;  /* pointer; NaN outside */
  double pinch; /* scale of the pinch so far */
  char *hover_node;

  gboolean has_ghost;
  DioVec3 ghost_m;
  DioBox3 ghost_box;
  char *status; /* what a tool is doing; NULL = nothing */
};

/* -- dio-viewport-canvas.c ---- */

GtkWidget *dio_viewport_canvas_new (DioSession *session) G_GNUC_WARN_UNUSED_RESULT;
gboolean dio_viewport_canvas_is_through (DioViewportCanvas *canvas);
/** The scene that is shown: of the sensor or of the free view; NULL before the first. */
DioOverlayScene *dio_viewport_canvas_get_scene (DioViewportCanvas *canvas);
/** Where its picture lies. */
DioPicturePlace dio_viewport_canvas_get_place (DioViewportCanvas *canvas);
gboolean dio_viewport_canvas_get_frame (DioViewportCanvas *canvas, DioPictureFrame *frame);
/** Tells the session what is looked at. */
void dio_viewport_canvas_push_view (DioViewportCanvas *canvas);
/** The sensor's picture stands in for that of the free view until one with its pose is made. */
void dio_viewport_canvas_take_over_sensor_picture (DioViewportCanvas *canvas);
/** Signal "status-changed"; @text (nullable) is taken. */
void dio_viewport_canvas_take_status (DioViewportCanvas *canvas, char *text);
/** Signal "note" (const char *text): one sentence that stays for some seconds; "tool-changed" (); "explained" (DioWhyPixel*); "menu" (double x, double y). */
void dio_viewport_canvas_note (DioViewportCanvas *canvas, const char *text);
void dio_viewport_canvas_tool_changed (DioViewportCanvas *canvas);
void dio_viewport_canvas_explain (DioViewportCanvas *canvas, int x, int y);
void dio_viewport_canvas_menu (DioViewportCanvas *canvas, double x, double y);

/* -- dio-viewport-eye.c ---- */

/** FALSE while nothing is shown. */
gboolean dio_viewport_eye_get (DioViewportCanvas *canvas, DioViewportEye *eye);
gboolean dio_viewport_eye_project (const DioViewportEye *eye, DioVec3 world_m, double xy[static 2]);
DioEditRay dio_viewport_eye_get_ray (const DioViewportEye *eye, double x, double y);
/** World pose of a node as it is shown (copy 0); FALSE for nodes that are not in the picture's frame. */
gboolean dio_viewport_find_pose (DioViewportCanvas *canvas,
                                 const char *id,
                                 DioMat4 *world_from_node);
/** World pose of a node as it is now: the picture may be older than the document. FALSE for nodes that are not there. */
gboolean dio_viewport_find_current_pose (DioViewportCanvas *canvas,
                                         const char *id,
                                         DioMat4 *world_from_node);
/** World bounds of the meshes at and below the nodes; empty where there are none. NULL = all. */
DioBox3 dio_viewport_get_bounds (DioViewportCanvas *canvas, const char *const *ids);

/* -- dio-viewport-draw.c ---- */

void dio_viewport_draw_grid (DioViewportCanvas *canvas, cairo_t *cr, const DioViewportEye *eye);
void dio_viewport_draw_nodes (DioViewportCanvas *canvas, cairo_t *cr, const DioViewportEye *eye);
void dio_viewport_draw_ghost (DioViewportCanvas *canvas, cairo_t *cr, const DioViewportEye *eye);
/** Where the active object may be drawn, in the frame's view. */
void dio_viewport_draw_range (DioViewportCanvas *canvas, cairo_t *cr, const DioViewportEye *eye);
void dio_viewport_draw_rubber (DioViewportCanvas *canvas, cairo_t *cr);
void dio_viewport_draw_passe_partout (DioViewportCanvas *canvas, GtkSnapshot *snapshot);
/** A line of the world, clipped at the eye. */
void dio_viewport_add_line (cairo_t *cr, const DioViewportEye *eye, DioVec3 a_m, DioVec3 b_m);
/** Id of the sensor or light whose glyph is at (x, y); borrowed until the next result; NULL = none. */
const char *dio_viewport_pick_glyph (DioViewportCanvas *canvas, double x, double y);

/* -- dio-viewport-handles.c ---- */

/** The handles of the tool on the selection, where the picture has it; FALSE without either. */
gboolean dio_viewport_handles_get_start (DioViewportCanvas *canvas, DioEditToolStart *start);
/** A use of @kind on the selection, where the document has it now; FALSE without a selection. */
gboolean dio_viewport_handles_get_use (DioViewportCanvas *canvas,
                                       DioEditToolKind kind,
                                       DioEditToolStart *start);
void dio_viewport_handles_draw (DioViewportCanvas *canvas, cairo_t *cr);
/** What lies under the pointer; redraws where that changed. */
void dio_viewport_handles_hover (DioViewportCanvas *canvas, double x, double y);

/* -- dio-viewport-tool.c ---- */

void dio_viewport_tool_set_kind (DioViewportCanvas *canvas, DioEditToolKind kind);
/** As G, R and S do: follows the pointer without a button. FALSE where nothing can be moved, which has been said. */
gboolean dio_viewport_tool_begin (DioViewportCanvas *canvas,
                                  DioEditToolKind kind,
                                  DioEditConstraint constraint);
gboolean dio_viewport_tool_is_active (DioViewportCanvas *canvas);
void dio_viewport_tool_point (DioViewportCanvas *canvas, double x, double y, GdkModifierType state);
gboolean dio_viewport_tool_key (DioViewportCanvas *canvas,
                                gunichar character,
                                GdkModifierType state);
void dio_viewport_tool_apply (DioViewportCanvas *canvas);
void dio_viewport_tool_cancel (DioViewportCanvas *canvas);

/* -- dio-viewport-words.c ---- */

/** Translated: name of the undo step, "Move Mug", "Rotate 3 Objects". */
char *dio_viewport_dup_tool_step (DioEditToolKind kind,
                                  const DioScenario *scenario,
                                  const char *const *ids) G_GNUC_WARN_UNUSED_RESULT;
/** Translated: name of the undo step where a randomizer's range went along. */
char *dio_viewport_dup_shift_step (const char *randomizer) G_GNUC_WARN_UNUSED_RESULT;
/** Translated: what the tool does now, "Move along X: 1.50 m". */
char *dio_viewport_dup_tool_status (const DioEditTool *tool) G_GNUC_WARN_UNUSED_RESULT;
/** Translated: why the tool does nothing to what @randomizer draws. */
char *dio_viewport_dup_drawn_note (DioEditToolKind kind,
                                   const char *randomizer) G_GNUC_WARN_UNUSED_RESULT;

/* -- dio-viewport-pick.c ---- */

/** Node under (x, y), also glyphs of sensors and lights; NULL = none. Borrowed until the next result. */
const char *dio_viewport_pick_node (DioViewportCanvas *canvas, double x, double y);
/** Instance under (x, y), 0 = none. */
guint dio_viewport_pick_instance (DioViewportCanvas *canvas, double x, double y);
void dio_viewport_pick_click (DioViewportCanvas *canvas, double x, double y, GdkModifierType state);
void dio_viewport_pick_rubber (DioViewportCanvas *canvas, GdkModifierType state);

/* -- dio-viewport-input.c, dio-viewport-keys.c ---- */

void dio_viewport_input_init (DioViewportCanvas *canvas);
void dio_viewport_keys_init (DioViewportCanvas *canvas);
void dio_viewport_keys_stop (DioViewportCanvas *canvas);

/* -- dio-viewport-view.c ---- */

void dio_viewport_view_fly_to (DioViewportCanvas *canvas, const DioEditNavigation *to);
void dio_viewport_view_frame (DioViewportCanvas *canvas, const char *const *ids);
/** Looks at what has a category, at once, without a flight; stays where nothing has one. */
void dio_viewport_view_frame_labelled (DioViewportCanvas *canvas);
/** Whether anything in the document has a category. */
gboolean dio_viewport_view_has_labelled (DioViewportCanvas *canvas);
void dio_viewport_view_look_along (DioViewportCanvas *canvas, DioEditLook look);
/** Leaves the view through the sensor, at its pose. */
void dio_viewport_view_leave_sensor (DioViewportCanvas *canvas);
/** Pictures may be drafts from now on until nothing moved for a moment. */
void dio_viewport_view_moving (DioViewportCanvas *canvas);
void dio_viewport_view_stop (DioViewportCanvas *canvas);
/** Finds the point under the pointer, for the next zoom or orbit. */
void dio_viewport_view_find_anchor (DioViewportCanvas *canvas, double x, double y);
/** Puts every selected object down on what lies below it. */
void dio_viewport_view_drop_to_surface (DioViewportCanvas *canvas);

/* -- dio-viewport-occlude.c ---- */

/** Hides what was selected first, in part, behind what was selected after it, in one undo step, and looks at the frame where that is drawn. */
void dio_viewport_occlude (DioViewportCanvas *canvas);

/* -- dio-viewport-drop.c ---- */

void dio_viewport_drop_init (DioViewportCanvas *canvas);

G_END_DECLS
