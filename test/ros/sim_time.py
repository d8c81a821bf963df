"""Plays a recording in a loop, with its own time on /clock, and collects the reports on /diagnostics."""

import time

import rclpy
from builtin_interfaces.msg import Time
from diagnostic_msgs.msg import DiagnosticArray
from rosgraph_msgs.msg import Clock
from sensor_msgs.msg import JointState

JOINTS = [*(f'joint{i}' for i in range(1, 8)), 'finger_joint1', 'finger_joint2']
# Begin of the recording (s), long before the time of the system.
BEGIN_S = 100.0


def sim_time(node, rounds, seconds):
    """Plays the recording several times, each for some seconds. Returns the newest report of each part after each round."""
    reports = {}

    def store(message):
        for status in message.status:
            reports[status.name] = [status.level[0], status.message]

    clocks = node.create_publisher(Clock, '/clock', 10)
    states = node.create_publisher(JointState, 'joint_states', 10)
    diagnostics = node.create_subscription(DiagnosticArray, '/diagnostics', store, 50)
    begin = time.monotonic()

    def publish():
        played = BEGIN_S + time.monotonic() - begin
        stamp = Time(sec=int(played), nanosec=int(played % 1 * 1e9))
        message = JointState(name=JOINTS, position=[0.1] * len(JOINTS), velocity=[0.0] * len(JOINTS))
        message.header.stamp = stamp
        # The sample arrives before the message of its time, as in a simulator.
        states.publish(message)
        clocks.publish(Clock(clock=stamp))

    timer = node.create_timer(0.01, publish)
    after = []
    for _ in range(rounds):
        begin = time.monotonic()
        while time.monotonic() < begin + seconds:
            rclpy.spin_once(node, timeout_sec=0.1)
        after.append(dict(reports))
    for destroy, entity in (
            (node.destroy_timer, timer), (node.destroy_subscription, diagnostics),
            (node.destroy_publisher, states), (node.destroy_publisher, clocks)):
        destroy(entity)
    return after
