import { type Command, Option } from '@commander-js/extra-typings';
import { InputError } from '@praxis/core';
import type { OpenBridge, PacingMode, Project } from '@praxis/evaluation';
import { episodeBridges, ORIGIN_HELP } from '../options/bridge.ts';
import { again, knownName, optionOf, seed, wholeNumber } from '../options/parsers.ts';
import { configOption, POLICY_HELP, projectOf, ROBOT_HELP } from '../options/project.ts';
import { chosenRobot } from '../options/robot.ts';
import { interruptSignal } from '../terminal/interrupt.ts';
import { note, print } from '../terminal/output.ts';

export function addServe(praxis: Command): void {
  praxis
    .command('serve')
    .description("serve a policy to other machines and programs, by openpi's websocket protocol")
    .option('--policy <policy>', `${POLICY_HELP}; or recording, without a model (default: the shipped policy)`)
    .addOption(configOption())
    .option('--host <address>', 'interface; any beside the loopback one requires a token', '127.0.0.1')
    .option('--port <n>', 'port; 0 chooses a free one', wholeNumber('--port', 0, 65_535), 8000)
    .option('--token <token>', 'token that clients must send (default: the variable PRAXIS_POLICY_TOKEN)')
    .option('--tls-cert <file>', 'certificate (PEM) for wss://, with --tls-key')
    .option('--tls-key <file>', 'key (PEM) of the certificate')
    .option('--connections <n>', 'largest number of clients at a time', wholeNumber('--connections', 1, 1000), 8)
    .option('--record <file>', 'also write the actions that are given to a file of JSON lines')
    .option(
      '--recording <file>',
      'with --policy recording: give the actions of this file (default: draw a circle of 2 cm)',
    )
    .option(
      '--world <task>',
      'also run a simulated world of the task, which the policy moves, and show it on the same port to Foxglove, Lichtblick and roslib',
    )
    .addOption(
      new Option(
        '--driver <who>',
        'with --world: the policy, or a client that publishes joint trajectories, moves its arm (default: policy)',
      ).choices(['policy', 'client'] as const),
    )
    .option('--seed <s>', 'with --world: seed of its first episode', seed)
    .option('--robot <dir>', `with --world: ${ROBOT_HELP}`)
    .option('--allow-origin <origin>', ORIGIN_HELP, again)
    .addHelpText(
      'after',
      `
Each client has a policy of its own. http://HOST:PORT/healthz answers OK. docs/policies-over-the-network.md describes the messages.
With --world, Foxglove connects to the same address, and roslib to ws://HOST:PORT/rosbridge. docs/looking-in.md describes what they find.

Examples:
  $ npx praxis serve
  $ npx praxis serve --policy models/default --host 0.0.0.0 --token "$(openssl rand -hex 16)"
  $ npx praxis serve --world pick
  $ npx praxis serve --world free --driver client
  $ npx praxis serve --policy recording
  $ npx praxis serve --policy models/default --record actions.jsonl
  $ npx praxis serve --policy recording --recording actions.jsonl`,
    )
    .action(async ({ config, world, driver, seed: first, robot, allowOrigin, ...options }) => {
      const { servePolicy } = await import('@praxis/evaluation');
      const project = await projectOf(config);
      checkWorldOptions(world, { driver, seed: first, robot, allowOrigin });
      const { signal, release } = interruptSignal('clients are disconnected');
      try {
        const shown =
          world === undefined
            ? undefined
            : await openWorld({ project, task: world, driver, seed: first, robot, policy: options.policy });
        const { token } = options;
        const bridge = shown && (await sharedBridge({ token, origins: allowOrigin }));
        try {
          const server = await servePolicy({ ...options, project, bridge: bridge?.server, onNote: note });
          try {
            print(server.url);
            if (bridge) note(`Foxglove and Lichtblick: ${server.url}   roslib: ${server.url}/rosbridge`);
            note('press Ctrl-C to end');
            if (shown && bridge) await shown.run(bridge, signal);
            else if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve));
          } finally {
            await server.close();
          }
        } finally {
          await bridge?.close();
        }
      } finally {
        release();
      }
    });
}

/** @throws {InputError} for an option that only a world has */
function checkWorldOptions(
  world: string | undefined,
  options: Readonly<Record<'driver' | 'seed' | 'robot' | 'allowOrigin', unknown>>,
): void {
  if (world !== undefined) return;
  for (const [name, value] of Object.entries(options))
    if (value !== undefined) throw new InputError(`${optionOf(name)}: expected --world with it`);
}

/** Opens a bridge on the port of the policy server, with its token. */
async function sharedBridge({
  token,
  origins,
}: {
  readonly token: string | undefined;
  readonly origins: readonly string[] | undefined;
}): Promise<OpenBridge> {
  const { openBridge } = await import('@praxis/evaluation');
  const { POLICY_TOKEN_VARIABLE } = await import('@praxis/policy/node');
  const guard = token ?? (process.env[POLICY_TOKEN_VARIABLE] || undefined);
  return openBridge({ address: 'shared', token: guard, origins, onNote: note });
}

/** What a world is made of. */
interface WorldOptions {
  readonly project: Project;
  readonly task: string;
  readonly seed?: number;
  readonly robot?: string;
  readonly policy?: string;
  readonly driver?: 'policy' | 'client';
}

/** Opens a simulated world, whose episodes follow each other in real time until it is told to end. */
async function openWorld({ project, task: name, seed: first = 2_000_000, robot: named, policy, driver }: WorldOptions) {
  const { RecedingHorizon } = await import('@praxis/policy');
  const { ClientPolicy, openDriver, policySource, robotChoice, rollouts } = await import('@praxis/evaluation');
  const { free, outcomeInWords, setupOf } = await import('@praxis/sim');
  const { registry } = project;
  const source = policySource(policy, project);
  const known = knownName('--world', name, [...registry.tasks.names, free.name]);
  const task = known === free.name ? free : registry.tasks.find(known);
  const robot = await chosenRobot(named, project);
  const client = driver === 'client' ? new ClientPolicy(setupOf(await robotChoice(robot))) : undefined;
  const driven = client
    ? { name: client.spec.name, policy: client, scheduler: new RecedingHorizon() }
    : await openDriver(source, [], 'process');
  const pacing: PacingMode = 'realtime';
  return {
    async run(opened: OpenBridge, signal: AbortSignal): Promise<void> {
      const facts = { policy: driven.name };
      const bridge = await episodeBridges(opened, { source, robot, pacing, inputs: client?.inputs, facts });
      const parts = {
        ...{ driver: driven, robot, tasks: [task], modalities: registry.modalities.values, pacing, signal, bridge },
        // A client's motion has no verdict that would end it.
        ends: client ? 'closed' : 'judged',
      } as const;
      for (let seed = first; !signal.aborted; seed++) {
        for await (const episode of rollouts({ ...parts, seeds: [seed] })) {
          note(`${episode.task} ${seed}  "${episode.instruction}"  ${outcomeInWords(episode)}`);
        }
      }
    },
  };
}
