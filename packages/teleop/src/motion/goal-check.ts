import type { MotionGoal } from '../dialogue/goal.ts';
import { beyondLimit, type DialogueLimits, isBeyond } from '../dialogue/limits.ts';

/**
 * Why a goal is not carried out whoever sent it, in words; undefined when it is within the limits. The dialogue keeps them by
 * itself; a goal may come from elsewhere.
 */
export function goalFault(goal: MotionGoal, limits: DialogueLimits): string | undefined {
  const strange = Object.entries(goal).find(([, value]) => typeof value === 'number' && !Number.isFinite(value));
  if (strange) return `${strange[0]} is ${strange[1]}: expected a finite number`;
  switch (goal.kind) {
    case 'translate':
      if (isBeyond(goal.metres, Math.max(limits.maximumStep, limits.continuousDistance))) return 'that is too far';
      return beyondLimit(goal, limits) ?? paceFault(goal, limits.linearSpeed);
    case 'rotate':
      return beyondLimit(goal, limits) ?? paceFault(goal, limits.angularSpeed);
    case 'gripper':
      if (goal.width < 0 || isBeyond(goal.effort, 1) || goal.effort <= 0) return 'the gripper cannot do that';
      return beyondLimit(goal, limits);
    case 'home':
    case 'return':
      return goal.speedFactor > 0 && !isBeyond(goal.speedFactor, 1) ? undefined : 'that is too fast';
  }
}

function paceFault({ speed, timeout }: { speed: number; timeout: number }, most: number): string | undefined {
  if (!(speed > 0) || isBeyond(speed, most)) return 'that is too fast';
  return timeout > 0 ? undefined : 'that leaves no time';
}
