import { InputError } from '@praxis/core';
import type { Axis } from '../numbers/axes.ts';
import type {
  ForeignAction,
  ForeignImage,
  ForeignPolicy,
  ForeignTokenizer,
  ForeignTokens,
  ForeignVector,
} from './foreign-policy.ts';
import { actionSignature, type GraphSignature, type InputSignature, inputSignatures } from './graph-signature.ts';
import type { LerobotConfig, LerobotFeature } from './lerobot-config.ts';
import type { LerobotDataset } from './lerobot-dataset.ts';
import type { LerobotProcessors } from './lerobot-processors.ts';

/** The parts of a LeRobot policy folder. */
export interface LerobotParts {
  /** Name of the policy in reports. */
  readonly name: string;
  readonly config: LerobotConfig;
  readonly processors: LerobotProcessors;
  readonly graph: GraphSignature;
  /** The data that the policy was trained on; undefined where they are not at hand. */
  readonly dataset: LerobotDataset | undefined;
  /** What the files of the tokenizer say; undefined where there are none. */
  readonly tokenizer: ForeignTokenizer | undefined;
}

/** Name of the output that `training/lerobot/export.py` writes. */
const ACTION = 'action';

/**
 * Describes a LeRobot policy by its configuration, its processors and the inputs of its exported graph.
 * @param where names of the files in errors
 * @throws {InputError} when graph and configuration differ, by the name of the input
 */
export function lerobotPolicy(
  { name, config, processors, graph, dataset, tokenizer }: LerobotParts,
  where: { readonly graph: string; readonly config: string },
): ForeignPolicy {
  const inputs = inputSignatures(graph.inputs, where.graph).map((signature) => {
    if (signature.kind === 'string') return signature;
    if (signature.kind === 'tokens') return tokensOf(signature, processors.text, tokenizer, where.graph);
    const feature = config.inputs.get(signature.name);
    if (!feature) {
      const known = [...config.inputs.keys()].join(', ');
      throw new InputError(`${where.graph}: input ${signature.name} is not in ${where.config}, which has ${known}`);
    }
    checkShape(signature, feature, config.observationSteps, where.graph);
    const source = processors.renamed.get(signature.name) ?? signature.name;
    const normalisation = processors.inputs.get(signature.name) ?? { type: 'none' as const };
    const common = { source, normalisation };
    if (signature.kind === 'image') return { ...signature, ...common, values: '0..1' } satisfies ForeignImage;
    return { ...signature, ...common, names: dataset?.names.get(source) } satisfies ForeignVector;
  });
  const output = graph.outputs.some((each) => each.name === ACTION) ? ACTION : undefined;
  const action = actionSignature(graph, output, where.graph);
  if (action.size !== config.actionSize) {
    throw new InputError(
      `${where.graph}: output ${action.name} has ${action.size} elements, expected ${config.actionSize} as in ${where.config}`,
    );
  }
  return {
    name,
    inputs,
    action: { ...action, normalisation: processors.action, names: dataset?.names.get(ACTION) } satisfies ForeignAction,
    rateHz: dataset?.fps,
    actionSteps: config.actionSteps,
    training: { source: 'lerobot', type: config.type },
    notes: notesOf(config, processors, graph),
  };
}

/** The tokens of the task, whose number the processors and the graph must agree on. */
function tokensOf(
  signature: Extract<InputSignature, { kind: 'tokens' }>,
  text: LerobotProcessors['text'],
  tokenizer: ForeignTokenizer | undefined,
  where: string,
): ForeignTokens {
  const { name, size } = signature;
  if (text && text.length !== size) {
    throw new InputError(`${where}: input ${name} has ${size} tokens, expected ${text.length} as in the processors`);
  }
  const { template = '{text}', side = 'right' } = text ?? {};
  return { ...signature, template, side, tokenizer };
}

function notesOf(config: LerobotConfig, { text }: LerobotProcessors, { inputs }: GraphSignature): readonly string[] {
  const unread = [...config.inputs.keys()].filter((name) => inputs.every((each) => each.name !== name));
  return [
    ...unread.map((name) => `${name}: the configuration names it, but the network does not read it`),
    ...(text?.tokenizer === undefined ? [] : [`the words become tokens as by ${text.tokenizer}, whose file this is`]),
    ...(config.ensembles
      ? ['LeRobot averages the chunks of this policy (temporal_ensemble_coeff); here the newest chunk counts']
      : []),
  ];
}

function checkShape(
  input: Extract<InputSignature, { kind: 'image' | 'vector' }>,
  { type, shape }: LerobotFeature,
  observationSteps: number,
  where: string,
): void {
  const image: readonly number[] = input.kind === 'image' ? [3, input.height, input.width] : [];
  const given = input.kind === 'image' ? image : [input.size];
  const isImage = type === 'VISUAL';
  if (isImage !== (input.kind === 'image') || given.join() !== shape.join()) {
    throw new InputError(
      `${where}: input ${input.name} has samples of [${given}], expected [${shape}] as in config.json`,
    );
  }
  const axes: readonly Axis[] = input.axes;
  if (input.steps !== observationSteps && (axes.includes('step') || observationSteps > 1)) {
    throw new InputError(
      `${where}: input ${input.name} stacks ${input.steps} observations, expected ${observationSteps}, the n_obs_steps of config.json`,
    );
  }
}
