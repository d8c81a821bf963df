import { fileURLToPath } from 'node:url';
import { SimulatedClock } from '@praxis/core';
import type { SafetyEvent } from '@praxis/safety';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Output, Target } from '../../output/output.ts';
import { CONTROL_PERIOD_S } from '../../robot/command-topic.ts';
import { folderRobot, type NodeRobot, openFolder } from '../../robot/node-robot.ts';
import { groupSetups } from './group-setup.ts';
import { safetyConfigs } from './safety-config.ts';
import { monitoredStreams, SupervisorRunner } from './supervisor-runner.ts';

const DRIVERS = { image_transport: 'raw', gripper_states: '', joint_age: 0.2 } as const;

/** A robot that follows the targets of its supervisors at once, on a simulated clock. */
class Machine {
  readonly clock = new SimulatedClock(1000);
  readonly runner: SupervisorRunner;
  readonly events: SafetyEvent[] = [];
  readonly power = new Map<string, boolean>();
  /** Targets by group, oldest first. */
  readonly targets = new Map<string, number[][]>();
  /** Commands by group; a group without one is not commanded. */
  readonly commands = new Map<string, readonly number[]>();
  readonly #robot: NodeRobot;
  readonly #position: Float64Array;

  constructor(robot: NodeRobot, home: readonly number[]) {
    this.#robot = robot;
    const { names = [] } = this.#joints;
    this.#position = Float64Array.from(names, (_, i) => home[i] ?? 0);
    const configs = safetyConfigs('', robot.folder!.choice);
    const groups = groupSetups(robot, configs, monitoredStreams(robot.spec, false));
    this.runner = new SupervisorRunner({
      model: robot.model,
      groups: groups.map((group) => ({ ...group, outputs: [this.#output(group.name)] })),
      clock: this.clock,
      onPower: (group, power) => void this.power.set(group, power),
    });
    this.runner.linked.view.events$.subscribe((event) => this.events.push(event));
  }

  get state() {
    return this.runner.linked.view.state;
  }

  run(seconds: number): void {
    for (let k = Math.round(seconds / CONTROL_PERIOD_S); k > 0; k--) this.#step();
  }

  start(): void {
    this.run(0.1);
    expect(this.runner.start(this.clock.now())).toEqual({ ok: true });
  }

  get #joints() {
    return this.#robot.spec.streams.find(({ name }) => name === 'joints')!;
  }

  #step(): void {
    this.clock.advance(CONTROL_PERIOD_S);
    const now = this.clock.now();
    const times = { stamp: now, received: now };
    const { names = [] } = this.#joints;
    const velocity = new Float64Array(names.length);
    const state = { names, position: this.#position.slice(), velocity };
    this.runner.acceptSample('joints', { value: state, ...times }, now);
    for (const { name, modality, shape } of this.#robot.spec.streams) {
      if (modality !== 'wrench' && modality !== 'odometry') continue;
      // A sensor whose value never changes counts as frozen.
      const value = new Float64Array(shape[0]).fill(1e-6 * Math.sin(1000 * now));
      this.runner.acceptSample(name, { value, ...times }, now);
    }
    for (const [group, values] of this.commands) {
      const value = { position: Float64Array.from(values), gripperWidth: 0.04 };
      this.runner.acceptCommand(group, { value, ...times });
    }
    this.runner.tick(now, true);
  }

  #output(group: string): Output {
    const sent: number[][] = [];
    this.targets.set(group, sent);
    return {
      ...{ name: group, kind: 'topic', listeners: 1, close: () => undefined },
      send: ({ position }: Target) => void sent.push([...position]),
    };
  }
}

async function machineOf(name: string): Promise<Machine> {
  const folder = await openFolder(fileURLToPath(new URL(`../../../../../robots/${name}`, import.meta.url)));
  return new Machine(folderRobot(folder, DRIVERS), folder.setup.home);
}

/** The stops of the groups: name, time (s) and state. */
const stopsOf = ({ events }: Machine) =>
  events
    .filter(({ from, to }) => from === 'running' && to !== 'running')
    .map(({ group, time, to }) => [group, time, to] as const);

describe('the supervisors of two arms', () => {
  let machine: Machine;
  beforeEach(async () => {
    machine = await machineOf('two_arms');
    const home = [0, -0.3, 0.6, 0, 1.2708, 0];
    for (const group of ['left', 'right']) machine.commands.set(group, home);
    machine.start();
    machine.run(0.2);
  });

  it('send targets to both, each with the positions of its own command', () => {
    expect(machine.state).toBe('running');
    for (const group of ['left', 'right']) {
      expect(machine.targets.get(group)!.length).toBeGreaterThan(90);
      expect(machine.targets.get(group)!.at(-1)![4]).toBeCloseTo(1.2708, 3);
    }
  });

  it('stop both in the same period when one arm gets no commands any more, and name the group in every event', () => {
    machine.commands.delete('right');
    machine.run(0.2);
    const [[first, time, state], second] = stopsOf(machine);
    expect([first, state]).toEqual(['right', 'hold']);
    expect(second).toEqual(['left', time, 'hold']);
    expect(machine.events.map(({ group, message }) => message.startsWith(`${group}: `))).not.toContain(false);
  });

  it('stop and start both on one request, and close the brakes of each', () => {
    const { runner, clock } = machine;
    expect(runner.linked.protectiveStop(clock.now(), 'a test')).toEqual({ ok: true });
    machine.run(0.3);
    expect([...machine.power]).toEqual([
      ['left', false],
      ['right', false],
    ]);
    const before = machine.targets.get('right')!.length;
    machine.run(0.1);
    expect(machine.targets.get('right')!.length).toBe(before);
    expect(runner.start(clock.now())).toMatchObject({ ok: false });
    expect(runner.reset(clock.now())).toEqual({ ok: true });
    expect(runner.start(clock.now())).toEqual({ ok: true });
    expect(machine.state).toBe('running');
  });
});

describe('the supervisor of a driven base', () => {
  const twists = (machine: Machine) => machine.targets.get('base')!;

  it('sends nothing before the start, then the twist within its limits of speed and acceleration', async () => {
    const machine = await machineOf('base');
    machine.commands.set('base', [9, -30]);
    machine.run(0.2);
    expect(twists(machine)).toEqual([]);
    machine.start();
    machine.run(2);
    expect(twists(machine).at(-1)).toEqual([1.2, -3]);
    const steps = twists(machine).map(([vx], k, all) => (k === 0 ? 0 : vx - all[k - 1][0]));
    expect(Math.max(...steps)).toBeCloseTo(CONTROL_PERIOD_S, 9);
  });

  it('brakes the base to rest when commands cease, holds it, and goes on to send zero', async () => {
    const machine = await machineOf('base');
    machine.commands.set('base', [0.5, 0]);
    machine.start();
    machine.run(1);
    expect(twists(machine).at(-1)).toEqual([0.5, 0]);
    machine.commands.delete('base');
    machine.run(0.3);
    expect(stopsOf(machine)).toEqual([['base', expect.any(Number), 'hold']]);
    expect(machine.events.at(-1)).toMatchObject({ cause: 'command_silence' });
    machine.commands.set('base', [0.5, 0]);
    machine.run(0.06);
    expect(machine.runner.reset(machine.clock.now())).toEqual({ ok: false, reason: 'the arm is still braking' });
    machine.run(0.5);
    const { length } = twists(machine);
    expect(twists(machine).at(-1)).toEqual([0, 0]);
    machine.run(0.1);
    expect(twists(machine)).toHaveLength(length + 50);
    expect(machine.runner.reset(machine.clock.now())).toEqual({ ok: true });
    expect(machine.runner.start(machine.clock.now())).toEqual({ ok: true });
    machine.run(1);
    expect(twists(machine).at(-1)).toEqual([0.5, 0]);
  });

  it('takes a command with a number that is not finite for none', async () => {
    const machine = await machineOf('base');
    machine.commands.set('base', [Number.NaN, 0]);
    machine.start();
    machine.run(0.5);
    expect(stopsOf(machine).map(([group, , state]) => [group, state])).toEqual([['base', 'hold']]);
    expect(
      twists(machine)
        .flat()
        .every((value) => value === 0),
    ).toBe(true);
  });
});
