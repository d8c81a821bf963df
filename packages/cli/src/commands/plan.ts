import type { Command } from '@commander-js/extra-typings';
import { InputError } from '@praxis/core';
import type { Plan, Planner, PlanProgress, PlanRequest } from '@praxis/planner';
import { knownName, seed } from '../options/parsers.ts';
import { adapterOption, addPlannerOptions, PLANNER_HELP } from '../options/planner.ts';
import { ACCEPT_ROBOT_HELP, configOption, POLICY_HELP, projectOf, ROBOT_HELP } from '../options/project.ts';
import { chosenRobot } from '../options/robot.ts';
import { noteSafety } from '../options/safety.ts';
import { interruptible, interruptSignal } from '../terminal/interrupt.ts';
import { EXIT, note, print, printJson } from '../terminal/output.ts';

/** What a planner sees of a simulated scene. */
const KINDS = ['camera', 'truth', 'blind'] as const;

export function addPlan(praxis: Command): void {
  addPlannerOptions(
    praxis
      .command('plan')
      .description('plan a request over skills, check the plan, and execute it on the simulated arm')
      .argument('[request...]', 'request (default: that of the task)')
      .option('--model <planner>', `planner: ${PLANNER_HELP}`, 'rules')
      .option('--task <name>', 'task whose scene the arm works in', 'tidy')
      .option('--seed <s>', 'seed of the scene', seed, 2_000_000)
      .option('--robot <dir>', ROBOT_HELP)
      .option('--policy <policy>', `policy that executes instructions: ${POLICY_HELP} (default: the shipped policy)`)
      .option('--accept-robot <name>', ACCEPT_ROBOT_HELP)
      .addOption(configOption())
      .option(
        '--context <kind>',
        'what the planner sees: camera, truth (of the simulator), blind (nothing), or a JSON file with things and places',
        'camera',
      )
      .option('--execute', 'execute the plan (default: print it)')
      .option('--realtime', 'with --execute: in real time (default: as fast as it can)')
      .option('--yes', 'with --execute: agree to every read-back (default: ask on the terminal)'),
  )
    .addOption(adapterOption())
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
A planner only writes a plan; a check decides whether it may run, and every motion passes the supervisor. While a plan runs, lines on standard
input answer its questions or interrupt it: "stop" is a protective stop, "hold" ends the plan, "no, the blue one first" makes a new one.

Examples:
  $ npx praxis plan "weigh the red cube, then put it on the left tray"
  $ npx praxis plan --execute
  $ npx praxis plan "lift the one next to the red cube" --context scene.json
  $ npx praxis plan "put everything on the right tray" --seed 2000005 --execute --yes
  $ npx praxis plan "put the heaviest thing on the left tray" --model http://127.0.0.1:8080/v1#qwen3 --json`,
    )
    .action(async (words, options) => {
      const evaluation = await import('@praxis/evaluation');
      const { progressInWords } = await import('@praxis/planner');
      const { Language } = await import('@praxis/teleop');
      const project = await projectOf(options.config);
      const { registry } = project;
      const text = words.join(' ').trim();
      if (words.length > 0 && text === '')
        throw new InputError('request "": expected a text such as "pick up the red cube"');
      const planner = await evaluation.openPlanner(options.model, registry, {
        keyVariable: options.plannerKey,
        prompt: options.plannerPrompt,
        timeout: options.plannerTimeout,
        log: options.plannerLog,
        adapter: options.adapter,
        record: options.recordPlans,
      });
      const folder = await chosenRobot(options.robot, project);
      const source = evaluation.policySource(options.policy, project, undefined);
      const sees = KINDS.find((kind) => kind === options.context);
      if (!sees) {
        if (options.execute) throw new InputError(`--context ${options.context}: --execute takes ${KINDS.join(', ')}`);
        if (!text) throw new InputError(`--context ${options.context}: expected a request with it`);
        const robot = await evaluation.robotChoice(folder);
        const policy = evaluation.policyFacts(source);
        const seen = evaluation.readContextFile(options.context, { robot, registry, ...(policy && { policy }) });
        await interruptible(
          (signal) => proposeAndPrint(planner, { request: text, signal, ...seen }, options),
          'nothing has moved',
        );
        await planner.close?.();
        return;
      }
      const driver = await evaluation.openDriver(source, []);
      const commands = options.execute && !options.yes ? new evaluation.CommandLines(process.stdin) : undefined;
      const planned = await evaluation.PlannedArm.create({
        ...driver,
        registry,
        commands,
        robot: await evaluation.robotChoice(folder),
        task: registry.tasks.find(knownName('--task', options.task, registry.tasks.names)),
        seed: options.seed,
        facts: evaluation.policyFacts(source),
        detector: await evaluation.policyDetector(source),
        acceptRobot: options.acceptRobot,
        language: new Language(),
        judges: 'task',
        context: sees,
        pace: options.realtime ? 'realtime' : 'turns',
      });
      const { signal, release } = interruptSignal('the arm holds');
      try {
        const own = planned.arm.episode.instance.instruction;
        const request = text || own;
        if (!text) note(`the request of the task: ${own}`);
        if (!options.execute) {
          const context = await planned.robot.look();
          await proposeAndPrint(planner, { request, context, catalogue: planned.catalogue, signal }, options);
          return;
        }
        await noteSafety(folder);
        const write = options.json ? note : print;
        const executed = await evaluation.executeRequest({
          ...{ planned, planner, request, signal },
          answers: options.yes ? 'yes' : 'ask',
          onProgress: (event) => writeProgress(event, progressInWords(event), write),
        });
        const { shortcomings, result } = executed;
        if (options.json) printJson({ planner: planner.name, ...executed });
        else if (shortcomings)
          print(shortcomings.length > 0 ? `not as wanted: ${shortcomings.join('; ')}` : 'as wanted');
        process.exitCode = signal.aborted ? EXIT.interrupted : result.end === 'done' ? EXIT.ok : EXIT.failed;
      } finally {
        release();
        commands?.close();
        await planned.close();
        if (driver.policy !== 'expert') await driver.policy.close();
        await planner.close?.();
      }
    });
}

