import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const read = (file: string): string => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');

describe('the ament package', () => {
  it('builds the client library without a question: its install script calls npx', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    expect(scripts.ros).toMatch(/^npm rebuild rclnodejs --yes /);
    expect(read('CMakeLists.txt')).toMatch(/COMMAND \S+ run ros/);
  });

  it('names what rosdep has to install: Node.js, npm, and the packages that the launch files start', () => {
    const files = readdirSync(new URL('../launch', import.meta.url)).filter((name) => /\.launch\.(py|xml)$/.test(name));
    const started = files.flatMap((name) =>
      [...read(`launch/${name}`).matchAll(/(?:package='|pkg=")(\w+)/g)].map(([, each]) => each),
    );
    const needed = ['nodejs', 'npm', ...started.filter((each) => each !== 'praxis')];
    expect(needed).toEqual(expect.arrayContaining(['audio_capture', 'rviz2', 'robot_state_publisher']));
    const named = [...read('package.xml').matchAll(/depend>(\w+)</g)].map(([, each]) => each);
    expect(needed.filter((each) => !named.includes(each))).toEqual([]);
  });
});
