#!/usr/bin/env python3
"""Regenerates src/main/resources/speech from the lists beside this file.

Needs espeak-ng and sox (Debian: apt-get install espeak-ng sox). Output is headerless G.711 mu-law, 8 kHz, mono:
8 bytes are one millisecond. Run from anywhere: python3 simulator/speech/generate.py
"""
import json, pathlib, re, shutil, subprocess, tempfile

HERE = pathlib.Path(__file__).resolve().parent
OUT = HERE.parent / "src/main/resources/speech"
VOICES = {"caller": ["-v", "en-gb+m3", "-s", "165"], "agent": ["-v", "en-us+f3", "-s", "165"]}


def lines(name):
    return [l.strip() for l in (HERE / name).read_text().splitlines() if l.strip() and not l.startswith("#")]


def slug(text):
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def synthesise(speaker, text, target, pad):
    with tempfile.NamedTemporaryFile(suffix=".wav") as wav:
        subprocess.run(["espeak-ng", *VOICES[speaker], "-w", wav.name, text], check=True)
        trim = ["silence", "1", "0.005", "0.4%", "reverse", "silence", "1", "0.005", "0.4%", "reverse"]
        subprocess.run(["sox", "-D", wav.name, "-t", "raw", "-r", "8000", "-c", "1", "-e", "mu-law", "-b", "8", str(target),
                        "rate", "8000", "gain", "-n", "-3", *trim, "pad", "0.01", str(pad)], check=True)


def main():
    shutil.rmtree(OUT / "caller", ignore_errors=True)
    shutil.rmtree(OUT / "agent", ignore_errors=True)
    clips = []
    wanted = [("caller", *l.split("|")) for l in lines("caller.txt")]
    wanted += [("agent", slug(l), l) for l in lines("agent-sentences.txt")]
    words = sorted({w for l in lines("agent-words.txt") for w in l.split()})
    have = {slug(t) for s, _, t in wanted if s == "agent"}
    wanted += [("agent", slug(w), w) for w in words if slug(w) not in have]
    for speaker, clip, text in wanted:
        target = OUT / speaker / f"{clip}.ulaw"
        target.parent.mkdir(parents=True, exist_ok=True)
        # Sentences end with a breath, so that composed speech does not run together; words follow each other closely.
        synthesise(speaker, text, target, 0.01 if speaker == "caller" else (0.12 if text[-1] in ".?" and len(text) > 4 else 0.03))
        clips.append({"id": clip, "speaker": speaker, "text": text, "durationMillis": target.stat().st_size // 8})
    rows = ",\n  ".join(json.dumps(c) for c in clips)
    (OUT / "index.json").write_text('{"format": "ulaw_8000", "clips": [\n  ' + rows + "\n]}\n")


if __name__ == "__main__":
    main()
