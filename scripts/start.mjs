// npm start installs missing dependencies, builds the studio and serves it. npm start -- --headless runs three episodes in the
// terminal instead.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root, setup } from './setup.mjs';

const usage = `npm start [-- --port N --voice-model DIR --wake-word WORD | --headless]
  --port N           first port to try (default: 8080; the next free port if it is in use)
  --voice-model DIR  speech model that recognises the commands (npx praxis voice fetch; default: PocketSphinx)
  --wake-word WORD   only utterances that begin with WORD, or follow it within 8 s, are commands; stop words always count
  --headless         run three episodes in the terminal instead of serving the studio`;

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        headless: { type: 'boolean' },
        port: { type: 'string', default: '8080' },
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
function headless() {
  const cli = join(root, 'packages', 'cli', 'bin', 'praxis.mjs');
  const child = spawn(process.execPath, [cli, 'sim', '--task', 'pick,sort', '--episodes', '3'], {
    cwd: root,
    stdio: 'inherit',
  });
  // The terminal sends Ctrl-C to the child as well, so this process only waits for the child to exit.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('exit', (code) => process.exit(code ?? 130));
}

/** Opens the server of the pages' microphones; an invalid model or wake word ends the program with one line. */
async function openVoice(options) {
  await import('../packages/core/source-loader.mjs');
  const { openVoiceServer } = await import('./voice.ts');
  try {
    return openVoiceServer(options);
  } catch (error) {
    console.error(`npm start: ${error.message}`);
    return process.exit(2);
  }
}

/** Builds and serves the studio until Ctrl-C. */
async function serveStudio(port, voiceOptions) {
  const { buildStudio, hasStudio, studioDist } = await import('./build.mjs');
  const { serve, studioFolders } = await import('./serve.mjs');
  if (!hasStudio()) {
    console.error('npm start: packages/studio/index.html is missing; npm start -- --headless works without it');
    process.exit(1);
  }
  const voice = await openVoice(voiceOptions);
  buildStudio();
  const server = await serve(studioFolders(root, studioDist), {
    port,
    tries: 50,
    voice,
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
  if (options.headless) headless();
  else await serveStudio(options.port, { model: options['voice-model'], wakeWord: options['wake-word'] });
}
