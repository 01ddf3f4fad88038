// npm run licences: every package that ships with the app has a licence that allows it. A new licence is decided on here, by a person.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { root } from './lib.mjs'

/** Do as you like, with the notice. */
const permissive = [
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
  'MIT-0',
  'Unlicense',
]
/** For fonts and data. */
const content = ['CC-BY-4.0', 'OFL-1.1']
/** Changes to the package itself must be published; it is used as it is. */
const unchanged = ['EPL-2.0', 'LGPL-3.0-or-later', 'MPL-2.0']
const allowed = new Set([...permissive, ...content, ...unchanged])

/** Packages whose package.json says nothing: read in their LICENSE file. */
const read = { 'seq-queue': 'MIT' }

/** Whether an SPDX expression can be met: of `OR` one, of `AND` all. */
export function isAllowed(expression) {
  const any = expression.replace(/[()]/g, '').split(/\s+OR\s+/i)
  return any.some((all) => all.split(/\s+AND\s+/i).every((licence) => allowed.has(licence.trim())))
}

/** Names and licences of what a lock file has beyond development. */
export const shipped = (lock) =>
  Object.entries(lock.packages)
    .filter(([where, p]) => where !== '' && !p.dev && !p.link)
    .map(([where, p]) => {
      const name = where.replace(/^.*node_modules\//, '')
      return { name, version: p.version, licence: p.license ?? read[name] ?? 'none' }
    })

/** One line for each package that nobody has allowed. */
export const refused = (lock) =>
  shipped(lock)
    .filter(({ licence }) => !isAllowed(licence))
    .map(({ name, version, licence }) => `${name}@${version}: ${licence}`)

if (process.argv[1] === import.meta.filename) {
  const lock = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8'))
  const faults = refused(lock)
  if (faults.length > 0) {
    console.error(`Licences that scripts/licences.mjs does not allow:\n  ${faults.join('\n  ')}`)
    process.exit(1)
  }
  console.log(`${shipped(lock).length} packages, all with a licence that is allowed`)
}
