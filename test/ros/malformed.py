"""Publishes malformed or unusual messages and collects the reports on /diagnostics."""

import math
import random
import re
import time

import rclpy
from builtin_interfaces.msg import Time
from diagnostic_msgs.msg import DiagnosticArray
from geometry_msgs.msg import WrenchStamped
from rclpy.qos import QoSProfile, ReliabilityPolicy
from rclpy.serialization import serialize_message
from sensor_msgs.msg import Image, JointState
from std_msgs.msg import Float64MultiArray, String
from trajectory_msgs.msg import JointTrajectory, JointTrajectoryPoint

ARM = [f'joint{i}' for i in range(1, 8)]
FINGERS = ['finger_joint1', 'finger_joint2']
CAMERA = 'camera_front/image_raw'
ERROR = 2
# The first report of a part still counts messages from before the case.
REPORTS_OF_A_CASE = 2


def malformed(node, case, seconds, part=None, pattern=None):
    """Publishes the messages of a case for some seconds, or until a part reports an error that the pattern matches.

    Returns the newest report of each part: its level and its message.
    """
    clock = node.get_clock()
    reports = {}
    counts = {}

    def store(message):
        for status in message.status:
            reports[status.name] = [status.level[0], status.message]
            counts[status.name] = counts.get(status.name, 0) + 1

    def reported():
        if counts.get(part, 0) < REPORTS_OF_A_CASE:
            return False
        level, message = reports[part]
        return level == ERROR and re.search(pattern, message) is not None

    def stamp(ahead=0.0):
        nanoseconds = clock.now().nanoseconds + int(ahead * 1e9)
        return Time(sec=nanoseconds // 10**9, nanosec=nanoseconds % 10**9)

    def joints(names=(*ARM, *FINGERS), ahead=0.0):
        message = JointState(name=list(names), position=[0.1] * len(names), velocity=[0.0] * len(names))
        message.header.stamp = stamp(ahead)
        return message

    def joints_in_parts():
        """The arm and its gripper publish their own joints, with NaN for what they do not measure, as joint_state_broadcaster does."""
        parts = []
        for names, velocity in ((ARM, []), (FINGERS, [math.nan] * len(FINGERS))):
            message = JointState(name=names, position=[0.01] * len(names), velocity=velocity, effort=[math.nan] * len(names))
            message.header.stamp = stamp()
            parts.append(message)
        return parts

    def image(encoding='rgb8', step=96 * 3, rows=96):
        message = Image(height=96, width=96, encoding=encoding, step=step, data=bytes(step * rows))
        message.header.stamp = stamp()
        message.header.frame_id = 'camera_front_optical_frame'
        return message

    def wrench(frame='ft_sensor_link', force=0.0, ahead=0.0):
        message = WrenchStamped()
        message.header.stamp = stamp(ahead)
        message.header.frame_id = frame
        message.wrench.force.x = force
        return message

    def command(names):
        message = JointTrajectory(joint_names=names, points=[JointTrajectoryPoint(positions=[0.0] * len(names))])
        message.header.stamp = stamp()
        return message

    def cut(message):
        whole = serialize_message(message)
        return whole[:random.randrange(len(whole))]

    def noise():
        # The middleware discards messages without a CDR header before they reach a node.
        return bytes([0, 1, 0, 0]) + bytes(random.randrange(256) for _ in range(random.randrange(200)))

    cases = {
        'joints cut off': (JointState, 'joint_states', lambda: cut(joints())),
        'joints of noise': (JointState, 'joint_states', noise),
        'joints of another type': (String, 'joint_states', lambda: String(data='joint1 is fine')),
        'joints missing': (JointState, 'joint_states', lambda: joints(ARM[:5])),
        'joints renamed': (JointState, 'joint_states', lambda: joints([f'left_{name}' for name in (*ARM, *FINGERS)])),
        'joints in parts': (JointState, 'joint_states', joints_in_parts),
        'joints of the future': (JointState, 'joint_states', lambda: joints(ahead=2.0)),
        'image cut off': (Image, CAMERA, lambda: cut(image())),
        'image of a wrong step': (Image, CAMERA, lambda: image(step=96)),
        'image of too few rows': (Image, CAMERA, lambda: image(rows=90)),
        'image of a wrong encoding': (Image, CAMERA, lambda: image(encoding='16UC1', step=96 * 2)),
        'wrench of another frame': (WrenchStamped, 'wrench', lambda: wrench(frame='world')),
        'wrench not finite': (WrenchStamped, 'wrench', lambda: wrench(force=float('nan'))),
        'command of other joints': (JointTrajectory, 'command', lambda: command(['shoulder', 'elbow'])),
        'command cut off': (JointTrajectory, 'command', lambda: cut(command(ARM))),
        'commands of a second node': (JointTrajectory, 'command', lambda: command([*ARM, 'gripper'])),
        'targets of another node': (Float64MultiArray, 'forward_position_controller/commands', Float64MultiArray),
        'instruction of best effort': (String, 'instruction', lambda: String(data='pick up the red cube')),
    }
    kind, topic, make = cases[case]
    reliability = ReliabilityPolicy.BEST_EFFORT if case.endswith('best effort') else ReliabilityPolicy.RELIABLE
    publisher = node.create_publisher(kind, topic, QoSProfile(depth=10, reliability=reliability))

    def publish():
        made = make()
        for message in made if isinstance(made, list) else [made]:
            publisher.publish(message)

    timer = node.create_timer(0.01, publish)
    diagnostics = node.create_subscription(DiagnosticArray, '/diagnostics', store, 50)
    end = time.monotonic() + seconds
    while time.monotonic() < end and not reported():
        rclpy.spin_once(node, timeout_sec=0.1)
    node.destroy_timer(timer)
    node.destroy_subscription(diagnostics)
    node.destroy_publisher(publisher)
    return reports
