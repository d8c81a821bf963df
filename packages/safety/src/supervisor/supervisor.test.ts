import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SAFETY } from '../config/defaults.ts';
import { STOPS } from '../config/filter-config.ts';
import type { SafetyConfig } from '../config/safety-config.ts';
import { jointLimits } from '../filter/limits/joint-limits.ts';
import { model, names, PERIOD } from '../testing/arm.ts';
import { IdealArm, runningArm } from '../testing/ideal-arm.ts';
import { ViolationCounter } from '../testing/violations.ts';
import type { SafetyEvent } from './states/state-machine.ts';
import { isStop } from './states/state-machine.ts';

const pendingWork = (arm: IdealArm): SafetyEvent => arm.supervisor.log.findLast(({ from, to }) => from !== to)!;
const { watchdog } = DEFAULT_SAFETY;
const withWatchdog = (changes: Partial<SafetyConfig['watchdog']>): SafetyConfig => ({
  ...DEFAULT_SAFETY,
  watchdog: { ...watchdog, ...changes },
});

describe('Supervisor', () => {
  it('passes the commands of a fault-free loop bit-identical', () => {
    const arm = runningArm();
    const commands: number[][] = [];
    const loop = arm.command;
    arm.command = (position) => {
      commands.push([...position]);
      return loop(position);
    };
    arm.run(5, () => expect([...arm.sent]).toEqual(commands[commands.length - 1]));
    expect(arm.supervisor.state).toBe('running');
    expect(arm.supervisor.log.map(({ cause }) => cause)).toEqual(['initialised', 'start']);
  });

  it('is idle until the arm is measured, then ready, and passes no command before the start', () => {
    const arm = new IdealArm();
    expect(arm.supervisor.state).toBe('idle');
    expect(arm.supervisor.start(0)).toEqual({ ok: false, reason: 'the supervisor is idle, expected ready' });
    arm.step();
    const place = [...arm.sent];
    arm.run(1, () => expect([...arm.sent]).toEqual(place));
    expect(arm.supervisor.state).toBe('ready');
  });

  it('while ready, follows an arm moved by others if so configured', () => {
    for (const [whileReady, ok] of [
      ['follow', true],
      ['hold', false],
    ] as const) {
      const arm = new IdealArm(DEFAULT_SAFETY, whileReady);
      arm.step();
      const begin = arm.position[0];
      // An external force outweighs the sent command.
      let place = begin;
      arm.run(0.4, () => {
        place += 0.0005;
        arm.position[0] = place;
      });
      expect(place - begin).toBeCloseTo(0.1, 3);
      expect(arm.start().ok, whileReady).toBe(ok);
      if (!ok) continue;
      arm.run(0.02);
      expect(arm.sent[0]).toBeCloseTo(place, 2);
      expect(arm.supervisor.state).toBe('running');
    }
  });

  it('sends nothing before the arm is measured, even in an emergency stop, which persists', () => {
    const arm = new IdealArm();
    arm.silent.add('joints');
    arm.step();
    expect(arm.supervisor.emergencyStop(arm.now, 'pressed')).toEqual({ ok: true });
    arm.step();
    expect(arm.supervisor.tick(arm.now)).toMatchObject({ place: 'unknown', powered: false, state: 'emergency_stop' });
    expect(arm.supervisor.reset(arm.now)).toEqual({ ok: false, reason: 'where the arm is was never measured' });
    arm.silent.clear();
    arm.run(0.1);
    expect(arm.supervisor.state).toBe('emergency_stop');
    expect(arm.supervisor.tick(arm.now)).toMatchObject({ place: 'known', powered: false });
    expect(arm.supervisor.reset(arm.now)).toEqual({ ok: true });
    expect(arm.supervisor.tick(arm.now).gripperWidth).toBeCloseTo(arm.width, 3);
    arm.sent.forEach((q, i) => {
      expect(q).toBeCloseTo(arm.position[i], 3);
    });
  });

  it('after a reset is ready, stands, and moves only after a new start', () => {
    const arm = runningArm();
    arm.supervisor.hold(arm.now, 'requested');
    expect(arm.supervisor.reset(arm.now)).toEqual({ ok: false, reason: 'the arm is still braking' });
    arm.run(1);
    expect(arm.supervisor.start(arm.now)).toEqual({ ok: false, reason: 'the supervisor is hold, expected ready' });
    expect(arm.supervisor.reset(arm.now)).toEqual({ ok: true });
    const place = [...arm.sent];
    arm.run(1, () => expect([...arm.sent]).toEqual(place));
    expect(arm.start()).toEqual({ ok: true });
    arm.run(1);
    expect(arm.supervisor.state).toBe('running');
    expect([...arm.sent]).not.toEqual(place);
  });

  it('compares a stop with its estimate', () => {
    for (const stop of ['hold', 'protectiveStop', 'emergencyStop'] as const) {
      const arm = runningArm(DEFAULT_SAFETY, 0.7);
      arm.supervisor[stop](arm.now, 'requested');
      arm.run(1);
      const { data } = arm.supervisor.log.find(({ cause }) => cause === 'standstill')!;
      expect(data.time_s).toBeGreaterThan(0);
      expect(Math.abs(Number(data.time_s) - Number(data.estimated_time_s))).toBeLessThanOrEqual(2 * PERIOD);
      expect(Number(data.tool_m)).toBeCloseTo(Number(data.estimated_tool_m), 4);
      expect(Number(data.joint_rad)).toBeCloseTo(Number(data.estimated_joint_rad), 6);
    }
  });

  it('stays powered in a hold, and closes the brakes when the arm stands in a protective or emergency stop', () => {
    const arm = runningArm();
    arm.supervisor.hold(arm.now, 'requested');
    arm.run(1);
    expect(arm.powered).toBe(true);
    arm.supervisor.protectiveStop(arm.now, 'requested');
    arm.run(1);
    expect(arm.powered).toBe(false);
    const moving = runningArm(DEFAULT_SAFETY, 0.7);
    moving.supervisor.emergencyStop(moving.now, 'pressed');
    moving.step();
    expect(moving.powered).toBe(true);
    moving.run(0.5);
    expect(moving.powered).toBe(false);
  });

  it('removes power at once in an emergency stop of category 0', () => {
    const arm = runningArm({ ...DEFAULT_SAFETY, stops: { ...DEFAULT_SAFETY.stops, emergency: 'category_0' } });
    arm.supervisor.emergencyStop(arm.now, 'pressed');
    arm.step();
    expect(arm.powered).toBe(false);
  });

  it('brakes for one bad command, continues with the next good one, and stops for a series', () => {
    const arm = runningArm();
    const loop = arm.command;
    arm.command = () => new Float64Array(names.length).fill(Number.NaN);
    arm.step();
    arm.command = loop;
    arm.run(0.5);
    expect(arm.supervisor.state).toBe('running');
    arm.command = () => new Float64Array(3);
    arm.run(0.2);
    expect(arm.supervisor.state).toBe('protective_stop');
    expect(pendingWork(arm).cause).toBe('command_rejected');
    expect(arm.supervisor.reset(arm.now).ok).toBe(false);
    arm.command = loop;
    arm.run(0.5);
    expect(arm.supervisor.reset(arm.now)).toEqual({ ok: true });
  });

  it('reports a fault of reaction `report` once, and continues', () => {
    const arm = runningArm();
    arm.supervisor.reportStreamEnd('instruction', 'the microphone is gone');
    arm.run(0.5);
    const reported = arm.supervisor.log.filter(({ cause }) => cause === 'stream_lost');
    expect(reported).toHaveLength(1);
    expect(reported[0]).toMatchObject({ from: 'running', to: 'running' });
    expect(reported[0].message).toBe('instruction: the stream ended: the microphone is gone');
  });
});

