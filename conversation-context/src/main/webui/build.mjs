// Builds the page into the Maven module: `node build.mjs <output directory> <stamp file>`. Does nothing when nothing has changed
// since the stamp, installs packages only when the lock file has changed.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import process from 'node:process'

const [output, stampFile] = process.argv.slice(2)
if (!output || !stampFile) {
  console.error('usage: node build.mjs <output directory> <stamp file>')
  process.exit(2)
}

const here = import.meta.dirname ?? dirname(new URL(import.meta.url).pathname)

function files(path) {
  if (!existsSync(path)) return []
  if (statSync(path).isFile()) return [path]
  return readdirSync(path)
    .sort()
    .flatMap((name) => files(join(path, name)))
}

function hash(paths) {
  const digest = createHash('sha256')
  for (const path of paths.flatMap((name) => files(join(here, name)))) {
    digest.update(path.slice(here.length)).update(readFileSync(path))
  }
  return digest.digest('hex')
}

function run(command, args) {
  const windows = process.platform === 'win32'
  const done = spawnSync(command, args, { cwd: here, stdio: 'inherit', shell: windows })
  if (done.error) {
    console.error(`The console needs ${command} (Node.js 20 or newer): ${done.error.message}`)
    process.exit(1)
  }
  if (done.status !== 0) process.exit(done.status ?? 1)
}

const stamp = hash(['package-lock.json', 'package.json', 'index.html', 'vite.config.ts', 'vite.widget.config.ts', 'tsconfig.json', 'src', 'public', 'build.mjs', 'sizes.mjs'])
const upToDate =
  existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp && existsSync(join(output, 'index.html'))
if (upToDate) {
  console.log('console: up to date')
  process.exit(0)
}

const installed = join(here, 'node_modules', '.installed')
const lock = hash(['package-lock.json'])
if (!existsSync(installed) || readFileSync(installed, 'utf8') !== lock) {
  run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'])
  writeFileSync(installed, lock)
}
run('npm', ['run', 'check'])
run('npm', ['run', 'build:page', '--', '--outDir', output])
run('npm', ['run', 'build:widget', '--', '--outDir', output])
run('node', ['sizes.mjs', output])
mkdirSync(dirname(stampFile), { recursive: true })
writeFileSync(stampFile, stamp)
