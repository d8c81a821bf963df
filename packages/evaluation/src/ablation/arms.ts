import { InputError } from '@praxis/core';
import type { AblationData } from './data.ts';

/** A modality that an arm may be trained without, by its name in manifests and in `--mask`. */
export type AblatedModality = 'vision' | 'wrench' | 'language';

/** One arm of an ablation: what a policy is trained and evaluated with. The arm's own joints stay in every arm. */
export interface Arm {
  readonly name: string;
  /** Modalities that are absent from every training sample, and masked in evaluation. */
  readonly without: readonly AblatedModality[];
  /** What joins the modalities: gated attention, or a network over the concatenated mean tokens with as many parameters. */
  readonly fusion: 'gated' | 'concat';
  /** Parts of a progressive training, as `--stages` of the training program says them. Default: everything is trained at once. */
  readonly stages?: string;
}

const gated = (name: string, ...without: readonly AblatedModality[]): Arm => ({ name, without, fusion: 'gated' });

/** Every arm of modalities and of fusion, the reference first. */
export const ARMS: readonly Arm[] = [
  gated('all'),
  { name: 'concat', without: [], fusion: 'concat' },
  gated('vision+language', 'wrench'),
  gated('vision+force', 'language'),
  gated('force+language', 'vision'),
  gated('vision', 'wrench', 'language'),
  gated('force', 'vision', 'language'),
  gated('language', 'vision', 'wrench'),
];

/** What is trained in stages, with as many steps in all: encoders, then fusion with fixed encoders, and then everything at a low rate. */
export const STAGED_ARMS: readonly Arm[] = [
  { ...gated('encoders+fusion'), stages: 'encoders:0.3,fusion:0.7' },
  { ...gated('progressive'), stages: 'encoders:0.3,fusion:0.5,all:0.2' },
];

/** Arms in the order of plans and reports. */
export const KNOWN_ARMS: readonly Arm[] = [...ARMS, ...STAGED_ARMS];

/** Arms with one modality, of which the best gets further training seeds. */
export const SINGLE_ARMS: readonly string[] = ARMS.filter(({ without }) => without.length === 2).map(
  ({ name }) => name,
);

/** Arms that get further training seeds in any case. */
export const REPEATED_ARMS: readonly string[] = ['all', 'concat', 'vision+language'];

/** Finds an arm by its name. @throws {InputError} for an unknown one, with the known names */
export function armNamed(name: string): Arm {
  const found = KNOWN_ARMS.find((arm) => arm.name === name);
  if (found) return found;
  throw new InputError(`--arms ${name}: unknown; known are ${KNOWN_ARMS.map((arm) => arm.name).join(', ')}`);
}

/** What an arm is without, of the modalities that the demonstrations have. */
export const withoutOf = ({ without }: Arm, data: readonly AblationData[]): readonly AblatedModality[] =>
  without.filter((modality) => modality !== 'wrench' || data.every(({ wrench }) => wrench));

/** Arms that are about force: on a robot that feels none they would be others, or nothing. */
const FORCE_ARMS: readonly string[] = ['vision+language', 'vision+force', 'force+language', 'force'];

/**
 * Checks that the demonstrations have what the arms are about.
 * @throws {InputError} for an arm about force with demonstrations of a robot without a wrist sensor: no task can use it
 */
export function checkArms(arms: readonly Arm[], data: readonly AblationData[]): void {
  const blind = data.find(({ wrench }) => !wrench);
  const unusable = arms.find(({ name }) => FORCE_ARMS.includes(name));
  if (!blind || !unusable) return;
  const usable = ARMS.filter(({ name }) => !FORCE_ARMS.includes(name)).map(({ name }) => name);
  throw new InputError(
    `--arms ${unusable.name}: no task can use it, since the robot of ${blind.path} has no wrist sensor; expected some of ${usable.join(', ')}`,
  );
}
