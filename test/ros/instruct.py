"""Sends goals to the actions ~/instruct of the policy node and ~/execute of the teleoperation node."""

import sys
import time

import rclpy
from action_msgs.msg import GoalStatus
from rclpy.action import ActionClient

NAMES = {GoalStatus.STATUS_SUCCEEDED: 'succeeded', GoalStatus.STATUS_CANCELED: 'canceled', GoalStatus.STATUS_ABORTED: 'aborted'}

# Time (s) for which a request waits for its response. Discovery of the two ends is not symmetric: the response to a request of a new
# client can be lost, and then the request is repeated.
RESPONSE_TIMEOUT_S = 5
# Longest time (s) of a goal.
GOAL_TIMEOUT_S = 90


def responded(node, request, what, seconds=GOAL_TIMEOUT_S):
    """The response to a request, which is repeated while none comes. Returns None after the given time."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        future = request()
        rclpy.spin_until_future_complete(node, future, timeout_sec=min(RESPONSE_TIMEOUT_S, left))
        if future.done():
            return future.result()
        if left > RESPONSE_TIMEOUT_S:
            print(f'{what}: no response within {RESPONSE_TIMEOUT_S} s, asked again', file=sys.stderr, flush=True)
    return None


def instruct(node, instruction, seconds=None):
    """Sends an instruction as a goal and waits for its end; after some seconds it cancels the goal.

    Returns the goal's status, the outcome and the number of feedbacks.
    """
    # The type exists only where the ament package was built.
    from praxis.action import Instruct
    client = ActionClient(node, Instruct, '/policy_node/instruct')
    try:
        if not client.wait_for_server(timeout_sec=10):
            raise TimeoutError('/policy_node/instruct: no server within 10 s')
        feedbacks = []
        # A goal that is sent again replaces the one whose response was lost.
        handle = responded(node, lambda: client.send_goal_async(Instruct.Goal(instruction=instruction), feedbacks.append), 'goal', 30)
        if handle is None:
            raise TimeoutError('/policy_node/instruct: no response to a goal within 30 s')
        if not handle.accepted:
            return {'status': 'rejected'}
        result = handle.get_result_async()
        rclpy.spin_until_future_complete(node, result, timeout_sec=seconds or GOAL_TIMEOUT_S)
        if not result.done():
            responded(node, handle.cancel_goal_async, 'cancel', 30)
            rclpy.spin_until_future_complete(node, result, timeout_sec=RESPONSE_TIMEOUT_S)
        answer = result.result() if result.done() else responded(node, handle.get_result_async, 'result', 30)
        if answer is None:
            raise TimeoutError('/policy_node/instruct: no result')
        return {
            'status': NAMES.get(answer.status, answer.status),
            'outcome': answer.result.outcome,
            'feedbacks': len(feedbacks),
        }
    finally:
        client.destroy()


def execute(node, request, confirmed=False, seconds=None):
    """Sends a request to the action ~/execute of the teleoperation node and waits for its end; after some seconds it cancels the goal.

    Returns the goal's status, the result and the feedbacks.
    """
    from praxis.action import Execute
    client = ActionClient(node, Execute, '/teleop_node/execute')
    try:
        if not client.wait_for_server(timeout_sec=10):
            raise TimeoutError('/teleop_node/execute: no server within 10 s')
        feedbacks = []
        # A second goal would be rejected, so that this one is sent once.
        sent = client.send_goal_async(
            Execute.Goal(request=request, confirmed=confirmed),
            lambda message: feedbacks.append([message.feedback.step, message.feedback.state, message.feedback.text]))
        rclpy.spin_until_future_complete(node, sent, timeout_sec=30)
        if not sent.done():
            raise TimeoutError('/teleop_node/execute: no response to a goal within 30 s')
        handle = sent.result()
        if not handle.accepted:
            return {'status': 'rejected'}
        result = handle.get_result_async()
        rclpy.spin_until_future_complete(node, result, timeout_sec=seconds or GOAL_TIMEOUT_S)
        if not result.done():
            responded(node, handle.cancel_goal_async, 'cancel', 30)
            rclpy.spin_until_future_complete(node, result, timeout_sec=RESPONSE_TIMEOUT_S)
        answer = result.result() if result.done() else responded(node, handle.get_result_async, 'result', 30)
        if answer is None:
            raise TimeoutError('/teleop_node/execute: no result')
        return {
            'status': NAMES.get(answer.status, answer.status),
            'success': answer.result.success,
            'end': answer.result.end,
            'summary': answer.result.summary,
            'feedbacks': feedbacks,
        }
    finally:
        client.destroy()
