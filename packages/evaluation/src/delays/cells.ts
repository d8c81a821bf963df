import type { SchedulerName } from '@praxis/policy';
import { type TouchTiming, touchText } from '@praxis/sim';

/** What the episodes of one cell have otherwise than those without a delay. */
export interface DelayCell {
  readonly name: string;
  readonly scheduler: SchedulerName;
  /** Seconds that each inference takes longer. */
  readonly addedInferenceDelay: number;
  /** Undefined: the forces are those of their stamps. */
  readonly touch: TouchTiming | undefined;
  readonly safety: 'on' | 'off';
  /** Name of the cell that it is compared with, seed by seed; undefined for one that others are compared with. */
  readonly baseline: string | undefined;
}

const ADDED_DELAYS_S = [0, 0.05, 0.1, 0.2, 0.3] as const;
const TOUCHES: readonly TouchTiming[] = [
  { kind: 'delay', seconds: 0.1 },
  { kind: 'delay', seconds: 0.3 },
  { kind: 'delay', seconds: 0.5 },
  { kind: 'shuffled' },
];

const inferenceName = (scheduler: SchedulerName, delay: number): string => `${scheduler} ${delay} s`;
const touchName = (touch: TouchTiming | undefined, safety: 'on' | 'off'): string =>
  `touch ${touch ? touchText(touch) : 'of the moment'}, supervisor ${safety}`;

/** Cells with a delay of inference, for one scheduler. */
export const inferenceCells = (scheduler: SchedulerName): readonly DelayCell[] =>
  ADDED_DELAYS_S.map((addedInferenceDelay) => ({
    ...{ scheduler, addedInferenceDelay, touch: undefined, safety: 'on' },
    name: inferenceName(scheduler, addedInferenceDelay),
    baseline: addedInferenceDelay === 0 ? undefined : inferenceName(scheduler, 0),
  }));

/**
 * Cells with another timing of touch. The supervisor reads the delayed forces too, and stops for what it takes for a contact in free motion;
 * without it the policy is measured alone.
 */
export const touchCells = (safety: 'on' | 'off'): readonly DelayCell[] => {
  const usual = safety === 'on' ? inferenceName('receding_horizon', 0) : touchName(undefined, safety);
  const cell = (touch: TouchTiming | undefined): DelayCell => ({
    ...{ scheduler: 'receding_horizon', addedInferenceDelay: 0, touch, safety },
    name: touch ? touchName(touch, safety) : usual,
    baseline: touch ? usual : undefined,
  });
  return [cell(undefined), ...TOUCHES.map(cell)];
};
