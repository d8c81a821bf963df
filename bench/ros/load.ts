/** Load of the receivers of `bench ros`: two cameras and a fast force/torque sensor. */
export const IMAGE = { width: 1280, height: 720, rateHz: 30 } as const;
export const WRENCH_HZ = 1000;
export const CAMERAS = ['bench/camera_left/image_raw', 'bench/camera_right/image_raw'] as const;
export const WRENCH = 'bench/wrench';
/** Time before a measurement, for discovery and compilation (s). */
export const WARM_UP_S = 3;
