// npm run sbom -- --out FILE: what the app consists of, as CycloneDX, from package-lock.json alone.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { root } from './lib.mjs'
import { shipped } from './licences.mjs'
import { npm } from './npm.mjs'

const { values } = parseArgs({ options: { out: { type: 'string', default: 'dist/sbom.cdx.json' } } })
const { stdout, stderr, status } = npm(['sbom', '--sbom-format=cyclonedx', '--package-lock-only'])
if (status !== 0) {
  console.error(stderr)
  process.exit(1)
}
const bom = JSON.parse(stdout)
// Of everything the part that ships: --omit=dev also leaves out what ships and is used by a tool for development as well, such as postcss.
const lock = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8'))
const ships = new Set(shipped(lock).map((p) => `${p.name}@${p.version}`))
bom.components = bom.components.filter((part) => ships.has(`${part.name}@${part.version}`))
const refs = new Set([bom.metadata.component['bom-ref'], ...bom.components.map((part) => part['bom-ref'])])
bom.dependencies = bom.dependencies
  .filter(({ ref }) => refs.has(ref))
  .map((entry) => ({ ...entry, dependsOn: entry.dependsOn.filter((ref) => refs.has(ref)) }))
const { name } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))
Object.assign(bom.metadata.component, { type: 'application', name }) // npm takes the name of the folder
const out = path.resolve(values.out)
mkdirSync(path.dirname(out), { recursive: true })
writeFileSync(out, `${JSON.stringify(bom, null, 2)}\n`)
console.log(`${bom.components.length} packages: ${path.relative(process.cwd(), out)}`)
