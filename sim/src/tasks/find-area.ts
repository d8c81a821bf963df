import { atan2, cos, InputError, type Kinematics, poseInFrame, quaternion, sin, type vector3 } from '@praxis/core';
import { type RobotDefinition, solveIk } from '@praxis/model';
import { TABLE_SIZE_M } from '../mjcf/scene.ts';
import { type ArmSetup, armLabel } from '../robot/arm-setup.ts';
import { closingAxis, tipExtent } from '../robot/gripper-geometry.ts';
import type { RobotSetup } from '../robot/setup.ts';
import { orientationAt, type ToolOrientation } from './tool-orientation.ts';

type AreaDefinition = NonNullable<RobotDefinition['taskArea']>;
/** An area in the frame of the scene, with the orientation of the tool in it. */
export type FoundArea = AreaDefinition &
  ToolOrientation & {
    /** Place of the base of the working arm of several (m); undefined for an only arm, which stands at the scene's origin. */
    readonly base?: vector3.Vector3;
  };

/** Width in x and half the width in y of an area of scale 1, with the places of trays (m). */
const WIDTH_X_M = 0.22;
const HALF_WIDTH_Y_M = 0.22;
const HALF_WIDTH_TRAYS_Y_M = 0.3;
/** Half the width in y of an area of scale 1 up to the outer edges of its trays (m). */
const HALF_EXTENT_Y_M = 0.36;
/** Heights of the tool above the least one that an area of scale 1 needs (m). */
const HEIGHTS_M = [0.1, 0, 0.2] as const;
/** Scales to try, the largest first. */
const SCALES = [1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4] as const;
/** Angles by which the tool may point outwards, the least first (rad). */
const TILTS_RAD = [0, 0.25, 0.5, 0.75] as const;
/** Half the width of a finger, whose edge is lower when the tool is tilted (m). */
const HALF_FINGER_M = 0.008;
/** Distance between two poses that are tried (m), in an area of scale 1. */
const GRID_M = 0.05;
/** Step of the area's centre in x (m). */
const CENTRE_STEP_M = 0.02;
/** Least distance of the area from the base (m). */
const NEAREST_M = 0.1;
/** Distance that joints keep from their limits (rad, m). */
const LIMIT_MARGIN = 0.03;
/** Largest change of a joint from one pose to the next: a larger one means another branch of solutions (rad, m). */
const MAX_CHANGE = 0.7;
/** Errors of a pose that counts as reached (m, rad). With fewer than six joints some poses are reached only nearly. */
const TOLERANCE = { positionTolerance: 5e-4, orientationTolerance: 5e-3 } as const;
const TOLERANCE_OF_FEW_JOINTS = { positionTolerance: 0.01, orientationTolerance: 0.08 } as const;
/** Clearance of the fingertips above the table (m). */
const TIP_CLEARANCE_M = 0.006;
/** Width of the open gripper in an area of scale 1 (m), and the least one that objects of that scale need. */
const OPEN_WIDTH_M = 0.08;
const LEAST_OPEN_WIDTH_M = 0.065;
/** Greatest height of the tool in a grip, in an area of scale 1 (m): the lowest objects are 3.6 cm high. */
const HIGHEST_GRIP_M = 0.03;
/** A base whose axes are turned less than this from those of the scene is not turned. */
const TURN_TOLERANCE = 1e-9;
/** Angles below this are rounding (rad). */
const ANGLE_TOLERANCE_RAD = 1e-6;

/**
 * Finds the largest area in front of the base in which an arm takes things from above: at each pose of a grid at three heights the tool
 * points down within the joints' limits, and neighbouring poses have neighbouring joints. Where the wrist of an arm does not bend far
 * enough, the tool points outwards by the least angle that does. The area of an arm beside others lies on the table with its trays.
 * @param given area of the definition in the frame of the arm's base, which is not searched for then
 * @throws {InputError} when there is none, and for an arm beside others whose base is turned
 */
