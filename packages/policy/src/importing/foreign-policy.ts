import type { Axis } from '../numbers/axes.ts';
import type { Normalisation } from '../numbers/normalisation.ts';

/** Numbers of a tensor. */
export type ForeignFloat = 'float32' | 'float16';

/** One input of a policy that was trained elsewhere. */
export interface ForeignInput {
  /** Name of the graph's input. */
  readonly name: string;
  /** Name in the data that the policy was trained on. */
  readonly source: string;
  /** Observations that it stacks. */
  readonly steps: number;
  /** Dimensions of the tensor, outermost first. */
  readonly axes: readonly Axis[];
  /** Undefined where nothing says it. */
  readonly normalisation: Normalisation | undefined;
}

/** An image of three channels. */
export interface ForeignImage extends ForeignInput {
  readonly kind: 'image';
  /** Size of the tensor (pixels). */
  readonly height: number;
  readonly width: number;
  readonly dtype: ForeignFloat | 'uint8';
  /** Range of the values before the normalisation; undefined where nothing says it. */
  readonly values: '0..1' | '0..255' | undefined;
}

/** A vector of numbers. */
export interface ForeignVector extends ForeignInput {
  readonly kind: 'vector';
  readonly dtype: ForeignFloat;
  readonly size: number;
  /** Names of the elements in the data that the policy was trained on, which are not those of a robot; undefined without any. */
  readonly names: readonly string[] | undefined;
}

/** The tokens of a text. */
export interface ForeignTokens {
  readonly kind: 'tokens';
  readonly name: string;
  /** Number of tokens. */
  readonly size: number;
  readonly dtype: 'int64' | 'int32';
  readonly axes: readonly ('batch' | 'element')[];
  /** Input that is 1 for each token and 0 for padding; undefined where the graph has none. */
  readonly mask: { readonly name: string; readonly dtype: TokenMaskType } | undefined;
  /** What is made of the text first, with `{text}` in its place. */
  readonly template: string;
  readonly side: 'left' | 'right';
  /** What is known of the tokenizer; undefined where there is none. */
  readonly tokenizer: ForeignTokenizer | undefined;
}

/** Element types of a mask of tokens. */
export type TokenMaskType = 'int64' | 'int32' | 'float32' | 'bool';

/** What the files of a tokenizer say of its use. */
export interface ForeignTokenizer {
  /** Token of the padding; undefined where nothing says it. */
  readonly padToken: number | undefined;
}

/** A text that the graph gets as it is. */
export interface ForeignString {
  readonly kind: 'string';
  readonly name: string;
  readonly axes: readonly ('batch' | 'element')[];
}

/** The output with the actions. */
export interface ForeignAction {
  /** Name of the graph's output. */
  readonly name: string;
  /** Actions in a chunk. */
  readonly rows: number;
  /** Numbers in an action. */
  readonly size: number;
  readonly dtype: ForeignFloat;
  readonly axes: readonly ('batch' | 'step' | 'element')[];
  readonly normalisation: Normalisation | undefined;
  readonly names: readonly string[] | undefined;
}

/** What a policy that was trained elsewhere says of itself. Everything that it leaves open has to be asked. */
export interface ForeignPolicy {
  readonly name: string;
  readonly inputs: readonly (ForeignImage | ForeignVector | ForeignTokens | ForeignString)[];
  readonly action: ForeignAction;
  /** Actions per second; undefined where nothing says it. */
  readonly rateHz: number | undefined;
  /** Actions that are executed before the next inference; undefined where nothing says it. */
  readonly actionSteps: number | undefined;
  /** Provenance, as the manifest keeps it. */
  readonly training: Readonly<Record<string, unknown>>;
  /** What a user should know, one line each. */
  readonly notes: readonly string[];
}
