"""Publishes a WAV file (16 bits, one channel) like a microphone."""

import time
import wave

BLOCK_S = 0.032
SILENCE_S = 2.0
DISCOVERY_TIMEOUT_S = 10.0


def speak(node, path):
    """Publishes the file as audio_common_msgs/AudioData on audio, in blocks of 32 ms, between two silences."""
    # Not every installation has the types.
    from audio_common_msgs.msg import AudioData, AudioInfo
    with wave.open(path) as file:
        rate = file.getframerate()
        sound = file.readframes(file.getnframes())
    silence = bytes(2 * int(SILENCE_S * rate))
    sound = silence + sound + silence
    audio = node.create_publisher(AudioData, 'audio', 10)
    info = node.create_publisher(AudioInfo, 'audio_info', 1)
    end = time.monotonic() + DISCOVERY_TIMEOUT_S
    while (audio.get_subscription_count() == 0 or info.get_subscription_count() == 0) and time.monotonic() < end:
        time.sleep(0.05)
    info.publish(AudioInfo(channels=1, sample_rate=rate, sample_format='S16LE', coding_format='wave'))
    size = 2 * int(BLOCK_S * rate)
    begin = time.monotonic()
    for i, at in enumerate(range(0, len(sound), size)):
        time.sleep(max(0.0, begin + i * BLOCK_S - time.monotonic()))
        audio.publish(AudioData(data=sound[at:at + size]))
    time.sleep(0.5)
    node.destroy_publisher(audio)
    node.destroy_publisher(info)
