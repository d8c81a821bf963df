import { errorMessage } from '@praxis/core';
import type { RosSession } from './session.ts';

/**
 * Offers services of type std_srvs/srv/Trigger in the node's private namespace. What an act returns is the message of a success;
 * what it throws, that of a failure.
 */
export function offerTriggers(
  { node }: RosSession,
  acts: Readonly<Record<string, () => string | Promise<string>>>,
): void {
  for (const [name, act] of Object.entries(acts)) {
    node.createService('std_srvs/srv/Trigger', `~/${name}`, (_request, response) => {
      void outcome(act).then(([success, message]) => response.send({ success, message }));
    });
  }
}

async function outcome(act: () => string | Promise<string>): Promise<[success: boolean, message: string]> {
  try {
    return [true, await act()];
  } catch (error) {
    return [false, errorMessage(error)];
  }
}
