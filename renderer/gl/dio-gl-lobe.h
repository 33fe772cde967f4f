#pragma once
/* Thread: any. What the blurred environment and the fit of fit-lobe.c must agree on. */

/** Levels of the specular cube beyond the sharp one. */
#define DIO_GL_SPECULAR_LAST_LEVEL 5
/** Roughness by which each is blurred: each about half as sharp as the one before, like its texels. */
#define DIO_GL_SPECULAR_ROUGHNESS 0, 0.1, 0.2, 0.36, 0.6, 1
/** Lookups for one lobe; brdf.glsl and shade.glsl have the same. */
#define DIO_GL_N_TAPS 4
