/** G.711 mu-law to samples between -1 and 1, a table of all 256 codes (ITU-T G.711, table 2a). */
const SAMPLES = Float32Array.from({ length: 256 }, (_, code) => {
  const bits = ~code & 0xff
  const magnitude = ((((bits & 0x0f) << 3) + 0x84) << ((bits >> 4) & 0x07)) - 0x84
  return (bits & 0x80 ? -magnitude : magnitude) / 32_768
})

export function decode(codes: Uint8Array): Float32Array<ArrayBuffer> {
  const samples = new Float32Array(codes.length)
  for (let at = 0; at < codes.length; at++) samples[at] = SAMPLES[codes[at]!]!
  return samples
}

/** Root of the mean square: how loud a piece is, 0 to 1. */
export function loudness(samples: Float32Array): number {
  let sum = 0
  for (const sample of samples) sum += sample * sample
  return samples.length === 0 ? 0 : Math.sqrt(sum / samples.length)
}
