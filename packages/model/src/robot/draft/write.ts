import { Document, isMap, isScalar, type Pair, visit, type YAMLMap } from 'yaml';
import type { RobotDraft } from './draft.ts';

/**
 * The text of a drafted `robot.yaml`: every guess stands as a comment above its value.
 * @param packages folder of each package that the description names and that was given, relative to the file
 */
export function draftText(
  { definition, guesses }: RobotDraft,
  packages: Readonly<Record<string, string>> = {},
): string {
  const { name, description, srdf, frames, arms, cameras, limits, servos } = definition;
  const hasPackages = Object.keys(packages).length > 0;
  const document = new Document({
    ...{ name, description, ...(hasPackages && { packages }), ...(srdf !== undefined && { srdf }) },
    ...(Object.keys(frames).length > 0 && { frames }),
    arms,
    ...(Object.keys(cameras).length > 0 && { cameras }),
    ...(Object.keys(limits).length > 0 && { limits }),
    servos,
  });
  document.commentBefore = ' Drafted by npx praxis robot init; npx praxis robot check says what does not fit.';
  for (const { key, reason } of guesses) {
    const pair = pairAt(document.contents, key.split(', ')[0].split('.'));
    if (pair && isScalar(pair.key)) pair.key.commentBefore = ` ${reason}`;
  }
  for (const path of [['frames'], ['arms'], ['cameras'], ['limits']]) flowNumbers(document.getIn(path));
  return document.toString({ lineWidth: 130, flowCollectionPadding: false });
}

/** Settings as `robot.yaml` holds them under a key: YAML, with lists of values in one line. */
export function settingsText(key: string, settings: unknown): string {
  const document = new Document({ [key]: settings });
  visit(document, {
    Seq: (_, node) => {
      if (node.items.every((item) => isScalar(item))) node.flow = true;
    },
  });
  return document.toString({ lineWidth: 130, flowCollectionPadding: false });
}

function pairAt(node: unknown, path: readonly string[]): Pair | undefined {
  if (!isMap(node)) return undefined;
  const [key, ...rest] = path;
  const pair = (node as YAMLMap).items.find((each) => isScalar(each.key) && each.key.value === key);
  return pair && rest.length > 0 ? pairAt(pair.value, rest) : pair;
}

/** Writes lists in one line. */
function flowNumbers(node: unknown): void {
  if (!isMap(node)) return;
  for (const { value } of (node as YAMLMap).items) {
    if (isMap(value)) flowNumbers(value);
    else if (typeof value === 'object' && value !== null) (value as { flow?: boolean }).flow = true;
  }
}
