import { InputError, type SignalSpec } from '@praxis/core';
import type { RobotModel } from '@praxis/model';
import {
  DEFAULT_SAFETY,
  type DistanceConfig,
  deriveSafety,
  parseSafetyConfig,
  type SafetyConfig,
  type StreamRule,
} from '@praxis/safety';
import type { ArmSetup } from '../robot/arm-setup.ts';
import { wrenchStream } from '../robot/groups-spec.ts';
import { PRAXIS_FORCE } from '../robot/praxis-arm.ts';
import { inertiasAt } from '../robot/servo-gains.ts';
import { hasOneArm, type RobotSetup } from '../robot/setup.ts';
import { distanceOf } from './distances.ts';

/** Configuration of the simulated Praxis arm's supervisor: the defaults, adapted to its work cell. */
export const SIM_SAFETY: SafetyConfig = {
  ...DEFAULT_SAFETY,
  watchdog: {
    ...DEFAULT_SAFETY.watchdog,
    streams: {
      ...DEFAULT_SAFETY.watchdog.streams,
      // Without this stream a spoken "stop" does not arrive.
      language: { deadline: 1, lost: 'hold', frozen: null, bad: { samples: 1, reaction: 'report' } },
    },
    command: { deadline: 0.04, reaction: 'hold' },
    heartbeats: {
      loop: { deadline: 0.04, reaction: 'hold', from: 'first beat' },
      policy: { deadline: 0.038, reaction: 'hold', from: 'first beat' },
    },
  },
  force: PRAXIS_FORCE,
};

/** Deadlines of the programs around every simulated robot. */
const { command, heartbeats } = SIM_SAFETY.watchdog;
const { language } = SIM_SAFETY.watchdog.streams;

const made = new WeakMap<RobotSetup, ReadonlyMap<string, SafetyConfig>>();

/**
 * The configuration of the supervisor of a robot with one arm: derived from its limits, masses, shapes and sensors, and over that
 * the settings of its definition. The figures of another robot never apply.
 * @throws {InputError} for a setting that is not valid, by name, and for a robot with several arms or a driven base
 */
export function safetyOf(setup: RobotSetup): SafetyConfig {
  const { name, arms, bases } = setup;
  const [config] = groupSafety(setup).values();
  if (hasOneArm(setup)) return config;
  const groups = [...arms, ...bases].map((group) => group.name).join(', ');
  throw new InputError(`robot ${name}: command groups ${groups}, expected a robot with one arm here`);
}

/**
 * The configuration of each supervisor of a robot by the name of its command group: an arm's, as {@link safetyOf} says, or a driven
 * base's. The settings of a robot with several groups are by group. Arms beside each other keep their distance,
 * see `distanceOf`. Made once for each robot.
 * @throws {InputError} for a setting that is not valid, by name
 */
export function groupSafety(setup: RobotSetup): ReadonlyMap<string, SafetyConfig> {
  let configs = made.get(setup);
  if (!configs) {
    configs = makeGroupSafety(setup);
    made.set(setup, configs);
  }
  return configs;
}

function makeGroupSafety(setup: RobotSetup): ReadonlyMap<string, SafetyConfig> {
  const { arms, bases } = setup;
  const { safety } = setup.definition;
  const several = arms.length + bases.length > 1;
  const names = [...arms, ...bases].map(({ name }) => name);
  const unknown = several ? Object.keys(safety ?? {}).find((key) => !names.includes(key)) : undefined;
  if (unknown !== undefined) {
    throw new InputError(
      `robot ${setup.name}: safety.${unknown}: expected settings by command group, ${names.join(', ')}`,
    );
  }
  const settingsOf = (name: string): unknown => (several ? safety?.[name] : safety);
  const settled = (name: string, derived: SafetyConfig): readonly [string, SafetyConfig] => {
    const settings = settingsOf(name);
    return [name, settings === undefined ? derived : parseSafetyConfig(settings, derived)];
  };
  return new Map([
    ...arms.map((arm) => {
      // A filter of the definition replaces the derived one, distances included.
      const distance = hasFilter(settingsOf(arm.name)) ? undefined : distanceOf(setup, arm);
      return settled(arm.name, armSafety(setup, arm, distance));
    }),
    ...bases.map(({ name }) => settled(name, baseSafety(setup))),
  ]);
}

