import { type FromEpisode, oneLine, type ToEpisode } from '../protocol/protocol.ts';
import { Stage } from './stage.ts';

const post = (message: FromEpisode): void => self.postMessage(message);

const stage = new Stage(post);
let last = Promise.resolve();

self.onmessage = ({ data }: MessageEvent<ToEpisode>) => {
  last = last.then(() => stage.take(data)).catch((error) => post({ kind: 'error', message: oneLine(error) }));
};
