// Plays what comes as 8 kHz samples, the caller more on the left and the agent more on the right, so that one ear alone hears both. Each
// lane has a small buffer of its own. Runs in the audio thread: no imports.
const SECONDS = 2
const AHEAD_SECONDS = 0.12
const NEAR = 0.8
const FAR = 0.4

class Lane {
  constructor() {
    this.samples = new Float32Array(sampleRate * SECONDS)
    this.read = 0
    this.length = 0
    this.playing = false
  }

  /** What does not fit pushes out the oldest: late speech is worse than lost speech. */
  add(more) {
    const size = this.samples.length
    for (const sample of more) {
      this.samples[(this.read + this.length) % size] = sample
      if (this.length < size) this.length++
      else this.read = (this.read + 1) % size
    }
    if (this.length >= sampleRate * AHEAD_SECONDS) this.playing = true
  }

  /** The next sample; silence until enough has come again after the buffer ran empty. */
  next() {
    if (!this.playing || this.length === 0) {
      this.playing = false
      return 0
    }
    const sample = this.samples[this.read]
    this.read = (this.read + 1) % this.samples.length
    this.length--
    return sample
  }
}

registerProcessor(
  'throughline-player',
  class extends AudioWorkletProcessor {
    constructor() {
      super()
      this.lanes = [new Lane(), new Lane()]
      this.port.onmessage = ({ data }) => this.lanes[data.lane]?.add(data.samples)
    }

    process(_, [output]) {
      const [left, right] = output
      for (let at = 0; at < left.length; at++) {
        const caller = this.lanes[0].next()
        const agent = this.lanes[1].next()
        left[at] = NEAR * caller + FAR * agent
        right[at] = FAR * caller + NEAR * agent
      }
      return true
    }
  },
)
