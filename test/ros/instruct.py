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
# Time (s) after which a request without a response is given up.
REQUEST_TIMEOUT_S = 30
# Longest time (s) of a goal.
GOAL_TIMEOUT_S = 90


def responded(node, request, what):
    """The response to a request, which is repeated while none comes. Returns None when none has come in time."""
    end = time.monotonic() + REQUEST_TIMEOUT_S
    while (left := end - time.monotonic()) > 0:
        future = request()
        rclpy.spin_until_future_complete(node, future, timeout_sec=min(RESPONSE_TIMEOUT_S, left))
        if future.done():
            return future.result()
        if left > RESPONSE_TIMEOUT_S:
            print(f'{what}: no response within {RESPONSE_TIMEOUT_S} s, asked again', file=sys.stderr, flush=True)
    return None


def ended(node, action, type, send, seconds):
    """The status of a goal at its end, in words, and its result, which a rejected goal has not.

    send is called with the client of the action and returns the handle of its goal, or None without a response. After some seconds the goal
    is canceled.
    """
    client = ActionClient(node, type, action)
    try:
        if not client.wait_for_server(timeout_sec=10):
            raise TimeoutError(f'{action}: no server within 10 s')
        handle = send(client)
        if handle is None:
            raise TimeoutError(f'{action}: no response to a goal within {REQUEST_TIMEOUT_S} s')
        if not handle.accepted:
            return 'rejected', None
        result = handle.get_result_async()
        rclpy.spin_until_future_complete(node, result, timeout_sec=seconds or GOAL_TIMEOUT_S)
        if not result.done():
            responded(node, handle.cancel_goal_async, 'cancel')
            rclpy.spin_until_future_complete(node, result, timeout_sec=RESPONSE_TIMEOUT_S)
        answer = result.result() if result.done() else responded(node, handle.get_result_async, 'result')
        if answer is None:
            raise TimeoutError(f'{action}: no result')
        return NAMES.get(answer.status, answer.status), answer.result
    finally:
        client.destroy()


def instruct(node, instruction, seconds=None):
    """Sends an instruction as a goal and waits for its end; after some seconds it cancels the goal.

    Returns the goal's status, the outcome and the number of feedbacks.
    """
    # The type exists only where the ament package was built.
    from praxis.action import Instruct
    feedbacks = []

    def send(client):
        # A goal that is sent again replaces the one whose response was lost.
        return responded(node, lambda: client.send_goal_async(Instruct.Goal(instruction=instruction), feedbacks.append), 'goal')

    status, result = ended(node, '/policy_node/instruct', Instruct, send, seconds)
    if result is None:
        return {'status': status}
    return {'status': status, 'outcome': result.outcome, 'feedbacks': len(feedbacks)}


def execute(node, request, confirmed=False, seconds=None):
    """Sends a request to the action ~/execute of the teleoperation node and waits for its end; after some seconds it cancels the goal.

    Returns the goal's status, the result and the feedbacks.
    """
    from praxis.action import Execute
    feedbacks = []

    def send(client):
        # A second goal would be rejected, so that this one is sent once.
        sent = client.send_goal_async(
            Execute.Goal(request=request, confirmed=confirmed),
            lambda message: feedbacks.append([message.feedback.step, message.feedback.state, message.feedback.text]))
        rclpy.spin_until_future_complete(node, sent, timeout_sec=REQUEST_TIMEOUT_S)
        return sent.result() if sent.done() else None

    status, result = ended(node, '/teleop_node/execute', Execute, send, seconds)
    if result is None:
        return {'status': status}
    return {'status': status, 'success': result.success, 'end': result.end, 'summary': result.summary, 'feedbacks': feedbacks}