export function findArea(setup: RobotSetup, arm: ArmSetup, given?: AreaDefinition): FoundArea {
  const orientation = downOrientation(setup, arm);
  const base = setup.arms.length > 1 ? baseOf(setup, arm) : undefined;
  const own = base ? { base } : {};
  if (given) return { ...(base ? moved(given, base) : given), orientation, ...own };
  const { gripper, kinematics, home } = arm;
  const [baseX, baseY, baseZ] = base ?? [0, 0, 0];
  const lowest = tipExtent(setup, arm) + TIP_CLEARANCE_M;
  const widest = gripper ? gripper.range[1] : OPEN_WIDTH_M;
  const pose = new Float64Array(7);
  kinematics.forward(Float64Array.from(home), pose);
  for (const [angle, scale] of TILTS_RAD.flatMap((tilt) => SCALES.map((each) => [tilt, each] as const))) {
    if (LEAST_OPEN_WIDTH_M * scale > widest) continue;
    const tool: ToolOrientation =
      angle === 0 ? { orientation } : { orientation, tilt: { angle, centre: axisOf(setup, arm, [baseX, baseY]) } };
    const graspHeight = lowest + HALF_FINGER_M * sin(angle);
    if (graspHeight > HIGHEST_GRIP_M * scale) continue;
    const most = Math.max(0, TABLE_SIZE_M[1] / 2 - HALF_EXTENT_Y_M * scale);
    const middle = Math.max(-most, Math.min(most, baseY));
    const search = new AreaSearch(kinematics, home, tool, graspHeight, [baseX, baseY, baseZ], middle);
    const centre = search.centreOf(scale, baseX + pose[0]);
    if (centre === undefined) continue;
    const halfX = (WIDTH_X_M / 2) * scale;
    const halfY = HALF_WIDTH_Y_M * scale;
    return {
      ...tool,
      ...own,
      scale,
      x: [centre - halfX, centre + halfX],
      y: [middle - halfY, middle + halfY],
      start: {
        lower: [centre - 0.4 * halfX, middle - 0.3 * halfY, graspHeight + 0.14 * scale],
        upper: [centre + 0.4 * halfX, middle + 0.3 * halfY, graspHeight + 0.2 * scale],
      },
      openWidth: Math.min(widest, OPEN_WIDTH_M * scale),
      graspHeight,
    };
  }
  throw new InputError(
    `${armLabel(setup.name, arm.name)}: it reaches no area of ${Math.round(100 * WIDTH_X_M * SCALES[SCALES.length - 1])} cm in front of its base from above, which tasks need; give "taskArea"`,
  );
}

/** Looks for areas that the tool reaches, pointing down. */
class AreaSearch {
  readonly #kinematics: Kinematics;
  readonly #home: Float64Array;
  readonly #tool: ToolOrientation;
  readonly #lowest: number;
  readonly #base: vector3.Vector3;
  readonly #middle: number;

  /**
   * @param lowest least height of the tool (m)
   * @param base place of the arm's base in the scene (m)
   * @param middle y of the middle of the areas (m)
   */
  constructor(
    kinematics: Kinematics,
    home: readonly number[],
    tool: ToolOrientation,
    lowest: number,
    base: vector3.Vector3,
    middle: number,
  ) {
    this.#kinematics = kinematics;
    this.#home = Float64Array.from(home);
    this.#tool = tool;
    this.#lowest = lowest;
    this.#base = base;
    this.#middle = middle;
  }

