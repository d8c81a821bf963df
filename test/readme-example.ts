/** The example of a package's README: its only block of TypeScript, which is JavaScript as well. */
export function readmeExample(readme: string): string {
  const blocks = [...readme.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code]) => code);
  if (blocks.length !== 1) throw new Error(`expected one example, found ${blocks.length}`);
  return blocks[0];
}
