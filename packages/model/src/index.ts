export { type ChainOptions, chainKinematics } from './kinematics/chain.ts';
export { Coordinates, type JointValues, type Slot } from './kinematics/coordinates.ts';
export { KinematicTree } from './kinematics/tree.ts';
export * from './robot-model.ts';
export { parseUrdf, type UrdfOptions } from './urdf/parse.ts';
