import { describe, expect, it } from 'vitest';
import { type ActionChunk, armBlocks } from '../actions/specs.ts';
import { BindError } from '../errors/errors.ts';
import type { Observation } from '../ports/policy.ts';
import { MemoryRobot } from '../testing/memory-robot.ts';
import { NewestChunk } from '../testing/newest-chunk.ts';
import { constantChunk, FunctionPolicy, INPUTS } from '../testing/policies.ts';
import { HOME_JOINTS_RAD, sevenJointArm } from '../testing/serial-arm.ts';
import { ControlLoop } from './control-loop.ts';
import type { LoopEvent } from './events.ts';
import type { ControlLoopOptions } from './options.ts';

const TOOL = { toolMass: 0, toolCentreOfMass: [0, 0, 0], ftInTool: [0, 0, 0, 0, 0, 0, 1] } as const;

function home(): Float64Array {
  const target = new Float64Array(8);
  sevenJointArm().forward(HOME_JOINTS_RAD, target);
  target[7] = 0.04;
  return target;
}
const forward = (metres: number): Float64Array => {
  const target = home();
  target[0] += metres;
  return target;
};

function setUp(
  act: (observation: Observation) => ActionChunk | Promise<ActionChunk>,
  options: Partial<ControlLoopOptions> = {},
) {
  const robot = new MemoryRobot(HOME_JOINTS_RAD);
  const policy = new FunctionPolicy(act);
  const scheduler = new NewestChunk();
  const loop = new ControlLoop({
    robot,
    policy,
    kinematics: sevenJointArm(),
    scheduler,
    inference: { kind: 'simulated', delay: 0.03 },
    tool: TOOL,
    ...options,
  });
  const events: LoopEvent[] = [];
  loop.events$.subscribe((event) => events.push(event));
  const run = async (seconds: number) => {
    for (let i = Math.round(seconds / 0.002); i > 0; i--) {
      robot.step();
      await loop.ready();
      loop.tick();
    }
  };
  const begin = async () => {
    loop.start();
    await robot.start();
    robot.publishInstruction('lift the red block');
  };
  return { robot, policy: (options.policy as FunctionPolicy) ?? policy, scheduler, loop, events, run, begin };
}
const kinds = (events: readonly LoopEvent[]) => events.map((event) => event.kind);

