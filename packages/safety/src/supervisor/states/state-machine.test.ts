import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STOPS } from '../../config/filter-config.ts';
import { isStop, nextState, SAFETY_STATES, type SafetyInput, type SafetyState } from './state-machine.ts';

const INPUTS: readonly SafetyInput[] = ['initialise', 'start', 'reset', ...STOPS];
const walk = (inputs: readonly SafetyInput[]): SafetyState[] => {
  const states: SafetyState[] = ['idle'];
  for (const input of inputs) states.push(nextState(states[states.length - 1], input) ?? states[states.length - 1]);
  return states;
};
const sequences = fc.array(fc.constantFrom(...INPUTS), { maxLength: 60 });

describe('the state machine', () => {
  it('reaches running from a stop only by a reset and then a start', () => {
    fc.assert(
      fc.property(sequences, (inputs) => {
        const states = walk(inputs);
        let resetSince = false;
        states.forEach((state, i) => {
          if (isStop(state)) resetSince = false;
          if (i === 0) return;
          if (isStop(states[i - 1]) && !isStop(state)) {
            expect([inputs[i - 1], state]).toEqual(['reset', 'ready']);
            resetSince = true;
          }
          if (state === 'running' && states[i - 1] !== 'running') {
            expect([inputs[i - 1], states[i - 1]]).toEqual(['start', 'ready']);
            if (states.slice(0, i).some(isStop)) expect(resetSince).toBe(true);
          }
        });
      }),
    );
  });

  it('never changes from a stop to a less severe one', () => {
    for (const [severity, stop] of STOPS.entries()) {
      for (const input of INPUTS) {
        const next = nextState(stop, input) ?? stop;
        if (input === 'reset') expect(next).toBe('ready');
        else expect(STOPS.indexOf(next as (typeof STOPS)[number])).toBeGreaterThanOrEqual(severity);
      }
    }
  });

  it('reaches an emergency stop from every state', () => {
    for (const state of SAFETY_STATES) expect(nextState(state, 'emergency_stop') ?? state).toBe('emergency_stop');
  });

  it('a hold affects only an arm moved by commands', () => {
    expect(nextState('idle', 'hold')).toBeUndefined();
    expect(nextState('ready', 'hold')).toBe('hold');
  });
});
