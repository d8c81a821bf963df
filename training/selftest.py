"""Tests the training program on synthetic data, in about a minute and without a simulator.

python training/selftest.py
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
import torch

import synthetic
from augment import NONE, Augmentation, Batch, Batcher, shift_images
from checkpoint import Checkpoint
from data import INTERVENTION, Demonstrations, held_out
from graphs import COMPLIANT_SCALES, coherent, graphs
from losses import Weights, action_error, cell_targets, chunk_error, compute_losses
from metrics import evaluate, summary
from network import NetworkConfig, PolicyNetwork
from network.committed import Committed
from network.compliance import decode, encode, encode_tensor
from network.fusion import Encoded, Fused
from network.joints import rotation_matrix
from network.wrench import CausalWrenchEncoder
from rewordings import Rewordings, compared_with, known_words
from stages import LOW_RATE, parse_stages, stage_at
from stats import Statistics, measure_statistics
from tokens import UNKNOWN, Vocabulary, misspelled, split_words
from train import Trainer, parse

HERE = Path(__file__).parent


def a_shifted_image_moves_its_label_with_it(_: Path) -> None:
    image = np.zeros((1, 96, 96, 3), np.uint8)
    image[0, 40, 30] = 255
    moved = shift_images(image, np.array([[3, -2]]))
    y, x = np.unravel_index(moved[0, ..., 0].argmax(), (96, 96))
    assert (x, y) == (33, 38), (x, y)


def instructions_split_into_the_words_that_the_policy_processor_finds(_: Path) -> None:
    cases = json.loads((HERE.parent / "packages/policy/src/processors/word-cases.json").read_text("utf-8"))
    for text, words in cases:
        assert split_words(text) == words, (text, split_words(text), words)


def a_misspelled_word_means_what_the_policy_processor_takes_it_for(_: Path) -> None:
    cases = json.loads((HERE.parent / "packages/policy/src/processors/misspelled-cases.json").read_text("utf-8"))
    for word, known, meant in cases:
        assert misspelled(word, known) == meant, (word, misspelled(word, known), meant)
    words = Vocabulary(["<pad>", "<unk>", "lift", "yellow"])
    assert words.encode("lift ylelow", 3).tolist() == [2, UNKNOWN, 0]
    words.corrects = True
    assert words.encode("lift ylelow banana", 3).tolist() == [2, 3, UNKNOWN]


def labels_point_at_the_named_object_after_augmentation(data: Path) -> None:
    demos = Demonstrations([str(data)])
    batch = _batch(demos, Augmentation(gain=0, offset=0, noise=0))
    checked = right = 0
    for i in range(len(batch.goal)):
        if demos.task_of_goal[int(batch.goal[i])] != "pick" or batch.grasped[i] > 0 or batch.uv[i, 1, 2] == 0:
            continue
        x, y = ((batch.uv[i, 1, :2] * 96).long().clamp(0, 95)).tolist()
        pixel = batch.wrist[i, :, y, x].numpy() * _statistics(demos).image_std + _statistics(demos).image_mean
        colour = np.array(synthetic.COLOURS[demos.goal_keys[int(batch.goal[i])].split(":")[1]]) / 255
        checked += 1
        right += int(np.abs(pixel - colour).max() < 0.1)
    assert checked > 10 and right >= 0.9 * checked, (right, checked)


def cell_targets_have_the_true_position_as_mean(_: Path) -> None:
    uv = torch.tensor([[0.313, 0.77, 1.0], [0.5, 0.5, 0.0]])
    target = cell_targets(uv, 24)
    index = torch.arange(576)
    centres = torch.stack([(index % 24 + 0.5) / 24, (index // 24 + 0.5) / 24], 1)
    assert torch.allclose(target[0, :-1] @ centres, uv[0, :2], atol=1e-5)
    assert target[1, -1] == 1 and abs(float(target.sum()) - 2) < 1e-5


def an_absent_instance_has_no_effect(data: Path) -> None:
    demos = Demonstrations([str(data)])
    batch = _batch(demos, NONE)
    for fusion in ("gated", "concat"):
        net = PolicyNetwork(NetworkConfig(vocabulary=200, fusion=fusion)).eval()
        for instance, names in enumerate((("front",), ("wrist",), ("wrench",), ("words",), ("state",))):
            present = torch.ones_like(batch.present)
            present[:, instance] = 0
            other = batch.__dict__ | {n: torch.roll(getattr(batch, n), 1, 0) for n in names}
            outs = []
            for values in (batch.__dict__, other):
                with torch.no_grad():
                    x = net.encode(*(values[n] for n in ("front", "wrist", "wrench", "words", "state")))
                    outs.append(net.fusion(x, present))
            assert torch.allclose(outs[0].actions, outs[1].actions, atol=1e-5), (fusion, names)
            assert (outs[0].gates[:, instance] == 0).all()


def rotation_matrices_are_continuous_at_half_a_turn(_: Path) -> None:
    near = torch.tensor([[np.pi - 1e-3, 0, 0], [-np.pi + 1e-3, 0, 0]], dtype=torch.float32)
    a, b = rotation_matrix(near)
    assert float((a - b).abs().max()) < 5e-3


def splits_share_no_seed_and_words_are_normalised(data: Path) -> None:
    share = held_out(np.arange(100_000)).mean()
    assert 0.04 < share < 0.06, share
    demos = Demonstrations([str(data)])
    seeds = demos.directories[0].column("seed")
    assert not held_out(seeds[np.concatenate([c.records for c in demos.strata])]).any()
    words = Vocabulary.build(["Pick up the red cube!"])
    assert words.encode("pick UP, the  red-ish cube", 8).tolist()[:3] == words.encode("pick up the", 3).tolist()
    assert words.encode("zzz", 2).tolist() == [UNKNOWN, 0]


def every_kind_of_object_has_the_goal_that_names_it(data: Path) -> None:
    demos = Demonstrations([str(data)])
    table = demos.goals_of_objects(np.random.default_rng(0))
    for colour, name in enumerate(synthetic.COLOURS):
        for shape, kind in enumerate(synthetic.SHAPES):
            if table[colour, shape] >= 0:
                assert demos.goal_keys[table[colour, shape]] == f"pick:{name}:{kind}"


def a_run_stops_resumes_and_exports_with_parity(data: Path) -> None:
    run = data.parent / "run"
    train = ["train.py", "--data", str(data), "--out", str(run), "--batch", "32", "--held-out", "64"]
    _python(*train, "--steps", "4")
    _python(*train, "--steps", "8", "--resume")
    assert Checkpoint.load(run / "last.pt").progress["step"] == 8
    _python("export.py", "--checkpoint", str(run / "last.pt"), "--data", str(data), "--out", str(run / "model"), "--samples", "6")
    manifest = json.loads((run / "model" / "manifest.json").read_text())
    assert len(manifest["sha256"]) == 5 and len(manifest["action"]["mean"]) == 16
    _python("plot.py", str(run), "--out", str(run / "curves.png"))


def a_record_without_joints_or_wrench_loads_where_the_space_needs_none(data: Path) -> None:
    old, blind = data.parent / "old", data.parent / "blind"
    synthetic.write(old, 2, without=("joints", "actions.joints"))
    synthetic.write(blind, 2, without=("wrench",))
    record = Demonstrations([str(old), str(data)]).draw(8, np.random.default_rng(0))
    assert record["state"].shape == (8, 8) and record["actions"].shape == (8, 16, 7)
    for sources, message in (([old], "no actions of joints"), ([data, blind], "only some have a wrench")):
        try:
            Demonstrations([str(s) for s in sources], space="joint_position")
        except ValueError as error:
            assert message in str(error), error
        else:
            raise AssertionError(f"{sources}: accepted")


def actions_of_joints_bind_by_name_and_count_from_the_measured_joints(data: Path) -> None:
    demos = Demonstrations([str(data)], space="joint_position")
    assert demos.layout.moved == (1, 0, 2) and demos.layout.action == 4
    record = demos.draw(64, np.random.default_rng(0))
    turn = np.arctan2(record["tool"][:, 1], record["tool"][:, 0])
    assert np.allclose(record["state"][:, 1], turn, atol=1e-5)
    moved = record["actions"][..., 0] + turn[:, None]
    assert np.allclose(moved, record["actions.joints"][..., 0], atol=1e-5)
    assert np.allclose(record["actions"][..., -1], record["actions.joints"][..., -1])


def the_expert_s_failures_are_no_demonstrations(data: Path) -> None:
    failed = data.parent / "failed"
    synthetic.write(failed, 30)
    meta = json.loads((failed / "dataset.json").read_text())
    meta["shards"][0]["episodes"][3]["success"] = False
    for policy, shown in (("expert", False), ("0123abcd", True)):
        (failed / "dataset.json").write_text(json.dumps(meta | {"recording": {"policy": policy}}))
        demos = Demonstrations([str(failed)])
        seeds = demos.directories[0].column("seed")[np.concatenate([c.records for c in demos.strata])]
        assert (3 in seeds) == shown, policy


def concatenation_has_the_size_of_gated_fusion(_: Path) -> None:
    for d, action in ((128, 7), (64, 12)):
        gated, concat = (PolicyNetwork(NetworkConfig(200, d=d, action=action, fusion=f)) for f in ("gated", "concat"))
        sizes = [sum(p.numel() for p in net.parameters()) for net in (gated, concat)]
        assert abs(sizes[1] / sizes[0] - 1) < 0.002, sizes


def the_modalities_of_an_arm_are_absent_from_every_sample(data: Path) -> None:
    demos = Demonstrations([str(data)])
    for without, columns in ((("vision",), [0, 1]), (("wrench", "language"), [2, 3])):
        config = NetworkConfig(vocabulary=200, without=without)
        batch = _batch(demos, Augmentation(), config.kept)
        assert (batch.present[:, columns] == 0).all() and batch.present.sum() > 0
        net = PolicyNetwork(config)
        loss, terms = compute_losses(net, batch, Weights(), nullcontext())
        loss.backward()
        for name in ("vision", "wrench", "language"):
            taught = any(p.grad is not None and float(p.grad.abs().max()) > 0 for p in getattr(net, name).parameters())
            assert taught == (name not in without), (without, name)
        assert all(bool(torch.isfinite(v)) for v in terms.values())
    net = PolicyNetwork(NetworkConfig(vocabulary=200, without=("vision",)))
    rows = summary(evaluate(net, [_batch(demos, NONE, net.config.kept)], _statistics(demos), len(demos.tasks)), demos.tasks)
    assert not any(name.startswith("place") for row in rows.values() for name in row), rows


def an_arm_exports_with_parity_and_stays_without_what_it_was_not_taught(data: Path) -> None:
    run = data.parent / "arm"
    train = ["train.py", "--data", str(data), "--out", str(run), "--batch", "32", "--held-out", "64", "--steps", "4"]
    _python(*train, "--fusion", "concat", "--without", "wrench")
    checkpoint = Checkpoint.load(run / "last.pt")
    assert (checkpoint.config.fusion, checkpoint.config.without) == ("concat", ("wrench",))
    again = subprocess.run([sys.executable, str(HERE / train[0]), *train[1:], "--resume", "--without", "vision"], capture_output=True, text=True, check=False)
    assert again.returncode != 0 and "--without:" in again.stderr, again.stderr
    _python("export.py", "--checkpoint", str(run / "last.pt"), "--data", str(data), "--out", str(run / "model"), "--samples", "6")
    manifest = json.loads((run / "model" / "manifest.json").read_text())
    assert "--without wrench" in manifest["training"]["command"]
    assert [e["name"] for e in manifest["encoders"]] == ["front", "wrist", "wrench", "language", "joints"]
    fusion = next(g for g in graphs(checkpoint) if g.file == "fusion.onnx")
    values = list(fusion.examples)
    at = fusion.inputs.index("wrench.tokens")
    moved = [*values[:at], values[at] + 1.0, *values[at + 1 :]]
    with torch.no_grad():
        (before, gates, _), (after, *_) = (fusion.module(*v) for v in (values, moved))
    assert gates.tolist() == [[1, 1, 0, 1, 1]] and torch.equal(before, after)


def a_run_in_joint_space_exports_positions_with_parity_and_no_wrench(data: Path) -> None:
    blind, run = data.parent / "joints", data.parent / "joint-run"
    synthetic.write(blind, 20, without=("wrench",))
    train = ["train.py", "--data", str(blind), "--out", str(run), "--batch", "32", "--held-out", "64", "--steps", "4"]
    _python(*train, "--space", "joint_position")
    checkpoint = Checkpoint.load(run / "last.pt")
    assert (checkpoint.config.joints, checkpoint.config.action, checkpoint.config.wrench) == (4, 4, False)
    _python("export.py", "--checkpoint", str(run / "last.pt"), "--data", str(blind), "--out", str(run / "model"), "--samples", "6")
    manifest = json.loads((run / "model" / "manifest.json").read_text())
    arm, gripper = manifest["action"]["blocks"]
    assert (arm["space"], arm["names"], gripper["unit"]) == ("joint_position", synthetic.MOVED, "m")
    assert [e["name"] for e in manifest["encoders"]] == ["front", "wrist", "language", "joints"]
    # The positions count from the state: a state that is shifted by one joint shifts the actions of that joint alone.
    s = checkpoint.statistics
    made = {graph.file: graph for graph in graphs(checkpoint, (1, 0, 2))}
    values = made["fusion.onnx"].examples
    moved = [v.clone() for v in values]
    moved[-2][:, 1] += 0.5 / float(s.state_std[1])
    with torch.no_grad():
        before, after = (made["fusion.onnx"].module(*v)[0] for v in (values, moved))
    change = (after - before)[0] * torch.from_numpy(np.asarray([*s.state_std[[1, 0, 2]], 1.0], np.float32))
    assert torch.allclose(change, torch.tensor([0.5, 0.0, 0.0, 0.0]).expand(16, 4), atol=1e-5), change[0]


def codes_of_a_compliant_tool_become_its_actions_again(_: Path) -> None:
    rng = np.random.default_rng(0)
    actions = rng.normal(0, 1, (50, 16, 13)).astype(np.float32)
    actions[..., :3] = np.clip(actions[..., :3] * 10.0 ** rng.uniform(-5, -0.5, (50, 16, 3)), -0.5, 0.5)
    actions[..., 6:9] = rng.choice([0, 300, 1500, 5000, 8000], (50, 16, 3))
    again = decode(torch.from_numpy(encode(actions))).numpy()
    assert np.allclose(again, actions, rtol=1e-4, atol=1e-6), np.abs(again - actions).max()
    codes = encode_tensor(torch.from_numpy(actions)).numpy()
    assert np.allclose(codes, encode(actions), rtol=1e-5, atol=1e-6), np.abs(codes - encode(actions)).max()


def nothing_that_is_felt_depends_on_a_later_sample(_: Path) -> None:
    encoder = CausalWrenchEncoder(NetworkConfig(200, space="ee_compliant", action=13)).eval()
    wrench = torch.randn(2, 64, 6)
    later = wrench.clone()
    later[:, 40:] += 3.0
    seen = [encoder.layers(torch.cat([w, w], 2).transpose(1, 2)) for w in (wrench, later)]
    assert torch.allclose(seen[0][..., :40], seen[1][..., :40], atol=1e-6) and not torch.allclose(seen[0][..., 40:], seen[1][..., 40:])
    oldest = wrench.clone()
    oldest[:, 1] += 3.0
    assert not torch.allclose(encoder(wrench)[:, 1], encoder(oldest)[:, 1], atol=1e-6)


def rare_phases_are_drawn_more_often_when_balanced(data: Path) -> None:
    rng = np.random.default_rng(0)
    plain, balanced = (Demonstrations([str(data)], balance=b).draw(4000, rng)["flags"][:, 3] for b in (0.0, 1.0))
    phases = np.unique(plain)
    shares = [np.array([(drawn == p).mean() for p in phases]) for drawn in (plain, balanced)]
    assert shares[1].min() > 1.5 * shares[0].min(), shares


def committed_actions_count_as_far_as_their_mask_says(data: Path) -> None:
    demos = Demonstrations([str(data)], space="ee_compliant")
    batch = _batch(demos, Augmentation(committed=0.0))
    mask = (torch.arange(6) < 3).float().expand(128, 6)
    for fusion in ("gated", "concat"):
        net = PolicyNetwork(NetworkConfig(vocabulary=200, space="ee_compliant", action=13, fusion=fusion, prefix=True)).eval()
        with torch.no_grad():
            x = net.encode(*(getattr(batch, n) for n in ("front", "wrist", "wrench", "words", "state")))
            without = net.fusion(x, batch.present).actions

            def act(rows: torch.Tensor, mask: torch.Tensor, net: PolicyNetwork = net, x: Encoded = x) -> torch.Tensor:
                return net.fusion(x, batch.present, committed=Committed(rows, mask)).actions

            rows = torch.randn(128, 6, 13)
            assert torch.equal(act(rows, mask), without), "an encoder that was not trained"
            last = net.fusion.committed.net[-1]
            for parameter in (last.weight, last.bias):
                parameter.normal_(0, 0.1)
            assert torch.equal(act(rows, torch.zeros_like(mask)), without), "no row counts"
            given = act(rows, mask)
            rows[:, 3:] += 5
            assert not torch.allclose(given, without, atol=1e-3) and torch.equal(act(rows, mask), given)
            rows[:, 2] += 5
            assert not torch.allclose(act(rows, mask), given, atol=1e-3)


def half_of_the_samples_continue_from_their_first_actions_which_are_not_learned(data: Path) -> None:
    demos = Demonstrations([str(data)], space="ee_compliant")
    batch = _batch(demos, Augmentation())
    counts = batch.committed_mask.sum(1).int()
    assert 0.3 < float((counts > 0).float().mean()) < 0.7 and set(counts.tolist()) == set(range(7))
    assert all(row.tolist() == sorted(row.tolist(), reverse=True) for row in batch.committed_mask)
    gap = (batch.committed - batch.actions[:, :6])[batch.committed_mask > 0]
    assert 0.015 < float(gap.std()) < 0.025 and float(batch.committed[batch.committed_mask == 0].abs().max()) == 0
    for amounts, space in ((NONE, "ee_compliant"), (Augmentation(), "ee_delta")):
        assert _batch(Demonstrations([str(data)], space=space), amounts).committed_mask.sum() == 0
    wrong = batch.actions.clone()
    wrong[:, :6][batch.committed_mask > 0] += 1.0
    assert float(action_error(wrong, batch).max()) == 0
    wrong = batch.actions + 1.0
    assert torch.allclose(action_error(wrong, batch)[counts == 0], torch.tensor(0.95), atol=1e-4)


def other_kinds_of_wording_are_those_of_the_episode_and_name_what_they_compare_with(data: Path) -> None:
    demos = Demonstrations([str(data)])
    assert compared_with("the thing nearest to the red cube, please") == (0, 0) and compared_with("lift the red cube") == (-1, -1)
    assert known_words(["take it"] * 9 + ["tkae it", "tke it", "take a sledge"]) == ["a", "it", "sledge", "take"]
    words = Vocabulary.build([*(t for texts in demos.texts for t in texts), *demos.words()])
    sentences = demos.read_rewordings(words)
    batcher = _batcher(demos, words, rewordings=sentences)
    record = demos.draw(2048, np.random.default_rng(1))
    batch = batcher(record, Augmentation(shift=0, unknown_word=0, synonym=0, rewording=0.5))
    picked = np.array([demos.like[g] == "pick" for g in record["goal"]])
    assert 0.35 < float(batch.reworded[picked].mean()) < 0.65 and float(batch.reworded[~picked].sum()) == 0
    for i in np.flatnonzero(batch.reworded.numpy()):
        known = sentences[record["episode"][i]]
        row = next(k for k, ids in enumerate(known.ids) if (batch.words[i].numpy() == ids[: batch.words.shape[1]]).all())
        at = int(batch.compared[i])
        assert at == -1 if known.compared[row, 0] < 0 else record["objects"][i, at, :2].tolist() == known.compared[row].tolist()
    assert (batch.compared >= 0).sum() > 10 and (batch.compared[batch.reworded < 1] == -1).all()
    assert batcher(record, NONE).reworded.sum() == 0


def what_is_asked_for_in_vain_is_not_in_the_scene(data: Path) -> None:
    demos = Demonstrations([str(data)])
    words = Vocabulary.build(t for texts in demos.texts for t in texts)
    batcher = _batcher(demos, words)
    record = demos.draw(512, np.random.default_rng(1))
    batch = batcher(record, Augmentation(unknown_word=0, synonym=0))
    nothing, absent = len(demos.goal_keys), batch.object_goal[:, 4].numpy()
    assert batch.goal_words.shape[0] == nothing + 1 and batch.object_uv[:, :, 4].abs().sum() == 0
    asked = absent >= 0
    assert (asked == (batch.object_goal[:, :4] >= 0).any(1).numpy()).all() and 0.2 < float((absent[asked] == nothing).mean()) < 0.8
    assert not (batch.object_goal[:, :4] == batch.object_goal[:, 4:])[asked].any()
    known = {words.index[w] for w in ("red", "green", "blue", "yellow", "cube", "cylinder")}
    assert not known & set(batch.goal_words[nothing].tolist()) and UNKNOWN in batch.goal_words[nothing]


def an_arm_can_start_with_the_eyes_of_another_network(data: Path) -> None:
    run, arm = data.parent / "run", data.parent / "eyes"
    given = ("--data", str(data), "--processes", "1", "--bf16", "off", "--batch", "32", "--without", "wrench", "--freeze", "vision")
    _python("train.py", *given, "--eyes", str(run / "last.pt"), "--out", str(arm), "--steps", "2", "--warmup", "100000")
    old, new = Checkpoint.load(run / "last.pt"), Checkpoint.load(arm / "last.pt")
    eyes = [name for name in old.average if name.startswith("vision.")]
    assert eyes and all(torch.equal(old.average[name], new.weights[name]) for name in eyes)
    assert np.array_equal(old.statistics.image_std, new.statistics.image_std)
    assert not torch.equal(old.average["language.embedding.weight"], new.weights["language.embedding.weight"])


def each_stage_trains_what_it_names(data: Path) -> None:
    for text, part in (("encoders:0.5,fusion:0.6", "sum to 1.1"), ("heads:1", "heads is no stage"), ("all:x", "above 0 and at most 1")):
        try:
            parse_stages(text)
            raise AssertionError(f"{text} was accepted")
        except ValueError as error:
            assert part in str(error), error
    stages = parse_stages("encoders:0.25,fusion:0.5,all:0.25")
    assert [stage_at(stages, done).kind for done in (0.0, 0.25, 0.74, 0.75, 1.0)] == ["encoders", "fusion", "fusion", "all", "all"]
    assert [round(stage_at(stages, done).rate(done), 6) for done in (0.0, 0.25, 0.75, 1.0)] == [1.0, 1.0, LOW_RATE, LOW_RATE * 0.01]
    args = parse(
        ["--data", str(data), "--out", str(data.parent / "stages"), "--steps", "4", "--processes", "1", "--bf16", "off", "--batch", "32", "--warmup", "1"]
        + ["--stages", "encoders:0.25,fusion:0.5,all:0.25"]
    )
    args.argv = []
    trainer = Trainer(0, 1, args)
    watched = {"vision.fine.0.0.weight": "eyes", "vision.fine.0.1.running_mean": "eyes", "language.embedding.weight": "words", "fusion.head.0.weight": "head"}
    for done, trained, losses in ((0.0, {"eyes", "words"}, False), (0.3, {"head"}, True), (0.8, {"eyes", "words", "head"}, True)):
        before = {name: trainer.net.state_dict()[name].clone() for name in watched}
        if done == 0.0:
            # Without a gradient only the decay of the weights would move the head.
            trainer.optimizer.param_groups[2]["weight_decay"] = 0.0
        _, _, terms = trainer.step(done)
        after = trainer.net.state_dict()
        moved = {part for name, part in watched.items() if not torch.equal(before[name], after[name])}
        assert moved == trained, (done, moved)
        total = sum(getattr(stage_at(stages, done).weights(Weights()), name) * value for name, value in terms.items() if name != "loss")
        assert abs(total - terms["loss"]) < 1e-3 and ((stage_at(stages, done).weights(Weights()).action > 0) == losses)


def several_modes_begin_as_one_chunk_and_learn_what_one_cannot(data: Path) -> None:
    config = replace(Checkpoint.load(data.parent / "compliant" / "last.pt").config, modes=3)
    torch.manual_seed(0)
    net = PolicyNetwork(config)
    demos = Demonstrations([str(data)], space="ee_compliant")
    batch = _batch(demos, NONE)
    with torch.no_grad():
        fused = net.fusion(net.encode(batch.front, batch.wrist, batch.wrench, batch.words, batch.state), batch.present)
        assert fused.chunks is not None and fused.chances is not None
        for chunks, chances, chosen in zip(fused.chunks, fused.chances, fused.actions, strict=True):
            assert torch.allclose(chunks[int(chances.argmax())], chosen, atol=1e-6)
    # Two equally frequent targets: one chunk predicts their mean, and a mixture predicts either.
    target = torch.where(torch.arange(128)[:, None, None] % 2 == 0, 1.0, -1.0).expand(128, 16, 13)
    either = replace(batch, actions=target, committed_mask=torch.zeros(128, 6))
    chunks = torch.nn.Parameter(torch.randn(3, 16, 13) * 0.1)
    chances = torch.nn.Parameter(torch.zeros(3))
    optimizer = torch.optim.Adam([chunks, chances], 0.05)
    for _ in range(200):
        mixed = fused._replace(chunks=chunks.expand(128, -1, -1, -1), chances=chances.expand(128, -1), actions=chunks[0].expand(128, -1, -1))
        optimizer.zero_grad()
        loss = chunk_error(mixed, either).mean()
        loss.backward()
        optimizer.step()
    assert float(loss.detach()) < 0.05 and float(chunks.detach().mean((1, 2)).abs().max()) > 0.9
    run, more = data.parent / "compliant", data.parent / "modes"
    given = ("--data", str(data), "--processes", "1", "--bf16", "off", "--modes", "3", "--batch", "32", "--freeze", "vision")
    _python("train.py", *given, "--init", str(run / "last.pt"), "--out", str(more), "--steps", "3", "--warmup", "100000")
    _python("export.py", "--checkpoint", str(more / "last.pt"), "--data", str(data), "--out", str(more / "model"), "--coherence", "1")


def the_mode_is_taken_that_goes_on_as_the_robot_does(_: Path) -> None:
    chunks = torch.stack([torch.full((16, 13), v) for v in (1.0, -1.0, 0.9)])[None]
    fused = Fused(*[torch.zeros(1)] * 7, chunks=chunks, chances=torch.tensor([[0.0, 0.1, -3.0]]))
    mask = (torch.arange(6) < 2).float()[None]
    for rows, mask_, value in ((1.0, mask, 1.0), (-1.0, mask, -1.0), (0.9, mask, 0.9), (1.0, mask * 0, -1.0)):
        chosen = coherent(fused, Committed(torch.full((1, 6, 13), rows), mask_), 1.0)
        assert float(chosen.std()) < 1e-6 and abs(float(chosen.mean()) - value) < 1e-6, (rows, chosen)


def relations_and_new_words_change_nothing_before_training(data: Path) -> None:
    old, more = Checkpoint.load(data.parent / "compliant" / "last.pt"), data.parent / "relations"
    word = "language.embedding.weight"
    fewer = [{**weights, word: weights[word][:-5]} for weights in (old.weights, old.average)]
    config = replace(old.config, vocabulary=len(old.vocabulary) - 5)
    old = replace(old, config=config, vocabulary=old.vocabulary[:-5], weights=fewer[0], average=fewer[1])
    old.save(data.parent / "fewer.pt")
    given = ("--data", str(data), "--processes", "1", "--bf16", "off", "--relations", "--new-words", "--batch", "32", "--freeze", "vision")
    _python("train.py", *given, "--init", str(data.parent / "fewer.pt"), "--out", str(more), "--steps", "3", "--warmup", "100000")
    new = Checkpoint.load(more / "last.pt")
    assert new.config.relations and new.vocabulary[:-5] == old.vocabulary and len(set(new.vocabulary)) == len(new.vocabulary)
    batch = _batch(Demonstrations([str(data)], space="ee_compliant"), NONE)
    seen = []
    for checkpoint in (old, new):
        net = checkpoint.network()
        with torch.no_grad():
            x = net.encode(batch.front, batch.wrist, batch.wrench, batch.words.clamp(max=len(old.vocabulary) - 1), batch.state)
            seen.append(net.fusion(x, batch.present, None, Committed(batch.committed, batch.committed_mask)))
    assert torch.allclose(seen[0].actions, seen[1].actions, atol=0.05) and torch.allclose(seen[0].front.xy, seen[1].front.xy, atol=0.02)
    gain = seen[1].front.anchor
    assert gain is not None and gain.shape == (len(batch.goal), 1, 576) and seen[0].front.anchor is None
    _python("export.py", "--checkpoint", str(more / "last.pt"), "--data", str(data), "--out", str(more / "model"))


def a_checkpoint_without_committed_actions_loads_and_acts_as_before(data: Path) -> None:
    checkpoint = Checkpoint.load(data.parent / "compliant" / "last.pt")
    fusion = next(g for g in graphs(checkpoint) if g.file == "fusion.onnx")
    values = list(fusion.examples)
    values[fusion.inputs.index("committed.mask")] = torch.zeros(1, 6)
    own = {k: v for k, v in checkpoint.average.items() if k.startswith("fusion.committed.")}
    assert own and any(float(v.abs().max()) > 0 for k, v in own.items() if k.startswith("fusion.committed.net.2."))
    old = replace(checkpoint, average={k: v for k, v in checkpoint.average.items() if k not in own})
    before = next(g for g in graphs(old) if g.file == "fusion.onnx")
    with torch.no_grad():
        assert all(torch.equal(a, b) for a, b in zip(fusion.module(*values), before.module(*values), strict=True))
    try:
        replace(checkpoint, average={k: v for k, v in checkpoint.average.items() if k != "fusion.readout"}).network()
    except ValueError as error:
        assert "fusion.readout" in str(error), error
    else:
        raise AssertionError("a checkpoint without a readout was accepted")
    again = data.parent / "compliant-again"
    again.mkdir()
    replace(old, weights={k: v for k, v in checkpoint.weights.items() if k not in own}).save(again / "last.pt")
    train = ["train.py", "--data", str(data), "--out", str(again), "--batch", "32", "--held-out", "64", "--steps", "6", "--resume"]
    _python(*train)
    assert own.keys() <= Checkpoint.load(again / "last.pt").average.keys()


def a_compliant_tool_exports_stiffness_and_force_with_parity(data: Path) -> None:
    run = data.parent / "compliant"
    train = ["train.py", "--data", str(data), "--out", str(run), "--batch", "32", "--held-out", "64", "--steps", "4"]
    _python(*train, "--space", "ee_compliant", "--balance", "0.5", "--prefix")
    checkpoint = Checkpoint.load(run / "last.pt")
    assert (checkpoint.config.action, checkpoint.config.wrench_window, checkpoint.config.state) == (13, 64, (16, 8))
    _python("export.py", "--checkpoint", str(run / "last.pt"), "--data", str(data), "--out", str(run / "model"), "--samples", "6")
    manifest = json.loads((run / "model" / "manifest.json").read_text())
    (output,) = manifest["action"]["outputs"]
    assert manifest["manifestVersion"] == 2
    assert [b["space"] for b in output["blocks"]] == ["ee_delta", "stiffness", "wrench", "gripper"]
    windows = {e["name"]: e["inputs"][0].get("steps") for e in manifest["encoders"]}
    assert (windows["wrench"], windows["joints"]) == (64, 16)
    assert manifest["fusion"]["committed"] == {"rows": 6}
    assert manifest["fusion"]["refusesBelow"] == 0.85
    assert {"name": "committed"} in manifest["fusion"]["inputs"] and {"name": "committed.mask"} in manifest["fusion"]["inputs"]
    cases = json.loads((run / "model" / "parity.json").read_text())["cases"]
    assert {c["committed"]["committed.mask"]["shape"][1] for c in cases} == {6} and len(cases) == 10
    # The chunk repeats the given actions, in the scales of the manifest.
    fusion = next(g for g in graphs(checkpoint) if g.file == "fusion.onnx")
    values = list(fusion.examples)
    values[fusion.inputs.index("committed.mask")] = torch.tensor([[1.0, 1.0, 0.0, 0.0, 0.0, 0.0]])
    with torch.no_grad():
        actions = fusion.module(*values)[0]
    given = values[fusion.inputs.index("committed")]
    assert output["normalisation"]["std"] == COMPLIANT_SCALES
    assert torch.equal(actions[:, :2], given[:, :2]) and not torch.allclose(actions[:, 2:6], given[:, 2:6])


def a_network_that_knows_more_words_starts_with_the_known_ones(data: Path) -> None:
    run, more, start = data.parent / "run", data.parent / "more", data.parent / "more.pt"
    synthetic.write(more, 4)
    meta = json.loads((more / "dataset.json").read_text())
    meta["goals"][0]["texts"].append("hoover the zebra")
    (more / "dataset.json").write_text(json.dumps(meta))
    _python("transfer.py", "--policy", str(run / "model"), "--data", str(more), "--space", "ee_compliant", "--out", str(start))
    old, new = Checkpoint.load(run / "last.pt"), Checkpoint.load(start)
    known = len(old.vocabulary)
    assert new.vocabulary[:known] == old.vocabulary and {"hoover", "zebra"} <= set(new.vocabulary[known:])
    assert torch.allclose(new.weights["language.embedding.weight"][:known], old.average["language.embedding.weight"])


def a_checkpoint_made_of_an_exported_policy_acts_as_it_does(data: Path) -> None:
    for run, space in ((data.parent / "run", "ee_delta"), (data.parent / "compliant", "ee_compliant")):
        start = data.parent / f"{space}.pt"
        _python("transfer.py", "--policy", str(run / "model"), "--data", str(data), "--space", space, "--out", str(start))
        old, new = Checkpoint.load(run / "last.pt"), Checkpoint.load(start)
        for name, value in old.statistics.__dict__.items():
            assert np.allclose(value, getattr(new.statistics, name), atol=1e-6), name
        batch = _batch(Demonstrations([str(data)], space=space), NONE)
        fused = []
        with torch.no_grad():
            for net in (old.network(), new.network()):
                seen = [*net.vision(batch.front), *net.vision(batch.wrist)]
                fused.append(net.fusion(Encoded(*seen, net.wrench(batch.wrench), net.language(batch.words), net.joints(batch.state)), batch.present))
        a, b = (f.actions for f in fused)
        assert float((a - b).abs().max()) < 2e-2 * float(a.abs().max()), float((a - b).abs().max())


def a_network_for_other_joints_starts_with_the_eyes_of_an_exported_policy(data: Path) -> None:
    run = data.parent / "run"
    start = data.parent / "start.pt"
    _python("transfer.py", "--policy", str(run / "model"), "--data", str(data), "--space", "joint_position", "--out", str(start))
    batch = _batch(Demonstrations([str(data)]), NONE)
    known, new = Checkpoint.load(run / "last.pt").network(), Checkpoint.load(start).network()
    with torch.no_grad():
        for a, b in zip(known.vision(batch.front), new.vision(batch.front), strict=True):
            assert float((a - b).abs().max()) < 2e-2 * float(a.abs().max()), float((a - b).abs().max())
        a, b = known.language(batch.words), new.language(batch.words)
        assert torch.allclose(a, b, atol=1e-5)
    assert torch.equal(known.fusion.find_front.log_scale, new.fusion.find_front.log_scale)
    assert torch.equal(known.fusion.missing, new.fusion.missing) and torch.equal(known.fusion.kind, new.fusion.kind)


def what_an_imported_dataset_lacks_is_masked_beside_records_that_have_it(data: Path) -> None:
    imported = data.parent / "imported"
    synthetic.write(imported, 30, first_seed=1000, without=(*synthetic.IMPORTED, "images.wrist", INTERVENTION))
    demos = Demonstrations([str(imported), str(data)])
    assert demos.layout.wrench and demos.present().tolist() == [1, 1, 1, 1, 1]
    batch = _batch(demos, NONE)
    mine = batch.labelled == 0
    assert 10 < int(mine.sum()) < len(mine) - 10
    assert batch.present[mine].unique(dim=0).tolist() == [[1, 0, 0, 1, 1]] and bool((batch.present[~mine] == 1).all())
    alone = _batch(Demonstrations([str(imported)]), NONE)
    torch.manual_seed(0)
    net = PolicyNetwork(NetworkConfig(vocabulary=200)).eval()
    _, terms = compute_losses(net, alone, Weights(), nullcontext())
    unlabelled = ("grounding", "place", "objects", "goal", "flags", "side", "felt", "contrast")
    assert all(float(terms[name]) == 0 for name in unlabelled), {name: float(terms[name]) for name in unlabelled}
    assert float(terms["action"]) > 0 and float(terms["named"]) > 0
    # Nothing that stands in the place of labels, a camera or the wrench changes the total.
    changed = replace(batch)
    for name in ("uv", "goal_position", "object_uv", "grasped", "mass", "contact", "phase", "wrist", "wrench"):
        value = getattr(batch, name).clone()
        value[mine] = torch.roll(value, 1, 0)[mine] * 2 + 1 if value.is_floating_point() else 3
        setattr(changed, name, value.clamp(0, 1) if name in ("grasped", "contact") else value)
    changed.uv[mine], changed.object_uv[mine] = 0.3, 0.3
    totals = [compute_losses(net, each, Weights(), nullcontext())[0] for each in (batch, changed)]
    assert torch.allclose(*totals, atol=1e-5), totals
    labelled = replace(batch, labelled=torch.ones_like(batch.labelled))
    assert not torch.allclose(totals[0], compute_losses(net, labelled, Weights(), nullcontext())[0], atol=1e-2)


def a_run_on_imported_episodes_exports_without_the_camera_and_the_wrench_that_they_lack(data: Path) -> None:
    imported, run = data.parent / "imported", data.parent / "imported-run"
    train = ["train.py", "--batch", "32", "--held-out", "64", "--processes", "1"]
    _python(*train, "--data", str(imported), "--out", str(run), "--steps", "3", "--space", "joint_position")
    config = Checkpoint.load(run / "last.pt").config
    assert config.without == ("wrist",) and not config.wrench and config.kept == [1, 0, 1, 1, 1], config
    _python("export.py", "--checkpoint", str(run / "last.pt"), "--data", str(imported), "--out", str(run / "model"), "--samples", "6")
    manifest = json.loads((run / "model/manifest.json").read_text())
    assert [e["name"] for e in manifest["encoders"]] == ["front", "wrist", "language", "joints"]
    both = data.parent / "both-run"
    _python(*train, "--data", str(imported), "--data", f"{data}:2", "--out", str(both), "--steps", "3")
    config = Checkpoint.load(both / "last.pt").config
    assert config.without == () and config.wrench


def records_in_which_a_person_drives_are_drawn_as_often_as_asked(data: Path) -> None:
    corrected = data.parent / "corrected"
    synthetic.write(corrected, 30, without=())
    sources = [str(corrected), str(data)]

    def shares(factor: float) -> tuple[float, float]:
        demos = Demonstrations(sources, interventions=factor)
        pool = demos.directories[0].by_person()
        drawn = {True: 0.0, False: 0.0}
        for stratum, chance in zip(demos.strata, demos.chances, strict=True):
            if stratum.directory == 0:
                drawn[bool(pool[stratum.records[0]])] += float(chance)
        return drawn[True], drawn[False]

    (person, policy), (often, rest), (only, none) = (shares(factor) for factor in (1.0, 4.0, float("inf")))
    assert 0.02 < person / policy < 0.5, (person, policy)
    assert abs(often / rest - 4 * person / policy) < 1e-6
    assert only > 0 and none == 0


def _statistics(demos: Demonstrations) -> Statistics:
    return measure_statistics(demos, np.random.default_rng(0), 512)


def _batch(demos: Demonstrations, amounts: Augmentation, kept: Sequence[int] = (1, 1, 1, 1, 1)) -> Batch:
    batcher = _batcher(demos, Vocabulary.build(t for texts in demos.texts for t in texts), kept)
    record = demos.draw(128, np.random.default_rng(1))
    return batcher(record, amounts)


def _batcher(demos: Demonstrations, words: Vocabulary, kept: Sequence[int] = (1, 1, 1, 1, 1), rewordings: Sequence[Rewordings] = ()) -> Batcher:
    objects = demos.goals_of_objects(np.random.default_rng(0))
    tokens = demos.tokenise(words)
    return Batcher(_statistics(demos), words, tokens, demos.task_index, demos.like, objects, seed=3, kept=kept, rewordings=rewordings)


def _python(script: str, *args: str) -> None:
    done = subprocess.run([sys.executable, str(HERE / script), *args], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


CHECKS: list[Callable[[Path], None]] = [
    a_shifted_image_moves_its_label_with_it,
    instructions_split_into_the_words_that_the_policy_processor_finds,
    a_misspelled_word_means_what_the_policy_processor_takes_it_for,
    labels_point_at_the_named_object_after_augmentation,
    cell_targets_have_the_true_position_as_mean,
    an_absent_instance_has_no_effect,
    rotation_matrices_are_continuous_at_half_a_turn,
    splits_share_no_seed_and_words_are_normalised,
    every_kind_of_object_has_the_goal_that_names_it,
    a_record_without_joints_or_wrench_loads_where_the_space_needs_none,
    actions_of_joints_bind_by_name_and_count_from_the_measured_joints,
    the_expert_s_failures_are_no_demonstrations,
    a_run_stops_resumes_and_exports_with_parity,
    concatenation_has_the_size_of_gated_fusion,
    the_modalities_of_an_arm_are_absent_from_every_sample,
    an_arm_exports_with_parity_and_stays_without_what_it_was_not_taught,
    a_run_in_joint_space_exports_positions_with_parity_and_no_wrench,
    a_network_for_other_joints_starts_with_the_eyes_of_an_exported_policy,
    codes_of_a_compliant_tool_become_its_actions_again,
    nothing_that_is_felt_depends_on_a_later_sample,
    rare_phases_are_drawn_more_often_when_balanced,
    committed_actions_count_as_far_as_their_mask_says,
    half_of_the_samples_continue_from_their_first_actions_which_are_not_learned,
    a_compliant_tool_exports_stiffness_and_force_with_parity,
    other_kinds_of_wording_are_those_of_the_episode_and_name_what_they_compare_with,
    what_is_asked_for_in_vain_is_not_in_the_scene,
    an_arm_can_start_with_the_eyes_of_another_network,
    each_stage_trains_what_it_names,
    several_modes_begin_as_one_chunk_and_learn_what_one_cannot,
    the_mode_is_taken_that_goes_on_as_the_robot_does,
    relations_and_new_words_change_nothing_before_training,
    a_checkpoint_without_committed_actions_loads_and_acts_as_before,
    a_network_that_knows_more_words_starts_with_the_known_ones,
    a_checkpoint_made_of_an_exported_policy_acts_as_it_does,
    what_an_imported_dataset_lacks_is_masked_beside_records_that_have_it,
    a_run_on_imported_episodes_exports_without_the_camera_and_the_wrench_that_they_lack,
    records_in_which_a_person_drives_are_drawn_as_often_as_asked,
]


def main() -> None:
    """Runs all checks and exits with 1 when one of them fails."""
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        synthetic.write(data, 60)
        for check in CHECKS:
            title = check.__name__.replace("_", " ")
            try:
                check(data)
                print(f"ok    {title}", flush=True)
            except AssertionError as error:
                failed += 1
                print(f"FAIL  {title}: {error}", flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
