import { type Command, Option } from '@commander-js/extra-typings';
import { InputError } from '@praxis/core';
import type { OpenBridge, PacingMode, Project, SharedBridge } from '@praxis/evaluation';
import { episodeBridges, ORIGIN_HELP } from '../options/bridge.ts';
import { again, knownName, optionOf, seed, wholeNumber } from '../options/parsers.ts';
import { configOption, POLICY_HELP, projectOf, ROBOT_HELP } from '../options/project.ts';
import { chosenRobot } from '../options/robot.ts';
import type { SharedStudio } from '../studio/start-studio.ts';
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
    .option('--studio', 'also serve the page of the studio on the same port')
    .option('--robot <dir>', `with --world and --studio: ${ROBOT_HELP}`)
    .option('--allow-origin <origin>', ORIGIN_HELP, again)
    .addHelpText(
      'after',
      `
Each client has a policy of its own. http://HOST:PORT/healthz answers OK. docs/policies-over-the-network.md describes the messages.
With --world, Foxglove connects to the same address, and roslib to ws://HOST:PORT/rosbridge. docs/looking-in.md describes what they find.
With --studio, a browser opens http://HOST:PORT/, and http://HOST:PORT/?token=TOKEN where a token is required.

Examples:
  $ npx praxis serve
  $ npx praxis serve --policy models/default --host 0.0.0.0 --token "$(openssl rand -hex 16)"
  $ npx praxis serve --world pick
  $ npx praxis serve --world pick --studio
  $ npx praxis serve --world free --driver client
  $ npx praxis serve --policy recording
  $ npx praxis serve --policy models/default --record actions.jsonl
  $ npx praxis serve --policy recording --recording actions.jsonl`,
    )
    .action(async ({ config, world, driver, seed: first, studio, robot, allowOrigin, ...options }) => {
      const { servePolicy } = await import('@praxis/evaluation');
      const { isLoopback, POLICY_TOKEN_VARIABLE } = await import('@praxis/policy/node');
      const project = await projectOf(config);
      checkWorldOptions(world, { driver, seed: first, allowOrigin });
      if (robot !== undefined && world === undefined && !studio)
        throw new InputError(`--robot ${robot}: expected --world or --studio with it`);
      const token = options.token ?? (process.env[POLICY_TOKEN_VARIABLE] || undefined);
      const { signal, release } = interruptSignal('clients are disconnected');
      try {
        const shown =
          world === undefined
            ? undefined
            : await openWorld({ project, task: world, driver, seed: first, robot, policy: options.policy });
        const page = studio ? await sharedStudio({ config, robot, token }) : undefined;
        const bridge = shown && (await sharedBridge({ token, origins: allowOrigin }));
        /** Ends the connections of the services that share the port: the server waits for them. */
        const closeShared = async (): Promise<void> => {
          await page?.site.close();
          await bridge?.close();
        };
        const parts = { project, token, bridge: bridge?.server, page: page?.site };
        const server = await servePolicy({ ...options, ...parts, onNote: note }).catch(async (error: unknown) => {
          await closeShared();
          throw error;
        });
        try {
          print(server.url);
          if (bridge) note(`Foxglove and Lichtblick: ${server.url}   roslib: ${server.url}/rosbridge`);
          if (page) {
            note(`studio: ${server.url.replace(/^ws/, 'http')}/${page.query}`);
            if (!isLoopback(options.host) && options.tlsCert === undefined)
              note('a browser on another machine runs the studio from https alone: --tls-cert and --tls-key');
          }
          note('press Ctrl-C to end');
          if (shown && bridge) await shown.run(bridge, signal);
          else if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve));
        } finally {
          await closeShared();
          await server.close();
        }
      } finally {
        release();
      }
    });
}

/** @throws {InputError} for an option that only a world has */
function checkWorldOptions(
  world: string | undefined,
  options: Readonly<Record<'driver' | 'seed' | 'allowOrigin', unknown>>,
): void {
  if (world !== undefined) return;
  for (const [name, value] of Object.entries(options))
    if (value !== undefined) throw new InputError(`${optionOf(name)}: expected --world with it`);
}

/** Opens a bridge on the port of the policy server, with its token. */
async function sharedBridge(options: {
  readonly token: string | undefined;
  readonly origins: readonly string[] | undefined;
}): Promise<SharedBridge> {
  const { openBridge } = await import('@praxis/evaluation');
  return openBridge({ address: 'shared', ...options, onNote: note });
}

/** Makes the studio on the port of the policy server, with its token. */
async function sharedStudio({
  config,
  robot,
  token,
}: Readonly<Record<'config' | 'robot' | 'token', string | undefined>>): Promise<SharedStudio> {
  const { shareStudio } = await import('../studio/start-studio.ts');
  const { site, query } = await shareStudio({ config, robot }, token);
  const address = [query.slice(1), ...(token === undefined ? [] : ['token=TOKEN'])].filter((each) => each !== '');
  return { site, query: address.length > 0 ? `?${address.join('&')}` : '' };
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
