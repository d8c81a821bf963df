import { describe, expect, it } from 'vitest';
import { rosMissing } from './load.ts';

describe('rosMissing', () => {
  it('says what to do where ROS 2 is not sourced, before anything of it is imported', () => {
    expect(rosMissing({})).toMatch(/^ROS 2 is not sourced in this shell: run "source .*setup\.bash" first$/);
    expect(rosMissing({ AMENT_PREFIX_PATH: '/opt/ros/humble' })).toBeUndefined();
  });
});
