// The reader of rule texts, for scripts: it is TypeScript of the core.
import path from 'node:path'
import { build } from 'esbuild'
import { root } from './lib.mjs'

/** The exports of lib/core/rules/rule-text.ts. */
export async function loadRuleText() {
  const { outputFiles } = await build({
    entryPoints: [path.join(root, 'lib/core/rules/rule-text.ts')],
    bundle: true,
    format: 'esm',
    write: false,
  })
  return import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`)
}