const hasFilter = (settings: unknown): boolean =>
  typeof settings === 'object' && settings !== null && 'filter' in settings && settings.filter !== undefined;

/** Streams that the supervisor of one arm watches: all but the sensors of other arms. */
export const streamsOfArm = ({ spec, arms }: RobotSetup, arm: ArmSetup): readonly SignalSpec[] => {
  const others = arms.filter((each) => each !== arm).map(({ name }) => wrenchStream(name));
  return spec.streams.filter(({ name }) => !others.includes(name));
};

/** Derives the configuration of an arm without settings. */
function armSafety(setup: RobotSetup, arm: ArmSetup, distance: DistanceConfig | undefined): SafetyConfig {
  const { model } = setup;
  const { kinematics, joints, home, tool, gripper } = arm;
  const at = Object.fromEntries(joints.map((name, i) => [name, home[i]]));
  const inertias = inertiasAt(model, at);
  const jointOf = new Map(model.joints.map((joint) => [joint.name, joint]));
  const maxAcceleration = joints.map((name) => {
    const effort = jointOf.get(name)?.limit?.effort ?? Number.POSITIVE_INFINITY;
    return effort / ((inertias.get(name) ?? 0) + (setup.servos.get(name)?.armature ?? 0));
  });
  const derived = deriveSafety({
    joints,
    maxVelocity: kinematics.maxVelocity,
    maxAcceleration,
    gripperRange: gripper?.range,
    streams: streamsOfArm(setup, arm),
    tool,
    reach: chainLength(model, arm),
    softLimits: Object.fromEntries(
      joints.flatMap((name) => {
        const range = jointOf.get(name)?.softLimit;
        return range ? [[name, range]] : [];
      }),
    ),
    distance,
  });
  return inSimulator(derived);
}

/** Derives the configuration of a driven base's supervisor: it watches sensors, commands, heartbeats and the clock. */
function baseSafety({ spec }: RobotSetup): SafetyConfig {
  const { streams } = spec;
  const derived = deriveSafety({ joints: [], maxVelocity: [], maxAcceleration: [], streams, reach: 0 });
  const { cartesian: _, ...filter } = derived.filter;
  const { watchdog } = derived;
  const { deadline } = watchdog.streams.joints;
  const odometry: StreamRule = { deadline, lost: 'hold', frozen: null, bad: { samples: 5, reaction: 'hold' } };
  return inSimulator({
    ...derived,
    filter,
    watchdog: { ...watchdog, streams: { ...watchdog.streams, odometry } },
  });
}

/** Adds the deadlines of the programs around a simulated robot. */
function inSimulator(config: SafetyConfig): SafetyConfig {
  const { watchdog } = config;
  return {
    ...config,
    watchdog: { ...watchdog, command, heartbeats, streams: { ...watchdog.streams, language } },
  };
}

/** Longest distance of an arm's tool from its base: the sum of the distances between the frames of the chain (m). */
export const reachOf = ({ model }: Pick<RobotSetup, 'model'>, arm: ArmSetup): number => chainLength(model, arm);

function chainLength(model: RobotModel, { baseLink: base, toolLink: tool }: ArmSetup): number {
  let reach = 0;
  for (let link = tool; link !== base; ) {
    const joint = model.joints.find(({ child }) => child === link)!;
    const [x, y, z] = joint.origin.xyz;
    reach += Math.sqrt(x * x + y * y + z * z);
    link = joint.parent;
  }
  return reach;
}