/** Injects a fault; the returned function repairs it. */
const faults: Record<string, [cause: string, state: string, (arm: IdealArm) => () => void]> = {
  'no commands': [
    'command_silence',
    'hold',
    (arm) => {
      const { command } = arm;
      arm.command = () => undefined;
      return () => {
        arm.command = command;
      };
    },
  ],
  'stale commands': [
    'command_silence',
    'hold',
    (arm) => {
      arm.off.commands = -0.2;
      return () => {
        arm.off.commands = 0;
      };
    },
  ],
  'commands stamped in the future': [
    'command_silence',
    'hold',
    (arm) => {
      arm.off.commands = 3;
      return () => {
        arm.off.commands = 0;
      };
    },
  ],
  'a loop without a heartbeat': [
    'loop_silent',
    'hold',
    (arm) => {
      arm.beats.loop = false;
      return () => {
        arm.beats.loop = true;
      };
    },
  ],
  'a policy without a heartbeat': [
    'policy_silent',
    'hold',
    (arm) => {
      arm.beats.policy = false;
      return () => {
        arm.beats.policy = true;
      };
    },
  ],
  'an empty queue': [
    'empty_queue',
    'hold',
    (arm) => {
      arm.supervisor.reportQueue('filled', arm.now);
      arm.supervisor.reportQueue('empty', arm.now);
      return () => arm.supervisor.reportQueue('filled', arm.now);
    },
  ],
  'a lost camera': ['stream_lost', 'hold', (arm) => lost(arm, 'camera')],
  'a lost wrist sensor': ['stream_lost', 'protective_stop', (arm) => lost(arm, 'wrench')],
  'lost joints': ['stream_lost', 'protective_stop', (arm) => lost(arm, 'joints')],
  'a frozen wrist sensor': ['stream_frozen', 'protective_stop', (arm) => frozen(arm, 'wrench')],
  'frozen joints': ['stream_frozen', 'protective_stop', (arm) => frozen(arm, 'joints')],
  'a frozen camera': ['stream_frozen', 'hold', (arm) => frozen(arm, 'camera')],
  'sensor stamps in the future': [
    'stream_lost',
    'protective_stop',
    (arm) => {
      arm.off.sensors = 1;
      return () => {
        arm.off.sensors = 0;
      };
    },
  ],
  'old sensor stamps': [
    'stream_lost',
    'protective_stop',
    (arm) => {
      arm.off.sensors = -1;
      return () => {
        arm.off.sensors = 0;
      };
    },
  ],
  'a wrist sensor that sends NaN': [
    'bad_samples',
    'protective_stop',
    (arm) => {
      arm.bias = Number.NaN;
      return () => {
        arm.bias = 0;
      };
    },
  ],
  'a wrist sensor with a new bias': [
    'contact',
    'protective_stop',
    (arm) => {
      arm.bias = 30;
      return () => {
        arm.bias = 0;
      };
    },
  ],
  'unexpected contact': [
    'contact',
    'protective_stop',
    (arm) => {
      arm.force = [0, 35, 0];
      return () => {
        arm.force = [0, 0, 0];
      };
    },
  ],
  'a clock that jumps back': [
    'clock_jump',
    'hold',
    (arm) => {
      arm.now -= 5;
      return () => {};
    },
  ],
  'a clock that jumps forward': [
    'clock_jump',
    'hold',
    (arm) => {
      arm.now += 5;
      return () => {};
    },
  ],
};

