/** How a command is given again: the options that have a value, quoted where that needs it. */
export function commandLine(command: string, options: Readonly<Record<string, string | number | undefined>>): string {
  const given = Object.entries(options).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name} ${/^[\w.,/-]+$/.test(`${value}`) ? value : JSON.stringify(value)}`],
  );
  return ['npx praxis', command, ...given].join(' ');
}
