"""Reads recordings with independent readers: mcap with mcap-ros2-support, and rosbags.

    python scripts/mcap/read-recordings.py [--expect EXPECTED.json] FILE.mcap...

Prints one JSON object: for each file and reader the messages by topic, with the sum of the numbers in them. With --expect every
file and reader must find what EXPECTED.json says of its topics; the status is 1 otherwise. Packages: mcap, mcap-ros2-support, rosbags.
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
    if kind.endswith("/Vector"):
        return message.data
    if kind.endswith("/ActionChunk"):
        return [number for block in message.blocks for number in block.data]
    if kind.endswith("/Gates"):
        return message.weights
    if kind == "std_msgs/msg/String":
        return [len(message.data)]
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


def unexpected(found, expected):
    """Why topics are not the expected ones; None if they are."""
    if found.keys() != expected.keys():
        return f"topics {sorted(found)}, expected {sorted(expected)}"
    for topic, entry in found.items():
        want = expected[topic]
        same = all(entry[key] == want[key] for key in ("type", "messages"))
        if not same or not math.isclose(entry["sum"], want["sum"], rel_tol=1e-12, abs_tol=1e-9):
            return f"{topic}: {entry}, expected {want}"
    return None


def main(arguments):
    expected = None
    if arguments[:1] == ["--expect"]:
        expected = json.loads(Path(arguments[1]).read_text(encoding="utf-8"))
        arguments = arguments[2:]
    found = {path: {"mcap": with_mcap(path), "rosbags": with_rosbags(path)} for path in arguments}
    if expected is None:
        print(json.dumps(found))
        return 0
    status = 0
    for path, readers in found.items():
        for reader, topics in readers.items():
            reason = unexpected(topics, expected)
            print(f"{path}: {reader}: {reason or 'as expected'}")
            status = status or (1 if reason else 0)
    return status


sys.exit(main(sys.argv[1:]))