function lost(arm: IdealArm, stream: string): () => void {
  arm.silent.add(stream);
  return () => arm.silent.delete(stream);
}

function frozen(arm: IdealArm, stream: string): () => void {
  arm.frozen.add(stream);
  return () => arm.frozen.delete(stream);
}

describe.each(Object.entries(faults))('%s', (_, [cause, state, inject]) => {
  const now = (arm: IdealArm) => arm.now;

  it(`enters ${state}, the arm stands, and only a reset after the end of the cause clears it`, () => {
    const arm = runningArm();
    const repair = inject(arm);
    arm.run(1.5);
    expect({ state: arm.supervisor.state, cause: pendingWork(arm).cause }).toEqual({ state, cause });
    const place = [...arm.sent];
    const clears = cause === 'clock_jump';
    if (!clears) expect(arm.supervisor.reset(now(arm)).ok).toBe(false);
    repair();
    arm.run(1);
    expect(arm.supervisor.state).toBe(state);
    expect([...arm.sent]).toEqual(place);
    expect(arm.supervisor.reset(now(arm))).toEqual({ ok: true });
    arm.run(0.2);
    expect(arm.supervisor.state).toBe('ready');
    expect(arm.start()).toEqual({ ok: true });
    arm.run(0.5);
    expect(arm.supervisor.state).toBe('running');
  });
});

