#define G_LOG_DOMAIN "dio-randomizers"

#include "dio-randomizer-pictures-private.h"

#include "dio-session-models.h"
#include "dio-texture.h"

#include <glib/gi18n-lib.h>

#define PICTURE_PX 56
#define N_SHOWN 8

static void
show_picture (DioSession *session, const char *key, GtkWidget *picture)
{
  DioImage *image = dio_session_get_thumbnail (session, key);
  if (image == NULL || gtk_image_get_paintable (GTK_IMAGE (picture)) != NULL)
    return;
  g_autoptr (GdkTexture) texture = dio_texture_new (image);
  gtk_image_set_from_paintable (GTK_IMAGE (picture), GDK_PAINTABLE (texture));
}

static void
ready_cb (DioSession *session, const char *key, GtkWidget *picture)
{
  if (g_strcmp0 (key, gtk_widget_get_name (picture)) == 0)
    show_picture (session, key, picture);
}

static GtkWidget *
new_picture (DioSession *session, const char *key, const char *name)
{
  /* Not a picture, which would be as large as what it shows. */
  GtkWidget *picture = gtk_image_new ();
  gtk_image_set_pixel_size (GTK_IMAGE (picture), PICTURE_PX);
  gtk_accessible_update_property (GTK_ACCESSIBLE (picture), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  gtk_widget_set_size_request (picture, PICTURE_PX, PICTURE_PX);
  gtk_widget_set_overflow (picture, GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_tooltip_text (picture, name);
  gtk_widget_set_name (picture, key);
  gtk_widget_add_css_class (picture, "dio-tile");
  g_signal_connect_object (session, "thumbnail-ready", G_CALLBACK (ready_cb), picture, 0);
  show_picture (session, key, picture);
  return picture;
}

static void
put (GtkWidget *flow, GtkWidget *piece)
{
  gtk_flow_box_insert (GTK_FLOW_BOX (flow), piece, -1);
  gtk_widget_set_focusable (gtk_widget_get_parent (piece), FALSE);
}

GtkWidget *
dio_randomizer_pictures_new (DioSession *session, const char *const *keys, const char *const *names)
{
  GtkWidget *flow = gtk_flow_box_new ();
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (flow), GTK_SELECTION_NONE);
  gtk_flow_box_set_min_children_per_line (GTK_FLOW_BOX (flow), 4);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (flow), 4);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (flow), 3);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (flow), 3);
  gtk_widget_set_valign (flow, GTK_ALIGN_START);
  gtk_widget_set_halign (flow, GTK_ALIGN_START);
  guint n = g_strv_length ((GStrv) keys);
  /* The last place says how many more there are. */
  guint n_shown = n > N_SHOWN ? N_SHOWN - 1 : n;
  for (guint i = 0; i < n_shown; i++)
    put (flow, new_picture (session, keys[i], names[i]));
  if (n > n_shown) {
    /* Translators: how many more pictures there are */
    g_autofree char *text = g_strdup_printf (_ ("+ %u"), n - n_shown);
    GtkWidget *more = gtk_label_new (text);
    gtk_widget_add_css_class (more, "dim-label");
    put (flow, more);
  }
  return flow;
}
