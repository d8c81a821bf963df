import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const folder = new URL('../launch/', import.meta.url);
const files = readdirSync(folder).filter((name) => /\.launch\.(py|xml)$/.test(name));
/** The launch files that start nodes of Praxis. */
const ownFiles = files.filter((name) => !name.startsWith('display.'));

const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8');

/**
 * The calls `Node(...)` of a Python launch file, with what `every` adds to them, and the elements `<node ...>` of an XML one with
 * their parameters.
 */
function nodesOf(text: string): readonly string[] {
  const [, every = ''] = /every = (\{[^}]*\})/.exec(text) ?? [];
  const calls = text.match(/(?<![A-Za-z])Node\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)/g) ?? [];
  const elements = text.match(/<node [^>]*>[\s\S]*?<\/node>/g) ?? [];
  return [...calls.map((call) => call.replace('**every', every)), ...elements];
}

/** The default of an argument in a Python or XML launch file, without quotes. */
function defaultOf(text: string, name: string): string | undefined {
  const found = new RegExp(`'${name}': \\('(.*?)', '|<arg name="${name}" default="(.*?)"`).exec(text);
  return found ? (found[1] ?? found[2]).replaceAll("'", '') : undefined;
}

/** Whether an XML launch file sets a parameter to its argument, or a Python one uses the argument beside its declaration. */
const passed = (text: string, name: string): boolean =>
  text.includes(`<param name="${name}" value="$(var ${name})"/>`) || text.split(`'${name}'`).length > 2;

/** A recorder has no real-time scheduling: it takes no processor time from the control loop. */
const isRecorder = (node: string): boolean => node.includes('record_node');

describe('the launch files', () => {
  it.each(files)('%s starts its nodes again after their end when the argument respawn says so', (name) => {
    const text = read(name);
    const nodes = nodesOf(text).filter((node) => !node.includes('rviz2'));
    expect(nodes.length).toBeGreaterThan(0);
    for (const node of nodes) expect(node).toMatch(/respawn/);
    expect(defaultOf(text, 'respawn')).toBe('false');
  });

  it.each(ownFiles)('%s has the level of the log, a prefix and the clock as arguments of its nodes', (name) => {
    const text = read(name);
    for (const node of nodesOf(text)) {
      expect(node).toMatch(/prefix(=|': )value\['prefix'\]|launch-prefix="\$\(var prefix\)"/);
      expect(node).toMatch(/'--log-level', value\['log_level'\]|--log-level \$\(var log_level\)/);
      // The simulator's clock is the system's, the driver of the microphone has no samples of the robot.
      if (/<node/.test(node) && !/sim_node|audio_capture/.test(node)) expect(passed(node, 'use_sim_time')).toBe(true);
    }
    expect(defaultOf(text, 'log_level')).toBe('info');
    expect(defaultOf(text, 'prefix')).toBe('');
    expect(defaultOf(text, 'use_sim_time')).toBe('false');
    expect(passed(text, 'use_sim_time')).toBe(true);
  });

  it.each(ownFiles.filter((name) => !name.startsWith('sim.')))('%s takes the names of controllers', (name) => {
    for (const argument of ['controller_name', 'gripper_name']) {
      expect(defaultOf(read(name), argument)).toBe('');
      expect(passed(read(name), argument)).toBe(true);
    }
  });

  it.each(ownFiles.filter((name) => !name.startsWith('voice_')))(
    '%s takes the type of the commands to a base',
    (name) => {
      const supervisor = nodesOf(read(name)).find((node) => node.includes('"supervisor_node"'));
      expect(defaultOf(read(name), 'use_stamped_vel')).toBe('true');
      expect(passed(supervisor ?? read(name), 'use_stamped_vel')).toBe(true);
    },
  );

  it.each(ownFiles)('%s gives every node of Praxis that can have it the kind of its scheduling', (name) => {
    const nodes = nodesOf(read(name)).filter((node) => /<node[^>]*pkg="praxis"/.test(node) && !isRecorder(node));
    for (const node of nodes) expect(passed(node, 'realtime')).toBe(true);
    expect(passed(read(name), 'realtime')).toBe(true);
  });

  it.each(ownFiles)('%s records where the argument record names a folder', (name) => {
    const text = read(name);
    expect([defaultOf(text, 'record'), defaultOf(text, 'keep')]).toEqual(['', '0']);
    if (name.endsWith('.py')) {
      expect(text).toMatch(/value\['record'\], "' != ''/);
      return;
    }
    const [recorder] = nodesOf(text).filter(isRecorder);
    expect(recorder).toContain(`if="$(eval '\\'$(var record)\\' != \\'\\'')"`);
    expect(recorder).toContain('<param name="output" value="$(var record)"/>');
    for (const each of ['keep', 'robot', 'config']) expect(passed(recorder, each)).toBe(true);
  });

  it.each(ownFiles.filter((name) => name.startsWith('robot.')))('%s takes the topic of the odometry', (name) => {
    expect(defaultOf(read(name), 'odom')).toBe('odom');
    expect(read(name)).toMatch(/'wrench', 'odom'\)|<remap from="odom" to="\$\(var odom\)"\/>/);
  });

  it.each(ownFiles.filter((name) => name.endsWith('.py')))('%s has the arguments of its XML form', (name) => {
    const xml = read(name.replace('.py', '.xml'));
    const names = [...xml.matchAll(/^ {2}<arg name="(\w+)"/gm)].map(([, each]) => each);
    expect(names.length).toBeGreaterThan(5);
    for (const each of names.filter((argument) => argument !== 'params_file'))
      expect(defaultOf(read(name), each), each).toBe(defaultOf(xml, each));
  });
});
