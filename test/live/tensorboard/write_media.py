"""Logs what there is to look at: images (one and a batch), texts, histograms, a sound."""
import io
import os
import sys
import wave

import numpy
from tensorboardX import SummaryWriter
from tensorboardX.proto.summary_pb2 import Summary

random = numpy.random.default_rng(7)


def sound(seconds):
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(bytes(int(16000 * seconds)))
    return out.getvalue()


with SummaryWriter(os.path.join(sys.argv[1], "looks")) as writer:
    for step in range(4):
        writer.add_image("image", random.random((3, 8, 8)), step)
        writer.add_text("words", f"# step {step}\n\na < b & c > d, größe", step)
        writer.add_histogram("weights", random.normal(size=200), step)
        audio = Summary.Audio(sample_rate=8000, num_channels=1, length_frames=800, encoded_audio_string=sound(0.1), content_type="audio/wav")
        writer.file_writer.add_summary(Summary(value=[Summary.Value(tag="sound", audio=audio)]), step)
    # The last record: whoever sees it has seen all.
    writer.add_scalar("loss", 1.0, 0)
