import type { HeldThing, KnownPlace, PlannerContext, SeenThing, StepRecord, Utterance } from './context.ts';

/** What the sensors of the arm measure, for {@link makeContext}. SI units, base frame of the arm. */
export interface ContextReading {
  readonly time: number;
  /** Position of the tool (m); a pose may follow it. */
  readonly tool: ArrayLike<number>;
  /** Distance between the fingers (m). */
  readonly width?: number;
  /** Contact force at the wrist, without the tool's weight (N). */
  readonly force?: readonly [number, number, number];
}

/** Parts of a context. */
export interface ContextParts {
  readonly reading: ContextReading;
  readonly things: readonly SeenThing[];
  readonly places: readonly KnownPlace[];
  readonly supervisor: PlannerContext['supervisor'];
  /** Range of the gripper's width (m); undefined without a gripper. */
  readonly gripper?: readonly [number, number];
  /** True when arm and force have come to rest, so that the force is the weight of what is held. Default: false. */
  readonly settled?: boolean;
  readonly utterances?: readonly Utterance[];
  readonly history?: readonly StepRecord[];
}

/** A grip narrower than this holds nothing (m). */
const EMPTY_WIDTH_M = 0.006;
/** Fingers this much narrower than open may hold something (m). */
const OPEN_MARGIN_M = 0.01;
/** Gravity, as the loop's compensation of the tool's weight has it (m/s^2). */
const GRAVITY_M_S2 = 9.81;

/** What the gripper holds by its width, and its mass by the force along gravity; undefined for an open or empty gripper. */
export function heldBy(
  { width, force }: ContextReading,
  gripper: readonly [number, number] | undefined,
  settled = false,
): HeldThing | undefined {
  if (!gripper || width === undefined || width < EMPTY_WIDTH_M || width > gripper[1] - OPEN_MARGIN_M) return undefined;
  return settled && force ? { mass: Math.max(0, -force[2] / GRAVITY_M_S2) } : {};
}

/** Joins what cameras and sensors found, the supervisor's state, what was said and what was done to one context. */
export function makeContext(parts: ContextParts): PlannerContext {
  const { reading, things, places, supervisor, gripper, settled, utterances = [], history = [] } = parts;
  const { time, tool, width, force } = reading;
  const held = heldBy(reading, gripper, settled);
  return {
    time,
    things,
    places,
    ...(held ? { held } : {}),
    ...(width === undefined ? {} : { gripperWidth: width }),
    tool: [tool[0], tool[1], tool[2]],
    ...(force ? { contactForce: Math.sqrt(force[0] ** 2 + force[1] ** 2 + force[2] ** 2) } : {}),
    supervisor,
    utterances,
    history,
  };
}
