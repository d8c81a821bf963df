import { describe, expect, it } from 'vitest';
import { rosMissing } from './load.ts';

describe('rosMissing', () => {
  it('names the remedy when ROS 2 is not sourced, before it imports anything', () => {
    expect(rosMissing({})).toMatch(/^ROS 2 is not sourced in this shell: run "source .*setup\.bash" first$/);
    expect(rosMissing({ AMENT_PREFIX_PATH: '/opt/ros/humble' })).toBeUndefined();
  });
});
