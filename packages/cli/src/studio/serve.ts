import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { closeServer, refuseUpgrade } from '@praxis/policy/node';
import { type StudioSiteOptions, studioSite } from './studio-site.ts';

/** Options of {@link serve}. */
export interface ServeOptions extends Omit<StudioSiteOptions, 'gate'> {
  /** First port to try. Default: 0, any free port. */
  readonly port?: number;
  /** Number of ports to try. Default: 1. */
  readonly tries?: number;
}

/** A server that runs. */
export interface RunningServer {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves the built studio, the policies and the robot descriptions, and nothing else, on 127.0.0.1.
 * @param folders folder of each URL prefix, or a single file (`/praxis.config.js`); the longest prefix that matches wins
 * @throws the error of the last port, for example EADDRINUSE
 */
export async function serve(
  folders: Readonly<Record<string, string>>,
  { port = 0, tries = 1, ...options }: ServeOptions = {},
): Promise<RunningServer> {
  const site = studioSite(folders, options);
  const server = createServer((request, response) => site.answer(request, response));
  server.on('upgrade', (request, socket, head) => {
    if (!site.upgrade(request, socket, head)) refuseUpgrade(socket, '404 Not Found');
  });
  for (let i = 0; ; i++) {
    try {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(port === 0 ? 0 : port + i, '127.0.0.1', () => {
          server.off('error', reject);
          resolve();
        });
      });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || i + 1 >= tries) throw error;
    }
  }
  return {
    // Another server may have localhost at this port on ::1.
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: async () => {
      await site.close();
      await closeServer(server);
    },
  };
}
