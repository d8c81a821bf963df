import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import type { PlanHost } from '../../host/plan-host.ts';
import { Command } from './command.ts';
import { planServer } from './plan-server.ts';

/**
 * Serves a host by the Model Context Protocol on standard input and output, which carry messages alone: write remarks to standard error.
 * It ends when the assistant closes its end, or the signal is aborted; a plan that runs is then cancelled and the arm holds.
 */
export async function servePlansOnStdio(host: PlanHost, signal: AbortSignal): Promise<void> {
  const command = new Command(host);
  const server = planServer(command, 'stdio');
  const ended = new Promise<void>((resolve) => {
    server.onclose = () => resolve();
    process.stdin.once('end', resolve).once('close', resolve);
    signal.addEventListener('abort', () => resolve(), { once: true });
    if (signal.aborted) resolve();
  });
  await server.connect(new StdioServerTransport());
  await ended;
  await command.release('stdio');
  await server.close();
}
