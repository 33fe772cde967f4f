#pragma once
/* Thread: main. Who draws the widgets. GTK asks OpenGL first, which is right on a GPU. Where the processor stands in
 * for one, its renderer makes the main loop wait for llvmpipe, and llvmpipe's threads take the processors from the
 * render thread: the longest turn when a page comes was 55 to 91 ms on two cores, with cairo 8 to 45 ms. */

#include <glib.h>

G_BEGIN_DECLS

/** Begins to look in a thread for who draws here; before GTK is initialized, so that both go on side by side. Does
 * nothing where GSK_RENDERER names a renderer or DIORAMA_NO_GL keeps OpenGL away. */
void dio_shell_drawing_begin (void);
/** Waits for the answer and lets cairo draw where OpenGL is done by the processor; before the first window. Without
 * begin it does nothing. */
void dio_shell_drawing_choose (void);

G_END_DECLS
