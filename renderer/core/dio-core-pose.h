#pragma once
/* Thread: any. Rotations, rigid and affine transforms in double precision. See dio-core-conventions.h. */

#include "dio-core-types.h"

#include <glib.h>

G_BEGIN_DECLS

DioQuat dio_quat_identity (void);
/** Rotation by @angle_rad about the unit vector @axis, counter-clockwise seen against the axis. */
DioQuat dio_quat_from_axis_angle (DioVec3 axis, double angle_rad);
/** Applies @b first, then @a. */
DioQuat dio_quat_multiply (DioQuat a, DioQuat b);
/** Unit quaternion; identity for (0,0,0,0) or a quaternion that is not finite. */
DioQuat dio_quat_normalize (DioQuat q);
DioVec3 dio_quat_rotate (DioQuat q, DioVec3 v);
/** From the rotation part (upper 3x3, orthonormal, right-handed) of @m; w >= 0. */
DioQuat dio_quat_from_mat4 (const DioMat4 *m);
/** Yaw about +Z, then pitch about the turned +Y, then roll about the turned +X (radians). */
DioQuat dio_quat_from_yaw_pitch_roll (double yaw_rad, double pitch_rad, double roll_rad);

DioMat4 dio_mat4_identity (void);
DioMat4 dio_mat4_multiply (const DioMat4 *a, const DioMat4 *b);
DioMat4 dio_mat4_from_trs (const DioTrs *trs);
DioMat4 dio_mat4_from_quat (DioQuat q_wxyz);
DioMat4 dio_mat4_translation (DioVec3 t_m);
/** Inverse of an affine matrix (last row 0 0 0 1); returns FALSE and leaves @out alone where it has none. */
gboolean dio_mat4_invert_affine (const DioMat4 *m, DioMat4 *out);
double dio_mat4_determinant3 (const DioMat4 *m);
DioVec3 dio_mat4_transform_point (const DioMat4 *m, DioVec3 p);
DioVec3 dio_mat4_transform_vector (const DioMat4 *m, DioVec3 v);
/** Transforms a normal by the inverse transpose of the upper 3x3, times the determinant's absolute value
 * (so that flat scales work): it keeps to the outside under mirroring. Not normalised. */
DioVec3 dio_mat4_transform_normal (const DioMat4 *m, DioVec3 n);
gboolean dio_mat4_is_finite (const DioMat4 *m);
/** Splits an affine matrix without shear; returns FALSE and leaves @out alone where columns are not
 * orthogonal to 1e-6, of no length or not finite. A mirroring matrix gets a negative scale.x. */
gboolean dio_mat4_decompose (const DioMat4 *m, DioTrs *out);
/** world_from_camera of a camera at @eye_m that looks at @target_m (it lies on the camera's -Z); @up
 * breaks the tie about the axis, and where it lies along the axis +Y (else +Z) of the world stands in.
 * A camera without a direction (target at the eye) looks along world +Y. */
DioMat4 dio_mat4_look_at (DioVec3 eye_m, DioVec3 target_m, DioVec3 up);
/** Column-major floats for GPU uploads. */
void dio_mat4_to_float (const DioMat4 *m, float out[static 16]);

DioTrs dio_trs_identity (void);

DioBox3 dio_box3_empty (void);
gboolean dio_box3_is_empty (const DioBox3 *box);
void dio_box3_add_point (DioBox3 *box, DioVec3 p);
void dio_box3_add_box (DioBox3 *box, const DioBox3 *other);
/** The axis-aligned box of the eight transformed corners of @box. */
DioBox3 dio_box3_transform (const DioBox3 *box, const DioMat4 *b_from_a);

G_END_DECLS
