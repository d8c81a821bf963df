import type { Command } from 'commander';

/** Width to which the help is wrapped (characters). */
const WIDTH = 100;

/** Prints the help of a command, with examples, as `--help` does. */
function helpOf(command: Command): string {
  const lines: string[] = [];
  command.configureOutput({ writeOut: (text) => lines.push(text), getOutHelpWidth: () => WIDTH });
  command.outputHelp();
  return lines.join('').trimEnd();
}

/** A command and its subcommands, each with its full name. */
function* commandsBelow(command: Command, prefix: string): Generator<readonly [string, Command]> {
  for (const each of command.commands) {
    if (each.name() === 'help') continue;
    const name = `${prefix} ${each.name()}`;
    yield [name, each];
    yield* commandsBelow(each, name);
  }
}

/** Writes the help of every command as the page `docs/command-line.md`. */
export function commandLinePage(program: Command): string {
  const commands = [...commandsBelow(program, 'praxis')];
  const rows = commands.map(([name, command]) => {
    const anchor = name.replaceAll(' ', '-');
    return `| [\`${name}\`](#${anchor}) | ${command.description()} |`;
  });
  const sections = commands.map(([name, command]) => `## ${name}\n\n\`\`\`text\n${helpOf(command)}\n\`\`\`\n`);
  return `# Command line

This page is the program's own help; \`npm run docs\` writes it. Run a command as \`npx praxis COMMAND\`, in the checkout or where
\`@praxis/cli\` is installed.

- \`--json\` prints exactly one JSON object on standard output (\`praxis drive\` prints one a line, at each event). Progress goes to
  standard error.
- The exit status is 0 on success and 2 on wrong usage or bad input, with one line on standard error that names the mistake.
- Ctrl-C ends a command with status 130. The command prints the finished part, marked \`partial\`; an episode that was cut off is not counted.
  A second Ctrl-C ends it at once, with its policy, even if an inference does not return; a policy that is a function of the
  configuration cannot be ended so in \`sim\` and \`drive\`.
- Control characters in what is printed, such as those of a name in a file, appear escaped: \`\\u001b\` for ESC.

| command | purpose |
|---|---|
${rows.join('\n')}

${sections.join('\n')}`;
}
