import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

// Runs scenes of the simulated arm one after the other, as an operator does with `ros2 service call`, and prints how late the
// periods of the supervisor were. It needs a sourced ROS 2 with its command line:
//
//   node --import ./packages/core/source-loader.mjs bench/ros/scenes.ts [MINUTES]
//
// RMW_IMPLEMENTATION selects the middleware. Each service call is a process of its own: a participant that appears and goes.
const run = promisify(execFile);
const minutes = Number(process.argv[2] ?? 15);

/** Longest time (s) for the verdict on a scene. */
const SCENE_TIMEOUT_S = 20;
const MAX_ATTEMPTS = 20;
const STOP = /running -> (?:hold|protective_stop|emergency_stop): .*/g;
const TIMING =
  /(\d+) ticks, (\d+) later than 20 ms, the latest by ([\d.]+) ms(?:; the longest publish took ([\d.]+) ms)?/;
const VERDICT = /(success|failure) after [\d.]+ s/;

/** A node in a process of its own, and its log. */
class NodeProcess {
  output = '';
  readonly #process: ChildProcess;

  constructor(name: string, parameters: readonly string[] = []) {
    const program = fileURLToPath(new URL(`../../packages/ros/bin/${name}.mjs`, import.meta.url));
    const args = ['--ros-args', ...parameters.flatMap((each) => ['-p', each])];
    this.#process = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream?.on('data', (data: Buffer) => {
        this.output += data.toString();
      });
    }
  }

  /** Waits for a match in the log after the first `from` characters. @returns undefined when none comes in time (s) */
  async waitForLog(pattern: RegExp, seconds: number, from = 0): Promise<RegExpExecArray | undefined> {
    for (const end = Date.now() + 1000 * seconds; Date.now() < end; await sleep(20)) {
      const found = pattern.exec(this.output.slice(from));
      if (found) return found;
      if (this.#process.exitCode !== null) break;
    }
    return undefined;
  }

  async end(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const exited = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.kill('SIGINT');
    const timer = setTimeout(() => this.#process.kill('SIGKILL'), 8000);
    await exited;
    clearTimeout(timer);
  }
}

/** Calls a service until it accepts. @throws {Error} when it goes on refusing */
async function insist(service: string): Promise<void> {
  let answer = '';
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const call = run('ros2', ['service', 'call', service, 'std_srvs/srv/Trigger'], { timeout: 20_000 });
    answer = await call.then(
      ({ stdout }) => stdout,
      (error: unknown) => String(error),
    );
    if (/success=True/.test(answer)) return;
    await sleep(200);
  }
  throw new Error(`${service} refuses: ${answer}`);
}

const total = { ticks: 0, late: 0, latestMs: 0, longestPublishMs: 0, sessions: 0 };
const stops: string[] = [];
const verdicts: string[] = [];
const blocked: string[] = [];

/** Starts the nodes and runs scenes until `end` (ms since 1970), or until a service goes on refusing. */
async function runScenes(end: number): Promise<void> {
  const sim = new NodeProcess('sim_node');
  const supervisor = new NodeProcess('supervisor_node', ['safety_config:=sim', 'auto_start:=true']);
  const policy = new NodeProcess('policy_node');
  total.sessions++;
  try {
    if (!(await supervisor.waitForLog(/ready -> running/, 90))) throw new Error(`no start:\n${supervisor.output}`);
    let from = 0;
    let logged = 0;
    while (Date.now() < end) {
      const verdict = await sim.waitForLog(VERDICT, SCENE_TIMEOUT_S, from);
      verdicts.push(verdict?.[1] ?? 'none');
      stops.push(...(supervisor.output.slice(logged).match(STOP) ?? []));
      process.stderr.write(`${verdicts.length}: ${verdicts.at(-1)}; ${stops.length} stops\n`);
      await insist('/supervisor_node/stop');
      from = sim.output.length;
      await insist('/sim_node/next');
      await sleep(1000);
      await insist('/supervisor_node/tare');
      await insist('/policy_node/tare');
      await sleep(400);
      await insist('/supervisor_node/reset');
      logged = supervisor.output.length;
      await insist('/supervisor_node/start');
    }
  } finally {
    await Promise.all([sim.end(), policy.end(), supervisor.end()]);
    const [, ticks, late, latest, publish] = TIMING.exec(supervisor.output) ?? [];
    total.ticks += Number(ticks ?? 0);
    total.late += Number(late ?? 0);
    total.latestMs = Math.max(total.latestMs, Number(latest ?? 0));
    total.longestPublishMs = Math.max(total.longestPublishMs, Number(publish ?? 0));
    blocked.push(...(supervisor.output.match(/.*has blocked.*/g) ?? []));
    if (process.env.PRAXIS_ROS_LOGS) process.stderr.write(`${supervisor.output}\n${policy.output}\n${sim.output}\n`);
  }
}

for (const end = Date.now() + 60_000 * minutes; Date.now() < end; ) {
  await runScenes(end).catch((error: unknown) => process.stderr.write(`${String(error)}; the nodes start again\n`));
}
console.log(
  JSON.stringify(
    {
      middleware: process.env.RMW_IMPLEMENTATION ?? 'default',
      minutes,
      starts_of_the_nodes: total.sessions,
      scenes: verdicts.length,
      successes: verdicts.filter((each) => each === 'success').length,
      ticks: total.ticks,
      ticks_later_than_20_ms: total.late,
      latest_tick_ms: total.latestMs,
      longest_publish_ms: total.longestPublishMs,
      stops,
      blocked,
    },
    undefined,
    2,
  ),
);
