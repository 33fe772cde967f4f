// Blocks that every program sees. World positions are relative to the camera, world axes, metres;
// light is in nits, multiplied by frame.exposure.x when it is stored.
const float PI = 3.14159265358979;

layout(std140, binding = 0) uniform Frame {
  vec4 world_from_camera[3]; // columns of the camera's rotation
  vec4 intrinsics;           // fx, fy (pixels; orthographic: pixels a metre), cx, cy in pixels
  vec4 viewport;             // width, height, 1 / width, 1 / height
  vec4 exposure;             // stored per nit, largest stored value, nits of an unlit white, near plane
  vec4 environment;          // nits per stored value, cos and sin of the rotation, background level
  vec4 background;           // nits, w = 1 where the environment is seen
  ivec4 counts;              // suns, points and spots, rectangles
  vec4 ambient_occlusion;    // 1 = on, reach per depth, unused; orthographic: far minus near plane
  vec4 irradiance[18];       // of the environment, see environment.glsl
  vec4 fog; // lost per metre at the eye, 1 / scale height; airlight: level of the background, lowest row
} frame;

layout(std140, binding = 1) uniform Item {
  mat4 clip_from_mesh;
  mat4 world_from_mesh;
  mat3 world_from_mesh_normal;
  uvec4 leaf; // x: id, y: place in the frame, z: word of the mesh's buffer at which its indices begin
  vec4 cut;   // x: the surface covers where alpha >= x
} item;

// Depth is metres along the optical axis, in the depth buffer reversed: near / depth, its far plane at infinity;
// orthographic 1 at the near plane and 0 at the far one.
#ifdef ORTHOGRAPHIC
float depth_from_stored (float stored)
{
  return frame.exposure.w + (1.0 - stored) * frame.ambient_occlusion.w;
}

float fragment_depth (vec4 coord)
{
  return depth_from_stored (coord.z);
}

// Where @depth lies behind pixel position @pixel.
vec3 pixel_point (vec2 pixel, float depth)
{
  vec2 at = (pixel - frame.intrinsics.zw) / frame.intrinsics.xy;
  return frame.world_from_camera[0].xyz * at.x - frame.world_from_camera[1].xyz * at.y
         - frame.world_from_camera[2].xyz * depth;
}

// Camera axes of OpenCV: x right, y down, z forward.
vec3 pixel_point_camera (vec2 pixel, float depth)
{
  return vec3 ((pixel - frame.intrinsics.zw) / frame.intrinsics.xy, depth);
}

vec3 pixel_direction (vec2 pixel)
{
  return -frame.world_from_camera[2].xyz;
}

vec3 direction_to_camera (vec3 position)
{
  return frame.world_from_camera[2].xyz;
}
#else
float depth_from_stored (float stored)
{
  return frame.exposure.w / stored;
}

float fragment_depth (vec4 coord)
{
  return 1.0 / coord.w;
}

// The ray from the camera through pixel position @pixel, of depth 1 along the optical axis.
vec3 pixel_ray (vec2 pixel)
{
  vec3 ray = vec3 ((pixel - frame.intrinsics.zw) / frame.intrinsics.xy, 1.0);
  return frame.world_from_camera[0].xyz * ray.x - frame.world_from_camera[1].xyz * ray.y
         - frame.world_from_camera[2].xyz;
}

vec3 pixel_point (vec2 pixel, float depth)
{
  return pixel_ray (pixel) * depth;
}

vec3 pixel_point_camera (vec2 pixel, float depth)
{
  return vec3 ((pixel - frame.intrinsics.zw) / frame.intrinsics.xy, 1.0) * depth;
}

vec3 pixel_direction (vec2 pixel)
{
  return normalize (pixel_ray (pixel));
}

vec3 direction_to_camera (vec3 position)
{
  return normalize (-position);
}
#endif
