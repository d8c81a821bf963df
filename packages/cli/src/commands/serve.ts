import type { Command } from '@commander-js/extra-typings';
import { wholeNumber } from '../options/parsers.ts';
import { configOption, POLICY_HELP, projectOf } from '../options/project.ts';
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
    .addHelpText(
      'after',
      `
Each client has a policy of its own. http://HOST:PORT/healthz answers OK. docs/policies-over-the-network.md describes the messages.

Examples:
  $ npx praxis serve
  $ npx praxis serve --policy models/default --host 0.0.0.0 --token "$(openssl rand -hex 16)"
  $ npx praxis serve --policy recording
  $ npx praxis serve --policy models/default --record actions.jsonl
  $ npx praxis serve --policy recording --recording actions.jsonl`,
    )
    .action(async ({ config, ...options }) => {
      const { servePolicy } = await import('@praxis/evaluation');
      const { signal, release } = interruptSignal('clients are disconnected');
      try {
        const server = await servePolicy({ ...options, project: await projectOf(config), onNote: note });
        print(server.url);
        note('press Ctrl-C to end');
        if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve));
        await server.close();
      } finally {
        release();
      }
    });
}
