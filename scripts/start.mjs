// npm start: installs what is missing, builds and serves the studio. npm start -- --headless: three episodes in the terminal.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root, setup } from './setup.mjs';

const usage = `npm start [-- --port N --voice-model DIR --wake-word WORD | --headless]
  --port N           first port to try (default 8080; the next free one is taken)
  --voice-model DIR  speech model that hears the commands (npx praxis voice fetch); without it PocketSphinx does
  --wake-word WORD   what is said counts only when it begins with it, or comes soon after it; stop words always do
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

/** Runs the praxis command in the foreground and leaves with its status. */
function headless() {
  const cli = join(root, 'packages', 'cli', 'bin', 'praxis.mjs');
  const child = spawn(process.execPath, [cli, 'sim', '--task', 'pick,sort', '--episodes', '3'], {
    cwd: root,
    stdio: 'inherit',
  });
  // The terminal sends Ctrl-C to the child as well; we only wait for it.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('exit', (code) => process.exit(code ?? 130));
}

/** Ends the program, with one line, on a model or a wake word that is none. */
async function ears(options) {
  const { listenToPages } = await import('./voice.mjs');
  try {
    return await listenToPages(options);
  } catch (error) {
    console.error(`npm start: ${error.message}`);
    return process.exit(2);
  }
}

async function studio(port, listening) {
  const { buildStudio, hasStudio, studioDist } = await import('./build.mjs');
  const { serve, studioFolders } = await import('./serve.mjs');
  if (!hasStudio()) {
    console.error('npm start: packages/studio/index.html is missing; npm start -- --headless works without it');
    process.exit(1);
  }
  const voice = await ears(listening);
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
  else await studio(options.port, { model: options['voice-model'], wakeWord: options['wake-word'] });
}