/** Asks for a plan, which goes back to the planner when the check rejects it, and prints what came of it. */
async function proposeAndPrint(
  planner: Planner,
  asked: PlanRequest,
  { json }: { readonly json?: true },
): Promise<void> {
  const { checkPlan, proposePlan } = await import('@praxis/planner');
  const { request, context, catalogue, signal } = asked;
  const check = (plan: unknown) => checkPlan(plan, catalogue, context);
  const proposal = await proposePlan(planner, asked, check).catch((error: unknown) => {
    if (signal?.aborted) return undefined;
    throw error;
  });
  if (!proposal) {
    process.exitCode = EXIT.interrupted;
    if (json) printJson({ partial: true });
    return;
  }
  const { plan, readBack, rejected, cost } = proposal;
  if (json) {
    printJson({ request, planner: planner.name, plan, read_back: readBack, rejected, cost, things: context.things });
    return;
  }
  for (const { reasons } of rejected) print(`given back: ${reasons.join('; ')}`);
  printPlan(plan, readBack);
}

function printPlan(plan: Plan, readBack: readonly string[]): void {
  if (plan.kind === 'question') print(`question: ${plan.question}`);
  else if (plan.kind === 'refusal') print(`refused: ${plan.reason}`);
  else {
    for (const [i, { skill, arguments: args, when }] of plan.steps.entries()) {
      print(`${i + 1}. ${skill} ${JSON.stringify(args)}${when ? ` when ${JSON.stringify(when)}` : ''}`);
    }
    for (const sentence of readBack) print(`needs a yes: ${sentence}`);
  }
}

/** Writes one event of an execution as a line. */
function writeProgress(event: PlanProgress, text: string | undefined, write: (line: string) => void): void {
  if (text !== undefined) write(`${event.time.toFixed(2).padStart(8)} s  ${text}`);
}
