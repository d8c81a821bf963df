import { readFileSync } from 'node:fs';
import { errorMessage, InputError } from '@praxis/core';
import { DEFAULT_SAFETY, parseSafetyConfig, type SafetyConfig } from '@praxis/safety';
import { groupSafety, type RobotChoice, SIM_SAFETY, setupOf, teleoperation } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';

/**
 * The configuration with longer deadlines for ROS 2: samples and heartbeats pass through the event loops of two processes,
 * which a busy machine delays. The deadline of the commands (500 Hz) detects the loss of the policy's node. The deadline of
 * the policy's heartbeat detects a blocked policy process and is longer than an inference. While the queue is empty the loop holds
 * its last target, so one inference that is a little late does not need a stop that latches.
 */
const relaxedForRos = (config: SafetyConfig): SafetyConfig => {
  const { streams, heartbeats } = config.watchdog;
  return {
    ...config,
    watchdog: {
      ...config.watchdog,
      streams: {
        ...streams,
        wrench: { ...streams.wrench, deadline: 0.1 },
        joints: { ...streams.joints, deadline: 0.1 },
        ...(streams.odometry ? { odometry: { ...streams.odometry, deadline: 0.1 } } : {}),
      },
      command: { ...config.watchdog.command, deadline: 0.042 },
      queue: { ...config.watchdog.queue, grace: 0.03 },
      heartbeats: {
        loop: { ...heartbeats.loop, deadline: 0.1 },
        policy: { ...heartbeats.policy, deadline: 0.15 },
      },
    },
  };
};

/**
 * A delayed target jerks the simulated arm, and the inertia of its tool reads as a contact: up to 13 N on the Praxis arm, whose limit
 * without delays is 10 N. Limits of contact in free motion are therefore this many times as high over ROS 2.
 */
const LATE_TARGET_FACTOR = 2;

/** The configuration of a simulated arm over ROS 2. */
function relaxedForSimulation(config: SafetyConfig): SafetyConfig {
  const { force } = config;
  const free = force && {
    force: LATE_TARGET_FACTOR * force.free.force,
    torque: LATE_TARGET_FACTOR * force.free.torque,
  };
  return { ...relaxedForRos(config), force: force && free ? { ...force, free } : force };
}

/** Configurations by the names of the command groups. */
type GroupConfigs = ReadonlyMap<string, SafetyConfig>;

/** Applies a change to the configuration of each group. */
const mapConfigs = (
  configs: GroupConfigs,
  change: (config: SafetyConfig, group: string) => SafetyConfig,
): GroupConfigs => new Map([...configs].map(([group, config]) => [group, change(config, group)]));

/** Settings that a robot's folder states hold as they are: they replace the derived ones and the longer deadlines. */
function folderSafety(robot: RobotChoice): GroupConfigs {
  const setup = setupOf(robot);
  const configs = mapConfigs(groupSafety(setup), relaxedForRos);
  const { safety } = setup.definition;
  return safety === undefined ? configs : withSettings(safety, configs);
}

/**
 * Puts settings over the configurations: those of the only group, or settings by group.
 * @throws {InputError} when one is not valid, or names a group that is not there
 */
function withSettings(settings: unknown, configs: GroupConfigs): GroupConfigs {
  if (configs.size === 1) return mapConfigs(configs, (config) => parseSafetyConfig(settings, config));
  const names = [...configs.keys()];
  const byGroup = typeof settings === 'object' && settings !== null ? new Map(Object.entries(settings)) : new Map();
  const unknown = [...byGroup.keys()].find((key) => !configs.has(key));
  if (unknown !== undefined || byGroup.size === 0) {
    throw new InputError(`${unknown ?? 'no group'}: expected settings by command group, ${names.join(', ')}`);
  }
  return mapConfigs(configs, (config, group) =>
    byGroup.has(group) ? parseSafetyConfig(byGroup.get(group), config) : config,
  );
}

/**
 * The safety configuration of each command group that the parameter `safety_config` selects.
 * @param value empty, `sim`, `teleop`, or the path of a JSON file, whose settings replace those of an empty value
 * @param robot robot of a folder, whose own figures hold. Default: the figures of the Praxis arm
 * @throws {InputError} when the file cannot be read, is not JSON, or holds an invalid value, and with `teleop` for a robot with several
 * arms or a base
 */
export function safetyConfigs(value: string, robot?: RobotChoice): GroupConfigs {
  const onlyArm = (config: SafetyConfig): GroupConfigs => new Map([['arm', config]]);
  if (value === 'sim') {
    return mapConfigs(robot ? groupSafety(setupOf(robot)) : onlyArm(SIM_SAFETY), relaxedForSimulation);
  }
  if (value === 'teleop') return onlyArm(relaxedForSimulation(teleoperation(robot ?? { urdf: armUrdf() }).safety));
  const normal = robot ? folderSafety(robot) : onlyArm(relaxedForRos(DEFAULT_SAFETY));
  if (value === '') return normal;
  let text: string;
  try {
    text = readFileSync(value, 'utf8');
  } catch (cause) {
    throw new InputError(`parameter safety_config: ${value} cannot be read`, { cause });
  }
  try {
    return withSettings(JSON.parse(text), normal);
  } catch (cause) {
    throw new InputError(`parameter safety_config: ${value}: ${errorMessage(cause)}`, { cause });
  }
}
