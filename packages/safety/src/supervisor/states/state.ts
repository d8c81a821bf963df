import type { Stop } from '../../config/reaction.ts';

/**
 * The supervisor's states, after the stop categories of IEC 60204-1. `idle`: where the arm is, is not known yet.
 * `ready`: it stands under control, no command moves it. `running`: commands move it. `hold`: stopped under control and
 * powered (in the manner of category 2). `protective_stop`: stopped along its path, then the brakes close (category 1).
 * `emergency_stop`: category 1 with the hardest braking, or category 0, as configured.
 */
export const SAFETY_STATES = ['idle', 'ready', 'running', 'hold', 'protective_stop', 'emergency_stop'] as const;
export type SafetyState = (typeof SAFETY_STATES)[number];

/** What can change a state. The stops are both: inputs, and the states that they lead to. */
export type SafetyInput = 'initialise' | 'start' | 'reset' | Stop;

/**
 * Every way from one state to another; what is not here does not happen. A stop leads to a more severe one and to `ready`
 * by a reset, never to a lesser stop and never straight to `running`.
 */
const TRANSITIONS: Readonly<Record<SafetyState, Readonly<Partial<Record<SafetyInput, SafetyState>>>>> = {
  idle: { initialise: 'ready', protective_stop: 'protective_stop', emergency_stop: 'emergency_stop' },
  ready: { start: 'running', hold: 'hold', protective_stop: 'protective_stop', emergency_stop: 'emergency_stop' },
  running: { hold: 'hold', protective_stop: 'protective_stop', emergency_stop: 'emergency_stop' },
  hold: { reset: 'ready', protective_stop: 'protective_stop', emergency_stop: 'emergency_stop' },
  protective_stop: { reset: 'ready', emergency_stop: 'emergency_stop' },
  emergency_stop: { reset: 'ready' },
};

/** Where an input leads from a state; undefined when it changes nothing there. */
export const nextState = (state: SafetyState, input: SafetyInput): SafetyState | undefined => TRANSITIONS[state][input];

export const isStop = (state: SafetyState): state is Stop =>
  state === 'hold' || state === 'protective_stop' || state === 'emergency_stop';
