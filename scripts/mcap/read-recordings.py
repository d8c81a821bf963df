"""Reads recordings with independent readers: mcap with mcap-ros2-support, and rosbags.

    python scripts/mcap/read-recordings.py FILE.mcap...

Prints one JSON object: for each file and reader the messages by topic, and for vectors of a wrench or of joints the sum of their
numbers, so that a caller compares what was decoded. Packages: mcap, mcap-ros2-support, rosbags.
"""

import json
import math
import sys
from pathlib import Path

from mcap.reader import make_reader
from mcap_ros2.decoder import DecoderFactory
from rosbags.highlevel import AnyReader


def numbers(kind, message):
    """The numbers of a message whose sum is compared; none for other types."""
    if kind.endswith("/WrenchStamped"):
        force, torque = message.wrench.force, message.wrench.torque
        return [force.x, force.y, force.z, torque.x, torque.y, torque.z]
    if kind.endswith("/JointState"):
        return [*message.position, *message.velocity]
    if kind.endswith("/Image"):
        return [len(message.data), message.width, message.height]
    if kind.endswith("/Period"):
        return [message.time, *message.stamps]
    if kind.endswith("/Command"):
        return [*message.position, message.gripper_width, *message.twist]
    return []


class Topics:
    """Counts and sums by topic."""

    def __init__(self):
        self.topics = {}

    def add(self, topic, kind, message):
        entry = self.topics.setdefault(topic, {"type": kind, "messages": 0, "sum": 0.0})
        entry["messages"] += 1
        entry["sum"] += math.fsum(numbers(kind, message))


def with_mcap(path):
    """Decodes by the schemas of the file."""
    topics = Topics()
    with open(path, "rb") as stream:
        reader = make_reader(stream, validate_crcs=True, decoder_factories=[DecoderFactory()])
        if reader.get_header().profile != "ros2":
            raise SystemExit(f"{path}: profile {reader.get_header().profile}, expected ros2")
        for schema, channel, _, message in reader.iter_decoded_messages():
            topics.add(channel.topic, schema.name, message)
    return topics.topics


def with_rosbags(path):
    """Opens the file as a ROS 2 bag."""
    topics = Topics()
    with AnyReader([Path(path)]) as reader:
        for connection, _, data in reader.messages():
            topics.add(connection.topic, connection.msgtype, reader.deserialize(data, connection.msgtype))
    return topics.topics


print(json.dumps({path: {"mcap": with_mcap(path), "rosbags": with_rosbags(path)} for path in sys.argv[1:]}))
