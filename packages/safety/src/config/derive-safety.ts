import type { SignalSpec, ToolLoad } from '@praxis/core';
import { DEFAULT_SAFETY } from './defaults.ts';
import type { DistanceConfig } from './filter-config.ts';
import type { ForceConfig } from './force-config.ts';
import type { SafetyConfig, StreamRule, WatchdogConfig } from './safety-config.ts';

/** Limits, sensors and drives of a robot, from which its supervisor's configuration follows. */
export interface SafetySources {
  /** Joints of the arm, in the order of the other lists. */
  readonly joints: readonly string[];
  /** Largest speed of each joint (rad/s, m/s), infinite where the description gives none. */
  readonly maxVelocity: ArrayLike<number>;
  /** Largest acceleration of each joint that its drive can give (rad/s^2, m/s^2), infinite where it is unknown. */
  readonly maxAcceleration: ArrayLike<number>;
  /** Least and greatest width of the gripper (m); undefined without one. */
  readonly gripperRange?: readonly [number, number];
  /** Speed of the gripper (m/s). Default 0.2. */
  readonly gripperSpeed?: number;
  readonly streams: readonly SignalSpec[];
  /** Load on the wrist sensor; undefined without one. */
  readonly tool?: ToolLoad;
  /** Longest reach of the tool from the base (m). */
  readonly reach: number;
  /** Ranges in which the drives let the joints move, inside of the joints' limits (rad, m): the soft limits of a description. */
  readonly softLimits?: Readonly<Record<string, { readonly lower: number; readonly upper: number }>>;
  /** What keeps the links apart: the result of `deriveDistance`. Default: nothing. */
  readonly distance?: DistanceConfig;
}

/** A joint reaches its largest speed in this time at the least (s): commands of the controller do so after a step of the target. */
const SPEED_UP_TIME_S = 0.05;
/** A joint reaches its largest acceleration in this time at the least (s). */
const JERK_TIME_S = 1 / 900;
/** Speed of a joint without a limit in the description (rad/s, m/s). */
const UNKNOWN_SPEED = 1;
/** Largest speed of the tool (m/s): half as fast again as the controller's limit; of a short arm, its reach each second. */
const TOOL_SPEED_M_S = 0.75;
/** Frames that a camera may miss. */
const MISSED_FRAMES = 5;
/** Samples that a sensor of the control loop may miss. */
const MISSED_SAMPLES = 20;
/** Opening of the gripper that its limit allows beyond its range (m): sensors have errors. */
const GRIPPER_MARGIN_M = 0.002;
/** Largest acceleration of the tool by the controller and its servos (m/s^2), which the load of the wrist sensor resists. */
const TOOL_ACCELERATION_M_S2 = 5;
/** Contact in free motion that is no noise of a sensor (N). */
const FREE_FORCE_N = 8;
/** Force with which a gripper may press on a work surface (N). */
const WORK_FORCE_N = 60;
/** Height above the base below which contact is expected (m): a table's objects stand there. */
const WORK_HEIGHT_M = 0.08;

/** Number with three significant digits, so that the figures can be read and written down. */
const rounded = (value: number): number => Number(value.toPrecision(3));

/**
 * Derives the configuration of a supervisor from a robot's own limits, sensors and masses. It is a start for the risk assessment of an
 * application, not its result: no measurement of the robot is in it. Nothing in it comes from another robot; stops, reactions and the
 * deadlines of programs are those of every supervisor.
 */
export function deriveSafety(sources: SafetySources): SafetyConfig {
  const { joints, maxVelocity, maxAcceleration, gripperRange, gripperSpeed = 0.2, streams, tool, reach } = sources;
  const { softLimits = {}, distance } = sources;
  const speeds = Array.from(maxVelocity, (speed) => (Number.isFinite(speed) ? speed : UNKNOWN_SPEED));
  const accelerations = speeds.map((speed, i) => rounded(Math.min(speed / SPEED_UP_TIME_S, maxAcceleration[i])));
  const unlimited = joints.filter((_, i) => !Number.isFinite(maxVelocity[i]));
  const named = (values: readonly number[]) => Object.fromEntries(joints.map((joint, i) => [joint, values[i]]));
  const { filter } = DEFAULT_SAFETY;
  const hasWrench = streams.some(({ modality }) => modality === 'wrench');
  return {
    ...DEFAULT_SAFETY,
    filter: {
      ...filter,
      limits: {
        acceleration: named(accelerations),
        jerk: named(accelerations.map((acceleration) => rounded(acceleration / JERK_TIME_S))),
        ...(unlimited.length > 0
          ? { velocity: Object.fromEntries(unlimited.map((joint) => [joint, UNKNOWN_SPEED])) }
          : {}),
        ...(Object.keys(softLimits).length > 0
          ? {
              position: Object.fromEntries(
                Object.entries(softLimits).map(([joint, { lower, upper }]) => [joint, [lower, upper]]),
              ),
            }
          : {}),
      },
      gripper: gripperRange && {
        minimum: Math.max(0, gripperRange[0] - GRIPPER_MARGIN_M),
        maximum: rounded(gripperRange[1] + GRIPPER_MARGIN_M),
        speed: gripperSpeed,
      },
      cartesian: { speed: rounded(Math.min(TOOL_SPEED_M_S, reach)) },
      ...(distance ? { distance } : {}),
    },
    watchdog: deriveWatchdog(streams),
    force: hasWrench && tool ? deriveForce(tool) : null,
  };
}

/** Deadlines of the sensors follow from their rates; those of programs are the same for every robot in the simulator. */
function deriveWatchdog(streams: readonly SignalSpec[]): WatchdogConfig {
  const { watchdog } = DEFAULT_SAFETY;
  const slowest = (modality: string): number | undefined => {
    const rates = streams.filter((each) => each.modality === modality && each.rateHz > 0).map(({ rateHz }) => rateHz);
    return rates.length > 0 ? Math.min(...rates) : undefined;
  };
  const rules: Record<string, StreamRule> = { ...watchdog.streams };
  for (const [modality, samples] of [
    ['vision', MISSED_FRAMES],
    ['wrench', MISSED_SAMPLES],
    ['joints', MISSED_SAMPLES],
  ] as const) {
    const rate = slowest(modality);
    if (rate !== undefined) rules[modality] = { ...rules[modality], deadline: rounded(samples / rate) };
  }
  return { ...watchdog, streams: rules };
}

function deriveForce({ toolMass }: ToolLoad): ForceConfig {
  const free = rounded(FREE_FORCE_N + TOOL_ACCELERATION_M_S2 * toolMass);
  const expected = rounded(WORK_FORCE_N + free);
  const force = DEFAULT_SAFETY.force!;
  return {
    ...force,
    // A lever of 0.2 m reaches from a wrist sensor to the tips of a gripper.
    free: { force: free, torque: rounded(0.2 * free) },
    expected: { force: expected, torque: rounded(0.2 * expected) },
    expect: { below: WORK_HEIGHT_M, gripping: null },
    strike: { samples: 2, factor: 4 },
    retreat: { ...force.retreat, floor: WORK_HEIGHT_M },
  };
}