describe('ControlLoop', () => {
  it("moves the robot to the policy's target", async () => {
    const { robot, loop, run, begin } = setUp(({ stamp }) => constantChunk(stamp, forward(0.05)));
    await begin();
    await run(0.02);
    expect(loop.queue).toBe('unknown');
    await run(1.5);
    expect(loop.queue).toBe('filled');
    const pose = new Float64Array(7);
    sevenJointArm().forward(robot.position, pose);
    expect(pose[0]).toBeCloseTo(forward(0.05)[0], 3);
    expect(loop.state()).toBe('running');
    expect(loop.lastChunk?.horizon).toBe(4);
    expect(loop.stats.emptyQueueTicks).toBe(0);
    expect(loop.stats.inferenceMs).toHaveLength(loop.stats.inferences);
  });

  it('refuses a mismatched policy by name before any motion', () => {
    const wrong = (change: object) =>
      new FunctionPolicy(() => constantChunk(0, home()), [{ ...INPUTS.state, ...change }]);
    const chunk = () => constantChunk(0, home());
    expect(() => setUp(chunk, { policy: wrong({ unit: 'mm' }) })).toThrow(BindError);
    expect(() => setUp(chunk, { policy: wrong({ name: 'images.ceiling' }) })).toThrow('images.ceiling: no such stream');
    expect(() => setUp(chunk, { mask: ['smell'] })).toThrow('mask smell');
    expect(() => setUp(chunk, { command: 'legs' })).toThrow('no command legs');
    expect(() => setUp(chunk, { fingerJoints: ['thumb'] })).toThrow('no joint thumb');
    expect(() => setUp(chunk, { tool: undefined })).toThrow('wrench.contact: no such stream');
  });

  it('passes the newest samples, windows oldest first, ages and the instruction to the policy', async () => {
    const { policy, run, begin } = setUp(({ stamp }) => constantChunk(stamp, home()));
    await begin();
    await run(0.5);
    const observation = policy.observations.at(-1)!;
    const image = observation.inputs.get('images.front')!;
    expect(image.present).toBe(true);
    expect(image.age).toBeGreaterThanOrEqual(0);
    expect(image.age).toBeLessThan(0.05);
    expect(observation.inputs.get('wrench.contact')!.samples).toHaveLength(8);
    expect(observation.inputs.get('instruction')!.samples).toEqual(['lift the red block']);
    const state = observation.inputs.get('ee_state')!.samples[0] as Float64Array;
    expect(state[0]).toBeCloseTo(home()[0], 6);
    expect(state[6]).toBeCloseTo(0.04, 9);
    expect(observation.inputs.get('ee_state')!.age).toBe(0);
  });

  it('starts inference once every stream has a sample, then once per period', async () => {
    const { policy, run, begin } = setUp(({ stamp }) => constantChunk(stamp, home()));
    await begin();
    await run(1);
    const stamps = policy.observations.map((observation) => observation.stamp);
    expect(stamps[0]).toBeCloseTo(0.11, 9);
    stamps.slice(1).forEach((stamp, i) => void expect(stamp - stamps[i]).toBeCloseTo(0.1, 9));
  });

  describe('whose policy refuses', () => {
    const refusal = (stamp: number, refused: string): ActionChunk => ({
      ...constantChunk(stamp, home()),
      blocks: {},
      refused,
    });
    /** Moves for a block, and refuses anything else. */
    const act = ({ stamp, inputs }: Observation) => {
      const [text] = inputs.get('instruction')!.samples as string[];
      return text?.includes('block') ? constantChunk(stamp, forward(0.05)) : refusal(stamp, `no ${text}`);
    };

    it('does not move the robot, waits for an instruction that the policy follows, and says so once', async () => {
      const { robot, loop, events, run, begin, scheduler } = setUp(act);
      await begin();
      robot.publishInstruction('banana');
      await run(1);
      expect([...robot.position]).toEqual([...HOME_JOINTS_RAD]);
      expect(robot.commands.length).toBeGreaterThan(400);
      expect([loop.queue, loop.state(), loop.controlState]).toEqual(['unknown', 'running', 'waiting']);
      expect(loop.stats).toMatchObject({ chunks: 0, refusals: loop.stats.inferences, policyErrors: 0 });
      expect(loop.stats.refusals).toBeGreaterThan(5);
      expect(kinds(events)).toEqual(['started', 'refused']);
      expect(events[1].data).toEqual({ message: 'no banana' });
      expect([scheduler.addedChunks, loop.stats.emptyQueueTicks, loop.lastChunk]).toEqual([[], 0, undefined]);
      robot.publishInstruction('red block');
      await run(1);
      expect(robot.position).not.toEqual(Float64Array.from(HOME_JOINTS_RAD));
      expect(loop.queue).toBe('filled');
    });

    it('drops the actions of the earlier instruction and brakes, and the queue does not count as empty', async () => {
      const { robot, loop, events, run, begin } = setUp(act, { maximumChunkAge: 1 });
      await begin();
      await run(0.3);
      robot.publishInstruction('banana');
      const queues = new Set<string>();
      for (let i = 0; i < 150; i++) {
        await run(0.002);
        queues.add(loop.queue);
      }
      expect([...queues]).toEqual(['filled', 'unknown']);
      expect([loop.state(), loop.controlState]).toEqual(['holding', 'holding']);
      const stands = [...robot.position];
      await run(2);
      for (const [i, position] of robot.position.entries()) expect(position).toBeCloseTo(stands[i], 6);
      expect(loop.stats.emptyQueueTicks).toBe(0);
      expect(kinds(events)).toEqual(['started', 'refused', 'holding']);
      robot.publishInstruction('apple');
      await run(0.2);
      robot.publishInstruction('red block');
      await run(1);
      expect(kinds(events).slice(3)).toEqual(['refused', 'resumed']);
      const pose = new Float64Array(7);
      sevenJointArm().forward(robot.position, pose);
      expect(pose[0]).toBeCloseTo(forward(0.05)[0], 3);
      expect([loop.queue, loop.state()]).toEqual(['filled', 'running']);
      robot.publishInstruction('banana');
      await run(0.2);
      expect(events.at(-2)).toMatchObject({ kind: 'refused', data: { message: 'no banana' } });
    });

    it('counts a failure after a refusal as one', async () => {
      let isBroken = false;
      const { robot, loop, events, run, begin } = setUp((observation) => {
        if (isBroken) throw new Error('broken');
        return act(observation);
      });
      await begin();
      robot.publishInstruction('banana');
      await run(0.3);
      isBroken = true;
      await run(0.2);
      isBroken = false;
      await run(0.2);
      expect(kinds(events)).toEqual(['started', 'refused', 'policy_error', 'policy_error', 'refused']);
      expect(loop.stats.policyErrors).toBe(2);
    });
  });

  it('does not wait for a masked stream, and accepts a new mask while running', async () => {
    const { policy, loop, run, begin, events } = setUp(({ stamp }) => constantChunk(stamp, home()), {
      mask: ['wrench'],
    });
    await begin();
    await run(0.3);
    expect(policy.observations[0].stamp).toBeCloseTo(0.05, 9);
    expect(policy.observations[1].inputs.get('wrench.contact')!.present).toBe(false);
    expect(loop.reads).toEqual(['images.front', 'instruction', 'ee_state']);
    loop.setMask(['vision', 'instruction']);
    expect(loop.reads).toEqual(['wrench.contact', 'ee_state']);
    await run(0.1);
    const { inputs } = policy.observations.at(-1)!;
    expect(inputs.get('wrench.contact')!.present).toBe(true);
    expect(inputs.get('images.front')!.present).toBe(false);
    expect(inputs.get('instruction')!.present).toBe(false);
    expect(kinds(events)).toContain('masked');
  });

  it('uses a simulated result exactly `delay` after its observation', async () => {
    const slow = async ({ stamp }: Observation) => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      return constantChunk(stamp, home());
    };
    const { scheduler, run, begin, loop } = setUp(slow);
    await begin();
    await run(0.6);
    expect(scheduler.addedChunks.length).toBe(5);
    for (const { stamp, at } of scheduler.addedChunks) expect(at - stamp).toBeCloseTo(0.03, 9);
    expect(loop.stats.missedDeadlines).toBe(0);
  });

  it('sends bit-identical commands in every lock-step run', async () => {
    const trace = async (wait: number) => {
      const act = async ({ stamp, inputs }: Observation) => {
        if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
        const state = inputs.get('ee_state')!.samples[0] as Float64Array;
        return constantChunk(stamp, forward(0.05 * stamp + 0.1 * state[1]));
      };
      const { robot, run, begin } = setUp(act);
      await begin();
      await run(0.8);
      return robot.commands.map(({ value, stamp }) => [stamp, value.gripperWidth, ...value.position]);
    };
    expect(await trace(0)).toEqual(await trace(3));
  });

  it('runs one inference at a time and counts the missed deadlines', async () => {
    let flying = 0;
    let most = 0;
    const act = async ({ stamp }: Observation) => {
      most = Math.max(most, ++flying);
      await new Promise((resolve) => setTimeout(resolve, 1));
      flying--;
      return constantChunk(stamp, home());
    };
    const { loop, run, begin, policy } = setUp(act, { inference: { kind: 'simulated', delay: 0.15 } });
    await begin();
    await run(1);
    expect(most).toBe(1);
    expect(policy.observations.length).toBe(6);
    expect(loop.stats.missedDeadlines).toBe(6);
  });

  it('measured: uses a result as soon as it is computed, without a promise to await', async () => {
    const { loop, robot, scheduler, begin } = setUp(({ stamp }) => constantChunk(stamp, home()), {
      inference: { kind: 'measured' },
    });
    await begin();
    for (let i = 0; i < 100; i++) {
      robot.step();
      expect(loop.ready()).toBeUndefined();
      loop.tick();
      await Promise.resolve();
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
    robot.step();
    loop.tick();
    expect(scheduler.addedChunks.length).toBeGreaterThan(0);
  });

  it('holds and reports it when the policy stops answering, and resumes', async () => {
    let silent = false;
    const act = ({ stamp }: Observation) => {
      if (!silent) return constantChunk(stamp, forward(0.02));
      return new Promise<ActionChunk>((resolve) => setTimeout(() => resolve(constantChunk(stamp, home())), 20));
    };
    const { loop, run, begin, events, robot } = setUp(act, { inference: { kind: 'measured' } });
    await begin();
    const unattended = async (seconds: number) => {
      for (let i = Math.round(seconds / 0.002); i > 0; i--) {
        robot.step();
        loop.tick();
        if (!silent) await new Promise((resolve) => setImmediate(resolve));
      }
    };
    await unattended(0.4);
    silent = true;
    await unattended(1.2);
    expect(loop.state()).toBe('holding');
    expect(loop.stats.emptyQueueTicks).toBeGreaterThan(300);
    expect(kinds(events)).toEqual(expect.arrayContaining(['empty_queue', 'holding', 'missed_deadline']));
    const still = robot.position.slice();
    await run(0.1);
    expect(Math.max(...robot.position.map((q, i) => Math.abs(q - still[i])))).toBeLessThan(1e-3);
    silent = false;
    await new Promise((resolve) => setTimeout(resolve, 30));
    await unattended(0.3);
    expect(loop.state()).toBe('running');
    expect(kinds(events)).toContain('resumed');
  });

  it('restarts from the measured joints after a stop by another component', async () => {
    let requests = 0;
    const { robot, loop, run, begin } = setUp(({ stamp }) =>
      constantChunk(stamp, ++requests > 5 ? home() : forward(0.05)),
    );
    await begin();
    await run(0.5);
    const commanded = robot.position.slice();
    loop.resynchronize();
    robot.position.set(HOME_JOINTS_RAD);
    await run(0.002);
    expect(loop.controlState).toBe('waiting');
    // The memory robot has no encoder noise.
    for (const [i, q] of HOME_JOINTS_RAD.entries()) expect(loop.controller.joints[i]).toBeCloseTo(q, 9);
    expect(commanded.some((q, i) => Math.abs(q - HOME_JOINTS_RAD[i]) > 1e-3)).toBe(true);
    await run(0.5);
    expect(loop.controlState).toBe('tracking');
  });

  it('starts anew after its clock was set back: the policy is asked at once and the arm moves on', async () => {
    const seen: number[] = [];
    const { robot, loop, events, run, begin } = setUp((observation) => {
      seen.push(observation.inputs.get('ee_state')!.age);
      return constantChunk(observation.stamp, forward(0.05));
    });
    await begin();
    await run(0.3);
    const now = robot.clock.now.bind(robot.clock);
    robot.clock.now = () => now() - 3600;
    const { chunks } = loop.stats;
    seen.length = 0;
    await run(1.5);
    expect(events.filter(({ kind }) => kind === 'clock_jump').map(({ data }) => data)).toContainEqual({
      stream: 'ee_state',
      step: expect.closeTo(-3600, 2),
    });
    expect(kinds(events)).toContain('clock_jump');
    expect(loop.stats.chunks).toBeGreaterThan(chunks + 5);
    expect(loop.stats.policyErrors).toBe(0);
    expect(seen.every((age) => age === 0)).toBe(true);
    const pose = new Float64Array(7);
    sevenJointArm().forward(robot.position, pose);
    expect(pose[0]).toBeCloseTo(forward(0.05)[0], 3);
  });

  it('drops a chunk whose observation is too old, reports it once, and continues with the next', async () => {
    let requests = 0;
    // The second inference never ends. The loop gives it up after the duration of a chunk and starts another.
    const { loop, robot, events, begin } = setUp(
      ({ stamp }) => (++requests === 2 ? new Promise(() => undefined) : constantChunk(stamp, forward(0.05))),
      { inference: { kind: 'measured' }, maximumChunkAge: 0.15 },
    );
    await begin();
    const run = async (seconds: number) => {
      for (let i = Math.round(seconds / 0.002); i > 0; i--) {
        robot.step();
        loop.tick();
        await Promise.resolve();
      }
    };
    await run(0.11 + 0.14);
    expect([loop.controlState, kinds(events).includes('stale_chunk')]).toEqual(['tracking', false]);
    await run(0.02);
    expect(loop.controlState).toBe('empty');
    const stale = events.filter((event) => event.kind === 'stale_chunk');
    expect(stale).toHaveLength(1);
    expect(stale[0].data.age).toBeGreaterThan(0.15);
    await run(0.3);
    expect(loop.controlState).toBe('tracking');
    expect(kinds(events).filter((kind) => kind === 'stale_chunk')).toHaveLength(1);
  });

  it('refuses and names a target outside the workspace, and does not move', async () => {
    const [x, y, z] = home();
    const box = (lowest: number) => ({
      minimum: [x - 0.1, y - 0.1, lowest] as const,
      maximum: [x + 0.1, y + 0.1, z + 0.1] as const,
    });
    const inside = setUp(({ stamp }) => constantChunk(stamp, forward(0.05)), { workspace: box(z - 0.1) });
    await inside.begin();
    await inside.run(0.3);
    expect(inside.loop.stats.policyErrors).toBe(0);
    const { loop, events, run, begin } = setUp(({ stamp }) => constantChunk(stamp, forward(0.2)), {
      workspace: box(z - 0.1),
    });
    await begin();
    await run(0.3);
    expect([loop.stats.chunks, loop.controlState]).toEqual([0, 'waiting']);
    const failure = events.find((event) => event.kind === 'policy_error');
    expect(failure?.data.message).toMatch(
      /^policy function, chunk, block arm: row 0 has x [\d.]+ m, the workspace is /,
    );
  });

  it('gives up a hanging inference after the end of its chunk and starts another', async () => {
    let requests = 0;
    const { loop, robot, events, begin } = setUp(
      ({ stamp }) => (++requests === 1 ? new Promise(() => undefined) : constantChunk(stamp, forward(0.02))),
      { inference: { kind: 'measured' } },
    );
    await begin();
    const run = async (seconds: number) => {
      for (let i = Math.round(seconds / 0.002); i > 0; i--) {
        robot.step();
        loop.tick();
        await Promise.resolve();
      }
    };
    await run(0.11 + 0.18);
    expect([requests, loop.stats.policyErrors]).toEqual([1, 0]);
    await run(0.3);
    expect(loop.stats.policyErrors).toBe(1);
    const failure = events.find((event) => event.kind === 'policy_error');
    expect(failure?.data.message).toBe('policy function: no answer within 0.2 s, when its last action was past');
    expect(failure?.time).toBeCloseTo(0.11 + 0.2, 6);
    expect(loop.stats.chunks).toBeGreaterThan(1);
    expect(loop.state()).toBe('running');
  });

  it('a policy that fails or returns invalid chunks never moves the robot', async () => {
    const nonsense: Record<string, (observation: Observation) => ActionChunk> = {
      throws: () => {
        throw new Error('no idea');
      },
      NaN: ({ stamp }) => constantChunk(stamp, forward(Number.NaN)),
      'wrong size': ({ stamp }) => ({
        ...constantChunk(stamp, forward(1)),
        blocks: armBlocks(new Float64Array(3), new Float64Array(4)),
      }),
      'no unit quaternion': ({ stamp }) => constantChunk(stamp, [1, 0, 0, 0, 0, 0, 0, 0]),
      'another horizon': ({ stamp }) => ({ ...constantChunk(stamp, forward(1)), horizon: 3 }),
    };
    for (const [name, act] of Object.entries(nonsense)) {
      const { robot, loop, run, begin, events } = setUp(act);
      await begin();
      await run(0.5);
      expect([...robot.position], name).toEqual([...HOME_JOINTS_RAD]);
      expect(kinds(events), name).toContain('policy_error');
      expect(loop.stats.policyErrors, name).toBeGreaterThan(1);
      expect(loop.stats.chunks, name).toBe(0);
    }
  });

  it('brakes when the policy fails during motion', async () => {
    let fail = false;
    const act = ({ stamp }: Observation) => constantChunk(stamp, fail ? [Number.NaN] : forward(0.3));
    const { robot, loop, run, begin } = setUp(act);
    await begin();
    await run(0.4);
    fail = true;
    await run(0.8);
    expect(loop.state()).toBe('holding');
    const still = robot.position.slice();
    await run(0.2);
    expect(Math.max(...robot.position.map((q, i) => Math.abs(q - still[i])))).toBeLessThan(1e-6);
  });

  it('masks a stream that stopped', async () => {
    const { robot, policy, run, begin, loop, events } = setUp(({ stamp }) => constantChunk(stamp, home()));
    await begin();
    await run(0.2);
    robot.wrench.fill(Number.NaN);
    await run(0.4);
    const contact = policy.observations.at(-1)!.inputs.get('wrench.contact')!;
    expect(contact.present).toBe(false);
    expect(contact.age).toBeGreaterThan(0.1);
    expect(loop.state()).toBe('running');
    expect(loop.stats.badSamples).toBeGreaterThan(100);
    expect(events.filter(({ kind }) => kind === 'bad_sample').map(({ data }) => data)).toEqual([
      { stream: 'wrench', message: 'wrench: a sample is not finite: NaN, NaN, NaN, NaN, NaN, NaN' },
    ]);
  });

  it('does not start control from a joint state that is not finite', async () => {
    const { robot, loop, run, begin } = setUp(({ stamp }) => constantChunk(stamp, home()));
    robot.position[2] = Number.NaN;
    await begin();
    await run(0.2);
    expect(robot.commands).toHaveLength(0);
    robot.position[2] = HOME_JOINTS_RAD[2];
    await run(0.2);
    expect(robot.commands).toHaveLength(100);
    expect(loop.state()).toBe('running');
  });

  it('can be stopped in the handler of any event, and then sends nothing', async () => {
    for (const kind of ['policy_error', 'masked', 'missed_deadline'] as const) {
      let calls = 0;
      const act = ({ stamp }: Observation) => constantChunk(stamp, ++calls < 3 ? home() : [Number.NaN]);
      const { robot, loop, run, begin } = setUp(act, { inference: { kind: 'simulated', delay: 0.15 } });
      let sent = -1;
      loop.events$.subscribe((event) => {
        if (event.kind !== kind) return;
        loop.stop();
        sent = robot.commands.length;
      });
      await begin();
      await run(0.3);
      loop.setMask([]);
      await run(1);
      expect(loop.state(), kind).toBe('stopped');
      expect(robot.commands.length, kind).toBe(sent);
    }
  });

  it('complies with contact when admittance is set', async () => {
    const { robot, loop, run, begin } = setUp(({ stamp }) => constantChunk(stamp, home()));
    await begin();
    await run(0.3);
    loop.setAdmittance({ mass: 2, damping: 100, stiffness: 500, axes: ['x', 'y', 'z'] });
    // The tool points down: up in base axes is down in the sensor frame.
    robot.wrench[2] = -5;
    await run(1.5);
    const pose = new Float64Array(7);
    sevenJointArm().forward(robot.position, pose);
    const moved = Math.hypot(pose[0] - home()[0], pose[1] - home()[1], pose[2] - home()[2]);
    expect(moved).toBeCloseTo(0.01, 3);
  });

  it('a refused command is one event, and the loop continues', async () => {
    const { robot, loop, run, begin, events } = setUp(({ stamp }) => constantChunk(stamp, home()));
    await begin();
    const acceptCommand = robot.command.bind(robot);
    robot.command = () => {
      throw new Error('joint driver is off');
    };
    await run(0.1);
    robot.command = acceptCommand;
    await run(0.1);
    expect(kinds(events).filter((kind) => kind === 'command_refused')).toHaveLength(1);
    expect(loop.stats.commandsRefused).toBe(50);
    expect(robot.commands.length).toBe(50);
  });

  it('stop completes all streams, once', async () => {
    const { loop, run, begin, robot, events } = setUp(({ stamp }) => constantChunk(stamp, home()));
    await begin();
    await run(0.2);
    let completed = 0;
    const complete = () => completed++;
    loop.observations$.subscribe({ complete });
    loop.chunks$.subscribe({ complete });
    loop.events$.subscribe({ complete });
    loop.stop();
    loop.stop();
    const sent = robot.commands.length;
    await run(0.2);
    expect(robot.commands.length).toBe(sent);
    expect(completed).toBe(3);
    expect(loop.state()).toBe('stopped');
    expect(kinds(events).at(-1)).toBe('stopped');
    expect(() => loop.start()).toThrow('started while stopped');
  });
});