describe('an external torque on a joint with measured effort', () => {
  const config: SafetyConfig = {
    ...DEFAULT_SAFETY,
    force: {
      ...DEFAULT_SAFETY.force!,
      externalTorque: { limit: 12, gain: 50, samples: 3, gravity: 'compensated', armature: {} },
    },
  };

  it('stops a ready arm and names the joint', () => {
    const arm = new IdealArm(config);
    arm.effort = new Float64Array(9);
    arm.run(0.3);
    expect(arm.supervisor.state).toBe('ready');
    // A person leans on the elbow, and the drive holds against it.
    arm.effort = new Float64Array(9).fill(-20, 1, 2);
    arm.run(0.1);
    expect(pendingWork(arm)).toMatchObject({
      to: 'protective_stop',
      cause: 'external_torque',
      data: { joint: 'joint2' },
    });
    expect(arm.supervisor.reset(arm.now).ok).toBe(false);
    arm.effort = new Float64Array(9);
    arm.run(0.3);
    expect(arm.supervisor.reset(arm.now)).toEqual({ ok: true });
  });

  it('is ignored by a robot without effort measurement', () => {
    const arm = runningArm(config, 1);
    expect(arm.supervisor.state).toBe('running');
  });
});

describe('commands that stop coming', () => {
  it('cause a hold within the deadline', () => {
    const arm = runningArm();
    arm.command = () => undefined;
    const from = arm.now;
    arm.run(0.2);
    expect(pendingWork(arm)).toMatchObject({ from: 'running', to: 'hold', cause: 'command_silence' });
    expect(pendingWork(arm).time - from).toBeLessThanOrEqual(watchdog.command.deadline + 1e-9);
  });
});

describe('samples out of order', () => {
  it('are counted and ignored: an old impact has no second effect', () => {
    const arm = runningArm();
    arm.force = [0, 60, 0];
    const blow = arm.wrench();
    arm.force = [0, 0, 0];
    arm.step(50, () => {
      arm.sample('wrench', blow, arm.now - 0.01);
      arm.sample('wrench', blow, arm.now);
    });
    expect(arm.supervisor.state).toBe('running');
    expect(arm.supervisor.counts('wrench')).toMatchObject({ reordered: 50, duplicated: 50 });
  });
});

type Act =
  | { readonly kind: 'request'; readonly what: 'start' | 'reset' | 'hold' | 'protectiveStop' | 'emergencyStop' }
  | { readonly kind: 'fault' | 'repair'; readonly which: string }
  | { readonly kind: 'run'; readonly ticks: number };

const acts: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    kind: fc.constant('request' as const),
    what: fc.constantFrom('start', 'start', 'reset', 'reset', 'hold', 'protectiveStop', 'emergencyStop'),
  }),
  fc.record({ kind: fc.constantFrom('fault', 'repair', 'repair'), which: fc.constantFrom(...Object.keys(faults)) }),
  fc.record({ kind: fc.constant('run' as const), ticks: fc.integer({ min: 1, max: 200 }) }),
);

