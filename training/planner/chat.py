"""The form in which requests and plans reach the language model: the chat template of SmolLM2-Instruct (ChatML)."""

SYSTEM = "You plan for a robot arm. Answer with one plan in JSON."
"""System message; `packages/planner/src/node` sends the same one with an adapter."""


def prompt_text(prompt: str) -> str:
    """The text before the answer."""
    return f"<|im_start|>system\n{SYSTEM}<|im_end|>\n<|im_start|>user\n{prompt}<|im_end|>\n<|im_start|>assistant\n"


def answer_text(answer: str) -> str:
    """The text that the model learns to write."""
    return f"{answer}<|im_end|>\n"
