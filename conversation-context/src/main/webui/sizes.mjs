// What a first look at the page and at the chat costs, compressed: `node sizes.mjs <output directory>`. Fails the build beyond the limits.
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { join } from 'node:path'
import process from 'node:process'

const [output] = process.argv.slice(2)
const compressed = (path) => gzipSync(readFileSync(join(output, path)), { level: 9 }).length

const page = readFileSync(join(output, 'index.html'), 'utf8')
// The entry, its styles, and what the page tells the browser to load beside them.
const first = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g)].map(([, path]) => path)
const figures = [
  { what: "console's first load", bytes: first.reduce((sum, path) => sum + compressed(path), compressed('index.html')), limit: 300_000 },
  { what: 'chat widget', bytes: compressed('widget/v1.js'), limit: 15_000 },
]
let failed = first.length === 0
for (const { what, bytes, limit } of figures) {
  console.log(`${what}: ${(bytes / 1000).toFixed(1)} kB compressed, at most ${limit / 1000} kB`)
  failed ||= bytes > limit
}
if (failed) {
  console.error('too much is loaded at first: load it when it is needed (import()), or weigh the limit in sizes.mjs again')
  process.exit(1)
}
