import type { Command } from '@commander-js/extra-typings';
import type { SimPlanHost } from '@praxis/evaluation';
import { seed, wholeNumber } from '../options/parsers.ts';
import { ACCEPT_ROBOT_HELP, configOption, POLICY_HELP, projectOf, ROBOT_HELP } from '../options/project.ts';
import { chosenRobot } from '../options/robot.ts';
import { noteSafety } from '../options/safety.ts';
import { interruptSignal } from '../terminal/interrupt.ts';
import { note } from '../terminal/output.ts';

/** Environment variable with the token of `--http`. */
const TOKEN_VARIABLE = 'PRAXIS_MCP_TOKEN';

export function addMcp(praxis: Command): void {
  praxis
    .command('mcp')
    .description('let an assistant command the simulated arm by checked plans, by the Model Context Protocol')
    .option('--task <name>', 'task whose scene the arm works in, or free for a scene without one', 'tidy')
    .option('--seed <s>', 'seed of the scene', seed, 2_000_000)
    .option('--robot <dir>', ROBOT_HELP)
    .option(
      '--policy <policy>',
      `policy that executes instructions: ${POLICY_HELP}, or expert (default: the shipped policy)`,
    )
    .option('--accept-robot <name>', ACCEPT_ROBOT_HELP)
    .addOption(configOption())
    .option(
      '--http <port>',
      'serve streamable HTTP on the loopback interface in place of standard input and output; 0 chooses a free port',
      wholeNumber('--http', 0, 65_535),
    )
    .option('--turns', 'let simulated time run only while a plan runs, as fast as it can (default: in real time)')
    .addHelpText(
      'after',
      `
Without --http an assistant starts the command and speaks over standard input and output. With --http each request carries a token: that of
the environment variable ${TOKEN_VARIABLE}, or one that is made and written to standard error. After a stop the line /reset on standard
input of a command with --http starts the arm again; no assistant can. docs/planning.md shows the settings of assistants.

Examples:
  $ npx praxis mcp
  $ npx praxis mcp --task sort --seed 2000007
  $ npx praxis mcp --http 8931`,
    )
    .action(async ({ config, http, turns, task, acceptRobot, ...options }) => {
      const { openSimPlanHost, policySource, robotChoice } = await import('@praxis/evaluation');
      const project = await projectOf(config);
      const robot = await chosenRobot(options.robot, project);
      const host = await openSimPlanHost({
        project,
        task,
        acceptRobot,
        seed: options.seed,
        robot: await robotChoice(robot),
        policy: policySource(options.policy, project, undefined),
        pace: turns ? 'turns' : 'realtime',
      });
      await noteSafety(robot);
      const { signal, release } = interruptSignal('the arm holds');
      try {
        if (http === undefined) {
          const { servePlansOnStdio } = await import('@praxis/planner/node');
          note(`${host.name}: waiting for an assistant on standard input`);
          await servePlansOnStdio(host, signal);
        } else await serveHttp(host, http, signal);
      } finally {
        release();
        await host.close();
      }
    });
}

async function serveHttp(host: SimPlanHost, port: number, signal: AbortSignal): Promise<void> {
  const { servePlansOverHttp } = await import('@praxis/planner/node');
  const { randomBytes } = await import('node:crypto');
  const { createInterface } = await import('node:readline');
  const given = process.env[TOKEN_VARIABLE];
  const token = given ?? randomBytes(16).toString('hex');
  const server = await servePlansOverHttp(host, { port, token });
  note(server.url);
  note(given === undefined ? `token: ${token}` : `token: that of ${TOKEN_VARIABLE}`);
  note('type /reset after a stop; press Ctrl-C to end');
  const lines = createInterface({ input: process.stdin });
  lines.on('line', (line) => {
    if (line.trim() !== '/reset') return note('expected /reset');
    const result = host.resetAndStart();
    note(result.ok ? 'the arm is started' : `not started: ${result.reason}`);
  });
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  lines.close();
  await server.close();
}
