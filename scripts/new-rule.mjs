// npm run new:rule <id>: makes lib/core/rules/<id>/ with everything the contract test asks for, to be filled in.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { root } from './lib.mjs'
import { loadRuleText } from './rule-text.mjs'

const id = process.argv[2] ?? ''
if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/.test(id)) {
  console.error('Usage: npm run new:rule <id>, a kebab-case noun for the fault such as certificate-expired')
  process.exit(2)
}
const folder = path.join(root, 'lib/core/rules', id)
if (existsSync(folder)) {
  console.error(`${path.relative(process.cwd(), folder)} exists already`)
  process.exit(2)
}

const rule = `import { defineRule, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: '${id}',
  family: '',
  question: 1,
  severities: ['medium'],
  needs: ['receiveConnectors'],
  optional: [],
  reads: { receiveConnectors: ['Enabled'] },
  references: [],
  frameworks: {},
  absorbs: [],
  check,
  fix: (_members: readonly [Fail, ...Fail[]]) => null,
})

function* check({ config }: RuleContext): Iterable<Verdict> {
  for (const c of config.receiveConnectors) {
    const object = { kind: 'receiveConnector', id: c.id, server: c.server }
    yield { state: 'pass', object }
  }
}
`

const { sectionHeadings } = await loadRuleText()
const text = (language, examples) => `---
title:
headline:
finding:
conditions:
  enabled:
---
${Object.values(sectionHeadings[language])
  .map((h) => `\n## ${h}\n`)
  .join('')}${examples}`

const fence = (kind) => `\n\`\`\`${kind}\n[PS] C:\\>Get-ReceiveConnector "EX01\\Relay" | fl\n\n\`\`\`\n`

const test = `import { describe, expect, it } from 'vitest'
import { rule } from './rule'

describe(rule.id, () => {
  it.todo('holds only the edges: the examples of the text and the contract test cover the rest')
  it('is named as its folder', () => expect(rule.id).toBe('${id}'))
})
`

mkdirSync(folder)
writeFileSync(path.join(folder, 'rule.ts'), rule)
writeFileSync(path.join(folder, 'text.en.md'), text('en', fence('bad') + fence('good')))
writeFileSync(path.join(folder, 'text.de.md'), text('de', ''))
writeFileSync(path.join(folder, 'rule.test.ts'), test)
console.log(`Fill ${path.relative(process.cwd(), folder)}, then run: npm run gen && npx vitest run lib/core/rules`)