  /** Returns the x of the centre (m) of an area of a scale, the nearest to `preferred`; undefined when there is none. */
  centreOf(scale: number, preferred: number): number | undefined {
    const half = (WIDTH_X_M / 2) * scale;
    const centres: number[] = [];
    for (let x = NEAREST_M + half; x < 1; x += CENTRE_STEP_M) centres.push(this.#base[0] + x);
    centres.sort((a, b) => Math.abs(a - preferred) - Math.abs(b - preferred));
    return centres.find((x) => this.#reaches(x, scale));
  }

  /** True when the tool reaches the grid of an area. It walks from the centre outwards. */
  #reaches(centre: number, scale: number): boolean {
    const heights = HEIGHTS_M.map((height) => this.#lowest + height * scale);
    const middle = this.#solve([centre, this.#middle, heights[0]], this.#home, 8);
    if (!middle) return false;
    const columns = offsets((WIDTH_X_M / 2) * scale, GRID_M * scale);
    const rows = offsets(HALF_WIDTH_TRAYS_Y_M * scale, GRID_M * scale);
    const all: Float64Array[] = [middle];
    const walk = (
      from: Float64Array,
      values: readonly number[],
      to: (v: number) => number[],
    ): Float64Array[] | undefined => {
      const found: Float64Array[] = [from];
      for (const side of [1, -1]) {
        let last = from;
        for (const value of values) {
          const next = this.#solve(to(side * value), last, 0);
          if (!next) return undefined;
          found.push(next);
          last = next;
        }
      }
      return found;
    };
    const line = walk(middle, rows, (y) => [centre, this.#middle + y, heights[0]]);
    if (!line) return false;
    const places = [0, ...rows, ...rows.map((y) => -y)].map((y) => this.#middle + y);
    for (const [k, start] of line.entries()) {
      const row = walk(start, columns, (x) => [centre + x, places[k], heights[0]]);
      if (!row) return false;
      const xs = [0, ...columns, ...columns.map((x) => -x)];
      for (const [i, from] of row.entries()) {
        for (const height of heights.slice(1)) {
          if (!this.#solve([centre + xs[i], places[k], height], from, 0)) return false;
        }
      }
      all.push(...row);
    }
    return true;
  }

  /** Solves one pose near given joints; undefined when it is out of reach or on another branch. */
  #solve(position: readonly number[], start: Float64Array, restarts: number): Float64Array | undefined {
    const tolerance = start.length < 6 ? TOLERANCE_OF_FEW_JOINTS : TOLERANCE;
    const [x, y] = position;
    const place = position.map((value, axis) => value - this.#base[axis]);
    const pose = Float64Array.of(...place, ...orientationAt(this.#tool, x, y));
    const options = { start, posture: this.#home, restarts, ...tolerance };
    const { joints, positionError, orientationError } = solveIk(this.#kinematics, pose, options);
    if (positionError > tolerance.positionTolerance || orientationError > tolerance.orientationTolerance)
      return undefined;
    const { lower, upper } = this.#kinematics;
    const fits = joints.every(
      (value, i) =>
        value > lower[i] + LIMIT_MARGIN &&
        value < upper[i] - LIMIT_MARGIN &&
        (restarts > 0 || Math.abs(value - start[i]) < MAX_CHANGE),
    );
    return fits ? joints : undefined;
  }
}

/** Equidistant offsets from 0 (exclusive) to the half width, with a step of at most `step` (m). */
function offsets(halfWidth: number, step: number): number[] {
  const count = Math.ceil(halfWidth / step);
  return Array.from({ length: count }, (_, i) => ((i + 1) * halfWidth) / count);
}

/** Place of the base of an arm beside others (m). @throws {InputError} when its axes are not those of the scene */
function baseOf({ name, tree }: RobotSetup, arm: ArmSetup): vector3.Vector3 {
  // The root link of a robot with several arms is at the scene's origin.
  const [x, y, z, , , , w] = tree.pose(arm.baseLink);
  if (Math.abs(w) > 1 - TURN_TOLERANCE) return [x, y, z];
  throw new InputError(
    `${armLabel(name, arm.name)}: its base ${arm.baseLink} is turned from the scene's axes; tasks that place things in reach take an arm whose base is not`,
  );
}

/** An area in the frame of the scene. */
function moved({ x, y, start, ...area }: AreaDefinition, [dx, dy, dz]: vector3.Vector3): AreaDefinition {
  const by = ([a, b, c]: vector3.Vector3): [number, number, number] => [a + dx, b + dy, c + dz];
  return {
    ...area,
    x: [x[0] + dx, x[1] + dx],
    y: [y[0] + dy, y[1] + dy],
    start: { lower: by(start.lower), upper: by(start.upper) },
    graspHeight: area.graspHeight + dz,
  };
}

/** Place of the axis of the arm's first joint (m). @param base place of the arm's base (m) */
function axisOf(
  { model, tree }: RobotSetup,
  { joints, baseLink }: ArmSetup,
  [baseX, baseY]: readonly [number, number],
): readonly [number, number] {
  const { child } = model.joints.find(({ name }) => name === joints[0])!;
  const [x, y] = poseInFrame(tree.pose(baseLink), tree.pose(child));
  return [baseX + x, baseY + y];
}

/** Orientation in which the tool points down and the fingers close along y: of the two, the one nearer to home. */
function downOrientation(setup: RobotSetup, arm: ArmSetup): FoundArea['orientation'] {
  const [x, y] = closingAxis(setup, arm);
  const home = new Float64Array(7);
  arm.kinematics.forward(Float64Array.from(arm.home), home);
  // A tool turned by `angle` about its z axis and then by half a turn about x has its closing axis at -(axis + angle).
  const axis = atan2(y, x);
  const turned = [Math.PI / 2 - axis, -Math.PI / 2 - axis].map((angle) => {
    if (Math.abs(angle) < ANGLE_TOLERANCE_RAD) return [1, 0, 0, 0];
    const out = [0, 0, 0, 0];
    quaternion.multiply([1, 0, 0, 0], [0, 0, sin(angle / 2), cos(angle / 2)], out);
    return out;
  });
  const likeness = turned.map((q) => Math.abs(q.reduce((sum, value, i) => sum + value * home[3 + i], 0)));
  const [a, b, c, d] = turned[likeness[1] > likeness[0] + ANGLE_TOLERANCE_RAD ? 1 : 0];
  return [a, b, c, d];
}
