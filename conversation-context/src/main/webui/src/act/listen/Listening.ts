import { decode, loudness } from './mulaw'
import workletUrl from './player.worklet.js?url&no-inline'

export type Lane = 0 | 1
export type ListeningState = 'connecting' | 'listening' | 'ended' | 'refused'

const SAMPLE_RATE_HZ = 8_000

interface Told {
  onState: (state: ListeningState) => void
  /** How loud a lane is just now, 0 to 1. */
  onLevel: (lane: Lane, level: number) => void
}

/**
 * One operator's ear on a live call. Each binary message holds one byte for the lane, 0 the caller and 1 the agent, then mu-law of 8 kHz.
 * Must be begun by a click: browsers let no page sound by itself.
 */
export class Listening {
  private readonly audio = new AudioContext({ sampleRate: SAMPLE_RATE_HZ, latencyHint: 'interactive' })
  private socket?: WebSocket
  private player?: AudioWorkletNode
  private volume?: GainNode
  private stopped = false
  private heard = false

  constructor(
    private readonly callSid: string,
    private readonly told: Told,
  ) {}

  async begin(): Promise<void> {
    this.told.onState('connecting')
    try {
      await this.audio.audioWorklet.addModule(workletUrl)
      if (this.stopped) return
      this.player = new AudioWorkletNode(this.audio, 'throughline-player', { outputChannelCount: [2] })
      this.volume = new GainNode(this.audio)
      this.player.connect(this.volume).connect(this.audio.destination)
      await this.audio.resume()
    } catch {
      return this.end('refused')
    }
    this.connect()
  }

  private connect() {
    const address = new URL(`/api/calls/${encodeURIComponent(this.callSid)}/listen`, window.location.href)
    address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:'
    this.socket = new WebSocket(address)
    this.socket.binaryType = 'arraybuffer'
    this.socket.onopen = () => {
      this.heard = true
      this.told.onState('listening')
    }
    this.socket.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (data instanceof ArrayBuffer && data.byteLength > 1) this.play(new Uint8Array(data))
    }
    // A browser does not tell why a socket was not opened.
    this.socket.onclose = () => this.end(this.heard ? 'ended' : 'refused')
  }

  private play(message: Uint8Array) {
    const lane: Lane = message[0] === 1 ? 1 : 0
    const samples = decode(message.subarray(1))
    this.told.onLevel(lane, loudness(samples))
    this.player?.port.postMessage({ lane, samples }, [samples.buffer])
  }

  mute(muted: boolean) {
    if (this.volume) this.volume.gain.value = muted ? 0 : 1
  }

  private end(state: ListeningState) {
    if (this.stopped) return
    this.stop()
    this.told.onState(state)
  }

  stop() {
    if (this.stopped) return
    this.stopped = true
    this.socket?.close()
    void this.audio.close()
  }
}
