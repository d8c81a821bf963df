import { ClientPolicy, EpisodeBridge, type OpenBridge, openBridge } from '@praxis/evaluation';
import { RecedingHorizon } from '@praxis/policy';
import { Episode, free, type RobotSetup, type RobotSource, setupOf } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';
import { onTestFinished } from 'vitest';
import streamsPolicy from './recordings/streams-policy.ts';

/** A world in lock step that clients look into. */
export interface LiveWorld {
  readonly bridge: OpenBridge;
  readonly episode: Episode;
  readonly tap: EpisodeBridge;
  readonly setup: RobotSetup;
  readonly url: string;
  readonly remarks: readonly string[];
  /** Runs the world up to a simulated time (s). */
  runUntil(time: number): Promise<void>;
}

/** Starts the free scene with a robot, by default the shipped arm, and a bridge. It ends with the test. */
export async function liveWorld(
  access: { readonly token?: string; readonly origins?: readonly string[] } = {},
  robot?: RobotSource,
  driven: 'policy' | 'client' = 'policy',
): Promise<LiveWorld> {
  const remarks: string[] = [];
  const onRemark = (line: string) => void remarks.push(line);
  const bridge = await openBridge({ ...access, address: { port: 0 }, onNote: onRemark });
  const urdf = armUrdf();
  const choice = robot ? { robot } : { urdf };
  const client = driven === 'client' ? new ClientPolicy(setupOf(choice)) : undefined;
  const tap = new EpisodeBridge({
    ...{ hub: bridge.hub, jpeg: bridge.jpeg, urdf, pace: 'waits', onRemark },
    ...(client ? { inputs: client.inputs } : {}),
    facts: { task: 'free', seed: 1 },
    control: { checkInstruction: (text) => text },
  });
  const parts = { task: free, seed: 1, ...choice, policy: client ?? streamsPolicy(), scheduler: new RecedingHorizon() };
  const episode = await Episode.create({ ...parts, tap, ends: 'closed', afterStop: 'wait' });
  onTestFinished(async () => {
    await episode.close();
    await tap.finish();
    await bridge.close();
  });
  const runUntil = async (time: number): Promise<void> => {
    while (episode.time < time) await episode.step();
  };
  return { bridge, episode, tap, setup: setupOf(choice), url: bridge.url!, remarks, runUntil };
}

/** Waits until a value is there, for what arrives over a socket. */
export async function eventually<T>(value: () => T | undefined | false): Promise<T> {
  for (;;) {
    const found = value();
    if (found !== undefined && found !== false) return found;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
