import { type Command, Option, type OptionValues } from '@commander-js/extra-typings';
import type { PromptDetail } from '@praxis/planner';
import { numberIn, oneOf } from './parsers.ts';

/** Text of an option that names a planner, in the help of a command. */
export const PLANNER_HELP =
  'rules, a name of the configuration, http(s)://HOST/v1#MODEL (OpenAI protocol), FILE.gguf, or recorded:DIR';

/** `--planner-key` of the commands that may ask an endpoint. The key itself is never an argument. */
const plannerKeyOption = () =>
  new Option(
    '--planner-key <variable>',
    'NAME of the environment variable with the key of the endpoint (default: PRAXIS_PLANNER_KEY, if it is set)',
  );

/** `--planner-log` of the commands that may ask a model. */
const plannerLogOption = () =>
  new Option('--planner-log <file>', 'append all that is sent to a model, and its answers, as JSON lines');

/** `--planner-prompt` of the commands that may ask a model. */
const plannerPromptOption = () =>
  new Option(
    '--planner-prompt <detail>',
    'how much a model is told: full; brief, for a small one; or compact, for one that was adapted to the skills (default: full for an endpoint, compact for a GGUF file with an adapter, brief for one without)',
  ).argParser(oneOf('--planner-prompt', ['full', 'brief', 'compact'] as const satisfies readonly PromptDetail[]));

/** `--planner-timeout` of the commands that may ask a model. */
const plannerTimeoutOption = () =>
  new Option('--planner-timeout <s>', 'time that a model has for a plan (default: 60 s)').argParser(
    numberIn('--planner-timeout', 1, 3600),
  );

/** `--adapter` of the commands that may load a GGUF file. */
export const adapterOption = () => new Option('--adapter <file>', 'LoRA adapter (GGUF) for --planner FILE.gguf');

/** `--record-plans` of the commands that ask a planner. */
const recordPlansOption = () =>
  new Option('--record-plans <dir>', 'also write every answer to this folder, for recorded:DIR');

/** Adds the options of commands that ask a planner, which may be a model. */
export const addPlannerOptions = <A extends unknown[], O extends OptionValues>(command: Command<A, O>) =>
  command
    .addOption(plannerKeyOption())
    .addOption(plannerPromptOption())
    .addOption(plannerTimeoutOption())
    .addOption(plannerLogOption())
    .addOption(recordPlansOption());
