import type { Command } from '@commander-js/extra-typings';
import { InputError } from '@praxis/core';
import type { ReplayReport } from '@praxis/evaluation';
import { addBridgeAccess, type BridgeAccessOptions, listenBridge, portOption } from '../options/bridge.ts';
import { optionOf } from '../options/parsers.ts';
import { configOption, POLICY_HELP, projectOf, ROBOT_HELP } from '../options/project.ts';
import { chosenRobot } from '../options/robot.ts';
import { interruptSignal } from '../terminal/interrupt.ts';
import { EXIT, note, printJson, printText } from '../terminal/output.ts';

export function addReplay(praxis: Command): void {
  addBridgeAccess(
    praxis
      .command('replay')
      .description(
        'replay recordings through streams, policy and supervisor, and compare the actions; or show them to Foxglove and roslib',
      )
      .argument('<file...>', 'recordings (.mcap)')
      .option('--policy <policy>', `${POLICY_HELP} (default: the one that the recording names)`)
      .option('--robot <dir>', `${ROBOT_HELP.replace(/ \(.*/, '')} (default: the one that the recording names)`)
      .addOption(configOption())
      .option('--json', 'print one JSON object')
      .option(
        '--serve [port]',
        "play them at their pace to Foxglove, Lichtblick and roslib instead, from a client's first subscription on (default port: 8765)",
        portOption('--serve'),
      )
      .option('--loop', 'with --serve: start again at the end, until Ctrl-C'),
  )
    .addHelpText(
      'after',
      `
With the same build, policy and backend every action has the recorded bits. The exit status is 1 where it has not: the first period that
differs is named, with the difference and the stream that led to it.

Examples:
  $ npx praxis replay pick.mcap
  $ npx praxis replay runs/pick/*.mcap --json
  $ npx praxis replay pick.mcap --policy my-policy
  $ npx praxis replay pick.mcap --serve --loop`,
    )
    .action(async (files, { policy, json, serve, loop, host, token, allowOrigin, ...options }) => {
      checkServeOptions(serve, { policy, robot: options.robot, loop, host, token, allowOrigin });
      if (serve !== undefined) {
        await playFiles(files, {
          port: serve === true ? undefined : serve,
          access: { host, token, allowOrigin },
          loop,
          json,
        });
        return;
      }
      const { replayRecording, replayText } = await import('@praxis/evaluation');
      const project = await projectOf(options.config);
      const robot = await chosenRobot(options.robot, project);
      const { signal, release } = interruptSignal();
      const reports: ReplayReport[] = [];
      try {
        for (const file of files) {
          if (signal.aborted) break;
          const report = await replayRecording(file, { project, policy, robot, signal });
          reports.push(report);
          if (!json) printText(replayText(report));
        }
      } finally {
        release();
      }
      const exact = reports.filter(({ verdict }) => verdict === 'exact').length;
      const partial = signal.aborted;
      if (json) printJson({ exact, recordings: reports, ...(partial ? { partial } : {}) });
      else if (files.length > 1) note(`${exact} of ${reports.length} recordings bit-exact`);
      process.exitCode = partial ? EXIT.interrupted : exact === reports.length ? EXIT.ok : EXIT.failed;
    });
}

/** @throws {InputError} for an option that belongs to the other use of the command */
function checkServeOptions(serve: number | true | undefined, options: Readonly<Record<string, unknown>>): void {
  const comparing = ['policy', 'robot'];
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || comparing.includes(name) === (serve === undefined)) continue;
    throw new InputError(
      `${optionOf(name)}: ${serve === undefined ? 'expected --serve with it' : 'cannot be used with --serve'}`,
    );
  }
}

/** How recordings are played to clients. */
interface PlayOptions {
  readonly port: number | undefined;
  readonly access: BridgeAccessOptions;
  readonly loop?: true;
  readonly json?: true;
}

/** Plays recordings one after the other, from a client's first subscription on. */
async function playFiles(files: readonly string[], { port, access, loop, json }: PlayOptions): Promise<void> {
  const { playRecording, withMcapFile } = await import('@praxis/evaluation');
  // A file that cannot be played is named before the wait for a client.
  for (const file of files) await withMcapFile(file, async () => {});
  const { host, token, allowOrigin: origins } = access;
  const bridge = await listenBridge({ host, port, token, origins });
  const { signal, release } = interruptSignal('clients are disconnected');
  const played = [];
  try {
    note('waiting for a client that subscribes');
    do {
      played.length = 0;
      for (const file of files) {
        if (signal.aborted) break;
        const recording = await playRecording(file, {
          ...bridge,
          pacing: 'realtime',
          begins: 'subscription',
          signal,
          onRemark: note,
        });
        played.push(recording);
        note(`${file}: ${recording.messages} messages, ${recording.seconds.toFixed(1)} s`);
      }
    } while (loop && !signal.aborted);
  } finally {
    release();
    await bridge.close();
  }
  if (json) printJson({ recordings: played, ...(signal.aborted ? { partial: true } : {}) });
  process.exitCode = signal.aborted && !loop ? EXIT.interrupted : EXIT.ok;
}
