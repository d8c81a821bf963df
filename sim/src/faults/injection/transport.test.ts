import {
  type ArmCommand,
  type Robot,
  type RobotCommand,
  type RobotSpec,
  SimulatedClock,
  type Stamped,
} from '@praxis/core';
import { Subject } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { FaultyRobot, type Sample } from './faulty-robot.ts';
import { LoopTransport } from './loop-transport.ts';

const spec: RobotSpec = {
  name: 'r',
  streams: [
    { name: 'wrench', modality: 'wrench', dtype: 'float64', shape: [1], unit: 'N', frame: '', rateHz: 500 },
    { name: 'instruction', modality: 'language', dtype: 'string', shape: [], unit: '1', frame: '', rateHz: 0 },
  ],
  commands: [],
};

function setUp() {
  const clock = new SimulatedClock();
  const streams = new Map(spec.streams.map(({ name }) => [name, new Subject<Sample>()]));
  const commands: RobotCommand[] = [];
  const robot: Robot = {
    spec,
    clock,
    stream: (name) => streams.get(name)!,
    command: (_, { value }) => void commands.push(value),
    start: async () => undefined,
    stop: async () => undefined,
  };
  const emit = (value: number, stamp = clock.now()) =>
    streams.get('wrench')!.next({ value: Float64Array.of(value), stamp, received: clock.now() });
  return { clock, robot, emit, commands };
}

const recordWrench = (robot: Robot) => {
  const got: [number, number, number][] = [];
  robot.stream('wrench').subscribe(({ value, stamp, received }) => {
    got.push([(value as Float64Array)[0], stamp, received]);
  });
  return got;
};

describe('FaultyRobot', () => {
  it('passes samples and commands on unchanged without a fault', () => {
    const { clock, robot, emit, commands } = setUp();
    const faulty = new FaultyRobot(robot);
    const got = recordWrench(faulty);
    clock.advanceTo(1);
    emit(5);
    faulty.command('arm', { value: { position: Float64Array.of(1), gripperWidth: 0 }, stamp: 1, received: 1 });
    expect([got, faulty.clock.now(), commands.length]).toEqual([[[5, 1, 1]], 1, 1]);
  });

  it('stamps samples with the new time after a clock jump', () => {
    const { clock, robot, emit } = setUp();
    const faulty = new FaultyRobot(robot);
    const got = recordWrench(faulty);
    clock.advanceTo(1);
    faulty.jumpClock(2);
    expect(faulty.clock.now()).toBe(3);
    emit(1, 0.99);
    clock.advanceTo(1.5);
    emit(2);
    expect(got).toEqual([
      [1, 0.99, 3],
      [2, 3.5, 3.5],
    ]);
  });

  it('ends a failed stream with an error and continues the others', () => {
    const { robot, emit } = setUp();
    const faulty = new FaultyRobot(robot);
    const got = recordWrench(faulty);
    let error: unknown;
    faulty.stream('instruction').subscribe({ error: (thrown) => (error = thrown) });
    faulty.failStream('instruction', new Error('disconnected'));
    emit(1);
    expect(error).toEqual(new Error('disconnected'));
    expect(got).toHaveLength(1);
  });
});

describe('LoopTransport', () => {
  it('queues samples while the thread is blocked and delivers them in order afterwards', () => {
    const { clock, robot, emit } = setUp();
    const transport = new LoopTransport(robot);
    const got = recordWrench(transport);
    transport.blockUntil(1.5);
    for (const time of [1, 1.2, 1.4]) {
      clock.advanceTo(time);
      emit(time);
      expect(transport.isBlocked(time)).toBe(true);
    }
    expect(got).toEqual([]);
    expect(transport.isBlocked(1.5)).toBe(false);
    emit(9);
    expect(got.map(([value]) => value)).toEqual([1, 1.2, 1.4, 9]);
  });

  it('transforms a copy of the command and leaves the buffer of the sender unchanged', () => {
    const { robot, commands } = setUp();
    const transport = new LoopTransport(robot);
    const command: Stamped<ArmCommand> = {
      value: { position: Float64Array.of(1), gripperWidth: 0 },
      stamp: 0,
      received: 0,
    };
    transport.commandTransform = (value) => {
      value.position[0] = 7;
    };
    transport.command('arm', command);
    expect(commands[0]).toMatchObject({ position: Float64Array.of(7) });
    expect(command.value.position[0]).toBe(1);
  });
});
