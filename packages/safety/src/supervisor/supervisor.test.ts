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

describe('a stream that nothing needs', () => {
  const reports = (arm: IdealArm) =>
    arm.supervisor.log.filter(({ from, to }) => from === 'running' && to === 'running').map(({ message }) => message);

  it.each([
    ['frozen', 'camera: 8 new samples with exactly the same value; nothing needs it'],
    ['silent', 'camera: no sample for 252 ms, the deadline is 250 ms; nothing needs it'],
  ] as const)('is reported once a start when it is %s, and stops and refuses nothing', (fault, message) => {
    const arm = runningArm();
    arm.supervisor.needStreams(['ee_state']);
    arm[fault].add('camera');
    arm.run(2);
    expect(arm.supervisor.state).toBe('running');
    expect(reports(arm)).toEqual([message]);
    arm.supervisor.hold(arm.now, 'requested');
    arm.run(1);
    expect(arm.supervisor.reset(arm.now)).toEqual({ ok: true });
    expect(arm.start()).toEqual({ ok: true });
    arm.run(1);
    expect([arm.supervisor.state, reports(arm).length]).toEqual(['running', 2]);
  });

  it('may send what it likes', () => {
    const arm = runningArm();
    arm.supervisor.needStreams([]);
    for (let i = 0; i < 4; i++) arm.sample('camera', new Float64Array(3), arm.now + i * 1e-6);
    arm.run(0.1);
    expect([arm.supervisor.state, reports(arm).length]).toEqual(['running', 1]);
  });

  it('holds the arm as soon as it is needed again and still lost', () => {
    const arm = runningArm();
    arm.supervisor.needStreams([]);
    arm.silent.add('camera');
    arm.run(1);
    arm.supervisor.needStreams(['camera']);
    arm.step();
    expect([arm.supervisor.state, pendingWork(arm).message]).toEqual([
      'hold',
      'camera: no sample for 1004 ms, the deadline is 250 ms',
    ]);
  });

  it('is compared anew from when it is needed again', () => {
    const arm = runningArm();
    arm.supervisor.needStreams([]);
    arm.frozen.add('camera');
    arm.run(1);
    arm.supervisor.needStreams('all');
    arm.run(0.3);
    expect(arm.supervisor.state).toBe('running');
    arm.run(0.3);
    expect([arm.supervisor.state, pendingWork(arm).cause]).toEqual(['hold', 'stream_frozen']);
  });

  it.each([
    ['wrench', 'protective_stop'],
    ['joints', 'protective_stop'],
  ] as const)('is never %s, which the supervisor itself reads', (stream, state) => {
    const arm = runningArm();
    arm.supervisor.needStreams([]);
    arm.silent.add(stream);
    arm.run(0.2);
    expect(arm.supervisor.state).toBe(state);
  });

  it('is never a stream of events, through which a person may say stop', () => {
    const language = { ...watchdog.streams.language, lost: 'hold' as const };
    const arm = runningArm(withWatchdog({ streams: { ...watchdog.streams, language } }));
    arm.supervisor.needStreams([]);
    arm.supervisor.reportStreamEnd('instruction', 'the microphone is gone');
    arm.step();
    expect(arm.supervisor.state).toBe('hold');
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
    // A jump is over at once, and a camera may show the same picture while the arm stands.
    const clears = cause === 'clock_jump' || arm.frozen.has('camera');
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

it('keeps the first cause of a stop in figures, whatever follows, until the reset', () => {
  const arm = runningArm();
  expect(arm.supervisor.stopCause).toBeUndefined();
  arm.force = [0, 98, 0];
  arm.step(3);
  arm.force = [0, 0, 0];
  arm.silent.add('camera');
  arm.run(1);
  arm.supervisor.emergencyStop(arm.now, 'pressed');
  arm.run(0.1);
  const { stopCause, log, state } = arm.supervisor;
  expect(state).toBe('emergency_stop');
  expect(log.at(-1)!.cause).not.toBe('contact');
  expect(stopCause).toMatchObject({ from: 'running', to: 'protective_stop', cause: 'contact' });
  expect(stopCause!.message).toMatch(/^contact of 9\d\.\d N and \d\.\d\d Nm, expected at most 20 N and 4 Nm$/);
  expect(stopCause!.data.force_n).toBeCloseTo(98, -1);
  arm.silent.clear();
  arm.run(0.2);
  expect(arm.supervisor.reset(arm.now)).toEqual({ ok: true });
  expect(arm.supervisor.stopCause).toBeUndefined();
});

describe('a reset succeeds once nothing that was wrong is expected any more', () => {
  it('after a queue that ran empty, when the loop says that it expects no action', () => {
    const arm = runningArm();
    arm.supervisor.reportQueue('filled', arm.now);
    arm.supervisor.reportQueue('empty', arm.now);
    arm.run(0.5);
    expect([arm.supervisor.state, pendingWork(arm).cause]).toEqual(['hold', 'empty_queue']);
    expect(arm.supervisor.reset(arm.now)).toEqual({
      ok: false,
      reason: 'the chunk queue has been empty for 500 ms, allowed are 0 ms',
    });
    arm.supervisor.reportQueue('unknown', arm.now);
    expect(arm.supervisor.reset(arm.now)).toEqual({ ok: true });
    expect(arm.start()).toEqual({ ok: true });
    arm.supervisor.reportQueue('filled', arm.now);
    arm.run(0.2);
    expect(arm.supervisor.state).toBe('running');
  });

  it('after a frozen camera, because a standing arm sees the same picture; in motion it is checked again', () => {
    const arm = runningArm();
    arm.frozen.add('camera');
    arm.run(1);
    expect(pendingWork(arm).cause).toBe('stream_frozen');
    expect(arm.supervisor.reset(arm.now)).toEqual({ ok: true });
    expect(arm.start()).toEqual({ ok: true });
    arm.run(1);
    expect([arm.supervisor.state, pendingWork(arm).cause]).toEqual(['hold', 'stream_frozen']);
  });

  it('not after frozen joints whose last value still moves', () => {
    const arm = runningArm();
    arm.frozen.add('joints');
    arm.run(1);
    expect(arm.supervisor.reset(arm.now)).toMatchObject({ ok: false });
  });

  it('after a stream that ended and began again', () => {
    const arm = runningArm();
    arm.silent.add('camera');
    arm.supervisor.reportStreamEnd('camera', 'unplugged');
    arm.run(0.5);
    expect(arm.supervisor.reset(arm.now)).toEqual({ ok: false, reason: 'camera: the stream ended: unplugged' });
    arm.silent.delete('camera');
    arm.run(0.1);
    expect(arm.supervisor.reset(arm.now)).toEqual({ ok: true });
  });

  it('after a bad event, because no other event is due', () => {
    const rule = { ...watchdog.streams.language, bad: { samples: 1, reaction: 'hold' as const } };
    const arm = runningArm(withWatchdog({ streams: { ...watchdog.streams, language: rule } }));
    arm.sample('instruction', new Float64Array(1));
    arm.run(0.5);
    expect([arm.supervisor.state, pendingWork(arm).cause]).toEqual(['hold', 'bad_samples']);
    expect(arm.supervisor.reset(arm.now)).toEqual({ ok: true });
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

  it('cannot be monitored without measured efforts: the arm does not start, and stops when they end', () => {
    const reason =
      'the joint states have no efforts, which force.externalTorque needs: measure them, or set it to null';
    const arm = new IdealArm(config);
    arm.run(0.1);
    expect([arm.supervisor.state, arm.start()]).toEqual(['ready', { ok: false, reason }]);
    arm.effort = new Float64Array(9);
    arm.run(0.1);
    expect(arm.start()).toEqual({ ok: true });
    arm.run(0.1);
    arm.effort = undefined;
    arm.run(0.5);
    expect([arm.supervisor.state, pendingWork(arm).message]).toEqual(['protective_stop', reason]);
    arm.effort = new Float64Array(9);
    arm.run(0.1);
    expect(arm.supervisor.reset(arm.now)).toEqual({ ok: true });
  });

  it('stops an arm whose gripper measures no effort', () => {
    const arm = new IdealArm(config);
    arm.effort = new Float64Array(9).fill(NaN, 7);
    arm.run(0.3);
    arm.effort.fill(-20, 1, 2);
    arm.run(0.1);
    expect(pendingWork(arm)).toMatchObject({ to: 'protective_stop', cause: 'external_torque' });
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

it('a sender whose clock is set back is reported, and its stream goes on once the stamps are right again', () => {
  const arm = runningArm();
  arm.off.sensors = -60;
  arm.run(0.5);
  expect(arm.supervisor.state).toBe('protective_stop');
  const jumps = arm.supervisor.log.filter(({ cause }) => cause === 'clock_jump');
  expect(jumps.map(({ data }) => data.stream).sort()).toEqual(['camera', 'joints', 'wrench']);
  expect(jumps[0].message).toBe('joints: the stamps went back by 59996 ms, the stream starts anew');
  arm.off.sensors = 0;
  arm.run(0.5);
  expect(arm.supervisor.reset(arm.now)).toEqual({ ok: true });
});

describe('a sample of any type', () => {
  const anything: [string, unknown][] = [
    ['a vector of the right size', new Float64Array(9)],
    ['an image', { width: 1, height: 1, data: new Uint8Array(3) }],
    ['an image without pixels', { width: 1, height: 1, data: undefined }],
    ['a joint state without numbers', { names: [...names, 'finger_joint1', 'finger_joint2'] }],
    ['a joint state of strings', { names: [...names, 'finger_joint1', 'finger_joint2'], position: 'x', velocity: 'y' }],
    ['a view of bytes', new DataView(new ArrayBuffer(72))],
    ['whole numbers of 64 bits', new BigInt64Array(9)],
    ['text', 'joints'],
    ['nothing', undefined],
    ['null', null],
    ['a number', 7],
    ['an empty object', {}],
  ];

  it.each(anything)('that is %s is a bad sample and throws nothing', (_, value) => {
    const arm = runningArm();
    arm.now += PERIOD;
    for (const stream of ['joints', 'wrench', 'camera']) {
      const before = arm.supervisor.counts(stream)!.bad;
      expect(() => arm.sample(stream, value as never)).not.toThrow();
      expect(arm.supervisor.counts(stream)!.bad).toBe(before + 1);
    }
    expect(() => arm.supervisor.acceptSample('joints', undefined as never, arm.now)).not.toThrow();
    expect(() =>
      arm.supervisor.acceptCommand({ value: value as never, stamp: arm.now, received: arm.now }, arm.now),
    ).not.toThrow();
    arm.run(0.05);
    expect(arm.supervisor.state).toBe('running');
  });

  it('that comes again and again is a fault', () => {
    const arm = runningArm();
    for (let i = 0; i < 5; i++) {
      arm.now += PERIOD;
      arm.sample('joints', new Float64Array(9));
      arm.tick();
    }
    expect(pendingWork(arm)).toMatchObject({ to: 'protective_stop', cause: 'bad_samples' });
    expect(pendingWork(arm).message).toBe(
      '5 bad samples in a row, the last one: joints: a sample is Float64Array, expected a joint state',
    );
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
