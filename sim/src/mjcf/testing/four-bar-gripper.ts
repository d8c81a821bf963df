/** One finger, its crank and its rocker, of {@link FOUR_BAR_GRIPPER}; `side` is that of y. */
const finger = (name: string, side: 1 | -1): string => `
  <body name="${name}_crank" pos="0 ${0.03 * side} 0.04">
    <joint name="${name}_crank_joint" axis="${side} 0 0" range="0 1.2" damping="0.1" armature="0.005"/>
    <geom type="capsule" size="0.0025" fromto="0 0 0 0 ${0.02 * side} 0.03" mass="0.01"/>
    <body name="${name}_finger" pos="0 ${0.02 * side} 0.03">
      <joint name="${name}_finger_joint" axis="${side} 0 0" range="-1.5 1.5" damping="0.001" armature="0.0005"/>
      <geom type="box" size="0.006 0.008 0.003" pos="0 ${-0.005 * side} 0.012" mass="0.005"/>
      <geom type="box" size="0.008 0.004 0.02" pos="0 ${-0.019 * side} 0.035" mass="0.02"/>
    </body>
  </body>
  <body name="${name}_rocker" pos="0 ${0.019 * side} 0.035">
    <joint name="${name}_rocker_joint" axis="${side} 0 0" range="-0.5 1.5" stiffness="0.02" springref="-0.5" damping="0.001" armature="0.0005"/>
    <geom type="capsule" size="0.0025" fromto="0 0 0 0 ${0.019 * side} 0.031" mass="0.01"/>
  </body>`;

/**
 * An arm of two joints with a gripper of two four-bar linkages, in MJCF: one motor turns both cranks by a tendon, the fingers ride on the
 * cranks, and rockers that `connect` closes to them keep them nearly upright. No parallelogram: the joints do not follow linearly.
 */
export const FOUR_BAR_GRIPPER = `<mujoco model="four_bar">
  <compiler angle="radian" autolimits="true"/>
  <worldbody>
    <body name="base">
      <geom type="cylinder" size="0.05 0.05" pos="0 0 0.05" mass="2"/>
      <body name="upper" pos="0 0 0.1">
        <joint name="pan" axis="0 0 1" range="-2 2" damping="0.5"/>
        <geom type="capsule" size="0.03" fromto="0 0 0.04 0 0 0.2" mass="1"/>
        <body name="hand" pos="0 0 0.25">
          <joint name="tilt" axis="0 1 0" range="-1.5 1.5" damping="0.5"/>
          <geom type="box" size="0.02 0.04 0.02" pos="0 0 0.015" mass="0.4"/>
          <site name="tool" pos="0 0 0.11"/>
          ${finger('left', 1)}${finger('right', -1)}
        </body>
      </body>
    </body>
  </worldbody>
  <tendon><fixed name="both"><joint joint="left_crank_joint" coef="0.5"/><joint joint="right_crank_joint" coef="0.5"/></fixed></tendon>
  <equality>
    <connect body1="left_finger" body2="left_rocker" anchor="0 -0.012 -0.004" solref="0.005 1" solimp="0.95 0.99 0.001"/>
    <connect body1="right_finger" body2="right_rocker" anchor="0 0.012 -0.004" solref="0.005 1" solimp="0.95 0.99 0.001"/>
    <joint joint1="right_crank_joint" joint2="left_crank_joint" solref="0.005 1"/>
  </equality>
  <actuator>
    <motor joint="pan" forcerange="-20 20"/><motor joint="tilt" forcerange="-20 20"/>
    <general tendon="both" forcerange="-5 5"/>
  </actuator>
</mujoco>`;
