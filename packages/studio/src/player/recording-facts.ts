/** Facts that stand beside the name of a recording, where it has them. */
const SHOWN = ['task', 'seed', 'policy', 'robot', 'outcome', 'failure'];

/** What a recording says of its run, in one line. */
export const factsLine = (facts: Readonly<Record<string, string>>): string =>
  SHOWN.flatMap((name) => (facts[name] ? [`${name} ${facts[name]}`] : [])).join(' · ');

/** Everything that a recording says of its run, a line for each fact. */
export const factsText = (facts: Readonly<Record<string, string>>): string =>
  Object.entries(facts)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
