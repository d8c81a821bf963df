import { ACTION_SPACES, type ActionSpace, InputError } from '@praxis/core';

/** Units of a gripper: its width, or how far it is open, from closed to open: 0 to 100 or 0 to 1. */
export const GRIPPER_UNITS = ['m', 'mm', '%', '1'] as const;
/** Units of joints that turn. */
export const JOINT_UNITS = ['rad', 'deg'] as const;
/** How an image of another size is brought to that of the network. */
export const FITS = ['stretch', 'cover', 'contain'] as const;
/** Ranges of the values of an image before its normalisation. */
export const PIXEL_RANGES = ['0..1', '0..255'] as const;

/** What the user says of a policy, beside what the policy says of itself. */
export interface ImportAnswers {
  /** Camera of the robot by the name of the input that is an image. */
  readonly cameras: ReadonlyMap<string, string>;
  /** Elements of the robot by the name of the input or output that is a vector, in the network's order. */
  readonly elements: ReadonlyMap<string, readonly string[]>;
  /** Stream of the robot without names that an input has as a whole. */
  readonly streams: ReadonlyMap<string, string>;
  readonly jointUnit?: (typeof JOINT_UNITS)[number];
  readonly gripperUnit?: (typeof GRIPPER_UNITS)[number];
  readonly resize?: (typeof FITS)[number];
  readonly actionSpace?: ActionSpace;
  /** Actions per second. */
  readonly rateHz?: number;
  /** Actions that are executed before the next inference. */
  readonly chunkSteps?: number;
  /** Output of a bare graph that has the actions. */
  readonly output?: string;
  readonly pixels?: (typeof PIXEL_RANGES)[number];
  /** File with the statistics of a bare graph, or `none`. */
  readonly statistics?: string;
  /** `tokenizer.json` of the tokens. */
  readonly tokenizer?: string;
  /** Token of the padding. */
  readonly padToken?: number;
}

/** No answers yet. */
export const NO_ANSWERS: ImportAnswers = { cameras: new Map(), elements: new Map(), streams: new Map() };

/** An option of `praxis policy import` that answers a question. */
export type AnswerOption =
  | '--camera'
  | '--elements'
  | '--stream'
  | '--joint-unit'
  | '--gripper-unit'
  | '--resize'
  | '--action-space'
  | '--rate'
  | '--chunk-steps'
  | '--output'
  | '--pixels'
  | '--statistics'
  | '--tokenizer'
  | '--pad-token';

/**
 * Adds the value of one option to the answers.
 * @throws {InputError} that names the option, the value and the expected form
 */
export function withAnswer(answers: ImportAnswers, option: AnswerOption, value: string): ImportAnswers {
  const refuse = (expected: string): never => {
    throw new InputError(`${option} ${value}: expected ${expected}`);
  };
  const oneOf = <const T extends string>(words: readonly T[]): T =>
    words.find((word) => word === value) ?? refuse(words.join(', '));
  const pair = (second: string): readonly [string, string] => {
    const at = value.indexOf('=');
    return at > 0 && at < value.length - 1
      ? [value.slice(0, at), value.slice(at + 1)]
      : refuse(`input=${second}, such as observation.state=${second}`);
  };
  const wholeNumber = (least: number): number => {
    const number = value === '' ? Number.NaN : Number(value);
    return Number.isInteger(number) && number >= least ? number : refuse(`a whole number of at least ${least}`);
  };
  switch (option) {
    case '--camera':
      return { ...answers, cameras: new Map([...answers.cameras, pair('camera')]) };
    case '--stream':
      return { ...answers, streams: new Map([...answers.streams, pair('stream')]) };
    case '--elements': {
      const [name, list] = pair('joint1,joint2');
      const elements = list.split(',').map((each) => each.trim());
      if (elements.includes('')) refuse('names separated by commas');
      return { ...answers, elements: new Map([...answers.elements, [name, elements]]) };
    }
    case '--joint-unit':
      return { ...answers, jointUnit: oneOf(JOINT_UNITS) };
    case '--gripper-unit':
      return { ...answers, gripperUnit: oneOf(GRIPPER_UNITS) };
    case '--resize':
      return { ...answers, resize: oneOf(FITS) };
    case '--action-space':
      return { ...answers, actionSpace: oneOf(Object.keys(ACTION_SPACES) as ActionSpace[]) };
    case '--pixels':
      return { ...answers, pixels: oneOf(PIXEL_RANGES) };
    case '--rate': {
      const rateHz = Number(value);
      return rateHz > 0 && Number.isFinite(rateHz) ? { ...answers, rateHz } : refuse('a number above 0 (Hz)');
    }
    case '--chunk-steps':
      return { ...answers, chunkSteps: wholeNumber(1) };
    case '--pad-token':
      return { ...answers, padToken: wholeNumber(0) };
    case '--output':
      return { ...answers, output: value };
    case '--statistics':
      return { ...answers, statistics: value };
    case '--tokenizer':
      return { ...answers, tokenizer: value };
  }
}

/** Something that only the user knows. */
export interface Question {
  readonly option: AnswerOption;
  /** What comes before the answer in the value of the option, such as `observation.state=`. */
  readonly prefix: string;
  /** Form of the answer, such as `<hz>`. */
  readonly form: string;
  /** The question, in one line. */
  readonly text: string;
}

/** All questions as one line, each with the option that answers it. */
export const questionsText = (questions: readonly Question[]): string =>
  questions.map(({ option, prefix, form, text }) => `${option} ${prefix}${form} (${text})`).join('; ');
