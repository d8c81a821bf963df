import { spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parse } from '@foxglove/rosmsg';
import { MessageReader } from '@foxglove/rosmsg2-serialization';
import { McapIndexedReader } from '@mcap/core';
import { loadZstd } from '@praxis/wire/mcap';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decompressZstd } from '../packages/wire/src/zstd/zstd.ts';
import { runMain } from './run-main.ts';
import { root } from './run-praxis.ts';

const folder = mkdtempSync(join(tmpdir(), 'praxis-corrections-'));
afterAll(() => rmSync(folder, { recursive: true }));
const recording = join(folder, 'pick-2000000.mcap');
const dataset = join(folder, 'dataset');
/** What the task asks for with this seed, without its "please". */
const INSTRUCTION = 'get me the red cylinder';
/** Time for which the policy drives before the person takes over (ms). */
const POLICY_TIME_MS = 700;

interface DriveMessage {
  readonly time: number;
  readonly line?: string;
  readonly effect?: { readonly kind: string; readonly text?: string };
  readonly result?: { readonly outcome: string };
  readonly supervisor?: { readonly to: string };
}

/** Records a drive: the policy, then a correction by words, then the policy to its end, and a judgement. @returns what it printed */
function recordCorrection(): Promise<readonly DriveMessage[]> {
  const args = ['drive', '--policy', 'expert', '--json', '--seed', '2000000', '--record', folder];
  const program = join(root, 'packages/cli/bin/praxis.mjs');
  const child = spawn(process.execPath, [program, ...args], { cwd: root, stdio: ['pipe', 'pipe', 'ignore'] });
  const all: DriveMessage[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    const message = JSON.parse(line) as DriveMessage;
    all.push(message);
    const { supervisor, effect, result } = message;
    if (supervisor?.to === 'running') child.stdin.write(`${INSTRUCTION}\n`);
    if (effect?.kind === 'instruct') setTimeout(() => child.stdin.write('move up 2 cm\n'), POLICY_TIME_MS);
    if (result?.outcome === 'done') child.stdin.end('continue\n/success\n/failure pushed by hand\n');
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => (status === 0 ? resolve(all) : reject(new Error(`exit status ${status}`))));
  });
}

/** Messages of a topic as the reader of @mcap/core and the decoder of Foxglove have them, and the metadata. */
async function contents(path: string, topic: string) {
  await loadZstd();
  const bytes = readFileSync(path);
  const reader = await McapIndexedReader.Initialize({
    readable: {
      size: async () => BigInt(bytes.length),
      read: async (offset, size) => bytes.subarray(Number(offset), Number(offset + size)),
    },
    decompressHandlers: { zstd: (buffer, size) => decompressZstd(buffer, Number(size)) },
  });
  const messages: { readonly time: number; readonly fields: Readonly<Record<string, unknown>> }[] = [];
  for await (const { channelId, logTime, data } of reader.readMessages({ topics: [topic], validateCrcs: true })) {
    const schema = reader.schemasById.get(reader.channelsById.get(channelId)!.schemaId)!;
    const decoder = new MessageReader(parse(Buffer.from(schema.data).toString(), { ros2: true }));
    messages.push({ time: Number(logTime) / 1e9, fields: decoder.readMessage(data) });
  }
  const facts: Record<string, string> = {};
  for await (const { metadata } of reader.readMetadata()) Object.assign(facts, Object.fromEntries(metadata));
  return { messages, facts };
}

const rowsOf = (path: string) => parquetReadObjects({ file: readFileSync(path).slice().buffer });

