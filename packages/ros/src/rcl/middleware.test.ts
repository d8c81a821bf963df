import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { chooseTransport, LOCALHOST_PROFILE, UDP_PROFILE } from './middleware.ts';

const both = (file: string) => ({ FASTRTPS_DEFAULT_PROFILES_FILE: file, FASTDDS_DEFAULT_PROFILES_FILE: file });
const localhost = { ...both(LOCALHOST_PROFILE), ROS_AUTOMATIC_DISCOVERY_RANGE: 'SYSTEM_DEFAULT' };

describe('chooseTransport', () => {
  it.each([
    ['the default middleware', {}, both(UDP_PROFILE)],
    [
      'Fast DDS',
      { RMW_IMPLEMENTATION: 'rmw_fastrtps_cpp', ROS_AUTOMATIC_DISCOVERY_RANGE: 'SUBNET' },
      both(UDP_PROFILE),
    ],
    ['the range of one machine', { ROS_AUTOMATIC_DISCOVERY_RANGE: 'LOCALHOST' }, localhost],
    ['the range of one machine in Humble', { ROS_LOCALHOST_ONLY: '1' }, localhost],
  ])('keeps Fast DDS from shared memory: %s', (_, environment, changes) => {
    const transport = chooseTransport(environment);
    expect(transport).toMatchObject({
      nonBlocking: true,
      description: expect.stringContaining('without shared memory'),
    });
    expect(transport.environment).toEqual(
      changes === localhost ? { ...localhost, ROS_LOCALHOST_ONLY: undefined } : changes,
    );
  });

  it.each([
    ['another middleware', { RMW_IMPLEMENTATION: 'rmw_cyclonedds_cpp' }, true],
    ['a profile', { FASTRTPS_DEFAULT_PROFILES_FILE: '/my.xml' }, false],
    ['a transport', { FASTDDS_BUILTIN_TRANSPORTS: 'LARGE_DATA' }, false],
    ['UDP', { FASTDDS_BUILTIN_TRANSPORTS: 'UDPv4' }, true],
    ['UDP, to which ROS 2 adds shared memory', { FASTDDS_BUILTIN_TRANSPORTS: 'UDPv4', ROS_LOCALHOST_ONLY: '1' }, false],
    ['our profile, to which ROS 2 adds shared memory', { ...both(UDP_PROFILE), ROS_LOCALHOST_ONLY: '1' }, false],
    ['our profile', { ...both(UDP_PROFILE) }, true],
    ['peers beside one machine', { ROS_AUTOMATIC_DISCOVERY_RANGE: 'LOCALHOST', ROS_STATIC_PEERS: '10.0.0.2' }, false],
  ])("leaves the user's choice alone and says whether it can block: %s", (_, environment, nonBlocking) => {
    expect(chooseTransport(environment)).toMatchObject({ nonBlocking, environment: {} });
  });

  it.each([UDP_PROFILE, LOCALHOST_PROFILE])(
    'has a profile with UDP alone that drops instead of waiting: %s',
    (file) => {
      const text = readFileSync(file, 'utf8');
      expect(text.match(/<type>.*<\/type>/g)).toEqual(['<type>UDPv4</type>']);
      expect(text).toContain('<useBuiltinTransports>false</useBuiltinTransports>');
      expect(text).toContain('<non_blocking_send>true</non_blocking_send>');
    },
  );
});
