import type { CameraSetup } from '@praxis/sim';
import type { CameraInfo, Header } from '@praxis/wire';

/** Intrinsics of a pinhole without distortion, of square pictures (sensor_msgs/msg/CameraInfo). */
export function cameraInfoOf({ fovY }: CameraSetup, size: number, header: Header): CameraInfo {
  const f = size / 2 / Math.tan(fovY / 2);
  const c = size / 2;
  return {
    header,
    height: size,
    width: size,
    distortion_model: 'plumb_bob',
    d: new Float64Array(5),
    k: Float64Array.of(f, 0, c, 0, f, c, 0, 0, 1),
    r: Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1),
    p: Float64Array.of(f, 0, c, 0, 0, f, c, 0, 0, 0, 1, 0),
  };
}
