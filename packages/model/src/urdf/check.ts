import { InputError } from '@praxis/core';
import type { Joint, Link } from '../description/robot-model.ts';

function refuseDuplicates(kind: string, names: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) throw new InputError(`${kind} "${name}": there are two of this name`);
    seen.add(name);
  }
}

function checkMimics(joints: readonly Joint[]): void {
  const byName = new Map(joints.map((joint) => [joint.name, joint]));
  const checked = new Set<string>();
  for (const joint of joints) {
    const trail = new Set([joint.name]);
    let last = joint.name;
    for (let mimic = checked.has(last) ? undefined : joint.mimic; mimic; ) {
      const source = byName.get(mimic.joint);
      const where = `joint "${last}"`;
      if (!source) throw new InputError(`${where}: mimics joint "${mimic.joint}", which the file does not have`);
      if (source.type === 'fixed' || source.type === 'floating' || source.type === 'planar') {
        throw new InputError(`${where}: mimics "${source.name}", a ${source.type} joint: expected one with one axis`);
      }
      if (trail.has(source.name)) {
        throw new InputError(`${where}: mimics itself: ${[...trail, source.name].join(' -> ')}`);
      }
      last = source.name;
      trail.add(last);
      mimic = checked.has(last) ? undefined : source.mimic;
    }
    for (const name of trail) checked.add(name);
  }
}

/**
 * Checks that links and joints form one tree.
 * @returns the name of the root link
 * @throws {InputError} on duplicate names, missing links, two parents, cycles, several roots and broken mimics.
 */
export function checkTree(links: readonly Link[], joints: readonly Joint[]): string {
  if (links.length === 0) throw new InputError('the robot has no links');
  refuseDuplicates(
    'link',
    links.map((link) => link.name),
  );
  refuseDuplicates(
    'joint',
    joints.map((joint) => joint.name),
  );
  const names = new Set(links.map((link) => link.name));
  const parentJoint = new Map<string, Joint>();
  for (const joint of joints) {
    for (const [role, link] of [
      ['parent', joint.parent],
      ['child', joint.child],
    ]) {
      if (!names.has(link)) {
        throw new InputError(`joint "${joint.name}": ${role} link "${link}" is not a link of the file`);
      }
    }
    const other = parentJoint.get(joint.child);
    if (other) {
      throw new InputError(
        `link "${joint.child}": child of both joint "${other.name}" and joint "${joint.name}"; expected a tree`,
      );
    }
    parentJoint.set(joint.child, joint);
  }
  // Each link is visited once: above a link that was reached before there is no cycle.
  const checked = new Set<string>();
  for (const link of links) {
    const trail = new Set<string>();
    for (let at: string | undefined = link.name; at !== undefined; at = parentJoint.get(at)?.parent) {
      if (checked.has(at)) break;
      if (trail.has(at)) {
        const cycle = [...trail].slice([...trail].indexOf(at));
        throw new InputError(`links ${cycle.map((name) => `"${name}"`).join(', ')} form a cycle; expected a tree`);
      }
      trail.add(at);
    }
    for (const name of trail) checked.add(name);
  }
  const roots = links.filter((link) => !parentJoint.has(link.name)).map((link) => `"${link.name}"`);
  if (roots.length > 1) {
    throw new InputError(`links ${roots.join(' and ')} are both roots: expected one link without a parent`);
  }
  checkMimics(joints);
  return links.find((link) => !parentJoint.has(link.name))!.name;
}
