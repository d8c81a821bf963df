import { describe, expect, it } from 'vitest';
import { parseEncoderManifest } from '../manifest/manifest.ts';
import { nodeBackend } from '../node/index.ts';
import {
  editManifest,
  type FusionManifestFile,
  type InputChange,
  loadFusionFromMemory,
  observationOf,
  secondVersionOf,
  tinyPolicy,
} from '../testing/index.ts';
import { Refusal } from './refusal.ts';

const said = (text: string): InputChange => ({ samples: [text] });
const absent: InputChange = { present: false, samples: [] };

/** A policy of random weights that refuses below a confidence. */
async function policyThatRefuses(below: number | undefined) {
  const files = new Map(await tinyPolicy());
  const first = parseEncoderManifest(JSON.parse(new TextDecoder().decode(files.get('manifest.json'))), 'first');
  files.set('manifest.json', new TextEncoder().encode(JSON.stringify(secondVersionOf(first))));
  const edited = editManifest<FusionManifestFile>(files, ({ fusion }) => {
    if (below !== undefined) fusion.refusesBelow = below;
  });
  const policy = await loadFusionFromMemory(edited, nodeBackend());
  let stamp = 0;
  const infer = (changes: Readonly<Record<string, InputChange>>) =>
    policy.infer(observationOf(policy.spec, ++stamp, changes));
  return { policy, infer };
}

describe('a policy that refuses what it does not see', () => {
  it('refuses until a chunk is given for the instruction, and again after a new text or a reset', async () => {
    // No confidence reaches 1, and without a picture there is none.
    const { policy, infer } = await policyThatRefuses(1);
    const banana = { instruction: said('pick up  the\nbanana\u202e') };
    const blind = { 'images.front': absent, 'images.wrist': absent };
    const { refused, gates, grounding } = await infer(banana);
    expect(refused).toBe('nothing in view is what "pick up the banana\\u202e" names');
    expect(Object.keys(grounding!)).toEqual(['front', 'wrist']);
    expect(Object.keys(gates)).toContain('vision');
    expect((await infer({ ...banana, 'images.wrist': absent })).refused).toBe(refused);
    expect((await infer({ ...blind, ...banana })).refused).toBeUndefined();
    expect((await infer(banana)).refused).toBeUndefined();
    expect((await infer({ instruction: said('lift the red block') })).refused).toContain('"lift the red block"');
    expect((await infer(banana)).refused).toBe(refused);
    expect((await infer({ ...blind, ...banana })).refused).toBeUndefined();
    policy.reset();
    expect((await infer({ instruction: absent })).refused).toBeUndefined();
    expect((await infer(banana)).refused).toBe(refused);
    await policy.close();
  });

  it('gives the chunks of a policy without the limit, bit for bit, for what it sees', async () => {
    const [bare, limited] = [await policyThatRefuses(undefined), await policyThatRefuses(1e-9)];
    for (const text of ['lift the red block', 'lift the blue block', 'lift the blue block'])
      expect(await limited.infer({ instruction: said(text) })).toEqual(await bare.infer({ instruction: said(text) }));
    await bare.policy.close();
    await limited.policy.close();
  });

  it.each<[string, (manifest: FusionManifestFile) => unknown, string]>([
    [
      'a limit without places',
      ({ fusion }) => delete fusion.grounding,
      'fusion.refusesBelow is 0.3, expected no such limit without fusion.grounding',
    ],
    [
      'a limit of later instructions alone',
      ({ fusion }) => {
        delete fusion.refusesBelow;
        fusion.refusesNextBelow = 0.3;
      },
      'fusion.refusesNextBelow is 0.3, expected no such limit without fusion.refusesBelow',
    ],
    [
      'a limit that is no confidence',
      ({ fusion }) => (fusion.refusesBelow = 1.5),
      'fusion.refusesBelow is 1.5, expected number to be <=1',
    ],
    [
      'a limit that refuses nothing',
      ({ fusion }) => (fusion.refusesBelow = 0),
      'fusion.refusesBelow is 0, expected number to be >0',
    ],
    [
      'a limit without a text',
      ({ encoders, fusion }) => {
        encoders.splice(
          encoders.findIndex(({ inputs }) => inputs.some(({ type }) => type === 'text')),
          1,
        );
        fusion.inputs.splice(
          fusion.inputs.findIndex(({ name }) => name === 'language.features'),
          1,
        );
      },
      'fusion.refusesBelow is 0.3, expected no such limit without an input of text',
    ],
  ])('the manifest may not have %s', async (_, change, message) => {
    const files = new Map(await tinyPolicy());
    const first = parseEncoderManifest(JSON.parse(new TextDecoder().decode(files.get('manifest.json'))), 'first');
    files.set('manifest.json', new TextEncoder().encode(JSON.stringify(secondVersionOf(first))));
    const edited = editManifest<FusionManifestFile>(files, (manifest) => {
      manifest.fusion.refusesBelow = 0.3;
      change(manifest);
    });
    await expect(loadFusionFromMemory(edited, nodeBackend())).rejects.toThrow(message);
  });
});

describe('the decision to refuse', () => {
  const spec = { name: 'instruction', dtype: 'string' } as never;
  const observation = (text: string) =>
    ({
      stamp: 0,
      inputs: new Map([['instruction', { spec, present: true, age: 0, stamp: 0, samples: [text] }]]),
    }) as const;

  it('needs one camera that sees the thing, once', () => {
    const refusal = new Refusal({ first: 0.3, next: 0.1 }, [spec]);
    const decide = (...confidences: number[]) =>
      refusal.reasonFor(refusal.requestIn(observation('lift it')), confidences) !== undefined;
    expect([decide(0.29, 0.1), decide(0.29), decide(0.1, 0.3), decide(0, 0)]).toEqual([true, true, false, false]);
  });

  it('is easier for an instruction that replaces one that is followed, until a reset', () => {
    const refusal = new Refusal({ first: 0.8, next: 0.3 }, [spec]);
    const decide = (text: string, confidence: number) =>
      refusal.reasonFor(refusal.requestIn(observation(text)), [confidence]) !== undefined;
    expect([decide('lift it', 0.5), decide('press it', 0.5), decide('press it', 0.9)]).toEqual([true, true, false]);
    expect([decide('lift it', 0.2), decide('lift it', 0.5), decide('press it', 0.2)]).toEqual([true, false, true]);
    refusal.reset();
    expect(decide('lift it', 0.5)).toBe(true);
  });

  it('of an inference from before a reset says nothing about the next episode', () => {
    const refusal = new Refusal({ first: 0.3, next: 0.1 }, [spec]);
    const before = refusal.requestIn(observation('lift it'));
    refusal.reset();
    expect(refusal.reasonFor(before, [1])).toBeUndefined();
    expect(refusal.reasonFor(refusal.requestIn(observation('lift it')), [0])).toBeDefined();
  });
});
