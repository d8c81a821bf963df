export { SimScene } from './sim-scene.ts';
export { SoftwareRenderer } from './software-renderer.ts';
export type { BodyVisuals, CameraView, Geometry, Lighting, Pose, Visual } from './types.ts';
