import type { Command } from '@commander-js/extra-typings';
import { InputError } from '@praxis/core';
import type { AnswerOption, ImportAnswers, Question } from '@praxis/policy/import';
import { list } from '../options/parsers.ts';
import { configOption, projectOf, ROBOT_HELP } from '../options/project.ts';
import { EXIT, note, print, printJson } from '../terminal/output.ts';

/** Values of options that answer questions, in the order in which they were given. */
type Given = readonly (readonly [AnswerOption, string])[];

const collect =
  (option: AnswerOption) =>
  (value: string, before: Given): Given => [...before, [option, value]];

export function addPolicyImport(policy: Command): void {
  policy
    .command('import')
    .description('make a LeRobot policy folder or a bare ONNX file a policy with a manifest')
    .argument('<source>', 'folder with config.json and model.safetensors, or an ONNX file')
    .requiredOption('--out <dir>', 'folder that receives manifest.json and the graph')
    .option('--robot <dir>', ROBOT_HELP)
    .option('--name <name>', 'name of the policy in reports (default: that of the folder or file)')
    .option('--task <names>', 'tasks that it was trained for, separated by commas', list)
    .option('--onnx <file>', 'graph of a LeRobot policy (default: policy.onnx in its folder)')
    .option('--dataset <dir>', 'LeRobotDataset with names and rate (default: that of train_config.json, if it is here)')
    .option('--camera <input=camera>', 'camera of the robot for an image; repeat it', collect('--camera'), [] as Given)
    .option(
      '--elements <input=names>',
      'names of a vector in its order, of an input or the action; repeat it',
      collect('--elements'),
      [] as Given,
    )
    .option(
      '--stream <input=stream>',
      'stream without names that a vector has as a whole; repeat it',
      collect('--stream'),
      [] as Given,
    )
    .option('--joint-unit <unit>', 'rad or deg')
    .option('--gripper-unit <unit>', 'm, mm, % or 1 (opening)')
    .option('--resize <fit>', 'stretch, cover or contain, where the camera has another size')
    .option('--action-space <space>', 'what the action means, such as joint_position or ee_delta')
    .option('--rate <hz>', 'actions per second')
    .option('--chunk-steps <n>', 'actions that are executed before the next inference')
    .option('--tokenizer <file>', 'tokenizer.json of a graph that takes tokens (default: that of the folder)')
    .option('--pad-token <n>', 'token that fills short texts, where the files of the tokenizer do not name it')
    .option('--output <name>', 'bare ONNX: output with the actions')
    .option('--pixels <range>', 'bare ONNX: values of images before the normalisation, 0..1 or 0..255')
    .option('--statistics <file>', 'bare ONNX: normalisation of each input and output as JSON, or none')
    .addOption(configOption())
    .option('--force', 'replace a manifest that is there')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
What the files do not say is asked in a terminal; otherwise one error lists every option that is missing. Joints, cameras and the
gripper are bound by name. docs/import-a-policy.md explains each step.

Examples:
  $ npx praxis policy import runs/act/checkpoints/last/pretrained_model --robot robots/arm5 --out models/act --joint-unit rad --gripper-unit m
  $ npx praxis policy import net.onnx --robot robots/arm5 --out models/net`,
    )
    .action(async (source, options) => {
      const { importPolicy } = await import('@praxis/evaluation');
      const { NO_ANSWERS, withAnswer } = await import('@praxis/policy/import');
      const { chosenRobot } = await import('../options/robot.ts');
      const project = await projectOf(options.config);
      const given: Given = [
        ...options.camera,
        ...options.elements,
        ...options.stream,
        ...single('--joint-unit', options.jointUnit),
        ...single('--gripper-unit', options.gripperUnit),
        ...single('--resize', options.resize),
        ...single('--action-space', options.actionSpace),
        ...single('--rate', options.rate),
        ...single('--chunk-steps', options.chunkSteps),
        ...single('--tokenizer', options.tokenizer),
        ...single('--pad-token', options.padToken),
        ...single('--output', options.output),
        ...single('--pixels', options.pixels),
        ...single('--statistics', options.statistics),
      ];
      const answers = given.reduce((all, [option, value]) => withAnswer(all, option, value), NO_ANSWERS);
      const isInteractive = process.stdin.isTTY && process.stderr.isTTY && !options.json;
      const imported = await importPolicy({
        ...{ source, answers, out: options.out, name: options.name, tasks: options.task },
        ...{ onnx: options.onnx, dataset: options.dataset },
        robot: await chosenRobot(options.robot, project),
        overwrite: options.force ? 'replace' : 'refuse',
        ask: isInteractive ? askInTerminal : refuseQuestions,
      }).catch(endInterrupted);
      if (!imported) return;
      const { path, policy, robot, notes } = imported;
      if (options.json) {
        printJson({ path, policy, robot, notes });
        return;
      }
      for (const line of notes) print(line);
      const on = options.robot === undefined ? '' : ` --robot ${options.robot}`;
      print(`${path}: policy ${policy} for robot ${robot}; npx praxis policy check ${options.out}${on} tries it`);
    });
}

const single = (option: AnswerOption, value: string | undefined): Given =>
  value === undefined ? [] : [[option, value]];

/** Without a terminal every open question is one more missing option. */
async function refuseQuestions(questions: readonly Question[]): Promise<never> {
  const { questionsText } = await import('@praxis/policy/import');
  throw new InputError(`missing ${questionsText(questions)}`);
}

/** Asks in the terminal of the process. The end of the input leaves all questions open. */
async function askInTerminal(
  questions: readonly Question[],
  answers: ImportAnswers,
  refusal?: string,
): Promise<ImportAnswers> {
  const { askQuestion } = await import('../terminal/questions.ts');
  const terminal = { input: process.stdin, output: process.stderr };
  const next = await askQuestion(questions, answers, terminal, refusal);
  return next ?? refuseQuestions(questions);
}

/** Ends an import at Ctrl-C. @throws any other error again */
async function endInterrupted(error: unknown): Promise<undefined> {
  const { QuestionInterrupted } = await import('../terminal/questions.ts');
  if (!(error instanceof QuestionInterrupted)) throw error;
  note('\npraxis policy import: interrupted; nothing was written');
  process.exitCode = EXIT.interrupted;
  return undefined;
}