/** Applies actions to an arm, with a callback after each tick. */
function play(arm: IdealArm, program: readonly Act[], each: () => void, requested: (what: string) => void): void {
  const mends = new Map<string, () => void>();
  for (const act of program) {
    if (act.kind === 'run') arm.step(act.ticks, each);
    else if (act.kind === 'request') {
      requested(act.what);
      if (act.what === 'start') arm.start();
      else if (act.what === 'reset') arm.supervisor.reset(arm.now);
      else arm.supervisor[act.what](arm.now, 'requested');
    } else if (act.kind === 'fault' && !mends.has(act.which)) mends.set(act.which, faults[act.which][2](arm));
    else if (act.kind === 'repair') {
      mends.get(act.which)?.();
      mends.delete(act.which);
    }
  }
}

describe('for any sequence of inputs to a supervisor', () => {
  const programs = fc.array(acts, { minLength: 1, maxLength: 25 });
  const limits = jointLimits(names, model, DEFAULT_SAFETY.filter.limits, PERIOD);

  it('every change of state is an event that continues the previous one, and only a reset clears a stop', () => {
    fc.assert(
      fc.property(programs, (program) => {
        const arm = new IdealArm();
        arm.step();
        const asked = new Set<string>();
        const events: SafetyEvent[] = [...arm.supervisor.log];
        arm.supervisor.events$.subscribe((event) => {
          events.push(event);
          if (event.cause === 'reset' || event.cause === 'start') expect(asked.has(event.cause)).toBe(true);
        });
        play(
          arm,
          program,
          () => asked.clear(),
          (what) => asked.add(what),
        );
        let state = 'idle';
        for (const event of events) {
          expect(event.from).toBe(state);
          if (isStop(event.from) && event.to !== event.from) {
            if (event.to === 'ready') expect(event.cause).toBe('reset');
            else expect(STOPS.indexOf(event.to as never)).toBeGreaterThan(STOPS.indexOf(event.from));
          }
          if (event.to === 'running' && event.from !== 'running') expect(event.from).toBe('ready');
          state = event.to;
        }
        expect(arm.supervisor.state).toBe(state);
      }),
      { numRuns: 60 },
    );
  });

  it('no output exceeds a limit, and the arm moves only while running or braking', () => {
    fc.assert(
      fc.property(programs, (program) => {
        const arm = new IdealArm();
        arm.step();
        const counter = new ViolationCounter(limits, PERIOD);
        counter.reset(arm.sent);
        const before = arm.sent.slice();
        let stood = false;
        let state = arm.supervisor.state;
        // Several commands may arrive between two ticks, each directly followed by a stop.
        let resets = 0;
        let stands = false;
        arm.supervisor.events$.subscribe(({ cause }) => {
          if (cause === 'reset') resets++;
          if (cause === 'standstill') stands = true;
        });
        play(
          arm,
          program,
          () => {
            const { supervisor } = arm;
            const reset = resets > 0;
            resets = 0;
            // An arm pushed against closed brakes stays at its measured position.
            if (reset) counter.reset(arm.sent);
            counter.observe(arm.sent);
            const moved = arm.sent.some((q, i) => q !== before[i]);
            if (supervisor.state === 'ready' && !reset) expect(moved).toBe(false);
            if (reset || supervisor.state !== state) stood = false;
            if (stood) expect(moved).toBe(false);
            stood = stood || stands;
            stands = false;
            state = supervisor.state;
            before.set(arm.sent);
          },
          () => {},
        );
        expect(counter.counts).toEqual({ position: 0, velocity: 0, acceleration: 0, jerk: 0 });
      }),
      { numRuns: 60 },
    );
  });

  it('the arm finally stands after a stop', () => {
    fc.assert(
      fc.property(programs, fc.constantFrom('hold', 'protectiveStop', 'emergencyStop'), (program, stop) => {
        const arm = new IdealArm(withWatchdog({}));
        arm.step();
        play(
          arm,
          program,
          () => {},
          () => {},
        );
        arm.supervisor[stop](arm.now, 'requested');
        arm.run(1.5);
        const place = [...arm.sent];
        arm.run(0.1, () => expect([...arm.sent]).toEqual(place));
        expect(isStop(arm.supervisor.state)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });
});
