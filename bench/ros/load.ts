/** What the receivers of `bench ros` have to take: two cameras and a fast force/torque sensor. */
export const IMAGE = { width: 1280, height: 720, rateHz: 30 } as const;
export const WRENCH_HZ = 1000;
export const CAMERAS = ['bench/camera_left/image_raw', 'bench/camera_right/image_raw'] as const;
export const WRENCH = 'bench/wrench';
/** s before anything counts: discovery, and code that is still being compiled. */
export const WARM_UP_S = 3;
