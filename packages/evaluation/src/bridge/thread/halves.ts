import type { ExitReason, Transport } from '@praxis/core';

type Half = 'hub' | 'world';

/**
 * Divides a transport, so that each side serves the other one over it: what one side sends arrives in its order, of whichever half it is.
 * The end of one half ends both.
 */
export function halvesOf(transport: Transport): Readonly<Record<Half, Transport>> {
  const onMessage = new Map<Half, (message: unknown) => void>();
  const onExit: ((reason: ExitReason) => void)[] = [];
  transport.onMessage((posted) => {
    const { half, message } = posted as { readonly half: Half; readonly message: unknown };
    onMessage.get(half)?.(message);
  });
  transport.onExit((reason) => {
    for (const each of onExit) each(reason);
  });
  const halfOf = (half: Half): Transport => ({
    send: (message, transfer) => transport.send({ half, message }, transfer),
    onMessage: (listener) => void onMessage.set(half, listener),
    onExit: (listener) => void onExit.push(listener),
    close: () => transport.close(),
  });
  return { hub: halfOf('hub'), world: halfOf('world') };
}
