// npm start installs missing dependencies, builds the studio and serves it. npm start -- --headless runs three episodes in the
// terminal instead.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root, setup } from './setup.mjs';

const usage = `npm start [-- --port N --config FILE --voice-model DIR --wake-word WORD | --headless]
  --port N           first port to try (default: 8080; the next free port if it is in use)
  --config FILE      tasks, faults, modalities and policies of your own (default: praxis.config.ts here, if it exists)
  --voice-model DIR  speech model that recognises the commands (npx praxis voice fetch; default: PocketSphinx)
  --wake-word WORD   only utterances that begin with WORD, or follow it within 8 s, are commands; stop words always count
  --headless         run three episodes in the terminal instead of serving the studio`;

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        headless: { type: 'boolean' },
        port: { type: 'string', default: '8080' },
        config: { type: 'string' },
        'voice-model': { type: 'string' },
        'wake-word': { type: 'string' },
        help: { type: 'boolean' },
      },
    });
    const port = Number(values.port);
    if (!Number.isInteger(port) || port < 0 || port > 65535)
      throw new Error(`--port ${values.port}: expected 0 to 65535`);
    return { ...values, port };
  } catch (error) {
    console.error(`npm start: ${error.message}\n${usage}`);
    return process.exit(2);
  }
}

/** Runs `praxis sim` in this terminal and exits with its status. */
function headless(config) {
  const cli = join(root, 'packages', 'cli', 'bin', 'praxis.mjs');
  const more = config === undefined ? [] : ['--config', config];
  const child = spawn(process.execPath, [cli, 'sim', '--task', 'pick,sort', '--episodes', '3', ...more], {
    cwd: root,
    stdio: 'inherit',
  });
  // The terminal sends Ctrl-C to the child as well, so this process only waits for the child to exit.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('exit', (code) => process.exit(code ?? 130));
}

/** Builds and serves the studio until Ctrl-C. A wrong option ends the program with one line. */
async function serveStudio(options) {
  const { buildStudio, hasStudio } = await import('./build.mjs');
  if (!hasStudio()) {
    console.error('npm start: packages/studio/index.html is missing; npm start -- --headless works without it');
    process.exit(1);
  }
  await import('../packages/core/source-loader.mjs');
  const { startStudio } = await import('../packages/cli/src/studio/start-studio.ts');
  const server = await startStudio({ ...options, buildPage: buildStudio }).catch((error) => {
    console.error(`npm start: ${error.message}`);
    process.exit(2);
  });
  console.log(`Praxis studio: ${server.url}   (Ctrl-C stops it)`);
  const stop = () => server.close().then(() => process.exit(0));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

const options = readArguments();
if (options.help) console.log(usage);
else {
  setup();
  if (options.headless) headless(options.config);
  else
    await serveStudio({
      port: options.port,
      config: options.config,
      voiceModel: options['voice-model'],
      wakeWord: options['wake-word'],
    });
}
