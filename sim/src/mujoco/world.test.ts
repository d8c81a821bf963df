import { InputError } from '@praxis/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadMujoco, type Mujoco, World } from './world.ts';

const PENDULUM = `<mujoco>
  <option timestep="0.002"/>
  <worldbody>
    <body name="rod" pos="0 0 1"><joint name="hinge" type="hinge" axis="0 1 0"/><geom type="capsule" size="0.02 0.2"/></body>
    <body name="ball" pos="1 0 1"><freejoint name="free"/><geom type="sphere" size="0.05"/></body>
  </worldbody>
  <actuator><motor name="motor" joint="hinge"/></actuator>
  <sensor><jointpos name="angle" joint="hinge"/><jointvel name="speed" joint="hinge"/></sensor>
</mujoco>`;

let mujoco: Mujoco;
beforeAll(async () => {
  mujoco = await loadMujoco();
});

/** Calls `use` with a world and closes it afterwards. */
function withWorld(use: (world: World) => void, mjcf = PENDULUM) {
  const world = new World(mujoco, mjcf);
  try {
    use(world);
  } finally {
    world.close();
  }
}

/** Returns the error that the constructor throws for this text. */
function refusal(mjcf: string): Error {
  try {
    new World(mujoco, mjcf).close();
  } catch (error) {
    return error as Error;
  }
  throw new Error('not refused');
}

describe('World', () => {
  it('accelerates a free body by g', () => {
    withWorld((world) => {
      const start = world.view('qpos')[world.joint('free').qpos + 2];
      for (let k = 0; k < 100; k++) world.step();
      expect(world.time).toBeCloseTo(0.2, 9);
      const fallen = start - world.view('qpos')[world.joint('free').qpos + 2];
      // A semi-implicit integrator already moves in its first step: g t (t + dt) / 2.
      expect(fallen).toBeCloseTo((9.81 * 0.2 * 0.202) / 2, 4);
    });
  });

  it('finds the indices of joints, actuators, sensors and bodies by name', () => {
    withWorld((world) => {
      expect(world.joint('hinge')).toEqual({ qpos: 0, qvel: 0 });
      expect(world.joint('free')).toEqual({ qpos: 1, qvel: 1 });
      expect([world.actuator('motor'), world.sensor('angle'), world.sensor('speed')]).toEqual([0, 0, 1]);
      world.view('qpos')[0] = 0.3;
      world.forward();
      expect(world.view('sensordata')[world.sensor('angle')]).toBeCloseTo(0.3, 12);
      expect([...world.view('xpos').subarray(3 * world.body('ball'), 3 * world.body('ball') + 3)]).toEqual([1, 0, 1]);
      expect(world.time).toBe(0);
    });
  });

  it('refuses an unknown name in one line', () => {
    withWorld((world) => {
      for (const lookUp of ['body', 'joint', 'actuator', 'sensor'] as const) {
        expect(() => world[lookUp]('missing')).toThrow(new InputError(`the scene has no ${lookUp} "missing"`));
      }
    });
  });

  it.each([
    ['text that is not XML', 'not xml'],
    ['an element left open', '<mujoco><worldbody><body>'],
    ['an unknown element', '<mujoco><wurldbody/></mujoco>'],
    ['a free body without mass', '<mujoco><worldbody><body><freejoint/></body></worldbody></mujoco>'],
    ['an actuator of a missing joint', '<mujoco><actuator><motor joint="knee"/></actuator></mujoco>'],
  ])('refuses %s in one line', (_, mjcf) => {
    const error = refusal(mjcf);
    expect(error).toBeInstanceOf(InputError);
    expect(error.message).toMatch(/^the scene does not compile: .*[a-z]{3}/);
    expect(error.message.split('\n')).toHaveLength(1);
  });

  it('throws when physics diverges, where MuJoCo resets its state', () => {
    withWorld((world) => {
      world.step();
      world.view('qvel')[world.joint('free').qvel] = Number.NaN;
      expect(() => world.step()).toThrow(/^physics diverged after 0\.002 s/);
    });
  });

  it('keeps its views valid when a hundred other worlds grow the memory', () => {
    withWorld((world) => {
      const others = Array.from({ length: 100 }, () => new World(mujoco, PENDULUM));
      expect(world.view('qpos')).toHaveLength(8);
      world.step();
      expect(world.view('qpos')[world.joint('free').qpos + 2]).toBeLessThan(1);
      for (const other of others) {
        other.close();
        other.close();
      }
    });
  });
});
