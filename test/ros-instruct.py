"""Sends a goal to the action ~/instruct of the policy node and prints its status, outcome and number of feedbacks as JSON.

    python3 ros-instruct.py INSTRUCTION [SECONDS]

The goal is canceled after SECONDS.
"""

import json
import sys

import rclpy
from action_msgs.msg import GoalStatus
from praxis.action import Instruct
from rclpy.action import ActionClient

NAMES = {GoalStatus.STATUS_SUCCEEDED: 'succeeded', GoalStatus.STATUS_CANCELED: 'canceled', GoalStatus.STATUS_ABORTED: 'aborted'}


def main(instruction, seconds=None):
    rclpy.init()
    node = rclpy.create_node('instructs')
    client = ActionClient(node, Instruct, '/policy_node/instruct')
    client.wait_for_server(timeout_sec=10)
    feedbacks = []
    sent = client.send_goal_async(Instruct.Goal(instruction=instruction), feedbacks.append)
    rclpy.spin_until_future_complete(node, sent)
    handle = sent.result()
    if not handle.accepted:
        print(json.dumps({'status': 'rejected'}))
        return
    result = handle.get_result_async()
    rclpy.spin_until_future_complete(node, result, timeout_sec=seconds)
    if not result.done():
        rclpy.spin_until_future_complete(node, handle.cancel_goal_async())
        rclpy.spin_until_future_complete(node, result)
    answer = result.result()
    print(json.dumps({
        'status': NAMES.get(answer.status, answer.status), 'outcome': answer.result.outcome, 'feedbacks': len(feedbacks)}))


if __name__ == '__main__':
    main(sys.argv[1], float(sys.argv[2]) if len(sys.argv) > 2 else None)
