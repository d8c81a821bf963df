export { absoluteSpace, toAbsolute } from './absolute.ts';
export { checkBlocks } from './check-blocks.ts';
export { ActionRows, interpolateBlock, rowAt, shortestAngle } from './rows.ts';
export {
  ACTION_SPACES,
  type ActionReference,
  type ActionSpace,
  type ActionSpaceRule,
  type RowInterpolation,
} from './spaces.ts';
export {
  type ActionBlock,
  type ActionChunk,
  type ActionSpec,
  ARM_POSE,
  actionSize,
  armBlocks,
  COMPLIANCE,
  DEFAULT_ACTIONS,
  FORCE_BLOCK,
  GRIPPER_WIDTH,
  isOpening,
  referenceOf,
  STIFF_TOOL_N_M,
  STIFFNESS_BLOCK,
  stiffTool,
} from './specs.ts';
