import type { Stop } from '../../config/reaction.ts';

/**
 * The supervisor's states, named after the stop categories of IEC 60204-1. `idle`: the arm's position is unknown. `ready`:
 * the arm stands under control and no command moves it. `running`: commands move it. `hold`: stopped under control and
 * powered (as in category 2). `protective_stop`: stopped along its path, then the brakes close (category 1).
 * `emergency_stop`: category 1 with the hardest braking, or category 0, as configured.
 */
export const SAFETY_STATES = ['idle', 'ready', 'running', 'hold', 'protective_stop', 'emergency_stop'] as const;
/** State of a supervisor, see {@link SAFETY_STATES}. */
export type SafetyState = (typeof SAFETY_STATES)[number];

/** An input of the state machine. A stop is both an input and the state that it leads to. */
export type SafetyInput = 'initialise' | 'start' | 'reset' | Stop;

/**
 * All transitions between states. A stop leads to a more severe stop, and by a reset to `ready`; it never leads to a less
 * severe stop or straight to `running`.
 */
const TRANSITIONS: Readonly<Record<SafetyState, Readonly<Partial<Record<SafetyInput, SafetyState>>>>> = {
  idle: { initialise: 'ready', protective_stop: 'protective_stop', emergency_stop: 'emergency_stop' },
  ready: { start: 'running', hold: 'hold', protective_stop: 'protective_stop', emergency_stop: 'emergency_stop' },
  running: { hold: 'hold', protective_stop: 'protective_stop', emergency_stop: 'emergency_stop' },
  hold: { reset: 'ready', protective_stop: 'protective_stop', emergency_stop: 'emergency_stop' },
  protective_stop: { reset: 'ready', emergency_stop: 'emergency_stop' },
  emergency_stop: { reset: 'ready' },
};

/** The state that an input leads to; undefined if it changes nothing. */
export const nextState = (state: SafetyState, input: SafetyInput): SafetyState | undefined => TRANSITIONS[state][input];

/** Whether a state is a stop, which latches until a reset. */
export const isStop = (state: SafetyState): state is Stop =>
  state === 'hold' || state === 'protective_stop' || state === 'emergency_stop';
