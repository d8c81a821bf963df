import { InputError } from '@praxis/core';
import type { RobotSetup } from '@praxis/sim';
import { type DatasetReader, elementCount, elementNames, isCamera, isNumeric } from '@praxis/wire/lerobot';
import {
  CAMERAS,
  COMPLIANCE_ACTIONS,
  IMAGE_SIZE,
  INTERVENTION_FIELD,
  LABELS,
  recordFormat,
  withFields,
} from '../../demonstrations/record-format.ts';
import { type DatasetRobotOptions, datasetRobot } from '../dataset-robot.ts';
import { ACTION, IMAGES, INTERVENTION, STATE } from '../export/frame-layout.ts';
import { WRENCH } from './episode-motion.ts';
import type { EpisodeConversion } from './episode-records.ts';
import { JointMap } from './joint-map.ts';
import type { JointSources, JointUnit } from './joint-sources.ts';
import { type PictureFit, PictureReader } from './picture-reader.ts';

/** Cameras of a dataset by the names that records have for them: `front`, `wrist`. */
export type CameraNames = ReadonlyMap<string, string>;

/** How a dataset is read as records of a robot. */
export interface ConversionOptions extends DatasetRobotOptions {
  /** Elements of the dataset that are joints under other names, with other zeros or ranges. Default: the robot's own names. */
  readonly joints?: JointSources;
  /** Unit of the joints. Default: radians for a dataset that names this robot; else it has to be given. */
  readonly units?: JointUnit;
  /** Features of the cameras. Default: `observation.images.front` and `observation.images.wrist`, of which one may be missing. */
  readonly cameras?: CameraNames;
  /** What becomes of pictures of another shape. Default: crop. */
  readonly fit?: PictureFit;
  /** Most records per second of an episode. Default: 10, as demonstrations of the simulator have. */
  readonly rateHz?: number;
}

const DEFAULT_RATE_HZ = 10;

/**
 * Finds what the records of a dataset hold, and where it is in the dataset.
 * @throws {InputError} in one line for joints and cameras that are not the robot's, and for units that are not said
 */
export async function conversionOf(dataset: DatasetReader, options: ConversionOptions): Promise<EpisodeConversion> {
  const { name, info } = dataset;
  const { features } = info;
  const setup = await datasetRobot(dataset, options);
  const whole = recordFormat(setup);
  const cameras = cameraFeatures(dataset, options.cameras);
  const fields = new Map([...cameras].map(([camera, feature]) => [`images.${camera}`, feature]));
  const wrench = features[WRENCH];
  const felt = wrench !== undefined && isNumeric(wrench) && elementCount(wrench) === 6 && whole.inputs.has('wrench');
  const says = features[INTERVENTION]?.dtype === 'bool';
  const absent = new Set<string>([...LABELS, 'history', COMPLIANCE_ACTIONS, ...(felt ? [] : ['wrench'])]);
  const format = withFields(
    whole,
    (field) => !absent.has(field) && (!field.startsWith('images.') || fields.has(field)),
    says ? [INTERVENTION_FIELD] : [],
  );
  const size = { width: IMAGE_SIZE, height: IMAGE_SIZE };
  const inTables = [...cameras.values()].filter((feature) => features[feature].dtype === 'image');
  return {
    ...{ dataset, setup, format, rateHz: options.rateHz ?? DEFAULT_RATE_HZ },
    joints: new JointMap({
      ...{
        name,
        features,
        robot: setup,
        sources: options.joints ?? new Map(),
        units: unitsOf(dataset, setup, options),
      },
      joints: setup.spec.streams.find((each) => each.name === 'joints')!,
    }),
    cameras: new Map(
      [...fields].map(([field, feature]) => [field, new PictureReader(dataset, feature, size, options.fit ?? 'crop')]),
    ),
    features: [STATE, ACTION, ...inTables, ...(felt ? [WRENCH] : []), ...(says ? [INTERVENTION] : []), 'task_index'],
  };
}

function unitsOf({ name, info }: DatasetReader, setup: RobotSetup, { units, joints }: ConversionOptions): JointUnit {
  if (units) return units;
  const ranged = setup.kinematics.jointNames.every((joint) => joints?.get(joint)?.range);
  if (ranged || info.robot_type === setup.name) return 'rad';
  const elements = info.features[STATE] ? elementNames(info.features[STATE]).join(', ') : 'missing';
  throw new InputError(
    `${name}: is of robot ${info.robot_type ?? 'without a name'}, not ${setup.name}, expected --units deg or rad: the unit of its joints (${elements})`,
  );
}

/** The features of the cameras that records have. @throws {InputError} for one that is none, and without any */
function cameraFeatures({ name, info }: DatasetReader, given: CameraNames | undefined): ReadonlyMap<string, string> {
  const { features } = info;
  const own = Object.keys(features).filter((each) => isCamera(features[each]));
  const names = own.map((each) => each.replace(IMAGES, '')).join(', ') || 'none';
  for (const [camera, wanted] of given ?? []) {
    if (!CAMERAS.some((each) => each === camera))
      throw new InputError(`--cameras ${camera}=${wanted}: expected ${CAMERAS.join(' or ')}, the cameras of records`);
    if (!own.includes(IMAGES + wanted) && !own.includes(wanted))
      throw new InputError(`--cameras ${camera}=${wanted}: ${name} has no such camera; its cameras are ${names}`);
  }
  const found = CAMERAS.flatMap((camera): [string, string][] => {
    const wanted = given ? given.get(camera) : camera;
    const feature = wanted === undefined ? undefined : own.find((each) => each === IMAGES + wanted || each === wanted);
    return feature === undefined ? [] : [[camera, feature]];
  });
  if (found.length === 0)
    throw new InputError(
      `${name}: has no camera ${CAMERAS.join(' or ')}; its cameras are ${names}, of which --cameras says which they are, such as --cameras front=${names.split(', ')[0]}`,
    );
  return new Map(found);
}
