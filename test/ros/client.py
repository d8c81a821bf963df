"""A ROS 2 client for the tests, independent of the client library that Praxis uses: rclpy.

One process serves a whole test file, so that a call takes milliseconds; the command line of ROS 2 takes a second of a core.
It reads requests as JSON, one a line, from standard input, and answers each with one line on standard output:

    {"id": 1, "do": "call", "service": "/sim_node/next", "type": "std_srvs/srv/Trigger", "request": {}}
    {"id": 1, "result": {"success": true, "message": "..."}}
"""

import importlib
import json
import math
import re
import sys
import time

import rclpy
from rclpy.duration import Duration
from rclpy.qos import DurabilityPolicy, QoSProfile, ReliabilityPolicy

from instruct import execute, instruct
from malformed import malformed
from sim_time import sim_time
from speak import speak

# A response that takes longer (s) is lost: Fast DDS loses it when the server has not discovered the client's reader yet, and
# a killed server counts as available until its lease of 20 s ends.
RESPONSE_TIMEOUT_S = 4.0
# Time (s) for which a call waits for its service and repeats the request.
CALL_TIMEOUT_S = 30.0
# Time (s) for which a publisher waits for its first subscriber.
DISCOVERY_TIMEOUT_S = 15.0


def type_named(name):
    """The class of an interface such as std_msgs/msg/String."""
    package, kind, name = name.split('/')
    return getattr(importlib.import_module(f'{package}.{kind}'), name)


def filled(message, fields):
    """Sets fields of a message from JSON values."""
    for name, value in fields.items():
        element = re.fullmatch(r'sequence<(\w+)/(\w+)>', message.get_fields_and_field_types()[name])
        if element:
            value = [filled(type_named(f'{element[1]}/msg/{element[2]}')(), each) for each in value]
        elif isinstance(value, dict):
            value = filled(getattr(message, name), value)
        setattr(message, name, value)
    return message


def plain(value):
    """A message as JSON values. Numbers that JSON lacks become null."""
    if hasattr(value, 'get_fields_and_field_types'):
        return {name: plain(getattr(value, name)) for name in value.get_fields_and_field_types()}
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, (str, bool, int)):
        return value
    return [plain(each) for each in value]


class Client:
    """Serves the requests with one node."""

    def __init__(self):
        self.node = rclpy.create_node('test_client')
        self.services = {}

    def call(self, service, type, request=None):
        """Calls a service. It repeats a request without a response, and says so."""
        end = time.monotonic() + CALL_TIMEOUT_S
        while time.monotonic() < end:
            client = self.services.get(service) or self.node.create_client(type_named(type), service)
            self.services[service] = client
            if client.wait_for_service(timeout_sec=RESPONSE_TIMEOUT_S):
                response = client.call_async(filled(client.srv_type.Request(), request or {}))
                rclpy.spin_until_future_complete(self.node, response, timeout_sec=RESPONSE_TIMEOUT_S)
                if response.done():
                    return plain(response.result())
                print(f'{service}: no response within {RESPONSE_TIMEOUT_S:.0f} s, called again', file=sys.stderr, flush=True)
            self.node.destroy_client(self.services.pop(service))
        raise TimeoutError(f'{service}: no response within {CALL_TIMEOUT_S:.0f} s')

    def publish(self, topic, type, message, times=1):
        """Publishes a message after the discovery of a subscriber."""
        publisher = self.node.create_publisher(type_named(type), topic, 10)
        try:
            end = time.monotonic() + DISCOVERY_TIMEOUT_S
            while publisher.get_subscription_count() == 0:
                if time.monotonic() > end:
                    raise TimeoutError(f'{topic}: no subscriber within {DISCOVERY_TIMEOUT_S:.0f} s')
                time.sleep(0.01)
            for _ in range(times):
                publisher.publish(filled(type_named(type)(), message))
            # Destroying the publisher discards what no subscriber has acknowledged.
            publisher.wait_for_all_acked(Duration(seconds=2))
        finally:
            self.node.destroy_publisher(publisher)

    def receive(self, topic, type, seconds, latched=False):
        """The first message on a topic; null when none arrives in time."""
        qos = QoSProfile(
            depth=1,
            reliability=ReliabilityPolicy.RELIABLE if latched else ReliabilityPolicy.BEST_EFFORT,
            durability=DurabilityPolicy.TRANSIENT_LOCAL if latched else DurabilityPolicy.VOLATILE)
        received = []
        subscription = self.node.create_subscription(type_named(type), topic, received.append, qos)
        end = time.monotonic() + seconds
        while not received and time.monotonic() < end:
            rclpy.spin_once(self.node, timeout_sec=0.1)
        self.node.destroy_subscription(subscription)
        return plain(received[0]) if received else None

    def record(self, topic, type, seconds, every=1):
        """Every n-th message on a topic for this time (s), which begins with the first one."""
        received = []
        qos = QoSProfile(depth=100, reliability=ReliabilityPolicy.BEST_EFFORT)
        subscription = self.node.create_subscription(type_named(type), topic, received.append, qos)
        end = time.monotonic() + DISCOVERY_TIMEOUT_S
        while time.monotonic() < end:
            rclpy.spin_once(self.node, timeout_sec=0.1)
            if len(received) == 1:
                end = time.monotonic() + seconds
        self.node.destroy_subscription(subscription)
        return [plain(each) for each in received[::every]]

    def topic_types(self, topic):
        """The types of a topic; publishers and subscribers may name different ones."""
        return dict(self.node.get_topic_names_and_types()).get(topic, [])

    def malformed(self, **options):
        return malformed(self.node, **options)

    def sim_time(self, **options):
        return sim_time(self.node, **options)

    def speak(self, file):
        return speak(self.node, file)

    def instruct(self, **options):
        return instruct(self.node, **options)

    def execute(self, **options):
        return execute(self.node, **options)


def main():
    rclpy.init()
    client = Client()
    for line in sys.stdin:
        request = json.loads(line)
        identity = request.pop('id')
        try:
            answer = {'id': identity, 'result': getattr(client, request.pop('do'))(**request)}
        except Exception as error:
            answer = {'id': identity, 'error': f'{type(error).__name__}: {error}'}
        print(json.dumps(answer), flush=True)
    rclpy.shutdown()


if __name__ == '__main__':
    main()
