import { CommandError } from '@praxis/core';
import { type RobotUnderTest, robotConformance } from '@praxis/core/conformance';
import { DEFAULT_SAFETY, type SafetyConfig, SupervisedRobot, Supervisor } from '@praxis/safety';
import { pick, type World } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';
import { afterAll, describe, expect, it } from 'vitest';
import { buildScene } from '../sim/src/episode/scene.ts';
import { armModel } from '../sim/src/robot/arm.ts';
import { ARM_JOINTS } from '../sim/src/robot/praxis-arm.ts';
import { drawConditions } from '../sim/src/tasks/conditions.ts';

const CONTROL_PERIOD_S = 0.002;
const worlds: World[] = [];
afterAll(() => {
  for (const world of worlds) world.close();
});

async function createSupervisedArm(config: SafetyConfig, onPower?: (power: 'on' | 'off') => void) {
  const instance = pick.draw({ seed: 3, wordings: 'train', swap: false });
  const setup = armModel(armUrdf());
  const scene = await buildScene(setup, instance, drawConditions(3, setup), 3);
  worlds.push(scene.world);
  const { model, kinematics, tool } = setup;
  const { streams } = scene.robot.spec;
  const supervisor = new Supervisor({
    names: ARM_JOINTS,
    streams,
    model,
    kinematics,
    tool,
    config,
    period: CONTROL_PERIOD_S,
  });
  const robot = new SupervisedRobot(scene.robot, supervisor, { onPower });
  const advance = async (seconds: number) => {
    for (let i = Math.round(seconds / CONTROL_PERIOD_S); i > 0; i--) {
      scene.robot.step();
      if (supervisor.state === 'ready') supervisor.start(robot.clock.now());
      robot.tick();
    }
  };
  return { robot, supervisor, advance };
}

/** The conformance suite sends single commands and large steps, which the default configuration rejects. */
const LENIENT_SAFETY: SafetyConfig = {
  ...DEFAULT_SAFETY,
  filter: { ...DEFAULT_SAFETY.filter, age: undefined, jump: undefined },
  watchdog: { ...DEFAULT_SAFETY.watchdog, command: { deadline: 1, reaction: 'ignore' } },
};

describe('a supervised simulated arm conforms to Robot', () => {
  const make = (): Promise<RobotUnderTest> => createSupervisedArm(LENIENT_SAFETY);
  for (const { name, run } of robotConformance(make)) it(name, run);
});

describe('a supervised robot', () => {
  it('sends nothing before the supervisor starts, and refuses every command but the supervised one', async () => {
    const { robot, supervisor, advance } = await createSupervisedArm(DEFAULT_SAFETY);
    const command = { value: { position: new Float64Array(7), gripperWidth: 0 }, stamp: 0, received: 0 };
    expect(() => robot.command('base', command)).toThrow(new CommandError('no command "base": expected arm'));
    await robot.start();
    await advance(0.1);
    expect(supervisor.state).toBe('hold');
    expect(supervisor.log.map(({ cause }) => cause).slice(0, 3)).toEqual(['initialised', 'start', 'command_silence']);
    await robot.stop();
  });

  it('reports when the brakes have to close and to open', async () => {
    const powerChanges: string[] = [];
    const { supervisor, robot, advance } = await createSupervisedArm(LENIENT_SAFETY, (power) =>
      powerChanges.push(power),
    );
    await robot.start();
    await advance(0.1);
    supervisor.protectiveStop(robot.clock.now(), 'requested');
    await advance(0.6);
    expect(powerChanges).toEqual(['on', 'off']);
    expect(supervisor.reset(robot.clock.now())).toEqual({ ok: true });
    await advance(0.1);
    expect(powerChanges).toEqual(['on', 'off', 'on']);
    await robot.stop();
  });
});
