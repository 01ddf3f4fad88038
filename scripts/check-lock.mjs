// Every optional (platform) dependency named in the lock must be in the lock, or `npm ci` fails with "Missing: … from lock file".
// npm drops those that the registry did not have when the lock was made.
import { readFileSync } from 'node:fs'

const { packages } = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'))
const missing = []
for (const [where, p] of Object.entries(packages))
  for (const n of Object.keys(p.optionalDependencies ?? {})) {
    let at = where,
      found = false
    for (;;) {
      if (packages[`${at ? `${at}/` : ''}node_modules/${n}`]) {
        found = true
        break
      }
      if (!at) break
      at = at.includes('/node_modules/') ? at.slice(0, at.lastIndexOf('/node_modules/')) : ''
    }
    if (!found) missing.push(`${n} (wanted by ${where.replace(/^.*node_modules\//, '')}@${p.version})`)
  }
if (missing.length) {
  console.error(`package-lock.json lacks ${missing.length} optional packages:\n  ${missing.join('\n  ')}`)
  process.exit(1)
}
console.log('package-lock.json names every platform package')
