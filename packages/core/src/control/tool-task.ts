/**
 * Required part of a tool pose. `pose`: position and orientation. `position`: the position comes first, and the
 * orientation is as close as the arm can turn the tool there.
 */
export type ToolTask = 'pose' | 'position';

/** A pose has six degrees of freedom, and an arm with fewer joints reaches only a part of all poses. */
const POSE_DIMENSIONS = 6;

/** The task that an arm can fulfil: `position` for fewer than six joints that move, else `pose`. */
export const toolTaskOf = (jointCount: number): ToolTask => (jointCount < POSE_DIMENSIONS ? 'position' : 'pose');