describe('a drive in which a person corrects the policy', () => {
  let printed: readonly DriveMessage[];
  let takeOver: number;
  let handBack: number;
  beforeAll(async () => {
    printed = await recordCorrection();
    const at = (line: string) => printed.find((each) => each.line === line)!.time;
    [takeOver, handBack] = [at('move up 2 cm'), at('continue')];
  }, 60_000);

  it('is recorded with who drove at each moment, and with both judgements', async () => {
    const { messages, facts } = await contents(recording, '/praxis/driver');
    const drivers = messages.map(({ time, fields }) => ({ time, driver: fields.driver as string }));
    const changes = drivers.filter(({ driver }, i) => driver !== drivers[i - 1]?.driver);
    // The last one is the hold that ends every drive.
    const course = ['operator', 'policy', 'operator', 'policy', 'operator'];
    expect(changes.map(({ driver }) => driver)).toEqual(course);
    expect(changes[0].time).toBeCloseTo(0.002, 9);
    // A command takes effect in the next control period.
    expect(changes[2].time).toBeCloseTo(takeOver + 0.002, 6);
    expect(changes[3].time).toBeCloseTo(handBack + 0.002, 6);
    expect(facts).toMatchObject({
      ...{
        version: '2',
        driver: 'words',
        outcome: 'success',
        instruction: INSTRUCTION,
        task_instruction: `${INSTRUCTION} please`,
      },
      ...{ operator_outcome: 'failure', operator_note: 'pushed by hand' },
    });
    expect(facts.failure).toBeUndefined();
    const { messages: inputs } = await contents(recording, '/praxis/operator_input');
    const judged = inputs.filter(({ fields }) => fields.kind === 'judgement').map(({ fields }) => fields.text);
    expect(judged).toEqual(['success', 'failure, "pushed by hand"']);
    expect(printed.flatMap(({ effect }) => effect?.text ?? [])).toContain('noted: failure, "pushed by hand"');
  });

  it('becomes an episode whose frames say who drove, and whose success is what the person says', async () => {
    const exported = await runMain(['export', recording, '--to', 'lerobot', '--out', dataset, '--json']);
    expect(exported.status).toBe(0);
    const { frames, fps } = JSON.parse(exported.out);
    const rows = await rowsOf(join(dataset, 'data/chunk-000/file-000.parquet'));
    expect(rows).toHaveLength(frames);
    const info = JSON.parse(readFileSync(join(dataset, 'meta/info.json'), 'utf8'));
    expect(info.features.intervention).toEqual({ dtype: 'bool', shape: [1], names: null });
    // The person has the arm until the words that let the policy drive; how long that takes depends on the machine.
    const policy = rows.findIndex(({ intervention }) => !intervention);
    const corrected = rows.slice(policy).filter(({ intervention }) => intervention);
    const seconds = handBack - takeOver;
    expect(corrected.length / fps).toBeGreaterThan(seconds - 2 / fps);
    expect(corrected.length / fps).toBeLessThan(seconds + 2 / fps);
    // One piece: from the first to the last of them nothing is missing.
    expect(corrected.at(-1)!.frame_index - corrected[0].frame_index).toBe(BigInt(corrected.length - 1));
    expect(rows.at(-1)).toMatchObject({ intervention: false, 'next.done': true, 'next.success': false });
    const [name] = readdirSync(join(dataset, 'meta/episodes/chunk-000'));
    const [episode] = await rowsOf(join(dataset, 'meta/episodes/chunk-000', name));
    expect(episode).toMatchObject({
      ...{ success: false, outcome: 'success', operator_outcome: 'failure', note: 'pushed by hand' },
      tasks: [INSTRUCTION],
    });
  });

  it('makes a dataset without findings, and no episode of --successes', async () => {
    expect(await runMain(['dataset', 'check', dataset])).toMatchObject({ status: 0 });
    const { status, err } = await runMain([
      ...['export', recording, '--to', 'lerobot', '--out', join(folder, 'good'), '--successes'],
    ]);
    expect(status).toBe(2);
    expect(err).toContain('no episode to write: 1 did not reach their goal');
  });

  it('becomes records for training, which say in which of them the person drives', async () => {
    const out = join(folder, 'records');
    expect(await runMain(['dataset', 'import', dataset, '--out', out])).toMatchObject({
      status: 2,
      err: expect.stringContaining('no episode to import: 1 did not reach their goal; --all takes them too'),
    });
    const { status, out: printed } = await runMain(['dataset', 'import', dataset, '--out', out, '--all', '--json']);
    expect(status).toBe(0);
    const report = JSON.parse(printed);
    const meta = JSON.parse(readFileSync(join(out, 'dataset.json'), 'utf8'));
    const { offset } = meta.fields.find(({ name }: { name: string }) => name === 'intervention');
    const bytes = readFileSync(join(out, meta.shards[0].file));
    const drives = Array.from({ length: report.records }, (_, i) => bytes[i * meta.recordBytes + offset]);
    const rows = await rowsOf(join(dataset, 'data/chunk-000/file-000.parquet'));
    // Every second frame of 20 Hz, but for those before the wrist sensor has its zero.
    const frames = rows.filter(({ frame_index }) => Number(frame_index) % 2 === 0).slice(-report.records);
    expect(rows.length / 2 - report.records).toBeLessThan(3);
    expect(drives).toEqual(frames.map(({ intervention }) => Number(intervention)));
    expect(report.interventions).toBe(drives.filter((each) => each === 1).length);
    expect(report).toMatchObject({ robot: 'praxis_arm', tasks: ['pick'], absent: [], validation: 1 });
  });

  it('is listed with both judgements', async () => {
    const { out } = await runMain(['recordings', 'prune', folder]);
    expect(out).toContain(`${recording}  no retention note  success  (operator: failure, "pushed by hand")\n`);
    const { recordings } = JSON.parse((await runMain(['recordings', 'prune', folder, '--json'])).out);
    expect(recordings).toMatchObject([
      { path: recording, outcome: 'success', judgement: { outcome: 'failure', note: 'pushed by hand' } },
    ]);
  });

  it('can be judged anew afterwards, which changes no message', async () => {
    const [path, other] = [join(folder, 'anew.mcap'), join(folder, 'other.mcap')];
    copyFileSync(recording, path);
    const said = await runMain(['recordings', 'judge', path, '--success', '--note', 'fine']);
    expect(said).toMatchObject({ status: 0, err: `${path}: success, "fine"\n` });
    const [before, after] = await Promise.all([recording, path].map((file) => contents(file, '/praxis/period')));
    expect(after.messages).toEqual(before.messages);
    expect(after.facts).toEqual({ ...before.facts, operator_outcome: 'success', operator_note: 'fine' });
    expect(await runMain(['recordings', 'judge', path, '--note', ''])).toMatchObject({ err: `${path}: success\n` });
    writeFileSync(other, readFileSync(path).subarray(0, -100_000));
    const refused = await runMain(['recordings', 'judge', other, '--failure']);
    expect(refused).toMatchObject({ status: 2, err: expect.stringMatching(/other\.mcap: is cut off at byte \d+/) });
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
    expect((await runMain(['recordings', 'judge', path])).err).toContain('nothing to write, expected --success');
    for (const file of [path, other]) rmSync(file);
  });

  it('loses the words of the person, but not who drove, with --drop-words', async () => {
    const shared = join(folder, 'shared.mcap');
    expect(await runMain(['redact', recording, '--out', shared, '--drop-words'])).toMatchObject({ status: 0 });
    const { messages, facts } = await contents(shared, '/praxis/driver');
    expect(messages.length).toBeGreaterThan(3);
    expect(facts).toMatchObject({ operator_outcome: 'failure' });
    expect(Object.keys(facts)).not.toContain('operator_note');
    expect(readFileSync(shared).includes('pushed by hand')).toBe(false);
  });
});
