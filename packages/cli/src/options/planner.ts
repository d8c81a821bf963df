import { Option } from '@commander-js/extra-typings';

/** Text of an option that names a planner, in the help of a command. */
export const PLANNER_HELP =
  'rules, a name of the configuration, http(s)://HOST/v1#MODEL (OpenAI protocol), FILE.gguf, or recorded:DIR';

/** `--planner-key` of the commands that may ask an endpoint. The key itself is never an argument. */
export const plannerKeyOption = () =>
  new Option(
    '--planner-key <variable>',
    'NAME of the environment variable with the key of the endpoint (default: PRAXIS_PLANNER_KEY, if it is set)',
  );

/** `--planner-log` of the commands that may ask a model. */
export const plannerLogOption = () =>
  new Option('--planner-log <file>', 'append all that is sent to a model, and its answers, as JSON lines');

/** `--adapter` of the commands that may load a GGUF file. */
export const adapterOption = () => new Option('--adapter <file>', 'LoRA adapter (GGUF) for --planner FILE.gguf');

/** `--record-plans` of the commands that ask a planner. */
export const recordPlansOption = () =>
  new Option('--record-plans <dir>', 'also write every answer to this folder, for recorded:DIR');
