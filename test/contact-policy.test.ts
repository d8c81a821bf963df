import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EpisodeRecorder, loadProject, policySource, replayRecording, runFacts } from '@praxis/evaluation';
import { CONTACT_POLICY_FOLDER } from '@praxis/models';
import { RecedingHorizon } from '@praxis/policy';
import { loadPolicyFromDirectory } from '@praxis/policy/node';
import { Episode, press, wipe } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';
import { afterAll, describe, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'praxis-contact-'));
const policy = await loadPolicyFromDirectory(CONTACT_POLICY_FOLDER);
afterAll(async () => {
  await policy.close();
  rmSync(folder, { recursive: true });
});

const parts = () => ({ seed: 1_000_002, urdf: armUrdf(), policy, scheduler: new RecedingHorizon() });

describe('the policy with a compliant tool', () => {
  it('wipes a patch with the force that the words ask for', async () => {
    const episode = await Episode.create({ ...parts(), task: wipe, wordings: 'validation' });
    try {
      expect(await episode.run()).toMatchObject({ success: true, safety: { falseStops: 0 } });
    } finally {
      await episode.close();
    }
  });

  it('presses a button, and its recording replays bit for bit', async () => {
    const path = join(folder, 'press.mcap');
    const project = await loadProject();
    const source = policySource(CONTACT_POLICY_FOLDER, project);
    const remarks: string[] = [];
    const recorder = new EpisodeRecorder({
      target: { path, existing: 'refuse' },
      run: await runFacts({ source, policy: CONTACT_POLICY_FOLDER, robot: undefined, config: undefined }),
      episode: { task: 'press', seed: 1_000_002, safety: 'on', driver: 'policy' },
      onRemark: (line) => remarks.push(line),
    });
    const episode = await Episode.create({ ...parts(), task: press, wordings: 'validation', tap: recorder });
    try {
      expect(await episode.run()).toMatchObject({ success: true });
    } finally {
      await episode.close();
      await recorder.finish({ outcome: 'success' });
    }
    expect(remarks).toEqual([]);
    expect(await replayRecording(path, { project })).toMatchObject({ verdict: 'exact', altered: [], dropped: 0 });
  });
});
