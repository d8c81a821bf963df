import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { InputError } from '@praxis/core';
import { schemaText } from '@praxis/wire/mcap';
import { afterAll, describe, expect, it } from 'vitest';
import { typeSchema } from './schemas.ts';

const folder = mkdtempSync(join(tmpdir(), 'praxis-ament-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Writes a `.msg` file of an installation. @param name as `prefix/package/Name` */
function install(name: string, text: string): void {
  const [prefix, pack, message] = name.split('/');
  const file = join(folder, prefix, 'share', pack, 'msg', `${message}.msg`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

install(
  'a/grip_msgs/Fingers',
  '# Two of them.\nFinger[2] fingers  # left, right\nuint8 LEFT=0\nstring<=8[<=3] names\n',
);
install('a/grip_msgs/Finger', 'float64 width\nbuiltin_interfaces/Time since\n');
install('b/builtin_interfaces/Time', 'int32 sec\nuint32 nanosec\n');
install('b/std_msgs/Header', 'builtin_interfaces/Time stamp\nstring frame_id\n');
install('b/sensor_msgs/Range', '# More than ours.\nstd_msgs/Header header\nfloat32 range\nfloat32 variance\n');
install('b/grip_msgs/Broken', 'gone_msgs/Thing thing\n');
const prefixes = ['', join(folder, 'a'), join(folder, 'b')];
const RULE = '='.repeat(80);

describe('the definition of a message type', () => {
  it('that only an installation knows has those of its parts behind it, and no time but that of receipt without a header', () => {
    expect(typeSchema('grip_msgs/msg/Fingers', prefixes)).toEqual({
      text: [
        '# Two of them.\nFinger[2] fingers  # left, right\nuint8 LEFT=0\nstring<=8[<=3] names\n',
        'MSG: grip_msgs/Finger\nfloat64 width\nbuiltin_interfaces/Time since\n',
        'MSG: builtin_interfaces/Time\nint32 sec\nuint32 nanosec\n',
      ].join(`\n${RULE}\n`),
      sourceTime: 'receipt',
    });
  });

  it('with a header is that of the installation, whose bytes are recorded, or ours where there is none', () => {
    const { text, sourceTime } = typeSchema('sensor_msgs/msg/Range', prefixes);
    expect(text).toMatch(/^# More than ours.*float32 variance\n\n=+\nMSG: std_msgs\/Header\n/s);
    expect(sourceTime).toBe('header');
    expect(typeSchema('geometry_msgs/msg/WrenchStamped', prefixes)).toEqual({
      text: schemaText('geometry_msgs/msg/WrenchStamped'),
      sourceTime: 'header',
    });
  });

  it('without a header is ours, by which the message is encoded again', () => {
    expect(typeSchema('std_msgs/msg/String', prefixes)).toEqual({ text: 'string data', sourceTime: 'middleware' });
  });

  it('that is nowhere is refused in one line, which names the part that is missing', () => {
    expect(() => typeSchema('none_msgs/msg/None', prefixes)).toThrow(
      new InputError(
        'message type none_msgs/msg/None: no definition; Praxis has none, and the sourced ROS 2 no file share/none_msgs/msg/None.msg',
      ),
    );
    expect(() => typeSchema('grip_msgs/msg/Broken', prefixes)).toThrow(
      'message type grip_msgs/msg/Broken (its gone_msgs/Thing): no definition',
    );
  });
});
