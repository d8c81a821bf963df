import { WebSocket } from 'ws';
import type { OpenSocket } from '../remote/socket.ts';

/** Opens a websocket of Node that can send a token. For `wss://`, the certificate must be valid; `NODE_EXTRA_CA_CERTS` adds authorities. */
export const openNodeSocket: OpenSocket = ({ url, authorization, maximumBytes }, { message, closed }) => {
  const socket = new WebSocket(url, {
    headers: authorization === undefined ? {} : { Authorization: authorization },
    maxPayload: maximumBytes,
    // Images do not get smaller by it, and a small message could become a huge one.
    perMessageDeflate: false,
  });
  socket.binaryType = 'nodebuffer';
  let reason = '';
  socket.on('message', (data: Buffer, isBinary) => message(isBinary ? data : data.toString()));
  socket.on('unexpected-response', (_, response) => {
    reason = `refused with ${response.statusCode} ${response.statusMessage ?? ''}`.trimEnd();
    response.resume();
    socket.terminate();
  });
  socket.on('error', (error: NodeJS.ErrnoException) => {
    reason ||= error.message || error.code || 'error';
  });
  socket.on('close', (code, text) => closed(reason || text.toString() || `the server closed the connection (${code})`));
  return {
    send: (bytes) => socket.send(bytes),
    drop: () => socket.terminate(),
  };
};
